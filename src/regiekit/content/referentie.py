"""A referentiebestand: read and checked, and held against the vragenlijst that it is used for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.errors import WRONG_FILE, ProblemsError, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from regiekit.domain.referentie import Referentie

Lijst = tuple[str, str, str]  # id, versie and hash of a vragenlijst


def load_referentie(path: Path) -> Referentie:
    """A referentiebestand, checked. Raises ProblemsError with every problem, RegiekitError when there is none."""
    from regiekit.content.compile import read_file
    from regiekit.content.validate import validate
    from regiekit.domain.referentie import Referentie, check_referentie

    if not path.is_file():
        raise RegiekitError(f"{path} bestaat niet; kijk of de naam en de map kloppen")
    read, problems = read_file(path)
    made = None
    if read.complete and not problems:
        made, problems = validate(Referentie, read, str(path), check_referentie)
    if made is None or problems:
        raise ProblemsError(problems)
    return made


def load_referentie_for(path: Path, lijsten: Iterable[Lijst]) -> Referentie:
    """A referentiebestand that is of one of these vragenlijsten.

    Raises RegiekitError (exit code 3) when it is of another one, or of the same one before it was changed.
    """
    made = load_referentie(path)
    wanted = made.vragenlijst, made.versie, made.hash
    known = sorted(set(lijsten))
    if known and wanted not in known:
        found = " en ".join(f"'{naam}' versie {versie} (hash {code})" for naam, versie, code in known)
        raise RegiekitError(
            f"{path}: dit referentiebestand is van '{made.vragenlijst}' versie {made.versie} (hash {made.hash}), en "
            f"hier is ingevuld: {found}. Neem het bestand dat bij deze lijst hoort, of laat --referentie weg",
            WRONG_FILE,
        )  # fmt: skip
    return made

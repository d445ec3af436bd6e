"""Answer files of every kind: known by their content, opened, and turned into the one shape of an afname.

An afname that a person wrote goes straight to the reader. What comes from a form or another system is first rewritten
as that same afname, with for each part the place in the file, and is then checked exactly the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.content.afnames import STANDARD_INPUT, check_read, read_afname, read_bytes
from regiekit.errors import Problem, ProblemsError, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regiekit.content.reader import Yaml
    from regiekit.domain.beoordeling import Ingevuld

    OpenSealed = Callable[[bytes, str], bytes]
    """From a sealed answer file and its name to what is in it; raises RegiekitError when that fails."""

_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # a zip (xlsx, ods), and Excel of before 2007


def read_afnames(paths: Sequence[str], open_sealed: OpenSealed, bibliotheek: Path | None = None) -> list[Ingevuld]:
    """Every afname; raises ProblemsError with all problems of all files, VragenlijstGiven, or RegiekitError."""
    afnames, problems = [], []
    for path in paths:
        made, wrong = _read_one(path, open_sealed, bibliotheek)
        problems += wrong
        if made is not None:
            afnames.append(made)
    if problems:
        raise ProblemsError(problems)
    return afnames


def _read_one(path: str, open_sealed: OpenSealed, bibliotheek: Path | None) -> tuple[Ingevuld | None, list[Problem]]:
    """One answer file, or standard input for '-'."""
    raw, bestand = read_bytes(path)
    if is_sealed(raw):
        raw = open_sealed(raw, bestand)
    folder = Path() if path == STANDARD_INPUT else Path(path).parent
    start = raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"{":
        return _from_json(raw, bestand, folder, bibliotheek)
    if start[:1] == b"<":
        from regiekit.kanaal.odk import rewrite_inzending

        return _checked(rewrite_inzending(raw, bestand, bibliotheek), bestand, folder, bibliotheek)
    if start.startswith(_SPREADSHEETS):
        raise RegiekitError(f"{bestand} is een rekenblad; lees het in met: regiekit vragenlijst importeer {bestand}")
    return read_afname(raw, bestand, folder, bibliotheek)


def is_sealed(raw: bytes) -> bool:
    """Whether this is, or was, a sealed answer file: a compact JWE is five parts of base64url with dots between them.

    Also when its end is missing, or its begin is damaged: then the one who opens it says so.
    """
    text = raw.removeprefix(b"\xef\xbb\xbf").strip()
    return text[:3] == b"eyJ" or (text.count(b".") == 4 and len(text.split(maxsplit=1)) == 1 and b":" not in text)


def _from_json(
    raw: bytes, bestand: str, folder: Path, bibliotheek: Path | None
) -> tuple[Ingevuld | None, list[Problem]]:
    """The answer file of the form, a FHIR response, or an afname that happens to be JSON."""
    from regiekit.content.reader import read_json

    read, problems = read_json(raw, bestand)
    if not read.complete or problems or not isinstance(read.data, dict):
        return read_afname(raw, bestand, folder, bibliotheek) if not problems else (None, problems)
    if "resourceType" in read.data:
        from regiekit.kanaal.fhir import rewrite_response

        return _checked(rewrite_response(read, bestand, bibliotheek), bestand, folder, bibliotheek)
    if "formulier" in read.data:
        from regiekit.kanaal.formulierantwoord import rewrite_antwoord

        return _checked(rewrite_antwoord(read, bestand, bibliotheek), bestand, folder, bibliotheek)
    if "antwoorden" not in read.data:
        return read_afname(raw, bestand, folder, bibliotheek)
    return check_read(read, bestand, folder, bibliotheek)


def _checked(
    rewritten: tuple[Yaml | None, list[Problem]], bestand: str, folder: Path, bibliotheek: Path | None
) -> tuple[Ingevuld | None, list[Problem]]:
    read, problems = rewritten
    if read is None or problems:
        return None, problems
    return check_read(read, bestand, folder, bibliotheek)

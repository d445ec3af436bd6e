"""Afnames from files: each read and checked beside its vragenlijst; the good ones and every problem of the others."""

from __future__ import annotations

import sys
from pathlib import Path

from regiekit.content.library import Loaded, load_vragenlijst_file, load_vragenlijsten
from regiekit.content.reader import MAX_BYTES, Yaml, read_yaml
from regiekit.content.validate import faults_to_problems, validate
from regiekit.domain.afname import Afname
from regiekit.domain.beoordeling import Ingevuld
from regiekit.domain.checks import check_afname, numeric_answers, suggestion
from regiekit.errors import Problem, ProblemsError, RegiekitError, problem

STANDARD_INPUT = "-"


class VragenlijstGiven(RegiekitError):
    """A vragenlijst stands where an afname is meant."""

    def __init__(self, path: str, vragenlijst_id: str) -> None:
        super().__init__(
            f"{path} is een vragenlijst, geen ingevulde afname. Maak een invulblad met "
            f"'regiekit vragenlijst invulblad {vragenlijst_id}', vul het in en geef dat bestand."
        )
        self.path = path


def read_afnames(paths: list[str], bibliotheek: Path | None = None) -> list[Ingevuld]:
    """Every afname; raises ProblemsError with all problems of all files, VragenlijstGiven, or RegiekitError."""
    afnames, problems = [], []
    for path in paths:
        made, wrong = read_afname(path, bibliotheek)
        problems += wrong
        if made is not None:
            afnames.append(made)
    if problems:
        raise ProblemsError(problems)
    return afnames


def read_afname(path: str, bibliotheek: Path | None = None) -> tuple[Ingevuld | None, list[Problem]]:
    """One afname from a file, or from standard input for '-'."""
    raw, bestand = read_bytes(path)
    read, problems = read_yaml(raw, bestand)
    if not read.complete:
        return None, problems
    if isinstance(read.data, dict) and "antwoorden" not in read.data and "vragen" in read.data:
        raise VragenlijstGiven(path, str(read.data.get("id", "eigen-regie")))
    made, found = check_read(read, bestand, Path() if path == STANDARD_INPUT else Path(path).parent, bibliotheek)
    return (None if problems else made), [*problems, *found]


def read_bytes(path: str) -> tuple[bytes, str]:
    """The bytes of a file or of standard input, with the name to show; raises RegiekitError when there is none."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1), "standaardinvoer"
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1), path
    except IsADirectoryError:
        raise RegiekitError(f"{path} is een map; geef een bestand") from None
    except (FileNotFoundError, NotADirectoryError):
        raise RegiekitError(f"{path} bestaat niet; kijk of de naam en de map kloppen") from None
    except (OSError, ValueError) as error:
        raise RegiekitError(f"{path} kan niet gelezen worden ({type(error).__name__}); kijk of je er bij mag") from None


def check_read(
    read: Yaml, bestand: str, folder: Path, bibliotheek: Path | None
) -> tuple[Ingevuld | None, list[Problem]]:
    """What was read of an afname, beside its vragenlijst; `folder` is where a path in the file starts."""
    afname, problems = validate(Afname, read, bestand, lambda _: ())
    if afname is None:
        return None, [*problems, *_answers_too(read, bestand, bibliotheek)]
    loaded, problems = _vragenlijst_of(afname, read, bestand, folder, bibliotheek)
    if loaded is None:
        return None, problems
    problems = faults_to_problems(check_afname(afname, loaded.inhoud), read, bestand)
    if problems:
        return None, problems
    answers, filled = numeric_answers(afname), dict(afname.open)
    return (
        Ingevuld(
            bestand, loaded.inhoud, loaded.hash, afname.client, afname.meetmoment, afname.datum, answers, filled
        ),
        [],
    )  # fmt: skip


def _answers_too(read: Yaml, bestand: str, bibliotheek: Path | None) -> list[Problem]:
    """Problems of the answers in a file whose other fields are wrong already, so that all are told at once."""
    data = read.data if isinstance(read.data, dict) else {}
    answers, filled = data.get("antwoorden"), data.get("open")
    lists = [v for v in load_vragenlijsten(bibliotheek) if v.inhoud.id == data.get("vragenlijst")]
    if not lists or not isinstance(answers, dict):
        return []
    moment = data.get("meetmoment")
    made = Afname.model_construct(
        vragenlijst="",
        versie="",
        antwoorden=answers,
        open=filled if isinstance(filled, dict) else {},
        meetmoment=moment if isinstance(moment, str) else None,
    )
    return faults_to_problems(check_afname(made, lists[-1].inhoud), read, bestand)


def _vragenlijst_of(
    afname: Afname, read: Yaml, bestand: str, folder: Path, bibliotheek: Path | None
) -> tuple[Loaded | None, list[Problem]]:
    """The vragenlijst that an afname names: by path, or by id and versie from the library."""
    name, place = afname.vragenlijst, read.place_of(("vragenlijst",))
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        try:
            known = [load_vragenlijst_file(folder / name)]
        except ProblemsError as error:
            return None, [problem(bestand, *place, "vragenlijst-fout", melding=error.problems[0])]
    else:
        known = load_vragenlijsten(bibliotheek)
        ids = sorted({v.inhoud.id for v in known})
        known = [v for v in known if v.inhoud.id == name]
        if not known:
            return None, [problem(bestand, *place, "vragenlijst-onbekend", id=name, suggestie=suggestion(name, ids))]
    found = next((v for v in known if v.inhoud.versie == afname.versie), None)
    if found is None:
        versies = " en ".join(f"'{v.inhoud.versie}'" for v in known)
        details = {"versie": afname.versie, "id": known[0].inhoud.id, "bekend": f"versie {versies}"}
        return None, [problem(bestand, *read.place_of(("versie",)), "versie-anders", **details)]
    return found, []

"""One afname: read and checked beside its vragenlijst. Files of other channels come in through `regiekit.kanaal`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from regiekit.content.library import Loaded, load_vragenlijst_file, load_vragenlijsten
from regiekit.content.reader import MAX_BYTES, Yaml, read_source, read_yaml, with_found
from regiekit.domain.beoordeling import Ingevuld
from regiekit.domain.checks import check_afname, nearest, numeric_answers
from regiekit.domain.plain_afname import plain_afname
from regiekit.errors import Problem, ProblemsError, RegiekitError, problem, shorten

if TYPE_CHECKING:
    from pathlib import Path

    from regiekit.domain.afname import Afname

STANDARD_INPUT = "-"


class VragenlijstGiven(RegiekitError):
    """A vragenlijst stands where an afname is meant."""

    def __init__(self, path: str, naam: str) -> None:
        super().__init__(
            f"{path} is een vragenlijst, geen ingevulde afname. Maak een invulblad met "
            f"'regiekit vragenlijst invulblad {naam}', vul het in en geef dat bestand"
        )
        self.path = path


def read_afname(
    raw: bytes, bestand: str, folder: Path, bibliotheek: Path | None = None
) -> tuple[Ingevuld | None, list[Problem]]:
    """One afname as people write it, in YAML; `bestand` names it, `folder` is where a path in it starts.

    Raises VragenlijstGiven when it is a vragenlijst.
    """
    read, problems = read_yaml(raw, bestand)
    if not read.complete:
        return None, problems
    if isinstance(read.data, dict) and "antwoorden" not in read.data and "vragen" in read.data:
        known = {v.inhoud.id for v in load_vragenlijsten(bibliotheek)}
        raise VragenlijstGiven(bestand, read.data["id"] if read.data.get("id") in known else str(shorten(bestand)))
    if isinstance(read.data, dict) and "antwoorden" not in read.data and {"stappen", "kaart"} & read.data.keys():
        return None, [problem(bestand, 1, 1, "geen-afname", soort="techniek")]
    made, found = check_read(read, bestand, folder, bibliotheek)
    return (None if problems else made), with_found(problems, found)


def read_bytes(path: str) -> tuple[bytes, str]:
    """The bytes of a file or of standard input, with the name to show; raises RegiekitError when there is none."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1), "standaardinvoer"
    raw, problems = read_source(path)
    if problems:
        raise RegiekitError(str(problems[0]))
    return raw, path


def check_read(
    read: Yaml, bestand: str, folder: Path | None, bibliotheek: Path | None
) -> tuple[Ingevuld | None, list[Problem]]:
    """What was read of an afname, beside its vragenlijst.

    `folder` is where a path in the file starts; None for a file that another made (a form, another system): that may
    name a vragenlijst by its id alone, since a path in it would decide which file this computer opens.
    """
    afname = plain_afname(read.data)
    if afname is None:
        afname, problems = _by_model(read, bestand, bibliotheek)
        if afname is None:
            return None, problems
    loaded, problems = _vragenlijst_of(afname, read, bestand, folder, bibliotheek)
    if loaded is None:
        return None, problems
    if afname.hash not in (None, loaded.hash):
        details = {"id": loaded.inhoud.id, "toen": afname.hash, "nu": loaded.hash}
        return None, [problem(bestand, *read.place_of(("hash",)), "hash-anders", **details)]
    if faults := check_afname(afname, loaded.inhoud):
        from regiekit.content.validate import faults_to_problems

        return None, faults_to_problems(faults, read, bestand)
    answers, filled = numeric_answers(afname), dict(afname.open)
    made = Ingevuld(
        bestand, loaded.inhoud, loaded.hash, afname.client, afname.meetmoment, afname.datum, answers, filled,
        afname.taal or "nl", afname.training, {k: v for k, v in afname.antwoorden.items() if type(v) is str},
    )  # fmt: skip
    return made, []


def _by_model(read: Yaml, bestand: str, bibliotheek: Path | None) -> tuple[Afname | None, list[Problem]]:
    """What was read of an afname, by the model; imports pydantic."""
    from regiekit.content.validate import validate
    from regiekit.domain.afname import Afname

    afname, problems = validate(Afname, read, bestand, lambda _: ())
    told = {(p.regel, p.kolom) for p in problems}
    more = [] if afname else _answers_too(read, bestand, bibliotheek)
    return afname, [*problems, *(p for p in more if (p.regel, p.kolom) not in told)]


def _answers_too(read: Yaml, bestand: str, bibliotheek: Path | None) -> list[Problem]:
    """Problems of the answers in a file whose other fields are wrong already, so that all are told at once."""
    from regiekit.content.validate import faults_to_problems
    from regiekit.domain.afname import Afname

    data = read.data if isinstance(read.data, dict) else {}
    answers, filled = data.get("antwoorden"), data.get("open")
    lists = [v for v in load_vragenlijsten(bibliotheek) if v.inhoud.id == data.get("vragenlijst")]
    of_then = [v for v in lists if v.inhoud.versie == data.get("versie")] or lists
    if not of_then or not isinstance(answers, dict):
        return []
    made = Afname.model_construct(
        antwoorden=answers,
        open=filled if isinstance(filled, dict) else {},
        **{name: data[name] for name in ("meetmoment", "client") if isinstance(data.get(name), str)},
    )
    return faults_to_problems(check_afname(made, of_then[-1].inhoud), read, bestand)


def _vragenlijst_of(
    afname: Afname, read: Yaml, bestand: str, folder: Path | None, bibliotheek: Path | None
) -> tuple[Loaded | None, list[Problem]]:
    """The vragenlijst that an afname names: by path, or by id and versie from the library."""
    name, place = afname.vragenlijst, read.place_of(("vragenlijst",))
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        if folder is None or name.replace("\\", "/").startswith("//"):
            return None, [problem(bestand, *place, "vragenlijst-pad", id=name)]
        try:
            known = [load_vragenlijst_file(folder / name)]
        except ProblemsError as error:
            return None, [problem(bestand, *place, "vragenlijst-fout", melding=p) for p in error.problems]
    else:
        known = load_vragenlijsten(bibliotheek)
        ids = sorted({v.inhoud.id for v in known})
        known = [v for v in known if v.inhoud.id == name]
        if not known:
            return None, [problem(bestand, *place, "vragenlijst-onbekend", id=name, suggestie=nearest(name, ids))]
    found = next((v for v in known if v.inhoud.versie == afname.versie), None)
    if found is None:
        versies = " en ".join(f"'{v.inhoud.versie}'" for v in known)
        details = {"versie": afname.versie, "id": known[0].inhoud.id, "bekend": f"versie {versies}"}
        return None, [problem(bestand, *read.place_of(("versie",)), "versie-anders", **details)]
    return found, []

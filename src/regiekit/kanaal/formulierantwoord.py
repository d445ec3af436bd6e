"""The answer file of the offline form: JSON in which a vraag goes by its number, as it does in the form itself.

A client may open the file, so it names no schalen. The hash of the vragenlijst says which vraag each number was; with
another hash nothing is guessed.

    {"formulier": 1, "klaar": true, "vragenlijst": "eigen-regie", "versie": "1", "hash": "…", "taal": "nl",
     "training": true, "client": "R-014", "meetmoment": "start", "datum": "2026-03-02",
     "antwoorden": {"v1": 4, "v2": "weet-niet", "v3": null}, "open": {"o1": "…"}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.content.library import load_vragenlijsten
from regiekit.content.reader import Yaml
from regiekit.errors import REFUSED, RegiekitError, problem

if TYPE_CHECKING:
    from pathlib import Path

    from regiekit.content.library import Loaded
    from regiekit.errors import Problem

FORM = 1  # of the file; a later regiekit may write another
_OWN = ("formulier", "klaar")  # what an afname does not have


def rewrite_antwoord(read: Yaml, bestand: str, bibliotheek: Path | None) -> tuple[Yaml | None, list[Problem]]:
    """The answer file as an afname, with the places of its parts; refuses what the client did not hand in (exit 4)."""
    data = read.data
    if data["formulier"] != FORM:
        return None, [problem(bestand, *read.place_of(("formulier",)), "formulier-onbekend", kreeg=data["formulier"])]
    if data.get("klaar") is not True:
        raise RegiekitError(
            f"{bestand} is een pauzebestand: de cliënt heeft deze antwoorden nog niet ingeleverd. Laat de cliënt het "
            "formulier openen, dit bestand kiezen en verdergaan", REFUSED,
        )  # fmt: skip
    found = _find_lijst(data, bibliotheek)
    if found is None:
        details = {"id": data.get("vragenlijst"), "toen": data.get("hash"), "nu": "een andere"}
        return None, [problem(bestand, *read.place_of(("hash",)), "hash-anders", **details)]
    names = {
        "antwoorden": {f"v{n}": v.id for n, v in enumerate(found.inhoud.vragen, 1)},
        "open": _open_names(found.inhoud, data.get("meetmoment")),
    }
    return _renamed(read, names), []


def _find_lijst(data: dict[str, Any], bibliotheek: Path | None) -> Loaded | None:
    """The vragenlijst of the form; None when no file with that id still has that hash."""
    of_id = [v for v in load_vragenlijsten(bibliotheek) if v.inhoud.id == data.get("vragenlijst")]
    return next((v for v in of_id if v.hash == data.get("hash")), None)


def _open_names(lijst: Any, meetmoment: object) -> dict[str, str]:
    return {f"o{n}": v.id for n, v in enumerate((v for v in lijst.open_vragen if v.meetmoment == meetmoment), 1)}


def _renamed(read: Yaml, names: dict[str, dict[str, str]]) -> Yaml:
    """With ids in the place of numbers; a number that is no vraag stays, and is told as an unknown vraag."""
    data = {k: v for k, v in read.data.items() if k not in _OWN}
    for part, ids in names.items():
        if isinstance(data.get(part), dict):
            data[part] = {ids.get(k, k): v for k, v in data[part].items()}

    def rename(loc: Any) -> Any:
        return (loc[0], names[loc[0]].get(loc[1], loc[1]), *loc[2:]) if len(loc) > 1 and loc[0] in names else loc

    values, keys = ({rename(loc): place for loc, place in places.items()} for places in (read.values, read.keys))
    return Yaml(data, values, keys, complete=True)

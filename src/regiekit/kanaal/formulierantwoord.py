"""The answer file of the offline form: JSON in which a vraag goes by its number, as it does in the form itself.

A client may open the file, so it names no schalen. The hash of the vragenlijst says which vraag each number was; with
another hash nothing is guessed.

    {"formulier": 1, "klaar": true, "vragenlijst": "eigen-regie", "versie": "1", "hash": "…", "taal": "nl",
     "training": true, "client": "R-014", "meetmoment": "start", "datum": "2026-03-02",
     "antwoorden": {"v1": 4, "v2": "weet-niet", "v3": null}, "open": {"o1": "…"}}

A pause file has "klaar": false, and then alone "plaats": the vraag where the client goes on ("v4", "o1", or
"overzicht"). It is for the form; here it is refused.
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
    if type(data["formulier"]) is not int or data["formulier"] != FORM:
        return None, [problem(bestand, *read.place_of(("formulier",)), "formulier-onbekend", kreeg=data["formulier"])]
    if data.get("klaar") is not True:
        raise RegiekitError(
            f"{bestand} is een pauzebestand: de cliënt heeft deze antwoorden nog niet ingeleverd. Laat de cliënt het "
            "formulier openen, dit bestand kiezen en verdergaan", REFUSED,
        )  # fmt: skip
    found, problems = _find_lijst(read, bestand, bibliotheek)
    if found is None:
        return None, problems
    names = {
        "antwoorden": {f"v{n}": v.id for n, v in enumerate(found.inhoud.vragen, 1)},
        "open": _open_names(found.inhoud, data.get("meetmoment")),
    }
    problems = _by_id(read, names, bestand)
    return (None if problems else _renamed(read, names)), problems


def _by_id(read: Yaml, names: dict[str, dict[str, str]], bestand: str) -> list[Problem]:
    """Vragen by their id: the form writes none, and one could stand beside its number with another answer."""
    given = [(part, k) for part in names if isinstance(read.data.get(part), dict) for k in read.data[part]]
    hint = "; in dit bestand heten de vragen v1, v2 enzovoort"
    return [
        problem(bestand, *read.place_of((part, k), key=True), "vraag-onbekend", id=k, suggestie=hint)
        for part, k in given
        if k in names[part].values()
    ]


def _find_lijst(read: Yaml, bestand: str, bibliotheek: Path | None) -> tuple[Loaded | None, list[Problem]]:
    """The vragenlijst of the form, with the hash of then; or what is wrong."""
    lijst, hash_of_then = str(read.data.get("vragenlijst")), str(read.data.get("hash"))
    of_id = [v for v in load_vragenlijsten(bibliotheek) if v.inhoud.id == lijst]
    if not of_id:
        hint = "; is het een lijst uit je eigen map, geef dan --bibliotheek MAP"
        place = read.place_of(("vragenlijst",))
        return None, [problem(bestand, *place, "vragenlijst-onbekend", id=lijst, suggestie=hint)]
    found = next((v for v in of_id if v.hash == hash_of_then), None)
    if found is None:
        toen = hash_of_then if isinstance(read.data.get("hash"), str) else "onbekend"
        details = {"id": lijst, "toen": toen, "nu": " of ".join(v.hash for v in of_id)}
        return None, [problem(bestand, *read.place_of(("hash",)), "hash-anders", **details)]
    return found, []


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

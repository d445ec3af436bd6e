"""Everything that can be found, as it is stored: kennis, technieken, vragenlijsten and the rest that says facts.

Nothing is thawed here but what is asked for: a search goes over all of it and shows a little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.content import stored
from regiekit.content.library import PACKAGE, data_folder, load_json
from regiekit.domain.zoeken import KINDS, make_zoekitems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regiekit.domain.dekking import Bron, Feit
    from regiekit.domain.zoeken import Zoekitem

Json = dict[str, Any]


class Kennisbank(NamedTuple):
    """The subjects of kennis in order (as JSON), what is not taken in, and all that can be found."""

    onderwerpen: list[Json]
    niet_opgenomen: list[Json]
    zoekitems: list[Zoekitem]


class Gekozen(NamedTuple):
    """A kennisitem with the subject that it stands in."""

    onderwerp: Json
    item: Json


def load_kennisbank(bibliotheek: Path | None = None) -> Kennisbank:
    """Everything, that of the coach's own folder included; a vragenlijst only in its newest versie."""
    parts = {kind: list(_parts(kind, bibliotheek)) for kind in KINDS}
    found = {(i.soort, i.id): i for kind, rows in parts.items() for content, zoek in rows
             for i in make_zoekitems(kind, content, zoek)}  # fmt: skip
    kennis = [content for content, _ in parts["kennis"]]
    return Kennisbank(
        sorted((k for k in kennis if "items" in k), key=lambda k: (k["volgorde"], k["id"])),
        [row for k in kennis for row in k.get("niet_opgenomen", ())],
        sorted(found.values(), key=lambda item: (item.plaats, item.id)),
    )


def _parts(kind: str, bibliotheek: Path | None) -> Iterator[tuple[Json, list[Any]]]:
    """The content files of a kind with their indexes; none for what is of the coach, as that is not stored."""
    if bibliotheek is None:
        for _, part in stored.load(kind, data_folder() / kind, PACKAGE):
            yield part["inhoud"], part["zoek"]
    else:
        for content in sorted(load_json(kind, bibliotheek), key=lambda c: (c["id"], c["versie"])):
            yield content, []


def find_item(bank: Kennisbank, item_id: str) -> Gekozen | None:
    """The item with this id."""
    return next((Gekozen(k, i) for k in bank.onderwerpen for i in k["items"] if i["id"] == item_id), None)


def find_onderwerp(bank: Kennisbank, onderwerp_id: str) -> Json | None:
    """The subject with this id."""
    return next((k for k in bank.onderwerpen if k["id"] == onderwerp_id), None)


def load_register() -> list[Feit]:
    """Every fact of the register, in its order."""
    from regiekit.domain.dekking import Feit

    made = stored.load("bronnen", data_folder() / "bronnen", PACKAGE)
    return [Feit(*row) for _, part in made for row in part["inhoud"]["feiten"]]


def make_bronnen(bank: Kennisbank) -> Iterator[Bron]:
    """Every part of the project's content that says facts of the register."""
    from regiekit.domain.dekking import Bron

    for k in bank.onderwerpen:
        for i in k["items"]:
            yield Bron("kennis", i["id"], i["naam"], f"regiekit kennis {i['id']}", i)
    for t in load_json("technieken"):
        yield Bron("techniek", t["id"], t["naam"], f"regiekit techniek {t['id']}", t)
    for s in load_json("sturing"):
        yield Bron("sturing", s["id"], s.get("naam", s["id"]), "regiekit zone", s)
    for v in load_json("vragenlijsten"):
        yield Bron("vragenlijst", v["id"], v["naam"], f"regiekit vragenlijst toon {v['id']}", v)

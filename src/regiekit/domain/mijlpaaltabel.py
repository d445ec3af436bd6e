"""The shape of a table of mijlpalen: what must be done in which week of sickness, and who says so."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from regiekit.domain.checks import Fault, Loc, check_herkomst, nearest
from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie

Week = Annotated[int, Field(ge=1, le=520)]


class Bron(Record):
    """Wie het zegt, en wanneer."""

    wie: Tekst
    """Organisatie of regeling."""
    peil: Tekst
    """Het jaar, of de jaren, waaruit het komt."""


class Mijlpaal(Uitspraak):
    """Eén moment dat in de regels staat."""

    id: Id
    naam: Tekst
    week: Week | None = None
    """De week van ziekte waarin het klaar moet zijn; het telt tot en met de laatste dag van die week."""
    vanaf_week: Week | None = None
    """De eerste week waarin het kan."""
    na: Id | None = None
    """In plaats van een week: de mijlpaal waar de termijn na begint."""
    weken_na: Week | None = None
    """Bij `na`: hoeveel weken later."""
    andere_weken: Annotated[tuple[Week, ...], Field(max_length=5)] = ()
    """Weken die andere bronnen noemen."""
    wie: Tekst
    """Wie het doet."""
    indicatief: bool = False
    """Of bronnen verschillen."""
    verschil: Tekst | None = None
    """Wat bronnen verschillend zeggen, en wat dan veilig is."""
    bronnen: Annotated[tuple[Bron, ...], Field(min_length=1, max_length=8)]


class Herhaling(Uitspraak):
    """Een moment dat terugkomt."""

    naam: Tekst
    na: Id
    """De mijlpaal waar het tellen begint."""
    elke_weken: Annotated[int, Field(ge=1, le=52)]
    tot: Id
    """De mijlpaal waar het stopt."""
    bronnen: Annotated[tuple[Bron, ...], Field(min_length=1, max_length=8)]


class Mijlpaaltabel(Record):
    """Alle mijlpalen van een regeling."""

    id: Id
    versie: Versie
    naam: Tekst
    nagekeken: date
    """De dag waarop iemand de tabel het laatst naast de bronnen legde."""
    uitleg: Annotated[tuple[Uitspraak, ...], Field(min_length=1)]
    """Hoe er geteld wordt, en wat de tabel niet weet."""
    mijlpalen: Annotated[tuple[Mijlpaal, ...], Field(min_length=1, max_length=60)]
    evaluatie: Herhaling | None = None


def check_mijlpaaltabel(tabel: Mijlpaaltabel) -> Iterator[Fault]:
    """Every fault of a table: double ids, a row without one way to its date, a reference that leads nowhere."""
    yield from check_herkomst(tabel)
    seen: list[str] = []
    for i, mijlpaal in enumerate(getattr(tabel, "mijlpalen", ())):
        loc: Loc = ("mijlpalen", i)
        if mijlpaal.id in seen:
            eerder = ("mijlpalen", seen.index(mijlpaal.id), "id")
            yield Fault((*loc, "id"), "dubbele-id", {"id": mijlpaal.id, "eerder": eerder})
        yield from _check_week(mijlpaal, loc)
        if mijlpaal.na is not None and mijlpaal.na not in seen:
            yield _unknown((*loc, "na"), mijlpaal.na, seen)
        seen.append(mijlpaal.id)
    evaluatie = getattr(tabel, "evaluatie", None)
    for name in ("na", "tot") if evaluatie and seen else ():
        if getattr(evaluatie, name) not in seen:
            yield _unknown(("evaluatie", name), getattr(evaluatie, name), seen)


def _check_week(mijlpaal: Mijlpaal, loc: Loc) -> Iterator[Fault]:
    after = (mijlpaal.na is not None, mijlpaal.weken_na is not None)
    if (mijlpaal.week is None) != all(after) or (mijlpaal.week is not None and any(after)):
        yield Fault(loc, "mijlpaal-week", {})
    if mijlpaal.week is not None and (mijlpaal.vanaf_week or 0) > mijlpaal.week:
        yield Fault((*loc, "vanaf_week"), "te-hoog", {"kreeg": mijlpaal.vanaf_week, "maximum": mijlpaal.week})


def _unknown(loc: Loc, name: str, known: list[str]) -> Fault:
    return Fault(loc, "mijlpaal-onbekend", {"id": name, "suggestie": nearest(name, list(dict.fromkeys(known)))})

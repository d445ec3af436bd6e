"""What stands on a werkblad: one `Pagina` for the terminal, for paper and for HTML; and the form for the terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.dagen import datum_text
from regiekit.domain.herkomst import source_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from regiekit.domain.werkblad import Blad, Bladregel, Blok, Lezer, Werkblad

LEZERS: dict[Lezer, str] = {"client": "cliënt", "coach": "coach", "werkgever": "werkgever"}
VOOR: dict[Lezer, str] = {"client": "voor de cliënt", "coach": "voor de coach", "werkgever": "voor de werkgever"}
MERK = "°"  # behind what the sources do not say
BREED = 72  # columns of a line to write on


class Regel(NamedTuple):
    """A statement as printed; `eigen` gets the mark."""

    naam: str
    tekst: str
    eigen: bool
    regels: int


class Deel(NamedTuple):
    """A blok as printed."""

    soort: str
    kop: str
    uitspraken: list[Regel]
    vorm: str
    kolommen: list[str]
    vakjes: list[str]
    verdeling: list[int]
    lege_rijen: int
    rijhoogte: int
    regels: int
    figuur: str
    omschrijving: str
    hoogte: int


class Pagina(NamedTuple):
    """One page: what is printed of a blad, one or two delen in a row."""

    id: str
    voor: str
    lezer: str
    titel: str
    inleiding: list[Regel]
    rijen: list[list[Deel]]
    van_buiten: list[str]
    bron: str
    code: str
    datum: str
    gemaakt: str


def make_pagina(werkblad: Werkblad, blad: Blad, client: str | None = None, datum: date | None = None) -> Pagina:
    """Choose what is printed; only the coach sees the mark of what the sources do not say."""
    gedrukt = [*blad.inleiding, *(u for blok in blad.blokken for u in blok.uitspraken)]
    merken = blad.voor == "coach" and any(u.herkomst != "eigen" for u in gedrukt)
    return Pagina(
        id=werkblad.id,
        voor=blad.voor,
        lezer=VOOR[blad.voor],
        titel=_plain(blad.titel),
        inleiding=[_regel(u, merken) for u in blad.inleiding],
        rijen=list(_rows([(blok.breedte, _deel(blok, merken)) for blok in blad.blokken])),
        van_buiten=[_plain(tekst) for tekst in blad.van_buiten],
        bron=_bron(gedrukt, merken),
        code=client or "",
        datum=_datum(datum),
        gemaakt=f"Werkblad {werkblad.id}, versie {werkblad.versie}. Gemaakt met regiekit.",
    )


def make_title(paginas: Sequence[Pagina]) -> str:
    """The title of the document, as a PDF reader or a browser shows it."""
    return f"Werkblad: {paginas[0].titel}" if len(paginas) == 1 else "Werkbladen van regiekit"


def _plain(tekst: str) -> str:
    return " ".join(tekst.split())


def _regel(uitspraak: Bladregel, merken: bool) -> Regel:
    eigen = merken and uitspraak.herkomst == "eigen"
    return Regel(_plain(uitspraak.naam or ""), _plain(uitspraak.tekst), eigen, uitspraak.regels)


def _deel(blok: Blok, merken: bool) -> Deel:
    return Deel(
        soort=blok.soort,
        kop=_plain(blok.kop or ""),
        uitspraken=[_regel(u, merken) for u in blok.uitspraken],
        vorm=blok.vorm or "alinea",
        kolommen=[_plain(k) for k in blok.kolommen],
        vakjes=[_plain(v) for v in blok.vakjes],
        verdeling=list(blok.verdeling or (1,) * len(blok.kolommen)),
        lege_rijen=blok.lege_rijen,
        rijhoogte=blok.rijhoogte,
        regels=blok.regels,
        figuur=blok.figuur or "",
        omschrijving=_plain(blok.omschrijving or ""),
        hoogte=blok.hoogte,
    )


def _rows(delen: Sequence[tuple[str, Deel]]) -> Iterator[list[Deel]]:
    """Two half ones that follow each other stand side by side."""
    for breedte, group in groupby(delen, key=lambda pair: pair[0]):
        row = [deel for _, deel in group]
        step = 2 if breedte == "half" else 1
        yield from (row[i : i + step] for i in range(0, len(row), step))


def _bron(gedrukt: Iterable[Bladregel], merken: bool) -> str:
    gedrukt = list(gedrukt)
    eigen = any(u.herkomst == "eigen" for u in gedrukt)
    bron = source_line(gedrukt)
    if not bron:
        return "Bron: niet uit de vijf bronnen van regiekit. Deze tekst is van de maker van dit blad."
    own = " Wat met ° is gemerkt, zegt de bron niet." if merken else " Een deel is van regiekit zelf."
    return f"Bron: {bron}. In eigen woorden.{own * eigen}"


def _datum(datum: date | None) -> str:
    return datum_text(datum) if datum else ""


# --- on the terminal -------------------------------------------------------------------------------------------------


def render_werkbladen(werkbladen: Iterable[Werkblad]) -> Iterator[RenderableType]:
    """The list: id, for whom, and in one sentence what it is for."""
    from rich.text import Text

    from regiekit.render.parts import Said, paragraph

    for werkblad in werkbladen:
        lezers = ", ".join(LEZERS[blad.voor] for blad in werkblad.versies)
        seen, said = (Text(werkblad.id, "bold").append(f"{between}voor {lezers}", "dim not bold")
                      for between in ("  ", ", "))  # fmt: skip
        yield Said(seen, said)
        yield paragraph(werkblad.doel.tekst, indent=4)
    yield paragraph("")
    yield paragraph("Bekijken: regiekit werkblad NAAM. Op papier: regiekit werkblad NAAM --print.", style="dim")


def render_werkblad(pagina: Pagina) -> Iterator[RenderableType]:
    """One page as text, complete, to read or to copy."""
    from regiekit.render.parts import heading, paragraph

    yield paragraph(pagina.titel, style="bold underline")
    yield paragraph(f"Werkblad {pagina.lezer}", style="dim")
    code = f"Code: {pagina.code or '____________'}   " if pagina.code or pagina.voor == "coach" else ""
    yield paragraph(f"{code}Datum: {pagina.datum or '____________'}")
    yield from (paragraph(_words(regel)) for regel in pagina.inleiding)
    for deel in (deel for rij in pagina.rijen for deel in rij):
        yield heading(deel.kop) if deel.kop else paragraph("")
        yield from _SOORTEN[deel.soort](deel)
    yield paragraph("")
    yield from (paragraph(tekst, style="dim") for tekst in (*pagina.van_buiten, pagina.bron))


def other_versies(werkblad: Werkblad, pagina: Pagina) -> Iterator[RenderableType]:
    """Which other readers have a blad of their own; nothing when there is only one."""
    from regiekit.render.parts import paragraph

    others = [blad.voor for blad in werkblad.versies if blad.voor != pagina.voor]
    if others:
        options = " en ".join(f"--voor {voor}" for voor in others)
        yield paragraph(f"\nVan dit werkblad is er ook een ander blad: {options}.", style="dim")


def _words(regel: Regel) -> str:
    """A name and its text in one line; a text that goes on where the name ends is part of the same sentence."""
    return _named(regel.naam.rstrip(".:"), regel.tekst) + MERK * regel.eigen


def _named(naam: str, tekst: str) -> str:
    if not naam:
        return tekst
    if not tekst[:1].islower():
        return f"{naam}. {tekst}"
    return f"{naam} {tekst}" if tekst.startswith("en ") else f"{naam}, {tekst}"


def _lines(aantal: int) -> Iterator[RenderableType]:
    from regiekit.render.parts import paragraph

    yield from (paragraph("_" * BREED, indent=2) for _ in range(aantal))


def _items(deel: Deel, mark: str) -> Iterator[RenderableType]:
    from regiekit.render.parts import bullet

    for nummer, regel in enumerate(deel.uitspraken, 1):
        yield bullet(_words(regel), mark=mark or f"{nummer}.")
        yield from _lines(regel.regels)


def _tekst(deel: Deel) -> Iterator[RenderableType]:
    from regiekit.render.parts import paragraph

    if deel.vorm != "alinea":
        yield from _items(deel, "-" if deel.vorm == "punten" else "")
        return
    for regel in deel.uitspraken:
        yield paragraph(_words(regel), indent=2)
        yield from _lines(regel.regels)


def _tabel(deel: Deel) -> Iterator[RenderableType]:
    """A table too wide for the terminal, as a list: each row with its columns under it."""
    from regiekit.render.parts import Said, bullet, paragraph

    boxes = "   ".join(f"[ ] {vakje}" for vakje in deel.vakjes)
    for regel in [*deel.uitspraken, *[None] * deel.lege_rijen]:
        yield bullet(_words(regel) if regel else f"{deel.kolommen[0]} {'_' * 20}")
        if boxes:
            yield Said(paragraph(boxes, indent=4), paragraph(f"Kies: {', '.join(deel.vakjes)}", indent=4))
        for kolom in deel.kolommen[1:]:
            yield paragraph(f"{kolom} {'_' * max(10, BREED - 4 - len(kolom))}", indent=4)


def _tekening(deel: Deel) -> Iterator[RenderableType]:
    """The parts of the drawing, each with room to write."""
    from regiekit.render.parts import bullet, paragraph

    yield paragraph(deel.omschrijving, indent=2, style="dim")
    for regel in deel.uitspraken:
        yield bullet(regel.naam if regel.naam.lower() == regel.tekst.lower() else _words(regel))
        if deel.figuur != "driehoek":
            yield from _lines(1)


def _lijnen(deel: Deel) -> Iterator[RenderableType]:
    yield from _tekst(deel)
    yield from _lines(deel.regels)


_SOORTEN = {
    "tekst": _tekst,
    "vragen": _tekst,
    "aankruislijst": lambda deel: _items(deel, "[ ]"),
    "tabel": _tabel,
    "tekening": _tekening,
    "lijnen": _lijnen,
}

"""The complete card of a techniek on the terminal, and the list of technieken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from regiekit.domain.herkomst import DOCUMENTEN, own_mark
from regiekit.render.parts import Fitting, bullet, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from regiekit.domain.record import Uitspraak
    from regiekit.domain.techniek import Blok, Techniek


def render_technieken(technieken: Sequence[Techniek]) -> Iterator[RenderableType]:
    """Name, id and in one sentence what it is for."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("Naam om te typen", no_wrap=True)
    table.add_column("Techniek en doel")
    for techniek in technieken:
        table.add_row(Text(techniek.id), Text(f"{techniek.naam}\n{techniek.doel[0].tekst}\n"))
    yield Fitting(table, [bullet(f"{t.id}: {t.naam}. {t.doel[0].tekst}") for t in technieken])
    yield paragraph("De hele kaart: regiekit techniek NAAM. Op papier: regiekit techniek NAAM --print.", style="dim")


def render_techniek(techniek: Techniek) -> Iterator[RenderableType]:
    """The complete card: every statement, with 'eigen' behind what is regiekit's own."""
    yield paragraph(techniek.naam, style="bold underline")
    if techniek.aliassen:
        yield paragraph(f"Ook: {', '.join(techniek.aliassen)}", style="dim")
    yield bullet(techniek.samenvatting.tekst, mark="", indent=0, source=own_mark(techniek.samenvatting))
    yield from _list("Doel", techniek.doel)
    yield from _list("Wanneer wel", techniek.wanneer_wel)
    yield from _list("Wanneer liever niet", techniek.wanneer_niet)
    yield heading("Hoe doe je het?")
    for nummer, stap in enumerate(techniek.stappen, 1):
        yield from _blok(stap, f"{nummer}.")
    for onderdeel in techniek.onderdelen:
        yield heading(onderdeel.naam)
        yield bullet(onderdeel.tekst, mark="", indent=1, source=own_mark(onderdeel))
        yield from _points(onderdeel.punten)
    yield from _list("Valkuilen", techniek.valkuilen)
    yield from _questions(techniek)
    yield from _list("Wat het kan opleveren", techniek.opbrengst)
    yield from _list("Goed om te weten", techniek.achtergrond)
    yield paragraph("")
    yield paragraph(source_line(techniek), style="dim")


def _list(title: str, uitspraken: Sequence[Uitspraak]) -> Iterator[RenderableType]:
    if uitspraken:
        yield heading(title)
        yield from _points(uitspraken)


def _points(uitspraken: Iterable[Uitspraak]) -> Iterator[RenderableType]:
    for uitspraak in uitspraken:
        yield bullet(uitspraak.tekst, source=own_mark(uitspraak))


def _blok(stap: Blok, mark: str) -> Iterator[RenderableType]:
    yield bullet(f"{stap.naam}. {stap.tekst}", mark=mark, source=own_mark(stap))
    for punt in stap.punten:
        yield bullet(punt.tekst, indent=5, source=own_mark(punt))


def _questions(techniek: Techniek) -> Iterator[RenderableType]:
    if techniek.voorbeeldvragen:
        yield heading("Vragen en zinnen voor in het gesprek")
    group = None
    for vraag in techniek.voorbeeldvragen:
        if vraag.groep and vraag.groep != group:
            yield paragraph(f"{vraag.groep}:", indent=2)
        group = vraag.groep
        yield bullet(f"“{vraag.tekst}”", indent=4 if group else 2, source=own_mark(vraag))


def source_line(techniek: Techniek) -> str:
    """Document and heading in one line; statements of one's own are marked in the card itself."""
    places = sorted({(u.document, u.kop) for u in _herkomsten(techniek) if u != "eigen"})
    named = "; ".join(f"{DOCUMENTEN[document]}, onder '{kop}'" for document, kop in places)
    if not named:
        return "Eigen techniek."
    return f"Bron: {named}. In de woorden van regiekit; wat met [eigen] gemerkt is, zegt de bron niet."


def _herkomsten(part: object) -> Iterator[Any]:
    """Every herkomst in a card."""
    for value in vars(part).values() if hasattr(part, "__dict__") else ():
        for item in value if isinstance(value, tuple) else (value,):
            yield from _herkomsten(item) if not hasattr(item, "kop") else [item]

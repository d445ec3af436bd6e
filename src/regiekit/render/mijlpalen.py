"""The mijlpalen on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from regiekit.domain.mijlpalen import INDICATIEF, ONDERBREKING
from regiekit.render.dagen import in_digits, short_date
from regiekit.render.parts import bullet, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from regiekit.domain.mijlpaaltabel import Mijlpaaltabel
    from regiekit.domain.mijlpalen import Moment, Overzicht


def render_mijlpalen(tabel: Mijlpaaltabel, overzicht: Overzicht, start: date) -> Iterator[RenderableType]:
    """A row for each mijlpaal, the evaluations, and what is not certain."""
    yield paragraph(f"{tabel.naam}, geteld vanaf {short_date(start)}", style="bold")
    yield _table(overzicht)
    if overzicht.volgende:
        said = {0: "vandaag", 1: "morgen"}.get(overzicht.volgende.dagen, f"over {overzicht.volgende.dagen} dagen")
        yield paragraph(f"Nu eerst: {overzicht.volgende.naam}, {short_date(overzicht.volgende.datum)} ({said}).")
    for moment in overzicht.nu:
        yield paragraph(f"Kan nu ook al: {moment.mijlpaal.naam}, uiterlijk {short_date(moment.datum)}.")
    for line in overzicht.let_op:
        yield paragraph(f"Let op: {line}")
    yield from _evaluaties(tabel, overzicht)
    yield from _verschillen(overzicht)
    yield heading("Zo is er geteld")
    for uitleg in tabel.uitleg:
        yield bullet(uitleg.tekst)
    yield bullet(ONDERBREKING)
    yield paragraph("")
    yield paragraph(INDICATIEF, style="bold")
    yield paragraph(f"Bronnen per mijlpaal: --json. Tabel '{tabel.id}', nagekeken {tabel.nagekeken}.", style="dim")


def _table(overzicht: Overzicht) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("Uiterlijk", no_wrap=True)
    table.add_column("Week", no_wrap=True)
    table.add_column("Wat")
    table.add_column("Wie")
    for moment in overzicht.momenten:
        mark = " *" if moment.mijlpaal.indicatief and not moment.eigen else ""
        naam = f"{moment.mijlpaal.naam}{mark}"
        table.add_row(*map(Text, (short_date(moment.datum), week_text(moment), naam, moment.mijlpaal.wie)))
    return table


def week_text(moment: Moment) -> str:
    """'8', '46-52', or 'eigen' for a date of the coach."""
    if moment.eigen:
        return "eigen"
    mijlpaal = moment.mijlpaal
    if mijlpaal.week is None:
        return f"+{mijlpaal.weken_na}"
    return f"{mijlpaal.vanaf_week}-{mijlpaal.week}" if mijlpaal.vanaf_week else str(mijlpaal.week)


def _evaluaties(tabel: Mijlpaaltabel, overzicht: Overzicht) -> Iterator[RenderableType]:
    if tabel.evaluatie and overzicht.evaluaties:
        yield heading(tabel.evaluatie.naam)
        yield paragraph(tabel.evaluatie.tekst, indent=2)
        yield paragraph(", ".join(in_digits(day) for day in overzicht.evaluaties), indent=2)


def _verschillen(overzicht: Overzicht) -> Iterator[RenderableType]:
    """What sources say differently, with the other dates."""
    unsure = [m for m in overzicht.momenten if m.mijlpaal.verschil]
    if unsure:
        yield heading("* Hier verschillen bronnen: houd de vroegste aan")
    for moment in unsure:
        other = "".join(f" Week {week} eindigt {short_date(day)}." for week, day in moment.andere)
        since = f" Het kan vanaf {short_date(moment.vanaf)}." if moment.vanaf else ""
        yield bullet(f"{moment.mijlpaal.naam}: {moment.mijlpaal.verschil}{since}{other}")

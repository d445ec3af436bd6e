"""The scores of a table on the terminal: the first rows, and what has no score and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from regiekit.domain.beoordeling import OPMERKINGEN
from regiekit.domain.getal import number
from regiekit.domain.tabelscores import rows_text
from regiekit.errors import visible
from regiekit.render.parts import Fitting, bullet, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from regiekit.domain.tabelscores import Scorekolom, Scorerij, Tabelscores

GEEN_SCORE = "geen"


def render_tabelscores(scores: Tabelscores) -> Iterator[RenderableType]:
    """The first rows, and what has no score."""
    yield paragraph(f"{scores.naam}, versie {scores.versie}", style="bold")
    yield paragraph(f"vragenlijst {scores.vragenlijst}, hash {scores.hash}", style="dim")
    if scores.rijen:
        yield from _rows(scores)
    yield from render_telling(scores)


def render_telling(scores: Tabelscores) -> Iterator[RenderableType]:
    """How many rows there are, and how many have no score for want of answers."""
    yield paragraph("")
    yield paragraph(rows_text(scores.telling))
    without = [s for s in scores.schalen if s.zonder_score]
    if without:
        yield heading("Geen score, want te weinig vragen beantwoord")
        yield from (bullet(_without(s)) for s in without)
    yield paragraph("")
    yield paragraph(OPMERKINGEN["niet-gevalideerd"])
    yield paragraph("Vergelijk geen mensen met elkaar: een score hoort bij het gesprek met één cliënt.")


def _without(schaal: Scorekolom) -> str:
    rijen = "1 rij" if schaal.zonder_score == 1 else f"{schaal.zonder_score} rijen"
    need = f"{'is' if schaal.minimaal == 1 else 'zijn'} minstens {schaal.minimaal} van de {schaal.van} vragen nodig"
    return f"{schaal.naam}: {rijen}. Er {need}."


def _rows(scores: Tabelscores) -> Iterator[RenderableType]:
    shown, total = len(scores.rijen), scores.telling.goed
    yield heading("De eerste rijen" if shown < total else "Elke rij")
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for title in _titles(scores):
        table.add_column(title, no_wrap=True)
    for schaal in scores.schalen:
        table.add_column(schaal.id, no_wrap=True)
    lines = []
    for rij in scores.rijen:
        cells = _cells(scores, rij)
        table.add_row(*cells, *(Text(_score(s, *said, "\n")) for s, said in scores.beside(rij)))
        said_of = "; ".join(f"{s.naam} {_score(s, *said, ' (')})" for s, said in scores.beside(rij))
        lines.append(bullet(f"rij {', '.join(c.plain for c in cells if c.plain)}: {said_of}"))
    yield Fitting(table, lines)


def _titles(scores: Tabelscores) -> list[str]:
    kept = [visible(scores.id)] if scores.id else []
    return ["rij", *(k for k in scores.kolommen if k != "datum"), *kept]


def _cells(scores: Tabelscores, rij: Scorerij) -> list[Text]:
    texts = {"client": rij.client, "meetmoment": rij.meetmoment}
    kept = [rij.id] if scores.id else []
    found = [rij.rij, *(texts[k] for k in scores.kolommen if k in texts), *kept]
    return [Text("" if cell is None else visible(str(cell))) for cell in found]


def _score(schaal: Scorekolom, score: float | None, beantwoord: int, between: str) -> str:
    return f"{GEEN_SCORE if score is None else number(score)}{between}{beantwoord} van {schaal.van}"

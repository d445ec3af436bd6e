"""Small pieces that every screen uses: headings, wrapped lines, bars, Dutch dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from regiekit.domain.beoordeling import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rich.console import RenderableType

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
BAR_WIDTH = 16


def heading(text: str) -> RenderableType:
    """A heading with a blank line above."""
    return Text("\n").append(text, "bold")


def paragraph(text: str, indent: int = 0, style: str = "") -> RenderableType:
    """Text as it is: never read as markup."""
    return Padding(Text(text, style=style), (0, 0, 0, indent), expand=False)


def bullet(text: str, mark: str = "-", indent: int = 2, source: str = "") -> RenderableType:
    """A line with a mark before it; further lines hang under the first word."""
    from rich.table import Table

    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=len(mark))
    row.add_column()
    body = Text(text)
    if source:
        body.append(f"  [{source}]", style="dim")
    row.add_row(Text(mark), body)
    return Padding(row, (0, 0, 0, indent), expand=False)


def bullets(lines: Iterable[str], mark: str = "-", indent: int = 2) -> list[RenderableType]:
    """One bullet a line."""
    return [bullet(line, mark, indent) for line in lines]


def bar(score: float, bodem: float, top: float) -> str:
    """A bar from bodem to top, BAR_WIDTH characters."""
    filled = round((score - bodem) / (top - bodem) * BAR_WIDTH)
    return "█" * filled + "░" * (BAR_WIDTH - filled)


def short(value: float) -> str:
    """An end of a scale: '1' rather than '1,0'."""
    return number(value).removesuffix(",0")


def datum_text(datum: date) -> str:
    """'2 maart 2026'."""
    return f"{datum.day} {MONTHS[datum.month - 1]} {datum.year}"


def herkomst_text(uitspraak: object) -> str:
    """A short mark of where a statement comes from."""
    return "eigen" if uitspraak.herkomst == "eigen" else ""  # type: ignore[attr-defined]

"""Small pieces that every screen uses: headings, wrapped lines, bullets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text

from regiekit.errors import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table


class Hanging:
    """Text with a mark before it; further lines hang under the first word.

    It wraps once. A Rich grid and padding for each line would measure and crop all of it several times over, and a card
    has some sixty of these lines.
    """

    def __init__(self, text: Text, indent: int = 0, mark: str = "") -> None:
        self.text = text
        self.first = " " * indent + mark
        self.hang = len(self.first)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        prefix = self.first
        for line in self.text.wrap(console, max(options.max_width - self.hang, 1)):
            line.rstrip()
            yield Segment(prefix if line else prefix.rstrip())
            yield from Text().append_text(line).render(console, end="\n")  # render() alone leaves out the base style
            prefix = " " * self.hang


class Fitting:
    """A table where it fits without cutting a word, else the same as lines."""

    def __init__(self, table: Table, lines: Iterable[RenderableType]) -> None:
        self.table = table
        self.lines = list(lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        if self.table.__rich_measure__(console, options.update(width=1000)).minimum <= options.max_width:
            yield self.table
        else:
            yield from self.lines


def heading(text: str) -> RenderableType:
    """A heading with a blank line above."""
    return Text("\n").append(text, "bold")


def paragraph(text: str, indent: int = 0, style: str = "") -> RenderableType:
    """Text as it is: never read as markup, nor as a command to the terminal."""
    return Hanging(Text(harmless(text), style=style), indent)


def bullet(text: str, mark: str = "-", indent: int = 2, source: str = "") -> RenderableType:
    """A line with a mark before it; further lines hang under the first word."""
    body = Text(harmless(text))
    if source:
        body.append(f"  [{source}]", style="dim")
    return Hanging(body, indent, f"{mark} ")


def bullets(lines: Iterable[str], mark: str = "-", indent: int = 2) -> list[RenderableType]:
    """One bullet a line."""
    return [bullet(line, mark, indent) for line in lines]

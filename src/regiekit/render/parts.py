"""Small pieces that every screen uses: headings, wrapped lines, bullets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.text import Text

from regiekit.errors import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table


class Hanging:
    """Text with a mark before it; further lines hang under the first word.

    It wraps once. A Rich grid and padding for each line would measure and crop all of it several times over, and a card
    has some sixty of these lines.
    """

    def __init__(self, text: Text, indent: int = 0, mark: str = "", hang: int | None = None) -> None:
        self.text = text
        self.first = " " * indent + mark
        self.hang = len(self.first) if hang is None else hang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        prefix = self.first
        for line in self.text.wrap(console, max(options.max_width - self.hang, 1)):
            line.rstrip()
            yield Segment(prefix if line else prefix.rstrip())
            yield from Text().append_text(line).render(console, end="\n")  # render() alone leaves out the base style
            prefix = " " * self.hang


class Drawn:
    """What is seen at once, such as a table: read aloud it is other words, one after the other (cli/voorlezen.py)."""

    def aloud(self) -> Iterator[RenderableType]:
        """The same in reading order; what only helps the eye is left out."""
        raise NotImplementedError


class Fitting(Drawn):
    """A table where it fits without cutting a word, else the same as lines; `aloud` is how it is read, when a line for
    each cell ('title: value') is not the best way."""

    def __init__(
        self, table: Table, lines: Iterable[RenderableType], aloud: Iterable[RenderableType] | None = None
    ) -> None:
        self.table = table
        self.lines = list(lines)
        self._aloud = None if aloud is None else list(aloud)

    def aloud(self) -> Iterator[RenderableType]:
        yield from read_table(self.table) if self._aloud is None else self._aloud

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        if self.table.__rich_measure__(console, options.update(width=1000)).minimum <= options.max_width:
            yield self.table
        else:
            yield from self.lines


class ForTheEye(Drawn):
    """What explains a drawing, and says nothing without it."""

    def __init__(self, part: RenderableType) -> None:
        self.part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self.part

    def aloud(self) -> Iterator[RenderableType]:
        yield from ()


class Said(Drawn):
    """What is shown one way and said another, because signs or room between words have a meaning for the eye."""

    def __init__(self, part: RenderableType, *said: RenderableType) -> None:
        self.part, self.said = part, said

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self.part

    def aloud(self) -> Iterator[RenderableType]:
        yield from self.said


_BAR = re.compile(r"(\S+) [█░]+ (\S+)")
_DASHES = ("-", "–")


def in_words(text: str) -> str:
    """A bar as its ends ('op een schaal van 1 tot en met 5'); of small bars with a number beside them the numbers, with
    a comma."""
    plain = re.sub("[▁-▇]", "", text)
    return ", ".join(plain.split()) if plain != text else _BAR.sub(r"op een schaal van \1 tot en met \2", text)


def read_rows(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[RenderableType]:
    """'Title: value' for every cell of every row, with a blank line before each row. No cell is passed over, but one
    that has neither title nor value; without a title, as a bar, it belongs to the cell before it. A cell of more lines
    goes on below its first."""
    for row in rows:
        yield paragraph("")
        for first, *more in _read_cells(titles, row):
            yield Hanging(Text(harmless(first)), hang=2)
            yield from (paragraph(part, 2) for part in more if part)
    yield paragraph("")


def _read_cells(titles: Sequence[str], row: Sequence[str]) -> list[list[str]]:
    """The lines of each cell as it is read."""
    found: list[list[str]] = []
    for title, cell in zip(titles, row, strict=True):
        first, *more = [part.strip() for part in in_words(cell).strip().split("\n")]
        if title.strip():
            said = "leeg" if not first else "geen" if first in _DASHES else first
            found.append([f"{title}: {said}", *more])
        elif first and found:
            found[-1][0] += f", {first}"
            found[-1] += more
        elif first:
            found.append([first, *more])
    return found


def read_table(table: Table) -> Iterator[RenderableType]:
    """A table of Rich as `read_rows`; without titles each row is 'first cell: the rest'."""
    titles = [", ".join(_plain(column.header).split("\n")) for column in table.columns]
    rows = list(zip(*([_plain(cell) for cell in column.cells] for column in table.columns), strict=True))
    if any(titles):
        yield from read_rows(titles, rows)
        return
    for name, *rest in rows:
        yield paragraph(f"{name.strip()}: {', '.join(cell.strip() for cell in rest)}", 2)


def _plain(cell: RenderableType) -> str:
    return cell.plain if isinstance(cell, Text) else str(cell)


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

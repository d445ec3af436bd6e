"""The XML in a spreadsheet, walked with Python's own parser: only what is named is looked at, and within limits.

What a file says of its own size is never believed: memory grows with the cells that have something in them.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regiekit.kanaal.tabel import Rij

MAX_CELLS = 2_000_000  # from the first row and column to the last with something in it, the empty ones included
MAX_CELL = 131_072  # characters in one cell, as in a CSV
MAX_DEPTH = 200  # of elements in elements
MAX_SPACE = 500  # characters of the name of a namespace
PIECE = 1 << 22  # bytes at a time: the parser goes over a piece again for each one that ends within a tag

KAPOT = "een rekenblad dat kapot is; open het, bewaar het opnieuw en probeer dat"
GEEN_UITKOMST = "#formule zonder uitkomst"  # in a cell; no answer, so the row is refused


class OnleesbaarError(Exception):
    """Why a spreadsheet cannot be read, to come after 'dit is'."""


class Raster:
    """The cells of a sheet, by row. Rows and columns count from 1."""

    def __init__(self) -> None:
        self.gevuld: dict[int, Rij] = {}
        self.hoog = self.breed = 0

    def grow(self, row: int, column: int) -> None:
        """Make room for a cell with something in it."""
        self.hoog, self.breed = max(self.hoog, row), max(self.breed, column)
        check_cells(self.cellen)

    @property
    def cellen(self) -> int:
        return self.hoog * self.breed

    def rijen(self) -> list[Rij]:
        """All rows from the first on, each as wide as the widest."""
        empty = [""] * self.breed
        for rij in self.gevuld.values():
            rij += empty[len(rij) :]
        return [self.gevuld.get(row, empty) for row in range(1, self.hoog + 1)]


def check_cells(count: int) -> None:
    """Refuse more cells than fit."""
    if count > MAX_CELLS:
        raise OnleesbaarError(
            f"een rekenblad van {count} cellen, de lege ertussen meegeteld; deel het op, of bewaar het als CSV"
        )


class Wandeling:
    """A walk over one XML part. A subclass says which element may stand in which; all else is passed by."""

    KINDEREN: Mapping[str, frozenset[str]]
    """Of each element, those in it that count; '' is the part itself."""
    NAMEN: Mapping[str, str]
    """The short name of each element that counts, by namespace, space, name."""
    TEKST: frozenset[str]
    """The elements of which the text counts."""

    def __init__(self) -> None:
        self.path = [""]
        self.parts: list[str] = []
        self.depth = self.passed_by = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """At the start of an element that counts."""

    def end(self, name: str) -> None:
        """At its end."""

    def walk(self, part: IO[bytes]) -> None:
        """Go over a part; raises OnleesbaarError, and what reading the part raises."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartNamespaceDeclHandler = _check_space
        try:
            while piece := part.read(PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError):  # the last two: an encoding that does not exist
            raise OnleesbaarError(KAPOT) from None

    def take(self) -> str:
        """The text since the last time it was asked for."""
        text = "".join(self.parts)
        self.parts.clear()
        return text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise OnleesbaarError(KAPOT)
        if self.passed_by:
            return
        name = self.NAMEN.get(tag, "")
        if name in self.KINDEREN[self.path[-1]]:
            self.path.append(name)
            self.start(name, attributes)
        else:
            self.passed_by = self.depth

    def _end(self, _tag: str) -> None:
        if not self.passed_by:
            self.end(self.path.pop())
        elif self.passed_by == self.depth:
            self.passed_by = 0
        self.depth -= 1

    def _text(self, text: str) -> None:
        if not self.passed_by and self.path[-1] in self.TEKST:
            self.parts.append(text)


def grammar(**children: str) -> dict[str, frozenset[str]]:
    """Which elements may stand in which: 'row="c"' is a c in a row; those without any need no mention."""
    found = {name: frozenset(inside.split()) for name, inside in children.items()}
    return {**{name: frozenset() for inside in found.values() for name in inside}, **found}


def _refuse(*_: object) -> None:
    raise OnleesbaarError("een rekenblad met iets onveiligs erin (een DOCTYPE); bewaar het opnieuw als .xlsx")


def _check_space(_prefix: str | None, space: str | None) -> None:
    """The parser writes the namespace out in the name of each element: a long one would take hours."""
    if len(space or "") > MAX_SPACE:
        raise OnleesbaarError(KAPOT)


def getal(text: str) -> str:
    """A number as CSV would have it: 4.0 is '4'. What is no number stays as it is."""
    try:
        number = float(text)
    except ValueError:
        return text.strip()
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number) if abs(number) < float("inf") else text.strip()

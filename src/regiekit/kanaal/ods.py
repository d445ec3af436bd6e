"""The sheets of an ODS file (OpenDocument 1.3)."""

from __future__ import annotations

import re

from regiekit.kanaal.bladxml import (
    GEEN_UITKOMST,
    KAPOT,
    MAX_CELL,
    OnleesbaarError,
    Raster,
    Wandeling,
    check_cells,
    getal,
    grammar,
)

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_OFFICE, _TABLE, _TEXT = (f"{_URN.format(name)} " for name in ("office", "table", "text"))
_SORTS = (f"{_OFFICE}value-type", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type")
_ERROR = re.compile(r"#|Err:|Fout:")
_SPACES = re.compile(r"[ \t\r\n]+")
_GROUPS = "table-row-group table-rows table-header-rows table-row"
_INLINE = "span a s tab line-break"
_WHERE = {
    _OFFICE: "document-content body spreadsheet",
    _TABLE: f"table {_GROUPS} table-cell covered-table-cell",
    _TEXT: f"p {_INLINE}",
}


class Inhoud(Wandeling):
    """All sheets. What someone noted at a cell, and what stood there before, is no part of it."""

    KINDEREN = grammar(**{
        "": "document-content", "document-content": "body", "body": "spreadsheet", "spreadsheet": "table",
        "table": _GROUPS, "table-row-group": _GROUPS, "table-rows": "table-row", "table-header-rows": "table-row",
        "table-row": "table-cell covered-table-cell", "table-cell": "p", "covered-table-cell": "p",
        "p": _INLINE, "span": _INLINE, "a": _INLINE,
    })  # fmt: skip
    NAMEN = {f"{space}{name}": name for space, names in _WHERE.items() for name in names.split()}
    TEKST = frozenset(["p", "span", "a"])

    def __init__(self) -> None:
        super().__init__()
        self.bladen: dict[str, Raster] = {}
        self.raster = Raster()
        self.row = self.column = 0
        self.rows = self.columns = 1  # how often this row, this cell
        self.rij: list[tuple[int, int, str]] = []  # where a cell starts, how often it stands there, what is in it
        self.alineas: list[str] = []
        self.cell: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self.columns = _times(attributes, f"{_TABLE}number-columns-repeated")
            self.alineas, self.cell = [], attributes
        elif name in ("s", "tab", "line-break"):
            self.parts.append(_space(name, attributes))
        elif name == "table-row":
            self.rows = _times(attributes, f"{_TABLE}number-rows-repeated")
            self.column, self.rij = 0, []
        elif name == "table":
            self._sheet(attributes.get(f"{_TABLE}name", ""))

    def end(self, name: str) -> None:
        if name == "p":
            self.alineas.append(self.take())
        elif name in ("table-cell", "covered-table-cell"):
            text = _value(self.cell, "\n".join(self.alineas))
            if len(text) > MAX_CELL:
                raise OnleesbaarError(f"een rekenblad met te veel tekst in een cel van rij {self.row + 1}")
            if text:
                self.rij.append((self.column, self.columns, text))
            self.column += self.columns
        elif name == "table-row":
            if self.rij:
                self._put()
            self.row += self.rows

    def _text(self, text: str) -> None:
        super()._text(_SPACES.sub(" ", text))

    def _sheet(self, name: str) -> None:
        if name in self.bladen:
            raise OnleesbaarError(KAPOT)
        self.raster = self.bladen[name] = Raster()
        self.row = 0

    def _put(self) -> None:
        start, times, _ = self.rij[-1]
        self.raster.grow(self.row + self.rows, start + times)
        check_cells(sum(raster.cellen for raster in self.bladen.values()))
        made: list[str] = []
        for start, times, text in self.rij:
            made += [""] * (start - len(made))
            made += [text] * times
        for row in range(self.row + 1, self.row + self.rows + 1):
            self.raster.gevuld[row] = made


def _value(cell: dict[str, str], shown: str) -> str:
    """What is in a cell, as CSV would have it."""
    soort, own = (cell.get(name, "") for name in _SORTS)
    is_formula = f"{_TABLE}formula" in cell
    if own == "error" or (is_formula and _ERROR.match(shown)):
        return shown or GEEN_UITKOMST
    value = _of_sort(soort, cell, shown)
    return GEEN_UITKOMST if is_formula and not value and soort != "string" else value


def _of_sort(soort: str, cell: dict[str, str], shown: str) -> str:
    if soort in ("float", "currency", "percentage"):
        return getal(cell.get(f"{_OFFICE}value", ""))
    if soort == "boolean":
        return "TRUE" if cell.get(f"{_OFFICE}boolean-value") == "true" else "FALSE"
    if soort == "date":
        return cell.get(f"{_OFFICE}date-value", "").replace("T", " ")
    return (cell.get(f"{_OFFICE}string-value") if soort == "string" else None) or shown


def _space(name: str, attributes: dict[str, str]) -> str:
    if name == "s":
        return " " * min(_times(attributes, f"{_TEXT}c"), MAX_CELL)
    return "\t" if name == "tab" else "\n"


def _times(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise OnleesbaarError(KAPOT)
    return int(value)

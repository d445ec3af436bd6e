"""The sheets of an XLSX file (ECMA-376), the strict kind too."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from regiekit.kanaal.bladxml import GEEN_UITKOMST, KAPOT, MAX_CELL, OnleesbaarError, Raster, Wandeling, getal, grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regiekit.kanaal.rekenblad import Delen

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_RELATIONS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_REL_ID = ("http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
           "http://purl.oclc.org/ooxml/officeDocument/relationships id")  # fmt: skip
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x(0009|000[AaDd]|00[2-9A-Fa-f][0-9A-Fa-f]|(?!D[89A-F]|d[89a-f]|00)[0-9A-Fa-f]{4})_")
# Part 1, 18.8.30: the formats without a code in the file that show a day or a time.
_DAYS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')


def _names(spaces: Iterable[str], kinderen: Iterable[str]) -> dict[str, str]:
    return {f"{space} {name}": name for space in spaces for name in kinderen if name}


class Werkboek(NamedTuple):
    """What stands in the workbook: the part of each sheet by its name ('' for a chart), and what all sheets share."""

    bladen: dict[str, str]
    teksten: list[str]
    datums: list[bool]
    vanaf_1904: bool

    def read(self, naam: str, delen: Delen) -> Raster:
        """The cells of one sheet."""
        blad = _Blad(self)
        if self.bladen[naam]:
            with delen.open(self.bladen[naam]) as part:
                blad.walk(part)
        return blad.raster


def find_werkboek(delen: Delen) -> str | None:
    """The part with the workbook, or None when this is no XLSX but another file of Office."""
    main = next((r.doel for r in _relations("", "_rels/.rels", delen) if r.soort == "officeDocument"), "")
    return main if main.lower().startswith("xl/") and main.lower().endswith(".xml") else None


def read_werkboek(main: str, delen: Delen) -> Werkboek:
    """The workbook, without its sheets."""
    folder, base = posixpath.split(main)
    relations = {r.id: r for r in _relations(folder, posixpath.join(folder, "_rels", f"{base}.rels"), delen)}
    boek = _Boek()
    with delen.open(main) as part:
        boek.walk(part)
    teksten, stijlen = _Teksten(), _Stijlen()
    for walker, soort in ((teksten, "sharedStrings"), (stijlen, "styles")):
        found = next((r.doel for r in relations.values() if r.soort == soort), None)
        if found and found in delen:  # some programs name what they leave out
            with delen.open(found) as part:
                walker.walk(part)
    bladen = {}
    for naam, key in boek.bladen:
        relation = relations.get(key)
        if relation is None or naam in bladen:
            raise OnleesbaarError(KAPOT)
        bladen[naam] = relation.doel if relation.soort == "worksheet" else ""
    return Werkboek(bladen, teksten.teksten, stijlen.datums(), boek.vanaf_1904)


class _Relation(NamedTuple):
    id: str
    soort: str
    doel: str


def _relations(folder: str, name: str, delen: Delen) -> list[_Relation]:
    found = _Relaties()
    with delen.open(name) as part:
        found.walk(part)
    return [r._replace(doel=posixpath.normpath(posixpath.join("/", folder, r.doel))[1:]) for r in found.relaties]


class _Relaties(Wandeling):
    KINDEREN = grammar(**{"": "Relationships", "Relationships": "Relationship"})
    NAMEN = _names(_RELATIONS, KINDEREN)
    TEKST = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.relaties: list[_Relation] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            soort = attributes.get("Type", "").rpartition("/")[2]
            self.relaties.append(_Relation(attributes.get("Id", ""), soort, attributes.get("Target", "")))


class _Boek(Wandeling):
    KINDEREN = grammar(**{"": "workbook", "workbook": "workbookPr sheets", "sheets": "sheet"})
    NAMEN = _names(_MAIN, KINDEREN)
    TEKST = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.bladen: list[tuple[str, str]] = []
        self.vanaf_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.vanaf_1904 = attributes.get("date1904") in ("1", "true", "on")
        elif name == "sheet":
            key = next((attributes[a] for a in _REL_ID if a in attributes), "")
            self.bladen.append((attributes.get("name", ""), key))


class _Teksten(Wandeling):
    """The texts that cells point to. How a word is said (rPh) is no part of it."""

    KINDEREN = grammar(**{"": "sst", "sst": "si", "si": "t r", "r": "t"})
    NAMEN = _names(_MAIN, KINDEREN)
    TEKST = frozenset(["t"])

    def __init__(self) -> None:
        super().__init__()
        self.teksten: list[str] = []

    def end(self, name: str) -> None:
        if name == "si":
            self.teksten.append(_unescaped(self.take()))


class _Stijlen(Wandeling):
    """Which styles show a number as a day."""

    KINDEREN = grammar(**{"": "styleSheet", "styleSheet": "numFmts cellXfs", "numFmts": "numFmt", "cellXfs": "xf"})
    NAMEN = _names(_MAIN, KINDEREN)
    TEKST = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.stijlen: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf":
            self.stijlen.append(attributes.get("numFmtId", "0"))

    def datums(self) -> list[bool]:
        """For each style whether it shows a day or a time."""
        builtin = {str(n) for n in _DAYS}
        day = {key: _shows_day(code) for key, code in self.codes.items()}
        return [day.get(stijl, stijl in builtin) for stijl in self.stijlen]


def _shows_day(code: str) -> bool:
    shown = _NOT_SHOWN.sub("", code.partition(";")[0]).lower()
    return shown != "general" and any(letter in shown for letter in "dmyhs")


class _Blad(Wandeling):
    """The cells of a sheet. A cell that stands twice, or in another row than it says, makes it a broken one."""

    KINDEREN = grammar(**{
        "": "worksheet", "worksheet": "sheetData", "sheetData": "row", "row": "c", "c": "v f is", "is": "t r", "r": "t",
    })  # fmt: skip
    NAMEN = _names(_MAIN, KINDEREN)
    TEKST = frozenset(["v", "t"])

    def __init__(self, boek: Werkboek) -> None:
        super().__init__()
        self.boek = boek
        self.raster = Raster()
        self.rij: list[str] = []
        self.row = self.column = 0
        self.told = self.formula = self.has_value = False
        self.soort = self.stijl = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self.soort, self.stijl = attributes.get("t", "n"), attributes.get("s", "0")
            self.formula = self.has_value = False
            self.parts.clear()
        elif name == "f":
            self.formula = True
        elif name == "v":
            self.has_value = True
        elif name == "row":
            self.told = "r" in attributes
            self._row(_number(attributes.get("r", str(self.row + 1)), MAX_ROW))

    def end(self, name: str) -> None:
        if name == "c":
            text = self._value(self.take())
            if text:
                self._put(text)

    def _row(self, row: int) -> None:
        if row <= self.row:
            raise OnleesbaarError(KAPOT)
        self.row, self.column, self.rij = row, 0, []

    def _place(self, place: str | None) -> None:
        """Where the next cell is; without a word of it, after the one before."""
        column = self.column + 1
        if place is not None:
            match = _PLACE.fullmatch(place)
            if match is None:
                raise OnleesbaarError(KAPOT)
            column, row = _column(match.group(1)), int(match.group(2))
            if row != self.row and not self.told and not self.column:
                self._row(_number(str(row), MAX_ROW) if row > self.row else 0)
            if row != self.row:
                raise OnleesbaarError(KAPOT)
        if not self.column < column <= MAX_COLUMN:
            raise OnleesbaarError(KAPOT)
        self.column = column

    def _put(self, text: str) -> None:
        if len(text) > MAX_CELL:
            raise OnleesbaarError(f"een rekenblad met te veel tekst in een cel van rij {self.row}; maak die korter")
        self.raster.grow(self.row, self.column)
        if not self.rij:
            self.raster.gevuld[self.row] = self.rij
        self.rij += [""] * (self.column - 1 - len(self.rij))
        self.rij.append(text)

    def _value(self, text: str) -> str:
        soort = self.soort
        if self.formula and not (text or (soort == "str" and self.has_value)):
            return GEEN_UITKOMST
        if soort == "s" and text:
            return self.boek.teksten[_number(text, len(self.boek.teksten), least=0)]
        if soort in ("str", "inlineStr"):
            return _unescaped(text)
        if soort == "e":
            return text or GEEN_UITKOMST
        if soort == "b":
            return {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}.get(text, text)
        if soort == "d":
            return text.replace("T", " ")
        return self._number(text) if soort == "n" and text else text

    def _number(self, text: str) -> str:
        datums = self.boek.datums
        if self.stijl != "0" or (datums and datums[0]):
            stijl = _number(self.stijl, max(len(datums), 1), least=0)
            if datums and datums[stijl]:
                return _day(text, self.boek.vanaf_1904)
        return getal(text)


def _number(text: str, most: int, least: int = 1) -> int:
    """A whole number from `least` on: up to and with `most`, or below it when it counts from 0."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if not least <= number < most + least:
        raise OnleesbaarError(KAPOT)
    return number


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _unescaped(text: str) -> str:
    """Characters that XML has no place for are written as _x000D_; controls that no text needs stay so."""
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def _day(text: str, vanaf_1904: bool) -> str:
    """A number of days as 'jjjj-mm-dd', with the time when it is not midnight; below one it is a time only."""
    try:
        number = float(text)
        seconds = round(number * 86_400_000) / 1000
        if 0 <= number < 1 and not vanaf_1904:
            return (datetime(1900, 1, 1) + timedelta(seconds=seconds)).time().isoformat()
        # Excel counts 29 February 1900, which never was
        first = datetime(1904, 1, 1) if vanaf_1904 else datetime(1899, 12, 31 if number < 60 else 30)
        made = first + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return getal(text)
    return made.date().isoformat() if made.time() == datetime.min.time() else made.isoformat(sep=" ")

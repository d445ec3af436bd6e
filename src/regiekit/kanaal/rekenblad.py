"""Rows of text from a spreadsheet: XLSX and ODS, through calamine.

A spreadsheet is a zip of XML, and a small one can unpack to a very large one, or name a cell at the far end of the
sheet. So it is unpacked here within limits, looked through, and packed again: calamine gets what was checked.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat

from regiekit.errors import RegiekitError
from regiekit.kanaal.tabel import Rij, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 20_000_000  # packed
MAX_UNPACKED = 50_000_000
MAX_PARTS = 2_000  # files in the zip
MAX_CELLS = 2_000_000  # of one sheet, the empty ones between filled ones included

_SPLITS = "deel het op, of bewaar het als CSV"
_BROKEN = "een rekenblad dat kapot is; open het, bewaar het opnieuw en probeer dat"
_CELL = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,9})([0-9]{1,9})[\"']")
_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"'])e([\"'])")


def read_rekenblad(path: Path, blad: str | None) -> tuple[str, list[Rij]]:
    """The name of the sheet and its rows, from row 1 on; raises RegiekitError with what is wrong and what to do."""
    parts = _unpack(path)
    is_ods = "content.xml" in parts
    if not is_ods and not any(name.startswith("xl/worksheets/") for name in parts):
        raise wrong(path, _other_zip(parts))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise wrong(path, "een rekenblad met een wachtwoord; haal het wachtwoord eraf en bewaar het opnieuw")
    cells = sum(_check_part(path, name, content, is_ods) for name, content in parts.items())
    if cells > MAX_CELLS:
        raise wrong(path, f"een rekenblad van {cells} cellen, de lege ertussen meegeteld; {_SPLITS}")
    return _read(path, parts, blad)


def _unpack(path: Path) -> dict[str, bytes]:
    """The parts of the zip, within the limits."""
    if path.stat().st_size > MAX_BYTES:
        raise wrong(path, f"een rekenblad van meer dan {MAX_BYTES // 1_000_000} MB; {_SPLITS}")
    try:
        with zipfile.ZipFile(path) as file:
            members = file.infolist()
            if len(members) > MAX_PARTS or sum(m.file_size for m in members) > MAX_UNPACKED:
                limit = MAX_UNPACKED // 1_000_000
                raise wrong(path, f"een rekenblad dat uitgepakt meer dan {limit} MB of {MAX_PARTS} delen is; {_SPLITS}")
            return {m.filename: file.read(m) for m in members if m.filename.endswith((".xml", ".rels", "mimetype"))}
    except RuntimeError:  # zipfile: a part with a password, or packed in a way that it does not know
        raise wrong(path, "een zip met een wachtwoord; haal het eraf en bewaar het opnieuw") from None
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, OverflowError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise wrong(path, _BROKEN) from None


def _other_zip(parts: Iterable[str]) -> str:
    if any(name.startswith("word/") for name in parts):
        return "een Word-document; zet de antwoorden in een rekenblad, of bewaar ze als CSV"
    return "een zip, en geen rekenblad van Excel of LibreOffice (Numbers: kies 'Exporteer naar Excel')"


def _check_part(path: Path, name: str, content: bytes, is_ods: bool) -> int:
    """The cells of a sheet; refuses what could make calamine read something else than what stands there."""
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise wrong(path, f"een rekenblad met iets onveiligs erin ({name}); bewaar het opnieuw als .xlsx")
    if is_ods:
        return _cells_of_ods(path, content) if name == "content.xml" else 0
    found = _CELL.findall(content) if name.startswith("xl/") else []
    rows = max((int(number) for _, number in found), default=0)
    return rows * max((_column(letters) for letters, _ in found), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _cells_of_ods(path: Path, content: bytes) -> int:
    """The cells of all sheets, each up to the last row and column that have something in them."""
    size = _OdsSize()
    parser = expat.ParserCreate()
    parser.StartElementHandler = size.start
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise wrong(path, _BROKEN) from None
    return sum(rows * columns for rows, columns in size.sheets)


class _OdsSize:
    """Counts what repeated rows and cells grow to. A cell with a value or a text in it is a filled one."""

    def __init__(self) -> None:
        self.sheets = [(0, 0)]
        self.row = self.column = self.repeated = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "table":
            self.sheets.append((0, 0))
            self.row = self.column = self.repeated = 0
        elif name == "table-row":
            self.row += self.repeated  # those of the row before
            self.repeated, self.column = _times(attributes, "number-rows-repeated"), 0
        elif name in ("table-cell", "covered-table-cell"):
            self.column += _times(attributes, "number-columns-repeated")
            if any(key.endswith("value-type") for key in attributes):
                self.fill()
        elif name == "p":
            self.fill()

    def fill(self) -> None:
        rows, columns = self.sheets[-1]
        self.sheets[-1] = max(rows, self.row + self.repeated), max(columns, self.column)


def _times(attributes: dict[str, str], name: str) -> int:
    value = next((v for key, v in attributes.items() if key.endswith(name)), "1")
    return int(value) if value.isdecimal() and len(value) < 12 else 10**12


def _read(path: Path, parts: dict[str, bytes], blad: str | None) -> tuple[str, list[Rij]]:
    """The rows of the sheet that was asked for, or of the only one with something in it."""
    from python_calamine import load_workbook

    try:
        book = load_workbook(_pack(parts))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}  # a chart is an empty one
        naam = _choose(path, [n for n, s in sheets.items() if s.end is not None], list(sheets), blad)
        return naam, [[_as_text(c) for c in row] for row in sheets[naam].to_python(skip_empty_area=False)]
    except RegiekitError:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # calamine stumbled
            raise wrong(path, _BROKEN) from None
        raise


def _pack(parts: dict[str, bytes]) -> BytesIO:
    """The parts as a zip again. The error of a formula becomes a text, or calamine would make it an empty cell."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in parts.items():
            is_sheet = name.startswith("xl/worksheets/")
            file.writestr(name, _ERROR_CELL.sub(rb"\1str\2", content) if is_sheet else content)
    packed.seek(0)
    return packed


def _choose(path: Path, filled: list[str], known: list[str], blad: str | None) -> str:
    """The sheet that is meant."""
    if blad is not None and blad not in known:
        raise RegiekitError(f"{path} heeft geen blad '{blad}'; kies {_quoted(known)}")
    if not filled or (blad is not None and blad not in filled):
        raise wrong(path, "een leeg rekenblad; exporteer de antwoorden opnieuw")
    if blad is None and len(filled) > 1:
        raise RegiekitError(f"{path} heeft meer bladen met iets erin ({_quoted(filled)}); kies er een met --blad")
    return blad or filled[0]


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names[:20])


def _as_text(cell: object) -> str:
    """A cell as CSV would have it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)

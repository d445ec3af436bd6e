"""Rows of text from a table that another program wrote: CSV and TSV as a stream, a spreadsheet by `rekenblad`.

Everything is text as in CSV: 4.0 from a spreadsheet is '4', a date is 'jjjj-mm-dd'. A row goes by the number that a
spreadsheet shows, so a cell with line ends in it counts once.
"""

from __future__ import annotations

import codecs
import csv
import re
from contextlib import contextmanager, suppress
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from regiekit.content.reader import read_source
from regiekit.domain.koppeling import letter_of
from regiekit.errors import WRONG_FILE, ProblemsError, RegiekitError, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_COLUMNS = 2_000
BLOCK = 2_000  # rows at a time, and fewer when they are wide
_FIRST, _CELLS = 100, 200_000  # rows of the first block; cells in the others
_LONGEST_ROW = 4_000_000  # characters of one line
DELIMITERS = ",;\t"
_LONGEST_LINE = 1 << 20  # bytes of a header
MERGED = 3  # columns, from above which two rows in one cell can be told from a text
SAMPLE = 200_000  # characters to find the delimiter in
SAMPLE_ROWS = 200

_ZIP = b"PK\x03\x04"
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line, which it does not show as a row
_BEWAAR = "bewaar de antwoorden als .xlsx of .csv"
_KNOWN = {
    b"%PDF": f"een PDF; {_BEWAAR}",
    b"{\\rtf": f"een tekstdocument (RTF); {_BEWAAR}",
    b"\x89PNG": f"een afbeelding; {_BEWAAR}",
    b"\xff\xd8\xff": f"een foto; {_BEWAAR}",
    b"\x1f\x8b": "een ingepakt bestand (gzip); pak het eerst uit",
    b"7z\xbc\xaf": "een ingepakt bestand (7z); pak het eerst uit",
    b"eyJ": "een versleuteld antwoordbestand; lees het met: regiekit score",
    b"{": "een JSON-bestand; lees antwoorden van één cliënt met: regiekit score",
    b"<": f"een webpagina of XML; {_BEWAAR}",
    b"PK\x05\x06": f"een zip-bestand dat leeg of kapot is; {_BEWAAR}",
}
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Rij = list[str]


class Blok(NamedTuple):
    """Rows one below the other; `eerste` is the number of the first, as a spreadsheet shows it."""

    eerste: int
    rijen: list[Rij]


class Vorm(NamedTuple):
    """How a text is written: its encoding, what stands between cells, and whether Excel's sep= line comes first."""

    codering: str
    teken: str
    sep: bool


class Tabelbestand(NamedTuple):
    """A table with its header; `blokken` reads the rows below it, from the start each time it is called.

    `vorm`: how it is written when it is a text.
    """

    bestand: str
    blad: str | None
    kop: tuple[str, ...]
    kop_rij: int
    blokken: Callable[[], Iterator[Blok]]
    vorm: Vorm | None = None


def open_tabel(path: Path, blad: str | None = None) -> Tabelbestand:
    """The table in a file, or in one sheet of it; raises RegiekitError with what is wrong and what to do."""
    start, problems = read_source(path)
    if problems:
        raise RegiekitError(str(problems[0]))
    if start.startswith(_ZIP):
        from regiekit.kanaal.rekenblad import read_rekenblad

        naam, rijen = read_rekenblad(path, blad)
        return _with_kop(path, naam, lambda: iter([Blok(1, rijen)]))
    _refuse_others(path, start)
    if blad is not None:
        raise RegiekitError(f"{path} is gewone tekst (CSV) en heeft geen bladen; laat --blad weg")
    vorm = _vorm_of(path)
    return _with_kop(path, None, lambda: _csv_blokken(path, vorm))._replace(vorm=vorm)


def lines_of_kop(tabel: Tabelbestand) -> tuple[int, int] | None:
    """Of a text: how many lines of the file end with the header, and how many cells the header has as it is written.

    None where a carriage return alone ends a line or stands in a cell: others do not count that as a line.
    """
    assert tabel.vorm
    path = Path(tabel.bestand)
    with _rows(path, tabel.vorm) as rows:
        kop = list(islice(rows, tabel.kop_rij))[-1]
        regels = rows.line_num + tabel.vorm.sep
    with path.open("rb") as file:
        for _ in range(regels):
            line = file.readline(_LONGEST_LINE)
            if not line.endswith(b"\n") or b"\r" in line[:-1].removesuffix(b"\r"):
                return None
    return regels, len(kop)


def wrong(path: Path, wat: str) -> RegiekitError:
    """The error that this file cannot be read as a table."""
    return RegiekitError(f"{path}: dit is {wat}", WRONG_FILE)


def _refuse_others(path: Path, start: bytes) -> None:
    """Refuse what is plainly not a text: it goes by its first bytes, whatever its name says."""
    if not start.strip():
        raise wrong(path, "een leeg bestand; exporteer de antwoorden opnieuw")
    if start.startswith(_OLE):
        if _ENCRYPTED in start or b"E\0n\0c\0r\0y\0p\0t\0i\0o\0n" in start:
            raise wrong(path, "een rekenblad met een wachtwoord; haal het wachtwoord eraf en bewaar het opnieuw")
        raise wrong(path, "een rekenblad van voor 2007 (.xls), of een ander oud bestand; bewaar het als .xlsx")
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if found := next((wat for first, wat in _KNOWN.items() if text.startswith(first)), None):
        raise wrong(path, found)


def _with_kop(path: Path, blad: str | None, blokken: Callable[[], Iterator[Blok]]) -> Tabelbestand:
    """The table from its first row that is not empty: the names of the columns."""
    numbered = ((number, rij) for blok in blokken() for number, rij in enumerate(blok.rijen, blok.eerste))
    kop_rij, names = next((found for found in numbered if any(map(str.strip, found[1]))), (0, []))
    if not names:
        raise wrong(path, "een leeg bestand; exporteer de antwoorden opnieuw")
    tabel = Tabelbestand(
        str(path), blad, _check_kop(path, kop_rij, names), kop_rij, lambda: _below(kop_rij, blokken())
    )  # fmt: skip
    if not any(any(rij) for _, rij in numbered):
        raise wrong(path, "alleen een kop, zonder één antwoord; exporteer de antwoorden opnieuw")
    return tabel


def _below(kop_rij: int, blokken: Iterator[Blok]) -> Iterator[Blok]:
    """The rows under the header."""
    for blok in blokken:
        skip = max(0, kop_rij + 1 - blok.eerste)
        if skip < len(blok.rijen):
            yield Blok(blok.eerste + skip, blok.rijen[skip:]) if skip else blok


def _check_kop(path: Path, number: int, rij: Rij) -> tuple[str, ...]:
    """The names of the columns, each once and none empty; empty ones at the end are no columns."""
    names = [cell.strip() for cell in rij]
    while not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise wrong(path, f"een tabel met meer dan {MAX_COLUMNS} kolommen; haal de kolommen weg die je niet nodig hebt")
    seen: dict[str, int] = {}
    problems = []
    for index, name in enumerate(names):
        if not name:
            problems.append(problem(str(path), number, index + 1, "tabel-kop-leeg", letter=letter_of(index)))
        elif name in seen:
            details = {"naam": name, "letter": letter_of(index), "eerder": letter_of(seen[name])}
            problems.append(problem(str(path), number, index + 1, "tabel-kop-dubbel", **details))
        seen.setdefault(name, index)
    if problems:
        raise ProblemsError(problems[:100])
    return tuple(names)


# CSV ----------------------------------------------------------------------------------------------------------------


def _vorm_of(path: Path) -> Vorm:
    codering = _codering_of(path)
    with _text(path, codering) as file:
        sample = file.read(SAMPLE)
        whole = not file.read(1)
    if match := _SEP.match(sample):
        return Vorm(codering, match.group(1), True)
    return Vorm(codering, _delimiter_of(sample, whole), False)


def _codering_of(path: Path) -> str:
    """UTF-16 or UTF-8 by its mark, else UTF-8 when the whole file is that, else what Windows calls ANSI (cp1252)."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            codering, allowed = "utf-16", True
        else:
            codering, allowed = "utf-8-sig", False
        file.seek(0)
        if _is_written_in(file, codering, null=allowed):
            return codering
        file.seek(0)
        if codering == "utf-8-sig" and not start.startswith(codecs.BOM_UTF8) and _is_written_in(file, "cp1252"):
            return "cp1252"
    raise wrong(path, "geen tekst in UTF-8 of Windows-codering; bewaar het als .xlsx, of als CSV met codering UTF-8")


def _is_written_in(file: IO[bytes], codering: str, *, null: bool = False) -> bool:
    """Whether all of the file is text in this encoding, without the zeros of UTF-16 where those do not belong."""
    decoder = codecs.getincrementaldecoder(codering)()
    plain = codering != "utf-16"
    try:
        while piece := file.read(1 << 20):
            if plain and piece.isascii() and b"\0" not in piece and not decoder.getstate()[0]:
                continue  # nothing to decode: most tables are like this
            if "\0" in decoder.decode(piece) or (not null and b"\0" in piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _text(path: Path, codering: str) -> Iterator[IO[str]]:
    with path.open(encoding=codering, newline="") as file:
        yield file


def _delimiter_of(sample: str, whole: bool) -> str:
    """Of comma, semicolon and tab the one that gives rows as wide as the header; then the one with most columns."""

    def fits(teken: str) -> tuple[float, int]:
        try:
            reader = csv.reader(StringIO(sample, newline=""), delimiter=teken)
            rows = [row for row in islice(reader, SAMPLE_ROWS) if row]
        except csv.Error:
            return 0, 0
        if not whole and len(rows) > 1:
            rows.pop()  # cut off in the middle
        columns = len(rows[0]) if rows else 0
        same = sum(len(row) == columns for row in rows) / max(len(rows), 1)
        return (same if columns > 1 else 0), columns

    return max(DELIMITERS, key=fits)


def _csv_blokken(path: Path, vorm: Vorm) -> Iterator[Blok]:
    """The rows of a CSV file, a block at a time; a quote that is not closed is told with its row."""
    eerste = 1
    lines = 0  # read so far
    try:
        with _rows(path, vorm) as rows:
            size = _FIRST
            while rijen := list(islice(rows, size)):
                if rows.line_num - lines > len(rijen):
                    _refuse_merged(path, vorm, eerste, rijen)
                lines = rows.line_num
                yield Blok(eerste, rijen)
                eerste += len(rijen)
                size = max(1, min(BLOCK, _CELLS // max(1, *map(len, rijen))))
    except csv.Error as error:
        code = "tabel-cel-te-groot" if "field larger" in str(error) else "tabel-aanhalingsteken"
        raise ProblemsError([problem(str(path), _count_good(path, vorm) + 1, 1, code)]) from None


def _refuse_merged(path: Path, vorm: Vorm, eerste: int, rijen: list[Rij]) -> None:
    """Refuse a stray quote that took the end of one row and the start of another into one cell.

    What is left is as wide as the header, with the answers of somebody else. Such a cell holds exactly the delimiters
    that its row lacks; a text that someone wrote has spaces behind them.
    """
    for nummer, rij in enumerate(rijen, eerste):
        for index, cel in enumerate(rij if len(rij) > MERGED else ()):
            lines = cel.splitlines()
            lacks = [len(rij) - 1 - index, index]  # after this cell in its own row, and before it in the other
            ends = lines[:1] + lines[1:][-1:]
            if [line.count(vorm.teken) for line in ends] == lacks and f"{vorm.teken} " not in "".join(ends):
                raise ProblemsError([problem(str(path), nummer, index + 1, "tabel-aanhalingsteken")])


@contextmanager
def _rows(path: Path, vorm: Vorm) -> Iterator[Any]:
    with _text(path, vorm.codering) as file:
        if vorm.sep:
            file.readline()
        yield csv.reader(_lines(path, file), delimiter=vorm.teken, strict=True)


def _lines(path: Path, file: IO[str]) -> Iterator[str]:
    """The lines of a text; raises RegiekitError for one that is longer than a row of a table can be."""
    while line := file.readline(_LONGEST_ROW):
        if len(line) == _LONGEST_ROW:
            raise wrong(path, "geen tabel: een regel is miljoenen tekens lang; exporteer de antwoorden opnieuw")
        yield line


def _count_good(path: Path, vorm: Vorm) -> int:
    """How many rows can be read before the first that cannot."""
    count = 0
    with _rows(path, vorm) as rows, suppress(csv.Error):
        for _ in rows:
            count += 1
    return count

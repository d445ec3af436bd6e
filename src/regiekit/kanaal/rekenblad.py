"""Rows of text from a spreadsheet: XLSX and ODS, unpacked and read within limits.

A spreadsheet is a zip of XML, and a small one can unpack to a very large one, or name a cell at the far end of the
sheet. So nothing is made as large as the file says that it is: see `bladxml`.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from regiekit.errors import RegiekitError
from regiekit.kanaal.bladxml import KAPOT, OnleesbaarError, check_cells
from regiekit.kanaal.ods import Inhoud
from regiekit.kanaal.tabel import Rij, wrong
from regiekit.kanaal.xlsx import find_werkboek, read_werkboek

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from regiekit.kanaal.bladxml import Raster

MAX_BYTES = 20_000_000  # packed
MAX_UNPACKED = 50_000_000
MAX_PARTS = 2_000  # files in the zip
MAX_LIST = 500_000  # bytes of the list of them; 2,000 take some 200,000
_LONGEST_END = 22 + 65_535  # bytes, of what stands behind that list
# A sheet gets some twenty times smaller by packing. What gets a hundred times smaller (as Apache POI counts too) is the
# same piece over and over, and would keep the computer busy with next to nothing in the file.
SMALL, MAX_RATIO = 5_000_000, 100

_SPLITS = "deel het op, of bewaar het als CSV"
_WACHTWOORD = "een rekenblad met een wachtwoord; haal het wachtwoord eraf en bewaar het opnieuw"


def read_rekenblad(path: Path, blad: str | None) -> tuple[str, list[Rij]]:
    """The name of the sheet and its rows, from row 1 on; raises RegiekitError with what is wrong and what to do."""
    if path.stat().st_size > MAX_BYTES:
        raise wrong(path, f"een rekenblad van meer dan {MAX_BYTES // 1_000_000} MB; {_SPLITS}")
    try:
        if has_long_list(path):
            raise OnleesbaarError(f"een rekenblad van meer dan {MAX_PARTS} delen; {_SPLITS}")
        with zipfile.ZipFile(path) as file:
            known, read = _sheets(Delen(file, path.stat().st_size))
            gevuld = dict(_filled(known if blad is None else {blad} & set(known), read))
            naam = _choose(path, list(gevuld), known, blad)
            return naam, gevuld[naam].rijen()
    except OnleesbaarError as error:
        raise wrong(path, str(error)) from None
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError, OverflowError):
        raise wrong(path, KAPOT) from None


def has_long_list(path: Path) -> bool:
    """Whether the list of parts of a zip is too long to read, by what its end says of it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LONGEST_END))
        end = file.read()
    found = end.rfind(b"PK\5\6")
    return found >= 0 and int.from_bytes(end[found + 12 : found + 16], "little") > MAX_LIST


class Delen:
    """The parts of the zip, within the limits. As Office does, it takes upper and lower case for one."""

    def __init__(self, file: zipfile.ZipFile, packed: int) -> None:
        """`packed`: the bytes of the whole file on disk."""
        members = file.infolist()
        unpacked = sum(m.file_size for m in members)
        if len(members) > MAX_PARTS or unpacked > MAX_UNPACKED:
            limit = MAX_UNPACKED // 1_000_000
            raise OnleesbaarError(f"een rekenblad dat uitgepakt meer dan {limit} MB of {MAX_PARTS} delen is; {_SPLITS}")
        if any(m.flag_bits & 1 for m in members):
            raise OnleesbaarError("een zip met een wachtwoord; haal het eraf en bewaar het opnieuw")
        # the only ones that Office and LibreOffice use; others can take gigabytes to unpack
        usual = {m.compress_type for m in members} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if not usual or (unpacked > SMALL and unpacked > MAX_RATIO * packed):
            raise OnleesbaarError("een rekenblad dat ongewoon is ingepakt; open het, bewaar het opnieuw en probeer dat")
        self.file = file
        self.members = {m.filename.casefold(): m for m in members}
        if len(self.members) < len(members):
            raise OnleesbaarError(KAPOT)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.members

    def open(self, name: str) -> IO[bytes]:
        """A part to read; OnleesbaarError when it is not there."""
        if name not in self:
            raise OnleesbaarError(KAPOT)
        return self.file.open(self.members[name.casefold()])

    def any(self, start: str) -> bool:
        """Whether there is a part whose name starts so."""
        return any(name.startswith(start) for name in self.members)


def _sheets(delen: Delen) -> tuple[list[str], Callable[[str], Raster]]:
    """The sheets by name, in the order of the workbook, and what reads one."""
    if "_rels/.rels" in delen and (main := find_werkboek(delen)):
        boek = read_werkboek(main, delen)
        return list(boek.bladen), lambda naam: boek.read(naam, delen)
    if "content.xml" not in delen:
        raise OnleesbaarError(_other_zip(delen))
    if "META-INF/manifest.xml" in delen and b"encryption-data" in delen.open("META-INF/manifest.xml").read():
        raise OnleesbaarError(_WACHTWOORD)
    inhoud = Inhoud()
    with delen.open("content.xml") as part:
        inhoud.walk(part)
    return list(inhoud.bladen), inhoud.bladen.__getitem__


def _other_zip(delen: Delen) -> str:
    if delen.any("word/"):
        return "een Word-document; zet de antwoorden in een rekenblad, of bewaar ze als CSV"
    if "xl/workbook.bin" in delen:
        return "een rekenblad in binaire vorm (.xlsb); bewaar het als .xlsx"
    return "een zip, en geen rekenblad van Excel of LibreOffice (Numbers: kies 'Exporteer naar Excel')"


def _filled(names: Iterable[str], read: Callable[[str], Raster]) -> Iterator[tuple[str, Raster]]:
    """The sheets with something in them; all of them together hold no more than one may."""
    count = 0
    for naam in names:
        raster = read(naam)
        count += raster.cellen
        check_cells(count)
        if raster.cellen:
            yield naam, raster


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

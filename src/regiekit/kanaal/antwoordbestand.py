"""Answer files of every kind: known by their content, opened, and turned into the one shape of an afname.

An afname that a person wrote goes straight to the reader. What comes from a form or another system is first rewritten
as that same afname, with for each part the place in the file, and is then checked exactly the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.content.afnames import STANDARD_INPUT, check_read, read_afname, read_bytes
from regiekit.errors import Problem, ProblemsError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Sequence

    from regiekit.content.library import Loaded
    from regiekit.content.reader import Yaml
    from regiekit.domain.beoordeling import Ingevuld

    OpenSealed = Callable[[bytes, str], bytes]
    """From a sealed answer file and its name to what is in it; raises RegiekitError when that fails."""

_OTHERS = (b"<", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")  # XML, and what is no text: zip, old Office
_TABEL_START = 64_000  # bytes
_TABEL_NAMEN = (".csv", ".tsv")
_PACKED = (0, 8)  # in a zip: not, and by deflate; other ways can take gigabytes to unpack
_GEEN_TABEL = (b"{", b"<", b"eyJ", b"%PDF")
_AS_WRITTEN = re.compile(r"[^,;\t]*:(?:\s|$)")  # how an afname begins that someone wrote
_MANY = 2  # columns that surely are a vraag, in a file whose name does not say that it is a table


def is_tabel(bestand: str, lijsten: Callable[[], Sequence[Loaded]]) -> bool:
    """Whether this is a table of many afnames: Parquet, a spreadsheet, or a CSV with vragen in its first row.

    `lijsten` gives the vragenlijsten, asked for only when a text could be a table. False for what cannot be read.
    """
    path = Path(bestand)
    if bestand == STANDARD_INPUT or not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(_TABEL_START)
    if start.startswith(b"PAR1"):
        return True
    if start.startswith(b"PK\x03\x04"):
        return _is_rekenblad(path)
    if _start(start).startswith(_GEEN_TABEL) or b"MIME-Version:" in start:
        return False
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if utf16 else "utf-8", errors="replace").lstrip("\ufeff \r\n")
    if text.startswith(("#", "---")) or not re.search(r"[,;\t]", text.partition("\n")[0]):
        return False
    return path.suffix.lower() in _TABEL_NAMEN or (not _AS_WRITTEN.match(text) and _has_vragen(path, lijsten()))


def _is_rekenblad(path: Path) -> bool:
    """Whether a zip is a spreadsheet, or too much to look into; who reads it says so then."""
    import zipfile

    from regiekit.kanaal.rekenblad import has_long_list

    try:
        if has_long_list(path):
            return True
        with zipfile.ZipFile(path) as file:
            kind = _start_of(file, "mimetype")
            return b"opendocument.spreadsheet" in kind or any(n.casefold().startswith("xl/") for n in file.namelist())
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        return False


def _start_of(file: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a part, however much it would be unpacked; nothing when it is not there, or packed oddly."""
    if name not in file.namelist() or file.getinfo(name).compress_type not in _PACKED:
        return b""
    with file.open(name) as part:
        return part.read(200)


def _has_vragen(path: Path, lijsten: Sequence[Loaded]) -> bool:
    from regiekit.domain.koppeling import VRAAG, match_kolommen
    from regiekit.errors import RegiekitError
    from regiekit.kanaal.importeren import codes_of
    from regiekit.kanaal.tabel import open_tabel

    try:
        kop = open_tabel(path).kop
    except RegiekitError:
        return False
    found = (match_kolommen(kop, v.inhoud, codes=codes_of(v.inhoud), propose=False) for v in lijsten)
    return any(sum(k.doel is not None and k.doel.soort == VRAAG for k in one) >= _MANY for one in found)


def read_afnames(paths: Sequence[str], open_sealed: OpenSealed, bibliotheek: Path | None = None) -> list[Ingevuld]:
    """Every afname; raises ProblemsError with all problems of all files, VragenlijstGiven, or RegiekitError."""
    afnames, problems = [], []
    for path in paths:
        made, wrong = _read_one(path, open_sealed, bibliotheek)
        problems += wrong
        if made is not None:
            afnames.append(made)
    if problems:
        raise ProblemsError(problems)
    return afnames


def _read_one(path: str, open_sealed: OpenSealed, bibliotheek: Path | None) -> tuple[Ingevuld | None, list[Problem]]:
    """One answer file, or standard input for '-'."""
    raw, bestand = read_bytes(path)
    raw = _answers_in(raw, bestand)
    if is_sealed(raw):
        return _from_form(open_sealed(raw, bestand), bestand, bibliotheek)
    folder = Path() if path == STANDARD_INPUT else Path(path).parent
    start = _start(raw)
    if start[:1] == b"{":
        return _from_json(raw, bestand, folder, bibliotheek)
    if start[:1] == b"<":
        from regiekit.kanaal.odk import rewrite_inzending

        return _checked(rewrite_inzending(raw, bestand, bibliotheek), bestand, bibliotheek)
    return read_afname(raw, bestand, folder, bibliotheek)


def _start(raw: bytes) -> bytes:
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:64]


def _answers_in(raw: bytes, bestand: str) -> bytes:
    """A file without the text around what a form made; raises RegiekitError for what is no answer file."""
    start = _start(raw)
    if start.startswith(_OTHERS) or b"MIME-Version:" in raw:
        from regiekit.kanaal.anders import refuse_other

        refuse_other(raw, bestand)
    if b"\0" in raw[:1000] or raw.startswith(b"GIF8"):
        from regiekit.kanaal.anders import refuse_no_text

        refuse_no_text(raw, bestand)
    if start[:1] != b"<" and (b"formulier" in raw or b"eyJ" in raw):
        from regiekit.kanaal.ingesloten import take_out

        return take_out(raw, bestand)
    return raw


def is_sealed(raw: bytes) -> bool:
    """Whether this is, or was, a sealed answer file: a compact JWE is five parts of base64url with dots between them.

    Also when its end is missing, or its begin is damaged: then the one who opens it says so.
    """
    text = raw.removeprefix(b"\xef\xbb\xbf").strip()
    return text[:3] == b"eyJ" or (text.count(b".") == 4 and len(text.split(maxsplit=1)) == 1 and b":" not in text)


def _from_form(opened: bytes, bestand: str, bibliotheek: Path | None) -> tuple[Ingevuld | None, list[Problem]]:
    """What was in a sealed file. Only the form seals, so it is nothing else; raises RegiekitError (exit 3)."""
    from regiekit.content.reader import read_json
    from regiekit.kanaal.formulierantwoord import rewrite_antwoord
    from regiekit.kanaal.versleuteld import no_antwoorden

    read, problems = read_json(opened, bestand)
    if problems or not isinstance(read.data, dict) or "formulier" not in read.data:
        raise no_antwoorden(bestand)
    return _checked(rewrite_antwoord(read, bestand, bibliotheek), bestand, bibliotheek)


def _from_json(
    raw: bytes, bestand: str, folder: Path, bibliotheek: Path | None
) -> tuple[Ingevuld | None, list[Problem]]:
    """The answer file of the form, a FHIR response, or an afname that happens to be JSON."""
    from regiekit.content.reader import read_json

    read, problems = read_json(raw, bestand)
    if not read.complete or problems or not isinstance(read.data, dict):
        return read_afname(raw, bestand, folder, bibliotheek) if not problems else (None, problems)
    if "resourceType" in read.data:
        from regiekit.kanaal.fhir import rewrite_response

        return _checked(rewrite_response(read, bestand), bestand, bibliotheek)
    if "formulier" in read.data:
        from regiekit.kanaal.formulierantwoord import rewrite_antwoord

        return _checked(rewrite_antwoord(read, bestand, bibliotheek), bestand, bibliotheek)
    if "antwoorden" not in read.data:
        return read_afname(raw, bestand, folder, bibliotheek)
    return check_read(read, bestand, folder, bibliotheek)


def _checked(
    rewritten: tuple[Yaml | None, list[Problem]], bestand: str, bibliotheek: Path | None
) -> tuple[Ingevuld | None, list[Problem]]:
    """What another made, as an afname; it names a vragenlijst by its id, never by a path."""
    read, problems = rewritten
    if read is None or problems:
        return None, problems
    return check_read(read, bestand, None, bibliotheek)

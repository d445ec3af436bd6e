"""What is given to `score` now and then and is no answer file: what it is instead, and what to do with it."""

from __future__ import annotations

import codecs
import re

from regiekit.errors import WRONG_FILE, RegiekitError

_COPY = "Kopieer de tekst eruit, bewaar die in Kladblok als antwoorden.txt, en scoor dat bestand"
_TABLE = "is een rekenblad; lees het in met: regiekit vragenlijst importeer {bestand}"
_WORD = f"is een Word-document. {_COPY}"
_ODT = f"is een document van LibreOffice. {_COPY}"
_MAIL = (
    "is een bewaarde mail. Zit er een antwoordbestand bij? Bewaar die bijlage, en scoor haar. Staan de antwoorden in "
    "de mail zelf? Kopieer ze, bewaar ze in Kladblok als antwoorden.txt, en scoor dat bestand"
)
_ZIP = "is een ingepakt bestand (zip). Pak het uit, en scoor het antwoordbestand dat erin zit"
_FORM = (
    "is het formulier zelf; de antwoorden zitten er niet in. Vraag de cliënt om het bestand antwoorden-….json of "
    "antwoorden-….jwe, uit de map Downloads"
)
_PICTURE = (
    "is een foto, en geen ingevulde vragenlijst. Staan de antwoorden erop? Neem ze dan over, met: regiekit vragenlijst "
    "invullen"
)
_NO_TEXT = "is geen ingevulde vragenlijst, maar een ander soort bestand. Kies het bestand met de antwoorden"
_PAGE = "is een webpagina. Vraag de cliënt om het bestand antwoorden-….json of antwoorden-….jwe, uit de map Downloads"


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


# By the first bytes, and then by what stands further on; the first that fits counts.
_KINDS: tuple[tuple[bytes, tuple[tuple[bytes, str], ...]], ...] = (
    (b"%PDF", ((b"", f"is een PDF. {_COPY}"),)),
    (b"{\\rtf", ((b"", f"is een document met opmaak (RTF). {_COPY}"),)),
    (b"PK\x03\x04", (
        (b"word/", _WORD), (b"opendocument.text", _ODT), (b"xl/", _TABLE), (b"opendocument.spreadsheet", _TABLE),
        (b"", _ZIP),
    )),
    (b"\xd0\xcf\x11\xe0", (
        (_wide("__substg1.0_"), _MAIL), (_wide("WordDocument"), _WORD), (b"", _TABLE),
    )),
    (b"<", ((b'id="gegevens"', _FORM), (b"<html", _PAGE), (b"<HTML", _PAGE))),
)  # fmt: skip
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
_PICTURES_INSIDE = re.compile(rb".{4}ftyp(?:hei|hev|mif|avif)|RIFF.{4}WEBP", re.DOTALL)  # of a telephone; of the web
_LOOKED_AT = 1000  # bytes
_HEADERS = re.compile(rb"(?:[A-Za-z0-9-]+:.*(?:\r?\n[ \t].*)*\r?\n)+")  # how a mail begins, as it is sent


def refuse_other(raw: bytes, bestand: str) -> None:
    """Raises RegiekitError for a document, a mail, a web page and the like; exit 2 where another command reads it."""
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    for first, kinds in _KINDS:
        if start.startswith(first) and (found := next((what for sign, what in kinds if sign in raw), None)):
            _refuse(found, bestand)
    headers = _HEADERS.match(start)
    if headers and b"\nMIME-Version:" in b"\n" + headers[0]:
        _refuse(_MAIL, bestand)


def refuse_no_text(raw: bytes, bestand: str) -> None:
    """Raises RegiekitError (exit 3) for a photo and for what is no text at all; a text in another encoding may pass."""
    if raw.startswith(_PICTURES) or _PICTURES_INSIDE.match(raw):
        _refuse(_PICTURE, bestand)
    start = raw[:_LOOKED_AT]
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not any(start[1::2]) or not any(start[::2])
    if b"\0" in start and not wide and "\ufffd" in start.decode(errors="replace"):
        _refuse(_NO_TEXT, bestand)


def _refuse(what: str, bestand: str) -> None:
    melding = f"{bestand} {what.format(bestand=bestand)}"
    raise RegiekitError(melding) if what is _TABLE else RegiekitError(melding, WRONG_FILE)

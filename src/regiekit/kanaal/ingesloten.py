"""The block that a form made, inside other text: a mail with a greeting above it, or a note with a name below it.

A block is the JSON of the form or what it locked (a compact JWE). Everything around it is passed over; the lines of a
locked block may be broken anywhere.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from regiekit.errors import WRONG_FILE, RegiekitError

_JSON = re.compile(r'\{\s*"formulier"\s*:')
_CURLED = re.compile(r"\{\s*(?:[\u201c-\u201f]|[\udc84\udc93\udc94])formulier")  # in UTF-8, or as cp1252 has them
# Five parts with dots: the second is empty, the third 12 bytes and the last 16. So it is known where the block ends,
# also when the next word could be a part of it.
_WHOLE = re.compile(r"\.\s*\.\s*(?:[A-Za-z0-9_-]\s*){16}\.[A-Za-z0-9_\s-]+\.\s*(?:[A-Za-z0-9_-]\s*){21}[A-Za-z0-9_-]")
_START = re.compile(r"(?<![A-Za-z0-9_.-])eyJ")
_CUT_OFF = re.compile(r"(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{20}")
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ \t\r\n"  # of a part, and between its lines
_FIELD = re.compile(r"^(?:vragenlijst|versie|antwoorden|id|naam|vragen):", re.MULTILINE)  # of a file in YAML


class _Blok(NamedTuple):
    begin: int
    eind: int
    inhoud: object


def take_out(raw: bytes, bestand: str) -> bytes:
    """The one block in a text, the rest blank so that places stay; `raw` itself when it has none.

    Raises RegiekitError (exit 3) when two differ, when one is not whole, or when a word processor curled its quotes.
    """
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    if len(set(_FIELD.findall(text))) > 1 or _is_json(text):
        return raw
    blokken = [*_json_blocks(text), *_sealed_blocks(text)]
    if not blokken or (len(blokken) == 1 and blokken[0].inhoud is None):
        return _damaged(text, bestand) or raw
    if any(blok.inhoud != blokken[0].inhoud for blok in blokken):
        raise RegiekitError(
            f"in {bestand} staan antwoorden van meer dan één formulier; bewaar elk blok tekst in een eigen bestand, en "
            "scoor die", WRONG_FILE,
        )  # fmt: skip
    begin, eind, _ = blokken[0]
    return (re.sub(r"[^\r\n]", " ", text[:begin]) + text[begin:eind]).encode("utf-8", "surrogateescape")


def _is_json(text: str) -> bool:
    """Whether the whole text is JSON: then what looks like a block in it is an answer."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _json_blocks(text: str) -> list[_Blok]:
    """Each block; a mail may have broken a line within an answer, which the reader takes for a space.

    With one that is not whole it ends, and that one has no content.
    """
    found: list[_Blok] = []
    decoder, at = json.JSONDecoder(strict=False), 0
    while start := _JSON.search(text, at):
        try:
            inhoud, at = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            return [*found, _Blok(start.start(), len(text), None)]
        found.append(_Blok(start.start(), at, inhoud))
    return found


def _sealed_blocks(text: str) -> list[_Blok]:
    found, since = [], 0
    for rest in _WHOLE.finditer(text):
        before = text[since : rest.start()]
        start = _START.search(before, len(before.rstrip(_SIGNS)))
        if start and not re.match(r"[A-Za-z0-9_.-]", text[rest.end() : rest.end() + 1]):
            begin = since + start.start()
            found.append(_Blok(begin, rest.end(), "".join(text[begin : rest.end()].split())))
        since = rest.end()
    return found


def _damaged(text: str, bestand: str) -> bytes | None:
    """What is left of a block that is not whole: locked, the one who opens it says so; None when there is no sign."""
    if _CURLED.search(text):
        raise RegiekitError(
            f"in {bestand} zijn de rechte aanhalingstekens krom geworden; dat doet Word. Vraag de cliënt om het "
            "bestand antwoorden-….json zelf. Of vervang in Kladblok elk krom aanhalingsteken door een recht",
            WRONG_FILE,
        )
    if text.lstrip()[:1] in ("{", "<"):
        return None
    if _JSON.search(text):
        raise RegiekitError(
            f"in {bestand} staat de tekst van een formulier, maar niet heel, of veranderd. Kopieer haar nog een keer, "
            "van de eerste { tot en met de laatste }", WRONG_FILE,
        )  # fmt: skip
    cut = _CUT_OFF.search(text)
    return text[cut.start() :].encode("utf-8", "surrogateescape") if cut else None

"""What may not stand in a text for others: medical words, and numbers that can be a burgerservicenummer.

A list of words cannot read. It misses things and it sees things that are fine, so every finding has a place, a person
decides, and no output says that a text is clean.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.clientcode import looks_like_bsn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regiekit.domain.woordenlijst import Woordenlijst, Woordgroep

BSN = "burgerservicenummer"
GEEN_GARANTIE = "Het is geen garantie: lees de tekst zelf na. Medische woorden en getallen kunnen erdoor glippen."
BSN_DIGITS = 9
WORDS_BEFORE = 4  # how near a word of `niet_na` must stand

_LETTER = r"[^\W\d_]"
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|\n")
_BETWEEN = r"[ ._/\u2010-\u2015\u2212-]{1,2}"
_DIGITS = re.compile(rf"\d+(?:{_BETWEEN}\d+)*")
# With a comma or a line end between, as lists of numbers have too, only in the three groups of a burgerservicenummer.
_LISTED = re.compile(
    r"(?<!\d)(?<!\d[,.\n])(?<!\d[,.] )\d{2,4}(?P<s>, ?|\s*\n\s*)\d{2,3}(?P=s)\d{3,4}(?!\d|[,.] ?\d|\s*\n\s*\d)"
)
_DATE = re.compile(
    r"\b(?:\d{4}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])([-/. ])(?:0?[1-9]|1[0-2])\2(?:19|20)\d{2})\b"
)  # fmt: skip


class Leesbaar(NamedTuple):
    """A text as a person reads it: other characters that look the same are one, and what nobody sees is left out. Of
    each character its place in the text as it was written, with the end last."""

    tekst: str
    plaatsen: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of what is read, in the text as it was written."""
        return self.plaatsen[start], self.plaatsen[end - 1] + 1 if end > start else self.plaatsen[start]


def make_leesbaar(text: str) -> Leesbaar:
    """Full width and other forms become plain (NFKC), digits of any script 0 to 9; format characters (Unicode category
    Cf: zero width, soft hyphen, direction) are left out."""
    if text.isascii():
        return Leesbaar(text, tuple(range(len(text) + 1)))
    read = [(plain, index) for index, character in enumerate(text) for plain in _plain(character)]
    return Leesbaar("".join(plain for plain, _ in read), (*(index for _, index in read), len(text)))


def _plain(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    return "".join(str(unicodedata.decimal(c, c)) for c in unicodedata.normalize("NFKC", character))


class Vondst(NamedTuple):
    """Something found in a text: where (from 1), the words as they stand there, and what it seems to be."""

    regel: int
    kolom: int
    woord: str
    soort: str


def find_vondsten(text: str, lijst: Woordenlijst) -> list[Vondst]:
    """Every medical word and every possible burgerservicenummer, in the order of the text."""
    return _found(text, lambda plain: (*_words(plain, lijst), *_numbers(plain)))


def find_woorden(text: str, lijst: Woordenlijst) -> list[Vondst]:
    """Every word of a list, in the order of the text."""
    return _found(text, lambda plain: _words(plain, lijst))


def find_bsn(text: str) -> list[Vondst]:
    """Every number that can be a burgerservicenummer: for a text that only the coach reads."""
    return _found(text, _numbers)


def _found(text: str, search: Callable[[str], Iterable[tuple[int, int, str]]]) -> list[Vondst]:
    """What is found in the text as it is read, at its place in the text as it was written."""
    text = unicodedata.normalize("NFC", text)
    read = make_leesbaar(text)
    return to_vondsten(text, ((*read.span(start, end), soort) for start, end, soort in search(read.tekst)))


def to_vondsten(text: str, found: Iterable[tuple[int, int, str]]) -> list[Vondst]:
    """Spans of a text with their kind, to findings with a line and a column; of overlapping ones the longest."""
    starts: list[int] = []
    kept: list[tuple[int, int, str]] = []  # by their start
    for start, end, soort in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        place = bisect_right(starts, start)
        before = place and kept[place - 1][1] > start and starts[place - 1] < end
        if not before and not (place < len(kept) and starts[place] < end):
            starts.insert(place, start)
            kept.insert(place, (start, end, soort))
    ends = [m.end() for m in re.finditer("\n", text)]
    return [Vondst(*_place_of(ends, start), text[start:end], soort) for start, end, soort in kept]


def _place_of(ends: list[int], index: int) -> tuple[int, int]:
    """Line and column of a character, from 1; `ends`: where each line after the first begins."""
    line = bisect_right(ends, index)
    return line + 1, index - (ends[line - 1] if line else 0) + 1


def fold(text: str) -> str:
    """Lower case and without accents, character for character, so that every place stays the same."""
    return "".join(_fold_character(c) for c in text)


@lru_cache(maxsize=1024)
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFD", character)[0].lower()
    return "'" if plain == "’" else plain if len(plain) == 1 else character


def pattern_of(patronen: Iterable[str]) -> re.Pattern[str]:
    """One expression for many patterns: '*' for letters or none, '+' for letters, a space for space, hyphen or none."""
    return _pattern_of(tuple(patronen))


@lru_cache(maxsize=128)
def _pattern_of(patronen: tuple[str, ...]) -> re.Pattern[str]:
    parts = sorted({_expression(p) for p in patronen}, key=len, reverse=True)
    return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(parts)})(?!{_LETTER})") if parts else re.compile(r"(?!)")


def _expression(patroon: str) -> str:
    words = (
        re.escape(word).replace(r"\*", f"{_LETTER}*").replace(r"\+", f"{_LETTER}+") for word in fold(patroon).split()
    )
    return r"[\s-]?".join(words)


class _Group(NamedTuple):
    """A group of words, ready to search with."""

    soort: str
    woorden: re.Pattern[str]
    alleen_bij: re.Pattern[str] | None
    niet_bij: re.Pattern[str] | None
    niet_na: re.Pattern[str] | None


def _ready(groep: Woordgroep) -> _Group:
    conditions = (groep.alleen_bij, groep.niet_bij, groep.niet_na)
    return _Group(groep.soort, pattern_of(groep.woorden), *(pattern_of(c) if c else None for c in conditions))


def _words(text: str, lijst: Woordenlijst) -> Iterator[tuple[int, int, str]]:
    plain = fold(text)
    allowed = [m.span() for m in pattern_of(lijst.toegestaan).finditer(plain)]
    sentences = list(_sentences(plain))
    ends = [end for _, end in sentences]
    for groep in map(_ready, lijst.groepen):
        for match in groep.woorden.finditer(plain):
            start, end = match.span()
            inside = any(s <= start and end <= e for s, e in allowed)
            sentence = sentences[bisect_right(ends, start)]
            if not inside and _counts(groep, plain, start, end, sentence):
                yield start, end, groep.soort


def _sentences(plain: str) -> Iterator[tuple[int, int]]:
    ends = [m.end() for m in _SENTENCE_END.finditer(plain)]
    yield from zip((0, *ends), (*ends, len(plain) + 1), strict=True)


def _counts(groep: _Group, plain: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
    """Whether the words around this one let it count."""
    before, after = plain[sentence[0] : start], plain[end : sentence[1]]
    if groep.alleen_bij and not (groep.alleen_bij.search(before) or groep.alleen_bij.search(after)):
        return False
    if groep.niet_bij and groep.niet_bij.search(plain[slice(*sentence)]):
        return False
    near = " ".join(before.split()[-WORDS_BEFORE:])
    return not (groep.niet_na and groep.niet_na.search(near))


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Nine digits in a row, with single dots, spaces or dashes between them or not, that pass the eleven test."""
    masked = _DATE.sub(lambda m: "x" * len(m.group()), text)
    for run in (*_DIGITS.finditer(masked), *_LISTED.finditer(masked)):
        if masked[: run.start()].endswith("+") or run.group().startswith("00"):  # a phone number with its country
            continue
        groups = [(run.start() + m.start(), run.start() + m.end()) for m in re.finditer(r"\d+", run.group())]
        lengths = [end - start for start, end in groups]
        for first in range(len(groups)):
            totals = list(accumulate(lengths[first : first + BSN_DIGITS]))
            if BSN_DIGITS in totals:
                start, end = groups[first][0], groups[first + totals.index(BSN_DIGITS)][1]
                if looks_like_bsn("".join(c for c in text[start:end] if c.isdigit())):
                    yield start, end, BSN

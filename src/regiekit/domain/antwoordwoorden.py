"""From what stands in a cell of a table, exactly and completely, to an answer: a number, or a kind of blank.

Anything else is refused. Nothing is rounded, guessed or cut off.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import antwoordschaal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from regiekit.domain.vragenlijst import Vragenlijst

    Antwoord = int | str | None
    """A number, one of NOT_ANSWERED, or None: empty."""

MAX_KNOWN = 5_000  # ways to write an answer that are remembered
EMPTY = ("", "n/a", "#n/a", "na", "nan")  # what programs write where there is no answer; R: NA, pandas: nan

_NUMBER = re.compile(r"(0|-?[1-9][0-9]{0,3})(?:[.,]00?)?")  # 4.000 could be four thousand
_NUMBER_AND_LABEL = re.compile(r"\(?(-?[0-9]{1,4})\)?\s*(?:[-–—:.=)]\s*|\s)(.+)")
_LABEL_AND_NUMBER = re.compile(r"(.+?)\s*\((-?[0-9]{1,4})\)")


class Weigering:
    """Why a cell is refused: a code of the catalogue of errors and what fills its sentence."""

    def __init__(self, code: str, **details: object) -> None:
        self.code, self.details = code, details


class Antwoordwoorden(dict[str, "Antwoord | Weigering"]):
    """The answers to one vraag by what a cell says: it reads a cell when it first meets it, and remembers."""

    def __init__(
        self, lijst: Vragenlijst, vraag_id: str, leeg: Mapping[str, str], extra: Mapping[str, Antwoord]
    ) -> None:
        """`leeg`: words for the kinds of blank; `extra`: words of a koppelbestand, or codes of another system."""
        super().__init__()
        self.ends = antwoordschaal_of(lijst, vraag_id)
        self.words: dict[str, set[Antwoord]] = defaultdict(set)
        for waarde, label in _labels(lijst, vraag_id):
            self.words[plain_word(label)].add(waarde)
        self.labels = frozenset(self.words)
        for word, antwoord in extra.items():
            if not isinstance(antwoord, int) or self.ends.min <= antwoord <= self.ends.max:
                self.words[plain_word(word)].add(antwoord)
        for word, soort in leeg.items():
            if plain_word(word) not in self.words:
                self.words[plain_word(word)] = {soort}
        for word in EMPTY:
            if word not in self.words:
                self.words[word] = {None}

    def __missing__(self, cell: str) -> Antwoord | Weigering:
        if len(self) >= MAX_KNOWN:
            self.clear()
        self[cell] = found = self.read(cell)
        return found

    def read(self, cell: str) -> Antwoord | Weigering:
        """The answer in one cell, or why there is none."""
        word = plain_word(cell)
        found = set(self.words.get(word, ()))
        number = _NUMBER.fullmatch(word)
        if number and self.ends.min <= int(number.group(1)) <= self.ends.max:
            found.add(int(number.group(1)))
        if len(found) == 1:
            return found.pop()
        if found:
            return Weigering("tabel-woord-dubbel", waarden=" en ".join(sorted(map(said, found))))
        combined = self._combined(word)
        if combined is not None:
            return combined
        return Weigering("tabel-geen-antwoord", min=self.ends.min, max=self.ends.max)

    def _combined(self, word: str) -> int | Weigering | None:
        """'4 - mee eens' or 'mee eens (4)': only when number and label say the same."""
        if match := _NUMBER_AND_LABEL.fullmatch(word):
            number, label = int(match.group(1)), match.group(2)
        elif match := _LABEL_AND_NUMBER.fullmatch(word):
            number, label = int(match.group(2)), match.group(1)
        else:
            return None
        if label not in self.labels or not any(map(str.isalpha, label)):  # 5.5 is not '5, called 5'
            return None
        if self.words[label] == {number}:
            return number
        words = " en ".join(sorted(map(said, self.words[label])))
        return Weigering("tabel-getal-en-woorden", getal=number, woorden=words)


def said(antwoord: Antwoord) -> str:
    """An answer in a sentence."""
    return "geen antwoord" if antwoord is None else str(antwoord)


def plain_word(cell: str) -> str:
    """A cell without what makes no difference: capitals, and spaces around it or double."""
    return " ".join(unicodedata.normalize("NFC", cell).split()).casefold()


def blank_words(teksten: Iterable[Any]) -> dict[str, str]:
    """The words for the kinds of blank: their own names, and what the forms say for them in each language."""
    words = {word: word for word in NOT_ANSWERED}
    for taal in teksten:
        skip = taal.overslaan
        said = (("weet-niet", skip.weet_niet), ("wil-niet-zeggen", skip.wil_niet_zeggen), ("nvt", skip.nvt))
        words |= {tekst: soort for soort, tekst in said}
    return words


def _labels(lijst: Vragenlijst, vraag_id: str) -> Iterator[tuple[int, str]]:
    """Each label of a vraag in each language, with its value."""
    own = next(v.antwoordschaal for v in lijst.vragen if v.id == vraag_id) is not None
    found = [dict(antwoordschaal_of(lijst, vraag_id).labels)]
    for taal in dict(lijst.teksten).values():
        of_taal: Any = taal
        found.append(of_taal["eigen_labels"].get(vraag_id, {}) if own else of_taal["labels"])
    for labels in found:
        yield from ((int(waarde), label) for waarde, label in labels.items())

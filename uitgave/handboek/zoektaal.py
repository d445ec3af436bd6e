"""How the handbook is searched: an option is one word, accents do not count, and singular is found by plural.

The same three steps are in zoektaal.js, for what a reader types; tests/test_handboek.py holds them side by side.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from sphinx.search import SearchLanguage
from sphinx.search.nl import DUTCH_STOPWORDS

OPTIE = re.compile(r"(?<![\w-])--([a-z][a-z-]*)")
LEAST = 3  # letters that stay when an ending goes


class Zoektaal(SearchLanguage):
    """Dutch: its words and stop words."""

    lang = "nl"
    language_name = "Dutch"
    stopwords = DUTCH_STOPWORDS
    js_stemmer_code = Path(__file__).with_name("zoektaal.js").read_text(encoding="utf-8")

    def split(self, input: str) -> list[str]:  # noqa: A002  (the name in Sphinx)
        """The words of a text; `--toch` is also the word optie_toch, for who searches by the option."""
        return [*map(as_optie, OPTIE.findall(input)), *self._word_re.findall(input)]

    def stem(self, word: str) -> str:
        """The word without accents and ending; a stop word is never made of another word."""
        plain = fold(word.lower())
        if plain.startswith("optie_"):
            return plain
        found = without_ending(plain)
        return plain if found in self.stopwords else found


def as_optie(name: str) -> str:
    return f"optie_{name.strip('-').replace('-', '_')}"


def fold(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")


def without_ending(word: str) -> str:
    """Plural and verb ending off, and double letters single: afspraken and afspraak are both 'afsprak'."""
    word = re.sub(rf"(?<=\w{{{LEAST}}})en$", "", word)
    word = re.sub("v$", "f", re.sub("z$", "s", word))
    word = re.sub(rf"(?<=\w{{{LEAST}}})(?<!s)s$", "", word)
    word = re.sub(rf"(?<=\w{{{LEAST}}})e$", "", word)
    return re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", re.sub(r"([aeou])\1", r"\1", word))

"""Searching in what the sources know: however a word is spelled, best hits first, and never a guess in silence.

A word is reduced to a stem, so that accents, ij and y, hyphens and a plural make no difference; every word of the
question must occur in an item, in its name, another name or a text. Equal questions give equal answers.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

KINDS = ("technieken", "vragenlijsten", "kennis")  # what is searched
WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
# Small words, that say nothing about what is looked for; a question of these alone is at most a name as a whole.
STOP = frozenset({
    "aan", "al", "als", "ben", "bij", "dan", "dat", "de", "den", "der", "deze", "die", "dit", "door", "een", "en",
    "er", "heb", "hebt", "heeft", "het", "hij", "hoe", "ik", "in", "is", "je", "jij", "maar", "me", "met", "mij",
    "mijn", "naar", "niet", "nog", "of", "om", "ook", "op", "over", "te", "tot", "uit", "van", "voor", "waar", "wat",
    "we", "welke", "wel", "wie", "wij", "wordt", "zich", "zij", "zijn", "zo",
})  # fmt: skip
# What the sources and coaches call the same thing: a word, and the words that are looked for beside it.
VARIANTEN: dict[str, tuple[str, ...]] = {
    "2": ("tweede",), "2e": ("tweede",), "2de": ("tweede",), "ii": ("tweede",), "twee": ("tweede",),
    "tweedespoor": ("tweede", "spoor"), "spoor2": ("tweede", "spoor"), "klant": ("client",), "kandidaat": ("client",),
    "werknemer": ("client",), "coach": ("begeleider",), "begeleider": ("coach",), "adviseur": ("begeleider",),
    "baas": ("werkgever",), "arboarts": ("bedrijfsarts",), "pva": ("plan", "aanpak"), "wvp": ("poortwachter",),
    "ekc": ("eigen", "kracht", "conferentie"),
}  # fmt: skip

# How well an item has a word: lower is better. The first two are for a question that is a name as a whole.
EXACT, EXACT_ALIAS, NAAM, NAAM_DEEL, ALIAS, ALIAS_DEEL, TEKST, TEKST_DEEL = range(8)
WAAR = ("naam", "andere naam", "naam", "naam", "andere naam", "andere naam", "tekst", "tekst")
AT_START, AT_END = 4, 5  # letters that a word needs to be found at the start of a compound, or at its end
MAYBE = 0.7  # how alike two words sound before they are compared letter by letter
SHORTEST, LONGER = 4, 8  # letters: a shorter word is never read as another; a longer one may differ in two places
LONG = 6  # letters; a shorter word is like many others, and is read as a word of a name only
OPPOSITE = ("on", "de", "niet", "non", "geen")  # what turns a word into its opposite
SUGGESTIONS, COMPARED = 3, 12
UNKNOWN = 5  # words that nothing has, of which it is looked what was meant
# Letters that sound the same, for finding what was meant.
SOUNDS = (("ei", "y"), ("au", "ou"), ("ck", "k"), ("c", "k"), ("x", "ks"), ("ph", "f"), ("th", "t"), ("z", "s"),
          ("v", "f"))  # fmt: skip


class Index(NamedTuple):
    """What is looked in: the stems of an item in its names, other names and texts, and its names as a whole."""

    naam: frozenset[str] = frozenset()
    alias: frozenset[str] = frozenset()
    tekst: frozenset[str] = frozenset()
    hele_naam: frozenset[str] = frozenset()
    hele_alias: frozenset[str] = frozenset()


class Zoekitem(NamedTuple):
    """What can be found: its names, and its texts in the order in which they are shown."""

    id: str
    soort: str
    naam: str
    aliassen: Sequence[str]
    teksten: Sequence[str]
    voor: Sequence[str]
    onderwerp: str
    opdracht: str
    plaats: tuple[int, int]
    """Volgorde of the subject, and the place in it: decides between equal hits."""
    stems: Index = Index()


class Treffer(NamedTuple):
    """An item that was found, how well (a rank), and the stems that were asked."""

    item: Zoekitem
    rang: int
    stems: frozenset[str]

    @property
    def tekst(self) -> str:
        """The first of the texts with most of the words that were asked."""
        return max(self.item.teksten, key=lambda text: len(self.stems & _stems((text,))), default="")


class Gevonden(NamedTuple):
    """Hits, best first; words that were read as another; words that may be meant; per word, how many items have it."""

    treffers: tuple[Treffer, ...]
    gelezen_als: Mapping[str, str]
    bedoelde_je: tuple[str, ...]
    per_woord: Mapping[str, int]


Ranks = dict[int, int]  # number of an item -> rank


def search(items: Sequence[Zoekitem], question: str) -> Gevonden:
    """Every item that has all words of the question; a word that nothing has is read as one that is very near."""
    indexes = [item.stems for item in items]
    exact = _exact(indexes, question)
    asked = _asked(question)
    vocabulary = frozenset[str]().union(*(stems for index in indexes for stems in index[:3]))
    found = {word: _ranks(indexes, vocabulary, word) for word in asked}
    read: dict[str, str] = {}
    maybe: list[str] = []
    for word in [w for w, ranks in found.items() if not ranks and not exact][:UNKNOWN]:
        near = nearest_words(word, items)
        if near and near[0][1]:
            read[word] = near[0][0]
            found[word] = _ranks(indexes, vocabulary, read[word])
        maybe += [w for w, _ in near]
    every = set.intersection(*(set(ranks) for ranks in found.values())) if found else set()
    if read:
        exact = _exact(indexes, " ".join(read.get(word, word) for word in asked))
    stems = frozenset(stem for word in asked for stem in _wanted(read.get(word, word)))
    hits = sorted((_sum(n, exact, found), items[n].plaats, items[n].id, n) for n in every | exact.keys())
    treffers = tuple(Treffer(items[n], exact.get(n, _worst(n, found)), stems) for *_, n in hits)
    per_word = {read.get(word, word): len(ranks) for word, ranks in found.items()}
    return Gevonden(treffers, read, () if treffers else tuple(dict.fromkeys(maybe)), per_word)


def _exact(indexes: Sequence[Index], question: str) -> Ranks:
    """The items of which the question is a name as a whole."""
    whole = _joined(question)
    names = {n: EXACT for n, index in enumerate(indexes) if whole in index.hele_naam}
    return {n: EXACT_ALIAS for n, index in enumerate(indexes) if whole in index.hele_alias} | names


def _sum(n: int, exact: Ranks, found: Mapping[str, Ranks]) -> int:
    return exact[n] if n in exact else sum(ranks[n] for ranks in found.values())


def _worst(n: int, found: Mapping[str, Ranks]) -> int:
    return max((ranks.get(n, 0) for ranks in found.values()), default=TEKST)


# Words ----------------------------------------------------------------------------------------------------------------


@cache
def fold(word: str) -> str:
    """Without case, accents, apostrophes and hyphens; ij as y."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if c.isalnum()).replace("ij", "y")


@cache
def stem(word: str) -> str:
    """What remains when spelling and a plural make no difference: vraag and vragen, thema's and thema."""
    short, before = re.sub(r"([aeou])\1", r"\1", fold(word)), ""
    while short != before:
        before, short = short, _shorter(short)
    return short


def _shorter(word: str) -> str:
    """One ending less: -s, -en, -e, and what it did to the consonant before it."""
    short = word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
    if short.endswith("s"):
        short = short[:-1] if len(short) > 4 else short
    elif short.endswith("heden"):
        short = f"{short[:-5]}heid"
    elif short.endswith("en"):
        short = short[:-2] if len(short) > 4 else short
    elif short.endswith("e") and short[-2:-1] != "c":  # proces is no plural of proce
        short = short[:-1] if len(short) > 3 and re.search("[aeiouy]", short[:-1]) else short
    hard = {"z": "s", "v": "f"}.get(short[-1:])
    return short[:-1] + hard if hard else short


def split(text: str) -> Iterator[str]:
    """The words of a text; one with a hyphen as a whole, and its parts."""
    for word in WORD.findall(text):
        yield word
        if "-" in word or "‑" in word:
            yield from re.split("[-‑]", word)


def _asked(question: str) -> list[str]:
    """The words that count, each once."""
    return [w for w in dict.fromkeys(w.casefold() for w in WORD.findall(question)) if w not in STOP]


def only_small(question: str) -> bool:
    """Whether a question has words, and all of them are small."""
    return bool(WORD.search(question)) and not _asked(question)


def _joined(text: str) -> str:
    """A name as a whole, however it is written: in one word, with hyphens, in the plural."""
    return stem(fold(text))


def _wanted(word: str) -> tuple[str, ...]:
    """The stems that stand for a word: its own, and those of what is called the same."""
    return tuple(stem(w) for w in (word, *VARIANTEN.get(fold(word), ()), *VARIANTEN.get(stem(word), ())))


# Index ----------------------------------------------------------------------------------------------------------------


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for text in texts for word in split(text))


def _names(texts: Iterable[str]) -> frozenset[str]:
    """Stems of names, two neighbours in one word included: eigenregie for eigen regie."""
    pairs = (a + b for text in texts for words in [WORD.findall(text)] for a, b in pairwise(words))
    return _stems(texts) | {stem(pair) for pair in pairs}


def make_index(row: Sequence[Iterable[str]]) -> Index:
    """An index from its lists, as they are stored."""
    return Index(*map(frozenset, row))


def _index(item: Zoekitem) -> Index:
    names = (item.naam, item.id.replace("-", " "))
    whole = (item.id, item.naam, re.sub(r"\s*\([^)]*\)", "", item.naam))
    return Index(
        _names(names), _names((*item.aliassen, item.soort, item.onderwerp)), _stems(item.teksten),
        frozenset(map(_joined, whole)), frozenset(map(_joined, item.aliassen)),
    )  # fmt: skip


def _ranks(indexes: Sequence[Index], vocabulary: Set[str], word: str) -> Ranks:
    """The items that have this word, or what is called the same."""
    ranks = _ranks_of_stem(indexes, vocabulary, stem(word))
    for same in (VARIANTEN.get(fold(word)), VARIANTEN.get(stem(word))):
        each = [_ranks_of_stem(indexes, vocabulary, stem(w)) for w in same or ()]
        for n in set.intersection(*map(set, each)) if each else ():
            ranks[n] = min(ranks.get(n, TEKST_DEEL), max(r[n] for r in each))
    return ranks


def _ranks_of_stem(indexes: Sequence[Index], vocabulary: Set[str], wanted: str) -> Ranks:
    parts = frozenset(
        known for known in vocabulary
        if (len(wanted) >= AT_START and known.startswith(wanted)) or (len(wanted) >= AT_END and known.endswith(wanted))
    )  # fmt: skip
    ranks = {}
    for n, index in enumerate(indexes):
        for place, stems in enumerate(index[:3]):
            if wanted in stems or not parts.isdisjoint(stems):
                ranks[n] = NAAM + 2 * place + (wanted not in stems)
                break
    return ranks


# Items ----------------------------------------------------------------------------------------------------------------

# Who reads a techniek or a vragenlijst; kennis says it itself.
VOOR_TECHNIEK, VOOR_VRAGENLIJST = ("coach",), ("client", "coach")
TEXTS = ("tekst", "zonder_training", "toelichting")


def make_zoekitems(kind: str, content: Mapping[str, Any], stored: Sequence[Any] = ()) -> list[Zoekitem]:
    """What can be found in one content file (as JSON); `stored` are its indexes, when they were made before."""
    if kind == "kennis":
        items = [_item_of_kennis(content, n) for n in range(len(content.get("items", ())))]
    else:
        items = [_item_of_techniek(content) if kind == "technieken" else _item_of_vragenlijst(content)]
    indexes = map(make_index, stored) if stored else map(_index, items)
    return [item._replace(stems=index) for item, index in zip(items, indexes, strict=True)]


def _item_of_kennis(onderwerp: Mapping[str, Any], n: int) -> Zoekitem:
    item = onderwerp["items"][n]
    texts = [*(u["tekst"] for u in item["uitspraken"]), *item["ontbreekt"]]
    return Zoekitem(
        item["id"], item["soort"], item["naam"], item["aliassen"], texts, item["voor"], onderwerp["naam"],
        f"regiekit kennis {item['id']}", (onderwerp["volgorde"], n),
    )  # fmt: skip


def _item_of_techniek(t: Mapping[str, Any]) -> Zoekitem:
    return Zoekitem(
        t["id"], "techniek", t["naam"], t["aliassen"], _texts(t), VOOR_TECHNIEK, "Technieken",
        f"regiekit techniek {t['id']}", (0, t["volgorde"]),
    )  # fmt: skip


def _item_of_vragenlijst(v: Mapping[str, Any]) -> Zoekitem:
    return Zoekitem(
        v["id"], "vragenlijst", v["naam"], (), _texts(v), VOOR_VRAGENLIJST, "Vragenlijsten",
        f"regiekit vragenlijst toon {v['id']}", (0, 1000),
    )  # fmt: skip


def _texts(part: Any) -> list[str]:
    """Every text in a card or a vragenlijst; the name of a part stands before its text."""
    if isinstance(part, list):
        return [text for value in part for text in _texts(value)]
    if not isinstance(part, dict):
        return []
    own = [part[name] for name in TEXTS if part.get(name)]
    if own and part.get("naam") and "versie" not in part:
        own[0] = f"{part['naam']}: {own[0]}"
    return own + [text for name, value in part.items() if name not in ("herkomst", "ook") for text in _texts(value)]


# Near words -----------------------------------------------------------------------------------------------------------


def nearest_words(word: str, items: Sequence[Zoekitem]) -> list[tuple[str, bool]]:
    """The words of the items that are most like this one, and whether each is near enough to be read instead."""
    names: set[str] = set().union(*(stems for item in items for stems in item.stems[:2]))
    limit = _limit(word)
    scored = []
    for other in _alike(word, names.union(*(item.stems.tekst for item in items))) if limit else ():
        written = [w for w in _as_written(other, items) if not _is_opposite(word, w)]
        if not written:
            continue
        distance, _, shown = min((count_edits(fold(word), fold(w)), len(w), w) for w in written)
        if distance <= limit + 1:
            sure = (len(word) >= LONG or other in names) and fold(word)[:1] == fold(shown)[:1]
            scored.append((distance, other not in names, shown, sure and distance <= limit))
    return [(shown, near) for *_, shown, near in sorted(scored)[:SUGGESTIONS]]


def _limit(word: str) -> int:
    """In how many places a word may be typed wrong."""
    length = len(fold(word))
    return 0 if length < SHORTEST else 1 if length < LONGER else 2


def _alike(word: str, known: Iterable[str]) -> list[str]:
    """The stems that sound most like that of a word, the nearest first."""
    typed = _sound(stem(word))
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed)
    scored = []
    for other in known:
        sound = _sound(other)
        if abs(len(sound) - len(typed)) * 2 > len(typed) or len(set(sound) & set(typed)) * 2 < len(set(typed)):
            continue
        matcher.set_seq1(sound)
        if matcher.quick_ratio() >= MAYBE and (score := matcher.ratio()) >= MAYBE:
            scored.append((-score, other))
    return [other for _, other in sorted(scored)[:COMPARED]]


def count_edits(one: str, other: str) -> int:
    """How many letters differ: one more, one less, another one, or two neighbours that changed places."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _is_opposite(one: str, other: str) -> bool:
    """Whether one is the other with on-, de-, niet-, non- or geen- before it."""
    a, b = stem(one), stem(other)
    return any(stem(x.removeprefix(p)) == y for x, y in ((a, b), (b, a)) for p in OPPOSITE if x.startswith(p))


def _as_written(wanted: str, items: Sequence[Zoekitem]) -> set[str]:
    """The words with this stem, as they stand in the items."""
    having = (item for item in items if any(wanted in stems for stems in item.stems[:3]))
    texts = (t for i in having for t in (i.naam, i.soort, i.onderwerp, i.id.replace("-", " "), *i.aliassen, *i.teksten))
    return {word.casefold() for text in texts for word in split(text) if stem(word) == wanted}


def _sound(word: str) -> str:
    heard = fold(word)
    for written, sound in SOUNDS:
        heard = heard.replace(written, sound)
    return heard

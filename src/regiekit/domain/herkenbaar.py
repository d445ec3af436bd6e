"""What can give a person away in a text that must be anonymous: names, places, dates, codes; and dates into weeks."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from regiekit.domain.bewaking import fold, make_leesbaar, pattern_of, to_vondsten
from regiekit.domain.dagen import MAANDEN
from regiekit.domain.mijlpalen import week_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regiekit.domain.bewaking import Vondst
    from regiekit.domain.woordenlijst import Namenlijst

OPGEGEVEN = "opgegeven naam"  # given by the coach as never to be shown: cannot be allowed
DATUM = "datum"
ZONDER_JAAR = "datum zonder jaar"  # only told apart when the first sick day is known
ANDERE_CODE = "code van een andere cliënt"
BEKENDE_CODE = "code uit het dossier"  # of another client there: cannot be allowed
CODES = {
    OPGEGEVEN: "opgegeven-naam",
    DATUM: "herkenbare-datum",
    ZONDER_JAAR: "datum-zonder-jaar",
    ANDERE_CODE: "andere-code",
    BEKENDE_CODE: "bekende-code",
}
HELP = "Het is geen garantie: lees de tekst zelf na. Zou de cliënt zichzelf herkennen?"

_NUMBERS = {form: n for n, m in enumerate(MAANDEN, 1) for form in (m, m[:3])} | {"mrt": 3, "sept": 9}
_MAAND = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMERIC = r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<j>(?:19|20)\d{2})"
_ISO = r"(?P<j>(?:19|20)\d{2})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
_WORDS = rf"(?P<d>\d{{1,2}}) (?P<m>{_MAAND})\.? (?P<j>(?:19|20)\d{{2}})"
_DATES = tuple(re.compile(rf"(?P<op>\bop )?\b(?<!\d[-/.]){form}\b", re.IGNORECASE) for form in (_ISO, _NUMERIC, _WORDS))
_PARTLY = re.compile(
    rf"\b\d{{1,2}} (?:{_MAAND})\b|\b(?:{_MAAND})\.? (?:19|20)\d{{2}}\b|\b\d{{1,2}}[-/]\d{{1,2}}(?:[-/]\d{{2,4}})?\b",
    re.IGNORECASE,
)  # fmt: skip
_YEARLESS = re.compile(rf"\d{{1,2}} (?:{_MAAND})|\d{{1,2}}[-/]\d{{1,2}}", re.IGNORECASE)

# (kind, expression), looked for in the text as it stands. None may go over the same words again from each word on: a
# client can write a megabyte. So a run is begun where it begins, or its length is bounded.
_SHAPES = (
    ("e-mailadres", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("webadres", re.compile(r"(?:https?://|www\.)\S+")),
    ("telefoonnummer", re.compile(r"(?<!\w)\+?\d(?:[ -]?\d){8,}\b")),
    ("postcode", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")),
    ("adres", re.compile(r"\b[A-Z][\w'-]{0,60}(?:straat|laan|weg|plein|gracht|kade|dijk|singel|hof|pad) \d+\w?\b")),
    ("code", re.compile(r"\b[A-Za-z]{1,4}[-_]\d{2,}\b|\b[A-Z]{1,4}\d{2,}\b")),
    ("nummer", re.compile(r"\b\d{5,}\b")),
    ("jaartal", re.compile(r"\b(?:19|20)\d{2}\b")),
    ("leeftijd", re.compile(
        r"\b(?:1[4-9]|[2-7]\d)(?:[ -]?jarige\w*| jaar(?: oud\w*)?)(?!\w)"
        r"(?! (?:geleden|ervaring|lang|later|in dienst)\b)"
        r"|\b(?:begin|midden|half|eind) (?:de )?(?:twintig|dertig|veertig|vijftig|zestig)\b", re.IGNORECASE,
    )),
    ("naam", re.compile(
        r"\b(?<!\b[A-Z]\.)(?<!\b[A-Z]\. )(?:[A-Z]\. ?)+(?:(?:van|de|der|den|ter|ten|el) )*[A-Z][\w'-]+"
    )),
    ("naam", re.compile(
        r"\b(?:[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Dd]hr\.?|[Mm]w\.?|[Mm]evr\.?|[Dd]rs?\.|[Pp]rof\.) "
        r"(?:(?:van|de|der|den|ter|ten|el) )*[A-Z][\w'-]*"
    )),
    ("organisatie", re.compile(
        r"\b(?:[Ss]tichting|[Gg]emeente|[Bb]akkerij|[Gg]arage|[Hh]otel|[Rr]estaurant|[Cc]af[eé]|[Ss]lagerij) "
        r"(?:(?:van|de|der|den|het) )*[A-Z][\w'-]*(?: [A-Z][\w'-]*)*"
    )),
    ("organisatie", re.compile(
        r"\b[A-Z][\w'&-]{0,60}(?: [A-Z&][\w'&-]{0,60}){0,8} (?:BV|B\.V\.|NV|N\.V\.|VOF|V\.O\.F\.|bv|nv|vof)(?!\w)"
    )),
)  # fmt: skip
_ALSO_VERBS = ("ben", "toon")  # in small letters no name: 'ik ben moe'
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’-]*")
_OPENS, _ENDS, _CLOSES = ('"', "“", "‘", "(", "•", "-"), (".", "!", "?", ":", "…"), ("'", "”", '"', ")")


def find_herkenbaar(
    text: str, lijst: Namenlijst, verboden: Iterable[str], mag: Iterable[str], start: date | None
) -> list[Vondst]:
    """Everything that may give someone away, in the order of the text.

    `verboden` are names that must not be there in any form; `mag` are words that the coach allows; with `start` (the
    first sick day) a whole date is left alone, as it becomes a week.
    """
    text = unicodedata.normalize("NFC", text)
    dates = [m.span() for m in _whole_dates(text)]
    allowed = [m.span() for m in pattern_of((*lijst.met_hoofdletter, *mag)).finditer(fold(text))]
    free = _Spans([*allowed, *(dates if start else ())])
    found = [f for f in (*_candidates(text, lijst), *_beginnings(text, lijst)) if f not in free]
    found = [(s, e, ZONDER_JAAR) if start and _YEARLESS.fullmatch(text[s:e]) else (s, e, k) for s, e, k in found]
    found += [(s, e, DATUM) for s, e in ([] if start else dates)]
    return to_vondsten(text, [*found, *_forbidden(text, verboden)])


def find_namen(text: str, lijst: Namenlijst) -> list[Vondst]:
    """What seems to be somebody's name: for a text that only the coach reads, where a place or a date may stand."""
    text = unicodedata.normalize("NFC", text)
    allowed = _Spans(m.span() for m in pattern_of(lijst.met_hoofdletter).finditer(fold(text)))
    ordinary = {*_ordinary(lijst.gewone_woorden), *MAANDEN}
    found = to_vondsten(text, (f for f in _candidates(text, lijst) if f not in allowed))
    return [
        v for v in found
        if (v.soort == "naam" and v.woord not in _ALSO_VERBS)
        or (v.soort == "naam of plaats" and v.woord[0].isupper() and fold(v.woord) not in ordinary
            and not v.woord.split("-")[0].isupper())
    ]  # fmt: skip


_BETWEEN = r"[-\s_./\u2010-\u2015\u2212]{0,3}"  # between the parts of a code: R-015, R015, R 015, R_015, R/015
_BETWEEN_CLOSE = r"[-_./\u2010-\u2015\u2212]?"  # the same without a space, for what may be no code at all
_PART = re.compile(r"[^\W\d_]+|\d+")
_ALONE = (r"(?<![^\W_])", r"(?![^\W_])")


def find_anderen(text: str, client: str | None, verboden: Iterable[str], bekend: Iterable[str] = ()) -> list[Vondst]:
    """What belongs to somebody else: given names, codes that are known to be of others (`bekend`), and codes of the
    same form as that of this client.

    A code is found in any spelling; a known one that is only a word or only a number, just as it was chosen, and then
    it may also be no code (`ANDERE_CODE`).
    """
    text = unicodedata.normalize("NFC", text)
    read = make_leesbaar(text)
    found = (*_known(read.tekst, client, tuple(bekend)), *_of_same_form(read.tekst, client))
    return to_vondsten(text, [*_forbidden(text, verboden), *((*read.span(s, e), kind) for s, e, kind in found)])


def holds_code(text: str, code: str) -> bool:
    """Whether the code of this client stands in a text, in any spelling."""
    return any(_known(make_leesbaar(unicodedata.normalize("NFC", text)).tekst, None, (code,)))


def hide_anderen(text: str, client: str | None, bekend: Iterable[str]) -> str:
    """A line of text, such as a path, with '…' for what is or seems the code of another client."""
    text = unicodedata.normalize("NFC", text)
    for vondst in reversed(find_anderen(text, client, (), bekend)):
        text = f"{text[: vondst.kolom - 1]}…{text[vondst.kolom - 1 + len(vondst.woord) :]}"
    return text


def _known(text: str, client: str | None, bekend: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Codes of others; where the own code stands with more in it (R-014-2 beside R-014), nothing of another does."""
    own = (client or "").lower()
    others = {code.lower() for code in bekend} - {own}
    whole = tuple(sorted(code for code in {client or "", *bekend} if _is_mixed(code)))
    spans = [m.span(1) for m in _any_spelling(whole).finditer(text)]
    is_own = [_is_own(text[slice(*span)].lower(), own, others) for span in spans]
    mine = _Spans(span for span, mine in zip(spans, is_own, strict=True) if mine)
    for (start, end), of_client in zip(spans, is_own, strict=True):
        if not of_client and (start, end) not in mine:
            yield start, end, ANDERE_CODE if _may_be_words(text[start:end]) else BEKENDE_CODE
    for code in bekend:
        if not _is_mixed(code) and code.lower() != own:
            yield from ((*m.span(), ANDERE_CODE) for m in re.finditer(re.escape(code).join(_ALONE), text))


def _is_mixed(code: str) -> bool:
    """Whether there are letters and digits in it: else it is an ordinary word or number."""
    return any(c.isalpha() for c in code) and any(c.isdigit() for c in code)


def _is_own(written: str, own: str, others: set[str]) -> bool:
    return written not in others and _bare(written) == _bare(own)


def _bare(code: str) -> str:
    return "".join(_PART.findall(code))


def _may_be_words(written: str) -> bool:
    """'week 2' for the code week-2: a space, and no number that is long enough to be nothing but a code."""
    return " " in written and not re.search(r"\d{3}", written)


@lru_cache(maxsize=32)
def _any_spelling(codes: tuple[str, ...]) -> re.Pattern[str]:
    """At each place the longest of these codes, in any spelling, as group 1; also where they overlap."""
    spelled = [_BETWEEN.join(map(re.escape, _PART.findall(code))) for code in sorted(codes, key=len, reverse=True)]
    return re.compile(f"(?=({'|'.join(spelled) or '(?!)'}){_ALONE[1]})".join((_ALONE[0], "")), re.IGNORECASE)


def _of_same_form(text: str, client: str | None) -> Iterator[tuple[int, int, str]]:
    """What has letters and digits as the code of this client has, and is another."""
    if not re.search(r"[A-Za-z].*\d", client or ""):
        return
    parts = (rf"\d{{{len(part)}}}" if part.isdigit() else re.escape(part) for part in _PART.findall(client or ""))
    for match in re.finditer(_BETWEEN_CLOSE.join(parts).join(_ALONE), text, re.IGNORECASE):
        if _bare(match.group().lower()) != _bare((client or "").lower()):
            yield (*match.span(), ANDERE_CODE)


class _Spans:
    """Pieces of a text; `in` says whether a piece lies wholly inside one of them, however many there are."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.furthest = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, piece: tuple[int, int] | tuple[int, int, str]) -> bool:
        before = bisect_right(self.starts, piece[0])
        return bool(before) and piece[1] <= self.furthest[before - 1]


def _begins(text: str, place: int) -> bool:
    """Whether a sentence, a line, a quotation or a point of a list begins here: looks back no further than it must."""
    end = place
    while end and text[end - 1].isspace():
        end -= 1
    if place == 0 or "\n" in text[end:place] or (end and text[end - 1] in _OPENS):
        return True
    spaced = end < place
    while end and text[end - 1] in _CLOSES:
        end -= 1
    return spaced and end > 0 and text[end - 1] in _ENDS


def _candidates(text: str, lijst: Namenlijst) -> Iterator[tuple[int, int, str]]:
    for soort, shape in _SHAPES:
        yield from ((*m.span(), soort) for m in shape.finditer(text))
    yield from ((*m.span(), DATUM) for m in _PARTLY.finditer(text))
    plain = fold(text)
    names = (*lijst.voornamen, *lijst.achternamen)
    for soort, words in (("naam", names), ("plaats", lijst.plaatsen), ("organisatie", lijst.organisaties)):
        yield from ((*m.span(), soort) for m in pattern_of(words).finditer(plain))
    for m in _CAPITAL.finditer(text):
        if not _begins(text, m.start()) and (m.start() == 0 or not text[m.start() - 1].isalnum()):
            yield (*m.span(), "naam of plaats")


def _beginnings(text: str, lijst: Namenlijst) -> Iterator[tuple[int, int, str]]:
    """The first word of a sentence, when it is no ordinary word: there a capital tells nothing."""
    ordinary = _ordinary(lijst.gewone_woorden)
    for m in _CAPITAL.finditer(text):
        word = fold(m.group()).strip("'-")
        if _begins(text, m.start()) and not {word, *word.split("-")[:1]} & ordinary and len(word) > 1:
            yield (*m.span(), "naam of plaats")


@lru_cache(maxsize=2)
def _ordinary(words: str) -> frozenset[str]:
    """The ordinary words, as `fold` has them: thousands, and each text of a file asks for them."""
    return frozenset(map(fold, words.split()))


def _forbidden(text: str, verboden: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """The given names, whole or a part of three letters or more, also inside another word."""
    plain = fold(text)
    for name in verboden:
        parts = {fold(name).strip(), *(p for p in re.split(r"[\s,]+", fold(name)) if len(p) >= 3)} - {""}
        for part in parts - {"van", "der", "den", "het", "ter", "ten", "bij"}:
            yield from ((*m.span(), OPGEGEVEN) for m in re.finditer(re.escape(part), plain))


def _whole_dates(text: str) -> list[re.Match[str]]:
    """Days with their year that exist."""
    return [m for form in _DATES for m in form.finditer(text) if _day(m)]


def _day(match: re.Match[str]) -> date | None:
    month = match["m"].lower()
    number = int(month) if month.isdigit() else _NUMBERS.get(month, 0)  # 'ſept' looks like a month when case is ignored
    try:
        return date(int(match["j"]), number, int(match["d"]))
    except ValueError:
        return None


def dates_to_weeks(text: str, start: date) -> str:
    """Every whole date as 'week n' of sickness: 'op 12 maart 2026' becomes 'in week 10'."""
    text = unicodedata.normalize("NFC", text)
    pieces, rest = [], 0
    for match in sorted(_whole_dates(text), key=lambda m: m.start()):
        day = _day(match)
        if day is not None and match.start() >= rest:
            said = _week(match, week_of(start, day))
            said = said[0].upper() + said[1:] if _begins(text, match.start()) else said
            pieces += [text[rest : match.start()], said]
            rest = match.end()
    return "".join((*pieces, text[rest:]))


def _week(match: re.Match[str], week: int) -> str:
    if week < 1:
        return f"{'op ' if match['op'] else ''}een datum voor de eerste ziektedag"
    return f"{'in ' if match['op'] else ''}week {week}"


def scale_minuten(minuten: Sequence[int], total: int) -> list[int]:
    """The minutes of the rounds in the same proportions, whole, each at least 1, adding up to exactly `total`."""
    whole = sum(minuten)
    shares = [max(1, m * total // whole) for m in minuten]
    rest = sorted(range(len(minuten)), key=lambda i: (-(minuten[i] * total % whole), i))
    step = 1 if sum(shares) <= total else -1
    order = rest if step > 0 else sorted(range(len(minuten)), key=lambda i: -shares[i])
    for n in range(abs(total - sum(shares))):
        shares[order[n % len(order)]] += step
    return shares

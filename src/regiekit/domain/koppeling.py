"""Which column of a table is which vraag: by id, by code, by the exact text, or as a proposal by the nearest text.

What is exact is sure, unless a code and a text in one name say two things: then it is an error. A proposal is never
taken without someone saying so. Columns that could tell who someone is are not read at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regiekit.domain.koppelbestand import Koppelbestand
    from regiekit.domain.vragenlijst import Vragenlijst

VRAAG, OPEN, OVERGESLAGEN = "vraag", "open", "overgeslagen"
VELDEN = ("client", "meetmoment", "datum", "taal")
LIJKT_EROP = 0.6  # from here on, of 1, a text is near enough to propose
LONGEST = 300  # characters of a text that are compared for that
MAX_NEAR = 150  # columns without a vraag that are laid beside every vraag, letter by letter
FEW_WORDS = 5  # a name of a column with more is a vraag, and not 'Naam' or 'E-mail'

# How the exports of Microsoft Forms, Google Forms, LimeSurvey, ODK and REDCap call these columns; the best one first.
_VELDNAMEN = {
    "client": ("client", "clientcode", "codeclient", "clientid", "codevandeclient", "deelnemerscode", "code"),
    "meetmoment": ("meetmoment", "moment", "meting", "wave"),
    "datum": (
        "datum", "date", "ingevuldop", "completiontime", "tijdvanvoltooien", "tijdvanvoltooiing", "voltooiingstijd",
        "submitdate", "datumverzonden", "verzenddatum", "datesubmitted", "timestamp", "tijdstempel", "submissiondate",
        "submissiontime", "today", "end",
    ),
    "taal": ("taal", "startlanguage", "startlanguagecode", "starttaal", "begintaal", "language", "languagecode"),
}  # fmt: skip
_HERKENBAAR = {
    "naam", "name", "voornaam", "achternaam", "firstname", "lastname", "first", "last", "surname", "email", "e-mail",
    "e-mailadres", "emailadres", "mail", "mailadres", "ip", "ip-adres", "ipaddr", "ipaddress", "adres", "address",
    "telefoon", "telefoonnummer", "phone", "mobiel", "bsn", "burgerservicenummer", "geboortedatum", "birthdate",
    "gebruikersnaam", "username", "woonplaats", "postcode", "werkgever", "refurl", "deviceid", "latitude", "longitude",
    "gps", "locationlatitude", "locationlongitude", "recipientemail", "recipientfirstname", "recipientlastname",
}  # fmt: skip


class Doel(NamedTuple):
    """What a column can be: a vraag, an open vraag (`training` says which of its two texts), or a field."""

    soort: str
    id: str
    training: bool = True


class Kolom(NamedTuple):
    """One column, and what is done with it. `plaats` counts from 0; `reden` says how sure, or why it is not read.

    `kan`: the open vragen with these words, each of its own meetmoment; `tegenspraak`: the ids that its code and its
    text say, where these differ.
    """

    plaats: int
    naam: str
    doel: Doel | None
    reden: str
    zeker: bool = True
    kan: tuple[Doel, ...] = ()
    tegenspraak: tuple[str, str] | None = None


def letter_of(index: int) -> str:
    """The letters of a column, from its place counted from 0: A, B, …, Z, AA."""
    letters = ""
    while index >= 0:
        letters = chr(65 + index % 26) + letters
        index = index // 26 - 1
    return letters


def names_someone(naam: str) -> bool:
    """Whether a column of this name could tell who someone is: 'Naam', 'E-mail', 'BSN'."""
    words = plain_text(naam).split()
    return len(words) <= FEW_WORDS and (plain_id(naam) in _HERKENBAAR or not _HERKENBAAR.isdisjoint(words))


def plain_text(text: str) -> str:
    """A text without what exports change: capitals, spaces, curly quotes, a number in front, marks at the end."""
    text = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    text = text.translate(_QUOTES)
    text = re.sub(r"^\(?(?:vraag )?[0-9]{1,3}[.):] *", "", text)
    return text.rstrip(" .?!:;*,")


_QUOTES = {ord(c): "'" for c in "‘’`´"} | {ord(c): '"' for c in "“”„«»"}


def plain_id(text: str) -> str:
    """An id or code as letters and digits alone: autonomie-1, autonomie_1 and Autonomie1 are the same."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isascii() and c.isalnum())


def match_kolommen(
    kop: Sequence[str], lijst: Vragenlijst, *, codes: Mapping[str, str], propose: bool = True
) -> tuple[Kolom, ...]:
    """What each column is, at any meetmoment. `codes` are names of vragen in other systems: code -> id of the vraag.

    Without `propose` only what is sure is found.
    """
    names = _Names(lijst, codes)
    kolommen = [_sure(index, naam, names) for index, naam in enumerate(kop)]
    kolommen = list(_first_of_each_veld(kolommen))
    if not propose:
        return tuple(kolommen)
    taken = {k.doel for k in kolommen if k.doel}
    if Doel("client", "client") not in taken:
        maybe = next((k for k in kolommen if k.reden == _NO_VRAAG and _asks_for_code(k.naam)), None)
        if maybe:
            kolommen[maybe.plaats] = maybe._replace(doel=Doel("client", "client"), reden="lijkt erop", zeker=False)
    free = [v.id for v in lijst.vragen if Doel(VRAAG, v.id) not in taken]
    unknown = [k for k in kolommen if k.reden == _NO_VRAAG][:MAX_NEAR]
    for index, vraag_id in _nearest(unknown, free, names):
        kolommen[index] = Kolom(index, kop[index], Doel(VRAAG, vraag_id), "lijkt erop", zeker=False)
    return tuple(kolommen)


def at_moment(kolommen: Iterable[Kolom], lijst: Vragenlijst, meetmoment: str | None) -> tuple[Kolom, ...]:
    """What each column is in an import in which every row is of one meetmoment; without one nothing changes."""
    if meetmoment is None:
        return tuple(kolommen)
    moments = {v.id: v.meetmoment for v in lijst.open_vragen}
    return tuple(_at_moment(k, moments, meetmoment) for k in kolommen)


def _at_moment(kolom: Kolom, moments: Mapping[str, str | None], meetmoment: str) -> Kolom:
    if kolom.doel and kolom.doel.soort == "meetmoment":
        return kolom._replace(doel=None, reden="--meetmoment gaat voor")
    meant = [doel for doel in kolom.kan if moments[doel.id] in (meetmoment, None)]
    if len(meant) == 1:
        return kolom._replace(doel=meant[0], reden="tekst")
    if kolom.doel and kolom.doel.soort == OPEN and moments[kolom.doel.id] not in (meetmoment, None):
        return kolom._replace(doel=None, reden=f"hoort bij meetmoment {moments[kolom.doel.id]}")
    return kolom


def kolommen_of(bestand: Koppelbestand, kop: Sequence[str]) -> tuple[tuple[Kolom, ...], list[str]]:
    """What each column is according to a koppelbestand, and the columns that it names and the table lacks."""
    doelen: dict[str, list[Doel]] = defaultdict(list)
    for soort, training, part in (
        (VRAAG, True, bestand.kolommen), (OPEN, True, bestand.open), (OPEN, False, bestand.zonder_training),
    ):  # fmt: skip
        for vraag, naam in part.items():
            if naam is not None:
                doelen[naam].append(Doel(soort, vraag, training))
    for veld in VELDEN:
        if (naam := getattr(bestand.velden, veld)) is not None:
            doelen[naam].append(Doel(veld, veld))
    made = []
    for index, naam in enumerate(kop):
        found = doelen.pop(naam, [])
        if len(found) > 1:
            made.append(_of_many(index, naam, found))
        else:
            reden = "koppelbestand" if found or naam in bestand.overgeslagen else "staat niet in het koppelbestand"
            made.append(Kolom(index, naam, found[0] if found else None, reden))
    return tuple(made), list(doelen)


def doubles(kolommen: Iterable[Kolom]) -> Iterator[tuple[Kolom, Kolom]]:
    """Each column that is the same vraag as an earlier one, with that one in front."""
    first: dict[Doel, Kolom] = {}
    for kolom in kolommen:
        if kolom.doel:
            eerder = first.setdefault(kolom.doel, kolom)
            if eerder is not kolom:
                yield eerder, kolom


def without_kolom(kolommen: Iterable[Kolom], lijst: Vragenlijst) -> list[str]:
    """The ids of the vragen that no column is."""
    taken = {k.doel.id for k in kolommen if k.doel and k.doel.soort == VRAAG}
    return [v.id for v in lijst.vragen if v.id not in taken]


_NO_VRAAG = "geen vraag van deze lijst"
# What programs write before a text: Q1, v1, G01Q01, G01Q01[SQ001]. And before a name in a group: G1[...], groep1/...
_NUMBERED = re.compile(r"(?i)(?:(?:g|q|sq|v|vraag)_?[0-9]{1,4})+(?:\[(?:sq)?[0-9]{1,4}\])?")
_CODE = re.compile(r"[\w./-]*[0-9][\w./-]*")
_CODE_AND_TEXT = re.compile(r"(?s)([A-Za-z][\w\[\]-]{0,60})[.:]\s+(.+)")


class _Names:
    """By what names the parts of a vragenlijst go."""

    def __init__(self, lijst: Vragenlijst, codes: Mapping[str, str]) -> None:
        self.by_id: dict[str, set[Doel]] = defaultdict(set)
        self.by_text: dict[str, set[Doel]] = defaultdict(set)
        self.texts: dict[str, list[str]] = {}
        talen: list[Any] = list(dict(lijst.teksten).values())
        for vraag in lijst.vragen:
            self.texts[vraag.id] = [plain_text(vraag.tekst), *(plain_text(t["vragen"][vraag.id]) for t in talen)]
            self.add(Doel(VRAAG, vraag.id), self.texts[vraag.id])
        for open_vraag in lijst.open_vragen:
            self.add_open(open_vraag, talen)
        for code, vraag_id in codes.items():
            self.by_id[plain_id(code)].add(Doel(VRAAG, vraag_id))

    def add(self, doel: Doel, texts: Iterable[str]) -> None:
        self.by_id[plain_id(doel.id)].add(doel)
        for text in texts:
            self.by_text[text].add(doel)

    def add_open(self, vraag: Any, talen: list[Any]) -> None:
        texts = (vraag.tekst, *(t["open_vragen"][vraag.id] for t in talen))
        self.add(Doel(OPEN, vraag.id), map(plain_text, texts))
        self.by_id[plain_id(f"open-{vraag.id}")].add(Doel(OPEN, vraag.id))  # as `exporteer` calls it
        if vraag.zonder_training:
            others = (vraag.zonder_training, *(t["zonder_training"][vraag.id] for t in talen))
            for text in map(plain_text, others):
                if Doel(OPEN, vraag.id) not in self.by_text[text]:
                    self.by_text[text].add(Doel(OPEN, vraag.id, training=False))

    def with_id(self, name: str) -> set[Doel]:
        return self.by_id.get(plain_id(name), set())

    def with_text(self, name: str) -> set[Doel]:
        return self.by_text.get(plain_text(name), set())


def _sure(index: int, naam: str, names: _Names) -> Kolom:
    """What a column certainly is."""
    by_id, by_code, by_text = _found(naam, names)
    ids = {doel.id for doel in by_id or by_code}
    same = {doel for doel in by_text if doel.id in ids}
    if ids and by_text and not same:
        one, two = (" of ".join(sorted(part)) for part in (ids, {d.id for d in by_text}))
        reden = f"de code is van {one}, de tekst van {two}"
        return Kolom(index, naam, None, reden, tegenspraak=(one, two))
    for reden, doelen in (("id", by_id), ("tekst", same or by_text)):
        if len(doelen) == 1:
            return Kolom(index, naam, next(iter(doelen)), reden)
        if doelen:
            return _of_many(index, naam, doelen)
    key = plain_id(naam)
    if veld := next((v for v, known in _VELDNAMEN.items() if key in known), None):
        return Kolom(index, naam, Doel(veld, veld), "naam")
    if names_someone(naam):
        return Kolom(index, naam, None, "kan iemand herkenbaar maken")
    return Kolom(index, naam, None, _NO_VRAAG)


def _of_many(index: int, naam: str, doelen: Iterable[Doel]) -> Kolom:
    kan = tuple(sorted(doelen))
    either = " en ".join(dict.fromkeys(d.id for d in kan))
    return Kolom(index, naam, None, f"past bij {either}: geef --meetmoment of --koppel", kan=kan)


def _found(naam: str, names: _Names) -> tuple[set[Doel], set[Doel], set[Doel]]:
    """What a name says: by an id that is sure, by a code beside a text, and by a text."""
    before, inside = _in_group(naam)
    by_id = names.with_id(naam) or (names.with_id(inside) if _is_code(before, inside) else set())
    by_code = names.with_id(before) if inside else set()
    by_text = names.with_text(naam) or names.with_text(inside)
    if not by_text and (match := _CODE_AND_TEXT.fullmatch(naam)):
        code, text = match.groups()
        before, inside = _in_group(code)
        by_code = names.with_id(code) or names.with_id(inside) or names.with_id(before)
        if by_code or _NUMBERED.fullmatch(code):
            by_text = names.with_text(text) or names.with_text(_in_group(text)[1])
    return by_id, by_code, by_text


def _in_group(naam: str) -> tuple[str, str]:
    """What exports wrap a name in, and the name: 'Kop [tekst]', 'G1[code]', 'group/code'; else twice nothing."""
    if match := re.fullmatch(r"(?s)(.*)\[([^\[\]]+)\]\s*", naam):
        return match.group(1).strip(), match.group(2)
    before, slash, name = naam.rpartition("/")
    return (before, name) if slash and re.fullmatch(r"[\w./-]+", naam) else ("", "")


def _is_code(before: str, inside: str) -> bool:
    """Whether a name in a group is a code: one of them holds a digit. 'coach/vertrouwen' can be about anything."""
    return bool(_CODE.fullmatch(inside) or _CODE.fullmatch(before))


def _asks_for_code(naam: str) -> bool:
    """'Wat is je cliëntcode?': a name in which someone is asked for a code."""
    plain = plain_id(naam)
    return "code" in plain and ("client" in plain or "deelnemer" in plain)


def _first_of_each_veld(kolommen: list[Kolom]) -> Iterator[Kolom]:
    """The best column for each field; others of the same field are not read."""
    best: dict[str, Kolom] = {}
    for kolom in kolommen:
        if kolom.doel and kolom.doel.soort in VELDEN:
            order, known = _VELDNAMEN[kolom.doel.soort], best.get(kolom.doel.soort)
            if known is None or order.index(plain_id(kolom.naam)) < order.index(plain_id(known.naam)):
                best[kolom.doel.soort] = kolom
    for kolom in kolommen:
        if kolom.doel and kolom.doel.soort in VELDEN and best[kolom.doel.soort] is not kolom:
            naam = best[kolom.doel.soort].naam
            yield kolom._replace(doel=None, reden=f"'{naam}' is al {kolom.doel.soort}")
        else:
            yield kolom


def _nearest(kolommen: list[Kolom], free: list[str], names: _Names) -> Iterator[tuple[int, str]]:
    """The pairs of column and vraag that look alike, the most alike first and each only once."""
    found = []
    for kolom in kolommen:
        text = plain_text(_in_group(kolom.naam)[1] or kolom.naam)[:LONGEST] or kolom.naam
        matcher = SequenceMatcher(None, "", text, autojunk=False)
        for vraag_id in free:
            alike = max(_alike(matcher, other) for other in (*names.texts[vraag_id], vraag_id))
            if alike >= LIJKT_EROP:
                found.append((-alike, kolom.plaats, vraag_id))
    indexes: set[int] = set()
    vragen: set[str] = set()
    for _, index, vraag_id in sorted(found):
        if index not in indexes and vraag_id not in vragen:
            indexes.add(index)
            vragen.add(vraag_id)
            yield index, vraag_id


def _alike(matcher: SequenceMatcher[str], other: str) -> float:
    matcher.set_seq1(other[:LONGEST])
    enough = matcher.real_quick_ratio() >= LIJKT_EROP and matcher.quick_ratio() >= LIJKT_EROP
    return matcher.ratio() if enough else 0

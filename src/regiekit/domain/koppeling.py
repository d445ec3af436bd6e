"""Which column of a table is which vraag: by id, by code, by the exact text, or as a proposal by the nearest text.

What is exact is sure. A proposal is never taken without someone saying so. Columns that could tell who someone is are
not read at all.
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
    """One column, and what is done with it. `plaats` counts from 0; `reden` says how sure, or why it is not read."""

    plaats: int
    naam: str
    doel: Doel | None
    reden: str
    zeker: bool = True


def letter_of(index: int) -> str:
    """The letters of a column, from its place counted from 0: A, B, …, Z, AA."""
    letters = ""
    while index >= 0:
        letters = chr(65 + index % 26) + letters
        index = index // 26 - 1
    return letters


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
    kop: Sequence[str],
    lijst: Vragenlijst,
    meetmoment: str | None = None,
    *,
    codes: Mapping[str, str],
    propose: bool = True,
) -> tuple[Kolom, ...]:
    """What each column is. `codes` are names of vragen in other systems: code -> id of the vraag.

    With a meetmoment only the open vragen of that moment are meant; without `propose` only what is sure is found.
    """
    names = _Names(lijst, meetmoment, codes)
    kolommen = [_sure(index, naam, names) for index, naam in enumerate(kop)]
    kolommen = list(_first_of_each_veld(kolommen))
    taken = {k.doel for k in kolommen if k.doel}
    free = [v.id for v in lijst.vragen if propose and Doel(VRAAG, v.id) not in taken]
    for index, vraag_id in _nearest([k for k in kolommen if k.reden == _NO_VRAAG], free, names):
        kolommen[index] = Kolom(index, kop[index], Doel(VRAAG, vraag_id), "lijkt erop", zeker=False)
    return tuple(kolommen)


def kolommen_of(bestand: Koppelbestand, kop: Sequence[str]) -> tuple[tuple[Kolom, ...], list[str]]:
    """What each column is according to a koppelbestand, and the columns that it names and the table lacks."""
    doelen: dict[str, Doel] = {}
    for soort, training, part in (
        (VRAAG, True, bestand.kolommen), (OPEN, True, bestand.open), (OPEN, False, bestand.zonder_training),
    ):  # fmt: skip
        doelen |= {naam: Doel(soort, vraag, training) for vraag, naam in part.items() if naam is not None}
    doelen |= {naam: Doel(veld, veld) for veld in VELDEN if (naam := getattr(bestand.velden, veld)) is not None}
    made = []
    for index, naam in enumerate(kop):
        doel = doelen.pop(naam, None)
        known = doel is not None or naam in bestand.overgeslagen
        made.append(Kolom(index, naam, doel, "koppelbestand" if known else "staat niet in het koppelbestand"))
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


class _Names:
    """By what names the parts of a vragenlijst go."""

    def __init__(self, lijst: Vragenlijst, meetmoment: str | None, codes: Mapping[str, str]) -> None:
        self.by_id: dict[str, set[Doel]] = defaultdict(set)
        self.by_text: dict[str, set[Doel]] = defaultdict(set)
        self.texts: dict[str, list[str]] = {}
        talen: list[Any] = list(dict(lijst.teksten).values())
        for vraag in lijst.vragen:
            self.texts[vraag.id] = [plain_text(vraag.tekst), *(plain_text(t["vragen"][vraag.id]) for t in talen)]
            self.add(Doel(VRAAG, vraag.id), self.texts[vraag.id])
        for open_vraag in lijst.open_vragen:
            if meetmoment in (None, open_vraag.meetmoment):
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


def _sure(index: int, naam: str, names: _Names) -> Kolom:
    """What a column certainly is."""
    parts = _parts(naam)
    for reden, found in (
        ("id", [names.by_id.get(plain_id(p), set()) for p in parts]),
        ("tekst", [names.by_text.get(plain_text(p), set()) for p in (*parts, *_behind_code(naam))]),
    ):
        for doelen in found:
            if len(doelen) == 1:
                return Kolom(index, naam, next(iter(doelen)), reden)
            if doelen:
                either = " en ".join(sorted(d.id for d in doelen))
                return Kolom(index, naam, None, f"past bij {either}: geef --meetmoment of --koppel")
    key = plain_id(naam)
    if veld := next((v for v, known in _VELDNAMEN.items() if key in known), None):
        return Kolom(index, naam, Doel(veld, veld), "naam")
    words = plain_text(naam).split()
    if len(words) <= FEW_WORDS and (key in _HERKENBAAR or not _HERKENBAAR.isdisjoint(words)):
        return Kolom(index, naam, None, "kan iemand herkenbaar maken")
    return Kolom(index, naam, None, _NO_VRAAG)


def _parts(naam: str) -> list[str]:
    """The name, and what exports wrap it in: 'Kop [tekst]', 'G1[code]', 'group/code'."""
    bracket = re.fullmatch(r"(?s).*\[([^\[\]]+)\]\s*", naam)
    slash = naam.rpartition("/")[2] if re.fullmatch(r"[\w./-]+", naam) else naam
    return list(dict.fromkeys([naam, bracket.group(1) if bracket else naam, slash]))


def _behind_code(naam: str) -> list[str]:
    """LimeSurvey's 'code. text'."""
    match = re.fullmatch(r"(?s)[A-Za-z][\w\[\]-]{0,60}[.:]\s+(.+)", naam)
    return _parts(match.group(1)) if match else []


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
        text = plain_text(_parts(kolom.naam)[-1])[:LONGEST] or kolom.naam
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

"""Every row of a table to an afname, or refused with the reason: none is lost and nothing is guessed.

The rows come in blocks and each block is looked at column by column: what a cell says is decided once for every text
that occurs, so that a long table costs little more than reading it. Memory does not grow with the rows.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.antwoordwoorden import EMPTY, Antwoordwoorden, Weigering, blank_words, plain_word
from regiekit.domain.clientcode import check_clientcode, holds_name, looks_like_bsn
from regiekit.domain.datumkolom import Datumkolom
from regiekit.domain.koppeling import OPEN, VRAAG, letter_of, plain_id
from regiekit.domain.uitslag import make_kolom_scorer
from regiekit.errors import Problem, RegiekitError, problem, shorten
from regiekit.kanaal.exporteren import CODES, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regiekit.content.library import Loaded
    from regiekit.domain.antwoordwoorden import Antwoord
    from regiekit.domain.formulierteksten import Formulierteksten
    from regiekit.domain.koppelbestand import Koppelbestand
    from regiekit.domain.koppeling import Doel, Kolom
    from regiekit.kanaal.tabel import Blok, Rij, Tabelbestand

    Leesbaar = Callable[[str], str | None]
    """A cell to what an afname has for it; '' is empty, None is refused."""

MAX_OPEN = 10_000  # characters of an answer in words
VAAK = 30  # answers to one vraag, from where a value that never occurs is worth a warning
_SEEN_BITS = 1 << 27  # sixteen megabytes: enough for two million rows to be read once
# Too short for the number of a person or a telephone, and no name: true of most codes, and a long table has many.
_PLAIN_CODE = re.compile(r"(?:[A-Za-z][._-]?)?[0-9]{1,7}")
LANG = 60  # characters of a cell, from where it is more than a wrong answer: it may be about someone
_A_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?![0-9-])")
# Where a field can start, with what a spreadsheet passes by there, and what makes a formula of it.
_FIELD_START = re.compile(r"((?:^|[;\t\r\n])[\s;\"\u200b-\u200f\u2060\ufeff]*)([=+\-@\uff1d\uff0b\uff0d\uff20])?")
_NIET_GETOOND = "(niet getoond: kan iemand herkenbaar maken)"


def codes_of(lijst: Any) -> dict[str, str]:
    """The names that `exporteer` gives to vragen, with the id of each."""
    return {name_of(v.id, ""): v.id for v in lijst.vragen}


class Geweigerd(NamedTuple):
    """One cell, or one row, that is refused. `waarde` is empty where it could tell who someone is."""

    rij: int
    plaats: int
    kolom: str
    waarde: str
    code: str
    melding: str

    def as_problem(self, bestand: str) -> Problem:
        """The same, as a problem with its place."""
        return Problem(bestand, self.rij, self.plaats + 1, self.code, self.melding)


class Goed(NamedTuple):
    """The good rows of a block, side by side: their numbers, who and when, the cells of each column, the answers."""

    nummers: Sequence[int]
    client: Sequence[str]
    meetmoment: Sequence[str]
    datum: Sequence[str]
    taal: Sequence[str]
    cellen: Sequence[Sequence[str]]
    antwoorden: Mapping[str, Sequence[Antwoord]]


class Aantallen(NamedTuple):
    """read = good + refused + empty."""

    gelezen: int
    goed: int
    geweigerd: int
    leeg: int


class _Seen:
    """Finds who may be in a table twice, without holding everyone who is in it.

    A Bloom filter: what was added is known, and once in a very long while something that was not.
    """

    def __init__(self) -> None:
        self.bits = bytearray()

    def add(self, key: object) -> bool:
        """Add; gives whether it may have been there."""
        self.bits = self.bits or bytearray(_SEEN_BITS // 8)
        bits, made, known = self.bits, hash(key), True
        for shift in (0, 12, 24, 37):
            place = (made >> shift) % _SEEN_BITS
            bit = 1 << (place & 7)
            known = known and bool(bits[place >> 3] & bit)
            bits[place >> 3] |= bit
        return known


class Importeur:
    """One table beside its vragenlijst.

    Go over `blokken` to the end, and once more when `settle` says so: some cells can only be judged beside all others.
    Then the counts are right.
    """

    def __init__(
        self,
        tabel: Tabelbestand,
        kolommen: Sequence[Kolom],
        loaded: Loaded,
        teksten: Iterable[Formulierteksten],
        koppeling: Koppelbestand | None = None,
        meetmoment: str | None = None,
        namen: frozenset[str] = frozenset(),
        *,
        houd_lege: bool = False,
        dubbel_mag: bool = False,
    ) -> None:
        """`meetmoment` holds for every row; `namen`: of people, in lower case, that can stand in no client code.

        With `houd_lege` a row without one answer is a row as others, unless no cell in it is filled in; with
        `dubbel_mag` a client may be there more than once at a meetmoment.
        """
        self.houd_lege, self.dubbel_mag = houd_lege, dubbel_mag
        self.tabel, self.kolommen, self.loaded, self.lijst = tabel, kolommen, loaded, loaded.inhoud
        self.meetmoment, self.namen = meetmoment, namen
        self.vragen = {k.doel.id: k.plaats for k in kolommen if k.doel and k.doel.soort == VRAAG}
        self.openen = {k.doel: k.plaats for k in kolommen if k.doel and k.doel.soort == OPEN}
        self.velden = {k.doel.soort: k.plaats for k in kolommen if k.doel and k.doel.soort not in (VRAAG, OPEN)}
        leeg = {**blank_words(teksten), **{code: soort for soort, code in CODES.items()}}
        self.woorden = {v: Antwoordwoorden(self.lijst, v, leeg, _extra(koppeling, v)) for v in self.vragen}
        self.aantallen: dict[str, Counter[Antwoord]] = {v: Counter() for v in self.vragen}
        self.datums = Datumkolom(koppeling.datumvolgorde if koppeling else None)
        self.leest: dict[str, Leesbaar] = {
            "client": self._client, "meetmoment": _one_of(_moments(self.lijst)), "datum": self.datums.read,
            "taal": _taal_of(["nl", *dict(self.lijst.teksten)]),
        }  # fmt: skip
        self.seen = _Seen()
        self.settled = False
        self.maybe_double: set[tuple[str, str]] = set()
        self.eerder: dict[tuple[str, str], int] = {}
        self.goed = self.leeg = self.geweigerd = self.zonder_datum = self.zonder_antwoord = self.met_code = 0

    # the rows -------------------------------------------------------------------------------------------------------

    def blokken(self) -> Iterator[tuple[Goed, list[Geweigerd]]]:
        """The good and the refused of each block, from the start each time; counts them."""
        self.goed = self.leeg = self.geweigerd = self.zonder_datum = self.zonder_antwoord = self.met_code = 0
        for counts in self.aantallen.values():
            counts.clear()
        for blok in self.tabel.blokken():
            yield self._blok(blok)

    @property
    def telling(self) -> Aantallen:
        """How many rows there were until now."""
        return Aantallen(self.goed + self.geweigerd + self.leeg, self.goed, self.geweigerd, self.leeg)

    def settle(self) -> bool:
        """Whether a first time over the rows showed that a second is needed: dates with slashes, or a client twice."""
        if self.settled:
            return False
        self.settled = True
        self.seen = _Seen()
        return bool(self.datums.settle() or self.maybe_double)

    def _blok(self, blok: Blok) -> tuple[Goed, list[Geweigerd]]:
        nummers, rijen, geweigerd = self._shape(blok)
        by_number = dict(zip(nummers, rijen, strict=True))
        goed, wrong = self._read(nummers, rijen)
        goed = self._without(goed, wrong, by_number)
        doubles = list(self._doubles(goed))  # only among the good ones: a corrected row may follow a wrong one
        goed = self._without(goed, doubles, by_number)
        geweigerd = sorted([*geweigerd, *wrong, *doubles])
        self.geweigerd += len({g.rij for g in geweigerd})
        self.goed += len(goed.nummers)
        self._count(goed)
        return goed, geweigerd

    def _without(self, goed: Goed, refused: Sequence[Geweigerd], rijen: Mapping[int, Rij]) -> Goed:
        if not refused:
            return goed
        wrong = {g.rij for g in refused}
        kept = [n for n in goed.nummers if n not in wrong]
        return self._read(kept, [rijen[n] for n in kept])[0]

    def _shape(self, blok: Blok) -> tuple[list[int], list[Rij], list[Geweigerd]]:
        """The rows that are as wide as the header; those without one answer are counted as empty, others refused."""
        width = len(self.tabel.kop)
        places = [*self.vragen.values(), *self.openen.values()]
        first = places[0]
        empty = set(filter(_is_empty, {rij[first] for rij in blok.rijen if len(rij) > first}))
        if not empty and set(map(len, blok.rijen)) == {width}:
            return list(range(blok.eerste, blok.eerste + len(blok.rijen))), blok.rijen, []
        nummers, rijen, geweigerd = [], [], []
        for nummer, whole in enumerate(blok.rijen, blok.eerste):
            rij = whole[:width] if not any(whole[width:]) else whole
            if len(rij) == width and rij[first] not in empty:  # first of all, since nearly every row is like this
                nummers.append(nummer)
                rijen.append(rij)
            elif not any(map(str.strip, rij)):
                self.leeg += 1
            elif len(rij) != width:
                made = problem("", nummer, 1, "tabel-rij-lengte", aantal=len(rij), kop=width)
                geweigerd.append(Geweigerd(nummer, min(len(rij), width) - 1, "", "", made.code, made.melding))
            elif not self.houd_lege and all(_is_empty(rij[place]) for place in places):
                self.leeg += 1
                self.zonder_antwoord += 1
            else:
                nummers.append(nummer)
                rijen.append(rij)
        return nummers, rijen, geweigerd

    def _read(self, nummers: list[int], rijen: list[Rij]) -> tuple[Goed, list[Geweigerd]]:
        cellen = list(zip(*rijen, strict=True)) if rijen else [()] * len(self.tabel.kop)
        antwoorden, geweigerd = self._antwoorden(cellen, nummers)
        velden: dict[str, Sequence[str]] = {}
        for veld in self.leest:
            velden[veld], refused = self._veld(veld, cellen, nummers)
            geweigerd += refused
        geweigerd += self._openen(cellen, nummers)
        if self.meetmoment:
            velden["meetmoment"] = [self.meetmoment] * len(nummers)
        goed = Goed(
            nummers, velden["client"], velden["meetmoment"], velden["datum"], velden["taal"], cellen, antwoorden
        )  # fmt: skip
        return goed, geweigerd

    def _antwoorden(
        self, cellen: Sequence[Sequence[str]], nummers: list[int]
    ) -> tuple[dict[str, Sequence[Antwoord]], list[Geweigerd]]:
        """The answers of each vraag, column by column, and what is no answer."""
        antwoorden: dict[str, Any] = {}
        geweigerd = []
        for vraag, plaats in self.vragen.items():
            antwoorden[vraag] = found = list(map(self.woorden[vraag].__getitem__, cellen[plaats]))
            if any(type(answer) is Weigering for answer in set(found)):
                for nummer, cel, answer in zip(nummers, cellen[plaats], found, strict=True):
                    if type(answer) is Weigering:
                        geweigerd.append(self._refuse(nummer, plaats, cel, answer))
        return antwoorden, geweigerd

    def _veld(
        self, veld: str, cellen: Sequence[Sequence[str]], nummers: list[int]
    ) -> tuple[Sequence[str], list[Geweigerd]]:
        plaats = self.velden.get(veld)
        if plaats is None:
            return [""] * len(nummers), []
        values = list(map(self.leest[veld], cellen[plaats]))
        refused = []
        if None in values:
            for nummer, cel, value in zip(nummers, cellen[plaats], values, strict=True):
                if value is None:
                    refused.append(self._refuse(nummer, plaats, cel, self._why(veld, cel)))
        return [value or "" for value in values], refused

    def _why(self, veld: str, cel: str) -> Weigering:
        if veld == "client":
            return Weigering("tabel-client-bsn" if looks_like_bsn(cel.strip()) else "tabel-client")
        keuzes = {"meetmoment": [m.id for m in self.lijst.meetmomenten], "taal": ["nl", *dict(self.lijst.teksten)]}
        return Weigering(f"tabel-{veld}", keuzes=" of ".join(keuzes.get(veld, ())) or "geen enkele: laat het leeg")

    def _openen(self, cellen: Sequence[Sequence[str]], nummers: list[int]) -> Iterator[Geweigerd]:
        for doel, plaats in self.openen.items():
            if max(map(len, cellen[plaats]), default=0) > MAX_OPEN:
                for nummer, cel in zip(nummers, cellen[plaats], strict=True):
                    if len(cel) > MAX_OPEN:
                        yield self._refuse(nummer, plaats, "", Weigering("tabel-open-te-lang", grens=MAX_OPEN))
            other = self.openen.get(doel._replace(training=False)) if doel.training else None
            if other is not None:
                for nummer, one, two in zip(nummers, cellen[plaats], cellen[other], strict=True):
                    if one.strip() and two.strip():
                        yield self._refuse(nummer, other, "", Weigering("tabel-open-dubbel", id=doel.id))

    def _doubles(self, rijen: Goed) -> Iterator[Geweigerd]:
        """The first time over the rows it notes who may be there twice; then it refuses who is."""
        if self.dubbel_mag or "client" not in self.velden or (self.settled and not self.maybe_double):
            return
        for nummer, code, moment in zip(rijen.nummers, rijen.client, rijen.meetmoment, strict=True):
            key = code, moment
            if code and not self.settled:
                if self.seen.add(key):
                    self.maybe_double.add(key)
            elif code and key in self.maybe_double:
                eerder = self.eerder.setdefault(key, nummer)
                if eerder != nummer:
                    yield self._refuse(
                        nummer, self.velden["client"], code, Weigering("tabel-afname-dubbel", eerder=eerder)
                    )

    def _refuse(self, nummer: int, plaats: int, cel: str, why: Weigering) -> Geweigerd:
        naam = self.tabel.kop[plaats]
        plek = f"kolom {letter_of(plaats)} ('{naam[:40]}{'…' if len(naam) > 40 else ''}')"
        hidden = why.code.startswith("tabel-client") or self._could_tell(cel)
        kreeg = _NIET_GETOOND if hidden else f"'{shorten(cel)}'"
        made = problem("", nummer, plaats + 1, why.code, **{"plek": plek, "kreeg": kreeg, **why.details})
        return Geweigerd(nummer, plaats, naam, "" if hidden else cel, made.code, made.melding)

    def quoted(self, cel: str) -> str:
        """A cell in a sentence; not when it may say who someone is."""
        return _NIET_GETOOND if self._could_tell(cel) else f"'{shorten(cel)}'"

    def _could_tell(self, cel: str) -> bool:
        """Whether a cell may say who someone is: an e-mail address, a number of a person, a name, a longer text."""
        if len(cel) > LANG or re.search(r"\S@\S", cel) or looks_like_bsn(cel.strip()):
            return True
        if not _A_DAY.match(cel.strip()) and sum(map(str.isdigit, cel)) >= 9:
            return True
        return holds_name("-".join(re.findall(r"\w+", cel)), self.namen)

    def _client(self, cel: str) -> str | None:
        code = cel.strip()
        if _PLAIN_CODE.fullmatch(code):
            return code
        if _is_empty(code):
            return ""
        try:
            check_clientcode(code)
        except RegiekitError:
            return None
        return None if holds_name(code, self.namen) else code

    def _count(self, goed: Goed) -> None:
        for vraag, antwoorden in goed.antwoorden.items():
            self.aantallen[vraag].update(antwoorden)
        self.met_code += len(goed.client) - goed.client.count("")
        if "datum" in self.velden:
            self.zonder_datum += sum(map("".__eq__, goed.datum))

    # the outcome ----------------------------------------------------------------------------------------------------

    def warnings(self) -> list[tuple[str, str]]:
        """What the coach has to look at: (code, sentence)."""
        found = [
            ("waarde-komt-niet-voor", f"waarde {waarde} komt niet voor bij {vraag} ({sum(given.values())} antwoorden): "
             "is de koppeling goed?")
            for vraag, counts in self.aantallen.items()
            if sum((given := _numbers(counts)).values()) >= VAAK
            for waarde in range(self.woorden[vraag].ends.min, self.woorden[vraag].ends.max + 1)
            if waarde not in given
        ]  # fmt: skip
        if self.goed and not self.met_code:
            found.append(("geen-code", "geen enkele rij heeft een cliëntcode; de afnames heten naar hun rij"))
        if self.zonder_antwoord:
            verb = "rij heeft" if self.zonder_antwoord == 1 else "rijen hebben"
            found.append((
                "zonder-antwoord", f"{self.zonder_antwoord} {verb} geen enkel antwoord, zoals wie halverwege stopt; "
                "dat telt als leeg",
            ))  # fmt: skip
        if self.datums.tegenspraak:
            found.append((
                "datum-tegenspraak", "de datums spreken elkaar tegen: dag en maand staan niet overal op dezelfde plek; "
                "ze zijn leeg gelaten. Schrijf ze als jaar-maand-dag, of zet 'datumvolgorde: dag-maand' (of maand-dag) "
                "in het koppelbestand",
            ))  # fmt: skip
        elif self.datums.unsure:
            found.append((
                "datum-dubbelzinnig", "de datums met schuine strepen kunnen dag/maand of maand/dag zijn; ze zijn leeg "
                "gelaten. Zet 'datumvolgorde: dag-maand' (of maand-dag) in het koppelbestand",
            ))  # fmt: skip
        elif self.zonder_datum:
            verb = "rij heeft" if self.zonder_datum == 1 else "rijen hebben"
            found.append(("zonder-datum", f"{self.zonder_datum} {verb} geen datum"))
        return found


def score_rijen(importeur: Importeur) -> Callable[[Goed], Iterator[tuple[object, ...]]]:
    """A function from the good rows of a block to the rows of the table of scores."""
    lijst, scorer = importeur.lijst, make_kolom_scorer(importeur.lijst)
    last = lijst.id, guarded(lijst.versie), importeur.loaded.hash

    def rows(goed: Goed) -> Iterator[tuple[object, ...]]:
        if not goed.nummers:
            return iter(())
        scores = scorer(_answers(importeur, goed, numbers=True))
        flat = [column for schaal in scores for column in zip(*schaal, strict=True)]
        return zip(goed.nummers, goed.client, goed.meetmoment, goed.datum, *flat, *map(repeat, last))  # noqa: B905

    return rows


def scores_kop(lijst: Any) -> list[str]:
    """The names of the columns in the table of scores."""
    schalen = [name for s in lijst.schalen for name in (s.id, f"{s.id}_beantwoord")]
    return ["rij", "client", "meetmoment", "datum", *schalen, "vragenlijst", "versie", "hash"]


def afnames_of(importeur: Importeur, goed: Goed, naam: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each good row as the data of an afname, with its number; `naam` is how it names the vragenlijst."""
    lijst = importeur.lijst
    ids = [v.id for v in lijst.vragen]
    antwoorden = zip(*_answers(importeur, goed, numbers=False), strict=True)
    openen = {doel: goed.cellen[plaats] for doel, plaats in importeur.openen.items()}
    zonder = [doel for doel in openen if not doel.training]
    only_without = bool(zonder) and not _with_training(lijst, openen, zonder)
    for n, given in enumerate(antwoorden):
        said = {doel: cellen[n].strip() for doel, cellen in openen.items() if cellen[n].strip()}
        yield goed.nummers[n], {
            "vragenlijst": naam, "versie": lijst.versie, "hash": importeur.loaded.hash,
            "client": goed.client[n] or None, "meetmoment": goed.meetmoment[n] or None, "datum": goed.datum[n] or None,
            "taal": goed.taal[n] if goed.taal[n] not in ("", "nl") else None,
            "training": False if any(not doel.training for doel in said) or only_without else None,
            "antwoorden": dict(zip(ids, given, strict=True)),
            "open": {doel.id: tekst for doel, tekst in said.items()},
        }  # fmt: skip


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula, also when it splits lines at semicolons or tabs."""
    safe = _FIELD_START.sub(lambda m: f"{m.group(1)}'{m.group(2)}" if m.group(2) else m.group(), text)
    return f"'{safe}" if text[:1] in ("\t", "\r") else safe


def _answers(importeur: Importeur, goed: Goed, *, numbers: bool) -> list[Sequence[Any]]:
    """The answers to each vraag in the order of the vragenlijst, without kinds of blank where only `numbers` count."""
    columns: list[Sequence[Any]] = []
    for vraag in importeur.lijst.vragen:
        column = goed.antwoorden.get(vraag.id, [None] * len(goed.nummers))
        if numbers and not set(map(type, column)) <= {int, type(None)}:
            column = [a if type(a) is int else None for a in column]
        columns.append(column)
    return columns


def _is_empty(cel: str) -> bool:
    return cel.strip().casefold() in EMPTY


def _numbers(counts: Mapping[Antwoord, int]) -> dict[int, int]:
    return {a: n for a, n in counts.items() if type(a) is int}


def _extra(koppeling: Koppelbestand | None, vraag: str) -> dict[str, Antwoord]:
    if koppeling is None:
        return {}
    blank = {w: None if soort == "leeg" else soort for w, soort in koppeling.niet_beantwoord.items()}
    said: dict[str, Antwoord] = {**koppeling.waarden, **blank}
    own = koppeling.eigen_waarden.get(vraag, {})
    return {plain_word(w): a for part in (said, own) for w, a in part.items()}


def _with_training(lijst: Any, openen: Iterable[Doel], zonder: Iterable[Doel]) -> bool:
    """Whether the table has a column of those who do the training, of a vraag that has words for both."""
    both = {v.id for v in lijst.open_vragen if v.zonder_training} | {d.id for d in zonder}
    return any(d.training and d.id in both for d in openen)


def _moments(lijst: Any) -> dict[str, str]:
    return {plain_id(name): m.id for m in lijst.meetmomenten for name in (m.naam, m.id)}


def _one_of(names: Mapping[str, str]) -> Leesbaar:
    return lambda cel: "" if _is_empty(cel) else names.get(plain_id(cel))


def _taal_of(talen: list[str]) -> Leesbaar:
    """A language as LimeSurvey names it too: 'nl-informal' is nl."""

    def read(cel: str) -> str | None:
        word = plain_word(cel).replace("_", "-")
        return next((t for t in (word, word.partition("-")[0]) if t in talen), None) if word else ""

    return read

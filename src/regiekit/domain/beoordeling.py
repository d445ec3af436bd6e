"""One afname through all rules: scores, notes, level and advice; and several of one client side by side."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.advies import Advies, Bronnen, Situatie, advise, cellen_of, situatie_of
from regiekit.domain.getal import number
from regiekit.domain.niveau import (
    Niveau,
    decide_niveau,
    in_lowest_third,
    read_waarneming,
    score_niveau,
)
from regiekit.domain.uitslag import Uitslag, score
from regiekit.domain.vergelijking import Verschil, compare, maat_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from regiekit.domain.referentie import Referentie
    from regiekit.domain.stuurmatrix import Banden, Stuurmatrix
    from regiekit.domain.vragenlijst import Vragenlijst

REGIE_SCHAAL, RUIMTE_SCHAAL, STEUN_SCHAAL = "eigen-regie", "autonomie", "verbondenheid"
SCHAALVRAGEN = "schaalvragen"  # the vragenlijst of two vragen that are asked in a gesprek

OPMERKINGEN = {
    "niet-gevalideerd": "Deze vragenlijst is niet gevalideerd en heeft geen normen. De cijfers zijn bedoeld voor het "
    "gesprek, niet als oordeel.",
    "aanname-schaal": "De schaal van {min} tot en met {max} is een aanname van regiekit; de bron noemt er geen.",
    "vertaling": "Ingevuld in de taal '{taal}'. Die woorden zijn nog minder getest dan de Nederlandse.",
    "taal-verschilt": "Niet alles is in dezelfde taal ingevuld: een verschil kan ook van de woorden komen.",
    "rechte-lijn": "Alle {aantal} antwoorden zijn {antwoord}. Vraag of de vragen duidelijk waren; trek hier niets uit.",
    "botsing": "{naam}: de gewone en de omgekeerde vragen spreken elkaar tegen. Vraag wat de cliënt bedoelde.{zonder}",
    "te-weinig": "{naam}: geen score, want {reden}.",
    "volgorde": "De datums en de meetmomenten lopen niet gelijk op; de datums zijn aangehouden. Kijk ze na.",
    "volgorde-onbekend": "Niet elk bestand heeft een datum of een meetmoment: de volgorde is die waarin jij ze gaf.",
    "zelfde-moment": "Van twee of meer afnames is niet te zien welke eerst was: geef elk een eigen datum of "
    "meetmoment.",
}
GEEN_VOLGORDE = "het is niet te zien welke afname de eerste of de laatste was"


class Ingevuld(NamedTuple):
    """A checked afname with its vragenlijst; `antwoorden` holds whole numbers, None for every kind of blank.

    `overgeslagen` keeps which kind of blank it was, where the client said so.
    """

    bestand: str
    vragenlijst: Any
    hash: str
    client: str | None
    meetmoment: str | None
    datum: date | None
    antwoorden: dict[str, int | None]
    open: dict[str, str | None]
    taal: str = "nl"
    training: bool = True
    overgeslagen: Mapping[str, str] = MappingProxyType({})


class Opmerking(NamedTuple):
    """Something the coach has to know beside the numbers."""

    code: str
    tekst: str


class Beoordeling(NamedTuple):
    """One afname with all that follows from it; no level and no advice where nothing says anything about regie."""

    afname: Ingevuld
    uitslag: Uitslag
    niveau: Niveau | None
    advies: Advies | None
    opmerkingen: tuple[Opmerking, ...]


def assess(afname: Ingevuld, matrix: Stuurmatrix, bronnen: Bronnen) -> Beoordeling:
    """Score one afname and say what follows from it."""
    uitslag = score(afname.vragenlijst, afname.antwoorden)
    regie = next((s for s in uitslag.schalen if s.id == REGIE_SCHAAL), None)
    niveau = advies = None
    if regie is not None or any(bronnen):
        waarneming = read_waarneming(cellen_of(matrix), bronnen.sturing, bronnen.waarneming)
        niveau = decide_niveau(score_niveau(uitslag.schaal(REGIE_SCHAAL)), bronnen.inschatting, waarneming)
        advies = advise(matrix, niveau, situatie_with(bronnen, uitslag))
    return Beoordeling(afname, uitslag, niveau, advies, tuple(notes_of(afname, uitslag, advies)))


def situatie_with(bronnen: Bronnen, uitslag: Uitslag) -> Situatie:
    """What the safety rules look at: what the coach ticks, and low scores on room and support."""
    return situatie_of(
        bronnen,
        weinig_ruimte=in_lowest_third(uitslag.schaal(RUIMTE_SCHAAL)),
        weinig_steun=in_lowest_third(uitslag.schaal(STEUN_SCHAAL)),
    )


def notes_of(afname: Ingevuld, uitslag: Uitslag, advies: Advies | None) -> Iterator[Opmerking]:
    """What the coach has to know beside the numbers of one afname, and with its advice."""
    yield from notes_of_lijst(afname.vragenlijst)
    if afname.taal != "nl":
        yield Opmerking("vertaling", OPMERKINGEN["vertaling"].format(taal=afname.taal))
    if uitslag.rechte_lijn is not None:
        given = sum(a is not None for a in afname.antwoorden.values())
        yield Opmerking("rechte-lijn", OPMERKINGEN["rechte-lijn"].format(aantal=given, antwoord=uitslag.rechte_lijn))
    for schaal in uitslag.schalen:
        if schaal.botsing:
            other = schaal.zonder_omgekeerd
            rest = f" Zonder de {schaal.omgekeerd} omgekeerde is de score {number(other or 0)}."
            zonder = rest if other is not None else ""
            yield Opmerking("botsing", OPMERKINGEN["botsing"].format(naam=schaal.naam, zonder=zonder))
        if schaal.reden:
            yield Opmerking("te-weinig", OPMERKINGEN["te-weinig"].format(naam=schaal.naam, reden=schaal.reden))
    for note in advies.let_op if advies else ():
        yield Opmerking(note.code, note.tekst)


def notes_of_lijst(lijst: Any) -> Iterator[Opmerking]:
    """What holds for every number that comes from this vragenlijst, of one client or of a group."""
    yield Opmerking("niet-gevalideerd", OPMERKINGEN["niet-gevalideerd"])
    scales = [lijst.antwoordschaal, *(v.antwoordschaal for v in lijst.vragen if v.antwoordschaal)]
    for low, high in sorted({(s.min, s.max) for s in scales if s.aanname}):
        yield Opmerking("aanname-schaal", OPMERKINGEN["aanname-schaal"].format(min=low, max=high))


def in_time(afnames: Sequence[Ingevuld]) -> list[Ingevuld]:
    """By date when all have one and on one day by meetmoment, else by meetmoment when all have one, else as given.

    What then still has no order stays as given; `order_notes` says so.
    """
    if all(a.datum for a in afnames):
        return sorted(afnames, key=lambda a: (a.datum, _moment(a)))
    if all(a.meetmoment for a in afnames):
        return sorted(afnames, key=_moment)
    return list(afnames)


def _moment(afname: Ingevuld) -> int:
    """The place of the meetmoment in its vragenlijst; -1 without one."""
    moments = [m.id for m in afname.vragenlijst.meetmomenten]
    return moments.index(afname.meetmoment) if afname.meetmoment else -1


def _has_order(one: Ingevuld, other: Ingevuld) -> bool:
    """Whether something says which of two came first."""
    if one.datum and other.datum and one.datum != other.datum:
        return True
    return bool(one.meetmoment and other.meetmoment and one.meetmoment != other.meetmoment)


def order_notes(afnames: Sequence[Ingevuld]) -> tuple[Opmerking, ...]:
    """What the coach must know of several side by side: an order that is not known, or in which dates and meetmomenten
    do not run together, and more languages than one."""
    moments = [_moment(a) for a in afnames if a.meetmoment]
    unknown = _as_given(afnames)
    same = not unknown and not all(_has_order(one, other) for one, other in pairwise(afnames))
    told = {
        "volgorde-onbekend": ("volgorde-onbekend", unknown),
        "zelfde-moment": ("volgorde-onbekend", same),
        "volgorde": ("volgorde", not unknown and moments != sorted(moments)),
        "taal-verschilt": ("taal-verschilt", len({a.taal for a in afnames}) > 1),
    }
    return tuple(Opmerking(code, OPMERKINGEN[name]) for name, (code, holds) in told.items() if holds)


def _as_given(afnames: Sequence[Ingevuld]) -> bool:
    """Whether the order is only that in which the coach gave them."""
    return not all(a.datum for a in afnames) and not all(a.meetmoment for a in afnames)


def compare_all(
    afnames: Sequence[Ingevuld], banden: Banden, referentie: Referentie | None = None
) -> tuple[Verschil, ...]:
    """Every schaal, first against last of afnames in order of time, all of the same vragenlijst.

    Nothing is concluded where two of one day could both be the first, or the last (ontwerp 4: first against last).
    """
    eerste, laatste = afnames[0], afnames[-1]
    lijst: Vragenlijst = eerste.vragenlijst
    found = tuple(
        compare(lijst, s, eerste.antwoorden, laatste.antwoorden, banden, maat_of(referentie, lijst, eerste.hash, s.id))
        for s in lijst.schalen
    )
    known = all(_has_order(eerste, a) for a in afnames[1:]) and all(_has_order(a, laatste) for a in afnames[:-1])
    if known or _as_given(afnames):
        return found
    return tuple(
        v._replace(
            van=None, naar=None, verschil=None, band=None, conclusie=None, opmerking=GEEN_VOLGORDE, band_bron=None
        )
        for v in found
    )


def for_advies(afnames: Sequence[Ingevuld]) -> list[Ingevuld]:
    """The afnames that say something about regie; without any, those of a vragenlijst that measures something."""
    regie = [a for a in afnames if any(s.id == REGIE_SCHAAL for s in a.vragenlijst.schalen)]
    return regie or [a for a in afnames if a.vragenlijst.doel == "meting"]


def last_run(afnames: Sequence[Ingevuld]) -> list[Ingevuld]:
    """The last afname, with those before it of exactly the same vragenlijst; another version ends the run."""
    if not afnames:
        return []
    last = afnames[-1]
    run: list[Ingevuld] = []
    for afname in reversed([a for a in afnames if a.vragenlijst.id == last.vragenlijst.id]):
        if afname.hash != last.hash:
            break
        run.insert(0, afname)
    return run

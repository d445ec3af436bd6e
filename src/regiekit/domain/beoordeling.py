"""One afname through all rules: scores, notes, level and advice; and several of one client side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.advies import Advies, Situatie, advise, cellen_of
from regiekit.domain.niveau import (
    Niveau,
    Regie,
    Sturing,
    Waarnemingswoord,
    decide_niveau,
    in_lowest_third,
    read_waarneming,
    score_niveau,
)
from regiekit.domain.uitslag import Uitslag, score
from regiekit.domain.vergelijking import Verschil, compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from regiekit.domain.stuurmatrix import Banden, Stuurmatrix
    from regiekit.domain.vragenlijst import Vragenlijst

REGIE_SCHAAL, RUIMTE_SCHAAL, STEUN_SCHAAL = "eigen-regie", "autonomie", "verbondenheid"

OPMERKINGEN = {
    "niet-gevalideerd": "Deze vragenlijst is niet gevalideerd en heeft geen normen. De cijfers zijn bedoeld voor het "
    "gesprek, niet als oordeel.",
    "aanname-schaal": "De schaal van {min} tot en met {max} is een aanname van regiekit; de bron noemt er geen.",
    "rechte-lijn": "Alle {aantal} antwoorden zijn {antwoord}. Vraag of de vragen duidelijk waren; trek hier niets uit.",
    "botsing": "{naam}: de gewone en de omgekeerde vragen spreken elkaar tegen. Vraag wat de cliënt bedoelde.{zonder}",
    "te-weinig": "{naam}: geen score, want {reden}.",
    "zonder-client": "Er staat geen cliëntcode in dit bestand.",
    "volgorde": "De datums en de meetmomenten staan niet in dezelfde volgorde; de datums zijn aangehouden.",
}


class Ingevuld(NamedTuple):
    """A checked afname with its vragenlijst; `antwoorden` holds whole numbers, None for every kind of blank."""

    bestand: str
    vragenlijst: Any
    hash: str
    client: str | None
    meetmoment: str | None
    datum: date | None
    antwoorden: dict[str, int | None]
    open: dict[str, str | None]


class Bronnen(NamedTuple):
    """What the coach adds to the scores."""

    inschatting: Regie | None = None
    sturing: Sturing | None = None
    waarneming: Waarnemingswoord | None = None
    crisis: bool = False
    rouw: bool = False
    rouw_uitslag: str | None = None
    belast: bool = False


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
    if regie is not None or bronnen.inschatting or bronnen.crisis:
        waarneming = read_waarneming(cellen_of(matrix), bronnen.sturing, bronnen.waarneming)
        niveau = decide_niveau(score_niveau(uitslag.schaal(REGIE_SCHAAL)), bronnen.inschatting, waarneming)
        advies = advise(matrix, niveau, situatie_of(bronnen, uitslag))
    return Beoordeling(afname, uitslag, niveau, advies, tuple(_notes(afname, uitslag, advies)))


def situatie_of(bronnen: Bronnen, uitslag: Uitslag | None = None) -> Situatie:
    """What the safety rules look at: what the coach ticks, and low scores on room and support."""
    return Situatie(
        crisis=bronnen.crisis,
        rouw=bronnen.rouw,
        rouw_uitslag=bronnen.rouw_uitslag,
        belast=bronnen.belast,
        weinig_ruimte=uitslag is not None and in_lowest_third(uitslag.schaal(RUIMTE_SCHAAL)),
        weinig_steun=uitslag is not None and in_lowest_third(uitslag.schaal(STEUN_SCHAAL)),
        sturing_nu=bronnen.sturing,
    )


def _notes(afname: Ingevuld, uitslag: Uitslag, advies: Advies | None) -> Iterator[Opmerking]:
    yield Opmerking("niet-gevalideerd", OPMERKINGEN["niet-gevalideerd"])
    ends = afname.vragenlijst.antwoordschaal
    if ends.aanname:
        yield Opmerking("aanname-schaal", OPMERKINGEN["aanname-schaal"].format(min=ends.min, max=ends.max))
    if uitslag.rechte_lijn is not None:
        given = sum(a is not None for a in afname.antwoorden.values())
        yield Opmerking("rechte-lijn", OPMERKINGEN["rechte-lijn"].format(aantal=given, antwoord=uitslag.rechte_lijn))
    for schaal in uitslag.schalen:
        if schaal.botsing:
            other = schaal.zonder_omgekeerd
            zonder = f" Zonder de omgekeerde vragen is de score {number(other)}." if other is not None else ""
            yield Opmerking("botsing", OPMERKINGEN["botsing"].format(naam=schaal.naam, zonder=zonder))
        if schaal.reden:
            yield Opmerking("te-weinig", OPMERKINGEN["te-weinig"].format(naam=schaal.naam, reden=schaal.reden))
    for note in advies.let_op if advies else ():
        yield Opmerking(note.code, note.tekst)


def number(value: float) -> str:
    """A score as it is read: two decimals at most, a decimal comma, '2,8' and '3,25'."""
    text = f"{value:.2f}".rstrip("0")
    return (text + "0" if text.endswith(".") else text).replace(".", ",")


def in_time(afnames: Sequence[Ingevuld]) -> list[Ingevuld]:
    """By date when all have one, else by the order of the meetmomenten when all have one, else as given."""
    if all(a.datum for a in afnames):
        return sorted(afnames, key=lambda a: a.datum)  # type: ignore[arg-type, return-value]
    if all(a.meetmoment for a in afnames):
        return sorted(afnames, key=_moment)
    return list(afnames)


def _moment(afname: Ingevuld) -> int:
    return [m.id for m in afname.vragenlijst.meetmomenten].index(afname.meetmoment)


def dates_contradict(afnames: Sequence[Ingevuld]) -> bool:
    """Whether afnames in time order do not run from start to einde."""
    moments = [_moment(a) for a in afnames if a.meetmoment]
    return moments != sorted(moments)


def compare_all(eerste: Ingevuld, laatste: Ingevuld, banden: Banden) -> tuple[Verschil, ...]:
    """Every schaal, first against last; both must be of the same vragenlijst."""
    lijst: Vragenlijst = eerste.vragenlijst
    return tuple(compare(lijst, s, eerste.antwoorden, laatste.antwoorden, banden) for s in lijst.schalen)

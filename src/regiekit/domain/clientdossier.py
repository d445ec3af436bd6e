"""The dossier of one client as a value, and what follows from it: what holds now, what is still open, what is due."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from regiekit.domain.voorbereiding import rapportage_na

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regiekit.domain.aantekening import Aantekening, Besluit, Traject

VERZONNEN = "VERZONNEN: dit is een demonstratie, en alles hierin is verzonnen."  # on every screen and page of one
JAREN = 2  # that a dossier is kept after the end of a traject, when nothing else is said (praktijk 3.1)

Puntsoort = Literal["afspraak", "actie", "inoculatie"]


class Punt(NamedTuple):
    """Something agreed, or chosen to try. `nummer` is that of its aantekening and its place in it, as in '12.1'.

    An opvolging names it by `van` (the first of a row of corrections) and by its words, so that a correction that
    changes the words leaves it open.
    """

    nummer: str
    van: int
    soort: Puntsoort
    wat: str
    wie: str | None
    wanneer: str | None
    sinds: date


class Bewaren(NamedTuple):
    """Until which day a dossier is kept (None while the traject runs), and why when that is longer."""

    tot: date | None
    reden: str | None


class Clientdossier(NamedTuple):
    """Everything under one code. `aantekeningen` are in order of day and, on one day, of the first nummer of their row
    of corrections; replaced ones too.

    `vragenlijsten` holds, by hash, each vragenlijst of an afname as it was then, as plain values.
    """

    code: str
    aantekeningen: tuple[Aantekening, ...]
    vragenlijsten: Mapping[str, Any]
    verzonnen: bool = False

    def of(self, *soorten: str) -> list[Aantekening]:
        """The aantekeningen of these soorten that hold: not replaced by a later one."""
        return [a for a in self.aantekeningen if a.vervangen_door is None and a.soort in soorten]

    def last(self, soort: str) -> Aantekening | None:
        """The last one of a soort that holds."""
        return next(reversed(self.of(soort)), None)

    @property
    def traject(self) -> Traject:
        """The data of the traject; every dossier has them from its first moment."""
        found = self.last("traject")
        assert found is not None
        return found.inhoud  # type: ignore[no-any-return]

    @property
    def einde(self) -> date | None:
        """The day the traject ended, None while it runs. Opening it again replaces the sluiting by one that says so."""
        ended = [a.datum for a in self.of("sluiting") if not a.inhoud.heropend]
        return ended[-1] if ended else None


def up_to(dossier: Clientdossier, day: date) -> Clientdossier:
    """The same with what is of this day or earlier, and with the traject."""
    kept = (a for a in dossier.aantekeningen if a.datum <= day or a.soort == "traject")
    return dossier._replace(aantekeningen=tuple(kept))


def bewaren(dossier: Clientdossier) -> Bewaren:
    """Until when this dossier is kept: two years after the end of the traject, or longer with a reason."""
    longer = dossier.last("bewaartermijn")
    if dossier.einde is None:
        return Bewaren(None, None)
    usual = years_later(dossier.einde, JAREN)
    if longer and longer.inhoud.tot > usual:  # what was longer can be shorter when the traject ended later
        return Bewaren(longer.inhoud.tot, longer.inhoud.reden)
    return Bewaren(usual, None)


def years_later(day: date, years: int) -> date:
    """The same day so many years later, within the calendar; 28 February for a leap day."""
    year = min(max(day.year + years, MINYEAR), MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def rapportage_due(traject: Traject) -> date:
    """The day of the next rapportage: so many weeks after the last one, or after the begin."""
    due = rapportage_na(traject.laatste_rapportage or traject.begin, traject.rapportage_weken)
    assert due is not None
    return due


AL_GERAPPORTEERD = (
    "Is er al gerapporteerd? Zet die dag erin: regiekit dossier traject {code} --laatste-rapportage JJJJ-MM-DD"
)


def is_rapportage_unknown(rapportage: date | None, laatste: date | None, vandaag: date) -> bool:
    """Whether the first rapportage seems late only because nobody said that it was given: after a week that is more
    likely than that it was forgotten."""
    return laatste is None and rapportage is not None and rapportage + timedelta(weeks=1) < vandaag


def next_gesprek(dossier: Clientdossier) -> date | None:
    """The day that was agreed in the last talk."""
    last = dossier.last("gesprek")
    return last.inhoud.volgende if last else None


def besluit_of(dossier: Clientdossier) -> tuple[Besluit, date] | None:
    """The last besluit of the coach with its day."""
    last = dossier.last("besluit")
    return (last.inhoud, last.datum) if last else None


def afname_of_day(dossier: Clientdossier, datum: date, vragenlijst: str) -> Aantekening | None:
    """The afname of this vragenlijst and this day that holds; there is at most one."""
    return next((a for a in dossier.of("afname") if (a.datum, a.inhoud.vragenlijst) == (datum, vragenlijst)), None)


def find_punten(dossier: Clientdossier) -> list[Punt]:
    """Everything that was agreed or chosen to try, in order of day."""
    return [punt for a in dossier.of("gesprek", "inoculatie") for punt in punten_in(a)]


def open_punten(dossier: Clientdossier) -> list[Punt]:
    """What was agreed or chosen to try and nobody came back to: it stays until there is an opvolging."""
    done = {(a.inhoud.van, a.inhoud.wat) for a in dossier.of("opvolging")}
    return [punt for punt in find_punten(dossier) if (punt.van, punt.wat) not in done]


def number_of(dossier: Clientdossier, van: int, wat: str) -> str:
    """The number that a punt has now, by what an opvolging says of it: a correction gives it another.

    Where the words were changed since it is the number of the aantekening, and once that is gone the number of then.
    """
    known = {(punt.van, punt.wat): punt.nummer for punt in find_punten(dossier)}
    held = (str(a.nummer) for a in dossier.of("gesprek", "inoculatie") if a.eerste == van)
    return known.get((van, wat)) or next(held, str(van))


def punten_in(aantekening: Aantekening) -> Iterator[Punt]:
    """What was agreed in one talk, or chosen in one inoculatie."""
    for place, (soort, wat, wie, wanneer) in enumerate(_parts(aantekening), 1):
        yield Punt(f"{aantekening.nummer}.{place}", aantekening.eerste, soort, wat, wie, wanneer, aantekening.datum)


def _parts(aantekening: Aantekening) -> Iterator[tuple[Puntsoort, str, str | None, str | None]]:
    inhoud = aantekening.inhoud
    if aantekening.soort == "inoculatie":
        if inhoud.actie:
            yield "inoculatie", inhoud.actie, None, inhoud.wanneer and inhoud.wanneer.isoformat()
        return
    yield from (("afspraak", a.wat, a.wie, a.wanneer) for a in inhoud.afspraken)
    yield from (("actie", text, None, None) for text in inhoud.client_doet)

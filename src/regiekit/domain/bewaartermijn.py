"""Which dossiers have been kept long enough, or will have been soon, and which need the question whether they run."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Literal, NamedTuple

from regiekit.domain.clientdossier import JAREN, bewaren, years_later

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from regiekit.domain.clientdossier import Clientdossier

MAANDEN_VOORUIT = 3

Termijnsoort = Literal["voorbij", "binnenkort", "stil", "later", "loopt"]


class Termijn(NamedTuple):
    """How long the dossier of one client is kept: up to and with `tot`, None while the traject runs.

    `soort` is voorbij (that day has passed), binnenkort (within three months), stil (no end, and nothing about a day in
    the last two years), later or loopt. `laatste` is the last day that something is about.
    """

    code: str
    soort: Termijnsoort
    tot: date | None
    reden: str | None
    laatste: date


def termijn_of(dossier: Clientdossier, vandaag: date) -> Termijn:
    """The term of one dossier, as it is on this day."""
    tot, reden = bewaren(dossier)
    laatste = max(a.datum for a in dossier.aantekeningen)
    return Termijn(dossier.code, _soort(tot, laatste, vandaag), tot, reden, laatste)


def _soort(tot: date | None, laatste: date, vandaag: date) -> Termijnsoort:
    if tot is None:
        return "stil" if years_later(laatste, JAREN) <= vandaag else "loopt"
    if tot < vandaag:
        return "voorbij"
    return "binnenkort" if tot <= months_later(vandaag, MAANDEN_VOORUIT) else "later"


def due(dossiers: Iterable[Clientdossier], vandaag: date) -> list[Termijn]:
    """What asks for attention on this day: what may go, then what soon may, then the silent ones; oldest first."""
    order = ("voorbij", "binnenkort", "stil")
    found = [t for t in (termijn_of(d, vandaag) for d in dossiers) if t.soort in order]
    return sorted(found, key=lambda t: (order.index(t.soort), t.tot or t.laatste, t.code))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))

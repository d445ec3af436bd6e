"""What goes on the page before a talk: what the coach gives, and when the next report is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

WEKEN = 6  # between two reports, when nothing else was agreed: the rhythm of evaluating the Plan van Aanpak


class Gegevens(NamedTuple):
    """What the coach types for this talk; None and empty are 'nog niet ingevuld'."""

    client: str | None = None
    datum: date | None = None
    doel: str | None = None
    afspraken: tuple[str, ...] = ()
    acties: tuple[str, ...] = ()
    rapportage: date | None = None
    laatste_rapportage: date | None = None
    weken: int = WEKEN


class Rapportage(NamedTuple):
    """The next report: its date when known, whether it was worked out, the days from the talk until then.

    `voor_de_vorige`: it is not after the last report, so one of the two dates is wrong.
    """

    datum: date | None
    berekend: bool
    dagen: int | None
    voor_de_vorige: bool = False


def next_rapportage(gegevens: Gegevens) -> Rapportage:
    """The date as given, else so many weeks after the last report. No clock: days count from the date of the talk."""
    worked_out = gegevens.rapportage is None and gegevens.laatste_rapportage is not None
    day = gegevens.rapportage
    if worked_out and gegevens.laatste_rapportage:
        day = gegevens.laatste_rapportage + timedelta(weeks=gegevens.weken)
    wrong = bool(day and gegevens.laatste_rapportage and day <= gegevens.laatste_rapportage)
    return Rapportage(day, worked_out, (day - gegevens.datum).days if day and gegevens.datum else None, wrong)

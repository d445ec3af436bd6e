"""What goes on the page before a gesprek: what the coach gives, and when the next rapportage is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from regiekit.domain.niveau import Regie, Sturing

WEKEN = 6  # between two rapportages, when nothing else was agreed: the rhythm of evaluating the Plan van Aanpak


class Vorige(NamedTuple):
    """The last talk: its day, how the coach steered, and the technieken by name."""

    datum: date
    sturing: Sturing | None
    technieken: tuple[str, ...]


class Gegevens(NamedTuple):
    """What is known for this talk, typed by the coach or from the dossier; None and empty are 'nog niet ingevuld'.

    `begin` is the day the traject began, `afgesloten` the day it ended. `besluit_toen` is what the sources gave when
    the coach took the besluit that the dossier keeps.
    """

    client: str | None = None
    datum: date | None = None
    doelen: tuple[str, ...] = ()
    afspraken: tuple[str, ...] = ()
    acties: tuple[str, ...] = ()
    rapportage: date | None = None
    laatste_rapportage: date | None = None
    weken: int = WEKEN
    begin: date | None = None
    afgesloten: date | None = None
    keuzes: tuple[str, ...] = ()
    vorige: Vorige | None = None
    besluit_toen: tuple[Regie, ...] = ()
    uit_dossier: bool = False
    verzonnen: bool = False


class Rapportage(NamedTuple):
    """The next rapportage: its date when known, whether it was worked out, the days from the gesprek until then.

    `voor_de_vorige`: it is not after the last one, so one of the two dates is wrong.
    """

    datum: date | None
    berekend: bool
    dagen: int | None
    voor_de_vorige: bool = False


def rapportage_na(sinds: date | None, weken: int) -> date | None:
    """The day of the next rapportage: so many weeks after the last one, or after the begin; within the calendar.

    None without either."""
    return sinds + min(timedelta(weeks=weken), date.max - sinds) if sinds else None


def next_rapportage(gegevens: Gegevens) -> Rapportage:
    """The date as given, else that of `rapportage_na`.

    No clock: days count from the date of the talk. After the end of the traject there is none.
    """
    if gegevens.afgesloten and gegevens.rapportage is None:
        return Rapportage(None, False, None)
    due = rapportage_na(gegevens.laatste_rapportage or gegevens.begin, gegevens.weken)
    worked_out = gegevens.rapportage is None and due is not None
    day = gegevens.rapportage or due
    wrong = bool(day and gegevens.laatste_rapportage and day <= gegevens.laatste_rapportage)
    return Rapportage(day, worked_out, (day - gegevens.datum).days if day and gegevens.datum else None, wrong)

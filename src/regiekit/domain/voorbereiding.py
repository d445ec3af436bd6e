"""What goes on the page before a talk: what the coach gives, and when the next report is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from regiekit.domain.niveau import Regie, Sturing

WEKEN = 6  # between two reports, when nothing else was agreed: the rhythm of evaluating the Plan van Aanpak


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
    """The next report: its date when known, whether it was worked out, the days from the talk until then.

    `voor_de_vorige`: it is not after the last report, so one of the two dates is wrong.
    """

    datum: date | None
    berekend: bool
    dagen: int | None
    voor_de_vorige: bool = False


def next_rapportage(gegevens: Gegevens) -> Rapportage:
    """The date as given, else so many weeks after the last report, or after the begin when there was none yet.

    No clock: days count from the date of the talk. After the end of the traject there is none.
    """
    if gegevens.afgesloten and gegevens.rapportage is None:
        return Rapportage(None, False, None)
    since = gegevens.laatste_rapportage or gegevens.begin
    worked_out = gegevens.rapportage is None and since is not None
    day = gegevens.rapportage
    if worked_out and since:
        day = since + timedelta(weeks=gegevens.weken)
    wrong = bool(day and gegevens.laatste_rapportage and day <= gegevens.laatste_rapportage)
    return Rapportage(day, worked_out, (day - gegevens.datum).days if day and gegevens.datum else None, wrong)

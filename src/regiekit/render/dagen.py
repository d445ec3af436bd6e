"""Days, moments and the day of a punt as they are read: everything that is shown says them through here."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from regiekit.domain.dagen import DAGEN, MAANDEN, datum_text

if TYPE_CHECKING:
    from regiekit.domain.aantekening import Afspraak
    from regiekit.domain.clientdossier import Punt
    from regiekit.domain.verslag import Afspraakregel, Opgevolgd


def short_date(day: date) -> str:
    """'zo 15-02-2026': the day of the week shows what falls in a weekend."""
    return f"{DAGEN[day.weekday()][:2]} {in_digits(day)}"


def in_digits(day: date) -> str:
    """'15-02-2026', in a column."""
    return f"{day:%d-%m-%Y}"


def short_month(day: date) -> str:
    """'mrt 2026', where there is little room."""
    name = MAANDEN[day.month - 1]
    return f"{'mrt' if name == 'maart' else name[:3]} {day.year}"


def short_day(day: date) -> str:
    """'2 mrt 2026', where there is little room."""
    return f"{day.day} {short_month(day)}"


def day_of_moment(moment: str) -> date:
    """The day of a stored moment (ISO, UTC), where the coach is."""
    return _local(moment).date()


def moment_text(moment: str) -> str:
    """'2 maart 2026 om 10:15': a stored moment (ISO, UTC) in the time of this computer."""
    return f"{datum_text(_local(moment).date())} om {_local(moment):%H:%M}"


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone()


def day_in_words(given: str | None) -> str | None:
    """A day that is kept as text as it is read; other words as they are."""
    try:
        return datum_text(date.fromisoformat(given)) if given else None
    except ValueError:
        return given


def wie_en_wanneer(punt: Punt | Opgevolgd | Afspraak | Afspraakregel) -> str:
    """'de cliënt, 3 december 2026'; '' when neither is known."""
    return ", ".join(filter(None, (punt.wie, day_in_words(punt.wanneer))))


def punt_text(punt: Punt | Afspraak) -> str:
    """'Cv maken (de cliënt, 3 december 2026)'."""
    beside = wie_en_wanneer(punt)
    return f"{punt.wat} ({beside})" if beside else punt.wat

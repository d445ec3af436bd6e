"""A day in words; errors say one too, so this knows nothing but the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


EERSTE_JAAR, LAATSTE_JAAR = 1900, 2100  # of a day in a dossier; outside it is a slip


def datum_text(day: date) -> str:
    """'2 maart 2026'."""
    return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"


def whole_date(day: date) -> str:
    """'donderdag 12 maart 2026', to say a day back so that a slip is seen."""
    return f"{DAGEN[day.weekday()]} {datum_text(day)}"

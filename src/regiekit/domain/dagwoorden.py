"""A day as a coach types it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from regiekit.domain.dagen import DAGEN, MAANDEN, whole_date
from regiekit.errors import RegiekitError, shorten

ZO = "2026-03-12, 12-3, 12 maart, dinsdag of over 2 weken"
FIRST_YEAR, LAST_YEAR = 2000, 2100

_MONTHS = {form: n for n, m in enumerate(MAANDEN, 1) for form in (m, m[:3])} | {"mrt": 3, "sept": 9}
_COUNT = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
          "tien": 10}  # fmt: skip
_SOON = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
_ISO = re.compile(r"(?P<j>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_NUMERIC = re.compile(r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<j>\d{4})")
_SHORT = re.compile(r"(?P<d>\d{1,2})[-/](?P<m>\d{1,2})(?P<j>)")  # with a dot it could as well be a number
_WORDS = re.compile(rf"(?P<d>\d{{1,2}}) (?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?( (?P<j>\d{{4}}))?")
_LATER = re.compile(rf"over (?P<n>\d{{1,3}}|{'|'.join(_COUNT)}) (?P<wat>dag|dagen|week|weken)")
_WEEKDAY = re.compile(rf"(?P<dag>{'|'.join(DAGEN)}),? (?P<rest>.+)")


def read_dag(text: str, vanaf: date) -> date:
    """The day that was typed, on or after `vanaf`; without a year the first one from there on.

    Raises RegiekitError for what is no such day.
    """
    words = " ".join(text.lower().split())
    named = _WEEKDAY.fullmatch(words)
    try:
        found = _read(named["rest"] if named else words, vanaf)
    except OverflowError:  # after the last day of the calendar
        found = None
    if found is None:
        raise RegiekitError(f"'{shorten(text.strip())}' lees ik niet als dag; typ die zoals {ZO}")
    if named and DAGEN[found.weekday()] != named["dag"]:
        raise RegiekitError(f"dat is {whole_date(found)}, en geen {named['dag']}; kijk welke van de twee klopt")
    if found < vanaf:
        raise RegiekitError(f"{whole_date(found)} ligt voor {whole_date(vanaf)}; typ een latere dag")
    return found


def _read(words: str, vanaf: date) -> date | None:
    if words in _SOON:
        return vanaf + timedelta(days=_SOON[words])
    if later := _LATER.fullmatch(words):
        number = _COUNT.get(later["n"]) or int(later["n"])
        return vanaf + timedelta(days=number * (7 if later["wat"].startswith("we") else 1))
    if words in DAGEN:  # the next one: on a Tuesday 'dinsdag' is a week later
        return vanaf + timedelta(days=(DAGEN.index(words) - vanaf.weekday() - 1) % 7 + 1)
    for form in (_ISO, _NUMERIC, _SHORT, _WORDS):
        if match := form.fullmatch(words):
            month = _MONTHS.get(match["m"]) or int(match["m"])
            years = (int(match["j"]),) if match["j"] else range(vanaf.year, vanaf.year + 9)
            days = (_day(year, month, int(match["d"])) for year in years)
            return next((day for day in days if day and (match["j"] or day >= vanaf)), None)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None

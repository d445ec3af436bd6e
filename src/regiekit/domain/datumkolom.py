"""Dates in a column of a table. What 3/4/2026 means is decided over the whole column, or not at all."""

from __future__ import annotations

import re
from datetime import date

from regiekit.domain.antwoordwoorden import EMPTY

DAG_MAAND, MAAND_DAG = "dag-maand", "maand-dag"
FIRST_YEAR, LAST_YEAR = 2000, 2100
MAX_KNOWN = 5_000  # days that are remembered
# What LimeSurvey writes when it was told not to keep the time.
_NOT_KEPT = date(1980, 1, 1)

_LONGEST = len("jjjj-mm-dd") + 1  # of a date, with what stands behind it

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?=[T ,]|$)")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?=[T ,]|$)")


class Datumkolom:
    """Reads one column; what it reads is right once the column is `settled`: when all of it was seen.

    With dashes or dots the day comes first, as in Dutch; with slashes the column itself must show it. A column that
    contradicts itself is read as empty: a program may have swapped day and month in the dates that look right.
    """

    def __init__(self, volgorde: str | None = None) -> None:
        """`volgorde` is DAG_MAAND or MAAND_DAG when a koppelbestand says how all dates with the year last are meant."""
        self.volgorde = volgorde
        self.settled = volgorde is not None
        self.tegenspraak = False
        self.iso = self.dashes = self.slashes = self.only_day_first = self.only_month_first = False
        self.known: dict[str, str | None] = {}

    def settle(self) -> bool:
        """Decide by what was seen: a number above twelve can be no month. Gives whether reading again tells more."""
        if self.settled:
            return False
        self.settled = True
        both = self.only_day_first and self.only_month_first
        mixed = self.iso and (self.dashes or self.slashes)
        self.tegenspraak = both or mixed or (self.dashes and self.only_month_first)
        if self.slashes and not self.tegenspraak and (self.only_day_first or self.only_month_first):
            self.volgorde = DAG_MAAND if self.only_day_first else MAAND_DAG
        self.known.clear()
        return self.tegenspraak or self.volgorde is not None

    @property
    def unsure(self) -> bool:
        """Whether there are dates that could mean two days, which are left empty."""
        return self.slashes and self.volgorde is None and not self.tegenspraak

    def read(self, cell: str) -> str | None:
        """The day as jjjj-mm-dd; '' for a cell without a date, or with one that could be two; None for no date."""
        cell = cell.strip()
        day = cell[:_LONGEST]
        if day not in self.known:
            if len(self.known) > MAX_KNOWN:
                self.known.clear()
            self.known[day] = self._read(cell)
        return self.known[day]

    def _read(self, cell: str) -> str | None:
        if cell.casefold() in EMPTY:
            return ""
        if match := _ISO.match(cell):
            found = _day(*map(int, match.groups()))
            self.iso |= bool(found)
            return "" if self.tegenspraak and found else found
        if match := _YEAR_LAST.match(cell):
            first, sign, second, year = match.groups()
            return self._year_last(int(first), int(second), int(year), slash=sign == "/")
        return None

    def _year_last(self, first: int, second: int, year: int, *, slash: bool) -> str | None:
        day_first, month_first = _day(year, second, first), _day(year, first, second)
        if day_first is None and month_first is None:
            return None
        if self.volgorde:
            return day_first if self.volgorde == DAG_MAAND else month_first
        if "" in (day_first, month_first):
            return ""
        self.slashes |= slash
        self.dashes |= not slash
        self.only_day_first |= month_first is None
        self.only_month_first |= day_first is None
        return "" if slash or self.tegenspraak or day_first is None else day_first


def _day(year: int, month: int, day: int) -> str | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    if made == _NOT_KEPT:
        return ""
    return made.isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None

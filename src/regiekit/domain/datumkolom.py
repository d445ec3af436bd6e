"""Dates in a column of a table. What 3/4/2026 means is decided over the whole column, or not at all."""

from __future__ import annotations

import re
from datetime import date

DAG_MAAND, MAAND_DAG = "dag-maand", "maand-dag"
MAX_KNOWN = 5_000  # days that are remembered
# What LimeSurvey writes when it was told not to keep the time.
_NOT_KEPT = date(1980, 1, 1)

_LONGEST = len("jjjj-mm-dd") + 1  # of a date, with what stands behind it

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?=[T ,]|$)")
_DUTCH = re.compile(r"([0-9]{1,2})[-.]([0-9]{1,2})[-.]([0-9]{4})(?=[T ,]|$)")
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})(?=[T ,]|$)")


class Datumkolom:
    """Reads one column. Dates with slashes are read only once the column is `settled`: when all of it was seen."""

    def __init__(self, volgorde: str | None = None) -> None:
        """`volgorde` is DAG_MAAND or MAAND_DAG when a koppelbestand says how dates with slashes are meant."""
        self.volgorde = volgorde
        self.settled = volgorde is not None
        self.slashes = self.above_first = self.above_second = False
        self.known: dict[str, str | None] = {}

    def settle(self) -> bool:
        """Decide by what was seen: a number above twelve can be no month. Gives whether reading again tells more."""
        if self.settled or not self.slashes:
            return False
        self.settled = True
        if self.above_first != self.above_second:
            self.volgorde = DAG_MAAND if self.above_first else MAAND_DAG
        self.known.clear()
        return self.volgorde is not None

    @property
    def unsure(self) -> bool:
        """Whether there are dates that could mean two days, which are left empty."""
        return self.slashes and self.volgorde is None

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
        if not cell:
            return ""
        if match := _ISO.match(cell):
            year, month, day = match.groups()
        elif match := _DUTCH.match(cell):
            day, month, year = match.groups()
        elif match := _SLASHES.match(cell):
            day, month, year = match.groups()
            self.slashes = True
            self.above_first |= int(day) > 12
            self.above_second |= int(month) > 12
            if self.volgorde is None:
                return ""
            if self.volgorde == MAAND_DAG:
                day, month = month, day
        else:
            return None
        return _iso(int(year), int(month), int(day))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        made = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return "" if made == _NOT_KEPT else made.isoformat()

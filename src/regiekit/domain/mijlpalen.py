"""Dates of the mijlpalen: weeks of sickness counted from the first sick day, with own dates in their place.

Day 1 is the first sick day, and week n ends on day 7n. Nothing else is counted: an interruption is an own date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.dagen import datum_text
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from regiekit.domain.mijlpaaltabel import Mijlpaal, Mijlpaaltabel

FIRST, LAST = date(1990, 1, 1), date(2200, 1, 1)
INDICATIEF = "Alle datums zijn indicatief: controleer ze bij de casemanager of bij UWV."
ONDERBREKING = (
    "Onderbrekingen, zoals een periode van herstel, rekent regiekit niet uit. Geef dan zelf een datum, "
    "met --datum MIJLPAAL=JAAR-MAAND-DAG."
)  # fmt: skip


class Moment(NamedTuple):
    """A mijlpaal with its dates; `eigen` when the coach gave the date."""

    mijlpaal: Mijlpaal
    datum: date
    vanaf: date | None
    eigen: bool
    andere: tuple[tuple[int, date], ...]


class Overzicht(NamedTuple):
    """Every moment in the order of the calendar, the evaluations, and the first moment that is still to come.

    `nu` are the moments that can be done from now on; `let_op` says which own dates stand out of order.
    """

    momenten: tuple[Moment, ...]
    evaluaties: tuple[date, ...]
    volgende: Volgende | None
    nu: tuple[Moment, ...] = ()
    let_op: tuple[str, ...] = ()


class Volgende(NamedTuple):
    """The next moment, and in how many days it is."""

    naam: str
    datum: date
    dagen: int


def end_of_week(start: date, week: int) -> date:
    """The last day of a week of sickness."""
    return start + timedelta(days=7 * week - 1)


def start_of_week(start: date, week: int) -> date:
    """The first day of a week of sickness."""
    return start + timedelta(days=7 * (week - 1))


def week_of(start: date, day: date) -> int:
    """The week of sickness that a day falls in; 0 or less before the first sick day."""
    return (day - start).days // 7 + 1


def check_start(start: date) -> date:
    """The first sick day, or RegiekitError when no table can be counted from it."""
    if not FIRST <= start <= LAST:
        raise RegiekitError(f"de eerste ziektedag {start} kan niet; kies een dag tussen {FIRST.year} en {LAST.year}")
    return start


def make_overzicht(
    tabel: Mijlpaaltabel, start: date, eigen: Mapping[str, date], vandaag: date, elke_weken: int | None = None
) -> Overzicht:
    """The dates of a table; `eigen` holds own dates by id of the mijlpaal. Sorted by date, then as in the table."""
    known: dict[str, Moment] = {}
    for mijlpaal in tabel.mijlpalen:
        known[mijlpaal.id] = _moment(mijlpaal, check_start(start), eigen.get(mijlpaal.id), known)
    momenten = tuple(sorted(known.values(), key=lambda m: m.datum))
    evaluaties = _evaluaties(tabel, start, known, elke_weken)
    nu = tuple(m for m in momenten if m.vanaf and m.vanaf <= vandaag <= m.datum)
    let_op = tuple(_out_of_order(tabel, start, known))
    return Overzicht(momenten, evaluaties, _volgende(tabel, momenten, evaluaties, vandaag), nu, let_op)


def check_eigen(eigen: Mapping[str, date], start: date) -> Mapping[str, date]:
    """The own dates, or RegiekitError when one lies before the first sick day."""
    for name, day in eigen.items():
        if day < start:
            raise RegiekitError(
                f"'{name}' kan niet op {datum_text(day)}: dat is voor de eerste ziektedag ({datum_text(start)})"
            )
    return eigen


def _out_of_order(tabel: Mijlpaaltabel, start: date, known: Mapping[str, Moment]) -> Iterator[str]:
    """A line for each own date that passes a mijlpaal which comes on the other side of it when nothing is own."""
    plain: dict[str, Moment] = {}
    for mijlpaal in tabel.mijlpalen:
        plain[mijlpaal.id] = _moment(mijlpaal, start, None, plain)
    for own in (m for m in known.values() if m.eigen):
        was = plain[own.mijlpaal.id].datum
        others = [(m, plain[m.mijlpaal.id].datum) for m in known.values()]
        passed = [m for m, day in others if (day < was and m.datum > own.datum) or (day > was and m.datum < own.datum)]
        if passed:
            side = "voor" if passed[0].datum > own.datum else "na"
            names = ", ".join(f"'{m.mijlpaal.naam}'" for m in passed)
            yield f"'{own.mijlpaal.naam}' staat door je eigen datum {side} {names}; klopt die datum?"


def _moment(mijlpaal: Mijlpaal, start: date, own: date | None, known: Mapping[str, Moment]) -> Moment:
    andere = tuple((week, end_of_week(start, week)) for week in mijlpaal.andere_weken)
    if own is not None:
        return Moment(mijlpaal, own, None, True, andere)
    if mijlpaal.na is not None:
        return Moment(mijlpaal, known[mijlpaal.na].datum + timedelta(weeks=mijlpaal.weken_na or 0), None, False, andere)
    vanaf = start_of_week(start, mijlpaal.vanaf_week) if mijlpaal.vanaf_week else None
    return Moment(mijlpaal, end_of_week(start, mijlpaal.week or 0), vanaf, False, andere)


def _evaluaties(
    tabel: Mijlpaaltabel, start: date, known: Mapping[str, Moment], elke_weken: int | None
) -> tuple[date, ...]:
    """The dates between two mijlpalen, the first one a period after the first.

    When own dates leave nothing between the two, they are counted from the date of the table.
    """
    if tabel.evaluatie is None:
        return ()
    step = timedelta(weeks=elke_weken or tabel.evaluatie.elke_weken)
    first, last = known[tabel.evaluatie.na].datum, known[tabel.evaluatie.tot].datum
    if last - first <= step:
        plain = {m.id: _moment(m, start, None, known).datum for m in tabel.mijlpalen}
        first, last = plain[tabel.evaluatie.na], plain[tabel.evaluatie.tot]
    return tuple(first + n * step for n in range(1, max((last - first) // step, 0) + 1) if first + n * step < last)


def _volgende(
    tabel: Mijlpaaltabel, momenten: Iterable[Moment], evaluaties: Iterable[date], vandaag: date
) -> Volgende | None:
    """The first moment of today or later; a mijlpaal goes before an evaluation on the same day."""
    named = [(m.datum, 0, m.mijlpaal.naam) for m in momenten]
    named += [(d, 1, tabel.evaluatie.naam) for d in evaluaties if tabel.evaluatie]
    coming = sorted(item for item in named if item[0] >= vandaag)
    return Volgende(coming[0][2], coming[0][0], (coming[0][0] - vandaag).days) if coming else None


def read_eigen(tabel: Mijlpaaltabel, given: Iterable[str]) -> dict[str, date]:
    """Own dates as typed, 'week-42=2026-10-30' or 'melding-uwv=2026-10-30'; raises RegiekitError with what is known."""
    found: dict[str, date] = {}
    for text in given:
        name, equals, day = text.partition("=")
        if not equals:
            raise RegiekitError(f"'{text}' mist een '='; schrijf het als melding-uwv=2026-10-30")
        mijlpaal = find_mijlpaal(tabel, name.strip().lower())
        if mijlpaal.id in found:
            raise RegiekitError(f"'{mijlpaal.id}' krijgt twee datums; geef er één")
        found[mijlpaal.id] = read_datum(day.strip())
    return found


def read_datum(text: str) -> date:
    """A date as people type it here: jaar-maand-dag, or dag-maand-jaar."""
    numbers = [int(n) for n in re.findall(r"\d+", text)] if re.fullmatch(r"[0-9]+([-/.][0-9]+){2}", text) else []
    try:
        return date(*(numbers if len(text.replace("/", "-").split("-")[0]) == 4 else reversed(numbers)))
    except (ValueError, TypeError, OverflowError):
        raise RegiekitError(f"'{text}' is geen datum; schrijf jaar-maand-dag, zoals 2026-03-02") from None


def find_mijlpaal(tabel: Mijlpaaltabel, name: str) -> Mijlpaal:
    """By id, or by 'week-42' when one mijlpaal has that week; raises RegiekitError with the ids."""
    week = re.fullmatch(r"week[- ]?([0-9]{1,3})", name)
    hits = [m for m in tabel.mijlpalen if (m.week == int(week[1]) if week else m.id == name)]
    if len(hits) == 1:
        return hits[0]
    ids = ", ".join(m.id for m in (hits or tabel.mijlpalen))
    said = f"in {name} vallen er meer" if hits else f"de mijlpaal '{name}' ken ik niet"
    raise RegiekitError(f"{said}; kies uit: {ids}")

"""The picture of a verloop: one small chart a schaal above one true time axis, talks and technieken below it.

One SVG for HTML, PDF and Word. Nothing in it hangs on colour: each schaal has its own marker and dashes, a later versie
has hollow markers, and what is clear or not stands there in words. It holds no script and refers to nothing outside.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from regiekit.domain.dagen import datum_text
from regiekit.domain.getal import short
from regiekit.domain.verloop import NIET_GEVALIDEERD
from regiekit.render.dagen import short_day, short_month
from regiekit.render.document import Beeld
from regiekit.render.tekening import INK, LEADING, LETTER, SMALL, WIDTH, Drawing, fit, text_width, wrap
from regiekit.render.uitslag import band_number, direction_of, score_number
from regiekit.render.verloop import (
    as_sentence,
    conclusion_of,
    lijnen_of,
    made_up,
    moments_of,
    schalen_of,
    score_of,
    source_notes,
    title_of,
    versions_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regiekit.domain.uitslag import Schaaluitslag
    from regiekit.domain.verloop import Reeks, Schaallijn, Segment, Verloop

    Deel = tuple[Reeks, Sequence[str]]  # a row, and which of its schalen
    Marker = tuple[float, float, bool]  # where, and whether it is hollow

LEFT, RIGHT = 64, 628  # where the lines of a chart begin and end
FIRST, LAST = LEFT + 16, RIGHT - 16  # the first and the last day
PLOT = 54  # height of one chart
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)  # months between two marks of the time axis
DASHES = ("", "9 4", "2 4", "10 4 2 4")
MAX_TECHNIEKEN = 8  # rows; the others are counted in words
BAND = "hierbinnen: geen duidelijk verschil met de eerste meting"
GEEN = "geen"
VERZONNEN_KORT = "VERZONNEN"


def make_beeld(verloop: Verloop, delen: Sequence[Deel], edge: int = 0) -> Beeld:
    """One picture of some schalen of some rows, with everything it says in sentences; `edge` is white around it."""
    alt = " ".join(_sentences(verloop, delen))
    drawn = Drawing(f"verloop-{crc32(alt.encode()):08x}")
    axis = _axis_of(verloop)
    for place, (reeks, schalen) in enumerate(delen):
        drawn.y += 16 * bool(place)
        _draw_reeks(drawn, verloop, reeks, schalen, axis)
    if axis and axis.first < axis.last:
        _draw_time(drawn, axis)
    if axis:
        _draw_talks(drawn, verloop, axis)
    _draw_legend(drawn, _legend(verloop, delen))
    drawn.y += 6
    for note in (*_sources(delen), NIET_GEVALIDEERD):
        for line in wrap(note, WIDTH, SMALL):
            drawn.text(0, drawn.down(LEADING), line, SMALL)
    return Beeld(drawn.finish(title_of(verloop), alt, edge), alt)


def all_in_one(verloop: Verloop) -> Beeld:
    """Everything in one picture, for a file of its own."""
    return make_beeld(verloop, [(reeks, schalen_of(reeks)) for reeks in verloop.reeksen], edge=20)


# Time ---------------------------------------------------------------------------------------------------------------


class Axis(NamedTuple):
    """From the first to the last day, on scale."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day lies; with one day only, in the middle."""
        span = (self.last - self.first).days
        return FIRST + (LAST - FIRST) * (day - self.first).days / span if span else (FIRST + LAST) / 2


def _axis_of(verloop: Verloop) -> Axis | None:
    days = verloop.dagen
    return Axis(days[0], days[-1]) if days else None


def _places(reeks: Reeks, axis: Axis | None) -> list[float]:
    """Where each meting of a row stands: by its day, or at equal distances when not all have one."""
    days = [m.datum for m in reeks.metingen]
    if axis and all(days):
        return [axis.x(day) for day in days if day]
    step = (LAST - FIRST) / max(len(days) - 1, 1)
    return [FIRST + step * n for n in range(len(days))] if len(days) > 1 else [(FIRST + LAST) / 2]


def _draw_time(drawn: Drawing, axis: Axis) -> None:
    """The time axis with marks at the start of months."""
    y = drawn.down(6)
    drawn.line([(LEFT, y), (RIGHT, y)], 1.2, INK)
    marks = _month_marks(axis)
    for day in marks:
        drawn.line([(axis.x(day), y), (axis.x(day), y + 5)], 1.2, INK)
        drawn.text(axis.x(day), y + 19, short_month(day), SMALL, "middle")
    drawn.down(24 if marks else 6)


def _month_marks(axis: Axis) -> list[date]:
    """The start of every month, or of as few as can be written side by side."""
    room = text_width("mei 2026", SMALL) + 14
    for step in STEPS:
        months = [m for m in range(axis.first.year * 12, axis.last.year * 12 + 12) if m % step == 0]
        days = [date(m // 12, m % 12 + 1, 1) for m in months]
        within = [d for d in days if axis.first <= d <= axis.last]
        places = [axis.x(d) for d in within]
        if all(after - before >= room for before, after in pairwise(places)):
            return within
    return []


# One row ------------------------------------------------------------------------------------------------------------


def _draw_reeks(drawn: Drawing, verloop: Verloop, reeks: Reeks, schalen: Sequence[str], axis: Axis | None) -> None:
    head = f"{verloop.client}: {reeks.naam}" if verloop.client else reeks.naam
    marked = f"{VERZONNEN_KORT}. {head}" if verloop.verzonnen else head
    drawn.text(0, drawn.down(LEADING), fit(marked, WIDTH, LETTER), bold=True)
    for line in wrap(f"Vragenlijst {reeks.vragenlijst}: {versions_of(reeks)}", WIDTH, SMALL):
        drawn.text(0, drawn.down(LEADING), line, SMALL)
    places = _places(reeks, axis)
    for shape, schaal in enumerate(schalen):
        drawn.y += 8
        _draw_schaal(drawn, reeks, schaal, shape, places)
    _draw_moments(drawn, reeks, places)


def _draw_schaal(drawn: Drawing, reeks: Reeks, schaal: str, shape: int, places: Sequence[float]) -> None:
    """The head of one chart, and the chart: band, lines, markers, values."""
    lijnen = lijnen_of(reeks, schaal)
    _draw_head(drawn, lijnen)
    top = drawn.down(30)
    drawn.y = top + PLOT
    labels: list[Label] = []
    markers: list[Marker] = []
    seen, last_ends = 0, None
    for place, (segment, lijn) in enumerate(lijnen):
        where = places[seen : seen + len(segment.metingen)]
        if segment.breuk:
            _draw_break(drawn, (places[seen - 1] + where[0]) / 2, top)
        seen += len(where)
        if lijn is None:
            continue
        if (lijn.bodem, lijn.top) != last_ends:
            _draw_ends(drawn, lijn, top, first=last_ends is None, last=place == len(lijnen) - 1)
        last_ends = lijn.bodem, lijn.top
        for label, y in _draw_line(drawn, lijn, where, top, DASHES[shape % len(DASHES)]):
            labels.append(label)
            if y is not None:
                markers.append((label.x, y, place % 2 == 1))
    values = joined(labels)
    for label in values:
        drawn.halo(label.x, label.y, label.text, LETTER, "middle")
    for x, y, hollow in markers:
        drawn.marker(x, y, shape, hollow=hollow)
    for label in values:
        drawn.text(label.x, label.y, label.text, LETTER, "middle", bold=True)


def _draw_head(drawn: Drawing, lijnen: Sequence[tuple[Segment, Schaallijn | None]]) -> None:
    """Name and direction at the left; the conclusion at the right, or on lines of its own where versions differ."""
    known = [(segment, lijn) for segment, lijn in lijnen if lijn]
    _, lijn = known[-1]
    told = [(s, part) for s, found in known for part in _conclusion(s, found)]
    right = [part for _, part in told] if len(known) == 1 else []
    drawn.y += LEADING
    for n, text in enumerate((lijn.naam, direction_of(lijn))):
        size, y = (SMALL, drawn.down(LEADING)) if n else (LETTER, drawn.y)
        room = WIDTH - (text_width(right[n], size) + 16 if n < len(right) else 0)
        drawn.text(0, y, fit(text, room, size), size, bold=not n)
        if n < len(right):
            drawn.text(WIDTH, y, right[n], size, "end", bold=not n)
    for text in right[2:] if right else _by_version(known):
        for line in wrap(text, WIDTH, SMALL):
            drawn.text(0, drawn.down(LEADING), line, SMALL)


def _conclusion(segment: Segment, lijn: Schaallijn) -> list[str]:
    """'duidelijk hoger', '+1,6; duidelijk vanaf 1,0', and what else has to be known."""
    v = lijn.verschil
    if v is None:
        return ["", segment.te_weinig or ""]
    if v.conclusie is None or v.verschil is None or v.band is None or v.van is None or v.naar is None:
        return ["geen conclusie", "", f"{v.opmerking}."]
    sign = "+" if v.verschil > 0 else ""
    van, naar, verschil = (score_number(n, v.regel, v.gedeelde_vragen) for n in (v.van, v.naar, v.verschil))
    found = [v.conclusie, f"{sign}{verschil}; duidelijk vanaf {band_number(v)}"]
    if not _as_drawn(lijn):
        found.append(
            f"Vergeleken over de {v.gedeelde_vragen} vragen die beide keren beantwoord zijn: van {van} naar {naar}."
        )
    if v.opmerking and v.conclusie == "geen duidelijk verschil":
        found.append(f"Let op: {v.opmerking}.")
    return found


def _by_version(known: Sequence[tuple[Segment, Schaallijn]]) -> Iterator[str]:
    for segment, lijn in known:
        first, second, *more = _conclusion(segment, lijn)
        told = f"{first} ({second})" if first and second else first or second
        yield " ".join([f"Versie {segment.versie}: {told.rstrip('.')}.", *more])


def _as_drawn(lijn: Schaallijn) -> bool:
    """Whether what was compared are the scores in the picture: not so when other vragen were answered each time."""
    v = lijn.verschil
    return v is not None and v.van == lijn.uitslagen[0].score and v.naar == lijn.uitslagen[-1].score


def _height(value: float, lijn: Schaallijn, top: float) -> float:
    return top + PLOT * (lijn.top - min(max(value, lijn.bodem), lijn.top)) / (lijn.top - lijn.bodem)


def _draw_ends(drawn: Drawing, lijn: Schaallijn, top: float, *, first: bool, last: bool) -> None:
    """The ends of the schaal; of a later versie with other ends at the right."""
    if first:
        for y in (top, top + PLOT):
            drawn.line([(LEFT, y), (RIGHT, y)])
    if not first and not last:
        return
    for value, y in ((lijn.top, top), (lijn.bodem, top + PLOT)):
        x, anchor = (LEFT - 8, "end") if first else (RIGHT + 6, "start")
        drawn.text(x, y + 5, short(value), SMALL, anchor)


def _draw_break(drawn: Drawing, x: float, top: float) -> None:
    for shift in (-2.5, 2.5):
        drawn.line([(x + shift, top - 4), (x + shift, top + PLOT + 4)], 1.3, INK, "2 3")


def _draw_line(
    drawn: Drawing, lijn: Schaallijn, where: Sequence[float], top: float, dash: str
) -> Iterator[tuple[Label, float | None]]:
    """Band and line of one segment; gives its values and how high they lie, to be drawn over all lines."""
    v = lijn.verschil
    if v and v.conclusie and v.band is not None and v.van is not None and _as_drawn(lijn):
        high, low = _height(v.van + v.band, lijn, top), _height(v.van - v.band, lijn, top)
        left, right = min(where[0], where[-1] - 12), max(where[-1], where[0] + 12)
        drawn.band(left, high, right - left, low - high)
    for run in _runs(lijn.uitslagen, where):
        points = [(x, _height(u.score, lijn, top)) for u, x in run if u.score is not None]
        if len(points) > 1:
            drawn.line(points, 2, INK, dash)
        yield from ((Label(x, y - 12, score_of(u)), y) for (u, _), (x, y) in zip(run, points, strict=True))
    for u, x in zip(lijn.uitslagen, where, strict=True):
        if u.score is None:
            drawn.line([(x, top), (x, top + PLOT)], 1, "#777", "1 4")
            yield Label(x, top + PLOT / 2 + 5, GEEN), None


def _runs(uitslagen: Sequence[Schaaluitslag], where: Sequence[float]) -> Iterator[list[tuple[Schaaluitslag, float]]]:
    """Metingen with a score that follow each other: no line goes over one without."""
    run: list[tuple[Schaaluitslag, float]] = []
    for pair in zip(uitslagen, where, strict=True):
        if pair[0].score is not None:
            run.append(pair)
        elif run:
            yield run
            run = []
    if run:
        yield run


class Label(NamedTuple):
    """A text with the middle of its base line."""

    x: float
    y: float
    text: str

    @property
    def ends(self) -> tuple[float, float]:
        """Left and right."""
        half = text_width(self.text, LETTER) / 2
        return self.x - half, self.x + half


def joined(labels: Iterable[Label]) -> list[Label]:
    """Values that would run into each other as one text, '2,4; 3,0', above the highest of their points."""
    groups: list[list[Label]] = []
    for label in sorted(labels, key=lambda one: one.x):
        groups.append([label])
        while len(groups) > 1 and _together(groups[-2]).ends[1] + 6 > _together(groups[-1]).ends[0]:
            last = groups.pop()
            groups[-1] += last
    return [_together(group) for group in groups]


def _together(group: Sequence[Label]) -> Label:
    """One label for a group, within the chart; of very many only the first and the last ones."""
    texts, shown = [one.text for one in group], len(group)
    text = "; ".join(texts)
    while text_width(text, LETTER) > RIGHT - LEFT and shown > 2:
        shown -= 2
        text = "; ".join([*texts[: shown // 2], "…", *texts[-(shown // 2) :]])
    half = text_width(text, LETTER) / 2
    x = min(max((group[0].x + group[-1].x) / 2, LEFT + half), RIGHT - half)
    return Label(x, min(one.y for one in group), text)


def _draw_moments(drawn: Drawing, reeks: Reeks, places: Sequence[float]) -> None:
    """Under the charts: name and day of each meting, in rows so that they do not touch. Where that does not fit, the
    first and the last ones go before; the others keep a mark."""
    names = moments_of(reeks)
    texts = [(m.naam or "", short_day(m.datum)) if m.datum else (names[n], "") for n, m in enumerate(reeks.metingen)]
    by_place = {x: _on_one_place([t for t, at in zip(texts, places, strict=True) if at == x]) for x in places}
    order = sorted(by_place)
    order = list(dict.fromkeys([order[0], order[-1], *order]))
    rows: list[list[tuple[float, float]]] = [[], [], []]
    start, height = drawn.down(4), 34 if any(all(t) for t in by_place.values()) else 19
    for x in order:
        drawn.line([(x, start - 4), (x, start + 2)], 1.2, INK)
        width = max(text_width(t, SMALL) for t in by_place[x])
        left = min(max(x - width / 2, 0), WIDTH - width)
        row = next((r for r in rows if all(left > b + 8 or left + width < a - 8 for a, b in r)), None)
        if row is None:
            continue
        row.append((left, left + width))
        for n, text in enumerate(t for t in by_place[x] if t):
            drawn.text(left + width / 2, start + 16 + height * rows.index(row) + 15 * n, text, SMALL, "middle")
    drawn.y = start + height * sum(bool(r) for r in rows) + 4


def _on_one_place(texts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """What stands at one place: the names of all metingen of that day."""
    names = list(dict.fromkeys(name for name, _ in texts if name))
    count = f" ({len(texts)} keer)" if len(texts) > 1 and len(names) < 2 else ""
    return fit(", ".join(names), 200, SMALL), fit(f"{texts[0][1]}{count}", 200, SMALL)


# Talks --------------------------------------------------------------------------------------------------------------


def _letters(verloop: Verloop) -> dict[str, str]:
    """A letter for each techniek, in order of first use."""
    used = dict.fromkeys(t for talk in verloop.gesprekken if talk.ging_door for t in talk.technieken)
    return {name: chr(ord("A") + n) for n, name in enumerate(list(used)[:MAX_TECHNIEKEN])}


def _draw_talks(drawn: Drawing, verloop: Verloop, axis: Axis) -> None:
    """A row of talks, one a techniek, one of besluiten, one for the end."""
    if verloop.gesprekken:
        y = _start_row(drawn, "gesprek")
        for talk in verloop.gesprekken:
            _draw_talk(drawn, axis.x(talk.datum), y, talk.ging_door)
    for name, letter in _letters(verloop).items():
        y = _start_row(drawn, letter)
        days = [talk.datum for talk in verloop.gesprekken if talk.ging_door and name in talk.technieken]
        for x in _apart([axis.x(day) for day in days], 14):
            drawn.text(x, y + 5, letter, LETTER, "middle", bold=True, halo=True)
    if verloop.besluiten:
        y = _start_row(drawn, "besluit")
        places = [axis.x(b.datum) for b in verloop.besluiten]
        for n, (x, besluit) in enumerate(zip(places, verloop.besluiten, strict=True)):
            drawn.marker(x, y, 2)
            room = (places[n + 1] - 10 if n + 1 < len(places) else WIDTH) - x - 10
            if text_width(besluit.niveau, SMALL) <= room:
                drawn.text(x + 10, y + 5, besluit.niveau, SMALL, halo=True)
    if verloop.sluiting:
        y, x = _start_row(drawn, "einde"), axis.x(verloop.sluiting)
        drawn.line([(x, y - 7), (x, y + 7)], 4, INK)


def _start_row(drawn: Drawing, name: str) -> float:
    y = drawn.down(17)
    drawn.text(0, y + 5, name, SMALL)
    drawn.line([(LEFT, y), (RIGHT, y)])
    return y


def _draw_talk(drawn: Drawing, x: float, y: float, went: bool) -> None:
    if went:
        drawn.line([(x, y - 6), (x, y + 6)], 2, INK)
        return
    drawn.line([(x - 4, y - 4), (x + 4, y + 4)], 1.6, INK)
    drawn.line([(x - 4, y + 4), (x + 4, y - 4)], 1.6, INK)


def _apart(places: Iterable[float], room: float) -> Iterator[float]:
    """Only those that stand clear of the one before."""
    last = float("-inf")
    for x in places:
        if x - last >= room:
            last = x
            yield x


# Legend -------------------------------------------------------------------------------------------------------------


def _legend(verloop: Verloop, delen: Sequence[Deel]) -> list[tuple[str, str]]:
    """Mark and meaning, of what is in the picture."""
    lijnen = [lijn for r, schalen in delen for s in r.segmenten for lijn in s.schalen if lijn.id in schalen]
    found = [("band", BAND)] * any(lijn.verschil and lijn.verschil.conclusie and _as_drawn(lijn) for lijn in lijnen)
    found += [(GEEN, "te weinig vragen beantwoord voor een score")] * any(
        u.score is None for lijn in lijnen for u in lijn.uitslagen
    )
    breuken = dict.fromkeys(s.breuk for r, _ in delen for s in r.segmenten if s.breuk)
    found += [("breuk", breuk) for breuk in breuken]
    found += [("talk", "gesprek")] * any(t.ging_door for t in verloop.gesprekken)
    found += [("no-talk", "gesprek ging niet door")] * any(not t.ging_door for t in verloop.gesprekken)
    letters = _letters(verloop)
    found += [(letter, name) for name, letter in letters.items()]
    used = {t for talk in verloop.gesprekken if talk.ging_door for t in talk.technieken}
    if len(used) > len(letters):
        found.append(("", f"en nog {len(used) - len(letters)} andere technieken: zie de lijst van gesprekken"))
    found += [("besluit", "besluit van de coach over de regie")] * bool(verloop.besluiten)
    return found


def _draw_legend(drawn: Drawing, items: Sequence[tuple[str, str]]) -> None:
    """The marks with their meaning, one after the other, in as many lines as that takes."""
    if not items:
        return
    x, y = 0.0, drawn.down(LEADING + 10)
    for mark, meaning in items:
        wide = 0.0 if not mark else 40.0 if mark in ("band", GEEN) else 20.0
        text = fit(meaning, WIDTH - wide, SMALL)
        width = wide + text_width(text, SMALL)
        if x and x + width > WIDTH:
            x, y = 0.0, drawn.down(LEADING + 2)
        _draw_mark(drawn, mark, x, y)
        drawn.text(x + wide, y, text, SMALL)
        x += width + 20


def _draw_mark(drawn: Drawing, mark: str, x: float, y: float) -> None:
    middle = y - 5
    if mark == "band":
        drawn.band(x, middle - 7, 32, 14)
    elif mark == "breuk":
        for shift in (3.5, 8.5):
            drawn.line([(x + shift, middle - 7), (x + shift, middle + 7)], 1.3, INK, "2 3")
    elif mark in ("talk", "no-talk"):
        _draw_talk(drawn, x + 6, middle, mark == "talk")
    elif mark == "besluit":
        drawn.marker(x + 7, middle, 2)
    elif mark:
        drawn.text(x, y, mark, LETTER, bold=True)


# In sentences -------------------------------------------------------------------------------------------------------


def _sentences(verloop: Verloop, delen: Sequence[Deel]) -> Iterator[str]:
    """All that the picture shows: every number, each schaal with its direction, and what was said of it."""
    yield f"{title_of(verloop)}."
    if verloop.verzonnen:
        yield made_up(verloop)
    for reeks, schalen in delen:
        yield f"{reeks.naam} (vragenlijst {reeks.vragenlijst}: {versions_of(reeks)})."
        for schaal in schalen:
            yield from _sentences_of(reeks, schaal)
    yield from _talk_sentences(verloop)
    yield from _sources(delen)
    yield NIET_GEVALIDEERD


def _sentences_of(reeks: Reeks, schaal: str) -> Iterator[str]:
    moments, place = moments_of(reeks), 0
    for segment, lijn in lijnen_of(reeks, schaal):
        named = moments[place : place + len(segment.metingen)]
        place += len(named)
        if lijn is None:
            continue
        if segment.breuk:
            yield f"Daarna: {segment.breuk}."
        yield f"{lijn.naam} ({direction_of(lijn)}), van {short(lijn.bodem)} tot en met {short(lijn.top)}:"
        values = [
            f"{when}: {score_of(u)}{f', want {u.reden}' if u.reden else ''}"
            for when, u in zip(named, lijn.uitslagen, strict=True)
        ]
        yield f"{'; '.join(values)}."
        conclusion = conclusion_of(segment, lijn)
        yield f"Conclusie: {conclusion}" if lijn.verschil else as_sentence(conclusion)


def _sources(delen: Sequence[Deel]) -> list[str]:
    """Where the bands come from, when a referentiebestand was given."""
    return [note for reeks, schalen in delen for note in source_notes([reeks], schalen)]


def _talk_sentences(verloop: Verloop) -> Iterator[str]:
    """The talks in short: how many, between which days, which technieken; the besluiten and the end."""
    talks = verloop.gesprekken
    if talks:
        missed = sum(not t.ging_door for t in talks)
        count = "1 gesprek" if len(talks) == 1 else f"{len(talks)} gesprekken"
        days = f"van {datum_text(talks[0].datum)} tot en met {datum_text(talks[-1].datum)}"
        yield f"{count}, {days}{f', waarvan {missed} niet doorging' if missed == 1 else ''}" + (
            f", waarvan {missed} niet doorgingen." if missed > 1 else "."
        )
        used = [t for talk in talks if talk.ging_door for t in talk.technieken]
        if used:
            yield f"Technieken: {', '.join(f'{t} ({used.count(t)} keer)' for t in dict.fromkeys(used))}."
    for besluit in verloop.besluiten:
        yield f"Besluit van de coach op {datum_text(besluit.datum)}: regie {besluit.niveau}."
    if verloop.sluiting:
        yield f"Einde van het traject: {datum_text(verloop.sluiting)}."

"""The pictures of a group report: scores, answers and change; in black and white, every number in `alt` too.

What is hidden is a hatched piece of one fixed width, so that its length gives nothing away.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from regiekit.domain.getal import short
from regiekit.domain.groepscijfers import KLEIN
from regiekit.render.document import Beeld
from regiekit.render.groepwoorden import (
    VERBORGEN,
    answer_words,
    cut_middle,
    interval,
    is_small,
    people_words,
    per_schaal,
    plain,
    signed,
    whole,
)
from regiekit.render.tekening import GREY, INK, LEADING, LETTER, WIDTH, Drawing, text_width, wrap
from regiekit.render.uitslag import general_direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regiekit.domain.groepscijfers import Aantal, Balk, Momentcijfers, Schaalcijfers, Verandering, Vraagcijfers

    Paneel = tuple[str, Schaalcijfers]  # the name of the meetmoment, '' without; and the schaal

T = TypeVar("T")
MAX_HEIGHT = 230  # of one picture: a quarter of a page of paper, so that tables and pictures fill the pages together
GUTTER = 24
HATCHED = 26  # width of every hidden piece
BAR, ROW = 13, 18  # height of one bar of a distribution, and from one to the next
STACK = 19  # height of one stacked bar
MAX_ANTWOORDEN = 11  # more shades of grey nobody can tell apart
LIGHT, DARK, TURN = 255, 60, 118  # greys; on those darker than TURN stands white text (contrast 4.5 or more)
NAMES, LEFT, RIGHT = 206, 222, 520  # columns of the picture of change: names, axis from and to, then figures
STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # between two marks of its axis
SIDE_MARKS = 3  # marks at each side of zero, at most
LEGEND = f"gearceerd: {VERBORGEN}; de lengte zegt niets"
GEEN_PUNT = f"zonder rondje: minder dan {KLEIN} mensen; dan zegt alleen de lijn iets"
LET_OP = "Let op: deze vraag loopt misschien de andere kant op."


def _start(kind: str, alt: str) -> Drawing:
    return Drawing(f"{kind}-{crc32(alt.encode()):08x}", hatch=(4, INK, 1))


def _draw_hatch_legend(drawn: Drawing) -> None:
    y = drawn.down(LEADING + 8)
    drawn.box(0, y - 11, HATCHED, BAR, None)
    drawn.text(HATCHED + 8, y, LEGEND)


def _by_page(items: Iterable[T], height: Callable[[T], float]) -> Iterator[list[T]]:
    """As many as go on one page, each time."""
    page: list[T] = []
    used = 0.0
    for item in items:
        if page and used + height(item) > MAX_HEIGHT:
            yield page
            page, used = [], 0.0
        page.append(item)
        used += height(item)
    if page:
        yield page


def _lines(text: str, width: float, most: int) -> list[str]:
    """A text in at most so many lines; what does not fit is cut out of its middle, as names often differ at the end."""
    room, lines = len(text), wrap(text, width, LETTER)
    while (len(lines) > most or " ".join(lines) != " ".join(text.split())) and room > 8:  # a word was cut off
        room = min(room - 1, room * 9 // 10)
        text = cut_middle(text, room)
        lines = wrap(text, width, LETTER)
    return lines[:most]


# Distributions of scores --------------------------------------------------------------------------------------------


def has_bars(schaal: Schaalcijfers) -> bool:
    """Whether there is a distribution to draw: a bar of which the number is shown."""
    return any(balk.aantal for balk in schaal.verdeling)


def verdeling_beelden(momenten: Sequence[Momentcijfers]) -> tuple[Beeld, ...]:
    """The distribution of every schaal at every meetmoment, those of one schaal side by side."""
    panels = [(m.naam if m.id else "", schaal) for m, schaal in per_schaal(momenten) if has_bars(schaal)]
    across = len(momenten) if 2 <= len(momenten) <= 3 else 2
    together = [list(found) for _, found in groupby(panels, key=lambda panel: panel[1].id)]
    rows = together if len(momenten) > 1 else [panels]
    rows = [row[n : n + across] for row in rows for n in range(0, len(row), across)]
    width = (WIDTH - GUTTER * (across - 1)) / across
    return tuple(
        _verdeling(page, width) for page in _by_page(rows, lambda row: max(_panel_height(p, width) for p in row))
    )


def _verdeling(rows: Sequence[Sequence[Paneel]], width: float) -> Beeld:
    panels = [panel for row in rows for panel in row]
    alt = " ".join(["Verdeling van de scores, in aantallen mensen.", *map(_verdeling_sentence, panels)])
    drawn = _start("verdeling", alt)
    for row in rows:
        top = drawn.y
        for place, panel in enumerate(row):
            drawn.y = top
            _draw_panel(drawn, panel, place * (width + GUTTER), width)
        drawn.y = top + max(_panel_height(panel, width) for panel in row)
    if any(balk.aantal is None for _, schaal in panels for balk in schaal.verdeling):
        _draw_hatch_legend(drawn)
    return Beeld(drawn.finish("Verdeling van de scores", alt, 0), alt)


def _verdeling_sentence(panel: Paneel) -> str:
    moment, schaal = panel
    bars = "; ".join(f"{_ends(balk)}: {people_words(balk.aantal)}" for balk in schaal.verdeling)
    when = f", {moment}" if moment else ""
    return f"{schaal.naam}{when} ({people_words(schaal.met_score)} mensen met een score): {bars}."


def _ends(balk: Balk) -> str:
    low, high = short(balk.van), short(balk.tot)
    return low if low == high else f"{low} tot {high}"


def _head(panel: Paneel, width: float) -> tuple[list[str], list[str]]:
    """The name of the schaal in bold lines, and the lines below it."""
    moment, schaal = panel
    return _lines(schaal.naam, width, 2), wrap(
        f"{moment}, n = {people_words(schaal.met_score)}".lstrip(", "), width, LETTER
    )


def _panel_height(panel: Paneel, width: float) -> float:
    names, rest = _head(panel, width)
    return LEADING * (len(names) + len(rest)) + 8 + ROW * len(panel[1].verdeling) + 20


def _draw_panel(drawn: Drawing, panel: Paneel, x: float, width: float) -> None:
    names, rest = _head(panel, width)
    for place, line in enumerate((*names, *rest)):
        drawn.text(x, drawn.down(LEADING), line, bold=place < len(names))
    drawn.y += 8
    balken = panel[1].verdeling
    left = x + max(text_width(_ends(balk), LETTER) for balk in balken) + 8
    known = [balk.aantal for balk in balken if balk.aantal is not None]
    room = x + width - left - max([text_width(whole(n), LETTER) for n in known], default=0) - 8
    drawn.line([(left, drawn.y - 3), (left, drawn.y + ROW * len(balken) - 2)], 1, INK)
    for balk in balken:
        _draw_bar(drawn, balk, left, room / max([*known, 1]))
        drawn.y += ROW


def _draw_bar(drawn: Drawing, balk: Balk, left: float, unit: float) -> None:
    drawn.text(left - 8, drawn.y + BAR - 2, _ends(balk), anchor="end")
    if balk.aantal is None:
        drawn.box(left, drawn.y, HATCHED, BAR, None)
        return
    length = balk.aantal * unit
    if balk.aantal:
        drawn.box(left, drawn.y, length, BAR, "#999")
    drawn.text(left + length + 6, drawn.y + BAR - 2, whole(balk.aantal))


# Answers to each vraag ----------------------------------------------------------------------------------------------


def vraag_beelden(schaal: Schaalcijfers) -> tuple[Beeld, ...]:
    """How often each answer was given to each vraag of a schaal, as stacked bars.

    Only of a vraag with `has_stack`; in one picture are vragen of which the same answers are counted.
    """
    drawable = [vraag for vraag in schaal.vragen if has_stack(vraag)]
    same_answers = groupby(drawable, key=lambda vraag: tuple(map(answer_words, vraag.aantallen)))
    return tuple(
        _antwoorden(schaal.naam, answers, page)
        for answers, vragen in same_answers
        for page in _by_page(vragen, _vraag_height)
    )


def has_stack(vraag: Vraagcijfers) -> bool:
    """Whether the answers can be drawn: a number is shown, and there are no more answers than shades of grey."""
    return 1 < len(vraag.aantallen) <= MAX_ANTWOORDEN and any(telling.aantal for telling in vraag.aantallen)


def _antwoorden(naam: str, answers: Sequence[str], vragen: Sequence[Vraagcijfers]) -> Beeld:
    alt = " ".join([f"Antwoorden op de vragen van {naam}, in aantallen mensen.", *map(_vraag_sentence, vragen)])
    drawn = _start("vragen", alt)
    _draw_answers(drawn, answers)
    for vraag in vragen:
        _draw_vraag(drawn, vraag)
    if any(telling.aantal is None for vraag in vragen for telling in vraag.aantallen):
        _draw_hatch_legend(drawn)
    return Beeld(drawn.finish(f"Antwoorden op de vragen van {naam}", alt, 0), alt)


def _vraag_sentence(vraag: Vraagcijfers) -> str:
    given = "; ".join(
        f"antwoord {answer_words(telling)}: {people_words(telling.aantal)}" for telling in vraag.aantallen
    )
    blank = "".join(f"; {kind}: {people_words(aantal)}" for kind, aantal in vraag.leeg)
    warning = f" {LET_OP}" if vraag.verkeerd_om else ""
    return f"{_vraag_text(vraag)} {given}{blank}; {_item_rest(vraag)}.{warning}"


def _vraag_text(vraag: Vraagcijfers) -> str:
    return f"{vraag.tekst} (omgekeerd)" if vraag.omgekeerd else vraag.tekst


def _item_rest(vraag: Vraagcijfers) -> str:
    value = vraag.item_rest.waarde
    return f"vraag-rest {'geen' if value is None else plain(value)}"


def _greys(answers: int) -> list[int]:
    return [round(LIGHT - (LIGHT - DARK) * n / (answers - 1)) for n in range(answers)]


def _ink_on(grey: int) -> str:
    return "" if grey >= TURN else "#fff"


def _draw_answers(drawn: Drawing, answers: Sequence[str]) -> None:
    """Which grey is which answer."""
    y = drawn.down(LEADING)
    drawn.text(0, y, "Antwoord:")
    x = text_width("Antwoord:", LETTER) + 8
    for answer, grey in zip(answers, _greys(len(answers)), strict=True):
        width = max(30, text_width(answer, LETTER) + 10)
        drawn.box(x, y - 14, width, STACK, f"#{grey:02x}{grey:02x}{grey:02x}")
        drawn.text(x + width / 2, y, answer, anchor="middle", paint=_ink_on(grey))
        x += width
    drawn.y += 4


def _vraag_lines(vraag: Vraagcijfers) -> list[str]:
    """The text in at most two lines, beside room for the vraag-restcorrelatie."""
    room = WIDTH - text_width(_item_rest(vraag), LETTER) - 20
    return _lines(_vraag_text(vraag), room, 2)


def _vraag_height(vraag: Vraagcijfers) -> float:
    return 6 + LEADING * (len(_vraag_lines(vraag)) + vraag.verkeerd_om) + 5 + STACK


def _draw_vraag(drawn: Drawing, vraag: Vraagcijfers) -> None:
    drawn.y += 6
    for place, line in enumerate(_vraag_lines(vraag)):
        y = drawn.down(LEADING)
        drawn.text(0, y, line)
        if not place:
            drawn.text(WIDTH, y, _item_rest(vraag), anchor="end", bold=True)
    if vraag.verkeerd_om:
        drawn.text(0, drawn.down(LEADING), LET_OP, bold=True)
    drawn.y += 5
    _draw_stack(drawn, [telling.aantal for telling in vraag.aantallen])
    drawn.y += STACK


def _draw_stack(drawn: Drawing, aantallen: Sequence[Aantal]) -> None:
    """The pieces of one bar, lowest answer at the left; the hidden ones take a fixed part of its length."""
    hidden = sum(aantal is None for aantal in aantallen)
    unit = (WIDTH - HATCHED * hidden) / max(sum(aantal or 0 for aantal in aantallen), 1)
    x = 0.0
    for aantal, grey in zip(aantallen, _greys(len(aantallen)), strict=True):
        if aantal == 0:
            continue
        width = HATCHED if aantal is None else aantal * unit
        drawn.box(x, drawn.y, width, STACK, None if aantal is None else f"#{grey:02x}{grey:02x}{grey:02x}")
        if aantal is not None and text_width(whole(aantal), LETTER) + 4 <= width:
            drawn.text(x + width / 2, drawn.y + 14, whole(aantal), anchor="middle", paint=_ink_on(grey))
        x += width


# Change -------------------------------------------------------------------------------------------------------------


def verandering_beelden(
    veranderingen: Sequence[Verandering], ends: Mapping[str, tuple[float, float]], namen: Mapping[str, str]
) -> tuple[Beeld, ...]:
    """The mean difference of each schaal with its interval, on one axis for schalen of one length.

    `veranderingen` are from one meetmoment to one other; `ends` gives the lowest and highest score of a schaal, `namen`
    the name of a meetmoment.
    """
    known = [v for v in veranderingen if v.verschil.waarde is not None and (_interval_only(v) or not is_small(v.n))]
    found = [[v for v in known if ends[v.schaal] == span] for span in sorted({ends[v.schaal] for v in known})]
    return tuple(_verandering(page, namen, _axis_of(rows)) for rows in found for page in _by_page(rows, _change_height))


def _verandering(rows: Sequence[Verandering], namen: Mapping[str, str], axis: tuple[float, int]) -> Beeld:
    title = f"Gemiddeld verschil van {namen[rows[0].van]} naar {namen[rows[0].naar]}"
    alt = " ".join([f"{title}, met een interval van 95 %.", *map(_change_sentence, rows)])
    drawn = _start("verandering", alt)
    step, marks = axis
    top = drawn.y
    bottom = top + sum(map(_change_height, rows))
    for mark in range(-marks, marks + 1):
        x = _place(mark * step, step * marks)
        drawn.line([(x, top), (x, bottom + 5)], *((1.6, INK) if not mark else (1, GREY)))
        drawn.text(x, bottom + 20, signed(mark * step) if mark else "0", anchor="middle")
    for v in rows:
        _draw_change(drawn, v, step * marks)
    drawn.y = bottom + 20
    drawn.text((LEFT + RIGHT) / 2, drawn.down(LEADING + 2), "verschil in punten; 0 = geen verschil", anchor="middle")
    if any(map(_interval_only, rows)):
        drawn.text(0, drawn.down(LEADING + 6), GEEN_PUNT)
    return Beeld(drawn.finish(title, alt, 0), alt)


def _change_sentence(v: Verandering) -> str:
    return f"{v.naam} ({_change_note(v)}): {', interval '.join(_change_figures(v))}."


def _interval_only(v: Verandering) -> bool:
    """Whether few people leave only the line to look at."""
    return is_small(v.n) and v.verschil.onder is not None


def _change_figures(v: Verandering) -> list[str]:
    """The difference and its interval, as far as they are to be shown."""
    ends = interval(v.verschil, sign=True)
    return [*([] if _interval_only(v) else [signed(v.verschil.waarde or 0)]), *([ends] if ends else [])]


def _change_note(v: Verandering) -> str:
    return f"n = {people_words(v.n)}; {general_direction(v.richting)}"


def _change_lines(v: Verandering) -> tuple[list[str], list[str]]:
    return _lines(v.naam, NAMES, 3), wrap(_change_note(v), NAMES, LETTER)


def _change_height(v: Verandering) -> float:
    return LEADING * max(sum(map(len, _change_lines(v))), 2) + 14


def _axis_of(rows: Sequence[Verandering]) -> tuple[float, int]:
    """The distance of two marks, and how many at each side of zero: all ends lie within."""
    figures = [v.verschil for v in rows]
    far = max(abs(end) for c in figures for end in (c.waarde, c.onder, c.boven) if end is not None)
    step = next((s for s in STEPS if far <= SIDE_MARKS * s), far)
    return step, max(1, -int(-far // step))


def _place(value: float, far: float) -> float:
    return (LEFT + RIGHT) / 2 + (RIGHT - LEFT - 50) / 2 * value / far


def _draw_change(drawn: Drawing, v: Verandering, far: float) -> None:
    names, note = _change_lines(v)
    top, middle = drawn.y, drawn.y + (_change_height(v) - 8) / 2
    for place, line in enumerate((*names, *note)):
        drawn.text(0, drawn.down(LEADING), line, bold=place < len(names))
    figures = v.verschil
    if figures.onder is not None and figures.boven is not None:
        low, high = _place(figures.onder, far), _place(figures.boven, far)
        drawn.line([(low, middle), (high, middle)], 2.4, INK)
        for x in (low, high):
            drawn.line([(x, middle - 6), (x, middle + 6)], 2.4, INK)
    if not _interval_only(v):
        drawn.marker(_place(figures.waarde or 0, far), middle, 0)
    for place, line in enumerate(_change_figures(v)):
        drawn.text(WIDTH, middle - 3 + LEADING * place, line, anchor="end", bold=not place)
    drawn.y = top + _change_height(v)

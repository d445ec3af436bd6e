"""How a figure of a group reads: decimal comma, its interval, and a star or a note where there is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.domain.getal import number
from regiekit.domain.groepscijfers import KLEIN, MINSTENS, PAS_VANAF_KLEIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.groepscijfers import (
        Aantal,
        Antwoordtelling,
        Cijfer,
        Groepscijfers,
        Momentcijfers,
        Opmerking,
        Schaalcijfers,
        Verandering,
    )

STER = "*"
VERBORGEN = "niet getoond"
WAT_STER_IS = (
    f"{STER} Dit aantal staat hier niet. Het gaat over minder dan {MINSTENS} mensen, of zo'n klein aantal is eruit af "
    "te leiden."
)
STREEP = "–"  # a figure without interval, of too few people for one number
WAT_KLEIN_IS = (
    f"Bij minder dan {KLEIN} mensen zegt één getal te weinig. Daar staat alleen tussen welke grenzen het ligt."
)
WAT_STREEP_IS = f"Een streepje ({STREEP}): dit cijfer heeft geen grenzen."
IN_DE_TABEL = ("klein", "weinig-mensen", "volledig")  # remarks that only say what n beside the figure says
HOGER, GEEN, LAGER = "duidelijk hoger", "geen duidelijk verschil", "duidelijk lager"
ALPHA, TEST_HERTEST = "alpha", "test-hertest"


class Noten:
    """Why figures are not there: a number in the table, the sentence below it."""

    def __init__(self) -> None:
        self.redenen: list[str] = []

    def mark(self, reden: str) -> str:
        """'geen (1)', with the same number for the same sentence."""
        if reden not in self.redenen:
            self.redenen.append(reden)
        return f"geen ({self.redenen.index(reden) + 1})"

    def lines(self) -> Iterator[str]:
        """The sentences by number."""
        yield from (f"({n}) {as_sentence(reden)}" for n, reden in enumerate(self.redenen, 1))


def as_sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def whole(aantal: int) -> str:
    """A number of people: '118', '10.000.000'."""
    return f"{aantal:,}".replace(",", ".")


def people(aantal: Aantal) -> str:
    """A number of people in a table; a star where it is not shown."""
    return STER if aantal is None else whole(aantal)


def people_words(aantal: Aantal) -> str:
    """A number of people in a sentence."""
    return VERBORGEN if aantal is None else whole(aantal)


def answer_words(telling: Antwoordtelling) -> str:
    """'2', or '1 tot 2' for answers that are counted together."""
    together = telling.tot is not None and telling.tot != telling.antwoord
    return f"{telling.antwoord} tot {telling.tot}" if together else str(telling.antwoord)


def mensen(aantal: Aantal) -> str:
    """'1 mens', '60 mensen' in a sentence."""
    if aantal is None:
        return f"minder dan {MINSTENS} mensen"
    return "1 mens" if aantal == 1 else f"{whole(aantal)} mensen"


def is_small(aantal: Aantal) -> bool:
    """Whether there are so few people that only the interval says something."""
    return aantal is None or aantal < KLEIN


def plain(value: float) -> str:
    """Two decimals at most; what rounds to nothing has no sign."""
    text = number(value)
    return "0,0" if text == "-0,0" else text


def signed(value: float) -> str:
    """A difference: '+0,35', '-0,2' and '0,0'."""
    text = plain(value)
    return text if text == "0,0" or value < 0 else f"+{text}"


def interval(cijfer: Cijfer, *, sign: bool = False) -> str:
    """'0,6 tot 0,8', or nothing where there is no interval."""
    if cijfer.onder is None or cijfer.boven is None:
        return ""
    form = signed if sign else plain
    return f"{form(cijfer.onder)} tot {form(cijfer.boven)}"


def figure(cijfer: Cijfer, aantal: Aantal, noten: Noten, *, sign: bool = False, below: bool = True) -> str:
    """The figure with its interval, below it or beside it; of few people only the interval; else 'geen (1)'."""
    if cijfer.waarde is None:
        return STREEP if cijfer.reden == PAS_VANAF_KLEIN else noten.mark(cijfer.reden or "")
    value, ends = (signed if sign else plain)(cijfer.waarde), interval(cijfer, sign=sign)
    if is_small(aantal):
        return ends or STREEP
    return f"{value}{chr(10) if below else ' '}({ends})" if ends else value


def point(cijfer: Cijfer, aantal: Aantal, noten: Noten) -> str:
    """The figure without its interval; of few people as `figure`."""
    if cijfer.waarde is None or is_small(aantal):
        return figure(cijfer, aantal, noten)
    return plain(cijfer.waarde)


def told_columns(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Which columns say something: the first, and those in which not every row has a dash."""
    return [n for n in range(columns) if not n or not rows or any(row[n] != STREEP for row in rows)]


def way_of(v: Verandering) -> str:
    """Which way the mean went, as far as the interval is sure of it; nothing where there is no interval."""
    low, high = v.verschil.onder, v.verschil.boven
    if low is None or high is None:
        return ""
    return "hoger" if low > 0 else "lager" if high < 0 else GEEN


def short_names(namen: Sequence[str], room: int) -> dict[str, str]:
    """Each name in at most so many characters, cut in its middle; numbered where two would look the same."""
    made = {naam: cut_middle(naam, room) for naam in dict.fromkeys(namen)}
    if len(set(made.values())) == len(made):
        return made
    return {naam: f"{n}. {cut_middle(naam, room - 5)}" for n, naam in enumerate(made, 1)}


def cut_middle(text: str, room: int) -> str:
    """The begin and the end of a text, at whole words where that leaves enough of both."""
    if len(text) <= room:
        return text
    half = (room - 3) // 2
    begin, end = text[:half], text[-(room - 3 - half) :]
    if not text[half].isspace() and " " in begin.strip():
        begin = begin.rpartition(" ")[0]
    if not text[-len(end) - 1].isspace() and " " in end.strip():
        end = end.partition(" ")[2]
    return f"{begin.strip()} … {end.strip()}"


def has_moments(momenten: Sequence[Momentcijfers]) -> bool:
    """Whether the table knew meetmomenten, so that every row has to say which it is about."""
    return len(momenten) > 1 or any(m.id for m in momenten)


def row_names(momenten: Sequence[Momentcijfers], schaal: int, moment: int) -> dict[tuple[str | None, str], str]:
    """What a row of a table is about, by meetmoment and schaal, in at most so many characters of each name."""
    schalen = short_names([s.naam for _, s in per_schaal(momenten)], schaal)
    when = short_names([m.naam.lower() for m in momenten], moment)
    more = has_moments(momenten)
    return {
        (m.id, s.id): f"{schalen[s.naam]}, {when[m.naam.lower()]}" if more else schalen[s.naam]
        for m, s in per_schaal(momenten)
    }


def per_schaal(momenten: Sequence[Momentcijfers]) -> Iterator[tuple[Momentcijfers, Schaalcijfers]]:
    """Every schaal at each of its meetmomenten: the schalen in the order of the first that has them."""
    ids = dict.fromkeys(s.id for m in momenten for s in m.schalen)
    for schaal_id in ids:
        yield from ((m, s) for m in momenten for s in m.schalen if s.id == schaal_id)


def remarks_of(cijfers: Groepscijfers) -> dict[str, list[str]]:
    """Every remark once, with the schalen and meetmomenten that it is about: none for one about everything.

    How many people there are is said beside the figures, and by the figures: of few people they are intervals.
    """
    named = {m.id: m.naam.lower() for m in cijfers.momenten}
    found: list[tuple[Opmerking, str]] = [(o, "") for o in cijfers.opmerkingen]
    found += [(o, "") for m in cijfers.momenten for o in m.opmerkingen]
    for moment, schaal in per_schaal(cijfers.momenten):
        where = f"{schaal.naam} ({moment.naam.lower()})" if has_moments(cijfers.momenten) else schaal.naam
        found += [(o, where) for o in schaal.opmerkingen]
    for v in cijfers.veranderingen:
        where = f"{v.naam} ({named.get(v.van, v.van)} naar {named.get(v.naar, v.naar)})"
        found += [(o, where) for o in v.opmerkingen]
    about: dict[str, list[str]] = {}
    for opmerking, where in found:
        if opmerking.code not in IN_DE_TABEL:
            about.setdefault(as_sentence(opmerking.tekst), []).extend([where] * bool(where))
    return about

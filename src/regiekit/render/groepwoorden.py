"""How a figure of a group reads: decimal comma, its interval, and a star or a note where there is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.domain.getal import number
from regiekit.domain.groepscijfers import KLEIN, MINSTENS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.groepscijfers import Aantal, Cijfer, Momentcijfers, Schaalcijfers

STER = "*"
VERBORGEN = "niet getoond"
WAT_STER_IS = (
    f"{STER} Dit aantal staat hier niet. Het gaat over minder dan {MINSTENS} mensen, of zo'n klein aantal is eruit af "
    "te leiden."
)
WAT_KLEIN_IS = (
    f"Bij minder dan {KLEIN} mensen zegt één getal te weinig. Daar staat alleen tussen welke grenzen het ligt."
)
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


def figure(cijfer: Cijfer, aantal: Aantal, noten: Noten, *, sign: bool = False) -> str:
    """The figure with its interval below it; of few people only the interval; else 'geen (1)'."""
    if cijfer.waarde is None:
        return noten.mark(cijfer.reden or "")
    value, ends = (signed if sign else plain)(cijfer.waarde), interval(cijfer, sign=sign)
    if not ends:
        return value
    return ends if is_small(aantal) else f"{value}\n({ends})"


def has_moments(momenten: Sequence[Momentcijfers]) -> bool:
    """Whether the table knew meetmomenten, so that every row has to say which it is about."""
    return len(momenten) > 1 or any(m.id for m in momenten)


def per_schaal(momenten: Sequence[Momentcijfers]) -> Iterator[tuple[Momentcijfers, Schaalcijfers]]:
    """Every schaal at each of its meetmomenten: the schalen in the order of the first that has them."""
    ids = dict.fromkeys(s.id for m in momenten for s in m.schalen)
    for schaal_id in ids:
        yield from ((m, s) for m in momenten for s in m.schalen if s.id == schaal_id)

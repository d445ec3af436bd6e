"""What a look at this computer and this set-up of regiekit gives: one judgement for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Oordeel = Literal["goed", "let op", "fout"]


class Bevinding(NamedTuple):
    """How a part is: the judgement, why in a few words, and what to do (empty when nothing needs doing)."""

    oordeel: Oordeel
    uitleg: str
    doen: str = ""


class Onderdeel(NamedTuple):
    """A part that was looked at."""

    id: str
    naam: str
    oordeel: Oordeel
    uitleg: str
    doen: str


def good(uitleg: str) -> Bevinding:
    """Nothing to do."""
    return Bevinding("goed", uitleg)


def careful(uitleg: str, doen: str) -> Bevinding:
    """It works, or works in part; somebody should know."""
    return Bevinding("let op", uitleg, doen)


def wrong(uitleg: str, doen: str) -> Bevinding:
    """This does not work."""
    return Bevinding("fout", uitleg, doen)


def worst(bevindingen: Iterable[Bevinding]) -> Bevinding:
    """Several about one part as one: the worst judgement; what is good is left out when something is not."""
    found = list(bevindingen)
    bad = [b for b in found if b.oordeel != "goed"] or found
    oordeel: Oordeel = next(o for o in ("fout", "let op", "goed") if any(b.oordeel == o for b in bad))
    uitleg = "; ".join(b.uitleg for b in bad)
    return Bevinding(oordeel, uitleg, " ".join(b.doen for b in bad if b.doen))


def summary(onderdelen: Iterable[Onderdeel]) -> str:
    """The last line: whether something asks for attention."""
    count = sum(o.oordeel != "goed" for o in onderdelen)
    if not count:
        return "Alles is in orde."
    return "Eén ding vraagt aandacht." if count == 1 else f"{count} dingen vragen aandacht."

"""Numbers of people that could point at one of them are not shown: under five, and what would give that away."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from regiekit.domain.groepscijfers import MINSTENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.groepscijfers import Aantal

PARTS = 3  # lowest, middle, highest


def hide_small(aantallen: Sequence[int]) -> tuple[Aantal, ...]:
    """The numbers of people in the cells of one total, without those from 1 up to 4.

    One hidden cell alone would follow from the total, so then the smallest other cell with people is hidden too; and so
    on until the hidden cells together hold five people or more, or nothing is left to hide. 0 is shown. This is for a
    reader who knows the total and that hidden is not nobody; it is no proof against who works back from this very rule.
    """
    shown: list[Aantal] = [n if n == 0 or n >= MINSTENS else None for n in aantallen]
    hidden = [n for n, left in zip(aantallen, shown, strict=True) if left is None]
    if not hidden:
        return tuple(shown)
    others = sorted((n, place) for place, n in enumerate(shown) if n)
    while sum(hidden) < MINSTENS and others:
        n, place = others.pop(0)
        shown[place] = None
        hidden.append(n)
    return tuple(shown)


def hide_one(aantal: int) -> Aantal:
    """One number of people that is in no total."""
    return aantal if aantal == 0 or aantal >= MINSTENS else None


def is_safe(aantallen: Sequence[int]) -> bool:
    """Whether no number of people is from 1 up to 4."""
    return all(n == 0 or n >= MINSTENS for n in aantallen)


def merge_answers(aantallen: Sequence[int], *, apart: bool = True) -> tuple[tuple[int, int, int], ...]:
    """How people spread over answers, low to high, as it may be shared: (first place, last place, people) each.

    With `apart` every answer apart where none holds 1 to 4 people; else the lowest, middle and highest part where none
    of these does; else nothing.
    """
    if apart and is_safe(aantallen):
        return tuple((place, place, n) for place, n in enumerate(aantallen))
    end = (len(aantallen) + 1) // 3
    if len(aantallen) <= PARTS:
        return ()
    cuts = (0, end, len(aantallen) - end, len(aantallen))
    parts = tuple((van, tot - 1, sum(aantallen[van:tot])) for van, tot in pairwise(cuts))
    return parts if is_safe([n for _, _, n in parts]) else ()


def merge_bars(aantallen: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """The bars of a distribution as they may be shared: each as wide, the finest in which none holds 1 to 4 people.

    (first place, last place, people) each; nothing where only one bar would be left. Bars of unequal width would draw
    another shape than the answers have.
    """
    for width in range(1, len(aantallen) // 2 + 1):
        many = len(aantallen) // width
        cuts = [*(width * n for n in range(many)), len(aantallen)]  # what is left over goes with the last bar
        bars = tuple((van, tot - 1, sum(aantallen[van:tot])) for van, tot in pairwise(cuts))
        if is_safe([n for _, _, n in bars]):
            return bars
    return ()


def nearly_all(aantallen: Sequence[int]) -> bool:
    """Whether one cell holds all people but 1 to 4: then a mean tells what those few answered."""
    return 0 < sum(aantallen) - max(aantallen, default=0) < MINSTENS

"""Numbers of people that could point at one of them are not shown: under five, and what would give that away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.domain.groepscijfers import MINSTENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.groepscijfers import Aantal


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
    while (len(hidden) < 2 or sum(hidden) < MINSTENS) and others:
        n, place = others.pop(0)
        shown[place] = None
        hidden.append(n)
    return tuple(shown)


def hide_one(aantal: int) -> Aantal:
    """One number of people that is in no total."""
    return aantal if aantal == 0 or aantal >= MINSTENS else None

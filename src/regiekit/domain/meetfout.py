"""Measurement error of a difference: from where a change is more than chance answers of one person would give.

After Jacobson and Truax (1991): S_diff = SD(start) * sqrt(2) * sqrt(1 - r), the standard error of a difference of two
measurements of the same precision; a difference of 1.96 * S_diff or more is a reliable change. Plain numbers, as one
client and ten million rows use the same border.
"""

from __future__ import annotations

from math import sqrt

Z = 1.96  # of 95 %, two-sided
DECIMALEN = 6  # of a border; what is written in a referentiebestand is what counts
MIKRO = 1_000_000


def s_diff_of(sd: float, r: float) -> float:
    """S_diff of a schaal with this SD at the start and this reliability (0 <= r < 1), on the scale of the score."""
    return sd * sqrt(2) * sqrt(1 - r)


def grens_of(s_diff: float) -> float:
    """From which difference a change is reliable: 1.96 * S_diff, to six decimals. Reaching it counts."""
    return round(Z * s_diff, DECIMALEN)


def grens_in_mikro(grens: float) -> int:
    """The border in whole millionths, so that it can be held against whole sums without a float between."""
    return round(grens * MIKRO)


def least_sum(grens: float, vragen: int) -> int:
    """The smallest whole difference of sums over so many vragen that reaches a border on the mean (1 for a som).

    Never 0: who gave the same answers did not change.
    """
    return max(1, -(-grens_in_mikro(grens) * vragen // MIKRO))

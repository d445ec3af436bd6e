"""Intervals of 95 %: of alpha (Feldt 1965), and of a mean by Student's t."""

from __future__ import annotations

from math import sqrt

from scipy.special import fdtri, stdtrit  # type: ignore[import-untyped]

from regiekit.domain.groepscijfers import ZEKERHEID


def feldt_factors(n: int, k: int) -> tuple[float, float]:
    """(a, b) of the interval 1 - (1 - alpha)·a up to 1 - (1 - alpha)·b, for `n` people and `k` vragen.

    (1 - alpha) / (1 - its estimate) follows F with n - 1 and (n - 1)(k - 1) degrees of freedom.
    """
    degrees, tail = (n - 1, (n - 1) * (k - 1)), (1 - ZEKERHEID) / 2
    return float(fdtri(*degrees, 1 - tail)), float(fdtri(*degrees, tail))


def feldt_interval(alpha: float, n: int, k: int) -> tuple[float, float]:
    """The interval of alpha over `n` people and `k` vragen; exact for parallel vragen."""
    above, below = feldt_factors(n, k)
    return 1 - (1 - alpha) * above, 1 - (1 - alpha) * below


def half_of_mean(sd: float, n: int) -> float:
    """How far the interval of a mean over `n` people goes to either side, in the unit of `sd`."""
    return float(stdtrit(n - 1, (1 + ZEKERHEID) / 2)) * sd / sqrt(n)

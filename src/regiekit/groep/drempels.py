"""Answers in steps: where a tendency is cut, and the series that follows from the cuts.

Apart from `groep.simulatie`, so that planning a study needs no tables.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Getallen = NDArray[np.float64]

WIDTH = 2.0  # thresholds lie between -2 and 2


def thresholds(antwoorden: int) -> Getallen:
    """Where a standard normal tendency is cut into this many answers: at equal distances between -2 and 2."""
    return np.linspace(-WIDTH, WIDTH, antwoorden + 1)[1:-1]


@lru_cache(maxsize=1_000)
def step_series(antwoorden: int, moved: float, terms: int) -> Getallen:
    """The Hermite series, from its first term on, of the answer to a tendency that is standard normal plus `moved`.

    With h_k the normalised Hermite polynomials: E[1(z > t)·h_k(z)] = φ(t)·h_{k-1}(t)/√k, added for all thresholds t.
    The covariance of two answers, of which the tendencies have correlation r, is the sum of the products of their terms
    with r, r², r³, … Do not change what it gives: it is remembered.
    """
    drempels = thresholds(antwoorden) - moved
    density = np.exp(-(drempels**2) / 2) / sqrt(2 * np.pi)
    before, now = np.zeros_like(drempels), np.ones_like(drempels)
    made = np.empty(terms)
    for k in range(1, terms + 1):
        made[k - 1] = density @ now / sqrt(k)
        before, now = now, (drempels * now - sqrt(k - 1) * before) / sqrt(k)
    return made

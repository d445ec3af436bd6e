"""How far the vragen of a schaal hang together: alpha, omega, vraag-rest, and how sure these are.

Everything starts from sums and sums of products of whole numbers, so nothing is lost in between. Sources: Cronbach
1951 (alpha), Feldt 1965 (its interval), Harman and Jones 1966 (minres), McDonald 1999 (omega).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from regiekit.domain.groepscijfers import KLEIN, MINSTENS, Cijfer
from regiekit.groep.interval import feldt_interval, half_of_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.groep.matrix import Matrix

    Reals = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

OMEGA_FROM = 3  # vragen: with two, the loadings cannot be told apart
EIGENVECTORS, EIGEN_VRAGEN = 8, 24  # where the search for loadings starts, at most
FIRST_ROUNDS, MAX_ROUNDS = 60, 10_000  # of every start; of the best one
NEAR, STILL = 1e-6, 1e-13  # loadings that move less than this have settled
TIE = 1e-9  # sums of squared rests that differ less are equal
NOTHING = 1e-6  # a loading that is not there

TE_WEINIG = f"Dit cijfer is er pas vanaf {MINSTENS} mensen."
EEN_VRAAG = "De schaal heeft één vraag. Dan is er geen samenhang om uit te rekenen."
IEDEREEN_GELIJK = "Iedereen heeft dezelfde score. Zonder verschillen is dit cijfer er niet."
VRAAG_GELIJK = "Iedereen gaf op deze vraag hetzelfde antwoord. Dan is er geen samenhang."
REST_GELIJK = "Op de andere vragen samen heeft iedereen dezelfde score. Dan is er geen samenhang."
ZONDER_GELIJK = "Zonder deze vraag heeft iedereen dezelfde score. Dan is er geen alpha."
SCORES_GELIJK = (
    "Iedereen heeft dezelfde score. Hoe ver het gemiddelde van andere mensen ervan ligt, is dan niet te zeggen."
)
ALPHA_EEN = (
    "Alpha is precies 1: op elke vraag verschillen mensen even veel en op dezelfde manier. "
    "Hoe zeker dat is, is dan niet te zeggen."
)
BLIJFT_EEN = "Zonder deze vraag blijft er maar één vraag over."
OMEGA_TWEE = f"Omega is er pas vanaf {OMEGA_FROM} vragen."
OMEGA_GELIJK = "Op minstens één vraag gaf iedereen hetzelfde antwoord. Dan is er geen omega."
OMEGA_LOS = "De vragen hebben geen gezamenlijke factor. Dan is er geen omega."
HEYWOOD = "Eén factor past niet bij deze antwoorden: een lading loopt tegen 1 aan (Heywood). Dan is er geen omega."
GEEN_UITKOMST = "De berekening met één factor komt niet tot rust. Dan is er geen omega."


class Samenhang(NamedTuple):
    """Variances and covariances of `n` people over k vragen, as whole numbers: each is n * (n - 1) times too large.

    `vragen`: of each vraag; `met_totaal`: of each vraag with the sum of all vragen; `totaal`: of that sum.
    """

    n: int
    vragen: tuple[int, ...]
    met_totaal: tuple[int, ...]
    totaal: int

    def rest(self, place: int) -> int:
        """The variance of the sum of the other vragen."""
        return self.totaal - 2 * self.met_totaal[place] + self.vragen[place]


def make_samenhang(n: int, gram: Matrix, sums: Matrix) -> Samenhang:
    """From sums and sums of products of the keyed answers of `n` people."""
    each, total = sums.tolist(), int(sums.sum())
    rows, squares = gram.sum(axis=1).tolist(), np.diagonal(gram).tolist()
    return Samenhang(
        n,
        tuple(n * square - s * s for square, s in zip(squares, each, strict=True)),
        tuple(n * row - s * total for row, s in zip(rows, each, strict=True)),
        n * int(gram.sum()) - total * total,
    )


def compute_alpha(samenhang: Samenhang) -> Cijfer:
    """Cronbach's alpha with the interval of Feldt."""
    n, k = samenhang.n, len(samenhang.vragen)
    if n < MINSTENS:
        return Cijfer(None, reden=TE_WEINIG)
    if k == 1:
        return Cijfer(None, reden=EEN_VRAAG)
    if not samenhang.totaal:
        return Cijfer(None, reden=IEDEREEN_GELIJK)
    if samenhang.totaal == k * sum(samenhang.vragen):  # exactly 1: the interval would have no width
        return without_interval(1.0, n, ALPHA_EEN)
    alpha = _alpha(k, sum(samenhang.vragen), samenhang.totaal)
    return Cijfer(alpha, *feldt_interval(alpha, n, k))


def without_interval(waarde: float, n: int, reden: str) -> Cijfer:
    """A figure of `n` people who do not differ, so that nothing says how sure it is; of few people only the reason."""
    return Cijfer(None, reden=reden) if n < KLEIN else Cijfer(waarde)


def _alpha(k: int, parts: int, whole: int) -> float:
    return k / (k - 1) * (1 - parts / whole)


def compute_mean(n: int, mean: float, sd: float, ends: tuple[float, float]) -> Cijfer:
    """A mean with its interval by Student's t, within the `ends` of the scale; without one where nobody differs."""
    if n < MINSTENS:
        return Cijfer(None, reden=TE_WEINIG)
    if not sd:
        return without_interval(mean, n, SCORES_GELIJK)
    half = half_of_mean(sd, n)
    return Cijfer(mean, max(ends[0], mean - half), min(ends[1], mean + half))


def compute_item_rest(samenhang: Samenhang, place: int) -> Cijfer:
    """The correlation of one vraag with the sum of the others."""
    if samenhang.n < MINSTENS:
        return Cijfer(None, reden=TE_WEINIG)
    if len(samenhang.vragen) == 1:
        return Cijfer(None, reden=EEN_VRAAG)
    own, rest = samenhang.vragen[place], samenhang.rest(place)
    if not own or not rest:
        return Cijfer(None, reden=REST_GELIJK if own else VRAAG_GELIJK)
    return Cijfer((samenhang.met_totaal[place] - own) / (sqrt(own) * sqrt(rest)))


def compute_alpha_zonder(samenhang: Samenhang, place: int) -> Cijfer:
    """Alpha of the schaal without one vraag."""
    k, rest = len(samenhang.vragen) - 1, samenhang.rest(place)
    if samenhang.n < MINSTENS:
        return Cijfer(None, reden=TE_WEINIG)
    if k < 2:
        return Cijfer(None, reden=BLIJFT_EEN if k else EEN_VRAAG)
    if not rest:
        return Cijfer(None, reden=ZONDER_GELIJK)
    return Cijfer(_alpha(k, sum(samenhang.vragen) - samenhang.vragen[place], rest))


def compute_between(n: int, gram: Matrix, sums: Matrix, apart: Sequence[bool]) -> Cijfer:
    """The correlation of the raw answers to the vragen that are `apart` (reversed) with those to the others.

    On the keyed answers it has the opposite sign: a reversed vraag is a constant minus the raw answer.
    """
    signs = np.array([[not away for away in apart], apart], dtype=np.int64)
    both = make_samenhang(n, signs @ gram @ signs.T, signs @ sums)
    found = compute_item_rest(both, 0)
    if found.waarde is None:
        return found if n < MINSTENS else Cijfer(None, reden=REST_GELIJK)
    return Cijfer(-found.waarde)


class Factor(NamedTuple):
    """The loadings on one factor, most of them positive; or else why there are none."""

    ladingen: tuple[float, ...]
    reden: str | None = None

    def lading(self, place: int) -> Cijfer:
        """Of one vraag."""
        return Cijfer(None, reden=self.reden) if self.reden else Cijfer(self.ladingen[place])

    def omega(self) -> Cijfer:
        """Omega total on the scale of correlations: what the vragen share, as a part of everything."""
        if self.reden:
            return Cijfer(None, reden=self.reden)
        shared = sum(self.ladingen) ** 2
        return Cijfer(shared / (shared + sum(1 - lading**2 for lading in self.ladingen)))


def compute_factor(n: int, gram: Matrix, sums: Matrix) -> Factor:
    """One factor by minres on the correlations of the keyed answers."""
    if n < MINSTENS:
        return Factor((), TE_WEINIG)
    if len(sums) < OMEGA_FROM:
        return Factor((), EEN_VRAAG if len(sums) == 1 else OMEGA_TWEE)
    whole: Any = sums.astype(object)
    products = (gram.astype(object) * n - np.outer(whole, whole)).astype(np.float64)
    spread = np.sqrt(np.diagonal(products))
    if not spread.all():
        return Factor((), OMEGA_GELIJK)
    return fit_factor(products / np.outer(spread, spread))


def fit_factor(correlations: Reals) -> Factor:
    """The loadings with the smallest sum of squared rests off the diagonal (minres), none of them beyond 1.

    That sum can have more than one hollow, so the search starts in many places; the deepest hollow is followed until
    no loading moves.
    """
    off = correlations - np.diag(np.diagonal(correlations))
    if not off.any():
        return Factor((), OMEGA_LOS)
    starts = _starts(correlations, off)
    _descend(starts, off, FIRST_ROUNDS, NEAR)
    left = _rests(starts, off)
    best = starts[np.flatnonzero(left <= left.min() + TIE)[:1]]  # the first of equals, whatever the rounding
    settled = _descend(best, off, MAX_ROUNDS, STILL)
    return _settled(best[0]) if settled else Factor((), GEEN_UITKOMST)


def _starts(correlations: Reals, off: Reals) -> Reals:
    """A row for each place to start from: the largest eigenvectors, and what goes along with one vraag."""
    values, vectors = np.linalg.eigh(correlations)
    largest = vectors[:, ::-1][:, :EIGENVECTORS] * np.sqrt(np.maximum(values[::-1][:EIGENVECTORS], 0))
    strongest = np.argsort(-(off**2).sum(axis=1), kind="stable")[:EIGEN_VRAGEN]
    return np.vstack([largest.T, correlations[strongest]])


def _descend(loadings: Reals, off: Reals, rounds: int, still: float) -> bool:
    """Give every loading in turn the value with the smallest rests, in all rows at once; whether they came to rest."""
    for _ in range(rounds):
        before = loadings.copy()
        for place, row in enumerate(off):
            others = (loadings**2).sum(axis=1) - loadings[:, place] ** 2
            best = np.divide(loadings @ row, others, out=np.zeros(len(loadings)), where=others > NOTHING**2)
            loadings[:, place] = np.clip(best, -1, 1)
        if np.abs(loadings - before).max() < still:
            return True
    return False


def _rests(loadings: Reals, off: Reals) -> Reals:
    """The sum of squared rests off the diagonal of each row, less the squares of the correlations themselves."""
    squares = loadings**2
    left: Reals = squares.sum(axis=1) ** 2 - (squares**2).sum(axis=1) - 2 * ((loadings @ off) * loadings).sum(axis=1)
    return left


def _settled(loadings: Reals) -> Factor:
    if np.abs(loadings).max() >= 1 - NOTHING:
        return Factor((), HEYWOOD)
    if (np.abs(loadings) > NOTHING).sum() < OMEGA_FROM:  # two vragen alone do not tell their loadings apart
        return Factor((), OMEGA_LOS)
    negative, positive = int((loadings < 0).sum()), int((loadings > 0).sum())
    turn = negative > positive or (negative == positive and loadings.sum() < 0)
    return Factor(tuple((-loadings if turn else loadings).tolist()))

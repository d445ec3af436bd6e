"""How many people a study needs, for alpha and for change; each answer is tried out on verzonnen studies.

Alpha: (1 - alpha) / (1 - sample alpha) has an F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom (Feldt,
1965), when all vragen have the same variance and covariance and are normal. So the width of the interval of Feldt is
(1 - sample alpha) times a number that depends on n and k only, and its mean and its chances follow exactly.

Change: the paired t-test. Its power is that of the noncentral t distribution; it is computed here as a mean over the
sample SD, because `scipy.special.nctdtr` gives nothing for few people and a large change.
"""

from __future__ import annotations

from math import inf, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import fdtr, ndtr, stdtrit  # type: ignore[import-untyped]

from regiekit.domain.steekproef import FOUT, RUIM, Alphaplan, Alphawens, Proef, Veranderplan, Veranderwens
from regiekit.groep.drempels import step_series, thresholds
from regiekit.groep.interval import feldt_factors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Getallen = NDArray[np.float64]

KEREN = 10_000  # verzonnen studies, unless these would have more than WERK numbers together
MINSTE_KEREN = 500  # of fewer the margin is too wide to say anything: then none are tried
WERK = 20_000_000  # numbers: some two seconds
BLOK = 2_000_000  # numbers at once
TERMEN, HALVERINGEN = 2_000, 50
SPREIDING = 9.0  # standard errors of a sample SD: further away there is nothing
_KNOPEN, _GEWICHTEN = np.polynomial.legendre.leggauss(200)
ALPHA_STAP = 0.05
VERANDERINGEN = (0.5, 1.0, 1.5)  # times the change that was asked
SAMENHANGEN = (0.3, 0.5, 0.7)


# Alpha --------------------------------------------------------------------------------------------------------------


def plan_alpha(wens: Alphawens, rng: np.random.Generator) -> Alphaplan:
    """The smallest n with an expected width of at most `wens.breedte`. `wens.alpha` below 1, two vragen or more."""
    n = _smallest(4, lambda people: expected_width(people, wens.vragen, wens.alpha) <= wens.breedte)
    ruim = _smallest(4, lambda people: narrow_chance(people, wens) >= RUIM)
    breedte, smal, dekking = try_alpha(wens, n, rng) if studies(n * wens.vragen) else (None, None, None)
    others = (round(wens.alpha + ALPHA_STAP * step, 4) for step in (-4, -3, -2, -1, 0, 1, 2))
    anders = tuple(
        (a, _smallest(4, lambda people, a=a: expected_width(people, wens.vragen, a) <= wens.breedte))  # type: ignore[misc]
        for a in others if 0 < a < 1
    )  # fmt: skip
    return Alphaplan(
        wens,
        n,
        expected_width(n, wens.vragen, wens.alpha),
        narrow_chance(n, wens),
        ruim,
        breedte,
        smal,
        dekking,
        anders,
    )


def expected_width(n: int, vragen: int, alpha: float) -> float:
    """Mean width of the interval of Feldt: 1/F has mean (n - 1)/(n - 3). At least four people."""
    above, below = feldt_factors(n, vragen)
    return (1 - alpha) * (n - 1) / (n - 3) * (above - below)


def narrow_chance(n: int, wens: Alphawens) -> float:
    """The chance that the interval of one study is no wider than wished."""
    above, below = feldt_factors(n, wens.vragen)
    return 1 - float(fdtr(n - 1, (n - 1) * (wens.vragen - 1), (1 - wens.alpha) * (above - below) / wens.breedte))


def try_alpha(wens: Alphawens, n: int, rng: np.random.Generator) -> tuple[Proef, Proef, Proef]:
    """Mean width, how often narrow enough and how often alpha is inside, in studies with answers in steps."""
    above, below = feldt_factors(n, wens.vragen)
    rest = 1 - np.concatenate(list(_alphas(wens, n, rng)))
    width = rest * (above - below)
    inside = (1 - rest * above <= wens.alpha) & (wens.alpha <= 1 - rest * below)
    mean = Proef(float(width.mean()), float(width.std(ddof=1) / sqrt(len(width))), len(width))
    return mean, _share(width <= wens.breedte), _share(inside)


def _alphas(wens: Alphawens, n: int, rng: np.random.Generator) -> Iterator[Getallen]:
    """Alpha in one verzonnen study after the other, in blocks."""
    lading = lading_for(wens.alpha, wens.vragen, wens.antwoorden)
    cuts, rest = thresholds(wens.antwoorden), sqrt(1 - lading**2)
    for keren in _blocks(n * wens.vragen):
        factor = lading * rng.standard_normal((keren, n))
        total, own = np.zeros((keren, n)), np.zeros(keren)
        for _ in range(wens.vragen):
            answers = np.searchsorted(cuts, factor + rest * rng.standard_normal((keren, n))).astype(float)
            total += answers
            own += answers.var(axis=1)
        spread = total.var(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            alphas = wens.vragen / (wens.vragen - 1) * (1 - own / spread)
        yield alphas[np.isfinite(alphas)]  # no alpha when everybody has the same sum


def lading_for(alpha: float, vragen: int, antwoorden: int) -> float:
    """The loading with which answers in steps (groep.simulatie) have this alpha: found by halving.

    Alpha of k vragen with correlation c is k·c / (1 + (k - 1)·c); c follows from the squared loading by the series.
    """
    wanted = alpha / (vragen - (vragen - 1) * alpha)
    terms = step_series(antwoorden, 0.0, TERMEN) ** 2
    steps, chances = np.arange(antwoorden), np.diff(ndtr(np.concatenate(([-inf], thresholds(antwoorden), [inf]))))
    variance = chances @ steps**2 - (chances @ steps) ** 2
    powers, low, high = np.arange(1, TERMEN + 1), 0.0, 1.0
    for _ in range(HALVERINGEN):
        middle = (low + high) / 2
        low, high = (middle, high) if terms @ middle**powers < wanted * variance else (low, middle)
    return sqrt(low)


# Change -------------------------------------------------------------------------------------------------------------


def plan_verandering(wens: Veranderwens, rng: np.random.Generator) -> Veranderplan:
    """The smallest number of pairs with at least the wished power. `wens.samenhang` below 1."""
    n = _pairs(wens.verandering, wens.samenhang, wens.macht)
    veranderingen = tuple(round(wens.verandering * times, 4) for times in VERANDERINGEN)
    samenhangen = tuple(sorted({*SAMENHANGEN, wens.samenhang}))
    anders = tuple(tuple(_pairs(v, r, wens.macht) for r in samenhangen) for v in veranderingen)
    proef = try_verandering(wens, n, rng)
    macht = power(n, wens.verandering / spread_of_difference(wens.samenhang))
    return Veranderplan(wens, n, macht, proef, veranderingen, samenhangen, anders)


def spread_of_difference(samenhang: float) -> float:
    """The SD of the difference, in SD of the scores, when both moments have the same SD."""
    return sqrt(2 * (1 - samenhang))


def _pairs(verandering: float, samenhang: float, macht: float) -> int:
    return _smallest(2, lambda pairs: power(pairs, verandering / spread_of_difference(samenhang)) >= macht)


def power(pairs: int, verandering: float) -> float:
    """The power of the paired t-test, two-sided, for a mean difference in SD of the difference; both tails count.

    Given the sample SD s (in SD of the population) the test is right with the chance of a normal value; s·√(n - 1) has
    a chi distribution, over which the mean is taken at the nodes of Gauss and Legendre.
    """
    degrees, far = pairs - 1, sqrt(pairs) * verandering
    border = float(stdtrit(degrees, 1 - FOUT / 2))
    reach = SPREIDING / sqrt(2 * degrees)
    low, high = max(0.0, 1 - reach), 1 + reach
    spread = low + (high - low) * (_KNOPEN + 1) / 2
    weights = _GEWICHTEN * np.exp((degrees - 1) * np.log(spread) - degrees * (spread**2 - 1) / 2)
    chances = ndtr(far - border * spread) + ndtr(-far - border * spread)
    return float(weights @ chances / weights.sum())


def try_verandering(wens: Veranderwens, pairs: int, rng: np.random.Generator) -> Proef:
    """How often the change is found in verzonnen studies with a start and a later score for everybody."""
    border = float(stdtrit(pairs - 1, 1 - FOUT / 2))
    found = []
    for keren in _blocks(2 * pairs):
        start = rng.standard_normal((keren, pairs))
        own = rng.standard_normal((keren, pairs))
        later = wens.verandering + wens.samenhang * start + sqrt(1 - wens.samenhang**2) * own
        difference = later - start
        error = difference.std(axis=1, ddof=1) / sqrt(pairs)
        found.append(np.abs(difference.mean(axis=1)) > border * error)
    return _share(np.concatenate(found))


# Both ---------------------------------------------------------------------------------------------------------------


def _share(found: NDArray[np.bool_]) -> Proef:
    """A part of the studies, with its standard error; all or none of them is not certain either (Agresti and Coull)."""
    keren = len(found)
    middle = (float(found.sum()) + 2) / (keren + 4)
    return Proef(float(found.mean()), sqrt(middle * (1 - middle) / (keren + 4)), keren)


def studies(numbers: int) -> int:
    """How many verzonnen studies of so many numbers each are tried out; 0 when those would be too few to tell."""
    possible = min(KEREN, WERK // numbers)
    return possible if possible >= MINSTE_KEREN else 0


def _blocks(numbers: int) -> Iterator[int]:
    """How many studies at once, one block after the other, when each takes this many numbers."""
    left = studies(numbers)
    while left:
        keren = min(left, max(1, BLOK // numbers))
        yield keren
        left -= keren


def _smallest(low: int, enough: Callable[[int], bool]) -> int:
    """The smallest whole number from `low` on that is enough; whatever is larger is enough too."""
    high = low
    while not enough(high):
        low, high = high + 1, 2 * high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low

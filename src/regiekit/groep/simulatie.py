"""Verzonnen afnames from a stated model, and the true values that belong to it.

The model is in `domain.simulatie.Simulatiemodel`. The true values are computed, not drawn: an answer is a sum of steps
(tendency above a threshold), and the Hermite series of a step under a normal distribution is known, so that the
covariance of two answers is a power series in the correlation of their tendencies (Mehler's formula; as for the
tetrachoric series of Pearson, 1900).
"""

from __future__ import annotations

from math import ceil, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from polars.io.plugins import register_io_source
from scipy.special import ndtr  # type: ignore[import-untyped]

from regiekit.domain.simulatie import Waarmoment, WareSchaal
from regiekit.domain.uitslag import antwoordschaal_of, make_rekenregel
from regiekit.groep.drempels import step_series, thresholds
from regiekit.groep.tabel import CLIENT, MEETMOMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from regiekit.domain.simulatie import Simulatiemodel
    from regiekit.domain.uitslag import Rekenvraag
    from regiekit.domain.vragenlijst import Schaal, Vragenlijst

    Getallen = NDArray[np.float64]

VERZONNEN = "V-"  # in front of every code
CELLS = 4_000_000  # answers in one block: bounds the memory, whatever the vragenlijst is
LEFT_OUT = 1e-13  # of the Hermite series, as a part of the variance
_OPEN = -32_768  # not answered, until it becomes null


class _Vraagmodel(NamedTuple):
    """How one vraag gets its answer: its factor, which is the place of a schaal, and whether high becomes low."""

    vraag: str
    lo: int
    hi: int
    factor: int
    omgekeerd: bool

    @property
    def drempels(self) -> Getallen:
        """Where the tendency is cut: one threshold fewer than there are answers."""
        return thresholds(self.hi - self.lo + 1)


def _bronnen(vragenlijst: Vragenlijst) -> tuple[_Vraagmodel, ...]:
    first: dict[str, tuple[int, bool]] = {}
    for number, schaal in enumerate(vragenlijst.schalen):
        for item in schaal.vragen:
            first.setdefault(item.vraag, (number, item.omgekeerd))
    made = []
    for vraag in vragenlijst.vragen:
        ends = antwoordschaal_of(vragenlijst, vraag.id)
        made.append(_Vraagmodel(vraag.id, ends.min, ends.max, *first[vraag.id]))
    return tuple(made)


def _sides(vragenlijst: Vragenlijst) -> Getallen:
    """For each schaal 1 where higher is favourable, else -1."""
    return np.array([1.0 if s.richting == "hoger-is-gunstig" else -1.0 for s in vragenlijst.schalen])


def _progress(model: Simulatiemodel, moment: int) -> float:
    """How far the change is at a meetmoment: 0 at the first, 1 at the last."""
    return moment / (model.momenten - 1) if moment else 0.0


# Drawing ------------------------------------------------------------------------------------------------------------


def simulate(vragenlijst: Vragenlijst, model: Simulatiemodel) -> Iterator[pl.DataFrame]:
    """The afnames in blocks: `client`, `meetmoment` (where the model has any), then a whole number for every vraag.

    The rows of one person stand together, in the order of the meetmomenten. The same model gives the same rows.
    """
    bronnen = _bronnen(vragenlijst)
    rng = np.random.default_rng(model.zaad)
    size = max(CELLS // (max(len(bronnen), len(vragenlijst.schalen)) * model.momenten), 1)
    for first in range(0, model.mensen, size):
        yield _block(vragenlijst, bronnen, model, rng, range(first, min(first + size, model.mensen)))


class Simulatie:
    """The afnames of one model as a frame that is made while it is read; then `rijen` is how many there were."""

    def __init__(self, vragenlijst: Vragenlijst, model: Simulatiemodel) -> None:
        self.vragenlijst, self.model, self.rijen = vragenlijst, model, 0

    def frame(self, done: Callable[[int], object] = lambda _: None) -> pl.LazyFrame:
        """All rows, in bounded memory; the columns of `simulate`. `done` is told how many rows more there are."""

        def read(
            with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
        ) -> Iterator[pl.DataFrame]:
            """What Polars asks of a source. The rows are only ever written, so nobody asks for some of them."""
            assert (with_columns, predicate, n_rows) == (None, None, None)
            self.rijen = 0
            for block in simulate(self.vragenlijst, self.model):
                self.rijen += block.height
                done(block.height)
                yield block

        return register_io_source(read, schema=_schema(self.vragenlijst, self.model))


def _schema(vragenlijst: Vragenlijst, model: Simulatiemodel) -> pl.Schema:
    """The columns of every block."""
    texts = [CLIENT, *([MEETMOMENT] if model.meetmomenten else [])]
    return pl.Schema({**dict.fromkeys(texts, pl.String()), **{v.id: pl.Int16() for v in vragenlijst.vragen}})


def _block(
    vragenlijst: Vragenlijst,
    bronnen: Sequence[_Vraagmodel],
    model: Simulatiemodel,
    rng: np.random.Generator,
    people: range,
) -> pl.DataFrame:
    """The afnames of some people. What is drawn, is drawn in a fixed order."""
    size, momenten, sides = len(people), model.momenten, _sides(vragenlijst)
    trait = rng.standard_normal((size, len(sides) + 1))
    answers = np.empty((size, momenten, len(bronnen)), np.int16)
    present = np.ones((size, momenten), bool)
    for moment in range(momenten):
        factors = _factors(model, rng, trait, sides) + model.verandering * _progress(model, moment) * sides
        answers[:, moment] = _answers(bronnen, model, rng, factors)
        if moment:
            present[:, moment] = present[:, moment - 1] & (rng.random(size) >= model.uitval)
    return _frame(bronnen, model, people, answers, present)


def _factors(model: Simulatiemodel, rng: np.random.Generator, trait: Getallen, sides: Getallen) -> Getallen:
    """A factor for each schaal: one part that all share and one of its own, each partly the same at any moment."""
    parts = sqrt(model.stabiliteit) * trait + sqrt(1 - model.stabiliteit) * rng.standard_normal(trait.shape)
    shared, own = parts[:, :1], parts[:, 1:]
    made: Getallen = sqrt(model.samenhang) * shared * sides + sqrt(1 - model.samenhang) * own
    return made


def _answers(
    bronnen: Sequence[_Vraagmodel], model: Simulatiemodel, rng: np.random.Generator, factors: Getallen
) -> NDArray[np.int16]:
    """One afname a person: tendencies cut into answers, then straight lines, then what is left open."""
    size = len(factors)
    made = np.empty((size, len(bronnen)), np.int16)
    for place, bron in enumerate(bronnen):
        noise = sqrt(1 - model.lading**2) * rng.standard_normal(size)
        keyed = bron.lo + np.searchsorted(bron.drempels, model.lading * factors[:, bron.factor] + noise)
        made[:, place] = bron.lo + bron.hi - keyed if bron.omgekeerd else keyed
    lines = rng.random(size) < model.rechte_lijn
    lo, hi = _line_ends(bronnen)
    numbers = rng.integers(lo, hi, size, endpoint=True)
    for place, bron in enumerate(bronnen):
        made[lines, place] = np.clip(numbers[lines], bron.lo, bron.hi)
    made[rng.random(made.shape) < model.leeg] = _OPEN
    return made


def _line_ends(bronnen: Sequence[_Vraagmodel]) -> tuple[int, int]:
    """The numbers of a straight line: those that every vraag has; where none is, all, each put within its ends."""
    lo, hi = max(b.lo for b in bronnen), min(b.hi for b in bronnen)
    return (lo, hi) if lo <= hi else (min(b.lo for b in bronnen), max(b.hi for b in bronnen))


def _frame(
    bronnen: Sequence[_Vraagmodel],
    model: Simulatiemodel,
    people: range,
    answers: NDArray[np.int16],
    present: NDArray[np.bool_],
) -> pl.DataFrame:
    kept = present.ravel()
    rows = answers.reshape(len(kept), len(bronnen))[kept]
    numbers = pl.Series(np.repeat(np.arange(people.start + 1, people.stop + 1), model.momenten)[kept])
    digits = max(5, len(str(model.mensen)))
    columns = [(VERZONNEN + numbers.cast(pl.String).str.zfill(digits)).rename(CLIENT)]
    if model.meetmomenten:
        places = pl.Series(np.tile(np.arange(model.momenten, dtype=np.uint32), len(people))[kept])
        columns.append(pl.Series(MEETMOMENT, model.meetmomenten)[places])
    columns += [pl.Series(b.vraag, np.ascontiguousarray(rows[:, place])) for place, b in enumerate(bronnen)]
    ids = [b.vraag for b in bronnen]
    return pl.DataFrame(columns).with_columns(pl.col(ids).replace(_OPEN, None))


# What is true -------------------------------------------------------------------------------------------------------


def true_values(vragenlijst: Vragenlijst, model: Simulatiemodel) -> tuple[WareSchaal, ...]:
    """What is true of every schaal of everybody that this model could give, straight lines among them.

    What is left open and who leaves has nothing to do with the answers, so it changes none of these.
    """
    bronnen = {b.vraag: b for b in _bronnen(vragenlijst)}
    return tuple(_true_schaal(vragenlijst, schaal, bronnen, model) for schaal in vragenlijst.schalen)


def _true_schaal(
    vragenlijst: Vragenlijst, schaal: Schaal, bronnen: Mapping[str, _Vraagmodel], model: Simulatiemodel
) -> WareSchaal:
    regel = make_rekenregel(vragenlijst, schaal)
    bevolking = _Bevolking(vragenlijst, [bronnen[v.vraag] for v in regel.vragen], regel.vragen, model)
    deler = 1 if regel.regel == "som" else len(regel.vragen)
    momenten = tuple(
        Waarmoment(naam, *bevolking.of_score(moment, deler), bevolking.alpha(moment))
        for moment, naam in enumerate(model.meetmomenten or (None,))
    )
    verschil = momenten[-1].gemiddelde - momenten[0].gemiddelde
    paired = len(momenten) > 1
    return WareSchaal(
        schaal.id,
        schaal.naam,
        len(regel.vragen),
        momenten,
        model_alpha(model.lading, len(regel.vragen)),
        verschil if paired else None,
        verschil / momenten[0].sd if paired else None,
        bevolking.correlation() if paired else None,
    )


def model_alpha(lading: float, vragen: int) -> float | None:
    """Alpha of `vragen` tendencies with one and the same loading: k·λ² / (1 + (k - 1)·λ²). None for one vraag."""
    return vragen * lading**2 / (1 + (vragen - 1) * lading**2) if vragen > 1 else None


class _Bevolking:
    """Means and covariances of the keyed answers to the vragen of one schaal, in the whole population."""

    def __init__(
        self,
        vragenlijst: Vragenlijst,
        bronnen: Sequence[_Vraagmodel],
        regel: Sequence[Rekenvraag],
        model: Simulatiemodel,
    ) -> None:
        self.bronnen, self.regel, self.model = bronnen, regel, model
        self.sides = _sides(vragenlijst)
        self.signs = np.array([v.sign * (-1 if b.omgekeerd else 1) for v, b in zip(regel, bronnen, strict=True)])
        self.tendency = model.lading**2 * self._between()
        self.line_means, self.line_squares = self._lines(_line_ends(_bronnen(vragenlijst)))
        self.moments = [self._moments(moment) for moment in range(model.momenten)]

    def of_score(self, moment: int, deler: int) -> tuple[float, float]:
        """Mean and standard deviation of the score."""
        means, covariances = self.moments[moment]
        return float(means.sum()) / deler, sqrt(covariances.sum()) / deler

    def alpha(self, moment: int) -> float | None:
        """Cronbach's alpha; None for one vraag."""
        _, covariances = self.moments[moment]
        count = len(self.bronnen)
        return count / (count - 1) * float(1 - np.trace(covariances) / covariances.sum()) if count > 1 else None

    def correlation(self) -> float:
        """Of the score at the first meetmoment with that at the last."""
        one, two = self.moments[0][1].sum(), self.moments[-1][1].sum()
        covariances = self._covariances(0, self.model.momenten - 1, self.model.stabiliteit)
        both = covariances.sum() * (1 - self.model.rechte_lijn) ** 2
        return float(both / sqrt(one * two))

    def _moments(self, moment: int) -> tuple[Getallen, Getallen]:
        """Means and covariances, with straight lines mixed in."""
        means, variances = self._own(moment)
        covariances = self._covariances(moment, moment, 1.0)
        np.fill_diagonal(covariances, variances)
        share = self.model.rechte_lijn
        squares = (1 - share) * (covariances + np.outer(means, means)) + share * self.line_squares
        mixed = (1 - share) * means + share * self.line_means
        return mixed, squares - np.outer(mixed, mixed)

    def _own(self, moment: int) -> tuple[Getallen, Getallen]:
        """Mean and variance of each keyed answer, without straight lines."""
        means, variances = [], []
        for (bron, far), vraag in zip(self._moving(moment), self.regel, strict=True):
            above = np.concatenate(([1.0], ndtr(far - bron.drempels), [0.0]))
            chances, steps = above[:-1] - above[1:], np.arange(bron.lo, bron.hi + 1)
            raw = (bron.lo + bron.hi - steps) if bron.omgekeerd else steps
            keyed = vraag.sign * raw + vraag.offset
            mean = float(chances @ keyed)
            means.append(mean)
            variances.append(float(chances @ (keyed - mean) ** 2))
        return np.array(means), np.array(variances)

    def _moving(self, moment: int) -> Iterator[tuple[_Vraagmodel, float]]:
        """Each vraag with how far its tendency has moved."""
        far = self.model.verandering * self.model.lading * _progress(self.model, moment)
        for bron in self.bronnen:
            yield bron, far * float(self.sides[bron.factor])

    def _covariances(self, one: int, two: int, stabiliteit: float) -> Getallen:
        """Between answers at two moments, without straight lines; right beside the diagonal for one moment."""
        terms = _terms(self.model.lading)
        left, right = (
            np.array([step_series(len(b.drempels) + 1, far, terms) for b, far in self._moving(m)]) for m in (one, two)
        )
        tendency = stabiliteit * self.tendency
        power, total = np.ones_like(tendency), np.zeros_like(tendency)
        for term in range(terms):
            power = power * tendency
            total += np.outer(left[:, term], right[:, term]) * power
        made: Getallen = total * np.outer(self.signs, self.signs)
        return made

    def _between(self) -> Getallen:
        """Correlations between the factors of the vragen."""
        factors = np.array([b.factor for b in self.bronnen])
        sides = self.sides[factors]
        made: Getallen = self.model.samenhang * np.outer(sides, sides)
        made[factors[:, None] == factors] = 1.0
        return made

    def _lines(self, ends: tuple[int, int]) -> tuple[Getallen, Getallen]:
        """Means, and means of products, of the keyed answers of straight lines."""
        numbers = np.arange(ends[0], ends[1] + 1)
        keyed = np.array([v.sign * np.clip(numbers, v.lo, v.hi) + v.offset for v in self.regel], float)
        return keyed.mean(axis=1), keyed @ keyed.T / len(numbers)


def _terms(lading: float) -> int:
    """How many terms of the series are enough: the rest is less than LEFT_OUT of the variance."""
    return ceil(log(LEFT_OUT) / (2 * log(lading))) if lading else 1

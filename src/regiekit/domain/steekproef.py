"""How many people a study needs: plain values that every layer may hold (computed in `groep.steekproef`)."""

from __future__ import annotations

from typing import NamedTuple

RUIM = 0.80  # of 1: how sure someone may want to be that an interval is narrow enough
FOUT = 0.05  # chance of finding a change that is not there, two-sided


class Proef(NamedTuple):
    """What came out of verzonnen studies: `waarde`, and its standard error because there were no more than `keren`."""

    waarde: float
    fout: float
    keren: int


class Alphawens(NamedTuple):
    """An interval of 95 % of alpha that is on average no wider than `breedte`, when alpha is `alpha`.

    `antwoorden`: how many answers each of the `vragen` has, for the verzonnen studies.
    """

    breedte: float
    alpha: float
    vragen: int
    antwoorden: int


class Alphaplan(NamedTuple):
    """How many people that takes, who answer every vraag.

    `breedte`: what is to be expected with `n`; `smal_genoeg`: chance that the interval of one study is no wider than
    wished; `ruim`: people for a chance of RUIM of that; `proef_dekking`: how often alpha lies in the interval;
    `anders`: n for other values of alpha. No `proef_…` where studies are too large to be tried often enough.
    """

    wens: Alphawens
    n: int
    breedte: float
    smal_genoeg: float
    ruim: int
    proef_breedte: Proef | None
    proef_smal: Proef | None
    proef_dekking: Proef | None
    anders: tuple[tuple[float, int], ...]


class Veranderwens(NamedTuple):
    """A chance `macht` to find a mean change of `verandering` SD (of the scores at the start) as more than chance.

    `samenhang`: correlation between the scores at the start and later.
    """

    verandering: float
    macht: float
    samenhang: float


class Veranderplan(NamedTuple):
    """How many people that takes, each with both meetmomenten: paired t-test, two-sided, FOUT.

    `macht`: the chance with `n`. `veranderingen`, `samenhangen`, `anders`: rows, columns and n for other values; None
    where the difference has no spread.
    """

    wens: Veranderwens
    n: int
    macht: float
    proef_macht: Proef
    veranderingen: tuple[float, ...]
    samenhangen: tuple[float, ...]
    anders: tuple[tuple[int, ...], ...]


class Groepsplan(NamedTuple):
    """Everything that was asked. `uitval`: the part that falls out; `zaad`: of the verzonnen studies."""

    schaal: str | None
    alpha: Alphaplan | None
    verandering: Veranderplan | None
    uitval: float
    zaad: int

    def begin(self, n: int) -> int:
        """How many people to start with, so that on average `n` are left."""
        return -(-n * 10_000 // round((1 - self.uitval) * 10_000))

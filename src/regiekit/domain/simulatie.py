"""The model behind verzonnen afnames, and what is true of them: plain values that every layer may hold."""

from __future__ import annotations

from typing import NamedTuple

MAX_MENSEN = 9_999_999  # V- and seven digits: eight could be read as the number of a person
MAX_LADING = 0.95
MAX_ZAAD = 999_999_999


class Simulatiemodel(NamedTuple):
    """How verzonnen people answer (docs/simuleren-en-plannen.md says it in full).

    Every schaal is one factor with a standard normal distribution at the first meetmoment. A vraag follows the factor
    of the first schaal that it is in, with `lading` (0 up to MAX_LADING): its normal tendency is cut into answers at
    equal distances. `samenhang`: correlation between the factors; `stabiliteit`: of a factor with itself at any other
    meetmoment; `verandering`: what a factor moves from the first to the last meetmoment in its own SD, towards the
    favourable side, in equal steps. `leeg`: chance that a vraag is left open; `rechte_lijn`: that an afname has the
    same number everywhere; `uitval`: that someone who is still there does not come to the next meetmoment.
    `meetmomenten`: ids in their order, none for one moment without a name.
    """

    mensen: int
    meetmomenten: tuple[str, ...]
    zaad: int
    lading: float
    samenhang: float
    verandering: float
    stabiliteit: float
    leeg: float
    rechte_lijn: float
    uitval: float

    @property
    def momenten(self) -> int:
        """How often everybody is asked."""
        return max(len(self.meetmomenten), 1)


class Waarmoment(NamedTuple):
    """What is true of one schaal at one meetmoment, of everybody who answers every vraag."""

    id: str | None
    gemiddelde: float
    sd: float
    alpha: float | None


class WareSchaal(NamedTuple):
    """What is true of one schaal: in the whole population, so that a sample can be laid beside it.

    `alpha_model` is alpha of the tendencies, before they are cut into answers and without straight lines. `verschil`,
    `effect` (in SD of the score at the first meetmoment) and `samenhang` (correlation of the scores) are from the first
    to the last meetmoment; None where there is only one. A figure that the model leaves undefined is None too.
    """

    id: str
    naam: str
    vragen: int
    momenten: tuple[Waarmoment, ...]
    alpha_model: float | None
    verschil: float | None
    effect: float | None
    samenhang: float | None

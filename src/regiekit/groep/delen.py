"""What of the figures of a group may be shared: nothing that plainly tells the answers of fewer than five people.

`groep.besloten` leaves people out, so that subtracting two figures tells of nobody. What is here is about one figure
alone: a mean and a spread of few people, or of people who nearly all did the same, can be solved.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.groepscijfers import KLEIN, Antwoordtelling, Balk, Cijfer
from regiekit.domain.groepscijfers import PAS_VANAF_KLEIN as WEINIG
from regiekit.domain.onthulling import PARTS, is_safe, merge_answers, merge_bars, nearly_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.groepscijfers import Aantal, Schaalcijfers, Verandering, Vraagcijfers

DECIMALEN = 2
NOTHING = 1e-9
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
PIECES = 20  # of a schaal: an interval of few people runs from one of these to another
FEW_SCORES = 7  # possible scores: up to here a mean and a spread leave few ways in which people can have scored
ALPHA_STEP = 0.1
BESLOTEN = "Hier staat dit cijfer niet: er zou uit volgen wat een paar mensen antwoordden."
ELDERS = "Deze vraag telt in meer schalen. Dit cijfer staat bij de eerste daarvan."
EEN_VRAAG = "De schaal heeft één vraag. Dit cijfer staat bij de schaal."


class Ruw(NamedTuple):
    """What the shared figures of a schaal are made from: how many people are in each bar (`einden`: from where to
    where, `breedte`: possible scores in each), at the ends, and gave each answer to each vraag, of who answered all.

    `elders`: vragen that were told of in an earlier schaal.
    """

    balken: Sequence[int]
    einden: Sequence[tuple[float, float]]
    breedte: int
    op_bodem: int
    op_plafond: int
    antwoorden: Sequence[Sequence[int]]
    elders: frozenset[str]

    @property
    def solvable(self) -> bool:
        """Whether mean and spread could tell who scored what: few possible scores, or nearly all alike."""
        few = self.breedte == 1 and len(self.balken) <= FEW_SCORES
        return nearly_all(self.balken) or (few and not is_safe(self.balken))


def share_schaal(made: Schaalcijfers, ruw: Ruw) -> Schaalcijfers:
    """The figures of a schaal without what may not be shared."""
    # one vraag with a small cell makes all of them coarse: the others, exact, would help to solve it
    apart = all(is_safe(counts) for counts in ruw.antwoorden)
    vragen = tuple(
        _share_vraag(vraag, counts, ruw, enough=(made.volledig or 0) >= KLEIN, apart=apart)
        for vraag, counts in zip(made.vragen, ruw.antwoorden, strict=True)
    )
    bars = merge_bars(ruw.balken)
    op_bodem, op_plafond = _ends(ruw, bars, vragen)
    if not made.met_score:  # nobody is left, and 0 would say that nobody filled it in
        made, op_bodem, op_plafond = made._replace(met_score=None, volledig=None), None, None
    made = made._replace(
        vragen=vragen,
        op_bodem=op_bodem,
        op_plafond=op_plafond,
        verdeling=tuple(Balk(ruw.einden[van][0], ruw.einden[tot][1], n) for van, tot, n in bars),
    )
    if (made.met_score or 0) < KLEIN or ruw.solvable:
        step = step_of(made.top - made.bodem)
        made = made._replace(
            gemiddelde=coarse(made.gemiddelde, step, (made.bodem, made.top)), sd=_without(made.sd, BESLOTEN)
        )
    if (made.volledig or 0) < KLEIN or (len(vragen) == 1 and ruw.solvable):
        made = made._replace(
            alpha=coarse(made.alpha, ALPHA_STEP),
            omega=Cijfer(None, reden=WEINIG),
            tegenrichting=made.tegenrichting and Cijfer(None, reden=WEINIG),
        )
    return made


def _share_vraag(vraag: Vraagcijfers, counts: Sequence[int], ruw: Ruw, *, enough: bool, apart: bool) -> Vraagcijfers:
    lowest = vraag.aantallen[0].antwoord
    vraag = vraag._replace(beantwoord=None, leeg=(), aantallen=())
    if not enough:
        none = Cijfer(None, reden=WEINIG)
        return vraag._replace(
            gemiddelde=none, sd=none, item_rest=none, alpha_zonder=none, lading=none, verkeerd_om=False
        )
    if not apart:
        vraag = vraag._replace(
            item_rest=_one_decimal(vraag.item_rest), alpha_zonder=_one_decimal(vraag.alpha_zonder),
            lading=_one_decimal(vraag.lading),
        )  # fmt: skip
    if len(ruw.antwoorden) == 1 or vraag.vraag in ruw.elders:
        why = EEN_VRAAG if len(ruw.antwoorden) == 1 else ELDERS
        return vraag._replace(gemiddelde=_without(vraag.gemiddelde, why), sd=_without(vraag.sd, why))
    parts = merge_answers(counts, apart=apart)
    told = tuple(Antwoordtelling(lowest + van, n, lowest + tot if tot > van else None) for van, tot, n in parts)
    vraag = vraag._replace(aantallen=told, beantwoord=sum(counts) if told else None)
    if apart:
        return vraag
    solved = not parts and (nearly_all(counts) or len(counts) <= PARTS)
    gemiddelde = _without(vraag.gemiddelde, BESLOTEN) if solved else _one_decimal(vraag.gemiddelde)
    return vraag._replace(gemiddelde=gemiddelde, sd=_without(vraag.sd, BESLOTEN))


def _ends(ruw: Ruw, bars: Sequence[tuple[int, int, int]], vragen: Sequence[Vraagcijfers]) -> tuple[Aantal, Aantal]:
    """The people at floor and ceiling: neither when there are few of them, or few beside them in a number shown."""
    beside = [(ruw.op_bodem, bars[0][2]), (ruw.op_plafond, bars[-1][2])] if bars else []
    for v in vragen:
        if v.aantallen:
            ends = (v.aantallen[0].aantal or 0, v.aantallen[-1].aantal or 0)
            low, high = reversed(ends) if v.omgekeerd else ends
            beside += [(ruw.op_bodem, low), (ruw.op_plafond, high)]
    rest = sum(ruw.balken) - ruw.op_bodem - ruw.op_plafond
    cells = [ruw.op_bodem, ruw.op_plafond, rest, *(abs(cell - end) for end, cell in beside)]
    return (ruw.op_bodem, ruw.op_plafond) if is_safe(cells) else (None, None)


def share_verandering(made: Verandering, span: float, *, alike: bool, few_alpha: bool) -> Verandering:
    """The figures of a change without what may not be shared.

    `span`: from the lowest to the highest score; `alike`: nearly all people have the same score or difference;
    `few_alpha`: r is an alpha of fewer people than one may tell.
    """
    classes = (made.hoger, made.geen, made.lager)
    if None in classes or not is_safe([n or 0 for n in classes]):
        made = made._replace(hoger=None, geen=None, lager=None)
    small = (made.n or 0) < KLEIN
    if small or alike:
        why = WEINIG if small else BESLOTEN
        made = made._replace(
            gemiddelde_van=_without(made.gemiddelde_van, why), gemiddelde_naar=_without(made.gemiddelde_naar, why),
            sd_van=_without(made.sd_van, why), s_diff=_without(made.s_diff, why), grens=_without(made.grens, why),
            verschil=coarse(made.verschil, step_of(span)), effect=coarse(made.effect, STEPS[0]),
        )  # fmt: skip
    if few_alpha:
        made = made._replace(
            r=_without(made.r, WEINIG), s_diff=_without(made.s_diff, WEINIG), grens=_without(made.grens, WEINIG)
        )
    return made if made.grens.waarde is not None else made._replace(hoger=None, geen=None, lager=None)


def step_of(span: float) -> float:
    """How coarse the ends of an interval are, on a schaal of this length."""
    return next((step for step in STEPS if step >= span / PIECES), STEPS[-1])


def coarse(cijfer: Cijfer, step: float, ends: tuple[float, float] | None = None) -> Cijfer:
    """A figure with a wider interval, from one multiple of `step` to another; none where it has no interval."""
    if cijfer.waarde is None:
        return cijfer
    if cijfer.onder is None or cijfer.boven is None:
        return Cijfer(None, reden=BESLOTEN)
    onder, boven = floor(cijfer.onder / step + NOTHING) * step, ceil(cijfer.boven / step - NOTHING) * step
    if ends:
        onder, boven = max(onder, ends[0]), min(boven, ends[1])
    return _rounded(Cijfer((onder + boven) / 2, onder, boven))


def round_all(value: Any) -> Any:
    """A value with every figure in it in two decimals, as a reader sees it."""
    if isinstance(value, Cijfer):
        return _rounded(value)
    if isinstance(value, tuple):
        parts = [round_all(part) for part in value]
        return type(value)(*parts) if hasattr(value, "_asdict") else tuple(parts)
    return value


def _rounded(cijfer: Cijfer) -> Cijfer:
    waarde, onder, boven = (None if n is None else round(n, DECIMALEN) for n in cijfer[:3])
    return Cijfer(waarde, onder, boven, cijfer.reden)


def _one_decimal(cijfer: Cijfer) -> Cijfer:
    return cijfer if cijfer.waarde is None else Cijfer(round(cijfer.waarde, 1))


def _without(cijfer: Cijfer, reden: str) -> Cijfer:
    """No figure; with its own reason where it had one."""
    return cijfer if cijfer.waarde is None else Cijfer(None, reden=reden)

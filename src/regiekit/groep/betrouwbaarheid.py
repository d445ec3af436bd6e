"""Reliability and distribution of every schaal at every meetmoment.

For who holds the table figures are exact, and only cells of fewer than five people are hidden. Of a table that knows
whom to leave out (`groep.besloten`) the figures are made to be shared (`groep.delen`).
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.groepscijfers import (
    KLEIN,
    MINSTENS,
    Antwoordtelling,
    Balk,
    Cijfer,
    Momentcijfers,
    Opmerking,
    Patroon,
    Schaalcijfers,
    Vraagcijfers,
)
from regiekit.domain.onthulling import hide_one, hide_small
from regiekit.domain.uitslag import reach
from regiekit.groep.delen import Ruw, share_schaal
from regiekit.groep.matrix import count_table, edges
from regiekit.groep.omgekeerd import remarks_on_direction, runs_wrong
from regiekit.groep.samenhang import (
    ALPHA_EEN,
    SCORES_GELIJK,
    TE_WEINIG,
    compute_alpha,
    compute_alpha_zonder,
    compute_between,
    compute_factor,
    compute_item_rest,
    compute_mean,
    make_samenhang,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regiekit.domain.groepscijfers import Aantal
    from regiekit.domain.uitslag import Rekenvraag
    from regiekit.domain.vragenlijst import Schaal, Vragenlijst
    from regiekit.groep.matrix import Matrix, Momenttelling, Patroontelling, Schaaltelling
    from regiekit.groep.samenhang import Factor, Samenhang
    from regiekit.groep.tabel import Groepstabel

    Antwoorden = tuple[Aantal, tuple[tuple[str, Aantal], ...], tuple[Antwoordtelling, ...]]
    Kinds = tuple[tuple[str, int], ...]

MAX_PATRONEN = 20
SOORTEN = ("leeg", "weet-niet", "wil-niet-zeggen", "nvt")
ONBEKENDE_SOORT = "niet-beantwoord"  # kinds are counted over the table; not known here for this meetmoment alone


def moments_of(tabel: Groepstabel, vragenlijst: Vragenlijst) -> tuple[Momentcijfers, ...]:
    """The figures of every meetmoment that occurs, in the order of the vragenlijst; the table is read once.

    Rows without a meetmoment are a group of their own only when no row has one; else they are left out and counted
    in a remark on the first meetmoment.
    """
    tellingen = count_table(tabel, vragenlijst)
    named = [t for t in tellingen if t.id is not None]
    loose = sum(t.mensen for t in tellingen if t.id is None)
    order = {m.id: n for n, m in enumerate(vragenlijst.meetmomenten)}
    chosen = sorted(named, key=lambda t: (order.get(t.id or "", len(order)), t.id or "")) or tellingen
    momenten = tuple(_make_moment(t, tabel, vragenlijst) for t in chosen)
    if named and loose:
        first = momenten[0]
        note = _loose(None if tabel.weggelaten is not None else loose)
        momenten = (first._replace(opmerkingen=(*first.opmerkingen, note)), *momenten[1:])
    return momenten


def _loose(rijen: int | None) -> Opmerking:
    """`rijen`: how many; None: that is not told."""
    many = "Sommige" if rijen is None else str(rijen) if rijen >= MINSTENS else f"Minder dan {MINSTENS}"
    return Opmerking("zonder-meetmoment", f"{many} rijen hebben geen meetmoment. Ze tellen niet mee in deze cijfers.")


def _make_moment(telling: Momenttelling, tabel: Groepstabel, vragenlijst: Vragenlijst) -> Momentcijfers:
    names = {m.id: m.naam for m in vragenlijst.meetmomenten}
    delen = tabel.weggelaten is not None
    patronen, overige = ((), 0) if delen else _patterns(telling.patronen, telling.mensen)
    teksten = {v.id: v.tekst for v in vragenlijst.vragen}
    schalen: list[Schaalcijfers] = []
    told: set[str] = set()
    for schaal, s in zip(vragenlijst.schalen, telling.schalen, strict=True):
        bron = _Bron(schaal, s, reach(vragenlijst, schaal), teksten, tabel.blank, frozenset(told) if delen else None)
        schalen.append(_make_schaal(bron))
        told |= {v.vraag for v in s.regel.vragen}
    # of what is shared, a number of its own would tell by subtraction how many people are left out
    mensen = max((s.met_score or 0 for s in schalen), default=0) if delen else telling.mensen
    return Momentcijfers(
        id=telling.id,
        naam=names.get(telling.id, telling.id) if telling.id is not None else "Iedereen",
        mensen=hide_one(mensen),
        schalen=tuple(schalen),
        patronen=patronen,
        overige=overige,
    )


def _patterns(telling: Patroontelling, mensen: int) -> tuple[tuple[Patroon, ...], Aantal]:
    """The ways of leaving open that five people or more share; the smallest goes too when the rest would be few."""
    shown = [Patroon(*p) for p in telling.most_frequent(MAX_PATRONEN) if p[1] >= MINSTENS]
    rest = mensen - sum(p.aantal for p in shown)
    while 0 < rest < MINSTENS and shown:
        rest += shown.pop().aantal
    return tuple(shown), hide_one(rest)


class _Bron(NamedTuple):
    """What the figures of one schaal are made of; `elders`, only of what is shared: vragen of earlier schalen."""

    schaal: Schaal
    telling: Schaaltelling
    ends: tuple[float, float]
    teksten: Mapping[str, str]
    blank: Mapping[str, Mapping[str, int]]
    elders: frozenset[str] | None

    @property
    def mensen(self) -> int:
        """How many people are counted in this schaal."""
        return self.telling.volledig.mensen + self.telling.overig.mensen

    @property
    def volledig(self) -> int:
        """How many people answered every vraag."""
        return self.telling.volledig.mensen


def _make_schaal(bron: _Bron) -> Schaalcijfers:
    telling = bron.telling
    n, gram, sums = bron.volledig, telling.gram, telling.sums
    samenhang, factor = make_samenhang(n, gram, sums), compute_factor(n, gram, sums)
    apart = [v.omgekeerd for v in telling.regel.vragen]
    vragen = tuple(_make_vraag(bron, place, samenhang, factor) for place in range(len(apart)))
    scores = _Scores.of(bron)
    balken, op_bodem, op_plafond = scores.bars(bron)
    made = Schaalcijfers(
        id=bron.schaal.id,
        naam=bron.schaal.naam,
        richting=bron.schaal.richting,
        regel=bron.schaal.regel,
        bodem=bron.ends[0],
        top=bron.ends[1],
        met_score=hide_one(scores.n),
        volledig=hide_one(n),
        gemiddelde=scores.gemiddelde(bron.ends),
        sd=scores.spread(),
        op_bodem=op_bodem,
        op_plafond=op_plafond,
        verdeling=balken,
        alpha=compute_alpha(samenhang),
        omega=factor.omega(),
        tegenrichting=compute_between(n, gram, sums, apart) if len(set(apart)) > 1 else None,
        vragen=vragen,
        opmerkingen=(),
    )
    if bron.elders is not None:
        made = share_schaal(made, scores.raw(bron))
    return made._replace(opmerkingen=tuple(_remarks(made, bron)))


class _Scores(NamedTuple):
    """The scores of the people of whom they may be shown: `som` and `kwadraten` count from the lowest score."""

    n: int
    som: Fraction
    kwadraten: Fraction
    balken: tuple[int, ...]
    op_bodem: int
    op_plafond: int

    @classmethod
    def of(cls, bron: _Bron) -> _Scores:
        """Of everybody with a score."""
        delen = [bron.telling.volledig, bron.telling.overig]
        by_answered = sum(deel.scores for deel in delen).tolist()  # type: ignore[union-attr]
        som = bron.schaal.regel == "som"
        parts = [(1 if som else a, s, q) for a, (n, s, q) in enumerate(by_answered) if n]
        return cls(
            n=sum(row[0] for row in by_answered),
            som=sum((Fraction(s, d) for d, s, _ in parts), Fraction()),
            kwadraten=sum((Fraction(q, d * d) for d, _, q in parts), Fraction()),
            balken=tuple(sum(deel.balken for deel in delen).tolist()),  # type: ignore[union-attr]
            op_bodem=sum(deel.op_bodem for deel in delen),
            op_plafond=sum(deel.op_plafond for deel in delen),
        )

    @property
    def sd(self) -> float:
        """With n - 1; at least two people."""
        return sqrt((self.kwadraten - self.som**2 / self.n) / (self.n - 1))

    def gemiddelde(self, ends: tuple[float, float]) -> Cijfer:
        """The mean score with its interval."""
        if self.n < MINSTENS:
            return Cijfer(None, reden=TE_WEINIG)
        return compute_mean(self.n, float(Fraction(ends[0]) + self.som / self.n), self.sd, ends)

    def spread(self) -> Cijfer:
        """The standard deviation of the scores."""
        return Cijfer(None, reden=TE_WEINIG) if self.n < MINSTENS else Cijfer(self.sd)

    def bars(self, bron: _Bron) -> tuple[tuple[Balk, ...], Aantal, Aantal]:
        """The distribution, and how many people are at its floor and at its ceiling: no more than the bars tell."""
        shown = hide_cells(self.balken)
        balken = tuple(Balk(van, tot, n) for (van, tot), n in zip(_edges(bron), shown, strict=True))
        return (
            balken,
            _end_of_bar(self.op_bodem, self.balken[0], shown[0]),
            _end_of_bar(self.op_plafond, self.balken[-1], shown[-1]),
        )

    def raw(self, bron: _Bron) -> Ruw:
        """What the shared figures are made from."""
        telling = bron.telling
        answers = tuple(tuple(counts[1:].tolist()) for counts in telling.volledig.antwoorden)
        return Ruw(self.balken, _edges(bron), telling.groepering.breedte, self.op_bodem, self.op_plafond, answers,
                   bron.elders or frozenset())  # fmt: skip


def _edges(bron: _Bron) -> list[tuple[float, float]]:
    """From where up to where each bar runs."""
    regel = bron.telling.regel
    return edges(
        bron.telling.groepering, sum(v.lo for v in regel.vragen), 1 if regel.regel == "som" else len(regel.vragen)
    )


def _end_of_bar(aantal: int, balk: int, shown: Aantal) -> Aantal:
    """The people at the very end of the scale, who are in the outer bar: only when the others of it are not few."""
    return None if shown is None else hide_small((aantal, balk - aantal))[0]


def hide_cells(aantallen: Sequence[int]) -> tuple[Aantal, ...]:
    """The cells of one total as they may be shown: nothing at all of fewer than five people."""
    return hide_small(aantallen) if sum(aantallen) >= MINSTENS else (None,) * len(aantallen)


def _make_vraag(bron: _Bron, place: int, samenhang: Samenhang, factor: Factor) -> Vraagcijfers:
    vraag = bron.telling.regel.vragen[place]
    beantwoord, leeg, aantallen = _answers(bron, place, vraag)
    item_rest, lading = compute_item_rest(samenhang, place), factor.lading(place)
    return Vraagcijfers(
        vraag=vraag.vraag,
        tekst=bron.teksten[vraag.vraag],
        omgekeerd=vraag.omgekeerd,
        beantwoord=beantwoord,
        leeg=leeg,
        aantallen=aantallen,
        gemiddelde=_vraag_mean(samenhang.n, int(bron.telling.sums[place]), vraag.lo),
        sd=_vraag_spread(samenhang, place),
        item_rest=item_rest,
        alpha_zonder=compute_alpha_zonder(samenhang, place),
        lading=lading,
        verkeerd_om=runs_wrong(item_rest, lading, samenhang.n),
    )


def _vraag_mean(n: int, som: int, lo: int) -> Cijfer:
    return Cijfer(None, reden=TE_WEINIG) if n < MINSTENS else Cijfer((n * lo + som) / n)


def _vraag_spread(samenhang: Samenhang, place: int) -> Cijfer:
    n = samenhang.n
    return Cijfer(None, reden=TE_WEINIG) if n < MINSTENS else Cijfer(sqrt(samenhang.vragen[place] / (n * (n - 1))))


def _answers(bron: _Bron, place: int, vraag: Rekenvraag) -> Antwoorden:
    """How many answered, how many left it open in which way, and how many gave each answer: together one total."""
    counts = bron.telling.volledig.antwoorden[place] + bron.telling.overig.antwoorden[place]
    return _cells(counts, _kinds(int(counts[0]), bron.blank.get(vraag.vraag, {})), vraag)


def _cells(counts: Matrix, open_: Kinds, vraag: Rekenvraag) -> Antwoorden:
    cells = hide_cells([*counts[1:].tolist(), *(n for _, n in open_)])
    given, left = cells[: len(counts) - 1], cells[len(counts) - 1 :]
    beantwoord = None if None in left else hide_one(int(counts[1:].sum()))
    leeg = tuple((soort, n) for (soort, _), n in zip(open_, left, strict=True))
    return beantwoord, leeg, tuple(Antwoordtelling(vraag.lo + n, aantal) for n, aantal in enumerate(given))


def _kinds(aantal: int, soorten: Mapping[str, int]) -> Kinds:
    """The kinds of blank of one vraag at one meetmoment, as far as the counts over the whole table tell them."""
    known = {soort: soorten[soort] for soort in SOORTEN if soorten.get(soort)}
    if sum(known.values()) == aantal and known:
        return tuple(known.items())
    if len(known) <= 1:
        return ((next(iter(known), SOORTEN[0]), aantal),)
    return ((ONBEKENDE_SOORT, aantal),)


def _remarks(cijfers: Schaalcijfers, bron: _Bron) -> list[Opmerking]:
    """What to know beside the figures of a schaal; of few people nothing that rests on a figure that is not shared."""
    if bron.elders is not None and bron.volledig < KLEIN:
        return _about_people(cijfers, bron)
    return [
        *_about_people(cijfers, bron),
        *_about_intervals(cijfers),
        *remarks_on_direction(cijfers, bron.volledig),
    ]


def _about_people(cijfers: Schaalcijfers, bron: _Bron) -> list[Opmerking]:
    n, found = bron.volledig, []
    allen = bron.mensen if bron.elders is None else cijfers.met_score or 0
    if MINSTENS <= n < allen:
        text = (
            f"{n} mensen beantwoordden alle vragen van deze schaal. Alpha, omega en de cijfers per vraag zijn van hen."
        )
        if bron.elders is None:
            text += " De aantallen per antwoord zijn van iedereen."
        found.append(Opmerking("volledig", text))
    if MINSTENS <= n < KLEIN:
        text = f"Dit zijn {n} mensen. Kijk naar het interval. Het getal zelf zegt bij zo weinig mensen nog niet veel."
        found.append(Opmerking("klein", text))
    return found


def _about_intervals(cijfers: Schaalcijfers) -> Iterator[Opmerking]:
    """Why a figure that has an interval elsewhere stands here without one."""
    for cijfer, waarom in ((cijfers.gemiddelde, SCORES_GELIJK), (cijfers.alpha, ALPHA_EEN)):
        if cijfer.waarde is not None and cijfer.onder is None:
            yield Opmerking("geen-interval", waarom)

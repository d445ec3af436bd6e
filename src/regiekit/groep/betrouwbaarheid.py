"""Reliability and distribution of every schaal at every meetmoment, of the people of whom it may be shown.

Two groups of people that differ by one to four are never both shown: the answers of those few would follow by
subtraction. Then every figure of the schaal is of the people who answered all of it (`shows_all`).
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
from regiekit.groep.matrix import count_table, edges
from regiekit.groep.samenhang import (
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
    from collections.abc import Mapping, Sequence

    from regiekit.domain.groepscijfers import Aantal
    from regiekit.domain.uitslag import Rekenvraag
    from regiekit.domain.vragenlijst import Schaal, Vragenlijst
    from regiekit.groep.matrix import Matrix, Momenttelling, Patroontelling, Schaaltelling
    from regiekit.groep.samenhang import Factor, Samenhang
    from regiekit.groep.tabel import Groepstabel

    Antwoorden = tuple[Aantal, tuple[tuple[str, Aantal], ...], tuple[Antwoordtelling, ...]]
    Kinds = tuple[tuple[str, int], ...]

MAX_PATRONEN = 20
VERKEERDE_LADING = -0.30  # a loading that counts, on the other side
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
        momenten = (first._replace(opmerkingen=(*first.opmerkingen, _loose(loose))), *momenten[1:])
    return momenten


def _loose(rijen: int) -> Opmerking:
    many = str(rijen) if rijen >= MINSTENS else f"Minder dan {MINSTENS}"
    return Opmerking("zonder-meetmoment", f"{many} rijen hebben geen meetmoment. Ze tellen niet mee in deze cijfers.")


def _make_moment(telling: Momenttelling, tabel: Groepstabel, vragenlijst: Vragenlijst) -> Momentcijfers:
    names = {m.id: m.naam for m in vragenlijst.meetmomenten}
    patronen, overige = _patterns(telling.patronen, telling.mensen)
    schalen = zip(vragenlijst.schalen, telling.schalen, strict=True)
    teksten = {v.id: v.tekst for v in vragenlijst.vragen}
    return Momentcijfers(
        id=telling.id,
        naam=names.get(telling.id, telling.id) if telling.id is not None else "Iedereen",
        mensen=hide_one(telling.mensen),
        schalen=tuple(
            _make_schaal(_Bron(schaal, s, telling.mensen, reach(vragenlijst, schaal), teksten, tabel.blank))
            for schaal, s in schalen
        ),
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
    """What the figures of one schaal are made of."""

    schaal: Schaal
    telling: Schaaltelling
    mensen: int
    ends: tuple[float, float]
    teksten: Mapping[str, str]
    blank: Mapping[str, Mapping[str, int]]

    @property
    def volledig(self) -> int:
        """How many people answered every vraag."""
        return self.telling.volledig.mensen


def shows_all(volledig: int, allen: int) -> bool:
    """Whether figures over `allen` may stand beside those over `volledig`, who are among them.

    Not when they differ by one to four people: subtracting the two would tell what those few answered. Fewer than five
    people who answered everything have no figures of their own, so then nothing can be subtracted.
    """
    return volledig < MINSTENS or not 0 < allen - volledig < MINSTENS


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
        """Of everybody with a score; or of who answered everything, when only a few others have one."""
        delen = [bron.telling.volledig, bron.telling.overig]
        if not shows_all(bron.volledig, sum(deel.met_score for deel in delen)):
            delen = delen[:1]
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
        regel = bron.telling.regel
        deler = 1 if regel.regel == "som" else len(regel.vragen)
        ends = edges(bron.telling.groepering, sum(v.lo for v in regel.vragen), deler)
        balken = tuple(Balk(van, tot, n) for (van, tot), n in zip(ends, shown, strict=True))
        return (
            balken,
            _end_of_bar(self.op_bodem, self.balken[0], shown[0]),
            _end_of_bar(self.op_plafond, self.balken[-1], shown[-1]),
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
        verkeerd_om=runs_wrong(item_rest, lading),
    )


def runs_wrong(item_rest: Cijfer, lading: Cijfer) -> bool:
    """Whether a vraag seems to be keyed the wrong way round, whatever alpha is.

    With a vraag-rest below 0, alpha would rise when the vraag were turned round: that holds for every schaal. A loading
    of -0.30 or less, while most vragen load positively, finds the same where a few vragen like it hide it.
    """
    negative = item_rest.waarde is not None and item_rest.waarde < 0
    return negative or (lading.waarde is not None and lading.waarde <= VERKEERDE_LADING)


def _vraag_mean(n: int, som: int, lo: int) -> Cijfer:
    return Cijfer(None, reden=TE_WEINIG) if n < MINSTENS else Cijfer((n * lo + som) / n)


def _vraag_spread(samenhang: Samenhang, place: int) -> Cijfer:
    n = samenhang.n
    return Cijfer(None, reden=TE_WEINIG) if n < MINSTENS else Cijfer(sqrt(samenhang.vragen[place] / (n * (n - 1))))


def _answers(bron: _Bron, place: int, vraag: Rekenvraag) -> Antwoorden:
    """How many answered, how many left it open in which way, and how many gave each answer: together one total."""
    whole, other = (deel.antwoorden[place] for deel in (bron.telling.volledig, bron.telling.overig))
    counts = whole + other
    if not (shows_all(bron.volledig, bron.mensen) and shows_all(bron.volledig, int(counts[1:].sum()))):
        return _cells(whole, (), vraag)
    return _cells(counts, _kinds(int(counts[0]), bron.blank.get(vraag.vraag, {})), vraag)


def _cells(counts: Matrix, open_: Kinds, vraag: Rekenvraag) -> Antwoorden:
    cells = hide_cells([*counts[1:].tolist(), *(n for _, n in open_)])
    given, left = cells[: len(counts) - 1], cells[len(counts) - 1 :]
    beantwoord = None if None in left else hide_one(int(counts[1:].sum()))
    leeg = tuple((soort, n) for (soort, _), n in zip(open_, left, strict=True)) or ((SOORTEN[0], None),)
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
    """What to know beside the figures of a schaal."""
    return [
        *_about_people(cijfers, bron),
        *_about_alpha(cijfers.alpha),
        *_about_wrong(cijfers.vragen),
        *_about_reversed(cijfers.tegenrichting),
    ]


def _about_people(cijfers: Schaalcijfers, bron: _Bron) -> list[Opmerking]:
    n, found = bron.volledig, []
    if not shows_all(n, bron.mensen):
        text = (
            f"Minder dan {MINSTENS} mensen lieten een vraag van deze schaal open. Zij tellen hier nergens mee: "
            "anders zijn hun antwoorden terug te rekenen."
        )
        found.append(Opmerking("weinig-open", text))
    elif MINSTENS <= n < bron.mensen:
        text = (
            f"{n} mensen beantwoordden alle vragen van deze schaal. Alpha, omega en de cijfers per vraag "
            "zijn van hen. De aantallen per antwoord zijn van iedereen."
        )
        found.append(Opmerking("volledig", text))
    if MINSTENS <= n < KLEIN:
        text = f"Dit zijn {n} mensen. Kijk naar het interval. Het getal zelf zegt bij zo weinig mensen nog niet veel."
        found.append(Opmerking("klein", text))
    return found


def _about_alpha(alpha: Cijfer) -> list[Opmerking]:
    if alpha.waarde is None or alpha.waarde >= 0:
        return []
    text = (
        "Alpha is lager dan 0. De vragen spreken elkaar tegen. "
        "Kijk bij elke vraag of 'omgekeerd' in de vragenlijst klopt."
    )
    return [Opmerking("alpha-negatief", text)]


def _about_wrong(vragen: Sequence[Vraagcijfers]) -> list[Opmerking]:
    wrong = [v.vraag for v in vragen if v.verkeerd_om]
    if not wrong:
        return []
    if 2 * len(wrong) >= len(vragen):
        text = (
            "De vragen vallen uiteen in groepen die elkaar tegenspreken. De cijfers zeggen niet welke groep verkeerd "
            "om staat. Kijk bij elke vraag of 'omgekeerd' in de vragenlijst klopt."
        )
        return [Opmerking("verdeeld", text)]
    who = f"Vraag {wrong[0]} loopt" if len(wrong) == 1 else f"De vragen {', '.join(wrong)} lopen"
    text = (
        f"{who} tegen de andere vragen in, ook als alpha goed lijkt. Kijk of 'omgekeerd' klopt in de vragenlijst. "
        "Klopt het? Lees dan of de vraag anders te begrijpen is dan bedoeld."
    )
    return [Opmerking("verkeerd-om", text)]


def _about_reversed(tegenrichting: Cijfer | None) -> list[Opmerking]:
    if tegenrichting is None or tegenrichting.waarde is None or tegenrichting.waarde < 0:
        return []
    text = (
        "Wie hoog antwoordt op de gewone vragen, doet dat ook op de omgekeerde. Dat hoort andersom te zijn. "
        "Kijk of 'omgekeerd' klopt, en of mensen die vragen goed begrepen."
    )
    return [Opmerking("tegenrichting", text)]

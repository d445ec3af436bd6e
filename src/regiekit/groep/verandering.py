"""Change between meetmomenten: of the same people, over the vragen that each of them answered both times.

Mean difference with the t interval of pairs. Standardised mean change by the SD at the start (Becker 1988; Morris 2008
calls it raw-score standardised), with Hedges' exact small-sample correction; its interval is that of Bonett (2008),
which does not suppose that the SD stays the same, around the figure before the correction. Reliable change after
Jacobson and Truax (1991), see `domain.meetfout`. The people are joined and summed in Polars; from there on there is
one row of whole sums a pair.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import exp, lgamma, sqrt
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from regiekit.domain.groepscijfers import KLEIN, MINSTENS, Cijfer, Opmerking, Verandering
from regiekit.domain.meetfout import Z, grens_of, least_sum, s_diff_of
from regiekit.domain.onthulling import hide_one, hide_small, nearly_all
from regiekit.domain.uitslag import make_rekenregel
from regiekit.groep.delen import share_verandering
from regiekit.groep.interval import half_of_mean
from regiekit.groep.tabel import CLIENT, MEETMOMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regiekit.domain.groepscijfers import Aantal, Momentcijfers, Schaalcijfers
    from regiekit.domain.uitslag import Rekenregel
    from regiekit.domain.vragenlijst import Schaal, Vragenlijst
    from regiekit.groep.tabel import Groepstabel

TEST_HERTEST, ALPHA = "test-hertest", "alpha"
LATER = ":later"  # behind the id of a vraag, which has no colon
GEEN_CODES = (
    "Verandering is niet te berekenen: de tabel heeft geen kolom met cliëntcodes. Daardoor is niet te zien welke twee "
    "metingen van dezelfde persoon zijn."
)
GEEN_CONTROLE = (
    "Er is geen groep zonder begeleiding om naast te leggen. Een verschil zegt dus niet dat de begeleiding het deed."
)
ZONDER_AANTAL = (
    "Niet iedereen heeft alle metingen. Verandering gaat alleen over wie ze heeft. Wie bleef, kan anders zijn dan wie "
    "wegviel."
)
WEINIG_VOLLEDIG = (
    f"daarvoor is de alpha van de eerste meting nodig, en daar beantwoordden minder dan {MINSTENS} mensen alle vragen "
    "van deze schaal"
)
EVEN_VER = "iedereen veranderde precies even veel, en dan is niet te zeggen hoe zeker dat is"
MENSEN_VOOR_GRENS = 50  # under so many the border of a person is unsure itself
TE_WEINIG = f"minder dan {MINSTENS} mensen hebben beide metingen; over zo weinig mensen staat hier niets"
ALLES_GELIJK = "iedereen had bij het eerste moment dezelfde score, dus er is geen spreiding om in uit te drukken"
GEEN_ALPHA = "de betrouwbaarheid is niet bekend, dus niet te zeggen is vanaf welk verschil iemand duidelijk veranderde"


class _Paren(NamedTuple):
    """What the pairs of one schaal amount to; scores over the common vragen. `gelijk`: everybody began alike."""

    n: int
    van: float
    naar: float
    sd: float
    verschil: float
    sd_verschil: float
    gelijk: bool


def changes_of(
    tabel: Groepstabel,
    vragenlijst: Vragenlijst,
    momenten: Sequence[Momentcijfers],
    r_test_hertest: Mapping[str, float],
) -> tuple[Verandering, ...]:
    """Every schaal from every meetmoment to every later one, from the first to the last before all others.

    `momenten` are in the order of the vragenlijst and give alpha at the start; `r_test_hertest` has, by the id of a
    schaal, the correlation of two measurements shortly after each other, which goes before alpha. Empty for a table
    without codes or with one meetmoment.
    """
    ids = [m.id for m in momenten if m.id is not None]
    if len(ids) < 2 or CLIENT not in tabel.frame.collect_schema():
        return ()
    by_id = {m.id: m for m in momenten}
    found: list[Verandering] = []
    for van, naar in _in_order(ids):
        sums = _sums(tabel, vragenlijst, van, naar)
        start = {s.id: s for s in by_id[van].schalen}
        for place, schaal in enumerate(vragenlijst.schalen):
            r = _reliability(start.get(schaal.id), r_test_hertest.get(schaal.id))
            soort = TEST_HERTEST if schaal.id in r_test_hertest else ALPHA
            regel = make_rekenregel(vragenlijst, schaal)
            pairs = _with_score(sums, regel, place)
            made = _change(schaal, pairs, sums.height, (van, naar), (r, soort))
            if tabel.weggelaten is not None:
                made = _shared(made, pairs, start[schaal.id])
            found.append(_with_unsure_border(made, start.get(schaal.id)))
    return tuple(found)


def _shared(made: Verandering, pairs: pl.DataFrame, start: Schaalcijfers) -> Verandering:
    """The figures of a change as they may be shared; the remark on who fell out told how many there are."""
    k, a, b = pl.col("k"), pl.col("a"), pl.col("b")
    counts = [
        pairs.select(score.alias("x")).group_by("x").len()["len"].to_list() for score in (a / k, b / k, (b - a) / k)
    ]
    few_alpha = made.r_soort == ALPHA and (start.volledig or 0) < KLEIN
    notes = tuple(o for o in made.opmerkingen if o.code != "te-weinig-gelijke-vragen")
    shared = share_verandering(made, start.top - start.bodem, alike=any(map(nearly_all, counts)), few_alpha=few_alpha)
    return shared._replace(opmerkingen=notes)


def _with_unsure_border(made: Verandering, start: Schaalcijfers | None) -> Verandering:
    """A remark with the border of a person where SD or alpha rest on few people: the formula takes both as certain."""
    of_alpha = (start.volledig or 0) if start and made.r_soort == ALPHA else made.n or 0
    few = min(made.n or 0, of_alpha)
    if made.grens.waarde is None or few >= MENSEN_VOOR_GRENS:
        return made
    text = (
        f"Vanaf welk verschil één mens duidelijk veranderde, rust op {few} mensen. Onder {MENSEN_VOOR_GRENS} mensen "
        "is die grens zelf onzeker. In een andere groep kan zij een stuk hoger of lager liggen."
    )
    return made._replace(opmerkingen=(*made.opmerkingen, Opmerking("grens-onzeker", text)))


def _in_order(ids: Sequence[str]) -> list[tuple[str, str]]:
    """All pairs of an earlier and a later one, the widest before the others."""
    pairs = list(combinations(ids, 2))
    widest = (ids[0], ids[-1])
    return [widest, *(p for p in pairs if p != widest)]


def _reliability(start: Schaalcijfers | None, given: float | None) -> Cijfer:
    """The r of S_diff, or the sentence why there is none."""
    if given is None and start and (start.volledig is None or start.volledig < MINSTENS):
        return Cijfer(None, reden=WEINIG_VOLLEDIG)
    r = Cijfer(given) if given is not None else start.alpha if start else Cijfer(None, reden=GEEN_ALPHA)
    if r.waarde is None:
        return r
    if r.waarde < 0:
        return Cijfer(None, reden="de betrouwbaarheid is lager dan 0; kijk of alle vragen de goede kant op tellen")
    if r.waarde >= 1:
        return Cijfer(None, reden="de betrouwbaarheid is 1 of hoger, en zonder meetfout is er geen grens te rekenen")
    return r


# Pairs --------------------------------------------------------------------------------------------------------------


def _sums(tabel: Groepstabel, vragenlijst: Vragenlijst, van: str, naar: str) -> pl.DataFrame:
    """A row for everybody with both; for each schaal k (common vragen) and the keyed sums of then (a) and later (b).

    k is null for who is left out of a schaal of what is shared.
    """
    frame = tabel.frame
    known = set(frame.collect_schema().names())
    vragen = [v.id for v in vragenlijst.vragen if v.id in known]
    first = frame.filter(pl.col(MEETMOMENT) == van).select(CLIENT, *vragen)
    later = frame.filter(pl.col(MEETMOMENT) == naar).select(CLIENT, *(pl.col(v).alias(f"{v}{LATER}") for v in vragen))
    paired = first.join(later, on=CLIENT, how="inner")
    regels = [make_rekenregel(vragenlijst, s) for s in vragenlijst.schalen]
    columns = [e for place, regel in enumerate(regels) for e in _of_schaal(regel, known, place)]
    left_out = ((tabel.weggelaten or {}).get(schaal.id) for schaal in vragenlijst.schalen)
    without = [
        pl.when(~pl.col(CLIENT).is_in(people.implode())).then(pl.col(f"k{place}")).alias(f"k{place}")
        for place, people in enumerate(left_out) if people is not None and len(people)
    ]  # fmt: skip
    return paired.select(CLIENT, *columns).with_columns(without).drop(CLIENT).collect(engine="streaming")


def _of_schaal(regel: Rekenregel, known: set[str], place: int) -> Iterator[pl.Expr]:
    both = {v.vraag: pl.col(v.vraag).is_not_null() & pl.col(f"{v.vraag}{LATER}").is_not_null()
            for v in regel.vragen if v.vraag in known}  # fmt: skip
    nothing = pl.lit(0, dtype=pl.Int32)
    yield pl.sum_horizontal(nothing, *(b.cast(pl.Int32) for b in both.values())).alias(f"k{place}")
    for mark, ending in (("a", ""), ("b", LATER)):
        keyed = (
            pl.when(both[v.vraag]).then(pl.col(f"{v.vraag}{ending}").cast(pl.Int32) * v.sign + v.offset).otherwise(0)
            for v in regel.vragen if v.vraag in both
        )  # fmt: skip
        yield pl.sum_horizontal(nothing, *keyed).alias(f"{mark}{place}")


def _with_score(sums: pl.DataFrame, regel: Rekenregel, place: int) -> pl.DataFrame:
    """k, a and b of the pairs with enough common vragen; k is 1 for a som, whose score is not divided."""
    k, a, b = (pl.col(f"{mark}{place}") for mark in "kab")
    parts = pl.lit(1, dtype=pl.Int32) if regel.regel == "som" else k
    return sums.filter(k >= regel.minimaal).select(parts.alias("k"), a.alias("a"), b.alias("b"))


def _figures(pairs: pl.DataFrame) -> _Paren:
    """From whole sums for each number of common vragen, so that no order of the rows changes a decimal."""
    a, b = pl.col("a").cast(pl.Int64), pl.col("b").cast(pl.Int64)
    by_k = pairs.group_by("k").agg(
        a.sum().alias("van"), (a * a).sum().alias("van2"), b.sum().alias("naar"),
        (b - a).sum().alias("weg"), ((b - a) ** 2).sum().alias("weg2"),
    ).to_dicts()  # fmt: skip
    n = pairs.height
    van, naar, weg = (
        sum((Fraction(row[name], row["k"]) for row in by_k), Fraction()) for name in ("van", "naar", "weg")
    )
    van2, weg2 = (sum((Fraction(row[name], row["k"] ** 2) for row in by_k), Fraction()) for name in ("van2", "weg2"))
    sd, sd_verschil = (sqrt((squares - whole**2 / n) / (n - 1)) for squares, whole in ((van2, van), (weg2, weg)))
    return _Paren(n, float(van / n), float(naar / n), sd, float(weg / n), sd_verschil, not sd)


def _count_changed(pairs: pl.DataFrame, grens: float) -> tuple[int, int, int]:
    """How many went up, stayed, went down; on whole sums, and reaching the border counts."""
    ks = pairs["k"].unique().to_list()
    least = pl.col("k").replace_strict(ks, [least_sum(grens, k) for k in ks], return_dtype=pl.Int64)
    moved = pl.col("b") - pl.col("a")
    up, down = pairs.select((moved >= least).sum().alias("up"), (moved <= -least).sum().alias("down")).row(0)
    return up, pairs.height - up - down, down


# Figures ------------------------------------------------------------------------------------------------------------


def _change(
    schaal: Schaal,
    pairs: pl.DataFrame,
    both: int,
    moments: tuple[str, str],
    reliability: tuple[Cijfer, str],
) -> Verandering:
    """`pairs`: of who has enough vragen in common; `both`: how many people have both metingen."""
    (van, naar), (r, soort) = moments, reliability
    if pairs.height < MINSTENS:
        none = Cijfer(None, reden=TE_WEINIG)
        return Verandering(schaal.id, schaal.naam, schaal.richting, van, naar, hide_one(pairs.height), none, none, none,
                           none, none, none, soort, none, none, None, None, None, ())  # fmt: skip
    p = _figures(pairs)
    s_diff, grens = _border(p, r)
    changed: tuple[Aantal, ...] = (None, None, None)
    if grens.waarde is not None:
        changed = hide_small(_count_changed(pairs, grens.waarde))
    return Verandering(
        schaal=schaal.id, naam=schaal.naam, richting=schaal.richting, van=van, naar=naar, n=p.n,
        gemiddelde_van=Cijfer(p.van), gemiddelde_naar=Cijfer(p.naar), sd_van=Cijfer(p.sd),
        verschil=mean_difference(p.verschil, p.sd_verschil, p.n),
        effect=Cijfer(None, reden=ALLES_GELIJK) if p.gelijk else standardised_change(p.verschil, p.sd, p.sd_verschil,
                                                                                    p.n),
        r=r, r_soort=soort, s_diff=s_diff, grens=grens, hoger=changed[0], geen=changed[1], lager=changed[2],
        opmerkingen=tuple(_notes(p, both - p.n)),
    )  # fmt: skip


def mean_difference(verschil: float, sd_verschil: float, n: int) -> Cijfer:
    """The mean difference of n pairs with its t interval; without one where everybody moved just as far."""
    half = half_of_mean(sd_verschil, n)
    return Cijfer(verschil, verschil - half, verschil + half) if half else _without_interval(verschil, n)


def _without_interval(waarde: float, n: int) -> Cijfer:
    """Of few people a figure without an interval would be taken for certain, so then only the reason is left."""
    return Cijfer(None, reden=EVEN_VER) if n < KLEIN else Cijfer(waarde)


def standardised_change(verschil: float, sd_van: float, sd_verschil: float, n: int) -> Cijfer:
    """Mean difference in units of the SD at the start, for n pairs; `sd_van` is not 0.

    The figure is corrected (`small_sample`). The interval is that of Bonett (2008) around the figure before that:
    d ± 1.96·√(sd_verschil² / (sd_van²·(n - 1)) + d² / (2·(n - 1))).
    """
    d = verschil / sd_van
    half = Z * sqrt((sd_verschil / sd_van) ** 2 / (n - 1) + d**2 / (2 * (n - 1)))
    figure = d * small_sample(n - 1)
    return Cijfer(figure, d - half, d + half) if half else _without_interval(figure, n)


def small_sample(df: int) -> float:
    """Hedges' correction, exact: gamma(df/2) / (sqrt(df/2) * gamma((df - 1)/2)); a little under 1."""
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


def _border(p: _Paren, r: Cijfer) -> tuple[Cijfer, Cijfer]:
    """S_diff and the border of a reliable change."""
    if r.waarde is None:
        none = Cijfer(None, reden=r.reden)
        return none, none
    if p.gelijk:
        none = Cijfer(None, reden=ALLES_GELIJK)
        return none, none
    s_diff = s_diff_of(p.sd, r.waarde)
    return Cijfer(s_diff), Cijfer(grens_of(s_diff))


# Remarks ------------------------------------------------------------------------------------------------------------


def _notes(p: _Paren, without: int) -> Iterator[Opmerking]:
    if not p.sd_verschil and p.n >= KLEIN:
        yield Opmerking("geen-interval", f"{EVEN_VER[0].upper()}{EVEN_VER[1:]}.")
    if p.n < KLEIN:
        yield Opmerking("weinig-mensen", f"Minder dan {KLEIN} mensen: kijk naar het interval, niet naar het getal.")
    if without:
        yield Opmerking(
            "te-weinig-gelijke-vragen",
            f"{_people(without)} vulden beide keren iets in, maar te weinig dezelfde vragen. Zij tellen niet mee.",
        )


def remarks_of(
    tabel: Groepstabel, momenten: Sequence[Momentcijfers], veranderingen: Sequence[Verandering]
) -> tuple[Opmerking, ...]:
    """What holds for all figures of change together: who is in no pair, and what they do not prove."""
    ids = [m.id for m in momenten if m.id is not None]
    if len(ids) < 2:
        return ()
    if CLIENT not in tabel.frame.collect_schema():
        return (Opmerking("geen-codes", GEEN_CODES),)
    lost = list(_lost(tabel.frame, momenten))
    notes = [Opmerking("wie-wegviel", text) for text in lost]
    if lost and tabel.weggelaten is not None:
        notes = [Opmerking("wie-wegviel", ZONDER_AANTAL)]
    notes.append(Opmerking("geen-controlegroep", GEEN_CONTROLE))
    tested = sum(v.verschil.waarde is not None for v in veranderingen)
    if tested > 1:
        notes.append(Opmerking(
            "meer-vergelijkingen",
            f"Hier staan {tested} vergelijkingen. Hoe meer je er bekijkt, hoe eerder er één door toeval opvalt. Kies "
            "liefst vooraf welke telt.",
        ))  # fmt: skip
    return tuple(notes)


def _lost(frame: pl.LazyFrame, momenten: Sequence[Momentcijfers]) -> Iterator[str]:
    """For each pair of meetmomenten who has only one of the two."""
    ids = [m.id for m in momenten if m.id is not None]
    names = {m.id: m.naam[:1].lower() + m.naam[1:] for m in momenten}
    seen = [(pl.col(MEETMOMENT) == i).any().alias(i) for i in ids]
    masks = frame.filter(pl.col(CLIENT).is_not_null()).group_by(CLIENT).agg(seen).group_by(ids).len(name="aantal:")
    counted = masks.collect(engine="streaming").to_dicts()
    for van, naar in _in_order(ids):
        both, first, later = (
            sum(row["aantal:"] for row in counted if (row[van], row[naar]) == kind)
            for kind in ((True, True), (True, False), (False, True))
        )
        if first or later:
            yield (
                f"Van {names[van]} naar {names[naar]}: {_people(both)} met beide metingen, {_people(first)} met alleen "
                f"{names[van]}, {_people(later)} met alleen {names[naar]}. Wie bleef, kan anders zijn dan wie wegviel."
            )


def _people(aantal: int) -> str:
    shown = hide_one(aantal)
    return f"minder dan {MINSTENS} mensen" if shown is None else f"{shown} mensen" if shown else "niemand"

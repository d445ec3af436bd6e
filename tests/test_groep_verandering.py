"""Change in a group: against a slow second computation, published figures, and simulation of the intervals."""

from __future__ import annotations

from fractions import Fraction
from statistics import mean, stdev
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.domain.groepscijfers import Cijfer, Momentcijfers, Rijtelling, Schaalcijfers, Verandering
from regiekit.domain.meetfout import grens_of, least_sum, s_diff_of
from regiekit.domain.onthulling import hide_small
from regiekit.domain.uitslag import keyed_values, make_rekenregel
from regiekit.groep.tabel import Groepstabel
from regiekit.groep.verandering import changes_of, mean_difference, remarks_of, small_sample, standardised_change
from util import ROOT, lijst_from, schaal, small_lijst

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOMENTEN = ("start", "halverwege", "einde")
SCHALEN = (
    schaal("gewoon", "1 2 -3 4", 3) + schaal("opgeteld", "2 -5", 2, "som") + schaal("tegen", "-1 6", 1, "gemiddelde",
                                                                                    "hoger-is-ongunstig")
)  # fmt: skip
Person = dict[str, "int | None"]


@pytest.fixture
def lijst(tmp_path: Path) -> Any:
    """Six vragen on -2..2; reversed ones, a som, and one vraag in two schalen in opposite directions."""
    moments = "".join(f"  - {{id: {m}, naam: {m.capitalize()}}}\n" for m in MOMENTEN)
    return lijst_from(tmp_path, small_lijst(SCHALEN, vragen=6, low=-2, high=2, extra=f"meetmomenten:\n{moments}"))


def people(lijst: Any, n: int, seed: int, moment: str, shift: float = 0.0, empty: float = 0.1) -> dict[str, Person]:
    """Answers of n people; the same seed gives the same person behind a code."""
    traits = np.random.default_rng(99).standard_normal(n)
    rng = np.random.default_rng([seed, MOMENTEN.index(moment)])
    found: dict[str, Person] = {}
    for place in range(n):
        drawn = np.clip(np.round(traits[place] + shift + rng.standard_normal(len(lijst.vragen))), -2, 2)
        found[f"C-{place}"] = {
            v.id: None if rng.random() < empty else int(a) for v, a in zip(lijst.vragen, drawn, strict=True)
        }
    return found


def table(lijst: Any, moments: Mapping[str, Mapping[str, Person]], *, codes: bool = True) -> Groepstabel:
    rows = [{"client": c, "meetmoment": m, **a} for m, who in moments.items() for c, a in who.items()]
    types = {"client": pl.String, "meetmoment": pl.String, **{v.id: pl.Int8 for v in lijst.vragen}}
    frame = pl.DataFrame(rows, schema=types).with_row_index("rij", 2)
    frame = frame if codes else frame.drop("client")
    return Groepstabel("t.csv", frame.lazy(), Rijtelling(frame.height, frame.height, 0, 0), {})


def moments_with(lijst: Any, ids: tuple[str, ...], alpha: Cijfer) -> tuple[Momentcijfers, ...]:
    """As the part on reliability gives them; only alpha and the names count here."""
    c = Cijfer(1.0)
    schalen = tuple(
        Schaalcijfers(s.id, s.naam, s.richting, s.regel, 1, 5, 9, 9, c, c, 0, 0, (), alpha, c, None, (), ())
        for s in lijst.schalen
    )
    return tuple(Momentcijfers(i, i.capitalize(), 9, schalen, (), 0) for i in ids)


def changes(
    lijst: Any, moments: Mapping[str, Mapping[str, Person]], r: float | Cijfer = 0.8, **given: float
) -> tuple[Verandering, ...]:
    alpha = r if isinstance(r, Cijfer) else Cijfer(r)
    return changes_of(table(lijst, moments), lijst, moments_with(lijst, tuple(moments), alpha), given)


# Published figures --------------------------------------------------------------------------------------------------


def test_the_example_of_jacobson_and_truax() -> None:
    """Marital therapy, 1991: SD 7.5, r .80, from 32.5 to 47.5. Their index is the difference in units of S_diff."""
    s_diff = s_diff_of(7.5, 0.80)
    assert s_diff == pytest.approx(4.743416, abs=5e-7)
    assert (47.5 - 32.5) / s_diff == pytest.approx(3.162278, abs=5e-7)
    assert grens_of(s_diff) == 9.297096
    for page in ("groepscijfers", "referentie"):
        text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
        assert "4,743416" in text and "3,162278" in text


@pytest.mark.parametrize(
    ("before", "after", "sd", "n", "figure"),
    [
        (30.6, 38.5, 15.0, 20, 0.5056), (23.5, 26.8, 3.1, 50, 1.0481), (0.5, 0.7, 0.1, 9, 1.8054),
        (53.4, 75.9, 14.5, 10, 1.4181), (35.6, 36.0, 4.7, 14, 0.0801), (23.1, 19.7, 13.8, 20, -0.2365),
        (24.9, 25.3, 4.1, 42, 0.0958), (55.7, 60.7, 17.3, 11, 0.2667), (34.8, 33.4, 3.1, 14, -0.4250),
    ],
)  # fmt: skip
def test_standardised_change_as_metafor_has_it(before: float, after: float, sd: float, n: int, figure: float) -> None:
    """The data of Morris (2008), measure SMCR; metafor tests its own figures to four decimals."""
    found = standardised_change(after - before, sd, 1.0, n).waarde
    assert found == pytest.approx(figure, abs=5.1e-5)


@pytest.mark.parametrize(
    ("moved", "sds", "r", "n", "ends"),
    [
        (8.3, (15.3, 14.6), 0.75, 25, (0.2258515, 0.8591158)),
        (-103.2, (33.17, 51.08), 0.769, 8, (-4.9019, -1.3206)),
    ],
)
def test_its_interval_as_bonett_has_it(
    moved: float, sds: tuple[float, float], r: float, n: int, ends: tuple[float, float]
) -> None:
    """The two examples of ci.stdmean.ps in Bonett's R package statpsych, standardizer of measurement 1."""
    spread = (sds[0] ** 2 + sds[1] ** 2 - 2 * r * sds[0] * sds[1]) ** 0.5
    found = standardised_change(moved, sds[0], spread, n)
    assert (found.onder, found.boven) == pytest.approx(ends, abs=1.5e-4 if n == 8 else 1e-5)


# Against a second computation ---------------------------------------------------------------------------------------


class Slow(NamedTuple):
    """One pair of afnames: sums over the common vragen, and by what they are divided."""

    parts: int
    before: int
    after: int


def slow_pairs(lijst: Any, one: Any, first: Mapping[str, Person], later: Mapping[str, Person]) -> list[Slow]:
    regel = make_rekenregel(lijst, one)
    found = []
    for code in first.keys() & later.keys():
        a, b = ({k.vraag: k.value for k in keyed_values(lijst, one, who[code])} for who in (first, later))
        common = a.keys() & b.keys()
        if len(common) >= regel.minimaal:
            parts = 1 if regel.regel == "som" else len(common)
            found.append(Slow(parts, sum(a[v] for v in common), sum(b[v] for v in common)))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_equals_a_slow_computation(lijst: Any, seed: int) -> None:
    n = (25, 60, 200)[seed % 3]
    first, later = people(lijst, n, seed, "start"), people(lijst, n, seed, "einde", 0.6)
    for code in list(first)[: n // 6]:
        del later[code]
    for code in list(first)[-n // 8 :]:
        del first[code]
    for made, one in zip(changes(lijst, {"start": first, "einde": later}, tegen=0.7), lijst.schalen, strict=True):
        pairs = slow_pairs(lijst, one, first, later)
        before = [p.before / p.parts for p in pairs]
        moved = [(p.after - p.before) / p.parts for p in pairs]
        assert (made.schaal, made.van, made.naar, made.n) == (one.id, "start", "einde", len(pairs))
        assert made.gemiddelde_van.waarde == pytest.approx(mean(before), abs=1e-12)
        assert made.gemiddelde_naar.waarde == pytest.approx(mean(p.after / p.parts for p in pairs), abs=1e-12)
        assert made.sd_van.waarde == pytest.approx(stdev(before), abs=1e-12)
        assert made.verschil.waarde == pytest.approx(mean(moved), abs=1e-12)
        assert made.verschil == pytest.approx(mean_difference(mean(moved), stdev(moved), len(pairs)), abs=1e-12)
        assert made.effect == pytest.approx(
            standardised_change(mean(moved), stdev(before), stdev(moved), len(pairs)), abs=1e-12
        )
        r = 0.7 if one.id == "tegen" else 0.8
        assert (made.r.waarde, made.r_soort) == (r, "test-hertest" if one.id == "tegen" else "alpha")
        assert made.s_diff.waarde == pytest.approx(stdev(before) * 2**0.5 * (1 - r) ** 0.5, abs=1e-12)
        assert made.grens.waarde == pytest.approx(1.96 * (made.s_diff.waarde or 0), abs=5.1e-7)
        border = Fraction(str(made.grens.waarde))
        up = sum(Fraction(p.after - p.before, p.parts) >= border for p in pairs)
        down = sum(Fraction(p.before - p.after, p.parts) >= border for p in pairs)
        assert (made.hoger, made.geen, made.lager) == hide_small((up, len(pairs) - up - down, down))


def test_the_interval_of_the_mean_is_that_of_student() -> None:
    """Ten pairs (the first data set of 'sleep' in R): t.test(paired = TRUE) gives 0.7001142 to 2.4598858."""
    moved = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    found = mean_difference(mean(moved), stdev(moved), 10)
    assert (found.onder, found.boven) == pytest.approx((0.7001142, 2.4598858), abs=5e-7)


# The intervals cover as stated --------------------------------------------------------------------------------------

DRAWS = 4000
SLACK = 4 * (0.95 * 0.05 / DRAWS) ** 0.5  # four standard errors: one wrong alarm in 16,000 of a right formula


@pytest.mark.parametrize("later_sd", [1.0, 1.3])
@pytest.mark.parametrize("effect", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("r", [0.5, 0.8])
@pytest.mark.parametrize("n", [20, 50, 200])
def test_the_intervals_hold_the_truth_in_95_of_100(n: int, r: float, effect: float, later_sd: float) -> None:
    """Also when the SD is larger afterwards, where the interval of Becker holds it in 89 of 100."""
    rng = np.random.default_rng([n, int(10 * r), int(10 * effect), int(10 * later_sd)])
    before, other = rng.standard_normal((2, DRAWS, n))
    moved = effect + later_sd * (r * before + (1 - r * r) ** 0.5 * other) - before
    rows = np.column_stack([moved.mean(1), before.std(1, ddof=1), moved.std(1, ddof=1)])
    standardised = [standardised_change(d, sd, spread, n) for d, sd, spread in rows.tolist()]
    plain = [mean_difference(row[0], row[2], n) for row in rows.tolist()]
    for found in (standardised, plain):
        covered = np.mean([(c.onder or 0) <= effect <= (c.boven or 0) for c in found])
        assert abs(covered - 0.95) < SLACK + 0.004
    figures = np.array([c.waarde for c in standardised], dtype=float)
    assert abs(figures.mean() - effect) < 4 * figures.std() / DRAWS**0.5  # corrected: no bias


# Borders ------------------------------------------------------------------------------------------------------------


@given(st.integers(1, 9_000_000), st.integers(1, 300))
def test_a_border_is_reached_by_whole_sums(mikro: int, vragen: int) -> None:
    grens = mikro / 1_000_000
    least = least_sum(grens, vragen)
    assert Fraction(least, vragen) >= Fraction(mikro, 1_000_000)
    assert least == 1 or Fraction(least - 1, vragen) < Fraction(mikro, 1_000_000)


def test_reaching_the_border_counts(lijst: Any) -> None:
    """Sums of -2 and 2 at the start, and an r that puts the border at two points: of two and one point, two count."""
    first: dict[str, Person] = {
        f"C-{n}": {v.id: {"v-2": s, "v-5": -s}.get(v.id, 0) for v in lijst.vragen}
        for n, s in enumerate([-1, 1] * 10)
    }  # fmt: skip
    later: dict[str, Person] = {
        c: {**a, "v-2": (a["v-2"] or 0) + 1, "v-5": (a["v-5"] or 0) - (n < 10)}
        for n, (c, a) in enumerate(first.items())
    }
    r = 1 - (2 / 1.96 / stdev([-2.0, 2.0] * 10)) ** 2 / 2
    made = changes(lijst, {"start": first, "einde": later}, r)[1]
    assert (made.schaal, made.grens.waarde) == ("opgeteld", 2.0)
    assert (made.hoger, made.geen, made.lager) == (10, 10, 0)
    back = changes(lijst, {"start": later, "einde": first}, 1 - (1 - r) / 2)[1]
    assert (back.grens.waarde or 0) < 2
    assert (back.hoger, back.geen, back.lager) == (0, 10, 10)
    beyond = changes(lijst, {"start": first, "einde": later}, r - 1e-5)[1]
    assert (beyond.hoger, beyond.geen, beyond.lager) == (0, 20, 0)


# What is not shown --------------------------------------------------------------------------------------------------


def test_under_five_people_there_is_only_a_sentence(lijst: Any) -> None:
    first, later = people(lijst, 30, 1, "start", empty=0), people(lijst, 4, 1, "einde", empty=0)
    for made in changes(lijst, {"start": first, "einde": later}):
        assert (made.n, made.hoger, made.geen, made.lager) == (None, None, None, None)
        figures = [f for f in made if isinstance(f, Cijfer)]
        assert len(figures) == 8
        assert {(f.waarde, f.onder, f.boven) for f in figures} == {(None, None, None)}
        assert all("minder dan 5 mensen" in (f.reden or "") for f in figures)


def test_nobody_with_both_is_nought(lijst: Any) -> None:
    first = people(lijst, 10, 1, "start")
    later = {f"X-{c}": a for c, a in people(lijst, 10, 1, "einde").items()}
    made = changes(lijst, {"start": first, "einde": later})[0]
    assert (made.n, made.verschil.waarde) == (0, None)


def test_small_numbers_of_changed_people_are_hidden(lijst: Any) -> None:
    hidden = 0
    for seed in range(8):
        for made in changes(lijst, {m: people(lijst, 40, seed, m, s) for m, s in (("start", 0), ("einde", 0.4))}, 0.9):
            shown = [a for a in (made.hoger, made.geen, made.lager) if a is not None]
            assert all(a == 0 or a >= 5 for a in shown)
            assert len(shown) != 2  # the third would follow from n
            hidden += len(shown) < 3
    assert hidden


def test_without_codes_there_is_no_change_and_it_is_said(lijst: Any) -> None:
    moments = {m: people(lijst, 30, 1, m) for m in ("start", "einde")}
    tabel, figures = table(lijst, moments, codes=False), moments_with(lijst, ("start", "einde"), Cijfer(0.8))
    assert changes_of(tabel, lijst, figures, {}) == ()
    (note,) = remarks_of(tabel, figures, ())
    assert (note.code, "cliëntcodes" in note.tekst) == ("geen-codes", True)


def test_one_meetmoment_gives_nothing(lijst: Any) -> None:
    tabel = table(lijst, {"start": people(lijst, 30, 1, "start")})
    figures = moments_with(lijst, ("start",), Cijfer(0.8))
    assert changes_of(tabel, lijst, figures, {}) == ()
    assert remarks_of(tabel, figures, ()) == ()


def test_first_to_last_stands_before_the_others(lijst: Any) -> None:
    made = changes(lijst, {m: people(lijst, 30, 1, m) for m in MOMENTEN})
    assert list(dict.fromkeys((v.van, v.naar) for v in made)) == [
        ("start", "einde"), ("start", "halverwege"), ("halverwege", "einde"),
    ]  # fmt: skip
    assert [v.schaal for v in made[:3]] == ["gewoon", "opgeteld", "tegen"]


# Undefined is a sentence --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("r", "words"),
    [
        (Cijfer(None, reden="er is maar één vraag"), "er is maar één vraag"), (Cijfer(-0.2), "lager dan 0"),
        (Cijfer(1.0), "1 of hoger"),
    ],
)  # fmt: skip
def test_without_a_usable_reliability_there_is_no_border(lijst: Any, r: Cijfer, words: str) -> None:
    made = changes(lijst, {m: people(lijst, 30, 1, m) for m in ("start", "einde")}, r)[0]
    for figure in (made.r, made.s_diff, made.grens):
        assert figure.waarde is None
        assert words in (figure.reden or "")
    assert (made.hoger, made.geen, made.lager) == (None, None, None)
    assert made.verschil.waarde is not None  # the difference needs no reliability


def test_a_start_without_spread_has_no_standard(lijst: Any) -> None:
    first: dict[str, Person] = {f"C-{n}": {v.id: 1 for v in lijst.vragen} for n in range(12)}
    later: dict[str, Person] = {c: {**a, "v-1": 2} for c, a in first.items()}
    made = changes(lijst, {"start": first, "einde": later})[0]
    assert made.sd_van.waarde == 0
    assert made.verschil.waarde is None and "even veel" in (made.verschil.reden or "")  # of 12 people no bare figure
    more = {f"{c}-{n}": a for n in range(2) for c, a in first.items()}
    many = changes(lijst, {"start": more, "einde": {c: {**a, "v-1": 2} for c, a in more.items()}})[0]
    assert many.verschil == Cijfer(0.25) and "geen-interval" in {o.code for o in many.opmerkingen}
    assert {made.effect.reden, made.s_diff.reden, made.grens.reden} == {made.effect.reden}
    assert "geen spreiding" in (made.effect.reden or "")


def test_a_vraag_without_column_is_answered_by_nobody(lijst: Any) -> None:
    moments = {m: people(lijst, 30, 1, m, empty=0) for m in ("start", "einde")}
    tabel = table(lijst, moments)
    tabel = tabel._replace(frame=tabel.frame.drop("v-1", "v-5"))
    made = changes_of(tabel, lijst, moments_with(lijst, ("start", "einde"), Cijfer(0.8)), {})
    assert [v.n for v in made] == [30, 0, 30]  # the som needs v-5; the others have enough without v-1


# Remarks ------------------------------------------------------------------------------------------------------------


def test_who_fell_out_is_told_without_pointing_at_anybody(lijst: Any) -> None:
    moments = {m: people(lijst, 40, 1, m) for m in ("start", "einde")}
    for code in list(moments["start"])[:12]:
        del moments["einde"][code]
    for code in list(moments["start"])[-2:]:
        del moments["start"][code]
    figures = moments_with(lijst, ("start", "einde"), Cijfer(0.8))
    tabel = table(lijst, moments)
    notes = {o.code: o.tekst for o in remarks_of(tabel, figures, changes_of(tabel, lijst, figures, {}))}
    assert notes["wie-wegviel"].startswith(
        "Van start naar einde: 26 mensen met beide metingen, 12 mensen met alleen start, minder dan 5 mensen met "
        "alleen einde."
    )
    assert "geen groep zonder begeleiding" in notes["geen-controlegroep"]
    assert "3 vergelijkingen" in notes["meer-vergelijkingen"]


def test_under_twenty_people_the_interval_is_the_message(lijst: Any) -> None:
    few, more = (changes(lijst, {m: people(lijst, n, 1, m) for m in ("start", "einde")})[0] for n in (15, 60))
    assert "weinig-mensen" in {o.code for o in few.opmerkingen}
    assert "weinig-mensen" not in {o.code for o in more.opmerkingen}


def test_the_small_sample_correction_is_that_of_hedges() -> None:
    assert small_sample(10) == pytest.approx(0.9227456)  # Hedges 1981, exact; 1 - 3/39 is 0.923077
    assert small_sample(1_000_000) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("n", "unsure"), [(49, True), (50, False)])
def test_a_border_that_rests_on_few_people_says_so(lijst: Any, n: int, unsure: bool) -> None:
    start, einde = (people(lijst, n, 1, m, empty=0.0) for m in ("start", "einde"))
    momenten = moments_with(lijst, ("start", "einde"), Cijfer(0.8))
    many = tuple(m._replace(schalen=tuple(s._replace(volledig=300) for s in m.schalen)) for m in momenten)
    made = changes_of(table(lijst, {"start": start, "einde": einde}), lijst, many, {})[0]
    said = [o.tekst for o in made.opmerkingen if o.code == "grens-onzeker"]
    assert bool(said) == unsure and all(f"{n} mensen" in t for t in said)
    of_few = tuple(m._replace(schalen=tuple(s._replace(volledig=12) for s in m.schalen)) for m in momenten)
    few = changes_of(table(lijst, {"start": start, "einde": einde}), lijst, of_few, {})[0]
    assert any("12 mensen" in o.tekst for o in few.opmerkingen), "the alpha rests on 12"
    given = changes_of(table(lijst, {"start": start, "einde": einde}), lijst, of_few, {"gewoon": 0.8})[0]
    assert any(o.code == "grens-onzeker" for o in given.opmerkingen) == unsure, "no alpha is used"


def test_the_order_of_the_rows_changes_no_decimal(lijst: Any) -> None:
    moments = {m: people(lijst, 60, 7, m) for m in ("start", "einde")}
    made = changes(lijst, moments)
    for seed in range(5):
        mixed = {
            m: {c: who[c] for c in np.random.default_rng(seed).permutation(list(who))} for m, who in moments.items()
        }
        assert changes(lijst, mixed) == made

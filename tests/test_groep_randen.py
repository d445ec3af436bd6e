"""Borders of the figures of a group: exactly at a threshold, just under it, and where a number no longer fits."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xlsxwriter

from regiekit.domain.groepscijfers import Cijfer, Rijtelling
from regiekit.domain.meetfout import least_sum
from regiekit.domain.simulatie import MAX_MENSEN, MAX_ZAAD, Simulatiemodel
from regiekit.domain.steekproef import Groepsplan, Veranderwens
from regiekit.domain.uitslag import keyed_values
from regiekit.errors import ProblemsError, RegiekitError
from regiekit.groep import matrix
from regiekit.groep.betrouwbaarheid import moments_of
from regiekit.groep.cijfers import require_enough
from regiekit.groep.frame import find_faults, score_frame
from regiekit.groep.lezen import parquet_rijen
from regiekit.groep.matrix import choose_groepering, count_table
from regiekit.groep.omgekeerd import remarks_on_direction, runs_wrong, seems_wrong
from regiekit.groep.samenhang import GEEN_UITKOMST, fit_factor
from regiekit.groep.schrijven import write_frame
from regiekit.groep.simulatie import simulate
from regiekit.groep.steekproef import WERK, plan_verandering, studies
from regiekit.groep.tabel import Groepstabel
from regiekit.groep.verandering import changes_of, remarks_of
from spark.monster import make_lijst
from test_groep_betrouwbaarheid import answers, drawn, liste, one, table
from test_groep_cli import made_schaal, made_vraag
from test_groep_frame import to_rows
from test_groep_verandering import SCHALEN, moments_with, people
from test_groep_verandering import table as pairs_table
from test_referentie import figures, make, referentie, written
from util import EIGEN_REGIE, VRAGEN, lijst_from, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path

    from regiekit.domain.referentie import Referentie
    from test_groep_verandering import Person

START_EINDE = "meetmomenten:\n  - {id: start, naam: Start}\n  - {id: einde, naam: Einde}\n"


def remarks(made: Any) -> dict[str, str]:
    return {o.code: o.tekst for o in made.opmerkingen}


# What is not shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at_end", "beside", "shown"), [(3, 7, None), (7, 3, None), (5, 5, 5), (4, 0, None), (0, 9, 0), (9, 0, 9)]
)
def test_the_end_of_the_scale_within_a_wider_bar(tmp_path: Path, at_end: int, beside: int, shown: int | None) -> None:
    """Five vragen from 1 to 5 have bars of three scores; the outer bar also holds people who are not at the end."""
    middle = [[3] * 5, [3, 3, 3, 3, 4]] * 10
    low = [[1] * 5] * at_end + [[1, 1, 1, 1, 2]] * beside
    high = [[6 - a for a in row] for row in low]
    got = one(liste(tmp_path, "1 2 3 4 5"), answers(middle + low + high))
    assert len(got.verdeling) == 7
    assert (got.op_bodem, got.op_plafond) == (shown, shown)


@pytest.mark.parametrize(("loose", "said"), [(1, "Minder dan 5 rijen"), (4, "Minder dan 5 rijen"), (5, "5 rijen")])
def test_few_rows_without_a_meetmoment_are_not_counted_out(tmp_path: Path, loose: int, said: str) -> None:
    lijst = liste(tmp_path, "1 2 3", extra=START_EINDE)
    rows = [{"meetmoment": "start" if n >= loose else None} | r for n, r in enumerate(answers(drawn(30, [0.7] * 3)))]
    (moment,) = moments_of(table(lijst, rows, momenten=True), lijst)
    assert remarks(moment)["zonder-meetmoment"].startswith(f"{said} hebben geen meetmoment")


@pytest.mark.parametrize(("whole", "told"), [(4, False), (5, True), (29, True)])
def test_how_many_answered_everything_is_told_from_five(tmp_path: Path, whole: int, told: bool) -> None:
    rows = answers(drawn(40, [0.7] * 3))
    for row in rows[whole:]:
        row["v-2"] = None
    got = one(liste(tmp_path, "1 2 3"), rows)
    assert got.volledig == (whole if told else None)
    assert ("volledig" in remarks(got)) == told
    assert not any(f"{whole} mensen" in text for text in remarks(got).values()) or told


@pytest.mark.parametrize(("codes", "without", "enough"), [(3, 2, True), (3, 1, False), (0, 5, True), (5, 0, True)])
def test_rows_without_a_code_are_people_too(codes: int, without: int, enough: bool) -> None:
    """Every code stands there twice; every row without one is somebody else."""
    who = [f"R-{n}" for n in range(codes)] * 2 + [None] * without
    tabel = Groepstabel("t.csv", pl.DataFrame({"client": pl.Series(who, dtype=pl.String)}).lazy(),
                        Rijtelling(len(who), len(who), 0, 0), {})  # fmt: skip
    if enough:
        return require_enough(tabel)
    with pytest.raises(RegiekitError, match="5 mensen of meer") as refused:
        require_enough(tabel)
    assert refused.value.exit_code == 4
    return None


# Change -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def lijst(tmp_path: Path) -> Any:
    """The vragenlijst of test_groep_verandering.py, with two meetmomenten."""
    return lijst_from(tmp_path, small_lijst(SCHALEN, vragen=6, low=-2, high=2, extra=START_EINDE))


def of_pairs(lijst: Any, first: dict[str, Person], later: dict[str, Person], r: float = 0.8) -> Any:
    moments = {"start": first, "einde": later}
    return changes_of(pairs_table(lijst, moments), lijst, moments_with(lijst, tuple(moments), Cijfer(r)), {})


def everybody(lijst: Any, n: int) -> tuple[dict[str, Person], dict[str, Person]]:
    first, later = (people(lijst, n, 1, m, s, empty=0) for m, s in (("start", 0.0), ("einde", 0.4)))
    return first, later


@pytest.mark.parametrize("n", [4, 5])
def test_from_five_pairs_there_are_figures(lijst: Any, n: int) -> None:
    made = of_pairs(lijst, *everybody(lijst, n))[0]
    assert (made.n, made.verschil.waarde is None) == ((5, False) if n == 5 else (None, True))


@pytest.mark.parametrize(("n", "told"), [(19, True), (20, False)])
def test_from_twenty_pairs_the_figure_counts_too(lijst: Any, n: int, told: bool) -> None:
    made = of_pairs(lijst, *everybody(lijst, n))[0]
    assert made.n == n
    assert ("weinig-mensen" in remarks(made)) == told


def test_rows_without_a_code_are_in_no_pair(lijst: Any) -> None:
    """Ten rows without a code at each meetmoment are not one person with both."""
    first, later = everybody(lijst, 30)
    later = dict(list(later.items())[:20])
    tabel = pairs_table(lijst, {"start": first, "einde": later})
    nobody = tabel.frame.group_by("meetmoment").head(10).with_columns(client=pl.lit(None, pl.String))
    both = tabel._replace(frame=pl.concat([tabel.frame, nobody.select(tabel.frame.collect_schema().names())]))
    figures_of = moments_with(lijst, ("start", "einde"), Cijfer(0.8))
    made = changes_of(both, lijst, figures_of, {})
    assert {v.n for v in made} == {20}
    (text,) = [o.tekst for o in remarks_of(both, figures_of, made) if o.code == "wie-wegviel"]
    assert text == next(o.tekst for o in remarks_of(tabel, figures_of, made) if o.code == "wie-wegviel")
    assert "20 mensen met beide metingen, 10 mensen met alleen start" in text


@pytest.mark.parametrize(("count", "told"), [(1, False), (2, True)])
def test_two_comparisons_are_more_than_one(lijst: Any, count: int, told: bool) -> None:
    first, later = everybody(lijst, 30)
    made = of_pairs(lijst, first, later)[:count]
    tabel = pairs_table(lijst, {"start": first, "einde": later})
    found = {o.code: o.tekst for o in remarks_of(tabel, moments_with(lijst, ("start", "einde"), Cijfer(0.8)), made)}
    assert ("meer-vergelijkingen" in found) == told
    assert not told or f"{count} vergelijkingen" in found["meer-vergelijkingen"]


def test_who_all_moved_as_far_have_no_interval(lijst: Any) -> None:
    """A third over three vragen, which no float holds: the spread of equal differences must still be nought."""
    for n in range(5, 80, 2):
        first: dict[str, Person] = {
            f"C-{p}": {v.id: (p * p + place) % 3 - 1 for place, v in enumerate(lijst.vragen)} for p in range(n)
        }
        later: dict[str, Person] = {c: {**a, "v-1": (a["v-1"] or 0) + 1, "v-4": None} for c, a in first.items()}
        made = of_pairs(lijst, first, later)[0]
        assert made.schaal == "gewoon"
        assert made.verschil.waarde == (None if n < 20 else pytest.approx(1 / 3, abs=1e-15))
        assert (made.verschil.onder, made.verschil.boven) == (None, None), n


def test_who_all_began_alike_have_no_spread(lijst: Any) -> None:
    """A third again."""
    for n in range(5, 80, 2):
        first: dict[str, Person] = {
            f"C-{p}": {v.id: {"v-1": 1, "v-4": None}.get(v.id, 0) for v in lijst.vragen} for p in range(n)
        }
        later: dict[str, Person] = {c: {**a, "v-2": int(c[2:]) % 3} for c, a in first.items()}
        made = of_pairs(lijst, first, later)[0]
        assert (made.schaal, made.n) == ("gewoon", n)
        assert made.gemiddelde_van.waarde == pytest.approx(1 / 3, abs=1e-15)
        assert (made.sd_van.waarde, made.effect.waarde, made.grens.waarde) == (0, None, None), n


@pytest.mark.parametrize("vragen", [1, 5])
@pytest.mark.parametrize("grens", [0.0, 4e-7])
def test_the_same_answers_are_never_a_change(grens: float, vragen: int) -> None:
    assert least_sum(grens, vragen) == 1


# Numbers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("vragen", "low", "high"), [(22, 1, 5), (13, 0, 30), (11, 940, 1000), (64, 0, 1), (70, 1, 2)])
def test_counts_are_right_where_a_row_takes_more_than_one_word(
    tmp_path: Path, vragen: int, low: int, high: int
) -> None:
    """Rows of more than 62 bits: the answers, and for 64 and 70 vragen also which of them are left open."""
    rng = np.random.default_rng(8)
    names = [f"v-{n}" for n in range(1, vragen + 1)]
    array = rng.integers(low, high, (60, vragen), endpoint=True)
    array[:20], array[20:25] = high, low
    keep = rng.random(array.shape) > 0.02
    rows = [
        {v: int(a) if k else None for v, a, k in zip(names, *r, strict=True)} for r in zip(array, keep, strict=True)
    ]
    made = liste(
        tmp_path, " ".join(f"-{n}" if n % 3 == 0 else str(n) for n in range(1, vragen + 1)), low=low, high=high
    )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int16)).lazy()
    (telling,) = count_table(Groepstabel("x", frame, Rijtelling(60, 60, 0, 0), {}), made)
    deel, whole = telling.schalen[0], [r for r in rows if None not in r.values()]
    keyed = np.array([[v.value - low for v in keyed_values(made, made.schalen[0], r)] for r in whole])
    assert 0 < deel.volledig.mensen == len(whole)
    assert (deel.gram == keyed.T @ keyed).all()
    assert (deel.sums == keyed.sum(axis=0)).all()
    patterns = Counter(tuple(v for v in names if r[v] is None) for r in rows)
    assert dict(telling.patronen.most_frequent(99)) == patterns


@pytest.mark.parametrize("low", [False, True])
def test_a_mean_near_the_end_has_an_interval_that_stops_there(tmp_path: Path, low: bool) -> None:
    rows = [[5, 5, 5]] * 29 + [[1, 1, 2]]
    got = one(liste(tmp_path, "1 2 3"), answers([[6 - a for a in r] if low else r for r in rows])).gemiddelde
    assert got.waarde is not None
    assert (got.onder, got.boven).index(1.0 if low else 5.0) == (0 if low else 1)
    assert got.onder < got.waarde < got.boven  # type: ignore[operator]


@pytest.mark.parametrize(("n", "there"), [(19, False), (20, True)])
def test_people_who_all_answer_alike_have_a_figure_from_twenty_on(tmp_path: Path, n: int, there: bool) -> None:
    """Without differences no interval can be given, and of fewer people an interval is the message."""
    same = one(liste(tmp_path, "1 2 3"), answers([[3, 3, 3]] * n)).gemiddelde
    as_far = one(liste(tmp_path, "1 2 3"), answers([[p % 5 + 1] * 3 for p in range(n)])).alpha
    assert (same.waarde, as_far.waarde) == ((3.0, 1.0) if there else (None, None))
    assert (same.onder, as_far.boven) == (None, None)
    assert (same.reden is None, as_far.reden is None) == (there, there)


def exact(weights: tuple[float, ...]) -> Any:
    """The correlations of one factor with these loadings."""
    made = np.outer(weights, weights)
    np.fill_diagonal(made, 1)
    return made


@pytest.mark.parametrize("weights", list(itertools.permutations((0.8, 0.3, -0.7, -0.2))))
def test_as_many_loadings_below_nought_as_above_make_a_sum_above_it(weights: tuple[float, ...]) -> None:
    found = fit_factor(exact(weights)).ladingen
    assert found == pytest.approx(weights, abs=1e-7)


@pytest.mark.parametrize("weights", [(0.6, 0.5, 0.05), (0.1, 0.05, 0.009), (0.6, 0.5, 0.02)])
def test_a_small_loading_is_a_loading(weights: tuple[float, ...]) -> None:
    """Also where the way to it is long."""
    assert fit_factor(exact(weights)).ladingen == pytest.approx(weights, abs=1e-7)


@pytest.mark.parametrize("weights", [(0.9, 0.9, 0.001)])
def test_loadings_that_are_hard_to_find_are_right_or_not_there(weights: tuple[float, ...]) -> None:
    """There is a factor, and no loading of 1: neither of these may be said of it."""
    found = fit_factor(exact(weights))
    assert found.reden == GEEN_UITKOMST or found.ladingen == pytest.approx(weights, abs=1e-3)
    assert found.omega().reden == found.reden


def test_reversed_vragen_beside_vragen_without_differences(tmp_path: Path) -> None:
    """The sentence is about the schaal, whichever of the two sides has no differences."""
    for vragen, row in (("1 2 -3", lambda n: [3, 3, n]), ("1 2 -3", lambda n: [n, (n * n) % 5 + 1, 3])):
        got = one(liste(tmp_path, vragen), answers([row(n % 5 + 1) for n in range(30)]))
        assert got.tegenrichting is not None
        assert got.tegenrichting.waarde is None
        assert "op deze vraag" not in (got.tegenrichting.reden or "op deze vraag")


# What runs the wrong way --------------------------------------------------------------------------------------------

# For 50 people Fisher's z has a standard error of 1/sqrt(47); 1.645 of these is a correlation of 0.2354.
SURE, UNSURE = 0.2356, 0.2353


@pytest.mark.parametrize(
    ("item_rest", "lading", "sure", "maybe"),
    [
        (-SURE, 0.5, True, True),
        (-UNSURE, 0.5, False, True),
        (-1e-9, 0.5, False, True),
        (0.0, 0.5, False, False),
        (0.4, -0.5005, True, True),  # and 0.30 further down for a loading
        (0.4, -0.4995, False, True),
        (0.4, -0.30, False, True),
        (0.4, -0.2999, False, False),
        (None, None, False, False),
    ],
)
def test_from_where_a_vraag_runs_the_wrong_way(
    item_rest: float | None, lading: float | None, sure: bool, maybe: bool
) -> None:
    both = [Cijfer(None, reden="x") if value is None else Cijfer(value) for value in (item_rest, lading)]
    assert (runs_wrong(*both, 50), seems_wrong(*both)) == (sure, maybe)


def said(places: dict[int, float], vragen: int, **fields: Any) -> dict[str, str]:
    """The remarks on a schaal with these vraag-rests and else 0.5, of 50 people."""
    rests = [places.get(n, 0.5) for n in range(vragen)]
    one_vraag = made_vraag("v", "Vraag.", omgekeerd=False, n=50, verborgen=False)
    lading = Cijfer(0.6)
    made = tuple(
        one_vraag._replace(vraag=f"v-{n}", item_rest=Cijfer(r), verkeerd_om=runs_wrong(Cijfer(r), lading, 50))
        for n, r in enumerate(rests, 1)
    )
    cijfers = made_schaal(0, 50)._replace(vragen=made, **fields)
    return {o.code: o.tekst for o in remarks_on_direction(cijfers, 50)}


@pytest.mark.parametrize(("wrong", "vragen", "code"), [(1, 3, ""), (2, 5, ""), (2, 4, "verdeeld"), (3, 5, "verdeeld")])
def test_from_half_of_the_vragen_on_no_one_is_pointed_at(wrong: int, vragen: int, code: str) -> None:
    sure, maybe = (said(dict.fromkeys(range(wrong), -r), vragen) for r in (SURE, UNSURE))
    assert set(sure) == {code or "verkeerd-om"}
    assert set(maybe) == {f"misschien-{code or 'verkeerd-om'}"}
    for found in (sure, maybe):
        assert all(("v-1" in text) == (not code) for text in found.values())


def test_of_an_alpha_that_looks_good_it_is_said() -> None:
    good, not_good = (said({1: -0.6}, 4, alpha=Cijfer(a, 0.1, 0.9))["verkeerd-om"] for a in (0.70, 0.6999))
    assert "alpha goed" in good
    assert "alpha goed" not in not_good


@pytest.mark.parametrize(
    ("alpha", "codes"),
    [
        (Cijfer(-0.5, -1.0, -1e-9), {"alpha-negatief"}),
        (Cijfer(-0.5, -1.0, 0.0), {"alpha-misschien-negatief"}),
        (Cijfer(-1e-9, -1.0, 0.4), {"alpha-misschien-negatief"}),
        (Cijfer(0.0, -1.0, 0.4), set()),
    ],
)
def test_from_where_an_alpha_is_below_nought(alpha: Cijfer, codes: set[str]) -> None:
    assert set(said({}, 4, alpha=alpha)) == codes


@pytest.mark.parametrize(
    ("between", "codes"),
    [
        (SURE, {"tegenrichting"}),
        (UNSURE, {"misschien-tegenrichting"}),
        (0.0, {"misschien-tegenrichting"}),
        (-1e-9, set()),
    ],
)
def test_from_where_reversed_vragen_go_along(between: float, codes: set[str]) -> None:
    assert set(said({}, 4, tegenrichting=Cijfer(between))) == codes


# Patterns and bars --------------------------------------------------------------------------------------------------


def test_of_many_ways_of_leaving_open_the_twenty_most_frequent_are_shown(tmp_path: Path) -> None:
    """25 ways, by 5 up to 29 people."""
    vragen = [f"v-{n}" for n in range(1, 6)]
    ways = list(itertools.islice(itertools.product((None, 3), repeat=5), 25))
    rows = [dict(zip(vragen, way, strict=True)) for n, way in enumerate(ways) for _ in range(5 + n)]
    (moment,) = moments_of(table(made := liste(tmp_path, "1 2 3 4 5"), rows), made)
    assert [p.aantal for p in moment.patronen] == list(range(29, 9, -1))
    assert moment.overige == 5 + 6 + 7 + 8 + 9


@pytest.mark.parametrize(("most", "kept"), [(6, 6), (5, 2)])
def test_patterns_are_let_go_only_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, kept: int
) -> None:
    monkeypatch.setattr(matrix, "MAX_PATTERNS", most)
    ways = list(itertools.islice(itertools.product((None, 3), repeat=3), 6))
    rows = [dict(zip(("v-1", "v-2", "v-3"), way, strict=True)) for n, way in enumerate(ways) for _ in range(9 - n)]
    (telling,) = count_table(table(made := liste(tmp_path, "1 2 3"), rows), made)
    assert [n for _, n in telling.patronen.most_frequent(99)] == [9, 8, 7, 6, 5, 4][:kept]


@pytest.mark.parametrize(("steps", "bars", "breedte"), [(64, 11, 6), (77, 6, 13), (11, 12, 1), (12, 7, 2), (13, 7, 2)])
def test_how_wide_bars_are(steps: int, bars: int, breedte: int) -> None:
    """65 possible scores make five even bars of 13: too few to see a shape, so eleven of which the last is short."""
    made = choose_groepering(steps)
    assert (made.aantal, made.breedte) == (bars, breedte)


# A referentiebestand ------------------------------------------------------------------------------------------------


def changed(path: Path, made: Referentie, old: str, new: str) -> Any:
    """What the program says of a file in which one number was changed."""
    text = written(path, made).read_text(encoding="utf-8")
    assert old in text
    return run("controleer", write(path, "r.yaml", text.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("grens: 0.900000", "grens: 0.900001", True),
        ("grens: 0.900000", "grens: 0.900010", False),
        ("s_diff: 0.459184", "s_diff: 0.459194", False),
        ("volledig: 210", "volledig: 200", True),
        ("volledig: 210", "volledig: 199", False),
        ("volledig: 210", "volledig: 212", True),
        ("volledig: 210", "volledig: 213", False),
        ("met_score: 212", "met_score: 210", True),
        ("met_score: 212", "met_score: 213", False),
        ("boven: 0.900000", "boven: 0.800000", True),
        ("boven: 0.900000", "boven: 0.799999", False),
        ("onder: 0.700000", "onder: 0.800000", True),
        ("onder: 0.700000", "onder: 0.800001", False),
    ],
)
def test_numbers_of_a_file_that_just_fit_and_just_do_not(tmp_path: Path, old: str, new: str, right: bool) -> None:
    assert changed(tmp_path, referentie(0.9), old, new).code == (0 if right else 3)


@pytest.mark.parametrize(
    "edits",
    [
        [("sd: 0.726034", "sd: 0.000000"), ("s_diff: 0.459184", "s_diff: 0.000000"),
         ("grens: 0.900000", "grens: 0.000000")],
        [("waarde: 0.800000", "waarde: 1.000000"), ("boven: 0.900000", "boven: 1.000000"),
         ("gebruikt: 0.800000", "gebruikt: 1.000000"), ("s_diff: 0.459184", "s_diff: 0.000000"),
         ("grens: 0.900000", "grens: 0.000000")],
    ],
    ids=["no spread", "no error"],
)  # fmt: skip
def test_a_border_of_nought_is_refused(tmp_path: Path, edits: list[tuple[str, str]]) -> None:
    """Every difference would be clear."""
    text = written(tmp_path, referentie(0.9)).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    found = run("controleer", write(tmp_path, "r.yaml", text))
    assert found.code == 3
    assert "een sd boven 0 en een betrouwbaarheid onder 1" in found.out + found.err


@pytest.mark.parametrize(("n", "there"), [(49, False), (50, True)])
def test_a_schaal_is_in_the_file_from_fifty_complete_people(n: int, there: bool) -> None:
    start = figures(n=212)
    first = start.schalen[0]._replace(volledig=n)
    made, left_out = make(start._replace(schalen=(first, *start.schalen[1:])))
    assert (first.id in made.schalen) == there
    assert any("minder dan 50 mensen" in text for text in left_out) != there
    assert there is False or made.schalen[first.id].volledig == 50


def test_two_hundred_complete_people_is_enough_for_the_figure_itself() -> None:
    made, _ = make(figures(n=200))
    assert {s.betrouwbaarheid.gebruikt for s in made.schalen.values()} == {0.8}


# How much is possible -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--n", 9_999_999], ".parquet"),
        (["--n", 10_000_000], "--n"),
        (["--zaad", 999_999_999], ".parquet"),
        (["--zaad", 1_000_000_000], "--zaad"),
    ],
)
def test_how_many_people_and_which_zaad(options: list[object], said: str) -> None:
    """The file cannot be made; what is said first tells whether the number could have been."""
    result = run("groep", "simuleer", *options, "--uit", "tabel.doc")
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert (MAX_MENSEN, MAX_ZAAD) == (9_999_999, 999_999_999)


def test_a_straight_line_is_a_number_that_every_vraag_has(tmp_path: Path) -> None:
    """Vragen from 1 to 3 and from 3 to 5 have one number in common."""
    text = small_lijst(schaal("een", "1 2", 2, "som"), 2, 1, 3).replace(
        "{id: v-2, tekst: Vraag 2.}", "{id: v-2, tekst: Vraag 2., antwoordschaal: {min: 3, max: 5}}"
    )
    model = Simulatiemodel(4000, (), 1, 0.7, 0.4, 0.0, 0.6, 0.0, 0.9, 0.0)
    frame = pl.concat(simulate(lijst_from(tmp_path, text), model))
    assert frame.filter(pl.col("v-1") == 3, pl.col("v-2") == 3).height > 3500


class Reached(Exception):
    """A sheet was begun."""


@pytest.mark.parametrize(("rows", "wanted"), [(1_048_575, Reached), (1_048_576, RegiekitError)])
def test_a_sheet_holds_as_many_rows_as_excel_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, wanted: type[Exception]
) -> None:
    """With the header 1,048,576."""

    def begin(*_: object, **__: object) -> None:
        raise Reached

    monkeypatch.setattr(xlsxwriter, "Workbook", begin)
    frame = pl.select(a=pl.int_range(rows, dtype=pl.Int32)).lazy()
    with pytest.raises(wanted):
        write_frame(frame, tmp_path / "a.xlsx", ".xlsx")


def test_no_row_of_a_long_parquet_of_texts_is_lost(tmp_path: Path) -> None:
    texts = [f"R-{n}" for n in range(100_002)]
    pl.DataFrame({"code": texts, "antwoord": ["4", "3"] * 50_001}).write_parquet(tmp_path / "a.parquet")
    found = [row for block in parquet_rijen(tmp_path / "a.parquet", 7_000) for row in block]
    assert [row[0] for row in found] == texts


@pytest.mark.parametrize(("n", "uitval", "begin"), [(199, 0.005, 200), (1999, 0.0005, 2000), (70, 0.125, 80)])
def test_a_part_of_a_percent_that_falls_out_counts(n: int, uitval: float, begin: int) -> None:
    assert Groepsplan(None, None, None, uitval, 1).begin(n) == begin


def test_the_table_of_a_plan_has_half_and_one_and_a_half_times_the_change() -> None:
    made = plan_verandering(Veranderwens(0.3, 0.8, 0.5), np.random.default_rng(1))
    assert made.veranderingen == (0.15, 0.3, 0.45)


@pytest.mark.parametrize(("wanted", "tried"), [(12_000, 10_000), (10_000, 10_000), (500, 500), (499, 0)])
def test_fewer_than_five_hundred_studies_are_not_tried(wanted: int, tried: int) -> None:
    assert studies(WERK // wanted) == tried


# A frame ------------------------------------------------------------------------------------------------------------


def full(ends: list[tuple[int, int]], kind: Any = pl.Int16, *, highest: bool = True) -> tuple[Any, pl.DataFrame]:
    """A vragenlijst with one vraag for each of these ends, added up, and one row of the highest or lowest answers."""
    vragen = {f"v{n}": e for n, e in enumerate(ends)}
    lijst = make_lijst(dict(vragen), [("som", "som", len(ends), " ".join(vragen))], (0, 1))
    row = {v: [e[highest]] for v, e in vragen.items()}
    return lijst, pl.DataFrame(row, schema=dict.fromkeys(vragen, kind))


@pytest.mark.parametrize(
    ("ends", "highest"),
    [
        ([(900, 1000)] * 32 + [(700, 767)], True),
        ([(900, 1000)] * 32 + [(700, 768)], True),
        ([(-1000, -900)] * 32 + [(-768, -700)], False),
        ([(-1000, -900)] * 32 + [(-769, -700)], False),
    ],
)
def test_sums_that_just_fit_in_sixteen_bits_and_just_do_not(ends: list[tuple[int, int]], highest: bool) -> None:
    lijst, frame = full(ends, highest=highest)
    total = sum(e[highest] for e in ends)
    for made in (frame, frame.lazy(), pd.DataFrame(frame.to_dict(as_series=False)).astype("int16")):
        assert to_rows(score_frame(made, lijst))[0][:2] == (total, len(ends))


@pytest.mark.parametrize("count", [127, 128, 129])
def test_more_vragen_than_a_byte_counts(count: int) -> None:
    lijst, frame = full([(0, 1)] * count, pl.Int8)
    assert score_frame(frame, lijst).row(0)[:2] == (count, count)


def missing(*gone: str) -> pl.DataFrame:
    return pl.DataFrame({v: [3] for v in VRAGEN if v not in gone})


def test_up_to_five_missing_columns_are_named() -> None:
    with pytest.raises(RegiekitError, match=f"geen kolom voor '{VRAGEN[0]}'.*'{VRAGEN[4]}'; geef"):
        score_frame(missing(*VRAGEN[:5]), EIGEN_REGIE)
    with pytest.raises(RegiekitError, match=f"'{VRAGEN[4]}' en nog 1; geef"):
        score_frame(missing(*VRAGEN[:6]), EIGEN_REGIE)


@pytest.mark.parametrize(("wrong", "counted"), [(20, False), (21, True)])
def test_the_twenty_first_fault_is_counted_and_not_named(wrong: int, counted: bool) -> None:
    frame = pl.DataFrame({v: [9] * wrong if v == VRAGEN[0] else [3] * wrong for v in VRAGEN})
    with pytest.raises(ProblemsError) as raised:
        score_frame(frame, EIGEN_REGIE)
    lines = str(raised.value).splitlines()
    assert sum("is geen heel getal" in line for line in lines) == 20
    assert any(f"in totaal kunnen {wrong} antwoorden niet" in line for line in lines) == counted


@pytest.mark.parametrize("most", [1, 3, 7])
def test_no_more_faults_than_asked(most: int) -> None:
    frame = pl.DataFrame({v: [9, 9] for v in VRAGEN})
    found = find_faults(frame, EIGEN_REGIE, hoogstens=most)
    assert (found.aantal, [f.vraag for f in found.eerste]) == (34, VRAGEN[:most])

"""How many people a study needs: beside R, beside published examples, and beside verzonnen studies."""

from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regiekit.cli.groep_plan import MAX_VRAGEN
from regiekit.domain import vragenlijst
from regiekit.domain.simulatie import Simulatiemodel
from regiekit.domain.steekproef import Alphawens, Groepsplan, Proef, Veranderwens
from regiekit.groep.interval import feldt_factors
from regiekit.groep.simulatie import true_values
from regiekit.groep.steekproef import (
    KEREN,
    MINSTE_KEREN,
    WERK,
    expected_width,
    lading_for,
    narrow_chance,
    plan_alpha,
    plan_verandering,
    power,
    try_alpha,
    try_verandering,
)
from util import lijst_from, run, schaal, small_lijst

FOLDER = Path(__file__).parent / "steekproef"  # made by steekproef.R in it, with R 4.2.2


def kept(name: str) -> list[dict[str, str]]:
    with open(FOLDER / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rng() -> Any:
    return np.random.default_rng(2)


def within(proef: Proef, value: float, errors: float = 4.0) -> bool:
    return abs(proef.waarde - value) <= errors * proef.fout


# Beside R -----------------------------------------------------------------------------------------------------------


def test_pairs_are_those_of_r() -> None:
    rows = kept("paren.csv")
    assert len(rows) == 200
    for row in rows:
        wens = Veranderwens(float(row["verandering"]), float(row["macht"]), float(row["samenhang"]))
        spread = sqrt(2 * (1 - wens.samenhang))
        n = int(row["n"])
        assert power(n, wens.verandering / spread) >= wens.macht, row
        assert n == 2 or power(n - 1, wens.verandering / spread) < wens.macht, row


def test_power_is_that_of_power_t_test() -> None:
    """power.t.test(n = 34, delta = .5, type = "paired", strict = TRUE) of R; and 9 pairs of 1 SD by pt()."""
    assert power(34, 0.5) == pytest.approx(0.807777501279, abs=1e-11)
    assert power(90, 0.0) == pytest.approx(0.05, abs=1e-12), "without a change it finds one in 5 %"
    assert power(2, 100.0) > 0.99


@pytest.mark.parametrize("row", kept("alpha.csv"), ids=lambda row: f"{row['vragen']}-{row['alpha']}-{row['breedte']}")
def test_people_for_alpha_are_those_of_r(row: dict[str, str]) -> None:
    wens = Alphawens(float(row["breedte"]), float(row["alpha"]), int(row["vragen"]), 5)
    plan = plan_alpha(wens, rng())
    assert (plan.n, plan.ruim) == (int(row["n"]), int(row["ruim"]))
    assert plan.breedte == pytest.approx(float(row["verwacht"]), abs=1e-9)
    assert plan.smal_genoeg == pytest.approx(float(row["kans"]), abs=1e-9)


@pytest.mark.parametrize(("alpha", "breedte", "published"), [(0.85, 0.10, 89), (0.75, 0.15, 109), (0.70, 0.10, 349)])
def test_published_examples_differ_only_by_what_a_sample_alpha_is_too_low(
    alpha: float, breedte: float, published: int
) -> None:
    """statpsych size.ci.cronbach (two) and presize prec_cronb (one), five vragen, after Bonett and Wright (2015).

    These take the sample alpha to be alpha itself; on average it is lower, so that a few more people are needed.
    """
    n = next(n for n in range(4, 999) if (1 - alpha) * np.subtract(*feldt_factors(n, 5)) <= breedte)
    assert abs(n - published) <= 1
    assert n < plan_alpha(Alphawens(breedte, alpha, 5, 5), rng()).n <= n + 4


# Beside verzonnen studies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("alpha", "vragen", "n"), [(0.8, 5, 60), (0.6, 3, 25), (0.9, 10, 40)])
def test_normal_answers_give_the_expected_width_and_chances(alpha: float, vragen: int, n: int) -> None:
    """Parallel normal vragen, for which the interval is exact; drawn here, without the module's own answers."""
    draw, keren = rng(), 4_000
    c = alpha / (vragen - (vragen - 1) * alpha)
    answers = sqrt(c) * draw.standard_normal((keren, n, 1)) + sqrt(1 - c) * draw.standard_normal((keren, n, vragen))
    found = vragen / (vragen - 1) * (1 - answers.var(axis=1).sum(axis=1) / answers.sum(axis=2).var(axis=1))
    above, below = feldt_factors(n, vragen)
    width = (1 - found) * (above - below)
    assert width.mean() == pytest.approx(expected_width(n, vragen, alpha), abs=4 * width.std() / sqrt(keren))
    wens = Alphawens(expected_width(n, vragen, alpha), alpha, vragen, 5)
    assert (width <= wens.breedte).mean() == pytest.approx(narrow_chance(n, wens), abs=4 * sqrt(0.25 / keren))
    covered = ((1 - (1 - found) * above <= alpha) & (alpha <= 1 - (1 - found) * below)).mean()
    assert covered == pytest.approx(0.95, abs=4 * sqrt(0.05 * 0.95 / keren))


def test_studies_with_answers_in_steps_agree_and_a_wrong_alpha_would_show() -> None:
    wens = Alphawens(0.1, 0.8, 5, 5)
    width, narrow, covered = try_alpha(wens, 160, rng())
    assert width.keren == KEREN
    assert width.waarde == pytest.approx(expected_width(160, 5, 0.8), rel=0.01)
    assert narrow.waarde == pytest.approx(narrow_chance(160, wens), abs=0.03)
    assert covered.waarde == pytest.approx(0.95, abs=0.01)
    assert expected_width(160, 5, 0.78) > width.waarde * 1.08, "far outside what is allowed above"


@pytest.mark.parametrize(
    ("alpha", "vragen", "antwoorden"), [(0.8, 5, 5), (0.5, 2, 2), (0.9, 10, 7), (0.95, 4, 3), (0.1, 3, 10)]
)
def test_the_loading_of_the_studies_is_the_one_with_that_alpha(
    tmp_path: Path, alpha: float, vragen: int, antwoorden: int
) -> None:
    """Two ways to the same: the other is the one that test_groep_simulatie.py checks."""
    items = " ".join(map(str, range(1, vragen + 1)))
    lijst = lijst_from(tmp_path, small_lijst(schaal("een", items, 1), vragen, 1, antwoorden))
    lading = lading_for(alpha, vragen, antwoorden)
    [found] = true_values(lijst, Simulatiemodel(1, (), 1, lading, 0.4, 0.0, 1.0, 0.0, 0.0, 0.0))
    assert found.momenten[0].alpha == pytest.approx(alpha, abs=1e-6)


@pytest.mark.parametrize(("verandering", "samenhang"), [(0.3, 0.5), (0.5, 0.0), (0.2, 0.8), (1.2, 0.3)])
def test_a_change_is_found_as_often_as_said(verandering: float, samenhang: float) -> None:
    plan = plan_verandering(Veranderwens(verandering, 0.8, samenhang), rng())
    assert plan.proef_macht.keren == KEREN
    assert within(plan.proef_macht, plan.macht)
    assert plan.proef_macht.fout == pytest.approx(sqrt(0.16 / KEREN), rel=0.2)
    fewer = try_verandering(plan.wens, max(plan.n * 7 // 10, 2), rng())
    assert not within(fewer, plan.macht), "another n would show"


def test_large_studies_are_tried_less_often_and_it_says_so() -> None:
    plan = plan_verandering(Veranderwens(0.05, 0.9, 0.0), rng())
    assert plan.n > 8_000
    assert plan.proef_macht.keren == WERK // (2 * plan.n) < KEREN
    assert within(plan.proef_macht, plan.macht)


def test_studies_too_large_to_try_are_not_tried_and_it_says_so() -> None:
    """Some 73,000 people and 20 vragen: fewer than 500 of these can be made in a few seconds."""
    plan = plan_alpha(Alphawens(0.02, 0.05, 20, 5), rng())
    assert plan.n * 20 > WERK / MINSTE_KEREN
    assert (plan.proef_breedte, plan.proef_smal, plan.proef_dekking) == (None, None, None)
    shown = run("groep", "plan", "--breedte", "0,02", "--alpha", "0,05", "--vragen", 20)
    text = " ".join(shown.out.split())
    assert shown.code == 0 and "Niet nagerekend" in text and "verzonnen onderzoeken met" not in text
    few = " ".join(run("groep", "plan", "--breedte", "0,05", "--alpha", "0,7", "--vragen", 12).out.split())
    assert "Minder dan 2.000 onderzoeken" in few


def test_what_always_happened_is_not_certain() -> None:
    """All of the studies with alpha in the interval: the margin is not nothing."""
    wens = Alphawens(0.9, 0.8, 5, 5)
    _, narrow, _ = try_alpha(wens, 160, rng())
    assert narrow.waarde == 1 and 0 < narrow.fout < 0.001


# Uses ---------------------------------------------------------------------------------------------------------------


def test_more_precision_power_and_less_relation_take_more_people() -> None:
    ns = [plan_alpha(Alphawens(w, 0.8, 5, 5), rng()).n for w in (0.3, 0.2, 0.1)]
    assert ns == sorted(ns)
    anders = dict(plan_alpha(Alphawens(0.1, 0.8, 5, 5), rng()).anders)
    assert anders[0.8] == 160
    assert list(anders.values()) == sorted(anders.values(), reverse=True)
    grid = plan_verandering(Veranderwens(0.3, 0.8, 0.6), rng())
    assert grid.samenhangen == (0.3, 0.5, 0.6, 0.7)
    assert grid.anders[1][2] == grid.n
    for row in grid.anders:
        assert list(row) == sorted(row, reverse=True)


@pytest.mark.parametrize(("n", "uitval", "begin"), [(90, 0.2, 113), (80, 0.2, 100), (90, 0.0, 90), (9, 0.1, 10)])
def test_who_falls_out_is_added_before(n: int, uitval: float, begin: int) -> None:
    assert Groepsplan(None, None, None, uitval, 1).begin(n) == begin


def test_the_screen_says_how_many_and_on_what_that_rests() -> None:
    shown = run("groep", "plan", "--breedte", "0,10", "--alpha", "0,80", "--vragen", 5, "--uitval", "0,2")
    assert shown.code == 0
    text = " ".join(shown.out.split())
    assert "Nodig: 160 mensen die elke vraag beantwoorden." in text
    assert "begin dan met 200 mensen" in text
    assert "neem dan 191 mensen" in text
    assert "10.000 verzonnen onderzoeken" in text
    assert "geen belofte" in text
    assert "Waar dit op rust" in text
    change = " ".join(run("groep", "plan", "--verandering", "0.3").out.split())
    assert "Nodig: 90 mensen met twee metingen. De kans is dan 80,4 %." in change
    assert "0,15 SD 491 351 212" in change


def test_a_schaal_of_the_vragenlijst_gives_its_number_of_vragen() -> None:
    of_schaal = run("groep", "plan", "--breedte", "0,2", "--schaal", "verbondenheid", "--json").json
    of_number = run("groep", "plan", "--breedte", "0,2", "--vragen", 4, "--json").json
    assert of_schaal["schaal"] == "Sociale verbondenheid"
    assert of_schaal["alpha"] == of_number["alpha"]
    assert of_schaal["alpha"]["wens"]["vragen"] == 4
    assert of_schaal["verandering"] is None


def test_the_same_call_gives_the_same_and_another_zaad_other_studies() -> None:
    call = ("groep", "plan", "--breedte", "0,2", "--vragen", 5, "--verandering", "0,4", "--json")
    one, two, three = run(*call), run(*call), run(*call, "--zaad", 2)
    assert one.out == two.out != three.out
    assert one.json["alpha"]["n"] == three.json["alpha"]["n"]
    assert one.json["verandering"]["begin"] == one.json["verandering"]["n"]


def test_where_the_interval_does_not_hold_it_says_so() -> None:
    """Two vragen with five answers and alpha .95: far from normal."""
    off = " ".join(run("groep", "plan", "--breedte", "0,1", "--alpha", "0,95", "--vragen", 2).out.split())
    assert "Met antwoorden in stappen klopt het interval hier dus niet precies." in off
    fine = " ".join(run("groep", "plan", "--breedte", "0,1", "--alpha", "0,8", "--vragen", 5).out.split())
    assert "klopt het interval hier dus niet" not in fine


def test_it_fits_a_narrow_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = run("groep", "plan", "--breedte", "0,2", "--vragen", 5, "--verandering", "0,4").out
    assert max(map(len, shown.splitlines())) <= 40
    assert "alpha 0,8: 45 mensen" in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Geef --breedte"),
        (["--breedte", "0,1"], "--vragen"),
        (["--alpha", "0,8"], "--alpha hoort bij --breedte"),
        (["--macht", "0,9", "--breedte", "0,1", "--vragen", "5"], "--macht hoort bij --verandering"),
        (["--breedte", "0,1", "--vragen", "5", "--schaal", "autonomie"], "--vragen gaat niet samen met --schaal"),
        (["--breedte", "0,1", "--schaal", "autonomy"], "bedoelde je autonomie?"),
        (["--breedte", "0,1", "--schaal", "onzekerheid", "--vragenlijst", "schaalvragen"], "heeft één vraag"),
        (["--breedte", "0"], "0,02 tot en met 1"),
        (["--verandering", "0,3", "--samenhang", "1"], "0 tot en met 0,95"),
        (["--breedte", "0,1", "--vragen", "1"], "--vragen"),
    ],
)
def test_what_cannot_be_is_said(options: list[str], said: str) -> None:
    result = run("groep", "plan", *options)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_as_many_vragen_as_a_vragenlijst_may_have() -> None:
    assert vragenlijst.MAX_VRAGEN == MAX_VRAGEN

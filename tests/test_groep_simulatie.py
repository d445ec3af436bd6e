"""Verzonnen afnames: what the model says is what the table holds, and what is said to be true is true."""

from __future__ import annotations

from math import asin, pi, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from regiekit.cli.groep_simuleer import choose_momenten
from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.simulatie import MAX_LADING, MAX_MENSEN, Simulatiemodel
from regiekit.domain.uitslag import make_rekenregel
from regiekit.groep import simulatie as module
from regiekit.groep.drempels import thresholds
from regiekit.groep.simulatie import Simulatie, model_alpha, simulate, true_values
from util import EIGEN_REGIE, VRAGEN, lijst_from, run, schaal, small_lijst

if TYPE_CHECKING:
    from pathlib import Path

LIJST = EIGEN_REGIE.inhoud
MODEL = Simulatiemodel(200, ("start", "einde"), 1, 0.7, 0.4, 0.5, 0.6, 0.03, 0.02, 0.1)
PURE = MODEL._replace(mensen=150_000, leeg=0.0, rechte_lijn=0.0, uitval=0.0)


def drawn(lijst: Any, model: Simulatiemodel) -> pl.DataFrame:
    return pl.concat(simulate(lijst, model))


def keyed(frame: pl.DataFrame, lijst: Any, schaal_id: str, moment: str | None) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The complete rows of a schaal, turned the right way round, computed without what is tested."""
    regel = make_rekenregel(lijst, next(s for s in lijst.schalen if s.id == schaal_id))
    rows = frame if moment is None else frame.filter(pl.col("meetmoment") == moment)
    raw = rows.select(v.vraag for v in regel.vragen).drop_nulls().to_numpy().astype(float)
    return np.array(raw * [v.sign for v in regel.vragen] + [v.offset for v in regel.vragen])


def alpha_of(answers: np.ndarray[Any, Any]) -> float:
    count = answers.shape[1]
    return float(count / (count - 1) * (1 - answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1)))


# The table ----------------------------------------------------------------------------------------------------------


def test_a_table_is_what_was_asked_and_says_that_it_is_verzonnen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("groep", "simuleer", "--n", 40)
    assert result.code == 0
    assert "40 verzonnen mensen" in result.out
    assert "geen antwoorden van echte mensen" in result.out
    made = pl.read_csv(tmp_path / "verzonnen-eigen-regie.csv")
    assert made.columns == ["client", "meetmoment", *VRAGEN]
    assert made["client"].unique().sort().to_list() == [f"V-{n:05d}" for n in range(1, 41)]
    assert f"{made.height} afnames" in result.out
    assert set(made["meetmoment"]) == {"start", "einde"}


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_the_same_call_gives_the_same_bytes_and_another_zaad_does_not(tmp_path: Path, ending: str) -> None:
    one, two, three = (tmp_path / f"{name}{ending}" for name in ("een", "twee", "drie"))
    for path, zaad in ((one, 5), (two, 5), (three, 6)):
        assert run("groep", "simuleer", "--n", 30, "--zaad", zaad, "--uit", path).code == 0
    assert one.read_bytes() == two.read_bytes() != three.read_bytes()
    assert run("groep", "simuleer", "--n", 30, "--zaad", 5, "--uit", one).code == 0, "the same bytes may stand there"
    refused = run("groep", "simuleer", "--n", 31, "--zaad", 5, "--uit", one)
    assert (refused.code, one.read_bytes() == two.read_bytes()) == (2, True)
    assert "--overschrijf" in refused.err


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_importeer_takes_every_row_without_koppelbestand(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"v{ending}"
    rijen = run("groep", "simuleer", "--n", 60, "--json", "--uit", path).json["rijen"]
    result = run("vragenlijst", "importeer", path, "--scores", tmp_path / "scores.csv")
    assert result.code == 0, result.err
    assert f"{rijen} rijen gelezen: {rijen} goed, 0 geweigerd, 0 leeg." in result.out


def test_groep_finds_in_a_large_table_what_is_true(tmp_path: Path) -> None:
    """From the file through all of `groep`: alpha, means, SD, change, effect and n of what is left."""
    path = tmp_path / "v.parquet"
    made = run("groep", "simuleer", "--n", 40_000, "--uit", path, "--leeg", "0,02", "--json").json
    found = run("groep", path, "--json")
    assert found.code == 0, found.err
    moments = {m["id"]: {s["id"]: s for s in m["schalen"]} for m in found.json["momenten"]}
    changes = {c["schaal"]: c for c in found.json["veranderingen"]}
    for true in made["schalen"]:
        for moment in true["momenten"]:
            schaal = moments[moment["id"]][true["id"]]
            assert schaal["alpha"]["waarde"] == pytest.approx(moment["alpha"], abs=0.008)
            assert schaal["gemiddelde"]["waarde"] == pytest.approx(moment["gemiddelde"], abs=0.025)
            assert schaal["sd"]["waarde"] == pytest.approx(moment["sd"], abs=0.02)
        change = changes[true["id"]]
        assert change["verschil"]["waarde"] == pytest.approx(true["verschil"], abs=0.025)
        assert change["effect"]["waarde"] == pytest.approx(true["effect"], abs=0.025)
    assert moments["einde"]["autonomie"]["met_score"] == pytest.approx(36_000, rel=0.01)


def test_every_format_has_the_same_answers_and_so_has_the_screen(tmp_path: Path) -> None:
    paths = [tmp_path / f"v{ending}" for ending in (".csv", ".parquet")]
    for path in paths:
        run("groep", "simuleer", "--n", 25, "--uit", path)
    parquet = pl.read_parquet(paths[1])
    assert pl.read_csv(paths[0], schema_overrides=parquet.schema).equals(parquet)
    shown = run("groep", "simuleer", "--n", 25, "--uit", "-")
    assert shown.out.encode() == paths[0].read_bytes()
    assert "verzonnen" in shown.err


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS", 17 * 2 * 30)
    model = MODEL._replace(mensen=100, uitval=0.0)
    simulatie = Simulatie(LIJST, model)
    told: list[int] = []
    made = simulatie.frame(told.append).collect()
    assert simulatie.rijen == made.height == sum(told) == 200
    assert told == [60, 60, 60, 20]
    assert made["client"].to_list() == [f"V-{n:05d}" for n in range(1, 101) for _ in range(2)]
    assert made["meetmoment"].to_list() == ["start", "einde"] * 100
    assert not made.slice(0, 60).drop("client").equals(made.slice(60, 60).drop("client")), "each block draws anew"


def test_the_longest_code_is_one_that_may_be_a_code() -> None:
    assert check_clientcode(f"V-{MAX_MENSEN}")


# What is true -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lading", "count"), [(0.3, 2), (0.7, 5), (0.9, 3), (MAX_LADING, 4), (0.0, 3)])
def test_yes_or_no_answers_have_the_correlation_of_the_known_formula(tmp_path: Path, lading: float, count: int) -> None:
    """Cut at the median, two answers correlate 2/π · arcsin(λ²) (Sheppard, 1899)."""
    text = small_lijst(schaal("een", " ".join(map(str, range(1, count + 1))), 1), count, 0, 1)
    [found] = true_values(
        lijst_from(tmp_path, text), MODEL._replace(lading=lading, rechte_lijn=0.0, meetmomenten=(), verandering=0.0)
    )
    c = 2 / pi * asin(lading**2)
    assert found.momenten[0].alpha == pytest.approx(count * c / (1 + (count - 1) * c), abs=1e-12)
    assert found.momenten[0].gemiddelde == pytest.approx(0.5, abs=1e-12)
    assert found.momenten[0].sd == pytest.approx(sqrt(0.25 * (1 + (count - 1) * c) / count), abs=1e-12)
    assert found.alpha_model == pytest.approx(count * lading**2 / (1 + (count - 1) * lading**2))
    assert (found.verschil, found.effect, found.samenhang) == (None, None, None)


def test_a_change_of_the_factor_moves_yes_or_no_answers_as_far_as_the_normal_curve_says(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("een", "1 2 -3", 3, "som"), 3, 0, 1))
    model = MODEL._replace(rechte_lijn=0.0, verandering=0.8, lading=0.6)
    [found] = true_values(lijst, model)
    assert found.verschil == pytest.approx(3 * (ndtr(0.6 * 0.8) - 0.5), abs=1e-12)
    c, later = 2 / pi * asin(0.36), 2 / pi * asin(0.6 * 0.36)
    assert found.effect == pytest.approx(found.verschil / sqrt(3 * 0.25 * (1 + 2 * c)), abs=1e-12)
    [still] = true_values(lijst, model._replace(verandering=0.0))
    assert still.samenhang == pytest.approx(3 * later / (1 + 2 * c), abs=1e-12)


def test_more_answers_come_nearer_to_alpha_of_the_model(tmp_path: Path) -> None:
    """0.827703 is alpha of five vragen with loading .7 that are not cut: 5·.49 / (1 + 4·.49)."""
    alphas = []
    for high in (1, 2, 4, 6, 10):
        [found] = true_values(
            lijst_from(tmp_path, small_lijst(schaal("een", "1 2 3 4 5", 4), 5, 0, high)), MODEL._replace(rechte_lijn=0)
        )
        assert found.alpha_model == pytest.approx(0.8277027, abs=1e-7)
        alphas.append(found.momenten[0].alpha)
    assert alphas == sorted(alphas)
    assert 0.7 < alphas[0] < 0.72 < 0.8 < alphas[-1] < 0.8277


@pytest.mark.parametrize(
    "model",
    [
        PURE,
        PURE._replace(rechte_lijn=0.15, lading=0.9, verandering=1.2, stabiliteit=1.0),
        PURE._replace(lading=0.3, samenhang=0.0, verandering=-0.6, stabiliteit=0.0),
        PURE._replace(leeg=0.05, rechte_lijn=0.02, uitval=0.3, samenhang=1.0, mensen=200_000),
    ],
    ids=["zuiver", "lijnen", "zwak", "leeg en uitval"],
)
def test_a_large_draw_gives_what_is_said_to_be_true(model: Simulatiemodel) -> None:
    frame = drawn(LIJST, model)
    for found in true_values(LIJST, model):
        for moment in found.momenten:
            answers = keyed(frame, LIJST, found.id, moment.id)
            error = moment.sd / sqrt(len(answers))
            assert answers.mean() == pytest.approx(moment.gemiddelde, abs=4.5 * error)
            assert answers.mean(axis=1).std() == pytest.approx(moment.sd, abs=4.5 * error)
            assert alpha_of(answers) == pytest.approx(moment.alpha, abs=0.012 if model.lading < 0.5 else 0.005)
        both = [keyed(frame, LIJST, found.id, m).mean(axis=1) for m in ("start", "einde")]
        if not model.leeg:
            assert np.corrcoef(*both)[0, 1] == pytest.approx(found.samenhang, abs=0.012)
        assert both[1].mean() - both[0].mean() == pytest.approx(found.verschil, abs=0.02)
        assert found.effect == pytest.approx(found.verschil / found.momenten[0].sd)


def test_schalen_are_related_as_asked_and_the_unfavourable_one_the_other_way_round(tmp_path: Path) -> None:
    """Yes or no, cut at the median: two answers of two schalen correlate 2/π · arcsin(λ² · samenhang)."""
    text = small_lijst(schaal("goed", "1", 1) + schaal("slecht", "-2", 1, richting="hoger-is-ongunstig"), 2, 0, 1,
                       "meetmomenten: [{id: start, naam: Start}, {id: einde, naam: Einde}]\n")  # fmt: skip
    lijst = lijst_from(tmp_path, text)
    model = PURE._replace(lading=0.9, samenhang=0.6, verandering=1.0)
    frame = drawn(lijst, model)
    start = [keyed(frame, lijst, name, "start").ravel() for name in ("goed", "slecht")]
    assert np.corrcoef(*start)[0, 1] == pytest.approx(-2 / pi * asin(0.81 * 0.6), abs=0.012)
    good, bad = true_values(lijst, model)
    assert good.verschil == pytest.approx(ndtr(0.9) - 0.5, abs=1e-12)
    assert bad.verschil == pytest.approx(0.5 - ndtr(0.9), abs=1e-12), "better is lower here"
    assert keyed(frame, lijst, "slecht", "einde").mean() - 0.5 == pytest.approx(bad.verschil, abs=0.01)


def test_reversed_vragen_run_against_the_others_as_they_are_typed() -> None:
    frame = drawn(LIJST, PURE._replace(mensen=20_000))
    raw = frame.select("competentie-1", "competentie-2", "competentie-4", "competentie-5").to_numpy().astype(float)
    r = np.corrcoef(raw.T)
    assert (r[:2, 2:] < -0.3).all()
    assert r[0, 1] > 0.3
    assert r[2, 3] > 0.3


def test_the_middle_meetmoment_is_half_way(tmp_path: Path) -> None:
    model = PURE._replace(meetmomenten=("start", "halverwege", "einde"), verandering=1.0)
    lijst = lijst_from(tmp_path, small_lijst(schaal("een", "1 2", 2), 2, 0, 1))
    [found] = true_values(lijst, model)
    means = [m.gemiddelde for m in found.momenten]
    assert means == pytest.approx([0.5, ndtr(0.35), ndtr(0.7)], abs=1e-12)
    frame = drawn(lijst, model)
    assert [keyed(frame, lijst, "een", m).mean() for m in model.meetmomenten] == pytest.approx(means, abs=0.006)


def test_a_vraag_of_two_schalen_follows_the_first_and_what_is_true_of_both_knows_it(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("een", "1 2 3", 3) + schaal("twee", "-3 4 5", 3), 5, 1, 5))
    model = PURE._replace(meetmomenten=(), rechte_lijn=0.1)
    frame = drawn(lijst, model)
    assert "meetmoment" not in frame.columns
    for found in true_values(lijst, model):
        answers = keyed(frame, lijst, found.id, None)
        assert alpha_of(answers) == pytest.approx(found.momenten[0].alpha, abs=0.012)
        assert answers.mean(axis=1).std() == pytest.approx(found.momenten[0].sd, abs=0.01)


# Blanks, lines and who leaves ---------------------------------------------------------------------------------------


def test_blanks_are_as_many_as_asked_and_anywhere() -> None:
    frame = drawn(LIJST, PURE._replace(mensen=20_000, leeg=0.08))
    shares = np.array([frame[v].null_count() for v in VRAGEN]) / frame.height
    assert shares == pytest.approx([0.08] * len(VRAGEN), abs=4.5 * sqrt(0.08 * 0.92 / frame.height))


def test_straight_lines_are_straight_and_as_many_as_asked() -> None:
    frame = drawn(LIJST, PURE._replace(mensen=20_000, rechte_lijn=0.2, lading=0.2, samenhang=0.0))
    straight = frame.filter(pl.min_horizontal(VRAGEN) == pl.max_horizontal(VRAGEN))
    assert straight.height / frame.height == pytest.approx(0.2, abs=4.5 * sqrt(0.16 / frame.height))
    counts = straight[VRAGEN[0]].value_counts().sort(VRAGEN[0])["count"].to_numpy() / straight.height
    assert counts == pytest.approx([0.2] * 5, abs=0.03)
    assert run_of_lines(drawn(LIJST, PURE._replace(mensen=20_000, lading=0.2))) == 0


def run_of_lines(frame: pl.DataFrame) -> int:
    return frame.filter(pl.min_horizontal(VRAGEN) == pl.max_horizontal(VRAGEN)).height


def test_who_leaves_does_not_come_back() -> None:
    model = PURE._replace(mensen=20_000, meetmomenten=("start", "halverwege", "einde"), uitval=0.25)
    frame = drawn(LIJST, model)
    per_moment = [set(frame.filter(pl.col("meetmoment") == m)["client"]) for m in model.meetmomenten]
    assert per_moment[0] > per_moment[1] > per_moment[2]
    assert [len(p) / model.mensen for p in per_moment] == pytest.approx([1, 0.75, 0.5625], abs=0.015)


def test_vragen_with_scales_of_their_own_stay_within_them(tmp_path: Path) -> None:
    text = small_lijst(schaal("een", "1 -2 3", 3, "som"), 3, -2, 2).replace(
        "{id: v-2, tekst: Vraag 2.}", "{id: v-2, tekst: Vraag 2., antwoordschaal: {min: 5, max: 9}}"
    )
    lijst = lijst_from(tmp_path, text)
    model = PURE._replace(mensen=50_000, rechte_lijn=0.3, meetmomenten=())
    frame = drawn(lijst, model)
    assert [(frame[v].min(), frame[v].max()) for v in ("v-1", "v-2", "v-3")] == [(-2, 2), (5, 9), (-2, 2)]
    [found] = true_values(lijst, model)
    sums = keyed(frame, lijst, "een", None).sum(axis=1)
    [moment] = found.momenten
    assert sums.mean() == pytest.approx(moment.gemiddelde, abs=4.5 * moment.sd / sqrt(len(sums)))
    assert sums.std() == pytest.approx(moment.sd, rel=0.02)


def test_thresholds_are_at_equal_distances() -> None:
    assert thresholds(5) == pytest.approx([-1.2, -0.4, 0.4, 1.2])
    assert thresholds(2) == pytest.approx([0.0])
    frame = drawn(LIJST, PURE._replace(mensen=20_000))
    shares = frame.filter(pl.col("meetmoment") == "start")["autonomie-1"].value_counts().sort("autonomie-1")["count"]
    assert (shares / 20_000).to_list() == pytest.approx([0.115, 0.2295, 0.311, 0.2295, 0.115], abs=0.015)


PART = st.floats(0, 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        Simulatiemodel, st.integers(1, 40), st.sampled_from([("start",), ("start", "einde"), ("start", "x", "einde")]),
        st.integers(0, 99), st.floats(0, MAX_LADING), PART, st.floats(-3, 3), PART, st.floats(0, 0.9),
        st.floats(0, 0.9), st.floats(0, 0.9),
    )
)  # fmt: skip
def test_any_model_gives_answers_of_the_scale_and_figures_that_exist(model: Simulatiemodel) -> None:
    frame = drawn(LIJST, model)
    assert frame.select(pl.min_horizontal(VRAGEN).min()).item() in (None, 1, 2, 3, 4, 5)
    assert all(frame[v].drop_nulls().is_between(1, 5).all() for v in VRAGEN)
    assert frame.select("client", "meetmoment").is_unique().all()
    assert frame.filter(pl.col("meetmoment") == "start").height == model.mensen
    for found in true_values(LIJST, model):
        for moment in found.momenten:
            assert 1 <= moment.gemiddelde <= 5
            assert 0 < moment.sd <= 2
            assert moment.alpha is not None
            assert moment.alpha > -1e-9 or model.rechte_lijn
            assert moment.alpha < 1
        assert found.samenhang is None or -1e-9 <= found.samenhang <= 1 + 1e-9
        assert found.alpha_model == model_alpha(model.lading, found.vragen)


# Options ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--uit", "tabel.doc"], ".parquet"),
        (["--uit", "-", "--json"], "--uit - gaat niet samen met --json"),
        (["--lading", "1"], "0 tot en met 0,95"),
        (["--lading", "half"], "schrijf het zoals 0,8"),
        (["--meetmoment", "strat"], "bedoelde je start?"),
        (["--meetmoment", "einde", "--uitval", "0,2"], "--uitval hoort bij twee of meer meetmomenten"),
        (["--vragenlijst", "eigen-rege"], "eigen-regie"),
        (["--n", "0"], "--n"),
        (["--uit", "weg/tabel.csv"], "die map bestaat niet"),
    ],
)
def test_what_cannot_be_is_said_and_makes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("groep", "simuleer", *options)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert not list(tmp_path.iterdir())


def test_comma_and_point_are_both_a_decimal_sign(tmp_path: Path) -> None:
    one, two = (
        run("groep", "simuleer", "--n", 5, "--verandering", text, "--uit", tmp_path / "v.csv", "--json")
        for text in ("-0,25", "-.25")
    )
    assert one.json == two.json
    assert one.json["model"]["verandering"] == -0.25


def test_meetmomenten_come_in_the_order_of_the_vragenlijst() -> None:
    assert choose_momenten(EIGEN_REGIE, []) == ("start", "einde")
    assert choose_momenten(EIGEN_REGIE, ["einde", "halverwege"]) == ("halverwege", "einde")
    assert choose_momenten(EIGEN_REGIE, ["einde"]) == ("einde",)


def test_json_has_the_model_and_what_is_true(tmp_path: Path) -> None:
    made = run("groep", "simuleer", "--n", 12, "--uit", tmp_path / "v.csv", "--json").json
    assert (made["verzonnen"], made["vragenlijst"], made["hash"]) == (True, "eigen-regie", EIGEN_REGIE.hash)
    assert made["model"] == {**MODEL._asdict(), "mensen": 12, "meetmomenten": ["start", "einde"]}
    expected = true_values(LIJST, MODEL)
    assert [s["momenten"][0]["alpha"] for s in made["schalen"]] == [s.momenten[0].alpha for s in expected]


def test_the_screen_says_what_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = run("groep", "simuleer", "--n", 12, "--uit", "mijn tabel.csv", "--rechte-lijn", 0).out
    assert "0,805" in shown, "alpha of five vragen with loading .7 in five answers"
    assert 'regiekit groep "mijn tabel.csv" --vragenlijst eigen-regie' in shown
    monkeypatch.setenv("COLUMNS", "40")
    narrow = run("groep", "simuleer", "--n", 12, "--uit", "mijn tabel.csv", "--rechte-lijn", 0).out
    assert max(map(len, narrow.splitlines())) <= 40
    assert "alpha 0,805" in narrow

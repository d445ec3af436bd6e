"""Scoring: golden tables by hand, every pattern of a small schaal, and an implementation that shares nothing."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.content.compile import read_file
from regiekit.content.validate import validate
from regiekit.domain.checks import check_vragenlijst, unproven
from regiekit.domain.uitslag import Schaaluitslag, clashes, keyed_values, make_kolom_scorer, reach, score, straight_line
from regiekit.domain.vragenlijst import Vragenlijst
from util import EIGEN_REGIE, ROOT, answers, lijst_from, schaal, small_lijst

if TYPE_CHECKING:
    from pathlib import Path

LIJST: Any = EIGEN_REGIE.inhoud


def scores(given_: dict[str, int | None], lijst: Any = LIJST) -> dict[str, float | None]:
    return {s.id: s.score for s in score(lijst, given_).schalen}


# Worked out by hand. Reversed: autonomie-5, competentie-4, competentie-5 (value 6 - answer).
GOLDEN = [
    # autonomie, competentie, verbondenheid, eigen regie -> four scores
    (("11111", "11111", "1111", "111"), (9 / 5, 13 / 5, 1.0, 1.0)),
    (("55555", "55555", "5555", "555"), (21 / 5, 17 / 5, 5.0, 5.0)),
    (("33333", "33333", "3333", "333"), (3.0, 3.0, 3.0, 3.0)),
    (("11115", "11155", "1111", "111"), (1.0, 1.0, 1.0, 1.0)),
    (("55551", "55511", "5555", "555"), (5.0, 5.0, 5.0, 5.0)),
    (("42312", "23441", "5431", "425"), (14 / 5, 16 / 5, 13 / 4, 11 / 3)),
    (("12345", "12345", "1234", "123"), (11 / 5, 9 / 5, 10 / 4, 2.0)),
    (("54321", "54321", "5432", "321"), (19 / 5, 21 / 5, 14 / 4, 2.0)),
    (("4231.", "2344.", "543.", "425"), (10 / 4, 11 / 4, 12 / 3, 11 / 3)),
    ((".231.", ".344.", "54..", "42."), (None, None, None, None)),
    ((".2312", "..441", "5.31", "..."), (10 / 4, None, 9 / 3, None)),
    ((".....", ".....", "....", "..."), (None, None, None, None)),
]


@pytest.mark.parametrize(("given_", "expected"), GOLDEN)
def test_golden(given_: tuple[str, str, str, str], expected: tuple[float | None, ...]) -> None:
    assert tuple(scores(answers(*given_)).values()) == expected


def test_reports_example_steps_are_reachable() -> None:
    """2,4 to 4 and 3 to 3,8 fit five vragen in whole points."""
    assert scores(answers("33333", "22344", "3333", "333"))["competentie"] == 11 / 5
    assert scores(answers("33333", "33242", "3333", "333"))["competentie"] == pytest.approx(14 / 5)


def test_counts_and_reason_travel_along() -> None:
    uitslag = score(LIJST, answers("42..2", "23441", "5431", "425")).schalen[0]
    assert (uitslag.score, uitslag.beantwoord, uitslag.van, uitslag.minimaal) == (None, 3, 5, 4)
    assert uitslag.reden == "3 van 5 vragen beantwoord, er zijn er 4 nodig"


def test_all_that_is_said_of_a_schaal() -> None:
    """Worked out by hand: 4 + 2 + 3 + (6 - 2) over four vragen, and 9 over three without the reversed one."""
    assert score(LIJST, answers("42.32", "33333", "3333", "333")).schalen[0] == Schaaluitslag(
        id="autonomie", naam="Autonomie", score=13 / 4, beantwoord=4, van=5, minimaal=4, regel="gemiddelde",
        richting="hoger-is-gunstig", betekenis="hoger = meer ervaren ruimte om zelf te kiezen", som=13, laagste=4,
        hoogste=20, bodem=1.0, top=5.0, zonder_omgekeerd=3.0, omgekeerd=1, botsing=False, reden=None,
    )  # fmt: skip


def test_all_that_is_said_of_a_som(tmp_path: Path) -> None:
    text = small_lijst(schaal("last", "1 -2 3", 3, "som", "hoger-is-ongunstig"), low=0, high=4)
    assert score(lijst_from(tmp_path, text), {"v-1": 4, "v-2": 4, "v-3": 1}).schalen[0] == Schaaluitslag(
        id="last", naam="Last", score=5, beantwoord=3, van=3, minimaal=3, regel="som", richting="hoger-is-ongunstig",
        betekenis=None, som=5, laagste=0, hoogste=12, bodem=0, top=12, zonder_omgekeerd=None, omgekeerd=1,
        botsing=True, reden=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("vragen", "minimum", "given_", "reden"),
    [
        ("1", 1, {}, "0 van 1 vraag beantwoord, er is er 1 nodig"),
        ("1 2", 1, {}, "0 van 2 vragen beantwoord, er is er 1 nodig"),
        ("1 2", 2, {"v-1": 3}, "1 van 2 vragen beantwoord, er zijn er 2 nodig"),
        ("1 2 3", 3, {"v-1": 3}, "1 van 3 vragen beantwoord, er zijn er 3 nodig"),
    ],
)
def test_the_reason_is_good_dutch(
    tmp_path: Path, vragen: str, minimum: int, given_: dict[str, int | None], reden: str
) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", vragen, minimum), vragen=len(vragen.split())))
    found = score(lijst, given_).schalen[0]
    assert (found.reden, found.score, found.zonder_omgekeerd) == (reden, None, None)


def test_a_schaal_is_found_by_its_id_and_only_with_a_score() -> None:
    uitslag = score(LIJST, answers("333..", "33333", "4444", "333"))
    found = uitslag.schaal("verbondenheid")
    assert found is not None
    assert (found.id, found.score) == ("verbondenheid", 4.0)
    assert uitslag.schaal("autonomie") is None
    assert uitslag.schaal("rust") is None


def reference(
    given_: dict[str, int | None], items: list[tuple[str, bool]], low: int, high: int, minimum: int
) -> Fraction | None:
    """The rule once more, in fractions and written apart from the program."""
    values = []
    for name, is_reversed in items:
        answer = given_.get(name)
        if answer is None:
            continue
        values.append(Fraction(answer) if not is_reversed else Fraction(high) - (Fraction(answer) - Fraction(low)))
    return sum(values, Fraction(0)) / len(values) if len(values) >= minimum else None


@pytest.mark.parametrize(("low", "high"), [(1, 3), (0, 4), (-1, 1)])
@pytest.mark.parametrize("keys", ["1 2 3", "1 2 -3", "-1 -2 -3"])
@pytest.mark.parametrize("minimum", [1, 2, 3])
def test_every_pattern_of_a_small_schaal(tmp_path: Path, low: int, high: int, keys: str, minimum: int) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", keys, minimum), low=low, high=high))
    items = [(f"v-{k.lstrip('-')}", k.startswith("-")) for k in keys.split()]
    for pattern in product([None, *range(low, high + 1)], repeat=3):
        given_ = dict(zip(("v-1", "v-2", "v-3"), pattern, strict=True))
        expected = reference(given_, items, low, high, minimum)
        got = scores(given_, lijst)["s"]
        assert got == (None if expected is None else float(expected))


@given(
    st.sampled_from([(0, 4), (1, 5), (1, 6), (1, 7), (1, 10), (0, 100)]),
    st.lists(st.tuples(st.booleans(), st.integers(0, 100) | st.none()), min_size=1, max_size=30),
)
def test_any_scale(ends: tuple[int, int], items: list[tuple[bool, int | None]]) -> None:
    low, high = ends
    lijst = _vragenlijst([r for r, _ in items], low, high)
    given_ = {f"v-{i}": None if a is None else low + a % (high - low + 1) for i, (_, a) in enumerate(items)}
    expected = reference(given_, [(f"v-{i}", r) for i, (r, _) in enumerate(items)], low, high, 1)
    got = scores(given_, lijst)["s"]
    assert got == (None if expected is None else float(expected))
    if got is not None:
        assert low <= got <= high
        turned = {v: None if a is None else low + high - a for v, a in given_.items()}
        mirrored = _vragenlijst([not r for r, _ in items], low, high)
        assert scores(turned, mirrored)["s"] == got  # turning twice changes nothing


def _vragenlijst(reverse: list[bool], low: int, high: int, regel: str = "gemiddelde") -> Any:
    vragen = [{"id": f"v-{i}", "tekst": "x"} for i in range(len(reverse))]
    items = [{"vraag": f"v-{i}", "omgekeerd": r} for i, r in enumerate(reverse)]
    made = {
        "id": "x", "versie": "1", "naam": "x", "doel": "meting", "herkomst": "eigen", "licentie": "vrij",
        "antwoordschaal": {"min": low, "max": high}, "vragen": vragen,
        "schalen": [{"id": "s", "naam": "s", "regel": regel, "minimaal_beantwoord": 1, "vragen": items}],
    }  # fmt: skip
    return Vragenlijst.model_validate(made, strict=False)


def test_a_som_needs_everything(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", "1 2 -3", 3, "som"), low=0, high=4))
    assert scores({"v-1": 4, "v-2": 1, "v-3": 0}, lijst) == {"s": 9}
    assert scores({"v-1": 4, "v-2": 1}, lijst) == {"s": None}


def test_one_vraag_in_two_schalen_in_opposite_directions(tmp_path: Path) -> None:
    text = small_lijst(schaal("a", "1 2", 1) + schaal("b", "-1 3", 1))
    assert scores({"v-1": 5, "v-2": 5, "v-3": 1}, lijst_from(tmp_path, text)) == {"a": 5.0, "b": 1.0}


def test_a_vraag_with_its_own_antwoordschaal_is_turned_on_that(tmp_path: Path) -> None:
    text = small_lijst(schaal("a", "-1", 1) + schaal("b", "2 3", 1)).replace(
        "{id: v-1, tekst: Vraag 1.}", "{id: v-1, tekst: Vraag 1., antwoordschaal: {min: 0, max: 10}}"
    )
    assert scores({"v-1": 10, "v-2": 1, "v-3": 2}, lijst_from(tmp_path, text)) == {"a": 0.0, "b": 1.5}


# Straight line and clash ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (("55555", "55555", "5555", "555"), 5),
        (("55555", "55555", "....", "..."), 5),
        (("55555", "5555.", "....", "..."), None),  # nine answers
        (("55555", "55554", "5555", "555"), None),
    ],
)
def test_straight_line(given_: tuple[str, str, str, str], expected: int | None) -> None:
    assert score(LIJST, answers(*given_)).rechte_lijn == expected


@pytest.mark.parametrize(
    ("autonomie", "clash", "without"),
    [
        ("55555", True, 5.0),  # normal 5, reversed 1: difference 4
        ("33331", True, 3.0),  # 3 against 5: exactly half the range
        ("33332", False, 3.0),  # 3 against 4
        ("43331", False, 3.25),  # 3,25 against 5: 1,75
        ("33335", True, 3.0),  # 3 against 1
        ("3333.", False, 3.0),  # nothing reversed answered
        ("..331", True, None),  # two of four normal vragen is under 75 %
        (".3331", True, 3.0),  # three of four is 75 %
    ],
)
def test_clash_and_score_without_reversed(autonomie: str, clash: bool, without: float | None) -> None:
    schaal_ = score(LIJST, answers(autonomie, "33333", "3333", "333")).schalen[0]
    assert (schaal_.botsing, schaal_.zonder_omgekeerd) == (clash, without)


def test_the_keyed_answers_of_a_clash_come_from_all_schalen_of_one_scale(tmp_path: Path) -> None:
    """In a som of vragen with different antwoordschalen nothing is compared."""
    text = small_lijst(schaal("s", "1 -2 3", 3, "som")).replace(
        "{id: v-1, tekst: Vraag 1.}", "{id: v-1, tekst: Vraag 1., antwoordschaal: {min: 0, max: 10}}"
    )
    lijst = lijst_from(tmp_path, text)
    assert not score(lijst, {"v-1": 10, "v-2": 5, "v-3": 5}).schalen[0].botsing
    only = keyed_values(lijst, lijst.schalen[0], {"v-2": 5, "v-3": 5})
    assert [(k.vraag, k.value, k.lo, k.hi, k.omgekeerd) for k in only] == [
        ("v-2", 1, 1, 5, True), ("v-3", 5, 1, 5, False),
    ]  # fmt: skip
    assert clashes(only)


def test_two_normal_against_three_reversed_are_weighed_by_their_means(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", "1 2 -3 -4 -5", 4), vragen=5))
    for normal, turned, clash in (("55", "333", True), ("54", "333", False), ("54", "344", True), ("11", "333", True)):
        given_: dict[str, int | None] = {f"v-{n}": int(a) for n, a in enumerate(normal + turned, 1)}
        assert score(lijst, given_).schalen[0].botsing == clash, (normal, turned)


def test_without_the_reversed_ones_three_quarters_of_the_others_are_needed(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", "1 2 3 4 -5", 2), vragen=5))
    found = {"1.": None, "11": None, "111": 2.0, "1111": 2.0}
    for normal, without in found.items():
        given_: dict[str, int | None] = {f"v-{n}": 2 for n, a in enumerate(normal, 1) if a == "1"} | {"v-5": 3}
        assert score(lijst, given_).schalen[0].zonder_omgekeerd == without, normal


def test_schalen_without_reversed_vragen_have_no_second_score() -> None:
    assert [s.zonder_omgekeerd for s in score(LIJST, answers("33333", "33333", "3333", "333")).schalen] == [
        3.0, 3.0, None, None,
    ]  # fmt: skip


# Proof inside the file ----------------------------------------------------------------------------------------------

SHIPPED = sorted((ROOT / "data/vragenlijsten").glob("*.yaml"))


def model_of(path: Path) -> Vragenlijst:
    read, _ = read_file(path)
    made, problems = validate(Vragenlijst, read, str(path), check_vragenlijst)
    assert made is not None
    assert not problems
    return made


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_examples_notice_every_slip(path: Path) -> None:
    assert unproven(model_of(path)) == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_floor_ceiling_and_straight_lines_follow_from_the_file(path: Path) -> None:
    """Derived from ends and keys alone, apart from the examples and from the scorer."""
    lijst = model_of(path)
    low, high = lijst.antwoordschaal.min, lijst.antwoordschaal.max
    for s in lijst.schalen:
        turned = {item.vraag for item in s.vragen if item.omgekeerd}
        names = [item.vraag for item in s.vragen]
        assert scores({n: high if n in turned else low for n in names}, lijst)[s.id] == low
        assert scores({n: low if n in turned else high for n in names}, lijst)[s.id] == high
        for value in range(low, high + 1):
            expected = Fraction((len(names) - len(turned)) * value + len(turned) * (low + high - value), len(names))
            assert scores(dict.fromkeys(names, value), lijst)[s.id] == float(expected)


def test_ids_keys_and_minimum_are_those_of_the_design() -> None:
    keyed = {s.id: (s.minimaal_beantwoord, [(v.vraag, v.omgekeerd) for v in s.vragen]) for s in LIJST.schalen}
    reverse = {"autonomie-5", "competentie-4", "competentie-5"}
    for name, count, minimum in (
        ("autonomie", 5, 4),
        ("competentie", 5, 4),
        ("verbondenheid", 4, 3),
        ("eigen-regie", 3, 3),
    ):
        ids = [f"{name}-{i}" for i in range(1, count + 1)]
        assert keyed[name] == (minimum, [(i, i in reverse) for i in ids])
    assert [v.id for v in LIJST.open_vragen] == [
        *(f"start-{i}" for i in range(1, 4)),
        *(f"halverwege-{i}" for i in range(1, 6)),
        *(f"einde-{i}" for i in range(1, 6)),
    ]  # fmt: skip


def test_schaalvragen_run_in_opposite_directions() -> None:
    lijst = model_of(ROOT / "data/vragenlijsten/schaalvragen.yaml")
    assert {s.id: s.richting for s in lijst.schalen} == {
        "onzekerheid": "hoger-is-ongunstig", "vertrouwen": "hoger-is-gunstig",
    }  # fmt: skip


# Columns ------------------------------------------------------------------------------------------------------------


def test_a_column_of_answers_gives_a_column_of_scores(tmp_path: Path) -> None:
    """By hand, more patterns than are remembered left aside: a gemiddelde with a reversed vraag, and a som."""
    lijst = lijst_from(tmp_path, small_lijst(schaal("a", "3 -1", 1) + schaal("b", "1 2 3", 3, "som")))
    rows = [(1, 2, 3), (5, None, 2), (None, None, None), (1, 2, 3), (None, 4, 5)]
    assert make_kolom_scorer(lijst)(list(zip(*rows, strict=True))) == [
        [(4.0, 2), (1.5, 2), (None, 0), (4.0, 2), (5.0, 1)],
        [(6, 3), (None, 2), (None, 0), (6, 3), (None, 2)],
    ]
    with pytest.raises(ValueError, match="zip"):  # a row without all its answers is no row
        make_kolom_scorer(lijst)([(1, 2), (1, 2), (1,)])


def test_floor_top_and_straight_lines_by_hand(tmp_path: Path) -> None:
    """1 2 -3 on 0 to 6: all lowest is (0 + 0 + 6) / 3; one vraag of a som has its own scale."""
    text = small_lijst(schaal("a", "1 2 -3", 2) + schaal("b", "1 -2 4", 3, "som"), vragen=4, low=0, high=6).replace(
        "{id: v-4, tekst: Vraag 4.}", "{id: v-4, tekst: Vraag 4., antwoordschaal: {min: 1, max: 3}}"
    )
    lijst = lijst_from(tmp_path, text)
    a, b = lijst.schalen
    assert (reach(lijst, a), reach(lijst, b)) == ((0.0, 6.0), (1, 15))
    assert [straight_line(lijst, a, highest=h) for h in (False, True)] == [2.0, 4.0]
    assert [straight_line(lijst, b, highest=h) for h in (False, True)] == [7, 9]

"""First against last: shared vragen, the bands on whole sums, and the three conclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.content.library import load_banden
from regiekit.domain.vergelijking import NIET_ALLES, Bandbron, Maat, Verschil, compare
from util import EIGEN_REGIE, answers, lijst_from, schaal, small_lijst

if TYPE_CHECKING:
    from pathlib import Path

LIJST: Any = EIGEN_REGIE.inhoud
BANDEN = load_banden()


def compared(name: str, first: dict[str, int | None], last: dict[str, int | None], lijst: Any = LIJST) -> Verschil:
    return compare(lijst, next(s for s in lijst.schalen if s.id == name), first, last, BANDEN)


def competentie(first: str, last: str) -> Verschil:
    return compared("competentie", *(answers("33333", c, "3333", "333") for c in (first, last)))


@pytest.mark.parametrize(
    ("name", "first", "last", "conclusie"),
    [
        # five vragen: five points, four vragen: four points, three vragen: four points
        ("autonomie", "22224", "33333", "duidelijk hoger"),  # 10 -> 15
        ("autonomie", "22224", "33324", "geen duidelijk verschil"),  # 10 -> 13
        ("autonomie", "22224", "33334", "geen duidelijk verschil"),  # 10 -> 14
        ("autonomie", "33333", "22224", "duidelijk lager"),
        ("verbondenheid", "2222", "3333", "duidelijk hoger"),
        ("verbondenheid", "2222", "3332", "geen duidelijk verschil"),
        ("verbondenheid", "3333", "2222", "duidelijk lager"),
        ("eigen-regie", "222", "334", "duidelijk hoger"),
        ("eigen-regie", "222", "333", "geen duidelijk verschil"),
        ("eigen-regie", "334", "222", "duidelijk lager"),
    ],
)
def test_band_is_reached_on_whole_sums(name: str, first: str, last: str, conclusie: str) -> None:
    whole = {"autonomie": "33333", "competentie": "33333", "verbondenheid": "3333", "eigen-regie": "333"}
    before, after = (answers(*{**whole, name: part}.values()) for part in (first, last))
    assert compared(name, before, after).conclusie == conclusie


@pytest.mark.parametrize(("grens", "last", "conclusie"), [
    (0.0, "33333", "geen duidelijk verschil"), (0.0, "43333", "duidelijk hoger"), (0.0, "23333", "duidelijk lager"),
    (0.4, "43333", "geen duidelijk verschil"), (0.4, "44333", "duidelijk hoger"), (0.400001, "44333",
                                                                                   "geen duidelijk verschil"),
])  # fmt: skip
def test_the_same_answers_are_no_change_whatever_the_border(grens: float, last: str, conclusie: str) -> None:
    """A border of nothing is still not reached by nothing, here as in the figures of a group (`least_sum`)."""
    first, later = (answers("33333", c, "3333", "333") for c in ("33333", last))
    maat = Maat(grens, Bandbron("referentie"))
    found = compare(LIJST, next(s for s in LIJST.schalen if s.id == "competentie"), first, later, BANDEN, maat)
    assert found.conclusie == conclusie


def test_the_steps_of_the_report() -> None:
    """2,4 to 4 is clearly higher; 3 to 3,8 is not clearly different."""
    small = competentie("33333", "44433")  # 15 -> 18
    assert (small.van, small.naar, small.conclusie) == (3.0, 3.6, "geen duidelijk verschil")
    most = competentie("33333", "44432")  # 15 -> 19
    assert (most.naar, most.verschil, most.conclusie) == (3.8, 0.8, "geen duidelijk verschil")
    first = competentie("33244", "44422")  # 12 -> 20
    assert (first.van, first.naar, first.verschil, first.conclusie) == (2.4, 4.0, 1.6, "duidelijk hoger")


def test_all_that_is_said_of_a_difference(tmp_path: Path) -> None:
    assert competentie("33244", "44422") == Verschil(
        schaal="competentie", naam="Competentie", van=12 / 5, naar=4.0, verschil=8 / 5, gedeelde_vragen=5, band=1.0,
        conclusie="duidelijk hoger", opmerking=None, richting="hoger-is-gunstig", regel="gemiddelde", band_bron=None,
    )  # fmt: skip
    assert competentie("1333.", ".3332") == Verschil(
        schaal="competentie", naam="Competentie", van=None, naar=None, verschil=None, gedeelde_vragen=3, band=None,
        conclusie=None, opmerking="3 van 5 vragen beide keren beantwoord, er zijn er 4 nodig",
        richting="hoger-is-gunstig", regel="gemiddelde", band_bron=None,
    )  # fmt: skip
    text = small_lijst(schaal("last", "1 -2 3", 3, "som", "hoger-is-ongunstig"), low=0, high=4)
    lijst = lijst_from(tmp_path, text)
    before, after = {"v-1": 4, "v-2": 4, "v-3": 1}, {"v-1": 3, "v-2": 4, "v-3": 0}
    assert compared("last", before, after, lijst) == Verschil(
        schaal="last", naam="Last", van=5, naar=3, verschil=-2, gedeelde_vragen=3, band=4.0,
        conclusie="geen duidelijk verschil", opmerking=None, richting="hoger-is-ongunstig", regel="som", band_bron=None,
    )  # fmt: skip
    few = compared("last", before, {"v-1": 3}, lijst)
    assert few.opmerking == "1 van 3 vragen beide keren beantwoord, er zijn er 3 nodig"
    assert (few.richting, few.regel) == ("hoger-is-ongunstig", "som")


@pytest.mark.parametrize("regel", ["gemiddelde", "som"])
def test_a_part_of_the_vragen_takes_the_wider_of_two_bands(tmp_path: Path, regel: str) -> None:
    """By hand, five vragen of 1 to 5, four of them both times: by thumb 16/4 = 4 points over four vragen."""
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", "1 2 3 4 5", 4 if regel == "gemiddelde" else 5, regel), 5))
    whole = {f"v-{n}": 2 for n in range(1, 6)}
    part = dict.fromkeys(list(whole)[:4], 3)

    def found(grens: float, after: dict[str, int]) -> tuple[Any, ...]:
        bron = Bandbron("referentie", "groep", 210, 0.8, "alpha")
        made = compare(lijst, lijst.schalen[0], whole, after, BANDEN, Maat(grens, bron))
        return made.conclusie, made.band, made.band_bron and (made.band_bron.soort, made.band_bron.reden)

    if regel == "som":
        assert found(6.0, whole | part) == ("geen duidelijk verschil", 6.0, ("referentie", None))
        assert found(4.0, whole | part) == ("duidelijk hoger", 4.0, ("referentie", None))
        return
    assert found(0.8, whole | part) == ("duidelijk hoger", 0.8, ("referentie", None))  # 4 points over 5
    assert found(0.9, whole | part) == ("geen duidelijk verschil", 0.9, ("referentie", None))
    assert found(0.5, part) == ("duidelijk hoger", 1.0, ("vuistregel", NIET_ALLES))
    assert found(0.999999, part) == ("duidelijk hoger", 1.0, ("vuistregel", NIET_ALLES))
    assert found(1.0, part) == ("duidelijk hoger", 1.0, ("referentie", NIET_ALLES))
    assert found(1.000001, part) == ("geen duidelijk verschil", 1.000001, ("referentie", NIET_ALLES))


def test_only_vragen_answered_both_times_count() -> None:
    v = competentie("1333.", "53332")
    assert (v.gedeelde_vragen, v.van, v.naar) == (4, 10 / 4, 14 / 4)
    assert v.conclusie == "duidelijk hoger"  # four points over four shared vragen


def test_too_few_shared_vragen_give_no_conclusion() -> None:
    v = competentie("1333.", ".3332")
    assert (v.gedeelde_vragen, v.verschil, v.conclusie, v.band) == (3, None, None, None)
    assert v.opmerking == "3 van 5 vragen beide keren beantwoord, er zijn er 4 nodig"


@pytest.mark.parametrize(
    ("first", "opmerking"),
    [
        ("55511", "kan niet duidelijk hoger worden"),  # at the top
        ("44422", "geen"),  # 20: exactly the band of five from 25
        ("54422", "kan niet duidelijk hoger worden"),  # 21
        ("22244", "geen"),  # 10
        ("12244", "kan niet duidelijk lager worden"),  # 9
    ],
)
def test_no_room_to_move_is_said(first: str, opmerking: str) -> None:
    assert (competentie(first, "33333").opmerking or "geen") == opmerking


def test_with_a_wide_band_there_is_room_neither_way() -> None:
    found = compare(LIJST, LIJST.schalen[1], *[answers("33333", "33333", "3333", "333")] * 2, BANDEN,
                    Maat(2.2, Bandbron("referentie")))  # fmt: skip
    assert (found.conclusie, found.opmerking) == ("geen duidelijk verschil", "kan niet duidelijk hoger of lager worden")


def test_a_single_question_on_1_to_10_needs_three_points(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", "1", 1), vragen=1, low=1, high=10))
    results = [compared("s", {"v-1": 5}, {"v-1": last}, lijst) for last in (7, 8, 2, 3)]
    assert [r.conclusie for r in results] == [
        "geen duidelijk verschil", "duidelijk hoger", "duidelijk lager", "geen duidelijk verschil",
    ]  # fmt: skip
    assert results[0].band == 3.0


def test_a_som_counts_its_own_points(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", "1 2 3 4", 4, "som"), vragen=4, low=0, high=4))
    v = compared(
        "s", dict.fromkeys(("v-1", "v-2", "v-3", "v-4"), 1), dict.fromkeys(("v-1", "v-2", "v-3", "v-4"), 2), lijst
    )
    assert (v.van, v.naar, v.verschil, v.band, v.conclusie) == (4, 8, 4, 4.0, "duidelijk hoger")


@given(st.lists(st.integers(1, 5), min_size=5, max_size=5), st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_turning_time_around_turns_the_conclusion(first: list[int], last: list[int]) -> None:
    there = competentie("".join(map(str, first)), "".join(map(str, last)))
    back = competentie("".join(map(str, last)), "".join(map(str, first)))
    mirror = {"duidelijk hoger": "duidelijk lager", "duidelijk lager": "duidelijk hoger"}
    assert back.conclusie == mirror.get(str(there.conclusie), there.conclusie)
    assert there.verschil == -(back.verschil or 0)
    assert (abs(there.verschil or 0) >= (there.band or 0) - 1e-9) == (there.conclusie != "geen duidelijk verschil")

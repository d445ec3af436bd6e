"""One afname through all rules, and several of one client: the notes, the order in time, and what is compared."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from regiekit.content.library import load_banden, load_vragenlijsten
from regiekit.domain.advies import Bronnen
from regiekit.domain.beoordeling import (
    GEEN_VOLGORDE,
    OPMERKINGEN,
    Ingevuld,
    assess,
    compare_all,
    for_advies,
    in_time,
    last_run,
    order_notes,
    situatie_with,
)
from regiekit.domain.niveau import Scoreniveau, Waarneming
from regiekit.domain.uitslag import score
from util import EIGEN_REGIE, MATRIX, answers, lijst_from, schaal, small_lijst

if TYPE_CHECKING:
    from pathlib import Path

GEWOON = "33333 33333 3333 333"
SCHAALVRAGEN = next(v for v in load_vragenlijsten() if v.inhoud.id == "schaalvragen")


def afname(naam: str = "a", given: str = GEWOON, **fields: Any) -> Ingevuld:
    """An afname of eigen-regie."""
    made = Ingevuld(naam, EIGEN_REGIE.inhoud, EIGEN_REGIE.hash, "R-1", None, None, answers(*given.split()), {})
    return made._replace(**fields)


def on(day: str | None = None, moment: str | None = None, naam: str = "a", **fields: Any) -> Ingevuld:
    """An afname on a day of 2026 ('03-02') at a meetmoment."""
    datum = date.fromisoformat(f"2026-{day}") if day else None
    return afname(naam, **{"datum": datum, "meetmoment": moment, **fields})


def notes(given: Ingevuld) -> list[tuple[str, str]]:
    return [(o.code, o.tekst) for o in assess(given, MATRIX, Bronnen()).opmerkingen]


# One afname ---------------------------------------------------------------------------------------------------------


def test_answers_that_contradict_each_other_are_asked_about() -> None:
    found = dict(notes(afname(given="44444 33333 3333 333")))
    assert found["botsing"] == (
        "Autonomie: de gewone en de omgekeerde vragen spreken elkaar tegen. Vraag wat de cliënt bedoelde. "
        "Zonder de 1 omgekeerde is de score 4,0."
    )
    few = dict(notes(afname(given="..331 33333 3333 333")))
    assert few["botsing"].endswith("Vraag wat de cliënt bedoelde.")
    assert few["te-weinig"] == "Autonomie: geen score, want 3 van 5 vragen beantwoord, er zijn er 4 nodig."


def test_a_score_of_zero_without_the_reversed_ones_is_said_too(tmp_path: Path) -> None:
    lijst = lijst_from(tmp_path, small_lijst(schaal("s", "1 2 -3", 2), low=0, high=4))
    found = dict(notes(afname(vragenlijst=lijst, antwoorden={"v-1": 0, "v-2": 0, "v-3": 0})))
    assert found["botsing"].endswith("Zonder de 1 omgekeerde is de score 0,0.")


def test_the_notes_stand_in_the_order_in_which_they_matter() -> None:
    found = [code for code, _ in notes(afname(given="55555 55555 5555 55.", taal="en"))]
    assert found[:4] == ["niet-gevalideerd", "aanname-schaal", "vertaling", "rechte-lijn"]
    assert found[4:7] == ["botsing", "botsing", "te-weinig"]


def test_a_straight_line_and_a_translation_are_said() -> None:
    found = dict(notes(afname(given="44444 44444 44.. ...", taal="en")))
    assert found["rechte-lijn"] == (
        "Alle 12 antwoorden zijn 4. Vraag of de vragen duidelijk waren; trek hier niets uit."
    )
    assert found["vertaling"].startswith("Ingevuld in de taal 'en'.")
    assert not {"rechte-lijn", "vertaling"} & dict(notes(afname(given="34333 33333 3333 333"))).keys()


def test_every_scale_that_is_an_assumption_is_named_once(tmp_path: Path) -> None:
    own = small_lijst(schaal("a", "1 2", 2) + schaal("b", "3", 1)).replace(
        "{min: 1, max: 5}", "{min: 1, max: 5, aanname: true}"
    )
    own = own.replace("Vraag 3.}", "Vraag 3., antwoordschaal: {min: 0, max: 10, aanname: true}}")
    lijst = lijst_from(tmp_path, own)
    found = [text for code, text in notes(afname(vragenlijst=lijst, antwoorden={})) if code == "aanname-schaal"]
    assert found == [
        f"De schaal van {ends} is een aanname van regiekit; de bron noemt er geen."
        for ends in ("0 tot en met 10", "1 tot en met 5")
    ]


def test_without_anything_about_regie_there_is_no_level_and_no_advice() -> None:
    other = afname(vragenlijst=SCHAALVRAGEN.inhoud, antwoorden={"onzekerheid": 4, "vertrouwen": 6})
    nothing = assess(other, MATRIX, Bronnen())
    assert (nothing.niveau, nothing.advies) == (None, None)
    told = assess(other, MATRIX, Bronnen(inschatting="midden"))
    assert told.niveau is not None
    assert (told.niveau.waarde, told.niveau.zekerheid, told.niveau.score) == ("midden", "voorlopig", None)
    assert told.advies is not None
    assert told.advies.sturing == "gedeeld"
    only_safety = assess(other, MATRIX, Bronnen(belast=True))
    assert only_safety.advies is not None
    assert ("belast", MATRIX.veiligheid.belast.tekst) in only_safety.opmerkingen


def test_all_three_sources_reach_the_level() -> None:
    bronnen = Bronnen("hoog", "los", "stress")
    niveau = assess(afname(given="33333 33333 3333 555"), MATRIX, bronnen).niveau
    assert niveau is not None
    assert niveau.score == Scoreniveau("hoog", ("hoog",))
    assert (niveau.waarde, niveau.zekerheid, niveau.inschatting) == ("hoog", "voorlopig", "hoog")
    assert niveau.waarneming == Waarneming("los", "stress", "laag", "te los")
    assert niveau.tegengesproken


@pytest.mark.parametrize(
    ("given", "ruimte", "steun"),
    [
        ("11155 33333 3333 333", True, False),
        ("33333 33333 1111 333", False, True),
        ("11155 33333 1111 333", True, True),
        ("33333 33333 3333 333", False, False),
        ("1.1.. 33333 11.. 333", False, False),  # no score: nothing is said of it
    ],
)
def test_low_scores_say_that_there_is_little_room_or_support(given: str, ruimte: bool, steun: bool) -> None:
    uitslag = score(EIGEN_REGIE.inhoud, answers(*given.split()))
    situatie = situatie_with(Bronnen(), uitslag)
    assert (situatie.weinig_ruimte, situatie.weinig_steun) == (ruimte, steun)


# In time ------------------------------------------------------------------------------------------------------------


def names(afnames: list[Ingevuld]) -> str:
    return "".join(a.bestand for a in afnames)


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ([on("05-01", naam="a"), on("01-01", naam="b")], "ba"),
        ([on("05-01", "start", "a"), on("01-01", "einde", "b")], "ba"),  # the date goes first
        ([on("01-01", "einde", "a"), on("01-01", "start", "b")], "ba"),  # one day: the meetmoment
        ([on(None, "einde", "a"), on(None, "halverwege", "b"), on(None, "start", "c")], "cba"),
        ([on("05-01", "einde", "a"), on(None, "start", "b")], "ba"),
        ([on("05-01", None, "a"), on(None, "start", "b")], "ab"),  # nothing that all have: as given
        ([on("01-01", "start", "a"), on("01-01", None, "b")], "ba"),  # without a meetmoment first
    ],
)
def test_the_order_of_afnames(given: list[Ingevuld], order: str) -> None:
    assert names(in_time(given)) == order


NOT_KNOWN = "volgorde-onbekend"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([on("01-01"), on("05-01")], []),
        ([on("01-01", "start"), on("05-01", "einde")], []),
        ([on("01-01", "start"), on("01-01", "einde")], []),
        ([on("01-01", "einde"), on("05-01", "start")], ["volgorde"]),
        ([on("01-01"), on("01-01")], ["zelfde-moment"]),
        ([on("01-01", "start"), on("01-01", "start")], ["zelfde-moment"]),
        ([on(None, "start"), on(None, "start")], ["zelfde-moment"]),
        ([on("01-01", "start"), on("01-01")], ["zelfde-moment"]),
        ([on("01-01"), on(None, "start")], [NOT_KNOWN]),
        ([on(), on()], [NOT_KNOWN]),
        ([on("01-01"), on("05-01", taal="en")], ["taal-verschilt"]),
        ([on(), on(taal="en")], [NOT_KNOWN, "taal-verschilt"]),
        ([on("01-01", taal="en"), on("05-01", taal="en")], []),
        ([on("01-01"), on("02-01"), on("02-01")], ["zelfde-moment"]),
        ([on("01-01", "start"), on("02-01"), on("03-01", "start")], []),
        ([on()], [NOT_KNOWN]),
    ],
)
def test_what_is_said_of_the_order(given: list[Ingevuld], told: list[str]) -> None:
    codes = {"zelfde-moment": NOT_KNOWN}
    assert order_notes(given) == tuple((codes.get(name, name), OPMERKINGEN[name]) for name in told)


BANDEN = load_banden()


def compared(*given: Ingevuld) -> dict[str, Any]:
    return {v.schaal: v for v in compare_all(given, BANDEN)}


def test_first_against_last_and_nothing_in_between() -> None:
    answered = ("22224 22244 2222 222", "55551 55511 5555 555", "33333 33333 3333 333")
    days = ("01-01", "02-01", "03-01")
    found = compared(*(on(day, antwoorden=answers(*a.split())) for day, a in zip(days, answered, strict=True)))
    assert {v.schaal: (v.van, v.naar, v.conclusie) for v in found.values()} == {
        "autonomie": (2.0, 3.0, "duidelijk hoger"),
        "competentie": (2.0, 3.0, "duidelijk hoger"),
        "verbondenheid": (2.0, 3.0, "duidelijk hoger"),
        "eigen-regie": (2.0, 3.0, "geen duidelijk verschil"),
    }


@pytest.mark.parametrize(
    "given",
    [
        [on("01-01"), on("01-01")],
        [on("01-01"), on("01-01"), on("05-01")],  # which was the first?
        [on("01-01"), on("05-01"), on("05-01")],  # which was the last?
        [on("01-01", "start"), on("05-01", "einde"), on("05-01")],
    ],
)
def test_nothing_is_concluded_where_two_could_be_the_first_or_the_last(given: list[Ingevuld]) -> None:
    for v in compare_all(given, BANDEN):
        assert v.opmerking == GEEN_VOLGORDE
        assert (v.van, v.naar, v.verschil, v.band, v.conclusie, v.band_bron) == (None,) * 6
        assert (v.gedeelde_vragen, v.richting, v.regel) == (
            len(next(s for s in EIGEN_REGIE.inhoud.schalen if s.id == v.schaal).vragen),
            "hoger-is-gunstig",
            "gemiddelde",
        )


@pytest.mark.parametrize(
    "given",
    [
        [on("01-01", "start"), on("01-01", "einde")],
        [on("01-01"), on("02-01"), on("02-01"), on("05-01")],  # in between it does not matter
        [on(), on()],  # as the coach gave them, and that is said
    ],
)
def test_what_has_a_first_and_a_last_is_compared(given: list[Ingevuld]) -> None:
    assert {v.conclusie for v in compare_all(given, BANDEN)} == {"geen duidelijk verschil"}


def test_the_advice_is_of_afnames_about_regie() -> None:
    asked = afname("v", vragenlijst=SCHAALVRAGEN.inhoud)
    assert for_advies([asked, afname("a"), asked]) == [afname("a")]
    assert for_advies([asked]) == []


def test_without_one_about_regie_a_measurement_serves(tmp_path: Path) -> None:
    own = afname("k", vragenlijst=lijst_from(tmp_path, small_lijst(schaal("rust", "1 2 3", 2))))
    assert for_advies([afname("v", vragenlijst=SCHAALVRAGEN.inhoud), own]) == [own]
    assert for_advies([own, afname("a")]) == [afname("a")]


def test_a_run_ends_where_the_vragenlijst_changed() -> None:
    older, old, new = afname("a", hash="x"), afname("b"), afname("c")
    other = afname("v", vragenlijst=SCHAALVRAGEN.inhoud, hash="y")
    assert names(last_run([old, other, new])) == "bc"
    assert names(last_run([afname("z"), older, old, new])) == "bc"  # what lies before the break does not count
    assert names(last_run([old, new, other])) == "v"
    assert last_run([]) == []

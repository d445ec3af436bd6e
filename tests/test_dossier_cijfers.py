"""Numbers from the dossier: which afname is first and last, what is said beside a score, and what a client reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dossiers import make_client, opened, quick_keys, run_dossier
from regiekit.content.library import load_vragenlijst_file, to_json
from regiekit.domain.aantekening import Afname, Besluit, Gesprek
from util import EIGEN_REGIE, Result, answers, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path

CODE, START, LATER = "R-014", date(2026, 1, 12), date(2026, 6, 1)
NIET = "niet gevalideerd"
LAAG, HOOG = answers("11111", "11111", "1111", "111"), answers("55555", "55555", "5555", "555")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    path = tmp_path / "d.regiekit"
    make_client(path, CODE)
    return path


def add(path: Path, day: date, given: dict[str, Any], lijst: Any = EIGEN_REGIE, moment: str | None = None) -> int:
    inhoud = Afname(vragenlijst=lijst.inhoud.id, versie="1", hash=lijst.hash, meetmoment=moment, antwoorden=given)
    with opened(path) as boek:
        return boek.add(CODE, day, inhoud, to_json(lijst.inhoud))


def own(folder: Path, schalen: str, *, doel: str = "gesprek", **more: Any) -> Any:
    return load_vragenlijst_file(write(folder, "klein.yaml", small_lijst(schalen, **more).replace("meting", doel)))


def said(result: Result) -> str:
    assert result.code == 0, result.err
    return " ".join(result.out.split())


def of_client(path: Path, *arguments: object) -> Result:
    return run_dossier(path, "verslag", "--voor", "client", CODE, "--datum", "2026-07-01", *arguments)


def correct(path: Path, number: int, *arguments: object) -> Result:
    return run_dossier(path, "dossier", "corrigeer", CODE, number, *arguments, "--reden", "vergist")


# Which one holds ------------------------------------------------------------------------------------------------------


def test_an_older_aantekening_that_is_corrected_stays_the_older_of_its_day(pad: Path) -> None:
    with opened(pad) as boek:
        first = boek.add(CODE, LATER, Besluit(niveau="laag", reden="eerst"))
        boek.add(CODE, LATER, Besluit(niveau="hoog", reden="daarna"))
        talk = boek.add(CODE, LATER, Gesprek(doel="ochtend"))
        boek.add(CODE, LATER, Gesprek(doel="middag", volgende=date(2026, 7, 1)))
    assert correct(pad, first, "--veld", "reden", "--waarde", "eerst, beter gezegd").code == 0
    assert correct(pad, talk, "--veld", "doel", "--waarde", "vroege ochtend").code == 0
    with opened(pad) as boek:
        found = boek.read(CODE)
    last, talked = found.last("besluit"), found.last("gesprek")
    assert last and talked
    assert (last.inhoud.niveau, talked.inhoud.doel) == ("hoog", "middag")
    assert [a.inhoud.doel for a in found.of("gesprek")] == ["vroege ochtend", "middag"]
    assert "Jouw besluit (1 juni 2026): regie hoog" in said(run_dossier(pad, "voorbereiding", CODE))


def test_an_afname_cannot_be_moved_to_the_day_of_another(pad: Path) -> None:
    first, last = add(pad, START, LAAG), add(pad, LATER, HOOG)
    result = correct(pad, first, "--datum", LATER)
    assert result.code == 2 and f"staat er al als nummer {last}" in result.err
    assert correct(pad, first, "--datum", "2026-02-01").code == 0
    with opened(pad) as boek:
        assert [a.datum for a in boek.read(CODE).of("afname")] == [date(2026, 2, 1), LATER]


def test_a_digit_of_another_script_is_no_answer(pad: Path) -> None:
    number = add(pad, START, LAAG)
    result = correct(pad, number, "--veld", "antwoorden.autonomie-1", "--waarde", "٤")
    assert result.code == 2 and "geen antwoord" in result.err


def test_the_coach_reads_nothing_of_after_the_period(pad: Path) -> None:
    add(pad, START, LAAG)
    add(pad, LATER, HOOG)
    with opened(pad) as boek:
        boek.add(CODE, LATER, Besluit(niveau="hoog", reden="daarna"))
    arguments = pad, "verslag", "--voor", "coach", CODE, "--datum", "2026-07-01"
    whole, part = (run_dossier(*arguments, *more, "--json").json for more in ((), ("--tot", "2026-03-01")))
    assert len(whole["verloop"]["reeksen"][0]["segmenten"][0]["metingen"]) == 2
    (segment,) = part["verloop"]["reeksen"][0]["segmenten"]
    assert [m["datum"] for m in segment["metingen"]] == [START.isoformat()]
    assert {s["vergelijking"] for s in segment["schalen"]} == {None}
    assert part["verloop"]["besluiten"] == []


# What is said beside it -----------------------------------------------------------------------------------------------


def test_the_scale_questions_never_stand_alone(pad: Path) -> None:
    given = run_dossier(pad, "dossier", "schaalvraag", CODE, "--onzekerheid", 8, "--datum", START)
    for text in (said(given), said(run_dossier(pad, "voorbereiding", CODE))):
        assert NIET in text.lower()
    text = said(of_client(pad))
    assert "Deze vragen zijn geen test." in text and "Hier staan nog geen antwoorden" not in text
    assert "geen test" in " ".join(of_client(pad, "--json").json["opmerkingen"])


def test_a_list_to_talk_about_says_it_too(pad: Path, tmp_path: Path) -> None:
    own(tmp_path, schaal("rust", "1 2 3", 2))
    file = write(tmp_path, "a.yaml", 'vragenlijst: klein\nversie: "1"\nclient: R-014\ndatum: 2026-01-12\n'
                 "antwoorden:\n  v-1: 1\n  v-2: 2\n  v-3: 3\n")  # fmt: skip
    result = run_dossier(pad, "dossier", "afname", CODE, file, "--bibliotheek", tmp_path)
    assert NIET in said(result)


def test_a_som_is_a_whole_number(tmp_path: Path) -> None:
    own(tmp_path, schaal("last", "1 2 3", 3, "som", "hoger-is-ongunstig"), doel="meting", high=11)
    paths = [
        write(tmp_path, f"{day}.yaml", f"vragenlijst: klein.yaml\nversie: \"1\"\nclient: R-1\ndatum: {day}\n"
              f"antwoorden:\n  v-1: {a}\n  v-2: 4\n  v-3: 5\n") for day, a in ((START, 2), (LATER, 5))
    ]  # fmt: skip
    for command in ("score", "verloop"):
        text = said(run(command, *paths))
        assert "van 11 naar 14 (+3; duidelijk vanaf 10;" in text and ",0" not in text
    assert ",0" not in said(run("voorbereiding", paths[0])).split("Sturing")[0]


# What a client reads --------------------------------------------------------------------------------------------------


def test_other_vragen_each_time_are_shown_as_they_are(pad: Path) -> None:
    add(pad, START, answers("44444", ".....", "....", "..."))
    add(pad, LATER, answers(".....", "33333", "....", "..."))
    text = said(of_client(pad))
    assert "Je gaf steeds bij andere vragen antwoord. Dit koos je de laatste keer:" in text
    assert "koos je weer hetzelfde" not in text and "een beetje mee eens" in text


def test_an_afname_left_open_says_nothing(pad: Path) -> None:
    nothing = answers(".....", ".....", "....", "...")
    add(pad, START, nothing)
    text = said(of_client(pad))
    assert "Hier staan nog geen antwoorden van jou." in text and "Dit koos je" not in text
    add(pad, date(2026, 3, 1), HOOG)
    add(pad, LATER, nothing)
    text = said(of_client(pad))
    assert "Je vulde de vragen in op 1 maart 2026. Dit koos je:" in text and "helemaal mee eens" in text


@pytest.mark.parametrize(
    ("schalen", "betekenis"),
    [
        (schaal("rust", "-1", 1) + "    betekenis: hoger = meer rust\n", "een lager cijfer is gunstig"),
        (schaal("rust", "1", 1) + "    betekenis: hoger = meer rust\n", "hoger = meer rust"),
        (schaal("last", "1", 1, richting="hoger-is-ongunstig"), "een lager cijfer is gunstig"),
        (schaal("last", "-1", 1, richting="hoger-is-ongunstig"), "een hoger cijfer is gunstig"),
        (schaal("rust", "1", 1) + schaal("last", "-1", 1), None),
    ],
)
def test_the_direction_is_that_of_the_answer_itself(
    pad: Path, tmp_path: Path, schalen: str, betekenis: str | None
) -> None:
    add(pad, START, {"v-1": 2}, own(tmp_path, schalen, vragen=1))
    (vraag,) = of_client(pad, "--json").json["getalvragen"]
    assert vraag["betekenis"] == betekenis
    assert not betekenis or f"Zo lees je dit: {betekenis}." in said(of_client(pad))

"""`regiekit score` as a user calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from util import EIGEN_REGIE, ROOT, afname_yaml, answers, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = ROOT / "voorbeelden"
KEYS = [
    "vragenlijst", "versie", "hash", "antwoordschaal", "client", "meetmoment", "datum", "schalen", "niveau",
    "advies", "open", "opmerkingen",
]  # fmt: skip


def one(folder: Path, given: dict[str, int | None], *options: str, **fields: Any) -> Any:
    """`score --json` of one afname."""
    result = run("score", write(folder, "a.yaml", afname_yaml(given, **fields)), "--json", *options)
    assert result.code == 0, result.err
    return result.json


def test_json_of_one_afname() -> None:
    data = run("score", EXAMPLES / "vragenlijst.yaml", "--json").json
    assert list(data) == KEYS
    assert data["hash"] == EIGEN_REGIE.hash
    assert data["antwoordschaal"] == {"min": 1, "max": 5, "aanname": True}
    assert (data["client"], data["meetmoment"], data["datum"]) == ("R-014", "start", "2026-03-02")
    assert [s["id"] for s in data["schalen"]] == ["autonomie", "competentie", "verbondenheid", "eigen-regie"]
    assert list(data["schalen"][0]) == [
        "id", "naam", "score", "beantwoord", "van", "minimaal", "regel", "zonder_omgekeerd", "reden",
    ]  # fmt: skip
    assert [s["score"] for s in data["schalen"]] == [14 / 5, 12 / 5, 17 / 4, 8 / 3]
    assert data["niveau"]["bronnen"] == {"score": "midden", "inschatting": None, "waarneming": None}
    assert {o["code"] for o in data["opmerkingen"]} >= {"niet-gevalideerd", "aanname-schaal"}
    assert data["open"]["start-3"] == "Nee durven zeggen."


def test_the_screen_says_all_that_a_score_needs() -> None:
    out = run("score", EXAMPLES / "vragenlijst.yaml").out
    for text in ("versie 1", EIGEN_REGIE.hash, "R-014", "5 van 5", "2,8", "niet gevalideerd", "geen normen", "aanname",
                 "Advies: gedeelde sturing", "kantelt als", "Nee durven zeggen.", "» Uitdaging «"):  # fmt: skip
        assert text in out


def test_blanks_are_never_filled_in() -> None:
    data = run("score", EXAMPLES / "lege-antwoorden.yaml", "--json").json
    assert [(s["score"], s["beantwoord"]) for s in data["schalen"]] == [(None, 3), (11 / 4, 4), (11 / 3, 3), (None, 2)]
    assert data["schalen"][0]["reden"] == "3 van 5 vragen beantwoord, er zijn er 4 nodig"
    assert (data["niveau"]["waarde"], data["niveau"]["zekerheid"]) == (None, "onbekend")
    assert data["advies"]["sturing"] is None


@pytest.mark.parametrize("blank", ["", "weet-niet", "wil-niet-zeggen", "nvt", "~"])
def test_kinds_of_blank(tmp_path: Path, blank: str) -> None:
    text = afname_yaml(answers("33333", "33333", "3333", "333")).replace("autonomie-1: 3", f"autonomie-1: {blank}")
    data = run("score", write(tmp_path, "a.yaml", text), "--json").json
    assert (data["schalen"][0]["score"], data["schalen"][0]["beantwoord"]) == (3.0, 4)


@pytest.mark.parametrize(
    ("options", "zekerheid", "waarde", "sturing"),
    [
        ([], "voorlopig", "midden", "gedeeld"),
        (["--inschatting", "midden"], "vast", "midden", "los"),
        (["--inschatting", "MIDDEL"], "vast", "midden", "los"),
        (["--inschatting", "hoog"], "niet-eenduidig", None, "los"),
        (["--inschatting", "laag"], "niet-eenduidig", None, "gedeeld"),
        (["--inschatting", "midden", "--sturing", "strak"], "vast", "midden", "gedeeld"),
        (["--inschatting", "midden", "--sturing", "los", "--waarneming", "stress"], "voorlopig", "midden", "gedeeld"),
        (["--inschatting", "midden", "--sturing", "los", "--waarneming", "uitdaging"], "vast", "midden", "los"),
        (["--inschatting", "midden", "--rouw"], "vast", "midden", "gedeeld"),
        (["--inschatting", "midden", "--belast"], "vast", "midden", "gedeeld"),
        (["--inschatting", "midden", "--rouw-uitslag", "rood"], "vast", "midden", "gedeeld"),
        (["--inschatting", "midden", "--rouw-uitslag", "groen"], "vast", "midden", "los"),
        (["--crisis"], "voorlopig", "midden", None),
    ],
)
def test_sources_and_safety(
    tmp_path: Path, options: list[str], zekerheid: str, waarde: str | None, sturing: str | None
) -> None:
    data = one(tmp_path, answers("33333", "33333", "3333", "333"), *options)
    assert (data["niveau"]["zekerheid"], data["niveau"]["waarde"], data["advies"]["sturing"]) == (
        zekerheid,
        waarde,
        sturing,
    )


def test_little_room_is_a_question_and_never_more_steering(tmp_path: Path) -> None:
    """R5: autonomie 1,0 and eigen regie 3,0."""
    data = one(tmp_path, answers("11115", "33333", "3333", "333"))
    assert data["schalen"][0]["score"] == 1.0
    advies = data["advies"]
    assert "strak" not in (advies["sturing"], advies["aansluiting"], *advies["opties"])
    assert any("ruimte" in v for v in advies["vragen"])


def test_crisis_leaves_only_the_way_to_help(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", afname_yaml(answers("33333", "33333", "3333", "333")))
    out = run("score", path, "--crisis").out
    assert "huisarts" in out
    assert "bedrijfsarts" in out
    assert "Advies:" not in out
    assert "stuurmatrix" not in out.lower()


def test_open_answers_are_literal(tmp_path: Path) -> None:
    text = afname_yaml({"autonomie-1": 3}) + 'open:\n  start-1: "[bold]ja[/bold] [/tot] \\e[31m ë 😀"\n'
    path = write(tmp_path, "a.yaml", text)
    assert run("score", path, "--json").json["open"]["start-1"] == "[bold]ja[/bold] [/tot] \x1b[31m ë 😀"
    screen = run("score", path).out
    assert "[bold]ja[/bold] [/tot]" in screen
    assert "\x1b" not in screen


def test_standard_input() -> None:
    text = (EXAMPLES / "vragenlijst.yaml").read_text(encoding="utf-8")
    assert run("score", "-", "--json", stdin=text).json["client"] == "R-014"
    wrong = run("score", "-", stdin="antwoorden: 3\n")
    assert wrong.code == 3
    assert wrong.err.startswith("standaardinvoer:1:")


# Several files ----------------------------------------------------------------------------------------------------


def three() -> list[Path]:
    return [EXAMPLES / f"R-021-{m}.yaml" for m in ("einde", "start", "halverwege")]


def test_several_afnames_stand_in_time_order_with_conclusions() -> None:
    data = run("score", *three(), "--json").json
    assert [a["meetmoment"] for a in data["afnames"]] == ["start", "halverwege", "einde"]
    assert list(data["verschillen"][0])[:1] == ["schaal"]
    assert {v["schaal"]: (v["van"], v["naar"], v["conclusie"]) for v in data["verschillen"]} == {
        "autonomie": (11 / 5, 18 / 5, "duidelijk hoger"),
        "competentie": (11 / 5, 20 / 5, "duidelijk hoger"),
        "verbondenheid": (14 / 4, 17 / 4, "geen duidelijk verschil"),
        "eigen-regie": (7 / 3, 11 / 3, "duidelijk hoger"),
    }
    assert set(data["verschillen"][0]) >= {"schaal", "van", "naar", "verschil", "gedeelde_vragen", "band", "conclusie"}


def test_the_comparison_promises_nothing() -> None:
    out = run("score", *three()).out.lower()
    assert "duidelijk hoger" in out
    for word in ("bewezen", "effect", "significant", "door de coaching", "vooruitgang", "totaal"):
        assert word not in out


def pair(folder: Path, first: dict[str, Any], second: dict[str, Any]) -> list[Path]:
    given = answers("33333", "33333", "3333", "333")
    return [write(folder, f"{n}.yaml", afname_yaml(given, **fields)) for n, fields in enumerate((first, second))]


def test_clients_are_never_compared(tmp_path: Path) -> None:
    for options in ([], ["--zelfde-client"]):
        result = run("score", *pair(tmp_path, {"client": "R-001"}, {"client": "R-002"}), *options)
        assert result.code == 4
        assert "R-001" in result.err
        assert result.out == ""


def test_files_without_a_code_need_a_word_from_the_coach(tmp_path: Path) -> None:
    for first in ({"client": None}, {"client": "R-001"}):
        files = pair(tmp_path, first, {"client": None})
        assert run("score", *files).code == 4
        assert run("score", *files, "--zelfde-client").code == 0


def test_another_scale_or_versie_is_not_compared(tmp_path: Path) -> None:
    own = small_lijst(schaal("s", "1 2 3", 3), low=1, high=7)
    write(tmp_path, "lijst.yaml", own)
    write(tmp_path, "anders.yaml", own.replace("max: 7", "max: 5"))
    files = [
        write(tmp_path, f"{n}.yaml", f'vragenlijst: ./{name}.yaml\nversie: "1"\nclient: R-1\nantwoorden: {{v-1: 1}}\n')
        for n, name in enumerate(("lijst", "anders"))
    ]
    result = run("score", *files)
    assert result.code == 3
    assert "niet te vergelijken" in result.err


def test_another_versie_is_a_problem_with_a_place(tmp_path: Path) -> None:
    text = afname_yaml(answers("33333", "33333", "3333", "333")).replace('versie: "1"', 'versie: "9"')
    result = run("score", write(tmp_path, "a.yaml", text))
    assert result.code == 3
    assert "a.yaml:2:9:" in result.err


# Other vragenlijsten ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("low", "high"), [(0, 4), (1, 6), (1, 7), (1, 10)])
def test_any_vragenlijst_of_the_coach(tmp_path: Path, low: int, high: int) -> None:
    own = small_lijst(
        schaal("rust", "1 -2 3", 2) + schaal("last", "1 2", 2, "som", "hoger-is-ongunstig"), low=low, high=high
    )
    write(tmp_path, "eigen.yaml", own)
    path = write(tmp_path, "a.yaml", f'vragenlijst: klein\nversie: "1"\nantwoorden: {{v-1: {high}, v-2: {low}}}\n')
    result = run("score", path, "--json", "--bibliotheek", tmp_path)
    assert result.code == 0, result.err
    data = result.json
    assert [s["score"] for s in data["schalen"]] == [high, high + low]
    assert (data["niveau"], data["advies"]) == (None, None)
    screen = run("score", path, "--bibliotheek", tmp_path).out
    assert "geen niveau" in screen
    assert "niet gevalideerd" in screen


def test_library_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "eigen.yaml", small_lijst(schaal("rust", "1 2 3", 2)))
    path = write(tmp_path, "a.yaml", 'vragenlijst: klein\nversie: "1"\nantwoorden: {v-1: 1, v-2: 2}\n')
    assert run("score", path).code == 3
    monkeypatch.setenv("REGIEKIT_BIBLIOTHEEK", str(tmp_path))
    assert run("score", path).code == 0


def test_a_vragenlijst_is_not_an_afname() -> None:
    result = run("score", ROOT / "data/vragenlijsten/eigen-regie.yaml")
    assert result.code == 2
    assert "regiekit vragenlijst invulblad eigen-regie" in result.err


def test_missing_file_is_wrong_use(tmp_path: Path) -> None:
    result = run("score", tmp_path / "weg.yaml")
    assert (result.code, result.out) == (2, "")
    assert "bestaat niet" in result.err


def test_waarneming_needs_sturing() -> None:
    assert run("score", EXAMPLES / "vragenlijst.yaml", "--waarneming", "stress").code == 2


def test_all_mistakes_of_a_file_at_once() -> None:
    result = run("score", EXAMPLES / "met-fouten.yaml")
    assert result.code == 3
    places = [line.split(":")[1:3] for line in result.err.splitlines()]
    assert places == [
        ["3", "9"], ["4", "9"], ["5", "13"], ["6", "8"], ["9", "3"], ["10", "3"],
        ["11", "18"], ["12", "18"], ["13", "18"], ["14", "1"],
    ]  # fmt: skip


# Found in review --------------------------------------------------------------------------------------------------


def test_safety_is_never_lost_for_a_list_without_a_level(tmp_path: Path) -> None:
    path = write(tmp_path, "s.yaml", 'vragenlijst: schaalvragen\nversie: "1"\nantwoorden: {onzekerheid: 9}\n')
    out = run("score", path, "--rouw", "--rouw-uitslag", "rood").out
    assert "Verwijs door" in out
    assert "laatste tien minuten" in out
    assert run("score", path, "--crisis").out.count("112") == 1


def test_order_is_said_when_it_is_not_known_or_does_not_fit(tmp_path: Path) -> None:
    given = answers("33333", "33333", "3333", "333")
    loose = [write(tmp_path, f"{n}.yaml", afname_yaml(given, **f)) for n, f in enumerate(({"datum": "2026-01-01"}, {}))]
    assert "volgorde is die waarin jij ze gaf" in " ".join(run("score", *loose).out.split())
    crossed = [
        write(tmp_path, f"x{n}.yaml", afname_yaml(given, meetmoment=m, datum=d))
        for n, (m, d) in enumerate((("start", "2026-05-01"), ("einde", "2026-01-01")))
    ]
    assert "lopen niet gelijk op" in " ".join(run("score", *crossed).out.split())


def test_the_same_file_twice_is_wrong_use(tmp_path: Path) -> None:
    path = EXAMPLES / "R-021-start.yaml"
    assert run("score", path, path).code == 2


def test_notes_of_earlier_afnames_are_on_screen(tmp_path: Path) -> None:
    straight = write(tmp_path, "a.yaml", afname_yaml(answers("55555", "55555", "5555", "555"), datum="2026-01-01"))
    later = write(tmp_path, "b.yaml", afname_yaml(answers("34343", "34343", "3434", "343"), datum="2026-06-01"))
    assert "Alle 17 antwoorden zijn 5" in run("score", straight, later).out


def test_a_withheld_schaal_has_no_second_score(tmp_path: Path) -> None:
    data = one(tmp_path, answers("333..", "33333", "3333", "333"))
    assert (data["schalen"][0]["score"], data["schalen"][0]["zonder_omgekeerd"]) == (None, None)


def test_a_techniek_is_not_an_afname() -> None:
    result = run("score", ROOT / "data/technieken/zones.yaml")
    assert result.code == 3
    assert len(result.err.splitlines()) == 1
    assert "techniek" in result.err


def test_half_goes_up_as_at_school(tmp_path: Path) -> None:
    own = small_lijst(schaal("s", " ".join(map(str, range(1, 9))), 8), vragen=8)
    write(tmp_path, "lijst.yaml", own)
    given = ", ".join(f"v-{i}: {3 if i == 1 else 2}" for i in range(1, 9))
    path = write(tmp_path, "a.yaml", f'vragenlijst: ./lijst.yaml\nversie: "1"\nantwoorden: {{{given}}}\n')
    assert " 2,13 " in run("score", path).out  # 17/8


@pytest.mark.parametrize("client", ["12345", "014", "true", "null", "1e3", "1.5", "R-014", "No"])
def test_whatever_code_an_invulblad_is_given_it_can_be_scored(tmp_path: Path, client: str) -> None:
    path = tmp_path / "blad.yaml"
    assert run("vragenlijst", "invulblad", "eigen-regie", "--client", client, "--uit", path).code == 0
    assert run("score", path, "--json").json["client"] == client


def test_an_invulblad_of_a_file_names_that_file(tmp_path: Path) -> None:
    write(tmp_path, "lijst.yaml", small_lijst(schaal("s", "1 2 3", 1)).replace('versie: "1"', "versie: 'a \"b'"))
    (tmp_path / "bladen").mkdir()
    path = tmp_path / "bladen" / "mijn blad.yaml"
    result = run("vragenlijst", "invulblad", tmp_path / "lijst.yaml", "--uit", path)
    assert f'regiekit score "{path}"' in result.out
    assert run("score", path).code == 0


def test_newest_versie_is_counted_as_people_do(tmp_path: Path) -> None:
    for versie in ("9", "10"):
        write(tmp_path, f"{versie}.yaml", small_lijst(schaal("s", "1 2 3", 1)).replace('"1"', f'"{versie}"'))
    assert run("vragenlijst", "toon", "klein", "--json", "--bibliotheek", tmp_path).json["versie"] == "10"


def test_a_stray_file_in_the_library_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, "los.yaml", "a: 1\n")
    result = run("techniek", "--bibliotheek", tmp_path)
    assert (result.code, len(result.err.splitlines())) == (3, 1)


def test_crisis_in_zone_is_safety_and_nothing_else() -> None:
    out = run("zone", "--regie", "laag", "--crisis").out
    assert "112" in out
    assert "Stuurmatrix" not in out
    assert "Bron:" not in out


def test_missing_folder_and_full_disk_are_told_in_dutch(tmp_path: Path) -> None:
    result = run("techniek", "vragen", "--print", "--uit", tmp_path / "weg" / "x.pdf")
    assert result.code == 2
    assert "die map bestaat niet" in result.err

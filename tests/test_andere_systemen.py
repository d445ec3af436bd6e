"""Answer files of other systems, as `regiekit score` reads them: a FHIR response and an inzending of ODK."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.kanaal.odk import rewrite_inzending
from uitwisseling import answer_sets, expected, lijst_of, make_library, scored
from util import EIGEN_REGIE, VRAGEN, Result, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path

URL = "urn:regiekit:vragenlijst:eigen-regie:start"
Change = dict[str, Any]


def item(link: str, **value: Any) -> dict[str, Any]:
    return {"linkId": link, **({"answer": [value]} if value else {})}


def coded(link: str, code: object) -> dict[str, Any]:
    return item(link, valueCoding={"system": "urn:regiekit:antwoord", "code": str(code)})


def response(*items: Any, **fields: Any) -> dict[str, Any]:
    """A response of another program: another order of fields, groups in groups, and what regiekit has no use for."""
    made = {
        "item": [{"linkId": "deel.vragen", "text": "…", "item": [{"linkId": "deel.x", "item": list(items)}]}],
        "resourceType": "QuestionnaireResponse",
        "meta": {"tag": [{"code": "proef"}]},
        "questionnaire": f"{URL}|1",
        "status": "completed",
        "authored": "2026-03-02T10:11:12+01:00",
        **fields,
    }
    return {name: value for name, value in made.items() if value is not None}


def score_json(folder: Path, data: Any) -> Result:
    return run("score", "--json", write(folder, "antwoord.json", json.dumps(data, indent=1)))


def test_a_response_scores_as_its_answers(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    for name, url in (("eigen-regie", f"{URL}|1"), ("gemengd", "urn:regiekit:vragenlijst:gemengd|2.0 'proef'")):
        lijst = lijst_of(name, library).inhoud
        for number, answers in enumerate(answer_sets(lijst, 40)):
            items = [
                item(v) if a is None else item(v, valueInteger=a) if number % 2 and isinstance(a, int) else coded(v, a)
                for v, a in answers.items()
            ]
            path = write(tmp_path, "antwoord.json", json.dumps(response(*items, questionnaire=url)))
            assert scored(path, library) == expected(lijst, answers)


def test_what_else_a_response_says(tmp_path: Path) -> None:
    data = score_json(
        tmp_path,
        response(
            coded("autonomie-1", 4),
            item("open.start-1", valueString="Meer rust, en\neen plan"),
            item("score.autonomie", valueDecimal=1.5),
            item("gegevens.hash", valueString=EIGEN_REGIE.hash),
            subject={"identifier": {"value": "R-014"}, "display": "Jan Jansen"},
        ),
    ).json
    assert (data["meetmoment"], data["datum"], data["client"]) == ("start", "2026-03-02", "R-014")
    assert data["open"] == {"start-1": "Meer rust, en\neen plan"}
    assert data["schalen"][0]["score"] is None  # what another program worked out is not taken over
    assert "Jansen" not in json.dumps(data)


@pytest.mark.parametrize("code", ("Jan Jansen", "123456782", "", 7, None))
def test_a_name_or_number_of_a_citizen_is_not_taken_over(tmp_path: Path, code: object) -> None:
    data = response(coded("autonomie-1", 4), subject={"identifier": {"value": code}, "reference": "Patient/9"})
    assert score_json(tmp_path, data).json["client"] is None


def test_a_vraag_may_have_the_name_of_a_part(tmp_path: Path) -> None:
    text = small_lijst(schaal("s", "1 2 3", 3)).replace("v-1", "deel").replace("v-2", "score")
    write(tmp_path, "klein.yaml", text)
    exported = run("vragenlijst", "exporteer", tmp_path / "klein.yaml", "--naar", "fhir", "--uit", "-").json
    made = response(item("deel", valueInteger=4), item("score", valueInteger=5), item("v-3", valueInteger=5))
    made["questionnaire"] = f"{exported['url']}|{exported['version']}"
    path = write(tmp_path, "a.json", json.dumps(made))
    assert run("score", path, "--bibliotheek", tmp_path, "--json").json["schalen"][0]["score"] == 14 / 3


@pytest.mark.parametrize("status", ("in-progress", "stopped"))
def test_what_is_not_finished_is_refused(tmp_path: Path, status: str) -> None:
    result = score_json(tmp_path, response(coded("autonomie-1", 4), status=status))
    assert (result.code, result.out) == (4, "")
    assert "niet afgemaakt" in result.err


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another kind": (response(resourceType="Bundle"), "QuestionnaireResponse"),
    "kind no text": (response(resourceType=[1]), "QuestionnaireResponse"),
    "in error": (response(status="entered-in-error"), "completed"),
    "no status": (response(status=None), "completed"),
    "no list": (response(questionnaire=None), "wijst geen vragenlijst"),
    "another list": (response(questionnaire="http://example.org/phq-9|1"), "wijst geen vragenlijst"),
    "no version": (response(questionnaire=URL), "wijst geen vragenlijst"),
    "another version": (response(questionnaire=f"{URL}|9"), "versie '9'"),
    "unknown list": (response(questionnaire="urn:regiekit:vragenlijst:niets|1"), "'niets' ken ik niet"),
    "unknown moment": (response(questionnaire="urn:regiekit:vragenlijst:eigen-regie:ooit|1"), "meetmoment 'ooit'"),
    "another hash": (response(item("gegevens.hash", valueString="0" * 16)), "veranderd"),
    "unknown vraag": (response(coded("autonomie-9", 4)), "autonomie-9"),
    "unknown open vraag": (response(item("open.start-9", valueString="a")), "start-9"),
    "twice": (response(coded("autonomie-1", 4), coded("autonomie-1", 4)), "nog een keer"),
    "two answers": (
        response({"linkId": "autonomie-1", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}),
        "2 antwoorden",
    ),
    "two values": (response(item("autonomie-1", valueInteger=1, valueString="1")), "niet de goede vorm"),
    "another system": (
        response(item("autonomie-1", valueCoding={"system": "http://loinc.org", "code": "4"})),
        "niet de goede vorm",
    ),
    "decimal": (response(item("autonomie-1", valueDecimal=4.0)), "niet de goede vorm"),
    "yes": (response(item("autonomie-1", valueInteger=True)), "geen antwoord"),
    "half": (response(item("autonomie-1", valueInteger=4.5)), "geen antwoord"),
    "text": (response(item("autonomie-1", valueString="4")), "niet de goede vorm"),
    "number in open": (response(item("open.start-1", valueInteger=4)), "niet de goede vorm"),
    "outside": (response(coded("autonomie-1", 6)), "valt buiten"),
    "777": (response(coded("autonomie-1", 777)), "valt buiten"),
    "written oddly": (response(coded("autonomie-1", "04")), "geen antwoord"),
    "no code": (response(item("autonomie-1", valueCoding={"display": "mee eens"})), "niet de goede vorm"),
    "unknown code": (response(coded("autonomie-1", "ja")), "geen antwoord"),
    "item no list": (response(item={"linkId": "autonomie-1"}), "vorm van FHIR"),
    "item no group": (response("autonomie-1"), "vorm van FHIR"),
    "no linkId": (response({"answer": []}), "vorm van FHIR"),
    "answer no list": (response({"linkId": "autonomie-1", "answer": {"valueInteger": 1}}), "vorm van FHIR"),
    "answer no group": (response({"linkId": "autonomie-1", "answer": [4]}), "vorm van FHIR"),
    "no date": (response(coded("autonomie-1", 4), authored="2026-13-41"), "geen datum"),
    "date no text": (response(coded("autonomie-1", 4), authored=20260302), "geen datum"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_response_is_one_clear_line_with_its_place(tmp_path: Path, name: str) -> None:
    data, words = WRONG[name]
    one_line(score_json(tmp_path, data), words, tmp_path / "antwoord.json")


def one_line(result: Result, words: str, path: Path) -> None:
    assert (result.code, result.out) == (3, "")
    assert result.err.count("\n") == 1, result.err
    assert words in result.err
    line, column = result.err.removeprefix(f"{path}:").split(":")[:2]
    assert 1 <= int(line) <= len(path.read_text(encoding="utf-8").splitlines())
    assert int(column) >= 1


def test_places_point_at_the_part_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "antwoord.json"
    text = json.dumps(response(coded("autonomie-1", 4), coded("autonomie-2", 9), coded("autonomie-9", 1)), indent=1)
    write(tmp_path, path.name, text)
    places = [line.removeprefix(f"{path}:").split(":")[0] for line in run("score", path).err.splitlines()]
    named = [text.splitlines()[int(place) - 1].strip() for place in places]
    assert named == ['"valueCoding": {', '"linkId": "autonomie-9",']


def test_a_response_that_is_nested_without_end(tmp_path: Path) -> None:
    deep = '{"resourceType": "QuestionnaireResponse", "item": ' + '[{"item": ' * 50_000
    result = run("score", write(tmp_path, "diep.json", deep))
    assert (result.code, result.out) == (3, "")
    assert "te diep" in result.err


# ODK

HIDDEN = {"vragenlijst": "eigen-regie", "versie": "1", "hash": EIGEN_REGIE.hash, "meetmoment": "start"}


def inzending(answers: str = "", *, before: str = "", openen: str = "", **fields: str | None) -> str:
    hidden = "".join(
        f"\n <regiekit_{name}>{value}</regiekit_{name}>"
        for name, value in {**HIDDEN, "datum": "2026-03-02", **fields}.items()
        if value is not None
    )
    return (
        f"{before}<data xmlns:orx='http://openrosa.org/xforms' id='eigen-regie-start' version='1'>{hidden}\n"
        f" <regiekit_vragen>\n{answers}\n </regiekit_vragen>\n <regiekit_open>{openen}</regiekit_open>\n"
        " <score_autonomie>1.5</score_autonomie>\n"
        " <orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta>\n</data>\n"
    )


def given_answers(answers: dict[str, object]) -> str:
    named = {v.replace("-", "_"): "" if a is None else a for v, a in answers.items()}
    return "\n".join(f"<{name}>{answer}</{name}>" for name, answer in named.items())


def test_an_inzending_scores_as_its_answers(tmp_path: Path) -> None:
    for answers in answer_sets(EIGEN_REGIE.inhoud, 40):
        text = inzending(given_answers(dict(answers)), before="\ufeff<?xml version='1.0' encoding='utf-8'?>\n")
        path = tmp_path / "inzending.xml"
        path.write_text(text, encoding="utf-8")
        assert scored(path, tmp_path) == expected(EIGEN_REGIE.inhoud, answers)


def test_what_else_an_inzending_says(tmp_path: Path) -> None:
    openen = "<open_start_1>Rust &amp; <![CDATA[<ruimte>]]></open_start_1>"
    text = inzending("<autonomie_1> 4 </autonomie_1>", openen=openen)
    data = run("score", write(tmp_path, "i.xml", text), "--json").json
    assert (data["meetmoment"], data["datum"], data["open"]) == ("start", "2026-03-02", {"start-1": "Rust & <ruimte>"})
    assert data["schalen"][0]["beantwoord"] == 1


BOMB = "<!DOCTYPE data [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
XXE = "<!DOCTYPE data [<!ENTITY x SYSTEM 'file:///etc/hosts'>]>"
ONE = "<autonomie_1>4</autonomie_1>"
WRONG_XML = {
    "bomb": (inzending(ONE, before=BOMB), "DOCTYPE"),
    "another file": (inzending("<autonomie_1>&x;</autonomie_1>", before=XXE), "DOCTYPE"),
    "doctype alone": (inzending(ONE, before="<!DOCTYPE html>"), "DOCTYPE"),
    "unknown entity": (inzending("<autonomie_1>&x;</autonomie_1>"), "XML niet"),
    "half": (inzending(ONE)[:-30], "XML niet"),
    "two roots": (inzending(ONE) * 2, "XML niet"),
    "deep": ("<a>" * 50_000, "te diep"),
    "wide": ("<a>" + "<b/>" * 30_000 + "</a>", "te veel"),
    "another form": ("<data id='x'><vraag>1</vraag></data>", "geen inzending"),
    "no version": (inzending(ONE, versie=None), "geen inzending"),
    "empty list": (inzending(ONE, vragenlijst=""), "ontbreekt"),
    "unknown list": (inzending("", vragenlijst="niets"), "'niets' ken ik niet"),
    "another version": (inzending("", versie="9"), "versie '9'"),
    "another hash": (inzending(ONE, hash="0" * 16), "veranderd"),
    "hash no hash": (inzending(ONE, hash="x"), "niet de goede vorm"),
    "unknown moment": (inzending(ONE, meetmoment="ooit"), "meetmoment 'ooit'"),
    "training no word": (inzending(ONE, training="misschien"), "true (ja) of false (nee)"),
    "unknown vraag": (inzending("<autonomie_9>4</autonomie_9>"), "autonomie_9"),
    "twice": (inzending(ONE + ONE), "nog een keer"),
    "version twice": (inzending(ONE, versie="1</regiekit_versie><regiekit_versie>1"), "nog een keer"),
    "outside": (inzending("<autonomie_1>6</autonomie_1>"), "valt buiten"),
    "text": (inzending("<autonomie_1>ja</autonomie_1>"), "geen antwoord"),
    "decimal": (inzending("<autonomie_1>4.0</autonomie_1>"), "geen antwoord"),
    "other digits": (inzending("<autonomie_1>٤</autonomie_1>"), "geen antwoord"),
    "in another group": (inzending(ONE).replace("regiekit_vragen>", "groep>"), "staat hier niet"),
    "outside its group": (inzending("").replace("</data>", f"{ONE}</data>"), "staat hier niet"),
    "with an element in it": (inzending("<autonomie_1><b>4</b></autonomie_1>"), "staat hier niet"),
    "no date": (inzending(ONE, datum="morgen"), "geen datum"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_XML)
def test_a_wrong_inzending_is_one_clear_line_with_its_place(tmp_path: Path, name: str) -> None:
    text, words = WRONG_XML[name]
    path = write(tmp_path, "inzending.xml", text)
    one_line(run("score", path), words, path)


def test_places_in_xml(tmp_path: Path) -> None:
    text = inzending("<autonomie_1>4</autonomie_1>\n   <autonomie_2>9</autonomie_2>")
    path = write(tmp_path, "inzending.xml", text)
    line = text[: text.index("<autonomie_2>")].count("\n") + 1
    assert run("score", path).err.startswith(f"{path}:{line}:4: ")


def test_xml_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "inzending.xml"
    path.write_bytes(inzending(ONE, openen="<open_start_1>één</open_start_1>").encode("latin-1"))
    assert "UTF-8" in run("score", path).err
    path.write_text(inzending(ONE, before="<?xml version='1.0' encoding='latin-1'?>"), encoding="utf-8")
    assert run("score", path, "--json").code == 0


@given(st.recursive(st.text(max_size=8), lambda inner: st.lists(inner, max_size=4), max_leaves=12))
def test_no_xml_gives_a_traceback(tree: Any) -> None:
    def write_xml(part: Any) -> str:
        if isinstance(part, str):
            return part
        return f"<regiekit_vragenlijst>{''.join(map(write_xml, part))}</regiekit_vragenlijst>"

    raw = f"<data>{write_xml([tree])}<regiekit_versie>1</regiekit_versie></data>".encode("utf-8", "replace")
    read, problems = rewrite_inzending(raw, "inzending.xml", None)
    assert (read is None) == bool(problems)


@given(st.dictionaries(st.sampled_from(["linkId", "answer", "item", "x"]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(VRAGEN[:3]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["linkId", "answer", "item", "valueInteger", "valueCoding", "valueString", "code"]), inner, max_size=3),
    max_leaves=10)))  # fmt: skip
def test_no_response_gives_a_traceback(made: dict[str, Any]) -> None:
    result = run("score", "-", stdin=json.dumps(response(made)))
    assert result.code in (0, 3)

"""`vragenlijst exporteer`: each file is judged by the system it is for, or by that system's own rules.

Judges from outside: pyxform with ODK Validate, the engine of ODK Web Forms, fhir.resources, and LHC-Forms. For
LimeSurvey and REDCap none can run here: their files are read by their rules, and the calculations are worked out by a
reader of the few words that they use.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from browser import load_lforms, package_files
from uitwisseling import (
    GEMENGD,
    SCHAALNAMEN,
    answer_sets,
    calculate,
    expected,
    export,
    lijst_of,
    make_library,
    read_limesurvey,
    read_redcap,
    scored,
)
from util import ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SYSTEMS = ("xlsform", "fhir", "limesurvey", "redcap")
LISTS = ("eigen-regie", "gemengd")
GOLDEN = ROOT / "tests/exports"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return make_library(tmp_path)


def readable(naar: str, raw: bytes) -> str:
    """All text of an export."""
    if naar != "xlsform":
        return html.unescape(raw.decode())
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return html.unescape("".join(file.read(name).decode() for name in file.namelist()))


# the command


@pytest.mark.parametrize("naar", SYSTEMS)
def test_every_file_says_where_it_came_from_and_what_it_is_not(library: Path, naar: str) -> None:
    text = readable(naar, export(library, naar))
    assert "Niet gevalideerd" in text
    assert "Voor het gesprek." in text
    for value in ("gemengd", "2.0 'proef'", lijst_of("gemengd", library).hash, "start"):
        assert value in text


@pytest.mark.parametrize("naar", SYSTEMS)
def test_the_same_bytes_each_time(library: Path, naar: str) -> None:
    assert export(library, naar) == export(library, naar)


@pytest.mark.parametrize("naar", SYSTEMS)
def test_a_list_that_is_not_free(library: Path, naar: str) -> None:
    write(library, "gemengd.yaml", GEMENGD.replace("licentie: vrij", "licentie: toestemming"))
    command = ("vragenlijst", "exporteer", "gemengd", "--naar", naar, "--bibliotheek", library)
    target = library / "uit"
    refused = run(*command, "--uit", target)
    assert refused.code == 4
    assert not target.exists()
    assert "Met toestemming." in readable(naar, export(library, naar, "gemengd", "--ik-heb-toestemming"))


def test_without_training_the_other_words(library: Path) -> None:
    for naar in SYSTEMS:
        text = readable(naar, export(library, naar, "gemengd", "--zonder-training"))
        assert "Hoe was je week?" in text
        assert "Hoe was je dag?" not in text


def test_names_files_and_refuses_to_overwrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for naar, name in zip(SYSTEMS, (".xlsx", ".fhir.json", ".limesurvey.txt", ".redcap.csv"), strict=True):
        command = ("vragenlijst", "exporteer", "eigen-regie", "--naar", naar)
        assert run(*command).code == 0
        path = tmp_path / f"eigen-regie{name}"
        before = path.read_bytes()
        assert run(*command, "--meetmoment", "start", "--uit", path).code == 2
        assert path.read_bytes() == before
        assert run(*command, "--meetmoment", "start", "--uit", path, "--overschrijf").code == 0
        assert path.read_bytes() != before


def test_wrong_use() -> None:
    command = ("vragenlijst", "exporteer", "eigen-regie", "--uit", "-")
    for options, word in {
        ("--naar", "odk"): "xlsform",
        ("--naar", "fhir", "--taal", "fries"): "kies nl",
        ("--naar", "fhir", "--meetmoment", "later"): "halverwege",
        ("--naar", "xlsform"): "--uit",
    }.items():
        result = run(*command, *options)
        assert (result.code, result.out) == (2, "")
        assert word in result.err


@pytest.mark.parametrize("naar", ("fhir", "limesurvey", "redcap"))
def test_on_the_screen_there_is_nothing_but_the_file(library: Path, naar: str) -> None:
    command = ("vragenlijst", "exporteer", "gemengd", "--naar", naar, "--meetmoment", "start", "--bibliotheek", library)
    result = run(*command, "--uit", "-")
    assert result.code == 0
    assert result.out.encode() == export(library, naar)


def test_what_a_system_cannot_do_is_said_in_the_file_and_on_the_screen(library: Path) -> None:
    for naar, words in {"limesurvey": ("14 cijfers",), "redcap": ("afronden", "één taal")}.items():
        target = library.parent / "uit"
        result = run("vragenlijst", "exporteer", "gemengd", "--naar", naar, "--bibliotheek", library, "--uit", target)
        for word in words:
            assert word in result.out
            assert word in readable(naar, target.read_bytes())
        target.unlink()


@pytest.mark.parametrize("naar", SYSTEMS)
def test_who_sees_the_answers_is_told_as_it_is_elsewhere(library: Path, naar: str) -> None:
    """What a form of regiekit promises of employer and UWV cannot be promised of a server that it does not know."""
    for lijst in LISTS:
        text = readable(naar, export(library, naar, lijst))
        assert not re.search(r"via regiekit|through regiekit|UWV|Regiekit geeft", text)
    assert "Wie?" in text and "Je coach." in text
    (library.parent / "leeg").mkdir()
    for taal, elders in {"nl": "organisatie van je coach", "en": "organisation", "nl-x-simpel": "organisatie"}.items():
        own = readable(naar, export(library.parent / "leeg", naar, "eigen-regie", "--taal", taal))
        assert elders in own and "UWV" not in own


def test_the_coach_reads_what_the_client_reads_of_who_sees_the_answers(tmp_path: Path) -> None:
    result = run("vragenlijst", "exporteer", "eigen-regie", "--naar", "fhir", "--uit", tmp_path / "uit.json")
    assert 'leest de cliënt: "Je coach ziet ze. Ze komen op een computer die de organisatie van je coach' in result.out
    assert "bij jouw organisatie anders" in result.out


def test_a_language_that_does_not_say_who_sees_the_answers_elsewhere(library: Path) -> None:
    english = (library / "en.yaml").read_text(encoding="utf-8")
    write(library, "en.yaml", english.replace("  elders: Your coach.\n", ""))
    target = library.parent / "uit"
    command = ("vragenlijst", "exporteer", "gemengd", "--naar", "fhir", "--bibliotheek", library, "--uit", target)
    result = run(*command)
    assert (result.code, target.exists()) == (2, False)
    assert "'en'" in result.err and "'elders'" in result.err
    assert run(*command, "--taal", "nl").code == 0


def test_without_a_meetmoment_the_coach_hears_that_the_open_vragen_are_missing(tmp_path: Path) -> None:
    said = "de open vragen er niet in. Wil je ze wel? Kies er een: start, halverwege, einde."
    for lijst, options, told in (
        ("eigen-regie", (), True),
        ("eigen-regie", ("--meetmoment", "start"), False),
        ("schaalvragen", (), False),  # has none
    ):
        command = ("vragenlijst", "exporteer", lijst, "--naar", "fhir", *options, "--overschrijf", "--uit")
        assert (said in run(*command, tmp_path / "uit.json").err) is told
        assert (said in run(*command, "-").err) is told


def test_one_language_or_several(library: Path) -> None:
    first = json.loads(export(library, "fhir", "gemengd", "--taal", "en", "--taal", "nl"))
    assert (first["language"], first["title"]) == ("en", "Mixed")
    assert "translation" in json.dumps(first["_title"])
    only = json.loads(export(library, "fhir", "gemengd", "--taal", "en"))
    assert "_title" not in only
    assert "Waarom" not in json.dumps(only["item"])


def test_a_translation_says_that_it_is_not_tested(library: Path) -> None:
    for naar in ("xlsform", "fhir", "limesurvey"):
        assert "This translation is not tested." in readable(naar, export(library, naar))
    dutch = readable("redcap", export(library, "redcap"))
    assert "This translation is not tested." not in dutch
    assert "This translation is not tested." in readable("redcap", export(library, "redcap", "gemengd", "--taal", "en"))


@pytest.mark.parametrize("naar", ("limesurvey", "redcap", "xlsform"))
@pytest.mark.parametrize(
    ("old", "new"),
    [("3e-vraag", "open-dag"), ("3e-vraag", "score-rust"), ("3e-vraag", "regiekit" + "-vragen" * 3)],
    ids=("open", "score", "own"),
)
def test_two_parts_never_get_one_name(library: Path, naar: str, old: str, new: str) -> None:
    write(library, "gemengd.yaml", GEMENGD.replace(old, new))
    result = run("vragenlijst", "exporteer", "gemengd", "--naar", naar, "--meetmoment", "start", "--uit", "-"
                 if naar != "xlsform" else library / "uit", "--bibliotheek", library)  # fmt: skip
    if new.startswith("regiekit") and naar != "limesurvey":
        assert result.code == 0 or "hoogstens" in result.err
    else:
        assert result.code == 2
        assert new.replace("-", "" if naar == "limesurvey" else "_") in result.err


def test_limesurvey_has_no_answers_below_nought(library: Path) -> None:
    write(library, "gemengd.yaml", GEMENGD.replace("min: 2, max: 5", "min: -2, max: 5"))
    result = run("vragenlijst", "exporteer", "gemengd", "--naar", "limesurvey", "--uit", "-", "--bibliotheek", library)
    assert (result.code, result.out) == (2, "")
    assert "-2" in result.err
    choices = read_redcap(export(library, "redcap"))
    assert any("-2, -2 | -1, -1 | 0, 0" in row["Choices, Calculations, OR Slider Labels"] for row in choices)


# XLSForm


def xform_of(path: Path) -> str:
    from pyxform.xls2xform import convert

    made = convert(str(path), validate=True)  # with ODK Validate, which needs Java
    assert made.warnings == []
    return str(made.xform)


ENGINE = """async ([engine, xform]) => {
  const module = await import(URL.createObjectURL(new Blob([engine], {type: 'text/javascript'})));
  const form = await module.loadForm(xform, {fetchFormAttachment: () => { throw new Error('attachment') }});
  if (form.status !== 'success') throw new Error(form.status + ': ' + form.error);
  window.begin = () => {
    window.root = form.createInstance().root;
    window.nodes = {};
    const walk = node => {
      window.nodes[node.currentState.reference.split('/').pop()] = node;
      (node.currentState.children || []).forEach(walk);
    };
    walk(window.root);
  };
}"""
FILL_IN = """async ([answers, texts]) => {
  begin();
  for (const [name, value] of Object.entries(answers)) if (value !== null) nodes[name].selectValue(String(value));
  for (const [name, value] of Object.entries(texts)) nodes[name].setValue(value);
  const file = (await root.prepareInstancePayload({payloadType: 'monolithic'})).data[0].get('xml_submission_file');
  return await file.text();
}"""
NAMES = {"3e-vraag": "v_3e_vraag"}


@pytest.mark.needs("java", "chromium", "xforms")
@pytest.mark.parametrize("name", LISTS)
def test_xlsform_scores_as_we_do(page: Page, library: Path, name: str) -> None:
    """Accepted, filled in by the engine of ODK, and the inzending read back: three times the same scores."""
    export(library, "xlsform", name)
    xform = xform_of(library.parent / f"{name}.xlsform")
    page.goto(write(library.parent, "leeg.html", "<!doctype html><title>Leeg</title>").as_uri())
    page.evaluate(ENGINE, [package_files("@getodk/xforms-engine")["index.js"].read_text(encoding="utf-8"), xform])
    lijst = lijst_of(name, library).inhoud
    texts = {f"open_{lijst.open_vragen[0].id.replace('-', '_')}": "Eén <regel> & 'meer'"}
    for answers in answer_sets(lijst, 60):
        named = {NAMES.get(v, v.replace("-", "_")): a for v, a in answers.items()}
        inzending = write(library.parent, "inzending.xml", page.evaluate(FILL_IN, [named, texts]))
        found = dict(re.findall(r"<((?:aantal|score)_\w+)>([^<]*)<", inzending.read_text(encoding="utf-8")))
        wanted = expected(lijst, answers)
        by_odk = {
            s: (int(found[f"aantal_{s.replace('-', '_')}"]), as_number(found.get(f"score_{s.replace('-', '_')}", "")))
            for s in wanted
        }
        assert by_odk == wanted
        assert scored(inzending, library) == wanted
    read = run("score", inzending, "--json", "--bibliotheek", library).json
    assert read["open"][lijst.open_vragen[0].id] == "Eén <regel> & 'meer'"
    assert read["meetmoment"] == "start"


def as_number(text: str) -> float | None:
    return float(text) if text else None


def test_xlsform_holds_no_formula_and_no_link(library: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(export(library, "xlsform"))) as file:
        sheets = [file.read(n).decode() for n in file.namelist() if n.startswith("xl/worksheets/")]
    assert len(sheets) == 4
    assert not [s for s in sheets if "<f>" in s or "hyperlink" in s]
    assert "=1+1" in readable("xlsform", export(library, "xlsform"))


@pytest.mark.needs("java")
def test_xlsform_texts_are_the_texts_in_both_languages(library: Path) -> None:
    export(library, "xlsform")
    form = xform_of(library.parent / "gemengd.xlsform")
    assert '<translation lang="Nederlands (nl)" default="true()">' in form
    assert '<translation lang="English (en)">' in form
    for text in ("=1+1 is $ {geen} formule", "Kies &lt;b&gt;een&lt;/b&gt; | antwoord", "ten", "5 (midden)"):
        assert text in form
    shown = re.findall(r"<value>(.*?)</value>", form, re.DOTALL)
    assert not [s for s in SCHAALNAMEN if any(s in text for text in shown)]


# FHIR


def questionnaire(library: Path, name: str = "gemengd") -> Any:
    return json.loads(export(library, "fhir", name))


def all_items(resource: Any) -> list[Any]:
    return [i for item in resource.get("item", []) for i in (item, *all_items(item))]


@pytest.mark.parametrize("name", LISTS)
def test_fhir_is_a_right_questionnaire(library: Path, name: str) -> None:
    from fhir.resources.R4B.questionnaire import Questionnaire

    made = questionnaire(library, name)
    Questionnaire.model_validate(made)
    items = all_items(made)
    links = [i["linkId"] for i in items]
    assert len(set(links)) == len(links)
    assert {i["type"] for i in items} <= {"group", "display", "choice", "text", "string", "integer", "decimal"}
    assert made["status"] in ("draft", "active", "retired", "unknown")
    assert re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", made["name"])  # que-0
    for item in items:
        assert ("answerOption" in item) == (item["type"] == "choice")
        assert item["type"] != "display" or not {"item", "readOnly", "required", "code"} & item.keys()  # que-1, 6, 9
        assert item["type"] != "group" or item["item"]
        codes = [o["valueCoding"]["code"] for o in item.get("answerOption", [])]
        assert len(set(codes)) == len(codes)
    shown = [i for i in items if not any("hidden" in e["url"] for e in i.get("extension", []))]
    assert not [i for i in shown for s in SCHAALNAMEN if s in json.dumps(i)]


SHOW = """async form => {
  document.getElementById('form').innerHTML = '';
  await LForms.Util.addFormToPage(form, 'form', {fhirVersion: 'R4'});
  window.response = () => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4');
  window.scores = () => Object.fromEntries((response().item || []).filter(i => i.answer).map(
    i => [i.linkId, Object.values(i.answer[0])[0]]).filter(([link]) => /^(aantal|score)[.]/.test(link)));
}"""
CHOOSE = """choices => choices.forEach(([link, index]) => document.querySelectorAll(
  `input[type=radio][name*="_${link}/"]`)[index].click())"""
SAME = """wanted => { const found = window.scores(); return Object.keys(wanted).length === Object.keys(found).length &&
  Object.entries(wanted).every(([link, value]) => found[link] === value) }"""


@pytest.mark.needs("chromium", "lforms")
@pytest.mark.parametrize(("name", "number"), [("eigen-regie", 21), ("gemengd", 10)])
def test_lforms_scores_as_we_do(page: Page, library: Path, name: str, number: int) -> None:
    """Shown and filled in by LHC-Forms, with no request; its response read back: three times the same scores."""
    from playwright.sync_api import TimeoutError as TooLong

    made, lijst = questionnaire(library, name), lijst_of(name, library).inhoud
    codes = {i["linkId"]: [o["valueCoding"]["code"] for o in i.get("answerOption", [])] for i in all_items(made)}
    load_lforms(page)
    for answers in answer_sets(lijst, number)[1:]:
        page.evaluate(SHOW, made)
        page.evaluate(CHOOSE, [[link, codes[link].index(str(a))] for link, a in answers.items() if a is not None])
        wanted = expected(lijst, answers)
        in_form: dict[str, float] = {f"aantal.{s}": count for s, (count, _) in wanted.items()}
        in_form |= {f"score.{s}": value for s, (_, value) in wanted.items() if value is not None}
        try:
            page.wait_for_function(SAME, arg=in_form, timeout=5000)
        except TooLong:
            assert page.evaluate("scores()") == in_form
        path = write(library.parent, "antwoord.json", json.dumps(page.evaluate("response()")))
        assert scored(path, library) == wanted
    shown = page.inner_text("body")
    assert "Je coach" in shown
    assert not [word for word in (*SCHAALNAMEN, "utonomie", "ompetentie", "omgekeerd") if word in shown]


# LimeSurvey


@pytest.mark.parametrize("name", LISTS)
def test_limesurvey_scores_as_we_do(library: Path, name: str) -> None:
    read, lijst = read_limesurvey(export(library, "limesurvey", name)), lijst_of(name, library).inhoud
    codes = {"weet-niet": "wn", "wil-niet-zeggen": "wnz", None: ""}
    equations = {
        q: row["text"].strip("{}").replace(".NAOK", "")
        for (language, q), row in read.questions.items()
        if language == "nl" and row["type/scale"] == "*" and row["text"].startswith("{")
    }
    for answers in answer_sets(lijst, 200):
        values = {limesurvey_name(v): codes.get(a, str(a)) for v, a in answers.items()}  # type: ignore[arg-type]
        for question, expression in equations.items():
            values[question] = calculate(expression, values)
        assert calculated(values, lijst, "") == expected(lijst, answers)


def limesurvey_name(vraag: str) -> str:
    return NAMES.get(vraag, vraag).replace("-", "").replace("_", "")


def calculated(values: dict[str, Any], lijst: Any, sign: str) -> dict[str, tuple[int, float | None]]:
    """What was worked out, as `expected` gives it."""
    made = {}
    for schaal in lijst.schalen:
        count, value = (values[f"{part}{sign}{schaal.id.replace('-', sign)}"] for part in ("aantal", "score"))
        made[schaal.id] = (int(count), None if value == "" else float(value))
    return made


def test_limesurvey_is_read_by_its_own_rules(library: Path) -> None:
    read = read_limesurvey(export(library, "limesurvey"))
    assert (read.settings["language"], read.settings["additional_languages"]) == ("nl", "en")
    assert read.texts["en", "surveyls_title"] == "Mixed"
    assert read.groups == [("nl", "G1"), ("nl", "G2"), ("en", "G1"), ("en", "G2")]
    names = [q for language, q in read.questions if language == "nl"]
    assert names == [q for language, q in read.questions if language == "en"]
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", q) for q in names)
    codes = {code for answers in read.answers.values() for code in answers}
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,5}", code) for code in codes)
    for question in names:
        dutch, english = (read.questions[language, question] for language in ("nl", "en"))
        assert read.answers["nl", question].keys() == read.answers["en", question].keys()
        assert dutch["hidden"] == ("1" if dutch["type/scale"] == "*" else "")
        assert english["hidden"] == ""  # a setting of both languages, imported once
    assert read.settings["showqnumcode"] == "X"
    shown = [row["text"] for row in read.questions.values() if row["type/scale"] != "*"]
    assert not [text for text in shown if re.search(r"[{}=]", text)]
    assert not [row for row in read.questions.values() if re.search(r"[<>]", row["text"])]
    assert html.unescape(shown[0]) == "=1+1 is ${geen} formule, {ook} [rust_2] niet"


def test_a_language_that_limesurvey_lacks_is_named(library: Path) -> None:
    english = (library / "en.yaml").read_text(encoding="utf-8")
    write(library, "nl-x-simpel.yaml", english.replace("id: en", "id: nl-x-simpel"))
    write(library, "gemengd.yaml", GEMENGD.replace("\n  en:\n", "\n  nl-x-simpel:\n"))
    target = library.parent / "uit"
    command = ("vragenlijst", "exporteer", "gemengd", "--naar", "limesurvey", "--bibliotheek", library, "--uit", target)
    assert "--taal nl-x-simpel" in run(*command).out
    assert read_limesurvey(target.read_bytes()).settings["additional_languages"] == ""
    assert run(*command, "--taal", "nl-x-simpel", "--overschrijf").code == 0
    read = read_limesurvey(target.read_bytes())
    assert read.settings["language"] == "nl"
    assert read.texts["nl", "surveyls_title"] == "Mixed"


# REDCap


@pytest.mark.parametrize("name", LISTS)
def test_redcap_scores_as_we_do(library: Path, name: str) -> None:
    rows, lijst = read_redcap(export(library, "redcap", name)), lijst_of(name, library).inhoud
    codes = {"weet-niet": "wn", "wil-niet-zeggen": "wnz", None: ""}
    calculations = {r["Variable / Field Name"]: as_python(r) for r in rows if r["Field Type"] == "calc"}
    for answers in answer_sets(lijst, 200):
        values = {NAMES.get(v, v.replace("-", "_")): codes.get(a, str(a)) for v, a in answers.items()}  # type: ignore[arg-type]
        for field, expression in calculations.items():
            values[field] = calculate(expression, values)
        assert calculated(values, lijst, "_") == expected(lijst, answers)


def as_python(row: dict[str, str]) -> str:
    text = row["Choices, Calculations, OR Slider Labels"]
    text = re.sub(r"(?<![<>])=", "==", text).replace(")/[", ")/div[")
    return re.sub(r"\[(\w+)\]", r"\1", text).replace(",((", ",sum((").replace(",(if(", ",sum(if(").replace("/div", "/")


def test_redcap_is_a_right_data_dictionary(library: Path) -> None:
    rows = read_redcap(export(library, "redcap"))
    assert len(rows[0]) == 18
    names = [r["Variable / Field Name"] for r in rows]
    assert names[0] == "record_id"
    assert len(set(names)) == len(names)
    for row in rows:
        assert re.fullmatch(r"[a-z](?!.*__)[a-z0-9_]{0,24}[a-z0-9]", row["Variable / Field Name"])
        assert re.fullmatch(r"[a-z][a-z0-9_]*", row["Form Name"])
        assert row["Field Type"] in ("text", "notes", "radio", "calc", "descriptive")
        choices = row["Choices, Calculations, OR Slider Labels"]
        if row["Field Type"] == "radio":
            codes = [choice.partition(",")[0].strip() for choice in choices.split("|")]
            assert len(set(codes)) == len(codes) > 3
            assert all(re.fullmatch(r"-?[0-9]+|[a-z]+", code) for code in codes)
        if row["Field Type"] == "calc":
            assert row["Field Annotation"].endswith(" @HIDDEN-SURVEY @HIDDEN-PDF")
            assert set(re.findall(r"\[(\w+)\]", choices)) <= set(names)
        else:
            assert not re.search(r"\[|<", row["Field Label"]), "would be filled in or styled"
    labels = {r["Variable / Field Name"]: html.unescape(r["Field Label"]) for r in rows}
    assert labels["rust_1"] == "=1+1 is ${geen} formule, {ook} [rust_2] niet"
    assert labels["rust_2"] == "Kies <b>een</b> | antwoord; 'enkel' en \"dubbel\""
    shown = [r["Field Label"] for r in rows if not r["Field Annotation"]]
    assert not [text for text in shown for s in SCHAALNAMEN if s in text]


@pytest.mark.parametrize(("naar", "ending"), [("limesurvey", "txt"), ("redcap", "csv"), ("fhir", "json")])
def test_golden(library: Path, naar: str, ending: str) -> None:
    """The whole file as it was looked at; a change shows what becomes of it. Made anew by removing the file."""
    golden, made = GOLDEN / f"gemengd.{naar}.{ending}", export(library, naar)
    if not golden.exists():
        golden.write_bytes(made)
        pytest.fail(f"{golden.name} is made: look at it")
    assert made.decode() == golden.read_bytes().decode()


@pytest.mark.parametrize("naar", ("limesurvey", "redcap"))
def test_no_cell_is_a_formula_in_a_spreadsheet(library: Path, naar: str) -> None:
    raw = export(library, naar).decode("utf-8-sig")
    split = [c for row in read_redcap(raw.encode()) for c in row.values()]
    cells = split if naar == "redcap" else re.split(r"\t|\n", raw)
    assert len(cells) > 100
    assert not [c for c in cells if c[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize(("naar", "sign"), [("limesurvey", ""), ("redcap", "_")])
def test_what_comes_back_as_a_table_is_understood(tmp_path: Path, naar: str, sign: str) -> None:
    """The columns and codes of both systems, as `vragenlijst importeer` reads them without a koppelbestand."""
    lijst = lijst_of("eigen-regie", tmp_path).inhoud
    answers = answer_sets(lijst, 12)[1:]
    codes = {"weet-niet": "wn", "wil-niet-zeggen": "wnz", None: ""}
    names = [v.id.replace("-", sign) for v in lijst.vragen]
    lines = [",".join(["id", *names, f"score{sign}autonomie"])]
    lines += [",".join([str(n), *(str(codes.get(a, a)) for a in row.values()), "1.5"]) for n, row in enumerate(answers)]  # type: ignore[call-overload]
    table = write(tmp_path, "antwoorden.csv", "\n".join(lines) + "\n")
    folder = tmp_path / "afnames"
    result = run("vragenlijst", "importeer", table, "--vragenlijst", "eigen-regie", "--uit", folder, "--akkoord")
    assert result.code == 0, result.err
    made = sorted(folder.glob("*.yaml"), key=lambda path: int(re.sub(r"\D", "", path.stem)))
    filled = [row for row in answers if any(a is not None for a in row.values())]
    assert [scored(path, tmp_path) for path in made] == [expected(lijst, row) for row in filled]

"""What may stand in a vragenlijst, an afname and a referentiebestand: each border from both sides, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from regiekit.content.compile import read_file
from regiekit.content.validate import validate
from regiekit.domain.checks import check_vragenlijst, nearest, numeric_answers, show, suggestion, unproven
from regiekit.domain.vragenlijst import Vragenlijst
from util import afname_yaml, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path


def told(folder: Path, text: str) -> list[str]:
    """'code: sentence' of each problem."""
    found = run("controleer", write(folder, "lijst.yaml", text), "--json").json
    return [f"{p['code']}: {p['melding']}" for p in found]


# A vragenlijst ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 100, []),  # a hundred and one answers
        (
            0,
            101,
            ["schaal-te-breed: van 0 tot en met 101 zijn meer dan 101 antwoorden; maak de antwoordschaal kleiner"],
        ),
        (-1000, -900, []),
        (900, 1000, []),
        (4, 5, []),
        (5, 5, ["min-niet-onder-max: min (5) moet kleiner zijn dan max (5); verander een van de twee"]),
    ],
)
def test_how_wide_an_antwoordschaal_may_be(tmp_path: Path, low: int, high: int, said: list[str]) -> None:
    assert told(tmp_path, small_lijst(schaal("s", "1 2 3", 2), low=low, high=high)) == said


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ("1: a, 2: b, 3: c", []),
        ("", []),
        ("1: a, 3: c", ["het antwoord 2 heeft geen label; geef elk antwoord een label, of geen enkel"]),
        ("1: a, 2: b, 3: c, 4: d", ["label 4 valt buiten de antwoordschaal 1 tot en met 3; haal het weg"]),
        ("0: z, 1: a, 2: b, 3: c", ["label 0 valt buiten de antwoordschaal 1 tot en met 3; haal het weg"]),
        ("2: b", [f"het antwoord {n} heeft geen label; geef elk antwoord een label, of geen enkel" for n in (1, 3)]),
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_every_answer_has_a_label_or_none_has(tmp_path: Path, labels: str, said: list[str], own: bool) -> None:
    scale = f"{{min: 1, max: 3, labels: {{{labels}}}}}"
    text = small_lijst(schaal("s", "1", 1) + schaal("t", "2 3", 1), high=3)
    before = "{id: v-1, tekst: Vraag 1.}" if own else "{min: 1, max: 3}"
    after = f"{{id: v-1, tekst: Vraag 1., antwoordschaal: {scale}}}" if own else scale
    assert [line.partition(": ")[2] for line in told(tmp_path, text.replace(before, after))] == said


@pytest.mark.parametrize(
    ("regel", "vragen", "minimum", "codes"),
    [
        ("gemiddelde", "1 2 3", 3, []),
        ("gemiddelde", "1 2 3", 4, ["minimaal-te-hoog"]),
        ("gemiddelde", "1 2 3", 1, []),
        ("som", "1 2 3", 3, []),
        ("som", "1 2 3", 2, ["som-vraagt-alles"]),
        ("som", "1 2 3", 4, ["minimaal-te-hoog"]),
        ("gemiddelde", "1 2 -2", 2, ["vraag-dubbel-in-schaal", "vraag-zonder-schaal"]),
    ],
)
def test_how_many_answers_a_schaal_may_ask(
    tmp_path: Path, regel: str, vragen: str, minimum: int, codes: list[str]
) -> None:
    found = told(tmp_path, small_lijst(schaal("s", vragen, minimum, regel)))
    assert sorted(line.partition(":")[0] for line in found) == codes


def test_a_som_may_mix_scales_and_a_gemiddelde_not(tmp_path: Path) -> None:
    wide = ("{id: v-1, tekst: Vraag 1.}", "{id: v-1, tekst: Vraag 1., antwoordschaal: {min: 1, max: 6}}")
    same = (wide[0], wide[1].replace("6", "5"))
    for regel, (old, new), codes in (
        ("gemiddelde", wide, ["schaal-gemengd"]),
        ("gemiddelde", same, []),
        ("som", wide, []),
    ):
        found = told(tmp_path, small_lijst(schaal("s", "1 2 3", 3, regel)).replace(old, new))
        assert [line.partition(":")[0] for line in found] == codes


def example(answers: str, score: str, naam: str = "gewoon") -> str:
    """YAML of one example: 'v-1: 5' and the score of schaal s."""
    return f"voorbeelden:\n  - naam: {naam}\n    antwoorden: {{{answers}}}\n    scores: {{s: {score}}}\n"


@pytest.mark.parametrize(
    ("answers", "score", "kreeg"),
    [
        ("v-1: 1, v-2: 2, v-3: 4", "2.3333333333", None),
        ("v-1: 1, v-2: 2, v-3: 4", "2.333333", "2,333333, maar het wordt 2,333333333"),
        ("v-1: 1, v-2: 2, v-3: 4", "null", "geen score, maar het wordt 2,333333333"),
        ("v-1: 1", "null", None),
        ("v-1: 1", "1", "1, maar het wordt geen score"),
        ("v-1: 5, v-2: 5, v-3: 5", "5", None),
        ("v-1: 5, v-2: 5, v-3: 5", "4.5", "4,5, maar het wordt 5"),
    ],
)
def test_an_example_proves_the_score_to_the_digit_that_is_typed(
    tmp_path: Path, answers: str, score: str, kreeg: str | None
) -> None:
    found = told(tmp_path, small_lijst(schaal("s", "1 2 3", 2)) + example(answers, score))
    end = ": kijk naar omgekeerd, min, max en de vragen van de schaal"
    assert found == ([f"bewijs-klopt-niet: volgens voorbeeld 'gewoon' is schaal 's' {kreeg}{end}"] if kreeg else [])


def test_nothing_expected_is_not_the_same_as_zero(tmp_path: Path) -> None:
    for answers, score in (("v-1: 0, v-2: 0, v-3: 0", "null"), ("v-1: 0", "0")):
        text = small_lijst(schaal("s", "1 2 3", 2), low=0, high=4) + example(answers, score)
        assert len(told(tmp_path, text)) == 1


def model(folder: Path, text: str) -> Any:
    path = write(folder, "lijst.yaml", text)
    made, problems = validate(Vragenlijst, read_file(path)[0], str(path), check_vragenlijst)
    assert not problems
    return made


def test_what_the_examples_would_not_notice_is_named(tmp_path: Path) -> None:
    """All answers 3 on 1 to 5: no flip shows, and no vraag that is lost; a reversed one shows a shifted end."""
    lijst = small_lijst(schaal("s", "1 -2", 1) + schaal("t", "3", 1))
    assert unproven(model(tmp_path, lijst + example("v-1: 3, v-2: 3, v-3: 3", "3"))) == (
        "s: v-1 omgedraaid",
        "s: v-2 omgedraaid",
        "t: v-3 omgedraaid",
        "s: v-1 weg",
        "s: v-2 weg",
    )
    assert unproven(model(tmp_path, lijst)) == (
        "s: v-1 omgedraaid",
        "s: v-2 omgedraaid",
        "t: v-3 omgedraaid",
        "s: v-1 weg",
        "s: v-2 weg",
        "min -1 verschoven",
        "min +1 verschoven",
        "max -1 verschoven",
        "max +1 verschoven",
    )


def test_answers_at_both_ends_prove_the_ends(tmp_path: Path) -> None:
    """Without a reversed vraag only an answer at an end shows that the scale grew smaller there."""
    lijst = small_lijst(schaal("s", "1 2 3", 2))
    assert unproven(model(tmp_path, lijst + example("v-1: 1, v-2: 5, v-3: 4", "3.3333333333"))) == (
        "min -1 verschoven",
        "max +1 verschoven",
    )


@pytest.mark.parametrize(
    ("teksten", "said"),
    [
        ("en: {naam: x, vragen: {v-1: a, v-2: b, v-3: c}}", []),
        ("en: {naam: x, vragen: {v-1: a, v-3: c}}", ["in de taal 'en' ontbreekt de tekst van 'v-2'; voeg hem toe"]),
        (
            "en: {naam: x, vragen: {v-1: a, v-2: b, v-3: c, v-4: d}}",
            ["'v-4' hoort hier niet: de vragenlijst heeft er geen tekst voor; bedoelde je 'v-3'?"],
        ),
    ],
)
def test_a_translation_has_every_text_and_no_other(tmp_path: Path, teksten: str, said: list[str]) -> None:
    found = told(tmp_path, small_lijst(schaal("s", "1 2 3", 2), extra=f"teksten: {{{teksten}}}\n"))
    assert [line.partition(": ")[2] for line in found] == said


WHOLE = """
id: heel
versie: "1"
naam: Heel
doel: meting
licentie: vrij
herkomst: eigen
antwoordschaal: {min: 1, max: 2, labels: {1: nee, 2: ja}}
meetmomenten: [{id: start, naam: Start}]
vragen:
  - {id: v-1, tekst: Een.}
  - {id: v-2, tekst: Twee., antwoordschaal: {min: 0, max: 1, labels: {0: uit, 1: aan}}}
  - {id: v-3, tekst: Drie., antwoordschaal: {min: 0, max: 9}}
schalen:
  - {id: s, naam: S, regel: som, minimaal_beantwoord: 3, vragen: [{vraag: v-1}, {vraag: v-2}, {vraag: v-3}]}
open_vragen:
  - {id: o-1, meetmoment: start, tekst: Open., zonder_training: Anders.}
  - {id: o-2, meetmoment: start, tekst: Ook open.}
teksten:
  en:
    naam: Whole
    labels: {1: no, 2: yes}
    eigen_labels: {v-2: {0: off, 1: on}}
    vragen: {v-1: One., v-2: Two., v-3: Three.}
    open_vragen: {o-1: Open., o-2: Open too.}
    zonder_training: {o-1: Otherwise.}
"""


def missing(name: str, taal: str = "en") -> str:
    return f"in de taal '{taal}' ontbreekt de tekst van '{name}'; voeg hem toe"


def too_many(name: str, hint: str) -> str:
    return f"'{name}' hoort hier niet: de vragenlijst heeft er geen tekst voor{hint}"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("", "", 0, []),
        ("labels: {1: no, 2: yes}", "labels: {1: no}", 22, [missing("2")]),
        ("labels: {1: no, 2: yes}", "labels: {}", 22, [missing("1"), missing("2")]),
        ("{v-2: {0: off, 1: on}}", "{v-2: {0: off}}", 23, [missing("1")]),
        ("{v-2: {0: off, 1: on}}", "{v-2: {0: off, 1: on, 2: up}}", 23, [too_many("2", "")]),
        ("eigen_labels: {v-2: {0: off, 1: on}}", "eigen_labels: {}", 23, [missing("v-2")]),
        (
            "v-2: {0: off, 1: on}}",
            "v-2: {0: off, 1: on}, v-3: {0: x}}",
            23,
            [too_many("v-3", "; bedoelde je 'v-2'?"), too_many("0", "")],
        ),
        ("o-2: Open too.", "", 25, [missing("o-2")]),
        ("{o-1: Otherwise.}", "{}", 26, [missing("o-1")]),
        ("{o-1: Otherwise.}", "{o-1: x, o-2: y}", 26, [too_many("o-2", "; bedoelde je 'o-1'?")]),
        ("  en:", "  nl:", 20, ["'nl' hoort hier niet: het Nederlands staat al bij de vragen zelf; haal het weg"]),
    ],
)
def test_every_part_is_translated(tmp_path: Path, old: str, new: str, line: int, said: list[str]) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new) if old else WHOLE
    found = run("controleer", write(tmp_path, "heel.yaml", text), "--json").json
    assert [p["melding"] for p in found] == said
    assert {p["regel"] for p in found} <= {line}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{id: v-2,", "{id: v-1,", "de id 'v-1' bestaat al (eerder op regel 11); kies een andere"),
        ("{id: v-3,", "{id: v-2,", "de id 'v-2' bestaat al (eerder op regel 12); kies een andere"),
        ("{id: s, naam: S,", "{id: s, naam: S, minimaal_beantwoord: 1, vragen: [{vraag: v-1}]}\n  - {id: s, naam: S,",
         "de id 's' bestaat al (eerder op regel 15); kies een andere"),
        ("{id: o-2,", "{id: o-1,", "de id 'o-1' bestaat al (eerder op regel 17); kies een andere"),
        ("naam: Start}", "naam: Start}, {id: start, naam: B}", "de id 'start' bestaat al (eerder op regel 9); kies een "
         "andere"),
        ("meetmoment: start, tekst: Ook", "meetmoment: stat, tekst: Ook",
         "het meetmoment 'stat' bestaat niet in deze vragenlijst; bedoelde je 'start'?"),
        ("{vraag: v-3}", "{vraag: v-9}", "de vraag 'v-9' bestaat niet in deze vragenlijst; bedoelde je 'v-3'?"),
        ("{vraag: v-3}", "{vraag: v-1}", "de vraag 'v-1' staat twee keer in deze schaal; haal er één weg"),
    ],
)  # fmt: skip
def test_each_id_once_and_each_name_known(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in WHOLE
    text = WHOLE.partition("teksten:")[0].replace(old, new)
    found = run("controleer", write(tmp_path, "heel.yaml", text), "--json").json
    assert said in [p["melding"] for p in found]


def test_the_place_of_an_earlier_id_is_that_of_the_id_itself(tmp_path: Path) -> None:
    one = "  - tekst: Een.\n    id: {}\n"
    text = small_lijst(schaal("s", "1 2 3", 2)).partition("vragen:")[0] + "vragen:\n"
    text += "".join(one.format(v) for v in ("v-1", "v-2", "v-3", "v-2", "v-2")) + "schalen:\n"
    text += schaal("s", "1 2 3", 2)
    found = run("controleer", write(tmp_path, "lijst.yaml", text), "--json").json
    first = text.split("\n").index("    id: v-2") + 1
    assert [(p["regel"], p["melding"]) for p in found] == [
        (first + n, f"de id 'v-2' bestaat al (eerder op regel {first}); kies een andere") for n in (4, 6)
    ]


def test_a_wrong_scale_of_a_vraag_has_its_place(tmp_path: Path) -> None:
    own = "    antwoordschaal:\n      min: 5\n      max: 4\n"
    text = WHOLE.partition("teksten:")[0].replace("  - {id: v-3, tekst: Drie., antwoordschaal: {min: 0, max: 9}}\n",
                                                  f"  - id: v-3\n    tekst: Drie.\n{own}")  # fmt: skip
    found = run("controleer", write(tmp_path, "lijst.yaml", text), "--json").json
    assert [(p["regel"], p["kolom"]) for p in found] == [(text.split("\n").index("      max: 4") + 1, 12)]


def test_of_very_many_faults_a_hundred_are_told_and_that_there_are_more(tmp_path: Path) -> None:
    for number, told_ in ((100, 100), (101, 101), (150, 101)):
        text = afname_yaml({f"onzin-{n}": 3 for n in range(number)})
        found = run("controleer", write(tmp_path, "a.yaml", text), "--json").json
        assert len(found) == told_
        assert ("te-veel-fouten" in {p["code"] for p in found}) == (number > 100)


def test_one_vraag_turned_or_lost_is_tried_and_not_all(tmp_path: Path) -> None:
    """3 turned is 3 again; a vraag that has the mean can be lost."""
    lijst = small_lijst(schaal("s", "1 2 3", 2))
    assert "s: v-1 omgedraaid" in unproven(model(tmp_path, lijst + example("v-1: 3, v-2: 5, v-3: 4", "4")))
    missed = unproven(model(tmp_path, lijst + example("v-1: 4, v-2: 5, v-3: 3", "4")))
    assert [line for line in missed if line.endswith("weg")] == ["s: v-1 weg"]


# Words --------------------------------------------------------------------------------------------------------------


def test_the_nearest_word_or_which_words_there_are() -> None:
    assert suggestion("Strat", ["start", "einde"]) == "; bedoelde je 'start'?"
    assert suggestion("xyz", ["start", "einde"]) == ""
    six = ["aa", "bb", "cc", "dd", "ee", "ff"]
    assert nearest("xyz", six) == "; kies uit: aa, bb, cc, dd, ee, ff"
    assert nearest("xyz", [*six, "gg"]) == "; kijk welke er wel zijn"
    assert nearest("aab", [*six, "gg"]) == "; bedoelde je 'aa'?"
    assert nearest("aab", six) == "; bedoelde je 'aa'?"
    assert nearest("xyz", []) == "; kijk welke er wel zijn"


def test_a_value_is_shown_short() -> None:
    assert show("a" * 40) == f"'{'a' * 40}'"
    assert show("a" * 41) == f"'{'a' * 40}…'"
    shown = {"leeg": None, "true": True, "een groep": {}, "een lijst": [], "'3'": 3, "'vier'": "vier"}
    assert {show(value): value for value in shown.values()} == shown


# An afname ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "fits"), [(0, False), (1, True), (5, True), (6, False)])
def test_an_answer_lies_within_its_scale(tmp_path: Path, answer: int, fits: bool) -> None:
    result = run("score", write(tmp_path, "a.yaml", afname_yaml({"autonomie-1": answer})))
    assert result.code == (0 if fits else 3)
    assert fits or "het antwoord" in result.err


def test_a_blank_answer_hides_no_wrong_one(tmp_path: Path) -> None:
    given: dict[str, Any] = {"autonomie-1": None, "autonomie-2": "weet-niet", "autonomie-3": 9}
    result = run("score", write(tmp_path, "a.yaml", afname_yaml(given)))
    assert result.code == 3
    assert "het antwoord 9 valt buiten de schaal 1 tot en met 5" in result.err


def test_a_language_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    result = run("score", write(tmp_path, "a.yaml", afname_yaml({"autonomie-1": 3}, taal="nll")))
    assert result.code == 3
    assert "bedoelde je 'nl'?" in result.err


@pytest.mark.parametrize(
    ("client", "said"),
    [
        ("111222333", "burgerservicenummer"),
        ("0612345678", "telefoonnummer"),
        ("R-014", None),
        ("111222334", None),  # not one by its check digit
    ],
)
def test_a_code_that_is_a_number_of_a_person_is_refused(tmp_path: Path, client: str, said: str | None) -> None:
    result = run("score", write(tmp_path, "a.yaml", afname_yaml({"autonomie-1": 3}, client=f'"{client}"')))
    assert result.code == (3 if said else 0)
    assert said is None or f"dit lijkt een {said}" in result.err


def test_only_whole_numbers_count(tmp_path: Path) -> None:
    class Given:
        antwoorden = {"a": 3, "b": None, "c": "weet-niet", "d": True, "e": 0}

    found: Any = Given()
    assert numeric_answers(found) == {"a": 3, "b": None, "c": None, "d": None, "e": 0}

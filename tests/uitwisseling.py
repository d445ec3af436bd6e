"""Vragenlijsten for the tests of exports, random answers to them, and judges for the calculations in an export."""

from __future__ import annotations

import csv
import io
import random
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from regiekit.content.library import load_vragenlijst_file
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import antwoordschaal_of, score
from util import EIGEN_REGIE, ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

# Three antwoordschalen, a som, a vraag in two schalen in opposite directions, ids that start with a digit, and texts
# that mean something to a spreadsheet, a form, or a page.
GEMENGD = """\
id: gemengd
versie: "2.0 'proef'"
naam: Gemengd & "vrij" <proef>
doel: meting
licentie: vrij
herkomst: eigen
redenering: Verzonnen voor een test.
antwoordschaal: {min: 1, max: 4}
meetmomenten:
  - {id: start, naam: Start}
vragen:
  - {id: rust-1, tekst: "=1+1 is ${geen} formule, {ook} [rust_2] niet"}
  - {id: rust-2, tekst: "Kies <b>een</b> | antwoord; 'enkel' en \\"dubbel\\""}
  - {id: 3e-vraag, tekst: "Van nul tot tien?", antwoordschaal: {min: 0, max: 10, labels: {
      0: nul, 1: "1", 2: "2", 3: "3", 4: "4", 5: midden, 6: "6", 7: "7", 8: "8", 9: "9", 10: "tien | <veel>"}}}
  - {id: dag, tekst: "Van twee tot vijf?", antwoordschaal: {min: 2, max: 5}}
schalen:
  - id: rust
    naam: Schaalnaam een
    minimaal_beantwoord: 1
    vragen: [{vraag: rust-1, omgekeerd: true}, {vraag: rust-2, omgekeerd: true}]
  - id: dag
    naam: Schaalnaam twee
    minimaal_beantwoord: 1
    vragen: [{vraag: dag, omgekeerd: false}]
  - id: alles
    naam: Schaalnaam drie
    regel: som
    minimaal_beantwoord: 4
    vragen:
      - {vraag: rust-1, omgekeerd: false}
      - {vraag: rust-2, omgekeerd: true}
      - {vraag: 3e-vraag, omgekeerd: true}
      - {vraag: dag, omgekeerd: true}
open_vragen:
  - {id: dag, meetmoment: start, tekst: "Hoe was je dag?", zonder_training: "Hoe was je week?"}
teksten:
  en:
    naam: Mixed
    eigen_labels: {3e-vraag: {
      0: zero, 1: "1", 2: "2", 3: "3", 4: "4", 5: middle, 6: "6", 7: "7", 8: "8", 9: "9", 10: ten}}
    vragen: {rust-1: One, rust-2: Two, 3e-vraag: Three, dag: Four}
    open_vragen: {dag: "How was your day?"}
    zonder_training: {dag: "How was your week?"}
    redenering: Verzonnen.
"""
SCHAALNAMEN = ("Schaalnaam een", "Schaalnaam twee", "Schaalnaam drie")

Answers = dict[str, int | str | None]


def make_library(folder: Path) -> Path:
    """A library with the list `gemengd`, and the texts of a form in Dutch and English that no edit of ours changes."""
    library = folder / "bibliotheek"
    library.mkdir(exist_ok=True)
    write(library, "gemengd.yaml", GEMENGD)
    texts = yaml.safe_load((ROOT / "data/formulieren/nl.yaml").read_text(encoding="utf-8"))
    texts |= {
        "versie": "proef",
        "uitleg": [
            {"kop": "Waarom?", "tekst": "Voor het gesprek."},
            {"kop": "Wie?", "tekst": "Niet via regiekit.", "elders": "Je coach."},
        ],
        "open_kop": "In je eigen woorden",
        "overslaan": {"weet_niet": "Weet ik niet", "wil_niet_zeggen": "Zeg ik niet", "nvt": "Past niet"},
        "toestemming": "Met toestemming.",
    }
    english = {
        **texts,
        "id": "en",
        "naam": "English",
        "vertaald": "This translation is not tested.",
        "uitleg": [
            {"kop": "Why?", "tekst": "For the talk."},
            {"kop": "Who?", "tekst": "Not through regiekit.", "elders": "Your coach."},
        ],
        "open_kop": "In your own words",
        "overslaan": {"weet_niet": "I do not know", "wil_niet_zeggen": "I will not say", "nvt": "Does not fit"},
    }
    for made in (texts, english):
        text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
        (library / f"{made['id']}.yaml").write_text(text, encoding="utf-8")
    return library


def lijst_of(name: str, library: Path) -> Any:
    """A vragenlijst with its hash: the project's own, or that of the library."""
    return EIGEN_REGIE if name == "eigen-regie" else load_vragenlijst_file(library / f"{name}.yaml")


def export(library: Path, naar: str, lijst: str = "gemengd", *options: object) -> bytes:
    """The file that the command makes, for the meetmoment start."""
    target = library.parent / f"{lijst}.{naar}"
    result = run(
        "vragenlijst", "exporteer", lijst, "--naar", naar, "--meetmoment", "start", "--uit", target, "--overschrijf",
        "--bibliotheek", library, *options,
    )  # fmt: skip
    assert result.code == 0, result.err
    return target.read_bytes()


def answer_sets(lijst: Any, number: int) -> list[Answers]:
    """Answers of every kind: all, none, the ends, and at random with all kinds of blank in between."""
    numbers = random.Random(20261121)
    ends = {v.id: antwoordschaal_of(lijst, v.id) for v in lijst.vragen}
    blanks = (None, *NOT_ANSWERED)
    made: list[Answers] = [dict.fromkeys(ends), {v: e.min for v, e in ends.items()}]
    made += [{v: e.max for v, e in ends.items()}, dict.fromkeys(ends, "nvt")]
    while len(made) < number:
        share = numbers.choice((0.05, 0.2, 0.5))
        made.append(
            {
                v: numbers.choice(blanks) if numbers.random() < share else numbers.randint(e.min, e.max)
                for v, e in ends.items()
            }
        )
    return made


def expected(lijst: Any, answers: Answers) -> dict[str, tuple[int, float | None]]:
    """By schaal: how many are answered, and the score."""
    whole = {v: a for v, a in answers.items() if isinstance(a, int)}
    return {s.id: (s.beantwoord, s.score) for s in score(lijst, whole).schalen}


def scored(path: Path, library: Path) -> dict[str, tuple[int, float | None]]:
    """The same by the command `score`, from an answer file."""
    result = run("score", path, "--json", "--bibliotheek", library)
    assert result.code == 0, result.err
    return {s["id"]: (s["beantwoord"], s["score"]) for s in result.json["schalen"]}


class Number(float):
    """What a calculation of LimeSurvey or REDCap divides: by nought gives no error, as there."""

    def __truediv__(self, other: float) -> float:
        return float(self) / other if other else float("nan")


def calculate(expression: str, values: dict[str, Any]) -> Any:
    """A calculation of LimeSurvey or REDCap, in the few words that both are written in."""
    functions = {"iff": lambda test, yes, no: yes if test else no, "total": lambda *terms: Number(sum(terms))}
    python = re.sub(r"\bif\(", "iff(", re.sub(r"\bsum\(", "total(", expression.replace(" ge ", " >= ")))
    return eval(python, {"__builtins__": {}}, {**functions, **values})


class Limesurvey(NamedTuple):
    """What LimeSurvey reads from the file, by its importer: the rules of each row are those of TSVImportSurvey."""

    settings: dict[str, str]
    texts: dict[tuple[str, str], str]
    questions: dict[tuple[str, str], dict[str, str]]
    answers: dict[tuple[str, str], dict[str, str]]
    groups: list[tuple[str, str]]


def read_limesurvey(raw: bytes) -> Limesurvey:
    text = re.sub(r"\r\n|\r|\n", "\n", raw.decode("utf-8"))
    header, *rows = csv.reader(io.StringIO(text), delimiter="\t", quotechar='"')
    header[0] = re.sub(r"^\W+", "", header[0])
    read = Limesurvey({}, {}, {}, {}, [])
    question = ""
    for values in rows:
        row = dict(zip(header, values, strict=True))
        language = row["language"]
        if row["class"] == "S":
            read.settings[row["name"]] = row["text"]
        elif row["class"] == "SL":
            read.texts[language, row["name"]] = row["text"]
        elif row["class"] == "G":
            read.groups.append((language, row["type/scale"]))
        elif row["class"] == "Q":
            question = row["name"]
            assert (language, question) not in read.questions
            read.questions[language, question] = row
            read.answers[language, question] = {}
        else:
            assert row["class"] == "A"
            assert row["name"] not in read.answers[language, question]
            read.answers[language, question][row["name"]] = row["text"]
    return read


def read_redcap(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))

"""Every file in `fouten/` gives exactly the problems that its first lines state, and together they give every code.

Their sentences stand in `fouten/meldingen.txt`, as a coach reads them; REGIEKIT_SCHRIJF_DOCS=1 writes it anew.
"""

import os
import re
from pathlib import Path

import pytest

from regiekit.errors import MELDINGEN
from util import ROOT, run

FOUTEN = sorted((Path(__file__).parent / "fouten").glob("*.yaml"))
EXPECTED = re.compile(r"^# verwacht: (\d+):(\d+) (\S+)\r?$", re.MULTILINE)
# What no small file can give: these are about a folder, a disk or a size (test_reader.py), or about `score`.
NOT_BY_A_FILE = {
    "bestand-ontbreekt", "bestand-onleesbaar", "bestand-te-groot", "lege-map", "yaml-te-veel", "te-veel-fouten",
    "geen-afbeelding", "klopt-niet",
    "plaats-anders",  # needs a whole file of texts: test_formulierteksten.py
    "geen-afname", "formulier-onbekend",  # score alone: test_score_cli.py, test_antwoordbestand.py
    # about a table of answers: test_importeer.py, test_tabel.py
    *(code for code in MELDINGEN if code.startswith("tabel-")),
    # about a frame of answers: test_groep_frame.py
    *(code for code in MELDINGEN if code.startswith("frame-")),
    # about a text for others: test_bewaking.py, test_plan.py, test_intervisie.py
    "medisch-woord", "lijkt-bsn", "herkenbaar", "herkenbare-datum", "datum-zonder-jaar", "opgegeven-naam",
    "andere-code", "bekende-code", "begeleiding",
    # about an answer file of another system: test_andere_systemen.py
    "antwoord-dubbel", "antwoord-meer", "fhir-soort", "fhir-status", "fhir-vragenlijst", "fhir-vorm", "fhir-antwoord",
    "xml-fout", "xml-doctype", "inzending-onbekend", "inzending-plaats",
}  # fmt: skip


def expected(path: Path) -> list[tuple[int, int, str]]:
    """The problems that a file states."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    return sorted((int(line), int(column), code) for line, column, code in EXPECTED.findall(text))


@pytest.mark.parametrize("path", FOUTEN, ids=lambda p: p.stem)
def test_gives_exactly_the_stated_problems(path: Path) -> None:
    result = run("controleer", path, "--json")
    assert result.code == 3
    assert [(p["regel"], p["kolom"], p["code"]) for p in result.json] == expected(path)
    assert {p["bestand"] for p in result.json} == {str(path)}


SENTENCES = Path(__file__).parent / "fouten/meldingen.txt"


def here(melding: str) -> str:
    """A sentence that names another file, the same on every computer."""
    for folder in (ROOT / "tests/fouten", ROOT / "data/vragenlijsten"):
        melding = melding.replace(f"{folder}{os.sep}", f"{folder.name}/")
    return melding


def test_every_sentence_word_for_word() -> None:
    told = {p.name: run("controleer", p, "--json").json for p in FOUTEN}
    lines = [f"{name}:{p['regel']}:{p['kolom']}: {here(p['melding'])}" for name, found in told.items() for p in found]
    if os.environ.get("REGIEKIT_SCHRIJF_DOCS"):
        SENTENCES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == SENTENCES.read_text(encoding="utf-8").splitlines()


def test_a_folder_gives_all_at_once() -> None:
    result = run("controleer", FOUTEN[0].parent, "--json")
    assert result.code == 3
    assert {Path(p["bestand"]).name for p in result.json} == {p.name for p in FOUTEN}


def test_every_code_occurs() -> None:
    assert len(FOUTEN) >= 60
    assert {code for path in FOUTEN for _, _, code in expected(path)} == MELDINGEN.keys() - NOT_BY_A_FILE


ENGLISH = re.compile(r"\b(expected|found|should|must|valid|value|input|while|scanning|error|Extra|Field|the|not)\b")


@pytest.mark.parametrize("path", FOUTEN, ids=lambda p: p.stem)
def test_sentences_are_dutch_and_say_what_to_do(path: Path) -> None:
    for found in run("controleer", path, "--json").json:
        melding = found["melding"]
        assert not ENGLISH.search(melding)
        assert not re.search(r"[{}]|None", melding.replace("{ }", "").replace("'{veld}'", ""))
        assert re.search(r"[;:?]", melding), "what is wrong, and what to do"
        assert len(melding) < 600


SUGGESTIONS = {
    "afname-vraag-onbekend": "bedoelde je 'autonomie-1'?",
    "afname-veld-onbekend": "bedoelde je 'client'?",
    "afname-vragenlijst-onbekend": "bedoelde je 'eigen-regie'?",
    "afname-open-onbekend": "bedoelde je 'start-1'?",
    "yaml-soort-bijna": "bedoelde je 'antwoorden'?",
    "techniek-veld-onbekend": "bedoelde je 'wanneer_wel'?",
    "vragenlijst-keuze": "bedoelde je 'meting'?",
    "vragenlijst-vraag-onbekend": "bedoelde je 'moe'?",
    "vragenlijst-herkomst-half": "bedoelde je 'handleiding'?",
    "techniek-beeld": "bedoelde je 'cirkels'?",
}


@pytest.mark.parametrize(("name", "hint"), SUGGESTIONS.items())
def test_nearest_word(name: str, hint: str) -> None:
    assert hint in run("controleer", FOUTEN[0].with_name(f"{name}.yaml")).out

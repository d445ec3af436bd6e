"""The offline form as a file: what the command makes and refuses, and what stands in its source."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from formulieren import HOSTILE, data_of, make_form, make_key
from regiekit.content.library import load_formulierteksten, load_vragenlijsten
from regiekit.domain.formulier import talen_of
from util import ROOT, run, schaal, small_lijst, write

SCRIPT = (ROOT / "src/regiekit/render/formulier.js").read_text(encoding="utf-8")
RENDER = (ROOT / "src/regiekit/render/formulier.py").read_text(encoding="utf-8")
SCHERM = vars(next(t for t in load_formulierteksten() if t.id == "nl").scherm)
FORMS = [
    (v.inhoud.id, taal, moment)
    for v in load_vragenlijsten()
    for taal in talen_of(v.inhoud, load_formulierteksten())
    for moment in [None, *(m.id for m in v.inhoud.meetmomenten)]
]


def form_of(folder: Path, lijst: str, taal: str, moment: str | None, *more: object) -> Path:
    chosen = ["--meetmoment", moment] if moment else []
    return make_form(folder, "--client", "R-014", "--taal", taal, *chosen, *more, lijst=lijst)


# The command --------------------------------------------------------------------------------------------------------


def test_the_form_gets_a_name_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ask = ("vragenlijst", "formulier", "eigen-regie", "--client", "R-014", "--meetmoment", "start")
    result = run(*ask)
    where = str(Path("formulier-R-014-eigen-regie-start.html").resolve())
    assert (result.code, result.err, result.out.splitlines()[1]) == (0, "", f"  {where}")
    assert result.out.splitlines()[-1] == "  regiekit score antwoorden-R-014-start.json"
    assert all(len(line) <= 80 for line in result.out.splitlines() if where not in line)
    result = result._replace(out=" ".join(result.out.split()))
    assert all(part in result.out for part in ("zonder slot", "antwoorden-R-014-start.json", "niet met de mail"))
    assert data_of(Path("formulier-R-014-eigen-regie-start.html"))["sleutel"] is None
    monkeypatch.setenv("REGIEKIT_SLEUTEL", str(make_key(tmp_path)))
    again = run(*ask)
    assert again.code == 2 and "--overschrijf" in again.err
    locked = run(*ask, "--overschrijf")
    assert "met slot" in locked.out and "antwoorden-R-014-start.jwe" in locked.out
    told = run("sleutel", "toon", "--json").json
    found = data_of(Path("formulier-R-014-eigen-regie-start.html"))["sleutel"]
    assert found["kid"] in told.values() and "d" not in found
    assert " ".join(run(*ask, "--open", "--overschrijf").out.split()) == result.out


def test_without_a_meetmoment_it_says_that_the_open_vragen_are_missing(tmp_path: Path) -> None:
    ask = ("--overschrijf", "--uit")
    for command, name in (("formulier", "f.html"), ("papier", "p.html")):
        missing = run("vragenlijst", command, "eigen-regie", *ask, tmp_path / name)
        assert (missing.code, missing.err.count("\n")) == (0, 1) and "Zonder --meetmoment" in missing.err
        assert run("vragenlijst", command, "eigen-regie", "--meetmoment", "start", *ask, tmp_path / name).err == ""
        assert run("vragenlijst", command, "schaalvragen", *ask, tmp_path / name).err == ""  # it has none at all


def test_the_command_for_what_comes_back_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a vragenlijst that was named by its path, in a folder with a space."""
    folder = tmp_path / "mijn lijsten"
    folder.mkdir()
    lijst = write(folder, "lijst.yaml", small_lijst(schaal("een", "1 2 3", 1)))
    monkeypatch.chdir(folder)
    said = run("vragenlijst", "formulier", "lijst.yaml", "--client", "R-014", "--uit", tmp_path / "f.html").out
    data = data_of(tmp_path / "f.html")
    fields = ("formulier", "vragenlijst", "versie", "hash", "taal", "training", "client", "meetmoment")
    made = {k: data[k] for k in fields} | {"klaar": True, "datum": "2026-03-02", "antwoorden": {"v1": 3}, "open": {}}
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "antwoorden-R-014.json", json.dumps(made))
    program, *arguments = shlex.split(said.splitlines()[-1])
    assert program == "regiekit" and str(lijst.parent) in arguments
    assert run(*arguments).code == 0
    paper = run("vragenlijst", "papier", lijst, "--uit", tmp_path / "p.html").out
    assert paper.splitlines()[-1] == f'  --bibliotheek "{folder}"'


def test_the_key_is_named_in_the_command(tmp_path: Path) -> None:
    key = make_key(tmp_path)
    said = run("vragenlijst", "formulier", "eigen-regie", "--sleutel", key, "--uit", tmp_path / "f.html").out
    assert said.splitlines()[-1] == f"  regiekit score antwoorden.jwe --sleutel {key}"


def test_the_form_shows_by_what_the_coach_knows_the_key(tmp_path: Path) -> None:
    from regiekit.kanaal.sleutel import public_key, vingerafdruk

    key = make_key(tmp_path)
    jwk = public_key(key)
    assert jwk
    page = make_form(tmp_path, "--sleutel", key).read_text(encoding="utf-8")
    assert vingerafdruk(jwk["kid"]) in page
    told = page[: page.index('id="gegevens"')]
    assert vingerafdruk(jwk["kid"]) not in told[: told.index("</main>")]  # below all that is for the client
    assert SCHERM["opslag_slot"] in told and SCHERM["opslag_open"] not in told


def test_to_the_screen_comes_the_form_and_nothing_else() -> None:
    result = run("vragenlijst", "formulier", "schaalvragen", "--open", "--uit", "-")
    assert result.out.startswith("<!DOCTYPE html>") and result.out.endswith("</html>\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--meetmoment", "later"), 2, "start, halverwege, einde"),
        (("--client", "Jan Jansen"), 2, "code"),
        (("--client", "111222333"), 2, "burgerservicenummer"),
        (("--taal", "xx"), 2, "kies nl"),
        (("--uit", "formulier.pdf"), 2, ".html"),
        (("--sleutel", "x.json", "--open"), 2, "gaan niet samen"),
        (("--sleutel", "bestaatniet.json"), 2, "sleutel maak"),
    ],
)
def test_what_cannot_be_made(
    arguments: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("vragenlijst", "formulier", "eigen-regie", *arguments)
    assert result.code == code and said in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_is_not_free_needs_permission(tmp_path: Path) -> None:
    text = small_lijst(schaal("een", "1 2 3", 2)).replace("licentie: vrij", "licentie: toestemming")
    lijst, target = write(tmp_path, "lijst.yaml", text), tmp_path / "f.html"
    refused = run("vragenlijst", "formulier", lijst, "--open", "--uit", target)
    assert refused.code == 4 and not target.exists()
    assert run("vragenlijst", "formulier", lijst, "--open", "--uit", target, "--ik-heb-toestemming").code == 0
    assert "Gebruikt met toestemming van de maker." in target.read_text(encoding="utf-8")
    assert "toestemming van de maker" not in make_form(tmp_path).read_text(encoding="utf-8")


def test_without_training_other_open_vragen(tmp_path: Path) -> None:
    with_training = data_of(make_form(tmp_path, "--meetmoment", "start"))
    without = data_of(make_form(tmp_path, "--meetmoment", "start", "--zonder-training"))
    assert [with_training["training"], without["training"]] == [True, False]
    assert "training" in with_training["open_vragen"][0]["tekst"] and "traject" in without["open_vragen"][0]["tekst"]


# The source ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lijst", "taal", "moment"), FORMS)
def test_the_source_betrays_no_scoring(lijst: str, taal: str, moment: str | None, tmp_path: Path) -> None:
    page = re.sub(r"base64,[\w+/=]+", "", form_of(tmp_path, lijst, taal, moment).read_text(encoding="utf-8")).lower()
    inhoud: Any = next(v.inhoud for v in load_vragenlijsten() if v.inhoud.id == lijst)
    told = page.replace(inhoud.naam.lower(), "").replace(f'"vragenlijst":"{lijst}"', "").replace(f":{lijst}@", "")
    secret = [s.id for s in inhoud.schalen if s.id not in [v.id for v in inhoud.vragen]] + ["omgekeerd", "reversed"]
    ids = [v.id for v in (*inhoud.vragen, *inhoud.open_vragen) if not v.id.isalpha()]
    names = [s.naam.lower() for s in inhoud.schalen if s.naam.lower() != "eigen regie"]
    assert [word for word in (*secret, *ids) if re.search(rf"\b{word}\b", told)] == []
    assert [v for v in page.split('"tekst":') if any(f'"{name}"' in v for name in names)] == []


@pytest.mark.parametrize(("lijst", "taal", "moment"), FORMS)
def test_the_file_is_small(lijst: str, taal: str, moment: str | None, tmp_path: Path) -> None:
    form = form_of(tmp_path, lijst, taal, moment, "--sleutel", make_key(tmp_path))
    assert form.stat().st_size < 120_000


def test_the_policy_lets_in_this_script_and_this_style_alone(tmp_path: Path) -> None:
    page = make_form(tmp_path).read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy

    def hashed(pattern: str) -> str:
        (content,) = re.findall(pattern, page, re.DOTALL)
        return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    assert policy[1].split("; ") == [
        "default-src 'none'",
        f"script-src {hashed('<script>(.*?)</script>')}",
        f"style-src {hashed('<style>(.*?)</style>')}",
        "font-src data:", "form-action 'none'", "base-uri 'none'",
    ]  # fmt: skip
    assert not re.search(r"\sstyle=|\son\w+=|https?:|@import|<link|<img", re.sub(r"base64,[\w+/=]+", "", page))


def test_no_text_can_end_the_data(tmp_path: Path) -> None:
    text = small_lijst(schaal("een", "1 2 3", 2)).replace("Vraag 2.", repr(HOSTILE).replace("\\'", "''"))
    lijst = write(tmp_path, "lijst.yaml", text.replace("naam: Klein", "naam: '<b>Klein</b> & co'"))
    form = make_form(tmp_path, lijst=str(lijst))
    page = form.read_text(encoding="utf-8")
    assert page.count("</script>") == 2 and "<img" not in page and "<b>" not in page
    assert "<title>&lt;b&gt;Klein&lt;/b&gt; &amp; co</title>" in page
    assert "onerror=alert(1)> <b>vet</b>" in data_of(form)["vragen"][1]["tekst"]


@pytest.mark.parametrize(
    "thing",
    ["localStorage", "sessionStorage", "indexedDB", "cookie", "setTimeout", "setInterval", "requestAnimationFrame",
     "fetch", "XMLHttpRequest", "WebSocket", "sendBeacon", "innerHTML", "outerHTML", "insertAdjacent", "document.write",
     "eval(", "Function("],
)  # fmt: skip
def test_the_script_keeps_nothing_sends_nothing_and_has_no_timers(thing: str) -> None:
    assert thing not in SCRIPT


def test_every_text_of_the_screen_is_used_and_every_text_used_is_there() -> None:
    used = set(re.findall(r"scherm\.(\w+)", RENDER))
    for names in re.findall(r"teksten\.(\w+)|\"(fout_\w+)\"", SCRIPT):
        used |= set(filter(None, names))
    assert used - {"vraag_van", "open_kop", "coach_kop", "coach"} == set(SCHERM)


def test_the_script_says_nothing_of_its_own() -> None:
    """Whatever a client reads comes from the data, so a translation is complete."""
    said = re.findall(r"(?:alinea|button)\(\s*[\"'`]", SCRIPT)
    assert said == []
    assert not re.search(r"textContent = [\"']", SCRIPT)


def test_the_texts_are_short_and_plain() -> None:
    sentences = [s.split() for text in SCHERM.values() for s in re.split(r"(?<=[.?!:])\s+", text)]
    lengths = [len(s) for s in sentences]
    assert max(lengths) <= 18
    assert sum(lengths) / len(lengths) <= 12
    for sentence in sentences:
        words = [word.strip(".,:;").lower() for word in sentence]
        assert sum(word in ("niet", "geen", "nooit", "zonder") for word in words) <= 1, sentence

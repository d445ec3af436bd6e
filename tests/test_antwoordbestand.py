"""Answer files: known by their content, and scored as the afname that they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.content.reader import read_json
from util import EIGEN_REGIE, VRAGEN, afname_yaml, answers, run, write

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = answers("43215", "1.345", "1234", "123")


def antwoord(**change: Any) -> dict[str, Any]:
    """The answer file of the form as the browser writes it."""
    made = {
        "formulier": 1, "klaar": True, "vragenlijst": "eigen-regie", "versie": "1", "hash": EIGEN_REGIE.hash,
        "taal": "nl", "training": True, "client": "R-001", "meetmoment": "start", "datum": "2026-03-02",
        "antwoorden": {f"v{n}": GIVEN[v] for n, v in enumerate(VRAGEN, 1)},
        "open": {"o2": "Rust\u2028en \u0085“tijd” 🙂"},
    }  # fmt: skip
    return {k: v for k, v in {**made, **change}.items() if v is not ...}


def save(folder: Path, data: Any) -> Path:
    path = folder / "antwoorden.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_file_of_the_form_scores_as_the_afname(tmp_path: Path) -> None:
    result = run("score", save(tmp_path, antwoord()), "--json").json
    yaml = afname_yaml(GIVEN, meetmoment="start", datum="2026-03-02")
    by_hand = run("score", write(tmp_path, "a.yaml", yaml), "--json").json
    assert result.pop("open") == {"start-2": "Rust\u2028en \u0085“tijd” 🙂"}
    by_hand.pop("open")
    assert result == by_hand


def test_blanks_of_every_kind(tmp_path: Path) -> None:
    data = antwoord(antwoorden={"v1": "weet-niet", "v2": "wil-niet-zeggen", "v3": "nvt", "v4": None})
    assert run("score", save(tmp_path, data), "--json").json["schalen"][0]["beantwoord"] == 0


def test_what_the_client_did_not_hand_in_is_refused(tmp_path: Path) -> None:
    for unfinished in (False, "ja", ...):
        result = run("score", save(tmp_path, antwoord(klaar=unfinished)))
        assert result.code == 4 and "niet ingeleverd" in result.err


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"formulier": 2}, "vorm 2"),
        ({"hash": "0" * 16}, "is veranderd sinds"),
        ({"vragenlijst": "anders"}, "is veranderd sinds"),
        ({"antwoorden": {"v18": 1}}, "de vraag 'v18' bestaat niet"),
        ({"antwoorden": {"v1": 6}}, "buiten de schaal 1 tot en met 5"),
        ({"antwoorden": {"v1": 4.5}}, "'4.5' is geen antwoord"),
        ({"open": {"o4": "x"}}, "de open vraag 'o4' bestaat niet"),
        ({"client": "Jan Jansen"}, "geen cliëntcode"),
        ({"meer": 1}, "'meer' hoort hier niet"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    result = run("score", save(tmp_path, antwoord(**change)))
    assert result.code == 3 and code in result.err and result.out == ""
    assert "antwoorden.json:1:" in result.err and result.err.count("\n") == 1


def test_an_afname_may_be_json(tmp_path: Path) -> None:
    data = {"vragenlijst": "eigen-regie", "versie": "1", "antwoorden": GIVEN, "open": {"start-1": "a\u2028b"}}
    result = run("score", save(tmp_path, data), "--json").json
    assert result["open"] == {"start-1": "a\u2028b"}


def test_json_with_a_double_key_or_without_end(tmp_path: Path) -> None:
    text = json.dumps(antwoord()).replace('"v1": 4', '"v1": 4, "v1": 5')
    assert "staat hier nog een keer" in run("score", write(tmp_path, "a.json", text)).err
    result = run("score", write(tmp_path, "b.json", json.dumps(antwoord())[:-40]))
    assert result.code == 3 and "b.json:" in result.err


def test_half_a_character_loses_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(antwoord(open={"o1": "Rust \ud83d tijd"})), encoding="utf-8")
    assert run("score", path, "--json").json["open"] == {"start-1": "Rust \ufffd tijd"}


def test_a_spreadsheet_is_pointed_at_its_own_command(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04rest")
    assert "vragenlijst importeer" in run("score", path).err


ODD = "\u2028\u2029\u00a0\ufeff😀\\\"/'{}[]:,#&*!|>%@`"
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from(ODD), max_size=12)
NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=6)
LEAVES = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | TEXTS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_read_as_json_reads_it(value: Any) -> None:
    for indent in (None, 2):
        raw = json.dumps({"x": value}, ensure_ascii=False, indent=indent).encode()
        read, problems = read_json(raw, "b")
        assert (read.data, problems) == ({"x": value}, [])

"""The short way for an afname that is plainly right never accepts what the model refuses, and gives the same values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from regiekit.content.reader import read_yaml
from regiekit.domain.afname import Afname
from regiekit.domain.plain_afname import MAX_ANTWOORDEN, PlainAfname, plain_afname
from util import ROOT

# Of each field what is plainly right, what is right but unusual, and what is wrong.
FIELDS: dict[str, list[Any]] = {
    "vragenlijst": ["eigen-regie", "lijsten/mijn lijst.yaml", "\u00a0x", "x\n", "", "x" * 400, "x" * 401, 1, None],
    "versie": ["1", "2026 b", " 1", "1 ", "1\n", "1\n2", "\u2003", "", "v" * 40, "v" * 41, 1, 1.0, None],
    "client": ["R-014", None, "R 014", "R-014\n", "-R", "é1", "R" * 40, "R" * 41, "", 14],
    "meetmoment": ["start", "na-6-weken", None, "Start", "a--b", "-a", "a-", "a\n", "a" * 60, "a" * 61, "٣", "", 1],
    "datum": ["2026-03-02", None, "2026-3-2", "20260302", "2026-02-30", "2026-W10-1", "0000-01-01", "0001-01-01",
              "2026-03-02T00:00:00", "2026-03-02\n", "٢٠٢٦-03-02", "", 20260302],
    "antwoorden": [{}, {"a-1": 4}, {"a-1": None, "b": "nvt"}, {"a": "weet-niet"}, {"a": True}, {"a": 4.0}, {"a": "4"},
                   {"a": [1]}, {"é": 1}, {"": 1}, {"a": 10**17}, {str(n): 1 for n in range(MAX_ANTWOORDEN)},
                   {str(n): 1 for n in range(MAX_ANTWOORDEN + 1)}, [], None, 1],
    "open": [{}, {"start-1": "tekst\n”"}, {"start-1": None}, {"start-1": ""}, {"start-1": 1}, {"start-1": []},
             {str(n): None for n in range(MAX_ANTWOORDEN + 1)}, [], None],
    "taal": ["en", "nl-x-simpel", None, "EN", "e", "engl", "en-", "en\n", "", 1],
    "training": [True, False, None, 1, "ja"],
    "hash": ["0123456789abcdef", None, "0123456789ABCDEF", "0123", "0123456789abcdef\n", "", 1234567890123456],
}  # fmt: skip
values = {name: st.sampled_from(known) | st.text(max_size=8) for name, known in FIELDS.items()}
right = st.fixed_dictionaries({name: st.sampled_from(known[:2]) for name, known in FIELDS.items()})
changed = st.fixed_dictionaries({}, optional={**values, "datun": st.none()})


def by_model(data: Any) -> dict[str, Any] | None:
    try:
        return dict(Afname.model_validate_json(json.dumps(data)))
    except ValidationError:
        return None


def by_short_way(data: Any) -> dict[str, Any] | None:
    made: Any = plain_afname(data)
    return made and made._asdict()


@given(right, changed, st.sets(st.sampled_from(sorted(FIELDS)), max_size=2))
def test_what_is_accepted_is_what_the_model_makes_of_it(
    base: dict[str, Any], change: dict[str, Any], left_out: set[str]
) -> None:
    data = {name: value for name, value in {**base, **change}.items() if name not in left_out}
    short = by_short_way(data)
    assert short is None or short == by_model(data)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, known in FIELDS.items() for value in known])
def test_one_field_at_a_time(name: str, value: Any) -> None:
    data = {"vragenlijst": "eigen-regie", "versie": "1", "antwoorden": {"a-1": 4}, name: value}
    short = by_short_way(data)
    assert short is None or short == by_model(data)


@given(right)
def test_what_is_plainly_right_takes_the_short_way(data: dict[str, Any]) -> None:
    assert by_short_way(data) == by_model(data) != None  # noqa: E711


@pytest.mark.parametrize("data", [None, [], "tekst", 1, {}, {"vragenlijst": "eigen-regie"}])
def test_anything_else_goes_to_the_model(data: Any) -> None:
    assert plain_afname(data) is None


def test_both_have_the_same_fields() -> None:
    assert set(PlainAfname._fields) == set(Afname.model_fields)


def test_the_examples_take_the_short_way() -> None:
    taken = {}
    for path in sorted((ROOT / "voorbeelden").glob("*.yaml")):
        read, problems = read_yaml(path.read_bytes(), str(path))
        taken[path.name] = not problems and plain_afname(read.data) is not None
    assert {name for name, short in taken.items() if not short} == {"met-fouten.yaml", "plan.yaml", "casus.yaml"}

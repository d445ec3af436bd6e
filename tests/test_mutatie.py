"""The kept figures of mutation testing and of coverage (tests/mutatie/): high enough, and what is left is explained."""

from __future__ import annotations

import json
import re

import pytest

from mutatie import dekking, mutaties
from util import ROOT

LEAST = 95.0  # per cent
EXPLAINED = re.compile(r"`([\w.]+) (\d+(?:, \d+)*)`")  # `uitslag.score 3, 7`
MEASURED = [(name, module) for name, proef in mutaties.PROEVEN.items() for module in proef.modules]


def test_of_all_faults_that_were_put_in_the_tests_notice_most() -> None:
    assert mutaties.kept()["samen"]["procent"] >= LEAST


@pytest.mark.parametrize(("proef", "module"), MEASURED)
def test_of_each_module_too(proef: str, module: str) -> None:
    figures = mutaties.kept()["proeven"][proef][module]
    assert figures["procent"] >= LEAST
    assert figures["mutanten"] == sum(figures[k] for k in ("gedood", "te_lang", "overleefd", "zonder_test"))
    assert figures["procent"] == round(100 * (figures["gedood"] + figures["te_lang"]) / figures["mutanten"], 1)
    assert (ROOT / "src/regiekit" / module).exists()


def test_every_survivor_is_explained() -> None:
    page = (ROOT / "tests/mutatie/overlevers.md").read_text(encoding="utf-8")
    explained = [f"{name} {n}" for name, numbers in EXPLAINED.findall(page) for n in numbers.split(", ")]
    found = [n for p, m in MEASURED for n in mutaties.kept()["proeven"][p][m]["niet_gedood"]]
    assert sorted(explained) == sorted(found)


def test_nearly_every_branch_of_the_domain_is_reached() -> None:
    outcome = json.loads(dekking.OUTCOME.read_text(encoding="utf-8"))
    assert outcome["procent_takken"] >= LEAST
    assert outcome["procent"] >= LEAST
    assert all((ROOT / f"tests/test_{name}.py").exists() for name in dekking.TESTS)

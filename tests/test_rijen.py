"""What an import writes: all of it or nothing, without formulas, and nothing left behind."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.cli.output import _scratch_start, new_file
from regiekit.content.library import load_vragenlijsten
from regiekit.kanaal.importeren import guarded
from util import run

if TYPE_CHECKING:
    from pathlib import Path

VRAGEN = [v.id for v in next(v for v in load_vragenlijsten() if v.inhoud.id == "eigen-regie").inhoud.vragen]
FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
PASSED_BY = ' \t\r\n"\u200b\ufeff\xa0'


def table(path: Path, codes: list[str], first: str = "3") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["code", *VRAGEN], *([c, first, *["3"] * (len(VRAGEN) - 1)] for c in codes)])
    return path


@given(st.lists(st.text(st.sampled_from([*FORMULA, *PASSED_BY, *";,x'1"]), max_size=12), min_size=1, max_size=4))
def test_no_field_starts_a_formula_however_a_line_is_split(cells: list[str]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerows([[2, "B", *map(guarded, cells)]] * 2)
    for teken in ",;\t":
        for row in csv.reader(StringIO(file.getvalue(), newline=""), delimiter=teken):
            assert not [cell for cell in row if cell.lstrip(PASSED_BY).startswith(FORMULA)]


def test_a_text_without_a_formula_stays_as_it_is() -> None:
    for text in ("een beetje mee eens; mee eens", "a-b", "1 + 1", "x;y\nz", ""):
        assert guarded(text) == text


def test_when_an_afname_differs_there_are_no_scores_either(tmp_path: Path) -> None:
    path, uit, scores = table(tmp_path / "a.csv", ["R-1", "R-2"]), tmp_path / "u", tmp_path / "s.csv"
    uit.mkdir()
    (uit / "afname-R-2.yaml").write_text("iets anders")
    result = run("vragenlijst", "importeer", str(path), "--uit", str(uit), "--scores", str(scores))
    assert result.code == 2
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.csv", "afname-R-2.yaml", "u"]
    scores.write_text("iets anders")
    (uit / "afname-R-2.yaml").unlink()
    result = run("vragenlijst", "importeer", str(path), "--uit", str(uit), "--scores", str(scores))
    assert (result.code, list(uit.iterdir())) == (2, [])


def test_every_afname_has_a_name_of_its_own(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ["r-1-rij-4", "R-1", "r-1"])
    assert run("vragenlijst", "importeer", str(path), "--uit", str(tmp_path / "u")).code == 0
    assert len(list((tmp_path / "u").glob("afname-*.yaml"))) == 3


def test_scores_cannot_have_the_name_of_the_refused_rows(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ["R-1"])
    result = run("vragenlijst", "importeer", str(path), "--scores", str(tmp_path / "Geweigerd.csv"))
    assert result.code == 2
    assert "zo heet wat er geweigerd is" in result.err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_who_is_told_to_end_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    path = table(tmp_path / "a.csv", [f"R-{n}" for n in range(100_000)])
    command = ["-m", "regiekit", "vragenlijst", "importeer", str(path), "--scores", str(tmp_path / "s.csv")]
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(tmp_path.glob(".regiekit-*")):
            time.sleep(0.01)
        process.send_signal(number := signal.Signals[name])
        assert process.wait() == 128 + number
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(os.name == "nt", reason="there, nothing is cleared")
def test_what_a_killed_run_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    left = tmp_path / f"{_scratch_start()}{dead.pid}-00000000"
    left.mkdir()
    (left / "afname-R-1.yaml").write_text("x")
    others = [f"{_scratch_start()}{os.getppid()}-00000000", f".regiekit-00000000-{dead.pid}-00000000", ".regiekit-x"]
    for other in others:
        (tmp_path / other).write_text("x")
    with new_file(tmp_path / "s.csv", replace=False, optie="--scores"):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*others, "s.csv"])

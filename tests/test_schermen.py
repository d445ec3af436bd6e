"""The pictures of the handbook show what the program shows now; uitgave/schermen.py makes them again."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from util import ROOT

if TYPE_CHECKING:
    from pathlib import Path

spec = importlib.util.spec_from_file_location("schermen", ROOT / "uitgave/schermen.py")
assert spec and spec.loader
schermen = importlib.util.module_from_spec(spec)
spec.loader.exec_module(schermen)

MAKE_AGAIN = "maak de beelden opnieuw: .venv/bin/python uitgave/schermen.py"
terminal = pytest.mark.skipif(os.name == "nt", reason="een pseudo-terminal van Unix")


@terminal
@pytest.mark.parametrize("name", schermen.SCREENS)
def test_a_picture_of_the_terminal_is_what_it_shows(name: str) -> None:
    now = schermen.as_svg(schermen.SCREENS[name])
    assert (ROOT / f"docs/beeld/{name}.svg").read_text(encoding="utf-8") == now, MAKE_AGAIN


@pytest.mark.needs("pdftoppm")
def test_the_picture_of_the_placemat_has_its_text(tmp_path: Path) -> None:
    assert kept("placemat") == schermen.fingerprint(schermen.draw_placemat(tmp_path / "p.png")), MAKE_AGAIN


@pytest.mark.needs("chromium")
def test_the_picture_of_the_form_has_its_text(tmp_path: Path, browser: Any) -> None:
    assert kept("formulier") == schermen.fingerprint(schermen.draw_formulier(tmp_path / "f.png", browser)), MAKE_AGAIN


def kept(name: str) -> str:
    return str(json.loads(schermen.TEKSTEN.read_text(encoding="utf-8"))[name])


def test_pictures_are_small_used_and_say_what_is_in_them() -> None:
    used: dict[str, str] = {}
    for page in (ROOT / "docs").glob("*.md"):
        used |= {file: alt for alt, file in re.findall(r"!\[([^\]]*)\]\(beeld/([^)]+)\)", page.read_text("utf-8"))}
    made = {path.name: path for path in schermen.BEELD.iterdir() if path.name != "teksten.json"}
    assert set(used) == set(made)
    for name, path in made.items():
        assert path.stat().st_size < 60_000
        assert len(used[name].split()) >= 15, f"{name}: zeg wat er te lezen is"


def test_the_picture_of_the_dossier_shows_a_day_that_can_be() -> None:
    """Nothing that is over (begin, last talk, a closed case) lies after the day on which the list is read."""
    today = date.fromisoformat(schermen.SCREENS["dossier"].command.split()[-1])
    text = (schermen.BEELD / "dossier.svg").read_text(encoding="utf-8")
    rows = re.findall(r">(VERZONNEN-\d)</text>.*\n(?:.*\n)??.*?>(\d\d-\d\d-\d{4})<.*\n.*?>(\d\d-\d\d-\d{4})<", text)
    kept = re.findall(r">bewaren tot (\d\d-\d\d-\d{4})<", text)
    over = [datetime.strptime(day, "%d-%m-%Y").date() for _, *days in rows for day in days]
    closed = [datetime.strptime(day, "%d-%m-%Y").date() for day in kept]
    assert len(rows) == 3 and closed
    assert max([*over, *(day.replace(year=day.year - 2) for day in closed)]) <= today
    assert dutch(today) in re.sub(r"\s+", " ", (ROOT / "docs/beginnen.md").read_text(encoding="utf-8"))


def dutch(day: date) -> str:
    from regiekit.domain.dagen import datum_text

    return datum_text(day)


def test_text_in_a_picture_can_be_selected_and_asks_for_nothing() -> None:
    for path in schermen.BEELD.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert text.count("<text ") > 5 and "<title>" in text
        assert not re.search(r"url\(|href|<script|<image|@font-face", text)
        assert re.findall(r"https?://\S+", text) == ['http://www.w3.org/2000/svg"']

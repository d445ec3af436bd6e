"""Days, moments and punten: one way to write each, whoever shows it."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dossiers import make_client, opened, quick_keys, run_dossier
from regiekit.domain.aantekening import Gesprek, Inoculatie, Opvolging
from regiekit.domain.dagen import datum_text, whole_date
from regiekit.render.dagen import (
    day_in_words,
    day_of_moment,
    in_digits,
    moment_text,
    short_date,
    short_day,
)
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = "R-014"
DAG = date(2026, 3, 12)
MIDNIGHT = "2026-03-12T23:30:00+00:00"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def amsterdam(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An hour before UTC, as in winter."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows has its own clock")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1")
        time.tzset()
        yield
    time.tzset()


def test_a_day_in_words() -> None:
    assert (datum_text(DAG), whole_date(DAG)) == ("12 maart 2026", "donderdag 12 maart 2026")
    assert (short_date(DAG), in_digits(DAG), short_day(DAG)) == ("do 12-03-2026", "12-03-2026", "12 mrt 2026")
    assert short_day(date(2026, 9, 1)) == "1 sep 2026"


@pytest.mark.parametrize(("given", "said"), [("2026-12-03", "3 december 2026"), ("voor mei", "voor mei"), (None, None)])
def test_a_day_kept_as_text(given: str | None, said: str | None) -> None:
    assert day_in_words(given) == said


@pytest.mark.usefixtures("amsterdam")
def test_a_moment_is_told_in_the_time_of_the_coach() -> None:
    assert day_of_moment(MIDNIGHT) == date(2026, 3, 13)
    assert moment_text(MIDNIGHT) == "13 maart 2026 om 00:30"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A client with an afspraak on a day, one in words, and what came of an inoculatie."""
    path = tmp_path / "d.regiekit"
    make_client(path, CODE)
    with opened(path) as boek:
        boek.add(CODE, DAG, Gesprek(afspraken=(
            {"wat": "Cv maken", "wie": "de coach", "wanneer": "2026-12-03"},
            {"wat": "Bellen", "wanneer": "na Pasen"},
        )))  # fmt: skip
        boek.add(CODE, DAG, Inoculatie(obstakels=("geen tijd",), actie="Wandelen", wanneer=date(2026, 12, 4)))
    return path


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (("dossier", "toon", CODE), ""),
        (("dossier", "opvolging", CODE), "\n\n\n"),
        (("voorbereiding", CODE), ""),
        (("verslag", CODE, "--voor", "coach"), ""),
        (("verslag", CODE, "--voor", "client"), ""),
        (("verslag", CODE, "--voor", "werkgever"), ""),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_every_screen_writes_the_day_of_a_punt_the_same_way(path: Path, arguments: tuple[str, ...], stdin: str) -> None:
    if arguments[0] == "verslag":  # a cell of a table on the screen has narrow lines
        arguments = (*arguments, "--uit", str(path.parent / "v.html"))
    shown = run_dossier(path, *arguments, "--datum", "2026-11-30", stdin=stdin).out
    if arguments[0] == "verslag":
        shown = (path.parent / "v.html").read_text(encoding="utf-8")
    shown = re.sub(r"\s+", " ", shown)
    assert "Cv maken" in shown
    assert "3 december 2026" in shown
    assert "2026-12-0" not in shown
    assert "na Pasen" in shown
    assert ("4 december 2026" in shown) == ("werkgever" not in arguments)


@pytest.mark.usefixtures("amsterdam")
def test_inzage_and_uitvoer_tell_the_same_day(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regiekit.dossier.boek.now", lambda: MIDNIGHT)
    with opened(path) as boek:
        boek.add(CODE, DAG, Opvolging(van=2, wat="Bellen", uitkomst="gedaan"))
    assert run_dossier(path, "verslag", CODE, "--voor", "client", "--uit", tmp_path / "v.txt").code == 0
    assert "13 maart 2026" in run_dossier(path, "dossier", "uitvoer").out
    assert run_dossier(path, "dossier", "inzage", CODE, "--uit", tmp_path, "--vorm", "txt").code == 0
    text = (tmp_path / f"inzage-{CODE}.txt").read_text(encoding="utf-8")
    assert "Geschreven op 13 maart 2026 om 00:30." in text
    assert "UTC" not in text


def test_no_other_module_writes_a_day() -> None:
    """A second way to write one would drift."""
    own = ("domain/dagen.py", "render/dagen.py", "render/ics.py")
    files = [f for f in (ROOT / "src/regiekit").rglob("*.py") if not str(f).endswith(own)]
    pattern = re.compile(r"%d-%m|strftime|MAANDEN\[|DAGEN\[|astimezone\(\)")
    found = {str(f.relative_to(ROOT)) for f in files if pattern.search(f.read_text(encoding="utf-8"))}
    assert found <= {"src/regiekit/domain/dagwoorden.py"}  # compares the weekday that was typed

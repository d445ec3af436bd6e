"""A coach who never saw a terminal: jobs from start to end through the menu, in a real terminal, without a command.

The terminal is bare: a fresh home, no PATH but that of the system, and a false xdg-open that notes what it is given.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pexpect: Any = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="een pseudo-terminal is er hier niet")

PROMPT = re.compile(r"[:?)\]] \Z")  # how every question ends
WACHTZIN = "fiets lantaarn kaneel brug"
SECONDS = 60  # at most, for one answer of a busy computer
SILENCE = 0.08  # seconds after which a question is no half line


class Coach:
    """Who types in the menu, and sees the screen."""

    def __init__(self, home: Path, *words: str, columns: int = 80, **extra: str) -> None:
        self.home, self.work = home, home / "Mijn cliënten"
        programs = home / "programma's"
        for folder in (self.work, programs):
            folder.mkdir(exist_ok=True)
        opener = programs / "xdg-open"
        opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{home}/geopend"\n', encoding="utf-8")
        opener.chmod(0o755)
        environment = {
            "HOME": str(home), "PATH": f"{programs}:/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "DISPLAY": ":0",
            **extra,
        }  # fmt: skip
        self.terminal = pexpect.spawn(
            sys.executable, ["-m", "regiekit", *words], cwd=str(self.work), env=environment, encoding="utf-8",
            dimensions=(40, columns), timeout=SECONDS,
        )  # fmt: skip
        self.screen = self.answer()

    def answer(self) -> str:
        """What came on the screen, up to and with the next question."""
        shown, until = "", time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                shown += self.terminal.read_nonblocking(10_000, timeout=SILENCE)
            except pexpect.TIMEOUT:
                if PROMPT.search(_plain(shown)):
                    return _plain(shown)
        raise AssertionError(f"no question came:\n{shown}")

    def types(self, *lines: str) -> str:
        """Each line after a question; gives the screen from the first of them on."""
        shown = ""
        for line in lines:
            self.terminal.sendline(line)
            shown += self.answer()
        self.screen = shown
        return shown

    def till_done(self) -> str:
        """Enter, to every question that the command still asks."""
        shown = self.screen
        while "Druk op Enter" not in shown:
            shown += self.types("")
        return shown

    def leaves(self, *lines: str) -> int:
        """The last lines; gives how the program ended."""
        for line in lines[:-1]:
            self.types(line)
        self.terminal.sendline(lines[-1])
        return self.ended()

    def ended(self) -> int:
        self.terminal.expect(pexpect.EOF)
        self.screen = _plain(self.terminal.before)
        self.terminal.close()
        return int(self.terminal.exitstatus)

    def opened(self) -> list[str]:
        noted = self.home / "geopend"
        for _ in range(100):  # it is not waited for
            if noted.exists() and noted.read_text(encoding="utf-8").endswith("\n"):
                break
            self.terminal.expect(pexpect.TIMEOUT, timeout=0.05)
        return noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []


def _plain(text: str) -> str:
    """Without colours, with simple line ends."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r\n", "\n")


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[Coach]:
    """At the first question, with two filled-in lists in the folder."""
    work = tmp_path / "Mijn cliënten"
    work.mkdir()
    for name in ("R-021-start.yaml", "R-021-einde.yaml", "plan.yaml"):
        shutil.copy(ROOT / "voorbeelden" / name, work / name)
    made = Coach(tmp_path)
    yield made
    made.terminal.close(force=True)


def test_ten_jobs_without_a_command(coach: Coach) -> None:
    """Score, compare, placemat, paper, form, prepare, milestones, plan, knowledge, practice, and leave."""
    work = coach.work
    assert "Wat ga je doen?" in coach.screen and "0. Stoppen" in coach.screen

    # 1. score a list, chosen by its number
    screen = coach.types("3", "1", "R-021-start.yaml", "n")
    assert " score R-021-start.yaml" in screen and re.search(r"Eigen regie +\d,\d", screen)
    # 2. two lists side by side
    screen = coach.types("", "2", "R-021-start.yaml", "R-021-einde.yaml", "", "j", "n")
    assert "duidelijk" in screen
    coach.types("", "0")

    # 3. a placemat, opened in the program that belongs to it
    screen = coach.types("4", "6", "4", "1", "", "j")
    assert "De placemat staat in" in screen
    assert (work / "placemat-inoculatie.pdf").read_bytes().startswith(b"%PDF")
    assert coach.opened() == [str(work / "placemat-inoculatie.pdf")]
    # 4. and once more, over the same file: asked, and refused
    coach.types("", "6", "4", "2", "eigen naam", "n")
    assert "<html" in (work / "eigen naam.html").read_text(encoding="utf-8")
    coach.types("", "0")

    # 5. a vragenlijst on paper, large
    coach.types("2", "1", "1", "1", "1", "R-030", "j", "j", "1", "", "n")
    assert (work / "vragenlijst-eigen-regie-start-R-030-groot.pdf").read_bytes().startswith(b"%PDF")
    # 6. a form for the browser
    screen = coach.types("", "2", "1", "1", "1", "R-030", "j", "", "n")
    assert "zonder slot" in screen
    assert "R-030" in (work / "formulier-R-030-eigen-regie-start.html").read_text(encoding="utf-8")
    coach.types("", "0")

    # 7. prepare a talk
    coach.types("1", "1", "R-021-einde.yaml", "Weer in een winkel werken", "", "12-3-2026", "", "n", "n", "3", "", "n")
    assert "Weer in een winkel werken" in (work / "voorbereiding-R-021-einde.html").read_text(encoding="utf-8")
    coach.types("", "0")

    # 8. milestones, for the calendar
    screen = coach.types("5", "7", "5 januari 2026", "", "", "n")
    assert "maandag 5 januari 2026" in screen
    assert (work / "mijlpalen.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    # 9. a plan in Word, of a sheet that was filled in
    coach.types("", "4", "plan.yaml", "n", "1", "", "n")
    assert (work / "plan.docx").read_bytes().startswith(b"PK")
    coach.types("", "0")

    # 10. look something up
    assert "rouw" in coach.types("7", "rouw").lower()
    # 11. practise on the made-up dossier: one client, and all of them
    screen = coach.types("", "6", "10", "j", "", "5", "", "1")
    assert "VERZONNEN-1" in screen and "verzonnen" in screen.lower()
    assert "VERZONNEN-3" in coach.types("", "6")
    assert coach.leaves("", "0", "0") == 0
    assert coach.screen.rstrip().endswith("Tot ziens.")


def test_a_dossier_from_its_first_client_to_a_report(coach: Coach) -> None:
    """The wachtzin is typed unseen and stands nowhere; the code is remembered; a file of another client is refused."""
    screen = coach.types("6", "1", "R-030", WACHTZIN, WACHTZIN)
    screen += coach.types("2026-10-05", "2025-06-02", "Weer aan het werk", "")
    screen += coach.till_done()
    assert "R-030 staat in het dossier" in screen
    screen += coach.types("", "4", "", "1", "R-021-start.yaml", "n", WACHTZIN)
    assert "R-021" in screen and "om iemand te beschermen" in screen
    screen += coach.types("", "5", "", "1", WACHTZIN)
    assert "Weer aan het werk" in screen
    screen += coach.types("", "0", "5", "1", "", "1", "", "3", "", WACHTZIN, "n")
    assert "Weer aan het werk" in (coach.work / "verslag-client-R-030.html").read_text(encoding="utf-8")
    assert " verslag R-030 --voor client --uit verslag-client-R-030.html" in screen
    assert "lantaarn" not in screen
    assert coach.leaves("", "0", "0") == 0


def test_a_client_fills_in_on_the_screen_and_the_coach_scores_it(coach: Coach) -> None:
    """Seventeen vragen, each answered with 4; what is kept is scored by its number in the list."""
    coach.types("2", "3", "1", "1", "", "R-031", "", *["4"] * 17)
    screen = coach.types("k")
    made = coach.work / "afname-R-031-eigen-regie.yaml"
    assert made.read_text(encoding="utf-8").count(": 4\n") == 17
    assert "Nu openen?" not in screen  # the client still sits here
    screen = coach.types("", "0", "3", "1", "1", "n")
    assert " score afname-R-031-eigen-regie.yaml" in screen
    assert re.search(r"Eigen regie +4,0? ", screen) and re.search(r"Autonomie +3,6 ", screen)
    assert coach.leaves("", "0", "0") == 0


def test_a_paper_is_typed_over_with_single_keys_and_the_menu_is_as_before(coach: Coach) -> None:
    """Keys without Enter; after them a question takes a whole line again."""
    coach.types("3", "3", "", "1", "", "R-032")
    coach.terminal.send("3" * 17)
    while "Klopt dit met het papier?" not in coach.answer():
        pass
    coach.terminal.send("j")
    assert "regiekit score afname-R-032-eigen-regie.yaml" in coach.answer()
    assert (coach.work / "afname-R-032-eigen-regie.yaml").read_text(encoding="utf-8").count(": 3\n") == 17
    assert "Dat staat niet in de lijst." in coach.types("", "drie")
    assert coach.leaves("0", "0") == 0


def test_an_error_says_what_is_wrong_and_the_menu_goes_on(coach: Coach) -> None:
    (coach.work / "stuk.yaml").write_text("vragenlijst: eigen-regie\nantwoorden:\n  autonomie-1: 9\n", encoding="utf-8")
    screen = coach.types("3", "1", "bestaat-niet.yaml", "stuk.yaml", "n")
    assert "Ik vind bestaat-niet.yaml niet" in screen
    assert "stuk.yaml:" in screen and "Er klopt iets niet in een bestand" in screen
    assert "Antwoorden overtypen of scoren" in coach.types("")
    assert coach.leaves("0", "0") == 0


def test_ctrl_c_and_ctrl_d(coach: Coach) -> None:
    coach.types("3", "1")
    coach.terminal.sendintr()
    assert "Je bent terug in het menu." in coach.answer()
    coach.terminal.sendline("1")
    coach.answer()
    coach.terminal.sendeof()
    assert "Je bent terug in het menu." in coach.answer()
    coach.terminal.sendeof()
    assert coach.ended() == 130
    assert coach.screen.rstrip().endswith("Tot ziens.")


def test_ctrl_c_at_the_wachtzin_leaves_a_terminal_that_shows_what_is_typed(coach: Coach) -> None:
    coach.types("6", "1", "R-030")
    coach.terminal.sendintr()
    screen = coach.answer()
    assert "Gestopt." in screen and "Je bent terug in het menu." in screen
    assert coach.types("", "0", "7", "zelfregie").count("zelfregie") >= 2  # typed, and in the command
    assert coach.leaves("", "0") == 0


def test_ctrl_c_at_the_menu_stops(tmp_path: Path) -> None:
    coach = Coach(tmp_path, "menu", columns=40)
    assert [line for line in coach.screen.splitlines() if len(line) > 40] == []
    coach.terminal.sendintr()
    assert coach.ended() == 130 and "Traceback" not in coach.screen


def test_without_a_program_the_place_is_said(tmp_path: Path) -> None:
    coach = Coach(tmp_path, DISPLAY="")
    screen = coach.types("5", "3", "", "j")
    assert "Ik vind hier geen programma dat dit opent." in screen
    assert str(coach.work / "plan.yaml") in screen
    assert coach.leaves("", "0", "0") == 0


def test_what_is_typed_while_the_dossier_opens_is_not_shown_and_no_answer(coach: Coach) -> None:
    """Once more the wachtzin, in the silent seconds: it must not stand on the screen, and go nowhere."""
    coach.types("6", "1", "R-030", WACHTZIN, WACHTZIN)
    coach.till_done()
    coach.types("", "5", "", "1")
    coach.terminal.sendline(WACHTZIN)
    coach.terminal.expect(pexpect.TIMEOUT, timeout=0.05)
    coach.terminal.sendline("geheim geheim geheim")
    screen = coach.answer()
    assert "R-030" in screen and "geheim" not in screen
    assert coach.leaves("", "0", "0") == 0

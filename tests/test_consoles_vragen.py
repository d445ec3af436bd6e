"""Ctrl-C and the end of the input at questions, on a real pseudo-terminal. Here a choice of commands and of questions;
consoles/alles.py stops every command, and every job of the menu, at each question."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from consoles.keuren import copy_into, files_in
from consoles.opdrachten import make_werkmap
from consoles.vragen import CTRL_C, CTRL_D, GESPREKKEN, complaints_of_stop, menu_gesprekken, prepare, stop_at, walk

if TYPE_CHECKING:
    from consoles.vragen import Gesprek

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not Path("/proc/self/syscall").exists(), reason="/proc/PID/syscall"
)
# A choice of a list, a single key, a hidden answer, a yes or no, a dossier that is open, a job inside the menu.
KEUZE = ("zone", "--snel", "sleutel maak", "dossier herstel", "dossier gesprek", "invullen --lijst")

GROEPEN = ("vragenlijst", "dossier", "sleutel", "groep")
VRAAGT = ("nieuw", "traject", "corrigeer", "sluit", "gesprek", "opvolging", "inoculatie", "afname", "schaalvraag",
          "besluit", "herstel", "wachtzin", "wis", "bewaartermijn")  # fmt: skip


def chosen() -> list[Gesprek]:
    return [g for words in KEUZE for g in GESPREKKEN if words in g.call][: len(KEUZE)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(make_werkmap(tmp_path_factory.mktemp("werk")))


@pytest.mark.parametrize("gesprek", [*chosen(), menu_gesprekken()[0]], ids=lambda g: g.call)
def test_stopping_at_a_question_leaves_all_whole(gesprek: Gesprek, template: Path, tmp_path: Path) -> None:
    copy_into(template, tmp_path / "werk")
    asked, code, shown = walk(gesprek, tmp_path / "werk")
    assert asked and code == 0, shown[-500:]
    typed = [answer for _, answer in asked]
    for how, place in ((CTRL_C, len(asked) - 1), (CTRL_D, len(asked) // 2)):
        copy_into(template, tmp_path / "werk")
        ended, is_same = stop_at(gesprek, typed[:place], how, tmp_path / "werk")
        assert complaints_of_stop(ended, is_same, files_in(template)) == [], (how, asked[place])


def test_every_command_that_asks_is_among_the_talks() -> None:
    """A module that asks something belongs to a command that stands in GESPREKKEN, or to the menu."""
    calls = {" ".join(g.call.split()[:2]) if g.call.split()[0] in GROEPEN else g.call.split()[0] for g in GESPREKKEN}
    assert {"zone", "advies", "verslag", "vragenlijst invullen", "vragenlijst importeer"} <= calls
    assert {f"dossier {name}" for name in VRAAGT} <= calls and {"sleutel maak", "sleutel wachtzin"} <= calls
    assert len(menu_gesprekken()) > 30

"""Opening a file in the program that belongs to it: an `.yaml` is text to type in, on Windows in Kladblok."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from regiekit.cli import openen

if TYPE_CHECKING:
    from pathlib import Path

KLADBLOK = "C:\\Windows/notepad.exe"  # the separator is that of the computer of the test


@pytest.mark.parametrize(
    ("system", "name", "words"),
    [
        ("win32", "plan.yaml", [KLADBLOK]),
        ("win32", "PLAN.YAML", [KLADBLOK]),
        ("darwin", "plan.yaml", ["/bin/open", "-t"]),
        ("darwin", "plan.pdf", ["/bin/open"]),
        ("linux", "plan.yaml", ["/bin/xdg-open"]),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="daar opent het echt")
def test_a_file_goes_to_the_program_that_shows_it(
    system: str, name: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(openen, "_start", started.append)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.delenv("SYSTEMROOT", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("shutil.which", lambda program: f"/bin/{program}")
    path = tmp_path / name
    path.write_text("visie_werknemer:\n", encoding="utf-8")
    assert openen.open_file(path)
    assert started == [[*words, str(path)]]


def test_what_is_not_there_is_not_opened(tmp_path: Path) -> None:
    assert not openen.open_file(tmp_path / "weg.yaml")

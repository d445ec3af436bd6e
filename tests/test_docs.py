"""Documentation that breaks the build when it lies: shown output, the page of commands, links, and YAML examples."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from engels import command_paths
from regiekit.cli.app import regiekit
from util import ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SKIPPED = "…"  # stands for any number of lines
COMMANDS = ROOT / "docs/opdrachten.md"


def blocks(page: Path, language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(page.read_text(encoding="utf-8")) if found == language]


SHOWN = [(page.name, block) for page in PAGES for block in blocks(page, "console")]


def test_there_is_shown_output() -> None:
    assert len(SHOWN) >= 4


@pytest.mark.parametrize(("page", "block"), SHOWN, ids=lambda v: v.splitlines()[0][:60])
def test_shown_output_is_what_is_printed(page: str, block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, *expected = block.splitlines()
    assert command.startswith("$ regiekit ")
    result = run(*command.removeprefix("$ regiekit ").split())
    printed = "\n".join(line.rstrip() for line in (result.out + result.err).splitlines())
    pieces = [p.strip("\n") for p in re.split(rf"^{SKIPPED}$", "\n".join(expected), flags=re.MULTILINE)]
    assert re.fullmatch("(?s)\n*" + ".*".join(map(re.escape, pieces)) + "\n*", printed), printed


def commands_page() -> str:
    """Every help page, as `--help` prints it."""
    lines = [
        "# Alle opdrachten",
        "",
        "Zoals `--help` ze toont. Deze bladzijde wordt gemaakt en gecontroleerd door `tests/test_docs.py`.",
    ]
    for path in command_paths(regiekit):
        lines += ["", f"## {' '.join(('regiekit', *path))}", "", "```", run(*path, "--help").out.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def test_the_page_of_commands_is_what_help_prints() -> None:
    if os.environ.get("REGIEKIT_SCHRIJF_DOCS"):
        COMMANDS.write_text(commands_page(), encoding="utf-8")
    assert COMMANDS.read_text(encoding="utf-8") == commands_page()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_yaml_examples_are_right(tmp_path: Path) -> None:
    lijst, vertaling, *rest = blocks(ROOT / "docs/eigen-lijsten.md", "yaml")
    examples = [lijst + vertaling, *rest]
    assert len(examples) == 3
    paths = [write(tmp_path, f"{n}.yaml", text) for n, text in enumerate(examples)]
    result = run("controleer", tmp_path, "--bibliotheek", tmp_path)
    assert result.code == 0, result.out
    assert run("score", paths[1], "--bibliotheek", tmp_path).code == 0


def test_the_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python start.py score voorbeelden/vragenlijst.yaml\npython start.py --test\n" in text

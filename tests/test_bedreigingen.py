"""SECURITY.md and the threat model: one sheet of paper, and every test that it leans on is there."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from regiekit.cli.app import regiekit
from regiekit.dossier.opslag import MERK, ROUNDS
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE, SECURITY = ROOT / "docs/bedreigingen.md", ROOT / "SECURITY.md"
STYLE = """@page { size: A4; margin: 10mm } body { font: 10pt sans-serif } table { border-collapse: collapse }
td, th { border: 0.5pt solid; padding: 0.8mm; vertical-align: top; text-align: left } h1 { font-size: 15pt; margin: 0 }
p { margin: 1.5mm 0 } code { font-size: 7.5pt; overflow-wrap: anywhere } td:last-child { width: 26mm }"""


def rows() -> Iterator[list[str]]:
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| **"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.mark.needs("chromium")
def test_the_threat_model_is_one_sheet_of_a4(page: Any) -> None:
    html = MarkdownIt("commonmark").enable("table").render(PAGE.read_text(encoding="utf-8"))
    page.set_content(f'<!DOCTYPE html><html lang="nl"><style>{STYLE}</style>{html}</html>')
    made = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(made.pages) == 1


def test_it_says_of_everybody_what_is_done_what_is_not_and_where_that_is_tested() -> None:
    found = list(rows())
    assert len(found) == 8
    assert all(len(row) == 5 and all(len(cell) > 4 for cell in row) for row in found)
    for row in found:
        named = re.findall(r"`(test_\w+)`", row[-1])
        assert named, row
        assert [name for name in named if not (ROOT / f"tests/{name}.py").exists()] == []


def test_what_it_says_of_the_cipher_is_so() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rounds, block = ROUNDS[MERK], 8
    assert f"per poging {128 * rounds * block // 2**20} MiB" in text
    assert "ChaCha20-Poly1305" in text


@pytest.mark.parametrize("path", [PAGE, SECURITY], ids=lambda path: path.name)
def test_no_address_is_invented_and_every_command_is_there(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"[\w.]+@[\w.]+|https?://|www\.", text)
    for command in re.findall(r"`regiekit ([a-z]+)(?: ([a-z]+))?", text):
        group = regiekit.table[command[0]]
        assert not command[1] or command[1] in group.table  # type: ignore[union-attr]
    links = re.findall(r"\]\((?!#)([^)]+)\)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_it_is_read_without_effort() -> None:
    """Short sentences, in both."""
    for path in (PAGE, SECURITY):
        plain = re.sub(r"[|`*#\[\]]|\(docs/[^)]*\)", " ", path.read_text(encoding="utf-8"))
        sentences = [s.split() for s in re.split(r"[.;:!?](?:\s|$)|\n\s*\n|\n-|\n\s", plain)]
        lengths = [len(words) for words in sentences if words]
        assert sum(lengths) / len(lengths) < 12

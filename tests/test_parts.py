"""Wrapped lines on the screen: marks, hanging indents, styles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from regiekit.render.parts import bullet, heading, paragraph

if TYPE_CHECKING:
    from rich.console import RenderableType


def shown(*parts: RenderableType, width: int = 20, colour: bool = False) -> str:
    out = io.StringIO()
    system = "standard" if colour else None
    Console(file=out, width=width, force_terminal=colour, color_system=system, markup=False).print(*parts, sep="\n")  # type: ignore[arg-type]
    return out.getvalue()


def test_further_lines_hang_under_the_first_word() -> None:
    assert shown(bullet("een twee drie vier vijf")) == "  - een twee drie\n    vier vijf\n"
    assert shown(bullet("een twee drie", mark="12.", indent=0, source="eigen")) == "12. een twee drie\n    [eigen]\n"


def test_a_paragraph_keeps_line_ends_blank_lines_and_brackets() -> None:
    assert shown(paragraph("een [b]\n\ntwee", 2), paragraph(""), heading("Kop")) == "  een [b]\n\n  twee\n\n\nKop\n"


def test_no_line_ends_in_blanks_and_every_word_is_there() -> None:
    words = "een paar woorden en een heellangwoordzondereinde"
    for width in range(6, 60):
        lines = shown(bullet(words, source="eigen"), width=width).splitlines()
        assert [line for line in lines if line != line.rstrip()] == [], width
        assert "".join("".join(lines).split()) == "-" + "".join(words.split()) + "[eigen]", width


def test_styles_are_kept_on_every_line() -> None:
    assert shown(paragraph("een twee", style="bold"), width=5, colour=True) == "\x1b[1meen\x1b[0m\n\x1b[1mtwee\x1b[0m\n"
    assert "\x1b[2m" in shown(bullet("een", source="eigen"), colour=True)

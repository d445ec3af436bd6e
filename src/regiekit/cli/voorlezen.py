"""What a command shows, made to be read aloud: one thing after the other, without tables, bars and drawn lines.

A screen reader reads a terminal line by line, so that what stands side by side is heard mixed up. Who asks for it
(`REGIEKIT_VOORLEZEN=1`), or has a terminal that cannot place anything (`TERM=dumb`), gets 'title: value' lines.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

VARIABELE = "REGIEKIT_VOORLEZEN"
_LINE = "_" * 4  # at least so long: room to write on paper
_ROOM = "(ruimte om te schrijven)"
_BOX = "[ ]"  # to tick on paper
_LET_OP = "!"  # the mark of a line to heed; a screen reader passes over it


def is_read_aloud() -> bool:
    """Whether output is to be read aloud: asked for ('1'), refused ('0'), or a terminal that can do nothing else."""
    chosen = os.environ.get(VARIABELE, "")
    return chosen != "0" if chosen else os.environ.get("TERM") == "dumb" and sys.stdout.isatty()


def read_aloud(parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """The same, with each table and drawing as what is said of it, and 'Let op' for the mark that says so."""
    from rich.table import Table
    from rich.text import Text

    from regiekit.render.parts import Drawn, Hanging, read_table

    before = ""
    for part in parts:
        text = part.text.plain.strip() if isinstance(part, Hanging) else ""
        again, before = text == before and text.startswith(_LINE), text
        if again:  # one of more lines to write on
            continue
        if isinstance(part, Drawn):
            yield from read_aloud(part.aloud())
        elif isinstance(part, Table):
            yield from read_table(part)
        elif isinstance(part, Hanging) and part.first.strip() == _LET_OP:
            yield Hanging(Text("Let op: ").append_text(part.text), hang=2)
        elif isinstance(part, Hanging) and part.first.strip() == _BOX:
            yield Hanging(part.text, len(part.first) - len(part.first.lstrip()), "- ")
        elif _LINE in text:
            yield Hanging(Text(re.sub("_{4,}", _ROOM, text)))
        else:
            yield part

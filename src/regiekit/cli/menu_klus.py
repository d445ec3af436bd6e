"""What stands in the menu, as data: a job, and a list of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.cli.menu_vragen import Geheugen


class Klus(NamedTuple):
    """One job, from the first question to the result."""

    naam: str
    uitleg: str
    """What it is for, for '?'."""
    vraag: Callable[[Geheugen], list[str] | None]
    """Asks what is needed; gives the words after 'regiekit', or None when there is nothing to run. Raises Terug."""
    toch: bool = False
    """Whether a refused text may go through with --toch, when the coach has read it again."""
    openen: bool = True
    """Whether what it makes is for people to look at; answers are not."""
    vraagt: str = ""
    """What the command asks about by itself: there 0 and ? are no way out."""
    gelukt: Callable[[Geheugen], None] | None = None
    """What to do when the command did its work."""


class Menu(NamedTuple):
    """A numbered list of jobs and further lists."""

    naam: str
    uitleg: str
    keuzes: tuple[Klus | Menu, ...]

"""What the menu shows to type: the line that does the same, for the shell and the regiekit of this computer."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.output import say, say_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regiekit.cli.menu_vragen import Geheugen

IS_WINDOWS = os.name == "nt"
SCHELP = "PowerShell" if IS_WINDOWS else "een terminal"


def show_typed(words: Sequence[str], geheugen: Geheugen) -> None:
    """The command that the menu runs; before the first one, how to get in the folder where it does the same."""
    folder = ""
    with suppress(OSError):  # the folder is gone
        folder = str(Path.cwd())
    say("")
    if folder in ("", geheugen.map):
        say(f"Zo typ je dit zelf{', in dezelfde map' if folder else ''}:")
    else:
        say_wrapped(f"Zo typ je dit zelf in {SCHELP}. De eerste regel brengt je naar je map:")
        say(f"  cd {quote([folder])}")
        geheugen.map = folder
    say(f"  {typed_line(words)}")
    say("")


def typed_line(words: Sequence[str]) -> str:
    """A command as it can be typed here, with what starts this regiekit before it."""
    start = start_words()
    call = "& " if IS_WINDOWS and not is_plain(start[0]) else ""  # to PowerShell a text between quotes is no command
    return call + quote([*start, *words])


def start_words() -> list[str]:
    """What starts this regiekit from any folder: by its name where the shell finds it so, else by its path."""
    from shutil import which

    from regiekit.cli.starten import NAAM, find_start

    start = find_start()
    if start.soort == "opdracht":
        found = which(NAAM)
        return [NAAM] if found and Path(found).absolute() == start.bewijs else list(start.woorden)
    if start.soort == "start.py" and (python := _python_by_name(start.woorden[0])):
        return [python, *start.woorden[1:]]
    return list(start.woorden)


def _python_by_name(path: str) -> str:
    """The short name under which this Python is found, as the page about installing has it; empty when it is not."""
    from shutil import which

    if IS_WINDOWS:
        return "py" if which("py") else ""
    found = which("python3")
    return "python3" if found and os.path.realpath(found) == os.path.realpath(path) else ""


# Quotes -------------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z0-9_./\\:+=][A-Za-z0-9_./\\:+=-]*|--?[A-Za-z][A-Za-z-]*")
_IN_DOUBLE = re.compile(r'[^"$`%“”„]*[^"$`%“”„\\]')  # means the same to cmd and PowerShell between double quotes
_ENDS_SINGLE = re.compile("(['‘’‚‛])")  # to PowerShell each of these is a single quote


def quote(words: Iterable[str], *, windows: bool = IS_WINDOWS) -> str:
    """The words as they can be typed in a shell: of Windows for PowerShell, and for cmd too where that can be."""
    if windows:
        return " ".join(map(_quote_windows, words))
    from shlex import join

    return join(words)


def is_plain(word: str) -> bool:
    """Whether no shell of Windows sees anything in this word: a comma makes a list, an @ or % stands for another."""
    return _PLAIN.fullmatch(word) is not None


def _quote_windows(word: str) -> str:
    r"""Double quotes where both shells read them so, else the single ones of PowerShell.

    Windows PowerShell (5.1) puts double quotes around a word with a space and leaves all in it as it is, so that what
    the program reads has to be there already: \" for a double quote, and backslashes before one doubled.
    """
    if is_plain(word):
        return word
    if _IN_DOUBLE.fullmatch(word):
        return f'"{word}"'
    escaped = re.sub(r'(\\*)"', r'\1\1\\"', word)
    if re.search(r"\s", word):
        escaped = re.sub(r"(\\+)$", r"\1\1", escaped)
    return "'" + _ENDS_SINGLE.sub(r"\1\1", escaped) + "'"

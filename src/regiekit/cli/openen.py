"""Open a file in the program that the system keeps for it: a PDF in its reader, a page in the browser."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

IN_EDITOR = (".yaml", ".yml")  # to type in; a plain Windows and macOS have no program that belongs to them
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def open_file(path: Path) -> bool:
    """Whether the file was handed to its program, which is not waited for; never raises."""
    try:
        if not path.is_file():
            return False
        words = find_words(path.suffix.lower() in IN_EDITOR)
        if words:
            _start([*words, str(path.absolute())])  # absolute: a name cannot be taken for an option
            return True
        if sys.platform == "win32":
            os.startfile(path.absolute())
            return True
        return False
    except (OSError, ValueError):  # ValueError: a name with a null byte
        return False


def find_words(in_editor: bool) -> list[str]:
    """What is typed before a path to open it; empty on Windows when the system itself knows how, or where nobody can.

    `in_editor`: as plain text, to type in.
    """
    if sys.platform == "win32":
        notepad = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "notepad.exe")  # noqa: PTH118
        return [notepad] if in_editor else []
    program = find_opener()
    return [program, *(["-t"] if in_editor and sys.platform == "darwin" else [])] if program else []


def has_screen() -> bool:
    """Whether a window can be shown at all: a Linux computer may have no screen, as over ssh."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in _DISPLAYS)


def find_opener() -> str | None:
    """The program that opens files, None when there is none or no screen; on Windows the system does it itself."""
    from shutil import which

    if sys.platform == "darwin":
        return which("open")
    return which("xdg-open") if has_screen() else None


def _start(words: list[str]) -> None:
    """Start it apart from this terminal; a thread takes note of its end, so that nothing of it stays behind."""
    from subprocess import DEVNULL, Popen
    from threading import Thread

    process = Popen(words, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
    Thread(target=process.wait, daemon=True).start()

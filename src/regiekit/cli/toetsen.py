"""Single keys: at once from a terminal, and as characters or lines from a pipe, so that a script can type too.

    with open_toetsen() as toetsen:
        key = toetsen.key()              # one character; Enter is ENTER
        text = toetsen.line("Aantal")    # a whole line, typed and shown as always

Ctrl-C and the end of the input come out as KeyboardInterrupt and EOFError, and the terminal is then as it was before.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from regiekit.cli.taal import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTER = "\n"
BACKSPACE = "\x7f"
END = "\x04"  # Ctrl-D
_SAME = {"\r": ENTER, "\x08": BACKSPACE}
# Python's module for this has the name of another thing here, a sign that a coach sees; so it goes by another name.
_ENDS = import_module("signal")
_on_end: Any = vars(_ENDS)["signal"]
_SETTLED = 0.05  # seconds within which a terminal has sent the rest of an arrow key


class Toetsen(Protocol):
    """Where keys come from."""

    def key(self) -> str:
        """The next key; empty for one that stands for no character (an arrow)."""

    def line(self, prompt: str) -> str:
        """A whole line, after a prompt."""


@contextmanager
def open_toetsen() -> Iterator[Toetsen]:
    """The keys of this run; closing a terminal or its window counts as Ctrl-C, so that nothing stays behind."""
    if not sys.stdin.isatty():
        yield _Pipe()
        return
    before = [(number, _on_end(number, _ENDS.default_int_handler)) for number in _numbers()]
    try:
        with _terminal() as toetsen:
            yield toetsen
    finally:
        for number, handler in before:
            _on_end(number, handler)


def _numbers() -> list[int]:
    """How a system ends a program that may still tidy up; Windows knows the first alone."""
    return [getattr(_ENDS, name) for name in ("SIGTERM", "SIGHUP") if hasattr(_ENDS, name)]


class _Pipe:
    """The end of a line is no key after other keys on that line; alone on a line it is Enter."""

    def __init__(self) -> None:
        self.inside = False

    def key(self) -> str:
        while (char := sys.stdin.read(1)) == ENTER and self.inside:
            self.inside = False
        if not char:
            raise EOFError
        self.inside = char != ENTER
        return _SAME.get(char, char)

    def line(self, prompt: str) -> str:
        """The next line; what is left of one on which keys stood, when there is anything left."""
        inside, self.inside = self.inside, False
        text = ask(prompt, str, "")
        return text if text.strip() or not inside else ask(prompt, str, "")


if sys.platform == "win32":
    import msvcrt

    class _Windows:
        def key(self) -> str:
            char = msvcrt.getwch()
            if char in ("\0", "\xe0"):  # an arrow or the like: a second part follows
                msvcrt.getwch()
                return ""
            if char == "\x03":
                raise KeyboardInterrupt
            if char in (END, "\x1a"):
                raise EOFError
            return _SAME.get(char, char)

        def line(self, prompt: str) -> str:
            return ask(prompt, str, "")

    @contextmanager
    def _terminal() -> Iterator[Toetsen]:
        yield _Windows()

else:
    import os
    import select
    import termios
    import tty

    class _Posix:
        def __init__(self, number: int, normal: list[Any]) -> None:
            self.number, self.normal = number, normal

        def raw(self) -> None:
            tty.setcbreak(self.number, termios.TCSADRAIN)

        def restore(self) -> None:
            with suppress(termios.error):  # its window may be gone
                termios.tcsetattr(self.number, termios.TCSADRAIN, self.normal)

        def key(self) -> str:
            sent = os.read(self.number, 1)
            char = sent.decode("ascii", "ignore")
            if not sent or char == END:
                raise EOFError
            if char == "\x1b":
                while select.select([self.number], [], [], _SETTLED)[0] and os.read(self.number, 32):
                    pass
                return ""
            return _SAME.get(char, char)

        def line(self, prompt: str) -> str:
            self.restore()
            try:
                return ask(prompt, str, "")
            finally:
                self.raw()

    @contextmanager
    def _terminal() -> Iterator[Toetsen]:
        number = sys.stdin.fileno()
        toetsen = _Posix(number, termios.tcgetattr(number))
        try:
            toetsen.raw()
            yield toetsen
        finally:
            toetsen.restore()

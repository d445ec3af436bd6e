"""The wachtzin of a key: typed unseen on a terminal, or read from a file descriptor; never an argument."""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from regiekit.cli.output import warn
from regiekit.cli.taal import SCHERM
from regiekit.domain.wachtzin import WachtzinError, check_wachtzin, normalize
from regiekit.errors import RegiekitError, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regiekit.kanaal.sleutel import Geheim, Sleutel

T = TypeVar("T")

TRIES = 3
_MAX_LINE = 4096  # bytes


def new_wachtzin(descriptor: int | None) -> str:
    """A wachtzin for a key: typed twice the same, or the next line of a file descriptor; raises RegiekitError."""
    if descriptor is not None:
        return check_wachtzin(read_line(descriptor))
    while True:
        try:
            given = check_wachtzin(ask_hidden("Nieuwe wachtzin (je ziet niet wat je typt)"))
        except WachtzinError as error:
            warn(str(error))
            continue
        if check_same(given):
            return given


def check_same(given: str) -> bool:
    """Ask for the wachtzin again; says it when it is another one."""
    try:
        same = normalize(ask_hidden("Nog een keer dezelfde wachtzin")) == given
    except WachtzinError:
        same = False
    if not same:
        warn("de tweede wachtzin is anders dan de eerste; typ haar opnieuw")
    return same


def unlock_asking(geheim: Geheim, descriptor: int | None) -> Sleutel:
    """The key, opened with the wachtzin: three tries on a terminal, one from a file descriptor."""
    from regiekit.kanaal.sleutel import require_jose, unlock, vingerafdruk

    require_jose()
    if descriptor is not None:
        return unlock(geheim, read_line(descriptor))
    question = f"Wachtzin van sleutel {vingerafdruk(geheim.kid)}"
    return open_asking(question, lambda wachtzin: unlock(geheim, wachtzin))


def open_asking(question: str, open_with: Callable[[str], T]) -> T:
    """What opens with a wachtzin that is typed unseen, in three tries; raises WachtzinError when the last is wrong."""
    for left in reversed(range(TRIES)):
        try:
            wachtzin = _ask_until_typed(question)
            with unseen():
                return open_with(wachtzin)
        except WachtzinError as error:
            if not left:
                raise
            warn(f"{error.eerst or error}. Probeer het nog eens.")
    raise AssertionError


def _ask_until_typed(question: str) -> str:
    """A wachtzin, however often Enter alone comes first: that is no try."""
    while not (typed := ask_hidden(question)):
        warn("je typte nog niets; typ de wachtzin, of stop met Ctrl en C")
    return typed


@contextmanager
def unseen() -> Iterator[None]:
    """What is typed meanwhile does not show and is no answer to what is asked next: it may be the wachtzin again."""
    if not sys.stdin.isatty():
        yield
        return
    if sys.platform == "win32":
        import msvcrt

        yield
        while msvcrt.kbhit():
            msvcrt.getwch()
        return
    import termios

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    silent = termios.tcgetattr(number)
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(number, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSAFLUSH, before)


def ask_hidden(question: str) -> str:
    """An answer that the terminal does not show; raises RegiekitError when there is no terminal that can hide it."""
    from getpass import GetPassWarning, getpass

    if not any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        raise no_terminal()
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        SCHERM.lines = 0
        try:
            return getpass(f"{harmless(question)}: ")
        except GetPassWarning:
            raise no_terminal() from None
        except UnicodeDecodeError:
            raise RegiekitError("deze terminal geeft tekens door die geen UTF-8 zijn; zet hem op UTF-8") from None


def no_terminal() -> RegiekitError:
    """For where nobody can type unseen."""
    return RegiekitError(
        "hier is geen terminal om de wachtzin ongezien te typen. Start regiekit in een terminal, of geef --wachtzin-fd "
        "met het nummer van een open bestand waar zij in staat"
    )


def read_line(descriptor: int) -> str:
    """The next line of an open file descriptor; raises RegiekitError when there is none. What follows stays unread."""
    try:
        with open(descriptor, "rb", buffering=0, closefd=False) as file:
            read = file.readline(_MAX_LINE)
        text = read.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, OverflowError):
        raise RegiekitError(f"--wachtzin-fd {descriptor} kan niet gelezen worden; geef een open bestand") from None
    except UnicodeDecodeError:
        raise RegiekitError(f"--wachtzin-fd {descriptor} geeft geen tekst in UTF-8; bewaar haar zo") from None
    if not text:
        raise RegiekitError(f"--wachtzin-fd {descriptor} geeft geen wachtzin; zet haar op een regel")
    return text

"""The questions of the menu: each says what it is for; 0 goes back, ? explains again, Enter keeps what is in brackets.

They are plain lines, one after the other, so that a screen reader can follow them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from regiekit.cli.output import say, say_wrapped
from regiekit.cli.taal import ask, read_yes_no
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

T = TypeVar("T")

BACK, HELP = "0", "?"
HOE_VERDER = "Typ 0 om terug te gaan naar het menu. Enter kiest wat tussen de rechte haken staat, als daar iets staat."
WIE = "Een code zoals R-014, die alleen jij kent; nooit een naam."


@dataclass
class Geheugen:
    """What the menu remembers until it stops; nothing of it is stored."""

    code: str = ""
    """The client of the last question about one."""
    oefenen: str = ""
    """The path of the made-up dossier, while the coach tries things out on it."""
    map: str = ""
    """The folder of the last command that was shown to type."""


class Terug(Exception):
    """Whoever is asked wants back to the menu."""


class _Help(Exception):
    """Whoever is asked wants to know more."""


def ask_value(prompt: str, read: Callable[[str], T], explain: Callable[[], None], default: str = "") -> T:
    """Explain, and ask until `read` accepts the answer (it raises RegiekitError); raises Terug."""

    def read_or_leave(typed: str) -> T:
        answer = typed.strip()
        if answer == BACK:
            raise Terug
        if answer == HELP:
            raise _Help
        return read(answer)

    say("")
    explain()
    while True:
        try:
            return ask(prompt, read_or_leave, default)
        except _Help:
            explain()
            say_wrapped(HOE_VERDER)


def ask_text(prompt: str, uitleg: str, default: str = "") -> str:
    """A line of text; may be empty."""
    return ask_value(prompt, str, lambda: say_wrapped(uitleg), default)


def ask_texts(prompt: str, uitleg: str) -> list[str]:
    """Lines of text, until an empty one."""
    found: list[str] = []
    while text := ask_text(prompt, uitleg if not found else "Nog een? Enter = klaar."):
        found.append(text)
    return found


def ask_yes(uitleg: str, *, default: bool) -> bool:
    """Yes or no."""
    return ask_value("Typ j of n", read_yes_no, lambda: say_wrapped(uitleg), "j" if default else "n")


def ask_choice(uitleg: str, keuzes: Mapping[str, str], default: str | None = None) -> str:
    """One of the values, by the number of its name; its name or the value itself will do too."""
    waarden = list(keuzes)
    known = {word.casefold(): w for w in waarden for word in (w, keuzes[w]) if word}

    def read(answer: str) -> str:
        if answer.isdecimal() and 1 <= int(answer) <= len(waarden):
            return waarden[int(answer) - 1]
        if answer.casefold() in known:
            return known[answer.casefold()]
        raise RegiekitError(f"Typ een nummer van 1 tot en met {len(waarden)}, of 0 om terug te gaan.")

    def explain() -> None:
        say_wrapped(uitleg)
        say_rows(list(keuzes.values()))

    return ask_value("Typ een nummer", read, explain, "" if default is None else str(waarden.index(default) + 1))


def say_rows(namen: list[str]) -> None:
    """A numbered list, a line for each."""
    for number, naam in enumerate(namen, 1):
        say_wrapped(naam, f"{number:3}. ", "     ")


def ask_day(prompt: str, uitleg: str, *, needed: bool = False) -> str:
    """A day, given as 2026-03-12 and said back in words; empty when that may be and nothing was typed."""

    def read(answer: str) -> str:
        if not answer and not needed:
            return ""
        return _day(answer).isoformat()

    day = ask_value(prompt, read, lambda: say_wrapped(uitleg))
    if day:
        from regiekit.domain.dagen import whole_date

        say(f"Dat is {whole_date(_day(day))}.")
    return day


def _day(answer: str) -> date:
    from datetime import date

    from regiekit.cli.dossier_teksten import read_any_day

    return read_any_day(answer, date.today())


def ask_code(geheugen: Geheugen, uitleg: str = "", *, needed: bool = True, new: bool = False) -> str:
    """The code of a client, remembered for the next question; empty when that may be and nothing was typed."""

    def read(answer: str) -> str:
        from regiekit.domain.clientcode import check_clientcode

        if needed and not answer:
            raise RegiekitError("Typ de code van de cliënt, zoals R-014, of 0 om terug te gaan.")
        return check_clientcode(answer) if answer else ""

    rest = "" if needed else " Enter = zonder code."
    prompt = "Code van de cliënt"
    code = ask_value(
        prompt, read, lambda: say_wrapped(f"{uitleg or 'Over welke cliënt gaat het?'} {WIE}{rest}"),
        geheugen.code if needed and not new else "",
    )  # fmt: skip
    geheugen.code = code or geheugen.code
    return code


def option(naam: str, *waarden: str) -> list[str]:
    """The words of an option for each value that is not empty."""
    return [word for waarde in waarden if waarde for word in (naam, waarde)]

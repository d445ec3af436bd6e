"""`regiekit menu`: everything by number, for who never typed a command."""

import os
import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import typer

from regiekit.cli.menu_dossier import DOSSIER
from regiekit.cli.menu_gesprek import ADVIES, OPZOEKEN, VOORBEREIDEN
from regiekit.cli.menu_groep import GROEPEN
from regiekit.cli.menu_hulp import HULP
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_lijsten import LATEN_INVULLEN, SCOREN
from regiekit.cli.menu_stukken import MAKEN
from regiekit.cli.menu_vragen import BACK, HELP, Geheugen, Terug, ask_yes, say_rows
from regiekit.cli.output import files_written, print_error, print_traceback, say, say_wrapped
from regiekit.cli.taal import ask, on_terminal, os_reason
from regiekit.errors import LOCKED, REFUSED, STOPPED, WRONG_FILE, RegiekitError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BEGIN = Menu(
    "regiekit",
    "In dit menu kies je met een nummer wat je wilt doen. Je kunt altijd terug met 0.",
    (VOORBEREIDEN, LATEN_INVULLEN, SCOREN, ADVIES, MAKEN, DOSSIER, OPZOEKEN, GROEPEN, HULP),
)
STOPWOORDEN = (BACK, "stop", "stoppen", "terug", "q")

NA_FOUT = {
    WRONG_FILE: "Er klopt iets niet in een bestand. Hierboven staat waar. Verbeter het, en kies de klus opnieuw.",
    REFUSED: "regiekit deed dit niet, om iemand te beschermen. Hierboven staat waarom.",
    LOCKED: "Het dossier ging niet open. Sluit andere vensters met regiekit, en probeer het nog eens. Blijft het zo? "
    "Kies dan bij je dossier: Bewaren en weghalen, Is mijn dossier in orde?",
    STOPPED: "Je bent terug in het menu.",
}
NA_ANDERE_FOUT = "Dat ging niet. Hierboven staat waarom. Kies de klus opnieuw en geef een ander antwoord."
NA_STORING = (
    "Er ging iets mis in regiekit zelf. Jij deed niets verkeerd. Het menu gaat gewoon door. Bewaar de regels hierboven "
    "voor wie je helpt; kijk eerst of er niets over een cliënt in staat."
)


def menu() -> None:
    """Alles met een nummer, zonder opdrachten te typen.

    Je kiest uit een lijst en beantwoordt vragen. Wat klaar is, kun je meteen openen. Met 0 ga je terug of stop je, met
    ? krijg je uitleg.
    """
    if not on_terminal():
        raise RegiekitError("het menu stelt vragen en heeft daar een terminal voor nodig; typ hier een opdracht, zoals "
                            "'regiekit --help'")  # fmt: skip
    say_wrapped("Welkom bij regiekit. Alles blijft op deze computer.")
    try:
        show_menu(BEGIN, Geheugen(), is_first=True)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        say("")
        say("Tot ziens.")
        raise StoppedError from None
    say("Tot ziens.")


# Choosing -----------------------------------------------------------------------------------------------------------


def show_menu(here: Menu, geheugen: Geheugen, *, is_first: bool = False) -> None:
    """The list, a choice, what was chosen, and the list again; until 0."""
    while (chosen := choose(here, geheugen, is_first=is_first)) is not None:
        if isinstance(chosen, Menu):
            show_menu(chosen, geheugen)
        else:
            do_klus(chosen, geheugen)


def choose(here: Menu, geheugen: Geheugen, *, is_first: bool) -> Klus | Menu | None:
    """What was chosen; None for back. Enter shows the list again."""
    answer = ""
    while not answer:
        show_choices(here, geheugen, is_first=is_first)
        while (answer := ask("Typ een nummer, of ? voor uitleg", partial(read_choice, len(here.keuzes)), "")) == HELP:
            explain(here)
    return None if answer == BACK else here.keuzes[int(answer) - 1]


def show_choices(here: Menu, geheugen: Geheugen, *, is_first: bool) -> None:
    """The list with its numbers; and that all is made up, while that is so."""
    say("")
    if geheugen.oefenen:
        say_wrapped("Je oefent nu met verzonnen cliënten.")
    say_wrapped("Wat ga je doen?" if is_first else f"{here.naam}. Wat wil je doen?")
    say_rows([keuze.naam for keuze in here.keuzes])
    say_wrapped("Stoppen" if is_first else "Terug", "  0. ", "     ")


def read_choice(count: int, typed: str) -> str:
    """A number in the list, 0, ? or nothing; raises RegiekitError."""
    answer = typed.strip().rstrip(".").casefold()
    if answer in STOPWOORDEN:
        return BACK
    if answer in (HELP, "") or (re.fullmatch("[0-9]{1,2}", answer) and 1 <= int(answer) <= count):
        return answer
    raise RegiekitError(f"Dat staat niet in de lijst. Typ een nummer van 1 tot en met {count}, of 0.")


def explain(here: Menu) -> None:
    """Where one is, and what each choice is for."""
    say("")
    say_wrapped(here.uitleg)
    for number, keuze in enumerate(here.keuzes, 1):
        say_wrapped(f"{keuze.naam}: {keuze.uitleg}", f"{number:3}. ", "     ")
    say_wrapped(
        "Typ ? bij een vraag voor uitleg, en 0 om terug te gaan. Met Ctrl en C tegelijk stop je waar je mee bezig bent."
    )


# Doing --------------------------------------------------------------------------------------------------------------


def do_klus(klus: Klus, geheugen: Geheugen) -> None:
    """One job; whatever goes wrong in it is said, and the menu goes on."""
    try:
        if (words := ask_words(klus, geheugen)) is not None:
            run_words(words, klus)
        wait()
    except Terug:
        return
    except (typer.Abort, KeyboardInterrupt, EOFError):
        say("")
        say_wrapped(NA_FOUT[STOPPED])
    except RegiekitError as error:
        print_error(error)
        say_wrapped(NA_ANDERE_FOUT)
        wait()
    except Exception:
        print_traceback()
        say_wrapped(NA_STORING)
        wait()


def ask_words(klus: Klus, geheugen: Geheugen) -> list[str] | None:
    """What the job asks; a folder that went away meanwhile is a RegiekitError."""
    try:
        return klus.vraag(geheugen)
    except OSError as error:
        raise RegiekitError(f"{error.filename or 'de map waarin je werkt'} {os_reason(error)}") from None


def wait() -> None:
    """Time to read, before the list comes back."""
    say("")
    with suppress(typer.Abort):
        ask("Druk op Enter om verder te gaan", str, "")


def run_words(words: list[str], klus: Klus) -> None:
    """Show the command, run it, say how to go on after an error, and offer to open what it made."""
    from regiekit.cli.app import main

    say("")
    say("Zo typ je dit zelf:")
    say(f"  regiekit {quote(words)}")
    say("")
    code = main(words)
    made = files_written()
    if code == 0:
        return open_results(made) if klus.openen else None
    say("")
    if code == REFUSED and klus.toch and "--toch" not in words and ask_yes(
        "Er staan woorden in die misschien niet voor anderen zijn. Heb je ze nagelezen, en mogen ze zo blijven?",
        default=False,
    ):  # fmt: skip
        return run_words([*words, "--toch"], klus)
    return say_wrapped(NA_FOUT.get(code, NA_ANDERE_FOUT))


def quote(words: "Iterable[str]", *, windows: bool = os.name == "nt") -> str:
    """The words as they can be typed after 'regiekit' in the shell of this computer."""
    if windows:
        return " ".join(map(_quote_windows, words))
    from shlex import join

    return join(words)


def _quote_windows(word: str) -> str:
    r"""As a Windows program reads it: double quotes around, \" for a quote, and backslashes before one doubled."""
    if re.fullmatch(r"[\w@%+=:,./\\-]+", word):
        return word
    escaped = re.sub(r'(\\*)"', r'\1\1\\"', word)
    doubled = re.sub(r"(\\+)$", r"\1\1", escaped)
    return f'"{doubled}"'


OPENBAAR = (".pdf", ".docx", ".html", ".ics", ".xlsx", ".csv", ".txt", ".svg", ".yaml")  # the best to look at first
MANY = 3  # more files than this are not opened, one of them would say little


def open_results(made: "tuple[Path, ...]") -> None:
    """Offer to open what was made, in the program that belongs to it."""
    known = sorted((path for path in made if path.suffix.lower() in OPENBAAR),
                   key=lambda path: OPENBAAR.index(path.suffix.lower()))  # fmt: skip
    if len(made) > MANY:
        say_wrapped(f"Er zijn {len(made)} bestanden gemaakt. Ze staan in:")
        say(f"  {made[0].parent}")
    if not known or len(made) > MANY:
        return
    from regiekit.cli.openen import open_file

    more = f" Er zijn {len(made)} bestanden gemaakt; dit is er een van." if len(made) > 1 else ""
    try:
        wanted = ask_yes(f"{known[0].name} is klaar.{more} Nu openen?", default=True)
    except Terug:
        return
    if wanted and not open_file(known[0]):
        say_wrapped("Ik vind hier geen programma dat dit opent. Open het zelf, vanuit de map. Het staat in:")
        say(f"  {known[0]}")

"""`regiekit menu`: everything by number, for who never typed a command."""

import re
from contextlib import suppress
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import typer

from regiekit.cli.menu_dossier import DOSSIER, check_oefenen
from regiekit.cli.menu_gesprek import ADVIES, OPZOEKEN, VOORBEREIDEN
from regiekit.cli.menu_groep import GROEPEN
from regiekit.cli.menu_hulp import HULP
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_lijsten import LATEN_INVULLEN, SCOREN, ask_lijst
from regiekit.cli.menu_plekken import find_places
from regiekit.cli.menu_stukken import MAKEN
from regiekit.cli.menu_typen import show_typed
from regiekit.cli.menu_vragen import BACK, HELP, Geheugen, Terug, ask_yes, say_rows
from regiekit.cli.output import files_written, print_error, print_traceback, say, say_wrapped
from regiekit.cli.taal import SCHERM, ask, on_terminal, os_reason
from regiekit.errors import LOCKED, REFUSED, STOPPED, WRONG_FILE, WRONG_USE, RegiekitError, StoppedError

if TYPE_CHECKING:
    from pathlib import Path

BEGIN = Menu(
    "regiekit",
    "In dit menu kies je met een nummer wat je wilt doen. Met 0 ga je terug.",
    (VOORBEREIDEN, LATEN_INVULLEN, SCOREN, ADVIES, MAKEN, DOSSIER, OPZOEKEN, GROEPEN, HULP),
)
STOPWOORDEN = (BACK, "stop", "stoppen", "terug", "q")

NA_FOUT = {
    WRONG_FILE: "Er klopt iets niet in een bestand. Hierboven staat waar. Verbeter het, en kies de klus opnieuw.",
    REFUSED: "regiekit deed dit niet, om iemand te beschermen. Hierboven staat waarom.",
    LOCKED: "Het lukte niet met dit dossier. Sluit andere vensters met regiekit, en probeer het nog eens. Blijft "
    "het zo? Kies dan bij je dossier: Bewaren en weghalen, Is mijn dossier in orde?",
    STOPPED: "Je bent terug in het menu.",
}
NA_ANDERE_FOUT = "Dat ging niet. Hierboven staat waarom."
OPNIEUW = "Je kunt de klus opnieuw kiezen."
EIGEN_VRAGEN = (
    "De vragen hierna gaan over {wat}. Met Ctrl en C ga je terug naar het menu. Wat je in deze klus typte, is dan weg. "
    "Wat al bewaard is, blijft."
)
LANG = "Dit was langer dan je scherm. Het begin staat hoger; schuif omhoog."
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
    SCHERM.in_menu = True
    try:
        show_menu(BEGIN, Geheugen(), is_first=True)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        say("")
        say("Tot ziens.")
        raise StoppedError from None
    finally:
        SCHERM.in_menu = False
        SCHERM.told.clear()
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
    check_oefenen(geheugen)
    say("")
    if geheugen.oefenen:
        say_wrapped("Je oefent nu met verzonnen cliënten.")
    say_wrapped("Wat ga je doen?" if is_first else f"{here.naam}. Wat ga je doen?")
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
        "Bij een vraag van dit menu geeft ? uitleg, en gaat 0 terug. Met Ctrl en C tegelijk stop je een klus, overal. "
        "Wat je in die klus typte, is dan weg. Wat al bewaard is, blijft."
    )


# Doing --------------------------------------------------------------------------------------------------------------


def do_klus(klus: Klus, geheugen: Geheugen) -> None:
    """One job; whatever goes wrong in it is said, and the menu goes on."""
    try:
        if (words := ask_words(klus, geheugen)) is not None and run_words(words, klus, geheugen) and klus.gelukt:
            klus.gelukt(geheugen)
        wait()
    except Terug:
        return
    except (typer.Abort, KeyboardInterrupt, EOFError):
        say("")
        say_wrapped(NA_FOUT[STOPPED])
    except RegiekitError as error:
        print_error(error)
        say_wrapped(f"{NA_ANDERE_FOUT} {OPNIEUW}")
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


def run_words(words: list[str], klus: Klus, geheugen: Geheugen) -> bool:
    """Show the command, run it, say how to go on after it, and offer to open what it made; gives whether it worked."""
    code = run_shown(words, klus, geheugen)
    made = files_written()
    if SCHERM.lines > get_terminal_size().lines:
        say("")
        say_wrapped(LANG)
    if code == 0:
        tell_places(find_places(words))
        if klus.openen:
            open_results(made)
        return True
    say("")
    if more := ask_more(code, words, klus):
        return run_words([*words, *more], klus, geheugen)
    places = find_places(words)
    say_wrapped(NA_FOUT.get(code) or (NA_ANDERE_FOUT if places else f"{NA_ANDERE_FOUT} {OPNIEUW}"))
    tell_places(places)
    return False


def tell_places(places: list[str]) -> None:
    """Where in the menu to find what the screen told to type."""
    for place in places:
        say_wrapped(place)


def run_shown(words: list[str], klus: Klus, geheugen: Geheugen) -> int:
    """Show the command and run it; gives its exit code. What it shows is kept until the next one."""
    from regiekit.cli.app import main

    show_typed(words, geheugen)
    if klus.vraagt:
        say_wrapped(EIGEN_VRAGEN.format(wat=klus.vraagt))
        say("")
    SCHERM.texts.clear()
    SCHERM.lines = 0
    return main(words)


def ask_more(code: int, words: list[str], klus: Klus) -> list[str]:
    """What the command missed and can be asked here: which vragenlijst, or whether words for others may stay."""
    if code == REFUSED and klus.toch and "--toch" not in words and ask_yes(
        "Er staan woorden in die misschien niet voor anderen zijn. Heb je ze nagelezen, en mogen ze zo blijven?",
        default=False,
    ):  # fmt: skip
        return ["--toch"]
    if code == WRONG_USE and "--vragenlijst" not in words and "--vragenlijst" in "".join(SCHERM.texts):
        say_wrapped("regiekit weet niet welke vragenlijst dit is. Weet jij het? Met 0 ga je terug naar het menu.")
        return ["--vragenlijst", ask_lijst()[0]]
    return []


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
    from regiekit.cli.openen import IN_EDITOR, open_file

    more = f" Er zijn {len(made)} bestanden gemaakt; dit is er een van." if len(made) > 1 else ""
    try:
        wanted = ask_yes(f"{known[0].name} is klaar.{more} Nu openen?", default=True)
    except Terug:
        return
    if wanted and not open_file(known[0]):
        how = " Dat gaat met een tekstbewerker, zoals Kladblok." if known[0].suffix.lower() in IN_EDITOR else ""
        say_wrapped(f"Ik vind hier geen programma dat dit opent. Open het zelf, vanuit de map.{how} Het staat in:")
        say(f"  {known[0]}")

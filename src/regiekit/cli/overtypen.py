"""`regiekit vragenlijst invullen --snel`: a paper form typed in by the coach, one key for each vraag."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from regiekit.cli.output import say, start_line
from regiekit.cli.questions import say_wrapped
from regiekit.cli.taal import confirm, printable
from regiekit.cli.toetsen import BACKSPACE, ENTER, open_toetsen
from regiekit.cli.vraaggesprek import (
    BACK,
    BLANKS,
    ERASE,
    MAX_OPEN,
    STOP,
    Stopped,
    Unread,
    keep,
    read_antwoord,
    say_keys,
)
from regiekit.domain.formulier import OpenFormuliervraag
from regiekit.kanaal.invulbestand import clean

if TYPE_CHECKING:
    from regiekit.cli.toetsen import Toetsen
    from regiekit.kanaal.invulbestand import Antwoord, Invulbestand, Stap

EMPTY = " "
MAX_SHOWN = 30  # characters of an answer in words
LETTERS = {kind: letter for letter, kind in BLANKS.items()}


class _Back(Exception):
    """One vraag back."""


def overtypen(bestand: Invulbestand) -> None:
    """Type in every vraag that was not typed in yet, until the coach says that it is right; raises Stopped."""
    place = bestand.next_place
    if place == len(bestand.stappen):
        say(f"{bestand.path} is al helemaal overgetypt.")
        if not confirm("Wil je de antwoorden zien en veranderen?"):
            return
    explain(bestand)
    with open_toetsen() as toetsen:
        while True:
            if place < len(bestand.stappen):
                place = max(0, place + type_stap(bestand, place, toetsen))
            elif is_right(bestand, toetsen):
                break
            else:
                place -= 1
    say("")
    say_wrapped(f"Klaar. De antwoorden staan in {bestand.path}. Wie bij dat bestand kan, kan ze lezen.")


def explain(bestand: Invulbestand) -> None:
    """The keys, and where it begins."""
    form = bestand.formulier
    say("")
    say_wrapped(f"{form.naam}, versie {form.versie}. Typ per vraag het getal; elk antwoord is meteen bewaard.")
    say_wrapped("Is een getal langer dan één cijfer, of is de vraag open? Dan hoort Enter erachter.")
    say_keys("w = weet niet, z = wil niet zeggen, n = past niet, spatie = leeg, Enter = laten wat er staat")
    say_keys("t of Backspace = terug, s = stoppen, - = leeg bij een open vraag")
    if 0 < bestand.next_place < len(bestand.stappen):
        say_wrapped(f"Je gaat verder bij {bestand.stappen[bestand.next_place].naam}.")
    say("")


def type_stap(bestand: Invulbestand, place: int, toetsen: Toetsen) -> int:
    """One vraag, until there is an answer; gives 1 to go on and -1 to go back. Raises Stopped."""
    stap = bestand.stappen[place]
    is_key = not isinstance(stap, OpenFormuliervraag) and 0 <= stap.keuzes[0].waarde <= stap.keuzes[-1].waarde <= 9
    while True:
        try:
            antwoord = _by_key(bestand, stap, toetsen) if is_key else _by_line(bestand, stap, toetsen)
        except Unread as wrong:
            say(f"{_beep()}{wrong}")
        except _Back:
            say(BACK if is_key else "")
            return -1
        else:
            break
    keep(bestand, stap, antwoord)
    start = "" if is_key else f"{stap.naam}: "
    say(f"{start}{_short(antwoord)}   ({place + 1} van {len(bestand.stappen)})")
    return 1


def is_right(bestand: Invulbestand, toetsen: Toetsen) -> bool:
    """Everything once more in one view, and one key to confirm it; False to go back. Raises Stopped."""
    say("")
    say_wrapped(",  ".join(f"{stap.naam} {_short(bestand.answer_to(stap))}" for stap in bestand.stappen))
    while True:
        start_line("Klopt dit met het papier? (j = ja, t = terug): ")
        key = toetsen.key().lower()
        say(key if key.isprintable() else "")
        if key == STOP:
            raise Stopped
        if key in ("j", BACK, BACKSPACE):
            return key == "j"
        say(f"{_beep()}Typ j als alles klopt, of t om terug te gaan.")


def _by_key(bestand: Invulbestand, vraag: Stap, toetsen: Toetsen) -> Antwoord:
    """The answer behind one key."""
    start_line(f"{vraag.naam}: ")
    key = toetsen.key().lower()
    if key in (STOP, BACK, BACKSPACE):
        raise Stopped if key == STOP else _Back
    if key in (ENTER, EMPTY):
        return bestand.answer_to(vraag) if key == ENTER else None
    try:
        return read_antwoord(vraag, key, bestand.formulier)
    except Unread:
        say(printable(key))
        raise Unread(_wrong(vraag, key)) from None


def _by_line(bestand: Invulbestand, stap: Stap, toetsen: Toetsen) -> Antwoord:
    """The answer on a whole line."""
    typed = clean(toetsen.line(stap.naam))
    key = typed.lower()
    if key in (STOP, BACK):
        raise Stopped if key == STOP else _Back
    if key in ("", ERASE):
        return None if key else bestand.answer_to(stap)
    try:
        return read_antwoord(stap, typed, bestand.formulier)
    except Unread:
        raise Unread(_wrong(stap, typed)) from None


def _wrong(stap: Stap, typed: str) -> str:
    if isinstance(stap, OpenFormuliervraag):
        return f"schrijf bij {stap.naam} een paar woorden, hoogstens {MAX_OPEN} tekens; Enter is leeg"
    low, high = stap.keuzes[0].waarde, stap.keuzes[-1].waarde
    return f"{printable(typed) or 'die toets'} kan hier niet; kies {low} tot en met {high}, w, z, n of leeg"


def _short(antwoord: Antwoord) -> str:
    """An answer as it was typed; the start of an answer in words."""
    text = "leeg" if antwoord is None else str(antwoord)
    return LETTERS.get(text, text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…")


def _beep() -> str:
    return "\a" if sys.stdout.isatty() else ""

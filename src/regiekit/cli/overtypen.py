"""`regiekit vragenlijst invullen --snel`: a paper form typed in by the coach, one key for each vraag."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from regiekit.cli.output import say, say_wrapped, start_line
from regiekit.cli.taal import confirm, printable, terminal_width, wrap
from regiekit.cli.toetsen import BACKSPACE, ENTER, open_toetsen
from regiekit.cli.voorlezen import is_read_aloud
from regiekit.cli.vraaggesprek import (
    BACK,
    BLANKS,
    MAX_OPEN,
    STOP,
    Stopped,
    Unread,
    keep,
    read_antwoord,
    say_keys,
)
from regiekit.domain.formulier import OpenFormuliervraag
from regiekit.errors import RegiekitError
from regiekit.kanaal.invulbestand import clean

if TYPE_CHECKING:
    from regiekit.cli.toetsen import Toetsen
    from regiekit.kanaal.invulbestand import Antwoord, Invulbestand, Stap

EMPTY, DATUM = " ", "d"
CUT = "…"
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
    say_wrapped("Klaar. De antwoorden zijn bewaard." if bestand.keeps_each else "Klaar.")


def change_datum(bestand: Invulbestand, typed: str) -> str:
    """Take over the day on the paper, typed as 2-3-2026 or 2026-03-02; gives what to say about it."""
    from regiekit.cli.invullen import check_datum
    from regiekit.domain.datumkolom import DAG_MAAND, Datumkolom

    found = Datumkolom(DAG_MAAND).read(typed)
    if not found:
        return with_beep("Dat is geen datum; typ dag-maand-jaar, zoals 2-3-2026.")
    try:
        check_datum(date.fromisoformat(found))
    except RegiekitError as wrong:
        return with_beep(str(wrong))
    bestand.datum = found
    bestand.save()
    return f"Datum: {found}"


def explain(bestand: Invulbestand) -> None:
    """The keys, and where it begins."""
    form = bestand.formulier
    say("")
    kept = "elk antwoord is meteen bewaard" if bestand.keeps_each else "bewaard wordt het als je klaar bent of stopt"
    say_wrapped(f"{form.naam}, versie {form.versie}. Typ per vraag het getal; {kept}.")
    say_wrapped("Is een getal langer dan één cijfer, of is de vraag open? Dan hoort Enter erachter.")
    say_keys("w = weet niet, z = wil niet zeggen, n = past niet, - of spatie = leeg, Enter = laten wat er staat")
    say_keys("t of Backspace = terug, s = stoppen")
    if 0 < bestand.next_place < len(bestand.stappen):
        say_wrapped(f"Je gaat verder bij vraag {bestand.next_place + 1}.")
    say("")


def type_stap(bestand: Invulbestand, place: int, toetsen: Toetsen) -> int:
    """One vraag, until there is an answer; gives 1 to go on and -1 to go back. Raises Stopped."""
    stap, nummer = bestand.stappen[place], place + 1  # the numbers on the paper
    is_key = not isinstance(stap, OpenFormuliervraag) and 0 <= stap.keuzes[0].waarde <= stap.keuzes[-1].waarde <= 9
    while True:
        try:
            antwoord = (_by_key if is_key else _by_line)(bestand, stap, nummer, toetsen)
        except Unread as wrong:
            say(with_beep(str(wrong)))
        except _Back:
            say(BACK if is_key else "")
            return -1
        else:
            break
    keep(bestand, stap, antwoord)
    say(_short(antwoord) if is_key else f"    bewaard: {_short(antwoord, terminal_width() // 2)}")
    return 1


def is_right(bestand: Invulbestand, toetsen: Toetsen) -> bool:
    """Everything once more in one view, and one key to confirm it; False to go back. Raises Stopped."""
    say("")
    say(f"Datum: {bestand.datum}")
    width = terminal_width()
    for nummer, stap in enumerate(bestand.stappen, 1):
        said = _short(bestand.answer_to(stap), width // 3)
        tekst = " ".join(stap.tekst.split())
        say(f"{nummer}: {said}. {tekst}" if is_read_aloud() else _cut(f"{nummer:>2}: {said:<4}  {tekst}", width))
    while True:
        start_line(wrap("Klopt dit met het papier? (j = ja, t = terug, d = andere datum):", width - 2) + " ")
        key = toetsen.key().lower()
        say(key if key.isprintable() else "")
        if key == STOP:
            raise Stopped
        if key in ("j", BACK, BACKSPACE):
            return key == "j"
        if key == DATUM:
            say(change_datum(bestand, toetsen.line("Datum op het papier: ")))
        else:
            say(with_beep("Typ j als alles klopt, t om terug te gaan, of d voor een andere datum."))


def _by_key(bestand: Invulbestand, vraag: Stap, nummer: int, toetsen: Toetsen) -> Antwoord:
    """The answer behind one key."""
    start_line(f"{nummer}: ")
    key = toetsen.key().lower()
    if key in (STOP, BACK, BACKSPACE):
        raise Stopped if key == STOP else _Back
    if key in (ENTER, EMPTY):
        return bestand.answer_to(vraag) if key == ENTER else None
    try:
        return read_antwoord(vraag, key, bestand.formulier)
    except Unread:
        say(printable(key))
        raise Unread(_wrong(vraag, nummer, key)) from None


def _by_line(bestand: Invulbestand, stap: Stap, nummer: int, toetsen: Toetsen) -> Antwoord:
    """The answer on a whole line."""
    typed = clean(toetsen.line(str(nummer)))
    key = typed.lower()
    if key in (STOP, BACK):
        raise Stopped if key == STOP else _Back
    if not key:
        return bestand.answer_to(stap)
    try:
        return read_antwoord(stap, typed, bestand.formulier)
    except Unread:
        raise Unread(_wrong(stap, nummer, typed)) from None


def _wrong(stap: Stap, nummer: int, typed: str) -> str:
    if isinstance(stap, OpenFormuliervraag):
        return f"schrijf bij vraag {nummer} een paar woorden, hoogstens {MAX_OPEN} tekens; Enter is leeg"
    low, high = stap.keuzes[0].waarde, stap.keuzes[-1].waarde
    return f"{printable(typed) or 'die toets'} kan hier niet; kies {low} tot en met {high}, w, z, n of leeg"


def _short(antwoord: Antwoord, most: int = 80) -> str:
    """An answer as it was typed; the start of an answer in words."""
    text = "leeg" if antwoord is None else str(antwoord)
    return LETTERS.get(text) or _cut(text, most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + CUT


def with_beep(text: str) -> str:
    """The same text; a terminal beeps before it, for who looks at the paper."""
    if sys.stdout.isatty():
        start_line("\a")
    return text

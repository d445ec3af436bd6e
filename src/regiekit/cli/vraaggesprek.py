"""The vragen on the terminal, one by one, with an overview at the end in which every answer can be changed."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from regiekit.cli.output import say, say_wrapped, write_reason
from regiekit.cli.taal import ask, terminal_width, wrap
from regiekit.domain.formulier import OpenFormuliervraag, filled
from regiekit.kanaal.invulbestand import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.formulier import Formulier, Formuliervraag, Keuze
    from regiekit.kanaal.invulbestand import Antwoord, Invulbestand, Stap

# The same letters in every language; the texts explain them in words.
BACK, STOP, HELP, DONE, ERASE = "t", "s", "?", "k", "-"
BLANKS = {"w": "weet-niet", "z": "wil-niet-zeggen", "n": "nvt"}
MAX_OPEN = 4000  # characters of an answer in words
MAX_SINGLE = 2  # so many answers without words of their own get a line each; more become 'van … tot en met …'


class Stopped(Exception):
    """Whoever fills in stops for now; everything is kept."""


class Unread(Exception):
    """What was typed is no answer; holds the line that says so."""


def vraaggesprek(bestand: Invulbestand) -> None:
    """Explain, ask what was not asked yet, and show the overview until it is right; raises Stopped."""
    place, total = bestand.next_place, len(bestand.stappen)
    if not begin(bestand):
        return
    while True:
        if place < total:
            place += ask_stap(bestand, place)
        elif (chosen := ask_overview(bestand)) is None:
            break
        elif chosen < 0:
            place = total - 1
        else:
            ask_stap(bestand, chosen, can_go_back=True)
    words = bestand.formulier.teksten.terminal
    say("")
    say_wrapped(words.klaar)
    say_wrapped(words.daarna)


def say_keys(text: str) -> None:
    """Print what keys do, without a line end between a key and its meaning."""
    say(wrap(text.replace(" = ", "\0=\0"), terminal_width()).replace("\0", " "))


# Keeping ------------------------------------------------------------------------------------------------------------


def keep(bestand: Invulbestand, stap: Any, antwoord: int | str | None) -> None:
    """Keep an answer; when the disk refuses, say so and try again for as long as it takes."""
    words = bestand.formulier.teksten.terminal
    while True:
        try:
            return bestand.put(stap, antwoord)
        except OSError as error:
            say("")
            say_wrapped(words.niet_bewaard)
            say_wrapped(f"Voor de coach: {bestand.path} kan niet geschreven worden: {write_reason(error)}.")
            if ask(words.opnieuw, str, "").strip().lower() == "s":
                raise Stopped from None


# Before the first vraag ---------------------------------------------------------------------------------------------


def begin(bestand: Invulbestand) -> bool:
    """The first time: why, who sees it, where it is kept. Later: where we were. All asked: whether to show it."""
    form, place = bestand.formulier, bestand.next_place
    words = form.teksten.terminal
    if place == len(bestand.stappen):
        say_wrapped(words.alles_gesteld)
        return ask(words.naar_overzicht, str, "").strip().lower() != STOP
    say("")
    say_wrapped(form.naam)
    if place:
        say_wrapped(filled(words.verder, n=place + 1))
    else:
        explain(form)
    say("")
    say_wrapped(words.bewaren)
    say("")
    if ask(words.begin, str, "").strip().lower() == STOP:
        raise Stopped
    return True


def explain(form: Formulier) -> None:
    """What the client has to know before the first vraag."""
    for sentence in (form.teksten.vertaald, form.teksten.toestemming if form.toestemming else None):
        if sentence:
            say_wrapped(sentence)
    for alinea in form.teksten.uitleg:
        say("")
        say_wrapped(alinea.kop)
        say_wrapped(alinea.tekst)


# One vraag ----------------------------------------------------------------------------------------------------------


def ask_stap(bestand: Invulbestand, place: int, *, can_go_back: bool = False) -> int:
    """Ask one vraag until it is answered or left; gives 1 to go on and -1 to go back. Raises Stopped."""
    stap, words = bestand.stappen[place], bestand.formulier.teksten.terminal
    show_stap(bestand, place)
    while True:
        typed = clean(ask(words.antwoord, str, ""))
        key = typed.lower()
        if key == STOP:
            raise Stopped
        if key == BACK and (place or can_go_back):
            return -1
        if key == BACK:
            say_wrapped(words.eerste)
        elif key == HELP:
            say_wrapped(words.open_uitleg if isinstance(stap, OpenFormuliervraag) else words.uitleg)
            show_stap(bestand, place)
        elif take(bestand, stap, typed):
            return 1


def take(bestand: Invulbestand, stap: Stap, typed: str) -> bool:
    """Keep what was typed; False, with a line about it, when it is no answer. An empty line changes nothing."""
    if not typed:
        if not bestand.is_asked(stap):
            keep(bestand, stap, None)
        return True
    try:
        keep(bestand, stap, read_antwoord(stap, typed, bestand.formulier))
    except Unread as unread:
        say_wrapped(str(unread))
        return False
    return True


def read_antwoord(stap: Stap, typed: str, form: Formulier) -> Antwoord:
    """What was typed, as an answer: a number, the words beside it, a letter, or None to erase; raises Unread."""
    words = form.teksten.terminal
    if typed == ERASE:
        return None
    if isinstance(stap, OpenFormuliervraag):
        if len(typed) > MAX_OPEN:
            raise Unread(filled(words.te_lang, maximum=MAX_OPEN))
        if typed.lower() in BLANKS:  # a letter here may as well mean 'nee'
            raise Unread(words.open_kies)
        return typed
    if typed.lower() in BLANKS:
        return BLANKS[typed.lower()]
    found = re.fullmatch(r"([+-]?[0-9]{1,5})[.)]?", typed.replace("\u2212", "-"))
    number = int(found[1]) if found else None
    for keuze in stap.keuzes:
        if keuze.waarde == number or (typed and keuze.label.casefold() == typed.casefold()):
            return keuze.waarde
    raise Unread(filled(words.kies, van=stap.keuzes[0].waarde, tot=stap.keuzes[-1].waarde))


def show_stap(bestand: Invulbestand, place: int) -> None:
    """The vraag, all answers in words, and the answer that it has already."""
    form, stap = bestand.formulier, bestand.stappen[place]
    words = form.teksten.terminal
    say("")
    if form.open_vragen and stap is form.open_vragen[0]:
        say_wrapped(form.teksten.open_kop)
    say_wrapped(filled(form.teksten.vraag_van, n=place + 1, totaal=len(bestand.stappen)))
    say_wrapped(stap.tekst)
    if not isinstance(stap, OpenFormuliervraag):
        for line in choices(stap, form):
            say_wrapped(line, "  ", "      ")
    if bestand.answer_to(stap) is None:
        say_keys(words.toetsen)
    else:
        say_wrapped(filled(words.huidig, antwoord=in_words(bestand, stap)))
        say_keys(words.toetsen_huidig)


def choices(vraag: Formuliervraag, form: Formulier) -> Iterator[str]:
    """A line for each answer; many in a row without words share one."""
    for has_label, group in groupby(vraag.keuzes, key=lambda keuze: bool(keuze.label)):
        keuzes = list(group)
        if has_label or len(keuzes) <= MAX_SINGLE:
            yield from map(_keuze, keuzes)
        else:
            yield filled(form.teksten.terminal.tot, van=keuzes[0].waarde, tot=keuzes[-1].waarde)
    yield from (f"{letter} = {_blank(form, kind)}" for letter, kind in BLANKS.items())


def _keuze(keuze: Keuze) -> str:
    return f"{keuze.waarde} = {keuze.label}" if keuze.label else str(keuze.waarde)


def _blank(form: Formulier, kind: object) -> str:
    overslaan = form.teksten.overslaan
    return {"weet-niet": overslaan.weet_niet, "wil-niet-zeggen": overslaan.wil_niet_zeggen, "nvt": overslaan.nvt}[
        str(kind)
    ]


def in_words(bestand: Invulbestand, stap: Any) -> str:
    """The answer as the client chose it."""
    antwoord = bestand.answer_to(stap)
    if antwoord is None:
        return str(bestand.formulier.teksten.terminal.leeg)
    if isinstance(stap, OpenFormuliervraag):
        return str(antwoord)
    if antwoord in BLANKS.values():
        return _blank(bestand.formulier, antwoord)
    return next(_keuze(keuze) for keuze in stap.keuzes if keuze.waarde == antwoord)


# At the end ---------------------------------------------------------------------------------------------------------


def ask_overview(bestand: Invulbestand) -> int | None:
    """All answers; gives the place of the one to change, -1 to go back to the last vraag, None when it is right."""
    words, total = bestand.formulier.teksten.terminal, len(bestand.stappen)
    say("")
    say_wrapped(words.overzicht_kop)
    for number, stap in enumerate(bestand.stappen, 1):
        say("")
        say_wrapped(stap.tekst, f"{number}. ", "    ")
        say_wrapped(in_words(bestand, stap), "    ", "    ")
    say("")
    say_wrapped(words.overzicht)
    while True:
        key = clean(ask(words.antwoord, str, "")).lower().rstrip(".")
        if key in (DONE, BACK):
            return None if key == DONE else -1
        if key == STOP:
            raise Stopped
        if re.fullmatch(r"[0-9]{1,5}", key) and 1 <= int(key) <= total:
            return int(key) - 1
        say_wrapped(filled(words.overzicht_kies, totaal=total))

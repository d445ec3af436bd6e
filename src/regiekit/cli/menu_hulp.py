"""The jobs that help: does all work, the shortcut, reading aloud, keys, and what the menu leaves to who types."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from regiekit.cli.menu_bestanden import say_place
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_typen import SCHELP, typed_line
from regiekit.cli.menu_vragen import Terug, ask_choice, ask_yes, option
from regiekit.cli.output import say, say_wrapped
from regiekit.cli.voorlezen import VARIABELE, is_read_aloud

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.cli.menu_vragen import Geheugen

NIET_IN_MENU = {
    "menu": "Dat is dit menu zelf.",
    "vragenlijst lijst": "Alle vragenlijsten op een rij. In dit menu kies je ze uit een lijst.",
    "vragenlijst exporteer": "Een vragenlijst voor ODK, FHIR, LimeSurvey of REDCap. Voor wie zo'n systeem beheert.",
    "groep plan": "Hoeveel mensen een onderzoek nodig heeft. Voor onderzoekers.",
    "schema": "De vorm van elk soort bestand, voor wie eigen lijsten schrijft in een editor.",
}
"""The commands that no job runs, and what they are for."""


def runs(*words: str) -> Callable[[Geheugen], list[str]]:
    """A job whose command needs nothing from here."""
    return lambda geheugen: list(words)


def switch_voorlezen(geheugen: Geheugen) -> None:
    """On or off, for as long as the menu runs."""
    if is_read_aloud():
        os.environ[VARIABELE] = "0"
        say_wrapped("Voorlezen staat nu uit.")
    else:
        os.environ[VARIABELE] = "1"
        say_wrapped("Voorlezen staat nu aan. Tabellen worden gewone regels, zodat een schermlezer ze kan voorlezen.")


def tell_places(geheugen: Geheugen) -> None:
    """Where things are; the dossier stays closed."""
    from pathlib import Path

    from regiekit.dossier.plaats import find_plaats

    say("")
    say_place()
    place = Path(geheugen.oefenen) if geheugen.oefenen else find_plaats(None)
    there = "staat hier" if place.exists() else "is er nog niet; het komt hier"
    say_wrapped(f"Je {'oefendossier' if geheugen.oefenen else 'dossier'} {there}:")
    say(f"  {place}")


def tell_rest(geheugen: Geheugen) -> None:
    """What is not in the menu, and how to type it."""
    say("")
    say_wrapped(f"Dit menu doet wat een coach vaak doet. De rest typ je zelf, in {SCHELP}:")
    for opdracht, uitleg in NIET_IN_MENU.items():
        if opdracht != "menu":
            say_wrapped(uitleg, "  - ", "    ")
            say(f"    {typed_line([*opdracht.split(), '--help'])}")
    say_wrapped("Bij elke opdracht staan meer mogelijkheden. Alles staat in:")
    say(f"    {typed_line(['--help'])}")


def ask_snelkoppeling(geheugen: Geheugen) -> list[str]:
    """Where documents will come, and whether one that is there may go."""
    from pathlib import Path

    from regiekit.cli.snelkoppeling import find_target, this_system
    from regiekit.cli.starter import NAMEN

    keuzes = {"": "In een map 'regiekit', bij je eigen mappen", "hier": f"In de map van nu: {Path.cwd()}"}
    folder = str(Path.cwd()) if ask_choice("Waar moeten je bestanden komen als je zo begint?", keuzes, "") else ""
    target = find_target(None, is_here=True) / NAMEN[this_system()]
    replace = target.exists() and ask_yes("Er staat al een snelkoppeling. Mag die vervangen worden?", default=False)
    if target.exists() and not replace:
        say_wrapped("De snelkoppeling die er al is, blijft zoals zij is.")
        raise Terug
    switches = (("--voorlezen", is_read_aloud()), ("--overschrijf", replace))
    return ["snelkoppeling", *option("--map", folder), *(naam for naam, wanted in switches if wanted)]


def ask_sleutel(geheugen: Geheugen) -> list[str]:
    """A key, after saying what it is for; the wachtzin is asked by the command."""
    uitleg = ("Met een sleutel komen antwoorden uit een formulier op slot terug. Alleen jij opent ze dan, met een "
              "wachtzin. Een sleutel maken?")  # fmt: skip
    if not ask_yes(uitleg, default=True):
        raise Terug
    return ["sleutel", "maak"]


SLEUTELS = Menu(
    "Sleutel voor formulieren",
    "Een sleutel zet de antwoorden uit een formulier op slot.",
    (
        Klus("Een sleutel maken", "Eén keer nodig. Daarna gaat zij vanzelf mee in elk formulier.", ask_sleutel),
        Klus("Mijn sleutel bekijken", "Waar zij staat, en waaraan je haar herkent.", runs("sleutel", "toon")),
        Klus("Een andere wachtzin voor mijn sleutel", "De sleutel zelf blijft dezelfde.", runs("sleutel", "wachtzin")),
    ),
)

HULP = Menu(
    "Hulp en instellingen",
    "Als iets niet werkt, en om het je makkelijk te maken.",
    (
        Klus("Werkt alles? (zelfcheck)", "Kijkt deze computer na en zegt wat je kunt doen.", runs("zelfcheck")),
        Klus("Een snelkoppeling maken", "Een bestand om op te dubbelklikken. Daarmee start dit menu.",
             ask_snelkoppeling),
        Klus("Voorlezen aan of uit", "Voor een schermlezer: tabellen worden gewone regels.", switch_voorlezen),
        Klus("Waar staan mijn bestanden?", "De map waarin je werkt, en waar je dossier staat.", tell_places),
        SLEUTELS,
        Klus("Wat kan regiekit nog meer?", "Wat niet in dit menu staat, en hoe je het typt.", tell_rest),
    ),
)  # fmt: skip

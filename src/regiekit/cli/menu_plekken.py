"""Where in the menu to find what a command tells to type: an error that says 'regiekit dossier nieuw' means 6, 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regiekit.cli.taal import SCHERM

if TYPE_CHECKING:
    from collections.abc import Sequence

PLEKKEN = {
    "voorbereiding": (1, 2),
    "vragenlijst papier": (2, 1),
    "vragenlijst formulier": (2, 2),
    "vragenlijst invullen": (2, 3),
    "vragenlijst invulblad": (2, 4),
    "vragenlijst toon": (2, 5),
    "score": (3, 1),
    "controleer": (3, 5),
    "plan": (5, 4),
    "dossier nieuw": (6, 1),
    "dossier gesprek": (6, 2),
    "dossier opvolging": (6, 3),
    "dossier afname": (6, 4),
    "dossier toon": (6, 5),
    "dossier lijst": (6, 6),
    "dossier besluit": (6, 8, 1),
    "dossier inoculatie": (6, 8, 2),
    "dossier schaalvraag": (6, 8, 3),
    "dossier traject": (6, 8, 4),
    "dossier corrigeer": (6, 8, 5),
    "dossier sluit": (6, 8, 6),
    "dossier reservekopie": (6, 9, 1),
    "dossier herstel": (6, 9, 2),
    "dossier controleer": (6, 9, 3),
    "dossier wachtzin": (6, 9, 4),
    "dossier inzage": (6, 9, 5),
    "dossier uitvoer": (6, 9, 6),
    "dossier bewaartermijn": (6, 9, 7),
    "dossier wis": (6, 9, 8),
    "vragenlijst importeer": (8, 1),
    "zelfcheck": (9, 1),
    "snelkoppeling": (9, 2),
    "sleutel maak": (9, 5, 1),
    "sleutel wachtzin": (9, 5, 3),
}
"""By what numbers from the first list a command is reached."""

TIPS = (
    (r"--print\b", "Wil je het op papier? Kies deze klus opnieuw, en daarna 'Een PDF'."),
    (r"een bestand\? Geef --uit", "Wil je de scores in een bestand? Ga met 0 naar de eerste lijst, en kies 8, 2."),
    (r"Geef --uit MAP", "Wil je ze bewaren? Kies deze klus opnieuw, en daarna een map of één bestand."),
    (r"--overschrijf\b|andere naam met --", "Kies deze klus opnieuw, en geef een andere naam."),
)
"""What is said with an option, and what to choose instead."""

_NAMED = re.compile(r"(?:\bregiekit\s+|'(?!regiekit))((?:dossier|vragenlijst|sleutel)\s+[a-z]+|[a-z]+)")
MOST = 3


def find_places(words: Sequence[str]) -> list[str]:
    """A sentence for each command that was named on the screen, with its place; not for the command that ran."""
    text = "".join(SCHERM.texts)
    tips = [tip for pattern, tip in TIPS if re.search(pattern, text)]
    found = dict.fromkeys(" ".join(named.split()) for named in _NAMED.findall(text))
    named = [name for name in found if name in PLEKKEN and name.split() != list(words[: len(name.split())])][:MOST]
    return [f"In dit menu: {tip[0].lower()}{tip[1:]}" for tip in tips] + [
        f"In dit menu: ga met 0 naar de eerste lijst, en kies {', '.join(map(str, PLEKKEN[name]))} ({naam_of(name)})."
        for name in named
    ]


def naam_of(command: str) -> str:
    """What the job is called in the menu."""
    from regiekit.cli.menu import BEGIN
    from regiekit.cli.menu_klus import Menu

    here = BEGIN
    for number in PLEKKEN[command][:-1]:
        chosen = here.keuzes[number - 1]
        assert isinstance(chosen, Menu)
        here = chosen
    return here.keuzes[PLEKKEN[command][-1] - 1].naam

"""`regiekit zelfcheck`: does everything on this computer work, and else what to do."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from regiekit import __version__
from regiekit.cli.options import Json
from regiekit.cli.output import say, show, show_json
from regiekit.domain.zelfcheck import Bevinding, Onderdeel, summary, wrong
from regiekit.errors import WRONG_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Check(NamedTuple):
    """A part to look at: its id, its name, and the function that looks, imported when it is its turn."""

    id: str
    naam: str
    module: str

    def find(self) -> "Callable[[], Bevinding]":
        """The function `check_<id>` of its module."""
        found: Callable[[], Bevinding] = getattr(import_module(f"regiekit.cli.{self.module}"), f"check_{self.id}")
        return found


COMPUTER, PLAATSEN, DELEN = "zelfcheck_computer", "zelfcheck_plaatsen", "zelfcheck_onderdelen"
CHECKS = (
    Check("versies", "Versies", COMPUTER),
    Check("opdracht", "De opdracht regiekit", COMPUTER),
    Check("werkmap", "Map voor documenten", PLAATSEN),
    Check("dossier", "Dossier", PLAATSEN),
    Check("scherm", "Letters op het scherm", COMPUTER),
    Check("breedte", "Breedte van het scherm", COMPUTER),
    Check("lettertypen", "Lettertypen", DELEN),
    Check("pdf", "PDF maken", DELEN),
    Check("word", "Word maken", DELEN),
    Check("antwoorden", "Versleutelde antwoorden", DELEN),
    Check("versleutelen", "Versleuteld dossier", DELEN),
    Check("sleutelbos", "Sleutelbos", DELEN),
    Check("clouddienst", "Clouddienst", PLAATSEN),
    Check("klok", "Klok", COMPUTER),
    Check("inhoud", "Inhoud van regiekit", DELEN),
    Check("groep", "Extra onderdeel groep", DELEN),
    Check("openen", "Documenten openen", COMPUTER),
    Check("tijdelijk", "Snel starten", PLAATSEN),
)


def zelfcheck(json: Json = False) -> int:
    """Werkt alles op deze computer, en zo niet: wat doe je dan?

    Elke regel zegt 'goed', 'let op' of 'fout', met de reden. Er verandert niets, er blijft geen bestand achter, en er
    gaat niets over internet. Er staat niets persoonlijks in: geen naam, geen code, en geen naam van een bestand of map
    van jou. Je kunt het dus laten lezen aan wie je helpt. De exitcode is 0 als er nergens 'fout' staat, en anders 3.
    """
    onderdelen: list[Onderdeel] = []
    for onderdeel in look():
        onderdelen.append(onderdeel)
        if not json:
            show_onderdeel(onderdeel)  # at once: who waits sees that it goes on
    if json:
        show_json({"versie": __version__, "onderdelen": [o._asdict() for o in onderdelen]})
    else:
        say(f"\n{summary(onderdelen)}")
    return WRONG_FILE if any(o.oordeel == "fout" for o in onderdelen) else 0


def look() -> "Iterator[Onderdeel]":
    """Every part in order, without anything that tells who works here."""
    from regiekit.cli.verborgen import make_hider, own_places

    hide = make_hider(own_places())
    for check in CHECKS:
        found = guarded(check)
        yield Onderdeel(check.id, check.naam, found.oordeel, hide(found.uitleg), hide(found.doen))


def guarded(check: Check) -> Bevinding:
    """What a check found; one that breaks is itself something that is wrong, and the others go on."""
    try:
        return check.find()()
    except Exception as error:  # whatever it is, this is the command that must not fall over
        return wrong(
            f"dit kon niet nagekeken worden ({type(error).__name__})",
            "Zet regiekit opnieuw neer. Blijft dit zo, geef deze regel dan door aan wie je helpt.",
        )


def show_onderdeel(onderdeel: Onderdeel) -> None:
    """One part on the terminal."""
    from regiekit.render.zelfcheck import render_onderdeel

    show(*render_onderdeel(onderdeel))

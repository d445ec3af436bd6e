"""The jobs on the dossier. The commands ask most by themselves; here it is said of whom it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.menu_bestanden import ANTWOORDEN, KOPIE, SCHERM, ask_file, ask_target, ask_uit
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_vragen import Terug, ask_choice, ask_code, ask_day, ask_value, ask_yes, option
from regiekit.cli.output import say, say_wrapped
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.cli.menu_vragen import Geheugen

OEFENDOSSIER = "demo.regiekit"
OEFENCODE = "VERZONNEN-1"


def of_dossier(geheugen: Geheugen) -> list[str]:
    """Which dossier, when that is not the usual one; raises Terug when that for practice is gone."""
    if not geheugen.oefenen:
        return []
    check_oefenen(geheugen)
    if not geheugen.oefenen:
        raise Terug
    return ["--dossier", geheugen.oefenen]


def check_oefenen(geheugen: Geheugen) -> None:
    """End the practice, and say so, when its dossier is gone: no answer may go to one's own dossier unasked."""
    if geheugen.oefenen and not is_oefendossier(Path(geheugen.oefenen)):
        path, geheugen.oefenen, geheugen.code = geheugen.oefenen, "", ""
        say("")
        say_wrapped("Let op: het oefendossier is er niet meer. Je oefent nu niet meer. Wat je hierna kiest, gaat over "
                    "je eigen dossier. Het oefendossier stond in:")  # fmt: skip
        say(f"  {path}")


def is_oefendossier(path: Path) -> bool:
    """Whether there is a dossier of made-up clients."""
    from regiekit.dossier.opslag import read_head

    try:
        return path.exists() and read_head(path).verzonnen
    except (OSError, RegiekitError):
        return False


def asks_itself(*words: str) -> Callable[[Geheugen], list[str]]:
    """A job whose command asks everything but the code."""

    def ask(geheugen: Geheugen) -> list[str]:
        return ["dossier", *words, ask_code(geheugen), *of_dossier(geheugen)]

    return ask


def needs_nothing(*words: str) -> Callable[[Geheugen], list[str]]:
    """A job on the dossier as a whole."""
    return lambda geheugen: ["dossier", *words, *of_dossier(geheugen)]


# Every day ----------------------------------------------------------------------------------------------------------


def ask_nieuw(geheugen: Geheugen) -> list[str]:
    """A code that is not there yet."""
    code = ask_code(geheugen, "Welke code krijgt de nieuwe cliënt?", new=True)
    return ["dossier", "nieuw", code, *of_dossier(geheugen)]


def ask_toon(geheugen: Geheugen) -> list[str]:
    """One client, in short or whole."""
    code = ask_code(geheugen)
    keuzes = {"": "In het kort", "--alles": "Alles, ook wat later verbeterd is"}
    alles = ask_choice("Wat wil je zien?", keuzes, "")
    return ["dossier", "toon", code, *([alles] if alles else []), *of_dossier(geheugen)]


def ask_verloop(geheugen: Geheugen) -> list[str]:
    """Scores in time, of a client in the dossier."""
    code = ask_code(geheugen)
    return ["verloop", code, *of_dossier(geheugen), *ask_uit(f"verloop-{code}", (SCHERM, ".pdf", ".docx", ".html"))]


def ask_afname(geheugen: Geheugen) -> list[str]:
    """Answers of a client into the dossier."""
    code = ask_code(geheugen, "Van welke cliënt zijn de antwoorden?")
    keuzes = {
        "bestand": "Ze staan in een bestand", "invullen": "De cliënt vult nu in, op dit scherm",
        "snel": "Ik typ een papier over",
    }  # fmt: skip
    hoe = ask_choice("Hoe komen de antwoorden binnen?", keuzes, "bestand")
    if hoe == "bestand":
        path = ask_file(ANTWOORDEN, "Welk bestand met antwoorden?")
        weg = ask_yes("Daarna staan de antwoorden veilig in je dossier. Mag het losse bestand dan weg?", default=False)
        return ["dossier", "afname", code, path, *(["--verwijder"] if weg else []), *of_dossier(geheugen)]
    from regiekit.cli.menu_lijsten import ask_lijst, ask_taal, ask_toestemming

    naam, loaded = ask_lijst()
    taal = ask_taal(loaded) if hoe == "invullen" else ""
    snel = ["--snel"] if hoe == "snel" else []
    return ["dossier", "afname", code, "--invullen", "--lijst", naam, *option("--taal", taal), *snel,
            *ask_toestemming(loaded), *of_dossier(geheugen)]  # fmt: skip


def ask_oefenen(geheugen: Geheugen) -> list[str] | None:
    """To the made-up dossier, which is made when it is not there, and back to one's own."""
    if geheugen.oefenen:
        geheugen.oefenen = geheugen.code = ""
        say_wrapped("Je werkt nu weer met je eigen dossier.")
        return None
    path = Path.cwd() / OEFENDOSSIER
    if not ask_yes("Je krijgt een dossier met drie verzonnen cliënten, om op te oefenen. Tot je deze keuze opnieuw "
                   "maakt, werkt het menu daarmee. Beginnen?", default=True):  # fmt: skip
        raise Terug
    if not path.exists():
        return ["dossier", "demo", "--uit", str(path)]
    if not is_oefendossier(path):
        raise RegiekitError(f"{path} is er al, en is geen oefendossier; geef het een andere naam, of zet het ergens "
                            "anders neer")  # fmt: skip
    begin_oefenen(geheugen)
    say(f"  {path}")
    return None


def begin_oefenen(geheugen: Geheugen) -> None:
    """From now on all goes to the made-up dossier in this folder."""
    geheugen.oefenen, geheugen.code = str(Path.cwd() / OEFENDOSSIER), OEFENCODE
    say_wrapped("Je werkt nu met het oefendossier. Begin bij 'Al je cliënten op een rij'. Of bekijk er een, met de "
                f"code {OEFENCODE}.")  # fmt: skip


# More about one client ----------------------------------------------------------------------------------------------


def ask_corrigeer(geheugen: Geheugen) -> list[str]:
    """One aantekening; the command itself asks what changes."""
    code = ask_code(geheugen)
    uitleg = "Welke aantekening? Elke aantekening heeft een nummer; je ziet het bij 'Een cliënt bekijken'."
    nummer = ask_value("Nummer", _read_nummer, lambda: say_wrapped(uitleg))
    weg = ask_choice("Wat wil je?", {"": "Verbeteren", "--weg": "Voorgoed weghalen, want zij hoort hier niet"}, "")
    return ["dossier", "corrigeer", code, nummer, *([weg] if weg else []), *of_dossier(geheugen)]


def _read_nummer(answer: str) -> str:
    if not (answer.isdecimal() and answer.isascii() and int(answer)):
        raise RegiekitError("Typ het nummer van de aantekening, zoals 3, of 0 om terug te gaan.")
    return answer


def ask_sluit(geheugen: Geheugen) -> list[str]:
    """The end of a traject, or on with it."""
    code = ask_code(geheugen)
    heropen = ask_choice(
        "Wat wil je?", {"": "Het traject afsluiten", "--heropen": "Een gesloten traject weer openen"}, ""
    )
    return ["dossier", "sluit", code, *([heropen] if heropen else []), *of_dossier(geheugen)]


def ask_langer(geheugen: Geheugen) -> list[str]:
    """What may go; or a day until when one is kept, for which the command asks the reason."""
    keuzes = {"": "Zien wat weg mag", "langer": "Eén dossier langer bewaren"}
    if not ask_choice("Gewoon is: tot twee jaar na het einde. Wat wil je?", keuzes, ""):
        return ["dossier", "bewaartermijn", *of_dossier(geheugen)]
    code = ask_code(geheugen)
    tot = ask_day("Bewaren tot en met", "Tot welke dag? Typ de dag met het jaar, zoals 31-12-2029.", needed=True)
    return ["dossier", "bewaartermijn", code, "--tot", tot, *of_dossier(geheugen)]


# Keeping and taking away --------------------------------------------------------------------------------------------


def ask_reservekopie(geheugen: Geheugen) -> list[str]:
    """A copy; beside the ones that are there."""
    from datetime import date

    say_wrapped("Zet een reservekopie liefst ook op een andere plek, zoals een USB-stick die je veilig opbergt.")
    target = ask_target(f"dossier-{date.today().isoformat()}", ".regiekit", can_replace=False)
    return ["dossier", "reservekopie", *of_dossier(geheugen), *target]


def ask_herstel(geheugen: Geheugen) -> list[str]:
    """A copy back; the command shows what that means and asks."""
    return ["dossier", "herstel", ask_file(KOPIE, "Welke reservekopie wil je terugzetten?"), *of_dossier(geheugen)]


def ask_wachtzin(geheugen: Geheugen) -> list[str]:
    """Another wachtzin, or the keychain of the computer; the wachtzin itself is asked by the command."""
    keuzes = {
        "": "Een andere wachtzin kiezen", "--onthoud": "Deze computer de sleutel laten onthouden",
        "--vergeet": "Deze computer de sleutel laten vergeten",
    }  # fmt: skip
    wat = ask_choice("Wat wil je met de wachtzin?", keuzes, "")
    return ["dossier", "wachtzin", *([wat] if wat else []), *of_dossier(geheugen)]


def ask_inzage(geheugen: Geheugen) -> list[str]:
    """Everything about a client, in two files in this folder."""
    code = ask_code(geheugen, "Wie vraagt om inzage?")
    vormen = {"html": "Een webpagina", "pdf": "Een PDF", "docx": "Een Word-bestand"}
    vorm = ask_choice("Hoe wil je het geven? Er komt ook een bestand bij voor een ander programma.", vormen, "html")
    there = [name for name in (f"inzage-{code}.{vorm}", f"inzage-{code}.json") if Path(name).exists()]
    if there and not ask_yes(f"{' en '.join(there)} bestaat al. Vervangen? Het oude is dan weg.", default=False):
        say_wrapped("Geef het oude bestand een andere naam, en kies dit dan opnieuw.")
        raise Terug
    return ["dossier", "inzage", code, "--vorm", vorm, *(["--overschrijf"] if there else []), *of_dossier(geheugen)]


def ask_wis(geheugen: Geheugen) -> list[str]:
    """What would go, or the real thing; before that the command asks to type the code."""
    code = ask_code(geheugen)
    keuzes = {"": "Eerst laten zien wat er weg zou gaan", "--echt": "Alles van deze cliënt voorgoed weghalen"}
    echt = ask_choice("Wat wil je?", keuzes, "")
    return ["dossier", "wis", code, *([echt] if echt else []), *of_dossier(geheugen)]


MEER = Menu(
    "Meer over één cliënt",
    "Besluit, inoculatie, doelen, verbeteren en afsluiten.",
    (
        Klus("Je besluit over het niveau van regie", "Met de reden. Je besluit gaat voor.", asks_itself("besluit"),
             vraagt="je besluit"),
        Klus("Een inoculatie in vijf stappen", "Van een obstakel naar een oplossing van de cliënt.",
             asks_itself("inoculatie"), vraagt="de inoculatie"),
        Klus("De twee schaalvragen", "Onzekerheid en vertrouwen, van 1 tot en met 10.", asks_itself("schaalvraag"),
             vraagt="de twee schaalvragen"),
        Klus("Doelen en begin veranderen", "Wat bij het traject hoort. De oude waarde blijft staan.",
             asks_itself("traject"), vraagt="het begin en de doelen"),
        Klus("Een aantekening verbeteren", "Met het nummer dat erbij staat.", ask_corrigeer, vraagt="de aantekening"),
        Klus("Het traject afsluiten of weer openen", "Het dossier blijft daarna nog twee jaar staan.", ask_sluit,
             vraagt="het traject"),
    ),
)  # fmt: skip

BEWAREN = Menu(
    "Bewaren en weghalen",
    "Reservekopie, inzage, wissen en de wachtzin.",
    (
        Klus("Een reservekopie maken", "Een versleutelde kopie van je hele dossier.", ask_reservekopie),
        Klus("Een reservekopie terugzetten", "Je ziet eerst wat er verandert.", ask_herstel, vraagt="de reservekopie"),
        Klus("Is mijn dossier in orde?", "Kijkt het bestand en de plek na.", needs_nothing("controleer")),
        Klus("De wachtzin", "Een andere kiezen, of deze computer laten onthouden.", ask_wachtzin),
        Klus("Inzage geven", "Alles over één cliënt, om te geven aan wie erom vraagt.", ask_inzage),
        Klus("Welke bestanden zijn er gemaakt?", "Wat uit het dossier kwam, en of het er nog staat.",
             needs_nothing("uitvoer")),
        Klus("Bewaartermijn", "Wat lang genoeg bewaard is, en wat langer moet blijven.", ask_langer),
        Klus("Een cliënt wissen", "Je ziet eerst wat er weg zou gaan.", ask_wis),
    ),
)  # fmt: skip

DOSSIER = Menu(
    "Je dossier met cliënten",
    "Het dossier staat versleuteld op deze computer. Het gaat open met jouw wachtzin; die zie je niet terwijl je typt.",
    (
        Klus("Een nieuwe cliënt", "De eerste keer maak je hier ook het dossier zelf.", ask_nieuw,
             vraagt="de nieuwe cliënt"),
        Klus("Een gesprek opschrijven", "In hoogstens zeven vragen; elke vraag mag je overslaan.",
             asks_itself("gesprek"), vraagt="het gesprek"),
        Klus("Hoe ging het? (open punten)", "Vertel wat er van de afspraken kwam.", asks_itself("opvolging"),
             vraagt="wat er open staat"),
        Klus("Antwoorden in het dossier zetten", "Uit een bestand, of meteen ingevuld.", ask_afname),
        Klus("Een cliënt bekijken", "In het kort, of alles.", ask_toon),
        Klus("Al je cliënten op een rij", "Met wat aandacht vraagt.", needs_nothing("lijst")),
        Klus("Scores in de tijd", "Per schaal elk moment, met de gesprekken eronder.", ask_verloop),
        MEER,
        BEWAREN,
        Klus("Oefenen met verzonnen cliënten", "Een dossier om alles op te proberen, en weer terug naar het eigen.",
             ask_oefenen, gelukt=begin_oefenen),
    ),
)  # fmt: skip

"""The jobs that make something for others: verslag, intervisie, plan and mijlpalen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.cli.menu_bestanden import CASUS, PLAN, SCHERM, ask_file, ask_target, ask_uit
from regiekit.cli.menu_dossier import of_dossier
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_vragen import ask_choice, ask_code, ask_day, ask_yes, option

if TYPE_CHECKING:
    from regiekit.cli.menu_vragen import Geheugen

STUKKEN = (".docx", ".pdf", ".html", SCHERM)
VOOR = {
    "client": "De cliënt: in gewone taal, met vragen om over te praten",
    "werkgever": "De werkgever: alleen wat die mag weten",
    "coach": "Jezelf: alles wat geldt",
}
BRON = {
    "typen": "Ik typ de casus nu",
    "bestand": "Uit een ingevulde casus (bestand)",
    "dossier": "Een schets uit mijn dossier",
    "leeg": "Ik wil eerst een leeg casusblad om in te vullen",
}


def ask_verslag(geheugen: Geheugen) -> list[str]:
    """A verslag of one client of the dossier."""
    code = ask_code(geheugen)
    voor = ask_choice("Voor wie is het verslag? Elke lezer krijgt iets anders.", VOOR)
    van = ask_day("Eerste dag", "Vanaf welke dag? Typ de dag met het jaar, zoals 12-3-2026. Enter = vanaf het begin.")
    geleverd = voor == "werkgever" and ask_yes("Geef je dit verslag nu aan de werkgever? Dan telt regiekit vanaf "
                                               "vandaag tot de volgende rapportage.", default=False)  # fmt: skip
    return [
        "verslag", code, "--voor", voor, *option("--van", van), *(["--geleverd"] if geleverd else []),
        *of_dossier(geheugen), *ask_uit(f"verslag-{voor}-{code}", STUKKEN),
    ]  # fmt: skip


def ask_intervisie(geheugen: Geheugen) -> list[str]:
    """A sheet without anything that gives a client away; what is typed, the command asks."""
    bron = ask_choice("Waar komt de casus vandaan? Schrijf zonder namen en plaatsen.", BRON, "typen")
    start = ["verslag", "--voor", "intervisie"]
    if bron == "leeg":
        return [*start, "--invulblad", *ask_target("casus", ".yaml")]
    if bron == "bestand":
        start.append(ask_file(CASUS, "Welk bestand is de casus?"))
    if bron == "dossier":
        start += [ask_code(geheugen), *of_dossier(geheugen)]
    return [*start, *ask_uit("intervisie", STUKKEN)]


def ask_invulblad(geheugen: Geheugen) -> list[str]:
    """An empty plan."""
    return ["plan", "--invulblad", *ask_target("plan", ".yaml")]


def ask_plan(geheugen: Geheugen) -> list[str]:
    """The plan of a file that was filled in."""
    path = ask_file(PLAN, "Welk ingevuld plan?")
    return ["plan", path, *ask_mijlpalen_erbij(), *ask_uit("plan", STUKKEN)]


def ask_plan_dossier(geheugen: Geheugen) -> list[str]:
    """The plan of a client of the dossier."""
    code = ask_code(geheugen)
    met = ["--met-afspraken"] if ask_yes("Moeten de open afspraken als stappen in het plan?", default=True) else []
    return ["plan", code, *met, *ask_mijlpalen_erbij(), *of_dossier(geheugen), *ask_uit(f"plan-{code}", STUKKEN)]


def ask_mijlpalen_erbij() -> list[str]:
    """Whether the dates of the law go in the plan."""
    uitleg = "Moeten de datums van de Wet verbetering poortwachter erin? Dat kan als de eerste ziektedag bekend is."
    return ["--mijlpalen"] if ask_yes(uitleg, default=False) else []


def ask_ziektedag() -> str:
    """The day from which all is counted."""
    return ask_day("Eerste ziektedag", "Wat was de eerste ziektedag? Typ de dag met het jaar, zoals 12-3-2026.",
                   needed=True)  # fmt: skip


def ask_mijlpalen(geheugen: Geheugen) -> list[str]:
    """The dates on the screen."""
    return ["mijlpalen", "--eerste-ziektedag", ask_ziektedag()]


def ask_agenda(geheugen: Geheugen) -> list[str]:
    """The dates as a file for a calendar."""
    dag = ask_ziektedag()
    code = ask_code(geheugen, "Moet er een code bij in je agenda?", needed=False)
    target = ask_target("-".join(p for p in ("mijlpalen", code) if p), ".ics", "--ics")
    return ["mijlpalen", "--eerste-ziektedag", dag, *option("--client", code), *target]


MAKEN = Menu(
    "Verslag, plan en mijlpalen",
    "Stukken om te geven of te bespreken. regiekit let op medische woorden; lees zelf na wat je deelt.",
    (
        Klus("Een verslag uit je dossier", "Voor de cliënt, de werkgever of jezelf.", ask_verslag, toch=True),
        Klus("Een blad voor intervisie", "Een casus zonder namen, met de tijden van het gesprek.", ask_intervisie),
        Klus("Een leeg plan om in te vullen", "Een tekstbestand met de vragen van een plan van aanpak.", ask_invulblad),
        Klus("Een plan maken van een ingevuld blad", "Van het tekstbestand naar Word, PDF of webpagina.", ask_plan,
             toch=True),
        Klus("Een plan uit je dossier", "Met de doelen en visies uit je dossier.", ask_plan_dossier, toch=True),
        Klus("Mijlpalen bekijken", "De datums van de Wet verbetering poortwachter, op het scherm.", ask_mijlpalen),
        Klus("Mijlpalen in je agenda", "Een bestand dat Outlook of een andere agenda opent.", ask_agenda),
    ),
)  # fmt: skip

"""The jobs around a talk: prepare it, advice, technieken and werkbladen, looking things up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.menu_bestanden import ANTWOORDEN, SCHERM, ask_file, ask_uit
from regiekit.cli.menu_dossier import of_dossier
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_lijsten import ask_zelf, or_skip
from regiekit.cli.menu_vragen import ask_choice, ask_code, ask_day, ask_text, ask_texts, ask_yes, option

if TYPE_CHECKING:
    from regiekit.cli.menu_vragen import Geheugen

BLADEN = (SCHERM, ".pdf", ".html")


# Preparing ----------------------------------------------------------------------------------------------------------


def ask_voorbereiding(geheugen: Geheugen) -> list[str]:
    """With a filled-in list, or without any when there is none yet."""
    path = ask_file(ANTWOORDEN, "Welke ingevulde vragenlijst hoort bij dit gesprek? Heb je er geen, typ dan 0.")
    return ["voorbereiding", path, *ask_blad(Path(path).stem)]


def ask_voorbereiding_leeg(geheugen: Geheugen) -> list[str]:
    """Without a vragenlijst."""
    code = ask_code(geheugen, "Met wie is het gesprek?", needed=False)
    return ["voorbereiding", *option("--client", code), *ask_blad(code)]


def ask_blad(naam: str) -> list[str]:
    """What the coach knows of the talk, and the form of the page; `naam` is in that of its file."""
    doel = ask_text("Doel", "Wat is het doel, in de woorden van de cliënt? Enter = overslaan.")
    afspraken = ask_texts("Afspraak", "Welke afspraak staat nog open? Enter = geen.")
    dag = ask_day("Dag van het gesprek", "Wanneer is het gesprek? Typ de dag met het jaar, zoals 12-3-2026. "
                  "Enter = overslaan.")  # fmt: skip
    rapportage = ask_day("Dag van de rapportage", "Wanneer is de volgende rapportage? Enter = overslaan.")
    return [
        *option("--doel", doel), *option("--afspraak", *afspraken), *option("--datum", dag),
        *option("--rapportage", rapportage), *ask_zelf(), *ask_signaal_words(),
        *ask_uit("-".join(p for p in ("voorbereiding", naam) if p), BLADEN),
    ]  # fmt: skip


def ask_signaal_words() -> list[str]:
    """The signalen that the coach recognises, as options."""
    if not ask_yes("Wil je kijken welke signalen je herkent? Die helpen om een techniek te kiezen.", default=False):
        return []
    from regiekit.cli import questions
    from regiekit.content.library import load_signalen, own_folder

    signalen = load_signalen(own_folder(None))
    return option("--signaal", *(or_skip(lambda: questions.ask_signalen(signalen)) or ()))


def ask_voorbereiding_dossier(geheugen: Geheugen) -> list[str]:
    """The page that fills itself from the dossier."""
    code = ask_code(geheugen, "Met wie is het gesprek?")
    zelf = ask_zelf()
    return ["voorbereiding", code, *zelf, *of_dossier(geheugen), *ask_uit(f"voorbereiding-{code}", BLADEN)]


VOORBEREIDEN = Menu(
    "Een gesprek voorbereiden",
    "Eén bladzijde voor het gesprek: doel, afspraken, scores in woorden, sturing en één techniek met vragen.",
    (
        Klus("Met een ingevulde vragenlijst", "Voor een cliënt van wie je een bestand met antwoorden hebt.",
             ask_voorbereiding),
        Klus("Uit je dossier", "Voor een cliënt in je dossier. Het blad vult zichzelf.", ask_voorbereiding_dossier),
        Klus("Zonder vragenlijst", "Er zijn nog geen antwoorden. Wat je overslaat, blijft open.",
             ask_voorbereiding_leeg),
    ),
)  # fmt: skip


# Advice -------------------------------------------------------------------------------------------------------------


def ask_zone(geheugen: Geheugen) -> list[str]:
    """The command itself asks, past the six kenmerken."""
    return ["zone"]


def ask_signaaladvies(geheugen: Geheugen) -> list[str]:
    """The command itself asks, also for the signalen."""
    return ["advies"]


def ask_advies_lijst(geheugen: Geheugen) -> list[str]:
    """With a filled-in list."""
    path = ask_file(ANTWOORDEN, "Bij welke ingevulde vragenlijst wil je advies?")
    return ["advies", path, *ask_zelf(), *ask_signaal_words()]


def ask_advies_dossier(geheugen: Geheugen) -> list[str]:
    """From the dossier."""
    code = ask_code(geheugen)
    return ["advies", code, *ask_zelf(), *ask_signaal_words(), *of_dossier(geheugen)]


def choose_techniek(*, every: bool) -> str:
    """A techniek, or all of them."""
    from regiekit.content.library import load_technieken, own_folder

    namen = {t.id: t.naam for t in load_technieken(own_folder(None))}
    return ask_choice("Welke techniek?", {**namen, "alle": "Alle technieken"} if every else namen, next(iter(namen)))


def ask_techniek(geheugen: Geheugen) -> list[str]:
    """The whole card on the screen."""
    return ["techniek", choose_techniek(every=False)]


def ask_placemat(geheugen: Geheugen) -> list[str]:
    """A placemat for on the table."""
    naam = choose_techniek(every=True)
    return ["techniek", naam, "--print", *ask_uit(f"placemat-{naam}", (".pdf", ".html"))]


def ask_werkblad(geheugen: Geheugen) -> list[str]:
    """A werkblad for one reader, on the screen or on paper."""
    from regiekit.content.library import load_werkbladen, own_folder

    bladen = {w.id: w for w in load_werkbladen(own_folder(None))}
    naam = ask_choice("Welk werkblad?", {w.id: w.naam for w in bladen.values()})
    lezers: dict[str, str] = {blad.voor: LEZERS[blad.voor] for blad in bladen[naam].versies}
    voor = ask_choice("Voor wie is het blad?", lezers, next(iter(lezers))) if len(lezers) > 1 else next(iter(lezers))
    code = ask_code(geheugen, "Moet er een code boven het blad?", needed=False)
    uit = ask_uit(f"werkblad-{naam}-{voor}", (".pdf", ".html", SCHERM))
    return ["werkblad", naam, "--voor", voor, *option("--client", code), *uit]


LEZERS = {"client": "Voor de cliënt", "coach": "Voor jou, de coach", "werkgever": "Voor de werkgever"}

ADVIES = Menu(
    "Advies, technieken en werkbladen",
    "Hoe strak stuur je, en wat doe je in het gesprek? Het advies is een voorstel; jij beslist.",
    (
        Klus("Hoe strak sturen? (zes kenmerken)", "Je loopt langs zes kenmerken en ziet welke sturing past.", ask_zone,
             vraagt="wat jij ziet"),
        Klus("Advies bij wat je ziet (signalen)", "Dezelfde vragen, en daarna welke signalen je herkent.",
             ask_signaaladvies, vraagt="wat jij ziet"),
        Klus("Advies bij een ingevulde vragenlijst", "Het advies naast wat jij ziet.", ask_advies_lijst),
        Klus("Advies uit je dossier", "Met alles wat er over een cliënt in je dossier staat.", ask_advies_dossier),
        Klus("Een techniek lezen", "De hele kaart op het scherm.", ask_techniek),
        Klus("Een techniek printen (placemat)", "Eén A4 om op tafel te leggen.", ask_placemat),
        Klus("Een werkblad", "Een blad om in te vullen, voor de cliënt, jou of de werkgever.", ask_werkblad),
    ),
)  # fmt: skip


# Looking up ---------------------------------------------------------------------------------------------------------


def ask_kennis(geheugen: Geheugen) -> list[str]:
    """Words to look for, or the id of an item as the list shows it; the subjects without any."""
    uitleg = ("Waar wil je iets over weten? Typ een of meer woorden, zoals: rouw werkgever. Zag je al een lijst? Typ "
              "dan het woord tussen rechte haken, en je leest het hele stuk. Enter = alle onderwerpen.")  # fmt: skip
    words = [word.strip("[]") for word in ask_text("Zoeken naar", uitleg).split()]
    return ["kennis", *(["--"] if any(word.startswith("-") for word in words) else []), *words]


OPZOEKEN = Klus("Opzoeken wat de bronnen weten", "Zoek in wat de vijf bronnen over eigen regie zeggen.", ask_kennis)

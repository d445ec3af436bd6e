"""The jobs about vragenlijsten: have one filled in, type a paper over, score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from regiekit.cli.menu_bestanden import (
    ANTWOORDEN,
    EIGEN,
    TABEL,
    VRAGENLIJST,
    ask_file,
    ask_files,
    ask_target,
    ask_uit,
)
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_vragen import Terug, ask_choice, ask_code, ask_value, ask_yes, option
from regiekit.cli.output import say, say_wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.cli.menu_vragen import Geheugen
    from regiekit.content.library import Loaded

T = TypeVar("T")

EIGEN_LIJST = "bestand"
ZELF = (
    "Wil je erbij vertellen wat jij zelf ziet? Dan past het advies beter. Je loopt langs zes kenmerken, en zegt hoe "
    "strak je stuurt. Met Ctrl en C sla je deze vragen over; wat je eerder typte, blijft."
)
EEN_CLIENT = "Zijn deze bestanden allemaal van dezelfde cliënt? regiekit vergelijkt cliënten nooit met elkaar."


# What is asked more than once ---------------------------------------------------------------------------------------


def ask_lijst() -> tuple[str, Loaded]:
    """A vragenlijst: the name to type, and what it is."""
    from regiekit.cli.vragenlijst import named
    from regiekit.content.library import load_vragenlijsten, own_folder

    lijsten = {v.inhoud.id: v.inhoud.naam for v in load_vragenlijsten(own_folder(None))}
    keuzes = {**lijsten, EIGEN_LIJST: "Een eigen vragenlijst, uit een bestand"}
    naam = ask_choice("Welke vragenlijst?", keuzes, next(iter(lijsten)))
    if naam == EIGEN_LIJST:
        naam = ask_file(VRAGENLIJST, "Welk bestand is de vragenlijst?")
    return naam, named(naam, None)


def ask_toestemming(loaded: Loaded) -> list[str]:
    """For a list that is not free: whether the maker agreed; raises Terug when not."""
    if loaded.inhoud.licentie == "vrij":
        return []
    if not ask_yes("De tekst van deze lijst is niet vrij. Heb je toestemming van de maker?", default=False):
        say_wrapped("Vraag de maker eerst om toestemming. Daarna kun je de lijst hier gebruiken.")
        raise Terug
    return ["--ik-heb-toestemming"]


def ask_meetmoment(loaded: Loaded) -> str:
    """One of the meetmomenten; empty for none."""
    momenten = {m.id: m.naam for m in loaded.inhoud.meetmomenten}
    if not momenten:
        return ""
    keuzes = {**momenten, "": "Weet ik niet (dan komen er geen open vragen bij)"}
    return ask_choice("Welk meetmoment is het? Bij elk moment horen eigen open vragen.", keuzes, next(iter(momenten)))


def ask_taal(loaded: Loaded) -> str:
    """A language of the form; empty for Dutch, which needs no word."""
    from regiekit.content.library import load_formulierteksten, own_folder
    from regiekit.domain.formulier import NEDERLANDS, talen_of

    talen = talen_of(loaded.inhoud, load_formulierteksten(own_folder(None)))
    if len(talen) < 2:
        return ""
    taal = ask_choice("In welke taal?", {taal: teksten.naam for taal, teksten in talen.items()}, NEDERLANDS)
    return "" if taal == NEDERLANDS else taal


def ask_training(meetmoment: str) -> list[str]:
    """Whether the client follows the online training, where open vragen are about that."""
    if not meetmoment or ask_yes("Doet de cliënt de online training? Daar gaan de open vragen over.", default=True):
        return []
    return ["--zonder-training"]


def ask_zelf() -> list[str]:
    """What the coach sees, in the words of options; nothing when the coach leaves it."""
    if not ask_yes(ZELF, default=False):
        return []
    from regiekit.cli.questions import ask_bronnen
    from regiekit.content.library import load_stuurmatrix

    bronnen = or_skip(lambda: ask_bronnen(load_stuurmatrix()))
    if bronnen is None:
        return []
    return [
        *option("--inschatting", bronnen.inschatting or ""),
        *option("--sturing", bronnen.sturing or ""),
        *option("--waarneming", bronnen.waarneming or ""),
        *(naam for naam, said in (("--crisis", bronnen.crisis), ("--rouw", bronnen.rouw), ("--belast", bronnen.belast))
          if said),
    ]  # fmt: skip


def or_skip(vraag: Callable[[], T]) -> T | None:
    """What is asked; None, and a word about it, when whoever types stops these questions with Ctrl-C."""
    try:
        return vraag()
    except (typer.Abort, KeyboardInterrupt):
        say("")
        say_wrapped("Je slaat deze vragen over. Wat je daarvoor typte, blijft. Met 0 ga je terug naar het menu.")
        return None


# Having one filled in -----------------------------------------------------------------------------------------------


def ask_papier(geheugen: Geheugen) -> list[str]:
    """A vragenlijst on paper."""
    naam, loaded = ask_lijst()
    toestemming, moment = ask_toestemming(loaded), ask_meetmoment(loaded)
    taal, code = ask_taal(loaded), ask_code(geheugen, "Voor wie is het papier?", needed=False)
    groot = ["--groot"] if ask_yes("Grote letters? Handig voor wie minder goed ziet.", default=False) else []
    training = ask_training(moment)
    name = "-".join(
        part for part in ("vragenlijst", loaded.inhoud.id, moment, code, taal, "groot" * bool(groot)) if part
    )
    return [
        "vragenlijst", "papier", naam, *option("--client", code), *option("--meetmoment", moment),
        *option("--taal", taal), *groot, *training, *toestemming, *ask_uit(name, (".pdf", ".html")),
    ]  # fmt: skip


def ask_formulier(geheugen: Geheugen) -> list[str]:
    """A form for the browser, locked when there is a key and the coach wants that."""
    naam, loaded = ask_lijst()
    toestemming, moment = ask_toestemming(loaded), ask_meetmoment(loaded)
    taal, code = ask_taal(loaded), ask_code(geheugen, "Voor wie is het formulier?", needed=False)
    training, slot = ask_training(moment), ask_slot()
    name = "-".join(part for part in ("formulier", code, loaded.inhoud.id, moment) if part)
    return [
        "vragenlijst", "formulier", naam, *option("--client", code), *option("--meetmoment", moment),
        *option("--taal", taal), *training, *toestemming, *slot, *ask_target(name, ".html"),
    ]  # fmt: skip


def ask_slot() -> list[str]:
    """Whether the answers come back locked."""
    from regiekit.kanaal.sleutel import public_key

    if public_key() is None:
        say_wrapped("Je hebt nog geen sleutel. De antwoorden komen terug zonder slot: laat de cliënt ze zelf aan je "
                    "geven, niet met de mail. Een sleutel maak je in dit menu, bij 'Een sleutel maken'.")  # fmt: skip
        return []
    locked = ask_yes("Je hebt een sleutel. Moeten de antwoorden op slot terugkomen? Dan kan alleen jij ze lezen, en "
                     "mogen ze met de mail.", default=True)  # fmt: skip
    return [] if locked else ["--open"]


def ask_invullen(geheugen: Geheugen) -> list[str]:
    """On this screen; the command itself asks for the code and the meetmoment."""
    naam, loaded = ask_lijst()
    return ["vragenlijst", "invullen", naam, *option("--taal", ask_taal(loaded)), *ask_toestemming(loaded)]


def ask_invulblad(geheugen: Geheugen) -> list[str]:
    """An empty file, to fill in with a text editor."""
    naam, loaded = ask_lijst()
    toestemming, moment = ask_toestemming(loaded), ask_meetmoment(loaded)
    code = ask_code(geheugen, "Voor wie is het invulblad?", needed=False)
    training = ask_training(moment)
    name = "-".join(part for part in ("invulblad", code, loaded.inhoud.id, moment) if part)
    return [
        "vragenlijst", "invulblad", naam, *option("--meetmoment", moment), *option("--client", code), *training,
        *toestemming, *ask_target(name, ".yaml"),
    ]  # fmt: skip


def ask_toon(geheugen: Geheugen) -> list[str]:
    """The vragen of a vragenlijst on the screen."""
    return ["vragenlijst", "toon", ask_lijst()[0]]


# What comes back ----------------------------------------------------------------------------------------------------


def ask_overtypen(geheugen: Geheugen) -> list[str]:
    """A paper, by its code; without one by its vragenlijst."""
    from regiekit.domain.papiercode import read_papiercode

    def read(answer: str) -> str:
        if answer:
            read_papiercode(answer)
        return answer

    uitleg = ("Op het eerste blad van het papier staat een code, die begint met 'regiekit:'. Typ haar over. Enter = er "
              "staat geen code op.")  # fmt: skip
    code = ask_value("Code op het papier", read, lambda: say_wrapped(uitleg))
    return ["vragenlijst", "invullen", code or ask_lijst()[0], "--snel"]


def ask_score(geheugen: Geheugen) -> list[str]:
    """One filled-in list, with what the coach sees; a table has no such thing."""
    path = ask_file(ANTWOORDEN, "Welke ingevulde vragenlijst wil je scoren?")
    return ["score", path] if is_tabel(path) else ["score", path, *ask_zelf()]


def is_tabel(path: str) -> bool:
    """Whether the name is that of a spreadsheet."""
    return Path(path).suffix.lower() in TABEL.endings


def ask_same(paths: list[str]) -> list[str]:
    """The paths, with what the coach says of them; raises Terug when they are of more than one client."""
    if not ask_yes(EEN_CLIENT, default=True):
        say_wrapped("Scoor ze dan een voor een.")
        raise Terug
    return [*paths, "--zelfde-client"]


def ask_scores(geheugen: Geheugen) -> list[str]:
    """Several of one client, side by side."""
    return ["score", *ask_same(ask_files(ANTWOORDEN, "Welke ingevulde vragenlijst is de eerste?")), *ask_zelf()]


def ask_verloop(geheugen: Geheugen) -> list[str]:
    """The same as a picture."""
    paths = ask_same(ask_files(ANTWOORDEN, "Welke ingevulde vragenlijst is de eerste?"))
    return ["verloop", *paths, *ask_uit("verloop", ("scherm", ".pdf", ".docx", ".html"))]


def ask_controleer(geheugen: Geheugen) -> list[str]:
    """Whether a file is right."""
    return ["controleer", ask_file(EIGEN, "Welk bestand wil je laten nakijken?")]


LATEN_INVULLEN = Menu(
    "Een vragenlijst laten invullen",
    "Kies hoe de cliënt de vragenlijst invult. Wat terugkomt, scoor je bij 'Antwoorden overtypen of scoren'.",
    (
        Klus("Op papier", "Een PDF om te printen. De cliënt vult in met een pen; jij typt het later over.", ask_papier),
        Klus("In de browser (formulier)", "Een bestand voor de cliënt. Het werkt met een dubbelklik, zonder internet.",
             ask_formulier),
        Klus("Op dit scherm", "De cliënt vult nu in, op deze computer, vraag voor vraag.", ask_invullen,
             openen=False),
        Klus("Op een invulblad (bestand)", "Een leeg tekstbestand, voor wie liever daarin typt.", ask_invulblad),
        Klus("De vragen bekijken", "Alle vragen en schalen van een vragenlijst, op het scherm.", ask_toon),
    ),
)  # fmt: skip

SCOREN = Menu(
    "Antwoorden overtypen of scoren",
    "Voor als de antwoorden er zijn: op papier, of in een bestand.",
    (
        Klus("Een ingevulde vragenlijst scoren", "Vier scores, het niveau van eigen regie en een advies.", ask_score),
        Klus("Lijsten van één cliënt naast elkaar", "Twee of meer lijsten, bijvoorbeeld van de start en het einde.",
             ask_scores),
        Klus("Een ingevuld papier overtypen", "Eén toets per vraag. Daarna kun je het bestand scoren.", ask_overtypen,
             openen=False),
        Klus("Scores in de tijd, met een beeld", "Dezelfde lijsten als beeld: op het scherm, als PDF of in Word.",
             ask_verloop),
        Klus("Een bestand laten nakijken", "Zegt waar een invulblad of eigen lijst niet klopt, met regel en kolom.",
             ask_controleer),
    ),
)  # fmt: skip

"""The jobs on tables: import a spreadsheet, scores of many, figures of a group."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.menu_bestanden import SCHERM, TABEL, ask_file, ask_target, ask_uit, clean_path
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_vragen import ask_choice, ask_value, ask_yes
from regiekit.cli.output import say_wrapped
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.cli.menu_vragen import Geheugen

MEESTE = 100_000  # made-up people; more is for who types the command


def ask_importeer(geheugen: Geheugen) -> list[str]:
    """A spreadsheet of Forms and the like; the command itself asks which column is which vraag."""
    path = ask_file(TABEL, "Welk rekenblad? Een export van Microsoft Forms, Google Forms of LimeSurvey, of eigen werk.")
    keuzes = {
        "": "Eerst alleen kijken of alles herkend wordt", "map": "Een bestand per cliënt maken, in een map",
        "scores": "Alle scores in één CSV-bestand",
    }  # fmt: skip
    wat = ask_choice("Wat wil je ermee doen?", keuzes, "")
    if not wat:
        return ["vragenlijst", "importeer", path]
    uit = ask_map(path) if wat == "map" else ask_target(f"{Path(path).stem}-scores", ".csv", "--scores")
    return ["vragenlijst", "importeer", path, *ask_rijen(), *uit]


def ask_map(path: str) -> list[str]:
    """The folder for the files; a new one, or one that the coach agrees to write in."""
    default = f"{Path(path).stem}-antwoorden"

    def read(answer: str) -> Path:
        folder = clean_path(answer or default)
        if folder.exists() and not folder.is_dir():
            raise RegiekitError(f"{folder} is een bestand en geen map. Typ een andere naam.")
        return folder

    uitleg = "Hoe moet de map voor de bestanden heten? Is zij er niet, dan maakt regiekit haar."
    folder = ask_value("Naam van de map", read, lambda: say_wrapped(uitleg), default)
    replace = folder.is_dir() and any(folder.iterdir()) and ask_yes(
        f"In {folder} staan al bestanden. Mogen bestanden met dezelfde naam vervangen worden?", default=False
    )  # fmt: skip
    return ["--uit", str(folder), *(["--overschrijf"] if replace else [])]


def ask_rijen() -> list[str]:
    """What to do with rows that are not right."""
    keuzes = {
        "": "Stoppen, en zeggen waar het fout is",
        "--weiger-rijen": "De goede rijen nemen; de rest komt apart",
    }
    rijen = ask_choice("Wat als een rij niet klopt?", keuzes, "")
    return [rijen] if rijen else []


def ask_scores(geheugen: Geheugen) -> list[str]:
    """The scores of every row."""
    path = ask_file(TABEL, "Van welk rekenblad wil je de scores?")
    return ["score", path, *ask_uit(f"{Path(path).stem}-scores", (SCHERM, ".xlsx", ".csv"))]


def ask_groep(geheugen: Geheugen) -> list[str]:
    """The figures of a group."""
    path = ask_file(TABEL, "Van welk rekenblad wil je de cijfers?")
    return ["groep", path, *ask_uit(f"{Path(path).stem}-verslag", (SCHERM, ".pdf", ".docx", ".html"), "--verslag")]


def ask_oefentabel(geheugen: Geheugen) -> list[str]:
    """A table of people who do not exist."""

    def read(answer: str) -> int:
        if not (answer.isdecimal() and answer.isascii() and 1 <= int(answer[:9]) <= MEESTE):
            raise RegiekitError(f"Typ een getal van 1 tot en met {MEESTE}.")
        return int(answer)

    uitleg = "Hoeveel verzonnen mensen moeten erin staan?"
    aantal = ask_value("Aantal", read, lambda: say_wrapped(uitleg), "200")
    vorm = ask_choice("Welk soort bestand?", {".xlsx": "Excel", ".csv": "CSV"}, ".xlsx")
    return ["groep", "simuleer", "--n", str(aantal), *ask_target("verzonnen-eigen-regie", vorm)]


GROEPEN = Menu(
    "Rekenbladen en groepen",
    "Voor antwoorden van veel mensen tegelijk. Cijfers van minder dan vijf mensen toont regiekit niet.",
    (
        Klus("Een rekenblad inlezen", "Uit Forms, LimeSurvey of Excel: een bestand per cliënt, of alle scores.",
             ask_importeer, vraagt="de kolommen, als regiekit die niet herkent"),
        Klus("Scores van een rekenblad", "Rij voor rij, zonder advies.", ask_scores),
        Klus("Cijfers van een groep", "Gemiddelden, betrouwbaarheid en verandering; ook als verslag.", ask_groep),
        Klus("Een oefentabel maken", "Verzonnen mensen, om mee te oefenen.", ask_oefentabel),
    ),
)  # fmt: skip

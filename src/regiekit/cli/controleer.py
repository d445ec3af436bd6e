"""`regiekit controleer` and `regiekit schema`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.options import Bibliotheek, Json
from regiekit.cli.output import say, say_problem, show_json
from regiekit.cli.taal import either, keuze
from regiekit.content.library import own_folder
from regiekit.errors import WRONG_FILE

if TYPE_CHECKING:
    from regiekit.domain.record import Record


def controleer(
    paden: Annotated[list[Path], typer.Argument(metavar="PAD", help="Bestanden of mappen met YAML.")],
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Kloppen deze bestanden? Met regel en kolom.

    Herkent een afname, een vragenlijst en een techniek aan wat erin staat. Geeft alle fouten tegelijk.
    """
    from regiekit.content.control import control, proof_hints

    count, problems = control(paden, own_folder(bibliotheek))
    if json:
        show_json([p._asdict() for p in problems])
    else:
        for problem in problems:
            say_problem(problem)
        for hint in [] if problems else proof_hints(paden):
            say(f"Let op. {hint}")
        say(summary(count, len(problems), len({p.bestand for p in problems})))
    if problems:
        raise typer.Exit(WRONG_FILE)


def summary(count: int, wrong: int, files: int) -> str:
    """'3 bestanden kloppen.', or how many problems there are."""
    if not wrong:
        return "1 bestand klopt." if count == 1 else f"{count} bestanden kloppen."
    things = "1 fout" if wrong == 1 else f"{wrong} fouten"
    return f"{things} in {files} van {count} {'bestand' if count == 1 else 'bestanden'}."


SOORTEN = ("vragenlijst", "techniek", "afname", "werkblad", "koppelbestand", "formulier", "referentie")


def schema(
    soort: Annotated[str, typer.Argument(metavar="SOORT", parser=keuze("soort", SOORTEN), help=f"{either(SOORTEN)}.")],
    json: Json = False,
) -> None:
    """Het JSON Schema van een soort bestand, voor een editor.

    Zet boven in je bestand: # yaml-language-server: $schema=PAD
    """
    from regiekit.domain.afname import Afname
    from regiekit.domain.formulierteksten import Formulierteksten
    from regiekit.domain.koppelbestand import Koppelbestand
    from regiekit.domain.referentie import Referentie
    from regiekit.domain.techniek import Techniek
    from regiekit.domain.vragenlijst import Vragenlijst
    from regiekit.domain.werkblad import Werkblad

    models: tuple[type[Record], ...] = (
        Vragenlijst, Techniek, Afname, Werkblad, Koppelbestand, Formulierteksten, Referentie,
    )  # fmt: skip
    model = dict(zip(SOORTEN, models, strict=True))[soort]
    show_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()})

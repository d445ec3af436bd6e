"""Every command in one table, and the one border where errors become lines."""

import errno
import sys
from typing import Annotated

import typer

from regiekit import __version__
from regiekit.cli.output import prepare_streams, print_error, write_reason
from regiekit.cli.taal import DutchGroup, Lazy, discard, run
from regiekit.errors import STOPPED, WRONG_USE, RegiekitError, StoppedError


def show_versie(asked: bool) -> None:
    """Answers before Typer misses a command."""
    if asked:
        typer.echo(f"regiekit {__version__}")
        raise typer.Exit


def versie(
    versie: Annotated[
        bool, typer.Option("--versie", is_eager=True, callback=show_versie, help="Toon de versie en stop.")
    ] = False,
) -> None:
    """Options of regiekit itself."""


regiekit = DutchGroup(
    "Eigen regie meten, bespreken en versterken in het tweede spoor.\n\n"
    "Alles gebeurt op deze computer; regiekit gebruikt geen netwerk.",
    {
        "score": Lazy("regiekit.cli.score:score", "Scores, niveau en advies bij een ingevulde vragenlijst."),
        "zone": Lazy("regiekit.cli.zone:zone", "Welke sturing past bij deze mate van regie?"),
        "techniek": Lazy("regiekit.cli.techniek:techniek", "De vijf technieken: lijst, kaart en placemat."),
        "vragenlijst": DutchGroup(
            "Vragenlijsten: bekijken, laten invullen, inlezen en uitvoeren.",
            {
                "lijst": Lazy("regiekit.cli.vragenlijst:lijst", "Welke vragenlijsten zijn er?"),
                "toon": Lazy("regiekit.cli.vragenlijst:toon", "Eén vragenlijst: vragen, schalen en regels."),
                "invulblad": Lazy(
                    "regiekit.cli.vragenlijst:invulblad", "Een leeg bestand om met de hand in te vullen."
                ),
                "importeer": Lazy(
                    "regiekit.cli.importeer:importeer",
                    "Antwoorden uit een rekenblad: Microsoft Forms, Google Forms, LimeSurvey.",
                ),
                "papier": Lazy(
                    "regiekit.cli.vragenlijst_papier:papier",
                    "Een vragenlijst op papier (A4, PDF), om met een pen in te vullen.",
                ),
                "invullen": Lazy("regiekit.cli.invullen:invullen", "Een vragenlijst invullen, vraag voor vraag."),
                "formulier": Lazy(
                    "regiekit.cli.formulier:formulier",
                    "Een formulier in één bestand, dat een cliënt invult in de browser.",
                ),
                "exporteer": Lazy(
                    "regiekit.cli.exporteer:exporteer",
                    "Een vragenlijst voor een ander systeem: ODK of KoboToolbox, FHIR, LimeSurvey of REDCap.",
                ),
            },
            no_args_is_help=True,
        ),
        "advies": Lazy("regiekit.cli.advies:advies", "Niveau, sturing en hoogstens twee technieken, met de reden."),
        "kennis": Lazy("regiekit.cli.kennis:kennis", "Wat de bronnen verder weten: zoeken en lezen."),
        "voorbereiding": Lazy(
            "regiekit.cli.voorbereiding:voorbereiding", "Eén bladzijde om een gesprek voor te bereiden."
        ),
        "werkblad": Lazy("regiekit.cli.werkblad:werkblad", "Werkbladen om in te vullen: lijst, blad en papier."),
        "plan": Lazy("regiekit.cli.plan:plan", "Bouwstenen voor het Plan van Aanpak."),
        "mijlpalen": Lazy("regiekit.cli.mijlpalen:mijlpalen", "Datums van de Wet verbetering poortwachter."),
        "verslag": Lazy("regiekit.cli.verslag:verslag", "Een blad over een casus; nu alleen voor intervisie."),
        "sleutel": DutchGroup(
            "Sleutels voor versleutelde antwoordbestanden.",
            {
                "maak": Lazy("regiekit.cli.sleutel:maak", "Maak een sleutel, zodat antwoorden versleuteld terugkomen."),
                "toon": Lazy("regiekit.cli.sleutel:toon", "Waar je sleutel staat, en waaraan je haar herkent."),
                "wachtzin": Lazy(
                    "regiekit.cli.sleutel:wachtzin", "Verander de wachtzin; de sleutel zelf blijft dezelfde."
                ),
            },
            no_args_is_help=True,
        ),
        "controleer": Lazy("regiekit.cli.controleer:controleer", "Kloppen deze bestanden? Met regel en kolom."),
        "schema": Lazy("regiekit.cli.controleer:schema", "Het JSON Schema van een soort bestand, voor een editor."),
    },
    callback=versie,
    invoke_without_command=False,
    no_args_is_help=True,
)


def main(arguments: list[str]) -> int:
    """Run one command; gives its exit code. Expected errors are lines on stderr, bugs keep their traceback."""
    prepare_streams()
    try:
        return run(regiekit, arguments)
    except StoppedError:
        return STOPPED
    except RegiekitError as error:
        print_error(error)
        return error.exit_code
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        discard(sys.stdout)
        print_error(RegiekitError(f"de uitvoer kon niet geschreven worden: {write_reason(error)}"))
        return WRONG_USE

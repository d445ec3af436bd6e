"""Every command in one table, and the one border where errors become lines."""

import sys
from typing import Annotated

import typer

from regiekit import __version__
from regiekit.cli.output import prepare_streams, print_error
from regiekit.cli.taal import DutchGroup, Lazy, run
from regiekit.errors import RegiekitError


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
            "Vragenlijsten bekijken, en een invulblad maken.",
            {
                "lijst": Lazy("regiekit.cli.vragenlijst:lijst", "Welke vragenlijsten zijn er?"),
                "toon": Lazy("regiekit.cli.vragenlijst:toon", "Eén vragenlijst: vragen, schalen en regels."),
                "invulblad": Lazy(
                    "regiekit.cli.vragenlijst:invulblad", "Een leeg bestand om met de hand in te vullen."
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
    except RegiekitError as error:
        print_error(error)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

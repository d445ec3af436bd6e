"""`regiekit vragenlijst papier`."""

from typing import Annotated

import typer

from regiekit.cli.options import (
    Bibliotheek,
    ClientOption,
    MeetmomentOption,
    Overschrijf,
    Taal,
    Toestemming,
    ZonderTraining,
)
from regiekit.cli.output import say
from regiekit.cli.papier import write_papier
from regiekit.cli.taal import terminal_width, wrap
from regiekit.cli.vragenlijst import Naam, formulier_of, library_words


def papier(
    naam: Naam,
    client: ClientOption = None,
    meetmoment: MeetmomentOption = None,
    taal: Taal = "nl",
    groot: Annotated[bool, typer.Option("--groot", help="Grote letters, en grotere vakjes.")] = False,
    zonder_training: ZonderTraining = False,
    uit: Annotated[
        str | None, typer.Option("--uit", metavar="PAD", help="Waar het formulier komt; .html geeft een webpagina.")
    ] = None,
    overschrijf: Overschrijf = False,
    ik_heb_toestemming: Toestemming = False,
    bibliotheek: Bibliotheek = None,
) -> None:
    """Een vragenlijst op papier (A4, PDF), om met een pen in te vullen.

    Op het eerste blad staat een code. Daarmee typ je de antwoorden later snel over.
    """
    from regiekit.domain.formulier import Keuzes
    from regiekit.render.papier import make_papier, render_papier_html, render_papier_pdf

    keuzes = Keuzes(taal, client, meetmoment, not zonder_training, ik_heb_toestemming)
    formulier = formulier_of(naam, bibliotheek, keuzes)
    made = make_papier(formulier, groot=groot)
    parts = ("vragenlijst", formulier.vragenlijst, meetmoment, client, taal != "nl" and taal, groot and "groot")
    path = write_papier(
        "-".join(part for part in parts if part), uit, overschrijf,
        lambda: render_papier_pdf(made), lambda: render_papier_html(made),
    )  # fmt: skip
    if path:
        say("De vragenlijst staat in:")
        say(f"  {path}")
        say("Print op A4, op ware grootte (100%).")
        if more := library_words(naam, bibliotheek):
            say(wrap("Zet bij het overtypen achter de opdracht die erop staat:", terminal_width()))
            say(f"  {more.strip()}")

"""`regiekit mijlpalen`."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from regiekit.cli.options import Json, Overschrijf
from regiekit.cli.output import say, show, show_json, write_file
from regiekit.content.library import load_mijlpalen
from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.mijlpalen import make_overzicht, read_eigen


def mijlpalen(
    eerste_ziektedag: Annotated[
        datetime,
        typer.Option(
            "--eerste-ziektedag", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="De eerste dag van ziekte."
        ),
    ],
    datum: Annotated[
        list[str] | None,
        typer.Option("--datum", metavar="MIJLPAAL=DATUM", help="Een eigen datum, zoals week-42=2026-10-30."),
    ] = None,
    elke_weken: Annotated[
        int | None, typer.Option("--elke-weken", min=1, max=52, help="Om de hoeveel weken jullie evalueren; anders 6.")
    ] = None,
    vandaag: Annotated[
        datetime | None,
        typer.Option("--vandaag", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="Reken alsof het deze dag is."),
    ] = None,
    client: Annotated[str | None, typer.Option("--client", help="Een code, voor in de agenda; nooit een naam.")] = None,
    ics: Annotated[
        str | None, typer.Option("--ics", metavar="PAD", help="Maak een agendabestand (.ics); '-' is het scherm.")
    ] = None,
    overschrijf: Overschrijf = False,
    tabel: Annotated[
        Path | None, typer.Option("--tabel", metavar="PAD", help="Een eigen tabel met mijlpalen (YAML).")
    ] = None,
    json: Json = False,
) -> None:
    """Datums van de Wet verbetering poortwachter.

    Dag 1 is de eerste ziektedag; week n eindigt op dag 7 maal n. Alle datums zijn indicatief: controleer ze bij de
    casemanager of bij UWV. Onderbrekingen rekent regiekit niet uit; geef dan zelf een datum met --datum.
    """
    regels, start = load_mijlpalen(tabel), eerste_ziektedag.date()
    now = vandaag.date() if vandaag else date.today()
    overzicht = make_overzicht(regels, start, read_eigen(regels, datum or ()), now, elke_weken)
    if ics:
        from regiekit.render.ics import to_ics

        code = client and check_clientcode(client)
        write_file(ics, to_ics(regels, overzicht, start, now, code), replace=overschrijf)
        return None if ics == "-" else say(f"De agenda staat in {Path(ics).resolve()}. Open het om het toe te voegen.")
    if json:
        from regiekit.render.json_mijlpalen import json_mijlpalen

        return show_json(json_mijlpalen(regels, overzicht, start))
    from regiekit.render.mijlpalen import render_mijlpalen

    return show(*render_mijlpalen(regels, overzicht, start))

"""`regiekit mijlpalen`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.options import Json, Overschrijf, dag_option, day_of, refuse_file_beside_json
from regiekit.cli.output import say, show, show_json, warn, write_file
from regiekit.content.library import load_mijlpalen
from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.mijlpalen import check_eigen, check_start, make_overzicht, read_eigen
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.domain.mijlpaaltabel import Mijlpaaltabel


def mijlpalen(
    eerste_ziektedag: Annotated[
        datetime,
        dag_option("--eerste-ziektedag", "De eerste dag van ziekte."),
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
        dag_option("--vandaag", "Reken alsof het deze dag is."),
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
    refuse_file_beside_json(json, {"--ics": ics})
    regels, start = load_tabel(tabel), check_start(eerste_ziektedag.date())
    now = day_of(vandaag)
    overzicht = make_overzicht(regels, start, check_eigen(read_eigen(regels, datum or ()), start), now, elke_weken)
    for line in overzicht.let_op:
        warn(f"let op: {line}")
    if ics and not json:
        from regiekit.render.ics import to_ics

        code = client and check_clientcode(client)
        agenda = to_ics(regels, overzicht, start, now, code)
        write_file(check_ics(ics), agenda, replace=overschrijf, optie="--ics", private=True)
        return None if ics == "-" else say(f"De agenda staat in {Path(ics).resolve()}. Open het om het toe te voegen.")
    if json:
        from regiekit.render.json_mijlpalen import json_mijlpalen

        return show_json(json_mijlpalen(regels, overzicht, start))
    from regiekit.render.mijlpalen import render_mijlpalen

    return show(*render_mijlpalen(regels, overzicht, start))


def load_tabel(path: Path | None) -> "Mijlpaaltabel":
    """The table; a file that is not there is a mistake in the option, not in the table."""
    if path is not None and not path.is_file():
        raise RegiekitError(f"het bestand {path} bestaat niet; geef met --tabel een tabel die er wel is")
    return load_mijlpalen(path)


def check_ics(path: str) -> str:
    """The name of a calendar, or RegiekitError when no calendar program would know it."""
    if path != "-" and Path(path).suffix.lower() != ".ics":
        raise RegiekitError(f"'{path}' kan niet; laat de naam na --ics eindigen op .ics, of gebruik - voor het scherm")
    return path

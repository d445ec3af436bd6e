"""`regiekit score`."""

import sys
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.options import (
    Belast,
    Bibliotheek,
    Crisis,
    Inschatting,
    Json,
    Rouw,
    RouwUitslag,
    SleutelPad,
    SturingOption,
    WaarnemingOption,
    WachtzinFd,
    ZelfdeClient,
    check_waarneming,
)
from regiekit.cli.output import show, show_json
from regiekit.cli.sleutel import make_opener
from regiekit.content.library import load_banden, load_stuurmatrix, own_folder
from regiekit.domain.advies import Bronnen
from regiekit.domain.beoordeling import Beoordeling, Ingevuld, assess, compare_all, in_time
from regiekit.errors import REFUSED, WRONG_FILE, RegiekitError

if TYPE_CHECKING:
    from regiekit.kanaal.antwoordbestand import OpenSealed


def score(
    bestanden: Annotated[
        list[str],
        typer.Argument(metavar="BESTAND", help="Een ingevulde vragenlijst, in elke vorm; '-' leest standaardinvoer."),
    ],
    inschatting: Inschatting = None,
    sturing: SturingOption = None,
    waarneming: WaarnemingOption = None,
    rouw: Rouw = False,
    rouw_uitslag: RouwUitslag = None,
    belast: Belast = False,
    crisis: Crisis = False,
    zelfde_client: ZelfdeClient = False,
    bibliotheek: Bibliotheek = None,
    sleutel: SleutelPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Scores, niveau en advies bij een ingevulde vragenlijst.

    Eén bestand: vier scores, het niveau van regie en een advies voor de sturing. Meer bestanden van één cliënt: naast
    elkaar, met per schaal of er een duidelijk verschil is.
    """
    check_waarneming(sturing, waarneming)
    folder = own_folder(bibliotheek)
    read = read_or_fill_in(bestanden, folder, make_opener(sleutel, wachtzin_fd), json)
    afnames = in_time(one_client(read, zelfde_client))
    matrix = load_stuurmatrix()
    bronnen = Bronnen(inschatting, sturing, waarneming, crisis, rouw, rouw_uitslag, belast)
    earlier = [assess(a, matrix, Bronnen()) for a in afnames[:-1]]
    beoordelingen = [*earlier, assess(afnames[-1], matrix, bronnen)]
    if len(beoordelingen) > 1:
        return show_several(beoordelingen, json, sturing)
    if json:
        from regiekit.render.as_json import json_beoordeling

        return show_json(json_beoordeling(beoordelingen[0]))
    from regiekit.render.uitslag import render_beoordeling

    return show(*render_beoordeling(beoordelingen[0], matrix, sturing))


def read_or_fill_in(
    bestanden: list[str], folder: Path | None, open_sealed: "OpenSealed", json: bool = False
) -> list[Ingevuld]:
    """The afnames; for a vragenlijst on a terminal, an offer to fill it in now."""
    from regiekit.content.afnames import VragenlijstGiven  # yaml: not for the help page
    from regiekit.kanaal.antwoordbestand import read_afnames

    if len({realpath(b) for b in bestanden}) < len(bestanden):
        raise RegiekitError("hetzelfde bestand staat er twee keer; noem elk bestand één keer")
    try:
        return read_afnames(bestanden, open_sealed, folder)
    except VragenlijstGiven as given:
        if json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise
        from regiekit.cli.invullen import offer_to_fill_in

        return read_afnames([offer_to_fill_in(given)], open_sealed, folder)


def one_client(afnames: list[Ingevuld], zelfde_client: bool) -> list[Ingevuld]:
    """Several afnames must be of one client and one vragenlijst; clients are never compared."""
    check_one_client(afnames, zelfde_client)
    lists = sorted({(a.vragenlijst.id, a.vragenlijst.versie, a.hash) for a in afnames})
    if len(lists) > 1:
        found = " en ".join(f"{i} versie {v} (hash {h})" for i, v, h in lists)
        raise RegiekitError(f"deze afnames zijn niet te vergelijken: {found}. Scoor ze een voor een", WRONG_FILE)
    return afnames


def check_one_client(afnames: list[Ingevuld], zelfde_client: bool) -> None:
    """Raises RegiekitError (exit code 4) for afnames of more than one client, or of whom is not sure."""
    if len(afnames) < 2:
        return
    codes = {a.client for a in afnames}
    if len(codes - {None}) > 1:
        found = ", ".join(sorted(str(c) for c in codes - {None}))
        raise RegiekitError(
            f"deze bestanden zijn van verschillende cliënten ({found}); regiekit vergelijkt geen cliënten", REFUSED
        )
    if None in codes and not zelfde_client:
        raise RegiekitError(
            "niet elk bestand heeft een cliëntcode. Zijn ze van één cliënt? Zet 'client:' in elk bestand, "
            "of gebruik --zelfde-client", REFUSED,
        )  # fmt: skip


def show_several(beoordelingen: list[Beoordeling], json: bool, sturing: object) -> None:
    """Side by side, with a conclusion for first against last."""
    verschillen = compare_all([b.afname for b in beoordelingen], load_banden())
    if json:
        from regiekit.render.as_json import json_beoordelingen

        return show_json(json_beoordelingen(beoordelingen, verschillen))
    from regiekit.render.uitslag import render_beoordelingen

    return show(*render_beoordelingen(beoordelingen, verschillen, load_stuurmatrix(), sturing))  # type: ignore[arg-type]

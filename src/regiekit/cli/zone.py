"""`regiekit zone`."""

import sys

from regiekit.cli.options import (
    Belast,
    Crisis,
    Json,
    RegieOption,
    Rouw,
    RouwUitslag,
    SturingOption,
    WaarnemingOption,
    check_waarneming,
)
from regiekit.cli.output import show, show_json
from regiekit.content.library import load_stuurmatrix
from regiekit.domain.advies import Bronnen, advise, cellen_of, situatie_of
from regiekit.domain.niveau import decide_niveau, read_waarneming


def zone(
    regie: RegieOption = None,
    sturing: SturingOption = None,
    waarneming: WaarnemingOption = None,
    rouw: Rouw = False,
    rouw_uitslag: RouwUitslag = None,
    belast: Belast = False,
    crisis: Crisis = False,
    json: Json = False,
) -> None:
    """Welke sturing past bij deze mate van regie?

    Zonder opties vraagt regiekit op een terminal door langs de zes kenmerken uit de handleiding; jij trekt zelf de
    conclusie. In een pijp of bestand komt de hele stuurmatrix.
    """
    matrix = load_stuurmatrix()
    bronnen = Bronnen(regie, sturing, waarneming, crisis, rouw, rouw_uitslag, belast)
    asked = any(bronnen)
    if not asked and not json and sys.stdin.isatty() and sys.stdout.isatty():
        from regiekit.cli.questions import ask_bronnen

        bronnen, asked = ask_bronnen(matrix), True
    check_waarneming(bronnen.sturing, bronnen.waarneming)
    seen = read_waarneming(cellen_of(matrix), bronnen.sturing, bronnen.waarneming)
    niveau = decide_niveau(None, None, seen, besluit=bronnen.inschatting)
    advies = advise(matrix, niveau, situatie_of(bronnen)) if asked else None
    if json:
        from regiekit.render.as_json import json_zone

        return show_json(json_zone(matrix, bronnen.inschatting, bronnen.sturing, niveau, advies))
    from regiekit.render.zone import render_zone

    return show(*render_zone(matrix, niveau, bronnen.sturing, advies))

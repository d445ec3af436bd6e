"""`regiekit zone`."""

import sys

from regiekit.cli.options import Belast, Crisis, Json, RegieOption, Rouw, RouwUitslag, SturingOption, WaarnemingOption
from regiekit.cli.output import show, show_json
from regiekit.content.library import load_stuurmatrix
from regiekit.domain.advies import Situatie, advise, cellen_of
from regiekit.domain.niveau import decide_niveau, read_waarneming
from regiekit.errors import RegiekitError


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
    asked = any((regie, sturing, waarneming, rouw, rouw_uitslag, belast, crisis))
    if not asked and not json and sys.stdin.isatty() and sys.stdout.isatty():
        from regiekit.cli.questions import ask_zone

        regie, sturing, waarneming, rouw = ask_zone(matrix)
        asked = True
    if waarneming and not sturing:
        raise RegiekitError("bij --waarneming hoort --sturing: hoe strak stuur je nu? Kies strak, gedeeld of los")
    seen = read_waarneming(cellen_of(matrix), sturing, waarneming)
    niveau = decide_niveau(None, None, seen, besluit=regie)
    situatie = Situatie(crisis=crisis, rouw=rouw, rouw_uitslag=rouw_uitslag, belast=belast, sturing_nu=sturing)
    advies = advise(matrix, niveau, situatie) if asked else None
    if json:
        from regiekit.render.as_json import json_zone

        return show_json(json_zone(matrix, regie, sturing, niveau, advies))
    from regiekit.render.zone import render_zone

    return show(*render_zone(matrix, niveau, sturing, advies))

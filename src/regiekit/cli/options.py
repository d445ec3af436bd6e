"""Options that several commands share."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from regiekit.cli.taal import keuze
from regiekit.domain.niveau import REGIE, STURING, WAARNEMINGEN, Regie, Sturing, Waarnemingswoord
from regiekit.errors import RegiekitError

read_regie = keuze("--regie", REGIE, {"middel": "midden"})
read_sturing = keuze("--sturing", STURING, {"middel": "gedeeld"}, {"laag": "los", "hoog": "strak", "midden": "gedeeld"})
read_waarneming = keuze("--waarneming", WAARNEMINGEN)

RegieOption = Annotated[
    Regie | None, typer.Option("--regie", parser=read_regie, help="Hoeveel regie de cliënt nu neemt: jouw besluit.")
]
Inschatting = Annotated[
    Regie | None, typer.Option("--inschatting", parser=read_regie, help="Hoeveel regie jij ziet, na de zes kenmerken.")
]
SturingOption = Annotated[
    Sturing | None, typer.Option("--sturing", parser=read_sturing, help="Hoe strak je nu stuurt.")
]
WaarnemingOption = Annotated[
    Waarnemingswoord | None,
    typer.Option("--waarneming", parser=read_waarneming, help="Wat je ziet gebeuren bij die sturing."),
]
Rouw = Annotated[bool, typer.Option("--rouw", help="Er speelt rouw.")]
RouwUitslag = Annotated[
    Literal["groen", "oranje", "rood"] | None,
    typer.Option(
        "--rouw-uitslag",
        parser=keuze("--rouw-uitslag", ("groen", "oranje", "rood")),
        help="Uitslag van de WerkVerliesLijst, als die is ingevuld.",
    ),
]
Belast = Annotated[bool, typer.Option("--belast", help="De cliënt is overbelast.")]
Crisis = Annotated[bool, typer.Option("--crisis", help="Er is een crisis: eerst veiligheid.")]
Signaal = Annotated[
    list[str] | None,
    typer.Option("--signaal", metavar="SIGNAAL", help="Wat je herkent; de lijst: regiekit advies --signalen."),
]
Besluit = Annotated[
    Regie | None, typer.Option("--besluit", parser=read_regie, help="Jouw besluit over het niveau; dat gaat voor.")
]
Reden = Annotated[str | None, typer.Option("--reden", help="Waarom je zo besluit; hoort bij --besluit.")]
Datum = Annotated[
    datetime | None,
    typer.Option("--datum", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="De dag van het gesprek of het besluit."),
]
ZelfdeClient = Annotated[
    bool, typer.Option("--zelfde-client", help="Bestanden zonder code zijn van één en dezelfde cliënt.")
]
Json = Annotated[bool, typer.Option("--json", help="Uitvoer als JSON, voor een ander programma.")]
Bibliotheek = Annotated[
    Path | None,
    typer.Option("--bibliotheek", help="Map met je eigen technieken en vragenlijsten (of REGIEKIT_BIBLIOTHEEK)."),
]
SleutelPad = Annotated[
    Path | None,
    typer.Option("--sleutel", help="Bestand van je sleutel, of zijn map, als het niet op de gewone plek staat."),
]
WachtzinFd = Annotated[
    int | None,
    typer.Option("--wachtzin-fd", min=0, help="Lees de wachtzin van dit open bestand (nummer), voor een script."),
]
DossierPad = Annotated[
    Path | None,
    typer.Option("--dossier", metavar="PAD", help="Een ander dossier dan dat van deze computer (of REGIEKIT_DOSSIER)."),
]
ClientOption = Annotated[str | None, typer.Option("--client", help="Een code zoals R-014, nooit een naam.")]
MeetmomentOption = Annotated[
    str | None, typer.Option("--meetmoment", help="start, halverwege of einde; daar horen de open vragen bij.")
]
Taal = Annotated[str, typer.Option("--taal", help="De taal: nl, en, nl-x-simpel, of een andere van de lijst.")]
ZonderTraining = Annotated[
    bool, typer.Option("--zonder-training", help="Open vragen voor wie geen online training doet.")
]
Uit = Annotated[str | None, typer.Option("--uit", metavar="PAD", help="Waar het bestand komt; '-' is het scherm.")]
Toestemming = Annotated[
    bool, typer.Option("--ik-heb-toestemming", help="Voor een lijst waarvan de rechten niet vrij zijn.")
]
Overschrijf = Annotated[bool, typer.Option("--overschrijf", help="Vervang een bestand dat al bestaat.")]


def check_waarneming(sturing: Sturing | None, waarneming: Waarnemingswoord | None) -> None:
    """A waarneming says something only beside the sturing used now."""
    if waarneming and not sturing:
        raise RegiekitError("bij --waarneming hoort --sturing: hoe strak stuur je nu? Kies strak, gedeeld of los")


def the_code(named: Sequence[str] | str | None, dossier: Path | None) -> str | None:
    """The code of a client, when that is given in the place of files; imports nothing of the dossier for a file."""
    words = [named] if isinstance(named, str) else list(named or ())
    is_file = len(words) != 1 or words[0] == "-" or os.path.exists(words[0])  # noqa: PTH110 (any text may stand here)
    if dossier is None and is_file:
        return None
    from regiekit.cli.dossier_open import code_given, require_no_files

    code = code_given(words)
    require_no_files(dossier, code)
    return code

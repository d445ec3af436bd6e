"""Options that several commands share."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from regiekit.cli.taal import keuze
from regiekit.domain.niveau import REGIE, STURING, WAARNEMINGEN, Regie, Sturing, Waarnemingswoord
from regiekit.errors import RegiekitError

INVULBAAR = (".yaml", ".yml")  # a file to fill in by hand, and what reads it

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


def dag_option(naam: str, help_text: str) -> Any:
    """An option that is a day."""
    return typer.Option(naam, formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help=help_text, callback=near_day)


def near_day(given: datetime | list[datetime] | None) -> datetime | list[datetime] | None:
    """The same, a day or all days of a repeated option; raises BadParameter for a year that must be a slip."""
    from regiekit.domain.dagen import EERSTE_JAAR, LAATSTE_JAAR

    for day in given if isinstance(given, list) else [given]:
        if day and not EERSTE_JAAR <= day.year <= LAATSTE_JAAR:
            raise typer.BadParameter(
                f"{day.date()} kan niet kloppen; kies een jaar van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}"
            )
    return given


def day_of(given: datetime | None) -> date:
    """The day of an option, else today."""
    return given.date() if given else date.today()


Code = Annotated[str, typer.Argument(metavar="CODE", help="De code van de cliënt, zoals R-014; nooit een naam.")]
Datum = Annotated[
    datetime | None,
    dag_option("--datum", "De dag van het gesprek of het besluit."),
]
ZelfdeClient = Annotated[
    bool, typer.Option("--zelfde-client", help="Bestanden zonder code zijn van één en dezelfde cliënt.")
]
Json = Annotated[bool, typer.Option("--json", help="Uitvoer als JSON, voor een ander programma.")]
Bibliotheek = Annotated[
    Path | None,
    typer.Option("--bibliotheek", help="Map met je eigen technieken en vragenlijsten (of REGIEKIT_BIBLIOTHEEK)."),
]
ReferentiePad = Annotated[
    Path | None,
    typer.Option("--referentie", metavar="PAD", help="Referentiebestand: vanaf hoeveel een verschil duidelijk is."),
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
GeenAndereCode = Annotated[
    bool, typer.Option("--toch", help="Wat op een code van een ander lijkt, is dat niet; jij keek het na.")
]
Uit = Annotated[str | None, typer.Option("--uit", metavar="PAD", help="Waar het bestand komt; '-' is het scherm.")]
Toestemming = Annotated[
    bool, typer.Option("--ik-heb-toestemming", help="Voor een lijst waarvan de rechten niet vrij zijn.")
]
IdKolom = Annotated[
    str | None, typer.Option("--id", metavar="KOLOM", help="Een kolom van de tabel die meegaat, zoals een nummer.")
]
Overschrijf = Annotated[bool, typer.Option("--overschrijf", help="Vervang een bestand dat al bestaat.")]


def check_waarneming(sturing: Sturing | None, waarneming: Waarnemingswoord | None) -> None:
    """A waarneming says something only beside the sturing used now."""
    if waarneming and not sturing:
        raise RegiekitError("bij --waarneming hoort --sturing: hoe strak stuur je nu? Kies strak, gedeeld of los")


def require_with(wat: str, is_there: bool, opties: Mapping[str, object]) -> None:
    """Options that would do nothing without `wat` are refused there; raises RegiekitError.

    `opties` has what was given under the name of each option; None, False and nothing at all are: not given.
    """
    if not is_there and (alone := _given(opties)):
        raise RegiekitError(f"{' en '.join(alone)} {'hoort' if len(alone) == 1 else 'horen'} bij {wat}")


def refuse_with(wat: str, is_there: bool, opties: Mapping[str, object]) -> None:
    """The other way round: options that would do nothing beside `wat`."""
    if is_there and (beside := _given(opties)):
        raise RegiekitError(
            f"{' en '.join(beside)} {'gaat' if len(beside) == 1 else 'gaan'} niet samen met {wat}; kies een van de twee"
        )


def require_ending(uit: str | None, endings: Sequence[str], raad: str) -> None:
    """The name of a file says which program opens it: another ending is refused. '-' is the screen, and fits.

    `raad`: what else somebody may have meant. Raises RegiekitError.
    """
    if uit not in (None, "-") and Path(str(uit)).suffix.lower() not in endings:
        wanted = " of ".join(endings)
        raise RegiekitError(f"{uit} kan niet: dit wordt een bestand op {wanted}; geef het die naam met --uit. {raad}")


def refuse_file_beside_json(json: bool, opties: Mapping[str, object]) -> None:
    """JSON goes to the screen: what asks for a file or for paper would do nothing. '-' is the screen, and fits."""
    refuse_with("--json", json, {naam: None if str(waarde) == "-" else waarde for naam, waarde in opties.items()})


def require_files(code: str | None, zelfde_client: bool, sleutel: Path | None) -> None:
    """What says something of files says nothing of the code of a client; raises RegiekitError."""
    require_with("antwoordbestanden, en niet bij de code van een cliënt", code is None,
                 {"--zelfde-client": zelfde_client, "--sleutel": sleutel})  # fmt: skip


def _given(opties: Mapping[str, object]) -> list[str]:
    return [naam for naam, waarde in opties.items() if waarde not in (None, False, [], ())]


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

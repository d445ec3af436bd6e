"""`regiekit voorbereiding`."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.advies import Afnames, check_bsn, make_besluit, make_gesprek, read_of_client
from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.options import (
    Belast,
    Besluit,
    Bibliotheek,
    Crisis,
    Datum,
    Inschatting,
    Json,
    Overschrijf,
    Reden,
    Rouw,
    RouwUitslag,
    Signaal,
    SleutelPad,
    SturingOption,
    WaarnemingOption,
    WachtzinFd,
    ZelfdeClient,
    check_waarneming,
)
from regiekit.cli.output import say, show, show_json, warn
from regiekit.cli.papier import write_papier
from regiekit.cli.sleutel import make_opener
from regiekit.content.library import load_banden, load_keuzeregels, own_folder
from regiekit.domain.advies import Bronnen
from regiekit.domain.beoordeling import Ingevuld, compare_all
from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.voorbereiding import WEKEN, Gegevens, next_rapportage
from regiekit.errors import REFUSED, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.gespreksadvies import Gespreksadvies
    from regiekit.render.voorbereiding import Blad

Teksten = list[str] | None
DAG, JJJJ = ["%Y-%m-%d"], "JJJJ-MM-DD"


Client = Annotated[str | None, typer.Option("--client", help="De code van de cliënt, nooit een naam.")]
Doel = Annotated[str | None, typer.Option("--doel", help="Het doel, in de woorden van de cliënt.")]
Afspraak = Annotated[Teksten, typer.Option("--afspraak", help="Een afspraak die nog openstaat.")]
Actie = Annotated[
    Teksten, typer.Option("--actie", help="Wat de cliënt zou proberen, zoals na een inoculatie; vraag ernaar.")
]
Rapportage = Annotated[
    datetime | None, typer.Option("--rapportage", formats=DAG, metavar=JJJJ, help="Datum van de volgende rapportage.")
]
LaatsteRapportage = Annotated[
    datetime | None,
    typer.Option("--laatste-rapportage", formats=DAG, metavar=JJJJ, help="Datum van de vorige rapportage."),
]
Weken = Annotated[int, typer.Option("--weken", min=1, max=52, help="Weken tussen twee rapportages.")]
Print = Annotated[bool, typer.Option("--print", help="Maak er één A4 van (PDF) om te printen.")]
Uit = Annotated[str | None, typer.Option("--uit", metavar="PAD", help="Waar het blad komt; .html geeft een webpagina.")]


def voorbereiding(
    afnames: Afnames = None,
    client: Client = None,
    doel: Doel = None,
    afspraak: Afspraak = None,
    actie: Actie = None,
    datum: Datum = None,
    rapportage: Rapportage = None,
    laatste_rapportage: LaatsteRapportage = None,
    weken: Weken = WEKEN,
    inschatting: Inschatting = None,
    sturing: SturingOption = None,
    waarneming: WaarnemingOption = None,
    signaal: Signaal = None,
    besluit: Besluit = None,
    reden: Reden = None,
    rouw: Rouw = False,
    rouw_uitslag: RouwUitslag = None,
    belast: Belast = False,
    crisis: Crisis = False,
    zelfde_client: ZelfdeClient = False,
    geen_bsn: GeenBsn = False,
    print_: Print = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    bibliotheek: Bibliotheek = None,
    sleutel: SleutelPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Eén bladzijde om een gesprek voor te bereiden.

    Met doel, open afspraken, scores in woorden, sturing, één techniek met vragen, waar je op let en de volgende
    rapportage. Wat je niet geeft, staat er als 'nog niet ingevuld'.
    """
    check_waarneming(sturing, waarneming)
    check_bsn([doel, reden, *(afspraak or ()), *(actie or ())], geen_bsn)
    folder = own_folder(bibliotheek)
    found = read_of_client(afnames or [], zelfde_client, folder, make_opener(sleutel, wachtzin_fd))
    bronnen = Bronnen(inschatting, sturing, waarneming, crisis, rouw, rouw_uitslag, belast)
    decided = make_besluit(besluit, reden, datum)
    gegevens = Gegevens(
        the_client(client, found), _day(datum), _text(doel), _texts(afspraak), _texts(actie), _day(rapportage),
        _day(laatste_rapportage), weken,
    )  # fmt: skip
    warn_rapportage(gegevens)
    blad = make(gegevens, found, make_gesprek(found, bronnen, signaal or [], decided, folder))
    if print_ or uit:
        return print_blad(blad, uit, overschrijf)
    return show_blad(blad, gegevens, json)


def show_blad(blad: "Blad", gegevens: Gegevens, json: bool) -> None:
    """The page on the screen, or as JSON with the date of the next report."""
    if json:
        from regiekit.render.voorbereiding import json_blad

        day = next_rapportage(gegevens).datum
        return show_json(json_blad(blad, day.isoformat() if day else None))
    from regiekit.render.voorbereiding import render_blad

    return show(*render_blad(blad))


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def warn_rapportage(gegevens: Gegevens) -> None:
    """Say it when the next report is past; with the date of the talk the page itself says so."""
    found = next_rapportage(gegevens)
    if found.datum and gegevens.datum is None and not found.voor_de_vorige and found.datum < date.today():
        warn(f"let op, de volgende rapportage ({found.datum.isoformat()}) is al voorbij; controleer de datum")


def _text(given: str | None) -> str | None:
    return given if given and given.strip() else None


def _texts(given: Teksten) -> tuple[str, ...]:
    return tuple(t for t in given or () if t.strip())


def the_client(code: str | None, afnames: "Sequence[Ingevuld]") -> str | None:
    """The code as given or as in the afnames; two that differ are refused: a page is of one client."""
    of_afname = next((a.client for a in afnames if a.client), None)
    if code is None:
        return of_afname
    if of_afname and check_clientcode(code) != of_afname:
        raise RegiekitError(
            f"de afname is van {of_afname}, en je vraagt een blad voor {code}; geef de bestanden van één cliënt",
            REFUSED,
        )
    return check_clientcode(code)


def make(gegevens: Gegevens, afnames: "Sequence[Ingevuld]", gesprek: "Gespreksadvies") -> "Blad":
    """The page, with first against last when there are several afnames."""
    from regiekit.render.uitslag import moment
    from regiekit.render.voorbereiding import make_blad

    several = len(afnames) > 1
    verschillen = compare_all(afnames[0], afnames[-1], load_banden()) if several else ()
    sinds = (moment(afnames[0]) or "de eerste afname") if several else ""
    return make_blad(gegevens, gesprek, verschillen, sinds, load_keuzeregels())


def print_blad(blad: "Blad", uit: str | None, overschrijf: bool) -> None:
    """Make the PDF or the HTML, and say what was shortened to fit on the page."""
    from regiekit.render.voorbereiding import render_blad_html, render_blad_pdf

    shortened: list[str] = []

    def to_pdf() -> bytes:
        pdf, ingekort = render_blad_pdf(blad)
        shortened.extend(ingekort)
        return pdf

    name = "-".join(["voorbereiding", *([blad.client] if blad.client else [])])
    path = write_papier(name, uit, overschrijf, to_pdf, lambda: render_blad_html(blad))
    if path and shortened:
        say(f"Ingekort om op één bladzijde te passen: {', '.join(shortened)}. Op het scherm staat alles.")
    if path:
        say(f"De voorbereiding staat in {path}. Print op A4, staand.")

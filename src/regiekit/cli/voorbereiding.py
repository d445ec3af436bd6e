"""`regiekit voorbereiding`."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from regiekit.cli.advies import (
    Afnames,
    check_bsn,
    make_besluit,
    make_gesprek,
    read_of_client,
    tell_not_kept,
)
from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.options import (
    Belast,
    Besluit,
    Bibliotheek,
    Crisis,
    Datum,
    DossierPad,
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
    dag_option,
    refuse_file_beside_json,
    require_files,
    the_code,
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
    from collections.abc import Callable, Sequence

    from regiekit.domain.gespreksadvies import Besluit as DomainBesluit
    from regiekit.domain.gespreksadvies import Gespreksadvies
    from regiekit.domain.vergelijking import Verschil
    from regiekit.dossier.boek import Boek
    from regiekit.render.voorbereiding import Blad, Losse

Teksten = list[str] | None


Client = Annotated[str | None, typer.Option("--client", help="De code van de cliënt, nooit een naam.")]
Doel = Annotated[str | None, typer.Option("--doel", help="Het doel, in de woorden van de cliënt.")]
Afspraak = Annotated[Teksten, typer.Option("--afspraak", help="Een afspraak die nog openstaat.")]
Actie = Annotated[
    Teksten, typer.Option("--actie", help="Wat de cliënt zou proberen, zoals na een inoculatie; vraag ernaar.")
]
Rapportage = Annotated[datetime | None, dag_option("--rapportage", "Datum van de volgende rapportage.")]
LaatsteRapportage = Annotated[
    datetime | None,
    dag_option("--laatste-rapportage", "Datum van de vorige rapportage."),
]
Weken = Annotated[
    int | None,
    typer.Option(
        "--weken", min=1, max=52, help=f"Weken tussen twee rapportages; anders {WEKEN}, of wat in het dossier staat."
    ),
]
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
    weken: Weken = None,
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
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Eén bladzijde om een gesprek voor te bereiden.

    Met doel, open afspraken, scores in woorden, sturing, één techniek met vragen, waar je op let en de volgende
    rapportage. Wat je niet geeft, staat er als 'nog niet ingevuld'.

    Met de code van een cliënt vult het blad zich uit je dossier. Wat je zelf geeft, gaat voor; afspraken en acties
    komen erbij. Een bestand met --print of --uit komt in het register van het dossier.
    """
    code = the_code(afnames, dossier)
    require_files(code, zelfde_client, sleutel)
    refuse_file_beside_json(json, {"--print": print_, "--uit": uit})
    if code is None:
        check_waarneming(sturing, waarneming)
    check_bsn([doel, reden, *(afspraak or ()), *(actie or ())], geen_bsn)
    bronnen = Bronnen(inschatting, sturing, waarneming, crisis, rouw, rouw_uitslag, belast)
    typed = Gegevens(client, _day(datum), _texts([doel or ""]), _texts(afspraak), _texts(actie), _day(rapportage),
                     _day(laatste_rapportage), weken or WEKEN)  # fmt: skip
    folder, decided = own_folder(bibliotheek), make_besluit(besluit, reden, datum)
    given = Gegeven(typed, weken, bronnen, signaal or [], decided, folder)
    papier = Papier((print_ or bool(uit)) and not json, uit, overschrijf, json)
    if code:
        return from_dossier(code, given, papier, dossier, wachtzin_fd)
    found = read_of_client(afnames or [], zelfde_client, folder, make_opener(sleutel, wachtzin_fd))
    gegevens = typed._replace(client=the_client(client, found))
    gesprek = make_gesprek(found, bronnen, given.signalen, decided, folder)
    warn_rapportage(gegevens)
    return show_or_print(make(gegevens, found, gesprek), gegevens, papier, print_blad)


class Gegeven(NamedTuple):
    """What the coach gave on the command line."""

    gegevens: Gegevens
    weken: int | None
    bronnen: Bronnen
    signalen: list[str]
    besluit: "DomainBesluit | None"
    folder: Path | None


class Papier(NamedTuple):
    """Where the page goes: on paper (to `uit`, or a name of its own), else on the screen or as JSON."""

    is_asked: bool
    uit: str | None
    overschrijf: bool
    json: bool


def from_dossier(code: str, given: Gegeven, papier: Papier, dossier: Path | None, wachtzin_fd: int | None) -> None:
    """The page of a client whose dossier is kept; a file of it is known there."""
    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_vullen import fill, with_given

    with open_boek(dossier, wachtzin_fd) as boek:
        gevuld = fill(boek.read(code), date.today(), given.folder)
        code = gevuld.dossier.code
        check_same(given.gegevens.client, code)
        bronnen = with_given(gevuld.bronnen, given.bronnen)
        check_waarneming(bronnen.sturing, bronnen.waarneming)
        tell_not_kept(given.besluit, code)
        decided = given.besluit or gevuld.besluit
        gesprek = make_gesprek(gevuld.afnames, bronnen, given.signalen, decided, given.folder)
        gegevens = add_to(gevuld.gegevens, given)
        blad = make(gegevens, gevuld.afnames, gesprek, gevuld.schaalvragen)
        warn_rapportage(gegevens, in_dossier=True)
        show_or_print(blad, gegevens, papier, lambda blad, uit, over: print_known(blad, uit, over, boek, code))


def check_same(client: str | None, code: str) -> None:
    """--client beside the code of a dossier may only say the same; raises RegiekitError."""
    if client and client.casefold() != code.casefold():
        raise RegiekitError(f"je vraagt een blad van {code}, en geeft --client {client}; geef één code", REFUSED)


def add_to(kept: Gegevens, given: Gegeven) -> Gegevens:
    """What the dossier knows, below what the coach gave: one value goes for another, lists are joined."""
    typed = given.gegevens
    return kept._replace(
        datum=typed.datum or kept.datum,
        doelen=(*typed.doelen, *kept.doelen),
        afspraken=(*typed.afspraken, *kept.afspraken),
        acties=(*typed.acties, *kept.acties),
        rapportage=typed.rapportage,
        laatste_rapportage=typed.laatste_rapportage or kept.laatste_rapportage,
        weken=given.weken or kept.weken,
        besluit_toen=() if given.besluit else kept.besluit_toen,
    )


def show_or_print(
    blad: "Blad", gegevens: Gegevens, papier: Papier, to_paper: "Callable[[Blad, str | None, bool], None]"
) -> None:
    """The page as it was asked for."""
    if papier.is_asked:
        return to_paper(blad, papier.uit, papier.overschrijf)
    return show_blad(blad, gegevens, papier.json)


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


def warn_rapportage(gegevens: Gegevens, in_dossier: bool = False) -> None:
    """Say it when the next report is past; with the date of the talk the page itself says so."""
    found = next_rapportage(gegevens)
    if not found.datum or gegevens.datum or found.voor_de_vorige or found.datum >= date.today():
        return
    if in_dossier:
        from regiekit.domain.clientdossier import AL_GERAPPORTEERD, is_rapportage_unknown

        if is_rapportage_unknown(found.datum, gegevens.laatste_rapportage, date.today()):
            warn(AL_GERAPPORTEERD.format(code=gegevens.client))
            return
    warn(f"let op, de volgende rapportage ({found.datum.isoformat()}) is al voorbij; controleer de datum")


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


def make(
    gegevens: Gegevens,
    afnames: "Sequence[Ingevuld]",
    gesprek: "Gespreksadvies",
    schaalvragen: "Sequence[Ingevuld]" = (),
) -> "Blad":
    """The page, with first against last when there are several afnames."""
    from regiekit.render.voorbereiding import make_blad

    losse = make_losse(schaalvragen) if schaalvragen else None
    return make_blad(gegevens, gesprek, *first_against_last(afnames), load_keuzeregels(), losse)


def make_losse(afnames: "Sequence[Ingevuld]") -> "Losse":
    """The scale questions of the last time, and what changed since the first."""
    from regiekit.domain.uitslag import score
    from regiekit.render.uitslag import moment
    from regiekit.render.voorbereiding import Losse

    last = afnames[-1]
    lijst = f"{last.vragenlijst.id}, versie {last.vragenlijst.versie}, hash {last.hash}"
    return Losse(score(last.vragenlijst, last.antwoorden).schalen, moment(last), lijst, *first_against_last(afnames))


def first_against_last(afnames: "Sequence[Ingevuld]") -> "tuple[Sequence[Verschil], str]":
    """The difference of every schaal, and the name of the first moment; nothing with one afname or none."""
    from regiekit.render.uitslag import moment

    if len(afnames) < 2:
        return (), ""
    return compare_all(afnames, load_banden()), moment(afnames[0]) or "de eerste afname"


def print_blad(blad: "Blad", uit: str | None, overschrijf: bool) -> None:
    """Make the PDF or the HTML, and say what was shortened to fit on the page."""
    from regiekit.render.voorbereiding import render_blad_html

    shortened: list[str] = []
    path = write_papier(
        name_of(blad), uit, overschrijf, to_pdf(blad, shortened), lambda: render_blad_html(blad), private=True
    )  # fmt: skip
    tell_shortened(path, shortened)
    if path:
        say(f"De voorbereiding staat in {path}. Print op A4, staand.")


def print_known(blad: "Blad", uit: str | None, overschrijf: bool, boek: "Boek", code: str) -> None:
    """The same for a page from the dossier: nothing of another client is on it, and the dossier knows the file."""
    from regiekit.cli.dossier_uitvoer import check_document, tell_written, write_known
    from regiekit.render.voorbereiding import document_of, render_blad_html

    check_document(document_of(blad), boek, code, voor_anderen=False, toch=True)
    shortened: list[str] = []

    def write(target: str, content: bytes) -> None:
        write_known(content, boek, code, "voorbereiding", target, overschrijf)

    path = write_papier(
        name_of(blad), uit, overschrijf, to_pdf(blad, shortened), lambda: render_blad_html(blad), write
    )  # fmt: skip
    tell_shortened(path, shortened)
    tell_written(path, "De voorbereiding")


def name_of(blad: "Blad") -> str:
    """The name of a file of this page."""
    return "-".join(["voorbereiding", *([blad.client] if blad.client else [])])


def to_pdf(blad: "Blad", shortened: list[str]) -> "Callable[[], bytes]":
    """What makes the PDF, and then tells in which blocks something was shortened."""
    from regiekit.render.voorbereiding import render_blad_pdf

    def make_pdf() -> bytes:
        pdf, ingekort = render_blad_pdf(blad)
        shortened.extend(ingekort)
        return pdf

    return make_pdf


def tell_shortened(path: Path | None, shortened: list[str]) -> None:
    """Which blocks are not whole on paper."""
    if path and shortened:
        say(f"Ingekort om op één bladzijde te passen: {', '.join(shortened)}. Op het scherm staat alles.")

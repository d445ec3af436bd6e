"""`regiekit advies`."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    require_files,
    the_code,
)
from regiekit.cli.output import show, show_json, warn
from regiekit.cli.sleutel import make_opener
from regiekit.content.library import load_keuzeregels, load_signalen, load_stuurmatrix, load_technieken, own_folder
from regiekit.domain import gespreksadvies as domain
from regiekit.domain.advies import Bronnen
from regiekit.domain.beoordeling import Ingevuld, in_time
from regiekit.domain.niveau import Regie
from regiekit.domain.signalen import find_signalen
from regiekit.errors import REFUSED, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regiekit.cli.dossier_vullen import Gevuld
    from regiekit.kanaal.antwoordbestand import OpenSealed

Afnames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="AFNAME",
        help="De code van een cliënt in je dossier, of ingevulde vragenlijst(en) van één cliënt. Mag leeg blijven.",
    ),
]


def advies(
    afnames: Afnames = None,
    inschatting: Inschatting = None,
    sturing: SturingOption = None,
    waarneming: WaarnemingOption = None,
    signaal: Signaal = None,
    besluit: Besluit = None,
    reden: Reden = None,
    datum: Datum = None,
    rouw: Rouw = False,
    rouw_uitslag: RouwUitslag = None,
    belast: Belast = False,
    crisis: Crisis = False,
    zelfde_client: ZelfdeClient = False,
    geen_bsn: GeenBsn = False,
    signalen: Annotated[bool, typer.Option("--signalen", help="Toon alle signalen die je kunt geven.")] = False,
    bibliotheek: Bibliotheek = None,
    sleutel: SleutelPad = None,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Niveau, sturing en hoogstens twee technieken, met de reden.

    Met de code van een cliënt komen de afnames, je besluit en wat je in het laatste gesprek zag uit je dossier. Wat je
    zelf geeft, gaat voor.

    Zonder opties vraagt regiekit op een terminal door langs de zes kenmerken uit de handleiding, en welke signalen je
    herkent. Je eigen besluit zet je ernaast met --besluit en --reden: dat gaat voor, en wat de bronnen zeiden blijft
    staan.
    """
    code = the_code(afnames, dossier)
    require_files(code, zelfde_client, sleutel)
    if code is None:
        check_waarneming(sturing, waarneming)
    folder = own_folder(bibliotheek)
    if signalen:
        return show_signalen(folder, json)
    check_bsn([reden], geen_bsn)
    decided = make_besluit(besluit, reden, datum)
    bronnen = Bronnen(inschatting, sturing, waarneming, crisis, rouw, rouw_uitslag, belast)
    if code:
        from regiekit.cli.dossier_vullen import where_from, with_given

        gevuld = read_filled(code, dossier, wachtzin_fd, folder)
        bronnen = with_given(gevuld.bronnen, bronnen)
        check_waarneming(bronnen.sturing, bronnen.waarneming)
        tell_not_kept(decided, gevuld.dossier.code)
        read, decided, above = gevuld.afnames, decided or gevuld.besluit, where_from(gevuld)
        return show_gesprek(make_gesprek(read, bronnen, signaal or [], decided, folder), json, above)
    if not (afnames or signaal or decided or json or any(bronnen)) and sys.stdin.isatty() and sys.stdout.isatty():
        from regiekit.cli.questions import ask_advies

        bronnen, signaal = ask_advies(load_stuurmatrix(), load_signalen(folder))
    read = read_of_client(afnames or [], zelfde_client, folder, make_opener(sleutel, wachtzin_fd))
    return show_gesprek(make_gesprek(read, bronnen, signaal or [], decided, folder), json)


def read_filled(code: str, dossier: Path | None, wachtzin_fd: int | None, folder: Path | None) -> "Gevuld":
    """What the dossier knows of a client; it is closed again at once."""
    from datetime import date

    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_vullen import fill

    with open_boek(dossier, wachtzin_fd) as boek:
        return fill(boek.read(code), date.today(), folder)


def tell_not_kept(besluit: domain.Besluit | None, code: str) -> None:
    """A besluit given here holds for this once."""
    if besluit:
        warn(f"dit besluit geldt nu en staat niet in het dossier; bewaren doe je met 'regiekit dossier besluit {code}'")


def show_gesprek(gesprek: domain.Gespreksadvies, json: bool, above: str | None = None) -> None:
    """The advice on the screen or as JSON; `above` says where it came from."""
    if json:
        from regiekit.render.as_json import json_gesprek

        return show_json(json_gesprek(gesprek))
    from regiekit.render.advies import render_gesprek
    from regiekit.render.parts import paragraph

    if above:
        show(paragraph(above, style="dim"))
    return show(*render_gesprek(gesprek, load_stuurmatrix(), load_keuzeregels()))


def make_besluit(besluit: Regie | None, reden: str | None, datum: datetime | None) -> domain.Besluit | None:
    """The coach's decision; refused without a reason, and a reason alone is refused too."""
    if besluit and not (reden and reden.strip()):
        raise RegiekitError('bij --besluit hoort --reden "…": schrijf in één zin waarom je zo besluit')
    if reden and not besluit:
        raise RegiekitError("bij --reden hoort --besluit: kies laag, midden of hoog")
    return domain.Besluit(besluit, (reden or "").strip(), datum.date() if datum else None) if besluit else None


def check_bsn(texts: "Iterable[str | None]", geen_bsn: bool) -> None:
    """No text of the coach holds what can be a burgerservicenummer, unless the coach says that it is none."""
    from regiekit.domain.bewaking import find_bsn

    found = [] if geen_bsn else [v.woord for text in texts if text for v in find_bsn(text)]
    if found:
        raise RegiekitError(
            f"'{found[0]}' kan een burgerservicenummer zijn; haal het weg, of zet --geen-bsn erbij als het dat niet is",
            REFUSED,
        )


def read_of_client(
    paths: list[str], zelfde_client: bool, folder: Path | None, open_sealed: "OpenSealed"
) -> list[Ingevuld]:
    """The afnames of one client in order of time; none when no file is named."""
    if not paths:
        return []
    from regiekit.cli.score import one_client, read_or_fill_in

    return in_time(one_client(read_or_fill_in(paths, folder, open_sealed), zelfde_client))


def make_gesprek(
    afnames: "Sequence[Ingevuld]",
    bronnen: Bronnen,
    signalen: "Sequence[str]",
    besluit: domain.Besluit | None,
    folder: Path | None,
) -> domain.Gespreksadvies:
    """Everything for the talk, with the content of regiekit and of the coach."""
    found = find_signalen(load_signalen(folder), signalen)
    inhoud = domain.Inhoudelijk(load_stuurmatrix(), load_keuzeregels(), load_technieken(folder))
    return domain.advise_gesprek(inhoud, afnames, bronnen, found, besluit)


def show_signalen(folder: Path | None, json: bool) -> None:
    """The list of signalen."""
    signalen, technieken = load_signalen(folder), load_technieken(folder)
    if json:
        from regiekit.render.as_json import json_signalen

        return show_json(json_signalen(signalen))
    from regiekit.render.advies import render_signalen

    return show(*render_signalen(signalen, technieken))

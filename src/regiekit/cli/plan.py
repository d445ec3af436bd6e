"""`regiekit plan`."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple
from unicodedata import category

import typer

from regiekit.cli.bewaking import GeenBsn, Naam, Toch, check_for_others, to_problem
from regiekit.cli.options import (
    INVULBAAR,
    ClientOption,
    DossierPad,
    Json,
    Overschrijf,
    WachtzinFd,
    dag_option,
    refuse_file_beside_json,
    require_ending,
    the_code,
)
from regiekit.cli.output import say, show, show_json, warn, write_file
from regiekit.content.invoer import PLAN, Bron, read_plan
from regiekit.content.library import load_mijlpalen, load_planteksten
from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.herkenbaar import ANDERE_CODE, CODES, find_anderen
from regiekit.domain.mijlpalen import check_start, make_overzicht
from regiekit.domain.plan import (
    Plan,
    choose_manieren,
    merge,
    missing,
    propose_evaluaties,
    read_rol,
    read_stap,
    texts_for_others,
)
from regiekit.errors import REFUSED, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.mijlpalen import Moment
    from regiekit.errors import Problem
    from regiekit.render.plan import Inhoud

OPTIES = {"eigen_doelen": "--eigen-doel", "rollen": "--rol", "stappen": "--stap"}

Teksten = list[str] | None
Bestand = Annotated[
    str | None,
    typer.Argument(
        metavar="BESTAND", help="Een ingevuld plan.yaml, of de code van een cliënt; '-' leest standaardinvoer."
    ),
]
Datum = Annotated[
    datetime | None,
    dag_option("--datum", "De dag van het plan; anders vandaag."),
]
EigenDoel = Annotated[Teksten, typer.Option("--eigen-doel", help="Een doel van de werknemer zelf.")]
DoelSpoor2 = Annotated[str | None, typer.Option("--doel-spoor-2", help="Het doel van het tweede spoor.")]
Rollen = Annotated[Teksten, typer.Option("--rol", metavar="WIE=ROL", help="Wie wat doet.")]
Stappen = Annotated[Teksten, typer.Option("--stap", metavar="WAT;WIE;WANNEER", help="Een stap.")]
Evaluaties = Annotated[
    list[datetime] | None,
    dag_option("--evaluatie", "Een dag om terug te kijken."),
]
Manieren = Annotated[
    Teksten, typer.Option("--manier", metavar="ID", help="Hoe jullie eigen regie stimuleren; zie --manieren.")
]
EigenRegie = Annotated[Teksten, typer.Option("--eigen-regie", help="Hetzelfde, in jullie eigen woorden.")]
VisieWerknemer = Annotated[
    str | None, typer.Option("--visie-werknemer", help="De visie van de werknemer; blijft letterlijk.")
]
VisieWerkgever = Annotated[
    str | None, typer.Option("--visie-werkgever", help="De visie van de werkgever; blijft letterlijk.")
]
EersteZiektedag = Annotated[
    datetime | None,
    dag_option("--eerste-ziektedag", "Om evaluaties voor te stellen."),
]
MetAfspraken = Annotated[
    bool, typer.Option("--met-afspraken", help="Zet de open afspraken uit het dossier als stappen in het plan.")
]
MetMijlpalen = Annotated[bool, typer.Option("--mijlpalen", help="Zet ook de mijlpalen in het plan.")]
ToonManieren = Annotated[bool, typer.Option("--manieren", help="Toon de manieren om uit te kiezen.")]
Invulblad = Annotated[bool, typer.Option("--invulblad", help="Maak een leeg plan.yaml om in te vullen.")]
Uit = Annotated[
    str | None,
    typer.Option(
        "--uit",
        metavar="PAD",
        help="Waar het plan komt: .docx, .html, .pdf of .txt, met --invulblad .yaml; '-' is het scherm.",
    ),
]


def plan(
    bestand: Bestand = None,
    client: ClientOption = None,
    datum: Datum = None,
    eigen_doel: EigenDoel = None,
    doel_spoor_2: DoelSpoor2 = None,
    rol: Rollen = None,
    stap: Stappen = None,
    evaluatie: Evaluaties = None,
    manier: Manieren = None,
    eigen_regie: EigenRegie = None,
    visie_werknemer: VisieWerknemer = None,
    visie_werkgever: VisieWerkgever = None,
    eerste_ziektedag: EersteZiektedag = None,
    naam: Naam = None,
    mijlpalen: MetMijlpalen = False,
    met_afspraken: MetAfspraken = False,
    manieren: ToonManieren = False,
    invulblad: Invulblad = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    toch: Toch = False,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Bouwstenen voor het Plan van Aanpak.

    Doelen van de werknemer naast het doel van het tweede spoor, rollen en stappen, evaluaties, hoe jullie eigen regie
    stimuleren, en letterlijk de visie van werknemer en werkgever. Wat leeg is, staat er als 'Nog invullen'.

    De tekst is voor anderen. Lijkt een woord medisch, of een getal op een burgerservicenummer, dan schrijft regiekit
    niets en noemt de plaats. Dat is geen garantie: lees het plan zelf na.

    Met de code van een cliënt komen doelen, visies en de eerste ziektedag uit je dossier; wat je zelf geeft, komt erbij
    of gaat voor. Een bestand komt in het register van het dossier.
    """
    refuse_file_beside_json(json, {"--uit": uit})
    if manieren:
        return show_manieren(json)
    if invulblad:
        return write_invulblad(uit, overschrijf)
    typed = Plan(
        client and check_clientcode(client), as_date(datum), as_date(eerste_ziektedag), tuple(eigen_doel or ()),
        doel_spoor_2, tuple(map(read_rol, rol or ())), tuple(map(read_stap, stap or ())),
        tuple(day.date() for day in evaluatie or ()), tuple(manier) if manier else None, tuple(eigen_regie or ()),
        visie_werknemer, visie_werkgever, tuple(naam or ()),
    )  # fmt: skip
    asked = Verzoek(typed, mijlpalen, met_afspraken, toch, geen_bsn, uit, overschrijf, json)
    if code := the_code(bestand, dossier):
        return plan_from_dossier(code, asked, dossier, wachtzin_fd)
    return plan_from_file(bestand, asked)


class Verzoek(NamedTuple):
    """What was asked on the command line."""

    typed: Plan
    mijlpalen: bool
    met_afspraken: bool
    toch: bool
    geen_bsn: bool
    uit: str | None
    overschrijf: bool
    json: bool


def plan_from_file(bestand: str | None, asked: Verzoek) -> None:
    """The plan of a file, with what was typed; or of what was typed alone."""
    if asked.met_afspraken:
        raise RegiekitError("bij --met-afspraken hoort de code van een cliënt in je dossier, zoals R-014")
    read, bronnen = read_plan(bestand) if bestand else (Plan(), [])
    whole = merge(read, asked.typed)
    whole = whole if whole.datum else whole._replace(datum=date.today())
    inhoud = make_inhoud(whole, asked.mijlpalen)
    texts = [*bronnen, *typed_texts(asked.typed)]
    check_for_others(texts, asked.toch, asked.geen_bsn, of_others(texts, whole, asked.toch))
    write_plan(inhoud, asked.uit, asked.overschrijf, asked.json)


def plan_from_dossier(code: str, asked: Verzoek, dossier: Path | None, wachtzin_fd: int | None) -> None:
    """The plan of a client whose dossier is kept: guarded as a whole, and a file of it is known there."""
    from regiekit.cli.dossier_open import marked, open_boek
    from regiekit.cli.dossier_uitvoer import check_document, tell_written, write_of_client
    from regiekit.cli.dossier_vullen import plan_of
    from regiekit.domain.clientdossier import VERZONNEN
    from regiekit.render.plan import json_plan, make_document

    typed_texts(asked.typed)  # control characters
    with open_boek(dossier, wachtzin_fd, says_so=not asked.json and asked.uit in (None, "-")) as boek:
        kept = boek.read(code)
        if asked.typed.client and asked.typed.client.casefold() != kept.code.casefold():
            raise RegiekitError(f"je vraagt een plan van {kept.code}, en geeft --client {asked.typed.client}", REFUSED)
        whole = merge(plan_of(kept, asked.met_afspraken), asked.typed._replace(client=None))
        whole = whole if whole.datum else whole._replace(datum=date.today())
        inhoud = make_inhoud(whole, asked.mijlpalen)
        document = make_document(inhoud)
        if kept.verzonnen:
            document = document._replace(lopend=VERZONNEN)
        check_document(
            document, boek, kept.code, voor_anderen=True, namen=whole.namen, toch=asked.toch, geen_bsn=asked.geen_bsn
        )
        if asked.json:
            return show_json({**marked(boek), **json_plan(inhoud)})
        tell_written(write_of_client(document, boek, kept.code, "plan", asked.uit, asked.overschrijf), "Het plan")
    return tell_empty(inhoud)


def as_date(moment: datetime | None) -> date | None:
    """The day of an option."""
    return moment.date() if moment else None


def typed_texts(typed: Plan) -> list[Bron]:
    """What was typed, with the option as its place; control characters cannot stand in a document."""
    bronnen = [Bron(OPTIES.get(v.naam, f"--{v.naam.replace('_', '-')}"), v.tekst) for v in texts_for_others(typed)]
    for bron in bronnen:
        if any(category(c) in ("Cc", "Cs", "Cn") and c not in "\n\r\t" for c in bron.tekst):
            raise RegiekitError(f"in {bron.bestand} staat een onzichtbaar stuurteken; typ de tekst opnieuw")
    return bronnen


def of_others(texts: list[Bron], whole: Plan, toch: bool) -> "Iterator[Problem]":
    """Names that were given, and codes that look like those of another client."""
    for bron in texts:
        for vondst in find_anderen(bron.tekst, whole.client, whole.namen):
            if not (toch and vondst.soort == ANDERE_CODE):
                yield to_problem(bron, vondst, CODES[vondst.soort])


def make_inhoud(whole: Plan, with_mijlpalen: bool) -> "Inhoud":
    """All that the plan shows."""
    from regiekit.render.plan import Inhoud

    if with_mijlpalen and whole.eerste_ziektedag is None:
        raise RegiekitError("bij --mijlpalen hoort de eerste ziektedag; geef --eerste-ziektedag JJJJ-MM-DD")
    teksten = load_planteksten()
    evaluaties = whole.evaluaties
    momenten: tuple[Moment, ...] = ()
    if whole.eerste_ziektedag:
        start = check_start(whole.eerste_ziektedag)
        overzicht = make_overzicht(load_mijlpalen(), start, {}, whole.datum or start)
        evaluaties, momenten = propose_evaluaties(whole, overzicht.evaluaties), overzicht.momenten
    return Inhoud(whole, teksten, choose_manieren(teksten, whole), evaluaties, momenten if with_mijlpalen else ())


def write_plan(inhoud: "Inhoud", uit: str | None, overschrijf: bool, json: bool) -> None:
    """On screen, as JSON, or in a file whose name says the form."""
    from regiekit.render.plan import json_plan, make_document

    if json:
        return show_json(json_plan(inhoud))
    from regiekit.cli.document import write_document

    target = write_document(make_document(inhoud), uit, overschrijf)
    if target:
        say(f"Het plan staat in {target}. Lees het na voordat je het deelt.")
    return tell_empty(inhoud)


def tell_empty(inhoud: "Inhoud") -> None:
    """One line about the parts that are still empty."""
    if empty := missing(inhoud.plan, inhoud.evaluaties):
        warn(f"nog leeg in dit plan: {', '.join(name.replace('_', ' ') for name in empty)}")


def show_manieren(json: bool) -> None:
    """The ways to stimulate eigen regie that a plan can hold."""
    from regiekit.render.plan import json_manieren

    manieren = load_planteksten().manieren
    if json:
        return show_json(json_manieren(manieren))
    from regiekit.domain.herkomst import own_mark
    from regiekit.render.parts import bullet, paragraph

    for manier in manieren:
        show(paragraph(f"{manier.id}{'  (standaard)' if manier.standaard else ''}"))
        show(bullet(manier.tekst, source=own_mark(manier)))
    return show(paragraph("Kies met --manier ID. Zonder keuze komen de standaardzinnen erin.", style="dim"))


def write_invulblad(uit: str | None, overschrijf: bool) -> None:
    """An empty plan.yaml."""
    require_ending(uit, INVULBAAR, "Wil je het plan zelf? Laat --invulblad weg")
    target = uit or "plan.yaml"
    ids = ", ".join(manier.id for manier in load_planteksten().manieren)
    text = PLAN.format(naam=target if target != "-" else "plan.yaml", datum=date.today().isoformat(), manieren=ids)
    write_file(target, text.encode(), replace=overschrijf, private=True)
    if target != "-":
        say(f"Het invulblad staat in {Path(target).resolve()}. Vul het in en typ: regiekit plan {target}")

"""`regiekit dossier`: a new client, the list, one client, the traject and its end."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.options import Code, DossierPad, Json, WachtzinFd, dag_option, day_of
from regiekit.cli.output import say, say_wrapped, show, show_json, warn
from regiekit.domain.voorbereiding import WEKEN
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regiekit.cli.dossier_teksten import Bewaking
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.record import Record

LIJSTEN = ("eigen_doelen", "keuzes", "mogelijkheden")
LEEG_TE_MAKEN = ("eerste-ziektedag", "eigen-doelen", "doel-spoor-2", "keuzes", "mogelijkheden", "visie-werknemer",
                 "visie-werkgever", "laatste-rapportage")  # fmt: skip

Teksten = list[str] | None
Dag = datetime | None
Vandaag = Annotated[Dag, dag_option("--datum", "Reken alsof het deze dag is.")]
Begin = Annotated[Dag, dag_option("--begin", "De eerste dag van het traject; anders vandaag.")]
EersteZiektedag = Annotated[Dag, dag_option("--eerste-ziektedag", "Om de mijlpalen te tellen.")]
EigenDoel = Annotated[Teksten, typer.Option("--eigen-doel", help="Een doel van de cliënt, in eigen woorden.")]
DoelSpoor2 = Annotated[str | None, typer.Option("--doel-spoor-2", help="Het doel van het tweede spoor.")]
DeKeuze = Annotated[
    Teksten, typer.Option("--keuze", help="Wat de cliënt zelf koos: tempo, volgorde, dag of vorm.")
]  # fmt: skip
Mogelijkheid = Annotated[
    Teksten,
    typer.Option(
        "--mogelijkheid",
        help="Wat in werk kan, zoals de bedrijfsarts het doorgaf. Dit mag de werkgever lezen, dus alleen over werk.",
    ),
]
VisieWerknemer = Annotated[str | None, typer.Option("--visie-werknemer", help="De visie van de werknemer, letterlijk.")]
VisieWerkgever = Annotated[str | None, typer.Option("--visie-werkgever", help="De visie van de werkgever, letterlijk.")]
Weken = Annotated[
    int | None, typer.Option("--weken", min=1, max=52, help=f"Om de hoeveel weken een rapportage; anders {WEKEN}.")
]
LaatsteRapportage = Annotated[
    Dag, dag_option("--laatste-rapportage", "De dag van de laatste rapportage aan de werkgever.")
]
GeenNaam = Annotated[bool, typer.Option("--geen-naam", help="Wat op een naam lijkt, is een code; jij keek het na.")]
Reden = Annotated[str | None, typer.Option("--reden", help="Waarom.")]


def nieuw(
    code: Code,
    begin: Begin = None,
    eerste_ziektedag: EersteZiektedag = None,
    eigen_doel: EigenDoel = None,
    doel_spoor_2: DoelSpoor2 = None,
    keuze: DeKeuze = None,
    mogelijkheid: Mogelijkheid = None,
    visie_werknemer: VisieWerknemer = None,
    visie_werkgever: VisieWerkgever = None,
    weken: Weken = None,
    laatste_rapportage: LaatsteRapportage = None,
    datum: Vandaag = None,
    geen_naam: GeenNaam = False,
    geen_bsn: GeenBsn = False,
    onthoud: Annotated[
        bool,
        typer.Option("--onthoud", help="Bewaar de sleutel van een nieuw dossier in de sleutelbos van je computer."),
    ] = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Een nieuwe cliënt; de eerste keer ook het dossier zelf.

    De eerste keer zegt regiekit waar het dossier komt en vraagt het twee keer een wachtzin. Zonder opties stelt het
    vier vragen over het traject, die je mag overslaan met Enter. Later veranderen kan met 'regiekit dossier traject'.
    """
    from regiekit.cli.dossier_begin import open_or_make
    from regiekit.cli.dossier_teksten import Bewaking, check_code, make_inhoud
    from regiekit.cli.dossier_vragen import told_when_stopped
    from regiekit.domain.aantekening import Traject

    vandaag = day_of(datum)
    check_code(code, geen_naam)
    given = values_of(begin, eerste_ziektedag, eigen_doel, doel_spoor_2, keuze, mogelijkheid, visie_werknemer,
                      visie_werkgever, weken, laatste_rapportage)  # fmt: skip
    bewaking = Bewaking(geen_bsn)
    if given:
        bewaking.check(make_inhoud(Traject, {"begin": vandaag.isoformat(), **given}))
    with open_or_make(dossier, wachtzin_fd, onthoud) as boek:
        if code.casefold() in map(str.casefold, boek.codes()):
            raise RegiekitError(f"cliënt '{code}' staat al in het dossier; kies een andere code, of verander het "
                                f"traject met 'regiekit dossier traject {code}'")  # fmt: skip
        with told_when_stopped(lambda: f"{code} staat nog niet in het dossier."):
            values = given or ask_traject(code, vandaag, bewaking)
        inhoud = make_inhoud(Traject, {"begin": vandaag.isoformat(), **values})
        check_order(inhoud.begin, inhoud.eerste_ziektedag)
        if not given:
            bewaking.check(inhoud)
        boek.new_client(code, inhoud.begin, inhoud)
        tell_new(boek.read(code), vandaag)


def lijst(
    na: Annotated[
        str, typer.Option("--na", metavar="CODE", help="Begin na deze code, voor de volgende bladzijde.")
    ] = "",
    aantal: Annotated[
        int | None, typer.Option("--aantal", min=1, max=500, help="Hoeveel cliënten op een bladzijde; anders 40.")
    ] = None,
    datum: Vandaag = None,
    json: Json = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Al je cliënten, met wat aandacht vraagt.

    Per cliënt het begin, het laatste en het volgende gesprek, de volgende rapportage en hoeveel punten open staan.
    Scores staan er niet bij: regiekit vergelijkt cliënten nooit met elkaar.
    """
    from regiekit.cli.dossier_open import open_boek
    from regiekit.domain.clientdossier import VERZONNEN
    from regiekit.domain.dossierlijst import find_let_op, rij_of
    from regiekit.dossier.boek import PAGINA
    from regiekit.render.dossier import json_lijst, render_lijst

    vandaag, most = day_of(datum), aantal or PAGINA
    with open_boek(dossier, wachtzin_fd, says_so=not json) as boek:
        found, verzonnen = boek.page(na, most + 1), boek.opslag.head.verzonnen
    rijen = [rij_of(one) for one in found[:most]]
    let_op = list(find_let_op(rijen, vandaag))
    further = f"Er zijn er meer. Verder: regiekit dossier lijst --na {rijen[-1].code}" if len(found) > most else ""
    if json:
        if further:
            warn(further)
        return show_json(json_lijst(rijen, let_op))
    if not rijen:
        if verzonnen:
            say(VERZONNEN)
        begin = "Begin met: regiekit dossier nieuw CODE"
        return say(f"Na {na} staat er niemand meer." if na else f"Er staat nog geen cliënt in het dossier. {begin}")
    show(*render_lijst(rijen, let_op, vandaag, verzonnen))
    if further:
        say(f"{further}{place_words(dossier)}")
    return None


def toon(
    code: Code,
    nummer: Annotated[int | None, typer.Option("--nummer", min=1, help="Alleen deze aantekening.")] = None,
    alles: Annotated[
        bool, typer.Option("--alles", help="Alles op volgorde, ook wat later verbeterd is: oude waarde, dag en reden.")
    ] = False,
    datum: Vandaag = None,
    json: Json = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Wat er over één cliënt staat: in het kort, of met --alles alles.

    In het kort: het traject, het laatste gesprek, je laatste besluit, wanneer er gemeten is en wat nog open staat.

    Elke aantekening heeft een nummer. Met dat nummer verbeter je haar: regiekit dossier corrigeer CODE NUMMER. Wat
    verbeterd is, is niet weg; --alles toont ook de oude waarden.
    """
    from regiekit.cli.dossier_open import open_boek
    from regiekit.render.dossier import json_dossier, render_dossier, render_kort

    with open_boek(dossier, wachtzin_fd, says_so=not json) as boek:
        client = boek.read(code)
    if nummer is not None:
        shown = [find_aantekening(client, nummer)]
    else:
        shown = [a for a in client.aantekeningen if a.vervangen_door is None or (alles and json)]
    if json:
        return show_json(json_dossier(client, shown))
    if nummer is None and not alles:
        return show(*render_kort(client, day_of(datum)))
    return show(*render_dossier(client, shown, day_of(datum), alles))


def traject(
    code: Code,
    begin: Begin = None,
    eerste_ziektedag: EersteZiektedag = None,
    eigen_doel: EigenDoel = None,
    doel_spoor_2: DoelSpoor2 = None,
    keuze: DeKeuze = None,
    mogelijkheid: Mogelijkheid = None,
    visie_werknemer: VisieWerknemer = None,
    visie_werkgever: VisieWerkgever = None,
    weken: Weken = None,
    laatste_rapportage: LaatsteRapportage = None,
    zonder: Annotated[
        Teksten, typer.Option("--zonder", metavar="VELD", help=f"Maak een veld leeg: {', '.join(LEEG_TE_MAKEN)}.")
    ] = None,
    reden: Reden = None,
    datum: Annotated[Dag, dag_option("--datum", "De dag van de verandering; anders vandaag.")] = None,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Begin, doelen en wat vaststaat veranderen.

    De oude waarden blijven staan, met de dag. Een --eigen-doel, --keuze of --mogelijkheid komt erbij; opnieuw beginnen
    kan met --zonder eigen-doelen ervoor. Zonder opties toont regiekit de velden en vraagt het wat er verandert.
    """
    from regiekit.cli.dossier_corrigeer import Wijziging, ask_wijziging, keep_wijziging
    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_teksten import Bewaking, make_inhoud
    from regiekit.cli.dossier_vragen import tell_closed, told_when_stopped
    from regiekit.domain.aantekening import Traject, texts_of

    vandaag = day_of(datum)
    given = values_of(begin, eerste_ziektedag, eigen_doel, doel_spoor_2, keuze, mogelijkheid, visie_werknemer,
                      visie_werkgever, weken, laatste_rapportage)  # fmt: skip
    empty = [read_veld(name) for name in zonder or ()]
    with open_boek(dossier, wachtzin_fd) as boek:
        client = boek.read(code)
        tell_closed(client)
        now = client.last("traject")
        assert now is not None
        bewaking = Bewaking(geen_bsn, (text for _, text in texts_of(now.inhoud)))
        if given or empty:
            inhoud: Record = make_inhoud(Traject, changed(now.inhoud.model_dump(mode="json"), given, empty))
        else:
            with told_when_stopped():
                inhoud = ask_wijziging(client, now, bewaking, vandaag, None).inhoud
        if inhoud == now.inhoud:
            raise RegiekitError("hiermee verandert er niets; er is niets bewaard")
        keep_wijziging(boek, client, now, Wijziging(vandaag, inhoud, reden or "gewijzigd"), bewaking)


def sluit(
    code: Code,
    reden: Reden = None,
    heropen: Annotated[bool, typer.Option("--heropen", help="Open een gesloten traject weer; met --reden.")] = False,
    datum: Annotated[Dag, dag_option("--datum", "De laatste dag van het traject; anders vandaag.")] = None,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Een traject afsluiten, of weer openen.

    Het dossier blijft na het einde nog twee jaar staan. Daarna noemt 'regiekit dossier lijst' het. Iets toevoegen aan
    een gesloten dossier kan; regiekit zegt het dan wel.
    """
    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_teksten import Bewaking, make_inhoud
    from regiekit.cli.dossier_vragen import told_when_stopped
    from regiekit.domain.aantekening import Sluiting

    bewaking = Bewaking(geen_bsn)
    with open_boek(dossier, wachtzin_fd) as boek:
        client = boek.read(code)
        with told_when_stopped():
            why = reden_of_end(client, reden, heropen, day_of(datum), bewaking)
        inhoud = make_inhoud(Sluiting, {"reden": why})
        bewaking.check(inhoud)
        if heropen:
            for ended in (a for a in client.of("sluiting") if not a.inhoud.heropend):
                boek.correct(code, ended.nummer, ended.datum, ended.inhoud.model_copy(update={"heropend": True}), why)
            return say_wrapped(f"Het traject van {client.code} is weer open.")
        day = day_of(datum)
        boek.add_all(code, [(day, inhoud, None)], lambda now: check_end(now, False, day))
        return tell_end(boek.read(code))


# What they share ------------------------------------------------------------------------------------------------------


def place_words(dossier: Path | None) -> str:
    """The option --dossier as it has to be typed again."""
    from shlex import quote

    return f" --dossier {quote(str(dossier))}" if dossier else ""


def values_of(*options: Any) -> dict[str, Any]:
    """The options about the traject as plain values, only those that were given."""
    names = ("begin", "eerste_ziektedag", "eigen_doelen", "doel_spoor_2", "keuzes", "mogelijkheden", "visie_werknemer",
             "visie_werkgever", "rapportage_weken", "laatste_rapportage")  # fmt: skip
    plain = (o.date().isoformat() if isinstance(o, datetime) else o for o in options)
    return {name: value for name, value in zip(names, plain, strict=True) if value is not None}


def changed(now: dict[str, Any], given: "Mapping[str, Any]", empty: list[str]) -> dict[str, Any]:
    """The values of the traject with what changes: a list gets longer, anything else is replaced."""
    kept = {name: value for name, value in now.items() if name not in empty}
    return {**kept, **{name: [*kept.get(name, ()), *v] if name in LIJSTEN else v for name, v in given.items()}}


def read_veld(name: str) -> str:
    """The field of --zonder; raises RegiekitError for one that cannot be empty."""
    from regiekit.cli.taal import choose

    word = name.strip().lower().replace("_", "-")
    if word not in LEEG_TE_MAKEN:
        raise RegiekitError(f"--zonder: {choose(name, LEEG_TE_MAKEN, {w: w for w in LEEG_TE_MAKEN})}")
    return word.replace("-", "_")


def check_order(begin: date, eerste_ziektedag: date | None) -> None:
    """Say it when the first sick day comes after the begin."""
    if eerste_ziektedag and eerste_ziektedag > begin:
        warn(
            f"let op: de eerste ziektedag ({eerste_ziektedag}) ligt na het begin van het traject ({begin}); klopt dat?"
        )


def ask_traject(code: str, vandaag: date, bewaking: "Bewaking") -> dict[str, Any]:
    """The four that matter, each to be left out; nothing when there is nobody to ask."""
    from regiekit.cli.dossier_teksten import on_terminal, read_any_day
    from regiekit.cli.taal import ask
    from regiekit.domain.voorbereiding import WEKEN

    def read(answer: str) -> str | None:
        return read_any_day(answer, vandaag).isoformat() if answer.strip() else None

    say_wrapped(f"Vier vragen over het traject van {code}; met Enter sla je er een over.")
    try:
        begin = ask("1 van 4. Wanneer begint het traject? Typ een dag, zoals 2026-01-05 (Enter = vandaag)", read, "")
    except typer.Abort as stopped:
        if on_terminal() or not isinstance(stopped.__context__, EOFError):
            raise
        say("")
        return {}
    ziektedag = ask("2 van 4. Wat was de eerste ziektedag? (Enter = overslaan)", read, "")
    doel = bewaking.ask("3 van 4. Wat wil de cliënt zelf, in eigen woorden? (Enter = overslaan)")
    doel_spoor_2 = bewaking.ask("4 van 4. Wat is het doel van het tweede spoor? (Enter = overslaan)")
    laatste = None
    if begin and on_terminal() and (vandaag - date.fromisoformat(begin)).days > 7 * WEKEN:
        say_wrapped("Het traject loopt al een tijd, dus nog één vraag.")
        laatste = ask("Wanneer was de laatste rapportage aan de werkgever? (Enter = nog niet geweest)", read, "")
    return {
        "begin": begin or vandaag.isoformat(), "eerste_ziektedag": ziektedag, "eigen_doelen": [doel] if doel else [],
        "doel_spoor_2": doel_spoor_2, "laatste_rapportage": laatste,
    }  # fmt: skip


def tell_new(client: "Clientdossier", vandaag: date) -> None:
    """What is known now, and what comes next."""
    from regiekit.render.dossier import report_words, words_of

    say_wrapped(
        f"{client.code} staat in het dossier. Begin: {words_of(client.traject.begin)}. Volgende rapportage: "
        f"{report_words(client, vandaag)}"
    )
    say(f"Na een gesprek: regiekit dossier gesprek {client.code}")


def find_aantekening(client: "Clientdossier", nummer: int) -> Any:
    """The aantekening with this number; raises RegiekitError."""
    found = next((a for a in client.aantekeningen if a.nummer == nummer), None)
    if found is None:
        raise RegiekitError(
            f"aantekening {nummer} van {client.code} is er niet; kijk met 'regiekit dossier toon {client.code}'"
        )
    return found


def reden_of_end(
    client: "Clientdossier", reden: str | None, heropen: bool, datum: date, bewaking: "Bewaking"
) -> str | None:
    """The reason to end or to open again; raises RegiekitError when that cannot be."""
    from regiekit.cli.dossier_teksten import on_terminal

    check_end(client, heropen, datum)
    if reden is None and on_terminal():
        reden = bewaking.ask("Waarom gaat het traject verder?" if heropen else "Waarom stopt het? (Enter = overslaan)")
    if heropen and not reden:
        raise RegiekitError("bij --heropen hoort een reden; geef --reden")
    return reden


def check_end(client: "Clientdossier", heropen: bool, datum: date) -> None:
    """Raises RegiekitError when a traject cannot end on this day, or cannot be opened again."""
    from regiekit.domain.clientdossier import bewaren
    from regiekit.render.dossier import words_of

    if heropen and client.einde is None:
        raise RegiekitError(f"het traject van {client.code} is niet gesloten")
    if not heropen and client.einde is not None:
        raise RegiekitError(
            f"het traject van {client.code} is al afgesloten op {words_of(client.einde)}, en blijft tot en met "
            f"{words_of(bewaren(client).tot)}; weer openen kan met --heropen --reden"
        )
    if not heropen and datum < client.traject.begin:
        raise RegiekitError(f"{words_of(datum)} ligt voor het begin van het traject ({words_of(client.traject.begin)})")


def tell_end(client: "Clientdossier") -> None:
    """Until when it is kept, and what is still open."""
    from regiekit.domain.clientdossier import bewaren, open_punten
    from regiekit.render.dossier import words_of

    say_wrapped(f"Het traject van {client.code} is afgesloten op {words_of(client.einde)}. Het dossier blijft bewaard "
                f"tot en met {words_of(bewaren(client).tot)}.")  # fmt: skip
    if count := len(open_punten(client)):
        say_wrapped(f"Er {'staat nog 1 punt' if count == 1 else f'staan nog {count} punten'} open.")

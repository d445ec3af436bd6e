"""`regiekit dossier corrigeer`: one aantekening made right, or taken away; also how the traject is changed."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.dossier import Reden, find_aantekening
from regiekit.cli.dossier_open import open_boek
from regiekit.cli.dossier_teksten import Bewaking, make_inhoud, on_terminal, read_any_day, veld_name
from regiekit.cli.options import (
    Bibliotheek,
    Code,
    DossierPad,
    WachtzinFd,
    dag_option,
    day_of,
    refuse_with,
    require_with,
)
from regiekit.cli.output import say, say_wrapped, warn
from regiekit.cli.taal import ask, choose, either
from regiekit.cli.voorlezen import is_read_aloud
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.errors import RegiekitError, problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from regiekit.domain.aantekening import Aantekening
    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.record import Record
    from regiekit.dossier.boek import Boek

VAST = ("hash", "vragenlijst", "versie", "nummers", "heropend")  # what an aantekening is, or what a command does
LEEG = "-"  # typed to empty a field


class Wijziging(NamedTuple):
    """What comes in the place of an aantekening."""

    datum: date
    inhoud: "Record"
    reden: str


class Veld(NamedTuple):
    """Something that can be corrected: its name for --veld, what a person reads of it, and what stands there now."""

    naam: str
    label: str
    waarde: str
    meer: bool


def corrigeer(
    code: Code,
    nummer: Annotated[
        int, typer.Argument(metavar="NUMMER", min=1, help="Het nummer van de aantekening; 'dossier toon' noemt het.")
    ],
    veld: Annotated[
        str | None, typer.Option("--veld", metavar="VELD", help="Welk veld, zoals doel of antwoorden.autonomie-1.")
    ] = None,
    waarde: Annotated[
        list[str] | None,
        typer.Option("--waarde", help="Wat er hoort te staan; bij een lijst alle waarden. Leeg maken: --waarde ''."),
    ] = None,
    reden: Reden = None,
    datum: Annotated[
        datetime | None,
        dag_option("--datum", "De dag waarover zij hoort te gaan; bij --weg de dag waarop je weghaalt."),
    ] = None,
    weg: Annotated[
        bool, typer.Option("--weg", help="Haal de aantekening voorgoed weg, omdat zij hier niet hoort.")
    ] = False,
    echt: Annotated[bool, typer.Option("--echt", help="Haal weg zonder het nog eens te vragen; bij --weg.")] = False,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    bibliotheek: Bibliotheek = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Eén aantekening verbeteren, of weghalen.

    Zonder opties toont regiekit de velden en vraagt het wat er verandert. De oude waarde blijft staan, met de dag en de
    reden; 'dossier toon --alles' laat haar zien. Een afspraak schrijf je als 'wat; wie; wanneer'.

    Staat iets in het verkeerde dossier, dan haalt --weg het echt weg, met alle oude versies. Alleen dat het gebeurd is,
    blijft staan, met de reden. Bij een nummer dat al vervangen is, en bij het traject, gaan alleen de oude waarden weg.
    """
    refuse_with("--weg", weg, {"--veld": veld, "--waarde": waarde})
    require_with("--weg", weg, {"--echt": echt})
    require_with("--veld", bool(veld), {"--waarde": waarde})
    from regiekit.cli.dossier_vragen import told_when_stopped
    from regiekit.domain.aantekening import texts_of

    vandaag = date.today()
    with open_boek(dossier, wachtzin_fd) as boek:
        client = boek.read(code)
        found = find_aantekening(client, nummer)
        bewaking = Bewaking(geen_bsn, (text for _, text in texts_of(found.inhoud)))
        if weg:
            return remove(boek, client, found, Weghalen(day_of(datum), reden, echt), bewaking)
        check_holds(client, found)
        with told_when_stopped():
            if veld or datum:
                inhoud = changed_by(client, found, veld, waarde, vandaag, bibliotheek) if veld else found.inhoud
                why = require_reden(reden, bewaking, ask_it=on_terminal())
                wijziging = Wijziging(day_of(datum) if datum else found.datum, inhoud, why)
            else:
                asked = ask_wijziging(client, found, bewaking, vandaag, bibliotheek)
                wijziging = asked._replace(reden=require_reden(reden, bewaking, ask_it=True))
        return keep_wijziging(boek, client, found, wijziging, bewaking)


def check_holds(client: "Clientdossier", aantekening: "Aantekening") -> None:
    """Raises RegiekitError for an aantekening that was replaced already."""
    if aantekening.vervangen_door:
        raise RegiekitError(
            f"aantekening {aantekening.nummer} is al vervangen door {aantekening.vervangen_door}; verbeter die: "
            f"regiekit dossier corrigeer {client.code} {aantekening.vervangen_door}"
        )


def require_reden(reden: str | None, bewaking: Bewaking, *, ask_it: bool) -> str:
    """The reason, asked where somebody can answer; raises RegiekitError."""
    given = reden or (bewaking.ask("Waarom verandert dit?") if ask_it else None)
    while ask_it and not (given or "").strip():
        given = bewaking.ask("Een reden hoort erbij. Waarom verandert dit? (Ctrl en C stopt)")
    if not given or not given.strip():
        raise RegiekitError("bij een verandering hoort een reden; geef --reden. Er is niets bewaard")
    return given


def keep_wijziging(
    boek: "Boek", client: "Clientdossier", old: "Aantekening", wijziging: Wijziging, bewaking: Bewaking
) -> None:
    """Write it and say what changed; raises RegiekitError when nothing does."""
    from regiekit.render.dossier import find_verschillen, verschil_words

    if (wijziging.inhoud, wijziging.datum) == (old.inhoud, old.datum):
        raise RegiekitError("hiermee verandert er niets; er is niets bewaard")
    bewaking.check(wijziging.inhoud, wijziging.reden)
    number = boek.correct(
        client.code, old.nummer, wijziging.datum, wijziging.inhoud, wijziging.reden,
        lambda now: check_day(now, old, wijziging),
    )  # fmt: skip
    new = old._replace(datum=wijziging.datum, inhoud=wijziging.inhoud)
    for verschil in find_verschillen(old, new):
        say_wrapped(verschil_words(verschil, aloud=is_read_aloud()), "  ", "    ")
    say_wrapped(f"Bewaard als nummer {number}, in plaats van {old.nummer}. De oude waarde blijft: regiekit dossier "
                f"toon {client.code} --alles")  # fmt: skip


def check_day(client: "Clientdossier", old: "Aantekening", wijziging: Wijziging) -> None:
    """Raises RegiekitError when an afname would come on the day of another of its vragenlijst: one a day, as with
    'dossier afname'."""
    if old.soort != "afname" or wijziging.datum == old.datum:
        return
    from regiekit.domain.clientdossier import afname_of_day

    if other := afname_of_day(client, wijziging.datum, old.inhoud.vragenlijst):
        raise RegiekitError(
            f"'{old.inhoud.vragenlijst}' van {wijziging.datum} staat er al als nummer {other.nummer}; kijk de datum "
            "na. Er is niets bewaard"
        )


# Fields and their values ----------------------------------------------------------------------------------------------


def find_velden(client: "Clientdossier", aantekening: "Aantekening") -> list[Veld]:
    """Everything in an aantekening that can be corrected; of an afname every vraag apart."""
    from regiekit.render.dossier import short_label, words_of

    found, model = [], type(aantekening.inhoud)
    schemas = model.model_json_schema()["properties"]
    for naam in model.model_fields:
        value = getattr(aantekening.inhoud, naam)
        if isinstance(value, dict):
            found += _answer_fields(client, aantekening, naam, value)
        elif naam not in VAST:
            found.append(Veld(naam, short_label(naam), words_of(value), _kind(schemas[naam]).get("type") == "array"))
    return found


def _answer_fields(
    client: "Clientdossier", aantekening: "Aantekening", naam: str, value: "Mapping[str, Any]"
) -> list[Veld]:
    """A field for each vraag of the vragenlijst of then, answered or not."""
    from regiekit.render.dossier import answer_words

    lijst = client.vragenlijsten.get(aantekening.inhoud.hash) or {}
    vragen = {v["id"]: v["tekst"] for v in lijst.get("vragen" if naam == "antwoorden" else "open_vragen", ())}
    return [
        Veld(f"{naam}.{key}", vragen.get(key, key), answer_words(value.get(key)), False) for key in {**vragen, **value}
    ]


def changed_by(
    client: "Clientdossier", aantekening: "Aantekening", naam: str, waarden: "Sequence[str] | None", vandaag: date,
    bibliotheek: "Path | None",
) -> "Record":  # fmt: skip
    """The content with one field changed; raises RegiekitError for a field or a value that cannot be."""
    if not waarden:
        raise RegiekitError("bij --veld hoort --waarde: wat hoort er te staan? Leeg maken kan met --waarde ''")
    veld = _find_veld(client, aantekening, naam)
    plain = aantekening.inhoud.model_dump(mode="json")
    head, _, key = veld.naam.partition(".")
    if not veld.meer and len(waarden) > 1:
        raise RegiekitError(f"{veld_name(veld.naam)} heeft één waarde; geef --waarde één keer")
    if key:
        plain[head] = {**plain[head], key: read_answer(waarden[0]) if head == "antwoorden" else waarden[0] or None}
    else:
        kind = _kind(type(aantekening.inhoud).model_json_schema()["properties"][head])
        try:
            plain[head] = read_value(kind, waarden, vandaag)
        except RegiekitError as error:
            raise RegiekitError(f"{veld_name(veld.naam)}: {error}") from None
    made: Record = make_inhoud(type(aantekening.inhoud), plain)
    if aantekening.soort == "afname":
        check_answers(_of_then(client, aantekening, bibliotheek), made)
    return made


def _find_veld(client: "Clientdossier", aantekening: "Aantekening", naam: str) -> Veld:
    """The field of this name, or the vraag of this id."""
    velden = find_velden(client, aantekening)
    head, dot, key = naam.strip().partition(".")
    meant = {f"{head.replace('-', '_').lower()}{dot}{key}", f"antwoorden.{naam.strip()}", f"open.{naam.strip()}"}
    found = next((v for v in velden if v.naam in meant), None)
    if found is None:
        names = [v.naam.replace("_", "-") for v in velden]
        raise RegiekitError(f"--veld: {choose(naam, names, {n.casefold(): n for n in names})}")
    return found


def _kind(schema: "Mapping[str, Any]") -> dict[str, Any]:
    """What a field may be, besides nothing."""
    return dict(next((s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema))


def read_value(kind: "Mapping[str, Any]", waarden: "Sequence[str]", vandaag: date) -> Any:
    """What was typed as a plain value of this kind; None when it is empty. What cannot be is for the model to say."""
    given = [text for text in waarden if text.strip()]
    if kind.get("type") == "array":
        return [read_value(kind["items"], [text], vandaag) for text in given]
    if not given:
        return None
    text = given[0]
    if "$ref" in kind:
        from regiekit.cli.dossier_gesprek import read_afspraak

        return read_afspraak(text)
    if kind.get("type") == "boolean":
        return {"ja": True, "nee": False}.get(text.strip().lower(), text)
    if kind.get("format") == "date":
        return read_any_day(text, vandaag).isoformat()
    return int(text) if kind.get("type") == "integer" and text.isascii() and text.strip().isdecimal() else text


def read_answer(text: str) -> int | str | None:
    """An answer to a vraag: a whole number, why there is none, or nothing; raises RegiekitError."""
    word = text.strip().lower()
    number = word.removeprefix("-")
    if number.isascii() and number.isdecimal() and len(number) < 6:
        return int(word)
    if word and word not in NOT_ANSWERED:
        raise RegiekitError(f"'{text}' is geen antwoord; typ een getal van de schaal, of {either(NOT_ANSWERED)}")
    return word or None


def _of_then(client: "Clientdossier", aantekening: "Aantekening", bibliotheek: "Path | None") -> "Ingevuld":
    from regiekit.content.dossierafname import from_dossier
    from regiekit.content.library import own_folder

    kept = aantekening.inhoud
    return from_dossier(
        kept, client.code, aantekening.datum, client.vragenlijsten.get(kept.hash), own_folder(bibliotheek)
    )


def check_answers(ingevuld: "Ingevuld", kept: Any) -> None:
    """Raises RegiekitError when an answer does not fit the vragenlijst of then."""
    from regiekit.domain.afname import Afname
    from regiekit.domain.checks import check_afname

    made = Afname.model_construct(**{name: getattr(kept, name) for name in (
        "vragenlijst", "versie", "meetmoment", "antwoorden", "open", "taal", "training")}, client=None)  # fmt: skip
    for fault in check_afname(made, ingevuld.vragenlijst):
        melding = problem("", 0, 0, fault.code, **fault.details).melding
        raise RegiekitError(f"{veld_name('.'.join(map(str, fault.loc)))}: {melding}")


# Asking ---------------------------------------------------------------------------------------------------------------


def ask_wijziging(
    client: "Clientdossier", aantekening: "Aantekening", bewaking: Bewaking, vandaag: date, bibliotheek: "Path | None"
) -> Wijziging:
    """Show the fields with their numbers and ask which change, until an empty line; the reason is not asked here."""
    from regiekit.render.dossier import naam_of, words_of

    now = aantekening
    say_wrapped(f"Nummer {now.nummer}, {naam_of(now.soort)}, {words_of(now.datum)}:")
    say_wrapped(f" 0. De dag: {words_of(now.datum)}", "", "    ")
    velden = find_velden(client, now)
    for number, veld in enumerate(velden, 1):
        say_wrapped(f"{veld.label}: {veld.waarde or 'leeg'}", f"{number:2}. ", "    ")
    question = "Welk veld verandert er? Typ het nummer (Enter = niets)"
    while (chosen := ask(question, lambda text: _read_number(text, len(velden)), "")) is not None:
        if chosen == 0:
            said = ask("De dag (Enter = zo laten)", lambda text: _read_day_or_nothing(text, vandaag), "")
            now = now._replace(datum=said or now.datum)
        else:
            now = now._replace(inhoud=ask_value(client, now, velden[chosen - 1], bewaking, vandaag, bibliotheek))
        question = "Nog een veld? Typ het nummer (Enter = klaar)"
    return Wijziging(now.datum, now.inhoud, "")


def _read_day_or_nothing(text: str, vandaag: date) -> date | None:
    return read_any_day(text, vandaag) if text.strip() else None


def ask_value(
    client: "Clientdossier", now: "Aantekening", veld: Veld, bewaking: Bewaking, vandaag: date,
    bibliotheek: "Path | None",
) -> "Record":  # fmt: skip
    """The content with a new value for one field; asks again for what cannot be."""
    while True:
        waarden = _ask_lines(bewaking) if veld.meer else [_ask_line(bewaking, getal="." in veld.naam)]
        if waarden in ([], [None]):
            return now.inhoud  # type: ignore[no-any-return]
        texts = ["" if text == LEEG else text or "" for text in waarden]
        try:
            return changed_by(client, now, veld.naam, texts, vandaag, bibliotheek)
        except RegiekitError as error:
            warn(str(error))


def _ask_line(bewaking: Bewaking, *, getal: bool) -> str | None:
    """`getal`: it is the answer to a vraag of a vragenlijst, which may be 0."""
    return bewaking.ask(f"Wat hoort er te staan? ({LEEG} = leeg maken, Enter = laten staan)", getal=getal)


def _ask_lines(bewaking: Bewaking) -> list[str]:
    """The new values of a list: they come in the place of all that stand there."""
    say_wrapped(
        f"Typ alles wat er hoort te staan, elk op een regel; een lege regel is het einde. ({LEEG} = leeg maken)"
    )
    found: list[str] = []
    while text := bewaking.ask(f"{len(found) + 1}."):
        found.append(text)
        if text == LEEG:
            break
    return found


def _read_number(text: str, most: int) -> int | None:
    word = text.strip()
    if not word:
        return None
    if word.isascii() and word.isdecimal() and len(word) < 4 and int(word) <= most:
        return int(word)
    raise typer.BadParameter(f"typ een nummer van 0 tot en met {most}")


# Taking away ----------------------------------------------------------------------------------------------------------


class Weghalen(NamedTuple):
    """What the coach gave for taking away: the day, the reason, and whether to ask once more."""

    datum: date
    reden: str | None
    echt: bool


def remove(boek: "Boek", client: "Clientdossier", found: "Aantekening", weghalen: Weghalen, bewaking: Bewaking) -> None:
    """Show what would go, and take it away when the coach says so; raises RegiekitError."""
    from regiekit.dossier.boek import find_weg
    from regiekit.render.dossier import naam_of, words_of

    gone, kept = find_weg(client, found.nummer)
    if not gone:
        raise RegiekitError(
            f"het traject van {client.code} heeft geen oude waarden; verander het met 'regiekit dossier traject "
            f"{client.code}', of haal alles weg met 'regiekit dossier wis'"
        )
    say("Dit gaat voorgoed weg:")
    for one in gone:
        say_wrapped(f"{one.nummer}. {naam_of(one.soort)} van {words_of(one.datum)}"
                    f"{', een oude versie' if one.vervangen_door else ''}", "  ", "     ")  # fmt: skip
    if kept:
        say_wrapped(f"Wat nu geldt, blijft, en heet daarna nummer {kept.eerste}.")
    say_wrapped("Dat het is weggehaald, blijft staan, met de dag en de reden.")
    why = require_reden(weghalen.reden, bewaking, ask_it=on_terminal())
    check_reden(boek, client, why, bewaking)
    if not weghalen.echt and not typed_again(client.code):
        raise RegiekitError("er is niets weggehaald; doe het met --echt, of typ op de terminal de code over")
    boek.remove(client.code, found.nummer, weghalen.datum, why)
    tell_removed(boek, client, min(one.geschreven for one in gone))


def typed_again(code: str) -> bool:
    """Whether somebody on a terminal types the code once more."""
    if not on_terminal():
        return False
    return ask(f"Typ {code} om het weg te halen (Enter = niet)", str, "").strip().casefold() == code.casefold()


def check_reden(boek: "Boek", client: "Clientdossier", reden: str, bewaking: Bewaking) -> None:
    """The reason stays: no code of another client in it, no number or name that may not be kept."""
    from regiekit.domain.aantekening import Verwijdering
    from regiekit.domain.herkenbaar import find_anderen

    if others := find_anderen(reden, client.code, (), boek.codes()):
        raise RegiekitError(f"in de reden staat '{others[0].woord}', een code van een ander; schrijf haar zonder")
    bewaking.check(make_inhoud(Verwijdering, {"nummers": [1], "reden": reden}))


def tell_removed(boek: "Boek", client: "Clientdossier", since: str) -> None:
    """That it is done, and where it may still stand."""
    from regiekit.dossier.reserve import known_copies

    say_wrapped("Het is weg uit het dossier.")
    files = [made for made in boek.uitvoer(client.code) if made.geschreven >= since]
    if files:
        say_wrapped("Deze bestanden zijn daarna gemaakt, en kunnen het nog bevatten; kijk ze na:")
    for made in files:
        say(f"  {made.pad}")
    copies = known_copies(boek.opslag)
    say_wrapped("Elke reservekopie van voor dit moment kan het nog bevatten, ook een van vandaag. Maak een nieuwe, en "
                f"haal de oude weg{':' if copies else '. Het dossier kent er nu geen.'}")  # fmt: skip
    for copy in copies:
        say(f"  {copy.pad}")

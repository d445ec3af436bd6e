"""`regiekit vragenlijst invullen`: a vragenlijst vraag by vraag, in plain lines that a screen reader can follow."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from regiekit.cli.options import (
    INVULBAAR,
    Bibliotheek,
    ClientOption,
    MeetmomentOption,
    Taal,
    Toestemming,
    ZonderTraining,
    dag_option,
    require_ending,
)
from regiekit.cli.output import note_written, say, say_wrapped, write_reason
from regiekit.cli.taal import ask, confirm, either, read_words
from regiekit.cli.vragenlijst import (
    check_client,
    check_licentie,
    check_meetmoment,
    is_path,
    named,
    path_seen_from,
    quoted,
)
from regiekit.content.library import load_formulierteksten, load_vragenlijsten, own_folder
from regiekit.errors import WRONG_FILE, RegiekitError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.content.afnames import VragenlijstGiven
    from regiekit.content.library import Loaded
    from regiekit.domain.papiercode import Papiercode
    from regiekit.kanaal.invulbestand import Invulbestand

PAPIERCODE = "regiekit:"


class Wens(NamedTuple):
    """What the coach asked for on the command line."""

    naam: str
    client: str | None = None
    meetmoment: str | None = None
    taal: str = "nl"
    training: bool = True
    uit: str | None = None
    snel: bool = False
    toestemming: bool = False
    bibliotheek: Path | None = None
    datum: date | None = None


def invullen(
    naam: Annotated[
        str,
        typer.Argument(
            metavar="NAAM",
            help="De id van een vragenlijst (met @versie voor een oudere), een bestand, of de code op papier.",
        ),
    ],
    client: ClientOption = None,
    meetmoment: MeetmomentOption = None,
    taal: Taal = "nl",
    zonder_training: ZonderTraining = False,
    uit: Annotated[
        str | None, typer.Option("--uit", metavar="PAD", help="Het bestand waarin de antwoorden komen.")
    ] = None,
    snel: Annotated[
        bool, typer.Option("--snel", help="Een papieren formulier overtypen, met één toets per vraag.")
    ] = False,
    datum: Annotated[
        datetime | None,
        dag_option("--datum", "De dag van het invullen; anders vandaag."),
    ] = None,
    ik_heb_toestemming: Toestemming = False,
    bibliotheek: Bibliotheek = None,
) -> None:
    """Een vragenlijst invullen, vraag voor vraag.

    Voor de cliënt, op dit scherm. Elk antwoord is meteen bewaard, ook als het programma ineens stopt. Dezelfde opdracht
    gaat later verder waar de cliënt was; is alles al gevraagd, dan kunnen de antwoorden nog veranderd worden.

    Met --snel typ jij een papieren formulier over. In plaats van NAAM mag dan de code staan die op het papier staat.
    """
    dag = datum.date() if datum else None
    wens = Wens(naam, client, meetmoment, taal, not zonder_training, uit, snel, ik_heb_toestemming, bibliotheek, dag)
    path = fill_in(wens)
    say_place(path)
    say("De scores, in deze map:")
    named_file = quoted(wens.uit or path.name)
    say(f"  regiekit score {named_file}{_library_words(wens)}")
    say("Of in je dossier, en dit bestand weg:")
    say(f"  regiekit dossier afname {wens.client or 'CODE'} {named_file} --verwijder{_library_words(wens)}")


def offer_to_fill_in(given: "VragenlijstGiven") -> str:
    """For a vragenlijst where an afname is meant: fill it in now, and give the path of the afname."""
    say_wrapped(f"{given.path} is een vragenlijst, geen ingevulde afname.")
    if not confirm("Wil je haar nu invullen?", default=True):
        raise given
    path = fill_in(Wens(given.path))
    say_place(path)
    say("")
    return str(path)


def fill_in(wens: Wens) -> Path:
    """Ask everything and give the file with the answers; typer.Exit when it was stopped before the end."""
    from regiekit.cli.vraaggesprek import Stopped, vraaggesprek

    bestand = open_bestand(wens)
    if bestand.path.exists():
        bestand.read_back(own_folder(wens.bibliotheek))
        _check_same_person(bestand)
    if wens.datum:
        bestand.datum = wens.datum.isoformat()
    if wens.datum or not bestand.is_saved:
        _try_to_save(bestand)
    try:
        if wens.snel:
            from regiekit.cli.overtypen import overtypen

            overtypen(bestand)
        else:
            vraaggesprek(bestand)
    except Stopped:
        say_stopped(bestand, wens)
        raise typer.Exit from None
    except (typer.Abort, KeyboardInterrupt, EOFError):
        say("")
        say_stopped(bestand, wens)
        raise StoppedError from None
    return bestand.path


# Which formulier, and in which file ---------------------------------------------------------------------------------


def open_bestand(wens: Wens) -> "Invulbestand":
    """The formulier and its file, after asking the coach for what the command line did not say."""
    from regiekit.domain.formulier import Keuzes, find_taal, make_formulier
    from regiekit.kanaal.invulbestand import Invulbestand

    if wens.uit == "-":
        raise RegiekitError("bij invullen hoort een bestand, want elk antwoord wordt meteen bewaard; geef --uit PAD")
    require_ending(wens.uit, INVULBAAR, "Op papier kan met 'regiekit vragenlijst papier'")
    if wens.datum:
        check_datum(wens.datum)
    loaded, wens, is_complete = find_lijst(wens)
    check_meetmoment(loaded, wens.meetmoment)
    check_client(wens.client)
    check_licentie(loaded, wens.toestemming)
    teksten = load_formulierteksten(own_folder(wens.bibliotheek))
    find_taal(loaded.inhoud, teksten, wens.taal)
    moment = wens.meetmoment if wens.meetmoment or is_complete else ask_meetmoment(loaded)
    client = wens.client or ask_client()
    keuzes = Keuzes(wens.taal, client, moment, wens.training, loaded.inhoud.licentie != "vrij")
    path = find_path(wens.uit or "-".join(p for p in ("afname", client, loaded.inhoud.id, moment) if p) + ".yaml")
    name = path_seen_from(wens.naam, str(path)) if is_path(wens.naam) else loaded.inhoud.id
    return Invulbestand(
        path, make_formulier(loaded.inhoud, loaded.hash, teksten, keuzes), name, date.today().isoformat()
    )


def find_lijst(wens: Wens) -> "tuple[Loaded, Wens, bool]":
    """The vragenlijst, and what a code on paper says of client and meetmoment; True when it was such a code."""
    code = _papiercode_of(wens)
    if code is None:
        return named(wens.naam, wens.bibliotheek), wens, False
    for optie, given, printed in (
        ("--client", wens.client, code.client), ("--meetmoment", wens.meetmoment, code.meetmoment)
    ):  # fmt: skip
        if given and printed and given != printed:
            raise RegiekitError(f"op het papier staat {printed}, en je gaf {optie} {given}; kijk wat er klopt")
    meant = wens._replace(client=wens.client or code.client, meetmoment=wens.meetmoment or code.meetmoment)
    return _list_of(code, wens), meant, True


def _list_of(code: "Papiercode", wens: Wens) -> "Loaded":
    """The vragenlijst that was printed; exit code 3 when it is not here as it was then."""
    named(code.vragenlijst, wens.bibliotheek)
    for loaded in load_vragenlijsten(own_folder(wens.bibliotheek)):
        if (loaded.inhoud.id, loaded.inhoud.versie) == (code.vragenlijst, code.versie):
            if loaded.hash.startswith(code.hash):
                return loaded
            raise RegiekitError(
                f"de lijst op papier is anders dan '{code.vragenlijst}' versie '{code.versie}' hier (op papier "
                f"{code.hash}, hier {loaded.hash[:8]}); zet de lijst van toen in je eigen bibliotheek, anders kloppen "
                "de scores niet", WRONG_FILE,
            )  # fmt: skip
    raise RegiekitError(
        f"op het papier staat versie '{code.versie}' van '{code.vragenlijst}', en die is er hier niet; zet haar in je "
        "eigen bibliotheek", WRONG_FILE,
    )  # fmt: skip


def find_path(name: str) -> Path:
    """The whole path of the file, so that the command to go on holds in every folder."""
    return Path(name).absolute()


def ask_client() -> str | None:
    """A code for the client, or none."""
    from regiekit.domain.clientcode import check_clientcode

    read = or_none(lambda answer: check_clientcode(read_words(answer)))
    client = ask("Code van de cliënt, zoals R-014 (Enter = zonder)", read, "")
    check_client(client)
    return client


def check_datum(datum: date) -> None:
    """Refuse a day on which nobody can have filled in anything yet."""
    if datum > date.today():
        raise RegiekitError(f"{datum} moet nog komen; kijk de datum na (jaar-maand-dag)")


def ask_meetmoment(loaded: "Loaded") -> str | None:
    """One of the meetmomenten of the vragenlijst, by number or name; none where it has none."""
    momenten: Any = loaded.inhoud.meetmomenten
    if not momenten:
        return None
    say("Welk meetmoment is dit?")
    for number, moment in enumerate(momenten, 1):
        say(f"  {number} = {moment.naam}")
    words: dict[str, str] = {word: m.id for n, m in enumerate(momenten, 1) for word in (str(n), m.naam.lower(), m.id)}

    def read(answer: str) -> str:
        if answer.strip().lower() in words:
            return words[answer.strip().lower()]
        raise RegiekitError(f"typ een nummer, of {either(m.id for m in momenten)}")

    return ask("Typ het nummer (Enter = weet ik niet, dan zonder open vragen)", or_none(read), "")


def or_none(read: "Callable[[str], str]") -> "Callable[[str], str | None]":
    """Reads an answer, or None from an empty line."""
    return lambda answer: read(answer.strip()) if answer.strip() else None


def _check_same_person(bestand: "Invulbestand") -> None:
    """Answers without a code may be of anyone: whoever sits here now must not see those of another."""
    if bestand.formulier.client is None and bestand.next_place:
        say_wrapped(f"In {bestand.path} staan al antwoorden zonder code, van {bestand.datum}.")
        if not confirm("Zijn die van dezelfde cliënt?"):
            raise RegiekitError("geef de antwoorden een ander bestand met --uit, of de cliënt een code met --client")


def _try_to_save(bestand: "Invulbestand") -> None:
    """Before the first vraag, so that a wrong place is noticed before anyone gave an answer."""
    try:
        bestand.save()
    except OSError as error:
        raise RegiekitError(f"{bestand.path} kan niet geschreven worden: {write_reason(error)}") from None


# Stopping -----------------------------------------------------------------------------------------------


def say_stopped(bestand: "Invulbestand", wens: Wens) -> None:
    """What is kept, for who typed; and for the coach the file, and the shortest command to go on."""
    if not bestand.is_saved:
        with suppress(OSError):
            bestand.save()
    say("")
    for sentence in _closing(bestand, wens):
        say_wrapped(sentence)
    say_place(bestand.path)
    say("Verder, in deze map:")
    say(f"  {command_of(bestand, wens)}")


def _closing(bestand: "Invulbestand", wens: Wens) -> tuple[str, ...]:
    words, is_empty = bestand.formulier.teksten.terminal, not bestand.has_answers
    if wens.snel:  # the coach reads this, in Dutch
        kept = "Er is nog niets overgetypt." if is_empty else "De antwoorden tot hier zijn bewaard."
        return (kept if bestand.is_saved else "Het laatste antwoord is niet bewaard.",)
    if not bestand.is_saved:
        return words.verloren, words.verdergaan
    return words.niets if is_empty else words.gestopt, words.verdergaan


def say_place(path: Path) -> None:
    """For the coach: the file. The client has seen no path, but was told that it can be read."""
    if path.is_file():
        note_written(path)
    say("")
    say_wrapped("Voor de coach: wie bij dit bestand kan, kan de antwoorden lezen.")
    say(f"  {path}")


def command_of(bestand: "Invulbestand", wens: Wens) -> str:
    """The command that goes on, from the same folder; what a code on paper says is not said again."""
    form, code = bestand.formulier, _papiercode_of(wens)
    words = ["regiekit vragenlijst invullen", f'"{wens.naam}"' if code else quoted(wens.naam)]
    words += [f"--client {form.client}"] if form.client and not (code and code.client) else []
    words += [f"--meetmoment {form.meetmoment}"] if form.meetmoment and not (code and code.meetmoment) else []
    words += [f"--taal {form.taal}"] if form.taal != "nl" else []
    words += [] if form.training else ["--zonder-training"]
    words += ["--snel"] if wens.snel else []
    words += ["--ik-heb-toestemming"] if wens.toestemming else []
    words += [f"--uit {quoted(wens.uit)}"] if wens.uit else []
    return " ".join(words) + _library_words(wens)


def _papiercode_of(wens: Wens) -> "Papiercode | None":
    if not wens.naam.strip().lower().startswith(PAPIERCODE):
        return None
    from regiekit.domain.papiercode import read_papiercode

    return read_papiercode(wens.naam)


def _library_words(wens: Wens) -> str:
    return f" --bibliotheek {quoted(str(wens.bibliotheek))}" if wens.bibliotheek else ""

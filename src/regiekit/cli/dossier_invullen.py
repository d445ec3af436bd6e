"""`regiekit dossier afname --invullen`: a vragenlijst on this screen, its answers straight into the dossier.

No readable file comes on the disk. The answers are in memory until the client is ready or stops; what a client left
halfway stands in the dossier, and is gone on with by a correction of it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from regiekit.cli.dossier_antwoorden import Nieuw, check_new, say_kept, store
from regiekit.cli.dossier_teksten import Bewaking, on_terminal
from regiekit.cli.output import say, say_wrapped, warn
from regiekit.cli.taal import ask
from regiekit.content.library import Inhoud, load_formulierteksten, own_folder
from regiekit.domain.aantekening import Afname
from regiekit.errors import RegiekitError, StoppedError
from regiekit.kanaal.invulbestand import Invulgeheugen

if TYPE_CHECKING:
    from regiekit.cli.invullen import Wens
    from regiekit.content.library import Loaded
    from regiekit.domain.aantekening import Aantekening
    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.formulier import Formulier
    from regiekit.dossier.boek import Boek

VERDER = "verder ingevuld"


class Formulierdeel(NamedTuple):
    """A form that is being filled in: its answers, its vragenlijst, and the aantekening that holds an earlier part."""

    antwoorden: Invulgeheugen
    lijst: Loaded
    begun: Aantekening | None


def fill_in_dossier(boek: Boek, wens: Wens, geen_bsn: bool, dossier: Path | None) -> None:
    """Ask everything and keep it in the dossier, also when it is stopped before the end."""
    from regiekit.cli.vraaggesprek import Stopped, vraaggesprek

    deel = open_deel(boek.read(str(wens.client)), wens)
    stopped: BaseException | None = None
    try:
        if wens.snel:
            from regiekit.cli.overtypen import overtypen

            overtypen(deel.antwoorden)
        else:
            vraaggesprek(deel.antwoorden)
    except (Stopped, typer.Abort, KeyboardInterrupt, EOFError) as error:
        stopped = error
    number = keep(boek, deel, geen_bsn, dossier) if deel.antwoorden.has_answers else None
    if stopped is None and number:
        return say_done(deel, wens, number)
    say_stopped(deel, wens, number)
    if stopped is not None and not isinstance(stopped, Stopped):
        raise StoppedError
    return None


def open_deel(dossier: Clientdossier, wens: Wens) -> Formulierdeel:
    """The form, with the answers that the dossier has of it already; raises RegiekitError when all is there."""
    from regiekit.cli.invullen import ask_meetmoment, check_datum, find_lijst
    from regiekit.cli.vragenlijst import check_licentie, check_meetmoment
    from regiekit.domain.formulier import Keuzes, find_taal, make_formulier

    if wens.datum:
        check_datum(wens.datum)
    loaded, wens, is_complete = find_lijst(wens)
    check_meetmoment(loaded, wens.meetmoment)
    check_licentie(loaded, wens.toestemming)
    teksten = load_formulierteksten(own_folder(wens.bibliotheek))
    find_taal(loaded.inhoud, teksten, wens.taal)
    moment = wens.meetmoment if wens.meetmoment or is_complete else ask_meetmoment(loaded)
    keuzes = Keuzes(wens.taal, dossier.code, moment, wens.training, loaded.inhoud.licentie != "vrij")
    form = with_dossier_words(make_formulier(loaded.inhoud, loaded.hash, teksten, keuzes))
    day = wens.datum or date.today()
    answers = Invulgeheugen(Path(f"het dossier van {dossier.code}"), form, loaded.inhoud.id, day.isoformat())
    begun = find_begun(dossier, form, wens.datum)
    if begun:
        say_wrapped(f"Nummer {begun.nummer} ({begun.datum}) is nog niet af; het gaat daar verder.")
        answers.antwoorden, answers.open = dict(begun.inhoud.antwoorden), dict(begun.inhoud.open)
        answers.datum = begun.datum.isoformat()
    else:
        check_new(dossier, day, afname_of(answers), f"'{form.vragenlijst}' van {day}")
    return Formulierdeel(answers, loaded, begun)


def with_dossier_words(form: Formulier) -> Formulier:
    """The form with what is true here about where the answers go."""
    words: Any = form.teksten
    terminal = Inhoud(**{**vars(words.terminal), "bewaren": words.terminal.in_dossier})
    return form._replace(teksten=Inhoud(**{**vars(words), "terminal": terminal}))  # type: ignore[arg-type]


def find_begun(dossier: Clientdossier, form: Formulier, datum: date | None) -> Aantekening | None:
    """The same vragenlijst and meetmoment, of which not everything was asked yet; raises RegiekitError when that was
    in another language or for another training. Without a meetmoment, and with a day that is given, of that day."""
    day = datum or (date.today() if form.meetmoment is None else None)
    stappen: tuple[Any, ...] = (*form.vragen, *form.open_vragen)
    old: Aantekening
    for old in reversed(dossier.of("afname")):
        was: Afname = old.inhoud
        same = (was.hash, was.meetmoment) == (form.hash, form.meetmoment) and day in (None, old.datum)
        asked = {*was.antwoorden, *was.open}
        if not same or {stap.id for stap in stappen} <= asked:
            continue
        if (was.taal, was.training) != (form.taal, form.training):
            begun = f"--taal {was.taal}{'' if was.training else ' --zonder-training'}"
            raise RegiekitError(f"nummer {old.nummer} is nog niet af, en begonnen met {begun}; geef dat er weer bij")
        return old
    return None


def afname_of(answers: Invulgeheugen) -> Afname:
    """What was asked until now, as the dossier keeps it."""
    form = answers.formulier
    given: dict[str, Any] = {"antwoorden": answers.antwoorden, "open": answers.open}
    return Afname(
        vragenlijst=form.vragenlijst, versie=form.versie, hash=form.hash, meetmoment=form.meetmoment, taal=form.taal,
        training=form.training, **given,
    )  # fmt: skip


def nieuw_of(deel: Formulierdeel) -> Nieuw:
    """The same beside its vragenlijst."""
    from regiekit.content.dossierafname import from_dossier
    from regiekit.content.library import to_json

    kept, day = afname_of(deel.antwoorden), date.fromisoformat(deel.antwoorden.datum)
    client = str(deel.antwoorden.formulier.client)
    made: Ingevuld = from_dossier(kept, client, day, to_json(deel.lijst.inhoud))
    return Nieuw(day, made._replace(vragenlijst=deel.lijst.inhoud))


def keep(boek: Boek, deel: Formulierdeel, geen_bsn: bool, dossier: Path | None) -> int:
    """Put the answers in the dossier; where a person can be asked, try again for as long as it takes."""
    try:
        return keep_in(boek, deel, geen_bsn)
    except RegiekitError as error:
        if not on_terminal():
            raise
        warn(str(error))
    from regiekit.cli.dossier_open import open_boek

    while True:
        if ask("De antwoorden staan nog niet in het dossier. Enter = opnieuw, s = weggooien", str, "").strip() == "s":
            raise StoppedError
        try:
            with open_boek(dossier, None) as again:
                return keep_in(again, deel, geen_bsn)
        except RegiekitError as error:
            warn(str(error))


def keep_in(boek: Boek, deel: Formulierdeel, geen_bsn: bool) -> int:
    """A new aantekening, or a correction of the part that was there."""
    nieuw, code = nieuw_of(deel), str(deel.antwoorden.formulier.client)
    if deel.begun is None:
        return store(boek, code, [nieuw], geen_bsn)[0]
    if nieuw.inhoud == deel.begun.inhoud and nieuw.datum == deel.begun.datum:
        return deel.begun.nummer
    Bewaking(geen_bsn).check(nieuw.inhoud)
    return boek.correct(code, deel.begun.nummer, nieuw.datum, nieuw.inhoud, VERDER)


def say_done(deel: Formulierdeel, wens: Wens, number: int) -> None:
    """For the coach: where it stands. Who typed a paper over sees the scores; a client at this screen does not."""
    say("")
    if wens.snel:
        return say_kept([number], [nieuw_of(deel)], str(wens.client))
    say_wrapped(f"Voor de coach: dit staat in het dossier van {wens.client} als nummer {number}. De scores:")
    return say(f"  regiekit verloop {wens.client}")


def say_stopped(deel: Formulierdeel, wens: Wens, number: int | None) -> None:
    """For who typed: what is kept. For the coach: under which nummer, and the command to go on."""
    words = deel.antwoorden.formulier.teksten.terminal
    say("")
    if wens.snel:
        say_wrapped("De antwoorden tot hier staan in het dossier." if number else "Er is nog niets overgetypt.")
    else:
        say_wrapped(words.gestopt if number else words.niets)
        say_wrapped(words.verdergaan)
    if number:
        say("")
        say_wrapped(f"Voor de coach: dit staat in het dossier van {wens.client} als nummer {number}. Verder:")
        say(f"  {command_of(deel, wens)}")


def command_of(deel: Formulierdeel, wens: Wens) -> str:
    """The command that goes on."""
    from regiekit.cli.vragenlijst import quoted

    form = deel.antwoorden.formulier
    words = [f"regiekit dossier afname {wens.client} --invullen"]
    words += [] if wens.naam == "eigen-regie" else [f"--lijst {quoted(wens.naam)}"]
    words += [f"--meetmoment {form.meetmoment}"] if form.meetmoment else []
    words += [f"--taal {form.taal}"] if form.taal != "nl" else []
    words += [] if form.training else ["--zonder-training"]
    words += ["--snel"] if wens.snel else []
    words += ["--ik-heb-toestemming"] if wens.toestemming else []
    words += [f"--bibliotheek {quoted(str(wens.bibliotheek))}"] if wens.bibliotheek else []
    return " ".join(words)

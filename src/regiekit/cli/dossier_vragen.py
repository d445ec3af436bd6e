"""What the commands that ask about a talk share: a day, stopping halfway, keeping, and what is said at the end."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from regiekit.cli.dossier_teksten import on_terminal
from regiekit.cli.output import say, say_wrapped, warn
from regiekit.cli.taal import ask, confirm
from regiekit.domain.clientdossier import (
    AL_GERAPPORTEERD,
    is_rapportage_unknown,
    next_gesprek,
    open_punten,
    rapportage_due,
)
from regiekit.domain.dagen import whole_date
from regiekit.domain.dagwoorden import read_dag
from regiekit.errors import RegiekitError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from regiekit.cli.dossier_teksten import Bewaking
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.record import Record
    from regiekit.dossier.boek import Boek

NIETS = "Er is niets bewaard."


@contextmanager
def told_when_stopped(rest: Callable[[], str] = lambda: NIETS) -> Iterator[None]:
    """When whoever types stops, or the input ends: say what became of the work; exit code 130."""
    try:
        yield
    except (typer.Abort, KeyboardInterrupt, EOFError):
        say("")
        say_wrapped(f"Gestopt. {rest()}")
        raise StoppedError from None


def ask_dag(question: str, vanaf: date, anders: date | None = None) -> date | None:
    """A day, said back in words; `anders` for an empty line."""
    found = ask(question, lambda answer: read_dag(answer, vanaf) if answer.strip() else anders, "")
    if found:
        say(f"  {whole_date(found)}")
    return found


def dag_given(option: str, text: str | None, vanaf: date) -> date | None:
    """The day of an option; raises RegiekitError with its name."""
    try:
        return read_dag(text, vanaf) if text is not None else None
    except RegiekitError as error:
        raise RegiekitError(f"{option}: {error}") from None


def keep(boek: Boek, dossier: Clientdossier, datum: date, inhoud: Record, bewaking: Bewaking, asked: bool) -> int:
    """Put one aantekening in the dossier; gives its nummer.

    What was typed on a terminal was looked at line by line already, and there is tried again when the dossier is busy
    or replaced, or the disk is full: nobody types it twice.
    """
    from regiekit.cli.dossier_open import open_again

    talked_about = asked and on_terminal()
    if not talked_about:
        bewaking.check(inhoud)
    while True:
        try:
            if talked_about:
                open_again(boek)
            return boek.add(dossier.code, datum, inhoud)
        except RegiekitError as error:
            if not talked_about:
                raise
            warn(str(error))
            if not confirm("Nog een keer proberen? Bij n gaat verloren wat je typte.", default=True):
                raise typer.Exit(error.exit_code) from None


def tell_closed(dossier: Clientdossier) -> None:
    """One line when the traject has ended: adding to it is possible."""
    if dossier.einde:
        warn(f"let op: dit traject is afgesloten op {whole_date(dossier.einde)}; dit komt er nog bij")


def rest_of(dossier: Clientdossier, vandaag: date) -> str:
    """What is open, when the next talk is and the next rapportage, in one line."""
    talk = next_gesprek(dossier)
    said = whole_date(talk) if talk and talk >= vandaag else "nog niet afgesproken"
    line = f"Open punten: {len(open_punten(dossier))}. Volgende gesprek: {said}."
    if dossier.einde:
        return line
    traject, report = dossier.traject, rapportage_due(dossier.traject)
    line = f"{line} Volgende rapportage: {whole_date(report)}"
    if is_rapportage_unknown(report, traject.laatste_rapportage, vandaag):
        return f"{line}. {AL_GERAPPORTEERD.format(code=dossier.code)}"
    return f"{line} (te laat)." if report < vandaag else f"{line}."

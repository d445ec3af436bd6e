"""The shape of an afname: one client, one vragenlijst, one date."""

from datetime import date
from typing import Annotated, Any

from pydantic import StringConstraints

from regiekit.domain.clientcode import CODE_LENGTH, CODE_PATTERN
from regiekit.domain.record import Id, Record, Versie

NOT_ANSWERED = ("weet-niet", "wil-niet-zeggen", "nvt")
Clientcode = Annotated[str, StringConstraints(pattern=CODE_PATTERN, max_length=CODE_LENGTH)]


class Afname(Record):
    """Eén ingevulde vragenlijst."""

    vragenlijst: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    """De id van de vragenlijst, of het pad naar een vragenlijstbestand (vanaf dit bestand)."""
    versie: Versie
    """De versie van de vragenlijst, tussen aanhalingstekens."""
    client: Clientcode | None = None
    """Een code, nooit een naam."""
    meetmoment: Id | None = None
    """Welk meetmoment dit is."""
    datum: date | None = None
    """De dag van invullen: jaar-maand-dag."""
    antwoorden: dict[str, Any]
    """Per vraag een heel getal; leeg, weet-niet, wil-niet-zeggen en nvt tellen als niet beantwoord."""
    open: dict[str, str | None] = {}
    """Antwoorden op open vragen, letterlijk."""

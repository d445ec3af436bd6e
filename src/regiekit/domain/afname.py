"""The shape of an afname: one client, one vragenlijst, one date."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from regiekit.domain.clientcode import CODE_LENGTH, CODE_PATTERN
from regiekit.domain.plain_afname import MAX_ANTWOORDEN
from regiekit.domain.record import Id, Record, Versie
from regiekit.domain.vragenlijst import Taal

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
    antwoorden: Annotated[dict[str, Any], Field(max_length=MAX_ANTWOORDEN)]
    """Per vraag een heel getal; leeg, weet-niet, wil-niet-zeggen en nvt tellen als niet beantwoord."""
    open: Annotated[dict[str, str | None], Field(max_length=MAX_ANTWOORDEN)] = {}
    """Antwoorden op open vragen, letterlijk."""
    taal: Taal | None = None
    """De taal waarin is ingevuld, als dat niet het Nederlands (nl) is."""
    training: bool = True
    """`false` als de open vragen die voor cliënten zonder online training waren."""
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")] | None = None
    """De hash van de vragenlijst van toen; klopt die niet meer, dan is dat een fout."""

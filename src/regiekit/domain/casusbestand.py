"""The shape of a casus file, and of the form in which a casus is talked over with peers."""

from datetime import date
from typing import Annotated

from pydantic import Field

from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie


class Casusbestand(Record):
    """Een casus om met collega's te bespreken, zonder dat iemand te herkennen is."""

    casus: Annotated[str, Field(max_length=4000)] | None
    """Wat er gebeurde: wie deed wat, in gewone woorden. Geen namen, plaatsen of codes."""
    vraag: Tekst | None = None
    """Wat jij van de groep wilt weten."""
    eerste_ziektedag: date | None = None
    """Om datums in de tekst om te zetten in weken; komt zelf niet op het blad."""
    namen: Annotated[tuple[Tekst, ...], Field(max_length=50)] = ()
    """Namen en codes die zeker niet op het blad mogen; ze komen er zelf ook niet op."""


class Ronde(Uitspraak):
    """Eén ronde van het gesprek, met de minuten."""

    id: Id
    naam: Tekst
    minuten: Annotated[int, Field(ge=1, le=120)]


class Vergelijkingsvraag(Uitspraak):
    """Eén vraag bij twee casussen naast elkaar."""

    id: Id


class Intervisievorm(Record):
    """Wat er op een intervisieblad staat."""

    id: Id
    versie: Versie
    naam: Tekst
    verantwoording: Annotated[tuple[Uitspraak, ...], Field(min_length=1)]
    """Waar de vorm vandaan komt, en wat zij niet is."""
    rondes: Annotated[tuple[Ronde, ...], Field(min_length=2)]
    van_wie: Annotated[tuple[Uitspraak, ...], Field(min_length=1)]
    """De vraag van wie het probleem is en wie het werk doet."""
    elementen: Annotated[tuple[Tekst, ...], Field(min_length=2, max_length=8)]
    """De elementen die naast twee casussen worden gelegd."""
    vergelijking: Annotated[tuple[Vergelijkingsvraag, ...], Field(min_length=1)]

"""The shape of a plan file, and of the ways to stimulate eigen regie that a plan chooses from."""

from datetime import date
from typing import Annotated

from pydantic import Field

from regiekit.domain.afname import Clientcode
from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie

MAX_REGELS = 40
Visie = Annotated[str, Field(max_length=20_000)]
Regels = Annotated[tuple[Tekst, ...], Field(max_length=MAX_REGELS)]


class Rol(Record):
    """Wie wat doet in het traject."""

    wie: Tekst
    rol: Tekst


class Stap(Record):
    """Eén stap in het plan."""

    wat: Tekst
    wie: Tekst | None = None
    wanneer: Tekst | None = None


class Planbestand(Record):
    """De bouwstenen van een plan van aanpak. Alles mag leeg blijven."""

    client: Clientcode | None = None
    """Een code, nooit een naam."""
    datum: date | None = None
    """De dag van dit plan."""
    eerste_ziektedag: date | None = None
    """Voor de mijlpalen en de evaluaties."""
    eigen_doelen: Regels = ()
    """De doelen van de werknemer zelf, in eigen woorden."""
    doel_spoor_2: Tekst | None = None
    """Het doel van het tweede spoor."""
    rollen: Annotated[tuple[Rol, ...], Field(max_length=MAX_REGELS)] = ()
    stappen: Annotated[tuple[Stap, ...], Field(max_length=MAX_REGELS)] = ()
    evaluaties: Annotated[tuple[date, ...], Field(max_length=MAX_REGELS)] = ()
    """De data waarop jullie samen kijken of het plan nog past."""
    manieren: Annotated[tuple[Id, ...], Field(max_length=MAX_REGELS)] | None = None
    """Hoe eigen regie wordt gestimuleerd: ids uit `regiekit plan --manieren`; zonder dit de drie tips."""
    eigen_regie: Regels = ()
    """Hoe eigen regie wordt gestimuleerd, in jullie eigen woorden."""
    visie_werknemer: Visie | None = None
    """De visie van de werknemer, letterlijk."""
    visie_werkgever: Visie | None = None
    """De visie van de werkgever, letterlijk."""
    namen: Regels = ()
    """Namen en codes die zeker niet in het plan mogen, zoals van een andere cliënt; ze komen er zelf ook niet in."""


class Manier(Uitspraak):
    """Eén manier om eigen regie te stimuleren, als zin voor in het plan."""

    id: Id
    naam: Tekst
    standaard: bool = False
    """Of deze in het plan komt als er niets gekozen is."""


class Herinnering(Uitspraak):
    """Wat er staat zolang een onderdeel leeg is."""

    id: Id


class Planteksten(Record):
    """Wat regiekit zelf in een plan zet."""

    id: Id
    versie: Versie
    naam: Tekst
    manieren: Annotated[tuple[Manier, ...], Field(min_length=1)]
    herinneringen: Annotated[tuple[Herinnering, ...], Field(min_length=1)]
    """Per onderdeel: wat er nog ontbreekt."""

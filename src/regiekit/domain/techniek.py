"""The shape of a techniek file."""

from typing import Annotated, Literal

from pydantic import Field

from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie

Uitspraken = tuple[Uitspraak, ...]
MinstensEen = Annotated[tuple[Uitspraak, ...], Field(min_length=1)]


class Blok(Uitspraak):
    """Een uitspraak met een naam en eventueel punten eronder: een stap, of een deel van een model."""

    naam: Tekst
    """De naam van de stap of het onderdeel."""
    punten: Uitspraken = ()
    """Wat daarbij hoort, punt voor punt."""


class Voorbeeldvraag(Uitspraak):
    """Een vraag of zin die je in het gesprek kunt gebruiken."""

    groep: Tekst | None = None
    """Waar de vraag bij hoort, bijvoorbeeld een stap of een doel."""


class Techniek(Record):
    """Eén coachingstechniek: de kaart op het scherm toont alles, de placemat een keuze."""

    id: Id
    """Vaste naam, kleine letters."""
    versie: Versie
    """Versie van deze tekst, tussen aanhalingstekens."""
    naam: Tekst
    """De naam zoals de coach die leest."""
    aliassen: tuple[Tekst, ...] = ()
    """Andere namen waarop de techniek ook gevonden wordt."""
    volgorde: Annotated[int, Field(ge=1, le=999)] = 999
    """Plaats in de lijst."""
    samenvatting: Uitspraak
    """In één of twee zinnen: wat is het?"""
    doel: MinstensEen
    """Waar de techniek voor is."""
    wanneer_wel: MinstensEen
    """Wanneer je de techniek inzet."""
    wanneer_niet: Uitspraken = ()
    """Wanneer liever niet."""
    stappen: Annotated[tuple[Blok, ...], Field(min_length=1)]
    """Hoe je het doet, in volgorde."""
    onderdelen: tuple[Blok, ...] = ()
    """Delen van het model erachter (bijvoorbeeld de drie ringen)."""
    valkuilen: Uitspraken = ()
    """Waar het mis kan gaan."""
    voorbeeldvragen: tuple[Voorbeeldvraag, ...] = ()
    """Vragen en zinnen voor in het gesprek."""
    opbrengst: Uitspraken = ()
    """Wat het kan opleveren."""
    achtergrond: Uitspraken = ()
    """Wat verder goed is om te weten."""
    beeld: Literal["stuurmatrix", "cirkels"] | None = None
    """Een tekening op de placemat."""

"""The shape of a werkblad file: one A4 page for each reader, in blokken of a few kinds."""

from typing import Annotated, Literal

from pydantic import Field

from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie

Lezer = Literal["client", "coach", "werkgever"]
Bloksoort = Literal["tekst", "vragen", "aankruislijst", "tabel", "tekening", "lijnen"]
Regels = Annotated[int, Field(ge=0, le=30)]
Millimeters = Annotated[int, Field(ge=8, le=200)]


class Bladregel(Uitspraak):
    """Een zin, een vraag, iets om aan te kruisen, een rij of een deel van een tekening."""

    naam: Tekst | None = None
    """De naam die er vet voor staat."""
    regels: Regels = 0
    """Hoeveel schrijfregels er minstens onder komen."""


class Blok(Record):
    """Een deel van een werkblad; `soort` zegt welke van de andere velden erbij horen."""

    soort: Bloksoort
    """tekst, vragen, aankruislijst, tabel, tekening of lijnen."""
    kop: Tekst | None = None
    """De kop erboven."""
    breedte: Literal["heel", "half"] = "heel"
    """Twee halve blokken na elkaar komen naast elkaar."""
    uitspraken: tuple[Bladregel, ...] = ()
    """Wat er staat; in een tabel de rijen, in een tekening de delen."""
    vorm: Literal["alinea", "punten", "stappen"] | None = None
    """Bij tekst: gewone zinnen, punten of genummerde stappen."""
    kolommen: tuple[Tekst, ...] = ()
    """Bij een tabel: de koppen; de eerste is die van de rijen, de andere zijn leeg om in te schrijven."""
    vakjes: tuple[Tekst, ...] = ()
    """Bij een tabel: koppen van smalle kolommen met een vakje om aan te kruisen."""
    verdeling: tuple[Annotated[int, Field(ge=1, le=20)], ...] = ()
    """Bij een tabel: hoe breed de kolommen zijn ten opzichte van elkaar."""
    lege_rijen: Regels = 0
    """Bij een tabel: lege rijen eronder."""
    rijhoogte: Millimeters = 10
    """Bij een tabel: hoe hoog een rij minstens is, in millimeters."""
    regels: Regels = 0
    """Bij lijnen: hoeveel schrijfregels er minstens zijn."""
    figuur: Literal["ringen", "driehoek", "kwadrant", "netwerk"] | None = None
    """Bij een tekening: welke."""
    omschrijving: Tekst | None = None
    """Bij een tekening: wat je ziet, voor wie de tekening niet kan zien."""
    hoogte: Millimeters = 80
    """Bij een tekening: hoe hoog, in millimeters."""


class Blad(Record):
    """Eén bladzijde voor één lezer."""

    voor: Lezer
    """client, coach of werkgever."""
    titel: Tekst
    """Wat er groot boven staat."""
    inleiding: Annotated[tuple[Bladregel, ...], Field(min_length=1)]
    """In een paar zinnen: waar is dit blad voor?"""
    blokken: Annotated[tuple[Blok, ...], Field(min_length=1)]
    """Wat eronder komt."""
    van_buiten: tuple[Tekst, ...] = ()
    """Wat van buiten de vijf brondocumenten komt, met waar vandaan; dit wordt gedrukt."""


class Werkblad(Record):
    """Een werkblad om te printen, voor een of meer lezers."""

    id: Id
    """Vaste naam, kleine letters."""
    versie: Versie
    """Versie van deze tekst, tussen aanhalingstekens."""
    naam: Tekst
    """De naam zoals de coach die leest."""
    aliassen: tuple[Tekst, ...] = ()
    """Andere namen waarop het werkblad ook gevonden wordt."""
    volgorde: Annotated[int, Field(ge=1, le=999)] = 999
    """Plaats in de lijst."""
    doel: Uitspraak
    """In één zin: wat doe je ermee?"""
    versies: Annotated[tuple[Blad, ...], Field(min_length=1, max_length=3)]
    """De bladen, elk voor een andere lezer; het eerste wordt getoond als er niets gekozen is."""

"""The shape of the lists that guard a text for others: medical words, and names and places."""

from typing import Annotated

from pydantic import Field, StringConstraints

from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie

Patroon = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=80)]
Patronen = Annotated[tuple[Patroon, ...], Field(max_length=2000)]


class Woordgroep(Record):
    """Woorden van één soort, en wanneer ze tellen."""

    id: Id
    soort: Tekst
    """Zoals de melding het noemt: klacht, medicijn, behandelaar."""
    woorden: Annotated[Patronen, Field(min_length=1)]
    """Patronen: * staat voor nul of meer letters, + voor een of meer; een spatie mag een streepje zijn, of niets."""
    alleen_bij: Patronen = ()
    """Het woord telt alleen als een van deze in dezelfde zin staat."""
    niet_bij: Patronen = ()
    """Het woord telt niet als een van deze in dezelfde zin staat."""
    niet_na: Patronen = ()
    """Het woord telt niet als een van deze er vlak voor staat (hoogstens vier woorden)."""


class Woordenlijst(Record):
    """Woorden die niet in een tekst voor anderen horen, en uitdrukkingen die gewoon mogen."""

    id: Id
    versie: Versie
    naam: Tekst
    uitleg: Uitspraak
    """Wat de lijst wel en niet kan."""
    groepen: Annotated[tuple[Woordgroep, ...], Field(min_length=1)]
    toegestaan: Patronen = ()
    """Wat op zo'n woord lijkt, maar bij werk hoort."""


class Namenlijst(Record):
    """Waaraan een naam, een plaats of een organisatie te herkennen is."""

    id: Id
    versie: Versie
    naam: Tekst
    uitleg: Uitspraak
    """Wat de lijst wel en niet kan."""
    voornamen: Annotated[Patronen, Field(min_length=1)]
    """Voornamen die ook zonder hoofdletter of aan het begin van een zin opvallen."""
    achternamen: Annotated[Patronen, Field(min_length=1)]
    """Achternamen die geen gewoon woord zijn."""
    plaatsen: Annotated[Patronen, Field(min_length=1)]
    """Plaatsen die ook zonder hoofdletter of aan het begin van een zin opvallen."""
    organisaties: Annotated[Patronen, Field(min_length=1)]
    """Bedrijven en instellingen die ook zonder hoofdletter opvallen."""
    met_hoofdletter: Annotated[Patronen, Field(min_length=1)]
    """Woorden met een hoofdletter die geen naam van iemand zijn: UWV, Poortwachter, Excel."""
    gewone_woorden: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
    """Woorden, met een spatie ertussen, die gewoon een zin kunnen beginnen. Wat er niet in staat, kan een naam zijn."""

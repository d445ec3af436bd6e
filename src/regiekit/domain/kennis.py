"""The shape of a kennis file: what the sources know about one subject, and the list of what is not taken in."""

from typing import Annotated, Literal

from pydantic import Field

from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie

Soort = Literal[
    "achtergrond", "casus", "competentie", "contextfactor", "definitie", "dilemma", "implicatie", "instrument",
    "interventie", "mechanisme", "model", "onderzoeksfeit", "rouw", "schaalvraag", "signaal", "stap", "techniek",
    "thema", "tip", "valkuil", "vraag", "vragenlijst-item", "werkzaam-element",
]  # fmt: skip
Publiek = Literal["client", "coach", "werkgever", "organisatie"]
Reden = Literal["redactie", "leestip", "dubbel", "ontbreekt-in-bron", "achtergrond"]


class Kennisitem(Record):
    """Eén ding dat de bronnen weten: een factor, een element, een model, een instrument."""

    id: Id
    """Vaste naam, met de soort of lijst ervoor: contextfactor-belastbaarheid."""
    soort: Soort
    naam: Tekst
    aliassen: tuple[Tekst, ...] = ()
    """Andere namen en schrijfwijzen waarop het gevonden wordt."""
    voor: Annotated[tuple[Publiek, ...], Field(min_length=1)]
    """Voor wie dit bruikbaar is."""
    uitspraken: Annotated[tuple[Uitspraak, ...], Field(min_length=1)]
    """Wat de bronnen erover zeggen, in eigen woorden."""
    ontbreekt: tuple[Tekst, ...] = ()
    """Wat de bron niet geeft, en wat dus niet is ingevuld."""
    zie: tuple[Id, ...] = ()
    """Ids van andere items, technieken of vragenlijsten die hierbij horen."""


class Kennis(Record):
    """Een onderwerp met zijn items."""

    id: Id
    versie: Versie
    naam: Tekst
    volgorde: Annotated[int, Field(ge=1, le=999)]
    inleiding: Tekst
    """In één of twee zinnen: wat staat hier, en uit welke bron."""
    items: Annotated[tuple[Kennisitem, ...], Field(min_length=1)]


class NietOpgenomen(Record):
    """Een feit uit het register dat geen uitspraak heeft, met waarom."""

    id: Id
    reden: Reden
    toelichting: Tekst


class Dekking(Record):
    """Alle feiten uit het register zonder uitspraak."""

    id: Id
    versie: Versie
    niet_opgenomen: tuple[NietOpgenomen, ...]

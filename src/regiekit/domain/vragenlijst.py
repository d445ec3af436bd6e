"""The shape of a vragenlijst file. What must hold between its parts is checked in `regiekit.domain.checks`."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from regiekit.domain.record import Herkomst, Id, Record, Tekst, Versie

# How much one file may hold: far above what anyone asks, and low enough to check every part beside every other.
MAX_VRAGEN, MAX_SCHALEN, MAX_VOORBEELDEN = 300, 60, 50


def plain_number(waarde: object) -> object:
    """A label's answer has one way to be written: `01`, `+1` and `1.0` would quietly stand beside `1`."""
    if isinstance(waarde, str) and not re.fullmatch(r"0|-?[1-9][0-9]{0,3}", waarde):
        raise PydanticCustomError("int_parsing", "geen heel getal")
    return int(waarde) if isinstance(waarde, str) else waarde


Grens = Annotated[int, Field(ge=-1000, le=1000)]
Waarde = Annotated[int, BeforeValidator(plain_number)]
# As HTML and BCP 47 write it, in lower case; what regiekit adds stands behind an x: nl-x-simpel.
Taal = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z0-9]{1,8})*$", max_length=35)]


class Antwoordschaal(Record):
    """De antwoorden die gekozen kunnen worden: hele getallen van min tot en met max."""

    min: Grens
    """Het laagste antwoord."""
    max: Grens
    """Het hoogste antwoord."""
    labels: dict[Waarde, Tekst] = {}
    """De woorden bij elk antwoord: óf bij alle, óf bij geen."""
    aanname: bool = False
    """`true` als de bron de schaal niet noemt en deze schaal dus een aanname is."""


class Meetmoment(Record):
    """Een moment waarop de vragenlijst wordt ingevuld."""

    id: Id
    """Vaste naam, zoals start."""
    naam: Tekst
    """De naam zoals de coach die leest."""


class Vraag(Record):
    """Een gesloten vraag."""

    id: Id
    tekst: Tekst
    """De vraag zoals de cliënt die leest."""
    antwoordschaal: Antwoordschaal | None = None
    """Een eigen antwoordschaal, als die afwijkt van die van de lijst."""
    herkomst: Herkomst | Literal["eigen"] = "eigen"
    redenering: Tekst | None = None


class Schaalvraag(Record):
    """Een vraag die meetelt in een schaal."""

    vraag: Id
    """De id van de vraag."""
    omgekeerd: bool = False
    """`true` als een hoog antwoord juist laag telt."""


class Schaal(Record):
    """Vragen die samen één score geven."""

    id: Id
    naam: Tekst
    regel: Literal["gemiddelde", "som"] = "gemiddelde"
    """Gemiddelde van de beantwoorde vragen, of de som van alle vragen."""
    richting: Literal["hoger-is-gunstig", "hoger-is-ongunstig"] = "hoger-is-gunstig"
    """Wat een hogere score betekent."""
    betekenis: Tekst | None = None
    """Wat een hogere score betekent, in gewone woorden: 'hoger = meer vertrouwen'."""
    minimaal_beantwoord: Annotated[int, Field(ge=1)]
    """Bij minder antwoorden komt er geen score."""
    vragen: Annotated[tuple[Schaalvraag, ...], Field(min_length=1, max_length=MAX_VRAGEN)]


class OpenVraag(Record):
    """Een open vraag bij één meetmoment."""

    id: Id
    meetmoment: Id
    tekst: Tekst
    herkomst: Herkomst | Literal["eigen"] = "eigen"
    redenering: Tekst | None = None
    zonder_training: Tekst | None = None
    """Dezelfde vraag voor wie geen online training gebruikt."""


class Vertaling(Record):
    """Alle teksten van een vragenlijst in een andere taal. Ontbreekt er een, dan is dat een fout."""

    naam: Tekst
    """De naam van de lijst, zoals de cliënt die leest."""
    labels: dict[Waarde, Tekst] = {}
    """De woorden bij elk antwoord, als de lijst zulke woorden heeft."""
    eigen_labels: dict[Id, dict[Waarde, Tekst]] = {}
    """Hetzelfde voor een vraag met een eigen antwoordschaal."""
    vragen: dict[Id, Tekst]
    """Elke vraag, bij haar id."""
    open_vragen: dict[Id, Tekst] = {}
    """Elke open vraag, bij haar id."""
    zonder_training: dict[Id, Tekst] = {}
    """Elke open vraag die in het Nederlands ook woorden heeft voor wie geen online training gebruikt."""
    redenering: Tekst | None = None
    """Wie de vertaling maakte, waaruit, en wat lastig was."""


class Voorbeeld(Record):
    """Antwoorden met de scores die daaruit moeten komen: het bewijs in het bestand zelf."""

    naam: Tekst
    antwoorden: Annotated[dict[Id, int | None], Field(max_length=MAX_VRAGEN)]
    scores: Annotated[dict[Id, float | None], Field(max_length=MAX_SCHALEN)]
    """Per schaal de verwachte score; leeg als er geen score hoort te zijn."""


class Vragenlijst(Record):
    """Een vragenlijst: vragen, schalen en de regels om te scoren."""

    id: Id
    versie: Versie
    naam: Tekst
    doel: Literal["meting", "gesprek"]
    """`meting` voor een lijst die schalen meet, `gesprek` voor losse gespreksvragen."""
    toelichting: Tekst | None = None
    """Wat de coach van deze lijst moet weten."""
    herkomst: Herkomst | Literal["eigen"]
    redenering: Tekst | None = None
    licentie: Literal["vrij", "toestemming", "onbekend"]
    """Mag de tekst vrij gebruikt worden?"""
    antwoordschaal: Antwoordschaal
    meetmomenten: Annotated[tuple[Meetmoment, ...], Field(max_length=MAX_SCHALEN)] = ()
    vragen: Annotated[tuple[Vraag, ...], Field(min_length=1, max_length=MAX_VRAGEN)]
    schalen: Annotated[tuple[Schaal, ...], Field(min_length=1, max_length=MAX_SCHALEN)]
    open_vragen: Annotated[tuple[OpenVraag, ...], Field(max_length=MAX_VRAGEN)] = ()
    teksten: Annotated[dict[Taal, Vertaling], Field(max_length=MAX_SCHALEN)] = {}
    """Andere talen. Een vertaling is niet gevalideerd; zij verandert niets aan de scores."""
    voorbeelden: Annotated[tuple[Voorbeeld, ...], Field(max_length=MAX_VOORBEELDEN)] = ()

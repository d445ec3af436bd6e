"""What the dossier of one client holds: aantekeningen, each of one soort, that are never changed.

A correction is a new aantekening that names the one it replaces. What does not belong there can be taken away as an
act of its own: `corrigeer --weg` takes away an aantekening with its row and its opvolgingen, or only the old values of
a row, and leaves a Verwijdering; `wis` takes away the whole client. The docstring of a field is what a person reads of
it, in an inzage for instance. No soort has a field for a name, a burgerservicenummer, a diagnosis or medication.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, Field, StringConstraints

from regiekit.domain.niveau import Regie, Sturing, Waarnemingswoord, Zekerheid
from regiekit.domain.plain_afname import MAX_ANTWOORDEN
from regiekit.domain.record import Id, Record, Tekst, Versie
from regiekit.domain.voorbereiding import WEKEN
from regiekit.domain.vragenlijst import Taal

if TYPE_CHECKING:
    from collections.abc import Iterator

Teksten = Annotated[tuple[Tekst, ...], Field(max_length=50)]
Antwoord = int | Literal["weet-niet", "wil-niet-zeggen", "nvt"] | None
OpenAntwoord = Annotated[str, Field(max_length=1_000_000)] | None


class Traject(Record):
    """Het traject: begin, doelen en wat vaststaat."""

    begin: date
    """De eerste dag van het traject."""
    eerste_ziektedag: date | None = None
    """De eerste ziektedag, om de mijlpalen te tellen."""
    eigen_doelen: Teksten = ()
    """Doelen van de cliënt, in eigen woorden."""
    doel_spoor_2: Tekst | None = None
    """Het doel van het tweede spoor."""
    keuzes: Teksten = ()
    """Wat de cliënt zelf koos: tempo, volgorde, dag of vorm."""
    mogelijkheden: Teksten = ()
    """Wat in werk kan, zoals de bedrijfsarts het doorgaf; alleen woorden over werk. Dit mag de werkgever lezen."""
    visie_werknemer: Tekst | None = None
    """De visie van de werknemer, letterlijk."""
    visie_werkgever: Tekst | None = None
    """De visie van de werkgever, letterlijk."""
    rapportage_weken: Annotated[int, Field(ge=1, le=52)] = WEKEN
    """Hoeveel weken er tussen twee rapportages zitten."""
    laatste_rapportage: date | None = None
    """De dag van de laatste rapportage aan de werkgever."""


class Afspraak(Record):
    """Wat wie doet, en wanneer."""

    wat: Tekst
    """Wat er gebeurt."""
    wie: Tekst | None = None
    """Wie het doet."""
    wanneer: Tekst | None = None
    """Wanneer het klaar is, als dag of in woorden."""


class Gesprek(Record):
    """Eén gesprek."""

    doel: Tekst | None = None
    """Waar het gesprek over ging."""
    met: Tekst | None = None
    """Met wie: de rol, niet de naam."""
    gedaan: Tekst | None = None
    """Wat jullie deden. Dit mag de werkgever lezen."""
    afspraken: Annotated[tuple[Afspraak, ...], Field(max_length=50)] = ()
    """Afspraken: wat, wie en wanneer. Dit mag de werkgever lezen."""
    client_doet: Teksten = ()
    """Wat de cliënt gaat doen of proberen, in eigen woorden."""
    volgende: date | None = None
    """De dag van het volgende gesprek."""
    sturing: Sturing | None = None
    """Hoe strak je stuurde."""
    technieken: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    """Welke technieken je gebruikte."""
    aanwezig: Literal["ja", "afgezegd", "niet-verschenen"] = "ja"
    """Of het gesprek doorging. Dit mag de werkgever lezen."""
    waarneming: Waarnemingswoord | None = None
    """Wat je zag bij die sturing."""
    inschatting: Regie | None = None
    """Hoeveel regie je de cliënt zag nemen."""
    notitie: Tekst | None = None
    """Een eigen notitie, voor jezelf en voor wie inzage vraagt."""


class Opvolging(Record):
    """Hoe het afliep met een afspraak of met wat de cliënt zou proberen."""

    van: Annotated[int, Field(ge=1)]
    """Het nummer van de aantekening waarin het werd afgesproken; na een correctie dat van de eerste."""
    wat: Tekst
    """Wat was afgesproken, letterlijk."""
    uitkomst: Literal["gedaan", "niet-gedaan", "vervallen"]
    """De uitkomst: gedaan, niet gedaan of vervallen. Niet gedaan is geen verwijt."""
    toelichting: Tekst | None = None
    """Hoe het ging, of wat ertussen kwam, in de woorden van de cliënt."""


class Inoculatie(Record):
    """Een inoculatie in vijf stappen, in de woorden van de cliënt."""

    obstakels: Annotated[Teksten, Field(min_length=1)]
    """Stap 1. De obstakels, letterlijk zoals de cliënt ze noemde."""
    gekozen: Tekst | None = None
    """Stap 2. Het ene obstakel waarmee jullie verdergingen."""
    oplossingen: Teksten = ()
    """Stap 3. Alle oplossingen die de cliënt bedacht, zonder oordeel."""
    actie: Tekst | None = None
    """Stap 4. De actie die de cliënt koos."""
    wanneer: date | None = None
    """Wanneer de cliënt dat doet."""
    terug_op: date | None = None
    """Stap 5. De dag waarop jullie erop terugkomen."""


class Besluit(Record):
    """Het besluit van de coach over het niveau; dat gaat voor, en wat de bronnen zeiden blijft staan."""

    niveau: Regie
    """Hoeveel regie de cliënt nu neemt, volgens de coach."""
    reden: Tekst
    """Waarom de coach zo besloot."""
    volgens_bronnen: Annotated[tuple[Regie, ...], Field(max_length=3)] = ()
    """Welk niveau de bronnen toen gaven: meer dan één als ze verschilden of op een grens lagen, leeg zonder bron."""
    zekerheid: Zekerheid | None = None
    """Hoe zeker dat was."""


class Afname(Record):
    """Een ingevulde vragenlijst, zoals de antwoorden gegeven zijn."""

    vragenlijst: Id
    """Welke vragenlijst."""
    versie: Versie
    """Welke versie daarvan."""
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """Waaraan precies die vragenlijst te herkennen is; zij wordt erbij bewaard."""
    meetmoment: Id | None = None
    """Het meetmoment: start, halverwege of einde."""
    antwoorden: Annotated[dict[Id, Antwoord], Field(max_length=MAX_ANTWOORDEN)]
    """De antwoorden, per vraag."""
    open: Annotated[dict[Id, OpenAntwoord], Field(max_length=MAX_ANTWOORDEN)] = {}
    """De antwoorden op open vragen, letterlijk."""
    taal: Taal = "nl"
    """De taal waarin is ingevuld."""
    training: bool = True
    """Of de open vragen over een online training gingen."""


class Sluiting(Record):
    """Het einde van het traject."""

    reden: Tekst | None = None
    """Waarom het traject stopt."""
    heropend: bool = False
    """Of het traject later toch verderging; dan telt dit einde niet meer."""


class Bewaartermijn(Record):
    """Langer bewaren dan gewoon is."""

    tot: date
    """Tot en met welke dag het dossier blijft."""
    reden: Tekst
    """Waarom dat nodig is."""


class Verwijdering(Record):
    """Aantekeningen die zijn weggehaald, omdat ze hier niet hoorden. Wat erin stond, is er niet meer."""

    nummers: Annotated[tuple[int, ...], Field(min_length=1)]
    """De nummers die er niet meer zijn."""
    reden: Tekst
    """Waarom ze weg moesten."""


SOORTEN: dict[str, type[Record]] = {
    "traject": Traject,
    "gesprek": Gesprek,
    "afname": Afname,
    "opvolging": Opvolging,
    "inoculatie": Inoculatie,
    "besluit": Besluit,
    "sluiting": Sluiting,
    "bewaartermijn": Bewaartermijn,
    "verwijdering": Verwijdering,
}


class Aantekening(NamedTuple):
    """One aantekening as it stands in the dossier.

    `datum` is the day it is about, `geschreven` the moment (UTC) it was written. `vervangt` is the nummer of the one it
    replaces, for `reden`; `vervangen_door` the nummer of the one that replaced it; `eerste` that of the first of the
    row, and its own when it replaces none.
    """

    nummer: int
    soort: str
    datum: date
    geschreven: str
    inhoud: Any
    eerste: int
    vervangt: int | None = None
    reden: str | None = None
    vervangen_door: int | None = None


def texts_of(value: object, veld: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the content of an aantekening with the name of its field: what a person may have typed."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), name if not veld else f"{veld}.{name}")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts_of(part, f"{veld}.{key}")
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part, veld)
    elif isinstance(value, str):
        yield veld, value

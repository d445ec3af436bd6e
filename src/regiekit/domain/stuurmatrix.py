"""The shape of the stuurmatrix (data/sturing/stuurmatrix.yaml) and of the bands (data/sturing/banden.yaml)."""

from typing import Annotated, Literal

from pydantic import Field

from regiekit.domain.niveau import Regie, Sturing, Waarnemingswoord
from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie


class Cel(Uitspraak):
    """Eén cel: wat een sturing bij een mate van regie geeft. `tekst` is het woord zoals het gedrukt staat."""

    sturing: Sturing
    regie: Regie
    waarneming: Waarnemingswoord


class Woord(Uitspraak):
    """Wat een woord uit de matrix betekent."""

    id: Waarnemingswoord


class Stijl(Uitspraak):
    """Een stijl van sturing, met drie zinnen zoals die in een gesprek kunnen klinken."""

    id: Sturing
    naam: Tekst
    zoals_gedrukt: Tekst
    """De naam van de rij in de gedrukte matrix."""
    zinnen: Annotated[tuple[Uitspraak, ...], Field(min_length=3, max_length=3)]


class Niveautekst(Uitspraak):
    """Wat bij een mate van regie past en wat uitdaagt."""

    id: Regie
    naam: Tekst


class Kenmerk(Uitspraak):
    """Een kenmerk om naar te kijken bij het inschatten; `tekst` is de vraag aan de coach."""

    id: Id
    naam: Tekst


class RouwUitslag(Uitspraak):
    """Wat een uitslag van de WerkVerliesLijst betekent; regiekit rekent die nooit zelf uit."""

    id: Literal["groen", "oranje", "rood"]


class Veiligheid(Record):
    """De teksten bij de veiligheidsregels, in hun volgorde."""

    crisis: Annotated[tuple[Uitspraak, ...], Field(min_length=1)]
    rouw: Annotated[tuple[Uitspraak, ...], Field(min_length=4)]
    rouw_lijst: Uitspraak
    rouw_uitslagen: Annotated[tuple[RouwUitslag, ...], Field(min_length=3, max_length=3)]
    belast: Uitspraak
    kleinere_stappen: Uitspraak
    ruimte: Uitspraak
    """Bij een lage score op autonomie: de vraag naar ervaren ruimte."""
    steun: Uitspraak
    """Bij een lage score op verbondenheid: de vraag naar ervaren steun."""
    strak_tijdelijk: Uitspraak
    hoog_alleen_score: Uitspraak
    hoog_andere_uitdaging: Uitspraak


class Twijfelvraag(Uitspraak):
    """Een vraag die helpt kiezen; wie `daagt_uit`, wordt bij rouw en overbelasting niet gesteld."""

    daagt_uit: bool = False


class Stuurmatrix(Record):
    """Sturing van de coach tegenover regie van de cliënt: negen cellen, en wat regiekit daarbij zegt."""

    id: Id
    versie: Versie
    naam: Tekst
    cellen: Annotated[tuple[Cel, ...], Field(min_length=9, max_length=9)]
    woorden: Annotated[tuple[Woord, ...], Field(min_length=5, max_length=5)]
    stijlen: Annotated[tuple[Stijl, ...], Field(min_length=3, max_length=3)]
    niveaus: Annotated[tuple[Niveautekst, ...], Field(min_length=3, max_length=3)]
    kenmerken: Annotated[tuple[Kenmerk, ...], Field(min_length=6, max_length=6)]
    vragen_bij_twijfel: Annotated[tuple[Twijfelvraag, ...], Field(min_length=2)]
    """Vragen die helpen kiezen als de bronnen verschillen."""
    veiligheid: Veiligheid
    bron: Tekst
    """De bronregel onder elk advies."""


class Banden(Record):
    """Hoeveel verschil 'duidelijk' heet: een deel van het bereik, tot een referentiebestand beter weet."""

    id: Id
    versie: Versie
    kleine_schaal_tot: Annotated[int, Field(ge=1)]
    """Een schaal met zoveel vragen of minder is klein."""
    deel_kleine_schaal: Annotated[int, Field(ge=1)]
    """Band van een kleine schaal: het bereik gedeeld door dit getal."""
    deel_grote_schaal: Annotated[int, Field(ge=1)]
    """Band van de andere schalen: het bereik gedeeld door dit getal."""
    reden: Tekst
    """Waarom deze banden."""

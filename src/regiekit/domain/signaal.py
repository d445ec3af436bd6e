"""The shape of signalen (situations that point at a techniek) and of the rules that choose among them."""

from typing import Annotated, Literal

from pydantic import Field

from regiekit.domain.record import Id, Record, Tekst, Uitspraak, Versie

Voorwaarde = Literal[
    "weinig-ruimte", "weinig-steun", "rouw", "belast", "niveau-onzeker", "niveau-zeker", "bronnen-verschillen",
    "te-strak", "te-los", "past-niet-in-matrix",
]  # fmt: skip


class Signaal(Uitspraak):
    """Een situatie die naar een techniek wijst; `tekst` zegt hoe de coach die herkent."""

    id: Id
    naam: Tekst
    """Kort, zoals in de lijst."""
    aliassen: tuple[Tekst, ...] = ()
    """Andere woorden die je ook kunt typen."""
    wie: Literal["client", "coach"]
    """Bij wie je het ziet: bij de cliënt of bij jezelf."""
    techniek: Id
    """De techniek waar dit naar wijst."""
    groepen: tuple[Tekst, ...] = ()
    """Welke groepen voorbeeldvragen van die techniek hier het eerst passen."""
    wijst_op: Literal["te-los", "te-strak"] | None = None
    """Of dit zegt dat er nu te veel (te los) of te weinig (te strak) van de cliënt gevraagd wordt."""


class Signalen(Record):
    """Een lijst signalen."""

    id: Id
    versie: Versie
    naam: Tekst
    signalen: Annotated[tuple[Signaal, ...], Field(min_length=1)]


class Volgorde(Uitspraak):
    """Wat voorgaat als meer signalen wijzen: eerst het aantal, dan deze volgorde."""

    technieken: Annotated[tuple[Id, ...], Field(min_length=1)]


class Techniekregel(Uitspraak):
    """Of een techniek past bij rouw en bij overbelasting; `tekst` zegt waarom."""

    techniek: Id
    bij_rouw: bool
    bij_belast: bool
    bij_strak: Tekst | None = None
    """Hoe deze techniek samengaat met strakke sturing, als dat uitleg vraagt."""


class ZonderSignaal(Uitspraak):
    """Welke techniek past als er geen signaal is gegeven."""

    bij: Voorwaarde
    techniek: Id
    groepen: tuple[Tekst, ...] = ()


class RustigeVraag(Uitspraak):
    """Een vraag die niet uitdaagt, voor bij rouw of overbelasting."""

    bij: Annotated[tuple[Literal["rouw", "belast"], ...], Field(min_length=1)]


class Contextregel(Uitspraak):
    """Wanneer een contextfactor het nagaan waard is; `tekst` is wat de coach nagaat."""

    id: Id
    """De id van het kennisitem."""
    naam: Tekst
    bij: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Voorwaarden of ids van signalen; één is genoeg."""


class Keuzeregels(Record):
    """Van signalen naar technieken, vragen en contextfactoren."""

    id: Id
    versie: Versie
    naam: Tekst
    hoogstens_technieken: Annotated[int, Field(ge=1, le=2)]
    hoogstens_vragen: Annotated[int, Field(ge=2, le=3)]
    hoogstens_contextfactoren: Annotated[int, Field(ge=1, le=14)]
    volgorde: Volgorde
    iets_anders: Uitspraak
    eerst_ruimte: Uitspraak
    niet_losser: Uitspraak
    """Bij een signaal dat er te veel gevraagd wordt."""
    twee_kanten: Uitspraak
    """Als het ene signaal op te los wijst en het andere op te strak."""
    onbekende_techniek: Uitspraak
    technieken: Annotated[tuple[Techniekregel, ...], Field(min_length=1)]
    zonder_signaal: Annotated[tuple[ZonderSignaal, ...], Field(min_length=1)]
    rustige_vragen: Annotated[tuple[RustigeVraag, ...], Field(min_length=2)]
    contextfactoren: Annotated[tuple[Contextregel, ...], Field(min_length=1)]

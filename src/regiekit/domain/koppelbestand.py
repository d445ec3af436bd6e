"""The shape of a koppelbestand: which column of a table is which vraag, as a coach agreed to it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from regiekit.domain.checks import Fault
from regiekit.domain.record import Id, Record, Versie
from regiekit.domain.vragenlijst import MAX_VRAGEN, Waarde

Kolomnaam = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Woord = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Leeg = Literal["leeg", "weet-niet", "wil-niet-zeggen", "nvt"]
MAX_KOLOMMEN, MAX_WOORDEN = 2_000, 500


class Velden(Record):
    """De kolommen over de afname zelf."""

    client: Kolomnaam | None = None
    """De kolom met de cliëntcode."""
    meetmoment: Kolomnaam | None = None
    datum: Kolomnaam | None = None
    taal: Kolomnaam | None = None


class Koppelbestand(Record):
    """Welke kolom van een rekenblad welke vraag is, en welke woorden welk antwoord zijn."""

    vragenlijst: Id
    versie: Versie
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """De hash van de vragenlijst; is de lijst veranderd, dan geldt deze koppeling niet meer."""
    kolommen: Annotated[dict[Id, Kolomnaam | None], Field(max_length=MAX_VRAGEN)]
    """Per vraag de naam van de kolom; leeg als er voor die vraag geen kolom is."""
    velden: Velden = Velden()
    """De kolommen met code, meetmoment, datum en taal."""
    datumvolgorde: Literal["dag-maand", "maand-dag"] | None = None
    """Hoe datums met schuine strepen gelezen worden, als het bestand dat zelf niet laat zien."""
    open: Annotated[dict[Id, Kolomnaam], Field(max_length=MAX_VRAGEN)] = {}
    """Per open vraag de naam van de kolom."""
    zonder_training: Annotated[dict[Id, Kolomnaam], Field(max_length=MAX_VRAGEN)] = {}
    """Hetzelfde voor de open vragen zonder online training."""
    waarden: Annotated[dict[Woord, Waarde], Field(max_length=MAX_WOORDEN)] = {}
    """Andere woorden voor een antwoord, in elke kolom: 'helemaal waar' is 5."""
    niet_beantwoord: Annotated[dict[Woord, Leeg], Field(max_length=MAX_WOORDEN)] = {}
    """Andere woorden voor geen antwoord: 'geen mening' is weet-niet, of leeg."""
    eigen_waarden: Annotated[dict[Id, dict[Woord, Waarde]], Field(max_length=MAX_VRAGEN)] = {}
    """Andere woorden voor een antwoord op één vraag."""
    overgeslagen: Annotated[tuple[Kolomnaam, ...], Field(max_length=MAX_KOLOMMEN)] = ()
    """De kolommen die niet worden ingelezen."""


def check_koppelbestand(koppeling: Koppelbestand) -> Iterator[Fault]:
    """A column that stands there twice."""
    seen: dict[str, tuple[str | int, ...]] = {}
    for loc, naam in _kolommen(koppeling):
        if naam in seen:
            yield Fault(loc, "dubbele-kolom", {"naam": naam, "eerder": seen[naam]})
        seen.setdefault(naam, loc)


def _kolommen(koppeling: Koppelbestand) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each column that is read, with its place."""
    for part in ("kolommen", "open", "zonder_training"):
        for name, kolom in getattr(koppeling, part, {}).items():
            if kolom is not None:
                yield (part, name), kolom
    for name in Velden.model_fields:
        if kolom := getattr(getattr(koppeling, "velden", None), name, None):
            yield ("velden", name), kolom
    for n, kolom in enumerate(getattr(koppeling, "overgeslagen", ())):
        yield ("overgeslagen", n), kolom

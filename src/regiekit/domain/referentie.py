"""The shape of a referentiebestand: how precise a vragenlijst was in a group, for the band of one client."""

from __future__ import annotations

from datetime import date
from math import isclose
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from regiekit.domain.checks import Fault
from regiekit.domain.meetfout import grens_of, s_diff_of
from regiekit.domain.record import Id, Record, Versie
from regiekit.domain.vragenlijst import MAX_SCHALEN

if TYPE_CHECKING:
    from collections.abc import Iterator

MINSTE_GROEP = 50  # people: of fewer no referentiebestand is made
GROTE_GROEP = 200  # people: below this the lower end of the interval of the reliability is used
MAX_NAAM, MAX_BRON = 100, 400  # characters
CLOSE = 2e-6  # two of the last decimals that are written

Naam = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAAM)]
Bron = Annotated[str, StringConstraints(min_length=1, max_length=MAX_BRON)]
Mensen = Annotated[int, Field(ge=MINSTE_GROEP)]
Kans = Annotated[float, Field(ge=-1, le=1)]
Positief = Annotated[float, Field(ge=0)]


class Betrouwbaarheid(Record):
    """Hoe betrouwbaar een schaal is, en met welk getal de band is gerekend."""

    waarde: Kans
    """De schatting."""
    soort: Literal["alpha", "test-hertest"]
    """`alpha`: samenhang tussen de vragen; `test-hertest`: twee metingen kort na elkaar."""
    onder: Kans
    """Onderkant van het interval van 95 procent."""
    boven: Kans
    """Bovenkant van het interval van 95 procent."""
    gebruikt: Annotated[float, Field(ge=0, le=1)]
    """Waarmee de band is gerekend: onder de 200 mensen `onder`, anders `waarde`."""


class Referentieschaal(Record):
    """Wat één schaal bij de start liet zien."""

    met_score: Mensen
    """Hoeveel mensen een score hebben: van hen zijn `gemiddelde` en `sd`."""
    volledig: Mensen
    """Hoeveel mensen deze schaal helemaal invulden: van hen is `betrouwbaarheid`, en dit aantal telt voor de band."""
    gemiddelde: float
    sd: Positief
    """De spreiding bij de start (met_score - 1)."""
    betrouwbaarheid: Betrouwbaarheid
    s_diff: Positief
    """sd x wortel 2 x wortel (1 - gebruikt)."""
    grens: Positief
    """1,96 x s_diff: vanaf dit verschil heet het duidelijk."""


class Referentie(Record):
    """Wat een groep leerde over een vragenlijst: daaruit komt de band voor één cliënt."""

    naam: Naam
    """Hoe dit bestand heet op het scherm."""
    bron: Bron
    """Wie de groep was en wanneer, in gewone woorden; geen namen van mensen."""
    vragenlijst: Id
    versie: Versie
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """De hash van de vragenlijst; is de lijst veranderd, dan geldt dit bestand niet meer."""
    meetmoment: Id | None = None
    """Het meetmoment waar alles van is; leeg bij een tabel zonder meetmomenten."""
    n: Mensen
    """Hoeveel mensen er waren."""
    datum: date
    """Wanneer dit bestand is gemaakt."""
    gemaakt_met: Versie
    """De versie van regiekit."""
    schalen: Annotated[dict[Id, Referentieschaal], Field(min_length=1, max_length=MAX_SCHALEN)]
    """Per schaal de cijfers; een schaal die hier niet staat, houdt de vuistregel."""


def check_referentie(referentie: Referentie) -> Iterator[Fault]:
    """Numbers that contradict each other: a border that somebody changed is not the border of this group."""
    for naam, schaal in getattr(referentie, "schalen", {}).items():
        loc, r = ("schalen", naam), schaal.betrouwbaarheid
        if schaal.met_score > getattr(referentie, "n", schaal.met_score):
            yield _wrong((*loc, "met_score"), "met_score", f"hoogstens {referentie.n}, zoals bij het hele bestand")
        if schaal.volledig > schaal.met_score:
            yield _wrong((*loc, "volledig"), "volledig", f"hoogstens {schaal.met_score}, zoals met_score")
        if not r.onder <= r.waarde <= r.boven:
            yield _wrong((*loc, "betrouwbaarheid", "waarde"), "waarde", "een getal van 'onder' tot en met 'boven'")
        wanted = r.onder if schaal.volledig < GROTE_GROEP else r.waarde
        if r.gebruikt != wanted:
            yield _wrong((*loc, "betrouwbaarheid", "gebruikt"), "gebruikt", _written(wanted))
        yield from _check_border(loc, schaal)


def _check_border(loc: tuple[str, str], schaal: Referentieschaal) -> Iterator[Fault]:
    r = schaal.betrouwbaarheid
    if r.gebruikt >= 1 or schaal.sd == 0:
        yield _wrong((*loc, "s_diff"), "s_diff", "met een sd boven 0 en een betrouwbaarheid onder 1 gerekend")
    elif not isclose(schaal.s_diff, found := s_diff_of(schaal.sd, r.gebruikt), rel_tol=CLOSE, abs_tol=CLOSE):
        yield _wrong((*loc, "s_diff"), "s_diff", _written(found))
    elif not isclose(schaal.grens, found := grens_of(schaal.s_diff), rel_tol=CLOSE, abs_tol=CLOSE):
        yield _wrong((*loc, "grens"), "grens", _written(found))


def _wrong(loc: tuple[str, ...], veld: str, hoort: str) -> Fault:
    return Fault(loc, "referentie-klopt-niet", {"veld": veld, "uitleg": hoort})


def _written(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")

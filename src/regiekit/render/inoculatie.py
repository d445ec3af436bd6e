"""The list that a client takes home after an inoculatie: what was in the way, every idea, and the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.domain.dagen import whole_date
from regiekit.render.document import Alinea, Document, Kop, Letterlijk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from regiekit.domain.aantekening import Inoculatie

Blok = Kop | Alinea | Letterlijk


def make_lijst(inhoud: Inoculatie, datum: date) -> Document:
    """The list, in the words of the client; what is not chosen yet says so."""
    blokken = (*_obstakels(inhoud), *_oplossingen(inhoud), *_keuze(inhoud), *_terug(inhoud))
    return Document("Van obstakel naar oplossing", f"Jouw lijst van {whole_date(datum)}", blokken)


def _obstakels(inhoud: Inoculatie) -> Iterator[Blok]:
    yield Kop("Wat zit er in de weg?")
    yield Alinea("Zo zei jij het, in je eigen woorden:")
    yield from map(Letterlijk, inhoud.obstakels)
    if len(inhoud.obstakels) > 1:
        yield Kop("Daarmee ga je verder")
        if inhoud.gekozen:
            yield Letterlijk(inhoud.gekozen)
        else:
            yield Alinea("Je kiest later waarmee je verdergaat. Eén tegelijk is genoeg.")


def _oplossingen(inhoud: Inoculatie) -> Iterator[Blok]:
    yield Kop("Jouw ideeën")
    if not inhoud.oplossingen:
        yield Alinea("Hier is nog ruimte voor je ideeën. Gek mag ook, elk idee telt.")
        return
    number = len(inhoud.oplossingen)
    yield Alinea("Dit idee komt van jou:" if number == 1 else f"Deze {number} ideeën komen van jou. Kijk eens hoeveel:"
                 if number > 2 else "Deze ideeën komen van jou:")  # fmt: skip
    yield from map(Letterlijk, inhoud.oplossingen)


def _keuze(inhoud: Inoculatie) -> Iterator[Blok]:
    yield Kop("Wat ga je proberen?")
    if not inhoud.actie:
        yield Alinea("Dat kies je zelf. Neem er rustig de tijd voor.")
        return
    yield Letterlijk(inhoud.actie)
    if inhoud.wanneer:
        yield Alinea(f"Dat doe je op {whole_date(inhoud.wanneer)}.")
    if len(inhoud.oplossingen) > 1:
        yield Alinea("Werkt het anders dan je hoopte? Kies dan een ander idee van je lijst.")


def _terug(inhoud: Inoculatie) -> Iterator[Blok]:
    if not inhoud.actie:
        return
    yield Kop("Daarna praten we erover")
    if inhoud.terug_op:
        yield Alinea(f"Dat doen we op {whole_date(inhoud.terug_op)}.")
    yield Alinea("Is het gelukt? Dan kijken we wat jou hielp. Kwam er iets tussen? Dat kan gebeuren.")
    yield Alinea("Dan zoeken we samen hoe het wel kan.")

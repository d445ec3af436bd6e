"""Two afnames of one client side by side: the shared vragen only, and three conclusions (ontwerp 4).

How much is clear comes from the rule of thumb, or from a referentiebestand where the coach gives one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from regiekit.domain.meetfout import MIKRO, grens_in_mikro, least_sum
from regiekit.domain.uitslag import keyed_values, make_rekenregel, too_few, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regiekit.domain.referentie import Referentie
    from regiekit.domain.stuurmatrix import Banden
    from regiekit.domain.uitslag import Keyed
    from regiekit.domain.vragenlijst import Schaal, Vragenlijst

Conclusie = Literal["duidelijk hoger", "duidelijk lager", "geen duidelijk verschil"]

NIET_IN_BESTAND = "deze schaal staat niet in het referentiebestand"
ANDERE_LIJST = "het referentiebestand is van een andere vragenlijst of versie"
NIET_ALLES = "niet alle vragen zijn beide keren beantwoord; dan geldt de ruimste band van de twee"


class Bandbron(NamedTuple):
    """Where a band comes from, when there was a choice: the rule of thumb or a referentiebestand.

    Of the file: its name, how many people answered all of the schaal there (`n`), and the reliability that was used.
    `reden`: why the band is not simply that of the file.
    """

    soort: Literal["vuistregel", "referentie"]
    naam: str | None = None
    n: int | None = None
    r: float | None = None
    r_soort: str | None = None
    onderkant: bool = False
    reden: str | None = None


class Maat(NamedTuple):
    """What a referentiebestand says of one schaal: the border on the scale of the score; None: use the rule of thumb"""

    grens: float | None
    bron: Bandbron


class Verschil(NamedTuple):
    """One schaal, first against last, over the vragen answered both times. `band` is on the scale of the score.

    `band_bron` is None where no referentiebestand was given: then every band is the rule of thumb.
    """

    schaal: str
    naam: str
    van: float | None
    naar: float | None
    verschil: float | None
    gedeelde_vragen: int
    band: float | None
    conclusie: Conclusie | None
    opmerking: str | None
    richting: str
    regel: str
    band_bron: Bandbron | None = None


class _Band(NamedTuple):
    """A band on whole sums, teller / noemer, and on the scale of the score."""

    teller: int
    noemer: int
    waarde: float
    bron: Bandbron | None

    def reached_by(self, difference: int) -> bool:
        return self.noemer * difference >= self.teller


def maat_of(referentie: Referentie | None, lijst: Vragenlijst, code: str, schaal_id: str) -> Maat | None:
    """What a referentiebestand says of a schaal of this vragenlijst with this hash; None without such a file."""
    if referentie is None:
        return None
    if (referentie.vragenlijst, referentie.versie, referentie.hash) != (lijst.id, lijst.versie, code):
        return Maat(None, Bandbron("vuistregel", reden=ANDERE_LIJST))
    if (known := referentie.schalen.get(schaal_id)) is None:
        return Maat(None, Bandbron("vuistregel", reden=NIET_IN_BESTAND))
    r = known.betrouwbaarheid
    bron = Bandbron("referentie", referentie.naam, known.volledig, r.gebruikt, r.soort, r.gebruikt != r.waarde)
    return Maat(known.grens, bron)


def compare(
    vragenlijst: Vragenlijst,
    schaal: Schaal,
    eerste: Mapping[str, int | None],
    laatste: Mapping[str, int | None],
    banden: Banden,
    maat: Maat | None = None,
) -> Verschil:
    """Compare one schaal. Reaching the band counts; all borders are decided on whole sums."""
    first, last = _shared(keyed_values(vragenlijst, schaal, eerste), keyed_values(vragenlijst, schaal, laatste))
    minimaal = make_rekenregel(vragenlijst, schaal).minimaal
    if len(first) < minimaal:
        reden = too_few(len(first), len(schaal.vragen), minimaal, "beide keren ")
        return Verschil(schaal.id, schaal.naam, None, None, None, len(first), None, None, reden, schaal.richting,
                        schaal.regel)  # fmt: skip
    before, after = sum(k.value for k in first), sum(k.value for k in last)
    low, high = sum(k.lo for k in first), sum(k.hi for k in first)
    band = _band(schaal, banden, maat, high - low, len(first))
    return Verschil(
        schaal=schaal.id,
        naam=schaal.naam,
        van=value_of(schaal.regel, first),
        naar=value_of(schaal.regel, last),
        verschil=(after - before) / (1 if schaal.regel == "som" else len(first)),
        gedeelde_vragen=len(first),
        band=band.waarde,
        conclusie=_conclude(after - before, band),
        opmerking=_no_room(before, low, high, band),
        richting=schaal.richting,
        regel=schaal.regel,
        band_bron=band.bron,
    )


def _band(schaal: Schaal, banden: Banden, maat: Maat | None, reach: int, shared: int) -> _Band:
    """The rule of thumb or the border of the referentiebestand; over a part of the vragen the wider of the two, as
    that border was found with all of them."""
    part = banden.deel_kleine_schaal if len(schaal.vragen) <= banden.kleine_schaal_tot else banden.deel_grote_schaal
    divisor = 1 if schaal.regel == "som" else shared
    thumb = _Band(reach, part, reach / part / divisor, maat.bron if maat else None)
    if maat is None or maat.grens is None:
        return thumb
    found = _Band(least_sum(maat.grens, divisor), 1, maat.grens, maat.bron)
    if shared == len(schaal.vragen):
        return found
    if grens_in_mikro(maat.grens) * divisor * thumb.noemer < thumb.teller * MIKRO:
        return thumb._replace(bron=Bandbron("vuistregel", reden=NIET_ALLES))
    return found._replace(bron=maat.bron._replace(reden=NIET_ALLES))


def _shared(first: tuple[Keyed, ...], last: tuple[Keyed, ...]) -> tuple[list[Keyed], list[Keyed]]:
    both = {k.vraag for k in first} & {k.vraag for k in last}
    return [k for k in first if k.vraag in both], [k for k in last if k.vraag in both]


def _conclude(difference: int, band: _Band) -> Conclusie:
    if band.reached_by(difference):
        return "duidelijk hoger"
    return "duidelijk lager" if band.reached_by(-difference) else "geen duidelijk verschil"


def _no_room(before: int, low: int, high: int, band: _Band) -> str | None:
    """A first score nearer to an end than the band cannot clearly move that way; with a wide band in neither."""
    up, down = band.reached_by(high - before), band.reached_by(before - low)
    if not up:
        return "kan niet duidelijk hoger worden" if down else "kan niet duidelijk hoger of lager worden"
    return None if down else "kan niet duidelijk lager worden"

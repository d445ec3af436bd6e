"""Two afnames of one client side by side: the shared vragen only, and three conclusions (ontwerp 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from regiekit.domain.uitslag import keyed_values, too_few, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regiekit.domain.stuurmatrix import Banden
    from regiekit.domain.uitslag import Keyed
    from regiekit.domain.vragenlijst import Schaal, Vragenlijst

Conclusie = Literal["duidelijk hoger", "duidelijk lager", "geen duidelijk verschil"]


class Verschil(NamedTuple):
    """One schaal, first against last, over the vragen answered both times. `band` is on the scale of the score."""

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


def compare(
    vragenlijst: Vragenlijst,
    schaal: Schaal,
    eerste: Mapping[str, int | None],
    laatste: Mapping[str, int | None],
    banden: Banden,
) -> Verschil:
    """Compare one schaal. Reaching the band counts; all borders are decided on whole sums."""
    first, last = _shared(keyed_values(vragenlijst, schaal, eerste), keyed_values(vragenlijst, schaal, laatste))
    minimaal = len(schaal.vragen) if schaal.regel == "som" else schaal.minimaal_beantwoord
    if len(first) < minimaal:
        reden = too_few(len(first), len(schaal.vragen), minimaal, "beide keren ")
        return Verschil(schaal.id, schaal.naam, None, None, None, len(first), None, None, reden, schaal.richting,
                        schaal.regel)  # fmt: skip
    small = len(schaal.vragen) <= banden.kleine_schaal_tot
    part = banden.deel_kleine_schaal if small else banden.deel_grote_schaal
    before, after = sum(k.value for k in first), sum(k.value for k in last)
    low, high = sum(k.lo for k in first), sum(k.hi for k in first)
    return Verschil(
        schaal=schaal.id,
        naam=schaal.naam,
        van=value_of(schaal.regel, first),
        naar=value_of(schaal.regel, last),
        verschil=(after - before) / (1 if schaal.regel == "som" else len(first)),
        gedeelde_vragen=len(first),
        band=(high - low) / part / (1 if schaal.regel == "som" else len(first)),
        conclusie=_conclude(after - before, high - low, part),
        opmerking=_no_room(before, low, high, part),
        richting=schaal.richting,
        regel=schaal.regel,
    )


def _shared(first: tuple[Keyed, ...], last: tuple[Keyed, ...]) -> tuple[list[Keyed], list[Keyed]]:
    both = {k.vraag for k in first} & {k.vraag for k in last}
    return [k for k in first if k.vraag in both], [k for k in last if k.vraag in both]


def _conclude(difference: int, reach: int, part: int) -> Conclusie:
    if part * difference >= reach:
        return "duidelijk hoger"
    return "duidelijk lager" if part * -difference >= reach else "geen duidelijk verschil"


def _no_room(before: int, low: int, high: int, part: int) -> str | None:
    """A first score nearer to an end than the band cannot clearly move that way."""
    if part * (high - before) < high - low:
        return "kan niet duidelijk hoger worden"
    return "kan niet duidelijk lager worden" if part * (before - low) < high - low else None

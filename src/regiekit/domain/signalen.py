"""From signalen to at most two technieken, questions for the next talk and context factors to look into.

The rules are data (data/signalen/). Safety goes first: in a crisis nothing is chosen, with rouw or overbelasting no
techniek that challenges. The same input gives the same answer.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.herkomst import herkomst_line
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.advies import Situatie
    from regiekit.domain.niveau import Niveau
    from regiekit.domain.signaal import Contextregel, Keuzeregels, Signaal, Techniekregel, Voorwaarde
    from regiekit.domain.techniek import Techniek, Voorbeeldvraag

VRAGEN_BIJ_TWEE = (2, 1)  # of the first and of the second techniek
RUIMTE_EN_STEUN = {"weinig-ruimte", "weinig-steun"}
RUSTIG_EERST = 2  # with rouw or overbelasting: so many quiet questions before one of a techniek

OORDELEN: dict[str, Voorwaarde] = {
    "te strak": "te-strak",
    "te los": "te-los",
    "past niet in de matrix": "past-niet-in-matrix",
}


class Techniekkeus(NamedTuple):
    """A techniek that fits, why, where that stands, and the groups of its questions that come first."""

    id: str
    naam: str
    reden: str
    herkomst: tuple[str, ...]
    groepen: tuple[str, ...]


class NietNu(NamedTuple):
    """A techniek that signalen point at, and why it does not fit now or was not taken."""

    id: str
    naam: str
    reden: str


class Contextkeus(NamedTuple):
    """A context factor worth looking into, with what to find out; `eerst` when it is about room or support."""

    id: str
    naam: str
    vraag: str
    eerst: bool


class Keus(NamedTuple):
    """What the signalen and the situation come to; `vragen_bij_een` for who takes the first techniek alone."""

    signalen: tuple[Signaal, ...]
    technieken: tuple[Techniekkeus, ...]
    past_nu_niet: tuple[NietNu, ...]
    ook_gewezen: tuple[NietNu, ...]
    vragen: tuple[str, ...]
    vragen_bij_een: tuple[str, ...]
    contextfactoren: tuple[Contextkeus, ...]


def find_signalen(known: Sequence[Signaal], given: Sequence[str]) -> tuple[Signaal, ...]:
    """The signalen by id, name or alias, each once and in the order of the list; RegiekitError names the nearest."""
    names = {_letters(n): s for s in known for n in (*s.aliassen, s.naam, s.id)}
    for word in given:
        if _letters(word) not in names:
            raise RegiekitError(f"het signaal '{word}' ken ik niet; {_nearest(word, names)}")
    found = {names[_letters(word)].id for word in given}
    return tuple(s for s in known if s.id in found)


def _letters(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _nearest(word: str, names: dict[str, Signaal]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(_letters(word), names)
    far = near or get_close_matches(_letters(word), names, cutoff=0.01)
    hint = f"het meest lijkt '{names[far[0]].id}' erop" if far else "kies er een uit de lijst"
    hint = f"bedoelde je '{names[near[0]].id}'?" if near else hint
    return f"{hint} (de lijst: regiekit advies --signalen)"


def conditions_of(niveau: Niveau, situatie: Situatie) -> set[Voorwaarde]:
    """The words of the rules that hold for this level and situation."""
    sure = niveau.zekerheid in ("vast", "besluit")
    found: set[Voorwaarde] = {"niveau-zeker" if sure else "niveau-onzeker"}
    if niveau.zekerheid == "niet-eenduidig" or niveau.tegengesproken:
        found.add("bronnen-verschillen")
    if niveau.waarneming and niveau.waarneming.oordeel in OORDELEN:
        found.add(OORDELEN[niveau.waarneming.oordeel])
    pairs: tuple[tuple[Voorwaarde, bool], ...] = (
        ("rouw", situatie.rouwt),
        ("belast", situatie.belast),
        ("weinig-ruimte", situatie.weinig_ruimte),
        ("weinig-steun", situatie.weinig_steun),
    )
    return found | {word for word, holds in pairs if holds}


def choose_technieken(
    regels: Keuzeregels,
    technieken: Sequence[Techniek],
    signalen: Sequence[Signaal],
    niveau: Niveau,
    situatie: Situatie,
) -> Keus:
    """Technieken, questions and context factors. In a crisis there are none."""
    if situatie.crisis:
        return Keus(tuple(signalen), (), (), (), (), (), ())
    conditions = conditions_of(niveau, situatie)
    candidates = [*_pointed_at(regels, technieken, signalen)] or [*_without_signaal(regels, technieken, conditions)]
    refused = tuple(r for c in candidates if (r := _refused(regels, c, situatie)))
    fitting = [c for c in candidates if c.id not in {r.id for r in refused}]
    chosen = tuple(fitting[: regels.hoogstens_technieken])
    return Keus(
        signalen=tuple(signalen),
        technieken=chosen,
        past_nu_niet=refused,
        ook_gewezen=tuple(NietNu(c.id, c.naam, c.reden) for c in fitting[regels.hoogstens_technieken :]),
        vragen=choose_vragen(regels, technieken, chosen, situatie),
        vragen_bij_een=choose_vragen(regels, technieken, chosen[:1], situatie),
        contextfactoren=choose_context(regels, {*conditions, *(s.id for s in signalen)}),
    )


def _pointed_at(
    regels: Keuzeregels, technieken: Sequence[Techniek], signalen: Sequence[Signaal]
) -> Iterator[Techniekkeus]:
    """Every techniek that signalen point at: most signalen first, then in the order of the rules."""
    order = {t: i for i, t in enumerate(regels.volgorde.technieken)}
    count = Counter(s.techniek for s in signalen)
    for techniek in sorted(count, key=lambda t: (-count[t], order.get(t, len(order)), t)):
        mine = [s for s in signalen if s.techniek == techniek]
        reden = f"Je noemt: {'; '.join(s.naam[:1].lower() + s.naam[1:] for s in mine)}."
        sources = tuple(dict.fromkeys(herkomst_line(s) for s in mine))
        groepen = tuple(dict.fromkeys(g for s in mine for g in s.groepen))
        yield Techniekkeus(techniek, _find(technieken, techniek, mine[0].id).naam, reden, sources, groepen)


def _without_signaal(
    regels: Keuzeregels, technieken: Sequence[Techniek], conditions: set[Voorwaarde]
) -> Iterator[Techniekkeus]:
    """The first rule that holds when the coach names no signaal."""
    for regel in islice((r for r in regels.zonder_signaal if r.bij in conditions), 1):
        naam = _find(technieken, regel.techniek, regel.bij).naam
        yield Techniekkeus(regel.techniek, naam, regel.tekst, (herkomst_line(regel),), regel.groepen)


def _find(technieken: Sequence[Techniek], techniek_id: str, by: str) -> Techniek:
    found = next((t for t in technieken if t.id == techniek_id), None)
    if found is None:
        raise RegiekitError(
            f"het signaal '{by}' wijst naar de techniek '{techniek_id}', en die ken ik niet; verander het signaal"
        )
    return found


def _refused(regels: Keuzeregels, keus: Techniekkeus, situatie: Situatie) -> NietNu | None:
    """Why a techniek does not fit with rouw or overbelasting; None when it does."""
    if not situatie.zonder_uitdaging:
        return None
    regel: Techniekregel | None = next((r for r in regels.technieken if r.techniek == keus.id), None)
    if regel is None:
        return NietNu(keus.id, keus.naam, regels.onbekende_techniek.tekst)
    fits = (regel.bij_rouw or not situatie.rouwt) and (regel.bij_belast or not situatie.belast)
    return None if fits else NietNu(keus.id, keus.naam, regel.tekst)


def choose_vragen(
    regels: Keuzeregels, technieken: Sequence[Techniek], chosen: Sequence[Techniekkeus], situatie: Situatie
) -> tuple[str, ...]:
    """Two or three questions: of the chosen technieken, after quiet ones with rouw or overbelasting."""
    asked = _quiet(regels, situatie)
    room = regels.hoogstens_vragen - len(asked)
    counts = VRAGEN_BIJ_TWEE if len(chosen) > 1 else (regels.hoogstens_vragen,)
    for keus, count in zip(chosen, counts, strict=False):
        asked += [v.tekst for v in sort_vragen(technieken, keus)[: min(count, room)]]
        room = regels.hoogstens_vragen - len(asked)
    return tuple(asked)


def _quiet(regels: Keuzeregels, situatie: Situatie) -> list[str]:
    """The quiet questions: with rouw and overbelasting both, one for each."""
    now = [word for word, holds in (("rouw", situatie.rouwt), ("belast", situatie.belast)) if holds]
    of_each = [[v.tekst for v in regels.rustige_vragen if word in v.bij] for word in now]
    share = RUSTIG_EERST // max(len(now), 1)
    return [tekst for texts in of_each for tekst in texts[:share]]


def sort_vragen(technieken: Sequence[Techniek], keus: Techniekkeus) -> list[Voorbeeldvraag]:
    """The questions of a techniek, best first: one of each group that fits, then those of the placemat, then others."""
    found = next(t for t in technieken if t.id == keus.id)
    first: list[Voorbeeldvraag] = []
    for groep in keus.groepen:
        of_groep = sorted((v for v in found.voorbeeldvragen if v.groep == groep), key=lambda v: not v.placemat)
        first += of_groep[:1]
    rest = [v for v in found.voorbeeldvragen if v not in first]
    return first + sorted(rest, key=lambda v: (v.groep not in keus.groepen, not v.placemat))


def choose_context(regels: Keuzeregels, words: set[str]) -> tuple[Contextkeus, ...]:
    """The context factors of which a condition or a signaal is there, in the order of the rules."""
    fitting: Iterator[Contextregel] = (r for r in regels.contextfactoren if words & set(r.bij))
    return tuple(
        Contextkeus(r.id, r.naam, r.tekst, bool(words & set(r.bij) & RUIMTE_EN_STEUN))
        for r in islice(fitting, regels.hoogstens_contextfactoren)
    )

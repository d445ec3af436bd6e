"""The figures of a group, as they may be shown: cells of fewer than five people are not in here at all.

For who holds the table the other figures are exact, and more may follow from them. What is made to be shared
(`Groepscijfers.delen`) tells nothing about fewer than five people.

Every value is frozen and holds plain numbers; `regiekit.groep` computes them, `regiekit.render` shows them.
"""

from __future__ import annotations

from typing import NamedTuple

MINSTENS = 5  # people: under this number nothing is shown of them (ontwerp 4)
KLEIN = 20  # people: under this number the interval is the message, not the figure
PAS_VANAF_KLEIN = f"Dit cijfer wordt pas gedeeld vanaf {KLEIN} mensen."  # the reason of a figure without interval
ZEKERHEID = 0.95  # of every interval

Aantal = int | None
"""A number of people; None: between 1 and 4, or hidden because another hidden number would follow from it."""


class Cijfer(NamedTuple):
    """One figure, with its interval where there is one; or else why there is none, as a Dutch sentence.

    Exactly one of `waarde` and `reden` is given. `onder` and `boven` are the ends of the interval of 95 %.
    """

    waarde: float | None
    onder: float | None = None
    boven: float | None = None
    reden: str | None = None


class Opmerking(NamedTuple):
    """Something to know beside the figures; `code` is for programs, `tekst` a Dutch sentence."""

    code: str
    tekst: str


class Antwoordtelling(NamedTuple):
    """How many people gave one answer, as it was given (not turned round).

    `tot`: the last of the answers that are counted together here, of which `antwoord` is the first.
    """

    antwoord: int
    aantal: Aantal
    tot: int | None = None


class Vraagcijfers(NamedTuple):
    """One vraag within its schaal. `gemiddelde` and `sd` are of the answers turned the right way round (keyed).

    `leeg`: kind of blank (leeg, weet-niet, wil-niet-zeggen, nvt) -> how many; `lading`: on the one factor of omega.
    """

    vraag: str
    tekst: str
    omgekeerd: bool
    beantwoord: Aantal
    leeg: tuple[tuple[str, Aantal], ...]
    aantallen: tuple[Antwoordtelling, ...]
    gemiddelde: Cijfer
    sd: Cijfer
    item_rest: Cijfer
    alpha_zonder: Cijfer
    lading: Cijfer
    verkeerd_om: bool


class Balk(NamedTuple):
    """One bar of a distribution of scores: from `van` up to `tot` (the last bar includes `tot`)."""

    van: float
    tot: float
    aantal: Aantal


class Schaalcijfers(NamedTuple):
    """One schaal at one meetmoment.

    `met_score`: people with a score by the rule of the schaal, of whom are `gemiddelde`, `sd` (n - 1), `op_bodem`,
    `op_plafond` and `verdeling`. `volledig`: people who answered every vraag (listwise), of whom are alpha, omega and
    the figures of the vragen. `bodem`, `top`: the ends of the score. `tegenrichting`: the correlation of the raw
    answers to the normal and to the reversed vragen, which should be below 0; None where nothing is reversed.
    """

    id: str
    naam: str
    richting: str
    regel: str
    bodem: float
    top: float
    met_score: Aantal
    volledig: Aantal
    gemiddelde: Cijfer
    sd: Cijfer
    op_bodem: Aantal
    op_plafond: Aantal
    verdeling: tuple[Balk, ...]
    alpha: Cijfer
    omega: Cijfer
    tegenrichting: Cijfer | None
    vragen: tuple[Vraagcijfers, ...]
    opmerkingen: tuple[Opmerking, ...]


class Patroon(NamedTuple):
    """Which vragen were left open together, and by how many people (never fewer than five)."""

    leeg: tuple[str, ...]
    aantal: int


class Momentcijfers(NamedTuple):
    """Everybody at one meetmoment, each person once; `id` is None for a table without meetmomenten.

    `patronen`: the ways of leaving vragen open, most frequent first; one of them is nothing open, with an empty `leeg`.
    `overige`: people with any other way.
    """

    id: str | None
    naam: str
    mensen: Aantal
    schalen: tuple[Schaalcijfers, ...]
    patronen: tuple[Patroon, ...]
    overige: Aantal
    opmerkingen: tuple[Opmerking, ...] = ()


class Verandering(NamedTuple):
    """One schaal from one meetmoment to a later one, of the people who have both, over the vragen answered both times.

    `verschil`: mean difference with its interval; `effect`: standardised mean change, by the SD at the start;
    `r` and `r_soort` ('test-hertest' or 'alpha'): the reliability in s_diff = sd_start * sqrt(2) * sqrt(1 - r);
    `grens`: 1,96 * s_diff, from where a person changed reliably; then how many people did.
    """

    schaal: str
    naam: str
    richting: str
    van: str
    naar: str
    n: Aantal
    gemiddelde_van: Cijfer
    gemiddelde_naar: Cijfer
    sd_van: Cijfer
    verschil: Cijfer
    effect: Cijfer
    r: Cijfer
    r_soort: str
    s_diff: Cijfer
    grens: Cijfer
    hoger: Aantal
    geen: Aantal
    lager: Aantal
    opmerkingen: tuple[Opmerking, ...]


class Rijtelling(NamedTuple):
    """Rows of the table: gelezen = goed + geweigerd + leeg."""

    gelezen: int
    goed: int
    geweigerd: int
    leeg: int


class Groepscijfers(NamedTuple):
    """All figures of one table; `invoer_hash` is the SHA-256 of the file that was read.

    `delen`: whether they are made to be shared. Then nothing about fewer than five people follows from them, also not
    by subtracting or solving, and `rijen` is None, as it would tell how many people were left out.
    """

    bestand: str
    invoer_hash: str
    vragenlijst: str
    naam: str
    versie: str
    hash: str
    laagste: int
    hoogste: int
    aanname: bool
    rijen: Rijtelling | None
    met_code: bool
    momenten: tuple[Momentcijfers, ...]
    veranderingen: tuple[Verandering, ...]
    opmerkingen: tuple[Opmerking, ...]
    delen: bool = False

"""Made-up figures of groups, odd ones too: nobody filled these in."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.groepscijfers import (
    KLEIN,
    MINSTENS,
    Aantal,
    Antwoordtelling,
    Balk,
    Cijfer,
    Groepscijfers,
    Momentcijfers,
    Opmerking,
    Patroon,
    Rijtelling,
    Schaalcijfers,
    Verandering,
    Vraagcijfers,
)
from regiekit.domain.onthulling import hide_one, hide_small

if TYPE_CHECKING:
    from collections.abc import Sequence

TE_WEINIG = "minder dan 5 mensen hebben alle vragen beantwoord"
GEEN = Cijfer(None, reden=TE_WEINIG)
LANG = (
    "Ik merk in mijn traject, ook op dagen dat het tegenzit of dat anderen er anders over denken, dat ik zelf kan "
    "kiezen welke volgende stap ik zet, wanneer ik die zet en wie mij daarbij helpt, en dat er ruimte is om te wennen."
)


class Vorm(NamedTuple):
    """What kind of group to make up."""

    mensen: tuple[int, ...] = (120, 96)
    momenten: tuple[str, ...] = ("Start", "Einde")
    schalen: tuple[tuple[str, int], ...] = (("Autonomie", 5), ("Competentie", 5), ("Verbondenheid", 4),
                                            ("Eigen regie", 3))  # fmt: skip
    laagste: int = 1
    hoogste: int = 5
    tekst: str = "Ik kan zelf kiezen hoe ik dit aanpak, nummer {}."
    zaad: int = 6
    verschuiving: float = 0.4
    som: tuple[str, ...] = ()


def make_groepscijfers(vorm: Vorm = Vorm(), **anders: Any) -> Groepscijfers:  # noqa: B008
    """The figures of a made-up group: suppressed as real ones are, and the same for the same `vorm`."""
    chance = random.Random(vorm.zaad)
    ids = [naam.lower().replace(" ", "-") for naam in vorm.momenten] or [None]
    momenten = tuple(
        Momentcijfers(
            meetmoment,
            naam,
            hide_one(n),
            tuple(_schaal(vorm, chance, naam_en_aantal, n) for naam_en_aantal in vorm.schalen),
            _patronen(vorm, n),
            None if n > 30 else 0,
        )
        for meetmoment, naam, n in zip(ids, vorm.momenten or ("",), vorm.mensen, strict=True)
    )
    pairs = [(a, b) for place, a in enumerate(momenten) for b in momenten[place + 1 :]]
    pairs.sort(key=lambda pair: (pair[0] is not momenten[0], pair[1] is not momenten[-1]))
    changes = tuple(
        _change(vorm, chance, schaal, a, b) for a, b in pairs for schaal in momenten[0].schalen
    )  # fmt: skip
    read = sum(vorm.mensen)
    made = Groepscijfers(
        "verzonnen groep.csv", "ab12" * 16, "eigen-regie", "Eigen regie in het tweede spoor", "1", "0f" * 8,
        vorm.laagste, vorm.hoogste, True, Rijtelling(read + 14, read, 12, 2), True, momenten, changes,
        (Opmerking("niet-gevalideerd", "Deze vragenlijst is niet gevalideerd en heeft geen normen."),),
    )  # fmt: skip
    return made._replace(**anders)


def _patronen(vorm: Vorm, n: int) -> tuple[Patroon, ...]:
    first = vorm.schalen[0][0]
    return (Patroon((), n // 2), Patroon((_id(first, 1), _id(first, 2)), 7)) if n > 30 else ()


def _id(naam: str, nummer: int) -> str:
    return f"{naam.lower().replace(' ', '-')}-{nummer}"


def _spread(chance: random.Random, n: int, cells: int) -> list[int]:
    """n people over cells, most of them in the middle."""
    counts = [0] * cells
    for _ in range(n):
        counts[min(max(round(chance.gauss(0.55, 0.22) * (cells - 1)), 0), cells - 1)] += 1
    return counts


def _around(value: float, half: float) -> Cijfer:
    return Cijfer(value, value - half, value + half)


def _schaal(vorm: Vorm, chance: random.Random, naam_en_aantal: tuple[str, int], n: int) -> Schaalcijfers:
    naam, aantal = naam_en_aantal
    regel = "som" if naam in vorm.som else "gemiddelde"
    maal = aantal if regel == "som" else 1
    low, high = vorm.laagste * maal, vorm.hoogste * maal
    bars = 10
    step = (high - low) / bars
    shown = hide_small(_spread(chance, n, bars))
    few = n < MINSTENS
    half = 2 / max(n, 1) ** 0.5
    return Schaalcijfers(
        _id(naam, 0).removesuffix("-0"), naam,
        "hoger-is-ongunstig" if "druk" in naam.lower() else "hoger-is-gunstig", regel, low, high,
        hide_one(n), hide_one(n),
        GEEN if few else _around(low + (high - low) * chance.uniform(0.3, 0.7), half * maal / 2),
        GEEN if few else Cijfer(chance.uniform(0.5, 1.1) * maal), None if few else 0, None,
        () if few else tuple(Balk(low + step * k, low + step * (k + 1), c) for k, c in enumerate(shown)),
        GEEN if few else Cijfer(alpha := chance.uniform(0.6, 0.9), alpha - half, min(alpha + half / 2, 0.99)),
        GEEN if few else Cijfer(chance.uniform(0.6, 0.9)),
        (GEEN if few else Cijfer(chance.uniform(-0.6, 0.1))) if aantal > 3 else None,
        tuple(_vraag(vorm, chance, _id(naam, k), k, n) for k in range(1, aantal + 1)),
        (Opmerking("weinig", "Minder dan 20 mensen: kijk naar het interval."),) if n < KLEIN else (),
    )  # fmt: skip


def _vraag(vorm: Vorm, chance: random.Random, vraag: str, nummer: int, n: int) -> Vraagcijfers:
    few = n < MINSTENS
    answers = range(vorm.laagste, vorm.hoogste + 1)
    blank = n // 20
    cells = hide_small([*_spread(chance, n - blank, len(answers)), blank])
    shown: Sequence[Aantal] = (None,) * len(cells) if few else cells
    return Vraagcijfers(
        vraag, vorm.tekst.format(nummer), nummer == 5, hide_one(n - blank), (("leeg", shown[-1]), ("nvt", 0)),
        tuple(Antwoordtelling(a, c) for a, c in zip(answers, shown, strict=False)),
        GEEN if few else Cijfer(chance.uniform(vorm.laagste, vorm.hoogste)),
        GEEN if few else Cijfer(chance.uniform(0.6, 1.2)),
        GEEN if few else Cijfer(chance.uniform(-0.1, 0.7)),
        GEEN if few else Cijfer(chance.uniform(0.5, 0.9)),
        GEEN if few else Cijfer(chance.uniform(0.2, 0.9)),
        not few and nummer == 4,
    )  # fmt: skip


def _change(
    vorm: Vorm, chance: random.Random, schaal: Schaalcijfers, van: Momentcijfers, naar: Momentcijfers
) -> Verandering:
    n = min(van.mensen or 0, naar.mensen or 0) * 3 // 4
    named = (schaal.id, schaal.naam, schaal.richting, str(van.id), str(naar.id))
    if n < MINSTENS:
        none = Cijfer(None, reden="minder dan 5 mensen hebben beide metingen")
        return Verandering(*named, hide_one(n), *[none] * 6, "alpha", none, none, None, None, None, ())
    maal = len(schaal.vragen) if schaal.regel == "som" else 1
    verschil = vorm.verschuiving * maal * chance.uniform(-0.3, 1.2)
    start = schaal.bodem + (schaal.top - schaal.bodem) / 2
    up = n * 2 // 5
    changed = hide_small([up, n - up - n // 20, n // 20])
    return Verandering(
        *named, n, Cijfer(start), Cijfer(start + verschil), Cijfer(0.8 * maal), _around(verschil, 1.7 * maal / n**0.5),
        _around(verschil / maal / 0.8, 2 / n**0.5), schaal.alpha, "alpha", Cijfer(0.5 * maal), Cijfer(0.98 * maal),
        *changed, (Opmerking("weinig-mensen", "Minder dan 20 mensen: kijk naar het interval."),) if n < KLEIN else (),
    )  # fmt: skip


def odd_ones() -> dict[str, Groepscijfers]:
    """What a report has to bear."""
    seven = (("Werkdruk en hoe die in de week verdeeld is", 7), ("Een schaal met een naam die niet op één regel past, "
             "hoe breed het papier ook is", 6), ("Zin", 2))  # fmt: skip
    many = tuple((f"Schaal {n}", 15) for n in range(1, 21))
    return {
        "gewoon": make_groepscijfers(),
        "een moment": make_groepscijfers(Vorm((60,), ())),
        "zonder codes": make_groepscijfers(Vorm((60,), ()), met_code=False),
        "drie momenten": make_groepscijfers(Vorm((200, 150, 90), ("Start", "Halverwege", "Einde"))),
        "klein": make_groepscijfers(Vorm((12, 8))),
        "heel klein": make_groepscijfers(Vorm((6, 3))),
        "geen verandering": make_groepscijfers(Vorm(verschuiving=0.0)),
        "zeven": make_groepscijfers(Vorm((300, 280), schalen=seven, hoogste=7, tekst=LANG, som=("Zin",))),
        "negatief": make_groepscijfers(Vorm((80, 70), laagste=-2, hoogste=2)),
        "veel": make_groepscijfers(Vorm((400, 390), schalen=many)),
        "groot": make_groepscijfers(Vorm((8_000, 7_000), laagste=0, hoogste=10)),
        "honderd": make_groepscijfers(Vorm((50, 40), laagste=0, hoogste=100)),
    }

"""The figures of a group on the terminal: first what a coach wants to know, then what a researcher looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from regiekit.domain.getal import short
from regiekit.errors import visible
from regiekit.render.groepwoorden import (
    STER,
    WAT_KLEIN_IS,
    WAT_STER_IS,
    Noten,
    as_sentence,
    has_moments,
    interval,
    is_small,
    mensen,
    people,
    per_schaal,
    plain,
    signed,
    whole,
)
from regiekit.render.parts import Fitting, bullet, heading, paragraph
from regiekit.render.uitslag import general_direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import JustifyMethod, RenderableType

    from regiekit.domain.groepscijfers import (
        Aantal,
        Cijfer,
        Groepscijfers,
        Momentcijfers,
        Verandering,
        Vraagcijfers,
    )

SPARK = "▁▂▃▄▅▆▇"
WAT_TOT_IS = (
    "'2,9 (2,7 tot 3,1)' is een gemiddelde van 2,9; met 95 % zekerheid ligt het bij een veel grotere groep als deze "
    "tussen 2,7 en 3,1. 'Spreiding' is hoe ver mensen van elkaar liggen (de standaarddeviatie)."
)
WAT_ALPHA_IS = (
    "Alpha en omega zeggen hoe goed de vragen van een schaal samen één ding meten: 0 is niet, 1 is volledig. Ze zeggen "
    "niet of het ook het goede ding is. Ze gaan alleen over mensen die alle vragen van de schaal beantwoordden."
)
WAT_VRAAG_IS = (
    "V-rest (vraag-rest): hoe sterk een vraag met de andere vragen van haar schaal meegaat, van -1 tot 1. Zonder: de "
    "alpha van de schaal als deze vraag er niet was. Gemiddelde (Gem.) en spreiding (Spr.) van een omgekeerde vraag "
    "zijn omgedraaid; de verdeling is wat mensen kozen: bij elk antwoord hoeveel mensen."
)
WAT_GRENS_IS = (
    "Duidelijk hoger of lager: het verschil van één mens is groter dan je van meetfouten alleen verwacht. Of het door "
    "de coaching komt, is zonder vergelijkingsgroep niet te weten."
)
EEN_MOMENT = "De tabel heeft één meetmoment. Om te zien wat verandert, zijn er twee nodig, met een code per mens."
GEEN_CODE = "De tabel heeft geen codes. Daardoor is niet te zien welke twee metingen van dezelfde mens zijn."
WAT_EFFECT_IS = (
    "Effect: het gemiddelde verschil, gedeeld door de spreiding bij de eerste meting. S_diff: de spreiding die "
    "meetfouten alleen aan een verschil geven; 1,96 keer S_diff is de grens van 'duidelijk'. Hij rust op r, de "
    "betrouwbaarheid."
)
MEER = (
    "De verdeling van de scores, en de vragen van elk meetmoment: --verslag groep.html (of .pdf, .docx), en --json. "
    "Alle scores in een bestand: --uit scores.csv."
)


class Kolom(NamedTuple):
    """A column of a table: its title, and on which side its texts stand."""

    titel: str
    rechts: bool = False


def render_groep(cijfers: Groepscijfers) -> list[RenderableType]:
    """Who filled in, the schalen, what changed; then reliability, vragen and blanks; then what the figures are not."""
    parts: list[RenderableType] = [*_head(cijfers), *_schalen(cijfers.momenten), *_veranderingen(cijfers)]
    parts += [*_betrouwbaarheid(cijfers.momenten), *_verandering_in_cijfers(cijfers)]
    if cijfers.momenten:
        parts += _vragen(cijfers.momenten[0], meer=len(cijfers.momenten) > 1)
    parts += _leeg(cijfers.momenten)
    parts += [heading("Wat je moet weten"), *_opmerkingen(cijfers), paragraph(""), paragraph(MEER, style="dim")]
    return parts


# Numbers ------------------------------------------------------------------------------------------------------------


def figure(cijfer: Cijfer, aantal: Aantal, noten: Noten) -> str:
    """'2,9 (2,7 tot 3,1)'; of few people only '2,7 tot 3,1'; else 'geen (1)'."""
    ends = interval(cijfer)
    if cijfer.waarde is None or not ends:
        return point(cijfer, noten)
    return ends if is_small(aantal) else f"{plain(cijfer.waarde)} ({ends})"


def compact(cijfer: Cijfer, aantal: Aantal, noten: Noten) -> str:
    """One figure, or of few people the ends of its interval."""
    return figure(cijfer, aantal, noten) if is_small(aantal) else point(cijfer, noten)


def point(cijfer: Cijfer, noten: Noten) -> str:
    """A figure without its interval."""
    return noten.mark(cijfer.reden or "") if cijfer.waarde is None else plain(cijfer.waarde)


# Pieces -------------------------------------------------------------------------------------------------------------


def grid(kolommen: Sequence[Kolom], groups: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> RenderableType:
    """A table with rows below a name, or without one; where it does not fit the same as lines, each cell named."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    for place, kolom in enumerate(kolommen):
        wide = max((cell_len(row[place]) for _, rows in groups for row in rows), default=0) if place else 0
        side: JustifyMethod = "right" if kolom.rechts else "left"
        table.add_column(kolom.titel, justify=side, no_wrap=place > 0, min_width=wide or None)
    lines: list[RenderableType] = []
    for naam, rows in groups:
        if naam:
            table.add_row(Text(naam, "bold"))
            lines.append(paragraph(naam, style="bold"))
        for row in rows:
            table.add_row(*(Text(f"{'  ' if naam and not place else ''}{cell}") for place, cell in enumerate(row)))
            named = [f"{k.titel.lower()} {cell}" for k, cell in zip(kolommen[1:], row[1:], strict=True) if cell.strip()]
            lines.append(bullet(f"{' '.join(row[0].split())}: {'; '.join(named)}"))
    return Fitting(table, lines)


def grouped(momenten: Sequence[Momentcijfers], cells: Sequence[Sequence[str]]) -> list[tuple[str, list[list[str]]]]:
    """The rows of `per_schaal` below the name of their schaal, each with its meetmoment; or with one moment alone, the
    schaal in the row itself."""
    if not has_moments(momenten):
        return [("", [[s.naam, *row] for (_, s), row in zip(per_schaal(momenten), cells, strict=True)])]
    groups: dict[str, list[list[str]]] = {}
    for (moment, schaal), row in zip(per_schaal(momenten), cells, strict=True):
        groups.setdefault(schaal.naam, []).append([moment.naam.lower(), *row])
    return list(groups.items())


# Who, and the schalen -----------------------------------------------------------------------------------------------


def _head(cijfers: Groepscijfers) -> Iterator[RenderableType]:
    rijen = cijfers.rijen
    yield paragraph(f"{cijfers.naam}, versie {cijfers.versie}", style="bold")
    yield paragraph(
        f"{visible(cijfers.bestand)}: {whole(rijen.gelezen)} {'rij' if rijen.gelezen == 1 else 'rijen'} gelezen, "
        f"{whole(rijen.goed)} goed, {whole(rijen.geweigerd)} geweigerd, {whole(rijen.leeg)} leeg"
    )
    yield paragraph(f"vragenlijst {cijfers.vragenlijst}, hash {cijfers.hash}", style="dim")
    yield heading("Wie invulden")
    for moment in cijfers.momenten:
        yield bullet(f"{moment.naam}: {mensen(moment.mensen)}" if has_moments(cijfers.momenten)
                     else mensen(moment.mensen))  # fmt: skip


def _schalen(momenten: Sequence[Momentcijfers]) -> Iterator[RenderableType]:
    noten = Noten()
    cells = [
        [figure(s.gemiddelde, s.met_score, noten), compact(s.sd, s.met_score, noten), people(s.met_score),
         people(s.op_bodem), people(s.op_plafond)]
        for _, s in per_schaal(momenten)
    ]  # fmt: skip
    yield heading("De schalen, over de hele groep")
    yield grid(
        [Kolom("Schaal"), Kolom("Gemiddelde"), Kolom("Spreiding", True), Kolom("n", True), Kolom("Laagste", True),
         Kolom("Hoogste", True)],
        grouped(momenten, cells),
    )  # fmt: skip
    yield from (paragraph(line, 2) for line in noten.lines())
    yield from (bullet(text) for text in _meanings(momenten))
    yield paragraph(WAT_TOT_IS, 2, "dim")
    yield paragraph("n: mensen met een score. Laagste en hoogste: hoeveel van hen op het eind van de schaal zitten.",
                    2, "dim")  # fmt: skip
    if any(is_small(s.met_score) for _, s in per_schaal(momenten)):
        yield paragraph(WAT_KLEIN_IS, 2, "dim")


def _meanings(momenten: Sequence[Momentcijfers]) -> Iterator[str]:
    """How the schalen are counted and which way is which, schalen of which the same holds together."""
    found: dict[str, list[str]] = {}
    for schaal in {s.id: s for _, s in per_schaal(momenten)}.values():
        ends = f"van {short(schaal.bodem)} tot en met {short(schaal.top)}"
        found.setdefault(f"{schaal.regel} {ends}; {general_direction(schaal.richting)}", []).append(schaal.naam)
    for text, namen in found.items():
        yield f"{'Alle schalen' if len(found) == 1 else ', '.join(namen)}: {text}."


# Change -------------------------------------------------------------------------------------------------------------


def _veranderingen(cijfers: Groepscijfers) -> Iterator[RenderableType]:
    named = {m.id: m.naam.lower() for m in cijfers.momenten}
    for van, naar in dict.fromkeys((v.van, v.naar) for v in cijfers.veranderingen):
        found = [v for v in cijfers.veranderingen if (v.van, v.naar) == (van, naar)]
        yield heading(f"Wat veranderde van {named.get(van, van)} naar {named.get(naar, naar)}")
        yield from _one_change(found)
    if any(v.hoger is not None or v.geen is not None for v in cijfers.veranderingen):
        yield paragraph(WAT_GRENS_IS, 2, "dim")
    if not cijfers.veranderingen:
        yield heading("Wat veranderde")
        yield paragraph(EEN_MOMENT if len(cijfers.momenten) < 2 else GEEN_CODE, 2)


def _one_change(veranderingen: Sequence[Verandering]) -> Iterator[RenderableType]:
    """A sentence a schaal; once where all of them have the same reason not to say anything."""
    redenen = {v.verschil.reden for v in veranderingen}
    if len(redenen) == 1 and (reden := redenen.pop()):
        yield bullet(reden)
        return
    for verandering in veranderingen:
        yield bullet(f"{verandering.naam}: {change_words(verandering)}")
        if text := reliable_words(verandering):
            yield paragraph(text, 4)


def change_words(v: Verandering) -> str:
    """'gemiddeld hoger: +0,4, met 95 % zekerheid tussen +0,2 en +0,6 (48 mensen met beide)'."""
    if v.verschil.waarde is None:
        return v.verschil.reden or ""
    low, high = v.verschil.onder, v.verschil.boven
    basis = f"{mensen(v.n)} met beide metingen"
    if low is None or high is None:
        return f"gemiddeld {signed(v.verschil.waarde)} ({basis})"
    point = "" if is_small(v.n) else f"{signed(v.verschil.waarde)}, "
    return f"gemiddeld {way_of(v)}: {point}met 95 % zekerheid tussen {signed(low)} en {signed(high)} ({basis})"


def way_of(v: Verandering) -> str:
    """Which way the mean went, as far as the interval is sure of it."""
    if v.verschil.onder is not None and v.verschil.onder > 0:
        way = "hoger"
    elif v.verschil.boven is not None and v.verschil.boven < 0:
        way = "lager"
    else:
        return "geen duidelijk verschil"
    return f"{way} ({general_direction(v.richting)})"


def reliable_words(v: Verandering) -> str:
    """How many people changed more than errors of measurement would, and from where that counts."""
    if v.verschil.waarde is None:
        return ""
    if v.grens.waarde is None:
        return f"Per mens is niet te zeggen wat duidelijk is. {as_sentence(v.grens.reden or '')}"
    return (
        f"Per mens: {people(v.hoger)} duidelijk hoger, {people(v.lager)} duidelijk lager, {people(v.geen)} geen "
        f"duidelijk verschil (duidelijk vanaf {plain(v.grens.waarde)})."
    )


# Reliability, vragen, blanks ----------------------------------------------------------------------------------------


def _betrouwbaarheid(momenten: Sequence[Momentcijfers]) -> Iterator[RenderableType]:
    noten = Noten()
    cells = [
        [figure(s.alpha, s.volledig, noten), people(s.volledig), figure(s.omega, s.volledig, noten)]
        for _, s in per_schaal(momenten)
    ]
    yield heading("Hoe de vragen van een schaal samenhangen")
    yield grid(
        [Kolom("Schaal"), Kolom("Alpha"), Kolom("n", True), Kolom("Omega")],
        grouped(momenten, cells),
    )
    yield from (paragraph(line, 2) for line in noten.lines())
    yield paragraph(WAT_ALPHA_IS, 2, "dim")


def _verandering_in_cijfers(cijfers: Groepscijfers) -> Iterator[RenderableType]:
    """What the sentences about change rest on; nothing where there is no difference to show."""
    found = [v for v in cijfers.veranderingen if v.verschil.waarde is not None]
    named, noten = {m.id: m.naam.lower() for m in cijfers.momenten}, Noten()
    for van, naar in dict.fromkeys((v.van, v.naar) for v in found):
        yield heading(f"Verandering in cijfers, van {named.get(van, van)} naar {named.get(naar, naar)}")
        yield grid(
            [Kolom("Schaal"), Kolom("Eerst", True), Kolom("Later", True), Kolom("Effect"), Kolom("r"),
             Kolom("S_diff", True)],
            [("", [_change_cells(v, noten) for v in found if (v.van, v.naar) == (van, naar)])],
        )  # fmt: skip
    yield from (paragraph(line, 2) for line in noten.lines())
    if found:
        yield paragraph(WAT_EFFECT_IS, 2, "dim")


def _change_cells(v: Verandering, noten: Noten) -> list[str]:
    r = f"{plain(v.r.waarde)} {v.r_soort}" if v.r.waarde is not None else point(v.r, noten)
    means = (point(cijfer, noten) for cijfer in (v.gemiddelde_van, v.gemiddelde_naar))
    return [v.naam, *means, figure(v.effect, v.n, noten), r, point(v.s_diff, noten)]


def _vragen(moment: Momentcijfers, *, meer: bool) -> Iterator[RenderableType]:
    noten = Noten()
    yield heading(f"De vragen{f', bij {moment.naam.lower()}' if meer else ''}")
    for schaal in moment.schalen:
        yield paragraph("")
        yield paragraph(f"{schaal.naam}, {mensen(schaal.volledig)} met alle vragen", style="bold")
        cells = [_vraag_cells(v, schaal.volledig, noten) for v in schaal.vragen]
        yield grid(
            [Kolom("Vraag"), Kolom("Gem.", True), Kolom("Spr.", True), Kolom("V-rest", True), Kolom("Zonder", True),
             Kolom(spread_title(schaal.vragen))],
            [("", [[*row, text] for row, text in zip(cells, spreads_of(schaal.vragen), strict=True)])],
        )  # fmt: skip
    yield from (paragraph(line, 2) for line in noten.lines())
    yield paragraph(WAT_VRAAG_IS, 2, "dim")


def _vraag_cells(vraag: Vraagcijfers, aantal: Aantal, noten: Noten) -> list[str]:
    marks = [word for word, holds in (("omgekeerd", vraag.omgekeerd), ("kijk na", vraag.verkeerd_om)) if holds]
    cijfers = (vraag.gemiddelde, vraag.sd, vraag.item_rest, vraag.alpha_zonder)
    name = f"{vraag.vraag}\n  {', '.join(marks)}" if marks else vraag.vraag
    return [name, *(compact(cijfer, aantal, noten) for cijfer in cijfers)]


def spreads_of(vragen: Sequence[Vraagcijfers]) -> list[str]:
    """Of each vraag a small bar and the number of people for each answer, low to high, below each other."""
    rows = [[f"{_bar(t.aantal, v)}{people(t.aantal)}" for t in v.aantallen] for v in vragen]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)] if len(set(map(len, rows))) == 1 else []
    return [" ".join(cell.rjust(w) for cell, w in zip(row, wide or map(len, row), strict=True)) for row in rows]


def spread_title(vragen: Sequence[Vraagcijfers]) -> str:
    """'Verdeling 1 tot 5', where all vragen have the same answers."""
    ends = {(v.aantallen[0].antwoord, v.aantallen[-1].antwoord) for v in vragen if v.aantallen}
    return "Verdeling {} tot {}".format(*ends.pop()) if len(ends) == 1 else "Verdeling"


def _bar(aantal: Aantal, vraag: Vraagcijfers) -> str:
    most = max((t.aantal or 0 for t in vraag.aantallen), default=0)
    return SPARK[round(aantal / most * (len(SPARK) - 1))] if aantal else ""


def _leeg(momenten: Sequence[Momentcijfers]) -> Iterator[RenderableType]:
    """Which vragen were left open, by kind of blank; and which together."""
    yield heading("Leeg gelaten")
    lines = [line for moment in momenten for line in _leeg_of(moment, shown=has_moments(momenten))]
    yield from (bullet(line) for line in lines)
    if not lines:
        yield paragraph("Niets: overal staat een antwoord.", 2)


def _leeg_of(moment: Momentcijfers, *, shown: bool) -> Iterator[str]:
    before = f"{moment.naam.lower()}, " if shown else ""
    kinds: dict[str, list[tuple[str, Aantal]]] = {}
    for vraag in {v.vraag: v for s in moment.schalen for v in s.vragen}.values():
        for soort, aantal in vraag.leeg:
            if aantal != 0:
                kinds.setdefault(soort, []).append((vraag.vraag, aantal))
    for soort, found in kinds.items():
        known = [f"{vraag} {whole(n)}×" for vraag, n in found if n is not None]
        hidden = [vraag for vraag, n in found if n is None]
        told = [", ".join(known), f"{STER} bij {', '.join(hidden)}" if hidden else ""]
        yield f"{before}{soort}: {'; '.join(part for part in told if part)}"
    for patroon in moment.patronen:
        if len(patroon.leeg) > 1:
            yield f"{before}{mensen(patroon.aantal)} lieten samen open: {', '.join(patroon.leeg)}"


# What to know -------------------------------------------------------------------------------------------------------


def _opmerkingen(cijfers: Groepscijfers) -> Iterator[RenderableType]:
    """The notes of everything, each sentence once, with the schaal and meetmoment that it is about."""
    named = {m.id: m.naam.lower() for m in cijfers.momenten}
    about: dict[str, list[str]] = {o.tekst: [] for o in cijfers.opmerkingen}
    for moment, schaal in per_schaal(cijfers.momenten):
        where = f"{schaal.naam} ({moment.naam.lower()})" if has_moments(cijfers.momenten) else schaal.naam
        for o in schaal.opmerkingen:
            about.setdefault(o.tekst, []).append(where)
    for v in cijfers.veranderingen:
        where = f"{v.naam} ({named.get(v.van, v.van)} naar {named.get(v.naar, v.naar)})"
        for o in v.opmerkingen:
            about.setdefault(o.tekst, []).append(where)
    for tekst, places in about.items():
        yield bullet(f"{', '.join(places)}: {tekst}" if places else tekst, mark="!", indent=1)
    if _hides(cijfers):
        yield bullet(WAT_STER_IS.removeprefix(f"{STER} "), mark=STER, indent=1)


def _hides(cijfers: Groepscijfers) -> bool:
    """Whether a number that the screen shows is hidden."""
    counts: list[Aantal] = [m.mensen for m in cijfers.momenten]
    for _, s in per_schaal(cijfers.momenten):
        counts += [s.met_score, s.volledig, s.op_bodem, s.op_plafond]
        counts += [n for v in s.vragen for n in (*(t.aantal for t in v.aantallen), *(a for _, a in v.leeg))]
    for v in cijfers.veranderingen:
        counts += [v.n, v.hoger, v.geen, v.lager]
    return None in counts

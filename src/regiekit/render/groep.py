"""The figures of a group on the terminal: first what a coach wants to know, then what a researcher looks at."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from regiekit.domain.getal import short
from regiekit.domain.groepscijfers import KLEIN
from regiekit.errors import harmless, visible
from regiekit.render.groepwoorden import (
    GEEN,
    HOGER,
    LAGER,
    STER,
    STREEP,
    WAT_KLEIN_IS,
    WAT_STER_IS,
    WAT_STREEP_IS,
    Noten,
    as_sentence,
    figure,
    has_moments,
    is_small,
    mensen,
    people,
    people_words,
    per_schaal,
    point,
    remarks_of,
    short_names,
    signed,
    told_columns,
    way_of,
    whole,
)
from regiekit.render.parts import Drawn, bullet, heading, paragraph, read_rows
from regiekit.render.uitslag import general_direction, reachable_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

    from regiekit.domain.groepscijfers import (
        Aantal,
        Groepscijfers,
        Momentcijfers,
        Schaalcijfers,
        Verandering,
        Vraagcijfers,
    )

SPARK = "▁▂▃▄▅▆▇"
GAP = 3  # between two columns
MAX_NAAM, MAX_ID = 30, 18  # characters of a name or an id in the first column; the rest is cut from its middle
WAT_TOT_IS = (
    "'2,9 (2,7 tot 3,1)' is een gemiddelde van 2,9; met 95 % zekerheid ligt het bij een veel grotere groep als deze "
    "tussen 2,7 en 3,1."
)
WAT_SPREIDING_IS = "Spreiding: hoe ver mensen van elkaar liggen (de standaarddeviatie)."
WAT_ALPHA_IS = (
    "Alpha en omega zeggen hoe goed de vragen van een schaal samen één ding meten: 0 is niet, 1 is volledig. Ze zeggen "
    "niet of het ook het goede ding is. Ze gaan alleen over mensen die alle vragen van de schaal beantwoordden."
)
WAT_VRAAG_IS = (
    "Gem.: gemiddelde. Spr.: spreiding. Die twee zijn van omgedraaide antwoorden, als de vraag omgekeerd is. V-rest "
    "(vraag-rest): hoe sterk een vraag met de andere vragen van haar schaal meegaat, van -1 tot 1. Zonder: de alpha "
    "van de schaal als deze vraag er niet was. Dat gaat over wie alle vragen van de schaal beantwoordde. Verdeling: "
    "hoeveel mensen elk antwoord kozen, van iedereen."
)
WEINIG_VRAGEN = (
    f"minder dan {KLEIN} mensen beantwoordden alle vragen. Cijfers van één vraag zeggen dan te weinig; ze staan hier "
    "niet."
)
WAT_GRENS_IS = (
    "Duidelijk hoger of lager: het verschil van één mens is groter dan je van meetfouten alleen verwacht. 'Duidelijk "
    "vanaf' is het kleinste verschil dat zo groot is, bij wie beide keren alle vragen beantwoordde. Of het door de "
    "coaching komt, is zonder vergelijkingsgroep niet te weten."
)
EEN_MOMENT = "De tabel heeft één meetmoment. Om te zien wat verandert, zijn er twee nodig, met een code per mens."
GEEN_CODE = "De tabel heeft geen codes. Daardoor is niet te zien welke twee metingen van dezelfde mens zijn."
WAT_EFFECT_IS = (
    "Eerst, Later: de gemiddelden van wie beide metingen heeft. Effect: het gemiddelde verschil, gedeeld door de "
    "spreiding bij de eerste meting. S_diff: de spreiding die meetfouten alleen aan een verschil geven; 1,96 keer "
    "S_diff is de grens van 'duidelijk'. Hij rust op r, de betrouwbaarheid."
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


# Pieces -------------------------------------------------------------------------------------------------------------


class Rooster(Drawn):
    """Rows below names that take a line of their own; where they do not fit the same as lines, each cell named.

    A column in which every row has a dash is left out. Rich has no cell over more columns, so long names of schalen
    would squeeze the first column.
    """

    def __init__(self, kolommen: Sequence[Kolom], groups: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> None:
        kept = told_columns([row for _, rows in groups for row in rows], len(kolommen))
        self.kolommen = [kolommen[place] for place in kept]
        self.groups = [(harmless(naam), [[row[place] for place in kept] for row in rows]) for naam, rows in groups]
        rows = [[k.titel for k in self.kolommen], *(row for _, rows in self.groups for row in rows)]
        self.widths = [max(cell_len(row[place]) for row in rows) for place in range(1, len(self.kolommen))]
        parts = ["  " * (n > 0) + part for row in rows for n, part in enumerate(row[0].split("\n"))]
        self.indent = 2 * any(naam for naam, _ in groups)
        self.widest = max(map(cell_len, parts), default=0) + self.indent
        self.least = max((cell_len(word) for part in parts for word in part.split()), default=0) + self.indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        first = min(self.widest, options.max_width - 2 - sum(width + GAP for width in self.widths))
        if first < self.least:
            yield from self._as_lines()
            return
        titles = next(self._row([k.titel for k in self.kolommen], first, 0))
        wide = first + sum(width + GAP for width in self.widths)
        yield Text("\n").append(f" {titles}\n", "bold").append(f" {('-' if options.ascii_only else '─') * wide}")
        for naam, rows in self.groups:
            if naam:
                yield paragraph(naam, 1, "bold")
            for row in rows:
                yield from (Text(f" {line}") for line in self._row(row, first, self.indent))
        yield Text("")

    def _row(self, row: Sequence[str], first: int, indent: int) -> Iterator[str]:
        """The lines of a row: its first cell wrapped, the other cells beside its first line."""
        cells = zip(row[1:], self.kolommen[1:], self.widths, strict=True)
        beside = "".join(" " * GAP + _aligned(cell, width, kolom.rechts) for cell, kolom, width in cells)
        parts = enumerate(row[0].split("\n"))
        names = [f"{'  ' * (n > 0)}{line}" for n, part in parts for line in wrap(harmless(part), first - indent)]
        for place, line in enumerate(names or [""]):
            yield (_aligned(" " * indent + line, first) + beside * (not place)).rstrip()

    def aloud(self) -> Iterator[RenderableType]:
        titles = [kolom.titel for kolom in self.kolommen]
        named = ([f"{naam}, {row[0]}" if naam else row[0], *row[1:]] for naam, rows in self.groups for row in rows)
        yield from read_rows(titles, named)

    def _as_lines(self) -> Iterator[RenderableType]:
        for naam, rows in self.groups:
            if naam:
                yield paragraph(naam, style="bold")
            for row in rows:
                cells = zip(self.kolommen[1:], row[1:], strict=True)
                named = "; ".join(f"{kolom.titel} {cell}" for kolom, cell in cells if cell.strip())
                yield bullet(f"{' '.join(row[0].split())}: {named}")


def _aligned(text: str, width: int, rechts: bool = False) -> str:
    room = " " * (width - cell_len(text))
    return room + text if rechts else text + room


def grouped(momenten: Sequence[Momentcijfers], cells: Sequence[Sequence[str]]) -> list[tuple[str, list[list[str]]]]:
    """The rows of `per_schaal` below the name of their schaal, each with its meetmoment; or with one moment alone, the
    schaal in the row itself."""
    if not has_moments(momenten):
        return [("", [[s.naam, *row] for (_, s), row in zip(per_schaal(momenten), cells, strict=True)])]
    names = short_names([m.naam.lower() for m in momenten], MAX_NAAM)
    groups: dict[str, list[list[str]]] = {}
    for (moment, schaal), row in zip(per_schaal(momenten), cells, strict=True):
        groups.setdefault(schaal.naam, []).append([names[moment.naam.lower()], *row])
    return list(groups.items())


# Who, and the schalen -----------------------------------------------------------------------------------------------


def _head(cijfers: Groepscijfers) -> Iterator[RenderableType]:
    rijen = cijfers.rijen
    yield paragraph(f"{cijfers.naam}, versie {cijfers.versie}", style="bold")
    if rijen is not None:
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
        [figure(s.gemiddelde, s.met_score, noten, below=False), point(s.sd, s.met_score, noten), people(s.met_score),
         people(s.op_bodem), people(s.op_plafond)]
        for _, s in per_schaal(momenten)
    ]  # fmt: skip
    yield heading("De schalen, over de hele groep")
    yield Rooster(
        [Kolom("Schaal"), Kolom("Gemiddelde"), Kolom("Spreiding", True), Kolom("n", True), Kolom("Laagste", True),
         Kolom("Hoogste", True)],
        grouped(momenten, cells),
    )  # fmt: skip
    yield from (paragraph(line, 2) for line in noten.lines())
    yield from (bullet(text) for text in _meanings(momenten))
    aantallen = [s.met_score for _, s in per_schaal(momenten)]
    if not all(map(is_small, aantallen)):
        yield paragraph(f"{WAT_TOT_IS} {WAT_SPREIDING_IS}", 2, "dim")
    yield paragraph("n: mensen met een score. Laagste, Hoogste: hoeveel van hen op het eind van de schaal zitten.",
                    2, "dim")  # fmt: skip
    if any(map(is_small, aantallen)):
        yield paragraph(f"{WAT_KLEIN_IS} {WAT_STREEP_IS}", 2, "dim")


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
        yield from _one_change(found, {s.id: s for _, s in per_schaal(cijfers.momenten)})
    if any(v.hoger is not None or v.geen is not None for v in cijfers.veranderingen):
        yield paragraph(WAT_GRENS_IS, 2, "dim")
    if not cijfers.veranderingen:
        yield heading("Wat veranderde")
        yield paragraph(EEN_MOMENT if len(cijfers.momenten) < 2 else GEEN_CODE, 2)


def _one_change(veranderingen: Sequence[Verandering], schalen: Mapping[str, Schaalcijfers]) -> Iterator[RenderableType]:
    """A sentence a schaal; once where all of them have the same reason not to say anything."""
    redenen = {v.verschil.reden for v in veranderingen}
    if len(redenen) == 1 and (reden := redenen.pop()):
        yield bullet(reden)
        return
    for verandering in veranderingen:
        yield bullet(f"{verandering.naam}: {change_words(verandering)}")
        if text := reliable_words(verandering, schalen[verandering.schaal]):
            yield paragraph(text, 4)


def change_words(v: Verandering) -> str:
    """'gemiddeld hoger: +0,4, met 95 % zekerheid tussen +0,2 en +0,6 (48 mensen met beide)'."""
    if v.verschil.waarde is None:
        return v.verschil.reden or ""
    low, high = v.verschil.onder, v.verschil.boven
    basis = f"{mensen(v.n)} met beide metingen"
    if low is None or high is None:
        return basis if is_small(v.n) else f"gemiddeld {signed(v.verschil.waarde)} ({basis})"
    way = way_of(v) if way_of(v) == GEEN else f"{way_of(v)} ({general_direction(v.richting)})"
    value = "" if is_small(v.n) else f"{signed(v.verschil.waarde)}, "
    return f"gemiddeld {way}: {value}met 95 % zekerheid tussen {signed(low)} en {signed(high)} ({basis})"


def reliable_words(v: Verandering, schaal: Schaalcijfers) -> str:
    """How many people changed more than errors of measurement would, and from where that counts."""
    if v.verschil.waarde is None:
        return ""
    if v.grens.waarde is None:
        return f"Per mens is niet te zeggen wat duidelijk is. {as_sentence(v.grens.reden or '')}"
    least = reachable_number(v.grens.waarde, schaal.regel, len(schaal.vragen))
    counts = {HOGER: v.hoger, GEEN: v.geen, LAGER: v.lager}
    told = ", ".join(f"{words} {people_words(aantal)}" for words, aantal in counts.items())
    return f"Per mens: {told} (duidelijk vanaf {least})."


# Reliability, vragen, blanks ----------------------------------------------------------------------------------------


def _betrouwbaarheid(momenten: Sequence[Momentcijfers]) -> Iterator[RenderableType]:
    noten = Noten()
    cells = [
        [figure(s.alpha, s.volledig, noten, below=False), people(s.volledig), point(s.omega, s.volledig, noten)]
        for _, s in per_schaal(momenten)
    ]
    yield heading("Hoe de vragen van een schaal samenhangen")
    yield Rooster(
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
        yield Rooster(
            [Kolom("Schaal"), Kolom("Eerst", True), Kolom("Later", True), Kolom("Effect"), Kolom("r"),
             Kolom("S_diff", True)],
            [("", [_change_cells(v, noten) for v in found if (v.van, v.naar) == (van, naar)])],
        )  # fmt: skip
    yield from (paragraph(line, 2) for line in noten.lines())
    if found:
        yield paragraph(WAT_EFFECT_IS, 2, "dim")


def _change_cells(v: Verandering, noten: Noten) -> list[str]:
    r = point(v.r._replace(onder=None, boven=None), v.n, noten)
    r += f" {v.r_soort}" * (v.r.waarde is not None and r != STREEP)
    means = (point(cijfer, v.n, noten) for cijfer in (v.gemiddelde_van, v.gemiddelde_naar))
    return [v.naam, *means, figure(v.effect, v.n, noten, below=False), r, point(v.s_diff, v.n, noten)]


def _vragen(moment: Momentcijfers, *, meer: bool) -> Iterator[RenderableType]:
    """A table for each schaal; of few people the figures of a vraag, which have no interval, say nothing."""
    noten = Noten()
    yield heading(f"De vragen{f', bij {moment.naam.lower()}' if meer else ''}")
    few = [s.naam for s in moment.schalen if is_small(s.volledig)]
    shown = [s for s in moment.schalen if s.naam not in few]
    for schaal in shown:
        yield paragraph("")
        yield paragraph(f"{schaal.naam}, {mensen(schaal.volledig)} met alle vragen", style="bold")
        ids = short_names([v.vraag for v in schaal.vragen], MAX_ID)
        cells = [_vraag_cells(v, ids[v.vraag], schaal.volledig, noten) for v in schaal.vragen]
        yield Rooster(
            [Kolom("Vraag"), Kolom("Gem.", True), Kolom("Spr.", True), Kolom("V-rest", True), Kolom("Zonder", True),
             Kolom(spread_title(schaal.vragen))],
            [("", [[*row, text] for row, text in zip(cells, spreads_of(schaal.vragen), strict=True)])],
        )  # fmt: skip
    yield from (paragraph(line, 2) for line in noten.lines())
    if shown:
        yield paragraph(WAT_VRAAG_IS, 2, "dim")
    if few:
        yield paragraph(f"{', '.join(few) if shown else 'Alle schalen'}: {WEINIG_VRAGEN}", 2)


def _vraag_cells(vraag: Vraagcijfers, naam: str, aantal: Aantal, noten: Noten) -> list[str]:
    marks = [word for word, holds in (("omgekeerd", vraag.omgekeerd), ("kijk na", vraag.verkeerd_om)) if holds]
    cijfers = (vraag.gemiddelde, vraag.sd, vraag.item_rest, vraag.alpha_zonder)
    name = f"{naam}\n{', '.join(marks)}" if marks else naam
    return [name, *(point(cijfer, aantal, noten) for cijfer in cijfers)]


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
    for tekst, places in remarks_of(cijfers).items():
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

"""Scores on the terminal: one afname, or several of one client side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from regiekit.domain.beoordeling import Beoordeling, Ingevuld, order_notes
from regiekit.domain.dagen import datum_text
from regiekit.domain.getal import number, short
from regiekit.domain.meetfout import least_sum
from regiekit.render.parts import Fitting, bullet, heading, paragraph
from regiekit.render.zone import render_advies, render_contrast, render_matrix, render_niveau

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from regiekit.domain.niveau import Sturing
    from regiekit.domain.stuurmatrix import Stuurmatrix
    from regiekit.domain.uitslag import Schaaluitslag
    from regiekit.domain.vergelijking import Bandbron, Verschil
    from regiekit.domain.verloop import Schaallijn

# These stand with the advice, not under the scores.
_BIJ_ADVIES = {"crisis", "rouw", "rouw-lijst", "rouw-uitslag", "belast", "weinig-ruimte", "weinig-steun",
                "kleinere-stappen", "strak-tijdelijk", "hoog-alleen-score", "hoog-andere-uitdaging"}  # fmt: skip
BAR_WIDTH = 16
_UNFAVOURABLE = "hoger-is-ongunstig"
REFERENTIE = "referentie"
GEEN_NORM = (
    "Een referentiebestand zegt hoe precies de vragenlijst in die groep mat. Het is geen norm en geen bewijs; de band "
    "staat achter elke schaal."
)


def render_beoordeling(beoordeling: Beoordeling, matrix: Stuurmatrix, sturing: Sturing | None) -> list[RenderableType]:
    """One afname: scores, notes, level, matrix, advice, open answers."""
    afname = beoordeling.afname
    parts: list[RenderableType] = [*render_head(afname, who(afname)), render_schalen(beoordeling.uitslag.schalen)]
    parts += render_notes(beoordeling)
    return [*parts, *render_regie(beoordeling, matrix, sturing), *render_open(afname)]


def render_head(afname: Ingevuld, who_line: str) -> Iterator[RenderableType]:
    """Which vragenlijst, whose, when; a score never travels without them."""
    lijst = afname.vragenlijst
    yield paragraph(f"{lijst.naam}, versie {lijst.versie}", style="bold")
    yield paragraph(who_line)
    yield paragraph(f"vragenlijst {lijst.id}, hash {afname.hash}", style="dim")


def who(afname: Ingevuld) -> str:
    """'R-014, start, 2 maart 2026'."""
    known = (afname.client and f"Cliënt {afname.client}", moment(afname))
    return ", ".join(k for k in known if k) or "Zonder code en datum"


def moment(afname: Ingevuld) -> str:
    """'start, 2 maart 2026', or the file when the afname has neither."""
    known = (afname.meetmoment, afname.datum and datum_text(afname.datum))
    return ", ".join(k for k in known if k)


def render_schalen(schalen: Sequence[Schaaluitslag]) -> RenderableType:
    """A row a schaal: score, bar, how many answered, and which way is which."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("Schaal")
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Beantwoord", no_wrap=True)
    lines = []
    for schaal in schalen:
        score = "geen" if schaal.score is None else score_number(schaal.score, schaal.regel, schaal.van)
        drawn = "" if schaal.score is None else scale_bar(schaal)
        answered = f"{schaal.beantwoord} van {schaal.van}"
        name = Text(schaal.naam).append(f"\n{meaning(schaal)}", "dim")
        table.add_row(name, Text(score, "bold"), Text(drawn), Text(answered))
        lines.append(bullet(f"{schaal.naam}: {score}, {answered} beantwoord ({meaning(schaal)})"))
    return Fitting(table, lines)


def scale_bar(schaal: Schaaluitslag) -> str:
    """'1 ███░░░ 5': the ends stand beside the bar."""
    assert schaal.score is not None
    return f"{short(schaal.bodem)} {bar(schaal.score, schaal.bodem, schaal.top)} {short(schaal.top)}"


def bar(score: float, bodem: float, top: float) -> str:
    """A bar from bodem to top, BAR_WIDTH characters."""
    filled = round((score - bodem) / (top - bodem) * BAR_WIDTH)
    return "█" * filled + "░" * (BAR_WIDTH - filled)


def score_number(value: float, regel: str, vragen: int) -> str:
    """A score, band or difference as it is read: '2,0' for a mean, '14' for a som or the answer to one vraag."""
    return short(value) if regel == "som" or vragen == 1 else number(value)


def direction_of(schaal: Schaaluitslag | Schaallijn) -> str:
    """What a higher score means, in the words of the file or in general ones: every schaal has its own."""
    return schaal.betekenis or general_direction(schaal.richting)


def general_direction(richting: str) -> str:
    """Which way is which, where there is no room for the words of the file."""
    return "hoger is ongunstig" if richting == _UNFAVOURABLE else "hoger is gunstig"


def meaning(schaal: Schaaluitslag) -> str:
    """What a higher score means, and how it is made."""
    return f"{direction_of(schaal)}; {schaal.regel}"


def render_notes(beoordeling: Beoordeling) -> Iterator[RenderableType]:
    """What to know beside the numbers."""
    for note in beoordeling.opmerkingen:
        if note.code not in _BIJ_ADVIES:
            yield bullet(note.tekst, mark="!", indent=1)


def render_regie(beoordeling: Beoordeling, matrix: Stuurmatrix, sturing: Sturing | None) -> Iterator[RenderableType]:
    """Level, matrix with the place in it, and advice."""
    niveau, advies = beoordeling.niveau, beoordeling.advies
    if niveau is None or advies is None:
        yield paragraph("")
        yield paragraph("Deze vragenlijst heeft geen schaal 'eigen-regie': wel scores, geen niveau en geen advies.")
        return
    if any(note.code == "crisis" for note in advies.let_op):
        yield heading("Eerst veiligheid")
        yield from render_advies(matrix, advies)
        return
    yield from render_niveau(niveau)
    yield from render_contrast(matrix, niveau)
    yield heading("De stuurmatrix")
    yield from render_matrix(matrix, niveau.mogelijk, sturing, advies.sturing)
    yield from render_advies(matrix, advies)
    yield paragraph("")
    yield paragraph(f"Bron: {advies.herkomst}", style="dim")


def render_open(afname: Ingevuld) -> Iterator[RenderableType]:
    """The open answers, literally."""
    given = [(v, afname.open[v.id]) for v in afname.vragenlijst.open_vragen if afname.open.get(v.id)]
    if given:
        yield heading("Open antwoorden, letterlijk")
    for vraag, answer in given:
        yield paragraph((not afname.training and vraag.zonder_training) or vraag.tekst, indent=2, style="dim")
        yield paragraph(f"“{visible(answer or '')}”", indent=4)


def visible(text: str) -> str:
    """Text of others with line ends kept and without terminal commands in it."""
    return "".join(c if c == "\n" or c.isprintable() else " " for c in text)


def render_beoordelingen(
    beoordelingen: Sequence[Beoordeling],
    verschillen: Sequence[Verschil],
    matrix: Stuurmatrix,
    sturing: Sturing | None,
) -> list[RenderableType]:
    """Several afnames of one client: scores side by side, conclusions, then level and advice of the last one."""
    last = beoordelingen[-1]
    client = last.afname.client
    head = f"{f'Cliënt {client}' if client else 'Eén cliënt, zonder code'}, {len(beoordelingen)} afnames"
    parts: list[RenderableType] = [*render_head(last.afname, head), side_by_side(beoordelingen)]
    parts += [bullet(n.tekst, mark="!", indent=1) for n in order_notes([b.afname for b in beoordelingen])]
    parts += render_differences(beoordelingen, verschillen)
    for earlier in beoordelingen[:-1]:
        parts += render_earlier(earlier)
    parts += [heading(f"De laatste afname: {moment(last.afname) or last.afname.bestand}"), *render_notes(last)]
    parts += render_regie(last, matrix, sturing)
    for beoordeling in beoordelingen:
        answers = list(render_open(beoordeling.afname))
        if answers:
            parts += [heading(moment(beoordeling.afname) or beoordeling.afname.bestand), *answers]
    return parts


def render_earlier(beoordeling: Beoordeling) -> Iterator[RenderableType]:
    """What an earlier afname needs to be said of, that does not hold for all of them."""
    notes = [n for n in beoordeling.opmerkingen if n.code in ("rechte-lijn", "botsing", "te-weinig")]
    if notes:
        yield heading(f"Bij {moment(beoordeling.afname) or beoordeling.afname.bestand}")
    for note in notes:
        yield bullet(note.tekst, mark="!", indent=1)


def side_by_side(beoordelingen: Sequence[Beoordeling]) -> RenderableType:
    """A column an afname, a row a schaal."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("Schaal")
    for beoordeling in beoordelingen:
        table.add_column(
            Text((moment(beoordeling.afname) or beoordeling.afname.bestand).replace(", ", "\n")), justify="right"
        )
    lines = []
    for row in zip(*(b.uitslag.schalen for b in beoordelingen), strict=True):
        cells = [
            "geen" if s.score is None else f"{score_number(s.score, s.regel, s.van)} ({s.beantwoord} van {s.van})"
            for s in row
        ]
        table.add_row(Text(f"{row[0].naam}\n{meaning(row[0])}"), *(Text(c) for c in cells))
        lines.append(paragraph(f"{row[0].naam} ({meaning(row[0])})"))
        moments = (moment(b.afname) or b.afname.bestand for b in beoordelingen)
        lines += [bullet(f"{when}: {cell}") for when, cell in zip(moments, cells, strict=True)]
    return Fitting(table, lines)


def render_differences(
    beoordelingen: Sequence[Beoordeling], verschillen: Sequence[Verschil]
) -> Iterator[RenderableType]:
    """First against last, each schaal with its conclusion; what lies between has numbers only."""
    first, last = beoordelingen[0].afname, beoordelingen[-1].afname
    yield heading(f"Van {moment(first) or first.bestand} naar {moment(last) or last.bestand}")
    for v in verschillen:
        yield bullet(difference_text(v))
    told = band_notes(verschillen) or [
        "'Duidelijk' is een vuistregel van regiekit, geen bewijs; de band staat achter elke schaal."
    ]
    for text in told:
        yield paragraph(text, 2, "dim")


def difference_text(v: Verschil) -> str:
    """'Competentie: duidelijk hoger, van 2,4 naar 4,0 (+1,6 …)'."""
    way = " (hoger is hier ongunstig)" if v.richting == _UNFAVOURABLE and v.conclusie else ""
    return f"{v.naam}{way}: {difference_words(v)}"


def difference_words(v: Verschil) -> str:
    """'duidelijk hoger, van 2,4 naar 4,0 (+1,6 …)', or why there is no conclusion."""
    if v.verschil is None or v.van is None or v.naar is None or v.band is None:
        return f"geen conclusie; {v.opmerking}."
    sign = "+" if v.verschil > 0 else ""
    extra = f" Let op: {v.opmerking}." if v.opmerking and v.conclusie == "geen duidelijk verschil" else ""
    noun = "vraag" if v.gedeelde_vragen == 1 else "vragen"
    van, naar, verschil = (score_number(n, v.regel, v.gedeelde_vragen) for n in (v.van, v.naar, v.verschil))
    basis = f"duidelijk vanaf {band_number(v)}; {v.gedeelde_vragen} {noun} beide keren beantwoord"
    return f"{v.conclusie}, van {van} naar {naar} ({sign}{verschil}; {basis}).{extra}"


def band_number(v: Verschil) -> str:
    """From which difference on it is clear, as it is read.

    The border of a referentiebestand lies between two differences that can occur. Rounded, it could be read as the one
    below it; so the first one that reaches it stands here.
    """
    if v.band is None:
        return ""
    if v.band_bron is None or v.band_bron.soort != REFERENTIE:
        return score_number(v.band, v.regel, v.gedeelde_vragen)
    return reachable_number(v.band, v.regel, v.gedeelde_vragen)


def reachable_number(grens: float, regel: str, vragen: int) -> str:
    """The smallest difference over so many vragen that reaches a border, as it is read."""
    parts = 1 if regel == "som" else vragen
    return score_number(least_sum(grens, parts) / parts, regel, vragen)


def band_notes(verschillen: Iterable[Verschil]) -> list[str]:
    """Where the bands come from, for each source the schalen that it is used for; nothing without referentiebestand."""
    names: dict[str, list[str]] = {}
    for v in verschillen:
        if v.band_bron:
            names.setdefault(_source_of(v.band_bron), []).append(v.naam)
    if not names:
        return []
    return [*(f"{', '.join(dict.fromkeys(who))}: {source}." for source, who in names.items()), GEEN_NORM]


def _source_of(bron: Bandbron) -> str:
    why = f"; {bron.reden}" if bron.reden else ""
    if bron.soort != REFERENTIE:
        return f"'duidelijk' is een vuistregel van regiekit, geen bewijs{why}"
    end = ", onderkant van het interval" if bron.onderkant else ""
    return (
        f"'duidelijk' komt uit het referentiebestand '{bron.naam}' ({bron.n} mensen; betrouwbaarheid: {bron.r_soort}"
        f"{end}){why}"
    )

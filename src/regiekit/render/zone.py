"""The stuurmatrix with the place in it, and the advice, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from regiekit.domain.niveau import REGIE, STURING, Niveau, Regie, Sturing
from regiekit.render.parts import Fitting, ForTheEye, bullet, bullets, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from regiekit.domain.advies import Advies
    from regiekit.domain.niveau import Waarneming
    from regiekit.domain.stuurmatrix import Stuurmatrix

_BEFORE = ("crisis", "rouw", "rouw-lijst", "rouw-uitslag", "belast")  # safety that goes before any style
ZEKERHEID = {
    "vast": "de bronnen zijn het eens",
    "voorlopig": "voorlopig, tot je een tweede bron hebt",
    "niet-eenduidig": "niet eenduidig: de bronnen verschillen",
    "onbekend": "onbekend: er is nog geen bron",
    "besluit": "jouw besluit",
}


def render_zone(
    matrix: Stuurmatrix, niveau: Niveau, sturing: Sturing | None, advies: Advies | None
) -> list[RenderableType]:
    """The matrix, what its words mean, and the advice when there is one."""
    if advies is not None and any(note.code == "crisis" for note in advies.let_op):
        return [heading("Eerst veiligheid"), *render_advies(matrix, advies)]
    parts = [
        paragraph(f"{matrix.naam}: sturing van de coach tegenover regie van de cliënt", style="bold"),
        *render_matrix(matrix, niveau.mogelijk if advies else (), sturing, advies.sturing if advies else None),
    ]
    if advies is not None:
        parts += [*render_niveau(niveau), *render_contrast(matrix, niveau), *render_advies(matrix, advies)]
    else:
        parts += render_styles(matrix)
    return [*parts, *render_words(matrix), paragraph(""), paragraph(f"Bron: {matrix.bron}", style="dim")]


def render_contrast(matrix: Stuurmatrix, niveau: Niveau) -> Iterator[RenderableType]:
    """A besluit beside what sturing and waarneming point at: both."""
    seen = niveau.waarneming
    if niveau.tegengesproken and seen and seen.wijst_op:
        other = next(n for n in matrix.niveaus if n.id == seen.wijst_op)
        mine = next(n for n in matrix.niveaus if n.id == niveau.waarde) if niveau.waarde else None
        if mine:
            yield bullet(f"{mine.naam}, wat jij aanhoudt: {mine.tekst}")
        yield bullet(f"{other.naam}, waar {seen.woord} bij {seen.sturing} op wijst: {other.tekst}")
        yield bullet("Ga na wat er speelt voordat je iets verandert.")


def render_styles(matrix: Stuurmatrix) -> Iterator[RenderableType]:
    """The three styles, each with three sentences of how it sounds."""
    for stijl in matrix.stijlen:
        yield heading(f"{stijl.naam} (in de bron: {stijl.zoals_gedrukt})")
        yield paragraph(stijl.tekst, indent=2)
        yield from (bullet(f"“{zin.tekst}”") for zin in stijl.zinnen)


def render_matrix(
    matrix: Stuurmatrix, levels: tuple[Regie, ...], nu: Sturing | None, advised: Sturing | None
) -> Iterator[RenderableType]:
    """Nine cells as printed; the possible levels and the advised cells are marked with signs, not with colour."""
    cellen = {(c.sturing, c.regie): c.tekst for c in matrix.cellen}
    table = Table(box=box.ROUNDED, show_lines=True, expand=False)
    table.add_column("sturing \\ regie", no_wrap=True)
    for regie in REGIE:
        table.add_column(Text(f"{regie} *" if regie in levels and len(levels) < len(REGIE) else regie))
    lines, aloud = [], []
    for sturing in STURING:
        name = f"{sturing} (nu)" if sturing == nu else sturing
        here = [sturing == advised and regie in levels for regie in REGIE]
        cells = [f"» {cellen[sturing, r]} «" if h else cellen[sturing, r] for r, h in zip(REGIE, here, strict=True)]
        table.add_row(Text(name), *(Text(c, "bold" if h else "") for c, h in zip(cells, here, strict=True)))
        lines.append(paragraph(f"Sturing {name}"))
        lines += [bullet(f"bij regie {r}{' *' * (r in levels)}: {c}") for r, c in zip(REGIE, cells, strict=True)]
        aloud += [paragraph(""), paragraph(f"Sturing {name}:")]
        aloud += [bullet(_in_words(cellen[sturing, r], r, r in levels and len(levels) < len(REGIE), h))
                  for r, h in zip(REGIE, here, strict=True)]  # fmt: skip
    yield Fitting(table, lines, aloud)
    signs = [
        s
        for s, used in (
            ("* mogelijk niveau", 0 < len(levels) < 3),
            ("» « het advies", advised),
            ("(nu) de sturing van nu", nu),
        )
        if used
    ]
    if signs:
        yield ForTheEye(paragraph("   ".join(signs), style="dim"))


def _in_words(cel: str, regie: Regie, possible: bool, advised: bool) -> str:
    """A cell of the matrix, with what its signs mean: 'bij regie laag (mogelijk niveau): aansluiting; dit is het …'."""
    level = f"bij regie {regie}{' (mogelijk niveau)' * possible}"
    return f"{level}: {cel}{'; dit is het advies' * advised}"


def render_words(matrix: Stuurmatrix) -> Iterator[RenderableType]:
    """What each word in the cells means."""
    yield heading("Wat de woorden betekenen")
    for woord in matrix.woorden:
        yield bullet(f"{woord.id.capitalize()}. {woord.tekst}")


def render_niveau(niveau: Niveau) -> Iterator[RenderableType]:
    """The three sources side by side, and what they come to."""
    decided = niveau.zekerheid == "besluit"
    yield heading("Hoeveel regie? Jouw besluit" if decided else "Hoeveel regie? Drie bronnen naast elkaar")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, text in sources(niveau):
        table.add_row(Text(f"  {name}"), Text(text))
    yield table
    value = niveau.waarde or "geen"
    possible = " of ".join(niveau.mogelijk)
    extra = f" Mogelijk: {possible}." if niveau.mogelijk != (niveau.waarde,) and niveau.zekerheid != "onbekend" else ""
    yield paragraph(f"Niveau: {value} ({ZEKERHEID[niveau.zekerheid]}).{extra}", indent=2, style="bold")


def sources(niveau: Niveau) -> list[tuple[str, str]]:
    """Each source with its value or 'onbekend'."""
    score = "onbekend"
    if niveau.score:
        border = f", grensgebied: {' of '.join(niveau.score.mogelijk)}" if niveau.score.grensgebied else ""
        score = f"{niveau.score.waarde}{border}"
    rows = [("score (cliënt)", score), ("inschatting (coach)", niveau.inschatting or "onbekend")]
    if niveau.zekerheid == "besluit":
        rows = [("besluit (coach)", niveau.waarde or "onbekend")]
    return [*rows, ("waarneming (coach)", waarneming_text(niveau.waarneming, niveau.tegengesproken))]


def waarneming_text(waarneming: Waarneming | None, contradicted: bool) -> str:
    """What the matrix makes of what the coach sees."""
    if waarneming is None:
        return "onbekend"
    seen = f"{waarneming.woord} bij {waarneming.sturing}: {waarneming.oordeel}"
    if waarneming.wijst_op is None:
        return f"{seen}; vraag waar het vandaan komt"
    return f"{seen}; wijst op {waarneming.wijst_op}{', dat spreekt het niveau tegen' if contradicted else ''}"


def render_advies(matrix: Stuurmatrix, advies: Advies) -> Iterator[RenderableType]:
    """The advice with its safety notes, reason, questions, what would tip it, and its source."""
    for note in advies.let_op:
        if note.code in _BEFORE:
            yield bullet(note.tekst, mark="!", source="eigen" if note.herkomst == "eigen" else "")
    if any(note.code == "crisis" for note in advies.let_op):
        return
    yield heading(advies_line(advies))
    yield paragraph(advies.reden, indent=2)
    for note in advies.let_op:
        if note.code not in _BEFORE and note.tekst not in advies.vragen:
            yield bullet(note.tekst, mark="!")
    for stijl in matrix.stijlen:
        if stijl.id in (advies.sturing, *advies.opties):
            yield heading(f"Zo kan {stijl.naam.lower()} klinken")
            yield from (bullet(f"“{z.tekst}”") for z in stijl.zinnen)
    if advies.vragen:
        yield heading("Vragen die helpen kiezen")
        yield from bullets(advies.vragen)
    yield heading("Dit advies kantelt als …")
    yield from bullets(advies.kantelt_als)


def advies_line(advies: Advies) -> str:
    """'Advies: gedeelde sturing', or the options."""
    if advies.sturing:
        names = {"strak": "strakke", "gedeeld": "gedeelde", "los": "losse"}
        return f"Advies: {names[advies.sturing]} sturing"
    if advies.in_stappen:
        return f"Advies in twee stappen: {' en '.join(_from_now(advies))}"
    return f"Nog geen advies: {' of '.join(advies.opties)}" if advies.opties else "Nog geen advies"


def _from_now(advies: Advies) -> tuple[str, str]:
    """The step between first, then the goal."""
    goal = next(s for s in advies.opties if s != "gedeeld")
    return "eerst gedeeld", f"dan {goal}"

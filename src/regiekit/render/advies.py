"""Everything for the next talk on the terminal, and the list of signalen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.domain.beoordeling import OPMERKINGEN
from regiekit.domain.dagen import datum_text
from regiekit.render.parts import bullet, heading, paragraph
from regiekit.render.uitslag import render_head, visible, who
from regiekit.render.zone import advies_line, render_advies, render_contrast, render_niveau

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from regiekit.domain.gespreksadvies import Gespreksadvies
    from regiekit.domain.signaal import Keuzeregels, Signaal
    from regiekit.domain.stuurmatrix import Stuurmatrix
    from regiekit.domain.techniek import Techniek

# What has a place of its own, or stands with the advice.
ABOUT_SCORES = {*OPMERKINGEN, "laatste-afname"}
ABOUT_SIGNALEN = {"signalen-twee-kanten", "niet-losser"}
ABOUT_TECHNIEKEN = ("techniek-nu-niet", "techniek-ook", "techniek-bij-strak")


def render_gesprek(gesprek: Gespreksadvies, matrix: Stuurmatrix, regels: Keuzeregels) -> Iterator[RenderableType]:
    """Level, besluit, room and support, sturing, technieken, questions, context; in a crisis only the way to help."""
    yield paragraph("Advies voor het volgende gesprek", style="bold")
    if gesprek.beoordeling:
        yield from render_head(gesprek.beoordeling.afname, who(gesprek.beoordeling.afname))
    yield from _notes(gesprek, ABOUT_SCORES)
    if gesprek.situatie.crisis:
        yield heading("Eerst veiligheid")
        yield from render_advies(matrix, gesprek.geldt)
        return
    yield from render_niveau(gesprek.niveau)
    yield from _besluit(gesprek)
    yield from render_contrast(matrix, gesprek.niveau_geldt)
    if gesprek.eerst_ruimte:
        yield heading("Eerst: ruimte en steun")
        yield bullet(regels.eerst_ruimte.tekst, mark="!")
        yield from _context(gesprek, eerst=True)
    yield from _notes(gesprek, ABOUT_SIGNALEN, indent=2)
    yield from render_advies(matrix, gesprek.geldt)
    yield from _technieken(gesprek, regels)
    if any(not c.eerst for c in gesprek.keus.contextfactoren):
        yield heading("Wat kan er nog meer spelen? Ga na:")
        yield from _context(gesprek, eerst=False)
    yield from _sources(gesprek)


def _sources(gesprek: Gespreksadvies) -> Iterator[RenderableType]:
    yield paragraph("")
    yield paragraph(f"Bron: {gesprek.geldt.herkomst}", style="dim")
    named = "; ".join(dict.fromkeys(h for t in gesprek.keus.technieken for h in t.herkomst if h != "eigen"))
    signs = f" De genoemde signalen komen uit: {named}." if named else ""
    yield paragraph(f"Welke techniek en welke contextfactor: keuzeregels van regiekit.{signs}", style="dim")


def _notes(gesprek: Gespreksadvies, codes: set[str], indent: int = 1) -> Iterator[RenderableType]:
    for note in gesprek.opmerkingen:
        if note.code in codes:
            yield bullet(note.tekst, mark="!", indent=indent)


def _besluit(gesprek: Gespreksadvies) -> Iterator[RenderableType]:
    """The decision, its reason and date, and what the sources would have given."""
    besluit = gesprek.besluit
    if besluit is None:
        return
    when = f", {datum_text(besluit.datum)}" if besluit.datum else ""
    yield heading(f"Jouw besluit: regie {besluit.niveau}{when}")
    yield bullet(f"Reden: “{visible(besluit.reden)}”")
    yield bullet(f"Zonder jouw besluit: {lower(advies_line(gesprek.advies))}. {gesprek.advies.reden}")


def lower(text: str) -> str:
    """The text with a small first letter, to go on in a sentence."""
    return text[:1].lower() + text[1:]


def _technieken(gesprek: Gespreksadvies, regels: Keuzeregels) -> Iterator[RenderableType]:
    keus = gesprek.keus
    yield heading("Welke techniek?")
    for number, techniek in enumerate(keus.technieken, 1):
        yield bullet(f"{techniek.naam}. {techniek.reden}", mark=f"{number}.")
        yield paragraph(f"De kaart: regiekit techniek {techniek.id}", 5, "dim")
    if not keus.technieken:
        yield bullet("Nu geen techniek. Sluit eerst aan.")
    for note in gesprek.opmerkingen:
        if note.code in ABOUT_TECHNIEKEN:
            yield bullet(note.tekst, mark="!" if note.code == ABOUT_TECHNIEKEN[0] else "-")
    yield bullet(regels.iets_anders.tekst)
    signs = "je meer of andere signalen ziet" if keus.signalen else "je een signaal noemt met --signaal"
    yield bullet(f"De techniek kantelt als {signs} (de lijst: regiekit advies --signalen).")
    yield heading("Vragen voor het volgende gesprek")
    yield from (bullet(f"“{vraag}”") for vraag in keus.vragen)


def _context(gesprek: Gespreksadvies, eerst: bool) -> Iterator[RenderableType]:
    for factor in gesprek.keus.contextfactoren:
        if factor.eerst == eerst:
            yield bullet(f"{factor.vraag}  [{factor.naam}]")


def render_signalen(signalen: Sequence[Signaal], technieken: Sequence[Techniek]) -> Iterator[RenderableType]:
    """Every signaal: what to type, how to recognise it, and where it leads."""
    names = {t.id: t.naam for t in technieken}
    for wie, title in (("client", "Wat je bij de cliënt ziet"), ("coach", "Wat je bij jezelf ziet")):
        yield heading(title)
        for signaal in signalen:
            if signaal.wie == wie:
                yield bullet(f"{signaal.id}: {signaal.naam}. {signaal.tekst}", source=names[signaal.techniek])
    yield paragraph("")
    yield paragraph("Geef er een of meer: regiekit advies --signaal ja-maar --signaal ik-los-op.", style="dim")

"""Verzonnen afnames and the size of a study, on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from regiekit.domain.groepscijfers import KLEIN, ZEKERHEID
from regiekit.domain.meetfout import Z
from regiekit.domain.steekproef import FOUT, RUIM
from regiekit.render.parts import Fitting, bullet, bullets, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from regiekit.domain.simulatie import Simulatiemodel, WareSchaal
    from regiekit.domain.steekproef import Alphaplan, Groepsplan, Proef, Veranderplan

GEEN_BELOFTE = (
    "Dit is een schatting vooraf, geen belofte. Wat je invulde, weet je pas na het onderzoek. Neem liever een "
    "ongunstige waarde uit de tabel dan een gunstige."
)
PLUSMIN = "Achter ± staat hoeveel toeval er in het narekenen zit."
ROND = 2_000  # verzonnen studies: with fewer the margin is a percent or more
MERKBAAR = 0.01  # of 1: less than this makes no difference to anyone
WEINIG_KEREN = "Minder dan 2.000 onderzoeken, omdat elk zo groot is: de marge achter ± is daardoor ruim."
NIET_ECHT = "Dit zijn geen antwoorden van echte mensen. Gebruik ze om te oefenen of te plannen, nooit als bewijs."


# Numbers ------------------------------------------------------------------------------------------------------------


def decimal(value: float, digits: int = 2) -> str:
    """A number with so many decimals and a comma; what rounds to nothing has no sign."""
    rounded = round(value, digits) or 0.0
    return f"{rounded:.{digits}f}".replace(".", ",")


def given(value: float) -> str:
    """A number as it was typed: '0,8', '0,125'."""
    return f"{value:g}".replace(".", ",")


def whole(aantal: int) -> str:
    """A whole number: '10.000'."""
    return f"{aantal:,}".replace(",", ".")


def mensen(aantal: int) -> str:
    """'1 mens', '1.200 mensen'."""
    return "1 mens" if aantal == 1 else f"{whole(aantal)} mensen"


def percent(value: float) -> str:
    """'81 %', '80,4 %'."""
    return f"{decimal(100 * value, 1).removesuffix(',0')} %"


def _tried(proef: Proef) -> str:
    """A part of the verzonnen studies, with its margin of 95 %."""
    return f"{percent(proef.waarde)} (± {percent(Z * proef.fout)})"


def _is_off(dekking: Proef) -> bool:
    """Whether an interval holds what it should hold clearly more, or less, often than it says."""
    return abs(dekking.waarde - ZEKERHEID) > max(Z * dekking.fout, MERKBAAR)


# Simuleer -----------------------------------------------------------------------------------------------------------


def render_simulatie(
    model: Simulatiemodel, schalen: Sequence[WareSchaal], rijen: int, pad: str, vragenlijst: str
) -> Iterator[RenderableType]:
    """What was made, the model, and what is true in it; `pad` and `vragenlijst` as they were typed."""
    afnames = "1 afname" if rijen == 1 else f"{whole(rijen)} afnames"
    verzonnen = "verzonnen mens" if model.mensen == 1 else "verzonnen mensen"
    yield paragraph(f"{whole(model.mensen)} {verzonnen}, {afnames}, in {pad}", style="bold")
    yield paragraph(NIET_ECHT)
    yield heading("Het model")
    yield from bullets(_model(model))
    yield heading("Wat in dit model waar is")
    yield _truth(schalen)
    yield from bullets(_explained(model))
    yield paragraph("")
    yield paragraph(f"Nu verder: regiekit groep {_typed(pad)} --vragenlijst {_typed(vragenlijst)}")


def _typed(word: str) -> str:
    """A word of a command; every shell knows double quotes."""
    return f'"{word}"' if " " in word else word


def _model(model: Simulatiemodel) -> Iterator[str]:
    yield (
        "Elke schaal is één eigenschap, eerst met gemiddelde 0 en SD 1. Elke vraag hangt daarvan af, met lading "
        f"{given(model.lading)}."
    )
    yield f"Correlatie tussen de eigenschappen: {given(model.samenhang)}."
    if model.momenten > 1:
        kant = "ongunstige" if model.verandering < 0 else "gunstige"
        yield (
            f"Van {model.meetmomenten[0]} naar {model.meetmomenten[-1]} gaat elke eigenschap "
            f"{given(abs(model.verandering))} SD naar de {kant} kant. Correlatie met zichzelf: "
            f"{given(model.stabiliteit)}."
        )
    yield f"Kans dat een vraag openblijft: {given(model.leeg)}. Kans op een rechte lijn: {given(model.rechte_lijn)}."
    if model.momenten > 1:
        yield f"Kans om na een meetmoment te stoppen: {given(model.uitval)}."
    yield f"Zaad: {model.zaad}. Hetzelfde zaad geeft dezelfde tabel."


def _truth(schalen: Sequence[WareSchaal]) -> RenderableType:
    """A row a schaal: alpha, mean and SD at the first and the last meetmoment, and the change."""
    first, last = schalen[0].momenten[0].id or "score", schalen[0].momenten[-1].id
    paired = len(schalen[0].momenten) > 1
    titles = ["Schaal", "alpha", f"{first} (SD)", *([f"{last} (SD)", "verschil", "in SD", "r"] if paired else [])]
    table = Table(box=box.SIMPLE, pad_edge=False)
    for title in titles:
        table.add_column(title, justify="left" if title == "Schaal" else "right", no_wrap=title != "Schaal")
    lines = []
    for schaal in schalen:
        cells = _truth_cells(schaal)
        table.add_row(*map(Text, (schaal.naam, *cells)))
        pairs = zip(titles[1:], cells, strict=True)
        lines.append(bullet(f"{schaal.naam}: {', '.join(f'{title} {cell}' for title, cell in pairs)}"))
    return Fitting(table, lines)


def _truth_cells(schaal: WareSchaal) -> list[str]:
    first, last = schaal.momenten[0], schaal.momenten[-1]
    cells = [
        "geen" if first.alpha is None else decimal(first.alpha, 3),
        f"{decimal(first.gemiddelde)} ({decimal(first.sd)})",
    ]
    if schaal.verschil is None or schaal.effect is None or schaal.samenhang is None:
        return cells
    changed = (decimal(schaal.verschil), decimal(schaal.effect), decimal(schaal.samenhang))
    return [*cells, f"{decimal(last.gemiddelde)} ({decimal(last.sd)})", *changed]


def _explained(model: Simulatiemodel) -> Iterator[str]:
    yield (
        "Dit geldt voor oneindig veel verzonnen mensen die elke vraag beantwoorden, met de rechte lijnen erbij. "
        "Jouw tabel wijkt daarvan af, door toeval; een kleine het meest."
    )
    yield "alpha: van de antwoorden bij het eerste meetmoment. Van een schaal met één vraag is er geen alpha."
    if model.momenten > 1:
        yield "in SD: het verschil gedeeld door de SD van het eerste meetmoment. r: correlatie van de twee scores."
        yield "In stappen antwoorden maakt alpha, r en het verschil in SD kleiner dan in het model zelf."


# Plan ---------------------------------------------------------------------------------------------------------------


def render_plan(plan: Groepsplan) -> Iterator[RenderableType]:
    """For each question: what was asked, how many people, what that rests on, and what if that is wrong."""
    if plan.alpha:
        yield from _alpha(plan, plan.alpha)
    if plan.verandering:
        yield from _verandering(plan, plan.verandering)
    yield paragraph("")
    yield paragraph(GEEN_BELOFTE, style="bold")


def _needed(plan: Groepsplan, n: int, wie: str) -> Iterator[RenderableType]:
    yield paragraph(f"Nodig: {mensen(n)} {wie}.", style="bold")
    if plan.uitval:
        yield paragraph(f"Valt {percent(plan.uitval)} uit, begin dan met {mensen(plan.begin(n))}. Dan blijft er "
                        "gemiddeld genoeg over.")  # fmt: skip


def _alpha(plan: Groepsplan, alpha: Alphaplan) -> Iterator[RenderableType]:
    wens = alpha.wens
    waar = f" van de schaal {plan.schaal}" if plan.schaal else ""
    yield paragraph(f"Hoe precies wil je de betrouwbaarheid{waar} weten?", style="bold")
    yield paragraph(
        "Je vraagt: een interval van 95 % voor alpha dat van onder tot boven gemiddeld hoogstens "
        f"{given(wens.breedte)} breed is. Je denkt aan alpha {given(wens.alpha)}, bij {wens.vragen} vragen."
    )
    yield paragraph("")
    yield from _needed(plan, alpha.n, "die elke vraag beantwoorden")
    yield paragraph(
        f"Verwachte breedte: {decimal(alpha.breedte, 3)}. In {percent(alpha.smal_genoeg)} van zulke onderzoeken is het "
        f"interval smal genoeg. Wil je dat in {percent(RUIM)}, neem dan {mensen(alpha.ruim)}."
    )
    yield heading("Nagerekend")
    yield from _alpha_tried(alpha)
    yield heading("Als alpha anders is")
    yield _row("alpha", "mensen", [(given(a), whole(n)) for a, n in alpha.anders])
    yield heading("Waar dit op rust")
    yield bullet("Het interval van Feldt: alle vragen even sterk, en antwoorden die normaal verdeeld zijn.")
    yield bullet("Losse mensen: niet dezelfde persoon twee keer, en geen groepen die op elkaar lijken.")
    yield bullet("Wie één vraag openlaat, telt niet mee voor alpha.")
    if alpha.n < KLEIN:
        yield bullet(f"Onder {KLEIN} mensen zegt alleen het interval iets. Neem er dan liever meer.", mark="!")


def _alpha_tried(alpha: Alphaplan) -> Iterator[RenderableType]:
    """What came out of verzonnen studies, or that there were none."""
    breedte, smal, dekking = alpha.proef_breedte, alpha.proef_smal, alpha.proef_dekking
    if not (breedte and smal and dekking):
        yield paragraph(
            f"Niet nagerekend: met {mensen(alpha.n)} en {alpha.wens.vragen} vragen is één verzonnen onderzoek zo groot "
            "dat er te weinig van passen om iets te zeggen. Dat het interval met antwoorden in stappen klopt, is hier "
            "dus niet gezien."
        )
        return
    yield paragraph(
        f"{whole(breedte.keren)} verzonnen onderzoeken met {mensen(alpha.n)}, en {alpha.wens.antwoorden} antwoorden "
        f"per vraag: gemiddelde breedte {decimal(breedte.waarde, 4)} (± {decimal(Z * breedte.fout, 4)}), smal genoeg "
        f"in {_tried(smal)}. Alpha lag in het interval in {_tried(dekking)}; dat hoort 95 % te zijn. {PLUSMIN}"
    )
    if breedte.keren < ROND:
        yield bullet(WEINIG_KEREN, "!")
    if _is_off(dekking):
        yield bullet("Met antwoorden in stappen klopt het interval hier dus niet precies. Reken op meer mensen.", "!")


def _verandering(plan: Groepsplan, verandering: Veranderplan) -> Iterator[RenderableType]:
    wens = verandering.wens
    if plan.alpha:
        yield paragraph("")
    yield paragraph("Hoe klein mag een verandering zijn, en toch opvallen?", style="bold")
    yield paragraph(
        f"Je vraagt: {percent(wens.macht)} kans om een gemiddelde verandering van {given(wens.verandering)} SD te "
        "vinden. De SD is die van de scores bij de start. Je denkt aan een correlatie van "
        f"{given(wens.samenhang)} tussen de eerste en de tweede score."
    )
    yield paragraph("")
    yield from _needed(plan, verandering.n, "met twee metingen")
    yield paragraph(f"De kans is dan {percent(verandering.macht)}.")
    yield heading("Nagerekend")
    proef = verandering.proef_macht
    yield paragraph(
        f"In {whole(proef.keren)} verzonnen onderzoeken met {mensen(verandering.n)} werd de verandering gevonden in "
        f"{_tried(proef)}. {PLUSMIN}"
    )
    if proef.keren < ROND:
        yield bullet(WEINIG_KEREN, "!")
    yield heading("Als het anders is")
    yield _grid(verandering)
    yield heading("Waar dit op rust")
    yield bullet(f"De t-toets voor paren, tweezijdig, met {percent(FOUT)} kans op een vondst die er niet is.")
    yield bullet("Verschillen die normaal verdeeld zijn, met bij de tweede meting dezelfde SD als bij de start.")
    yield bullet("Eén schaal. Kijk je naar meer schalen, dan vind je vaker iets wat er niet is.")
    yield bullet("Een verandering zonder vergelijkingsgroep zegt niet waardoor die komt.")
    if verandering.n < KLEIN:
        yield bullet(f"Onder {KLEIN} mensen telt elke uitschieter zwaar. Neem er dan liever meer.", mark="!")


def _row(boven: str, onder: str, cells: Sequence[tuple[str, str]]) -> RenderableType:
    """Two lines of figures above each other."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    for title in (boven, *(above for above, _ in cells)):
        table.add_column(title, justify="left" if title == boven else "right", no_wrap=True)
    table.add_row(onder, *(below for _, below in cells))
    return Fitting(table, [bullet(f"{boven} {above}: {below} {onder}") for above, below in cells])


def _grid(verandering: Veranderplan) -> RenderableType:
    """How many people, for each change and each correlation."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("mensen bij", no_wrap=True)
    for r in verandering.samenhangen:
        table.add_column(f"correlatie {given(r)}", justify="right", no_wrap=True)
    lines = []
    for change, row in zip(verandering.veranderingen, verandering.anders, strict=True):
        table.add_row(f"{given(change)} SD", *map(whole, row))
        cells = zip(verandering.samenhangen, row, strict=True)
        lines.append(
            bullet(f"{given(change)} SD: " + "; ".join(f"{whole(n)} bij correlatie {given(r)}" for r, n in cells))
        )
    return Fitting(table, lines)

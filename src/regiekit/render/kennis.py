"""Kennis on the terminal: subjects, hits, one item, and which statement says which fact."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from regiekit.domain.dekking import count
from regiekit.domain.herkomst import DOCUMENTEN, short_mark
from regiekit.domain.zoeken import only_small
from regiekit.errors import visible
from regiekit.render.parts import Said, bullet, bullets, heading, paragraph, read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from regiekit.domain.dekking import Feitdekking
    from regiekit.domain.kennis import Kennis, Kennisitem
    from regiekit.domain.record import Herkomst, Uitspraak
    from regiekit.domain.zoeken import Gevonden, Treffer, Zoekitem

PUBLIEK = {"client": "cliënt", "coach": "coach", "werkgever": "werkgever", "organisatie": "organisatie"}
REDENEN = {
    "redactie": "een opmerking over de tekst zelf",
    "leestip": "een leestip",
    "dubbel": "staat er al, met een ander feit",
    "ontbreekt-in-bron": "de bron geeft het niet",
    "achtergrond": "achtergrond zonder nut voor coach of cliënt",
}
STATUS = {"gedekt": "gedekt", "niet-opgenomen": "niet opgenomen", "open": "nog niet beantwoord"}


def either(words: Sequence[str]) -> str:
    """'coach', 'cliënt en coach', 'cliënt, coach en werkgever'."""
    *head, last = words
    return f"{', '.join(head)} en {last}" if head else last


def quoted(words: Iterable[str]) -> str:
    """Words between quotation marks, one after the other; what was typed may hold anything."""
    return ", ".join(f"“{visible(w)}”" for w in words)


# Lists ----------------------------------------------------------------------------------------------------------------


def render_onderwerpen(onderwerpen: Sequence[Kennis]) -> Iterator[RenderableType]:
    """Each subject with the name to type and its number of items."""
    total = sum(len(k.items) for k in onderwerpen)
    yield paragraph(f"Kennis uit de bronnen: {len(onderwerpen)} onderwerpen, {total} items", style="bold")
    yield paragraph("")
    width = max(len(k.id) for k in onderwerpen)
    for k in onderwerpen:
        said = read_rows(("Naam om te typen", "Onderwerp"), [(k.id, f"{k.naam} ({len(k.items)})")])
        yield Said(bullet(f"{k.naam} ({len(k.items)})", mark=f"{k.id:{width}} ", indent=0), *list(said)[:-1])
    yield paragraph("")
    yield paragraph("Eén onderwerp: regiekit kennis NAAM, met de naam die ervoor staat.", style="dim")
    yield paragraph("Zoeken: regiekit kennis WOORD. Alle items: regiekit kennis --alles.", style="dim")


def render_lijst(onderwerpen: Sequence[Kennis], voor: str | None) -> Iterator[RenderableType]:
    """Every subject with its items."""
    if voor:
        yield paragraph(f"Voor {PUBLIEK[voor]}", style="bold")
    for k in onderwerpen:
        yield heading(k.naam)
        yield from (_row(item.naam, item.soort, item.id) for item in k.items)
    yield from _how_to_open(bool(onderwerpen))


def render_onderwerp(onderwerp: Kennis, elders: Sequence[Treffer], most: int | None) -> Iterator[RenderableType]:
    """One subject with its items, and what is found elsewhere with its name."""
    yield paragraph(onderwerp.naam, style="bold underline")
    yield paragraph(onderwerp.inleiding)
    yield paragraph("")
    yield from (_row(item.naam, item.soort, item.id) for item in onderwerp.items)
    if elders:
        yield heading("Ook gevonden, bij andere onderwerpen")
        yield from (_row(t.item.naam, t.item.soort, link_of(t.item)) for t in elders[:most])
    if most is not None and len(elders) > most:
        yield paragraph(f"En nog {len(elders) - most}. Alles: regiekit kennis {onderwerp.id} --alles", 2, "dim")
    yield from _how_to_open(bool(onderwerp.items))


def _row(naam: str, soort: str, item_id: str) -> RenderableType:
    return bullet(f"{naam}, {in_words(soort)}", source=item_id)


def in_words(soort: str) -> str:
    """The kind of an item as it is read."""
    return soort if soort == "vragenlijst-item" else soort.replace("-", " ")


def link_of(item: Zoekitem) -> str:
    """What to type for it: the id of an item, the whole command for something else."""
    return item.opdracht.removeprefix("regiekit kennis ")


def named(naam: str, soort: str) -> RenderableType:
    """A name with its kind, so that equal words of different kinds stay apart."""
    said = Text(naam, "bold").append(f", {in_words(soort)}", "not bold")
    return Said(Text(naam, "bold").append(f"  {in_words(soort)}", "not bold"), said)


def _how_to_open(anything: bool) -> Iterator[RenderableType]:
    yield paragraph("")
    text = "Eén item: regiekit kennis ID, met de id tussen de haken." if anything else "Hier staat niets voor."
    yield paragraph(text, style="dim")


# Search ---------------------------------------------------------------------------------------------------------------


def render_gevonden(question: str, found: Gevonden, most: int | None) -> Iterator[RenderableType]:
    """The hits, the best first, each with its kind; how words were read; what to do when there is nothing."""
    for typed, read in found.gelezen_als.items():
        yield paragraph(f"{quoted([typed])} staat nergens; gelezen als “{read}”.")
        question = question.casefold().replace(typed, read)
    if not found.treffers:
        yield from _nothing(question, found)
        return
    yield paragraph(f"{len(found.treffers)} gevonden met {quoted([question])}", style="bold")
    for treffer in found.treffers[:most]:
        yield paragraph("")
        yield named(treffer.item.naam, treffer.item.soort)
        yield paragraph(treffer.tekst, indent=2)
        yield paragraph(treffer.item.opdracht, indent=2, style="dim")
    if most is not None and len(found.treffers) > most:
        yield paragraph("")
        rest = len(found.treffers) - most
        yield paragraph(f"En nog {rest}. Alles: regiekit kennis {visible(question)} --alles", style="dim")


def _nothing(question: str, found: Gevonden) -> Iterator[RenderableType]:
    if only_small(question):
        yield paragraph(f"{quoted([question])} zegt nog niet waar het over gaat: kleine woorden tellen niet mee.")
        yield paragraph("Zoek met een woord dat wel iets zegt, bijvoorbeeld: regiekit kennis rouw", style="dim")
        return
    yield paragraph(f"Niets gevonden met {quoted([question])}.")
    known = {word: n for word, n in found.per_woord.items() if n}
    if known and len(found.per_woord) > 1:
        counts = ", ".join(f"{quoted([word])} ({n})" for word, n in known.items())
        yield paragraph(f"Geen item heeft al deze woorden. Wel te vinden: {counts}.")
    if found.bedoelde_je:
        yield paragraph(f"Bedoelde je misschien {quoted(found.bedoelde_je)}?")
    yield paragraph("Alle onderwerpen: regiekit kennis", style="dim")


# One item -------------------------------------------------------------------------------------------------------------


def render_item(onderwerp: Kennis, item: Kennisitem, links: Sequence[Zoekitem]) -> Iterator[RenderableType]:
    """All statements with a short source mark, what the source lacks, and where to read on."""
    yield paragraph(item.naam, style="bold underline")
    readers = either([PUBLIEK[p] for p in item.voor])
    yield paragraph(f"{in_words(item.soort).capitalize()}, voor {readers}. Onderwerp: {onderwerp.naam}.", style="dim")
    yield paragraph("")
    for uitspraak in item.uitspraken:
        yield bullet(uitspraak.tekst, source=short_mark(uitspraak))
        if uitspraak.redenering:
            yield paragraph(f"Waarom: {uitspraak.redenering}", indent=4, style="dim")
    if item.ontbreekt:
        yield heading("Niet in de bron")
        yield from bullets(item.ontbreekt)
    if links:
        yield heading("Zie ook")
        yield from (_row(link.naam, link.soort, link_of(link)) for link in links)
    yield paragraph("")
    if item.aliassen:
        yield paragraph(f"Ook te vinden met: {', '.join(item.aliassen)}.", style="dim")
    yield paragraph(source_line(item.uitspraken), style="dim")


def render_niet_voor(item: Kennisitem, voor: str) -> Iterator[RenderableType]:
    """An item that is meant for others."""
    readers = either([PUBLIEK[p] for p in item.voor])
    yield paragraph(f"“{item.naam}” is geschreven voor {readers}, niet voor {PUBLIEK[voor]}.")
    yield paragraph(f"Toch lezen: regiekit kennis {item.id}", style="dim")


def source_line(uitspraken: Iterable[Uitspraak]) -> str:
    """Every document with its headings in one line."""
    said = list(uitspraken)
    cited = sorted({(h.document, h.kop) for u in said for h in _herkomsten(u)})
    if not cited:
        return "Dit zegt regiekit zelf; het staat niet in de bronnen."
    documents = [
        f"{DOCUMENTEN[document]}, onder {', '.join(f'‘{kop}’' for _, kop in rows)}"
        for document, rows in groupby(cited, key=lambda row: row[0])
    ]
    own = "; wat met [eigen] gemerkt is, zegt de bron niet" if any(u.herkomst == "eigen" for u in said) else ""
    return f"Bron: {'; '.join(documents)}. In de woorden van regiekit{own}."


def _herkomsten(uitspraak: Uitspraak) -> list[Herkomst]:
    own = () if isinstance(uitspraak.herkomst, str) else (uitspraak.herkomst,)
    return [*own, *uitspraak.ook]


# Dekking --------------------------------------------------------------------------------------------------------------


def render_feit(dekking: Feitdekking) -> Iterator[RenderableType]:
    """One fact of the register: where it stands in the sources, and which statements say it."""
    feit = dekking.feit
    yield paragraph(feit.id, style="bold underline")
    yield paragraph(f"Feit uit het register: {feit.kern}")
    yield paragraph(f"Bron: {DOCUMENTEN[feit.document]}, onder ‘{feit.kop}’.", style="dim")
    for plaats in dekking.vindplaatsen:
        yield paragraph("")
        yield named(plaats.naam, plaats.soort)
        yield paragraph(plaats.tekst, indent=2)
        yield paragraph(f"Plaats: {plaats.plaats or 'het geheel'}", indent=2, style="dim")
        yield paragraph(f"Bekijken: {plaats.opdracht}", indent=2, style="dim")
    if not dekking.vindplaatsen:
        yield paragraph("")
        yield paragraph(why_not(dekking))


def why_not(dekking: Feitdekking) -> str:
    """The reason why no statement says a fact."""
    if dekking.reden is None:
        return "Dit feit is nog niet beantwoord: geen uitspraak zegt het, en er staat geen reden."
    return f"Niet opgenomen ({REDENEN[dekking.reden]}): {dekking.toelichting}"


def render_dekking(every: Sequence[Feitdekking], shown: Collection[Feitdekking]) -> Iterator[RenderableType]:
    """Totals, per source, what is not said with the reason, and then each fact; of a choice only the facts chosen."""
    yield paragraph("Dekking van het register", style="bold underline")
    if len(shown) == len(every):
        yield from _summary(every)
    for document, naam in DOCUMENTEN.items():
        rows = [d for d in shown if d.feit.document == document]
        if rows:
            yield heading(f"Elk feit: {naam}")
            yield from (bullet(f"{d.feit.id}: {_where(d)}") for d in rows)
    yield paragraph("")
    if len(shown) < len(every):
        yield paragraph(f"{len(shown)} van de {len(every)} feiten. Allemaal: regiekit kennis --dekking", style="dim")
    yield paragraph("De uitspraak zelf: regiekit kennis ID, met de id van het feit.", style="dim")


def _summary(every: Sequence[Feitdekking]) -> Iterator[RenderableType]:
    """The totals, those per source, and every fact that nothing says."""
    yield paragraph(_totals(count(every)))
    yield heading("Per bron")
    for document, naam in DOCUMENTEN.items():
        yield bullet(f"{naam}: {_totals(count(d for d in every if d.feit.document == document))}")
    yield heading("Zonder uitspraak")
    yield from (bullet(f"{d.feit.id}: {why_not(d)}") for d in every if not d.vindplaatsen)


def _totals(counted: dict[str, int]) -> str:
    total = counted["feiten"]
    share = f"{100 * counted['gedekt'] / total:.1f}".replace(".", ",") if total else "0"
    rest = ", ".join(f"{counted[status]} {STATUS[status]}" for status in ("niet-opgenomen", "open"))
    return f"{total} feiten, {counted['gedekt']} gedekt ({share} %), {rest}"


def _where(dekking: Feitdekking) -> str:
    if not dekking.vindplaatsen:
        return STATUS[dekking.status]
    first, *rest = dekking.vindplaatsen
    more = f" en nog {len(rest)}" if rest else ""
    return f"{first.soort} {first.id}{f', {first.plaats}' if first.plaats else ''}{more}"

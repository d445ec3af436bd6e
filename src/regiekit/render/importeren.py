"""What an import decided and found: on the terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from regiekit.domain.koppeling import letter_of
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import antwoordschaal_of
from regiekit.errors import visible
from regiekit.render.parts import Fitting, bullet, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from regiekit.domain.antwoordwoorden import Antwoord
    from regiekit.domain.koppeling import Kolom

_LONGEST_NAME = 34


def render_kolommen(
    kolommen: Sequence[Kolom], lijst: Any, lijst_hash: str, missing: Sequence[str]
) -> Iterator[RenderableType]:
    """Which column is which vraag, how sure that is, and what is not read."""
    yield paragraph(f"{lijst.naam} ({lijst.id}, versie {lijst.versie}, hash {lijst_hash})", style="bold")
    yield heading("Kolommen")
    table = Table(box=box.SIMPLE, pad_edge=False)
    for title in ("Kolom", "Naam in het bestand", "Wordt", "Hoe zeker"):
        table.add_column(title, no_wrap=True)
    lines = []
    for kolom in (k for k in kolommen if k.doel):
        letter, naam, goal = letter_of(kolom.plaats), short_name(kolom.naam), goal_of(kolom)
        table.add_row(*map(Text, (letter, naam, goal, visible(kolom.reden))))
        lines.append(bullet(f"{letter} wordt {goal} ({visible(kolom.reden)}): {naam}"))
    yield Fitting(table, lines)
    skipped = [k for k in kolommen if not k.doel]
    if skipped:
        yield paragraph("Overgeslagen:")
    for kolom in skipped:
        yield bullet(f"{letter_of(kolom.plaats)} {short_name(kolom.naam)}: {visible(kolom.reden)}")
    if missing:
        yield paragraph("Geen kolom gevonden voor:")
    teksten = {v.id: v.tekst for v in lijst.vragen}
    for vraag in missing:
        yield bullet(f"{vraag}: {teksten[vraag]}")


def short_name(naam: str) -> str:
    """A name of a column on one line, cut off where it is long."""
    line = visible(" ".join(naam.split()))
    return f"{line[:_LONGEST_NAME]}…" if len(line) > _LONGEST_NAME else line


def goal_of(kolom: Kolom) -> str:
    """What a column becomes: the id of a vraag, or the field."""
    assert kolom.doel is not None
    return kolom.doel.id if kolom.doel.training else f"{kolom.doel.id} (zonder training)"


def render_aantallen(lijst: Any, aantallen: Mapping[str, Mapping[Antwoord, int]]) -> Iterator[RenderableType]:
    """How often each answer occurs at each vraag, and what was not answered; vragen with the same answers together."""
    yield heading("Hoe vaak elk antwoord voorkomt")
    groups: dict[tuple[tuple[int, str], ...], list[str]] = {}
    for vraag_id in (v.id for v in lijst.vragen if v.id in aantallen):
        ends = antwoordschaal_of(lijst, vraag_id)
        labels = dict(ends.labels)
        answers = tuple((waarde, labels.get(waarde, "")) for waarde in range(ends.min, ends.max + 1))
        groups.setdefault(answers, []).append(vraag_id)
    for answers, vragen in groups.items():
        yield paragraph("")
        yield from (bullet(label, mark=f"{waarde} =") for waarde, label in answers if label not in ("", str(waarde)))
        yield from _group([waarde for waarde, _ in answers], vragen, aantallen)


def _group(
    waarden: Sequence[int], vragen: Sequence[str], aantallen: Mapping[str, Mapping[Antwoord, int]]
) -> Iterator[RenderableType]:
    blanks = [soort for soort in (None, *NOT_ANSWERED) if any(aantallen[v].get(soort) for v in vragen)]
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("Vraag", no_wrap=True)
    titles = [*map(str, waarden), *(soort or "leeg" for soort in blanks)]
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    lines = []
    for vraag in vragen:
        counts = [str(aantallen[vraag].get(answer, 0)) for answer in (*waarden, *blanks)]
        table.add_row(*map(Text, (vraag, *counts)))
        lines.append(bullet(f"{vraag}: {', '.join(f'{t} = {n}×' for t, n in zip(titles, counts, strict=True))}"))
    yield Fitting(table, lines)

"""Vragenlijsten on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from regiekit.domain.getal import number, short
from regiekit.domain.herkomst import DOCUMENTEN
from regiekit.domain.uitslag import reach, straight_line
from regiekit.render.parts import Fitting, bullet, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from regiekit.domain.vragenlijst import Schaal, Vraag, Vragenlijst

LICENCES = {"vrij": "vrij te gebruiken", "toestemming": "alleen met toestemming", "onbekend": "rechten onbekend"}


def render_vragenlijsten(lijsten: Sequence[Vragenlijst]) -> Iterator[RenderableType]:
    """Id, versie, name and size of each."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    for title in ("Naam om te typen", "Versie", "Vragenlijst", "Vragen", "Schalen"):
        table.add_column(title)
    for lijst in lijsten:
        cells = (lijst.id, lijst.versie, lijst.naam, str(len(lijst.vragen)), str(len(lijst.schalen)))
        table.add_row(*(Text(c) for c in cells))
    yield Fitting(table, [bullet(f"{v.id} (versie {v.versie}): {v.naam}") for v in lijsten])
    yield paragraph(
        "Bekijken: regiekit vragenlijst toon NAAM. Invullen: regiekit vragenlijst invullen NAAM.", style="dim"
    )


def render_vragenlijst(lijst: Vragenlijst, hash_: str) -> Iterator[RenderableType]:
    """Everything that is in it, for the coach (the client sees other forms, without schalen)."""
    yield paragraph(f"{lijst.naam}, versie {lijst.versie}", style="bold")
    yield paragraph(f"{lijst.id}, hash {hash_}, {LICENCES[lijst.licentie]}", style="dim")
    if lijst.toelichting:
        yield paragraph("")
        yield paragraph(lijst.toelichting)
    yield heading("Antwoorden")
    ends = lijst.antwoordschaal
    assumed = " (een aanname: de bron noemt geen schaal)" if ends.aanname else ""
    yield bullet(f"hele getallen van {ends.min} tot en met {ends.max}{assumed}")
    for waarde, label in ends.labels.items():
        yield bullet(label, mark=f"{waarde} =", indent=4)
    if lijst.meetmomenten:
        yield heading("Meetmomenten")
        yield bullet(", ".join(m.id for m in lijst.meetmomenten))
    vragen = {v.id: v for v in lijst.vragen}
    for schaal in lijst.schalen:
        yield from _schaal(lijst, schaal, vragen)
    yield from _open(lijst)
    yield paragraph("")
    if lijst.herkomst == "eigen":
        yield paragraph("Herkomst: eigen lijst.", style="dim")
    else:
        yield paragraph(f"Herkomst: {DOCUMENTEN[lijst.herkomst.document]}, onder '{lijst.herkomst.kop}'.", style="dim")
    yield paragraph("Niet gevalideerd, geen normen: bedoeld voor het gesprek.", style="dim")


def _schaal(lijst: Vragenlijst, schaal: Schaal, vragen: dict[str, Vraag]) -> Iterator[RenderableType]:
    yield heading(f"Schaal {schaal.naam}")
    yield bullet(f"{schaal.regel}, minstens {schaal.minimaal_beantwoord} van {len(schaal.vragen)} beantwoord; "
                 f"{schaal.betekenis or schaal.richting.replace('-', ' ')}")  # fmt: skip
    yield bullet(derived_text(lijst, schaal))
    for item in schaal.vragen:
        reverse = "  [telt omgekeerd]" if item.omgekeerd else ""
        own = vragen[item.vraag].antwoordschaal
        scale = f"  [{own.min} tot en met {own.max}]" if own else ""
        yield bullet(f"{vragen[item.vraag].tekst}  ({item.vraag}){reverse}{scale}", indent=4)


def derived_text(lijst: Vragenlijst, schaal: Schaal) -> str:
    """What follows from ends and keys: floor, ceiling, and what filling in the same everywhere would give."""
    bodem, top = reach(lijst, schaal)
    low, high = (straight_line(lijst, schaal, highest=h) or 0 for h in (False, True))
    text = f"score van {short(bodem)} tot en met {short(top)}"
    if (low, high) == (bodem, top):
        return text
    return f"{text}; overal het laagste antwoord geeft {number(low)}, overal het hoogste {number(high)}"


def _open(lijst: Vragenlijst) -> Iterator[RenderableType]:
    for moment in lijst.meetmomenten:
        asked = [v for v in lijst.open_vragen if v.meetmoment == moment.id]
        if asked:
            yield heading(f"Open vragen bij {moment.naam.lower()}")
        for vraag in asked:
            yield bullet(f"{vraag.tekst}  ({vraag.id})")
            if vraag.zonder_training:
                yield bullet(f"zonder online training: {vraag.zonder_training}", mark=" ", indent=4)

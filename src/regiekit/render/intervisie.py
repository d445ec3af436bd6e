"""The sheet to talk over a casus with peers, as a document of blocks and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.herkomst import herkomst_line
from regiekit.render.document import Alinea, Document, Kop, Lijst, Schrijfruimte, Tabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.casusbestand import Intervisievorm
    from regiekit.domain.record import Uitspraak
    from regiekit.domain.techniek import Techniek

Blok = Kop | Alinea | Lijst | Tabel | Schrijfruimte


class Intervisie(NamedTuple):
    """All that stands on the sheet: the casus without what gives someone away, and the form of the talk."""

    casus: str | None
    vraag: str | None
    vorm: Intervisievorm
    minuten: Sequence[int]
    reflex: Techniek


def make_document(intervisie: Intervisie) -> Document:
    """One page: the casus, the rounds, whose problem it is, the reflex, and two casussen side by side."""
    total = sum(intervisie.minuten)
    onder = f"{intervisie.vorm.naam}, {total} minuten. Anoniem: noem ook hardop geen namen of plaatsen."
    return Document("Intervisie", onder, tuple(_blokken(intervisie)), een_blad=True)


def _blokken(intervisie: Intervisie) -> Iterator[Blok]:
    vorm = intervisie.vorm
    yield Kop("De casus")
    yield from _written(intervisie.casus, 3)
    yield Kop("De vraag van de inbrenger")
    yield from _written(intervisie.vraag, 1)
    yield Kop("De rondes")
    rondes = zip(vorm.rondes, intervisie.minuten, strict=True)
    yield Tabel(("Ronde", "Min.", "Wat"), tuple((r.naam, str(m), r.tekst) for r, m in rondes), (3, 2, 16))
    yield Kop(vorm.van_wie[0].tekst)
    for uitspraak in vorm.van_wie[1:]:
        yield Alinea(uitspraak.tekst)
    yield Kop(f"Voor de inbrenger: speelt de {intervisie.reflex.naam.lower()}?")
    yield Alinea(" ".join(u.tekst for u in signals(intervisie.reflex)))
    yield Lijst(tuple(u.tekst for u in sensitive(intervisie.reflex)), "☐", 2)
    yield Kop("Twee casussen naast elkaar")
    yield Alinea(" ".join(u.tekst for u in vorm.vergelijking))
    rows = tuple((element, "", "") for element in vorm.elementen)
    yield Tabel(("Element", "Liep goed: wat deed je?", "Liep stroef: wat deed je?"), rows, (3, 6, 6), hoog=True)
    yield Alinea(f"{' '.join(u.tekst for u in vorm.verantwoording)} {_sources(intervisie)}", "klein")


def _written(text: str | None, room: int) -> Iterator[Blok]:
    """What was written, a paragraph for each line; or room to write it."""
    lines = [line.strip() for line in (text or "").split("\n") if line.strip()]
    yield from (Alinea(line) for line in lines) if lines else [Schrijfruimte(room)]


def signals(techniek: Techniek) -> tuple[Uitspraak, ...]:
    """How to notice the reflex: what the first step of the techniek says."""
    return techniek.stappen[0].punten


def sensitive(techniek: Techniek) -> list[Uitspraak]:
    """The self-check: when one is prone to the reflex."""
    return [punt for onderdeel in techniek.onderdelen for punt in onderdeel.punten]


def _sources(intervisie: Intervisie) -> str:
    parts = (*signals(intervisie.reflex), *sensitive(intervisie.reflex), *intervisie.vorm.vergelijking)
    lines = dict.fromkeys(herkomst_line(u) for u in parts if u.herkomst != "eigen")
    return f"Bron van de reflex en van de vergelijking: {'; '.join(lines)}. In eigen woorden."


def json_intervisie(intervisie: Intervisie) -> dict[str, Any]:
    """The sheet as plain values."""
    vorm = intervisie.vorm
    rondes = zip(vorm.rondes, intervisie.minuten, strict=True)
    return {
        "voor": "intervisie",
        "casus": intervisie.casus,
        "vraag": intervisie.vraag,
        "vorm": vorm.naam,
        "minuten": sum(intervisie.minuten),
        "rondes": [{"id": r.id, "naam": r.naam, "minuten": m, "tekst": r.tekst} for r, m in rondes],
        "van_wie": [u.tekst for u in vorm.van_wie],
        "reparatiereflex": [u.tekst for u in (*signals(intervisie.reflex), *sensitive(intervisie.reflex))],
        "vergelijking": {"elementen": list(vorm.elementen), "vragen": [u.tekst for u in vorm.vergelijking]},
        "verantwoording": [u.tekst for u in vorm.verantwoording],
    }

"""What all verslagen share, and the rapportage for the employer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from regiekit.domain.clientdossier import VERZONNEN
from regiekit.domain.dagen import datum_text
from regiekit.render.dagen import day_in_words
from regiekit.render.document import Alinea, Document, Kop, Lijst, Tabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.verslag import Periode, Werkgeververslag

    Blok = Kop | Alinea | Lijst | Tabel

GEEN_GESPREKKEN = "In deze periode staan nog geen gesprekken."
GEEN_AFSPRAKEN = "In deze periode staan nog geen afspraken."
HOE_HET_AFLIEP = "Hoe een afspraak afliep, staat hier niet."
GEEN_MOGELIJKHEDEN = "Nog niet ingevuld."
ALLEEN_DIT = (
    "In deze rapportage horen alleen activiteiten, aanwezigheid, afspraken, mogelijkheden in werk zoals die zijn "
    "doorgegeven, en planning. Medische gegevens horen er niet in."
)
AANWEZIG = {"ja": "Ja", "afgezegd": "Afgezegd", "niet-verschenen": "Niet verschenen"}


def over(periode: Periode) -> str:
    """'5 januari 2026 tot en met 16 maart 2026'."""
    return f"{datum_text(periode.van)} tot en met {datum_text(periode.tot)}"


def running(verzonnen: bool) -> str:
    """The line on top of every page: of a demonstration that it is one, else nothing."""
    return VERZONNEN if verzonnen else ""


def plain(value: Any) -> Any:
    """A value of the domain as plain values for JSON: tuples with names become objects, days text."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def werkgever_document(verslag: Werkgeververslag) -> Document:
    """What the employer reads, from the white list alone."""
    onder = f"Voor de werkgever. Cliënt {verslag.code}, {over(verslag.periode)}."
    return Document("Rapportage tweede spoor", onder, tuple(_blokken(verslag)), lopend=running(verslag.verzonnen))


def _blokken(verslag: Werkgeververslag) -> Iterator[Blok]:
    yield Kop("Activiteiten en aanwezigheid")
    talks = tuple((datum_text(g.datum), AANWEZIG.get(g.aanwezig or "", ""), g.gedaan or "") for g in verslag.gesprekken)
    yield Tabel(("Dag", "Aanwezig", "Wat er is gedaan"), talks, (5, 4, 12)) if talks else Alinea(GEEN_GESPREKKEN)
    yield Kop("Afspraken")
    agreed = tuple((a.wat, a.wie or "", day_in_words(a.wanneer) or "", datum_text(a.datum)) for a in verslag.afspraken)
    columns = ("Wat", "Wie", "Wanneer", "Afgesproken op")
    yield Tabel(columns, agreed, (7, 4, 4, 5)) if agreed else Alinea(GEEN_AFSPRAKEN)
    if agreed:
        yield Alinea(HOE_HET_AFLIEP, "klein")
    yield Kop("Mogelijkheden in werk, zoals doorgegeven")
    yield Lijst(verslag.mogelijkheden) if verslag.mogelijkheden else Alinea(GEEN_MOGELIJKHEDEN)
    yield Kop("Planning")
    yield Tabel(("Wat", "Dag"), tuple(_planning(verslag)), (2, 3))
    yield Alinea(f"Gemaakt op {datum_text(verslag.gemaakt)}. {ALLEEN_DIT}", "klein")


def _planning(verslag: Werkgeververslag) -> Iterator[tuple[str, str]]:
    if verslag.begin:
        yield "Begin van het traject", datum_text(verslag.begin)
    if verslag.einde:
        yield "Einde van het traject", datum_text(verslag.einde)
        return
    planned = verslag.volgend_gesprek
    yield "Volgend gesprek", datum_text(planned) if planned else "nog niet gepland"
    if verslag.volgende_rapportage:
        yield "Volgende rapportage", datum_text(verslag.volgende_rapportage)

"""What all verslagen share, and the rapportage for the employer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from regiekit.render.document import Alinea, Document, Kop, Lijst, Tabel
from regiekit.render.plan import dutch_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.clientdossier import Punt
    from regiekit.domain.verslag import Opgevolgd, Periode, Werkgeververslag

    Blok = Kop | Alinea | Lijst | Tabel

VERZONNEN = "VERZONNEN: alles in dit stuk is bedacht, om te oefenen."
GEEN_GESPREKKEN = "In deze periode staan nog geen gesprekken."
GEEN_AFSPRAKEN = "In deze periode staan nog geen afspraken."
GEEN_MOGELIJKHEDEN = "Nog niet ingevuld."
ALLEEN_DIT = (
    "In deze rapportage horen alleen activiteiten, aanwezigheid, afspraken, mogelijkheden in werk zoals die zijn "
    "doorgegeven, en planning. Medische gegevens horen er niet in."
)
AANWEZIG = {"ja": "Ja", "afgezegd": "Afgezegd", "niet-verschenen": "Niet verschenen"}


def over(periode: Periode) -> str:
    """'5 januari 2026 tot en met 16 maart 2026'."""
    return f"{dutch_date(periode.van)} tot en met {dutch_date(periode.tot)}"


def running(verzonnen: bool) -> str:
    """The line on top of every page: of a demonstration that it is one, else nothing."""
    return VERZONNEN if verzonnen else ""


def with_day(punt: Opgevolgd | Punt) -> str:
    """Who does it and when; the day of an inoculatie is a date, that of an afspraak stands as it was said."""
    is_day = punt.soort == "inoculatie" and punt.wanneer
    wanneer = dutch_date(date.fromisoformat(punt.wanneer)) if is_day and punt.wanneer else punt.wanneer
    return ", ".join(filter(None, (punt.wie, wanneer)))


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
    talks = tuple((dutch_date(g.datum), AANWEZIG[g.aanwezig], g.gedaan or "") for g in verslag.gesprekken)
    yield Tabel(("Dag", "Aanwezig", "Wat er is gedaan"), talks, (4, 3, 11)) if talks else Alinea(GEEN_GESPREKKEN)
    yield Kop("Afspraken")
    agreed = tuple((a.wat, a.wie or "", a.wanneer or "", dutch_date(a.datum)) for a in verslag.afspraken)
    columns = ("Wat", "Wie", "Wanneer", "Afgesproken op")
    yield Tabel(columns, agreed, (7, 4, 4, 4)) if agreed else Alinea(GEEN_AFSPRAKEN)
    yield Kop("Mogelijkheden in werk, zoals doorgegeven")
    yield Lijst(verslag.mogelijkheden) if verslag.mogelijkheden else Alinea(GEEN_MOGELIJKHEDEN)
    yield Kop("Planning")
    yield Tabel(("Wat", "Dag"), tuple(_planning(verslag)), (2, 3))
    yield Alinea(f"Gemaakt op {dutch_date(verslag.gemaakt)}. {ALLEEN_DIT}", "klein")


def _planning(verslag: Werkgeververslag) -> Iterator[tuple[str, str]]:
    yield "Begin van het traject", dutch_date(verslag.begin)
    if verslag.einde:
        yield "Einde van het traject", dutch_date(verslag.einde)
        return
    planned = verslag.volgend_gesprek
    yield "Volgend gesprek", dutch_date(planned) if planned else "nog niet gepland"
    if verslag.volgende_rapportage:
        yield "Volgende rapportage", dutch_date(verslag.volgende_rapportage)

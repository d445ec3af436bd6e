"""The first page of a group report: what a coach has to know, on one page and in plain words."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from regiekit.domain.getal import short
from regiekit.domain.groepscijfers import MINSTENS
from regiekit.render.document import Alinea, Kop, Lijst, Tabel
from regiekit.render.groepwoorden import (
    STER,
    WAT_KLEIN_IS,
    as_sentence,
    has_moments,
    interval,
    is_small,
    mensen,
    people,
    per_schaal,
    plain,
    signed,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.groepscijfers import Groepscijfers, Momentcijfers, Schaalcijfers, Verandering

    Blok = Kop | Alinea | Lijst | Tabel

MAX_SCHALEN, MAX_NAAM = 5, 34  # schalen in a table of this page, and characters of a name
MAX_MOMENTEN = 3
DELEN = ("laag", "midden", "hoog")  # thirds of a schaal
WAT_NIET = (
    "Niet dat de coaching dit deed. Er is geen groep zonder coaching om naast te leggen.",
    "Niet of een mens, een coach of een team het goed doet.",
    "Niet of een score goed is. De lijst is niet gevalideerd en heeft geen normen.",
    "Niets over wie niet meedeed of eerder stopte.",
)
WAT_WEL = (
    "Bespreek in je team wat je herkent en wat je verrast.",
    "Lees verderop de vragen van een schaal. Welke antwoorden vallen op?",
    "Vraag cliënten of zij dit herkennen, en wat er achter zit.",
    "Wil je iets weten over één cliënt? Kijk dan alleen naar diens eigen antwoorden.",
)
EEN_MOMENT = "Dat is niet te zeggen. Daarvoor moeten mensen de lijst op twee momenten invullen."
GEEN_CODES = "Dat is niet te zeggen. De rijen hebben geen code, dus niemand is met zichzelf te vergelijken."


def make_blad(cijfers: Groepscijfers) -> Iterator[Blok]:
    """Who filled in, what the schalen say, what changed, what it does not say, and what to do with it."""
    yield Kop("Voor coaches: wie vulden de lijst in?")
    yield Alinea(_who(cijfers))
    yield Kop("Wat zeggen de schalen over de groep?")
    yield from _schalen(cijfers.momenten)
    yield Kop("Wat veranderde er, en hoe zeker is dat?")
    yield from _changes(cijfers)
    yield Kop("Wat zegt dit niet?")
    yield Lijst(WAT_NIET)
    yield Kop("Wat kun je ermee?")
    yield Lijst(WAT_WEL)


def _who(cijfers: Groepscijfers) -> str:
    momenten = cijfers.momenten
    if has_moments(momenten):
        told = ", ".join(f"{mensen(m.mensen)} bij {m.naam.lower()}" for m in momenten)
        sentences = [f"Er zijn antwoorden van {told}."]
    else:
        sentences = [f"Er zijn antwoorden van {mensen(m.mensen)}." for m in momenten]
    if cijfers.rijen.geweigerd:
        sentences.append(f"Geweigerde rijen: {whole(cijfers.rijen.geweigerd)}. Die tellen niet mee.")
    if any(is_small(m.mensen) for m in momenten):
        sentences.append(WAT_KLEIN_IS)
    return " ".join(sentences)


# Schalen ------------------------------------------------------------------------------------------------------------


def _schalen(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    shown = momenten if len(momenten) <= MAX_MOMENTEN else (momenten[0], momenten[-1])
    by_schaal: dict[str, list[Schaalcijfers]] = {}
    for _, schaal in per_schaal(shown):
        by_schaal.setdefault(schaal.id, []).append(schaal)
    columns = [m.naam for m in shown] if has_moments(momenten) else ["Gemiddelde"]
    rows = tuple(
        (_schaal_name(schalen[0]), *(_mean(m, schalen[0].id) for m in shown))
        for schalen in list(by_schaal.values())[:MAX_SCHALEN]
    )
    yield Alinea("Dit zijn gemiddelden. Laag, midden en hoog zijn elk een derde van de schaal. Het zijn geen normen.")
    yield Tabel(("Schaal", *columns), rows, (6, *([4] * len(columns))), rijkop=True)
    yield from _others(len(by_schaal))


def _others(schalen: int) -> Iterator[Blok]:
    if schalen > MAX_SCHALEN:
        yield Alinea(f"Hier staan {MAX_SCHALEN} van de {schalen} schalen. De andere staan verderop.", "klein")


def _schaal_name(schaal: Schaalcijfers) -> str:
    against = ", hoger is ongunstig" if schaal.richting == "hoger-is-ongunstig" else ""
    return f"{shorten(schaal.naam, MAX_NAAM, placeholder='…')} ({short(schaal.bodem)} tot {short(schaal.top)}{against})"


def _mean(moment: Momentcijfers, schaal_id: str) -> str:
    """'3,4: midden'; of few people only its ends, and where those lie."""
    schaal = next((s for s in moment.schalen if s.id == schaal_id), None)
    if schaal is None or schaal.gemiddelde.waarde is None:
        return "te weinig mensen" if schaal and schaal.met_score != 0 else "geen scores"
    mean = schaal.gemiddelde
    known = [value for value in (mean.onder, mean.waarde, mean.boven) if value is not None]
    thirds = list(dict.fromkeys(_third(value, schaal) for value in (min(known), max(known))))
    value = interval(mean) if is_small(schaal.met_score) and interval(mean) else plain(mean.waarde or 0)
    return f"{value}: {' tot '.join(thirds)}"


def _third(value: float, schaal: Schaalcijfers) -> str:
    share = (value - schaal.bodem) / (schaal.top - schaal.bodem)
    return DELEN[min(max(int(share * 3), 0), 2)]


# Change -------------------------------------------------------------------------------------------------------------


def _changes(cijfers: Groepscijfers) -> Iterator[Blok]:
    if not cijfers.veranderingen:
        yield Alinea(EEN_MOMENT if cijfers.met_code else GEEN_CODES)
        return
    first = cijfers.veranderingen[0]
    found = [v for v in cijfers.veranderingen if (v.van, v.naar) == (first.van, first.naar)]
    namen = {m.id: m.naam.lower() for m in cijfers.momenten}
    reasons = {v.verschil.reden for v in found}
    if None not in reasons:
        yield Alinea(" ".join(as_sentence(reason) for reason in sorted(filter(None, reasons))))
        return
    yield Alinea(f"Van {namen[first.van]} naar {namen[first.naar]}, van mensen die beide keren meededen.")
    rows = tuple(_change_row(v) for v in found[:MAX_SCHALEN])
    columns = ("Schaal", "Gemiddeld", "Hoe zeker? (95 %)", "Per mens: hoger, gelijk, lager")
    yield Tabel(columns, rows, (5, 5, 4, 4), rijkop=True)
    if any(STER in row[3] for row in rows):
        yield Alinea(f"{STER} Minder dan {MINSTENS} mensen, of daaruit af te leiden.", "klein")
    yield from _others(len(found))


def _change_row(v: Verandering) -> tuple[str, str, str, str]:
    name = shorten(v.naam, MAX_NAAM, placeholder="…")
    if v.verschil.waarde is None:
        return name, "te weinig mensen" if v.n is None or v.n < MINSTENS else "niet te zeggen", "", ""
    per_mens = f"{people(v.hoger)}, {people(v.geen)}, {people(v.lager)}" if v.grens.waarde is not None else "onbekend"
    sure = interval(v.verschil, sign=True) or "onbekend"
    return name, _direction(v), sure, per_mens


def _direction(v: Verandering) -> str:
    low, high = v.verschil.onder, v.verschil.boven
    way = "hoger" if low is not None and low > 0 else "lager" if high is not None and high < 0 else ""
    value = "" if is_small(v.n) and low is not None else signed(v.verschil.waarde or 0)
    words = way or ("kan toeval zijn" if low is not None else "")
    return ": ".join(filter(None, (value, words)))

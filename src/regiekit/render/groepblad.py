"""The first page of a group report: what a coach has to know, on one page and in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.domain.getal import short
from regiekit.domain.groepscijfers import MINSTENS
from regiekit.render.document import Alinea, Kop, Lijst, Tabel
from regiekit.render.groepwoorden import (
    GEEN,
    HOGER,
    LAGER,
    VERBORGEN,
    WAT_KLEIN_IS,
    as_sentence,
    has_moments,
    interval,
    is_small,
    mensen,
    people_words,
    per_schaal,
    plain,
    short_names,
    signed,
    way_of,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.groepscijfers import Groepscijfers, Momentcijfers, Schaalcijfers, Verandering

    Blok = Kop | Alinea | Lijst | Tabel

MAX_SCHALEN, MAX_NAAM, MAX_MOMENT = 5, 34, 24  # schalen in a table of this page, and characters of a name
MAX_MOMENTEN = 3
DELEN = ("laag", "midden", "hoog")  # thirds of a schaal
ONGUNSTIG = "hoger-is-ongunstig"
WAT_NIET = (
    "Niet dat de coaching dit deed. Er is geen groep zonder coaching om naast te leggen.",
    "Niet of een mens, een coach of een team het goed doet.",
    "Niet of een score goed is. De lijst is niet gevalideerd en heeft geen normen.",
    "Niets over wie niet meedeed of eerder stopte.",
)
WAT_WEL = (
    "Bespreek in je team wat je herkent en wat je verrast.",
    "Lees verder over de schalen. Wat valt op?",
    "Vraag cliënten of zij dit herkennen, en wat er achter zit.",
    "Wil je iets weten over één cliënt? Kijk dan alleen naar diens eigen antwoorden.",
)
EEN_MOMENT = "Dat is niet te zeggen. Daarvoor moeten mensen de lijst op twee momenten invullen."
WAT_VERBORGEN_IS = f"{VERBORGEN.capitalize()}: minder dan {MINSTENS} mensen, of zo'n aantal is eruit af te leiden."
PER_MENS_VERBORGEN = (
    f"Hoeveel mensen duidelijk veranderden, staat hier niet. Het zijn er minder dan {MINSTENS}, of dat is af te leiden."
)
PER_MENS_ONBEKEND = "Hoeveel mensen duidelijk veranderden, is niet te zeggen."
WAT_DUIDELIJK_IS = "Duidelijk hoger of lager: bij die mensen is het verschil groter dan een meetfout."
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
        sentences = [f"Deze cijfers gaan over hoogstens {told}."]
    else:
        sentences = [f"Deze cijfers gaan over hoogstens {mensen(m.mensen)}." for m in momenten]
    if any(note.code == "weggelaten" for note in cijfers.opmerkingen):
        sentences.append("Niet iedereen telt mee: zie de opmerkingen achterin.")
    if cijfers.rijen and cijfers.rijen.geweigerd:
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
    titles = short_names([m.naam for m in shown], MAX_MOMENT)
    columns = [titles[m.naam] for m in shown] if has_moments(momenten) else ["Gemiddelde"]
    names = short_names([schalen[0].naam for schalen in by_schaal.values()], MAX_NAAM)
    rows = tuple(
        (f"{names[schalen[0].naam]} ({_ends(schalen[0])})", *(_mean(m, schalen[0].id) for m in shown))
        for schalen in list(by_schaal.values())[:MAX_SCHALEN]
    )
    yield Alinea("Dit zijn gemiddelden. Laag, midden en hoog zijn elk een derde van de schaal. Het zijn geen normen.")
    yield Tabel(("Schaal", *columns), rows, (6, *([4] * len(columns))), rijkop=True)
    if len(by_schaal) > MAX_SCHALEN:
        yield Alinea(
            f"Op dit blad staan de eerste {MAX_SCHALEN} van {len(by_schaal)} schalen van de lijst. De andere staan "
            "verderop.", "klein",
        )  # fmt: skip


def _ends(schaal: Schaalcijfers) -> str:
    against = "; lager is gewenst" if schaal.richting == ONGUNSTIG else ""
    return f"{short(schaal.bodem)} tot {short(schaal.top)}{against}"


def _mean(moment: Momentcijfers, schaal_id: str) -> str:
    """'3,4: midden'; of few people only its ends, and where those lie."""
    schaal = next((s for s in moment.schalen if s.id == schaal_id), None)
    if schaal is None or schaal.gemiddelde.waarde is None:
        return "te weinig mensen"
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
    yield Alinea(f"Van {namen[first.van]} naar {namen[first.naar]}. n is het aantal mensen met beide metingen.")
    yield from _change_table(found)


def _change_table(found: Sequence[Verandering]) -> Iterator[Blok]:
    """A row a schaal; how many people changed clearly only where one of these numbers may be shown."""
    known = [v for v in found if v.grens.waarde is not None]
    shown = any(n is not None for v in known for n in (v.hoger, v.geen, v.lager))
    titles = (HOGER, GEEN, LAGER) if shown else ()
    columns = ("Schaal", "n", "Gemiddeld (95 %)", *(title.capitalize() for title in titles))
    names = short_names([v.naam for v in found], MAX_NAAM)
    rows = tuple((*_change_row(v, names[v.naam]), *(_per_mens(v) if shown else ())) for v in found[:MAX_SCHALEN])
    yield Tabel(columns, rows, (6, 2, 8, *([5] * len(titles))), rijkop=True)
    notes = [WAT_DUIDELIJK_IS] if shown else [PER_MENS_VERBORGEN if known else PER_MENS_ONBEKEND]
    notes += [WAT_VERBORGEN_IS] * any(VERBORGEN in row[3:] or VERBORGEN in row[1] for row in rows)
    yield Alinea(" ".join(notes), "klein")


def _change_row(v: Verandering, naam: str) -> tuple[str, str, str]:
    name = f"{naam} (lager is gewenst)" if v.richting == ONGUNSTIG else naam
    if v.verschil.waarde is None:
        return name, people_words(v.n), "te weinig mensen" if v.n is None or v.n < MINSTENS else "niet te zeggen"
    ends = interval(v.verschil, sign=True)
    value = ends if is_small(v.n) else f"{signed(v.verschil.waarde)} ({ends})" if ends else signed(v.verschil.waarde)
    return name, people_words(v.n), f"{value}\n{way_of(v)}".strip() or "niet te zeggen"


def _per_mens(v: Verandering) -> tuple[str, ...]:
    if v.grens.waarde is None:
        return ("onbekend",) * 3
    return tuple(people_words(n) for n in (v.hoger, v.geen, v.lager))

"""The verloop of one client on the terminal, as JSON, and as a document with pictures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from regiekit.domain.dagen import datum_text
from regiekit.domain.verloop import NAAST_ELKAAR, NIET_GEVALIDEERD
from regiekit.render.dagen import short_day
from regiekit.render.document import Alinea, Document, Kop, Lijst, Tabel
from regiekit.render.parts import Drawn, bullet, heading, paragraph, read_rows
from regiekit.render.uitslag import band_notes, difference_words, direction_of, scale_bar, score_number

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

    from regiekit.domain.uitslag import Schaaluitslag
    from regiekit.domain.verloop import Gesprekmoment, Meting, Reeks, Schaallijn, Segment, Verloop
    from regiekit.render.document import Beeld

    Blok = Kop | Alinea | Lijst | Tabel | Beeld

SPARK = "▁▂▃▄▅▆▇"
GEEN_SCORE, BREUK = "·", "|"
EERSTE_LAATSTE = "Alleen de eerste en de laatste meting krijgen een conclusie."
VUISTREGEL = f"'Duidelijk' is een vuistregel van regiekit; vanaf hoeveel staat achter elke schaal. {EERSTE_LAATSTE}"
NIETS = "Er is nog geen vragenlijst ingevuld. Voeg er een toe met 'regiekit dossier afname'."
GEEN_GESPREK = {"afgezegd": "afgezegd", "niet-verschenen": "niet verschenen"}
IN_EEN_BEELD = 4  # schalen: more of them would not fit on a page


# Words --------------------------------------------------------------------------------------------------------------


def title_of(verloop: Verloop) -> str:
    """'Verloop van R-014'."""
    return f"Verloop van {verloop.client}" if verloop.client else "Verloop van één cliënt, zonder code"


def made_up(verloop: Verloop) -> str:
    """What a demonstration says on every page, nothing for another dossier."""
    if not verloop.verzonnen:
        return ""
    from regiekit.domain.clientdossier import VERZONNEN

    return VERZONNEN


def period_of(verloop: Verloop) -> str:
    """The days between which everything lies, and how many metingen."""
    count = sum(len(r.metingen) for r in verloop.reeksen)
    metingen = "1 meting" if count == 1 else f"{count} metingen"
    days = verloop.dagen
    if not days:
        return metingen
    if days[0] == days[-1]:
        return f"{datum_text(days[0])}, {metingen}"
    return f"Van {datum_text(days[0])} tot en met {datum_text(days[-1])}, {metingen}"


def moment_of(meting: Meting, place: int) -> str:
    """'start, 2 maart 2026'; without both, its place in the row."""
    known = (meting.naam, meting.datum and datum_text(meting.datum))
    return ", ".join(k for k in known if k) or f"meting {place}"


def moments_of(reeks: Reeks) -> list[str]:
    """How each meting of a row is called."""
    return [moment_of(meting, place) for place, meting in enumerate(reeks.metingen, 1)]


def score_of(uitslag: Schaaluitslag) -> str:
    """'2,4'; '6' for a single vraag; 'geen score'."""
    if uitslag.score is None:
        return "geen score"
    return score_number(uitslag.score, uitslag.regel, uitslag.van)


def answered_of(uitslag: Schaaluitslag) -> str:
    """'4 van 5 vragen'."""
    return f"{uitslag.beantwoord} van {uitslag.van} {'vraag' if uitslag.van == 1 else 'vragen'}"


def conclusion_of(segment: Segment, lijn: Schaallijn) -> str:
    """The conclusion of one schaal in one segment with its band, or why there is none."""
    if lijn.verschil is None:
        return f"{segment.te_weinig}."
    return difference_words(lijn.verschil)


def schalen_of(reeks: Reeks) -> list[str]:
    """The ids of all schalen of a row, whatever the versie, in order."""
    return list(dict.fromkeys(lijn.id for s in reeks.segmenten for lijn in s.schalen))


def versions_of(reeks: Reeks) -> str:
    """'versie 1, hash …' of each segment."""
    return "; ".join(f"versie {s.versie}, hash {s.hash}" for s in reeks.segmenten)


def lijnen_of(reeks: Reeks, schaal: str) -> list[tuple[Segment, Schaallijn | None]]:
    """One schaal in each segment; None where that versie does not have it."""
    return [(s, next((lijn for lijn in s.schalen if lijn.id == schaal), None)) for s in reeks.segmenten]


def talk_words(talk: Gesprekmoment) -> str:
    """'gesprek: Vragen, sturing gedeeld', or that it did not take place."""
    if not talk.ging_door:
        return f"gesprek ging niet door ({GEEN_GESPREK[talk.aanwezig]})"
    parts = [", ".join(talk.technieken), f"sturing {talk.sturing}" if talk.sturing else ""]
    told = "; ".join(part for part in parts if part)
    return f"gesprek: {told}" if told else "gesprek"


def events_of(verloop: Verloop) -> list[tuple[str, str]]:
    """What stands under the time line, in order of day: talks, besluiten, the end, and the metingen between them."""
    found = [(t.datum, 0, talk_words(t)) for t in verloop.gesprekken]
    found += [(b.datum, 2, f"besluit van de coach: regie {b.niveau}") for b in verloop.besluiten]
    found += [(verloop.sluiting, 3, "einde van het traject")] if verloop.sluiting else []
    if not found:
        return []
    found += [
        (m.datum, 1, f"meting{f' {m.naam}' if m.naam else ''}: {r.naam}")
        for r in verloop.reeksen for m in r.metingen if m.datum
    ]  # fmt: skip
    return [(datum_text(day), words) for day, _, words in sorted(found, key=lambda e: e[:2])]


def notes_of_reeks(reeks: Reeks) -> list[str]:
    """What has to be said of a row, and of single metingen in it."""
    moments = moments_of(reeks)
    single = [f"{moments[n]}: {o.tekst}" for n, m in enumerate(reeks.metingen) for o in m.opmerkingen]
    return [*(o.tekst for o in reeks.opmerkingen), *single]


def source_notes(reeksen: Sequence[Reeks], schalen: Container[str] | None = None) -> list[str]:
    """Where the bands of these schalen (None: of all) come from, when a referentiebestand was given."""
    lijnen = (lijn for r in reeksen for s in r.segmenten for lijn in s.schalen)
    notes = band_notes(lijn.verschil for lijn in lijnen if lijn.verschil and (schalen is None or lijn.id in schalen))
    return [*notes, EERSTE_LAATSTE] if notes else []


def is_compared(reeksen: Sequence[Reeks]) -> bool:
    """Whether anything is compared: only then is it said how."""
    return any(s.te_weinig is None for r in reeksen for s in r.segmenten)


# Terminal -----------------------------------------------------------------------------------------------------------


def render_verloop(verloop: Verloop) -> list[RenderableType]:
    """Every row with its schalen, then what happened between them, then what the numbers are not."""
    parts: list[RenderableType] = [paragraph(title_of(verloop), style="bold"), paragraph(period_of(verloop))]
    if verloop.verzonnen:
        parts.append(paragraph(made_up(verloop), style="bold"))
    for reeks in verloop.reeksen:
        parts += _render_reeks(reeks)
    if not verloop.reeksen:
        parts += [paragraph(""), paragraph(NIETS)]
    events = events_of(verloop)
    if events:
        parts += [heading("Gesprekken en besluiten"), *(bullet(f"{day}: {words}") for day, words in events)]
    parts.append(paragraph(""))
    parts += [bullet(text, mark="!", indent=1) for text in _last_words(verloop, bool(events))]
    return parts


def _last_words(verloop: Verloop, events: bool) -> Iterator[str]:
    if verloop.reeksen:
        yield NIET_GEVALIDEERD
    if is_compared(verloop.reeksen):
        yield from source_notes(verloop.reeksen) or [VUISTREGEL]
    if events and verloop.reeksen:
        yield NAAST_ELKAAR


def _render_reeks(reeks: Reeks) -> Iterator[RenderableType]:
    yield heading(reeks.naam)
    for segment in reeks.segmenten:
        if segment.breuk:
            yield paragraph(f"Versie {segment.versie}: {segment.breuk}.", 2)
        yield paragraph(f"{reeks.vragenlijst}, versie {segment.versie}, hash {segment.hash}", 2, "dim")
    for schaal in schalen_of(reeks):
        yield from _render_schaal(reeks, schaal)
    notes = notes_of_reeks(reeks)
    if notes:
        yield paragraph("")
    yield from (bullet(text, mark="!", indent=1) for text in notes)


def _render_schaal(reeks: Reeks, schaal: str) -> Iterator[RenderableType]:
    """A line with name and sparkline, its direction, a row a meting, and the conclusion of each segment."""
    lijnen = lijnen_of(reeks, schaal)
    known = [lijn for _, lijn in lijnen if lijn]
    yield paragraph("")
    yield _Headed(known[-1].naam, sparkline(reeks, schaal))
    yield paragraph(direction_of(known[-1]), 2)
    moments, place = moments_of(reeks), 0
    for segment, lijn in lijnen:
        named = moments[place : place + len(segment.metingen)]
        place += len(segment.metingen)
        if segment.breuk:
            yield paragraph(f"--- {segment.breuk} ---", 2)
        if lijn is None:
            yield paragraph(f"versie {segment.versie} heeft deze schaal niet", 2)
            continue
        yield from _rows(lijn, named)
        yield paragraph(as_sentence(conclusion_of(segment, lijn)), 2, "bold" if lijn.verschil else "")


def as_sentence(text: str) -> str:
    """With a capital: 'Eén meting', as Dutch writes it."""
    return f"Eé{text[2:]}" if text.startswith("éé") else text[:1].upper() + text[1:]


class _Headed(Drawn):
    """A name and its sparkline, alone where the terminal has no such characters: they would say something else."""

    def __init__(self, naam: str, spark: str) -> None:
        self.naam, self.spark = naam, spark

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        try:
            self.spark.encode(options.encoding)
        except UnicodeEncodeError:
            yield paragraph(self.naam, style="bold")
        else:
            yield paragraph(f"{self.naam}  {self.spark}", style="bold")

    def aloud(self) -> Iterator[RenderableType]:
        yield paragraph(self.naam, style="bold")


def _rows(lijn: Schaallijn, moments: Sequence[str]) -> Iterator[RenderableType]:
    """A row a meting: score, bar and how many answered; below them, why there is no score."""
    yield _Columns([
        (when, score_of(u), "" if u.score is None else scale_bar(u), answered_of(u))
        for when, u in zip(moments, lijn.uitslagen, strict=True)
    ])  # fmt: skip
    for when, uitslag in zip(moments, lijn.uitslagen, strict=True):
        if uitslag.reden:
            yield paragraph(f"Geen score ({when}): {uitslag.reden}.", 2)


class _Columns(Drawn):
    """When, score, bar and answered side by side where that fits in one line, else below each other."""

    def __init__(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        when, score, bar, answered = (max(map(cell_len, column)) for column in zip(*self.rows, strict=True))
        fits = 2 + when + score + bar + answered + 3 * 2 <= options.max_width
        for row in self.rows:
            if fits:
                cells = set_cell_size(row[0], when), row[1].rjust(score), row[2].ljust(bar), row[3]
                yield Text(f"  {'  '.join(cells)}", no_wrap=True)
            else:
                yield bullet(row[0])
                yield paragraph(f"{row[1]}  {row[2]}".rstrip(), 4)
                yield paragraph(row[3], 4)

    def aloud(self) -> Iterator[RenderableType]:
        yield from read_rows(("Meting", "Score", "", "Beantwoord"), self.rows)


def sparkline(reeks: Reeks, schaal: str) -> str:
    """A block a meting, low to high within the ends of the schaal; a dot without score, a bar between versions."""
    marks = []
    for segment, lijn in lijnen_of(reeks, schaal):
        if segment.breuk:
            marks.append(BREUK)
        marks += [_mark(u) for u in lijn.uitslagen] if lijn else [GEEN_SCORE] * len(segment.metingen)
    return "".join(marks)


def _mark(uitslag: Schaaluitslag) -> str:
    if uitslag.score is None:
        return GEEN_SCORE
    part = (uitslag.score - uitslag.bodem) / (uitslag.top - uitslag.bodem)
    return SPARK[round(part * (len(SPARK) - 1))]


# JSON ---------------------------------------------------------------------------------------------------------------


def json_verloop(verloop: Verloop) -> dict[str, Any]:
    """`verloop --json`."""
    return {
        "client": verloop.client,
        "verzonnen": verloop.verzonnen,
        "reeksen": [_json_reeks(r) for r in verloop.reeksen],
        "gesprekken": [
            {"datum": t.datum.isoformat(), "technieken": list(t.ids), "sturing": t.sturing,
             "aanwezig": t.aanwezig} for t in verloop.gesprekken
        ],
        "besluiten": [{"datum": b.datum.isoformat(), "niveau": b.niveau} for b in verloop.besluiten],
        "sluiting": verloop.sluiting.isoformat() if verloop.sluiting else None,
        "opmerkingen": list(_last_words(verloop, bool(verloop.gesprekken or verloop.besluiten or verloop.sluiting))),
    }  # fmt: skip


def _json_reeks(reeks: Reeks) -> dict[str, Any]:
    return {
        "vragenlijst": reeks.vragenlijst,
        "naam": reeks.naam,
        "segmenten": [_json_segment(s) for s in reeks.segmenten],
        "opmerkingen": [o._asdict() for o in reeks.opmerkingen],
    }


def _json_segment(segment: Segment) -> dict[str, Any]:
    return {
        "versie": segment.versie,
        "hash": segment.hash,
        "breuk": segment.breuk,
        "te_weinig": segment.te_weinig,
        "metingen": [
            {"datum": m.datum.isoformat() if m.datum else None, "meetmoment": m.meetmoment,
             "opmerkingen": [o._asdict() for o in m.opmerkingen]} for m in segment.metingen
        ],
        "schalen": [_json_schaal(lijn) for lijn in segment.schalen],
    }  # fmt: skip


def _json_schaal(lijn: Schaallijn) -> dict[str, Any]:
    from regiekit.render.as_json import json_verschil  # not for the screen

    scores = [
        {"score": u.score, "beantwoord": u.beantwoord, "van": u.van, "minimaal": u.minimaal, "reden": u.reden}
        for u in lijn.uitslagen
    ]
    return {
        "id": lijn.id, "naam": lijn.naam, "richting": lijn.richting, "betekenis": direction_of(lijn),
        "bodem": lijn.bodem, "top": lijn.top, "regel": lijn.uitslagen[0].regel, "scores": scores,
        "vergelijking": json_verschil(lijn.verschil) if lijn.verschil else None,
    }  # fmt: skip


# Document -----------------------------------------------------------------------------------------------------------


def make_document(verloop: Verloop, *, beelden: bool = True) -> Document:
    """The verloop to print or keep; plain text has the same numbers in its tables and goes without `beelden`."""
    blokken = tuple(verloop_blokken(verloop, beelden=beelden))
    return Document(title_of(verloop), f"{period_of(verloop)}.", blokken, lopend=made_up(verloop))


def verloop_blokken(verloop: Verloop, *, beelden: bool = True) -> Iterator[Blok]:
    """The blocks of a verloop, also for within another document: each row with its picture, its numbers and its
    conclusions; then the talks and besluiten; then what the numbers are not."""
    for reeks in verloop.reeksen:
        yield from _reeks_blokken(verloop, reeks, beelden)
    if not verloop.reeksen:
        yield Alinea(NIETS)
    events = events_of(verloop)
    if events:
        yield Kop("Gesprekken en besluiten")
        yield Tabel(("Dag", "Wat"), tuple(events), (1, 3))
    yield from (Alinea(text, "klein") for text in _last_words(verloop, bool(events)))


def beelden_of(verloop: Verloop, reeks: Reeks) -> Iterator[Beeld]:
    """The pictures of one row: as many as its schalen need to fit on a page."""
    from regiekit.render.verloop_svg import make_beeld

    schalen = schalen_of(reeks)
    for start in range(0, len(schalen), IN_EEN_BEELD):
        yield make_beeld(verloop, [(reeks, schalen[start : start + IN_EEN_BEELD])])


def _reeks_blokken(verloop: Verloop, reeks: Reeks, beelden: bool) -> Iterator[Blok]:
    yield Kop(reeks.naam)
    if beelden:
        yield from beelden_of(verloop, reeks)
    schalen = schalen_of(reeks)
    for start in range(0, len(schalen), IN_EEN_BEELD):
        yield _table(reeks, schalen[start : start + IN_EEN_BEELD])
    yield Lijst(tuple(line for schaal in schalen for line in _conclusions(reeks, schaal)))
    yield Alinea(f"Vragenlijst {reeks.vragenlijst}: {versions_of(reeks)}.", "klein")
    yield from (Alinea(text, "klein") for text in notes_of_reeks(reeks))


def _table(reeks: Reeks, schalen: Sequence[str]) -> Tabel:
    """A row a meting, a column a schaal; a row of its own where the versie changes."""
    names = {lijn.id: lijn.naam for s in reeks.segmenten for lijn in s.schalen}
    rows: list[tuple[str, ...]] = []
    place = 0
    for segment in reeks.segmenten:
        found = {lijn.id: lijn for lijn in segment.schalen}
        if segment.breuk:
            rows.append((f"Versie {segment.versie}: {segment.breuk}.", *("" for _ in schalen)))
        for n, meting in enumerate(segment.metingen, 1):
            cells = (_cell(found[s].uitslagen[n - 1]) if s in found else "niet in deze versie" for s in schalen)
            rows.append((_when(meting, place + n), *cells))
        place += len(segment.metingen)
    return Tabel(("Wanneer", *(names[s] for s in schalen)), tuple(rows), (1, *(1 for _ in schalen)))


def _when(meting: Meting, place: int) -> str:
    known = (meting.naam, meting.datum and short_day(meting.datum))
    return "\n".join(k for k in known if k) or f"meting {place}"


def _cell(uitslag: Schaaluitslag) -> str:
    return f"{score_of(uitslag)}\n{uitslag.reden or answered_of(uitslag)}"


def _conclusions(reeks: Reeks, schaal: str) -> Iterator[str]:
    for segment, lijn in lijnen_of(reeks, schaal):
        if lijn:
            versie = f", versie {segment.versie}" if len(reeks.segmenten) > 1 else ""
            yield f"{lijn.naam}{versie} ({direction_of(lijn)}): {conclusion_of(segment, lijn)}"

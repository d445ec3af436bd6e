"""The dossier on screen and as JSON: the list of clients, and everything of one client in order of day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.segment import Segment
from rich.text import Text

from regiekit.domain.aantekening import Afspraak
from regiekit.domain.clientdossier import (
    AL_GERAPPORTEERD,
    VERZONNEN,
    bewaren,
    is_rapportage_unknown,
    next_gesprek,
    number_of,
    open_punten,
    punten_in,
    rapportage_due,
)
from regiekit.domain.dossierlijst import unknown
from regiekit.render.dagen import day_of_moment, in_digits, punt_text, short_date
from regiekit.render.parts import Drawn, Said, bullet, heading, paragraph, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

    from regiekit.domain.aantekening import Aantekening
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.dossierlijst import LetOp, Rij
    from regiekit.domain.record import Record

LEEG = "leeg"
NAMEN = {"traject": "Traject", "verwijdering": "Weggehaald"}  # where the name of a soort is not enough
_UITKOMST = {"gedaan": "gedaan", "niet-gedaan": "niet gedaan", "vervallen": "vervallen"}
_LET_OP = {
    "rapportage": "Rapportage, nu of binnen een week",
    "rapportage-onbekend": AL_GERAPPORTEERD.format(code="CODE"),
    "gesprek-geweest": "Het gesprek is geweest, en staat er nog niet in",
    "geen-gesprek": "Nog geen datum voor een volgend gesprek",
    "wissen": "De bewaartermijn is voorbij; kijk of het dossier gewist kan worden",
}


# Words ----------------------------------------------------------------------------------------------------------------


def label_of(model: type[Record], veld: str) -> str:
    """What a person reads of a field: the begin of its docstring, 'De eerste dag van het traject'."""
    text = (model.model_fields[veld].description or veld).strip()
    step = ""
    if text.startswith("Stap "):
        step, _, text = text.partition(". ")
        step += ": "
    for end in (". ", "; ", ": "):
        text = text.partition(end)[0]
    return step + text.rstrip(".")


_KORT = {
    "client_doet": "De cliënt doet", "doel_spoor_2": "Doel van het tweede spoor", "van": "Over punt",
    "volgende": "Volgend gesprek", "rapportage_weken": "Weken tussen rapportages", "terug_op": "Erop terugkomen",
    "volgens_bronnen": "Wat de bronnen zeiden", "open": "In eigen woorden", "tot": "Bewaren tot en met",
    "training": "Met vragen over een training", "hash": "Kenmerk van de lijst",
}  # fmt: skip


def short_label(veld: str) -> str:
    """What a coach reads of a field on a screen: 'Doel', 'De cliënt doet'; `label_of` is for who reads it once."""
    return _KORT.get(veld, veld.replace("_", " ").capitalize())


def words_of(value: Any) -> str:
    """A value in words, on one line where it can be; '' for nothing."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Afspraak):
        return punt_text(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {answer_words(answer)}" for key, answer in value.items())
    if not isinstance(value, tuple):
        return str(value)
    words = [words_of(part) for part in value]
    return (" | " if any(" " in word for word in words) else ", ").join(words)


def answer_words(answer: Any) -> str:
    """An answer to a vraag; what was not answered says so."""
    return "niet beantwoord" if answer is None else str(answer)


def day_words(day: date, vandaag: date, past: str = "te laat") -> str:
    """'over 5 dagen', 'vandaag', '3 dagen te laat'."""
    days = (day - vandaag).days
    if days in (0, 1):
        return "morgen" if days else "vandaag"
    count = f"{abs(days)} {'dag' if days == -1 else 'dagen'}"
    return f"over {count}" if days > 0 else f"{count} {past}"


def naam_of(soort: str) -> str:
    """A soort of aantekening as a heading."""
    return NAMEN.get(soort, soort.capitalize())


class Verschil(NamedTuple):
    """One field before and after a correction, in words."""

    label: str
    oud: str
    nieuw: str


def find_verschillen(old: Aantekening, new: Aantekening) -> list[Verschil]:
    """What a correction changed: the day, and each field; of answers each one apart."""
    found = [Verschil("De dag", words_of(old.datum), words_of(new.datum))] if old.datum != new.datum else []
    model = type(new.inhoud)
    for veld in model.model_fields:
        before, after = getattr(old.inhoud, veld), getattr(new.inhoud, veld)
        if isinstance(after, dict) and before != after:
            found += _of_answers(before, after)
        elif before != after:
            found.append(Verschil(short_label(veld), words_of(before) or LEEG, words_of(after) or LEEG))
    return found


def _of_answers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Verschil]:
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield Verschil(key, answer_words(before.get(key)), answer_words(after.get(key)))


# One client -----------------------------------------------------------------------------------------------------------


TRAJECT_KORT = ("begin", "eerste_ziektedag", "eigen_doelen", "doel_spoor_2")


def render_kort(dossier: Clientdossier, vandaag: date) -> Iterator[RenderableType]:
    """What a coach wants to know before a talk: the traject, the last gesprek and besluit, when was measured, what is
    open; and how to see all of it."""
    yield from _top(dossier, vandaag)
    traject = dossier.last("traject")
    assert traject is not None
    yield _title(traject)
    for veld in TRAJECT_KORT:
        if value := getattr(traject.inhoud, veld):
            yield from _field(short_label(veld), value, veld, iter(()))
    for soort in ("gesprek", "besluit"):
        if held := dossier.of(soort):
            extra = f", het laatste van {len(held)}" if held[1:] else ""
            yield from _aantekening(dossier, held[-1], alles=False, extra=extra)
    metingen = dossier.of("afname")
    if metingen:
        yield heading("Ingevulde vragenlijsten")
    for a in metingen:
        beside = f", {a.inhoud.meetmoment}" if a.inhoud.meetmoment else ""
        yield _numbered(f"{short_date(a.datum)} {_shown(dossier, a, 'vragenlijst')}{beside}", str(a.nummer), "Nummer")
    yield from _open(dossier)
    yield paragraph("")
    held_now = [a for a in dossier.aantekeningen if a.vervangen_door is None]
    old = len(dossier.aantekeningen) - len(held_now)
    count = "1 aantekening" if len(held_now) == 1 else f"{len(held_now)} aantekeningen"
    count += f", verbeterd: {old}" if old else ""
    yield paragraph(f"Alles: regiekit dossier toon {dossier.code} --alles ({count})")
    yield _how_to_correct(dossier)


def render_dossier(
    dossier: Clientdossier, shown: Sequence[Aantekening], vandaag: date, alles: bool
) -> Iterator[RenderableType]:
    """These aantekeningen of one client in order of day, what is still open, and how to correct."""
    yield from _top(dossier, vandaag)
    for aantekening in shown:
        yield from _aantekening(dossier, aantekening, alles)
    yield from _open(dossier)
    yield paragraph("")
    hidden = sum(a.vervangen_door is not None for a in dossier.aantekeningen)
    if hidden and not alles:
        old = "1 oudere versie staat" if hidden == 1 else f"{hidden} oudere versies staan"
        yield paragraph(f"{old} hier niet bij; zie de oude waarden met --alles.")
    yield _how_to_correct(dossier)


def _top(dossier: Clientdossier, vandaag: date) -> Iterator[RenderableType]:
    """The code, and where the traject stands."""
    yield Text(dossier.code, "bold")
    if dossier.verzonnen:
        yield paragraph(VERZONNEN)
    yield from map(paragraph, _stand(dossier, vandaag))


def _open(dossier: Clientdossier) -> Iterator[RenderableType]:
    punten = open_punten(dossier)
    if punten:
        yield heading("Nog open")
        yield from (_numbered(punt_text(punt), punt.nummer, "Punt") for punt in punten)


def _how_to_correct(dossier: Clientdossier) -> RenderableType:
    return paragraph(f"Verbeteren: regiekit dossier corrigeer {dossier.code} NUMMER", style="dim")


def _stand(dossier: Clientdossier, vandaag: date) -> Iterator[str]:
    """Where the traject stands."""
    if dossier.einde:
        tot = bewaren(dossier).tot
        yield f"Afgesloten op {words_of(dossier.einde)}; bewaren tot en met {words_of(tot)}."
        return
    talk = next_gesprek(dossier)
    said = f"{words_of(talk)} ({day_words(talk, vandaag, 'geleden')})" if talk else "nog geen datum"
    yield f"Volgend gesprek: {said}. Volgende rapportage: {report_words(dossier, vandaag)}"


def report_words(dossier: Clientdossier, vandaag: date) -> str:
    """The day of the next rapportage and how far that is; where nobody said when the last one was, how to say it."""
    traject, report = dossier.traject, rapportage_due(dossier.traject)
    if is_rapportage_unknown(report, traject.laatste_rapportage, vandaag):
        return f"{words_of(report)}. {AL_GERAPPORTEERD.format(code=dossier.code)}"
    return f"{words_of(report)} ({day_words(report, vandaag)})."


def _title(aantekening: Aantekening, extra: str = "") -> RenderableType:
    """'12  di 03-03-2026  Gesprek', and what is said of it."""
    nummer, dag = str(aantekening.nummer), short_date(aantekening.datum)
    what = naam_of(aantekening.soort) + extra
    return Said(heading(f"{nummer}  {dag}  {what}"), heading(f"Nummer {nummer}, {dag}: {what}"))


def _numbered(text: str, nummer: str, what: str, indent: int = 2) -> RenderableType:
    """A line with a number before it; read aloud it is said of what: 'Punt 50.1, open: …'."""
    said = nummer.rstrip(":").replace(" ", ", ", 1)
    return Said(bullet(text, nummer, indent), paragraph(f"{what} {said}: {text}", indent))


def _aantekening(
    dossier: Clientdossier, aantekening: Aantekening, alles: bool, extra: str = ""
) -> Iterator[RenderableType]:
    yield _title(aantekening, extra)
    if aantekening.vervangen_door:
        yield paragraph(f"Dit geldt niet meer: het is vervangen door nummer {aantekening.vervangen_door}.", 3)
    numbers = _numbers(dossier, aantekening)
    for veld, field in type(aantekening.inhoud).model_fields.items():
        value = getattr(aantekening.inhoud, veld)
        if veld != "hash" and (value != field.default or veld == "rapportage_weken"):
            yield from _field(short_label(veld), _shown(dossier, aantekening, veld), veld, numbers)
    if alles:
        yield from _corrections(dossier, aantekening)


def _shown(dossier: Clientdossier, aantekening: Aantekening, veld: str) -> Any:
    """The value as it is read: the name of a vragenlijst, no hyphen in an outcome, the number that a punt has now."""
    value = getattr(aantekening.inhoud, veld)
    if veld == "van":
        return number_of(dossier, value, aantekening.inhoud.wat)
    if veld in ("uitkomst", "aanwezig", "zekerheid"):
        return value.replace("-", " ") if value else value
    names = {lijst["id"]: lijst["naam"] for lijst in dossier.vragenlijsten.values()}
    return names.get(value, value) if veld == "vragenlijst" else value


def _field(label: str, value: Any, veld: str, numbers: Iterator[str]) -> Iterator[RenderableType]:
    """One field: a line, or a line with a list below it. What can be followed up has its number and how it ended."""
    counted = veld in ("afspraken", "client_doet")
    if counted or (isinstance(value, tuple) and " | " in words_of(value)):
        yield paragraph(f"{label}:", 3)
        for part in value:
            yield _numbered(words_of(part), next(numbers), "Punt", 3) if counted else bullet(words_of(part), "-", 3)
    elif veld == "open":
        yield paragraph(f"{label}:", 3)
        yield from (bullet(f"{key}: {answer_words(text)}", "-", 3) for key, text in value.items())
    elif veld == "antwoorden":
        yield paragraph(f"{label}:", 3)
        yield from (bullet(row, "-", 3) for row in answer_rows(value))
    elif veld == "actie":
        nummer, text = next(numbers).rstrip(":"), f"{label}: {words_of(value)}"
        said = f"{text} (punt {nummer.replace(' ', ', ', 1)})"
        yield Said(paragraph(f"{text} [{nummer}]", 3), paragraph(said, 3))
    else:
        yield paragraph(f"{label}: {words_of(value)}", 3)


def answer_rows(antwoorden: Mapping[str, Any]) -> list[str]:
    """The answers in rows: the vragen whose codes begin alike stand together, 'autonomie-1 3, autonomie-2 4'."""
    rows: dict[str, list[str]] = {}
    for code, answer in antwoorden.items():
        rows.setdefault(code.rpartition("-")[0], []).append(f"{code} {answer_words(answer)}")
    return [", ".join(row) for row in rows.values()]


def _numbers(dossier: Clientdossier, aantekening: Aantekening) -> Iterator[str]:
    """The number of each punt in this aantekening, with how it ended."""
    if aantekening.soort not in ("gesprek", "inoculatie"):
        return
    ended = {(a.inhoud.van, a.inhoud.wat): _UITKOMST[a.inhoud.uitkomst] for a in dossier.of("opvolging")}
    for punt in punten_in(aantekening):
        yield f"{punt.nummer} {ended.get((punt.van, punt.wat), 'open')}:"


def _corrections(dossier: Clientdossier, aantekening: Aantekening) -> Iterator[RenderableType]:
    """Every correction that led to this one, the last first."""
    known = {a.nummer: a for a in dossier.aantekeningen}
    new = aantekening
    while new.vervangt is not None:
        old = known[new.vervangt]
        reason = f"; reden: {new.reden}" if new.reden else ""
        day = short_date(day_of_moment(new.geschreven))
        yield paragraph(f"Veranderd op {day} (eerst nummer {old.nummer}{reason}):", 3)
        for verschil in find_verschillen(old, new):
            yield Said(bullet(verschil_words(verschil), "-", 3), bullet(verschil_words(verschil, aloud=True), "-", 3))
        new = old


def verschil_words(verschil: Verschil, *, aloud: bool = False) -> str:
    """'Doel: a → b'; an arrow says nothing aloud."""
    label, oud, nieuw = verschil
    return f"{label}: eerst {oud}, nu {nieuw}" if aloud else f"{label}: {oud} → {nieuw}"


def json_dossier(dossier: Clientdossier, shown: Iterable[Aantekening]) -> dict[str, Any]:
    """One client, for another program."""
    talk, einde = next_gesprek(dossier), dossier.einde
    kept = bewaren(dossier)
    return {
        "id": dossier.code,
        "verzonnen": dossier.verzonnen,
        "begin": dossier.traject.begin.isoformat(),
        "einde": _iso(einde),
        "bewaren_tot": _iso(kept.tot),
        "volgend_gesprek": None if einde else _iso(talk),
        "volgende_rapportage": None if einde else rapportage_due(dossier.traject).isoformat(),
        "open_punten": [{**p._asdict(), "sinds": p.sinds.isoformat()} for p in open_punten(dossier)],
        "aantekeningen": [json_aantekening(a) for a in shown],
    }


def json_aantekening(aantekening: Aantekening) -> dict[str, Any]:
    """One aantekening as it stands in the dossier."""
    values = aantekening._asdict()
    return {**values, "datum": aantekening.datum.isoformat(), "inhoud": aantekening.inhoud.model_dump(mode="json")}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# All clients ----------------------------------------------------------------------------------------------------------


def render_lijst(
    rijen: Sequence[Rij], let_op: Sequence[LetOp], vandaag: date, verzonnen: bool
) -> Iterator[RenderableType]:
    """What asks for attention, in words, and a row for each client."""
    if verzonnen:
        yield paragraph(VERZONNEN)
    for wat, said in _LET_OP.items():
        found = [_named(item, vandaag) for item in let_op if item.wat == wat]
        if found:
            yield bullet(f"{said}: {', '.join(found)}", "!", 0)
    yield _Rows(rijen, vandaag)


def _named(item: LetOp, vandaag: date) -> str:
    if item.datum is None or item.wat == "rapportage-onbekend":
        return item.code
    return f"{item.code} ({day_words(item.datum, vandaag, 'te laat' if item.wat == 'rapportage' else 'geleden')})"


class _Rows(Drawn):
    """A line or two for each client where that fits, else a few lines; a Rich table of a whole page costs ten times
    the time of reading that page."""

    def __init__(self, rijen: Sequence[Rij], vandaag: date) -> None:
        self.rijen, self.vandaag = rijen, vandaag

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType | Segment]:
        rows = [part for rij in self.rijen for part in _columns(rij, self.vandaag)]
        widths = [max(len(row[n]) for row in (*KOPPEN, *rows)) for n in range(len(KOPPEN[0]))]
        lines = ["  ".join(part.ljust(w) for part, w in zip(row, widths, strict=True)) for row in (*KOPPEN, *rows)]
        if len(lines[0]) > options.max_width:
            yield from _lines(self.rijen, self.vandaag)
            return
        lines.insert(len(KOPPEN), "-" * len(lines[0]))
        yield Segment("\n".join(["", *(line.rstrip() for line in lines), "", ""]))

    def aloud(self) -> Iterator[RenderableType]:
        titles = [" ".join(filter(None, words)) for words in zip(*KOPPEN, strict=True)]
        both = (zip(*_columns(rij, self.vandaag), strict=True) for rij in self.rijen)
        yield from read_rows(titles, ([", ".join(filter(None, cells)) for cells in row] for row in both))


KOPPEN = (("", "", "Laatste", "Volgend", "", "Open"), ("Code", "Begin", "gesprek", "gesprek", "Rapportage", "punten"))


def _columns(rij: Rij, vandaag: date) -> tuple[tuple[str, ...], ...]:
    """The two lines of one client."""
    days = (rij.begin, rij.laatste_gesprek, rij.volgend_gesprek)
    first, second = _rapportage(rij, vandaag)
    return (rij.code, *map(_day, days), first, str(rij.open_punten or "-")), ("", "", "", "", second, "")


def _lines(rijen: Iterable[Rij], vandaag: date) -> Iterator[RenderableType]:
    """The same where a table does not fit."""
    for rij in rijen:
        yield heading(rij.code)
        yield paragraph(f"Begin {_day(rij.begin)}", 2)
        if rij.laatste_gesprek:
            yield paragraph(f"Laatste gesprek {_day(rij.laatste_gesprek)}", 2)
        if rij.volgend_gesprek:
            yield paragraph(f"Volgend gesprek {_day(rij.volgend_gesprek)}", 2)
        yield paragraph(f"{'' if rij.einde else 'Rapportage '}{', '.join(_rapportage(rij, vandaag))}", 2)
        if rij.open_punten:
            yield paragraph(f"Open punten: {rij.open_punten}", 2)


def _day(day: date | None) -> str:
    return in_digits(day) if day else "-"


def _rapportage(rij: Rij, vandaag: date) -> tuple[str, str]:
    """The next rapportage and how far that is; of a closed traject until when it is kept."""
    if rij.rapportage is None:
        return "afgesloten", f"bewaren tot {_day(rij.bewaren_tot)}"
    far = "al geweest?" if unknown(rij, vandaag) else day_words(rij.rapportage, vandaag)
    return _day(rij.rapportage), far


def json_lijst(rijen: Iterable[Rij], let_op: Sequence[LetOp]) -> list[dict[str, Any]]:
    """A row for each client, for another program."""
    return [_json_rij(rij) | {"let_op": [item.wat for item in let_op if item.code == rij.code]} for rij in rijen]


def _json_rij(rij: Rij) -> dict[str, Any]:
    values = rij._asdict()
    return {"id": values.pop("code")} | {k: _iso(v) if isinstance(v, date) else v for k, v in values.items()}

"""Everything that is kept of one client: as a document for the client, and as JSON for another program.

Both follow the fields of the models, so that a field that is added later is in them by itself.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.beoordeling import OPMERKINGEN
from regiekit.domain.clientdossier import JAREN, VERZONNEN, bewaren
from regiekit.domain.dagen import datum_text
from regiekit.domain.getal import short
from regiekit.domain.record import Record
from regiekit.domain.uitslag import antwoordschaal_of, score
from regiekit.errors import visible
from regiekit.render.dagen import day_of_moment, moment_text
from regiekit.render.document import Alinea, Document, Kop, Letterlijk, Lijst, Tabel
from regiekit.render.dossier import json_aantekening, label_of, naam_of, words_of
from regiekit.render.uitslag import meaning, score_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from regiekit.domain.aantekening import Aantekening
    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.uitslag import Schaaluitslag

INTRO = (
    "Dit is alles wat in het dossier van je coach over jou staat.",
    "Je coach schreef het op. Een deel komt van jou zelf, zoals je antwoorden en je doelen.",
    "Klopt er iets niet? Vraag je coach om het te verbeteren. Wat er eerst stond, blijft dan te zien, met de reden.",
    "Wil je dat iets weggaat? Vraag dat ook. Soms moet je coach iets nog bewaren. Dan hoor je waarom.",
    "Je kunt ook vragen wie dit leest en waarom het nodig is. Komen jullie er samen niet uit? De Autoriteit "
    "Persoonsgegevens vertelt wat je rechten zijn.",
    "Hier staat alleen wat in dit programma staat. Je coach kan ook papier of e-mail hebben. Vraag daar apart naar.",
)
LEESWIJZER = (
    "Elk stukje heeft een nummer en een dag. Staat er 'vervangen'? Dan gold het eerst, en nu niet meer.",
    "Voor de dubbele punt staat hoe het programma iets noemt. Zegt het daar 'je' of 'jullie'? Dan praat het tegen je "
    "coach.",
    "Wat iemand zelf schreef, staat er letterlijk.",
)
_BLANKS = {None: "niet ingevuld", "weet-niet": "weet ik niet", "wil-niet-zeggen": "zeg ik liever niet",
           "nvt": "past niet bij mij"}  # fmt: skip
_WITH_VRAGEN = ("antwoorden", "open")  # fields of an afname that are shown beside its vragen
_WERKGEVER = "Dit mag de werkgever lezen"  # in the docstring of a field
_ONE_LINE = 60  # characters of a text that may stand behind its label


class Gemaakt(NamedTuple):
    """A file that was made of this client."""

    nummer: int
    soort: str
    pad: str
    sha256: str
    geschreven: str


class Inzage(NamedTuple):
    """Everything of one client on one day; `afnames` by the nummer of their aantekening."""

    dossier: Clientdossier
    afnames: Mapping[int, Ingevuld]
    gemaakt: tuple[Gemaakt, ...]
    datum: date


# To read --------------------------------------------------------------------------------------------------------------


def make_inzage(inzage: Inzage) -> Document:
    """For the client, in order of day."""
    dossier = inzage.dossier
    blokken: list[Any] = [
        *map(Alinea, INTRO),
        Kop("Zo lees je dit"),
        Lijst(LEESWIJZER),
        Kop("Hoe lang het blijft"),
        _term(dossier),
    ]
    for aantekening in dossier.aantekeningen:
        blokken += _aantekening(aantekening, inzage.afnames.get(aantekening.nummer))
    blokken += _files(inzage.gemaakt)
    lopend = VERZONNEN if dossier.verzonnen else ""
    onder = f"Inzage op {datum_text(inzage.datum)}, voor cliënt {dossier.code}"
    return Document("Alles wat over jou in het dossier staat", onder, tuple(blokken), lopend=lopend)


def _term(dossier: Clientdossier) -> Alinea:
    tot, reden = bewaren(dossier)
    if tot is None or dossier.einde is None:
        return Alinea(f"Je traject loopt nog. Na het einde blijft het dossier nog {JAREN} jaar. Soms is langer "
                      "nodig. Dan staat de reden erbij.")  # fmt: skip
    longer = f" De reden: {reden}" if reden else ""
    return Alinea(f"Je traject stopte op {datum_text(dossier.einde)}. Het dossier blijft tot en met "
                  f"{datum_text(tot)}.{longer}")  # fmt: skip


def _aantekening(aantekening: Aantekening, afname: Ingevuld | None) -> Iterator[Any]:
    yield Kop(f"{aantekening.nummer}. {naam_of(aantekening.soort)}, {datum_text(aantekening.datum)}")
    yield Alinea(" ".join(_history(aantekening)), "klein")
    if aantekening.reden:
        yield from _grouped([_text("De reden van de verandering", aantekening.reden)])
    yield from _grouped(_fields(aantekening.inhoud, () if afname is None else _WITH_VRAGEN))
    if afname:
        yield from _answers(afname)


def _history(aantekening: Aantekening) -> Iterator[str]:
    """When it was written, and what it replaces or is replaced by."""
    yield f"Geschreven op {moment_text(aantekening.geschreven)}."
    if aantekening.vervangt:
        yield f"Dit kwam in de plaats van nummer {aantekening.vervangt}."
    if aantekening.eerste not in (aantekening.nummer, aantekening.vervangt):
        yield f"Het begon als nummer {aantekening.eerste}."
    if aantekening.vervangen_door:
        yield f"Dit is vervangen door nummer {aantekening.vervangen_door}, en geldt niet meer."


def _fields(inhoud: Record, apart: tuple[str, ...] = ()) -> Iterator[str | tuple[Any, ...]]:
    """Each field that holds something, but not those `apart`: a short line, or blocks where it is long or literal."""
    for veld in type(inhoud).model_fields:
        if veld in apart:
            continue
        label, value = _label(type(inhoud), veld), getattr(inhoud, veld)
        if isinstance(value, str):
            yield _text(label, value)
        elif isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], str):
            yield _text(label, value[0])
        elif isinstance(value, tuple) and value:
            yield (Alinea(f"{label}:"), *_list(value))
        elif isinstance(value, dict) and value:
            yield (Alinea(f"{label}:"), *_grouped(_text(key, _answer(part)) for key, part in value.items()))
        elif value not in (None, (), {}):
            yield f"{label}: {datum_text(value) if isinstance(value, date) else words_of(value)}"


def _label(model: type[Record], veld: str) -> str:
    """What stands before a field; who may read it counts for the client."""
    shared = _WERKGEVER in (model.model_fields[veld].description or "")
    return f"{label_of(model, veld)}{' (dit mag de werkgever lezen)' if shared else ''}"


def _list(values: tuple[Any, ...]) -> Iterator[Any]:
    """The values of one field: parts with fields of their own, or texts."""
    if isinstance(values[0], Record):
        for part in values:
            yield from _grouped(_fields(part))
    elif all(_is_plain(str(value)) for value in values):
        yield Lijst(tuple(map(str, values)))
    else:
        yield from map(Letterlijk, map(str, values))


def _text(label: str, value: str) -> str | tuple[Any, ...]:
    return f"{label}: {value}" if _is_plain(value) else (Alinea(f"{label}:"), Letterlijk(value))


def _is_plain(text: str) -> bool:
    """Whether a text stays as it is when it is set on a line."""
    return len(text) <= _ONE_LINE and text == " ".join(text.split()) and text.isprintable()


def _grouped(parts: Iterable[str | tuple[Any, ...]]) -> Iterator[Any]:
    """Short lines that follow each other become one list."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines.append(part)
            continue
        if lines:
            yield Lijst(tuple(lines))
            lines = []
        yield from part
    if lines:
        yield Lijst(tuple(lines))


def _answer(answer: Any) -> str:
    return _BLANKS.get(answer, str(answer)) if answer is None or isinstance(answer, str) else str(answer)


def _answers(afname: Ingevuld) -> Iterator[Any]:
    """The vragen as they were asked with what was answered, and the scores as they are computed now."""
    lijst = afname.vragenlijst
    yield Alinea(f"De vragen van '{lijst.naam}', versie {lijst.versie}, met je antwoorden:")
    yield Tabel(("Vraag", "Antwoord"), tuple((v.tekst, _chosen(afname, v.id)) for v in lijst.vragen), (7, 3))
    for vraag in lijst.open_vragen:
        if afname.open.get(vraag.id):
            yield Alinea((not afname.training and vraag.zonder_training) or vraag.tekst)
            yield Letterlijk(afname.open[vraag.id] or "")
    rows = tuple((s.naam, _score(s), meaning(s)) for s in score(lijst, afname.antwoorden).schalen)
    yield Alinea("Wat het programma daaruit nu berekent:")
    yield Tabel(("Onderwerp", "Score", "Zo lees je dat"), rows, (3, 3, 4))
    yield Alinea(OPMERKINGEN["niet-gevalideerd"], "klein")


def _chosen(afname: Ingevuld, vraag: str) -> str:
    """'4: mee eens', or which kind of blank it is."""
    answer = afname.antwoorden.get(vraag)
    if answer is None:
        return _BLANKS[afname.overgeslagen.get(vraag)]
    words = antwoordschaal_of(afname.vragenlijst, vraag).labels.get(answer, "")
    return f"{answer}: {words}" if words not in ("", str(answer)) else str(answer)


def _score(schaal: Schaaluitslag) -> str:
    if schaal.score is None:
        return f"geen score: {schaal.reden}"
    read = score_number(schaal.score, schaal.regel, schaal.van)
    return f"{read} (van {short(schaal.bodem)} tot en met {short(schaal.top)})"


def _files(gemaakt: Iterable[Gemaakt]) -> Iterator[Any]:
    rows = tuple((datum_text(day_of_moment(g.geschreven)), g.soort, visible(g.pad)) for g in gemaakt)
    yield Kop("Bestanden die van je gegevens zijn gemaakt")
    if not rows:
        yield Alinea("Tot vandaag geen.")
        return
    yield Alinea("Dit zijn de bestanden die het programma maakte. Vraag je coach aan wie ze zijn gegeven.")
    yield Tabel(("Dag", "Wat", "Waar het werd gezet"), rows, (2, 3, 5))


# For another program --------------------------------------------------------------------------------------------------


def json_inzage(inzage: Inzage) -> dict[str, Any]:
    """The same as plain values; docs/avg.md says what each key is."""
    dossier = inzage.dossier
    tot, reden = bewaren(dossier)
    return {
        "soort": "inzage",
        "datum": inzage.datum.isoformat(),
        "client": dossier.code,
        "verzonnen": dossier.verzonnen,
        "einde": dossier.einde and dossier.einde.isoformat(),
        "bewaren_tot": tot and tot.isoformat(),
        "bewaren_reden": reden,
        "velden": _labels(dossier),
        "aantekeningen": [_json_aantekening(a, inzage.afnames.get(a.nummer)) for a in dossier.aantekeningen],
        "vragenlijsten": dict(dossier.vragenlijsten),
        "uitvoer": [g._asdict() for g in inzage.gemaakt],
    }


def _labels(dossier: Clientdossier) -> dict[str, dict[str, str]]:
    """What each field of the soorten that are there means."""
    models = {a.soort: type(a.inhoud) for a in dossier.aantekeningen}
    return {
        soort: {veld: field.description or veld for veld, field in model.model_fields.items()}
        for soort, model in models.items()
    }


def _json_aantekening(aantekening: Aantekening, afname: Ingevuld | None) -> dict[str, Any]:
    made = json_aantekening(aantekening)
    if afname is None:
        return made
    schalen = score(afname.vragenlijst, afname.antwoorden).schalen
    keys = ("id", "naam", "score", "beantwoord", "van", "bodem", "top", "betekenis", "reden")
    return {**made, "scores": [{key: getattr(s, key) for key in keys} for s in schalen]}

"""What must hold between the parts of a file: returns every fault with its place in the data, never raises.

A fault is (loc, code, details); `details` fills the sentence of the catalogue.
"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.clientcode import looks_like_bsn, looks_like_phone
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import antwoordschaal_of, score
from regiekit.errors import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from regiekit.domain.afname import Afname
    from regiekit.domain.kennis import Kennis
    from regiekit.domain.record import Record
    from regiekit.domain.vragenlijst import Antwoordschaal, Schaal, Vragenlijst
    from regiekit.domain.werkblad import Blok, Werkblad

MAX_ANSWERS = 101  # 0 to 100 is the widest scale that people use
MAX_CHOICES = 6  # named when none is near
MAX_IDS = 5  # facts of the register in one statement, those under `ook` included
TOLERANCE = 1e-9  # an example's score is typed by a person: 4.2, or 2.3333333333

Loc = tuple["str | int", ...]


class Fault(NamedTuple):
    """One thing that does not hold; `at_key` points at the name before the colon."""

    loc: Loc
    code: str
    details: dict[str, Any]
    at_key: bool = False


def suggestion(word: object, known: Iterable[str]) -> str:
    """'; bedoelde je …?' with the nearest known word, or nothing."""
    near = get_close_matches(str(word).lower(), list(known))
    return f"; bedoelde je '{near[0]}'?" if near else ""


def nearest(word: object, known: Sequence[str]) -> str:
    """The nearest known word, or which words there are."""
    if few := ", ".join(known) if len(known) <= MAX_CHOICES else "":
        return suggestion(word, known) or f"; kies uit: {few}"
    return suggestion(word, known) or "; kijk welke er wel zijn"


def check_vragenlijst(lijst: Vragenlijst) -> list[Fault]:
    """Every fault of a vragenlijst: ids, scales, rules, and the proof that stands in the file.

    A record that lacks fields (they were wrong in the file) is judged as far as the other fields go.
    """
    faults = _first(f for check, needed in _NEEDED.items() if _has(lijst, *needed) for f in check(lijst))
    proof = [] if faults or not _has(lijst, *_NEEDED[_voorbeeld_ids]) else _first(_proof(lijst))
    return [*faults, *proof, *_first(check_herkomst(lijst))]


def _first(faults: Iterable[Fault]) -> list[Fault]:
    """As many as are told; finding the nearest word for each of thousands would take minutes."""
    return list(islice(faults, MAX_PROBLEMS + 1))


def _has(record: Record, *fields: str) -> bool:
    return all(hasattr(record, f) for f in fields)


def _antwoordschalen(lijst: Vragenlijst) -> Iterator[Fault]:
    if _has(lijst, "antwoordschaal"):
        yield from _antwoordschaal(lijst.antwoordschaal, ("antwoordschaal",))
    for i, vraag in enumerate(getattr(lijst, "vragen", ())):
        if vraag.antwoordschaal:
            yield from _antwoordschaal(vraag.antwoordschaal, ("vragen", i, "antwoordschaal"))


def _antwoordschaal(schaal: Antwoordschaal, loc: Loc) -> Iterator[Fault]:
    if schaal.min >= schaal.max:
        yield Fault((*loc, "max"), "min-niet-onder-max", {"min": schaal.min, "max": schaal.max})
        return
    if schaal.max - schaal.min >= MAX_ANSWERS:
        yield Fault(loc, "schaal-te-breed", {"min": schaal.min, "max": schaal.max, "grens": MAX_ANSWERS})
        return
    for waarde in schaal.labels:
        if not schaal.min <= waarde <= schaal.max:
            details = {"waarde": waarde, "min": schaal.min, "max": schaal.max}
            yield Fault((*loc, "labels", str(waarde)), "label-buiten-schaal", details, at_key=True)
    for waarde in range(schaal.min, schaal.max + 1) if schaal.labels else ():
        if waarde not in schaal.labels:
            yield Fault((*loc, "labels"), "label-ontbreekt", {"waarde": waarde})


def _vertalingen(lijst: Vragenlijst) -> Iterator[Fault]:
    """Every text in every language, and none for what is not there."""
    for taal, vertaling in lijst.teksten.items():
        loc = ("teksten", taal)
        if taal == "nl":
            yield Fault(loc, "vertaling-nl", {}, at_key=True)
            continue
        for name, needed in _needed_texts(lijst).items():
            yield from _same_keys(getattr(vertaling, name), needed, (*loc, name), taal)
        for vraag in lijst.vragen:
            if vraag.antwoordschaal and vraag.id in vertaling.eigen_labels:
                labels, where = vertaling.eigen_labels[vraag.id], (*loc, "eigen_labels", vraag.id)
                yield from _same_keys(labels, vraag.antwoordschaal.labels, where, taal)


def _needed_texts(lijst: Vragenlijst) -> dict[str, Sequence[str | int]]:
    return {
        "labels": tuple(lijst.antwoordschaal.labels),
        "eigen_labels": tuple(v.id for v in lijst.vragen if v.antwoordschaal and v.antwoordschaal.labels),
        "vragen": tuple(v.id for v in lijst.vragen),
        "open_vragen": tuple(v.id for v in lijst.open_vragen),
        "zonder_training": tuple(v.id for v in lijst.open_vragen if v.zonder_training),
    }


def _same_keys(given: Mapping[Any, Any], needed: Iterable[str | int], loc: Loc, taal: str) -> Iterator[Fault]:
    wanted = list(needed)
    for naam in (n for n in wanted if n not in given):
        yield Fault(loc, "vertaling-ontbreekt", {"naam": naam, "taal": taal})
    for naam in (n for n in given if n not in wanted):
        details = {"naam": naam, "suggestie": suggestion(naam, map(str, wanted))}
        yield Fault((*loc, str(naam)), "vertaling-onbekend", details, at_key=True)


def _double_ids(lijst: Vragenlijst) -> Iterator[Fault]:
    for name in ("meetmomenten", "vragen", "schalen", "open_vragen"):
        seen: dict[str, int] = {}
        for i, part in enumerate(getattr(lijst, name, ())):
            if part.id in seen:
                yield Fault((name, i, "id"), "dubbele-id", {"id": part.id, "eerder": (name, seen[part.id], "id")})
            seen.setdefault(part.id, i)


def _meetmomenten(lijst: Vragenlijst) -> Iterator[Fault]:
    known = [m.id for m in lijst.meetmomenten]
    for i, vraag in enumerate(lijst.open_vragen):
        if vraag.meetmoment not in known:
            details = {"id": vraag.meetmoment, "suggestie": nearest(vraag.meetmoment, known)}
            yield Fault(("open_vragen", i, "meetmoment"), "meetmoment-onbekend", details)


def _schalen(lijst: Vragenlijst) -> Iterator[Fault]:
    known = [v.id for v in lijst.vragen]
    used: set[str] = set()
    for i, schaal in enumerate(lijst.schalen):
        yield from _schaal(lijst, schaal, ("schalen", i), known)
        used |= {item.vraag for item in schaal.vragen}
    for i, vraag in enumerate(lijst.vragen):
        if vraag.id not in used:
            yield Fault(("vragen", i, "id"), "vraag-zonder-schaal", {"id": vraag.id})


def _schaal(lijst: Vragenlijst, schaal: Schaal, loc: Loc, known: list[str]) -> Iterator[Fault]:
    ids = [item.vraag for item in schaal.vragen]
    for j, vraag_id in enumerate(ids):
        where = (*loc, "vragen", j, "vraag")
        if vraag_id not in known:
            yield Fault(where, "vraag-onbekend", {"id": vraag_id, "suggestie": nearest(vraag_id, known)})
        elif vraag_id in ids[:j]:
            yield Fault(where, "vraag-dubbel-in-schaal", {"id": vraag_id})
    if schaal.minimaal_beantwoord > len(ids):
        details = {"minimaal": schaal.minimaal_beantwoord, "aantal": len(ids)}
        yield Fault((*loc, "minimaal_beantwoord"), "minimaal-te-hoog", details)
    elif schaal.regel == "som" and schaal.minimaal_beantwoord < len(ids):
        yield Fault((*loc, "minimaal_beantwoord"), "som-vraagt-alles", {"aantal": len(ids)})
    ends = {(e.min, e.max) for v in ids if v in known for e in [antwoordschaal_of(lijst, v)]}
    if schaal.regel == "gemiddelde" and len(ends) > 1:
        yield Fault((*loc, "vragen"), "schaal-gemengd", {})


def _voorbeeld_ids(lijst: Vragenlijst) -> Iterator[Fault]:
    vragen, schalen = [v.id for v in lijst.vragen], [s.id for s in lijst.schalen]
    for i, voorbeeld in enumerate(lijst.voorbeelden):
        loc = ("voorbeelden", i)
        for vraag_id, answer in voorbeeld.antwoorden.items():
            where = (*loc, "antwoorden", vraag_id)
            if vraag_id not in vragen:
                details: dict[str, Any] = {"id": vraag_id, "suggestie": nearest(vraag_id, vragen)}
                yield Fault(where, "vraag-onbekend", details, at_key=True)
            elif answer is not None:
                yield from _outside(antwoordschaal_of(lijst, vraag_id), answer, where)
        for schaal_id in voorbeeld.scores:
            if schaal_id not in schalen:
                details = {"id": schaal_id, "suggestie": nearest(schaal_id, schalen)}
                yield Fault((*loc, "scores", schaal_id), "schaal-onbekend", details, at_key=True)


def _outside(schaal: Antwoordschaal, answer: int, loc: Loc) -> Iterator[Fault]:
    if schaal.min < schaal.max and not schaal.min <= answer <= schaal.max:
        yield Fault(loc, "antwoord-buiten-schaal", {"antwoord": answer, "min": schaal.min, "max": schaal.max})


def _proof(lijst: Vragenlijst) -> Iterator[Fault]:
    """The examples in the file, scored: a flipped `omgekeerd`, a shifted min or max or a lost vraag shows here."""
    for i, voorbeeld in enumerate(lijst.voorbeelden):
        uitslag = {s.id: s.score for s in score(lijst, voorbeeld.antwoorden).schalen}
        for schaal_id, expected in voorbeeld.scores.items():
            got = uitslag[schaal_id]
            if (got is None) != (expected is None) or abs((got or 0) - (expected or 0)) > TOLERANCE:
                details = {
                    "naam": voorbeeld.naam, "schaal": schaal_id, "verwacht": _number(expected), "kreeg": _number(got),
                }  # fmt: skip
                yield Fault(("voorbeelden", i, "scores", schaal_id), "bewijs-klopt-niet", details)


_NEEDED: dict[Callable[[Vragenlijst], Iterator[Fault]], tuple[str, ...]] = {
    _antwoordschalen: (),
    _double_ids: (),
    _meetmomenten: ("meetmomenten", "open_vragen"),
    _schalen: ("antwoordschaal", "vragen", "schalen"),
    _vertalingen: ("antwoordschaal", "vragen", "open_vragen", "teksten"),
    _voorbeeld_ids: ("antwoordschaal", "vragen", "schalen", "voorbeelden"),
}


def _number(value: float | None) -> str:
    return "geen score" if value is None else f"{value:.10g}".replace(".", ",")


def check_herkomst(record: Record, loc: Loc = ()) -> Iterator[Fault]:
    """`herkomst: eigen` needs a redenering and nothing else may have one; at most five facts; walks the whole file."""
    from regiekit.domain.record import Record, Uitspraak  # pydantic: `score` needs the other checks, and not this one

    for name in type(record).model_fields:
        value = getattr(record, name, None)
        for step, part in enumerate(value) if isinstance(value, tuple) else [(None, value)]:
            if isinstance(part, Record):
                yield from check_herkomst(part, (*loc, name) if step is None else (*loc, name, step))
    if isinstance(record, Uitspraak):
        if record.herkomst == "eigen" and not record.redenering:
            yield Fault((*loc, "herkomst"), "herkomst-redenering", {})
        if record.herkomst != "eigen" and record.redenering:
            yield Fault((*loc, "redenering"), "redenering-overbodig", {})
        cited = [i for h in (record.herkomst, *record.ook) if h != "eigen" for i in h.ids]
        if len(cited) > MAX_IDS:
            yield Fault((*loc, "herkomst"), "herkomst-te-veel", {"aantal": len(cited), "grens": MAX_IDS})


def check_kennis_file(kennis: Kennis) -> Iterator[Fault]:
    """Every fault within one file of kennis: ids twice, and where statements come from."""
    seen: dict[str, int] = {}
    for i, item in enumerate(getattr(kennis, "items", ())):
        if item.id in seen:
            yield Fault(("items", i, "id"), "dubbele-id", {"id": item.id, "eerder": ("items", seen[item.id], "id")})
        seen.setdefault(item.id, i)
    yield from check_herkomst(kennis)


def check_links(kennis: Mapping[str, Any], owners: dict[str, str], known: Collection[str]) -> Iterator[Fault]:
    """Every fault between files of kennis (as JSON): ids of items that another has, and links that lead nowhere.

    `owners` (id -> in what it stands) grows with the ids of this file; `known` is what a link may lead to.
    """
    for i, item in enumerate(kennis.get("items", ())):
        ander = owners.setdefault(item["id"], kennis["id"])
        if ander != kennis["id"]:
            yield Fault(("items", i, "id"), "item-dubbel", {"id": item["id"], "ander": ander})
        for j, zie in enumerate(item["zie"]):
            if zie not in known:
                details = {"id": zie, "suggestie": suggestion(zie, sorted(known)) or "; kijk in: regiekit kennis"}
                yield Fault(("items", i, "zie", j), "zie-onbekend", details)


# which fields belong to which kind of blok, beside soort, kop and breedte; a star says that it must be there
_BLOKVELDEN = {
    "tekst": ("uitspraken*", "vorm"),
    "vragen": ("uitspraken*",),
    "aankruislijst": ("uitspraken*",),
    "tabel": ("uitspraken", "kolommen*", "vakjes", "verdeling", "lege_rijen", "rijhoogte"),
    "tekening": ("uitspraken*", "figuur*", "omschrijving*", "hoogte"),
    "lijnen": ("uitspraken", "regels*"),
}


def check_werkblad(werkblad: Werkblad) -> list[Fault]:
    """Every fault of a werkblad: fields that do not belong to the kind of a blok, or that it lacks, and the sources."""
    return [*_first(_bladen(werkblad)), *_first(check_herkomst(werkblad))]


def _bladen(werkblad: Werkblad) -> Iterator[Fault]:
    lezers = [blad.voor for blad in getattr(werkblad, "versies", ())]
    for i, blad in enumerate(getattr(werkblad, "versies", ())):
        if blad.voor in lezers[:i]:
            eerder = ("versies", lezers.index(blad.voor), "voor")
            yield Fault(("versies", i, "voor"), "dubbele-id", {"id": blad.voor, "eerder": eerder})
        for j, blok in enumerate(blad.blokken):
            yield from _blok(blok, ("versies", i, "blokken", j))


def _blok(blok: Blok, loc: Loc) -> Iterator[Fault]:
    allowed = {veld.rstrip("*"): veld.endswith("*") for veld in _BLOKVELDEN[blok.soort]}
    for veld in blok.model_fields_set - {"soort", "kop", "breedte"} - set(allowed):
        hint = f"; bij '{blok.soort}' kan wel: {', '.join(allowed)}"
        yield Fault((*loc, veld), "onbekend-veld", {"veld": veld, "suggestie": hint}, at_key=True)
    for veld, needed in allowed.items():
        if needed and not getattr(blok, veld):
            yield Fault(loc, "ontbreekt", {"veld": veld})
    if blok.verdeling and len(blok.verdeling) != len(blok.kolommen):
        details = {"veld": "verdeling", "minimum": len(blok.kolommen), "eenheid": "getallen, voor elke kolom één"}
        yield Fault((*loc, "verdeling"), "te-kort", details)


def check_afname(afname: Afname, lijst: Vragenlijst) -> list[Fault]:
    """Every fault of an afname beside its vragenlijst."""
    faults = [*_first(_antwoorden(afname, lijst)), *_first(_open(afname, lijst))]
    known = [m.id for m in lijst.meetmomenten]
    if afname.meetmoment is not None and afname.meetmoment not in known:
        details = {"id": afname.meetmoment, "suggestie": nearest(afname.meetmoment, known)}
        faults.append(Fault(("meetmoment",), "meetmoment-onbekend", details))
    talen = ["nl", *lijst.teksten]
    if afname.taal is not None and afname.taal not in talen:
        faults.append(Fault(("taal",), "taal-onbekend", {"id": afname.taal, "suggestie": nearest(afname.taal, talen)}))
    if afname.client and looks_like_bsn(afname.client):
        faults.append(Fault(("client",), "client-lijkt-bsn", {}))
    elif afname.client and looks_like_phone(afname.client):
        faults.append(Fault(("client",), "client-lijkt-telefoon", {}))
    return faults


def _antwoorden(afname: Afname, lijst: Vragenlijst) -> Iterator[Fault]:
    known = [v.id for v in lijst.vragen]
    for vraag_id, answer in afname.antwoorden.items():
        loc = ("antwoorden", vraag_id)
        if vraag_id not in known:
            details = {"id": vraag_id, "suggestie": nearest(vraag_id, known)}
            yield Fault(loc, "vraag-onbekend", details, at_key=True)
        elif answer is None or answer in NOT_ANSWERED:
            continue
        elif type(answer) is not int:
            ends = antwoordschaal_of(lijst, vraag_id)
            yield Fault(loc, "antwoord-geen-getal", {"kreeg": show(answer), "min": ends.min, "max": ends.max})
        else:
            yield from _outside(antwoordschaal_of(lijst, vraag_id), answer, loc)


def _open(afname: Afname, lijst: Vragenlijst) -> Iterator[Fault]:
    known = [v.id for v in lijst.open_vragen]
    for vraag_id in afname.open:
        if vraag_id not in known:
            details = {"id": vraag_id, "suggestie": nearest(vraag_id, known)}
            yield Fault(("open", vraag_id), "open-onbekend", details, at_key=True)


def numeric_answers(afname: Afname) -> dict[str, int | None]:
    """The answers that count: whole numbers; every kind of blank is None."""
    return {k: v if type(v) is int else None for k, v in afname.antwoorden.items()}


def show(value: object) -> str:
    """A value as a person wrote it, short."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "leeg"
    if isinstance(value, (dict, list)):
        return "een groep" if isinstance(value, dict) else "een lijst"
    text = str(value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


def unproven(lijst: Vragenlijst) -> tuple[str, ...]:
    """The slips that the examples in the file would not notice: a flipped vraag, a lost vraag, a shifted end.

    An empty answer means that the proof is complete. Every slip is tried for real on a changed copy.
    """
    missed = [f"{s.id}: {v.vraag} omgedraaid" for s, v, copy in _flips(lijst) if not _noticed(copy)]
    missed += [f"{s.id}: {v.vraag} weg" for s, v, copy in _losses(lijst) if not _noticed(copy)]
    return (*missed, *(f"{name} verschoven" for name, copy in _shifts(lijst) if not _noticed(copy)))


def _noticed(changed: Vragenlijst) -> bool:
    return any(True for _ in (*_antwoordschalen(changed), *_voorbeeld_ids(changed))) or any(
        True for _ in _proof(changed)
    )


def _with_schaal(lijst: Vragenlijst, schaal: Schaal, vragen: tuple[Any, ...]) -> Vragenlijst:
    changed = schaal.model_copy(update={"vragen": vragen})
    return lijst.model_copy(update={"schalen": tuple(changed if s is schaal else s for s in lijst.schalen)})


def _flips(lijst: Vragenlijst) -> Iterator[tuple[Schaal, Any, Vragenlijst]]:
    for schaal in lijst.schalen:
        for item in schaal.vragen:
            flipped = item.model_copy(update={"omgekeerd": not item.omgekeerd})
            vragen = tuple(flipped if v is item else v for v in schaal.vragen)
            yield schaal, item, _with_schaal(lijst, schaal, vragen)


def _losses(lijst: Vragenlijst) -> Iterator[tuple[Schaal, Any, Vragenlijst]]:
    for schaal in lijst.schalen:
        for item in schaal.vragen if len(schaal.vragen) > 1 else ():
            yield schaal, item, _with_schaal(lijst, schaal, tuple(v for v in schaal.vragen if v is not item))


def _shifts(lijst: Vragenlijst) -> Iterator[tuple[str, Vragenlijst]]:
    for name in ("min", "max"):
        for step in (-1, 1):
            ends = lijst.antwoordschaal.model_copy(update={name: getattr(lijst.antwoordschaal, name) + step})
            yield f"{name} {step:+d}", lijst.model_copy(update={"antwoordschaal": ends})

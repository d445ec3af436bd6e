"""What must hold between the parts of a file: returns every fault with its place in the data, never raises.

A fault is (loc, code, details); `details` fills the sentence of the catalogue.
"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.clientcode import looks_like_bsn
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import antwoordschaal_of, score
from regiekit.errors import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from regiekit.domain.afname import Afname
    from regiekit.domain.record import Record
    from regiekit.domain.vragenlijst import Antwoordschaal, Schaal, Vragenlijst

MAX_ANSWERS = 101  # 0 to 100 is the widest scale that people use
MAX_CHOICES = 6  # named when none is near
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
    near = get_close_matches(str(word).lower(), list(known), n=1, cutoff=0.6)
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
    _voorbeeld_ids: ("antwoordschaal", "vragen", "schalen", "voorbeelden"),
}


def _number(value: float | None) -> str:
    return "geen score" if value is None else f"{value:.10g}".replace(".", ",")


def check_herkomst(record: Record, loc: Loc = ()) -> Iterator[Fault]:
    """`herkomst: eigen` needs a redenering, and nothing else may have one; walks the whole file."""
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


def check_afname(afname: Afname, lijst: Vragenlijst) -> list[Fault]:
    """Every fault of an afname beside its vragenlijst."""
    faults = [*_first(_antwoorden(afname, lijst)), *_first(_open(afname, lijst))]
    known = [m.id for m in lijst.meetmomenten]
    if afname.meetmoment is not None and afname.meetmoment not in known:
        details = {"id": afname.meetmoment, "suggestie": nearest(afname.meetmoment, known)}
        faults.append(Fault(("meetmoment",), "meetmoment-onbekend", details))
    if afname.client and looks_like_bsn(afname.client):
        faults.append(Fault(("client",), "client-lijkt-bsn", {}))
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

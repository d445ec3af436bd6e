"""Which statement says which fact of the register, or why none does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

STATUS = ("gedekt", "niet-opgenomen", "open")


class Feit(NamedTuple):
    """A fact of the register: its id, a short label, and the document and heading where it stands."""

    id: str
    kern: str
    document: str
    kop: str


class Bron(NamedTuple):
    """A part of the content that may say facts: a kennisitem, techniek, vragenlijst or the stuurmatrix, as JSON."""

    soort: str
    id: str
    naam: str
    opdracht: str
    inhoud: Mapping[str, Any]


class Vindplaats(NamedTuple):
    """A statement that says a fact: in what it stands, where in that, and its text."""

    soort: str
    id: str
    naam: str
    plaats: str
    tekst: str
    opdracht: str


class Feitdekking(NamedTuple):
    """A fact with the statements that say it, or the reason (of the closed list) why none does."""

    feit: Feit
    vindplaatsen: tuple[Vindplaats, ...]
    reden: str | None
    toelichting: str | None

    @property
    def status(self) -> str:
        """gedekt, niet-opgenomen, or open: a fact that nothing answers for."""
        if self.vindplaatsen:
            return "gedekt"
        return "niet-opgenomen" if self.reden else "open"


def cover(
    feiten: Sequence[Feit], bronnen: Iterable[Bron], niet_opgenomen: Iterable[Mapping[str, str]]
) -> list[Feitdekking]:
    """Every fact, in the order of the register."""
    places: dict[str, list[Vindplaats]] = {}
    for bron in bronnen:
        for ids, plaats in find_uitspraken(bron):
            for feit_id in ids:
                places.setdefault(feit_id, []).append(plaats)
    reasons = {n["id"]: n for n in niet_opgenomen}
    return [_dekking(feit, places.get(feit.id, []), reasons.get(feit.id, {})) for feit in feiten]


def _dekking(feit: Feit, places: Sequence[Vindplaats], why: Mapping[str, str]) -> Feitdekking:
    why = {} if places else why
    return Feitdekking(feit, tuple(places), why.get("reden"), why.get("toelichting"))


def count(dekking: Iterable[Feitdekking]) -> dict[str, int]:
    """How many facts there are, and how many of each status."""
    counted = Counter(d.status for d in dekking)
    return {"feiten": counted.total(), **{status: counted[status] for status in STATUS}}


def find_uitspraken(bron: Bron) -> Iterator[tuple[list[str], Vindplaats]]:
    """Every statement of a part with the ids that it says, those under `ook` included."""
    for plaats, part in _walk(bron.inhoud, ()):
        cited = [part["herkomst"], *(part.get("ook") or ())]
        ids = [i for herkomst in cited if isinstance(herkomst, dict) for i in herkomst["ids"]]
        if ids:
            text = part.get("tekst") or part.get("toelichting") or part.get("naam") or ""
            where = Vindplaats(bron.soort, bron.id, bron.naam, _in_words(plaats), text, _opdracht(bron, part))
            yield list(dict.fromkeys(ids)), where


def _opdracht(bron: Bron, part: Mapping[str, Any]) -> str:
    """What to type to see it; for a cell of the stuurmatrix, the command that shows that cell."""
    if bron.soort == "sturing" and "regie" in part and "sturing" in part:
        return f"{bron.opdracht} --regie {part['regie']} --sturing {part['sturing']}"
    return bron.opdracht


def _walk(part: Any, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    if isinstance(part, dict):
        if "herkomst" in part:
            yield loc, part
        for name, value in part.items():
            yield from _walk(value, (*loc, name))
    elif isinstance(part, list):
        for number, value in enumerate(part, 1):
            yield from _walk(value, (*loc, number))


def _in_words(loc: tuple[str | int, ...]) -> str:
    """'uitspraken 2', 'onderdelen 1, punten 3'; nothing for the whole."""
    words = "".join(f" {step}" if isinstance(step, int) else f", {step}" for step in loc)
    return words.removeprefix(", ").replace("_", " ")

"""The shape of a koppelbestand: which column of a table is which vraag, as a coach agreed to it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from regiekit.domain.antwoordwoorden import EMPTY, Antwoordwoorden, plain_word, said
from regiekit.domain.checks import Fault
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.record import Id, Record, Versie
from regiekit.domain.vragenlijst import MAX_VRAGEN, Vragenlijst, Waarde

# As long as a cell of Excel can be.
Kolomnaam = Annotated[str, StringConstraints(min_length=1, max_length=32_767)]
Woord = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Leeg = Literal["leeg", "weet-niet", "wil-niet-zeggen", "nvt"]
MAX_KOLOMMEN, MAX_WOORDEN = 2_000, 500


class Velden(Record):
    """De kolommen over de afname zelf."""

    client: Kolomnaam | None = None
    """De kolom met de cliëntcode."""
    meetmoment: Kolomnaam | None = None
    datum: Kolomnaam | None = None
    taal: Kolomnaam | None = None


class Koppelbestand(Record):
    """Welke kolom van een rekenblad welke vraag is, en welke woorden welk antwoord zijn."""

    vragenlijst: Id
    versie: Versie
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    """De hash van de vragenlijst; is de lijst veranderd, dan geldt deze koppeling niet meer."""
    kolommen: Annotated[dict[Id, Kolomnaam | None], Field(max_length=MAX_VRAGEN)]
    """Per vraag de naam van de kolom; leeg als er voor die vraag geen kolom is."""
    velden: Velden = Velden()
    """De kolommen met code, meetmoment, datum en taal."""
    datumvolgorde: Literal["dag-maand", "maand-dag"] | None = None
    """Hoe datums als 3/4/2026 en 3-4-2026 gelezen worden, als het bestand dat zelf niet laat zien."""
    open: Annotated[dict[Id, Kolomnaam], Field(max_length=MAX_VRAGEN)] = {}
    """Per open vraag de naam van de kolom; open vragen van verschillende meetmomenten mogen één kolom hebben."""
    zonder_training: Annotated[dict[Id, Kolomnaam], Field(max_length=MAX_VRAGEN)] = {}
    """Hetzelfde voor de open vragen zonder online training."""
    waarden: Annotated[dict[Woord, Waarde], Field(max_length=MAX_WOORDEN)] = {}
    """Andere woorden voor een antwoord, in elke kolom: 'helemaal waar' is 5."""
    niet_beantwoord: Annotated[dict[Woord, Leeg], Field(max_length=MAX_WOORDEN)] = {}
    """Andere woorden voor geen antwoord: 'geen mening' is weet-niet, of leeg."""
    eigen_waarden: Annotated[dict[Id, dict[Woord, Waarde]], Field(max_length=MAX_VRAGEN)] = {}
    """Andere woorden voor een antwoord op één vraag."""
    overgeslagen: Annotated[tuple[Kolomnaam, ...], Field(max_length=MAX_KOLOMMEN)] = ()
    """De kolommen die niet worden ingelezen."""


def check_koppelbestand(koppeling: Koppelbestand) -> Iterator[Fault]:
    """A column that stands there twice, and words that cannot be what is said of them."""
    seen: dict[str, tuple[str | int, ...]] = {}
    for loc, naam in _kolommen(koppeling):
        eerder = seen.setdefault(naam, loc)
        if eerder != loc and not {eerder[0], loc[0]} <= {"open", "zonder_training"}:  # each at its own meetmoment
            yield Fault(loc, "dubbele-kolom", {"naam": naam, "eerder": eerder})
    known: dict[str, tuple[str, int | str]] = {}
    for loc, woord, waarde in _woorden(koppeling):
        plain = plain_word(woord)
        if not plain or (isinstance(waarde, int) and plain in (*EMPTY, *NOT_ANSWERED)):
            yield Fault(loc, "koppel-leeg", {"woord": woord}, at_key=True)
        elif loc[0] != "eigen_waarden":
            waar, ander = known.setdefault(plain, (woord, waarde))
            if ander != waarde:
                yield _tegenspraak(loc, woord, waarde, waar, ander)


def check_waarden(koppeling: Koppelbestand, lijst: Vragenlijst) -> Iterator[Fault]:
    """Words that are given a number outside the antwoordschaal, or that the vragenlijst itself has for another."""
    bare = {v.id: Antwoordwoorden(lijst, v.id, {}, {}) for v in lijst.vragen}
    for loc, woord, waarde in _woorden(koppeling):
        vragen = [loc[1]] if loc[0] == "eigen_waarden" else list(bare)
        of_woord = {str(v): bare[str(v)] for v in vragen if v in bare}
        ends = [w.ends for w in of_woord.values()]
        if isinstance(waarde, int) and ends and not any(e.min <= waarde <= e.max for e in ends):
            details = {"kreeg": f"'{waarde}'", "min": min(e.min for e in ends), "max": max(e.max for e in ends)}
            yield Fault(loc, "koppel-schaal", details)
        for vraag, woorden in of_woord.items():
            known = woorden.read(woord)
            if isinstance(known, int) and known != waarde:
                yield _tegenspraak(loc, woord, waarde, vraag, known)
                break


def _tegenspraak(loc: tuple[str | int, ...], woord: str, waarde: int | str, waar: str, ander: Any) -> Fault:
    details = {"woord": woord, "een": said(waarde), "waar": waar, "ander": said(ander)}
    return Fault(loc, "koppel-spreekt-tegen", details, at_key=True)


def _woorden(koppeling: Koppelbestand) -> Iterator[tuple[tuple[str | int, ...], str, int | str]]:
    """Each word with its place and what it is said to be."""
    for part in ("waarden", "niet_beantwoord"):
        for woord, waarde in getattr(koppeling, part, {}).items():
            yield (part, woord), woord, waarde
    for vraag, woorden in getattr(koppeling, "eigen_waarden", {}).items():
        for woord, waarde in woorden.items():
            yield ("eigen_waarden", vraag, woord), woord, waarde


def _kolommen(koppeling: Koppelbestand) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each column that is read, with its place."""
    for part in ("kolommen", "open", "zonder_training"):
        for name, kolom in getattr(koppeling, part, {}).items():
            if kolom is not None:
                yield (part, name), kolom
    for name in Velden.model_fields:
        if kolom := getattr(getattr(koppeling, "velden", None), name, None):
            yield ("velden", name), kolom
    for n, kolom in enumerate(getattr(koppeling, "overgeslagen", ())):
        yield ("overgeslagen", n), kolom

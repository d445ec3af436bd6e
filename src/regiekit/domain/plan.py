"""The building blocks of a plan van aanpak: what is known, what is still to fill in, and which texts are for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.errors import RegiekitError, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from regiekit.domain.planbestand import Manier, Planteksten

MAX_EVALUATIES = 6  # proposed from the table of mijlpalen; more dates than that are seldom kept


class Rol(NamedTuple):
    """Who does what in the traject."""

    wie: str
    rol: str


class Stap(NamedTuple):
    """One step of the plan."""

    wat: str
    wie: str | None
    wanneer: str | None


class Plan(NamedTuple):
    """What is known of a plan; everything may be empty."""

    client: str | None = None
    datum: date | None = None
    eerste_ziektedag: date | None = None
    eigen_doelen: tuple[str, ...] = ()
    doel_spoor_2: str | None = None
    rollen: tuple[Rol, ...] = ()
    stappen: tuple[Stap, ...] = ()
    evaluaties: tuple[date, ...] = ()
    manieren: tuple[str, ...] | None = None
    eigen_regie: tuple[str, ...] = ()
    visie_werknemer: str | None = None
    visie_werkgever: str | None = None
    namen: tuple[str, ...] = ()
    """What must not be in the plan, such as the name of another client; shown nowhere."""


class Veld(NamedTuple):
    """A text that a person wrote: under which name, and the text."""

    naam: str
    tekst: str


def merge(first: Plan, second: Plan) -> Plan:
    """The first plan, with what the second one fills in: lists are joined, a single value is replaced."""
    values: dict[str, Any] = {}
    for name, old in first._asdict().items():
        new = getattr(second, name)
        values[name] = (*(old or ()), *new) if isinstance(new, tuple) else (old if new is None else new)
    return Plan(**values)


def texts_for_others(plan: Plan) -> Iterator[Veld]:
    """Every text of a person that the plan would show, with the name of its field."""
    for name in ("eigen_doelen", "eigen_regie"):
        yield from (Veld(name, text) for text in getattr(plan, name))
    for name in ("doel_spoor_2", "visie_werknemer", "visie_werkgever", "client"):
        if text := getattr(plan, name):
            yield Veld(name, text)
    for name, rows in (("rollen", plan.rollen), ("stappen", plan.stappen)):
        yield from (Veld(name, text) for row in rows for text in row if text)


def choose_manieren(teksten: Planteksten, plan: Plan) -> list[Manier]:
    """The ways to stimulate eigen regie that were chosen, or the standard ones when nothing was said about it.

    Raises RegiekitError for an id that is not known.
    """
    known = {manier.id: manier for manier in teksten.manieren}
    if plan.manieren is None:
        return [] if plan.eigen_regie else [manier for manier in teksten.manieren if manier.standaard]
    for name in plan.manieren:
        if name not in known:
            from regiekit.domain.checks import suggestion

            hint = suggestion(name, known) or "; kies er een uit 'regiekit plan --manieren'"
            raise RegiekitError(f"de manier '{name}' ken ik niet{hint}")
    return [known[name] for name in dict.fromkeys(plan.manieren)]


def propose_evaluaties(plan: Plan, known: Sequence[date]) -> tuple[date, ...]:
    """The dates of the plan itself, or the first ones after it of those that are known."""
    later = (day for day in known if plan.datum is None or day > plan.datum)
    return plan.evaluaties or tuple(later)[:MAX_EVALUATIES]


def missing(plan: Plan, evaluaties: Iterable[date]) -> list[str]:
    """The parts that are still empty, by the name of their field."""
    names = ("eigen_doelen", "doel_spoor_2", "rollen", "stappen", "evaluaties", "visie_werknemer", "visie_werkgever")
    filled = {**plan._asdict(), "evaluaties": tuple(evaluaties)}
    return [name for name in names if not _has_text(filled[name])]


def _has_text(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def read_rol(text: str) -> Rol:
    """'werkgever=zorgt voor een plek'; raises RegiekitError when a part is missing."""
    wie, equals, rol = (part.strip() for part in text.partition("="))
    if not (wie and equals and rol):
        raise RegiekitError(f"de rol '{shorten(text)}' mist iets; schrijf hem als 'werkgever=zoekt een werkplek'")
    return Rol(wie, rol)


def read_stap(text: str) -> Stap:
    """'wat; wie; wanneer', of which only the first is needed; raises RegiekitError without it or with more."""
    parts = [part.strip() for part in text.split(";")]
    if not parts[0] or len(parts) > 3:
        raise RegiekitError(f"de stap '{shorten(text)}' klopt niet; schrijf hem als 'profiel maken; werknemer; april'")
    wat, wie, wanneer = [*parts, "", ""][:3]
    return Stap(wat, wie or None, wanneer or None)

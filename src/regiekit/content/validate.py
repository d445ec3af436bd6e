"""Data to model: every complaint of pydantic, and every fault between the parts, becomes a problem with its place."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from regiekit.domain.checks import check_herkomst, show, suggestion
from regiekit.domain.record import Record
from regiekit.errors import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic_core import ErrorDetails

    from regiekit.content.reader import Yaml
    from regiekit.domain.checks import Fault

R = TypeVar("R", bound=Record)

# pydantic's error type -> code in the catalogue
_CODES = {
    "missing": "ontbreekt",
    "extra_forbidden": "onbekend-veld",
    "string_type": "geen-tekst",
    "int_type": "geen-heel-getal",
    "int_from_float": "geen-heel-getal",
    "int_parsing": "geen-heel-getal",
    "float_type": "geen-getal",
    "bool_type": "geen-ja-nee",
    "tuple_type": "geen-lijst",
    "list_type": "geen-lijst",
    "dict_type": "geen-groep",
    "model_type": "geen-groep",
    "model_attributes_type": "geen-groep",
    "literal_error": "geen-keuze",
    "string_too_short": "te-kort",
    "too_short": "te-kort",
    "string_too_long": "te-lang",
    "too_long": "te-lang",
    "greater_than_equal": "te-laag",
    "less_than_equal": "te-hoog",
    "date_parsing": "geen-datum",
    "date_type": "geen-datum",
    "date_from_datetime_parsing": "geen-datum",
    "date_from_datetime_inexact": "geen-datum",
}
_PATTERNS = {"^[a-z0-9]": "geen-id", "^[A-Za-z0-9]": "geen-code"}


def validate(
    model: type[R], read: Yaml, bestand: str, check: Callable[[R], Iterable[Fault]] = check_herkomst
) -> tuple[R | None, list[Problem]]:
    """The model, or every problem of the data with its place in the file."""
    if not isinstance(read.data, dict):
        return None, [problem(bestand, *read.place_of(()), "geen-afbeelding")]
    try:
        made = model.model_validate_json(json.dumps(read.data))
    except ValidationError as error:
        return None, _unique(_pydantic(e, model, read, bestand) for e in error.errors(include_url=False))
    return made, faults_to_problems(check(made), read, bestand)


def faults_to_problems(faults: Iterable[Fault], read: Yaml, bestand: str) -> list[Problem]:
    """Faults between the parts, each with its place in the file."""
    return _unique(_fault(f, read, bestand) for f in faults)


def _unique(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems))


def _fault(fault: Fault, read: Yaml, bestand: str) -> Problem:
    details = dict(fault.details)
    if "eerder" in details:
        details["regel"] = read.place_of(details.pop("eerder"))[0]
    return problem(bestand, *read.place_of(fault.loc, key=fault.at_key), fault.code, **details)


def _pydantic(error: ErrorDetails, model: type[Record], read: Yaml, bestand: str) -> Problem:
    loc = tuple(step for step in error["loc"] if step != "[key]")
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if "herkomst" in loc and (loc[-1] in ("Herkomst", "literal['eigen']") or loc[loc.index("herkomst") + 1 :] == ()):
        return problem(bestand, *read.place_of(loc), "geen-herkomst")
    code = _CODES.get(kind, "klopt-niet")
    if kind == "string_pattern_mismatch":
        code = next((c for start, c in _PATTERNS.items() if context["pattern"].startswith(start)), "verkeerd-patroon")
    details: dict[str, object] = {
        "veld": loc[-1] if loc else "",
        "kreeg": show(given) if code[:5] != "geen-" or code in _SHOWN else _not(given),
        "minimum": context.get("min_length", context.get("ge")),
        "maximum": context.get("max_length", context.get("le")),
        "suggestie": "",
        "keuzes": "",
    }
    if code == "onbekend-veld":
        details["suggestie"] = _field_suggestion(model, read, loc)
    if code == "geen-keuze":
        words = [w.strip("'") for w in context["expected"].replace(" or ", ", ").split(", ")]
        details["keuzes"] = " of ".join(words) if len(words) == 2 else ", ".join(words)
        details["suggestie"] = suggestion(given, words)
    return problem(bestand, *read.place_of(loc, key=kind == "extra_forbidden"), code, **details)


_SHOWN = ("geen-keuze", "geen-id", "geen-code", "geen-datum")


def _not(given: object) -> str:
    return f", geen {show(given)}" if not isinstance(given, (dict, list)) else f", {show(given)} kan hier niet"


def _field_suggestion(model: type[Record], read: Yaml, loc: tuple[Any, ...]) -> str:
    """The nearest field that this place does know and does not have yet."""
    fields = _fields_at(model, loc[:-1])
    near = get_close_matches(str(loc[-1]), fields, n=1, cutoff=0.6)
    if near:
        return f"; bedoelde je '{near[0]}'?"
    return f"; hier kan: {', '.join(fields)}" if fields else "; haal het weg"


def _fields_at(model: type[Record], loc: tuple[Any, ...]) -> list[str]:
    """The fields of the model that stands at `loc`, found in its JSON Schema."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    here: Any = schema
    for step in loc:
        here = _descend(here, step, definitions)
    here = _resolve(here, definitions)
    return list(here.get("properties", {}))


def _resolve(here: Any, definitions: dict[str, Any]) -> Any:
    while "$ref" in here:
        here = definitions[here["$ref"].rpartition("/")[2]]
    for option in here.get("anyOf", []):
        found = _resolve(option, definitions)
        if found.get("type") in ("object", "array"):
            return found
    return here


def _descend(here: Any, step: object, definitions: dict[str, Any]) -> Any:
    here = _resolve(here, definitions)
    if isinstance(step, int):
        return here.get("items", {})
    return here.get("properties", {}).get(step, here if step in definitions else {})

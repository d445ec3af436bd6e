"""Data to model: every complaint of pydantic, and every fault between the parts, becomes a problem with its place."""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from regiekit.domain.checks import check_herkomst, show, suggestion
from regiekit.domain.record import Record
from regiekit.errors import MAX_PROBLEMS, Problem, bounded, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic_core import ErrorDetails

    from regiekit.content.reader import Loc, Yaml
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
    "int_parsing_size": "geen-heel-getal",
    "float_type": "geen-getal",
    "bool_type": "geen-ja-nee",
    "tuple_type": "geen-lijst",
    "dict_type": "geen-groep",
    "model_type": "geen-groep",
    "literal_error": "geen-keuze",
    "string_too_short": "te-kort",
    "too_short": "te-kort",
    "string_too_long": "te-lang",
    "too_long": "te-lang",
    "greater_than_equal": "te-laag",
    "less_than_equal": "te-hoog",
    "date_parsing": "geen-datum",
    "date_type": "geen-datum",
}
_PATTERNS = {"^[a-z0-9]": "geen-id", "^[A-Za-z0-9]": "geen-code"}
_MANY = 10_000  # complaints of pydantic
_SHOWN = ("geen-keuze", "geen-id", "geen-code", "geen-datum")
_BRANCHES = ("Herkomst", "literal['eigen']")  # what pydantic puts in a loc for the two forms of `herkomst`


def validate(
    model: type[R], read: Yaml, bestand: str, check: Callable[[R], Iterable[Fault]] = check_herkomst
) -> tuple[R | None, list[Problem]]:
    """The model, or every problem of the data with its place in the file.

    When a field is wrong, `check` gets a record without that field, so that it tells of what can still be judged.
    """
    if not isinstance(read.data, dict):
        return None, [problem(bestand, *read.place_of(()), "geen-afbeelding")]
    try:
        made = model.model_validate_json(json.dumps(read.data))
    except ValidationError as error:
        errors = _errors(error, model, read.data)
        faults = check(_sound_part(model, read.data, {e["loc"][0] for e in errors if e["loc"]}))
        return None, bounded([*_pydantic(errors, model, read, bestand), *faults_to_problems(faults, read, bestand)])
    return made, faults_to_problems(check(made), read, bestand)


def _errors(error: ValidationError, model: type[Record], data: Any) -> list[ErrorDetails]:
    """The complaints; of very many only those about the first parts, since each of them takes a kilobyte."""
    if error.error_count() > _MANY:
        try:
            model.model_validate_json(json.dumps(_first_parts(data)))
        except ValidationError as fewer:
            error = fewer
    return error.errors(include_url=False)


def _first_parts(data: Any) -> Any:
    """The same data with no more than MAX_PROBLEMS parts in any list or mapping."""
    if isinstance(data, dict):
        return {name: _first_parts(part) for name, part in islice(data.items(), MAX_PROBLEMS)}
    return [_first_parts(part) for part in data[:MAX_PROBLEMS]] if isinstance(data, list) else data


def validate_part(model: type[Record], data: dict[str, Any], loc: Loc, read: Yaml, bestand: str) -> list[Problem]:
    """The problems of a part of a file beside its model; `data` is what stands at `loc`, or was made of it."""
    values, keys = ({k[len(loc) :]: p for k, p in places.items() if k[: len(loc)] == loc}
                    for places in (read.values, read.keys))  # fmt: skip
    return validate(model, read._replace(data=data, values=values, keys=keys), bestand)[1]


def faults_to_problems(faults: Iterable[Fault], read: Yaml, bestand: str) -> list[Problem]:
    """Faults between the parts, each with its place in the file."""
    return bounded(_fault(f, read, bestand) for f in islice(faults, 3 * MAX_PROBLEMS))


def _fault(fault: Fault, read: Yaml, bestand: str) -> Problem:
    details = dict(fault.details)
    if "eerder" in details:
        details["regel"] = read.place_of(details.pop("eerder"))[0]
    return problem(bestand, *read.place_of(fault.loc, key=fault.at_key), fault.code, **details)


def _sound_part(model: type[R], data: dict[str, Any], wrong: set[Any]) -> R:
    """The record without the fields that are wrong; these are absent, so that nothing is concluded from a default."""
    values = {
        name: TypeAdapter[Any](cast("Any", field.annotation)).validate_json(json.dumps(data[name]))
        for name, field in model.model_fields.items()
        if name in data and name not in wrong
    }
    made = cast("R", model.model_construct(**values))
    for name in wrong & vars(made).keys():
        del vars(made)[name]
    return made


def _pydantic(errors: list[ErrorDetails], model: type[Record], read: Yaml, bestand: str) -> list[Problem]:
    """The first complaints, in the order of the file."""
    placed = sorted((_place(e, read), n) for n, e in enumerate(errors) if not _follows(e))
    return [_problem(errors[n], place, model, read, bestand) for place, n in placed[: 2 * MAX_PROBLEMS]]


def _place(error: ErrorDetails, read: Yaml) -> tuple[int, int]:
    at_key = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    return read.place_of(_loc(error), key=at_key)


def _loc(error: ErrorDetails) -> Loc:
    """Where in the data: without what pydantic adds for a key and for a branch of a union."""
    loc = error["loc"][:-1] if error["loc"][-1:] == ("[key]",) else error["loc"]
    return tuple(s for n, s in enumerate(loc) if not (s in _BRANCHES and n and loc[n - 1] == "herkomst"))


def _follows(error: ErrorDetails) -> bool:
    """Said because of another complaint: of `eigen` where a group was meant, of a list without its wrong items."""
    if error["type"] == "too_short":
        return bool(len(error["input"]) >= error["ctx"]["min_length"])
    return error["loc"][-1:] == (_BRANCHES[1],) and isinstance(error["input"], dict)


def _problem(
    error: ErrorDetails, place: tuple[int, int], model: type[Record], read: Yaml, bestand: str
) -> Problem:  # fmt: skip
    loc, kind, context = _loc(error), error["type"], error.get("ctx", {})
    if error["loc"][-1:] and error["loc"][-1] in _BRANCHES and loc[-1:] == ("herkomst",):
        return problem(bestand, *place, "geen-herkomst")
    code = _CODES.get(kind, "klopt-niet")
    if kind == "string_pattern_mismatch":
        code = next((c for start, c in _PATTERNS.items() if context["pattern"].startswith(start)), "verkeerd-patroon")
    details = _details(code, error, context)
    details["veld"] = next((s for s in reversed(loc) if isinstance(s, str)), "dit bestand")
    if code == "onbekend-veld":
        details["suggestie"] = _field_suggestion(model, read, loc)
    return problem(bestand, *place, code, **details)


def _details(code: str, error: ErrorDetails, context: dict[str, Any]) -> dict[str, object]:
    """What fills the sentence."""
    given, unit = error["input"], "tekens" if error["type"].startswith("string") else "onderdelen"
    least, most = context.get("min_length", context.get("ge")), context.get("max_length", context.get("le"))
    details: dict[str, object] = {
        "kreeg": _not(given) if code.startswith("geen-") and code not in _SHOWN else show(given),
        "raad": _raad(given),
        "minimum": least,
        "maximum": most,
        "eenheid": unit.removesuffix("s" if unit == "tekens" else "en") if least == 1 else unit,
    }
    if code == "geen-keuze":
        words = [w.strip("'") for w in context["expected"].replace(" or ", ", ").split(", ")]
        details["keuzes"] = " of ".join(words) if len(words) == 2 else ", ".join(words)
        details["suggestie"] = suggestion(given, words)
    return details


def _not(given: object) -> str:
    if given is None:
        return ", maar hier staat niets"
    return f", {show(given)} kan hier niet" if isinstance(given, (dict, list)) else f", geen {show(given)}"


def _raad(given: object) -> str:
    """What to do where text is needed."""
    if given is None:
        return "vul het in, of haal de regel weg"
    return "schrijf het in één tekst" if isinstance(given, (dict, list)) else "zet er aanhalingstekens om"


def _field_suggestion(model: type[Record], read: Yaml, loc: Loc) -> str:
    """The nearest field that this place does know and does not have yet."""
    here = read.data
    for step in loc[:-1]:
        here = here[step]
    fields = [f for f in _fields_at(model, tuple("#" if isinstance(s, int) else s for s in loc[:-1])) if f not in here]
    near = get_close_matches(str(loc[-1]).lower(), fields, n=1, cutoff=0.6)
    if near:
        return f"; bedoelde je '{near[0]}'?"
    return f"; haal het weg (wat nog kan: {', '.join(fields)})" if fields else "; haal het weg"


@cache
def _fields_at(model: type[Record], loc: tuple[str, ...]) -> list[str]:
    """The fields of the model that stands at `loc` ('#' for any place in a list), found in its JSON Schema."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    here: Any = schema
    for step in loc:
        here = _resolve(here, definitions)
        here = here.get("items", {}) if step == "#" else here.get("properties", {}).get(step, {})
    return list(_resolve(here, definitions).get("properties", {}))


def _resolve(here: Any, definitions: dict[str, Any]) -> Any:
    while "$ref" in here:
        here = definitions[here["$ref"].rpartition("/")[2]]
    for option in here.get("anyOf", []):
        found = _resolve(option, definitions)
        if found.get("type") in ("object", "array"):
            return found
    return here

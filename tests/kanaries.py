"""A unique word, day or number in every field of every soort aantekening, made from the models themselves.

A field that is added later gets one by itself; a test then sees whether it comes where it has to come, or stays away.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from regiekit.content.library import to_json
from regiekit.domain.aantekening import SOORTEN
from util import EIGEN_REGIE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from regiekit.domain.record import Record
    from regiekit.dossier.boek import Boek

FIXED = (EIGEN_REGIE.hash, "nl")
NO_WORD = {"afname.hash", "afname.taal"}  # texts of which the form leaves no room for a word of its own


class Kanaries:
    """Fills models with what occurs once; `gezet` says of each word and day in which field it stands."""

    def __init__(self, start: date) -> None:
        self.gezet: dict[str, str] = {}
        self._day, self._numbers = start, count(1001)

    def of(self, soort: str, naam: str | None = None, **given: Any) -> Record:
        """An aantekening of this soort with something of its own in every field; `naam` is what `gezet` calls it."""
        return self._model(SOORTEN[soort], naam or soort, given)  # type: ignore[return-value]

    def word(self, veld: str) -> str:
        """A word of letters alone, of one length: none stands in another."""
        number = next(self._numbers)
        word = f"kanarie{''.join(chr(97 + number // n % 26) for n in (676, 26, 1))}x"
        self.gezet[word] = veld
        return word

    def day(self, veld: str) -> date:
        """A day well after the one before."""
        self._day += timedelta(days=9)
        self.gezet[self._day.isoformat()] = veld
        return self._day

    def _model(self, kind: type[BaseModel], veld: str, given: dict[str, Any]) -> BaseModel:
        rest = {n: self._field(f, f"{veld}.{n}") for n, f in kind.model_fields.items() if n not in given}
        return kind.model_validate({**rest, **given})

    def _field(self, field: FieldInfo, veld: str) -> Any:
        """Something for a field; never what it is when nothing is given."""
        return not field.default if field.annotation is bool else self._value(Annotated[field.annotation, field], veld)

    def _value(self, annotation: Any, veld: str) -> Any:
        """Something that this type accepts, unique where it can be."""
        kind = annotation
        while get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is tuple:
            return tuple(self._value(arguments[0], veld) for _ in range(3))
        if origin is dict:
            return {self.word(f"{veld} (naam)"): self._value(arguments[1], veld)}
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self._model(kind, veld, {})
        if origin is Literal:
            return arguments[-1]
        parts = [part for part in arguments if part is not type(None)]
        if parts:  # a union
            return self._value(parts[0], veld)
        if kind is date:
            return self.day(veld)
        fixed = FIXED if kind is str else (next(self._numbers), 41)
        if kind is str and _accepts(annotation, "kanarieaaax"):
            return self.word(veld)
        return next(value for value in fixed if _accepts(annotation, value))


def text_fields(soort: str) -> set[str]:
    """Every field of this soort that can hold a text or a day, as its JSON schema has it: another way to the same."""
    schema = SOORTEN[soort].model_json_schema()
    return set(_texts(schema, schema.get("$defs", {}), soort)) - NO_WORD


def _texts(schema: dict[str, Any], parts: dict[str, Any], veld: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    for one in schema.get("anyOf", ()):
        yield from _texts(one, parts, veld)
    for name, one in schema.get("properties", {}).items():
        yield from _texts(one, parts, f"{veld}.{name}")
    if "items" in schema:
        yield from _texts(schema["items"], parts, veld)
    if isinstance(more := schema.get("additionalProperties"), dict):
        yield f"{veld} (naam)"
        yield from _texts(more, parts, veld)
    if schema.get("type") == "string" and not {"enum", "const"} & set(schema):
        yield veld


def write_kanaries(boek: Boek, code: str, kanaries: Kanaries | None = None) -> dict[str, Record]:
    """A client with one of every soort, and a correction of it: 'oud' and 'nieuw' of each, by name. The afname is one
    of eigen-regie, so that it can be scored."""
    made: dict[str, Record] = {}
    kanaries = kanaries or Kanaries(date(1930, 1, 1))
    lijst = to_json(EIGEN_REGIE.inhoud)
    for soort in SOORTEN:
        old, new = (kanaries.of(soort, **_of_eigen_regie(kanaries, soort)) for _ in range(2))
        if soort == "traject":
            number = boek.new_client(code, kanaries.day("datum"), old)
        else:
            number = boek.add(code, kanaries.day("datum"), old, lijst if soort == "afname" else None)
        boek.correct(code, number, kanaries.day("datum"), new, kanaries.word("reden"))
        made |= {f"{soort}, oud": old, f"{soort}, nieuw": new}
    return made


def _of_eigen_regie(kanaries: Kanaries, soort: str) -> dict[str, Any]:
    if soort != "afname":
        return {}
    lijst = EIGEN_REGIE.inhoud
    answers: dict[str, Any] = {v.id: 1 + n % 5 for n, v in enumerate(lijst.vragen)}
    answers |= {"autonomie-1": "weet-niet", "autonomie-2": "wil-niet-zeggen", "competentie-1": "nvt"}
    return {
        "vragenlijst": lijst.id, "versie": lijst.versie, "hash": EIGEN_REGIE.hash, "taal": "en",
        "meetmoment": "halverwege", "antwoorden": answers,
        "open": {v.id: kanaries.word("afname.open") for v in lijst.open_vragen},
    }  # fmt: skip


def words_in(value: Any) -> Iterator[str]:
    """The unique words in a value, and nothing that could stand somewhere by chance."""
    yield from (word for word in json.dumps(value, default=_plain).split('"') if "kanarie" in word)


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def _accepts(annotation: Any, value: Any) -> bool:
    try:
        TypeAdapter(annotation).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True

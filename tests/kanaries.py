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

_NUMBERS = count(1001)


def kanarie_of(soort: str) -> Record:
    """An aantekening of this soort with something of its own in every field; an afname is one of eigen-regie."""
    model = SOORTEN[soort]
    given = _of_eigen_regie() if soort == "afname" else {}
    rest = {name: _field(f) for name, f in model.model_fields.items() if name not in given}
    return model.model_validate({**rest, **given})


def _of_eigen_regie() -> dict[str, Any]:
    lijst = EIGEN_REGIE.inhoud
    answers: dict[str, Any] = {v.id: 1 + n % 5 for n, v in enumerate(lijst.vragen)}
    answers |= {"autonomie-1": "weet-niet", "autonomie-2": "wil-niet-zeggen", "competentie-1": "nvt"}
    return {
        "vragenlijst": lijst.id, "versie": lijst.versie, "hash": EIGEN_REGIE.hash, "taal": "en",
        "meetmoment": "halverwege", "antwoorden": answers, "open": {v.id: _word() for v in lijst.open_vragen},
    }  # fmt: skip


def write_kanaries(boek: Boek, code: str) -> dict[str, Record]:
    """A client with one of every soort, and a correction of it: 'oud' and 'nieuw' of each, by name."""
    made: dict[str, Record] = {}
    lijst = to_json(EIGEN_REGIE.inhoud)
    for soort in SOORTEN:
        old, new = kanarie_of(soort), kanarie_of(soort)
        if soort == "traject":
            number = boek.new_client(code, _day(), old)
        else:
            number = boek.add(code, _day(), old, lijst if soort == "afname" else None)
        boek.correct(code, number, _day(), new, _word())
        made |= {f"{soort}, oud": old, f"{soort}, nieuw": new}
    return made


def words_in(value: Any) -> Iterator[str]:
    """The unique words in a value, and nothing that could stand somewhere by chance."""
    yield from (word for word in json.dumps(value, default=_plain).split('"') if "kanarie" in word)


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def _word() -> str:
    return f"kanarie{next(_NUMBERS)}"


def _day() -> date:
    return date(1930, 1, 1) + timedelta(days=next(_NUMBERS))


def _field(field: FieldInfo) -> Any:
    """Something for a field; never what it is when nothing is given."""
    return not field.default if field.annotation is bool else _value(Annotated[field.annotation, field])


def _value(annotation: Any) -> Any:
    """Something that this type accepts, unique where it can be."""
    kind = annotation
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0]) for _ in range(3))
    if get_origin(kind) is dict:
        return {}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind(**{name: _field(f) for name, f in kind.model_fields.items()})
    if get_origin(kind) is Literal:
        return get_args(kind)[-1]
    parts = [part for part in get_args(kind) if part is not type(None)]
    if parts:  # a union
        return _value(parts[0])
    candidates = [_day()] if kind is date else [next(_NUMBERS), 41, _word()]
    return next(c for c in candidates if _accepts(annotation, c))


def _accepts(annotation: Any, value: Any) -> bool:
    try:
        TypeAdapter(annotation).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True

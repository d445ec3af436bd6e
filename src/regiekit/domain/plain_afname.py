"""An afname in which nothing is unusual, taken as it is.

To import pydantic takes longer than all else that `score` does. So a file that is plainly right skips the model, and
every other file goes to it: the model `Afname` alone decides what is wrong, and says so. This accepts less than the
model, never more, and gives the same values; a test holds the two together.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from regiekit.domain.clientcode import CODE_LENGTH, CODE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.domain.afname import Afname

MAX_ANTWOORDEN = 1000  # in one file; more is a slip
NOT_ANSWERED = ("weet-niet", "wil-niet-zeggen", "nvt")

_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
_ABSENT: dict[str, Any] = {
    "open": {},
    "training": True,
    **dict.fromkeys(("client", "meetmoment", "datum", "taal", "hash")),
}


class PlainAfname(NamedTuple):
    """The fields of the model `Afname`."""

    vragenlijst: str
    versie: str
    antwoorden: dict[str, Any]
    open: dict[str, str | None]
    client: str | None
    meetmoment: str | None
    datum: date | None
    taal: str | None
    training: bool
    hash: str | None


def plain_afname(data: Any) -> Afname | None:
    """The afname when it is plainly right, else None."""
    if not isinstance(data, dict) or not data.keys() <= set(PlainAfname._fields):
        return None
    values = {**_ABSENT, **data}
    if not all(name in values and is_plain(values[name]) for name, is_plain in _PLAIN.items()):
        return None
    if values["datum"]:
        values["datum"] = date.fromisoformat(values["datum"])
    return cast("Afname", PlainAfname(**values))  # for who reads it they are the same


def _is_line(value: Any, longest: int) -> bool:
    return type(value) is str and 0 < len(value) <= longest and value.isprintable() and value == value.strip()


def _is_match(value: Any, pattern: str, longest: int) -> bool:
    return value is None or (type(value) is str and len(value) <= longest and bool(re.fullmatch(pattern, value)))


def _is_date(value: Any) -> bool:
    if value is None or not _is_match(value, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", 10):
        return value is None
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _are_answers(value: Any) -> bool:
    return _is_group(value) and all(a is None or type(a) is int or a in NOT_ANSWERED for a in value.values())


def _are_texts(value: Any) -> bool:
    return _is_group(value) and all(a is None or type(a) is str for a in value.values())


def _is_group(value: Any) -> bool:
    return type(value) is dict and len(value) <= MAX_ANTWOORDEN


_PLAIN: dict[str, Callable[[Any], bool]] = {
    "vragenlijst": lambda value: _is_line(value, 400),
    "versie": lambda value: _is_line(value, 40),
    "client": lambda value: _is_match(value, CODE_PATTERN, CODE_LENGTH),
    "meetmoment": lambda value: _is_match(value, _ID, 60),
    "datum": _is_date,
    "antwoorden": _are_answers,
    "open": _are_texts,
    "taal": lambda value: _is_match(value, r"[a-z]{2,3}(-[a-z0-9]{1,8})*", 35),
    "training": lambda value: type(value) is bool,
    "hash": lambda value: _is_match(value, r"[0-9a-f]{16}", 16),
}

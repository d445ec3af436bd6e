"""The name of a file in what is shared: it could tell who somebody is, as a code could."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from regiekit.content.library import load_namenlijst
from regiekit.domain.clientcode import holds_name, looks_like_bsn, looks_like_phone, whole_names

if TYPE_CHECKING:
    from pathlib import Path

_NO_LETTERS = re.compile(r"[^\w]+")
_NUMBERS = re.compile(r"[0-9][0-9 ._-]{6,}[0-9]")


@cache
def _names() -> frozenset[str]:
    return whole_names(load_namenlijst())


def tells_someone(text: str) -> bool:
    """Whether a text holds a name, an e-mail address, a phone number or a burgerservicenummer."""
    if "@" in text or holds_name(_NO_LETTERS.sub("-", text), _names()):
        return True
    numbers = (found.strip(" ._-") for found in _NUMBERS.findall(text))
    return any(looks_like_bsn(n) or looks_like_phone(n) or looks_like_bsn(re.sub(r"[^0-9]", "", n)) for n in numbers)


def shared_name(path: Path, instead: str) -> str:
    """The name of a file, or `instead` with the same ending where it could tell who somebody is."""
    return f"{instead}{path.suffix}" if tells_someone(path.stem) else path.name

"""The figures of a group as JSON: the names of the fields, null with its `reden`, and what null means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.groepscijfers import Vraagcijfers

if TYPE_CHECKING:
    from regiekit.domain.groepscijfers import Groepscijfers

VERBORGEN = [
    "Een aantal dat null is, wordt niet getoond: het gaat om 1 tot en met 4 mensen, of zo'n aantal zou uit dit aantal "
    "volgen. 0 staat er gewoon.",
    "Deze cijfers zijn voor wie de tabel heeft. Uit precieze cijfers kan iets over één mens volgen; om te delen is er "
    "--verslag.",
    "Een cijfer met waarde null heeft in 'reden' staan waarom het er niet is.",
    "onder en boven zijn de grenzen van het interval van 95 %; null als dit cijfer geen interval heeft.",
]


def json_groep(cijfers: Groepscijfers) -> dict[str, Any]:
    """`groep --json`."""
    return {**_plain(cijfers), "verborgen": VERBORGEN}


def _plain(value: Any) -> Any:
    """A named value as an object with its fields; the kinds of blank of a vraag as an object too."""
    if isinstance(value, Vraagcijfers):
        return {**{name: _plain(part) for name, part in value._asdict().items()}, "leeg": dict(value.leeg)}
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value

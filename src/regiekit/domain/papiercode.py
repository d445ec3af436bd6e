"""The line on a paper form that says which form it is: in the QR, in words, and typed over by the coach.

    regiekit:ID@VERSIE:MEETMOMENT:CLIENT:HASH8

Meetmoment and client may be empty. HASH8 is the start of the hash of the vragenlijst: a list that was changed after it
was printed is noticed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regiekit.errors import RegiekitError, shorten

if TYPE_CHECKING:
    from regiekit.domain.formulier import Formulier

START = "regiekit:"
HASH_LENGTH = 8
# From the right, since a versie may hold a colon and nothing else may.
_FORM = re.compile(r"regiekit:([a-z0-9-]+)@(.+):([a-z0-9-]*):([A-Za-z0-9._-]*):([0-9a-f]{8})", re.IGNORECASE)


class Papiercode(NamedTuple):
    """What the line says."""

    vragenlijst: str
    versie: str
    meetmoment: str | None
    client: str | None
    hash: str


def make_papiercode(formulier: Formulier) -> str:
    """The line of one form."""
    return (
        f"{START}{formulier.vragenlijst}@{formulier.versie}:{formulier.meetmoment or ''}:{formulier.client or ''}:"
        f"{formulier.hash[:HASH_LENGTH]}"
    )


def read_papiercode(text: str) -> Papiercode:
    """The parts of such a line; RegiekitError when it is none."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise RegiekitError(
            f"'{shorten(text)}' is niet de code van een vragenlijst op papier; typ haar over zoals zij op het eerste "
            "blad staat, van 'regiekit:' tot en met het laatste teken"
        )
    lijst, versie, meetmoment, client, start = found.groups()
    return Papiercode(lijst.lower(), versie, meetmoment.lower() or None, client or None, start.lower())

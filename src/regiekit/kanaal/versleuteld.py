"""Sealed answer files: a compact JWE (RFC 7516), ECDH-ES on P-256 with A256GCM, for one key and nothing else.

What is wrong is told before a wachtzin is asked, where that can be seen without one.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.content.reader import MAX_BYTES
from regiekit.errors import WRONG_FILE, ProblemsError, RegiekitError, problem
from regiekit.kanaal.sleutel import ANSWER_ALG, ENC, is_on_curve, read_base64url, vingerafdruk

if TYPE_CHECKING:
    from regiekit.kanaal.sleutel import Geheim, Plaats, Sleutel

ANDERS = (
    "vraag de cliënt om opnieuw in te leveren, of om het gewone antwoordbestand of de antwoorden op papier mee te "
    "brengen"
)
_NEEDED = {"alg", "enc", "epk", "kid"}
_ALLOWED = {*_NEEDED, "apu", "apv", "typ", "cty"}  # no zip, no crit, and nothing that asks for more work
_TAG_TEXT = 22  # characters of a tag of 16 bytes (RFC 7518 5.3); with fewer the end of the file is missing


class Verzegeld(NamedTuple):
    """A sealed answer file that has the right shape; whether it is whole shows when it is opened."""

    bestand: str
    kid: str
    sealed: bytes


def read_sealed(raw: bytes, bestand: str) -> Verzegeld:
    """Check the shape of a sealed file, without a key; raises RegiekitError (exit 3). A mail may have cut its line."""
    if len(raw) > MAX_BYTES:
        raise ProblemsError([problem(bestand, 0, 0, "bestand-te-groot", grens=MAX_BYTES)])
    sealed = b"".join(raw.removeprefix(b"\xef\xbb\xbf").split())
    parts = sealed.decode("ascii", "replace").split(".")
    if len(parts) < 5:
        raise cut_off(bestand)
    fields = _fields(read_base64url(parts[0]))
    if fields is None or len(parts) > 5:
        raise changed(bestand)
    _check_fields(fields, bestand)
    if len(parts[4]) < _TAG_TEXT:
        raise cut_off(bestand)
    if not is_on_curve(fields["epk"]):
        raise changed(bestand)
    return Verzegeld(bestand, fields["kid"], sealed)


def _fields(header: bytes | None) -> dict[str, Any] | None:
    try:
        fields = json.loads(header or b"")
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _check_fields(fields: dict[str, Any], bestand: str) -> None:
    """Only what the form makes; raises RegiekitError."""
    if (fields.get("alg"), fields.get("enc")) != (ANSWER_ALG, ENC) or not _NEEDED <= fields.keys() <= _ALLOWED:
        raise RegiekitError(
            f"{bestand} is anders versleuteld{_kind(fields)} dan een formulier van regiekit doet, en wordt niet "
            f"geopend; {ANDERS}", WRONG_FILE,
        )  # fmt: skip
    epk, texts = fields["epk"], [fields[name] for name in fields if name != "epk"]
    if not all(isinstance(t, str) for t in texts) or not isinstance(epk, dict):
        raise changed(bestand)


def _kind(fields: dict[str, Any]) -> str:
    """How another program sealed it, between brackets; nothing where that says nothing."""
    names = [fields.get("alg"), fields.get("enc")]
    telling = all(isinstance(name, str) and re.fullmatch("[A-Za-z0-9+-]{3,24}", name) for name in names)
    return f" ({', '.join(map(str, names))})" if telling and names != [ANSWER_ALG, ENC] else ""


def changed(bestand: str) -> RegiekitError:
    """For a file of which a byte is not what it was."""
    return RegiekitError(
        f"{bestand} is onderweg veranderd of beschadigd, en wordt niet geopend. Bewaar het nog eens uit de mail; "
        f"helpt dat niet, {ANDERS}", WRONG_FILE,
    )  # fmt: skip


def no_antwoorden(bestand: str) -> RegiekitError:
    """For a file that opened, and in which is something else than a form makes."""
    return RegiekitError(
        f"{bestand} is wel voor jouw sleutel, maar er zitten geen antwoorden van een formulier in; {ANDERS}", WRONG_FILE
    )


def cut_off(bestand: str) -> RegiekitError:
    """For a file of which the end is missing."""
    return RegiekitError(
        f"{bestand} is niet heel: het eind ontbreekt. Bewaar het nog eens uit de mail; helpt dat niet, {ANDERS}",
        WRONG_FILE,
    )


def check_key(verzegeld: Verzegeld, geheim: Geheim | None, plaats: Plaats) -> Geheim:
    """The secret part that opens the file; raises RegiekitError when there is none (exit 2) or another one (exit 3)."""
    if geheim is None:
        only = "; er staat alleen een openbaar deel" if plaats.openbaar.exists() else ""
        raise RegiekitError(
            f"{verzegeld.bestand} is versleuteld voor sleutel {vingerafdruk(verzegeld.kid)}, en die is er niet "
            f"({plaats.geheim}{only}). Zet je kopie daar terug, of geef haar met --sleutel PAD. Is er geen kopie, "
            f"{ANDERS}"
        )
    if geheim.kid != verzegeld.kid:
        raise RegiekitError(
            f"{verzegeld.bestand} is versleuteld voor sleutel {vingerafdruk(verzegeld.kid)}, en hier is sleutel "
            f"{vingerafdruk(geheim.kid)} ({geheim.path}). Heb je de andere nog, geef haar met --sleutel PAD. Zo niet, "
            f"{ANDERS}", WRONG_FILE,
        )  # fmt: skip
    return geheim


def open_with(sleutel: Sleutel, verzegeld: Verzegeld) -> bytes:
    """What is in the file; raises RegiekitError (exit 3) when a byte of it changed."""
    from regiekit.kanaal import jose

    opened = jose.open_answer(verzegeld.sealed, sleutel.private)
    if opened is None:
        raise changed(verzegeld.bestand)
    return opened

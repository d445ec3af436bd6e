"""A code for a client: never a name, a phone number or a burgerservicenummer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regiekit.errors import MELDINGEN, RegiekitError, shorten

if TYPE_CHECKING:
    from regiekit.domain.woordenlijst import Namenlijst

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
CODE_LENGTH = 40
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_BETWEEN_WORDS = re.compile(r"[0-9._-]+")
_NINE_IN_A_ROW = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
_PHONE = re.compile(  # the mobile one without its zero only as one number: 6-2026-0001 is a code
    r"(?:(?:\+|00)31[ ._-]?|0)[1-9](?:[0-9]{8}|[ ._-][0-9]{8}|[0-9][ ._-][0-9]{7}|[0-9]{2}[ ._-][0-9]{6})"
    r"|06(?:[ ._-][0-9]{2}){4}|31[1-9][0-9]{8}|6[0-9]{8}"
)
_OF_THE = re.compile(r"van (?:de|den|der) ")


def looks_like_bsn(code: str) -> bool:
    """Whether digits in it pass the eleven test of the burgerservicenummer.

    These are nine digits (without letters there may be dots and dashes between them), or a number of eight of which a
    spreadsheet took the zero in front away.
    """
    digits = re.sub(r"[^0-9]", "", code)
    if code == digits and len(digits) == 8:
        return _passes_eleven_test(f"0{digits}")
    if len(digits) == 9 and not any(c.isalpha() for c in code):
        return _passes_eleven_test(digits)
    return any(map(_passes_eleven_test, _NINE_IN_A_ROW.findall(code)))


def _passes_eleven_test(digits: str) -> bool:
    return sum(w * int(d) for w, d in zip(_BSN_WEIGHTS, digits, strict=True)) % 11 == 0


def looks_like_phone(code: str) -> bool:
    """Whether it is a Dutch phone number: with 0 or 0031 in front, or a mobile one that lost its zero."""
    return bool(_PHONE.fullmatch(code))


def check_clientcode(code: str) -> str:
    """The code, or RegiekitError when it cannot be one."""
    if not re.fullmatch(CODE_PATTERN.strip("^$"), code) or len(code) > CODE_LENGTH:
        raise RegiekitError(MELDINGEN["geen-code"].format(kreeg=f"'{shorten(code)}'"))
    if looks_like_bsn(code):
        raise RegiekitError(MELDINGEN["client-lijkt-bsn"])
    if looks_like_phone(code):
        raise RegiekitError(MELDINGEN["client-lijkt-telefoon"])
    return code


def whole_names(lijst: Namenlijst) -> frozenset[str]:
    """The first names and surnames that no code may hold, written together; patterns are too wide for that."""
    names = {name for name in (*lijst.voornamen, *lijst.achternamen) if "*" not in name}
    names |= {_OF_THE.sub(of_the, name) for name in names for of_the in ("vd", "vande", "vanden", "vander")}
    return frozenset(name.replace(" ", "") for name in names)


def holds_name(code: str, namen: frozenset[str]) -> bool:
    """Whether a word in it, or all its words together, is a name: alone, beside another, or behind one letter."""
    words = [word for word in _BETWEEN_WORDS.split(code.casefold()) if word]
    return any(_is_name(word, namen) for word in {*words, "".join(words)} if len(word) > 1)


def _is_name(word: str, namen: frozenset[str]) -> bool:
    if word in namen or (len(word) > 5 and (word[1:] in namen or word[:-1] in namen)):
        return True
    return any(word[:n] in namen and word[n:] in namen for n in range(3, len(word) - 2))

"""A code for a client: never a name, never a burgerservicenummer."""

from regiekit.errors import MELDINGEN, RegiekitError

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
CODE_LENGTH = 40
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def looks_like_bsn(code: str) -> bool:
    """Nine digits (dots and dashes between them or not) that pass the eleven test of the burgerservicenummer."""
    digits = [int(c) for c in code if c.isdigit()]
    if len(digits) != len(_BSN_WEIGHTS) or any(c.isalpha() for c in code):
        return False
    return sum(w * d for w, d in zip(_BSN_WEIGHTS, digits, strict=True)) % 11 == 0


def check_clientcode(code: str) -> str:
    """The code, or RegiekitError when it cannot be one."""
    import re

    if not re.fullmatch(CODE_PATTERN.strip("^$"), code) or len(code) > CODE_LENGTH:
        raise RegiekitError(MELDINGEN["geen-code"].format(kreeg=f"'{code}'"))
    if looks_like_bsn(code):
        raise RegiekitError(MELDINGEN["client-lijkt-bsn"])
    return code

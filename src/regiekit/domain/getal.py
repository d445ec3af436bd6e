"""Numbers as they are read: a decimal comma, and half goes up."""

from math import floor


def number(value: float) -> str:
    """A score as it is read: two decimals at most, a decimal comma, '2,8' and '3,25'."""
    whole, part = divmod(floor(abs(value) * 100 + 0.5), 100)  # half goes up, as at school
    digits = f"{part:02d}".removesuffix("0")
    return f"{'-' if value < 0 else ''}{whole},{digits}"


def short(value: float) -> str:
    """An end of a scale: '1' rather than '1,0'."""
    return number(value).removesuffix(",0")

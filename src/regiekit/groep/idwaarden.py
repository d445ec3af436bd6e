"""The values of a column that goes along with scores: whether they could tell who somebody is.

Everything is looked at by Polars; what is left for Python are the different texts with letters in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from regiekit.groep.lezen import MAX_ONBEKEND, NOT_PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

AROUND = ' \t"'  # the quick way keeps the quotes of a text
_MAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
_WORD = r"\p{L}{2}"
_HEX = r"^\{?[0-9A-Fa-f-]{16,}\}?$"  # a number that a program made up: letters in it are no word
_WEIGHTS = (-1, *range(2, 10))  # of the eleven test of a burgerservicenummer, from the right


class Idwaarden(NamedTuple):
    """`mail`: some value holds an e-mail address; `nummers`: more than half of what is filled in passes the eleven
    test of a burgerservicenummer; `teksten`: the different values in which a name could be."""

    mail: bool
    nummers: bool
    teksten: Sequence[str]


def look_at_values(frame: pl.LazyFrame, naam: str) -> Idwaarden | None:
    """What the values of a column are like, in one pass; None when the frame cannot be read as it stands."""
    value = pl.col(naam).cast(pl.String).str.strip_chars(AROUND)
    filled = value.is_not_null() & (value != "")
    text = value.str.contains(_WORD) & ~value.str.contains(_HEX)
    try:
        row = frame.select(
            value.str.contains(_MAIL).any().alias("mail"),
            (2 * _passes_eleven_test(value).sum() > filled.sum()).alias("nummers"),
            value.filter(text).unique().head(MAX_ONBEKEND).implode().alias("teksten"),
        ).collect(engine="streaming")
    except NOT_PLAIN:
        return None
    mail, nummers, teksten = row.row(0)
    return Idwaarden(bool(mail), bool(nummers), teksten)


def _passes_eleven_test(value: pl.Expr) -> pl.Expr:
    """Of eight or nine digits, with dots, dashes or spaces between them or not."""
    digits = value.str.replace_all(r"[ .-]", "")
    number = pl.when(digits.str.contains(r"^[0-9]{8,9}$")).then(digits).cast(pl.Int64)
    total = pl.sum_horizontal(number // 10**place % 10 * weight for place, weight in enumerate(_WEIGHTS))
    return number.is_not_null() & (number > 0) & (total % 11 == 0)

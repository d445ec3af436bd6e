"""A table of afnames as a frame, whatever file it came from: what every figure of a group starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from regiekit.domain.groepscijfers import Rijtelling

RIJ, CLIENT, MEETMOMENT, DATUM = "rij", "client", "meetmoment", "datum"


class Groepstabel(NamedTuple):
    """The good rows of a table. The columns of `frame`, in this order:

    `rij` (the number that a spreadsheet shows), then `client` (a code), `meetmoment` (an id of the vragenlijst) and
    `datum` (jjjj-mm-dd), as text, each only where the table has it; then one column of whole numbers for every vraag
    of the vragenlijst that has a column, under the id of the vraag: within its antwoordschaal, null for not answered.
    Every row is there once and in the order of the file. `blank` counts, for a vraag, the kinds of not answered (leeg,
    weet-niet, wil-niet-zeggen, nvt). `weggelaten`: for each schaal who is left out of what is shared
    (`groep.besloten`), as `person_of` names people; None: nothing is shared.
    """

    bestand: str
    frame: pl.LazyFrame
    telling: Rijtelling
    blank: Mapping[str, Mapping[str, int]]
    weggelaten: Mapping[str, pl.Series] | None = None


def person_of(columns: Collection[str]) -> pl.Expr:
    """Who a row is about: the code, and a row without one is somebody else. A code has no colon."""
    if CLIENT not in columns:
        return pl.col(RIJ)
    return pl.coalesce(pl.col(CLIENT), pl.format(":{}", pl.col(RIJ)))

"""A table of afnames as a frame, whatever file it came from: what every figure of a group starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from regiekit.domain.groepscijfers import Rijtelling

RIJ, CLIENT, MEETMOMENT, DATUM = "rij", "client", "meetmoment", "datum"


class Groepstabel(NamedTuple):
    """The good rows of a table. The columns of `frame`, in this order:

    `rij` (the number that a spreadsheet shows), then `client` (a code), `meetmoment` (an id of the vragenlijst) and
    `datum` (jjjj-mm-dd), as text, each only where the table has it; then one column of whole numbers for every vraag
    of the vragenlijst that has a column, under the id of the vraag: within its antwoordschaal, null for not answered.
    Every row is there once and in the order of the file. `blank` counts, for a vraag, the kinds of not answered (leeg,
    weet-niet, wil-niet-zeggen, nvt).
    """

    bestand: str
    frame: pl.LazyFrame
    telling: Rijtelling
    blank: Mapping[str, Mapping[str, int]]

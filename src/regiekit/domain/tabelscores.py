"""What scoring a table gives, to be shown: how many rows, the first of them, and where a score is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.groepscijfers import Rijtelling


class Scorekolom(NamedTuple):
    """One schaal: of how many vragen at least how many are needed, and how many rows have no score for want of that."""

    id: str
    naam: str
    van: int
    minimaal: int
    zonder_score: int


class Scorerij(NamedTuple):
    """One row: its number, who and when where the table says so, and for each schaal the score and how many answers."""

    rij: int
    client: str | None
    meetmoment: str | None
    datum: str | None
    id: object
    schalen: tuple[tuple[float | None, int], ...]


class Tabelscores(NamedTuple):
    """A table that was scored. `rijen`: the rows to show, not all of them; `kolommen`: which texts the table has;
    `id`: the name of the column that was kept."""

    bestand: str
    vragenlijst: str
    naam: str
    versie: str
    hash: str
    telling: Rijtelling
    schalen: tuple[Scorekolom, ...]
    kolommen: tuple[str, ...]
    id: str | None
    rijen: tuple[Scorerij, ...]

    def beside(self, rij: Scorerij) -> Iterator[tuple[Scorekolom, tuple[float | None, int]]]:
        """Each schaal with what a row has for it: the score, and how many vragen were answered."""
        return zip(self.schalen, rij.schalen, strict=True)


def rows_text(telling: Rijtelling) -> str:
    """'12 rijen gelezen: 11 goed, 1 geweigerd, 0 leeg.'"""
    rijen = "1 rij" if telling.gelezen == 1 else f"{telling.gelezen} rijen"
    return f"{rijen} gelezen: {telling.goed} goed, {telling.geweigerd} geweigerd, {telling.leeg} leeg."

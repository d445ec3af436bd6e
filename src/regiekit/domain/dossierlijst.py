"""All clients in one list: what is planned for each, and what asks for attention. Nothing compares one with another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from regiekit.domain.clientdossier import bewaren, is_rapportage_unknown, next_gesprek, open_punten, rapportage_due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from regiekit.domain.clientdossier import Clientdossier

BINNENKORT = 7  # days before a rapportage in which it asks for attention


class Rij(NamedTuple):
    """One client in the list. A closed traject has no next talk and no rapportage, and is kept until `bewaren_tot`."""

    code: str
    begin: date
    laatste_gesprek: date | None
    volgend_gesprek: date | None
    rapportage: date | None
    laatste_rapportage: date | None
    open_punten: int
    einde: date | None
    bewaren_tot: date | None


class LetOp(NamedTuple):
    """Something that asks for attention, with the day it hangs on."""

    code: str
    wat: Literal["rapportage", "rapportage-onbekend", "gesprek-geweest", "geen-gesprek", "wissen"]
    datum: date | None


def rij_of(dossier: Clientdossier) -> Rij:
    """The row of one client."""
    einde = dossier.einde
    talks = [a.datum for a in dossier.of("gesprek") if a.inhoud.aanwezig == "ja"]
    return Rij(
        dossier.code, dossier.traject.begin, talks[-1] if talks else None, None if einde else next_gesprek(dossier),
        None if einde else rapportage_due(dossier.traject), dossier.traject.laatste_rapportage,
        len(open_punten(dossier)), einde, bewaren(dossier).tot,
    )  # fmt: skip


def unknown(rij: Rij, vandaag: date) -> bool:
    """Whether nobody said yet when the last rapportage was, while the first should have been."""
    return is_rapportage_unknown(rij.rapportage, rij.laatste_rapportage, vandaag)


def find_let_op(rijen: Iterable[Rij], vandaag: date) -> Iterator[LetOp]:
    """What asks for attention on this day, client by client."""
    for rij in rijen:
        if rij.rapportage and (rij.rapportage - vandaag).days <= BINNENKORT:
            yield LetOp(rij.code, "rapportage-onbekend" if unknown(rij, vandaag) else "rapportage", rij.rapportage)
        if rij.einde is None and rij.volgend_gesprek is None:
            yield LetOp(rij.code, "geen-gesprek", None)
        if rij.volgend_gesprek and rij.volgend_gesprek < vandaag:
            yield LetOp(rij.code, "gesprek-geweest", rij.volgend_gesprek)
        if rij.bewaren_tot and rij.bewaren_tot < vandaag:
            yield LetOp(rij.code, "wissen", rij.bewaren_tot)

"""Where a statement comes from, in words for the screen and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regiekit.domain.record import Uitspraak

DOCUMENTEN = {
    "handleiding": "handleiding eigen regie (ZINZIZ, 2026)",
    "eindrapportage": "eindrapport eigen regie (ZINZIZ, 2026)",
    "movisie-wat-werkt": "Movisie, Wat werkt bij eigen regie",
    "movisie-zelfregie-hoe": "Movisie, Werken vanuit zelfregie",
    "movisie-werkzame-elementen": "Movisie, Werkzame elementen",
}


def herkomst_line(uitspraak: Uitspraak) -> str:
    """'handleiding eigen regie (ZINZIZ, 2026), onder '…'', or 'eigen'."""
    herkomst = uitspraak.herkomst
    return "eigen" if herkomst == "eigen" else f"{DOCUMENTEN[herkomst.document]}, onder '{herkomst.kop}'"


def own_mark(uitspraak: Uitspraak) -> str:
    """'eigen' for what regiekit says itself, nothing for what a source says."""
    return "eigen" if uitspraak.herkomst == "eigen" else ""

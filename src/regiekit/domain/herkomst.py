"""Where a statement comes from, in words for the screen and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regiekit.domain.record import Uitspraak

DOCUMENTEN = {
    "handleiding": "handleiding eigen regie (ZINZIZ, 2026)",
    "eindrapportage": "eindrapport eigen regie (ZINZIZ, 2026)",
    "movisie-wat-werkt": "Movisie, Wat werkt bij eigen regie",
    "movisie-zelfregie-hoe": "Movisie, Werken vanuit zelfregie",
    "movisie-werkzame-elementen": "Movisie, Werkzame elementen",
}

KOPPEN_GENOEMD = 3


def herkomst_line(uitspraak: Uitspraak) -> str:
    """'handleiding eigen regie (ZINZIZ, 2026), onder '…'', or 'eigen'."""
    herkomst = uitspraak.herkomst
    return "eigen" if herkomst == "eigen" else f"{DOCUMENTEN[herkomst.document]}, onder '{herkomst.kop}'"


KORT = {
    "handleiding": "handleiding",
    "eindrapportage": "eindrapport",
    "movisie-wat-werkt": "Movisie, Wat werkt",
    "movisie-zelfregie-hoe": "Movisie, Zelfregie",
    "movisie-werkzame-elementen": "Movisie, Elementen",
}


def short_mark(uitspraak: Uitspraak) -> str:
    """The documents that say it in a word each, or 'eigen'."""
    cited = [h for h in (uitspraak.herkomst, *uitspraak.ook) if not isinstance(h, str)]
    named = [KORT[document] for document in dict.fromkeys(h.document for h in cited)]
    return "; ".join(["eigen"] * isinstance(uitspraak.herkomst, str) + named)


def own_mark(uitspraak: Uitspraak) -> str:
    """'eigen' for what regiekit says itself, nothing for what a source says."""
    return "eigen" if uitspraak.herkomst == "eigen" else ""


def source_line(uitspraken: Iterable[Uitspraak]) -> str:
    """For paper: the documents with their headings, what is used most first; nothing when it is all one's own."""
    koppen: dict[str, dict[str, int]] = {}
    for herkomst in (u.herkomst for u in uitspraken):
        if not isinstance(herkomst, str):
            kop, telling = " ".join(herkomst.kop.split()), koppen.setdefault(herkomst.document, {})
            telling[kop] = telling.get(kop, 0) + 1
    return "; ".join(f"{DOCUMENTEN[document]}, onder {_koppen(telling)}" for document, telling in koppen.items())


def _koppen(telling: dict[str, int]) -> str:
    namen = [f"‘{kop}’" for kop in sorted(telling, key=lambda kop: -telling[kop])[:KOPPEN_GENOEMD]]
    laatste = "elders" if len(telling) > KOPPEN_GENOEMD else namen.pop()
    return f"{', '.join(namen)} en {laatste}" if namen else laatste

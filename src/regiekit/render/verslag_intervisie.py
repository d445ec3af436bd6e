"""A casus for intervisie from the dossier: weeks and words of the matrix, in sentences that the coach goes on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regiekit.domain.verslag import Casusgegevens, Weekregel

LINE, ROOM = 90, 10  # characters on a line of the sheet, and lines that leave room for the rest of it
_NIET_DOOR = {"afgezegd": "het gesprek werd afgezegd", "niet-verschenen": "de cliënt kwam niet"}


def draft_casus(gegevens: Casusgegevens, technieknamen: Mapping[str, str], vanaf: str) -> str | None:
    """A draft, a line for each talk; None when there is nothing to tell. `vanaf` says from when the weeks count.

    The earliest talks give way when the sheet would grow longer than a page.
    """
    if not gegevens.regels and not gegevens.besluit:
        return None
    draft = list(_lines(gegevens, technieknamen, vanaf))
    while len(gegevens.regels) > 1 and sum(-(-len(line) // LINE) for line in draft) > ROOM:
        gegevens = gegevens._replace(regels=gegevens.regels[1:], vroeger=gegevens.vroeger + 1)
        draft = list(_lines(gegevens, technieknamen, vanaf))
    return "\n".join(draft)


def _lines(gegevens: Casusgegevens, names: Mapping[str, str], vanaf: str) -> Iterator[str]:
    earlier = "was er 1 gesprek" if gegevens.vroeger == 1 else f"waren er {gegevens.vroeger} gesprekken"
    before = f" Eerder {earlier}." if gegevens.vroeger else ""
    yield f"De weken tellen vanaf {vanaf}.{before}"
    for regel in gegevens.regels:
        yield " ".join([f"Week {regel.week}: {_told(regel, names)}.", *regel.teksten])
    if gegevens.besluit:
        week, niveau, reden = gegevens.besluit
        yield " ".join(filter(None, [f"In week {week} besloot de coach: regie {niveau}.", reden]))


def _told(regel: Weekregel, names: Mapping[str, str]) -> str:
    if regel.aanwezig != "ja":
        return _NIET_DOOR[regel.aanwezig]
    used = "' en '".join(names.get(t, t).lower() for t in regel.technieken)
    parts = (
        f"de coach stuurde {regel.sturing}" if regel.sturing else "",
        f"met de techniek '{used}'" if used else "",
        f"en zag {regel.waarneming}" if regel.waarneming else "",
    )
    return " ".join(filter(None, parts)) or "er was een gesprek"

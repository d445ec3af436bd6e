"""What an import decided and found, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.koppeling import letter_of
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import antwoordschaal_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regiekit.domain.antwoordwoorden import Antwoord
    from regiekit.domain.koppeling import Kolom


def json_kolommen(kolommen: Sequence[Kolom]) -> list[dict[str, Any]]:
    """Each column: what it becomes, and how sure; `wordt` is null for what is not read."""
    return [
        {
            "kolom": letter_of(k.plaats), "naam": k.naam, "wordt": k.doel.soort if k.doel else None,
            "id": k.doel.id if k.doel else None, "zeker": k.zeker, "reden": k.reden,
        }
        for k in kolommen
    ]  # fmt: skip


def json_aantallen(lijst: Any, aantallen: Mapping[str, Mapping[Antwoord, int]]) -> list[dict[str, Any]]:
    """How often each answer occurs, for each vraag that has a column."""
    made = []
    for vraag in (v for v in lijst.vragen if v.id in aantallen):
        counts, ends = aantallen[vraag.id], antwoordschaal_of(lijst, vraag.id)
        labels = dict(ends.labels)
        waarden = [
            {"waarde": w, "label": labels.get(w), "aantal": counts.get(w, 0)} for w in range(ends.min, ends.max + 1)
        ]
        empty = {"leeg": counts.get(None, 0), **{soort: counts.get(soort, 0) for soort in NOT_ANSWERED}}
        made.append({"id": vraag.id, "tekst": vraag.tekst, "waarden": waarden, "niet_beantwoord": empty})
    return made

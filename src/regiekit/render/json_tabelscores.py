"""The scores of a table, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.beoordeling import OPMERKINGEN

if TYPE_CHECKING:
    from regiekit.domain.tabelscores import Scorerij, Tabelscores


def json_tabelscores(scores: Tabelscores) -> dict[str, Any]:
    """`score TABEL --json`."""
    return {
        "bestand": scores.bestand, "vragenlijst": scores.vragenlijst, "naam": scores.naam, "versie": scores.versie,
        "hash": scores.hash, "telling": scores.telling._asdict(),
        "schalen": [s._asdict() for s in scores.schalen],
        "rijen": [_json_row(scores, rij) for rij in scores.rijen],
        "opmerkingen": [{"code": "niet-gevalideerd", "tekst": OPMERKINGEN["niet-gevalideerd"]}],
    }  # fmt: skip


def _json_row(scores: Tabelscores, rij: Scorerij) -> dict[str, Any]:
    texts = {"client": rij.client, "meetmoment": rij.meetmoment, "datum": rij.datum}
    made: dict[str, Any] = {"rij": rij.rij, **{k: texts[k] for k in scores.kolommen}}
    if scores.id:
        made["id"] = rij.id
    made["schalen"] = {
        s.id: {"score": score, "beantwoord": beantwoord} for s, (score, beantwoord) in scores.beside(rij)
    }
    return made

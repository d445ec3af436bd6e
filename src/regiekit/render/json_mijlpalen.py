"""The mijlpalen as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.herkomst import herkomst_line
from regiekit.domain.mijlpalen import INDICATIEF, ONDERBREKING

if TYPE_CHECKING:
    from datetime import date

    from regiekit.domain.mijlpaaltabel import Mijlpaaltabel
    from regiekit.domain.mijlpalen import Moment, Overzicht


def json_mijlpalen(tabel: Mijlpaaltabel, overzicht: Overzicht, start: date) -> dict[str, Any]:
    """Everything on the screen, and the sources of each mijlpaal."""
    volgende, evaluatie = overzicht.volgende, tabel.evaluatie
    return {
        "tabel": tabel.id,
        "versie": tabel.versie,
        "nagekeken": tabel.nagekeken,
        "eerste_ziektedag": start.isoformat(),
        "mijlpalen": [_moment(moment) for moment in overzicht.momenten],
        "evaluaties": [day.isoformat() for day in overzicht.evaluaties],
        "evaluatie_bronnen": [{"wie": b.wie, "peil": b.peil} for b in evaluatie.bronnen] if evaluatie else [],
        "volgende": volgende and {"naam": volgende.naam, "datum": volgende.datum.isoformat(), "dagen": volgende.dagen},
        "nu": [moment.mijlpaal.id for moment in overzicht.nu],
        "let_op": list(overzicht.let_op),
        "opmerkingen": [INDICATIEF, ONDERBREKING, *(uitleg.tekst for uitleg in tabel.uitleg)],
    }


def _moment(moment: Moment) -> dict[str, Any]:
    mijlpaal = moment.mijlpaal
    return {
        "id": mijlpaal.id,
        "naam": mijlpaal.naam,
        "datum": moment.datum.isoformat(),
        "eigen_datum": moment.eigen,
        "vanaf": moment.vanaf and moment.vanaf.isoformat(),
        "week": mijlpaal.week,
        "na": mijlpaal.na,
        "weken_na": mijlpaal.weken_na,
        "andere": [{"week": week, "datum": day.isoformat()} for week, day in moment.andere],
        "wie": mijlpaal.wie,
        "tekst": mijlpaal.tekst,
        "indicatief": True,
        "verschilt": mijlpaal.indicatief,
        "verschil": mijlpaal.verschil,
        "herkomst": herkomst_line(mijlpaal),
        "bronnen": [{"wie": bron.wie, "peil": bron.peil} for bron in mijlpaal.bronnen],
    }

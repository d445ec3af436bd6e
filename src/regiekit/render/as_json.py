"""Results as plain JSON values, in the words and the order of the design (ontwerp 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.niveau import STURING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.advies import Advies
    from regiekit.domain.beoordeling import Beoordeling
    from regiekit.domain.gespreksadvies import Besluit, Gespreksadvies
    from regiekit.domain.niveau import Niveau, Regie, Sturing
    from regiekit.domain.signaal import Signaal
    from regiekit.domain.stuurmatrix import Stuurmatrix
    from regiekit.domain.vergelijking import Verschil


def json_advies(advies: Advies | None) -> dict[str, Any] | None:
    """The advice, or null."""
    if advies is None:
        return None
    return {
        "sturing": advies.sturing,
        "aansluiting": advies.aansluiting,
        "uitdaging": advies.uitdaging,
        "opties": list(advies.opties),
        "vragen": list(advies.vragen),
        "reden": advies.reden,
        "kantelt_als": list(advies.kantelt_als),
        "herkomst": advies.herkomst,
    }


def json_niveau(niveau: Niveau | None) -> dict[str, Any] | None:
    """The level with its three sources, or null where nothing is asked about regie."""
    if niveau is None:
        return None
    return {
        "waarde": niveau.waarde,
        "zekerheid": niveau.zekerheid,
        "mogelijk": list(niveau.mogelijk),
        "grensgebied": niveau.score.grensgebied if niveau.score else False,
        "bronnen": {
            "score": niveau.score.waarde if niveau.score else None,
            "inschatting": niveau.inschatting,
            "waarneming": niveau.waarneming.woord if niveau.waarneming else None,
        },
        "waarneming_zegt": json_waarneming(niveau),
    }


def json_waarneming(niveau: Niveau) -> dict[str, Any] | None:
    """What the matrix makes of what the coach sees, or null."""
    seen = niveau.waarneming
    if seen is None:
        return None
    return {"oordeel": seen.oordeel, "wijst_op": seen.wijst_op, "spreekt_tegen": niveau.tegengesproken}


def json_beoordeling(beoordeling: Beoordeling) -> dict[str, Any]:
    """`score --json` of one afname."""
    afname = beoordeling.afname
    ends = afname.vragenlijst.antwoordschaal
    return {
        "vragenlijst": afname.vragenlijst.id,
        "versie": afname.vragenlijst.versie,
        "hash": afname.hash,
        "antwoordschaal": {"min": ends.min, "max": ends.max, "aanname": ends.aanname},
        "client": afname.client,
        "meetmoment": afname.meetmoment,
        "datum": afname.datum.isoformat() if afname.datum else None,
        "schalen": [
            {
                "id": s.id, "naam": s.naam, "score": s.score, "beantwoord": s.beantwoord, "van": s.van,
                "minimaal": s.minimaal, "regel": s.regel, "zonder_omgekeerd": s.zonder_omgekeerd, "reden": s.reden,
            }
            for s in beoordeling.uitslag.schalen
        ],
        "niveau": json_niveau(beoordeling.niveau),
        "advies": json_advies(beoordeling.advies),
        "open": dict(afname.open),
        "opmerkingen": [{"code": o.code, "tekst": o.tekst} for o in beoordeling.opmerkingen],
    }  # fmt: skip


def json_beoordelingen(beoordelingen: Sequence[Beoordeling], verschillen: Sequence[Verschil]) -> dict[str, Any]:
    """`score --json` of several afnames of one client."""
    from regiekit.domain.beoordeling import order_notes  # not for `zone`

    return {
        "afnames": [json_beoordeling(b) for b in beoordelingen],
        "verschillen": [json_verschil(v) for v in verschillen],
        "opmerkingen": [o._asdict() for o in order_notes([b.afname for b in beoordelingen])],
    }


def json_verschil(verschil: Verschil) -> dict[str, Any]:
    """First against last of one schaal; where its band comes from only when there was a choice."""
    made = verschil._asdict()
    bron = made.pop("band_bron")
    return {**made, "band_bron": bron._asdict()} if bron else made


def json_zone(
    matrix: Stuurmatrix, regie: Regie | None, sturing: Sturing | None, niveau: Niveau, advies: Advies | None
) -> dict[str, Any]:
    """`zone --json`; without a level the cells are those of the whole matrix, a level each."""
    cellen = {(c.sturing, c.regie): c.waarneming for c in matrix.cellen}
    if regie:
        shown: dict[str, Any] = {s: cellen[s, regie] for s in STURING}
    else:
        shown = {s: {r: cellen[s, r] for r in ("laag", "midden", "hoog")} for s in STURING}
    return {
        "regie": regie,
        "sturing": sturing,
        "waarneming": niveau.waarneming.woord if niveau.waarneming else None,
        "cellen": shown,
        "advies": json_advies(advies),
        "waarneming_zegt": json_waarneming(niveau),
        "opmerkingen": [{"code": n.code, "tekst": n.tekst} for n in (advies.let_op if advies else ())],
    }


def json_gesprek(gesprek: Gespreksadvies) -> dict[str, Any]:
    """`advies --json`: level and advice of the sources; a besluit carries the advice that then holds."""
    keus = gesprek.keus
    return {
        "niveau": json_niveau(gesprek.niveau),
        "advies": json_advies(gesprek.advies),
        "technieken": [
            {"id": t.id, "naam": t.naam, "reden": t.reden, "herkomst": list(t.herkomst)} for t in keus.technieken
        ],
        "vragen": list(keus.vragen),
        "contextfactoren": [{"id": c.id, "naam": c.naam, "vraag": c.vraag} for c in keus.contextfactoren],
        "besluit": json_besluit(gesprek.besluit, gesprek.geldt),
        "signalen": json_signalen(keus.signalen),
        "opmerkingen": [{"code": o.code, "tekst": o.tekst} for o in gesprek.opmerkingen],
    }


def json_besluit(besluit: Besluit | None, geldt: Advies) -> dict[str, Any] | None:
    """The coach's decision with the advice that follows from it, or null."""
    if besluit is None:
        return None
    datum = besluit.datum.isoformat() if besluit.datum else None
    return {"niveau": besluit.niveau, "reden": besluit.reden, "datum": datum, "advies": json_advies(geldt)}


def json_signalen(signalen: Sequence[Signaal]) -> list[dict[str, Any]]:
    """Signalen by id and name, with the techniek that each points at."""
    return [{"id": s.id, "naam": s.naam, "wie": s.wie, "techniek": s.techniek} for s in signalen]

"""A plan van aanpak as a document, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.dagen import datum_text
from regiekit.domain.herkomst import herkomst_line
from regiekit.domain.mijlpalen import INDICATIEF
from regiekit.domain.plan import missing
from regiekit.render.document import Alinea, Document, Kop, Letterlijk, Lijst, Tabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from regiekit.domain.mijlpalen import Moment
    from regiekit.domain.plan import Plan
    from regiekit.domain.planbestand import Manier, Planteksten

Blok = Kop | Alinea | Lijst | Tabel | Letterlijk


class Inhoud(NamedTuple):
    """All that a plan shows: what the coach gave, and what regiekit chose or counted."""

    plan: Plan
    teksten: Planteksten
    manieren: list[Manier]
    evaluaties: tuple[date, ...]
    momenten: Sequence[Moment]


def make_document(inhoud: Inhoud) -> Document:
    """The plan, part by part; what is empty says what belongs there."""
    plan = inhoud.plan
    known = [f"Cliënt {plan.client}" if plan.client else "", datum_text(plan.datum) if plan.datum else ""]
    return Document("Plan van aanpak tweede spoor", ", ".join(filter(None, known)), tuple(_blokken(inhoud)))


def _blokken(inhoud: Inhoud) -> Iterator[Blok]:
    plan, open_ = inhoud.plan, _Reminders(inhoud)
    yield Kop("Doelen")
    doelen = "\n".join(f"• {doel}" for doel in plan.eigen_doelen) or open_.text("eigen_doelen")
    spoor = plan.doel_spoor_2 or open_.text("doel_spoor_2")
    yield Tabel(("Doelen van de werknemer zelf", "Doel van het tweede spoor"), ((doelen, spoor),), (1, 1))
    yield Kop("Rollen")
    yield Tabel(("Wie", "Rol"), plan.rollen, (2, 5)) if plan.rollen else open_.alinea("rollen")
    yield Kop("Stappen")
    stappen = tuple((s.wat, s.wie or "", s.wanneer or "") for s in plan.stappen)
    yield Tabel(("Stap", "Wie", "Wanneer"), stappen, (4, 2, 2)) if stappen else open_.alinea("stappen")
    yield Kop("Evaluaties")
    yield Lijst(tuple(map(datum_text, inhoud.evaluaties))) if inhoud.evaluaties else open_.alinea("evaluaties")
    yield Kop("Zo stimuleren we eigen regie")
    yield Lijst((*(m.tekst for m in inhoud.manieren), *plan.eigen_regie))
    yield Kop("Visie van de werknemer")
    yield Letterlijk(plan.visie_werknemer or "") if open_.has("visie_werknemer") else open_.alinea("visie_werknemer")
    yield Kop("Visie van de werkgever")
    yield Letterlijk(plan.visie_werkgever or "") if open_.has("visie_werkgever") else open_.alinea("visie_werkgever")
    yield from _mijlpalen(inhoud.momenten)
    if sources := _sources(inhoud.manieren):
        yield Alinea(f"Zinnen over eigen regie: in eigen woorden naar {sources}.", "klein")


class _Reminders:
    """What a part says while it is empty."""

    def __init__(self, inhoud: Inhoud) -> None:
        self.empty = missing(inhoud.plan, inhoud.evaluaties)
        self.texts = {h.id.replace("-", "_"): h.tekst for h in inhoud.teksten.herinneringen}

    def has(self, name: str) -> bool:
        return name not in self.empty

    def text(self, name: str) -> str:
        return f"[{self.texts[name]}]"

    def alinea(self, name: str) -> Alinea:
        return Alinea(self.texts[name], "herinnering")


def _mijlpalen(momenten: Sequence[Moment]) -> Iterator[Blok]:
    if momenten:
        yield Kop("Mijlpalen")
        names = {m.mijlpaal.id: f"{m.mijlpaal.naam}{' *' if m.mijlpaal.verschil else ''}" for m in momenten}
        rows = tuple((datum_text(m.datum), names[m.mijlpaal.id], m.mijlpaal.wie) for m in momenten)
        yield Tabel(("Uiterlijk (indicatief)", "Wat", "Wie"), rows, (3, 5, 4))
        if unsure := [m.mijlpaal for m in momenten if m.mijlpaal.verschil]:
            yield Alinea("* Hier verschillen bronnen; houd de vroegste datum aan:", "klein")
            yield Lijst(tuple(f"{m.naam}: {m.verschil}" for m in unsure))
        yield Alinea(INDICATIEF, "klein")


def _sources(manieren: Sequence[Manier]) -> str:
    return "; ".join(dict.fromkeys(herkomst_line(m) for m in manieren if m.herkomst != "eigen"))


def json_plan(inhoud: Inhoud) -> dict[str, Any]:
    """The plan as plain values; `ontbreekt` names what is still empty."""
    plan = inhoud.plan
    return {
        **{name: getattr(plan, name) for name in ("client", "doel_spoor_2", "visie_werknemer", "visie_werkgever")},
        "datum": plan.datum and plan.datum.isoformat(),
        "eerste_ziektedag": plan.eerste_ziektedag and plan.eerste_ziektedag.isoformat(),
        "eigen_doelen": list(plan.eigen_doelen),
        "rollen": [r._asdict() for r in plan.rollen],
        "stappen": [s._asdict() for s in plan.stappen],
        "evaluaties": [day.isoformat() for day in inhoud.evaluaties],
        "eigen_regie": [*json_manieren(inhoud.manieren), *({"id": None, "tekst": t} for t in plan.eigen_regie)],
        "mijlpalen": [
            {"id": m.mijlpaal.id, "datum": m.datum.isoformat(), "indicatief": True, "verschil": m.mijlpaal.verschil}
            for m in inhoud.momenten
        ],
        "ontbreekt": missing(plan, inhoud.evaluaties),
    }


def json_manieren(manieren: Sequence[Manier]) -> list[dict[str, Any]]:
    """The ways to stimulate eigen regie, with where each comes from."""
    return [
        {"id": m.id, "naam": m.naam, "tekst": m.tekst, "standaard": m.standaard, "herkomst": herkomst_line(m)}
        for m in manieren
    ]

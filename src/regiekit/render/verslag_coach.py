"""The verslag for the coach: everything that holds, in order, the verloop, besluiten, open points and corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.dagen import datum_text
from regiekit.render.dagen import day_of_moment, wie_en_wanneer
from regiekit.render.document import Alinea, Document, Kop, Tabel
from regiekit.render.dossier import (
    answer_rows,
    answer_words,
    find_verschillen,
    json_aantekening,
    naam_of,
    short_label,
    words_of,
)
from regiekit.render.verloop import json_verloop, verloop_blokken
from regiekit.render.verslag import over, plain, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regiekit.domain.aantekening import Aantekening
    from regiekit.domain.verloop import Verloop
    from regiekit.domain.verslag import Coachverslag, Correctie
    from regiekit.render.document import Beeld, Lijst

    Blok = Kop | Alinea | Lijst | Tabel | Beeld

VOOR_JOU = "Voor jou alleen: hier staan scores, besluiten en eigen notities in. Inzage is iets anders, en geeft alles."
NOG_NIETS = "Nog niet ingevuld."
LONG = 40  # characters of an answer: longer ones stand on a line of their own


def coach_document(verslag: Coachverslag, verloop: Verloop, *, beelden: bool) -> Document:
    """What the coach reads; plain text goes without `beelden`, as the tables have the same numbers."""
    onder = f"Cliënt {verslag.code}, {over(verslag.periode)}. Gemaakt op {datum_text(verslag.gemaakt)}. {VOOR_JOU}"
    blokken = tuple(_blokken(verslag, verloop, beelden))
    return Document("Verslag voor de coach", onder, blokken, lopend=running(verslag.verzonnen))


def json_coach(verslag: Coachverslag, verloop: Verloop) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "voor": "coach",
        "code": verslag.code,
        "verzonnen": verslag.verzonnen,
        "gemaakt": plain(verslag.gemaakt),
        "periode": plain(verslag.periode),
        "traject": json_aantekening(verslag.traject),
        "aantekeningen": [json_aantekening(a) for a in verslag.aantekeningen],
        "open_punten": plain(verslag.open_punten),
        "correcties": [
            {"oud": json_aantekening(c.oud), "nieuw": json_aantekening(c.nieuw)} for c in verslag.correcties
        ],
        "verloop": json_verloop(verloop),
    }


def _blokken(verslag: Coachverslag, verloop: Verloop, beelden: bool) -> Iterator[Blok]:
    yield Kop("Het traject")
    rows = tuple((label, value.lstrip("\n")) for label, value in _fields(verslag.traject, verslag.nummers))
    yield Tabel(("Wat", "Wat er staat"), rows, (2, 3))
    yield Kop("Nog open")
    punten = tuple((p.nummer, p.wat, wie_en_wanneer(p), datum_text(p.sinds)) for p in verslag.open_punten)
    columns = ("Nummer", "Wat", "Wie en wanneer", "Sinds")
    yield Tabel(columns, punten, (3, 8, 5, 4)) if punten else Alinea("Er staat niets open.")
    yield from verloop_blokken(verloop, beelden=beelden)
    yield Kop("Besluiten van de coach")
    besluiten = tuple(map(_besluit, (a for a in verslag.aantekeningen if a.soort == "besluit")))
    columns = ("Dag", "Regie", "Reden", "Wat de bronnen zeiden")
    yield Tabel(columns, besluiten, (4, 3, 8, 5)) if besluiten else Alinea("Er is in deze periode geen besluit.")
    yield Kop("Alles op volgorde")
    rows_all = tuple(
        (datum_text(a.datum), f"{a.nummer}\n{naam_of(a.soort)}", _whole(a, verslag.nummers))
        for a in verslag.aantekeningen
    )
    yield Tabel(("Dag", "Wat", "Wat er staat"), rows_all, (5, 4, 13)) if rows_all else Alinea(NOG_NIETS)
    if verslag.correcties:
        yield Kop("Verbeterd")
        changed = tuple(map(_correctie, verslag.correcties))
        yield Tabel(("Op", "Wat", "Eerst en nu", "Reden"), changed, (4, 4, 9, 4))


def _besluit(aantekening: Aantekening) -> tuple[str, str, str, str]:
    besluit = aantekening.inhoud
    levels = " of ".join(besluit.volgens_bronnen) or "geen bron"
    sure = f"{levels} ({besluit.zekerheid})" if besluit.zekerheid else levels
    return datum_text(aantekening.datum), besluit.niveau, besluit.reden, sure


def _correctie(correctie: Correctie) -> tuple[str, str, str, str]:
    oud, nieuw = correctie
    changes = "\n".join(f"• {v.label}: {v.oud} → {v.nieuw}" for v in find_verschillen(oud, nieuw))
    what = f"{naam_of(oud.soort)} {oud.nummer}, nu {nieuw.nummer}"
    return datum_text(day_of_moment(nieuw.geschreven)), what, changes or "niets veranderd", nieuw.reden or ""


def _whole(aantekening: Aantekening, nummers: Mapping[int, str]) -> str:
    """Everything that is filled in, a line for each field."""
    return "\n".join(f"• {label}: {value}" for label, value in _fields(aantekening, nummers)) or NOG_NIETS


def _fields(aantekening: Aantekening, nummers: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """The label and the words of each field that says something; several things stand below each other."""
    model = type(aantekening.inhoud)
    for veld, field in model.model_fields.items():
        value = getattr(aantekening.inhoud, veld)
        if veld != "hash" and (value != field.default or veld == "rapportage_weken"):
            yield short_label(veld), nummers[aantekening.nummer] if veld == "van" else _words(value)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        parts = [f"{key}: {answer_words(answer)}" for key, answer in value.items()]
        return "\n".join(["", *(f"– {p}" for p in (parts if _is_long(parts) else answer_rows(value)))])
    if isinstance(value, tuple) and len(value) > 1:
        return "\n".join(["", *(f"– {words_of(part)}" for part in value)])
    return words_of(value)


def _is_long(parts: list[str]) -> bool:
    return any(len(part) > LONG for part in parts)

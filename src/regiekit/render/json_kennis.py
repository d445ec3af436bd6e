"""Kennis as plain JSON values, in the words of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.dekking import count
from regiekit.domain.zoeken import WAAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regiekit.domain.dekking import Feitdekking
    from regiekit.domain.zoeken import Gevonden, Treffer, Zoekitem

Json = dict[str, Any]


def json_onderwerp(onderwerp: Mapping[str, Any]) -> Json:
    """A subject with its items in short."""
    items = [{name: item[name] for name in ("id", "naam", "soort", "voor")} for item in onderwerp["items"]]
    return {**{name: onderwerp[name] for name in ("id", "naam", "versie", "inleiding")}, "items": items}


def json_gevonden(found: Gevonden) -> list[Json]:
    """The hits, the best first."""
    return [json_treffer(t, found.gelezen_als) for t in found.treffers]


def json_treffer(treffer: Treffer, gelezen_als: Mapping[str, str]) -> Json:
    """A hit: where the words were found, and the text that shows it."""
    return {
        **json_link(treffer.item),
        "onderwerp": treffer.item.onderwerp,
        "voor": list(treffer.item.voor),
        "gevonden_in": WAAR[treffer.rang],
        "tekst": treffer.tekst,
        "gelezen_als": dict(gelezen_als) or None,
    }


def json_link(item: Zoekitem) -> Json:
    """Something to read, with the command that shows it."""
    return {"id": item.id, "naam": item.naam, "soort": item.soort, "opdracht": item.opdracht}


def json_item(onderwerp: Mapping[str, Any], item: Mapping[str, Any], links: Sequence[Zoekitem]) -> Json:
    """One item, complete."""
    return {
        **{name: item[name] for name in ("id", "naam", "soort")},
        "versie": onderwerp["versie"],
        "onderwerp": {"id": onderwerp["id"], "naam": onderwerp["naam"]},
        **{name: item[name] for name in ("voor", "aliassen")},
        "uitspraken": [{name: u[name] for name in ("tekst", "herkomst", "ook", "redenering")}
                       for u in item["uitspraken"]],
        "ontbreekt": item["ontbreekt"],
        "zie": [json_link(link) for link in links],
    }  # fmt: skip


def json_feit(dekking: Feitdekking) -> Json:
    """One fact of the register with the statements that say it, or the reason why none does."""
    return {
        "id": dekking.feit.id,
        "naam": dekking.feit.kern,
        "document": dekking.feit.document,
        "kop": dekking.feit.kop,
        "dekking": dekking.status,
        "uitspraken": [plaats._asdict() for plaats in dekking.vindplaatsen],
        "reden": dekking.reden,
        "toelichting": dekking.toelichting,
    }


def json_dekking(every: Sequence[Feitdekking], shown: Sequence[Feitdekking]) -> Json:
    """Totals, per source, and every fact."""
    documents = dict.fromkeys(d.feit.document for d in every)
    return {
        "totaal": _counts(every),
        "per_bron": [
            {"document": name, **_counts([d for d in every if d.feit.document == name])} for name in documents
        ],
        "feiten": [json_feit(d) for d in shown],
    }


def _counts(dekking: Sequence[Feitdekking]) -> Json:
    return {status.replace("-", "_"): n for status, n in count(dekking).items()}

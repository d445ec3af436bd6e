"""YAML files to checked content, by the models. Imports yaml and pydantic: only when something is new or changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from regiekit.content.library import LINKED
from regiekit.content.reader import Yaml, read_source, read_yaml, with_found
from regiekit.content.validate import validate, validate_part
from regiekit.domain.aantekening import SOORTEN
from regiekit.domain.casusbestand import Casusbestand, Intervisievorm
from regiekit.domain.checks import (
    check_herkomst,
    check_kennis_file,
    check_links,
    check_vragenlijst,
    check_werkblad,
)
from regiekit.domain.demonstratie import (
    Demonstratieclient,
    Lijstversie,
    check_demonstratie,
    fill_in,
    whole_velden,
)
from regiekit.domain.formulierteksten import Formulierteksten, check_formulierteksten
from regiekit.domain.kennis import Dekking, Kennis
from regiekit.domain.koppelbestand import Koppelbestand, check_koppelbestand
from regiekit.domain.mijlpaaltabel import Mijlpaaltabel, check_mijlpaaltabel
from regiekit.domain.planbestand import Planbestand, Planteksten
from regiekit.domain.referentie import Referentie, check_referentie
from regiekit.domain.signaal import Keuzeregels, Signalen
from regiekit.domain.stuurmatrix import Banden, Stuurmatrix
from regiekit.domain.techniek import Techniek
from regiekit.domain.vragenlijst import Vragenlijst
from regiekit.domain.werkblad import Werkblad
from regiekit.domain.woordenlijst import Namenlijst, Woordenlijst
from regiekit.domain.zoeken import KINDS, make_zoekitems
from regiekit.errors import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from regiekit.domain.checks import Fault
    from regiekit.domain.record import Record

# What a hash leaves out: where a text comes from, the proof and the notes change no score and no question.
_NOT_HASHED = {"herkomst", "redenering", "ook"}
_NOT_HASHED_OF_LIJST = {*_NOT_HASHED, "voorbeelden", "toelichting", "licentie", "doel", "teksten"}


# One key is enough to know these; a plan may have `stappen` as well, so they go before a techniek.
_BY_KEY = {
    "eigen_doelen": "planbestand", "doel_spoor_2": "planbestand", "visie_werknemer": "planbestand",
    "visie_werkgever": "planbestand", "casus": "casusbestand", "rondes": "intervisie", "herinneringen": "plan",
    "mijlpalen": "mijlpalen", "groepen": "bewaking", "voornamen": "bewaking", "scherm": "formulieren",
    "aantekeningen": "demonstratie", "gemaakt_met": "referentie",
}  # fmt: skip
_MODELS: dict[str, type[Record]] = {
    "planbestand": Planbestand, "casusbestand": Casusbestand, "intervisie": Intervisievorm, "plan": Planteksten,
    "mijlpalen": Mijlpaaltabel, "vragenlijsten": Vragenlijst, "werkbladen": Werkblad,
    "formulieren": Formulierteksten, "koppelbestand": Koppelbestand, "demonstratie": Demonstratieclient,
    "referentie": Referentie,
}  # fmt: skip


def read_file(path: Path) -> tuple[Yaml, list[Problem]]:
    """One file from disk, with its problems."""
    raw, problems = read_source(path)
    return (Yaml(None, {}, {}), problems) if problems else read_yaml(raw, str(path))


def kind_of(data: Any) -> str | None:
    """What a file is, by its keys (ontwerp 3)."""
    if not isinstance(data, dict):
        is_register = isinstance(data, list) and all(isinstance(g, dict) and "elementen" in g for g in data)
        return "register" if data and is_register else None
    if "antwoorden" in data:
        return "afname"
    if "vragen" in data and "schalen" in data:
        return "vragenlijsten"
    if "kolommen" in data and "vragenlijst" in data:
        return "koppelbestand"
    if found := next((kind for key, kind in _BY_KEY.items() if key in data), None):
        return found
    if "versies" in data:
        return "werkbladen"
    if "stappen" in data or "kaart" in data:
        return "technieken"
    if "niet_opgenomen" in data or ("items" in data and "inleiding" in data):
        return "kennis"
    if "signalen" in data or "zonder_signaal" in data:
        return "signalen"
    return "sturing" if "cellen" in data or "deel_grote_schaal" in data else None


def model_of(kind: str, data: Any) -> type[Record]:
    """The model that belongs to a kind of content file."""
    if kind == "sturing":
        return Stuurmatrix if isinstance(data, dict) and "cellen" in data else Banden
    if kind == "signalen":
        return Keuzeregels if isinstance(data, dict) and "zonder_signaal" in data else Signalen
    if kind == "kennis":
        return Dekking if isinstance(data, dict) and "niet_opgenomen" in data else Kennis
    if kind == "bewaking":
        return Namenlijst if isinstance(data, dict) and "voornamen" in data else Woordenlijst
    return _MODELS.get(kind, Techniek)


def checks_of(model: type[Record]) -> Callable[[Any], Iterable[Fault]]:
    """The check that belongs to a kind of file."""
    checks: dict[type[Record], Callable[[Any], Iterable[Fault]]] = {
        Vragenlijst: check_vragenlijst, Werkblad: check_werkblad, Kennis: check_kennis_file,
        Mijlpaaltabel: check_mijlpaaltabel, Koppelbestand: check_koppelbestand,
        Formulierteksten: check_formulierteksten, Demonstratieclient: check_demonstratie,
        Referentie: check_referentie,
    }  # fmt: skip
    return checks.get(model, check_herkomst)


def check_techniek_names(technieken: Iterable[tuple[str, Techniek]]) -> list[Problem]:
    """An id or alias may lead to one techniek only; takes (file, techniek) pairs."""
    owner: dict[str, str] = {}
    problems = []
    for bestand, techniek in technieken:
        for naam in {techniek.id, techniek.naam.lower(), *(a.lower() for a in techniek.aliassen)}:
            ander = owner.setdefault(naam, techniek.id)
            if ander != techniek.id:
                problems.append(problem(bestand, 0, 0, "alias-dubbel", naam=naam, ander=ander))
    return problems


def check_kennis(kennis: Sequence[tuple[str, dict[str, Any]]], linked: Mapping[str, str]) -> list[Problem]:
    """Every id once over all files, and every `zie` leads somewhere; takes (file, content), and id -> kind."""
    owners = dict(linked)
    known = {*linked, *(item["id"] for _, content in kennis for item in content.get("items", ()))}
    return [
        problem(bestand, 0, 0, fault.code, **fault.details)
        for bestand, content in kennis
        for fault in check_links(content, owners, known)
    ]


def _linked_beside(folder: Path) -> dict[str, str]:
    """The ids that stand in the folders beside that of kennis: id -> kind."""
    found: dict[str, str] = {}
    for kind in LINKED:
        for path in sorted((folder.parent / kind).glob("*.yaml")):
            data = read_file(path)[0].data
            found |= {data["id"]: kind} if isinstance(data, dict) and isinstance(data.get("id"), str) else {}
    return found


def compile_file(kind: str, path: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    """One file, checked: what is stored of it, or its problems."""
    read, problems = read_file(path)
    if not read.complete:
        return None, problems
    made, found = compile_read(kind, read, str(path))
    return (None if problems else made), with_found(problems, found)


def compile_read(kind: str, read: Yaml, bestand: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """What was read of one file, checked."""
    if kind == "bronnen":
        return compile_register(read, bestand)
    model = model_of(kind, read.data)
    made, problems = validate(model, read, bestand, checks_of(model))
    if isinstance(made, Demonstratieclient) and not problems:
        problems = _check_aantekeningen(made, read, bestand)
    if made is None or problems:
        return None, problems
    content = made.model_dump(mode="json", exclude={"voorbeelden"})
    stored: dict[str, Any] = {"bestand": bestand, "inhoud": content, "hash": hash_of(content)}
    if kind in KINDS:
        stored["zoek"] = [[sorted(part) for part in item.stems] for item in make_zoekitems(kind, content)]
    return stored, []


def _check_aantekeningen(client: Demonstratieclient, read: Yaml, bestand: str) -> list[Problem]:
    """The content of each aantekening beside the model of its soort, with any day, nummer and hash filled in."""
    nummers: dict[str | None, int] = {stap.naam: n for n, stap in enumerate(client.aantekeningen, 1)}
    lijsten = defaultdict[tuple[str, str | None], Lijstversie](lambda: Lijstversie("1", "0" * 16))
    problems = []
    for n, (stap, velden) in enumerate(zip(client.aantekeningen, whole_velden(client), strict=True)):
        filled = fill_in(stap.soort, velden, date(2001, 1, 1), nummers, lijsten)
        problems += validate_part(SOORTEN[stap.soort], filled, ("aantekeningen", n, "inhoud"), read, bestand)
    return problems


def compile_files(kind: str, files: Sequence[Path]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Every file of a kind: the good ones and the problems, so that one wrong file does not hide the rest."""
    good, problems = [], []
    for path in files:
        made, wrong = compile_file(kind, path)
        problems += wrong
        if made is not None:
            good.append(made)
    if kind == "technieken":
        named = [(m["bestand"], Techniek.model_validate_json(json.dumps(m["inhoud"]))) for m in good]
        problems += check_techniek_names(named)
    if kind == "kennis" and not problems:
        problems += check_kennis([(m["bestand"], m["inhoud"]) for m in good], _linked_beside(files[0].parent))
    return good, problems


def compile_register(read: Yaml, bestand: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Of every fact in the register its id, label, document and heading; the rest is for who works on the content."""
    try:
        feiten = [[e["id"], e["kern"], g["bron"], g["kop"]] for g in read.data for e in g["elementen"]]
    except (KeyError, TypeError):
        return None, [problem(bestand, *read.place_of(()), "geen-afbeelding")]
    content = {"id": "register", "feiten": feiten}
    return {"bestand": bestand, "inhoud": content, "hash": hash_of(content)}, []


def hash_of(content: dict[str, Any]) -> str:
    """SHA-256 over ids, Dutch texts, scales, keys and rules; herkomst and proof left out. Sixteen hex digits."""
    left_out = _NOT_HASHED_OF_LIJST if "schalen" in content else _NOT_HASHED
    text = json.dumps(_hashed(content, left_out), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _hashed(value: Any, left_out: set[str]) -> Any:
    if isinstance(value, dict):
        return {k: _hashed(v, left_out) for k, v in value.items() if k not in left_out}
    return [_hashed(v, left_out) for v in value] if isinstance(value, list) else value

"""An afname as the dossier keeps it, back beside its vragenlijst: without yaml, as nobody typed it just now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.content.library import load_vragenlijsten
from regiekit.domain.beoordeling import Ingevuld
from regiekit.errors import LOCKED, RegiekitError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from regiekit.domain import aantekening


def from_dossier(
    kept: aantekening.Afname, client: str, datum: date, lijst: Any, bibliotheek: Path | None = None
) -> Ingevuld:
    """An afname as the dossier keeps it, beside its vragenlijst: that of the library when it is still the same one,
    else `lijst`, as it was kept with the answers. Raises RegiekitError when that is not what it was."""
    known = (
        v.inhoud for v in load_vragenlijsten(bibliotheek) if v.hash == kept.hash and v.inhoud.id == kept.vragenlijst
    )
    vragenlijst = next(known, None) or _of_then(kept, lijst)
    answers = {k: v if type(v) is int else None for k, v in kept.antwoorden.items()}
    skipped = {k: v for k, v in kept.antwoorden.items() if isinstance(v, str)}
    return Ingevuld(
        f"dossier {client}", vragenlijst, kept.hash, client, kept.meetmoment, datum, answers, dict(kept.open),
        kept.taal, kept.training, skipped,
    )  # fmt: skip


def _of_then(kept: aantekening.Afname, lijst: Any) -> Any:
    """The vragenlijst of then, checked by the model of now; imports pydantic."""
    import json

    from regiekit.content.compile import hash_of
    from regiekit.content.library import thaw
    from regiekit.domain.vragenlijst import Vragenlijst

    if lijst is None:
        raise RegiekitError(f"de vragenlijst '{kept.vragenlijst}' (hash {kept.hash}) ontbreekt in het dossier", LOCKED)
    content = Vragenlijst.model_validate_json(json.dumps(lijst)).model_dump(mode="json", exclude={"voorbeelden"})
    if hash_of(content) != kept.hash:
        raise RegiekitError(f"de vragenlijst '{kept.vragenlijst}' in het dossier is niet die van toen", LOCKED)
    return thaw(content)

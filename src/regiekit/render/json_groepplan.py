"""`groep simuleer --json` and `groep plan --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.simulatie import Simulatiemodel, WareSchaal
    from regiekit.domain.steekproef import Groepsplan


def json_simulatie(
    loaded: Any, model: Simulatiemodel, schalen: Sequence[WareSchaal], rijen: int, pad: str
) -> dict[str, Any]:
    """What was made of the vragenlijst in `loaded`, with which model, and what is true in it."""
    return {
        "verzonnen": True,
        "bestand": pad,
        "rijen": rijen,
        "vragenlijst": loaded.inhoud.id,
        "versie": loaded.inhoud.versie,
        "hash": loaded.hash,
        "model": _plain(model),
        "schalen": _plain(tuple(schalen)),
    }


def json_plan(plan: Groepsplan) -> dict[str, Any]:
    """What is needed, with how it was tried out; what was not asked is null."""
    made: dict[str, Any] = _plain(plan)
    for deel, waarde in (("alpha", plan.alpha), ("verandering", plan.verandering)):
        if waarde:
            made[deel]["begin"] = plan.begin(waarde.n)
    return made


def _plain(value: Any) -> Any:
    """A named value as an object with its fields."""
    if hasattr(value, "_asdict"):
        return {naam: _plain(part) for naam, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value

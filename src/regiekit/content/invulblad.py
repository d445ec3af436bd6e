"""An empty afname as YAML, with the texts as comments: to fill in by hand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from regiekit.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.vragenlijst import Antwoordschaal, Vragenlijst


def make_invulblad(
    lijst: Vragenlijst,
    meetmoment: str | None = None,
    client: str | None = None,
    *,
    met_training: bool = True,
    datum: str = "",
    naam: str = "",
) -> str:
    """The text of an afname; `naam` is the id or the path of the vragenlijst as the afname has to name it."""
    filled = _Filled(meetmoment, client, met_training, datum, naam or lijst.id)
    return "\n".join(_lines(lijst, filled)) + "\n"


class _Filled(NamedTuple):
    meetmoment: str | None
    client: str | None
    met_training: bool
    datum: str
    naam: str


def yaml_text(text: str) -> str:
    """A text as the reader gives it back: bare where that is safe, else between quotes."""
    bare = re.fullmatch(r"[A-Za-z./][A-Za-z0-9._/-]*", text) and text.lower() not in ("null", "true", "false")
    return text if bare else json.dumps(text, ensure_ascii=False)


def _lines(lijst: Vragenlijst, filled: _Filled) -> Iterator[str]:
    yield f"# {one_line(lijst.naam)}, versie {lijst.versie}. Vul achter elke dubbele punt iets in, of laat het leeg."
    yield "# Overslaan mag: laat leeg, of schrijf weet-niet, wil-niet-zeggen of nvt."
    yield from _scale(lijst.antwoordschaal)
    yield ""
    yield f"vragenlijst: {yaml_text(filled.naam)}"
    yield f"versie: {json.dumps(lijst.versie, ensure_ascii=False)}"
    yield _named("client", filled.client, "een code zoals R-014, nooit een naam")
    moments = ", ".join(m.id for m in lijst.meetmomenten)
    if moments:
        yield _named("meetmoment", filled.meetmoment, f"kies: {moments}")
    yield f"datum: {filled.datum}" if filled.datum else "datum:   # jaar-maand-dag, zoals 2026-03-02"
    yield ""
    yield "antwoorden:"
    for vraag in lijst.vragen:
        yield f"  # {one_line(vraag.tekst)}"
        if vraag.antwoordschaal:
            yield from (f"  {line}" for line in _scale(vraag.antwoordschaal))
        yield f"  {vraag.id}:"
    yield from _open(lijst, filled)


def _scale(schaal: Antwoordschaal) -> Iterator[str]:
    yield f"# Antwoorden: een heel getal van {schaal.min} tot en met {schaal.max}."
    for waarde, label in schaal.labels.items():
        if label != str(waarde):
            yield f"#   {waarde} = {one_line(label)}"


def _named(name: str, value: str | None, hint: str) -> str:
    return f"{name}: {yaml_text(value)}" if value else f"{name}:   # {hint}"


def _open(lijst: Vragenlijst, filled: _Filled) -> Iterator[str]:
    chosen = [v for v in lijst.open_vragen if filled.meetmoment in (None, v.meetmoment)]
    if chosen:
        yield ""
        yield "open:"
    moment = None
    for vraag in chosen:
        if vraag.meetmoment != moment and filled.meetmoment is None:
            yield f"  # Alleen bij meetmoment {vraag.meetmoment}:"
        moment = vraag.meetmoment
        text = vraag.tekst if filled.met_training or not vraag.zonder_training else vraag.zonder_training
        yield f"  # {one_line(text)}"
        yield f"  {vraag.id}:"

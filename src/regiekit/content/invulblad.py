"""An empty afname as YAML, with the texts as comments: to fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.vragenlijst import Antwoordschaal, Vragenlijst


def make_invulblad(
    lijst: Vragenlijst,
    meetmoment: str | None = None,
    client: str | None = None,
    answers: dict[str, int | None] | None = None,
    *,
    met_training: bool = True,
    datum: str = "",
) -> str:
    """The text of an afname; `answers` fills in what is known already."""
    return "\n".join(_lines(lijst, meetmoment, client, answers or {}, met_training, datum)) + "\n"


def _lines(
    lijst: Vragenlijst, meetmoment: str | None, client: str | None, answers: dict[str, int | None],
    met_training: bool, datum: str,
) -> Iterator[str]:  # fmt: skip
    yield f"# {lijst.naam}, versie {lijst.versie}. Vul achter elke dubbele punt iets in, of laat het leeg."
    yield "# Overslaan mag: laat leeg, of schrijf weet-niet, wil-niet-zeggen of nvt."
    yield from _scale(lijst.antwoordschaal)
    yield ""
    yield f"vragenlijst: {lijst.id}"
    yield f'versie: "{lijst.versie}"'
    yield _filled("client", client, "een code zoals R-014, nooit een naam")
    moments = ", ".join(m.id for m in lijst.meetmomenten)
    if moments:
        yield _filled("meetmoment", meetmoment, f"kies: {moments}")
    yield _filled("datum", datum, "jaar-maand-dag, zoals 2026-03-02")
    yield ""
    yield "antwoorden:"
    for vraag in lijst.vragen:
        yield f"  # {_one_line(vraag.tekst)}"
        if vraag.antwoordschaal:
            yield from (f"  {line}" for line in _scale(vraag.antwoordschaal))
        answer = answers.get(vraag.id)
        yield f"  {vraag.id}:{'' if answer is None else f' {answer}'}"
    yield from _open(lijst, meetmoment, met_training)


def _scale(schaal: Antwoordschaal) -> Iterator[str]:
    yield f"# Antwoorden: een heel getal van {schaal.min} tot en met {schaal.max}."
    for waarde, label in schaal.labels.items():
        if label != str(waarde):
            yield f"#   {waarde} = {_one_line(label)}"


def _filled(name: str, value: str | None, hint: str) -> str:
    return f"{name}: {value}" if value else f"{name}:   # {hint}"


def _open(lijst: Vragenlijst, meetmoment: str | None, met_training: bool) -> Iterator[str]:
    chosen = [v for v in lijst.open_vragen if meetmoment in (None, v.meetmoment)]
    if chosen:
        yield ""
        yield "open:"
    moment = None
    for vraag in chosen:
        if vraag.meetmoment != moment and meetmoment is None:
            yield f"  # Alleen bij meetmoment {vraag.meetmoment}:"
        moment = vraag.meetmoment
        text = vraag.tekst if met_training or not vraag.zonder_training else vraag.zonder_training
        yield f"  # {_one_line(text)}"
        yield f"  {vraag.id}:"


def _one_line(text: str) -> str:
    return " ".join(text.split())

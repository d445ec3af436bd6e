"""An afname as YAML, from the data that the reader would give of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from regiekit.content.invulblad import yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# What the reader refuses in a file as it stands; between quotes it may be written as an escape.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")
_NOT_AT_ALL = re.compile(r"[\0\ud800-\udfff\ufffe\uffff]")


def quoted(text: str) -> str:
    """A text between quotes, as the reader gives it back; signs that no file can hold become a question mark."""
    made = json.dumps(_NOT_AT_ALL.sub("\ufffd", text), ensure_ascii=False)
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", made)


def afname_text(data: Mapping[str, Any], *opmerkingen: str) -> str:
    """The YAML of an afname from its fields (a field that is None is left out), below lines that say what it is."""
    return "\n".join(_lines(data, opmerkingen)) + "\n"


def _lines(data: Mapping[str, Any], opmerkingen: Iterable[str]) -> Iterator[str]:
    for opmerking in opmerkingen:
        yield f"# {''.join(c if c.isprintable() else ' ' for c in ' '.join(opmerking.split()))}"
    yield f"vragenlijst: {yaml_text(data['vragenlijst'])}"
    yield f"versie: {quoted(data['versie'])}"
    yield f'hash: "{data["hash"]}"'
    for name in ("client", "meetmoment", "taal"):
        if data[name] is not None:
            yield f"{name}: {yaml_text(data[name])}"
    if data["datum"] is not None:
        yield f"datum: {data['datum']}"
    if data["training"] is not None:
        yield f"training: {'true' if data['training'] else 'false'}"
    yield "antwoorden:" if data["antwoorden"] else "antwoorden: {}"
    for vraag, antwoord in data["antwoorden"].items():
        yield f"  {vraag}:{'' if antwoord is None else f' {antwoord}'}"
    if data["open"]:
        yield "open:"
    for vraag, tekst in data["open"].items():
        yield f"  {vraag}:{'' if tekst is None else f' {quoted(tekst)}'}"

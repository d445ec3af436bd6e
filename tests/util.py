"""What several tests need: the program as it is called, and vragenlijsten from text as a user writes them."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

from regiekit.cli.app import main
from regiekit.content.library import load_stuurmatrix, load_vragenlijst_file, load_vragenlijsten

ROOT = Path(__file__).resolve().parents[1]
MATRIX = load_stuurmatrix()
EIGEN_REGIE = next(v for v in load_vragenlijsten() if v.inhoud.id == "eigen-regie")


class Result(NamedTuple):
    """Exit code and what was printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class _Input(io.TextIOWrapper):
    """Standard input with a buffer below it, as the real one has."""


def query_template(template: Path, inputs: dict[str, str], label: str) -> Any:
    """The values that a template of typst set down under a label, such as the size of letter that it chose."""
    import typst

    from regiekit.render.pdf import FONTS

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(template, root=template.parent, font_paths=fonts, sys_inputs=inputs)
    return json.loads(compiler.query(label, field="value"))


def run(*arguments: object, stdin: str = "") -> Result:
    """The program's own main, with what it printed; a traceback fails the test by itself."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    before, sys.stdin = sys.stdin, _Input(io.BytesIO(stdin.encode()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(a) for a in arguments])
    finally:
        sys.stdin = before
    return Result(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


def write(folder: Path, name: str, text: str) -> Path:
    """A file with `text`, its indentation taken off."""
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def lijst_from(folder: Path, text: str) -> Any:
    """A checked vragenlijst from YAML."""
    return load_vragenlijst_file(write(folder, "lijst.yaml", text)).inhoud


def small_lijst(schalen: str, vragen: int = 3, low: int = 1, high: int = 5, extra: str = "") -> str:
    """YAML of a small vragenlijst with vragen v-1, v-2, … and the given schalen."""
    items = "\n".join(f"  - {{id: v-{i}, tekst: Vraag {i}.}}" for i in range(1, vragen + 1))
    return (
        'id: klein\nversie: "1"\nnaam: Klein\ndoel: meting\nlicentie: vrij\nherkomst: eigen\n'
        f"antwoordschaal: {{min: {low}, max: {high}}}\n{extra}vragen:\n{items}\nschalen:\n{schalen}"
    )


def schaal(name: str, vragen: str, minimum: int, regel: str = "gemiddelde", richting: str = "hoger-is-gunstig") -> str:
    """YAML of a schaal; `vragen` like '1 2 -3', a minus for reversed."""
    items = ", ".join(
        f"{{vraag: v-{v.lstrip('-')}, omgekeerd: {'true' if v.startswith('-') else 'false'}}}" for v in vragen.split()
    )
    return (
        f"  - id: {name}\n    naam: {name.capitalize()}\n    regel: {regel}\n    richting: {richting}\n"
        f"    minimaal_beantwoord: {minimum}\n    vragen: [{items}]\n"
    )


def afname_yaml(antwoorden: dict[str, Any], client: str | None = "R-001", **fields: Any) -> str:
    """YAML of an afname of the vragenlijst eigen-regie."""
    lines = ["vragenlijst: eigen-regie", 'versie: "1"']
    lines += [f"client: {client}"] if client else []
    lines += [f"{k}: {v}" for k, v in fields.items()]
    answers = [f"  {k}: {'' if v is None else v}" for k, v in antwoorden.items()]
    return "\n".join([*lines, "antwoorden:" if answers else "antwoorden: {}", *answers]) + "\n"


VRAGEN = [v.id for v in EIGEN_REGIE.inhoud.vragen]


def answers(autonomie: str, competentie: str, verbondenheid: str, regie: str) -> dict[str, int | None]:
    """'43215' '…' '…' '…' as answers in the order of the vragenlijst; '.' is not answered."""
    digits = autonomie + competentie + verbondenheid + regie
    assert len(digits) == len(VRAGEN)
    return {v: None if d == "." else int(d) for v, d in zip(VRAGEN, digits, strict=True)}

"""What every PDF and every printable page shares: the fonts, the compiler, and what went wrong in words.

A template gets its content as JSON in named inputs and uses it as text only, never as markup. No network and no fonts
of the machine, so the same input gives the same bytes everywhere.
"""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


class NoPdfLibrary(RegiekitError):
    """There is no build of the PDF library for this machine; the same page exists as printable HTML."""

    def __init__(self, wat: str) -> None:
        super().__init__(f"op deze computer kan regiekit geen pdf maken; {wat} kan wel als HTML om te printen")


class Glyph(NamedTuple):
    """A character that no font has, and how to write about it."""

    teken: str
    genoemd: str


def compile_pdf(
    template: Path,
    inputs: Mapping[str, str],
    wat: str,
    explain: Callable[[str], RegiekitError | None] = lambda _: None,
) -> bytes:
    """The PDF (PDF/UA-1 and PDF/A-2a at once) of a template in its own folder; the same input gives the same bytes.

    `wat` names the thing ('de placemat') for who has no PDF library. `explain` turns a message of the compiler into a
    clear error; what it does not know (None) is a bug and keeps its traceback.
    """
    compiler, failure = _compiler(template, inputs, wat)
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)
    except failure as error:
        if clear := explain(error.message):
            raise clear from error
        raise
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def compile_png(svg: str, ppi: int) -> bytes:
    """A picture as PNG, for Word; raises NoPdfLibrary where none can be made."""
    compiler, _ = _compiler(HERE / "beeld.typ", {"svg": svg}, "het document")
    png = compiler.compile(format="png", ppi=ppi)
    if not isinstance(png, bytes):
        raise TypeError("typst gave no PNG")
    return png


def _compiler(template: Path, inputs: Mapping[str, str], wat: str) -> tuple[Any, Any]:
    """The compiler of one template, and the class of its errors."""
    try:
        import typst
    except ImportError as error:
        raise NoPdfLibrary(wat) from error
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(template, root=template.parent, font_paths=fonts, sys_inputs=dict(inputs))
    return compiler, typst.TypstError


def missing_glyph(message: str) -> Glyph | None:
    """The character that could not be printed, when that is what the compiler says."""
    found = re.search(r"the (?:text|codepoint|PDF contains the codepoint) `\"(.+?)\"`", message)
    if found is None:
        return None
    teken = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1])
    zichtbaar = f"'{teken}' " if teken.isprintable() else ""
    return Glyph(teken, f"{zichtbaar}(U+{ord(teken[0]):04X})")


def plain(tekst: str) -> str:
    """Line ends and runs of spaces in YAML are no part of the statement; an endless word may break anywhere."""
    return re.sub(r"(\S{25})(?=\S{25})", "\\1\u200b", re.sub(r"[ \t\r\n]+", " ", tekst).strip())


def font_face(name: str, weight: int) -> str:
    """CSS with the font inside, so that a page needs nothing beside it."""
    data = b64encode((FONTS / f"AtkinsonHyperlegibleNext-{name}.ttf").read_bytes()).decode("ascii")
    return (
        f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; font-weight: {weight}; '
        f'src: url("data:font/ttf;base64,{data}") format("truetype"); }}'
    )

"""A document as a list of blocks, and what becomes of it as plain text and as HTML (docx.py: Word, document.typ: PDF).

A text of a person is never changed: `Letterlijk` keeps every character, and in plain text it is not wrapped either.
"""

from __future__ import annotations

import re
import textwrap
from html import escape, unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.errors import RegiekitError, legible
from regiekit.render.html import html_page
from regiekit.render.pdf import HERE, compile_pdf, missing_glyph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 80
NARROW = 60  # below this many columns a table has no room for its own
GUTTER = 3


class Kop(NamedTuple):
    """A heading below the title: of a part (2) or of what is within one (3); `nieuw` begins on a page of its own."""

    tekst: str
    niveau: int = 2
    nieuw: bool = False


class Alinea(NamedTuple):
    """A paragraph; `stijl` is nothing, 'herinnering' (something to fill in) or 'klein' (a source, a note)."""

    tekst: str
    stijl: str = ""


class Lijst(NamedTuple):
    """Points; `merk` is '-' or '☐', a box to tick. On paper they may stand in columns."""

    punten: tuple[str, ...]
    merk: str = "-"
    kolommen: int = 1


class Tabel(NamedTuple):
    """Rows under a header row; `breedtes` are shares of the width, `hoog` rows get room to write.

    With `rijkop` the first cell of a row says what the row is about.
    """

    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    breedtes: tuple[int, ...]
    hoog: bool = False
    rijkop: bool = False


class Letterlijk(NamedTuple):
    """What somebody said or wrote, character for character."""

    tekst: str


class Schrijfruimte(NamedTuple):
    """Lines to write on."""

    regels: int


class Beeld(NamedTuple):
    """A picture: `svg` is one <svg> element that names itself (role, title, desc); `alt` says all of it in sentences.

    Plain text, and Word where no picture can be made, show `alt`; so every number stands in it.
    """

    svg: str
    alt: str


class Document(NamedTuple):
    """A title, a line below it, and blocks; `een_blad` means that it must stay on one page of paper.

    `lopend` is a line that stands at the top of every page.
    """

    titel: str
    onder: str
    blokken: tuple[Kop | Alinea | Lijst | Tabel | Letterlijk | Schrijfruimte | Beeld, ...]
    een_blad: bool = False
    lopend: str = ""


def texts_in(document: Document) -> Iterator[tuple[str, str]]:
    """Every text that the document shows, with its place: under which heading."""
    place = f"'{document.titel}'"
    yield place, f"{document.titel}\n{document.onder}\n{document.lopend}"
    for blok in document.blokken:
        if isinstance(blok, Kop):
            place = f"'{document.titel}', onder '{blok.tekst}'"
        yield from ((place, text) for text in _texts_of(blok))


def _texts_of(blok: Any) -> Iterator[str]:
    """The texts of one block, as values; of a picture what can be read in it, without its markup."""
    for value in (blok.alt, *_texts_in_svg(blok.svg)) if isinstance(blok, Beeld) else blok:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from _texts_of(value)


def _texts_in_svg(svg: str) -> Iterator[str]:
    yield from (unescape(part) for part in re.split(r"<[^>]*>", svg) if part.strip())


def as_legible(value: Any) -> Any:
    """A document, or a part of it, with the control characters in its texts written out: no form can hold them."""
    if isinstance(value, str):
        return legible(value)
    if not isinstance(value, tuple):
        return value
    parts = [as_legible(part) for part in value]
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)


PUNT = "• "  # begins a line of a list within a cell

# Plain text ---------------------------------------------------------------------------------------------------------


def to_text(document: Document, screen: int | None = None) -> str:
    """For a terminal of `screen` columns, or to copy: then at most 80 columns, except what is literal."""
    document = as_legible(document)
    width = min(screen or WIDTH, WIDTH)
    lines = [*_wrap(document.titel, width=width), "=" * min(len(document.titel), width)]
    lines = [*_wrap(document.lopend, width=width), *lines, *_wrap(document.onder, width=width)]
    for blok in document.blokken:
        lines += ["", *(_lines_of(blok, width) if screen else _text_of(blok, width))]
    return "\n".join(lines) + "\n"


def _lines_of(blok: Any, width: int) -> list[str]:
    """A block on a screen: there also what is literal ends between words."""
    if not isinstance(blok, Letterlijk):
        return _text_of(blok, width)
    return [line for part in blok.tekst.split("\n") for line in (_wrap(part, width=width) or [""])]


def _wrap(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )  # fmt: skip


def _text_of(blok: Any, width: int = WIDTH) -> list[str]:
    if isinstance(blok, Kop):
        return [*_wrap(blok.tekst, width=width), ("-" if blok.niveau == 2 else ".") * min(len(blok.tekst), width)]
    if isinstance(blok, Lijst):
        merk = "[ ]" if blok.merk == "☐" else blok.merk
        return [line for punt in blok.punten for line in _wrap(punt, f"{merk} ", " " * (len(merk) + 1), width)]
    if isinstance(blok, Tabel):
        return list(_table_lines(blok, width)) if width >= NARROW else _pairs_of(blok, width)
    if isinstance(blok, Letterlijk):
        return blok.tekst.split("\n")
    if isinstance(blok, Schrijfruimte):
        return ["_" * width] * blok.regels
    if isinstance(blok, Beeld):
        return _wrap(blok.alt, width=width)
    return _wrap(f"[{blok.tekst}]" if blok.stijl == "herinnering" else blok.tekst, width=width)


def _table_lines(tabel: Tabel, columns: int) -> Iterator[str]:
    """Columns side by side, each wrapped in its own width; a line under the header row."""
    room = columns - GUTTER * (len(tabel.koppen) - 1)
    widths = [room * share // sum(tabel.breedtes) for share in tabel.breedtes]
    yield from _row_lines(tabel.koppen, widths)
    yield (" " * GUTTER).join("-" * width for width in widths)
    for number, rij in enumerate(tabel.rijen):
        if number and (tabel.hoog or any(len(cel) > width for cel, width in zip(rij, widths, strict=True))):
            yield ""
        yield from _row_lines(rij, widths)


def _row_lines(rij: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [_cell_lines(cel, width) for cel, width in zip(rij, widths, strict=True)]
    for n in range(max(map(len, cells))):
        parts = [(cel[n] if n < len(cel) else "").ljust(width) for cel, width in zip(cells, widths, strict=True)]
        yield (" " * GUTTER).join(parts).rstrip()


def _cell_lines(cel: str, width: int) -> list[str]:
    """The lines of one cell; what follows a bullet hangs under its first word."""
    wrapped = (_wrap(part, rest="  " * part.startswith(PUNT), width=width) for part in cel.split("\n"))
    return [line for lines in wrapped for line in (lines or [""])]


def to_aloud(document: Document, screen: int | None = None) -> str:
    """The same to be read aloud: no lines under headings, and of a table 'title: value' for every cell."""
    document = as_legible(document)
    lines = [*_wrap(document.lopend), *_wrap(document.titel), *_wrap(document.onder)]
    for blok in document.blokken:
        is_literal = isinstance(blok, Letterlijk)
        lines += ["", *(_lines_of(blok, min(screen, WIDTH)) if screen and is_literal else _aloud_of(blok))]
    return "\n".join(lines) + "\n"


def _aloud_of(blok: Any) -> list[str]:
    if isinstance(blok, Kop):
        return _wrap(blok.tekst)
    if isinstance(blok, Schrijfruimte):
        return ["(ruimte om te schrijven)"]
    if isinstance(blok, Lijst):
        return _text_of(blok._replace(merk="-"))
    if not isinstance(blok, Tabel):
        return _text_of(blok)
    return _pairs_of(blok, WIDTH)


def _pairs_of(tabel: Tabel, width: int) -> list[str]:
    """A table without columns: 'title: value' for every cell, an empty line between rows."""
    pairs = [zip(tabel.koppen, rij, strict=True) for rij in tabel.rijen]
    rows = [[line for kop, cel in row for line in _pair_lines(kop, cel, width)] for row in pairs]
    return [line for row in rows for line in (*row, "")][:-1]


def _pair_lines(kop: str, cel: str, width: int) -> list[str]:
    first, *more = cel.split("\n")
    if first.startswith(PUNT):  # a list of its own, below its title
        return [*_wrap(f"{kop}:"), *(line for punt in (first, *more) for line in _wrap(
            punt.removeprefix(PUNT), "  - " if punt.startswith(PUNT) else "    ", "    ", width))]  # fmt: skip
    said = _wrap(f"{kop}: {first.strip() or 'leeg'}" if kop.strip() else first, rest="  ", width=width)
    return [*said, *(line for part in more for line in _wrap(part, "  ", "  ", width))]


# HTML ---------------------------------------------------------------------------------------------------------------


def to_html(document: Document) -> str:
    """One page with everything inside; prints on A4."""
    document = as_legible(document)
    kind = ' class="een-blad"' if document.een_blad else ""
    body = "\n".join(_html_of(blok) for blok in document.blokken)
    head = f'<h1>{escape(document.titel)}</h1>\n<p class="onder">{escape(document.onder)}</p>'
    lopend = f'<p class="lopend">{escape(document.lopend)}</p>\n' if document.lopend else ""
    return html_page(document.titel, "document.css", f"<main{kind}>\n{lopend}{head}\n{body}\n</main>")


def _html_of(blok: Any) -> str:
    if isinstance(blok, Kop):
        return _html_heading(blok)
    if isinstance(blok, Lijst):
        kind = ' class="vakjes"' if blok.merk == "☐" else ""
        kind += f' style="columns:{blok.kolommen}"' if blok.kolommen > 1 else ""
        return f"<ul{kind}>" + "".join(f"<li>{escape(punt)}</li>" for punt in blok.punten) + "</ul>"
    if isinstance(blok, Tabel):
        return _html_table(blok)
    if isinstance(blok, Schrijfruimte):
        return '<div class="ruimte" aria-hidden="true">' + "<span></span>" * blok.regels + "</div>"
    if isinstance(blok, Letterlijk):
        return f"<blockquote>{escape(blok.tekst)}</blockquote>"
    if isinstance(blok, Beeld):
        return f'<figure tabindex="0">{blok.svg}</figure>'
    return f'<p class="{blok.stijl}">{escape(blok.tekst)}</p>' if blok.stijl else f"<p>{escape(blok.tekst)}</p>"


def _html_heading(kop: Kop) -> str:
    style = "font-size:11.5pt;line-height:1.2;margin:4mm 0 1mm;break-after:avoid;" * (kop.niveau == 3)
    style += "break-before:page" * kop.nieuw
    kind = f' style="{style}"' if style else ""
    return f"<h{kop.niveau}{kind}>{escape(kop.tekst)}</h{kop.niveau}>"


BREED = 4  # columns from which a table may have to scroll on a telephone; then the keyboard can reach it too
ROW_HEAD = '<th scope="row" style="font-weight:normal;border-bottom-width:0.7pt">{}</th>'


def _html_table(tabel: Tabel) -> str:
    columns = "".join(f'<col style="width:{100 * b // sum(tabel.breedtes)}%">' for b in tabel.breedtes)
    head = "".join(f'<th scope="col">{escape(kop)}</th>' for kop in tabel.koppen)
    first = ROW_HEAD if tabel.rijkop else "<td>{}</td>"
    rows = "".join(
        f"<tr>{first.format(_cell(name))}" + "".join(f"<td>{_cell(cel)}</td>" for cel in rij) + "</tr>"
        for name, *rij in tabel.rijen
    )
    kind = ' class="hoog"' if tabel.hoog else ""
    table = f"<table{kind}><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if len(tabel.koppen) < BREED:
        return table
    label = escape(f"Tabel: {', '.join(tabel.koppen)}", quote=True)
    return f'<div class="breed" role="group" tabindex="0" aria-label="{label}">{table}</div>'


def _cell(text: str) -> str:
    return escape(text).replace("\n", "<br>")


# PDF ----------------------------------------------------------------------------------------------------------------


def to_inputs(document: Document) -> dict[str, str]:
    """What document.typ reads: names and texts only, never markup."""
    import json

    document = as_legible(document)
    blokken = [{"soort": type(blok).__name__.lower(), **blok._asdict()} for blok in document.blokken]
    whole = {**document._asdict(), "blokken": blokken}
    return {"document": json.dumps(whole)}


def to_pdf(document: Document) -> bytes:
    """A tagged PDF on A4; raises NoPdfLibrary where none can be made, RegiekitError for a character without font."""
    return compile_pdf(HERE / "document.typ", to_inputs(document), "het document", _explain)


def _explain(message: str) -> RegiekitError | None:
    if "te-lang" in message:
        return RegiekitError("dit past niet op één bladzijde A4; maak de tekst korter, of kies .html of .docx")
    if glyph := missing_glyph(message):
        return RegiekitError(f"het teken {glyph.genoemd} kan niet in een pdf; haal het weg, of kies .html of .docx")
    return None

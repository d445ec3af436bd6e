"""A document of blocks as a Word file: A4, Dutch, real headings, tables with a header row that is repeated."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from regiekit.render.document import Alinea, Beeld, Kop, Letterlijk, Lijst, Schrijfruimte, Tabel, as_legible
from regiekit.render.pdf import NoPdfLibrary, compile_png

if TYPE_CHECKING:
    from regiekit.render.document import Document

LETTER = "Calibri"
TEXT_WIDTH, PICTURE_HEIGHT = 166, 215  # mm
PPI = 200
TOGETHER = 2  # rows of a table that stay with its header, so that none is left alone at the end of a page
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # no clock inside: the same document gives the same bytes


def to_docx(document: Document) -> bytes:
    """The Word file."""
    import docx

    document = as_legible(document)
    made = docx.Document()
    _set_page(made)
    _set_language(made)
    _set_properties(made, document.titel)
    _add_title(made, document)
    for blok, following in zip_longest(document.blokken, document.blokken[1:]):
        _ADD[type(blok)](made, blok)
        if isinstance(blok, Alinea) and (blok.tekst.endswith(":") or isinstance(following, (Letterlijk, Beeld))):
            made.paragraphs[-1].paragraph_format.keep_with_next = True  # it leads in what comes below it
    return _with_fixed_times(made)


def _set_page(made: Any) -> None:
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)


def _set_language(made: Any) -> None:
    """Dutch for every style, in the defaults of the document; the template of the library says en-US and US Letter."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    styles = made.styles.element
    (properties,) = styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for old in [*properties.findall(qn("w:lang")), *styles.xpath("//w:style/w:rPr/w:lang")]:
        old.getparent().remove(old)
    language = properties.makeelement(qn("w:lang"), {})
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "nl-NL")
    properties.append(language)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = LETTER, Pt(11)
    for name, size in (("Title", 20), ("Heading 1", 14)):
        _set_heading(made, name, size)


def _set_heading(made: Any, name: str, size: float) -> None:
    """Black, and in the letter of the rest; the template of the library has its own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style = made.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = LETTER, Pt(size), RGBColor(0, 0, 0)
    for border in style.element.xpath("w:pPr/w:pBdr/*"):
        border.set(qn("w:color"), "000000")
    for theme in style.element.xpath("w:rPr/w:rFonts"):
        for attribute in [a for a in theme.attrib if a.endswith("Theme")]:
            del theme.attrib[attribute]


def _set_properties(made: Any, titel: str) -> None:
    core = made.core_properties
    core.title, core.language, core.author, core.last_modified_by = titel, "nl-NL", "", ""
    core.comments, core.keywords, core.subject = "", "", ""
    core.created = core.modified = EPOCH


def _add_title(made: Any, document: Document) -> None:
    if document.lopend:  # a header is not read aloud: on the first page the same line is a part of the text
        made.sections[0].header.paragraphs[0].add_run(document.lopend).bold = True
        made.sections[0].different_first_page_header_footer = True
        made.add_paragraph().add_run(document.lopend).bold = True
    made.add_paragraph(document.titel, style="Title")
    made.add_paragraph(document.onder)


def _add_kop(made: Any, kop: Kop) -> None:
    if kop.niveau == 3:
        _set_heading(made, "Heading 2", 12)
    heading = made.add_heading(kop.tekst, level=kop.niveau - 1)
    heading.paragraph_format.page_break_before = kop.nieuw or None


def _add_alinea(made: Any, alinea: Alinea) -> None:
    from docx.shared import Pt

    run = made.add_paragraph().add_run(f"[{alinea.tekst}]" if alinea.stijl == "herinnering" else alinea.tekst)
    run.italic = alinea.stijl == "herinnering" or None
    if alinea.stijl == "klein":
        run.font.size = Pt(9)


def _add_lijst(made: Any, lijst: Lijst) -> None:
    from docx.shared import Pt

    for punt in lijst.punten:
        if lijst.merk == "☐":
            made.add_paragraph(f"☐ {punt}").paragraph_format.space_after = Pt(2)
        else:
            made.add_paragraph(punt, style="List Bullet")


def _add_letterlijk(made: Any, letterlijk: Letterlijk) -> None:
    """Line ends become line ends within one paragraph, so that its text is the text that was given."""
    made.add_paragraph(letterlijk.tekst.replace("\r\n", "\n"), style="Quote").runs[0].italic = False


def _add_schrijfruimte(made: Any, ruimte: Schrijfruimte) -> None:
    for _ in range(ruimte.regels):
        made.add_paragraph("_" * 75)


def _add_tabel(made: Any, tabel: Tabel) -> None:
    """The table, and a small paragraph below it: Word cannot end on a table or tell two of them apart."""
    from docx.shared import Mm, Pt

    table = made.add_table(rows=1 + len(tabel.rijen), cols=len(tabel.koppen), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, tabel.breedtes, strict=True):
        column.width = Mm(TEXT_WIDTH * share // sum(tabel.breedtes))
    for number, (row, texts) in enumerate(zip(table.rows, (tabel.koppen, *tabel.rijen), strict=True)):
        row.height = Mm(13) if tabel.hoog and number else None
        for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
            cell.width = column.width
            _fill_cell(cell, text, bold=number == 0, keep=number < min(TOGETHER, len(tabel.rijen)))
        _keep_whole(row)
    _mark_header(table.rows[0])
    below = made.add_paragraph()
    below.paragraph_format.space_after = Pt(0)
    below.paragraph_format.line_spacing = Pt(6)


def _add_beeld(made: Any, beeld: Beeld) -> None:
    """The picture as PNG with its alt text; where none can be made, what it says."""
    from docx.shared import Mm

    try:
        png = compile_png(beeld.svg, PPI)
    except NoPdfLibrary:
        made.add_paragraph(beeld.alt)
        return
    picture = made.add_picture(BytesIO(png), width=Mm(TEXT_WIDTH))
    if picture.height > Mm(PICTURE_HEIGHT):
        picture.width, picture.height = picture.width * Mm(PICTURE_HEIGHT) // picture.height, Mm(PICTURE_HEIGHT)
    picture._inline.docPr.set("descr", beeld.alt)


def _fill_cell(cell: Any, text: str, *, bold: bool, keep: bool) -> None:
    """The text of one cell; with `keep` its row stays on one page with the next."""
    from docx.shared import Pt

    cell.text = text
    (paragraph,) = cell.paragraphs
    paragraph.paragraph_format.keep_with_next = keep or None
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    for run in paragraph.runs:
        run.bold = bold or None


def _keep_whole(row: Any) -> None:
    """Do not let a row go on on the next page, unless it is longer than one."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.insert(0, properties.makeelement(qn("w:cantSplit"), {}))


def _mark_header(row: Any) -> None:
    """Repeat this row on every page, and let a screen reader know it as the header."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))


_ADD: dict[type, Any] = {
    Kop: _add_kop, Alinea: _add_alinea, Lijst: _add_lijst, Letterlijk: _add_letterlijk, Tabel: _add_tabel,
    Schrijfruimte: _add_schrijfruimte, Beeld: _add_beeld,
}  # fmt: skip


def _with_fixed_times(made: Any) -> bytes:
    """The file with one fixed time on each part."""
    first, last = BytesIO(), BytesIO()
    made.save(first)
    with ZipFile(first) as source, ZipFile(last, "w", ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(ZipInfo(item.filename, (2000, 1, 1, 0, 0, 0)), source.read(item), ZIP_DEFLATED)
    return last.getvalue()

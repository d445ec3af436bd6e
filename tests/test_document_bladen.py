"""Where a page ends: a table never leaves its heading or its header alone, in a PDF and in Word."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from regiekit.render.document import Alinea, Document, Kop, Letterlijk, Tabel, to_pdf
from regiekit.render.docx import to_docx

ROWS = tuple((f"rij {n}", "tekst") for n in range(1, 7))


def made(lines: int) -> Document:
    """A heading, a line that leads in and a table, so many lines down the page."""
    blokken = (*(Alinea(f"vulling {n}") for n in range(lines)), Kop("De kop"), Alinea("Dit leidt in:"),
               Tabel(("Eerste", "Tweede"), ROWS, (1, 1)))  # fmt: skip
    return Document("Titel", "Onder", blokken)


@pytest.mark.parametrize("lines", range(40, 45))
def test_heading_lead_header_and_two_rows_are_on_one_page(lines: int) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(to_pdf(made(lines)))).pages]
    (first,) = (page for page in pages if "De kop" in page)
    assert [part in first for part in ("Dit leidt in:", "Eerste", "rij 1", "rij 2")] == [True] * 4


def test_these_lines_do_reach_the_end_of_a_page() -> None:
    counts = [len(pypdf.PdfReader(BytesIO(to_pdf(made(lines)))).pages) for lines in (24, 42)]
    assert counts == [1, 2]


def test_the_room_that_is_kept_takes_none() -> None:
    """The table stands where it would stand, right below the line above it."""
    tops = []
    for blok in (Tabel(("Eerste", "Tweede"), ROWS, (1, 1)), Alinea("Eerste")):
        page = pypdf.PdfReader(BytesIO(to_pdf(Document("Titel", "Onder", (Alinea("boven"), blok))))).pages[0]
        found: dict[str, float] = {}
        page.extract_text(visitor_text=lambda text, _c, tm, *_: found.setdefault(text.strip(), tm[5]))  # noqa: B023
        tops.append(found["boven"] - found["Eerste"])
    assert abs(tops[0] - tops[1]) < 15  # points: the inset of the table, not a row


def test_in_word_rows_stay_whole_and_lead_in_lines_stay_with_what_follows() -> None:
    import docx

    blokken = (Kop("De kop"), Alinea("Dit leidt in:"), Tabel(("Eerste", "Tweede"), ROWS, (1, 1)), Alinea("Los."),
               Alinea("Een vraag (2 maart)"), Letterlijk("Het antwoord"))  # fmt: skip
    word = docx.Document(BytesIO(to_docx(Document("Titel", "Onder", blokken))))
    rows = word.tables[0].rows
    assert len(rows) == len([row for row in rows if row._tr.xpath("w:trPr/w:cantSplit")])
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows]
    assert kept == [True, True, None, None, None, None, None]
    leads = {p.text: p.paragraph_format.keep_with_next for p in word.paragraphs}
    assert (leads["Dit leidt in:"], leads["Los."], leads["Een vraag (2 maart)"]) == (True, None, True)

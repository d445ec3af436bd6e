"""Every kind of PDF, page and Word file for who cannot see it: by outside judges, and by what its tags say."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from browser import axe
from pdfua.proef import CHANGES, JUDGES, engine_hash, kept
from stukken import STUKKEN, make_alle
from test_papier import spoken
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAPERS = [naam for naam, stuk in STUKKEN.items() if ".pdf" in stuk.vormen]
PAGES = [naam for naam, stuk in STUKKEN.items() if ".html" in stuk.vormen]
WORD = [naam for naam, stuk in STUKKEN.items() if ".docx" in stuk.vormen]
DOCUMENTS = [
    naam for naam in WORD if naam not in ("verloop", "groep", "verslag-coach", "verslag-client")
]  # no pictures
STATEMENT = ROOT / "docs/toegankelijkheid.md"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_alle(".pdf", tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_alle(".html", tmp_path_factory.mktemp("html"))


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_alle(".docx", tmp_path_factory.mktemp("docx"))


# Outside judges -----------------------------------------------------------------------------------------------------


def test_the_kept_judgement_is_of_these_templates() -> None:
    again = (
        "python tests/pdfua/proef.py --maak MAP, then in an environment with "
        f"{' '.join(f'{name}=={version}' for name, version in JUDGES.items())}: python tests/pdfua/proef.py MAP"
    )
    assert kept().get("engine") == engine_hash(), again


def test_no_judge_finds_an_error_in_any_paper() -> None:
    found = kept()["bestanden"]
    assert set(found) == set(PAPERS)
    for naam, said in found.items():
        assert said["page: PDF/UA-1"] == said["page: PDF/A-2a"] == said["outloud: fouten"] == [], naam
        assert said["pdfua"] == "PASS", naam


def test_a_judge_refuses_what_is_broken() -> None:
    refused = kept()["kapot"]
    assert set(refused) == set(CHANGES)
    assert all(refused.values())


# What the tags say --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", PAPERS)
def test_a_paper_has_title_language_and_tags(naam: str, papers: dict[str, Path]) -> None:
    root: Any = PdfReader(papers[naam]).trailer["/Root"]
    info = PdfReader(papers[naam]).metadata
    assert info and info.title and info.title.strip()
    assert root["/Lang"].partition("-")[0] == ("en" if naam == "papier-engels" else "nl")
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


@pytest.mark.parametrize("naam", PAPERS)
def test_headings_come_in_order(naam: str, papers: dict[str, Path]) -> None:
    """The first is of the first level, and no level is passed over on the way down."""
    levels = [int(e["/S"][2]) for e in tags(PdfReader(papers[naam])) if re.fullmatch("/H[1-6]", e["/S"])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels


@pytest.mark.parametrize("naam", PAPERS)
def test_pictures_have_words_and_tables_have_headers(naam: str, papers: dict[str, Path]) -> None:
    found = tags(PdfReader(papers[naam]))
    assert all(len(e.get("/Alt", "")) > 10 for e in found if e["/S"] == "/Figure")
    for table in (e for e in found if e["/S"] == "/Table"):
        rows = [row for row in below(table) if row["/S"] == "/TR"]
        cells = [[cell["/S"] for cell in below(row)] for row in rows]
        assert cells and set(cells[0]) == {"/TH"}, (naam, cells[:1])
        scopes = {str(attribute(cell, "/Scope")) for cell in below(rows[0])}
        assert scopes <= {"/Column", "/Both"}, (naam, scopes)


def children(element: Any) -> Iterator[Any]:
    """The elements right below an element."""
    inner = element.get("/K", [])
    for child in inner if isinstance(inner, list) else [inner]:
        value = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(value, dict) and "/S" in value:
            yield value


def below(element: Any) -> Iterator[Any]:
    """The same, where parts of a table that hold rows are looked through."""
    for child in children(element):
        yield from below(child) if child["/S"] in ("/THead", "/TBody", "/TFoot") else [child]


def tags(reader: PdfReader) -> list[Any]:
    """Every element, in reading order."""
    root: Any = reader.trailer["/Root"]
    waiting, found = list(children(root["/StructTreeRoot"])), []
    while waiting:
        found.append(waiting.pop(0))
        waiting[:0] = children(found[-1])
    return found


def attribute(element: Any, name: str) -> Any:
    held = element.get("/A", {})
    held = held.get_object() if hasattr(held, "get_object") else held
    return next(
        (a.get_object()[name] for a in (held if isinstance(held, list) else [held]) if name in a.get_object()), ""
    )


@pytest.mark.parametrize("naam", DOCUMENTS)
def test_what_is_read_aloud_is_what_the_page_says_in_that_order(
    naam: str, papers: dict[str, Path], pages: dict[str, Path]
) -> None:
    """The page has the same words in the order of its text; a PDF may break a word in two."""
    read = "".join("".join(text.split()) for _, text in spoken(PdfReader(papers[naam])))
    seen = "".join(words_of(pages[naam]).split())
    moment = re.compile(r"Geschrevenop.{5,40}?om\d\d:\d\d\.")  # of inzage: the two were not made at once
    plain = [re.sub("[^0-9A-Za-zÀ-ÿ]", "", moment.sub("", text)) for text in (read, seen)]
    assert plain[0].casefold() == plain[1].casefold() or _close(*plain)


def _close(read: str, seen: str) -> bool:
    """Equal but for what only one of the two says, a few letters long."""
    blocks = SequenceMatcher(None, read, seen, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) > 0.985 * max(len(read), len(seen))


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.hidden += tag in ("style", "script", "title", "head")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "title", "head")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def words_of(page: Path) -> str:
    parser = Words()
    parser.feed(page.read_text(encoding="utf-8"))
    return " ".join(parser.found)


@pytest.mark.parametrize("naam", [n for n in PAPERS if n.startswith("verslag") or n in ("inoculatie", "verloop")])
def test_that_a_client_is_verzonnen_is_read_aloud(naam: str, papers: dict[str, Path]) -> None:
    """A header of a page is passed over, so on the first page it is a part of the text."""
    assert "VERZONNEN" in " ".join(text for _, text in spoken(PdfReader(papers[naam]))[:6])


# Pages and Word -----------------------------------------------------------------------------------------------------


@pytest.mark.needs("chromium", "axe")
@pytest.mark.parametrize("naam", PAGES)
def test_axe_finds_nothing_in_any_page(naam: str, pages: dict[str, Path], page: Any) -> None:
    page.goto(pages[naam].as_uri())
    found = axe(page)
    assert found.violations == []


@pytest.mark.parametrize("naam", WORD)
def test_a_word_file_has_headings_language_and_header_rows(naam: str, word: dict[str, Path]) -> None:
    import docx

    made = docx.Document(str(word[naam]))
    styles = [p.style.name for p in made.paragraphs if p.style]
    assert styles.count("Title") == 1
    assert any(name.startswith("Heading") for name in styles) or naam == "inoculatie"
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), levels
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in made.tables)
    with zipfile.ZipFile(io.BytesIO(word[naam].read_bytes())) as archive:
        styles_xml = archive.read("word/styles.xml").decode()
    assert set(re.findall(r'<w:lang[^>]* w:val="([^"]+)"', styles_xml)) == {"nl-NL"}
    pictures = made.element.xpath("//wp:docPr")
    assert all(len(picture.get("descr", "")) > 10 for picture in pictures)


# The statement ------------------------------------------------------------------------------------------------------


def test_the_statement_has_the_measured_figures() -> None:
    text = STATEMENT.read_text(encoding="utf-8")
    rules = kept()["regels"]
    for wanted in (f"{rules['page-validation']['ua1']} regels", f"{len(PAPERS)} soorten pdf",
                   f"{len(PAGES)} soorten webpagina", f"{len(WORD)} soorten Word-bestand",
                   *(f"{name} {version}" for name, version in kept()["rechters"].items())):  # fmt: skip
        assert wanted in text, wanted
    doubts = {rule for said in kept()["bestanden"].values() for rule in said["outloud: twijfels"]}
    assert all(rule in text for rule in doubts), doubts
    assert "Geen mens met een beperking" in text

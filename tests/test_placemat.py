"""The placemat: one A4 page for each techniek, for a screen reader, for a copier and for the table in a talk."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from math import hypot
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import typst
from pypdf import PdfReader

from regiekit.content.library import load_stuurmatrix, load_technieken
from regiekit.errors import WRONG_FILE, RegiekitError
from regiekit.render.pdf import HERE, NoPdfLibrary
from regiekit.render.placemat import (
    make_inputs,
    make_kaart,
    render_placemat_html,
    render_placemat_pdf,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
CELLEN = load_stuurmatrix().cellen
HANDLEIDING = SimpleNamespace(document="handleiding", kop="Een kop", ids=("iets-01",))
A4_LANDSCAPE = (842, 595)
ODD = '"q" \'s\' \\ # $x$ * _y_ [x] <b>&amp; `z` @ref #panic("nee") // ~ 100 % {a} ĳ ė é ≥ →'


def uitspraak(tekst: str, *, placemat: bool = True, eigen: bool = False, **more: Any) -> SimpleNamespace:
    herkomst = "eigen" if eigen else HANDLEIDING
    return SimpleNamespace(tekst=tekst, herkomst=herkomst, placemat=placemat, **more)


def blok(naam: str, tekst: str, *punten: SimpleNamespace, **more: Any) -> SimpleNamespace:
    return uitspraak(tekst, naam=naam, punten=punten, **more)


def make_techniek(**changes: Any) -> Any:
    parts: dict[str, Any] = {
        "id": "proef",
        "naam": "Een proef",
        "samenvatting": uitspraak("Dit is een proef."),
        "doel": (uitspraak("Weten of het past."), uitspraak("Dit kwam er zelf bij.", eigen=True)),
        "wanneer_wel": (uitspraak("Als je wilt zien of het klopt."), uitspraak("Hier niet gedrukt.", placemat=False)),
        "wanneer_niet": (),
        "stappen": (
            blok("Eerst kijken", "Kijk goed.", uitspraak("En nog eens."), uitspraak("Ook niet.", placemat=False)),
            blok("Dan doen", "Alleen de naam van deze stap.", placemat=False),
        ),
        "onderdelen": (),
        "valkuilen": (uitspraak("Te snel willen."),),
        "voorbeeldvragen": (uitspraak("Wat zie je?", groep=None),),
        "beeld": None,
    }
    return SimpleNamespace(**parts | changes)


SHORT = make_techniek(id="kort")
ODD_ONE = make_techniek(id="vreemd", naam=f"Vreemd {ODD}", samenvatting=uitspraak(ODD), doel=(uitspraak(ODD),))
LONG = make_techniek(
    id="lang",
    doel=tuple(uitspraak(f"Doel {n} met arbeidsongeschiktheidsverzekering en nog wat meer woorden.") for n in range(3)),
    wanneer_wel=tuple(uitspraak(f"Wel {n}: als de cliënt verantwoordelijkheid zoekt en vindt.") for n in range(4)),
    wanneer_niet=tuple(uitspraak(f"Niet {n}: als het nu even helemaal niet gaat.") for n in range(2)),
    stappen=tuple(blok(f"Stap {n}", "Doe dit rustig en samen met de cliënt.", uitspraak("Kijk.")) for n in range(6)),
    onderdelen=tuple(blok(f"Deel {n}", "Wat daarbij hoort.", uitspraak(f"Een punt bij {n}.")) for n in range(3)),
    beeld="cirkels",
)
OWN = [SHORT, ODD_ONE, LONG]
REAL = load_technieken()
ALL = [pytest.param(t, id=t.id) for t in [*OWN, *REAL]]


def pdf_of(*technieken: Any) -> PdfReader:
    return PdfReader(io.BytesIO(render_placemat_pdf(technieken, CELLEN)))


def statements(techniek: Any) -> Iterator[str]:
    """Every text that has to be on the placemat."""
    yield techniek.naam
    yield techniek.samenvatting.tekst
    yield from (stap.naam for stap in techniek.stappen)
    blokken = [*techniek.stappen, *techniek.onderdelen]
    lists = [techniek.doel, techniek.wanneer_wel, techniek.wanneer_niet, techniek.valkuilen, techniek.voorbeeldvragen]
    for uitspraken in [*lists, blokken, *(b.punten for b in blokken)]:
        yield from (u.tekst for u in uitspraken if u.placemat)


def squeezed(text: str) -> str:
    """Text without what a line break may add or take."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def text_of(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def sizes(reader: PdfReader) -> Counter[float]:
    """How many characters are printed at each size."""
    found: Counter[float] = Counter()

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float) -> None:
        if text.strip():
            found[round(size * hypot(tm[0], tm[1]) * hypot(cm[0], cm[1]), 2)] += len(text.strip())

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def tags(reader: PdfReader) -> list[dict[str, Any]]:
    """Every element of the structure tree, in reading order."""
    found: list[dict[str, Any]] = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, list):
            for child in element:
                walk(child)
        elif isinstance(element, dict):
            if "/S" in element:
                found.append(element)
            walk(element.get("/K", 0))

    root: Any = reader.trailer["/Root"]
    for child in root["/StructTreeRoot"]["/K"]:
        walk(child)
    return found


def tagged(reader: PdfReader, kind: str) -> int:
    return sum(element["/S"] == kind for element in tags(reader))


@pytest.mark.parametrize("techniek", ALL)
def test_one_page_of_a4_landscape(techniek: Any) -> None:
    (page,) = pdf_of(techniek).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_LANDSCAPE


@pytest.mark.parametrize("techniek", ALL)
def test_everything_chosen_is_on_it(techniek: Any) -> None:
    text = text_of(pdf_of(techniek))
    missing = [tekst for tekst in statements(techniek) if squeezed(tekst) not in text]
    assert not missing
    assert squeezed(f"De hele kaart: regiekit techniek {techniek.id}") in text


@pytest.mark.parametrize("techniek", ALL)
def test_nothing_is_smaller_than_ten_points_but_the_source(techniek: Any) -> None:
    found = sizes(pdf_of(techniek))
    kaart = make_kaart(techniek)
    small = sum(n for size, n in found.items() if size < 10)
    assert min(found) == 8.5
    assert small <= len(kaart.bron + kaart.uitleg + kaart.hele_kaart)


@pytest.mark.parametrize("techniek", ALL)
def test_there_is_room_to_write(techniek: Any) -> None:
    """The template says what it chose."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])
    inputs = make_inputs([make_kaart(techniek)], CELLEN)
    compiler = typst.Compiler(HERE / "placemat.typ", root=HERE, font_paths=fonts, sys_inputs=inputs)
    (chosen,) = json.loads(compiler.query("<keuze>", field="value"))
    assert chosen["id"] == techniek.id
    assert chosen["schrijfruimte"] >= 20
    assert 10 <= chosen["letter"] <= 12


def test_all_technieken_make_one_pdf_with_a_page_each() -> None:
    reader = pdf_of(*REAL)
    assert [squeezed(t.naam) in squeezed(p.extract_text()) for t, p in zip(REAL, reader.pages, strict=True)]
    assert [str(item["/Title"]) for item in reader.outline if isinstance(item, dict)] == [t.naam for t in REAL]


def test_a_screen_reader_and_an_archive_can_use_it() -> None:
    reader = pdf_of(REAL[0])
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"].lower().startswith("nl")
    assert reader.metadata is not None
    assert reader.metadata.title == f"Placemat {REAL[0].naam}"
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", xmp)
    assert re.search(r"<pdfaid:part>2<", xmp)
    assert re.search(r"<pdfaid:conformance>A<", xmp)
    assert tagged(reader, "/H1") == 1
    assert tagged(reader, "/H2") >= 6
    assert tagged(reader, "/LI") > 10


def test_fonts_are_inside() -> None:
    fonts: Any = pdf_of(ODD_ONE).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    assert any("AtkinsonHyperlegibleNext" in font.get_object()["/BaseFont"] for font in fonts.values())


def test_same_input_same_bytes() -> None:
    assert render_placemat_pdf(REAL, CELLEN) == render_placemat_pdf(REAL, CELLEN)


def test_the_matrix_is_a_table_with_headers() -> None:
    reader = pdf_of(make_techniek(beeld="stuurmatrix"))
    assert tagged(reader, "/Table") == 1
    assert tagged(reader, "/TH") == 5  # sturing; eigen regie van de cliënt; laag, midden, hoog
    assert tagged(reader, "/TD") == 12  # a name and three cells in each row
    text = text_of(reader)
    assert all(squeezed(cel.tekst) in text for cel in CELLEN)


def test_the_rings_are_described_in_words() -> None:
    (figure,) = (element for element in tags(pdf_of(LONG)) if element["/S"] == "/Figure")
    assert all(word in figure["/Alt"] for word in ("buiten je invloed", "indirecte invloed", "directe invloed"))


def test_what_is_not_chosen_is_not_printed_but_every_step_keeps_its_name() -> None:
    text = text_of(pdf_of(SHORT))
    assert squeezed("Dan doen") in text
    for hidden in ("Hier niet gedrukt", "Ook niet", "Alleen de naam"):
        assert squeezed(hidden) not in text


def test_when_nothing_was_chosen_everything_is_printed() -> None:
    plain = {"wanneer_wel": (), "valkuilen": (), "voorbeeldvragen": ()}
    stap = blok("Eerst", "Kijk.", uitspraak("Nog eens.", placemat=False), placemat=False)
    kaart = make_kaart(make_techniek(doel=(uitspraak("Zien.", placemat=False),), stappen=(stap,), **plain))
    assert kaart.doel[0].tekst == "Zien."
    assert kaart.stappen[0].punten[0].tekst == "Nog eens."


def test_own_additions_are_marked_and_explained() -> None:
    text = text_of(pdf_of(SHORT))
    assert squeezed("Dit kwam er zelf bij.°") in text
    assert squeezed("Weten of het past.°") not in text
    assert squeezed("Wat met ° is gemerkt") in text
    assert squeezed("Bron: handleiding eigen regie (ZINZIZ, 2026), onder ‘Een kop’.") in text


def test_a_techniek_of_ones_own_has_no_marks_and_says_so() -> None:
    eigen = {"eigen": True}
    kaart = make_kaart(
        make_techniek(
            samenvatting=uitspraak("Van mij.", **eigen),
            doel=(uitspraak("Ook van mij.", **eigen),),
            wanneer_wel=(),
            stappen=(blok("Stap", "Doe iets.", **eigen),),
            valkuilen=(),
            voorbeeldvragen=(),
        )
    )
    assert not kaart.doel[0].eigen
    assert kaart.bron.startswith("Bron: geen.")
    assert kaart.uitleg == ""


def test_the_source_line_names_what_is_used_most_and_stays_short() -> None:
    koppen = [SimpleNamespace(document="handleiding", kop=f"Kop {n}", ids=("x",)) for n in (1, 2, 2, 2, 3, 4, 1)]
    doel = tuple(SimpleNamespace(tekst="Iets.", herkomst=kop, placemat=True) for kop in koppen)
    kaart = make_kaart(make_techniek(doel=doel))
    assert "onder ‘Een kop’, ‘Kop 2’, ‘Kop 1’ en elders." in kaart.bron


@pytest.mark.parametrize(("tekst", "teken"), [("fijn 🙂 zo", "🙂"), ("漢", "U+6F22"), ("x \ue000", "U+E000")])
def test_a_character_without_a_glyph_is_named(tekst: str, teken: str) -> None:
    with pytest.raises(RegiekitError, match="kan niet gedrukt worden") as caught:
        pdf_of(SHORT, make_techniek(id="fout", doel=(uitspraak(tekst),)))
    assert teken in str(caught.value)
    assert "'fout'" in str(caught.value)
    assert caught.value.exit_code == WRONG_FILE


def test_what_does_not_fit_on_one_page_is_refused_with_its_name() -> None:
    doel = tuple(uitspraak("Woorden en nog meer woorden op een rij. " * 6) for _ in range(30))
    with pytest.raises(RegiekitError, match="past niet op één bladzijde") as caught:
        pdf_of(SHORT, make_techniek(id="te-lang", doel=doel))
    assert "'te-lang'" in str(caught.value)
    assert caught.value.exit_code == WRONG_FILE


def test_without_the_pdf_library_the_program_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NoPdfLibrary):
        render_placemat_pdf([SHORT], CELLEN)


class Page(HTMLParser):
    """The text of an HTML page, and whether every tag that opens also closes."""

    VOID = ("meta",)

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        for name, value in attrs:
            self.seen[f"{name}={value}"] += 1
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("techniek", ALL)
def test_html_shows_the_same(techniek: Any) -> None:
    html = render_placemat_html([techniek], CELLEN)
    page = Page(html)
    text = squeezed("".join(page.texts))
    assert not page.open
    assert [tekst for tekst in statements(techniek) if squeezed(tekst) not in text] == []
    assert page.seen["lang=nl"] == page.seen["charset=utf-8"] == page.seen["h1"] == 1
    assert "size: A4 landscape" in html


def test_html_needs_nothing_from_outside() -> None:
    html = render_placemat_html([*OWN, *REAL], CELLEN)
    without_fonts = re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)
    assert not re.search(r"https?:|//[a-z]|@import|<script|<link|<img", without_fonts)
    assert re.findall(r"url\((.{11})", without_fonts) == ['"data:font/'] * 2
    assert html.count("<article ") == len(OWN) + len(REAL)


def test_html_shows_odd_characters_literally() -> None:
    html = render_placemat_html([ODD_ONE], CELLEN)
    assert "<b>" not in html
    assert unescape(html).count(ODD) >= 3


def test_html_matrix_has_headers_for_rows_and_columns() -> None:
    page = Page(render_placemat_html([make_techniek(beeld="stuurmatrix")], CELLEN))
    assert page.seen["scope=row"] == 3
    assert page.seen["scope=col"] == 4
    assert page.seen["td"] == 9
    assert [page.seen[f"class={word}"] for word in ("aansluiting", "uitdaging", "stress")] == [3, 2, 1]

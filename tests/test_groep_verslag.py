"""The report of a group: what it shows and what not, its pictures, and that it is the same every time."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pypdf
import pytest

from browser import axe
from groepen import Vorm, make_groepscijfers, odd_ones
from regiekit.cli.tabel_groep import Tabelopdracht, read_groepstabel
from regiekit.domain.getal import number
from regiekit.domain.groepscijfers import Antwoordtelling, Balk, Cijfer, Groepscijfers
from regiekit.groep.cijfers import compute_groepscijfers, hash_file
from regiekit.render.document import Alinea, Beeld, Document, Kop, Lijst, Tabel, texts_in, to_html, to_pdf, to_text
from regiekit.render.docx import to_docx
from regiekit.render.groepblad import make_blad
from regiekit.render.groepplot import (
    HATCHED,
    MAX_HEIGHT,
    verandering_beelden,
    verdeling_beelden,
    vraag_beelden,
)
from regiekit.render.groepverslag import Verantwoording, command_of, library_versions, make_groepverslag
from regiekit.render.groepwoorden import cut_middle, short_names
from regiekit.render.tekening import LETTER, WIDTH
from test_verloop import OVERLAPS
from util import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
HERKOMST = Verantwoording("regiekit groep groep.csv --verslag groep.pdf", (("regiekit", "0.1.0"),))
ODD = odd_ones()
QUICK = sorted(set(ODD) - {"veel"})
PARTS = (
    "Voor coaches: wie vulden de lijst in?", "Wat zeggen de schalen over de groep?",
    "Wat veranderde er, en hoe zeker is dat?", "Wat zegt dit niet?", "Wat kun je ermee?",
)  # fmt: skip
FORBIDDEN = ("bewezen", "significant", "norm voor", "effectief", "beste coach")


def made(cijfers: Groepscijfers) -> Document:
    return make_groepverslag(cijfers, HERKOMST)


def words_of(document: Document) -> str:
    return "\n".join(text for _, text in texts_in(document))


def beelden_of(document: Document) -> list[Beeld]:
    return [blok for blok in document.blokken if isinstance(blok, Beeld)]


def pages_of(document: Document) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(to_pdf(document))).pages]


def changes(cijfers: Groepscijfers) -> tuple[Beeld, ...]:
    first = cijfers.veranderingen[0]
    found = [v for v in cijfers.veranderingen if (v.van, v.naar) == (first.van, first.naar)]
    ends = {s.id: (s.bodem, s.top) for s in cijfers.momenten[0].schalen}
    return verandering_beelden(found, ends, {str(m.id): m.naam for m in cijfers.momenten})


# The words of cells that stand on more than one line: a rectangle for each line.
BROKEN = """() => [...document.querySelectorAll('.breed td')].flatMap(cell => {
  const found = [];
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(walk.currentNode, word.index);
    range.setEnd(walk.currentNode, word.index + word[0].length);
    if (range.getClientRects().length > 1) found.push(word[0]);
  }
  return found;
})"""

# The first page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*QUICK, "veel"])
def test_what_coaches_read_is_one_page(name: str) -> None:
    """The long one without its many vragen, which come after."""
    cijfers = ODD[name]
    momenten = tuple(
        m._replace(schalen=tuple(s._replace(vragen=s.vragen[:1]) for s in m.schalen)) for m in cijfers.momenten
    )
    first, second, *_ = pages_of(made(cijfers._replace(momenten=momenten)))
    squeezed = " ".join(first.split())
    assert [part for part in PARTS if part not in squeezed] == []
    assert second.strip().startswith(("Wat er verder in staat", "De rijen van het bestand"))


@pytest.mark.parametrize("name", sorted(ODD))
def test_coaches_read_short_sentences(name: str) -> None:
    """B1: 12 words a sentence in the middle, 18 at most."""
    texts = [b.tekst for b in make_blad(ODD[name]) if isinstance(b, Alinea)]
    texts += [punt for b in make_blad(ODD[name]) if isinstance(b, Lijst) for punt in b.punten]
    lengths = [len(s.split()) for text in texts for s in re.split(r"(?<=[.?!])\s+", text) if s]
    assert sum(lengths) / len(lengths) <= 12
    assert max(lengths) <= 18


def test_the_direction_of_a_change_is_only_said_where_its_interval_says_it() -> None:
    cijfers = make_groepscijfers()
    intervals = ((0.3, 0.1, 0.5), (0.3, -0.1, 0.7), (-0.3, -0.5, -0.1), (0.0, 0.0, 0.2))
    changed = [v._replace(verschil=Cijfer(*ends)) for v, ends in zip(cijfers.veranderingen, intervals, strict=True)]
    blad = list(make_blad(cijfers._replace(veranderingen=tuple(changed))))
    table = [b for b in blad if isinstance(b, Tabel)][1]
    assert [row[2] for row in table.rijen] == [
        "+0,3 (+0,1 tot +0,5)\nhoger", "+0,3 (-0,1 tot +0,7)\ngeen duidelijk verschil",
        "-0,3 (-0,5 tot -0,1)\nlager", "0,0 (0,0 tot +0,2)\ngeen duidelijk verschil",
    ]  # fmt: skip


def test_the_page_of_coaches_names_each_way_a_person_can_go_and_hides_no_number_behind_a_sign() -> None:
    cijfers = make_groepscijfers()
    one, two, *_ = cijfers.veranderingen
    shown = (
        one._replace(n=50, hoger=10, geen=42, lager=0, richting="hoger-is-ongunstig"),
        two._replace(n=40, hoger=None, geen=38, lager=None),
    )
    table = [b for b in make_blad(cijfers._replace(veranderingen=shown)) if isinstance(b, Tabel)][1]
    assert table.koppen[3:] == ("Duidelijk hoger", "Geen duidelijk verschil", "Duidelijk lager")
    assert [(row[1], row[3:]) for row in table.rijen] == [
        ("50", ("10", "42", "0")), ("40", ("niet getoond", "38", "niet getoond")),
    ]  # fmt: skip
    assert [("lager is gewenst" in row[0]) for row in table.rijen] == [True, False]
    hidden = tuple(v._replace(hoger=None, geen=None, lager=None) for v in shown)
    blokken = list(make_blad(cijfers._replace(veranderingen=hidden)))
    assert len([b for b in blokken if isinstance(b, Tabel)][1].koppen) == 3
    assert "Hoeveel mensen duidelijk veranderden, staat hier niet" in words_of(Document("", "", tuple(blokken)))


SAME_BEGIN = "Ervaren belemmeringen en mogelijkheden bij terugkeer naar werk, deel {}"
SAME_ENDS = "Ervaren belemmeringen bij {} terugkeer naar werk in het tweede deel van het traject"


@pytest.mark.parametrize("naam", [SAME_BEGIN, SAME_ENDS])
def test_long_names_can_be_told_apart_wherever_they_are_cut(naam: str) -> None:
    namen = [naam.format(word) for word in ("een", "twee", "drie")]
    short = short_names(namen, 34)
    assert len(set(short.values())) == 3
    assert all(len(text) <= 34 for text in short.values())
    cijfers = make_groepscijfers(Vorm(schalen=tuple((n, 3) for n in namen)))
    tables = [b for b in made(cijfers).blokken if isinstance(b, Tabel) and b.koppen[0] == "Schaal"]
    assert len(tables) == 6
    for table in tables:
        assert len({row[0] for row in table.rijen}) == len(table.rijen)


@pytest.mark.parametrize("room", range(9, 40))
def test_a_cut_text_keeps_both_ends_within_its_room(room: int) -> None:
    for text in (SAME_BEGIN.format(13), "schaal-met-een-lange-naam-13-vraag-4", "a b c d e f g h i j k l m n o p q 7"):
        cut = cut_middle(text, room)
        assert len(cut) <= room
        assert cut == text or " … " in cut
        assert (cut[0], cut[-1]) == (text[0], text[-1])


def test_a_column_that_says_nothing_of_few_people_is_left_out() -> None:
    (table,) = (b for b in made(ODD["klein"]).blokken if isinstance(b, Tabel) and "Gemiddelde" in b.koppen and
                "Laagste" in b.koppen)  # fmt: skip
    assert "Spreiding" not in table.koppen
    assert "Spreiding" in words_of(made(ODD["gewoon"]))
    assert not [b for b in made(ODD["klein"]).blokken if isinstance(b, Tabel) and "Lading" in b.koppen]


def test_a_picture_without_a_number_is_a_sentence() -> None:
    cijfers = make_groepscijfers(Vorm((60,), ()))
    (moment,) = cijfers.momenten
    schalen = tuple(
        s._replace(verdeling=tuple(b._replace(aantal=None) for b in s.verdeling),
                   vragen=tuple(v._replace(aantallen=tuple(t._replace(aantal=None) for t in v.aantallen))
                                for v in s.vragen))
        for s in moment.schalen
    )  # fmt: skip
    document = made(cijfers._replace(momenten=(moment._replace(schalen=schalen),)))
    assert beelden_of(document) == []
    assert "te weinig mensen om de verdeling van de scores te tonen" in words_of(document)
    assert "Geen balken" in words_of(document)


def test_answers_that_are_counted_together_are_named_so() -> None:
    schaal = make_groepscijfers(Vorm((60,), (), (("Autonomie", 5),))).momenten[0].schalen[0]
    telling = (Antwoordtelling(1, 20, 2), Antwoordtelling(3, 15, 3), Antwoordtelling(4, 25, 5))
    (beeld,) = vraag_beelden(schaal._replace(vragen=(schaal.vragen[0]._replace(aantallen=telling),)))
    assert "antwoord 1 tot 2: 20; antwoord 3: 15; antwoord 4 tot 5: 25" in beeld.alt
    assert ">1 tot 2</text>" in beeld.svg


def test_contents_stand_in_a_long_report_alone() -> None:
    for name, long in (("gewoon", True), ("heel klein", False)):
        document = made(ODD[name])
        heads = [b.tekst for b in document.blokken if isinstance(b, Kop) and b.niveau == 2]
        assert ("Wat er verder in staat" in heads) == long, name
        if long:
            after = heads[heads.index("Wat er verder in staat") + 1 :]
            (contents,) = (b.punten for b in document.blokken if isinstance(b, Lijst) and b.kolommen == 2)
            assert list(contents) == after
        assert [b.nieuw for b in document.blokken if isinstance(b, Kop)].count(True) == 1


@pytest.mark.needs("chromium")
def test_on_a_telephone_wide_tables_scroll_in_their_own_box_and_no_number_is_broken(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.set_content(to_html(made(ODD["gewoon"])))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = page.evaluate(
        "[...document.querySelectorAll('.breed')].map(b => [b.scrollWidth > b.clientWidth, b.tabIndex, b.ariaLabel])"
    )
    assert boxes
    assert {(scrolls, tab) for scrolls, tab, _ in boxes} == {(True, 0)}
    assert all(label.startswith("Tabel: ") for _, _, label in boxes)
    assert page.evaluate(BROKEN) == []
    assert axe(page).violations == []


def test_where_on_its_schaal_a_mean_lies_is_said_no_surer_than_it_is() -> None:
    cijfers = make_groepscijfers(Vorm((60,), ()))
    (moment,) = cijfers.momenten
    means = (Cijfer(2.0, 1.9, 2.1), Cijfer(2.3, 2.2, 2.4), Cijfer(3.0, 1.5, 4.5), Cijfer(5.0))
    schalen = tuple(s._replace(gemiddelde=mean) for s, mean in zip(moment.schalen, means, strict=True))
    blad = list(make_blad(cijfers._replace(momenten=(moment._replace(schalen=schalen),))))
    (table,) = (b for b in blad if isinstance(b, Tabel))
    assert [row[1] for row in table.rijen] == ["2,0: laag", "2,3: laag tot midden", "3,0: laag tot hoog", "5,0: hoog"]


def test_of_few_people_only_the_interval_is_shown() -> None:
    document = made(ODD["klein"])
    schaal = ODD["klein"].momenten[0].schalen[0]
    assert schaal.alpha.waarde is not None
    point, ends = f"{schaal.alpha.waarde:.2f}".replace(".", ","), f"{schaal.alpha.boven:.2f}".replace(".", ",")
    (table,) = (b for b in document.blokken if isinstance(b, Tabel) and "Alpha" in b.koppen)
    assert ends in table.rijen[0][2]
    assert point not in table.rijen[0][2]
    assert not [b for beeld in changes(ODD["klein"]) for b in ElementTree.fromstring(beeld.svg).iter(f"{SVG}circle")]
    assert "tegen" not in words_of(document).split("Wat zegt dit niet?")[0]


@pytest.mark.parametrize(
    ("name", "reden"),
    [("een moment", "op twee momenten"), ("zonder codes", "geen code"), ("heel klein", "beide metingen")],
)
def test_why_nothing_is_said_of_change(name: str, reden: str) -> None:
    cijfers = ODD[name] if name != "een moment" else make_groepscijfers(Vorm((60,), ()), met_code=True)
    assert reden in words_of(Document("", "", tuple(make_blad(cijfers))))
    assert not [
        b for b in made(cijfers).blokken if isinstance(b, Tabel) and "Verschil" in b.koppen and name != "heel klein"
    ]


@pytest.mark.parametrize("name", sorted(ODD))
def test_it_judges_nobody_and_promises_nothing(name: str) -> None:
    words = words_of(made(ODD[name])).lower()
    assert [word for word in FORBIDDEN if word in words] == []
    assert "niet gevalideerd" in words
    assert "geen normen" in words


# The pictures -------------------------------------------------------------------------------------------------------


@dataclass
class Box:
    """One bar of a picture."""

    x: float
    width: float
    hatched: bool


def boxes_of(svg: str, height: float) -> list[Box]:
    found = [e.attrib for e in ElementTree.fromstring(svg).iter(f"{SVG}rect")]
    return [
        Box(float(a["x"]), float(a["width"]), "url(" in a["fill"])
        for a in found
        if "stroke" in a and float(a["height"]) == height
    ]


def test_bars_are_as_long_as_their_numbers_and_hidden_ones_all_alike() -> None:
    (moment,) = make_groepscijfers(Vorm((60,), (), (("Autonomie", 5),))).momenten
    numbers = (40, None, 0, 10, 20, None)
    balken = tuple(Balk(n, n + 1, aantal) for n, aantal in enumerate(numbers))
    moment = moment._replace(schalen=(moment.schalen[0]._replace(verdeling=balken),))
    (beeld,) = verdeling_beelden([moment])
    *bars, _legend = boxes_of(beeld.svg, 13)
    forty, hidden, ten, twenty, also = bars
    assert (forty.width / ten.width, forty.width / twenty.width) == pytest.approx((4, 2), rel=0.01)
    assert {hidden.width, also.width} == {HATCHED}
    assert [b.hatched for b in bars] == [False, True, False, False, True]
    assert "0 tot 1: 40; 1 tot 2: niet getoond; 2 tot 3: 0; 3 tot 4: 10" in beeld.alt


def test_answers_share_a_bar_by_their_numbers() -> None:
    schaal = make_groepscijfers(Vorm((60,), (), (("Autonomie", 5),))).momenten[0].schalen[0]
    telling = tuple(Antwoordtelling(a, n) for a, n in zip(range(1, 6), (None, 30, 0, 10, None), strict=True))
    vraag = schaal.vragen[0]._replace(aantallen=telling, item_rest=Cijfer(0.5432), verkeerd_om=False)
    (beeld,) = vraag_beelden(schaal._replace(vragen=(vraag,)))
    legend, pieces = boxes_of(beeld.svg, 19)[:5], boxes_of(beeld.svg, 19)[5:]
    assert len(legend) == 5
    hidden, thirty, ten, last = pieces
    assert (hidden.width, last.width) == (HATCHED, HATCHED)
    assert thirty.width == pytest.approx(3 * ten.width, rel=0.01)
    assert last.x + last.width == pytest.approx(WIDTH, abs=0.2)
    for part in ("antwoord 1: niet getoond; antwoord 2: 30; antwoord 3: 0", "vraag-rest 0,54"):
        assert part in beeld.alt
    assert "Let op" not in beeld.alt


def test_a_vraag_that_may_run_the_wrong_way_is_pointed_out() -> None:
    schaal = make_groepscijfers().momenten[0].schalen[0]
    svg = "".join(beeld.svg for beeld in vraag_beelden(schaal))
    assert svg.count("Let op: deze vraag") == 2  # in the picture and in its description
    assert "(kijk na)" in words_of(made(make_groepscijfers()))


def test_a_difference_lies_at_its_value_with_zero_in_the_middle() -> None:
    cijfers = make_groepscijfers()
    one, two, *_ = cijfers.veranderingen
    cijfers = cijfers._replace(
        veranderingen=(one._replace(verschil=Cijfer(0.3, 0.1, 0.5)), two._replace(verschil=Cijfer(-0.3, -0.4, -0.2)))
    )
    (beeld,) = changes(cijfers)
    root = ElementTree.fromstring(beeld.svg)
    up, down = (float(e.attrib["cx"]) for e in root.iter(f"{SVG}circle"))
    lines = [e.attrib for e in root.iter(f"{SVG}polyline")]
    (zero,) = (float(a["points"].split(",")[0]) for a in lines if a["stroke-width"] == "1.6")
    assert up - zero == pytest.approx(zero - down, abs=0.2)
    flat = [[float(p.split(",")[0]) for p in a["points"].split()] for a in lines if a["stroke-width"] == "2.4"]
    first = flat[0]
    assert (first[0] - zero) / (up - zero) == pytest.approx(1 / 3, abs=0.02)
    assert (first[1] - zero) / (up - zero) == pytest.approx(5 / 3, abs=0.02)
    assert "+0,3, interval +0,1 tot +0,5" in beeld.alt


def test_schalen_of_another_length_have_an_axis_of_their_own() -> None:
    som = make_groepscijfers(Vorm(som=("Zin",), schalen=(("Autonomie", 5), ("Zin", 4))))
    assert [("Autonomie" in b.alt, "Zin" in b.alt) for b in changes(som)] == [(True, False), (False, True)]


def test_too_many_answers_for_a_bar_are_said_to_be_elsewhere() -> None:
    document = made(ODD["honderd"])
    assert not [b for b in beelden_of(document) if "Antwoorden op" in b.alt]
    assert "101 verschillende antwoorden" in words_of(document)


@pytest.mark.parametrize("name", sorted(ODD))
def test_pictures_are_whole_black_and_white_and_large_enough(name: str) -> None:
    for beeld in beelden_of(made(ODD[name])):
        root = ElementTree.fromstring(beeld.svg)
        assert root.attrib["role"] == "img"
        assert [e.text for e in root.iter(f"{SVG}desc")] == [beeld.alt]
        assert {int(e.attrib["font-size"]) for e in root.iter(f"{SVG}text")} == {LETTER}
        assert float(root.attrib["viewBox"].split()[3]) <= MAX_HEIGHT + 100
        paints = set(re.findall(r'(?:fill|stroke)="#(\w+)"', beeld.svg))
        assert all(len({*re.findall("..", p)} if len(p) == 6 else {*p}) == 1 for p in paints)
        numbers = {e.text for e in root.iter(f"{SVG}text") if re.fullmatch(r"[\d.]{2,}", e.text or "")}
        assert [n for n in numbers if n not in beeld.alt] == []


@pytest.mark.needs("chromium")
def test_no_text_runs_into_another(page: Any) -> None:
    """Measured by a browser, in the letter of the project."""
    blokken = [b for name in QUICK for b in beelden_of(made(ODD[name]))]
    blokken += beelden_of(made(ODD["veel"]))[::5]
    page.set_content(to_html(Document("Alle beelden", "", tuple(blokken))))
    page.evaluate("document.fonts.ready")
    assert page.evaluate(OVERLAPS) == [True, []]


# The forms of it ----------------------------------------------------------------------------------------------------


@pytest.mark.needs("chromium", "axe")
@pytest.mark.parametrize("name", ["gewoon", "klein"])
def test_the_page_has_no_barriers(name: str, page: Any) -> None:
    page.set_content(to_html(made(ODD[name])))
    found = axe(page)
    assert found.violations == []
    unsure = {(f.rule, "text[" in element or "text" in element) for f in found.incomplete for element in f.elements}
    assert unsure <= {("color-contrast", True)}  # it cannot judge text in a picture: see test_white_on_dark


def test_text_on_grey_is_legible() -> None:
    """WCAG: 4.5 to 1, of every number on its piece of a bar."""
    from regiekit.render.groepplot import MAX_ANTWOORDEN, _greys, _ink_on

    def light(grey: int) -> float:
        part = grey / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    for answers in range(2, MAX_ANTWOORDEN + 1):
        for grey in _greys(answers):
            ink = 1.0 if _ink_on(grey) else 0.0
            lighter, darker = max(ink, light(grey)), min(ink, light(grey))
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_every_row_and_column_has_its_head() -> None:
    document = made(ODD["gewoon"])
    html = to_html(document)
    tables = [b for b in document.blokken if isinstance(b, Tabel)]
    assert {len(t.koppen) == len(row) == len(t.breedtes) for t in tables for row in t.rijen} == {True}
    assert html.count('scope="col"') == sum(len(t.koppen) for t in tables)
    assert html.count('scope="row"') == sum(len(t.rijen) for t in tables if t.rijkop)
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_word_begins_the_figures_on_a_new_page_and_knows_the_headings() -> None:
    import docx

    word = docx.Document(BytesIO(to_docx(made(ODD["een moment"]))))
    heads = {p.text: p for p in word.paragraphs if p.style.name.startswith("Heading")}
    assert heads["Wat er verder in staat"].paragraph_format.page_break_before
    assert heads["Autonomie"].style.name == "Heading 2"
    assert heads["Wat zegt dit niet?"].style.name == "Heading 1"


def test_plain_text_marks_headings_of_two_levels() -> None:
    text = to_text(Document("T", "", (Kop("Deel"), Kop("Onderdeel", 3), Tabel(("A",), (("b",),), (1,), rijkop=True))))
    assert "Deel\n----" in text
    assert "Onderdeel\n........." in text


@pytest.mark.parametrize("form", [lambda d: to_html(d).encode(), to_pdf, to_docx])
def test_the_same_figures_give_the_same_bytes(form: Any) -> None:
    small = make_groepscijfers(Vorm(schalen=(("Autonomie", 5),)))
    assert form(made(small)) == form(made(small))
    other = make_groepverslag(small, HERKOMST._replace(opdracht="regiekit groep ander.csv"))
    assert form(made(small)) != form(other)


def test_no_day_stands_there() -> None:
    small = make_groepscijfers(Vorm(schalen=(("Autonomie", 5),)))
    assert str(date.today().year) not in made(small).onder


def test_it_says_from_what_it_was_made() -> None:
    document = made(ODD["gewoon"])
    rows = {row[0]: row[1] for b in document.blokken if isinstance(b, Tabel) and b.koppen == ("Wat", "Waarde")
            for row in b.rijen}  # fmt: skip
    assert rows["SHA-256 van het bestand"] == ODD["gewoon"].invoer_hash
    assert rows["Hash van de vragenlijst"] == ODD["gewoon"].hash
    assert rows["Opdracht"] == HERKOMST.opdracht
    assert rows["Gemaakt met"] == "regiekit 0.1.0"
    assert [name for name, _ in library_versions()] == ["regiekit", "polars", "numpy", "scipy", "narwhals"]


def test_the_command_is_one_line_for_a_shell() -> None:
    words = ["groep", "mijn groep.csv", "--bron", "Jan's groep"]
    assert shlex.split(command_of(words)) == ["regiekit", *words]


def test_sources_of_change_stand_there_only_with_change() -> None:
    with_change, without = words_of(made(ODD["gewoon"])), words_of(made(ODD["een moment"]))
    assert "Feldt, L. S. (1965)" in with_change
    assert "Feldt, L. S. (1965)" in without
    assert ("Jacobson" in with_change, "Jacobson" in without) == (True, False)


def test_reasons_stand_below_their_table_once() -> None:
    text = words_of(made(ODD["heel klein"]))
    assert "geen (1)" in text
    assert "(1) Minder dan 5 mensen hebben alle vragen beantwoord." in text


# Through the command ------------------------------------------------------------------------------------------------


def test_the_command_writes_the_figures_that_it_tells(tmp_path: Path) -> None:
    table = ROOT / "voorbeelden/groep.csv"
    gelezen = read_groepstabel(Tabelopdracht(table), mensen=True)
    loaded = gelezen.loaded
    told = compute_groepscijfers(gelezen.tabel, loaded.inhoud, loaded.hash, hash_file(table), {}, delen=True)
    for ending in ("html", "pdf", "docx"):
        result = run("groep", table, "--verslag", tmp_path / f"groep.{ending}")
        assert (result.code, result.err) == (0, "")
    html = (tmp_path / "groep.html").read_text(encoding="utf-8")
    alphas = [schaal.alpha.waarde for moment in told.momenten for schaal in moment.schalen]
    assert len(alphas) == 8
    assert [alpha for alpha in alphas if alpha is None or f">{number(alpha)} (" not in html] == []
    differences = [v.verschil.waarde for v in told.veranderingen]
    assert [d for d in differences if d is None or f">+{number(d)} (" not in html] == []
    assert told.invoer_hash in html
    assert "regiekit groep groep.csv --verslag groep.html" in html
    assert str(tmp_path) not in html
    assert not [
        code for code in re.findall(r"^(V-\d+)", table.read_text(encoding="utf-8"), re.MULTILINE) if code in html
    ]


def test_the_command_writes_the_same_bytes_again(tmp_path: Path) -> None:
    for ending in ("html", "pdf", "docx"):
        made = []
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir(exist_ok=True)
            path = tmp_path / folder / f"groep.{ending}"
            assert run("groep", ROOT / "voorbeelden/groep.csv", "--verslag", path).code == 0
            made.append(path.read_bytes())
        assert made[0] == made[1]

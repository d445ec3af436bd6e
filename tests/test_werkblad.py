"""Werkbladen: one A4 page each with room to write, for paper, browser and terminal; plain words for the client."""

from __future__ import annotations

import io
import json
import re
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from browser import offline_page
from regiekit.content.library import load_werkbladen
from regiekit.render.werkblad import LEZERS, make_pagina
from regiekit.render.werkblad_html import render_werkblad_html
from regiekit.render.werkblad_pdf import TEMPLATE, make_inputs, render_werkblad_pdf
from test_placemat import Page, sizes, squeezed, tagged, tags, text_of
from util import ROOT, query_template, run, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WERKBLADEN = {w.id: w for w in load_werkbladen()}
BLADEN: dict[str, Any] = {f"{w.id}-{b.voor}": b for w in WERKBLADEN.values() for b in w.versies}
PAGINAS = {f"{w.id}-{b.voor}": make_pagina(w, b) for w in WERKBLADEN.values() for b in w.versies}
ALL = list(PAGINAS)
CLIENT = [name for name in ALL if name.endswith("-client")]
A4 = (595, 842)
POINT = 72 / 25.4  # in a millimeter
WANTED = {
    "inoculatie": ["client", "coach"],
    "cirkel-van-invloed": ["client"],
    "verwachtingen": ["client", "coach"],
    "contextscan": ["coach"],
    "themaverkenning": ["client"],
    "vier-elementen": ["coach"],
    "oer": ["coach"],
    "fasen-van-verandering": ["coach"],
    "dramadriehoek-winnaarsdriehoek": ["coach"],
    "kernkwadrant": ["client", "coach"],
    "netwerkkaart": ["client"],
    "rouw-bespreken": ["coach", "werkgever"],
    "driegesprek": ["client", "werkgever", "coach"],
    "managervragen": ["coach"],
    "reparatiereflex-logboek": ["coach"],
}


@pytest.fixture(scope="module")
def readers() -> dict[str, PdfReader]:
    return {name: PdfReader(io.BytesIO(render_werkblad_pdf([pagina]))) for name, pagina in PAGINAS.items()}


@pytest.fixture(scope="module")
def chosen() -> dict[str, Any]:
    """What the template chose for each page."""
    found = query_template(TEMPLATE, make_inputs(list(PAGINAS.values())), "<keuze>")
    return {f"{k['id']}-{k['voor']}": k for k in found}


def uitspraken(blad: Any) -> list[Any]:
    return [*blad.inleiding, *(u for blok in blad.blokken for u in blok.uitspraken)]


def texts(blad: Any) -> Iterator[str]:
    """Every text that has to be on the page."""
    yield blad.titel
    yield from blad.van_buiten
    for blok in blad.blokken:
        yield from (t for t in (blok.kop, *blok.kolommen, *blok.vakjes) if t)
    for uitspraak in uitspraken(blad):
        yield from (t for t in (uitspraak.naam, uitspraak.tekst) if t)


# The set ------------------------------------------------------------------------------------------------------------


def test_every_werkblad_that_is_asked_for_is_there() -> None:
    assert {id_: [b.voor for b in w.versies] for id_, w in WERKBLADEN.items()} == WANTED


def test_a_name_leads_to_one_werkblad() -> None:
    names = [n.lower() for w in WERKBLADEN.values() for n in {w.id, w.naam.lower(), *map(str.lower, w.aliassen)}]
    assert len(names) == len(set(names))


# On paper -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_one_page_of_a4_portrait(name: str, readers: dict[str, PdfReader]) -> None:
    (page,) = readers[name].pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4


@pytest.mark.parametrize("name", ALL)
def test_everything_is_on_it(name: str, readers: dict[str, PdfReader]) -> None:
    printed = text_of(readers[name])
    assert [t for t in texts(BLADEN[name]) if squeezed(t) not in printed] == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_smaller_than_ten_points_but_the_source(name: str, readers: dict[str, PdfReader]) -> None:
    found, pagina = sizes(readers[name]), PAGINAS[name]
    small = sum(n for size, n in found.items() if size < 10)
    assert min(found) == 8.5
    assert small <= len("".join([*pagina.van_buiten, pagina.bron, pagina.gemaakt]))


@pytest.mark.parametrize("name", ALL)
def test_there_is_room_to_write(name: str, chosen: dict[str, Any]) -> None:
    assert chosen[name]["schrijfruimte"] >= 0.25
    assert 10 <= chosen[name]["letter"] <= 12
    if name in CLIENT:
        assert chosen[name]["letter"] >= 11


def heights_of_lines(reader: PdfReader) -> list[float]:
    """Where the long lines across the page stand, in millimeters."""
    found: list[float] = []
    start = (0.0, 0.0)

    def visit(operator: bytes, arguments: Sequence[Any], cm: Sequence[float], _: object) -> None:
        nonlocal start
        if operator not in (b"m", b"l"):
            return
        x, y = (float(a) for a in arguments)
        point = (x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5])
        if operator == b"l" and abs(point[1] - start[1]) < 0.1 and abs(point[0] - start[0]) > 200:
            found.append(point[1] / POINT)
        start = point

    reader.pages[0].extract_text(visitor_operand_before=visit)
    return sorted(set(found))


@pytest.mark.parametrize("name", ["inoculatie-client", "inoculatie-coach", "rouw-bespreken-werkgever"])
def test_lines_to_write_on_are_far_enough_apart(name: str, readers: dict[str, PdfReader]) -> None:
    heights = heights_of_lines(readers[name])
    gaps = [b - a for a, b in pairwise(heights)]
    assert len(heights) > 8
    assert min(gaps) >= 8


@pytest.mark.parametrize("name", ALL)
def test_a_screen_reader_and_an_archive_can_use_it(name: str, readers: dict[str, PdfReader]) -> None:
    reader, blad = readers[name], BLADEN[name]
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"].lower().startswith("nl")
    xmp = root["/Metadata"].get_data().decode()
    for part in ("pdfuaid:part>1", "pdfaid:part>2", "pdfaid:conformance>A"):
        assert f"<{part}<" in xmp
    assert tagged(reader, "/H1") == 1
    assert tagged(reader, "/H2") == sum(blok.kop is not None for blok in blad.blokken)
    tabellen = [blok for blok in blad.blokken if blok.soort == "tabel"]
    assert tagged(reader, "/Table") == len(tabellen)
    assert tagged(reader, "/TH") == sum(len(t.kolommen) + len(t.vakjes) for t in tabellen)
    figures = [element for element in tags(reader) if element["/S"] == "/Figure"]
    assert [f["/Alt"] for f in figures] == [b.omschrijving for b in blad.blokken if b.soort == "tekening"]


@pytest.mark.parametrize("name", ["inoculatie-client", "kernkwadrant-coach"])
def test_fonts_are_inside(name: str, readers: dict[str, PdfReader]) -> None:
    fonts: Any = readers[name].pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_same_input_same_bytes() -> None:
    paginas = list(PAGINAS.values())
    assert render_werkblad_pdf(paginas) == render_werkblad_pdf(paginas)


# As HTML and on the terminal ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_html_shows_the_same(name: str) -> None:
    html = render_werkblad_html([PAGINAS[name]])
    page = Page(html.replace("<br>", ""))
    shown = squeezed("".join(page.texts))
    assert not page.open
    assert [t for t in texts(BLADEN[name]) if squeezed(t) not in shown] == []
    assert page.seen["lang=nl"] == page.seen["charset=utf-8"] == page.seen["h1"] == page.seen["article"] == 1
    assert "size: A4 portrait" in html


def test_html_needs_nothing_from_outside() -> None:
    html = render_werkblad_html(list(PAGINAS.values()))
    without_fonts = re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)
    assert not re.search(r"https?:|//[a-z]|@import|<script|<link|<img", without_fonts)
    assert re.findall(r"url\((.{11})", without_fonts) == ['"data:font/'] * 2


@pytest.mark.parametrize("name", ALL)
def test_the_terminal_shows_the_same_in_80_columns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    id_, _, voor = name.rpartition("-")
    out = run("werkblad", id_, "--voor", voor).out
    shown = squeezed(out)
    rijnamen = {blok.kolommen[0] for blok in BLADEN[name].blokken if blok.kolommen and blok.uitspraken}
    assert [t for t in texts(BLADEN[name]) if t not in rijnamen and squeezed(t.rstrip(".:")) not in shown] == []
    assert max(map(len, out.splitlines())) <= 80
    assert "____" in out


def test_a_name_and_its_text_are_one_sentence_or_two() -> None:
    out = run("werkblad", "netwerkkaart").out
    assert all(text in out for text in ("Familie, ook verder weg", "Vrienden, buren en kennissen", "Werk, nu of vroe"))
    assert "Redder wordt empathisch. Ik los het op" in run("werkblad", "dramadriehoek").out
    for name in ALL:
        id_, _, voor = name.rpartition("-")
        assert not re.search(r"[a-z]\. [a-z]", run("werkblad", id_, "--voor", voor).out), name


# The content --------------------------------------------------------------------------------------------------------


def client_texts() -> list[str]:
    return [t for name in CLIENT for t in texts(BLADEN[name])]


def sentences(text: str) -> list[list[str]]:
    return [s.split() for s in re.split(r"(?<=[.?!:])\s+", text) if s.strip()]


def test_client_texts_are_short_and_plain() -> None:
    spoken = [t for name in CLIENT for t in texts(BLADEN[name]) if t not in BLADEN[name].van_buiten]
    lengths = [len(s) for text in spoken for s in sentences(text)]
    assert max(lengths) <= 18
    assert sum(lengths) / len(lengths) <= 12
    for text in spoken:
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            assert len(re.findall(r"\b(?:niet|niets|geen|nooit|zonder)\b", sentence.lower())) <= 1, sentence


def test_the_word_that_hurts_stays_with_the_coach() -> None:
    for name in ALL:
        html = render_werkblad_html([PAGINAS[name]]).lower()
        if not name.endswith("-coach"):
            assert "slachtoffer" not in html, name
    assert "slachtoffer" in render_werkblad_html([PAGINAS["dramadriehoek-winnaarsdriehoek-coach"]]).lower()


def test_a_technieken_card_calls_no_client_that() -> None:
    for card in (ROOT / "data" / "technieken").glob("*.yaml"):
        assert "slachtoffer" not in card.read_text(encoding="utf-8").lower()


def test_client_texts_use_no_words_of_the_trade() -> None:
    hard = r"reparatie|inoculatie|discretionair|autonomie|competentie|frictie|factor|belastbaar|interventie"
    assert [t for t in client_texts() if re.search(hard, t.lower())] == []


def rows(name: str, soort: str = "tabel") -> list[Any]:
    return [u for blok in BLADEN[name].blokken if blok.soort == soort for u in blok.uitspraken]


def ids(uitspraken: Sequence[Any]) -> list[str]:
    return [i for u in uitspraken if u.herkomst != "eigen" for i in u.herkomst.ids]


def test_inoculatie_has_its_five_steps_and_a_list_to_take_home() -> None:
    for name in ("inoculatie-client", "inoculatie-coach"):
        koppen = [blok.kop for blok in BLADEN[name].blokken]
        assert [k[:6] for k in koppen if k.startswith("Stap")] == [f"Stap {n}" for n in range(1, 6)]
    told = " ".join(texts(BLADEN["inoculatie-client"]))
    assert "je eigen woorden" in told
    assert "mee naar huis" in told


def test_the_rings_have_the_right_names() -> None:
    namen = [u.naam for u in rows("cirkel-van-invloed-client", "tekening")]
    assert namen == ["Buiten je invloed", "Indirecte invloed", "Directe invloed"]


def test_verwachtingen_says_who_what_is_fixed_and_what_can_be_chosen() -> None:
    blad = BLADEN["verwachtingen-client"]
    koppen = [blok.kop for blok in blad.blokken]
    assert koppen[:4] == ["Wie doet wat?", "Welke stappen zijn er?", "Dit ligt vast", "Dit mag ik kiezen"]
    chosen = " ".join(u.tekst.lower() for u in blad.blokken[3].uitspraken)
    assert all(word in chosen for word in ("tempo", "volgorde", "dag", "vorm"))
    assert "Bereiken: hoe en wanneer?" in blad.blokken[0].kolommen
    terug = next(b for b in BLADEN["verwachtingen-coach"].blokken if b.kop == "Laat de cliënt navertellen")
    assert len(terug.uitspraken) == 4


def test_the_contextscan_has_all_fourteen() -> None:
    found = ids(rows("contextscan-coach"))
    kinds = (("coach", 3), ("client", 4), ("omgeving", 7))
    assert found == [f"contextfactoren-{kind}-{n:02d}" for kind, count in kinds for n in range(1, count + 1)]
    assert [len(b.uitspraken) for b in BLADEN["contextscan-coach"].blokken if b.soort == "tabel"] == [3, 4, 7]


@pytest.mark.parametrize(
    ("name", "prefix", "count"),
    [("oer-coach", "oer-model-", 7), ("managervragen-coach", "managervragen-", 5),
     ("themaverkenning-client", "themas-handleiding-", 5), ("vier-elementen-coach", "elementen-zelfregie-hoe-", 4)],
)  # fmt: skip
def test_a_table_follows_its_source(name: str, prefix: str, count: int) -> None:
    found = [i for u in rows(name) for h in (u.herkomst, *u.ook) if h != "eigen" for i in h.ids if i.startswith(prefix)]
    assert found == [f"{prefix}{n:02d}" for n in range(1, count + 1)]


def test_names_of_stages_come_from_outside_and_say_so(readers: dict[str, PdfReader]) -> None:
    first, *others = rows("fasen-van-verandering-coach")
    assert "stages-of-change-02" in ids([first])
    assert all(u.herkomst == "eigen" and u.naam.endswith("*") for u in others)
    printed = text_of(readers["fasen-van-verandering-coach"])
    assert squeezed("Prochaska, C.C. DiClemente en J.C. Norcross (1992)") in printed
    assert squeezed("komen van buiten de vijf bronnen") in printed


def test_which_corner_belongs_to_which_is_our_own_reading() -> None:
    assert all(u.herkomst == "eigen" for u in rows("dramadriehoek-winnaarsdriehoek-coach"))
    corners = rows("dramadriehoek-winnaarsdriehoek-coach", "tekening")
    assert [u.naam for u in corners] == ["redder", "aanklager", "slachtoffer", "empathisch", "assertief", "kwetsbaar"]
    assert "van regiekit" in " ".join(texts(BLADEN["dramadriehoek-winnaarsdriehoek-coach"]))


def test_the_kernkwadrant_is_empty_and_names_its_maker() -> None:
    assert [u.naam for u in rows("kernkwadrant-client", "tekening")] == [
        "Kwaliteit",
        "Valkuil",
        "Uitdaging",
        "Allergie",
    ]
    assert all(u.herkomst == "eigen" for u in rows("kernkwadrant-client", "tekening"))
    assert [bool(ids([u])) for u in rows("kernkwadrant-coach", "tekening")] == [False, True, False, False]
    for name in ("kernkwadrant-client", "kernkwadrant-coach"):
        assert "Daniel Ofman" in BLADEN[name].van_buiten[0]


def test_rouw_has_four_rules_and_measures_nothing() -> None:
    for voor in ("coach", "werkgever"):
        blad = BLADEN[f"rouw-bespreken-{voor}"]
        assert ids(blad.blokken[0].uitspraken) == [f"rouw-algemeen-0{n}" for n in (4, 5, 6, 7)]
        assert not re.search(r"\b(score|punten|cijfer|schaal)\b", " ".join(texts(blad)).lower())
        assert not any(blok.vakjes for blok in blad.blokken)


def test_what_a_client_says_about_health_stays_with_the_client() -> None:
    told = {voor: " ".join(texts(BLADEN[f"driegesprek-{voor}"])) for voor in LEZERS}
    assert "hoef je niets te vertellen" in told["client"]
    assert "deel je liever niet" not in told["client"] + told["werkgever"]  # these lie on the table
    assert "deel je liever niet" in told["coach"]
    assert "voor mezelf" not in told["client"]
    assert "Vraag niet naar ziekte" in told["werkgever"]


@pytest.mark.parametrize("name", ["vier-elementen-coach", "oer-coach", "netwerkkaart-client", "managervragen-coach"])
def test_movisie_is_named(name: str, readers: dict[str, PdfReader]) -> None:
    assert squeezed("Bron: Movisie, ") in text_of(readers[name])


# The command --------------------------------------------------------------------------------------------------------


def test_without_a_name_it_lists() -> None:
    out = run("werkblad").out
    assert all(id_ in out for id_ in WERKBLADEN)
    assert "driegesprek  voor cliënt, werkgever, coach" in out
    assert {w["id"]: w["voor"] for w in run("werkblad", "--json").json} == WANTED
    assert [w["id"] for w in run("werkblad", "--voor", "werkgever", "--json").json] == ["rouw-bespreken", "driegesprek"]


def test_one_as_json() -> None:
    data = run("werkblad", "oer", "--json").json
    assert (data["id"], data["versie"], data["versies"][0]["voor"]) == ("oer", "1", "coach")
    assert len(run("werkblad", "alle", "--json").json) == len(WERKBLADEN)


def test_the_client_comes_first_and_the_other_is_named() -> None:
    out = run("werkblad", "inoculatie").out
    assert "Werkblad voor de cliënt" in out
    assert "--voor coach" in out
    assert "Werkblad voor de coach" in run("werkblad", "obstakels", "--voor", "coach").out
    assert "Werkblad voor de cliënt" in run("werkblad", "Cirkel van Invloed", "--voor", "cliënt").out


def test_print_writes_one_page_here_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = run("werkblad", "inoculatie", "--print").out
    assert str(tmp_path / "werkblad-inoculatie.pdf") in out
    assert len(PdfReader(tmp_path / "werkblad-inoculatie.pdf").pages) == 1
    run("werkblad", "inoculatie", "--print", "--voor", "coach")
    assert (tmp_path / "werkblad-inoculatie-coach.pdf").read_bytes() != (
        tmp_path / "werkblad-inoculatie.pdf"
    ).read_bytes()


def test_all_of_them_make_one_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("werkblad", "alle", "--print").code == 0
    reader = PdfReader(tmp_path / "werkblad-alle.pdf")
    assert len(reader.pages) == len(ALL)
    assert [str(item["/Title"]) for item in reader.outline if isinstance(item, dict)] == [
        b.titel for b in BLADEN.values()
    ]
    run("werkblad", "alle", "--voor", "client", "--print")
    assert len(PdfReader(tmp_path / "werkblad-alle-client.pdf").pages) == len(CLIENT)


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    target = write(tmp_path, "blad.pdf", "mijn eigen")
    assert run("werkblad", "oer", "--uit", target).code == 2
    assert target.read_text() == "mijn eigen"
    assert run("werkblad", "oer", "--uit", target, "--overschrijf").code == 0
    assert run("werkblad", "oer", "--uit", target).code == 0  # the same bytes


def test_code_and_date_stand_in_the_head(tmp_path: Path) -> None:
    head = ("--client", "R-014", "--datum", "2026-03-02")
    for name in ("blad.pdf", "blad.html"):
        assert run("werkblad", "netwerkkaart", *head, "--uit", tmp_path / name).code == 0
    html = re.sub(r"<[^>]+>", "", (tmp_path / "blad.html").read_text(encoding="utf-8"))
    for text in (text_of(PdfReader(tmp_path / "blad.pdf")), html, run("werkblad", "netwerkkaart", *head).out):
        assert squeezed("Code: R-014") in squeezed(text)
        assert squeezed("Datum: 2 maart 2026") in squeezed(text)


def test_a_client_without_a_code_gets_no_place_for_one() -> None:
    assert "Code" not in run("werkblad", "inoculatie").out
    assert "Code: ____" in run("werkblad", "inoculatie", "--voor", "coach").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("contextscen",), "bedoelde je 'contextscan'?"),
        (("zzzz",), "kies uit: inoculatie"),
        (("oer", "--voor", "client"), "is er niet voor client; kies --voor coach"),
        (("oer", "--voor", "buur"), "client"),
        (("--print",), "Noem een naam, of 'alle'"),
        (("oer", "--client", "Jan Jansen"), "kan geen cliëntcode zijn"),
        (("oer", "--client", "111222333"), "burgerservicenummer"),
        (("oer", "--datum", "2 maart"), "geen datum"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    result = run("werkblad", *arguments)
    assert result.code == 2
    assert said in " ".join(result.err.split())


def test_without_the_pdf_library_it_becomes_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "typst", None)
    out = run("werkblad", "oer", "--print").out
    assert "geen pdf maken; het werkblad kan wel als HTML" in out
    assert (tmp_path / "werkblad-oer.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


# A werkblad of one's own --------------------------------------------------------------------------------------------

OWN = """
id: mijn-blad
versie: "1"
naam: Mijn blad
doel: {tekst: Zelf bedacht., herkomst: eigen, redenering: Voor mijn eigen gesprekken.}
versies:
  - voor: client
    titel: Mijn eigen blad
    inleiding:
      - {tekst: Vul maar in., herkomst: eigen, redenering: Een begin.}
    blokken:
      - soort: vragen
        kop: Een vraag
        uitspraken:
          - {tekst: TEKST, herkomst: eigen, redenering: Een vraag., regels: 3}
"""
ODD = r"q' \\ # $x$ * _y_ [x] <b>&amp; `z` @ref #panic(nee) // ~ 100 % {a} ĳ ė é ≥"


def own(folder: Path, text: str, content: str = OWN) -> Path:
    write(folder, "mijn.yaml", content.replace("TEKST", json.dumps(text, ensure_ascii=False)))
    return folder


def test_own_texts_are_shown_literally(tmp_path: Path) -> None:
    own(tmp_path, ODD)
    for name in ("blad.pdf", "blad.html"):
        result = run("werkblad", "mijn-blad", "--bibliotheek", tmp_path, "--uit", tmp_path / name)
        assert result.code == 0, result.err
    assert squeezed(ODD) in text_of(PdfReader(tmp_path / "blad.pdf"))
    assert squeezed(ODD) in squeezed("".join(Page((tmp_path / "blad.html").read_text(encoding="utf-8")).texts))
    assert squeezed(ODD) in squeezed(run("werkblad", "mijn-blad", "--bibliotheek", tmp_path).out)


@pytest.mark.parametrize(("text", "said"), [("fijn 🙂 zo", "🙂"), ("Woorden op een rij. " * 190, "past niet op één")])
def test_what_cannot_be_printed_is_said(text: str, said: str, tmp_path: Path) -> None:
    twice = OWN + OWN.rpartition("    blokken:\n")[2] * 2
    result = run("werkblad", "mijn-blad", "--bibliotheek", own(tmp_path, text, twice), "--uit", tmp_path / "blad.pdf")
    assert result.code == 3
    assert said in result.err
    assert "mijn-blad" in result.err


def test_controleer_knows_what_belongs_to_a_blok(tmp_path: Path) -> None:
    assert run("controleer", own(tmp_path, "Goed?")).code == 0
    wrong = OWN.replace("kop: Een vraag", "figuur: ringen") + "      - {soort: tabel, kop: Leeg}\n"
    result = run("controleer", own(tmp_path, "Goed?", wrong))
    assert result.code == 3
    assert "'figuur' hoort hier niet; bij 'vragen' kan wel: uitspraken" in result.out
    assert "hier ontbreekt 'kolommen'" in result.out


def test_one_reader_has_one_blad(tmp_path: Path) -> None:
    again = OWN + OWN.partition("versies:\n")[2]
    result = run("controleer", own(tmp_path, "Goed?", again))
    assert "de id 'client' bestaat al" in result.out


def test_the_files_are_named_after_their_id() -> None:
    assert {p.stem for p in (ROOT / "data/werkbladen").glob("*.yaml")} == set(WERKBLADEN)


def test_an_editor_can_have_the_schema() -> None:
    schema = run("schema", "werkblad").json
    assert {"id", "versies", "doel"} <= set(schema["required"])
    assert "half" in json.dumps(schema)


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [256, 320, 390])
def test_on_a_telephone_nothing_scrolls_sideways(width: int, browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "w.html"
    assert run("werkblad", "alle", "--uit", path).code == 0
    with offline_page(browser, viewport={"width": width, "height": 640}) as page:
        page.set_content(path.read_text(encoding="utf-8"))
        assert page.evaluate("document.documentElement.scrollWidth") <= width

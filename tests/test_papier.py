"""A vragenlijst on paper: what a client gets in hand, a screen reader reads, and a coach types over."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from regiekit.content.library import load_formulierteksten, load_vragenlijsten
from regiekit.domain.formulier import Keuzes, make_formulier
from regiekit.domain.papiercode import Papiercode, make_papiercode, read_papiercode
from regiekit.errors import REFUSED, WRONG_USE, RegiekitError
from regiekit.render.papier import COACH, OPDRACHT
from test_placemat import sizes, squeezed, tags
from util import EIGEN_REGIE, ROOT, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A4 = (595, 842)
POINT = 72 / 25.4  # to a millimeter
TEKSTEN = load_formulierteksten()
NL = next(t for t in TEKSTEN if t.id == "nl")
SKIPS = list(vars(NL.overslaan).values())
REAL = [pytest.param(v, id=v.inhoud.id) for v in load_vragenlijsten()]
SMALL = schaal("samen", "1 -2 3", 1)
BOX = {"gewoon": 5.0, "groot": 7.0}  # millimeters, at the least
NO_OPEN_VRAGEN = (
    "regiekit: Zonder --meetmoment staan de open vragen er niet in. Wil je ze wel? "
    "Kies er een: start, halverwege, einde.\n"
)
LETTER = {"gewoon": 12.0, "groot": 18.0}


def make(folder: Path, *arguments: object, naam: str = "uit.pdf") -> bytes:
    """What the command writes."""
    path = folder / naam
    result = run("vragenlijst", "papier", *arguments, "--uit", path, "--overschrijf")
    assert (result.code, result.err.replace(NO_OPEN_VRAGEN, "")) == (0, "")
    return path.read_bytes()


def pdf(folder: Path, *arguments: object) -> PdfReader:
    return PdfReader(io.BytesIO(make(folder, *arguments)))


def lijst(folder: Path, text: str) -> Path:
    return write(folder, "lijst.yaml", text)


def spoken(reader: PdfReader) -> list[tuple[str, str]]:
    """What a screen reader reads: the tag and the text of every piece, in the order of the tags."""
    marked: dict[tuple[int, int], list[str]] = {}
    for page in reader.pages:
        number = page.indirect_reference.idnum if page.indirect_reference else 0
        _collect(page, number, marked)
    found: list[tuple[str, str]] = []
    root: Any = reader.trailer["/Root"]
    for child in root["/StructTreeRoot"]["/K"]:
        _walk(child.get_object(), "", 0, marked, found)
    return found


def _collect(page: Any, number: int, marked: dict[tuple[int, int], list[str]]) -> None:
    """The text of each marked piece of one page."""
    open_pieces: list[int | None] = []

    def before(operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        if operator == b"BDC":
            properties = operands[1]
            open_pieces.append(properties.get("/MCID") if isinstance(properties, dict) else None)
        elif operator == b"BMC":
            open_pieces.append(None)
        elif operator == b"EMC":
            open_pieces.pop()

    def text(piece: str, *_: Any) -> None:
        now = next((m for m in reversed(open_pieces) if m is not None), None)
        if piece.strip() and now is not None:
            marked.setdefault((number, now), []).append(piece)

    page.extract_text(visitor_operand_before=before, visitor_text=text)


def _walk(element: Any, kind: str, page: int, marked: Any, found: list[tuple[str, str]]) -> None:
    if isinstance(element, list):
        for child in element:
            _walk(child if isinstance(child, int) else child.get_object(), kind, page, marked, found)
    elif isinstance(element, dict):
        page = element.raw_get("/Pg").idnum if "/Pg" in element else page
        if element.get("/Type") == "/MCR":
            found.append((kind, "".join(marked.get((page, element["/MCID"]), []))))
        elif "/K" in element:
            inner = element["/K"]
            _walk(inner.get_object() if hasattr(inner, "get_object") else inner, element["/S"], page, marked, found)
    elif isinstance(element, int):
        found.append((kind, "".join(marked.get((page, element), []))))


def paths(page: Any, corners: int = 0) -> Iterator[tuple[float, float]]:
    """Width and height, in millimeters, of everything drawn on a page with more than so many corners."""
    found: list[tuple[float, float]] = []
    points: list[tuple[float, float]] = []

    def before(operator: bytes, operands: Any, cm: list[float], _tm: Any) -> None:
        if operator in (b"m", b"l", b"c"):
            numbers = [float(n) for n in operands]
            points.extend(
                (x * cm[0] + y * cm[2], x * cm[1] + y * cm[3]) for x, y in zip(numbers[::2], numbers[1::2], strict=True)
            )
        elif operator in (b"S", b"s", b"f", b"B", b"n", b"f*") and points:
            xs, ys = zip(*points, strict=True)
            if len(points) > corners:
                found.append(((max(xs) - min(xs)) / POINT, (max(ys) - min(ys)) / POINT))
            points.clear()

    page.extract_text(visitor_operand_before=before)
    yield from found


def boxes(page: Any) -> list[float]:
    """The sides, in millimeters, of the boxes to tick on a page."""
    return [wide for wide, high in paths(page, corners=4) if abs(wide - high) < 0.1 and 4 < wide < 10]


def words(papier: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in papier.pages))


def vragen_of(loaded: Any, **keuzes: Any) -> Any:
    return make_formulier(loaded.inhoud, loaded.hash, TEKSTEN, Keuzes(**keuzes))


def expected(formulier: Any) -> list[str]:
    """What must be read from the first vraag on, in this order."""
    parts: list[str] = []
    for n, vraag in enumerate(formulier.vragen, 1):
        keuzes = vraag.keuzes
        if any(k.label for k in keuzes[1:-1]):
            answers = [part for k in keuzes for part in (str(k.waarde), k.label)]
        else:
            answers = [*(str(k.waarde) for k in keuzes), keuzes[0].label, keuzes[-1].label]
        parts += [f"{n}. {vraag.tekst}", *answers, NL.papier.overslaan_kop, *SKIPS]
    if formulier.open_vragen:
        first = len(formulier.vragen) + 1
        parts += [NL.open_kop, NL.papier.open_uitleg]
        parts += [f"{n}. {vraag.tekst}" for n, vraag in enumerate(formulier.open_vragen, first)]
    return [squeezed(part) for part in [*parts, NL.papier.slot] if part]


# --- what a client reads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("print_", BOX)
@pytest.mark.parametrize("loaded", REAL)
def test_the_vragen_are_read_in_order_each_followed_by_its_boxes(loaded: Any, print_: str, tmp_path: Path) -> None:
    papier = pdf(tmp_path, loaded.inhoud.id, "--meetmoment", "start", *(["--groot"] if print_ == "groot" else []))
    read = squeezed("".join(text for _, text in spoken(papier)))
    _, found, after = read.partition(squeezed(NL.papier.vragen_kop))
    assert found
    assert after == "".join(expected(vragen_of(loaded, meetmoment="start")))


@pytest.mark.parametrize("print_", BOX)
@pytest.mark.parametrize("loaded", REAL)
def test_no_vraag_is_split_and_every_answer_has_its_box(loaded: Any, print_: str, tmp_path: Path) -> None:
    papier = pdf(tmp_path, loaded.inhoud.id, "--meetmoment", "start", *(["--groot"] if print_ == "groot" else []))
    formulier = vragen_of(loaded, meetmoment="start")
    seen = 0
    for page in papier.pages:
        text = squeezed(page.extract_text())
        here = [v for n, v in enumerate(formulier.vragen, 1) if squeezed(f"{n}. {v.tekst}") in text]
        examples = 3 if squeezed(NL.papier.kruis_aan) in text else 0
        assert len(boxes(page)) == sum(len(v.keuzes) + len(SKIPS) for v in here) + examples
        asked = [v for v in formulier.open_vragen if squeezed(v.tekst) in text]
        lines = [wide for wide, high in paths(page) if wide > 150 and high < 0.5]
        assert len(lines) == 5 * len(asked)
        seen += len(here) + len(asked)
    assert seen == len(formulier.vragen) + len(formulier.open_vragen)


@pytest.mark.parametrize("print_", BOX)
@pytest.mark.parametrize("loaded", REAL)
def test_letters_and_boxes_are_large_enough(loaded: Any, print_: str, tmp_path: Path) -> None:
    papier = pdf(tmp_path, loaded.inhoud.id, "--meetmoment", "start", *(["--groot"] if print_ == "groot" else []))
    assert min(side for page in papier.pages for side in boxes(page)) >= BOX[print_]
    found = sizes(papier)
    assert sum(n for size, n in found.items() if size >= LETTER[print_]) > 0.75 * found.total()
    assert min(found) >= 10  # what is for the coach
    code = make_papiercode(vragen_of(loaded, meetmoment="start"))
    for_coach = f'{COACH} {OPDRACHT} "{code}" --snel'
    assert sum(n for size, n in found.items() if size < 0.8 * LETTER[print_]) <= len(for_coach)  # and not the foot
    for page in papier.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4


def test_without_a_meetmoment_the_coach_hears_that_the_open_vragen_are_missing(tmp_path: Path) -> None:
    for options, told in (((), NO_OPEN_VRAGEN), (("--meetmoment", "start"), "")):
        result = run("vragenlijst", "papier", "eigen-regie", *options, "--uit", tmp_path / "uit.html", "--overschrijf")
        assert (result.code, result.err) == (0, told)


def test_each_sheet_says_which_form_it_is_and_which_page(tmp_path: Path) -> None:
    papier = pdf(tmp_path, "eigen-regie", "--meetmoment", "start", "--client", "R-014")
    for number, page in enumerate(papier.pages, 1):
        text = page.extract_text()
        assert "Lijst eigen-regie, versie 1, moment start, code R-014" in text
        assert f"Bladzijde {number} van {len(papier.pages)}" in text


def test_without_a_code_there_is_a_line_for_it_on_every_sheet(tmp_path: Path) -> None:
    papier = pdf(tmp_path, "eigen-regie")
    assert "vult je coach in" in papier.pages[0].extract_text()
    for page in papier.pages:
        assert "Lijst eigen-regie, versie 1, code" in page.extract_text()
        assert any(15 < wide < 60 and high < 0.5 for wide, high in paths(page))


def test_how_to_fill_in_and_who_can_read_it_come_before_the_first_vraag(tmp_path: Path) -> None:
    read = squeezed("".join(text for _, text in spoken(pdf(tmp_path, "eigen-regie"))))
    before = read.partition(squeezed(NL.papier.vragen_kop))[0]
    for alinea in NL.uitleg:
        assert squeezed(alinea.kop + alinea.tekst) in before
    for text in (NL.papier.bewaren, NL.papier.kruis_aan, NL.papier.verbeter, *SKIPS):
        assert squeezed(text) in before


SECRET = ("autonomie", "competentie", "verbondenheid", "omgekeerd", "schaal", "reversed")


@pytest.mark.parametrize("naam", ["uit.pdf", "uit.html"])
def test_nothing_tells_a_schaal_or_a_reversal(naam: str, tmp_path: Path) -> None:
    raw = make(tmp_path, "eigen-regie", "--meetmoment", "start", "--client", "R-014", naam=naam)
    if naam.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(raw))
        text = words(reader) + "".join(str(v) for v in (reader.metadata or {}).values())
        text += str(reader.root_object["/Metadata"].get_object().get_data()) + str(reader.outline)
    else:
        text = raw.decode()
    assert not [word for word in SECRET if word in text.lower()]
    ids = [v.id for v in EIGEN_REGIE.inhoud.vragen + EIGEN_REGIE.inhoud.open_vragen]
    assert not [i for i in ids if i in text.replace("einde-", "")]


def test_every_vraag_looks_the_same(tmp_path: Path) -> None:
    """In HTML, where the form is written out: without its number and sentence each vraag is the same piece of text."""
    html = make(tmp_path, "eigen-regie", naam="uit.html").decode()
    pieces = re.findall(r'<section class="vraag lijst"><h3>.*?</h3>(.*?)(?:<p><strong>|</section>)', html)
    assert len(pieces) == 17
    assert len(set(pieces)) == 1


# --- what the coach needs --------------------------------------------------------------------------------------------

CODE = f"regiekit:eigen-regie@1:start:R-014:{EIGEN_REGIE.hash[:8]}"


@pytest.mark.parametrize("print_", BOX)
@pytest.mark.parametrize("taal", ["nl", "en"])
@pytest.mark.parametrize("meetmoment", ["start", "halverwege"])
@pytest.mark.needs("pdftotext")
def test_the_command_to_type_stands_in_one_line(meetmoment: str, taal: str, print_: str, tmp_path: Path) -> None:
    options = ["--meetmoment", meetmoment, "--client", "R-014", "--taal", taal]
    make(tmp_path, "eigen-regie", *options, *(["--groot"] if print_ == "groot" else []))
    code = f'{OPDRACHT} "{CODE.replace("start", meetmoment)}" --snel{"" if taal == "nl" else f" --taal {taal}"}'
    assert code in [line.strip() for line in first_sheet(tmp_path / "uit.pdf")]


def first_sheet(path: Path) -> list[str]:
    """The lines of the first sheet as they stand on it."""
    read = subprocess.run(["pdftotext", "-l", "1", "-layout", path, "-"], check=True, capture_output=True)
    return read.stdout.decode().splitlines()


@pytest.mark.needs("pdftotext")
def test_a_command_longer_than_a_line_ends_between_words(tmp_path: Path) -> None:
    own = lijst(tmp_path, small_lijst(SMALL).replace("licentie: vrij", "licentie: toestemming"))
    options = ["--client", "R-014-014-014-014", "--zonder-training", "--ik-heb-toestemming"]
    make(tmp_path, own, *options)
    lines = first_sheet(tmp_path / "uit.pdf")
    (at,) = [n for n, line in enumerate(lines) if OPDRACHT in line]
    words_ = [word for line in lines[at : at + 2] for word in line.split()]
    assert words_[-2:] == ["--zonder-training", "--ik-heb-toestemming"]
    assert re.fullmatch(r'"regiekit:klein@1::R-014-014-014-014:[0-9a-f]{8}"', words_[3])
    long = lijst(tmp_path, small_lijst(SMALL).replace("id: klein", f"id: {'lange-naam-' * 5}x"))
    make(tmp_path, long, "--client", "R-" + "014-" * 9 + "x", "--groot")
    read = squeezed("".join(first_sheet(tmp_path / "uit.pdf")))
    assert squeezed("lange-naam-" * 5 + "x@1::R-" + "014-" * 9 + "x:") in read


def test_the_command_says_what_the_code_does_not(tmp_path: Path) -> None:
    own = lijst(tmp_path, small_lijst(SMALL).replace("licentie: vrij", "licentie: toestemming"))
    text = make(tmp_path, own, "--zonder-training", "--ik-heb-toestemming", naam="uit.html").decode()
    assert "</wbr>" not in text
    said = re.sub(r"<wbr>|</?span>", "", text)
    assert re.search(
        rf"{OPDRACHT} &quot;regiekit:klein@1:::[0-9a-f]{{8}}&quot; --snel --zonder-training --ik-heb", said
    )


@pytest.mark.parametrize("naam", ["uit.pdf", "uit.html"])
def test_what_is_for_the_coach_is_dutch_on_every_form(naam: str, tmp_path: Path) -> None:
    raw = make(tmp_path, "eigen-regie", "--taal", "en", naam=naam)
    if naam == "uit.html":
        assert f'<p lang="nl" dir="ltr">{COACH}</p>' in raw.decode()
        assert '<p class="opdracht" lang="nl" dir="ltr">' in raw.decode()
        return
    papier = PdfReader(io.BytesIO(raw))
    assert [tag["/Lang"] for tag in tags(papier) if "/Lang" in tag] == ["nl", "nl"]
    assert squeezed(COACH) in words(papier)
    assert squeezed("there is nothing you need to do here.") in words(papier)


@pytest.mark.parametrize("groot", [False, True])
@pytest.mark.parametrize("naam", ["uit.pdf", "uit.html"])
@pytest.mark.needs("pdftoppm")
def test_the_qr_on_the_first_sheet_gives_the_code(naam: str, groot: bool, tmp_path: Path, request: Any) -> None:
    zxing = pytest.importorskip("zxingcpp", reason="zxing-cpp")
    options = ["eigen-regie", "--meetmoment", "start", "--client", "R-014", *(["--groot"] if groot else [])]
    make(tmp_path, *options, naam=naam)
    if naam.endswith(".html"):
        print_html(tmp_path, request.getfixturevalue("page"))
    subprocess.run(
        ["pdftoppm", "-f", "1", "-l", "1", "-r", "100", "-gray", tmp_path / "uit.pdf", tmp_path / "p"], check=True
    )
    (picture,) = tmp_path.glob("p-*.pgm")
    assert [found.text for found in zxing.read_barcodes(read_pgm(picture.read_bytes()))] == [CODE]


def print_html(folder: Path, page: Any) -> None:
    """uit.html printed by a browser, with the settings that it begins with, to uit.pdf."""
    page.goto((folder / "uit.html").as_uri())
    page.pdf(path=folder / "uit.pdf", prefer_css_page_size=True)


def read_pgm(raw: bytes) -> memoryview:
    header = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", raw)
    assert header
    return memoryview(raw[header.end() :]).cast("B", (int(header[2]), int(header[1])))


def test_the_qr_is_large_enough_to_scan_and_says_what_it_is(tmp_path: Path) -> None:
    html = make(tmp_path, "eigen-regie", "--meetmoment", "start", "--client", "R-014", naam="uit.html").decode()
    found = re.search(r'style="width: ([\d.]+)mm"><svg [^>]*viewBox="0 0 (\d+) \d+"', html)
    assert found
    assert float(found[1]) / int(found[2]) >= 0.8  # millimeters for each module, the white edge counted in
    figure = next(tag for tag in tags(pdf(tmp_path, "eigen-regie")) if tag["/S"] == "/Figure")
    assert "regiekit:eigen-regie@1:::" in figure["/Alt"]


@pytest.mark.parametrize("client", [None, "R-014", "a.b_c"])
@pytest.mark.parametrize("meetmoment", [None, "einde"])
@pytest.mark.parametrize("versie", ["1", "2026.1", "2: proef", "1:start:x"])
def test_the_code_goes_both_ways(client: str | None, meetmoment: str | None, versie: str) -> None:
    code = make_papiercode(vragen_of(EIGEN_REGIE, client=client, meetmoment=meetmoment)._replace(versie=versie))
    assert read_papiercode(code) == Papiercode("eigen-regie", versie, meetmoment, client, EIGEN_REGIE.hash[:8])
    assert read_papiercode(f" {code}\n") == read_papiercode(code)


@pytest.mark.parametrize("wrong", ["", "regiekit:", CODE[:-1], CODE[9:], CODE + "0", CODE.replace("@", ""), "R-014"])
def test_what_is_no_code(wrong: str) -> None:
    with pytest.raises(RegiekitError, match="niet de code van een vragenlijst op papier"):
        read_papiercode(wrong)


# --- for a screen reader and an archive ------------------------------------------------------------------------------


@pytest.mark.parametrize("loaded", REAL)
def test_the_pdf_says_that_it_is_tagged_dutch_and_made_to_last(loaded: Any, tmp_path: Path) -> None:
    papier = pdf(tmp_path, loaded.inhoud.id, "--meetmoment", "start")
    root: Any = papier.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1<" in metadata
    assert "<pdfaid:part>2<" in metadata and "<pdfaid:conformance>A<" in metadata
    kinds = [tag["/S"] for tag in tags(papier)]
    assert kinds.count("/H1") == 1
    formulier = vragen_of(loaded, meetmoment="start")
    assert kinds.count("/H3") == len(formulier.vragen) + len(formulier.open_vragen)
    assert kinds.count("/LI") >= sum(len(SKIPS) for _ in formulier.vragen)


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    options = ("eigen-regie", "--meetmoment", "start", "--client", "R-014")
    for naam in ("uit.pdf", "uit.html"):
        assert make(tmp_path, *options, naam=naam) == make(tmp_path, *options, naam=naam)


# --- other lists -----------------------------------------------------------------------------------------------------

LONG = " ".join(["Dit is een lange zin met gewone woorden en één arbeidsongeschiktheidsverzekering."] * 50)[:3990]


def own_scale(low: int, high: int, labels: str = "", vragen: int = 3) -> str:
    made = small_lijst(SMALL, vragen, low, high)
    return made.replace(f"max: {high}}}", f"max: {high}{labels}}}")


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 10, ""), (1, 2, ""), (-3, 3, ""), (0, 100, ""), (1, 2, ", labels: {1: ja, 2: nee}"),
        (1, 3, f", labels: {{1: {LONG[:300]}, 2: midden, 3: {LONG[:400]}}}"),
        (-1, 1, ", labels: {-1: slechter, 0: gelijk, 1: beter}"),
        (1, 4, ", labels: {1: nooit, 2: '2', 3: '3', 4: altijd}"),
        (1, 4, ", labels: {1: nooit, 2: soms, 3: '3', 4: altijd}"),
        (0, 40, ", labels: {" + ", ".join(f"{n}: antwoord {n} van veertig" for n in range(41)) + "}"),
    ],
    ids=["0-10", "1-2", "minus", "0-100", "ja-nee", "long labels", "words", "ends", "one between", "two pages"],
)  # fmt: skip
@pytest.mark.parametrize("print_", BOX)
def test_every_antwoordschaal(low: int, high: int, labels: str, print_: str, tmp_path: Path) -> None:
    own = lijst(tmp_path, own_scale(low, high, labels))
    papier = pdf(tmp_path, own, *(["--groot"] if print_ == "groot" else []))
    total = sum(len(boxes(page)) for page in papier.pages)
    assert total == 3 + 3 * (high - low + 1 + len(SKIPS))
    text = words(papier)
    assert all(squeezed(str(n).replace("-", "\u2212")) in text for n in range(low, high + 1))
    for page in papier.pages:  # nothing is drawn beside the sheet
        assert max((wide for wide, _ in paths(page)), default=0) <= 180


@pytest.mark.parametrize("naam", ["uit.pdf", "uit.html"])
def test_the_longest_texts_run_on(naam: str, tmp_path: Path) -> None:
    made = small_lijst(SMALL).replace("Vraag 2.", f"'{LONG}'").replace("naam: Klein\n", f"naam: '{LONG}'\n")
    labels = f", labels: {{1: '{LONG} a', 2: '{LONG} b', 3: '{LONG} c', 4: '{LONG} d', 5: '{LONG} slotwoord'}}}}"
    own = lijst(tmp_path, made.replace("max: 5}", "max: 5" + labels))
    for groot in ([], ["--groot"]):
        raw = make(tmp_path, own, *groot, naam=naam)
        if naam == "uit.pdf":
            text = words(PdfReader(io.BytesIO(raw)))
            assert text.count("slotwoord") == 3
            assert squeezed("Vraag 3.") in text


def test_three_hundred_vragen(tmp_path: Path) -> None:
    numbers = " ".join(str(n) for n in range(1, 301))
    papier = pdf(tmp_path, lijst(tmp_path, small_lijst(schaal("samen", numbers, 1), 300)))
    text = words(papier)
    places = [text.index(squeezed(f"{n}. Vraag {n}.")) for n in range(1, 301)]
    assert places == sorted(places)
    assert len(papier.pages) < 60


def test_odd_signs_are_text_and_never_markup(tmp_path: Path) -> None:
    odd = '\\ # $x$ * _y_ [x] <b>&amp; `z` @ref #panic("nee") // ~ 100 % {n} {totaal} {code} ĳ ė é ≥ →'
    own = lijst(tmp_path, small_lijst(SMALL).replace("Vraag 2.", "'" + odd + "'"))
    assert squeezed(odd) in words(pdf(tmp_path, own))
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_data = seen.append  # type: ignore[method-assign]
    parser.feed(make(tmp_path, own, naam="uit.html").decode())
    assert f"2. {odd}" in seen


# --- refusals, and ways out ------------------------------------------------------------------------------------------


def test_a_text_that_is_not_free_needs_permission_and_says_so(tmp_path: Path) -> None:
    own = lijst(tmp_path, small_lijst(SMALL).replace("licentie: vrij", "licentie: toestemming"))
    refused = run("vragenlijst", "papier", own, "--uit", tmp_path / "nee.pdf")
    assert (refused.code, (tmp_path / "nee.pdf").exists()) == (REFUSED, False)
    assert squeezed(NL.toestemming) in words(pdf(tmp_path, own, "--ik-heb-toestemming"))
    assert squeezed(NL.toestemming) not in words(pdf(tmp_path, "eigen-regie"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--client", "Jan Jansen"], "geen cliëntcode"),
        (["--client", "111222333"], "burgerservicenummer"),
        (["--meetmoment", "later"], "kies start, halverwege, einde"),
        (["--taal", "xx"], "bestaat niet in de taal 'xx'"),
        (["--uit", "blad.docx"], ".pdf of .html"),
    ],
)
def test_wrong_use(wrong: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("vragenlijst", "papier", "eigen-regie", *wrong)
    assert result.code == WRONG_USE
    assert said in result.err
    assert not list(tmp_path.iterdir())


def test_the_file_has_a_name_that_tells_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        run("vragenlijst", "papier", "eigen-regie", "--client", "R-014", "--meetmoment", "start", "--groot").code == 0
    )
    assert [p.name for p in tmp_path.iterdir()] == ["vragenlijst-eigen-regie-start-R-014-groot.pdf"]


def test_without_the_pdf_library_it_is_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "typst", None)
    result = run("vragenlijst", "papier", "eigen-regie")
    assert result.code == 0
    assert "kan wel als HTML om te printen" in result.out
    assert (tmp_path / "vragenlijst-eigen-regie.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("teken", "genoemd"), [("😀", "'😀' (U+1F600)"), ("字", "'字' (U+5B57)")])
def test_a_character_without_a_font_makes_it_html_and_is_named(teken: str, genoemd: str, tmp_path: Path) -> None:
    own = lijst(tmp_path, small_lijst(SMALL).replace("Vraag 2.", f"Vraag {teken}."))
    result = run("vragenlijst", "papier", own, "--uit", tmp_path / "uit.pdf")
    assert result.code == 0
    assert genoemd in result.out and "uit.html" in result.out
    assert not (tmp_path / "uit.pdf").exists()
    assert teken in (tmp_path / "uit.html").read_text(encoding="utf-8")


def translated(folder: Path, taal: str, richting: str, tekst: str) -> Path:
    """A library with one language more: every text the same, and a small vragenlijst in it."""
    form = (ROOT / "data/formulieren/nl.yaml").read_text(encoding="utf-8")
    form = form.replace("id: nl", f"id: {taal}", 1).replace("richting: ltr", f"richting: {richting}", 1)
    write(
        folder, f"{taal}.yaml", form.replace("toestemming:", "vertaald: Niet getest, zei de vertaler.\ntoestemming:", 1)
    )
    vragen = "".join(f"      v-{n}: {tekst} {n}.\n" for n in (1, 2, 3))
    made = small_lijst(SMALL, extra=f"teksten:\n  {taal}:\n    naam: {tekst}\n    vragen:\n{vragen}")
    return write(folder, "klein.yaml", made)


def test_a_translation_says_that_it_is_not_tested_and_has_its_own_language(tmp_path: Path) -> None:
    own = translated(tmp_path, "de-x-proef", "ltr", "Frage")
    papier = pdf(tmp_path, own, "--taal", "de-x-proef", "--bibliotheek", tmp_path)
    assert papier.trailer["/Root"]["/Lang"] == "de"  # type: ignore[index]
    text = words(papier)
    assert squeezed("Niet getest, zei de vertaler.") in text.partition(squeezed("1. Frage 1."))[0]
    assert squeezed("--snel --taal de-x-proef") in text


def test_a_language_from_right_to_left(tmp_path: Path) -> None:
    """Hebrew is in the letters of regiekit; Arabic is not, and a browser has them."""
    own = translated(tmp_path, "he", "rtl", "שאלה")
    papier = pdf(tmp_path, own, "--taal", "he", "--bibliotheek", tmp_path)
    assert papier.trailer["/Root"]["/Lang"] == "he"  # type: ignore[index]
    own = translated(tmp_path, "ar", "rtl", "سؤال")
    (tmp_path / "he.yaml").unlink()
    result = run("vragenlijst", "papier", own, "--taal", "ar", "--bibliotheek", tmp_path, "--uit", tmp_path / "ar.pdf")
    assert result.code == 0
    assert "(U+" in result.out
    assert '<html lang="ar" dir="rtl">' in (tmp_path / "ar.html").read_text(encoding="utf-8")


# --- the same as HTML ------------------------------------------------------------------------------------------------


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("groot", [False, True])
def test_html_prints_the_same_vragen_whole(groot: bool, tmp_path: Path, page: Any) -> None:
    options = ["eigen-regie", "--meetmoment", "start", "--client", "R-014", *(["--groot"] if groot else [])]
    make(tmp_path, *options, naam="uit.html")
    print_html(tmp_path, page)
    papier = PdfReader(tmp_path / "uit.pdf")
    formulier = vragen_of(EIGEN_REGIE, meetmoment="start")
    text = words(papier)
    _, _, after = text.partition(squeezed(NL.papier.vragen_kop))
    places = [after.index(squeezed(f"{n}. {vraag.tekst}")) for n, vraag in enumerate(formulier.vragen, 1)]
    assert places == sorted(places)
    for number, sheet in enumerate(papier.pages, 1):
        here = squeezed(sheet.extract_text())
        asked = [v for n, v in enumerate(formulier.vragen, 1) if squeezed(f"{n}. {v.tekst}") in here]
        assert here.count(squeezed("helemaal mee eens")) == len(asked) == here.count(NL.papier.overslaan_kop)
        assert squeezed(f"Bladzijde {number} van {len(papier.pages)}") in here
        assert squeezed("Lijst eigen-regie, versie 1, moment start, code R-014") in here
    sides = page.eval_on_selector_all(".vraag .vakje", "boxes => boxes.map(b => b.getBoundingClientRect().width)")
    assert min(sides) / 96 * 25.4 >= BOX["groot" if groot else "gewoon"]
    assert squeezed(CODE) in squeezed(papier.pages[0].extract_text())


@pytest.mark.needs("chromium", "axe")
def test_html_is_well_made(tmp_path: Path, page: Any) -> None:
    from browser import axe

    for options in (["eigen-regie", "--meetmoment", "start"], ["schaalvragen", "--groot"]):
        make(tmp_path, *options, naam="uit.html")
        page.goto((tmp_path / "uit.html").as_uri())
        assert axe(page) == ([], [])

"""Texts that attack, in every place where a client or a coach can give one: they are shown, and do nothing.

Every command that shows or writes text runs on them, in every form that it has; other programs judge what came.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import time
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from dossiers import opened, quick_keys, run_dossier
from engels import command_paths
from kanaries import write_kanaries
from regiekit.cli.app import regiekit
from util import EIGEN_REGIE, VRAGEN, Result, run
from vijandig import (
    ACCOLADES,
    ALLES,
    BEVELEN,
    DRAAIEN,
    FORMULE,
    WEB,
    ZICHTBAAR,
    Vijanden,
    actions_in,
    by_office,
    commands_in,
    control_in,
    judge_html,
    poison,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

CODE = "R-014"
DAG = date(1991, 1, 1)
OPEN = [v.id for v in EIGEN_REGIE.inhoud.open_vragen if v.meetmoment == "start"]
ANSWERS = {vraag: 1 + n % 5 for n, vraag in enumerate(VRAGEN)}
FORMS = ("txt", "html", "docx", "pdf")


class Gemaakt(NamedTuple):
    """What all commands said and wrote: each command with its result, and the folder of the files."""

    gezegd: list[tuple[str, Result]]
    folder: Path

    def files(self, ending: str) -> list[Path]:
        """Never none: a judge of nothing would find nothing."""
        found = sorted(self.folder.rglob(f"*.{ending}"))
        assert found, ending
        return found


@pytest.fixture(scope="module")
def gemaakt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gemaakt]:
    """Everything that regiekit makes of hostile texts; a traceback, or a refusal that is not expected, fails here."""
    folder = tmp_path_factory.mktemp("vijandig")
    with pytest.MonkeyPatch.context() as patch:
        quick_keys(patch)
        patch.chdir(folder)
        patch.setenv("COLUMNS", "80")
        yield Gemaakt([*_of_dossier(folder), *_of_library(folder, patch), *_of_answers(folder)], folder)


def _run_all(rows: Sequence[str], dossier: Path | None = None) -> list[tuple[str, Result]]:
    """Each row is a command; a '{vorm}' in it stands for each form of document."""
    said = []
    for row in (r.format(vorm=vorm) for r in rows for vorm in (FORMS if "{vorm}" in r else [""])):
        result = run_dossier(dossier, *row.split()) if dossier else run(*row.split())
        said.append((row, result))
    wrong = "\n".join(f"{row}: {r.err[:300]}" for row, r in said if r.code)
    assert not wrong, wrong
    return said


DOSSIER = [
    "dossier lijst", "dossier lijst --json", f"dossier toon {CODE}", f"dossier toon {CODE} --alles",
    f"dossier toon {CODE} --alles --json", f"dossier toon {CODE} --nummer 4", "dossier uitvoer --json",
    "dossier bewaartermijn", "dossier bewaartermijn --json", "dossier controleer", "dossier controleer --json",
    f"advies {CODE}", f"advies {CODE} --json", f"voorbereiding {CODE}", f"voorbereiding {CODE} --json",
    f"voorbereiding {CODE} --uit blad.html", f"voorbereiding {CODE} --uit blad.pdf", f"plan {CODE} --toch",
    f"plan {CODE} --toch --json", f"plan {CODE} --toch --uit plan.{{vorm}}", f"verloop {CODE}",
    f"verloop {CODE} --json", f"verloop {CODE} --toch --uit verloop.{{vorm}}", f"verloop {CODE} --uit beeld.svg",
    *(f"verslag --voor {lezer} {CODE} --toch" for lezer in ("client", "coach", "werkgever")),
    *(f"verslag --voor {lezer} {CODE} --toch --json" for lezer in ("client", "coach", "werkgever")),
    f"verslag --voor intervisie {CODE} --toch", f"verslag --voor coach {CODE} --uit verslag.{{vorm}}",
    f"verslag --voor client {CODE} --toch --uit client.html", f"dossier inoculatie {CODE} --nummer 10 --json",
    f"verslag --voor werkgever {CODE} --toch --uit werkgever.html", f"dossier inzage {CODE} --json",
    f"dossier inoculatie {CODE} --nummer 10 --uit lijst.pdf", f"dossier inoculatie {CODE} --nummer 10 --uit lijst.html",
    f"dossier inzage {CODE} --vorm {{vorm}} --uit inzage-{{vorm}}", "dossier uitvoer",
    f"dossier afname {CODE} antwoord.json", f"dossier gesprek {CODE} --datum 2026-02-03 --gedaan gesproken",
    f"dossier besluit {CODE} midden --reden omdat --datum 2026-02-03",
    f"dossier corrigeer {CODE} 4 --weg --echt --reden fout",
    f"dossier schaalvraag {CODE} --vertrouwen 4 --datum 2026-02-03",
    f"dossier sluit {CODE} --reden klaar --datum 2026-03-01", "dossier reservekopie --uit kopie.regiekit",
    f"dossier wis {CODE}", f"dossier wis {CODE} --json",
]  # fmt: skip


def _of_dossier(folder: Path) -> list[tuple[str, Result]]:
    """Every field of every soort aantekening attacks, before and after a correction; so does an answer that comes."""
    answer = {**_answer(), "open": dict.fromkeys(OPEN, ZICHTBAAR)}  # one with a control character is refused
    (folder / "antwoord.json").write_text(json.dumps(answer))
    with opened(folder / "dossier.regiekit") as boek:
        write_kanaries(boek, CODE, Vijanden(DAG, ALLES))
    return _run_all(DOSSIER, folder / "dossier.regiekit")


def _answer() -> dict[str, Any]:
    return {
        "vragenlijst": "eigen-regie", "versie": EIGEN_REGIE.inhoud.versie, "hash": EIGEN_REGIE.hash,
        "client": CODE, "meetmoment": "start", "taal": "nl", "training": True, "datum": "2026-03-02",
        "antwoorden": ANSWERS, "open": dict.fromkeys(OPEN, ALLES),
    }  # fmt: skip


BIBLIOTHEEK = [
    "controleer bibliotheek", "techniek", "techniek --json", "techniek inoculatie", "techniek inoculatie --json",
    "techniek inoculatie --print --uit kaart.html", "werkblad",
    "werkblad --json", "werkblad inoculatie", "werkblad inoculatie --print --uit werkblad.html",
    "kennis", "kennis rouw --alles", "kennis VIJAND --json",
    "kennis --dekking", "vragenlijst lijst", "vragenlijst lijst --json", "vragenlijst toon eigen-regie",
    "vragenlijst toon eigen-regie --json", "vragenlijst invulblad eigen-regie --uit leeg.yaml",
    "vragenlijst invulblad eigen-regie --uit -", "vragenlijst papier eigen-regie --uit papier.html",
    "vragenlijst formulier eigen-regie --open --uit formulier.html",
    *(f"vragenlijst exporteer eigen-regie --meetmoment start --naar {naar}"
      for naar in ("xlsform --uit uitvoer.xlsx", "fhir --uit uitvoer.json", "limesurvey --uit lime.txt",
                   "redcap --uit uitvoer.csv")),
    "groep plan --breedte 0.2 --vragen 4", "groep simuleer --n 30 --zaad 1 --uit verzonnen.csv",
    "advies --signalen", "advies --inschatting laag --sturing los --waarneming stress --belast",
    "score antwoord.json", "score antwoord.json --json", "voorbereiding antwoord.json",
    "verloop antwoord.json", "verloop antwoord.json --uit eigen.pdf", "zone --regie laag", "schema vragenlijst",
]  # fmt: skip
OP_PAPIER = ["techniek klein --print --uit kaart.pdf", "werkblad klein --print --uit werkblad.pdf",
             "vragenlijst papier klein --uit papier.pdf"]  # fmt: skip
KORT = '<b id="vijand">#read("/etc/passwd") $x$ @a '


def _of_library(folder: Path, patch: pytest.MonkeyPatch) -> list[tuple[str, Result]]:
    """Every text of the coach's own content attacks; a small one attacks on paper, where little fits."""
    library = folder / "bibliotheek"
    library.mkdir()
    for kind, name in (("technieken", "inoculatie"), ("werkbladen", "inoculatie"), ("kennis", "rouw"),
                       ("vragenlijsten", "eigen-regie"), ("signalen", "signalen")):  # fmt: skip
        (library / f"{kind}.yaml").write_text(poison(kind, f"{name}.yaml", ALLES))
    (library / "formulieren.yaml").write_text(poison("formulieren", "nl.yaml", ALLES.translate(ACCOLADES)))
    patch.setenv("REGIEKIT_BIBLIOTHEEK", str(library))
    hash_ = run("vragenlijst", "toon", "eigen-regie", "--json").json["hash"]
    (folder / "antwoord.json").write_text(json.dumps({**_answer(), "versie": "9", "hash": hash_}))
    said = _run_all(BIBLIOTHEEK)
    filled = run("vragenlijst", "invullen", "eigen-regie", "--uit", "ingevuld.yaml", stdin="\n" + "3\n" * 90 + "k\n")
    patch.setenv("REGIEKIT_BIBLIOTHEEK", str(_write_small(folder / "klein")))
    said += _run_all(OP_PAPIER)
    patch.delenv("REGIEKIT_BIBLIOTHEEK")
    return [*said, ("vragenlijst invullen", filled)]


def _write_small(library: Path) -> Path:
    library.mkdir()

    def uitspraak(**more: Any) -> dict[str, Any]:
        return {"tekst": KORT, "herkomst": "eigen", "redenering": KORT, **more}

    techniek = {"id": "klein", "versie": "1", "naam": KORT, "samenvatting": uitspraak(placemat=True),
                "doel": [uitspraak(placemat=True)], "wanneer_wel": [uitspraak()],
                "stappen": [uitspraak(naam=KORT, placemat=True)]}  # fmt: skip
    blok = {"soort": "tekst", "kop": KORT, "vorm": "alinea", "uitspraken": [uitspraak()]}
    blad = {"voor": "client", "titel": KORT, "inleiding": [uitspraak()], "blokken": [blok], "van_buiten": [KORT]}
    werkblad = {"id": "klein", "versie": "1", "naam": KORT, "doel": uitspraak(), "versies": [blad]}
    schaal = {"id": "s", "naam": KORT, "minimaal_beantwoord": 1, "vragen": [{"vraag": "v"}]}
    lijst = {"id": "klein", "versie": "1", "naam": KORT, "doel": "meting", "licentie": "vrij", "herkomst": "eigen",
             "redenering": KORT, "antwoordschaal": {"min": 1, "max": 2, "labels": {"1": KORT, "2": KORT}},
             "vragen": [{"id": "v", "tekst": KORT}], "schalen": [schaal]}  # fmt: skip
    for name, content in (("kaart", techniek), ("blad", werkblad), ("lijst", lijst)):
        (library / f"{name}.yaml").write_text(json.dumps(content))
    return library


# What comes from a table, or from a file that somebody filled in.
BESTANDEN = [
    "plan plan.yaml --toch", "plan plan.yaml --toch --json", "plan plan.yaml --toch --uit los.{vorm}",
    "verslag --voor intervisie casus.yaml --toch", "verslag --voor intervisie casus.yaml --toch --json",
    "verslag --voor intervisie casus.yaml --toch --uit casus.{vorm}",
    "mijlpalen --eerste-ziektedag 2026-01-05 --tabel mijlpalen.yaml",
    "mijlpalen --eerste-ziektedag 2026-01-05 --tabel mijlpalen.yaml --json",
    "mijlpalen --eerste-ziektedag 2026-01-05 --tabel mijlpalen.yaml --client R-014 --ics agenda.ics",
    "vragenlijst importeer goed.csv --meetmoment start --json",
    "score goed.csv --meetmoment start --akkoord --uit id.xlsx --id =kop",
    "score goed.csv --meetmoment start --akkoord --uit id.csv --id =kop",
    "score slecht.csv --meetmoment start --akkoord --weiger-rijen",
    "score slecht.csv --meetmoment start --akkoord --weiger-rijen --uit gescoord.csv",
    "groep goed.csv --meetmoment start --akkoord", "groep goed.csv --meetmoment start --akkoord --json",
    "groep goed.csv --meetmoment start --akkoord --uit groep.csv --verslag groep.html",
    "groep goed.csv --meetmoment start --akkoord --verslag groep.pdf",
    "vragenlijst importeer slecht.csv --meetmoment start --akkoord --weiger-rijen --uit rijen --scores scores.csv",
    "vragenlijst importeer blad.xlsx --meetmoment start --akkoord --weiger-rijen --uit bladrijen",
    "score rijen/afname-R-1-start.yaml", "score rijen/afname-R-1-start.yaml --json",
]  # fmt: skip
CASUS = '<script id="vijand">alert(1)</script> <img id="vijand" src=x onerror="alert(2)"> [red] #panic() $x$ '


def _of_answers(folder: Path) -> list[tuple[str, Result]]:
    """Plans, a casus, mijlpalen and tables: their texts, the heads of their columns, and what stands in a cell."""
    regel = {"wat": ALLES, "wie": ALLES, "wanneer": ALLES}
    plan = {"client": CODE, "eigen_doelen": [ALLES], "doel_spoor_2": ALLES, "rollen": [{"wie": ALLES, "rol": ALLES}],
            "stappen": [regel], "eigen_regie": [ALLES], "visie_werknemer": ALLES, "visie_werkgever": ALLES}  # fmt: skip
    (folder / "plan.yaml").write_text(json.dumps(plan))
    casus = {"casus": f"{CASUS}\x1b]0;x\x07\x1b[2J\x9b2J\r over {DRAAIEN.lower()}", "vraag": CASUS}
    (folder / "casus.yaml").write_text(json.dumps(casus))
    (folder / "mijlpalen.yaml").write_text(poison("mijlpalen", "poortwachter.yaml", f"{ALLES}\r\nATTENDEE:VIJAND"))
    _write_table(folder / "goed.csv", good=True)
    _write_table(folder / "slecht.csv", good=False)
    _write_sheet(folder / "blad.xlsx")
    return _run_all(BESTANDEN)


def _rows(payload: str, *, good: bool) -> Iterator[list[str]]:
    """Twelve clients, with codes beside them that begin as a formula does; not `good`: also cells that are refused."""
    yield ["code", "=kop", payload, *VRAGEN, *OPEN]
    for n in range(1, 13):
        yield [f"R-{n}", f"-{n}", payload, *(str(1 + (n + i) % 5) for i in range(len(VRAGEN))), *[payload] * len(OPEN)]
    for cell in () if good else ("=1+1", "@SUM(1)", "+1", "\t=1", "\r=1", "\uff1d1", payload):
        yield ["R-90", "9", payload, cell, *["3"] * (len(VRAGEN) - 1), *[payload] * len(OPEN)]
        yield [cell, "9", payload, *["3"] * len(VRAGEN), *[payload] * len(OPEN)]


def _write_table(path: Path, *, good: bool) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(ALLES, good=good))


def _write_sheet(path: Path) -> None:
    """As Excel writes it, formulas too, with sheets and a title that attack."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.properties.title = book.properties.creator = ZICHTBAAR
    book.active.title = "=1+1 <b>&'x"
    for number, row in enumerate(_rows(ZICHTBAAR, good=False), 1):
        for column, cell in enumerate(row, 1):
            book.active.cell(number, column, cell).data_type = "s"  # also what Excel would take for a formula
    book.create_sheet('<img onerror="1">')
    book.save(path)


# What it all says and makes -------------------------------------------------------------------------------------------

# These show no text of a client or of a file of others, or run other commands; each has tests of its own.
ELSEWHERE = {
    "dossier nieuw", "dossier traject", "dossier opvolging", "dossier herstel", "dossier wachtzin", "dossier demo",
    "sleutel maak", "sleutel wachtzin", "sleutel toon", "menu", "snelkoppeling", "zelfcheck",
}  # fmt: skip


def test_every_command_takes_part(gemaakt: Gemaakt) -> None:
    """A command that comes later gets a row here, or says why not."""
    said = [row for row, _ in gemaakt.gezegd]
    leaves = {" ".join(path) for path in command_paths(regiekit) if path and load_target(path)}
    assert {leaf for leaf in leaves if not any(row.startswith(leaf) for row in said)} <= ELSEWHERE


def load_target(path: tuple[str, ...]) -> bool:
    """Whether a path leads to a command that runs, and not only to other commands."""
    return not any(other[: len(path)] == path and len(other) > len(path) for other in command_paths(regiekit))


def test_no_screen_has_anything_to_obey(gemaakt: Gemaakt) -> None:
    wrong = [(row, found[:2]) for row, r in gemaakt.gezegd if (found := commands_in(r.out) + commands_in(r.err))]
    assert wrong == []
    assert sum("VIJAND" in r.out for _, r in gemaakt.gezegd) > 40


@pytest.mark.needs("chromium")
def test_a_browser_only_shows_it(gemaakt: Gemaakt, browser: Browser) -> None:
    pages = gemaakt.files("html")
    assert judge_html(browser, pages) == []
    assert [p.name for p in pages if "vijand" not in p.read_text("utf-8")] == ["groep.html", "verloop.html"]


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("text", ['<script>document.title="VIJAND"</script>', '<b id="vijand">', f"<img src=//{WEB}>",
                                  '<a href="javascript:1">', "<body onload=alert(1)>"])  # fmt: skip
def test_the_judge_of_pages_sees_it(browser: Browser, tmp_path: Path, text: str) -> None:
    """One page that does what it is told, without a policy and with the weakest that lets it."""
    (tmp_path / "slecht.html").write_text(f"<!doctype html><title>x</title>{text}")
    assert len(judge_html(browser, [tmp_path / "slecht.html"])) >= 2


def test_a_picture_is_only_drawn(gemaakt: Gemaakt) -> None:
    (path,) = gemaakt.files("svg")
    made = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(path.read_text("utf-8")).iter()}
    assert made <= {"svg", "title", "desc", "defs", "pattern", "rect", "line", "text", "circle", "polyline", "polygon",
                    "g", "path", "tspan"}  # fmt: skip


def test_a_pdf_holds_nothing_but_pages(gemaakt: Gemaakt) -> None:
    papers = gemaakt.files("pdf")
    assert [found for path in papers for found in actions_in(path)] == [] and len(papers) > 9


@pytest.mark.needs("pdftotext")
def test_a_pdf_shows_the_text_as_it_was_given(gemaakt: Gemaakt) -> None:
    """What Typst would run or leave out if it were markup stands there, and no file of this computer does."""
    for name in ("plan", "verslag", "inzage-R-014", "kaart", "werkblad"):
        (path,) = [p for p in gemaakt.files("pdf") if p.stem == name]
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
        assert "root:" not in text and control_in(text.replace("\f", "")) == []
        words = "".join(text.split())
        assert '#read("/etc/passwd")' in words and ('id="vijand"' in words) and "$x" in words, name


def test_the_judge_of_a_pdf_sees_it(tmp_path: Path) -> None:
    from pypdf import PdfWriter
    from pypdf.annotations import Link

    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    writer.add_attachment("a.txt", b"x")
    writer.add_annotation(0, Link(rect=(1, 1, 9, 9), url=f"http://{WEB}"))
    writer.write(tmp_path / "slecht.pdf")
    assert {f.rpartition("/")[2] for f in actions_in(tmp_path / "slecht.pdf")} >= {"URI", "EmbeddedFile"}


def test_a_word_file_holds_words(gemaakt: Gemaakt) -> None:
    """No field, link or object, and every part is XML that a strict reader takes."""
    for path in gemaakt.files("docx"):
        with ZipFile(path) as file:
            parts = {name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))}
        for name, part in parts.items():
            made = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(part).iter()}
            assert not made & {"instrText", "fldSimple", "fldChar", "hyperlink", "object", "script"}, (path, name)
            assert ('TargetMode="External"' not in part and WEB not in part) or name.endswith("document.xml"), name


@pytest.mark.needs("soffice")
def test_an_office_reads_the_word_file(gemaakt: Gemaakt, tmp_path: Path) -> None:
    (path,) = [p for p in gemaakt.files("docx") if p.stem == "plan"]
    (made,) = by_office([path], "txt:Text", tmp_path)
    text = made.read_text("utf-8-sig")
    assert FORMULE in text and "#panic()" in text and '<script id="vijand">' in text and "\\x1b]0;VIJAND" in text


def test_a_text_file_has_nothing_to_obey(gemaakt: Gemaakt) -> None:
    texts = [p for p in gemaakt.files("txt") if p.name != "lime.txt"]
    assert [(p.name, found[:2]) for p in texts if (found := control_in(p.read_text("utf-8")))] == []
    assert len(texts) == 6


def test_an_agenda_has_no_line_of_somebody_else(gemaakt: Gemaakt) -> None:
    from icalendar import Calendar

    (path,) = gemaakt.files("ics")
    raw = path.read_bytes()
    assert control_in(raw.decode()) == [] and raw.count(b"\r\n") == raw.count(b"\n")
    for event in Calendar.from_ical(raw).walk("VEVENT"):
        assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP"}
        assert not event.errors and FORMULE in str(event["SUMMARY"])


# Spreadsheets ---------------------------------------------------------------------------------------------------------

STARTS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def test_no_cell_of_a_csv_begins_a_formula(gemaakt: Gemaakt) -> None:
    sources = ("goed.csv", "slecht.csv")
    for path in [p for p in gemaakt.files("csv") if p.name not in sources]:
        text = path.read_text("utf-8-sig")
        cells = {cell for row in csv.reader(StringIO(text, newline="")) for cell in row}
        assert [c for c in cells if c.lstrip(" \n").startswith(STARTS) and not _is_number(c)] == [], path.name
        assert path.name == "uitvoer.csv" or control_in(text) == [], path.name


def test_a_sheet_holds_texts_and_no_formulas(gemaakt: Gemaakt) -> None:
    from openpyxl import load_workbook

    for path in [p for p in gemaakt.files("xlsx") if p.name != "blad.xlsx"]:
        book = load_workbook(path)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"} and not any(cell.hyperlink for cell in cells), path
        with ZipFile(path) as file:
            assert not [n for n in file.namelist() if "externalLink" in n or "vba" in n.lower()]


def test_another_reader_of_sheets_sees_the_same(gemaakt: Gemaakt) -> None:
    """No formula in the XML itself, and the cells are texts for calamine too."""
    from python_calamine import CalamineWorkbook

    for name in ("id.xlsx", "uitvoer.xlsx"):
        with ZipFile(gemaakt.folder / name) as file:
            sheets = [file.read(n).decode() for n in file.namelist() if n.startswith("xl/worksheets/sheet")]
        assert sheets and not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
        book = CalamineWorkbook.from_path(str(gemaakt.folder / name))
        cells = [
            cell for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python() for cell in row
        ]
        wanted = "=kop" if name == "id.xlsx" else FORMULE
        assert any(isinstance(cell, str) and wanted in cell for cell in cells)


# A terminal -----------------------------------------------------------------------------------------------------------


def _screens(gemaakt: Gemaakt) -> str:
    """What stood on the screen, without the JSON; each command begins with a line of its own."""
    shown = [(row, r) for row, r in gemaakt.gezegd if "--json" not in row]
    return "".join(f"\n$ regiekit {row}\n{r.out}{r.err}" for row, r in shown)


def _events(text: str) -> set[str]:
    """What a terminal does on a text, by the parser of pyte."""
    from pyte import ByteStream, DebugScreen

    out = StringIO()
    ByteStream(DebugScreen(to=out)).feed(text.encode())
    return {json.loads(line)[0] for line in out.getvalue().splitlines()}


def test_a_terminal_only_draws(gemaakt: Gemaakt) -> None:
    assert _events(_screens(gemaakt)) <= {"draw", "linefeed", "tab"}
    assert _events(BEVELEN) >= {"set_title", "erase_in_display", "cursor_position", "cursor_up", "backspace", "bell"}


TOESTAND = "#{pane_title}|#{window_name}|#{alternate_on}"


class Scherm(NamedTuple):
    """A terminal after a file was shown on it: its title and window, its clipboard, and the lines that came."""

    toestand: str
    klembord: str
    regels: list[str]


def show_in_tmux(path: Path) -> Scherm:
    """A real terminal of 80 by 24, that lets a text set its title and its clipboard, on a socket of its own."""
    socket = path.with_suffix(".socket")

    def do(*words: object) -> str:
        command = ["tmux", "-f", os.devnull, "-S", str(socket), *map(str, words)]
        return subprocess.run(command, capture_output=True, timeout=120, check=False).stdout.decode()

    try:
        do("new-session", "-d", "-x", 80, "-y", 24, "cat")
        for name, value in (("set-clipboard", "on"), ("history-limit", 200_000), ("allow-rename", "on")):
            do("set-option", "-g", name, value)
        do("new-window", "-n", "venster", f"cat '{path}'; tmux -S '{socket}' wait-for -S klaar; exec cat")
        do("wait-for", "klaar")
        time.sleep(1)  # what was written last may still have to be drawn
        lines = do("capture-pane", "-p", "-S", "-").split("\n")
        return Scherm(do("display-message", "-p", TOESTAND), do("show-buffer"), lines)
    finally:
        do("kill-server")


@pytest.mark.needs("tmux")
def test_a_real_terminal_keeps_its_title_clipboard_and_lines(gemaakt: Gemaakt, tmp_path: Path) -> None:
    (tmp_path / "goed").write_text(f"EERSTE REGEL\n{_screens(gemaakt)}")
    toestand, klembord, regels = show_in_tmux(tmp_path / "goed")
    assert "VIJAND" not in toestand and toestand.endswith("|venster|0\n") and klembord == ""
    assert next(regel for regel in regels if regel.strip()) == "EERSTE REGEL"
    commands = [row for row, _ in gemaakt.gezegd if "--json" not in row]
    assert sum(regel.startswith("$ regiekit ") for regel in regels) == len(commands)


@pytest.mark.needs("tmux")
def test_the_real_terminal_obeys_what_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "slecht").write_text(BEVELEN.partition("\x1b[?1049h")[0])
    toestand, klembord, _ = show_in_tmux(tmp_path / "slecht")
    assert toestand.startswith("VIJAND|") and klembord == "VIJAND"

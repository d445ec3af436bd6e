"""The plan van aanpak: its parts, the literal visie in every form, Word as Word should be, and whose text it is."""

from __future__ import annotations

import io
import re
import subprocess
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from regiekit.content.library import load_planteksten, load_woordenlijst
from regiekit.domain.bewaking import find_vondsten
from regiekit.render.document import Alinea, Document, Kop, Letterlijk, Lijst, Schrijfruimte, Tabel, to_html, to_text
from regiekit.render.docx import to_docx
from util import run, write

if TYPE_CHECKING:
    from pathlib import Path

VISIE = (
    "Ik wil weer aan het werk, maar niet meer in het oude tempo van toen, want dat hield ik niet vol en dat wil ik nu "
    "anders.\n  Deze regel springt in.\n\n“Eerst rust” – zei ik: <b>dat blijft</b> [zo] & klaar; é, ï, €, 50%."
)
YAML = """\
client: R-014
datum: 2026-03-02
eigen_doelen:
  - Ik wil werk waarin ik met mensen te maken heb.
  - Ik wil zelf bepalen welke opdracht ik eerst doe.
doel_spoor_2: Passend werk bij een andere werkgever, twintig uur per week.
rollen:
  - {wie: werkgever, rol: werkt mee aan een driegesprek}
stappen:
  - {wat: Persoonsprofiel maken, wie: werknemer, wanneer: maart}
  - {wat: Twee bedrijven bezoeken}
evaluaties: [2026-04-20, 2026-06-01]
"""
KOPPEN = [
    "Doelen", "Rollen", "Stappen", "Evaluaties", "Zo stimuleren we eigen regie", "Visie van de werknemer",
    "Visie van de werkgever",
]  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    indented = "\n".join(f"  {line}" if line else "" for line in VISIE.split("\n"))
    return write(tmp_path, "plan.yaml", f"{YAML}visie_werknemer: |-\n{indented}\nvisie_werkgever: We zoeken mee.\n")


# Parts ------------------------------------------------------------------------------------------------------------


def test_text_has_every_part_and_fits_in_80_columns(plan: Path) -> None:
    result = run("plan", plan)
    assert (result.code, result.err) == (0, "")
    lines = result.out.split("\n")
    assert [line for line, under in pairwise(lines) if re.fullmatch("-+", under)] == KOPPEN
    assert all(len(line) <= 80 for line in lines if line not in VISIE.split("\n"))
    for text in ("R-014", "2 maart 2026", "driegesprek", "Persoonsprofiel maken", "20 april 2026"):
        assert text in result.out


def test_the_two_kinds_of_goals_stand_side_by_side(plan: Path) -> None:
    lines = run("plan", plan).out.split("\n")
    head = next(line for line in lines if "Doelen van de werknemer zelf" in line)
    assert "Doel van het tweede spoor" in head
    beside = lines[lines.index(head) + 2]
    assert beside.startswith("• Ik wil werk") and "Passend werk" in beside


def test_an_empty_plan_reminds_and_is_no_error() -> None:
    result = run("plan", "--datum", "2026-03-02")
    assert result.code == 0
    assert result.out.count("Nog invullen") == 7
    assert "visie werknemer" in result.err
    data = run("plan", "--datum", "2026-03-02", "--json").json
    assert data["ontbreekt"] == [
        "eigen_doelen", "doel_spoor_2", "rollen", "stappen", "evaluaties", "visie_werknemer", "visie_werkgever",
    ]  # fmt: skip


def test_options_fill_in_and_add_to_the_file(plan: Path) -> None:
    data = run(
        "plan", plan, "--eigen-doel", "Ik wil reizen zonder file.", "--stap", "Bellen; werknemer; april",
        "--rol", "begeleider=denkt mee", "--visie-werkgever", "Anders.", "--json",
    ).json  # fmt: skip
    assert data["eigen_doelen"][-1] == "Ik wil reizen zonder file."
    assert data["stappen"][-1] == {"wat": "Bellen", "wie": "werknemer", "wanneer": "april"}
    assert data["rollen"][-1] == {"wie": "begeleider", "rol": "denkt mee"}
    assert (data["visie_werknemer"], data["visie_werkgever"], data["ontbreekt"]) == (VISIE, "Anders.", [])


def test_eigen_regie_comes_from_the_tips_with_their_source() -> None:
    chosen = run("plan", "--datum", "2026-03-02", "--json").json["eigen_regie"]
    teksten = {m.id: m for m in load_planteksten().manieren}
    assert [m["id"] for m in chosen] == [m.id for m in teksten.values() if m.standaard]
    ids = {i for m in chosen if teksten[m["id"]].herkomst != "eigen" for i in teksten[m["id"]].herkomst.ids}  # type: ignore[union-attr]
    assert ids == {"plan-van-aanpak-tips-01", "plan-van-aanpak-tips-02", "plan-van-aanpak-tips-03"}
    own = run("plan", "--manier", "driegesprek", "--eigen-regie", "Wij bellen elke vrijdag.", "--json").json
    assert [m["id"] for m in own["eigen_regie"]] == ["driegesprek", None]
    assert "bedoelde je 'driegesprek'" in run("plan", "--manier", "driegesprk").err


def test_evaluations_and_mijlpalen_are_counted_from_the_first_sick_day() -> None:
    base = ["plan", "--datum", "2026-03-02", "--eerste-ziektedag", "2026-01-05", "--json"]
    data = run(*base).json
    assert data["evaluaties"][:2] == ["2026-04-12", "2026-05-24"] and len(data["evaluaties"]) == 6
    assert data["mijlpalen"] == []
    rows = {m["id"]: m for m in run(*base, "--mijlpalen").json["mijlpalen"]}
    assert rows["probleemanalyse"]["datum"] == "2026-02-15" and rows["probleemanalyse"]["verschil"] is None
    assert all(m["indicatief"] for m in rows.values()) and rows["wia-aanvraag"]["verschil"]
    flat = " ".join(run(*base[:-1], "--mijlpalen").out.split())
    assert "Aanvraag WIA *" in flat and "Probleemanalyse *" not in flat and "(indicatief)" in flat
    assert "Aanvraag WIA: Sommige bronnen noemen week 91" in flat
    assert run("plan", "--mijlpalen").code == 2


def test_an_invulblad_makes_a_plan_at_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    assert run("plan", "--invulblad", "--uit", path).code == 0
    assert run("controleer", path).code == 0
    assert run("plan", path, "--json").json["ontbreekt"] == run("plan", "--json").json["ontbreekt"]


# The literal visie ------------------------------------------------------------------------------------------------


def test_the_visie_is_literal_in_every_form(plan: Path, tmp_path: Path) -> None:
    assert f"\n{VISIE}\n" in run("plan", plan).out
    assert run("plan", plan, "--uit", tmp_path / "p.txt").code == 0
    assert VISIE.encode() in (tmp_path / "p.txt").read_bytes()
    assert run("plan", plan, "--uit", tmp_path / "p.html").code == 0
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert unescape(re.findall(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)[0]) == VISIE
    assert run("plan", plan, "--uit", tmp_path / "p.docx").code == 0
    assert VISIE in [p.text for p in docx.Document(str(tmp_path / "p.docx")).paragraphs]
    assert run("plan", "--visie-werknemer", VISIE, "--json").json["visie_werknemer"] == VISIE


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_any_literal_text_survives(text: str) -> None:
    document = Document("Titel", "", (Letterlijk(text),))
    assert f"\n{text}\n" in to_text(document)
    page = to_html(document)
    assert unescape(page[page.index("<blockquote>") + 12 : page.index("</blockquote>")]) == text
    assert docx.Document(io.BytesIO(to_docx(document))).paragraphs[-1].text == text


def test_an_invisible_control_character_is_refused() -> None:
    result = run("plan", "--visie-werknemer", "a\x07b")
    assert (result.code, result.out) == (2, "")
    assert "--visie-werknemer" in result.err


# Word -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def word(plan: Path, tmp_path: Path) -> Any:
    path = tmp_path / "plan.docx"
    result = run("plan", plan, "--uit", path)
    assert result.code == 0, result.err
    return docx.Document(str(path))


def test_word_has_headings_tables_language_and_a4(word: Any) -> None:
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == KOPPEN
    assert [p.text for p in word.paragraphs if p.style.name == "Title"] == ["Plan van aanpak tweede spoor"]
    (section,) = word.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    languages = word.styles.element.xpath("//w:lang/@w:val")
    assert languages == ["nl-NL"]
    (defaults,) = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert defaults.get(qn("w:val")) == "nl-NL"
    assert len(word.tables) == 3
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text for cell in table.rows[0].cells)
    assert (word.core_properties.title, word.core_properties.author) == ("Plan van aanpak tweede spoor", "")


def test_the_same_plan_gives_the_same_bytes(plan: Path, tmp_path: Path) -> None:
    for form in ("docx", "html", "pdf", "txt"):
        path = tmp_path / f"plan.{form}"
        assert run("plan", plan, "--uit", path).code == 0
        assert run("plan", plan, "--uit", path).code == 0  # the same bytes may stand there
    result = run("plan", plan, "--eigen-doel", "Meer.", "--uit", tmp_path / "plan.docx")
    assert result.code == 2 and "--overschrijf" in result.err


def test_every_kind_of_block_fits_in_every_form() -> None:
    blokken = (Kop("K"), Alinea("a"), Alinea("b", "klein"), Alinea("c", "herinnering"), Lijst(("x", "y"), "☐", 2),
               Tabel(("p", "q"), (("1", "2\n3"),), (1, 2), hoog=True), Letterlijk("l"), Schrijfruimte(2))  # fmt: skip
    document = Document("T", "o", blokken)
    texts = [p.text for p in docx.Document(io.BytesIO(to_docx(document))).paragraphs]
    assert {"K", "a", "b", "[c]", "☐ x", "l"} <= set(texts)
    assert "[ ] x" in to_text(document)
    assert '<ul class="vakjes"' in to_html(document)


# HTML and PDF -----------------------------------------------------------------------------------------------------


def test_html_is_whole_in_itself(plan: Path, tmp_path: Path) -> None:
    assert run("plan", plan, "--mijlpalen", "--eerste-ziektedag", "2026-01-05", "--uit", tmp_path / "p.html").code == 0
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in page and "@page { size: A4" in page
    assert not re.search(r"https?://|<script|<link|<img", page)
    assert re.findall(r"<h2>(.*?)</h2>", page) == [*KOPPEN, "Mijlpalen"]
    assert page.count("<th ") == page.count('<th scope="col">') == 2 + 2 + 3 + 3


@pytest.mark.needs("pdfinfo")
def test_pdf_is_tagged_a4(plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    assert run("plan", plan, "--uit", path).code == 0
    said = subprocess.run(["pdfinfo", path], capture_output=True, encoding="utf-8", check=False).stdout
    assert re.search(r"Tagged:\s+yes", said) and "A4" in said


def test_a_name_without_a_known_form_is_refused(plan: Path, tmp_path: Path) -> None:
    result = run("plan", plan, "--uit", tmp_path / "plan.odt")
    assert result.code == 2
    assert ".docx" in result.err


# Whose text it is -------------------------------------------------------------------------------------------------


def test_the_words_of_regiekit_itself_pass_the_guard() -> None:
    chosen = [f"--manier={m.id}" for m in load_planteksten().manieren]
    out = run("plan", "--eerste-ziektedag", "2026-01-05", "--mijlpalen", *chosen).out
    assert find_vondsten(out, load_woordenlijst()) == []


def test_the_code_or_name_of_another_client_stops_it(tmp_path: Path) -> None:
    path = write(tmp_path, "plan.yaml", "client: R-014\neigen_doelen: [Net als bij R-015 en Karin.]\nnamen: [Karin]\n")
    result = run("plan", path)
    assert (result.code, result.out) == (4, "")
    assert [line.split(": ")[0].removeprefix(f"{path}:") for line in result.err.splitlines()[:-1]] == ["2:28", "2:37"]
    allowed = run("plan", path, "--toch")
    assert "Karin" in allowed.err and "R-015" not in allowed.err
    own = write(tmp_path, "eigen.yaml", "client: R-014\neigen_doelen: [Ik ben R-014.]\nnamen: [Karin]\n")
    assert run("plan", own).code == 0
    assert "Karin" not in run("plan", own).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--stap", "a;b;c;d"], "profiel maken"), (["--stap", ";x"], "profiel maken"), (["--rol", "werkgever"], "rol"),
     (["--client", "Jan de Vries"], "code"), (["--datum", "2 maart"], "--datum"), (["niets.yaml"], "bestaat niet"),
     (["--eerste-ziektedag", "1800-01-01"], "1800")],
)  # fmt: skip
def test_wrong_use_is_one_clear_line(arguments: list[str], said: str) -> None:
    result = run("plan", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err

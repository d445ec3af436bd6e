"""The sheet for intervisie: nothing that gives anyone away, minutes that add up, one page, honest about its source."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.content.library import load_intervisievorm, load_namenlijst, load_technieken
from regiekit.domain.herkenbaar import dates_to_weeks, find_herkenbaar, scale_minuten
from util import ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

CASUS = "De cliënt zegt steeds ja, maar doet niets. Op 12 maart 2026 belde ik zelf de werkgever."
NAMEN = load_namenlijst()
MINUTEN = [r.minuten for r in load_intervisievorm().rondes]


def sheet(*arguments: object, code: int = 0) -> str:
    result = run("verslag", "--voor", "intervisie", *arguments)
    assert result.code == code, result.err
    return result.out if code == 0 else result.err


# What stands on it ------------------------------------------------------------------------------------------------


def test_everything_stands_on_the_sheet() -> None:
    out = sheet("--casus", CASUS, "--vraag", "Hoe geef ik het terug?", "--eerste-ziektedag", "2026-01-05")
    flat = " ".join(out.split())
    assert "In week 10 belde ik zelf" in flat and "2026" not in flat.partition("De rondes")[0]
    for text in ("Van wie is dit probleem, en wie doet het werk?", "Eigenaarschap", "Eigen kracht", "Motivatie",
                 "Contacten", "Geen advies", "De inbrenger luistert", "zit niet bij de bronnen", "buiten de bronnen",
                 "Movisie, Werken vanuit zelfregie"):  # fmt: skip
        assert text in flat
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_self_check_is_the_content_of_the_techniek() -> None:
    reflex = next(t for t in load_technieken() if t.id == "reparatiereflex")
    flat = " ".join(sheet().split())
    for punt in (*reflex.stappen[0].punten, *reflex.onderdelen[0].punten):
        assert punt.tekst in flat


def test_the_minutes_are_those_of_the_method() -> None:
    assert MINUTEN == [5, 10, 5, 15, 10, 10, 10]
    data = run("verslag", "--voor", "intervisie", "--json").json
    assert [r["minuten"] for r in data["rondes"]] == MINUTEN
    assert data["minuten"] == 65


@given(st.integers(20, 240))
def test_minutes_always_add_up(total: int) -> None:
    scaled = scale_minuten(MINUTEN, total)
    assert sum(scaled) == total
    assert min(scaled) >= 1
    assert all(abs(s - m * total / 65) < 1 for s, m in zip(scaled, MINUTEN, strict=True))


@pytest.mark.parametrize("total", [20, 45, 60, 90])
def test_the_sheet_shows_the_chosen_length(total: int) -> None:
    data = run("verslag", "--voor", "intervisie", "--minuten", total, "--json").json
    assert sum(r["minuten"] for r in data["rondes"]) == data["minuten"] == total


# Anonymous --------------------------------------------------------------------------------------------------------


RECOGNISABLE = [
    ("Toen belde Fatima mij.", "Fatima"), ("Fatima belde.", "Fatima"), ("fatima belde.", "fatima"),
    ("Ik sprak mevrouw Zwartkruis.", "mevrouw Zwartkruis"), ("Hij woont in Lutjebroek.", "Lutjebroek"),
    ("Zwolle ligt te ver.", "Zwolle"), ("Hij werkte bij Bakkerij Bruin.", "Bakkerij Bruin"),
    ("Zij werkt bij Van Doorn BV.", "Van Doorn BV"), ("Mail jan@voorbeeld.nl.", "jan@voorbeeld.nl"),
    ("Bel 06-12345678.", "06-12345678"), ("Dossier R-014.", "R-014"),
    ("Op 12 maart 2026 was het stil.", "Op 12 maart 2026"),
    ("Op 12-03-2026 was het stil.", "Op 12-03-2026"), ("Op 2026-03-12 was het stil.", "Op 2026-03-12"),
    ("Op 12 maart was het stil.", "12 maart"), ("In maart 2026 was het stil.", "maart 2026"),
    ("In 2019 begon het.", "2019"), ("Postcode 8011 AB.", "8011 AB"), ("Het was J. de Wit.", "J. de Wit"),
    ("Dat zei De Vries ook.", "De Vries"), ("Kijk op www.voorbeeld.nl.", "www.voorbeeld.nl."),
    ("Hij woont aan de Dorpsstraat 12.", "Dorpsstraat 12"), ("De cliënt kwam niet. Roos belde.", "Roos"),
    ("Shaniqua belde niet terug.", "Shaniqua"), ("Wil hij dit wel? Mark zegt van niet.", "Mark"),
    ("Een 58-jarige stratenmaker uit een dorp.", "58-jarige"), ("Zij is 58 jaar.", "58 jaar"),
    ("Hij werkt bij de hema.", "hema"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word"), RECOGNISABLE, ids=[word for _, word in RECOGNISABLE])
def test_what_gives_someone_away_is_refused_with_its_place(text: str, word: str) -> None:
    said = sheet("--casus", text, code=4)
    assert f"--casus:1:{text.index(word) + 1}: '{word}'" in said
    assert said.splitlines()[-1].startswith("regiekit: Er is niets geschreven.")


@pytest.mark.parametrize(
    "text",
    ["De cliënt belde in week 12. Het UWV vroeg om een Plan van Aanpak. “Waarom ik?” vroeg hij.",
     "Zij wil een cursus Excel en Engels doen. HR wist van niets. Daarna niets meer.",
     "Wij maakten drie afspraken:\n- Bellen\n- Een brief schrijven\nDat lukte. Wil je meer weten? Vraag het.",
     "Hij zegt: Dat doe ik niet. Om 10.30 uur was hij weg, na 2 uur en 45 minuten."],
)  # fmt: skip
def test_a_casus_without_traces_is_fine(text: str) -> None:
    assert find_herkenbaar(text, NAMEN, [], [], None) == []


def test_a_word_that_is_fine_can_be_allowed_but_a_given_name_never() -> None:
    text = "Zij las Sapiens en sprak met zwartkruis."
    assert "'Sapiens'" in sheet("--casus", text, code=4)
    assert "Sapiens" in sheet("--casus", text, "--mag", "Sapiens")
    said = sheet("--casus", text, "--mag", "Sapiens", "--mag", "zwartkruis", "--naam", "De Zwartkruis", code=4)
    assert "'zwartkruis'" in said and "--mag" not in said


def test_medical_words_and_numbers_are_told_with_the_rest() -> None:
    said = sheet("--casus", "Fatima heeft een hernia en nummer 111222333.", code=4)
    assert all(word in said for word in ("'Fatima'", "'hernia'", "'111222333'"))


def test_canaries_never_reach_a_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "casus.yaml",
        """\
        casus: |
          Op 12 maart 2026 belde ik zelf. Sinds 1-1-2025 is het stil.
        vraag: Hoe geef ik het terug?
        eerste_ziektedag: 2026-01-05
        namen: [Kanarievogel, Zwartkruis]
        """,
    )
    for form in ("pdf", "html", "docx", "txt"):
        target = tmp_path / f"blad.{form}"
        assert run("verslag", "--voor", "intervisie", path, "--uit", target).code == 0
        raw = target.read_bytes()
        text = pypdf.PdfReader(io.BytesIO(raw)).pages[0].extract_text() if form == "pdf" else raw.decode("latin-1")
        assert not re.search("Kanarie|Zwartkruis|12 maart|1-1-2025|2026-01-05", text)
    assert "In week 10 belde ik" in (tmp_path / "blad.txt").read_text(encoding="utf-8")
    assert "voor de eerste ziektedag" in (tmp_path / "blad.txt").read_text(encoding="utf-8")


def test_the_place_is_that_in_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "casus.yaml", "casus: |\n  Eerst niets.\n  Toen belde Fatima.\nvraag: En Zwolle?\n")
    said = sheet(path, code=4)
    assert f"{path}:3:14: 'Fatima'" in said and f"{path}:4:11: 'Zwolle'" in said


@given(st.dates(date(2026, 1, 5), date(2028, 6, 1)), st.sampled_from(["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]))
def test_every_date_becomes_its_week(day: date, form: str) -> None:
    start = date(2026, 1, 5)
    week = (day - start).days // 7 + 1
    assert dates_to_weeks(f"Het was {day.strftime(form)}, zei hij.", start) == f"Het was week {week}, zei hij."


def test_a_day_before_the_illness_and_a_day_without_year() -> None:
    start = date(2026, 1, 5)
    assert dates_to_weeks("Op 3 maart 2025 belde hij", start) == "Op een datum voor de eerste ziektedag belde hij"
    assert dates_to_weeks("Ja. 12 maart 2026 was het stil.", start) == "Ja. Week 10 was het stil."
    said = sheet("--casus", "Op 3 maart belde hij.", "--eerste-ziektedag", "2026-01-05", code=4)
    assert "'3 maart' mist het jaar" in said


def test_an_unknown_first_word_can_be_allowed() -> None:
    assert "Zwabberen" in sheet("--casus", "Zwabberen lukte.", "--mag", "Zwabberen")


def test_no_name_of_the_list_is_an_ordinary_word() -> None:
    assert not {*NAMEN.voornamen, *NAMEN.plaatsen} & set(NAMEN.gewone_woorden.split())


def test_the_work_sentences_start_with_ordinary_words() -> None:
    for line in (ROOT / "tests/zinnen/medisch-achteraf.txt").read_text(encoding="utf-8").splitlines()[1:]:
        kinds = {v.kolom: v.soort for v in find_herkenbaar(line, NAMEN, [], [], None)}
        assert kinds.get(1) != "naam of plaats", line


# Paper and use ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 300, 1200])
def test_the_pdf_is_one_page(tmp_path: Path, length: int) -> None:
    casus = ("De cliënt zegt steeds ja en doet daarna niets. " * 60)[:length]
    arguments = ["--casus", casus, "--vraag", "Hoe geef ik het werk terug?"] if casus.strip() else []
    path = tmp_path / "blad.pdf"
    sheet(*arguments, "--uit", path)
    pages = pypdf.PdfReader(path).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


def test_too_long_for_one_page_is_a_clear_line(tmp_path: Path) -> None:
    said = sheet("--casus", "De cliënt zegt steeds ja. " * 150, "--uit", tmp_path / "blad.pdf", code=2)
    assert "één bladzijde" in said


def test_an_invulblad_gives_an_empty_sheet(tmp_path: Path) -> None:
    path = tmp_path / "casus.yaml"
    sheet("--invulblad", "--uit", path)
    assert run("controleer", path).code == 0
    assert "____" in sheet(path)


@pytest.mark.parametrize("voor", ["client", "coach", "werkgever"])
def test_other_audiences_need_a_client_of_the_dossier(voor: str) -> None:
    result = run("verslag", "--voor", voor)
    assert result.code == 2
    assert "de code van een cliënt" in result.err

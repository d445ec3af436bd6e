"""What an adversary tried on the dossier: codes of others in every spelling, and wiping that must not fail halfway."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dossiers import WACHTZIN, make_client, opened, quick_keys, run_dossier
from regiekit.content.library import load_technieken, load_woordenlijst
from regiekit.domain.aantekening import Gesprek
from regiekit.domain.bewaking import find_bsn, find_vondsten, find_woorden
from regiekit.domain.herkenbaar import ANDERE_CODE, BEKENDE_CODE, find_anderen, hide_anderen, holds_code
from regiekit.dossier.reserve import make_copy, note_copy
from regiekit.errors import harmless
from test_bewaking import LIJST, sentences
from test_dossier_avg import ANDERE_WACHTZIN, copy_of, note, plain_of, snapshot, wipe

if TYPE_CHECKING:
    from pathlib import Path

CODE = "R-014"
DAG = date(2026, 2, 3)
WERKGEVER = load_woordenlijst("werkgever-woorden")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    return tmp_path / "dossier.regiekit"


def kinds(text: str, client: str | None, *bekend: str) -> list[tuple[str, str]]:
    return [(v.woord, v.soort) for v in find_anderen(text, client, (), bekend)]


# Codes in a text ------------------------------------------------------------------------------------------------------

SPELLINGS = [
    "R-015", "r-015", "R015", "r015", "R 015", "R_015", "R.015", "R/015", "R - 015", "R\u2010015", "R\u2011015",
    "R\u2013015", "R\u2212015", "\uff32\uff0d\uff10\uff11\uff15", "R\u200b-015", "R-0\u206015", "R\u00ad-015",
    "R\n015", "R\u00a0015", "R-٠١٥",
]  # fmt: skip
AROUND = ["{}", "({})", "-{}", ".{}", "_{}_", "{}.html", "inzage-{}.html", "{}-notitie", "R-014-{}", "'{}'", "{}, ook"]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("around", AROUND)
def test_a_known_code_is_found_in_every_spelling(spelling: str, around: str) -> None:
    """Each stands for what a person writes; the word in the finding is as it was written."""
    assert kinds(f"zie {around.format(spelling)} hier", CODE, CODE, "R-015") == [(spelling, BEKENDE_CODE)]


@pytest.mark.parametrize(
    ("text", "client", "known"),
    [
        ("R-014-2, R0142 en R 014 2", "R-014-2", ("R-014", "R-014-2")),
        ("R-140 en R140", "R-140", ("R-14", "R-140")),
        ("R-014 r014 R_014", CODE, ("R-014", "R-15")),
        ("XR-015, R-0155, R-015e, 1R-015", "Q-1", ("R-015",)),
        ("om 15.30 uur, 15 mensen, week 15", "Q-1", ("R-15",)),
    ],
)
def test_what_is_no_code_of_another(text: str, client: str, known: tuple[str, ...]) -> None:
    assert kinds(text, client, *known) == []


def test_the_longest_code_counts_and_an_exact_one_is_of_whom_it_is() -> None:
    assert kinds("R-014-2", "R-014", "R-014", "R-014-2") == [("R-014-2", BEKENDE_CODE)]
    assert kinds("R-1.4 en R-14", "R-14", "R-14", "R-1.4") == [("R-1.4", BEKENDE_CODE)]


def test_what_may_be_ordinary_words_can_be_allowed() -> None:
    assert kinds("in week 2, en week-2", "R-1", "week-2") == [("week 2", ANDERE_CODE), ("week-2", BEKENDE_CODE)]
    assert kinds("het Het hetzelfde", CODE, "het") == [("het", ANDERE_CODE)]
    assert kinds("een R-500 en een R500", CODE) == [("R-500", ANDERE_CODE), ("R500", ANDERE_CODE)]


def test_helpers() -> None:
    assert holds_code("bij r014", CODE) and not holds_code("bij R-0142", CODE)
    assert hide_anderen("/x/R-015/c-R015.txt", CODE, [CODE, "R-015"]) == "/x/…/c-….txt"


@pytest.mark.parametrize(("code", "exit_code"), [("14", 2), ("2026-014", 2), ("het", 0), (CODE, 0)])
def test_a_new_code_has_letters_and_better_a_digit(pad: Path, code: str, exit_code: int) -> None:
    make_client(pad, "R-001")
    result = run_dossier(pad, "dossier", "nieuw", code, "--begin", "2026-01-05")
    assert result.code == exit_code
    assert ("getal" in result.err, "is een woord" in result.err) == (exit_code == 2, code == "het")


# Numbers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    ["111222333", "111\u202f222\u202f333", "１１１２２２３３３", "111\u200b222333", "111_222_333", "111, 222, 333",
     "111\n222\n333", "111\r\n222\r\n333", "111,222,333", "1112,22,333", "111–222–333", "111\u2011222\u2011333"],
)  # fmt: skip
def test_forms_of_a_burgerservicenummer(number: str) -> None:
    (vondst,) = find_bsn(f"nr {number} hier")
    assert vondst.woord.split() == number.split() and vondst.kolom == 4


@pytest.mark.parametrize(
    "text",
    ["1.112.223,33 euro", "0111222333", "2025, 2026, 2027", "11, 12, 22, 333", "1112,2 2333", "24 31 28", "12,5 13,5"],
)
def test_lists_amounts_and_phones_are_none(text: str) -> None:
    assert find_bsn(text) == []


def test_medical_words_with_what_nobody_sees_in_them() -> None:
    assert [v.woord for v in find_vondsten("een de\u00adpres\u200bsie", LIJST)] == ["de\u00adpres\u200bsie"]


# The employer ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Score competentie ging van 2,4 naar 4,0", "Competentie ging van 2,4 naar 4,0", "inoculatie gedaan",
     "sturing strak", "regie laag volgens besluit", "de vragenlijst ingevuld", "autonomie is lager", "weinig regie"],
)  # fmt: skip
def test_the_coaching_itself_is_not_for_the_employer(pad: Path, text: str) -> None:
    make_client(pad)
    with opened(pad) as boek:
        boek.add(CODE, DAG, Gesprek(gedaan=text))
    ask = ("verslag", "--voor", "werkgever", CODE, "--datum", "2026-03-01")
    refused = run_dossier(pad, *ask)
    assert refused.code == 4 and "de begeleiding zelf" in refused.err and refused.out == ""
    assert run_dossier(pad, *ask, "--toch").code == 0
    assert run_dossier(pad, "plan", CODE).code == 0


def test_ordinary_work_and_our_own_sentences_are_clean(pad: Path) -> None:
    clean = [*sentences("werk"), *sentences("werk-achteraf")]
    assert [s for s in clean if find_woorden(s, WERKGEVER)] == []
    for text in ("Zij geeft sturing aan een team.", "Competenties in kaart gebracht.", "Meer regie over het rooster."):
        assert find_woorden(text, WERKGEVER) == []
    make_client(pad)
    assert run_dossier(pad, "verslag", "--voor", "werkgever", CODE, "--datum", "2026-03-01").code == 0


def test_every_techniek_is_known() -> None:
    assert [t.naam for t in load_technieken() if not find_woorden(t.naam, WERKGEVER)] == []


# Paths ----------------------------------------------------------------------------------------------------------------


def test_no_file_in_a_path_with_the_code_of_another(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    make_client(pad, "R-015")
    (tmp_path / "map R015").mkdir()
    for target in ("map R015/c.txt", "voor-R-015.txt"):
        result = run_dossier(pad, "verslag", "--voor", "coach", CODE, "--uit", tmp_path / target)
        assert result.code == 4 and not (tmp_path / target).exists()
    assert run_dossier(pad, "dossier", "inzage", CODE, "--uit", tmp_path / "map R015").code == 4
    assert run_dossier(pad, "dossier", "reservekopie", "--uit", tmp_path / "kopie-R-014.regiekit").code == 4
    with opened(pad) as boek:
        assert boek.uitvoer() == []
        boek.note_uitvoer(CODE, "verslag", tmp_path / "oud-R-015.txt", b"x")  # of before this was refused
    result = run_dossier(pad, "dossier", "inzage", CODE, "--json")
    assert result.code == 0 and result.json["uitvoer"][0]["pad"].endswith("oud-….txt") and "R-015" not in result.out


def test_inzage_is_all_or_none(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    (tmp_path / "i").mkdir()
    (tmp_path / "i" / f"inzage-{CODE}.json").write_text("van mij")
    assert run_dossier(pad, "dossier", "inzage", CODE, "--uit", tmp_path / "i").code == 2
    assert [p.name for p in (tmp_path / "i").iterdir()] == [f"inzage-{CODE}.json"]
    with opened(pad) as boek:
        assert boek.uitvoer() == []


# wis ------------------------------------------------------------------------------------------------------------------


def test_a_receipt_that_cannot_be_written_stops_it_before(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    copy_of(pad, tmp_path / "kopie.regiekit")
    (tmp_path / "b.txt").write_text("x")
    before = snapshot(tmp_path)
    for target in (tmp_path / "nergens" / "b.txt", tmp_path / "b.txt", tmp_path):
        assert wipe(pad, "--echt", "--uit", target).code == 2
    for target in (pad, tmp_path / "kopie.regiekit"):
        assert wipe(pad, "--echt", "--uit", target, "--overschrijf").code == 2
    assert snapshot(tmp_path) == before


def test_a_receipt_that_fails_after_all_is_on_the_screen(
    pad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regiekit.cli import dossier_wis
    from regiekit.errors import RegiekitError

    def full(*_: object, **__: object) -> None:
        raise RegiekitError("b.txt kan niet geschreven worden: de schijf is vol")

    make_client(pad)
    monkeypatch.setattr(dossier_wis, "write_file", full)
    result = wipe(pad, "--echt", "--uit", tmp_path / "b.txt")
    assert result.code == 0 and f"Gewist: alles van {CODE}" in result.out
    assert "de schijf is vol" in result.err and "Het bewijs staat in" not in result.out


def test_json_on_the_screen_is_json(pad: Path) -> None:
    make_client(pad)
    assert wipe(pad, "--echt", "--json", "--uit", "-").json["gewist"] is True


def test_three_tries_for_the_wachtzin_of_a_back_up(pad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_client(pad)
    kopie = copy_of(pad, tmp_path / "kopie.regiekit", ANDERE_WACHTZIN)
    with opened(pad) as boek:
        make_copy(boek.opslag, tmp_path / "twee.regiekit", boek.opslag.key, boek.opslag.head)
        note_copy(boek.opslag, tmp_path / "twee.regiekit")
    typed: list[str] = [WACHTZIN, "fout een", "fout twee", "fout drie"]
    monkeypatch.setattr("regiekit.cli.wachtzin.ask_hidden", lambda _: typed.pop(0))
    before = snapshot(tmp_path)
    from util import run

    refused = run("dossier", "wis", CODE, "--echt", "--dossier", pad)
    assert refused.code == 5 and typed == [] and snapshot(tmp_path) == before
    typed[:] = [WACHTZIN, "fout een", ANDERE_WACHTZIN]
    assert run("dossier", "wis", CODE, "--echt", "--dossier", pad).code == 0
    assert CODE.encode() not in plain_of(kopie, ANDERE_WACHTZIN) + plain_of(tmp_path / "twee.regiekit") + plain_of(pad)


def test_the_code_elsewhere_is_told_and_forgotten_where_it_can(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    make_client(pad, "R-077")
    with opened(pad) as boek:
        nummer = boek.add("R-077", DAG, Gesprek(notitie="samen met r014"))
        boek.add("R-077", DAG, Gesprek(notitie="samen met R-0140"))
    copy_of(pad, tmp_path / f"kopie-{CODE}.regiekit")
    assert f"{nummer} (R-077)" in " ".join(wipe(pad).out.split())
    result = wipe(pad, "--echt")
    said = " ".join(result.out.split())
    assert f"aantekeningen van anderen: {nummer}." in said and "corrigeer" in said and "R-077" not in said
    assert "de code staat in haar naam" in said
    with opened(pad) as boek:
        assert boek.opslag.rows("SELECT count(*) FROM reservekopie") == [(0,)]
    assert CODE.encode() not in plain_of(pad).replace(b"R-0140", b"")


def test_a_path_that_is_now_of_another(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    make_client(pad, "R-077")
    file = tmp_path / "x.txt"
    note(pad, file, b"van 14")
    note(pad, file, b"van 77", "R-077")
    result = wipe(pad, "--echt")
    assert file.read_bytes() == b"van 77"
    assert "hoort nu bij een andere cliënt; blijft staan" in result.out and "haal het zelf weg" not in result.out


# Demonstrations and terminals -----------------------------------------------------------------------------------------


def test_a_demonstration_says_so_on_every_screen(tmp_path: Path) -> None:
    from util import run

    where = tmp_path / "demo.regiekit"
    assert run("dossier", "demo", "--uit", where).code == 0
    code = "VERZONNEN-1"
    for command in (("wis", code), ("bewaartermijn",), ("uitvoer",), ("opvolging", code, "--punt", "x", "--gedaan")):
        result = run("dossier", *command, "--dossier", where)
        assert "verzonnen" in (result.out + result.err).replace(code, "").lower(), command
    assert run("dossier", "wis", code, "--json", "--dossier", where).json["verzonnen"] is True
    assert run("dossier", "bewaartermijn", "--json", "--dossier", where).json["verzonnen"] is True
    assert run("plan", code, "--json", "--dossier", where).json["verzonnen"] is True
    page = tmp_path / "p.html"
    assert run("plan", code, "--uit", page, "--dossier", where).code == 0
    assert '<p class="lopend">VERZONNEN' in page.read_text()


def test_no_text_commands_a_terminal(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    with opened(pad) as boek:
        boek.add(
            CODE, DAG, Gesprek(gedaan="rood \x1b[31m en \x9b31m", notitie="\u202eomgekeerd", doel="zacht\u00adheid")
        )
    assert run_dossier(pad, "verslag", "--voor", "coach", CODE, "--uit", tmp_path / "a\x1b[31m.txt").code == 0
    assert run_dossier(pad, "dossier", "inzage", CODE, "--uit", tmp_path, "--vorm", "txt").code == 0
    table = (tmp_path / f"inzage-{CODE}.txt").read_text().partition("Waar het werd gezet")[2]
    assert "a\\x1b[31m" in table and "\x1b" not in table
    for command in (
        ("dossier", "toon", CODE), ("verslag", "--voor", "coach", CODE), ("dossier", "uitvoer"),
        ("verslag", "--voor", "coach", CODE, "--uit", tmp_path / "b\x1b[31m.txt"),
        ("dossier", "reservekopie", "--uit", tmp_path / "k\x1b.regiekit"), ("dossier", "controleer"),
    ):  # fmt: skip
        result = run_dossier(pad, *command)
        assert result.code == 0, command
        assert not set(result.out + result.err) & set("\x1b\x9b\u202e"), command
    assert harmless("a\tb\nc\r\nd\u00a0e \u200d") == "a\tb\nc\r\nd\u00a0e \u200d"

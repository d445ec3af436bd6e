"""The everyday commands of the dossier: nieuw, lijst, toon, traject, corrigeer, sluit (R13, R19, R27, R28)."""

from __future__ import annotations

import os
import re
import stat
import threading
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import WACHTZIN, make_client, opened, quick_keys, run_dossier
from regiekit.cli import dossier_begin, dossier_corrigeer, dossier_teksten
from regiekit.content.library import load_vragenlijsten, to_json
from regiekit.domain import aantekening
from regiekit.domain.aantekening import SOORTEN, Afname, Afspraak, Besluit, Gesprek, Inoculatie, Opvolging, Sluiting
from regiekit.domain.clientdossier import open_punten
from regiekit.dossier import opslag, plaats, sleutelbos
from regiekit.dossier.boek import find_weg
from regiekit.errors import RegiekitError
from regiekit.render.dossier import label_of, short_label, words_of
from test_invullen import Terminal
from util import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from util import Result

ROUNDS = dict(opslag.ROUNDS)
BSN = "111222333"
unix = pytest.mark.skipif(os.name == "nt", reason="alleen op Linux en macOS")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "d.regiekit"
    make_client(made)
    return made


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a person can be asked; what is typed comes from standard input."""
    for module in (dossier_teksten, dossier_corrigeer):
        monkeypatch.setattr(module, "on_terminal", lambda: True)


def dossier(path: Path, *words: object, stdin: str = "") -> Result:
    return run_dossier(path, "dossier", *words, stdin=stdin)


def held(path: Path, soort: str) -> list[Any]:
    with opened(path) as boek:
        return boek.read("R-014").of(soort)


def talk(path: Path, **fields: Any) -> int:
    with opened(path) as boek:
        return boek.add("R-014", date(2026, 2, 9), Gesprek(**fields))


def sound(path: Path) -> bool:
    with opened(path) as boek:
        return boek.faults() == []


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(found.name for found in folder.iterdir())


def lijst(name: str) -> Any:
    return next(v for v in load_vragenlijsten() if v.inhoud.id == name)


def add_afname(path: Path, name: str = "eigen-regie", **answers: Any) -> int:
    found = lijst(name)
    given = {v.id: 3 for v in found.inhoud.vragen} | {k.replace("_", "-"): v for k, v in answers.items()}
    kept = Afname(vragenlijst=name, versie=found.inhoud.versie, hash=found.hash, meetmoment="start", antwoorden=given)
    with opened(path) as boek:
        return boek.add("R-014", date(2026, 1, 12), kept, vragenlijst=to_json(found.inhoud))


# Making the dossier ---------------------------------------------------------------------------------------------------


def test_the_first_client_makes_the_dossier_after_saying_what_matters(tmp_path: Path) -> None:
    path = tmp_path / "nieuw" / "d.regiekit"
    result = dossier(path, "nieuw", "R-001", "--begin", "2026-01-05", "--datum", "2026-02-14")
    assert (result.code, result.err) == (0, "")
    said = " ".join(result.out.split())
    order = ("Het komt in dit bestand", str(path), "voorgoed weg", "ook regiekit niet", "op papier", "reservekopie",
             "Je dossier is gemaakt", "R-001 staat in het dossier")  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert "Volgende rapportage: ma 16-02-2026 (over 2 dagen)" in said
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700 and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(path.parent) == ["d.regiekit"]
    assert b"SQLite" not in path.read_bytes() and sound(path)


def test_the_second_client_goes_into_the_same_dossier(path: Path) -> None:
    before = path.stat().st_ino
    result = dossier(path, "nieuw", "R-015", "--begin", "2026-03-02")
    assert result.code == 0 and "bestand" not in result.out
    assert path.stat().st_ino == before
    with opened(path) as boek:
        assert boek.codes() == ["R-014", "R-015"]
        assert boek.read("R-015").traject.begin == date(2026, 3, 2)


@pytest.mark.parametrize("code", ["R-014", "r-014"])
def test_a_code_that_is_taken(path: Path, code: str) -> None:
    result = dossier(path, "nieuw", code, stdin="2026-01-01\n\n\n\n")
    assert result.code == 2 and "staat al in het dossier" in result.err
    assert "1 van 4" not in result.out  # said before anything is asked


def test_a_weak_wachtzin_makes_no_dossier(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    result = run_dossier(path, "dossier", "nieuw", "R-001", "--weken", "6", wachtzin="kort")
    assert result.code != 0 and not path.exists() and "regiekit:" in result.err


def test_a_synced_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "OneDrive - Bureau" / "d.regiekit"
    result = dossier(path, "nieuw", "R-001", "--begin", "2026-01-05")
    said = " ".join(result.out.split())
    assert "een programma kopieert deze map naar elders (OneDrive - Bureau)" in said
    assert said.index("OneDrive - Bureau)") < said.index("Je dossier is gemaakt")
    assert "REGIEKIT_DOSSIER" in said


def test_what_a_killed_run_left_behind_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while the file is made: at its own name there is nothing, and the next try clears what was left."""
    path = tmp_path / "d.regiekit"

    def killed(*_: object) -> None:
        raise SystemExit(137)

    with monkeypatch.context() as patch:
        patch.setattr("regiekit.schijf.put_new", killed)
        patch.setattr("regiekit.cli.output._remove", lambda _: None)
        with pytest.raises(SystemExit):
            dossier(path, "nieuw", "R-001", "--begin", "2026-01-05")
    assert not path.exists() and len(names(tmp_path)) == 1
    monkeypatch.setattr("regiekit.cli.output._runs", lambda _: False)  # that program runs no more
    assert dossier(path, "nieuw", "R-001", "--begin", "2026-01-05").code == 0
    assert names(tmp_path) == ["d.regiekit"]


def test_two_windows_make_it_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other is ready first: this one opens what the other made."""
    path = tmp_path / "d.regiekit"
    original = dossier_begin.put_dossier

    def late(*arguments: Any) -> None:
        make_client(path, "R-900")
        original(*arguments)

    monkeypatch.setattr(dossier_begin, "put_dossier", late)
    result = dossier(path, "nieuw", "R-001", "--begin", "2026-01-05")
    assert result.code == 0 and "een ander venster maakte dit dossier net" in result.err
    with opened(path) as boek:
        assert boek.codes() == ["R-001", "R-900"]


def test_two_windows_with_two_wachtzinnen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.regiekit"
    original = dossier_begin.put_dossier

    def late(*arguments: Any) -> None:
        make_client(path, "R-900")
        original(*arguments)

    monkeypatch.setattr(dossier_begin, "put_dossier", late)
    result = run_dossier(path, "dossier", "nieuw", "R-001", "--weken", "6", wachtzin="heel andere zin van mij")
    assert result.code == 2 and "een andere wachtzin" in result.err
    with opened(path) as boek:
        assert boek.codes() == ["R-900"]


def test_many_make_it_at_the_same_moment(tmp_path: Path) -> None:
    """One file wins, whole; every other is told."""
    path = tmp_path / "d.regiekit"
    start, won = threading.Barrier(6), []

    def make() -> None:
        head = opslag.new_head()
        key = opslag.derive_key(WACHTZIN, head)
        start.wait()
        try:
            dossier_begin.put_dossier(path, key, head)
            won.append(head)
        except FileExistsError:
            pass

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1 and opslag.read_head(path) == won[0] and names(tmp_path) == ["d.regiekit"]


def test_the_key_in_the_keychain_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr(sleutelbos, "remember", lambda head, key: kept.append(key))
    assert dossier(tmp_path / "a.regiekit", "nieuw", "R-001", "--weken", 6).code == 0 and kept == []
    assert dossier(tmp_path / "b.regiekit", "nieuw", "R-001", "--weken", 6, "--onthoud").code == 0
    head = opslag.read_head(tmp_path / "b.regiekit")
    assert kept == [opslag.derive_key(WACHTZIN, head)]


def test_without_a_keychain_the_dossier_is_there_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise RegiekitError("deze computer heeft geen sleutelbos")

    monkeypatch.setattr(sleutelbos, "remember", none)
    result = dossier(tmp_path / "b.regiekit", "nieuw", "R-001", "--weken", 6, "--onthoud")
    assert result.code == 0 and "geen sleutelbos" in result.err and sound(tmp_path / "b.regiekit")


def test_a_folder_where_nothing_may_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    result = dossier(tmp_path / "d.regiekit", "nieuw", "R-001", "--weken", 6)
    assert result.code == 2 and "mag je niet schrijven" in result.err


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("x")
    result = dossier(tmp_path / "map" / "d.regiekit", "nieuw", "R-001", "--weken", 6)
    assert result.code == 2 and "kan niet gemaakt worden" in result.err


def test_a_demonstration_is_no_place_for_a_client(tmp_path: Path) -> None:
    path = tmp_path / "demo.regiekit"
    head = opslag.new_head(verzonnen=True)
    opslag.make_file(path, opslag.derive_key(opslag.WACHTZIN_VERZONNEN, head), head)
    result = run("dossier", "nieuw", "R-001", "--weken", "6", "--dossier", path)
    assert result.code == 0 and "geen echte cliënt" in result.err
    for words in (("toon", "R-001"), ("lijst",)):
        assert "VERZONNEN" in run("dossier", *words, "--dossier", path).out


def test_the_questions_from_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    result = dossier(path, "nieuw", "R-014", "--datum", "2026-02-01",
                     stdin="5 januari 2026\n3-2-2025\nWeer werken, het liefst buiten\n\n")  # fmt: skip
    assert result.code == 0
    (kept,) = held(path, "traject")
    assert kept.datum == kept.inhoud.begin == date(2026, 1, 5)
    assert kept.inhoud.eerste_ziektedag == date(2025, 2, 3)
    assert kept.inhoud.eigen_doelen == ("Weer werken, het liefst buiten",) and kept.inhoud.doel_spoor_2 is None


def test_nobody_to_ask_is_everything_skipped(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    assert dossier(path, "nieuw", "R-014", "--datum", "2026-02-01", stdin="").code == 0
    assert held(path, "traject")[0].inhoud.begin == date(2026, 2, 1)


def test_input_that_ends_halfway_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    result = dossier(path, "nieuw", "R-014", stdin="2026-01-05\n")
    assert result.code == 130 and "R-014 staat nog niet in het dossier" in " ".join(result.out.split())
    with opened(path) as boek:
        assert boek.codes() == []


@unix
def test_on_a_terminal_from_the_first_question_to_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.regiekit"
    screen = Terminal("dossier", "nieuw", "R-014", "--dossier", path, "--datum", "2026-02-01")
    try:
        screen.wait_for("Nieuwe wachtzin (je ziet niet wat je typt): ")
        screen.type(f"{WACHTZIN}\n")
        screen.wait_for("Nog een keer dezelfde wachtzin: ")
        screen.type(f"{WACHTZIN}\n")
        screen.wait_for("1 van 4.")
        screen.wait_for("vandaag) ")
        screen.type("12 maart\n")
        screen.wait_for("typ die met het jaar")
        screen.type("\n")
        screen.wait_for("2 van 4.")
        screen.type("\n")
        screen.wait_for("3 van 4.")
        screen.type("Samen met Fatima wandelen\n")
        screen.wait_for("'Fatima' lijkt een naam")
        screen.type("n\n")
        screen.wait_for("3 van 4.")
        screen.type("Samen wandelen\n")
        screen.wait_for("4 van 4.")
        screen.type("\n")
        assert "R-014 staat in het dossier. Begin: zo 01-02-2026." in " ".join(screen.rest().split())
        assert screen.process.wait(20) == 0
    finally:
        screen.close()
    monkeypatch.setattr(opslag, "ROUNDS", ROUNDS)  # that process has its own
    assert held(path, "traject")[0].inhoud.eigen_doelen == ("Samen wandelen",)


# What may be typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["Fatima", "jansen-2", "m.devries"])
def test_a_code_that_seems_a_name(path: Path, code: str) -> None:
    result = dossier(path, "nieuw", code, "--weken", 6)
    assert result.code == 4 and "lijkt een naam" in result.err
    assert dossier(path, "nieuw", code, "--weken", 6, "--geen-naam").code == 0


def test_a_code_that_seems_a_name_is_asked_on_a_terminal(path: Path, terminal: None) -> None:
    assert dossier(path, "nieuw", "Fatima", "--weken", 6, stdin="n\n").code == 4
    assert dossier(path, "nieuw", "Fatima", "--weken", 6, stdin="j\n").code == 0


@pytest.mark.parametrize("code", ["Jan de Vries", BSN, "06-12345678", "", "-R", "R/1"])
def test_what_can_be_no_code(path: Path, code: str) -> None:
    result = dossier(path, "nieuw", "--weken", 6, "--", code)
    assert result.code == 2
    with opened(path) as boek:
        assert boek.codes() == ["R-014"]


def test_a_burgerservicenummer_is_refused_with_its_field(path: Path) -> None:
    words = ("nieuw", "R-015", "--visie-werknemer", f"ik ben {BSN[:3]} {BSN[3:6]} {BSN[6:]}")
    result = dossier(path, *words)
    assert result.code == 4 and "veld 'visie_werknemer':1:8" in result.err and "Er is niets bewaard" in result.err
    assert dossier(path, *words, "--geen-bsn").code == 0


def test_a_number_that_fails_the_eleven_test_is_fine(path: Path) -> None:
    assert dossier(path, "nieuw", "R-015", "--eigen-doel", "factuur 111222334, tel 06-12345678").code == 0


def test_a_name_is_one_line_where_nobody_can_be_asked(path: Path) -> None:
    result = dossier(path, "nieuw", "R-015", "--eigen-doel", "Met Fatima bellen", "--keuze", "Bij mevrouw Bakker")
    assert result.code == 0 and result.err.count("lijkt een naam") == 1 == result.err.count("\n")
    assert "'Fatima' (in eigen_doelen) of 'mevrouw Bakker' (in keuzes)" in result.err


def test_a_name_in_an_option_is_asked_on_a_terminal(path: Path, terminal: None) -> None:
    words = ("traject", "R-014", "--eigen-doel", "Met Fatima bellen")
    assert dossier(path, *words, stdin="n\n").code == 4 and not held(path, "traject")[0].inhoud.eigen_doelen
    assert dossier(path, *words, stdin="j\n").code == 0
    assert dossier(path, "traject", "R-014", "--keuze", "dinsdag").code == 0  # what was agreed is not asked again


@pytest.mark.parametrize("text", [
    "Rust eerst. Sollicitatiebrief geschreven, LinkedIn bijgewerkt en Excel geoefend.",
    "Belde het UWV en de HR-adviseur over 12 maart; in april verder in Utrecht.",
    "Samen met haar zus naar de open dag van het ROC. Proefplaatsing besproken.",
])  # fmt: skip
def test_ordinary_sentences_hold_no_name(text: str) -> None:
    assert dossier_teksten._namen_in(text) == []


@pytest.mark.parametrize("name", ["Fatima", "Wouter", "mevrouw Bakker", "J. de Vries", "Szymanska"])
def test_names_are_seen(name: str) -> None:
    assert [v.woord for v in dossier_teksten._namen_in(f"Ik sprak met {name} over werk.")] == [name]


def test_a_text_that_is_too_long_and_one_with_a_control_character(path: Path) -> None:
    assert dossier(path, "traject", "R-014", "--eigen-doel", "x" * 4000).code == 0
    long = dossier(path, "traject", "R-014", "--eigen-doel", "x" * 4001)
    assert long.code == 2 and "te lang (hoogstens 4000 tekens)" in long.err and long.err.count("\n") == 1
    bell = dossier(path, "traject", "R-014", "--eigen-doel", "a\x07b")
    assert bell.code == 2 and "onzichtbaar stuurteken" in bell.err


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=200))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_comes_back_as_it_was_typed(tmp_path: Path, text: str) -> None:
    path = tmp_path / f"{len(names(tmp_path))}.regiekit"
    if not text.strip() or dossier_teksten._bsn_in(text):
        return
    result = dossier(path, "nieuw", "R-014", f"--visie-werknemer={text}")
    assert result.code == 0, result.err
    assert held(path, "traject")[0].inhoud.visie_werknemer == text


def test_a_value_that_cannot_be_is_told_with_its_field() -> None:
    for values, said in (
        ({"rapportage_weken": 99, "begin": "2026-01-05"}, "veld 'rapportage_weken': '99' is te hoog"),
        ({"rapportage_weken": 6}, "hier ontbreekt 'begin'"),
        ({"begin": "gisteren"}, "veld 'begin': 'gisteren' is geen datum"),
        ({"begin": "2026-01-05", "onzin": 1}, "'onzin' hoort hier niet"),
    ):
        with pytest.raises(RegiekitError, match=re.escape(said)):
            dossier_teksten.make_inhoud(SOORTEN["traject"], values)


# The list -------------------------------------------------------------------------------------------------------------


def row(result: Result, code: str) -> str:
    return next(line for line in result.out.splitlines() if line.strip().startswith(code))


@pytest.mark.parametrize(("days", "said", "attention"), [
    (-8, "over 8 dagen", False), (-7, "over 7 dagen", True), (-1, "morgen", True), (0, "vandaag", True),
    (1, "1 dag te laat", True), (3, "3 dagen te laat", True),
])  # fmt: skip
def test_before_on_and_after_the_day_of_the_rapportage(path: Path, days: int, said: str, attention: bool) -> None:
    talk(path, volgende=date(2026, 12, 1))
    report = date(2026, 1, 5) + timedelta(weeks=6)
    result = dossier(path, "lijst", "--datum", report + timedelta(days=days))
    assert f"{report:%d-%m-%Y}" in row(result, "R-014") and said in result.out
    assert (f"! Rapportage, nu of binnen een week: R-014 ({said})" in result.out) == attention
    (data,) = dossier(path, "lijst", "--datum", report + timedelta(days=days), "--json").json
    assert data["rapportage"] == report.isoformat() and ("rapportage" in data["let_op"]) == attention


@pytest.mark.parametrize("laatste", [None, date(2026, 2, 1)])
def test_a_first_rapportage_long_ago_is_asked_and_not_blamed(path: Path, laatste: date | None) -> None:
    if laatste:
        assert dossier(path, "traject", "R-014", "--laatste-rapportage", laatste).code == 0
    talk(path, volgende=date(2026, 12, 1))
    sentence = "Is er al gerapporteerd? Zet die dag erin: regiekit dossier traject"
    (data,) = dossier(path, "lijst", "--datum", "2026-10-01", "--json").json
    assert data["let_op"] == ["rapportage" if laatste else "rapportage-onbekend"]
    after = dossier(path, "gesprek", "R-014", "--doel", "x", "--datum", "2026-10-01")
    for result in (dossier(path, "lijst", "--datum", "2026-10-01"), after,
                   dossier(path, "toon", "R-014", "--datum", "2026-10-01")):  # fmt: skip
        said = " ".join(result.out.split())
        assert (sentence in said) == (laatste is None) and ("te laat" in said) == (laatste is not None), said


def test_a_new_client_of_long_ago_is_not_late(path: Path) -> None:
    result = dossier(path, "nieuw", "R-015", "--begin", "2026-01-05", "--datum", "2026-10-10")
    said = " ".join(result.out.split())
    assert "Is er al gerapporteerd? Zet die dag erin: regiekit dossier traject R-015" in said
    assert "te laat" not in said


def test_a_terminal_asks_for_the_last_rapportage_of_a_traject_that_runs(path: Path, terminal: None) -> None:
    typed = "2026-01-05\n\n\n\n2026-09-01\n"
    result = dossier(path, "nieuw", "R-015", "--datum", "2026-10-10", stdin=typed)
    assert result.code == 0 and "laatste rapportage aan de werkgever" in result.out, result.err
    with opened(path) as boek:
        assert boek.read("R-015").traject.laatste_rapportage == date(2026, 9, 1)
    recent = dossier(path, "nieuw", "R-016", "--datum", "2026-10-10", stdin="2026-09-05\n\n\n\n")
    assert recent.code == 0 and "laatste rapportage aan" not in recent.out


def test_the_rapportage_counts_from_the_last_one_and_by_its_own_weeks(path: Path) -> None:
    assert dossier(path, "traject", "R-014", "--laatste-rapportage", "2026-02-20", "--weken", 4).code == 0
    (data,) = dossier(path, "lijst", "--json", "--datum", "2026-03-01").json
    assert data["rapportage"] == "2026-03-20"


def test_talks_that_ask_for_attention(path: Path) -> None:
    def attention(day: str) -> list[str]:
        found: list[str] = dossier(path, "lijst", "--json", "--datum", day).json[0]["let_op"]
        return found

    assert attention("2026-01-06") == ["geen-gesprek"]
    talk(path, volgende=date(2026, 2, 20))
    assert attention("2026-01-06") == attention("2026-01-20") == []
    assert "gesprek-geweest" not in attention("2026-02-20") and "gesprek-geweest" in attention("2026-02-21")


def test_a_talk_that_was_cancelled_is_not_the_last_talk(path: Path) -> None:
    talk(path, doel="eerst")
    with opened(path) as boek:
        boek.add("R-014", date(2026, 2, 20), Gesprek(aanwezig="afgezegd", volgende=date(2026, 3, 6)))
    (data,) = dossier(path, "lijst", "--json", "--datum", "2026-02-21").json
    assert (data["laatste_gesprek"], data["volgend_gesprek"]) == ("2026-02-09", "2026-03-06")


def test_a_closed_traject_is_marked_and_due_the_day_after(path: Path) -> None:
    with opened(path) as boek:
        boek.add("R-014", date(2024, 2, 29), Sluiting())  # two years later there is no 29 February
    for day, due in (("2026-02-27", False), ("2026-02-28", False), ("2026-03-01", True)):
        result = dossier(path, "lijst", "--datum", day)
        assert "afgesloten" in row(result, "R-014") and "28-02-2026" in result.out
        assert ("De bewaartermijn is voorbij" in result.out) == due
        (data,) = dossier(path, "lijst", "--json", "--datum", day).json
        assert data["let_op"] == (["wissen"] if due else []) and data["rapportage"] is None


def test_pages_hold_everyone_once(path: Path) -> None:
    with opened(path) as boek:
        for number in range(20, 30):
            boek.new_client(f"R-0{number}", date(2026, 1, 5), aantekening.Traject(begin=date(2026, 1, 5)))
    seen, last = [], ""
    for _ in range(9):
        page = [one["id"] for one in dossier(path, "lijst", "--json", "--aantal", 4, "--na", last).json]
        seen += page
        if not page:
            break
        last = page[-1]
    assert seen == ["R-014", *(f"R-0{n}" for n in range(20, 30))]
    result = dossier(path, "lijst", "--aantal", 4)
    assert f"Verder: regiekit dossier lijst --na R-022 --dossier {path}" in " ".join(result.out.split())
    assert "Verder" not in dossier(path, "lijst", "--na", "R-022", "--aantal", 7).out
    for_a_program = dossier(path, "lijst", "--json", "--aantal", 4)
    assert "Er zijn er meer. Verder: regiekit dossier lijst --na R-022" in for_a_program.err
    assert dossier(path, "lijst", "--json", "--na", "R-022", "--aantal", 7).err == ""
    assert "Na R-029 staat er niemand meer." in dossier(path, "lijst", "--na", "R-029").out


def test_an_empty_dossier_says_how_to_begin(tmp_path: Path) -> None:
    with opened(tmp_path / "d.regiekit"):
        pass
    result = dossier(tmp_path / "d.regiekit", "lijst")
    assert result.code == 0 and "regiekit dossier nieuw CODE" in result.out
    assert dossier(tmp_path / "d.regiekit", "lijst", "--json").json == []


@pytest.mark.parametrize("columns", [40, 80])
def test_the_list_and_one_client_fit(path: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    talk(path, doel="x " * 200, afspraken=(Afspraak(wat="cv maken", wie="cliënt", wanneer="april"),))
    with opened(path) as boek:
        boek.new_client(
            "R-2026-EEN-VRIJ-LANGE-CODE-MET-LETTERS", date(2026, 1, 5), aantekening.Traject(begin=date(2026, 1, 5))
        )
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in (("lijst",), ("toon", "R-014", "--alles")):
        lines = dossier(path, *words, "--datum", "2026-03-01").out.splitlines()
        assert [line for line in lines if len(line.rstrip()) > columns] == []
        assert "\x1b" not in "".join(lines)


def test_no_score_in_the_list(path: Path) -> None:
    add_afname(path)
    result = dossier(path, "lijst")
    assert not re.search(r"score|3,0|eigen-regie|niveau", result.out + str(dossier(path, "lijst", "--json").json))


# One client -----------------------------------------------------------------------------------------------------------


def test_everything_that_holds_in_order_of_day(path: Path) -> None:
    talk(path, doel="Kennis maken", aanwezig="niet-verschenen", client_doet=("wandelen",),
         afspraken=(Afspraak(wat="cv maken", wie="cliënt", wanneer="april"), Afspraak(wat="bellen")))  # fmt: skip
    add_afname(path, autonomie_1=None, autonomie_2="nvt")
    with opened(path) as boek:
        boek.add(
            "R-014", date(2026, 2, 16), Opvolging(van=2, wat="bellen", uitkomst="niet-gedaan", toelichting="geen tijd")
        )
        boek.add("R-014", date(2026, 2, 17), Inoculatie(obstakels=("de reis", "de drukte"), actie="proefrit"))
        boek.add("R-014", date(2026, 2, 18), Besluit(niveau="midden", reden="samen besproken"))
    result = dossier(path, "toon", "R-014", "--alles", "--datum", "2026-02-20")
    assert result.code == 0
    assert re.findall(r"^(\d+)  \w\w (\d\d-\d\d)", result.out, re.MULTILINE) == [
        ("1", "05-01"), ("3", "12-01"), ("2", "09-02"), ("4", "16-02"), ("5", "17-02"), ("6", "18-02")
    ]  # fmt: skip
    for line in ("2.1 open: cv maken (cliënt, april)", "2.2 niet gedaan: bellen", "2.3 open: wandelen",
                 "Aanwezig: niet verschenen", "proefrit [5.1 open]",
                 "Over punt: 2.2", "Reden: samen besproken",
                 "autonomie-1 niet beantwoord, autonomie-2 nvt, autonomie-3 3",
                 "regiekit dossier corrigeer R-014 NUMMER"):  # fmt: skip
        assert line in " ".join(result.out.split()), line
    opened_now = result.out.split("Nog open")[1]
    assert "2.1 cv maken (cliënt, april)" in opened_now and "bellen" not in opened_now


def test_in_short_it_fits_a_screen_and_says_how_to_see_all(path: Path) -> None:
    for n in range(1, 6):
        talk(path, doel=f"doel {n}", notitie="iets", client_doet=(f"stap {n}",))
    add_afname(path)
    with opened(path) as boek:
        boek.add("R-014", date(2026, 2, 8), Besluit(niveau="midden", reden="samen besproken"))
    out = dossier(path, "toon", "R-014").out
    assert "doel 5" in out and "doel 4" not in out and "Gesprek, het laatste van 5" in out
    assert "Reden: samen besproken" in out and "autonomie-1" not in out
    assert re.search(r"^  7 ma 12-01-2026 Eigen regie in het tweede spoor", out, re.MULTILINE)
    assert [f"{n}.1 stap {n - 1}" in out for n in range(2, 7)] == [True] * 5
    assert "regiekit dossier toon R-014 --alles (8 aantekeningen)" in out and len(out.splitlines()) < 40
    whole = dossier(path, "toon", "R-014", "--alles").out
    assert "doel 1" in whole and "autonomie-1 3, autonomie-2 3" in whole


def test_an_opvolging_names_the_number_that_holds(path: Path) -> None:
    talk(path, client_doet=("wandelen",))
    with opened(path) as boek:
        boek.add("R-014", date(2026, 2, 16), Opvolging(van=2, wat="wandelen", uitkomst="gedaan"))
    assert dossier(path, "corrigeer", "R-014", 2, "--veld", "doel", "--waarde", "x", "--reden", "vergeten").code == 0
    whole = dossier(path, "toon", "R-014", "--alles").out
    assert "4.1 gedaan: wandelen" in whole and "Over punt: 4.1" in whole
    coach = run_dossier(path, "verslag", "--voor", "coach", "R-014")
    assert "Over punt: 4.1" in coach.out, coach.err


def test_what_was_replaced_is_counted_and_shown_with_alles(path: Path) -> None:
    talk(path, doel="oud doel")
    assert (
        dossier(path, "corrigeer", "R-014", 2, "--veld", "doel", "--waarde", "nieuw doel", "--reden", "vergist").code
        == 0
    )
    plain = dossier(path, "toon", "R-014").out
    assert "nieuw doel" in plain and "oud doel" not in plain
    assert "--alles (2 aantekeningen, verbeterd: 1)" in " ".join(plain.split())
    whole = dossier(path, "toon", "R-014", "--alles").out
    assert "Doel: oud doel → nieuw doel" in whole and "reden: vergist" in whole
    assert f"Veranderd op {words_of(date.today())} (eerst nummer 2" in whole
    both = [a["nummer"] for a in dossier(path, "toon", "R-014", "--json", "--alles").json["aantekeningen"]]
    assert both == [1, 2, 3] and len(dossier(path, "toon", "R-014", "--json").json["aantekeningen"]) == 2
    old = dossier(path, "toon", "R-014", "--nummer", 2).out
    assert "oud doel" in old and "vervangen door nummer 3" in old and "Traject" not in old


def test_a_client_or_a_number_that_is_not_there(path: Path) -> None:
    assert "bedoelde je R-014?" in dossier(path, "toon", "R-041").err
    missing = dossier(path, "toon", "R-014", "--nummer", 9)
    assert missing.code == 2 and "aantekening 9 van R-014 is er niet" in missing.err


def test_every_field_has_a_label_of_its_own() -> None:
    for soort, model in SOORTEN.items():
        labels = [label_of(model, veld) for veld in model.model_fields]
        assert len(set(labels)) == len(labels), soort
        short = [short_label(veld) for veld in model.model_fields]
        assert len(set(short)) == len(short) and max(map(len, short)) <= 30, soort
        assert not [label for label in labels if not label or label[0].islower() or label.endswith((".", ":", ";"))]
    assert label_of(Gesprek, "gedaan") == "Wat jullie deden"
    assert label_of(Inoculatie, "obstakels") == "Stap 1: De obstakels, letterlijk zoals de cliënt ze noemde"


# The traject ----------------------------------------------------------------------------------------------------------


def test_a_list_gets_longer_and_the_old_version_stays(path: Path) -> None:
    dossier(path, "traject", "R-014", "--eigen-doel", "een", "--doel-spoor-2", "ander werk")
    dossier(path, "traject", "R-014", "--eigen-doel", "twee", "--datum", "2026-02-01", "--reden", "na het gesprek")
    (now,) = held(path, "traject")
    assert now.inhoud.eigen_doelen == ("een", "twee") and now.inhoud.doel_spoor_2 == "ander werk"
    assert (now.datum, now.reden, now.vervangt) == (date(2026, 2, 1), "na het gesprek", 2)
    assert now.inhoud.begin == date(2026, 1, 5)


def test_zonder_empties_first(path: Path) -> None:
    dossier(path, "traject", "R-014", "--eigen-doel", "een", "--visie-werkgever", "rustig aan")
    result = dossier(
        path, "traject", "R-014", "--zonder", "eigen-doelen", "--zonder", "visie_werkgever", "--eigen-doel", "nieuw"
    )
    assert result.code == 0 and "Eigen doelen: een → nieuw" in " ".join(result.out.split())
    assert held(path, "traject")[0].inhoud.eigen_doelen == ("nieuw",)
    assert held(path, "traject")[0].inhoud.visie_werkgever is None
    refused = dossier(path, "traject", "R-014", "--zonder", "begin")
    assert refused.code == 2 and "kies eerste-ziektedag" in refused.err


def test_nothing_changes_is_said(path: Path) -> None:
    result = dossier(path, "traject", "R-014", "--begin", "2026-01-05")
    assert result.code == 2 and "verandert er niets" in result.err and len(held(path, "traject")) == 1


def test_the_traject_asked_from_a_pipe(path: Path) -> None:
    result = dossier(path, "traject", "R-014", "--datum", "2026-02-01", stdin="3\neen\ntwee\n\n9\n4\n\n")
    assert result.code == 0, result.err
    (now,) = held(path, "traject")
    assert now.inhoud.eigen_doelen == ("een", "twee") and now.inhoud.rapportage_weken == 4 and now.reden == "gewijzigd"


# Corrections ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("veld", "waarden", "kept"), [
    ("doel", ["ander doel"], "ander doel"),
    ("doel", [""], None),
    ("client-doet", ["een", "twee"], ("een", "twee")),
    ("client_doet", [""], ()),
    ("volgende", ["12 maart 2026"], date(2026, 3, 12)),
    ("sturing", ["los"], "los"),
    ("aanwezig", ["afgezegd"], "afgezegd"),
    ("technieken", ["inoculatie", "autonomie"], ("inoculatie", "autonomie")),
    ("afspraken", ["cv; cliënt; april", "bellen"],
     (Afspraak(wat="cv", wie="cliënt", wanneer="april"), Afspraak(wat="bellen"))),
])  # fmt: skip
def test_one_field_of_a_talk(path: Path, veld: str, waarden: list[str], kept: Any) -> None:
    talk(path, doel="doel", client_doet=("oud",), notitie="blijft", volgende=date(2026, 2, 23))
    options = [part for waarde in waarden for part in ("--waarde", waarde)]
    result = dossier(path, "corrigeer", "R-014", 2, "--veld", veld, *options, "--reden", "vergist")
    assert result.code == 0, result.err
    (now,) = held(path, "gesprek")
    assert getattr(now.inhoud, veld.replace("-", "_")) == kept and now.inhoud.notitie == "blijft"
    assert (now.nummer, now.vervangt, now.reden, now.datum) == (3, 2, "vergist", date(2026, 2, 9))


@pytest.mark.parametrize(("words", "said"), [
    (("--veld", "sturing", "--waarde", "hard"), "kies strak, gedeeld, los"),
    (("--veld", "volgende", "--waarde", "gisteren"), "lees ik niet als dag"),
    (("--veld", "volgende", "--waarde", "2026-02-30"), "lees ik niet als dag"),
    (("--veld", "doel", "--waarde", "a", "--waarde", "b"), "heeft één waarde"),
    (("--veld", "doel"), "hoort --waarde"),
    (("--waarde", "x"), "hoort bij --veld"),
    (("--veld", "doell", "--waarde", "x"), "bedoelde je doel?"),
    (("--veld", "technieken", "--waarde", "Twee Woorden"), "kan geen id zijn"),
    (("--veld", "doel", "--waarde", "doel"), "verandert er niets"),
])  # fmt: skip
def test_a_wrong_value_is_one_line_and_changes_nothing(path: Path, words: tuple[str, ...], said: str) -> None:
    talk(path, doel="doel")
    result = dossier(path, "corrigeer", "R-014", 2, *words, "--reden", "vergist")
    assert result.code == 2 and said in result.err and result.err.count("\n") == 1
    assert [a.nummer for a in held(path, "gesprek")] == [2]


def test_a_reason_is_needed(path: Path) -> None:
    talk(path, doel="doel")
    result = dossier(path, "corrigeer", "R-014", 2, "--veld", "doel", "--waarde", "x")
    assert result.code == 2 and "--reden" in result.err and held(path, "gesprek")[0].inhoud.doel == "doel"


def test_the_day_itself(path: Path) -> None:
    talk(path, doel="doel")
    result = dossier(path, "corrigeer", "R-014", 2, "--datum", "2026-02-10", "--reden", "verkeerde dag")
    assert result.code == 0 and "De dag: ma 09-02-2026 → di 10-02-2026" in result.out
    assert held(path, "gesprek")[0].datum == date(2026, 2, 10)


def test_of_what_was_replaced_the_number_of_now_is_named(path: Path) -> None:
    talk(path, doel="doel")
    dossier(path, "corrigeer", "R-014", 2, "--veld", "doel", "--waarde", "x", "--reden", "vergist")
    result = dossier(path, "corrigeer", "R-014", 2, "--veld", "doel", "--waarde", "y", "--reden", "vergist")
    assert result.code == 2 and "al vervangen door 3" in result.err and "corrigeer R-014 3" in result.err


@pytest.mark.parametrize(("veld", "waarde", "kept"), [
    ("antwoorden.autonomie-1", "5", 5), ("autonomie-1", "1", 1), ("autonomie-1", "weet-niet", "weet-niet"),
    ("autonomie-1", "", None),
])  # fmt: skip
def test_an_answer_after_handing_in(path: Path, veld: str, waarde: str, kept: Any) -> None:
    add_afname(path)
    result = dossier(
        path, "corrigeer", "R-014", 2, "--veld", veld, "--waarde", waarde, "--reden", "cliënt bedacht zich"
    )
    assert result.code == 0, result.err
    (now,) = held(path, "afname")
    assert now.inhoud.antwoorden["autonomie-1"] == kept and now.inhoud.antwoorden["autonomie-2"] == 3
    assert "autonomie-1: 3 → " in result.out and now.datum == date(2026, 1, 12)
    assert "autonomie-1: 3 → " in dossier(path, "toon", "R-014", "--alles").out


@pytest.mark.parametrize(("veld", "waarde", "said"), [
    ("antwoorden.autonomie-1", "6", "buiten de schaal 1 tot en met 5"),
    ("antwoorden.autonomie-1", "vier", "is geen antwoord"),
    ("antwoorden.autonomie-99", "3", "ken ik niet"),
    ("meetmoment", "ooit", "het meetmoment 'ooit' bestaat niet"),
    ("hash", "0000000000000000", "ken ik niet"),
    ("vragenlijst", "schaalvragen", "ken ik niet"),
])  # fmt: skip
def test_an_answer_that_cannot_be(path: Path, veld: str, waarde: str, said: str) -> None:
    add_afname(path)
    result = dossier(path, "corrigeer", "R-014", 2, "--veld", veld, "--waarde", waarde, "--reden", "vergist")
    assert result.code == 2 and said in result.err and held(path, "afname")[0].nummer == 2


def test_every_field_of_every_soort_can_be_named(path: Path) -> None:
    """Of each soort, each field that a person fills in is in the list of what can be corrected."""
    examples: list[Any] = [
        Gesprek(), Opvolging(van=1, wat="w", uitkomst="gedaan"), Inoculatie(obstakels=("o",)), Sluiting(),
        Besluit(niveau="laag", reden="r"), aantekening.Bewaartermijn(tot=date(2030, 1, 1), reden="r"),
        aantekening.Verwijdering(nummers=(9,), reden="r"),
    ]  # fmt: skip
    add_afname(path)
    with opened(path) as boek:
        for inhoud in examples:
            boek.add("R-014", date(2026, 2, 9), inhoud)
        client = boek.read("R-014")
    assert {a.soort for a in client.aantekeningen} == set(SOORTEN)
    for one in client.aantekeningen:
        names = {veld.naam.partition(".")[0] for veld in dossier_corrigeer.find_velden(client, one)}
        missing = set(type(one.inhoud).model_fields) - names - set(dossier_corrigeer.VAST)
        assert missing <= ({"open"} if one.soort == "afname" else set()), one.soort


def test_on_a_terminal_the_fields_are_numbered(path: Path, terminal: None) -> None:
    talk(path, doel="doel", client_doet=("oud",))
    typed = "1\nbeter doel\n5\neen\ntwee\n\n7\nhard\nlos\n0\n2026-02-10\n\nbeter gehoord\n"
    result = dossier(path, "corrigeer", "R-014", 2, stdin=typed)
    assert result.code == 0, result.err
    assert " 1. Doel: doel" in result.out and " 2. Met: leeg" in result.out
    (now,) = held(path, "gesprek")
    assert (now.inhoud.doel, now.inhoud.client_doet, now.inhoud.sturing) == ("beter doel", ("een", "twee"), "los")
    assert (now.datum, now.reden) == (date(2026, 2, 10), "beter gehoord")
    assert "kies strak, gedeeld, los" in result.err


def test_stopping_halfway_changes_nothing(path: Path) -> None:
    talk(path, doel="doel")
    result = dossier(path, "corrigeer", "R-014", 2, stdin="1\nander\n")
    assert result.code == 130 and "Er is niets bewaard" in result.out
    assert [a.nummer for a in held(path, "gesprek")] == [2]


# Taking away ----------------------------------------------------------------------------------------------------------


CANARY = "kanarievogelvandeander"


def everything(path: Path) -> str:
    """All that any table of the dossier holds."""
    with opened(path) as boek:
        tables = [name for (name,) in boek.opslag.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return str([boek.opslag.rows(f"SELECT * FROM {table}") for table in tables])


def test_a_note_of_another_client_is_really_gone(path: Path) -> None:
    talk(path, doel=CANARY, afspraken=(Afspraak(wat=f"{CANARY} bellen"),))
    with opened(path) as boek:
        boek.add("R-014", date(2026, 2, 16), Opvolging(van=2, wat=f"{CANARY} bellen", uitkomst="gedaan"))
        boek.add("R-014", date(2026, 2, 17), Gesprek(doel="van deze cliënt"))
        boek.note_uitvoer("R-014", "verslag", Path("/x/verslag.pdf"), b"x")
    dossier(path, "corrigeer", "R-014", 2, "--veld", "notitie", "--waarde", CANARY, "--reden", "vergist")
    words = ("corrigeer", "R-014", 5, "--weg", "--reden", "stond in het verkeerde dossier", "--datum", "2026-03-01")
    dry = dossier(path, *words)
    assert dry.code == 2 and "er is niets weggehaald" in dry.err and CANARY in everything(path)
    result = dossier(path, *words, "--echt")
    assert result.code == 0 and "/x/verslag.pdf" in result.out and "reservekopie" in result.out
    assert CANARY not in everything(path) and sound(path)
    assert [a.inhoud.doel for a in held(path, "gesprek")] == ["van deze cliënt"]
    (trace,) = held(path, "verwijdering")
    assert trace.inhoud.nummers == (2, 3, 5) and trace.datum == date(2026, 3, 1)
    assert trace.inhoud.reden == "stond in het verkeerde dossier"
    talk(path, doel="daarna")
    assert sound(path) and max(a.nummer for a in held(path, "gesprek")) == 7  # a number is never given twice


def test_it_says_which_back_ups_can_still_hold_it(path: Path, tmp_path: Path) -> None:
    """A back-up of the same day too: what counts is the moment."""
    number = talk(path, doel=CANARY)
    words = ("corrigeer", "R-014", number, "--weg", "--echt", "--reden", "van een ander")
    copy = tmp_path / "kopie.regiekit"
    assert dossier(path, "reservekopie", "--uit", copy).code == 0
    said = " ".join(dossier(path, *words).out.split())
    assert "van voor dit moment kan het nog bevatten, ook een van vandaag" in said and said.endswith(f"weg: {copy}")
    with opened(copy) as boek:
        assert boek.read("R-014").of("gesprek")
    other = tmp_path / "ander.regiekit"
    make_client(other)
    assert talk(other, doel=CANARY) == number
    assert "Het dossier kent er nu geen." in " ".join(dossier(other, *words).out.split())


def test_what_is_taken_away_stands_in_no_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the decrypted pages, also where SQLite holds nothing now; without `secure_delete` it does stand there."""
    assert not left_in_pages(path)
    without = tuple(pragma.replace("secure_delete=ON", "secure_delete=OFF") for pragma in opslag._PRAGMAS)
    monkeypatch.setattr(opslag, "_PRAGMAS", without)
    assert left_in_pages(path)


def left_in_pages(path: Path) -> bool:
    number = talk(path, doel=CANARY)
    dossier(path, "corrigeer", "R-014", number, "--veld", "doel", "--waarde", CANARY * 2, "--reden", "vergist")
    taken = dossier(path, "corrigeer", "R-014", number + 1, "--weg", "--echt", "--reden", "van een ander")
    assert taken.code == 0 and CANARY not in everything(path)
    with opened(path) as boek:
        return CANARY.encode() in boek.opslag.connection.serialize("main")


def test_on_a_terminal_the_code_is_typed_again(path: Path, terminal: None) -> None:
    talk(path, doel=CANARY)
    words = ("corrigeer", "R-014", 2, "--weg")
    assert dossier(path, *words, stdin="verkeerd dossier\nnee\n").code == 2 and CANARY in everything(path)
    assert dossier(path, *words, stdin="verkeerd dossier\nr-014\n").code == 0 and CANARY not in everything(path)


def test_only_the_old_values_go_and_what_was_agreed_stays_followed_up(path: Path) -> None:
    talk(path, doel=CANARY, afspraken=(Afspraak(wat="bellen"),))
    with opened(path) as boek:
        boek.add("R-014", date(2026, 2, 16), Opvolging(van=2, wat="bellen", uitkomst="gedaan"))
    dossier(path, "corrigeer", "R-014", 2, "--veld", "doel", "--waarde", "goed doel", "--reden", "vergist")
    result = dossier(path, "corrigeer", "R-014", 2, "--weg", "--echt", "--reden", "van een ander")
    assert result.code == 0 and "blijft, en heet daarna nummer 2" in result.out
    assert CANARY not in everything(path) and sound(path)
    (now,) = held(path, "gesprek")
    assert (now.nummer, now.eerste, now.inhoud.doel) == (2, 2, "goed doel")
    with opened(path) as boek:
        assert open_punten(boek.read("R-014")) == []


def test_of_the_traject_only_old_values_can_go(path: Path) -> None:
    refused = dossier(path, "corrigeer", "R-014", 1, "--weg", "--echt", "--reden", "x")
    assert refused.code == 2 and "geen oude waarden" in refused.err
    dossier(path, "traject", "R-014", "--eigen-doel", CANARY)
    dossier(path, "traject", "R-014", "--zonder", "eigen-doelen")
    assert dossier(path, "corrigeer", "R-014", 3, "--weg", "--echt", "--reden", "van een ander").code == 0
    assert CANARY not in everything(path) and sound(path) and held(path, "traject")[0].nummer == 1


def test_the_reason_that_stays_names_nobody_else(path: Path) -> None:
    make_client(path, "R-015")
    words = ("corrigeer", "R-014", talk(path, doel=CANARY), "--weg", "--echt", "--reden")
    named = dossier(path, *words, "was van R-015")
    assert named.code == 2 and "R-015" in named.err
    assert dossier(path, *words, f"was van {BSN}").code == 4
    assert CANARY in everything(path)


@given(st.lists(st.sampled_from(["talk", "correct", "opvolging", "weg", "traject"]), max_size=14), st.randoms())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_count_always_holds(tmp_path: Path, steps: list[str], random: Any) -> None:
    path = tmp_path / f"{len(names(tmp_path))}.regiekit"
    make_client(path)
    day = date(2026, 2, 9)
    with opened(path) as boek:
        for number, step in enumerate(steps):
            client = boek.read("R-014")
            found = random.choice(client.aantekeningen)
            if step == "talk":
                boek.add("R-014", day, Gesprek(afspraken=(Afspraak(wat=f"w{number}"),)))
            elif step == "traject":
                now = client.last("traject")
                assert now
                boek.correct("R-014", now.nummer, day, now.inhoud.model_copy(update={"keuzes": (f"k{number}",)}), "r")
            elif step == "correct" and found.soort == "gesprek" and not found.vervangen_door:
                boek.correct("R-014", found.nummer, day, Gesprek(doel=f"d{number}"), "r")
            elif step == "opvolging" and found.soort == "gesprek":
                boek.add("R-014", day, Opvolging(van=found.eerste, wat="w", uitkomst="gedaan"))
            elif step == "weg" and find_weg(client, found.nummer)[0]:
                gone = boek.remove("R-014", found.nummer, day, "r")
                assert not {a.nummer for a in boek.read("R-014").aantekeningen} & set(gone)
            assert boek.faults() == [] and boek.read("R-014").traject


# The end --------------------------------------------------------------------------------------------------------------


def test_the_end_says_until_when_and_what_is_open(path: Path) -> None:
    talk(path, afspraken=(Afspraak(wat="bellen"),))
    result = dossier(path, "sluit", "R-014", "--datum", "2026-06-01", "--reden", "baan gevonden")
    said = " ".join(result.out.split())
    assert "afgesloten op ma 01-06-2026. Het dossier blijft bewaard tot en met do 01-06-2028." in said
    assert "Er staat nog 1 punt open." in said
    again = dossier(path, "sluit", "R-014")
    assert again.code == 2 and "al afgesloten op ma 01-06-2026" in again.err and "--heropen" in again.err


def test_open_again_and_close_again(path: Path) -> None:
    dossier(path, "sluit", "R-014", "--datum", "2026-06-01")
    without = dossier(path, "sluit", "R-014", "--heropen")
    assert without.code == 2 and "--reden" in without.err
    assert dossier(path, "sluit", "R-014", "--heropen", "--reden", "proefplaatsing stopte").code == 0
    with opened(path) as boek:
        client = boek.read("R-014")
    assert client.einde is None and client.of("sluiting")[0].reden == "proefplaatsing stopte"
    (data,) = dossier(path, "lijst", "--json").json
    assert data["einde"] is None and data["bewaren_tot"] is None and data["rapportage"]
    # closed again on a day before the first end: the day that was given counts
    assert dossier(path, "sluit", "R-014", "--datum", "2026-05-01").code == 0
    with opened(path) as boek:
        assert boek.read("R-014").einde == date(2026, 5, 1)
    assert dossier(path, "sluit", "R-014", "--heropen", "--reden", "toch").code == 0


def test_an_end_before_the_begin_and_open_that_is_open(path: Path) -> None:
    assert "voor het begin" in dossier(path, "sluit", "R-014", "--datum", "2026-01-04").err
    assert "niet gesloten" in dossier(path, "sluit", "R-014", "--heropen", "--reden", "x").err


def test_adding_to_a_closed_traject_says_so(path: Path) -> None:
    dossier(path, "sluit", "R-014", "--datum", "2026-06-01")
    result = dossier(path, "traject", "R-014", "--keuze", "dinsdag")
    assert result.code == 0 and "dit traject is afgesloten" in result.err


def test_the_reason_for_the_end_is_asked_on_a_terminal(path: Path, terminal: None) -> None:
    assert dossier(path, "sluit", "R-014", "--datum", "2026-06-01", stdin="baan gevonden\n").code == 0
    assert held(path, "sluiting")[0].inhoud.reden == "baan gevonden"


# What every command does alike ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [
    ("lijst",), ("toon", "R-014"), ("traject", "R-014", "--weken", "4"), ("sluit", "R-014"),
    ("corrigeer", "R-014", "1", "--veld", "keuzes", "--waarde", "x", "--reden", "y"),
])  # fmt: skip
def test_without_a_dossier_and_with_the_wrong_wachtzin(path: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    none = run_dossier(tmp_path / "geen.regiekit", "dossier", *words)
    assert none.code == 2 and "hier is nog geen dossier" in none.err and not (tmp_path / "geen.regiekit").exists()
    wrong = run_dossier(path, "dossier", *words, wachtzin="heel andere zin van mij")
    assert wrong.code == 5 and "past niet" in wrong.err
    with opened(path) as boek:
        assert len(boek.read("R-014").aantekeningen) == 1


def test_the_place_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_client(tmp_path / "eigen.regiekit")
    monkeypatch.setenv(plaats.VARIABELE, str(tmp_path / "eigen.regiekit"))
    reader, writer = os.pipe()
    os.write(writer, f"{WACHTZIN}\n".encode())
    os.close(writer)
    assert run("dossier", "lijst", "--json", "--wachtzin-fd", reader).json[0]["id"] == "R-014"
    os.close(reader)


@pytest.fixture(scope="session", autouse=True)
def no_leftovers() -> Iterator[None]:
    """Nothing of a dossier was put in the folder of the tests."""
    before = set(Path.cwd().glob("*.regiekit"))
    yield
    assert set(Path.cwd().glob("*.regiekit")) == before


def test_a_number_of_a_person_as_a_code_is_refused_as_everywhere(tmp_path: Path) -> None:
    refused = run_dossier(tmp_path / "d.regiekit", "dossier", "nieuw", "111222333")
    assert (refused.code, len(refused.err.splitlines())) == (4, 1)
    named = run_dossier(tmp_path / "d.regiekit", "dossier", "nieuw", "Jan")
    assert (named.code, len(named.err.splitlines())) == (4, 1)
    assert not (tmp_path / "d.regiekit").exists()


def test_a_rapportage_that_may_have_been_given_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    assert run_dossier(path, "dossier", "nieuw", "R-014", "--begin", "2024-01-05").code == 0
    told = run_dossier(path, "voorbereiding", "R-014")
    assert "Is er al gerapporteerd?" in told.err and "al voorbij" not in told.err
    assert run_dossier(path, "dossier", "traject", "R-014", "--laatste-rapportage", "2024-02-01").code == 0
    assert "al voorbij" in run_dossier(path, "voorbereiding", "R-014").err

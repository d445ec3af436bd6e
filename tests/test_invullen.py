"""Filling in a vragenlijst on the terminal: by a pipe, and by a real terminal with a process that is killed."""

from __future__ import annotations

import errno
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from regiekit.content.library import load_formulierteksten
from regiekit.domain.formulier import Keuzes, make_formulier
from regiekit.domain.papiercode import make_papiercode, read_papiercode
from regiekit.errors import RegiekitError
from regiekit.kanaal.invulbestand import Invulbestand, clean
from util import EIGEN_REGIE, ROOT, VRAGEN, Result, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "invullen"
DUTCH = next(t for t in load_formulierteksten() if t.id == "nl")
TERMINAL = DUTCH.terminal
START = ("--client", "R-014", "--meetmoment", "start")
OPEN = ["start-1", "start-2", "start-3"]
posix = pytest.mark.skipif(os.name == "nt", reason="een terminal van POSIX")


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


def fill(typed: list[str], *arguments: object, lijst: object = "eigen-regie", start: bool = True) -> Result:
    """One run with these lines typed; an Enter to begin stands before them."""
    lines = ["", *typed] if start else typed
    return run("vragenlijst", "invullen", lijst, *arguments, stdin="".join(f"{line}\n" for line in lines))


def kept(name: str = "afname-R-014-eigen-regie-start.yaml") -> Any:
    return yaml.safe_load(Path(name).read_text(encoding="utf-8"))


def scores(path: object) -> dict[str, Any]:
    return {s["id"]: s["score"] for s in run("score", path, "--json").json["schalen"]}


# A whole run --------------------------------------------------------------------------------------------------------

WHOLE = [*"4", "t", "?", "5", *"321543x21", "w", "z", "n", "", *"3214", "Rust: \"en\" é", "", "n", "geen idee", "8",
         "4", "t", "-", "99", "k"]  # fmt: skip


@pytest.mark.parametrize("columns", [80, 40])
def test_a_whole_run_reads_as_it_should(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("regiekit.cli.invullen.find_path", Path)  # a path as long on every machine
    result = fill(WHOLE, *START)
    assert (result.code, result.err) == (0, "")
    golden = GOLDEN / f"gesprek-{columns}.txt"
    if os.environ.get("REGIEKIT_SCHRIJF_DOCS"):
        golden.write_text(result.out, encoding="utf-8")
    assert result.out == golden.read_text(encoding="utf-8")
    lines = result.out.replace("Jouw antwoord: ", "Jouw antwoord: \n").splitlines()  # in a pipe no Enter is shown
    long = [line for line in lines if len(line) > columns]
    assert all(".yaml" in line for line in long)
    assert ".yaml" not in result.out.partition("Voor de coach: ")[0]
    answers = kept()["antwoorden"]
    blanks = ["weet-niet", "wil-niet-zeggen", "nvt", None]
    assert answers == dict(zip(VRAGEN, [5, 3, 2, 1, 5, 4, 3, 4, 1, *blanks, 3, 2, 1, 4], strict=True))
    assert kept()["open"] == {"start-1": 'Rust: "en" é', "start-2": None, "start-3": None}


def test_what_is_written_is_an_afname() -> None:
    fill(["4", "w", "", "s"], *START)
    text = Path("afname-R-014-eigen-regie-start.yaml").read_text(encoding="utf-8")
    datum = kept()["datum"]
    assert text == (
        "# Gemaakt door 'regiekit vragenlijst invullen', van: Eigen regie in het tweede spoor\n"
        f'vragenlijst: eigen-regie\nversie: "1"\nhash: "{EIGEN_REGIE.hash}"\nclient: R-014\nmeetmoment: start\n'
        f"datum: {datum}\nantwoorden:\n  autonomie-1: 4\n  autonomie-2: weet-niet\n  autonomie-3:\n"
    )
    assert run("controleer", "afname-R-014-eigen-regie-start.yaml").code == 0
    scored = run("score", "afname-R-014-eigen-regie-start.yaml", "--json").json
    assert scored["schalen"][0]["beantwoord"] == 1


def test_the_client_reads_no_names_of_schalen() -> None:
    text = fill(WHOLE, *START).out.lower()
    assert not re.search(r"autonomie|competentie|verbondenheid|omgekeerd|-\d\b(?<!014)", text.replace("r-014", ""))
    for alinea in DUTCH.uitleg:
        assert alinea.kop.lower() in text
    assert text.index("waarom deze vragen?") < text.index("vraag 1 van 20")


def test_all_answers_stand_there_in_words() -> None:
    text = fill(["s"], *START).out
    for label in EIGEN_REGIE.inhoud.antwoordschaal.labels.values():
        assert f" = {label}\n" in text
    for letter, words in (("w", "Weet ik niet"), ("z", "Wil ik niet zeggen"), ("n", "Past niet bij mij")):
        assert f"  {letter} = {words}\n" in text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("4", 4), (" 4 ", 4), ("4.", 4), ("4)", 4), ("mee eens", 4), ("MEE EENS", 4), ("\x1b[A3", 3),
     ("w", "weet-niet"), ("Z", "wil-niet-zeggen"), ("n", "nvt"), ("", None)],
)  # fmt: skip
def test_ways_to_type_an_answer(typed: str, answer: object) -> None:
    fill([typed, "s"], *START)
    assert kept()["antwoorden"] == {"autonomie-1": answer}


@pytest.mark.parametrize("typed", ["0", "6", "-1", "44", "4,5", "4.5", "vier", "k", "777", "1e0", "=4", "0x4", "９"])
def test_what_is_no_answer_gets_one_line_and_another_chance(typed: str) -> None:
    result = fill([typed, "3", "s"], *START)
    assert TERMINAL.kies.format(van=1, tot=5) in " ".join(result.out.split())
    assert kept()["antwoorden"] == {"autonomie-1": 3}


@pytest.mark.parametrize("letter", ["w", "Z", "n"])
def test_a_letter_is_no_answer_in_words(letter: str) -> None:
    result = fill(["3"] * 17 + [letter, "nee", "s"], *START)
    assert TERMINAL.open_kies in " ".join(result.out.split())
    assert kept()["open"] == {"start-1": "nee"}


def test_terug_also_at_the_first_vraag() -> None:
    result = fill(["t", "2", "3", "t", "t", "5", "", "1", "s"], *START)
    assert TERMINAL.eerste in result.out
    assert "Je antwoord is nu: 2 = niet mee eens Enter = zo laten, - = antwoord wissen," in " ".join(result.out.split())
    assert kept()["antwoorden"] == {"autonomie-1": 5, "autonomie-2": 3, "autonomie-3": 1}


def test_every_answer_can_be_taken_away() -> None:
    fill(["3"] * 17 + ["iets", "", "", "18", "-", "2", "-", "k"], *START)
    assert kept()["open"] == dict.fromkeys(OPEN)
    assert list(kept()["antwoorden"].values()) == [3, None, *[3] * 15]


def test_the_keys_beside_an_answer_do_not_speak_of_skipping() -> None:
    shown = fill(["4", "t", "s"], *START).out.split("Vraag 1 van 20")
    assert TERMINAL.toetsen in shown[1]
    assert TERMINAL.toetsen_huidig in shown[2]
    assert "overslaan" not in shown[2]


def test_a_change_in_the_overview_changes_the_score() -> None:
    finish = ["3"] * 17 + ["", "", ""]
    fill([*finish, "k"], *START)
    before = scores("afname-R-014-eigen-regie-start.yaml")
    fill(["j", "1", "5", "1.", "4", "k"], *START, start=False)
    after = scores("afname-R-014-eigen-regie-start.yaml")
    assert (before["autonomie"], after["autonomie"]) == (3, 3.2)
    assert {k: v for k, v in before.items() if k != "autonomie"} == {k: v for k, v in after.items() if k != "autonomie"}


def test_terug_from_a_change_goes_to_the_overview() -> None:
    result = fill([*["3"] * 17, "", "", "", "1", "t", "k"], *START)
    assert (result.code, TERMINAL.eerste in result.out) == (0, False)
    assert result.out.count(TERMINAL.overzicht_kop) == 2


def test_answers_that_are_all_there_are_shown_only_after_asking() -> None:
    fill(["3"] * 17 + ["", "", "", "k"], *START)
    before = Path("afname-R-014-eigen-regie-start.yaml").read_bytes()
    result = fill(["s"], *START, start=False)
    assert result.code == 0
    assert "mee eens" not in result.out
    assert Path("afname-R-014-eigen-regie-start.yaml").read_bytes() == before


def test_two_windows_never_overwrite_each_other(tmp_path: Path) -> None:
    form = make_formulier(EIGEN_REGIE.inhoud, EIGEN_REGIE.hash, load_formulierteksten())
    first, second = (Invulbestand(tmp_path / "a.yaml", form, "eigen-regie", "2026-03-02") for _ in range(2))
    first.put(form.vragen[0], 3)
    second.read_back(None)
    second.put(form.vragen[1], 4)
    with pytest.raises(RegiekitError, match="in een ander venster veranderd"):
        first.put(form.vragen[2], 5)
    assert kept(str(tmp_path / "a.yaml"))["antwoorden"] == {"autonomie-1": 3, "autonomie-2": 4}


# Stopping and going on ----------------------------------------------------------------------------------------------


def command_in(result: Result) -> list[str]:
    """The command to go on, as a shell would read it."""
    line = next(line for line in result.out.splitlines() if line.startswith("  regiekit vragenlijst invullen "))
    return shlex.split(line)[1:]


def test_stop_says_how_to_go_on_and_that_works(tmp_path: Path) -> None:
    stopped = fill(["4", "3", "", "s"], *START, "--zonder-training", "--uit", "een map.yaml")
    assert stopped.code == 0
    assert f"\n  {tmp_path / 'een map.yaml'}\n" in stopped.out
    again = run(*command_in(stopped), stdin="\n5\ns\n")
    assert "Je gaat verder bij vraag 4." in again.out
    assert "Vraag 4 van 20" in again.out
    assert "Vraag 3 van 20" not in again.out
    made = yaml.safe_load((tmp_path / "een map.yaml").read_text(encoding="utf-8"))
    assert list(made["antwoorden"].values()) == [4, 3, None, 5]
    assert made["training"] is False


def test_the_end_of_the_input_keeps_everything() -> None:
    result = fill(["4", "3"], *START)
    assert (result.code, result.err) == (130, "")
    assert kept()["antwoorden"] == {"autonomie-1": 4, "autonomie-2": 3}
    assert command_in(result) == ["vragenlijst", "invullen", "eigen-regie", *START]
    client = result.out.partition("Voor de coach: ")[0]
    assert client.endswith(f"{TERMINAL.gestopt}\n{TERMINAL.verdergaan}\n\n")


@pytest.mark.parametrize("typed", [[], ["s"], ["", "", "s"]])
def test_who_filled_in_nothing_hears_that_that_is_fine(typed: list[str]) -> None:
    out = fill(typed, *START).out
    assert f"\n{TERMINAL.niets}\n{TERMINAL.verdergaan}\n" in out
    assert TERMINAL.gestopt not in out


def test_left_empty_is_not_asked_again_but_can_be_filled_in() -> None:
    fill(["", "", "s"], *START)
    result = fill(["s"], *START)
    assert "Vraag 3 van 20" in result.out
    assert kept()["antwoorden"] == {"autonomie-1": None, "autonomie-2": None}


def test_the_day_that_the_coach_gives() -> None:
    fill(["3", "s"], *START, "--datum", "2026-03-02")
    assert str(kept()["datum"]) == "2026-03-02"
    fill(["3", "s"], *START, "--datum", "2026-03-04")
    assert str(kept()["datum"]) == "2026-03-04"
    before = Path("afname-R-014-eigen-regie-start.yaml").read_bytes()
    later = (date.today() + timedelta(days=1)).isoformat()
    for wrong in (later, "2-3-2026"):
        assert fill(["3", "s"], *START, "--datum", wrong).code == 2
    assert Path("afname-R-014-eigen-regie-start.yaml").read_bytes() == before


def test_the_day_is_that_of_the_start() -> None:
    fill(["3", "s"], *START)
    path = Path("afname-R-014-eigen-regie-start.yaml")
    path.write_text(re.sub(r"datum: .*", "datum: 2026-03-02", path.read_text("utf-8")), encoding="utf-8")
    fill(["3", "s"], *START)
    assert "\ndatum: 2026-03-02\n" in path.read_text("utf-8")


def test_the_coach_is_asked_for_what_is_not_given() -> None:
    result = fill(["9", "halverwege", "geen code!", "R-020", "", "3", "s"], start=False)
    assert "  2 = Halverwege\n" in result.out
    assert "typ een nummer, of start, halverwege of einde" in result.err
    assert "kan geen cliëntcode zijn" in result.err
    assert kept("afname-R-020-eigen-regie-halverwege.yaml")["antwoorden"] == {"autonomie-1": 3}


def test_without_code_and_meetmoment() -> None:
    result = fill(["", "", "", "3", "s"], start=False)
    assert "Vraag 1 van 17" in result.out
    assert kept("afname-eigen-regie.yaml")["antwoorden"] == {"autonomie-1": 3}
    other = fill(["", "", "n"], start=False)
    assert (other.code, "mee eens" in other.out) == (2, False)
    assert "--client" in other.err
    same = fill(["", "", "j", "", "4", "s"], start=False)
    assert "Vraag 2 van 17" in same.out
    assert list(kept("afname-eigen-regie.yaml")["antwoorden"].values()) == [3, 4]


OTHERS = {
    "another client": ("--client", "R-015"),
    "another meetmoment": ("--meetmoment", "einde"),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_a_file_of_something_else_is_never_overwritten(change: tuple[str, ...], friesland: Path) -> None:
    own = ("--bibliotheek", friesland, "--uit", "a.yaml")
    fill(["3", "s"], *own, *START, lijst="fries")
    before = Path("a.yaml").read_bytes()
    result = fill(["4", "s"], *own, *START, *change, lijst="fries")
    assert result.code == 2
    assert "bestaat al" in result.err
    assert "--uit" in result.err
    assert Path("a.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [
        (("--taal", "en"), (), "deze afname is in het Engels (en) begonnen. Typ erbij: --taal en"),
        ((), ("--taal", "en"), "deze afname is in het Nederlands (nl) begonnen. Laat --taal weg"),
        (("--zonder-training",), (), "voor wie geen online training doet. Typ erbij: --zonder-training"),
        ((), ("--zonder-training",), "voor wie een online training doet. Laat --zonder-training weg"),
    ],
)
def test_going_on_in_another_way_says_what_to_type(
    first: tuple[str, ...], then: tuple[str, ...], sentence: str
) -> None:
    fill(["3", "s"], *START, *first)
    result = fill(["3", "s"], *START, *then)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err
    assert list(kept()["antwoorden"].values()) == [3]


def test_another_language_of_another_client_is_another_file() -> None:
    fill(["3", "s"], *START, "--taal", "en", "--uit", "a.yaml")
    result = fill(["3", "s"], "--client", "R-015", "--meetmoment", "start", "--uit", "a.yaml")
    assert result.code == 2
    assert "client: daar R-014, nu R-015" in result.err


STRANGE = {
    "a text": "Lieve Jan,\n", "nothing": "", "a list": "- 1\n", "no yaml": "a: [\n", "numbers": "antwoorden: 3\n",
    "a vragenlijst": small_lijst(schaal("s", "1 2 3", 3)),
    "another list": 'vragenlijst: schaalvragen\nversie: "1"\nclient: R-014\nmeetmoment: start\nantwoorden: {}\n',
    "no hash": 'vragenlijst: eigen-regie\nversie: "1"\nclient: R-014\nmeetmoment: start\nantwoorden: {}\n',
    "another hash": f'vragenlijst: eigen-regie\nversie: "1"\nhash: {"0" * 15}a\nclient: R-014\nmeetmoment: start\n'
                    "antwoorden: {}\n",
    "an impossible answer": f'vragenlijst: eigen-regie\nversie: "1"\nhash: "{EIGEN_REGIE.hash}"\nclient: R-014\n'
                            "meetmoment: start\nantwoorden: {autonomie-1: 9}\n",
}  # fmt: skip


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_file_is_never_overwritten(text: str) -> None:
    Path("a.yaml").write_text(text, encoding="utf-8")
    result = fill(["4", "s"], *START, "--uit", "a.yaml")
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert Path("a.yaml").read_text(encoding="utf-8") == text


def test_an_invulblad_is_another_file() -> None:
    run("vragenlijst", "invulblad", "eigen-regie", *START)
    before = Path("invulblad-R-014-eigen-regie-start.yaml").read_bytes()
    assert fill(["4", "s"], *START).code == 0
    assert fill(["4", "s"], *START, "--uit", "invulblad-R-014-eigen-regie-start.yaml").code == 2
    assert Path("invulblad-R-014-eigen-regie-start.yaml").read_bytes() == before


@pytest.mark.parametrize("client", ["Jansen", "jansen-2", "R-14.Fatima"])
def test_a_code_that_is_a_name_is_a_warning(client: str) -> None:
    warning = f"regiekit: '{client}' lijkt een naam; gebruik liever een code zoals R-014\n"
    for command in ("invullen", "invulblad", "formulier", "papier"):
        result = run("vragenlijst", command, "eigen-regie", "--client", client, "--meetmoment", "start", stdin="s\n")
        assert (result.code, result.err) == (0, warning)
    assert warning in fill(["1", client, "s"], start=False, lijst="schaalvragen").err


@pytest.mark.parametrize("client", ["R-014", "client-3", "AB12", "2026.1"])
def test_a_code_that_is_no_name_is_no_warning(client: str) -> None:
    assert run("vragenlijst", "invulblad", "eigen-regie", "--client", client).err == ""


@pytest.mark.parametrize("uit", ["-", "nergens/a.yaml", "."])
def test_a_place_that_cannot_be_is_told_before_the_first_vraag(uit: str) -> None:
    result = fill(["4", "s"], *START, "--uit", uit)
    assert (result.code, result.out) == (2, "")
    assert "--uit" in result.err


# The file -----------------------------------------------------------------------------------------------------------


@posix
def test_only_the_owner_can_read_the_file() -> None:
    before = os.umask(0)
    try:
        path = Path("afname-R-014-eigen-regie-start.yaml")
        fill(["3", "s"], *START)
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)
        fill(["3", "s"], *START)
        assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)
    assert [p.name for p in Path().iterdir()] == [path.name]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A disk that refuses from the write number `since` until the write number `until`."""
    disk = SimpleNamespace(writes=0, since=10**9, until=10**9)
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        disk.writes += 1
        if disk.since <= disk.writes < disk.until:
            raise OSError(errno.ENOSPC, "vol")
        real(source, target)

    monkeypatch.setattr(Path, "replace", lambda self, target: replace(self, target))
    return disk


def test_a_full_disk_loses_nothing(full_disk: SimpleNamespace) -> None:
    full_disk.since, full_disk.until = 4, 7  # 1 is the empty file, 4 the third answer
    result = fill(["1", "2", "3", "", "", "", "4", "s"], *START)
    said = " ".join(result.out.split())
    assert said.count(TERMINAL.niet_bewaard) == 3
    assert "de schijf is vol" in said
    assert list(kept()["antwoorden"].values()) == [1, 2, 3, 4]


def test_a_disk_that_stays_full_keeps_what_was_there(full_disk: SimpleNamespace) -> None:
    full_disk.since = 4
    for last in ("s", None):
        result = fill(["1", "2", "3", *([last] if last else [])], *START, "--uit", f"{last}.yaml")
        assert result.code == (0 if last else 130)
        assert "Je laatste antwoord kon niet bewaard worden. Al het andere is bewaard." in " ".join(result.out.split())
        assert list(kept(f"{last}.yaml")["antwoorden"].values()) == [1, 2]
        assert sorted(p.suffix for p in Path().iterdir()) == [".yaml"] * len(list(Path().iterdir()))
        full_disk.writes = 0


def test_a_full_disk_at_the_start(full_disk: SimpleNamespace) -> None:
    full_disk.since = 1
    result = fill(["1"], *START)
    assert (result.code, result.out) == (2, "")
    assert "de schijf is vol" in result.err
    assert list(Path().iterdir()) == []


TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(words=st.lists(TEXTS, min_size=3, max_size=3))
def test_every_text_comes_back_from_the_file(words: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    form = make_formulier(
        EIGEN_REGIE.inhoud, EIGEN_REGIE.hash, load_formulierteksten(), Keuzes(client="014", meetmoment="start")
    )
    path = tmp_path_factory.mktemp("afname") / "a.yaml"
    bestand = Invulbestand(path, form, "eigen-regie", "2026-03-02")
    said = {stap.id: clean(word) or None for stap, word in zip(form.open_vragen, words, strict=True)}
    for stap in form.open_vragen:
        bestand.put(stap, said[stap.id])
    again = Invulbestand(path, form, "eigen-regie", "2026-03-03")
    again.read_back(None)
    assert (again.open, again.datum) == (said, "2026-03-02")


def test_clean_keeps_every_writing() -> None:
    for word in ("مرحبا", "żółć", "👩‍👧", "日本", "a\u200db", 'zei "ja": nee', "#geen", "~", "null", "'"):
        assert clean(f"\x1b[D{word}\x07\n") == word


def test_the_words_of_the_terminal_are_plain() -> None:
    texts = [text for text in vars(TERMINAL).values() if text.endswith((".", "!"))]
    lengths = [len(s.split()) for text in texts for s in re.split(r"(?<=[.?!:])\s+", text)]
    assert max(lengths) <= 18
    assert sum(lengths) / len(lengths) <= 12
    for text in texts:
        assert all(len(re.findall(r"\b(niet|geen|nooit|zonder)\b", s)) <= 1 for s in re.split(r"[.?!:]\s", text))


# Random typing ------------------------------------------------------------------------------------------------------

KEYS = [*"123456wzn", "", "", "t", "t", "?", "k", "x", "-", "12", "18", "een woord", "\x1b[A"]
BLANKS = {"w": "weet-niet", "z": "wil-niet-zeggen", "n": "nvt"}


class Person:
    """Who fills in, by the rules that the help tells and nothing else: 17 closed vragen, 3 open ones, the overview."""

    def __init__(self) -> None:
        self.said: dict[int, Any] = {}
        self.here, self.changing, self.ready = 0, -1, False

    def type(self, line: str) -> None:
        if self.ready:
            return
        if self.here == 20 and self.changing < 0:
            self.in_overview(line)
        elif line == "t":
            self.here -= self.here > 0 and self.changing < 0
            self.changing = -1
        else:
            self.at_vraag(line.removeprefix("\x1b[A"), self.here if self.changing < 0 else self.changing)

    def in_overview(self, line: str) -> None:
        self.ready = line == "k"
        self.here -= line == "t"
        self.changing = int(line) - 1 if line.isdigit() else -1

    def at_vraag(self, line: str, place: int) -> None:
        if line == "":
            self.said.setdefault(place, None)
        elif line == "-":
            self.said[place] = None
        elif place >= 17 and line not in ("?", *BLANKS):
            self.said[place] = line
        elif place < 17 and line in (*"12345", *BLANKS):
            self.said[place] = BLANKS.get(line) or int(line)
        else:
            return
        self.here += self.changing < 0
        self.changing = -1


@given(lines=st.lists(st.sampled_from(KEYS), max_size=45), ahead=st.integers(0, 20))
def test_any_typing_ends_well_and_the_file_holds_what_was_said(
    lines: list[str], ahead: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed = ["3"] * ahead + lines
    person = Person()
    for line in typed:
        person.type(line)
    path = tmp_path_factory.mktemp("afname") / "a.yaml"
    result = fill(typed, *START, "--uit", path)
    assert result.code in (0, 130)
    made = yaml.safe_load(path.read_text(encoding="utf-8"))
    held = [*made["antwoorden"].values(), *made.get("open", {}).values()]
    assert held == [person.said[n] for n in sorted(person.said)]
    assert run("score", path).code == 0


# Other lists and languages ------------------------------------------------------------------------------------------


def own_lijst(folder: Path, low: int, high: int, labels: str = "", vragen: int = 3) -> Path:
    text = small_lijst(schaal("s", " ".join(str(n) for n in range(1, vragen + 1)), 2), vragen, low, high)
    return write(folder, "lijst.yaml", text.replace(f"max: {high}}}", f"max: {high}{labels}}}"))


@pytest.mark.parametrize(("low", "high"), [(0, 10), (1, 10), (-3, 3), (-5, -1), (0, 100), (0, 9)])
def test_other_scales(low: int, high: int, tmp_path: Path) -> None:
    path = own_lijst(tmp_path, low, high)
    typed = [str(low), str(high), str(high + 1), str(low - 1), f"+{high}" if high > 0 else str(high).replace("-", "−")]
    result = fill([*typed, "k"], "--client", "R-014", lijst=path)
    assert f"  {low} tot en met {high}\n" in result.out
    assert result.out.count(f"Typ een getal van {low} tot en met {high}, of") == 2
    made = kept("afname-R-014-klein.yaml")
    assert made["vragenlijst"] == "./lijst.yaml"
    assert list(made["antwoorden"].values()) == [low, high, high]
    assert run("score", "afname-R-014-klein.yaml").code == 0
    quick = run("vragenlijst", "invullen", path, "--client", "R-015", "--snel", stdin=f"{low}\n{high}\n{high}\nj\n")
    assert quick.code == 0
    assert kept("afname-R-015-klein.yaml")["antwoorden"] == made["antwoorden"]


def test_only_the_ends_have_words(tmp_path: Path) -> None:
    result = fill(["s"], *START, lijst="schaalvragen")
    assert "  1 = het minst\n  2 tot en met 9\n  10 = het meest\n" in result.out


@pytest.fixture
def friesland(tmp_path: Path) -> Path:
    """A library with a list in another language, and the texts of a form in it."""
    folder = tmp_path / "eigen"
    folder.mkdir()
    text = small_lijst(
        schaal("s", "1 2 3", 2), extra="meetmomenten:\n  - {id: start, naam: Start}\n  - {id: einde, naam: Einde}\n"
    )
    vragen = ", ".join(f"v-{n}: Fraach {n}." for n in (1, 2, 3))
    write(folder, "fries.yaml", text.replace("id: klein", "id: fries") + f"teksten:\n  fy:\n    naam: Lyts\n"
          f"    vragen: {{{vragen}}}\n    redenering: Proef.\n")  # fmt: skip
    dutch = yaml.safe_load((ROOT / "data/formulieren/nl.yaml").read_text(encoding="utf-8"))

    def other(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: other(v) for k, v in value.items()}
        if isinstance(value, list):
            return [other(v) for v in value]
        return re.sub(r"(?<![{\w])[a-z]\w+(?!\w*})", "fy", value)

    fries = {**other(dutch), "id": "fy", "versie": "1", "richting": "ltr", "vertaald": "Net hifke."}
    (folder / "fy.yaml").write_text(yaml.safe_dump(fries, allow_unicode=True), encoding="utf-8")
    return folder


def test_in_another_language(friesland: Path) -> None:
    arguments = (*START, "--taal", "fy", "--bibliotheek", friesland)
    result = fill(["?", "x", "4", "w", "", "1", "5", "k"], *arguments, lijst="fries")
    assert result.code == 0
    assert "Net hifke.\n" in result.out
    assert "Fraach 2." in result.out
    client, _, coach = result.out.partition("Voor de coach: ")
    assert not re.search(r"\b(vraag|antwoord|antwoorden|typ|weet|niet|druk)\b", client.replace("vragenlijst", ""))
    assert "\n  regiekit score afname-R-014-fries-start.yaml --bibliotheek " in coach
    made = kept("afname-R-014-fries-start.yaml")
    assert (made["taal"], made["antwoorden"]) == ("fy", {"v-1": 5, "v-2": "weet-niet", "v-3": None})
    assert run("score", "afname-R-014-fries-start.yaml", "--bibliotheek", friesland).code == 0


def test_a_language_that_is_not_there_is_told_first() -> None:
    result = fill([], "--taal", "xx")
    assert (result.code, result.out) == (2, "")


def test_a_list_that_is_not_free(tmp_path: Path) -> None:
    path = own_lijst(tmp_path, 1, 5)
    path.write_text(path.read_text("utf-8").replace("licentie: vrij", "licentie: toestemming"), encoding="utf-8")
    assert fill([], "--client", "R-1", lijst=path).code == 4
    result = fill(["3", "s"], "--client", "R-1", "--ik-heb-toestemming", lijst=path)
    assert "Gebruikt met toestemming van de maker." in result.out
    assert "--ik-heb-toestemming" in command_in(result)
    assert Path("afname-R-1-klein.yaml").read_text("utf-8").startswith("# Gebruikt met toestemming")


# Typing in a paper form ---------------------------------------------------------------------------------------------

CODE = f"regiekit:eigen-regie@1::R-014:{EIGEN_REGIE.hash[:8]}"
KEYS_17 = "43215432154321543"
PAPER = "afname-R-014-eigen-regie.yaml"


@pytest.mark.parametrize(
    "typed", [f"{KEYS_17}j", f"{KEYS_17}\nj\n", "".join(f"{k}\n" for k in f"{KEYS_17}j")], ids=["keys", "two", "lines"]
)
def test_seventeen_keys_and_a_confirmation(typed: str) -> None:
    result = run("vragenlijst", "invullen", CODE, "--snel", "--datum", "2026-03-02", stdin=typed)
    assert (result.code, result.err) == (0, "")
    assert "\n1: 4\n2: 3\n" in result.out
    assert str(kept(PAPER)["datum"]) == "2026-03-02"
    assert "\a" not in result.out
    assert list(kept(PAPER)["antwoorden"].values()) == [int(k) for k in KEYS_17]
    assert run("score", PAPER).code == 0


@pytest.mark.parametrize("typed", ["2-3-2026", "2026-03-02", "2/3/2026"])
def test_the_day_on_the_paper_can_be_given_at_the_end(typed: str) -> None:
    wrong = [f"d\n{day}\n" for day in ("2 maart", "30-2-2026", date.today() + timedelta(days=1))]
    result = run("vragenlijst", "invullen", CODE, "--snel", stdin=f"{KEYS_17}{''.join(wrong)}d\n{typed}\nj")
    assert result.code == 0
    assert result.out.count("Dat is geen datum; typ dag-maand-jaar, zoals 2-3-2026.\n") == 2
    assert result.out.count("moet nog komen") == 1
    assert str(kept(PAPER)["datum"]) == "2026-03-02"
    assert list(kept(PAPER)["antwoorden"].values()) == [int(k) for k in KEYS_17]


def test_without_a_word_about_it_the_day_is_today() -> None:
    assert run("vragenlijst", "invullen", CODE, "--snel", stdin=f"{KEYS_17}j").code == 0
    assert str(kept(PAPER)["datum"]) == date.today().isoformat()


@pytest.mark.parametrize("columns", [80, 40])
def test_the_last_view_has_a_line_for_each_number_on_the_paper(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    typed = f"{KEYS_17[:-2]}w \nEen heel lang antwoord over leren plannen\n\n\nj"
    out = run("vragenlijst", "invullen", "eigen-regie", *START, "--snel", stdin=typed).out
    view = out.partition("\nDatum: ")[2].partition("Klopt dit")[0].splitlines()[1:]
    assert [line.partition(":")[0].strip() for line in view] == [str(n) for n in range(1, 21)]
    assert view[0].startswith(" 1: 4     Ik kan zelf kiezen hoe")
    assert (view[15][:10], view[16][:10]) == ("16: w     ", "17: leeg  ")
    assert view[17].startswith("18: Een heel lan")
    assert max(map(len, out.partition("Voor de coach: ")[0].splitlines())) <= columns + 1  # the space after a question


def test_every_key_of_quick_entry() -> None:
    # 6 is refused; the third is typed again after two steps back; Enter leaves what stands there, a space takes it away
    typed = "wzn t6t3\n \x7f2" + "1" * 13 + "tj"
    result = run("vragenlijst", "invullen", CODE, "--snel", stdin=typed)
    assert "6 kan hier niet; kies 1 tot en met 5, w, z, n of leeg" in result.out
    assert result.code == 130, "the last key is no answer, and then the input ends"
    made = list(kept(PAPER)["antwoorden"].values())
    assert made[:4] == ["weet-niet", "wil-niet-zeggen", 3, 2]


def test_quick_entry_of_open_vragen_and_wide_scales() -> None:
    typed = f"{KEYS_17}\nLeren plannen\n\nw\nx\nj"
    result = run("vragenlijst", "invullen", "eigen-regie", *START, "--snel", stdin=typed)
    assert result.code == 0
    assert "schrijf bij vraag 20 een paar woorden" in result.out
    assert kept()["open"] == {"start-1": "Leren plannen", "start-2": None, "start-3": "x"}
    typed = "11\n10\nt\n9\n-\nj"
    assert run("vragenlijst", "invullen", "schaalvragen", *START, "--snel", stdin=typed).code == 0
    assert kept("afname-R-014-schaalvragen-start.yaml")["antwoorden"] == {"onzekerheid": 9, "vertrouwen": None}


def test_enter_leaves_an_answer_and_a_space_takes_it_away() -> None:
    run("vragenlijst", "invullen", CODE, "--snel", stdin="12t\n\n3t 4t-5s")
    assert list(kept(PAPER)["antwoorden"].values()) == [1, 2, None, None, 5]


def test_quick_entry_goes_on_where_it_was() -> None:
    stopped = run("vragenlijst", "invullen", CODE, "--snel", stdin="123s")
    assert stopped.code == 0
    assert command_in(stopped) == ["vragenlijst", "invullen", CODE, "--snel"]
    again = run(*command_in(stopped), stdin="4s")
    assert "Je gaat verder bij vraag 4." in again.out
    assert list(kept(PAPER)["antwoorden"].values()) == [1, 2, 3, 4]


@given(keys=st.text("12345678wznts \n\x7fj?é", max_size=40))
def test_any_keys_end_well(keys: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("afname") / "a.yaml"
    result = run("vragenlijst", "invullen", CODE, "--snel", "--uit", path, "--datum", "2026-03-02", stdin=keys)
    assert result.code in (0, 130)
    made = list(yaml.safe_load(path.read_text(encoding="utf-8"))["antwoorden"].values())
    shown = re.findall(r"^(\d+): (leeg|[1-5wzn])$", result.out, re.MULTILINE)
    last = {int(n): {"leeg": None, "w": "weet-niet", "z": "wil-niet-zeggen", "n": "nvt"}.get(a, a) for n, a in shown}
    assert [str(a) if isinstance(a, int) else a for a in made] == [last[n] for n in sorted(last)]


WRONG_CODES = [
    (f"regiekit:eigen-regie@1::R-014:{'0' * 8}", 3, "anders dan 'eigen-regie' versie '1' hier"),
    (CODE.replace("@1", "@0"), 3, "versie '0'"),
    (CODE.replace("eigen-regie", "eigen-regio"), 2, "bedoelde je 'eigen-regie'?"),
    (CODE.replace("::", ":begin:"), 2, "het meetmoment 'begin' bestaat niet"),
    (CODE[:-1], 2, "niet de code van een vragenlijst op papier"),
    ("regiekit:", 2, "niet de code van een vragenlijst op papier"),
]


@pytest.mark.parametrize(("code", "exit_code", "sentence"), WRONG_CODES)
def test_a_code_that_cannot_be(code: str, exit_code: int, sentence: str) -> None:
    result = run("vragenlijst", "invullen", code, "--snel")
    assert (result.code, result.out) == (exit_code, "")
    assert sentence in result.err


def test_the_paper_and_the_command_must_agree() -> None:
    assert run("vragenlijst", "invullen", CODE, "--client", "R-015", "--snel").code == 2
    assert run("vragenlijst", "invullen", CODE, "--client", "R-014", "--snel", stdin="1s").code == 0
    assert list(kept(PAPER)["antwoorden"].values()) == [1]


CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True) | st.none()


@given(CODES, st.sampled_from(["start", "einde", None]), st.sampled_from(["1", "2.0: proef", "a@b:c"]))
def test_the_code_says_which_form_it_is(client: str | None, moment: str | None, versie: str) -> None:
    form: Any = SimpleNamespace(
        vragenlijst="eigen-regie", versie=versie, meetmoment=moment, client=client, hash="0123456789abcdef"
    )
    assert read_papiercode(f" {make_papiercode(form)}\n") == ("eigen-regie", versie, moment, client, "01234567")


def test_what_is_no_code() -> None:
    for text in ("", "eigen-regie", "regiekit:a:b:c:01234567", "regiekit:a@1:::0123456g", "regiekit:a@1::R 1:01234567"):
        with pytest.raises(RegiekitError, match="van 'regiekit:' tot en met het laatste teken"):
            read_papiercode(text)


# On a real terminal -------------------------------------------------------------------------------------------------


class Terminal:
    """regiekit in a pseudo-terminal of its own, with a person who types when asked."""

    def __init__(self, *arguments: object, columns: int = 80, **environment: str) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.slave, self.before, self.shown = slave, termios.tcgetattr(slave), ""
        kept_out = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "PYTHONIOENCODING")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "regiekit", *map(str, arguments)],
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env={**kept_out, "TERM": "xterm", **environment},
        )  # fmt: skip

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """Everything shown since the last time, up to and including `text`."""
        import select

        until = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < until, f"{text!r} not in {self.shown!r}"
            if select.select([self.master], [], [], 0.05)[0]:
                self.shown += os.read(self.master, 4096).decode("utf-8", "replace").replace("\r\n", "\n")
        before, _, self.shown = self.shown.partition(text)
        return before + text

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def rest(self) -> str:
        """What is shown until the process has left the terminal, as far as it was not waited for."""
        import select

        until = time.monotonic() + 30
        while time.monotonic() < until:
            if select.select([self.master], [], [], 0.2)[0]:
                self.shown += os.read(self.master, 4096).decode("utf-8", "replace").replace("\r\n", "\n")
            elif self.process.poll() is not None:
                break
        return self.shown

    def is_as_before(self) -> bool:
        import termios

        return bool(termios.tcgetattr(self.slave) == self.before)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
        os.close(self.slave)
        os.close(self.master)


@pytest.fixture
def terminal() -> Iterator[Any]:
    opened: list[Terminal] = []

    def start(*arguments: object, **settings: Any) -> Terminal:
        opened.append(Terminal(*arguments, **settings))
        return opened[-1]

    yield start
    for made in opened:
        made.close()


@posix
def test_killed_after_vraag_9_it_goes_on_at_10(terminal: Any) -> None:
    first = terminal("vragenlijst", "invullen", "eigen-regie", *START)
    first.wait_for("beginnen: ")
    first.type("\n")
    for number in range(1, 10):
        first.wait_for(f"Vraag {number} van 20\n")
        first.wait_for("antwoord: ")
        first.type(f"{number % 5 + 1}\n")
    first.wait_for("Vraag 10 van 20\n")
    first.process.send_signal(signal.SIGKILL)
    assert first.process.wait(30) == -signal.SIGKILL
    assert list(kept()["antwoorden"].values()) == [2, 3, 4, 5, 1, 2, 3, 4, 5]
    assert [p.name for p in Path().iterdir()] == ["afname-R-014-eigen-regie-start.yaml"]
    again = terminal("vragenlijst", "invullen", "eigen-regie", *START)
    assert "verder bij vraag 10." in again.wait_for("beginnen: ")
    again.type("\n")
    assert "Vraag 9" not in again.wait_for("Vraag 10 van 20\n")


@posix
def test_ctrl_c_keeps_everything(terminal: Any) -> None:
    made = terminal("vragenlijst", "invullen", "eigen-regie", *START)
    for answer, shown in (("\n", "beginnen: "), ("4\n", "antwoord: "), ("\x03", "antwoord: ")):
        made.wait_for(shown)
        time.sleep(0.3)  # as a person: Python loses a Ctrl-C between showing a question and reading the answer
        made.type(answer)
    made.wait_for("  regiekit vragenlijst invullen eigen-regie --client R-014 --meetmoment start\n")
    assert made.process.wait(30) == 130
    assert "Gestopt." not in made.rest()
    assert kept()["antwoorden"] == {"autonomie-1": 4}


@posix
@pytest.mark.parametrize("columns", [40, 80])
def test_errors_and_questions_on_a_terminal_end_between_words(columns: int, terminal: Any, tmp_path: Path) -> None:
    folder = tmp_path / "een map"
    folder.mkdir()
    faulty = write(folder, "fout.yaml", (ROOT / "voorbeelden/met-fouten.yaml").read_text(encoding="utf-8"))
    wrong = terminal("vragenlijst", "invullen", "eigen-regie", "--meetmoment", "begin midden eind", columns=columns)
    usage = terminal("vragenlijst", "invullen", "eigen-regie", "--bestaat-niet-hoor", columns=columns)
    problems = terminal("score", faulty, columns=columns)
    question = terminal("score", own_lijst(tmp_path, 1, 5), columns=columns)
    question.wait_for("(j/n) [j] ")
    question.type("x\n")
    question.wait_for("typ j of n")
    free = rf"(?:regiekit: )?{tmp_path}|Hulp: "  # a path and a command stay whole
    for made in (wrong, usage, problems):
        made.process.wait(30)
        shown = made.rest()
        assert [line for line in shown.splitlines() if len(line) > columns and not re.match(free, line)] == []
        assert made is not problems or f"\n{faulty}:4:9:" in shown
    said = run("score", faulty).err  # elsewhere than on a terminal
    assert all(line.startswith(f"{faulty}:") for line in said.splitlines())


@posix
def test_ctrl_c_while_it_starts_is_no_traceback() -> None:
    code = "import sys\nclass Stop:\n    def find_spec(*a):\n        raise KeyboardInterrupt\n"
    code += "import regiekit.__main__ as m\nsys.meta_path.insert(0, Stop)\nm.run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@posix
def test_plain_lines_without_moving_the_cursor(terminal: Any) -> None:
    made = terminal("vragenlijst", "invullen", "eigen-regie", *START, columns=40)
    shown = made.wait_for("beginnen: ")
    for typed in ("\n", "4\n", "x\n", "?\n", "w\n"):
        made.type(typed)
        shown += made.wait_for("antwoord: ")
    made.type("s\n")
    shown += made.wait_for("Vraag het je coach.\n")
    assert made.process.wait(30) == 0
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", shown)
    assert [line for line in shown.splitlines() if len(line) > 40 and not line.startswith(str(Path.cwd()))] == []


@posix
def test_seventeen_keys_on_a_terminal(terminal: Any) -> None:
    made = terminal("vragenlijst", "invullen", CODE, "--snel", "--datum", "2026-03-02")
    made.wait_for("1: ")
    for number, key in enumerate(KEYS_17, 1):
        made.type(key)
        made.wait_for(f"{key}\n{number + 1}: " if number < 17 else f"{key}\n\nDatum: ")
    made.wait_for("datum): ")
    assert not made.is_as_before()
    made.type("j")
    made.wait_for("regiekit score ")
    assert made.process.wait(30) == 0
    assert made.is_as_before()
    assert list(kept(PAPER)["antwoorden"].values()) == [int(k) for k in KEYS_17]


@posix
def test_typing_faster_than_it_reads_loses_no_key(terminal: Any) -> None:
    made = terminal("vragenlijst", "invullen", CODE, "--snel")
    made.wait_for("1: ")
    made.type(f"{KEYS_17}d2-3-2026\nj")
    assert made.process.wait(30) == 0
    assert list(kept(PAPER)["antwoorden"].values()) == [int(k) for k in KEYS_17]
    assert str(kept(PAPER)["datum"]) == "2026-03-02"


@posix
def test_a_wrong_key_beeps_and_an_arrow_does_nothing(terminal: Any) -> None:
    made = terminal("vragenlijst", "invullen", CODE, "--snel", "--datum", "2026-03-02")
    made.wait_for("1: ")
    made.type("7")
    made.wait_for("\a7 kan hier niet")
    made.wait_for("1: ")
    made.type("\x1b[A")
    made.wait_for("\adie toets kan hier niet")
    made.wait_for("1: ")
    made.type("5\x7f4")
    made.wait_for("4\n2: ")
    made.type("\x04")
    assert made.process.wait(30) == 130
    assert made.is_as_before()
    assert kept(PAPER)["antwoorden"] == {"autonomie-1": 4}


@posix
@pytest.mark.parametrize("how", ["ctrl-c", "term", "hangup"])
def test_the_terminal_is_as_before_after_every_end(how: str, terminal: Any) -> None:
    made = terminal("vragenlijst", "invullen", CODE, "--snel", "--datum", "2026-03-02")
    made.wait_for("1: ")
    made.type("4")
    made.wait_for("2: ")
    assert not made.is_as_before()
    if how == "ctrl-c":
        made.type("\x03")
    else:
        made.process.send_signal(signal.SIGTERM if how == "term" else signal.SIGHUP)
    made.wait_for("Verder, in deze map:\n")
    assert made.process.wait(30) == 130
    assert made.is_as_before()
    assert kept(PAPER)["antwoorden"] == {"autonomie-1": 4}


@posix
def test_lines_and_keys_after_one_another_on_a_terminal(terminal: Any, tmp_path: Path) -> None:
    path = own_lijst(tmp_path, 1, 5)
    text = path.read_text("utf-8").replace("tekst: Vraag 2.}", "tekst: Vraag 2., antwoordschaal: {min: 0, max: 10}}")
    path.write_text(text.replace("gemiddelde", "som").replace("beantwoord: 2", "beantwoord: 3"), encoding="utf-8")
    made = terminal("vragenlijst", "invullen", path, "--client", "R-1", "--snel", "--datum", "2026-03-02")
    made.wait_for("1: ")
    made.type("410\n3j")
    assert made.process.wait(30) == 0
    assert made.is_as_before()
    assert list(kept("afname-R-1-klein.yaml")["antwoorden"].values()) == [4, 10, 3]


@posix
def test_score_of_a_vragenlijst_fills_it_in_the_same_way(terminal: Any, tmp_path: Path) -> None:
    path = own_lijst(tmp_path, 1, 5)
    made = terminal("score", path)
    asked = ("(j/n) [j] ", "(Enter = zonder) ", "beginnen: ", "Vraag 1 van 3", "Vraag 2 van 3", "Vraag 3 van 3",
             "Dit zijn je antwoorden")  # fmt: skip
    for shown, typed in zip(asked, ("\n", "R-1\n", "\n", "4\n", "4\n", "5\n", "k\n"), strict=True):
        made.wait_for(shown)
        made.type(typed)
    made.wait_for("3 van 3")
    assert made.process.wait(30) == 0
    assert list(kept("afname-R-1-klein.yaml")["antwoorden"].values()) == [4, 4, 5]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_knows_little(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "regiekit", "vragenlijst", "invullen", "eigen-regie", *START],
        input="\n" + "3\n" * 17 + "één\n\n\nk\n", capture_output=True, check=False, encoding=encoding, errors="replace",
        env={**os.environ, "PYTHONIOENCODING": encoding, "NO_COLOR": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    if encoding == "cp1252":
        assert kept()["open"]["start-1"] == "één"

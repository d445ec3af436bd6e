"""`regiekit menu`: what each job asks and runs, odd paths, and that nothing that goes wrong ends the menu."""

from __future__ import annotations

import io
import os
import random
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engels import command_paths, english_words
from regiekit.cli import app, menu, menu_bestanden, menu_vragen
from regiekit.cli.menu import BEGIN
from regiekit.cli.menu_bestanden import ANTWOORDEN, MOST, PLAN, TABEL, clean_path, existing, find_files, read_target
from regiekit.cli.menu_hulp import NIET_IN_MENU
from regiekit.cli.menu_klus import Klus, Menu
from regiekit.cli.menu_plekken import PLEKKEN
from regiekit.cli.menu_typen import quote, typed_line
from regiekit.cli.menu_vragen import Geheugen, Terug
from regiekit.cli.snelkoppeling import this_system
from regiekit.cli.starter import NAMEN
from regiekit.errors import LOCKED, REFUSED, STOPPED, WRONG_FILE, WRONG_USE, RegiekitError
from util import ROOT, Result, run, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXAMPLES = {
    "R-014-start.yaml": "vragenlijst.yaml", "R-021-start.yaml": "R-021-start.yaml",
    "R-021-einde.yaml": "R-021-einde.yaml", "mijn plan.yaml": "plan.yaml", "casus.yaml": "casus.yaml",
    "groep.csv": "groep.csv",
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with examples, of a user who has nothing else; R-014-start.yaml is the newest."""
    work = tmp_path / "werk"
    work.mkdir()
    for days, (name, source) in enumerate(EXAMPLES.items()):
        shutil.copy(ROOT / "voorbeelden" / source, work / name)
        os.utime(work / name, (1_780_000_000 - days * 86_400,) * 2)
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("XDG_DOCUMENTS_DIR", "XDG_DOWNLOAD_DIR", "XDG_CONFIG_HOME", "REGIEKIT_VOORLEZEN"):
        monkeypatch.delenv(name, raising=False)
    return work


def klussen(here: Menu = BEGIN, path: tuple[int, ...] = ()) -> Iterator[tuple[str, Klus]]:
    """Every job, by the numbers that lead to it."""
    for number, keuze in enumerate(here.keuzes, 1):
        if isinstance(keuze, Menu):
            yield from klussen(keuze, (*path, number))
        else:
            yield " ".join(map(str, (*path, number))), keuze


KLUSSEN = dict(klussen())


class Typed(io.StringIO):
    """Lines that someone types."""


def typing(monkeypatch: pytest.MonkeyPatch, lines: Sequence[str]) -> Typed:
    typed = Typed("".join(f"{line}\n" for line in lines))
    monkeypatch.setattr(sys, "stdin", typed)
    return typed


# What each job runs ---------------------------------------------------------------------------------------------------

# the numbers to the job; what is typed then, parts by '|'; the words that are run
TABLE = [
    ("1 1", "1||||||n|n|", "voorbereiding R-014-start.yaml"),
    ("1 1", "1|Weer aan het werk|Bellen met Ans||12-3-2026|2026-04-01|n|n|2|", "voorbereiding R-014-start.yaml --doel "
     "'Weer aan het werk' --afspraak 'Bellen met Ans' --datum 2026-03-12 --rapportage 2026-04-01 "
     "--uit voorbereiding-R-014-start.pdf"),
    ("1 2", "R-014|n|2|", "voorbereiding R-014 --uit voorbereiding-R-014.pdf"),
    ("1 3", "R-9|||||n|n|3|blad", "voorbereiding --client R-9 --uit blad.html"),
    ("2 1", "1|1|1||n|j|1|",
     "vragenlijst papier eigen-regie --meetmoment start --uit vragenlijst-eigen-regie-start.pdf"),
    ("2 1", "1|3|2|R-5|j|n|2|x.html", "vragenlijst papier eigen-regie --client R-5 --meetmoment einde --taal en "
     "--groot --zonder-training --uit x.html"),
    ("2 2", "1|4|1|R-5|", "vragenlijst formulier eigen-regie --client R-5 --uit formulier-R-5-eigen-regie.html"),
    ("2 3", "1|3", "vragenlijst invullen eigen-regie --taal nl-x-simpel"),
    ("2 4", "1|1|R-5|j|", "vragenlijst invulblad eigen-regie --meetmoment start --client R-5 --uit "
     "invulblad-R-5-eigen-regie-start.yaml"),
    ("2 5", "schaalvragen", "vragenlijst toon schaalvragen"),
    ("3 1", "|n", "score R-014-start.yaml"),
    ("3 1", "R-021-einde.yaml|j|n|j||||||j|hoog|los|", "score R-021-einde.yaml --inschatting hoog --sturing los --rouw "
     "--belast"),
    ("3 1", "3|j|j", "score R-021-einde.yaml --crisis"),
    ("3 1", "groep.csv", "score groep.csv"),
    ("3 2", "2|2|3||j|n", "score R-021-start.yaml R-021-einde.yaml --zelfde-client"),
    ("3 3", "R-5|regiekit:eigen-regie@1:start:R-5:39254456", "vragenlijst invullen "
     "regiekit:eigen-regie@1:start:R-5:39254456 --snel"),
    ("3 3", "|1", "vragenlijst invullen eigen-regie --snel"),
    ("3 4", "2|3||j|2|", "verloop R-021-start.yaml R-021-einde.yaml --zelfde-client --uit verloop.pdf"),
    ("3 5", "casus.yaml", "controleer casus.yaml"),
    ("4 1", "", "zone"),
    ("4 2", "", "advies"),
    ("4 3", "1|n|j|1, 3", "advies R-014-start.yaml --signaal SIGNAAL-1 --signaal SIGNAAL-3"),
    ("4 4", "R-014|n|n", "advies R-014"),
    ("4 5", "4", "techniek inoculatie"),
    ("4 5", "reparatiereflex", "techniek reparatiereflex"),
    ("4 6", "6||kaarten", "techniek alle --print --uit kaarten.pdf"),
    ("4 7", "1|1|R-5|1|", "werkblad inoculatie --voor client --client R-5 --uit werkblad-inoculatie-client.pdf"),
    ("4 7", "4||3", "werkblad contextscan --voor coach"),
    ("5 1", "R-014|2||j|1|", "verslag R-014 --voor werkgever --geleverd --uit verslag-werkgever-R-014.docx"),
    ("5 1", "R-014|1|2026-01-05|4", "verslag R-014 --voor client --van 2026-01-05"),
    ("5 2", "1|2|", "verslag --voor intervisie --uit intervisie.pdf"),
    ("5 2", "2|1|1|", "verslag --voor intervisie casus.yaml --uit intervisie.docx"),
    ("5 2", "3|R-014|4", "verslag --voor intervisie R-014"),
    ("5 2", "4|mijn-casus", "verslag --voor intervisie --invulblad --uit mijn-casus.yaml"),
    ("5 3", "", "plan --invulblad --uit plan.yaml"),
    ("5 4", "1|j|1|", "plan 'mijn plan.yaml' --mijlpalen --uit plan.docx"),
    ("5 5", "R-014|j|n|2|", "plan R-014 --met-afspraken --uit plan-R-014.pdf"),
    ("5 6", "5 januari 2026", "mijlpalen --eerste-ziektedag 2026-01-05"),
    ("5 7", "2026-01-05|R-014|", "mijlpalen --eerste-ziektedag 2026-01-05 --client R-014 --ics mijlpalen-R-014.ics"),
    ("6 1", "R-030", "dossier nieuw R-030"),
    ("6 2", "R-014", "dossier gesprek R-014"),
    ("6 3", "R-014", "dossier opvolging R-014"),
    ("6 4", "R-014|1|1|j", "dossier afname R-014 R-014-start.yaml --verwijder"),
    ("6 4", "R-014|2|1|1", "dossier afname R-014 --invullen --lijst eigen-regie"),
    ("6 4", "R-014|3|2", "dossier afname R-014 --invullen --lijst schaalvragen --snel"),
    ("6 5", "R-014|", "dossier toon R-014"),
    ("6 5", "R-014|2", "dossier toon R-014 --alles"),
    ("6 6", "", "dossier lijst"),
    ("6 7", "R-014|", "verloop R-014"),
    ("6 8 1", "R-014", "dossier besluit R-014"),
    ("6 8 2", "R-014", "dossier inoculatie R-014"),
    ("6 8 3", "R-014", "dossier schaalvraag R-014"),
    ("6 8 4", "R-014", "dossier traject R-014"),
    ("6 8 5", "R-014|3|", "dossier corrigeer R-014 3"),
    ("6 8 5", "R-014|drie|3|2", "dossier corrigeer R-014 3 --weg"),
    ("6 8 6", "R-014|", "dossier sluit R-014"),
    ("6 8 6", "R-014|2", "dossier sluit R-014 --heropen"),
    ("6 9 1", "kopie", "dossier reservekopie --uit kopie.regiekit"),
    ("6 9 2", "kopie-oud.regiekit", "dossier herstel kopie-oud.regiekit"),
    ("6 9 3", "", "dossier controleer"),
    ("6 9 4", "2", "dossier wachtzin --onthoud"),
    ("6 9 4", "", "dossier wachtzin"),
    ("6 9 5", "R-014|2", "dossier inzage R-014 --vorm pdf"),
    ("6 9 6", "", "dossier uitvoer"),
    ("6 9 7", "", "dossier bewaartermijn"),
    ("6 9 7", "2|R-014|31-12-2029", "dossier bewaartermijn R-014 --tot 2029-12-31"),
    ("6 9 8", "R-014|", "dossier wis R-014"),
    ("6 9 8", "R-014|2", "dossier wis R-014 --echt"),
    ("6 10", "j", "dossier demo --uit DEMO"),
    ("7", "rouw werkgever", "kennis rouw werkgever"),
    ("7", "", "kennis"),
    ("7", "-rouw", "kennis -- -rouw"),
    ("7", "[rouw-signaleren]", "kennis rouw-signaleren"),
    ("8 1", "1|", "vragenlijst importeer groep.csv"),
    ("8 1", "1|2|uit|", "vragenlijst importeer groep.csv --uit uit"),
    ("8 1", "1|3||2", "vragenlijst importeer groep.csv --weiger-rijen --scores groep-scores.csv"),
    ("8 2", "1|2|", "score groep.csv --uit groep-scores.xlsx"),
    ("8 3", "1|", "groep groep.csv"),
    ("8 3", "1|2|", "groep groep.csv --verslag groep-verslag.pdf"),
    ("8 4", "veel|50|2|", "groep simuleer --n 50 --uit verzonnen-eigen-regie.csv"),
    ("9 1", "", "zelfcheck"),
    ("9 2", "1", "snelkoppeling"),
    ("9 2", "2", "snelkoppeling --map HIER"),
    ("9 3", "", None),
    ("9 4", "", None),
    ("9 5 1", "", "sleutel maak"),
    ("9 5 2", "", "sleutel toon"),
    ("9 5 3", "", "sleutel wachtzin"),
    ("9 6", "", None),
]  # fmt: skip


def signaal(number: int) -> str:
    from regiekit.content.library import load_signalen

    return load_signalen()[number - 1].id


@pytest.mark.parametrize(("place", "typed", "words"), TABLE, ids=[f"{p}: {t}" for p, t, _ in TABLE])
def test_a_job_asks_and_runs_the_right_words(
    place: str, typed: str, words: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "kopie-oud.regiekit").write_bytes(b"RGK")
    monkeypatch.setenv("REGIEKIT_VOORLEZEN", "0")  # what the job changes is put back
    stdin = typing(monkeypatch, typed.split("|"))
    found = KLUSSEN[place].vraag(Geheugen())
    expected = words and words.replace("DEMO", str(folder / "demo.regiekit")).replace("HIER", str(folder))
    for number in (1, 3):
        expected = expected and expected.replace(f"SIGNAAL-{number}", signaal(number))
    assert (found and quote(found, windows=False)) == expected
    assert typed == "" or stdin.read() == "", "not everything that was typed was asked for"


def test_every_job_stands_in_the_table() -> None:
    assert set(KLUSSEN) == {place for place, _, _ in TABLE}


def test_every_command_is_in_the_menu_or_explained() -> None:
    groups = {"", "vragenlijst", "dossier", "sleutel"}  # each runs nothing by itself
    commands = {" ".join(path) for path in command_paths(app.regiekit)} - groups
    run_by_jobs = {command for command in commands for _, _, words in TABLE if is_start(command, words)}
    assert commands - run_by_jobs == set(NIET_IN_MENU)


def is_start(command: str, words: str | None) -> bool:
    """Whether these words run that command, and not a longer one."""
    return words is not None and f"{words} ".startswith(f"{command} ") and not (
        command == "groep" and words.split()[1] in ("simuleer", "plan")
    )  # fmt: skip


def test_the_words_of_every_job_are_understood() -> None:
    """No job gives an option that its command does not know."""
    commands = sorted((" ".join(path) for path in command_paths(app.regiekit)), key=len, reverse=True)
    pages = {command: run(*command.split(), "--help").out for command in commands}
    for _, _, words in TABLE:
        if words:
            command = next(command for command in commands if is_start(command, words))
            options = [word for word in shlex.split(words) if word.startswith("--") and len(word) > 2]
            assert [word for word in options if f"  {word} " not in pages[command]] == [], words


# Questions ------------------------------------------------------------------------------------------------------------

BY_OTHERS = {"3 1", "4 3"}  # in some rows of these, further questions are those of the commands themselves


@pytest.mark.parametrize(("place", "typed"), [(p, t) for p, t, _ in TABLE if t], ids=lambda v: v)
def test_zero_goes_back_from_every_question(place: str, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = typed.split("|")
    for number in range(min(2, len(lines)) if place in BY_OTHERS else len(lines)):
        typing(monkeypatch, [*lines[:number], "0"])
        with pytest.raises(Terug):
            KLUSSEN[place].vraag(Geheugen())


def test_a_question_mark_explains_once_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, ["?", "4"])
    assert KLUSSEN["4 5"].vraag(Geheugen()) == ["techniek", "inoculatie"]
    out = capsys.readouterr().out
    assert out.count("Welke techniek?") == 2 and out.count("4. Inoculatie") == 2
    assert "Typ 0 om terug te gaan naar het menu." in out


def test_what_is_wrong_gets_one_line_and_the_question_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, ["9", "vier", "", "4"])
    found = menu_vragen.ask_choice("Welke?", {"a": "Aap", "b": "Noot", "c": "Mies", "d": "Wim"})
    captured = capsys.readouterr()
    assert found == "d"
    assert captured.err.splitlines() == ["Typ een nummer van 1 tot en met 4, of 0 om terug te gaan."] * 3
    assert captured.out.count("Typ een nummer: ") == 4


def test_a_day_needs_its_year_and_is_said_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, ["", "12-3", "30-2-2026", "12 maart 2026"])
    assert menu_vragen.ask_day("Dag", "Welke dag?", needed=True) == "2026-03-12"
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 3
    assert captured.out.endswith("Dat is donderdag 12 maart 2026.\n")


def test_the_last_code_is_the_default_and_a_number_of_a_person_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    geheugen = Geheugen()
    typing(monkeypatch, ["Jan Jansen", "111222333", "R-7"])
    assert KLUSSEN["6 2"].vraag(geheugen) == ["dossier", "gesprek", "R-7"]
    assert "burgerservicenummer" in capsys.readouterr().err
    typing(monkeypatch, [""])
    assert KLUSSEN["6 3"].vraag(geheugen) == ["dossier", "opvolging", "R-7"]
    assert "Code van de cliënt [R-7]: " in capsys.readouterr().out
    typing(monkeypatch, ["", "R-8"])  # a new client is not the last one
    assert KLUSSEN["6 1"].vraag(geheugen) == ["dossier", "nieuw", "R-8"]


def test_a_code_that_was_left_out_once_is_still_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    geheugen = Geheugen(code="R-7")
    typing(monkeypatch, [""])
    assert menu_vragen.ask_code(geheugen, needed=False) == ""
    typing(monkeypatch, [""])
    assert KLUSSEN["6 3"].vraag(geheugen) == ["dossier", "opvolging", "R-7"]


def test_a_list_that_is_not_free_asks_for_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "data/vragenlijsten/schaalvragen.yaml").read_text(encoding="utf-8")
    text = text.replace("licentie: vrij", "licentie: toestemming").replace("id: schaalvragen", "id: van-ander")
    (folder / "lijst.yaml").write_text(text, encoding="utf-8")
    typing(monkeypatch, ["3", "lijst.yaml", "n"])
    with pytest.raises(Terug):
        KLUSSEN["2 4"].vraag(Geheugen())
    typing(monkeypatch, ["3", "lijst.yaml", "j", "1", "", "j", ""])
    words = KLUSSEN["2 4"].vraag(Geheugen())
    assert words and words[2] == "lijst.yaml" and "--ik-heb-toestemming" in words
    assert run(*words).code == 0


def test_a_form_is_locked_with_the_key_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regiekit.kanaal.sleutel.public_key", lambda given=None: {"kid": "x"})
    for answer, words in (("j", []), ("n", ["--open"])):
        typing(monkeypatch, ["2", "1", "", "", "", answer, ""])
        found = KLUSSEN["2 2"].vraag(Geheugen())
        assert found and [w for w in found if w == "--open"] == words


def test_the_made_up_dossier_is_used_until_that_is_chosen_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    geheugen, path = Geheugen(), str(folder / "demo.regiekit")
    typing(monkeypatch, ["j"])
    words = KLUSSEN["6 10"].vraag(geheugen)
    assert words and not geheugen.oefenen and run(*words).code == 0
    begin = KLUSSEN["6 10"].gelukt
    assert begin is not None
    begin(geheugen)
    typing(monkeypatch, ["", ""])
    assert KLUSSEN["6 5"].vraag(geheugen) == ["dossier", "toon", "VERZONNEN-1", "--dossier", path]
    for place in ("6 6", "6 9 3"):
        assert KLUSSEN[place].vraag(geheugen)[-2:] == ["--dossier", path]  # type: ignore[index]
    assert KLUSSEN["6 10"].vraag(geheugen) is None
    assert KLUSSEN["6 6"].vraag(geheugen) == ["dossier", "lijst"]
    typing(monkeypatch, ["j"])  # it is there now
    assert KLUSSEN["6 10"].vraag(geheugen) is None and geheugen.oefenen == path


# Files ----------------------------------------------------------------------------------------------------------------

DRAGGED = [
    ("  R-014.yaml ", False, "R-014.yaml"),
    ("'mijn map/een bestand.yaml' ", False, "mijn map/een bestand.yaml"),
    ('"mijn map/een bestand.yaml"', False, "mijn map/een bestand.yaml"),
    (r"/Users/ans/mijn\ map/een\ bestand.yaml ", False, "/Users/ans/mijn map/een bestand.yaml"),
    (r"/Users/ans/d\'accord\ \(1\).yaml", False, "/Users/ans/d'accord (1).yaml"),
    (r"'/home/ans/d'\''accord.yaml'", False, "/home/ans/d'accord.yaml"),
    ("file:///home/ans/een%20bestand.yaml", False, "/home/ans/een bestand.yaml"),
    ("file://localhost/home/ans/x.yaml", False, "/home/ans/x.yaml"),
    ("FILE:///home/ans/caf%C3%A9.yaml", False, "/home/ans/café.yaml"),
    ("& 'C:\\Users\\Ans de Vries\\x.yaml'", True, r"C:\Users\Ans de Vries\x.yaml"),
    ("& 'C:\\d''accord.yaml'", True, r"C:\d'accord.yaml"),
    ('"C:\\Users\\Ans de Vries\\x.yaml" ', True, r"C:\Users\Ans de Vries\x.yaml"),
    (r"C:\Users\ans\nieuw\test.yaml", True, r"C:\Users\ans\nieuw\test.yaml"),
    ("file:///C:/Users/Ans%20de%20Vries/x.yaml", True, "C:/Users/Ans de Vries/x.yaml"),
    ("'", False, "'"),
    ("~niemand-die-er-is/x", False, "~niemand-die-er-is/x"),
]


@pytest.mark.parametrize(("typed", "windows", "path"), DRAGGED, ids=[row[0].strip() for row in DRAGGED])
def test_a_path_as_terminals_give_it(typed: str, windows: bool, path: str) -> None:
    assert str(clean_path(typed, windows=windows)) == path


def test_the_home_folder_may_be_a_tilde(tmp_path: Path) -> None:
    assert clean_path("~/x.yaml", windows=False) == tmp_path / "x.yaml"


def test_a_file_that_is_there_is_found_as_it_is_called(folder: Path) -> None:
    for name in ("een 'raar' bestand.yaml", r"met\schuine streep.yaml", "dollar $HOME & meer.yaml"):
        write(folder, name, "antwoorden:\n")
        assert existing(name) == Path(name)
    (folder.parent / "Downloads").mkdir()
    write(folder.parent / "Downloads", "terug.json", "{}")
    assert existing("terug.json") == folder.parent / "Downloads/terug.json"


@pytest.mark.parametrize("typed", ["", "bestaat-niet.yaml", "..", "x" * 5000, "nul\0.yaml"])
def test_a_file_that_is_not_there_is_told_kindly(typed: str) -> None:
    with pytest.raises(RegiekitError):
        existing(typed)


def test_files_are_listed_by_kind_newest_first_and_at_most_nine(folder: Path) -> None:
    assert [path.name for path in find_files(ANTWOORDEN)] == [
        "R-014-start.yaml",
        "R-021-start.yaml",
        "R-021-einde.yaml",
    ]
    assert [path.name for path in find_files(PLAN)] == ["mijn plan.yaml"]
    assert [path.name for path in find_files(TABEL)] == ["groep.csv"]
    downloads = folder.parent / "Downloads"
    downloads.mkdir()
    for number in range(12):
        os.utime(write(downloads, f"{number}.json", '{"antwoorden": {}}'), (1_790_000_000 + number,) * 2)
    write(downloads, ".verborgen.json", '{"antwoorden": {}}')
    write(downloads, "iets-anders.json", "{}")
    found = find_files(ANTWOORDEN)
    assert len(found) == MOST
    assert [path.name for path in found] == [f"{number}.json" for number in range(11, 2, -1)]


def test_a_file_that_a_program_puts_beside_an_open_one_is_not_listed(folder: Path) -> None:
    for lock in ("~$groep.xlsx", ".~lock.groep.csv"):
        write(folder, lock, "x")
    assert [path.name for path in find_files(TABEL)] == ["groep.csv"]


def test_no_more_files_are_read_than_the_list_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of a cloud disk fetches every file that is read."""
    read: list[Path] = []
    monkeypatch.setattr(menu_bestanden, "_holds", lambda path, _: not read.append(path))
    for number in range(MOST + 5):
        write(folder, f"{number}.json", "{}")
    assert len(find_files(ANTWOORDEN)) == len(read) == MOST


def test_the_list_says_which_folder_and_which_day(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    downloads = folder.parent / "Downloads"
    downloads.mkdir()
    os.utime(write(downloads, "R-1.yaml", "antwoorden:\n"), (1_790_000_000,) * 2)
    typing(monkeypatch, ["1", "n"])
    assert KLUSSEN["3 1"].vraag(Geheugen()) == ["score", str(downloads / "R-1.yaml")]
    out = capsys.readouterr().out
    assert "1. R-1.yaml (map Downloads, 21 september 2026)" in out
    assert "2. R-014-start.yaml (28 mei 2026)" in out


def test_without_any_file_the_question_says_how_to_give_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in folder.iterdir():
        path.unlink()
    typing(monkeypatch, ["", "1", "0"])
    with pytest.raises(Terug):
        KLUSSEN["3 1"].vraag(Geheugen())
    assert "Sleep het bestand naar dit venster" in capsys.readouterr().out


def test_a_name_like_an_option_is_no_option(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy("R-014-start.yaml", "--json.yaml")
    typing(monkeypatch, ["--json.yaml", "n"])
    words = KLUSSEN["3 1"].vraag(Geheugen())
    assert words == ["score", "./--json.yaml"]
    assert run(*words).code == 0


def test_a_file_that_is_there_is_replaced_only_when_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "plan.yaml", "oud")
    write(folder, "plan-2.yaml", "oud")
    typing(monkeypatch, ["", "", ""])
    assert KLUSSEN["5 3"].vraag(Geheugen()) == ["plan", "--invulblad", "--uit", "plan-3.yaml"]
    typing(monkeypatch, ["", "2"])
    assert KLUSSEN["5 3"].vraag(Geheugen()) == ["plan", "--invulblad", "--uit", "plan.yaml", "--overschrijf"]
    write(folder, "k.regiekit", "oud")  # a back-up is never replaced
    typing(monkeypatch, ["k", "2", "1", "ander"])
    assert KLUSSEN["6 9 1"].vraag(Geheugen()) == ["dossier", "reservekopie", "--uit", "ander.regiekit"]


@pytest.mark.skipif(os.name == "nt", reason="a link that anybody may make")
def test_a_link_that_points_nowhere_is_a_file_that_is_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "plan.yaml").symlink_to(folder / "weg.yaml")
    typing(monkeypatch, ["", "1", ""])
    assert KLUSSEN["5 3"].vraag(Geheugen()) == ["plan", "--invulblad", "--uit", "plan-2.yaml"]


@pytest.mark.parametrize(("answer", "replaces"), [("j", ["--overschrijf"]), ("n", []), ("", [])])
def test_files_in_a_folder_are_replaced_only_when_asked(
    answer: str, replaces: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "uit").mkdir()
    write(folder / "uit", "oud.yaml", "oud")
    typing(monkeypatch, ["1", "2", "uit", answer, ""])
    words = KLUSSEN["8 1"].vraag(Geheugen())
    assert words == ["vragenlijst", "importeer", "groep.csv", "--uit", "uit", *replaces]


def test_a_shortcut_is_replaced_only_when_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regiekit.cli.snelkoppeling.find_target", lambda *_, **__: folder)
    write(folder, NAMEN[this_system()], "van jou")
    typing(monkeypatch, ["1", "j"])
    assert KLUSSEN["9 2"].vraag(Geheugen()) == ["snelkoppeling", "--overschrijf"]
    for answer in ("n", ""):
        typing(monkeypatch, ["1", answer])
        with pytest.raises(Terug):
            KLUSSEN["9 2"].vraag(Geheugen())


def test_inzage_replaces_only_when_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "inzage-R-1.json", "oud")
    typing(monkeypatch, ["R-1", "1", "n"])
    with pytest.raises(Terug):
        KLUSSEN["6 9 5"].vraag(Geheugen())
    typing(monkeypatch, ["R-1", "1", "j"])
    assert KLUSSEN["6 9 5"].vraag(Geheugen()) == ["dossier", "inzage", "R-1", "--vorm", "html", "--overschrijf"]


def test_a_new_file_gets_its_ending_and_a_folder_gets_the_usual_name(folder: Path) -> None:
    assert str(read_target("plan", "x.pdf", ".pdf")) == "plan.pdf"
    assert str(read_target("plan.PDF", "x.pdf", ".pdf")) == "plan.PDF"
    assert str(read_target("versie 1.2", "x.pdf", ".pdf")) == "versie 1.2.pdf"
    assert read_target(str(folder), "x.pdf", ".pdf") == folder / "x.pdf"
    for wrong in ("bestaat-niet/x.pdf", "\0", "tab\tx"):
        with pytest.raises(RegiekitError):
            read_target(wrong, "x.pdf", ".pdf")


# The command to type --------------------------------------------------------------------------------------------------

WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\n\r")), max_size=5)


@given(WORDS)
def test_the_command_is_read_back_by_a_posix_shell(words: list[str]) -> None:
    assert shlex.split(quote(words, windows=False)) == words


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\n\r"), min_size=1), max_size=5))
def test_the_command_is_read_back_by_windows_powershell(words: list[str]) -> None:
    assert split_windows(as_powershell_hands_on(quote(words, windows=True))) == words


@pytest.mark.parametrize("word", ["$300", "a,b", "@thuis", "%PATH%", "`n", "d\u2019accord", 'zeg "ja"', "Mijn map",
                                  "a;b", "$(weg)", "\u201czo\u201d", "(x)", "#1", "{a}", "-5", "--%"])  # fmt: skip
def test_a_word_that_means_something_to_powershell_is_quoted(word: str) -> None:
    line = quote(["score", word], windows=True)
    assert line[6] in "'\"" and split_windows(as_powershell_hands_on(line)) == ["score", word]


def as_powershell_hands_on(line: str) -> str:
    """The command line that Windows PowerShell 5.1 gives to a program, for a line that was typed.

    From its documentation (about_Quoting_Rules, about_Parsing) and NativeCommandParameterBinder: texts between quotes
    lose these, and a word with a space outside quotes of its own gets double ones around it.
    """
    words, rest = [], line
    while rest:
        if found := re.match("'((?:[^'\u2018\u2019\u201a\u201b]|(['\u2018\u2019\u201a\u201b])\\2)*)'(?: |$)", rest):
            word = re.sub("(['\u2018\u2019\u201a\u201b])\\1", r"\1", found[1])
        elif found := re.match('"([^"$`\u201c\u201d\u201e]*)"(?: |$)', rest):
            word = found[1]
        else:
            found = re.match(r"([\w./\\:+=-]+)(?: |$)", rest)
            assert found and not re.match("-.*[.:]", found[1]), rest
            word = found[1]
        words.append(f'"{word}"' if re.search(r"\s", word) else word)
        rest = rest[found.end() :]
    return " ".join(words)


def split_windows(line: str) -> list[str]:
    """How the run-time library of Windows splits a command line, from its documentation."""
    words: list[str] = []
    word, inside, started, place = "", False, False, 0
    while place < len(line):
        slashes = len(line[place:]) - len(line[place:].lstrip("\\"))
        after = line[place + slashes : place + slashes + 1]
        if slashes:
            quote_next = after == '"'
            word += "\\" * (slashes // 2 if quote_next else slashes)
            place, started = place + slashes, True
            if quote_next and slashes % 2:
                word += '"'
                place += 1
            continue
        char = line[place]
        place += 1
        if char == '"':
            inside, started = not inside, True
        elif char == " " and not inside:
            words += [word] if started else []
            word, started = "", False
        else:
            word, started = word + char, True
    return [*words, word] if started else words


def test_a_simple_word_needs_no_quotes() -> None:
    words = ["score", "R-014.yaml", r"C:\Users\ans\x.yaml", "Mijn map", 'zeg "ja"', "a;b"]
    assert quote(words, windows=True) == (
        r"""score R-014.yaml C:\Users\ans\x.yaml "Mijn map" 'zeg \"ja\"' "a;b" """.rstrip()
    )


# The menu itself ------------------------------------------------------------------------------------------------------


class Interrupted(Typed):
    """Lines of which '^C' is Ctrl-C."""

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        if (line := super().readline(size)) == "^C\n":
            raise KeyboardInterrupt
        return line


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """The menu, with what is typed in it; after the last line the input ends."""

    def run_menu(*lines: str) -> Result:
        monkeypatch.setattr(menu, "on_terminal", lambda: True)
        monkeypatch.setattr(sys, "stdin", Interrupted("".join(f"{line}\n" for line in lines)))
        code = app.main(["menu"])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run_menu


Chosen = Callable[..., Result]


def test_stopping_by_choice_is_done_and_any_other_end_is_stopped(chosen: Chosen) -> None:
    for lines in (["0"], ["stop"], ["", "0."], ["1", "0", "0"], ["x", "10", "-1", "?", "0"]):
        result = chosen(*lines)
        assert (result.code, result.out.rstrip().rpartition("\n")[2][-10:]) == (0, "Tot ziens."), lines
    for lines in ([], ["^C"], ["1"], ["6", "8", "^C"], ["3", "1", "^C"], ["3", "1"]):
        result = chosen(*lines)
        assert (result.code, result.out.rstrip().rpartition("\n")[2][-10:]) == (STOPPED, "Tot ziens."), lines
        assert "Traceback" not in result.err


def test_enter_shows_the_list_again_and_nonsense_gets_one_line(chosen: Chosen) -> None:
    result = chosen("", "99", "nul", "0")
    assert result.out.count("1. Een gesprek voorbereiden") == 2
    assert result.err.splitlines() == ["Dat staat niet in de lijst. Typ een nummer van 1 tot en met 9, of 0."] * 2


def test_ctrl_c_in_a_job_returns_to_the_menu(chosen: Chosen) -> None:
    result = chosen("5", "6", "^C", "6", "2026-01-05", "", "0", "0")
    assert result.code == 0
    assert "Je bent terug in het menu." in result.out and " mijlpalen --eerste-ziektedag 2026-01-05" in result.out
    assert result.out.count("Verslag, plan en mijlpalen. Wat ga je doen?") == 3


def test_a_score_is_shown_with_the_command_that_gives_it(chosen: Chosen) -> None:
    result = chosen("3", "1", "1", "n", "", "0", "0")
    assert result.code == 0
    assert f"  {typed_line(['score', 'R-014-start.yaml'])}\n" in result.out
    assert "Eigen regie in het tweede spoor, versie 1" in result.out and " 2,67 " in result.out
    assert "Druk op Enter om verder te gaan: " in result.out


def test_an_error_of_a_file_explains_itself_and_the_menu_goes_on(folder: Path, chosen: Chosen) -> None:
    shutil.copy(ROOT / "voorbeelden/met-fouten.yaml", folder / "fout.yaml")
    result = chosen("3", "1", "fout.yaml", "n", "", "0", "0")
    assert result.code == 0
    assert "fout.yaml:" in result.err
    assert "Er klopt iets niet in een bestand." in result.out


def test_words_for_others_go_through_only_when_read_again(folder: Path, chosen: Chosen) -> None:
    write(folder, "p.yaml", "doel_spoor_2: Werk na haar depressie.\n")
    result = chosen("5", "4", "p.yaml", "n", "3", "", "n", "", "0", "0")
    assert "depressie" in result.err and not (folder / "plan.html").exists()
    result = chosen("5", "4", "p.yaml", "n", "3", "", "j", "n", "", "0", "0")
    assert " plan p.yaml --uit plan.html --toch" in result.out
    assert "depressie" in (folder / "plan.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "said"), [
    (WRONG_USE, "Dat ging niet."), (WRONG_FILE, "Er klopt iets niet in een bestand."), (REFUSED, "om iemand te"),
    (LOCKED, "Het lukte niet met dit dossier."), (STOPPED, "Je bent terug in het menu."), (1, "Dat ging niet."),
])  # fmt: skip
def test_every_exit_code_is_followed_by_what_to_do(
    code: int, said: str, chosen: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = app.main
    monkeypatch.setattr(app, "main", lambda words: real(words) if words == ["menu"] else code)
    result = chosen("7", "rouw", "", "0")
    assert result.code == 0 and said in result.out


def test_a_bug_keeps_its_traceback_and_the_menu(chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    real = app.main

    def broken(words: list[str]) -> int:
        return real(words) if words == ["menu"] else 1 // 0

    monkeypatch.setattr(app, "main", broken)
    result = chosen("7", "rouw", "", "0")
    assert result.code == 0
    assert "ZeroDivisionError" in result.err and "Traceback" in result.err
    assert "Er ging iets mis in regiekit zelf." in result.out
    assert result.out.endswith("Tot ziens.\n")


def test_being_told_to_end_is_no_bug(chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    real = app.main

    def ended(words: list[str]) -> int:
        return real(words) if words == ["menu"] else sys.exit(143)

    monkeypatch.setattr(app, "main", ended)
    with pytest.raises(SystemExit):
        chosen("7", "rouw")


def test_what_is_made_is_opened_or_its_place_is_said(
    folder: Path, chosen: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("regiekit.cli.openen.open_file", lambda path: not opened.append(path))
    result = chosen("5", "7", "2026-01-05", "", "", "", "", "0", "0")
    assert "mijlpalen.ics is klaar. Nu openen?" in result.out
    assert opened == [folder / "mijlpalen.ics"] and "Ik vind hier geen programma" not in result.out
    monkeypatch.setattr("regiekit.cli.openen.open_file", lambda _: False)
    result = chosen("5", "7", "2026-01-05", "", "anders", "j", "", "0", "0")
    assert f"  {folder / 'anders.ics'}\n" in result.out
    result = chosen("5", "7", "2026-01-05", "", "derde", "n", "", "0", "0")
    assert "Ik vind hier geen programma" not in result.out
    result = chosen("5", "7", "2026-01-05", "", "vierde", "0", "", "0", "0")
    assert result.code == 0


def test_nothing_is_opened_when_that_is_not_wanted(chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("regiekit.cli.openen.open_file", lambda path: not opened.append(path))
    for answer in ("n", "0"):
        result = chosen("5", "7", "2026-01-05", "", answer * 3, answer, "", "0", "0")
        assert "is klaar. Nu openen?" in result.out
    assert opened == []


def test_of_a_few_files_the_best_to_look_at_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("regiekit.cli.openen.open_file", lambda path: not opened.append(path))
    made = tuple(write(folder, f"x{ending}", "") for ending in (".yaml", ".csv", ".docx", ".html", ".pdf"))
    for few, best in ((made[:3], ".docx"), (made[2:], ".pdf"), (made[:2], ".csv"), ((made[3], made[0]), ".html")):
        typing(monkeypatch, ["j"])
        menu.open_results(few)
        assert opened.pop().suffix == best
        assert f"Er zijn {len(few)} bestanden gemaakt; dit is er een van." in capsys.readouterr().out
    menu.open_results(made[:4])
    assert opened == [] and "Er zijn 4 bestanden gemaakt. Ze staan in:" in capsys.readouterr().out


def test_of_many_files_the_folder_is_said(folder: Path, chosen: Chosen) -> None:
    result = chosen("8", "1", "groep.csv", "2", "map", "", "", "0", "0")
    assert result.code == 0, result.err
    assert len(list((folder / "map").iterdir())) == 111  # and the koppelbestand, beside the table
    assert f"Er zijn 112 bestanden gemaakt. Ze staan in:\n  {folder / 'map'}\n" in result.out


def test_a_folder_that_is_gone_is_told(folder: Path, chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: object) -> list[str]:
        raise FileNotFoundError(2, "weg", str(folder))

    monkeypatch.setattr(menu, "BEGIN", Menu("b", "b", (Klus("k", "k", gone), Klus("l", "l", gone))))
    result = chosen("1", "", "0")
    assert result.code == 0
    assert f"{folder} bestaat niet" in result.err and "Traceback" not in result.err


PRESSED = [
    *map(str, range(11)),
    *[""] * 6,
    "j",
    "n",
    "?",
    "R-1",
    "^C",
    "12-3-2026",
    "x.pdf",
    "groep.csv",
    "  ",
    "é\x07",
]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_pressed_the_menu_ends_well(seed: int, chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cat on the keyboard: no bug in any question, and an end when the input ends."""
    rng = random.Random(seed)
    real, ran = app.main, []

    def any_end(words: list[str]) -> int:
        if words == ["menu"]:
            return real(words)
        ran.append(words)
        return rng.choice((0, 0, WRONG_USE, WRONG_FILE, REFUSED, LOCKED, STOPPED))

    monkeypatch.setenv("REGIEKIT_VOORLEZEN", "0")
    monkeypatch.setattr(app, "main", any_end)
    result = chosen(*rng.choices(PRESSED, k=200))
    assert result.code in (0, STOPPED)
    assert "Traceback" not in result.err and menu.NA_STORING[:20] not in result.out
    assert all(isinstance(word, str) and word for words in ran for word in words)


def test_reading_aloud_goes_on_and_off(chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIEKIT_VOORLEZEN", "0")
    result = chosen("9", "3", "", "0", "3", "1", "1", "n", "", "0", "9", "3", "", "0", "0")
    assert "Voorlezen staat nu aan." in result.out and "Voorlezen staat nu uit." in result.out
    assert "│" not in result.out and "█" not in result.out
    assert os.environ["REGIEKIT_VOORLEZEN"] == "0"


def test_where_things_are_and_what_is_not_here(folder: Path, chosen: Chosen) -> None:
    result = chosen("9", "4", "", "6", "", "0", "0")
    assert f"  {folder}\n" in result.out and "Je dossier is er nog niet" in result.out
    assert f"    {typed_line(['vragenlijst', 'exporteer', '--help'])}\n" in result.out


def test_without_a_terminal_one_line_says_what_to_do() -> None:
    result = run("menu")
    assert (result.code, result.out) == (WRONG_USE, "")
    assert result.err.count("\n") == 1 and "regiekit --help" in result.err


def test_without_words_a_terminal_gets_the_menu_and_anything_else_the_help(
    chosen: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    help_page = run()
    assert help_page.code == 0 and help_page.out + help_page.err == run("--help").out
    monkeypatch.setattr(app, "on_terminal", lambda: True)
    monkeypatch.setattr(menu, "on_terminal", lambda: True)
    assert "Welkom bij regiekit" in run(stdin="0\n").out


# How it reads ---------------------------------------------------------------------------------------------------------


def menus(here: Menu = BEGIN) -> Iterator[Menu]:
    yield here
    for keuze in here.keuzes:
        if isinstance(keuze, Menu):
            yield from menus(keuze)


@pytest.mark.parametrize("here", list(menus()), ids=lambda here: here.naam)
def test_a_list_is_short_and_its_lines_are_too(
    here: Menu, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 <= len(here.keuzes) <= 10
    assert len({keuze.naam for keuze in here.keuzes}) == len(here.keuzes)
    monkeypatch.setenv("COLUMNS", "40")
    menu.show_choices(here, Geheugen(oefenen="demo"), is_first=here is BEGIN)
    menu.explain(here)
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if len(line) > 40] == []
    assert english_words(out) == []


def test_the_page_shows_the_menu_as_it_is(chosen: Chosen) -> None:
    page = (ROOT / "docs/menu.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(Wat ga je doen.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert shown.rstrip() in chosen("0").out


def test_the_page_names_the_numbers_that_are_meant() -> None:
    """'Kies 9 en dan 4' on the page leads to that job."""
    page = (ROOT / "docs/menu.md").read_text(encoding="utf-8")
    named = {f"{a} {b}" for a, b in re.findall(r"[Kk]ies (?:in het menu |dan )?(\d),? en dan (\d+)", page)}
    assert named == {"9 2", "6 10", "9 4", "9 1", "9 3", "9 6"}
    meant = ("snelkoppeling", "Oefenen", "Waar staan", "Werkt alles", "Voorlezen", "Wat kan")
    for place, words in zip(("9 2", "6 10", "9 4", "9 1", "9 3", "9 6"), meant, strict=True):
        assert words in KLUSSEN[place].naam


def test_the_sentences_are_short() -> None:
    texts = [t for here in menus() for k in (here, *here.keuzes) for t in (k.uitleg,)] + list(NIET_IN_MENU.values())
    counts = [len(s.split()) for t in texts for s in re.split(r"(?<=[.:?;])\s", t) if s]
    assert max(counts) <= 18
    assert sum(counts) / len(counts) <= 12


# What a coach met ----------------------------------------------------------------------------------------------------


def test_practice_ends_aloud_when_its_dossier_is_gone(folder: Path, chosen: Chosen) -> None:
    """No answer meant for made-up clients may go to the dossier of real ones."""
    result = chosen("6", "10", "j", "", "0", "0")
    assert result.out.count("Je oefent nu met verzonnen cliënten.") == 2
    geheugen = Geheugen(code="VERZONNEN-1", oefenen=str(folder / "demo.regiekit"))
    (folder / "demo.regiekit").unlink()
    with pytest.raises(Terug):
        KLUSSEN["6 6"].vraag(geheugen)
    assert (geheugen.oefenen, geheugen.code) == ("", "")


def test_what_is_no_practice_dossier_is_never_called_so(
    folder: Path, chosen: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "demo.regiekit", "iets anders")
    result = chosen("6", "10", "j", "", "0", "0")
    assert "geen oefendossier" in result.err and "Je oefent nu" not in result.out
    (folder / "demo.regiekit").unlink()
    real = app.main
    monkeypatch.setattr(app, "main", lambda words: real(words) if words == ["menu"] else WRONG_USE)
    assert "Je oefent nu" not in chosen("6", "10", "j", "", "0", "0").out


def test_the_practice_dossier_is_gone_while_the_menu_runs(
    folder: Path, chosen: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, ran = app.main, []

    def take_away(words: list[str]) -> int:
        if words == ["menu"]:
            return real(words)
        ran.append(words)
        code = real(words)
        if words[1] == "lijst":
            (folder / "demo.regiekit").unlink()
        return code

    monkeypatch.setattr(app, "main", take_away)
    result = chosen("6", "10", "j", "", "6", "", "0", "0")
    assert "Let op: het oefendossier is er niet meer." in result.out
    assert "Je oefent nu met" not in result.out.partition("Let op: het oefendossier")[2]
    assert ran[-1][-2:] == ["--dossier", str(folder / "demo.regiekit")]


@pytest.mark.parametrize("typed", ["0", "?", " 0 "])
def test_a_lone_zero_or_question_mark_is_no_answer(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from regiekit.cli.dossier_teksten import Bewaking

    typing(monkeypatch, [typed, "Weer werken"])
    assert Bewaking().ask("Wat was het doel?") == "Weer werken"
    assert capsys.readouterr().err == "Typ je antwoord in woorden. Enter slaat over, als dat kan. Ctrl en C stopt.\n"
    typing(monkeypatch, [typed])
    assert Bewaking().ask("Wat hoort er te staan?", getal=True) == typed


def test_zero_at_a_question_of_a_command_stores_nothing(folder: Path, chosen: Chosen) -> None:
    """The seven questions about a talk: 0 and ? come to none of them."""
    dossier = folder / "demo.regiekit"
    result = chosen("6", "10", "j", "", "2", "", "0", "?", "^C", "", "0", "0")
    assert result.code == 0
    assert "De vragen hierna gaan over het gesprek. Met Ctrl en C ga je terug naar het menu." in result.out
    assert result.err.count("Typ je antwoord in woorden.") == 2
    shown = run("dossier", "toon", "VERZONNEN-1", "--alles", "--dossier", dossier).out
    assert "Doel: 0" not in shown and "Doel: ?" not in shown


def test_each_command_that_asks_by_itself_is_announced() -> None:
    asks = {place for place, klus in KLUSSEN.items() if klus.vraagt}
    assert asks == {"4 1", "4 2", "6 1", "6 2", "6 3", "6 8 1", "6 8 2", "6 8 3", "6 8 4", "6 8 5", "6 8 6", "6 9 2",
                    "8 1"}  # fmt: skip


def test_ctrl_c_at_the_kenmerken_keeps_what_was_typed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["1", "Weer aan het werk", "", "", "", "j", "^C", "j", "^C", "1"]
    monkeypatch.setattr(sys, "stdin", Interrupted("".join(f"{line}\n" for line in lines)))
    words = KLUSSEN["1 1"].vraag(Geheugen())
    assert words == ["voorbereiding", "R-014-start.yaml", "--doel", "Weer aan het werk"]


def test_the_places_of_commands_are_those_of_the_menu() -> None:
    for command, numbers in PLEKKEN.items():
        place = " ".join(map(str, numbers))
        assert any(p == place and is_start(command, words) for p, _, words in TABLE), command


def test_an_error_that_says_what_to_type_is_followed_by_what_to_choose(chosen: Chosen) -> None:
    result = chosen("6", "6", "", "0", "0")
    assert "regiekit dossier nieuw CODE" in result.err
    assert "In dit menu: ga met 0 naar de eerste lijst, en kies 6, 1 (Een nieuwe" in result.out
    result = chosen("9", "5", "2", "", "0", "0", "0")
    assert "kies 9, 5, 1 (Een sleutel maken)" in " ".join(result.out.split())
    result = chosen("6", "10", "j", "", "0", "0")
    assert "Probeer eens" not in result.out and "Al je cliënten op een rij'" in result.out


def test_a_table_of_which_the_vragenlijst_is_unknown_gets_it_asked(folder: Path, chosen: Chosen) -> None:
    write(folder, "raar.csv", "naam,x\na,1\n")
    result = chosen("8", "2", "raar.csv", "1", "1", "", "0", "0")
    assert result.code == 0
    assert "score raar.csv --vragenlijst eigen-regie" in result.out


def test_an_empty_code_gets_a_kind_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typing(monkeypatch, ["", "R-1"])
    assert KLUSSEN["6 2"].vraag(Geheugen()) == ["dossier", "gesprek", "R-1"]
    assert capsys.readouterr().err == "Typ de code van de cliënt, zoals R-014, of 0 om terug te gaan.\n"


def test_refusing_a_key_goes_back_at_once(chosen: Chosen) -> None:
    assert "Druk op Enter" not in chosen("9", "5", "1", "n", "0", "0", "0").out


def test_a_name_with_another_ending_gets_the_right_one(folder: Path) -> None:
    assert str(read_target("x.ics", "plan.yaml", ".yaml")) == "x.yaml"


def test_the_next_file_has_another_default(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, ["", "", "", "j", "n"])
    words = KLUSSEN["3 2"].vraag(Geheugen())
    assert words == ["score", "R-014-start.yaml", "R-021-start.yaml", "--zelfde-client"]


@pytest.mark.parametrize(("lines", "told"), [("20", True), ("500", False)])
def test_more_than_a_screen_is_told(lines: str, told: bool, chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINES", lines)
    monkeypatch.setenv("COLUMNS", "80")
    result = chosen("2", "5", "1", "", "0", "0")
    assert ("Dit was langer dan je scherm." in result.out) is told


def test_the_line_to_type_starts_this_regiekit_from_the_folder(
    folder: Path, chosen: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regiekit.cli.starten import Start

    start = Start("start.py", ("/opt/python/bin/python", "/opt/het programma/start.py"), Path("start.py"))
    monkeypatch.setattr("regiekit.cli.starten.find_start", lambda: start)
    result = chosen("7", "rouw", "", "7", "werk", "", "0")
    assert result.out.count(f"  cd {folder}\n") == 1
    assert "  /opt/python/bin/python '/opt/het programma/start.py' kennis werk\n" in result.out

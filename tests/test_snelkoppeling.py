"""The starter that is double-clicked: it is run here as its system would run it, with names of folders that bite."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiekit.cli import snelkoppeling, starten
from regiekit.cli.output import files_written
from regiekit.cli.starten import START, Start, find_start
from regiekit.cli.starter import (
    GESTOPT,
    MISLUKT,
    NAMEN,
    WEG,
    Plek,
    Starter,
    make_starter,
    say_geen_map,
    say_mislukt,
    say_weg,
)  # fmt: skip
from util import run

if TYPE_CHECKING:
    from collections.abc import Callable

    import pexpect

    System = tuple[str, Callable[[Path], list[str]]]

NASTY = "Bureau Andrée & 'zn' \"x\" $HOME `id` %f 100% \\n ; (1) ! * ~ # \U0001f600"
POSIX = pytest.mark.skipif(os.name == "nt", reason="a shell of Linux or macOS runs it")
SLUIT = "Druk op Enter om dit venster te sluiten."


class Kit(NamedTuple):
    """A program that stands in for regiekit, a folder for documents, and one for the starter."""

    program: Path
    docs: Path
    desk: Path

    def ends_with(self, code: int) -> None:
        self.program.write_text(
            f'#!/bin/sh\nprintf "IN %s\\n" "$(pwd)"\nprintf "MET %s, %s\\n" "$*" "$REGIEKIT_VOORLEZEN"\nexit {code}\n'
        )
        self.program.chmod(0o755)

    def make(self, *options: str, systeem: str = "linux") -> Path:
        """The starter, made with the command itself."""
        done = run("snelkoppeling", "--uit", self.desk, "--map", self.docs, *options)
        assert (done.code, done.err) == (0, "")
        return self.desk / NAMEN[systeem]  # type: ignore[index]


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kit:
    made = Kit(tmp_path / NASTY / "regiekit", tmp_path / "doc" / f"mijn {NASTY}", tmp_path / "desk")
    for folder in (made.program.parent, made.docs.parent, made.desk):
        folder.mkdir()
    made.ends_with(0)
    monkeypatch.setattr(sys, "argv", [str(made.program)])
    return made


def desktop_words(text: str) -> list[str]:
    """The words of Exec, read as the Desktop Entry Specification says: first what a text has behind a backslash, then
    the quotes, then the fields."""
    value = next(line.partition("=")[2] for line in text.split("\n") if line.startswith("Exec="))
    value = re.sub(r"\\(.)", lambda m: {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}[m[1]], value)
    words = []
    while value := value.lstrip(" "):
        if value[0] == '"':
            found = re.match(r'"((?:[^"`$\\]|\\["`$\\])*)"(?: |$)', value)  # nothing reserved without a backslash
            assert found, value
            words.append(re.sub(r"\\(.)", r"\1", found[1]))
        else:
            found = re.match(r"[^ \t\n\"'\\><~|&;$*?#()`]+(?: |$)", value)
            assert found, value
            words.append(found[0].rstrip(" "))
        value = value[found.end() :]
    assert not [w for w in words if re.search("%[^%]", w.replace("%%", ""))]
    return [w.replace("%%", "%") for w in words]


def starts(words: list[str], **environment: str) -> pexpect.spawn[str]:
    """These words in a terminal."""
    import pexpect

    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "xterm", "LANG": "C.UTF-8", **environment}
    return pexpect.spawn(words[0], words[1:], encoding="utf-8", timeout=20, env=env, cwd="/", dimensions=(40, 300))


def ends(child: pexpect.spawn[str]) -> int | None:
    """Its exit code, None when a signal ended it. The end of what it says comes a moment before its own end, and on a
    busy computer that moment is longer than pexpect waits before it kills."""
    import pexpect

    child.expect(pexpect.EOF)
    child.wait()
    return child.exitstatus


def by_desktop(starter: Path) -> list[str]:
    return desktop_words(starter.read_text(encoding="utf-8"))


def by_command(starter: Path) -> list[str]:
    return ["/usr/bin/env", str(starter)]


@pytest.fixture(params=["linux", "macos"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> System:
    """As if this were that system; how it starts what is clicked."""
    name = request.param
    monkeypatch.setattr(snelkoppeling, "this_system", lambda: name)
    return name, by_desktop if name == "linux" else by_command


@POSIX
def test_it_starts_the_menu_in_the_folder_and_closes(kit: Kit, system: System) -> None:
    name, words_of = system
    starter = kit.make(systeem=name)
    assert starter.stat().st_mode & 0o777 == 0o700
    assert kit.docs.stat().st_mode & 0o777 == 0o700
    with starts(words_of(starter)) as child:
        child.expect_exact(f"IN {kit.docs}\r\n")
        child.expect_exact("MET menu, \r\n")
        assert ends(child) == 0
        assert child.before == ""


@POSIX
def test_read_aloud_is_set_in_the_starter(kit: Kit, system: System) -> None:
    name, words_of = system
    with starts(words_of(kit.make("--voorlezen", systeem=name))) as child:
        child.expect_exact("MET menu, 1\r\n")


@POSIX
@pytest.mark.parametrize("code", [1, 5, 127])
def test_an_error_keeps_the_window_open(kit: Kit, system: System, code: int) -> None:
    name, words_of = system
    starter = kit.make(systeem=name)
    kit.ends_with(code)
    ends_after_enter(words_of(starter), code, (*MISLUKT, f"  {AGAIN}\r\n"))


@POSIX
def test_ctrl_c_closes_without_a_word(kit: Kit, system: System) -> None:
    name, words_of = system
    starter = kit.make(systeem=name)
    kit.program.write_text(f'#!/bin/sh\ntrap "exit {GESTOPT}" INT\necho klaar\nwhile :; do sleep 0.1; done\n')
    with starts(words_of(starter)) as child:
        child.expect_exact("klaar")
        child.sendintr()
        assert ends(child) == 0
        assert SLUIT not in child.before


@POSIX
def test_ctrl_c_in_the_menu_does_not_take_the_reason_away(kit: Kit, system: System) -> None:
    """The menu may go on after Ctrl-C; when it fails later, that is still told."""
    name, words_of = system
    starter = kit.make(systeem=name)
    kit.program.write_text('#!/bin/sh\ntrap "echo gehoord; exit 1" INT\necho klaar\nwhile :; do sleep 0.1; done\n')
    with starts(words_of(starter)) as child:
        child.expect_exact("klaar")
        child.sendintr()
        child.expect_exact("gehoord")
        child.expect_exact(SLUIT)


@POSIX
def test_what_is_gone_is_told(kit: Kit, system: System) -> None:
    name, words_of = system
    starter = kit.make(systeem=name)
    kit.program.unlink()
    ends_after_enter(words_of(starter), 1, WEG)


AGAIN = "regiekit snelkoppeling --overschrijf"
FOLDER = "C:\\regiekit-programma & zn"
OF_START_PY = Starter((), "", "D:\\werk", typ="py start.py", programma=FOLDER)


@pytest.mark.parametrize("say", [say_weg, say_mislukt, say_geen_map])
def test_the_advice_can_be_carried_out_on_the_regiekit_that_made_the_starter(
    say: Callable[[Starter], tuple[str, ...]],
) -> None:
    """With start.py there is no 'regiekit' to type, and the folder is named; what was chosen then is said again."""
    told = say(OF_START_PY)
    assert "  py start.py snelkoppeling --overschrijf" in told
    assert not [line for line in told if AGAIN in line or "pipx" in line]
    assert f"  {AGAIN} --voorlezen" in say(Starter(voorlezen=True))
    chosen = say(OF_START_PY._replace(eigen_map=True))
    assert (Plek("D:\\werk") in chosen) == (say is not say_geen_map)
    assert "D:\\werk" not in told


def test_what_is_gone_is_named_and_put_back_as_it_was_installed() -> None:
    assert FOLDER in say_weg(OF_START_PY)
    assert f'echo   "{FOLDER}"' in cmd_lines(OF_START_PY)
    assert "  pipx install --force ." in say_weg(Starter())
    of_python = say_weg(Starter(typ="python3 -m regiekit"))
    assert "  python3 -m regiekit snelkoppeling --overschrijf" in of_python
    assert not [line for line in of_python if "pipx" in line]


@POSIX
def test_the_starter_says_how_this_regiekit_is_started(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command itself fills in how: here by start.py, with a folder that bites."""
    programma = kit.program.parent
    (programma / "start.py").write_text("")
    found = Start("start.py", ("/nergens/python3", str(programma / "start.py")), programma / "start.py")
    monkeypatch.setattr(starten, "find_start", lambda: found)
    monkeypatch.setattr(snelkoppeling, "this_system", lambda: "linux")
    starter = kit.make()
    (programma / "start.py").unlink()
    python = "py" if os.name == "nt" else "python3"
    told = (f"  {programma}\r\n", f"  {python} start.py snelkoppeling --overschrijf\r\n", f"  {kit.docs}\r\n")
    ends_after_enter(by_desktop(starter), 1, told)


@POSIX
def test_a_program_whose_python_is_gone_is_told(kit: Kit, system: System) -> None:
    name, words_of = system
    starter = kit.make(systeem=name)
    kit.program.write_text("#!/nergens/python\n")
    with starts(words_of(starter)) as child:
        child.expect_exact(MISLUKT[0])
        child.expect_exact(SLUIT)


@POSIX
def test_a_folder_that_is_away_is_made_again_or_told(kit: Kit, system: System) -> None:
    name, words_of = system
    starter = kit.make(systeem=name)
    kit.docs.rmdir()
    with starts(words_of(starter)) as child:
        child.expect_exact(f"IN {kit.docs}\r\n")
    kit.docs.rmdir()
    kit.docs.parent.rmdir()  # as a stick that is not there
    ends_after_enter(words_of(starter), 1, ("De map met je documenten kan niet open:", f"  {kit.docs}"))


@POSIX
def test_a_folder_that_the_starter_makes_is_for_its_owner_alone(kit: Kit, system: System) -> None:
    name, words_of = system
    starter = kit.make(systeem=name)
    kit.docs.rmdir()
    kit.program.write_text("#!/bin/sh\numask\n")  # what the menu makes is as open as always
    with starts(["/bin/sh", "-c", 'umask 022; exec "$@"', "sh", *words_of(starter)]) as child:
        child.expect_exact("0022\r\n")
        assert ends(child) == 0
    assert kit.docs.stat().st_mode & 0o777 == 0o700


def ends_after_enter(words: list[str], code: int, told: tuple[str, ...]) -> None:
    """The program says this, waits for Enter, and only then ends."""
    with starts(words) as child:
        for line in (*told, SLUIT):
            child.expect_exact(line)
        assert child.isalive()
        child.sendline("")
        assert ends(child) == code


@POSIX
def test_for_another_computer_it_is_found_by_name(kit: Kit, tmp_path: Path) -> None:
    """There the folder is in the home of whoever clicks, and is made at the first time."""
    for systeem in ("linux", "macos"):
        home = tmp_path / systeem / NASTY
        home.mkdir(parents=True)
        words = words_for(systeem, make_starter(systeem, Starter()), tmp_path)  # type: ignore[arg-type]
        with starts(words, HOME=str(home), PATH=f"{kit.program.parent}:{os.environ['PATH']}") as child:
            child.expect_exact(f"IN {home}/regiekit\r\n")
        with starts(words, HOME=str(home), PATH="/usr/bin:/bin") as child:
            child.expect_exact(WEG[0])


def words_for(systeem: str, content: bytes, folder: Path) -> list[str]:
    if systeem == "linux":
        return desktop_words(content.decode())
    script = folder / "x.command"
    script.write_bytes(content)
    script.chmod(0o700)
    return ["/usr/bin/env", str(script)]


PATHS = st.text(st.characters(min_codepoint=32, exclude_characters="\x7f\u2028\u2029", exclude_categories=("Cs", "Cc")))


@given(PATHS, PATHS)
def test_every_path_comes_back_from_the_desktop_entry(map_: str, program: str) -> None:
    text = make_starter("linux", Starter((program,), "b", map_)).decode()
    assert desktop_words(text)[3:] == ["regiekit", map_, "b", program]


@POSIX
def test_every_path_comes_back_from_the_shell() -> None:
    words = [NASTY, "'", "''", "\\", "a'b\"c`d$e!f", "-n", "*", "~"]
    text = make_starter("macos", Starter(tuple(words), "b", NASTY)).decode()
    setting = next(line for line in text.split("\n") if line.startswith("set -- "))
    done = subprocess.run(["/bin/sh", "-c", f"{setting}\nprintf '%s\\0' \"$@\""], capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == [NASTY, "b", *words]


@pytest.mark.needs("desktop-file-validate")
def test_the_judge_of_desktop_entries_has_nothing_to_say(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snelkoppeling, "this_system", lambda: "linux")
    starter = kit.make()
    done = subprocess.run(["desktop-file-validate", starter], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


# Windows ------------------------------------------------------------------------------------------------------------

KEPT = 'call set "code=%errorlevel%"'  # on the line of the program itself: else cmd has a question after Ctrl-C
WINDOWS = r"C:\Users\Andrée & zn\100% ^!(x86)"


def expand(line: str, variables: dict[str, str]) -> str:
    """What cmd makes of the % in a line of a batch file (outside of blocks, without delayed expansion)."""
    return re.sub(
        r"%%|%([^%:]+)%|%",
        lambda m: "%" if m[0] == "%%" else variables.get(m[1].upper(), "") if m[1] else "",
        line,
    )


def cmd_lines(starter: Starter, **variables: str) -> list[str]:
    """The lines of the batch file as cmd carries them out."""
    raw = make_starter("windows", starter)
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert not raw.startswith(b"\xef\xbb\xbf")
    return [expand(line, variables) for line in raw.decode().split("\r\n")]


def test_windows_gets_every_path_whole_between_quotes() -> None:
    exe = rf"{WINDOWS}\regiekit.exe"
    lines = cmd_lines(Starter((exe,), exe, rf"{WINDOWS}\docs"))
    assert f'"{exe}" menu & {KEPT}' in lines
    assert f'if not exist "{exe}" goto weg' in lines
    assert rf'pushd "{WINDOWS}\docs" 2>nul' in lines
    assert lines.index("chcp 65001 >nul") < min(n for n, line in enumerate(lines) if not line.isascii())


def test_windows_keeps_the_name_of_the_user_out_of_the_file() -> None:
    home = r"C:\Users\Andrée"
    starter = Starter(
        (rf"{home}\bin\regiekit.exe",), rf"{home}\bin\regiekit.exe", r"c:\users\andrée\regiekit", home=home
    )
    assert "andr" not in make_starter("windows", starter).decode().lower()
    assert rf'"{home}\bin\regiekit.exe" menu & {KEPT}' in cmd_lines(starter, USERPROFILE=home)
    beside = make_starter("windows", starter._replace(map=rf"{home}-oud\regiekit")).decode()
    assert rf'pushd "{home}-oud\regiekit"' in beside


def test_windows_by_python_and_by_name() -> None:
    python = cmd_lines(Starter((r"C:\P y\python.exe", "-P", "-m", "regiekit"), "b", "m"))
    assert r'"C:\P y\python.exe" -P -m regiekit menu & ' + KEPT in python
    named = cmd_lines(Starter(voorlezen=True), USERPROFILE=r"C:\Users\x")
    assert f"call regiekit menu & {KEPT}" in named
    assert 'set "REGIEKIT_VOORLEZEN=1"' in named
    assert r'pushd "C:\Users\x\regiekit" 2>nul' in named


def test_windows_reads_an_exclamation_mark_as_it_is_and_runs_nothing_from_between_the_documents() -> None:
    for starter in (Starter(), Starter((r"C:\x!\regiekit.exe",), r"C:\x!\regiekit.exe", r"C:\wat!")):
        lines = cmd_lines(starter)
        assert lines.index("setlocal EnableExtensions DisableDelayedExpansion") < next(
            n for n, line in enumerate(lines) if "pushd" in line
        )
    lines = cmd_lines(Starter())
    assert lines.index('set "NoDefaultCurrentDirectoryInExePath=1"') < lines.index("where $PATH:regiekit >nul 2>nul")


def test_windows_ends_open_unless_all_went_well() -> None:
    """Each way out is a label that exists, and behind the pause; what is said has no mark that cmd reads."""
    lines = cmd_lines(Starter(("regiekit.exe",), "regiekit.exe", "m"), CODE="CODE")
    jumps = {line.rpartition("goto ")[2] for line in lines if "goto " in line}
    assert jumps <= {line[1:] for line in lines if line.startswith(":")}
    assert [line for line in lines if "exit /b 0" in line] == [
        'if "CODE"=="0" exit /b 0', f'if "CODE"=="{GESTOPT}" exit /b 0'
    ]  # fmt: skip
    assert lines[-3:] == ["pause >nul", "exit /b CODE", ""]
    said = [line for line in lines if line.startswith("echo ") and '"' not in line]
    assert len(said) > 8
    assert not [line for line in said if re.search(r"[&|<>^%!()]", line) or not line.isascii()]


# The command --------------------------------------------------------------------------------------------------------


def test_another_file_stays_and_a_starter_is_made_again(kit: Kit) -> None:
    starter = kit.make(systeem=snelkoppeling.this_system())
    first = starter.read_bytes()
    assert kit.make(systeem=snelkoppeling.this_system()).read_bytes() == first
    starter.write_text("van mij")
    done = run("snelkoppeling", "--uit", kit.desk, "--map", kit.docs)
    assert done.code == 2
    assert "--overschrijf" in done.err
    assert starter.read_text() == "van mij"
    assert run("snelkoppeling", "--uit", kit.desk, "--map", kit.docs, "--overschrijf").code == 0
    assert starter.read_bytes() == first


def test_what_is_refused_leaves_no_folder_behind(kit: Kit) -> None:
    (kit.desk / NAMEN[snelkoppeling.this_system()]).write_text("van mij")
    for desk in (kit.desk, kit.desk / "nergens"):
        assert run("snelkoppeling", "--uit", desk, "--map", kit.docs).code == 2
        assert not kit.docs.exists()
    kit.docs.mkdir()
    assert run("snelkoppeling", "--uit", kit.desk, "--map", kit.docs).code == 2
    assert kit.docs.exists()


def test_a_starter_is_no_document_to_open(kit: Kit) -> None:
    kit.make()
    assert files_written() == ()


@POSIX
def test_the_desktop_may_have_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kit: Kit) -> None:
    monkeypatch.setattr(snelkoppeling, "this_system", lambda: "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("XDG_DESKTOP_DIR", raising=False)
    monkeypatch.chdir(kit.desk)
    (tmp_path / "config").mkdir()
    (tmp_path / "config/user-dirs.dirs").write_text('XDG_DESKTOP_DIR="$HOME/Bureau blad"\n')
    assert run("snelkoppeling").code == 0
    assert (kit.desk / "regiekit.desktop").exists()  # there is no desktop yet
    (tmp_path / "Bureau blad").mkdir()
    done = run("snelkoppeling")
    assert str(tmp_path / "Bureau blad" / "regiekit.desktop") in done.out
    assert (tmp_path / "Bureau blad" / "regiekit.desktop").exists()
    assert (tmp_path / "regiekit").is_dir()


def test_a_folder_that_is_copied_to_elsewhere_is_told(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    quiet = run("snelkoppeling", "--uit", kit.desk, "--map", kit.docs)
    told = run("snelkoppeling", "--uit", kit.desk, "--map", tmp_path / "Dropbox" / "werk", "--overschrijf")
    assert "naar elders" not in quiet.out
    assert "naar elders (Dropbox)" in " ".join(told.out.split())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--uit", "BESTAATNIET"], "--uit"),
        (["--map", "bestand"], "is een bestand en geen map"),
        (["--map", "niet/diep"], "--map"),
        (["--map", "een\nregel"], "een teken dat niet in een snelkoppeling kan"),
        (["--systeem", "amiga"], "--systeem"),
    ],
)
def test_what_cannot_be_is_one_line(options: list[str], told: str, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kit.desk)
    (kit.desk / "bestand").write_text("")
    done = run("snelkoppeling", "--map", kit.docs, "--uit", kit.desk, *options)
    assert done.code == 2
    assert told in done.err
    assert [p.name for p in kit.desk.iterdir()] == ["bestand"]


@POSIX
@pytest.mark.parametrize("home", ["/nonexistent/nergens", "/proc"])
def test_without_a_usable_home_it_is_one_line(home: str, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.chdir(kit.desk)
    done = run("snelkoppeling")
    assert (done.code, done.err.count("--map")) == (2, 1)


# How it was started -------------------------------------------------------------------------------------------------


def test_the_command_is_kept_as_it_was_typed(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link stays a link: pipx puts another program behind it when it brings regiekit up to date."""
    link = kit.desk / "regiekit"
    link.symlink_to(kit.program)
    monkeypatch.setattr(sys, "argv", [str(link)])
    assert find_start().woorden == (str(link),)
    monkeypatch.setattr(sys, "argv", ["regiekit"])
    monkeypatch.setenv("PATH", str(kit.desk))
    assert find_start().woorden == (str(link),)
    exe = kit.desk / "regiekit.exe"
    exe.write_text("")
    assert find_start() == ("opdracht", (str(exe),), exe)


def test_through_start_py_that_is_what_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(START.parent / "src/regiekit/__main__.py")])
    monkeypatch.setattr(sys, "prefix", str(START.parent / ".venv"))
    start = find_start()
    if (START.parent / ".venv/slot").exists():
        assert (start.soort, start.woorden[1:], start.bewijs) == ("start.py", (str(START),), START)
        assert not Path(start.woorden[0]).is_relative_to(START.parent / ".venv")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    start = find_start()
    assert start.woorden == (sys.executable, "-P", "-m", "regiekit")
    assert start.bewijs.is_file()

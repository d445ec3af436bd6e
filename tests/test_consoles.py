"""Every command under odd consoles. Here a choice; all of it, in processes of its own, is consoles/alles.py.

In this process: every call with streams that know only cp1252 or ASCII. In a process of its own: every command once
with much against it at the same time, and some commands under each condition.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from consoles.alles import figures
from consoles.keuren import complaints, copy_into, files_in, is_unbreakable, perform, register_handler, wachtzinnen
from consoles.opdrachten import COMMAND, DATA, EXAMPLES, Voorbeeld, chosen_examples, make_werkmap
from consoles.standen import GEWOON, STANDEN, ZONDER_UTF8, Stand, environment
from engels import command_paths
from regiekit.cli.app import main, regiekit
from util import run

if TYPE_CHECKING:
    from consoles.keuren import Afloop

COMMANDS = [" ".join(path) for path in command_paths(regiekit)]
linux = pytest.mark.skipif(sys.platform != "linux", reason="processen met rechten en apparaten van Linux")

# Several conditions that can hold together on one computer.
TEGELIJK = Stand(
    "alles tegen",
    {"PYTHONIOENCODING": "cp1252:strict", "LC_ALL": "POSIX", **ZONDER_UTF8, "HOME": None, "NO_COLOR": "1"},
    "cp1252",
    uit="bestand",
)
# What shows, what writes a file, what writes in the dossier.
ENKELE = [EXAMPLES["score"][0], EXAMPLES["werkblad"][2], EXAMPLES["dossier gesprek"][0]]
BIJZONDER = [s for s in STANDEN if s is not GEWOON and not s.schijf]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register_handler()
    return make_werkmap(tmp_path_factory.mktemp("werk"))


@pytest.fixture(scope="module")
def before(template: Path) -> dict[str, bytes]:
    return files_in(template)


@pytest.fixture
def werk(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh work folder, which is also where this process stands."""
    copy_into(template, tmp_path / "werk")
    monkeypatch.chdir(tmp_path / "werk")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "werk" / DATA))
    return tmp_path / "werk"


_usual: dict[Voorbeeld, Afloop] = {}


def usual(voorbeeld: Voorbeeld, template: Path, place: Path) -> Afloop:
    """The call without any condition, run once."""
    if voorbeeld not in _usual:
        _usual[voorbeeld] = perform(voorbeeld, GEWOON, template, place)
    return _usual[voorbeeld]


def test_every_command_has_a_call_that_works() -> None:
    """A new command gets a row in consoles/opdrachten.py."""
    assert sorted(EXAMPLES) == sorted(COMMANDS)
    for name, rows in EXAMPLES.items():
        assert rows and all(v.call.startswith(name) for v in rows), name


@pytest.mark.parametrize("codering", ["cp1252", "ascii"])
@pytest.mark.parametrize("voorbeeld", chosen_examples(), ids=lambda v: v.call)
def test_no_letter_stops_a_command(
    voorbeeld: Voorbeeld, codering: str, werk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Output that the console cannot show is written with what it can; a file is UTF-8 all the same."""
    monkeypatch.setenv("PYTHONIOENCODING", codering)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=codering, errors="strict") for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(voorbeeld.stdin.encode()), encoding=codering))
    known = files_in(werk)
    with wachtzinnen(voorbeeld) as number:
        code = main(voorbeeld.arguments(number))
    for stream in (out, err):
        stream.flush()
    shown = out.buffer.getvalue() + err.buffer.getvalue()  # type: ignore[attr-defined]
    assert code == voorbeeld.code, shown[-300:]
    if "--uit -" not in voorbeeld.call:
        assert shown.decode(codering)
    for name, content in files_in(werk).items():
        assert ".regiekit-" not in name
        if name not in known and Path(name).suffix in (".html", ".txt", ".yaml", ".csv", ".json", ".svg", ".ics"):
            content.decode("utf-8")


@linux
@pytest.mark.parametrize("name", [name for name in EXAMPLES if name])
def test_a_command_with_much_against_it(name: str, template: Path, before: dict[str, bytes], tmp_path: Path) -> None:
    """A console of Windows, the C locale, no home folder, no colour, output in a file: the work is done."""
    voorbeeld = EXAMPLES[name][0]
    known = usual(voorbeeld, template, tmp_path / "gewoon") if voorbeeld.same else None
    ended = perform(voorbeeld, TEGELIJK, template, tmp_path / "werk")
    assert complaints(voorbeeld, TEGELIJK, ended, known or ended._replace(err=b""), before) == []


@linux
@pytest.mark.parametrize("voorbeeld", ENKELE, ids=lambda v: v.call[:20])
@pytest.mark.parametrize("stand", BIJZONDER, ids=lambda s: s.naam)
def test_each_condition(
    voorbeeld: Voorbeeld, stand: Stand, template: Path, before: dict[str, bytes], tmp_path: Path
) -> None:
    known = usual(voorbeeld, template, tmp_path / "gewoon")
    ended = perform(voorbeeld, stand, template, tmp_path / "werk")
    assert complaints(voorbeeld, stand, ended, known, before) == []


@linux
def test_what_cannot_be_written_is_said_in_one_line(template: Path, tmp_path: Path) -> None:
    """The exit code and the words, so that the judge of all conditions cannot be content with too little."""
    made = Voorbeeld("werkblad inoculatie --uit w.html")
    limit, full = (next(s for s in STANDEN if s.naam == n) for n in ("geen byte meer te schrijven", "uitvoer vol"))
    ended = perform(made, limit, template, tmp_path / "werk")
    assert ended.code == 2 and b"de schijf is vol" in ended.err and ended.err.count(b"\n") == 1
    assert "w.html" not in ended.files
    ended = perform(Voorbeeld("zone"), full, template, tmp_path / "werk")
    assert ended.code == 2 and b"de uitvoer kon niet geschreven worden: de schijf is vol" in ended.err


@pytest.mark.parametrize("name", COMMANDS, ids=lambda n: n or "regiekit")
def test_help_fits_a_narrow_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    result = run(*name.split(), "--help")
    wide = [line for line in result.out.split("\n") if len(line) > 40 and not is_unbreakable(line, 40)]
    assert result.code == 0 and wide == []


def test_ascii_keeps_the_letter_below_its_accent(monkeypatch: pytest.MonkeyPatch) -> None:
    register_handler()
    assert "cliënt, één – € 5 → ≥".encode("ascii", "regiekit") == b"client, een - EUR 5 -> >="


def test_a_program_without_a_console_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """What starts without a window on Windows (pythonw) has no streams at all."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert main(["zone", "--regie", "laag"]) == 0
    assert main(["zone", "--regie", "los"]) == 2
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


@linux
@pytest.mark.parametrize(
    "call", ["groep simuleer --n 400000 --uit s.csv", "groep simuleer --n 400000 --uit s.xlsx"], ids=["csv", "xlsx"]
)
def test_ctrl_c_in_long_work_leaves_nothing(call: str, template: Path, tmp_path: Path) -> None:
    werk = tmp_path / "werk"
    copy_into(template, werk)
    known = set(files_in(werk))
    process = subprocess.Popen(
        [*COMMAND, *call.split()],
        cwd=werk,
        env=environment(GEWOON, werk),
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    until = time.monotonic() + 30
    while not list(werk.glob(".regiekit-*")):  # it writes
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1].decode()
    assert (process.returncode, said) == (130, "Gestopt.\n")
    assert set(files_in(werk)) == known


@pytest.fixture(scope="module")
def uitkomst() -> Any:
    """What consoles/alles.py found, when it last ran."""
    return json.loads((Path(__file__).parent / "consoles/uitkomst.json").read_text(encoding="utf-8"))


def test_the_kept_figures_are_of_all_conditions_and_good(uitkomst: Any) -> None:
    kept = uitkomst["standen"]
    assert set(kept["standen"]) == {stand.naam for stand in STANDEN}
    assert kept["klachten"] == 0 and kept["gedraaid"] == kept["aanroepen"] * len(STANDEN)
    assert kept["aanroepen"] >= len(COMMANDS) - 1
    assert uitkomst["vragen"]["klachten"] == 0 and uitkomst["vragen"]["gestopt"] > 100


def test_the_page_about_computers_tells_the_kept_figures(uitkomst: Any) -> None:
    page = (Path(__file__).parents[1] / "docs/computers.md").read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"\*\*(\d+)\*\*", page)] == figures(uitkomst)


def test_head_reads_one_line(template: Path, tmp_path: Path) -> None:
    if not shutil.which("head"):
        pytest.skip("head")
    kop = next(s for s in STANDEN if s.uit == "kop")
    ended = perform(EXAMPLES["kennis"][2], kop, template, tmp_path / "werk")
    assert (ended.code, ended.out.count(b"\n"), ended.err) == (0, 1, b"")

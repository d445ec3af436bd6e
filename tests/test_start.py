"""start.py: what it says on a machine that cannot run it, and when it sets up again."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from regiekit.cli.onderdelen import GROEP

ROOT = Path(__file__).parents[1]
START = ROOT / "start.py"
LOCKS = [ROOT / "eisen.txt", ROOT / "eisen-groep.txt", ROOT / "eisen-test.txt"]


def load_start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start_under_test", START)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py, as if it stood in tmp_path."""
    module = load_start()
    venv = tmp_path / ".venv"
    for name, value in {"ROOT": tmp_path, "VENV": venv, "LOCK": venv / "slot", "PYTHON": venv / "python"}.items():
        monkeypatch.setattr(module, name, str(value))
    (tmp_path / "eisen.txt").write_text("a==1\n")
    (tmp_path / "eisen-groep.txt").write_text("a==1\ng==1\n")
    (tmp_path / "eisen-test.txt").write_text("a==1\ng==1\nt==1\n")
    return module


@pytest.fixture
def steps(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that set_up takes, without taking them."""
    taken: list[str] = []

    def make_venv() -> None:
        taken.append("venv")
        for stamp in Path(start.VENV).glob("*.klaar"):
            stamp.write_text("")
        Path(start.PYTHON).touch()

    monkeypatch.setattr(start, "make_venv", make_venv)
    monkeypatch.setattr(start, "install", taken.append)
    monkeypatch.setattr(start, "run", lambda command: taken.append(command[3]))
    return taken


def checkout(folder: Path) -> Path:
    """A checkout that needs no package, so that a real set-up needs no network."""
    (folder / "src/regiekit").mkdir(parents=True)
    shutil.copy(START, folder)
    for lock in LOCKS:
        (folder / lock.name).write_text("# nothing\n")
    (folder / "src/regiekit/__init__.py").touch()
    (folder / "src/regiekit/__main__.py").write_text("import os, sys\nprint(os.getcwd(), sys.argv[1:])\nsys.exit(3)\n")
    return folder


def call(folder: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    command = [sys.executable, str(folder / "start.py"), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def call_after(lines: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs start.py in an interpreter where these lines ran first."""
    code = f"import runpy, sys\n{lines}\nrunpy.run_path({str(folder / 'start.py')!r}, run_name='__main__')"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_old_pythons_can_read_it() -> None:
    text = START.read_text(encoding="ascii")
    tree = ast.parse(text, feature_version=(3, 4))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [f.name for f in functions if f.returns or f.args.kwonlyargs or any(a.annotation for a in f.args.args)]
    imported = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert imported == {"hashlib", "os", "sys"}


def test_too_old_a_python_gets_one_line() -> None:
    done = call_after("sys.version_info = (3, 6, 9, 'final', 0)", ROOT)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "3.11 of nieuwer" in done.stderr
    assert "3.6" in done.stderr


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_missing_venv_gets_one_line(module: str, tmp_path: Path) -> None:
    done = call_after(f"sys.modules[{module!r}] = None", checkout(tmp_path / "kit"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "sudo apt install python3-venv" in done.stderr


def test_a_venv_of_someone_else_is_left_alone(tmp_path: Path) -> None:
    (checkout(tmp_path / "kit") / ".venv").mkdir()
    own = tmp_path / "kit/.venv/pyvenv.cfg"
    own.write_text("mine")
    done = call(tmp_path / "kit")
    assert (done.returncode, done.stderr.count("\n"), own.read_text()) == (2, 1, "mine")


def test_sets_up_once(start: ModuleType, steps: list[str]) -> None:
    start.main([])
    start.main(["zone"])
    assert steps == ["venv", "eisen.txt", "regiekit", "regiekit"]


def test_tests_are_added_to_what_is_there(start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "chdir", lambda _: None)
    start.main([])
    start.main(["--test"])
    start.main(["--test"])
    start.main([])
    assert steps == ["venv", "eisen.txt", "regiekit", "eisen-test.txt", "pytest", "pytest", "regiekit"]


def test_tests_first_makes_both_ready(start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "chdir", lambda _: None)
    start.main(["--test"])
    start.main([])
    assert steps == ["venv", "eisen-test.txt", "pytest", "regiekit"]


def test_an_extra_is_added_and_stays(start: ModuleType, steps: list[str]) -> None:
    start.main(["zone"])
    start.main(["--met", "groep", "groep", "tabel.csv"])
    start.main(["groep", "tabel.csv"])
    assert steps == ["venv", "eisen.txt", "regiekit", "eisen-groep.txt", "regiekit", "regiekit"]
    steps.clear()
    (Path(start.ROOT) / "eisen.txt").write_text("a==2\n")
    start.main(["zone"])
    start.main(["zone"])
    assert steps == ["venv", "eisen-groep.txt", "regiekit", "regiekit"]


def test_an_extra_at_once_makes_both_ready(start: ModuleType, steps: list[str]) -> None:
    start.main(["--met=groep", "zone"])
    start.main(["--met", "groep"])
    start.main([])
    assert steps == ["venv", "eisen-groep.txt", "regiekit", "regiekit", "regiekit"]


def test_a_change_of_the_extra_alone_is_for_who_has_it(start: ModuleType, steps: list[str]) -> None:
    start.main([])
    (Path(start.ROOT) / "eisen-groep.txt").write_text("a==1\ng==2\n")
    start.main([])
    assert steps == ["venv", "eisen.txt", "regiekit", "regiekit"]
    start.main(["--met", "groep"])
    steps.clear()
    (Path(start.ROOT) / "eisen-groep.txt").write_text("a==1\ng==3\n")
    start.main([])
    assert steps == ["eisen-groep.txt", "regiekit"]


def test_the_extra_stays_when_an_update_is_cut_short(
    start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start.main(["--met", "groep"])
    (Path(start.ROOT) / "eisen.txt").write_text("a==2\n")

    def fail(_: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(start, "install", fail)
        start.main([])
    steps.clear()
    start.main([])
    assert steps == ["venv", "eisen-groep.txt", "regiekit"]


def test_the_tests_hold_the_extra(start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "chdir", lambda _: None)
    start.main(["--test"])
    start.main(["--met", "groep", "groep"])
    assert steps == ["venv", "eisen-test.txt", "pytest", "regiekit"]


def test_what_follows_the_extra_goes_to_regiekit(
    start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr(start, "run", given.append)
    for before in (["--met", "groep"], ["--met=groep"], []):
        start.main([*before, "groep", "tabel.csv", "--met", "iets"])
    assert [command[4:] for command in given] == [["groep", "tabel.csv", "--met", "iets"]] * 3


@pytest.mark.parametrize(("arguments", "said"), [(["--met"], "(groep)."), (["--met", "groepen", "zone"], "'groepen'"),
                                                 (["--met="], "(groep)."), (["--met=gröep"], "gr\\xf6ep")])  # fmt: skip
def test_an_unknown_extra_gets_one_line(arguments: list[str], said: str, tmp_path: Path) -> None:
    kit = checkout(tmp_path / "kit")
    done = call(kit, *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
    assert "python start.py --met groep groep tabel.csv" in done.stderr
    assert not (kit / ".venv").exists()


@pytest.mark.parametrize("change", ["lock", "python", "place", "gone"])
def test_sets_up_again_after_a_change(
    change: str,
    start: ModuleType,
    steps: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    start.main([])
    assert capsys.readouterr().err.startswith("Eerste keer: ")
    steps.clear()
    if change == "lock":
        (Path(start.ROOT) / "eisen.txt").write_text("a==2\n")
    elif change == "python":
        monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    elif change == "place":
        shutil.copytree(start.ROOT, start.ROOT + " verhuisd")
        monkeypatch.setattr(start, "ROOT", start.ROOT + " verhuisd")
    else:
        Path(start.PYTHON).unlink()
    start.main([])
    assert capsys.readouterr().err.startswith("Bijwerken: ")
    assert steps == ["venv", "eisen.txt", "regiekit"]


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (OSError("schijf vol"), 2)])
def test_a_set_up_cut_short_is_done_again(
    error: BaseException, code: int, start: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise error

    with monkeypatch.context() as patch, pytest.raises(SystemExit) as caught:
        patch.setattr(start, "install", fail)
        start.main([])
    assert caught.value.code == code
    start.main([])
    assert steps == ["venv", "venv", "eisen.txt", "regiekit"]


def test_a_real_set_up(tmp_path: Path) -> None:
    kit, elsewhere = checkout(tmp_path / "Zoë's map"), tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "regiekit.py").write_text("raise SystemExit('the wrong one')")
    first, second = call(kit, "zone", "twee woorden", cwd=elsewhere), call(kit, "--help", cwd=elsewhere)
    assert (first.returncode, first.stdout) == (3, f"{elsewhere} ['zone', 'twee woorden']\n"), first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (3, f"{elsewhere} ['--help']\n", "")
    assert first.stderr.startswith("Eerste keer: ")
    (kit / "eisen.txt").write_text("# changed\n")
    third = call(kit, "--met", "groep", "groep", "tabel.csv", cwd=elsewhere)
    assert (third.returncode, third.stdout) == (3, f"{elsewhere} ['groep', 'tabel.csv']\n"), third.stderr
    (kit / "eisen.txt").write_text("# changed again\n")
    fourth = call(kit, "groep", "tabel.csv", cwd=elsewhere)
    assert (fourth.returncode, fourth.stdout) == (3, third.stdout), fourth.stderr
    assert fourth.stderr.startswith("Bijwerken: ")
    assert {path.name for path in (kit / ".venv").glob("*.klaar")} == {"eisen.txt.klaar", "eisen-groep.txt.klaar"}
    (kit / "eisen-test.txt").write_text("typer==0.28.0 --hash=sha256:" + "0" * 64 + "\n")
    failed, after = call(kit, "--test"), call(kit)
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (2, "", 2)
    assert re.fullmatch(r"start\.py: .* Pip zegt: ERROR: .*", failed.stderr.splitlines()[-1])
    assert (after.returncode, after.stderr) == (3, "")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_names_versions_and_hashes_only(lock: Path) -> None:
    text = lock.read_text(encoding="ascii")
    line = r"[a-z0-9-]+==[\w.+!]+( ; [\w .'*<>=!()]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert re.fullmatch(f"({line})+", text)
    assert not re.search(r"http|file:|/|\.(com|org|io|net)\b", text)


def test_a_lock_holds_those_before_it() -> None:
    names = [lock.name for lock in LOCKS]
    assert names == load_start().REQUIREMENTS
    use, groep, test = (
        {line.split(" ")[0] for line in lock.read_text().splitlines() if "==" in line} for lock in LOCKS
    )
    assert use < groep < test
    assert {pin.partition("==")[0] for pin in groep - use} == {*GROEP, "polars-runtime-32"}

"""Without the extra `groep`: what asks for it says the line to type, and all else works as before."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from regiekit.cli import onderdelen
from regiekit.cli.onderdelen import GROEP, need_groep
from regiekit.errors import RegiekitError
from util import ROOT, write

ABSENT = (*GROEP, "_polars_runtime", "__pycache__")  # how names begin that are left out
TABLE = "code,autonomie-1,autonomie-2\nR-001,4,5\nR-002,3,2\n"
ASK = {
    "groep": "groep TABEL",
    "groep simuleer": "groep simuleer --n 20 --uit verzonnen.csv",
    "groep plan": "groep plan --verandering 0,3 --macht 0,80",
    "score": "score TABEL --uit scores.parquet",
}


@dataclass(frozen=True)
class Bare:
    """A venv with everything but the extra; `folder` is where commands are given."""

    python: Path
    folder: Path

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        environment = {n: v for n, v in os.environ.items() if not n.startswith(("PYTHON", "REGIEKIT"))}
        environment |= {"PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
        command = [str(self.python), "-P", *map(str, arguments)]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )


def borrow(source: Path, target: Path) -> None:
    """The package of another venv; copied where the system makes no links."""
    try:
        target.symlink_to(source, target_is_directory=source.is_dir())
    except OSError:
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def make_venv(folder: Path) -> tuple[Path, Path]:
    """A new venv without the extra and without regiekit; its Python, and where its packages are."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    for source in {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}:
        for path in source.iterdir():
            if path.suffix != ".pth" and not path.name.startswith(ABSENT):
                borrow(path, site / path.name)
    return python, site


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    python, site = make_venv(tmp_path_factory.mktemp("kaal") / "venv")
    folder = tmp_path_factory.mktemp("map")
    (folder / "tabel.csv").write_text(TABLE, encoding="utf-8")
    return python, site, folder


@pytest.fixture
def checkout(places: tuple[Path, Path, Path]) -> Bare:
    """regiekit as start.py sets it up: a .pth file points at src."""
    python, site, folder = places
    (site / "regiekit").unlink(missing_ok=True)
    (site / "regiekit.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    return Bare(python, folder)


@pytest.fixture
def installed(places: tuple[Path, Path, Path]) -> Bare:
    """regiekit among the packages, as pipx and uv put it."""
    python, site, folder = places
    (site / "regiekit.pth").unlink(missing_ok=True)
    if not (site / "regiekit").exists():
        borrow(ROOT / "src/regiekit", site / "regiekit")
    return Bare(python, folder)


def test_the_venv_lacks_the_extra(checkout: Bare) -> None:
    for name in GROEP:
        assert "ModuleNotFoundError" in checkout.run("-c", f"import {name}").stderr
    assert checkout.run("-c", "import regiekit, typer, rich, yaml, pydantic").returncode == 0


@pytest.mark.parametrize("opdracht", ASK)
def test_one_line_says_what_to_type(opdracht: str, checkout: Bare) -> None:
    done = checkout.run("-m", "regiekit", *ASK[opdracht].replace("TABEL", "tabel.csv").split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert f"python start.py --met groep {opdracht} …" in done.stderr
    assert [path.name for path in checkout.folder.iterdir()] == ["tabel.csv"]


@pytest.mark.parametrize("opdracht", ASK)
def test_an_installed_regiekit_names_the_extra(opdracht: str, installed: Bare) -> None:
    done = installed.run("-m", "regiekit", *ASK[opdracht].replace("TABEL", "tabel.csv").split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert 'pipx install --force ".[groep]"' in done.stderr
    assert 'uv tool install ".[groep]"' in done.stderr
    assert "start.py" not in done.stderr


@pytest.mark.parametrize("command", ["groep --help", "groep plan --help", "groep simuleer --help", "score --help",
                                     "zone --regie laag", "score VOORBEELDEN/vragenlijst.yaml",
                                     "vragenlijst importeer VOORBEELDEN/antwoorden.csv",
                                     "verloop VOORBEELDEN/R-021-start.yaml"])  # fmt: skip
def test_all_else_works_without_the_extra(command: str, checkout: Bare) -> None:
    done = checkout.run("-m", "regiekit", *command.replace("VOORBEELDEN", str(ROOT / "voorbeelden")).split())
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout


@pytest.mark.parametrize("name", GROEP)
def test_one_missing_package_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onderdelen, "find_spec", lambda asked: None if asked == name else object())
    with pytest.raises(RegiekitError, match=rf"\({name}\)") as caught:
        need_groep("groep")
    assert caught.value.exit_code == 2


def test_the_extra_that_is_there_is_no_error_and_is_not_imported() -> None:
    code = (
        "import sys\nfrom regiekit.cli.onderdelen import GROEP, need_groep\nneed_groep('groep')\n"
        "assert not {*GROEP} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)


def test_the_extra_of_the_message_is_that_of_the_project() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {line.partition(">")[0] for line in project["optional-dependencies"]["groep"]}
    assert names == set(GROEP)
    assert not names & {line.partition(">")[0] for line in project["dependencies"]}
    assert onderdelen.START == ROOT / "start.py"
    assert onderdelen.START.exists()


def imports_of(path: Path) -> set[str]:
    """What a module imports, also inside a function, but not for its types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    nodes = [node for node in ast.walk(tree) if node not in typing]
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def needs_the_extra(module: str) -> bool:
    return module.partition(".")[0] in GROEP or f"{module}.".startswith("regiekit.groep.")


def test_only_what_stands_behind_the_message_imports_the_extra(tmp_path: Path) -> None:
    """The layer `groep`, its commands, what those load after they asked for it, and the door for a notebook."""
    sample = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import polars\ndef f():\n    import numpy.fft\n"
    assert imports_of(write(tmp_path, "proef.py", sample)) == {"typing", "numpy.fft"}
    source = ROOT / "src/regiekit"
    behind = {source / "public.py", source / "cli/tabel_groep.py", source / "cli/score_tabel.py"}
    behind |= {*(source / "groep").glob("*.py"), *(source / "cli").glob("groep*.py")}
    found = {path: {m for m in imports_of(path) if needs_the_extra(m)} for path in source.rglob("*.py")}
    assert found[source / "groep/frame.py"]
    assert {path.name: modules for path, modules in found.items() if modules and path not in behind} == {}

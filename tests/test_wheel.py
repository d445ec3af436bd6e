"""The wheel carries data/ and works from an empty folder, far from the checkout."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from regiekit.cli.onderdelen import GROEP

ROOT = Path(__file__).parents[1]


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def data_files() -> set[str]:
    return {path.relative_to(ROOT / "data").as_posix() for path in (ROOT / "data").rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Installed:
    """regiekit from the wheel. Without site (-S) no .pth is read, so the checkout is out of reach."""

    sdist: Path
    wheel: Path
    target: Path
    empty: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        paths = [str(self.target), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
        return run(["-S", "-P", *arguments], self.empty, PYTHONPATH=os.pathsep.join(paths))


FOLDERS = {
    "bewaking", "bronnen", "demonstratie", "formulieren", "intervisie", "kennis", "mijlpalen", "plan", "signalen",
    "sturing", "technieken", "vragenlijsten", "werkbladen",
}  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wiel")
    dist, target, empty = folder / "dist", folder / "target", folder / "leeg"
    empty.mkdir()
    built = run(["-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT)], empty)  # the wheel from the sdist
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    placed = run(["-m", "pip", "install", *options, "--target", str(target), str(wheel)], empty)
    assert placed.returncode == 0, placed.stdout + placed.stderr
    return Installed(sdist, wheel, target, empty)


def test_all_data_and_the_licence_are_in_the_wheel(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    inside = {name.removeprefix("regiekit/_data/") for name in names if name.startswith("regiekit/_data/")}
    assert inside == data_files()
    assert {name.split("/")[0] for name in inside} == FOLDERS
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]
    assert "regiekit/py.typed" in names


def test_the_extra_is_asked_for_by_name_only(installed: Installed) -> None:
    """What pip installs: polars and the like with regiekit[groep], pyspark with regiekit[spark], never by itself."""
    archive = zipfile.ZipFile(installed.wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    lines = [line for line in archive.read(name).decode().splitlines() if line.startswith("Requires-Dist: ")]
    needs: dict[str, set[str]] = {}
    for line in lines:
        requirement, _, marker = line.removeprefix("Requires-Dist: ").partition("; ")
        needs.setdefault(re.split(r"[^\w-]", requirement)[0], set()).add(marker)
    for package in GROEP:
        assert needs[package] == {"extra == 'groep'", "extra == 'spark'"}
    assert needs["pyspark"] == {"extra == 'spark'"}
    assert needs["pydantic"] == {""}


def test_the_sdist_can_be_worked_on(installed: Installed) -> None:
    with tarfile.open(installed.sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"LICENSE", "README.md", "start.py", "eisen.txt", "eisen-groep.txt", "eisen-test.txt"}
    wanted |= {"tests/test_wheel.py", "benchmarks/groep_taken.R"}
    assert wanted | {f"data/{name}" for name in data_files()} <= inside


def test_the_checkout_is_out_of_reach(installed: Installed) -> None:
    done = installed.python("-c", "import regiekit, sys; print(regiekit.__file__); print(*sys.path, sep='\\n')")
    place, *paths = done.stdout.splitlines()
    assert Path(place).is_relative_to(installed.target), done.stderr
    assert not {str(ROOT), str(ROOT / "src")} & set(paths)


def test_commands_work_from_an_empty_folder(installed: Installed) -> None:
    technieken = installed.python("-m", "regiekit", "techniek", "--json")
    assert technieken.returncode == 0, technieken.stderr
    assert len(json.loads(technieken.stdout)) >= 5
    zone = installed.python("-m", "regiekit", "zone", "--regie", "laag")
    assert zone.returncode == 0, zone.stderr
    assert zone.stdout.strip()
    assert list(installed.empty.iterdir()) == []


def test_it_is_the_data_of_the_wheel_that_is_read(installed: Installed) -> None:
    data = installed.target / "regiekit/_data"
    away = data.rename(data.with_name("_elders"))
    try:
        assert installed.python("-m", "regiekit", "techniek", "--json").returncode != 0
    finally:
        away.rename(data)

"""The list of parts and their licences: what the locks say, and what may be passed on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pytest

from util import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SCRIPT = ROOT / "uitgave/onderdelen.py"


@pytest.fixture(scope="module")
def onderdelen() -> ModuleType:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("onderdelen_under_test", SCRIPT)
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sbom() -> Any:
    return json.loads((ROOT / "docs/sbom.cdx.json").read_text(encoding="utf-8"))


def test_both_files_are_what_the_locks_say(onderdelen: ModuleType) -> None:
    again = "python uitgave/onderdelen.py"
    assert onderdelen.make_sbom() == onderdelen.SBOM.read_text(encoding="utf-8"), again
    assert onderdelen.make_licenties() == onderdelen.LICENTIES.read_text(encoding="utf-8"), again


def test_another_run_gives_the_same_bytes() -> None:
    done = subprocess.run([sys.executable, "-P", str(SCRIPT), "--zelfde"], check=False, env={"PYTHONHASHSEED": "7"})
    assert done.returncode == 0


def test_a_file_that_is_not_what_would_be_written_is_told(onderdelen: ModuleType, tmp_path: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    for name in ("SBOM", "LICENTIES"):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["onderdelen.py", "--zelfde"])
            assert onderdelen.main() == 0
            other = tmp_path / name
            patch.setattr(onderdelen, name, other)
            assert onderdelen.main() == 1, "not there"
            other.write_text("iets anders", encoding="utf-8")
            assert onderdelen.main() == 1
            assert other.read_text(encoding="utf-8") == "iets anders"


def test_another_computer_gives_the_same_bytes(onderdelen: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS do not have every part, and a computer that only builds has none."""

    def none_here(naam: str) -> Any:
        raise metadata.PackageNotFoundError(naam)

    for reader in ("requires", "metadata", "files", "version"):
        monkeypatch.setattr(metadata, reader, none_here)
    assert onderdelen.make_sbom() == onderdelen.SBOM.read_text(encoding="utf-8")
    assert onderdelen.make_licenties() == onderdelen.LICENTIES.read_text(encoding="utf-8")


def test_every_part_asks_for_what_the_package_says(onderdelen: ModuleType) -> None:
    known = set(onderdelen.ONDERDELEN)
    said = {naam: asked for naam in known if (asked := onderdelen.stated_needs(naam)) is not None}
    assert len(said) > 30
    for naam, asked in said.items():
        assert set(onderdelen.VRAAGT.get(naam, "").split()) == (asked & known) - {naam}, naam


def test_it_is_cyclonedx(sbom: Any) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(sbom)) is None
    del sbom["components"][0]["name"]
    assert validator.validate_str(json.dumps(sbom)) is not None


def test_every_package_of_a_lock_is_in_it_with_its_hashes() -> None:
    sbom = json.loads((ROOT / "docs/sbom.cdx.json").read_text(encoding="utf-8"))
    lock = (ROOT / "eisen-groep.txt").read_text(encoding="ascii")
    pinned = re.findall(r"^([a-z0-9-]+)==([\w.+!]+)", lock, re.MULTILINE)
    packages = [c for c in sbom["components"] if c["type"] == "library"]
    assert sorted(pinned) == sorted((c["name"], c["version"]) for c in packages)
    assert sorted(re.findall("sha256:([0-9a-f]{64})", lock)) == sorted(
        one["content"] for c in packages for one in c["hashes"]
    )
    required = {(c["name"], c["version"]) for c in packages if c["scope"] == "required"}
    use = (ROOT / "eisen.txt").read_text(encoding="ascii")
    assert required == set(re.findall(r"^([a-z0-9-]+)==([\w.+!]+)", use, re.MULTILINE))


def test_every_part_hangs_on_regiekit() -> None:
    sbom = json.loads((ROOT / "docs/sbom.cdx.json").read_text(encoding="utf-8"))
    needs = {row["ref"]: row["dependsOn"] for row in sbom["dependencies"]}
    reached, waiting = set(), [sbom["metadata"]["component"]["bom-ref"]]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += needs[ref]
    assert reached == set(needs)


def test_nothing_in_it_tells_of_a_computer_or_a_registry(sbom: Any) -> None:
    text = (ROOT / "docs/sbom.cdx.json").read_text(encoding="utf-8")
    assert "timestamp" not in text
    assert set(re.findall(r"https?://[^\"/]+", text)) == {"http://cyclonedx.org"}
    assert str(ROOT) not in text


def test_every_licence_is_what_the_package_says(onderdelen: ModuleType) -> None:
    stated = {naam: onderdelen.stated_licence(naam) for naam in onderdelen.ONDERDELEN}
    here = {naam: said for naam, said in stated.items() if said is not None}
    assert len(here) > 30
    own_words = {"apsw-sqlite3mc": "any-OSI", "joserfc": "BSD-3-Clause", "lxml": "BSD-3-Clause"}
    for naam, said in here.items():
        licence = onderdelen.ONDERDELEN[naam].licentie
        assert licence == (own_words[naam] if said == "onbekend" else said), naam
    texts = "".join(_licence_texts("apsw-sqlite3mc"))
    assert "SPDX-License-Identifier: any-OSI" in texts


def _licence_texts(naam: str) -> list[str]:
    files = metadata.files(naam) or []
    return [file.read_text() for file in files if re.search(r"licen[cs]e|copying", file.name, re.IGNORECASE)]


def test_every_licence_may_be_passed_on(onderdelen: ModuleType) -> None:
    for naam, onderdeel in onderdelen.ONDERDELEN.items():
        alternatives = [part.split(" AND ") for part in onderdeel.licentie.split(" OR ")]
        assert any(set(part) <= onderdelen.TOEGESTAAN for part in alternatives), naam
    assert not any("GPL" in licence for licence in onderdelen.TOEGESTAAN)


def test_every_package_brings_the_text_of_its_licence(onderdelen: ModuleType) -> None:
    here = [naam for naam in onderdelen.ONDERDELEN if onderdelen.stated_licence(naam) is not None]
    without = [naam for naam in here if not any(len(text) > 300 for text in _licence_texts(naam))]
    assert without == []


def test_a_library_that_a_wheel_brings_along_is_named(onderdelen: ModuleType) -> None:
    """What comes compiled in the wheels of numpy and scipy has licences of its own."""
    for naam in ("numpy", "scipy"):
        told = onderdelen.ONDERDELEN[naam].opmerking
        brought = {
            file.name.split("-")[0].split(".")[0] for file in metadata.files(naam) or [] if ".libs/" in str(file)
        }
        known = {"libgfortran": "libgfortran", "libquadmath": "libquadmath", "libscipy_openblas": "OpenBLAS",
                 "libscipy_openblas64_": "OpenBLAS"}  # fmt: skip
        assert all(known[library] in told for library in brought), brought


def test_no_package_is_described_that_is_not_used(onderdelen: ModuleType) -> None:
    assert set(onderdelen.ONDERDELEN) == {regel.naam for regel in onderdelen.read_lock("eisen-groep.txt")}

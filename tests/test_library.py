"""The stored content: always that of the YAML as it is now, and never a traceback. No test touches data/."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from regiekit.content import stored
from regiekit.errors import ProblemsError, RegiekitError
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BANDEN = (ROOT / "data/sturing/banden.yaml").read_text(encoding="utf-8")
assert "deel_grote_schaal: 4\n" in BANDEN


class Kast:
    """A folder with content files beside a program, and how often the YAML was read."""

    def __init__(self, root: Path) -> None:
        self.folder, self.package = root / "data", root / "program"
        self.models = self.package / "domain/models.py"
        self.place = self.package / "__pycache__/inhoud-sturing.json"
        self.compiled = 0
        for folder in (self.folder, self.models.parent, self.package / "content"):
            folder.mkdir(parents=True)
        self.models.write_text("# models\n")
        self.write("banden.yaml", 4)

    def write(self, name: str, deel: object) -> Path:
        path = self.folder / name
        path.write_text(BANDEN.replace("deel_grote_schaal: 4", f"deel_grote_schaal: {deel}"), encoding="utf-8")
        return path

    def load(self) -> dict[str, int]:
        """What a command would get: of each file the one number that the tests change."""
        loaded = stored.load("sturing", self.folder, self.package)
        return {path.name: made["inhoud"]["deel_grote_schaal"] for path, made in loaded}


@pytest.fixture
def kast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kast:
    made = Kast(tmp_path)
    compile_sources = stored.compile_sources

    def count(*arguments: Any) -> Any:
        made.compiled += 1
        return compile_sources(*arguments)

    monkeypatch.setattr(stored, "compile_sources", count)
    return made


@pytest.fixture
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file was left alone for a while."""
    monkeypatch.setattr(stored, "RESTLESS", -(10**12))


def refuse(*_: object) -> str:
    raise AssertionError("a hash was computed")


def test_the_yaml_is_read_once(kast: Kast, rested: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kast.load() == {"banden.yaml": 4}
    monkeypatch.setattr(stored, "hash_file", refuse)
    assert kast.load() == {"banden.yaml": 4}
    assert kast.compiled == 1


def test_an_edit_is_seen_at_once(kast: Kast) -> None:
    """The same size, in the same tick of the clock, with the old time put back: the hash still differs."""
    for number in (4, 5, 6, 4):
        path = kast.write("banden.yaml", number)
        os.utime(path, ns=(0, 0))
        assert kast.load() == {"banden.yaml": number}


def test_an_edit_of_a_file_at_rest_is_seen(kast: Kast, rested: None) -> None:
    kast.load()
    kast.write("banden.yaml", 10)
    assert kast.load() == {"banden.yaml": 10}


def test_a_replaced_file_is_seen(kast: Kast, rested: None) -> None:
    kast.load()
    new, old = kast.write("nieuw.txt", 7), kast.folder / "banden.yaml"
    shutil.copystat(old, new)
    new.replace(old)
    assert kast.load() == {"banden.yaml": 7}


def test_added_removed_and_renamed_files_are_seen(kast: Kast, rested: None) -> None:
    kast.load()
    kast.write("meer.yml", 8)
    kast.write(".verborgen.yaml", 9)
    (kast.folder / "map.yaml").mkdir()
    assert kast.load() == {"banden.yaml": 4, "meer.yml": 8}
    (kast.folder / "banden.yaml").rename(kast.folder / "zulke.yaml")
    assert kast.load() == {"meer.yml": 8, "zulke.yaml": 4}
    (kast.folder / "meer.yml").unlink()
    assert kast.load() == {"zulke.yaml": 4}


def test_files_that_change_names_are_seen(kast: Kast, rested: None) -> None:
    one, two, aside = kast.folder / "banden.yaml", kast.write("meer.yaml", 8), kast.folder / "opzij"
    kast.load()
    for old, new in ((one, aside), (two, one), (aside, two)):
        old.rename(new)
    assert kast.load() == {"banden.yaml": 8, "meer.yaml": 4}


def test_an_untouched_text_with_another_stamp_is_not_read_again(
    kast: Kast, rested: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a checkout or a copy: the hash decides once, then the new stamp is enough."""
    kast.load()
    kast.write("banden.yaml", 4)
    os.utime(kast.folder / "banden.yaml")
    assert kast.load() == {"banden.yaml": 4}
    monkeypatch.setattr(stored, "hash_file", refuse)
    assert kast.load() == {"banden.yaml": 4}
    assert kast.compiled == 1


def test_a_fresh_file_is_trusted_only_after_a_while(kast: Kast, monkeypatch: pytest.MonkeyPatch) -> None:
    kast.load()
    with monkeypatch.context() as patch, pytest.raises(AssertionError, match="hash was computed"):
        patch.setattr(stored, "hash_file", refuse)
        kast.load()
    later = stored.time.time_ns() + 2 * stored.RESTLESS
    monkeypatch.setattr(stored.time, "time_ns", lambda: later)
    kast.load()
    monkeypatch.setattr(stored, "hash_file", refuse)
    assert kast.load() == {"banden.yaml": 4}
    assert kast.compiled == 1


def test_a_file_that_changes_while_it_is_read_is_not_stored(kast: Kast, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_sources = stored.compile_sources

    def change_after(*arguments: Any) -> Any:
        made = compile_sources(*arguments)
        kast.write("banden.yaml", 9)
        return made

    with monkeypatch.context() as patch:
        patch.setattr(stored, "compile_sources", change_after)
        assert kast.load() == {"banden.yaml": 4}
    assert not kast.place.exists()
    assert kast.load() == {"banden.yaml": 9}


def with_checksum(rest: bytes) -> bytes:
    return b"%d\n" % zlib.crc32(rest) + rest


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda old: old[: len(old) // 2],
    "one line": lambda old: old.partition(b"\n")[0],
    "one letter": lambda old: old.replace(b"grote", b"Grote"),
    "other JSON": lambda _: b'{"bestanden": []}',
    "null": lambda _: b"null\n",
    "not text": lambda _: bytes(range(256)),
    "a long number": lambda _: b"9" * 10_000 + b"\n",
    "pickle": lambda _: pickle.dumps([1, 2]),
    "no content": lambda _: with_checksum(b"[]\n"),
    "another form": lambda _: with_checksum(b'[[1], []]\n{"a": 1}'),
    "deep": lambda _: with_checksum(b"[" * 100_000),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_stored_form_is_made_again(damage: Callable[[bytes], bytes], kast: Kast, rested: None) -> None:
    kast.load()
    kast.place.write_bytes(damage(kast.place.read_bytes()))
    assert [kast.load(), kast.load()] == [{"banden.yaml": 4}] * 2
    assert kast.compiled == 2


@pytest.mark.parametrize("change", ["versie", "vorm", "model", "nieuw model"])
def test_another_program_reads_the_yaml_again(
    change: str, kast: Kast, rested: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kast.load()
    if change == "versie":
        monkeypatch.setattr(stored, "__version__", "999")
    elif change == "vorm":
        monkeypatch.setattr(stored, "FORM", 999)
    elif change == "model":
        kast.models.write_text("# other models\n")
    else:
        (kast.package / "content/check.py").touch()
    kast.load()
    kast.load()
    assert kast.compiled == 2


def test_without_a_place_to_write_every_start_reads_the_yaml(kast: Kast, rested: None) -> None:
    kast.place.parent.write_text("a file where the folder should be")
    assert kast.load() == {"banden.yaml": 4}
    kast.write("banden.yaml", 5)
    assert kast.load() == {"banden.yaml": 5}
    assert kast.compiled == 2


def test_a_stored_form_that_cannot_be_replaced_does_no_harm(kast: Kast) -> None:
    kast.place.mkdir(parents=True)
    assert [kast.load(), kast.load()] == [{"banden.yaml": 4}] * 2
    assert [p.name for p in kast.place.parent.iterdir()] == [kast.place.name]


def test_a_faulty_file_is_told_each_time_and_never_stored(kast: Kast, rested: None) -> None:
    kast.load()
    kast.write("banden.yaml", "vier")
    for _ in range(2):
        with pytest.raises(ProblemsError) as caught:
            kast.load()
        assert [p.code for p in caught.value.problems] == ["geen-heel-getal"]
    kast.write("banden.yaml", 4)
    assert kast.load() == {"banden.yaml": 4}


def test_a_file_that_cannot_be_read_is_told(kast: Kast) -> None:
    (kast.folder / "weg.yaml").symlink_to(kast.folder / "bestaatniet")
    with pytest.raises(ProblemsError) as caught:
        kast.load()
    assert [p.code for p in caught.value.problems] == ["bestand-ontbreekt"]


def test_a_missing_folder_is_told(kast: Kast) -> None:
    shutil.rmtree(kast.folder)
    with pytest.raises(RegiekitError, match="ontbreekt"):
        kast.load()


def test_every_line_that_is_stored_is_json(kast: Kast) -> None:
    kast.load()
    checksum, (program, rows), content = (json.loads(line) for line in kast.place.read_bytes().split(b"\n"))
    assert isinstance(checksum, int)
    assert program[0] == stored.FORM
    assert [(name, len(hash_)) for name, _, hash_ in rows] == [("banden.yaml", 64)]
    assert set(content[0]) == {"inhoud", "hash"}


# A whole checkout --------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    for part in ("src", "data"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=ignored)
    return tmp_path


def start(checkout: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "regiekit", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def printed(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    return out


def test_an_edited_card_is_seen_at_once(checkout: Path) -> None:
    card = checkout / "data/technieken/inoculatie.yaml"
    before = printed(start(checkout, "techniek", "inoculatie"))
    text = card.read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if line.startswith("naam: "))
    card.write_text(text.replace(name, "naam: Prikje"), encoding="utf-8")
    after = printed(start(checkout, "techniek", "inoculatie"))
    assert after == before.replace(name.removeprefix("naam: ").strip('"'), "Prikje", 1)


def test_a_fault_in_a_card_stops_only_what_needs_it(checkout: Path) -> None:
    card = checkout / "data/technieken/inoculatie.yaml"
    printed(start(checkout, "techniek", "inoculatie"))
    card.write_text(card.read_text(encoding="utf-8") + "onzin: 1\n", encoding="utf-8")
    failed = start(checkout, "techniek", "vragen")
    out, errors = failed.communicate()
    assert (failed.returncode, out) == (3, "")
    assert f"{card}:" in errors
    assert "Traceback" not in errors
    printed(start(checkout, "zone", "--regie", "laag"))


def test_several_processes_at_once(checkout: Path) -> None:
    processes = [start(checkout, "techniek", "inoculatie", "--json") for _ in range(5)]
    assert len({printed(process) for process in processes}) == 1
    assert [p.name for p in (checkout / "src/regiekit/__pycache__").glob("inhoud-*")] == ["inhoud-technieken.json"]


def test_a_checkout_that_moved_names_its_own_files(checkout: Path, tmp_path: Path) -> None:
    printed(start(checkout, "techniek"))
    moved = tmp_path / "elders"
    moved.mkdir()
    for part in ("src", "data"):
        (checkout / part).rename(moved / part)
    twin = tmp_path / "eigen"
    twin.mkdir()
    text = (moved / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("naam: "))
    (twin / "eigen.yaml").write_text(text.replace(title, "naam: Anders"), encoding="utf-8")
    process = start(moved, "vragenlijst", "lijst", "--bibliotheek", str(twin))
    _, errors = process.communicate()
    assert process.returncode == 3
    assert str(moved / "data/vragenlijsten/eigen-regie.yaml") in errors

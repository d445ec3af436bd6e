"""Back-up, the way back, the check and another wachtzin: nothing is lost, whatever happens and whenever it stops."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import stat
import sys
import time
from datetime import date, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import keyring
import keyring.backends.fail
import pytest

from dossiers import BEGIN, WACHTZIN, make_client, opened, quick_keys, run_dossier
from regiekit.domain.aantekening import Gesprek, Traject
from regiekit.dossier import opslag, plaats, reserve
from regiekit.dossier.opslag import DossierError, Opslag, derive_key, journal_of, new_head, read_head
from util import Result, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NEW = "paraplu kastanje zolder mist"
CANARY = "kanariepietwoord"
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process of its own, at once")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Quick keys, and no keychain."""
    quick_keys(monkeypatch)
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "gegevens"))
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


def add(path: Path, count: int, code: str = "R-014", start: int = 0) -> None:
    with opened(path) as boek:
        for number in range(start, start + count):
            boek.add(code, BEGIN + timedelta(days=number), Gesprek(notitie=f"{CANARY} gesprek {number}. {'x' * 300}"))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of two clients and eleven aantekeningen, to take a copy of."""
    path = tmp_path_factory.mktemp("voorbeeld") / "d.regiekit"
    with pytest.MonkeyPatch.context() as patch:
        quick_keys(patch)
        make_client(path)
        make_client(path, "R-015")
        add(path, 9)
    return path


@pytest.fixture
def path(example: Path, tmp_path: Path) -> Path:
    """A dossier of two clients and eleven aantekeningen, in a folder of its own."""
    (tmp_path / "thuis").mkdir()
    return Path(shutil.copy2(example, tmp_path / "thuis" / "d.regiekit"))


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    """Its back-up, elsewhere."""
    return make_backup(path, tmp_path / "stick" / "kopie.regiekit")


def make_backup(path: Path, target: Path) -> Path:
    target.parent.mkdir(exist_ok=True)
    result = run_dossier(path, "dossier", "reservekopie", "--uit", target)
    assert result.code == 0, result.err
    return target


def notes(path: Path, wachtzin: str = WACHTZIN) -> dict[str, list[str | None]]:
    """Every gesprek in a dossier, of each client; the file and all of it hold."""
    head = read_head(path)
    with Opslag(path, derive_key(wachtzin, head), head) as found:
        boek = reserve.Boek(found)
        assert boek.faults() == []
        return {code: [g.inhoud.notitie for g in boek.read(code).of("gesprek")] for code in boek.codes()}


def herstel(path: Path, source: Path, *options: str, wachtzin: str = WACHTZIN) -> Result:
    return run_dossier(path, "dossier", "herstel", source, *options, wachtzin=wachtzin)


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def kept_of(path: Path) -> list[Path]:
    return sorted(p for p in path.parent.glob("*-vervangen-*.regiekit"))


def flat(text: str) -> str:
    return " ".join(text.split())


# reservekopie ---------------------------------------------------------------------------------------------------------


def test_a_backup_is_the_whole_dossier(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "kopie.regiekit"
    result = run_dossier(path, "dossier", "reservekopie", "--uit", target)
    assert result.code == 0
    assert f"{target}. Zij heeft 2 cliënten en 11 aantekeningen en is nagekeken." in flat(result.out)
    assert "op een andere plek dan deze computer" in flat(result.out)
    assert notes(target) == notes(path) and len(notes(path)["R-014"]) == 9
    if os.name != "nt":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes()[:16] == path.read_bytes()[:16]
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["kopie.regiekit"]


def test_a_backup_has_the_day_in_its_name(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the current folder, or in a folder that is given."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stick").mkdir()
    before = date.today()
    assert run_dossier(path, "dossier", "reservekopie").code == 0
    assert run_dossier(path, "dossier", "reservekopie", "--uit", tmp_path / "stick").code == 0
    names = {f"dossier-{day.isoformat()}.regiekit" for day in (before, date.today())}
    assert {p.name for p in tmp_path.glob("*.regiekit")} <= names
    assert {p.name for p in (tmp_path / "stick").iterdir()} <= names and any((tmp_path / "stick").iterdir())


def test_a_backup_goes_over_nothing_unless_asked(path: Path, backup: Path) -> None:
    old = backup.read_bytes()
    add(path, 1, start=50)
    result = run_dossier(path, "dossier", "reservekopie", "--uit", backup)
    assert result.code == 2 and "--overschrijf" in result.err and backup.read_bytes() == old
    assert run_dossier(path, "dossier", "reservekopie", "--uit", backup, "--overschrijf").code == 0
    assert notes(backup) == notes(path)
    with opened(path) as boek:
        assert [c.pad for c in reserve.known_copies(boek.opslag)] == [str(backup)]


@pytest.mark.parametrize("uit", ["-", "er/niet/kopie.regiekit", "thuis/d.regiekit", "link.regiekit"])
def test_where_no_backup_goes(path: Path, tmp_path: Path, uit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen, a folder that is not there, the dossier itself, and the dossier by another name."""
    monkeypatch.chdir(tmp_path)
    os.link(path, tmp_path / "link.regiekit")
    before = notes(path)
    result = run_dossier(path, "dossier", "reservekopie", "--uit", uit, "--overschrijf")
    assert result.code == 2 and result.err.count("regiekit:") == 1
    assert notes(path) == before
    with opened(path) as boek:
        assert reserve.known_copies(boek.opslag) == []


def test_a_damaged_dossier_gives_no_backup(path: Path, backup: Path) -> None:
    old = backup.read_bytes()
    with opened(path) as boek, boek.opslag.write():
        boek.opslag.execute("UPDATE aantekening SET inhoud = replace(inhoud, 'gesprek 3', 'gesprek 4')")
    result = run_dossier(path, "dossier", "reservekopie", "--uit", backup, "--overschrijf")
    assert result.code == 5 and "is beschadigd" in result.err and backup.read_bytes() == old
    with opened(path) as boek:
        assert len(reserve.known_copies(boek.opslag)) == 1


def test_a_backup_in_a_synced_folder_is_allowed_and_said(path: Path, tmp_path: Path) -> None:
    make_folder = tmp_path / "OneDrive - Bureau Zuid"
    make_folder.mkdir()
    result = run_dossier(path, "dossier", "reservekopie", "--uit", make_folder)
    assert result.code == 0 and "clouddienst (OneDrive - Bureau Zuid)" in flat(result.out) and "wis" in result.out


@needs_fork
def test_a_backup_is_of_one_moment_while_another_process_writes(path: Path, tmp_path: Path) -> None:
    """The writer adds to both clients in one transaction, over and over."""
    with forked(lambda: write_pairs(path)) as writer:
        time.sleep(0.2)
        counts = []
        for number in range(6):
            target = make_backup(path, tmp_path / "stick" / f"{number}.regiekit")
            found = notes(target)
            assert len(found["R-014"]) - 9 == len(found["R-015"])
            counts.append(len(found["R-015"]))
    assert writer and counts == sorted(counts) and counts[0] < counts[-1]


def test_nobody_writes_while_it_is_read(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted and what is copied are of one moment."""
    monkeypatch.setattr(opslag, "WAIT", 0.05)
    connect, refused = reserve.connect, []

    def write_and_connect(*arguments: object) -> object:
        with pytest.raises(DossierError, match="in gebruik") as error:
            add(path, 1, start=80)
        refused.append(error)
        return connect(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(reserve, "connect", write_and_connect)
    assert notes(make_backup(path, tmp_path / "stick" / "k.regiekit")) == notes(path) and len(refused) == 1


def write_pairs(path: Path) -> None:
    until = time.monotonic() + 20
    number = 0
    with opened(path) as boek:
        while time.monotonic() < until:
            number += 1
            with boek.opslag.write():
                for code in ("R-014", "R-015"):
                    client, _ = boek._find(code)
                    boek._insert(client, BEGIN, Gesprek(notitie=f"paar {number} {'x' * 900}"))
            time.sleep(0.01)


@contextlib.contextmanager
def forked(work: Callable[[], object]) -> Iterator[int]:
    """Work in another process, killed at the end."""
    if not (child := os.fork()):
        try:
            work()
        finally:
            os._exit(0)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


# herstel --------------------------------------------------------------------------------------------------------------


def test_a_backup_comes_back_whole(path: Path, backup: Path, tmp_path: Path) -> None:
    old = backup.read_bytes()
    add(path, 3, start=50)
    make_client(path, "R-099")
    now = notes(path)
    result = herstel(path, backup, "--vervang")
    assert result.code == 0, result.err
    assert "Let op: 4 aantekeningen van nu staan niet in de reservekopie. Je mist dan ook: R-099." in flat(result.out)
    assert "Het dossier van nu heeft 3 cliënten en 15 aantekeningen." in flat(result.out)
    assert notes(path) == notes(backup) and "R-099" not in notes(path)
    (kept,) = kept_of(path)
    assert notes(kept) == now and str(kept) in flat(result.out)
    assert backup.read_bytes() == old and sorted(p.name for p in backup.parent.iterdir()) == ["kopie.regiekit"]
    assert sorted(p.name for p in path.parent.iterdir()) == sorted(["d.regiekit", kept.name])
    with opened(path) as boek:  # what is wiped later has to go from both
        assert {(c.pad, c.vervangen) for c in reserve.known_copies(boek.opslag)} == {(str(backup), 0), (str(kept), 1)}
    seen = run_dossier(path, "dossier", "controleer", "--json").json
    assert seen["reservekopie"]["pad"] == str(backup)  # the one that was replaced is no back-up


def test_a_backup_comes_to_a_new_computer(backup: Path, tmp_path: Path) -> None:
    path = tmp_path / "nieuw" / "map" / "dossier.regiekit"
    result = herstel(path, backup)
    assert result.code == 0 and notes(path) == notes(backup) and kept_of(path) == []
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_script_says_that_it_replaces(path: Path, backup: Path) -> None:
    before = files(path.parent)
    result = herstel(path, backup)
    assert result.code == 2 and "--vervang" in result.err and files(path.parent) == before
    assert "Alles van nu staat ook in de reservekopie." in flat(result.out)


def test_what_was_wiped_comes_back_and_it_is_said(path: Path, backup: Path) -> None:
    with opened(path) as boek, boek.opslag.write():
        gone = boek.opslag.rows("SELECT count(*) FROM aantekening WHERE client = 2")[0][0]
        boek.opslag.execute("DELETE FROM client WHERE code = 'R-015'")
        boek.opslag.execute("INSERT INTO wissing (geschreven, aantekeningen, clienten) VALUES ('2026', ?, 1)", gone)
    result = herstel(path, backup, "--vervang")
    assert result.code == 0 and "Wat toen gewist is, komt terug." in flat(result.out) and "R-015" in notes(path)


def test_a_backup_with_another_wachtzin(path: Path, backup: Path) -> None:
    """The dossier got a new wachtzin; its back-up did not."""
    assert run_dossier(path, "dossier", "wachtzin", wachtzin=f"{WACHTZIN}\n{NEW}").code == 0
    head = read_head(path)
    with Opslag(path, derive_key(NEW, head), head) as found:
        reserve.Boek(found).add("R-014", BEGIN, Gesprek(notitie="later"))
    result = herstel(path, backup, wachtzin=f"{NEW}\n")
    assert result.code == 5 and "de wachtzin past niet" in result.err and str(backup) in result.err
    assert ".regiekit-" not in result.err and "Neem een andere reservekopie" in result.err
    blind = herstel(path, backup)
    assert blind.code == 2 and "gaat hier niet open" in flat(blind.out)
    result = herstel(path, backup, "--vervang", wachtzin=f"{WACHTZIN}\n{NEW}")
    assert result.code == 0 and "1 aantekening van nu staat niet in de reservekopie" in flat(result.out)
    assert notes(path) == notes(backup)
    assert "later" in notes(kept_of(path)[0], NEW)["R-014"]


def test_a_backup_of_another_dossier(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "ander.regiekit"
    with opened(other) as boek:
        boek.new_client("Z-001", BEGIN + timedelta(days=1), Traject(begin=BEGIN))
    result = herstel(path, make_backup(other, tmp_path / "stick" / "ander.regiekit"), "--vervang")
    assert result.code == 0 and "De reservekopie is van een ander dossier" in flat(result.out)
    assert list(notes(path)) == ["Z-001"] and list(notes(kept_of(path)[0])) == ["R-014", "R-015"]


@pytest.mark.parametrize("damage", ["truncated", "flipped", "text", "empty", "half"])
def test_a_damaged_dossier_stops_no_restore(path: Path, backup: Path, damage: str) -> None:
    raw = path.read_bytes()
    spoiled = {
        "truncated": raw[:5000], "flipped": raw[:9000] + b"?" + raw[9001:], "text": b"geen dossier", "empty": b"",
        "half": raw[: len(raw) // 2],
    }[damage]  # fmt: skip
    path.write_bytes(spoiled)
    result = herstel(path, backup, "--vervang")
    assert result.code == 0, result.err
    assert "gaat hier niet open" in flat(result.out)
    assert notes(path) == notes(backup) and kept_of(path)[0].read_bytes() == spoiled


def test_files_that_were_made_later_stay_known(path: Path, backup: Path, tmp_path: Path) -> None:
    """They have to go when the client is wiped; and so have the back-ups that were made later."""
    later = make_backup(path, tmp_path / "stick" / "later.regiekit")
    with opened(path) as boek:
        boek.note_uitvoer("R-014", "verslag", tmp_path / "verslag.pdf", b"inhoud")
        boek.note_uitvoer(None, "lijst", tmp_path / "lijst.csv", b"inhoud")
        before = [u[1:] for u in boek.uitvoer()]
    for _ in range(2):
        assert herstel(path, backup, "--vervang").code == 0
        with opened(path) as boek:
            assert [u[1:] for u in boek.uitvoer()] == before
            pads = [c.pad for c in reserve.known_copies(boek.opslag)]
    assert len(set(pads)) == len(pads) and {str(later), str(backup), *map(str, kept_of(path))} == set(pads)
    assert len(kept_of(path)) == 2


def big_change(path: Path) -> tuple[bytes, bytes]:
    """The file and its journal in the middle of a change that is never confirmed."""
    with opened(path) as boek:
        connection = boek.opslag.connection
        connection.execute("PRAGMA cache_size=2; PRAGMA cache_spill=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE aantekening SET reden = hex(zeroblob(200))")
        connection.cache_flush()
        found = path.read_bytes(), journal_of(path).read_bytes()
        connection.execute("ROLLBACK")
    return found


@pytest.mark.parametrize("opens", [True, False])
def test_a_journal_left_behind_goes_with_its_own_file(path: Path, backup: Path, opens: bool) -> None:
    """It may not play into what is put back, and the file that it belongs to is nothing without it."""
    if not opens:
        assert run_dossier(path, "dossier", "wachtzin", wachtzin=f"{WACHTZIN}\n{NEW}").code == 0
    wachtzin = WACHTZIN if opens else NEW
    now = notes(path, wachtzin)
    if opens:
        halfway, journal = big_change(path)
        path.write_bytes(halfway)
    else:
        journal = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600)
    journal_of(path).write_bytes(journal)
    assert herstel(path, backup, "--vervang").code == 0
    (kept,) = kept_of(path)
    assert not journal_of(path).exists() and journal_of(kept).read_bytes() == journal
    assert notes(path) == notes(backup)
    assert notes(kept, wachtzin) == now


def test_a_journal_of_a_dossier_that_is_gone(path: Path, backup: Path) -> None:
    add(path, 30, start=50)
    _, journal = big_change(path)
    path.unlink()
    journal_of(path).write_bytes(journal)
    assert herstel(path, backup).code == 0
    assert notes(path) == notes(backup) and not journal_of(path).exists()
    assert [p.read_bytes() for p in path.parent.glob("*-vervangen-*-journal")] == [journal]


def test_a_disk_with_one_name_for_each_file(path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a USB stick has; what is replaced is copied then."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    add(path, 2, start=50)
    now = notes(path)
    assert herstel(path, backup, "--vervang").code == 0
    assert notes(path) == notes(backup) and notes(kept_of(path)[0]) == now


def test_a_raw_copy_with_its_journal_is_a_backup_too(path: Path, tmp_path: Path) -> None:
    """As a program makes that copies whole disks, in the middle of a change."""
    halfway, journal = big_change(path)
    raw = tmp_path / "raw.regiekit"
    raw.write_bytes(halfway)
    now = notes(path)
    alone = herstel(path, raw, "--vervang")
    assert alone.code == 5 and notes(path) == now and kept_of(path) == []
    journal_of(raw).write_bytes(journal)
    assert herstel(path, raw, "--vervang").code == 0
    assert notes(path) == now and raw.read_bytes() == halfway and journal_of(raw).read_bytes() == journal


LENGTHS = [0, 1, 3, 4, 12, 15, 16, 17, 24, 100, 511, 1024, 4064, 4095, 4096, 4097, 8191, 8192, 8193, -1, -16, -4095,
           -4096, -4097, -8192]  # fmt: skip


def test_a_truncated_backup_changes_nothing(path: Path, backup: Path) -> None:
    raw, before = backup.read_bytes(), files(path.parent)
    for length in [*LENGTHS, len(raw) // 2]:
        backup.write_bytes(raw[:length])
        refused(herstel(path, backup, "--vervang"), backup)
        assert files(path.parent) == before, length


def test_a_backup_with_one_byte_changed_changes_nothing(path: Path, backup: Path) -> None:
    raw, before = backup.read_bytes(), files(path.parent)
    places = random.Random(5)
    for place in [*range(16), *range(16, 120, 13), *(places.randrange(len(raw)) for _ in range(60))]:
        flipped = bytes([raw[place] ^ (1 << places.randrange(8))])
        backup.write_bytes(raw[:place] + flipped + raw[place + 1 :])
        refused(herstel(path, backup, "--vervang"), backup)
        assert files(path.parent) == before, place
    backup.write_bytes(raw)
    assert herstel(path, backup, "--vervang").code == 0


def refused(result: Result, shown: Path, code: int = 5) -> None:
    """One line that names the file that was given, and no other."""
    assert result.code == code and str(shown) in result.err, result
    assert result.err.count("regiekit: ") == 1 and ".regiekit-" not in result.err and result.out == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"client: R-014\nnotitie: hallo\n" * 20, "is geen dossier van regiekit"),
        (b"SQLite format 3\0" + bytes(5000), "is geen dossier van regiekit"),
        (b"PK\3\4" + bytes(500), "is geen dossier van regiekit"),
        (b"", "is leeg"),
        (b"RGK7" + bytes(5000), "nieuwere regiekit"),
        (b"RGKV" + bytes(5000), "past niet"),
    ],
)
def test_what_is_no_backup(path: Path, backup: Path, content: bytes, told: str) -> None:
    before = files(path.parent)
    backup.write_bytes(content)
    result = herstel(path, backup, "--vervang")
    refused(result, backup)
    assert told in result.err and files(path.parent) == before


def test_where_no_backup_is(path: Path, tmp_path: Path) -> None:
    before = files(path.parent)
    (tmp_path / "weg").symlink_to(tmp_path / "nergens")
    for source, told in [("er-niet", "bestaat niet"), ("thuis", "is een map"), ("weg", "bestaat niet")]:
        result = herstel(path, tmp_path / source, "--vervang")
        refused(result, tmp_path / source, 2)
        assert told in result.err
    result = herstel(path, path, "--vervang")
    assert result.code == 2 and "is het dossier zelf" in result.err
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pijp")
        assert herstel(path, tmp_path / "pijp", "--vervang").code == 2
    assert files(path.parent) == before


def test_an_older_backup_is_brought_up_to_date(path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The back-up itself stays as it is."""
    old = backup.read_bytes()
    monkeypatch.setattr(opslag, "MIGRATIONS", (*opslag.MIGRATIONS, "ALTER TABLE client ADD COLUMN kleur TEXT"))
    assert herstel(path, backup, "--vervang").code == 0
    assert backup.read_bytes() == old
    with opened(path) as boek:
        assert boek.opslag.rows("SELECT code, kleur FROM client") == [("R-014", None), ("R-015", None)]


def test_a_newer_backup_is_refused(path: Path, backup: Path) -> None:
    with opened(backup) as boek:
        boek.opslag.connection.execute("PRAGMA user_version=99")
    before = files(path.parent)
    result = herstel(path, backup, "--vervang")
    refused(result, backup)
    assert "nieuwere regiekit" in result.err and files(path.parent) == before


@needs_fork
def test_a_dossier_in_use_is_not_replaced(path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opslag, "WAIT", 0.3)
    monkeypatch.setattr(opslag, "TELL_AFTER", 0.1)

    def keep() -> None:
        with opened(path) as boek, boek.opslag.write():
            time.sleep(20)

    before = path.read_bytes()
    with forked(keep):
        time.sleep(0.3)
        for arguments in (["herstel", backup, "--vervang"], ["wachtzin"]):
            result = run_dossier(path, "dossier", *arguments, wachtzin=f"{WACHTZIN}\n{NEW}")
            assert result.code == 5 and "in gebruik" in result.err and "even wachten" in result.err
    assert path.read_bytes() == before and kept_of(path) == [] and notes(path)


def test_a_dossier_that_changes_meanwhile_is_not_replaced(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what the coach was told and the answer, another window wrote."""
    monkeypatch.setattr(reserve, "take_over", lambda *_: add(path, 1, start=70))
    result = herstel(path, backup, "--vervang")
    assert result.code == 5 and "intussen veranderd" in result.err
    assert len(notes(path)["R-014"]) == 10 and kept_of(path) == []


@pytest.mark.parametrize("replace", ["herstel", "wachtzin"])
def test_an_open_window_loses_nothing_when_the_file_is_replaced(path: Path, backup: Path, replace: str) -> None:
    """It is told to start again; and it does not take the journal of the new file for its own."""
    with opened(path) as window:
        assert window.codes()
        if replace == "herstel":
            assert herstel(path, backup, "--vervang").code == 0
        else:
            assert run_dossier(path, "dossier", "wachtzin", wachtzin=f"{WACHTZIN}\n{NEW}").code == 0
        journal_of(path).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
        for act in (window.codes, lambda: window.add("R-014", BEGIN, Gesprek(notitie="laat"))):
            with pytest.raises(DossierError, match="net vervangen in een ander venster"):
                act()
        assert journal_of(path).exists()


@needs_fork
@pytest.mark.parametrize("replace", ["herstel", "wachtzin"])
def test_what_another_process_confirmed_is_never_lost(path: Path, backup: Path, replace: str) -> None:
    """It writes until it is told that the file is another. What was confirmed is in the new file or the kept one."""
    reader, writer = os.pipe()

    def write_on() -> None:
        with opened(path) as boek:
            for number in range(10_000):
                boek.add("R-014", BEGIN, Gesprek(notitie=f"bevestigd {number}"))
                os.write(writer, f"{number}\n".encode())
                time.sleep(random.uniform(0, 0.15))

    with forked(write_on):
        time.sleep(0.2)
        for _ in range(100):  # a restore is refused when there was writing between telling and replacing
            arguments = ["herstel", backup, "--vervang"] if replace == "herstel" else ["wachtzin"]
            result = run_dossier(path, "dossier", *arguments, wachtzin=f"{WACHTZIN}\n{NEW}")
            if result.code == 0:
                break
            assert result.code == 5 and "intussen veranderd" in result.err
        assert result.code == 0
        time.sleep(0.2)
    os.close(writer)
    with open(reader) as lines:
        confirmed = [int(line) for line in lines]
    where = [path] if replace == "wachtzin" else [*kept_of(path), path]
    found = {n for p in where for n in notes(p, NEW if replace == "wachtzin" else WACHTZIN)["R-014"]}
    assert confirmed and {f"bevestigd {number}" for number in confirmed} <= found


@needs_fork
@pytest.mark.parametrize("limit", [4096, 16_000, 30_000, 45_000])
def test_a_full_disk_changes_nothing(path: Path, backup: Path, limit: int) -> None:
    import resource

    add(path, 30, start=50)
    before, old = notes(path), backup.read_bytes()
    for arguments in (
        ["reservekopie", "--uit", backup, "--overschrijf"],
        ["herstel", backup, "--vervang"],
        ["wachtzin"],
    ):
        child = os.fork()
        if not child:
            code = 99
            try:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                result = run_dossier(path, "dossier", *arguments, wachtzin=f"{WACHTZIN}\n{NEW}")
                code = result.code if result.err.count("regiekit: ") == 1 else 98
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        assert notes(path) == before and backup.read_bytes() == old and kept_of(path) == []
        nothing_left(path.parent, backup.parent)


def test_a_dossier_behind_a_link(path: Path, backup: Path, tmp_path: Path) -> None:
    """The link stays, and what it points to is replaced."""
    link = tmp_path / "link.regiekit"
    link.symlink_to(path)
    assert herstel(link, backup, "--vervang").code == 0
    assert run_dossier(link, "dossier", "wachtzin", wachtzin=f"{WACHTZIN}\n{NEW}").code == 0
    assert link.is_symlink() and len(kept_of(path)) == 1 and notes(path, NEW) == notes(backup)


# On a terminal --------------------------------------------------------------------------------------------------------


def on_terminal(arguments: Sequence[object], typed: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """A command on a real terminal; each text is typed when its question stands there. Gives exit code and screen."""
    import pty

    child, descriptor = pty.fork()
    if not child:
        code = 1
        try:
            from regiekit.cli.app import main

            with open(0) as sys.stdin, open(1, "w") as sys.stdout, open(2, "w") as sys.stderr:
                code = main([str(a) for a in arguments])
        finally:
            os._exit(code)
    screen, left = "", list(typed)
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        while piece := os.read(descriptor, 4096):
            screen += piece.decode(errors="replace")
            if left and left[0][0] in screen:
                _, text = left.pop(0)
                time.sleep(0.05)
                os.write(descriptor, f"{text}\n".encode())
    _, status = os.waitpid(child, 0)
    os.close(descriptor)
    assert not left, screen
    return os.waitstatus_to_exitcode(status), screen


@needs_fork
@pytest.mark.parametrize("answer", ["j", "n"])
def test_a_coach_is_asked_before_the_dossier_is_replaced(path: Path, backup: Path, answer: str) -> None:
    add(path, 2, start=50)
    before = files(path.parent)
    code, screen = on_terminal(
        ["dossier", "herstel", backup, "--dossier", path],
        [("Wachtzin van de reservekopie", "mis"), ("Probeer", WACHTZIN), ("(j/n)", answer)],
    )
    assert WACHTZIN not in screen and "2 aantekeningen van nu staan niet" in flat(screen)
    if answer == "j":
        assert code == 0 and notes(path) == notes(backup)
    else:
        assert code == 130 and "Er is niets veranderd." in screen and files(path.parent) == before


@needs_fork
@pytest.mark.parametrize(("third", "code"), [(WACHTZIN, 0), ("mis", 5)])
def test_a_wachtzin_may_be_wrong_twice(path: Path, third: str, code: int) -> None:
    """One that cannot be a wachtzin at all is a try too, Enter alone is none. Of damage is spoken only at the end."""
    left, screen = on_terminal(
        ["dossier", "controleer", "--dossier", path],
        [("Wachtzin van je dossier", "mis"), ("Probeer", ""), ("typte nog niets", "a\tb"), ("pijltje", third)],
    )
    first, _, last = flat(screen).rpartition("typ haar opnieuw. Probeer het nog eens.")
    assert left == code and "past niet. Let op hoofdletters en spaties. Probeer het nog eens." in first
    assert "beschadigd" not in first and "herstel" not in first
    assert ("Dan is het bestand beschadigd" in last) == (third == "mis")


@needs_fork
def test_a_coach_types_a_new_wachtzin_twice(path: Path) -> None:
    before = notes(path)
    code, screen = on_terminal(
        ["dossier", "wachtzin", "--dossier", path],
        [("Wachtzin van je dossier", WACHTZIN), ("Nieuwe wachtzin", NEW), ("Nog een keer", NEW)],
    )
    assert code == 0 and notes(path, NEW) == before and NEW not in screen


# controleer -----------------------------------------------------------------------------------------------------------


def test_a_dossier_that_is_well(path: Path, tmp_path: Path) -> None:
    result = run_dossier(path, "dossier", "controleer")
    assert result.code == 0 and "is heel: 2 cliënten en 11 aantekeningen" in flat(result.out)
    assert "Er is geen reservekopie bekend." in flat(result.out)
    target = make_backup(path, tmp_path / "stick" / "kopie.regiekit")
    seen = run_dossier(path, "dossier", "controleer", "--json").json
    assert seen["heel"] and seen["fouten"] == [] and (seen["clienten"], seen["aantekeningen"]) == (2, 11)
    assert seen["alleen_voor_jou"] and seen["clouddienst"] is None
    assert seen["reservekopie"]["pad"] == str(target) and seen["reservekopie"]["is_er"]
    target.unlink()
    assert "Daar is zij nu niet te vinden" in flat(run_dossier(path, "dossier", "controleer").out)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_a_dossier_that_others_can_read_in_a_synced_folder(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "d.regiekit"
    path.parent.mkdir()
    make_client(path)
    path.chmod(0o644)
    result = run_dossier(path, "dossier", "controleer")
    assert result.code == 0 and "chmod 600" in flat(result.out) and "clouddienst (Dropbox)" in flat(result.out)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    seen = run_dossier(path, "dossier", "controleer", "--json").json
    assert not seen["alleen_voor_jou"] and seen["clouddienst"] == "Dropbox"


def test_a_damaged_dossier_is_told(path: Path) -> None:
    with opened(path) as boek, boek.opslag.write():
        boek.opslag.execute("UPDATE aantekening SET inhoud = replace(inhoud, 'gesprek 3', 'gesprek 4')")
    result = run_dossier(path, "dossier", "controleer")
    assert result.code == 5 and "is beschadigd" in result.out and "dossier herstel" in flat(result.out)
    result = run_dossier(path, "dossier", "controleer", "--json")
    assert result.code == 5 and not result.json["heel"] and result.json["fouten"]
    raw = path.read_bytes()
    path.write_bytes(raw[:20000] + bytes([raw[20000] ^ 1]) + raw[20001:])
    for option in ((), ("--json",)):
        assert run_dossier(path, "dossier", "controleer", *option).code == 5


# wachtzin -------------------------------------------------------------------------------------------------------------


def test_another_wachtzin(path: Path, backup: Path) -> None:
    before, head = notes(path), read_head(path)
    result = run_dossier(path, "dossier", "wachtzin", wachtzin=f"{WACHTZIN}\n{NEW}")
    assert result.code == 0 and "Reservekopieën van eerder openen met de oude wachtzin." in flat(result.out)
    assert notes(path, NEW) == before and notes(backup) == before and read_head(path) != head
    assert run_dossier(path, "dossier", "controleer").code == 5
    assert [p.name for p in path.parent.iterdir()] == ["d.regiekit"]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (f"mis\n{NEW}", 5, "past niet"),
        (f"{WACHTZIN}\nkort", 2, "te kort"),
        (f"{WACHTZIN}\naaaaaaaaaaaaaaaa", 2, "te makkelijk"),
        (WACHTZIN, 2, "geeft geen wachtzin"),
    ],
)
def test_a_wachtzin_that_does_not_change(path: Path, given: str, code: int, told: str) -> None:
    before = files(path.parent)
    result = run_dossier(path, "dossier", "wachtzin", wachtzin=given)
    assert result.code == code and told in result.err and files(path.parent) == before


def test_a_demonstration_keeps_its_wachtzin(tmp_path: Path) -> None:
    head = new_head(verzonnen=True)
    path = tmp_path / "demo.regiekit"
    opslag.make_file(path, derive_key(opslag.WACHTZIN_VERZONNEN, head), head)
    result = run("dossier", "wachtzin", "--dossier", path)
    assert result.code == 2 and "demonstratie" in result.err
    assert run("dossier", "reservekopie", "--dossier", path, "--uit", tmp_path / "k.regiekit").code == 0
    done = run("dossier", "herstel", tmp_path / "k.regiekit", "--dossier", tmp_path / "x" / "d.regiekit")
    assert done.code == 0 and "verzonnen" in done.err


# Killed at any moment -------------------------------------------------------------------------------------------------


def run_killed(path: Path, arguments: Sequence[object], wachtzin: str, *, after: float = 60, step: int = 10**6) -> bool:
    """A command in a process of its own, killed after some seconds, or before its so manieth change of a file name;
    gives whether it was killed."""
    child = os.fork()
    if not child:
        try:
            if step < 10**6:
                sys.addaudithook(killer(path.parent.parent, step))
            os._exit(run_dossier(path, *arguments, wachtzin=wachtzin).code)
        finally:
            os._exit(99)
    until = time.monotonic() + after
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            if os.WIFEXITED(status):
                assert os.WEXITSTATUS(status) == 0
            return os.WIFSIGNALED(status)
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def killer(folder: Path, step: int) -> Callable[[str, tuple[object, ...]], None]:
    """Kills this process before the so manieth time that it opens, names, links or removes something in this folder."""
    left = step

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod") and any(
            str(a).startswith(str(folder)) for a in arguments
        ):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def moments(path: Path, arguments: Sequence[object], wachtzin: str, again: Callable[[], None]) -> Iterator[bool]:
    """Every step of a command on files, and some fifteen moments by chance; `again` puts everything back before each.
    Gives for each whether the command was killed."""
    again()
    start = time.monotonic()
    assert not run_killed(path, arguments, wachtzin)
    whole, chance = time.monotonic() - start, random.Random(3)
    for _ in range(15):
        again()
        yield run_killed(path, arguments, wachtzin, after=chance.uniform(0, whole))
    for step in range(1, 200):
        again()
        killed = run_killed(path, arguments, wachtzin, step=step)
        yield killed
        if not killed:
            assert step > 3
            return
    raise AssertionError


@pytest.fixture
def restart(path: Path, backup: Path, tmp_path: Path) -> Callable[[], None]:
    """Puts all files as they were: the back-up with eleven aantekeningen, the dossier with three more."""
    add(path, 3, start=50)
    saved = tmp_path / "bewaard"
    for folder in (path.parent, backup.parent):
        shutil.copytree(folder, saved / folder.name)

    def again() -> None:
        for folder in (path.parent, backup.parent):
            for file in folder.iterdir():
                shutil.rmtree(file) if file.is_dir() else file.unlink()
            shutil.copytree(saved / folder.name, folder, dirs_exist_ok=True)

    return again


def assert_nothing_readable(folder: Path) -> None:
    for name, raw in files(folder).items():
        assert CANARY.encode() not in raw and CANARY.encode("utf-16-le") not in raw, name
        assert b"SQLite format" not in raw and b"CREATE TABLE" not in raw, name


def nothing_left(*folders: Path) -> None:
    assert [str(p) for folder in folders for p in folder.rglob(".regiekit-*")] == []


@needs_fork
def test_a_killed_backup(path: Path, backup: Path, restart: Callable[[], None], tmp_path: Path) -> None:
    """The older back-up or the new one is there, whole, and the dossier as it was."""
    arguments = ("dossier", "reservekopie", "--uit", backup, "--overschrijf")
    now, then = notes(path), notes(backup)
    seen = []
    for _ in moments(path, arguments, WACHTZIN, restart):
        assert_nothing_readable(tmp_path)
        assert notes(path) == now
        seen.append(notes(backup) == now)
        assert seen[-1] or notes(backup) == then
    assert run_dossier(path, *arguments).code == 0
    nothing_left(path.parent, backup.parent)
    assert set(seen) == {True, False}


@needs_fork
@pytest.mark.parametrize("with_journal", [False, True])
def test_a_killed_restore(
    path: Path, backup: Path, restart: Callable[[], None], tmp_path: Path, with_journal: bool
) -> None:
    """The dossier is the old one or the back-up; and the old one is whole under one of its two names. Only when it left
    a journal behind is there a moment in which it has but the second."""
    now, then, raw = notes(path), notes(backup), backup.read_bytes()
    halfway, journal = big_change(path)

    def again() -> None:
        restart()
        if with_journal:
            path.write_bytes(halfway)
            journal_of(path).write_bytes(journal)

    arguments = ("dossier", "herstel", backup, "--vervang")
    seen = []
    for _ in moments(path, arguments, WACHTZIN, again):
        assert_nothing_readable(tmp_path)
        assert with_journal or path.exists()
        found = [notes(p) for p in (path, *kept_of(path)) if p.exists()]
        assert now in found and all(n in (now, then) for n in found) and backup.read_bytes() == raw
        seen.append(path.exists() and notes(path) == then)
    assert run_dossier(path, *arguments).code == 0 and notes(path) == then
    nothing_left(path.parent, backup.parent)
    assert set(seen) == {True, False}


@needs_fork
def test_a_killed_change_of_wachtzin(path: Path, restart: Callable[[], None], tmp_path: Path) -> None:
    """The dossier opens with the old wachtzin or with the new one."""
    now, seen = notes(path), []
    arguments = ("dossier", "wachtzin")
    for _ in moments(path, arguments, f"{WACHTZIN}\n{NEW}", restart):
        assert_nothing_readable(tmp_path)
        try:
            assert notes(path) == now
            seen.append("oud")
        except opslag.WrongKeyError:
            assert notes(path, NEW) == now
            seen.append("nieuw")
    assert set(seen) == {"oud", "nieuw"}
    assert run_dossier(path, *arguments, wachtzin=f"{NEW}\n{WACHTZIN}").code == 0
    nothing_left(path.parent)


# The place ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "part"),
    [
        (r"C:\Users\Sam\OneDrive\regiekit", "OneDrive"),
        (r"C:\Users\Sam\OneDrive - Bureau Zuid\Documenten", "OneDrive - Bureau Zuid"),
        (r"c:\users\sam\onedrive\documenten", "onedrive"),
        (r"C:\Users\Sam\Dropbox (Bureau Zuid)\werk", "Dropbox (Bureau Zuid)"),
        (r"C:\Users\Sam\iCloudDrive", "iCloudDrive"),
        (r"G:\Mijn Drive\werk", "Mijn Drive"),
        (r"G:\My Drive", "My Drive"),
        (r"P:\pCloudDrive", "pCloudDrive"),
        (r"C:\Users\Sam\STACK\werk", "STACK"),
        (r"C:\Users\Sam\AppData\Local\regiekit", None),
        (r"C:\Users\Sam\source\stack\sync", None),
        (r"D:\STACK", None),
        (r"C:\Users\Sam\Box van de bakker", None),
    ],
)
def test_a_synced_place_on_windows(folder: str, part: str | None) -> None:
    assert plaats.synced_part(PureWindowsPath(folder), PureWindowsPath(r"C:\Users\Sam")) == part


@pytest.mark.parametrize(
    ("folder", "part"),
    [
        ("/Users/sam/Library/Mobile Documents/com~apple~CloudDocs/werk", "Mobile Documents"),
        ("/Users/sam/Library/CloudStorage/OneDrive-BureauZuid", "CloudStorage"),
        ("/Users/sam/Library/CloudStorage/GoogleDrive-sam@voorbeeld.nl/Mijn Drive", "CloudStorage"),
        ("/Users/sam/Dropbox/werk", "Dropbox"),
        ("/Users/sam/Nextcloud", "Nextcloud"),
        ("/Users/sam/STACK", "STACK"),
        ("/Users/sam/Box/werk", "Box"),
        ("/Users/sam/stack", None),
        ("/Users/sam/code/STACK/Box", None),
        ("/Users/sam/Sync", None),
        ("/Users/sam/code/cloudstorage", None),
        ("/Users/sam/code/dropbox-api", None),
        ("/Users/sam/Library/Application Support/regiekit", None),
        ("/home/sync/.local/share/regiekit", None),
    ],
)
def test_a_synced_place_elsewhere(folder: str, part: str | None) -> None:
    assert plaats.synced_part(PurePosixPath(folder), PurePosixPath("/Users/sam")) == part


@pytest.mark.parametrize("mark", [".stfolder/", ".dropbox.cache/", ".sync_1a2b3c.db", "._sync_1a2b3c.db",
                                  ".owncloudsync.log", ".nextcloudsync.log"])  # fmt: skip
def test_a_folder_that_a_program_marked(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "samen" / "dossiers"
    folder.mkdir(parents=True)
    assert plaats.synced_by(folder / "d.regiekit") is None
    (folder.parent / mark).mkdir() if mark.endswith("/") else (folder.parent / mark).touch()
    assert plaats.synced_by(folder / "d.regiekit") == str(folder.parent)


def test_the_settings_of_dropbox_are_no_synced_folder(tmp_path: Path) -> None:
    """The home folder has a folder '.dropbox' on every computer with Dropbox."""
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / "dossiers").mkdir()
    assert plaats.synced_by(tmp_path / "dossiers" / "d.regiekit") is None


def test_a_renamed_onedrive_and_a_link_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows tells in a variable where OneDrive is; and a link is no way around it."""
    (tmp_path / "wolk" / "werk").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "wolk" / "werk")
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "wolk"))
    for folder in (tmp_path / "link", tmp_path / "wolk", tmp_path / "wolk" / "werk"):
        assert plaats.synced_by(folder / "d.regiekit") == str(tmp_path / "wolk")
    assert plaats.synced_by(tmp_path / "d.regiekit") is None


def test_where_the_dossier_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--dossier goes before REGIEKIT_DOSSIER, and that before the usual place; a folder stands for the file in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    usual = plaats.find_plaats(None)
    assert usual.name == "dossier.regiekit" and usual.parent.name == "regiekit"
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(tmp_path / "ander.regiekit"))
    assert plaats.find_plaats(None) == tmp_path / "ander.regiekit"
    assert plaats.find_plaats(tmp_path) == tmp_path / "dossier.regiekit"
    (tmp_path / "link").symlink_to(tmp_path / "ander.regiekit")
    assert plaats.find_plaats(tmp_path / "link") == Path(os.path.realpath(tmp_path)) / "ander.regiekit"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert plaats.find_plaats(Path("~/x.regiekit")) == tmp_path / "x.regiekit"
    monkeypatch.setenv("REGIEKIT_DOSSIER", " ")
    result = run("dossier", "controleer")
    assert result.code == 2 and "REGIEKIT_DOSSIER is leeg" in result.err


def test_the_answer_of_controleer_is_json_and_nothing_else(path: Path) -> None:
    assert json.loads(run_dossier(path, "dossier", "controleer", "--json").out)["dossier"] == str(path)


def test_made_up_clients_do_not_take_the_place_of_a_real_dossier(path: Path, tmp_path: Path) -> None:
    """Nor of a damaged one; a dossier to practise with may be put back over another."""
    demo, other = tmp_path / "demo.regiekit", tmp_path / "other.regiekit"
    assert run("dossier", "demo", "--uit", demo).code == 0
    before = path.read_bytes()
    for now in (before, b"kapot" + before[5:]):
        path.write_bytes(now)
        result = herstel(path, demo, "--vervang")
        assert result.code == 4 and "verzonnen cliënten" in flat(result.err), result
        assert path.read_bytes() == now
    other.write_bytes(demo.read_bytes())
    assert run("dossier", "herstel", demo, "--dossier", other, "--vervang").code == 0

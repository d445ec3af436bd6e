"""The store of the dossier: encrypted, whole after every stop, one line of Dutch for whatever is wrong with it."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from dossiers import BEGIN, WACHTZIN, make_client, opened, quick_keys, run_dossier
from regiekit.domain.aantekening import Afname, Gesprek, Traject
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek
from regiekit.dossier.opslag import DossierError, Opslag, WrongKeyError
from regiekit.errors import LOCKED, WRONG_USE, RegiekitError
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSHARE = shutil.which("unshare")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="os.fork")


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier with two clients and some talks."""
    found = tmp_path / "dossier.regiekit"
    make_client(found, "R-014", visie_werknemer="ik wil weer aan het werk")
    make_client(found, "R-015")
    with opened(found) as boek:
        for doel in ("kennismaken", "plannen", "oefenen"):
            boek.add("R-014", BEGIN, Gesprek(doel=doel))
    return found


def refused(path: Path) -> DossierError:
    """What is said when this does not open; the program says the same in one line, with the same exit code."""
    with pytest.raises(DossierError) as caught, opened(path):
        pass
    result = run_dossier(path, "dossier", "toon", "R-014")
    assert (result.code, result.out) == (caught.value.exit_code, "")
    assert len(result.err.strip().splitlines()) == 1, result.err
    return caught.value


def goals(path: Path, code: str = "R-014") -> list[str | None]:
    with opened(path) as boek:
        return [a.inhoud.doel for a in boek.read(code).of("gesprek")]


# encrypted ------------------------------------------------------------------------------------------------------------


def test_it_is_encrypted(path: Path) -> None:
    assert apsw.mc_version.startswith("SQLite3 Multiple Ciphers")
    content = path.read_bytes()
    assert content[:4] == b"RGK1"
    assert b"SQLite format 3" not in content
    assert b"CREATE TABLE" not in content
    assert b"kennismaken" not in content
    assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_it_is_opened_as_safe_as_it_can_be(path: Path) -> None:
    with opened(path) as boek:
        values = {name: boek.opslag.rows(f"PRAGMA {name}")[0][0] for name in OPENED}
        assert boek.opslag.rows("PRAGMA cipher") == [("chacha20",)]
    assert values == OPENED


OPENED = {
    "secure_delete": 1, "synchronous": 3, "journal_mode": "delete", "temp_store": 2, "foreign_keys": 1,
    "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "fullfsync": 1,
}  # fmt: skip


def test_plain_apsw_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It has the same name, takes the key, and writes plain text."""
    monkeypatch.delattr(apsw, "mc_version")
    assert "apsw-sqlite3mc" in str(refused(path))
    new = tmp_path / "nieuw.regiekit"
    head = opslag.new_head()
    with pytest.raises(DossierError, match="apsw-sqlite3mc"):
        opslag.make_file(new, opslag.derive_key(WACHTZIN, head), head)
    assert not new.exists()


def test_the_key_of_another_wachtzin_or_salt_is_another(path: Path) -> None:
    head = opslag.read_head(path)
    keys = {opslag.derive_key(w, h) for w in (WACHTZIN, "iets heel anders") for h in (head, opslag.new_head())}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_the_rounds_of_scrypt_are_many() -> None:
    source = subprocess.run(
        [sys.executable, "-c", "from regiekit.dossier.opslag import ROUNDS; print(ROUNDS[b'RGK1'])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(source.stdout) == 2**17


# the trials, small; benchmarks/dossier.py runs them whole -------------------------------------------------------------


@needs_fork
@pytest.mark.parametrize(
    ("trial", "runs", "seen"),
    [("kill", 25, "journals"), ("full", 15, "confirmed"), ("disk", 10, "confirmed"), ("many", 200, "records"),
     ("flips", 150, "journals"), ("canary", 1, "journal")],
)  # fmt: skip
def test_trial(trial: str, runs: int, seen: str) -> None:
    seed, command = str(time.time_ns()), [sys.executable, ROOT / "tests" / "opslagproef.py", trial]
    as_root = ["unshare", "--map-root-user", "--mount"] if trial == "disk" and os.geteuid() and UNSHARE else []
    result = subprocess.run(
        [*as_root, *command, "--runs", str(runs), "--seed", seed], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    figures = json.loads(result.stdout)
    if figures is None:
        pytest.skip("een eigen kleine schijf (mount)")
    assert figures[seen] > 0, figures


# a path that is no dossier --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "exit_code", "said"),
    [
        (b"", LOCKED, "is leeg"),
        (b"RGK", LOCKED, "is geen dossier"),
        (b"RGK1" + bytes(8), LOCKED, "is geen dossier"),
        (b"RGK1" + bytes(12), LOCKED, "is het bestand beschadigd"),
        (b"RGK1" + os.urandom(5000), LOCKED, "wachtzin past niet"),
        (b"RGK2" + bytes(12), LOCKED, "nieuwere regiekit"),
        (b"%PDF-1.7 en nog wat", LOCKED, "is geen dossier"),
    ],
)
def test_content_that_is_no_dossier(tmp_path: Path, content: bytes, exit_code: int, said: str) -> None:
    path = tmp_path / "dossier.regiekit"
    path.write_bytes(content)
    error = refused(path)
    assert error.exit_code == exit_code
    assert said in str(error)
    assert path.read_bytes() == content


@pytest.mark.parametrize("encrypted", [False, True])
def test_another_database(tmp_path: Path, encrypted: bool) -> None:
    """A plain one, and one with our begin and our key that holds other things."""
    path = tmp_path / "dossier.regiekit"
    if encrypted:
        head = opslag.new_head()
        path.touch()
        connection = opslag.connect(path, opslag.derive_key(WACHTZIN, head), head)
        connection.execute("CREATE TABLE iets (anders)").fetchall()
        connection.close()
    else:
        plain = sqlite3.connect(path)
        plain.execute("CREATE TABLE iets (anders)")
        plain.close()
    before = path.read_bytes()
    assert "is geen dossier van regiekit" in str(refused(path))
    assert path.read_bytes() == before


def test_paths(path: Path, tmp_path: Path) -> None:
    missing = tmp_path / "geen" / "dossier.regiekit"
    folder = tmp_path / "map.regiekit"
    below = path / "dossier.regiekit"
    folder.mkdir()
    for place, said in ((missing, "nog geen dossier"), (folder, "is een map"), (below, "kan niet gelezen worden")):
        with pytest.raises(DossierError, match=said) as caught:
            opslag.read_head(place)
        assert caught.value.exit_code == WRONG_USE
    if hasattr(os, "mkfifo"):  # would wait for ever
        os.mkfifo(tmp_path / "pijp")
        with pytest.raises(DossierError, match="geen dossier"):
            opslag.read_head(tmp_path / "pijp")


def test_a_symlink_to_a_dossier(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elders" / "mijn.regiekit"
    link.parent.mkdir()
    link.symlink_to(path)
    make_client(link, "R-016")
    assert opslag.journal_of(link) == opslag.journal_of(path)
    with opened(path) as boek:
        assert boek.codes() == ["R-014", "R-015", "R-016"]


@pytest.mark.parametrize("kind", ["folder", "symlink"])
def test_the_name_of_the_journal_is_taken(path: Path, tmp_path: Path, kind: str) -> None:
    journal = opslag.journal_of(path)
    if kind == "folder":
        journal.mkdir()
    else:
        (tmp_path / "elders").write_bytes(b"van een ander")
        journal.symlink_to(tmp_path / "elders")
    error = refused(path)
    assert "-journal" in str(error)
    assert error.exit_code == WRONG_USE
    if kind == "symlink":
        assert (tmp_path / "elders").read_bytes() == b"van een ander"


READ_AND_WRITE = """
import os, sys
from pathlib import Path
sys.path.insert(0, "tests")
from dossiers import opened, make_client
from regiekit.dossier import opslag
from regiekit.errors import RegiekitError
opslag.ROUNDS = dict.fromkeys(opslag.ROUNDS, 2)
path = Path(sys.argv[1])
if os.geteuid() == 0:  # whom nothing is forbidden
    os.setgid(65534); os.setuid(65534)
with opened(path) as boek:
    print(boek.codes())
try:
    make_client(path, "R-016")
except RegiekitError as error:
    print(error.exit_code, error)
"""


@needs_fork
@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only(what: str) -> None:
    """It can be read; writing says what to look at."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "dossier.regiekit"
        make_client(path)
        path.chmod(0o444 if what == "file" else 0o666)
        path.parent.chmod(0o777 if what == "file" else 0o555)
        command = [sys.executable, "-c", READ_AND_WRITE, path]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        path.parent.chmod(0o700)
    assert result.returncode == 0, result.stderr
    read, written = result.stdout.splitlines()
    assert read == "['R-014']"
    assert written.startswith("2 ")
    assert "kijk de rechten na" in written


# what was left behind -------------------------------------------------------------------------------------------------


def leave_journal(path: Path) -> None:
    """The dossier as a process leaves it that is killed in a large transaction."""
    folder = path.parent / "gekopieerd"
    folder.mkdir()
    with opened(path) as boek:
        boek.opslag.connection.execute("PRAGMA cache_size=5").fetchall()
        with pytest.raises(KeyError), boek.opslag.write():
            for _ in range(100):
                boek._insert(1, BEGIN, Gesprek(notitie="nooit bevestigd " * 200))
            subprocess.run(["cp", path, opslag.journal_of(path), folder], check=True)
            raise KeyError
    for file in folder.iterdir():
        shutil.move(file, path.parent / file.name)
    folder.rmdir()


def test_what_was_not_confirmed_goes(path: Path) -> None:
    leave_journal(path)
    assert goals(path) == ["kennismaken", "plannen", "oefenen"]
    assert sorted(f.name for f in path.parent.iterdir()) == [path.name]


def test_a_wrong_wachtzin_beside_a_journal(path: Path) -> None:
    """It is called wrong, so that it can be tried again, and it harms nothing."""
    leave_journal(path)
    head = opslag.read_head(path)
    for _ in range(2):
        with pytest.raises(WrongKeyError):
            Opslag(path, opslag.derive_key("niet de goede", head), head)
    assert goals(path) == ["kennismaken", "plannen", "oefenen"]


def test_doubt_outlives_the_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal that cannot be used leaves half a transaction in the file. Stopped before that is found: it is found
    at the next opening, and at each one after."""
    leave_journal(path)
    journal = opslag.journal_of(path)
    journal.write_bytes(b"\xff" + journal.read_bytes()[1:])  # no journal any more, to SQLite
    whole, stopped = Opslag.faults, []

    def stop(self: Opslag) -> list[str]:
        stopped.append(whole(self))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Opslag, "faults", stop)
        with pytest.raises(KeyboardInterrupt), opened(path):
            pass
    assert stopped[0]
    journal.unlink(missing_ok=True)
    for _ in range(2):
        assert "is beschadigd" in str(refused(path))
    assert opslag.doubt_of(path).exists()


def test_in_doubt_every_row_is_read_before_any_is_shown(path: Path) -> None:
    change(path, "UPDATE aantekening SET reden = 'anders' WHERE id = 4")
    opslag.doubt_of(path).touch()
    assert "is beschadigd (aantekening 4)" in str(refused(path))


def test_doubt_that_proves_wrong_is_forgotten(path: Path) -> None:
    opslag.doubt_of(path).touch()
    assert goals(path) == ["kennismaken", "plannen", "oefenen"]
    assert not opslag.doubt_of(path).exists()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM aantekening WHERE id = 4", "er horen 5 aantekeningen te zijn, en er zijn er 4"),
        ("UPDATE sqlite_sequence SET seq = 9 WHERE name = 'aantekening'", "er horen 9 aantekeningen te zijn"),
    ],
)
def test_a_row_that_is_missing_is_seen_at_each_opening(path: Path, sql: str, said: str) -> None:
    change(path, sql)
    for _ in range(2):
        assert said in str(refused(path))


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE aantekening SET datum = '2020-01-01' WHERE id = 4", "niet zoals zij geschreven is"),
        ("UPDATE aantekening SET datum = 'gisteren' WHERE id = 4", "niet zoals zij geschreven is"),
        ("UPDATE aantekening SET inhoud = '{}' WHERE id = 4", "niet zoals zij geschreven is"),
    ],
)
def test_a_row_that_was_changed_is_never_shown(path: Path, sql: str, said: str) -> None:
    change(path, sql)
    with opened(path) as boek:
        with pytest.raises(DossierError, match=said) as caught:
            boek.read("R-014")
        assert caught.value.exit_code == LOCKED
        assert boek.faults() == ["aantekening 4"]
        assert boek.read("R-015").aantekeningen


@pytest.mark.parametrize("sql", ["UPDATE vragenlijst SET inhoud = '{}'", "DELETE FROM vragenlijst"])
def test_a_vragenlijst_that_was_changed_or_lost(path: Path, sql: str) -> None:
    with opened(path) as boek:
        afname = Afname(vragenlijst="klein", versie="1", hash="0" * 16, antwoorden={"v-1": 3})
        boek.add("R-014", BEGIN, afname, {"id": "klein"})
        assert boek.read("R-014").vragenlijsten == {"0" * 16: {"id": "klein"}}
    change(path, sql)
    with opened(path) as boek:
        assert boek.faults()
        with pytest.raises(DossierError, match="ontbreekt een vragenlijst"):
            boek.read("R-014")


@pytest.mark.parametrize(("soort", "inhoud"), [("droom", "{}"), ("gesprek", '{"doel": "a", "kleur": "rood"}')])
def test_what_a_newer_program_wrote(path: Path, soort: str, inhoud: str) -> None:
    """An aantekening that is whole, and of a kind or with a field that this program does not know."""
    with opened(path) as boek:
        values = (1, soort, "2026-01-05", "2026-01-05T00:00:00+00:00", None, None, inhoud)
        with boek.opslag.write():
            boek.opslag.execute(
                "INSERT INTO aantekening (client, soort, datum, geschreven, vervangt, reden, inhoud, controle) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *values, opslag.controle_of(*values),
            )  # fmt: skip
        with pytest.raises(DossierError, match="deze regiekit niet kent; neem de nieuwste"):
            boek.read("R-014")


def change(path: Path, sql: str) -> None:
    """What no command does."""
    with opened(path) as boek, boek.opslag.write():
        boek.opslag.execute(sql)


# several windows ------------------------------------------------------------------------------------------------------


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another window is writing."""
    with opened(path) as other, other.opslag.write():
        yield


def test_waiting_is_bounded_and_said_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opslag, "WAIT", 0.4)
    monkeypatch.setattr(opslag, "TELL_AFTER", 0.1)
    head, said = opslag.read_head(path), []
    with Opslag(path, opslag.derive_key(WACHTZIN, head), head, lambda: said.append("wacht")) as mine, held(path):
        start = time.monotonic()
        with pytest.raises(DossierError, match="in gebruik") as caught:
            Boek(mine).add("R-014", BEGIN, Gesprek(doel="te laat"))
        assert 0.3 < time.monotonic() - start < 3
    assert caught.value.exit_code == LOCKED
    assert "er is nu niets bewaard" in str(caught.value)
    assert said == ["wacht"]
    assert goals(path) == ["kennismaken", "plannen", "oefenen"]


def test_waiting_can_be_stopped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opslag, "TELL_AFTER", 0.01)

    def stop() -> None:
        raise KeyboardInterrupt

    head = opslag.read_head(path)
    with Opslag(path, opslag.derive_key(WACHTZIN, head), head, stop) as mine:
        with held(path), pytest.raises(KeyboardInterrupt):
            Boek(mine).add("R-014", BEGIN, Gesprek(doel="gestopt"))
        Boek(mine).add("R-014", BEGIN, Gesprek(doel="daarna"))
    assert goals(path) == ["kennismaken", "plannen", "oefenen", "daarna"]


def test_reading_goes_on_while_another_writes(path: Path) -> None:
    with held(path):
        assert goals(path) == ["kennismaken", "plannen", "oefenen"]


def test_who_waits_gets_a_turn(path: Path) -> None:
    """A window that lets go in time costs nothing but the wait."""
    inside, let_go = threading.Event(), threading.Event()

    def other() -> None:
        with held(path):
            inside.set()
            let_go.wait(5)

    thread = threading.Thread(target=other)
    thread.start()
    assert inside.wait(5)
    threading.Timer(0.2, let_go.set).start()
    with opened(path) as boek:
        boek.add("R-014", BEGIN, Gesprek(doel="daarna"))
    thread.join()
    assert goals(path)[-1] == "daarna"


def test_the_second_correction_loses_with_a_message(path: Path) -> None:
    with opened(path) as one, opened(path) as two:
        (first, *_) = one.read("R-014").of("gesprek")
        new = one.correct("R-014", first.nummer, BEGIN, Gesprek(doel="van mij"), "anders")
        with pytest.raises(RegiekitError, match=f"al vervangen door {new}"):
            two.correct("R-014", first.nummer, BEGIN, Gesprek(doel="van jou"), "anders")
        assert two.read("R-014").of("gesprek")[-1].inhoud.doel != "van jou"


@pytest.mark.parametrize("how", ["replaced", "removed", "replaced while writing"])
@pytest.mark.skipif(os.name == "nt", reason="een open bestand vervangen")
def test_a_file_that_was_replaced_is_not_written(path: Path, how: str) -> None:
    """What is written after it would be gone with the old file."""
    copy = path.with_name("kopie")
    shutil.copy(path, copy)
    with opened(path) as boek:

        def replace() -> None:
            path.unlink() if how == "removed" else copy.replace(path)

        with pytest.raises(DossierError, match="net vervangen") as caught:
            if how == "replaced while writing":
                with boek.opslag.write():
                    boek._insert(1, BEGIN, Gesprek(doel="verloren?"))
                    replace()
            else:
                replace()
                boek.add("R-014", BEGIN, Gesprek(doel="verloren?"))
        assert caught.value.exit_code == LOCKED
        assert "er is nu niets bewaard" in str(caught.value)
    if how != "removed":
        assert goals(path) == ["kennismaken", "plannen", "oefenen"]


# errors of the disk ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [
        (apsw.SQLITE_FULL, WRONG_USE, "schijf is vol"),
        (apsw.SQLITE_IOERR_WRITE, WRONG_USE, "schijf is vol"),
        (apsw.SQLITE_IOERR_FSYNC, WRONG_USE, "niets bewaard"),
        (apsw.SQLITE_IOERR_DIR_FSYNC, LOCKED, "niet zeker of dit"),
        (apsw.SQLITE_IOERR_DELETE, LOCKED, "niet zeker of dit"),
        (apsw.SQLITE_IOERR_READ, LOCKED, "beschadigd"),
        (apsw.SQLITE_CORRUPT, LOCKED, "beschadigd"),
        (apsw.SQLITE_NOTADB, LOCKED, "wachtzin past niet"),
        (apsw.SQLITE_BUSY, LOCKED, "in gebruik"),
        (apsw.SQLITE_LOCKED, LOCKED, "in gebruik"),
        (apsw.SQLITE_READONLY, WRONG_USE, "kijk de rechten na"),
        (apsw.SQLITE_CANTOPEN, WRONG_USE, "kijk de rechten na"),
        (apsw.SQLITE_AUTH, WRONG_USE, "kijk de rechten na"),
    ],
)
def test_what_sqlite_says_in_dutch(path: Path, code: int, exit_code: int, said: str) -> None:
    error = opslag.explain(apsw.exception_for(code), path)
    assert said in str(error)
    assert error.exit_code == exit_code


def test_a_bug_keeps_its_own_error(path: Path) -> None:
    with opened(path) as boek, pytest.raises(apsw.SQLError):
        boek.opslag.rows("SELECT nergens")


def test_all_or_nothing(path: Path) -> None:
    with opened(path) as boek:
        with pytest.raises(ZeroDivisionError), boek.opslag.write():
            boek._insert(1, BEGIN, Gesprek(doel="half"))
            raise ZeroDivisionError
        assert not boek.opslag.connection.in_transaction
        boek.add("R-014", BEGIN, Gesprek(doel="heel"))
    assert goals(path) == ["kennismaken", "plannen", "oefenen", "heel"]


def test_making_a_file_over_another(path: Path) -> None:
    before, head = path.read_bytes(), opslag.new_head()
    with pytest.raises(FileExistsError):
        opslag.make_file(path, opslag.derive_key(WACHTZIN, head), head)
    assert path.read_bytes() == before


# versions -------------------------------------------------------------------------------------------------------------

SECOND = "ALTER TABLE client ADD COLUMN kleur TEXT; CREATE TABLE merk (id INTEGER PRIMARY KEY) STRICT;"


def version(path: Path) -> int:
    with opened(path) as boek:
        return int(boek.opslag.rows("PRAGMA user_version")[0][0])


def test_an_older_file_is_brought_to_this_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version(path)
    with monkeypatch.context() as patch:
        patch.setattr(opslag, "MIGRATIONS", (*opslag.MIGRATIONS, SECOND))
        assert version(path) == before + 1
        assert goals(path) == ["kennismaken", "plannen", "oefenen"]
        change(path, "UPDATE client SET kleur = 'rood'")
    assert "nieuwere regiekit" in str(refused(path))  # the program of before


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version(path)
    with monkeypatch.context() as patch:
        patch.setattr(opslag, "MIGRATIONS", (*opslag.MIGRATIONS, f"{SECOND} SELECT nergens FROM niets;"))
        with pytest.raises(apsw.SQLError), opened(path):
            pass
    assert version(path) == before
    with opened(path) as boek:
        assert boek.opslag.rows("SELECT count(*) FROM sqlite_schema WHERE name = 'merk'") == [(0,)]


MIGRATE = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from dossiers import opened
from regiekit.dossier import opslag
opslag.ROUNDS = dict.fromkeys(opslag.ROUNDS, 2)
opslag.MIGRATIONS = (*opslag.MIGRATIONS, sys.argv[2])
sys.stdin.read(1)
with opened(Path(sys.argv[1])) as boek:
    print(boek.opslag.rows("PRAGMA user_version")[0][0], len(boek.codes()))
"""


def test_two_windows_migrate_at_once(path: Path) -> None:
    before = version(path)
    command = [sys.executable, "-c", MIGRATE, str(path), SECOND]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"x")
        process.stdin.flush()
    ended: list[Any] = [process.communicate() for process in both]
    assert [(out.decode().split(), err) for out, err in ended] == [([str(before + 1), "2"], b"")] * 3


# reading --------------------------------------------------------------------------------------------------------------


def test_pages_and_order(tmp_path: Path) -> None:
    path, chance = tmp_path / "dossier.regiekit", random.Random(4)
    codes = [f"R-{n:03}" for n in range(60)]
    with opened(path) as boek:
        for code in chance.sample(codes, len(codes)):
            boek.new_client(code, BEGIN, Traject(begin=BEGIN))
        first = boek.page()
        assert [d.code for d in first] == codes[:40]
        assert [d.code for d in boek.page(na=first[-1].code)] == codes[40:]
        assert boek.page(na="R-059") == []
        with pytest.raises(RegiekitError, match="bedoelde je R-014"):
            boek.read("R-O14")
        with pytest.raises(RegiekitError, match="staat al in het dossier"):
            boek.new_client("r-014", BEGIN, Traject(begin=BEGIN))

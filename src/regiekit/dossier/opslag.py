"""The file of the dossier: one SQLite database, encrypted by SQLite3 Multiple Ciphers (ChaCha20-Poly1305 per page).

Its first sixteen bytes are the only ones in plain text: four that say what it is, twelve of salt. The key is
scrypt(wachtzin, those sixteen bytes). The journal is a rollback journal: what is confirmed stands in the file itself,
and a journal that was left behind holds only what was never confirmed. `synchronous=EXTRA` is FULL, and makes the
folder forget the journal before a record is confirmed.

No page can be changed unseen, but a journal that is damaged or lost can leave pages of two moments beside each other.
So each opening counts the aantekeningen; and after a journal was left behind the whole file is read before anything is
shown, now or at a next opening (a small file beside the dossier says that it is still to be done).

A file is read by its name before SQLite has it open, and never while: closing it would take away SQLite's own locks.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import apsw

from regiekit.domain.wachtzin import WachtzinError
from regiekit.errors import LOCKED, WRONG_USE, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MERK, MERK_VERZONNEN = b"RGK1", b"RGKV"
HEAD = 16
WACHTZIN_VERZONNEN = "dit dossier is verzonnen"  # of a demonstration, which holds nobody's data
ROUNDS = {MERK: 2**17, MERK_VERZONNEN: 2**10}  # N of scrypt; what everybody may open, opens at once
APPLICATION_ID = 0x52474B31
MAX_NAME = 210  # bytes of 255, the rest for '-journal', '-nakijken' and '-vervangen-' with a moment
NIETS_BEWAARD = "; er is nu niets bewaard"
WAIT, TELL_AFTER = 15.0, 0.7  # seconds: until another window counts as busy, and until it is said that we wait
PRIVATE = 0o600

# Each brings the file one version further; `user_version` says how many were done.
MIGRATIONS = (
    """
    CREATE TABLE client (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL UNIQUE COLLATE NOCASE
    ) STRICT;
    CREATE TABLE vragenlijst (
        hash TEXT PRIMARY KEY,
        inhoud TEXT NOT NULL,
        controle BLOB NOT NULL
    ) STRICT;
    CREATE TABLE aantekening (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        client INTEGER NOT NULL REFERENCES client (id) ON DELETE CASCADE,
        soort TEXT NOT NULL,
        datum TEXT NOT NULL,
        geschreven TEXT NOT NULL,
        vervangt INTEGER UNIQUE REFERENCES aantekening (id) ON DELETE CASCADE,
        reden TEXT,
        inhoud TEXT NOT NULL,
        controle BLOB NOT NULL
    ) STRICT;
    CREATE INDEX aantekening_van_client ON aantekening (client, datum, id);
    CREATE TABLE uitvoer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        client INTEGER REFERENCES client (id) ON DELETE CASCADE,
        soort TEXT NOT NULL,
        pad TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        geschreven TEXT NOT NULL
    ) STRICT;
    CREATE INDEX uitvoer_van_client ON uitvoer (client);
    CREATE TABLE wissing (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        geschreven TEXT NOT NULL,
        aantekeningen INTEGER NOT NULL,
        clienten INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE reservekopie (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        pad TEXT NOT NULL,
        geschreven TEXT NOT NULL,
        vervangen INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    """,
)


class DossierError(RegiekitError):
    """The dossier is locked, damaged or in use (exit code 5)."""

    def __init__(self, melding: str, exit_code: int = LOCKED) -> None:
        super().__init__(melding, exit_code)


class ReplacedError(DossierError):
    """Another file got the name of the dossier while this one was open: opening it again may help."""


class WrongKeyError(DossierError, WachtzinError):
    """This wachtzin does not open it, or the begin of the file is damaged: the two cannot be told apart."""

    eerst = "deze wachtzin past niet. Let op hoofdletters en spaties"  # nearly always it is a slip of the finger


class Head(NamedTuple):
    """The first bytes of a dossier."""

    salt: bytes

    @property
    def verzonnen(self) -> bool:
        """Whether it is a demonstration, with a wachtzin that everybody knows."""
        return self.salt[:4] == MERK_VERZONNEN

    @property
    def id(self) -> str:
        """What tells this dossier from another; it says nothing about what is in it."""
        return self.salt.hex()


def new_head(verzonnen: bool = False) -> Head:
    """The first bytes of a new dossier."""
    return Head((MERK_VERZONNEN if verzonnen else MERK) + os.urandom(12))


def read_head(path: Path) -> Head:
    """The first bytes of the file; raises DossierError when it cannot be a dossier. Not while SQLite has it open."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for a writer, a device has no end
            raise DossierError(f"{path} is een map of apparaat, en geen dossier; geef een bestand", WRONG_USE)
        with open(path, "rb") as file:
            start = file.read(HEAD)
    except FileNotFoundError:
        raise DossierError(
            f"hier is nog geen dossier: {path}. Begin er een met 'regiekit dossier nieuw CODE'", WRONG_USE
        ) from None
    except OSError:
        raise DossierError(f"{path} kan niet gelezen worden; kijk de naam en de rechten na", WRONG_USE) from None
    if start[:4] in (MERK, MERK_VERZONNEN) and len(start) == HEAD:
        return Head(start)
    if not start:
        raise DossierError(f"{path} is leeg, en dus geen dossier. {TERUG}")
    if start[:3] == MERK[:3] and start[3:4].isdigit() and len(start) == HEAD:
        raise DossierError(f"{path} is gemaakt met een nieuwere regiekit; neem die")
    raise DossierError(f"{path} is geen dossier van regiekit, of het begin ervan is beschadigd. {TERUG}")


TERUG = "Heb je een reservekopie? Zet haar terug met 'regiekit dossier herstel'"


def derive_key(wachtzin: str, head: Head) -> bytes:
    """The 32 bytes that open the file: scrypt with N = 2^17, r = 8, p = 1 (RFC 7914); some 0.4 s and 128 MiB."""
    rounds = ROUNDS[head.salt[:4]]
    return hashlib.scrypt(wachtzin.encode(), salt=head.salt, n=rounds, r=8, p=1, maxmem=2**28, dklen=32)


class Opslag:
    """An open dossier. Use it as a context manager; `write()` gives a transaction.

    `wait` is called once when another window keeps it waiting. `confirmed`: whether this program wrote in any dossier.
    """

    confirmed = False

    def __init__(self, path: Path, key: bytes, head: Head, wait: Callable[[], None] = lambda: None) -> None:
        self.path, self.head, self.key, self._wait = path, head, key, wait
        self._place = _place_of(path)
        doubtful = _note_doubt(path)
        try:
            self.connection = connect(path, key, head, self._busy)
        except DossierError:
            self.check_place()
            raise
        try:
            with self.explained():
                self._check_own()
                self._migrate()
                if faults := self.faults() if doubtful else self._count_faults():
                    raise DossierError(f"{path} is beschadigd ({faults[0]}). {TERUG}")
            if doubtful:
                with suppress(OSError):
                    doubt_of(path).unlink(missing_ok=True)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Opslag:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with suppress(apsw.Error):
            self.connection.close(True)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a question gives. Not from a file that lost its name: SQLite finds journals by name, and would take the
        journal of the new file for one of this."""
        self.check_place()
        with self.explained():
            try:
                return self.connection.execute(sql, values).fetchall()
            except UnicodeDecodeError:  # a text in it that is none
                raise apsw.CorruptError from None

    def execute(self, sql: str, *values: Any) -> int:
        """Carry out one change within `write()`; gives the number of a new row."""
        with self.explained():
            self.connection.execute(sql, values)
            return self.connection.last_insert_rowid()

    @contextmanager
    def write(self) -> Iterator[None]:
        """All that is done in it, or nothing; confirmed when it ends without an error."""
        self.check_place()
        with self.explained():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self.check_place()
                yield
                self.check_place()
                self.connection.execute("COMMIT")
                Opslag.confirmed = True
            except BaseException:
                if self.connection.in_transaction:
                    with suppress(apsw.Error):  # what went wrong first is what is told
                        self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def explained(self) -> Iterator[None]:
        """What SQLite says, as one Dutch line."""
        try:
            yield
        except apsw.BusyError as error:
            self.check_place()
            raise explain(error, self.path) from None
        except apsw.Error as error:
            if isinstance(error, apsw.SQLError) and not self._has_own_tables():
                error = apsw.CorruptError()
            raise explain(error, self.path) from None

    def _has_own_tables(self) -> bool:
        """Whether the tables are those of the version that the file says it has; if so, wrong SQL is our own."""
        question = "SELECT name, sql FROM sqlite_schema ORDER BY name"
        try:
            made = self.connection.execute(question).fetchall()
            version = int(str(self.connection.execute("PRAGMA user_version").fetchall()[0][0]))
        except (apsw.Error, UnicodeDecodeError):
            return False
        fresh = apsw.Connection(":memory:")
        for migration in MIGRATIONS[:version]:
            fresh.execute(migration).fetchall()
        return made == fresh.execute(question).fetchall()

    def faults(self) -> list[str]:
        """What does not hold in the file as a whole and in its rows; empty when all is well. It reads everything."""
        if self.rows("PRAGMA integrity_check(1)") != [("ok",)]:
            return ["de delen van het bestand passen niet bij elkaar"]
        found = [f"verwijzing in {row[0]}" for row in self.rows("PRAGMA foreign_key_check")]
        rows = self.rows(
            "SELECT id, client, soort, datum, geschreven, vervangt, reden, inhoud, controle FROM aantekening"
        )
        found += [f"aantekening {row[0]}" for row in rows if controle_of(*row[1:8]) != row[8]]
        rows = self.rows("SELECT hash, inhoud, controle FROM vragenlijst")
        found += [f"vragenlijst {row[0]}" for row in rows if controle_of(*row[:2]) != row[2]]
        return found + self._count_faults()

    def _count_faults(self) -> list[str]:
        """Whether the index by which aantekeningen are found holds as many as were written, less what was wiped."""
        held, given, wiped = self.rows(
            "SELECT (SELECT count(*) FROM aantekening INDEXED BY aantekening_van_client), "
            "(SELECT total(seq) FROM sqlite_sequence WHERE name = 'aantekening'), "
            "(SELECT total(aantekeningen) FROM wissing)"
        )[0]
        if held + wiped == given:
            return []
        return [f"er horen {given - wiped:.0f} aantekeningen te zijn, en er zijn er {held}"]

    def check_place(self) -> None:
        """Raises ReplacedError when another file has the name now: what is written would be lost with the old one."""
        if not self.in_place:
            raise ReplacedError("het dossier is net vervangen in een ander venster; er is nu niets bewaard. Probeer "
                                "het opnieuw")  # fmt: skip

    @property
    def in_place(self) -> bool:
        """Whether this file still has its name."""
        return _place_of(self.path) == self._place

    def _busy(self, count: int) -> bool:
        """Whether to wait on; SQLite asks it each time. Not in a file that lost its name: SQLite would take the
        journal that somebody writes in the new file for one that was left behind, and delete it."""
        if count == 0:
            self._since, self._told = time.monotonic(), False
        waited = time.monotonic() - self._since
        if waited > TELL_AFTER and not self._told:
            self._told = True
            self._wait()
        time.sleep(random.uniform(0.005, 0.04))
        return waited < WAIT and self.in_place

    def _check_own(self) -> None:
        if self.rows("PRAGMA application_id")[0][0] != APPLICATION_ID:
            raise DossierError(f"{self.path} is geen dossier van regiekit")

    def _migrate(self) -> None:
        """Bring an older file to this version, step by step, each whole or not at all."""
        while (version := self._version()) != len(MIGRATIONS):
            if version < 0:
                raise explain(apsw.CorruptError(), self.path)
            if version > len(MIGRATIONS):
                raise DossierError(f"{self.path} is gemaakt met een nieuwere regiekit; neem die")
            with self.write():
                if self._version() == version:  # no other window did it meanwhile
                    self.connection.execute(MIGRATIONS[version]).fetchall()
                    self.connection.execute(f"PRAGMA user_version={version + 1}")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])


def connect(path: Path, key: bytes, head: Head, busy: Callable[[int], bool] | None = None) -> apsw.Connection:
    """A connection that has the key and whose first page was read; raises DossierError."""
    if not hasattr(apsw, "mc_version"):  # plain apsw has the same name, takes a key and then writes plain text
        raise DossierError(
            "de bibliotheek die het dossier versleutelt (apsw-sqlite3mc) ontbreekt; zet regiekit opnieuw neer"
        )
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    except apsw.Error as error:
        raise explain(error, path) from None
    try:
        if busy:
            connection.set_busy_handler(busy)
        _unlock(connection, key, head)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except BaseException as error:
        connection.close(True)
        if isinstance(error, apsw.Error):
            raise explain(_judge(error, path, key, head), path) from None
        raise
    return connection


def _judge(error: apsw.Error, path: Path, key: bytes, head: Head) -> apsw.Error:
    """The same error, or another: a wrong key beside a journal looks like damage, and a damaged journal like a wrong
    key."""
    if isinstance(error, apsw.SQLError):  # what is asked at the opening is always the same, so the file is another
        return apsw.CorruptError()
    if not isinstance(error, apsw.NotADBError | apsw.IOError | apsw.CorruptError):
        return error
    if not _fits(path, key, head):
        return apsw.NotADBError()
    return apsw.CorruptError() if isinstance(error, apsw.NotADBError) else error


def _unlock(connection: apsw.Connection, key: bytes, head: Head) -> None:
    for pragma in ("cipher='chacha20'", f"key=\"x'{key.hex()}{head.salt.hex()}'\""):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _fits(path: Path, key: bytes, head: Head) -> bool:
    """Whether this key opens the first page, whatever journal lies beside it. Nothing is written."""
    name = f"{Path(os.path.realpath(path)).as_uri()}?immutable=1"
    try:
        connection = apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    except apsw.Error:
        return False
    try:
        _unlock(connection, key, head)
        connection.execute("PRAGMA schema_version").fetchall()
    except apsw.NotADBError:
        return False
    except apsw.Error:  # it is read, and does not agree with the rest
        return True
    finally:
        connection.close(True)
    return True


_PRAGMAS = (
    "temp_store=2", "journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "secure_delete=ON",
    "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "fullfsync=ON",  # a Mac needs it to be sure of its disk
)  # fmt: skip


def make_file(path: Path, key: bytes, head: Head) -> None:
    """An empty dossier with this name, for its owner alone; raises FileExistsError and OSError."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    os.close(descriptor)
    try:
        connection = connect(path, key, head)
        try:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}").fetchall()
        except apsw.Error as error:
            raise explain(error, path) from None
        finally:
            connection.close(True)
        Opslag(path, key, head).close()
    except BaseException:
        for left in (path, journal_of(path), doubt_of(path)):
            with suppress(OSError):
                left.unlink()
        raise


@contextmanager
def fill_file(path: Path, key: bytes, head: Head) -> Iterator[Opslag]:
    """A new dossier to fill at once, before it has its name: the disk keeps it only at the end. Raises OSError."""
    make_file(path, key, head)
    with Opslag(path, key, head) as opslag:
        opslag.rows("PRAGMA synchronous=OFF")  # killed halfway, nobody misses it
        yield opslag
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def controle_of(*values: object) -> bytes:
    """Sixteen bytes over a row, so that a row that is put together from two moments is seen."""
    text = json.dumps(values, ensure_ascii=False, default=repr)  # bytes are in no row that was written, so it differs
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def journal_of(path: Path) -> Path:
    """Where SQLite keeps the journal of this dossier."""
    return Path(f"{os.path.realpath(path)}-journal")


def check_name(path: Path) -> None:
    """Raises DossierError when no new file can have this name: it is too long, or a journal lies there, that SQLite
    would take for that of the new file, so that this would never open."""
    check_length(path)
    journal = journal_of(path)
    if not os.path.lexists(journal):
        return
    if os.path.lexists(path):
        raise DossierError(
            f"naast {path} ligt {journal}: daar werd schrijven halverwege gestopt. Open dat bestand eerst, met "
            "'regiekit dossier controleer --dossier', of kies een andere naam",
            WRONG_USE,
        )
    raise DossierError(
        f"{journal} ligt hier nog, van een dossier dat eerst zo heette. Hoort zij bij een dossier dat je verplaatste, "
        "zet haar dan daarnaast, met dezelfde naam; anders mag zij weg. Of kies een andere naam",
        WRONG_USE,
    )


def check_length(path: Path) -> None:
    """Raises DossierError when the names of what comes beside a dossier would be too long."""
    if len(os.fsencode(path.name)) > MAX_NAME:
        raise DossierError(f"de naam {path.name} is te lang: een dossier heeft er hoogstens {MAX_NAME} tekens voor. "
                           "Kies een kortere", WRONG_USE)  # fmt: skip


def doubt_of(path: Path) -> Path:
    """The empty file that says that the whole dossier is to be read before anything of it is shown."""
    return Path(f"{os.path.realpath(path)}-nakijken")


def _note_doubt(path: Path) -> bool:
    """Whether the file may be half of one moment and half of another, for there is a journal; noted until it is
    read, also when this process is killed. Raises DossierError when the name of the journal is taken."""
    journal, doubt = journal_of(path), doubt_of(path)
    try:
        found = journal.lstat()
    except OSError:
        return os.path.lexists(doubt)
    if not stat.S_ISREG(found.st_mode):
        raise DossierError(f"{journal} is een map of verwijzing; die naam hoort bij het dossier. Haal haar daar weg",
                           WRONG_USE)  # fmt: skip
    with suppress(OSError):
        os.close(os.open(doubt, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    return True


def explain(error: apsw.Error, path: Path) -> DossierError:
    """What went wrong in the file, and what to do."""
    if isinstance(error, apsw.NotADBError):
        return WrongKeyError(
            f"de wachtzin past niet op {path}. Weet je zeker dat zij goed is? Dan is het bestand beschadigd. {TERUG}"
        )
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return DossierError(f"{path} is in gebruik: een ander venster schrijft al langer dan {WAIT:.0f} seconden. "
                            "Maak dat af of sluit het, en probeer het opnieuw; er is nu niets bewaard")  # fmt: skip
    if isinstance(error, apsw.FullError) or getattr(error, "extendedresult", 0) in _NO_ROOM:
        return DossierError(f"de schijf is vol, of dit bestand mag niet groter worden{NIETS_BEWAARD}. Maak "
                            "ruimte en probeer het opnieuw", WRONG_USE)  # fmt: skip
    if getattr(error, "extendedresult", 0) in _UNSURE:  # the very last step: it may be done, but not for certain
        return DossierError(f"de schijf werkt niet goed mee, en het is niet zeker of dit in {path} bewaard is. Kijk "
                            "dat na met 'regiekit dossier toon'")  # fmt: skip
    if isinstance(error, apsw.ReadOnlyError | apsw.CantOpenError | apsw.PermissionsError | apsw.AuthError):
        return DossierError(f"{path} of de map eromheen mag niet beschreven of gelezen worden; kijk de rechten na",
                            WRONG_USE)  # fmt: skip
    if isinstance(error, apsw.CorruptError | apsw.IOError):
        return DossierError(f"{path} is beschadigd, of de schijf leest niet goed. {TERUG}")
    raise error


_NO_ROOM = (apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_TRUNCATE, apsw.SQLITE_IOERR_FSYNC)
_UNSURE = (apsw.SQLITE_IOERR_DIR_FSYNC, apsw.SQLITE_IOERR_DELETE, apsw.SQLITE_IOERR_DELETE_NOENT)


def _place_of(path: Path) -> tuple[int, int]:
    """Which file has this name now."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)

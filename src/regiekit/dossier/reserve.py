"""Whole copies of a dossier: a back-up, its way back, and the copy with another key that a new wachtzin takes.

What gets the name of the dossier is first made and checked under another name, in a folder of its own beside it. The
file that had the name keeps its bytes under a dated name. SQLite finds a journal by the name of the file, so the two
go together, and no journal of one file may ever lie beside another.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import apsw

from regiekit.dossier import opslag as opslag_file
from regiekit.dossier.boek import Boek, now
from regiekit.dossier.opslag import (
    PRIVATE,
    TERUG,
    DossierError,
    Opslag,
    check_name,
    connect,
    doubt_of,
    explain,
    journal_of,
    read_head,
)
from regiekit.errors import WRONG_USE, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from regiekit.dossier.opslag import Head

_PIECE = 1 << 20
_LOCK_FIRST, _LOCK_LENGTH = 0x40000000, 512  # the bytes that SQLite locks: pending, reserved, shared (its os.h)


class Reservekopie(NamedTuple):
    """A copy of the dossier that it knows of; `geschreven` in UTC. `vervangen`: it is no back-up, but a dossier that
    made place for one."""

    nummer: int
    pad: str
    geschreven: str
    vervangen: int


class Stand(NamedTuple):
    """What a dossier holds, to lay beside another: each aantekening by its nummer and its digest."""

    codes: frozenset[str]
    aantekeningen: frozenset[tuple[int, bytes]]
    wissingen: int
    laatste: str | None  # the last moment that it knows of, in UTC

    def __str__(self) -> str:
        clienten, aantekeningen = len(self.codes), len(self.aantekeningen)
        return (
            f"{clienten} {'cliënt' if clienten == 1 else 'cliënten'} en "
            f"{aantekeningen} {'aantekening' if aantekeningen == 1 else 'aantekeningen'}"
        )


# What the dossier knows of its copies --------------------------------------------------------------------------------


def known_copies(opslag: Opslag) -> list[Reservekopie]:
    """The copies that the dossier knows of, the oldest first."""
    found = opslag.rows("SELECT id, pad, geschreven, vervangen FROM reservekopie ORDER BY geschreven, id")
    return [Reservekopie(*row) for row in found]


def note_copy(opslag: Opslag, path: Path) -> int:
    """Write down that there is a copy, so that what is wiped later can go from it too; gives the number of the note."""
    with opslag.write():
        values = (str(path.absolute()), now())
        return opslag.execute("INSERT INTO reservekopie (pad, geschreven) VALUES (?, ?)", *values)


def drop_copy(opslag: Opslag, nummer: int) -> None:
    """Take back the note of a copy that was not made after all, or is gone."""
    with opslag.write():
        opslag.execute("DELETE FROM reservekopie WHERE id = ?", nummer)


# Copies ---------------------------------------------------------------------------------------------------------------


def read_stand(opslag: Opslag) -> Stand:
    """What this dossier holds now."""
    moments = ("aantekening", "uitvoer", "wissing", "reservekopie")
    union = " UNION ALL ".join(f"SELECT max(geschreven) AS moment FROM {table}" for table in moments)
    return Stand(
        frozenset(code for (code,) in opslag.rows("SELECT code FROM client")),
        frozenset((number, digest) for number, digest in opslag.rows("SELECT id, controle FROM aantekening")),
        opslag.rows("SELECT count(*) FROM wissing")[0][0],
        opslag.rows(f"SELECT max(moment) FROM ({union})")[0][0],
    )


def check_copy(path: Path, key: bytes, head: Head) -> Stand:
    """Open a file, read all of it, and give what it holds; raises DossierError when anything does not hold."""
    with Opslag(path, key, head) as opened:
        if faults := Boek(opened).faults():
            raise DossierError(f"{path} is beschadigd ({faults[0]}). {TERUG}")
        return read_stand(opened)


def make_copy(source: Opslag, to: Path, key: bytes, head: Head) -> Stand:
    """A whole copy in a new file with this key, of one moment, opened and checked; gives what it holds.

    Whoever wants to write meanwhile waits until it is read. Raises DossierError, and OSError when the file cannot be
    made.
    """
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    with reading(source):
        stand = read_stand(source)
        target = connect(to, key, head)
        try:
            with target.backup("main", source.connection, "main") as copying:
                copying.step(-1)
        except apsw.Error as error:
            raise explain(error, to) from None
        finally:
            target.close(True)
    if check_copy(to, key, head) != stand:
        raise DossierError(f"de kopie van {source.path} werd niet gelijk aan het dossier; probeer het opnieuw")
    return stand


def write_copy(opslag: Opslag, target: Path, scratch: Path) -> Stand:
    """A checked copy with this name, made under the name `scratch` on the same disk; gives what it holds.

    The dossier writes it down first: what it does not know cannot be wiped later. Raises DossierError and OSError.
    """
    check_name(target)
    older = [copy.nummer for copy in known_copies(opslag) if copy.pad == str(target)]
    number = note_copy(opslag, target)
    try:
        stand = make_copy(opslag, scratch, opslag.key, opslag.head)
        give_name(scratch, target)
    except BaseException:
        drop_copy(opslag, number)
        raise
    for nummer in older:
        drop_copy(opslag, nummer)
    return stand


@contextmanager
def reading(opslag: Opslag) -> Iterator[None]:
    """All that is read in it is of one moment."""
    with opslag.explained():
        opslag.connection.execute("BEGIN")
        try:
            yield
        finally:
            if opslag.connection.in_transaction:
                opslag.connection.execute("ROLLBACK")


def change_key(opslag: Opslag, scratch: Path, key: bytes, head: Head) -> None:
    """Give the dossier another key: a checked copy takes its name while nobody can write. `opslag` is closed then.

    Killed at any moment, the name is that of the old file or of the new one, and both are whole.
    """
    path = opslag.path
    try:
        with opslag.explained():
            if opslag.connection.readonly("main"):  # else nothing says so: of that, SQLite only begins to read
                raise apsw.ReadOnlyError()
            opslag.connection.execute("BEGIN IMMEDIATE")
        with Opslag(path, opslag.key, opslag.head) as reader:  # SQLite copies nothing from a connection that writes
            make_copy(reader, scratch, key, head)
        opslag.check_place()
        if os.name == "nt":
            # Windows replaces no file that anyone has open, us too. A window that opens it just now stops the change;
            # one that opens, writes and closes takes longer than these two steps.
            opslag.close()
        give_name(scratch, path)
    finally:
        opslag.close()


def give_name(made: Path, path: Path) -> None:
    """Give a finished file its name at once, in the place of what had it; raises DossierError when that is in use."""
    _sync(made, os.O_RDWR)
    try:
        made.replace(path)
    except PermissionError:
        if os.name != "nt":
            raise
        raise in_use(path) from None
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in this folder; on Windows there is no such step."""
    with suppress(OSError):
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def in_use(path: Path) -> DossierError:
    """For a file that another window keeps."""
    return DossierError(f"{path} is in gebruik in een ander venster. Sluit dat, en probeer het opnieuw; er is niets "
                        "veranderd")  # fmt: skip


# The way back ---------------------------------------------------------------------------------------------------------


class Gevonden(NamedTuple):
    """The file that has the name of the dossier before something is put back: a copy of its bytes, and their hash."""

    copy: Path
    sha256: str


@contextmanager
def told_as(opened: Path, shown: Path, raad: str = TERUG) -> Iterator[None]:
    """Errors about a copy that was put aside, told of the file that it is a copy of, with other advice at the end."""
    try:
        yield
    except DossierError as error:
        text = str(error).replace(str(opened), str(shown)).replace(TERUG, raad)
        raise type(error)(text, error.exit_code) from None


def take_copy(path: Path, to: Path) -> None:
    """The bytes of a file and of the journal beside it, under another name; nothing about the file itself changes.

    Raises OSError.
    """
    for source, target in ((path, to), (journal_of(path), journal_of(to))):
        if source.is_file():
            with open(source, "rb") as read, open(target, "xb", opener=_open_private) as write:
                shutil.copyfileobj(read, write, _PIECE)


def find_present(path: Path, to: Path, wait: Callable[[], None]) -> Gevonden | None:
    """What has the name of the dossier now, copied to look at it; None when nothing has. Raises DossierError when a
    window is writing in it, and RegiekitError when it is no file."""
    if not os.path.lexists(path):
        return None
    if not path.is_file():
        raise RegiekitError(f"{path} is een map of apparaat, en geen dossier; geef een bestand met --dossier")
    with held(path, wait) as read_all, open(to, "xb", opener=_open_private) as copy:
        digest = hashlib.sha256()
        for piece in read_all():
            digest.update(piece)
            copy.write(piece)
        if journal_of(path).is_file():
            shutil.copyfile(journal_of(path), journal_of(to))
        return Gevonden(to, _with_journal(digest, path))


def head_of(copy: Path) -> Head | None:
    """The first bytes of a file that may be anything; None when it cannot be a dossier."""
    try:
        return read_head(copy)
    except DossierError:
        return None


def take_over(new: Opslag, bestand: Path, moment: str | None, kept: Path | None, present: Opslag | None) -> None:
    """Write in what is put back which copies and files there are beside it, so that what is wiped later can go from
    all of them: the copy that it came from, the file that it replaces, and what that one knew."""
    copies = {copy.pad: (copy.geschreven, copy.vervangen) for copy in (known_copies(present) if present else ())}
    copies[str(bestand.absolute())] = (moment or now(), 0)
    if kept:
        copies[str(kept.absolute())] = (now(), 1)
    known = {copy.pad for copy in known_copies(new)}
    with new.write():
        for pad, values in copies.items():
            if pad not in known:
                new.execute("INSERT INTO reservekopie (pad, geschreven, vervangen) VALUES (?, ?, ?)", pad, *values)
        if present:
            _take_over_uitvoer(new, present)


def _take_over_uitvoer(new: Opslag, present: Opslag) -> None:
    question = (
        "SELECT c.code, u.soort, u.pad, u.sha256, u.geschreven FROM uitvoer u LEFT JOIN client c ON c.id = u.client"
    )
    clients: dict[str | None, int | None] = {code: number for number, code in new.rows("SELECT id, code FROM client")}
    clients[None] = None  # a file with something of all clients
    known = set(new.rows(question))
    for row in present.rows(f"{question} ORDER BY u.id"):
        if row not in known and row[0] in clients:
            new.execute("INSERT INTO uitvoer (client, soort, pad, sha256, geschreven) VALUES (?, ?, ?, ?, ?)",
                        clients[row[0]], *row[1:])  # fmt: skip


def put_back(
    new: Path, path: Path, kept: Path, present: Gevonden | None, wait: Callable[[], None] = lambda: None
) -> None:
    """Give a checked file the name of the dossier; the file that had it is kept under the other name.

    Raises DossierError when that file changed since it was looked at, or is in use: then nothing is changed.
    """
    if present is None:
        if os.path.lexists(path):
            raise _changed(path)
        if os.path.lexists(journal_of(path)):  # of a file that is gone; it may not play into the new one
            journal_of(path).rename(journal_of(kept))
        give_name(new, path)
        return
    with held(path, wait) as read_all:
        digest = hashlib.sha256()
        for piece in read_all():
            digest.update(piece)
        if _with_journal(digest, path) != present.sha256 or os.path.lexists(kept):
            raise _changed(path)
        _keep(path, kept, read_all)
        try:
            give_name(new, path)
        except DossierError:  # on Windows, when a window has it open
            if path.exists():
                kept.unlink(missing_ok=True)
            raise
    with suppress(OSError):
        kept.chmod(PRIVATE)


def kept_name(path: Path) -> Path:
    """A free name beside the dossier for what is replaced now."""
    start = f"{path.stem}-vervangen-{datetime.now():%Y-%m-%d-%H%M%S}"
    names = (path.with_name(f"{start}{more}{path.suffix}") for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not os.path.lexists(name) and not os.path.lexists(journal_of(name)))


def _keep(path: Path, kept: Path, read_all: Callable[[], Iterator[bytes]]) -> None:
    """Have the file under a second name, with its journal; without a journal it has its first name still."""
    journal = journal_of(path)
    if os.path.lexists(doubt_of(path)):
        doubt_of(kept).touch(mode=PRIVATE)
    if not journal.is_file():
        try:
            os.link(path, kept)
        except OSError:  # a disk that has one name for each file
            _write_synced(kept, read_all())
        sync_folder(path.parent)
        return
    # A file without its journal would be half of two moments. So that there is none under any name, the journal gets
    # its second name first, then the file its other name, and only then the journal loses its first.
    _write_synced(journal_of(kept), iter([journal.read_bytes()]))
    sync_folder(path.parent)
    path.rename(kept)
    sync_folder(path.parent)
    journal.unlink()
    sync_folder(path.parent)


def _write_synced(path: Path, pieces: Iterator[bytes]) -> None:
    with open(path, "xb", opener=_open_private) as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _with_journal(digest: hashlib._Hash, path: Path) -> str:
    if journal_of(path).is_file():
        digest.update(journal_of(path).read_bytes())
    return digest.hexdigest()


def _changed(path: Path) -> DossierError:
    return DossierError(f"{path} is intussen veranderd in een ander venster; er is niets vervangen. Geef de opdracht "
                        "opnieuw")  # fmt: skip


@contextmanager
def held(path: Path, wait: Callable[[], None]) -> Iterator[Callable[[], Iterator[bytes]]]:
    """Nobody reads or writes this dossier while it is held; gives what reads its bytes. It needs no wachtzin, so a
    damaged file can be held too. `wait` is called once when a window is busy with it; raises DossierError when it
    stays so.

    On Windows it holds nothing: there a file that is open somewhere cannot be replaced at all.
    """
    if os.name == "nt":
        yield lambda: _pieces(path)
        return
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        raise DossierError(f"{path} mag niet beschreven of gelezen worden; kijk de rechten na", WRONG_USE) from None
    try:
        _lock(descriptor, path, wait)
        yield lambda: _pieces_of(descriptor)
    finally:
        os.close(descriptor)


def _pieces(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _pieces_of(descriptor: int) -> Iterator[bytes]:
    """By this descriptor: closing another one of the same file would take the lock away."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    while piece := os.read(descriptor, _PIECE):
        yield piece


def _lock(descriptor: int, path: Path, wait: Callable[[], None]) -> None:
    import fcntl

    since, told = time.monotonic(), False
    while True:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_LENGTH, _LOCK_FIRST, os.SEEK_SET)
            return
        except (BlockingIOError, PermissionError):
            waited = time.monotonic() - since
        if waited > opslag_file.WAIT:
            raise in_use(path) from None
        if waited > opslag_file.TELL_AFTER and not told:
            told = True
            wait()
        time.sleep(0.02)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)

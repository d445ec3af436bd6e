"""What the models checked, kept beside the program in a form that is read back without yaml and pydantic.

A file a kind; each line is JSON: a checksum of what follows; for which program it was made and from which sources, of
each the name, the stamp (what the file system says of it) and the SHA-256; and the content. An equal stamp is enough,
where a stamp differs the hash decides, and anything that is not as expected means that the YAML is read again.
"""

from __future__ import annotations

import json
import os
import stat
import time
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit import __version__
from regiekit.errors import ProblemsError, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FORM = 3  # of what is written; another number makes every stored form old
KEPT = ("inhoud", "hash", "zoek")  # of what the models made: the content, its hash, and its index for searching
SUFFIXES = (".yaml", ".yml")
# A file that was changed this short ago (nanoseconds) may change again within one tick of the clock of its disk; on
# FAT that is two seconds. Its stamp is not written down, so that its hash decides until it has come to rest.
RESTLESS = 2_500_000_000

Stamp = list[int]
Row = list[Any]  # name, stamp or None, hash


class Source(NamedTuple):
    """A content file as it is now: its path, and its place on disk, size and times."""

    path: Path
    stamp: Stamp


class Stored(NamedTuple):
    """What a stored form holds: a row for each source, and the content, not yet read."""

    rows: list[Row]
    content: bytes


def load(kind: str, folder: Path, package: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Of each YAML file in `folder` the path and what the models made of it; raises ProblemsError with all problems."""
    now = time.time_ns()  # first the time, then the stamps, then the files: no change in between stays unseen
    sources = find_sources(folder)
    program, place = program_stamp(package), package / "__pycache__" / f"inhoud-{kind}.json"
    stored = read_stored(place, program)
    hashes = [known_hash(source, stored) or hash_file(source.path) for source in sources]
    rows = [row_of(source, hash_, now) for source, hash_ in zip(sources, hashes, strict=True)]
    if stored is None or [(r[0], r[2]) for r in stored.rows] != [(r[0], r[2]) for r in rows]:
        made = compile_sources(kind, sources)
        if hashes == [hash_file(source.path) for source in sources]:  # not changed while it was read
            write_stored(place, program, Stored(rows, json.dumps(made, ensure_ascii=False).encode()))
    else:
        made = json.loads(stored.content)
        if stored.rows != rows:
            write_stored(place, program, Stored(rows, stored.content))
    return [(source.path, part) for source, part in zip(sources, made, strict=True)]


def find_sources(folder: Path) -> list[Source]:
    """The YAML files of a folder, by name; hidden files and folders are left alone, what cannot be read is not."""
    try:
        paths = sorted(p for p in folder.iterdir() if p.name.endswith(SUFFIXES) and not p.name.startswith("."))
    except OSError:
        raise RegiekitError(f"de map {folder} met de inhoud ontbreekt; zet regiekit opnieuw neer") from None
    return [source for path in paths if (source := find_source(path))]


def find_source(path: Path) -> Source | None:
    """The file as it is now; None for a folder."""
    try:
        found = path.stat()
    except OSError:
        return Source(path, [0, 0, 0, 0])
    if stat.S_ISDIR(found.st_mode):
        return None
    return Source(path, [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns])


def program_stamp(package: Path) -> list[Any]:
    """What must be unchanged for a stored form to hold: this version, and in a checkout every model and every check."""
    files = [entry for part in ("content", "domain") for entry in os.scandir(package / part) if entry.is_file()]
    stats = [(entry.name, entry.stat()) for entry in files]
    return [FORM, __version__, sorted([name, s.st_size, s.st_mtime_ns] for name, s in stats)]


def known_hash(source: Source, stored: Stored | None) -> str | None:
    """The stored hash of a file whose stamp did not change."""
    known = source.path.name, source.stamp
    return next((r[2] for r in stored.rows if (r[0], r[1]) == known), None) if stored else None


def hash_file(path: Path) -> str:
    """The SHA-256 of a file; nothing when it cannot be read, so that reading it as YAML says why."""
    import hashlib

    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def row_of(source: Source, hash_: str, now: int) -> Row:
    """What is stored about a source."""
    *_, changed, also_changed = source.stamp
    at_rest = max(changed, also_changed) < now - RESTLESS
    return [source.path.name, source.stamp if at_rest else None, hash_]


def compile_sources(kind: str, sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Read and check the YAML."""
    from regiekit.content.compile import compile_files

    made, problems = compile_files(kind, [source.path for source in sources])
    if problems:
        raise ProblemsError(problems)
    return [{name: part[name] for name in KEPT if name in part} for part in made]


def read_stored(place: Path, program: list[Any]) -> Stored | None:
    """The stored form, when it is whole and made by this program."""
    try:
        checksum, _, rest = place.read_bytes().partition(b"\n")
        if int(checksum) != zlib.crc32(rest):
            return None
        head, _, content = rest.partition(b"\n")
        made_by, rows = json.loads(head)
        return Stored(rows, content) if made_by == program else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def write_stored(place: Path, program: list[Any], stored: Stored) -> None:
    """Write it whole or not at all; where that is not allowed, every start reads the YAML, and nothing else changes."""
    rest = json.dumps([program, stored.rows], ensure_ascii=False).encode() + b"\n" + stored.content
    scratch = place.with_name(f"{place.name}.{os.getpid()}.{time.time_ns()}")
    try:
        place.parent.mkdir(mode=0o755, exist_ok=True)
        try:
            with open(scratch, "xb", opener=_open_shared) as file:
                file.write(b"%d\n" % zlib.crc32(rest) + rest)
            scratch.replace(place)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError:
        return


def _open_shared(path: str, flags: int) -> int:
    """What is believed at the next start: everybody may read it and its owner alone write it, whatever the umask."""
    return os.open(path, flags, 0o644)

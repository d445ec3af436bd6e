"""Where all that a command shows or makes is printed: to the terminal, as JSON, or to a file.

What is said around a command (its help, a question, the line of an error) is written by taal.py.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import sys
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from regiekit.cli.taal import SCHERM, beside, fitted, tell, terminal_width, wrap
from regiekit.cli.voorlezen import is_read_aloud, read_aloud
from regiekit.errors import ProblemsError, RefusedError, RegiekitError, harmless, visible
from regiekit.schijf import NO_ROOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.progress import Progress
    from rich.segment import Segment

    from regiekit.errors import Problem

# What a console that knows no Unicode shows instead.
_PLAIN = {"█": "#", "░": ".", "▒": ":", "→": "->", "≥": ">=", "≤": "<=", "–": "-", "—": "-", "…": "...", "•": "*",
          "‘": "'", "’": "'", "“": '"', "”": '"', "☐": "[ ]", "»": ">", "«": "<", "€": "EUR",
          **dict.fromkeys("▁▂▃▄▅▆▇", " ")}  # a small bar stands beside its number  # fmt: skip


def _plain(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(_PLAIN.get(c) or _bare(c) for c in error.object[error.start : error.end]), error.end


def _bare(letter: str) -> str:
    """A letter without its accent; a question mark for what is no letter of ours."""
    from unicodedata import normalize

    first = normalize("NFKD", letter)[0]
    return first if letter.isalpha() and first.isascii() else "?"


# In JSON these stand as they are, though a terminal obeys some and turns the order of the line with others.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def prepare_streams() -> None:
    """Make every text printable: UTF-8 unless the user chose an encoding, and never an encoding error."""
    codecs.register_error("regiekit", _plain)
    _open_missing()
    chosen = bool(os.environ.get("PYTHONIOENCODING"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="regiekit") if chosen else reconfigure(encoding="utf-8", errors="regiekit")
    if hasattr(sys.stdin, "reconfigure") and not chosen:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _open_missing() -> None:
    """A stream that was closed before the start (`>&-`, or no console at all) leads nowhere, and nothing is read.

    In this order each gets its own number back, so that no other file gets it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # as long as the run


_written: dict[Path, None] = {}  # in the order of writing, each once


def files_written() -> tuple[Path, ...]:
    """The documents that this run wrote under their own names, in order; a dossier is none of them."""
    return tuple(_written)


def note_written(path: Path) -> None:
    """Remember a document that stands under its own name now."""
    _written[path.absolute()] = None


def forget_written() -> None:
    """For a new run: nothing was written yet."""
    _written.clear()


def console() -> Console:
    """A console for content: no markup, no emoji codes, no automatic colours."""
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False, width=_width())


def _width() -> int | None:
    """Content is made for 80 columns; a wider terminal gives no longer lines, a pipe gives 80."""
    if not sys.stdout.isatty():
        return int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdigit() else 80
    return None


class _Harmless:
    """What is shown, without commands to the terminal in its texts, wherever those came from."""

    def __init__(self, part: RenderableType) -> None:
        self.part = part

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        for text, style, control in console.render(self.part, options):
            SCHERM.note(text)
            yield Segment(harmless(text), style, control)


def show(*parts: RenderableType) -> None:
    """Print renderables one after the other; for who has them read aloud, as lines in reading order."""
    if is_read_aloud():
        parts = tuple(read_aloud(parts))
    out = console()
    if out.width > 100:
        out.width = 100
    # In one go: each print has its own set-up and its own write.
    out.print(*map(_Harmless, parts), sep="\n")


def show_json(value: Any) -> None:
    """Print one JSON value; what a terminal could obey in it, or half a character, is written as its number."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write(_UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n")


def say(line: str) -> None:
    """Print one line about what was done; on a terminal it ends between words."""
    print_text(fitted(line) + "\n")


def say_problem(problem: Problem) -> None:
    """Print one problem; on a terminal it ends between words, elsewhere it is one line for a program to read."""
    line = str(problem)
    print_text((fitted(line) if sys.stdout is not None and sys.stdout.isatty() else line) + "\n")


def say_wrapped(text: str, first: str = "", rest: str = "") -> None:
    """Print text in whole words, within the width of the terminal; `first` and `rest` stand before its lines."""
    say(wrap(text, terminal_width(), first, rest))


def print_text(text: str) -> None:
    """Print a text as it is, every line end and every character that is no command to a terminal."""
    shown = harmless(text)
    SCHERM.note(shown)
    sys.stdout.write(shown)


def start_line(text: str) -> None:
    """Print the start of a line that whoever types goes on with."""
    sys.stdout.write(text)
    sys.stdout.flush()


def print_error(error: RegiekitError) -> None:
    """One line for an error, or a line for each problem."""
    if isinstance(error, ProblemsError):
        for problem in error.problems:
            tell(beside(str(problem), visible(problem.bestand)))
    if not isinstance(error, ProblemsError):
        warn(str(error))
    elif isinstance(error, RefusedError):
        warn(error.uitleg)


def warn(line: str) -> None:
    """Print one line beside the output, on standard error."""
    tell(beside(visible(f"regiekit: {line}")))


def print_traceback() -> None:
    """Print the bug that is being handled, on standard error, for a program that goes on after it."""
    from traceback import format_exc

    sys.stderr.write(harmless(format_exc()))


def write_reason(error: OSError, optie: str = "--uit") -> str:
    """Why writing failed, and what to do, in Dutch; `optie` is the option that gives the place."""
    if error.errno in NO_ROOM:
        return "de schijf is vol; maak ruimte en probeer het opnieuw"
    if error.errno == errno.ENAMETOOLONG:
        return f"deze naam is te lang; kies een kortere met {optie}"
    if isinstance(error, FileNotFoundError):
        return f"die map bestaat niet; maak haar, of kies een andere met {optie}"
    return f"je mag daar niet schrijven; kies een andere map met {optie}"


def write_file(path: str | Path, content: bytes, *, replace: bool, optie: str = "--uit", private: bool = False) -> None:
    """Write a document whole or not at all; over other bytes only with `replace`. '-' is standard output.

    With `private` it is for its owner alone.

    Never through a symbolic link, which may lead anywhere: that is refused, and with `replace` the link itself makes
    place for the file, so that what it points to stays as it is.
    """
    if str(path) == "-":
        sys.stdout.buffer.write(content)
        return
    target = Path(path)
    _write(target, content, replace, optie, _open_private if private else None)
    note_written(target)


def write_program(path: Path, content: bytes, *, replace: bool, optie: str = "--uit") -> None:
    """As `write_file`, for a file that its owner, and nobody else, may start; it is no document to open."""
    _write(path, content, replace, optie, _open_program)


def _write(target: Path, content: bytes, replace: bool, optie: str, opener: Callable[[str, int], int] | None) -> None:
    refuse_dossier(target, optie)
    scratch = _scratch(target.parent)
    try:
        with writing(target, optie):
            _check_free(target, lambda: target.read_bytes() == content, replace, f"geef een andere naam met {optie}")
            with open(scratch, "xb", opener=opener) as file:
                file.write(content)
            scratch.replace(target)
    finally:
        with suppress(OSError):
            scratch.unlink()


def _scratch(folder: Path) -> Path:
    """A name for what is still being written, that nobody can have put a link at; it says who writes."""
    return folder / f"{_scratch_start()}{os.getpid()}-{os.urandom(4).hex()}"


def _scratch_start() -> str:
    """The same on one computer only: on a shared disk, nobody else can see whether a program still runs."""
    computer = os.uname().nodename if hasattr(os, "uname") else ""  # Windows has none, and there nothing is cleared
    return f".regiekit-{crc32(computer.encode()):08x}-"


def clear_scratch(folder: Path) -> None:
    """Take away what a run left behind that was ended too hard to do so itself."""
    if os.name == "nt":  # there, asking whether a program runs would end it
        return
    pattern = re.compile(re.escape(_scratch_start()) + r"([0-9]{1,7})-[0-9a-f]{8}")
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if (match := pattern.fullmatch(entry.name)) and not _runs(int(match.group(1))):
                _remove(Path(entry.path))


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A folder in this one, for its owner alone, for what is still being made; gone at the end. Raises OSError."""
    clear_scratch(folder)
    scratch = _scratch(folder)
    scratch.mkdir(mode=PRIVATE_FOLDER)
    try:
        yield scratch
    finally:
        _remove(scratch)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _remove(scratch: Path) -> None:
    """Take away a file, or a folder with only files in it; nothing when it is not there."""
    with suppress(OSError):
        if scratch.is_symlink() or not scratch.is_dir():
            scratch.unlink()
        else:
            for left in scratch.iterdir():
                left.unlink()
            scratch.rmdir()


def _check_free(path: Path, is_same: Callable[[], bool], replace: bool, raad: str) -> None:
    """Raises RegiekitError when a file may not get this name; `raad` says what else to do. Raises OSError."""
    if path.is_symlink():
        if not replace:
            raise RegiekitError(
                f"{path} is een verwijzing naar een andere plek; {raad}, of vervang de verwijzing met --overschrijf"
            )
    elif path.exists():
        if not path.is_file():
            raise RegiekitError(f"{path} bestaat al, en is geen bestand; {raad}")
        if not replace and not is_same():
            raise RegiekitError(f"{path} bestaat al, met iets anders erin; {raad}, of gebruik --overschrijf")


_DOSSIER = b"RGK"  # how the file of a dossier begins, as in dossier.opslag, which takes time to load
PRIVATE = 0o600  # a file with answers is for its owner
PRIVATE_FOLDER = 0o700


class NewFile:
    """A file that is being written; without `keep` nothing of it remains."""

    def __init__(self, file: IO[str], keep: bool, check: Callable[[], None]) -> None:
        self.file, self.keep, self._check = file, keep, check

    def check(self) -> None:
        """Raise now what would be wrong with its name at the end, so that files can come together or not at all."""
        if self.keep:
            self.file.flush()
            self._check()


@contextmanager
def new_file(
    path: Path, *, replace: bool, optie: str, codering: str = "utf-8", keep: bool = True, raad: str = ""
) -> Iterator[NewFile]:
    """A text file for its owner alone, that gets its name when all went well; for what is too long to hold at once.

    Over other bytes, and in the place of a symbolic link, only with `replace`; never through a link. `raad`: what else
    to do then, when no option gives the name.
    """
    refuse_dossier(path, optie)
    clear_scratch(path.parent)
    scratch = _scratch(path.parent)

    def check() -> None:
        _check_free(path, lambda: _same(path, scratch), replace, raad or f"geef een andere naam met {optie}")

    try:
        with writing(path, optie):
            with open(scratch, "x", encoding=codering, newline="", opener=_open_private) as file:
                made = NewFile(file, keep, check)
                yield made
            if made.keep:
                check()
                scratch.replace(path)
                note_written(path)
    finally:
        with suppress(OSError):
            scratch.unlink()


class Plaats(NamedTuple):
    """A file that is to be written, and the option that named it; `private`: for its owner alone."""

    path: Path
    optie: str = "--uit"
    private: bool = True


@contextmanager
def new_places(plaatsen: Sequence[Plaats], *, replace: bool) -> Iterator[list[Path]]:
    """Files, still empty, under other names: what is written in them gets its names at the end, all or none.

    For what another library writes, and for files that belong together. Nothing remains when the block raises, or when
    one of the names is taken. Over other bytes, and in the place of a symbolic link, only with `replace`; never through
    a link. Within the block each writing stands in `writing`.
    """
    made = [(plaats, _scratch(plaats.path.parent)) for plaats in plaatsen]
    try:
        for (path, optie, private), scratch in made:
            refuse_dossier(path, optie)
            with writing(path, optie):
                clear_scratch(path.parent)
                with open(scratch, "xb", opener=_open_private if private else None):
                    pass
        yield [scratch for _, scratch in made]
        for (path, optie, _), scratch in made:
            with writing(path, optie):
                _check_free(path, partial(_same, path, scratch), replace, f"geef een andere naam met {optie}")
        for (path, optie, _), scratch in made:
            with writing(path, optie):
                scratch.replace(path)
            note_written(path)
    finally:
        for _, scratch in made:
            with suppress(OSError):
                scratch.unlink()


@contextmanager
def new_place(path: Path, *, replace: bool, optie: str = "--uit") -> Iterator[Path]:
    """One file as in `new_places`, for its owner alone."""
    with writing(path, optie), new_places([Plaats(path, optie)], replace=replace) as (place,):
        yield place


@contextmanager
def writing(path: Path, optie: str) -> Iterator[None]:
    """Raises RegiekitError, with the reason and what to do, where the block raises OSError."""
    try:
        yield
    except OSError as error:
        raise RegiekitError(f"{path} kan niet geschreven worden: {write_reason(error, optie)}") from None


def raw_output() -> IO[bytes]:
    """Standard output, for bytes."""
    return sys.stdout.buffer


@contextmanager
def progress(wat: str) -> Iterator[Callable[[int], None]]:
    """A bar on standard error for work of more than a second, on a terminal only; gives what to tell rows done to.

    None for who has the output read aloud: each change of it would be.
    """
    if not sys.stderr.isatty() or is_read_aloud():
        yield lambda _: None
        return
    from threading import Timer

    bar = _Bar(wat)
    timer = Timer(1, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar.add
    finally:
        timer.cancel()
        bar.stop()


class _Bar:
    """A bar that is drawn from when it is started until it is stopped, whichever comes first; then it is wiped."""

    def __init__(self, wat: str) -> None:
        from threading import Lock

        self.wat, self.rows, self.lock = wat, 0, Lock()
        self.bar: Progress | None = None
        self.stopped = False

    def start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self.lock:
            if self.stopped:
                return
            columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rijen]}")
            self.bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
            self.bar.add_task(self.wat, total=None, rijen=self._said())
            self.bar.start()

    def add(self, rows: int) -> None:
        self.rows += rows
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], rijen=self._said())

    def stop(self) -> None:
        with self.lock:
            self.stopped = True
            if self.bar is not None:
                self.bar.stop()

    def _said(self) -> str:
        return f"{self.rows} rijen" if self.rows else ""


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], *, replace: bool, optie: str = "--uit") -> int:
    """Write files for their owner alone, all or none; gives how many.

    Over other bytes, and in the place of a symbolic link, only with `replace`; never through a link.
    """
    clear_scratch(folder)
    scratch = _scratch(folder)
    names = []
    try:
        scratch.mkdir(mode=PRIVATE_FOLDER)
        for name, content in files:
            with open(scratch / name, "xb", opener=_open_private) as file:
                file.write(content)
            names.append(name)
        for name in names:
            refuse_dossier(folder / name, optie)
            is_same = partial(_same, folder / name, scratch / name)
            _check_free(folder / name, is_same, replace, f"kies een andere map met {optie}")
        for name in names:
            (scratch / name).replace(folder / name)
            note_written(folder / name)
    except OSError as error:
        raise RegiekitError(f"{folder} kan niet beschreven worden: {write_reason(error, optie)}") from None
    finally:
        _remove(scratch)
    return len(names)


def refuse_dossier(path: Path, optie: str = "--uit") -> None:
    """Raises RegiekitError when this is a dossier or a back-up of one, or the name of a file that goes with it: nothing
    comes in its place, also not with --overschrijf. Not within a transaction: it reads the file."""
    place = os.path.realpath(path)
    if any(place.endswith(end) and _is_dossier(place.removesuffix(end)) for end in ("", "-journal", "-nakijken")):
        raise RegiekitError(f"{path} is een dossier, of hoort bij een dossier; kies met {optie} een andere naam")


def _is_dossier(place: str) -> bool:
    with suppress(OSError):
        if os.path.isfile(place):  # of a pipe nobody may be the writer  # noqa: PTH113
            with open(place, "rb") as file:
                return file.read(len(_DOSSIER)) == _DOSSIER
    return False


def require_free(path: Path, *, replace: bool, optie: str) -> None:
    """Raises RegiekitError when a new file may not get this name."""
    _check_free(path, lambda: False, replace, f"geef een andere naam met {optie}")


def require_file(path: Path, *, replace: bool, optie: str) -> None:
    """Raises RegiekitError when no file may get this name, whatever will be in it: what has the same bytes may stay."""
    _check_free(path, lambda: True, replace, f"geef een andere naam met {optie}")


def require_writable(path: Path, optie: str = "--uit") -> None:
    """Raises RegiekitError when no file can be made in the folder of this one."""
    with writing(path, optie), scratch_folder(path.parent):
        return


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone, when it is not there; raises OSError."""
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def _same(one: Path, two: Path) -> bool:
    """Whether two files have the same bytes, without holding them."""
    with open(one, "rb") as left, open(two, "rb") as right:
        while (piece := left.read(1 << 20)) == right.read(1 << 20):
            if not piece:
                return True
    return False


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def _open_program(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_FOLDER)  # who may start it, may enter a folder

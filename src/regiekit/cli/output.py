"""The one place that prints: to the terminal, as JSON, or to a file."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from regiekit.errors import ProblemsError, RefusedError, RegiekitError, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, RenderableType

# What a console that knows no Unicode shows instead.
_PLAIN = {"█": "#", "░": ".", "▒": ":", "→": "->", "≥": ">=", "≤": "<=", "–": "-", "—": "-", "…": "...", "•": "*",
          "‘": "'", "’": "'", "“": '"', "”": '"', "☐": "[ ]", "»": ">", "«": "<"}  # fmt: skip


def _plain(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(_PLAIN.get(c, "?") for c in error.object[error.start : error.end]), error.end


def prepare_streams() -> None:
    """Make every text printable: UTF-8 unless the user chose an encoding, and never an encoding error."""
    codecs.register_error("regiekit", _plain)
    chosen = bool(os.environ.get("PYTHONIOENCODING"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="regiekit") if chosen else reconfigure(encoding="utf-8", errors="regiekit")
    if hasattr(sys.stdin, "reconfigure") and not chosen:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def console() -> Console:
    """A console for content: no markup, no emoji codes, no automatic colours."""
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False, width=_width())


def _width() -> int | None:
    """Content is made for 80 columns; a wider terminal gives no longer lines, a pipe gives 80."""
    if not sys.stdout.isatty():
        return int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdigit() else 80
    return None


def show(*parts: RenderableType) -> None:
    """Print renderables one after the other."""
    out = console()
    if out.width > 100:
        out.width = 100
    out.print(*parts, sep="\n")  # in one go: each print has its own set-up and its own write


def show_json(value: Any) -> None:
    """Print one JSON value."""
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def say(line: str) -> None:
    """Print one line about what was done."""
    sys.stdout.write(line + "\n")


def print_text(text: str) -> None:
    """Print a text as it is, every character and every line end."""
    sys.stdout.write(text)


def start_line(text: str) -> None:
    """Print the start of a line that whoever types goes on with."""
    sys.stdout.write(text)
    sys.stdout.flush()


def print_error(error: RegiekitError) -> None:
    """One line for an error, or a line for each problem."""
    lines = [str(p) for p in error.problems] if isinstance(error, ProblemsError) else [f"regiekit: {error}"]
    lines += [f"regiekit: {error.uitleg}"] if isinstance(error, RefusedError) else []
    sys.stderr.write("".join(f"{visible(line)}\n" for line in lines))


def warn(line: str) -> None:
    """Print one line beside the output, on standard error."""
    sys.stderr.write(f"{visible(f'regiekit: {line}')}\n")


def write_reason(error: OSError, optie: str = "--uit") -> str:
    """Why writing failed, and what to do, in Dutch; `optie` is the option that gives the place."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "de schijf is vol; maak ruimte en probeer het opnieuw"
    if isinstance(error, FileNotFoundError):
        return f"die map bestaat niet; maak haar, of kies een andere met {optie}"
    return f"je mag daar niet schrijven; kies een andere map met {optie}"


def write_file(path: str | Path, content: bytes, *, replace: bool, optie: str = "--uit") -> None:
    """Write a file whole or not at all; over other bytes only with `replace`. '-' is standard output."""
    if str(path) == "-":
        sys.stdout.buffer.write(content)
        return
    target = Path(path)
    try:
        if target.exists() and not replace and target.read_bytes() != content:
            raise RegiekitError(f"{target} bestaat al; geef een andere naam met {optie}, of gebruik --overschrijf")
        scratch = target.with_name(f".{target.name}.{os.getpid()}")
        scratch.write_bytes(content)
        scratch.replace(target)
    except OSError as error:
        raise RegiekitError(f"{target} kan niet geschreven worden: {write_reason(error, optie)}") from None


PRIVATE = 0o600  # a file with answers is for its owner
PRIVATE_FOLDER = 0o700


class NewFile:
    """A file that is being written; without `keep` nothing of it remains."""

    def __init__(self, file: IO[str], keep: bool) -> None:
        self.file, self.keep = file, keep


@contextmanager
def new_file(path: Path, *, replace: bool, optie: str, codering: str = "utf-8", keep: bool = True) -> Iterator[NewFile]:
    """A text file for its owner alone, that gets its name when all went well; for what is too long to hold at once."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(scratch, "x", encoding=codering, newline="", opener=_open_private) as file:
            made = NewFile(file, keep)
            yield made
        if made.keep:
            if path.exists() and not replace and not _same(path, scratch):
                raise RegiekitError(f"{path} bestaat al; geef een andere naam met {optie}, of gebruik --overschrijf")
            scratch.replace(path)
    except OSError as error:
        raise RegiekitError(f"{path} kan niet geschreven worden: {write_reason(error, optie)}") from None
    finally:
        with suppress(OSError):
            scratch.unlink()


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], *, replace: bool, optie: str = "--uit") -> int:
    """Write files for their owner alone, all or none; gives how many. Over other bytes only with `replace`."""
    scratch = folder / f".regiekit-{os.getpid()}"
    names = []
    try:
        make_folder(scratch)
        for name, content in files:
            with open(scratch / name, "xb", opener=_open_private) as file:
                file.write(content)
            names.append(name)
        for name in () if replace else names:
            if (folder / name).exists() and not _same(folder / name, scratch / name):
                raise RegiekitError(
                    f"{folder / name} bestaat al, met iets anders erin; kies een andere map met {optie}, of gebruik "
                    "--overschrijf"
                )
        for name in names:
            (scratch / name).replace(folder / name)
    except OSError as error:
        raise RegiekitError(f"{folder} kan niet beschreven worden: {write_reason(error, optie)}") from None
    finally:
        with suppress(OSError):
            for left in scratch.iterdir():
                left.unlink()
            scratch.rmdir()
    return len(names)


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

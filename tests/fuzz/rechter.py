"""Whether one execution is right: it ends in a value, or in lines that the command line would print and mean.

Everything else is a finding: another exception, more than two seconds, more than 300 MB, a line with a control
character, a file that stays behind, a file written elsewhere, a program or a connection that is opened.
"""

from __future__ import annotations

import errno
import io
import os
import re
import resource
import shutil
import sys
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.doelen import Doel

SECONDS = 2.0  # of the processor, since a computer may be busy with other things
MEGABYTES = 300
LONGEST = 2_000  # characters of a line for a person
CODES = (0, 2, 3, 4, 5, 130)

_ENGLISH = re.compile(
    r"\b(expected|invalid|unexpected|should|must be|codec|NoneType|Traceback|object at|not supported|failed|unknown|"
    r"missing|line \d+ column)\b"
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NOT_ON_A_SCREEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PATHS = {"os.mkdir": 1, "os.rename": 2, "os.remove": 1, "os.rmdir": 1, "os.symlink": 2, "os.link": 2, "os.truncate": 1,
          "os.chmod": 1}  # fmt: skip
_NEVER = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "webbrowser.")


class Vondst(NamedTuple):
    """What was not right, in one word, and where: two findings with the same place are one."""

    soort: str
    plaats: str


class Rechter:
    """Runs targets in one folder, and looks at what comes of it. Use one for each process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        os.chdir(self.folder)
        self.outside: list[str] = []
        self.looks = self.blocks = False
        self.may_start = ""
        self.base, self.peak = _memory(), _peak()
        self.count, self.code = 0, 0
        sys.addaudithook(self._see)

    def judge(self, doel: Doel, data: bytes) -> Vondst | None:
        """One execution."""
        self._renew_base()
        self.outside.clear()
        self.blocks, self.may_start = doel.opdracht, "subprocess.Popen" * doel.proces
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
        start = time.process_time()
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        self.looks = True
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code: Any = at_the_edge(lambda: doel.voer(data, self.folder))
            wrong = None
        except BaseException as error:  # an exit or a stop is as wrong as any other
            code, wrong = 0, Vondst("uitzondering", _where(error))
        finally:
            self.looks = False
            sys.stdin = before
        took, self.code = time.process_time() - start, code
        return (
            wrong
            or (Vondst("exitcode", f"{code}") if code not in CODES else None)
            or (Vondst("tijd", "meer dan 2 seconden") if took > SECONDS else None)
            or self._of_memory()
            or (Vondst("buiten de map", self.outside[0]) if self.outside else None)
            or _of_lines("" if doel.opdracht else _text(out), _text(err), bool(code))
            or self._of_files(doel)
        )

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Everything that Python does with files, programs and connections."""
        if not self.looks:
            return
        if event.startswith(_NEVER):
            if event != self.may_start:
                self.outside.append(event)
        elif event == "open":
            path, _, flags = arguments
            if isinstance(path, (str, bytes)) and flags & _WRITES:
                self._check(event, path)
        elif event in _PATHS:
            for path in arguments[: _PATHS[event]]:
                self._check(event, path)

    def _check(self, event: str, path: Any) -> None:
        if isinstance(path, int):
            return
        whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - never through a link
        if whole.startswith(f"{self.folder}{os.sep}") or whole == os.devnull or "__pycache__" in whole:
            return
        if self.blocks:  # a command may be told to write anywhere; here it may not
            raise PermissionError(errno.EACCES, "hier niet", whole)
        self.outside.append(f"{event} {Path(whole).name}")

    def _renew_base(self) -> None:
        """A fuzzer keeps what it learned, so what is in use now is the start for what comes."""
        self.count += 1
        if self.count % 500 == 0:
            self.base = max(self.base, _memory())

    def _of_memory(self) -> Vondst | None:
        peak, before = _peak(), self.peak
        too_much = peak > before and peak - self.base > MEGABYTES
        if too_much:
            self.base = _memory()
        if peak - self.base > MEGABYTES / 3:  # else a smaller peak after a high one would not be seen
            _forget_peak()
            peak = _peak()
        self.peak = peak
        return Vondst("geheugen", f"meer dan {MEGABYTES} MB") if too_much else None

    def _of_files(self, doel: Doel) -> Vondst | None:
        """What stays behind that no command leaves, or that no file should be; then the folder is empty again."""
        left = sorted(self.folder.iterdir())
        odd = [p.name for p in left if p.name not in doel.blijft and not (doel.opdracht and p.name[:1] != ".")]
        for path in left:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        return Vondst("achtergebleven", odd[0]) if odd else None


def at_the_edge(call: Callable[[], object]) -> int:
    """What the program would say of it: its own `main`, with something else to run than a command."""
    before, app.run = app.run, lambda *_: _code_of(call())  # type: ignore[assignment]
    try:
        return app.main([])
    finally:
        app.run = before


def _code_of(result: object) -> int:
    return result if isinstance(result, int) and not isinstance(result, bool) else 0


def _where(error: BaseException) -> str:
    """The kind of error, and the last line of regiekit that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if f"{os.sep}regiekit{os.sep}" in f.filename] or frames
    return f"{type(error).__name__} in {Path(own[-1].filename).name}:{own[-1].name}:{own[-1].lineno}"


def _of_lines(out: str, err: str, failed: bool) -> Vondst | None:
    lines = err.split("\n")
    if failed and not err.strip():
        return Vondst("regel", "een fout zonder één woord")
    for line in lines:
        if not line.isprintable():
            return Vondst("regel", "een stuurteken in een melding")
        if len(line) > LONGEST:
            return Vondst("regel", f"een melding van meer dan {LONGEST} tekens")
        if found := _ENGLISH.search(_QUOTED.sub("", line)):
            return Vondst("regel", f"Engels in een melding: {found[0]}")
    return Vondst("regel", "een stuurteken op het scherm") if _NOT_ON_A_SCREEN.search(out) else None


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined, no-any-return]


def _memory() -> float:
    """Megabytes in use."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    except OSError:  # no Linux
        return _peak()


def _peak() -> float:
    """Megabytes, the most there were in use since `_forget_peak`; elsewhere than on Linux, since the start."""
    with suppress(OSError):
        return int(re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[0]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def _forget_peak() -> None:
    """Linux counts the peak from now on."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")

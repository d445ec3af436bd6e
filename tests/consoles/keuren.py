"""Runs one call under one condition, in a process of its own, and says what is wrong with how it ended."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from consoles.opdrachten import ANDERE, COMMAND, Voorbeeld
from consoles.standen import environment, rights, start_under, streams
from dossiers import WACHTZIN
from engels import english_words
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek

if TYPE_CHECKING:
    from consoles.standen import Stand

TEXT = {".txt", ".html", ".yaml", ".json", ".csv", ".svg", ".ics", ".desktop", ".command", ".cmd"}
BUG = ("Traceback", "Exception ignored", "UnicodeEncodeError", "UnicodeDecodeError", "Fatal Python", "Error:")
FAILED = {2, 3, 4, 5, 130}
SECONDS = 60
PLACE = b"/een/map"  # in place of where a run happened to be


class Afloop(NamedTuple):
    """How a run ended: exit code, what was printed, the files afterwards, and how long it took."""

    code: int
    out: bytes
    err: bytes
    files: dict[str, bytes]
    seconds: float


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; a folder with nothing in it counts as a file with none."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*")}
    return {name: path.read_bytes() if path.is_file() else b"" for name, path in found.items()
            if path.is_file() or not any(path.iterdir())}  # fmt: skip


@contextlib.contextmanager
def wachtzinnen(voorbeeld: Voorbeeld) -> Any:
    """The number of an open file with the wachtzinnen of a call in it; None when it needs none."""
    if not voorbeeld.wachtzinnen:
        yield None
        return
    reader, writer = os.pipe()
    os.write(writer, "".join(f"{w}\n" for w in voorbeeld.wachtzinnen).encode())
    os.close(writer)
    try:
        yield reader
    finally:
        os.close(reader)


def perform(voorbeeld: Voorbeeld, stand: Stand, template: Path, werk: Path) -> Afloop:
    """The call, under the condition, in a fresh copy of the work folder at `werk`."""
    copy_into(template, werk)
    if stand.schijf:
        fill_disk(werk)
    begin = time.monotonic()
    with wachtzinnen(voorbeeld) as number, rights(stand, werk):
        run = run_on_terminal if stand.uit == "terminal" else run_in_pipes
        code, out, err = run(voorbeeld, stand, werk, number)
    seconds = time.monotonic() - begin
    if stand.schijf:
        (werk / "vulling").unlink()
    here = str(werk).encode()
    return Afloop(code, out.replace(here, PLACE), err.replace(here, PLACE), files_in(werk), seconds)


def copy_into(template: Path, werk: Path) -> None:
    """A fresh copy; `werk` itself stays, as it may be where a file system begins."""
    werk.mkdir(exist_ok=True)
    werk.chmod(0o755)
    for path in werk.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.copytree(template, werk, dirs_exist_ok=True)


def fill_disk(werk: Path) -> None:
    """Take every block that is left."""
    with contextlib.suppress(OSError), open(werk / "vulling", "wb", buffering=0) as file:
        for size in (1 << 16, 4096, 512, 1):
            with contextlib.suppress(OSError):
                while file.write(b"\0" * size):
                    pass


def run_in_pipes(voorbeeld: Voorbeeld, stand: Stand, werk: Path, number: int | None) -> tuple[int, bytes, bytes]:
    where = streams(stand, werk)
    head = None
    if stand.uit == "kop":
        head = subprocess.Popen(["head", "-1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        where["stdout"], head.stdin = head.stdin, None
    process = subprocess.Popen(
        [*COMMAND, *voorbeeld.arguments(number)], cwd=werk, env=environment(stand, werk), stdin=subprocess.PIPE,
        pass_fds=[number] if number is not None else [], preexec_fn=start_under(stand, werk), **where,
    )  # fmt: skip
    if head is not None:
        where.pop("stdout").close()
    try:
        out, err = process.communicate(voorbeeld.stdin.encode(), timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return -1, b"", f"Traceback: blijft hangen, {SECONDS} s".encode()
    if head is not None:
        out = head.communicate()[0]
    for name, stream in where.items():
        if hasattr(stream, "seek"):
            with contextlib.suppress(OSError):
                stream.seek(0)
                if stand.uit == "bestand" and name == "stdout":
                    out = stream.read()
            stream.close()
            Path(werk.parent / f"{werk.name}.{name}").unlink(missing_ok=True)
    return process.returncode, out or b"", err or b""


def run_on_terminal(voorbeeld: Voorbeeld, stand: Stand, werk: Path, number: int | None) -> tuple[int, bytes, bytes]:
    """Output and errors on one terminal; input is a pipe, so that nothing is asked."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, stand.breed, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *voorbeeld.arguments(number)], cwd=werk, env=environment(stand, werk), stdin=subprocess.PIPE,
        stdout=slave, stderr=slave, pass_fds=[number] if number is not None else [], start_new_session=True,
        preexec_fn=start_under(stand, werk),
    )  # fmt: skip
    os.close(slave)
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(voorbeeld.stdin.encode())  # type: ignore[union-attr]
        process.stdin.close()  # type: ignore[union-attr]
    shown, until = b"", time.monotonic() + SECONDS
    while time.monotonic() < until:
        if select.select([master], [], [], 0.05)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:  # everybody left the terminal
                break
            shown += piece
        elif process.poll() is not None and not select.select([master], [], [], 0)[0]:
            break
    else:
        process.kill()
        shown += f"Traceback: blijft hangen, {SECONDS} s".encode()
    code = process.wait()
    os.close(master)
    return code, shown.replace(b"\r\n", b"\n"), b""


# What is wrong ------------------------------------------------------------------------------------------------------


def complaints(voorbeeld: Voorbeeld, stand: Stand, ended: Afloop, usual: Afloop, before: dict[str, bytes]) -> list[str]:
    """Everything that is wrong with one run, in a few words each; empty when it is as it should be.

    `usual` is the same call without any condition, `before` the files before it.
    """
    out_code = "utf-8" if is_file_out(voorbeeld) else stand.codering
    try:
        out, err = ended.out.decode(out_code), ended.err.decode(stand.codering)
    except UnicodeDecodeError as error:
        return [f"uitvoer is geen {stand.codering}: {error}"]
    found = [f"{word} in de uitvoer: {(out + err)[-600:]!r}" for word in BUG if word in out + err]
    found += wrong_code(voorbeeld, stand, ended.code, out, err)
    found += wrong_files(voorbeeld, stand, ended, usual, before)
    found += wrong_dossiers(ended, before)
    if ended.code == usual.code and stand.uit not in ("vol", "dicht", "kop"):
        found += wrong_text(voorbeeld, stand, out, usual)
    return found


def is_file_out(voorbeeld: Voorbeeld) -> bool:
    """Whether it prints the bytes of a file; a file is UTF-8, whatever the console."""
    return "--uit -" in voorbeeld.call


def wrong_code(voorbeeld: Voorbeeld, stand: Stand, code: int, out: str, err: str) -> list[str]:
    allowed = {voorbeeld.code} | (FAILED if stand.mag_falen else set()) | ({0} if stand.uit == "kop" else set())
    if code not in allowed:
        return [f"code {code}, verwacht {sorted(allowed)}: {err[-400:]!r}"]
    if code == 0 or stand.fout in ("vol", "dicht"):
        return []
    if not (out + err).strip() and stand.uit not in ("vol", "dicht"):
        return [f"code {code} zonder een woord"]
    said = english_words(re.sub(r"'[^']*'", "", err))
    return [f"Engels in de fout: {said} in {err[-300:]!r}"] if said else []


def wrong_files(
    voorbeeld: Voorbeeld, stand: Stand, ended: Afloop, usual: Afloop, before: dict[str, bytes]
) -> list[str]:
    """Left-over scratch files, files that are half, files that went away, text that is not UTF-8."""
    found = [f"achtergebleven: {name}" for name in ended.files
             if ".regiekit-" in name or name.endswith(("-journal", "-nakijken", ".tmp"))]  # fmt: skip
    gone = before.keys() - ended.files.keys()
    if ended.code != usual.code:
        changed = {n for n in before.keys() & ended.files.keys() if before[n] != ended.files[n]}
        if stand.uit == "pijp":  # else it is only what was said of it afterwards that went wrong
            found += [f"veranderd terwijl het mislukte: {n}" for n in changed if not n.endswith(".regiekit")]
        found += [f"weg terwijl het mislukte: {n}" for n in gone]
    for name in ended.files.keys() - before.keys():
        made, whole = ended.files[name], usual.files.get(name)
        if Path(name).suffix in TEXT:
            try:
                made.decode("utf-8-sig")
            except UnicodeDecodeError:
                found.append(f"{name} is geen UTF-8")
        if not made and whole != b"" and not stand.mag_falen:
            found.append(f"{name} is leeg")
        if voorbeeld.same and whole is not None and made != whole:
            found.append(f"{name} is anders dan gewoon ({len(made)} en {len(whole)} bytes)")
        elif whole is not None and not is_whole(name, made):
            found.append(f"{name} is half: {made[-40:]!r}")
    return found


def is_whole(name: str, content: bytes) -> bool:
    """Whether a file has its end."""
    ends = {".pdf": b"%%EOF", ".html": b"</html>", ".json": b"}", ".svg": b"</svg>", ".ics": b"END:VCALENDAR"}
    if Path(name).suffix in (".docx", ".xlsx"):
        return b"PK\x05\x06" in content[-30:]
    return content.rstrip().endswith(ends.get(Path(name).suffix, b""))


def wrong_dossiers(ended: Afloop, before: dict[str, bytes]) -> list[str]:
    """Every dossier still opens, and holds what can be read."""
    found = []
    for name, content in ended.files.items():
        if name.endswith(".regiekit") and content != before.get(name):
            try:
                read_dossier(content)
            except Exception as error:  # whatever is wrong with it
                found.append(f"{name} gaat niet open: {error!r}")
    return found


def read_dossier(content: bytes) -> int:
    """The number of clients in a dossier."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.regiekit"
        path.write_bytes(content)
        head = opslag.read_head(path)
        for wachtzin in [opslag.WACHTZIN_VERZONNEN] if head.verzonnen else [WACHTZIN, ANDERE]:
            with contextlib.suppress(opslag.WrongKeyError):
                opened = opslag.Opslag(path, opslag.derive_key(wachtzin, head), head)
                try:
                    return len(list(Boek(opened).codes()))
                finally:
                    opened.close()
    raise AssertionError("geen wachtzin past")


def wrong_text(voorbeeld: Voorbeeld, stand: Stand, out: str, usual: Afloop) -> list[str]:
    """Colours where there may be none, lines that are too wide, words that are lost."""
    found = []
    if "\x1b" in out and (stand.uit != "terminal" or stand.naam == "TERM=dumb"):
        found.append("een stuurteken van een terminal in gewone uitvoer")
    if stand.naam == "NO_COLOR" and re.search(r"\x1b\[[\d;]*\b[349]\d", out):
        found.append("kleur, ook met NO_COLOR")
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", out)
    if not voorbeeld.machine and (stand.uit == "terminal" or "COLUMNS" in stand.omgeving):
        found += [f"{len(line)} breed: {line!r}" for line in too_wide(plain, stand.breed)][:3]
    if voorbeeld.same:
        found += lost_words(voorbeeld, stand, plain, usual)
    return found


def lost_words(voorbeeld: Voorbeeld, stand: Stand, shown: str, usual: Afloop) -> list[str]:
    """The output has the words of the usual one; all bytes, when the condition says so."""
    text = usual.out.decode()
    if stand.gelijk:
        return [] if shown == text else ["de uitvoer is anders dan gewoon"]
    if stand.uit == "terminal":
        text += usual.err.decode()
    if not is_file_out(voorbeeld):
        text = text.encode(stand.codering, "regiekit").decode(stand.codering)
    want, got = (set(re.findall(r"[^\W_]{4,}", t)) for t in (text, shown))
    lost = want - got
    # A narrow column breaks a word that is longer than it.
    return [f"weg uit de uitvoer: {sorted(lost)[:8]}"] if lost and not (stand.breed < 80) else []


def too_wide(text: str, columns: int) -> list[str]:
    """The lines that are wider than the terminal and could have been broken: not a long word, path or command."""
    return [line for line in text.split("\n") if len(line) > columns and not is_unbreakable(line, columns)]


def is_unbreakable(line: str, columns: int) -> bool:
    """A line with a word that does not fit, or a command to type over."""
    stripped = line.strip()
    indent = len(line) - len(line.lstrip())
    longest = max(map(len, stripped.split()), default=0)
    return stripped.startswith(("regiekit ", "# yaml-language-server")) or indent + longest > columns


def register_handler() -> None:
    """The error handler of cli.output, known to this process too."""
    from regiekit.cli import output

    codecs.register_error("regiekit", output._plain)

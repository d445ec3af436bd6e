"""The conditions: what is different around a command. A condition changes the surroundings, never the call."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NEW_MOUNTS, BIND, REMOUNT, READ_ONLY, PRIVATE, RECURSIVE = 0x20000, 0x1000, 0x20, 0x1, 0x40000, 0x4000  # of Linux


class Stand(NamedTuple):
    """A condition. What is not named is usual: UTF-8, pipes, a home folder, a data folder, room on the disk."""

    naam: str
    omgeving: dict[str, str | None] = {}
    """Variables that are set; None takes one away. {werk} is the folder of the run."""
    codering: str = "utf-8"
    uit: str = "pijp"
    """Where standard output goes: pijp, bestand, terminal, vol, dicht, kop (a reader that leaves after one line)."""
    fout: str = "pijp"
    """Where standard error goes: pijp, vol, dicht; on a terminal it goes where the output goes."""
    invoer: str = "pijp"
    """Standard input: pijp, dicht."""
    breed: int = 80
    mag_falen: bool = False
    """Whether a command may end with a line that says why, in place of doing its work."""
    gelijk: bool = False
    """Whether what it prints must be what it prints usually, byte for byte."""
    alleen_lezen: str = ""
    """A folder below that of the run in which nothing can be written ('.' is that folder itself). For root, who may do
    everything, it is mounted so."""
    limiet: int | None = None
    """The longest file that can be written, in bytes: what a full disk is like."""
    schijf: bool = False
    """The folder of the run is a file system of its own, and full."""


ZONDER_UTF8 = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
GEWOON = Stand("gewoon")
STANDEN = [
    GEWOON,
    Stand("cp1252", {"PYTHONIOENCODING": "cp1252"}, "cp1252"),
    Stand("cp1252 streng", {"PYTHONIOENCODING": "cp1252:strict"}, "cp1252"),
    Stand("cp850", {"PYTHONIOENCODING": "cp850"}, "cp850"),
    Stand("ascii", {"PYTHONIOENCODING": "ascii"}, "ascii"),
    Stand("naar een bestand", uit="bestand", gelijk=True),
    Stand("cp1252 naar een bestand", {"PYTHONIOENCODING": "cp1252"}, "cp1252", uit="bestand"),
    Stand("terminal", uit="terminal"),
    Stand("NO_COLOR", {"NO_COLOR": "1"}, uit="terminal"),
    Stand("TERM=dumb", {"TERM": "dumb"}, uit="terminal"),
    Stand("40 kolommen", uit="terminal", breed=40),
    Stand("200 kolommen", uit="terminal", breed=200),
    Stand("COLUMNS=40", {"COLUMNS": "40"}, breed=40),
    Stand("COLUMNS=200", {"COLUMNS": "200"}, breed=200),
    Stand("geen HOME", {"HOME": None}, gelijk=True),
    Stand("HOME bestaat niet", {"HOME": "{werk}/a.yaml/thuis"}, gelijk=True),
    Stand("geen HOME en geen gegevensmap", {"HOME": "{werk}/a.yaml", "XDG_DATA_HOME": None}, mag_falen=True),
    Stand("LANG=C", {"LANG": "C", **ZONDER_UTF8}, gelijk=True),
    Stand("LC_ALL=POSIX", {"LC_ALL": "POSIX", **ZONDER_UTF8}, gelijk=True),
    Stand("map alleen-lezen", mag_falen=True, alleen_lezen="."),
    Stand("gegevensmap alleen-lezen", mag_falen=True, alleen_lezen="gegevens/regiekit"),
    Stand("geen byte meer te schrijven", mag_falen=True, limiet=0),
    Stand("na 6 kB vol", mag_falen=True, limiet=6000),
    Stand("schijf vol", mag_falen=True, schijf=True),
    Stand("uitvoer vol", uit="vol", mag_falen=True),
    Stand("uitvoer en fouten vol", uit="vol", fout="vol", mag_falen=True),
    Stand("fouten vol", fout="vol", mag_falen=True),
    Stand("invoer dicht", invoer="dicht", mag_falen=True),
    Stand("uitvoer dicht", uit="dicht", mag_falen=True),
    Stand("fouten dicht", fout="dicht"),
    Stand("alles dicht", uit="dicht", fout="dicht", invoer="dicht", mag_falen=True),
    Stand("lezer weg na een regel", uit="kop"),
    Stand("voorlezen", {"REGIEKIT_VOORLEZEN": "1"}),
]  # fmt: skip


def environment(stand: Stand, werk: Path) -> dict[str, str]:
    """What a command finds around it: little, so that nothing of this machine decides."""
    usual: dict[str, str | None] = {
        "PATH": os.environ.get("PATH", ""), "HOME": str(werk / "thuis"), "XDG_DATA_HOME": str(werk / "gegevens"),
        "TERM": "xterm-256color", "LANG": "C.UTF-8",
    }  # fmt: skip
    if path := os.environ.get("PYTHONPATH"):  # another copy of regiekit is tried
        usual["PYTHONPATH"] = path
    chosen = usual | {name: value and value.replace("{werk}", str(werk)) for name, value in stand.omgeving.items()}
    return {name: value for name, value in chosen.items() if value is not None}


def start_under(stand: Stand, werk: Path) -> Callable[[], None]:
    """What happens in the new process just before regiekit starts in it."""
    import ctypes
    import resource

    libc = ctypes.CDLL(None, use_errno=True)
    folder = os.fsencode(os.path.normpath(werk / stand.alleen_lezen))

    def mount_read_only() -> None:
        steps = [
            libc.unshare(NEW_MOUNTS),
            libc.mount(None, b"/", None, PRIVATE | RECURSIVE, None),
            libc.mount(folder, folder, None, BIND, None),
            libc.mount(None, folder, None, REMOUNT | BIND | READ_ONLY, None),
        ]
        if any(steps):
            raise OSError(ctypes.get_errno(), "mount")
        os.chdir(werk)  # where it was is behind the mount

    def prepare() -> None:
        for closed, number in ((stand.invoer, 0), (stand.uit, 1), (stand.fout, 2)):
            if closed == "dicht":
                os.close(number)
        if stand.limiet is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (stand.limiet, stand.limiet))
        if stand.alleen_lezen and IS_ROOT:
            mount_read_only()

    return prepare


@contextmanager
def rights(stand: Stand, werk: Path) -> Iterator[None]:
    """The rights of a folder that the condition asks for, and then as they were."""
    if stand.alleen_lezen:
        (werk / stand.alleen_lezen).chmod(0o555)
    try:
        yield
    finally:
        if stand.alleen_lezen:
            (werk / stand.alleen_lezen).chmod(0o755)


def streams(stand: Stand, werk: Path) -> dict[str, Any]:
    """What Popen gets for standard output and standard error, when they are no terminal."""
    import subprocess

    opened: dict[str, Any] = {}
    for name, kind in (("stdout", stand.uit), ("stderr", stand.fout)):
        if kind == "vol":
            opened[name] = open("/dev/full", "wb")  # noqa: SIM115  # closed by who runs
        elif kind == "bestand":
            opened[name] = open(werk.parent / f"{werk.name}.{name}", "w+b")  # noqa: SIM115
        else:
            opened[name] = subprocess.PIPE
    return opened

"""How this regiekit was started, so that something else can start the same one again."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shutil import which
from typing import Literal, NamedTuple

from regiekit.cli.onderdelen import START

NAAM = "regiekit"
_MAIN = Path(__file__).parents[1] / "__main__.py"


class Start(NamedTuple):
    """The words that start regiekit, without a command behind them, and a file without which they do nothing."""

    soort: Literal["opdracht", "start.py", "python"]
    woorden: tuple[str, ...]
    bewijs: Path


def find_start() -> Start:
    """By the command 'regiekit', by start.py, or by Python itself; every path is absolute."""
    if script := own_script():
        return Start("opdracht", (str(script),), script)
    if is_of_start_py():
        # Not the Python of .venv: start.py makes that anew when something changed.
        python = str(getattr(sys, "_base_executable", None) or sys.executable)
        return Start("start.py", (python, str(START)), START)
    return Start("python", (sys.executable, "-P", "-m", NAAM), _MAIN)


def typed(start: Start) -> str:
    """What a person types to start this one; for start.py in the folder where it stands."""
    python = "py" if sys.platform == "win32" else "python3"
    return {"opdracht": NAAM, "start.py": f"{python} {START.name}", "python": f"{python} -m {NAAM}"}[start.soort]


def own_script() -> Path | None:
    """The command that this program was started by, None when that was Python or something else."""
    called = sys.argv[0]
    if Path(called).name.lower() not in (NAAM, f"{NAAM}.exe"):
        return None
    found = called if os.path.dirname(called) else which(called)  # noqa: PTH120
    if not found:
        return None
    path = Path(found).absolute()  # a link stays a link: it outlives what it points at
    with_exe = path.with_name(f"{NAAM}.exe")  # what Windows starts; Python leaves the ending off
    return next((p for p in (with_exe, path) if p.is_file()), None)


def is_of_start_py() -> bool:
    """Whether this Python is the one that start.py set up."""
    venv = START.parent / ".venv"
    return START.is_file() and Path(sys.prefix) == venv and (venv / "slot").exists()

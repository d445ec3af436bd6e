"""How long whole commands take, beside the floor that their own libraries set: docs/snelheid.md.

    .venv/bin/python benchmarks/startup.py
    .venv/bin/python benchmarks/startup.py -n 40 --only zone techniek
    .venv/bin/python benchmarks/startup.py --program /path/to/venv/bin/regiekit

Bare Python, the floor and the command run in turn, so that what slows the machine down slows all three. The ratios
carry over to another machine, the seconds do not. Nothing here fails on a time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
VOORBEELDEN = ROOT / "voorbeelden"
BARE = "pass"
TYPER = "import typer"
SCREEN = "import typer, rich.console, rich.table"
READ = "import typer, rich.console, rich.table, pydantic, yaml"
CHECK = "import typer, pydantic, yaml"
PRINT = "import typer, typst"


class Command(NamedTuple):
    """What is measured: the arguments, the imports that are its floor, and the target when there is one."""

    name: str
    arguments: tuple[str, ...]
    floor: str
    target: str = ""
    product: str = ""
    """The file that it makes, which must be the same in every run."""


class Run(NamedTuple):
    """One process: seconds, and peak memory in MiB where the system tells."""

    seconds: float
    peak: float


def commands(folder: Path) -> list[Command]:
    """The commands, with files to read from the checkout and files to make in `folder`."""
    score = [str(VOORBEELDEN / name) for name in ("vragenlijst.yaml", "R-021-start.yaml", "R-021-halverwege.yaml",
                                                  "R-021-einde.yaml")]  # fmt: skip
    one, five = str(folder / "een.pdf"), str(folder / "vijf.pdf")
    return [
        Command("zone --regie laag", ("zone", "--regie", "laag"), SCREEN, "1.05"),
        Command("techniek inoculatie", ("techniek", "inoculatie"), SCREEN, "1.05"),
        Command("score (1 file)", ("score", score[0]), READ, "1.10"),
        Command("score (3 files)", ("score", *score[1:]), READ),
        Command("techniek", ("techniek",), SCREEN),
        Command("kennis belastbaarheid", ("kennis", "belastbaarheid"), SCREEN, "1.50"),
        Command("kennis (two words)", ("kennis", "rouw", "werkgever"), SCREEN, "1.50"),
        Command("kennis (a typo)", ("kennis", "belstbarheid"), SCREEN, "1.50"),
        Command("kennis (an id)", ("kennis", "model-cimo"), SCREEN, "1.50"),
        Command("kennis (a fact)", ("kennis", "zones-matrix-01"), SCREEN),
        Command("kennis --dekking", ("kennis", "--dekking"), SCREEN),
        Command("vragenlijst lijst", ("vragenlijst", "lijst"), SCREEN),
        Command("controleer data", ("controleer", str(ROOT / "data")), CHECK),
        Command("--help", ("--help",), TYPER),
        Command(
            "techniek inoculatie --print", ("techniek", "inoculatie", "--print", "--uit", one), PRINT, "0.5 s", one
        ),
        Command("techniek alle --print", ("techniek", "alle", "--print", "--uit", five), PRINT, "1 s", five),
    ]


def environment() -> dict[str, str]:
    """That of a user: nothing that changes how Python starts or what the program reads."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REGIEKIT"))}


def run(command: list[str], folder: Path, output: int) -> Run:
    """One whole process, its output thrown away or read through a pipe."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE
    )
    if not hasattr(os, "wait4"):  # Windows
        _, errors = process.communicate()
        return finished(command, process.returncode, errors, Run(time.perf_counter() - start, 0))
    if process.stdout:
        process.stdout.read()
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return finished(command, process.returncode, errors, Run(seconds, usage.ru_maxrss / unit))


def finished(command: list[str], code: int, errors: bytes, done: Run) -> Run:
    """A time counts only when the command did what it should."""
    if code:
        sys.exit(f"{' '.join(command)}: exit code {code}\n{errors.decode(errors='replace')}")
    return done


def measure(command: Command, program: list[str], python: str, folder: Path, pairs: int, output: int) -> str:
    """A row of the table: bare Python, the floor and the command in turn."""
    lines = [[python, "-c", BARE], [python, "-c", command.floor], [*program, *command.arguments]]
    runs: list[tuple[Run, ...]] = []
    products = set()
    for number in range(pairs + 2):
        if command.product:
            Path(command.product).unlink(missing_ok=True)
        done = tuple(run(line, folder, output) for line in lines)
        if number >= 2:  # the first two warm up: bytecode, stored content, the file cache
            runs.append(done)
        if command.product:
            products.add(Path(command.product).read_bytes())
    bare, floor, own = (median(r[i].seconds for r in runs) for i in range(3))
    paired = median(r[2].seconds / r[1].seconds for r in runs)
    peak = median(r[2].peak for r in runs)
    same = {0: "", 1: "same bytes"}.get(len(products), "OTHER BYTES")
    return (
        f"{command.name:28}{own:8.3f}{floor:8.3f}{own / floor:7.2f}{paired:8.2f}{command.target:>8}"
        f"{own / bare:8.1f}{peak:7.0f}  {same}".rstrip()
    )


def describe(python: str) -> str:
    """Python, the libraries and the machine, as far as they matter for the numbers."""
    code = (
        "import importlib.metadata as m, platform, os\n"
        "names = ('typer', 'rich', 'pydantic', 'pyyaml', 'typst')\n"
        "print('Python', platform.python_version(), platform.system(), platform.machine(), os.cpu_count(), 'cores;',"
        " ', '.join(f'{n} {m.version(n)}' for n in names))"
    )
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def options() -> argparse.Namespace:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--pairs", type=int, default=20, help="pairs a command (20)")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="only commands with one of these words in their name")
    parser.add_argument("--program", metavar="PATH", help="the entry script of an installed regiekit")
    parser.add_argument("--python", metavar="PATH", help="the Python of that program (the one beside it)")
    parser.add_argument("--pipe", action="store_true", help="read the output through a pipe, not to nothing")
    return parser.parse_args()


def main() -> None:
    """Print a table."""
    given = options()
    beside = Path(given.program).absolute().with_name("python") if given.program else sys.executable
    python = str(given.python or beside)
    program = [str(Path(given.program).absolute())] if given.program else [python, "-P", "-m", "regiekit"]
    print(describe(python))
    print(f"{given.pairs} pairs; output to {'a pipe' if given.pipe else 'nothing'}; medians, ratios to the floor\n")
    print(f"{'command':28}{'s':>8}{'floor':>8}{'ratio':>7}{'paired':>8}{'target':>8}{'x bare':>8}{'MiB':>7}")
    with tempfile.TemporaryDirectory() as name:
        for command in commands(Path(name)):
            if not given.only or any(word in command.name for word in given.only):
                output = subprocess.PIPE if given.pipe else subprocess.DEVNULL
                print(measure(command, program, python, Path(name), given.pairs, output), flush=True)
    print(f"\nfloors: {SCREEN} | {READ.removeprefix('import ')} | …")


if __name__ == "__main__":
    main()

"""How the store of the dossier holds when it is killed, full, crowded or damaged, and how fast it is when it is large.

    .venv/bin/python benchmarks/dossier.py                            # everything, some four minutes
    .venv/bin/python benchmarks/dossier.py --only kill flips --share 0.1
    .venv/bin/python benchmarks/dossier.py --only speed -n 40

The trials are those of tests/opslagproef.py, at their full number, with the key of a wachtzin in fewer rounds; one that
fails stops with the seed that shows it again. Speed is a ratio: the same command on a dossier of 10,000 aantekeningen
of 500 clients and on one of 3 clients, in turn, and both demonstrations, so that deriving a key takes no time. Nothing
here fails on a time.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from regiekit.domain.aantekening import Afspraak, Gesprek, Traject
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
TRIALS = {"kill": 1000, "full": 300, "disk": 100, "many": 2000, "flips": 2000, "canary": 1}
BEGIN = date(2025, 1, 6)
TARGET = 1.3
COMMANDS = (
    ("dossier", "lijst"),
    ("dossier", "toon", "R-001"),
    ("voorbereiding", "R-001"),
    ("dossier", "gesprek", "R-001", "--doel", "meten hoe lang dit duurt"),
)


def run_trial(name: str, runs: int, seed: int) -> str:
    """One trial in a process of its own; its figures in words."""
    command = [sys.executable, ROOT / "tests" / "opslagproef.py", name, "--runs", str(runs), "--seed", str(seed)]
    start = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{name}, seed {seed}:\n{result.stderr}")
    figures = json.loads(result.stdout) or {"not tried": "no right to make a small disk"}
    words = ", ".join(f"{value} {key}" for key, value in figures.items())
    return f"{name:8}{time.perf_counter() - start:7.0f} s   {words}"


def make(path: Path, clients: int, each: int) -> None:
    """A demonstration with so many clients and aantekeningen of each; the first client has the same in every one."""
    head = opslag.new_head(verzonnen=True)
    key = opslag.derive_key(opslag.WACHTZIN_VERZONNEN, head)
    opslag.make_file(path, key, head)
    with opslag.Opslag(path, key, head) as found, found.write():
        book = Boek(found)
        for number in range(1, clients + 1):
            chance = random.Random(number)
            client = found.execute("INSERT INTO client (code) VALUES (?)", f"R-{number:03}")
            book._insert(client, BEGIN, Traject(begin=BEGIN, eigen_doelen=("weer aan het werk",)))
            for week in range(1, each if clients > 3 or number == 1 else 2):
                book._insert(client, BEGIN + timedelta(weeks=week), talk(chance, week))


def talk(chance: random.Random, week: int) -> Gesprek:
    """A talk as a coach writes it down."""
    words = [chance.choice(("lang", "werk", "dag", "plan", "stap", "rust", "keuze")) for _ in range(60)]
    text = " ".join(words)
    return Gesprek(doel=text[:60], gedaan=text[:120], afspraken=(Afspraak(wat=f"stap {week}", wie="ik"),),
                   client_doet=(text[:80],), volgende=BEGIN + timedelta(weeks=week + 1), notitie=text)  # fmt: skip


def in_process(path: Path, ask: Callable[[Boek], object]) -> float:
    """Seconds to open and to ask one thing."""
    head = opslag.read_head(path)
    key = opslag.derive_key(opslag.WACHTZIN_VERZONNEN, head)
    start = time.perf_counter()
    with opslag.Opslag(path, key, head) as found:
        ask(Boek(found))
    return time.perf_counter() - start


def whole(path: Path, command: tuple[str, ...]) -> float:
    """Seconds of a whole command."""
    start = time.perf_counter()
    arguments = [sys.executable, "-m", "regiekit", *command, "--dossier", str(path)]
    result = subprocess.run(arguments, capture_output=True, check=False, stdin=subprocess.DEVNULL, cwd=ROOT)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {result.returncode}\n{result.stderr.decode()}")
    return time.perf_counter() - start


def compare(name: str, small: Path, large: Path, runs: int, measure: Callable[[Path], float]) -> str:
    """The medians on both, in turn, and the median of their ratios."""
    measure(small), measure(large)
    pairs = [(measure(small), measure(large)) for _ in range(runs)]
    few, many = (median(column) * 1000 for column in zip(*pairs, strict=True))
    ratio = median(large / small for small, large in pairs)
    return f"{name:36}{few:9.1f}{many:12.1f}{ratio:8.2f}"


def measure_speed(runs: int) -> None:
    """The table of the times."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "klein.regiekit", Path(folder) / "groot.regiekit"
        make(small, 3, 20)
        make(large, 500, 20)
        print(f"{'ms, medians':36}{'3':>9}{'500':>12}{'ratio':>8}")
        for name, ask in (("open", lambda _: None), ("open, first page", Boek.page), ("open, one client", read_one)):
            print(compare(name, small, large, runs, lambda path, ask=ask: in_process(path, ask)))
        for command in COMMANDS:
            print(
                compare(" ".join(command[:3]), small, large, runs, lambda path, command=command: whole(path, command))
            )
        print(f"target for a whole command that only reads: {TARGET}")


def read_one(book: Boek) -> object:
    """Everything of the first client."""
    return book.read("R-001")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=[*TRIALS, "speed"], default=[*TRIALS, "speed"])
    parser.add_argument("--share", type=float, default=1.0, help="part of the full number of each trial")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    parser.add_argument("-n", type=int, default=20, help="pairs for each time")
    chosen = parser.parse_args()
    for name, runs in TRIALS.items():
        if name in chosen.only:
            print(run_trial(name, max(8, int(runs * chosen.share)), chosen.seed), flush=True)
    if "speed" in chosen.only:
        measure_speed(chosen.n)


if __name__ == "__main__":
    main()

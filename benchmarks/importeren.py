"""How long `vragenlijst importeer` takes on a long CSV, beside only reading that file with csv.reader.

    .venv/bin/python benchmarks/importeren.py
    .venv/bin/python benchmarks/importeren.py --rows 10000 100000 1000000 --repeat 5

Each run is a whole process: read, checked, counted, scored to a CSV. The ratio carries over to another machine, the
seconds do not. The rows are made here and verzonnen. Nothing here fails on a time.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from regiekit.content.library import load_vragenlijsten

ROOT = Path(__file__).resolve().parents[1]
READ = "import csv, sys\nfor row in csv.reader(open(sys.argv[1], encoding='cp1252', newline='')): pass"
CELLS = ["1", "2", "3", "4", "5"]
WORDS = [
    "helemaal niet mee eens",
    "niet mee eens",
    "een beetje mee eens, een beetje niet",
    "mee eens",
    "helemaal mee eens",
]


class Table(NamedTuple):
    """How the answers are written: the cells, what stands between them, in which encoding, and how a day looks."""

    cells: list[str]
    teken: str = ","
    codering: str = "utf-8"
    day: str = "2026-{month:02}-{day:02} 10:{minute:02}:00"


TABLES = {
    "numbers": Table(CELLS),
    "words": Table(WORDS),
    "cp1252 ;": Table(WORDS, ";", "cp1252"),
    "slashes": Table(CELLS, day="{month}/{day}/2026 10:{minute:02}:00"),  # only sure after all of it: read twice
}


class Run(NamedTuple):
    """One process: seconds by the clock and of the processor, and peak memory in MiB, where the system tells."""

    seconds: float
    cpu: float
    peak: float


def make_table(path: Path, rows: int, table: Table) -> None:
    """A CSV with a code, a day and 17 answers a row, 3 % of them empty."""
    vragen = [v.id for v in next(v for v in load_vragenlijsten() if v.inhoud.id == "eigen-regie").inhoud.vragen]
    chance = random.Random(rows)
    choices = [*(table.cells * 19), *[""] * 3]
    with path.open("w", encoding=table.codering, newline="") as file:
        writer = csv.writer(file, delimiter=table.teken)
        writer.writerow(["code", "datum", "café", *vragen])  # with a letter that is written otherwise in cp1252
        for row in range(rows):
            day = table.day.format(month=row % 12 + 1, day=row % 28 + 1, minute=row % 60)
            writer.writerow([f"R-{row:07}", day, "", *chance.choices(choices, k=17)])


def measure(command: list[str]) -> Run:
    """One run of a program, with what it prints thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        code, cpu = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
        peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1024)
    else:
        code, cpu, peak = process.wait(), 0.0, 0.0
    if code:
        raise SystemExit(f"exit {code}: {' '.join(command)}")
    return Run(time.perf_counter() - start, cpu, peak)


def compare(path: Path, repeat: int) -> tuple[Run, float]:
    """The median run, and its ratio to only reading, run in turn so that what slows the machine slows both."""
    scores = path.with_suffix(".scores.csv")
    importeer = ["-m", "regiekit", "vragenlijst", "importeer", str(path), "--scores", str(scores), "--overschrijf"]
    pairs = [(measure(["-c", READ, str(path)]), measure(importeer)) for _ in range(repeat)]
    seconds, cpu = median(made.seconds for _, made in pairs), median(made.cpu for _, made in pairs)
    ratio = median(made.seconds / read.seconds for read, made in pairs)
    return Run(seconds, cpu, max(made.peak for _, made in pairs)), ratio


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    chosen = parser.parse_args()
    print(f"{'rows':>9} {'answers':>8} {'seconds':>8} {'cpu s':>6} {'rows/s':>8} {'peak MiB':>9} {'x csv.reader':>13}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in chosen.rows:
            for name, table in TABLES.items():
                path = Path(folder) / f"{name.split()[0]}-{rows}.csv"
                make_table(path, rows, table)
                run, ratio = compare(path, chosen.repeat)
                speed = f"{run.seconds:>8.2f} {run.cpu:>6.2f} {rows / run.seconds:>8.0f}"
                print(f"{rows:>9} {name:>8} {speed} {run.peak:>9.0f} {ratio:>13.1f}")
                path.unlink()


if __name__ == "__main__":
    main()

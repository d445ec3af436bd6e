"""How long scoring a table takes, and reliability, beside Polars, DuckDB, R and pingouin: docs/snelheid.md.

    .venv/bin/python benchmarks/groep.py                                     # 1 and 10 million rows, some ten minutes
    .venv/bin/python benchmarks/groep.py --rows 1000000 --only scores
    .venv/bin/python benchmarks/groep.py --rows 10000000 --skip scoreItems   # that one takes a minute each time
    .venv/bin/python benchmarks/groep.py --only alpha --pingouin VENV/bin/python

Every program is a whole process, and all of them run in turn, so that what slows the machine slows all. A ratio is the
median over the turns of `regiekit` by the other; ratios carry over to another machine, the seconds do not. The targets
are for an idle machine and 10 million rows (alpha: 1 million); where others work on it too, look at cpu. The programs
are in groep_taken.py and groep_taken.R: R reads with fread, writes CSV and checks no range; scoreFast and scoreItems do
not ask that enough vragen were answered. R needs Debian's r-cran-psych and r-cran-data.table; pingouin gets a venv in
the temporary folder unless one is given. The rows are made here and verzonnen: a number and 17 answers, 3 % of them
missing. Nothing here fails on a time.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from statistics import median
from typing import NamedTuple

from regiekit.content.library import load_vragenlijsten
from regiekit.domain.uitslag import make_rekenregel

ROOT = Path(__file__).resolve().parents[1]
TAKEN, TAKEN_R = (ROOT / "benchmarks" / name for name in ("groep_taken.py", "groep_taken.R"))
PEAK = 450  # MB, of the command on the largest table
GROWTH = 1.1  # of the seconds by the rows: linear, and some noise
MILLION = 1_000_000


class Program(NamedTuple):
    """What is measured: its name in the table, its task, what it makes, and whether it runs in the slow turns only."""

    name: str
    task: str
    suffix: str = ".parquet"
    slow: bool = False


COMMAND, FRAME, CHECKED = "regiekit score TABEL", "score, unchecked frame", "score_frame"
COPY, HAND = "Polars, read and write", "Polars, by hand"
SCORES = (
    Program(COPY, "polars_copy"),
    Program("… id and 4 columns", "polars_copy_5"),
    Program(HAND, "polars_hand"),
    Program(FRAME, "frame"),
    Program(CHECKED, "frame_checked"),
    Program(COMMAND, "score"),
    Program("DuckDB", "duckdb"),
    Program("data.table, rowMeans", "rowmeans", ".csv", slow=True),
    Program("psych::scoreFast", "scorefast", ".csv", slow=True),
    Program("psych::scoreItems", "scoreitems", ".csv", slow=True),
)
GROEP, MOMENTS = "regiekit groep --json", "reliability, bare"
ALPHA = (
    Program(GROEP, "groep", ".json"),
    Program(MOMENTS, "moments", ".json"),
    Program("pingouin, 4 times", "pingouin", ".json", slow=True),
    Program("psych::alpha, 4 times", "alpha", ".csv", slow=True),
)
IN_R = {"rowmeans", "scorefast", "scoreitems", "alpha"}
ALIKE = {"polars_hand", "frame", "frame_checked", "score", "duckdb", "rowmeans"}  # the rule of the schaal in all


class Target(NamedTuple):
    """At most so many times the seconds of the other."""

    own: str
    other: str
    most: float


TARGETS = (
    Target(COMMAND, COPY, 1.5),
    Target(COMMAND, "data.table, rowMeans", 0.35),
    Target(COMMAND, "psych::scoreFast", 0.15),
    Target(COMMAND, "psych::scoreItems", 0.05),
    Target(FRAME, HAND, 1.1),
    Target(GROEP, "pingouin, 4 times", 0.3),
    Target(GROEP, "psych::alpha, 4 times", 0.05),
    Target(MOMENTS, "pingouin, 4 times", 0.3),
    Target(MOMENTS, "psych::alpha, 4 times", 0.05),
)


class Run(NamedTuple):
    """One process: seconds by the clock and of the processor, and peak memory in MB, where the system tells."""

    seconds: float
    cpu: float
    peak: float


class Place(NamedTuple):
    """The temporary folder, its key file, and the Python that has pingouin (None: not measured)."""

    folder: Path
    key: Path
    pingouin: str | None

    def command(self, program: Program, table: Path, out: Path) -> list[str]:
        """What to run."""
        if program.task == "score":
            return [sys.executable, "-m", "regiekit", "score", str(table), "--uit", str(out)]
        if program.task == "groep":
            return [sys.executable, "-m", "regiekit", "groep", str(table), "--json"]
        paths = [program.task, str(self.key), str(table), str(out)]
        if program.task in IN_R:
            return ["Rscript", "--vanilla", str(TAKEN_R), *paths]
        python = self.pingouin if program.task == "pingouin" else sys.executable
        return [str(python), str(TAKEN), *paths]

    def task(self, name: str, source: object, target: object) -> None:
        """A task of groep_taken.py that is not measured; in a process of its own, so that this one stays small: the
        peak of a child begins at that of its parent."""
        run([sys.executable, str(TAKEN), name, str(self.key), str(source), str(target)])


def run(command: list[str]) -> Run:
    """One run of a program, with what it prints thrown away; a time counts only when it did what it should."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REGIEKIT"))}
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        cpu = peak = 0.0
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode, cpu = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
            peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
        code = process.wait()
        seconds = time.perf_counter() - start
        if code:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}: exit {code}\n{errors.read().decode(errors='replace')[-2000:]}")
    return Run(seconds, cpu, peak)


def write_key(path: Path) -> None:
    """What counts in each schaal of eigen-regie, for programs that do not know regiekit."""
    vragenlijst = next(v.inhoud for v in load_vragenlijsten() if v.inhoud.id == "eigen-regie")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["schaal", "vraag", "omgekeerd", "minimaal", "laagste", "hoogste"])
        for schaal in vragenlijst.schalen:
            regel = make_rekenregel(vragenlijst, schaal)
            writer.writerows([schaal.id, v.vraag, int(v.omgekeerd), regel.minimaal, v.lo, v.hi] for v in regel.vragen)


def measure(place: Place, programs: list[Program], table: Path, repeat: int, slow: int) -> dict[str, list[Run]]:
    """Every program in every turn; the slow ones in the first turns only. What they make is compared in the first."""
    runs: dict[str, list[Run]] = {program.name: [] for program in programs}
    run(place.command(programs[0], table, place.folder / "warm"))  # the file comes into the cache
    for turn in range(repeat):
        made = {}
        for program in programs:
            if program.slow and turn >= slow:
                continue
            out = place.folder / f"{program.task}{program.suffix}"
            out.unlink(missing_ok=True)
            runs[program.name].append(run(place.command(program, table, out)))
            if program.task in ALIKE and turn == 0:
                made[program.task] = out
            else:
                out.unlink(missing_ok=True)
        first, *others = made.values() or [None]
        for other in others:
            place.task("compare", first, other)
        for path in made.values():
            path.unlink()
    return runs


def ratio_of(runs: dict[str, list[Run]], own: str, other: str, what: str = "seconds") -> float | None:
    """The median of the ratios within each turn; None when one of the two was not measured."""
    pairs = list(zip(runs.get(own, ()), runs.get(other, ()), strict=False))
    return median(getattr(a, what) / (getattr(b, what) or float("nan")) for a, b in pairs) if pairs else None


def met(value: float, most: float) -> str:
    """Whether a target was reached."""
    return f"hoogstens {most:g}: {'gehaald' if value <= most else 'niet gehaald'}"


def report(runs: dict[str, list[Run]], rows: int, own: str) -> None:
    """The table of one size, and the targets."""
    print(f"\n{rows:,} rows".replace(",", "."))
    print(f"{'':26}{'seconds':>9}{'cpu s':>8}{'peak MB':>9}{'turns':>7}   {own} by this, seconds and cpu")
    for name, done in runs.items():
        seconds, cpu = median(r.seconds for r in done), median(r.cpu for r in done)
        ratios = [ratio_of(runs, own, name, what) or float("nan") for what in ("seconds", "cpu")]
        peak = max(r.peak for r in done)
        print(f"{name:26}{seconds:9.2f}{cpu:8.2f}{peak:9.0f}{len(done):7}{ratios[0]:10.3f}{ratios[1]:9.3f}")
    for target in TARGETS:
        found = ratio_of(runs, target.own, target.other)
        if found is not None:
            print(f"  {target.own} / {target.other}: {found:.3f}, {met(found, target.most)}")
    if own == COMMAND and own in runs:
        peak = max(r.peak for r in runs[own])
        print(f"  {own}, peak: {peak:.0f} MB, {met(peak, PEAK)}")


def report_growth(sizes: dict[int, dict[str, list[Run]]], name: str) -> None:
    """How the seconds grow with the rows, beside those of only reading and writing."""
    small, large = min(sizes), max(sizes)
    for program in (name, COPY):
        if not sizes[small].get(program):
            continue
        few, many = (median(r.seconds for r in sizes[rows][program]) for rows in (small, large))
        growth = f"{many / few:.1f} times the seconds for {large / small:g} times the rows"
        print(f"  {program}: {growth}, {met(many / few / (large / small), GROWTH)} by the rows")


def has_r() -> bool:
    """Whether R and its packages are there; says so when they are not."""
    code = "stopifnot(requireNamespace('psych'), requireNamespace('data.table'))"
    there = shutil.which("Rscript") is not None
    there = (
        there and not subprocess.run(["Rscript", "--vanilla", "-e", code], capture_output=True, check=False).returncode
    )
    if not there:
        print("not measured: R, psych and data.table (Debian: apt install r-cran-psych r-cran-data.table)")
    return there


def find_pingouin(given: str | None, folder: Path) -> str | None:
    """A Python that has pingouin and polars: the given one, or else a new venv; None, said so, when there is none."""
    if given is None:
        given = str(folder / "pingouin" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        venv.create(folder / "pingouin", with_pip=True)
        pip = [given, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pingouin", "polars"]
        subprocess.run(pip, capture_output=True, check=False)
    if subprocess.run([given, "-c", "import pingouin, polars"], capture_output=True, check=False).returncode:
        print("not measured: pingouin (give --pingouin the Python of a venv that has pingouin and polars)")
        return None
    return given


def describe() -> str:
    """What the numbers hang on."""
    code = (
        "import importlib.metadata as m, platform, os\n"
        "print('Python', platform.python_version(), platform.system(), platform.machine(), os.cpu_count(), 'cores;',"
        " ', '.join(f'{n} {m.version(n)}' for n in ('polars', 'narwhals', 'numpy', 'scipy', 'duckdb')))"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def options() -> argparse.Namespace:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[MILLION, 10 * MILLION])
    parser.add_argument("--only", choices=["scores", "alpha"], help="one of the two tables")
    parser.add_argument(
        "--skip", nargs="+", default=[], metavar="NAME", help="leave out programs: scoreItems, psych, …"
    )
    parser.add_argument("--repeat", type=int, default=5, help="turns")
    parser.add_argument("--slow", type=int, default=2, help="turns in which R and pingouin take part")
    parser.add_argument("--pingouin", metavar="PYTHON", help="a Python that has pingouin and polars")
    parser.add_argument("--temp", type=Path, help="where the files come (10 million rows take 0.5 GB)")
    return parser.parse_args()


def choose(programs: tuple[Program, ...], skip: list[str], place: Place, *, with_r: bool) -> list[Program]:
    """The programs that can be measured and were not left out."""
    return [
        p
        for p in programs
        if not any(word.lower() in f"{p.name} {p.task}".lower() for word in skip)
        and (with_r or p.task not in IN_R)
        and (place.pingouin or p.task != "pingouin")
    ]


def main() -> None:
    chosen = options()
    print(describe(), flush=True)
    with tempfile.TemporaryDirectory(dir=chosen.temp) as name:
        folder = Path(name)
        wants_pingouin = chosen.only != "scores" and "pingouin" not in [word.lower() for word in chosen.skip]
        place = Place(
            folder, folder / "sleutel.csv", find_pingouin(chosen.pingouin, folder) if wants_pingouin else None
        )
        with_r = has_r()
        write_key(place.key)
        sizes: dict[int, dict[str, list[Run]]] = {}
        for rows in chosen.rows:
            table = folder / f"tabel-{rows}.csv"
            place.task("make", rows, table)
            if chosen.only != "alpha":
                programs = choose(SCORES, chosen.skip, place, with_r=with_r)
                sizes[rows] = measure(place, programs, table, chosen.repeat, chosen.slow)
                report(sizes[rows], rows, COMMAND)
            if chosen.only != "scores" and (rows == min(chosen.rows) or chosen.only):
                programs = choose(ALPHA, chosen.skip, place, with_r=with_r)
                report(measure(place, programs, table, chosen.repeat, chosen.slow), rows, GROEP)
            table.unlink()
        if len(sizes) > 1:
            report_growth(sizes, COMMAND)


if __name__ == "__main__":
    main()

"""What benchmarks/groep.py measures: each task in a process of its own, with only the imports that it needs.

    python benchmarks/groep_taken.py TASK SLEUTEL.csv IN OUT

The key file says what counts, with a row for each vraag of each schaal: schaal, vraag, omgekeerd, minimaal, laagste and
hoogste.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

ID = "id"
BLOCK = 500_000  # rows made at once
MISSING = 0.03


class Schaal(NamedTuple):
    """One schaal of the key file."""

    naam: str
    vragen: tuple[str, ...]
    omgekeerd: frozenset[str]
    minimaal: int
    laagste: int
    hoogste: int


def read_key(path: str) -> list[Schaal]:
    """The schalen of the key file, in its order."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with Path(path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["schaal"]].append(row)
    return [
        Schaal(
            naam,
            tuple(r["vraag"] for r in group),
            frozenset(r["vraag"] for r in group if r["omgekeerd"] == "1"),
            int(group[0]["minimaal"]),
            int(group[0]["laagste"]),
            int(group[0]["hoogste"]),
        )
        for naam, group in rows.items()
    ]


def all_vragen(schalen: Sequence[Schaal]) -> list[str]:
    """Every vraag once."""
    return list(dict.fromkeys(vraag for schaal in schalen for vraag in schaal.vragen))


def make(schalen: list[Schaal], rows: str, out: str) -> None:
    """A CSV of verzonnen answers: one factor a schaal, reversed vragen turned, 3 % missing; `rows` is how many."""
    import numpy as np
    import polars as pl

    chance, total = np.random.default_rng(6), int(rows)
    with Path(out).open("wb") as file:
        for start in range(0, total, BLOCK):
            size = min(BLOCK, total - start)
            columns: dict[str, Any] = {ID: np.arange(start + 1, start + size + 1)}
            for schaal in schalen:
                middle = (schaal.laagste + schaal.hoogste) / 2
                factor = chance.standard_normal(size, np.float32) * 0.8
                for vraag in schaal.vragen:
                    answer = np.rint(middle + factor + chance.standard_normal(size, np.float32))
                    answer = np.clip(answer, schaal.laagste, schaal.hoogste)
                    answer = schaal.laagste + schaal.hoogste - answer if vraag in schaal.omgekeerd else answer
                    answer[chance.random(size, np.float32) < MISSING] = np.nan
                    columns[vraag] = pl.Series(answer, nan_to_null=True).cast(pl.Int8)
            pl.DataFrame(columns).select(ID, *all_vragen(schalen)).write_csv(file, include_header=start == 0)


def scan(schalen: Sequence[Schaal], path: str) -> pl.LazyFrame:
    """The CSV, not read yet."""
    import polars as pl

    types: dict[str, Any] = {ID: pl.Int64} | dict.fromkeys(all_vragen(schalen), pl.Int8)
    return pl.scan_csv(path, schema_overrides=types)


def polars_copy(schalen: list[Schaal], path: str, out: str) -> None:
    """Only read and write: every column."""
    scan(schalen, path).sink_parquet(out)


def polars_copy_5(schalen: list[Schaal], path: str, out: str) -> None:
    """Only read and write: the id and four columns, the first vraag of each schaal."""
    scan(schalen, path).select(ID, *(s.vragen[0] for s in schalen)).sink_parquet(out)


def polars_hand(schalen: list[Schaal], path: str, out: str) -> None:
    """The query that somebody would write for these schalen, with a range check in the same pass."""
    import polars as pl

    columns: list[pl.Expr] = [pl.col(ID)]
    faulty = reduce(add, [(~pl.col(v).is_between(s.laagste, s.hoogste)).fill_null(False).cast(pl.UInt8)
                          for s in schalen for v in s.vragen])  # fmt: skip
    right = faulty == 0
    for s in schalen:
        turn = s.laagste + s.hoogste
        number = reduce(add, [pl.col(v).is_not_null().cast(pl.UInt8) for v in s.vragen])
        values = [(turn - pl.col(v) if v in s.omgekeerd else pl.col(v)).cast(pl.Int16).fill_null(0) for v in s.vragen]
        columns += [
            pl.when(right & (number >= s.minimaal)).then(reduce(add, values) / number).alias(s.naam),
            pl.when(right).then(number).alias(f"{s.naam}_beantwoord"),
        ]
    scan(schalen, path).select(columns).sink_parquet(out)
    first = f"{schalen[0].naam}_beantwoord"
    if pl.scan_parquet(out).select(pl.col(first).null_count()).collect().item():
        raise SystemExit("answers outside the scale")


def duckdb(schalen: list[Schaal], path: str, out: str) -> None:
    """The same query in SQL; the rows in any order."""
    import duckdb as db

    types = ", ".join([f"'{ID}': 'BIGINT'", *(f"'{v}': 'TINYINT'" for v in all_vragen(schalen))])
    wrong = " + ".join(f'coalesce(("{v}" not between {s.laagste} and {s.hoogste})::TINYINT, 0)'
                       for s in schalen for v in s.vragen)  # fmt: skip
    columns = [f'"{ID}"']
    for s in schalen:
        number = " + ".join(f'("{v}" is not null)::TINYINT' for v in s.vragen)
        total = " + ".join(
            f"coalesce({s.laagste + s.hoogste if v in s.omgekeerd else 0} {'-' if v in s.omgekeerd else '+'} "
            f'"{v}"::SMALLINT, 0)'
            for v in s.vragen
        )
        columns += [
            f'case when wrong = 0 and {number} >= {s.minimaal} then ({total}) / ({number})::DOUBLE end as "{s.naam}"',
            f'case when wrong = 0 then {number} end as "{s.naam}_beantwoord"',
        ]
    db.execute("set preserve_insertion_order = false")
    source = f"(select *, {wrong} as wrong from read_csv('{path}', header=true, columns={{{types}}}))"
    db.execute(f"copy (select {', '.join(columns)} from {source}) to '{out}' (format parquet)")
    first = f'"{schalen[0].naam}_beantwoord"'
    (bad,) = db.execute(f"select count(*) filter ({first} is null) from '{out}'").fetchone() or (1,)
    if bad:
        raise SystemExit("answers outside the scale")


def loaded() -> Any:
    """The vragenlijst as regiekit loads it."""
    from regiekit.content.library import load_vragenlijsten

    return next(v for v in load_vragenlijsten() if v.inhoud.id == "eigen-regie")


def frame(schalen: list[Schaal], path: str, out: str) -> None:
    """The scores of regiekit in one pass, as the command makes them: nulls tell of a fault."""
    import polars as pl

    from regiekit.groep.frame import score_unchecked

    score_unchecked(scan(schalen, path), loaded()).sink_parquet(out)
    first = f"{schalen[0].naam}_beantwoord"
    if pl.scan_parquet(out).select(pl.col(first).null_count()).collect().item():
        raise SystemExit("answers outside the scale")


def frame_checked(schalen: list[Schaal], path: str, out: str) -> None:
    """What a researcher types: all answers are looked at first, so the file is read twice."""
    from regiekit.groep.frame import score_frame

    score_frame(scan(schalen, path), loaded()).sink_parquet(out)


def moments(schalen: list[Schaal], path: str, out: str) -> None:
    """Alpha, omega, item-rest and all else of every schaal, without the command around it."""
    from regiekit.domain.groepscijfers import Rijtelling
    from regiekit.groep.betrouwbaarheid import moments_of
    from regiekit.groep.tabel import RIJ, Groepstabel

    rows = scan(schalen, path).rename({ID: RIJ})
    table = Groepstabel(path, rows, Rijtelling(0, 0, 0, 0), {})  # the reader's counts: no figure here rests on them
    (moment,) = moments_of(table, loaded().inhoud)
    Path(out).write_text(json.dumps({s.id: s.alpha.waarde for s in moment.schalen}))


def pingouin(schalen: list[Schaal], path: str, out: str) -> None:
    """Cronbach's alpha of every schaal, listwise; read with Polars, which is faster than pandas."""
    import pandas
    import pingouin as pg

    frame = scan(schalen, path).select(all_vragen(schalen)).collect()
    alphas = {}
    for s in schalen:
        table = pandas.DataFrame({v: frame[v].to_numpy() for v in s.vragen})
        for vraag in s.omgekeerd:
            table[vraag] = s.laagste + s.hoogste - table[vraag]
        alphas[s.naam] = float(pg.cronbach_alpha(table, nan_policy="listwise")[0])
    Path(out).write_text(json.dumps(alphas))


def compare(schalen: list[Schaal], path: str, out: str) -> None:
    """Stops when two files of scores differ: the same ids, the same nulls, the same scores within 1e-12.

    The command gives the number of the row in the file instead of the id: 2 for the first.
    """
    import polars as pl

    names = [s.naam for s in schalen]
    read = [pl.scan_csv(p, null_values=["NA", ""]) if p.endswith(".csv") else pl.scan_parquet(p) for p in (path, out)]
    read = [f if ID in f.collect_schema() else f.with_columns((pl.col("rij") - 1).alias(ID)) for f in read]
    one, two = (
        frame.select(pl.col(ID).cast(pl.Int64), *(pl.col(n).cast(pl.Float64) for n in names)).sort(ID).collect()
        for frame in read
    )
    if one.height != two.height or not one[ID].equals(two[ID]):
        raise SystemExit("other rows")
    for name in names:
        if not one[name].is_null().equals(two[name].is_null()):
            raise SystemExit(f"{name}: a score where the other has none")
        if ((one[name] - two[name]).abs().max() or 0) > 1e-12:
            raise SystemExit(f"{name}: other scores")


SCORES = (polars_copy, polars_copy_5, polars_hand, duckdb, frame, frame_checked)
TASKS: dict[str, Callable[[list[Schaal], str, str], None]] = {
    task.__name__: task for task in (make, compare, *SCORES, moments, pingouin)
}

if __name__ == "__main__":
    task, key, source, target = sys.argv[1:]
    TASKS[task](read_key(key), source, target)

"""Whether PySpark scores as one afname is scored: run by hand or by .ci/run, in an environment with regiekit[spark].

python tests/spark/proef.py            runs and writes uitkomst.json beside this file
python tests/spark/proef.py --zelfde   exit code 0 when uitkomst.json is of the present engine (needs Python only)
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUTCOME = HERE / "uitkomst.json"
PAGE = ROOT / "docs/grote-tabellen.md"
ENGINE = (
    "src/regiekit/groep/frame.py", "src/regiekit/domain/uitslag.py", "tests/spark/monster.py", "tests/spark/proef.py",
)  # fmt: skip
ROWS = 400
TOLERANCE = 1e-12


def example(words: str) -> str:
    """The one block of Python on the page of great tables that has these words."""
    blocks = [part.split("```")[0] for part in PAGE.read_text(encoding="utf-8").split("```python\n")[1:]]
    (found,) = [block for block in blocks if words in block]
    return found


def engine_hash() -> str:
    """SHA-256 over what decides the outcome, the same with any line ends."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ENGINE] + [example("pyspark")]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def kept() -> dict[str, Any]:
    """The outcome that was kept, or nothing."""
    return json.loads(OUTCOME.read_text(encoding="utf-8")) if OUTCOME.exists() else {}  # type: ignore[no-any-return]


def main() -> None:
    with TemporaryDirectory() as folder:  # Java keeps the folder that it was started in
        os.chdir(folder)
        outcome = run(folder)
        os.chdir(HERE)
    OUTCOME.write_text(json.dumps(outcome, indent=2) + "\n", encoding="utf-8")
    print(OUTCOME.read_text(encoding="utf-8"))  # noqa: T201


def run(folder: str) -> dict[str, Any]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        return {
            "motor": engine_hash(),
            "versies": versions(spark),
            "rijen": ROWS,
            "soorten": compare(spark),
            "voorbeeld": run_example(spark, folder),
        }
    finally:
        spark.stop()


def versions(spark: Any) -> dict[str, str]:
    from importlib.metadata import version

    java = spark.sparkContext._jvm.java.lang.System.getProperty("java.version")
    return {"python": platform.python_version(), "java": java, **{n: version(n) for n in ("pyspark", "narwhals")}}


def compare(spark: Any) -> dict[str, Any]:
    """For every type of column: the largest difference, and the faults that were found among those put in."""
    from pyspark.sql import types as t

    kinds = {
        "byte": (t.ByteType(), int, [100, -100]),
        "long": (t.LongType(), int, [2**62, -(2**63)]),
        "double": (t.DoubleType(), float, [3.5, float("inf")]),
        "decimal": (t.DecimalType(20, 2), Decimal, [Decimal("3.50"), Decimal(10) ** 17]),
    }
    return {name: compare_kind(spark, *kind) for name, kind in kinds.items()}


def compare_kind(spark: Any, kind: Any, convert: Any, wrong: list[Any]) -> dict[str, Any]:
    from monster import expected, largest_difference, make_rows, monster
    from pyspark.sql import types as t

    from regiekit.groep.frame import find_faults, score_frame, score_unchecked

    lijst = monster()
    rows, vragen = make_rows(lijst, ROWS), [v.id for v in lijst.inhoud.vragen]
    schema = t.StructType([t.StructField("id", t.LongType()), *(t.StructField(v, kind) for v in vragen)])
    blank = float("nan") if convert is float else None  # not answered, as pandas hands it on
    cells = [[n, *(blank if a is None else convert(a) for a in row.values())] for n, row in enumerate(rows)]
    want = expected(lijst, rows)
    got = [tuple(row) for row in score_frame(spark.createDataFrame(cells, schema), lijst).collect()]
    difference = largest_difference(got, want)
    assert difference <= TOLERANCE, difference

    for n, value in zip((10, 20), wrong, strict=True):
        cells[n][1] = value
    frame = spark.createDataFrame(cells, schema)
    faults = find_faults(frame, lijst, id_kolom="id")
    told = [(f.id, f.vraag, f.waarde) for f in faults.eerste]
    assert told == [(10, vragen[0], wrong[0]), (20, vragen[0], wrong[1])], told
    got = sorted(tuple(row) for row in score_unchecked(frame, lijst).collect())
    scored = [row for row in got if row[2] is not None]
    assert [row[0] for row in got if row[2] is None] == [10, 20]
    assert largest_difference(scored, [row for row in want if row[0] not in (10, 20)]) <= TOLERANCE
    return {"grootste_verschil": difference, "fouten": f"{faults.aantal} van {len(wrong)}"}


def run_example(spark: Any, folder: str) -> str:
    """Runs what the page shows; the session that is there is the one that it gets."""
    from regiekit.content.library import find_vragenlijst, load_vragenlijsten

    vragen = [v.id for v in find_vragenlijst(load_vragenlijsten(), "eigen-regie").inhoud.vragen]
    lines = [",".join(["client", *vragen]), *(f"R-{n}" + f",{n}" * len(vragen) for n in (3, 4, 5))]
    (Path(folder) / "antwoorden.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    exec(example("pyspark"), {})
    scores = {row["client"]: row["autonomie"] for row in spark.read.parquet(f"{folder}/scores").collect()}
    assert scores == {"R-3": 3.0, "R-4": 3.6, "R-5": 4.2}, scores
    return "loopt"


if __name__ == "__main__":
    if sys.argv[1:] == ["--zelfde"]:
        sys.exit(kept().get("motor") != engine_hash())
    main()

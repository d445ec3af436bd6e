"""Scoring whole frames: on every engine what scoring one afname gives, row by row."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regiekit
from regiekit.domain.vragenlijst import Vragenlijst
from regiekit.errors import ProblemsError, RegiekitError
from regiekit.groep.frame import count_faults, find_faults, score_frame, score_unchecked
from spark.monster import ends_of, expected, largest_difference, make_lijst, make_rows, monster
from spark.proef import OUTCOME, TOLERANCE, engine_hash, example, kept
from util import EIGEN_REGIE, ROOT, VRAGEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from regiekit.content.library import Loaded
    from spark.monster import Row

MONSTER = monster()
ROWS = make_rows(MONSTER, 300)
SIGNED = [v for v, (low, _) in ends_of(MONSTER).items() if low < 0]


def polars_frame(rows: list[Row], types: pl.DataType | type[pl.DataType] = pl.Int64) -> pl.DataFrame:
    """A number for each row, and a column for each vraag; unsigned types where no answer is below 0."""
    signed = pl.Int8 if types in (pl.UInt8, pl.UInt64) else types
    columns = {v: pl.Series(v, [row[v] for row in rows]).cast(signed if v in SIGNED else types) for v in rows[0]}
    return pl.DataFrame({"nummer": range(len(rows)), **columns})


def pandas_frame(rows: list[Row], dtype: str) -> pd.DataFrame:
    frame = pd.DataFrame({v: pd.array([row[v] for row in rows], dtype="Int64") for v in rows[0]}).astype(dtype)
    frame.insert(0, "nummer", range(len(rows)))
    return frame


def duckdb_frame(rows: list[Row], kind: str) -> duckdb.DuckDBPyRelation:
    table = duckdb.connect()
    table.execute(f"create table t (nummer BIGINT, {', '.join(f'{chr(34)}{v}{chr(34)} {kind}' for v in rows[0])})")
    cells = [[n, *(row[v] for v in rows[0])] for n, row in enumerate(rows)]
    table.executemany(f"insert into t values ({', '.join('?' * len(cells[0]))})", cells)
    return table.table("t")


def to_rows(frame: Any) -> list[tuple[Any, ...]]:
    """The rows of any native frame, the null of pandas as None."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect(engine="streaming").rows()
    if isinstance(frame, pl.DataFrame):
        return frame.rows()
    if isinstance(frame, pd.DataFrame):
        return [tuple(None if pd.isna(x) else x for x in row) for row in frame.itertuples(index=False)]
    return frame.fetchall()  # type: ignore[no-any-return]


FLOATS = pl.Float64, pl.Float32
POLARS = pl.Int8, pl.UInt8, pl.Int16, pl.Int32, pl.Int64, pl.UInt64, pl.Int128, *FLOATS, pl.Decimal(20, 2)
MAKERS: dict[str, Callable[[list[Row]], Any]] = {
    **{f"polars {t}": lambda rows, t=t: polars_frame(rows, t) for t in POLARS},  # type: ignore[misc]
    "polars NaN": lambda rows: polars_frame(rows, pl.Float64).fill_null(float("nan")),
    "polars lazy": lambda rows: polars_frame(rows, pl.Int8).lazy(),
    **{f"pandas {t}": lambda rows, t=t: pandas_frame(rows, t) for t in ("float64", "Int8", "Int64", "Float64")},  # type: ignore[misc]
    **{f"duckdb {t}": lambda rows, t=t: duckdb_frame(rows, t) for t in ("TINYINT", "BIGINT", "HUGEINT", "DOUBLE")},  # type: ignore[misc]
    "duckdb DECIMAL": lambda rows: duckdb_frame(rows, "DECIMAL(20, 2)"),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_engine_and_type_gives_what_scoring_one_gives(make: Callable[[list[Row]], Any]) -> None:
    frame = make(ROWS)
    scored = score_frame(frame, MONSTER)
    assert type(scored) is type(frame)
    assert largest_difference(to_rows(scored), expected(MONSTER, ROWS)) == 0


def test_the_sample_has_scores_and_none_for_every_schaal() -> None:
    want = expected(MONSTER, ROWS)
    for n in range(1, 12, 2):
        assert {row[n] is None for row in want} == {True, False}


def test_columns_and_types() -> None:
    frame = polars_frame(ROWS).with_columns(plaats=pl.lit("x")).select("a1", "plaats", pl.exclude("a1", "plaats"))
    scored = score_frame(frame, MONSTER)
    schalen = [n for s in MONSTER.inhoud.schalen for n in (s.id, f"{s.id}_beantwoord")]
    assert scored.columns == ["plaats", "nummer", *schalen, "vragenlijst", "versie", "hash"]
    assert [scored.schema[n] for n in schalen] == [pl.Float64, pl.Int16] * 6
    empty = score_frame(frame.clear(), MONSTER)
    assert empty.height == 0
    assert score_frame(frame.clear().lazy(), MONSTER).collect_schema() == empty.schema
    assert {n: empty.schema[n] for n in schalen} == {n: scored.schema[n] for n in schalen}


@pytest.mark.parametrize("dtype", ["float64", "Int64"])
def test_an_empty_pandas_frame_and_its_index(dtype: str) -> None:
    frame = pandas_frame(ROWS, dtype)
    empty = score_frame(frame.iloc[:0], MONSTER)
    assert len(empty) == 0
    assert empty["gewoon_beantwoord"].dtype == "int16"
    part = score_frame(frame.iloc[5:9], MONSTER)
    assert list(part.index) == [5, 6, 7, 8]


def test_whole_columns_of_pandas_without_blanks() -> None:
    rows = [row for row in ROWS if None not in row.values()]
    frame = pandas_frame(rows, "int8")
    assert largest_difference(to_rows(score_frame(frame, MONSTER)), expected(MONSTER, rows)) == 0


def test_a_frame_of_narwhals_stays_one() -> None:
    scored = score_frame(nw.from_native(polars_frame(ROWS)), MONSTER)
    assert isinstance(scored, nw.DataFrame)


@pytest.mark.parametrize(("low", "high"), [(-2, 2), (-5, -1)])
def test_unsigned_columns_of_an_antwoordschaal_under_zero(low: int, high: int) -> None:
    lijst = make_lijst({"v1": None, "v2": None}, [("s", "gemiddelde", 1, "v1 -v2")], (low, high))
    rows: list[Row] = [{"v1": 0, "v2": 2}, {"v1": 3, "v2": None}, {"v1": None, "v2": None}]
    frame = pl.DataFrame(rows, schema={"v1": pl.UInt64, "v2": pl.UInt16})
    right = (-1.0, 2) if high > 0 else (None, None)
    for same in (
        frame,
        frame.lazy(),
        pandas_frame(rows, "UInt32").drop(columns="nummer"),
        duckdb_frame(rows, "UTINYINT"),
    ):
        scored = [tuple(row[-5:-3]) for row in to_rows(score_unchecked(same, lijst))]
        assert scored == [right, (None, None), (None, 0)]


def test_three_hundred_vragen_up_to_a_thousand() -> None:
    vragen = [f"v{n}" for n in range(300)]
    names = " ".join(f"-{v}" if n % 2 else v for n, v in enumerate(vragen))
    schalen = [("som", "som", 300, names), ("gemiddelde", "gemiddelde", 200, names)]
    lijst = make_lijst(dict.fromkeys(vragen), schalen, (900, 1000))
    rows: list[Row] = [dict.fromkeys(vragen, 1000), dict.fromkeys(vragen, 900), *make_rows(lijst, 10)]
    for frame in (polars_frame(rows, pl.Int16), polars_frame(rows, pl.Float32).lazy(), duckdb_frame(rows, "SMALLINT")):
        assert largest_difference(to_rows(score_frame(frame, lijst)), expected(lijst, rows)) == 0


# --- any vragenlijst, any answers --------------------------------------------------------------------------------


@st.composite
def lijsten_with_rows(draw: st.DrawFn) -> tuple[Loaded, list[Row]]:
    low = draw(st.integers(-1000, 900))
    own = low, low + draw(st.integers(1, 100))
    vragen = [f"v{n}" for n in range(draw(st.integers(1, 7)))]
    ends = {v: draw(st.sampled_from([None, (-2, 2), (0, 100), (1, 5)])) for v in vragen}
    schalen = [("alle", "som", len(vragen), " ".join(_turned(draw, vragen)))]
    for n in range(draw(st.integers(0, 3))):
        same = [v for v in vragen if ends[v] == ends[vragen[0]]]
        some = draw(st.lists(st.sampled_from(same), unique=True, min_size=1))
        schalen.append((f"s{n}", "gemiddelde", draw(st.integers(1, len(some))), " ".join(_turned(draw, some))))
    lijst = make_lijst(ends, schalen, own)
    answer = {v: st.none() | st.integers(*e) for v, e in ends_of(lijst).items()}
    return lijst, draw(st.lists(st.fixed_dictionaries(answer), min_size=1, max_size=8))


def _turned(draw: st.DrawFn, vragen: list[str]) -> list[str]:
    return [draw(st.sampled_from(["", "-"])) + v for v in vragen]


@given(lijsten_with_rows(), st.sampled_from([pl.Int16, pl.Int64, pl.Float64]))
def test_any_vragenlijst_on_polars(drawn: tuple[Loaded, list[Row]], types: type[pl.DataType]) -> None:
    lijst, rows = drawn
    frame = polars_frame(rows, types)
    want = expected(lijst, rows)
    assert largest_difference(score_frame(frame, lijst).rows(), want) == 0
    assert largest_difference(to_rows(score_frame(frame.lazy(), lijst)), want) == 0


@settings(max_examples=25)
@given(lijsten_with_rows())
def test_any_vragenlijst_on_pandas_and_duckdb(drawn: tuple[Loaded, list[Row]]) -> None:
    lijst, rows = drawn
    want = expected(lijst, rows)
    for frame in (pandas_frame(rows, "float64"), pandas_frame(rows, "Int16"), duckdb_frame(rows, "SMALLINT")):
        assert largest_difference(to_rows(score_frame(frame, lijst)), want) == 0


# --- answers that cannot be --------------------------------------------------------------------------------------

WRONG: list[tuple[str, Any, list[Any]]] = [
    ("polars", pl.Int8, [100, -128, 0, 6]),
    ("polars", pl.UInt8, [255, 0, 6, 128]),
    ("polars", pl.Int64, [2**63 - 1, -(2**63), 0, 6]),
    ("polars", pl.UInt64, [2**64 - 1, 2**63, 0, 6]),
    ("polars", pl.Int128, [2**100, -(2**100), 0, 6]),
    ("polars", pl.Float64, [3.5, float("inf"), float("-inf"), 1e300]),
    ("polars", pl.Decimal(30, 2), [Decimal("3.50"), Decimal(10) ** 25, Decimal("0.99"), Decimal(-6)]),
    ("pandas", "int64", [2**63 - 1, -(2**63), 0, 6]),
    ("pandas", "Int64", [2**63 - 1, -(2**63), 0, 6]),
    ("pandas", "UInt64", [2**64 - 1, 2**63, 0, 6]),
    ("pandas", "float64", [3.5, float("inf"), float("-inf"), 0.0]),
    ("pandas", "Float64", [3.5, float("inf"), float("-inf"), 0.0]),
    ("duckdb", "TINYINT", [100, -128, 0, 6]),
    ("duckdb", "BIGINT", [2**63 - 1, -(2**63), 0, 6]),
    ("duckdb", "UBIGINT", [2**64 - 1, 2**63, 0, 6]),
    ("duckdb", "HUGEINT", [2**126, -(2**126), 0, 6]),
    ("duckdb", "DOUBLE", [3.5, float("inf"), float("-inf"), 1e300]),
    ("duckdb", "DECIMAL(30, 2)", [Decimal("3.50"), Decimal(10) ** 25, Decimal("0.99"), Decimal(-6)]),
]


def frame_with(engine: str, kind: Any, rows: list[dict[str, Any]]) -> Any:
    rows = [{"nummer": n, **row} for n, row in enumerate(rows)]
    if engine == "polars":
        types = dict.fromkeys(VRAGEN, kind)
        return pl.DataFrame(rows, schema_overrides=types, strict=True)
    if engine == "pandas":
        return pd.DataFrame({n: pd.array([r[n] for r in rows], dtype=kind) for n in rows[0]})
    table = duckdb.connect()
    table.execute(f"create table t ({', '.join(f'{chr(34)}{n}{chr(34)} {kind}' for n in rows[0])})")
    table.executemany(f"insert into t values ({', '.join('?' * len(rows[0]))})", [list(r.values()) for r in rows])
    return table.table("t")


@pytest.mark.parametrize(("engine", "kind", "wrong"), WRONG, ids=lambda v: None if isinstance(v, list) else str(v))
def test_faults_are_found_and_no_score_comes_of_them(engine: str, kind: Any, wrong: list[Any]) -> None:
    convert = Decimal if isinstance(wrong[0], Decimal) else type(wrong[0])
    rows: list[dict[str, Any]] = [dict.fromkeys(VRAGEN, convert(n % 5 + 1)) for n in range(12)]
    for n, value in enumerate(wrong):
        rows[2 * n]["autonomie-2"] = value
    rows[2]["eigen-regie-3"] = wrong[0]
    frame = frame_with(engine, kind, rows)
    faults = find_faults(frame, EIGEN_REGIE, id_kolom="nummer")
    assert faults.aantal == 5
    assert count_faults(frame, EIGEN_REGIE) == {"autonomie-2": 4, "eigen-regie-3": 1}
    assert [(int(f.id), f.vraag, f.waarde) for f in faults.eerste] == [  # type: ignore[call-overload]
        (0, "autonomie-2", wrong[0]), (2, "autonomie-2", wrong[1]), (2, "eigen-regie-3", wrong[0]),
        (4, "autonomie-2", wrong[2]), (6, "autonomie-2", wrong[3]),
    ]  # fmt: skip
    with pytest.raises(ProblemsError):
        score_frame(frame, EIGEN_REGIE)
    scored = {int(row[0]): row[1:9] for row in to_rows(score_unchecked(frame, EIGEN_REGIE))}
    assert {n for n, row in scored.items() if row == (None,) * 8} == {0, 2, 4, 6}
    whole = [{v: int(a) for v, a in row.items()} for n, row in enumerate(rows) if n not in (0, 2, 4, 6)]
    assert [row for n, row in sorted(scored.items()) if n not in (0, 2, 4, 6)] == [
        row[1:9] for row in expected(EIGEN_REGIE, whole)
    ]


def three_rows(**answers: Any) -> pl.DataFrame:
    return pl.DataFrame({"client": ["R-3", "R-1", "R-2"], **{v: [3, 4, 5] for v in VRAGEN}, **answers})


def test_what_a_researcher_reads_by_row() -> None:
    for frame in (three_rows(**{"autonomie-2": [3, 7, 0]}), three_rows(**{"autonomie-2": [3, 7, 0]}).lazy()):
        with pytest.raises(ProblemsError) as raised:
            score_frame(frame, EIGEN_REGIE)
        assert str(raised.value).splitlines() == [
            "frame:2:2: rij 2, kolom 'autonomie-2': 7 is geen heel getal van 1 tot en met 5; verbeter het, of maak het "
            "leeg",
            "frame:3:2: rij 3, kolom 'autonomie-2': 0 is geen heel getal van 1 tot en met 5; verbeter het, of maak het "
            "leeg",
        ]
        assert raised.value.exit_code == 3


def test_what_a_researcher_reads_by_id() -> None:
    frame = three_rows(**{"autonomie-2": [3.5, 4, 0]})
    with pytest.raises(ProblemsError, match=r"de rij met client = R-3, kolom 'autonomie-2': 3\.5 is geen heel getal"):
        score_frame(frame, EIGEN_REGIE, id_kolom="client")


def test_without_order_an_id_is_asked_for() -> None:
    table = duckdb.connect()
    columns = ", ".join(f'{7 if v == "autonomie-1" else 4} as "{v}"' for v in VRAGEN)
    relation = table.sql(f"select 'R-1' as client, {columns}")
    with pytest.raises(ProblemsError, match="geef id_kolom"):
        score_frame(relation, EIGEN_REGIE)
    with pytest.raises(ProblemsError, match="client = R-1, kolom 'autonomie-1': 7") as raised:
        score_frame(relation, EIGEN_REGIE, id_kolom="client")
    assert "geef id_kolom" not in str(raised.value)


def test_of_many_faults_the_first_twenty_and_how_many() -> None:
    frame = pl.DataFrame({v: [9] * 1000 for v in VRAGEN})
    faults = find_faults(frame, EIGEN_REGIE)
    assert (faults.aantal, len(faults.eerste)) == (17_000, 20)
    assert [(f.rij, f.vraag) for f in faults.eerste] == [*((1, v) for v in VRAGEN), *((2, v) for v in VRAGEN[:3])]
    with pytest.raises(ProblemsError, match="in totaal kunnen 17000 antwoorden niet; 20 daarvan staan hierbij"):
        score_frame(frame, EIGEN_REGIE)


# --- frames that cannot be scored --------------------------------------------------------------------------------

FIRST = "'autonomie-1', 'autonomie-2', 'autonomie-3', 'autonomie-4', 'autonomie-5'"
MISSING = "geef de kolommen die naam, of mag_ontbreken=True (dan tellen deze vragen als niet beantwoord)"
NO_NUMBERS = "maak er hele getallen van, of gebruik 'regiekit score TABEL', dat ook woorden leest"
REFUSED: dict[str, tuple[Callable[[], Any], dict[str, Any], str]] = {
    "text": (
        lambda: three_rows(**{"autonomie-2": ["3", "4", ""]}), {},
        f"in de kolom 'autonomie-2' staan geen getallen (String); {NO_NUMBERS}",
    ),
    "words": (
        lambda: three_rows(**{"autonomie-2": [True, False, True]}), {},
        f"in de kolom 'autonomie-2' staan geen getallen (Boolean); {NO_NUMBERS}",
    ),
    "missing": (
        lambda: three_rows().drop("autonomie-2"), {}, f"er is geen kolom voor 'autonomie-2'; {MISSING}",
    ),
    "five missing": (
        lambda: three_rows().drop(VRAGEN[:5]), {}, f"er is geen kolom voor {FIRST}; {MISSING}",
    ),
    "six missing": (
        lambda: three_rows().drop(VRAGEN[:6]), {}, f"er is geen kolom voor {FIRST} en nog 1; {MISSING}",
    ),
    "none": (
        lambda: pl.DataFrame({"x": [1]}), {"mag_ontbreken": True},
        f"geen kolom heet zoals een vraag van 'eigen-regie'; noem de kolommen {FIRST} en nog 12",
    ),
    "clash": (
        lambda: three_rows(versie=["1", "1", "1"]), {},
        "de kolom 'versie' heet zoals een kolom die erbij komt; geef haar een andere naam",
    ),
    "clash of capitals": (
        lambda: three_rows(Autonomie=[1, 1, 1]), {},
        "de kolom 'Autonomie' heet zoals een kolom die erbij komt; geef haar een andere naam",
    ),
    "clash with how many": (
        lambda: three_rows(autonomie_beantwoord=[1, 1, 1]), {},
        "de kolom 'autonomie_beantwoord' heet zoals een kolom die erbij komt; geef haar een andere naam",
    ),
    "id": (
        three_rows, {"id_kolom": "num\x1bmer"},
        "de kolom 'num\\x1bmer' van id_kolom bestaat niet; geef een kolom van dit frame",
    ),
    "no frame": (
        lambda: [1, 2], {}, "een list is geen frame; geef er een van Polars, DuckDB, pandas, pyarrow of PySpark",
    ),
    "twice": (
        lambda: pd.DataFrame([[1, 1]], columns=["a", "a"]), {},
        "in dit frame hebben twee kolommen dezelfde naam; geef elke kolom een eigen naam",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "options", "said"), REFUSED.values(), ids=REFUSED)
def test_refused_with_what_to_do(make: Callable[[], Any], options: dict[str, Any], said: str) -> None:
    with pytest.raises(RegiekitError) as raised:
        score_frame(make(), EIGEN_REGIE, **options)
    assert str(raised.value) == said


def test_a_schaal_named_as_a_column_that_is_made() -> None:
    lijst = make_lijst({"v1": None}, [("hash", "gemiddelde", 1, "v1")], (1, 5))
    with pytest.raises(RegiekitError) as raised:
        score_frame(pl.DataFrame({"v1": [1]}), lijst)
    assert str(raised.value) == (
        "een schaal heet zoals een van de kolommen vragenlijst, versie, hash; geef haar een andere id"
    )


def test_as_many_faults_as_are_asked_for() -> None:
    frame = three_rows(**{"autonomie-2": [7, 8, 9]})
    assert [f.waarde for f in find_faults(frame, EIGEN_REGIE, hoogstens=2).eerste] == [7, 8]
    assert find_faults(frame, EIGEN_REGIE, hoogstens=2).aantal == 3
    assert find_faults(three_rows(), EIGEN_REGIE) == (0, ())
    named = find_faults(frame, EIGEN_REGIE, id_kolom="client").eerste
    assert [(f.rij, f.id, f.vraag, f.waarde) for f in named] == [
        (1, "R-3", "autonomie-2", 7), (2, "R-1", "autonomie-2", 8), (3, "R-2", "autonomie-2", 9),
    ]  # fmt: skip
    gone = frame.drop("autonomie-1")
    assert find_faults(gone, EIGEN_REGIE, mag_ontbreken=True).aantal == 3
    for ask in (find_faults, count_faults, score_unchecked):
        with pytest.raises(RegiekitError, match="er is geen kolom voor 'autonomie-1'"):
            ask(gone, EIGEN_REGIE)  # type: ignore[operator]


def test_without_an_order_the_first_faults_are_by_id() -> None:
    table = duckdb.connect()
    columns = ", ".join(f'4 as "{v}"' for v in VRAGEN[1:])
    rows = " union all ".join(
        f"select '{name}' as client, {value} as \"autonomie-1\", {columns}"
        for name, value in (("R-9", 6), ("R-2", 7), ("R-5", 8), ("R-1", 5))
    )
    found = find_faults(table.sql(rows), EIGEN_REGIE, id_kolom="client", hoogstens=2)
    assert found == (3, ((None, "R-2", "autonomie-1", 7), (None, "R-5", "autonomie-1", 8)))
    with pytest.raises(ProblemsError) as raised:
        score_frame(table.sql(rows), EIGEN_REGIE)
    assert str(raised.value).splitlines()[-1].startswith("frame: ")
    assert "geef id_kolom" in str(raised.value)
    with pytest.raises(ProblemsError) as raised:
        score_frame(table.sql(rows), EIGEN_REGIE, id_kolom="client")
    assert [str(raised.value).count(name) for name in ("R-1", "R-2", "R-5", "R-9")] == [0, 1, 1, 1]


def test_a_vraag_without_a_column_may_count_as_not_answered() -> None:
    gone = ["autonomie-1", "autonomie-5", "verbondenheid-1", "verbondenheid-2", "verbondenheid-3", "verbondenheid-4"]
    rows = make_rows(EIGEN_REGIE, 60)
    want = expected(EIGEN_REGIE, [{v: None if v in gone else a for v, a in row.items()} for row in rows])
    for frame in (polars_frame(rows).drop(gone), polars_frame(rows).drop(gone).lazy()):
        assert largest_difference(to_rows(score_frame(frame, EIGEN_REGIE, mag_ontbreken=True)), want) == 0


def test_a_column_of_nothing_but_nulls_is_not_answered() -> None:
    scored = score_frame(three_rows(**{"eigen-regie-3": [None] * 3}), EIGEN_REGIE)
    assert scored["eigen-regie"].to_list() == [None] * 3
    assert scored["eigen-regie_beantwoord"].to_list() == [2] * 3


def test_columns_of_pandas_with_objects() -> None:
    """What pandas makes of a column with None; and a column of nothing says nothing."""
    plain = three_rows(**{"autonomie-1": [3, None, 5], "autonomie-2": [None] * 3}).to_dict(as_series=False)
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in plain.items()})
    assert frame["autonomie-1"].tolist() == [3, None, 5]
    assert to_rows(score_frame(frame, EIGEN_REGIE)) == to_rows(score_frame(pl.DataFrame(plain), EIGEN_REGIE))
    for wrong in (["x", None, 3], [True, None, 3], [Decimal(3), None, 3]):
        with pytest.raises(RegiekitError, match="'autonomie-1' staan geen getallen"):
            score_frame(frame.assign(**{"autonomie-1": pd.Series(wrong, dtype=object)}), EIGEN_REGIE)
    with pytest.raises(ProblemsError, match="rij 2, kolom 'autonomie-1': 7"):
        score_frame(frame.assign(**{"autonomie-1": pd.Series([3, 7, None], dtype=object)}), EIGEN_REGIE)


@pytest.mark.parametrize("naam", ["regiekit_rij", "regiekit_goed", "Regiekit_Rij", "_rij", "_id", "autonomie-1_fout"])
def test_no_name_of_a_column_is_in_the_way(naam: str) -> None:
    for make in (pl.DataFrame, pl.LazyFrame):
        right = make({naam: [7, 8, 9], **three_rows().to_dict(as_series=False)})
        assert to_rows(score_frame(right, EIGEN_REGIE))[1][0] == 8
        wrong = right.with_columns(pl.lit(9).alias("autonomie-1"))
        with pytest.raises(ProblemsError, match=f"de rij met {naam} = 8, kolom 'autonomie-1'"):
            score_frame(wrong, EIGEN_REGIE, id_kolom=naam)
        with pytest.raises(ProblemsError, match="rij 2, kolom 'autonomie-1'"):
            score_frame(wrong, EIGEN_REGIE)


def test_columns_of_pandas_with_a_number_for_a_name() -> None:
    frame = pd.DataFrame({v: [3, 4] for v in VRAGEN}).assign(x=["a", "b"]).rename(columns={"x": 0})
    scored = score_frame(frame, EIGEN_REGIE)
    assert scored[0].tolist() == ["a", "b"]
    with pytest.raises(ProblemsError, match="de rij met 0 = a, kolom 'autonomie-1'"):
        score_frame(frame.assign(**{"autonomie-1": 9}), EIGEN_REGIE, id_kolom=0)  # type: ignore[arg-type]
    two = pd.DataFrame([[3] * 17], columns=pd.MultiIndex.from_product([["a"], VRAGEN]))
    with pytest.raises(RegiekitError, match="geen naam van tekst"):
        score_frame(two, EIGEN_REGIE)


@pytest.mark.parametrize("value", ["3.0000000000000000000001", "5.0000000000000000000001", "0.9999999999999999999999"])
def test_nearly_a_whole_number_is_none(value: str) -> None:
    for engine, kind in (("polars", pl.Decimal(38, 22)), ("duckdb", "DECIMAL(38, 22)")):
        rows = [{v: Decimal(4) for v in VRAGEN} | {"autonomie-2": Decimal(value)}]
        assert count_faults(frame_with(engine, kind, rows), EIGEN_REGIE) == {"autonomie-2": 1}


# --- what a researcher types -------------------------------------------------------------------------------------


def test_the_two_public_calls() -> None:
    lijst = regiekit.load_vragenlijst("eigen-regie")
    scored = regiekit.score_frame(three_rows(), lijst)
    assert scored["hash"].to_list() == [EIGEN_REGIE.hash] * 3
    assert scored["autonomie"].to_list() == [3.0, 3.6, 4.2]


def test_a_vragenlijst_from_a_file_and_as_a_model(tmp_path: Path) -> None:
    file = ROOT / "data/vragenlijsten/eigen-regie.yaml"
    assert regiekit.load_vragenlijst(file).hash == regiekit.load_vragenlijst(str(file)).hash == EIGEN_REGIE.hash
    made = MONSTER.inhoud
    assert isinstance(made, Vragenlijst)
    scored = regiekit.score_frame(polars_frame(ROWS), made)
    assert scored["hash"].unique().to_list() == [MONSTER.hash]
    broken = made.model_copy(update={"vragen": (*made.vragen, made.vragen[0])})
    with pytest.raises(RegiekitError, match="dubbele-id"):
        regiekit.score_frame(polars_frame(ROWS), broken)
    with pytest.raises(RegiekitError, match="load_vragenlijst"):
        regiekit.score_frame(polars_frame(ROWS), "eigen-regie")
    for odd in (None, 5, b"eigen-regie"):
        with pytest.raises(RegiekitError, match="geef de id van een vragenlijst"):
            regiekit.load_vragenlijst(odd)
    with pytest.raises(AttributeError):
        regiekit.score_frames  # noqa: B018


def test_a_list_that_is_broken_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it may be the one that is asked for."""
    own = (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
    (tmp_path / "heel.yaml").write_text(own.replace("id: eigen-regie\n", "id: heel\n", 1), encoding="utf-8")
    broken = own.replace("id: eigen-regie\n", "id: stuk\n", 1).replace("versie:", "versje:")
    (tmp_path / "stuk.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setenv("REGIEKIT_BIBLIOTHEEK", str(tmp_path))
    assert regiekit.load_vragenlijst("heel").inhoud.id == "heel"
    assert regiekit.load_vragenlijst("eigen-regie@1").hash == EIGEN_REGIE.hash
    for asked in ("stuk", "stuk@2", "STUK"):
        with pytest.raises(ProblemsError, match="versje"):
            regiekit.load_vragenlijst(asked)
    (tmp_path / "stuk.yaml").write_text(broken.replace("id: stuk\n", "", 1), encoding="utf-8")
    with pytest.raises(ProblemsError, match="versje"):
        regiekit.load_vragenlijst("heel")


def test_regiekit_itself_loads_nothing_heavy() -> None:
    code = "import sys, regiekit; print(sorted({'polars', 'numpy', 'narwhals', 'pydantic', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("word", ["pl.read_csv", "pl.scan_csv", "import duckdb", "import pandas"])
def test_the_examples_on_the_page_run(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    three_rows().write_csv("antwoorden.csv")
    three_rows().write_parquet("antwoorden.parquet")
    exec(example(word), {})
    written = [pl.read_csv(p) for p in tmp_path.glob("scores.csv")]
    written += [pl.read_parquet(p) for p in tmp_path.glob("scores.parquet")]
    (scores,) = written
    assert sorted(scores["autonomie"].to_list()) == [3.0, 3.6, 4.2]
    assert scores["hash"].unique().to_list() == [EIGEN_REGIE.hash]


# --- PySpark -----------------------------------------------------------------------------------------------------


def test_the_kept_outcome_of_pyspark_is_of_this_engine() -> None:
    outcome = kept()
    line = "in an environment with regiekit[spark]: python tests/spark/proef.py"
    assert outcome.get("motor") == engine_hash(), f"{OUTCOME.name} is of another scoring engine; {line}"
    assert set(outcome["soorten"]) == {"byte", "long", "double", "decimal"}
    assert all(kind["grootste_verschil"] <= TOLERANCE for kind in outcome["soorten"].values())
    assert outcome["voorbeeld"] == "loopt"
    assert {kind["fouten"] for kind in outcome["soorten"].values()} == {"2 van 2"}
    assert json.dumps(outcome).isascii()

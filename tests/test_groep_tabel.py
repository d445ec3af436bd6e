"""`regiekit score TABEL` and the reading of a table for a group: two ways, one outcome. All verzonnen."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regiekit.cli import score_tabel
from regiekit.cli.tabel_groep import Gelezen, Tabelbron, Tabelopdracht, read_groepstabel
from regiekit.domain.uitslag import score
from regiekit.errors import ProblemsError
from util import EIGEN_REGIE, ROOT, VRAGEN, Result, run

if TYPE_CHECKING:
    from pathlib import Path

LIJST = EIGEN_REGIE.inhoud
SCHALEN = [s.id for s in LIJST.schalen]


def table(
    path: Path, rows: list[list[object]], kop: list[str] | None = None, teken: str = ",", end: str = "\n"
) -> Path:
    """A CSV; without `kop` its columns are code, meetmoment and every vraag by id."""
    kop = kop or ["code", "meetmoment", *VRAGEN]
    lines = [teken.join(map(str, line)) for line in (kop, *rows)]
    path.write_bytes((end.join(lines) + end).encode())
    return path


def row(code: object = "R-1", moment: str = "start", **given: object) -> list[object]:
    answers = {v.replace("-", "_"): (n % 5) + 1 for n, v in enumerate(VRAGEN)} | given
    return [code, moment, *answers.values()]


def scores(path: Path, *options: object) -> Result:
    return run("score", path, "--vragenlijst", "eigen-regie", *options)


def written(path: Path, tmp_path: Path, *options: object) -> list[dict[str, str]]:
    uit = tmp_path / "uit.csv"
    result = scores(path, "--uit", uit, "--overschrijf", *options)
    assert result.code == 0, result.err
    return list(csv.DictReader(io.StringIO(uit.read_text(encoding="utf-8"))))


def imported(path: Path, tmp_path: Path, *options: object) -> list[dict[str, str]]:
    """What `vragenlijst importeer` makes of the same rows: another way to the same scores."""
    uit = tmp_path / "ingelezen.csv"
    result = run("vragenlijst", "importeer", path, "--vragenlijst", "eigen-regie", "--scores", uit, "--overschrijf",
                 *options)  # fmt: skip
    assert result.code == 0, result.err
    rows = list(csv.DictReader(io.StringIO(uit.read_text(encoding="utf-8"))))
    return [{k: v for k, v in found.items() if k != "datum"} for found in rows]  # these tables have no dates


def read(path: Path, *, mensen: bool = False, **options: Any) -> Gelezen:
    return read_groepstabel(Tabelopdracht(path, "eigen-regie", akkoord=True, **options), mensen=mensen)


def is_quick(path: Path) -> bool:
    """Whether the quick way takes it, from begin to end."""
    return Tabelbron(Tabelopdracht(path, "eigen-regie", akkoord=True), mensen=False)._read_plain() is not None


# two ways, one outcome ----------------------------------------------------------------------------------------------

CELLS = st.sampled_from(["1", "2", "3", "4", "5", "", "NA", "nan", "n/a"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["R-1", "R-2", "a.7", "12", "", "NA", "XYZ-2026-1"]),
        st.sampled_from(["start", "Einde", "", "halverwege"]),
        st.sampled_from(["2026-03-02", "03-04-2026", "", "2026-03-02 10:00"]),
        st.lists(CELLS, min_size=17, max_size=17),
    ),
    min_size=1,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(ROWS, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_both_ways_give_the_same(tmp_path: Path, rows: list[Any], teken: str, end: str, bom: bool) -> None:
    cells = [[code, moment, datum, *answers] for code, moment, datum, answers in rows]
    path = table(tmp_path / "a.csv", cells, ["code", "meetmoment", "datum", *VRAGEN], teken, end)
    if not any(any(map(str.strip, map(str, line))) for line in cells):
        return  # a table of nothing is refused
    if bom:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    bron = Tabelbron(Tabelopdracht(path, "eigen-regie"), mensen=False)
    quick = bron._read_plain()
    slow = bron.read_rows()
    assert quick is not None
    assert quick.tabel.telling == slow.tabel.telling
    assert quick.tabel.frame.collect().equals(slow.tabel.frame.collect())
    assert quick.tabel.frame.collect_schema() == slow.tabel.frame.collect_schema()
    assert quick.waarschuwingen == slow.waarschuwingen
    sums = {v: sum(blank.values()) for v, blank in slow.tabel.blank.items()}
    total = slow.tabel.telling.goed
    assert {v: blank["leeg"] for v, blank in quick.tabel.blank.items()} == sums
    nulls = slow.tabel.frame.select(VRAGEN).null_count().collect().row(0, named=True)
    assert nulls == sums
    assert total == len(slow.tabel.frame.collect())


@pytest.mark.parametrize("cell", [
    "4.0", " 4", "4 ", "04", "+4", "-0", "mee eens", "4 - mee eens", "nvt", "WEET-NIET", '"4"', "\u00a04", "6", "0",
    "300", "99999999999", "-1", "4,0", "x", "4.5", "1e0", "\u0664", "4\t", "0x1", "#N/A", " ", "-", "00",
])  # fmt: skip
def test_an_odd_cell_is_what_importeer_says_of_it(tmp_path: Path, cell: str) -> None:
    """Refused with the same row and code, or the same scores: whichever way it was read."""
    path = table(tmp_path / "a.csv", [row("R-1"), row("R-2", competentie_2=cell), row("R-3")], teken=";")
    uit = tmp_path / "uit.csv"
    other = run("vragenlijst", "importeer", path, "--vragenlijst", "eigen-regie", "--scores", tmp_path / "i.csv")
    result = scores(path, "--uit", uit)
    assert result.code == other.code
    if result.code:
        assert result.err == other.err
        assert f"{path}:3:9: " in result.err
        assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "geweigerd.csv"]  # that of importeer
    else:
        assert written(path, tmp_path) == imported(path, tmp_path)


def test_plain_tables_go_the_quick_way_and_others_do_not(tmp_path: Path) -> None:
    """Without this, the tests that compare both ways could be comparing one way with itself."""
    good = [row(f"R-{n}") for n in range(5)]
    assert is_quick(table(tmp_path / "a.csv", good))
    assert is_quick(table(tmp_path / "a.csv", [["007", *good[0][1:]], *good]))
    frame = pl.read_csv(tmp_path / "a.csv")
    frame.write_parquet(tmp_path / "a.parquet")
    assert is_quick(tmp_path / "a.parquet")
    assert not is_quick(table(tmp_path / "b.csv", good, end="\r"))
    for change in ((b",2,", b",04,"), (b",2,", b",+4,"), (b",2,", b', "2",'), (b"R-1", b'"R-1"'), (b"R-1", b"Jan")):
        table(tmp_path / "b.csv", good)
        raw = (tmp_path / "b.csv").read_bytes()
        (tmp_path / "b.csv").write_bytes(raw.replace(*change, 1))
        assert raw != (tmp_path / "b.csv").read_bytes()
        assert not is_quick(tmp_path / "b.csv"), change


@pytest.mark.parametrize("text", [
    "{kop}\r{a}\r{b}\r{c}\r", "{kop}\r{a}\n{b}\r{c}\n", "\r\r\n{kop}\n{a}\n{b}\n{c}\n", "\n\r\n{kop}\r\n{a}\n{b}\n{c}",
    "sep=,\n{kop}\n{a}\r{b}\n{c}", '"x\ry",{kop}\n1,{a}\n2,{b}\n3,{c}\n', 'n,"x\r\ny",{kop}\n,1,{a}\n,2,{b}\n,3,{c}\n',
    'n,"x\n\ry",{kop}\r\n,1,{a}\r\n,2,{b}\r\n,3,{c}\r\n', "{kop}\r\n{a}\r\r\n{b}\r\n{c}",
])  # fmt: skip
def test_no_line_end_loses_a_row(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    lines = [",".join(map(str, row(f"R-{n}"))) for n in (1, 2, 3)]
    made = text.format(kop=",".join(["code", "meetmoment", *VRAGEN]), **dict(zip("abc", lines, strict=True)))
    path.write_bytes(made.encode())
    found = written(path, tmp_path)
    assert [r["client"] for r in found] == ["R-1", "R-2", "R-3"]
    assert found == imported(path, tmp_path)
    assert read(path, mensen=True).tabel.frame.collect()["rij"].to_list() == [int(r["rij"]) for r in found]


@pytest.mark.parametrize("where", [1, 5_000, 9_998])
def test_a_short_and_a_long_row_do_not_make_up_for_each_other(tmp_path: Path, where: int) -> None:
    """As many delimiters as there should be in all, and one answer of somebody in the row of nobody."""
    lines = [",".join(map(str, row(f"R-{n}"))) for n in range(10_000)]
    lines[where] = lines[where].rpartition(",")[0]
    lines[where + 1] += ",3"
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(["code", "meetmoment", *VRAGEN]), *lines, ""]), encoding="utf-8")
    result = scores(path, "--uit", tmp_path / "uit.parquet")
    assert result.code == 3
    assert f"{path}:{where + 2}:" in result.err
    assert f"{path}:{where + 3}:" in result.err
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("soort", [".csv", ".xlsx", ".parquet"])
def test_the_file_holds_what_one_afname_gives(tmp_path: Path, soort: str) -> None:
    rows = [row("R-1"), row("R-2", "einde", autonomie_1="", autonomie_2=""), row("R-3", "", eigen_regie_1="")]
    uit = tmp_path / f"uit{soort}"
    result = scores(table(tmp_path / "a.csv", rows), "--uit", uit)
    assert result.code == 0, result.err
    found = _as_dicts(uit)
    assert list(found[0]) == [
        "rij", "client", "meetmoment", *(n for s in SCHALEN for n in (s, f"{s}_beantwoord")), "vragenlijst", "versie",
        "hash",
    ]  # fmt: skip
    for n, (line, said) in enumerate(zip(rows, found, strict=True)):
        answers = {v: a or None for v, a in zip(VRAGEN, line[2:], strict=True)}
        assert (said["rij"], said["client"], said["meetmoment"] or "") == (n + 2, line[0], line[1])
        for schaal in score(LIJST, answers).schalen:  # type: ignore[arg-type]
            expected = schaal.score if soort != ".xlsx" else pytest.approx(schaal.score, abs=1e-12)  # 16 digits there
            assert said[schaal.id] == (expected if schaal.score is not None else None)
            assert said[f"{schaal.id}_beantwoord"] == schaal.beantwoord
        assert (said["vragenlijst"], str(said["versie"]), said["hash"]) == ("eigen-regie", "1", EIGEN_REGIE.hash)
    assert os.name == "nt" or uit.stat().st_mode & 0o777 == 0o600


def _as_dicts(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    if path.suffix == ".csv":
        return pl.read_csv(path, schema_overrides={"versie": pl.String}).to_dicts()
    from python_calamine import CalamineWorkbook

    kop, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [{k: None if c == "" else c for k, c in zip(kop, line, strict=True)} for line in rows]


# other kinds of files -----------------------------------------------------------------------------------------------


def test_a_rekenblad_a_parquet_and_a_csv_give_the_same(tmp_path: Path) -> None:
    rows = [row("R-1"), row("R-2", "einde", autonomie_1="mee eens"), row("R-3", "", eigen_regie_1="")]
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    for n, line in enumerate([["code", "meetmoment", *VRAGEN], *rows]):
        page.write_row(n, 0, line)
    book.close()
    texts = [[None if c == "" else str(c) for c in line] for line in rows]
    pl.DataFrame(texts, ["code", "meetmoment", *VRAGEN], orient="row").write_parquet(tmp_path / "a.parquet")
    plain = written(table(tmp_path / "a.csv", rows), tmp_path)
    assert len(plain) == 3
    assert written(tmp_path / "a.xlsx", tmp_path) == plain
    assert written(tmp_path / "a.parquet", tmp_path) == plain
    assert run("score", tmp_path / "a.xlsx").code == 0


@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt64, pl.Int64, pl.Float32, pl.Float64, pl.String])
def test_the_types_of_parquet(tmp_path: Path, kind: Any) -> None:
    rows = [[7, *[(n + r) % 5 + 1 if n != r else None for n in range(17)]] for r in range(6)]
    frame = pl.DataFrame(rows, ["code", *VRAGEN], orient="row")
    frame.with_columns(pl.col(VRAGEN).cast(kind)).write_parquet(tmp_path / "a.parquet")
    frame.write_csv(tmp_path / "a.csv")
    assert is_quick(tmp_path / "a.parquet") == (kind is not pl.String)
    assert read(tmp_path / "a.parquet").tabel.frame.collect().equals(read(tmp_path / "a.csv").tabel.frame.collect())
    wrong = frame.with_columns(pl.when(pl.col("code") > 0).then(pl.lit(9)).alias("autonomie-3").cast(kind))
    wrong.write_parquet(tmp_path / "b.parquet")
    result = scores(tmp_path / "b.parquet", "--uit", tmp_path / "uit.csv")
    assert (result.code, f"{tmp_path / 'b.parquet'}:2:4: " in result.err) == (3, True)
    assert not (tmp_path / "uit.csv").exists()


def answers(rows: int = 3, **more: Any) -> pl.DataFrame:
    return pl.DataFrame({"code": [f"R-{n}" for n in range(rows)], **{v: [4] * rows for v in VRAGEN}, **more})


def test_a_parquet_that_is_broken(tmp_path: Path) -> None:
    """At its start, and in the pages of its data, where nobody looks before reading."""
    path = tmp_path / "a.parquet"
    answers(3_000).with_columns(pl.int_range(pl.len()).alias("nummer")).write_parquet(path)
    raw = path.read_bytes()
    for broken in (b"PAR1 and then nothing", raw[:40] + bytes(200) + raw[240:], raw[:-300]):
        path.write_bytes(broken)
        for command in (["score", path], ["score", path, "--uit", tmp_path / "u.csv"], ["groep", path]):
            result = run(*command)
            assert (result.code, f"{path}: dit is een Parquet-bestand dat kapot is" in result.err) == (3, True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.parquet"]


def test_odd_columns_of_parquet(tmp_path: Path) -> None:
    """No name and no type of a column that is not read, or that is kept, is in the way."""
    path = tmp_path / "a.parquet"
    for naam in (" rij", "rij", " 18", "", "c0"):
        answers(**{naam: [9] * 3, "versie": ["1"] * 3}).write_parquet(path)
        assert len(written(path, tmp_path)) == 3, naam
    times = pl.Series([timedelta(minutes=7), None, timedelta(0)])
    one_empty = answers(tijd=times).with_columns(pl.when(pl.col("code") != "R-1").then(pl.col("code", *VRAGEN)))
    one_empty.write_parquet(path)
    assert [r["tijd"] for r in written(path, tmp_path, "--id", "tijd")] == ["PT7M", "PT0S"]
    assert len(written(path, tmp_path)) == 2
    whole = [Decimal("4.0000"), Decimal("3"), None]
    answers(**{"autonomie-1": pl.Series(whole, dtype=pl.Decimal(10, 4))}).write_parquet(path)
    found = written(path, tmp_path)
    answers(**{"autonomie-1": [4, 3, None]}).write_parquet(path)
    assert found == written(path, tmp_path)
    answers(**{"autonomie-1": pl.Series([Decimal("4.0001"), None, None])}).write_parquet(path)
    assert (scores(path).code, "'4.0001'" in scores(path).err) == (3, True)
    answers(0).write_parquet(path)
    assert (scores(path).code, "alleen een kop" in scores(path).err) == (3, True)


@pytest.mark.skipif(os.name == "nt", reason="limits")
@pytest.mark.parametrize("soort", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("word", ["4", "mee eens"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, soort: str, word: str) -> None:
    """A file may grow to 5 kB here, which fails as a full disk does."""
    path = table(tmp_path / "a.csv", [row(f"R-{n}", autonomie_1=word) for n in range(4_000)])
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000)); "
        "from regiekit.cli.app import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", limited, "score", path, "--vragenlijst", "eigen-regie", "--uit"]
    done = subprocess.run([*command, tmp_path / f"u{soort}"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "de schijf is vol; maak ruimte" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


# rows that are refused or empty -------------------------------------------------------------------------------------


def test_refused_rows_are_kept_apart_and_none_is_lost(tmp_path: Path) -> None:
    rows = [row(f"R-{n}", competentie_2=9 if n % 3 == 0 else 2) for n in range(30)]
    rows[1][2] = "=1+1"
    path, uit = table(tmp_path / "a.csv", rows), tmp_path / "uit" / "s.parquet"
    uit.parent.mkdir()
    assert scores(path, "--uit", uit).code == 3
    assert list(uit.parent.iterdir()) == []
    result = scores(path, "--uit", uit, "--weiger-rijen")
    assert result.code == 0
    assert "30 rijen gelezen: 19 goed, 11 geweigerd, 0 leeg." in result.out
    with (uit.parent / "a.geweigerd.csv").open(encoding="utf-8-sig", newline="") as file:
        refused = list(csv.DictReader(file))
    assert {int(r["rij"]) for r in refused} | set(pl.read_parquet(uit)["rij"]) == set(range(2, 32))
    assert next(r for r in refused if r["rij"] == "3")["waarde"] == "'=1+1"
    again = scores(table(path, [row()]), "--uit", uit, "--weiger-rijen", "--overschrijf")
    assert again.code == 0
    shown = scores(table(path, rows), "--weiger-rijen")
    assert (shown.code, shown.err.count(f"{path}:")) == (0, 11)


@pytest.mark.parametrize("word", ["9", '"9"'])
def test_refused_rows_of_an_earlier_time_are_never_lost(tmp_path: Path, word: str) -> None:
    """By the quick way or the other: each table has a file of its own, and only --overschrijf replaces it."""
    wrong, right = [row(), row("R-2", competentie_2=word)], [row(), row("R-2")]
    made = tmp_path / "a.geweigerd.csv"
    options = "--uit", tmp_path / "s.csv", "--weiger-rijen"
    first = scores(table(tmp_path / "a.csv", wrong), *options)
    assert (first.code, f"met de reden in {made}" in first.err) == (0, True)
    kept = made.read_bytes()
    assert scores(table(tmp_path / "b.csv", wrong), *options, "--overschrijf").code == 0
    assert made.read_bytes() == kept
    same = scores(tmp_path / "a.csv", "--uit", tmp_path / "t.csv", "--weiger-rijen")
    assert (same.code, made.read_bytes()) == (0, kept), "the same refusals are no loss"
    other = scores(table(tmp_path / "a.csv", wrong[::-1]), "--uit", tmp_path / "u.csv", "--weiger-rijen")
    assert (other.code, made.read_bytes(), (tmp_path / "u.csv").exists()) == (2, kept, False)
    assert f"{made} bestaat al, met iets anders erin; verplaats het, of gebruik --overschrijf" in other.err
    clean = scores(table(tmp_path / "a.csv", right), *options, "--overschrijf")
    assert (clean.code, made.read_bytes()) == (0, kept)
    assert f"deze keer is geen rij geweigerd; {made} is van een eerdere keer" in clean.err
    again = scores(table(tmp_path / "a.csv", wrong[::-1]), *options, "--overschrijf")
    assert (again.code, made.read_bytes() == kept) == (0, False)


def test_more_refusals_than_can_be_shown_need_a_file(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row(f"R-{n}", competentie_2=9 if n < 101 else 2) for n in range(110)])
    for where in ((), ("--uit", "-"), ("--json",)):
        result = scores(path, "--weiger-rijen", *where)
        assert (result.code, result.out, "geef --uit PAD" in result.err) == (2, "", True)
    assert run("groep", path, "--weiger-rijen").code == 2
    assert scores(path, "--weiger-rijen", "--uit", tmp_path / "s.csv").code == 0
    assert len((tmp_path / "a.geweigerd.csv").read_text(encoding="utf-8-sig").splitlines()) == 102
    assert scores(table(tmp_path / "b.csv", [row(competentie_2=9)] * 100), "--weiger-rijen").err.count("b.csv:") == 100


def test_rows_without_an_answer_stay_and_rows_of_nothing_are_empty(tmp_path: Path) -> None:
    none = dict.fromkeys((v.replace("-", "_") for v in VRAGEN), "")
    rows = [row(), row("", "", **none), row("R-2", **none), row("", "", **none), row("R-3")]
    path = table(tmp_path / "a.csv", rows)
    assert is_quick(path)
    result = scores(path, "--json")
    assert result.json["telling"] == {"gelezen": 5, "goed": 3, "geweigerd": 0, "leeg": 2}
    found = written(path, tmp_path)
    assert [(r["rij"], r["autonomie"], r["autonomie_beantwoord"]) for r in found][1] == ("4", "", "0")
    assert [r["rij"] for r in found] == ["2", "4", "6"]
    more = table(tmp_path / "b.csv", [[*r, "x" if n == 1 else ""] for n, r in enumerate(rows)],
                 ["code", "meetmoment", *VRAGEN, "opmerking"])  # fmt: skip
    assert [r["rij"] for r in written(more, tmp_path)] == ["2", "3", "4", "6"], "a cell that is not read is a cell too"


def test_one_person_twice_is_refused_for_a_group_only(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row(), row("R-2"), row(), row("R-1", "einde"), row(""), row("")])
    assert len(written(path, tmp_path)) == 6
    with pytest.raises(ProblemsError) as found:
        read(path, mensen=True)
    assert [(p.regel, p.code) for p in found.value.problems] == [(4, "tabel-afname-dubbel")]
    assert "rij 2" in found.value.problems[0].melding
    assert read(path, mensen=True, weiger_rijen=True).tabel.telling == (6, 5, 1, 0)


@pytest.mark.parametrize("code", ["Jan", "123456782", "06-12345678", "jan@example.org", "Jan de Vries"])
def test_a_code_that_says_who_someone_is(tmp_path: Path, code: str) -> None:
    path = table(tmp_path / "a.csv", [row(), row(code)])
    result = scores(path, "--uit", tmp_path / "uit.csv")
    assert result.code == 3
    assert f"{path}:3:1: in kolom A" in result.err
    assert code not in result.err + result.out
    assert not (tmp_path / "uit.csv").exists()


@pytest.mark.parametrize(("kolom", "values", "code"), [
    ("versie", ["1", "1"], 0), ("versie", ["1", "2"], 3), ("versie", ["2", "2"], 3), ("versie", ["", "1"], 0),
    ("Versie", ["1", "2"], 3), ("VERSIE ", ["1", "1"], 0), ("Hash", ["0" * 16] * 2, 3), ("versie", ["1", "NA"], 3),
    ("versie", ['"1"', "1"], 0), ("hash", [EIGEN_REGIE.hash] * 2, 0), ("hash", ["0" * 16] * 2, 3),
    ("vragenlijst", ["eigen-regie", "ander"], 3),
])  # fmt: skip
@pytest.mark.parametrize("word", ["3", "mee eens", "NA"])
def test_versions_are_never_mixed(tmp_path: Path, kolom: str, values: list[str], code: int, word: str) -> None:
    rows = [[*row(f"R-{n}", autonomie_1=word), value] for n, value in enumerate(values)]
    result = scores(
        table(tmp_path / "a.csv", rows, ["code", "meetmoment", *VRAGEN, kolom]), "--uit", tmp_path / "u.csv"
    )
    assert result.code == code, result.err
    assert (f"kolom '{kolom}'" in result.err) == (code == 3)


def test_a_cell_of_another_column_is_not_seen_nor_printed(tmp_path: Path) -> None:
    kop = ["opmerking", "versie", *VRAGEN]
    answers = [4] * 17
    right = table(tmp_path / "a.csv", [['"Jan, belt"', "1", *answers], ["x", "1", *answers]], kop)
    assert len(written(right, tmp_path)) == 2
    wrong = scores(table(tmp_path / "b.csv", [["x", "Jan de Vries", *answers]], kop))
    assert (wrong.code, "Jan" in wrong.err, "niet getoond" in wrong.err) == (3, False, True)


# the command --------------------------------------------------------------------------------------------------------


def test_the_screen(tmp_path: Path) -> None:
    rows = [row(f"R-{n}", autonomie_1="", autonomie_2="") for n in range(25)]
    result = scores(table(tmp_path / "a.csv", rows))
    assert result.code == 0
    assert "R-19" in result.out
    assert "R-20" not in result.out
    assert "25 rijen gelezen: 25 goed, 0 geweigerd, 0 leeg." in result.out
    assert "Autonomie: 25 rijen. Er zijn minstens 4 van de 5 vragen nodig." in result.out
    assert "3 van 5" in result.out
    assert "niet gevalideerd" in result.out
    assert "Vergelijk geen mensen" in result.out
    assert result.err == ""
    assert max(map(len, result.out.splitlines())) <= 80


def test_json_and_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "a.csv", [row(f"R-{n}") for n in range(5)])
    made = scores(path, "--json").json
    assert [r["client"] for r in made["rijen"]] == [f"R-{n}" for n in range(5)]
    assert made["rijen"][0]["schalen"]["eigen-regie"]["beantwoord"] == 3
    monkeypatch.setattr(score_tabel, "MAX_JSON", 4)
    result = scores(path, "--json")
    assert (result.code, result.out, "--uit" in result.err) == (2, "", True)


def test_standard_output_holds_the_table_alone(tmp_path: Path) -> None:
    result = scores(table(tmp_path / "a.csv", [row(), row("R-2")]), "--uit", "-")
    assert [r["client"] for r in csv.DictReader(io.StringIO(result.out))] == ["R-1", "R-2"]
    wrong = scores(table(tmp_path / "b.csv", [row(), row("R-2", autonomie_1=8)]), "--uit", "-")
    assert (wrong.code, wrong.out) == (3, "")


@pytest.mark.parametrize(("options", "said"), [
    (["--rouw"], "--rouw gaat niet samen met een tabel"), (["--zelfde-client"], "--zelfde-client gaat niet samen"),
    (["--uit", "x.pdf"], ".csv, .xlsx of .parquet"), (["--overschrijf"], "--overschrijf hoort bij --uit"),
    (["--uit", "-", "--json"], "--uit gaat niet samen met --json"), (["--id", "nergens"], "geen kolom 'nergens'"),
    (["--id", "autonomie-1"], "is er al, of is een vraag"), (["--blad", "x"], "heeft geen bladen"),
    (["--uit", "A.geweigerd.csv"], "zo heet wat er geweigerd is"), (["--meetmoment", "ooit"], "ooit"),
    (["--meetmoment", "start"], "heeft zelf een kolom met het meetmoment ('meetmoment'); laat --meetmoment weg"),
    (["--uit", "geen/map.csv"], "die map bestaat niet"), (["--id", ""], "geen kolom ''"),
])  # fmt: skip
def test_options_that_cannot_be(tmp_path: Path, options: list[str], said: str) -> None:
    result = scores(table(tmp_path / "a.csv", [row()]), *options)
    assert (result.code, said in result.err) == (2, True), result.err


def test_options_of_a_table_belong_to_a_table() -> None:
    result = run("score", ROOT / "voorbeelden/vragenlijst.yaml", "--uit", "x.csv", "--akkoord")
    assert result.code == 2
    assert "--akkoord en --uit horen bij een tabel" in result.err


def test_a_column_that_is_kept(tmp_path: Path) -> None:
    kop = ["nummer", "naam", *VRAGEN]
    path = table(tmp_path / "a.csv", [["=1+1", "x", *row()[2:]], ["007", "y", *row()[2:]]], kop)
    assert [r["nummer"] for r in written(path, tmp_path, "--id", "nummer")] == ["'=1+1", "007"]
    uit = tmp_path / "u.parquet"
    assert scores(path, "--id", "nummer", "--uit", uit).code == 0
    assert pl.read_parquet(uit)["nummer"].to_list() == ["=1+1", "007"]
    words = [["NA", "x", *row(autonomie_1="NA")[2:]], ["nan", "y", *row()[2:]], ["", "z", *row()[2:]]]
    for end in ("\n", "\r"):  # the quick way takes the first only
        table(path, words, kop, end=end)
        assert [r["nummer"] for r in written(path, tmp_path, "--id", "nummer")] == ["NA", "nan", ""]
    table(path, words, ["=cmd()", "naam", *VRAGEN])
    assert "'=cmd()" in written(path, tmp_path, "--id", "=cmd()")[0]
    refused = scores(table(path, words, kop), "--id", "naam", "--uit", tmp_path / "n.csv")
    assert (refused.code, "herkenbaar" in refused.err) == (4, True)


def test_what_stands_there_is_not_written_over(tmp_path: Path) -> None:
    path, uit = table(tmp_path / "a.csv", [row()]), tmp_path / "uit.parquet"
    uit.write_text("iets anders", encoding="utf-8")
    result = scores(path, "--uit", uit)
    assert (result.code, "--overschrijf" in result.err) == (2, True)
    assert uit.read_text(encoding="utf-8") == "iets anders"
    assert scores(path, "--uit", uit, "--overschrijf").code == 0
    assert scores(path, "--uit", uit).code == 0, "the same bytes may stay"
    assert scores(path, "--uit", path, "--overschrijf").code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "uit.parquet"]


def test_a_sheet_of_excel_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regiekit.groep.schrijven.MAX_XLSX", 2)
    result = scores(table(tmp_path / "a.csv", [row(f"R-{n}") for n in range(3)]), "--uit", tmp_path / "u.xlsx")
    assert (result.code, "een blad van Excel" in result.err) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_what_is_not_agreed_to_names_this_command(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row()[:-1]], ["code", "meetmoment", *VRAGEN[:-1]])
    unsure = run("score", path)
    assert unsure.code == 2
    assert f"regiekit score {path} --vragenlijst eigen-regie" in unsure.err
    stopped = scores(path, "--uit", tmp_path / "u.csv")
    assert (stopped.code, "--akkoord" in stopped.err) == (2, True)
    assert scores(path, "--uit", tmp_path / "u.csv", "--akkoord").code == 0
    assert (tmp_path / "a.koppel.yaml").exists()
    assert "eigen-regie_beantwoord" in (tmp_path / "u.csv").read_text(encoding="utf-8")
    assert run("score", path, "--uit", tmp_path / "v.csv").code == 0, "the koppelbestand is used from then on"


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a"])
def test_a_table_is_known_by_its_columns(tmp_path: Path, name: str) -> None:
    assert run("score", table(tmp_path / name, [row()], teken="\t")).code == 0


@pytest.mark.parametrize("text", [
    "# wie, wat, waar\nvragenlijst: eigen-regie\nversie: '1'\nantwoorden: {autonomie-1: 4, autonomie-2: 3}\n",
    "vragenlijst: eigen-regie\nversie: '1'\nantwoorden:\n  autonomie-1: 4\n  autonomie-2: 4\n",
])  # fmt: skip
@pytest.mark.parametrize("name", ["a.yaml", "a.txt", "a.csv"])
def test_an_afname_is_still_an_afname(tmp_path: Path, text: str, name: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = run("score", tmp_path / name, "--json")
    assert result.code == 0, result.err
    assert result.json["niveau"]


# stopping -----------------------------------------------------------------------------------------------------------


def test_stopped_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    path = table(tmp_path / "a.csv", [row()])
    monkeypatch.setattr(score_tabel, "write_frame", stop)
    for soort in (".csv", ".xlsx", ".parquet"):
        assert scores(path, "--uit", tmp_path / f"u{soort}").code == 130
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_control_c_while_polars_works(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [row(f"R-{n}") for n in range(300_000)])
    command = [sys.executable, "-m", "regiekit", "score", str(path), "--vragenlijst", "eigen-regie", "--uit",
               str(tmp_path / "uit.csv")]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        until = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < until and not list(tmp_path.glob(".regiekit-*")):
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
    assert process.returncode in (130, 0)
    if process.returncode == 130:
        assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_table_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    """And not that --uit belongs to a table."""
    result = run("score", tmp_path / "weg.csv", "--uit", tmp_path / "uit.csv")
    assert (result.code, "bestaat niet" in result.err) == (2, True)

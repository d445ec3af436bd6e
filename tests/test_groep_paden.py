"""Tables with odd names and odd sizes: the file that was asked for and no other, and no memory without an end."""

from __future__ import annotations

import os
import shutil
import zipfile
from typing import TYPE_CHECKING

import polars as pl
import pytest

from regiekit.errors import WRONG_FILE
from regiekit.groep.lezen import parquet_is_whole
from regiekit.kanaal import tabel
from regiekit.kanaal.rekenblad import MAX_PARTS
from regiekit.kanaal.tabel import open_tabel
from util import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

GROEP = ROOT / "voorbeelden/groep.csv"
PATTERNS = ["[a]", "Groep [2026]", "wat*", "hoe?"]


@pytest.fixture(params=PATTERNS)
def pattern(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with a name that could be a pattern; beside it one that such a pattern would mean, with other people."""
    others = tmp_path / {"[a]": "a", "Groep [2026]": "Groep 2", "wat*": "wat anders", "hoe?": "hoed"}[request.param]
    for folder in (others, tmp_path / request.param):
        folder.mkdir()
    (others / "g.csv").write_text(GROEP.read_text(encoding="utf-8").replace("\nV-", "\nX-"), encoding="utf-8")
    pl.read_csv(others / "g.csv", separator=_separator()).write_parquet(others / "g.parquet")
    named = tmp_path / request.param
    shutil.copy(GROEP, named / "g.csv")
    pl.read_csv(GROEP, separator=_separator()).write_parquet(named / "g.parquet")
    return named


def _separator() -> str:
    return max(",;\t", key=GROEP.read_text(encoding="utf-8").partition("\n")[0].count)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize("to", [".csv", ".parquet"])
def test_a_name_is_no_pattern(pattern: Path, ending: str, to: str) -> None:
    made = pattern / f"scores{to}"
    result = run("score", pattern / f"g{ending}", "--uit", made)
    assert result.code == 0, result.err
    found = pl.read_csv(made.read_bytes()) if to == ".csv" else pl.read_parquet(made.read_bytes())
    assert found.height == GROEP.read_text(encoding="utf-8").count("\n") - 1
    assert all(code.startswith("V-") for code in found["client"])
    assert run("groep", pattern / f"g{ending}").out == run("groep", GROEP).out.replace(
        "groep.csv", f"g{ending}"
    ).replace(str(ROOT / "voorbeelden"), str(pattern))


@pytest.mark.parametrize("teken", ["é", "😀", "\u2028"])
def test_an_odd_separator_is_read_row_by_row(tmp_path: Path, teken: str) -> None:
    odd = tmp_path / "odd.csv"
    text = GROEP.read_text(encoding="utf-8").replace(_separator(), teken)
    odd.write_bytes(f"sep={teken}\r\n{text}".encode())
    result = run("score", odd, "--uit", tmp_path / "s.csv", "--akkoord", "--vragenlijst", "eigen-regie")
    assert result.code in {0, WRONG_FILE}, result.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("command", ["groep", "score"])
def test_a_name_that_is_no_text_is_told(tmp_path: Path, command: str) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/g\xff.csv")
    shutil.copy(GROEP, odd)
    result = run(command, odd)
    assert result.code == 2 and "geef een andere naam" in result.err and len(result.err.splitlines()) == 1


def test_one_row_repeated_without_end_is_refused(tmp_path: Path) -> None:
    row = pl.read_csv(GROEP, separator=_separator()).head(1)
    row.select(pl.all().repeat_by(2_000_000).explode()).write_parquet(tmp_path / "bom.parquet")
    assert (tmp_path / "bom.parquet").stat().st_size < 400_000
    result = run("groep", tmp_path / "bom.parquet")
    assert result.code == WRONG_FILE and "in heel weinig bytes" in result.err


def test_a_line_of_millions_of_cells_is_refused(tmp_path: Path) -> None:
    wide = tmp_path / "breed.csv"
    wide.write_text("a,b\n" + "1," * 3_000_000 + "\n", encoding="utf-8")
    for command in (("groep", wide), ("score", wide), ("vragenlijst", "importeer", wide)):
        result = run(*command, "--vragenlijst", "eigen-regie") if command[0] != "score" else run(*command)
        assert result.code == WRONG_FILE and "miljoenen tekens lang" in result.err, (command, result.err)


def test_wide_rows_come_a_few_at_a_time(tmp_path: Path) -> None:
    wide = tmp_path / "breed.csv"
    kop = ",".join(f"k{n}" for n in range(tabel.MAX_COLUMNS))
    rows = [",".join(["1"] * tabel.MAX_COLUMNS)] * 500
    wide.write_text("\n".join([kop, *rows]) + "\n", encoding="utf-8")
    blokken = list(open_tabel(wide).blokken())
    assert [n for blok in blokken for n in range(blok.eerste, blok.eerste + len(blok.rijen))] == list(range(2, 502))
    assert max(len(blok.rijen) for blok in blokken) <= 100


@pytest.mark.parametrize("command", [("vragenlijst", "importeer"), ("score",), ("groep",)])
def test_a_zip_with_a_very_long_list_is_not_read(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "veel.xlsx"
    with zipfile.ZipFile(made, "w") as file:
        for number in range(15_000):
            file.writestr(f"xl/{number}.xml", b"")
    read = []
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", lambda self: read.append(self))
    result = run(*command, made)
    assert result.code == WRONG_FILE and f"meer dan {MAX_PARTS} delen" in result.err, result.err
    assert not read


def test_what_breaks_off_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("regiekit.kanaal.antwoordbestand.is_tabel", broken)
    result = run("score", GROEP)
    assert result.code == 2 and "kijk of de schijf" in result.err and len(result.err.splitlines()) == 1


def test_damage_that_ends_the_process_is_told(tmp_path: Path) -> None:
    """Damaged so that Polars asks for more memory than there can be: what it does then is to end the process."""
    kept = (ROOT / "tests/fuzz/gevonden/parquet/0cba251c115e").read_bytes()[1:]
    (tmp_path / "kapot.parquet").write_bytes(kept)
    for command in ("groep", "score"):
        result = run(command, tmp_path / "kapot.parquet", "--vragenlijst", "schaalvragen", "--akkoord")
        assert result.code == WRONG_FILE and "kapot is; maak het opnieuw" in result.err, result
        assert len(result.err.splitlines()) == 1
    assert not parquet_is_whole(tmp_path / "kapot.parquet", 1_000_000)

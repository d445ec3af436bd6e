"""Any bytes, given to all that reads what others wrote: a moment of each target, and every input that once went wrong.

The long run is `python tests/fuzz/lang.py`; what came of it is kept, and is read here. Inputs are changed at random
here, so this runs where atheris has no wheel too; whether it has one is said in the figures.
"""

from __future__ import annotations

import errno
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fuzz import zaden
from fuzz.doelen import DOELEN, Doel, prepare
from fuzz.lang import GEVONDEN, UITKOMST
from fuzz.rechter import SECONDS, Rechter, Vondst
from fuzz.toeval import changed
from regiekit.content.library import load_namenlijst, load_woordenlijst
from regiekit.domain.bewaking import find_vondsten
from regiekit.domain.herkenbaar import dates_to_weeks, find_anderen, find_herkenbaar, find_namen
from regiekit.errors import RegiekitError
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED, INPUTS = 20261122, 80
FEWER = {
    "zoeken": 20,
    "herstel": 20,
    "tabel": 40,
    "opdrachtregel": 45,
    "ods": 40,
    "xlsx": 60,
}  # inputs of what takes longer
KEPT = sorted(path for path in GEVONDEN.glob("*/*") if path.is_file())
BY_NAME = {doel.naam: doel for doel in DOELEN}


@pytest.fixture(scope="module")
def rechter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rechter]:
    before = Path.cwd()
    folder = tmp_path_factory.mktemp("fuzz")
    with prepare(folder):
        yield Rechter(folder / "werk")
        os.chdir(before)


@pytest.mark.parametrize("doel", DOELEN, ids=lambda d: d.naam)
def test_a_moment_of_each_target(rechter: Rechter, doel: Doel) -> None:
    seeds = doel.zaden()
    inputs = changed(seeds, doel.woorden, doel.langste, FEWER.get(doel.naam, INPUTS), SEED)
    codes = set()
    for data in inputs:
        assert rechter.judge(doel, data) is None, (doel.naam, data)
        codes.add(rechter.code)
    assert codes, "nothing was tried"
    assert doel.naam in ("sleutel", "dossier-kop") or 0 in codes, "nothing was right, so little was reached"


@pytest.mark.parametrize("path", KEPT, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_what_once_went_wrong(rechter: Rechter, path: Path) -> None:
    doel = BY_NAME[path.parent.name]
    doel.zaden()  # what it makes once, outside its folder
    assert rechter.judge(doel, path.read_bytes()) is None


def test_every_folder_of_inputs_is_that_of_a_target() -> None:
    assert {path.parent.name for path in KEPT} <= BY_NAME.keys()
    assert all(path.stat().st_size <= 20_000 for path in KEPT)


# The judge itself ---------------------------------------------------------------------------------------------------


def _slow(_: bytes, folder: Path) -> None:
    start = time.process_time()
    while time.process_time() - start < SECONDS * 1.05:
        pass


def _large(_: bytes, folder: Path) -> int:
    return len(bytearray(500_000_000).strip(b"\1")) and 0


def _raise(error: BaseException) -> Callable[[bytes, Path], object]:
    def target(_: bytes, folder: Path) -> object:
        raise error

    return target


def _connect(_: bytes, folder: Path) -> None:
    with socket.socket() as made:
        made.settimeout(0.01)
        try:
            made.connect(("127.0.0.1", 9))
        except (OSError, AssertionError):
            return


def _ask_the_network(_: bytes, folder: Path) -> None:
    try:
        urllib.request.urlopen("http://127.0.0.1:9/", timeout=0.01)
    except (OSError, AssertionError):
        return


WRONG: dict[str, tuple[Callable[[bytes, Path], object], str]] = {
    "an exception": (_raise(KeyError("x")), "uitzondering"),
    "an exit": (_raise(SystemExit(1)), "uitzondering"),
    "a stop": (_raise(KeyboardInterrupt()), "uitzondering"),
    "an exit code of a bug": (lambda *_: 1, "exitcode"),
    "slow": (_slow, "tijd"),
    "large": (_large, "geheugen"),
    "a file elsewhere": (lambda _, folder: (folder.parent / "elders").write_bytes(b""), "buiten de map"),
    "a file gone elsewhere": (lambda _, folder: (folder.parent / "weg").unlink(missing_ok=True), "buiten de map"),
    "a program": (lambda *_: subprocess.run([sys.executable, "-c", ""], check=True), "buiten de map"),
    "a connection": (_connect, "buiten de map"),
    "a web page": (_ask_the_network, "buiten de map"),
    "a file that stays": (lambda _, folder: (folder / ".in.nieuw").write_bytes(b""), "achtergebleven"),
    "a folder that stays": (lambda _, folder: (folder / "kladmap").mkdir(), "achtergebleven"),
    "English": (_raise(RegiekitError("this is invalid")), "regel"),
    "a very long line": (_raise(RegiekitError("a" * 3000)), "regel"),
    "a command to the screen": (lambda *_: sys.stdout.write("\x1b[2J") and None, "regel"),
    "a command beside the output": (lambda *_: sys.stderr.write("\x9b2J\n") and None, "regel"),
    "an error without a word": (lambda *_: 3, "regel"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_judge_sees_what_is_wrong(rechter: Rechter, name: str) -> None:
    target, soort = WRONG[name]
    found = rechter.judge(Doel("proef", "", target, list), b"")
    assert isinstance(found, Vondst)
    assert found.soort == soort


@pytest.mark.parametrize("error", [
    RegiekitError("dit klopt niet: '\x1b[2J invalid'; verbeter het", 3), FileNotFoundError(errno.ENAMETOOLONG, "", "x"),
])  # fmt: skip
def test_the_judge_knows_what_is_right(rechter: Rechter, error: Exception) -> None:
    assert rechter.judge(Doel("proef", "", _raise(error), list), b"") is None
    assert rechter.code in (2, 3)


# What the fuzzer cannot reach: size -----------------------------------------------------------------------------------

UNITS = (
    "Xq Yz ", "Xq griep. ", "12 maart 2026 ", "1 2 3 ", "1,2,3,", "R-015 ", "R-014 ", "A. ", "Aa-", "aa", "a@", "a.b+",
    "(", "  ", "'", "\n", "Jan Jansen ", "Stichting van ", "Aa straat ", "06-", "123456789 ", "é\u200b１",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_of_a_client_may_be_long(unit: str) -> None:
    """Twice as long takes some twice as long, so that a client cannot keep the coach waiting with a text."""
    namen, woorden = load_namenlijst(), load_woordenlijst()
    text = (unit * 40_000)[:40_000]
    for search in (
        lambda: find_vondsten(text, woorden), lambda: find_herkenbaar(text, namen, ["Piet"], ["Jan"], None),
        lambda: find_namen(text, namen), lambda: find_anderen(text, "R-014", ["Piet"], ["R-015", "R-014-2"]),
        lambda: dates_to_weeks(text, date(2026, 1, 5)),
    ):  # fmt: skip
        start = time.process_time()
        search()
        assert time.process_time() - start < SECONDS


# Small files that made much work, until they were refused or done at once
def _space() -> bytes:
    """Of an inzending: the parser writes the namespace out with every element."""
    return b"<data xmlns:a='" + b"x" * 300_000 + b"'>" + b"<a:b/>" * 9_000 + b"</data>"


def _doubles() -> bytes:
    """Of an answer file: one name over and over, where each was held against all before it."""
    return b'{"formulier":1,"antwoorden":{' + b",".join(b'"v1":1' for _ in range(60_000)) + b"}}"


def _different_doubles() -> bytes:
    """The same with thousands of names, each looked for in the whole text."""
    return b'{"formulier":1,' + b",".join(b'"v%d":1,"v%d":2' % (i, i) for i in range(9_000)) + b"}"


def _columns() -> bytes:
    """Of a table: nearly two thousand columns that are each a little like every vraag."""
    names = (b"ik kan zelf kiezen hoe ik dingen aan pak %d" % i for i in range(1_900))
    return b"\1" + b",".join(names) + b"\n1,2\n"


def _fields() -> bytes:
    """Of a referentiebestand: each of nineteen thousand schalen lacks every field."""
    return zaden.referenties()[0] + b"".join(b"  s%d: {}\n" % i for i in range(19_000))


def _sheet(again: bytes, times: int) -> bytes:
    """Of a workbook: one piece over and over, so that next to nothing unpacks to megabytes."""
    parts = dict(part.split(b"\n", 1) for part in zaden.werkboeken()[1].split(zaden.DEEL)[1:])
    sheet = parts.pop(b"xl/worksheets/sheet1.xml")
    start, end = sheet.split(b"<sheetData>")
    parts[b"xl/worksheets/sheet1.xml *%d" % times] = b"%s<sheetData><?n?>%s<?n?>%s" % (start, again, end)
    return b"\0" + b"".join(zaden.DEEL + name + b"\n" + text for name, text in parts.items())


MUCH: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "namespace": ("inzending", _space, 3),
    "one name": ("antwoord", _doubles, 3),
    "many names": ("antwoord", _different_doubles, 3),
    "columns": ("csv", _columns, 3),
    "fields": ("referentie", _fields, 3),
    "empty elements": ("xlsx", lambda: _sheet(b"<a/>", 9_000_000), 3),
    "cells": ("xlsx", lambda: _sheet(b"<row><c><v>1</v></c></row>", 1_800_000), 3),
    "words": ("zoeken", lambda: b"\0" + b" ".join(b"woord%d" % i for i in range(100)), 0),
    "code": ("code", lambda: b"\1" + b"a-" * 60_000, 2),
    "paper code": ("code", lambda: b"\0regiekit:a@" + b":a" * 60_000, 2),
    "rol": ("code", lambda: b"\3" + b"a" * 60_000, 2),
    "stap": ("code", lambda: b"\4" + b";" * 60_000, 2),
    "day": ("datum", lambda: b"1" * 60_000, 2),
}


@pytest.mark.parametrize("name", MUCH)
def test_a_small_file_makes_no_much_work(rechter: Rechter, name: str) -> None:
    doel, make, code = MUCH[name]
    doel_made = BY_NAME[doel]
    doel_made.zaden()
    assert rechter.judge(doel_made, make()) is None
    assert rechter.code == code


def test_a_zip_whose_name_unpacks_to_gigabytes(rechter: Rechter, tmp_path: Path) -> None:
    path = tmp_path / "groot.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file, file.open("mimetype", "w") as part:
        for _ in range(400):
            part.write(bytes(1_000_000))
    raw = path.read_bytes()
    assert rechter.judge(BY_NAME["antwoord"], raw) is None
    assert rechter.code == 3


def test_a_broken_parquet_file_is_told_in_one_line(tmp_path: Path) -> None:
    """Polars shows tracebacks of its own, past Python."""
    whole = BY_NAME["parquet"].zaden()[0][1:]
    path = tmp_path / "kapot.parquet"
    path.write_bytes(whole[:100] + b"\xff\0" + whole[102:300] + bytes(80) + whole[380:])
    command = [sys.executable, "-m", "regiekit", "groep", str(path), "--vragenlijst", "schaalvragen", "--akkoord"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert " ".join(done.stderr.split()) == (
        f"regiekit: {path}: dit is een Parquet-bestand dat kapot is; maak het opnieuw"
    )


def test_a_month_that_only_looks_like_one() -> None:
    """Without case, 'ſ' is an s and 'ı' an i to an expression, and to nothing else."""
    for text in ("op 12 ſept 2026", "op 3 aprıl 2026"):
        assert dates_to_weeks(text, date(2026, 1, 5)) == text


# The figures ----------------------------------------------------------------------------------------------------------


def test_the_figures_are_of_all_targets_and_nothing_is_open() -> None:
    kept = json.loads(UITKOMST.read_text(encoding="utf-8"))
    assert list(kept["doelen"]) == [doel.naam for doel in DOELEN]
    assert kept["totaal"] == sum(d["uitvoeringen"] for d in kept["doelen"].values()) >= 1_000_000
    for doel in kept["doelen"].values():
        assert doel["dekking"] or doel["uitvoeringen"] == sum(doel["exitcodes"].values())
        assert not doel["vondsten"]


def test_the_page_says_what_the_figures_say() -> None:
    kept = json.loads(UITKOMST.read_text(encoding="utf-8"))
    page = (ROOT / "docs/proeven-invoer.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([0-9.]+) \|", page, re.MULTILINE)
    assert [(name, int(count.replace(".", ""))) for name, count in rows] == [
        (name, doel["uitvoeringen"]) for name, doel in kept["doelen"].items()
    ]
    assert f"{kept['totaal']:,}".replace(",", ".") in page


def test_the_script_runs_one_target(tmp_path: Path) -> None:
    """Under atheris where that is, and it says so; else at random."""
    script = ROOT / "tests/fuzz/lang.py"
    command = [sys.executable, str(script), "--werker", "datum", "--werkmap", str(tmp_path), "--uitvoeringen", "200"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count, codes = json.loads((tmp_path / "aantal").read_text())
    assert count >= 100
    assert set(codes) <= {"0", "2"}
    assert ("cov:" in done.stderr) is (find_spec("atheris") is not None)

"""Every way out and back: a thousand random answer sets, with blanks, through each channel; the scores are identical.

What is expected comes from scoring the numbers themselves. Each channel fills in what regiekit made for it, as its
user or system does, and what comes back is scored by the program. Equal means equal to the last bit.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import yaml
from python_calamine import CalamineWorkbook

from browser import offline_page
from formulieren import HAND_IN, WACHTZIN, begin, fill_in, make_form, make_key, save
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import score
from util import EIGEN_REGIE, VRAGEN, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AANTAL, IN_BROWSER = 1000, 30
LIJST = EIGEN_REGIE.inhoud
Antwoorden = dict[str, int | str | None]
Scores = dict[str, tuple[str | None, int]]  # the score as its bits, and how many vragen it rests on


def make_antwoorden(seed: int) -> Antwoorden:
    """Seventeen answers; in one set none is blank, in another nearly all are."""
    chance = random.Random(seed)
    blank = chance.choice((0.0, 0.05, 0.2, 0.9))
    return {
        v: chance.choice((None, *NOT_ANSWERED)) if chance.random() < blank else chance.randint(1, 5) for v in VRAGEN
    }


@cache
def sets() -> tuple[Antwoorden, ...]:
    return tuple(make_antwoorden(seed) for seed in range(AANTAL))


def bits(value: float | None) -> str | None:
    return None if value is None else float(value).hex()


def expected(antwoorden: Antwoorden) -> Scores:
    numbers = {v: a if isinstance(a, int) else None for v, a in antwoorden.items()}
    return {s.id: (bits(s.score), s.beantwoord) for s in score(LIJST, numbers).schalen}


def scored(path: Path, *arguments: object) -> Scores:
    """What the program makes of an answer file."""
    result = run("score", path, "--json", *arguments)
    assert result.code == 0, result.err
    return {s["id"]: (bits(s["score"]), s["beantwoord"]) for s in result.json["schalen"]}


def test_the_sets_hold_every_kind_of_answer() -> None:
    given = {a for one in sets() for a in one.values()}
    assert given == {1, 2, 3, 4, 5, None, *NOT_ANSWERED}
    withheld = [s for one in sets() for s, _ in expected(one).values()]
    assert 0.1 < withheld.count(None) / len(withheld) < 0.7


def by_invulblad(folder: Path) -> Iterator[Path]:
    """The empty sheet, with something behind each colon."""
    empty = run("vragenlijst", "invulblad", "eigen-regie", "--meetmoment", "start", "--uit", "-").out
    for n, antwoorden in enumerate(sets()):
        text = empty
        for vraag, antwoord in antwoorden.items():
            text = re.sub(rf"^  {vraag}:$", f"  {vraag}: {'' if antwoord is None else antwoord}", text, flags=re.M)
        path = folder / f"{n}.yaml"
        path.write_text(text, encoding="utf-8")
        yield path


KEYS = {None: "", "weet-niet": "w", "wil-niet-zeggen": "z", "nvt": "n"}


def by_terminal(folder: Path) -> Iterator[Path]:
    """One vraag after the other; Enter to begin, three open vragen, and 'k' at the overview."""
    for n, antwoorden in enumerate(sets()):
        path = folder / f"{n}.yaml"
        keys = ["", *(KEYS[a] if a in KEYS else str(a) for a in antwoorden.values()), "", "Rust.", "", "k"]
        result = run(
            "vragenlijst", "invullen", "eigen-regie", "--meetmoment", "start", "--client", f"R-{n}", "--uit", path,
            stdin="\n".join(keys) + "\n",
        )  # fmt: skip
        assert result.code == 0, result.err
        yield path


def by_quick_entry(folder: Path) -> Iterator[Path]:
    """A paper form, typed in: one key for each vraag, a space for what was left empty, and one to confirm."""
    for n, antwoorden in enumerate(sets()):
        path = folder / f"{n}.yaml"
        keys = "".join(KEYS[a] or " " if a in KEYS else str(a) for a in antwoorden.values())
        result = run(
            "vragenlijst", "invullen", f"regiekit:eigen-regie@1::R-{n}:{EIGEN_REGIE.hash[:8]}", "--snel", "--uit", path,
            stdin=keys + "j\n",
        )  # fmt: skip
        assert result.code == 0, result.err
        yield path


def rows(*, as_words: bool) -> list[list[str | int | None]]:
    labels = dict(LIJST.antwoordschaal.labels)
    blanks = {"weet-niet": "Weet ik niet", "wil-niet-zeggen": "Wil ik niet zeggen", "nvt": "Past niet bij mij"}
    words = {**labels, **blanks, None: ""} if as_words else {}
    return [[f"R-{n}", *(words.get(a, a) for a in one.values())] for n, one in enumerate(sets())]  # type: ignore[arg-type]


def imported(table: Path, folder: Path) -> Iterator[Path]:
    result = run("vragenlijst", "importeer", table, "--uit", folder / "uit")
    assert result.code == 0, result.err
    paths = {yaml.safe_load(p.read_text(encoding="utf-8"))["client"]: p for p in (folder / "uit").glob("*.yaml")}
    return (paths[f"R-{n}"] for n in range(AANTAL))


def by_csv(folder: Path) -> Iterator[Path]:
    """A spreadsheet with the vragen as they are read and the answers in words, as Forms saves it."""
    table = folder / "antwoorden.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(["Code", *(v.tekst for v in LIJST.vragen)])
        out.writerows(rows(as_words=True))
    return imported(table, folder)


def by_xlsx(folder: Path) -> Iterator[Path]:
    """A workbook with ids and numbers."""
    table = folder / "antwoorden.xlsx"
    with xlsxwriter.Workbook(table) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([["Code", *VRAGEN], *rows(as_words=False)]):
            sheet.write_row(n, 0, row)
    return imported(table, folder)


def by_fhir(folder: Path) -> Iterator[Path]:
    """A response to the exported Questionnaire: of each item the code whose ordinal or kind of blank is meant."""
    exported = json.loads(run("vragenlijst", "exporteer", "eigen-regie", "--naar", "fhir", "--uit", "-").out)
    options = {item["linkId"]: item["answerOption"] for item in _walk(exported) if item.get("answerOption")}
    for n, antwoorden in enumerate(sets()):
        items = [
            {"linkId": v, "answer": [{"valueCoding": _coding(options[v], a)}]}
            for v, a in antwoorden.items()
            if a is not None
        ]
        response = {
            "resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-03-02T09:00:00Z",
            "questionnaire": f"{exported['url']}|{exported['version']}", "item": items,
        }  # fmt: skip
        path = folder / f"{n}.json"
        path.write_text(json.dumps(response), encoding="utf-8")
        yield path


def _walk(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in item.get("item", ()):
        yield part
        yield from _walk(part)


def _coding(options: list[dict[str, Any]], antwoord: int | str) -> dict[str, Any]:
    for option in options:
        ordinal = [e["valueDecimal"] for e in option.get("extension", ()) if e["url"].endswith("ordinalValue")]
        coding: dict[str, Any] = option["valueCoding"]
        if ordinal == [antwoord] or (not ordinal and coding["code"] == antwoord):
            return coding
    raise AssertionError(antwoord)


def by_odk(folder: Path) -> Iterator[Path]:
    """An inzending of the exported XLSForm: the fields of its survey, the codes of its choices."""
    book = folder / "formulier.xlsx"
    assert run("vragenlijst", "exporteer", "eigen-regie", "--naar", "xlsform", "--uit", book).code == 0
    sheets = CalamineWorkbook.from_path(str(book))
    header, *survey = sheets.get_sheet_by_name("survey").to_python()
    fields = [str(r[header.index("name")]) for r in survey if str(r[0]).startswith("select_one")]
    hidden = {r[1]: str(r[header.index("calculation")]).strip("'") for r in survey if r[0] == "calculate"}
    settings = dict(zip(*sheets.get_sheet_by_name("settings").to_python(), strict=True))
    for n, antwoorden in enumerate(sets()):
        filled = "".join(
            f"<{f}>{'' if a is None else a}</{f}>" for f, a in zip(fields, antwoorden.values(), strict=True)
        )
        about = "".join(f"<{k}>{escape(v)}</{k}>" for k, v in hidden.items() if k.startswith("regiekit_"))
        path = folder / f"{n}.xml"
        path.write_text(
            f'<?xml version="1.0"?><data id="{settings["form_id"]}" version="{settings["version"]}">{about}'
            f"<regiekit_vragen>{filled}</regiekit_vragen><meta><instanceID>uuid:{n}</instanceID></meta></data>",
            encoding="utf-8",
        )
        yield path


CHANNELS: list[Callable[[Path], Iterator[Path]]] = [
    by_invulblad, by_terminal, by_quick_entry, by_csv, by_xlsx, by_fhir, by_odk,
]  # fmt: skip


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda c: c.__name__)
def test_a_thousand_answer_sets(
    channel: Callable[[Path], Iterator[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # waiting for the disk after each of 17,000 answers proves nothing
    came_back = list(channel(tmp_path))
    assert len(came_back) == AANTAL
    wrong = [
        n for n, (antwoorden, path) in enumerate(zip(sets(), came_back, strict=True))
        if scored(path) != expected(antwoorden)
    ]  # fmt: skip
    assert wrong == []


def test_the_table_of_scores_is_the_same(tmp_path: Path) -> None:
    table, scores = tmp_path / "antwoorden.csv", tmp_path / "scores.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["client", *VRAGEN], *rows(as_words=False)])
    assert run("vragenlijst", "importeer", table, "--scores", scores).code == 0
    read = list(csv.DictReader(io.StringIO(scores.read_text(encoding="utf-8-sig"))))
    assert [row["client"] for row in read] == [f"R-{n}" for n in range(AANTAL)]
    for row, antwoorden in zip(read, sets(), strict=True):
        ours = {
            s.id: (bits(float(row[s.id]) if row[s.id] else None), int(row[f"{s.id}_beantwoord"])) for s in LIJST.schalen
        }
        assert ours == expected(antwoorden)


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("lock", [False, True], ids=["open", "sealed"])
def test_a_sample_through_the_form_in_the_browser(browser: Any, tmp_path: Path, lock: bool) -> None:
    key = make_key(tmp_path) if lock else None
    form = make_form(tmp_path, "--meetmoment", "start", *(("--sleutel", key) if key else ()))
    for n, antwoorden in enumerate(sets()[:IN_BROWSER]):
        (tmp_path / str(n)).mkdir()
        with offline_page(browser) as page:
            fill_in(begin(page, form), dict(zip((f"v{i}" for i in range(1, 18)), antwoorden.values(), strict=True)))
            answer_file = save(page, HAND_IN, tmp_path / str(n))
        if key:
            assert answer_file.suffix == ".jwe"
            assert scored(answer_file, "--sleutel", key, "--wachtzin-fd", str(wachtzin_fd())) == expected(antwoorden)
        else:
            assert scored(answer_file) == expected(antwoorden)


def wachtzin_fd() -> int:
    """A file descriptor with the wachtzin of the key of the tests."""
    reading, writing = os.pipe()
    os.write(writing, f"{WACHTZIN}\n".encode())
    os.close(writing)
    return reading

"""`regiekit vragenlijst importeer`: every row to an afname, or refused with row, column and reason. All verzonnen."""

from __future__ import annotations

import csv
import json
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regiekit.content.library import load_formulierteksten
from regiekit.domain.antwoordwoorden import Antwoordwoorden, Weigering, blank_words
from regiekit.domain.datumkolom import Datumkolom
from regiekit.domain.koppeling import match_kolommen, plain_text
from regiekit.domain.uitslag import antwoordschaal_of, make_kolom_scorer, score
from regiekit.errors import MELDINGEN
from regiekit.kanaal.importeren import VAAK, codes_of
from util import EIGEN_REGIE, ROOT, VRAGEN, Result, lijst_from, run, schaal, small_lijst, write

LIJST = EIGEN_REGIE.inhoud
LABELS = dict(LIJST.antwoordschaal.labels)
TEKSTEN = [v.tekst for v in LIJST.vragen]
TABELLEN = ROOT / "tests/tabellen"
ZONDER = next(v.zonder_training for v in LIJST.open_vragen if v.id == "start-1")
CANARIES = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"]


def table(path: Path, rows: list[dict[str, object]], kop: list[str] | None = None, teken: str = ",") -> Path:
    """A CSV of `rows`; without `kop` the columns are code and every vraag by its id, answered with 3."""
    kop = kop or ["code", *dict.fromkeys(k for row in rows for k in row if k != "code" and k not in VRAGEN), *VRAGEN]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=teken)
        writer.writerow(kop)
        for n, row in enumerate(rows, 1):
            writer.writerow([row.get(k, f"R-{n:03}" if k == "code" else 3 if k in VRAGEN else "") for k in kop])
    return path


def importeer(path: Path, *options: object) -> Result:
    return run("vragenlijst", "importeer", path, *options)


def problems(result: Result) -> list[tuple[int, int, str]]:
    """(row, column, code) of what is refused; the run must have stopped on it."""
    assert result.code == 3, result.err
    return [(p["regel"], p["kolom"], p["code"]) for p in result.json["problemen"]]


def afname(folder: Path, name: str) -> str:
    return (folder / f"afname-{name}.yaml").read_text(encoding="utf-8")


def scores_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_as_score_says(folder: Path, row: dict[str, str]) -> bool:
    """Whether a row of the table of scores is what `score` gives for the afname of that row, to the bit."""
    said = run("score", next(folder.glob(f"afname-{row['client']}*.yaml")), "--json").json
    assert (row["vragenlijst"], row["versie"], row["hash"]) == (said["vragenlijst"], said["versie"], said["hash"])
    assert (row["datum"] or None, row["meetmoment"] or None) == (said["datum"], said["meetmoment"])
    for found in said["schalen"]:
        value = row[found["id"]]
        assert (float(value) if value else None) == found["score"]
        assert int(row[f"{found['id']}_beantwoord"]) == found["beantwoord"]
    return True


# exports as other programs make them --------------------------------------------------------------------------------


def forms(path: Path) -> Path:
    """As Microsoft Forms exports: question texts as header, label texts as answers, real dates, anonymous people."""
    book = xlsxwriter.Workbook(path)
    sheet, day = book.add_worksheet("Sheet1"), book.add_format({"num_format": "m/d/yy h:mm:ss"})
    sheet.write_row(0, 0, ["ID", "Start time", "Completion time", "Email", "Name", "Wat is je code?", *TEKSTEN])
    sheet.write(0, 5, "Clientcode")
    for row in range(1, 4):
        sheet.write_number(row, 0, row)
        for column in (1, 2):
            sheet.write_datetime(row, column, datetime(2026, 3, row, 9, column), day)
        sheet.write(row, 3, "anonymous")
        sheet.write(row, 5, f"R-{row}")
        for n in range(17):
            sheet.write(row, 6 + n, LABELS[(row + n) % 5 + 1].replace(" ", "\xa0", 1) if (row + n) % 6 else None)
    book.close()
    return path


def test_microsoft_forms(tmp_path: Path) -> None:
    uit, scores = tmp_path / "uit", tmp_path / "scores.csv"
    result = importeer(
        forms(tmp_path / "forms.xlsx"), "--meetmoment", "start", "--uit", uit, "--scores", scores, "--json"
    )
    assert result.code == 0, result.err
    assert result.json["rijen"] == {"gelezen": 3, "goed": 3, "geweigerd": 0, "leeg": 0}
    skipped = {k["naam"]: k["reden"] for k in result.json["kolommen"] if k["wordt"] is None}
    assert skipped == {
        "ID": "geen vraag van deze lijst", "Start time": "geen vraag van deze lijst",
        "Email": "kan iemand herkenbaar maken", "Name": "kan iemand herkenbaar maken",
    }  # fmt: skip
    text = afname(uit, "R-2-start")
    assert "datum: 2026-03-02\n" in text
    expected = {v: (2 + n) % 5 + 1 if (2 + n) % 6 else None for n, v in enumerate(VRAGEN)}
    assert text.partition("antwoorden:\n")[2] == "".join(
        f"  {v}:{'' if a is None else f' {a}'}\n" for v, a in expected.items()
    )
    assert "anonymous" not in "".join(p.read_text(encoding="utf-8") for p in uit.iterdir())
    assert [is_as_score_says(uit, row) for row in scores_of(scores)] == [True] * 3


def test_google_forms(tmp_path: Path) -> None:
    uit = tmp_path / "uit"
    result = importeer(copy_of("google-forms.csv", tmp_path), "--meetmoment", "start", "--uit", uit)
    assert result.code == 0, result.err
    assert sorted(p.name for p in uit.iterdir()) == [f"afname-R-{n}-start.yaml" for n in range(101, 107)]
    text = afname(uit, "R-102-start")
    assert 'start-1: "Ik wil weer werken,\\nmaar rustig."' in text
    assert "datum: 2026-03-03\n" in text
    assert text.startswith("# Uit rij 3 van een rekenblad, "), "an answer with a line end in it is one row"
    assert "google-forms" not in text, "the name of a file may be that of a person"
    assert "example.org" not in text


@pytest.mark.parametrize("name", ["limesurvey-codes.csv", "limesurvey-teksten.csv"])
def test_limesurvey(tmp_path: Path, name: str) -> None:
    uit, scores = tmp_path / "uit", tmp_path / "scores.csv"
    result = importeer(copy_of(name, tmp_path), "--uit", uit, "--scores", scores)
    assert result.code == 0, result.err
    rows = scores_of(scores)
    assert len(rows) == 6
    assert all(is_as_score_says(uit, row) for row in rows)
    text = "".join(p.read_text(encoding="utf-8") for p in uit.iterdir())
    assert {"weet-niet", "wil-niet-zeggen", "nvt"} <= set(text.split())
    assert ("taal: en" in text) == (name == "limesurvey-codes.csv")


def copy_of(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes((TABELLEN / name).read_bytes())
    return path


def test_an_ods_and_a_csv_of_excel_give_the_same(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"autonomie-1": "één is \u20ac", "competentie-1": ""}]
    rows[0]["autonomie-1"] = "mee eens"
    plain = importeer(table(tmp_path / "a.csv", rows), "--vragenlijst", "eigen-regie", "--json").json
    path = table(tmp_path / "b.csv", rows, teken=";")
    path.write_bytes(b"sep=;\r\n" + path.read_text(encoding="utf-8").encode("cp1252"))
    assert importeer(path, "--vragenlijst", "eigen-regie", "--json").json["vragen"] == plain["vragen"]


# which column is which vraag ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrap", [
    "{id}", "{code}", "{ID}", "{id_}", "G1[{code}]", "groep/{id_}", "{tekst}", "1. {tekst}", "{code}. {tekst}",
    "Geef aan wat past [{tekst}]", "  {tekst}  *", "{en}", "{TEKST}",
])  # fmt: skip
def test_the_ways_to_name_a_vraag(wrap: str) -> None:
    english = dict(LIJST.teksten)["en"]["vragen"]
    kop = [
        wrap.format(id=v.id, code=v.id.replace("-", ""), ID=v.id.upper(), id_=v.id.replace("-", "_"), tekst=v.tekst,
                    TEKST=v.tekst.upper().replace(" ", "\xa0 "), en=english[v.id])
        for v in LIJST.vragen
    ]  # fmt: skip
    found = match_kolommen(kop, LIJST, codes=codes_of(LIJST))
    assert [k.doel.id if k.doel and k.zeker else None for k in found] == VRAGEN


def test_what_is_only_near_is_never_taken_silently(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [dict.fromkeys(TEKSTEN, 4)], kop=TEKSTEN)
    path.write_text(
        path.read_text(encoding="utf-8").replace("aanpak in mijn traject", "regel in mijn traject"), "utf-8"
    )
    unsure = importeer(path)
    assert unsure.code == 2, "no vragenlijst fits for sure"
    assert f"Typ dan: regiekit vragenlijst importeer {path} --vragenlijst eigen-regie\n" in unsure.err
    result = importeer(path, "--vragenlijst", "eigen-regie", "--uit", tmp_path / "uit")
    assert result.code == 2
    assert "--akkoord" in result.err
    assert not (tmp_path / "uit").exists()
    proposal = tmp_path / "a.voorstel.yaml"
    assert "# kijk dit na: Ik kan zelf kiezen hoe ik dingen aanpak" in proposal.read_text(encoding="utf-8")
    assert run("controleer", proposal).code == 0
    for options in (("--akkoord",), ("--koppel", proposal)):
        uit = tmp_path / options[0].strip("-")
        assert importeer(path, "--vragenlijst", "eigen-regie", *options, "--uit", uit).code == 0
        assert "autonomie-1: 4\n" in afname(uit, "rij-2")


def near_table(folder: Path) -> Path:
    """One column of which the name is only near, and one vraag without a column."""
    kop = ["code", VRAGEN[0], "Mijn mening telt mee in mijn traject, bij besluiten over mij.", *VRAGEN[2:-1]]
    path = folder / "a.csv"
    path.write_text(",".join(f'"{k}"' for k in kop) + "\nR-1" + ",4" * 16 + "\n", "utf-8")
    return path


@pytest.mark.parametrize(("typed", "code"), [("j\nj\n", 0), ("n\nj\n", 0), ("j\nn\n", 2)])
def test_on_a_terminal_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int) -> None:
    monkeypatch.setattr("regiekit.cli.koppel.sys", FakeTerminal())
    uit = tmp_path / "uit"
    path = near_table(tmp_path)
    result = run("vragenlijst", "importeer", path, "--vragenlijst", "eigen-regie", "--uit", uit, stdin=typed)
    assert result.code == code, result.err
    assert "lijkt op autonomie-2" in result.out
    assert "Geen kolom voor eigen-regie-3" in result.out
    if code == 0:
        assert ("autonomie-2: 4\n" in afname(uit, "R-1")) == typed.startswith("j")
        assert (tmp_path / "a.koppel.yaml").exists()


class FakeTerminal:
    """`sys` with streams that say they are a terminal."""

    class Stream:
        def isatty(self) -> bool:
            return True

    stdin = stdout = Stream()


def test_a_koppelbestand_is_used_exactly(tmp_path: Path) -> None:
    path = near_table(tmp_path)
    first = importeer(path, "--vragenlijst", "eigen-regie", "--akkoord", "--scores", tmp_path / "een.csv")
    assert first.code == 0, first.err
    kept = tmp_path / "a.koppel.yaml"
    again = importeer(path, "--scores", tmp_path / "twee.csv", "--json")
    assert again.json["koppelbestand"] == str(kept)
    assert (tmp_path / "een.csv").read_bytes() == (tmp_path / "twee.csv").read_bytes()
    other = path.rename(tmp_path / "b.csv")
    assert importeer(other, "--koppel", kept).code == 0
    text = kept.read_text(encoding="utf-8")
    for change, said in (
        (text.replace(EIGEN_REGIE.hash, "0" * 16), "is veranderd"),
        (text.replace('versie: "1"', 'versie: "9"'), "ken ik niet"),
        (text.replace('"autonomie-4"', '"weg"'), "staan niet in het bestand: 'weg'"),
        (text.replace("  autonomie-4:", "  bestaat-niet:"), "die vraag heeft 'eigen-regie' niet"),
        (text.replace('  autonomie-4: "autonomie-4"\n', ""), "ontbreekt 'autonomie-4'"),
        (text.replace("kolommen:", "kolomen:"), "bedoelde je 'kolommen'?"),
    ):
        kept.write_text(change, encoding="utf-8")
        result = importeer(other, "--koppel", kept)
        assert (result.code, said in result.err) == (3, True), result.err
    assert importeer(other, "--koppel", tmp_path / "nergens.yaml").code == 2


def test_a_koppelbestand_may_say_more_words(tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv", [{"autonomie-1": "Zeker wel", "autonomie-2": "geen mening", "autonomie-3": "8/10"}]
    )
    assert problems(importeer(path, "--vragenlijst", "eigen-regie", "--json")) == [
        (2, 2, "tabel-geen-antwoord"), (2, 3, "tabel-geen-antwoord"), (2, 4, "tabel-geen-antwoord"),
    ]  # fmt: skip
    importeer(table(tmp_path / "b.csv", [{}]), "--vragenlijst", "eigen-regie", "--scores", tmp_path / "s.csv")
    koppel = tmp_path / "b.koppel.yaml"
    more = (
        "waarden: {zeker wel: 5}\nniet_beantwoord: {geen mening: weet-niet}\neigen_waarden: {autonomie-3: {8/10: 4}}\n"
    )
    koppel.write_text(koppel.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert importeer(path, "--koppel", koppel, "--uit", tmp_path / "uit").code == 0
    assert "autonomie-1: 5\n  autonomie-2: weet-niet\n  autonomie-3: 4\n" in afname(tmp_path / "uit", "R-001")


def koppelbestand(folder: Path, extra: str, named: str = "") -> Path:
    """A koppelbestand for a table with the ids as columns, and something more in it."""
    lines = "\n".join(f"  {v}: {v}" for v in VRAGEN)
    text = f'vragenlijst: eigen-regie\nversie: "1"\nhash: "{EIGEN_REGIE.hash}"\nkolommen:\n{lines}\n'
    return write(folder, named or "k.yaml", f"{text}velden: {{client: code}}\n{extra}")


@pytest.mark.parametrize(("extra", "where", "code"), [
    ("waarden: {sterk: 777}", "23:18", "koppel-schaal"),
    ("eigen_waarden: {autonomie-1: {soms: 0}}", "23:37", "koppel-schaal"),
    ('waarden: {" ": 1}', "23:11", "koppel-leeg"), ("waarden: {nvt: 5}", "23:11", "koppel-leeg"),
    ("eigen_waarden: {autonomie-1: {N/A: 1}}", "23:31", "koppel-leeg"),
    ("waarden: {soms: 2}\nniet_beantwoord: {Soms: nvt}", "24:19", "koppel-spreekt-tegen"),
    ('waarden: {"4": 2}', "23:11", "koppel-spreekt-tegen"), ("waarden: {agree: 2}", "23:11", "koppel-spreekt-tegen"),
    ("niet_beantwoord: {mee eens: leeg}", "23:19", "koppel-spreekt-tegen"),
])  # fmt: skip
def test_words_of_a_koppelbestand_that_cannot_be(tmp_path: Path, extra: str, where: str, code: str) -> None:
    koppel, path = koppelbestand(tmp_path, extra), table(tmp_path / "a.csv", [{}])
    result = importeer(path, "--koppel", koppel, "--uit", tmp_path / "uit")
    assert result.code == 3
    assert result.err.startswith(f"{koppel}:{where}: ")
    assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "uit").exists()
    problem = run("controleer", koppel, "--json").json[0]
    assert (f"{problem['regel']}:{problem['kolom']}", problem["code"]) == (where, code)


def test_a_koppelbestand_beside_the_table_is_told(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"autonomie-1": "sterk"}])
    koppel = koppelbestand(tmp_path, "waarden: {sterk: 5}", "a.koppel.yaml")
    result = importeer(path)
    assert (result.code, f"ik gebruik het koppelbestand {koppel}," in result.err) == (0, True)
    assert "ik gebruik" not in importeer(path, "--koppel", koppel).err


def test_a_koppelbestand_holds_at_every_meetmoment(tmp_path: Path) -> None:
    """What one run reads says nothing about the next: not which open vragen, not whether the table names moments."""
    texts = {v.id: v.tekst for v in LIJST.open_vragen}
    open_vragen = [texts["start-1"], texts["halverwege-1"], texts["einde-4"]]
    assert plain_text(texts["einde-4"]) == plain_text(texts["halverwege-4"])
    path = table(tmp_path / "a.csv", [{"code": "R-1", "meetmoment": "einde"} | dict.fromkeys(open_vragen, "ja")])
    for moment in ("start", "halverwege"):
        result = importeer(path, "--meetmoment", moment, "--uit", tmp_path / "uit")
        assert result.code == 0, result.err
    assert 'open:\n  start-1: "ja"\n' in afname(tmp_path / "uit", "R-1-start") + "\n"
    assert 'open:\n  halverwege-1: "ja"\n  halverwege-4: "ja"\n' in afname(tmp_path / "uit", "R-1-halverwege")
    assert importeer(path, "--uit", tmp_path / "uit").code == 0
    assert afname(tmp_path / "uit", "R-1-einde")


@pytest.mark.parametrize("wrap", ["Coach: {tekst}", "Verwachting. {tekst}", "Toelichting: {tekst}", "coach1: {tekst}"])
def test_a_word_before_a_text_is_at_most_a_proposal(wrap: str) -> None:
    found = match_kolommen([wrap.format(tekst=t) for t in TEKSTEN], LIJST, codes=codes_of(LIJST))
    assert [k for k in found if k.zeker and k.doel] == []
    both = match_kolommen([*TEKSTEN, *(wrap.format(tekst=t) for t in TEKSTEN)], LIJST, codes=codes_of(LIJST))
    assert [k.doel.id if k.doel else None for k in both] == [*VRAGEN, *([None] * 17)]


@pytest.mark.parametrize("wrap", ["Q{n}. {tekst}", "v{n}: {tekst}", "G01Q01[SQ00{n}]. {tekst}", "vraag {n}. {tekst}"])
def test_a_number_before_a_text_changes_nothing(wrap: str) -> None:
    kop = [wrap.format(n=n, tekst=t) for n, t in enumerate(TEKSTEN, 2)]
    found = match_kolommen(kop, LIJST, codes=codes_of(LIJST))
    assert [k.doel.id if k.doel and k.zeker else None for k in found] == VRAGEN


@pytest.mark.parametrize("wrap", ["{code}. {tekst}", "{code} [{tekst}]", "G1[{code}]. {tekst}"])
def test_a_code_and_a_text_that_contradict(tmp_path: Path, wrap: str) -> None:
    kop = ["code", *(wrap.format(code=VRAGEN[n - 16], tekst=t) for n, t in enumerate(TEKSTEN))]
    path = table(tmp_path / "a.csv", [{}], kop=kop)
    result = importeer(path, "--json")
    assert result.code == 3
    plek = f"kolom B ('{kop[1][:40]}')"
    said = MELDINGEN["tabel-vraag-tegenspraak"].format(plek=plek, code="autonomie-2", tekst="autonomie-1")
    assert f"{path}:1:2: {said}" in result.err.splitlines()


@pytest.mark.parametrize("kop", ["Geef een cijfer voor de coach [Vertrouwen]", "coach/vertrouwen"])
def test_a_word_in_a_group_is_no_sure_id(tmp_path: Path, kop: str) -> None:
    path = table(tmp_path / "a.csv", [{kop: 3, "onzekerheid": 4}], kop=["code", kop, "onzekerheid"])
    result = importeer(path, "--vragenlijst", "schaalvragen", "--json")
    assert (result.code, result.json["kolommen"][1]["zeker"]) == (2, False)


def test_a_column_that_asks_for_the_code_is_a_proposal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kop = "Wat is je cliëntcode?"
    path = table(tmp_path / "a.csv", [{kop: "R-7"}], kop=[kop, *VRAGEN])
    assert importeer(path).code == 2
    monkeypatch.setattr("regiekit.cli.koppel.sys", FakeTerminal())
    uit = tmp_path / "uit"
    result = run("vragenlijst", "importeer", path, "--uit", uit, stdin="j\n")
    assert result.code == 0, result.err
    assert "client: R-7\n" in afname(uit, "R-7")


def test_what_was_answered_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regiekit.cli.koppel.sys", FakeTerminal())
    path = near_table(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(",4\n", ",9\n"), encoding="utf-8")
    first = run("vragenlijst", "importeer", path, "--uit", tmp_path / "uit", stdin="j\nj\nj\n")
    assert first.code == 3, "a row is refused"
    assert "Is dit de vragenlijst 'Eigen regie in het tweede spoor'?" in " ".join(first.out.split())
    assert "ik vraag ze niet nog eens" in " ".join(first.out.split())
    again = run("vragenlijst", "importeer", path, "--uit", tmp_path / "uit", stdin="")
    assert (again.code, "lijkt op" in again.out) == (3, False)


def test_two_columns_for_one_vraag(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(["autonomie1", *VRAGEN]) + "\n" + ",".join("3" * 18) + "\n", "utf-8")
    result = importeer(path, "--vragenlijst", "eigen-regie")
    assert result.code == 3
    said = MELDINGEN["tabel-vraag-dubbel"].format(plek="kolom B ('autonomie-1')", id="autonomie-1", eerder="A")
    proposal = tmp_path / "a.voorstel.yaml"
    assert result.err.splitlines()[0].startswith(f"regiekit: Het voorstel staat in {proposal}: ")
    assert result.err.splitlines()[1:] == [f"{path}:1:2: {said}"]
    assert 'autonomie-1: "autonomie1"' in proposal.read_text(encoding="utf-8")
    assert importeer(path, "--koppel", proposal).code == 0


def test_a_file_without_one_vraag(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "naam,e-mail\nx,y\n")
    assert importeer(path).code == 2
    result = importeer(path, "--vragenlijst", "eigen-regie", "--akkoord")
    assert (result.code, "geen enkele kolom past" in result.err) == (3, True)


def test_when_two_vragenlijsten_fit_it_asks_which(tmp_path: Path) -> None:
    own = (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
    (tmp_path / "eigen.yaml").write_text(own.replace("id: eigen-regie\n", "id: eigen-woorden\n", 1), encoding="utf-8")
    (tmp_path / "tabel").mkdir()
    path = table(tmp_path / "tabel" / "a.csv", [{}])
    result = importeer(path, "--bibliotheek", tmp_path)
    assert (result.code, "eigen-regie, eigen-woorden" in result.err) == (2, True)
    assert importeer(path, "--bibliotheek", tmp_path, "--vragenlijst", "eigen-woorden").code == 0
    assert importeer(path).code == 0


# values -------------------------------------------------------------------------------------------------------------


def woorden(lijst: Any = LIJST, vraag: str = "autonomie-1", **extra: Any) -> Antwoordwoorden:
    return Antwoordwoorden(lijst, vraag, blank_words(load_formulierteksten()), extra)


@pytest.mark.parametrize("cell", [
    "777", "0", "6", "-1", "4.5", "4,5", "04", "+4", "4e0", "²", "４", "mee  oneens", "eens", "TRUE", "WAAR",
    "2026-03-02", "4.000", "4,000",
    "4 - niet mee eens", "5 mee eens", "mee eens (5)", "mee eens!", "4;5", "A4", "-", "?", "None", "4 - ", "1/5",
])  # fmt: skip
def test_anything_else_is_refused(tmp_path: Path, cell: str) -> None:
    path = table(tmp_path / "a.csv", [{}, {"competentie-2": cell}])
    result = importeer(path, "--vragenlijst", "eigen-regie", "--json", "--uit", tmp_path / "uit")
    assert [(row, column) for row, column, _ in problems(result)] == [(3, 8)]
    assert [p.name for p in (tmp_path / "uit").iterdir()] == ["geweigerd.csv"]
    assert repr(cell)[1:-1] in result.err


@pytest.mark.parametrize(("cell", "answer"), [
    ("4", 4), ("4.0", 4), ("4,00", 4), (" 4 ", 4), ("mee eens", 4), ("  MEE \xa0 eens ", 4), ("agree", 4),
    ("4 - mee eens", 4),
    ("4. mee eens", 4), ("(4) mee eens", 4), ("mee eens (4)", 4), ("4 mee eens", 4), ("", None),
    (" ", None), ("N/A", None), ("NA", None), ("nan", None), ("NaN", None),
    ("#N/A", None), ("weet-niet", "weet-niet"), ("Wil ik niet zeggen", "wil-niet-zeggen"), ("NVT", "nvt"),
    ("ja, helemaal", 5),
])  # fmt: skip
def test_what_is_an_answer(cell: str, answer: object) -> None:
    found = woorden().read(cell)
    assert (found, type(found)) == (answer, type(answer))


def test_every_declared_value_and_label_comes_back() -> None:
    for vraag in LIJST.vragen:
        made = woorden(vraag=vraag.id)
        ends = antwoordschaal_of(LIJST, vraag.id)
        for waarde in range(ends.min, ends.max + 1):
            labels = [t["labels"][str(waarde)] if str(waarde) in t["labels"] else t["labels"][waarde]
                      for t in dict(LIJST.teksten).values()]  # fmt: skip
            for cell in (str(waarde), f"{waarde}.0", LABELS[waarde], *labels):
                assert made.read(cell) == waarde


ZERO = small_lijst(schaal("a", "1 2 3", 3), low=-1, high=1, extra="")


def test_zero_and_below_are_answers_where_they_are_declared(tmp_path: Path) -> None:
    text = ZERO.replace("{min: -1, max: 1}", "{min: -1, max: 1, labels: {-1: nee, 0: soms, 1: ja}}")
    lijst = lijst_from(tmp_path, text)
    made = woorden(lijst, "v-1")
    assert [made.read(c) for c in ("-1", "0", "1", "soms", "0 - soms", "-1: nee", "nee (-1)")] == [
        -1,
        0,
        1,
        0,
        0,
        -1,
        -1,
    ]
    refused = made.read("0 - ja")
    assert isinstance(refused, Weigering)
    assert (refused.code, refused.details) == ("tabel-getal-en-woorden", {"getal": 0, "woorden": "1"})
    path = table(tmp_path / "a.csv", [{"v-1": "0 - soms", "v-2": -1, "v-3": "ja"}], kop=["v-1", "v-2", "v-3"])
    assert importeer(path, "--vragenlijst", tmp_path / "lijst.yaml", "--uit", tmp_path / "uit").code == 0
    text = afname(tmp_path / "uit", "rij-2")
    assert "v-1: 0\n  v-2: -1\n  v-3: 1\n" in text
    assert run("score", tmp_path / "uit/afname-rij-2.yaml", "--json").json["schalen"][0]["score"] == 0


@pytest.mark.parametrize("cell", ["5.5", "5,5", "2.2", "7-7", "3:3", "3=3", "5)5", "5 5", "5 (5)", "(5) 5"])
def test_labels_that_are_numbers_make_no_half_a_whole(tmp_path: Path, cell: str) -> None:
    row: dict[str, object] = {"onzekerheid": cell, "vertrouwen": "1 - het minst"}
    path = table(tmp_path / "a.csv", [row], kop=list(row))
    assert problems(importeer(path, "--vragenlijst", "schaalvragen", "--json")) == [(2, 1, "tabel-geen-antwoord")]


def test_a_word_for_two_values_is_refused_with_both(tmp_path: Path) -> None:
    text = small_lijst(schaal("a", "1 2 3", 3), high=3).replace(
        "max: 3}", "max: 3, labels: {1: nooit, 2: soms, 3: soms}}"
    )
    write(tmp_path, "lijst.yaml", text)
    path = table(tmp_path / "a.csv", [{"v-1": "nooit", "v-2": "Soms", "v-3": 3}], kop=["v-1", "v-2", "v-3"])
    result = importeer(path, "--vragenlijst", tmp_path / "lijst.yaml", "--json")
    assert problems(result) == [(2, 2, "tabel-woord-dubbel")]
    assert "2 en 3" in result.err


def test_a_value_that_never_occurs_is_a_warning(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [dict.fromkeys(VRAGEN, n % 5 + 1) for n in range(VAAK)]
    for row in rows:
        row["autonomie-1"] = max(int(str(row["autonomie-1"])), 2)
    assert "waarde 1 komt niet voor bij autonomie-1 (30 antwoorden)" in importeer(table(tmp_path / "a.csv", rows)).err
    assert "komt niet voor" not in importeer(table(tmp_path / "b.csv", rows[:-1])).err


# rows ---------------------------------------------------------------------------------------------------------------


def test_one_wrong_row_stops_all_of_it(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{}, {"autonomie-1": 9, "eigen-regie-3": "x"}, {}])
    uit, scores = tmp_path / "uit", tmp_path / "scores.csv"
    result = importeer(path, "--uit", uit, "--scores", scores)
    assert result.code == 3
    assert result.err.splitlines()[0].startswith(f"{path}:3:2: in kolom B ('autonomie-1') staat '9'; dat is geen")
    assert not scores.exists()
    assert [p.name for p in uit.iterdir()] == ["geweigerd.csv"]
    assert "3 rijen gelezen: 2 goed, 1 geweigerd, 0 leeg." in result.out
    with (uit / "geweigerd.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["rij"], r["kolom"], r["naam"], r["waarde"]) for r in rows] == [
        ("3", "B", "autonomie-1", "9"), ("3", "R", "eigen-regie-3", "x"),
    ]  # fmt: skip
    assert importeer(table(path, [{}, {}]), "--uit", uit).code == 0
    assert not (uit / "geweigerd.csv").exists(), "what it says is no longer true"


def test_a_file_of_another_with_that_name_stays_unless_it_is_said(tmp_path: Path) -> None:
    uit = tmp_path / "uit"
    uit.mkdir()
    (uit / "geweigerd.csv").write_text("van een ander", encoding="utf-8")
    path = table(tmp_path / "a.csv", [{}, {"autonomie-1": 9}])
    result = importeer(path, "--uit", uit)
    assert (result.code, "verplaats het, of gebruik --overschrijf" in result.err) == (2, True)
    assert (uit / "geweigerd.csv").read_text(encoding="utf-8") == "van een ander"
    assert importeer(path, "--uit", uit, "--overschrijf").code == 3
    assert "autonomie-1" in (uit / "geweigerd.csv").read_text(encoding="utf-8-sig")
    itself = table(tmp_path / "geweigerd.csv", [{}, {"autonomie-1": 9}])
    result = importeer(itself, "--uit", tmp_path, "--overschrijf")
    assert (result.code, "geef het bestand een andere naam" in result.err) == (2, True)


def test_with_weiger_rijen_the_good_rows_go_on(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{}, {"autonomie-1": 9}, dict.fromkeys(["code", *VRAGEN], ""), {}])
    uit = tmp_path / "uit"
    result = importeer(path, "--uit", uit, "--weiger-rijen", "--json")
    assert result.code == 0
    assert result.json["rijen"] == {"gelezen": 4, "goed": 2, "geweigerd": 1, "leeg": 1}
    assert sorted(p.name for p in uit.iterdir()) == ["afname-R-001.yaml", "afname-R-004.yaml", "geweigerd.csv"]
    assert result.json["vragen"][0]["waarden"][2]["aantal"] == 2
    assert [p["code"] for p in result.json["problemen"]] == ["tabel-geen-antwoord"]


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "a name": ({"code": "Jan de Vries"}, "tabel-client"),
    "a first name": ({"code": "Fatima"}, "tabel-client"),
    "names with a dot": ({"code": "jan.jansen"}, "tabel-client"),
    "an e-mail address": ({"code": "r@example.org"}, "tabel-client"),
    "a BSN": ({"code": "111222333"}, "tabel-client-bsn"),
    "a BSN without its zero": ({"code": "12345672"}, "tabel-client-bsn"),
    "a BSN behind a letter": ({"code": "R-123456782"}, "tabel-client-bsn"),
    "a phone number": ({"code": "0612345678"}, "tabel-client"),
    "names written together": ({"code": "PietJansen"}, "tabel-client"),
    "a letter and a name": ({"code": "jdevries"}, "tabel-client"),
    "a short form of a name": ({"code": "vdberg"}, "tabel-client"),
    "a number below zero": ({"code": "-5"}, "tabel-client"),
    "a dot in front": ({"code": ".5"}, "tabel-client"),
    "a code that is too long": ({"code": "R" * 41}, "tabel-client"),
    "another moment": ({"meetmoment": "later"}, "tabel-meetmoment"),
    "another language": ({"taal": "de"}, "tabel-taal"),
    "a day that is none": ({"datum": "2026-02-30"}, "tabel-datum"),
    "a word for a day": ({"datum": "gisteren"}, "tabel-datum"),
    "an endless text": ({"start-1": "x" * 10_001}, "tabel-open-te-lang"),
    "both open texts": ({"start-1": "x", ZONDER: "y"}, "tabel-open-dubbel"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_row_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    row, code = REFUSED[name]
    path = table(tmp_path / "a.csv", [{}, row])
    result = importeer(path, "--vragenlijst", "eigen-regie", "--json", "--uit", tmp_path / "uit")
    assert [(n, c) for n, _, c in problems(result)] == [(3, code)]
    if code.startswith("tabel-client"):
        assert str(row["code"]) not in result.err + (tmp_path / "uit/geweigerd.csv").read_text(encoding="utf-8-sig")


def test_the_same_client_and_moment_twice(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"code": "R-1", "moment": m} for m in ("start", "Einde", "START", "einde ")]
    result = importeer(table(tmp_path / "a.csv", rows), "--json")
    assert problems(result) == [(4, 1, "tabel-afname-dubbel"), (5, 1, "tabel-afname-dubbel")]
    assert "al in rij 2" in result.err
    assert "al in rij 3" in result.err


def test_a_right_row_behind_a_wrong_one_is_no_double(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"code": "R-1", "autonomie-1": a} for a in (9, 4, 3)]
    path = table(tmp_path / "a.csv", rows)
    assert problems(importeer(path, "--json")) == [(2, 2, "tabel-geen-antwoord"), (4, 1, "tabel-afname-dubbel")]
    table(path, rows[:2])
    assert importeer(path, "--weiger-rijen", "--uit", tmp_path / "uit").code == 0
    assert "autonomie-1: 4\n" in afname(tmp_path / "uit", "R-1")


@pytest.mark.parametrize("cell", ["r@example.org", "06-12345678", "+31 6 12345678", "123456782", "Jan", "woord " * 15])
def test_a_cell_that_could_tell_who_is_not_shown(tmp_path: Path, cell: str) -> None:
    path = table(tmp_path / "a.csv", [{"autonomie-1": cell}])
    result = importeer(path, "--json", "--uit", tmp_path / "uit")
    assert problems(result) == [(2, 2, "tabel-geen-antwoord")]
    shown = result.out + result.err + (tmp_path / "uit/geweigerd.csv").read_text(encoding="utf-8-sig")
    assert (cell.strip() in shown, shown.count("(niet getoond: kan iemand herkenbaar maken)")) == (False, 3)


def test_rows_without_one_answer_count_as_empty(tmp_path: Path) -> None:
    """As LimeSurvey exports who stopped halfway."""
    blank: dict[str, object] = dict.fromkeys(VRAGEN, "")
    some = [blank | {"start-1": "ja"}, blank | {"autonomie-2": "nvt"}]
    path = table(tmp_path / "a.csv", [{}, blank, dict.fromkeys(VRAGEN, "N/A"), *some])
    result = importeer(path, "--json")
    assert result.json["rijen"] == {"gelezen": 5, "goed": 3, "geweigerd": 0, "leeg": 2}
    assert "2 rijen hebben geen enkel antwoord" in result.json["waarschuwingen"][0]["tekst"]


def test_without_any_code_it_says_so(tmp_path: Path) -> None:
    said = "geen enkele rij heeft een cliëntcode"
    assert said in importeer(table(tmp_path / "a.csv", [{"code": ""}, {"code": ""}])).err
    assert said not in importeer(table(tmp_path / "b.csv", [{"code": ""}, {}])).err


def test_rows_that_are_too_short_or_too_long(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{}])
    good = ["R-9", *("3" * 17)]
    with path.open("a", encoding="utf-8") as file:
        for cells in (good[:-1], [*good, "x"], [*good[:-1], "3", "", ""], [""], good[:1]):
            file.write(",".join(cells) + "\n")
    result = importeer(path, "--json")
    assert problems(result) == [(3, 17, "tabel-rij-lengte"), (4, 18, "tabel-rij-lengte"), (7, 1, "tabel-rij-lengte")]
    assert result.json["rijen"] == {"gelezen": 6, "goed": 2, "geweigerd": 3, "leeg": 1}


def test_problems_are_bounded_and_the_file_of_refused_rows_is_not(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"autonomie-1": 9} for _ in range(250)])
    result = importeer(path, "--uit", tmp_path / "uit")
    assert len(result.err.splitlines()) == 101
    assert len((tmp_path / "uit/geweigerd.csv").read_text(encoding="utf-8-sig").splitlines()) == 251


def test_every_sentence_of_a_table_occurs_in_a_test() -> None:
    here = "".join(
        (ROOT / "tests" / name).read_text(encoding="utf-8") for name in ("test_importeer.py", "test_tabel.py")
    )
    assert [code for code in MELDINGEN if code.startswith("tabel-") and f'"{code}"' not in here] == []


# dates --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cells", "days"), [
    (["2026-03-02", "2026-03-02T10:00:00Z", "2026/3/2 9:05:00 p.m. CET"], ["2026-03-02"] * 3),
    (["2-3-2026", "02.03.2026 10:00", "31-12-2026"], ["2026-03-02", "2026-03-02", "2026-12-31"]),
    (["2-3-2026", "2026.03.02"], ["", ""]),
    (["03-04-2026", "03-14-2026"], ["", ""]),
    (["2026-04-03", "3/25/2026"], ["", ""]),
    (["3-4-2026", "3/25/2026"], ["", ""]),
    (["3-4-2026", "25/3/2026", "4/3/2026"], ["2026-04-03", "2026-03-25", "2026-03-04"]),
    (["02-03-26", "3/14/26", "0026-03-02", "1999-12-31", "2101-01-01", "2-3-1926", "31/2/2026"], [None] * 7),
    (["3/4/2026", "13/4/2026"], ["2026-04-03", "2026-04-13"]),
    (["3/4/2026 10:00:00", "3/14/2026 9:00:00"], ["2026-03-04", "2026-03-14"]),
    (["3/4/2026", "5/6/2026"], ["", ""]),
    (["13/4/2026", "4/13/2026"], ["", ""]),
    (["1980-01-01 00:00:00", "", " "], ["", "", ""]),
    (["2026-03-021", "32-1-2026", "x", "2026-13-01", "2026-3"], [None] * 5),
    ([" 2026-03-02", " 2026-03-03"], ["2026-03-02", "2026-03-03"]),
])  # fmt: skip
def test_dates(cells: list[str], days: list[str | None]) -> None:
    column = Datumkolom()
    before = [column.read(c) for c in cells]
    if not column.settle():
        assert before == days
    assert [column.read(c) for c in cells] == days


def test_a_date_that_could_be_two_days_is_left_empty_and_told(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"datum": "3/4/2026"}, {"datum": "5/6/2026"}])
    result = importeer(path, "--scores", tmp_path / "s.csv")
    assert result.code == 0
    assert "dag/maand of maand/dag" in result.err
    assert [r["datum"] for r in scores_of(tmp_path / "s.csv")] == ["", ""]
    koppel = tmp_path / "a.koppel.yaml"
    koppel.write_text(koppel.read_text(encoding="utf-8") + "datumvolgorde: dag-maand\n", encoding="utf-8")
    assert importeer(path, "--scores", tmp_path / "t.csv").code == 0
    assert [r["datum"] for r in scores_of(tmp_path / "t.csv")] == ["2026-04-03", "2026-06-05"]


# what is written ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="rechten van bestanden")
def test_files_are_for_their_owner(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{}, {"autonomie-1": 9}])
    uit, scores = tmp_path / "uit", tmp_path / "s.csv"
    assert importeer(path, "--uit", uit, "--scores", scores, "--weiger-rijen").code == 0
    assert stat.S_IMODE(uit.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in (scores, *uit.iterdir())} == {0o600}


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path, uit, scores = table(tmp_path / "a.csv", [{}, {}]), tmp_path / "uit", tmp_path / "s.csv"
    assert importeer(path, "--uit", uit, "--scores", scores).code == 0
    assert importeer(path, "--uit", uit, "--scores", scores).code == 0, "the same bytes"
    before = {p: p.read_bytes() for p in (scores, *uit.iterdir())}
    table(path, [{}, {"autonomie-1": 5}, {}])
    for options in (("--uit", uit), ("--scores", scores)):
        result = importeer(path, *options)
        assert (result.code, "--overschrijf" in result.err) == (2, True)
    assert {p: p.read_bytes() for p in (scores, *uit.iterdir())} == before
    assert importeer(path, "--uit", uit, "--scores", scores, "--overschrijf").code == 0
    assert len(list(uit.iterdir())) == 3
    assert importeer(path, "--scores", path, "--overschrijf").code == 2, "not even .csv would help: it is the table"


def test_names_that_are_one_on_some_computers(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"code": "R-1"}, {"code": "r-1"}, {"code": ""}])
    assert importeer(path, "--uit", tmp_path / "uit").code == 0
    names = sorted(p.name for p in (tmp_path / "uit").iterdir())
    assert names == ["afname-R-1.yaml", "afname-r-1-rij-3.yaml", "afname-rij-4.yaml"]


@pytest.mark.parametrize("canary", CANARIES)
def test_no_formula_comes_through(tmp_path: Path, canary: str) -> None:
    path = table(tmp_path / "a.csv", [{"autonomie-1": canary, "start-1": canary}], kop=["code", "start-1", *VRAGEN])
    uit = tmp_path / "uit"
    assert importeer(path, "--uit", uit).code == 3
    with (uit / "geweigerd.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [c for row in csv.reader(file) for c in row]
    assert f"'{canary}" in cells
    assert not [c for c in cells if c[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_a_formula_in_the_name_of_a_column(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"=1+1": "x", "autonomie-1": 9}])
    text = path.read_text(encoding="utf-8").replace("autonomie-1", "=autonomie-1")
    path.write_text(text, encoding="utf-8")
    assert importeer(path, "--vragenlijst", "eigen-regie", "--uit", tmp_path / "uit").code == 3
    assert ",'=autonomie-1," in (tmp_path / "uit/geweigerd.csv").read_text(encoding="utf-8-sig")


def test_terminal_commands_in_a_file_are_shown_and_not_done(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"\x1b[2Jkolom": "x", "autonomie-1": "\x1b[31m9"}])
    result = importeer(path, "--vragenlijst", "eigen-regie")
    assert "\x1b" not in result.out + result.err
    assert "\\x1b[2Jkolom" in result.out


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_words_of_a_client_come_back_literally(tmp_path: Path, text: str) -> None:
    text = text.replace("\0", "")
    path = table(tmp_path / "a.csv", [{"code": "R-1", "start-1": text}], kop=["code", "start-1", *VRAGEN])
    result = importeer(path, "--uit", tmp_path / "uit", "--overschrijf")
    assert result.code == 0, result.err
    said = run("score", tmp_path / "uit/afname-R-1.yaml", "--json").json["open"]
    expected = text.strip().translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})
    assert said.get("start-1", "") == expected


def test_open_vragen_for_who_does_no_training(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{ZONDER: "rust"}, {ZONDER: ""}])
    assert importeer(path, "--uit", tmp_path / "uit").code == 0
    text = afname(tmp_path / "uit", "R-001")
    assert "training: false\n" in text
    assert 'start-1: "rust"' in text
    assert "training: false\n" in afname(tmp_path / "uit", "R-002"), "the form had no other words"


def test_open_vragen_with_the_same_words_need_a_moment(tmp_path: Path) -> None:
    same = next(v.tekst for v in LIJST.open_vragen if v.id == "einde-4")
    assert plain_text(same) == plain_text(next(v.tekst for v in LIJST.open_vragen if v.id == "halverwege-4"))
    path = table(tmp_path / "a.csv", [{same: "ja"}])
    unsure = importeer(path, "--json").json["kolommen"][1]
    assert (unsure["wordt"], "einde-4 en halverwege-4" in unsure["reden"]) == (None, True)
    assert importeer(path, "--meetmoment", "einde", "--json").json["kolommen"][1]["id"] == "einde-4"


@pytest.mark.parametrize("options", [
    ("--meetmoment", "later"), ("--scores", "s.txt"), ("--blad", "Blad1"), ("--vragenlijst", "bestaatniet"),
    ("--uit", "a.csv"), ("--uit", "nergens/diep"), ("--koppel", "nergens.yaml"),
])  # fmt: skip
def test_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = importeer(table(Path("a.csv"), [{}]), *options)
    assert (result.code, len(result.err.splitlines())) == (2, 1), result.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv"]


def test_a_file_that_is_not_there() -> None:
    result = importeer(Path("nergens.csv"))
    assert (result.code, "bestaat niet" in result.err) == (2, True)


def test_it_fits_on_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copy_of("limesurvey-codes.csv", tmp_path)
    for columns in (40, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = importeer(path).out
        assert max(map(len, out.splitlines())) <= columns
        assert all(v in out for v in VRAGEN)


# scores -------------------------------------------------------------------------------------------------------------


@st.composite
def lijsten(draw: st.DrawFn) -> tuple[str, list[list[int | None]]]:
    """YAML of a vragenlijst with shared, reversed and summed vragen on any scale, and rows of answers to it."""
    low = draw(st.integers(-3, 2))
    high = low + draw(st.integers(1, 6))
    count = draw(st.integers(1, 7))
    schalen, used = "", set()
    for n in range(draw(st.integers(1, 3))):
        chosen = draw(st.lists(st.integers(1, count), min_size=1, max_size=count, unique=True))
        chosen += [v for v in range(1, count + 1) if n == 0 and v not in chosen]
        used |= set(chosen)
        signs = draw(st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen)))
        regel = draw(st.sampled_from(["gemiddelde", "som"]))
        least = len(chosen) if regel == "som" else draw(st.integers(1, len(chosen)))
        names = " ".join(f"-{v}" if s else str(v) for v, s in zip(chosen, signs, strict=True))
        schalen += schaal(f"s{n}", names, least, regel)
    rows = draw(st.lists(st.lists(st.none() | st.integers(low, high), min_size=count, max_size=count), max_size=6))
    return small_lijst(schalen, count, low, high), rows


@given(lijsten())
def test_a_table_is_scored_as_one_afname_is(tmp_path_factory: pytest.TempPathFactory, made: tuple[str, Any]) -> None:
    lijst = lijst_from(tmp_path_factory.mktemp("l"), made[0])
    ids = [v.id for v in lijst.vragen]
    by_column = make_kolom_scorer(lijst)(list(zip(*made[1], strict=True)) or [()] * len(ids))
    for n, row in enumerate(made[1]):
        expected = [(s.score, s.beantwoord) for s in score(lijst, dict(zip(ids, row, strict=True))).schalen]
        got = [column[n] for column in by_column]
        assert got == expected
        assert [repr(s) for s, _ in got] == [repr(s) for s, _ in expected]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(["", "weet-niet", *"12345"]), min_size=17, max_size=17), min_size=1, max_size=4)
)
def test_from_table_to_afname_to_score(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("i")
    path = table(folder / "a.csv", [dict(zip(VRAGEN, row, strict=True)) for row in rows])
    result = importeer(path, "--uit", folder / "uit", "--scores", folder / "s.csv", "--meetmoment", "einde")
    assert result.code == 0, result.err
    found = scores_of(folder / "s.csv")
    assert [int(r["rij"]) for r in found] == [n for n, row in enumerate(rows, 2) if any(row)]
    assert all(is_as_score_says(folder / "uit", row) for row in found)


def test_long_tables_cross_the_blocks(tmp_path: Path) -> None:
    """Refusals, counts and doubles stay right from one block to the next."""
    count = 4_100
    rows: list[dict[str, object]] = [{"code": f"R-{n}"} for n in range(count)]
    rows[3_999]["autonomie-1"] = 9
    rows[4_050]["code"] = "R-10"
    result = importeer(table(tmp_path / "a.csv", rows), "--json", "--weiger-rijen", "--scores", tmp_path / "s.csv")
    assert result.json["rijen"] == {"gelezen": count, "goed": count - 2, "geweigerd": 2, "leeg": 0}
    assert [(p["regel"], p["code"]) for p in result.json["problemen"]] == [
        (4_001, "tabel-geen-antwoord"), (4_052, "tabel-afname-dubbel"),
    ]  # fmt: skip
    numbers = [int(r["rij"]) for r in scores_of(tmp_path / "s.csv")]
    assert numbers == [n for n in range(2, count + 2) if n not in (4_001, 4_052)]


def test_the_json_says_what_the_screen_says(tmp_path: Path) -> None:
    result = importeer(copy_of("google-forms.csv", tmp_path), "--json")
    assert set(result.json) == {
        "bestand", "blad", "vragenlijst", "versie", "hash", "kolommen", "zonder_kolom", "rijen", "vragen",
        "waarschuwingen", "problemen", "uit", "scores", "koppelbestand",
    }  # fmt: skip
    assert json.loads(result.out)["vragen"][0]["waarden"][0] == {
        "waarde": 1, "label": "helemaal niet mee eens", "aantal": 0
    }  # fmt: skip


def test_a_table_of_dates_and_doubles_is_read_twice_and_told_once(tmp_path: Path) -> None:
    """What is found only at the end of the table holds for its first rows too, and nothing is counted double."""
    rows: list[dict[str, object]] = [{"code": f"R-{n}", "datum": "3/4/2026"} for n in range(2_500)]
    rows[2_400]["datum"] = "13/4/2026"
    rows[2_450]["code"] = "R-0"
    path = table(tmp_path / "a.csv", rows)
    result = importeer(path, "--json", "--weiger-rijen", "--scores", tmp_path / "s.csv", "--uit", tmp_path / "uit")
    assert result.json["rijen"] == {"gelezen": 2_500, "goed": 2_499, "geweigerd": 1, "leeg": 0}
    assert result.json["vragen"][0]["waarden"][2]["aantal"] == 2_499
    found = scores_of(tmp_path / "s.csv")
    assert [r["datum"] for r in found] == ["2026-04-03"] * 2_400 + ["2026-04-13"] + ["2026-04-03"] * 98
    assert len((tmp_path / "uit/geweigerd.csv").read_text(encoding="utf-8-sig").splitlines()) == 2
    assert "datum: 2026-04-03\n" in afname(tmp_path / "uit", "R-0")

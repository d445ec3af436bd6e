"""Output to be read aloud: 'title: value' in reading order, nothing lost, no boxes or bars."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from consoles.opdrachten import DATA, all_examples, make_werkmap
from regiekit.cli.voorlezen import VARIABELE, is_read_aloud, read_aloud
from regiekit.render.document import Alinea, Document, Kop, Schrijfruimte, Tabel, to_aloud, to_text
from regiekit.render.parts import in_words
from util import ROOT, Result, run

if TYPE_CHECKING:
    from pathlib import Path

START, EINDE = (ROOT / f"voorbeelden/R-021-{name}.yaml" for name in ("start", "einde"))
DRAWN = re.compile("[\u2500-\u259f\u2581-\u2588╭╮╰╯·]|={4,}|-{4,}|_{4,}")
# What shows a place in a drawing, and is said in words instead; and what begins a line.
SIGNS = {
    "*",
    "»",
    "«",
    "!",
    "|",
    "-",
    "–",
    "(nu)",
    "sturing",
    "\\",
    "regie",
    "naam",
    "",
    "niveau",
    "het",
    "advies",
    "mogelijk",
}
# The menu asks; zelfcheck, in plain lines, tells of this moment and shows the characters that it is about.
SHOWN = [v for v in all_examples()
         if not (v.machine or v.wachtzinnen) and v.code == 0 and v.call not in ("menu", "zelfcheck")]  # fmt: skip


@pytest.fixture(scope="module")
def werkmappen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders with the same in them."""
    first = make_werkmap(tmp_path_factory.mktemp("zien"))
    second = tmp_path_factory.mktemp("horen") / first.name
    shutil.copytree(first, second)
    return first, second


def run_in(folder: Path, call: list[str], stdin: str, aloud: bool) -> Result:
    before = set(folder.iterdir())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_DATA_HOME", str(folder / DATA))
        patch.setenv(VARIABELE, "1" if aloud else "0")
        result = run(*call, stdin=stdin)
    for made in set(folder.iterdir()) - before:  # so that the next can have its name
        shutil.rmtree(made) if made.is_dir() else made.unlink()
    return result


def words_in(text: str) -> set[str]:
    return {word.strip("*»«,;:.") for word in DRAWN.sub(" ", text).split()} - SIGNS


@pytest.mark.parametrize("voorbeeld", SHOWN, ids=[v.call[:60] for v in SHOWN])
def test_of_every_command_all_words_are_heard_and_nothing_is_drawn(
    voorbeeld: object, werkmappen: tuple[Path, Path]
) -> None:
    call, stdin = voorbeeld.arguments(), voorbeeld.stdin  # type: ignore[attr-defined]
    seen, heard = (run_in(folder, call, stdin, aloud) for folder, aloud in zip(werkmappen, (False, True), strict=True))
    assert (seen.code, heard.code) == (0, 0), heard.err
    assert not DRAWN.search(heard.out.replace("---", "")), DRAWN.findall(heard.out)
    said = words_in(heard.out)
    places = {str(folder) for folder in werkmappen}
    lost = {w for w in words_in(seen.out) - said if not any(place in w for place in places) and not in_said(w, said)}
    assert lost == set()


def in_said(word: str, said: set[str]) -> bool:
    """A number with a bar before it, or a time that went on."""
    return in_words(word).strip(" ,*") in said or bool(re.fullmatch(r"[\d:.,]+", word) and ":" in word)


CELL = st.text("abcdé 1,5%()", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.data(), st.lists(CELL, min_size=1, max_size=5, unique=True))
def test_every_title_and_value_of_a_table_in_order(data: st.DataObject, titles: list[str]) -> None:
    rows = data.draw(st.lists(st.lists(CELL, min_size=len(titles), max_size=len(titles)), max_size=4))
    table = Table(box=box.SIMPLE)
    for title in titles:
        table.add_column(title)
    for row in rows:
        table.add_row(*map(Text, row))
    expected = [f"{title}: {value}" for row in rows for title, value in zip(titles, row, strict=True)]
    assert [line for line in lines_of(table) if line] == [" ".join(line.split()) for line in expected]


def lines_of(*parts: object) -> list[str]:
    console = Console(width=200, record=True, markup=False, emoji=False, highlight=False, file=None, quiet=False)
    with console.capture() as captured:
        console.print(*read_aloud(parts), sep="\n")  # type: ignore[arg-type]
    return [" ".join(line.split()) for line in captured.get().splitlines()]


def heard(*arguments: object) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABELE, "1")
        result = run(*arguments)
    assert result.code == 0, result.err
    return [line.strip() for line in result.out.splitlines()]


def is_in_order(lines: list[str], wanted: list[str]) -> bool:
    """Whether these lines come right below each other."""
    return any(lines[n : n + len(wanted)] == wanted for n in range(len(lines)))


def test_scores() -> None:
    lines = heard("score", START)
    assert is_in_order(lines, [
        "Schaal: Autonomie", "hoger = meer ervaren ruimte om zelf te kiezen; gemiddelde", "Score: 2,2",
        "van 1 tot en met 5", "Beantwoord: 5 van 5", "", "Schaal: Competentie",
    ])  # fmt: skip


def test_scores_side_by_side_name_the_moment_with_each_score() -> None:
    lines = heard("score", START, EINDE)
    at = next(n for n, line in enumerate(lines) if line.startswith("start, 12 januari 2026: 2,2"))
    assert lines[at - 2] == "Schaal: Autonomie"
    assert lines[at + 1].startswith("einde, ")


def test_the_matrix_says_in_words_what_its_signs_mean() -> None:
    lines = heard("zone", "--regie", "laag", "--sturing", "strak")
    assert is_in_order(lines, ["Sturing strak (nu):", "- bij regie laag (mogelijk niveau): Aansluiting"])
    assert is_in_order(lines, ["Sturing gedeeld:", "- bij regie laag (mogelijk niveau): Uitdaging; dit is het advies",
                               "- bij regie midden: Aansluiting"])  # fmt: skip
    assert not any("»" in line or "* mogelijk" in line for line in lines)


def test_the_list_of_technieken_and_of_vragenlijsten() -> None:
    assert is_in_order(heard("techniek"), ["Naam om te typen: vragen", "Techniek en doel: Vragen rondom eigen regie"])
    lines = heard("vragenlijst", "lijst")
    assert is_in_order(lines, ["Naam om te typen: eigen-regie", "Versie: 1",
                               "Vragenlijst: Eigen regie in het tweede spoor", "Vragen: 17", "Schalen: 4"])  # fmt: skip


def test_the_columns_of_an_import(tmp_path: Path) -> None:
    lines = heard("vragenlijst", "importeer", ROOT / "voorbeelden/antwoorden.csv")
    at = lines.index("Wordt: autonomie-1")
    assert lines[at - 2].startswith("Kolom: ")
    assert lines[at - 1].startswith("Naam in het bestand: ")
    assert lines[at + 1].startswith("Hoe zeker: ")
    assert is_in_order(lines, ["Vraag: autonomie-1", lines[lines.index("Vraag: autonomie-1") + 1]])


def test_mijlpalen() -> None:
    lines = heard("mijlpalen", "--eerste-ziektedag", "2026-01-05")
    assert Counter(line.partition(":")[0] for line in lines)["Uiterlijk"] >= 8
    at = next(n for n, line in enumerate(lines) if line.startswith("Uiterlijk:"))
    assert [line.partition(":")[0] for line in lines[at : at + 4]] == ["Uiterlijk", "Week", "Wat", "Wie"]


def test_the_dossier(tmp_path: Path) -> None:
    assert run("dossier", "demo", "--uit", tmp_path / "d.regiekit", "--datum", "2025-01-06").code == 0
    lines = heard("dossier", "lijst", "--dossier", tmp_path / "d.regiekit", "--datum", "2025-09-01")
    at = lines.index("Code: VERZONNEN-1")
    assert [line.partition(":")[0] for line in lines[at : at + 6]] == [
        "Code", "Begin", "Laatste gesprek", "Volgend gesprek", "Rapportage", "Open punten",
    ]  # fmt: skip
    lines = heard("verloop", "VERZONNEN-1", "--dossier", tmp_path / "d.regiekit")
    at = next(n for n, line in enumerate(lines) if line.startswith("Meting:"))
    assert lines[at + 1].startswith("Score: ")
    assert lines[at + 2] == "van 1 tot en met 5"
    assert lines[at + 3].startswith("Beantwoord: ")


def test_a_group() -> None:
    lines = heard("groep", ROOT / "voorbeelden/groep.csv")
    assert is_in_order(lines, ["Schaal: Autonomie, start", "Gemiddelde: 3,0 (2,79 tot 3,21)", "Spreiding: 0,82",
                               "n: 59", "Laagste: *", "Hoogste: *"])  # fmt: skip
    assert "Verdeling 1 tot 5: 5, 15, 20, 14, *" in lines


def test_what_needs_attention_says_so() -> None:
    assert any(line.startswith("Let op: Deze vragenlijst is niet gevalideerd") for line in
               heard("score", START))  # fmt: skip


def test_a_document_on_the_screen() -> None:
    made = Document("Titel", "onder", (Kop("Deel"), Alinea("Tekst."), Schrijfruimte(2),
                                       Tabel(("Wat", "Wie"), (("a", "b\nc"), ("", "d")), (1, 1))))  # fmt: skip
    assert to_aloud(made).splitlines() == [
        "Titel", "onder", "", "Deel", "", "Tekst.", "", "(ruimte om te schrijven)", "", "Wat: a", "Wie: b", "  c", "",
        "Wat: leeg", "Wie: d",
    ]  # fmt: skip
    assert "---" in to_text(made)


def test_it_is_asked_for_or_the_terminal_can_do_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    found = []
    for chosen, term, terminal in [("1", "xterm", False), ("0", "dumb", True), ("", "dumb", True), ("", "dumb", False),
                                   ("", "xterm", True)]:  # fmt: skip
        monkeypatch.setenv(VARIABELE, chosen)
        monkeypatch.setenv("TERM", term)
        with monkeypatch.context() as patch:
            if terminal:
                patch.setattr("sys.stdout", Terminal())
            found.append(is_read_aloud())
    assert found == [True, False, True, False, False]

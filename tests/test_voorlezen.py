"""Output to be read aloud: 'title: value' in reading order, nothing lost, no boxes or bars."""

from __future__ import annotations

import itertools
import os
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

from consoles.opdrachten import DATA, Voorbeeld, all_examples, make_werkmap
from dossiers import quick_keys
from regiekit.cli.voorlezen import VARIABELE, is_read_aloud, read_aloud
from regiekit.render.document import Alinea, Document, Kop, Schrijfruimte, Tabel, to_aloud, to_text
from regiekit.render.parts import in_words
from util import ROOT, Result, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START, EINDE = (ROOT / f"voorbeelden/R-021-{name}.yaml" for name in ("start", "einde"))
DRAWN = re.compile("[\u2022\u2190-\u21ff\u2500-\u259f\u2610-\u2612·]|={4,}|-{4,}|_{4,}|\\[ \\]")
SIGNS = re.compile("[*»«!|\\\\–-]")  # what shows a place in a drawing, or begins a line
# In each the eye sees it otherwise; the words are in a test of their own below.
OTHERWISE = {
    "zone": {
        "sturing",
        "regie",
        "niveau",
        "het",
        "advies",
        "mogelijk",
        "van",
        "de",
        "nu",
    },  # beside and below the matrix
    "score": {"sturing", "regie", "niveau", "het", "advies", "mogelijk"},
    "kennis": {"met", "een", "naam", "uit", "de", "eerste", "kolom"},  # there is no first column
    "dossier lijst": {"laatste", "volgend", "open"},  # titles in two lines
}
# These tell of this moment, and show the characters that they are about; each has a test of its own.
APART = ("menu", "zelfcheck")
SHOWN = [v for v in all_examples() if v.call not in APART]
CHANGING = re.compile(
    r"\b(?:[a-z2-7]{4} ){3}[a-z2-7]{4}\b|\d+:\d\d(?::\d\d)?|-\d{6}(?=\.regiekit)"
)  # a new key, a time


@pytest.fixture(scope="module")
def werkmappen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Two folders with the same in them, of the same length."""
    with pytest.MonkeyPatch.context() as patch:
        quick_keys(patch)
        first = make_werkmap(tmp_path_factory.mktemp("zien"))
        second = tmp_path_factory.mktemp("oren") / first.name
        shutil.copytree(first, second)
        yield first, second


def run_in(folder: Path, voorbeeld: Voorbeeld, aloud: bool) -> Result:
    """The example in a copy of the folder, so that the next finds everything as it was; without its path, a key or a
    time."""
    work = folder.with_name("werk")
    shutil.copytree(folder, work)
    reader, writer = os.pipe()
    os.write(writer, "".join(f"{one}\n" for one in voorbeeld.wachtzinnen).encode())
    os.close(writer)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(work)
        patch.setenv("COLUMNS", "200")  # wide, so that lines are not cut or put below each other
        patch.setenv("XDG_DATA_HOME", str(work / DATA))
        patch.setenv(VARIABELE, "1" if aloud else "0")
        result = run(*voorbeeld.arguments(reader), stdin=voorbeeld.stdin)
    os.close(reader)
    shutil.rmtree(work)
    out, err = (CHANGING.sub("", text.replace(str(work), "MAP")) for text in (result.out, result.err))
    return Result(result.code, out, err)


def words_in(text: str) -> list[str]:
    """The words in order, without signs and case."""
    plain = SIGNS.sub(" ", DRAWN.sub(" ", in_words(text).replace("---", " ")))
    return [bare for word in plain.split() if (bare := word.strip(",;:.()[]").casefold())]


@pytest.mark.parametrize("voorbeeld", SHOWN, ids=[v.call[:60] for v in SHOWN])
def test_of_every_command_all_words_are_heard_as_often_and_nothing_is_drawn(
    voorbeeld: Voorbeeld, werkmappen: tuple[Path, Path]
) -> None:
    seen, heard = (run_in(folder, voorbeeld, aloud) for folder, aloud in zip(werkmappen, (False, True), strict=True))
    assert seen.code == heard.code, heard.err
    assert seen.err == heard.err
    if voorbeeld.machine or "--help" in voorbeeld.call or seen.code:
        if voorbeeld.same:
            assert seen.out == heard.out
        return
    assert not DRAWN.search(heard.out.replace("---", "")), DRAWN.findall(heard.out)
    before, after = words_in(seen.out), words_in(heard.out)
    name = next((name for name in OTHERWISE if voorbeeld.call.startswith(name)), "")
    lost = {word: n for word, n in (Counter(before) - Counter(after)).items() if word not in OTHERWISE.get(name, ())}
    assert lost == {}
    assert said_twice(before, after) == []
    assert order_of_lines(seen.out, after) == sorted(order_of_lines(seen.out, after))


def said_twice(before: list[str], after: list[str], length: int = 8) -> list[str]:
    """Words in a row that are heard more often than they are seen, each of them."""
    more, rows = Counter(after) - Counter(before), Counter(zip(*(after[n:] for n in range(length)), strict=False))
    return [
        " ".join(part) for part, n in rows.items() if n > 1 and len(set(part)) == length and more.keys() >= set(part)
    ]


def order_of_lines(seen: str, after: list[str]) -> list[int]:
    """Where the first word of each line is heard, of those that come once."""
    first = [words[0] for line in seen.splitlines() if (words := words_in(line))]
    once, places = Counter(words_in(seen)), {word: n for n, word in enumerate(after)}
    heard = Counter(after)
    return [places[word] for word in first if once[word] == heard[word] == 1]


@pytest.mark.parametrize("voorbeeld", [v for v in SHOWN if not v.machine], ids=lambda v: v.call[:60])
def test_every_row_has_its_titles_in_the_same_order(voorbeeld: Voorbeeld, werkmappen: tuple[Path, Path]) -> None:
    """Pieces of 'title: value' lines that begin with the same title, right after each other."""
    heard = run_in(werkmappen[1], voorbeeld, aloud=True).out
    rows = [[line.partition(": ")[0] for line in piece.splitlines() if re.match(r"\S[^:]{0,40}: \S", line)]
            for piece in heard.split("\n\n")]  # fmt: skip
    for one, two in itertools.pairwise(row for row in rows if len(row) > 1):
        if one[:2] == two[:2]:
            assert one == two


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
        "Schaal: Autonomie", "hoger = meer ervaren ruimte om zelf te kiezen; gemiddelde",
        "Score: 2,2, op een schaal van 1 tot en met 5", "Beantwoord: 5 van 5", "", "Schaal: Competentie",
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
    assert re.fullmatch("Score: [0-9,]+, op een schaal van 1 tot en met 5", lines[at + 1])
    assert lines[at + 2].startswith("Beantwoord: ")


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


def test_numbers_and_arrows_are_said_in_words(werkmappen: tuple[Path, Path]) -> None:
    def lines(call: str) -> list[str]:
        return [line.strip() for line in run_in(werkmappen[1], Voorbeeld(call), aloud=True).out.splitlines()]

    whole = lines("dossier toon VERZONNEN-1 --alles")
    assert "Nummer 2, ma 06-01-2025: Gesprek" in whole
    assert "Punt 2.1, gedaan: Uitleg over het tweede spoor nalezen (cliënt, volgend gesprek)" in whole
    assert any(line.endswith("meeloopdag. (punt 9.1, niet gedaan)") for line in whole)
    assert "- De dag: eerst ma 06-01-2025, nu ma 14-07-2025" in whole
    short = lines("dossier toon VERZONNEN-2")
    assert "Punt 47.2: Zelf de vraag stellen of er na de stage werk is." in short
    assert "Nummer 32: ma 03-02-2025 Eigen regie in het tweede spoor, start" in short
    assert "Volgend gesprek: geen" in lines("dossier lijst --datum 2026-03-02")
    changed = lines("dossier corrigeer VERZONNEN-1 22 --veld doel --waarde Kort --reden a")
    assert changed[0] == "Doel: eerst Gesprek met de werkgever over een proefplaats, nu Kort"


def test_a_list_in_a_cell_has_a_line_for_each() -> None:
    lines = heard("plan", ROOT / "voorbeelden/plan.yaml")
    at = lines.index("Doelen van de werknemer zelf:")
    assert [line.partition(" ")[0] for line in lines[at + 1 : at + 3]] == ["-", "-"]
    assert lines[at + 3].startswith("Doel van het tweede spoor: ")


def test_columns_of_names_are_said_as_titles() -> None:
    assert is_in_order(heard("kennis"), ["Naam om te typen: definities",
                                         "Onderwerp: Wat is eigen regie in het tweede spoor? (6)"])  # fmt: skip
    assert "inoculatie, voor cliënt, coach" in heard("werkblad")


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

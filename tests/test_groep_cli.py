"""`regiekit groep`: which words go where, what is refused, and what stands on the screen and in the JSON."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from engels import english_words
from regiekit.cli.groep import read_r
from regiekit.domain.groepscijfers import (
    Antwoordtelling,
    Balk,
    Cijfer,
    Groepscijfers,
    Momentcijfers,
    Opmerking,
    Patroon,
    Rijtelling,
    Schaalcijfers,
    Verandering,
    Vraagcijfers,
)
from regiekit.errors import RegiekitError
from regiekit.render.groep import render_groep
from regiekit.render.json_groep import json_groep
from regiekit.render.uitslag import reachable_number
from util import EIGEN_REGIE, ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

VOORBEELD = ROOT / "voorbeelden/groep.csv"
WEINIG = "er zijn minder dan 5 mensen; over zo weinig mensen staat hier niets"


# Made-up figures ----------------------------------------------------------------------------------------------------


def made_vraag(vraag_id: str, tekst: str, *, omgekeerd: bool, n: int, verborgen: bool) -> Vraagcijfers:
    counts = (None, None, 0, n // 2, n // 4) if verborgen else (n // 8, n // 6, 0, n // 2, n // 4)
    return Vraagcijfers(
        vraag_id, tekst, omgekeerd, n, (("leeg", 6 if n > 20 else None), ("nvt", 0)),
        tuple(Antwoordtelling(a, c) for a, c in enumerate(counts, 1)),
        Cijfer(3.456, 3.2, 3.7), Cijfer(0.95), Cijfer(0.51), Cijfer(0.72), Cijfer(0.6), omgekeerd,
    )  # fmt: skip


def made_schaal(place: int, n: int) -> Schaalcijfers:
    lijst = EIGEN_REGIE.inhoud
    schaal, teksten = lijst.schalen[place], {v.id: v.tekst for v in lijst.vragen}
    few = n < 5
    geen = Cijfer(None, reden=WEINIG)
    return Schaalcijfers(
        schaal.id, schaal.naam, schaal.richting, schaal.regel, 1.0, 5.0, None if few else n, None if few else n - 2,
        geen if few else Cijfer(2.905, 2.7, 3.104), geen if few else Cijfer(0.71, 0.6, 0.86), None, 0,
        (Balk(1.0, 3.0, n), Balk(3.0, 5.0, 0)), geen if few else Cijfer(0.78, 0.68, 0.86),
        geen if few else Cijfer(None, reden="met 3 vragen of minder is omega niet te berekenen"), None,
        tuple(made_vraag(i.vraag, teksten[i.vraag], omgekeerd=i.omgekeerd, n=n, verborgen=place == 1)
              for i in schaal.vragen),
        (Opmerking("onder-20", "minder dan 20 mensen: kijk alleen naar de grenzen"),) if n < 20 else (),
    )  # fmt: skip


def made_verandering(place: int, n: int, low: float, high: float) -> Verandering:
    schaal = EIGEN_REGIE.inhoud.schalen[place]
    return Verandering(
        schaal.id, schaal.naam, schaal.richting, "start", "einde", n, Cijfer(2.9), Cijfer(3.3), Cijfer(0.7),
        Cijfer((low + high) / 2, low, high), Cijfer(0.52, 0.24, 0.8), Cijfer(0.78), "alpha", Cijfer(0.46),
        Cijfer(0.905), 12, n - 12, 0, (),
    )  # fmt: skip


def made(sizes: tuple[int, ...] = (60, 52), n_paren: int = 48) -> Groepscijfers:
    lijst = EIGEN_REGIE.inhoud
    names = (("start", "Start"), ("einde", "Einde"))
    momenten = tuple(
        Momentcijfers(
            *names[m], n if n >= 5 else None, tuple(made_schaal(p, n) for p in range(len(lijst.schalen))),
            (Patroon((), n - 8), Patroon(("autonomie-1", "autonomie-2"), 5)), None,
        ) for m, n in enumerate(sizes)
    )  # fmt: skip
    ends = ((0.2, 0.6), (-0.1, 0.3), (-0.6, -0.2), (0.0, 0.4))
    return Groepscijfers(
        "groep.csv", "a" * 64, lijst.id, lijst.naam, lijst.versie, EIGEN_REGIE.hash, 1, 5, True,
        Rijtelling(sum(sizes) + 1, sum(sizes), 0, 1), True, momenten,
        tuple(made_verandering(p, n_paren, *e) for p, e in enumerate(ends)) if len(sizes) > 1 else (),
        (Opmerking("niet-gevalideerd", "Niet gevalideerd."),),
    )  # fmt: skip


def screen(cijfers: Groepscijfers, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False)
    console.print(*render_groep(cijfers), sep="\n")
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


# Which words go where -----------------------------------------------------------------------------------------------


def test_the_help_page_shows_both_ways_to_use_it() -> None:
    result = run("groep", "--help")
    assert result.code == 0
    assert result.out.startswith(
        "Gebruik: regiekit groep [OPTIES] TABEL\n         regiekit groep [OPTIES] OPDRACHT ...\n"
    )
    for text in ("Argumenten:", "--r-test-hertest SCHAAL=GETAL", "Opdrachten:", "simuleer", "plan "):
        assert text in result.out
    assert english_words(result.out) == []
    assert run("groep").out == result.out
    assert run("groep", "tabel.csv", "--help").out == result.out


def test_the_first_line_of_the_page_is_that_of_the_list() -> None:
    line = next(row for row in run("--help").out.splitlines() if row.startswith("  groep "))
    assert " ".join(line.split()[1:]) in " ".join(run("groep", "--help").out.split())


@pytest.mark.parametrize(("word", "near"), [("simulier", " (bedoelde je simuleer?)"), ("xyzzy", "")])
def test_a_word_that_is_no_file_and_no_command_is_told_so(word: str, near: str) -> None:
    result = run("groep", word)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        f"regiekit: '{word}' is geen bestand dat er is, en geen opdracht{near}", "Hulp: regiekit groep --help",
    ]  # fmt: skip


def test_an_option_without_a_table_misses_the_table() -> None:
    result = run("groep", "--json")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == ["regiekit: TABEL ontbreekt", "Hulp: regiekit groep --help"]


def test_a_file_with_the_name_of_a_word_is_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "simulier", VOORBEELD.read_text(encoding="utf-8"))
    assert run("groep", "simulier", "--json").code == 0


def test_options_may_stand_before_the_table() -> None:
    assert run("groep", "--json", VOORBEELD).out == run("groep", VOORBEELD, "--json").out


# Options ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["autonomie=0,80", "autonomie=0.80", " autonomie = 0,80 ", "autonomie=,80"])
def test_a_correlation_has_a_comma_or_a_point(text: str) -> None:
    assert read_r([text]) == {"autonomie": 0.8}


@pytest.mark.parametrize(
    "text",
    ["autonomie", "autonomie=", "=0,8", "autonomie=1", "autonomie=0", "autonomie=0,0", "autonomie=-0,5", "autonomie=80",
     "autonomie=1,2", "autonomie=nan", "autonomie=0,8,1", "autonomie=½"],
)  # fmt: skip
def test_a_correlation_lies_between_0_and_1(text: str) -> None:
    with pytest.raises(RegiekitError, match="r-test-hertest") as found:
        read_r([text])
    assert found.value.exit_code == 2


def test_a_schaal_has_one_correlation() -> None:
    with pytest.raises(RegiekitError, match="twee keer"):
        read_r(["autonomie=0,8", "autonomie=0,7"])


def test_a_correlation_of_an_unknown_schaal_names_the_nearest() -> None:
    result = run("groep", VOORBEELD, "--r-test-hertest", "autonomi=0,8")
    assert (result.code, result.out) == (2, "")
    assert "bedoelde je autonomie?" in result.err


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--uit", "x.ods"], ".csv, .xlsx of .parquet"),
        (["--verslag", "x.txt"], ".html, .pdf of .docx"),
        (["--maak-referentie", "x.json", "--bron", "wij, 2026"], ".yaml of .yml"),
        (["--maak-referentie", "x.yaml"], "--bron"),
        (["--maak-referentie", "x.yaml", "--bron", " "], "--bron"),
        (["--maak-referentie", "x.yaml", "--bron", "a" * 401], "400"),
        (["--bron", "wij"], "--maak-referentie"),
        (["--uit", "geen-map/x.csv"], "die map bestaat niet"),
        (["--verslag", "geen-map/x.pdf"], "die map bestaat niet"),
        (["--json", "--uit", "x.csv"], "--json"),
        (["--json", "--verslag", "x.pdf"], "--json"),
        (["--json", "--uit", "-"], "--json"),
        (["--uit", "x.csv", "--verslag", "geen-map/x.pdf"], "die map bestaat niet"),
        (["--uit", "bestaat-niet.geweigerd.csv"], "waar de geweigerde rijen komen"),
        (["--uit", "Bestaat-niet.GEWEIGERD.csv"], "waar de geweigerde rijen komen"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_read(
    options: list[str], part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("groep", "bestaat-niet.csv", *options)
    assert (result.code, result.out) == (2, "")
    assert part in result.err
    assert english_words(result.err) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("groep.csv", ["--uit", "groep.csv"]),
        ("groep.csv", ["--uit", "map/../groep.csv"]),
        ("k.yaml", ["--koppel", "k.yaml", "--maak-referentie", "k.yaml", "--bron", "wij"]),
    ],
)
def test_what_is_read_is_not_written_over(
    written: str, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map").mkdir()
    write(tmp_path, "groep.csv", VOORBEELD.read_text(encoding="utf-8"))
    write(tmp_path, "k.yaml", "vragenlijst: eigen-regie\n")
    before = (tmp_path / written).read_bytes()
    result = run("groep", "groep.csv", *options, "--overschrijf")
    assert (result.code, result.out) == (2, "")
    assert "inleest" in result.err
    assert (tmp_path / written).read_bytes() == before


def test_what_was_refused_is_not_written_over(tmp_path: Path) -> None:
    path = table_with_a_fault(tmp_path)
    result = run("groep", path, "--weiger-rijen", "--uit", tmp_path / "fout.geweigerd.csv", "--overschrijf")
    assert (result.code, result.out) == (2, "")
    assert "geweigerde rijen" in result.err
    assert [p.name for p in tmp_path.iterdir()] == ["fout.csv"]
    assert run("groep", path, "--weiger-rijen", "--uit", tmp_path / "s.csv").code == 0
    assert "2,C,autonomie-1,9," in (tmp_path / "fout.geweigerd.csv").read_text(encoding="utf-8-sig")


# Few people ---------------------------------------------------------------------------------------------------------


def few(folder: Path, mensen: int) -> Path:
    """The first people of the example, each with both meetmomenten."""
    kop, *rows = VOORBEELD.read_text(encoding="utf-8").splitlines()
    codes = list(dict.fromkeys(row.split(",")[0] for row in rows))[:mensen]
    kept = [row for row in rows if row.split(",")[0] in codes]
    return write(folder, f"{mensen}.csv", "\n".join([kop, *kept]) + "\n")


def test_of_fewer_than_five_people_nothing_is_said(tmp_path: Path) -> None:
    path = few(tmp_path, 4)
    for options in ([], ["--json"], ["--verslag", tmp_path / "v.html"],
                    ["--uit", tmp_path / "u.csv", "--verslag", tmp_path / "v.html"]):  # fmt: skip
        result = run("groep", path, *options)
        assert (result.code, result.out) == (4, ""), options
        assert "5 mensen of meer" in result.err
    assert [p.name for p in tmp_path.iterdir()] == ["4.csv"]


def test_more_rows_of_four_people_are_four_people(tmp_path: Path) -> None:
    path = few(tmp_path, 4)
    assert len(path.read_text(encoding="utf-8").splitlines()) > 5
    assert run("groep", path).code == 4


def test_the_scores_alone_are_written_for_any_number_of_people(tmp_path: Path) -> None:
    target = tmp_path / "u.csv"
    result = run("groep", few(tmp_path, 4), "--uit", target)
    assert result.code == 0, result.err
    assert target.read_text(encoding="utf-8").startswith("rij,client,meetmoment,autonomie,autonomie_beantwoord,")


def test_of_five_people_there_are_figures(tmp_path: Path) -> None:
    result = run("groep", few(tmp_path, 5))
    assert result.code == 0, result.err
    assert "Start: 5 mensen" in result.out
    assert "Bij minder dan 20 mensen" in result.out


# The screen ---------------------------------------------------------------------------------------------------------


def test_the_screen_of_the_example() -> None:
    result = run("groep", VOORBEELD)
    assert (result.code, result.err) == (0, "")
    order = ["Eigen regie in het tweede spoor", "Wie invulden", "De schalen", "Wat veranderde van start naar einde",
             "Hoe de vragen", "Verandering in cijfers", "De vragen, bij start", "Leeg gelaten", "Wat je moet weten",
             "niet gevalideerd", "aanname van regiekit"]  # fmt: skip
    assert [result.out.index(text) for text in order] == sorted(result.out.index(text) for text in order)
    assert "V-0" not in result.out  # nobody's code
    assert english_words(result.out) == []


@pytest.mark.parametrize("sizes", [(60, 52), (60, 3), (12,), (5, 5), (3_000_000, 2_500_000)])
@pytest.mark.parametrize("width", [80, 40])
def test_it_fits_and_no_figure_is_cut(sizes: tuple[int, ...], width: int) -> None:
    lines = screen(made(sizes), width).splitlines()
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if "…" in line]


def test_an_interval_stands_beside_the_figure_and_alone_for_few_people() -> None:
    assert "2,91 (2,7 tot 3,1)" in screen(made((60,)))
    small = screen(made((19,)))
    assert "2,7 tot 3,1" in small
    assert "2,91" not in small
    assert "0,78" not in small
    assert "0,68 tot 0,86" in small


def test_what_is_hidden_is_a_star_that_is_explained() -> None:
    out = screen(made((60,)))
    assert "* * 0 ▇30 ▄15" in out
    assert " ".join(out.split()).count("* Dit aantal staat hier niet") == 1


def without_ends_of_spread(cijfers: Groepscijfers) -> Groepscijfers:
    return cijfers._replace(momenten=tuple(
        m._replace(schalen=tuple(s._replace(sd=Cijfer(s.sd.waarde) if s.sd.waarde else s.sd) for s in m.schalen))
        for m in cijfers.momenten
    ))  # fmt: skip


def test_of_few_people_a_figure_without_an_interval_is_not_shown_and_its_column_neither() -> None:
    out = screen(without_ends_of_spread(made((19, 12))))
    assert "Spreiding" not in out
    assert "0,71" not in out
    assert "De vragen, bij start\n  Alle schalen: minder dan 20 mensen" in out
    assert "Verdeling 1 tot" not in out
    mixed = screen(without_ends_of_spread(made((60, 12))))
    assert "Spreiding" in mixed
    assert re.search(r"^   einde .* – ", mixed, re.MULTILINE)
    assert "Een streepje (–): dit cijfer heeft geen grenzen." in " ".join(mixed.split())


@pytest.mark.parametrize("width", [80, 40])
def test_long_names_and_ids_can_be_told_apart(width: int) -> None:
    cijfers = made((60, 52))
    (first, *_), (moment, *_) = cijfers.momenten[0].schalen, cijfers.momenten
    ids = [f"een-schaal-met-een-lange-naam-vraag-{n}" for n in range(1, 6)]
    vragen = tuple(v._replace(vraag=i) for v, i in zip(first.vragen, ids, strict=True))
    long = "Ervaren belemmeringen en mogelijkheden bij terugkeer naar werk, deel {}"
    schalen = (first._replace(naam=long.format(1), vragen=vragen), first._replace(id="b", naam=long.format(2)))
    out = screen(cijfers._replace(momenten=(moment._replace(schalen=schalen),), veranderingen=()), width)
    for n in range(1, 6):
        assert re.search(rf"vraag-{n}(?!\d)", out)
    assert " ".join(out.split()).count("naar werk, deel 1") >= 2
    assert " ".join(out.split()).count("naar werk, deel 2") >= 2


def test_the_labels_of_a_narrow_screen_are_the_words_of_the_legend() -> None:
    narrow, legend = screen(made(), 40), " ".join(screen(made(), 40).split())
    for label in ("Gem.", "Spr.", "V-rest", "Zonder", "S_diff", "Laagste", "Hoogste"):
        assert re.search(rf"[:;]\s+{re.escape(label)}\s+[-\d*]", narrow), label
    for word in ("Gem.: gemiddelde.", "Spr.: spreiding.", "V-rest (vraag-rest):", "Zonder: de", "S_diff: de",
                 "Laagste, Hoogste:"):  # fmt: skip
        assert word in legend


def test_from_where_a_change_is_clear_is_a_step_that_can_occur_as_in_score() -> None:
    """0.905 over five vragen: four fifths do not reach it, five fifths do."""
    assert "(duidelijk vanaf 1,0)" in " ".join(screen(made()).split())
    assert reachable_number(0.905, "gemiddelde", 3) == "1,0"
    assert reachable_number(0.905, "gemiddelde", 4) == "1,0"
    assert reachable_number(0.79, "gemiddelde", 5) == "0,8"
    assert reachable_number(0.81, "gemiddelde", 5) == "1,0"
    assert reachable_number(5.3, "som", 5) == "6"


def test_each_way_a_person_can_go_is_named_and_what_is_hidden_is_said() -> None:
    cijfers = made()
    one, *rest = cijfers.veranderingen
    out = " ".join(screen(cijfers._replace(veranderingen=(one._replace(hoger=None, lager=None), *rest))).split())
    assert "Per mens: duidelijk hoger niet getoond, geen duidelijk verschil 36, duidelijk lager niet getoond" in out
    assert "Per mens: duidelijk hoger 12, geen duidelijk verschil 36, duidelijk lager 0" in out


def test_a_border_that_misses_its_alpha_says_which_people_are_too_few(tmp_path: Path) -> None:
    kop, *rows = VOORBEELD.read_text(encoding="utf-8").splitlines()
    codes = list(dict.fromkeys(row.split(",")[0] for row in rows))[:12]
    kept = [row.split(",") for row in rows if row.split(",")[0] in codes]
    for cells in [c for c in kept if c[1] == "start" and all(c[2:7])][3:]:
        cells[2] = ""  # one of the five vragen of autonomie: enough for a score, not for alpha
    path = write(tmp_path, "twaalf.csv", "\n".join([kop, *(",".join(c) for c in kept)]) + "\n")
    out = " ".join(run("groep", path).out.split())
    assert (
        "Per mens is niet te zeggen wat duidelijk is. Daarvoor is de alpha van de eerste meting nodig, en daar " in out
    )
    assert "beantwoordden minder dan 5 mensen alle vragen van deze schaal" in out


def test_one_afname_is_no_table_and_tables_go_one_at_a_time(tmp_path: Path) -> None:
    afname = ROOT / "voorbeelden/R-021-start.yaml"
    result = run("groep", afname)
    assert (result.code, result.out) == (3, "")
    assert f"regiekit score {afname}" in result.err
    two = run("score", VOORBEELD, write(tmp_path, "ook.csv", VOORBEELD.read_text(encoding="utf-8")))
    assert (two.code, two.out) == (2, "")
    assert "één tabel tegelijk" in two.err
    assert english_words(result.err + two.err) == []


def test_no_star_without_something_hidden() -> None:
    cijfers = made((60,))
    open_schalen = tuple(
        s._replace(op_bodem=0, vragen=tuple(v for v in s.vragen if all(t.aantal is not None for t in v.aantallen)))
        for s in cijfers.momenten[0].schalen
    )
    shown = cijfers._replace(momenten=(cijfers.momenten[0]._replace(schalen=open_schalen),))
    assert "*" not in screen(shown)


def test_a_reason_is_a_numbered_note_once() -> None:
    out = screen(made((60, 3)))
    assert re.search(r"^   einde +geen \(1\)", out, re.MULTILINE)
    assert out.count("(1) Er zijn minder dan 5 mensen") == 1
    assert "None" not in out
    assert "nan" not in out


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0.2, 0.6, "gemiddeld hoger (hoger is gunstig): +0,4, met 95 % zekerheid tussen +0,2 en +0,6"),
     (-0.6, -0.2, "gemiddeld lager (hoger is gunstig): -0,4, met 95 % zekerheid tussen -0,6 en -0,2"),
     (-0.1, 0.3, "gemiddeld geen duidelijk verschil: +0,1, met 95 % zekerheid tussen -0,1 en +0,3"),
     (0.0, 0.4, "gemiddeld geen duidelijk verschil: +0,2, met 95 % zekerheid tussen 0,0 en +0,4")],
)  # fmt: skip
def test_a_change_is_told_as_sure_as_its_interval_is(low: float, high: float, words: str) -> None:
    cijfers = made()._replace(veranderingen=(made_verandering(0, 48, low, high),))
    assert f"Autonomie: {words} (48 mensen met beide metingen)" in " ".join(screen(cijfers).split())


def test_a_change_of_few_people_is_its_interval() -> None:
    cijfers = made()._replace(veranderingen=(made_verandering(0, 12, 0.2, 0.6),))
    text = " ".join(screen(cijfers).split())
    assert "gemiddeld hoger (hoger is gunstig): met 95 % zekerheid tussen +0,2 en +0,6 (12 mensen" in text


def test_a_console_without_bars_keeps_the_numbers() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "regiekit", "groep", str(VOORBEELD)], capture_output=True, check=True, cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    out = done.stdout.decode("cp1252")
    assert "?" not in out
    assert "Verdeling 1 tot 5" in out


# JSON ---------------------------------------------------------------------------------------------------------------


def test_the_json_has_the_names_of_the_fields() -> None:
    data = run("groep", VOORBEELD, "--json").json
    assert list(data) == [*Groepscijfers._fields, "verborgen", "waarschuwingen"]
    assert data["waarschuwingen"] == []
    moment = data["momenten"][0]
    assert list(moment) == list(Momentcijfers._fields)
    assert list(moment["schalen"][0]) == list(Schaalcijfers._fields)
    assert list(moment["schalen"][0]["vragen"][0]) == list(Vraagcijfers._fields)
    assert list(data["veranderingen"][0]) == list(Verandering._fields)
    assert list(moment["schalen"][0]["alpha"]) == ["waarde", "onder", "boven", "reden"]
    assert data["bestand"] == "groep.csv"
    assert data["hash"] == EIGEN_REGIE.hash


def test_the_json_knows_the_file_by_its_hash() -> None:
    assert run("groep", VOORBEELD, "--json").json["invoer_hash"] == hashlib.sha256(VOORBEELD.read_bytes()).hexdigest()


def test_what_is_not_there_is_null_with_a_reason_and_what_is_hidden_is_null() -> None:
    data = json.loads(json.dumps(json_groep(made((60, 3))), allow_nan=False))
    later = data["momenten"][1]
    assert later["mensen"] is None
    assert later["schalen"][0]["alpha"] == {"waarde": None, "onder": None, "boven": None, "reden": WEINIG}
    vraag = data["momenten"][0]["schalen"][1]["vragen"][0]
    assert vraag["leeg"] == {"leeg": 6, "nvt": 0}
    assert [t["aantal"] for t in vraag["aantallen"]] == [None, None, 0, 30, 15]
    assert data["momenten"][0]["patronen"][1] == {"leeg": ["autonomie-1", "autonomie-2"], "aantal": 5}
    assert data["rijen"]["leeg"] == 1
    assert any("null" in line for line in data["verborgen"])


# Files --------------------------------------------------------------------------------------------------------------


def test_all_files_at_once(tmp_path: Path) -> None:
    uit, verslag, referentie = (tmp_path / name for name in ("s.xlsx", "v.html", "r.yaml"))
    result = run("groep", VOORBEELD, "--uit", uit, "--verslag", verslag, "--maak-referentie", referentie,
                 "--bron", "verzonnen, 2026", "--r-test-hertest", "autonomie=0,80")  # fmt: skip
    assert (result.code, result.err) == (0, "")
    for path in (uit, verslag, referentie):
        assert path.stat().st_size > 0
        assert str(path) in "".join(result.out.split())
    html = verslag.read_text(encoding="utf-8")
    assert "regiekit groep groep.csv" in html
    assert "autonomie=0,80" in html
    assert str(tmp_path) not in html
    assert "soort: test-hertest" in referentie.read_text(encoding="utf-8")
    assert run("controleer", referentie).code == 0


def test_the_command_in_the_report_makes_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with the files that it names, wherever they were before."""
    here, there = tmp_path / "hier", tmp_path / "daar"
    for folder in (here / "tabellen", here / "eigen lijsten/vragenlijsten", there):
        folder.mkdir(parents=True)
    source = (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
    own = source.replace("id: eigen-regie\n", "id: mijn-lijst\n", 1)
    assert own != source
    write(here / "eigen lijsten/vragenlijsten", "mijn-lijst.yaml", own)
    path = table_with_a_fault(here / "tabellen").rename(here / "tabellen/mijn tabel.csv")
    monkeypatch.chdir(here)
    monkeypatch.setenv("REGIEKIT_BIBLIOTHEEK", str(here / "eigen lijsten"))
    asked = ["--vragenlijst", "mijn-lijst", "--weiger-rijen", "--r-test-hertest", "autonomie=0,80", "--uit", "s.csv",
             "--maak-referentie", "r.yaml", "--bron", "wij/zij, 2026; 'zes' mensen"]  # fmt: skip
    first = run("groep", path, *asked, "--verslag", here / "v.html")
    assert first.code == 0, first.err
    html = (here / "v.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in html
    line = next(text for text in cells_of(html) if text.startswith("regiekit groep "))

    monkeypatch.delenv("REGIEKIT_BIBLIOTHEEK")
    monkeypatch.chdir(there)
    shutil.copy(path, there)
    shutil.copytree(here / "eigen lijsten", there / "eigen lijsten")
    again = run(*shlex.split(line)[1:])
    assert again.code == 0, again.err
    for name in ("v.html", "s.csv", "r.yaml"):
        assert (there / name).read_bytes() == (here / name).read_bytes(), name


def cells_of(html: str) -> list[str]:
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)]


@pytest.mark.parametrize("optie", ["--uit", "--verslag", "--maak-referentie"])
def test_all_files_come_or_none(optie: str, tmp_path: Path) -> None:
    paths = {"--uit": tmp_path / "s.csv", "--verslag": tmp_path / "v.html", "--maak-referentie": tmp_path / "r.yaml"}
    paths[optie].write_text("van een ander", encoding="utf-8")
    words = [str(word) for pair in paths.items() for word in pair]
    result = run("groep", VOORBEELD, *words, "--bron", "verzonnen")
    assert (result.code, result.out) == (2, "")
    assert "--overschrijf" in result.err
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ["van een ander"]
    assert run("groep", VOORBEELD, *words, "--bron", "verzonnen", "--overschrijf").code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.yaml", "s.csv", "v.html"]
    assert "van een ander" not in [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()]


def test_one_name_is_for_one_file(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    result = run("groep", VOORBEELD, "--verslag", tmp_path / "x.html", "--uit", tmp_path / "map/../x.html")
    assert result.code == 2
    result = run("groep", VOORBEELD, "--uit", tmp_path / "s.CSV", "--verslag", tmp_path / "map/../S.csv")
    assert result.code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["map"]


def test_standard_output_holds_the_scores_alone(tmp_path: Path) -> None:
    assert run("groep", VOORBEELD, "--uit", tmp_path / "s.csv").code == 0
    result = run("groep", VOORBEELD, "--uit", "-", "--verslag", tmp_path / "v.html")
    assert result.code == 0
    assert result.out == run("score", VOORBEELD, "--uit", "-").out
    assert result.out.encode() == (tmp_path / "s.csv").read_bytes()
    assert "111 rijen gelezen" in result.err and "Het verslag staat in" in result.err


def test_a_column_that_is_kept_goes_with_the_scores(tmp_path: Path) -> None:
    rows = VOORBEELD.read_text(encoding="utf-8").splitlines()
    lines = [f"{n or 'nummer'},{row}" for n, row in enumerate(rows)]
    path = write(tmp_path, "n.csv", "\n".join(lines) + "\n")
    assert (
        run("groep", path, "--id", "nummer", "--uit", "-").out == run("score", path, "--id", "nummer", "--uit", "-").out
    )
    assert run("groep", path, "--id", "nummer").code == 2


def test_what_was_agreed_of_the_columns_is_kept(tmp_path: Path) -> None:
    rows = VOORBEELD.read_text(encoding="utf-8").splitlines()
    path = write(tmp_path, "g.csv", "\n".join(row.rpartition(",")[0] for row in rows) + "\n")
    result = run("groep", path, "--vragenlijst", "eigen-regie", "--akkoord", "--uit", tmp_path / "s.csv")
    assert result.code == 0, result.err
    assert "g.koppel.yaml" in "".join(result.err.split())
    assert run("groep", path, "--uit", tmp_path / "s2.csv", "--akkoord").code == 0
    assert (tmp_path / "s2.csv").read_bytes() == (tmp_path / "s.csv").read_bytes()


def test_what_is_odd_in_the_table_is_in_the_json(tmp_path: Path) -> None:
    rows = VOORBEELD.read_text(encoding="utf-8").splitlines()
    lines = [f"{row},{'datum' if not n else '03/04/2026'}" for n, row in enumerate(rows)]
    path = write(tmp_path, "d.csv", "\n".join(lines) + "\n")
    result = run("groep", path, "--json")
    assert result.code == 0, result.err
    assert [w["code"] for w in result.json["waarschuwingen"]] == ["datum-dubbelzinnig"]
    assert result.err == ""
    assert "let op:" in run("groep", path).err


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_a_report_of_the_same_table_has_the_same_bytes(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"v.{ending}"
    assert run("groep", VOORBEELD, "--verslag", path).code == 0
    before = path.read_bytes()
    assert run("groep", VOORBEELD, "--verslag", path).code == 0  # the same bytes may stand there
    assert path.read_bytes() == before


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "v.html", "van een ander")
    result = run("groep", VOORBEELD, "--verslag", path)
    assert result.code == 2
    assert "--overschrijf" in result.err
    assert path.read_text(encoding="utf-8") == "van een ander"


def test_a_referentiebestand_asks_for_fifty_people(tmp_path: Path) -> None:
    result = run("groep", few(tmp_path, 30), "--maak-referentie", tmp_path / "r.yaml", "--bron", "verzonnen")
    assert (result.code, result.out) == (4, "")
    assert "50 mensen" in result.err
    assert not (tmp_path / "r.yaml").exists()


def table_with_a_fault(folder: Path) -> Path:
    """The example with an answer in its first row that cannot be."""
    kop, first, *rest = VOORBEELD.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[2] = "9"
    return write(folder, "fout.csv", "\n".join([kop, ",".join(cells), *rest]) + "\n")


def test_a_wrong_answer_stops_it_and_a_refused_row_is_told(tmp_path: Path) -> None:
    path = table_with_a_fault(tmp_path)
    result = run("groep", path)
    assert (result.code, result.out) == (3, "")
    assert f"{path}:2:3" in result.err
    data = run("groep", path, "--weiger-rijen", "--json")
    assert data.code == 0
    assert data.json["rijen"]["geweigerd"] == 1
    assert f"{path}:2:3" in data.err


# The table ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["bestaat-niet.csv", "-", "."])
def test_what_is_no_file_is_told_so(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("groep", given)
    assert (result.code in (2, 3), result.out) == (True, "")
    assert result.err.startswith("regiekit: ")
    assert english_words(result.err) == []


def figures_of(path: Path, *options: str) -> dict[str, object]:
    """All figures of a table, without what says which file it was."""
    data = run("groep", path, "--json", *options).json
    return {k: v for k, v in data.items() if k not in ("bestand", "invoer_hash")}


def test_the_form_of_the_file_changes_nothing(tmp_path: Path) -> None:
    import polars as pl

    frame = pl.read_csv(VOORBEELD)
    frame.write_parquet(tmp_path / "g.parquet")
    expected = figures_of(VOORBEELD)
    assert figures_of(tmp_path / "g.parquet") == expected
    text = VOORBEELD.read_text(encoding="utf-8")
    assert figures_of(write(tmp_path, "puntkomma.csv", text.replace(",", ";"))) == expected
    kop, *rows = text.splitlines()
    words = ["", *EIGEN_REGIE.inhoud.antwoordschaal.labels.values()]
    worded = [",".join([*r.split(",")[:2], *(f'"{words[int(c or 0)]}"' for c in r.split(",")[2:])]) for r in rows]
    assert figures_of(write(tmp_path, "woorden.csv", "\n".join([kop, *worded]) + "\n")) == expected


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    kop, *rows = VOORBEELD.read_text(encoding="utf-8").splitlines()
    assert figures_of(write(tmp_path, "om.csv", "\n".join([kop, *reversed(rows)]) + "\n")) == figures_of(VOORBEELD)


def test_without_codes_there_is_no_change_and_it_says_why(tmp_path: Path) -> None:
    rows = [line.partition(",")[2] for line in VOORBEELD.read_text(encoding="utf-8").splitlines()]
    path = write(tmp_path, "zonder.csv", "\n".join(rows) + "\n")
    out = " ".join(run("groep", path).out.split())
    assert "De tabel heeft geen codes." in out
    assert "elke rij telt als één mens" in out
    data = run("groep", path, "--json").json
    assert (data["met_code"], data["veranderingen"]) == (False, [])
    assert [m["mensen"] for m in data["momenten"]] == [60, 51]


def test_without_meetmomenten_there_is_one_group(tmp_path: Path) -> None:
    kop, *rows = VOORBEELD.read_text(encoding="utf-8").splitlines()
    starts = [row.replace(",start,", ",", 1) for row in rows if ",start," in row]
    path = write(tmp_path, "een.csv", "\n".join([kop.replace(",meetmoment", ""), *starts]) + "\n")
    result = run("groep", path)
    assert result.code == 0, result.err
    assert "Wie invulden\n  - 60 mensen\n" in result.out
    assert "De tabel heeft één meetmoment." in result.out
    start = run("groep", VOORBEELD, "--json").json["momenten"][0]["schalen"]
    assert run("groep", path, "--json").json["momenten"][0]["schalen"] == start
    assert run("groep", path, "--meetmoment", "start", "--json").json["momenten"][0]["id"] == "start"


def test_the_mean_of_the_group_is_that_of_its_scores(tmp_path: Path) -> None:
    """The figures and the table of scores are one and the same scoring."""
    import polars as pl

    assert run("groep", VOORBEELD, "--uit", tmp_path / "s.csv").code == 0
    scores = pl.read_csv(tmp_path / "s.csv").filter(pl.col("meetmoment") == "start")
    schalen = run("groep", VOORBEELD, "--json").json["momenten"][0]["schalen"]
    assert len(schalen) == 4
    for schaal in schalen:
        column = scores[schaal["id"]].drop_nulls()
        assert len(column) == schaal["met_score"]
        assert schaal["gemiddelde"]["waarde"] == pytest.approx(column.mean(), abs=1e-12)
        assert schaal["sd"]["waarde"] == pytest.approx(column.std(), abs=1e-12)


def test_the_example_is_made_as_its_page_says(tmp_path: Path) -> None:
    page = (ROOT / "docs/groepen.md").read_text(encoding="utf-8")
    command = "regiekit groep simuleer --n 60 --zaad 2 --uit groep.csv"
    assert f"`{command}`" in page
    words = command.replace("groep.csv", str(tmp_path / "groep.csv")).split()[1:]
    assert run(*words).code == 0
    assert (tmp_path / "groep.csv").read_bytes() == VOORBEELD.read_bytes()


def test_three_meetmomenten_are_all_compared(tmp_path: Path) -> None:
    path = tmp_path / "drie.csv"
    moments = [word for m in ("start", "halverwege", "einde") for word in ("--meetmoment", m)]
    assert run("groep", "simuleer", "--n", 40, *moments, "--uit", path).code == 0
    out = run("groep", path).out
    for pair in ("start naar einde", "start naar halverwege", "halverwege naar einde"):
        assert f"Wat veranderde van {pair}\n" in out
        assert f"Verandering in cijfers, van {pair}\n" in out
    assert len(run("groep", path, "--json").json["veranderingen"]) == 12


def test_a_correlation_that_is_given_goes_before_alpha() -> None:
    found = run("groep", VOORBEELD, "--json", "--r-test-hertest", "autonomie=0,80").json["veranderingen"]
    assert {v["schaal"]: v["r_soort"] for v in found} == {
        "autonomie": "test-hertest", "competentie": "alpha", "verbondenheid": "alpha", "eigen-regie": "alpha",
    }  # fmt: skip
    first = found[0]
    assert first["r"]["waarde"] == 0.8
    assert first["grens"]["waarde"] == pytest.approx(1.96 * first["sd_van"]["waarde"] * 0.4**0.5, rel=1e-4)

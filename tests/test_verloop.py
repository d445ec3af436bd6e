"""`verloop`: honest conclusions, gaps instead of lines, and a picture that says the same as the words."""

from __future__ import annotations

import json
import os
import random
import re
import stat
import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from browser import axe
from dossiers import make_client, opened, quick_keys, run_dossier
from regiekit.content.library import load_banden, load_vragenlijsten, thaw, to_json
from regiekit.domain.aantekening import Afname, Besluit, Gesprek, Sluiting
from regiekit.domain.beoordeling import Ingevuld
from regiekit.domain.uitslag import score
from regiekit.domain.vergelijking import compare
from regiekit.domain.verloop import (
    ANDERE_INHOUD,
    ANDERE_VERSIE,
    EEN_TOEN,
    NOG_EEN,
    Gesprekmoment,
    Verloop,
    make_verloop,
)
from regiekit.render.document import Beeld, Document, to_html
from regiekit.render.verloop import make_document
from regiekit.render.verloop_svg import FIRST, LAST, PLOT, all_in_one
from util import EIGEN_REGIE, ROOT, afname_yaml, answers, run, write

if TYPE_CHECKING:
    from pathlib import Path

BANDEN = load_banden()
SVG = "{http://www.w3.org/2000/svg}"
SCHAALVRAGEN = next(v for v in load_vragenlijsten() if v.inhoud.id == "schaalvragen")
FORBIDDEN = ("bewezen", "effect", "significant", "door de coaching", "voortgang", "totaal", "gemiddelde cliënt")
HASH_2 = "2" * 16


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


# Making afnames -----------------------------------------------------------------------------------------------------


def with_versie(loaded: Any, versie: str) -> Any:
    content = json.loads(json.dumps(to_json(loaded.inhoud)))
    return thaw({**content, "versie": versie})


VERSIE_2 = with_versie(EIGEN_REGIE, "2")


def made(
    day: date | None, competentie: str = "33333", versie: int = 1, moment: str | None = None, **fields: Any
) -> Any:
    lijst, code = (EIGEN_REGIE.inhoud, EIGEN_REGIE.hash) if versie == 1 else (VERSIE_2, HASH_2)
    given = answers(
        fields.get("autonomie", "33333"), competentie, fields.get("verbondenheid", "3333"), fields.get("regie", "333")
    )
    return Ingevuld("x.yaml", lijst, code, "R-014", moment, day, given, {})


def two_questions(day: date, onzekerheid: int | None, vertrouwen: int | None) -> Ingevuld:
    given = {"onzekerheid": onzekerheid, "vertrouwen": vertrouwen}
    return Ingevuld("s.yaml", SCHAALVRAGEN.inhoud, SCHAALVRAGEN.hash, "R-014", None, day, given, {})


def verloop_of(*afnames: Ingevuld, **more: Any) -> Verloop:
    return make_verloop(afnames, BANDEN)._replace(**more)


def files(folder: Path, *rows: tuple[str, str, str]) -> list[Path]:
    """A file for each (day, meetmoment, answers on competentie)."""
    return [
        write(folder, f"{day}-{n}.yaml", afname_yaml(answers("33333", c, "3333", "333"), "R-014", datum=day,
                                                     **({"meetmoment": moment} if moment else {})))
        for n, (day, moment, c) in enumerate(rows)
    ]  # fmt: skip


def conclusion(result: Any, schaal: str = "competentie", segment: int = -1) -> Any:
    segmenten = result.json["reeksen"][0]["segmenten"]
    return next(s for s in segmenten[segment]["schalen"] if s["id"] == schaal)["vergelijking"]


# Honest conclusions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("33244", "44422", "Duidelijk hoger, van 2,4 naar 4,0 (+1,6; duidelijk vanaf 1,0; 5 vragen"),
        ("33333", "44432", "Geen duidelijk verschil, van 3,0 naar 3,8 (+0,8; duidelijk vanaf 1,0; 5 vragen"),
        ("44422", "33244", "Duidelijk lager, van 4,0 naar 2,4 (-1,6; duidelijk vanaf 1,0; 5 vragen"),
        ("54422", "55411", "Geen duidelijk verschil, van 4,2 naar 4,8 (+0,6; duidelijk vanaf 1,0; 5 vragen"),
    ],
)
def test_the_cases_of_the_report_and_their_like(tmp_path: Path, first: str, last: str, words: str) -> None:
    paths = files(tmp_path, ("2026-01-12", "start", first), ("2026-11-02", "einde", last))
    shown = " ".join(run("verloop", *paths).out.split())
    assert f"{words} beide keren beantwoord)." in shown
    ceiling = "Let op: kan niet duidelijk hoger worden." in shown
    assert ceiling == (first == "54422")
    picture = all_in_one(verloop_of(made(date(2026, 1, 12), first), made(date(2026, 11, 2), last)))
    assert words[0].lower() + words[1:] in picture.alt
    assert words.split(",")[0].lower() in texts_of(picture.svg)


def test_between_first_and_last_are_numbers_only(tmp_path: Path) -> None:
    paths = files(
        tmp_path, ("2026-01-12", "start", "33333"), ("2026-05-04", "halverwege", "55511"), ("2026-11-02", "", "33333")
    )
    result = run("verloop", *paths, "--json")
    assert conclusion(result)["conclusie"] == "geen duidelijk verschil"
    assert [s["score"] for s in result.json["reeksen"][0]["segmenten"][0]["schalen"][1]["scores"]] == [3.0, 5.0, 3.0]


def test_one_meting_is_no_verloop_yet(tmp_path: Path) -> None:
    (path,) = files(tmp_path, ("2026-01-12", "start", "33333"))
    outputs = [run("verloop", path).out, run("verloop", path, "--json").out]
    for ending in ("svg", "html", "txt"):
        target = tmp_path / f"een.{ending}"
        assert run("verloop", path, "--uit", target).code == 0
        outputs.append(readable(target.read_text(encoding="utf-8")))
    for text in outputs:
        assert NOG_EEN in " ".join(text.replace("Nog", "nog").split())
        assert not re.search("verschil|voortgang", text, re.IGNORECASE), text


def test_too_few_answers_is_a_gap_with_its_reason(tmp_path: Path) -> None:
    paths = files(tmp_path, ("2026-01-12", "", "33333"), ("2026-05-04", "", "3.3.3"), ("2026-11-02", "", "44422"))
    reason = "3 van 5 vragen beantwoord, er zijn er 4 nodig"
    shown = run("verloop", *paths)
    assert f"Geen score (4 mei 2026): {reason}." in " ".join(shown.out.split())
    assert "Competentie  ▄·▅" in shown.out
    scores = run("verloop", *paths, "--json").json["reeksen"][0]["segmenten"][0]["schalen"][1]["scores"]
    assert (scores[1]["score"], scores[1]["reden"]) == (None, reason)
    afnames = [made(date(2026, 1, 12)), made(date(2026, 5, 4), "3.3.3"), made(date(2026, 11, 2), "44422")]
    drawn = all_in_one(verloop_of(*afnames))
    assert "geen" in texts_of(drawn.svg)
    assert f"geen score, want {reason}" in drawn.alt
    assert len(lines_of(drawn.svg)) == 3  # the other three schalen; of competentie two points remain, and no line


def test_other_vragen_answered_each_time_draw_no_band_that_would_say_otherwise() -> None:
    """Compared are the shared vragen only; the scores in the picture rest on all of them."""
    drawn = all_in_one(verloop_of(made(date(2026, 1, 12), "1333."), made(date(2026, 11, 2), "53332")))
    assert bands_of(drawn.svg) == 3 + 1  # the other schalen, and the legend
    assert "Vergeleken over de 4 vragen die beide keren beantwoord zijn: van 2,5 naar 3,5." in texts_of(drawn.svg)


def test_the_two_scale_questions_have_their_own_direction_and_band() -> None:
    drawn = all_in_one(verloop_of(two_questions(date(2026, 1, 5), 8, 5), two_questions(date(2026, 6, 1), 6, 8)))
    shown = texts_of(drawn.svg)
    assert "hoger = meer onzekerheid" in shown
    assert "hoger = meer vertrouwen" in shown
    assert "-2; duidelijk vanaf 3" in shown
    assert "+3; duidelijk vanaf 3" in shown
    assert "geen duidelijk verschil, van 8 naar 6 (-2; duidelijk vanaf 3; 1 vraag beide keren beantwoord)" in drawn.alt


# Versions -----------------------------------------------------------------------------------------------------------


def test_another_versie_is_a_gap_with_its_reason(tmp_path: Path) -> None:
    lijst = (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
    (tmp_path / "eigen" / "vragenlijsten").mkdir(parents=True)
    own = lijst.replace('versie: "1"', 'versie: "2"', 1).replace("tekst: ", "tekst: ", 1)
    write(tmp_path / "eigen" / "vragenlijsten", "twee.yaml", own)
    paths = files(tmp_path, ("2026-01-12", "", "33244"), ("2026-02-12", "", "33333"), ("2026-05-04", "", "33333"),
                  ("2026-11-02", "", "44422"))  # fmt: skip
    for path in paths[2:]:
        path.write_text(path.read_text().replace('versie: "1"', 'versie: "2"'))
    asked = ("verloop", *paths, "--bibliotheek", tmp_path / "eigen")
    result = run(*asked, "--json")
    segmenten = result.json["reeksen"][0]["segmenten"]
    assert [(s["versie"], s["breuk"], len(s["metingen"])) for s in segmenten] == [
        ("1", None, 2),
        ("2", ANDERE_VERSIE, 2),
    ]
    assert [conclusion(result, segment=n)["van"] for n in (0, 1)] == [2.4, 3.0]
    shown = run(*asked).out
    assert "--- andere versie van de vragenlijst: niet te vergelijken ---" in shown
    assert "Competentie  ▃▄|▄▅" in shown
    document = "\n".join(
        str(b) for b in make_document(verloop_of(made(date(2026, 1, 1)), made(date(2026, 2, 1), versie=2))).blokken
    )
    assert NOG_EEN in document
    assert EEN_TOEN in document


def test_the_same_versie_with_other_content_is_not_compared_either() -> None:
    first, last = made(date(2026, 1, 1)), made(date(2026, 2, 1))._replace(hash=HASH_2)
    verloop = verloop_of(first, last)
    assert [s.breuk for s in verloop.reeksen[0].segmenten] == [None, ANDERE_INHOUD]
    assert [lijn.verschil for s in verloop.reeksen[0].segmenten for lijn in s.schalen] == [None] * 8


digits = st.text("12345.", min_size=5, max_size=5)
rows = st.lists(st.tuples(st.integers(0, 900), st.sampled_from((1, 2)), digits), min_size=1, max_size=12,
                unique_by=lambda row: row[0])  # fmt: skip


def afnames_from(found: list[tuple[int, int, str]]) -> list[Ingevuld]:
    return [made(date(2025, 1, 1) + timedelta(days=day), competentie, versie) for day, versie, competentie in found]


@given(rows)
@settings(max_examples=40)
def test_no_line_across_versions_or_gaps_and_every_score_has_its_point(found: list[tuple[int, int, str]]) -> None:
    verloop = verloop_of(*afnames_from(found))
    span = max((verloop.dagen[-1] - verloop.dagen[0]).days, 1)
    allowed: dict[str, set[int]] = {}  # place on the axis -> the runs of scores that it is in
    runs = 0
    for segment in verloop.reeksen[0].segmenten:
        runs += 1
        for meting, uitslag in zip(segment.metingen, segment.schalen[1].uitslagen, strict=True):
            if uitslag.score is None:
                runs += 1
            elif meting.datum:
                x = FIRST + (LAST - FIRST) * (meting.datum - verloop.dagen[0]).days / span
                x = x if len(found) > 1 else (FIRST + LAST) / 2
                allowed.setdefault(f"{x:.1f}", set()).add(runs)
    drawn = all_in_one(verloop).svg
    for line in lines_of(drawn, dash="9 4"):  # the dashes of the second schaal
        assert set.intersection(*(allowed[x] for x, _ in line))
    squares = [p for p in shapes_of(drawn, "polygon") if len(p) == 4 and p[0][1] == p[1][1]]
    assert len(squares) == sum(
        u.score is not None for s in verloop.reeksen[0].segmenten for u in s.schalen[1].uitslagen
    )


@given(rows)
@settings(max_examples=40)
def test_scores_and_conclusions_are_those_of_the_rules(found: list[tuple[int, int, str]]) -> None:
    ordered = sorted(afnames_from(found), key=lambda a: a.datum or date.min)
    verloop, place = verloop_of(*ordered), 0
    for segment in verloop.reeksen[0].segmenten:
        part = ordered[place : place + len(segment.metingen)]
        place += len(part)
        assert {a.hash for a in part} == {segment.hash}
        for schaal, lijn in zip(part[0].vragenlijst.schalen, segment.schalen, strict=True):
            assert [u.score for u in lijn.uitslagen] == [
                next(s.score for s in score(a.vragenlijst, a.antwoorden).schalen if s.id == schaal.id) for a in part
            ]
            expected = compare(part[0].vragenlijst, schaal, part[0].antwoorden, part[-1].antwoorden, BANDEN)
            assert lijn.verschil == (expected if len(part) > 1 else None)
    assert place == len(ordered)


@given(rows, st.randoms())
@settings(max_examples=30)
def test_the_order_of_the_files_does_not_matter(found: list[tuple[int, int, str]], chance: random.Random) -> None:
    afnames = [a._replace(bestand=f"{n}.yaml") for n, a in enumerate(afnames_from(found))]
    if len(afnames) > 1:
        afnames[0] = afnames[0]._replace(meetmoment="start")
        afnames[1] = afnames[1]._replace(datum=afnames[0].datum, meetmoment="einde")  # two on one day
    shuffled = list(afnames)
    chance.shuffle(shuffled)
    assert verloop_of(*shuffled) == verloop_of(*afnames)


@pytest.mark.parametrize("command", ["score", "verloop"])
def test_on_one_day_the_meetmoment_gives_the_order(tmp_path: Path, command: str) -> None:
    end, start = files(tmp_path, ("2026-01-12", "einde", "55511"), ("2026-01-12", "start", "11155"))
    for order in ((end, start), (start, end)):
        data = run(command, *order, "--json").json
        found = data["verschillen"][1] if command == "score" else conclusion(run("verloop", *order, "--json"))
        assert (found["van"], found["naar"], found["conclusie"]) == (1.0, 5.0, "duidelijk hoger")


@pytest.mark.parametrize("command", ["score", "verloop"])
@pytest.mark.parametrize("moments", [("", ""), ("start", ""), ("start", "start")])
def test_an_unknown_order_on_one_day_is_told_and_concludes_nothing(
    tmp_path: Path, command: str, moments: tuple[str, str]
) -> None:
    first, last = files(tmp_path, *(("2026-01-12", m, c) for m, c in zip(moments, ("11155", "55511"), strict=True)))
    for order in ((first, last), (last, first)):
        data = run(command, *order, "--json").json
        found = data["verschillen"][1] if command == "score" else conclusion(run("verloop", *order, "--json"))
        assert (found["conclusie"], found["van"]) == (None, None)
        told = data if command == "score" else data["reeksen"][0]
        assert "volgorde-onbekend" in [o["code"] for o in told["opmerkingen"]]
        screen = " ".join(run(command, *order).out.split())
        assert "niet te zien welke eerst was" in screen
        assert "duidelijk hoger, van" not in screen and "duidelijk lager, van" not in screen


def test_a_tie_at_one_end_takes_the_conclusion_too(tmp_path: Path) -> None:
    rows = ("2026-01-12", "", "11155"), ("2026-05-12", "", "33333"), ("2026-05-12", "", "55511")
    assert conclusion(run("verloop", *files(tmp_path, *rows), "--json"))["conclusie"] is None
    middle = ("2026-03-12", "", "22244"), ("2026-03-12", "", "33333")
    between = ("2026-01-12", "", "11155"), *middle, ("2026-05-12", "", "55511")
    (tmp_path / "b").mkdir()
    result = run("verloop", *files(tmp_path / "b", *between), "--json")
    assert conclusion(result)["conclusie"] == "duidelijk hoger"
    assert "volgorde-onbekend" in [o["code"] for o in result.json["reeksen"][0]["opmerkingen"]]


# Of one client, and nothing of another ------------------------------------------------------------------------------


def test_files_follow_the_rules_of_score(tmp_path: Path) -> None:
    first, last = files(tmp_path, ("2026-01-12", "", "33333"), ("2026-11-02", "", "44422"))
    last.write_text(last.read_text().replace("R-014", "R-015"))
    assert run("verloop", first, last).code == 4
    last.write_text(last.read_text().replace("client: R-015\n", ""))
    assert run("verloop", first, last).code == 4
    assert run("verloop", first, last, "--zelfde-client").code == 0
    assert run("verloop", first, first).code == 2
    assert run("verloop", tmp_path / "weg.yaml").code == 2
    assert run("verloop", first, "--uit", tmp_path / "x.png").code == 2


def test_without_dates_the_meetmomenten_give_the_order(tmp_path: Path) -> None:
    paths = files(tmp_path, ("2026-01-12", "einde", "44422"), ("2026-11-02", "start", "33244"))
    for path in paths:
        path.write_text(re.sub("datum: .*\n", "", path.read_text()))
    assert conclusion(run("verloop", *paths, "--json"))["conclusie"] == "duidelijk hoger"
    assert run("verloop", *paths, "--uit", tmp_path / "x.svg").code == 0


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """R-014 with two afnames, talks, a besluit and an end; R-099 with nothing."""
    path = tmp_path / "dossier.regiekit"
    make_client(path)
    make_client(path, "R-099")
    with opened(path) as boek:
        for day, moment, competentie in ((date(2026, 1, 12), "start", "33244"), (date(2026, 11, 2), "einde", "44422")):
            kept = Afname(
                vragenlijst="eigen-regie", versie="1", hash=EIGEN_REGIE.hash, meetmoment=moment,
                antwoorden=answers("33333", competentie, "3333", "333"),
            )  # fmt: skip
            boek.add("R-014", day, kept, vragenlijst=to_json(EIGEN_REGIE.inhoud))
        boek.add(
            "R-014", date(2026, 2, 1), Gesprek(technieken=("vragen", "inoculatie"), sturing="strak", doel="doelwoord")
        )
        boek.add("R-014", date(2026, 2, 8), Gesprek(aanwezig="niet-verschenen", technieken=("zones",)))
        boek.add("R-014", date(2026, 3, 8), Besluit(niveau="midden", reden="redenwoord"))
        boek.add("R-014", date(2026, 11, 30), Sluiting(reden="stopwoord"))
    return path


def test_a_client_of_the_dossier_with_talks_below_the_time_line(dossier: Path) -> None:
    shown = run_dossier(dossier, "verloop", "R-014")
    assert shown.code == 0
    lines = shown.out.split("Gesprekken en besluiten\n")[1].split("\n\n")[0].splitlines()
    assert [line.strip(" -") for line in lines] == [
        "12 januari 2026: meting start: Eigen regie in het tweede spoor",
        "1 februari 2026: gesprek: Vragen rondom eigen regie, Inoculatie; sturing",
        "strak",
        "8 februari 2026: gesprek ging niet door (niet verschenen)",
        "8 maart 2026: besluit van de coach: regie midden",
        "2 november 2026: meting einde: Eigen regie in het tweede spoor",
        "30 november 2026: einde van het traject",
    ]
    assert not re.search("doelwoord|redenwoord|stopwoord", shown.out)
    value = run_dossier(dossier, "verloop", "R-014", "--json").json
    assert value["gesprekken"][0] == {
        "datum": "2026-02-01", "technieken": ["vragen", "inoculatie"], "sturing": "strak", "aanwezig": "ja",
    }  # fmt: skip
    assert (value["besluiten"], value["sluiting"]) == ([{"datum": "2026-03-08", "niveau": "midden"}], "2026-11-30")


def test_a_file_from_the_dossier_is_private_and_known(dossier: Path, tmp_path: Path) -> None:
    target = tmp_path / "verloop.svg"
    assert run_dossier(dossier, "verloop", "R-014", "--uit", target).code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with opened(dossier) as boek:
        assert [(u.soort, u.pad) for u in boek.uitvoer("R-014")] == [("verloop", str(target))]
    drawn = target.read_text(encoding="utf-8")
    shown = texts_of(drawn)
    assert shown[shown.index("gesprek") :][:8] == ["gesprek", "A", "A", "B", "B", "besluit", "midden", "einde"]
    assert "Vragen rondom eigen regie" in shown
    assert "gesprek ging niet door" in shown
    assert "Zones van sturing" not in shown  # of the talk that did not take place
    assert not re.search("doelwoord|redenwoord|stopwoord", drawn)


def test_a_client_without_afnames(dossier: Path, tmp_path: Path) -> None:
    assert "nog geen vragenlijst ingevuld" in run_dossier(dossier, "verloop", "R-099").out
    assert run_dossier(dossier, "verloop", "R-099", "--uit", tmp_path / "x.svg").code == 2
    assert run_dossier(dossier, "verloop", "R-099", "--uit", tmp_path / "x.html").code == 0
    assert run_dossier(dossier, "verloop", "R-077").code == 2


# Words and forms ----------------------------------------------------------------------------------------------------

TALKS = tuple(
    Gesprekmoment(date(2025, 3, 1) + timedelta(days=13 * n), (), names, "los", "ja" if n % 6 else "afgezegd")
    for n, names in enumerate([("Vragen",), ("Zones van sturing", "Inoculatie"), (), ("Cirkel van invloed",)] * 7)
)


def a_full_one() -> Verloop:
    afnames = [made(date(2025, 3, 1) + timedelta(days=40 * n), c, 1 + n // 4, "start" if not n else None)
               for n, c in enumerate(("33244", "3.3.3", "44422", "54422", "55411", "11155"))]  # fmt: skip
    return verloop_of(
        *afnames, two_questions(date(2025, 3, 1), 8, 4), two_questions(date(2025, 9, 1), 5, 7),
        gesprekken=TALKS, sluiting=date(2026, 3, 1), verzonnen=True,
    )  # fmt: skip


def readable(html: str) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)


def test_no_output_promises_anything_and_each_says_what_the_numbers_are_not(tmp_path: Path, dossier: Path) -> None:
    outputs = [run_dossier(dossier, "verloop", "R-014").out, run_dossier(dossier, "verloop", "R-014", "--json").out]
    for ending in ("svg", "html", "txt"):
        target = tmp_path / f"v.{ending}"
        assert run_dossier(dossier, "verloop", "R-014", "--uit", target).code == 0
        outputs.append(readable(target.read_text(encoding="utf-8")))
    for text in outputs:
        plain = " ".join(text.split())
        assert not [word for word in FORBIDDEN if word in plain.lower()]
        assert "niet gevalideerd en heeft geen normen" in plain
        assert "R-099" not in plain


def test_the_terminal_is_whole_at_80_and_40_columns(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    paths = files(
        tmp_path, ("2026-01-12", "start", "33244"), ("2026-05-04", "halverwege", "3.3.3"), ("2026-11-02", "", "44422")
    )
    for width in (80, 40):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = run("verloop", *paths).out
        assert max(map(len, shown.splitlines())) <= width
        assert "…" not in shown
        for part in ("start, 12 januari 2026", "1 ██████░░░░░░░░░░ 5", "4 mei 2026", "5 van 5 vragen", "2,4", "4,0"):
            assert part in shown
    shown.encode("cp1252", errors="regiekit")


def test_a_terminal_without_its_characters_gets_no_sparkline(tmp_path: Path) -> None:
    paths = files(tmp_path, ("2026-01-12", "start", "33244"), ("2026-11-02", "einde", "44422"))
    for encoding, spark in (("utf-8", True), ("cp1252", False)):
        command = [sys.executable, "-m", "regiekit", "verloop", *map(str, paths)]
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        made = subprocess.run(command, capture_output=True, env=environment, check=True)
        lines = made.stdout.decode(encoding).splitlines()
        named = next(line for line in lines if line.startswith("Competentie"))
        assert (named != "Competentie") == spark, named


def test_one_meting_begins_with_the_right_capital() -> None:
    from regiekit.render.verloop import as_sentence

    assert as_sentence("één meting") == "Eén meting" and as_sentence("nog één") == "Nog één"


def test_every_form_carries_the_picture_with_its_alt_text(tmp_path: Path) -> None:
    import docx as word
    from pypdf import PdfReader

    paths = files(tmp_path, ("2026-01-12", "start", "33244"), ("2026-11-02", "einde", "44422"))
    alt = all_in_one(verloop_of(made(date(2026, 1, 12), "33244", moment="start"),
                                made(date(2026, 11, 2), "44422", moment="einde"))).alt  # fmt: skip
    for ending in ("pdf", "docx", "html", "txt"):
        assert run("verloop", *paths, "--uit", tmp_path / f"v.{ending}").code == 0
    html = (tmp_path / "v.html").read_text(encoding="utf-8")
    svg = re.search("<svg.*?</svg>", html, re.DOTALL)
    assert svg
    root = ElementTree.fromstring(svg[0])
    assert (root.get("role"), root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (
        "img",
        "Verloop van R-014",
        alt,
    )
    assert 'href="' not in html
    reader = PdfReader(tmp_path / "v.pdf")
    assert alt in [part.get("/Alt") for part in structure(reader.trailer["/Root"]["/StructTreeRoot"])]
    made_docx = word.Document(str(tmp_path / "v.docx"))
    assert [s._inline.docPr.get("descr") for s in made_docx.inline_shapes] == [alt]
    text = (tmp_path / "v.txt").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 80
    assert "2,4" in text


def structure(node: Any) -> list[Any]:
    """Every element of the structure of a PDF."""
    kids = node.get("/K", [])
    found = [
        k.get_object() for k in (kids if isinstance(kids, list) else [kids]) if not isinstance(k.get_object(), int)
    ]
    return [node, *(part for kid in found if hasattr(kid, "get") for part in structure(kid))]


def test_a_document_shows_the_alt_text_where_it_has_no_picture() -> None:
    from regiekit.render.document import texts_in, to_text

    document = Document("Titel", "onder", (Beeld("<svg><text>in &amp; beeld</text></svg>", "Wat het zegt."),))
    assert "Wat het zegt." in to_text(document)
    assert [text for _, text in texts_in(document)][1:] == ["Wat het zegt.", "in & beeld"]


def test_word_gets_the_words_where_no_picture_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO

    import docx as word

    from regiekit.render import docx
    from regiekit.render.pdf import NoPdfLibrary

    def refuse(svg: str, ppi: int) -> bytes:
        raise NoPdfLibrary("het document")

    monkeypatch.setattr(docx, "compile_png", refuse)
    made_docx = word.Document(BytesIO(docx.to_docx(Document("Titel", "onder", (Beeld("<svg/>", "Wat het zegt."),)))))
    assert "Wat het zegt." in [p.text for p in made_docx.paragraphs]


# The picture --------------------------------------------------------------------------------------------------------


def texts_of(svg: str) -> list[str]:
    return [
        element.text or ""
        for element in ElementTree.fromstring(svg.removeprefix('<?xml version="1.0" encoding="UTF-8"?>')).iter(
            f"{SVG}text"
        )
    ]


def points_of(text: str) -> list[tuple[str, str]]:
    pairs = [pair.split(",") for pair in text.split()]
    return [(x, y) for x, y in pairs]


def shapes_of(svg: str, kind: str) -> list[list[tuple[str, str]]]:
    return [points_of(e.get("points", "")) for e in ElementTree.fromstring(svg).iter(f"{SVG}{kind}")]


def lines_of(svg: str, dash: str | None = None) -> list[list[tuple[str, str]]]:
    """The lines through scores; the ticks of talks are as thick, and straight up."""
    found = [e for e in ElementTree.fromstring(svg).iter(f"{SVG}polyline") if e.get("stroke-width") == "2"]
    found = [e for e in found if dash is None or e.get("stroke-dasharray") == dash]
    return [points_of(e.get("points", "")) for e in found]


def bands_of(svg: str) -> int:
    return svg.count('fill="url(#')


def test_the_picture_of_a_clear_case_by_its_content() -> None:
    drawn = all_in_one(verloop_of(made(date(2026, 1, 12), "33244", moment="start"), made(date(2026, 5, 4), "33343"),
                                  made(date(2026, 11, 2), "44422", moment="einde")))  # fmt: skip
    shown = texts_of(drawn.svg)
    start = shown.index("Competentie")
    assert shown[start : start + 9] == [
        "Competentie", "duidelijk hoger", "hoger = meer vertrouwen in wat je kunt", "+1,6; duidelijk vanaf 1,0",
        "5", "1", "2,4", "2,8", "4,0",
    ]  # fmt: skip
    assert {
        "R-014: Eigen regie in het tweede spoor",
        "start",
        "12 jan 2026",
        "4 mei 2026",
        "einde",
        "2 nov 2026",
    } <= set(shown)
    ((first, middle, last),) = lines_of(drawn.svg, dash="9 4")
    assert (first[0], last[0]) == (f"{FIRST:.1f}", f"{LAST:.1f}")
    days = (date(2026, 5, 4) - date(2026, 1, 12)).days / (date(2026, 11, 2) - date(2026, 1, 12)).days
    assert float(middle[0]) == pytest.approx(FIRST + (LAST - FIRST) * days, abs=0.06)  # a true time axis
    assert float(first[1]) - float(last[1]) == pytest.approx(PLOT * 1.6 / 4, abs=0.11)  # and a true height
    assert bands_of(drawn.svg) == 4 + 1
    assert drawn.alt.startswith(
        "Verloop van R-014. Eigen regie in het tweede spoor (vragenlijst eigen-regie: versie 1, hash "
        f"{EIGEN_REGIE.hash}). Autonomie (hoger = meer ervaren ruimte om zelf te kiezen), van 1 tot en met 5: "
        "start, 12 januari 2026: 3,0; 4 mei 2026: 3,0; einde, 2 november 2026: 3,0. Conclusie: geen duidelijk verschil"
    )


def test_the_band_reaches_as_far_as_no_clear_difference() -> None:
    """A last point on the edge of the band is clearly different: reaching it counts."""
    drawn = all_in_one(verloop_of(made(date(2026, 1, 12), "33333"), made(date(2026, 11, 2), "44433")))  # 15 -> 18
    on_edge = all_in_one(verloop_of(made(date(2026, 1, 12), "33333"), made(date(2026, 11, 2), "44422")))  # 15 -> 20
    for svg, inside in ((drawn.svg, True), (on_edge.svg, False)):
        band = [e for e in ElementTree.fromstring(svg).iter(f"{SVG}rect") if (e.get("fill") or "").startswith("url")][1]
        ((_, last),) = lines_of(svg, dash="9 4")
        assert (float(last[1]) > float(band.get("y", "0")) + 0.06) == inside


def test_the_picture_runs_nothing_loads_nothing_and_escapes_what_people_named() -> None:
    evil = '<script>alert("x")</script> & \x07'
    verloop = a_full_one()
    talks = (Gesprekmoment(date(2025, 4, 1), (), (evil,), None, "ja"),)
    first = verloop.reeksen[0]
    segment = first.segmenten[0]
    named = segment.metingen[0]._replace(naam=evil)
    segment = segment._replace(metingen=(named, *segment.metingen[1:]))
    reeks = first._replace(naam=evil, segmenten=(segment, *first.segmenten[1:]))
    drawn = all_in_one(verloop._replace(reeksen=(reeks,), gesprekken=talks)).svg
    root = ElementTree.fromstring(drawn)
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "line", "rect", "text", "polyline", "circle", "polygon",
    }  # fmt: skip
    attributes = [(name, value) for e in root.iter() for name, value in e.attrib.items()]
    assert not [name for name, _ in attributes if "href" in name or name.startswith("on") or name == "style"]
    assert {v for _, v in attributes if "url(" in v} == {f"url(#{root.find(f'{SVG}defs/{SVG}pattern').get('id')})"}  # type: ignore[union-attr]
    assert any(text.startswith('<script>alert("x")') for text in texts_of(drawn))


def test_nothing_hangs_on_colour() -> None:
    """Each schaal its own marker and dashes; the only paints are black, white and greys."""
    drawn = all_in_one(a_full_one()).svg
    assert {e.get("stroke-dasharray") for e in ElementTree.fromstring(drawn).iter(f"{SVG}polyline")} >= {
        None, "9 4", "2 4", "10 4 2 4",
    }  # fmt: skip
    assert set(re.findall(r'(?:fill|stroke)="(#\w+)"', drawn)) <= {"#000", "#fff", "#bbb", "#777", "#999"}


def pictures() -> dict[str, Verloop]:
    """From two to twelve metingen, equal and missing ones, on one day, years apart, with talks and versions."""
    chance = random.Random(5)
    found = {"alles": a_full_one(), "een": verloop_of(made(date(2026, 1, 12), moment="start"))}
    for count in (2, 3, 5, 8, 12):
        days = sorted(chance.sample(range(700), count))
        found[f"{count}"] = verloop_of(*(
            made(date(2025, 1, 1) + timedelta(days=d), "".join(chance.choices("12345.", k=5)), 1, "halverwege")
            for d in days
        ))  # fmt: skip
    weekly = [made(date(2026, 1, 5) + timedelta(days=7 * n), "55511", 1 + n // 6) for n in range(12)]
    found["gelijk"] = verloop_of(*weekly)
    found["een dag"] = verloop_of(*(made(date(2026, 1, 5), c) for c in ("11155", "33333", "55511")))
    found["jaren"] = verloop_of(*(made(date(2016, 1, 5), c) for c in ("11155", "55511")), made(date(2016, 1, 9)),
                                made(date(2026, 1, 5), "5.5.1"))  # fmt: skip
    found["zonder datum"] = verloop_of(*(made(None, c) for c in ("11155", "33333", "55511")))
    found["200 gesprekken"] = a_full_one()._replace(gesprekken=tuple(
        Gesprekmoment(date(2025, 3, 1) + timedelta(days=2 * n), (), (f"Techniek {n % 11}", "Vragen"), None, "ja")
        for n in range(200)
    ))  # fmt: skip
    found["lange namen"] = a_full_one()._replace(
        client="R-" + "9" * 18,
        gesprekken=(Gesprekmoment(date(2025, 4, 1), (), ("Een heel lange techniek " * 9, "W" * 99), None, "ja"),),
    )
    return found


OVERLAPS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
      .map(t => [t.textContent, t.getBoundingClientRect()]);
    for (const [text, box] of boxes)
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
        found.push(['outside', text]);
    boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6) found.push([one, other]);
    }));
  }
  return [document.fonts.check('14px "Atkinson Hyperlegible Next"'), found];
}"""


@pytest.mark.needs("chromium")
def test_no_text_runs_into_another(page: Any) -> None:
    """Measured by a browser, in the letter of the project; boxes of letters may share the empty edge of a line."""
    blokken = tuple(all_in_one(verloop) for verloop in pictures().values())
    page.set_content(to_html(Document("Alle beelden", "", blokken)))
    page.evaluate("document.fonts.ready")
    assert page.evaluate(OVERLAPS) == [True, []]


@pytest.mark.needs("chromium", "axe")
def test_the_page_has_no_barriers(page: Any) -> None:
    page.set_content(to_html(make_document(a_full_one())))
    found = axe(page)
    assert found.violations == []
    unsure = {(f.rule, "text[" in element) for f in found.incomplete for element in f.elements}
    assert unsure <= {("color-contrast", True)}  # it cannot judge text in a picture; that is black on white

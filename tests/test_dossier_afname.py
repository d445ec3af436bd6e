"""Answers into the dossier: of this client, each once, all or none, and nothing readable left by regiekit itself."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import WACHTZIN, make_client, opened, quick_keys, run_dossier
from regiekit.cli.dossier_vullen import afnames_of
from regiekit.domain.aantekening import Sluiting
from regiekit.domain.uitslag import score
from regiekit.errors import RegiekitError
from test_sleutel import ANTWOORD, GIVEN, jwe
from test_sleutel import WACHTZIN as SLEUTELZIN
from test_sleutel import make as make_key
from util import EIGEN_REGIE, ROOT, VRAGEN, Result, afname_yaml, answers, run, write

if TYPE_CHECKING:
    from pathlib import Path

    from regiekit.domain.clientdossier import Clientdossier

START, EINDE = ROOT / "voorbeelden/R-021-start.yaml", ROOT / "voorbeelden/R-021-einde.yaml"
A, B = answers("43215", "12345", "1234", "123"), answers("33333", "12345", "1234", "123")
# Enter to begin, then so many answers.
FIRST = ["", "3", "w", "4"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "d.regiekit"
    make_client(path, "R-014")
    make_client(path, "R-021")
    return path


def kept(path: Path, code: str = "R-014") -> Clientdossier:
    with opened(path) as boek:
        return boek.read(code)


def numbers(path: Path, code: str = "R-014") -> list[int]:
    return [a.nummer for a in kept(path, code).of("afname")]


def add(path: Path, *arguments: object, code: str = "R-014", **more: Any) -> Result:
    return run_dossier(path, "dossier", "afname", code, *arguments, **more)


def yaml_of(folder: Path, name: str, given: dict[str, int | None], client: str | None = "R-014", **fields: Any) -> Path:
    return write(folder, name, afname_yaml(given, client, **fields))


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def in_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a person sits there, with the answers from standard input."""
    for module in ("dossier_teksten", "dossier_invullen"):
        monkeypatch.setattr(f"regiekit.cli.{module}.on_terminal", lambda: True)


# Files ----------------------------------------------------------------------------------------------------------------


def test_a_file_stands_in_the_dossier_as_it_was_given(path: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "a.yaml", afname_yaml(A, "R-014", datum="2026-03-02", meetmoment="start").replace(
        "autonomie-2: 3", "autonomie-2: wil-niet-zeggen") + 'open:\n  start-1: "Rust: \\"é\\" 🙂"\n')  # fmt: skip
    result = add(path, file)
    assert result.code == 0
    assert "R-014, nummer 3: Eigen regie" in result.out
    assert "Autonomie: aan de lage kant (2,0 op 1–5; 4 van 5 vragen; hoger is gunstig)." in " ".join(result.out.split())
    assert "niet gevalideerd" in result.out
    (made,) = kept(path).of("afname")
    assert (made.datum, made.inhoud.meetmoment, made.inhoud.hash) == (date(2026, 3, 2), "start", EIGEN_REGIE.hash)
    assert made.inhoud.antwoorden == {**A, "autonomie-2": "wil-niet-zeggen"}
    assert made.inhoud.open == {"start-1": 'Rust: "é" 🙂'}


def test_the_scores_are_those_of_score(path: Path) -> None:
    straight = run("score", START, "--json").json["schalen"]
    through = add(path, START, "--json", code="R-021").json
    assert [a["schalen"] for a in through] == [straight]
    assert through[0]["nummer"] == 3
    (back,) = afnames_of(kept(path, "R-021"))
    assert [s.score for s in score(back.vragenlijst, back.antwoorden).schalen] == [s["score"] for s in straight]


def test_another_client_is_refused_whatever_is_said(path: Path) -> None:
    for more in ([], ["--zelfde-client"]):
        result = add(path, START, *more)
        assert (result.code, result.out) == (4, "")
        assert "is van R-021, en niet van R-014" in result.err
    assert numbers(path) == []
    assert add(path, START, code="r-021").code == 0  # a code is the same in small letters


def test_without_a_code_somebody_must_say_whose_it_is(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = yaml_of(tmp_path, "a.yaml", A, None, datum="2026-03-02")
    assert add(path, file).code == 4
    assert add(path, file, "--zelfde-client").code == 0
    later = yaml_of(tmp_path, "b.yaml", A, None, datum="2026-04-02")
    in_terminal(monkeypatch)
    assert add(path, later, stdin="n\n").code == 4
    assert len(numbers(path)) == 1
    assert add(path, later, stdin="j\nn\n").code == 0
    assert len(numbers(path)) == 2


def test_a_day_is_needed(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = yaml_of(tmp_path, "a.yaml", A)
    assert "--datum" in add(path, file).err
    tomorrow = date.today() + timedelta(days=1)
    assert "moet nog komen" in add(path, file, "--datum", tomorrow).err
    assert add(path, file, "--datum", "2026-03-02").code == 0
    other = yaml_of(tmp_path, "b.yaml", A, datum="2026-05-05")
    assert add(path, other, "--datum", "2026-05-06").code == 2
    in_terminal(monkeypatch)
    asked = yaml_of(tmp_path, "c.yaml", A)
    assert add(path, asked, stdin="gisteren\n2026-06-01\nn\n").code == 0
    assert [a.datum for a in kept(path).of("afname")] == [date(2026, 3, 2), date(2026, 6, 1)]


def test_the_same_afname_twice_is_refused_with_its_nummer(path: Path, tmp_path: Path) -> None:
    assert add(path, START, code="R-021").code == 0
    twice = add(path, START, code="R-021")
    assert (twice.code, twice.out) == (2, "")
    assert "staat er al als nummer 3" in twice.err
    assert len(twice.err.strip().splitlines()) == 1
    first = yaml_of(tmp_path, "a.yaml", A, datum="2026-03-02")
    changed = yaml_of(tmp_path, "b.yaml", B, datum="2026-03-02")
    assert add(path, first).code == 0
    other = add(path, changed)
    assert other.code == 2
    assert "met andere antwoorden" in other.err and "dossier corrigeer R-014 4" in other.err
    assert len(numbers(path)) == 1


def test_what_was_corrected_is_not_added_again(path: Path, tmp_path: Path) -> None:
    file = yaml_of(tmp_path, "a.yaml", A, datum="2026-03-02")
    assert add(path, file).code == 0
    with opened(path) as boek:
        old = boek.read("R-014").of("afname")[0]
        better = old.inhoud.model_copy(update={"antwoorden": {**old.inhoud.antwoorden, VRAGEN[0]: 1}})
        boek.correct("R-014", old.nummer, old.datum, better, "overgetypt")
    assert "nummer 3 (later verbeterd in 4)" in add(path, file).err


def test_several_files_come_in_together_or_not_at_all(path: Path, tmp_path: Path) -> None:
    good = yaml_of(tmp_path, "a.yaml", A, datum="2026-03-02")
    bad = yaml_of(tmp_path, "b.yaml", {**A, VRAGEN[0]: 9}, datum="2026-04-02")
    for wrong, code in ((bad, 3), (START, 4), (tmp_path / "weg.yaml", 2), (yaml_of(tmp_path, "c.yaml", A), 2)):
        assert add(path, good, wrong).code == code
        assert numbers(path) == []
    same_day = yaml_of(tmp_path, "d.yaml", B, datum="2026-03-02")
    assert "dezelfde dag" in add(path, good, same_day).err
    assert "twee keer" in add(path, good, good).err
    assert numbers(path) == []
    later = yaml_of(tmp_path, "e.yaml", B, datum="2026-04-02")
    assert add(path, later, good).code == 0
    assert [a.datum.month for a in kept(path).of("afname")] == [3, 4]


def test_two_windows_at_once_keep_one(path: Path, tmp_path: Path) -> None:
    from regiekit.cli.dossier_antwoorden import Nieuw, store
    from regiekit.kanaal.antwoordbestand import read_afnames

    file = yaml_of(tmp_path, "a.yaml", A, datum="2026-03-02")
    found = read_afnames([str(file)], lambda raw, _: raw)
    nieuw = Nieuw(date(2026, 3, 2), found[0])
    told: list[str] = []

    def window() -> None:
        with opened(path) as boek:
            try:
                store(boek, "R-014", [nieuw], geen_bsn=False)
            except RegiekitError as error:
                told.append(str(error))

    windows = [threading.Thread(target=window) for _ in range(4)]
    for one in windows:
        one.start()
    for one in windows:
        one.join()
    assert len(numbers(path)) == 1
    assert len(told) == 3 and all("staat er al als nummer 3" in line for line in told)


def test_the_readable_file_is_told_and_goes_when_that_is_asked(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [yaml_of(tmp_path, f"{n}.yaml", A, datum=f"2026-0{n}-02") for n in range(1, 5)]
    assert "1.yaml staat nog onversleuteld" in add(path, files[0]).err
    assert files[0].exists()
    assert "verwijderd" in add(path, files[1], "--verwijder").err
    assert not files[1].exists()
    in_terminal(monkeypatch)
    assert add(path, files[2], stdin="n\n").code == 0
    assert add(path, files[3], stdin="j\n").code == 0
    assert [f.exists() for f in files[2:]] == [True, False]
    refused = add(path, files[2], "--verwijder")
    assert (refused.code, files[2].exists()) == (2, True)  # a file of which nothing was kept now, stays


def test_a_link_is_never_followed_to_take_something_away(path: Path, tmp_path: Path) -> None:
    file = yaml_of(tmp_path, "a.yaml", A, datum="2026-03-02")
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    assert "verwijzing" in add(path, link, "--verwijder").err
    assert file.exists() and link.is_symlink()


def test_a_sealed_file_and_the_two_wachtzinnen_from_one_descriptor(path: Path, tmp_path: Path) -> None:
    from regiekit.kanaal.sleutel import public_key

    key = tmp_path / "sleutel.json"
    assert make_key(key).code == 0
    public = public_key(key)
    assert public is not None
    file = tmp_path / "antwoorden.jwe"
    file.write_bytes(jwe(ANTWOORD, public))
    given = (file, "--sleutel", key, "--datum", "2026-03-02")
    assert add(path, *given, wachtzin=f"{SLEUTELZIN}\n{WACHTZIN}").code == 5  # the other way round
    assert numbers(path) == []
    result = add(path, *given, wachtzin=f"{WACHTZIN}\n{SLEUTELZIN}")
    assert result.code == 0, result.err
    assert "onversleuteld" not in result.err  # it is sealed
    assert kept(path).of("afname")[0].inhoud.antwoorden == GIVEN


def test_a_bsn_in_an_open_answer_is_refused(path: Path, tmp_path: Path) -> None:
    text = afname_yaml(A, "R-014", datum="2026-03-02", meetmoment="start") + "open:\n  start-1: Ik ben 111222333.\n"
    file = write(tmp_path, "a.yaml", text)
    assert add(path, file).code == 4
    assert numbers(path) == []
    assert add(path, file, "--geen-bsn").code == 0


@pytest.mark.parametrize("wrong", [[], [START, "--invullen"], ["--invullen", "--json"]])
def test_wrong_use_is_one_line(path: Path, wrong: list[object]) -> None:
    result = add(path, *wrong, code="R-021")
    assert (result.code, result.out) == (2, "")
    assert len(result.err.strip().splitlines()) == 1


def test_a_client_that_is_not_there(path: Path) -> None:
    result = add(path, START, code="R-099")
    assert result.code == 2
    assert "R-099" in result.err


ANSWER = st.one_of(st.none(), st.integers(1, 5), st.sampled_from(["weet-niet", "wil-niet-zeggen", "nvt"]))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries(dict.fromkeys(VRAGEN, ANSWER)), st.text("ab \"'é🙂[]<>=\\", min_size=1, max_size=40))
def test_every_answer_comes_back_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, antwoorden: dict[str, Any], tekst: str
) -> None:
    folder = tmp_path_factory.mktemp("rond")
    path = folder / "d.regiekit"
    make_client(path)
    file = folder / "a.json"
    file.write_text(json.dumps({"vragenlijst": "eigen-regie", "versie": "1", "client": "R-014", "meetmoment": "start",
                                "datum": "2026-03-02", "antwoorden": antwoorden, "open": {"start-1": tekst}}),
                    encoding="utf-8")  # fmt: skip
    assert add(path, file).code == 0
    (back,) = afnames_of(kept(path))
    assert {**back.antwoorden, **back.overgeslagen} == antwoorden
    assert back.open == {"start-1": tekst}


# Filling in -----------------------------------------------------------------------------------------------------------


def readable(folder: Path) -> list[str]:
    """The files in which a question or an answer can be read."""
    marks = (b"autonomie-1", b"antwoorden", b"weet-niet")
    return [f.name for f in folder.rglob("*") if f.is_file() and any(m in f.read_bytes() for m in marks)]


def test_filling_in_leaves_nothing_readable_and_goes_on_later(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begun = add(path, "--invullen", "--meetmoment", "start", "--datum", "2026-03-02", stdin=typed(*FIRST, "s"))
    assert begun.code == 0
    assert "Alleen je coach kan ze daar openen" in " ".join(begun.out.split())
    assert "Je antwoorden zijn bewaard" in begun.out
    assert "als nummer 3" in begun.out
    command = "regiekit dossier afname R-014 --invullen --meetmoment start"
    assert command in begun.out
    assert kept(path).of("afname")[0].inhoud.antwoorden == {VRAGEN[0]: 3, VRAGEN[1]: "weet-niet", VRAGEN[2]: 4}
    rest = [""] + ["5"] * 14 + ["Rust.", "", "", "k"]
    done = add(path, *command.split()[4:], stdin=typed(*rest))
    assert done.code == 0
    assert "Klaar, dank je wel" in done.out
    assert "Autonomie" not in done.out.partition("Klaar")[2]  # the client sits here: no scores
    (whole,) = kept(path).of("afname")
    assert (whole.nummer, whole.vervangt, whole.datum) == (4, 3, date(2026, 3, 2))
    assert list(whole.inhoud.antwoorden.values()) == [3, "weet-niet", 4, *[5] * 14]
    assert whole.inhoud.open["start-1"] == "Rust."
    assert readable(tmp_path) == []
    again = add(path, "--invullen", "--meetmoment", "start", "--datum", "2026-03-02", stdin="")
    assert again.code == 2
    assert "staat er al als nummer 4" in again.err


def test_the_end_of_input_keeps_what_was_answered(path: Path) -> None:
    result = add(path, "--invullen", "--meetmoment", "start", "--datum", "2026-03-02", stdin=typed(*FIRST))
    assert result.code == 130
    assert "als nummer 3" in result.out
    assert len(kept(path).of("afname")[0].inhoud.antwoorden) == 3


def test_nothing_answered_is_nothing_kept(path: Path) -> None:
    result = add(path, "--invullen", "--meetmoment", "start", stdin=typed("", "", "s"))
    assert result.code == 0
    assert "nog niets ingevuld" in result.out
    assert numbers(path) == []


def test_going_on_in_another_language_says_what_to_type(path: Path) -> None:
    given = ("--invullen", "--meetmoment", "start")
    assert add(path, *given, "--taal", "en", stdin=typed(*FIRST, "s")).code == 0
    result = add(path, *given, stdin="")
    assert result.code == 2
    assert "--taal en" in result.err


def test_a_paper_of_another_client_is_not_typed_in(path: Path) -> None:
    code = f"regiekit:eigen-regie@1:start:R-021:{EIGEN_REGIE.hash[:8]}"
    result = add(path, "--invullen", "--snel", "--lijst", code, stdin="")
    assert result.code == 2
    assert "R-021" in result.err
    assert numbers(path) == []


def test_a_paper_is_typed_over_and_its_scores_are_shown(path: Path) -> None:
    keys = typed(*["4"] * 17, "", "", "", "j")
    result = add(path, "--invullen", "--snel", "--meetmoment", "start", "--datum", "2026-03-02", stdin=keys)
    assert result.code == 0, result.err
    assert "Autonomie: in het midden (3,6 op 1–5" in result.out
    assert "meteen bewaard" not in result.out
    assert list(kept(path).of("afname")[0].inhoud.antwoorden.values()) == [4] * 17


def test_what_cannot_be_kept_is_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from regiekit.cli import dossier_invullen

    in_terminal(monkeypatch)
    monkeypatch.setattr("regiekit.cli.dossier_open.open_boek", lambda *_: opened(path))
    tries: list[int] = []
    real = dossier_invullen.keep_in

    def refuse_twice(*arguments: Any) -> int:
        tries.append(1)
        if len(tries) < 3:
            raise RegiekitError("de schijf is vol")
        return real(*arguments)

    monkeypatch.setattr(dossier_invullen, "keep_in", refuse_twice)
    result = add(path, "--invullen", "--meetmoment", "start", stdin=typed(*FIRST, "s", "", ""))
    assert result.code == 0
    assert result.err.count("de schijf is vol") == 2
    assert numbers(path) == [3]


# The two scale questions ----------------------------------------------------------------------------------------------


def ask(path: Path, *arguments: object, stdin: str = "") -> Result:
    return run_dossier(path, "dossier", "schaalvraag", "R-014", *arguments, stdin=stdin)


def test_the_questions_say_their_own_direction_and_may_be_skipped(path: Path) -> None:
    result = ask(path, "--datum", "2026-03-02", stdin=typed("acht", "11", "8", ""))
    assert result.code == 0
    out = " ".join(result.out.split())
    uncertain, trust = out.index("hoger = meer onzekerheid"), out.index("hoger = meer vertrouwen")
    assert out.index("Hoe onzeker") < uncertain < out.index("Hoeveel vertrouwen") < trust
    assert "8 op 1–10 (hoger = meer onzekerheid)" in out
    assert "Vertrouwen in eigen kwaliteiten: niet beantwoord" in out
    assert result.err.count("typ een getal van 1 tot en met 10") == 2
    (made,) = kept(path).of("afname")
    assert (made.inhoud.vragenlijst, made.inhoud.antwoorden) == (
        "schaalvragen", {"onzekerheid": 8, "vertrouwen": None},
    )  # fmt: skip
    assert made.inhoud.meetmoment is None


def test_with_an_option_nothing_is_asked(path: Path) -> None:
    result = ask(path, "--vertrouwen", 4, "--meetmoment", "start", "--datum", "2026-03-02", "--json")
    assert result.code == 0
    assert result.json[0]["meetmoment"] == "start"
    assert [s["score"] for s in result.json[0]["schalen"]] == [None, 4]
    assert ask(path, "--vertrouwen", 4, "--datum", "2026-03-02", "--meetmoment", "start").code == 2  # there already
    assert ask(path, "--vertrouwen", 11).code == 2
    assert ask(path, "--vertrouwen", 4, "--meetmoment", "ooit").code == 2


def test_both_skipped_keeps_nothing(path: Path) -> None:
    result = ask(path, stdin=typed("", ""))
    assert (result.code, numbers(path)) == (0, [])
    assert "niets bewaard" in result.out


def test_adding_to_a_dossier_that_was_closed_is_told(path: Path) -> None:
    with opened(path) as boek:
        boek.add("R-014", date(2026, 2, 1), Sluiting())
    assert "afgesloten" in ask(path, "--vertrouwen", 4).err
    decided = run_dossier(path, "dossier", "besluit", "R-014", "laag", "--reden", "Omdat.")
    assert "afgesloten" in decided.err
    assert len(numbers(path)) == 1

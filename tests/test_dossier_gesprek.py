"""A talk in the dossier in seven questions, and how it went with what was agreed (R14, R34, R1)."""

from __future__ import annotations

import os
import re
import signal
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers import make_client, opened, quick_keys, run_dossier
from regiekit.content.library import load_technieken
from regiekit.domain.aantekening import Afspraak, Sluiting
from regiekit.domain.clientdossier import open_punten
from regiekit.domain.dagen import whole_date
from regiekit.domain.dagwoorden import read_dag
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek
from regiekit.errors import RegiekitError
from test_invullen import Terminal
from util import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

    from util import Result

DAG = date(2026, 3, 2)
ROUNDS = dict(opslag.ROUNDS)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "d.regiekit"
    make_client(made)
    return made


@pytest.fixture
def demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier that opens by itself, also in another process."""
    monkeypatch.setattr(opslag, "ROUNDS", ROUNDS)
    monkeypatch.setattr("dossiers.WACHTZIN", opslag.WACHTZIN_VERZONNEN)
    made = tmp_path / "demo.regiekit"
    head = opslag.new_head(verzonnen=True)
    opslag.make_file(made, opslag.derive_key(opslag.WACHTZIN_VERZONNEN, head), head)
    make_client(made)
    return made


def talk(path: Path, *typed: str, options: tuple[object, ...] = ()) -> Result:
    """One talk, with these lines typed."""
    stdin = "".join(f"{line}\n" for line in typed)
    return run_dossier(path, "dossier", "gesprek", "R-014", "--datum", DAG, *options, stdin=stdin)


def follow(path: Path, *typed: str, options: tuple[object, ...] = ()) -> Result:
    stdin = "".join(f"{line}\n" for line in typed)
    return run_dossier(path, "dossier", "opvolging", "R-014", "--datum", "2026-03-16", *options, stdin=stdin)


def kept(path: Path, soort: str) -> list[Any]:
    with opened(path) as boek:
        return boek.read("R-014").of(soort)


def punten(path: Path) -> list[str]:
    with opened(path) as boek:
        return [f"{p.nummer} {p.wat}" for p in open_punten(boek.read("R-014"))]


# A talk ---------------------------------------------------------------------------------------------------------------

WHOLE = ("Werk dichtbij huis", "cliënt", "Samen het cv bekeken", "Cv maken; cliënt; voor april", "elke dag een rondje",
         "over 2 weken", "gedeeld inoculatie")  # fmt: skip


def test_a_whole_talk_is_seven_answers(path: Path) -> None:
    result = talk(path, *WHOLE)
    assert (result.code, result.err) == (0, "")
    assert result.out.count(" van 7.") == 7
    (found,) = kept(path, "gesprek")
    assert found.datum == DAG
    assert found.inhoud.model_dump(exclude_defaults=True) == {
        "doel": "Werk dichtbij huis", "met": "cliënt", "gedaan": "Samen het cv bekeken",
        "afspraken": ({"wat": "Cv maken", "wie": "cliënt", "wanneer": "voor april"},),
        "client_doet": ("elke dag een rondje",), "volgende": date(2026, 3, 16), "sturing": "gedeeld",
        "technieken": ("inoculatie",),
    }  # fmt: skip
    assert "  maandag 16 maart 2026\n" in result.out  # the date is said back
    assert " ".join(result.out.split()).endswith(
        "Bewaard als nummer 2. Open punten: 2. Volgende gesprek: maandag 16 maart 2026. Volgende rapportage: maandag "
        "16 februari 2026. Is er al gerapporteerd? Zet die dag erin: regiekit dossier traject R-014 "
        "--laatste-rapportage JJJJ-MM-DD"
    )


def test_every_question_can_be_skipped(path: Path) -> None:
    result = talk(path, *[""] * 7)
    assert result.code == 0
    (found,) = kept(path, "gesprek")
    assert found.inhoud.model_dump(exclude_defaults=True) == {}
    assert "Volgende gesprek: nog niet afgesproken." in " ".join(result.out.split())


@pytest.mark.parametrize("columns", [80, 120])
def test_a_question_is_one_line(path: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = talk(path, *[""] * 7).out
    for number in range(1, 8):  # in a pipe no Enter is shown, so that a wrapped question is a line end inside it
        question = out.split(f"{number} van 7.")[1].split(f"{number + 1} van 7.")[0].split("Bewaard")[0]
        assert "\n" not in question and len(f"{number} van 7.{question}") < 80


def test_several_things_on_one_line(path: Path) -> None:
    talk(path, "", "", "", "Bellen; ik; morgen | Mailen;; vrijdag; of later|Rusten", "wandelen | zwemmen", "", "")
    (found,) = kept(path, "gesprek")
    assert found.inhoud.afspraken == (
        Afspraak(wat="Bellen", wie="ik", wanneer="morgen"), Afspraak(wat="Mailen", wanneer="vrijdag; of later"),
        Afspraak(wat="Rusten"),
    )  # fmt: skip
    assert found.inhoud.client_doet == ("wandelen", "zwemmen")
    assert punten(path) == ["2.1 Bellen", "2.2 Mailen", "2.3 Rusten", "2.4 wandelen", "2.5 zwemmen"]


def test_what_is_wrong_is_asked_again_and_nothing_else(path: Path) -> None:
    result = talk(path, "", "", "", "; Jan", "", "", "31 feb", "1-3-2026", "dinsdag 16 maart", "12 maart", "gedeld",
                  "los, strak", "los")  # fmt: skip
    assert result.code == 0
    assert "een afspraak begint met wat er gebeurt" in result.err
    assert "'31 feb' lees ik niet als dag" in result.err
    assert "zondag 1 maart 2026 ligt voor maandag 2 maart 2026" in result.err
    assert "dat is maandag 16 maart 2026, en geen dinsdag" in result.err
    assert "'gedeld' ken ik niet (bedoelde je gedeeld?)" in result.err
    assert "je noemt los en strak; kies er één" in result.err
    (found,) = kept(path, "gesprek")
    assert (found.inhoud.volgende, found.inhoud.sturing) == (date(2026, 3, 12), "los")


@pytest.mark.parametrize(
    ("typed", "sturing", "technieken"),
    [
        ("gedeeld inoculatie", "gedeeld", ("inoculatie",)),
        ("inoculatie, vragen", None, ("inoculatie", "vragen")),
        ("los", "los", ()),
        ("STRAK en Cirkel van invloed", "strak", ("cirkel-van-invloed",)),
        ("ja maar met zones van sturing, middel", "gedeeld", ("inoculatie", "zones")),
        ("Vragen over eigen regie Reparatie reflex", None, ("vragen", "reparatiereflex")),
        ("inoculatie inenting", None, ("inoculatie",)),
    ],
)
def test_sturing_and_techniek_in_one_answer(
    path: Path, typed: str, sturing: str | None, technieken: tuple[str, ...]
) -> None:
    assert talk(path, *[""] * 6, typed).code == 0
    (found,) = kept(path, "gesprek")
    assert (found.inhoud.sturing, found.inhoud.technieken) == (sturing, technieken)


def test_a_word_for_regie_is_no_sturing(path: Path) -> None:
    result = talk(path, *[""] * 6, "hoog", "")
    assert "'hoog' is geen sturing: bedoel je strak?" in result.err


def test_every_name_of_a_techniek_is_understood() -> None:
    from regiekit.cli.dossier_gesprek import read_stijl

    technieken = load_technieken()
    for techniek in technieken:
        for name in (techniek.id, techniek.naam, *techniek.aliassen):
            assert read_stijl(f"los {name}", technieken) == ("los", [techniek.id])


def test_with_an_option_nothing_is_asked(path: Path) -> None:
    result = talk(path, options=(
        "--doel", "Kennismaken", "--met", "cliënt en werkgever", "--gedaan", "Verteld hoe het gaat", "--afspraak",
        "Mailen; werkgever; 2026-03-09", "--afspraak", "Bellen", "--client-doet", "nadenken | rusten", "--volgende",
        "12 maart", "--sturing", "strak", "--techniek", "cirkel", "--techniek", "vragen", "--waarneming", "stress",
        "--inschatting", "laag", "--notitie", "Rustig blijven",
    ))  # fmt: skip
    assert (result.code, result.err) == (0, "")
    assert "van 7" not in result.out
    (found,) = kept(path, "gesprek")
    assert found.inhoud.model_dump(exclude_defaults=True) == {
        "doel": "Kennismaken", "met": "cliënt en werkgever", "gedaan": "Verteld hoe het gaat",
        "afspraken": ({"wat": "Mailen", "wie": "werkgever", "wanneer": "2026-03-09"}, {"wat": "Bellen"}),
        "client_doet": ("nadenken | rusten",), "volgende": date(2026, 3, 12), "sturing": "strak",
        "technieken": ("cirkel-van-invloed", "vragen"), "waarneming": "stress", "inschatting": "laag",
        "notitie": "Rustig blijven",
    }  # fmt: skip


@pytest.mark.parametrize(("option", "word"), [("--afgezegd", "afgezegd"), ("--niet-verschenen", "niet-verschenen")])
def test_a_talk_that_did_not_go_through(path: Path, option: str, word: str) -> None:
    assert talk(path, options=(option,)).code == 0
    (found,) = kept(path, "gesprek")
    assert found.inhoud.aanwezig == word


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--afgezegd", "--niet-verschenen"), "kies --afgezegd of --niet-verschenen, niet allebei"),
        (("--waarneming", "stress"), "bij --waarneming hoort --sturing"),
        (("--volgende", "ooit"), "--volgende: 'ooit' lees ik niet als dag"),
        (("--techniek", "inoculasie"), "de techniek 'inoculasie' ken ik niet; bedoelde je 'inoculatie'?"),
        (("--afspraak", ";ik"), "een afspraak begint met wat er gebeurt"),
        (("--doel", "x" * 4001), "veld 'doel': 'doel' is te lang (hoogstens 4000 tekens)"),
    ],
)
def test_wrong_options_are_one_line_and_keep_nothing(path: Path, options: tuple[str, ...], said: str) -> None:
    result = talk(path, options=options)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert said in result.err
    assert kept(path, "gesprek") == []


def test_a_bsn_is_refused_with_its_field(path: Path) -> None:
    for result in (talk(path, "", "", "het nummer is 111222333", "", "", "", ""),
                   talk(path, options=("--gedaan", "het nummer is 111222333"))):  # fmt: skip
        assert result.code == 4
        assert "veld 'gedaan'" in result.err
        assert "111222333" not in result.out
    assert kept(path, "gesprek") == []
    assert talk(path, options=("--gedaan", "het nummer is 111222333", "--geen-bsn")).code == 0


@pytest.mark.parametrize("lines", range(7))
def test_nothing_half_is_kept_when_the_input_ends(path: Path, lines: int) -> None:
    result = talk(path, *WHOLE[:lines])
    assert result.code == 130
    assert result.out.endswith("Gestopt. Er is niets bewaard.\n")
    assert kept(path, "gesprek") == []


def test_a_client_that_is_not_there_is_told_before_a_question(path: Path) -> None:
    result = run_dossier(path, "dossier", "gesprek", "R-015", stdin="\n" * 7)
    assert (result.code, result.out) == (2, "")
    assert "bedoelde je R-014?" in result.err


def test_after_the_end_it_is_possible_and_said(path: Path) -> None:
    with opened(path) as boek:
        boek.add("R-014", date(2026, 2, 20), Sluiting())
    result = talk(path, options=("--doel", "Nazorg"))
    assert result.code == 0
    assert "dit traject is afgesloten op vrijdag 20 februari 2026" in result.err
    assert "rapportage" not in result.out


def test_the_dossier_is_free_while_somebody_types(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another window writes between the first question and the last."""
    from regiekit.cli import dossier_gesprek

    before = dossier_gesprek.ask_dag

    def meanwhile(*given: Any) -> Any:
        with opened(path) as boek:
            boek.add("R-014", DAG, Sluiting(reden="uit een ander venster"))
        return before(*given)

    monkeypatch.setattr(dossier_gesprek, "ask_dag", meanwhile)
    assert talk(path, *WHOLE).code == 0
    assert len(kept(path, "gesprek")) == len(kept(path, "sluiting")) == 1


def on_a_terminal_that_is_full(path: Path, monkeypatch: pytest.MonkeyPatch, *answers: str) -> Result:
    """A talk typed on a terminal, of which the first try to keep it fails."""
    before, fails = Boek.add, iter((True,))

    def add(*given: Any, **named: Any) -> int:
        if next(fails, False):
            raise opslag.DossierError("de schijf is vol", 2)
        return before(*given, **named)

    monkeypatch.setattr("regiekit.cli.dossier_vragen.on_terminal", lambda: True)
    monkeypatch.setattr(Boek, "add", add)
    return talk(path, *WHOLE, *answers)


@pytest.mark.parametrize("answer", ["", "j"])
def test_a_full_disk_costs_nobody_what_was_typed(path: Path, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = on_a_terminal_that_is_full(path, monkeypatch, answer)
    assert (result.code, result.err) == (0, "regiekit: de schijf is vol\n")
    assert kept(path, "gesprek")[0].inhoud.doel == WHOLE[0]


def test_no_second_try_when_the_coach_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_a_terminal_that_is_full(path, monkeypatch, "n").code == 2
    assert kept(path, "gesprek") == []


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a terminal."""
    for module in ("dossier_teksten", "dossier_vragen", "dossier_gesprek"):
        monkeypatch.setattr(f"regiekit.cli.{module}.on_terminal", lambda: True)


def test_on_a_terminal_it_is_shown_once_more(path: Path, seen: None) -> None:
    result = talk(path, *WHOLE, "8", "3", "Samen de brief gelezen", "7", "los", "")
    assert result.code == 0, result.err
    shown = result.out.split("Klopt dit?")
    assert len(shown) == 5 and shown[0].endswith("7. Sturing: gedeeld; Technieken: inoculatie\n")
    assert "1. Doel: Werk dichtbij huis\n" in shown[0] and "4. Afspraken: Cv maken (cliënt, voor april)" in shown[0]
    assert "3. Gedaan: Samen de brief gelezen" in shown[3] and "7. Sturing: los\n" in shown[3]
    assert "een nummer van 1 tot en met 7" in result.err
    (found,) = kept(path, "gesprek")
    assert (found.inhoud.gedaan, found.inhoud.sturing, found.inhoud.technieken) == ("Samen de brief gelezen", "los", ())
    assert "regiekit dossier corrigeer R-014 2" in " ".join(result.out.split())


def test_stop_at_the_end_keeps_nothing(path: Path, seen: None) -> None:
    result = talk(path, *WHOLE, "stop")
    assert result.code == 130 and result.out.endswith("Gestopt. Er is niets bewaard.\n")
    assert kept(path, "gesprek") == []


def test_a_medical_word_where_the_employer_reads_is_asked_about(path: Path, seen: None) -> None:
    typed = ["", "", "Over de depressie gesproken", "n", "Over werk gesproken", "Bellen met de psychiater", "j"]
    typed += [""] * 4
    result = talk(path, *typed)
    assert result.code == 0, result.err
    assert result.out.count("lijkt medisch, en dit mag de werkgever lezen") == 2
    (found,) = kept(path, "gesprek")
    assert (found.inhoud.gedaan, found.inhoud.afspraken[0].wat) == ("Over werk gesproken", "Bellen met de psychiater")


def test_elsewhere_a_medical_word_is_one_line(path: Path) -> None:
    for option, told in (("--gedaan", True), ("--afspraak", True), ("--notitie", False), ("--client-doet", False)):
        result = talk(path, options=(option, "Over de depressie gesproken"))
        assert (result.code, "'depressie' lijkt medisch" in result.err) == (0, told)
        assert len(result.err.splitlines()) == int(told)
    shared = run_dossier(path, "dossier", "traject", "R-014", "--mogelijkheid", "werk bij depressie")
    assert shared.code == 0 and "'depressie' lijkt medisch" in shared.err
    later = run_dossier(path, "dossier", "traject", "R-014", "--weken", "4")
    assert later.code == 0 and "medisch" not in later.err  # it stands there already


@pytest.mark.skipif(os.name == "nt", reason="een terminal van POSIX")
def test_stopping_halfway_on_a_terminal(demonstration: Path) -> None:
    terminal = Terminal("dossier", "gesprek", "R-014", "--dossier", demonstration)
    try:
        terminal.wait_for("1 van 7.")
        terminal.type("Bellen met Jan\n")
        terminal.wait_for("lijkt een naam.")
        terminal.wait_for("(j/n)")
        terminal.type("n\n")
        terminal.wait_for("1 van 7.")  # only this one again
        terminal.type("Bellen\n")
        terminal.wait_for("2 van 7.")
        terminal.process.send_signal(signal.SIGINT)
        assert "Gestopt. Er is niets bewaard." in terminal.rest()
        assert terminal.process.wait(10) == 130
    finally:
        terminal.close()
    assert kept(demonstration, "gesprek") == []


@pytest.mark.skipif(os.name == "nt", reason="een terminal van POSIX")
def test_a_line_that_a_terminal_cuts_is_asked_again(demonstration: Path) -> None:
    terminal = Terminal("dossier", "gesprek", "R-014", "--dossier", demonstration)
    try:
        terminal.wait_for("1 van 7.")
        terminal.type("é" * 3000 + "\n")
        terminal.wait_for("te lang voor een terminal")
        terminal.wait_for("1 van 7.")
    finally:
        terminal.close()


# What became of it ----------------------------------------------------------------------------------------------------


@pytest.fixture
def agreed(path: Path) -> Path:
    """A dossier with three open points."""
    talk(path, "", "", "", "Cv maken; cliënt; voor april|Mailen; werkgever", "wandelen", "", "")
    return path


def test_past_each_open_point(agreed: Path) -> None:
    result = follow(agreed, "gedaan", "Het viel mee", "n", 'Ik had "geen" puf 😀', "")
    assert (result.code, result.err) == (0, "")
    assert "2.1 Cv maken (cliënt, voor april)" in result.out
    assert "2.2 Mailen (werkgever)" in result.out
    assert "2.3 wandelen\n" in result.out
    assert result.out.count("Niet gedaan is geen verwijt.") == 1
    assert result.out.endswith("Bewaard: 2. Nog open: 1.\n")
    one, two = kept(agreed, "opvolging")
    assert one.inhoud.model_dump() == {"van": 2, "wat": "Cv maken", "uitkomst": "gedaan", "toelichting": "Het viel mee"}
    assert two.inhoud.toelichting == 'Ik had "geen" puf 😀'
    assert one.datum == date(2026, 3, 16)
    assert punten(agreed) == ["2.3 wandelen"]


def test_what_was_answered_before_stopping_is_kept(agreed: Path) -> None:
    result = follow(agreed, "g", "", "niet gedaan")
    assert result.code == 130
    assert result.out.endswith("Gestopt. Bewaard: 1. Nog open: 2.\n")
    assert punten(agreed) == ["2.2 Mailen", "2.3 wandelen"]


def test_one_point_from_options(agreed: Path) -> None:
    result = follow(agreed, options=("--punt", "2.2", "--niet-gedaan", "--toelichting", "De mail kwam terug"))
    assert (result.code, result.err) == (0, "")
    assert result.out == "Niet gedaan is geen verwijt.\nBewaard als nummer 3. Nog open: 2.\n"
    assert punten(agreed) == ["2.1 Cv maken", "2.3 wandelen"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--punt", "9.1", "--gedaan"), "punt '9.1' van R-014 staat niet open; open staan: 2.1, 2.2, 2.3"),
        (("--gedaan",), "geef --punt met het nummer"),
        (("--punt", "2.1"), "en één van --gedaan, --niet-gedaan of --vervallen"),
        (("--punt", "2.1", "--gedaan", "--vervallen"), "en één van"),
        (("--toelichting", "x"), "geef --punt met het nummer"),
    ],
)
def test_wrong_use_is_one_line(agreed: Path, options: tuple[str, ...], said: str) -> None:
    result = follow(agreed, options=options)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert said in result.err
    assert kept(agreed, "opvolging") == []


def test_a_closed_point_is_told(agreed: Path) -> None:
    assert follow(agreed, options=("--punt", "2.1", "--vervallen")).code == 0
    result = follow(agreed, options=("--punt", "2.1", "--gedaan"))
    assert result.code == 2
    assert "punt '2.1' van R-014 staat niet open; open staan: 2.2, 2.3" in result.err


def test_nothing_open(path: Path) -> None:
    result = follow(path)
    assert (result.code, result.out) == (0, "Voor R-014 staat er niets open.\n")


def test_another_window_was_first(agreed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from regiekit.cli import dossier_opvolging

    before, times = dossier_opvolging.ask, iter((True,))

    def meanwhile(*given: Any) -> Any:
        if next(times, False):
            assert follow(agreed, options=("--punt", "2.1", "--vervallen")).code == 0
        return before(*given)

    monkeypatch.setattr(dossier_opvolging, "ask", meanwhile)
    result = follow(agreed, "gedaan", "", "v", "", "")
    assert result.code == 0
    assert "punt 2.1 is net in een ander venster afgerond" in result.err
    assert [a.inhoud.uitkomst for a in kept(agreed, "opvolging")] == ["vervallen", "vervallen"]


# Days -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-12", "2026-03-12"), ("12-3-2026", "2026-03-12"), ("12/03/2026", "2026-03-12"),
        ("12.3.2026", "2026-03-12"), ("12 maart", "2026-03-12"), (" 12  Maart 2027 ", "2027-03-12"),
        ("12 mrt.", "2026-03-12"), ("1 maart", "2027-03-01"), ("2 maart", "2026-03-02"), ("29 februari", "2028-02-29"),
        ("vandaag", "2026-03-02"), ("morgen", "2026-03-03"), ("over 2 weken", "2026-03-16"),
        ("over een week", "2026-03-09"), ("over tien dagen", "2026-03-12"), ("donderdag 12 maart", "2026-03-12"),
        ("12-3", "2026-03-12"), ("1/3", "2027-03-01"), ("dinsdag", "2026-03-03"), ("Maandag", "2026-03-09"),
        ("zondag", "2026-03-08"),
    ],
)  # fmt: skip
def test_a_day_as_it_is_typed(typed: str, day: str) -> None:
    assert read_dag(typed, DAG).isoformat() == day


@pytest.mark.parametrize(
    "typed",
    ["", "ooit", "volgende week dinsdag", "31-4-2026", "12-13", "12.3", "12-3/2026", "donderdags",
     "over -1 dagen", "12-3-26", "0001-01-01"],
)  # fmt: skip
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(RegiekitError, match="lees ik niet als dag"):
        read_dag(typed, DAG)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_that_is_said_back_is_read_as_the_same(day: date) -> None:
    for typed in (whole_date(day), day.isoformat(), f"{day.day}-{day.month}-{day.year}"):
        assert read_dag(typed, date(2000, 1, 1)) == day
    assert read_dag(whole_date(day).rsplit(" ", 1)[0].split(" ", 1)[1], day) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    try:
        assert read_dag(typed, DAG) >= DAG
    except RegiekitError as error:
        assert "\n" not in str(error) or "\n" in typed


def test_weeks_are_counted() -> None:
    assert read_dag("over 999 weken", DAG) == DAG + timedelta(weeks=999)


# The page -------------------------------------------------------------------------------------------------------------


def test_the_page_names_options_that_are_there() -> None:
    helped = "".join(run("dossier", name, "--help").out for name in ("gesprek", "opvolging", "inoculatie"))
    page = (ROOT / "docs/gesprek.md").read_text(encoding="utf-8")
    named = set(re.findall(r"--[a-z-]+", page))
    assert len(named) > 20
    assert named <= set(re.findall(r"--[a-z-]+", helped))

"""Mijlpalen: dates for known starts, own dates, another table, and a calendar that a real library reads."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from regiekit.content.library import load_mijlpalen
from regiekit.domain.mijlpalen import end_of_week, make_overzicht, start_of_week, week_of
from regiekit.render.ics import escape, fold, to_ics
from util import ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

TABEL = ROOT / "data/mijlpalen/poortwachter.yaml"


def dates(*arguments: object) -> dict[str, str]:
    result = run("mijlpalen", "--vandaag", "2026-03-01", "--json", *arguments)
    assert result.code == 0, result.err
    return {m["id"]: m["datum"] for m in result.json["mijlpalen"]}


# Counting ---------------------------------------------------------------------------------------------------------


# Counted on a calendar: day 7n of the sickness, day 1 included.
GOLDEN = {
    "2026-01-05": {"probleemanalyse": "2026-02-15", "plan-van-aanpak": "2026-03-01", "melding-uwv": "2026-10-25",
                   "eerstejaarsevaluatie": "2027-01-03", "spoor-2": "2027-01-03", "wia-aanvraag": "2027-10-03",
                   "spoor-2-na-evaluatie": "2027-02-14", "eindevaluatie": "2027-09-12",
                   "einde-wachttijd": "2028-01-02"},
    "2024-02-29": {"probleemanalyse": "2024-04-10", "plan-van-aanpak": "2024-04-24", "melding-uwv": "2024-12-18",
                   "eerstejaarsevaluatie": "2025-02-26", "einde-wachttijd": "2026-02-25"},
    "2027-12-31": {"probleemanalyse": "2028-02-10", "plan-van-aanpak": "2028-02-24", "melding-uwv": "2028-10-19",
                   "eerstejaarsevaluatie": "2028-12-28", "einde-wachttijd": "2029-12-27"},
}  # fmt: skip


@pytest.mark.parametrize("start", GOLDEN)
def test_dates_for_known_starts(start: str) -> None:
    assert GOLDEN[start].items() <= dates("--eerste-ziektedag", start).items()


@given(st.dates(date(1995, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_week_n_ends_on_day_7n(start: date, week: int) -> None:
    assert (end_of_week(start, week) - start).days + 1 == 7 * week
    assert start_of_week(start, week) + timedelta(days=6) == end_of_week(start, week)
    assert [week_of(start, day) for day in (start_of_week(start, week), end_of_week(start, week))] == [week, week]


def test_where_sources_differ_it_says_so_with_the_other_dates() -> None:
    data = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--json").json
    unsure = {m["id"]: m for m in data["mijlpalen"] if m["verschilt"]}
    assert all(m["indicatief"] for m in data["mijlpalen"])
    assert list(unsure) == ["eerstejaarsevaluatie", "spoor-2", "spoor-2-na-evaluatie", "wia-aanvraag"]
    assert all(m["verschil"] for m in unsure.values())
    evaluatie, wia = unsure["eerstejaarsevaluatie"], unsure["wia-aanvraag"]
    assert (evaluatie["vanaf"], evaluatie["andere"]) == ("2026-11-16", [{"week": 50, "datum": "2026-12-20"}])
    assert (wia["week"], wia["andere"]) == (91, [{"week": 93, "datum": "2027-10-17"}])
    assert unsure["spoor-2"]["herkomst"].startswith("eindrapport")
    assert all(m["bronnen"] for m in data["mijlpalen"])


def test_every_output_says_indicatief() -> None:
    out = run("mijlpalen", "--eerste-ziektedag", "2026-01-05").out
    assert "indicatief: controleer ze bij de casemanager of bij UWV" in " ".join(out.split())
    assert "Onderbrekingen" in out
    assert all(len(line) <= 80 for line in out.splitlines())


# Own dates and the next moment ------------------------------------------------------------------------------------


def test_own_dates_by_week_or_by_name() -> None:
    plain = dates("--eerste-ziektedag", "2026-01-05")
    own = dates(
        "--eerste-ziektedag", "2026-01-05", "--datum", "week-42=2026-10-30", "--datum", "wia-aanvraag=1-10-2027"
    )
    assert own == {**plain, "melding-uwv": "2026-10-30", "wia-aanvraag": "2027-10-01"}


def test_an_own_date_moves_only_what_is_counted_from_it() -> None:
    plain = dates("--eerste-ziektedag", "2026-01-05")
    own = dates("--eerste-ziektedag", "2026-01-05", "--datum", "eerstejaarsevaluatie=2026-12-01")
    moved = {name for name in plain if plain[name] != own[name]}
    assert moved == {"eerstejaarsevaluatie", "spoor-2-na-evaluatie"}
    assert own["spoor-2-na-evaluatie"] == "2027-01-12"


@pytest.mark.parametrize(
    ("given_", "said"),
    [("week-52=2026-12-01", "eerstejaarsevaluatie, spoor-2"), ("niets=2026-12-01", "ken ik niet"),
     ("melding-uwv", "mist een '='"), ("melding-uwv=morgen", "geen datum"), ("melding-uwv=2026-02-30", "geen datum")],
)  # fmt: skip
def test_a_wrong_own_date_is_one_clear_line(given_: str, said: str) -> None:
    result = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--datum", given_)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("vandaag", "naam", "dagen"),
    [("2026-03-01", "Plan van aanpak", 0), ("2026-03-02", "Evaluatie en rapportage", 41),
     ("2026-04-12", "Evaluatie en rapportage", 0), ("2028-01-02", "Einde wachttijd", 0), ("2028-01-03", None, None)],
)  # fmt: skip
def test_the_next_moment_before_on_and_after_a_date(vandaag: str, naam: str | None, dagen: int | None) -> None:
    data = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--vandaag", vandaag, "--json").json
    assert ((data["volgende"] or {}).get("naam"), (data["volgende"] or {}).get("dagen")) == (naam, dagen)


def test_evaluations_every_six_weeks_or_as_agreed() -> None:
    six = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--json").json["evaluaties"]
    four = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--elke-weken", 4, "--json").json["evaluaties"]
    assert six[:2] == ["2026-04-12", "2026-05-24"]
    assert four[:2] == ["2026-03-29", "2026-04-26"]
    assert six[-1] < "2028-01-02"


def test_an_own_date_before_the_first_sick_day_is_refused() -> None:
    result = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--datum", "week-42=2025-10-30")
    assert (result.code, result.out) == (2, "")
    assert "'melding-uwv' kan niet op 30 oktober 2025" in result.err


@pytest.mark.parametrize("day", ["2028-05-01", "2027-12-30"])
def test_an_own_date_out_of_order_warns_and_keeps_the_evaluations(day: str) -> None:
    base = ["mijlpalen", "--eerste-ziektedag", "2026-01-05", "--json"]
    result = run(*base, "--datum", f"plan-van-aanpak={day}")
    assert result.code == 0 and "'Plan van aanpak' staat door je eigen datum na 'Ziekmelding bij UWV'" in result.err
    assert result.json["evaluaties"] == run(*base).json["evaluaties"] != []
    assert len(result.json["let_op"]) == 1
    assert run(*base, "--datum", "week-42=2026-10-30").json["let_op"] == []


def test_rows_stay_in_order_and_say_which_to_hold_and_what_can_be_done_now() -> None:
    own = dates("--eerste-ziektedag", "2026-01-05", "--datum", "eerstejaarsevaluatie=2026-11-16")
    assert list(own.values()) == sorted(own.values())
    assert list(own).index("spoor-2-na-evaluatie") < list(own).index("spoor-2")
    base = ["mijlpalen", "--eerste-ziektedag", "2026-01-05", "--vandaag"]
    assert "houd de vroegste aan" in run(*base, "2026-11-20").out
    assert "Kan nu ook al: Eerstejaarsevaluatie, uiterlijk zo 03-01-2027" in run(*base, "2026-11-16").out
    assert "Kan nu ook al" not in run(*base, "2026-11-15").out


# The table --------------------------------------------------------------------------------------------------------


def test_another_table_gives_other_dates(tmp_path: Path) -> None:
    text = TABEL.read_text(encoding="utf-8").replace("week: 42", "week: 43").replace("Ziekmelding bij UWV", "Melding")
    path = write(tmp_path, "tabel.yaml", text)
    assert dates("--eerste-ziektedag", "2026-01-05", "--tabel", path)["melding-uwv"] == "2026-11-01"
    assert "Melding" in run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--tabel", path).out


def test_a_wrong_table_gives_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "tabel.yaml", TABEL.read_text(encoding="utf-8").replace("week: 42", "week: veel"))
    result = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--tabel", path)
    assert result.code == 3
    assert re.match(rf"{re.escape(str(path))}:\d+:11: ", result.err)


def test_a_table_that_is_not_there_is_a_wrong_option(tmp_path: Path) -> None:
    result = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--tabel", tmp_path / "nee.yaml")
    assert result.code == 2 and "--tabel" in result.err


def test_no_week_is_hard_coded() -> None:
    """The weeks of the law stand in the table, and nowhere in the program."""
    for path in (ROOT / "src/regiekit").rglob("*mijlpa*.py"):
        code = re.sub(r'"[^"]*"', "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\b(42|46|50|52|88|91|93|104)\b", code.replace("le=52", "").replace("max=52", "")), path


# The calendar -----------------------------------------------------------------------------------------------------


def ics(tmp_path: Path, *arguments: object) -> bytes:
    path = tmp_path / "agenda.ics"
    result = run(
        "mijlpalen", "--eerste-ziektedag", "2026-01-05", "--vandaag", "2026-03-01", "--ics", path, "--overschrijf",
        *arguments,
    )  # fmt: skip
    assert result.code == 0, result.err
    return path.read_bytes()


def test_a_wrong_place_for_the_calendar_names_its_own_option(tmp_path: Path) -> None:
    there = write(tmp_path, "er.ics", "iets anders")
    for path in (there, tmp_path / "nee" / "a.ics", tmp_path / "a.txt"):
        result = run("mijlpalen", "--eerste-ziektedag", "2026-01-05", "--ics", path)
        assert result.code == 2 and "--ics" in result.err and "--uit" not in result.err
    assert there.read_text(encoding="utf-8") == "iets anders"


def test_a_real_library_reads_the_calendar(tmp_path: Path) -> None:
    raw = ics(tmp_path, "--client", "R-014")
    calendar: Any = Calendar.from_ical(raw)
    events = calendar.walk("VEVENT")
    assert [e.errors for e in (calendar, *events)] == [[]] * (len(events) + 1)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    known = dates("--eerste-ziektedag", "2026-01-05")
    by_uid = {str(e["UID"]): e for e in events}
    assert len(by_uid) == len(events) == len(known) + 15
    for name, day in known.items():
        event = by_uid[f"{name}-poortwachter-20260105-R-014@regiekit.invalid"]
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is date and start.isoformat() == day and end - start == timedelta(days=1)
        assert "R-014" in event["SUMMARY"] and "indicatief" in event["DESCRIPTION"]
        assert event.decoded("DTSTAMP").replace(tzinfo=None) == datetime(2026, 3, 1)
    assert b"VALARM" not in raw


def test_the_form_of_the_lines(tmp_path: Path) -> None:
    raw = ics(tmp_path)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_the_same_day_gives_the_same_bytes_and_a_uid_stays(tmp_path: Path) -> None:
    assert ics(tmp_path) == ics(tmp_path)
    uids = re.findall(rb"UID:\S+", ics(tmp_path))
    assert re.findall(rb"UID:\S+", ics(tmp_path, "--datum", "eindevaluatie=2027-09-01")) == uids


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_folding_and_escaping_lose_nothing(text: str) -> None:
    pieces = list(fold(f"SUMMARY:{escape(text)}"))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    lines = ["BEGIN:VEVENT", *pieces, "END:VEVENT", ""]
    event: Any = Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *lines[:-1], "END:VCALENDAR", ""])).walk("VEVENT")[
        0
    ]
    assert str(event["SUMMARY"]) == text


def test_a_text_with_marks_survives() -> None:
    tabel = load_mijlpalen()
    overzicht = make_overzicht(tabel, date(2026, 1, 5), {}, date(2026, 1, 5))
    moment = overzicht.momenten[0]
    odd = type(moment.mijlpaal)(**{**vars(moment.mijlpaal), "naam": "Eén; twee, drie\\vier\nvijf"})
    changed = overzicht._replace(momenten=(moment._replace(mijlpaal=odd),), evaluaties=())
    calendar: Any = Calendar.from_ical(to_ics(tabel, changed, date(2026, 1, 5), date(2026, 1, 5), None))
    assert str(calendar.walk("VEVENT")[0]["SUMMARY"]) == "Eén; twee, drie\\vier\nvijf"

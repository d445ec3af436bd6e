"""What a client may ask for: everything to read (R26), gone when it has to be gone (R25), and no longer than needed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from dossiers import BEGIN, WACHTZIN, make_client, opened, quick_keys, run_dossier
from kanaries import words_in, write_kanaries
from regiekit.cli import dossier_avg
from regiekit.domain.aantekening import Besluit, Bewaartermijn, Gesprek, Sluiting, Traject
from regiekit.domain.dagen import datum_text
from regiekit.domain.record import Record
from regiekit.dossier import opslag as opslag_module
from regiekit.dossier import wissen
from regiekit.dossier.opslag import Opslag, derive_key, make_file, new_head, read_head
from regiekit.dossier.reserve import make_copy, note_copy, write_copy
from regiekit.errors import RegiekitError
from regiekit.render.dossier import label_of
from util import EIGEN_REGIE, ROOT, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from regiekit.dossier.boek import Boek
    from util import Result

ANDERE_WACHTZIN = "molen regenjas bureau appel"
CODE = "R-014"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    return tmp_path / "dossier.regiekit"


def fill(pad: Path) -> dict[str, Any]:
    """Client R-014 with something of its own in every field of every soort, and R-077 with little."""
    with opened(pad) as boek:
        made = write_kanaries(boek, CODE)
        boek.new_client("R-077", BEGIN, Traject(begin=BEGIN, doel_spoor_2="blijvertje"))
    return made


def export(pad: Path, folder: Path, *options: str) -> tuple[str, Any]:
    result = run_dossier(pad, "dossier", "inzage", CODE, "--uit", folder, "--vorm", "txt", *options)
    assert result.code == 0, result.err
    return (folder / f"inzage-{CODE}.txt").read_text(), json.loads((folder / f"inzage-{CODE}.json").read_text())


# inzage ---------------------------------------------------------------------------------------------------------------


def leaves(inhoud: Record) -> Iterator[tuple[str, Any]]:
    """Label and value of every field, nested ones too."""
    for veld in type(inhoud).model_fields:
        value = getattr(inhoud, veld)
        yield label_of(type(inhoud), veld), value
        for part in value if isinstance(value, tuple) else ():
            if isinstance(part, Record):
                yield from leaves(part)


def readable(value: Any) -> list[str]:
    """How a value can be found back in the text."""
    if isinstance(value, dict | Record):
        return []
    if isinstance(value, tuple):
        return [word for part in value for word in readable(part)]
    if isinstance(value, date):
        return [datum_text(value)]
    return [("nee", "ja")[value] if isinstance(value, bool) else str(value)]


def test_every_field_of_every_soort_is_in_both_files(pad: Path, tmp_path: Path) -> None:
    made = fill(pad)
    text, values = export(pad, tmp_path / "inzage")
    flat = " ".join(text.split())
    kept = [a["inhoud"] for a in values["aantekeningen"]]
    for name, inhoud in made.items():
        assert inhoud.model_dump(mode="json") in kept, name
        for label, value in leaves(inhoud):
            assert label in flat or isinstance(value, dict), (name, label)
            assert [word for word in readable(value) if word not in flat] == [], (name, label)
    assert [w for inhoud in made.values() for w in words_in(inhoud) if w not in flat] == []


def test_a_value_stands_behind_its_label(pad: Path, tmp_path: Path) -> None:
    """Words as 'los' and 'ja' can stand anywhere; so a whole talk, line by line."""
    make_client(pad)
    with opened(pad) as boek:
        inhoud = Gesprek(doel="Oefenen", sturing="los", aanwezig="afgezegd", inschatting="laag", waarneming="stress")
        boek.add(CODE, BEGIN, inhoud)
    text, _ = export(pad, tmp_path / "inzage")
    for line in ("Waar het gesprek over ging: Oefenen", "Hoe strak je stuurde: los",
                 "Of het gesprek doorging (dit mag de werkgever lezen): afgezegd", "Wat je zag bij die sturing: stress",
                 "Hoeveel regie je de cliënt zag nemen: laag"):  # fmt: skip
        assert f"- {line}\n" in text


def test_answers_stand_beside_their_vragen_with_scores_of_now(pad: Path, tmp_path: Path) -> None:
    fill(pad)
    text, values = export(pad, tmp_path / "inzage")
    flat = " ".join(text.split())
    for vraag in (*EIGEN_REGIE.inhoud.vragen, *EIGEN_REGIE.inhoud.open_vragen):
        asked = getattr(vraag, "zonder_training", None) or vraag.tekst  # for who did no training
        assert all(word in flat for word in asked.split())
    for said in ("weet ik niet", "zeg ik liever niet", "past niet bij mij", "4: mee eens", "niet gevalideerd"):
        assert said in flat
    scores = next(a["scores"] for a in values["aantekeningen"] if a["soort"] == "afname")
    # autonomie: 3, 4 and 6 - 5 of three answered, four are needed; eigen-regie: answers 5, 1 and 2
    assert {s["id"]: s["score"] for s in scores}["autonomie"] is None
    assert {s["id"]: s["score"] for s in scores}["eigen-regie"] == pytest.approx(8 / 3)
    assert re.search(r"Eigen regie +2,67 ", text)
    assert values["vragenlijsten"][EIGEN_REGIE.hash]["vragen"][0]["tekst"] == EIGEN_REGIE.inhoud.vragen[0].tekst


# Of each table with something of a client, what of a column is in the export; None: nothing of anybody.
COLUMNS: dict[str, dict[str, str | None]] = {
    "client": {"id": None, "code": "client"},
    "aantekening": {
        "id": "aantekeningen.nummer", "client": None, "soort": "aantekeningen.soort", "datum": "aantekeningen.datum",
        "geschreven": "aantekeningen.geschreven", "vervangt": "aantekeningen.vervangt",
        "reden": "aantekeningen.reden", "inhoud": "aantekeningen.inhoud", "controle": None,
    },
    "uitvoer": {
        "id": "uitvoer.nummer", "client": None, "soort": "uitvoer.soort", "pad": "uitvoer.pad",
        "sha256": "uitvoer.sha256", "geschreven": "uitvoer.geschreven",
    },
    "vragenlijst": {"hash": "vragenlijsten", "inhoud": "vragenlijsten", "controle": None},
}  # fmt: skip
OF_NOBODY = {"wissing", "reservekopie", "sqlite_sequence"}


def test_every_column_of_the_database_is_in_the_export(pad: Path, tmp_path: Path) -> None:
    fill(pad)
    export(pad, tmp_path / "eerst")
    _, values = export(pad, tmp_path / "inzage")
    with opened(pad) as boek:
        tables = [name for (name,) in boek.opslag.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        assert set(tables) == COLUMNS.keys() | OF_NOBODY
        found = {t: {row[1] for row in boek.opslag.rows(f"PRAGMA table_info({t})")} for t in COLUMNS}
        assert found == {table: set(columns) for table, columns in COLUMNS.items()}
        where = {"aantekening": "WHERE client = 1", "uitvoer": "WHERE client = 1 AND id <= 2", "client": "WHERE id = 1"}
        for table, columns in COLUMNS.items():
            for column, key in columns.items():
                rows = boek.opslag.rows(f"SELECT {column} FROM {table} {where.get(table, '')}")
                assert not key or [v for (v,) in rows if not is_in(values, key, v)] == [], (table, column)


def is_in(values: Any, key: str, value: Any) -> bool:
    """Whether a value of the database is under this key of the export."""
    first, _, second = key.partition(".")
    under = [row[second] for row in values[first]] if second else values[first]
    if value in under or value == under:
        return True
    loaded = json.loads(value) if isinstance(value, str) and value.startswith("{") else None
    return loaded is not None and loaded in (under.values() if isinstance(under, dict) else under)


def test_what_was_replaced_is_there_with_the_reason(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    with opened(pad) as boek:
        number = boek.add(CODE, BEGIN, Besluit(niveau="laag", reden="eerste indruk"))
        boek.correct(CODE, number, BEGIN, Besluit(niveau="hoog", reden="na het gesprek"), "verkeerd aangeklikt")
    text, values = export(pad, tmp_path / "inzage")
    assert "Dit is vervangen door nummer 3, en geldt niet meer." in " ".join(text.split())
    for said in ("eerste indruk", "na het gesprek", "De reden van de verandering: verkeerd aangeklikt"):
        assert said in text
    old, new = values["aantekeningen"][1:]
    assert (old["vervangen_door"], new["vervangt"], new["reden"]) == (3, 2, "verkeerd aangeklikt")


@pytest.mark.parametrize("vorm", ["html", "docx", "pdf"])
def test_forms(pad: Path, tmp_path: Path, vorm: str) -> None:
    make_client(pad, eigen_doelen=("Ik wil <b>weer</b> werken & lachen.",))
    result = run_dossier(pad, "dossier", "inzage", CODE, "--uit", tmp_path, "--vorm", vorm)
    made = tmp_path / f"inzage-{CODE}.{vorm}"
    assert result.code == 0, result.err
    assert made.read_bytes().startswith({"html": b"<!DOCTYPE", "docx": b"PK", "pdf": b"%PDF"}[vorm])
    assert vorm != "html" or "&lt;b&gt;weer&lt;/b&gt; werken &amp; lachen" in made.read_text()
    assert made.stat().st_mode & 0o777 == 0o600


def test_texts_stay_as_they_were_typed(pad: Path, tmp_path: Path) -> None:
    odd = "  twee  spaties,\n\teen tab, 'aanhaling', =cmd|x, ‮rtl, e\u0301 en 😀  "
    make_client(pad, visie_werknemer=odd, keuzes=(odd, "gewoon"))
    text, values = export(pad, tmp_path)
    assert text.count(odd) == 2
    assert values["aantekeningen"][0]["inhoud"]["visie_werknemer"] == odd


def test_the_files_are_known_and_private(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    folder = tmp_path / "nieuwe map"
    export(pad, folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    found = run_dossier(pad, "dossier", "uitvoer", CODE, "--json").json
    assert [(u["soort"], u["staat"]) for u in found] == [("inzage", "zelfde")] * 2
    again = run_dossier(pad, "dossier", "inzage", CODE, "--uit", folder)
    assert again.code == 2 and "--overschrijf" in again.err


def test_a_code_of_another_client_stops_it(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    make_client(pad, "R-077")
    with opened(pad) as boek:
        boek.add(CODE, BEGIN, Gesprek(notitie="Net als bij R-077."))
    folder = tmp_path / "inzage"
    for options in (["--uit", folder], ["--uit", folder, "--toch"], ["--json"]):
        result = run_dossier(pad, "dossier", "inzage", CODE, *options)
        assert result.code == 4
        assert "onder '3. Gesprek, 5 januari 2026'" in result.err and "corrigeer R-014 NUMMER --weg" in result.err
    assert result.out == "" and not folder.exists()
    with opened(pad) as boek:
        boek.remove(CODE, 3, BEGIN, "hoort bij een ander")
    assert run_dossier(pad, "dossier", "inzage", CODE, "--uit", folder).code == 0


def test_what_only_looks_like_a_code_can_be_allowed(pad: Path, tmp_path: Path) -> None:
    make_client(pad, doel_spoor_2="Werken met de R-500 graafmachine.")
    assert run_dossier(pad, "dossier", "inzage", CODE, "--uit", tmp_path).code == 4
    assert run_dossier(pad, "dossier", "inzage", CODE, "--uit", tmp_path, "--toch").code == 0


def test_every_key_is_explained(pad: Path, tmp_path: Path) -> None:
    fill(pad)
    export(pad, tmp_path / "eerst")
    _, values = export(pad, tmp_path / "inzage")
    page = (ROOT / "docs" / "avg.md").read_text()
    afname = next(a for a in values["aantekeningen"] if a["soort"] == "afname")
    keys = {*values, *afname, *values["uitvoer"][0], *afname["scores"][0]}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_the_intro_is_easy_to_read() -> None:
    from regiekit.render.inzage import INTRO, LEESWIJZER

    sentences = [s for text in (*INTRO, *LEESWIJZER) for s in re.split(r"(?<=[.?!]) ", text)]
    lengths = [len(s.split()) for s in sentences]
    assert max(lengths) <= 18 and sum(lengths) / len(lengths) <= 12


# uitvoer --------------------------------------------------------------------------------------------------------------


def note(pad: Path, file: Path, content: bytes, code: str | None = CODE) -> Path:
    file.write_bytes(content)
    with opened(pad) as boek:
        boek.note_uitvoer(code, "verslag", file, content)
    return file


def test_uitvoer_says_what_became_of_each_file(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    assert "nog geen bestanden" in run_dossier(pad, "dossier", "uitvoer").out
    note(pad, tmp_path / "zelfde.txt", b"a")
    note(pad, tmp_path / "veranderd.txt", b"b").write_bytes(b"anders")
    note(pad, tmp_path / "weg.txt", b"c").unlink()
    link = note(pad, tmp_path / "link.txt", b"d")
    link.unlink()
    link.symlink_to(tmp_path / "zelfde.txt")
    note(pad, tmp_path / "twee.txt", b"e")
    note(pad, tmp_path / "twee.txt", b"f")
    states = [u["staat"] for u in run_dossier(pad, "dossier", "uitvoer", "--json").json]
    assert states == ["zelfde", "veranderd", "weg", "verwijzing", "veranderd", "zelfde"]
    said = run_dossier(pad, "dossier", "uitvoer", CODE).out
    assert said.count("staat er nog, onveranderd") == 2 and "later vervangen door een nieuwe uitvoer" in said
    assert str(tmp_path / "weg.txt") in said


# bewaartermijn --------------------------------------------------------------------------------------------------------


def close(pad: Path, code: str, begin: date, einde: date | None, tot: date | None = None) -> None:
    with opened(pad) as boek:
        boek.new_client(code, begin, Traject(begin=begin))
        if einde:
            boek.add(code, einde, Sluiting())
        if tot:
            boek.add(code, begin, Bewaartermijn(tot=tot, reden="een klacht loopt nog"))


def due_on(pad: Path, day: str) -> dict[str, str]:
    found = run_dossier(pad, "dossier", "bewaartermijn", "--datum", day, "--json").json
    return {termijn["code"]: termijn["soort"] for termijn in found["clienten"]}


@pytest.mark.parametrize(
    ("einde", "day", "soort"),
    [
        (date(2026, 3, 10), "2027-12-09", None),  # three months before the 10th of March is the 10th of December
        (date(2026, 3, 10), "2027-12-10", "binnenkort"),
        (date(2026, 3, 10), "2028-03-09", "binnenkort"),
        (date(2026, 3, 10), "2028-03-10", "binnenkort"),  # the last day that it is kept
        (date(2026, 3, 10), "2028-03-11", "voorbij"),
        (date(2024, 2, 29), "2026-02-28", "binnenkort"),
        (date(2024, 2, 29), "2026-03-01", "voorbij"),
        (date(2026, 2, 28), "2027-11-30", "binnenkort"),  # three months after 30 November is the end of February
        (date(2026, 2, 28), "2027-11-27", None),
    ],
)
def test_the_day_before_on_and_after(pad: Path, einde: date, day: str, soort: str | None) -> None:
    close(pad, CODE, einde - timedelta(days=300), einde)
    assert due_on(pad, day).get(CODE) == soort


def test_a_silent_traject_gets_a_question(pad: Path) -> None:
    close(pad, CODE, date(2024, 2, 29), None)
    assert due_on(pad, "2026-02-27") == {}
    assert due_on(pad, "2026-02-28") == {CODE: "stil"}
    said = " ".join(run_dossier(pad, "dossier", "bewaartermijn", "--datum", "2026-03-01").out.split())
    assert "Is het traject voorbij?" in said and "controleer zelf" in said
    with opened(pad) as boek:
        boek.add(CODE, date(2026, 1, 5), Gesprek())
    assert due_on(pad, "2026-03-01") == {}


def test_the_list_runs_over_every_page_and_is_in_order(pad: Path) -> None:
    with opened(pad) as boek:
        for n in range(45):
            boek.new_client(f"R-{n:03}", date(2020, 1, 1), Traject(begin=date(2020, 1, 1)))
        boek.add("R-044", date(2021, 5, 1), Sluiting())
        boek.add("R-043", date(2021, 4, 1), Sluiting())
    found = run_dossier(pad, "dossier", "bewaartermijn", "--datum", "2026-01-01", "--json").json["clienten"]
    assert [t["code"] for t in found][:3] == ["R-043", "R-044", "R-000"] and len(found) == 45


def test_a_term_that_became_shorter_than_usual_counts_no_more(pad: Path) -> None:
    close(pad, CODE, date(2025, 3, 1), date(2026, 3, 10), tot=date(2027, 1, 1))
    assert due_on(pad, "2028-03-10") == {CODE: "binnenkort"} and due_on(pad, "2028-03-11") == {CODE: "voorbij"}


def test_longer_needs_a_reason_and_a_later_day(pad: Path) -> None:
    close(pad, CODE, date(2025, 3, 1), date(2026, 3, 10))
    longer = ("dossier", "bewaartermijn", CODE, "--datum", "2026-04-01")
    for options, said in (
        (["--tot", "2029-01-01"], "met een reden"),
        (["--tot", "2029-01-01", "--reden", "  "], "met een reden"),
        (["--tot", "2028-03-10", "--reden", "klacht"], "niet langer dan gewoon (2028-03-10)"),
        (["--reden", "klacht"], "--tot"),
    ):
        result = run_dossier(pad, *longer, *options)
        assert result.code == 2 and said in result.err
    assert run_dossier(pad, "dossier", "bewaartermijn", "--tot", "2029-01-01", "--reden", "x").code == 2
    assert run_dossier(pad, *longer, "--tot", "2029-01-01", "--reden", "Nummer 111222333").code == 4
    result = run_dossier(pad, *longer, "--tot", "2029-01-01", "--reden", "Er loopt een klacht.")
    assert result.code == 0 and "tot en met 1 januari 2029" in " ".join(result.out.split())
    assert due_on(pad, "2028-03-11") == {} and due_on(pad, "2029-01-02") == {CODE: "voorbij"}
    assert "Er loopt een klacht." in run_dossier(pad, "dossier", "bewaartermijn", "--datum", "2029-01-02").out
    assert run_dossier(pad, *longer, "--tot", "2030-01-01", "--reden", "Nog steeds.").code == 0
    with opened(pad) as boek:
        held = boek.read(CODE).of("bewaartermijn")
    assert [a.inhoud.tot for a in held] == [date(2030, 1, 1)]


# wis ------------------------------------------------------------------------------------------------------------------


def wipe(pad: Path, *options: object, wachtzin: str = WACHTZIN) -> Result:
    return run_dossier(pad, "dossier", "wis", CODE, *options, wachtzin=wachtzin)


def copy_of(pad: Path, to: Path, wachtzin: str | None = None, known: bool = True) -> Path:
    """A back-up, with the key of the dossier or a wachtzin of its own."""
    with opened(pad) as boek:
        head = new_head() if wachtzin else boek.opslag.head
        make_copy(boek.opslag, to, derive_key(wachtzin, head) if wachtzin else boek.opslag.key, head)
        if known:
            note_copy(boek.opslag, to)
    return to


def plain_of(path: Path, wachtzin: str = WACHTZIN) -> bytes:
    """All pages of a dossier, decrypted."""
    head = read_head(path)
    with Opslag(path, derive_key(wachtzin, head), head) as opened_:
        return bytes(opened_.connection.serialize("main"))


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file under a folder as it stands on the disk; a dossier also decrypted."""
    found = {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}
    for name, content in list(found.items()):
        for wachtzin in (WACHTZIN, ANDERE_WACHTZIN) if content[:3] == b"RGK" else ():
            try:
                found[f"{name}, open"] = plain_of(folder / name, wachtzin)
            except RegiekitError:
                continue
    return found


def left_of(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """Where a word can still be read, in UTF-8 or UTF-16."""
    forms = [(w, f) for w in words for f in (w.encode(), w.encode("utf-16-le"), w.encode("utf-16-be"))]
    return [(name, w) for name, content in everything_in(folder).items() for w, f in forms if f in content]


def words_of(made: dict[str, Any]) -> list[str]:
    return [word for inhoud in made.values() for word in words_in(inhoud)]


def test_the_search_finds_what_is_there(pad: Path, tmp_path: Path) -> None:
    """So that finding nothing means something."""
    words = words_of(fill(pad))
    assert len(words) > 60
    assert {w for _, w in left_of(tmp_path, words)} == set(words)


def test_wiped_is_gone_everywhere(pad: Path, tmp_path: Path) -> None:
    words = words_of(fill(pad))
    (tmp_path / "kopieen").mkdir()
    copy_of(pad, tmp_path / "kopieen" / "een.regiekit")
    copy_of(pad, tmp_path / "kopieen" / "twee.regiekit", ANDERE_WACHTZIN)
    copy_of(pad, tmp_path / "dossier-vervangen-2026-01-01-101010.regiekit", known=False)
    export(pad, tmp_path / "inzage")
    result = wipe(pad, "--echt", "--uit", tmp_path / "bewijs.txt", wachtzin=f"{WACHTZIN}\n{ANDERE_WACHTZIN}")
    assert result.code == 0, result.err
    assert left_of(tmp_path, words) == []
    with opened(pad) as boek:
        assert boek.codes() == ["R-077"] and boek.faults() == []
        assert boek.read("R-077").traject.doel_spoor_2 == "blijvertje"
        assert boek.uitvoer() == []
        assert boek.opslag.rows("SELECT aantekeningen, clienten FROM wissing") == [(18, 1)]
    assert list((tmp_path / "inzage").iterdir()) == []
    receipt = (tmp_path / "bewijs.txt").read_text()
    assert "18 aantekeningen" in receipt and receipt.count("weggehaald") == 2
    assert receipt.count("de cliënt is eruit") == 3 and str(tmp_path / "kopieen" / "een.regiekit") in receipt
    assert (tmp_path / "bewijs.txt").stat().st_mode & 0o777 == 0o600
    assert CODE.encode() not in plain_of(pad)


def snapshot(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {
        str(p): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns, p.stat().st_mode)
        for p in folder.rglob("*") if p.is_file()
    }  # fmt: skip


def test_a_dry_run_changes_no_byte(pad: Path, tmp_path: Path) -> None:
    fill(pad)
    copy_of(pad, tmp_path / "kopie.regiekit")
    copy_of(pad, tmp_path / "anders.regiekit", ANDERE_WACHTZIN)
    export(pad, tmp_path / "inzage")
    before = snapshot(tmp_path)
    result = wipe(pad)
    assert result.code == 0 and snapshot(tmp_path) == before
    assert "18 aantekeningen" in result.out and "er is nog niets veranderd" in result.out.lower()
    assert result.out.count("gaat weg") >= 2 and "de cliënt gaat eruit" in result.out
    assert "heeft een eigen wachtzin" in result.out and "dezelfde opdracht, met --echt" in result.out
    assert "Bewaartermijn: tot en met" in result.out or "traject loopt nog" in result.out
    plan = wipe(pad, "--json").json
    assert plan["gewist"] is False and sum(plan["aantekeningen"].values()) == 18
    assert snapshot(tmp_path) == before
    assert wipe(pad, "--uit", "x.txt").code == 2


def test_files_that_changed_stay_and_are_told(pad: Path, tmp_path: Path) -> None:
    make_client(pad)
    make_client(pad, "R-077")
    gone, changed, link, target, other, twice, shared = (tmp_path / f"{n}.txt" for n in "abcdefg")
    note(pad, gone, b"a")
    note(pad, changed, b"b").write_bytes(b"b, en een zin van de coach")
    note(pad, link, b"c").unlink()
    target.write_bytes(b"c")
    link.symlink_to(target)
    note(pad, other, b"e", "R-077")
    note(pad, twice, b"f1")
    note(pad, twice, b"f2").write_bytes(b"f1")  # an older one put back: still ours
    note(pad, shared, b"g", None)
    result = wipe(pad, "--echt")
    assert [p.name for p in (gone, twice) if p.exists()] == []
    assert all(p.exists() for p in (changed, target, other, shared)) and link.is_symlink()
    said = " ".join(result.out.split())
    for file, what in (
        (changed, "is veranderd en blijft staan"),
        (link, "een verwijzing"),
        (shared, "van meer cliënten"),
    ):
        assert re.search(rf"{re.escape(str(file))} [^/]*{what}", said), file
    assert str(other) not in said


@pytest.mark.parametrize("second", ["", "\neen heel andere wachtzin"])
def test_back_ups_that_do_not_open_are_told(pad: Path, tmp_path: Path, second: str) -> None:
    fill(pad)
    shut = copy_of(pad, tmp_path / "dicht.regiekit", ANDERE_WACHTZIN)
    damaged = copy_of(pad, tmp_path / "stuk.regiekit")
    damaged.write_bytes(damaged.read_bytes()[:-5000] + bytes(5000))
    moved = copy_of(pad, tmp_path / "verplaatst.regiekit")
    moved.unlink()
    stranger = tmp_path / "collega.regiekit"
    head = new_head()
    make_file(stranger, derive_key(ANDERE_WACHTZIN, head), head)
    before = {p: p.read_bytes() for p in (shut, stranger)}
    whole = snapshot(tmp_path)
    refused = wipe(pad, "--echt", wachtzin=WACHTZIN + second)
    assert refused.code == 5 and snapshot(tmp_path) == whole
    for said in ("niets gewist", str(shut), str(damaged), "--wachtzin-fd", "haal haar zelf weg", "--zonder-kopie"):
        assert said in refused.err
    result = wipe(pad, "--echt", "--zonder-kopie", wachtzin=WACHTZIN + second)
    assert result.code == 0
    said = " ".join(result.out.split())
    for file, what in ((shut, "ging niet open: wat erin stond, staat er nog in"), (damaged, "ging niet open"),
                       (moved, "staat er nu niet"),
                       (stranger, "lijkt een ander dossier")):  # fmt: skip
        assert f"{file} {what}" in said
    assert {p: p.read_bytes() for p in before} == before


def test_a_client_added_after_the_back_up_is_no_fault(pad: Path, tmp_path: Path) -> None:
    make_client(pad, "R-077")
    copy_of(pad, tmp_path / "kopie.regiekit")
    make_client(pad)
    assert "de cliënt stond er niet in" in wipe(pad, "--echt").out


MEANWHILE: dict[str, Callable[[Boek, Path], object]] = {
    "a file": lambda boek, folder: boek.note_uitvoer(CODE, "verslag", folder / "net.txt", b"net"),
    "a back-up": lambda boek, folder: write_copy(boek.opslag, folder / "net.regiekit", folder / "half"),
    "an aantekening": lambda boek, folder: boek.add(CODE, BEGIN, Gesprek(doel="net")),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_is_made_after_the_plan_stops_it(
    pad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    words = words_of(fill(pad))
    original = wissen.wipe

    def first_another_window(*given: Any) -> Any:
        with opened(pad) as other:
            MEANWHILE[what](other, tmp_path)
        before.update(snapshot(tmp_path))
        return original(*given)

    before: dict[str, Any] = {}
    with monkeypatch.context() as patch:
        patch.setattr(wissen, "wipe", first_another_window)
        result = wipe(pad, "--echt")
    assert result.code == 5 and "er is niets gewist. Geef de opdracht opnieuw" in result.err
    assert snapshot(tmp_path) == before
    assert wipe(pad, "--echt").code == 0
    assert left_of(tmp_path, words) == []


def test_the_second_window_that_wipes_says_that_it_is_gone(pad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_client(pad)
    original = wissen.wipe

    def first_another_window(boek: Boek, plan: wissen.Wisplan, *rest: Any) -> Any:
        with opened(pad) as other:
            original(other, plan, {})
        return original(boek, plan, *rest)

    monkeypatch.setattr(wissen, "wipe", first_another_window)
    result = wipe(pad, "--echt")
    assert result.code == 2 and "staat niet in het dossier" in result.err and len(result.err.splitlines()) == 1


def test_an_unknown_client_is_told(pad: Path) -> None:
    make_client(pad, "R-015")
    for options in ([], ["--echt"]):
        result = wipe(pad, *options)
        assert result.code == 2 and "bedoelde je R-015?" in result.err


def test_without_room_to_write_anew_the_rows_are_gone_and_it_says_so(
    pad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(fill(pad))
    execute = Opslag.execute

    def full(self: Opslag, sql: str, *values: Any) -> int:
        if sql == "VACUUM":
            raise opslag_module.explain(apsw.FullError("vol"), self.path)
        return execute(self, sql, *values)

    with monkeypatch.context() as patch:
        patch.setattr(Opslag, "execute", full)
        result = wipe(pad, "--echt")
    assert result.code == 5 and "schijf is vol" in result.err and "Gewist" in result.out
    assert "niets bewaard" not in result.out + result.err
    again = wipe(pad, "--echt")
    assert again.code == 2 and "staat niet in het dossier" in again.err
    assert left_of(pad.parent, words) == []


STOPS = ("_wipe_kopie", "_remove", "_wipe_rows", "tidy")


def in_child(work: Callable[[], object]) -> int:
    """Do something in a process of its own; gives its number."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return child


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("name", STOPS)
def test_killed_at_a_step_it_finishes_the_next_time(
    pad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, before: bool
) -> None:
    words = words_of(fill(pad))
    copy_of(pad, tmp_path / "kopie.regiekit")
    export(pad, tmp_path / "inzage")
    original = getattr(wissen, name)

    def die(*arguments: Any) -> Any:
        if not before:
            original(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        monkeypatch.setattr(wissen, name, die)
        wipe(pad, "--echt")

    assert os.waitstatus_to_exitcode(os.waitpid(in_child(work), 0)[1]) == -signal.SIGKILL
    finish(pad, tmp_path, words)


def finish(pad: Path, folder: Path, words: list[str]) -> None:
    """What was left is done, and nothing else is lost."""
    result = wipe(pad, "--echt")
    assert result.code == 0 or "staat niet in het dossier" in result.err
    assert left_of(folder, words) == []
    with opened(pad) as boek:
        assert boek.codes() == ["R-077"] and boek.faults() == []


def test_killed_at_random_moments_it_finishes_the_next_time(tmp_path: Path) -> None:
    chance, folder, start = random.Random(5), tmp_path / "werk", tmp_path / "begin"
    folder.mkdir()
    pad = folder / "dossier.regiekit"
    words = words_of(fill(pad))
    copy_of(pad, folder / "kopie.regiekit")
    export(pad, folder / "inzage")
    folder.rename(start)
    for _ in range(12):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(start, folder)
        child = in_child(lambda: wipe(pad, "--echt"))
        time.sleep(chance.uniform(0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        finish(pad, folder, words)


def test_what_a_killed_run_left_is_cleared(pad: Path, tmp_path: Path) -> None:
    """A file that was being written when the program was killed."""
    make_client(pad)
    note(pad, tmp_path / "verslag.txt", b"a")
    child = in_child(lambda: None)
    os.waitpid(child, 0)
    from regiekit.cli.output import _scratch_start

    left = tmp_path / f"{_scratch_start()}{child}-0123abcd"
    left.write_text("half verslag")
    folder = tmp_path / f"{_scratch_start()}{child}-4567abcd"
    folder.mkdir()
    copy_of(pad, folder / "kopie", known=False)
    assert wipe(pad, "--echt").code == 0
    assert not left.exists() and not folder.exists()


def test_the_own_file_is_not_opened_by_its_name_while_it_is_open(pad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing it would take away the locks of SQLite."""
    make_client(pad)
    seen: list[Path] = []

    def noted(path: Path) -> opslag_module.Head:
        seen.append(path)
        return read_head(path)

    monkeypatch.setattr(wissen, "read_head", noted)
    copy_of(pad, pad.with_name("kopie.regiekit"))
    assert wipe(pad, "--echt").code == 0
    assert {p.name for p in seen} == {"kopie.regiekit"}


def test_on_a_terminal_the_code_is_typed_again(pad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_client(pad)
    monkeypatch.setattr("regiekit.cli.dossier_teksten.on_terminal", lambda: True)
    for typed in ("", "R-015", "ja"):
        result = run_dossier(pad, "dossier", "wis", CODE, "--echt", stdin=f"{typed}\n")
        assert result.code == 2 and "niets gewist" in result.err
    assert run_dossier(pad, "dossier", "wis", CODE, "--echt", stdin="r-014\n").code == 0


def test_help_promises_nothing_about_the_law() -> None:
    pages = [run("dossier", name, "--help").out for name in ("inzage", "wis", "bewaartermijn", "uitvoer")]
    pages.append((ROOT / "docs" / "avg.md").read_text())
    for page in pages:
        assert not re.search(r"voldoe[nt]* aan de (AVG|wet)|AVG-proof|wettelijk verplicht|je mag wettelijk", page)
    assert "controleer dit" in pages[-1].lower()
    assert dossier_avg.CONTROLEER.endswith("geldt.")

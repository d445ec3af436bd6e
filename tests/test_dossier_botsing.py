"""A dossier in trouble: two windows at once, names that are taken, days and paths that cannot be, and a full disk."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from dossiers import BEGIN, WACHTZIN, make_client, opened, quick_keys, run_dossier
from regiekit.cli import app, dossier, dossier_open, dossier_vragen, output
from regiekit.cli.dossier_teksten import Bewaking
from regiekit.domain.aantekening import Bewaartermijn, Gesprek, Sluiting, Traject
from regiekit.domain.clientdossier import rapportage_due, years_later
from regiekit.dossier import opslag, reserve, sleutelbos
from regiekit.dossier.boek import Boek
from regiekit.errors import RegiekitError
from util import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.domain.clientdossier import Clientdossier

CODE = "R-014"
OTHER = "heel andere woorden hier"
posix = pytest.mark.skipif(os.name == "nt", reason="een open bestand vervangen")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    path = tmp_path / "dossier.txt"
    make_client(path)
    return path


def change(path: Path, wachtzin: str) -> None:
    """Another window gives the dossier a wachtzin; its head is new then, also when the wachtzin is the same."""
    head = opslag.read_head(path)
    new = opslag.new_head()
    with opslag.Opslag(path, opslag.derive_key(WACHTZIN, head), head) as found:
        reserve.change_key(found, path.with_name("nieuw"), opslag.derive_key(wachtzin, new), new)


def read_with(path: Path, wachtzin: str) -> Clientdossier:
    head = opslag.read_head(path)
    with opslag.Opslag(path, opslag.derive_key(wachtzin, head), head) as found:
        return Boek(found).read(CODE)


# Two windows ----------------------------------------------------------------------------------------------------------


@posix
def test_what_was_typed_goes_into_the_dossier_that_came_in_its_place(
    pad: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dossier_vragen, "on_terminal", lambda: True)
    monkeypatch.setattr("regiekit.cli.wachtzin.ask_hidden", lambda question: OTHER)
    with dossier_open.open_boek(pad, _descriptor(WACHTZIN)) as boek:
        client = boek.read(CODE)
        change(pad, OTHER)
        nummer = dossier_vragen.keep(boek, client, BEGIN, Gesprek(doel="getypt"), Bewaking(), asked=True)
        assert boek.read(CODE).of("gesprek")[-1].nummer == nummer
    assert read_with(pad, OTHER).of("gesprek")[0].inhoud.doel == "getypt"
    assert "net vervangen" in capsys.readouterr().err


@posix
def test_a_script_does_not_go_on_in_another_file(pad: Path) -> None:
    with dossier_open.open_boek(pad, _descriptor(WACHTZIN)) as boek:
        client = boek.read(CODE)
        change(pad, WACHTZIN)
        with pytest.raises(opslag.ReplacedError, match="er is nu niets bewaard"):
            dossier_vragen.keep(boek, client, BEGIN, Gesprek(doel="getypt"), Bewaking(), asked=False)
    assert read_with(pad, WACHTZIN).of("gesprek") == []


def _descriptor(line: str) -> int:
    reader, writer = os.pipe()
    os.write(writer, f"{line}\n".encode())
    os.close(writer)
    return reader


@posix
def test_who_waits_gives_up_when_the_file_is_replaced(pad: Path) -> None:
    copy = pad.with_name("kopie")
    shutil.copy(pad, copy)
    with opened(pad) as boek:
        assert boek.opslag._busy(0)
        copy.replace(pad)
        assert not boek.opslag._busy(1)


@posix
def test_the_right_wachtzin_opens_when_the_head_changes_just_then(pad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derive = opslag.derive_key
    changed: list[opslag.Head] = []

    def late(wachtzin: str, head: opslag.Head) -> bytes:
        if not changed:
            changed.append(head)
            change(pad, WACHTZIN)
        return derive(wachtzin, head)

    monkeypatch.setattr(opslag, "derive_key", late)
    result = run_dossier(pad, "dossier", "lijst")
    assert (result.code, result.err) == (0, "") and CODE in result.out
    assert opslag.read_head(pad) != changed[0]


def test_a_traject_ends_once(pad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = dossier.reden_of_end

    def meanwhile(*given: Any) -> str | None:
        found = asked(*given)
        with opened(pad) as other:
            other.add(CODE, BEGIN, Sluiting(reden="in het andere venster"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(dossier, "reden_of_end", meanwhile)
        result = run_dossier(pad, "dossier", "sluit", CODE, "--reden", "klaar")
    assert result.code == 2 and "al afgesloten" in result.err
    with opened(pad) as boek:
        assert len(boek.read(CODE).of("sluiting")) == 1
        boek.add(CODE, BEGIN, Sluiting(reden="van een oudere regiekit"))
    assert run_dossier(pad, "dossier", "sluit", CODE, "--heropen", "--reden", "toch door").code == 0
    with opened(pad) as boek:
        assert boek.read(CODE).einde is None


# Names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", "-journal", "-nakijken"])
def test_nothing_comes_in_the_place_of_a_dossier(pad: Path, tmp_path: Path, ending: str) -> None:
    target = Path(f"{pad}{ending}")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    before = pad.read_bytes()
    for place in (target, link):
        for write in (
            lambda at: output.write_file(at, b"x", replace=True),
            lambda at: output.write_folder(at.parent, [(at.name, b"x")], replace=True),
        ):
            with pytest.raises(RegiekitError, match="hoort bij een dossier"):
                write(place)
    result = run_dossier(pad, "dossier", "wis", CODE, "--echt", "--uit", target, "--overschrijf")
    assert result.code == 2 and ("is een dossier" in result.err or "een bestand op .txt" in result.err)
    copy = run_dossier(pad, "dossier", "reservekopie", "--uit", target, "--overschrijf")
    assert copy.code == 2 and "het dossier zelf" in copy.err
    assert pad.read_bytes() == before and sorted(p.name for p in tmp_path.iterdir()) == [pad.name, link.name]


def test_a_report_does_not_come_in_its_place(pad: Path) -> None:
    result = run_dossier(pad, "verslag", "--voor", "coach", CODE, "--uit", pad, "--overschrijf")
    assert result.code == 2 and "is een dossier" in result.err
    with opened(pad) as boek:
        assert boek.uitvoer() == []


def test_the_mark_is_that_of_the_dossier() -> None:
    assert opslag.MERK.startswith(output._DOSSIER) and opslag.MERK_VERZONNEN.startswith(output._DOSSIER)


def test_no_back_up_beside_a_journal_that_was_left(pad: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie"
    assert run_dossier(pad, "dossier", "reservekopie", "--uit", copy).code == 0
    journal = opslag.journal_of(copy)
    journal.write_bytes(b"halverwege")
    before = copy.read_bytes()
    result = run_dossier(pad, "dossier", "reservekopie", "--uit", copy, "--overschrijf")
    assert result.code == 2 and str(journal) in result.err
    assert copy.read_bytes() == before and journal.read_bytes() == b"halverwege"


def test_no_new_dossier_beside_a_journal_that_was_left(tmp_path: Path) -> None:
    path = tmp_path / "d"
    opslag.journal_of(path).write_bytes(b"van een ander")
    result = run_dossier(path, "dossier", "nieuw", CODE, "--begin", BEGIN)
    assert result.code == 2 and f"{path}-journal" in result.err
    assert [p.name for p in tmp_path.iterdir()] == ["d-journal"]


# Days and paths that cannot be ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2101, 1, 1), date.max])
def test_a_day_that_must_be_a_slip_is_not_kept(pad: Path, day: date) -> None:
    with opened(pad) as boek:
        for datum, inhoud in (
            (day, Gesprek()), (BEGIN, Gesprek(volgende=day)), (BEGIN, Bewaartermijn(tot=day, reden="lang"))
        ):  # fmt: skip
            with pytest.raises(RegiekitError, match="kan niet kloppen"):
                boek.add(CODE, datum, inhoud)
        assert len(boek.read(CODE).aantekeningen) == 1
    result = run_dossier(pad, "dossier", "gesprek", CODE, "--doel", "x", "--datum", f"{day}")
    assert result.code == 2 and "kies een jaar van 1900 tot en met 2100" in result.err


def test_a_stored_day_at_the_end_of_the_calendar_breaks_no_list() -> None:
    assert years_later(date(9999, 11, 30), 2) == date(9999, 11, 30)
    assert years_later(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert rapportage_due(Traject(begin=date(9999, 12, 30))) == date.max


PLACES: dict[str, Callable[[Path], str]] = {
    "too long": lambda folder: str(folder / ("a" * 300)),
    "too long for what comes beside it": lambda folder: str(folder / ("a" * 255)),
    "nobody": lambda folder: "~niemand/d.regiekit",
    "below a file": lambda folder: str(folder / "dossier.txt" / "d.regiekit"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_path_that_cannot_be_is_one_line(pad: Path, place: str) -> None:
    where = PLACES[place](pad.parent)
    for command in (("nieuw", CODE, "--begin", BEGIN), ("lijst",), ("controleer",), ("herstel", pad)):
        result = run("dossier", *command, "--dossier", where, "--wachtzin-fd", _descriptor(WACHTZIN))
        assert result.code == 2 and len(result.err.splitlines()) == 1, command
    copy = run_dossier(pad, "dossier", "reservekopie", "--uit", where)
    assert copy.code == 2 and len(copy.err.splitlines()) == 1
    assert [p.name for p in pad.parent.iterdir()] == [pad.name]


def test_a_file_where_the_keychain_notes_what_it_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "sleutelbos"
    note.touch()
    monkeypatch.setattr(sleutelbos, "_mark", lambda head: note / head.id)
    head = opslag.new_head()
    assert not sleutelbos.is_asked(head)
    with pytest.raises(RegiekitError, match="geen sleutelbos"):
        sleutelbos.remember(head, b"k" * 32)


def test_a_wrong_key_from_the_keychain_asks_for_the_wachtzin(
    pad: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sleutelbos, "remembered", lambda head: b"k" * 32)
    monkeypatch.setattr("regiekit.cli.wachtzin.ask_hidden", lambda question: WACHTZIN)
    with dossier_open.open_boek(pad, None) as boek:
        assert boek.codes() == [CODE]
    said = capsys.readouterr().err
    assert "sleutelbos past niet" in said and "herstel" not in said


# The disk -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrote", [True, False])
def test_output_that_fails_after_saving_says_that_it_may_be_kept(wrote: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> int:
        raise OSError(errno.ENOSPC, "vol")

    monkeypatch.setattr(opslag.Opslag, "confirmed", wrote)
    monkeypatch.setattr(app, "run", full)
    monkeypatch.setattr(app, "discard", lambda stream: None)
    result = run("dossier", "gesprek", CODE)
    assert result.code == 2 and "de schijf is vol" in result.err
    assert ("kan wel bewaard zijn" in result.err) == wrote


def test_a_dossier_that_may_not_be_written_keeps_its_wachtzin(pad: Path) -> None:
    """Of a file that may only be read, SQLite begins to write without a word."""
    before, head = pad.read_bytes(), opslag.new_head()
    with opened(pad) as boek:
        boek.opslag.connection.close()
        boek.opslag.connection = apsw.Connection(str(pad), flags=apsw.SQLITE_OPEN_READONLY)
        with pytest.raises(opslag.DossierError, match="kijk de rechten na"):
            reserve.change_key(boek.opslag, pad.with_name("nieuw"), b"k" * 32, head)
    assert pad.read_bytes() == before

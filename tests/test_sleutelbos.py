"""The keychain: only when asked, the key and never the wachtzin, and a clear line when it does not work."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from dossiers import WACHTZIN, make_client, quick_keys, run_dossier
from regiekit.dossier import opslag, sleutelbos
from regiekit.errors import RegiekitError
from util import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = "paraplu kastanje zolder mist"


class Kluis(KeyringBackend):
    """A keychain in memory, that can be locked."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.error: Exception | None = None

    def _turn(self) -> None:
        self.asked += 1
        if self.error:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._turn()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._turn()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._turn()
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


class Leesbaar(Kluis):
    """A keychain that is a file of plain text."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def kluis(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Kluis]:
    quick_keys(monkeypatch)
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "gegevens"))
    before, made = keyring.get_keyring(), Kluis()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_client(tmp_path / "d.regiekit")
    return tmp_path / "d.regiekit"


def marks(tmp_path: Path) -> list[Path]:
    return [p for p in (tmp_path / "gegevens").rglob("*") if p.is_file()]


def onthoud(path: Path) -> None:
    result = run_dossier(path, "dossier", "wachtzin", "--onthoud")
    assert result.code == 0, result.err


def test_nobody_asks_the_keychain_until_the_coach_does(path: Path, kluis: Kluis, tmp_path: Path) -> None:
    kluis.error = AssertionError("asked")
    assert run_dossier(path, "dossier", "controleer").code == 0
    assert "stond niet in de sleutelbos" in run("dossier", "wachtzin", "--vergeet", "--dossier", path).out
    assert (kluis.asked, marks(tmp_path)) == (0, [])


def test_a_remembered_key_opens_without_a_wachtzin(path: Path, kluis: Kluis, tmp_path: Path) -> None:
    before = run("dossier", "controleer", "--dossier", path)
    assert before.code == 2 and "geen terminal" in before.err
    onthoud(path)
    assert run("dossier", "controleer", "--dossier", path).code == 0
    head = opslag.read_head(path)
    assert kluis.kept == {("regiekit dossier", head.id): opslag.derive_key(WACHTZIN, head).hex()}
    assert [m.name for m in marks(tmp_path)] == [head.id] and marks(tmp_path)[0].read_bytes() == b""
    assert WACHTZIN not in str(kluis.kept)


def test_a_wrong_wachtzin_is_not_remembered(path: Path, kluis: Kluis, tmp_path: Path) -> None:
    assert run_dossier(path, "dossier", "wachtzin", "--onthoud", wachtzin="een heel andere zin").code == 5
    assert (kluis.kept, marks(tmp_path)) == ({}, [])


def test_forgetting_takes_key_and_mark_away(path: Path, kluis: Kluis, tmp_path: Path) -> None:
    onthoud(path)
    result = run("dossier", "wachtzin", "--vergeet", "--dossier", path)
    assert result.code == 0 and "is uit de sleutelbos" in result.out
    assert (kluis.kept, marks(tmp_path)) == ({}, [])
    assert run("dossier", "controleer", "--dossier", path).code == 2


def test_a_key_that_somebody_else_took_out_is_forgotten_too(path: Path, kluis: Kluis, tmp_path: Path) -> None:
    onthoud(path)
    kluis.kept.clear()
    assert run("dossier", "wachtzin", "--vergeet", "--dossier", path).code == 0
    assert marks(tmp_path) == []


def test_the_key_follows_a_change_of_wachtzin(path: Path, kluis: Kluis, tmp_path: Path) -> None:
    onthoud(path)
    old = opslag.read_head(path)
    result = run_dossier(path, "dossier", "wachtzin", wachtzin=f"{WACHTZIN}\n{NEW}")
    assert result.code == 0 and "De sleutelbos heeft de nieuwe sleutel." in result.out
    head = opslag.read_head(path)
    assert list(kluis.kept) == [("regiekit dossier", head.id)] and head != old
    assert [m.name for m in marks(tmp_path)] == [head.id]
    assert run("dossier", "controleer", "--dossier", path).code == 0


@pytest.mark.parametrize("error", [KeyringLocked("op slot"), RuntimeError("geen dienst"), OSError("kapot")])
def test_a_locked_keychain_at_a_change_of_wachtzin(path: Path, kluis: Kluis, error: Exception) -> None:
    """The wachtzin is changed all the same, and it is said that the keychain has nothing."""
    onthoud(path)
    kluis.error = error
    result = run_dossier(path, "dossier", "wachtzin", wachtzin=f"{WACHTZIN}\n{NEW}")
    assert result.code == 0 and "geen sleutelbos die regiekit kan gebruiken, of hij is op slot" in result.err
    assert run_dossier(path, "dossier", "controleer", wachtzin=NEW).code == 0


@pytest.mark.parametrize("error", [KeyringLocked("op slot"), RuntimeError("geen dienst"), OSError("kapot")])
def test_a_locked_keychain(path: Path, kluis: Kluis, error: Exception, tmp_path: Path) -> None:
    kluis.error = error
    result = run_dossier(path, "dossier", "wachtzin", "--onthoud")
    assert result.code == 2 and result.err.count("\n") == 1 and "geen sleutelbos" in result.err
    assert marks(tmp_path) == []
    kluis.error = None
    onthoud(path)
    kluis.error = error
    assert run("dossier", "controleer", "--dossier", path).code == 2  # asks for the wachtzin, and there is no terminal
    result = run("dossier", "wachtzin", "--vergeet", "--dossier", path)
    assert result.code == 2 and "gaf de sleutel niet vrij" in result.err
    kluis.error = None
    assert run("dossier", "wachtzin", "--vergeet", "--dossier", path).code == 0 and kluis.kept == {}


@pytest.mark.parametrize("broken", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, Leesbaar])
def test_no_keychain_that_keeps_a_secret(path: Path, broken: type[KeyringBackend], tmp_path: Path) -> None:
    """None at all, one that forgets everything, and one in plain text."""
    keyring.set_keyring(broken())
    result = run_dossier(path, "dossier", "wachtzin", "--onthoud")
    assert result.code == 2 and "typ de wachtzin elke keer" in result.err
    assert marks(tmp_path) == [] and getattr(keyring.get_keyring(), "kept", {}) == {}


def test_a_keychain_that_keeps_nothing(path: Path, kluis: Kluis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kluis, "set_password", lambda *_: None)
    with pytest.raises(RegiekitError, match="geen sleutelbos"):
        sleutelbos.remember(opslag.read_head(path), os.urandom(32))
    assert sleutelbos.remembered(opslag.read_head(path)) is None


@pytest.mark.parametrize("kept", ["", "geen hex", "00ff", "é" * 64])
def test_what_is_no_key_is_no_key(path: Path, kluis: Kluis, kept: str) -> None:
    onthoud(path)
    kluis.kept = dict.fromkeys(kluis.kept, kept)
    assert sleutelbos.remembered(opslag.read_head(path)) is None


def test_remembering_and_forgetting_at_once_is_refused(path: Path) -> None:
    result = run_dossier(path, "dossier", "wachtzin", "--onthoud", "--vergeet")
    assert result.code == 2 and "niet allebei" in result.err

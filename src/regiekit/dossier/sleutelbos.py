"""The keychain of the system, where the key of a dossier is kept only when the coach asks for it.

A small file in the data folder of the user says that it was asked, so that nobody else waits for the keychain. What is
kept is the key of this one file, never the wachtzin.

The programs behind a keychain raise whatever they like when they are locked, busy or broken; all of it means the same
here, and that is why Exception is caught.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.dossier.opslag import Head

DIENST = "regiekit dossier"
_KEY_LENGTH = 32
_SAFE = 1  # the priority that a keychain has when it keeps secrets secret; a file of plain text has less
GEEN_SLEUTELBOS = "deze computer heeft geen sleutelbos die regiekit kan gebruiken, of hij is op slot. Er is niets " \
    "bewaard; typ de wachtzin elke keer"  # fmt: skip


def is_asked(head: Head) -> bool:
    """Whether the coach asked to keep the key of this dossier."""
    try:
        return _mark(head).exists()
    except OSError:  # a folder on the way that may not be entered
        return False


def asked_for_any() -> bool:
    """Whether the coach ever asked to keep the key of a dossier; the keychain itself is left alone."""
    try:
        return any(_marks().iterdir())
    except OSError:
        return False


def has_keychain() -> bool:
    """Whether this computer has a keychain that keeps secrets secret; it may be slow to say so."""
    try:
        _keychain()
    except Exception:
        return False
    return True


def remembered(head: Head) -> bytes | None:
    """The key from the keychain, None when it was never asked to keep it, or does not give it."""
    if not is_asked(head):
        return None
    try:
        return _read(_keychain(), head)
    except Exception:
        return None


def remember(head: Head, key: bytes) -> None:
    """Keep the key in the keychain; raises RegiekitError when this computer has none that keeps it."""
    asked = is_asked(head)
    try:
        keychain, mark = _keychain(), _mark(head)
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch(mode=0o600)  # first: a key that nobody knows of is never taken out
        keychain.set_password(DIENST, head.id, key.hex())
        kept = _read(keychain, head) == key  # there is a keychain that takes everything and keeps nothing
    except Exception:
        kept = False
    if not kept:
        if not asked:
            with suppress(OSError):
                _mark(head).unlink(missing_ok=True)
        raise RegiekitError(GEEN_SLEUTELBOS)


def forget(head: Head) -> bool:
    """Take the key out of the keychain; gives whether it was there. Raises RegiekitError when it stays there."""
    if not is_asked(head):
        return False
    try:
        keychain = _keychain()
        if keychain.get_password(DIENST, head.id) is not None:
            keychain.delete_password(DIENST, head.id)
        gone = keychain.get_password(DIENST, head.id) is None
    except Exception:
        gone = False
    if not gone:
        raise RegiekitError(
            "de sleutelbos gaf de sleutel niet vrij: misschien is hij op slot. Probeer het opnieuw, of haal "
            f"'{DIENST}' er zelf uit"
        )
    _mark(head).unlink(missing_ok=True)
    return True


def _keychain() -> Any:
    """The keychain of the system; raises RegiekitError when what there is does not keep a secret."""
    import keyring

    found = keyring.get_keyring()
    if found.priority < _SAFE:
        raise RegiekitError(GEEN_SLEUTELBOS)
    return found


def _read(keychain: Any, head: Head) -> bytes | None:
    kept = keychain.get_password(DIENST, head.id)
    key = bytes.fromhex(kept) if kept else b""
    return key if len(key) == _KEY_LENGTH else None


def _mark(head: Head) -> Path:
    return _marks() / head.id


def _marks() -> Path:
    from platformdirs import user_data_path

    return Path(user_data_path("regiekit", appauthor=False)) / "sleutelbos"

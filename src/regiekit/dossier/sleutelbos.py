"""The keychain of the system, where the key of a dossier is kept only when the coach asks for it.

A file beside the dossier's data folder says that it was asked, so that nobody else waits for the keychain.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.dossier.opslag import Head

DIENST = "regiekit dossier"


def remembered(head: Head) -> bytes | None:
    """The key from the keychain, None when it was never asked to keep it, or does not give it."""
    if not _mark(head).exists():
        return None
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(DIENST, head.id)
        return bytes.fromhex(kept) if kept else None
    except (KeyringError, ValueError, RuntimeError):
        return None


def remember(head: Head, key: bytes) -> None:
    """Keep the key in the keychain; raises RegiekitError when this computer has none that works."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(DIENST, head.id, key.hex())
        _mark(head).parent.mkdir(parents=True, exist_ok=True)
        _mark(head).touch(mode=0o600)
    except (KeyringError, RuntimeError, OSError):
        raise RegiekitError(
            "deze computer heeft geen sleutelbos die regiekit kan gebruiken; typ de wachtzin elke keer"
        ) from None


def forget(head: Head) -> bool:
    """Take the key out of the keychain; gives whether it was there."""
    if not _mark(head).exists():
        return False
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError, RuntimeError):
        keyring.delete_password(DIENST, head.id)
    _mark(head).unlink(missing_ok=True)
    return True


def _mark(head: Head) -> Path:
    from platformdirs import user_data_path

    return Path(user_data_path("regiekit", appauthor=False)) / "sleutelbos" / head.id

"""Where the dossier is, and whether that is a place for it."""

from __future__ import annotations

import os
from pathlib import Path

from regiekit.errors import RegiekitError

VARIABELE = "REGIEKIT_DOSSIER"
NAAM = "dossier.regiekit"
# Parts of a path that say that a program copies the folder to other computers.
_SYNC = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "mijn drive", "icloud", "mobile documents",
         "cloudstorage", "nextcloud", "owncloud", "box sync", "pcloud", "stack", "syncthing", "sync")  # fmt: skip
_MARKS = (".dropbox", ".stfolder", ".owncloudsync.log", ".sync_journal.db")


def find_plaats(option: Path | None) -> Path:
    """The file of the dossier: as given, as in REGIEKIT_DOSSIER, or in the data folder of the user."""
    named = os.environ.get(VARIABELE)
    if option is None and named is not None and not named.strip():
        raise RegiekitError(f"{VARIABELE} is leeg; zet er het pad van je dossier in, of haal de variabele weg")
    chosen = option or (Path(named) if named else None)
    if chosen is None:
        from platformdirs import user_data_path

        return user_data_path("regiekit", appauthor=False) / NAAM
    chosen = chosen.expanduser()
    return chosen / NAAM if chosen.is_dir() else chosen


def synced_by(path: Path) -> str | None:
    """The name of the part of this path that a program copies to elsewhere (a cloud disk), None when none is seen."""
    for part in Path(os.path.realpath(path)).parent.parts:
        plain = part.casefold()
        if any(plain == mark or plain.startswith((f"{mark} ", f"{mark}-")) for mark in _SYNC):
            return part
    folder = Path(os.path.realpath(path)).parent
    found = (f for f in (folder, *folder.parents) if any((f / mark).exists() for mark in _MARKS))
    return next((str(f) for f in found), None)

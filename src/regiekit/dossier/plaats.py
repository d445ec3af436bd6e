"""Where the dossier is, and whether that is a place for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePath

VARIABELE = "REGIEKIT_DOSSIER"
NAAM = "dossier.regiekit"

# What a program that copies a folder to other computers calls that folder, wherever it is. After it may stand whose it
# is: 'OneDrive - Bureau', 'Dropbox (Bureau)'.
_NAMES = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "mijn drive", "shared drives",
          "gedeelde drives", "icloud drive", "iclouddrive", "nextcloud", "owncloud", "box sync", "pcloud drive",
          "pclouddrive", "pcloud sync", "synologydrive", "proton drive", "surfdrive", "megasync")  # fmt: skip
# Where a Mac keeps what goes to a cloud, below the Library of the user.
_OF_MAC = ("mobile documents", "cloudstorage")
# Words that are a cloud disk only in exactly these letters and just below the home folder; elsewhere they say nothing.
_AT_HOME = ("STACK", "Box", "MEGA")
# Files that such programs put in the folder that they copy: Dropbox, Syncthing, and Nextcloud, ownCloud and STACK.
_MARKS = (".dropbox.cache", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log", ".sync_*.db", "._sync_*.db")
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")  # set by Windows


def find_plaats(option: Path | None) -> Path:
    """The file of the dossier: as given, as in REGIEKIT_DOSSIER, or in the data folder of the user.

    A link is followed, so that the file itself is what is opened and replaced, and its journal lies beside it.
    """
    named = os.environ.get(VARIABELE)
    if option is None and named is not None and not named.strip():
        raise RegiekitError(f"{VARIABELE} is leeg; zet er het pad van je dossier in, of haal de variabele weg")
    chosen = option or (Path(named) if named else None)
    if chosen is None:
        from platformdirs import user_data_path

        chosen = user_data_path("regiekit", appauthor=False) / NAAM
    chosen = with_home(chosen)
    found = chosen / NAAM if chosen.is_dir() else chosen
    return Path(os.path.realpath(found)) if found.is_symlink() else found


def with_home(path: Path) -> Path:
    """The path with '~' filled in; raises RegiekitError when there is no such user."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise RegiekitError(f"{path}: deze gebruiker ken ik niet; schrijf het pad zonder ~") from None


def synced_by(path: Path) -> str | None:
    """As `synced_folder`, for the folder in which this file is."""
    return synced_folder(Path(os.path.realpath(path)).parent)


def synced_folder(folder: Path) -> str | None:
    """What around this folder, or of itself, a program copies to elsewhere (a cloud disk), None when none is seen."""
    folder = Path(os.path.realpath(folder))
    around = (folder, *folder.parents)
    named = {Path(os.path.realpath(value)) for name in _VARIABLES if (value := os.environ.get(name))}
    if found := next((f for f in around if f in named), None):
        return str(found)
    return synced_part(folder, Path(os.path.realpath(Path.home()))) or next(
        (str(f) for f in around if any(next(f.glob(mark), None) for mark in _MARKS)), None
    )


def synced_part(folder: PurePath, home: PurePath) -> str | None:
    """The part of this path that has the name of a cloud disk, None when none has."""
    for place, part in enumerate(folder.parts):
        plain, before = part.casefold(), folder.parts[:place]
        if any(plain == name or plain.startswith((f"{name} - ", f"{name} (")) for name in _NAMES):
            return part
        if plain in _OF_MAC and _last(before) == "library":
            return part
        if part in _AT_HOME and before == home.parts:
            return part
    return None


def _last(parts: Sequence[str]) -> str:
    return parts[-1].casefold() if parts else ""

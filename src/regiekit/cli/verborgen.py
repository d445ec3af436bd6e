"""Texts about this computer without who works there: no name of a user, of the machine, or of a folder somebody named.

A folder may be called after a client, so of every path only the part shows that each computer has, or regiekit made.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_NAMES = ("USER", "USERNAME", "LOGNAME", "COMPUTERNAME", "HOSTNAME")
_HIDDEN = "…"
_END = r"(?=$|[\s/\\.,;:'\")])"  # after a path, or a part of one
# Folders that say nothing of anybody: those of a system, of a programming language, and of regiekit itself.
_KNOWN = frozenset((
    "regiekit", "desktop", "bureaublad", "documents", "documenten", "mijn documenten", "downloads", "onedrive",
    "dropbox", "nextcloud", "owncloud", "google drive", "icloud drive", "library", "application support",
    "mobile documents", "cloudstorage", "appdata", "local", "roaming", ".local", "share", "bin", ".venv", "venv",
    "scripts", "programs", "program files", "program files (x86)", "python", "pipx", "venvs", "uv", "tools", "usr",
    "opt", "homebrew", "etc", "proc", "dev", "tmp", "private", "var", "windows", "applications",
))  # fmt: skip
_PYTHON = re.compile(r"python[\d.-]*")


def make_hider(places: Iterable[Path] = ()) -> Callable[[str], str]:
    """What takes out of a text the names of whoever works here, and of these places and the folders around them all
    that somebody named."""
    flags = re.IGNORECASE if os.name == "nt" else 0
    around = {str(f): f for place in places for f in (place, *place.parents) if len(f.parts) > 1 or f == place}
    clouds = {cloud for folder in around.values() if (cloud := _cloud_of_somebody(folder.name))}
    paths = re.compile("|".join(f"{re.escape(text)}{_END}" for text in sorted(around, key=len, reverse=True)) or "$^")
    homes = [re.compile(re.escape(home) + _END, flags) for home in sorted(set(_homes()), key=len, reverse=True)]
    names = [re.compile(rf"(?<=[/\\]){re.escape(name)}{_END}", re.IGNORECASE) for name in set(_names()) if name]

    def hide(text: str) -> str:
        text = paths.sub(lambda found: known_part(around[found[0]]), text)
        for cloud in clouds:
            text = text.replace(cloud, re.split(r" [-(]", cloud)[0])
        for home in homes:
            text = home.sub("~", text)
        for name in names:
            text = name.sub(_HIDDEN, text)
        return text

    return hide


def known_part(path: Path) -> str:
    """As much of a path as tells of nobody: '~/Documents/…'."""
    home = next((Path(h) for h in _homes() if path.is_relative_to(h)), None)
    start, parts = (Path("~"), path.relative_to(home).parts) if home else (Path(path.anchor), path.parts[1:])
    if not path.is_absolute() or path.anchor.startswith((r"\\", "//")):  # a share has the name of a computer
        return _HIDDEN
    for part in parts:
        if part.casefold() not in _KNOWN and not _PYTHON.fullmatch(part.casefold()):
            return str(start / _HIDDEN)
        start /= part
    return str(start)


def _cloud_of_somebody(part: str) -> str:
    """'OneDrive - Bureau Jansen': a cloud disk with the name of whose it is; empty for anything else."""
    from regiekit.dossier.plaats import synced_part

    return part if re.search(r" [-(]", part) and synced_part(Path(part), Path()) else ""


def own_places() -> Iterator[Path]:
    """Every place that regiekit uses on this computer, as it is written and as it is reached."""
    from shutil import which

    from regiekit.cli.starten import NAAM
    from regiekit.content.library import PACKAGE
    from regiekit.dossier.plaats import VARIABELE, find_plaats
    from regiekit.errors import RegiekitError

    found = [PACKAGE, *(Path(named) for named in (which(NAAM), os.environ.get(VARIABELE, "").strip()) if named)]
    with suppress(OSError):
        found.append(Path.cwd())
    with suppress(OSError, RuntimeError, ImportError, RegiekitError):  # no home folder, half a regiekit
        found.append(find_plaats(None).absolute())
    for place in (*found, *(Path(home) / NAAM for home in _homes())):
        yield from (place, Path(os.path.realpath(place)))


def _homes() -> Iterator[str]:
    """Every folder that is the home of who works here; not the root of a disk, which is everybody's."""
    found = []
    with suppress(RuntimeError):  # no such user
        found.append(Path.home())
    if sys.platform != "win32":
        import pwd

        with suppress(KeyError):
            found.append(Path(pwd.getpwuid(os.getuid()).pw_dir))
    for home in found:
        yield from (str(place) for place in (home, Path(os.path.realpath(home))) if len(place.parts) > 1)


def _names() -> Iterator[str]:
    yield from (os.environ.get(name, "") for name in _NAMES)
    yield from (Path(home).name for home in _homes())
    if sys.platform != "win32":
        import pwd

        yield os.uname().nodename

        with suppress(KeyError):
            yield pwd.getpwuid(os.getuid()).pw_name

"""Texts about this computer without who works there: the home folder as ~, no name of a user or of the machine."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES = ("USER", "USERNAME", "LOGNAME", "COMPUTERNAME", "HOSTNAME")
_HIDDEN = "…"
_END = r"(?=$|[\s/\\.,;:'\")])"  # after a path, or a part of one


def make_hider() -> Callable[[str], str]:
    """What takes the home folder and the names out of the paths in a text."""
    flags = re.IGNORECASE if os.name == "nt" else 0
    homes = [re.compile(re.escape(home) + _END, flags) for home in sorted(set(_homes()), key=len, reverse=True)]
    names = [re.compile(rf"(?<=[/\\]){re.escape(name)}{_END}", re.IGNORECASE) for name in set(_names()) if name]

    def hide(text: str) -> str:
        for home in homes:
            text = home.sub("~", text)
        for name in names:
            text = name.sub(_HIDDEN, text)
        return text

    return hide


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

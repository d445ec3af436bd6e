"""Opening the dossier: where it is, with which wachtzin, and what is said when another window keeps it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.output import warn
from regiekit.cli.wachtzin import TRIES, ask_hidden, read_line
from regiekit.domain.clientcode import CODE_LENGTH, CODE_PATTERN
from regiekit.domain.wachtzin import normalize
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.dossier.boek import Boek
    from regiekit.dossier.opslag import Head, Opslag

VERZONNEN = "Dit is een demonstratie: alles hierin is verzonnen."
_FILES = (".yaml", ".yml", ".json", ".xml", ".jwe", ".txt", ".csv", ".xlsx", ".ods", ".html")


@contextmanager
def open_boek(option: Path | None, wachtzin_fd: int | None) -> Iterator[Boek]:
    """The dossier of this computer, or another, opened; it is closed at the end."""
    from regiekit.dossier.boek import Boek
    from regiekit.dossier.plaats import find_plaats

    path = find_plaats(option)
    with open_opslag(path, wachtzin_fd) as opslag:
        if opslag.head.verzonnen:
            warn(VERZONNEN)
        yield Boek(opslag)


def open_opslag(path: Path, wachtzin_fd: int | None) -> Opslag:
    """The file of a dossier, opened with the key from the keychain, a file descriptor or a prompt."""
    from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, Opslag, WrongKeyError, derive_key, read_head
    from regiekit.dossier.sleutelbos import remembered

    head = read_head(path)
    if head.verzonnen:
        return Opslag(path, derive_key(WACHTZIN_VERZONNEN, head), head, tell_waiting)
    if wachtzin_fd is not None:
        return Opslag(path, derive_key(normalize(read_line(wachtzin_fd)), head), head, tell_waiting)
    if key := remembered(head):
        return Opslag(path, key, head, tell_waiting)
    for left in reversed(range(TRIES)):
        try:
            return Opslag(path, ask_key(head), head, tell_waiting)
        except WrongKeyError as error:
            if not left:
                raise
            warn(f"{error} Probeer het nog eens.")
    raise AssertionError


def ask_key(head: Head) -> bytes:
    """The key from a wachtzin typed unseen."""
    from regiekit.dossier.opslag import derive_key

    return derive_key(normalize(ask_hidden("Wachtzin van je dossier")), head)


def tell_waiting() -> None:
    """Said once when another window writes."""
    warn("een ander venster schrijft nu in het dossier; even wachten…")


def code_given(named: Sequence[str] | str | None) -> str | None:
    """The code of a client, where files may stand too: one word that is no file and does not look like one."""
    words = [named] if isinstance(named, str) else list(named or ())
    if len(words) != 1 or len(words[0]) > CODE_LENGTH or not re.fullmatch(CODE_PATTERN, words[0]):
        return None
    word = words[0]
    return None if word.lower().endswith(_FILES) or Path(word).exists() else word


def require_no_files(option: Path | None, code: str | None) -> None:
    """--dossier goes with the code of a client; raises RegiekitError."""
    if option is not None and code is None:
        raise RegiekitError("bij --dossier hoort de code van een cliënt, zoals R-014")

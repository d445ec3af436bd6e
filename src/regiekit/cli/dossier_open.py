"""Opening the dossier: where it is, with which wachtzin, and what is said when another window keeps it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.output import say, say_wrapped, warn
from regiekit.cli.wachtzin import open_asking, read_line
from regiekit.domain.clientcode import CODE_LENGTH, CODE_PATTERN
from regiekit.domain.clientdossier import VERZONNEN
from regiekit.domain.wachtzin import normalize
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from regiekit.dossier.boek import Boek
    from regiekit.dossier.opslag import Head, Opslag

_FILES = (".yaml", ".yml", ".json", ".xml", ".jwe", ".txt", ".csv", ".xlsx", ".ods", ".html")


@contextmanager
def open_boek(option: Path | None, wachtzin_fd: int | None, *, says_so: bool = False) -> Iterator[Boek]:
    """The dossier of this computer, or another, opened; it is closed at the end.

    Of a demonstration it is said that all of it is made up; with `says_so`, the screen that follows says that itself,
    and here it is only said when that screen does not come.
    """
    from regiekit.dossier.boek import Boek
    from regiekit.dossier.plaats import find_plaats

    path = find_plaats(option)
    boek = Boek(open_opslag(path, wachtzin_fd))
    try:
        if boek.opslag.head.verzonnen and not says_so:
            warn(VERZONNEN)
        yield boek
    except RegiekitError:
        if boek.opslag.head.verzonnen and says_so:
            warn(VERZONNEN)
        raise
    finally:
        boek.opslag.close()


def open_again(boek: Boek) -> None:
    """When another file has the name of the dossier now (a new wachtzin, a back-up put back): that one, opened.

    Raises RegiekitError when it does not open, or is a demonstration; then the book is as it was.
    """
    old = boek.opslag
    if old.in_place:
        return
    warn("het dossier is net vervangen in een ander venster (een andere wachtzin, of een reservekopie); het gaat nu "
         "opnieuw open")  # fmt: skip
    new = open_opslag(old.path, None)
    if new.head.verzonnen != old.head.verzonnen:
        new.close()
        raise RegiekitError(f"{old.path} is nu een demonstratie, of was het; daar hoort dit niet in")
    boek.opslag = new
    old.close()


def tell_verzonnen(boek: Boek) -> None:
    """Above a screen of a demonstration, that all of it is made up."""
    if boek.opslag.head.verzonnen:
        say(VERZONNEN)
        say("")


def marked(boek: Boek) -> dict[str, bool]:
    """The same, for a JSON object."""
    return {"verzonnen": True} if boek.opslag.head.verzonnen else {}


def open_opslag(path: Path, wachtzin_fd: int | None) -> Opslag:
    """The file of a dossier, opened with the key from the keychain, a file descriptor or a prompt."""
    from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, WrongKeyError, derive_key, read_head
    from regiekit.dossier.sleutelbos import remembered

    if read_head(path).verzonnen:
        return _open(path, lambda head: derive_key(WACHTZIN_VERZONNEN, head))

    def open_with(wachtzin: str) -> Opslag:
        typed = normalize(wachtzin)
        return _open(path, lambda head: derive_key(typed, head))

    if wachtzin_fd is not None:
        return open_with(read_line(wachtzin_fd))
    if key := remembered(read_head(path)):
        try:
            return _open(path, lambda head: remembered(head) or key)
        except WrongKeyError:
            warn("de sleutel uit de sleutelbos past niet op dit dossier; typ de wachtzin. De goede sleutel zet je er "
                 "daarna in met 'regiekit dossier wachtzin --onthoud'")  # fmt: skip
    tell_why()
    return open_asking("Wachtzin van je dossier", open_with)


def tell_why() -> None:
    """Once in the menu: why the wachtzin is asked for every job, and how not to, where this computer can do without."""
    from regiekit.cli.taal import SCHERM
    from regiekit.dossier.sleutelbos import has_keychain

    if not SCHERM.in_menu or "wachtzin" in SCHERM.told:
        return
    SCHERM.told.add("wachtzin")
    other = " Deze computer kan dat voor je doen: kies bij je dossier 9, en dan 4." if has_keychain() else ""
    say_wrapped(f"regiekit onthoudt je wachtzin niet. Daarom typ je haar bij elke klus met je dossier.{other}")


def _open(path: Path, key_of: Callable[[Head], bytes]) -> Opslag:
    """The file, opened; again when another window gave it another head between reading that and opening it."""
    from regiekit.dossier.opslag import DossierError, Opslag, read_head

    head = read_head(path)
    while True:
        try:
            return Opslag(path, key_of(head), head, tell_waiting)
        except DossierError:
            tried, head = head, read_head(path)
            if head == tried:
                raise


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

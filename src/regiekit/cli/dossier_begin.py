"""The first moment of a dossier: what has to be known before it, its wachtzin, and its file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from regiekit.cli.dossier_open import open_boek, tell_waiting
from regiekit.cli.output import PRIVATE_FOLDER, say, say_wrapped, scratch_folder, warn, write_reason
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regiekit.dossier.boek import Boek
    from regiekit.dossier.opslag import Head, Opslag

VERLOREN = (
    "Het wordt versleuteld met een wachtzin die jij nu kiest. Raak je die kwijt, dan zijn alle gegevens voorgoed weg: "
    "niemand kan ze dan nog openen, ook regiekit niet. Schrijf haar op papier en bewaar haar apart van deze computer."
)
KOPIE = "Maak ook reservekopieën, elke week een: regiekit dossier reservekopie"


@contextmanager
def open_or_make(option: Path | None, wachtzin_fd: int | None, onthoud: bool) -> Iterator[Boek]:
    """The dossier, opened; when there is none yet it is made now, and says so first."""
    from regiekit.dossier.boek import Boek
    from regiekit.dossier.plaats import find_plaats

    path = find_plaats(option).absolute()
    if path.is_symlink() and not path.exists():
        raise RegiekitError(f"{path} is een verwijzing naar een plek die er niet is; haal haar weg, of kies een andere "
                            "plek met --dossier")  # fmt: skip
    if not path.exists():
        with make_dossier(path, wachtzin_fd, onthoud) as opslag:
            yield Boek(opslag)
        return
    if onthoud:
        warn("--onthoud geldt bij het maken van een dossier; dit dossier is er al")
    with open_boek(option, wachtzin_fd) as boek:
        if boek.opslag.head.verzonnen:
            warn("zet hier geen echte cliënt in: iedereen kan een demonstratie openen")
        yield boek


def make_dossier(path: Path, wachtzin_fd: int | None, onthoud: bool) -> Opslag:
    """A new dossier, open; raises RegiekitError. When another window made it meanwhile, that one is opened."""
    from regiekit.cli.wachtzin import new_wachtzin
    from regiekit.dossier.opslag import Opslag, check_name, derive_key, new_head

    check_name(path)
    tell_before(path)
    make_place(path)
    wachtzin, head = new_wachtzin(wachtzin_fd), new_head()
    key = derive_key(wachtzin, head)
    try:
        put_dossier(path, key, head)
    except FileExistsError:
        return open_other(path, wachtzin)
    except OSError as error:
        raise RegiekitError(f"{path} kan niet gemaakt worden: {write_reason(error, '--dossier')}") from None
    say("Je dossier is gemaakt.")
    say("")
    if onthoud:
        keep_key(head, key)
    return Opslag(path, key, head, tell_waiting)


def tell_before(path: Path) -> None:
    """Where it will stand, that a lost wachtzin is lost data, and what is wrong with a folder that is copied."""
    from regiekit.dossier.plaats import synced_by

    say_wrapped("Er is nog geen dossier. Het komt in dit bestand:")
    say(f"  {path}")
    say("")
    if folder := synced_by(path):
        say_wrapped(
            f"Let op: een programma kopieert deze map naar elders ({folder}). Een kopie van halverwege het schrijven "
            "is beschadigd, twee computers tegelijk geven twee dossiers, en wat je wist blijft daar staan. Kies liever "
            "een map die alleen op deze computer staat: stop nu met Ctrl-C en geef --dossier PAD, of zet dat pad in "
            "REGIEKIT_DOSSIER."
        )
        say("")
    say_wrapped(f"{VERLOREN} {KOPIE}.")
    say("")


def make_place(path: Path) -> None:
    """The folder, for its owner alone; raises RegiekitError when nothing can be written there."""
    folder = path.parent
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise RegiekitError(f"{folder} kan niet gemaakt worden: {write_reason(error, '--dossier')}") from None
    if not os.access(folder, os.W_OK):
        raise RegiekitError(f"in {folder} mag je niet schrijven; kies een andere map met --dossier")


def put_dossier(path: Path, key: bytes, head: Head) -> None:
    """An empty dossier with this name, whole or not at all, never over a file; raises OSError and FileExistsError."""
    from regiekit.dossier.opslag import check_name, make_file
    from regiekit.schijf import put_new

    with scratch_folder(path.parent) as folder:
        make_file(folder / path.name, key, head)
        if not path.exists():  # another window that made it meanwhile may be writing
            check_name(path)
        put_new(folder / path.name, path)


def open_other(path: Path, wachtzin: str) -> Opslag:
    """The dossier that another window made just now; raises RegiekitError when its wachtzin is another."""
    from regiekit.dossier.opslag import Opslag, WrongKeyError, derive_key, read_head

    warn("een ander venster maakte dit dossier net; dat gaat nu open")
    head = read_head(path)
    try:
        return Opslag(path, derive_key(wachtzin, head), head, tell_waiting)
    except WrongKeyError:
        raise RegiekitError(
            f"{path} heeft een andere wachtzin dan je nu koos; geef de opdracht opnieuw, met die van het andere venster"
        ) from None


def keep_key(head: Head, key: bytes) -> None:
    """In the keychain of this computer; when there is none that works the dossier stays as it is."""
    from regiekit.dossier.sleutelbos import remember

    try:
        remember(head, key)
    except RegiekitError as error:
        return warn(str(error))
    return say_wrapped("De sleutel staat in de sleutelbos van deze computer: wie hier inlogt, kan het dossier openen.")

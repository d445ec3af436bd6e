"""Taking away everything of one client: rows, files that were made, and back-ups.

The rows go last. Whoever is stopped halfway gives the same order again, and what was left is done then. What is taken
out of a file of the dossier is overwritten (`secure_delete`), and VACUUM writes the file anew without it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from regiekit.domain.clientdossier import bewaren
from regiekit.dossier.boek import Boek, now
from regiekit.dossier.opslag import DossierError, Opslag, read_head
from regiekit.dossier.reserve import known_copies
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from regiekit.dossier.boek import Uitvoer
    from regiekit.dossier.opslag import Head

Bestandstaat = Literal["zelfde", "veranderd", "weg", "verwijzing", "onleesbaar", "weggehaald"]
Kopiestaat = Literal["opent", "wachtzin", "ander", "onleesbaar", "weg", "gewist", "niet-erin", "dicht"]


class Bestand(NamedTuple):
    """A file that was made from the dossier, and what stands there now; `van_allen` when of more than one client."""

    pad: Path
    soort: str
    geschreven: str
    staat: Bestandstaat
    van_allen: bool = False


class Kopie(NamedTuple):
    """A back-up. `staat`: it opens with the key of this dossier, or with a wachtzin of its own; it is of another
    dossier; and afterwards whether the client is gone from it. `reden` says why not."""

    pad: Path
    staat: Kopiestaat
    reden: str = ""


class Wisplan(NamedTuple):
    """What would go; `aantekeningen` counts them by soort. `tot` is the last day of the term, None while it runs."""

    code: str
    tot: date | None
    aantekeningen: dict[str, int]
    bestanden: tuple[Bestand, ...]
    kopieen: tuple[Kopie, ...]


class Ontvangst(NamedTuple):
    """What went. `niet_opgeschoond` is None, or why the file could not be written anew."""

    code: str
    moment: str
    aantekeningen: int
    bestanden: tuple[Bestand, ...]
    kopieen: tuple[Kopie, ...]
    niet_opgeschoond: str | None


# Looking --------------------------------------------------------------------------------------------------------------


def make_plan(boek: Boek, code: str) -> Wisplan:
    """What is there of this client; nothing is changed. Raises RegiekitError when there is no such client."""
    dossier = boek.read(code)
    counts: dict[str, int] = {}
    for aantekening in dossier.aantekeningen:
        counts[aantekening.soort] = counts.get(aantekening.soort, 0) + 1
    return Wisplan(
        dossier.code,
        bewaren(dossier).tot,
        counts,
        tuple(files_of(_uitvoer_of(boek, dossier.code))),
        tuple(_kopieen(boek)),
    )


def _uitvoer_of(boek: Boek, code: str) -> list[Uitvoer]:
    """The files of this client, and those of more than one client: they can hold this one too."""
    return [uitvoer for uitvoer in boek.uitvoer() if uitvoer.code in (code, None)]


def files_of(uitvoer: Iterable[Uitvoer]) -> list[Bestand]:
    """Each file once, with what stands there now. A file may have been made several times in the same place."""
    made: dict[str, list[Uitvoer]] = {}
    for one in uitvoer:
        made.setdefault(one.pad, []).append(one)
    return [
        Bestand(Path(pad), ones[-1].soort, ones[-1].geschreven, state_of(Path(pad), {o.sha256 for o in ones}),
                any(o.code is None for o in ones))
        for pad, ones in made.items()
    ]  # fmt: skip


def state_of(pad: Path, hashes: set[str]) -> Bestandstaat:
    """Whether a file still has bytes with one of these SHA-256; a symbolic link is never followed."""
    try:
        found = pad.lstat()
        if stat.S_ISLNK(found.st_mode):
            return "verwijzing"
        if not stat.S_ISREG(found.st_mode):
            return "veranderd"
        descriptor = os.open(pad, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            return "zelfde" if hashlib.file_digest(file, "sha256").hexdigest() in hashes else "veranderd"
    except (FileNotFoundError, NotADirectoryError):
        return "weg"
    except OSError:
        return "onleesbaar"


def _kopieen(boek: Boek) -> list[Kopie]:
    """The back-ups that the dossier knows, and other files beside it that begin as a dossier does."""
    own = boek.opslag.path
    beside = [p for p in _files_beside(own) if not _same_file(p, own) and _begins_as_dossier(p)]
    known = [Path(copy.pad) for copy in known_copies(boek.opslag)]
    found = {Path(os.path.realpath(p)): p in known for p in (*beside, *known)}
    return [_look_at(p, boek.opslag.head, registered) for p, registered in found.items() if not _same_file(p, own)]


def _files_beside(path: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(Path(os.path.realpath(path)).parent.iterdir())
    return []


def _begins_as_dossier(path: Path) -> bool:
    try:
        read_head(path)
    except DossierError:
        return False
    return not path.is_symlink()


def _same_file(one: Path, two: Path) -> bool:
    try:
        return one.samefile(two)
    except OSError:
        return False


def _look_at(path: Path, own: Head, registered: bool) -> Kopie:
    if not os.path.lexists(path):
        return Kopie(path, "weg")
    try:
        head = read_head(path)
    except DossierError as error:
        return Kopie(path, "onleesbaar", str(error))
    if head == own:
        return Kopie(path, "opent")
    return Kopie(path, "wachtzin" if registered else "ander")


# Doing ----------------------------------------------------------------------------------------------------------------


def wipe(boek: Boek, plan: Wisplan, find_key: Callable[[Path, Head], bytes | None]) -> Ontvangst:
    """Take away what the plan says; `find_key` gives the key of a back-up with a wachtzin of its own, or None.

    Raises DossierError when another window made something of this client meanwhile: then the rows are still there.
    """
    hashes: dict[str, set[str]] = {}
    uitvoer = _uitvoer_of(boek, plan.code)
    for one in uitvoer:
        hashes.setdefault(one.pad, set()).add(one.sha256)
    kopieen = tuple(_wipe_kopie(kopie, plan.code, boek.opslag, find_key) for kopie in plan.kopieen)
    bestanden = tuple(_remove(bestand, hashes.get(str(bestand.pad), set())) for bestand in plan.bestanden)
    count, moment = _wipe_rows(boek, plan.code, uitvoer), now()
    return Ontvangst(plan.code, moment, count, bestanden, kopieen, tidy(boek.opslag))


def _remove(bestand: Bestand, hashes: set[str]) -> Bestand:
    """Take away a file that is still as it was made; another is left for the coach to decide about."""
    staat = state_of(bestand.pad, hashes)
    if staat == "zelfde" and not bestand.van_allen:
        try:
            bestand.pad.unlink()
            staat = "weggehaald"
        except OSError:
            staat = "onleesbaar"
    return bestand._replace(staat=staat)


def _wipe_kopie(kopie: Kopie, code: str, own: Opslag, find_key: Callable[[Path, Head], bytes | None]) -> Kopie:
    """Take the client out of a back-up, in one transaction; what cannot be opened is told."""
    if kopie.staat not in ("opent", "wachtzin"):
        return kopie
    try:
        head = read_head(kopie.pad)
        key = own.key if head == own.head else find_key(kopie.pad, head)
        if key is None:
            return kopie._replace(staat="dicht", reden="de wachtzin ervan is niet gegeven")
        with Opslag(kopie.pad, key, head) as opslag:
            held = opslag.rows("SELECT 1 FROM client WHERE code = ?", code)
            if held:
                _wipe_rows(Boek(opslag), code)
            reden = tidy(opslag)
    except RegiekitError as error:
        return kopie._replace(staat="dicht", reden=str(error))
    return kopie._replace(staat="gewist" if held else "niet-erin", reden=reden or "")


def _wipe_rows(boek: Boek, code: str, handled: Sequence[Uitvoer] | None = None) -> int:
    """Take out the rows of a client and leave a note without the client; gives how many aantekeningen went."""
    opslag = boek.opslag
    with opslag.write():
        if handled is not None and _uitvoer_of(boek, code) != list(handled):
            raise DossierError("een ander venster maakte net een bestand van deze cliënt; geef de opdracht opnieuw")
        client = opslag.rows("SELECT id FROM client WHERE code = ?", code)[0][0]
        count = int(opslag.rows("SELECT count(*) FROM aantekening WHERE client = ?", client)[0][0])
        opslag.execute("DELETE FROM client WHERE id = ?", client)
        opslag.execute("INSERT INTO wissing (geschreven, aantekeningen, clienten) VALUES (?, ?, 1)", now(), count)
    return count


def tidy(opslag: Opslag) -> str | None:
    """Write the file anew, without what was taken out of it; gives why that did not work, or None."""
    try:
        opslag.execute("VACUUM")
    except DossierError as error:
        return str(error)
    return None

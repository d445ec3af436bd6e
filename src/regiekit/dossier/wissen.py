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

from regiekit.domain.aantekening import texts_of
from regiekit.domain.clientdossier import bewaren
from regiekit.domain.herkenbaar import holds_code
from regiekit.dossier.boek import Boek, now
from regiekit.dossier.opslag import NIETS_BEWAARD, DossierError, Opslag, read_head
from regiekit.dossier.reserve import known_copies
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from regiekit.dossier.boek import Uitvoer
    from regiekit.dossier.opslag import Head

Bestandstaat = Literal["zelfde", "veranderd", "van-ander", "weg", "verwijzing", "onleesbaar", "weggehaald"]
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
    dossier; and afterwards whether the client is gone from it. `reden` says why not. `code_in_naam`: the code of the
    client stands in its path, so that the dossier will forget that."""

    pad: Path
    staat: Kopiestaat
    reden: str = ""
    code_in_naam: bool = False


class Elders(NamedTuple):
    """An aantekening of another client that holds the code of this one."""

    code: str
    nummer: int


class Wisplan(NamedTuple):
    """What would go; `aantekeningen` counts them by soort. `tot` is the last day of the term, None while it runs."""

    code: str
    tot: date | None
    aantekeningen: dict[str, int]
    bestanden: tuple[Bestand, ...]
    kopieen: tuple[Kopie, ...]
    elders: tuple[Elders, ...]


class Wisbewijs(NamedTuple):
    """What went. `niet_opgeschoond` is None, or why the file could not be written anew; `elders` are the nummers of
    aantekeningen of others that hold the code."""

    code: str
    moment: str
    aantekeningen: int
    bestanden: tuple[Bestand, ...]
    kopieen: tuple[Kopie, ...]
    niet_opgeschoond: str | None
    elders: tuple[int, ...]


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
        tuple(_files(boek, dossier.code)),
        tuple(k._replace(code_in_naam=holds_code(str(k.pad), dossier.code)) for k in _kopieen(boek)),
        tuple(find_elders(boek, dossier.code)),
    )


def find_elders(boek: Boek, code: str) -> Iterator[Elders]:
    """Aantekeningen of other clients with this code in a text or in the reason; old ones too."""
    na = ""
    while page := boek.page(na):
        for dossier in page:
            for a in dossier.aantekeningen if dossier.code != code else ():
                if holds_code("\n".join((*(text for _, text in texts_of(a.inhoud)), a.reden or "")), code):
                    yield Elders(dossier.code, a.nummer)
        na = page[-1].code


def _files(boek: Boek, code: str) -> Iterator[Bestand]:
    """The files of this client; a path where the last file is of another client is told apart."""
    last = {one.pad: one.code for one in boek.uitvoer()}
    for bestand in files_of(_uitvoer_of(boek, code)):
        taken = bestand.staat == "veranderd" and last[str(bestand.pad)] not in (code, None)
        yield bestand._replace(staat="van-ander") if taken else bestand


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


def find_keys(plan: Wisplan, own: Opslag, find_key: Callable[[Path, Head], bytes | None]) -> dict[Path, bytes]:
    """The keys of the back-ups that open with one, and are whole; `find_key` gives that of one with a wachtzin of its
    own, or None. The same wachtzin is asked once."""
    keys: dict[Path, bytes] = {}
    known = {own.head: own.key}
    for kopie in plan.kopieen:
        try:
            head = read_head(kopie.pad) if kopie.staat in ("opent", "wachtzin") else None
        except DossierError:
            continue
        key = head and (known.get(head) or find_key(kopie.pad, head))
        if head and key and fault_of(kopie.pad, key, head) is None:
            keys[kopie.pad] = known[head] = key
    return keys


def fault_of(path: Path, key: bytes, head: Head) -> str | None:
    """Why a back-up does not open with this key, or is not whole; None when all is well."""
    try:
        with Opslag(path, key, head) as opslag:
            return next(iter(opslag.faults()), None)
    except RegiekitError as error:
        return str(error)


def must_open(plan: Wisplan) -> list[Kopie]:
    """The back-ups of this dossier that are there, so that the client may be in them."""
    return [kopie for kopie in plan.kopieen if kopie.staat in ("opent", "wachtzin", "onleesbaar")]


def wipe(boek: Boek, plan: Wisplan, keys: Mapping[Path, bytes], zonder_kopie: bool = False) -> Wisbewijs:
    """Take away what the plan says; `keys` are those of the back-ups.

    Raises DossierError when a back-up does not open, unless `zonder_kopie`: then the rows are still there. Also when
    another window wrote of this client or made a back-up since the plan: then nothing went. Meanwhile nobody else can.
    """
    with boek.opslag.write():
        _check_plan(boek, plan)
        hashes: dict[str, set[str]] = {}
        for one in _uitvoer_of(boek, plan.code):
            hashes.setdefault(one.pad, set()).add(one.sha256)
        kopieen = tuple(_wipe_kopie(kopie, plan.code, keys) for kopie in plan.kopieen)
        if shut := [kopie for kopie in kopieen if kopie.staat == "dicht" and not zonder_kopie]:
            raise DossierError(f"reservekopie {shut[0].pad} ging niet open ({shut[0].reden}); {plan.code} staat nog in "
                               "het dossier. Geef de opdracht opnieuw")  # fmt: skip
        bestanden = tuple(_remove(bestand, hashes.get(str(bestand.pad), set())) for bestand in plan.bestanden)
        count, moment = _wipe_rows(boek, plan.code), now()
    elders = tuple(sorted(one.nummer for one in plan.elders))
    return Wisbewijs(plan.code, moment, count, bestanden, kopieen, tidy(boek.opslag), elders)


def _check_plan(boek: Boek, plan: Wisplan) -> None:
    """Raises RegiekitError when what is there of this client is not what the plan says."""
    count = len(boek.read(plan.code).aantekeningen)
    files = {Path(one.pad): one.geschreven for one in _uitvoer_of(boek, plan.code)}
    kopieen = {kopie.pad for kopie in _kopieen(boek)}
    then = {bestand.pad: bestand.geschreven for bestand in plan.bestanden}, {kopie.pad for kopie in plan.kopieen}
    if (files, kopieen) != then or count != sum(plan.aantekeningen.values()):
        raise DossierError(
            f"een ander venster schreef net iets over {plan.code}, of maakte een bestand of reservekopie; er is niets "
            "gewist. Geef de opdracht opnieuw"
        )


def _remove(bestand: Bestand, hashes: set[str]) -> Bestand:
    """Take away a file that is still as it was made; another is left for the coach to decide about."""
    staat = state_of(bestand.pad, hashes)
    if staat == "zelfde" and not bestand.van_allen:
        try:
            bestand.pad.unlink()
            staat = "weggehaald"
        except OSError:
            staat = "onleesbaar"
    if staat == "veranderd" and bestand.staat == "van-ander":
        staat = "van-ander"
    return bestand._replace(staat=staat)


def _wipe_kopie(kopie: Kopie, code: str, keys: Mapping[Path, bytes]) -> Kopie:
    """Take the client out of a back-up, in one transaction; what cannot be opened is told."""
    if kopie.staat == "onleesbaar":
        return kopie._replace(staat="dicht")
    if kopie.staat not in ("opent", "wachtzin"):
        return kopie
    if kopie.pad not in keys:
        return kopie._replace(staat="dicht", reden="de wachtzin past niet, of zij is beschadigd")
    try:
        with Opslag(kopie.pad, keys[kopie.pad], read_head(kopie.pad)) as opslag:
            held = opslag.rows("SELECT 1 FROM client WHERE code = ?", code)
            if held:
                with opslag.write():
                    _wipe_rows(Boek(opslag), code)
            reden = tidy(opslag)
    except RegiekitError as error:
        return kopie._replace(staat="dicht", reden=str(error))
    return kopie._replace(staat="gewist" if held else "niet-erin", reden=reden or "")


def _wipe_rows(boek: Boek, code: str) -> int:
    """Within `write()`: take out the rows of a client and leave a note without the client; gives how many aantekeningen
    went."""
    opslag = boek.opslag
    client = opslag.rows("SELECT id FROM client WHERE code = ?", code)[0][0]
    count = int(opslag.rows("SELECT count(*) FROM aantekening WHERE client = ?", client)[0][0])
    opslag.execute("DELETE FROM client WHERE id = ?", client)
    for copy in known_copies(opslag):
        if holds_code(copy.pad, code):
            opslag.execute("DELETE FROM reservekopie WHERE id = ?", copy.nummer)
    opslag.execute("INSERT INTO wissing (geschreven, aantekeningen, clienten) VALUES (?, ?, 1)", now(), count)
    return count


def tidy(opslag: Opslag) -> str | None:
    """Write the file anew, without what was taken out of it; gives why that did not work, or None."""
    try:
        opslag.execute("VACUUM")
    except DossierError as error:
        return str(error).replace(NIETS_BEWAARD, "")
    return None

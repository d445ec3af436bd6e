"""The checks of places on the disk: may be written, is there room, who else sees it, is it copied to elsewhere.

To see whether something can be written, something is written: rights alone do not tell. It has no name where the
system can do that (Linux), and is gone at once everywhere.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.output import PRIVATE_FOLDER
from regiekit.domain.zelfcheck import Bevinding, careful, good, worst, wrong
from regiekit.errors import RegiekitError
from regiekit.schijf import NO_ROOM

if TYPE_CHECKING:
    from collections.abc import Iterator

MB = 1_000_000
ENOUGH = 200 * MB  # a year of dossiers and documents fits in this many times over
PIECE = 4096  # bytes: a full disk still makes an empty file

VOL = "er is geen ruimte meer"
MAAK_RUIMTE = "Maak ruimte op de schijf: maak de prullenbak leeg, of haal weg wat je niet meer nodig hebt."
EIGEN_MAP = "Ga naar een map van jezelf. In een snelkoppeling kies je die met --map."


# Documents ----------------------------------------------------------------------------------------------------------


def check_werkmap() -> Bevinding:
    """The current folder, where documents come."""
    try:
        folder = Path.cwd()
    except OSError:
        return wrong("de map waarin je werkt bestaat niet meer", "Ga naar een andere map, of open een nieuw venster.")
    if fault := write_fault(folder):
        return wrong(f"{fault} in de map waarin je werkt ({folder})", MAAK_RUIMTE if fault == VOL else EIGEN_MAP)
    return worst((good(f"documenten komen in {folder}"), check_room(folder)))


def write_fault(folder: Path) -> str:
    """Why no file can be made here; empty when one can. Nothing stays behind."""
    from tempfile import TemporaryFile

    try:
        with TemporaryFile(dir=folder, prefix=".regiekit-") as file:
            file.write(b"\0" * PIECE)
            file.flush()
    except OSError as error:
        return VOL if error.errno in NO_ROOM else "je mag niet schrijven"
    return ""


def check_room(folder: Path) -> Bevinding:
    """Whether the disk of this folder has room left."""
    from shutil import disk_usage

    free = disk_usage(folder).free
    if free < ENOUGH:
        return careful(f"er is nog maar {size(free)} vrij op deze schijf", MAAK_RUIMTE)
    return good(f"{size(free)} vrij")


def size(count: int) -> str:
    """'12 MB' or '3,4 GB', as a disk is sold."""
    if count < 1000 * MB:
        return f"{count // MB} MB"
    return f"{count / (1000 * MB):.1f} GB".replace(".", ",")


# The dossier --------------------------------------------------------------------------------------------------------


def check_dossier() -> Bevinding:
    """Where the dossier is or will be; what is in it stays shut."""
    from regiekit.dossier.plaats import find_plaats

    try:
        path = find_plaats(None)
        if path.exists():
            return worst(_look_at_dossier(path))
    except RegiekitError as error:
        return wrong(str(error), "Zet het goede pad in de variabele REGIEKIT_DOSSIER.")
    except OSError:
        return wrong("je mag niet kijken in de map van het dossier", "Vraag wie de computer beheert om toegang.")
    return _look_at_place(path.parent)


def _look_at_dossier(path: Path) -> Iterator[Bevinding]:
    folder = path.parent
    yield good(f"het staat in {folder}")
    yield from _look_at_head(path)
    if os.name != "nt":
        yield from _look_at_rights(path)
    if fault := write_fault(folder) or ("" if os.access(path, os.W_OK) else "je mag niet schrijven"):
        raad = MAAK_RUIMTE if fault == VOL else "Kijk de rechten van die map na, of vraag wie de computer beheert."
        yield wrong(f"{fault} bij het dossier, in {folder}", raad)
    else:
        yield check_room(folder)


def _look_at_head(path: Path) -> Iterator[Bevinding]:
    """Whether it begins as a dossier; without its library another check says what is wrong."""
    try:
        from regiekit.dossier.opslag import TERUG, read_head
    except ImportError:
        return
    try:
        read_head(path)
    except RegiekitError as error:
        told = str(error).replace(str(path), "het bestand").partition(". ")[0]
        yield wrong(told, f"{TERUG}." if TERUG in str(error) else "Kijk met 'regiekit dossier controleer'.")


def _look_at_rights(path: Path) -> Iterator[Bevinding]:
    """Who else on this computer may come near; what Windows keeps of that is elsewhere."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield careful("anderen op deze computer kunnen bij het bestand", "Maak het dicht met chmod 600.")
    if stat.S_IMODE(path.parent.stat().st_mode) & (0o077 if _is_usual(path.parent) else 0o022):
        yield careful(
            f"anderen op deze computer kunnen in de map {path.parent}",
            f"Maak haar dicht met chmod {PRIVATE_FOLDER:o}.",
        )


def _is_usual(folder: Path) -> bool:
    """Whether regiekit made this folder itself: then nothing else lies in it."""
    from platformdirs import user_data_path

    return folder == user_data_path("regiekit", appauthor=False)


def _look_at_place(folder: Path) -> Bevinding:
    """Where a dossier will come; its folder is made with the first client, when it is the usual one."""
    there = next((f for f in (folder, *folder.parents) if f.is_dir()), None)
    if there is None or (there != folder and not _is_usual(folder)):
        return wrong(
            f"de map van het dossier bestaat niet: {folder}",
            "Is de schijf aangesloten? Kijk ook de variabele REGIEKIT_DOSSIER na.",
        )
    if fault := write_fault(there):
        raad = MAAK_RUIMTE if fault == VOL else "Kies een andere plaats met REGIEKIT_DOSSIER."
        return wrong(f"er is nog geen dossier, en {fault} in {there}", raad)
    return worst((good(f"er is er nog geen; het eerste komt in {folder}"), check_room(there)))


# Copied to elsewhere ------------------------------------------------------------------------------------------------


DOSSIER = "het dossier"
DOSSIER_HIER = (
    "Zet het dossier op een plek die alleen op deze computer is, en noem die plek in de variabele REGIEKIT_DOSSIER. "
    "Vraag daar hulp bij als je niet weet hoe dat gaat."
)
DOCUMENTEN_HIER = (
    "Documenten over cliënten horen in zo'n map alleen als dat met je opdrachtgever is afgesproken. Anders kies je een "
    "andere map: maak je snelkoppeling opnieuw, met --map en die map, en --overschrijf."
)


def check_clouddienst() -> Bevinding:
    """Whether the folders that regiekit uses go to a cloud disk."""
    found = [(wat, by) for wat, folder in _folders() if (by := _synced(folder))]
    if not found:
        return good("je mappen voor regiekit gaan niet naar een clouddienst, voor zover dat te zien is")
    names = "; ".join(f"{wat} ({by})" for wat, by in found)
    dossier = any(wat == DOSSIER for wat, _ in found)
    documenten = any(wat != DOSSIER for wat, _ in found)
    raad = [DOSSIER_HIER] * dossier + [DOCUMENTEN_HIER] * documenten
    return careful(f"een programma kopieert naar elders: {names}", " ".join(raad))


def _folders() -> Iterator[tuple[str, Path]]:
    from regiekit.cli.starter import WERKMAP
    from regiekit.dossier.plaats import find_plaats

    with suppress(RegiekitError, OSError):
        yield DOSSIER, find_plaats(None).parent
    with suppress(OSError):
        yield "de map waarin je werkt", Path.cwd()
    with suppress(RuntimeError):  # no home folder
        yield "de map van de snelkoppeling", Path.home() / WERKMAP


def _synced(folder: Path) -> str | None:
    from regiekit.dossier.plaats import synced_folder

    with suppress(OSError, RuntimeError):
        return synced_folder(folder)
    return None


# Quick to start -----------------------------------------------------------------------------------------------------


def check_tijdelijk() -> Bevinding:
    """Whether what was read once can be kept beside the program, so that a start is quick."""
    from regiekit.content.library import PACKAGE

    folder = PACKAGE / "__pycache__"
    if any(folder.glob("inhoud-*.json")):
        return good("de inhoud is al eens gelezen en bewaard")
    if fault := write_fault(folder if folder.is_dir() else PACKAGE):
        return careful(
            f"{fault} naast het programma; elke opdracht leest de inhoud opnieuw",
            "Het werkt zo ook, een seconde trager. Laat wie installeerde één keer 'regiekit techniek' doen.",
        )
    return good("wat gelezen is, wordt bewaard bij het programma")

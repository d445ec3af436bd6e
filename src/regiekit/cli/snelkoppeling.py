"""`regiekit snelkoppeling`: a file to double-click that starts the menu."""

import sys
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from regiekit.cli.options import Overschrijf
from regiekit.cli.output import make_folder, say, say_wrapped, write_program, writing
from regiekit.cli.starter import NAMEN, WERKMAP, Starter, Systeem, make_starter
from regiekit.cli.taal import keuze
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEMEN: tuple[Systeem, ...] = ("windows", "macos", "linux")
GEBRUIK: dict[Systeem, str] = {
    "windows": "Dubbelklik erop om te beginnen. Vraagt Windows of je het vertrouwt? Kies 'Uitvoeren'.",
    "macos": "Dubbelklik erop om te beginnen. Vraagt de Mac of Terminal bij een map mag? Kies 'OK'.",
    "linux": "Klik de eerste keer met rechts en kies 'Toestaan om te starten'. Daarna is dubbelklikken genoeg.",
}


def snelkoppeling(
    uit: Annotated[
        Path | None,
        typer.Option("--uit", metavar="MAP", help="In welke map zij komt; anders op je bureaublad."),
    ] = None,
    werkmap: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP", help=f"De map voor je documenten; anders '{WERKMAP}' in je eigen map."),
    ] = None,
    voorlezen: Annotated[
        bool, typer.Option("--voorlezen", help="Schermen als gewone regels, voor wie laat voorlezen.")
    ] = False,
    systeem: Annotated[
        str | None,
        typer.Option(
            "--systeem",
            parser=keuze("--systeem", SYSTEMEN),
            help="Voor een ander soort computer; daar moet 'regiekit' te typen zijn.",
        ),
    ] = None,
    overschrijf: Overschrijf = False,
) -> None:
    """Een bestand om op te dubbelklikken: dan opent het menu van regiekit.

    Het menu werkt in één map, waar je documenten komen. Die map wordt gemaakt als zij er niet is. Gaat er bij het
    starten iets mis, dan blijft het venster open en staat er wat je kunt doen.
    """
    here = this_system()
    kind = cast("Systeem", systeem or here)
    starter = starter_here(werkmap, voorlezen) if kind == here else starter_elsewhere(werkmap, voorlezen)
    if marked := next((text for text in (starter.map, *starter.woorden) if not is_writable_text(text)), None):
        raise RegiekitError(f"in dit pad staat een teken dat niet in een snelkoppeling kan: {marked!r}; geef de map "
                            "een andere naam")  # fmt: skip
    target = find_target(uit, kind == here) / NAMEN[kind]
    with folder_for_documents(Path(starter.map)) if kind == here else nullcontext():
        write_program(target, make_starter(kind, starter), replace=overschrijf)
    tell(target, kind, starter, kind == here)


@contextmanager
def folder_for_documents(folder: Path) -> "Iterator[None]":
    """Make the folder when it is not there; what fails while it is new leaves none behind."""
    is_new = not folder.exists()
    with writing(folder, "--map"):
        make_folder(folder)
    try:
        yield
    except RegiekitError:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise


def this_system() -> Systeem:
    """The kind of computer that this is."""
    known: dict[str, Systeem] = {"win32": "windows", "darwin": "macos"}
    return known.get(sys.platform, "linux")


def starter_here(werkmap: Path | None, voorlezen: bool) -> Starter:
    """For this computer: this regiekit, by its full path."""
    from regiekit.cli.starten import find_start, typed
    from regiekit.dossier.plaats import with_home

    start = find_start()
    folder = with_home(werkmap or Path("~") / WERKMAP).absolute()
    if folder.exists() and not folder.is_dir():
        raise RegiekitError(f"{folder} is een bestand en geen map; kies een andere map met --map")
    home = ""
    with suppress(RuntimeError):
        home = str(Path.home())
    return Starter(
        start.woorden, str(start.bewijs), str(folder), voorlezen, home, typed(start),
        str(start.bewijs.parent) if start.soort == "start.py" else "", werkmap is not None,
    )  # fmt: skip


def starter_elsewhere(werkmap: Path | None, voorlezen: bool) -> Starter:
    """For a computer that is not at hand: its regiekit by name, its folder as it is written."""
    return Starter(map=str(werkmap or ""), voorlezen=voorlezen)


def is_writable_text(text: str) -> bool:
    """Whether a path can stand in a file of text on one line: no control characters, no bytes that are no letters."""
    return not any(c < " " or c in "\x7f\u2028\u2029" or "\ud800" <= c <= "\udfff" for c in text)


def find_target(uit: Path | None, is_here: bool) -> Path:
    """The folder for the starter: as given, else the desktop, else the current folder."""
    from regiekit.dossier.plaats import with_home

    if uit is not None:
        return with_home(uit)
    return (desktop() if is_here else None) or Path.cwd()


def desktop() -> Path | None:
    """The desktop of who works here, also when a cloud disk took it over or it has another name; None without one."""
    from platformdirs import user_desktop_path

    try:
        found = Path(user_desktop_path())
        return found if found.is_dir() else None
    except (OSError, RuntimeError):  # no home folder
        return None


def tell(target: Path, kind: Systeem, starter: Starter, is_here: bool) -> None:
    """Where it stands and how to use it; and what is wrong with a folder that is copied to elsewhere."""
    say_wrapped("De snelkoppeling staat in:")
    say(f"  {target.absolute()}")
    say_wrapped(GEBRUIK[kind])
    if not is_here:
        say_wrapped("Zij werkt op een computer waar je 'regiekit' kunt typen. Zet haar daar op het bureaublad.")
        return
    say_wrapped("Je documenten komen in:")
    say(f"  {starter.map}")
    from regiekit.dossier.plaats import synced_folder

    with suppress(OSError, RuntimeError):
        if by := synced_folder(Path(starter.map)):
            say_wrapped(
                f"Let op: een programma kopieert deze map naar elders ({by}). Mogen documenten over cliënten daar niet "
                "staan? Kies dan een andere map met --map."
            )

"""The checks of the computer itself: versions, the command, the screen, the clock, what opens documents."""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from regiekit import __version__
from regiekit.cli.openen import find_opener, has_screen
from regiekit.cli.starten import NAAM, find_start
from regiekit.domain.dagen import datum_text
from regiekit.domain.zelfcheck import Bevinding, careful, good, worst, wrong

UITGAVE = date(2026, 11, 22)  # of this version: no clock can be before it
LAATSTE_JAAR = UITGAVE.year + 15
OUDSTE = (3, 11)  # of Python, as in pyproject.toml
NARROW = 40  # columns; the tests look at all screens from here on
TEKENS = "é€▒"  # a letter, a sign and a piece of a bar


# Versions -----------------------------------------------------------------------------------------------------------


def check_versies() -> Bevinding:
    """regiekit, Python and the system."""
    python = ".".join(str(n) for n in sys.version_info[:3])
    bits = 64 if sys.maxsize > 2**32 else 32
    seen = f"regiekit {__version__}, Python {python} ({bits} bits), {system_name()}"
    if sys.version_info[:2] < OUDSTE:
        return wrong(f"{seen}; dit is een te oude Python", "Installeer Python 3.11 of nieuwer, van python.org.")
    if bits == 32:
        return careful(
            f"{seen}; met 32 bits ontbreken er onderdelen", "Installeer de Python van 64 bits, van python.org."
        )
    return good(seen)


def system_name() -> str:
    """The system and its version; never the name of the computer."""
    import platform

    machine = platform.machine()
    if sys.platform == "win32":
        found = sys.getwindowsversion()
        major = "11" if found.build >= 22000 else str(found.major)
        return f"Windows {major} ({found.build}, {machine})"
    if sys.platform == "darwin":
        return f"macOS {platform.mac_ver()[0]} ({machine})"
    return f"{platform.system()} {platform.release()} ({machine})"


# The command --------------------------------------------------------------------------------------------------------


def check_opdracht() -> Bevinding:
    """Whether 'regiekit' can be typed, and whether it is this one that then starts."""
    from shutil import which

    start, found = find_start(), which(NAAM)
    if found and is_this_one(Path(found)):
        return good(f"je kunt 'regiekit' typen; die staat in {Path(found).parent}")
    if found:
        return careful(
            f"als je 'regiekit' typt, start een andere dan deze: die in {Path(found).parent}",
            "Haal die andere weg, of start deze voortaan met een snelkoppeling: regiekit snelkoppeling.",
        )
    if start.soort == "start.py":
        return good("je start regiekit met start.py; de opdracht zelf hoeft er dan niet te zijn")
    return careful(
        "de computer vindt de opdracht 'regiekit' niet (hij staat niet op het PATH)",
        "Typ 'pipx ensurepath' (of met uv: 'uv tool update-shell'), en open een nieuw venster. "
        "Of maak een snelkoppeling, die werkt ook zonder.",
    )


def is_this_one(found: Path) -> bool:
    """Whether this command starts this program: it lies beside this Python, or is a copy of the one that does."""
    own = Path(sys.executable).with_name(found.name)
    real = Path(os.path.realpath(found))
    if real.parent == own.parent or real == Path(os.path.realpath(own)):
        return True
    try:  # pipx and uv put a copy on the PATH on Windows
        return own.is_file() and own.read_bytes() == found.read_bytes()
    except OSError:
        return False


# The screen ---------------------------------------------------------------------------------------------------------


def check_scherm() -> Bevinding:
    """Whether the terminal can show the signs that regiekit uses."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if missing := [c for c in TEKENS if not _fits(c, encoding)]:
        return careful(
            f"{_either(missing)} bestaat niet in {encoding}; regiekit zet er een ander teken voor in de plaats",
            "Haal de variabele PYTHONIOENCODING weg, of maak er utf-8 van. Bestanden zijn altijd goed.",
        )
    if (charset := _other_charset()) and is_terminal():
        return careful(
            f"je terminal staat op {charset}, en regiekit schrijft utf-8; letters als é zien er dan vreemd uit",
            "Zet de terminal op UTF-8, bijvoorbeeld met: export LANG=nl_NL.UTF-8.",
        )
    return good(f"é, € en ▒ kunnen ({encoding}{_code_page()})")


def is_terminal() -> bool:
    """Whether what is printed goes to a screen, and not to a file or another program."""
    return sys.stdout.isatty()


def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _either(chars: list[str]) -> str:
    """The names of the signs: a sign that cannot be shown says nothing."""
    names = {"é": "de e met een accent", "€": "het euroteken", "▒": "het blokje van een balk"}
    return ", en ".join(names[c] for c in chars)


def _other_charset() -> str | None:
    """The character set that the settings of the terminal name, None for UTF-8 and for none."""
    value = next((v for name in ("LC_ALL", "LC_CTYPE", "LANG") if (v := os.environ.get(name))), "")
    charset = value.partition(".")[2].partition("@")[0]
    return charset if charset and re.sub(r"\W", "", charset).lower() != "utf8" else None


def _code_page() -> str:
    """The code page of a Windows console, which Python goes past when it writes to a screen."""
    if sys.platform != "win32":
        return ""
    import ctypes

    page = ctypes.windll.kernel32.GetConsoleOutputCP()
    return f", codepagina {page}" if page else ""


def check_breedte() -> Bevinding:
    """How wide the terminal is."""
    import shutil

    if not is_terminal():
        return good("dit gaat niet naar een scherm; regiekit rekent dan met 80 tekens")
    width = shutil.get_terminal_size((80, 24)).columns
    if width < NARROW:
        return careful(
            f"er passen {width} tekens op een regel", f"Maak het venster breder, tot minstens {NARROW} tekens."
        )
    return good(f"er passen {width} tekens op een regel")


# The clock ----------------------------------------------------------------------------------------------------------


def now() -> datetime:
    """The clock of this computer, in its own time zone."""
    return datetime.now(UTC).astimezone(None)


def check_klok() -> Bevinding:
    """Whether the date can be right, and whether the time zone is known."""
    moment = now()
    return worst((_check_date(moment.date()), _check_zone(moment)))


def _check_date(today: date) -> Bevinding:
    seen = f"vandaag is het volgens deze computer {datum_text(today)}"
    todo = "Zet de datum van de computer goed. Anders kloppen datums en termijnen in documenten niet."
    if today < UITGAVE:
        return wrong(f"{seen}, en toen was deze regiekit er nog niet", todo)
    if today.year > LAATSTE_JAAR:
        return careful(f"{seen}; dat is ver in de toekomst", todo)
    return good(seen)


def _check_zone(moment: datetime) -> Bevinding:
    todo = "Kies in de instellingen van de computer de tijdzone Amsterdam."
    named = os.environ.get("TZ", "")
    if named and not _is_zone(named):
        return careful("de tijdzone in de variabele TZ bestaat niet", "Haal de variabele TZ weg.")
    if moment.tzname() == "UTC":
        return careful("de tijdzone is UTC; in Nederland is het een of twee uur later", todo)
    return good(f"tijdzone {_zone_name(moment)}")


def _is_zone(named: str) -> bool:
    """A name of the list of zones ('Europe/Amsterdam'), or one with its hours in it ('CET-1CEST')."""
    from zoneinfo import ZoneInfo

    if re.match(r"[A-Za-z]{3,}[+-]?\d|<", named):
        return True
    try:
        ZoneInfo(named.removeprefix(":"))
    except (OSError, ValueError, KeyError):  # what is not there is a KeyError
        return named.startswith((":", "/"))  # a file of zones, which the system reads itself
    return True


def _zone_name(moment: datetime) -> str:
    return f"UTC{moment.isoformat()[-6:]}"


# Opening ------------------------------------------------------------------------------------------------------------


def check_openen() -> Bevinding:
    """Whether a document can be shown in the program that belongs to it."""
    if sys.platform == "win32" or find_opener():
        return good("een document gaat open in het programma dat erbij hoort")
    if not has_screen():
        return careful(
            "hier is geen venster te openen; een document openen doe je zelf",
            "Werk in een terminal op je eigen scherm. Log je van een andere computer in, dan hoort dit zo.",
        )
    return careful("het programma xdg-open ontbreekt; een document openen doe je zelf",
                   "Laat het pakket xdg-utils installeren.")  # fmt: skip

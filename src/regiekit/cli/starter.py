"""The text of a file that starts the menu of regiekit when it is clicked: for Windows, macOS and Linux.

Each goes to the folder for documents, starts the menu, and stays open when something went wrong, also when regiekit
itself is no longer where it was. Paths are only ever data: each system has its own rules for that.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Systeem = Literal["windows", "macos", "linux"]
NAMEN: dict[Systeem, str] = {
    "windows": "Start regiekit.cmd", "macos": "Start regiekit.command", "linux": "regiekit.desktop",
}  # fmt: skip
WERKMAP = "regiekit"  # the folder for documents, in the home folder
GESTOPT = 130  # by Ctrl-C: whoever did that knows


class Starter(NamedTuple):
    """What a starter starts and where. Without `map`: the usual folder, in the home of whoever clicks. `bewijs`: a file
    that has to be there; empty when regiekit is found by its name. `home`: the home folder, whose name says who it is
    of, so that it stands in the file of Windows as a variable. `typ`: what is typed to start this regiekit, and
    `programma` the folder where that is typed: empty when that may be anywhere. `eigen_map`: `map` was chosen."""

    woorden: tuple[str, ...] = ("regiekit",)
    bewijs: str = ""
    map: str = ""
    voorlezen: bool = False
    home: str = ""
    typ: str = "regiekit"
    programma: str = ""
    eigen_map: bool = False


class Plek(str):
    """A path, on a line of its own."""

    __slots__ = ()


# What is said when it does not work. Letters of every code page, as the screen may be of any kind; no mark that a shell
# reads, but in a path.
GEEN_MAP = ("De map met je documenten kan niet open:",)
WEG = (
    "regiekit staat niet meer op de plek die deze snelkoppeling kent.",
    "Misschien is het verplaatst, bijgewerkt of verwijderd.",
)
MISLUKT = ("regiekit stopte met een fout. Wat hierboven staat, zegt waarom.",)
_NIETS_VERANDERD = "Aan je documenten en je dossier is niets veranderd."


def say_weg(starter: Starter) -> tuple[str, ...]:
    """That regiekit is gone, and how the same one comes back."""
    return (*WEG, *_put_back(starter), *_make_again(starter), _NIETS_VERANDERD)


def say_mislukt(starter: Starter) -> tuple[str, ...]:
    """That it stopped, and what helps when the computer was changed."""
    return (*MISLUKT, "Zijn regiekit of Python net verplaatst of bijgewerkt?", *_make_again(starter))


def say_geen_map(starter: Starter) -> tuple[str, ...]:
    """What to do when the folder for documents is away; said below its path."""
    return (
        "Staat zij op een andere schijf? Sluit die aan en probeer het opnieuw.",
        *_make_again(starter._replace(eigen_map=False), "Of kies een andere map, en maak deze snelkoppeling opnieuw."),
        "Zet daarachter --map en de plek van die map.",
    )


def _put_back(starter: Starter) -> tuple[str, ...]:
    if starter.programma:
        return (
            "Het stond in deze map:", Plek(starter.programma),
            "Zet die map terug. Of pak regiekit opnieuw uit, op een vaste plek.",
        )  # fmt: skip
    if starter.typ != "regiekit":
        return ("Zet regiekit opnieuw neer, voor dezelfde Python.",)
    return (
        "Open een terminal in de map waarin je regiekit uitpakte, en typ:", "  pipx install --force .",
        "Gebruik je uv, typ dan: uv tool install --force .",
    )  # fmt: skip


def _make_again(starter: Starter, begin: str = "Maak deze snelkoppeling dan opnieuw.") -> tuple[str, ...]:
    """The line that makes this starter again, as it is typed for the regiekit that made it."""
    where = ("Open een terminal in de map waar start.py in staat, en typ:" if starter.programma else
             "Open een terminal en typ:")  # fmt: skip
    own = ("Zet daarachter --map en deze map:", Plek(starter.map)) if starter.eigen_map else ()
    return (begin, where, f"  {starter.typ} snelkoppeling --overschrijf{' --voorlezen' * starter.voorlezen}", *own)


def make_starter(systeem: Systeem, starter: Starter) -> bytes:
    """The file for this system."""
    text = {"windows": to_cmd, "macos": to_command, "linux": to_desktop}[systeem](starter)
    return text.encode()


# Windows ------------------------------------------------------------------------------------------------------------


def to_cmd(starter: Starter) -> str:
    """A batch file, with the line ends of Windows. Paths stand between quotes, where only % has a meaning."""
    folder = _cmd_path(starter.map, starter.home) if starter.map else f"%USERPROFILE%\\{WERKMAP}"
    words = [_cmd_path(word, starter.home) for word in starter.woorden]
    bewijs = _cmd_path(starter.bewijs, starter.home)
    lines = [
        "@echo off",
        "setlocal EnableExtensions DisableDelayedExpansion",  # a ! in a path stays a !
        "chcp 65001 >nul",  # the paths below are UTF-8
        "title regiekit",
        "rem Gemaakt met: regiekit snelkoppeling",
        *(['set "REGIEKIT_VOORLEZEN=1"'] if starter.voorlezen else []),
        f'if not exist "{folder}\\" mkdir "{folder}" 2>nul',
        f'pushd "{folder}" 2>nul',  # a share gets a letter of a disk
        "if errorlevel 1 goto geenmap",
        *_cmd_start(words, bewijs),
        "popd",
        'if "%code%"=="0" exit /b 0',
        f'if "%code%"=="{GESTOPT}" exit /b 0',
        "echo.",
        *_cmd_say(say_mislukt(starter), starter.home),
        "goto wachten",
        ":geenmap",
        'set "code=1"',
        *_cmd_say(GEEN_MAP, starter.home),
        f'echo   "{folder}"',
        *_cmd_say(say_geen_map(starter), starter.home),
        "goto wachten",
        ":weg",
        'set "code=1"',
        "popd",
        *_cmd_say(say_weg(starter), starter.home),
        ":wachten",
        "echo.",
        "echo Druk op een toets om dit venster te sluiten.",
        "pause >nul",
        "exit /b %code%",
    ]
    return "".join(f"{line}\r\n" for line in lines)


_CMD_CODE = 'call set "code=%%errorlevel%%"'  # call reads the line again, when the program has ended


def _cmd_start(words: list[str], bewijs: str) -> list[str]:
    """The lines that start the menu. By its name alone regiekit may be a batch file too, but never one that lies
    between the documents.

    How it ended is kept on the same line, with `call`: then cmd does not ask 'Terminate batch job (Y/N)?' after Ctrl-C
    in the menu (microsoft/terminal issue 19824).
    """
    if bewijs:
        return [f'if not exist "{bewijs}" goto weg', f"{' '.join([*map(_cmd_word, words), 'menu'])} & {_CMD_CODE}"]
    return [
        'set "NoDefaultCurrentDirectoryInExePath=1"',
        "where $PATH:regiekit >nul 2>nul",
        "if errorlevel 1 goto weg",
        f"call {' '.join(words)} menu & {_CMD_CODE}",
    ]


def _cmd_path(path: str, home: str) -> str:
    """For between quotes: % doubled, and the home folder as its variable, which keeps a name out of the file."""
    inside = home and path.lower().startswith(f"{home.lower()}\\")
    rest = path[len(home) :] if inside else path
    return ("%USERPROFILE%" if inside else "") + rest.replace("%", "%%")


def _cmd_word(word: str) -> str:
    """Between quotes, but for what needs none: an option, or the bare name of a program."""
    return word if re.fullmatch(r"[\w.-]+", word, re.ASCII) else f'"{word}"'


def _cmd_say(lines: tuple[str, ...], home: str) -> list[str]:
    return [f'echo   "{_cmd_path(line, home)}"' if isinstance(line, Plek) else f"echo {line}" for line in lines]


# macOS and Linux ----------------------------------------------------------------------------------------------------


def to_command(starter: Starter) -> str:
    """A script for the terminal of a Mac."""
    words = [starter.map, starter.bewijs, *starter.woorden]
    lines = ["#!/bin/sh", "# Gemaakt met: regiekit snelkoppeling", f"set -- {' '.join(map(_sh_quote, words))}"]
    return "".join(f"{line}\n" for line in (*lines, *_sh_lines(starter)))


def to_desktop(starter: Starter) -> str:
    """A desktop entry (freedesktop.org, Desktop Entry Specification 1.5) that opens in a terminal."""
    script = "; ".join(_sh_lines(starter))
    words = ["/bin/sh", "-c", script, WERKMAP, starter.map, starter.bewijs, *starter.woorden]
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Start regiekit",
        "Comment=Opent het menu van regiekit in de map met je documenten",
        f"Exec={' '.join(map(_exec_word, words))}",
        "Terminal=true",
        "Icon=utilities-terminal",
        "Categories=Office;",
    ]
    return "".join(f"{line}\n" for line in lines)


def _exec_word(word: str) -> str:
    """A word of Exec: reserved marks behind a backslash between double quotes, then each backslash twice as in every
    text of a desktop entry, and % twice as it begins a field."""
    if re.fullmatch(r"[\w/.-]+", word, re.ASCII):
        return word
    quoted = re.sub(r'(["`$\\])', r"\\\1", word)
    return f'"{quoted}"'.replace("\\", "\\\\").replace("%", "%%")


def _sh_quote(word: str) -> str:
    return "'" + word.replace("'", "'\"'\"'") + "'"


def _sh_lines(starter: Starter) -> list[str]:
    """What a shell does with the folder, the file that has to be there, and the words that start regiekit. Each line is
    a whole statement, so that they can stand behind one another too."""
    return [
        'map=${1:-"$HOME/' + WERKMAP + '"}',
        "bewijs=$2",
        "shift 2",
        *(["REGIEKIT_VOORLEZEN=1", "export REGIEKIT_VOORLEZEN"] if starter.voorlezen else []),
        f'wacht() {{ {_sh_say(("", "Druk op Enter om dit venster te sluiten."))}; read -r _; exit "$1"; }}',
        '[ -d "$map" ] || (umask 077; mkdir -- "$map") 2>/dev/null',
        'cd -- "$map" 2>/dev/null || '
        f"{{ {_sh_say(GEEN_MAP)}; printf '  %s\\n' \"$map\"; {_sh_say(say_geen_map(starter))}; wacht 1; }}",
        '{ if [ -n "$bewijs" ]; then [ -e "$bewijs" ]; else command -v "$1" >/dev/null; fi; } || '
        f"{{ {_sh_say(say_weg(starter))}; wacht 1; }}",
        "trap : INT",  # Ctrl-C is for the menu; this script goes on, to say how it ended
        '"$@" menu',
        "code=$?",
        f'[ "$code" = 0 ] || [ "$code" = {GESTOPT} ] || {{ {_sh_say(("", *say_mislukt(starter)))}; wacht "$code"; }}',
    ]


def _sh_say(lines: tuple[str, ...]) -> str:
    return "printf '%s\\n' " + " ".join(_sh_quote(f"  {x}" if isinstance(x, Plek) else x) for x in lines)

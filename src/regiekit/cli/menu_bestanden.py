"""Choosing a file in the menu, by number or path, and naming one that is to be made."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regiekit.cli.menu_vragen import ask_choice, ask_value, say_rows
from regiekit.cli.output import say, say_wrapped
from regiekit.domain.dagen import datum_text
from regiekit.errors import RegiekitError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 9  # files in a list
_LOOKED_AT = 400  # files of one folder
_START = 64_000  # bytes of a file that say what it is


class Soort(NamedTuple):
    """A kind of file: what it is called, how its name ends, and what stands in it (one of these, or anything)."""

    naam: str
    endings: tuple[str, ...]
    marks: tuple[bytes, ...] = ()


YAML = (".yaml", ".yml")
ANTWOORDEN = Soort("een ingevulde vragenlijst", (*YAML, ".json", ".jwe", ".xml", ".txt"),
                   (b"\nantwoorden:", b'"antwoorden"', b"QuestionnaireResponse", b"eyJ", b"<data"))  # fmt: skip
TABEL = Soort("een rekenblad", (".xlsx", ".csv", ".ods", ".tsv", ".parquet"))
VRAGENLIJST = Soort("een vragenlijst", YAML, (b"\nschalen:",))
PLAN = Soort("een ingevuld plan", YAML, (b"\nvisie_werknemer:", b"\neigen_doelen:", b"\ndoel_spoor_2:"))
CASUS = Soort("een ingevulde casus", YAML, (b"\ncasus:",))
EIGEN = Soort("een bestand om na te kijken", YAML)
KOPIE = Soort("een reservekopie", (".regiekit",))


# Choosing -----------------------------------------------------------------------------------------------------------


def ask_file(soort: Soort, uitleg: str, *, needed: bool = True, chosen: Sequence[str] = ()) -> str:
    """The path of a file that is there; empty when that may be and nothing was typed. Raises Terug.

    The first of the list that was not `chosen` before is the usual one.
    """
    found = find_files(soort)
    usual = next((str(n) for n, path in enumerate(found, 1) if as_typed(path) not in chosen), "") if needed else ""

    def explain() -> None:
        say_wrapped(uitleg)
        if found:
            say_rows([_row(path) for path in found])
        else:
            say_wrapped(f"Ik zie in deze map, bij je downloads en bij je documenten g{soort.naam}.")  # geen
        say_wrapped("Typ een nummer, of sleep een bestand naar dit venster."
                    if found else "Sleep het bestand naar dit venster, of typ waar het staat.")  # fmt: skip

    def read(answer: str) -> str:
        if not answer and not needed:
            return ""
        if answer.isdecimal() and 1 <= int(answer) <= len(found):
            return as_typed(found[int(answer) - 1])
        return as_typed(existing(answer))

    return ask_value("Nummer of bestand", read, explain, usual)


def ask_files(soort: Soort, uitleg: str) -> list[str]:
    """Two files or more, each once."""
    chosen: list[str] = []
    while True:
        more = "Welk bestand hoort er nog bij?" + (" Enter = klaar." if len(chosen) > 1 else "")
        path = ask_file(soort, more if chosen else uitleg, needed=len(chosen) < 2, chosen=chosen)
        if not path:
            return chosen
        if path in chosen:
            say("Dat bestand heb je al gekozen.")
        else:
            chosen.append(path)


def find_files(soort: Soort) -> list[Path]:
    """The newest files of this kind in this folder, and with the downloads and documents of the user."""
    found: dict[Path, float] = {}
    for folder in folders():
        for path, changed in _newest(folder, soort.endings):
            if sum(p.parent == folder for p in found) == MOST:
                break  # more would not be shown, and reading one may fetch it from a cloud disk
            if _holds(path, soort.marks):
                found.setdefault(path, changed)
    return sorted(found, key=lambda path: -found[path])[:MOST]


def folders() -> list[Path]:
    """Where a coach keeps files; each once, and only those that are there."""
    from platformdirs import user_documents_path, user_downloads_path

    named = (Path.cwd(), user_downloads_path(), user_documents_path())
    return list(dict.fromkeys(folder.resolve() for folder in named if folder.is_dir()))


def _newest(folder: Path, endings: tuple[str, ...]) -> list[tuple[Path, float]]:
    try:
        with os.scandir(folder) as entries:
            named = [e for e in entries if e.name.lower().endswith(endings) and not e.name.startswith((".", "~$"))]
            found = [(Path(e.path), e.stat().st_mtime) for e in named if e.is_file()]
    except OSError:
        return []
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name))[:_LOOKED_AT]


def _holds(path: Path, marks: tuple[bytes, ...]) -> bool:
    if not marks:
        return True
    try:
        with path.open("rb") as file:
            start = b"\n" + file.read(_START)
    except OSError:
        return False
    return any(mark in start for mark in marks)


def _row(path: Path) -> str:
    day = datum_text(date.fromtimestamp(path.stat().st_mtime)) if path.exists() else "weg"
    place = "" if path.parent == Path.cwd() else f"map {path.parent.name}, "
    return visible(f"{path.name} ({place}{day})")


def as_typed(path: Path) -> str:
    """A path as short as it can be typed in this folder; never something that looks like an option."""
    absolute = path.absolute()
    name = absolute.name if absolute.parent == Path.cwd() else str(absolute)
    return f".{os.sep}{name}" if name.startswith("-") else name


def existing(typed: str) -> Path:
    """The file that is meant: where it was typed, or with that name in one of the folders; raises RegiekitError."""
    if not typed:
        raise RegiekitError("Typ een nummer uit de lijst of de naam van een bestand, of 0 om terug te gaan.")
    plain = Path(typed)
    path = plain if _is_there(plain) else clean_path(typed)
    if not _is_there(path) and path.name == str(path):
        path = next((folder / path for folder in folders() if _is_there(folder / path)), path)
    if not _is_there(path):
        raise RegiekitError(
            f"Ik vind {path} niet. Kijk of de naam klopt, of sleep het bestand uit zijn map naar dit venster."
        )
    if path.is_dir():
        raise RegiekitError(f"{path} is een map. Kies een bestand dat erin staat.")
    return path


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long for a name, or a null byte
        return False


def clean_path(typed: str, *, windows: bool = os.name == "nt") -> Path:
    """A path as a terminal gives it when a file is dragged there or pasted.

    Around it may stand quotes, and before it the '& ' of PowerShell; macOS puts a backslash before a space.
    """
    text = typed.strip().removeprefix("& ").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        quote, text = text[0], text[1:-1]
        text = text.replace("''" if windows else "'\\''", "'") if quote == "'" else text
    elif not windows:
        text = re.sub(r"\\(.)", r"\1", text)
    if text.lower().startswith("file://"):
        from urllib.parse import unquote

        text = unquote(re.sub(r"(?i)^file://(localhost(?=/))?", "", text))
        text = re.sub(r"^/(?=[A-Za-z]:)", "", text) if windows else text
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:  # '~name' of nobody
        return path


# A new file ---------------------------------------------------------------------------------------------------------

SCHERM = "scherm"
EINDES = (".pdf", ".docx", ".html", ".csv", ".xlsx", ".ics", ".yaml", ".yml", ".txt", ".json", ".regiekit")
VORMEN = {
    SCHERM: "Lezen op dit scherm", ".pdf": "Een PDF, om te printen of te bewaren", ".docx": "Een Word-bestand",
    ".html": "Een webpagina", ".csv": "Een CSV-bestand, voor Excel", ".xlsx": "Een Excel-bestand",
}  # fmt: skip


def ask_uit(naam: str, vormen: Sequence[str], optie: str = "--uit") -> list[str]:
    """The words that say where a result goes; none for the screen. The first of the forms is the usual one."""
    vorm = ask_choice("Hoe wil je het hebben?", {v: VORMEN[v] for v in vormen}, vormen[0])
    return [] if vorm == SCHERM else ask_target(naam, vorm, optie)


def ask_target(naam: str, ending: str, optie: str = "--uit", *, can_replace: bool = True) -> list[str]:
    """The words for a file that is to be made, with --overschrijf when the coach says so; raises Terug."""
    default = f"{naam}{ending}"
    while True:
        path = _ask_name(default, ending)
        if not path.exists() and not path.is_symlink():
            return [optie, as_typed(path)]
        keuzes = {"anders": "Een andere naam geven"}
        keuzes |= {"vervang": "Het oude bestand vervangen; dat is dan weg"} if can_replace else {}
        if ask_choice(f"{visible(str(path))} bestaat al. Wat wil je?", keuzes, "anders") == "vervang":
            return [optie, as_typed(path), "--overschrijf"]
        default = next(_others(path)).name


def _ask_name(default: str, ending: str) -> Path:
    uitleg = "Hoe moet het bestand heten? Het komt in de map waarin je werkt, tenzij je een andere map typt."
    return ask_value(
        "Naam van het bestand", lambda typed: read_target(typed, default, ending), lambda: say_wrapped(uitleg), default
    )


def read_target(typed: str, default: str, ending: str) -> Path:
    """The path for a new file that ends as it should; raises RegiekitError when that cannot be."""
    path = clean_path(typed or default)
    if not str(path).isprintable():
        raise RegiekitError("In deze naam staat een teken dat je niet ziet. Typ de naam opnieuw.")
    if path.is_dir():
        path /= default
    if path.suffix.lower() != ending:
        name = path.stem if path.suffix.lower() in EINDES else path.name  # 'x.ics' for a PDF is x.pdf
        path = path.with_name(f"{name}{ending}")
    if not path.parent.is_dir():
        raise RegiekitError(f"De map {path.parent} is er niet. Kies een map die er is, of typ alleen een naam.")
    if path.is_dir():
        raise RegiekitError(f"{path} is een map. Typ een andere naam.")
    return path


def _others(path: Path) -> Iterator[Path]:
    number = 1
    while True:
        number += 1
        other = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not other.exists():
            yield other


def say_place() -> None:
    """Where new files come."""
    say_wrapped("Nieuwe bestanden komen in deze map:")
    say(f"  {Path.cwd()}")

"""Checking files and folders: every problem of every file, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.content.afnames import check_read
from regiekit.content.compile import compile_read, kind_of, read_file
from regiekit.content.library import load_vragenlijsten, yaml_files
from regiekit.errors import Problem, RegiekitError, problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from regiekit.content.reader import Yaml

OWN = ("technieken", "vragenlijsten", "sturing")


def control(paths: Sequence[Path], bibliotheek: Path | None) -> tuple[int, list[Problem]]:
    """How many files were read, and their problems, sorted. A path that does not exist is a RegiekitError."""
    problems: list[Problem] = []
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise RegiekitError(f"{path} bestaat niet; kijk of de naam en de map kloppen")
        found = yaml_files(path, deep=True) if path.is_dir() else [path]
        problems += [] if found else [problem(str(path), 0, 0, "lege-map")]
        files += found
    hashes: dict[tuple[str, str, str], tuple[str, str]] = {}
    for file in dict.fromkeys(files):
        problems += control_file(file, bibliotheek, hashes)
    return len(dict.fromkeys(files)), sorted(set(problems))


def control_file(
    path: Path, bibliotheek: Path | None, hashes: dict[tuple[str, str, str], tuple[str, str]]
) -> list[Problem]:
    """The problems of one file; `hashes` remembers (kind, id, versie) of the files before it."""
    read, problems = read_file(path)
    if not read.complete:
        return problems
    return [*problems, *_control_read(path, read, bibliotheek, hashes)]


def _control_read(
    path: Path, read: Yaml, bibliotheek: Path | None, hashes: dict[tuple[str, str, str], tuple[str, str]]
) -> list[Problem]:
    kind = kind_of(read.data)
    if kind is None:
        return [problem(str(path), *read.place_of(()), "soort-onbekend")]
    if kind == "afname":
        return check_read(read, str(path), path.parent, bibliotheek)[1]
    if kind not in OWN:
        return []
    made, problems = compile_read(kind, read, str(path))
    if made is None:
        return problems
    content = made["inhoud"]
    twins = hashes or _of_the_library(hashes, bibliotheek)
    key = (kind, content["id"], content["versie"])
    other, known = twins.setdefault(key, (str(path), made["hash"]))
    if known == made["hash"]:
        return []
    details = {"id": content["id"], "versie": content["versie"], "ander": other}
    return [problem(str(path), *read.place_of(("id",)), "id-dubbel-bestand", **details)]


def _of_the_library(
    hashes: dict[tuple[str, str, str], tuple[str, str]], bibliotheek: Path | None
) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Fill `hashes` with what regiekit itself brings."""
    for loaded in load_vragenlijsten(bibliotheek):
        hashes["vragenlijsten", loaded.inhoud.id, loaded.inhoud.versie] = (loaded.bestand, loaded.hash)
    return hashes

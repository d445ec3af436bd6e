"""Checking files and folders: every problem of every file, in one list."""

from __future__ import annotations

import errno
import os
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from regiekit.content.afnames import check_read
from regiekit.content.compile import compile_read, kind_of, read_file
from regiekit.content.library import (
    is_folder,
    linked_ids,
    load_json,
    load_technieken,
    load_vragenlijsten,
    yaml_files,
)
from regiekit.content.reader import with_found
from regiekit.content.validate import faults_to_problems, validate
from regiekit.domain.checks import check_links, check_vragenlijst, suggestion, unproven
from regiekit.domain.vragenlijst import Vragenlijst
from regiekit.errors import MAX_PROBLEMS, Problem, ProblemsError, RegiekitError, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from regiekit.content.reader import Yaml
    from regiekit.domain.checks import Fault

KEYS = ("antwoorden", "vragen", "schalen", "stappen")
OWN = (
    "technieken",
    "vragenlijsten",
    "formulieren",
    "sturing",
    "kennis",
    "werkbladen",
    "signalen",
    "mijlpalen",
    "bewaking",
    "plan",
    "intervisie",
)
ALONE = ("planbestand", "casusbestand", "demonstratie", "referentie")  # no id and no versie, so no twin


def control(paths: Sequence[Path], bibliotheek: Path | None) -> tuple[int, list[Problem]]:
    """How many files were read, and their problems, sorted. A path that does not exist is a RegiekitError."""
    problems: list[Problem] = []
    files: list[Path] = []
    for path in paths:
        if not _is_there(path):
            raise RegiekitError(f"{path} bestaat niet; kijk of de naam en de map kloppen")
        found = yaml_files(path, deep=True) if is_folder(path) else [path]
        problems += [] if found else [problem(str(path), 0, 0, "lege-map")]
        files += found
    known = _Known(bibliotheek, files)
    for file in dict.fromkeys(files):
        problems += control_file(file, known)
    return len(dict.fromkeys(files)), sorted(_once(problems, files))


def proof_hints(paths: Sequence[Path]) -> list[str]:
    """For each good vragenlijst whose examples would let a slip pass: which slips, in one line."""
    hints = []
    for path in (f for p in paths for f in (yaml_files(p, deep=True) if is_folder(p) else [p])):
        read, problems = read_file(path)
        if problems or kind_of(read.data) != "vragenlijsten":
            continue
        lijst, problems = validate(Vragenlijst, read, str(path), check_vragenlijst)
        missed = unproven(lijst) if lijst and not problems else ()
        if missed:
            more = f" en {len(missed) - 3} meer" if len(missed) > 3 else ""
            hints.append(f"{path}: de voorbeelden merken het niet als dit misgaat: {', '.join(missed[:3])}{more}")
    return hints


def _once(problems: list[Problem], files: list[Path]) -> set[Problem]:
    """Each problem once, by the name that was given: the library may name the same file in full."""
    given = {os.path.realpath(path): str(path) for path in files}
    return {p._replace(bestand=given.get(p.bestand, p.bestand)) for p in problems}


def _is_there(path: Path) -> bool:
    """Whether something has this name, a link that leads nowhere included."""
    try:
        path.lstat()
    except (OSError, ValueError) as error:
        return getattr(error, "errno", None) in (errno.EACCES, errno.ELOOP)
    return True


def control_file(path: Path, known: _Known) -> list[Problem]:
    """The problems of one file; `known` remembers the ids and names of the files before it."""
    read, problems = read_file(path)
    if not read.complete:
        return problems
    try:
        return with_found(problems, _control_read(path, read, known))
    except ProblemsError as error:  # in the library that this file is held against
        return [*problems, *error.problems]


def _control_read(path: Path, read: Yaml, known: _Known) -> list[Problem]:
    kind = kind_of(read.data)
    if kind is None:
        return [_unknown_kind(path, read)]
    if kind == "afname":
        return check_read(read, str(path), path.parent, known.bibliotheek)[1]
    if kind == "koppelbestand":
        return _koppelbestand(path, read, known)
    if kind in ALONE:
        return compile_read(kind, read, str(path))[1]
    if kind not in OWN:
        return []
    made, problems = compile_read(kind, read, str(path))
    if made is None:
        return problems
    twin = list(_twin(kind, path, read, made, known))
    if kind == "kennis" and not twin:
        return faults_to_problems(check_links(made["inhoud"], known.owners, known.items), read, str(path))
    return [*twin, *(_names(path, read, made, known) if kind == "technieken" else ())]


def _koppelbestand(path: Path, read: Yaml, known: _Known) -> list[Problem]:
    """Its problems, also beside its vragenlijst where that is known here."""
    from regiekit.domain.koppelbestand import Koppelbestand, check_koppelbestand, check_waarden

    lijsten = {(v.inhoud.id, v.inhoud.versie): v.inhoud for v in load_vragenlijsten(known.bibliotheek)}

    def check(koppeling: Koppelbestand) -> Iterator[Fault]:
        yield from check_koppelbestand(koppeling)
        lijst = lijsten.get((getattr(koppeling, "vragenlijst", ""), getattr(koppeling, "versie", "")))
        if lijst:
            yield from check_waarden(koppeling, lijst)

    return validate(Koppelbestand, read, str(path), check)[1]


def _twin(kind: str, path: Path, read: Yaml, made: dict[str, Any], known: _Known) -> Iterator[Problem]:
    """Equal id and versie with another content."""
    content = made["inhoud"]
    other, hash_of_other = known.hashes.setdefault(
        (kind, content["id"], content["versie"]), (str(path), made["hash"])
    )  # fmt: skip
    if hash_of_other != made["hash"]:
        details = {"id": content["id"], "versie": content["versie"], "ander": other}
        yield problem(str(path), *read.place_of(("id",)), "id-dubbel-bestand", **details)


def _names(path: Path, read: Yaml, made: dict[str, Any], known: _Known) -> Iterator[Problem]:
    """An id, name or alias that leads to another techniek already."""
    content = made["inhoud"]
    places = [("id",), ("naam",), *(("aliassen", i) for i in range(len(content["aliassen"])))]
    for loc, naam in zip(places, (content["id"], content["naam"], *content["aliassen"]), strict=True):
        ander = known.names.setdefault(naam.lower(), content["id"])
        if ander != content["id"]:
            yield problem(str(path), *read.place_of(loc), "alias-dubbel", naam=naam, ander=ander)


class _Known:
    """What a file may not clash with: the library, and the files that were read before it."""

    def __init__(self, bibliotheek: Path | None, files: Sequence[Path] = ()) -> None:
        self.bibliotheek = bibliotheek
        self.files = files

    @cached_property
    def owners(self) -> dict[str, str]:
        """Of each id that a `zie` may lead to: in what it stands."""
        kennis = load_json("kennis", self.bibliotheek)
        return linked_ids(self.bibliotheek) | {i["id"]: k["id"] for k in kennis for i in k.get("items", ())}

    @cached_property
    def items(self) -> set[str]:
        """What a `zie` may lead to: in the library, and in the files that are given."""
        given = [data for file in self.files if kind_of(data := read_file(file)[0].data) == "kennis"]
        items = [i for data in given for i in data.get("items") or () if isinstance(i, dict)]
        return {*self.owners, *(str(i.get("id")) for i in items)}

    @cached_property
    def hashes(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """Of each (kind, id, versie): its file and hash."""
        lijsten = load_vragenlijsten(self.bibliotheek)
        return {("vragenlijsten", v.inhoud.id, v.inhoud.versie): (v.bestand, v.hash) for v in lijsten}

    @cached_property
    def names(self) -> dict[str, str]:
        """Of each name of a techniek, in lower case: the id of that techniek."""
        technieken = load_technieken(self.bibliotheek)
        return {n.lower(): t.id for t in technieken for n in (t.id, t.naam, *t.aliassen)}


def _unknown_kind(path: Path, read: Yaml) -> Problem:
    """No key says what this file is; one that nearly does is pointed at."""
    for name in islice(read.data if isinstance(read.data, dict) else (), MAX_PROBLEMS):
        if hint := suggestion(name, KEYS):
            return problem(str(path), *read.place_of((name,), key=True), "soort-onbekend", suggestie=hint)
    return problem(str(path), *read.place_of(()), "soort-onbekend", suggestie="; geef een ander bestand")

"""The file that keeps the answers while a vragenlijst is filled in: an afname, whole on disk after every answer.

A vraag that was asked and left empty stands in it without a value; one that was not asked yet does not stand in it. So
the file says by itself where to go on.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from regiekit.domain.formulier import NEDERLANDS, OpenFormuliervraag
from regiekit.errors import RegiekitError
from regiekit.kanaal.afnametekst import afname_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.formulier import Formulier, Formuliervraag
    from regiekit.errors import Problem

    Stap = Formuliervraag | OpenFormuliervraag
    Antwoord = int | str | None
    """A number, one of `NOT_ANSWERED`, the words for an open vraag, or None: asked and left empty."""

NAMEN = {NEDERLANDS: "het Nederlands", "en": "het Engels", "nl-x-simpel": "eenvoudig Nederlands"}
MODE = 0o600  # answers are for who filled them in and the coach
# What a terminal sends for an arrow key, and what no YAML file of regiekit may hold.
_KEYSTROKES = re.compile(r"\x1b(\[[0-9;?]*[ -/]*[@-~]|O.)?")
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def clean(text: str) -> str:
    """Typed text on one line, without keystrokes and signs that a file cannot hold."""
    return _UNREADABLE.sub("", _KEYSTROKES.sub("", text.replace("\t", " "))).strip()


class Invulbestand:
    """The answers to one formulier and their file. Nothing is written before the first `save` or `put`."""

    keeps_each = True  # whether an answer is safe as soon as it is given

    def __init__(self, path: Path, formulier: Formulier, naam: str, datum: str) -> None:
        """`naam` is how the file names its vragenlijst: the id, or a path seen from the file; `datum` jjjj-mm-dd."""
        self.path, self.formulier, self.naam, self.datum = path, formulier, naam, datum
        self.stappen: tuple[Stap, ...] = (*formulier.vragen, *formulier.open_vragen)
        self.antwoorden: dict[str, Antwoord] = {}
        self.open: dict[str, Antwoord] = {}
        self.is_saved = False
        self._held: bytes | None = None  # by the file, when it was last read or written here

    def answers_of(self, stap: Stap) -> dict[str, Antwoord]:
        """The answers of the kind that a vraag is: closed or open."""
        return self.open if isinstance(stap, OpenFormuliervraag) else self.antwoorden

    def is_asked(self, stap: Stap) -> bool:
        """Whether a vraag was asked, answered or not."""
        return stap.id in self.answers_of(stap)

    def answer_to(self, stap: Stap) -> Antwoord:
        """The answer; None for none, asked or not."""
        return self.answers_of(stap).get(stap.id)

    @property
    def has_answers(self) -> bool:
        """Whether anything was filled in; a vraag that was left empty is nothing."""
        return any(self.answer_to(stap) is not None for stap in self.stappen)

    @property
    def next_place(self) -> int:
        """Where to go on: behind the last vraag that was asked; the number of vragen when that was the last one."""
        return max((n for n, stap in enumerate(self.stappen, 1) if self.is_asked(stap)), default=0)

    def put(self, stap: Stap, antwoord: Antwoord) -> None:
        """Note an answer and save the file; OSError when that fails, and then the answer is noted all the same."""
        self.answers_of(stap)[stap.id] = antwoord
        self.save()

    def save(self) -> None:
        """Write the file whole or not at all, for its owner only, down to the disk; raises OSError.

        RegiekitError when another window changed the file in the meantime: its answers stay.
        """
        self._refuse_what_another_wrote()
        self.is_saved = False
        content = self.text().encode()
        scratch = self.path.with_name(f".{self.path.name}.nieuw")
        with suppress(FileNotFoundError):
            scratch.unlink()
        try:
            with open(scratch, "xb", opener=_open_private) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(self.path)
        except OSError:
            with suppress(OSError):
                scratch.unlink()
            raise
        _settle(self.path.parent)
        self.is_saved, self._held = True, content

    def _refuse_what_another_wrote(self) -> None:
        if self._held is None or not self.path.exists() or self.path.read_bytes() == self._held:
            return
        raise RegiekitError(
            f"{self.path} is intussen in een ander venster veranderd; wat daar staat is bewaard, je laatste antwoord "
            "hier niet. Geef de opdracht opnieuw om verder te gaan"
        )

    def text(self) -> str:
        """The afname as YAML, with what was asked until now."""
        form = self.formulier
        data = {
            "vragenlijst": self.naam, "versie": form.versie, "hash": form.hash, "client": form.client,
            "meetmoment": form.meetmoment, "taal": None if form.taal == NEDERLANDS else form.taal,
            "datum": self.datum, "training": None if form.training else False,
            "antwoorden": self._asked(form.vragen), "open": self._asked(form.open_vragen),
        }  # fmt: skip
        allowed = ["Gebruikt met toestemming van de maker."] if form.toestemming else []
        return afname_text(data, *allowed, f"Gemaakt door 'regiekit vragenlijst invullen', van: {form.naam}")

    def _asked(self, vragen: Iterable[Stap]) -> dict[str, Antwoord]:
        return {stap.id: self.answer_to(stap) for stap in vragen if self.is_asked(stap)}

    def read_back(self, bibliotheek: Path | None) -> None:
        """Take over the answers that the file holds already; RegiekitError when it is not of this formulier."""
        data, made = _read_afname(self.path, bibliotheek)
        if forgotten := _forgotten(made, self.formulier):
            raise RegiekitError(forgotten)
        if other := _difference(made, self.formulier):
            raise RegiekitError(
                f"{self.path} bestaat al, en hoort ergens anders bij ({other}); geef een andere naam met --uit"
            )
        if "hash" not in data:
            raise RegiekitError(
                f"{self.path} bestaat al, en is niet met 'regiekit vragenlijst invullen' gemaakt; "
                "geef een andere naam met --uit"
            )
        self.antwoorden, self.open = dict(data["antwoorden"]), dict(data.get("open") or {})
        self.datum = data.get("datum") or self.datum
        self.is_saved, self._held = True, self.path.read_bytes()


class Invulgeheugen(Invulbestand):
    """The answers to one formulier, in memory only: for who puts them in a dossier, without a readable file on disk."""

    keeps_each = False

    def save(self) -> None:
        """Nothing to write."""
        self.is_saved = True


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, MODE)


def _settle(folder: Path) -> None:
    """The new name of the file down to the disk too, where a system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _read_afname(path: Path, bibliotheek: Path | None) -> tuple[dict[str, Any], Ingevuld]:
    """The data of the file, and what it is as an afname; RegiekitError when it is none, or a wrong one."""
    from regiekit.content.afnames import check_read
    from regiekit.content.reader import read_source, read_yaml

    raw, problems = read_source(path)
    if not problems:
        read, problems = read_yaml(raw, str(path))
        if not problems and (not isinstance(read.data, dict) or "antwoorden" not in read.data):
            raise RegiekitError(
                f"{path} bestaat al, en er staan geen antwoorden in van deze lijst; geef een andere naam met --uit"
            )
        if not problems:
            made, problems = check_read(read, str(path), path.parent, bibliotheek)
            if made is not None:
                return read.data, made
    raise RegiekitError(_unusable(path, problems[0]))


def _unusable(path: Path, found: Problem) -> str:
    place = f"regel {found.regel}: " if found.regel else ""
    return f"{path} bestaat al, en ik kan er niet in verder ({place}{found.melding}); geef een andere naam met --uit"


def _forgotten(made: Ingevuld, formulier: Formulier) -> str:
    """What to type with it, when the same afname was begun in another language or for another training; or empty."""
    if _difference(made, formulier._replace(taal=made.taal, training=made.training)):
        return ""
    if made.taal != formulier.taal:
        naam = NAMEN.get(made.taal, "een andere taal")
        todo = "Laat --taal weg" if made.taal == NEDERLANDS else f"Typ erbij: --taal {made.taal}"
        return f"deze afname is in {naam} ({made.taal}) begonnen. {todo}"
    if made.training != formulier.training:
        who, todo = ("een", "Laat --zonder-training weg") if made.training else ("geen", "Typ erbij: --zonder-training")
        return f"deze afname is begonnen voor wie {who} online training doet. {todo}"
    return ""


def _difference(made: Ingevuld, formulier: Formulier) -> str:
    """What the file says otherwise than the formulier, in words; empty when it is of this formulier."""
    pairs = (
        ("vragenlijst", f"{made.vragenlijst.id} {made.hash}", f"{formulier.vragenlijst} {formulier.hash}"),
        ("client", made.client, formulier.client),
        ("meetmoment", made.meetmoment, formulier.meetmoment),
        ("taal", made.taal, formulier.taal),
        ("training", made.training, formulier.training),
    )
    return "; ".join(f"{name}: daar {_word(there)}, nu {_word(here)}" for name, there, here in pairs if there != here)


def _word(value: object) -> str:
    if value is None:
        return "niets"
    return {True: "ja", False: "nee"}[value] if isinstance(value, bool) else str(value)

"""What a person types for the dossier: whether it may be kept there, and in which field it stands.

A burgerservicenummer is refused unless the coach says that it is none. A name is asked about on a terminal, and told
elsewhere. A command asks with `Bewaking.ask`, and gives what it made to `Bewaking.check`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import category

import typer

from regiekit.cli.output import warn
from regiekit.cli.taal import ask, confirm, either, read_words
from regiekit.cli.taal import on_terminal as on_terminal
from regiekit.domain.clientcode import check_clientcode
from regiekit.errors import MELDINGEN, REFUSED, Problem, RefusedError, RegiekitError, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from regiekit.content.reader import Loc, Place
    from regiekit.domain.bewaking import Vondst
    from regiekit.domain.record import Record

R = TypeVar("R", bound="Record")

MAX_TEKST = 4000  # characters, as domain.record.Tekst
MAX_LINE = 4080  # bytes: a terminal hands on 4095 at most (canonical mode of Linux), and drops the rest in silence
ROL = "Een rol zegt genoeg, zoals 'de werkgever' of 'haar zus'."
VOOR_WERKGEVER = ("gedaan", "afspraken", "mogelijkheden")  # fields with texts on domain.verslag.WITTE_LIJST
_FIXED = ("hash", "vragenlijst", "versie", "meetmoment", "taal")  # of an afname: made by regiekit, typed by nobody


# The code of a client -------------------------------------------------------------------------------------------------


def check_code(code: str, geen_naam: bool) -> str:
    """The code for a new client; raises RegiekitError when it can be none, with exit code 4 when it seems a name and
    nobody on a terminal says otherwise. In a text, a number cannot be told from the code of a client, and of a word
    that is said."""
    from regiekit.content.library import load_namenlijst
    from regiekit.domain.clientcode import holds_name, looks_like_bsn, whole_names

    if looks_like_bsn(code):
        raise RegiekitError(f"{MELDINGEN['client-lijkt-bsn']}. Er is niets bewaard", REFUSED)
    check_clientcode(code)
    if not any(c.isalpha() for c in code):
        raise RegiekitError(f"'{code}' is niet van een getal of een datum te onderscheiden; kies een code met letters "
                            "en cijfers, zoals R-014")  # fmt: skip
    is_name = not geen_naam and holds_name(code, whole_names(load_namenlijst()))
    if is_name and not (on_terminal() and confirm(f"'{code}' lijkt een naam. Weet je zeker dat het een code is?")):
        raise RegiekitError(
            f"'{code}' lijkt een naam; kies een code zoals R-014, of geef --geen-naam als het er geen is. Er is niets "
            "bewaard", REFUSED,
        )  # fmt: skip
    if not any(c.isdigit() for c in code):
        warn(f"let op: '{code}' is een woord. Bij anderen herkent regiekit het alleen precies zo geschreven; een code "
             "met letters en cijfers, zoals R-014, is veiliger")  # fmt: skip
    return code


# Values into a record -------------------------------------------------------------------------------------------------


def make_inhoud(model: type[R], values: Mapping[str, Any]) -> R:
    """The content of an aantekening from plain values (as JSON has them; None and () mean: not given).

    Raises RegiekitError with one Dutch line for each value that cannot be, with its field.
    """
    from regiekit.content.reader import Yaml
    from regiekit.content.validate import validate

    given = {name: value for name, value in values.items() if value not in (None, (), [])}
    for name, text in texts_in(given):
        check_characters(text, veld_name(name))
    names = list(given)
    places: dict[Loc, Place] = {(name,): (number, 1) for number, name in enumerate(names, 1)}
    made, problems = validate(model, Yaml(given, places, places, True), "", lambda _: ())
    if made is None:
        lines = (f"{veld_name(names[p.regel - 1])}: {p.melding}" if names and p.code != "ontbreekt" else p.melding
                 for p in problems)  # fmt: skip
        raise RegiekitError("; ".join(dict.fromkeys(lines)))
    return made


def veld_name(veld: str) -> str:
    """How a field is called in a sentence."""
    return f"veld '{veld}'"


def texts_in(value: Any, veld: str = "") -> Iterator[tuple[str, str]]:
    """Every text in plain values, with the name of its field."""
    if isinstance(value, str):
        yield veld, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts_in(part, f"{veld}.{key}" if veld else str(key))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts_in(part, veld)


def check_characters(text: str, waar: str) -> None:
    """Raises RegiekitError for a character that no screen and no document can show."""
    if any(_is_no_sign(c) and c not in "\n\r\t" for c in text):
        raise RegiekitError(f"in {waar} staat een onzichtbaar stuurteken; typ de tekst opnieuw")


def _is_no_sign(c: str) -> bool:
    """A control character, half a character, or one that will never be; a newer emoji than Python knows is a sign."""
    return category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF


def read_any_day(text: str, vandaag: date) -> date:
    """A day that may lie in the past, so with its year; raises RegiekitError."""
    from regiekit.domain.dagwoorden import FIRST_YEAR, read_dag

    if text.strip().lower() == "vandaag":
        return vandaag
    if not re.search(r"\d{4}", text):
        raise RegiekitError(f"'{text.strip()}' lees ik niet als dag; typ die met het jaar, zoals 2026-03-12 of "
                            "12 maart 2026")  # fmt: skip
    return read_dag(text, date(FIRST_YEAR, 1, 1))


# The guard ------------------------------------------------------------------------------------------------------------


class Bewaking:
    """The guard on the texts of one command; it remembers what the coach agreed to while typing."""

    def __init__(self, geen_bsn: bool = False, bekend: Iterable[str] = ()) -> None:
        """`bekend` are texts that stand in the dossier already: about those nothing is asked again."""
        self.geen_bsn = geen_bsn
        self._agreed: set[str] = set(bekend)
        self._for_werkgever: set[str] = set(self._agreed)

    def ask(self, question: str, werkgever: bool = False, getal: bool = False) -> str | None:
        """A text as it is typed, None for an empty line; a lone 0 is one with `getal` only.

        On a terminal what may not be kept, or seems a name, or is medical where the employer may read it, is talked
        about at once, so that only this line is typed again.
        """
        while True:
            text = ask(question, read_text if getal else lambda answer: read_text(read_words(answer)), "")
            if text is None or not on_terminal() or (self._agree(text) and not (werkgever and self._is_medical(text))):
                return text

    def check(self, inhoud: Record, reden: str | None = None) -> None:
        """The guard on everything in the content of an aantekening, and on the reason for it.

        Raises RefusedError (exit code 4) for what can be a burgerservicenummer, each with its field, and on a terminal
        when the coach will not keep a name. Elsewhere a name is one line on standard error.
        """
        texts = [(veld, text) for veld, text in (*_typed(inhoud), ("reden", reden or "")) if text not in self._agreed]
        for veld, text in texts:
            check_characters(text, veld_name(veld))
        found = [(veld, v) for veld, text in texts for v in (() if self.geen_bsn else _bsn_in(text))]
        if found:
            raise RefusedError([_problem(veld, v, "lijkt-bsn") for veld, v in found], "Er is niets bewaard.")
        names = [(veld, v) for veld, text in texts for v in _namen_in(text)]
        if names and not self._keep_names(names):
            raise RegiekitError("er is niets bewaard; schrijf een rol in plaats van een naam", REFUSED)
        if not self._keep_medical([text for veld, text in _typed(inhoud) if veld.partition(".")[0] in VOOR_WERKGEVER]):
            raise RegiekitError("er is niets bewaard; schrijf wat de werkgever mag lezen alleen over werk", REFUSED)

    def _agree(self, text: str) -> bool:
        """Whether a text just typed may stay; asks the coach."""
        bsn = () if self.geen_bsn else _bsn_in(text)
        for vondst in bsn:
            if confirm(f"'{vondst.woord}' kan een burgerservicenummer zijn. Is het dat?", default=True):
                warn("dat hoort hier niet; typ het opnieuw, zonder dat nummer")
                return False
        names = _namen_in(text)
        if names:
            words = either(dict.fromkeys(f"'{v.woord}'" for v in names))
            if not confirm(f"{words} lijkt een naam. {ROL} Toch zo laten staan?"):
                return False
        self._agreed.add(text)
        return True

    def _is_medical(self, text: str) -> bool:
        """Whether a text just typed has to be typed again because the employer may read it; asks the coach."""
        return not self._keep_medical([text])

    def _keep_medical(self, texts: list[str]) -> bool:
        """Whether texts that the employer may read can stay: on a terminal the coach says so, elsewhere it is told."""
        new = [text for text in texts if text not in self._for_werkgever]
        found = dict.fromkeys(f"'{v.woord}'" for text in new for v in _medical_in(text))
        words = either(found) if found else ""
        if words and on_terminal():
            if not confirm(f"{words} lijkt medisch, en dit mag de werkgever lezen. Toch zo laten staan?"):
                return False
        elif words:
            warn(f"let op: {words} lijkt medisch, en dit mag de werkgever lezen; schrijf hier alleen over werk")
        self._for_werkgever.update(new)
        return True

    @staticmethod
    def _keep_names(names: list[tuple[str, Vondst]]) -> bool:
        words = either(dict.fromkeys(f"'{v.woord}' (in {veld})" for veld, v in names))
        if on_terminal():
            return confirm(f"{words} lijkt een naam. {ROL} Toch zo bewaren?")
        warn(f"let op: {words} lijkt een naam. {ROL} Het wordt zo bewaard; verbeter het met 'regiekit dossier "
             "corrigeer'")  # fmt: skip
        return True


def read_text(answer: str) -> str | None:
    """A text of a person, None when there is nothing in it; BadParameter when it cannot be kept."""
    if on_terminal() and len(answer.encode(errors="replace")) > MAX_LINE:
        raise typer.BadParameter("deze regel is te lang voor een terminal, die de rest weglaat; deel hem in tweeën")
    if len(answer) > MAX_TEKST:
        raise typer.BadParameter(f"dat zijn {len(answer)} tekens, en er passen er {MAX_TEKST}; maak het korter")
    if any(_is_no_sign(c) and c != "\t" for c in answer):
        raise typer.BadParameter("er staat een onzichtbaar stuurteken in; typ het opnieuw")
    return answer if answer.strip() else None


def _typed(inhoud: Record) -> Iterator[tuple[str, str]]:
    from regiekit.domain.aantekening import texts_of

    return ((veld, text) for veld, text in texts_of(inhoud) if veld not in _FIXED)


def _bsn_in(text: str) -> list[Vondst]:
    from regiekit.domain.bewaking import find_bsn

    return find_bsn(text) if any(c.isdigit() for c in text) else []


def _namen_in(text: str) -> list[Vondst]:
    from regiekit.content.library import load_namenlijst
    from regiekit.domain.herkenbaar import find_namen

    return find_namen(text, load_namenlijst())


def _medical_in(text: str) -> list[Vondst]:
    from regiekit.content.library import load_woordenlijst
    from regiekit.domain.bewaking import find_woorden

    return find_woorden(text, load_woordenlijst())


def _problem(veld: str, vondst: Vondst, code: str) -> Problem:
    return problem(veld_name(veld), vondst.regel, vondst.kolom, code, woord=vondst.woord)

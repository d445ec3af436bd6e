"""Answers on their way into the dossier: each afname once, and what is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.cli.dossier_teksten import Bewaking
from regiekit.cli.output import say, say_wrapped
from regiekit.content.library import to_json
from regiekit.domain.aantekening import Afname
from regiekit.domain.beoordeling import OPMERKINGEN
from regiekit.domain.clientdossier import afname_of_day
from regiekit.domain.uitslag import score
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.dossier.boek import Boek


class Nieuw(NamedTuple):
    """An afname for the dossier: its day, and the answers beside their vragenlijst."""

    datum: date
    ingevuld: Ingevuld

    @property
    def inhoud(self) -> Afname:
        """As the dossier keeps it."""
        made = self.ingevuld
        lijst = made.vragenlijst
        answers: dict[str, Any] = {**made.antwoorden, **made.overgeslagen}
        return Afname(
            vragenlijst=lijst.id, versie=lijst.versie, hash=made.hash, meetmoment=made.meetmoment,
            antwoorden=answers, open=made.open, taal=made.taal, training=made.training,
        )  # fmt: skip


def store(boek: Boek, code: str, nieuwe: Sequence[Nieuw], geen_bsn: bool) -> list[int]:
    """Put afnames in the dossier, all or none; gives their nummers. Raises RegiekitError for one that is there."""
    bewaking = Bewaking(geen_bsn)
    for nieuw in nieuwe:
        bewaking.check(nieuw.inhoud)
    notes = [(n.datum, n.inhoud, to_json(n.ingevuld.vragenlijst)) for n in nieuwe]
    return boek.add_all(code, notes, lambda dossier: check_once(dossier, nieuwe))


def check_once(dossier: Clientdossier, nieuwe: Sequence[Nieuw]) -> None:
    """Raises RegiekitError for an afname that the dossier has already, or that stands in two files."""
    for place, nieuw in enumerate(nieuwe):
        source = nieuw.ingevuld.bestand
        for other in nieuwe[:place]:
            if (other.datum, other.inhoud.vragenlijst) == (nieuw.datum, nieuw.inhoud.vragenlijst):
                raise RegiekitError(
                    f"{other.ingevuld.bestand} en {source} zijn van dezelfde vragenlijst en dezelfde dag; kies er een. "
                    "Er is niets bewaard"
                )
        check_new(dossier, nieuw.datum, nieuw.inhoud, source)


def check_new(dossier: Clientdossier, datum: date, inhoud: Afname, bron: str) -> None:
    """Raises RegiekitError when this vragenlijst of this day is there already."""
    for old in dossier.aantekeningen:
        if old.soort == "afname" and old.datum == datum and answers_in(old.inhoud) == answers_in(inhoud):
            later = f" (later verbeterd in {old.vervangen_door})" if old.vervangen_door else ""
            raise RegiekitError(f"{bron} staat er al als nummer {old.nummer}{later}; er is niets bewaard")
    if found := afname_of_day(dossier, datum, inhoud.vragenlijst):
        other = ", met andere antwoorden" if inhoud.antwoorden else ""
        raise RegiekitError(
            f"'{inhoud.vragenlijst}' van {datum} staat er al als nummer {found.nummer}{other}; verbeter die met "
            f"'regiekit dossier corrigeer {dossier.code} {found.nummer}', of kijk de datum na. Er is niets bewaard"
        )


def answers_in(afname: Afname) -> dict[str, Any]:
    """What an afname says; a vraag without an answer says nothing."""
    said = afname.model_dump()
    return {**said, "antwoorden": _given(said["antwoorden"]), "open": _given(said["open"])}


def _given(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if answer is not None}


def say_kept(numbers: Sequence[int], nieuwe: Sequence[Nieuw], code: str) -> None:
    """Under which nummers they stand, the scores in words, and where to see more."""
    from regiekit.render.uitslag import moment
    from regiekit.render.voorbereiding import question_in_words, score_in_words

    for number, nieuw in zip(numbers, nieuwe, strict=True):
        lijst = nieuw.ingevuld.vragenlijst
        say_wrapped(f"{code}, nummer {number}: {lijst.naam}, versie {lijst.versie} ({moment(nieuw.ingevuld)}).")
        for schaal in score(lijst, nieuw.ingevuld.antwoorden).schalen:
            words = question_in_words(schaal, "") if lijst.doel == "gesprek" else score_in_words(schaal)
            say_wrapped(words, "  - ", "    ")
    say_wrapped(OPMERKINGEN["niet-gevalideerd"])
    say("")
    say(f"In de tijd: regiekit verloop {code}")
    say(f"Voor het gesprek: regiekit voorbereiding {code}")

"""The guard before a text for others is written: findings with their place, and a refusal unless the coach decides."""

from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.output import warn
from regiekit.content.library import load_woordenlijst
from regiekit.domain.bewaking import BSN, GEEN_GARANTIE, find_vondsten, find_woorden
from regiekit.errors import Problem, RefusedError, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regiekit.content.invoer import Bron
    from regiekit.domain.bewaking import Vondst

Toch = Annotated[bool, typer.Option("--toch", help="Ga door, ook al lijken woorden medisch; jij hebt ze nagelezen.")]
GeenBsn = Annotated[
    bool, typer.Option("--geen-bsn", help="Wat op een burgerservicenummer lijkt, is het niet; jij keek het na.")
]


Naam = Annotated[
    list[str] | None,
    typer.Option("--naam", help="Een naam of code die zeker niet in de tekst mag, zoals van een ander."),
]


def check_for_others(
    bronnen: "Sequence[Bron]", toch: bool, geen_bsn: bool, anders: "Iterable[Problem]" = (),
    uitleg: str = GEEN_GARANTIE, werkgever: bool = False,
) -> None:  # fmt: skip
    """Stop (exit code 4) with every medical word and possible burgerservicenummer, each with its place.

    In a text for the employer (`werkgever`) also with words about the coaching itself: scores, technieken, sturing.
    `anders` are findings of another kind, told with the rest. What the coach allowed is told in one line on standard
    error, and goes on.
    """
    lijst = load_woordenlijst()
    found = [(bron, vondst) for bron in bronnen for vondst in find_vondsten(bron.tekst, lijst)]
    allowed = {True: geen_bsn, False: toch}
    refused = [
        to_problem(bron, vondst, "lijkt-bsn" if vondst.soort == BSN else "medisch-woord")
        for bron, vondst in found if not allowed[vondst.soort == BSN]
    ]  # fmt: skip
    if werkgever:
        own = load_woordenlijst("werkgever-woorden")
        of_coach = [(bron, vondst) for bron in bronnen for vondst in find_woorden(bron.tekst, own)]
        refused += [to_problem(bron, vondst, "begeleiding") for bron, vondst in of_coach if not toch]
        found += of_coach
    if refused := [*refused, *anders]:
        raise RefusedError(refused, f"Er is niets geschreven. {uitleg}")
    if found:
        words = ", ".join(dict.fromkeys(f"'{vondst.woord}'" for _, vondst in found))
        warn(f"let op, dit staat er nog in: {words}. {uitleg}")


def to_problem(bron: "Bron", vondst: "Vondst", code: str) -> Problem:
    """A finding as a problem, at its place in the file or in the option."""
    return problem(bron.bestand, *bron.place_of(vondst), code, woord=vondst.woord, soort=vondst.soort)

"""Questions on a terminal, in plain lines that a screen reader can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import typer

from regiekit.cli.options import read_regie, read_sturing, read_waarneming
from regiekit.cli.output import say, say_wrapped
from regiekit.cli.taal import ask, confirm, read_words
from regiekit.domain.advies import Bronnen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regiekit.domain.niveau import Regie, Sturing, Waarnemingswoord
    from regiekit.domain.signaal import Signaal
    from regiekit.domain.stuurmatrix import Stuurmatrix


def ask_bronnen(matrix: Stuurmatrix) -> Bronnen:
    """Safety first, then past the six kenmerken; the coach concludes, nothing is added up."""
    if confirm("Is er nu een crisis, of gevaar?"):
        return Bronnen(crisis=True)
    belast = confirm("Is de cliënt overbelast?")
    say("")
    say_wrapped("Denk aan één cliënt. Loop langs zes kenmerken; daarna beslis jij. Je antwoorden worden niet bewaard.")
    say("")
    rouw = False
    for number, kenmerk in enumerate(matrix.kenmerken, 1):
        say_wrapped(f"{number} van 6. {kenmerk.naam}: {kenmerk.tekst}")
        if kenmerk.id == "rouw":
            rouw = confirm("   Speelt dat?")
        else:
            ask("   Wat zie je? (Enter om door te gaan)", read_words, "")
    say("")
    regie = cast("Regie", ask("Hoeveel regie neemt de cliënt nu: laag, midden of hoog?", read_regie))
    sturing = ask("Hoe strak stuur je nu: strak, gedeeld of los? (Enter = weet ik niet)", _or_none(read_sturing), "")
    waarneming = None
    if sturing:
        question = "Wat zie je dan: aansluiting, uitdaging, stress, verveling of irritatie? (Enter = weet ik niet)"
        waarneming = ask(question, _or_none(read_waarneming), "")
    say("")
    seen = cast("Waarnemingswoord | None", waarneming)
    return Bronnen(regie, cast("Sturing | None", sturing), seen, rouw=rouw, belast=belast)


def ask_advies(matrix: Stuurmatrix, signalen: Sequence[Signaal]) -> tuple[Bronnen, list[str]]:
    """The same questions, and the signalen after them."""
    bronnen = ask_bronnen(matrix)
    return bronnen, [] if bronnen.crisis else ask_signalen(signalen)


def ask_signalen(signalen: Sequence[Signaal]) -> list[str]:
    """The signalen that the coach recognises, typed as numbers."""
    for number, signaal in enumerate(signalen, 1):
        if number == 1 or signaal.wie != signalen[number - 2].wie:
            say(f"\nWat zie je bij {'de cliënt' if signaal.wie == 'client' else 'jezelf'}?")
        say_wrapped(signaal.naam, f"  {number:2}. ", "      ")

    def read(answer: str) -> list[str]:
        numbers = answer.replace(",", " ").split()
        if all(n.isdecimal() and 1 <= int(n) <= len(signalen) for n in numbers):
            return [signalen[int(n) - 1].id for n in numbers]
        raise typer.BadParameter(f"typ nummers van 1 tot en met {len(signalen)}, met een komma ertussen")

    return ask("\nWelke herken je? Typ de nummers, met een komma ertussen. (Enter = geen)", read, "")


def _or_none(read: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda answer: read(answer) if answer.strip() else None

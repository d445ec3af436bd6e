"""Questions on a terminal, in plain lines that a screen reader can follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from regiekit.cli.options import read_regie, read_sturing, read_waarneming
from regiekit.cli.output import say, write_file
from regiekit.cli.taal import ask, confirm, either, terminal_width, wrap
from regiekit.content.invulblad import make_invulblad
from regiekit.content.library import load_vragenlijst_file
from regiekit.domain.advies import Bronnen
from regiekit.domain.clientcode import check_clientcode
from regiekit.errors import REFUSED, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regiekit.content.afnames import VragenlijstGiven
    from regiekit.domain.niveau import Regie, Sturing, Waarnemingswoord
    from regiekit.domain.signaal import Signaal
    from regiekit.domain.stuurmatrix import Stuurmatrix
    from regiekit.domain.vragenlijst import Vraag, Vragenlijst


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
            ask("   Wat zie je? (Enter om door te gaan)", str, "")
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
        say(wrap(signaal.naam, terminal_width(), f"  {number:2}. ", "      "))

    def read(answer: str) -> list[str]:
        numbers = answer.replace(",", " ").split()
        if all(n.isdecimal() and 1 <= int(n) <= len(signalen) for n in numbers):
            return [signalen[int(n) - 1].id for n in numbers]
        raise typer.BadParameter(f"typ nummers van 1 tot en met {len(signalen)}, met een komma ertussen")

    return ask("\nWelke herken je? Typ de nummers, met een komma ertussen. (Enter = geen)", read, "")


def say_wrapped(text: str) -> None:
    """Print text in whole words, within the width of the terminal."""
    say(wrap(text, terminal_width()))


def _or_none(read: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda answer: read(answer) if answer.strip() else None


def offer_to_fill_in(given: VragenlijstGiven) -> str:
    """Ask the vragen of a vragenlijst one by one, save the afname beside it, and give its path."""
    say(f"{given.path} is een vragenlijst, geen ingevulde afname.")
    if not confirm("Wil je haar nu invullen?", default=True):
        raise given
    loaded = load_vragenlijst_file(Path(given.path))
    if loaded.inhoud.licentie != "vrij":
        raise RegiekitError(
            f"de tekst van '{loaded.inhoud.id}' is niet vrij (licentie: {loaded.inhoud.licentie}). Heb je toestemming? "
            f"Gebruik 'regiekit vragenlijst invulblad {given.path} --ik-heb-toestemming'", REFUSED,
        )  # fmt: skip
    client = ask("Code van de cliënt, zoals R-014 (Enter = zonder)", _or_none(check_clientcode), "")
    moments = [m.id for m in loaded.inhoud.meetmomenten]
    question = f"Meetmoment: {either(moments)} (Enter = weet ik niet)" if moments else ""
    moment = ask(question, _or_none(_one_of(moments)), "") if moments else None
    answers = {v.id: _ask_vraag(loaded.inhoud, v, f"{i} van {len(loaded.inhoud.vragen)}")
               for i, v in enumerate(loaded.inhoud.vragen, 1)}  # fmt: skip
    openen = {v.id: ask(f"\n{v.tekst} (Enter = overslaan)", str, "") for v in loaded.inhoud.open_vragen
              if v.meetmoment == moment}  # fmt: skip
    text = make_invulblad(
        loaded.inhoud, moment, client, answers, datum=date.today().isoformat(), openen=openen,
        naam=f"./{Path(given.path).name}",
    )  # fmt: skip
    target = _free_name(Path(given.path).with_name(f"afname-{loaded.inhoud.id}.yaml"))
    write_file(target, text.encode(), replace=False)
    say("")
    say_wrapped(f"De antwoorden staan in {target}. Wie op deze computer kan, kan dat bestand lezen.")
    say("")
    return str(target)


def _one_of(words: list[str]) -> Callable[[str], str]:
    """Reads one of the words, or says which there are."""

    def read(answer: str) -> str:
        if answer.strip().lower() in words:
            return answer.strip().lower()
        raise typer.BadParameter(f"kies {either(words)}")

    return read


def _ask_vraag(lijst: Vragenlijst, vraag: Vraag, place: str) -> int | None:
    ends = vraag.antwoordschaal or lijst.antwoordschaal
    say("")
    say_wrapped(f"Vraag {place}. {vraag.tekst}")
    for waarde, label in ends.labels.items():
        say(f"  {waarde} = {label}" if label != str(waarde) else f"  {waarde}")

    def read(answer: str) -> int | None:
        if not answer.strip():
            return None
        if answer.strip().lstrip("-").isdigit() and ends.min <= int(answer) <= ends.max:
            return int(answer)
        raise typer.BadParameter(f"typ een getal van {ends.min} tot en met {ends.max}, of Enter om over te slaan")

    return ask("Antwoord", read, "")


def _free_name(path: Path) -> Path:
    """The path, or the first free one with a number behind it."""
    number = 2
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free

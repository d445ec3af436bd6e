"""Questions on a terminal, in plain lines that a screen reader can follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from regiekit.cli.options import read_regie, read_sturing, read_waarneming
from regiekit.cli.output import say, write_file
from regiekit.cli.taal import ask, confirm, terminal_width, wrap
from regiekit.content.invulblad import make_invulblad
from regiekit.content.library import load_vragenlijst_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.content.afnames import VragenlijstGiven
    from regiekit.domain.niveau import Regie, Sturing, Waarnemingswoord
    from regiekit.domain.stuurmatrix import Stuurmatrix
    from regiekit.domain.vragenlijst import Vraag, Vragenlijst


def ask_zone(matrix: Stuurmatrix) -> tuple[Regie, Sturing | None, Waarnemingswoord | None, bool]:
    """Walk past the six kenmerken; the coach concludes, nothing is added up."""
    say_wrapped("Denk aan één cliënt. Loop langs zes kenmerken; daarna beslis jij. Je antwoorden worden niet bewaard.")
    say("")
    rouw = False
    for number, kenmerk in enumerate(matrix.kenmerken, 1):
        say_wrapped(f"{number} van 6. {kenmerk.naam}: {kenmerk.tekst}")
        if kenmerk.id == "rouw":
            rouw = confirm("   Speelt dat?")
        else:
            ask("   Wat zie je? (Enter om door te gaan)", str, "")
    regie = cast("Regie", ask("\nHoeveel regie neemt de cliënt nu: laag, midden of hoog?", read_regie))
    sturing = ask("Hoe strak stuur je nu: strak, gedeeld of los? (Enter = weet ik niet)", _or_none(read_sturing), "")
    waarneming = None
    if sturing:
        question = "Wat zie je dan: aansluiting, uitdaging, stress, verveling of irritatie? (Enter = weet ik niet)"
        waarneming = ask(question, _or_none(read_waarneming), "")
    say("")
    return regie, cast("Sturing | None", sturing), cast("Waarnemingswoord | None", waarneming), rouw


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
    answers = {v.id: _ask_vraag(loaded.inhoud, v, f"{i} van {len(loaded.inhoud.vragen)}")
               for i, v in enumerate(loaded.inhoud.vragen, 1)}  # fmt: skip
    text = make_invulblad(loaded.inhoud, answers=answers, datum=date.today().isoformat())
    text = text.replace(f"vragenlijst: {loaded.inhoud.id}\n", f"vragenlijst: ./{Path(given.path).name}\n")
    target = _free_name(Path(given.path).with_name(f"afname-{loaded.inhoud.id}.yaml"))
    write_file(target, text.encode(), replace=False)
    say(f"\nDe antwoorden staan in {target}. Dat bestand is leesbaar voor wie op deze computer kan.\n")
    return str(target)


def _ask_vraag(lijst: Vragenlijst, vraag: Vraag, place: str) -> int | None:
    ends = vraag.antwoordschaal or lijst.antwoordschaal
    say("")
    say_wrapped(f"Vraag {place}. {vraag.tekst}")
    for waarde, label in ends.labels.items():
        say(f"  {waarde} = {label}")

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

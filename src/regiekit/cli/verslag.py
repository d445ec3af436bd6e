"""`regiekit verslag`; for intervisie only, so far."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from regiekit.cli.bewaking import GeenBsn, Naam, Toch, check_for_others, to_problem
from regiekit.cli.options import Json, Overschrijf
from regiekit.cli.output import say, show_json, write_file
from regiekit.content.invoer import CASUS, Bron, read_casus
from regiekit.content.library import find_techniek, load_intervisievorm, load_namenlijst, load_technieken
from regiekit.domain.herkenbaar import CODES, HELP, dates_to_weeks, find_herkenbaar, scale_minuten
from regiekit.domain.mijlpalen import check_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.errors import Problem
    from regiekit.render.intervisie import Intervisie

AUDIENCES = ("intervisie",)


class Casus(NamedTuple):
    """What the coach brings in, with the place of each text."""

    casus: str | None
    vraag: str | None
    start: date | None
    namen: tuple[str, ...]
    bronnen: tuple[Bron, ...]


def read_voor(word: str) -> str:
    """The audience; the others come later, and it says so."""
    if word.strip().lower() in AUDIENCES:
        return word.strip().lower()
    raise typer.BadParameter("nu kan alleen 'intervisie'; een verslag voor cliënt, coach of werkgever komt later")


Voor = Annotated[
    str, typer.Option("--voor", parser=read_voor, metavar="intervisie", help="Voor wie; nu alleen intervisie.")
]
Bestand = Annotated[
    str | None, typer.Argument(metavar="BESTAND", help="Een ingevuld casus.yaml; '-' leest standaardinvoer.")
]
DeCasus = Annotated[str | None, typer.Option("--casus", help="Wat er gebeurde, zonder namen of plaatsen.")]
Vraag = Annotated[str | None, typer.Option("--vraag", help="Wat je van de groep wilt weten.")]
EersteZiektedag = Annotated[
    datetime | None,
    typer.Option("--eerste-ziektedag", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="Maakt van datums 'week n'."),
]
Mag = Annotated[
    list[str] | None, typer.Option("--mag", metavar="WOORD", help="Dit woord verraadt niemand en mag blijven.")
]
Minuten = Annotated[int, typer.Option("--minuten", min=20, max=240, help="Hoe lang het gesprek duurt.")]
Invulblad = Annotated[bool, typer.Option("--invulblad", help="Maak een leeg casus.yaml om in te vullen.")]
Uit = Annotated[
    str | None,
    typer.Option("--uit", metavar="PAD", help="Waar het blad komt: .pdf, .html, .docx of .txt; '-' is het scherm."),
]


def verslag(
    voor: Voor,
    bestand: Bestand = None,
    casus: DeCasus = None,
    vraag: Vraag = None,
    eerste_ziektedag: EersteZiektedag = None,
    naam: Naam = None,
    mag: Mag = None,
    minuten: Minuten = 65,
    invulblad: Invulblad = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    toch: Toch = False,
    geen_bsn: GeenBsn = False,
    json: Json = False,
) -> None:
    """Een blad over een casus; nu alleen voor intervisie.

    Met de rondes en hun minuten, de vraag van wie het probleem is, een zelfcheck op de reparatiereflex en de
    vergelijking van twee casussen. Zonder casus komt er een leeg blad.

    De tekst moet anoniem zijn. Lijkt iets op een naam, plaats, datum, code of medisch woord, dan schrijft regiekit
    niets en noemt de plaats. Dat is geen garantie: lees het blad zelf na.
    """
    assert voor in AUDIENCES
    if invulblad:
        return write_invulblad(uit, overschrijf)
    given = read_given(bestand, casus, vraag, eerste_ziektedag.date() if eerste_ziektedag else None, tuple(naam or ()))
    check_for_others(given.bronnen, toch, geen_bsn, find_traces(given, mag or ()), HELP)
    return write_blad(make_blad(given, minuten), uit, overschrijf, json)


def read_given(
    bestand: str | None, casus: str | None, vraag: str | None, start: date | None, namen: tuple[str, ...]
) -> Casus:
    """What was given in a file and in options; on a terminal without either, asked."""
    typed = [Bron(name, text) for name, text in (("--casus", casus), ("--vraag", vraag)) if text]
    if bestand:
        made, bronnen = read_casus(bestand)
        bronnen = [*(b for b in bronnen if b.tekst in (made.casus, made.vraag)), *typed]
        start, namen = start or made.eerste_ziektedag, (*namen, *made.namen)
        return Casus(casus or made.casus, vraag or made.vraag, start and check_start(start), namen, tuple(bronnen))
    if not typed and sys.stdin.isatty() and sys.stdout.isatty():
        from regiekit.cli.taal import ask

        casus = ask("Wat gebeurde er, zonder namen of plaatsen? (Enter voor een leeg blad)", str, "") or None
        vraag = ask("Wat wil je van de groep weten? (Enter om over te slaan)", str, "") or None
        typed = [Bron(name, text) for name, text in (("de casus", casus), ("de vraag", vraag)) if text]
    return Casus(casus, vraag, start and check_start(start), namen, tuple(typed))


def find_traces(given: Casus, mag: "Sequence[str]") -> "Iterator[Problem]":
    """Everything that may give someone away, each with its place."""
    lijst = load_namenlijst()
    for bron in given.bronnen:
        for vondst in find_herkenbaar(bron.tekst, lijst, given.namen, mag, given.start):
            yield to_problem(bron, vondst, CODES.get(vondst.soort, "herkenbaar"))


def make_blad(given: Casus, minuten: int) -> "Intervisie":
    """The sheet: dates become weeks, the rounds fill the time exactly."""
    from regiekit.render.intervisie import Intervisie

    vorm = load_intervisievorm()
    texts = (dates_to_weeks(t, given.start) if t and given.start else t for t in (given.casus, given.vraag))
    casus, vraag = (t and t.strip("\n") for t in texts)
    minutes = scale_minuten([ronde.minuten for ronde in vorm.rondes], minuten)
    return Intervisie(casus, vraag, vorm, minutes, find_techniek(load_technieken(), "reparatiereflex"))


def write_blad(blad: "Intervisie", uit: str | None, overschrijf: bool, json: bool) -> None:
    """On screen, as JSON, or in a file whose name says the form."""
    from regiekit.render.intervisie import json_intervisie, make_document

    if json:
        return show_json(json_intervisie(blad))
    from regiekit.cli.document import write_document

    if target := write_document(make_document(blad), uit, overschrijf):
        say(f"Het blad staat in {target}. {HELP}")
    return None


def write_invulblad(uit: str | None, overschrijf: bool) -> None:
    """An empty casus.yaml."""
    target = uit or "casus.yaml"
    write_file(target, CASUS.format(naam=target if target != "-" else "casus.yaml").encode(), replace=overschrijf)
    if target != "-":
        say(f"Het invulblad staat in {Path(target).resolve()}. Vul het in en typ: regiekit verslag --voor intervisie "
            f"{target}")  # fmt: skip

"""`regiekit verslag`: for the client, the coach, the employer, and for intervisie."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from regiekit.cli.bewaking import GeenBsn, Naam, Toch, check_for_others, to_problem
from regiekit.cli.options import (
    INVULBAAR,
    Bibliotheek,
    DossierPad,
    Json,
    Overschrijf,
    WachtzinFd,
    dag_option,
    refuse_file_beside_json,
    require_ending,
    require_with,
    the_code,
)
from regiekit.cli.output import say, show_json, write_file
from regiekit.content.invoer import CASUS, Bron, read_casus
from regiekit.content.library import find_techniek, load_intervisievorm, load_namenlijst, load_technieken, own_folder
from regiekit.domain.herkenbaar import (
    ANDERE_CODE,
    CODES,
    HELP,
    dates_to_weeks,
    find_anderen,
    find_herkenbaar,
    scale_minuten,
)
from regiekit.domain.mijlpalen import check_start
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regiekit.errors import Problem
    from regiekit.render.intervisie import Intervisie

AUDIENCES = ("client", "coach", "werkgever", "intervisie")
MINUTEN = 65  # of a talk for intervisie


class Casus(NamedTuple):
    """What the coach brings in, with the place of each text; `codes` are those of clients that must not be there."""

    casus: str | None
    vraag: str | None
    start: date | None
    namen: tuple[str, ...]
    bronnen: tuple[Bron, ...]
    codes: tuple[str, ...] = ()


class Blad(NamedTuple):
    """How the sheet for intervisie is asked."""

    casus: str | None
    vraag: str | None
    start: date | None
    namen: tuple[str, ...]
    mag: tuple[str, ...]
    minuten: int
    with_texts: bool
    uit: str | None
    overschrijf: bool
    toch: bool
    geen_bsn: bool
    json: bool


def read_voor(word: str) -> str:
    """For whom, also as people write it."""
    plain = word.strip().lower().replace("ë", "e")
    if plain in AUDIENCES:
        return plain
    raise typer.BadParameter(f"'{word}' kan niet; kies client, coach, werkgever of intervisie")


Voor = Annotated[
    str,
    typer.Option("--voor", parser=read_voor, metavar="WIE", help="Voor wie: client, coach, werkgever of intervisie."),
]
Bestand = Annotated[
    str | None,
    typer.Argument(
        metavar="CODE", help="De code van een cliënt in je dossier; voor intervisie mag het ook een casus.yaml zijn."
    ),
]
Van = Annotated[
    datetime | None,
    dag_option("--van", "De eerste dag van de periode."),
]
Tot = Annotated[
    datetime | None,
    dag_option("--tot", "De laatste dag; anders die van --datum."),
]
Datum = Annotated[
    datetime | None,
    dag_option("--datum", "De dag van het verslag; anders vandaag."),
]
Geleverd = Annotated[
    bool, typer.Option("--geleverd", help="De werkgever heeft dit: de volgende rapportage telt vanaf deze dag.")
]
MetTeksten = Annotated[
    bool, typer.Option("--met-teksten", help="Voor intervisie: neem ook eigen teksten uit het dossier over.")
]
DeCasus = Annotated[str | None, typer.Option("--casus", help="Wat er gebeurde, zonder namen of plaatsen.")]
Vraag = Annotated[str | None, typer.Option("--vraag", help="Wat je van de groep wilt weten.")]
EersteZiektedag = Annotated[
    datetime | None,
    dag_option("--eerste-ziektedag", "Maakt van datums 'week n'."),
]
Mag = Annotated[
    list[str] | None, typer.Option("--mag", metavar="WOORD", help="Dit woord verraadt niemand en mag blijven.")
]
Minuten = Annotated[
    int | None,
    typer.Option("--minuten", min=20, max=240, help=f"Hoe lang het gesprek duurt; anders {MINUTEN} minuten."),
]
Invulblad = Annotated[bool, typer.Option("--invulblad", help="Maak een leeg casus.yaml om in te vullen.")]
Uit = Annotated[
    str | None,
    typer.Option(
        "--uit",
        metavar="PAD",
        help="Waar het komt: .pdf, .html, .docx of .txt, met --invulblad .yaml; '-' is het scherm.",
    ),
]


def verslag(
    voor: Voor,
    bestand: Bestand = None,
    van: Van = None,
    tot: Tot = None,
    datum: Datum = None,
    geleverd: Geleverd = False,
    casus: DeCasus = None,
    vraag: Vraag = None,
    met_teksten: MetTeksten = False,
    eerste_ziektedag: EersteZiektedag = None,
    naam: Naam = None,
    mag: Mag = None,
    minuten: Minuten = None,
    invulblad: Invulblad = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    toch: Toch = False,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Een verslag van één cliënt, of een blad voor intervisie.

    De werkgever krijgt een vaste lijst: activiteiten, aanwezigheid, afspraken, mogelijkheden in werk en planning. De
    cliënt leest in gewone taal wat jullie deden, en vragen om over te praten. De coach ziet alles wat geldt.

    Voor intervisie moet de tekst anoniem zijn. Lijkt iets op een naam, plaats, datum of code, dan schrijft regiekit
    niets en noemt de plaats. Bij de werkgever geldt dat voor medische woorden en een burgerservicenummer. Dat is geen
    garantie: lees na wat je deelt.
    """
    code = the_code(bestand, dossier)
    days = [day.date() if day else None for day in (van, tot, datum, eerste_ziektedag)]
    refuse_file_beside_json(json, {"--uit": uit})
    check_options(voor, code, {"--van": van, "--tot": tot, "--geleverd": geleverd}, {
        "--met-teksten": met_teksten, "--casus": casus, "--vraag": vraag, "--eerste-ziektedag": eerste_ziektedag,
        "--mag": mag, "--minuten": minuten, "--invulblad": invulblad,
    })  # fmt: skip
    if voor == "intervisie":
        asked = Blad(
            casus, vraag, days[3], tuple(naam or ()), tuple(mag or ()), minuten or MINUTEN, met_teksten, uit,
            overschrijf, toch, geen_bsn, json,
        )  # fmt: skip
        if invulblad:
            return write_invulblad(uit, overschrijf)
        if code is None:
            return sheet_of_file(bestand, asked)
        return sheet_of_client(code, asked, days[2], dossier, wachtzin_fd, own_folder(bibliotheek))
    from regiekit.cli.verslag_dossier import Opdracht, write_verslag

    assert code is not None
    return write_verslag(voor, Opdracht(
        code, days[0], days[1], days[2] or date.today(), tuple(naam or ()), toch, geen_bsn, geleverd, uit, overschrijf,
        json, dossier, wachtzin_fd, bibliotheek,
    ))  # fmt: skip


def check_options(
    voor: str, code: str | None, of_verslag: "Mapping[str, object]", of_intervisie: "Mapping[str, object]"
) -> None:
    """Options that belong together; raises RegiekitError."""
    is_sheet = voor == "intervisie"
    require_with("--voor intervisie", is_sheet, of_intervisie)
    require_with("--voor intervisie met de code van een cliënt, zoals R-014", bool(code),
                 {"--met-teksten": of_intervisie["--met-teksten"]})  # fmt: skip
    require_with("--voor werkgever", voor == "werkgever", {"--geleverd": of_verslag["--geleverd"]})
    require_with("een verslag voor cliënt, coach of werkgever", not is_sheet, of_verslag)
    if not is_sheet and code is None:
        raise RegiekitError(f"bij --voor {voor} hoort de code van een cliënt in je dossier, zoals R-014")


def sheet_of_file(bestand: str | None, asked: Blad) -> None:
    """The sheet of a casus that the coach wrote."""
    given = read_given(bestand, asked.casus, asked.vraag, asked.start, asked.namen)
    check_for_others(given.bronnen, asked.toch, asked.geen_bsn, find_traces(given, asked.mag), HELP)
    blad = make_blad(given, asked.minuten)
    if asked.json:
        return show_sheet(blad)
    from regiekit.cli.document import write_document
    from regiekit.render.intervisie import make_document

    return tell_sheet(write_document(make_document(blad), asked.uit, asked.overschrijf))


def sheet_of_client(
    code: str, asked: Blad, tot: date | None, dossier: Path | None, wachtzin_fd: int | None, folder: Path | None
) -> None:
    """The sheet with a draft from the dossier, or with a casus of the coach in its place; without any code."""
    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_uitvoer import write_of_client
    from regiekit.cli.verslag_dossier import make_schets
    from regiekit.render.intervisie import make_document
    from regiekit.render.verslag import running

    with open_boek(dossier, wachtzin_fd, says_so=not asked.json and asked.uit in (None, "-")) as boek:
        kept = boek.read(code)
        schets = make_schets(kept, boek.codes(), asked.start, asked.with_texts, tot or date.today(), folder)
        given = with_draft(asked, schets.casus, schets.start, kept.code, schets.codes)
        check_for_others(given.bronnen, asked.toch, asked.geen_bsn, find_traces(given, asked.mag), HELP)
        blad = make_blad(given, asked.minuten)
        if asked.json:
            return show_sheet(blad)
        document = make_document(blad)._replace(lopend=running(kept.verzonnen))
        target = write_of_client(document, boek, kept.code, "verslag intervisie", asked.uit, asked.overschrijf)
    return tell_sheet(target)


def with_draft(asked: Blad, draft: str | None, start: date, code: str, codes: tuple[str, ...]) -> Casus:
    """The draft, or what was typed in its place; its own code may not be there either."""
    texts = (("--casus", asked.casus), ("de casus uit het dossier", None if asked.casus else draft))
    bronnen = tuple(Bron(name, text) for name, text in (*texts, ("--vraag", asked.vraag)) if text)
    return Casus(asked.casus or draft, asked.vraag, start, (code, *asked.namen), bronnen, codes)


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
        from regiekit.cli.taal import ask, read_words

        casus = ask("Wat gebeurde er, zonder namen of plaatsen? (Enter voor een leeg blad)", read_words, "") or None
        vraag = ask("Wat wil je van de groep weten? (Enter om over te slaan)", read_words, "") or None
        typed = [Bron(name, text) for name, text in (("de casus", casus), ("de vraag", vraag)) if text]
    return Casus(casus, vraag, start and check_start(start), namen, tuple(typed))


def find_traces(given: Casus, mag: "Sequence[str]") -> "Iterator[Problem]":
    """Everything that may give someone away, each with its place."""
    lijst = load_namenlijst()
    for bron in given.bronnen:
        for vondst in find_herkenbaar(bron.tekst, lijst, given.namen, mag, given.start):
            yield to_problem(bron, vondst, CODES.get(vondst.soort, "herkenbaar"))
        for vondst in find_anderen(bron.tekst, None, (), given.codes):
            if vondst.soort == ANDERE_CODE and vondst.woord in mag:  # an ordinary word that is a code too
                continue
            yield to_problem(bron, vondst, CODES[vondst.soort])


def make_blad(given: Casus, minuten: int) -> "Intervisie":
    """The sheet: dates become weeks, the rounds fill the time exactly."""
    from regiekit.render.intervisie import Intervisie

    vorm = load_intervisievorm()
    texts = (dates_to_weeks(t, given.start) if t and given.start else t for t in (given.casus, given.vraag))
    casus, vraag = (t and t.strip("\n") for t in texts)
    minutes = scale_minuten([ronde.minuten for ronde in vorm.rondes], minuten)
    return Intervisie(casus, vraag, vorm, minutes, find_techniek(load_technieken(), "reparatiereflex"))


def show_sheet(blad: "Intervisie") -> None:
    """The sheet as JSON."""
    from regiekit.render.intervisie import json_intervisie

    show_json(json_intervisie(blad))


def tell_sheet(target: Path | None) -> None:
    """Where it stands."""
    if target:
        say(f"Het blad staat in {target}. {HELP}")


def write_invulblad(uit: str | None, overschrijf: bool) -> None:
    """An empty casus.yaml."""
    require_ending(uit, INVULBAAR, "Wil je het blad zelf? Laat --invulblad weg")
    target = uit or "casus.yaml"
    naam = target if target != "-" else "casus.yaml"
    write_file(target, CASUS.format(naam=naam).encode(), replace=overschrijf, private=True)
    if target != "-":
        say(f"Het invulblad staat in {Path(target).resolve()}. Vul het in en typ: regiekit verslag --voor intervisie "
            f"{target}")  # fmt: skip

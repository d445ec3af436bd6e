"""`regiekit dossier afname` and `regiekit dossier schaalvraag`: answers of a client into the dossier."""

from datetime import date, datetime
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.options import (
    Bibliotheek,
    Code,
    DossierPad,
    Json,
    MeetmomentOption,
    SleutelPad,
    Toestemming,
    WachtzinFd,
    ZelfdeClient,
    ZonderTraining,
    dag_option,
    day_of,
    require_with,
)
from regiekit.cli.output import say, show_json, warn, write_reason
from regiekit.cli.taal import ask, confirm
from regiekit.content.library import load_stuurmatrix, own_folder
from regiekit.domain.beoordeling import SCHAALVRAGEN
from regiekit.errors import REFUSED, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.vragenlijst import Vragenlijst
    from regiekit.dossier.boek import Boek
    from regiekit.kanaal.antwoordbestand import OpenSealed

STDIN = "-"
Datum = Annotated[
    datetime | None,
    dag_option("--datum", "De dag van het invullen, als die er niet bij staat."),
]
TaalOfNiets = Annotated[
    str | None, typer.Option("--taal", help="De taal, bij --invullen: nl, en, nl-x-simpel, of een andere van de lijst.")
]
EIGEN_REGIE, NL = "eigen-regie", "nl"


Bestanden = Annotated[
    list[str] | None,
    typer.Argument(metavar="BESTAND", help="Een of meer antwoordbestanden, in elke vorm; '-' is standaardinvoer."),
]
Verwijder = Annotated[
    bool, typer.Option("--verwijder", help="Haal de bestanden weg als de antwoorden in het dossier staan.")
]
Invullen = Annotated[
    bool, typer.Option("--invullen", help="Vul de vragenlijst nu in; er komt geen leesbaar bestand op de schijf.")
]
Lijst = Annotated[str | None, typer.Option("--lijst", help=f"Welke vragenlijst, bij --invullen; anders {EIGEN_REGIE}.")]
Snel = Annotated[bool, typer.Option("--snel", help="Bij --invullen: een papieren formulier overtypen.")]


def afname(
    code: Code,
    bestanden: Bestanden = None,
    datum: Datum = None,
    zelfde_client: ZelfdeClient = False,
    verwijder: Verwijder = False,
    invullen: Invullen = False,
    lijst: Lijst = None,
    meetmoment: MeetmomentOption = None,
    taal: TaalOfNiets = None,
    zonder_training: ZonderTraining = False,
    snel: Snel = False,
    ik_heb_toestemming: Toestemming = False,
    geen_bsn: GeenBsn = False,
    bibliotheek: Bibliotheek = None,
    sleutel: SleutelPad = None,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Antwoorden van een cliënt in het dossier, uit een bestand of direct.

    Elk antwoordbestand dat 'regiekit score' leest, kan erin; van meer bestanden komen ze er alle in, of geen. Een
    bestand met de code van een ander wordt geweigerd. Met --wachtzin-fd is de eerste regel de wachtzin van je dossier,
    en de tweede die van je sleutel, als een bestand versleuteld is.

    Met --invullen vult de cliënt hier in, of typ jij met --snel een papier over. De antwoorden komen in het dossier als
    je klaar bent of stopt; later ga je met dezelfde opdracht verder. Valt de computer ineens uit, dan zijn ze weg.
    """
    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_vragen import tell_closed

    check_use(bestanden, invullen, json)
    require_with("--invullen", invullen, {
        "--lijst": lijst, "--meetmoment": meetmoment, "--taal": taal, "--zonder-training": zonder_training,
        "--snel": snel, "--ik-heb-toestemming": ik_heb_toestemming,
    })  # fmt: skip
    require_with("een antwoordbestand", not invullen, {
        "--zelfde-client": zelfde_client, "--verwijder": verwijder, "--sleutel": sleutel
    })  # fmt: skip
    day = datum.date() if datum else None
    with open_boek(dossier, wachtzin_fd) as boek:
        kept = boek.read(code)
        tell_closed(kept)
        code = kept.code
        if invullen:
            from regiekit.cli.dossier_invullen import fill_in_dossier
            from regiekit.cli.invullen import Wens

            wens = Wens(lijst or EIGEN_REGIE, code, meetmoment, taal or NL, not zonder_training, None, snel,
                        ik_heb_toestemming, bibliotheek, day)  # fmt: skip
            return fill_in_dossier(boek, wens, geen_bsn, dossier)
        asked = Verzoek(code, day, zelfde_client, geen_bsn)
        return add_files(boek, bestanden or [], asked, bibliotheek, make_keeping_opener(sleutel, wachtzin_fd),
                         verwijder, json)  # fmt: skip


class Verzoek(NamedTuple):
    """Whose answers they must be, and what the coach said of them."""

    code: str
    datum: date | None
    zelfde_client: bool
    geen_bsn: bool


def check_use(bestanden: list[str] | None, invullen: bool, json: bool) -> None:
    """Files, or filling in: one of the two; raises RegiekitError."""
    if bool(bestanden) == invullen:
        raise RegiekitError("geef een of meer antwoordbestanden, of zet --invullen erbij om ze nu in te vullen")
    if invullen and json:
        raise RegiekitError("--json gaat niet samen met --invullen: daar staan vragen op het scherm")
    if len({realpath(b) for b in bestanden or ()}) < len(bestanden or ()):
        raise RegiekitError("hetzelfde bestand staat er twee keer; noem elk bestand één keer")


# Files ----------------------------------------------------------------------------------------------------------------


def make_keeping_opener(sleutel: Path | None, wachtzin_fd: int | None) -> "tuple[OpenSealed, set[str]]":
    """What opens sealed files, and the names of those that were sealed."""
    from regiekit.cli.sleutel import make_opener

    opener, sealed = make_opener(sleutel, wachtzin_fd), set[str]()

    def open_sealed(raw: bytes, bestand: str) -> bytes:
        sealed.add(bestand)
        return opener(raw, bestand)

    return open_sealed, sealed


def add_files(
    boek: "Boek", bestanden: list[str], asked: Verzoek, bibliotheek: Path | None,
    opener: "tuple[OpenSealed, set[str]]", verwijder: bool, json: bool,
) -> None:  # fmt: skip
    """Read every file, put all afnames in the dossier or none, and say what still stands on the disk."""
    from regiekit.cli.dossier_antwoorden import Nieuw, say_kept, store
    from regiekit.kanaal.antwoordbestand import read_afnames

    open_sealed, sealed = opener
    read = read_afnames(bestanden, open_sealed, own_folder(bibliotheek))
    for found in read:
        check_client(found, asked)
    nieuwe = [
        Nieuw(day, found._replace(client=asked.code, datum=day))
        for found in read
        for day in [day_of_afname(found, asked)]
    ]
    numbers = store(boek, asked.code, nieuwe, asked.geen_bsn)
    if json:
        show_added(numbers, [n.ingevuld for n in nieuwe])
    else:
        say_kept(numbers, nieuwe, asked.code)
    left = [b for b in bestanden if b != STDIN]
    tidy(left, [b for b in left if b not in sealed], verwijder)


def check_client(found: "Ingevuld", asked: Verzoek) -> None:
    """The answers must be of this client; raises RegiekitError (exit code 4)."""
    if found.client and found.client.casefold() != asked.code.casefold():
        raise RegiekitError(
            f"{found.bestand} is van {found.client}, en niet van {asked.code}; er is niets bewaard", REFUSED
        )
    if found.client or asked.zelfde_client:
        return
    from regiekit.cli.dossier_teksten import on_terminal

    if on_terminal() and confirm(f"In {found.bestand} staat geen code. Zijn deze antwoorden van {asked.code}?"):
        return
    raise RegiekitError(
        f"in {found.bestand} staat geen code; zijn de antwoorden zeker van {asked.code}? Geef dan --zelfde-client. Er "
        "is niets bewaard", REFUSED,
    )  # fmt: skip


def day_of_afname(found: "Ingevuld", asked: Verzoek) -> date:
    """The day of the file, of --datum, or as it is typed on a terminal; raises RegiekitError."""
    from regiekit.cli.dossier_teksten import on_terminal
    from regiekit.cli.invullen import check_datum

    if found.datum and asked.datum and found.datum != asked.datum:
        raise RegiekitError(
            f"in {found.bestand} staat {found.datum}, en je gaf --datum {asked.datum}; laat --datum weg, of verbeter "
            "het bestand"
        )
    day = found.datum or asked.datum
    if day is None and on_terminal():
        day = ask(f"Op welke dag is {found.bestand} ingevuld (jaar-maand-dag)?", read_day)
    if day is None:
        raise RegiekitError(f"in {found.bestand} staat geen datum; geef de dag van het invullen met --datum JJJJ-MM-DD")
    check_datum(day)
    return day


def read_day(answer: str) -> date:
    """A day as it is typed; raises RegiekitError."""
    try:
        return date.fromisoformat(answer.strip())
    except ValueError:
        raise RegiekitError(f"'{answer}' is geen datum; typ jaar-maand-dag, zoals 2026-03-02") from None


def show_added(numbers: "Sequence[int]", afnames: "Sequence[Ingevuld]") -> None:
    """`--json`: each nummer with the scores, as `score --json` gives them."""
    from regiekit.domain.advies import Bronnen
    from regiekit.domain.beoordeling import assess
    from regiekit.render.as_json import json_beoordeling

    matrix = load_stuurmatrix()
    made = [json_beoordeling(assess(a, matrix, Bronnen())) for a in afnames]
    show_json([{"nummer": number, **found} for number, found in zip(numbers, made, strict=True)])


def tidy(bestanden: list[str], leesbaar: list[str], verwijder: bool) -> None:
    """Take the files away when the coach wants that; else say which still stand there for everyone to read."""
    from regiekit.cli.dossier_teksten import on_terminal

    if verwijder:
        return remove(bestanden)
    if not leesbaar:
        return None
    stands = f"{', '.join(leesbaar)} {'staat' if len(leesbaar) == 1 else 'staan'} nog onversleuteld op deze schijf"
    if on_terminal() and confirm(f"{stands}. Nu verwijderen?"):
        return remove(leesbaar)
    return warn(f"let op: {stands}; verwijder dat, of geef een volgende keer --verwijder")


def remove(bestanden: list[str]) -> None:
    """Take files away; one that cannot go is told, and is no reason to stop."""
    for name in bestanden:
        path = Path(name)
        if path.is_symlink():
            warn(f"{name} is een verwijzing naar een andere plek; verwijder het bestand daar zelf")
            continue
        try:
            path.unlink()
        except OSError as error:
            warn(f"{name} kan niet verwijderd worden: {write_reason(error)}")
        else:
            warn(f"{name} is verwijderd. In een prullenbak, mail of reservekopie kan het nog staan")


# The two scale questions ----------------------------------------------------------------------------------------------


Onzekerheid = Annotated[
    int | None, typer.Option("--onzekerheid", min=1, max=10, help="1 tot en met 10; hoger = meer onzekerheid.")
]
Vertrouwen = Annotated[
    int | None, typer.Option("--vertrouwen", min=1, max=10, help="1 tot en met 10; hoger = meer vertrouwen.")
]


def schaalvraag(
    code: Code,
    onzekerheid: Onzekerheid = None,
    vertrouwen: Vertrouwen = None,
    meetmoment: MeetmomentOption = None,
    datum: Datum = None,
    bibliotheek: Bibliotheek = None,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """De twee schaalvragen van 1 tot en met 10.

    Onzekerheid over het traject (hoger = meer onzekerheid) en vertrouwen in wat je kunt (hoger = meer vertrouwen). Ze
    lopen tegen elkaar in en worden nooit opgeteld. Zonder opties stelt regiekit ze; Enter slaat er een over.
    """
    from regiekit.cli.dossier_antwoorden import Nieuw, say_kept, store
    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_vragen import tell_closed
    from regiekit.cli.invullen import check_datum
    from regiekit.cli.vragenlijst import check_meetmoment, named
    from regiekit.domain.beoordeling import Ingevuld

    day = day_of(datum)
    check_datum(day)
    loaded = named(SCHAALVRAGEN, bibliotheek)
    check_meetmoment(loaded, meetmoment)
    with open_boek(dossier, wachtzin_fd) as boek:
        kept = boek.read(code)
        tell_closed(kept)
        code = kept.code
        given: dict[str, int | None] = {"onzekerheid": onzekerheid, "vertrouwen": vertrouwen}
        if not any(given.values()):
            given = ask_schaalvragen(loaded.inhoud)
        if not any(given.values()):
            return say("Er is niets ingevuld, en niets bewaard.")
        answers = {v.id: given.get(v.id) for v in loaded.inhoud.vragen}
        made = Ingevuld("dit antwoord", loaded.inhoud, loaded.hash, code, meetmoment, day, answers, {})
        nieuw = Nieuw(day, made)
        numbers = store(boek, code, [nieuw], geen_bsn=True)
        return show_added(numbers, [made]) if json else say_kept(numbers, [nieuw], code)


def ask_schaalvragen(lijst: "Vragenlijst") -> dict[str, int | None]:
    """The questions as the client hears them, each with its own direction; None for one that was left."""
    answers: dict[str, int | None] = {}
    for vraag in lijst.vragen:
        schaal = next(s for s in lijst.schalen if any(v.vraag == vraag.id for v in s.vragen))
        say("")
        question = f"{vraag.tekst} ({schaal.betekenis}; Enter = overslaan)"
        answers[vraag.id] = ask(question, read_number(lijst.antwoordschaal.min, lijst.antwoordschaal.max), "")
    return answers


def read_number(low: int, high: int) -> "Callable[[str], int | None]":
    """What reads a whole number between two ends, or None from an empty line; raises RegiekitError."""

    def read(answer: str) -> int | None:
        text = answer.strip()
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 5 and low <= int(text) <= high:
            return int(text)
        raise RegiekitError(f"typ een getal van {low} tot en met {high}, of alleen Enter")

    return read

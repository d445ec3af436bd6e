"""Every command in one table, and the one border where errors become lines."""

import errno
import sys
from typing import Annotated

import typer

from regiekit import __version__
from regiekit.cli.output import forget_written, prepare_streams, print_error, write_reason
from regiekit.cli.taal import DutchGroup, Lazy, discard, on_terminal, run
from regiekit.errors import STOPPED, WRONG_USE, RegiekitError, StoppedError
from regiekit.schijf import NO_ROOM


def show_versie(asked: bool) -> None:
    """Answers before Typer misses a command."""
    if asked:
        typer.echo(f"regiekit {__version__}")
        raise typer.Exit


def versie(
    versie: Annotated[
        bool, typer.Option("--versie", is_eager=True, callback=show_versie, help="Toon de versie en stop.")
    ] = False,
) -> None:
    """Options of regiekit itself."""


regiekit = DutchGroup(
    "Eigen regie meten, bespreken en versterken in het tweede spoor.\n\n"
    "Alles gebeurt op deze computer; regiekit gebruikt geen netwerk.",
    {
        "score": Lazy("regiekit.cli.score:score", "Scores, niveau en advies bij een ingevulde vragenlijst."),
        "zone": Lazy("regiekit.cli.zone:zone", "Welke sturing past bij deze mate van regie?"),
        "techniek": Lazy("regiekit.cli.techniek:techniek", "De vijf technieken: lijst, kaart en placemat."),
        "vragenlijst": DutchGroup(
            "Vragenlijsten: bekijken, laten invullen, inlezen en uitvoeren.",
            {
                "lijst": Lazy("regiekit.cli.vragenlijst:lijst", "Welke vragenlijsten zijn er?"),
                "toon": Lazy("regiekit.cli.vragenlijst:toon", "Eén vragenlijst: vragen, schalen en regels."),
                "invulblad": Lazy(
                    "regiekit.cli.vragenlijst:invulblad", "Een leeg bestand om met de hand in te vullen."
                ),
                "importeer": Lazy(
                    "regiekit.cli.importeer:importeer",
                    "Antwoorden uit een rekenblad: Microsoft Forms, Google Forms, LimeSurvey.",
                ),
                "papier": Lazy(
                    "regiekit.cli.vragenlijst_papier:papier",
                    "Een vragenlijst op papier (A4, PDF), om met een pen in te vullen.",
                ),
                "invullen": Lazy("regiekit.cli.invullen:invullen", "Een vragenlijst invullen, vraag voor vraag."),
                "formulier": Lazy(
                    "regiekit.cli.formulier:formulier",
                    "Een formulier in één bestand, dat een cliënt invult in de browser.",
                ),
                "exporteer": Lazy(
                    "regiekit.cli.exporteer:exporteer",
                    "Een vragenlijst voor een ander systeem: ODK of KoboToolbox, FHIR, LimeSurvey of REDCap.",
                ),
            },
            no_args_is_help=True,
        ),
        "advies": Lazy("regiekit.cli.advies:advies", "Niveau, sturing en hoogstens twee technieken, met de reden."),
        "kennis": Lazy("regiekit.cli.kennis:kennis", "Wat de bronnen verder weten: zoeken en lezen."),
        "voorbereiding": Lazy(
            "regiekit.cli.voorbereiding:voorbereiding", "Eén bladzijde om een gesprek voor te bereiden."
        ),
        "werkblad": Lazy("regiekit.cli.werkblad:werkblad", "Werkbladen om in te vullen: lijst, blad en papier."),
        "plan": Lazy("regiekit.cli.plan:plan", "Bouwstenen voor het Plan van Aanpak."),
        "mijlpalen": Lazy("regiekit.cli.mijlpalen:mijlpalen", "Datums van de Wet verbetering poortwachter."),
        "verloop": Lazy("regiekit.cli.verloop:verloop", "Scores van één cliënt in de tijd, met de gesprekken eronder."),
        "verslag": Lazy("regiekit.cli.verslag:verslag", "Een verslag van één cliënt, of een blad voor intervisie."),
        "dossier": DutchGroup(
            "Het dossier: alles van je cliënten, versleuteld op deze computer.",
            {
                "nieuw": Lazy("regiekit.cli.dossier:nieuw", "Een nieuwe cliënt; de eerste keer ook het dossier zelf."),
                "lijst": Lazy("regiekit.cli.dossier:lijst", "Al je cliënten, met wat aandacht vraagt."),
                "toon": Lazy(
                    "regiekit.cli.dossier:toon", "Wat er over één cliënt staat: in het kort, of met --alles alles."
                ),
                "traject": Lazy("regiekit.cli.dossier:traject", "Begin, doelen en wat vaststaat veranderen."),
                "corrigeer": Lazy(
                    "regiekit.cli.dossier_corrigeer:corrigeer", "Eén aantekening verbeteren, of weghalen."
                ),
                "sluit": Lazy("regiekit.cli.dossier:sluit", "Een traject afsluiten, of weer openen."),
                "gesprek": Lazy(
                    "regiekit.cli.dossier_gesprek:gesprek",
                    "Een gesprek in het dossier zetten, in hoogstens zeven vragen.",
                ),
                "opvolging": Lazy(
                    "regiekit.cli.dossier_opvolging:opvolging", "Vertellen hoe het ging met wat open staat."
                ),
                "inoculatie": Lazy(
                    "regiekit.cli.dossier_inoculatie:inoculatie",
                    "Een inoculatie in vijf stappen, met een lijst voor de cliënt.",
                ),
                "afname": Lazy(
                    "regiekit.cli.dossier_afname:afname",
                    "Antwoorden van een cliënt in het dossier, uit een bestand of direct.",
                ),
                "schaalvraag": Lazy(
                    "regiekit.cli.dossier_afname:schaalvraag", "De twee schaalvragen van 1 tot en met 10."
                ),
                "besluit": Lazy(
                    "regiekit.cli.dossier_besluit:besluit", "Jouw besluit over het niveau van regie, met de reden."
                ),
                "reservekopie": Lazy(
                    "regiekit.cli.dossier_reserve:reservekopie",
                    "Een versleutelde kopie van het hele dossier, nagekeken.",
                ),
                "herstel": Lazy("regiekit.cli.dossier_reserve:herstel", "Een reservekopie terugzetten."),
                "controleer": Lazy("regiekit.cli.dossier_reserve:controleer", "Is het dossier heel en goed bewaard?"),
                "wachtzin": Lazy(
                    "regiekit.cli.dossier_reserve:wachtzin", "Een andere wachtzin voor het dossier, of de sleutelbos."
                ),
                "inzage": Lazy(
                    "regiekit.cli.dossier_avg:inzage",
                    "Alles wat er over één cliënt staat, om te geven aan wie erom vraagt.",
                ),
                "wis": Lazy("regiekit.cli.dossier_wis:wis", "Alles van één cliënt weghalen; eerst alleen laten zien."),
                "bewaartermijn": Lazy(
                    "regiekit.cli.dossier_avg:bewaartermijn",
                    "Welke dossiers lang genoeg bewaard zijn, en welke langer blijven.",
                ),
                "uitvoer": Lazy(
                    "regiekit.cli.dossier_avg:uitvoer",
                    "Welke bestanden uit het dossier gemaakt zijn, en of ze er nog staan.",
                ),
                "demo": Lazy(
                    "regiekit.cli.dossier_demo:demo",
                    "Een dossier om op te oefenen: drie verzonnen cliënten, een jaar lang.",
                ),
            },
            no_args_is_help=True,
        ),
        "groep": DutchGroup(
            "Cijfers van een groep: schalen, betrouwbaarheid en verandering.",
            {
                "simuleer": Lazy(
                    "regiekit.cli.groep_simuleer:simuleer",
                    "Een tabel met verzonnen afnames, uit een model dat je kent.",
                ),
                "plan": Lazy("regiekit.cli.groep_plan:plan", "Hoeveel mensen heb je nodig voor een onderzoek?"),
            },
            default="regiekit.cli.groep:groep",
            no_args_is_help=True,
        ),
        "sleutel": DutchGroup(
            "Sleutels voor versleutelde antwoordbestanden.",
            {
                "maak": Lazy("regiekit.cli.sleutel:maak", "Maak een sleutel, zodat antwoorden versleuteld terugkomen."),
                "toon": Lazy("regiekit.cli.sleutel:toon", "Waar je sleutel staat, en waaraan je haar herkent."),
                "wachtzin": Lazy(
                    "regiekit.cli.sleutel:wachtzin", "Verander de wachtzin; de sleutel zelf blijft dezelfde."
                ),
            },
            no_args_is_help=True,
        ),
        "menu": Lazy("regiekit.cli.menu:menu", "Alles met een nummer, zonder opdrachten te typen."),
        "snelkoppeling": Lazy(
            "regiekit.cli.snelkoppeling:snelkoppeling",
            "Een bestand om op te dubbelklikken: dan opent het menu van regiekit.",
        ),
        "zelfcheck": Lazy(
            "regiekit.cli.zelfcheck:zelfcheck", "Werkt alles op deze computer, en zo niet: wat doe je dan?"
        ),
        "controleer": Lazy("regiekit.cli.controleer:controleer", "Kloppen deze bestanden? Met regel en kolom."),
        "schema": Lazy("regiekit.cli.controleer:schema", "Het JSON Schema van een soort bestand, voor een editor."),
    },
    callback=versie,
    invoke_without_command=False,
    no_args_is_help=True,
)


# What is wrong with a path that cannot be used, whatever a command wanted of it.
PLACE = {
    errno.ENAMETOOLONG: "deze naam is te lang; kies een kortere",
    errno.ENOTDIR: "een deel van dit pad is een bestand en geen map; kijk de naam na",
    **dict.fromkeys((errno.EACCES, errno.EPERM), "dit mag niet gelezen of beschreven worden; kijk de rechten na"),
    errno.ELOOP: "deze verwijzing wijst naar zichzelf; haal haar weg",
}


ER_NOG = "kijk of de schijf, de stick of het netwerk er nog is"


def main(arguments: list[str]) -> int:
    """Run one command; gives its exit code. Expected errors are lines on stderr, bugs keep their traceback."""
    prepare_streams()
    forget_written()
    try:
        return run(regiekit, arguments or (["menu"] if on_terminal() else []))
    except StoppedError:
        return STOPPED
    except RegiekitError as error:
        print_error(error)
        return error.exit_code
    except OSError as error:
        if error.errno == errno.EIO:
            print_error(RegiekitError(f"{_place_of(error)}dit kon niet gelezen of geschreven worden; {ER_NOG}"))
            return WRONG_USE
        if error.filename is not None and error.errno in PLACE:
            print_error(RegiekitError(f"{_place_of(error)}{PLACE[error.errno]}"))
            return WRONG_USE
        if error.errno not in NO_ROOM:
            raise
        discard(sys.stdout)
        print_error(RegiekitError(f"de uitvoer kon niet geschreven worden: {write_reason(error)}{_kept()}"))
        return WRONG_USE


def _place_of(error: OSError) -> str:
    return f"{error.filename}: " if error.filename is not None else ""


def _kept() -> str:
    """What to add when the dossier was written in before the output failed."""
    opened = sys.modules.get("regiekit.dossier.opslag")  # loaded by nothing else
    if opened is None or not opened.Opslag.confirmed:
        return ""
    return ". Wat je deed, kan wel bewaard zijn; kijk met 'regiekit dossier toon'"

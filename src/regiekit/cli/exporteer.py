"""`regiekit vragenlijst exporteer`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from regiekit.cli.options import Bibliotheek, MeetmomentOption, Overschrijf, Toestemming, Uit, ZonderTraining
from regiekit.cli.output import say, warn, write_file
from regiekit.cli.taal import keuze
from regiekit.cli.vragenlijst import Naam, check_licentie, check_meetmoment, missing_open_vragen, named
from regiekit.content.library import load_formulierteksten, own_folder
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.kanaal.exporteren import Meertalig, Uitvoer

ENDINGS = {"xlsform": ".xlsx", "fhir": ".fhir.json", "limesurvey": ".limesurvey.txt", "redcap": ".redcap.csv"}
Systeem = Literal["xlsform", "fhir", "limesurvey", "redcap"]


def export(naar: Systeem, meertalig: "Meertalig") -> "Uitvoer":
    """The file in the form of one system; imports only that one."""
    if naar == "xlsform":
        from regiekit.kanaal.odk import export_xlsform

        return export_xlsform(meertalig)
    if naar == "fhir":
        from regiekit.kanaal.fhir import export_fhir

        return export_fhir(meertalig)
    if naar == "limesurvey":
        from regiekit.kanaal.limesurvey import export_limesurvey

        return export_limesurvey(meertalig)
    from regiekit.kanaal.redcap import export_redcap

    return export_redcap(meertalig)


def exporteer(
    naam: Naam,
    naar: Annotated[
        Systeem,
        typer.Option("--naar", parser=keuze("--naar", tuple(ENDINGS)), help="xlsform, fhir, limesurvey of redcap."),
    ],
    meetmoment: MeetmomentOption = None,
    taal: Annotated[
        list[str] | None,
        typer.Option("--taal", metavar="TAAL", help="Alleen deze taal; mag vaker. Anders alle die er zijn."),
    ] = None,
    zonder_training: ZonderTraining = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    ik_heb_toestemming: Toestemming = False,
    bibliotheek: Bibliotheek = None,
) -> None:
    """Een vragenlijst voor een ander systeem: ODK of KoboToolbox, FHIR, LimeSurvey of REDCap.

    De scores staan als berekening in het bestand. Wat een systeem niet kan, staat in het bestand en op het scherm.
    """
    from regiekit.domain.formulier import Keuzes
    from regiekit.kanaal.exporteren import make_meertalig, wie_ziet

    loaded = named(naam, bibliotheek)
    check_meetmoment(loaded, meetmoment)
    check_licentie(loaded, ik_heb_toestemming)
    target = uit or "-".join(p for p in (loaded.inhoud.id, meetmoment) if p) + ENDINGS[naar]
    if target == "-" and naar == "xlsform":
        raise RegiekitError("een XLSForm is een rekenblad en past niet op het scherm; geef een bestand met --uit")
    keuzes = Keuzes(meetmoment=meetmoment, training=not zonder_training, toestemming=loaded.inhoud.licentie != "vrij")
    teksten = load_formulierteksten(own_folder(bibliotheek))
    meertalig = make_meertalig(loaded, teksten, taal or [], keuzes)
    uitvoer = export(naar, meertalig)
    write_file(target, uitvoer.inhoud, replace=overschrijf)
    if target != "-":
        say(f"De vragenlijst staat in {Path(target).resolve()}. Niet gevalideerd: de scores zijn voor het gesprek.")
    passend = (
        f'Over wie de antwoorden ziet, leest de cliënt: "{wie_ziet(meertalig.eerste)}" Pas dat in het andere systeem '
        "aan als het bij jouw organisatie anders is."
    )
    for melding in (passend, *uitvoer.meldingen):
        warn(melding) if target == "-" else say(melding)
    if missing := missing_open_vragen(loaded.inhoud, meetmoment):
        warn(missing)

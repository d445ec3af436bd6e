"""`regiekit vragenlijst importeer`."""

from pathlib import Path
from typing import Annotated

import typer

from regiekit.cli.options import Bibliotheek, Json, Overschrijf
from regiekit.cli.vragenlijst import is_path, path_seen_from
from regiekit.content.library import load_formulierteksten, load_namenlijst, own_folder
from regiekit.errors import ProblemsError, bounded

Bestand = Annotated[Path, typer.Argument(metavar="BESTAND", help="De export: .xlsx, .ods, .csv of .tsv.")]
VragenlijstOption = Annotated[
    str | None, typer.Option("--vragenlijst", metavar="NAAM", help="Welke vragenlijst is ingevuld: id of bestand.")
]
Koppel = Annotated[
    Path | None, typer.Option("--koppel", metavar="PAD", help="Koppelbestand: welke kolom welke vraag is.")
]
Uit = Annotated[
    Path | None, typer.Option("--uit", metavar="MAP", help="Map voor één afname per rij, en de geweigerde rijen.")
]
Scores = Annotated[
    Path | None, typer.Option("--scores", metavar="PAD", help="CSV-bestand met de scores, één regel per rij.")
]
MeetmomentOption = Annotated[
    str | None, typer.Option("--meetmoment", help="Het meetmoment van alle rijen, zoals start.")
]
Blad = Annotated[str | None, typer.Option("--blad", metavar="NAAM", help="Welk blad, als er meer in het bestand zijn.")]
WeigerRijen = Annotated[
    bool, typer.Option("--weiger-rijen", help="Ga door met de goede rijen; de rest staat in geweigerd.csv.")
]
WeigerRijenTabel = Annotated[
    bool,
    typer.Option("--weiger-rijen", help="Ga door met de goede rijen; de rest komt in TABEL.geweigerd.csv."),
]
Akkoord = Annotated[
    bool, typer.Option("--akkoord", help="Neem de voorgestelde kolommen over, en vragen zonder kolom als leeg.")
]


def importeer(
    bestand: Bestand,
    vragenlijst: VragenlijstOption = None,
    koppel: Koppel = None,
    uit: Uit = None,
    scores: Scores = None,
    meetmoment: MeetmomentOption = None,
    blad: Blad = None,
    weiger_rijen: WeigerRijen = False,
    akkoord: Akkoord = False,
    overschrijf: Overschrijf = False,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Antwoorden uit een rekenblad: Microsoft Forms, Google Forms, LimeSurvey.

    Zonder --uit en --scores laat het alleen zien welke kolom welke vraag is, en hoe vaak elk antwoord voorkomt. Bij een
    fout in een rij wordt er niets geschreven, behalve de geweigerde rijen.
    """
    from regiekit.cli.koppel import agree, decide, keep_koppeling
    from regiekit.cli.rijen import Doelen, go_over_rows, show_import
    from regiekit.domain.clientcode import whole_names
    from regiekit.kanaal.importeren import Importeur
    from regiekit.kanaal.tabel import open_tabel

    folder = own_folder(bibliotheek)
    doelen = Doelen(uit, scores, weiger_rijen, overschrijf)
    doelen.check(bestand)
    tabel = open_tabel(bestand, blad)
    besluit = agree(decide(tabel, vragenlijst, koppel, meetmoment, folder, json), tabel, akkoord, json, overschrijf)
    doelen.make()
    namen = whole_names(load_namenlijst())
    teksten = load_formulierteksten(folder)
    importeur = Importeur(tabel, besluit.kolommen, besluit.loaded, teksten, besluit.koppeling, meetmoment, namen)
    naam = path_seen_from(vragenlijst, str(uit / "x")) if uit and vragenlijst and is_path(vragenlijst) else ""
    problems = go_over_rows(importeur, doelen, naam or besluit.loaded.inhoud.id)
    stopped = bool(problems) and not weiger_rijen
    kept = keep_koppeling(besluit, bestand) if doelen.map and not stopped else None
    show_import(importeur, besluit, doelen, problems, kept, json)
    if stopped:
        raise ProblemsError(bounded(problems))

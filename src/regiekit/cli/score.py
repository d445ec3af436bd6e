"""`regiekit score`."""

import sys
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.importeer import Akkoord, Blad, Koppel, VragenlijstOption, WeigerRijenTabel
from regiekit.cli.importeer import MeetmomentOption as Meetmoment
from regiekit.cli.onderdelen import need_groep
from regiekit.cli.options import (
    Belast,
    Bibliotheek,
    Crisis,
    IdKolom,
    Inschatting,
    Json,
    Overschrijf,
    ReferentiePad,
    Rouw,
    RouwUitslag,
    SleutelPad,
    SturingOption,
    WaarnemingOption,
    WachtzinFd,
    ZelfdeClient,
    check_waarneming,
    refuse_with,
    require_with,
)
from regiekit.cli.output import show, show_json
from regiekit.cli.sleutel import make_opener
from regiekit.cli.vragenlijst import quoted
from regiekit.content.library import load_banden, load_stuurmatrix, own_folder
from regiekit.domain.advies import Bronnen
from regiekit.domain.beoordeling import Beoordeling, Ingevuld, assess, compare_all, in_time
from regiekit.errors import REFUSED, WRONG_FILE, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regiekit.domain.referentie import Referentie
    from regiekit.kanaal.antwoordbestand import OpenSealed

Uit = Annotated[
    str | None,
    typer.Option("--uit", metavar="PAD", help="De scores van een tabel: .csv, .xlsx of .parquet; '-' is het scherm."),
]


def score(
    bestanden: Annotated[
        list[str],
        typer.Argument(
            metavar="BESTAND", help="Een ingevulde vragenlijst, in elke vorm, of een tabel; '-' leest standaardinvoer."
        ),
    ],
    inschatting: Inschatting = None,
    sturing: SturingOption = None,
    waarneming: WaarnemingOption = None,
    rouw: Rouw = False,
    rouw_uitslag: RouwUitslag = None,
    belast: Belast = False,
    crisis: Crisis = False,
    zelfde_client: ZelfdeClient = False,
    referentie: ReferentiePad = None,
    bibliotheek: Bibliotheek = None,
    sleutel: SleutelPad = None,
    wachtzin_fd: WachtzinFd = None,
    vragenlijst: VragenlijstOption = None,
    koppel: Koppel = None,
    meetmoment: Meetmoment = None,
    blad: Blad = None,
    id_kolom: IdKolom = None,
    weiger_rijen: WeigerRijenTabel = False,
    akkoord: Akkoord = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    json: Json = False,
) -> None:
    """Scores, niveau en advies bij een ingevulde vragenlijst.

    Eén bestand: vier scores, het niveau van regie en een advies voor de sturing. Meer bestanden van één cliënt: naast
    elkaar, met per schaal of er een duidelijk verschil is. Een tabel met veel cliënten: alleen de scores, rij voor rij.
    """
    check_waarneming(sturing, waarneming)
    folder = own_folder(bibliotheek)
    of_tabel = {
        "--vragenlijst": vragenlijst, "--koppel": koppel, "--meetmoment": meetmoment, "--blad": blad, "--id": id_kolom,
        "--weiger-rijen": weiger_rijen, "--akkoord": akkoord, "--uit": uit, "--overschrijf": overschrijf,
    }  # fmt: skip
    if is_one_tabel(bestanden, folder):
        of_client = {
            "--inschatting": inschatting, "--sturing": sturing, "--waarneming": waarneming, "--rouw": rouw,
            "--rouw-uitslag": rouw_uitslag, "--belast": belast, "--crisis": crisis, "--zelfde-client": zelfde_client,
            "--referentie": referentie, "--sleutel": sleutel, "--wachtzin-fd": wachtzin_fd,
        }  # fmt: skip
        return score_one_tabel(Path(bestanden[0]), of_tabel, of_client, folder, json)
    refuse_tabel_among(bestanden, folder)
    read = read_or_fill_in(bestanden, folder, make_opener(sleutel, wachtzin_fd), json)
    require_with("een tabel (.csv, .xlsx, .ods of .parquet)", False, of_tabel)
    afnames = in_time(one_client(read, zelfde_client))
    bronnen = Bronnen(inschatting, sturing, waarneming, crisis, rouw, rouw_uitslag, belast)
    return show_client(afnames, bronnen, json, referentie)


def show_client(afnames: list[Ingevuld], bronnen: Bronnen, json: bool, referentie: Path | None) -> None:
    """One afname with all that follows from it, or several of one client side by side."""
    require_with("twee of meer ingevulde lijsten", len(afnames) > 1, {"--referentie": referentie})
    matrix = load_stuurmatrix()
    earlier = [assess(a, matrix, Bronnen()) for a in afnames[:-1]]
    beoordelingen = [*earlier, assess(afnames[-1], matrix, bronnen)]
    if len(beoordelingen) > 1:
        return show_several(beoordelingen, json, bronnen.sturing, referentie)
    if json:
        from regiekit.render.as_json import json_beoordeling

        return show_json(json_beoordeling(beoordelingen[0]))
    from regiekit.render.uitslag import render_beoordeling

    return show(*render_beoordeling(beoordelingen[0], matrix, bronnen.sturing))


def is_one_tabel(bestanden: list[str], folder: Path | None) -> bool:
    """Whether this is one table of many afnames, and not the answers of one client."""
    from regiekit.content.library import load_vragenlijsten
    from regiekit.kanaal.antwoordbestand import is_tabel

    return len(bestanden) == 1 and is_tabel(bestanden[0], lambda: load_vragenlijsten(folder))


def refuse_tabel_among(bestanden: list[str], folder: Path | None) -> None:
    """Raises RegiekitError for a table of many afnames among other files: those are scored one at a time."""
    for bestand in bestanden if len(bestanden) > 1 else ():
        if is_one_tabel([bestand], folder):
            raise RegiekitError(
                f"{bestand} is een tabel met veel cliënten; geef één tabel tegelijk, zonder andere bestanden: regiekit "
                f"score {quoted(bestand)}"
            )


def score_one_tabel(
    bestand: Path, opties: "Mapping[str, Any]", of_client: "Mapping[str, Any]", folder: Path | None, json: bool
) -> None:
    """The scores of every row of a table; what says something of one client is refused."""
    refuse_with("een tabel met veel cliënten", True, of_client)
    need_groep("score")
    uit = opties["--uit"]
    refuse_with("--json", json, {"--uit": uit})
    require_with("--uit", uit is not None, {"--overschrijf": opties["--overschrijf"]})
    from regiekit.cli.score_tabel import score_tabel
    from regiekit.cli.tabel_groep import Tabelopdracht

    opdracht = Tabelopdracht(
        bestand, opties["--vragenlijst"], opties["--koppel"], opties["--meetmoment"], opties["--blad"],
        opties["--weiger-rijen"], opties["--akkoord"], opties["--overschrijf"], folder, json, opdracht="score",
        id=opties["--id"],
    )  # fmt: skip
    score_tabel(opdracht, uit)


def read_or_fill_in(
    bestanden: list[str], folder: Path | None, open_sealed: "OpenSealed", json: bool = False
) -> list[Ingevuld]:
    """The afnames; for a vragenlijst on a terminal, an offer to fill it in now."""
    from regiekit.content.afnames import VragenlijstGiven  # yaml: not for the help page
    from regiekit.kanaal.antwoordbestand import read_afnames

    if len({realpath(b) for b in bestanden}) < len(bestanden):
        raise RegiekitError("hetzelfde bestand staat er twee keer; noem elk bestand één keer")
    try:
        return read_afnames(bestanden, open_sealed, folder)
    except VragenlijstGiven as given:
        if json or not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise
        from regiekit.cli.invullen import offer_to_fill_in

        return read_afnames([offer_to_fill_in(given)], open_sealed, folder)


def one_client(afnames: list[Ingevuld], zelfde_client: bool) -> list[Ingevuld]:
    """Several afnames must be of one client and one vragenlijst; clients are never compared."""
    check_one_client(afnames, zelfde_client)
    lists = sorted({(a.vragenlijst.id, a.vragenlijst.versie, a.hash) for a in afnames})
    if len(lists) > 1:
        found = " en ".join(f"{i} versie {v} (hash {h})" for i, v, h in lists)
        raise RegiekitError(f"deze afnames zijn niet te vergelijken: {found}. Scoor ze een voor een", WRONG_FILE)
    return afnames


def check_one_client(afnames: list[Ingevuld], zelfde_client: bool) -> None:
    """Raises RegiekitError (exit code 4) for afnames of more than one client, or of whom is not sure."""
    if len(afnames) < 2:
        return
    codes = {a.client for a in afnames}
    if len(codes - {None}) > 1:
        found = ", ".join(sorted(str(c) for c in codes - {None}))
        raise RegiekitError(
            f"deze bestanden zijn van verschillende cliënten ({found}); regiekit vergelijkt geen cliënten", REFUSED
        )
    if None in codes and not zelfde_client:
        raise RegiekitError(
            "niet elk bestand heeft een cliëntcode. Zijn ze van één cliënt? Zet 'client:' in elk bestand, "
            "of gebruik --zelfde-client", REFUSED,
        )  # fmt: skip


def show_several(beoordelingen: list[Beoordeling], json: bool, sturing: object, referentie: Path | None = None) -> None:
    """Side by side, with a conclusion for first against last; its band from a referentiebestand where one is given."""
    afnames = [b.afname for b in beoordelingen]
    verschillen = compare_all(afnames, load_banden(), read_referentie(referentie, afnames))
    if json:
        from regiekit.render.as_json import json_beoordelingen

        return show_json(json_beoordelingen(beoordelingen, verschillen))
    from regiekit.render.uitslag import render_beoordelingen

    return show(*render_beoordelingen(beoordelingen, verschillen, load_stuurmatrix(), sturing))  # type: ignore[arg-type]


def read_referentie(pad: Path | None, afnames: "Sequence[Ingevuld]") -> "Referentie | None":
    """The referentiebestand at `pad`, when it is of the vragenlijst of one of these afnames; None without `pad`."""
    if pad is None:
        return None
    from regiekit.content.referentie import load_referentie_for

    return load_referentie_for(pad, ((a.vragenlijst.id, a.vragenlijst.versie, a.hash) for a in afnames))

"""`regiekit verloop`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from regiekit.cli.document import FORMS, form_of, print_document
from regiekit.cli.dossier_open import code_given, require_no_files
from regiekit.cli.options import (
    Bibliotheek,
    DossierPad,
    GeenAndereCode,
    Json,
    Overschrijf,
    ReferentiePad,
    SleutelPad,
    Uit,
    WachtzinFd,
    ZelfdeClient,
    refuse_file_beside_json,
    require_files,
)
from regiekit.cli.output import say, show, show_json, write_file
from regiekit.content.library import load_banden, own_folder
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.verloop import Verloop
    from regiekit.dossier.boek import Boek

SVG = ".svg"

Gegeven = Annotated[
    list[str],
    typer.Argument(
        metavar="CODE of BESTAND",
        help="De code van een cliënt in het dossier, of ingevulde vragenlijsten van één cliënt.",
    ),
]


def verloop(
    gegeven: Gegeven,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    toch: GeenAndereCode = False,
    dossier: DossierPad = None,
    referentie: ReferentiePad = None,
    zelfde_client: ZelfdeClient = False,
    bibliotheek: Bibliotheek = None,
    sleutel: SleutelPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Scores van één cliënt in de tijd, met de gesprekken eronder.

    Per schaal elk moment met zijn score, en voor de eerste tegenover de laatste één van drie conclusies: duidelijk
    hoger, duidelijk lager of geen duidelijk verschil. Met een beeld erbij: --uit met een naam op .html, .pdf of
    .docx; .svg geeft alleen het beeld, .txt alleen tekst.
    """
    folder = own_folder(bibliotheek)
    code = code_given(gegeven)
    require_no_files(dossier, code)
    require_files(code, zelfde_client, sleutel)
    refuse_file_beside_json(json, {"--uit": uit})
    if uit:
        check_form(uit)
    if code is None:
        afnames = read_files(gegeven, folder, zelfde_client, sleutel, wachtzin_fd, json)
        return show_or_write(from_files(afnames, referentie), Bestemming(uit, overschrijf, toch, json))
    return from_dossier(code, dossier, wachtzin_fd, folder, referentie, Bestemming(uit, overschrijf, toch, json))


def read_files(
    paths: list[str],
    folder: Path | None,
    zelfde_client: bool,
    sleutel: Path | None,
    wachtzin_fd: int | None,
    json: bool,
) -> "list[Ingevuld]":
    """Filled-in files of one client; of several vragenlijsten or versies too."""
    from regiekit.cli.score import check_one_client, read_or_fill_in
    from regiekit.cli.sleutel import make_opener

    afnames = read_or_fill_in(paths, folder, make_opener(sleutel, wachtzin_fd), json)
    check_one_client(afnames, zelfde_client)
    return afnames


def from_files(afnames: "list[Ingevuld]", referentie: Path | None) -> "Verloop":
    """The verloop of afnames of one client, with the bands of a referentiebestand where one is given."""
    from regiekit.cli.score import read_referentie
    from regiekit.domain.verloop import make_verloop

    return make_verloop(afnames, load_banden(), referentie=read_referentie(referentie, afnames))


class Bestemming(NamedTuple):
    """Where it goes, and what the coach allows."""

    uit: str | None
    overschrijf: bool
    toch: bool
    json: bool


def from_dossier(
    code: str,
    dossier: Path | None,
    wachtzin_fd: int | None,
    folder: Path | None,
    referentie: Path | None,
    naar: Bestemming,
) -> None:
    """The verloop of a client in the dossier; a file of it is private, and the dossier knows it."""
    from regiekit.cli.dossier_open import open_boek

    with open_boek(dossier, wachtzin_fd, says_so=not naar.json and naar.uit in (None, "-")) as boek:
        made = make_of_client(boek, code, folder, referentie)
        if naar.uit not in (None, "-"):
            return write_of_dossier(boek, code, made, naar)
    return show_or_write(made, naar)


def make_of_client(boek: "Boek", code: str, folder: Path | None, referentie: Path | None) -> "Verloop":
    """The verloop of one client, as the dossier knows it now."""
    from regiekit.cli.dossier_vullen import afnames_of, technieknamen
    from regiekit.cli.score import read_referentie
    from regiekit.domain.verloop import make_verloop

    found = boek.read(code)
    afnames = afnames_of(found, folder)
    known = read_referentie(referentie, afnames)
    return make_verloop(afnames, load_banden(), found, technieknamen(folder), known)


def show_or_write(made: "Verloop", naar: Bestemming) -> None:
    """To the screen, as JSON, or to a file."""
    if naar.json:
        from regiekit.render.verloop import json_verloop

        return show_json(json_verloop(made))
    if naar.uit is None:
        from regiekit.render.verloop import render_verloop

        return show(*render_verloop(made))
    if naar.uit == "-":
        from regiekit.render.verloop import make_document

        return print_document(make_document(made, beelden=False))
    write_file(naar.uit, to_bytes(made, naar.uit), replace=naar.overschrijf, private=True)
    return say(f"Het verloop staat in {Path(naar.uit).absolute()}.")


def write_of_dossier(boek: "Boek", code: str, made: "Verloop", naar: Bestemming) -> None:
    """A file with nothing of another client in it, that the dossier knows."""
    from regiekit.cli.dossier_uitvoer import check_document, tell_written, write_known
    from regiekit.render.verloop import make_document

    assert naar.uit
    check_document(make_document(made), boek, code, voor_anderen=False, toch=naar.toch)
    target = write_known(to_bytes(made, naar.uit), boek, code, "verloop", naar.uit, naar.overschrijf)
    tell_written(target, "Het verloop")


def check_form(uit: str) -> None:
    """Raises RegiekitError for a name of no known form, before anything is read."""
    if uit != "-" and Path(uit).suffix.lower() not in (SVG, *FORMS):
        raise RegiekitError(f"'{uit}' kan niet; laat de naam eindigen op .svg, .docx, .html, .pdf of .txt")


def to_bytes(made: "Verloop", uit: str) -> bytes:
    """What stands in a file with this name: one picture, or a document with pictures and tables."""
    ending = Path(f"naam{uit}" if uit.startswith(".") else uit).suffix.lower()
    if ending == SVG:
        if not made.reeksen:
            raise RegiekitError("er is nog geen vragenlijst ingevuld, dus er valt niets te tekenen")
        from regiekit.render.verloop_svg import all_in_one

        return f'<?xml version="1.0" encoding="UTF-8"?>\n{all_in_one(made).svg}\n'.encode()
    from regiekit.render.verloop import make_document

    return form_of(f"naam{ending}")(make_document(made, beelden=ending != ".txt"))

"""`regiekit techniek`."""

from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.options import Bibliotheek, Json, Overschrijf, refuse_file_beside_json
from regiekit.cli.output import say, show, show_json
from regiekit.cli.papier import write_papier
from regiekit.content.library import find_techniek, load_stuurmatrix, load_technieken, own_folder, to_json
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.techniek import Techniek

ALL = "alle"


def techniek(
    naam: Annotated[
        str | None, typer.Argument(metavar="NAAM", help="Welke techniek; 'alle' voor alle vijf. Leeg: de lijst.")
    ] = None,
    print_: Annotated[bool, typer.Option("--print", help="Maak de placemat (A4, PDF) om te printen.")] = False,
    uit: Annotated[
        str | None, typer.Option("--uit", metavar="PAD", help="Waar de placemat komt; .html geeft een webpagina.")
    ] = None,
    overschrijf: Overschrijf = False,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """De vijf technieken: lijst, kaart en placemat.

    Op het scherm staat de hele kaart. Op de placemat staat een keuze, met ruimte om te schrijven.
    """
    technieken = load_technieken(own_folder(bibliotheek))
    every = naam is None or naam.lower() == ALL
    chosen = technieken if every else [find_techniek(technieken, naam or "")]
    refuse_file_beside_json(json, {"--print": print_, "--uit": uit})
    if (print_ or uit) and not json:
        if naam is None:
            raise RegiekitError("welke techniek wil je printen? Noem een naam, of 'alle'")
        return print_placemat(chosen, naam.lower() if every else chosen[0].id, uit, overschrijf)
    if json:
        return show_json([to_json(t) for t in chosen] if every else to_json(chosen[0]))
    from regiekit.render.techniek import render_techniek, render_technieken

    if naam is None:
        return show(*render_technieken(technieken))
    return show(*(part for t in chosen for part in render_techniek(t)))


def print_placemat(technieken: "Sequence[Techniek]", name: str, uit: str | None, overschrijf: bool) -> None:
    """Make the PDF, or printable HTML when that is asked for or the PDF library is not there."""
    from regiekit.render.placemat import render_placemat_html, render_placemat_pdf

    cellen = load_stuurmatrix().cellen
    path = write_papier(
        f"placemat-{name}",
        uit,
        overschrijf,
        lambda: render_placemat_pdf(technieken, cellen),
        lambda: render_placemat_html(technieken, cellen),
    )
    if path:
        say(f"De placemat staat in {path}. Print op A4, liggend.")

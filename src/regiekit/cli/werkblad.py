"""`regiekit werkblad`."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from regiekit.cli.options import Bibliotheek, ClientOption, Json, Overschrijf, dag_option, refuse_file_beside_json
from regiekit.cli.output import say, show, show_json
from regiekit.cli.papier import write_papier
from regiekit.cli.taal import keuze
from regiekit.content.library import find_werkblad, load_werkbladen, own_folder, to_json
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.werkblad import Blad, Lezer, Werkblad
    from regiekit.render.werkblad import Pagina

ALL = "alle"
read_lezer = keuze("--voor", ("client", "coach", "werkgever"), {"cliënt": "client"})


def werkblad(
    naam: Annotated[
        str | None, typer.Argument(metavar="NAAM", help="Welk werkblad; 'alle' voor alle. Leeg: de lijst.")
    ] = None,
    voor: Annotated[
        Literal["client", "coach", "werkgever"] | None,
        typer.Option("--voor", parser=read_lezer, help="Voor wie het blad is: client, coach of werkgever."),
    ] = None,
    print_: Annotated[bool, typer.Option("--print", help="Maak het blad (A4, PDF) om te printen.")] = False,
    client: ClientOption = None,
    datum: Annotated[
        datetime | None,
        dag_option("--datum", "Datum boven het blad."),
    ] = None,
    uit: Annotated[
        str | None, typer.Option("--uit", metavar="PAD", help="Waar het blad komt; .html geeft een webpagina.")
    ] = None,
    overschrijf: Overschrijf = False,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Werkbladen om in te vullen: lijst, blad en papier.

    Zonder --voor komt het blad voor de cliënt als dat er is, en anders dat voor de coach.
    """
    refuse_file_beside_json(json, {"--print": print_, "--uit": uit})
    paper = (print_ or uit is not None) and not json
    werkbladen = load_werkbladen(own_folder(bibliotheek))
    if naam is None:
        return show_list(werkbladen, voor, json, paper=paper)
    every = naam.lower() == ALL
    chosen = werkbladen if every else [find_werkblad(werkbladen, naam)]
    paginas = make_paginas(chosen, voor, every, client, datum)
    if paper:
        name = "-".join(["werkblad", ALL if every else chosen[0].id, *([voor] if voor else [])])
        return print_werkblad(paginas, name, uit, overschrijf)
    if json:
        return show_json([to_json(w) for w in chosen] if every else to_json(chosen[0]))
    from regiekit.render.werkblad import other_versies, render_werkblad

    others = () if every else other_versies(chosen[0], paginas[0])
    return show(*(part for pagina in paginas for part in render_werkblad(pagina)), *others)


def show_list(werkbladen: "Sequence[Werkblad]", voor: "Lezer | None", json: bool, *, paper: bool) -> None:
    """Every werkblad, or those for one reader."""
    if paper:
        raise RegiekitError("welk werkblad wil je printen? Noem een naam, of 'alle'")
    chosen = [w for w in werkbladen if choose(w, voor, every=True)]
    if json:
        return show_json(
            [
                {"id": w.id, "naam": w.naam, "versie": w.versie, "voor": [blad.voor for blad in w.versies]}
                for w in chosen
            ]
        )
    from regiekit.render.werkblad import render_werkbladen

    return show(*render_werkbladen(chosen))


def choose(werkblad: "Werkblad", voor: "Lezer | None", *, every: bool) -> "list[Blad]":
    """The bladen for a reader; without one all of them, or the first of the werkblad that was named."""
    bladen = [blad for blad in werkblad.versies if voor in (None, blad.voor)]
    if not bladen and not every:
        there = " en ".join(blad.voor for blad in werkblad.versies)
        raise RegiekitError(f"het werkblad '{werkblad.id}' is er niet voor {voor}; kies --voor {there}")
    return bladen if every else bladen[:1]


def make_paginas(
    werkbladen: "Sequence[Werkblad]", voor: "Lezer | None", every: bool, client: str | None, datum: datetime | None
) -> "list[Pagina]":
    """One page for each blad, with the code and the date in its head."""
    from regiekit.domain.clientcode import check_clientcode
    from regiekit.render.werkblad import make_pagina

    code, dag = client and check_clientcode(client), datum.date() if datum else None
    return [make_pagina(w, blad, code, dag) for w in werkbladen for blad in choose(w, voor, every=every)]


def print_werkblad(paginas: "list[Pagina]", name: str, uit: str | None, overschrijf: bool) -> None:
    """Make the PDF, or printable HTML when that is asked for or the PDF library is not there."""
    from regiekit.render.werkblad_html import render_werkblad_html
    from regiekit.render.werkblad_pdf import render_werkblad_pdf

    path = write_papier(
        name, uit, overschrijf, lambda: render_werkblad_pdf(paginas), lambda: render_werkblad_html(paginas)
    )
    if path:
        what = f"Het werkblad {paginas[0].lezer} staat" if len(paginas) == 1 else f"{len(paginas)} werkbladen staan"
        say(f"{what} in {path}. Print op A4.")

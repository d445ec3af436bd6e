"""Werkbladen on paper: one A4 portrait page each, as a tagged PDF."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from regiekit.errors import WRONG_FILE, RegiekitError
from regiekit.render.pdf import HERE, compile_pdf, missing_glyph, plain
from regiekit.render.werkblad import make_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.render.werkblad import Pagina

TEMPLATE = HERE / "werkblad.typ"


def render_werkblad_pdf(paginas: Sequence[Pagina]) -> bytes:
    """One page each: PDF/UA-1 and PDF/A-2a at once. The same input gives the same bytes."""
    return compile_pdf(TEMPLATE, make_inputs(paginas), "het werkblad", lambda message: _clear_error(message, paginas))


def make_inputs(paginas: Sequence[Pagina]) -> dict[str, str]:
    """What the template reads: names and texts only, never markup."""
    invoer = {
        "titel": make_title(paginas),
        "omschrijving": "Werkblad om in te vullen: " + "; ".join(f"{p.titel} ({p.lezer})" for p in paginas),
        "paginas": [_data(pagina) for pagina in paginas],
    }
    return {"werkbladen": json.dumps(invoer)}


def _data(value: object) -> object:
    """A named tuple as a dictionary, all the way down; an endless word may break anywhere."""
    if hasattr(value, "_asdict"):
        return {naam: _data(inhoud) for naam, inhoud in value._asdict().items()}
    if isinstance(value, str):
        return plain(value)
    return [_data(item) for item in value] if isinstance(value, list) else value


def _clear_error(message: str, paginas: Sequence[Pagina]) -> RegiekitError | None:
    """Two things can be wrong with a text: too long for one page, or with a character that no font has."""
    if found := re.search(r"werkblad-te-lang:([a-z0-9-]+)", message):
        return RegiekitError(
            f"het werkblad '{found[1]}' past niet op één bladzijde, ook niet met kleine letters; maak teksten korter "
            "of vraag minder schrijfregels",
            WRONG_FILE,
        )
    if glyph := missing_glyph(message):
        namen = dict.fromkeys(p.id for p in paginas if json.dumps(glyph.teken)[1:-1] in json.dumps(p))
        return RegiekitError(
            f"het teken {glyph.genoemd} in werkblad '{', '.join(namen)}' kan niet gedrukt worden; "
            "haal het weg of schrijf het in woorden",
            WRONG_FILE,
        )
    return None

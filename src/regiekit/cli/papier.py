"""Paper for every command that prints: a PDF, or printable HTML where that is asked for or no PDF can be made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.output import say, write_file
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable


def write_papier(
    name: str, uit: str | None, overschrijf: bool, to_pdf: Callable[[], bytes], to_html: Callable[[], str],
    write: Callable[[str, bytes], None] | None = None, private: bool = False,
) -> Path | None:  # fmt: skip
    """Write NAME.pdf or .html in this folder, or to `uit`; gives where it stands (None for standard output).

    `write` is another way to put the bytes in the file of that name, for what the dossier has to know. `private`: for
    its owner alone, since something of a client is on it; an empty sheet is made to be handed out.
    """
    from regiekit.render.pdf import NoPdfLibrary

    if uit is not None and uit != "-" and Path(uit).suffix.lower() not in (".pdf", ".html", ".htm"):
        raise RegiekitError(f"{uit} kan niet: een placemat of blad eindigt op .pdf of .html; geef het die naam")
    as_html = uit is not None and Path(uit).suffix.lower() in (".html", ".htm")
    try:
        content = b"" if as_html else to_pdf()
    except NoPdfLibrary as error:
        say(str(error))
        as_html, uit = True, uit and (uit if uit == "-" else str(Path(uit).with_suffix(".html")))
    if as_html:
        content = to_html().encode()
    target = uit or f"{name}.{'html' if as_html else 'pdf'}"
    if write is None or target == "-":
        write_file(target, content, replace=overschrijf, private=private)
    else:
        write(target, content)
    return None if target == "-" else Path(target).resolve()

"""A document of blocks to the screen or to a file: the name of the file says which form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.output import print_text, write_file
from regiekit.cli.taal import known_width
from regiekit.cli.voorlezen import is_read_aloud
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.render.document import Document

FORMS = (".docx", ".html", ".htm", ".pdf", ".txt")


def write_document(document: Document, uit: str | None, overschrijf: bool) -> Path | None:
    """Write it for its owner alone, since it is about a client; without a file it is shown as text.

    Gives where it stands, or None for the screen.
    """
    if uit is None or uit == "-":
        print_document(document)
        return None
    write_file(uit, form_of(uit)(document), replace=overschrijf, private=True)
    return Path(uit).resolve()


def print_document(document: Document) -> None:
    """To the screen, as it is read there: with the eyes or aloud."""
    from regiekit.render.document import to_aloud, to_text

    print_text((to_aloud if is_read_aloud() else to_text)(document, known_width()))


def form_of(uit: str) -> Callable[[Document], bytes]:
    """What makes the bytes of a file with this name; raises RegiekitError for a name of no known form."""
    from regiekit.render import document

    ending = Path(uit).suffix.lower()
    if ending == ".docx":
        from regiekit.render.docx import to_docx

        return to_docx
    if ending == ".pdf":
        return document.to_pdf
    if ending not in FORMS:
        raise RegiekitError(f"'{uit}' kan niet; laat de naam eindigen op .docx, .html, .pdf of .txt")
    return lambda made: (document.to_text if ending == ".txt" else document.to_html)(made).encode()

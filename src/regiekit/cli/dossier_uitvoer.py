"""A file that is made from the dossier: nothing of another client is in it, it is private, and the dossier knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.cli.bewaking import check_for_others, to_problem
from regiekit.cli.output import say, write_file
from regiekit.content.invoer import Bron
from regiekit.domain.herkenbaar import ANDERE_CODE, CODES, find_anderen
from regiekit.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from regiekit.dossier.boek import Boek
    from regiekit.errors import Problem
    from regiekit.render.document import Document

ALLEEN_VAN_DEZE = "Er is niets geschreven: een stuk over de ene cliënt mag niets van een ander bevatten."


def check_document(
    document: Document, boek: Boek, code: str, *, voor_anderen: bool, namen: Sequence[str] = (), toch: bool = False,
    geen_bsn: bool = False,
) -> None:  # fmt: skip
    """Stop (exit code 4) when something of another client is in the document; for who is not the coach or the client,
    also when a word seems medical or a number a burgerservicenummer. Each finding has its place."""
    from regiekit.render.document import texts_in

    bronnen = [Bron(place, text) for place, text in texts_in(document)]
    others = list(_of_others(bronnen, boek.codes(), code, namen, toch))
    if voor_anderen:
        check_for_others(bronnen, toch, geen_bsn, others)
    elif others:
        raise RefusedError(others, ALLEEN_VAN_DEZE)


def _of_others(
    bronnen: Sequence[Bron], codes: Sequence[str], code: str, namen: Sequence[str], toch: bool
) -> Iterator[Problem]:
    for bron in bronnen:
        for vondst in find_anderen(bron.tekst, code, namen, codes):
            if not (toch and vondst.soort == ANDERE_CODE):
                yield to_problem(bron, vondst, CODES[vondst.soort])


def write_of_client(
    document: Document, boek: Boek, code: str, soort: str, uit: str | None, overschrijf: bool
) -> Path | None:
    """A checked document to the screen, or to a file that the dossier knows; gives where it stands."""
    from regiekit.cli.document import form_of, write_document

    if uit is None or uit == "-":
        return write_document(document, uit, overschrijf)
    return write_known(form_of(uit)(document), boek, code, soort, uit, overschrijf)


def write_known(content: bytes, boek: Boek, code: str | None, soort: str, uit: str, overschrijf: bool) -> Path:
    """A file for its owner alone. The dossier writes it down first: a file it does not know cannot be wiped later."""
    from pathlib import Path

    target = Path(uit).absolute()
    number = boek.note_uitvoer(code, soort, target, content)
    try:
        write_file(target, content, replace=overschrijf, private=True)
    except BaseException:
        boek.drop_uitvoer(number)
        raise
    return target


def tell_written(target: Path | None, wat: str) -> None:
    """Where it stands, and that the dossier knows."""
    if target:
        say(f"{wat} staat in {target}. Het dossier onthoudt dat, voor als de gegevens weg moeten.")

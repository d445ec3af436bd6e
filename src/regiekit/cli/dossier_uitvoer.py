"""A file that is made from the dossier: nothing of another client is in it, it is private, and the dossier knows it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from regiekit.cli.bewaking import check_for_others, to_problem
from regiekit.cli.output import say, write_file, write_folder
from regiekit.content.invoer import Bron
from regiekit.domain.herkenbaar import ANDERE_CODE, BEKENDE_CODE, CODES, find_anderen
from regiekit.errors import REFUSED, RefusedError, RegiekitError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from regiekit.dossier.boek import Boek
    from regiekit.errors import Problem
    from regiekit.render.document import Document

ALLEEN_VAN_DEZE = "Er is niets geschreven: een stuk over de ene cliënt mag niets van een ander bevatten."


def check_document(
    document: Document, boek: Boek, code: str, *, voor_anderen: bool, namen: Sequence[str] = (), toch: bool = False,
    geen_bsn: bool = False, werkgever: bool = False,
) -> None:  # fmt: skip
    """Stop (exit code 4) when something of another client is in the document; for who is not the coach or the client,
    also when a word seems medical or a number a burgerservicenummer; for the employer (`werkgever`) also when it is
    about the coaching itself. Each finding has its place."""
    from regiekit.render.document import texts_in

    bronnen = [Bron(place, text) for place, text in texts_in(document)]
    others = list(_of_others(bronnen, boek.codes(), code, namen, toch))
    if voor_anderen:
        check_for_others(bronnen, toch, geen_bsn, others, werkgever=werkgever)
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
    with _noted(boek, code, soort, {target: content}):
        write_file(target, content, replace=overschrijf, private=True)
    return target


def write_all_known(
    made: dict[str, bytes], boek: Boek, code: str, soort: str, uit: Path, overschrijf: bool
) -> list[Path]:
    """Files in one folder, all or none, that the dossier knows; gives where they stand."""
    folder = uit.absolute()
    with _noted(boek, code, soort, {folder / name: content for name, content in made.items()}):
        write_folder(folder, made.items(), replace=overschrijf)
    return [folder / name for name in made]


@contextmanager
def _noted(boek: Boek, code: str | None, soort: str, made: dict[Path, bytes]) -> Iterator[None]:
    """The dossier knows of these files; not when they could not be made."""
    for target in made:
        require_own_path(boek, code, target)
    numbers = [boek.note_uitvoer(code, soort, target, content) for target, content in made.items()]
    try:
        yield
    except BaseException:
        for number in numbers:
            boek.drop_uitvoer(number)
        raise


def require_own_path(boek: Boek, code: str | None, target: Path) -> None:
    """Raises RegiekitError (exit code 4) when the code of another client is in the name or a folder of a file: the
    path is kept, and stays when that client is wiped."""
    for vondst in find_anderen(str(target), code, (), boek.codes()):
        if vondst.soort == BEKENDE_CODE:
            whose = "een andere cliënt" if code else "een cliënt"
            raise RegiekitError(
                f"er is niets geschreven: in {visible(str(target))} staat '{visible(vondst.woord)}', de code van "
                f"{whose}; kies met --uit een naam en een map zonder die code", REFUSED,
            )  # fmt: skip


def tell_written(target: Path | None, wat: str) -> None:
    """Where it stands, and that the dossier knows."""
    if target:
        say(f"{wat} staat in {visible(str(target))}. Het dossier onthoudt dat, voor als de gegevens weg moeten.")

"""What other programs and notebooks may count on: `regiekit.load_vragenlijst` and `regiekit.score_frame`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from regiekit.content.library import Loaded, find_vragenlijst, load_vragenlijst_file, load_vragenlijsten, own_folder
from regiekit.content.stored import SUFFIXES
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.domain.vragenlijst import Vragenlijst

F = TypeVar("F")


def load_vragenlijst(naam: str | Path) -> Loaded:
    """A vragenlijst with its hash: by id ('eigen-regie', or 'eigen-regie@1' for that versie), or from a YAML file.

    Ids are looked up in regiekit's own content and in the folder that REGIEKIT_BIBLIOTHEEK names. Raises RegiekitError
    for an unknown id and ProblemsError (a RegiekitError too) for a file with problems; in that folder a file that is
    surely of another vragenlijst stops nothing.
    """
    if not isinstance(naam, str | Path):
        raise RegiekitError("geef de id van een vragenlijst, zoals 'eigen-regie', of een YAML-bestand")
    if isinstance(naam, Path) or naam.endswith(SUFFIXES):
        return load_vragenlijst_file(Path(naam))
    return find_vragenlijst(load_vragenlijsten(own_folder(None), naam), naam)


def score_frame(
    frame: F, vragenlijst: Loaded | Vragenlijst, *, id_kolom: str | None = None, mag_ontbreken: bool = False
) -> F:
    """Every row of a frame scored: see `regiekit.groep.frame.score_frame`, and docs/grote-tabellen.md.

    `vragenlijst` is what `load_vragenlijst` gives, or a Vragenlijst, which is then checked as a file is.
    """
    try:
        from regiekit.groep.frame import score_frame as score
    except ModuleNotFoundError as error:
        raise RegiekitError(f"hiervoor ontbreekt {error.name}; installeer regiekit met 'regiekit[groep]'") from error

    return score(frame, _with_hash(vragenlijst), id_kolom=id_kolom, mag_ontbreken=mag_ontbreken)


def _with_hash(vragenlijst: Any) -> Loaded:
    if isinstance(vragenlijst, Loaded):
        return vragenlijst
    from regiekit.content.compile import hash_of
    from regiekit.domain.checks import check_vragenlijst
    from regiekit.domain.vragenlijst import Vragenlijst

    if not isinstance(vragenlijst, Vragenlijst):
        raise RegiekitError("geef als vragenlijst wat regiekit.load_vragenlijst('eigen-regie') teruggeeft")
    if faults := check_vragenlijst(vragenlijst):
        codes = ", ".join(sorted({fault.code for fault in faults}))
        raise RegiekitError(f"deze vragenlijst klopt niet ({codes}); bewaar haar als YAML en doe 'regiekit controleer'")
    return Loaded("", vragenlijst, hash_of(vragenlijst.model_dump(mode="json")))

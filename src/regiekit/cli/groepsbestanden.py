"""The files that `regiekit groep TABEL` makes: where they go, what is in them, and the command to make them again."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regiekit.cli.options import refuse_with, require_with
from regiekit.cli.output import (
    Plaats,
    new_places,
    raw_output,
    require_file,
    require_writable,
    say_wrapped,
    warn,
    writing,
)
from regiekit.cli.taal import either
from regiekit.cli.vragenlijst import is_path, quoted
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.cli.tabel_groep import Gelezen
    from regiekit.domain.groepscijfers import Groepscijfers

STDOUT = "-"
ENDINGS = {"--verslag": (".html", ".pdf", ".docx"), "--maak-referentie": (".yaml", ".yml")}
DELEN = (
    "Het is gemaakt om te delen: aantallen onder de vijf en kleine verschillen tussen groepen staan er niet in. Wie "
    "veel weet en lang rekent, kan er soms nog iets uit halen; kijk aan wie je het geeft. Maak pas een nieuw verslag "
    "als er vijf of meer mensen bij zijn."
)


class Doelen(NamedTuple):
    """Which files are asked for, and what belongs to one of them only; `uit` may be '-'."""

    uit: str | None
    verslag: Path | None
    referentie: Path | None
    bron: str | None
    overschrijf: bool
    id_kolom: str | None

    @property
    def files(self) -> dict[str, Path]:
        """The option and the place of each file."""
        uit = Path(self.uit) if self.uit and self.uit != STDOUT else None
        named = {"--uit": uit, "--verslag": self.verslag, "--maak-referentie": self.referentie}
        return {optie: path for optie, path in named.items() if path}

    @property
    def map(self) -> Path | None:
        """Where the refused rows go."""
        return next((path.parent for path in self.files.values()), None)

    @property
    def screen(self) -> bool:
        """Whether the figures go to the screen."""
        return not (self.files or self.uit)

    def check(self, tabel: Path, read: Iterable[Path | None], *, json: bool) -> None:
        """Raises RegiekitError for what cannot be, before anything is read; `read` are the other files that will be."""
        files = self.files
        refuse_with("--json", json, {"--uit": self.uit, **files})
        require_with("--uit", self.uit is not None, {"--id": self.id_kolom})
        require_with("--uit, --verslag of --maak-referentie", bool(files), {"--overschrijf": self.overschrijf})
        require_with("--maak-referentie", self.referentie is not None, {"--bron": self.bron})
        if self.referentie:
            from regiekit.groep.referentie import read_bron

            read_bron(self.bron)
        for optie, path in files.items():
            _check_name(optie, path)
            require_writable(path, optie)
        self._check_apart(tabel, read)
        if "--uit" in files:
            require_file(files["--uit"], replace=self.overschrijf, optie="--uit")

    def _check_apart(self, tabel: Path, read: Iterable[Path | None]) -> None:
        """No file that is written may be one that is read, that of the refused rows, or the other one."""
        from regiekit.cli.rijen import refused_path

        taken = {_place(path): "het bestand dat je inleest" for path in (tabel, *read) if path and path.is_file()}
        if self.map:
            taken[_place(refused_path(self.map, tabel))] = "waar de geweigerde rijen komen"
        for optie, path in self.files.items():
            if what := taken.get(_place(path)):
                raise RegiekitError(f"{path} is {what}; geef een andere naam met {optie}")
            taken[_place(path)] = "ook een ander bestand dat je vraagt"


def _place(path: Path) -> str:
    """The same text for the same file, also where a capital makes no difference."""
    return os.path.realpath(path).casefold()


def _check_name(optie: str, path: Path) -> None:
    """Raises RegiekitError for an ending that says no form of this option."""
    from regiekit.groep.schrijven import soort_of

    if optie == "--uit":
        soort_of(path)
    elif path.suffix.lower() not in ENDINGS[optie]:
        raise RegiekitError(f"{path} kan niet: geef met {optie} een naam op {either(ENDINGS[optie])}")


def typed_as(tabel: Path, opties: Mapping[str, object]) -> list[str]:
    """The words of the command, with the options that were given; of every place only its last part, and nothing that
    could tell who somebody is."""
    words = ["groep", _last_part(tabel)]
    for optie, waarde in opties.items():
        for one in waarde if isinstance(waarde, list) else [waarde]:
            if one not in (None, False):
                words += [optie] if one is True else [optie, _typed(optie, one)]
    return words


def _typed(optie: str, waarde: object) -> str:
    from regiekit.cli.bestandsnaam import tells_someone

    if isinstance(waarde, Path) or (optie == "--vragenlijst" and is_path(str(waarde))):
        return _last_part(Path(str(waarde)))
    return "…" if tells_someone(str(waarde)) else str(waarde)


def _last_part(path: Path) -> str:
    from regiekit.cli.bestandsnaam import shared_name

    return shared_name(Path(os.path.abspath(path)), "tabel")  # noqa: PTH100 (without its dots)


def write_all(doelen: Doelen, gelezen: "Gelezen", verslag: Callable[[Path], bytes], r: Mapping[str, float]) -> None:
    """Write every file that was asked for, all or none, and say so; '-' for the scores is standard output, and then
    that stands on standard error. `verslag` makes the report."""
    from regiekit.cli.score_tabel import scored_frame, write_gelezen
    from regiekit.domain.tabelscores import rows_text
    from regiekit.groep.schrijven import write_csv

    files, contents = doelen.files, dict[str, bytes]()
    left_out: tuple[str, ...] = ()
    if doelen.referentie:
        contents["--maak-referentie"], left_out = make_referentietekst(doelen, gelezen, r)
    if doelen.verslag:
        contents["--verslag"] = verslag(doelen.verslag)
    plaatsen = [Plaats(path, optie, private=optie == "--uit") for optie, path in files.items()]
    with new_places(plaatsen, replace=doelen.overschrijf) as places:
        for (path, optie, _), place in zip(plaatsen, places, strict=True):
            with writing(path, optie):
                if optie == "--uit":
                    write_gelezen(gelezen, place, path, doelen.id_kolom)
                else:
                    place.write_bytes(contents[optie])
    if doelen.uit == STDOUT:
        write_csv(scored_frame(gelezen, doelen.id_kolom, safe=True), raw_output())
        warn(rows_text(gelezen.tabel.telling))
    for line in (*_told(files), *left_out):
        warn(line) if doelen.uit == STDOUT else say_wrapped(line)


def _told(files: Mapping[str, Path]) -> Iterable[str]:
    if pad := files.get("--maak-referentie"):
        yield (
            f"Het referentiebestand staat in {pad.absolute()}. Gebruik het met: regiekit score START EINDE "
            f"--referentie {quoted(str(pad))}"
        )
    if pad := files.get("--verslag"):
        yield f"Het verslag staat in {pad.absolute()}. {DELEN}"
    if pad := files.get("--uit"):
        yield f"De scores staan in {pad.absolute()}. Alleen jouw account kan ze openen; ze zijn niet op slot."


def make_verslag(pad: Path, cijfers: "Groepscijfers", opdracht: list[str]) -> bytes:
    """The report; the same figures give the same bytes. No name of a file in it tells who someone is."""
    from regiekit.cli.bestandsnaam import shared_name
    from regiekit.cli.document import form_of
    from regiekit.render.groepverslag import Verantwoording, command_of, library_versions, make_groepverslag

    cijfers = cijfers._replace(bestand=shared_name(Path(cijfers.bestand), "tabel"))
    return form_of(pad.name)(make_groepverslag(cijfers, Verantwoording(command_of(opdracht), library_versions())))


def make_referentietekst(doelen: Doelen, gelezen: "Gelezen", r: Mapping[str, float]) -> tuple[bytes, tuple[str, ...]]:
    """The referentiebestand, and which schalen are not in it and why."""
    from regiekit import __version__
    from regiekit.cli.bestandsnaam import shared_name
    from regiekit.groep.cijfers import require_enough, shared_moments
    from regiekit.groep.referentie import make_referentie, referentie_text

    assert doelen.referentie
    loaded = gelezen.loaded
    require_enough(gelezen.tabel)
    made, left_out = make_referentie(
        shared_moments(gelezen.tabel, loaded.inhoud), loaded.inhoud, loaded.hash,
        naam=Path(shared_name(doelen.referentie, "referentie")).stem, bron=doelen.bron or "", datum=date.today(),
        gemaakt_met=f"regiekit {__version__}", r_test_hertest=r,
    )  # fmt: skip
    return referentie_text(made).encode(), left_out

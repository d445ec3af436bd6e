"""`regiekit groep TABEL`: the figures of a group."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from regiekit.cli.importeer import Akkoord, Blad, Koppel, MeetmomentOption, VragenlijstOption, WeigerRijen
from regiekit.cli.onderdelen import need_groep
from regiekit.cli.options import Bibliotheek, Json, Overschrijf, refuse_file_beside_json, require_with
from regiekit.cli.output import require_writable, say_wrapped, show, show_json, warn, write_file
from regiekit.cli.taal import choose, either
from regiekit.cli.vragenlijst import quoted
from regiekit.content.library import own_folder
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.cli.tabel_groep import Gelezen, Tabelopdracht
    from regiekit.domain.groepscijfers import Groepscijfers

ENDINGS = {
    "--uit": (".csv", ".xlsx", ".parquet"),
    "--verslag": (".html", ".pdf", ".docx"),
    "--maak-referentie": (".yaml", ".yml"),
}
MAX_BRON = 400  # characters, as in domain.referentie

Tabel = Annotated[
    Path, typer.Argument(metavar="TABEL", help="Antwoorden, een rij per afname: .csv, .xlsx, .ods of .parquet.")
]
Uit = Annotated[
    Path | None, typer.Option("--uit", metavar="PAD", help="Alle scores in een bestand: .csv, .xlsx of .parquet.")
]
Verslag = Annotated[
    Path | None, typer.Option("--verslag", metavar="PAD", help="Een verslag van de groep: .html, .pdf of .docx.")
]
MaakReferentie = Annotated[
    Path | None,
    typer.Option("--maak-referentie", metavar="PAD", help="Een referentiebestand (.yaml), van 50 mensen of meer."),
]
Bron = Annotated[
    str | None, typer.Option("--bron", help="Van wie en wanneer deze cijfers zijn; komt in het referentiebestand.")
]
TestHertest = Annotated[
    list[str] | None,
    typer.Option(
        "--r-test-hertest",
        metavar="SCHAAL=GETAL",
        help="De test-hertestbetrouwbaarheid van een schaal, tussen 0 en 1; anders alpha.",
    ),
]


def groep(
    tabel: Tabel,
    vragenlijst: VragenlijstOption = None,
    koppel: Koppel = None,
    meetmoment: MeetmomentOption = None,
    blad: Blad = None,
    weiger_rijen: WeigerRijen = False,
    akkoord: Akkoord = False,
    r_test_hertest: TestHertest = None,
    uit: Uit = None,
    verslag: Verslag = None,
    maak_referentie: MaakReferentie = None,
    bron: Bron = None,
    overschrijf: Overschrijf = False,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Cijfers van een groep: schalen, betrouwbaarheid en verandering.

    Per schaal het gemiddelde en de spreiding, hoe goed de vragen samenhangen, en wat er veranderde tussen
    meetmomenten. Over minder dan vijf mensen toont regiekit niets.
    """
    need_groep("groep")
    doelen = Doelen(uit, verslag, maak_referentie, bron, overschrijf)
    doelen.check(tabel, json=json)
    r = read_r(r_test_hertest or [])
    from regiekit.cli.tabel_groep import Tabelopdracht, read_groepstabel

    opdracht = Tabelopdracht(
        tabel, vragenlijst, koppel, meetmoment, blad, weiger_rijen, akkoord, overschrijf, own_folder(bibliotheek), json,
        doelen.map,
    )  # fmt: skip
    gelezen = read_groepstabel(opdracht, mensen=True)
    check_schalen(r, gelezen.loaded.inhoud)
    cijfers = compute(gelezen, tabel, r) if doelen.figures else None
    shown = {"--vragenlijst": vragenlijst, "--koppel": koppel, "--meetmoment": meetmoment, "--blad": blad,
             "--weiger-rijen": weiger_rijen, "--akkoord": akkoord, "--r-test-hertest": r_test_hertest}  # fmt: skip
    if cijfers and not doelen.files:
        show_figures(cijfers, json=json)
    for line in write_all(doelen, gelezen, cijfers, typed_as(tabel, {**shown, **doelen.files}), r):
        say_wrapped(line)
    tell_rest(gelezen, opdracht)


def tell_rest(gelezen: "Gelezen", opdracht: "Tabelopdracht") -> None:
    """The refused rows and what to know of the table, beside the output."""
    from regiekit.cli.score_tabel import tell_refused

    tell_refused(gelezen, opdracht)
    for _, tekst in gelezen.waarschuwingen:
        warn(f"let op: {tekst}")


class Doelen(NamedTuple):
    """Which files are asked for."""

    uit: Path | None
    verslag: Path | None
    referentie: Path | None
    bron: str | None
    overschrijf: bool

    @property
    def files(self) -> dict[str, Path]:
        """The option and the place of each file."""
        named = {"--uit": self.uit, "--verslag": self.verslag, "--maak-referentie": self.referentie}
        return {optie: path for optie, path in named.items() if path}

    @property
    def map(self) -> Path | None:
        """Where the refused rows go."""
        return next((path.parent for path in self.files.values()), None)

    @property
    def figures(self) -> bool:
        """Whether anything is said of the group; the scores alone are a row for each afname."""
        return set(self.files) != {"--uit"}

    def check(self, tabel: Path, *, json: bool) -> None:
        """Raises RegiekitError for what cannot be, before anything is read."""
        refuse_file_beside_json(json, dict(self.files))
        require_with("--maak-referentie", self.referentie is not None, {"--bron": self.bron})
        if self.referentie:
            check_bron(self.bron)
        for optie, path in self.files.items():
            endings = ENDINGS[optie]
            if path.suffix.lower() not in endings:
                raise RegiekitError(f"{path} kan niet; laat de naam bij {optie} eindigen op {either(endings)}")
            if path.exists() and tabel.exists() and path.samefile(tabel):
                raise RegiekitError(f"{path} is het bestand dat je inleest; geef een andere naam met {optie}")
            require_writable(path, optie)
        places = [path.absolute() for path in self.files.values()]
        if len(set(places)) < len(places):
            raise RegiekitError("twee bestanden met dezelfde naam kan niet; geef elk bestand een eigen naam")


def check_bron(bron: str | None) -> None:
    """Raises RegiekitError for a referentiebestand of which nobody will know whose it is."""
    if not bron or not bron.strip() or len(bron) > MAX_BRON or not bron.isprintable():
        raise RegiekitError(
            "bij --maak-referentie hoort --bron: van wie deze cijfers zijn en van wanneer, op één regel van hoogstens "
            f"{MAX_BRON} tekens. Geen namen van cliënten"
        )


def read_r(given: list[str]) -> dict[str, float]:
    """The correlations of --r-test-hertest by schaal: 'autonomie=0,80', with a comma or a point."""
    found: dict[str, float] = {}
    for text in given:
        schaal, teken, getal = text.partition("=")
        schaal, getal = schaal.strip(), getal.strip().replace(",", ".")
        r = float(getal) if re.fullmatch(r"0?\.[0-9]{1,10}", getal) else 0.0
        if not (teken and schaal and 0 < r < 1):
            raise RegiekitError(
                f"--r-test-hertest {text!r} kan niet; schrijf schaal=getal, met een getal tussen 0 en 1, zoals "
                "autonomie=0,80"
            )
        if schaal in found:
            raise RegiekitError(f"--r-test-hertest noemt de schaal {schaal!r} twee keer; geef elke schaal één getal")
        found[schaal] = r
    return found


def check_schalen(r: Mapping[str, float], vragenlijst: Any) -> None:
    """Raises RegiekitError for a schaal that the vragenlijst does not have."""
    ids = [s.id for s in vragenlijst.schalen]
    for schaal in r:
        if schaal not in ids:
            raise RegiekitError(f"--r-test-hertest: {choose(schaal, ids, {i: i for i in ids})}")


def compute(gelezen: "Gelezen", tabel: Path, r: Mapping[str, float]) -> "Groepscijfers":
    """The figures of what was read; RegiekitError (exit code 4) for fewer than five people."""
    from regiekit.groep.cijfers import compute_groepscijfers, hash_file

    loaded = gelezen.loaded
    return compute_groepscijfers(gelezen.tabel, loaded.inhoud, loaded.hash, hash_file(tabel), r)


def show_figures(cijfers: "Groepscijfers", *, json: bool) -> None:
    """To the screen, or as JSON."""
    if json:
        from regiekit.render.json_groep import json_groep

        return show_json(json_groep(cijfers))
    from regiekit.render.groep import render_groep

    return show(*render_groep(cijfers))


def typed_as(tabel: Path, opties: Mapping[str, object]) -> list[str]:
    """The words of the command, with the options that were given."""
    words = ["groep", str(tabel)]
    for optie, waarde in opties.items():
        for one in waarde if isinstance(waarde, list) else [waarde]:
            if one not in (None, False):
                words += [optie] if one is True else [optie, str(one)]
    return words


def write_all(
    doelen: Doelen, gelezen: "Gelezen", cijfers: "Groepscijfers | None", opdracht: list[str], r: Mapping[str, float]
) -> Iterator[str]:
    """Write every file that was asked for; gives what to say of it."""
    if cijfers and doelen.referentie:
        yield from write_referentie(doelen, gelezen, cijfers, r)
    if cijfers and doelen.verslag:
        write_verslag(doelen, cijfers, opdracht)
        yield f"Het verslag staat in {doelen.verslag.absolute()}. Er staat niemand apart in."
    if doelen.uit:
        from regiekit.cli.score_tabel import write_gelezen

        write_gelezen(gelezen, doelen.uit, overschrijf=doelen.overschrijf)
        yield f"De scores staan in {doelen.uit.absolute()}. Alleen jouw account kan ze openen; ze zijn niet op slot."


def write_verslag(doelen: Doelen, cijfers: "Groepscijfers", opdracht: list[str]) -> None:
    """The report; the same figures give the same bytes."""
    from regiekit.cli.document import form_of
    from regiekit.render.groepverslag import Verantwoording, command_of, library_versions, make_groepverslag

    assert doelen.verslag
    document = make_groepverslag(cijfers, Verantwoording(command_of(opdracht), library_versions()))
    write_file(doelen.verslag, form_of(doelen.verslag.name)(document), replace=doelen.overschrijf, optie="--verslag")


def write_referentie(
    doelen: Doelen, gelezen: "Gelezen", cijfers: "Groepscijfers", r: Mapping[str, float]
) -> Iterator[str]:
    """The referentiebestand; gives where it is, and which schalen are not in it and why."""
    from regiekit import __version__
    from regiekit.groep.referentie import make_referentie, referentie_text

    assert doelen.referentie
    assert doelen.bron
    made, left_out = make_referentie(
        cijfers.momenten, gelezen.loaded.inhoud, gelezen.loaded.hash, naam=doelen.referentie.stem, bron=doelen.bron,
        datum=date.today(), gemaakt_met=f"regiekit {__version__}", r_test_hertest=r,
    )  # fmt: skip
    text = referentie_text(made).encode()
    write_file(doelen.referentie, text, replace=doelen.overschrijf, optie="--maak-referentie")
    yield (
        f"Het referentiebestand staat in {doelen.referentie.absolute()}. Gebruik het met: regiekit score START EINDE "
        f"--referentie {quoted(str(doelen.referentie))}"
    )
    yield from left_out

"""`regiekit groep TABEL`: the figures of a group."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.getallen import in_words, read_getal
from regiekit.cli.importeer import Akkoord, Blad, Koppel, MeetmomentOption, VragenlijstOption, WeigerRijenTabel
from regiekit.cli.onderdelen import need_groep
from regiekit.cli.options import Bibliotheek, IdKolom, Json, Overschrijf
from regiekit.cli.output import show, show_json, warn
from regiekit.cli.taal import choose
from regiekit.content.library import own_folder
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.cli.tabel_groep import Gelezen, Tabelbron
    from regiekit.domain.groepscijfers import Groepscijfers

MAX_R = 0.99  # with a measurement error of nothing every difference would be clear

Tabel = Annotated[
    Path, typer.Argument(metavar="TABEL", help="Antwoorden, een rij per afname: .csv, .xlsx, .ods of .parquet.")
]
Uit = Annotated[
    str | None,
    typer.Option("--uit", metavar="PAD", help="Alle scores: .csv, .xlsx of .parquet; '-' is CSV op het scherm."),
]
Verslag = Annotated[
    Path | None, typer.Option("--verslag", metavar="PAD", help="Een verslag van de groep: .html, .pdf of .docx.")
]
MaakReferentie = Annotated[
    Path | None,
    typer.Option("--maak-referentie", metavar="PAD", help="Een referentiebestand (.yaml), van 50 mensen of meer."),
]
BronOption = Annotated[
    str | None, typer.Option("--bron", help="Van wie en wanneer deze cijfers zijn; komt in het referentiebestand.")
]
TestHertest = Annotated[
    list[str] | None,
    typer.Option(
        "--r-test-hertest",
        metavar="SCHAAL=GETAL",
        help="De test-hertestbetrouwbaarheid van een schaal, boven 0 en tot en met 0,99; anders alpha.",
    ),
]


def groep(
    tabel: Tabel,
    vragenlijst: VragenlijstOption = None,
    koppel: Koppel = None,
    meetmoment: MeetmomentOption = None,
    blad: Blad = None,
    id_kolom: IdKolom = None,
    weiger_rijen: WeigerRijenTabel = False,
    akkoord: Akkoord = False,
    r_test_hertest: TestHertest = None,
    uit: Uit = None,
    verslag: Verslag = None,
    maak_referentie: MaakReferentie = None,
    bron: BronOption = None,
    overschrijf: Overschrijf = False,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Cijfers van een groep: schalen, betrouwbaarheid en verandering.

    Per schaal het gemiddelde en de spreiding, hoe goed de vragen samenhangen, en wat er veranderde tussen
    meetmomenten. Aantallen onder de vijf mensen staan er niet. Het scherm en --json zijn voor wie de tabel heeft;
    --verslag en --maak-referentie zijn om te delen.
    """
    need_groep("groep")
    from regiekit.cli.groepsbestanden import Doelen, make_verslag, typed_as, write_all

    folder, r = own_folder(bibliotheek), read_r(r_test_hertest or [])
    doelen = Doelen(uit, verslag, maak_referentie, bron, overschrijf, id_kolom)
    doelen.check(tabel, (koppel, Path(vragenlijst or "")), json=json)
    from regiekit.cli.tabel_groep import Tabelbron, Tabelopdracht

    opdracht = Tabelopdracht(
        tabel, vragenlijst, koppel, meetmoment, blad, weiger_rijen, akkoord, overschrijf, folder, json, doelen.map,
        id=id_kolom,
    )  # fmt: skip
    bestand = Tabelbron(opdracht, mensen=True)
    gelezen = bestand.read()
    check_schalen(r, gelezen.loaded.inhoud)
    if doelen.screen:
        show_figures(compute(gelezen, tabel, r), gelezen, json=json)
    typed = {
        "--vragenlijst": vragenlijst, "--koppel": koppel, "--meetmoment": meetmoment, "--blad": blad, "--id": id_kolom,
        "--weiger-rijen": weiger_rijen, "--akkoord": akkoord, "--r-test-hertest": r_test_hertest, **doelen.files,
        "--bron": bron, "--bibliotheek": folder,
    }  # fmt: skip

    def report(pad: Path) -> bytes:
        return make_verslag(pad, compute(gelezen, tabel, r, delen=True), typed_as(tabel, typed))

    write_all(doelen, gelezen, report, r)
    tell_rest(bestand, gelezen, kept=bool(doelen.files))


def tell_rest(bestand: "Tabelbron", gelezen: "Gelezen", *, kept: bool) -> None:
    """The refused rows and what to know of the table, beside the output; `kept`: what was agreed is written down."""
    from regiekit.cli.score_tabel import keep_agreed, tell_refused

    if kept and (line := keep_agreed(bestand)):
        warn(line)
    tell_refused(gelezen, bestand.opdracht)
    for _, tekst in () if bestand.opdracht.json else gelezen.waarschuwingen:
        warn(f"let op: {tekst}")


def read_r(given: list[str]) -> dict[str, float]:
    """The correlations of --r-test-hertest by schaal: 'autonomie=0,80', with a comma or a point."""
    found: dict[str, float] = {}
    for text in given:
        schaal, teken, getal = text.partition("=")
        schaal, r = schaal.strip(), read_getal(getal)
        if not (teken and schaal and r and 0 < r <= MAX_R):
            raise RegiekitError(
                f"--r-test-hertest {text!r} kan niet; schrijf schaal=getal, met een getal boven 0 en niet boven "
                f"{in_words(MAX_R)}, zoals autonomie=0,80"
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


def compute(gelezen: "Gelezen", tabel: Path, r: Mapping[str, float], *, delen: bool = False) -> "Groepscijfers":
    """The figures of what was read; RegiekitError (exit code 4) for fewer than five people."""
    from regiekit.groep.cijfers import compute_groepscijfers, hash_file

    loaded = gelezen.loaded
    return compute_groepscijfers(gelezen.tabel, loaded.inhoud, loaded.hash, hash_file(tabel), r, delen=delen)


def show_figures(cijfers: "Groepscijfers", gelezen: "Gelezen", *, json: bool) -> None:
    """To the screen, or as JSON."""
    if json:
        from regiekit.render.json_groep import json_groep

        found = [{"code": code, "tekst": tekst} for code, tekst in gelezen.waarschuwingen]
        return show_json({**json_groep(cijfers), "waarschuwingen": found})
    from regiekit.render.groep import render_groep

    return show(*render_groep(cijfers))

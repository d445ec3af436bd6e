"""`regiekit groep simuleer`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.getallen import getal_option, in_words
from regiekit.cli.onderdelen import need_groep
from regiekit.cli.options import Bibliotheek, Json, Overschrijf, refuse_with, require_with
from regiekit.cli.output import (
    new_place,
    progress,
    raw_output,
    require_writable,
    scratch_folder,
    show,
    show_json,
    warn,
)
from regiekit.cli.taal import choose
from regiekit.cli.vragenlijst import named
from regiekit.domain.simulatie import MAX_LADING, MAX_MENSEN, MAX_ZAAD, Simulatiemodel
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.content.library import Loaded
    from regiekit.groep.simulatie import Simulatie

STDOUT = "-"
LADING, SAMENHANG, LEEG, RECHTE_LIJN = 0.7, 0.4, 0.03, 0.02
VERANDERING, STABILITEIT, UITVAL = 0.5, 0.6, 0.1  # these three are about more than one meetmoment

Mensen = Annotated[int, typer.Option("--n", min=1, max=MAX_MENSEN, help="Hoeveel verzonnen mensen.")]
Lijst = Annotated[str, typer.Option("--vragenlijst", metavar="NAAM", help="De id van een vragenlijst, of een bestand.")]
Uit = Annotated[
    str | None,
    typer.Option(
        "--uit", metavar="PAD", help="Waar de tabel komt: .csv, .xlsx of .parquet; '-' is CSV op het scherm.",
        show_default="verzonnen-NAAM.csv",
    ),
]  # fmt: skip
Zaad = Annotated[
    int, typer.Option("--zaad", min=0, max=MAX_ZAAD, help="Hetzelfde zaad geeft dezelfde tabel; kies een ander getal.")
]
Momenten = Annotated[
    list[str] | None,
    typer.Option("--meetmoment", metavar="NAAM", help="Welke meetmomenten.", show_default="het eerste en het laatste"),
]
Lading = Annotated[
    float, getal_option("--lading", 0, MAX_LADING, "Hoe sterk een vraag bij haar schaal hoort.", in_words(LADING))
]
Samenhang = Annotated[float, getal_option("--samenhang", 0, 1, "Correlatie tussen de schalen.", in_words(SAMENHANG))]
Verandering = Annotated[
    float | None,
    getal_option(
        "--verandering", -3, 3, "Hoeveel SD iedereen verandert, van eerste naar laatste meetmoment; plus is gunstig.",
        in_words(VERANDERING),
    ),
]  # fmt: skip
Stabiliteit = Annotated[
    float | None,
    getal_option("--stabiliteit", 0, 1, "Correlatie van een schaal met zichzelf later.", in_words(STABILITEIT)),
]
Leeg = Annotated[float, getal_option("--leeg", 0, 0.9, "Kans dat een vraag openblijft.", in_words(LEEG))]
RechteLijn = Annotated[
    float, getal_option("--rechte-lijn", 0, 0.9, "Kans op overal hetzelfde antwoord.", in_words(RECHTE_LIJN))
]
Uitval = Annotated[
    float | None, getal_option("--uitval", 0, 0.9, "Kans om na een meetmoment te stoppen.", in_words(UITVAL))
]


def simuleer(
    n: Mensen = 200,
    vragenlijst: Lijst = "eigen-regie",
    uit: Uit = None,
    zaad: Zaad = 1,
    meetmoment: Momenten = None,
    lading: Lading = LADING,
    samenhang: Samenhang = SAMENHANG,
    verandering: Verandering = None,
    stabiliteit: Stabiliteit = None,
    leeg: Leeg = LEEG,
    rechte_lijn: RechteLijn = RECHTE_LIJN,
    uitval: Uitval = None,
    overschrijf: Overschrijf = False,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Een tabel met verzonnen afnames, uit een model dat je kent.

    Om te oefenen, les te geven of een onderzoek te plannen. Je ziet wat er in dit model waar is; leg daar naast wat
    'regiekit groep' uit de tabel haalt. De codes beginnen met V-, van verzonnen.
    """
    need_groep("groep simuleer")
    loaded = named(vragenlijst, bibliotheek)
    momenten = choose_momenten(loaded, meetmoment or [])
    later = {"--verandering": verandering, "--stabiliteit": stabiliteit, "--uitval": uitval}
    given = {naam: waarde is not None for naam, waarde in later.items()}
    require_with("twee of meer meetmomenten", len(momenten) > 1, given)
    moved, stable, lost = (
        standaard if waarde is None else waarde
        for waarde, standaard in zip(later.values(), (VERANDERING, STABILITEIT, UITVAL), strict=True)
    )
    model = Simulatiemodel(n, momenten, zaad, lading, samenhang, moved, stable, leeg, rechte_lijn, lost)
    pad = uit or f"verzonnen-{loaded.inhoud.id}.csv"
    check_uit(pad, overschrijf=overschrijf, json=json)

    from regiekit.groep.simulatie import Simulatie, true_values

    simulatie = Simulatie(loaded.inhoud, model)
    write_simulatie(simulatie, pad, overschrijf)
    if pad == STDOUT:
        return warn("deze afnames zijn verzonnen, met codes die beginnen met V-")
    schalen = true_values(loaded.inhoud, model)
    if json:
        from regiekit.render.json_groepplan import json_simulatie

        return show_json(json_simulatie(loaded, model, schalen, simulatie.rijen, pad))
    from regiekit.render.groepplan import render_simulatie

    return show(*render_simulatie(model, schalen, simulatie.rijen, pad, vragenlijst))


def choose_momenten(loaded: "Loaded", wanted: Sequence[str]) -> tuple[str, ...]:
    """The ids of the meetmomenten, in the order of the vragenlijst; without a wish the first and the last."""
    known = {m.id: m.id for m in loaded.inhoud.meetmomenten}
    ids = tuple(known)
    if wanted and not ids:
        raise RegiekitError(f"de vragenlijst '{loaded.inhoud.id}' heeft geen meetmomenten; laat --meetmoment weg")
    for naam in wanted:
        if naam not in known:
            raise RegiekitError(f"--meetmoment: {choose(naam, ids, known)}")
    return tuple(m for m in ids if m in wanted) if wanted else tuple(dict.fromkeys((*ids[:1], *ids[-1:])))


def check_uit(pad: str, *, overschrijf: bool, json: bool) -> None:
    """Raises RegiekitError for a place where no table can come, before anything is made."""
    from regiekit.groep.schrijven import soort_of

    refuse_with("--json", json and pad == STDOUT, {"--uit -": True})
    refuse_with("--uit -", pad == STDOUT, {"--overschrijf": overschrijf})
    if pad == STDOUT:
        return
    soort_of(Path(pad))
    require_writable(Path(pad))


def write_simulatie(simulatie: "Simulatie", pad: str, overschrijf: bool) -> None:
    """The table in its file; '-' is standard output. Raises RegiekitError when that cannot be."""
    from regiekit.groep.schrijven import soort_of, write_csv, write_frame

    with progress("Verzinnen") as done:
        if pad == STDOUT:
            return write_csv(simulatie.frame(done), raw_output())
        doel = Path(pad)
        with new_place(doel, replace=overschrijf) as place, scratch_folder(doel.parent) as folder:
            return write_frame(simulatie.frame(done), place, soort_of(doel), folder)

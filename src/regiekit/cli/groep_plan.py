"""`regiekit groep plan`."""

from typing import Annotated, NamedTuple

import typer

from regiekit.cli.getallen import getal_option, in_words
from regiekit.cli.onderdelen import need_groep
from regiekit.cli.options import Bibliotheek, Json, refuse_with, require_with
from regiekit.cli.output import show, show_json
from regiekit.cli.taal import choose
from regiekit.cli.vragenlijst import named
from regiekit.domain.simulatie import MAX_ZAAD
from regiekit.domain.steekproef import Alphawens, Groepsplan, Veranderwens
from regiekit.errors import RegiekitError

ALPHA_GEWOON, MACHT_GEWOON, SAMENHANG_GEWOON = 0.8, 0.8, 0.5
ANTWOORDEN = 5  # of a vraag, when no vragenlijst says it
MAX_VRAGEN = 300  # as a vragenlijst may have; its module loads pydantic

Breedte = Annotated[
    float | None, getal_option("--breedte", 0.02, 1, "Hoe breed het interval van alpha gemiddeld mag zijn.")
]
Alpha = Annotated[
    float | None, getal_option("--alpha", 0.05, 0.95, "De alpha die je verwacht.", in_words(ALPHA_GEWOON))
]
Vragen = Annotated[int | None, typer.Option("--vragen", min=2, max=MAX_VRAGEN, help="Hoeveel vragen de schaal heeft.")]
Schaal = Annotated[
    str | None, typer.Option("--schaal", metavar="NAAM", help="In plaats van --vragen: een schaal van de vragenlijst.")
]
Lijst = Annotated[
    str | None,
    typer.Option("--vragenlijst", metavar="NAAM", help="De vragenlijst van --schaal.", show_default="eigen-regie"),
]
Verandering = Annotated[
    float | None, getal_option("--verandering", 0.05, 5, "Hoeveel SD verandering je wilt kunnen vinden.")
]
Macht = Annotated[
    float | None, getal_option("--macht", 0.5, 0.99, "Hoe groot die kans moet zijn.", in_words(MACHT_GEWOON))
]
Samenhang = Annotated[
    float | None,
    getal_option("--samenhang", 0, 0.95, "Correlatie tussen eerste en tweede score.", in_words(SAMENHANG_GEWOON)),
]
Uitval = Annotated[float, getal_option("--uitval", 0, 0.9, "Welk deel van de mensen uitvalt.", "0")]
Zaad = Annotated[int, typer.Option("--zaad", min=0, max=MAX_ZAAD, help="Zaad van de verzonnen onderzoeken.")]


def plan(
    breedte: Breedte = None,
    alpha: Alpha = None,
    vragen: Vragen = None,
    schaal: Schaal = None,
    vragenlijst: Lijst = None,
    verandering: Verandering = None,
    macht: Macht = None,
    samenhang: Samenhang = None,
    uitval: Uitval = 0.0,
    zaad: Zaad = 1,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Hoeveel mensen heb je nodig voor een onderzoek?

    Voor een interval van alpha dat smal genoeg is (--breedte), of om een verandering te vinden (--verandering).
    Regiekit rekent het uit, en probeert het na met verzonnen onderzoeken.

        regiekit groep plan --breedte 0,10 --alpha 0,80 --vragen 5

        regiekit groep plan --verandering 0,3 --macht 0,80 --uitval 0,2
    """
    need_groep("groep plan")
    require_with("--breedte", breedte is not None, {"--alpha": alpha, "--vragen": vragen, "--schaal": schaal})
    require_with("--schaal", schaal is not None, {"--vragenlijst": vragenlijst})
    refuse_with("--schaal", schaal is not None, {"--vragen": vragen})
    require_with("--verandering", verandering is not None, {
        "--macht": macht is not None, "--samenhang": samenhang is not None})  # fmt: skip
    if breedte is None and verandering is None:
        raise RegiekitError(
            "wat wil je weten? Geef --breedte (hoe precies je alpha wilt weten), --verandering (wat je wilt kunnen "
            "vinden), of allebei"
        )
    gekozen = choose_schaal(vragen, schaal, vragenlijst or "eigen-regie", bibliotheek) if breedte else None
    made = make_plan(
        Alphawens(breedte, alpha or ALPHA_GEWOON, gekozen.vragen, gekozen.antwoorden) if breedte and gekozen else None,
        Veranderwens(verandering, macht or MACHT_GEWOON, SAMENHANG_GEWOON if samenhang is None else samenhang)
        if verandering
        else None,
        Groepsplan(gekozen.naam if gekozen else None, None, None, uitval, zaad),
    )
    if json:
        from regiekit.render.json_groepplan import json_plan

        return show_json(json_plan(made))
    from regiekit.render.groepplan import render_plan

    return show(*render_plan(made))


class Gekozen(NamedTuple):
    """A schaal: its name when it is of a vragenlijst, how many vragen, and how many answers each has."""

    naam: str | None
    vragen: int
    antwoorden: int


def choose_schaal(vragen: int | None, schaal: str | None, vragenlijst: str, bibliotheek: Bibliotheek) -> Gekozen:
    """What --vragen or --schaal says; raises RegiekitError when that is nothing, or a schaal of one vraag."""
    if vragen:
        return Gekozen(None, vragen, ANTWOORDEN)
    if schaal is None:
        raise RegiekitError("bij --breedte hoort --vragen (hoeveel vragen de schaal heeft), of --schaal")
    from regiekit.domain.uitslag import antwoordschaal_of

    inhoud = named(vragenlijst, bibliotheek).inhoud
    known = {s.id: s for s in inhoud.schalen}
    if schaal not in known:
        raise RegiekitError(f"--schaal: {choose(schaal, tuple(known), {i: i for i in known})}")
    ids = [item.vraag for item in known[schaal].vragen]
    if len(ids) < 2:
        raise RegiekitError(f"de schaal '{schaal}' heeft één vraag, en dan bestaat alpha niet; kies een andere")
    ends = [antwoordschaal_of(inhoud, vraag) for vraag in ids]
    return Gekozen(known[schaal].naam, len(ids), min(e.max - e.min + 1 for e in ends))


def make_plan(alpha: Alphawens | None, verandering: Veranderwens | None, leeg: Groepsplan) -> Groepsplan:
    """The plan with what was asked; each part draws its own verzonnen studies."""
    from numpy.random import default_rng

    from regiekit.groep.steekproef import plan_alpha, plan_verandering

    return leeg._replace(
        alpha=plan_alpha(alpha, default_rng(leeg.zaad)) if alpha else None,
        verandering=plan_verandering(verandering, default_rng(leeg.zaad)) if verandering else None,
    )

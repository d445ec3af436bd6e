"""`regiekit dossier besluit`: the level that the coach decides on and why, beside what the sources say."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, cast

import typer

from regiekit.cli.advies import make_gesprek
from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.options import Bibliotheek, DossierPad, Json, WachtzinFd, dag_option, day_of, read_regie
from regiekit.cli.output import say, say_wrapped, show_json
from regiekit.cli.taal import ask
from regiekit.content.library import own_folder
from regiekit.domain.niveau import Regie
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.cli.dossier_teksten import Bewaking
    from regiekit.cli.dossier_vullen import Gevuld
    from regiekit.domain.niveau import Niveau, Zekerheid


def besluit(
    code: Annotated[str, typer.Argument(metavar="CODE", help="De code van de cliënt, zoals R-014.")],
    niveau: Annotated[
        Regie | None,
        typer.Argument(
            metavar="NIVEAU", parser=read_regie, help="Hoeveel regie: laag, midden of hoog; anders vraagt regiekit het."
        ),
    ] = None,
    reden: Annotated[str | None, typer.Option("--reden", help="Waarom je zo besluit, in één zin.")] = None,
    datum: Annotated[
        datetime | None,
        dag_option("--datum", "De dag van het besluit; anders vandaag."),
    ] = None,
    geen_bsn: GeenBsn = False,
    bibliotheek: Bibliotheek = None,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Jouw besluit over het niveau van regie, met de reden.

    Je besluit gaat voor op de score en op je inschatting. Wat die bronnen nu zeggen, zie je erbij en wordt erbij
    bewaard. Een eerder besluit blijft staan. Het komt terug in de voorbereiding van het volgende gesprek.
    """
    from regiekit.cli.dossier_open import open_boek
    from regiekit.cli.dossier_teksten import Bewaking
    from regiekit.cli.dossier_vragen import tell_closed, told_when_stopped
    from regiekit.cli.dossier_vullen import fill
    from regiekit.cli.invullen import check_datum
    from regiekit.domain.aantekening import Besluit

    day = day_of(datum)
    check_datum(day)
    folder, bewaking = own_folder(bibliotheek), Bewaking(geen_bsn)
    with open_boek(dossier, wachtzin_fd) as boek:
        gevuld = fill(boek.read(code), day, folder)
        tell_closed(gevuld.dossier)
        found = make_gesprek(gevuld.afnames, gevuld.bronnen, (), None, folder).niveau
        if not json:
            say_sources(gevuld, found)
        with told_when_stopped():
            level = niveau or ask_niveau()
            why = read_reden(reden, bewaking)
        made = Besluit(niveau=level, reden=why, volgens_bronnen=levels_of(found), zekerheid=zekerheid_of(found))
        bewaking.check(made)
        number = boek.add(gevuld.dossier.code, day, made)
    if json:
        return show_json({"nummer": number, "client": gevuld.dossier.code, "datum": day.isoformat(),
                          **made.model_dump(mode="json")})  # fmt: skip
    from regiekit.domain.dagen import datum_text

    return say_wrapped(
        f"Besluit bewaard als nummer {number}: regie {level}, {datum_text(day)}. Een eerder besluit blijft staan."
    )


def ask_niveau() -> Regie:
    """The level, asked on a terminal; raises RegiekitError elsewhere."""
    from regiekit.cli.dossier_teksten import on_terminal

    if not on_terminal():
        raise RegiekitError("het niveau ontbreekt: typ achter de code laag, midden of hoog")
    return cast("Regie", ask("Hoeveel regie neemt de cliënt nu: laag, midden of hoog?", read_regie))


def read_reden(given: str | None, bewaking: "Bewaking") -> str:
    """The reason as given, or asked on a terminal; raises RegiekitError without one."""
    from regiekit.cli.dossier_teksten import on_terminal

    text = given
    if text is None and on_terminal():
        text = bewaking.ask("Waarom besluit je dit? Schrijf één zin")
    if not (text and text.strip()):
        raise RegiekitError('bij een besluit hoort --reden "…": schrijf in één zin waarom je zo besluit')
    return text


def levels_of(niveau: "Niveau") -> tuple[Regie, ...]:
    """What the sources give: more than one level where they differ or lie on a border, none without a source."""
    if niveau.zekerheid == "onbekend":
        return ()
    if niveau.waarde is None:
        return niveau.mogelijk
    on_border = niveau.inschatting is None and niveau.score is not None and niveau.score.grensgebied
    return niveau.score.mogelijk if on_border and niveau.score else (niveau.waarde,)


def zekerheid_of(niveau: "Niveau") -> "Zekerheid | None":
    """How sure that is; None without a source."""
    return None if niveau.zekerheid == "onbekend" else niveau.zekerheid


def say_sources(gevuld: "Gevuld", niveau: "Niveau") -> None:
    """What the sources say now, and the besluit that holds until now."""
    from regiekit.domain.dagen import datum_text
    from regiekit.render.zone import ZEKERHEID, sources

    if niveau.zekerheid == "onbekend":
        say_wrapped(f"De bronnen van {gevuld.dossier.code} zeggen nog niets over het niveau.")
    else:
        levels = " of ".join(levels_of(niveau))
        say_wrapped(f"De bronnen van {gevuld.dossier.code} geven nu: {levels} ({ZEKERHEID[niveau.zekerheid]}).")
        for name, text in sources(niveau):
            say_wrapped(f"{name}: {text}", "  - ", "    ")
    if earlier := gevuld.besluit:
        when = f" van {datum_text(earlier.datum)}" if earlier.datum else ""
        say_wrapped(f"Je besluit{when} was: {earlier.niveau}. De reden: “{earlier.reden}”")
    say("")

"""`regiekit dossier inzage`, `bewaartermijn` and `uitvoer`: what is kept of a client, how long, and where."""

import json as json_module
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.dossier_open import marked, open_boek, tell_verzonnen
from regiekit.cli.options import (
    Bibliotheek,
    Code,
    DossierPad,
    GeenAndereCode,
    Json,
    Overschrijf,
    WachtzinFd,
    dag_option,
    day_of,
    refuse_file_beside_json,
)
from regiekit.cli.output import make_folder, say, say_wrapped, show_json, write_reason
from regiekit.cli.taal import keuze
from regiekit.errors import RefusedError, RegiekitError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.bewaartermijn import Termijn
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.dossier.boek import Boek
    from regiekit.render.inzage import Inzage

VORMEN = ("html", "pdf", "docx", "txt")
HAAL_WEG = (
    "Er is niets geschreven: een inzage mag niets van een andere cliënt bevatten. Haal eerst weg wat er niet hoort: "
    "'regiekit dossier corrigeer {code} NUMMER --weg' haalt ook de oude waarden weg"
)
STAAT = {
    "zelfde": "staat er nog, onveranderd", "veranderd": "staat er, maar is veranderd", "weg": "is er niet meer",
    "verwijzing": "is nu een verwijzing naar een andere plek", "onleesbaar": "kan niet gelezen worden",
}  # fmt: skip
LATER = "is later vervangen door een nieuwe uitvoer"
CONTROLEER = "regiekit rekent alleen; controleer zelf welke termijn bij jullie geldt."

CodeOfNiets = Annotated[str | None, typer.Argument(metavar="CODE", help="De code van een cliënt; anders alle.")]
Vandaag = Annotated[
    datetime | None,
    dag_option("--datum", "Reken alsof het deze dag is."),
]
Tot = Annotated[
    datetime | None,
    dag_option("--tot", "Bewaar tot en met deze dag."),
]
Vorm = Annotated[
    Literal["html", "pdf", "docx", "txt"],
    typer.Option("--vorm", parser=keuze("--vorm", VORMEN), help="De vorm om te lezen: html, pdf, docx of txt."),
]


# inzage ---------------------------------------------------------------------------------------------------------------


def inzage(
    code: Code,
    uit: Annotated[
        Path | None, typer.Option("--uit", metavar="MAP", help="De map voor de twee bestanden; anders deze map.")
    ] = None,
    vorm: Vorm = "html",
    datum: Vandaag = None,
    overschrijf: Overschrijf = False,
    toch: GeenAndereCode = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Alles wat er over één cliënt staat, om te geven aan wie erom vraagt.

    Maakt twee bestanden: een om te lezen, en een (JSON) voor een ander programma. Alles staat erin: ook je eigen
    notities en inschattingen, oude waarden en correcties. Staat er een code van een andere cliënt in, dan stopt
    regiekit en zegt waar.
    """
    from regiekit.content.library import own_folder

    refuse_file_beside_json(json, {"--uit": uit})
    with open_boek(dossier, wachtzin_fd) as boek:
        found = find_inzage(boek, code, day_of(datum), own_folder(bibliotheek))
        write_inzage(found, boek, None if json else uit or Path(), vorm, overschrijf, toch)


def find_inzage(boek: "Boek", code: str, vandaag: date, bibliotheek: Path | None) -> "Inzage":
    """Everything of one client."""
    from regiekit.content.dossierafname import from_dossier
    from regiekit.domain.herkenbaar import hide_anderen
    from regiekit.render.inzage import Gemaakt, Inzage

    found = boek.read(code)
    afnames = {
        a.nummer: from_dossier(a.inhoud, found.code, a.datum, found.vragenlijsten.get(a.inhoud.hash), bibliotheek)
        for a in found.aantekeningen if a.soort == "afname"
    }  # fmt: skip
    codes = boek.codes()
    gemaakt = (
        Gemaakt(u.nummer, u.soort, hide_anderen(u.pad, found.code, codes), u.sha256, u.geschreven)
        for u in boek.uitvoer(found.code)
    )
    return Inzage(found, afnames, tuple(gemaakt), vandaag)


def write_inzage(found: "Inzage", boek: "Boek", uit: Path | None, vorm: str, overschrijf: bool, toch: bool) -> None:
    """The two files in this folder, or without one the values on the screen."""
    from regiekit.cli.document import form_of
    from regiekit.cli.dossier_uitvoer import check_document, require_own_path, write_all_known
    from regiekit.render.inzage import json_inzage, make_inzage

    code, document = found.dossier.code, make_inzage(found)
    try:
        check_document(document, boek, code, voor_anderen=False, toch=toch)
    except RefusedError as error:
        raise RefusedError(error.problems, HAAL_WEG.format(code=code)) from None
    values = json_inzage(found)
    if uit is None:
        return show_json(values)
    made = {
        f"inzage-{code}.{vorm}": form_of(f"inzage.{vorm}")(document),
        f"inzage-{code}.json": json_module.dumps(values, ensure_ascii=False, indent=2).encode(),
    }
    require_own_path(boek, code, uit.absolute())
    try:
        make_folder(uit)
    except OSError as error:
        raise RegiekitError(f"{uit} kan geen map worden: {write_reason(error)}") from None
    leesbaar, voor_programma = write_all_known(made, boek, code, "inzage", uit, overschrijf)
    say(f"Om te lezen: {visible(str(leesbaar))}")
    say(f"Voor een ander programma: {visible(str(voor_programma))}")
    say_wrapped("Lees het eerst zelf na. De bestanden zijn niet versleuteld: geef ze op een veilige manier, en gooi ze "
                "daarna weg. Het dossier onthoudt waar ze staan.")  # fmt: skip
    return None


# bewaartermijn --------------------------------------------------------------------------------------------------------


def bewaartermijn(
    code: CodeOfNiets = None,
    tot: Tot = None,
    reden: Annotated[str | None, typer.Option("--reden", help="Waarom het langer nodig is; hoort bij --tot.")] = None,
    datum: Vandaag = None,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Welke dossiers lang genoeg bewaard zijn, en welke langer blijven.

    Gewoon is: tot twee jaar na het einde van het traject. Zonder CODE staat hier wat nu weg mag en wat binnen drie
    maanden, en welke trajecten al twee jaar stil zijn. Met CODE en --tot bewaar je er een langer; daar hoort een reden
    bij.
    """
    vandaag = day_of(datum)
    with open_boek(dossier, wachtzin_fd, says_so=not json) as boek:
        if tot is None:
            if reden is not None:
                raise RegiekitError("bij --reden hoort --tot: tot en met welke dag blijft het dossier?")
            return show_termijnen(boek, code, vandaag, json)
        if code is None:
            raise RegiekitError("bij --tot hoort de code van een cliënt, zoals R-014")
        keep_longer(boek, code, tot.date(), reden, vandaag, geen_bsn)
        return show_termijnen(boek, code, vandaag, json)


def show_termijnen(boek: "Boek", code: str | None, vandaag: date, json: bool) -> None:
    """The term of one client, or what asks for attention."""
    from regiekit.domain.bewaartermijn import due, termijn_of

    found = [termijn_of(boek.read(code), vandaag)] if code else due(all_dossiers(boek), vandaag)
    if json:
        clienten = [
            {**t._asdict(), "tot": t.tot and t.tot.isoformat(), "laatste": t.laatste.isoformat()} for t in found
        ]
        return show_json({**marked(boek), "datum": vandaag.isoformat(), "clienten": clienten})
    tell_verzonnen(boek)
    for termijn in found:
        say_wrapped(f"{termijn.code}: {termijn_text(termijn)}", rest="  ")
    if not found:
        say_wrapped("Niets: geen dossier is nu of binnen drie maanden aan het einde van zijn termijn.")
    say("")
    say_wrapped(f"Weghalen: regiekit dossier wis CODE. Langer: regiekit dossier bewaartermijn CODE --tot JJJJ-MM-DD "
                f"--reden TEKST. {CONTROLEER}")  # fmt: skip
    return None


def all_dossiers(boek: "Boek") -> "Iterator[Clientdossier]":
    """Every dossier, page by page."""
    na = ""
    while page := boek.page(na):
        yield from page
        na = page[-1].code


def termijn_text(termijn: "Termijn") -> str:
    """The term of one client in words."""
    from regiekit.domain.dagen import datum_text

    laatste = datum_text(termijn.laatste)
    if termijn.tot is None:
        if termijn.soort == "stil":
            return f"loopt nog, maar na {laatste} staat er niets. Is het traject voorbij? Sluit het dan."
        return "het traject loopt nog; de termijn begint als je het sluit."
    said = {
        "voorbij": f"de termijn was tot en met {datum_text(termijn.tot)}; dit mag nu weg.",
        "binnenkort": f"bewaren tot en met {datum_text(termijn.tot)}, en dat is binnen drie maanden.",
    }.get(termijn.soort, f"bewaren tot en met {datum_text(termijn.tot)}.")
    return f"{said} Langer bewaard, want: {termijn.reden}" if termijn.reden else said


def keep_longer(boek: "Boek", code: str, tot: date, reden: str | None, vandaag: date, geen_bsn: bool) -> None:
    """Write down until when a dossier is kept and why; raises RegiekitError when that is no longer than usual."""
    from regiekit.cli.dossier_teksten import Bewaking, make_inhoud, on_terminal
    from regiekit.domain.aantekening import Bewaartermijn
    from regiekit.domain.clientdossier import JAREN, years_later

    found = boek.read(code)
    usual = years_later(found.einde or vandaag, JAREN)
    if tot <= usual:
        raise RegiekitError(f"tot en met {tot} is niet langer dan gewoon ({usual}). Eerder weg mag ook: "
                            f"'regiekit dossier wis {found.code}'")  # fmt: skip
    bewaking = Bewaking(geen_bsn)
    if reden is None and on_terminal():
        reden = bewaking.ask("Waarom is langer nodig?")
    if not reden or not reden.strip():
        raise RegiekitError("langer bewaren kan alleen met een reden; geef --reden")
    inhoud = make_inhoud(Bewaartermijn, {"tot": tot.isoformat(), "reden": reden})
    bewaking.check(inhoud)
    if earlier := found.last("bewaartermijn"):
        boek.correct(found.code, earlier.nummer, vandaag, inhoud, "nieuwe termijn")
    else:
        boek.add(found.code, vandaag, inhoud)


# uitvoer --------------------------------------------------------------------------------------------------------------


def uitvoer(
    code: CodeOfNiets = None, dossier: DossierPad = None, wachtzin_fd: WachtzinFd = None, json: Json = False
) -> None:
    """Welke bestanden uit het dossier gemaakt zijn, en of ze er nog staan."""
    from regiekit.dossier.wissen import state_of

    with open_boek(dossier, wachtzin_fd, says_so=not json) as boek:
        found = [(u, state_of(Path(u.pad), {u.sha256})) for u in boek.uitvoer(code)]
        if not json:
            tell_verzonnen(boek)
    if json:
        return show_json([{**u._asdict(), "staat": staat} for u, staat in found])
    from regiekit.domain.dagen import datum_text
    from regiekit.render.dagen import day_of_moment

    again = {u.pad: staat for u, staat in found}  # of the last one in that place
    for u, staat in found:
        day = day_of_moment(u.geschreven)
        later = staat == "veranderd" and again[u.pad] == "zelfde"
        say_wrapped(f"{datum_text(day)}, {u.code or 'van meer cliënten'}: {u.soort}")
        say(f"  {visible(u.pad)}")
        say_wrapped(LATER if later else STAAT[staat], "  ", "  ")
    if not found:
        say("Er zijn nog geen bestanden uit het dossier gemaakt.")
    return None

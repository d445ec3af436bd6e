"""`regiekit dossier inoculatie`: five steps, in the words of the client, and the list that goes home."""

import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.dossier_open import open_boek
from regiekit.cli.dossier_teksten import Bewaking, make_inhoud
from regiekit.cli.dossier_vragen import ask_dag, dag_given, keep, tell_closed, told_when_stopped
from regiekit.cli.options import Code, Datum, DossierPad, Json, Overschrijf, WachtzinFd, day_of, refuse_file_beside_json
from regiekit.cli.output import say, say_wrapped, show_json, warn
from regiekit.cli.taal import ask, confirm
from regiekit.domain.clientdossier import VERZONNEN, next_gesprek
from regiekit.domain.dagen import whole_date
from regiekit.domain.dagwoorden import ZO
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from regiekit.domain.aantekening import Aantekening, Inoculatie
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.dossier.boek import Boek
    from regiekit.render.document import Document

MOST = 50  # texts in one list, as domain.aantekening.Teksten
FEW = 5  # ideas: with fewer, an empty line is answered with one more question
# How a line begins that judges an idea in place of being one.
_OORDEEL = re.compile(
    r"\W*(?:ja\W+maar\b|maar (?:dat|dan|ik|het)\b"
    r"|(?:(?:dat|het|zoiets|dit) )?(?:kan|lukt|werkt|helpt|mag|gaat) (?:toch |echt |helemaal |me )*(?:niet|nooit)\b"
    r"|(?:(?:dat|het|dit) )?(?:is|heeft|lijkt me|vind ik) (?:toch |echt |wel |niet |geen |een |heel |veel |erg )*"
    r"(?:zin|idee|goed|slecht|stom|dom|raar|onzin|moeilijk|lastig|duur|haalbaar|realistisch|te )"
    r"|(?:(?:on|niet )?haalbaar|(?:on|niet )?realistisch|onmogelijk|onzin|heeft geen zin)\b"
    r"|(?:(?:heel|veel|erg) )?te (?:duur|moeilijk|lastig|ver|veel|zwaar|eng)\b"
    r"|(?:een |wel een |geen )?(?:goed|slecht|stom|dom|raar) (?:idee|plan)\b)",
    re.IGNORECASE,
)

Teksten = list[str] | None
Obstakel = Annotated[Teksten, typer.Option("--obstakel", help="Stap 1: een obstakel, letterlijk.")]
Gekozen = Annotated[
    str | None, typer.Option("--gekozen", help="Stap 2: het gekozen obstakel, als nummer of letterlijk.")
]
Oplossing = Annotated[Teksten, typer.Option("--oplossing", help="Stap 3: een oplossing die de cliënt bedacht.")]
Actie = Annotated[
    str | None, typer.Option("--actie", help="Stap 4: wat de cliënt kiest, als nummer van een oplossing of in woorden.")
]
Wanneer = Annotated[
    str | None, typer.Option("--wanneer", metavar="DAG", help=f"Stap 4: de dag waarop, zoals {ZO}.")
]  # fmt: skip
TerugOp = Annotated[
    str | None, typer.Option("--terug-op", metavar="DAG", help="Stap 5: wanneer jullie erop terugkomen.")
]
Nummer = Annotated[
    int | None, typer.Option("--nummer", min=1, help="De lijst van een inoculatie die er al staat, met dit nummer.")
]
Uit = Annotated[
    str | None,
    typer.Option(
        "--uit", metavar="PAD", help="De lijst voor de cliënt: .pdf, .html, .docx of .txt; '-' is het scherm."
    ),
]
Toch = Annotated[
    bool, typer.Option("--toch", help="Wat op de code van een andere cliënt lijkt, is dat niet; jij keek het na.")
]


def inoculatie(
    code: Code,
    datum: Datum = None,
    obstakel: Obstakel = None,
    gekozen: Gekozen = None,
    oplossing: Oplossing = None,
    actie: Actie = None,
    wanneer: Wanneer = None,
    terug_op: TerugOp = None,
    nummer: Nummer = None,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    toch: Toch = False,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Een inoculatie in vijf stappen, met een lijst voor de cliënt.

    Van obstakel naar een oplossing die de cliënt zelf kiest. Alles staat er letterlijk, zoals de cliënt het zei. Geef
    je opties, dan vraagt regiekit niets. Wat de cliënt koos blijft open staan tot je vertelt hoe het ging, met
    'regiekit dossier opvolging'.
    """
    dag = day_of(datum)
    values: dict[str, Any] = {"obstakels": obstakel, "gekozen": gekozen, "oplossingen": oplossing, "actie": actie}
    values |= {"wanneer": dag_given("--wanneer", wanneer, dag), "terug_op": dag_given("--terug-op", terug_op, dag)}
    asked = not any(values.values())
    check_use(nummer, asked, uit, overschrijf, json)
    says_so = (not asked and uit == "-") or (nummer is not None and not json and uit is None)
    with open_boek(dossier, wachtzin_fd, says_so=says_so) as boek:
        client = boek.read(code)
        if nummer is not None:
            return show_lijst(boek, client, nummer, uit, overschrijf, toch, json)
        tell_closed(client)
        bewaking = Bewaking(geen_bsn)
        with told_when_stopped():
            made = ask_inoculatie(client, dag, bewaking) if asked else from_options(values, client, dag)
            if made is None:
                return say("Zonder obstakel is er niets te bewaren.")
            kept = keep(boek, client, dag, made, bewaking, asked)
        tell_kept(kept, made)
        lijst = uit or (ask_uit(client, dag) if asked else None)
        return write_lijst(boek, boek.read(client.code), kept, lijst, overschrijf, toch) if lijst else None


def check_use(nummer: int | None, asked: bool, uit: str | None, overschrijf: bool, json: bool) -> None:
    """Whether these options go together and the list can be written, before anything is asked or kept."""
    if nummer is not None and not asked:
        raise RegiekitError("--nummer toont wat er al staat; laat de andere opties weg, of verbeter het met 'regiekit "
                            "dossier corrigeer'")  # fmt: skip
    if json and nummer is None:
        raise RegiekitError("bij --json hoort --nummer: welke inoculatie?")
    refuse_file_beside_json(json, {"--uit": uit})
    if uit and uit != "-":
        check_uit(uit, overschrijf)


def check_uit(uit: str, overschrijf: bool) -> str:
    """A name for the list that can be written; raises RegiekitError."""
    from regiekit.cli.document import form_of

    form_of(uit)
    if not Path(uit).absolute().parent.is_dir():
        raise RegiekitError(f"de map van {uit} bestaat niet; maak haar, of kies een andere")
    if Path(uit).exists() and not overschrijf:
        raise RegiekitError(f"{uit} bestaat al; kies een andere naam, of geef --overschrijf")
    return uit


def from_options(values: dict[str, Any], client: "Clientdossier", dag: "date") -> "Inoculatie":
    """The five steps as given in options; a number stands for the obstakel or oplossing with that number."""
    obstakels, oplossingen = values["obstakels"] or [], values["oplossingen"] or []
    if not obstakels:
        raise RegiekitError("geef minstens één --obstakel: wat zit er in de weg?")
    gekozen = _by_number(values["gekozen"], obstakels) or (obstakels[0] if len(obstakels) == 1 else None)
    if gekozen and gekozen not in obstakels:
        raise RegiekitError("--gekozen is geen van de obstakels; geef het nummer, of precies dezelfde woorden")
    actie = _by_number(values["actie"], oplossingen)
    if values["wanneer"] and not actie:
        raise RegiekitError("bij --wanneer hoort --actie: wat gaat de cliënt doen?")
    terug = values["terug_op"] or (usual_return(client, dag, values["wanneer"]) if actie else None)
    return make({**values, "gekozen": gekozen, "actie": actie, "terug_op": terug})


def _by_number(given: str | None, texts: "Sequence[str]") -> str | None:
    """The text with this number; any other words as they are."""
    typed = (given or "").strip().rstrip(".")
    in_list = typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= len(texts)
    return texts[int(typed) - 1] if in_list else given


def usual_return(client: "Clientdossier", dag: "date", wanneer: "date | None") -> "date | None":
    """The next talk, when that is still to come and not before the action."""
    talk = next_gesprek(client)
    return talk if talk and talk > dag and talk >= (wanneer or dag) else None


def make(values: dict[str, Any]) -> "Inoculatie":
    """The content of the aantekening; raises RegiekitError for a value that cannot be."""
    from regiekit.domain.aantekening import Inoculatie

    days = {name: values[name] and values[name].isoformat() for name in ("wanneer", "terug_op")}
    return make_inhoud(Inoculatie, {**values, **days})


# The five steps -------------------------------------------------------------------------------------------------------


def ask_inoculatie(
    client: "Clientdossier", dag: "date", bewaking: Bewaking, eerste: "Sequence[str]" = ()
) -> "Inoculatie | None":
    """The five steps; `eerste` are obstakels that were named already. None when nothing is in the way."""
    obstakels = ask_obstakels(bewaking, eerste)
    if not obstakels:
        return None
    values: dict[str, Any] = {
        "obstakels": obstakels,
        "oplossingen": [],
        "actie": None,
        "wanneer": None,
        "terug_op": None,
    }
    values["gekozen"] = ask_gekozen(obstakels)
    if values["gekozen"]:
        values["oplossingen"] = ask_oplossingen(values["gekozen"], bewaking)
        values["actie"] = ask_actie(values["oplossingen"], bewaking)
    if values["actie"]:
        values["wanneer"] = ask_dag(f"Wanneer? Typ een dag, zoals {ZO} (Enter = nog niet)", dag)
        values["terug_op"] = ask_terug(client, dag, values["wanneer"])
    return make(values)


def ask_obstakels(bewaking: Bewaking, eerste: "Sequence[str]") -> list[str]:
    """Step 1: one on a line, letter by letter as typed."""
    say_wrapped("Stap 1 van 5. Wat zit er in de weg? Typ elk obstakel zoals de cliënt het zegt, één per regel.")
    found = list(eerste)
    _say_list(found)
    found += _lines(bewaking, "Obstakel", len(found))
    return found


def _lines(bewaking: Bewaking, what: str, held: int = 0) -> "Iterator[str]":
    """Lines until an empty one, or as many as a list holds; `held` stand there already."""
    for number in range(held + 1, MOST + 1):
        text = bewaking.ask(f"{what} {number} (Enter = klaar)")
        if text is None:
            return
        yield text
    say_wrapped(f"Dit is nummer {MOST}, en meer passen er niet in één lijst.")


def _say_list(texts: "Sequence[str]") -> None:
    for number, text in enumerate(texts, 1):
        say(f"  {number}. {text}")


def ask_gekozen(obstakels: "Sequence[str]") -> str | None:
    """Step 2: one of them; alone it needs no choice."""
    say("")
    if len(obstakels) == 1:
        say_wrapped("Stap 2 van 5. Er is één obstakel; daar gaan jullie mee verder.")
        return obstakels[0]
    say_wrapped("Stap 2 van 5. Kies samen één obstakel: wat haast heeft, of wat de cliënt wil onderzoeken.")
    _say_list(obstakels)

    def read(answer: str) -> str | None:
        if not answer.strip():
            return None
        chosen = _by_number(answer, obstakels)
        if chosen in obstakels:
            return chosen
        raise RegiekitError(f"typ een nummer van 1 tot en met {len(obstakels)}")

    return ask("Typ het nummer (Enter = nog niet kiezen)", read, "")


def ask_oplossingen(gekozen: str, bewaking: Bewaking) -> list[str]:
    """Step 3: as many ideas as come. A judgement is kept too, with a word that judging comes later."""
    say("")
    say_wrapped("Stap 3 van 5. Wat kan de cliënt allemaal bedenken bij:")
    say(f"  {gekozen}")
    say_wrapped("Hoe meer hoe beter, gek mag ook. Eén idee per regel; kiezen komt straks.")
    found: list[str] = []
    for tries in count():
        for text in _lines(bewaking, "Idee", len(found)):
            found.append(text)
            if _OORDEEL.match(text):
                say_wrapped("  Dat staat erbij. Oordelen komt straks, bij stap 4. Wat kan er nog meer?")
        if tries or len(found) >= FEW:
            break
        say_wrapped("Valt het stil? Neem de tijd. Wat kan er nog meer?")
    if found:
        say_wrapped(f"De cliënt bedacht {len(found)} {'idee' if len(found) == 1 else 'ideeën'}. Zeg dat hardop.")
    return found


def ask_actie(oplossingen: "Sequence[str]", bewaking: Bewaking) -> str | None:
    """Step 4: one of the ideas by its number, or other words."""
    say("")
    say_wrapped("Stap 4 van 5. Wat gaat de cliënt proberen? De cliënt kiest zelf.")
    _say_list(oplossingen)
    question = (
        "Typ het nummer, of eigen woorden (Enter = nog niet)" if oplossingen else "In eigen woorden (Enter = nog niet)"
    )
    return _by_number(bewaking.ask(question), oplossingen)


def ask_terug(client: "Clientdossier", dag: "date", wanneer: "date | None") -> "date | None":
    """Step 5: the day, which is that of the next talk when nothing else is said."""
    say("")
    usual = usual_return(client, dag, wanneer)
    said = f"het volgende gesprek, {whole_date(usual)}" if usual else "nog geen dag"
    return ask_dag(f"Stap 5 van 5. Wanneer komen jullie erop terug? (Enter = {said})", dag, usual)


# The list -------------------------------------------------------------------------------------------------------------


def tell_kept(nummer: int, made: "Inoculatie") -> None:
    """Its nummer, and that what was chosen stays open."""
    rest = " Wat de cliënt koos blijft open staan, tot je vertelt hoe het ging." if made.actie else ""
    say_wrapped(f"Bewaard als nummer {nummer}.{rest}")


def ask_uit(client: "Clientdossier", dag: "date") -> str | None:
    """Where the list goes, None for no list; it can be made later."""
    usual = f"inoculatie-{client.code}-{dag.isoformat()}.pdf"
    with told_when_stopped(lambda: "De inoculatie is bewaard; er is geen lijst gemaakt."):
        if not confirm("Een lijst maken voor de cliënt?"):
            return None
        return ask(f"Welk bestand? .pdf, .html, .docx of .txt (Enter = {usual})",
                   lambda answer: check_uit(answer.strip() or usual, False), "")  # fmt: skip


def show_lijst(
    boek: "Boek", client: "Clientdossier", nummer: int, uit: str | None, overschrijf: bool, toch: bool, json: bool
) -> None:
    """The list of one that stands there already: on screen, as JSON or in a file."""
    if json:
        found = find(client, nummer)
        return show_json({"nummer": nummer, "datum": found.datum.isoformat(), **found.inhoud.model_dump(mode="json")})
    return write_lijst(boek, client, nummer, uit or "-", overschrijf, toch)


def find(client: "Clientdossier", nummer: int) -> "Aantekening":
    """One inoculatie that holds; raises RegiekitError with those that are there."""
    held = {a.nummer: a for a in client.of("inoculatie")}
    if nummer in held:
        return held[nummer]
    which = f"; er zijn: {', '.join(map(str, held))}" if held else "; er is er nog geen"
    raise RegiekitError(f"inoculatie {nummer} van {client.code} is er niet{which}")


def write_lijst(boek: "Boek", client: "Clientdossier", nummer: int, uit: str, overschrijf: bool, toch: bool) -> None:
    """The list to a file or to the screen."""
    from regiekit.cli.dossier_uitvoer import check_document, tell_written, write_known
    from regiekit.render.inoculatie import make_lijst

    found = find(client, nummer)
    document = make_lijst(found.inhoud, found.datum)._replace(lopend=VERZONNEN if client.verzonnen else "")
    check_document(document, boek, client.code, voor_anderen=False, toch=toch)
    if uit == "-":
        from regiekit.cli.document import print_document

        return print_document(document)
    target, content = make_bytes(document, uit)
    return tell_written(write_known(content, boek, client.code, "inoculatie", target, overschrijf), "De lijst")


def make_bytes(document: "Document", uit: str) -> tuple[str, bytes]:
    """The file and its name. What a PDF cannot show is no reason to go home without the list: then it is a page."""
    from regiekit.cli.document import form_of

    try:
        return uit, form_of(uit)(document)
    except RegiekitError as error:
        if not uit.lower().endswith(".pdf"):
            raise
        page = str(Path(uit).with_suffix(".html"))
        warn(f"{error}. Nu is het een webpagina, die je ook kunt printen")
        return page, form_of(page)(document)

"""`regiekit kennis`."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from regiekit.cli.options import Bibliotheek, Json
from regiekit.cli.output import show, show_json
from regiekit.cli.taal import keuze
from regiekit.content.kennisbank import find_item, find_onderwerp, load_kennisbank, load_register, make_bronnen
from regiekit.content.library import own_folder, thaw
from regiekit.domain.zoeken import search
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.content.kennisbank import Gekozen, Kennisbank
    from regiekit.domain.dekking import Feitdekking

PUBLIEK = ("client", "coach", "werkgever", "organisatie")
MOST_HITS = 10  # on a screen, unless all are asked for


def kennis(
    zoek: Annotated[
        list[str] | None,
        typer.Argument(metavar="ZOEK", help="Woorden, een onderwerp, een id, of een feit uit het register."),
    ] = None,
    voor: Annotated[
        Literal["client", "coach", "werkgever", "organisatie"] | None,
        typer.Option("--voor", parser=keuze("--voor", PUBLIEK, {"cliënt": "client"}), help="Alleen wat voor deze is."),
    ] = None,
    alles: Annotated[bool, typer.Option("--alles", help="Toon alle items, of alle treffers.")] = False,
    dekking: Annotated[
        bool, typer.Option("--dekking", help="Welk feit uit de bronnen staat waar? Met ZOEK: alleen die feiten.")
    ] = False,
    bibliotheek: Bibliotheek = None,
    json: Json = False,
) -> None:
    """Wat de bronnen verder weten: zoeken en lezen.

    Zonder woorden: de onderwerpen. Met woorden: wat die allemaal heeft, het beste eerst, ook in technieken en
    vragenlijsten. Met een id: dat item, met waar het vandaan komt en wat de bron niet geeft.
    """
    words = zoek or []
    if dekking:
        if voor:
            raise RegiekitError("--dekking gaat over alle feiten; laat --voor weg")
        return show_dekking(words, json)
    bank = load_kennisbank(own_folder(bibliotheek))
    named = "-".join(words).lower()
    if not words:
        return show_onderwerpen(bank, voor, alles, json)
    if chosen := find_item(bank, named):
        return show_item(bank, chosen, voor, json)
    if find_onderwerp(bank, named):
        return show_onderwerp(bank, named, voor, alles, json)
    if looks_like_feit(named) and (feiten := [d for d in load_dekking(bank) if d.feit.id == named]):
        return show_feit(feiten[0], json)
    return show_search(bank, " ".join(words), voor, alles, json)


def looks_like_feit(word: str) -> bool:
    """An id of the register: words and two digits, with hyphens."""
    return word[-3:-2] == "-" and word[-2:].isdigit()


def for_voor(bank: "Kennisbank", voor: str | None) -> list[dict[str, Any]]:
    """The subjects with the items for one audience; subjects without any are left out."""
    kept = [{**k, "items": [i for i in k["items"] if voor is None or voor in i["voor"]]} for k in bank.onderwerpen]
    return [k for k in kept if k["items"]]


def show_onderwerpen(bank: "Kennisbank", voor: str | None, alles: bool, json: bool) -> None:
    """The subjects; with all their items when that is asked for or the audience makes them few."""
    onderwerpen = for_voor(bank, voor)
    if json:
        from regiekit.render.json_kennis import json_onderwerp

        return show_json([json_onderwerp(k) for k in onderwerpen])
    from regiekit.render.kennis import render_lijst, render_onderwerpen

    thawed = [thaw(k) for k in onderwerpen]
    return show(*(render_lijst(thawed, voor) if alles or voor else render_onderwerpen(thawed)))


def show_onderwerp(bank: "Kennisbank", named: str, voor: str | None, alles: bool, json: bool) -> None:
    """One subject, and what is found elsewhere with its name."""
    onderwerp = next((k for k in for_voor(bank, voor) if k["id"] == named), None)
    if onderwerp is None:
        return show_search(bank, named, voor, alles, json)
    inside = {i["id"] for i in onderwerp["items"]}
    items = [i for i in bank.zoekitems if voor is None or voor in i.voor]
    elders = [t for t in search(items, named).treffers if t.item.id not in inside]
    if json:
        from regiekit.render.json_kennis import json_link, json_onderwerp

        return show_json({**json_onderwerp(onderwerp), "elders": [json_link(t.item) for t in elders]})
    from regiekit.render.kennis import render_onderwerp

    return show(*render_onderwerp(thaw(onderwerp), elders, None if alles else MOST_HITS))


def show_item(bank: "Kennisbank", chosen: "Gekozen", voor: str | None, json: bool) -> None:
    """One item, unless it is meant for others."""
    item = chosen.item
    links = [i for i in bank.zoekitems if i.id in item["zie"]]
    if json:
        from regiekit.render.json_kennis import json_item

        return show_json(json_item(chosen.onderwerp, item, links))
    from regiekit.render.kennis import render_item, render_niet_voor

    if voor and voor not in item["voor"]:
        return show(*render_niet_voor(thaw(item), voor))
    return show(*render_item(thaw({**chosen.onderwerp, "items": []}), thaw(item), links))


def show_search(bank: "Kennisbank", question: str, voor: str | None, alles: bool, json: bool) -> None:
    """What has all the words."""
    found = search([i for i in bank.zoekitems if voor is None or voor in i.voor], question)
    if json:
        from regiekit.render.json_kennis import json_gevonden

        return show_json(json_gevonden(found))
    from regiekit.render.kennis import render_gevonden

    return show(*render_gevonden(question, found, None if alles else MOST_HITS))


def load_dekking(bank: "Kennisbank") -> "list[Feitdekking]":
    """Every fact of the register with the statements that say it."""
    from regiekit.domain.dekking import cover

    return cover(load_register(), make_bronnen(bank), bank.niet_opgenomen)


def show_feit(feit: "Feitdekking", json: bool) -> None:
    """One fact of the register."""
    if json:
        from regiekit.render.json_kennis import json_feit

        return show_json(json_feit(feit))
    from regiekit.render.kennis import render_feit

    return show(*render_feit(feit))


def show_dekking(words: list[str], json: bool) -> None:
    """The whole register, or the facts whose id has these words."""
    every = load_dekking(load_kennisbank())
    shown = [d for d in every if all(word.lower() in d.feit.id for word in words)]
    if not shown:
        raise RegiekitError(f"geen feit uit het register heeft '{' '.join(words)}' in zijn id; kijk met --dekking")
    if json:
        from regiekit.render.json_kennis import json_dekking

        return show_json(json_dekking(every, shown))
    from regiekit.render.kennis import render_dekking

    return show(*render_dekking(every, shown))

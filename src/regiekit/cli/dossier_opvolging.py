"""`regiekit dossier opvolging`: how it went with what was agreed or chosen to try. Not done is never a reproach."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.dossier_open import open_again, open_boek
from regiekit.cli.dossier_teksten import Bewaking, make_inhoud, on_terminal
from regiekit.cli.dossier_vragen import keep, tell_closed, told_when_stopped
from regiekit.cli.options import Code, Datum, DossierPad, WachtzinFd, day_of
from regiekit.cli.output import say, say_wrapped, warn
from regiekit.cli.taal import ask, confirm
from regiekit.domain.clientdossier import open_punten
from regiekit.errors import RegiekitError
from regiekit.render.dagen import punt_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.clientdossier import Clientdossier, Punt
    from regiekit.dossier.boek import Boek

Uitkomst = Literal["gedaan", "niet-gedaan", "vervallen"]
GEEN_VERWIJT = "Niet gedaan is geen verwijt."
_WORDS: dict[str, Uitkomst] = {
    "gedaan": "gedaan", "g": "gedaan", "niet gedaan": "niet-gedaan", "niet-gedaan": "niet-gedaan", "n": "niet-gedaan",
    "vervallen": "vervallen", "v": "vervallen",
}  # fmt: skip
_QUESTIONS: dict[Uitkomst, str] = {
    "gedaan": "Hoe ging het, in de woorden van de cliënt? (Enter = overslaan)",
    "niet-gedaan": "Wat kwam ertussen, in de woorden van de cliënt? (Enter = overslaan)",
    "vervallen": "Waarom is het niet meer nodig? (Enter = overslaan)",
}
_INOCULATIE: dict[Uitkomst, str] = {
    "gedaan": "Fijn. Wat ging er goed, en wat kan de cliënt daar later van gebruiken? (Enter = overslaan)",
    "niet-gedaan": "Welk obstakel kwam ertussen, in de woorden van de cliënt? (Enter = overslaan)",
}

HetPunt = Annotated[str | None, typer.Option("--punt", metavar="NUMMER", help="Welk open punt, zoals 12.1.")]
Gedaan = Annotated[bool, typer.Option("--gedaan", help="Het is gedaan.")]
NietGedaan = Annotated[bool, typer.Option("--niet-gedaan", help=f"Het is niet gedaan. {GEEN_VERWIJT}")]
Vervallen = Annotated[bool, typer.Option("--vervallen", help="Het hoeft niet meer.")]
Toelichting = Annotated[
    str | None, typer.Option("--toelichting", help="Hoe het ging, of wat ertussen kwam, in de woorden van de cliënt.")
]


def opvolging(
    code: Code,
    datum: Datum = None,
    punt: HetPunt = None,
    gedaan: Gedaan = False,
    niet_gedaan: NietGedaan = False,
    vervallen: Vervallen = False,
    toelichting: Toelichting = None,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Vertellen hoe het ging met wat open staat.

    Zonder opties loopt regiekit elk open punt langs. Niet gedaan is geen verwijt: de vraag is wat ertussen kwam. Bij
    een inoculatie kan dat meteen het begin zijn van een nieuwe ronde.
    """
    chosen: dict[Uitkomst, bool] = {"gedaan": gedaan, "niet-gedaan": niet_gedaan, "vervallen": vervallen}
    given = [word for word, is_given in chosen.items() if is_given]
    asked = not (given or punt or toelichting)
    if not asked and (len(given) != 1 or punt is None):
        raise RegiekitError("geef --punt met het nummer, en één van --gedaan, --niet-gedaan of --vervallen")
    with open_boek(dossier, wachtzin_fd) as boek:
        client = boek.read(code)
        tell_closed(client)
        bewaking = Bewaking(geen_bsn, (p.wat for p in open_punten(client)))
        walk = Walk(boek, client.code, day_of(datum), bewaking, asked)
        if asked:
            walk.ask_all(open_punten(client))
        else:
            walk.take(find_punt(client, str(punt)), given[0], toelichting)


def find_punt(client: "Clientdossier", nummer: str) -> "Punt":
    """An open point; raises RegiekitError with those that are open."""
    held = open_punten(client)
    for punt in held:
        if punt.nummer == nummer.strip():
            return punt
    which = f"open staan: {', '.join(p.nummer for p in held)}" if held else "er staat niets open"
    raise RegiekitError(f"punt '{nummer}' van {client.code} staat niet open; {which}")


class AlAfgerondError(RegiekitError):
    """Another window was first with this point."""


class Walk:
    """The walk past the open points of one client; each is kept as soon as it is answered."""

    def __init__(self, boek: "Boek", code: str, dag: date, bewaking: Bewaking, asked: bool) -> None:
        self.boek, self.code, self.dag, self.bewaking, self.asked = boek, code, dag, bewaking, asked
        self.kept = 0

    def rest(self) -> str:
        """How many points are still open."""
        left = len(open_punten(self.boek.read(self.code)))
        return f"Nog open: {left}." if left else "Er staat niets meer open."

    def keep(self, punt: "Punt", uitkomst: Uitkomst, toelichting: str | None) -> int:
        """Keep how it went; gives the nummer. Raises RegiekitError when another window was first."""
        from regiekit.domain.aantekening import Opvolging

        values = {"van": punt.van, "wat": punt.wat, "uitkomst": uitkomst, "toelichting": toelichting}
        inhoud = make_inhoud(Opvolging, values)
        if self.asked and on_terminal():
            open_again(self.boek)
        now = self.boek.read(self.code)
        if not any((p.van, p.wat) == (punt.van, punt.wat) for p in open_punten(now)):
            raise AlAfgerondError(f"punt {punt.nummer} is net in een ander venster afgerond; daar blijft het bij")
        nummer = keep(self.boek, now, self.dag, inhoud, self.bewaking, self.asked)
        self.kept += 1
        return nummer

    def take(self, punt: "Punt", uitkomst: Uitkomst, toelichting: str | None) -> None:
        """One point from options."""
        nummer = self.keep(punt, uitkomst, toelichting)
        if uitkomst == "niet-gedaan":
            say_wrapped(GEEN_VERWIJT)
        if uitkomst == "niet-gedaan" and punt.soort == "inoculatie":
            say_wrapped("Zat er iets anders in de weg? Begin dan een nieuwe ronde: regiekit dossier inoculatie "
                        f"{self.code}")  # fmt: skip
        say_wrapped(f"Bewaard als nummer {nummer}. {self.rest()}")

    def ask_all(self, punten: "Sequence[Punt]") -> None:
        """Past each point; what was answered before someone stops is kept."""
        if not punten:
            say_wrapped(f"Voor {self.code} staat er niets open.")
            return
        with told_when_stopped(self.so_far):
            say_wrapped(f"Open punten van {self.code}: {len(punten)}. Met Enter laat je een punt open staan.")
            for punt in punten:
                say("")
                self.ask_one(punt)
        say("")
        say_wrapped(self.so_far())

    def so_far(self) -> str:
        """What was kept of this walk."""
        return f"Bewaard: {self.kept}. {self.rest()}"

    def ask_one(self, punt: "Punt") -> None:
        """One point: how it went, and in the words of the client what came of it."""
        say_wrapped(f"{punt.nummer} {punt_text(punt)}")
        uitkomst = ask("Hoe liep het? Typ gedaan, niet gedaan of vervallen (Enter = later)", read_uitkomst, "")
        if uitkomst is None:
            return
        if uitkomst == "niet-gedaan":
            say_wrapped(GEEN_VERWIJT)
        is_inoculatie = punt.soort == "inoculatie"
        question = _QUESTIONS[uitkomst]
        toelichting = self.bewaking.ask(_INOCULATIE.get(uitkomst, question) if is_inoculatie else question)
        try:
            self.keep(punt, uitkomst, toelichting)
        except AlAfgerondError as error:
            warn(str(error))
        else:
            if is_inoculatie and uitkomst == "niet-gedaan":
                self.offer_round(toelichting)

    def offer_round(self, obstakel: str | None) -> None:
        """What came between can be the first obstakel of a new round."""
        from regiekit.cli.dossier_inoculatie import ask_inoculatie, tell_kept

        if not confirm("Zullen jullie daar een nieuwe ronde over doen, in vijf stappen?"):
            return
        client = self.boek.read(self.code)
        made = ask_inoculatie(client, self.dag, self.bewaking, [obstakel] if obstakel else [])
        if made:
            tell_kept(keep(self.boek, client, self.dag, made, self.bewaking, self.asked), made)


def read_uitkomst(answer: str) -> Uitkomst | None:
    """The outcome, in words or its first letter; None for an empty line."""
    word = " ".join(answer.lower().split()).rstrip(".")
    if not word:
        return None
    if word in _WORDS:
        return _WORDS[word]
    raise typer.BadParameter("typ gedaan, niet gedaan of vervallen, of alleen g, n of v")

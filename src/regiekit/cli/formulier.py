"""`regiekit vragenlijst formulier`: one HTML file that a client fills in without a network."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.options import (
    Bibliotheek,
    ClientOption,
    MeetmomentOption,
    Overschrijf,
    SleutelPad,
    Taal,
    Toestemming,
    Uit,
    ZonderTraining,
)
from regiekit.cli.output import say, warn, write_file
from regiekit.cli.taal import terminal_width, wrap
from regiekit.cli.vragenlijst import Naam, formulier_of, library_words, quoted
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.domain.formulier import Formulier
    from regiekit.render.formulier import Slot


def formulier(
    naam: Naam,
    client: ClientOption = None,
    meetmoment: MeetmomentOption = None,
    taal: Taal = "nl",
    zonder_training: ZonderTraining = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    ik_heb_toestemming: Toestemming = False,
    sleutel: SleutelPad = None,
    open_: Annotated[
        bool, typer.Option("--open", help="Zonder slot: iedereen die het antwoordbestand heeft, kan het lezen.")
    ] = False,
    bibliotheek: Bibliotheek = None,
) -> None:
    """Een formulier in één bestand, dat een cliënt invult in de browser.

    Het werkt met een dubbelklik en zonder internet. Heb je een sleutel (regiekit sleutel maak), dan komen de antwoorden
    op slot terug en kan alleen jij ze openen. Scoor wat terugkomt met: regiekit score BESTAND.
    """
    from regiekit.domain.formulier import Keuzes
    from regiekit.render.formulier import render_formulier

    if sleutel is not None and open_:
        raise RegiekitError("--sleutel en --open gaan niet samen: met een sleutel komen de antwoorden op slot terug")
    made = formulier_of(naam, bibliotheek, Keuzes(taal, client, meetmoment, not zonder_training, ik_heb_toestemming))
    slot = None if open_ else _find_slot(sleutel)
    target = uit or "-".join(p for p in ("formulier", client, made.vragenlijst, meetmoment) if p) + ".html"
    if target != "-" and Path(target).suffix.lower() not in (".html", ".htm"):
        raise RegiekitError(f"{target} kan niet: een browser opent dit formulier alleen als de naam eindigt op .html")
    write_file(target, render_formulier(made, slot).encode(), replace=overschrijf)
    if target != "-":
        sleutel_words = f" --sleutel {quoted(str(sleutel.absolute()))}" if sleutel and slot else ""
        _say_what_now(Path(target).resolve(), made, slot, sleutel_words + library_words(naam, bibliotheek))


def _find_slot(path: Path | None) -> "Slot | None":
    """The lock of the coach's key; None when the coach has no key, or could not open here what it locks."""
    from regiekit.kanaal.sleutel import can_open, public_key, vingerafdruk
    from regiekit.render.formulier import Slot

    jwk = public_key(path)
    if jwk is None:
        return None
    if not can_open():
        warn("op deze computer kan regiekit geen antwoorden openen die op slot zitten; het formulier is zonder slot")
        return None
    return Slot(jwk, vingerafdruk(jwk["kid"]))


def _say_what_now(path: Path, made: "Formulier", slot: "Slot | None", opties: str) -> None:
    """Where the form is, what the client does, and the command for what comes back: what is typed over stays whole."""
    from regiekit.render.formulier import answer_name

    name = answer_name(made) + (".jwe" if slot else ".json")
    if slot:
        kind = f"met slot (sleutel {slot.vingerafdruk})"
        what = f"en stuurt {name} terug. Dat mag met de mail, want alleen jij kunt het openen."
    else:
        kind = "zonder slot"
        what = f"en geeft {name} zelf aan jou, niet met de mail: wie dat bestand heeft, kan het lezen."
    width = terminal_width()
    say(wrap(f"Het formulier {kind} staat in:", width))
    say(f"  {path}")
    say(wrap(f"De cliënt opent het in een browser {what} Scoor het met:", width))
    say(f"  regiekit score {name}{opties}")

"""`regiekit vragenlijst lijst | toon | invulblad`."""

from datetime import date
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regiekit.cli.options import (
    INVULBAAR,
    Bibliotheek,
    ClientOption,
    Json,
    MeetmomentOption,
    Overschrijf,
    Toestemming,
    Uit,
    ZonderTraining,
    require_ending,
)
from regiekit.cli.output import say, show, show_json, warn, write_file
from regiekit.content.library import (
    Loaded,
    find_vragenlijst,
    load_formulierteksten,
    load_namenlijst,
    load_vragenlijst_file,
    load_vragenlijsten,
    own_folder,
    to_json,
)
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.domain.formulier import Formulier, Keuzes
    from regiekit.domain.vragenlijst import Vragenlijst

Naam = Annotated[
    str, typer.Argument(metavar="NAAM", help="De id van een vragenlijst (met @versie voor een oudere), of een bestand.")
]


def lijst(bibliotheek: Bibliotheek = None, json: Json = False) -> None:
    """Welke vragenlijsten zijn er?"""
    loaded = load_vragenlijsten(own_folder(bibliotheek))
    if json:
        rows = [{"id": v.inhoud.id, "naam": v.inhoud.naam, "versie": v.inhoud.versie, "hash": v.hash} for v in loaded]
        return show_json(rows)
    from regiekit.render.vragenlijst import render_vragenlijsten

    return show(*render_vragenlijsten([v.inhoud for v in loaded]))


def toon(naam: Naam, bibliotheek: Bibliotheek = None, json: Json = False) -> None:
    """Eén vragenlijst: vragen, schalen en regels."""
    loaded = named(naam, bibliotheek)
    if json:
        return show_json({**to_json(loaded.inhoud), "hash": loaded.hash})
    from regiekit.render.vragenlijst import render_vragenlijst

    return show(*render_vragenlijst(loaded.inhoud, loaded.hash))


def invulblad(
    naam: Naam,
    meetmoment: MeetmomentOption = None,
    client: ClientOption = None,
    zonder_training: ZonderTraining = False,
    uit: Uit = None,
    overschrijf: Overschrijf = False,
    ik_heb_toestemming: Toestemming = False,
    bibliotheek: Bibliotheek = None,
) -> None:
    """Een leeg bestand om met de hand in te vullen.

    De teksten van de vragen staan erin als uitleg. Scoor het daarna met: regiekit score BESTAND.
    """
    from regiekit.content.invulblad import make_invulblad

    require_ending(uit, INVULBAAR, "Op papier kan met 'regiekit vragenlijst papier', als webpagina met 'regiekit "
                                   "vragenlijst formulier'")  # fmt: skip
    loaded = named(naam, bibliotheek)
    check_meetmoment(loaded, meetmoment)
    check_client(client)
    check_licentie(loaded, ik_heb_toestemming)
    target = uit or "-".join(p for p in ("invulblad", client, loaded.inhoud.id, meetmoment) if p) + ".yaml"
    text = make_invulblad(
        loaded.inhoud, meetmoment, client, met_training=not zonder_training, datum=date.today().isoformat(),
        naam=path_seen_from(naam, target) if is_path(naam) else "",
    )  # fmt: skip
    if loaded.inhoud.licentie != "vrij":
        text = "# Gebruikt met toestemming van de maker.\n" + text
    write_file(target, text.encode(), replace=overschrijf, private=True)
    if target != "-":
        say(f"Het invulblad staat in {Path(target).resolve()}. Vul het in en typ: regiekit score {quoted(target)}")


def is_path(naam: str) -> bool:
    """Whether a vragenlijst is named by its file."""
    return naam.endswith((".yaml", ".yml"))


def path_seen_from(naam: str, target: str) -> str:
    """The path of a vragenlijst file, seen from the afname that will name it."""
    folder = Path() if target == "-" else Path(target).parent
    return "./" + relpath(naam, folder).replace("\\", "/")


def quoted(path: str) -> str:
    """A path as it can be typed."""
    return f'"{path}"' if " " in path else path


def named(naam: str, bibliotheek: Path | None) -> Loaded:
    """A vragenlijst by id, or from a file."""
    if is_path(naam):
        if not Path(naam).exists():
            raise RegiekitError(f"{naam} bestaat niet; kijk of de naam en de map kloppen")
        return load_vragenlijst_file(Path(naam))
    return find_vragenlijst(load_vragenlijsten(own_folder(bibliotheek), naam), naam)


def library_words(naam: str, bibliotheek: Path | None) -> str:
    """What a later command needs to find the same vragenlijst: the library, or the folder of the file."""
    folder = Path(naam).parent if is_path(naam) else bibliotheek
    return f" --bibliotheek {quoted(str(folder.resolve()))}" if folder is not None else ""


def formulier_of(naam: str, bibliotheek: Path | None, keuzes: "Keuzes") -> "Formulier":
    """The formulier that the coach asks for, everything checked; `keuzes.toestemming` is --ik-heb-toestemming.

    The formulier says so itself only where the vragenlijst is not free.
    """
    from regiekit.domain.formulier import make_formulier

    loaded = named(naam, bibliotheek)
    check_meetmoment(loaded, keuzes.meetmoment)
    check_client(keuzes.client)
    check_licentie(loaded, keuzes.toestemming)
    if missing := missing_open_vragen(loaded.inhoud, keuzes.meetmoment):
        warn(missing)
    said = keuzes._replace(toestemming=loaded.inhoud.licentie != "vrij")
    return make_formulier(loaded.inhoud, loaded.hash, load_formulierteksten(own_folder(bibliotheek)), said)


def check_meetmoment(loaded: Loaded, meetmoment: str | None) -> None:
    """Refuse a meetmoment that this vragenlijst does not have."""
    known = [m.id for m in loaded.inhoud.meetmomenten]
    if meetmoment is not None and meetmoment not in known:
        choice = f"kies {', '.join(known)}" if known else "deze vragenlijst heeft geen meetmomenten"
        raise RegiekitError(f"het meetmoment '{meetmoment}' bestaat niet; {choice}")


def missing_open_vragen(lijst: "Vragenlijst", meetmoment: str | None) -> str:
    """What the coach should know of a form without a meetmoment: that it has no open vragen. '' when it misses none."""
    moments = list(dict.fromkeys(v.meetmoment for v in lijst.open_vragen))
    if meetmoment is not None or not moments:
        return ""
    return f"Zonder --meetmoment staan de open vragen er niet in. Wil je ze wel? Kies er een: {', '.join(moments)}."


def check_client(client: str | None) -> None:
    """Refuse what can be no code for a client, and warn for a code that is a name."""
    if client is None:
        return
    from regiekit.domain.clientcode import check_clientcode, holds_name, whole_names

    check_clientcode(client)
    if holds_name(client, whole_names(load_namenlijst())):
        warn(f"'{client}' lijkt een naam; gebruik liever een code zoals R-014")


def check_licentie(loaded: Loaded, permission: bool) -> None:
    """Refuse a form of a vragenlijst that is not free, unless the coach has permission."""
    if loaded.inhoud.licentie != "vrij" and not permission:
        from regiekit.errors import REFUSED

        raise RegiekitError(
            f"de tekst van '{loaded.inhoud.id}' is niet vrij (licentie: {loaded.inhoud.licentie}). "
            "Heb je toestemming van de maker? Gebruik dan --ik-heb-toestemming", REFUSED,
        )  # fmt: skip

"""A verslag of one client from the dossier: for the client, the coach or the employer, and a draft for intervisie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.cli.dossier_open import open_boek
from regiekit.cli.dossier_uitvoer import check_document, tell_written, write_of_client
from regiekit.cli.dossier_vullen import afnames_of, technieknamen
from regiekit.cli.output import show_json, warn
from regiekit.content.library import load_banden, load_formulierteksten, own_folder
from regiekit.domain.clientdossier import rapportage_due, up_to
from regiekit.domain.verslag import (
    make_casusgegevens,
    make_clientverslag,
    make_coachverslag,
    make_periode,
    make_werkgeververslag,
    since_of,
)
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.formulier import Formulier
    from regiekit.domain.verslag import Periode
    from regiekit.dossier.boek import Boek
    from regiekit.render.document import Document

GELEVERD = "rapportage aan de werkgever gegeven"
NOG_GEVEN = (
    "Lees haar na voordat je haar geeft. Gaf je haar aan de werkgever? Typ dezelfde opdracht dan nog eens met "
    "--geleverd: dan telt de volgende rapportage vanaf die dag."
)  # fmt: skip


class Opdracht(NamedTuple):
    """What was asked: which client, which period, where it goes, and what the coach allows."""

    code: str
    van: date | None
    tot: date | None
    datum: date
    namen: Sequence[str]
    toch: bool
    geen_bsn: bool
    geleverd: bool
    uit: str | None
    overschrijf: bool
    json: bool
    dossier: Path | None
    wachtzin_fd: int | None
    bibliotheek: Path | None


class Klaar(NamedTuple):
    """A verslag in both forms, and what the screen calls it."""

    document: Document
    waarden: dict[str, Any]
    naam: str


class Casusschets(NamedTuple):
    """A schets of a casus, from when its weeks count, and the codes of the other clients in the dossier."""

    casus: str | None
    start: date
    codes: tuple[str, ...]


def write_verslag(voor: str, opdracht: Opdracht) -> None:
    """Make it, check it for who reads it, and write it; the dossier remembers the file."""
    on_screen = not opdracht.json and opdracht.uit in (None, "-")
    with open_boek(opdracht.dossier, opdracht.wachtzin_fd, says_so=on_screen) as boek:
        dossier = boek.read(opdracht.code)
        if opdracht.geleverd:
            _check_geleverd(dossier, opdracht.datum)
        klaar = _MAKERS[voor](dossier, opdracht)
        werkgever = voor == "werkgever"
        check_document(
            klaar.document, boek, dossier.code, voor_anderen=werkgever, namen=opdracht.namen, toch=opdracht.toch,
            geen_bsn=opdracht.geen_bsn, werkgever=werkgever,
        )  # fmt: skip
        if opdracht.json:
            show_json(klaar.waarden)
        else:
            soort = f"verslag {voor}"
            target = write_of_client(
                klaar.document, boek, dossier.code, soort, opdracht.uit, opdracht.overschrijf
            )  # fmt: skip
            tell_written(target, klaar.naam)
        if werkgever:
            _note_geleverd(boek, dossier, opdracht) if opdracht.geleverd else warn(NOG_GEVEN)


def _periode(dossier: Clientdossier, opdracht: Opdracht) -> Periode:
    """As asked, else from the begin of the traject (which may be still to come) up to the day of the verslag."""
    tot = opdracht.tot or opdracht.datum
    return make_periode(opdracht.van or min(dossier.traject.begin, tot), tot)


def _for_werkgever(dossier: Clientdossier, opdracht: Opdracht) -> Klaar:
    from regiekit.render.verslag import plain, werkgever_document

    tot = opdracht.tot or opdracht.datum
    periode = make_periode(opdracht.van or since_of(dossier, tot), tot)
    verslag = make_werkgeververslag(dossier, periode, opdracht.datum)
    return Klaar(werkgever_document(verslag), {"voor": "werkgever", **plain(verslag)}, "De rapportage")


def _for_client(dossier: Clientdossier, opdracht: Opdracht) -> Klaar:
    from regiekit.render.verslag_client import client_document, json_client

    periode = _periode(dossier, opdracht)
    folder = own_folder(opdracht.bibliotheek)
    ingevuld = [(afname, form_of_then(afname, folder)) for afname in afnames_of(dossier, folder)]
    verslag = make_clientverslag(dossier, ingevuld, periode, opdracht.datum)
    return Klaar(client_document(verslag), json_client(verslag), "Het verslag voor de cliënt")


def _for_coach(dossier: Clientdossier, opdracht: Opdracht) -> Klaar:
    from regiekit.domain.verloop import make_verloop
    from regiekit.render.verslag_coach import coach_document, json_coach

    verslag = make_coachverslag(dossier, _periode(dossier, opdracht), opdracht.datum)
    then = up_to(dossier, verslag.periode.tot)  # first against last is that of the traject up to then
    folder = own_folder(opdracht.bibliotheek)
    verloop = make_verloop(afnames_of(then, folder), load_banden(), then, technieknamen(folder))
    is_text = opdracht.uit in (None, "-") or str(opdracht.uit).lower().endswith(".txt")
    document = coach_document(verslag, verloop, beelden=not is_text)
    return Klaar(document, json_coach(verslag, verloop), "Het verslag voor jou")


_MAKERS = {"werkgever": _for_werkgever, "client": _for_client, "coach": _for_coach}


def form_of_then(afname: Ingevuld, bibliotheek: Path | None) -> Formulier:
    """The vragen and answers in the words that the client saw; in Dutch where the form of that language is gone."""
    from regiekit.domain.formulier import NEDERLANDS, Keuzes, make_formulier, talen_of

    teksten = load_formulierteksten(bibliotheek)
    taal = afname.taal if afname.taal in talen_of(afname.vragenlijst, teksten) else NEDERLANDS
    keuzes = Keuzes(taal=taal, meetmoment=afname.meetmoment, training=afname.training)
    return make_formulier(afname.vragenlijst, afname.hash, teksten, keuzes)


def _check_geleverd(dossier: Clientdossier, day: date) -> None:
    """A rapportage cannot be given before the last one."""
    last = dossier.traject.laatste_rapportage
    if last and last > day:
        raise RegiekitError(
            f"de laatste rapportage is al van {last}; --geleverd voor {day} kan niet, geef een latere --datum"
        )


def _note_geleverd(boek: Boek, dossier: Clientdossier, opdracht: Opdracht) -> None:
    """A new version of the traject, with the day of this rapportage as the last one."""
    held = dossier.of("traject")[-1]
    later = held.inhoud.model_copy(update={"laatste_rapportage": opdracht.datum})
    if later != held.inhoud:
        boek.correct(dossier.code, held.nummer, held.datum, later, GELEVERD)
    warn(f"genoteerd: gegeven op {opdracht.datum}; de volgende rapportage is op {rapportage_due(later)}")


def make_schets(
    dossier: Clientdossier,
    codes: Sequence[str],
    start: date | None,
    with_texts: bool,
    tot: date,
    bibliotheek: Path | None,
) -> Casusschets:
    """A schets of the casus of this client, without free texts unless asked."""
    from regiekit.render.verslag_intervisie import draft_casus

    first = start or dossier.traject.eerste_ziektedag
    since = first or dossier.traject.begin
    gegevens = make_casusgegevens(dossier, with_texts, since, tot)
    vanaf = "de eerste ziektedag" if first else "het begin van het traject"
    others = tuple(code for code in codes if code != dossier.code)
    return Casusschets(draft_casus(gegevens, technieknamen(bibliotheek), vanaf), since, others)

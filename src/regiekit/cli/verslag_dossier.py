"""A verslag of one client from the dossier: for the client, the coach or the employer, and a draft for intervisie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.cli.dossier_open import open_boek
from regiekit.cli.dossier_uitvoer import check_document, tell_written, write_of_client
from regiekit.cli.dossier_vullen import afnames_of
from regiekit.cli.output import show_json, warn
from regiekit.content.library import load_banden, load_formulierteksten, load_technieken, own_folder
from regiekit.domain.clientdossier import next_report
from regiekit.domain.verslag import (
    make_casusgegevens,
    make_clientverslag,
    make_coachverslag,
    make_periode,
    make_werkgeververslag,
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
    """A draft of a casus, from when its weeks count, and the codes of the other clients in the dossier."""

    casus: str | None
    start: date
    codes: tuple[str, ...]


def write_verslag(voor: str, opdracht: Opdracht) -> None:
    """Make it, check it for who reads it, and write it; the dossier remembers the file."""
    with open_boek(opdracht.dossier, opdracht.wachtzin_fd) as boek:
        dossier = boek.read(opdracht.code)
        if opdracht.geleverd:
            _check_geleverd(dossier, opdracht.datum)
        klaar = _MAKERS[voor](dossier, opdracht)
        check_document(
            klaar.document, boek, dossier.code, voor_anderen=voor == "werkgever", namen=opdracht.namen,
            toch=opdracht.toch, geen_bsn=opdracht.geen_bsn,
        )  # fmt: skip
        if opdracht.json:
            show_json(klaar.waarden)
        else:
            soort = f"verslag {voor}"
            target = write_of_client(
                klaar.document, boek, dossier.code, soort, opdracht.uit, opdracht.overschrijf
            )  # fmt: skip
            tell_written(target, klaar.naam)
        if voor == "werkgever":
            _note_geleverd(boek, dossier, opdracht) if opdracht.geleverd else warn(NOG_GEVEN)


def _periode(dossier: Clientdossier, opdracht: Opdracht, sinds: date | None) -> Periode:
    """As asked, else from `sinds` or the begin of the traject (which may be still to come) up to the day of the
    verslag."""
    tot = opdracht.tot or opdracht.datum
    return make_periode(opdracht.van or sinds or min(dossier.traject.begin, tot), tot)


def _for_werkgever(dossier: Clientdossier, opdracht: Opdracht) -> Klaar:
    from regiekit.render.verslag import plain, werkgever_document

    periode = _periode(dossier, opdracht, dossier.traject.laatste_rapportage)
    verslag = make_werkgeververslag(dossier, periode, opdracht.datum)
    return Klaar(werkgever_document(verslag), {"voor": "werkgever", **plain(verslag)}, "De rapportage")


def _for_client(dossier: Clientdossier, opdracht: Opdracht) -> Klaar:
    from regiekit.render.verslag import plain
    from regiekit.render.verslag_client import client_document

    periode = _periode(dossier, opdracht, None)
    ingevuld = [(afname, form_of_then(afname)) for afname in afnames_of(dossier, own_folder(opdracht.bibliotheek))]
    verslag = make_clientverslag(dossier, ingevuld, periode, opdracht.datum)
    return Klaar(client_document(verslag), {"voor": "client", **plain(verslag)}, "Het verslag voor de cliënt")


def _for_coach(dossier: Clientdossier, opdracht: Opdracht) -> Klaar:
    from regiekit.domain.verloop import make_verloop
    from regiekit.render.verslag_coach import coach_document, json_coach

    verslag = make_coachverslag(dossier, _periode(dossier, opdracht, None), opdracht.datum)
    afnames = afnames_of(dossier, own_folder(opdracht.bibliotheek))
    verloop = make_verloop(afnames, load_banden(), dossier, _technieknamen())
    is_text = opdracht.uit in (None, "-") or str(opdracht.uit).lower().endswith(".txt")
    document = coach_document(verslag, verloop, beelden=not is_text)
    return Klaar(document, json_coach(verslag, verloop), "Het verslag voor jou")


_MAKERS = {"werkgever": _for_werkgever, "client": _for_client, "coach": _for_coach}


def form_of_then(afname: Ingevuld) -> Formulier:
    """The vragen and answers in the words that the client saw; in Dutch where the form of that language is gone."""
    from regiekit.domain.formulier import NEDERLANDS, Keuzes, make_formulier, talen_of

    teksten = load_formulierteksten()
    taal = afname.taal if afname.taal in talen_of(afname.vragenlijst, teksten) else NEDERLANDS
    keuzes = Keuzes(taal=taal, meetmoment=afname.meetmoment, training=afname.training)
    return make_formulier(afname.vragenlijst, afname.hash, teksten, keuzes)


def _technieknamen() -> dict[str, str]:
    return {techniek.id: techniek.naam for techniek in load_technieken()}


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
    warn(f"genoteerd: gegeven op {opdracht.datum}; de volgende rapportage is op {next_report(later)}")


def make_schets(
    dossier: Clientdossier, codes: Sequence[str], start: date | None, with_texts: bool, tot: date
) -> Casusschets:
    """A draft of a casus of this client, without free texts unless asked."""
    from regiekit.render.verslag_intervisie import draft_casus

    first = start or dossier.traject.eerste_ziektedag
    since = first or dossier.traject.begin
    gegevens = make_casusgegevens(dossier, with_texts, since, tot)
    vanaf = "de eerste ziektedag" if first else "het begin van het traject"
    others = tuple(code for code in codes if code != dossier.code)
    return Casusschets(draft_casus(gegevens, _technieknamen(), vanaf), since, others)

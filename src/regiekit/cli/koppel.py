"""Which column of a table is which vraag: decided, and agreed to by whoever imports it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.cli.output import say, show, show_json, warn, write_file
from regiekit.cli.vragenlijst import check_meetmoment, named, quoted
from regiekit.content.library import load_vragenlijsten
from regiekit.errors import WRONG_FILE, ProblemsError, RegiekitError, bounded, problem, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.content.library import Loaded
    from regiekit.domain.koppelbestand import Koppelbestand
    from regiekit.domain.koppeling import Kolom
    from regiekit.kanaal.importeren import Importeur
    from regiekit.kanaal.tabel import Tabelbestand

_MANY = 50  # columns of one koppeling that are asked about one by one


class Besluit(NamedTuple):
    """Which vragenlijst, which column is which vraag, and the koppelbestand that said so."""

    loaded: Loaded
    kolommen: tuple[Kolom, ...]
    koppeling: Koppelbestand | None = None
    pad: Path | None = None

    @property
    def unsure(self) -> list[Kolom]:
        return [k for k in self.kolommen if not k.zeker]

    @property
    def missing(self) -> list[str]:
        """The vragen without a column, where nobody agreed to that yet."""
        from regiekit.domain.koppeling import without_kolom

        return [] if self.koppeling else without_kolom(self.kolommen, self.loaded.inhoud)


def decide(
    tabel: Tabelbestand, vragenlijst: str | None, koppel: Path | None, meetmoment: str | None, folder: Path | None
) -> Besluit:
    """By the koppelbestand, or by what the columns are called."""
    from regiekit.domain.koppeling import match_kolommen
    from regiekit.kanaal.importeren import codes_of
    from regiekit.kanaal.koppelen import apply_koppeling, lijst_of, load_koppeling

    lijsten = [named(vragenlijst, folder)] if vragenlijst else load_vragenlijsten(folder)
    pad = koppel or _beside(Path(tabel.bestand), "koppel")
    koppeling = None
    if koppel or pad.is_file():
        koppeling = load_koppeling(pad)
        loaded = lijst_of(koppeling, pad, lijsten)
        kolommen = apply_koppeling(koppeling, pad, loaded, tabel.kop)
    else:
        loaded = lijsten[0] if vragenlijst else _find_lijst(tabel, lijsten)
        kolommen = match_kolommen(tabel.kop, loaded.inhoud, meetmoment, codes=codes_of(loaded.inhoud))
    check_meetmoment(loaded, meetmoment)
    if meetmoment:
        kolommen = tuple(_not_the_moment(k) for k in kolommen)
    _check_doubles(tabel, kolommen)
    return Besluit(loaded, kolommen, koppeling, pad if koppeling else None)


def _beside(bestand: Path, soort: str) -> Path:
    return bestand.with_name(f"{bestand.stem}.{soort}.yaml")


def _not_the_moment(kolom: Kolom) -> Kolom:
    if kolom.doel and kolom.doel.soort == "meetmoment":
        return kolom._replace(doel=None, reden="--meetmoment gaat voor")
    return kolom


def _find_lijst(tabel: Tabelbestand, lijsten: list[Loaded]) -> Loaded:
    """The only vragenlijst of which every vraag surely is a column; else RegiekitError with the ones that come near."""
    from regiekit.kanaal.koppelen import fitting_lijsten

    whole, near = fitting_lijsten(tabel.kop, lijsten)
    if len(whole) == 1:
        return whole[0]
    names = [v.inhoud.id for v in whole or near or lijsten]
    why = "past op meer vragenlijsten" if whole else "heeft niet van één vragenlijst alle vragen"
    known = ", ".join(dict.fromkeys(names))
    raise RegiekitError(f"{tabel.bestand} {why}; zeg welke het is met --vragenlijst (misschien: {known})")


def _check_doubles(tabel: Tabelbestand, kolommen: Sequence[Kolom]) -> None:
    from regiekit.domain.koppeling import doubles, letter_of

    problems = []
    for eerder, kolom in doubles(kolommen):
        assert kolom.doel
        plek = f"kolom {letter_of(kolom.plaats)} ('{kolom.naam[:40]}')"
        details = {"plek": plek, "id": kolom.doel.id, "eerder": letter_of(eerder.plaats)}
        problems.append(problem(tabel.bestand, tabel.kop_rij, kolom.plaats + 1, "tabel-vraag-dubbel", **details))
    if problems:
        raise ProblemsError(bounded(problems))


def agree(besluit: Besluit, tabel: Tabelbestand, akkoord: bool, json: bool, overschrijf: bool) -> Besluit:
    """The decision once someone agreed to what is not sure: by --akkoord, or asked on a terminal."""
    from regiekit.domain.koppeling import VRAAG

    if not any(k.doel and k.doel.soort == VRAAG for k in besluit.kolommen):
        raise RegiekitError(
            f"{tabel.bestand}: geen enkele kolom past bij een vraag van '{besluit.loaded.inhoud.id}'; kijk of dit het "
            "goede bestand is, of kies een andere lijst met --vragenlijst", WRONG_FILE,
        )  # fmt: skip
    if akkoord or not (besluit.unsure or besluit.missing):
        return besluit
    if not json and sys.stdin.isatty() and sys.stdout.isatty() and len(besluit.unsure) <= _MANY:
        return _ask(besluit)
    raise _stop(besluit, tabel, json, overschrijf)


def _ask(besluit: Besluit) -> Besluit:
    from regiekit.cli.taal import confirm
    from regiekit.domain.koppeling import letter_of

    teksten = {v.id: v.tekst for v in besluit.loaded.inhoud.vragen}
    kolommen = list(besluit.kolommen)
    for kolom in besluit.unsure:
        assert kolom.doel
        naam = visible(" ".join(kolom.naam.split()))
        say(f"\nKolom {letter_of(kolom.plaats)}: {naam}\nlijkt op {kolom.doel.id}: {teksten[kolom.doel.id]}")
        if confirm("Is dat dezelfde vraag?"):
            kolommen[kolom.plaats] = kolom._replace(reden="jij koos", zeker=True)
        else:
            kolommen[kolom.plaats] = kolom._replace(doel=None, reden="jij sloeg hem over", zeker=True)
    asked = besluit._replace(kolommen=tuple(kolommen))
    for vraag in asked.missing:
        say(f"\nGeen kolom voor {vraag}: {teksten[vraag]}")
    if asked.missing and not confirm("Doorgaan, met lege antwoorden op deze vragen?"):
        raise RegiekitError("gestopt: niet elke vraag heeft een kolom")
    return asked


def _stop(besluit: Besluit, tabel: Tabelbestand, json: bool, overschrijf: bool) -> RegiekitError:
    """Show the proposal and write it down, for who wants to look at it first."""
    from regiekit.kanaal.koppelen import koppeling_text

    pad = _beside(Path(tabel.bestand), "voorstel")
    text = koppeling_text(besluit.kolommen, besluit.loaded)
    written = f" Het voorstel staat in {pad}: kijk het na en geef --koppel {quoted(str(pad))}."
    try:
        write_file(pad, text.encode(), replace=overschrijf)
    except RegiekitError as error:
        written = f" Een voorstel opschrijven lukte niet: {error}."
    if json:
        show_json(json_of(besluit, tabel))
    else:
        from regiekit.render.importeren import render_kolommen

        show(*render_kolommen(besluit.kolommen, besluit.loaded.inhoud, besluit.loaded.hash, besluit.missing))
    unsure, missing = len(besluit.unsure), len(besluit.missing)
    return RegiekitError(
        f"niet alles is zeker: {unsure} {'kolom lijkt' if unsure == 1 else 'kolommen lijken'} op een vraag, en "
        f"{missing} {'vraag heeft' if missing == 1 else 'vragen hebben'} geen kolom.{written} Of neem het over zoals "
        "het hierboven staat, met --akkoord"
    )


def keep_koppeling(besluit: Besluit, bestand: Path) -> Path | None:
    """Write the decision beside the table, for next time; gives where, or None when a koppelbestand said it."""
    from regiekit.kanaal.koppelen import koppeling_text

    if besluit.koppeling:
        return None
    sure = [k._replace(zeker=True) for k in besluit.kolommen]
    pad = _beside(bestand, "koppel")
    try:
        write_file(pad, koppeling_text(sure, besluit.loaded).encode(), replace=False)
    except RegiekitError as error:  # the afnames are there; only the next time it has to be decided again
        warn(f"de koppeling is niet bewaard: {error}")
        return None
    return pad


def json_of(besluit: Besluit, tabel: Tabelbestand, importeur: Importeur | None = None) -> dict[str, Any]:
    """What was decided, and with an importeur what was found, as JSON."""
    from regiekit.render.json_importeren import json_aantallen, json_kolommen

    lijst = besluit.loaded.inhoud
    return {
        "bestand": tabel.bestand, "blad": tabel.blad, "vragenlijst": lijst.id, "versie": lijst.versie,
        "hash": besluit.loaded.hash, "kolommen": json_kolommen(besluit.kolommen), "zonder_kolom": besluit.missing,
        "rijen": importeur.telling._asdict() if importeur else None,
        "vragen": json_aantallen(lijst, importeur.aantallen) if importeur else [],
    }  # fmt: skip

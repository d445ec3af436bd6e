"""Which column of a table is which vraag: decided, and agreed to by whoever imports it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.cli.output import say, show, show_json, warn, write_file
from regiekit.cli.taal import confirm, terminal_width, wrap
from regiekit.cli.vragenlijst import check_meetmoment, named, quoted
from regiekit.content.library import load_vragenlijsten
from regiekit.errors import WRONG_FILE, ProblemsError, RegiekitError, bounded, problem, visible

if TYPE_CHECKING:
    from regiekit.content.library import Loaded
    from regiekit.domain.koppelbestand import Koppelbestand
    from regiekit.domain.koppeling import Kolom
    from regiekit.kanaal.importeren import Importeur
    from regiekit.kanaal.tabel import Tabelbestand

_MANY = 50  # columns of one koppeling that are asked about one by one


class Besluit(NamedTuple):
    """Which vragenlijst, which column is which vraag at any meetmoment, and the koppelbestand that said so or will."""

    loaded: Loaded
    alle: tuple[Kolom, ...]
    meetmoment: str | None = None
    koppeling: Koppelbestand | None = None
    pad: Path | None = None

    @property
    def kolommen(self) -> tuple[Kolom, ...]:
        """The columns as they are read at the meetmoment of this run."""
        from regiekit.domain.koppeling import at_moment

        return at_moment(self.alle, self.loaded.inhoud, self.meetmoment)

    @property
    def unsure(self) -> list[Kolom]:
        return [k for k in self.alle if not k.zeker]

    @property
    def missing(self) -> list[str]:
        """The vragen without a column, where nobody agreed to that yet."""
        from regiekit.domain.koppeling import without_kolom

        return [] if self.koppeling else without_kolom(self.alle, self.loaded.inhoud)


def decide(
    tabel: Tabelbestand, vragenlijst: str | None, koppel: Path | None, meetmoment: str | None, folder: Path | None,
    json: bool, opdracht: str = "vragenlijst importeer",
) -> Besluit:  # fmt: skip
    """By the koppelbestand, or by what the columns are called; `opdracht` is the command to name in what to type."""
    lijsten = [named(vragenlijst, folder)] if vragenlijst else load_vragenlijsten(folder)
    pad = koppel or _beside(Path(tabel.bestand), "koppel")
    if koppel or pad.is_file():
        besluit = _by_koppelbestand(tabel, pad, lijsten)
        if not koppel:
            warn(f"ik gebruik het koppelbestand {pad}, dat hiernaast staat; haal het weg om opnieuw te koppelen")
    else:
        besluit = _by_names(tabel, lijsten[0] if vragenlijst else _find_lijst(tabel, lijsten, _can_ask(json), opdracht))
    check_meetmoment(besluit.loaded, meetmoment)
    made = besluit._replace(meetmoment=meetmoment)
    _check_kolommen(tabel, made)
    return made


def _by_koppelbestand(tabel: Tabelbestand, pad: Path, lijsten: list[Loaded]) -> Besluit:
    from regiekit.kanaal.koppelen import apply_koppeling, check_words, lijst_of, load_koppeling

    koppeling, read = load_koppeling(pad)
    loaded = lijst_of(koppeling, pad, lijsten)
    kolommen = apply_koppeling(koppeling, pad, loaded, tabel.kop)
    check_words(koppeling, read, pad, loaded)
    return Besluit(loaded, kolommen, koppeling=koppeling, pad=pad)


def _by_names(tabel: Tabelbestand, loaded: Loaded) -> Besluit:
    from regiekit.domain.koppeling import match_kolommen
    from regiekit.kanaal.importeren import codes_of

    return Besluit(loaded, match_kolommen(tabel.kop, loaded.inhoud, codes=codes_of(loaded.inhoud)))


def _beside(bestand: Path, soort: str) -> Path:
    return bestand.with_name(f"{bestand.stem}.{soort}.yaml")


def _can_ask(json: bool) -> bool:
    return not json and sys.stdin.isatty() and sys.stdout.isatty()


def _find_lijst(tabel: Tabelbestand, lijsten: list[Loaded], can_ask: bool, opdracht: str) -> Loaded:
    """The only vragenlijst of which every vraag surely is a column, or that someone says it is; else RegiekitError."""
    from regiekit.kanaal.koppelen import fitting_lijsten

    whole, near = fitting_lijsten(tabel.kop, lijsten)
    if len(whole) == 1:
        return whole[0]
    if not whole and len(near) == 1:
        lijst = near[0].inhoud
        if can_ask and confirm(f"Niet elke vraag staat er letterlijk in. Is dit de vragenlijst '{lijst.naam}'?"):
            return near[0]
        raise RegiekitError(
            f"{tabel.bestand} heeft niet van één vragenlijst alle vragen; is het '{lijst.id}'? Typ dan: regiekit "
            f"{opdracht} {quoted(tabel.bestand)} --vragenlijst {lijst.id}"
        )
    known = ", ".join(dict.fromkeys(v.inhoud.id for v in whole or near or lijsten))
    why = "past op meer vragenlijsten" if whole else "heeft niet van één vragenlijst alle vragen"
    raise RegiekitError(
        f"{tabel.bestand} {why}; zeg welke het is: regiekit {opdracht} {quoted(tabel.bestand)} "
        f"--vragenlijst NAAM (misschien: {known})"
    )


def _say(line: str) -> None:
    """Say it in lines that end between words."""
    say(wrap(line, terminal_width()))


def _check_kolommen(tabel: Tabelbestand, besluit: Besluit) -> None:
    """ProblemsError, with a proposal beside the table, for a vraag with two columns or a column that says two."""
    from regiekit.domain.koppeling import doubles, letter_of

    found: list[tuple[Kolom, str, dict[str, str]]] = []
    for eerder, kolom in doubles(besluit.kolommen):
        assert kolom.doel
        found.append((kolom, "tabel-vraag-dubbel", {"id": kolom.doel.id, "eerder": letter_of(eerder.plaats)}))
    for kolom in besluit.alle:
        if kolom.tegenspraak:
            code, tekst = kolom.tegenspraak
            found.append((kolom, "tabel-vraag-tegenspraak", {"code": code, "tekst": tekst}))
    problems = []
    for kolom, soort, details in sorted(found):
        plek = f"kolom {letter_of(kolom.plaats)} ('{kolom.naam[:40]}')"
        problems.append(problem(tabel.bestand, tabel.kop_rij, kolom.plaats + 1, soort, plek=plek, **details))
    if problems:
        if not besluit.koppeling:
            warn(_write_proposal(besluit, tabel, replace=False))
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
    if _can_ask(json) and len(besluit.unsure) <= _MANY:
        return _ask(besluit, Path(tabel.bestand))
    raise _stop(besluit, tabel, json, overschrijf)


def _ask(besluit: Besluit, bestand: Path) -> Besluit:
    """Ask about each column that is not sure; what was said is written down at once, and is never asked again."""
    from regiekit.domain.koppeling import VRAAG, letter_of

    teksten = {v.id: v.tekst for v in besluit.loaded.inhoud.vragen}
    kolommen = list(besluit.alle)
    for kolom in besluit.unsure:
        assert kolom.doel
        say("")
        _say(f"Kolom {letter_of(kolom.plaats)}: {visible(' '.join(kolom.naam.split()))}")
        vraag = kolom.doel.soort == VRAAG
        if vraag:
            _say(f"lijkt op {kolom.doel.id}: {teksten[kolom.doel.id]}")
        if confirm("Is dat dezelfde vraag?" if vraag else "Staat in deze kolom de code van de cliënt, en geen naam?"):
            kolommen[kolom.plaats] = kolom._replace(reden="jij koos", zeker=True)
        else:
            kolommen[kolom.plaats] = kolom._replace(doel=None, reden="jij sloeg hem over", zeker=True)
    asked = besluit._replace(alle=tuple(kolommen))
    if asked.missing:
        say("")
    for naam in asked.missing:
        _say(f"Geen kolom voor {naam}: {teksten[naam]}")
    if asked.missing and not confirm("Doorgaan, met lege antwoorden op deze vragen?"):
        raise RegiekitError("gestopt: niet elke vraag heeft een kolom")
    kept = keep_koppeling(asked, bestand)
    if kept:
        _say(f"Je keuzes staan in {kept}; ik vraag ze niet nog eens.")
    return asked._replace(pad=kept)


def _stop(besluit: Besluit, tabel: Tabelbestand, json: bool, overschrijf: bool) -> RegiekitError:
    """Show the proposal and write it down, for who wants to look at it first."""
    written = _write_proposal(besluit, tabel, replace=overschrijf)
    if json:
        show_json(json_of(besluit, tabel))
    else:
        from regiekit.render.importeren import render_kolommen

        show(*render_kolommen(besluit.kolommen, besluit.loaded.inhoud, besluit.loaded.hash, besluit.missing))
    unsure, missing = len(besluit.unsure), len(besluit.missing)
    return RegiekitError(
        f"niet alles is zeker: {unsure} {'kolom is' if unsure == 1 else 'kolommen zijn'} een voorstel, en "
        f"{missing} {'vraag heeft' if missing == 1 else 'vragen hebben'} geen kolom. {written} Of neem het over zoals "
        "het hierboven staat, met --akkoord"
    )


def _write_proposal(besluit: Besluit, tabel: Tabelbestand, *, replace: bool) -> str:
    """Write the proposal beside the table; gives the sentence about it."""
    from regiekit.kanaal.koppelen import koppeling_text

    pad = _beside(Path(tabel.bestand), "voorstel")
    try:
        write_file(pad, koppeling_text(besluit.alle, besluit.loaded).encode(), replace=replace)
    except RegiekitError as error:
        return f"Een voorstel opschrijven lukte niet: {error}."
    return f"Het voorstel staat in {pad}: kijk het na en geef --koppel {quoted(str(pad))}."


def keep_koppeling(besluit: Besluit, bestand: Path) -> Path | None:
    """Write the decision beside the table, for next time; gives where, or None when it stood there already."""
    from regiekit.kanaal.koppelen import koppeling_text

    if besluit.pad:
        return None
    sure = [k._replace(zeker=True) for k in besluit.alle]
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

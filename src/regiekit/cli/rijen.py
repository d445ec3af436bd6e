"""The rows of an import: over the files they go to, and what is shown of them."""

from __future__ import annotations

import csv
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.cli.koppel import json_of
from regiekit.cli.output import (
    NewFile,
    make_folder,
    new_file,
    say,
    show,
    show_json,
    warn,
    write_folder,
    write_reason,
)
from regiekit.cli.taal import terminal_width, wrap
from regiekit.errors import MAX_PROBLEMS, RegiekitError, bounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regiekit.cli.koppel import Besluit
    from regiekit.errors import Problem
    from regiekit.kanaal.importeren import Geweigerd, Importeur

GEWEIGERD = "geweigerd.csv"
_VERPLAATS = "verplaats het"
GEWEIGERD_KOP = ["rij", "kolom", "naam", "waarde", "reden"]


class Doelen(NamedTuple):
    """Where the outcome goes."""

    uit: Path | None
    scores: Path | None
    weiger_rijen: bool
    overschrijf: bool

    @property
    def map(self) -> Path | None:
        """Where the refused rows go."""
        return self.uit or (self.scores.parent if self.scores else None)

    def check(self, bestand: Path) -> None:
        """RegiekitError when the table itself would be written over, or when the name for the scores is wrong."""
        refused = self.map / GEWEIGERD if self.map else None
        if refused and refused.exists() and bestand.exists() and refused.samefile(bestand):
            raise RegiekitError(f"{bestand} heet zoals wat er geweigerd wordt; geef het bestand een andere naam")
        if self.scores and self.scores.exists() and bestand.exists() and self.scores.samefile(bestand):
            raise RegiekitError(f"{self.scores} is het bestand dat je inleest; geef een andere naam met --scores")
        if self.scores and self.scores.suffix.lower() != ".csv":
            raise RegiekitError(f"{self.scores} kan niet: de scores komen in een CSV-bestand; geef een naam op .csv")
        if self.scores and self.scores.name.casefold() == GEWEIGERD:
            raise RegiekitError(
                f"{self.scores} kan niet: zo heet wat er geweigerd is; kies een andere naam met --scores"
            )

    def make(self) -> None:
        """Make the folder, once it is sure that there will be something in it; RegiekitError when that cannot be."""
        if self.uit:
            try:
                make_folder(self.uit)
            except OSError as error:
                reason = "er is al een bestand met die naam" if self.uit.is_file() else write_reason(error)
                raise RegiekitError(f"{self.uit} kan geen map worden: {reason}") from None


def go_over_rows(importeur: Importeur, doelen: Doelen, naam: str) -> list[Problem]:
    """Read every row: count, score, refuse and write; gives the first problems.

    All files come or none. Only the refused rows come also when that stops the rest. `naam` is how an afname names the
    vragenlijst.
    """
    with ExitStack() as files:
        scores = files.enter_context(_scores_file(doelen)) if doelen.scores else None
        refusals = files.enter_context(_refusals_file(doelen)) if doelen.map else None
        problems = _one_time(importeur, scores, refusals)
        if importeur.settle():
            problems = _one_time(importeur, scores, refusals)
        stopped = bool(problems) and not doelen.weiger_rijen
        if scores:
            scores.keep = not stopped
        for made in (scores, refusals):
            if made:
                made.check()
        if doelen.uit and not stopped:
            write_folder(doelen.uit, _afnames(importeur, naam), replace=doelen.overschrijf)
    return problems


def _one_time(importeur: Importeur, scores: NewFile | None, refusals: NewFile | None) -> list[Problem]:
    """Go over the rows once, with files that start anew."""
    from regiekit.kanaal.importeren import score_rijen, scores_kop

    problems: list[Problem] = []
    rows = score_rijen(importeur)
    table = start_csv(scores, scores_kop(importeur.lijst)) if scores else None
    refused = start_csv(refusals, GEWEIGERD_KOP) if refusals else None
    if refusals:
        refusals.keep = False
    for goed, geweigerd in importeur.blokken():
        if table:
            table.writerows(rows(goed))
        if geweigerd:
            left = MAX_PROBLEMS + 1 - len(problems)
            problems += [g.as_problem(importeur.tabel.bestand) for g in geweigerd[:left]]
        if refusals and refused and geweigerd:
            refusals.keep = True
            refused.writerows(map(refusal_row, geweigerd))
    return problems


def start_csv(made: NewFile, kop: list[str]) -> Any:
    """A writer at the start of a file, with the names of the columns written."""
    made.file.seek(0)
    made.file.truncate()
    writer = csv.writer(made.file)  # with \r\n, or a lone \r in a cell would not be quoted
    writer.writerow(kop)
    return writer


@contextmanager
def _scores_file(doelen: Doelen) -> Iterator[NewFile]:
    assert doelen.scores
    with new_file(doelen.scores, replace=doelen.overschrijf, optie="--scores") as made:
        yield made


def refused_path(folder: Path, bestand: Path) -> Path:
    """Where the refused rows of a table go that is scored or taken as a group."""
    return folder / f"{bestand.stem}.{GEWEIGERD}"


@contextmanager
def refusals_file(path: Path, *, replace: bool) -> Iterator[NewFile]:
    """A file of refused rows, there when its `keep` is set; an earlier one makes place only with `replace`."""
    with new_file(path, replace=replace, optie="--uit", codering="utf-8-sig", keep=False, raad=_VERPLAATS) as made:
        yield made


@contextmanager
def _refusals_file(doelen: Doelen) -> Iterator[NewFile]:
    """That of an import. An earlier one of this command is replaced, or taken away when nothing is refused."""
    assert doelen.map
    path = doelen.map / GEWEIGERD
    ours = _is_ours(path)
    with refusals_file(path, replace=ours or doelen.overschrijf) as made:
        yield made
    if ours and not made.keep:
        path.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            return next(csv.reader(file), None) == GEWEIGERD_KOP
    except (OSError, csv.Error):
        return False


def refusal_row(geweigerd: Geweigerd) -> list[object]:
    """One refused cell or row, as a line of geweigerd.csv."""
    from regiekit.domain.koppeling import letter_of
    from regiekit.kanaal.importeren import guarded

    texts = (geweigerd.kolom, geweigerd.waarde, geweigerd.melding)
    return [geweigerd.rij, letter_of(geweigerd.plaats), *map(guarded, texts)]


def _afnames(importeur: Importeur, naam: str) -> Iterator[tuple[str, bytes]]:
    """Each good row as an afname: the name of its file, and what is in it."""
    from regiekit.kanaal.afnametekst import afname_text
    from regiekit.kanaal.importeren import afnames_of

    used: set[str] = set()
    for goed, _ in importeur.blokken():
        for rij, data in afnames_of(importeur, goed, naam):
            who = data["client"] or f"rij-{rij}"
            name = "-".join(p for p in ("afname", who, data["meetmoment"]) if p)
            while name.casefold() in used:  # R-1 and r-1 are one name on some computers
                name = f"{name}-rij-{rij}"
            used.add(name.casefold())
            # without the name of the table: that may hold the name of a person
            herkomst = f"Uit rij {rij} van een rekenblad, met 'regiekit vragenlijst importeer'."
            yield f"{name}.yaml", afname_text(data, herkomst).encode()


# What is shown ------------------------------------------------------------------------------------------------------


def show_import(
    importeur: Importeur, besluit: Besluit, doelen: Doelen, problems: list[Problem], kept: Path | None, json: bool
) -> None:
    """Print what was decided and found."""
    stopped = bool(problems) and not doelen.weiger_rijen
    warnings = importeur.warnings()
    if json:
        made = json_of(besluit, importeur.tabel, importeur)
        made["waarschuwingen"] = [{"code": code, "tekst": tekst} for code, tekst in warnings]
        made["problemen"] = [p._asdict() for p in bounded(problems)]
        for name, path in (("uit", doelen.uit), ("scores", doelen.scores)):
            made[name] = str(path) if path and not stopped else None
        made["koppelbestand"] = str(kept or besluit.pad) if kept or besluit.pad else None
        return show_json(made)
    from regiekit.render.importeren import render_aantallen, render_kolommen

    show(*render_kolommen(besluit.kolommen, importeur.lijst, besluit.loaded.hash, besluit.missing))
    show(*render_aantallen(importeur.lijst, importeur.aantallen))
    say("")
    for line in _outcome(importeur, doelen, problems, kept):
        say(wrap(line, terminal_width()))
    for _, tekst in warnings:
        warn(f"let op: {tekst}")
    return None


def _outcome(importeur: Importeur, doelen: Doelen, problems: list[Problem], kept: Path | None) -> Iterator[str]:
    telling = importeur.telling
    rijen = "1 rij" if telling.gelezen == 1 else f"{telling.gelezen} rijen"
    yield f"{rijen} gelezen: {telling.goed} goed, {telling.geweigerd} geweigerd, {telling.leeg} leeg."
    if problems and doelen.map:
        yield f"De geweigerde rijen staan met de reden in {doelen.map / GEWEIGERD}."
    if problems and not doelen.weiger_rijen:
        yield "Er is niets ingelezen. Verbeter de rijen, of ga met --weiger-rijen door zonder deze rijen."
        return
    if doelen.uit:
        made = "staat 1 afname" if telling.goed == 1 else f"staan {telling.goed} afnames"
        yield f"In {doelen.uit} {made}. Alleen jouw account kan ze openen; ze zijn niet op slot."
    if doelen.scores:
        yield f"De scores staan in {doelen.scores}. De lijst is niet gevalideerd: bedoeld voor het gesprek."
    if kept:
        yield f"Welke kolom welke vraag is, staat in {kept}. De volgende keer gebruikt regiekit die vanzelf."
    if not (doelen.uit or doelen.scores):
        yield "Er is niets geschreven. Klopt het? Geef --uit MAP voor de afnames, of --scores PAD.csv voor de scores."

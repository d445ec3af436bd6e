"""`regiekit score TABEL`: a table of afnames in, the same rows with their scores out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regiekit.cli.koppel import keep_koppeling
from regiekit.cli.output import (
    new_place,
    progress,
    raw_output,
    require_file,
    say,
    say_wrapped,
    scratch_folder,
    show,
    show_json,
    warn,
)
from regiekit.cli.rijen import refused_path
from regiekit.cli.tabel_groep import Gelezen, Tabelbron, Tabelopdracht
from regiekit.domain.tabelscores import Scorekolom, Scorerij, Tabelscores, rows_text
from regiekit.domain.uitslag import make_rekenregel
from regiekit.errors import RegiekitError
from regiekit.groep.frame import BEANTWOORD, score_unchecked
from regiekit.groep.lezen import rows_without_cells, without_rows
from regiekit.groep.schrijven import (
    count_scored,
    count_written,
    safe_texts,
    soort_of,
    with_text,
    write_csv,
    write_frame,
)
from regiekit.groep.tabel import CLIENT, DATUM, MEETMOMENT, RIJ
from regiekit.kanaal.importeren import guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from regiekit.content.library import Loaded
    from regiekit.groep.schrijven import Uitkomst

SCHERM = 20  # rows that are shown
MAX_JSON = 10_000  # rows
STDOUT = "-"


class NotPlainError(Exception):
    """What was written at once is no good: the table is read the other way."""


def score_tabel(opdracht: Tabelopdracht, uit: str | None) -> None:
    """Score a table: to a file, to standard output ('-'), or the first rows on the screen.

    Raises as `read_groepstabel` does; a row that is refused stops it, with nothing written, unless it asks for
    --weiger-rijen.
    """
    doel = None if uit in (None, STDOUT) else Path(str(uit))
    if doel:
        _check_doel(doel, opdracht)
        opdracht = opdracht._replace(map=doel.parent)
    bron = Tabelbron(opdracht, mensen=False)
    if doel:
        scores, gelezen = write_scored(bron, doel)
    else:
        gelezen = bron.read()
        scores = make_scores(gelezen, opdracht, MAX_JSON + 1 if opdracht.json else 0 if uit else SCHERM)
    if uit == STDOUT:
        write_csv(scored_frame(gelezen, opdracht.id, safe=True), raw_output())
    kept = keep_agreed(bron) if doel else None
    show_scores(scores, gelezen, opdracht, uit)
    if kept:
        warn(kept)


def keep_agreed(bron: Tabelbron) -> str | None:
    """Write down beside the table what was agreed of its columns, for the next time; gives what to say of it."""
    if not (bron.besluit.unsure or bron.besluit.missing):
        return None
    if (kept := keep_koppeling(bron.besluit, bron.opdracht.bestand)) is None:
        return None
    return f"welke kolom welke vraag is, staat in {kept}; de volgende keer gebruikt regiekit die vanzelf"


def write_gelezen(gelezen: Gelezen, plaats: Path, doel: Path, id_kolom: str | None = None) -> None:
    """The scores of a table that was read, as a file by the suffix of `doel`, over the new one at `plaats`; raises
    RegiekitError when that cannot be, and OSError."""
    soort = soort_of(doel)
    frame = scored_frame(gelezen, id_kolom, safe=soort == ".csv")
    with progress("Schrijven"), scratch_folder(doel.parent) as folder:
        write_frame(frame, plaats, soort, folder)


def scored_frame(gelezen: Gelezen, id_kolom: str | None, *, safe: bool) -> pl.LazyFrame:
    """The table with its scores, as it is written; `safe`: no text in it is a formula."""
    return _ready(
        score_unchecked(gelezen.tabel.frame, gelezen.loaded, mag_ontbreken=True), gelezen.loaded, id_kolom, safe
    )


def _ready(scored: pl.LazyFrame, loaded: Loaded, id_kolom: str | None, safe: bool) -> pl.LazyFrame:
    if not safe:
        return scored
    versie = loaded.inhoud.versie
    if guarded(versie) != versie:
        scored = with_text(scored, "versie", guarded(versie))
    if not id_kolom:
        return scored
    return safe_texts(scored, (id_kolom,), guarded).rename({id_kolom: guarded(id_kolom)})


# To a file ----------------------------------------------------------------------------------------------------------


def _check_doel(doel: Path, opdracht: Tabelopdracht) -> None:
    """Raises RegiekitError for what cannot be, before anything is read."""
    soort_of(doel)
    if doel.exists() and opdracht.bestand.exists() and doel.samefile(opdracht.bestand):
        raise RegiekitError(f"{doel} is het bestand dat je inleest; geef een andere naam met --uit")
    check_no_refusals(doel, opdracht.bestand)
    require_file(doel, replace=opdracht.overschrijf, optie="--uit")


def check_no_refusals(doel: Path, bestand: Path) -> None:
    """Raises RegiekitError when the refused rows of this table would get the same name."""
    if doel.name.casefold() == refused_path(doel.parent, bestand).name.casefold():
        raise RegiekitError(f"{doel} kan niet: zo heet wat er geweigerd is; kies een andere naam met --uit")


def write_scored(bron: Tabelbron, doel: Path) -> tuple[Tabelscores, Gelezen]:
    """Score to a file: a plain table in one go, and else row by row."""
    at_once = _write_at_once(bron, doel)
    if at_once:
        return at_once
    gelezen = bron.read_rows()
    with new_place(doel, replace=bron.opdracht.overschrijf) as place:
        write_gelezen(gelezen, place, doel, bron.opdracht.id)
    return make_scores(gelezen, bron.opdracht, 0), gelezen


def _write_at_once(bron: Tabelbron, doel: Path) -> tuple[Tabelscores, Gelezen] | None:
    """Read, score and write a plain table in one go, in bounded memory; None when it is not plain."""
    soort, opdracht = soort_of(doel), bron.opdracht
    with progress("Scoren"):
        made = _stream(bron, doel, soort) if soort != ".xlsx" else None
    if made is None:
        return None
    uitkomst, leeg, frame = made
    gelezen = bron.gelezen(frame, uitkomst.rijen + leeg, leeg, {})
    return _tabelscores(gelezen, opdracht, uitkomst, ()), gelezen


def _stream(bron: Tabelbron, doel: Path, soort: str) -> tuple[Uitkomst, int, pl.LazyFrame] | None:
    """Write, then look at what was written: a row with a fault has no counts there. Gives what came out, how many rows
    had no cell at all, and the frame that was scored; None, with nothing written, when the table is not plain."""
    try:
        with new_place(doel, replace=bron.opdracht.overschrijf) as place:
            write = partial(_write_counted, bron, place, soort)
            made = bron.try_plain(lambda indeling, frame: (indeling, frame, write(frame)))
            if made is None or made[2].fout:
                raise NotPlainError
            indeling, frame, uitkomst = made
            leeg = rows_without_cells(indeling) if uitkomst.zonder_antwoord else []
            if leeg is None:
                raise NotPlainError
            return (write(without_rows(frame, leeg)) if leeg else uitkomst), len(leeg), frame
    except NotPlainError:
        return None


def _write_counted(bron: Tabelbron, place: Path, soort: str, frame: pl.LazyFrame) -> Uitkomst:
    scored = score_unchecked(frame, bron.loaded, mag_ontbreken=True)
    write_frame(_ready(scored, bron.loaded, bron.opdracht.id, soort == ".csv"), place, soort)
    return count_written(place, soort, [s.id for s in bron.loaded.inhoud.schalen])


# What is shown ------------------------------------------------------------------------------------------------------


def make_scores(gelezen: Gelezen, opdracht: Tabelopdracht, hoogstens: int) -> Tabelscores:
    """The counts of a table that was read, and its first rows."""
    scored = scored_frame(gelezen, None, safe=False)
    rows = [_row(r, gelezen.loaded, opdracht.id) for r in scored.head(hoogstens).collect().iter_rows(named=True)]
    return _tabelscores(gelezen, opdracht, count_scored(scored, [s.id for s in gelezen.loaded.inhoud.schalen]), rows)


def _row(row: dict[str, Any], loaded: Loaded, id_kolom: str | None) -> Scorerij:
    schalen = tuple((row[s.id], row[s.id + BEANTWOORD]) for s in loaded.inhoud.schalen)
    kept = row[id_kolom] if id_kolom else None
    return Scorerij(row[RIJ], row.get(CLIENT), row.get(MEETMOMENT), row.get(DATUM), kept, schalen)


def _tabelscores(
    gelezen: Gelezen, opdracht: Tabelopdracht, uitkomst: Uitkomst, rijen: Sequence[Scorerij]
) -> Tabelscores:
    lijst = gelezen.loaded.inhoud
    schalen = tuple(
        Scorekolom(s.id, s.naam, len(s.vragen), make_rekenregel(lijst, s).minimaal, uitkomst.zonder_score[s.id])
        for s in lijst.schalen
    )
    names = gelezen.tabel.frame.collect_schema().names()
    kolommen = tuple(n for n in (CLIENT, MEETMOMENT, DATUM) if n in names)
    return Tabelscores(
        gelezen.tabel.bestand, lijst.id, lijst.naam, lijst.versie, gelezen.loaded.hash, gelezen.tabel.telling, schalen,
        kolommen, opdracht.id, tuple(rijen),
    )  # fmt: skip


def show_scores(scores: Tabelscores, gelezen: Gelezen, opdracht: Tabelopdracht, uit: str | None) -> None:
    """Print what was made; on standard output nothing when the scores went there."""
    if opdracht.json:
        _show_json(scores, gelezen)
    elif uit == STDOUT:
        warn(rows_text(scores.telling))
    else:
        _show(scores, uit)
    tell_refused(gelezen, opdracht)
    for _, tekst in () if opdracht.json else gelezen.waarschuwingen:
        warn(f"let op: {tekst}")


def _show_json(scores: Tabelscores, gelezen: Gelezen) -> None:
    from regiekit.render.json_tabelscores import json_tabelscores

    if len(scores.rijen) > MAX_JSON:
        raise RegiekitError(
            f"{scores.bestand} heeft meer dan {MAX_JSON} rijen; laat de scores schrijven met --uit PAD.parquet"
        )
    made = json_tabelscores(scores)
    made["waarschuwingen"] = [{"code": code, "tekst": tekst} for code, tekst in gelezen.waarschuwingen]
    show_json(made)


def _show(scores: Tabelscores, uit: str | None) -> None:
    from regiekit.render.tabelscores import render_tabelscores, render_telling

    show(*(render_telling(scores) if uit else render_tabelscores(scores)))
    say("")
    if uit:
        say_wrapped(f"De scores staan in {uit}. Alleen jouw account kan het bestand openen; het is niet op slot.")
    else:
        say_wrapped("Alle scores in een bestand? Geef --uit PAD.csv, .xlsx of .parquet.")


def tell_refused(gelezen: Gelezen, opdracht: Tabelopdracht) -> None:
    """Where the refused rows are; without a file beside them, on standard error."""
    pad = opdracht.geweigerd
    if pad and gelezen.tabel.telling.geweigerd:
        return warn(f"de geweigerde rijen staan met de reden in {pad}")
    if pad and pad.exists():
        return warn(f"deze keer is geen rij geweigerd; {pad} is van een eerdere keer")
    for found in gelezen.geweigerd:
        warn(str(found))
    return None

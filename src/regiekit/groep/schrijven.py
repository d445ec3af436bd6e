"""A frame to a file: CSV, XLSX or Parquet, by the end of its name; one way for every table that is written here."""

from __future__ import annotations

import errno
import os
import re
from datetime import datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import polars as pl
from polars.exceptions import PolarsError

from regiekit.errors import RegiekitError
from regiekit.groep.frame import BEANTWOORD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SOORTEN = (".csv", ".xlsx", ".parquet")
MAX_XLSX = 1_048_575  # rows below the header: a sheet of Excel holds 1,048,576
_BATCH = 50_000  # rows
# Polars says this in words alone: no space, too large, a quota, and the same on Windows.
_FULL = re.compile(r"No space left|StorageFull|\(os error (?:27|28|39|112|122)\)")
# No spreadsheet takes these for a formula, nor splits them into one.
_HARMLESS = r"^(?:[A-Za-z0-9][A-Za-z0-9 ._:/#-]*|-?[0-9]+(?:[.,][0-9]+)?)?$"


def soort_of(pad: Path, optie: str = "--uit") -> str:
    """The kind of file that a name asks for, one of SOORTEN; raises RegiekitError with what is possible."""
    soort = pad.suffix.lower()
    if soort not in SOORTEN:
        raise RegiekitError(f"{pad} kan niet: geef met {optie} een naam op .csv, .xlsx of .parquet")
    return soort


def write_frame(frame: pl.LazyFrame, plaats: Path, soort: str, tijdelijk: Path | None = None) -> None:
    """Write a frame as `soort` over the file at `plaats`; texts must be harmless already, see `safe_texts`.

    CSV and Parquet are streamed, in bounded memory. Decimal numbers stay numbers, with a point in CSV. `tijdelijk`: the
    folder for what XLSX needs on the way; without one that of `plaats`. Raises RegiekitError for more rows than a sheet
    holds, OSError (ENOSPC for a full disk), and what Polars raises for what is read.
    """
    try:
        _write(frame, plaats, soort, tijdelijk or plaats.parent)
    except (PolarsError, OSError) as error:
        if not getattr(error, "errno", None) and _FULL.search(str(error)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _write(frame: pl.LazyFrame, plaats: Path, soort: str, tijdelijk: Path) -> None:
    if soort == ".parquet":
        with _fresh(plaats) as file:
            frame.sink_parquet(file, engine="streaming")
    elif soort == ".csv":
        with _fresh(plaats) as file:
            frame.sink_csv(file, engine="streaming", line_terminator="\r\n")
    else:
        _write_xlsx(frame.collect(engine="streaming"), plaats, tijdelijk)


def _fresh(plaats: Path) -> IO[bytes]:
    """A new file of its owner alone in the place of what is there.

    A sink that failed may still be writing for a while. It gets an open file and no name, so that it can neither touch
    a next try nor bring back what was taken away.
    """
    plaats.unlink(missing_ok=True)
    return open(plaats, "xb", opener=lambda name, flags: os.open(name, flags, 0o600), buffering=0)


def write_csv(frame: pl.LazyFrame, file: IO[bytes]) -> None:
    """Write a frame as CSV to an open file, such as standard output, in bounded memory."""
    file.write(pl.DataFrame(schema=frame.collect_schema()).write_csv(line_terminator="\r\n").encode())
    for part in frame.collect_batches(chunk_size=_BATCH, engine="streaming"):
        file.write(part.write_csv(include_header=False, line_terminator="\r\n").encode())


class Uitkomst(NamedTuple):
    """A table with scores, counted: rows, those without one answer, those with a faulty answer, and per schaal without
    a score."""

    rijen: int
    zonder_antwoord: int
    fout: int
    zonder_score: dict[str, int]


def count_written(plaats: Path, soort: str, schalen: Sequence[str]) -> Uitkomst:
    """Count what `write_frame` wrote as CSV or Parquet."""
    frame = (
        pl.scan_parquet(plaats, glob=False)
        if soort == ".parquet"
        else pl.scan_csv(plaats, glob=False, infer_schema=False)
    )
    return count_scored(frame, schalen)


def count_scored(frame: pl.LazyFrame, schalen: Sequence[str]) -> Uitkomst:
    """Count rows and what is missing in a table with scores; of a CSV the numbers may be texts."""
    answered = [pl.col(schaal + BEANTWOORD).cast(pl.Int16) for schaal in schalen]
    counts = frame.select(
        pl.len().alias("rijen"),
        pl.all_horizontal(count == 0 for count in answered).sum().alias("zonder_antwoord"),
        answered[0].null_count().alias("fout"),
        *(pl.col(schaal).null_count().alias(f" {schaal}") for schaal in schalen),
    )
    row = counts.collect(engine="streaming").row(0, named=True)
    return Uitkomst(row["rijen"], row["zonder_antwoord"], row["fout"], {s: row[f" {s}"] for s in schalen})


def with_text(frame: pl.LazyFrame, naam: str, tekst: str) -> pl.LazyFrame:
    """The frame with one text in every row of this column."""
    return frame.with_columns(pl.lit(tekst).alias(naam))


def safe_texts(frame: pl.LazyFrame, kolommen: tuple[str, ...], guarded: Callable[[str], str]) -> pl.LazyFrame:
    """The frame with these columns of text made harmless for a spreadsheet, by `guarded`, where that is needed."""
    made = []
    for naam in kolommen:
        cel = pl.col(naam)
        odd = cel.is_not_null() & ~cel.str.contains(_HARMLESS)
        safe = pl.when(odd).then(cel).map_batches(_each(guarded), return_dtype=pl.String, is_elementwise=True)
        made.append(pl.coalesce(safe, cel).alias(naam))
    return frame.with_columns(made) if made else frame


def _each(change: Callable[[str], str]) -> Callable[[pl.Series], pl.Series]:
    def changed(column: pl.Series) -> pl.Series:
        if column.null_count() == column.len():
            return column
        return pl.Series(column.name, [None if t is None else change(t) for t in column], pl.String)

    return changed


def _write_xlsx(made: pl.DataFrame, plaats: Path, tijdelijk: Path) -> None:
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    if made.height > MAX_XLSX:
        raise RegiekitError(
            f"een blad van Excel houdt {MAX_XLSX + 1} rijen, en dit zijn er {made.height} met een kop erboven; geef "
            "een naam op .csv of .parquet"
        )
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "tmpdir": str(tijdelijk),
    }  # fmt: skip
    packed = BytesIO()  # a zip that could not be written whole would say so once more when it is cleared away
    book = xlsxwriter.Workbook(packed, options)
    book.set_properties({"created": datetime(2026, 1, 1)})  # the same table gives the same bytes
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, made.columns)
    for number, row in enumerate(made.iter_rows(), 1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value)
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None  # an OSError
    plaats.write_bytes(packed.getbuffer())


def _write_cell(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)

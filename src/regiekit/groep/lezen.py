"""A table to a frame: at once where its vragen hold plain whole numbers, else row by row through what the cli gives.

The quick way never decides what a strange cell means. Whatever is not plain (a word, 4.0, a quote, a row of another
length) makes it give up, and then the table is read the other way, which refuses with row, column and reason.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
import polars as pl
from polars.exceptions import ComputeError, InvalidOperationError, SchemaError

from regiekit.domain.antwoordwoorden import EMPTY
from regiekit.groep.frame import free_name
from regiekit.groep.tabel import CLIENT, DATUM, MEETMOMENT, RIJ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")

PARQUET = b"PAR1"
NOT_PLAIN = (ComputeError, InvalidOperationError, SchemaError)  # of Polars, for a cell that is no whole number
MAX_ONBEKEND = 200_000  # different texts in a field that are looked at one by one
_TELLER = " rij"  # for one step; no column of a text is called so
_PIECE = 1 << 17  # bytes of a text that are looked at together: they stay in the cache of the processor
_BATCH = 50_000  # rows of Parquet
_MANY_BLOCKS = 500
_MAX_LEEG = 10_000  # rows without a single cell, left out of the quick way
_NEW_LINE, _ZERO, _MINUS = b"\n0-"
LEEG_GESCHREVEN = tuple(sorted({"NaN", *(w for word in EMPTY if word for w in (word, word.upper(), word.title()))}))
_PLAIN_CODE = r"^(?:[A-Za-z][._-]?)?[0-9]{1,7}$"  # as in kanaal.importeren: no name, no number of a person


class Indeling(NamedTuple):
    """Which column of a file is what, by its place: the vragen by id, and the columns that are kept as text by name.

    `eerste`: the number of the first row below the header, as a spreadsheet shows it; `klein`: whether a byte holds
    every answer. For a text also what stands between cells, how many lines end with the header, how many cells that
    has, and the words that stand for an empty cell.
    """

    pad: Path
    vragen: Mapping[str, int]
    velden: Mapping[str, int]
    eerste: int
    klein: bool
    teken: str = ""
    regels: int = 0
    breedte: int = 0
    leeg: tuple[str, ...] = ()


def is_parquet(pad: Path) -> bool:
    """Whether a file begins as Parquet."""
    with pad.open("rb") as file:
        return file.read(4) == PARQUET


# The quick way ------------------------------------------------------------------------------------------------------


def scan_plain(indeling: Indeling) -> pl.LazyFrame | None:
    """The file as a frame `rij`, the fields as text, the vragen as numbers, not checked; None when that cannot be.

    Collecting it raises NOT_PLAIN for a cell that is no whole number; see `when_plain`.
    """
    if not indeling.teken:
        return _scan_parquet(indeling)
    names = _names(indeling)
    types: dict[str, Any] = dict.fromkeys(names, pl.String)
    types |= {names[place]: pl.Int8 if indeling.klein else pl.Int16 for place in indeling.vragen.values()}
    frame = _scan_csv(indeling, types, indeling.leeg)
    found = (*indeling.velden.items(), *indeling.vragen.items())
    return frame.select(pl.col(_TELLER).alias(RIJ), *(pl.col(names[place]).alias(naam) for naam, place in found))


def _names(indeling: Indeling) -> list[str]:
    """What the columns of a text are called here, whatever they are called there."""
    return [f"c{place}" for place in range(indeling.breedte)]


def has_empty_words(indeling: Indeling, velden: Iterable[str]) -> bool:
    """Whether a word for an empty cell stands in one of these columns of a text, where it is no empty cell."""
    cells = [pl.col(f"c{indeling.velden[veld]}") for veld in velden]
    frame = _scan_csv(indeling, dict.fromkeys(_names(indeling), pl.String), ())
    found = [cell.is_in(list(indeling.leeg)).any() for cell in cells]
    return bool(cells) and bool(frame.select(pl.any_horizontal(found)).collect(engine="streaming").item())


def _scan_csv(indeling: Indeling, types: dict[str, Any], empty: Sequence[str]) -> pl.LazyFrame:
    return pl.scan_csv(
        indeling.pad, glob=False, has_header=False, skip_lines=indeling.regels, separator=indeling.teken,
        quote_char=None, schema=types, null_values=list(empty) or None, row_index_name=_TELLER,
        row_index_offset=indeling.eerste,
    )  # fmt: skip


def when_plain(indeling: Indeling, work: Callable[[], T]) -> T | None:
    """What `work` makes of a plain scan of the file; None when the shape of the file turns out not to be plain.

    Both are looked at at the same time; what `work` wrote is worth nothing when None comes back. NOT_PLAIN passes.
    """
    with ThreadPoolExecutor(1) as side:
        plain = side.submit(is_plain_text, indeling) if indeling.teken else None
        made = work()
        return made if plain is None or plain.result() else None


def _scan_parquet(indeling: Indeling) -> pl.LazyFrame | None:
    schema = pl.scan_parquet(indeling.pad, glob=False).collect_schema()
    names = list(schema)
    types = [schema[names[place]] for place in indeling.vragen.values()]
    if not all(t.is_integer() or t.is_float() or t == pl.Null for t in types):
        return None
    teller = free_name(_TELLER, names)
    frame = pl.scan_parquet(indeling.pad, glob=False, row_index_name=teller, row_index_offset=indeling.eerste)
    vragen = [
        pl.col(names[place]).cast(pl.Int8 if schema[names[place]] == pl.Null else schema[names[place]]).alias(naam)
        for naam, place in indeling.vragen.items()
    ]
    velden = [_as_text(pl.col(names[place]), schema[names[place]]).alias(v) for v, place in indeling.velden.items()]
    return frame.select(pl.col(teller).alias(RIJ), *velden, *vragen)


def _as_text(cel: pl.Expr, soort: pl.DataType) -> pl.Expr:
    """A cell of Parquet as the text that a spreadsheet would give for it: 4.0 is '4'."""
    if soort.is_decimal():
        text = cel.cast(pl.String)
        return pl.when(text.str.contains(".", literal=True)).then(text.str.replace(r"\.?0*$", "")).otherwise(text)
    if soort == pl.Duration:
        return cel.dt.to_string()
    if soort.is_float():
        whole = cel.cast(pl.Int64, strict=False)
        as_whole = pl.when(whole == cel).then(whole.cast(pl.String))
        return pl.when(cel.is_nan()).then(None).otherwise(as_whole.otherwise(cel.cast(pl.String)))
    if soort == pl.Boolean:
        return pl.when(cel).then(pl.lit("TRUE")).when(~cel).then(pl.lit("FALSE"))
    if soort == pl.Binary or soort.is_nested():
        return pl.when(cel.is_not_null()).then(pl.lit("(geen tekst)"))
    return cel.cast(pl.String)


def is_plain_text(indeling: Indeling) -> bool:
    """Whether a CSV has no quotes, as many cells in every row as in its header, and no odd number in a vraag.

    Polars fills a short row up and cuts a long one off without a word; and it reads numbers ('+4', '04', '-0') that
    are no answer elsewhere.
    """
    teken = indeling.teken.encode()
    inside = bytes(set(range(256)) - {teken[0], _NEW_LINE})
    unit = teken * (indeling.breedte - 1) + b"\n"
    vragen = np.array(sorted(indeling.vragen.values()))
    with indeling.pad.open("rb") as file:
        for _ in range(indeling.regels):
            file.readline()
        while piece := file.read(_PIECE):
            piece += file.readline()
            ended = piece if piece.endswith(b"\n") else piece + b"\n"
            if b'"' in ended or b"\0" in ended or (b"\r" in ended and ended.count(b"\r") > ended.count(b"\r\n")):
                return False
            shape = ended.translate(None, inside)
            if shape != unit * (len(shape) // len(unit)) or _has_odd_number(ended, teken[0], len(unit), vragen):
                return False
    return True


def _has_odd_number(lines: bytes, teken: int, breedte: int, vragen: np.ndarray[Any, Any]) -> bool:
    """Whether a cell of a vraag begins with a space, a plus, or a zero before another digit, in whole lines."""
    text = np.frombuffer(b"\n" + lines, np.uint8)
    first, second, before = text[1:-1], text[2:], text[:-2]
    odd = first == _ZERO
    odd &= second - _ZERO < 10  # unsigned: what lies below '0' becomes large
    for start, has in ((b" ", b" " in lines), (b"+", b"+" in lines)):
        if has:
            odd |= first == start[0]
    if b"-0" in lines:
        odd |= (first == _MINUS) & (second == _ZERO)
    odd &= (before == teken) | (before == _NEW_LINE)
    if not odd.any():
        return False
    starts = np.cumsum((before == teken) | (before == _NEW_LINE)) - 1
    return bool(np.isin(starts[odd] % breedte, vragen).any())


def unknown_texts(frame: pl.LazyFrame, namen: Iterable[str]) -> dict[str, list[str]] | None:
    """The different texts in these columns, without codes that need no look; None when there are too many of them."""
    exprs = []
    for naam in namen:
        cel = pl.col(naam)
        odd = cel.filter(~cel.str.contains(_PLAIN_CODE)) if naam == CLIENT else cel
        exprs.append(odd.drop_nulls().unique().implode().alias(naam))
    if not exprs:
        return {}
    try:
        row = frame.select(exprs).collect(engine="streaming").row(0, named=True)
    except NOT_PLAIN:
        return None
    return None if max(map(len, row.values())) > MAX_ONBEKEND else row


def with_velden(frame: pl.LazyFrame, known: Mapping[str, Mapping[str, str]], meetmoment: str | None) -> pl.LazyFrame:
    """A plain scan with its fields as they are read: `known` has what each text says that was looked at, '' is nothing.

    `meetmoment` is that of every row.
    """
    changed = [_said(pl.col(naam), said).alias(naam) for naam, said in known.items()]
    if meetmoment is not None:
        changed.append(pl.lit(meetmoment).alias(MEETMOMENT))
    names = frame.collect_schema().names()
    order = [n for n in (RIJ, CLIENT, MEETMOMENT, DATUM) if n in names or (n == MEETMOMENT and meetmoment is not None)]
    return frame.with_columns(changed).select(*order, *(n for n in names if n not in order))


def _said(cel: pl.Expr, said: Mapping[str, str]) -> pl.Expr:
    changed = {text: value or None for text, value in said.items() if text != value}
    if not changed:
        return cel
    return cel.replace(pl.Series(list(changed), dtype=pl.String), pl.Series(list(changed.values()), dtype=pl.String))


def rows_without_cells(indeling: Indeling) -> list[int] | None:
    """The rows of a plain file in which no cell at all is filled in; None when there are very many."""
    if indeling.teken:
        names, teller = _names(indeling), _TELLER
        frame = _scan_csv(indeling, dict.fromkeys(names, pl.String), ())
        empty = [pl.col(n).is_null() | (pl.col(n).str.strip_chars() == "") for n in names]
    else:
        schema = pl.scan_parquet(indeling.pad, glob=False).collect_schema()
        teller = free_name(_TELLER, schema)
        frame = pl.scan_parquet(indeling.pad, glob=False, row_index_name=teller, row_index_offset=indeling.eerste)
        texts = [_as_text(pl.col(name), soort) for name, soort in schema.items()]
        empty = [text.is_null() | (text.str.strip_chars() == "") for text in texts]
    found = frame.filter(pl.all_horizontal(empty)).select(teller).head(_MAX_LEEG + 1).collect(engine="streaming")
    return None if found.height > _MAX_LEEG else found.to_series().to_list()


def without_rows(frame: pl.LazyFrame, rijen: Sequence[int]) -> pl.LazyFrame:
    """The frame without these rows."""
    return frame.filter(~pl.col(RIJ).is_in(list(rijen))) if rijen else frame


# The other way ------------------------------------------------------------------------------------------------------


class Verzamelaar:
    """Rows that were read one block after the other, kept as small columns: a few bytes an answer, and no texts."""

    def __init__(self, vragen: Sequence[str], velden: Sequence[str]) -> None:
        """`velden`: the columns of text, in the order of the frame."""
        self.schema: dict[str, Any] = {
            RIJ: pl.UInt32, **dict.fromkeys(velden, pl.String), **dict.fromkeys(vragen, pl.Int16),
        }  # fmt: skip
        self.blocks: list[pl.DataFrame] = []

    def add(
        self, nummers: Sequence[int], velden: Mapping[str, Sequence[str]], antwoorden: Mapping[str, Sequence[object]]
    ) -> None:
        """Add the rows of a block: their numbers, texts ('' is nothing) and answers (what is no number is a blank)."""
        columns: list[pl.Series] = [pl.Series(RIJ, nummers, pl.UInt32)]
        for naam, cellen in velden.items():
            columns.append(pl.Series(naam, [cel or None for cel in cellen], pl.String))
        for vraag, found in antwoorden.items():
            numbers = found if set(map(type, found)) <= {int, type(None)} else [
                a if type(a) is int else None for a in found
            ]  # fmt: skip
            columns.append(pl.Series(vraag, numbers, pl.Int16))
        self.blocks.append(pl.DataFrame(columns).select(list(self.schema)))
        if len(self.blocks) >= _MANY_BLOCKS:
            self.blocks = [pl.concat(self.blocks, rechunk=True)]

    def frame(self) -> pl.LazyFrame:
        """All rows."""
        return (pl.concat(self.blocks, rechunk=True) if self.blocks else pl.DataFrame(schema=self.schema)).lazy()


def parquet_kop(pad: Path) -> tuple[str, ...]:
    """The names of the columns of a Parquet file; raises what Polars raises (`PolarsError`) for a broken one."""
    return tuple(pl.scan_parquet(pad, glob=False).collect_schema())


_PROEF = """
import sys
import polars as pl
frame = pl.scan_parquet(sys.argv[1], glob=False)
if frame.select(pl.len()).collect().item() * len(frame.collect_schema()) <= int(sys.argv[2]):
    frame.select(pl.all().null_count()).collect(engine="streaming")
"""


def parquet_is_whole(pad: Path, cellen: int) -> bool:
    """Whether a Parquet file can be read from its start to its end; of more cells than `cellen` only what it says.

    It is tried in a process of its own: at some damage Polars does not raise but ends the process.
    """
    import subprocess

    command = [sys.executable, "-P", "-c", _PROEF, str(pad), str(cellen)]
    return subprocess.run(command, input=b"", capture_output=True, check=False).returncode == 0


def parquet_hoogte(pad: Path) -> int:
    """How many rows a Parquet file has."""
    return int(pl.scan_parquet(pad, glob=False).select(pl.len()).collect().item())


def parquet_rijen(pad: Path, blok: int) -> Iterator[list[list[str]]]:
    """The rows of a Parquet file as a spreadsheet would give their texts, `blok` at a time."""
    schema = pl.scan_parquet(pad, glob=False).collect_schema()
    texts = [_as_text(pl.col(name), soort).fill_null("").alias(name) for name, soort in schema.items()]
    offset = 0
    while (part := pl.scan_parquet(pad, glob=False).slice(offset, _BATCH).select(texts).collect()).height:
        for piece in part.iter_slices(blok):
            yield [list(row) for row in piece.iter_rows()]
        offset += _BATCH


# What both give -----------------------------------------------------------------------------------------------------


def as_whole(frame: pl.DataFrame, vragen: Sequence[str]) -> pl.DataFrame:
    """Answers that were found right, as small whole numbers; NaN is not answered."""
    schema = frame.schema
    return frame.with_columns(
        (pl.col(v).fill_nan(None) if schema[v].is_float() else pl.col(v)).cast(pl.Int16) for v in vragen
    )


def has_empty_row(frame: pl.DataFrame, vragen: Sequence[str]) -> bool:
    """Whether there is a row without one answer."""
    return bool(frame.select(pl.all_horizontal(pl.col(v).is_null() for v in vragen).any()).item())


def has_doubles(frame: pl.DataFrame) -> bool:
    """Whether a client is there twice at one meetmoment."""
    if CLIENT not in frame.columns:
        return False
    keys = [name for name in (CLIENT, MEETMOMENT) if name in frame.columns]
    of_someone = frame.lazy().select(keys).drop_nulls(CLIENT)
    one, all_rows = of_someone.unique().select(pl.len()), of_someone.select(pl.len())
    return bool(pl.concat([one, all_rows]).collect(engine="streaming").to_series().n_unique() > 1)

"""Scores of a whole table at once, on any frame that Narwhals knows: Polars, DuckDB, pandas, pyarrow, PySpark.

The vragenlijst is compiled from its `Rekenregel` to one set of expressions, the same for every engine. What differs is
asked of the column (its type decides how an answer is read), and of the frame only how rows are counted and fetched.
"""

from __future__ import annotations

from numbers import Real
from operator import add, or_
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

import narwhals as nw
from narwhals.exceptions import DuplicateError

from regiekit.domain.uitslag import antwoordschaal_of, make_rekenregel
from regiekit.errors import ProblemsError, RegiekitError, problem, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regiekit.domain.uitslag import Rekenvraag
    from regiekit.domain.vragenlijst import Vragenlijst
    from regiekit.errors import Problem

BEANTWOORD = "_beantwoord"
HERKOMST = ("vragenlijst", "versie", "hash")  # the last columns: by what was scored
MAX_SHOWN = 20  # faults that are named; the rest is counted
MAX_NAMED = 5  # columns in one sentence

_GOOD, _ROW = "regiekit_goed", "regiekit_rij"  # for one step
_INT8, _INT16 = 127, 32_767
_BYTE = 255  # no answer in a column of bytes is further from 0

F = TypeVar("F")
Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]
Geheel = type[nw.Int16] | type[nw.Int32]


class Geladen(Protocol):
    """A vragenlijst with the hash of what counts for a score, as `content.library.Loaded` is."""

    @property
    def inhoud(self) -> Any:
        """The Vragenlijst."""

    @property
    def hash(self) -> str:
        """Sixteen hex digits."""


class Foutantwoord(NamedTuple):
    """An answer that cannot be: `rij` counts from 1 and is None where rows have no order; `id` is of the id_kolom."""

    rij: int | None
    id: object
    vraag: str
    waarde: object


class Foutantwoorden(NamedTuple):
    """How many answers cannot be, and the first of them."""

    aantal: int
    eerste: tuple[Foutantwoord, ...]


class _Kolom(NamedTuple):
    """How one vraag is read: `answer` is null for not answered; `fault` is true for what cannot be, else false or null.

    `reach`: how far from 0 an answer can be in the whole numbers of `answer`, also in a row with a fault.
    """

    answer: nw.Expr
    fault: nw.Expr
    reach: int


def score_frame(frame: F, vragenlijst: Geladen, *, id_kolom: str | None = None, mag_ontbreken: bool = False) -> F:
    """Every row scored, as the same kind of frame: to the bit what `domain.uitslag.score` gives for that row.

    Columns named by vraag id hold the answers: whole numbers within the antwoordschaal, also as 4.0; null and NaN are
    not answered. Out come the other columns as they were, then for each schaal `<schaal>` (float64, null when too few
    were answered) and `<schaal>_beantwoord` (whole), then `vragenlijst`, `versie` and `hash`.

    All answers are looked at first, so a frame that is read when asked for is read twice. Raises ProblemsError with
    the first faulty answers, by row or by `id_kolom`, and RegiekitError for columns that are missing (not with
    `mag_ontbreken`: those are not answered), of a wrong type, or with the name of a column that is made.
    """
    faults = find_faults(frame, vragenlijst, id_kolom=id_kolom, mag_ontbreken=mag_ontbreken)
    if faults.aantal:
        raise ProblemsError(_tell(faults, vragenlijst.inhoud, id_kolom))
    return score_unchecked(frame, vragenlijst, mag_ontbreken=mag_ontbreken)


def score_unchecked(frame: F, vragenlijst: Geladen, *, mag_ontbreken: bool = False) -> F:
    """As `score_frame`, in one pass: a row with a faulty answer has null in every `<schaal>` and `<schaal>_beantwoord`.

    Nothing else makes a `<schaal>_beantwoord` null: nulls in one of these columns count the rows with a fault.
    """
    lijst = vragenlijst.inhoud
    opened = _open(frame, lijst)
    kolommen = _read_columns(opened, lijst, mag_ontbreken=mag_ontbreken)
    kept = [name for name in opened.collect_schema().names() if name not in {v.id for v in lijst.vragen}]
    good = free_name(_GOOD, kept)
    made = _scores(lijst, kolommen, nw.col(good))
    herkomst = (lijst.id, lijst.versie, vragenlijst.hash)
    _refuse_clashes(kept, [*made, *HERKOMST])
    if opened.implementation.is_spark_like() and (dotted := next((name for name in kept if "." in name), None)):
        raise RegiekitError(f"in de naam '{dotted}' staat een punt, en dat kan in PySpark niet; geef een andere naam")
    scored = opened.with_columns((~_any_fault(kolommen)).alias(good)).select(
        *map(nw.col, kept),
        *(expression.alias(name) for name, expression in made.items()),
        *(nw.lit(value).alias(name) for name, value in zip(HERKOMST, herkomst, strict=True)),
    )
    return cast("F", scored if isinstance(frame, nw.DataFrame | nw.LazyFrame) else scored.to_native())


def count_faults(frame: object, vragenlijst: Geladen, *, mag_ontbreken: bool = False) -> dict[str, int]:
    """Of each vraag with faulty answers how many there are, in one pass; empty when all is well."""
    opened = _open(frame, vragenlijst.inhoud)
    kolommen = _read_columns(opened, vragenlijst.inhoud, mag_ontbreken=mag_ontbreken)
    counts = [_is_fault(k).cast(nw.Int64).sum().alias(str(n)) for n, k in enumerate(kolommen.values())]
    found = _fetch(opened.select(*counts))[0]
    return {vraag: int(count) for vraag, count in zip(kolommen, found, strict=True) if count}


def find_faults(
    frame: object,
    vragenlijst: Geladen,
    *,
    id_kolom: str | None = None,
    mag_ontbreken: bool = False,
    hoogstens: int = MAX_SHOWN,
) -> Foutantwoorden:
    """How many answers are outside their antwoordschaal or not whole, and the first `hoogstens` of them.

    First by row; where rows have no order (DuckDB, PySpark) by `id_kolom`, and else whichever come first.
    """
    opened = _open(frame, vragenlijst.inhoud)
    if id_kolom is not None and id_kolom not in opened.collect_schema().names():
        raise RegiekitError(
            f"de kolom '{visible(str(id_kolom))}' van id_kolom bestaat niet; geef een kolom van dit frame"
        )
    counts = count_faults(opened, vragenlijst, mag_ontbreken=mag_ontbreken)
    if not counts:
        return Foutantwoorden(0, ())
    kolommen = _read_columns(opened, vragenlijst.inhoud, mag_ontbreken=mag_ontbreken)
    first = _first_faults(opened, {v: kolommen[v] for v in counts}, id_kolom, hoogstens)
    return Foutantwoorden(sum(counts.values()), first)


# --- the frame ---------------------------------------------------------------------------------------------------


def _open(frame: object, lijst: Vragenlijst) -> Frame:
    try:
        opened: Frame = nw.from_native(cast("Any", frame))
        opened.collect_schema()
    except TypeError:
        raise RegiekitError(
            f"een {type(frame).__name__} is geen frame; geef er een van Polars, DuckDB, pandas, pyarrow of PySpark"
        ) from None
    except DuplicateError as error:
        raise RegiekitError(
            "in dit frame hebben twee kolommen dezelfde naam; geef elke kolom een eigen naam"
        ) from error
    odd = [name for name in opened.collect_schema().names() if not isinstance(name, str | int)]  # pandas has them
    if odd:
        raise RegiekitError(f"de kolom {visible(str(odd[0]))} heeft geen naam van tekst; geef elke kolom één naam")
    return _with_numbers(opened, lijst) if opened.implementation.is_pandas_like() else opened


def _with_numbers(frame: Frame, lijst: Vragenlijst) -> Frame:
    """A frame of pandas with its vragen of Python objects as numbers, where these are all numbers or nothing."""
    native = cast("Any", frame.to_native())
    changed = {}
    for vraag in (v.id for v in lijst.vragen if v.id in native.columns and native[v.id].dtype == object):
        kinds = set(map(type, native[vraag].dropna()))
        if all(issubclass(kind, Real) and not issubclass(kind, bool) for kind in kinds):
            changed[vraag] = native[vraag].astype("Float64")
    return nw.from_native(native.assign(**changed)) if changed else frame


def free_name(naam: str, names: Iterable[str]) -> str:
    """A name for one step, that no column has, in capitals or not."""
    taken = {str(name).lower() for name in names}
    while naam in taken:
        naam += "_"
    return naam


def _numbered(frame: Frame, naam: str) -> Frame | None:
    """With the number of each row under this name, where rows have an order of their own."""
    if isinstance(frame, nw.DataFrame):
        return frame.with_row_index(naam)
    return nw.from_native(frame.to_native().with_row_index(naam)) if frame.implementation.is_polars() else None


def _fetch(frame: Frame) -> list[tuple[Any, ...]]:
    """The rows of a small result, without a package that only the fetching would need."""
    native, engine = frame.to_native(), frame.implementation
    if isinstance(frame, nw.DataFrame):
        return list(frame.iter_rows())
    if engine.is_polars():
        return list(frame.collect(engine="streaming").iter_rows())
    if engine.is_duckdb():
        return list(native.fetchall())
    if engine.is_spark_like():
        return [tuple(row) for row in native.collect()]
    return list(frame.collect().iter_rows())


def _refuse_clashes(kept: Sequence[str], made: Sequence[str]) -> None:
    """Names that differ in capitals only are one name to DuckDB and Spark."""
    known = {name.lower() for name in made}
    if len(known) < len(made):
        raise RegiekitError(f"een schaal heet zoals een van de kolommen {', '.join(HERKOMST)}; geef haar een andere id")
    if clash := next((str(name) for name in kept if str(name).lower() in known), None):
        raise RegiekitError(
            f"de kolom '{visible(clash)}' heet zoals een kolom die erbij komt; geef haar een andere naam"
        )


# --- the columns -------------------------------------------------------------------------------------------------


def _read_columns(frame: Frame, lijst: Vragenlijst, *, mag_ontbreken: bool) -> dict[str, _Kolom]:
    """How every vraag that has a column is read; raises RegiekitError for what is missing or of a wrong type."""
    schema = frame.collect_schema()
    missing = [v.id for v in lijst.vragen if v.id not in schema]
    if len(missing) == len(lijst.vragen):
        raise RegiekitError(f"geen kolom heet zoals een vraag van '{lijst.id}'; noem de kolommen {_named(missing)}")
    if missing and not mag_ontbreken:
        raise RegiekitError(
            f"er is geen kolom voor {_named(missing)}; geef de kolommen die naam, of mag_ontbreken=True "
            "(dan tellen deze vragen als niet beantwoord)"
        )
    return {v.id: _read_column(lijst, v.id, schema[v.id]) for v in lijst.vragen if v.id in schema}


def _read_column(lijst: Vragenlijst, vraag: str, dtype: nw.dtypes.DType) -> _Kolom:
    column, ends = nw.col(vraag), antwoordschaal_of(lijst, vraag)
    outside = (column < ends.min) | (column > ends.max)
    if dtype in (nw.Int8, nw.UInt8):
        return _Kolom(column, outside, _BYTE)
    if dtype.is_integer():
        # what is too large to add up is brought within the antwoordschaal; its row gets no score
        floor = 0 if dtype.is_unsigned_integer() else ends.min
        within = column.clip(max(ends.min, floor), max(ends.max, floor))
        return _Kolom(within, outside, max(abs(ends.min), abs(ends.max)))
    if dtype.is_float() or dtype.is_decimal() or dtype == nw.Unknown:  # unknown: a column with nothing but nulls
        number = column.cast(nw.Float64)
        number = nw.when(~number.is_nan()).then(number)
        # whole numbers stay exact in float64, but not what is nearly whole
        exact = column if dtype.is_decimal() else number
        # a comparison with NaN, the null of pandas, is never true
        fault = (number < ends.min) | (number > ends.max) | (exact.floor() < exact)
        return _Kolom(number, fault, 0)
    raise RegiekitError(
        f"in de kolom '{vraag}' staan geen getallen ({dtype}); maak er hele getallen van, of gebruik "
        "'regiekit score TABEL', dat ook woorden leest"
    )


def _named(names: Sequence[str]) -> str:
    more = f" en nog {len(names) - MAX_NAMED}" if len(names) > MAX_NAMED else ""
    return ", ".join(f"'{name}'" for name in names[:MAX_NAMED]) + more


# --- the expressions ---------------------------------------------------------------------------------------------


def _scores(lijst: Vragenlijst, kolommen: Mapping[str, _Kolom], good: nw.Expr) -> dict[str, nw.Expr]:
    """The columns of every schaal; null in a row that is not `good`."""
    made: dict[str, nw.Expr] = {}
    for schaal in lijst.schalen:
        regel = make_rekenregel(lijst, schaal)
        there = [v for v in regel.vragen if v.vraag in kolommen]
        answered, total = _answered(there, kolommen), _total(there, kolommen).cast(nw.Float64)
        enough = good & (answered >= regel.minimaal)
        made[schaal.id] = nw.when(enough).then(total if regel.regel == "som" else total / answered)
        made[schaal.id + BEANTWOORD] = nw.when(good).then(answered.cast(nw.Int16))
    return made


def _answered(vragen: Sequence[Rekenvraag], kolommen: Mapping[str, _Kolom]) -> nw.Expr:
    small: type[nw.Int8] | type[nw.Int16] = nw.Int8 if len(vragen) <= _INT8 else nw.Int16
    return _fold(add, ((~kolommen[v.vraag].answer.is_null()).cast(small) for v in vragen), 0)


def _total(vragen: Sequence[Rekenvraag], kolommen: Mapping[str, _Kolom]) -> nw.Expr:
    """The keyed sum of what was answered, in whole numbers that hold the largest sum there can be."""
    reach = sum(kolommen[v.vraag].reach + abs(v.offset) for v in vragen)
    whole: Geheel = nw.Int16 if reach <= _INT16 else nw.Int32
    return _fold(add, (_keyed(v, kolommen[v.vraag], whole).fill_null(0) for v in vragen), 0)


def _keyed(vraag: Rekenvraag, kolom: _Kolom, whole: Geheel) -> nw.Expr:
    answer = kolom.answer.cast(whole) if kolom.reach else kolom.answer
    return vraag.offset - answer if vraag.sign < 0 else answer


def _is_fault(kolom: _Kolom) -> nw.Expr:
    return kolom.fault.fill_null(False)


def _any_fault(kolommen: Mapping[str, _Kolom]) -> nw.Expr:
    return _fold(or_, (k.fault for k in kolommen.values()), False).fill_null(False)


def _fold(join: Callable[[nw.Expr, nw.Expr], nw.Expr], parts: Iterable[nw.Expr], empty: int) -> nw.Expr:
    """All parts joined two by two: hundreds of them in a row would be nested too deep for some engines."""
    joined = list(parts) or [nw.lit(empty)]
    while len(joined) > 1:
        rest = joined[-1:] if len(joined) % 2 else []
        joined = [join(a, b) for a, b in zip(joined[::2], joined[1::2], strict=False)] + rest
    return joined[0]


# --- the faults --------------------------------------------------------------------------------------------------


def _first_faults(
    frame: Frame, kolommen: Mapping[str, _Kolom], id_kolom: str | None, hoogstens: int
) -> tuple[Foutantwoord, ...]:
    """The first faulty answers, by row, else by `id_kolom`."""
    row = free_name(_ROW, frame.collect_schema().names())
    numbered = _numbered(frame, row)
    key = nw.col(row) + 1 if numbered is not None else nw.lit(None)
    naam = nw.col(id_kolom) if id_kolom is not None else nw.lit(None)
    answers = [
        e for v, k in kolommen.items() for e in (nw.col(v).alias(f"{v}_waarde"), _is_fault(k).alias(f"{v}_fout"))
    ]
    found = (frame if numbered is None else numbered).filter(_any_fault(kolommen))
    picked = found.select(key.alias("_rij"), naam.alias("_id"), *answers)
    if numbered is None and id_kolom is not None:
        picked = picked.sort("_id")
    faults = []
    for rij, name, *cells in _fetch(picked.head(hoogstens)):
        wrong = zip(kolommen, cells[::2], cells[1::2], strict=True)
        faults += [Foutantwoord(rij, name, vraag, waarde) for vraag, waarde, fault in wrong if fault]
    return tuple(faults[:hoogstens])


def _tell(faults: Foutantwoorden, lijst: Vragenlijst, id_kolom: str | None) -> list[Problem]:
    place = {v.id: n for n, v in enumerate(lijst.vragen, 1)}
    told = []
    for fault in faults.eerste:
        ends = antwoordschaal_of(lijst, fault.vraag)
        details = {"kolom": fault.vraag, "kreeg": visible(str(fault.waarde)), "min": ends.min, "max": ends.max}
        where = (fault.rij, place[fault.vraag]) if fault.rij else (0, 0)
        told.append(problem("frame", *where, "frame-antwoord", plek=_place(fault, id_kolom), **details))
    if faults.aantal > len(told):
        told.append(problem("frame", 0, 0, "frame-antwoorden", aantal=faults.aantal, getoond=len(told)))
    if id_kolom is None and not faults.eerste[0].rij:
        told.append(problem("frame", 0, 0, "frame-zonder-rij"))
    return told


def _place(fault: Foutantwoord, id_kolom: str | None) -> str:
    if id_kolom is not None:
        return f"de rij met {visible(str(id_kolom))} = {visible(str(fault.id))}, "
    return f"rij {fault.rij}, " if fault.rij is not None else ""

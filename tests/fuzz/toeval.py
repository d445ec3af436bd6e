"""Changing inputs at random, the same at every run: for the short run in the suite, and where there is no atheris."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def changed(seeds: Sequence[bytes], words: Sequence[str], longest: int, count: int, seed: int) -> Iterator[bytes]:
    """The seeds themselves, and then one to five changes to one of them, `count` inputs in all."""
    chance = random.Random(seed)
    known = [word.encode("utf-8", "surrogatepass") for word in words] or [b""]
    yield from seeds[:count]
    for _ in range(count - len(seeds)):
        made = chance.choice(seeds)
        for _ in range(chance.choice((1, 1, 2, 3, 5))):
            made = _change(chance, made, known, seeds)
        yield made[:longest]


def _change(chance: random.Random, raw: bytes, words: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    """One change: a byte, a bit, a word, a piece less, twice or elsewhere, or the rest of another seed."""
    start = chance.randrange(len(raw) + 1)
    end = min(len(raw), start + chance.choice((1, 2, 4, 8, 40)))
    how = chance.randrange(8)
    if how == 0:
        return raw[:start] + bytes([chance.randrange(256)]) + raw[start + 1 :]
    if how == 1:
        return raw[:start] + bytes(b ^ 1 << chance.randrange(8) for b in raw[start : start + 1]) + raw[start + 1 :]
    if how in (2, 3):
        return raw[:start] + chance.choice(words) + raw[start if how == 2 else end :]
    if how == 4:
        return raw[:start] + raw[end:]
    if how == 5:
        return raw[:end] + raw[start:end] * chance.choice((1, 2, 50)) + raw[end:]
    if how == 6:
        place = chance.randrange(len(raw) + 1)
        return raw[:place] + raw[start:end] + raw[place:]
    other = chance.choice(seeds)
    return raw[:start] + other[chance.randrange(len(other) + 1) :]

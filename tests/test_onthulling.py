"""What is hidden of a group: small numbers, and those from which a small one would follow."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from regiekit.domain.groepscijfers import MINSTENS
from regiekit.domain.onthulling import hide_one, hide_small


def test_a_small_number_takes_a_larger_one_with_it() -> None:
    assert hide_small([12, 3, 40]) == (None, None, 40)  # 3 alone would follow from the total


def test_two_small_ones_that_are_five_together_stay_alone() -> None:
    assert hide_small([2, 3, 40]) == (None, None, 40)


def test_two_ones_take_another_with_them() -> None:
    """Two people in two hidden cells: each could only be 1."""
    assert hide_small([1, 1, 40, 9]) == (None, None, 40, None)


def test_nobody_is_shown_as_nobody() -> None:
    assert hide_small([0, 7, 0]) == (0, 7, 0)
    assert hide_small([]) == ()


def test_nothing_left_to_hide_behind() -> None:
    assert hide_small([3, 0, 0]) == (None, 0, 0)


def test_one_number_alone() -> None:
    assert [hide_one(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_what_is_shown_tells_no_small_number(aantallen: list[int]) -> None:
    """Whoever knows the total and the rule cannot work out a cell of one to four, unless the whole total is small."""
    shown = hide_small(aantallen)
    assert all(s in (None, n) for s, n in zip(shown, aantallen, strict=True))
    assert not any(s is not None and 0 < s < MINSTENS for s in shown)
    hidden = [n for n, s in zip(aantallen, shown, strict=True) if s is None]
    if any(0 < n < MINSTENS for n in aantallen) and sum(n > 0 for n in aantallen) > 1:
        assert len(hidden) >= 2 and (sum(hidden) >= MINSTENS or len(hidden) == sum(n > 0 for n in aantallen))
    else:
        assert len(hidden) == sum(0 < n < MINSTENS for n in aantallen)


def test_a_hidden_number_can_be_more_than_one_number() -> None:
    """For who knows the total, and that a hidden cell holds somebody and at least one holds fewer than five."""
    for table in product(range(9), repeat=3):
        shown = hide_small(table)
        places = [i for i, s in enumerate(shown) if s is None]
        total = sum(table[i] for i in places)
        if len(places) > 1 and total >= MINSTENS:
            possible = [c for c in product(range(1, total), repeat=len(places)) if sum(c) == total and min(c) < 5]
            assert all(len(set(cell)) > 2 for cell in zip(*possible, strict=True)), table

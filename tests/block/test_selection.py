"""Choosing and ordering, with a given Random."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, permutations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.block.selection import draw, order_options, spread


def longest_row(keys: Sequence[object]) -> int:
    return max((len(list(group)) for _, group in groupby(keys)), default=0)


def possible(keys: list[str]) -> bool:
    """No key is too frequent to stand in pairs between the others."""
    most = max(Counter(keys).values(), default=0)
    return most <= 2 * (len(keys) - most + 1)


def test_every_draw_is_equally_likely() -> None:
    rng = Random(7)
    draws = 12_000
    found = Counter(draw("abcde", 3, rng) for _ in range(draws))
    assert set(found) == set(permutations("abcde", 3))
    expected = draws / 60
    chi_square = sum((count - expected) ** 2 / expected for count in found.values())
    assert chi_square < 98.3  # one fair Random in a thousand exceeds it at 59 degrees


def test_a_seed_is_a_draw() -> None:
    pool = [f"q{n}" for n in range(500)]
    assert draw(pool, 20, Random(3)) == draw(pool, 20, Random(3)) != draw(pool, 20, Random(4))


@pytest.mark.parametrize("count", [-1, 6])
def test_more_than_there_is_cannot_be_drawn(count: int) -> None:
    with pytest.raises(ValueError, match="of 5"):
        draw("abcde", count, Random(1))


def test_the_whole_pool_and_nothing() -> None:
    assert sorted(draw("abc", 3, Random(1))) == ["a", "b", "c"]
    assert draw("", 0, Random(1)) == ()


@given(keys=st.lists(st.sampled_from("aaabcd"), max_size=25), rng=st.integers().map(Random))
def test_spread_keeps_rows_to_two_where_that_can_be(keys: list[str], rng: Random) -> None:
    items = list(enumerate(keys))
    found = spread(items, lambda item: item[1], rng)
    assert sorted(found) == items
    if possible(keys):
        assert longest_row([key for _, key in found]) <= 2


def test_possible_is_what_it_says() -> None:
    for keys in ("aaaab", "aaab", "aaaaab", "aaaaaab", "aabbb", "aaa", "aaabbbcc"):
        fits = any(longest_row(order) <= 2 for order in set(permutations(keys)))
        assert possible(list(keys)) is fits


def test_what_is_too_much_of_one_key_comes_last() -> None:
    found = "".join(spread("aaaaaaaab", lambda letter: letter, Random(2)))
    assert found == "aabaaaaaa"


def test_spread_shuffles_even_where_the_keys_are_all_alike_or_all_unlike() -> None:
    for key in (lambda _: "same", lambda item: item):
        orders = {spread("abcd", key, Random(seed)) for seed in range(2_000)}
        assert len(orders) == 24


@pytest.mark.parametrize("keys", ["aaabb", "aaaab", "aabbc", "aaaabb"])
def test_spread_reaches_every_order_that_is_allowed(keys: str) -> None:
    # A missing topic is a key like any other.
    items = [None if key == "a" else key for key in keys]
    found = {spread(items, lambda item: item, Random(seed)) for seed in range(1_500)}
    allowed = {order for order in permutations(items) if longest_row(order) <= 2}
    assert found == allowed


def test_spread_never_paints_itself_into_a_corner() -> None:
    for counts in product(range(7), range(4), range(3)):
        keys = [key for key, count in zip("abc", counts, strict=True) for _ in range(count)]
        if possible(keys):
            for seed in range(25):
                assert longest_row(spread(keys, str, Random(seed))) <= 2


@pytest.mark.parametrize("order", ["alphabetical", "numerical", "logical"])
@pytest.mark.parametrize("rerun", [False, True])
def test_options_are_shuffled_in_a_rerun_of_an_alphabetical_list_only(
    order: str, rerun: bool
) -> None:
    orders = {order_options("abc", order, rerun=rerun, rng=Random(seed)) for seed in range(200)}
    shuffled = rerun and order == "alphabetical"
    assert orders == (set(permutations("abc")) if shuffled else {("a", "b", "c")})

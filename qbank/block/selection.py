"""Which questions a block takes, and in what order, with a given Random.

The same pool, count and seed give the same block. Nothing here makes a Random.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from random import Random
from typing import TypeVar

from qbank.block.model import OptionId

T = TypeVar("T")

_SHUFFLED_ORDER = "alphabetical"
_MOST_IN_A_ROW = 2


def draw(pool: Sequence[T], count: int, rng: Random) -> tuple[T, ...]:
    """`count` of the pool in random order, every such draw equally likely.

    Raises ValueError where the pool holds fewer.
    """
    if not 0 <= count <= len(pool):
        raise ValueError(f"cannot draw {count} of {len(pool)}")
    return tuple(rng.sample(pool, count))


def spread(items: Sequence[T], key: Callable[[T], Hashable], rng: Random) -> tuple[T, ...]:
    """The items shuffled so that no more than two in a row share a key.

    Where one key is too frequent for that, what is too much of it comes last.
    """
    shuffled = rng.sample(items, len(items))
    waiting: dict[Hashable, list[T]] = {}
    for item in shuffled:
        waiting.setdefault(key(item), []).append(item)
    counts = Counter({name: len(group) for name, group in waiting.items()})
    placed: list[T] = []
    last: Hashable = None
    row = 0
    while counts:
        name = _next_key(counts, (last, row), rng)
        row = row + 1 if name == last else 1
        last = name
        placed.append(waiting[name].pop())
        counts[name] -= 1
        if not counts[name]:
            del counts[name]
    return tuple(placed)


def order_options(
    options: Sequence[OptionId], option_order: str, *, rerun: bool, rng: Random
) -> tuple[OptionId, ...]:
    """The options in printed order: the author's, save in a re-run of an alphabetical list.

    `option_order` is the question's: alphabetical, numerical or logical.
    """
    if rerun and option_order == _SHUFFLED_ORDER:
        return tuple(rng.sample(options, len(options)))
    return tuple(options)


def _next_key(counts: Counter[Hashable], tail: tuple[Hashable, int], rng: Random) -> Hashable:
    """A key for the next place, each as likely as it is frequent among those that will do."""
    last, row = tail
    free = [name for name in counts if name != last or row < _MOST_IN_A_ROW]
    if not free:
        return last
    names = [name for name in free if _rest_fits(counts, name)] or free
    return rng.choices(names, weights=[counts[name] for name in names])[0]


def _rest_fits(counts: Counter[Hashable], placed: Hashable) -> bool:
    """Whether the rest can still be placed once `placed` has its turn.

    A key can stand twice before, between and behind the others. One that fits before
    its own turn fits after it: it needs a place less and has a place less.
    """
    rest = counts.total() - 1
    return all(
        count <= _MOST_IN_A_ROW * (rest - count + 1)
        for name, count in counts.items()
        if name != placed
    )

"""0.5: which blocks are compared, and with which."""

from typing import Any

import pytest

from qbank.analytics.eligible import (
    Bar,
    bars,
    class_of,
    counted,
    eligible_of_class,
    fresh_attempts,
    is_eligible,
)
from qbank.block.model import Mode
from tests.analytics.support import OMITTED, RIGHT, WRONG, attempt, attempts, block


def test_a_plain_timed_block_is_compared() -> None:
    assert bars(block()) == ()
    assert is_eligible(block(mode=Mode.EXAM_DAY))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"excluded": True}, Bar.LEFT_OUT),
        ({"mode": Mode.TUTOR}, Bar.MODE),
        ({"mode": Mode.UNTIMED, "limit_ms": None}, Bar.MODE),
        ({"paused": True}, Bar.STOPPED),
        ({"interrupted": True}, Bar.STOPPED),
    ],
)
def test_what_bars_a_block(changed: dict[str, Any], why: Bar) -> None:
    assert bars(block(**changed)) == (why,)


def test_one_in_ten_may_have_been_seen() -> None:
    seen = [attempt(exposure=2, position=1), attempt(exposure=3, position=2)]
    assert bars(block(made=[*seen, *attempts([RIGHT] * 18)])) == ()
    assert bars(block(made=[*seen, *attempts([RIGHT] * 17)])) == (Bar.SEEN_BEFORE,)


def test_a_set_taken_again_is_a_class_of_its_own() -> None:
    again = block(2, attempts([RIGHT] * 20, exposure=2), repeat_of="b0001")
    assert is_eligible(again)
    assert class_of(again) != class_of(block())


def test_a_hidden_window_bars_from_a_twentieth_on() -> None:
    def hidden(ms: int) -> tuple[Bar, ...]:
        return bars(block(made=attempts([RIGHT] * 10, 80_000, active_ms=80_000 - ms)))

    assert hidden(3_999) == ()
    assert hidden(4_000) == (Bar.AWAY,)


def test_where_the_terminal_does_not_tell_nothing_is_held_against_it() -> None:
    assert bars(block(made=attempts([RIGHT] * 10, active_ms=None))) == ()


def test_more_than_one_very_quick_answer_in_ten_bars() -> None:
    assert bars(block(made=attempts([WRONG] * 20, [2_000] * 2 + [80_000] * 18))) == ()
    assert bars(block(made=attempts([WRONG] * 20, [2_000] * 3 + [80_000] * 17))) == (
        Bar.VERY_QUICK,
    )


def test_a_block_without_answers_is_compared_with_nothing() -> None:
    assert bars(block(made=attempts([OMITTED] * 20))) == (Bar.NOTHING_ANSWERED,)


def test_extra_time_source_length_and_pace_make_the_class() -> None:
    usual = class_of(block())
    assert class_of(block(9)) == usual
    others: list[dict[str, Any]] = [
        {"time_factor": 150},
        {"source": "another bank"},
        {"limit_ms": 1_500_000},
        {"made": attempts([RIGHT] * 19)},
    ]
    for changed in others:
        assert class_of(block(**changed)) != usual
    assert class_of(block(limit_ms=1_800_300)) == usual
    assert class_of(block(limit_ms=None)) is None


def test_eligible_blocks_of_a_class_come_in_time_order() -> None:
    key = class_of(block())
    assert key is not None
    listed = [block(3), block(1), block(2, paused=True), block(4, source="sheet")]
    assert [one.block_id for one in eligible_of_class(listed, key)] == ["b0001", "b0003"]


def test_a_block_that_is_not_compared_still_counts_for_accuracy() -> None:
    tutor = block(1, [attempt(), attempt(exposure=2)], mode=Mode.TUTOR)
    left_out = block(2, excluded=True)
    assert counted([left_out, tutor]) == [tutor]
    assert fresh_attempts([left_out, tutor]) == [tutor.attempts[0]]

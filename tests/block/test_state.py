"""The questions one may ask of a block."""

from qbank.block import commands as c
from qbank.block.machine import initial
from qbank.block.model import GapKind, GapPolicy, Phase
from tests.block.play import block, play


def test_a_block_that_has_not_begun() -> None:
    state = initial(block(3, limit_ms=60_000))
    assert (state.phase, state.shown, state.answered, state.reached) == (Phase.READY, None, 0, 0)
    assert (state.used_ms(5_000), state.remaining_ms(5_000)) == (0, 60_000)
    assert state.blank == (1, 2, 3)
    assert (state.ticking, state.reading, state.closed_at_ms) == (False, False, None)


def test_what_the_navigator_asks() -> None:
    state = play(
        block(4),
        [
            (1, c.Answer(1, ("b",))),
            (2, c.Strike(1, "c")),
            (3, c.Show(3)),
            (4, c.Flag(3)),
            (5, c.Show(2)),
            (6, c.Flag(2)),
        ],
    ).state
    assert (state.answered, state.reached) == (1, 3)
    assert (state.flagged, state.blank) == ((2, 3), (2, 3, 4))
    assert (state.response(1), state.response(2)) == (("b",), ())
    assert (state.is_struck(1, "c"), state.is_struck(1, "b")) == (True, False)
    assert [state.time_on(p, 10) for p in (1, 2, 3, 4)] == [3, 5, 2, 0]


def test_gaps_are_kept_apart_by_who_pays() -> None:
    state = play(
        block(gaps=GapPolicy.CHARGE_SLEEP),
        [(5_000, c.NoteGap(3_000, GapKind.SLEEP)), (9_000, c.NoteGap(1_500, GapKind.CRASH))],
    ).state
    assert (state.charged_gap_ms, state.uncharged_gap_ms) == (3_000, 1_500)
    assert (state.clock_ms, state.at_ms) == (7_500, 9_000)

"""The end of a block lies at its deadline, whoever noticed it and whenever."""

import pytest

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block.machine import decide, tick
from qbank.block.model import CloseReason, GapKind, GapPolicy, Mode
from tests.block.play import Player, block, play

LIMIT = 60_000
HOURS = 5 * 3_600_000
EXPIRED = (e.Closed(LIMIT, CloseReason.EXPIRED),)


def test_an_answer_one_millisecond_before_the_limit_counts() -> None:
    player = play(block(limit_ms=LIMIT))
    assert player.do(LIMIT - 1, c.Answer(1, ("a",))) == (e.Answered(LIMIT - 1, 1, ("a",)),)
    assert player.state.remaining_ms(LIMIT - 1) == 1


@pytest.mark.parametrize("at_ms", [LIMIT, LIMIT + 1, LIMIT + HOURS])
def test_an_answer_at_the_limit_or_later_closes_at_the_limit(at_ms: int) -> None:
    player = play(block(limit_ms=LIMIT), [(10, c.Answer(1, ("b",)))])
    assert player.do(at_ms, c.Answer(1, ("a",))) == EXPIRED
    assert player.state.response(1) == ("b",)
    assert player.state.closed_at_ms == LIMIT


@pytest.mark.parametrize(("at_ms", "closes"), [(LIMIT - 1, False), (LIMIT, True), (HOURS, True)])
def test_a_tick_closes_at_the_limit(at_ms: int, closes: bool) -> None:
    assert tick(play(block(limit_ms=LIMIT)).state, at_ms) == (EXPIRED if closes else ())


def test_an_illegal_command_after_the_limit_is_dropped_too() -> None:
    assert decide(play(block(limit_ms=LIMIT)).state, c.Show(99), LIMIT) == EXPIRED


def test_time_stands_still_once_closed() -> None:
    player = play(block(limit_ms=LIMIT), [(20_000, c.Submit())])
    state = player.state
    for at_ms in (20_000, LIMIT, HOURS):
        assert state.used_ms(at_ms) == 20_000
        assert state.remaining_ms(at_ms) == 40_000
        assert state.time_on(1, at_ms) == 20_000
        assert tick(state, at_ms) == ()


def test_queries_between_events_stop_at_the_limit() -> None:
    state = play(block(limit_ms=LIMIT), [(50_000, c.Show(2))]).state
    assert (state.used_ms(55_000), state.remaining_ms(55_000)) == (55_000, 5_000)
    assert (state.time_on(1, 55_000), state.time_on(2, 55_000)) == (50_000, 5_000)
    assert (state.used_ms(HOURS), state.remaining_ms(HOURS)) == (LIMIT, 0)
    assert state.time_on(2, HOURS) == 10_000


def test_a_reading_older_than_the_last_event_counts_nothing() -> None:
    state = play(block(limit_ms=LIMIT), [(50_000, c.Show(2))]).state
    assert state.used_ms(40_000) == 50_000


def test_without_a_limit_nothing_expires() -> None:
    player = play(block(limit_ms=None, mode=Mode.UNTIMED))
    assert player.state.deadline_ms is None
    assert player.state.remaining_ms(HOURS) is None
    assert player.do(HOURS, c.Flag(1)) == (e.Flagged(HOURS, 1),)


def pause(player: Player) -> None:
    player.do(1_000, c.Pause())
    player.do(11_000, c.Resume())


def crash(player: Player) -> None:
    player.do(11_000, c.NoteGap(10_000, GapKind.CRASH))


def sleep(player: Player) -> None:
    player.do(11_000, c.NoteGap(10_000, GapKind.SLEEP))


def read(player: Player) -> None:
    player.do(1_000, c.Reveal(1))
    player.do(11_000, c.Show(2))


def crash_in_a_pause(player: Player) -> None:
    player.do(1_000, c.Pause())
    player.do(8_000, c.NoteGap(5_000, GapKind.CRASH))
    player.do(11_000, c.Resume())


def sleep_over_an_explanation(player: Player) -> None:
    player.do(1_000, c.Reveal(1))
    player.do(8_000, c.NoteGap(5_000, GapKind.SLEEP))
    player.do(11_000, c.Show(2))


@pytest.mark.parametrize(
    "stop", [pause, crash, sleep, read, crash_in_a_pause, sleep_over_an_explanation]
)
def test_ten_seconds_that_do_not_count_move_the_deadline_by_ten(stop: object) -> None:
    player = play(block(limit_ms=LIMIT, mode=Mode.TUTOR))
    assert callable(stop)
    stop(player)
    assert player.state.deadline_ms == LIMIT + 10_000
    assert player.state.used_ms(11_000) == 1_000
    assert player.do(HOURS, c.Submit()) == (e.Closed(LIMIT + 10_000, CloseReason.EXPIRED),)


@pytest.mark.parametrize("kind", [GapKind.CRASH, GapKind.REBOOT])
def test_what_nobody_chose_is_never_charged(kind: GapKind) -> None:
    player = play(block(limit_ms=LIMIT, gaps=GapPolicy.CHARGE_SLEEP))
    player.do(20_000, c.NoteGap(10_000, kind))
    assert player.state.used_ms(20_000) == 10_000
    assert player.state.interrupted


@pytest.mark.parametrize("kind", [GapKind.SLEEP, GapKind.LEFT])
def test_a_charged_gap_runs_on_question_and_block(kind: GapKind) -> None:
    player = play(block(limit_ms=LIMIT, gaps=GapPolicy.CHARGE_SLEEP))
    assert player.do(20_000, c.NoteGap(10_000, kind)) == (
        e.GapNoted(20_000, 10_000, kind, charged=True),
    )
    assert player.state.interrupted is (kind is GapKind.SLEEP)
    assert player.state.used_ms(20_000) == player.state.time_on(1, 20_000) == 20_000
    assert (player.state.charged_gap_ms, player.state.deadline_ms) == (10_000, LIMIT)


def test_charged_sleep_past_the_limit_ends_the_block_at_the_limit() -> None:
    player = play(block(limit_ms=LIMIT, gaps=GapPolicy.CHARGE_SLEEP))
    assert player.do(HOURS + 50_000, c.NoteGap(HOURS, GapKind.SLEEP)) == (
        e.GapNoted(LIMIT, 10_000, GapKind.SLEEP, charged=True),
        e.Closed(LIMIT, CloseReason.EXPIRED),
    )
    assert (player.state.clock_ms, player.state.interrupted) == (LIMIT, True)


def test_a_gap_that_begins_after_the_limit_is_no_gap_of_this_block() -> None:
    player = play(block(limit_ms=LIMIT))
    assert player.do(LIMIT + HOURS, c.NoteGap(HOURS, GapKind.CRASH)) == EXPIRED


def test_a_gap_that_begins_just_before_the_limit_leaves_the_rest() -> None:
    player = play(block(limit_ms=LIMIT))
    player.do(LIMIT - 1 + HOURS, c.NoteGap(HOURS, GapKind.CRASH))
    assert player.state.remaining_ms(LIMIT - 1 + HOURS) == 1


def test_charging_stops_where_the_clock_stands() -> None:
    spec = block(limit_ms=LIMIT, gaps=GapPolicy.CHARGE_SLEEP, mode=Mode.TUTOR)
    for stop in (c.Pause(), c.Reveal(1)):
        player = play(spec, [(1_000, stop)])
        player.do(HOURS, c.NoteGap(10_000, GapKind.SLEEP))
        assert player.state.used_ms(HOURS) == 1_000
        assert player.state.uncharged_gap_ms == 10_000


def test_a_gap_of_unknown_length_still_marks_the_block() -> None:
    player = play(block(), [(1_000, c.NoteGap(0, GapKind.REBOOT))])
    assert player.state.interrupted
    assert player.state.deadline_ms == 60_000

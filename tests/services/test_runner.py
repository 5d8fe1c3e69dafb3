"""A block from Begin to its score: time, saving, leaving, sleeping, ending."""

import pytest
from sqlalchemy import text

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block.model import CloseReason, Confidence, GapKind, Mode, Outcome, Phase
from qbank.errors import ConcurrentRun, IllegalCommand, NotFound, StoreCorrupt, UsageError
from qbank.services.views import BlockRequest, SaveState
from tests.support.desk import WAIT_S, Desk


def test_a_block_from_begin_to_score(desk: Desk) -> None:
    runner = desk.begin(5)
    assert runner.name
    assert [text.position for text in runner.texts] == [1, 2, 3, 4, 5]
    assert runner.letters(1) == {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}
    desk.answer(runner, 1, "b")
    desk.answer(runner, 2, "a")
    runner.do(c.Flag(2))
    runner.do(c.Strike(2, "c"))
    runner.do(c.SetConfidence(2, Confidence.GUESS))
    runner.do(c.Show(3))
    desk.clock.advance(4_000)
    assert runner.clock().used_ms == 24_000
    assert runner.clock().this_one_ms == 4_000
    assert runner.clock().remaining_ms == 450_000 - 24_000
    assert runner.clock().answered == 2
    events = runner.do(c.Submit())
    assert isinstance(events[-1], e.Closed)
    assert runner.wait_saved(WAIT_S)
    report = desk.review.report(runner.spec.block_id)
    assert [each.outcome for each in report.attempts] == [
        Outcome.CORRECT,
        Outcome.INCORRECT,
        Outcome.OMITTED,
        Outcome.UNREACHED,
        Outcome.UNREACHED,
    ]
    assert [each.clock_ms for each in report.attempts] == [10_000, 10_000, 4_000, 0, 0]
    assert report.attempts[1].flagged
    assert report.attempts[1].confidence == "guess"
    assert report.summary.used_ms == 24_000
    assert report.summary.status == "closed"
    assert not report.summary.interrupted


def test_the_screen_holds_no_key(desk: Desk) -> None:
    runner = desk.begin(2)
    assert {name for text in runner.texts for name in text.__slots__} == {
        "position",
        "stem",
        "lead_in",
        "exhibits",
        "options",
        "several",
        "markdown",
        "words",
    }
    with pytest.raises(IllegalCommand):
        runner.explanation(1)


def test_a_response_is_marked_saved_when_it_is(desk: Desk) -> None:
    runner = desk.begin(2)
    assert runner.wait_saved(WAIT_S)
    assert runner.saved(1)
    runner.do(c.Answer(1, ("a",)))
    assert runner.wait_saved(WAIT_S)
    assert runner.saved(1)
    assert (runner.unsaved, runner.save_state) == (0, SaveState.SAVED)


def test_time_on_the_begin_page_is_nobodys(desk: Desk) -> None:
    runner = desk.blocks.open(desk.build.create(BlockRequest(count=2)))
    desk.clock.advance(90_000)
    desk.clock.sleep_machine(900_000)
    assert runner.poll() == ()
    assert runner.clock().used_ms == 0
    runner.do(c.Start())
    desk.clock.advance(1_000)
    assert runner.clock().used_ms == 1_000
    assert not runner.state.interrupted


def test_the_clock_at_the_key_decides_whether_an_answer_is_in_time(desk: Desk) -> None:
    runner = desk.begin(1)
    desk.clock.advance(89_999)
    assert runner.do(c.Answer(1, ("b",)))
    desk.clock.advance(1)
    assert runner.do(c.Answer(1, ("a",))) == (e.Closed(90_000, CloseReason.EXPIRED),)
    assert runner.wait_saved(WAIT_S)
    assert desk.review.report(runner.spec.block_id).attempts[0].final == ("b",)


def test_a_late_look_closes_at_the_deadline(desk: Desk) -> None:
    runner = desk.begin(2)
    begun = desk.clock.read().wall_utc_ms
    desk.answer(runner, 1, "b")
    desk.clock.advance(3_600_000)
    assert runner.poll() == (e.Closed(180_000, CloseReason.EXPIRED),)
    assert runner.clock().remaining_ms == 0
    assert runner.poll() == ()
    assert runner.wait_saved(WAIT_S)
    summary = desk.history.find("1")
    assert summary.used_ms == summary.limit_ms == 180_000
    assert summary.closed_at == begun + 180_000


def test_a_sleep_is_not_charged_in_practice_and_marks_the_block(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.answer(runner, 1, "b")
    desk.clock.sleep_machine(3_600_000)
    desk.clock.advance(500)
    (gap,) = runner.poll()
    assert isinstance(gap, e.GapNoted)
    assert (gap.ms, gap.kind, gap.charged) == (3_600_000, GapKind.SLEEP, False)
    assert runner.clock().used_ms == 10_500
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert desk.history.find("1").interrupted


def test_a_program_that_stood_still_is_not_charged_and_marks_the_block(desk: Desk) -> None:
    desk.clock.runs = True
    runner = desk.begin(2)
    desk.clock.advance(4_000)
    assert runner.poll() == ()
    desk.clock.advance(3_600_000)
    gap, answered = runner.do(c.Answer(1, ("b",)))
    assert isinstance(gap, e.GapNoted)
    assert (gap.ms, gap.kind, gap.charged) == (3_600_000, GapKind.SLEEP, False)
    assert answered.at_ms == gap.at_ms == 3_604_000
    assert runner.clock().used_ms == 4_000
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert desk.history.find("1").interrupted


@pytest.mark.parametrize(("ms", "noted"), [(10_000, False), (10_001, True)])
def test_a_slow_look_is_no_stop(desk: Desk, ms: int, noted: bool) -> None:
    desk.clock.runs = True
    runner = desk.begin(2)
    desk.clock.advance(ms)
    assert bool(runner.poll()) is noted
    assert runner.clock().used_ms == (0 if noted else ms)


def test_a_stop_with_a_sleep_in_it_is_one_gap(desk: Desk) -> None:
    desk.clock.runs = True
    runner = desk.begin(2)
    desk.clock.advance(20_000)
    desk.clock.sleep_machine(60_000)
    (gap,) = runner.poll()
    assert isinstance(gap, e.GapNoted)
    assert gap.ms == 80_000
    assert runner.clock().used_ms == 0


def test_a_stop_runs_on_where_sleeps_are_charged_and_ends_at_the_limit(desk: Desk) -> None:
    desk.clock.runs = True
    block_id = desk.build.create(BlockRequest(count=2))
    charged = text("UPDATE block SET spec = replace(spec, 'free', 'charge_sleep')")
    desk.store.write(lambda connection: connection.execute(charged))
    runner = desk.blocks.open(block_id)
    begun = desk.clock.read().wall_utc_ms
    runner.do(c.Start())
    desk.clock.advance(3_600_000)
    gap, closed = runner.poll()
    assert isinstance(gap, e.GapNoted)
    assert (gap.ms, gap.charged) == (180_000, True)
    assert closed == e.Closed(180_000, CloseReason.EXPIRED)
    assert runner.wait_saved(WAIT_S)
    assert desk.history.find("1").closed_at == begun + 180_000


def test_a_clock_moved_by_hand_says_nothing_of_the_program(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.clock.advance(60_000)
    assert runner.poll() == ()
    assert runner.clock().used_ms == 60_000


def test_a_block_that_was_over_when_the_program_died_is_dated_at_its_deadline(desk: Desk) -> None:
    runner = desk.begin(2)
    begun = desk.clock.read().wall_utc_ms
    desk.answer(runner, 1, "b")
    assert runner.wait_saved(WAIT_S)
    beaten = text("UPDATE block SET heartbeat_at_ms = 180500")
    desk.store.write(lambda connection: connection.execute(beaten))
    desk.start_again()
    desk.clock.reboot("boot-2", off_ms=86_400_000)
    again = desk.blocks.open(runner.spec.block_id)
    assert again.state.close_reason is CloseReason.EXPIRED
    assert again.wait_saved(WAIT_S)
    summary = desk.history.find("1")
    assert (summary.used_ms, summary.closed_at) == (180_000, begun + 180_000)


def test_a_key_right_after_a_sleep_finds_the_sleep_first(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.clock.advance(1_000)
    desk.clock.sleep_machine(60_000)
    gap, answered = runner.do(c.Answer(1, ("b",)))
    assert isinstance(gap, e.GapNoted)
    assert answered.at_ms == gap.at_ms == 61_000
    assert runner.clock().used_ms == 1_000


@pytest.mark.parametrize("ms", [1, 9_999, 10_000])
def test_a_short_difference_of_the_clocks_is_no_sleep(desk: Desk, ms: int) -> None:
    runner = desk.begin(2)
    desk.clock.sleep_machine(ms)
    assert runner.poll() == ()
    assert not runner.state.interrupted


def test_short_sleeps_add_up(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.clock.sleep_machine(6_000)
    assert runner.poll() == ()
    desk.clock.sleep_machine(6_000)
    (gap,) = runner.poll()
    assert isinstance(gap, e.GapNoted)
    assert gap.ms == 12_000


@pytest.mark.parametrize("ms", [-86_400_000, 86_400_000, -1_790_000_000_000])
def test_a_wall_clock_that_jumps_charges_nothing(desk: Desk, ms: int) -> None:
    runner = desk.begin(2)
    desk.clock.advance(5_000)
    desk.clock.step_wall(ms)
    assert runner.poll() == ()
    assert runner.clock().used_ms == 5_000
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert not desk.history.find("1").interrupted


def test_a_sleep_during_a_pause_interrupts_nothing(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.clock.advance(1_000)
    runner.do(c.Pause())
    desk.clock.advance(2_000)
    desk.clock.sleep_machine(3_600_000)
    assert runner.poll() == ()
    runner.do(c.Resume())
    desk.clock.advance(1_000)
    assert runner.poll() == ()
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    summary = desk.history.find("1")
    assert (summary.used_ms, summary.paused_ms, summary.interrupted) == (2_000, 2_000, False)


def test_leaving_pauses_and_coming_back_is_no_interruption(desk: Desk) -> None:
    runner = desk.begin(3)
    desk.answer(runner, 1, "b")
    runner.leave()
    with pytest.raises(IllegalCommand):
        runner.do(c.Show(2))
    desk.clock.reboot("boot-2", off_ms=86_400_000)
    (waiting,) = desk.blocks.resumable()
    assert (waiting.position, waiting.answered, waiting.crashed) == (1, 1, False)
    assert waiting.remaining_ms == 260_000
    again = desk.blocks.open(waiting.id)
    assert again.resumed == waiting
    assert again.state.phase is Phase.PAUSED
    again.do(c.Resume())
    desk.clock.advance(1_000)
    assert again.clock().used_ms == 11_000
    assert not again.state.interrupted


def test_tutor_shows_the_reasons_once_the_answer_is_locked(desk: Desk) -> None:
    runner = desk.begin(2, mode=Mode.TUTOR)
    assert runner.clock().remaining_ms is None
    desk.answer(runner, 1, "a")
    runner.do(c.Reveal(1))
    desk.clock.advance(30_000)
    explanation = runner.explanation(1)
    assert explanation.key == ("b",)
    assert explanation.explanation == "Because of 1."
    assert runner.clock().used_ms == 10_000
    with pytest.raises(IllegalCommand):
        runner.do(c.Answer(1, ("b",)))
    with pytest.raises(NotFound):
        runner.explanation(3)
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    assert desk.review.report(runner.spec.block_id).attempts[0].reading_ms == 30_000


def test_an_illegal_command_changes_nothing(desk: Desk) -> None:
    runner = desk.begin(2)
    before = runner.state
    with pytest.raises(IllegalCommand):
        runner.do(c.Answer(2, ("a",)))
    assert runner.state is before


def test_only_one_block_runs(desk: Desk) -> None:
    first = desk.begin(2, name="Morning")
    assert first.wait_saved(WAIT_S)
    with pytest.raises(ConcurrentRun, match="open already"):
        desk.blocks.open(first.spec.block_id)
    with pytest.raises(ConcurrentRun, match="Morning is running"):
        desk.begin(2)
    first.do(c.Pause())
    assert first.wait_saved(WAIT_S)
    assert desk.begin(2).state.phase is Phase.RUNNING


def test_a_second_block_that_runs_is_refused_by_the_store_too(desk: Desk) -> None:
    first = desk.blocks.open(desk.build.create(BlockRequest(count=2)))
    first.do(c.Start())
    first.do(c.Pause())
    assert first.wait_saved(WAIT_S)
    second = desk.blocks.open(desk.build.create(BlockRequest(count=2)))
    first.do(c.Resume())
    assert first.wait_saved(WAIT_S)
    second.do(c.Start())
    assert not second.wait_saved(WAIT_S)
    with pytest.raises(ConcurrentRun, match="another block is running"):
        second.do(c.Flag(1))


def test_two_programs_on_one_block_are_told_apart(desk: Desk) -> None:
    first = desk.begin(3)
    desk.answer(first, 1, "a")
    assert first.wait_saved(WAIT_S)
    block_id = first.spec.block_id
    desk.start_again()
    second = desk.blocks.open(block_id)
    desk.answer(second, 2, "b")
    assert second.wait_saved(WAIT_S)
    desk.answer(first, 3, "c")
    assert not first.wait_saved(WAIT_S)
    with pytest.raises(ConcurrentRun, match="open elsewhere"):
        first.do(c.Submit())
    second.do(c.Submit())
    assert second.wait_saved(WAIT_S)
    finals = [each.final for each in desk.review.report(block_id).attempts]
    assert finals == [("a",), ("b",), ()]


def test_unknown_closed_and_deleted_blocks_cannot_be_opened(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.blocks.open("no-such-block")
    closed = desk.take("b")
    with pytest.raises(UsageError, match="is over"):
        desk.blocks.open(closed)
    left = desk.begin(2)
    left.leave()
    desk.build.discard(left.spec.block_id)
    with pytest.raises(NotFound):
        desk.blocks.open(left.spec.block_id)


def test_a_damaged_log_is_refused_with_its_place(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.answer(runner, 1, "a")
    runner.leave()

    def damage(connection: object) -> None:
        from sqlalchemy import Connection

        assert isinstance(connection, Connection)
        connection.execute(text("DROP TRIGGER block_event_no_update"))
        connection.execute(
            text("""UPDATE block_event SET payload = replace(payload, '"a"', '"b"')""")
        )

    desk.store.write(damage)
    with pytest.raises(StoreCorrupt, match="damaged at event 3"):
        desk.blocks.open(runner.spec.block_id)


def test_first_blocks_are_the_first_three(desk: Desk) -> None:
    said = []
    for _ in range(4):
        runner = desk.begin(1)
        said.append(runner.pacing.first_blocks)
        runner.do(c.Submit())
        assert runner.wait_saved(WAIT_S)
    assert said == [True, True, True, False]


def test_a_block_left_for_months_goes_on_or_closes(desk: Desk) -> None:
    runner = desk.begin(2)
    desk.answer(runner, 1, "b")
    assert runner.wait_saved(WAIT_S)
    desk.start_again()
    desk.clock.reboot("boot-9", off_ms=200 * 86_400_000)
    again = desk.blocks.open(runner.spec.block_id)
    assert again.clock().remaining_ms == 170_000
    again.do(c.Submit())
    assert again.wait_saved(WAIT_S)
    assert desk.history.find("1").interrupted

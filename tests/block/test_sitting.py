"""An exam day: its rules one by one, and its books under any course of events."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from qbank.block import sitting
from qbank.block import sitting_events as s
from qbank.block.model import GapKind
from qbank.block.sitting import as_of, decide, evolve, tick
from qbank.block.sitting_codec import DAY
from qbank.block.sitting_model import DayEnd, DayPhase, Session, SittingSpec
from qbank.block.sitting_state import SittingState, initial_day
from qbank.errors import IllegalCommand, QbankError
from tests.block.day import DayMachine, Rules

MINUTE = 60_000
HALF_HOUR = 30 * MINUTE

STEP = SittingSpec("day", "step2ck", (Session(HALF_HOUR, (20,)),) * 16, 5 * MINUTE, 55 * MINUTE)
COMLEX = SittingSpec(
    "day",
    "comlex2",
    (Session(240 * MINUTE, (40,) * 4),) * 2,
    break_ms=60 * MINUTE,
    break_every=2,
    unused_to_break=False,
)


class Player:
    """A day to which things happen, in minutes."""

    def __init__(self, spec: SittingSpec) -> None:
        self.state = initial_day(spec)
        self.now = 0.0
        self.do(s.Begin())

    @property
    def at_ms(self) -> int:
        return round(self.now * MINUTE)

    def do(self, command: s.DayCommand) -> tuple[s.DayEvent, ...]:
        return self.apply(decide(self.state, command, self.at_ms))

    def apply(self, events: tuple[s.DayEvent, ...]) -> tuple[s.DayEvent, ...]:
        for event in events:
            self.state = evolve(self.state, event)
        return events

    def wait(self, minutes: float) -> tuple[s.DayEvent, ...]:
        self.now += minutes
        return self.apply(tick(self.state, self.at_ms))

    def block(self, minutes: float) -> tuple[s.DayEvent, ...]:
        self.do(s.BeginBlock())
        self.now += minutes
        return self.do(s.EndBlock(self.state.number, round(minutes * MINUTE)))

    @property
    def there(self) -> SittingState:
        return as_of(self.state, self.at_ms)


def begun(spec: SittingSpec = STEP) -> Player:
    player = Player(spec)
    if spec.tutorial_ms:
        player.do(s.EndTutorial())
    return player


def test_a_day_of_step_2_ck_is_nine_hours() -> None:
    assert STEP.authorised_ms == 9 * 60 * MINUTE
    assert (STEP.blocks, COMLEX.blocks) == (16, 8)


def test_the_tutorial_ends_by_itself_and_what_it_leaves_goes_to_the_breaks() -> None:
    player = Player(STEP)
    assert player.wait(7) == (s.TutorialEnded(5 * MINUTE),)
    assert player.there.pool_ms == 53 * MINUTE
    quick = Player(STEP)
    quick.wait(1)
    quick.do(s.EndTutorial())
    assert quick.there.pool_ms == 59 * MINUTE


def test_a_block_that_ends_early_lengthens_the_breaks_not_the_next_block() -> None:
    player = begun()
    player.block(26)
    assert player.there.pool_ms == 64 * MINUTE
    assert player.there.next_limit_ms == HALF_HOUR


def test_a_break_beyond_the_pool_is_taken_from_the_next_block() -> None:
    player = begun()
    player.block(30)
    assert player.wait(70) == ()
    assert player.there.pool_ms == 0
    assert player.there.overrun_ms == 10 * MINUTE
    (block,) = player.do(s.BeginBlock())
    assert block == s.BlockBegun(player.at_ms, 2, 20 * MINUTE)
    player.now += 20
    player.do(s.EndBlock(2, 20 * MINUTE))
    assert player.there.next_limit_ms == HALF_HOUR


def test_a_break_that_eats_a_whole_block_loses_it_and_goes_on_with_the_next() -> None:
    player = begun()
    lost = player.wait(60 + 30 + 12)
    assert lost == (s.BlockLost(90 * MINUTE, 1),)
    assert player.there.next_number == 2
    assert player.there.next_limit_ms == 18 * MINUTE


def test_who_never_comes_back_loses_the_day_at_its_last_minute() -> None:
    player = begun()
    events = player.wait(24 * 60)
    assert [type(event) for event in events] == [s.BlockLost] * 16 + [s.DayEnded]
    assert events[-1] == s.DayEnded(9 * 60 * MINUTE, DayEnd.TIME)


def test_the_clock_of_the_day_is_what_is_left_of_everything() -> None:
    player = begun()
    player.block(25)
    player.wait(10)
    assert player.there.day_left_ms() == (9 * 60 - 35) * MINUTE
    player.do(s.BeginBlock())
    assert player.there.day_left_ms(block_used_ms=5 * MINUTE) == (9 * 60 - 40) * MINUTE


def test_a_finished_block_is_locked() -> None:
    player = begun()
    player.block(30)
    with pytest.raises(IllegalCommand, match="phase break"):
        player.do(s.EndBlock(1, 0))
    player.do(s.BeginBlock())
    with pytest.raises(IllegalCommand, match="block 2 runs"):
        player.do(s.EndBlock(1, 0))


def test_more_than_was_there_cannot_have_been_used() -> None:
    player = begun()
    player.do(s.BeginBlock())
    player.now += 31
    with pytest.raises(IllegalCommand, match="cannot have been used"):
        player.do(s.EndBlock(1, 31 * MINUTE))


def test_the_last_block_ends_the_day() -> None:
    player = begun(replace(STEP, sessions=STEP.sessions[:2]))
    player.block(30)
    _, ended = player.block(28)
    assert ended == s.DayEnded(58 * MINUTE, DayEnd.FINISHED)
    with pytest.raises(IllegalCommand):
        player.do(s.BeginBlock())


def test_one_clock_runs_over_the_sections_of_a_session() -> None:
    player = begun(COMLEX)
    player.block(55)
    player.wait(3)
    assert player.there.pool_ms == 60 * MINUTE
    (second,) = player.do(s.BeginBlock())
    assert second == s.BlockBegun(58 * MINUTE, 2, 182 * MINUTE)
    player.now += 60
    player.do(s.EndBlock(2, 60 * MINUTE))
    player.wait(15)
    assert (player.there.pool_ms, player.there.next_limit_ms) == (45 * MINUTE, 122 * MINUTE)


def test_a_session_whose_clock_runs_out_loses_its_other_sections_at_once() -> None:
    player = begun(COMLEX)
    player.block(10)
    events = player.block(230)
    assert [type(event) for event in events] == [s.BlockEnded, s.BlockLost, s.BlockLost]
    assert player.there.next_number == 5
    assert player.there.next_limit_ms == 240 * MINUTE
    assert player.there.pool_ms == 60 * MINUTE


def test_time_left_over_is_kept_out_of_the_breaks_where_the_exam_does_so() -> None:
    player = begun(COMLEX)
    for _ in range(4):
        player.block(50)
    assert player.there.pool_ms == 60 * MINUTE
    assert player.there.forgone_ms == 40 * MINUTE


@pytest.mark.parametrize("kind", [GapKind.LEFT, GapKind.SLEEP])
def test_who_leaves_leaves_the_clock_running(kind: GapKind) -> None:
    player = begun()
    assert player.do(s.Leave()) == (s.DayLeft(0),)
    assert player.do(s.Leave()) == ()
    player.now += 95
    lost, noted = player.do(s.NoteGap(95 * MINUTE, kind))
    assert lost == s.BlockLost(90 * MINUTE, 1)
    assert noted == s.DayGapNoted(95 * MINUTE, 95 * MINUTE, kind, charged=True)
    assert player.there.next_limit_ms == 25 * MINUTE
    assert not player.there.interrupted
    assert not player.there.away


def test_who_comes_back_too_late_finds_the_day_over() -> None:
    player = begun()
    player.now += 24 * 60
    assert player.do(s.NoteGap(24 * 60 * MINUTE, GapKind.LEFT))[-1] == s.DayEnded(
        9 * 60 * MINUTE, DayEnd.TIME
    )


@pytest.mark.parametrize("kind", [GapKind.CRASH, GapKind.REBOOT])
def test_a_crash_is_charged_to_nobody(kind: GapKind) -> None:
    player = begun()
    player.wait(10)
    player.now += 95
    player.do(s.NoteGap(95 * MINUTE, kind))
    assert player.there.pool_ms == 50 * MINUTE
    assert player.there.gap_ms == 95 * MINUTE
    assert player.there.interrupted


def test_what_a_crash_took_inside_a_block_is_booked_at_its_end() -> None:
    player = begun()
    player.do(s.BeginBlock())
    player.now += 50
    player.do(s.NoteGap(20 * MINUTE, GapKind.CRASH))
    player.do(s.EndBlock(1, 30 * MINUTE))
    assert (player.there.testing_ms, player.there.gap_ms) == (30 * MINUTE, 20 * MINUTE)


def test_the_day_can_be_ended_between_blocks_only() -> None:
    player = begun()
    player.do(s.BeginBlock())
    with pytest.raises(IllegalCommand):
        player.do(s.EndDay())
    player.do(s.EndBlock(1, 0))
    assert player.do(s.EndDay()) == (s.DayEnded(0, DayEnd.ENDED),)
    for command in (s.Begin(), s.BeginBlock(), s.Leave(), s.NoteGap(0, GapKind.SLEEP)):
        with pytest.raises(IllegalCommand):
            player.do(command)


def test_time_never_goes_back() -> None:
    player = begun()
    player.block(30)
    with pytest.raises(IllegalCommand, match="before the last event"):
        decide(player.state, s.BeginBlock(), 0)


def test_what_was_due_comes_instead_of_the_command() -> None:
    player = Player(STEP)
    player.now = 6
    assert player.do(s.EndTutorial()) == (s.TutorialEnded(5 * MINUTE),)


@pytest.mark.parametrize(
    "wrong", [{"sessions": ()}, {"break_ms": -1}, {"tutorial_ms": -1}, {"break_every": 0}]
)
def test_a_day_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"day needs|not negative"):
        replace(STEP, **wrong)  # type: ignore[arg-type]  # the fields of the cases above


@pytest.mark.parametrize(("limit", "sizes"), [(0, (1,)), (1, ()), (1, (0,))])
def test_a_session_that_cannot_be_is_refused(limit: int, sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="session"):
        Session(limit, sizes)


# The stored words: a log of years ago must still be read by them.
WRITTEN: dict[s.DayEvent, tuple[str, str]] = {
    s.DayBegun(0): ("day_begun", '{"v":1}'),
    s.TutorialEnded(5): ("tutorial_ended", '{"v":1}'),
    s.BlockBegun(5, 1, 9): ("block_begun", '{"limit_ms":9,"number":1,"v":1}'),
    s.BlockEnded(5, 1, 9): ("block_ended", '{"number":1,"used_ms":9,"v":1}'),
    s.BlockLost(5, 1): ("block_lost", '{"number":1,"v":1}'),
    s.DayLeft(5): ("day_left", '{"v":1}'),
    s.DayGapNoted(5, 3, GapKind.LEFT, charged=True): (
        "day_gap_noted",
        '{"charged":true,"kind":"left","ms":3,"v":1}',
    ),
    s.DayEnded(5, DayEnd.TIME): ("day_ended", '{"reason":"time","v":1}'),
}


def test_every_event_is_written_as_it_always_was() -> None:
    assert {type(event) for event in WRITTEN} == set(DAY.kinds.values())
    for event, (kind, payload) in WRITTEN.items():
        assert DAY.encode(event) == (kind, payload)
        assert DAY.decode(kind, payload, event.at_ms) == event


def test_an_event_of_a_block_is_none_of_a_day() -> None:
    with pytest.raises(QbankError, match="unknown kind 'answered'"):
        DAY.decode("answered", "{}", 0)


# --- any course of events -----------------------------------------------------------------

QUIET = settings(
    deadline=None,
    derandomize=True,
    database=None,
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
)
HUNT = settings(QUIET, max_examples=200, phases=[Phase.generate], report_multiple_bugs=False)


def machine_with(rules: Rules) -> type[DayMachine]:
    return type("Machine", (DayMachine,), {"rules_of_day": rules, "seen": Counter()})


def test_the_books_of_a_day_are_right_and_every_event_occurs() -> None:
    machine = machine_with(Rules())
    run_state_machine_as_test(machine, settings=settings(QUIET, max_examples=120))
    assert all(machine.seen[event.__name__] >= 10 for event in DAY.kinds.values()), machine.seen


@pytest.mark.proof
def test_the_books_of_a_day_are_right_for_long() -> None:
    free = settings(QUIET, derandomize=False, max_examples=2_000)
    run_state_machine_as_test(machine_with(Rules()), settings=free)


def overrun_is_free(state: SittingState, event: s.DayEvent) -> SittingState:
    after = evolve(state, event)
    if after.overrun_ms > state.overrun_ms and isinstance(event, s.BlockBegun):
        return replace(after, sessions_ms=state.sessions_ms)
    return after


def left_over_is_dropped(state: SittingState, event: s.DayEvent) -> SittingState:
    return replace(evolve(state, event), earned_ms=0)


def crash_is_charged(
    state: SittingState, command: s.DayCommand, at_ms: int
) -> tuple[s.DayEvent, ...]:
    events = decide(state, command, at_ms)
    return tuple(
        replace(event, charged=True) if isinstance(event, s.DayGapNoted) else event
        for event in events
    )


def loses_when_noticed(state: SittingState, at_ms: int) -> tuple[s.DayEvent, ...]:
    return tuple(replace(event, at_ms=at_ms) for event in tick(state, at_ms))


def never_loses(state: SittingState, at_ms: int) -> tuple[s.DayEvent, ...]:
    return tuple(each for each in tick(state, at_ms) if not isinstance(each, s.BlockLost))


def opens_a_locked_block(state: SittingState, event: s.DayEvent) -> SittingState:
    after = evolve(state, event)
    reopened = isinstance(event, s.BlockBegun) and after.behind
    return replace(after, behind=after.behind[:-1]) if reopened else after


def session_clock_begins_anew(state: SittingState, event: s.DayEvent) -> SittingState:
    after = evolve(state, event)
    if isinstance(event, s.BlockEnded) and not state.spec.ends_session(event.number):
        return replace(after, sessions_ms=state.sessions_ms)
    return after


PLANTED: dict[str, Rules] = {
    "an overrun costs nothing": Rules(evolve=overrun_is_free),
    "what is left over is dropped": Rules(evolve=left_over_is_dropped),
    "a crash is charged": Rules(decide=crash_is_charged),
    "a block is lost when somebody looks": Rules(tick=loses_when_noticed),
    "a block is never lost": Rules(tick=never_loses),
    "a locked block opens again": Rules(evolve=opens_a_locked_block),
    "a section begins with a clock of its own": Rules(evolve=session_clock_begins_anew),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(bug: str) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine_with(PLANTED[bug]), settings=HUNT)


def test_a_day_is_asked_nothing_that_changes_it() -> None:
    player = begun()
    before = player.state
    sitting.as_of(before, 10 * MINUTE)
    assert player.state == before
    assert player.state.phase is DayPhase.BREAK

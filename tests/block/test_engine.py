"""The engine holds its invariants, and the test that says so finds planted bugs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block import model
from qbank.block.machine import decide, evolve, tick
from qbank.block.model import CloseReason, GapKind
from qbank.block.state import BlockState, Cell
from tests.block.engine import Engine, EngineMachine

QUIET = settings(
    deadline=None,
    derandomize=True,
    database=None,
    stateful_step_count=50,
    suppress_health_check=list(HealthCheck),
)
# A bug needs only to be found, not to be made small.
HUNT = settings(QUIET, max_examples=300, phases=[Phase.generate], report_multiple_bugs=False)


def machine_with(engine: Engine) -> type[EngineMachine]:
    return type("Machine", (EngineMachine,), {"engine": engine, "seen": Counter()})


def test_the_engine_holds_its_invariants_and_blocks_reach_their_end() -> None:
    machine = machine_with(Engine())
    run_state_machine_as_test(machine, settings=settings(QUIET, max_examples=150))
    seen = machine.seen
    for verdict in ("Answer done", "Reveal done", "Pause done", "Resume done", "Submit done"):
        assert seen[verdict] >= 10, verdict
    for verdict in ("Answer closed", "Answer refused", "NoteGap closed", "Submit refused"):
        assert seen[verdict] >= 5, verdict
    assert seen["expired"] >= 50


@pytest.mark.proof
def test_the_engine_holds_its_invariants_for_long() -> None:
    free = settings(QUIET, derandomize=False, max_examples=2_000, stateful_step_count=60)
    run_state_machine_as_test(machine_with(Engine()), settings=free)


def endless(state: BlockState) -> BlockState:
    return replace(state, spec=replace(state.spec, limit_ms=None))


def cell_changed(state: BlockState, change: Callable[[Cell], Cell]) -> BlockState:
    assert state.shown is not None
    at = state.shown - 1
    return replace(
        state, cells=(*state.cells[:at], change(state.cells[at]), *state.cells[at + 1 :])
    )


def late_answer_accepted(state: BlockState, command: c.Command, at_ms: int) -> tuple[e.Event, ...]:
    return decide(endless(state) if isinstance(command, c.Answer) else state, command, at_ms)


def answer_at_the_limit_accepted(
    state: BlockState, command: c.Command, at_ms: int
) -> tuple[e.Event, ...]:
    return decide(endless(state) if at_ms == state.deadline_ms else state, command, at_ms)


def expires_when_noticed(state: BlockState, at_ms: int) -> tuple[e.Event, ...]:
    return (e.Closed(at_ms, CloseReason.EXPIRED),) if tick(state, at_ms) else ()


def expires_a_millisecond_late(state: BlockState, at_ms: int) -> tuple[e.Event, ...]:
    return tick(state, at_ms - 1)


def gaps(charged: Callable[[BlockState, e.GapNoted], bool]) -> Engine:
    def mutant(state: BlockState, command: c.Command, at_ms: int) -> tuple[e.Event, ...]:
        return tuple(
            replace(event, charged=charged(state, event))
            if isinstance(event, e.GapNoted)
            else event
            for event in decide(state, command, at_ms)
        )

    return Engine(decide=mutant)


def free_in_practice(state: BlockState) -> bool:
    return state.spec.gaps is model.GapPolicy.FREE and state.ticking


def pause_counts_as_used(state: BlockState, event: e.Event) -> BlockState:
    running = model.Phase.RUNNING
    return evolve(replace(state, phase=running) if isinstance(event, e.Resumed) else state, event)


def gap_in_a_pause_counts_twice(state: BlockState, event: e.Event) -> BlockState:
    after = evolve(state, event)
    if isinstance(event, e.GapNoted) and state.phase is model.Phase.PAUSED:
        return replace(after, paused_ms=after.paused_ms + event.ms)
    return after


def reading_counts_as_clock(state: BlockState, event: e.Event) -> BlockState:
    if state.phase is model.Phase.RUNNING and state.reading:
        open_again = cell_changed(state, lambda cell: replace(cell, revealed=False))
        shown = state.shown
        after = replace(evolve(open_again, event), shown=shown)
        locked = cell_changed(after, lambda cell: replace(cell, revealed=True))
        return replace(locked, shown=evolve(state, event).shown)
    return evolve(state, event)


def strike_clears_the_response(state: BlockState, event: e.Event) -> BlockState:
    after = evolve(state, event)
    if isinstance(event, e.Struck) and (event.option,) == state.response(event.position):
        return cell_changed(after, lambda cell: replace(cell, response=()))
    return after


def second_visit_overwrites_the_first(state: BlockState, event: e.Event) -> BlockState:
    after = evolve(state, event)
    if isinstance(event, e.Shown):
        return cell_changed(after, lambda cell: replace(cell, first_visit_ms=0, visits=1))
    return after


def revisit_moves_the_first_look(state: BlockState, event: e.Event) -> BlockState:
    after = evolve(state, event)
    if isinstance(event, e.Shown):
        return cell_changed(after, lambda cell: replace(cell, first_shown_at_ms=event.at_ms))
    return after


def clearing_counts_as_a_change(state: BlockState, event: e.Event) -> BlockState:
    after = evolve(state, event)
    if isinstance(event, e.Cleared):
        return cell_changed(after, lambda cell: replace(cell, changes=cell.changes + 1))
    return after


def a_crash_leaves_no_mark(state: BlockState, event: e.Event) -> BlockState:
    after = evolve(state, event)
    crash = isinstance(event, e.GapNoted) and event.kind is GapKind.CRASH
    return replace(after, interrupted=state.interrupted) if crash else after


def hidden_time_is_not_away(state: BlockState, event: e.Event) -> BlockState:
    return replace(
        evolve(replace(state, blurred=False), event), blurred=isinstance(event, e.Blurred)
    )


def closed_accepts_an_answer(
    state: BlockState, command: c.Command, at_ms: int
) -> tuple[e.Event, ...]:
    if state.phase is model.Phase.CLOSED and isinstance(command, c.Answer):
        return (e.Answered(at_ms, command.position, command.options),)
    return decide(state, command, at_ms)


def closed_closes_again(state: BlockState, command: c.Command, at_ms: int) -> tuple[e.Event, ...]:
    if state.phase is model.Phase.CLOSED and isinstance(command, c.Submit):
        return (e.Closed(at_ms, CloseReason.SUBMITTED),)
    return decide(state, command, at_ms)


def a_reveal_does_not_lock(
    state: BlockState, command: c.Command, at_ms: int
) -> tuple[e.Event, ...]:
    if isinstance(command, c.Clear) and state.phase is model.Phase.RUNNING and state.reading:
        return (e.Cleared(at_ms, command.position),)
    return decide(state, command, at_ms)


def answers_off_screen(state: BlockState, command: c.Command, at_ms: int) -> tuple[e.Event, ...]:
    if isinstance(command, c.Answer) and command.position in state.spec.positions:
        return decide(replace(state, shown=command.position), command, at_ms)
    return decide(state, command, at_ms)


PLANTED: dict[str, Engine] = {
    "a late answer is accepted": Engine(decide=late_answer_accepted),
    "an answer at the limit is accepted": Engine(decide=answer_at_the_limit_accepted),
    "a block expires when somebody looks": Engine(tick=expires_when_noticed),
    "a block expires a millisecond late": Engine(tick=expires_a_millisecond_late),
    "a gap is charged in practice": gaps(lambda s, event: event.charged or free_in_practice(s)),
    "sleep is free on an exam day": gaps(lambda s, event: False),
    "a crash is charged": gaps(
        lambda s, event: event.charged or (event.kind is GapKind.CRASH and s.ticking)
    ),
    "a pause counts as used": Engine(evolve=pause_counts_as_used),
    "a gap in a pause counts twice": Engine(evolve=gap_in_a_pause_counts_twice),
    "reading counts as clock": Engine(evolve=reading_counts_as_clock),
    "a strike clears the response": Engine(evolve=strike_clears_the_response),
    "a second visit overwrites the first": Engine(evolve=second_visit_overwrites_the_first),
    "a second visit moves the first look": Engine(evolve=revisit_moves_the_first_look),
    "clearing counts as a change": Engine(evolve=clearing_counts_as_a_change),
    "a crash leaves no mark": Engine(evolve=a_crash_leaves_no_mark),
    "hidden time is not away": Engine(evolve=hidden_time_is_not_away),
    "a closed block accepts an answer": Engine(decide=closed_accepts_an_answer),
    "a closed block closes again": Engine(decide=closed_closes_again),
    "a reveal does not lock": Engine(decide=a_reveal_does_not_lock),
    "an answer off screen is accepted": Engine(decide=answers_off_screen),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(bug: str) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine_with(PLANTED[bug]), settings=HUNT)

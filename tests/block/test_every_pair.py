"""Every command in every phase: what is refused changes nothing, what is allowed has its event."""

from copy import deepcopy
from typing import get_args

import pytest

from qbank.block import commands as c
from qbank.block import events as e
from qbank.block.commands import Command
from qbank.block.machine import LEGAL, decide, initial, tick
from qbank.block.model import CloseReason, Confidence, GapKind, Mode, PausePolicy, Phase
from qbank.block.state import BlockState
from qbank.errors import IllegalCommand
from tests.block.play import block, play

AT = 5_000

STATES: dict[str, BlockState] = {
    "ready": initial(block(mode=Mode.TUTOR)),
    "running": play(block(mode=Mode.TUTOR), [(1_000, c.Show(2)), (2_000, c.Blur())]).state,
    "paused": play(block(mode=Mode.TUTOR), [(1_000, c.Blur()), (2_000, c.Pause())]).state,
    "closed": play(block(mode=Mode.TUTOR), [(2_000, c.Submit())]).state,
    "revealed": play(
        block(mode=Mode.TUTOR),
        [(500, c.Answer(1, ("a",))), (1_000, c.Flag(1)), (2_000, c.Reveal(1))],
    ).state,
}

ONE_OF_EACH: dict[type[Command], Command] = {
    c.Start: c.Start(),
    c.Show: c.Show(3),
    c.Answer: c.Answer(2, ("b",)),
    c.Clear: c.Clear(2),
    c.Strike: c.Strike(2, "c"),
    c.Unstrike: c.Unstrike(2, "c"),
    c.Flag: c.Flag(2),
    c.Unflag: c.Unflag(2),
    c.SetConfidence: c.SetConfidence(2, Confidence.SURE),
    c.Highlight: c.Highlight(2, ((0, 4), (6, 9))),
    c.Reveal: c.Reveal(2),
    c.Pause: c.Pause(),
    c.Resume: c.Resume(),
    c.Blur: c.Blur(),
    c.Focus: c.Focus(),
    c.NoteGap: c.NoteGap(1_000, GapKind.CRASH),
    c.Submit: c.Submit(),
}

# What each phase makes of it: "x" is refused, "-" is allowed and changes nothing here,
# "+" leads to an event. Columns: ready, running, paused, closed.
TABLE: dict[type[Command], str] = {
    c.Start: "+xxx",
    c.Show: "x+xx",
    c.Answer: "x+xx",
    c.Clear: "x-xx",
    c.Strike: "x+xx",
    c.Unstrike: "x-xx",
    c.Flag: "x+xx",
    c.Unflag: "x-xx",
    c.SetConfidence: "x+xx",
    c.Highlight: "x+xx",
    c.Reveal: "x+xx",
    c.Pause: "x+xx",
    c.Resume: "xx+x",
    c.Blur: "x--x",
    c.Focus: "x++x",
    c.NoteGap: "x++x",
    c.Submit: "x++x",
}
PHASES = ("ready", "running", "paused", "closed")

# On a question whose answer is locked, with question 1 on screen, answered and flagged.
LOCKED: dict[Command, str] = {
    c.Answer(1, ("b",)): "x",
    c.Answer(1, ("a",)): "x",
    c.Clear(1): "x",
    c.Strike(1, "c"): "x",
    c.Unstrike(1, "c"): "x",
    c.SetConfidence(1, Confidence.SURE): "x",
    c.Flag(1): "-",
    c.Unflag(1): "+",
    c.Highlight(1, ((0, 4),)): "+",
    c.Reveal(1): "-",
    c.Show(1): "-",
    c.Show(2): "+",
    c.Pause(): "+",
    c.NoteGap(10, GapKind.SLEEP): "+",
    c.Submit(): "+",
}


def check(state: BlockState, command: Command, at_ms: int, wanted: str) -> None:
    before = deepcopy(state)
    if wanted == "x":
        with pytest.raises(IllegalCommand, match=type(command).__name__):
            decide(state, command, at_ms)
    else:
        assert bool(decide(state, command, at_ms)) is (wanted == "+")
    assert state == before


def test_the_table_names_every_command_and_phase() -> None:
    assert set(TABLE) == set(ONE_OF_EACH) == set(get_args(Command))
    assert set(LEGAL) == set(Phase)
    assert {name: STATES[name].phase for name in PHASES} == {p.value: p for p in Phase}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_every_pair(phase: str, kind: type[Command]) -> None:
    at_ms = 0 if phase == "ready" else AT
    check(STATES[phase], ONE_OF_EACH[kind], at_ms, TABLE[kind][PHASES.index(phase)])


@pytest.mark.parametrize("command", LOCKED, ids=repr)
def test_a_revealed_question_is_locked(command: Command) -> None:
    check(STATES["revealed"], command, AT, LOCKED[command])


@pytest.mark.parametrize(
    "command",
    [
        c.Show(0),
        c.Show(4),
        c.Show(-1),
        c.Answer(1, ("a",)),
        c.Answer(2, ()),
        c.Answer(2, ("d",)),
        c.Answer(2, ("a", "b")),
        c.Clear(3),
        c.Strike(2, "d"),
        c.Unstrike(2, "d"),
        c.Flag(1),
        c.Unflag(1),
        c.SetConfidence(1, Confidence.GUESS),
        c.Reveal(1),
        c.Highlight(2, ((4, 2),)),
        c.Highlight(2, ((2, 2),)),
        c.Highlight(2, ((0, 4), (4, 6))),
        c.Highlight(2, ((5, 9), (0, 4))),
        c.Highlight(2, ((-1, 4),)),
        c.NoteGap(-1, GapKind.SLEEP),
        c.NoteGap(AT, GapKind.CRASH),
    ],
    ids=repr,
)
def test_impossible_values_are_refused(command: Command) -> None:
    check(STATES["running"], command, AT, "x")


def test_a_command_before_the_last_event_is_refused() -> None:
    check(STATES["running"], c.Flag(2), 1_999, "x")
    check(STATES["running"], c.Flag(2), 2_000, "+")


def test_a_block_starts_at_zero() -> None:
    check(STATES["ready"], c.Start(), 1, "x")
    assert decide(STATES["ready"], c.Start(), 0) == (e.Started(0), e.Shown(0, 1))


def test_pause_needs_a_block_that_allows_it() -> None:
    check(play(block(pause=PausePolicy.FORBIDDEN)).state, c.Pause(), AT, "x")


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.TUTOR])
def test_reveal_needs_tutor_mode(mode: Mode) -> None:
    check(play(block(mode=mode)).state, c.Reveal(1), AT, "x")


def test_saying_it_twice_changes_nothing() -> None:
    state = play(
        block(several=True),
        [
            (1, c.Answer(1, ("b", "a"))),
            (2, c.Strike(1, "c")),
            (3, c.Flag(1)),
            (4, c.SetConfidence(1, Confidence.UNSURE)),
            (5, c.Highlight(1, ((1, 2),))),
            (6, c.Focus()),
        ],
    ).state
    assert state.response(1) == ("a", "b")
    for command in (
        c.Answer(1, ("a", "b")),
        c.Answer(1, ("b", "a", "b")),
        c.Strike(1, "c"),
        c.Flag(1),
        c.SetConfidence(1, Confidence.UNSURE),
        c.Highlight(1, ((1, 2),)),
        c.Focus(),
        c.Show(1),
    ):
        check(state, command, 7, "-")


def test_submitting_closes_at_once_even_while_paused() -> None:
    for name in ("running", "paused"):
        assert decide(STATES[name], c.Submit(), AT) == (
            e.Submitted(AT),
            e.Closed(AT, CloseReason.SUBMITTED),
        )


@pytest.mark.parametrize("name", ["ready", "paused", "revealed", "closed"])
def test_time_is_never_up_where_the_clock_stands(name: str) -> None:
    assert tick(STATES[name], 10**9) == ()

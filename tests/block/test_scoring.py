"""From a closed block to attempts."""

from typing import Any

import pytest

from qbank.block import commands as c
from qbank.block.model import Confidence, GapKind, Mode, Outcome
from qbank.block.scoring import score
from tests.block.oracles import oracle
from tests.block.play import Player, block, keys, play

Step = tuple[int, c.Command]


def test_the_worked_example_of_item_times() -> None:
    given, expected = oracle("A1_item_time")
    player = Player(block(limit_ms=None))
    names = {"q1": 1, "q2": 2, "q3": 3}
    for index, (at_ms, what, name) in enumerate(given["events"]):
        player.do(at_ms, c.Start() if index == 0 else asked(what, names.get(name, 0)))
    found = {
        a.question: {
            "clock": a.clock_ms,
            "active": a.active_ms,
            "away": a.away_ms,
            "visits": a.visits,
            "first_visit": a.first_visit_ms,
        }
        for a in score(player.state, keys(player.state.spec))
    }
    assert found == expected["items"]
    assert player.state.used_ms(10**9) == expected["block_clock"]


def asked(what: str, position: int) -> c.Command:
    commands: dict[str, Any] = {
        "enter": c.Show(position),
        "answer": c.Answer(position, ("b" if position == 2 else "a",)),
        "hidden": c.Blur(),
        "visible": c.Focus(),
        "pause": c.Pause(),
        "resume": c.Resume(),
        "submit": c.Submit(),
    }
    command: c.Command = commands[what]
    return command


def changes(steps: list[tuple[str, ...]]) -> tuple[int, tuple[str, ...], tuple[str, ...], Outcome]:
    """An empty step takes the answer back."""
    commands = [c.Answer(1, step) if step else c.Clear(1) for step in steps]
    player = play(block(several=True), [(n, command) for n, command in enumerate(commands, 1)])
    player.do(99, c.Submit())
    attempt = score(player.state, keys(player.state.spec))[0]
    return attempt.changes, attempt.first, attempt.final, attempt.outcome


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ([], (0, (), (), Outcome.OMITTED)),
        ([("a",)], (0, ("a",), ("a",), Outcome.CORRECT)),
        ([("b",), ("a",)], (1, ("b",), ("a",), Outcome.CORRECT)),
        ([("a",), ("b",)], (1, ("a",), ("b",), Outcome.INCORRECT)),
        ([("a",), ("b",), ("a",)], (2, ("a",), ("a",), Outcome.CORRECT)),
        ([("a",), (), ("a",)], (0, ("a",), ("a",), Outcome.CORRECT)),
        ([("a",), (), ("b",)], (1, ("a",), ("b",), Outcome.INCORRECT)),
        ([("a",), ()], (0, ("a",), (), Outcome.OMITTED)),
        ([("a",), ("b",), (), ("b",)], (1, ("a",), ("b",), Outcome.INCORRECT)),
        ([("a",), ("a", "b")], (1, ("a",), ("a", "b"), Outcome.INCORRECT)),
    ],
)
def test_changes(
    steps: list[tuple[str, ...]], wanted: tuple[int, tuple[str, ...], tuple[str, ...], Outcome]
) -> None:
    assert changes(steps) == wanted


@pytest.mark.parametrize(
    ("final", "outcome"),
    [
        (("a", "c"), Outcome.CORRECT),
        (("c", "a"), Outcome.CORRECT),
        (("a",), Outcome.INCORRECT),
        (("a", "b", "c"), Outcome.INCORRECT),
        (("b",), Outcome.INCORRECT),
    ],
)
def test_several_keys_are_all_or_nothing(final: tuple[str, ...], outcome: Outcome) -> None:
    player = play(block(1, several=True), [(1, c.Answer(1, final)), (2, c.Submit())])
    attempt = score(player.state, keys(player.state.spec, ("c", "a")))[0]
    assert (attempt.outcome, attempt.key) == (outcome, ("a", "c"))


def test_everything_an_attempt_says() -> None:
    steps: list[Step] = [
        (10, c.Show(2)),
        (30, c.Answer(2, ("b",))),
        (35, c.SetConfidence(2, Confidence.UNSURE)),
        (40, c.Flag(2)),
        (50, c.Reveal(2)),
        (80, c.Show(1)),
        (90, c.Submit()),
    ]
    player = play(block(3, mode=Mode.TUTOR), steps)
    first, second, third = score(player.state, keys(player.state.spec))
    assert (first.clock_ms, first.first_visit_ms, first.visits) == (20, 10, 2)
    assert (first.active_ms, first.away_ms) == (None, None)
    assert (second.clock_ms, second.reading_ms, second.flagged) == (40, 30, True)
    assert second.confidence is Confidence.UNSURE
    assert (second.first_shown_at_ms, second.first_answered_at_ms) == (10, 30)
    assert (third.outcome, third.visits) == (Outcome.UNREACHED, 0)
    assert (third.first_shown_at_ms, third.first_answered_at_ms) == (None, None)


def test_away_is_known_once_the_terminal_tells_anything() -> None:
    player = play(block(1), [(10, c.Focus()), (60, c.Submit())])
    attempt = score(player.state, keys(player.state.spec))[0]
    assert (attempt.active_ms, attempt.away_ms) == (60, 0)


@pytest.mark.parametrize(
    ("kind", "away_ms"), [(GapKind.SLEEP, 50), (GapKind.CRASH, 20), (GapKind.LEFT, 20)]
)
def test_a_program_started_anew_is_in_front(kind: GapKind, away_ms: int) -> None:
    steps: list[Step] = [(10, c.Blur()), (130, c.NoteGap(100, kind)), (160, c.Submit())]
    player = play(block(1), steps)
    assert score(player.state, keys(player.state.spec))[0].away_ms == away_ms


def test_only_a_closed_block_is_scored() -> None:
    state = play(block()).state
    with pytest.raises(ValueError, match="closed"):
        score(state, keys(state.spec))


def test_a_question_without_a_key_is_an_error() -> None:
    state = play(block(), [(1, c.Submit())]).state
    with pytest.raises(KeyError):
        score(state, {})

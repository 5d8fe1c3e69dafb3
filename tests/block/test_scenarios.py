"""Blocks a teacher can read, step by step: tests/support/scenarios."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.block import commands as c
from qbank.block.machine import initial, replay, tick
from qbank.block.model import (
    BlockSpec,
    Confidence,
    GapKind,
    GapPolicy,
    Mode,
    PausePolicy,
    Phase,
    Slot,
)
from qbank.block.scoring import Attempt, score
from qbank.block.state import BlockState
from qbank.errors import IllegalCommand
from tests.block.play import Player

FOLDER = Path(__file__).parents[1] / "support" / "scenarios"
Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


BLOCKS = {row["scenario"]: row for row in table("blocks")}


def ms(clock: str) -> int:
    minutes, seconds = clock.split(":")
    return (int(minutes) * 60 + int(seconds)) * 1_000


def clock(ms: int | None) -> str:
    return "" if ms is None else f"{ms // 60_000}:{ms // 1_000 % 60:02}"


def yes(fact: bool) -> str:
    return "yes" if fact else "no"


def choice(text: str) -> tuple[str, ...]:
    return tuple(text.split("+")) if text else ()


def spec_of(row: Row) -> BlockSpec:
    several = "+" in row["keys"]
    extra = int(row["extra"])
    return BlockSpec(
        block_id=row["scenario"],
        mode=Mode(row["mode"]),
        slots=tuple(
            Slot(f"q{n}", tuple(row["options"]), several)
            for n in range(1, int(row["questions"]) + 1)
        ),
        limit_ms=ms(row["limit"]) * extra // 100 if row["limit"] else None,
        time_factor=extra,
        pause=PausePolicy(row["pause"]),
        gaps=GapPolicy(row["asleep"]),
    )


STEPS: dict[str, Callable[[int, str], c.Command]] = {
    "begin": lambda q, d: c.Start(),
    "pause": lambda q, d: c.Pause(),
    "resume": lambda q, d: c.Resume(),
    "submit": lambda q, d: c.Submit(),
    "hide": lambda q, d: c.Blur(),
    "return": lambda q, d: c.Focus(),
    "show": lambda q, d: c.Show(q),
    "clear": lambda q, d: c.Clear(q),
    "flag": lambda q, d: c.Flag(q),
    "unflag": lambda q, d: c.Unflag(q),
    "reveal": lambda q, d: c.Reveal(q),
    "answer": lambda q, d: c.Answer(q, choice(d)),
    "strike": c.Strike,
    "unstrike": c.Unstrike,
    "sure": lambda q, d: c.SetConfidence(q, Confidence.SURE),
    "unsure": lambda q, d: c.SetConfidence(q, Confidence.UNSURE),
    "guess": lambda q, d: c.SetConfidence(q, Confidence.GUESS),
    "sleep": lambda q, d: c.NoteGap(ms(d), GapKind.SLEEP),
    "crash": lambda q, d: c.NoteGap(ms(d), GapKind.CRASH),
    "reboot": lambda q, d: c.NoteGap(ms(d), GapKind.REBOOT),
    "leave": lambda q, d: c.NoteGap(ms(d), GapKind.LEFT),
}


def look(player: Player, at_ms: int) -> str:
    if closed := tick(player.state, at_ms):
        player.apply(closed)
        return "time up"
    return ""


def take(player: Player, step: Row) -> str:
    """Carry a step out; says what became of it in the words of the `then` column."""
    at_ms = ms(step["at"])
    if step["do"] == "look":
        return look(player, at_ms)
    command = STEPS[step["do"]](int(step["question"] or 0), step["detail"])
    was_over = player.state.phase is Phase.CLOSED
    try:
        events = player.do(at_ms, command)
    except IllegalCommand:
        return "refused"
    expired = player.state.phase is Phase.CLOSED and not was_over
    if expired and not isinstance(command, c.Submit):
        return "time up"
    return "" if events else "same"


def end_of(state: BlockState) -> Row:
    assert state.close_reason is not None
    closed_at = state.closed_at_ms
    return {
        "closed": state.close_reason.value,
        "at": clock(closed_at),
        "used": clock(state.clock_ms),
        "paused": clock(state.paused_ms),
        "left": clock(state.remaining_ms(state.at_ms)),
        "interrupted": yes(state.interrupted),
    }


def line_of(attempt: Attempt) -> Row:
    return {
        "question": str(attempt.position),
        "outcome": attempt.outcome.value,
        "first": "+".join(attempt.first),
        "final": "+".join(attempt.final),
        "changes": str(attempt.changes),
        "time": clock(attempt.clock_ms),
        "away": clock(attempt.away_ms),
        "reading": clock(attempt.reading_ms),
        "first visit": clock(attempt.first_visit_ms),
        "visits": str(attempt.visits),
        "flagged": yes(attempt.flagged),
    }


@pytest.mark.parametrize("name", BLOCKS)
def test_scenario(name: str) -> None:
    row = BLOCKS[name]
    spec = spec_of(row)
    player = Player(spec)
    assert player.state == initial(spec)
    for step in table(name):
        before = player.state
        became = take(player, step)
        assert became == step["then"], step
        assert became not in {"refused", "same"} or player.state == before
    state = player.state
    keys = {f"q{n}": frozenset(choice(key)) for n, key in enumerate(row["keys"].split(), start=1)}
    assert end_of(state).items() <= row.items()
    assert [line_of(attempt) for attempt in score(state, keys)] == table(f"{name}_expected")
    assert replay(spec, player.log) == state


def test_every_table_belongs_to_a_scenario() -> None:
    tables = {path.stem for path in FOLDER.glob("*.csv")}
    assert tables == {"blocks", *BLOCKS, *(f"{name}_expected" for name in BLOCKS)}

"""A whole exam day as lines of text: sixteen blocks, breaks, a locked door behind each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qbank.block.commands import Submit
from qbank.block.sitting_model import DayEnd, DayPhase
from qbank.bootstrap import open_app
from qbank.cli import line_words
from qbank.cli.line_day import LineDay
from qbank.cli.line_mode import End
from qbank.cli.line_words import day_came_to
from qbank.cli.voice import Voice
from qbank.clock import ManualClock
from qbank.reporting import exam_day_words
from qbank.services.notes import NoteService
from qbank.services.sitting import SittingService
from qbank.services.sitting_runner import SittingRunner
from qbank.services.views import SittingRequest
from tests.cli.conftest import Qbank
from tests.cli.test_line_mode import Line, Script
from tests.support.desk import Desk, desk_in
from tests.tui.support import settings_for

WHOLE = SittingRequest(seed=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Enough questions for a whole day; the right answer is always the second option."""
    with desk_in(tmp_path, 320) as made:
        yield made


def days(desk: Desk) -> SittingService:
    """The exam days of this desk's person."""
    return SittingService(desk.store, desk.clock, desk.small.learner.id, (desk.build, desk.blocks))


def taken(
    desk: Desk, day: SittingRunner, lines: list[Line], *, typed: bool = False
) -> tuple[list[str], End]:
    """Take a day by lines: the transcript, how it ended."""
    said: list[str] = []
    notes = NoteService(desk.store, desk.clock, desk.small.learner.id)
    end = LineDay(day, Script(lines, typed=typed), Voice(said.append), notes).take()
    day.close()
    return said, end


def test_a_whole_day_from_the_tutorial_to_the_last_block(desk: Desk) -> None:
    def minutes(number: float) -> Callable[[], None]:
        return lambda: desk.clock.advance(round(number * 60_000))

    service = days(desk)
    day = service.begin(WHOLE)
    lines: list[Line] = [minutes(2)]
    sizes = day.spec.sizes
    for number, size in enumerate(sizes, start=1):
        lines += ["begin"]
        for position in range(1, size + 1):
            lines += [minutes(1.25), "b" if position % 4 else "a"]
        # Every fourth block runs out of time over its last question; the others are handed in.
        lines += [minutes(28.5 - 1.25 * size), minutes(7)] if number % 4 == 0 else ["end"]
        lines += [minutes(4)] if number in (2, 6, 10, 14) else []
        lines += [minutes(20)] if number == 8 else []
    said, end = taken(desk, day, lines)
    report = service.report(day.id)
    assert end is End.CLOSED
    assert report.reason is DayEnd.FINISHED
    assert (len(sizes), sum(sizes)) == (16, 316)
    assert (report.answered, report.questions) == (316, 316)
    assert report.correct == sum(size - size // 4 for size in sizes)
    starts = [line for line in said if line.startswith("Block ") and "questions," in line]
    assert [line.split(":")[0] for line in starts] == [
        exam_day_words.block_of(number, 16) for number in range(1, 17)
    ]
    assert said.count("> begin") == 16
    assert sum("2:00 left ·" in line for line in said) == 4, "the one warning of an exam day"
    assert not any("5:00 left ·" in line for line in said)
    assert not any("even pace" in line for line in said)
    used = [block.used_ms for block in report.blocks]
    assert used[3] == 30 * 60_000, "time ran out"
    assert used[0] == 25 * 60_000
    assert day_came_to(report)[-3].startswith("238 of 316 right")


def test_a_break_beyond_the_pool_shortens_the_next_block(desk: Desk) -> None:
    service = days(desk)
    day = service.begin(SittingRequest(seed=1, compress=10))

    def rest() -> None:
        desk.clock.advance(10 * 60_000)

    said, _ = taken(desk, day, ["begin", "b", "b", "end", rest, "clock", "begin", "clock"])
    assert exam_day_words.USED_UP in said
    first = next(
        line for line in said if line.startswith("Question 1 of 2.") and "3:00" not in line
    )
    assert first < "Question 1 of 2. 3:00 left."


def test_who_leaves_goes_on_where_the_clock_stands_then(desk: Desk) -> None:
    service = days(desk)
    day = service.begin(SittingRequest(seed=1, compress=10))
    said, end = taken(desk, day, ["begin", "b", "leave"], typed=True)
    assert end is End.LEFT
    assert said[-1] == exam_day_words.LEAVING_BLOCK
    desk.clock.advance(60_000)
    again = service.open(day.id)
    said, end = taken(desk, again, ["clock", "b", "end", "leave"], typed=True)
    assert "2:00 left of 3:00" in "\n".join(said)
    assert end is End.LEFT
    third = service.open(day.id)
    assert third.state.phase is DayPhase.BREAK
    said, end = taken(desk, third, ["what", "end day"], typed=True)
    assert line_words.BETWEEN_HELP in said
    assert end is End.CLOSED
    assert service.report(day.id).reason is DayEnd.ENDED


def test_the_end_of_a_pipe_ends_the_day(desk: Desk) -> None:
    service = days(desk)
    day = service.begin(SittingRequest(seed=1, compress=10))
    _, end = taken(desk, day, ["begin", "b"])
    assert end is End.CLOSED
    assert len(service.report(day.id).taken) == 1


def test_the_command_takes_a_day_and_says_what_came_of_it(
    qbank: Qbank, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[Line] = [*["begin", "a", "b", "end"] * 2]
    monkeypatch.setattr("qbank.cli.typed_lines.StandardInput", lambda: Script(lines))
    said = qbank("run", "--plain", "--mode", "exam_day", "--blocks", 2, "--compress", 10)
    assert said.code == 0
    assert said.out.rstrip().endswith(exam_day_words.NOT_A_SCORE)
    assert len(qbank("history", "--json").data) == 2


def test_a_copy_of_a_block_lets_the_day_go_too(desk: Desk, tmp_path: Path) -> None:
    service = days(desk)
    day = service.begin(SittingRequest(seed=1, compress=5, blocks=2))
    copy = tmp_path / "block.json"
    said, end = taken(desk, day, ["begin", "b", f"copy {copy}", "begin"])
    assert (end, copy.exists()) == (End.LEFT, True)
    assert said[-1] == "Copy saved. `qbank import` takes it back."
    (waiting,) = service.waiting()
    assert waiting.in_block


def test_a_locked_block_is_neither_shown_nor_discussed_before_the_day_is_over(
    qbank: Qbank, tmp_path: Path
) -> None:
    application = open_app(settings_for(tmp_path / "data"), clock=ManualClock())
    try:
        day = application.sittings.begin(SittingRequest(compress=10, blocks=2))
        day.start()
        day.end_tutorial()
        day.begin_block().do(Submit())
        day.end_block()
        day.close()
    finally:
        application.close()
    listed = qbank("history").out
    assert "opens when the day is over" in listed
    for command in ("show", "discuss"):
        said = qbank(command, 1)
        assert said.code != 0
        assert "opens when the day is over" in said.err

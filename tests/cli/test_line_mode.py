"""A block taken as lines of text, by a script and as a person types."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.block.model import Mode, Outcome, Phase
from qbank.bootstrap import open_app
from qbank.cli import line_words
from qbank.cli.line_mode import End, LineMode
from qbank.cli.main import run
from qbank.cli.typed_lines import read_lines
from qbank.cli.voice import Voice
from qbank.errors import NotSaved
from qbank.reporting import lab_words
from qbank.services.notes import NoteService
from qbank.services.runner import BlockRunner
from qbank.services.views import BlockRequest, SittingRequest
from qbank.settings import Settings
from tests.cli.conftest import Qbank
from tests.services.test_saving import broken_disk
from tests.support.desk import Desk, desk_in

Line = str | Callable[[], None] | None


class Script:
    """Lines in order. A function among them lets something happen; None is a second without one."""

    def __init__(self, lines: Iterable[Line], *, typed: bool = False) -> None:
        self.typed = typed
        self._lines = iter(lines)

    def next(self, wait_s: float) -> str | None:
        """The next line; EOFError after the last."""
        try:
            line = next(self._lines)
        except StopIteration:
            raise EOFError from None
        if callable(line):
            line()
            return None
        return line

    def forget(self) -> None:
        """Nothing waits in a script."""


def taken(
    desk: Desk, *lines: Line, typed: bool = False, **request: Any
) -> tuple[BlockRunner, list[str], End]:
    """A block of three taken by these lines: the runner, the transcript, how it ended."""
    wanted = desk.build.create(request_of(**request))
    return go_on(desk, desk.blocks.open(wanted), *lines, typed=typed)


def request_of(**request: Any) -> BlockRequest:
    """A request for three questions in the order of the pack."""
    return BlockRequest(**{"count": 3, "order": "pack", "minutes": 10.0, **request})


def go_on(
    desk: Desk, runner: BlockRunner, *lines: Line, typed: bool = False
) -> tuple[BlockRunner, list[str], End]:
    """Take an opened block by these lines."""
    said: list[str] = []
    notes = NoteService(desk.store, desk.clock, desk.small.learner.id)
    end = LineMode(runner, Script(lines, typed=typed), Voice(said.append), notes).take()
    runner.close()
    return runner, said, end


def test_a_script_takes_a_block_and_its_transcript_can_be_read(desk: Desk) -> None:
    def wait() -> None:
        desk.clock.advance(30_000)

    runner, said, end = taken(desk, wait, "b", wait, "A", "clock", wait, "b", "end", minutes=10)
    assert end is End.CLOSED
    text = "\n".join(said)
    assert said[0].endswith("3 questions, 10:00, the clock runs. `help` lists the words.")
    assert "Question 1 of 3. 10:00 left.\nA 21-year-old woman" in text
    assert "A. Choice a of 1\nB. Choice b of 1" in text
    assert "> b\nB, saved.\n\nQuestion 2 of 3. 9:30 left." in text
    assert "> A\nA, saved.\n\nQuestion 3 of 3. 9:00 left." in text
    assert "> clock\n9:00 left of 10:00, this one 0:00, 2 answered." in text
    assert text.endswith(f"> b\nB, saved.\n{line_words.LAST_QUESTION}\n> end")
    outcomes = [a.outcome for a in desk.review.report(runner.spec.block_id).attempts]
    assert outcomes == [Outcome.CORRECT, Outcome.INCORRECT, Outcome.CORRECT]


def test_every_word_does_what_the_help_says(desk: Desk) -> None:
    runner, said, _ = taken(
        desk, "strike d", "strike e", "STRIKE D", "flag", "sure", "mark finding 1",
        "note ask about this", "note", "b", "back", "clear", "next", "flag", "flag", "go 3",
        "review", "review flagged", "pause", "clock", "resume", "again", "leave",
    )  # fmt: skip
    first, second = runner.state.cell(1), runner.state.cell(2)
    assert first.struck == {"e"}
    assert first.flagged
    assert not second.flagged
    assert first.confidence == "sure"
    stem = runner.texts[0].stem
    assert [stem[a:b] for a, b in first.highlights] == ["finding 1"]
    assert first.response == ()
    assert "ask about this" in said
    assert "1 open, flagged; 2 open; 3 open." in said
    assert "1 open, flagged." in said
    assert runner.state.phase is Phase.PAUSED
    assert said[-1] == line_words.LEFT


def test_help_names_every_word(desk: Desk) -> None:
    _, said, _ = taken(desk, "help")
    told = {word.split()[0] for line in line_words.HELP for word in line.split(", ")} - {"A"}
    assert told >= {"next", "back", "go", "strike", "clock", "end", "leave", "guess"}
    for word in told - {"leave", "end", "retry", "copy"}:
        _, said, _ = taken(desk, word)
        assert line_words.NOT_KNOWN not in said, word


@pytest.mark.parametrize("typed", [False, True])
def test_the_end_of_input_submits_a_pipe_and_leaves_a_persons_block_open(
    desk: Desk, typed: bool
) -> None:
    runner, _, end = taken(desk, "b", typed=typed)
    assert end is (End.LEFT if typed else End.CLOSED)
    waiting = desk.blocks.resumable()
    assert [each.answered for each in waiting] == ([1] if typed else [])
    if typed:
        again, said, end = go_on(desk, desk.blocks.open(runner.spec.block_id), "b", "b", "end")
        assert said[1].startswith("Question 2 of 3.")
        assert end is End.CLOSED
        assert [each.final for each in desk.review.report(again.spec.block_id).attempts] == [
            ("b",)
        ] * 3


def test_a_person_is_asked_once_more_while_something_is_open(desk: Desk) -> None:
    runner, said, _ = taken(desk, "end", "clock", "end", "end", typed=True)
    asked = [line for line in said if line.endswith(line_words.END_AGAIN)]
    assert len(asked) == 2, "another word takes the question back"
    assert runner.state.phase is Phase.CLOSED


def test_an_end_that_is_not_saved_can_be_saved_after_all(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "block.json"
    with broken_disk(desk, OSError("the disk is full")) as mend:
        _, said, end = taken(desk, "end", "b", "retry", mend, "retry")
        assert end is End.CLOSED
        assert said[-3:] == [
            f"Not saved yet. {line_words.SAVE_HINT}",
            "> retry",
            "Saved.",
        ]
    with broken_disk(desk, OSError("the disk is full")):
        _, said, end = taken(desk, "end", f"copy {copy}")
        assert (end, copy.exists()) == (End.LEFT, True)
        assert f"not saved yet: keep this window open. {line_words.SAVE_HINT}" in "".join(said)
    with broken_disk(desk, OSError("the disk is full")), pytest.raises(NotSaved):
        taken(desk, "end")


def test_time_is_said_at_the_warnings_and_ends_the_block(desk: Desk) -> None:
    def minutes(number: int) -> Callable[[], None]:
        return lambda: desk.clock.advance(number * 60_000)

    runner, said, end = taken(desk, "b", minutes(5), None, minutes(3), None, minutes(2), "b", "b")
    assert [line for line in said if "left ·" in line] == [
        "5:00 left · 2 open.",
        "2:00 left · 2 open: a letter on each.",
    ]
    assert said[-1] == (
        "Time. 1 answer is saved. 1 question was not reached. 1 question was left blank."
    )
    assert end is End.CLOSED
    assert runner.state.answered == 1


def test_tutor_mode_reads_the_reasons_and_locks_the_answer(desk: Desk) -> None:
    runner, said, _ = taken(desk, "a", "b", "next", "b", "next", mode=Mode.TUTOR)
    assert "Not right: B. You: A." in said
    assert "Because of 1." in said
    assert line_words.ANSWER_LOCKED in said
    assert "Right: B. You: B." in said
    assert runner.state.response(1) == ("a",)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("f", "There is no option F here."),
        ("ab", line_words.ONE_ONLY),
        ("hello", line_words.NOT_KNOWN),
        ("go 9", "`go` takes a number from 1 to 3."),
        ("go", "`go` takes a number from 1 to 3."),
        ("strike", "There is no option without a letter here."),
        ("back", line_words.FIRST_QUESTION),
        ("mark", "The question does not say ''."),
        ("note", line_words.NO_NOTE),
        (f"note {'x' * 10_001}", "A note has up to 10,000 characters."),
        ("copy ~nobody-here/block.json", "There is no folder '~nobody-here'."),
    ],
)
def test_what_cannot_be_done_is_said(desk: Desk, line: str, answer: str) -> None:
    _, said, _ = taken(desk, line)
    assert said[-1] == answer


WORDS = [*"abcde", "next", "back", "go 2", "strike a", "flag", "sure", "clear", "pause", "resume"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=25))
def test_no_line_can_break_a_block(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    with desk_in(tmp_path_factory.mktemp("lines")) as desk:
        runner, _, end = taken(desk, *lines, typed=True)
        if end is End.LEFT:
            again = desk.blocks.open(runner.spec.block_id)
            assert [cell.response for cell in again.state.cells] == [
                cell.response for cell in runner.state.cells
            ]
            again.close()


def test_lines_come_whole_whatever_the_pieces() -> None:
    source, sink = os.pipe()
    for piece in (b"b\r\nfl", b"ag\n\xc3", b"\xa9\n\xff", b"\nlast"):
        os.write(sink, piece)
    os.close(sink)
    assert list(read_lines(source)) == ["b", "flag", "é", "\N{REPLACEMENT CHARACTER}", "last"]
    os.close(source)


def _run(data_dir: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "qbank", "--data-dir", str(data_dir), "run", "--plain", *more]


def test_a_pipe_takes_a_whole_block(qbank: Qbank, data_dir: Path) -> None:
    done = subprocess.run(
        _run(data_dir, "--count", "4", "--seed", "1", "--task", "next_step"),
        input="a\nb\nc\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "Question 4 of 4." in done.stdout
    assert "\x1b" not in done.stdout
    (block,) = qbank("history", "--json").data
    assert (block["questions"], block["omitted"], block["unreached"]) == (4, 1, 0)
    assert done.stderr == ""


def test_a_terminal_leaves_the_block_open_at_the_end_of_input(data_dir: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        _run(data_dir, "--count", "3"), stdin=theirs, stdout=subprocess.PIPE, text=True
    ) as process:
        os.close(theirs)
        os.write(ours, b"a\n\x04")
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert out.rstrip().endswith(line_words.LEFT)
    resumed = subprocess.run(
        _run(data_dir, "--resume"), input="end\n", capture_output=True, text=True, check=True
    )
    assert resumed.stdout.lstrip().startswith("Question 2 of 3.")


def test_a_block_that_waits_is_told_of_and_chosen(qbank: Qbank, data_dir: Path) -> None:
    for name, lines in (("one", "a\nleave\n"), ("two", "a\nb\nleave\n")):
        subprocess.run(
            _run(data_dir, "--count", "3", "--name", name), input=lines, text=True, check=True,
            capture_output=True,
        )  # fmt: skip
    with open_app(Settings(data_dir=data_dir)) as application:
        ids = {each.name: each.id for each in application.blocks.resumable()}
    third = subprocess.run(
        _run(data_dir, "--count", "3"), input="end\n", text=True, check=True, capture_output=True
    )
    assert "one: Your block is here: question 2" in third.stderr
    assert f"`--resume {ids['one'][:8]}` goes on with it." in third.stderr
    chosen = subprocess.run(
        _run(data_dir, "--resume", ids["one"]), input="end\n", text=True, check=True,
        capture_output=True,
    )  # fmt: skip
    assert chosen.stdout.lstrip().startswith("Question 2 of 3.")
    assert qbank("run", "--plain", "--resume", ids["one"]).code == 2, "it does not wait any more"


def test_ctrl_c_leaves_the_block_open_and_says_how_to_go_on(data_dir: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        _run(data_dir, "--count", "3"), stdin=theirs, stdout=subprocess.PIPE, text=True
    ) as process:
        os.close(theirs)
        assert process.stdout is not None
        os.write(ours, b"b\n")
        assert any("B, saved." in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 130
    assert line_words.LEFT in rest


@pytest.mark.parametrize("mode", ["tutor", "untimed", "exam_day"])
def test_minutes_are_for_timed_blocks(qbank: Qbank, mode: str) -> None:
    refused = qbank("run", "--plain", "--mode", mode, "--minutes", 5)
    assert refused.code == 2
    assert "--minutes is for timed blocks" in refused.err


def test_without_plain_an_exam_day_opens_in_the_app(data_dir: Path) -> None:
    opened: list[object] = []

    def show(settings: Settings, first: object = None, *, images: bool = False) -> int:
        opened.append(first)
        return 0

    arguments = ["run", "--mode", "exam_day", "--blocks", "2", "--compress", "10"]
    assert run(["--data-dir", str(data_dir), *arguments], show) == 0
    assert opened == [SittingRequest(blocks=2, compress=10)]


def test_without_plain_the_app_opens_on_the_block(data_dir: Path) -> None:
    opened: list[str] = []

    def show(settings: Settings, first: object = None, *, images: bool = False) -> int:
        assert isinstance(first, str)
        opened.append(first)
        return 3

    assert run(["--data-dir", str(data_dir), "run", "--count", "2"], show) == 3
    assert len(opened[0]) == 36


def test_a_reference_range_is_looked_up(desk: Desk) -> None:
    _, said, _ = taken(desk, "labs sodium", "labs", "labs zzz", "end")
    assert "Sodium: 136–146 mEq/L (SI: 136–146 mmol/L)" in said
    assert lab_words.ASK in said
    assert lab_words.NONE_FOUND in said

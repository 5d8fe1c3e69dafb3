"""`run`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call
from qbank.errors import NotFound, UsageError

if TYPE_CHECKING:
    from qbank.block.model import Mode
    from qbank.bootstrap import Application
    from qbank.cli.context import First
    from qbank.cli.typed_lines import Lines
    from qbank.cli.voice import Voice
    from qbank.services.views import BlockReport, SittingRequest

_STOPPED = 130
_LATEST = "latest"
_MODES = ("timed", "tutor", "untimed", "exam_day")
_SEEN = {
    "unused": "unused",
    "not-right": "incorrect",
    "flagged": "flagged",
    "right": "correct",
}
"""How a person says what was done with a question, and how the request does."""


def _mode(_context: click.Context, _option: click.Parameter, value: str) -> Mode:
    from qbank.block.model import Mode

    return Mode(value)


def _seen(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> object:
    from qbank.services.views import Seen

    return tuple(Seen) if "any" in values else tuple(Seen(_SEEN[each]) for each in values)


def _percent(_context: click.Context, _option: click.Parameter, value: str) -> int:
    return round(float(value) * 100)


# Options bear the names of a BlockRequest's fields.
@click.command("run")
@click.option("--plain", is_flag=True, help="Plain lines on stdin and stdout, no screen.")
@click.option(
    "--resume",
    is_flag=False,
    flag_value=_LATEST,
    metavar="[BLOCK]",
    help="Go on with a block that waits: the latest, or one by its name or its id's beginning.",
)
@click.option(
    "--mode", type=click.Choice(_MODES), default="timed", show_default=True, callback=_mode
)
@click.option("--count", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--minutes", type=float, help="The time; by default the preset's pace.")
@click.option(
    "--extra-time",
    "time_factor",
    type=click.Choice(["1", "1.25", "1.5", "2"]),
    default="1",
    show_default=True,
    callback=_percent,
    help="So many times the time.",
)
@click.option("--preset", default="", metavar="ID", help="The exam whose pace holds.")
@click.option("--topic", "systems", multiple=True, metavar="SYSTEM", help="Only these systems.")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="Only these areas.")
@click.option("--task", "tasks", multiple=True, help="Only these tasks; also next_step.")
@click.option(
    "--next-step",
    "next_steps",
    multiple=True,
    metavar="KIND",
    help="Only next steps of a kind: diagnostic, therapeutic, procedural, preventive, ...",
)
@click.option("--pack", "packs", multiple=True, help="Only these packs, by id.")
@click.option("--search", default="", metavar="WORDS", help="Only questions with these words.")
@click.option(
    "--seen",
    type=click.Choice([*_SEEN, "any"]),
    multiple=True,
    default=["unused"],
    show_default=True,
    callback=_seen,
    help="What was done with the questions so far.",
)
@click.option("--fill", is_flag=True, help="Fill up with questions seen before.")
@click.option(
    "--in-order",
    "order",
    flag_value="pack",
    default="shuffled",
    help="In the order of the pack, not shuffled.",
)
@click.option(
    "--race",
    default="",
    metavar="RUN",
    help="What to race: best, last, median, even, or a block. By default what fits.",
)
@click.option("--retake", default="", metavar="BLOCK", help="The questions of a block again.")
@click.option("--blocks", type=click.IntRange(1), help="Exam day: how many of its blocks.")
@click.option(
    "--compress",
    type=click.IntRange(1, 100),
    default=100,
    help="Exam day: percent of the whole day, questions and times alike.",
)
@click.option("--name", default="", help="A name for the block.")
@click.option("--seed", type=int, help="The same seed draws the same questions.")
@pass_call
def run_command(call: Call, /, *, plain: bool, resume: str | None, **asked: Any) -> None:
    """Take a block.

    With --plain as lines of text: a letter answers and goes on, words are commands
    (`help` lists them). On a pipe the end of input hands the block in; where you type,
    it leaves the block open, and `--resume` goes on. Without --plain the app opens on
    the block.
    """
    _require_clock(asked)
    day = _day_asked(asked)
    first: First = day
    with call.application() as application:
        if asked["mode"] == "exam_day":
            application.sittings.preview(day)
            if plain:
                _take_day(application, day, resume=resume is not None)
        else:
            first = _waiting(application, resume) or _made(application, asked)
            if plain:
                _take(application, first)
    if not plain:
        click.get_current_context().exit(call.open_app(first))


def _require_clock(asked: dict[str, Any]) -> None:
    """Minutes, only where there is a clock. Raises UsageError."""
    if asked["minutes"] is not None and asked["mode"] != "timed":
        raise UsageError(
            "--minutes is for timed blocks",
            hint="A tutor block and one without a clock have none; an exam day has its own.",
        )


def _waiting(application: Application, resume: str | None) -> str:
    """The block to go on with; empty for a new one, after a word on those that wait.

    Raises NotFound where none, or more than one, is called so.
    """
    from qbank.reporting.words import waits

    waiting = application.blocks.resumable()
    if resume is None:
        for each in waiting:
            said = waits(each.position, each.remaining_ms, each.answered)
            output.tell(f"{each.name}: {said} `--resume {each.id[:8]}` goes on with it.")
        return ""
    if resume == _LATEST:
        return waiting[0].id if waiting else ""
    found = [each.id for each in waiting if each.id.startswith(resume) or each.name == resume]
    if len(found) != 1:
        raise NotFound("block that waits", resume, [each.name for each in waiting])
    return found[0]


def _made(application: Application, asked: dict[str, Any]) -> str:
    """A block as it was asked for; its id."""
    from qbank.services.views import BlockRequest

    if asked["retake"]:
        asked["retake"] = application.history.find(asked["retake"]).id
    return application.build.create(BlockRequest(**asked))


def _day_asked(asked: dict[str, Any]) -> SittingRequest:
    """The exam day in what was asked for; what only a day has is taken out."""
    from qbank.services.views import SittingRequest

    only = {"blocks": asked.pop("blocks"), "compress": asked.pop("compress")}
    both = {name: asked[name] for name in ("preset", "time_factor", "packs", "name", "seed")}
    return SittingRequest(**only, **both)


def _take_day(application: Application, asked: SittingRequest, *, resume: bool) -> None:
    """A whole exam day in line mode, and what came of it."""
    from qbank.cli.line_day import LineDay
    from qbank.cli.line_mode import End
    from qbank.cli.line_words import day_came_to

    days = application.sittings
    lines, voice = _front()
    waiting = [day for day in days.waiting() if day.begun] if resume else []
    if waiting:
        day = days.open(waiting[0].id)
    else:
        voice.lines(days.preview(asked).sentences)
        day = days.begin(asked)
    line_day = LineDay(day, lines, voice, application.notes)
    try:
        end = line_day.take()
    except KeyboardInterrupt:
        line_day.leave()
        raise SystemExit(_STOPPED) from None
    day.close()
    if end is End.CLOSED:
        voice.say("")
        voice.lines(day_came_to(days.report(day.id)))


def _front() -> tuple[Lines, Voice]:
    """Standard input and output as line mode has them."""
    from qbank.cli.typed_lines import StandardInput
    from qbank.cli.voice import Voice

    width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else None
    return StandardInput(), Voice(output.emit, width)


def _take(application: Application, block_id: str) -> None:
    """One block in line mode, and what it came to."""
    from qbank.cli.line_mode import End, LineMode

    runner = application.blocks.open(block_id)
    lines, voice = _front()
    mode = LineMode(runner, lines, voice, application.notes)
    try:
        end = mode.take()
    except KeyboardInterrupt:
        mode.leave()
        raise SystemExit(_STOPPED) from None
    runner.close()
    if end is End.CLOSED:
        _print(application.review.report(block_id), voice)


def _print(report: BlockReport, voice: Voice) -> None:
    """What a block came to, in sentences."""
    from qbank.cli.line_words import came_to

    voice.say("")
    voice.lines(came_to(report))
    voice.say(f"`qbank show {report.summary.number}` lists the questions.")

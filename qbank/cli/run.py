"""`run`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call

if TYPE_CHECKING:
    from qbank.block.model import Mode
    from qbank.bootstrap import Application
    from qbank.services.views import BlockReport

_MODES = ("timed", "tutor", "untimed")
_SEEN = ("unused", "incorrect", "flagged", "correct", "any")


def _mode(_context: click.Context, _option: click.Parameter, value: str) -> Mode:
    from qbank.block.model import Mode

    return Mode(value)


def _seen(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> object:
    from qbank.services.views import Seen

    return tuple(Seen) if "any" in values else tuple(map(Seen, values))


def _percent(_context: click.Context, _option: click.Parameter, value: str) -> int:
    return round(float(value) * 100)


# Options bear the names of a BlockRequest's fields.
@click.command("run")
@click.option("--plain", is_flag=True, help="Plain lines on stdin and stdout, no screen.")
@click.option("--resume", is_flag=True, help="Go on with the block that waits, if there is one.")
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
@click.option("--task", "tasks", multiple=True, help="Only these tasks; also next_step.")
@click.option("--pack", "packs", multiple=True, help="Only these packs, by id.")
@click.option("--search", default="", metavar="WORDS", help="Only questions with these words.")
@click.option(
    "--seen",
    type=click.Choice(_SEEN),
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
@click.option("--name", default="", help="A name for the block.")
@click.option("--seed", type=int, help="The same seed draws the same questions.")
@pass_call
def run_command(call: Call, /, *, plain: bool, resume: bool, **asked: Any) -> None:
    """Take a block.

    With --plain as lines of text: a letter answers and goes on, words are commands
    (`help` lists them). On a pipe the end of input hands the block in; where you type,
    it leaves the block open, and `--resume` goes on. Without --plain the app opens on
    the block.
    """
    from qbank.services.views import BlockRequest

    with call.application() as application:
        waiting = application.blocks.resumable() if resume else ()
        block_id = waiting[0].id if waiting else application.build.create(BlockRequest(**asked))
        if plain:
            _take(application, block_id)
            return
    click.get_current_context().exit(call.open_app(block_id))


def _take(application: Application, block_id: str) -> None:
    """One block in line mode, and what it came to."""
    from qbank.cli.line_mode import End, LineMode
    from qbank.cli.typed_lines import StandardInput
    from qbank.cli.voice import Voice

    runner = application.blocks.open(block_id)
    lines = StandardInput()
    width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else None
    end = LineMode(runner, lines, Voice(output.emit, width), application.notes).take()
    runner.close()
    if end is End.CLOSED:
        _print(application.review.report(block_id))


def _print(report: BlockReport) -> None:
    """What a block came to, in sentences."""
    from qbank.reporting.line_words import came_to

    output.emit("")
    for line in came_to(report):
        output.emit(line)
    output.emit(f"`qbank show {report.summary.number}` lists the questions.")

"""`history` and `show`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call

if TYPE_CHECKING:
    from qbank.services.views import AttemptView, BlockReport, BlockSummary

learner_option = click.option(
    "--learner", metavar="NAME", help="Whose blocks: by default yours, or the only learner's."
)


@click.command("history")
@learner_option
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_call
def history_command(call: Call, learner: str | None, as_json: bool) -> None:
    """List the blocks taken, newest first."""
    with call.application(write=False, learner=learner) as application:
        blocks = application.history.list()
        label = application.learners.label()
        waiting = bool(application.blocks.resumable())
    if as_json:
        from qbank.reporting.json_shapes import summary_json

        output.emit_json([summary_json(block) for block in blocks])
        return
    if label:
        output.tell(label)
    if waiting:
        from qbank.services.history import STILL_OPEN

        output.tell(STILL_OPEN)
    elif not blocks:
        output.tell("No block yet. `qbank` opens the app; Enter takes the first.")
    if not blocks:
        return
    output.table(
        ("#", "begun", "name", "mode", "right", "blank", "time", "id"),
        [_row(block) for block in blocks],
    )


def _row(block: BlockSummary) -> tuple[str, ...]:
    from qbank.reporting.words import clock

    blank = block.omitted + block.unreached
    closed = block.status == "closed"
    return (
        str(block.number),
        _begun(block),
        block.name,
        block.mode.value,
        _right(block),
        "" if block.waits or not closed else str(blank),
        clock(block.used_ms),
        block.id[:8],
    )


def _right(block: BlockSummary) -> str:
    from qbank.reporting.exam_day_words import OPENS_LATER

    if block.waits:
        return OPENS_LATER
    closed = block.status == "closed"
    return f"{block.correct} of {block.questions}" if closed else block.status


def _begun(block: BlockSummary) -> str:
    """Date and time where the learner was, to the minute."""
    if block.started_at is None:
        return ""
    utc = datetime.fromtimestamp(block.started_at / 1000, tz=UTC)
    return f"{utc + timedelta(minutes=block.offset_min):%Y-%m-%d %H:%M}"


@click.command("show")
@click.argument("block")
@learner_option
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_call
def show_command(call: Call, block: str, learner: str | None, as_json: bool) -> None:
    """Show one block, question by question. BLOCK: its number, its id, or the id's beginning."""
    with call.application(write=False, learner=learner) as application:
        summary = application.history.find(block)
        report = application.review.report(summary.id)
    if as_json:
        from qbank.reporting.json_shapes import report_json

        output.emit_json(report_json(report))
        return
    _print(report)


def _print(report: BlockReport) -> None:
    from qbank.reporting.words import clock, limit

    block = report.summary
    output.emit(f"{block.name}  ({block.id})")
    output.emit(
        f"{block.correct} of {block.questions} right, {block.omitted} left blank, "
        f"{block.unreached} not reached, {clock(block.used_ms)} used"
        + (f" of {limit(block.limit_ms, block.time_factor)}" if block.limit_ms else "")
    )
    for sentence in report.says:
        output.emit(sentence)
    output.table(
        ("#", "result", "time", "answer", "changes", "flag", "next step", "system", "question"),
        [_attempt(attempt) for attempt in report.attempts],
    )


def _attempt(attempt: AttemptView) -> tuple[str, ...]:
    from qbank.reporting.words import clock

    def letters(options: tuple[str, ...]) -> str:
        return " ".join(attempt.letters.get(option, "?") for option in options)

    answer = letters(attempt.final) or "–"
    if attempt.outcome != "correct":
        answer += f" ({letters(attempt.key)})"
    return (
        str(attempt.position),
        attempt.outcome.value,
        clock(attempt.clock_ms),
        answer,
        str(attempt.changes or ""),
        "⚑" if attempt.flagged else "",
        attempt.next_step if attempt.next_step != "none" else "",
        attempt.system,
        attempt.question,
    )

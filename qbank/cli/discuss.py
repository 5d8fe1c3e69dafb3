"""`discuss`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import output
from qbank.cli.blocks import learner_option
from qbank.cli.context import Call, pass_call
from qbank.errors import UsageError

if TYPE_CHECKING:
    from qbank.services.views import AttemptView

_CHOICES = ("not-right", "flagged", "next-step", "all")


@click.command("discuss")
@click.argument("block")
@click.option("--question", "positions", type=int, multiple=True, metavar="N", help="Its number.")
@click.option(
    "--only",
    type=click.Choice(_CHOICES),
    default="not-right",
    show_default=True,
    help="Which questions, where no number is given.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file to write; else stdout."
)
@learner_option
@pass_call
def discuss_command(
    call: Call,
    block: str,
    *,
    positions: tuple[int, ...],
    only: str,
    out: Path | None,
    learner: str | None,
) -> None:
    """Write a Markdown sheet to talk questions over with a friend or a tutor.

    The questions come first; keys and reasons stand on a page of their own. BLOCK: its
    number, its id, or the id's beginning.
    """
    from qbank.services.sheets import sheet_of, write_new

    with call.application(write=False, learner=learner) as application:
        summary = application.history.find(block)
        report = application.review.report(summary.id)
        chosen = positions or [each.position for each in report.attempts if _wanted(each, only)]
        if not chosen:
            raise UsageError(
                f"{summary.name} has no such question", hint="Choose with --question or --only all."
            )
        text = sheet_of(application.review, summary.id, chosen)
    if out is None:
        output.emit_raw(output.safe(text))
        return
    write_new(out, text)
    output.tell(f"{out}: {len(chosen)} to talk over.")


def _wanted(attempt: AttemptView, only: str) -> bool:
    """Whether a question belongs to what was asked for."""
    return {
        "not-right": attempt.outcome != "correct",
        "flagged": attempt.flagged,
        "next-step": attempt.next_step not in ("", "none"),
        "all": True,
    }[only]

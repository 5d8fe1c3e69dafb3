"""`results`: own mocks and score reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from qbank.cli import output
from qbank.cli.blocks import learner_option
from qbank.cli.context import Call, pass_call
from qbank.errors import UsageError

if TYPE_CHECKING:
    from qbank.services.views.stats import ResultView


@click.group("results")
def results_group() -> None:
    """Own mocks and score reports, kept apart from blocks."""


@results_group.command("add")
@click.argument("score", type=float)
@click.option("--date", "day", metavar="DATE", required=True, help="The day, as 2026-12-01.")
@click.option(
    "--kind",
    default="other",
    show_default=True,
    help="NBME form, Free 120, UWSA, Step 2 CK.",
)
@click.option("--name", default="", help="Which one: form 12.")
@click.option("--pass-mark", type=float, help="The pass mark to hold it against.")
@click.option(
    "--error", type=float, help="The form's published standard error; 0: none. NBME form: 9."
)
@click.option("--band", "bands", multiple=True, metavar="NAME=TEXT", help="A band of the report.")
@click.option("--note", default="", help="A line of your own.")
@learner_option
@pass_call
def add_command(
    call: Call,
    /,
    score: float,
    *,
    bands: tuple[str, ...],
    learner: str | None,
    **said: Any,
) -> None:
    """Enter the SCORE of a mock or of the exam."""
    from qbank.services.results import NewResult

    new = NewResult(score=score, bands=tuple(map(_band, bands)), **said)
    with call.application(learner=learner) as application:
        kept = application.results.add(new)
    for line in kept.lines:
        output.tell(line)
    output.emit(kept.id)


def _band(text: str) -> tuple[str, str]:
    name, sign, said = text.partition("=")
    if not (sign and name.strip() and said.strip()):
        raise UsageError(f"{text!r} is no band", hint='Write --band "Diagnosis=lower".')
    return name, said


@results_group.command("list")
@learner_option
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_call
def list_command(call: Call, learner: str | None, as_json: bool) -> None:
    """List the results entered, by date."""
    with call.application(write=False, learner=learner) as application:
        found = application.results.list()
    if as_json:
        from qbank.services.stats_data import result_data

        output.emit_json([result_data(each) for each in found])
    elif found:
        output.table(("day", "kind", "name", "score", "said", "id"), map(_row, found))
    else:
        output.tell("No result yet. `qbank results add 221 --date 2026-12-01` enters one.")


def _row(one: ResultView) -> tuple[str, ...]:
    return (one.day, one.kind, one.name, f"{one.score:g}", " ".join(one.lines), one.id[:8])


@results_group.command("remove")
@click.argument("result")
@learner_option
@pass_call
def remove_command(call: Call, result: str, learner: str | None) -> None:
    """Take a result away. RESULT: its id, or the beginning of it."""
    with call.application(learner=learner) as application:
        gone = application.results.remove(result)
    output.tell(f"Taken away: {gone.kind} {gone.name}".rstrip() + f", {gone.score:g}.")

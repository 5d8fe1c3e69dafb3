"""`packs`: list them, lint them, start one, list their faults."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call

if TYPE_CHECKING:
    from qbank.content.lint.remarks import Level

FOUND = 2
"""Exit code where lint finds what it fails on: the input is wrong."""


@click.group("packs", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def packs_group(context: click.Context, as_json: bool) -> None:
    """List the packs: questions, how many are fresh, licence. Or check one, or start one."""
    if context.invoked_subcommand is not None:
        return
    call: Call = context.obj
    with call.application(write=False) as application:
        packs = application.packs.list()
    if as_json:
        from qbank.reporting.json_shapes import pack_json

        output.emit_json([pack_json(pack) for pack in packs])
        return
    output.table(
        ("pack", "title", "version", "questions", "fresh", "next steps", "licence"),
        [
            (
                pack.id,
                pack.title,
                pack.version,
                str(pack.questions),
                str(pack.fresh),
                str(pack.next_steps),
                pack.licence,
            )
            for pack in packs
        ],
    )


@packs_group.command("lint")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--against", "exam", help="Hold shares against this exam's outline: step2ck.")
@click.option(
    "--level",
    type=click.Choice(("error", "warning", "info")),
    default="info",
    show_default=True,
    help="Print findings of this weight and above.",
)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_call
@click.pass_context
def lint_command(
    context: click.Context,
    call: Call,
    /,
    paths: tuple[Path, ...],
    exam: str | None,
    level: Level,
    **how: bool,
) -> None:
    """Check packs and data sets for flaws of writing, all PATHS as one set.

    A line for each finding: file, line, check, question, field, what is wrong,
    what to do. Then tables of the set. Nothing is imported. The exit code is 2
    where there is an error, with --strict also where there is a warning.
    """
    from qbank.reporting import lint_words
    from qbank.services.lint import lint_paths

    extra_dirs = call.settings().extra_dirs
    report = lint_paths(paths, today=_month(), exam=exam, extra_dirs=extra_dirs)
    if how["as_json"]:
        output.emit_json(lint_words.lint_json(report, level))
    else:
        _emit_all(map(lint_words.lint_line, lint_words.weighing(report, level)))
        for head, rows in lint_words.tables(report):
            output.emit("")
            output.table(head, rows)
        output.tell(lint_words.totals(report))
    fails = report.count("error") + (report.count("warning") if how["strict"] else 0)
    context.exit(FOUND if fails else 0)


@packs_group.command("new")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The pack's title; else made from the name.")
@pass_call
def new_command(call: Call, path: Path, title: str) -> None:
    """Start a pack from a template: a YAML file, or a folder with pack.yaml in it.

    A JSON Schema is put beside it: editors that read it complete the fields
    and mark what is wrong while you write. Nothing is written over.
    """
    from qbank.services.new_pack import new_pack

    output.emit(str(new_pack(path, month=_month(), title=title)))
    output.tell("Fill in what says TODO; `qbank packs lint` says what is left.")


@packs_group.command("faults")
@click.option("--md", "as_markdown", is_flag=True, help="Write a sheet in Markdown.")
@pass_call
def faults_command(call: Call, as_markdown: bool) -> None:
    """List what was reported as wrong with questions, for those who write them.

    Reports are made in the review of a question and stay in this store: nothing is
    sent anywhere. The sheet has the question, what was chosen and the key beside each.
    """
    from qbank.reporting import faults

    with call.application(write=False) as application:
        found = application.review.faults()
    if not found:
        output.tell(faults.NONE)
    elif as_markdown:
        output.emit(faults.markdown(found))
    else:
        output.table(faults.HEAD, faults.rows(found))


def _month() -> str:
    """This month as `YYYY-MM`."""
    from datetime import UTC, datetime

    from qbank.clock import SystemClock

    now_s = SystemClock().read().wall_utc_ms / 1000
    return f"{datetime.fromtimestamp(now_s, UTC):%Y-%m}"


def _emit_all(lines: Iterable[str]) -> None:
    for line in lines:
        output.emit(line)

"""`import`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call

if TYPE_CHECKING:
    from qbank.services.views import ImportSummary

SKIPPED_SHOWN = 20
"""Reasons printed to a person; `--json` has them all."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_name", help="Read the file as this format, whatever it looks like."
)
@click.option("--dry-run", is_flag=True, help="Say what would come of it and change nothing.")
@click.option(
    "--key-base",
    type=click.IntRange(0, 1),
    help="Where the key is a number: whether it counts from 0 or from 1.",
)
@click.option("--encoding", help="The file's encoding, where it is not UTF-8.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@pass_call
def import_command(call: Call, /, paths: tuple[Path, ...], as_json: bool, **how: Any) -> None:
    """Bring in question packs (YAML, JSON, JSON Lines, CSV; a file, a folder or a zip).

    An export of qbank itself brings a learner's history, the saved copy of a
    block what the store lacks of it. Importing the same again changes nothing.
    """
    how["format"] = how.pop("format_name")
    summaries: list[ImportSummary] = []
    with call.application() as application:
        for path in paths:
            if how["format"] is None and application.portable.recognises(path):
                summaries.append(application.portable.import_export(path, dry_run=how["dry_run"]))
                continue
            if how["format"] is None and application.blocks.recognises(path):
                summaries.append(application.blocks.take_back(path, dry_run=how["dry_run"]))
                continue
            with _progress(path.name) as progress:
                summaries += application.packs.import_path(path, progress=progress, **how)
    if as_json:
        output.emit_json(_as_json(summaries))
        return
    for summary in summaries:
        _describe(summary)


def _as_json(summaries: Sequence[ImportSummary]) -> dict[str, object]:
    """The contract of docs/json.md: counts over all paths, each skipped row with its reason."""
    from qbank.reporting.json_shapes import import_json

    return import_json(summaries)


def _describe(summary: ImportSummary) -> None:
    would = "would be " if summary.dry_run else ""
    output.emit(
        f"{summary.title or summary.pack}: {summary.new} new, {summary.changed} changed, "
        f"{summary.same} same, {len(summary.skipped)} skipped"
    )
    if summary.dry_run:
        output.tell("Dry run: nothing was changed.")
    if summary.retired:
        output.tell(f"{summary.retired} no longer in the pack; {would}kept for your history.")
    if summary.removed_characters:
        output.tell(f"{summary.removed_characters} control characters {would}taken out of texts.")
    for note in summary.notes:
        output.tell(note)
    for row in summary.skipped[:SKIPPED_SHOWN]:
        output.tell(f"  {row.where}: {row.reason}")
    if len(summary.skipped) > SKIPPED_SHOWN:
        output.tell(f"  ... and {len(summary.skipped) - SKIPPED_SHOWN} more; --json lists them all")


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar on stderr where a person watches, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=output.safe(name)[:30], file=sys.stderr) as bar:

        def report(done: int, total: int | None) -> None:
            bar.length = max(total or done, 1)
            bar.pos = 0
            bar.update(done)

        yield report

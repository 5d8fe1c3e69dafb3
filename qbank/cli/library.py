"""`import`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call

if TYPE_CHECKING:
    from qbank.bootstrap import Application
    from qbank.services.views import ImportSummary

NOTHING_TAKEN = 2
"""Exit code where every row was skipped: the input is wrong."""

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
@click.pass_context
def import_command(
    context: click.Context, call: Call, /, paths: tuple[Path, ...], as_json: bool, **how: Any
) -> None:
    """Bring in question packs (YAML, JSON, JSON Lines, CSV; a file, a folder or a zip).

    An export of qbank itself brings a learner's history, the saved copy of a
    block what the store lacks of it. Importing the same again changes nothing.
    All PATHS are looked at before the first is taken: one that cannot be read
    stops the import. The exit code is 2, too, where every row had to be skipped.
    """
    how["format"] = how.pop("format_name")
    with call.application() as application:
        if len(paths) > 1 and not how["dry_run"]:
            for path in paths:
                _take(application, path, {**how, "dry_run": True})
        summaries = [each for path in paths for each in _take(application, path, how)]
    if as_json:
        output.emit_json(_as_json(summaries))
    else:
        for summary in summaries:
            _describe(summary)
    context.exit(NOTHING_TAKEN if _nothing_taken(summaries) else 0)


def _take(
    application: Application, path: Path, how: Mapping[str, Any]
) -> tuple[ImportSummary, ...]:
    """Bring in what is at one path: an export, the saved copy of a block, or packs."""
    if how["format"] is None and application.portable.recognises(path):
        return (application.portable.import_export(path, dry_run=how["dry_run"]),)
    if how["format"] is None and application.blocks.recognises(path):
        return (application.blocks.take_back(path, dry_run=how["dry_run"]),)
    with _progress(path.name) as progress:
        return application.packs.import_path(path, progress=progress, **how)


def _nothing_taken(summaries: Sequence[ImportSummary]) -> bool:
    taken = sum(each.new + each.changed + each.same for each in summaries)
    return not taken and any(each.skipped for each in summaries)


def _as_json(summaries: Sequence[ImportSummary]) -> dict[str, object]:
    """The contract of docs/json.md: counts over all paths, each skipped row with its reason."""
    from qbank.reporting.json_shapes import import_json

    return import_json(summaries)


def _describe(summary: ImportSummary) -> None:
    from qbank.reporting import words

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
        removed = words.count(summary.removed_characters, "control character")
        output.tell(f"{removed} {would}taken out of texts.")
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

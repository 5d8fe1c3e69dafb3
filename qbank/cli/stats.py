"""`stats`: where the time and the points went."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from qbank.block.model import Mode
from qbank.cli import output
from qbank.cli.blocks import learner_option
from qbank.cli.context import Call, pass_call
from qbank.errors import UsageError

if TYPE_CHECKING:
    from qbank.bootstrap import Application
    from qbank.services.views.stats import Figures, StatsFilter

_DAYS = re.compile(r"(\d{1,5})d")
_DAY_MS = 86_400_000

Command = Callable[..., Any]


def filter_options(command: Command) -> Command:
    """The options that say which answers are looked at."""
    for option in (
        learner_option,
        click.option("--mode", type=click.Choice([each.value for each in Mode]), help="One mode."),
        click.option("--pack", metavar="ID", multiple=True, help="Questions of this pack alone."),
        click.option("--since", metavar="DATE|Nd", help="From this day on, or the last N days."),
    ):
        command = option(command)
    return command


def asked_for(
    application: Application, since: str | None, pack: tuple[str, ...], mode: str | None
) -> StatsFilter:
    """The filter that was typed. Raises UsageError for what is no date, or no pack here."""
    from qbank.services.views.stats import StatsFilter

    known = {each.id for each in application.packs.list()}
    for each in pack:
        if each not in known:
            raise UsageError(f"there is no pack {each!r}", hint="`qbank packs` lists them.")
    reading = application.clock.read()
    offset_ms = reading.offset_min * 60_000
    begin = None if since is None else _since(since, reading.wall_utc_ms, offset_ms)
    return StatsFilter(since=begin, packs=pack, mode=Mode(mode) if mode else None)


def _since(text: str, now_ms: int, offset_ms: int) -> int:
    """Epoch milliseconds: a local midnight, or as many days before now."""
    if days := _DAYS.fullmatch(text.strip()):
        return now_ms - int(days[1]) * _DAY_MS
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"{text!r} is no date and no number of days", hint="Write 2026-12-01, or 14d."
        ) from None
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return round(midnight.timestamp() * 1000) - offset_ms


@click.command("stats")
@filter_options
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print every figure as a line of CSV.")
@pass_call
def stats_command(
    call: Call,
    /,
    *,
    learner: str | None,
    as_json: bool,
    as_csv: bool,
    **asked: Any,
) -> None:
    """Say where the time and the points went, and what the figures can tell so far."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    with call.application(write=False, learner=learner) as application:
        found = application.stats.figures(asked_for(application, **asked))
        label = application.learners.label()
    if as_json:
        from qbank.services.stats_data import data

        output.emit_json(data(found))
    elif as_csv:
        from qbank.reporting.tables import csv_text
        from qbank.services.stats_data import FIELDS, csv_rows

        output.emit_raw(csv_text(FIELDS, csv_rows(found)))
    else:
        if label:
            output.tell(label)
        _print(found)


def _print(found: Figures) -> None:
    """The sentences of each tab, then its tables."""
    from qbank.reporting.tab_words import TABS
    from qbank.services.pages.tabs import pages

    for line in found.one_thing.lines:
        output.emit(line)
    for tab, page in pages(found).items():
        output.emit("")
        output.emit(f"{TABS[tab][1]}")
        for sentence in page.sentences:
            output.emit(f"  {sentence}")
        for grid in page.tables:
            output.emit("")
            if grid.title:
                output.emit(grid.title)
            output.table(grid.columns, grid.rows)

"""`report`: the figures as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call
from qbank.cli.stats import asked_for, filter_options


@click.command("report")
@click.option("--html", "form", flag_value="html", default="html", help="One HTML file (default).")
@click.option("--md", "form", flag_value="md", help="Markdown.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="A new file; else stdout."
)
@filter_options
@pass_call
def report_command(
    call: Call,
    /,
    *,
    form: str,
    out: Path | None,
    learner: str | None,
    **asked: Any,
) -> None:
    """Write the figures and what they mean as one file, for yourself or an adviser.

    The HTML file needs nothing else: no script, no network. It predicts no score.
    """
    from qbank.reporting.report_html import html
    from qbank.reporting.report_md import markdown
    from qbank.services.report import report
    from qbank.services.sheets import write_new

    with call.application(write=False, learner=learner) as application:
        found = application.stats.figures(asked_for(application, **asked))
        reading = application.clock.read()
    made = report(found, reading.wall_utc_ms, reading.offset_min)
    text = html(made) if form == "html" else markdown(made)
    if out is None:
        output.emit_raw(output.safe(text))
        return
    write_new(out, text)
    output.tell(f"The report is in {out}.")

"""What an import did, or would do, as sentences under each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qbank.reporting import words
from qbank.tui.ink import BLANK, Ink, Row, Run, hanging, inset, muted

if TYPE_CHECKING:
    from qbank.services.views import ImportSummary

_INDENT = "  "


def told_rows(said: Sequence[Run], width: int) -> list[Row]:
    """Sentences wrapped; one that begins with spaces hangs by them."""
    rows: list[Row] = [BLANK]
    for run in said:
        bare = run.text.lstrip(" ")
        lead = run.text[: len(run.text) - len(bare)]
        rows += hanging((muted(lead),), bare, width - 4, run.ink)
    return [inset(one, 2) for one in rows]


def summary_told(summary: ImportSummary) -> list[Run]:
    """A pack: its name and form, the counts, how it was read, and every line left out."""
    kinds = (
        (summary.new, "new"),
        (summary.changed, "changed"),
        (summary.same, "same"),
        (summary.retired, "no longer in the file"),
        (len(summary.skipped), "left out"),
    )
    counts = [f"{number:,} {kind}" for number, kind in kinds if number or kind == "new"]
    said = [
        Run(""),
        Run(summary.title, Ink.HEAD),
        Run(f"{_INDENT}read as {summary.format}", Ink.MUTED),
        Run(_INDENT + " · ".join(counts)),
    ]
    said += [Run(_INDENT + note, Ink.MUTED) for note in summary.notes]
    if summary.removed_characters:
        gone = words.count(summary.removed_characters, "character")
        said.append(Run(f"{_INDENT}{gone} that could steer a terminal were taken out.", Ink.FLAG))
    if summary.skipped:
        said += [Run(""), Run(f"{_INDENT}Left out, and why:", Ink.STRONG)]
        said += [Run(f"{_INDENT}{one.where}: {one.reason}", Ink.MUTED) for one in summary.skipped]
    return said

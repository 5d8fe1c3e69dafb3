"""A report as one HTML file: no script, nothing that is fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from qbank.reporting.charts import numbers
from qbank.reporting.pictures import svg

if TYPE_CHECKING:
    from qbank.reporting.charts import Chart, Grid
    from qbank.reporting.report_model import Part, Report

POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a browser may load for it: nothing but what stands in the file."""

_STYLE: Final = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1f2933; background: #fff;
  max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid #d8dee6; }
p { margin: .4rem 0; }
.scope, .note { color: #5f6b7a; font-size: .92rem; }
figure { margin: 1.25rem 0; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: 1.25rem 0; font-size: .92rem; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #e6eaef; text-align: right;
  font-variant-numeric: tabular-nums; vertical-align: top; }
th { font-weight: 600; color: #5f6b7a; }
.text { text-align: left; }
tr { break-inside: avoid; }
details summary { cursor: pointer; color: #5f6b7a; font-size: .92rem; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; } }
""".strip()


def html(report: Report) -> str:
    """The file's text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(report.title)}</title>"
    yield f"<style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(report.title)}</h1>"
    yield from _said(report.scope, "scope")
    for part in report.parts:
        yield from _part(part)
    yield "</body></html>"


def _part(part: Part) -> Iterator[str]:
    yield f"<section><h2>{escape(part.title)}</h2>"
    yield from _said(part.sentences)
    for chart in part.charts:
        yield from _chart(chart)
    for grid in part.grids:
        yield from _table(grid)
    yield from _said(part.notes, "note")
    yield "</section>"


def _said(sentences: tuple[str, ...], kind: str = "") -> Iterator[str]:
    opened = f'<p class="{kind}">' if kind else "<p>"
    for sentence in sentences:
        yield f"{opened}{escape(sentence)}</p>"


def _chart(chart: Chart) -> Iterator[str]:
    """A picture, and under it its numbers for who does not see it."""
    yield f"<figure>{svg(chart)}<details><summary>The numbers</summary>"
    yield from _table(numbers(chart))
    yield "</details></figure>"


def _table(grid: Grid) -> Iterator[str]:
    yield "<table>"
    if grid.title:
        yield f"<caption>{escape(grid.title)}</caption>"
    yield _row(grid, grid.columns, "th")
    for line in grid.rows:
        yield _row(grid, line, "td")
    yield "</table>"


def _row(grid: Grid, cells: tuple[str, ...], tag: str) -> str:
    """One line; text to the left, figures to the right."""
    written = [
        f"<{tag}{' class=' + chr(34) + 'text' + chr(34) if place in grid.texts else ''}>"
        f"{escape(cell)}</{tag}>"
        for place, cell in enumerate(cells)
    ]
    return f"<tr>{''.join(written)}</tr>"

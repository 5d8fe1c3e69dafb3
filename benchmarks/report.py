"""The table, the machine in words, and their place in `docs/performance.md`."""

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.compare import Row

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def table(rows: Sequence[Row]) -> str:
    """A Markdown table, a row a measure."""
    head = ["| what | reference | reference ms | qbank ms | ratio | goal |"]
    head += ["| --- | --- | ---: | ---: | ---: | ---: |"]
    return "\n".join(head + [_line(row) for row in rows])


def _line(row: Row) -> str:
    goal = "" if row.goal is None else f"≤ {row.goal:g} {'✓' if row.ratio <= row.goal else '✗'}"
    figures = f"{row.reference_ms:.2f} | {row.ours_ms:.2f} | {row.ratio:.2f}"
    return f"| {row.name} | {row.reference} | {figures} | {goal} |"


def machine() -> str:
    """What it was measured on, without a name of the machine."""
    system = f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"
    return (
        f"{os.cpu_count()} cores ({_processor()}), {system}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, Textual {version('textual')}."
    )


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", cpus.read_text()) if cpus.exists() else None
    return f"{found[1]}, {platform.machine()}" if found else platform.machine()


def write(page: Path, rows: Sequence[Row]) -> None:
    """Put machine and table between the markers of `page`."""
    between(page, (BEGIN, END), f"Measured on {machine()}\n\n{table(rows)}")


def between(page: Path, markers: tuple[str, str], text: str) -> None:
    """Put a text between two markers of `page`."""
    begin, end = markers
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")

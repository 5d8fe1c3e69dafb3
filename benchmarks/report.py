"""The table, the machine in words, and their place in `docs/performance.md`."""

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.compare import Row

_HEAD = (
    "| what | reference | reference ms | qbank ms | ratio | goal |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
)
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def table(rows: Sequence[Row]) -> str:
    """A Markdown table, a row a measure."""
    return "\n".join([*_HEAD, *map(_line, rows)])


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
    _put(page, [_line(row) for row in rows])


def add(page: Path, rows: Sequence[Row]) -> None:
    """The same for some of the rows: those of other names stay as they were measured."""
    measured = page.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    lines = {_name(line): line for line in measured.splitlines() if line.startswith("| ")}
    old = dict(list(lines.items())[len(_HEAD) :])
    _put(page, list((old | {row.name: _line(row) for row in rows}).values()))


def _name(line: str) -> str:
    return line.split(" | ")[0].removeprefix("| ")


def _put(page: Path, lines: Sequence[str]) -> None:
    listed = "\n".join([*_HEAD, *lines])
    between(page, (BEGIN, END), f"Measured on {machine()}\n\n{listed}")


def between(page: Path, markers: tuple[str, str], text: str) -> None:
    """Put a text between two markers of `page`."""
    begin, end = markers
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")

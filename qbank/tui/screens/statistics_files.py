"""What Statistics writes: pictures as SVG, tables as CSV; never over a file that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.reporting import tab_words as say
from qbank.reporting.charts import Chart, Grid, numbers
from qbank.tui.screens.dialogs import Ask, AskText, Choice

if TYPE_CHECKING:
    from qbank.services.pages.page import TabPage
    from qbank.tui.screens.page import Page


def ask_for_picture(screen: Page, page: TabPage) -> None:
    """Ask which picture, where there are several, and where to; then write it."""

    def write(chart: Chart, path: Path) -> None:
        from qbank.reporting.pictures import svg
        from qbank.services.sheets import write_new

        write_new(path, svg(chart))

    titles = [chart.title for chart in page.pictures]
    _choose(screen, say.WHICH_PICTURE, titles, ".svg", lambda at, to: write(page.pictures[at], to))


def ask_for_table(screen: Page, page: TabPage) -> None:
    """The same for a table; the numbers behind a picture are one, too."""
    grids: list[Grid] = [*page.tables, *(numbers(chart) for chart in page.pictures)]

    def write(grid: Grid, path: Path) -> None:
        from qbank.reporting.tables import csv_of
        from qbank.services.sheets import write_new

        write_new(path, csv_of(grid))

    titles = [grid.title for grid in grids]
    _choose(screen, say.WHICH_TABLE, titles, ".csv", lambda at, to: write(grids[at], to))


def _choose(
    screen: Page,
    question: str,
    titles: Sequence[str],
    ending: str,
    write: Callable[[int, Path], None],
) -> None:
    def chosen(key: str) -> None:
        at = int(key)
        here = Path.cwd() / say.file_name(titles[at], ending)
        dialog = AskText(say.WHERE_TO, str(here), say.NEVER_OVER)
        screen.ask(dialog, lambda path: _write(screen, lambda to: write(at, to), path))

    if len(titles) == 1:
        chosen("0")
        return
    choices = [Choice(str(at), title) for at, title in enumerate(titles)]
    screen.ask(Ask(question, [], choices), chosen)


def _write(screen: Page, write: Callable[[Path], None], path: str) -> None:
    """In a thread; an empty path writes nothing."""
    if not path:
        return
    file = Path(path).expanduser()
    screen.fetch(
        lambda: write(file),
        lambda _: screen.notify(say.written(str(file)), markup=False, timeout=8),
        group="file",
    )

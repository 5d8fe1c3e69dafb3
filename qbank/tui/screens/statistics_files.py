"""What Statistics writes: pictures as SVG, tables as CSV; never over a file that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qbank.reporting import tab_words as say
from qbank.reporting.charts import Grid, numbers
from qbank.tui.screens.dialogs import Ask, AskText, Choice
from qbank.tui.screens.typed_file import write_typed

if TYPE_CHECKING:
    from qbank.services.pages.page import TabPage
    from qbank.tui.screens.page import Page


def ask_for_picture(screen: Page, page: TabPage) -> None:
    """Ask which picture, where there are several, and where to; then write it."""

    def text(at: int) -> str:
        from qbank.reporting.pictures import svg

        return svg(page.pictures[at])

    titles = [chart.title for chart in page.pictures]
    _choose(screen, say.WHICH_PICTURE, titles, ".svg", text)


def ask_for_table(screen: Page, page: TabPage) -> None:
    """The same for a table; the numbers behind a picture are one, too."""
    grids: list[Grid] = [*page.tables, *(numbers(chart) for chart in page.pictures)]

    def text(at: int) -> str:
        from qbank.reporting.tables import csv_of

        return csv_of(grids[at])

    _choose(screen, say.WHICH_TABLE, [grid.title for grid in grids], ".csv", text)


def _choose(
    screen: Page,
    question: str,
    titles: Sequence[str],
    ending: str,
    text: Callable[[int], str],
) -> None:
    def chosen(key: str) -> None:
        at = int(key)
        here = Path.cwd() / say.file_name(titles[at], ending)
        dialog = AskText(say.WHERE_TO, str(here), say.NEVER_OVER)
        screen.ask(dialog, lambda place: write_typed(screen, place, lambda: text(at), say.written))

    if len(titles) == 1:
        chosen("0")
        return
    choices = [Choice(str(at), title) for at, title in enumerate(titles)]
    screen.ask(Ask(question, [], choices), chosen)

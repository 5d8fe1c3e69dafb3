"""Writes what a person asked for to the path that they typed; never over a file that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank import typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qbank.tui.screens.page import Page


def write_typed(
    screen: Page, place: str, text: Callable[[], str], said: Callable[[str], str]
) -> None:
    """Make and write the text in a thread, then say where; an empty place writes nothing."""
    if not place:
        return

    def work() -> Path:
        from qbank.services.sheets import write_new

        file = typed.path(place)
        write_new(file, text())
        return file

    def tell(file: Path) -> None:
        screen.notify(said(str(file)), markup=False, timeout=8)

    screen.fetch(work, tell, group="file")

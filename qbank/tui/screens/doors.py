"""What is behind each line of Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.services.views import Door, DoorKind

if TYPE_CHECKING:
    from qbank.tui.screens.page import Page


def through(door: Door) -> Page:
    """The page a door leads to."""
    if door.kind is DoorKind.RESUME:
        from qbank.tui.screens.begin import Begin

        return Begin(block_id=door.block)
    if door.kind is DoorKind.EXAM_DAY:
        from qbank.tui.screens.exam_day_start import ExamDayStart

        return ExamDayStart(sitting_id=door.block)
    if door.kind is DoorKind.BLOCK and door.request is not None:
        from qbank.tui.screens.begin import Begin

        return Begin(request=door.request)
    if door.kind is DoorKind.RESULTS:
        from qbank.tui.screens.own_results import OwnResults

        return OwnResults()
    if door.kind is DoorKind.IMPORT:
        from qbank.tui.screens.importing import Import

        return Import()
    from qbank.tui.screens.build import NewBlock

    return NewBlock(door.request)

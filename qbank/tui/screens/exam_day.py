"""Exam day: which exam, how much of it, and what that comes to, live."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from qbank.errors import QbankError
from qbank.reporting import exam_day_words as say
from qbank.reporting import words
from qbank.services.views import SittingRequest
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.fields import FACTORS, preset_leaves
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.form import Form
from qbank.tui.widgets.picks import Pick, Picks
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Label, Sentences
from qbank.tui.widgets.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from qbank.content.exam import Preset
    from qbank.services.views import DayReport, SittingPreview

_LENGTHS = (
    Pick("100", "whole"),
    Pick("50", "half"),
    Pick("25", "a quarter"),
    Pick("10", "a tenth"),
)
_PAST = 3


class ExamDay(Page):
    """The form. Every change asks for a new preview; Start hands the request on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="exam_day.back"),
        Binding("ctrl+s", "start", "On to the day", id="exam_day.start"),
        Binding("up", "app.focus_previous", "Line before", id="exam_day.up", show=False),
        Binding("down", "app.focus_next", "Next line", id="exam_day.down", show=False),
        Binding("enter", "enter", "On to the day", id="exam_day.enter", show=False),
    ]

    def __init__(self, request: SittingRequest | None = None) -> None:
        super().__init__()
        self._asked = request or SittingRequest()
        self._preview: SittingPreview | None = None
        self._presets: dict[str, Preset] = {}

    def body(self) -> Iterable[Widget]:
        """The fields, what they come to, and the days that are over."""
        asked, application = self._asked, self.qbank.application
        self._presets = {preset.id: preset for preset in application.sittings.presets}
        first = asked.preset or application.build.default_preset.id
        with Form(id="form"):
            yield Turn(
                "Exam",
                preset_leaves(self._presets.values(), say.preset_meaning),
                first,
                id="preset",
            )
            with Horizontal(classes="field"):
                yield Label("Blocks")
                yield Input(type="integer", max_length=2, id="day-blocks")
            yield Picks(
                "Questions",
                _lengths(asked.compress),
                picked=[str(asked.compress)],
                single=True,
                id="length",
            )
            yield Picks(
                "Extra time", FACTORS, picked=[str(asked.time_factor)], single=True, id="factor"
            )
            with Horizontal(classes="field"):
                yield Label("Breaks")
                yield Input(type="number", max_length=5, id="day-break")
            yield Sentences(id="sentences")
            yield Table((Column(width=24), Column()), one_press=True, id="past")

    def on_mount(self) -> None:
        """Count for the first time."""
        self.head([strong(say.NAME)], [muted("blocks, breaks and the day's clock")])
        self.query_one("#past").display = False
        self.query_one(Turn).focus()
        self.foot(
            [
                Hint("⏎", "on to the day", "screen.start"),
                Hint("Tab ↓", "next line", "app.focus_next", 1),
                Hint("←→", "pick", "screen.keys", 1),
                Hint("Esc", "back", "screen.back"),
            ]
        )
        self._ask()
        self.fetch(self.qbank.application.sittings.over, self._show_past, group="past")

    def on_screen_resume(self) -> None:
        """A day may have been taken meanwhile."""
        self._ask()

    # --- the request -----------------------------------------------------------------------

    def _request(self) -> SittingRequest:
        blocks, minutes = self._number("day-blocks"), self._number("day-break")
        return SittingRequest(
            preset=self.query_one(Turn).value,
            blocks=None if blocks is None else int(blocks),
            time_factor=int(self._one("factor")),
            compress=int(self._one("length")),
            break_minutes=minutes,
            packs=self._asked.packs,
        )

    def _number(self, field: str) -> float | None:
        try:
            return float(self.query_one(f"#{field}", Input).value)
        except ValueError:
            return None

    def _one(self, field: str) -> str:
        return self.query_one(f"#{field}", Picks).picked[0]

    def _ask(self) -> None:
        request = self._request()
        preset = self._presets[request.preset]
        self.query_one("#day-blocks", Input).placeholder = say.all_of(
            preset.blocks * preset.sections
        )
        self.query_one("#day-break", Input).placeholder = say.minutes_of(preset.break_minutes)
        self.fetch(
            lambda: self.qbank.application.sittings.preview(request), self._fill, group="count"
        )

    def work_failed(self, error: BaseException) -> None:
        """What cannot be asked for is said where the sentences stand."""
        if isinstance(error, QbankError):
            self._preview = None
            self._say([Run(f"{words.sentence(error.message)} {error.hint}", Ink.FLAG)])
        else:
            super().work_failed(error)

    def _fill(self, preview: SittingPreview) -> None:
        self._preview = preview
        ink = Ink.PLAIN if preview.spec else Ink.FLAG
        self._say([Run(each, ink) for each in preview.sentences])

    def _say(self, runs: list[Run]) -> None:
        self.query_one("#sentences", Sentences).show([[run] for run in runs])

    def _show_past(self, days: tuple[DayReport, ...]) -> None:
        table = self.query_one("#past", Table)
        table.show([_past(day) for day in days[:_PAST]])
        table.display = bool(days)

    # --- keys --------------------------------------------------------------------------------

    def on_picks_changed(self) -> None:
        """Count again."""
        self._ask()

    def on_input_changed(self) -> None:
        """Count again."""
        self._ask()

    def on_input_submitted(self) -> None:
        """Enter in a field goes on, too."""
        self.action_start()

    def on_turn_changed(self) -> None:
        """Another exam has other blocks and breaks."""
        with self.prevent(Input.Changed):
            self.query_one("#day-blocks", Input).value = ""
            self.query_one("#day-break", Input).value = ""
        self._ask()

    def on_turn_opened(self) -> None:
        """All exams at a glance."""
        from qbank.tui.screens.presets import Presets

        turn = self.query_one(Turn)
        self.ask(Presets(tuple(self._presets.values()), turn.value), turn.turn_to)

    def action_enter(self) -> None:
        """On the line of exams their list, on a past day its result, else on to the day."""
        if isinstance(self.focused, Turn):
            self.on_turn_opened()
        elif isinstance(self.focused, Table):
            self.action_choose_row()
        else:
            self.action_start()

    def chosen(self, table: Table, key: str) -> None:
        """A day that is over."""
        from qbank.tui.screens.exam_day_result import ExamDayResult

        self.open(ExamDayResult(key))

    def action_start(self) -> None:
        """On to the day, where there are questions for it."""
        if self._preview is not None and self._preview.spec is not None:
            from qbank.tui.screens.exam_day_start import ExamDayStart

            self.open(ExamDayStart(request=self._request()))


def _lengths(asked: int) -> tuple[Pick, ...]:
    """How much of a day; one that was asked for otherwise is offered too."""
    other = () if str(asked) in {pick.value for pick in _LENGTHS} else (asked,)
    return (*_LENGTHS, *(Pick(str(each), f"{each} %") for each in other))


def _past(day: DayReport) -> Item:
    when = words.day(day.started_at, day.offset_min)
    said = say.ended(day.reason, len(day.taken), len(day.blocks))
    return Item(day.id, ((strong(when),), (muted(said),)))

"""The fields of New block: a request becomes fields, and the fields a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from qbank.block.model import Mode
from qbank.reporting import build_words
from qbank.services.views import BlockRequest, Seen
from qbank.tui import safe
from qbank.tui.widgets.form import Form
from qbank.tui.widgets.picks import Pick, Picks
from qbank.tui.widgets.text import Label
from qbank.tui.widgets.turn import Leaf, Turn

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from qbank.content.exam import Preset
    from qbank.services.views import BuildPreview, Choice, Template
    from qbank.tui.widgets.lines import Lines

_MODES = (
    Pick(Mode.TIMED.value, "Timed"),
    Pick(Mode.TUTOR.value, "Tutor"),
    Pick(Mode.UNTIMED.value, "No clock"),
    Pick(Mode.EXAM_DAY.value, "Exam day"),
)
FACTORS = (Pick("100", "none"), Pick("125", "× 1.25"), Pick("150", "× 1.5"), Pick("200", "× 2"))
"""Extra time, in percent of the time."""
_ORDERS = (Pick("shuffled", "shuffled"), Pick("pack", "as in the pack"))
_SEEN = (
    Pick(Seen.UNUSED.value, "unused"),
    Pick(Seen.INCORRECT.value, "not right"),
    Pick(Seen.FLAGGED.value, "flagged"),
    Pick(Seen.CORRECT.value, "right"),
)
_BOXES = ("seen", "packs", "systems", "tasks", "next_steps")
_CLOCKED = ("minutes", "minutes-label", "factor", "race")
"""What only a timed block has."""
_OF_A_BLOCK = ["questions-line", "seen", "systems", "tasks", "next_steps", "search-line", "order"]
"""What an exam day does not take: its own form asks for the rest."""

USUAL = ""
"""The value of the form as it is without a template."""


class Fields(Form):
    """A line a field."""

    class Moved(Message):
        """How many lines are out of sight, above and below."""

        def __init__(self, above: int, below: int) -> None:
            super().__init__()
            self.above = above
            self.below = below

    def __init__(self, asked: BlockRequest, presets: Sequence[Preset], default: Preset) -> None:
        super().__init__(id="form")
        self._asked = asked
        self._presets = {preset.id: preset for preset in presets}
        self._default = default

    def compose(self) -> ComposeResult:
        """A line a field."""
        asked = self._asked
        yield Turn("Start from", [Leaf(USUAL, build_words.USUAL, "")], USUAL, id="template")
        yield Picks("Mode", _MODES, picked=[asked.mode.value], single=True, id="mode")
        yield Turn(
            "Preset",
            preset_leaves(self._presets.values(), build_words.preset_meaning),
            self._preset.id,
            id="preset",
        )
        with Horizontal(classes="field", id="questions-line"):
            yield Label("Questions")
            yield Input(str(asked.count), type="integer", max_length=3, id="count")
            yield Label("minutes", id="minutes-label")
            yield Input(type="number", max_length=5, id="minutes")
        factor = str(asked.time_factor)
        yield Picks("Extra time", FACTORS, picked=[factor], single=True, id="factor")
        yield Turn("Race", _race_leaves(asked.race), asked.race, id="race")
        yield Picks("From", _SEEN, picked=[kind.value for kind in asked.seen], id="seen")
        yield Picks("Packs", picked=asked.packs, id="packs")
        yield Picks("Systems", picked=asked.systems, id="systems")
        yield Picks("Tasks", picked=asked.tasks, id="tasks")
        yield Picks("Next steps", picked=asked.next_steps, id="next_steps")
        with Horizontal(classes="field", id="search-line"):
            yield Label("Search")
            yield Input(asked.search, placeholder="words in stem or options", id="search")
        yield Picks("Order", _ORDERS, picked=[asked.order], single=True, id="order")

    def on_mount(self) -> None:
        """Say what is out of sight whenever that changes."""
        for what in ("scroll_y", "virtual_size"):
            self.watch(self, what, self._look)

    def _look(self) -> None:
        """Once the lines stand where they will."""
        self.call_after_refresh(self._moved)

    def on_lines_scrolled(self, event: Lines.Scrolled) -> None:
        """What a field of its own has out of sight is nothing: they are all as high as they are."""
        event.stop()

    def _moved(self) -> None:
        above = round(self.scroll_y)
        self.post_message(self.Moved(above, max(0, self.max_scroll_y - above)))

    # --- to and from a request ------------------------------------------------------------

    @property
    def _preset(self) -> Preset:
        return self._presets.get(self._asked.preset, self._default)

    def request(self) -> BlockRequest:
        """What the fields say now."""
        count = self._number("count")
        return replace(
            self._asked,
            mode=Mode(self._one("mode")),
            count=self._asked.count if count is None else int(count),
            minutes=self._number("minutes"),
            preset=self.turn("preset").value,
            time_factor=int(self._one("factor")),
            race=self.turn("race").value,
            seen=tuple(Seen(value) for value in self._many("seen")),
            packs=self._many("packs"),
            systems=self._many("systems"),
            tasks=self._many("tasks"),
            next_steps=self._many("next_steps"),
            search=self._input("search").value,
            order=self._one("order"),
        )

    @property
    def whole_day(self) -> bool:
        """Whether an exam day is asked for, which has a form of its own."""
        return self._one("mode") == Mode.EXAM_DAY

    def take(self, request: BlockRequest) -> None:
        """Let the fields say what a request asks for."""
        self._asked = request
        singles = {"mode": request.mode, "factor": request.time_factor, "order": request.order}
        for field, value in singles.items():
            self._picks(field).choose([str(value)])
        for field in _BOXES:
            self._picks(field).choose(getattr(request, field))
        minutes = "" if request.minutes is None else f"{request.minutes:g}"
        typed = {"count": str(request.count), "minutes": minutes, "search": request.search}
        for field, text in typed.items():
            self._input(field).value = text
        self.turn("preset").turn_to(self._preset.id)
        self.turn("race").show(_race_leaves(request.race))
        self.turn("race").turn_to(request.race)

    # --- what is offered ------------------------------------------------------------------

    def offer(self, templates: Sequence[Template]) -> None:
        """The forms to begin with."""
        usual = Leaf(USUAL, build_words.USUAL, "")
        self.turn("template").show([usual, *map(_template_leaf, templates)])

    def fill(self, preview: BuildPreview) -> None:
        """The counts of the boxes, and the runs to race."""
        for field in _BOXES:
            self._picks(field).show(_counted(getattr(preview, field)))
        if preview.rivals:
            said = [(each.value, each.name, each.meaning) for each in preview.rivals]
            leaves = [Leaf(value, safe.one_line(name), meaning) for value, name, meaning in said]
            self.turn("race").show(leaves)

    def show_what_counts(self) -> None:
        """What the mode takes: a day no choice but packs; what the preset allows in minutes."""
        timed = self._one("mode") == Mode.TIMED
        for field in _CLOCKED:
            self.query_one(f"#{field}").display = timed
        for field in _OF_A_BLOCK:
            self.query_one(f"#{field}").display = not self.whole_day
        count = self._number("count")
        preset = self._presets[self.turn("preset").value]
        limit_ms = preset.limit_ms(self._asked.count if count is None else int(count))
        self._input("minutes").placeholder = build_words.as_the_preset(limit_ms)

    def take_preset(self) -> None:
        """A preset sets how many questions; its minutes stand where no others are typed."""
        self._input("minutes").value = ""
        self._input("count").value = str(self._presets[self.turn("preset").value].questions)

    # --- the widgets ----------------------------------------------------------------------

    def turn(self, field: str) -> Turn:
        """A line that shows one of many."""
        return self.query_one(f"#{field}", Turn)

    def _picks(self, field: str) -> Picks:
        return self.query_one(f"#{field}", Picks)

    def _input(self, field: str) -> Input:
        return self.query_one(f"#{field}", Input)

    def _many(self, field: str) -> tuple[str, ...]:
        return self._picks(field).picked

    def _one(self, field: str) -> str:
        return self._many(field)[0]

    def _number(self, field: str) -> float | None:
        try:
            return float(self._input(field).value)
        except ValueError:
            return None


def _counted(choices: Iterable[Choice]) -> list[Pick]:
    return [Pick(choice.value, choice.label, choice.count) for choice in choices]


def _race_leaves(asked: str) -> list[Leaf]:
    """What stands on the line until the runs to race are known."""
    fitting = Leaf("", build_words.FITTING, "")
    return [fitting, Leaf(asked, safe.one_line(asked), "")] if asked else [fitting]


def _template_leaf(template: Template) -> Leaf:
    asked = template.request
    meaning = build_words.form_meaning(asked.count, asked.mode, asked.time_factor)
    return Leaf(template.name, safe.one_line(template.name), meaning)


def preset_leaves(presets: Iterable[Preset], meaning: Callable[[Preset], str]) -> list[Leaf]:
    """Exams to choose from, with what each means for the block or the day."""
    return [
        Leaf(
            preset.id,
            safe.one_line(preset.name),
            meaning(preset),
            build_words.CHECK if preset.uncertain else "",
        )
        for preset in presets
    ]

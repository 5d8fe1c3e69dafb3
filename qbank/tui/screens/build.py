"""New block: one form, live counts, and a sentence that says what will happen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from qbank.block.model import Mode
from qbank.errors import QbankError
from qbank.reporting import build_words, words
from qbank.services.views import BlockRequest, Seen
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.picks import Pick, Picks
from qbank.tui.widgets.text import Label, Sentences
from qbank.tui.widgets.turn import Leaf, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget

    from qbank.content.exam import Preset
    from qbank.services.views import BuildPreview, Choice

_MODES = (
    Pick(Mode.TIMED.value, "Timed"),
    Pick(Mode.TUTOR.value, "Tutor"),
    Pick(Mode.UNTIMED.value, "No clock"),
)
_FACTORS = (Pick("100", "none"), Pick("125", "× 1.25"), Pick("150", "× 1.5"), Pick("200", "× 2"))
_ORDERS = (Pick("shuffled", "shuffled"), Pick("pack", "as in the pack"))
_SEEN_WORDS = {
    Seen.UNUSED: "unused",
    Seen.INCORRECT: "not right",
    Seen.FLAGGED: "flagged",
    Seen.CORRECT: "right",
}


class Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields; the arrows move between them, they do not scroll."""


class NewBlock(Page):
    """The form. Every change asks for a new preview; Start hands the request on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="build.back"),
        Binding("ctrl+s", "start", "Start the block", id="build.start"),
        Binding("up", "app.focus_previous", "Line before", id="build.up", show=False),
        Binding("down", "app.focus_next", "Next line", id="build.down", show=False),
        Binding("enter", "start", "Start the block", id="build.enter", show=False),
    ]

    def __init__(self, request: BlockRequest | None = None) -> None:
        super().__init__()
        self._asked = request or BlockRequest()
        self._preview: BuildPreview | None = None
        self._presets: dict[str, Preset] = {}

    def body(self) -> Iterable[Widget]:
        """The fields, and the sentence under them."""
        asked = self._asked
        build = self.qbank.application.build
        self._presets = {preset.id: preset for preset in build.presets}
        preset = self._presets.get(asked.preset, build.default_preset)
        seen = tuple(Pick(kind.value, said) for kind, said in _SEEN_WORDS.items())
        with Fields(id="form"):
            yield Picks("Mode", _MODES, picked=[asked.mode.value], single=True, id="mode")
            yield Turn("Preset", _leaves(self._presets.values()), preset.id, id="preset")
            with Horizontal(classes="field"):
                yield Label("Questions")
                yield Input(str(asked.count), type="integer", max_length=3, id="count")
                yield Label("minutes", id="minutes-label")
                yield Input(type="number", max_length=5, id="minutes")
            yield Picks(
                "Extra time", _FACTORS, picked=[str(asked.time_factor)], single=True, id="factor"
            )
            yield Picks("From", seen, picked=[kind.value for kind in asked.seen], id="seen")
            yield Picks("Packs", picked=asked.packs, id="packs")
            yield Picks("Systems", picked=asked.systems, id="systems")
            yield Picks("Tasks", picked=asked.tasks, id="tasks")
            with Horizontal(classes="field"):
                yield Label("Search")
                yield Input(asked.search, placeholder="words in stem or options", id="search")
            yield Picks("Order", _ORDERS, picked=[asked.order], single=True, id="order")
        yield Sentences(id="sentence")

    def on_mount(self) -> None:
        """Count for the first time."""
        self.head([strong("New block")], [muted("nothing ticked on a line means all of it")])
        self.query_one("#mode", Picks).focus()
        self.foot(
            [
                Hint("⏎", "start", "screen.start"),
                Hint("Tab ↓", "next line", "app.focus_next", 1),
                Hint("←→ Space", "pick", "screen.keys", 1),
                Hint("Esc", "back", "screen.back"),
            ]
        )
        self._ask()

    # --- the request --------------------------------------------------------------------

    def _request(self) -> BlockRequest:
        """What the form says now."""
        count = self._number("count")
        minutes = self._number("minutes")
        return replace(
            self._asked,
            mode=Mode(self._one("mode")),
            count=self._asked.count if count is None else int(count),
            minutes=minutes,
            preset=self.query_one(Turn).value,
            time_factor=int(self._one("factor")),
            seen=tuple(Seen(value) for value in self._many("seen")),
            packs=self._many("packs"),
            systems=self._many("systems"),
            tasks=self._many("tasks"),
            search=self.query_one("#search", Input).value,
            order=self._one("order"),
        )

    def _number(self, field: str) -> float | None:
        try:
            return float(self.query_one(f"#{field}", Input).value)
        except ValueError:
            return None

    def _one(self, field: str) -> str:
        return self._many(field)[0]

    def _many(self, field: str) -> tuple[str, ...]:
        return self.query_one(f"#{field}", Picks).picked

    def _ask(self) -> None:
        request = self._request()
        limit_ms = self._presets[request.preset].limit_ms(request.count)
        field = self.query_one("#minutes", Input)
        field.placeholder = build_words.as_the_preset(limit_ms)
        self.fetch(lambda: self.qbank.application.build.preview(request), self._fill, group="count")

    def work_failed(self, error: BaseException) -> None:
        """What cannot be asked for is said where the sentence stands."""
        if isinstance(error, QbankError):
            self._preview = None
            self._say(f"{words.sentence(error.message)} {error.hint}", Ink.FLAG)
        else:
            super().work_failed(error)

    def _fill(self, preview: BuildPreview) -> None:
        self._preview = preview
        for field, choices in (
            ("seen", preview.seen),
            ("packs", preview.packs),
            ("systems", preview.systems),
            ("tasks", preview.tasks),
        ):
            self.query_one(f"#{field}", Picks).show(_picks(choices))
        self._say(preview.sentence, Ink.STRONG if preview.taken else Ink.FLAG)

    def _say(self, sentence: str, ink: Ink) -> None:
        self.query_one("#sentence", Sentences).show([[Run(sentence, ink)]])

    # --- keys ---------------------------------------------------------------------------

    def on_picks_changed(self) -> None:
        """Count again; only a timed block has minutes."""
        timed = self._one("mode") == Mode.TIMED
        for field in ("minutes", "minutes-label", "factor"):
            self.query_one(f"#{field}").display = timed
        self._ask()

    def on_input_changed(self) -> None:
        """Count again."""
        self._ask()

    def on_input_submitted(self) -> None:
        """Enter in a field starts, too."""
        self.action_start()

    def on_turn_changed(self) -> None:
        """A preset sets how many questions; its minutes stand where no others are typed."""
        preset = self._presets[self.query_one(Turn).value]
        with self.prevent(Input.Changed):
            self.query_one("#minutes", Input).value = ""
            self.query_one("#count", Input).value = str(preset.questions)
        self._ask()

    def on_turn_opened(self) -> None:
        """All presets at a glance."""
        from qbank.tui.screens.presets import Presets

        turn = self.query_one(Turn)
        self.ask(Presets(tuple(self._presets.values()), turn.value), turn.turn_to)

    def action_start(self) -> None:
        """On to Begin, where something matches; on the line of presets, to their list."""
        if isinstance(self.focused, Turn):
            self.on_turn_opened()
        elif self._preview is not None and self._preview.taken:
            from qbank.tui.screens.begin import Begin

            self.open(Begin(request=self._request()), instead=True)


def _picks(choices: Sequence[Choice]) -> list[Pick]:
    return [Pick(choice.value, choice.label, choice.count) for choice in choices]


def _leaves(presets: Iterable[Preset]) -> list[Leaf]:
    return [
        Leaf(
            preset.id,
            safe.one_line(preset.name),
            build_words.preset_meaning(preset),
            build_words.CHECK if preset.uncertain else "",
        )
        for preset in presets
    ]

"""New block: one form, live counts, and a sentence that says what will happen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from qbank.errors import QbankError
from qbank.reporting import build_words, words
from qbank.services.views import BlockRequest, SittingRequest
from qbank.tui import safe
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.dialogs import Ask, AskText, Choice
from qbank.tui.screens.fields import USUAL, Fields
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint, Rule
from qbank.tui.widgets.picks import Picks
from qbank.tui.widgets.text import Sentences
from qbank.tui.widgets.turn import Turn

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import BuildPreview, Template


class NewBlock(Page):
    """The form. Every change asks for a new preview; Start hands the request on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="build.back"),
        Binding("ctrl+s", "start", "Start the block", id="build.start"),
        Binding("f2", "save", "Save the form", id="build.save"),
        Binding("delete", "forget", "Forget the saved form", id="build.forget"),
        Binding("up", "app.focus_previous", "Line before", id="build.up", show=False),
        Binding("down", "app.focus_next", "Next line", id="build.down", show=False),
        Binding("enter", "enter", "Start, or open a list", id="build.enter", show=False),
    ]

    def __init__(self, request: BlockRequest | None = None) -> None:
        super().__init__()
        self._asked = request or BlockRequest()
        self._preview: BuildPreview | None = None
        self._templates: dict[str, Template] = {}

    @property
    def fields(self) -> Fields:
        """The fields of the form."""
        return self.query_one(Fields)

    def body(self) -> Iterable[Widget]:
        """The fields, and the sentence under them."""
        build = self.qbank.application.build
        yield Fields(self._asked, build.presets, build.default_preset)
        yield Sentences(id="sentence")

    def on_mount(self) -> None:
        """Count for the first time."""
        self.head([strong("New block")], [muted("nothing ticked on a line means all of it")])
        self.query_one("#mode", Picks).focus()
        self._foot()
        self._read_templates()
        self._ask()

    def _foot(self) -> None:
        forget = [Hint("Del", "forget it", "screen.forget", 1)] if self._saved else []
        self.foot(
            [
                Hint("⏎", "start", "screen.start"),
                Hint("Tab ↓", "next line", "app.focus_next", 1),
                Hint("←→ Space", "pick", "screen.keys", 2),
                Hint("F2", "save the form", "screen.save", 1),
                *forget,
                Hint("Esc", "back", "screen.back"),
            ]
        )

    def on_fields_moved(self, event: Fields.Moved) -> None:
        """The rules say how much is out of sight."""
        self.query_one("#above", Rule).show(event.above)
        self.query_one("#below", Rule).show(event.below, key="↓")

    # --- counting -------------------------------------------------------------------------

    def _ask(self) -> None:
        self.fields.show_what_counts()
        if self.fields.whole_day:
            self._preview = None
            self._say(build_words.WHOLE_DAY, Ink.STRONG)
            return
        request = self.fields.request()
        self.fetch(lambda: self.qbank.application.build.preview(request), self._fill, group="count")

    def work_failed(self, error: BaseException) -> None:
        """What cannot be asked for is said where the sentence stands."""
        if isinstance(error, QbankError):
            self._preview = None
            self._say(f"{words.sentence(error.message)} {error.hint}", Ink.FLAG)
        else:
            super().work_failed(error)

    def _fill(self, preview: BuildPreview) -> None:
        if self.fields.whole_day:
            return
        self._preview = preview
        self.fields.fill(preview)
        self._say(preview.sentence, Ink.STRONG if preview.taken else Ink.FLAG)

    def _say(self, sentence: str, ink: Ink) -> None:
        self.query_one("#sentence", Sentences).show([[Run(sentence, ink)]])

    def on_picks_changed(self) -> None:
        """Count again."""
        self._ask()

    def on_input_changed(self) -> None:
        """Count again."""
        self._ask()

    def on_input_submitted(self) -> None:
        """Enter in a field starts, too."""
        self.action_start()

    # --- one of many ----------------------------------------------------------------------

    def on_turn_changed(self, event: Turn.Changed) -> None:
        """Another preset, run to race or form to begin with."""
        with self.prevent(Input.Changed, Turn.Changed):
            if event.turn.id == "preset":
                self.fields.take_preset()
            elif event.turn.id == "template":
                template = self._templates.get(event.turn.value)
                self.fields.take(self._asked if template is None else template.request)
        self._foot()
        self._ask()

    def on_turn_opened(self, event: Turn.Opened) -> None:
        """All of them at a glance."""
        self._open(event.turn)

    def _open(self, turn: Turn) -> None:
        if turn.id == "preset":
            from qbank.tui.screens.presets import Presets

            build = self.qbank.application.build
            self.ask(Presets(build.presets, turn.value), turn.turn_to)
        else:
            choices = [Choice(leaf.value, leaf.name, leaf.meaning) for leaf in turn.leaves]
            self.ask(Ask(turn.label, [], choices, ready=turn.value), turn.turn_to)

    # --- forms to begin with ----------------------------------------------------------------

    def _read_templates(self, chosen: str = "") -> None:
        def come(templates: tuple[Template, ...]) -> None:
            self._templates = {template.name: template for template in templates}
            with self.prevent(Turn.Changed):
                self.fields.offer(templates)
                self.fields.turn("template").turn_to(chosen or USUAL)
            self._foot()

        self.fetch(self.qbank.application.saved.templates, come, group="templates")

    @property
    def _saved(self) -> str:
        """The name of the saved form that is shown; empty for any other."""
        template = self._templates.get(self.fields.turn("template").value)
        return template.name if template is not None and template.saved else ""

    def action_save(self) -> None:
        """Save the form under a name."""
        self.ask(AskText("Save this form as", self._saved), self._save)

    def _save(self, name: str) -> None:
        request = self.fields.request()
        saved = self.qbank.application.saved
        self.fetch(lambda: saved.save(name, request), self._read_templates, group="save")

    def action_forget(self) -> None:
        """Forget the saved form that is shown, asked once."""
        name = self._saved
        if not name:
            return
        title = f'Forget the form "{safe.one_line(name)}"?'
        choices = [Choice("forget", "Forget it"), Choice("keep", "Keep it")]
        dialog = Ask(title, [], choices, ready="keep")
        self.ask(dialog, lambda answer: self._forget(name) if answer == "forget" else None)

    def _forget(self, name: str) -> None:
        saved = self.qbank.application.saved
        self.fetch(lambda: saved.delete(name), lambda _: self._read_templates(), group="save")

    # --- on -----------------------------------------------------------------------------------

    def action_enter(self) -> None:
        """On a line of many their list; else on to Begin."""
        if isinstance(self.focused, Turn):
            self._open(self.focused)
        else:
            self.action_start()

    def action_start(self) -> None:
        """On to Begin, where something matches; to its own form for an exam day."""
        if self.fields.whole_day:
            from qbank.tui.screens.exam_day import ExamDay

            asked = self.fields.request()
            day = SittingRequest(asked.preset, time_factor=asked.time_factor, packs=asked.packs)
            self.open(ExamDay(day), instead=True)
        elif self._preview is not None and self._preview.taken:
            from qbank.tui.screens.begin import Begin

            self.open(Begin(request=self.fields.request()), instead=True)

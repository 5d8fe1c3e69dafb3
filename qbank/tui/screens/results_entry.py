"""A form for one result: a mock or a score report, entered or corrected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from qbank.errors import QbankError
from qbank.reporting import result_words as say
from qbank.reporting import words
from qbank.services.result_form import error_of, new_texts, texts_of, typed
from qbank.services.results import KINDS, LONGEST_TEXT
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.form import Form
from qbank.tui.widgets.picks import Pick, Picks
from qbank.tui.widgets.text import Label, Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views.stats import ResultView

_HINTS = {"day": "18 Dec 2026 or 2026-12-18", "name": "form 12", "bars": say.BARS_HINT}


class ResultForm(Page):
    """Gives the id of the result as it is kept, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="result_form.back"),
        Binding("ctrl+s", "keep", "Keep it", id="result_form.keep"),
        Binding("up", "app.focus_previous", "Line before", id="result_form.up", show=False),
        Binding("down", "app.focus_next", "Next line", id="result_form.down", show=False),
        Binding("enter", "keep", "Keep it", id="result_form.enter", show=False),
    ]

    def __init__(self, one: ResultView | None, pass_mark: float | None) -> None:
        super().__init__()
        self._one = one
        self._pass_mark = pass_mark
        self._kind = one.kind if one else next(iter(KINDS))
        self._keeping = False

    def body(self) -> Iterable[Widget]:
        """The fields, and a sentence under them."""
        with Form(id="form"):
            yield from self._fields()
        yield Sentences(id="sentence")

    def _fields(self) -> Iterable[Widget]:
        texts = new_texts(self._pass_mark) if self._one is None else texts_of(self._one)
        for name, label in say.FIELDS.items():
            with Horizontal(classes="field"):
                yield Label(label)
                yield Input(
                    texts[name],
                    placeholder=_HINTS.get(name, ""),
                    max_length=0 if name == "bars" else LONGEST_TEXT,
                    id=f"result-{name}",
                )
            if name == "day":
                kinds = [Pick(kind, kind) for kind in KINDS]
                yield Picks("Kind", kinds, picked=[self._kind], single=True, id="result-kind")

    def on_mount(self) -> None:
        """Begin at the date."""
        self.head([strong(say.EDIT if self._one else say.NEW)], [muted(say.MAY_BE_EMPTY)])
        self.query_one("#result-day", Input).focus()
        self._say(say.CHECK)
        self.foot(
            [
                Hint("⏎", "keep", "screen.keep"),
                Hint("Tab ↓", "next line", "app.focus_next", 1),
                Hint("←→", "kind", "screen.keys", 2),
                Hint("Esc", "back", "screen.leave"),
            ]
        )

    def _say(self, sentence: str, ink: Ink = Ink.MUTED) -> None:
        self.query_one("#sentence", Sentences).show([[Run(sentence, ink)]])

    def on_picks_changed(self, event: Picks.Changed) -> None:
        """Another kind has another error; one of the person's own stays."""
        (kind,) = event.picks.picked
        error = self.query_one("#result-error", Input)
        if error.value == error_of(self._kind):
            error.value = error_of(kind)
        self._kind = kind

    def on_input_submitted(self) -> None:
        """Enter in a field keeps it."""
        self.action_keep()

    def action_keep(self) -> None:
        """Keep what stands there, or say what cannot be kept."""
        if self._keeping:
            return
        texts = {name: self.query_one(f"#result-{name}", Input).value for name in say.FIELDS}
        texts["kind"] = self._kind
        results, one = self.qbank.application.results, self._one

        def work() -> ResultView:
            new = typed(texts)
            return results.add(new) if one is None else results.change(one.id, new)

        self._keeping = True
        self.fetch(work, lambda kept: self.give(kept.id), group="keep")

    def work_failed(self, error: BaseException) -> None:
        """What cannot be kept is said where the sentence stands."""
        self._keeping = False
        if isinstance(error, QbankError):
            self._say(f"{words.sentence(error.message)} {error.hint}".strip(), Ink.FLAG)
        else:
            super().work_failed(error)

    def action_leave(self) -> None:
        """Nothing is kept."""
        self.give(None)

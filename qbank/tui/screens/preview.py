"""A question of the library: to read, with its key covered until asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import words
from qbank.tui import safe
from qbank.tui.explain import explanation_rows
from qbank.tui.face import Face, OptionMark, flat_rows
from qbank.tui.ink import Ink, Row, Run, inset, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.pages import Scroll

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import Explanation, QuestionHit, QuestionText
    from qbank.tui.widgets.lines import Lines

_MOST = 104


class Preview(Page):
    """Walks through what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k,K", "key", "Show or cover the key", id="preview.key"),
        Binding("v,V", "exhibit", "Exhibits: pictures of the question", id="preview.exhibit"),
        Binding("right,enter", "step(1)", "Next", id="preview.next"),
        Binding("left", "step(-1)", "The one before", id="preview.before"),
        Binding("escape,backspace", "back", "Back", id="preview.back"),
    ]

    def __init__(self, hits: Sequence[QuestionHit], at: int) -> None:
        super().__init__()
        self._hits = tuple(hits)
        self._at = at
        self._open = False
        self._shown: tuple[QuestionText, Explanation] | None = None

    def body(self) -> Iterable[Widget]:
        """One page to read."""
        yield Scroll(id="preview")

    def on_mount(self) -> None:
        """Fetch the first one."""
        self.query_one(Scroll).focus()
        self._fetch()

    def _fetch(self) -> None:
        hit = self._hits[self._at]
        self._open = False
        packs = self.qbank.application.packs
        self.fetch(lambda: packs.preview(hit.pack, hit.question), self._fill)

    def _fill(self, shown: tuple[QuestionText, Explanation]) -> None:
        self._shown = shown
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            return
        hit = self._hits[self._at]
        sign = words.next_step_sign(hit.next_step)
        step = Run(f"{sign} " if sign else "", Ink.ACCENT)
        place = f"{self._at + 1} of {len(self._hits)}"
        self.head(
            [step, strong(safe.one_line(hit.question))],
            [muted(f"{safe.one_line(hit.pack)} · {place}")],
        )
        self.query_one(Scroll).show(self._rows)
        self.foot(
            [
                Hint("K", "cover the key" if self._open else "show the key", "screen.key"),
                Hint("⏎", "next", "screen.step(1)"),
                Hint("←", "before", "screen.step(-1)"),
                Hint("Esc", "back", "screen.back"),
            ]
        )

    def _rows(self, width: int) -> list[Row]:
        if self._shown is None:
            return []
        text, explanation = self._shown
        inner = min(_MOST, width - 6)
        key = explanation.key if self._open else ()
        marks = {option: OptionMark(sign="✓") for option in key}
        rows = flat_rows(Face(text, marks), inner)
        if self._open:
            rows += explanation_rows(explanation, text, (), inner)
        return [inset(one, 2) for one in rows]

    def action_key(self) -> None:
        """Show the key and what stands behind it, or cover both."""
        self._open = not self._open
        self._show()

    def action_exhibit(self, at: int = 0) -> None:
        """The pictures of the question, where it has any."""
        from qbank.tui.screens.exhibits import Exhibits

        if self._shown is not None and self._shown[0].exhibits:
            self.open(Exhibits(self._shown[0].exhibits, at))

    async def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on a picture's label shows it; on a rule that says there is more, that."""
        event.stop()
        if event.target in ("more", "back"):
            self.query_one(Scroll).action_page(1 if event.target == "more" else -1)
        else:
            await self.run_action(event.target)

    def action_step(self, step: int) -> None:
        """The next one, or the one before."""
        at = self._at + step
        if 0 <= at < len(self._hits):
            self._at = at
            self._fetch()

"""A question as it was answered: what stands behind it, and what the person did on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import words
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.reviewing import review_rows
from qbank.tui.screens.dialogs import Ask, AskText, Choice
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.pages import Scroll

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import QuestionReview


class Review(Page):
    """Walks through some positions of a closed block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "step(1)", "Next", id="review.next"),
        Binding("left", "step(-1)", "The one before", id="review.before"),
        Binding("n,N", "note", "Note", id="review.note"),
        Binding("r,R", "reason", "Why it was not right", id="review.reason"),
        Binding("escape,backspace", "back", "Back to the result", id="review.back"),
    ]
    COLUMN = "column wide"

    def __init__(self, block_id: str, positions: tuple[int, ...], at: int) -> None:
        super().__init__()
        self._block_id = block_id
        self._positions = positions
        self._at = positions.index(at)
        self._review: QuestionReview | None = None

    def body(self) -> Iterable[Widget]:
        """One page to read."""
        yield Scroll(id="review")

    def on_mount(self) -> None:
        """Fetch the first one."""
        self.query_one(Scroll).focus()
        self._fetch()

    def _fetch(self) -> None:
        position = self._positions[self._at]
        self.head([strong(f"Question {position}")])
        review = self.qbank.application.review
        self.fetch(lambda: review.question(self._block_id, position), self._fill)

    def _fill(self, review: QuestionReview) -> None:
        self._review = review
        attempt = review.attempt
        sign = Run(f"{words.sign(attempt.outcome)} ", Ink.GOOD if _right(review) else Ink.BAD)
        sign_of_step = words.next_step_sign(attempt.next_step)
        step = Run(f"{sign_of_step} " if sign_of_step else "", Ink.ACCENT)
        place = f"{self._at + 1} of {len(self._positions)}"
        self.head(
            [
                step,
                strong(f"Question {attempt.position}   "),
                sign,
                muted(words.outcome(attempt.outcome)),
            ],
            [muted(f"{words.clock(attempt.clock_ms)} on it · {place}")],
        )
        self.query_one(Scroll).show(lambda width: review_rows(review, width))
        reason = [] if _right(review) else [Hint("R", "reason", "screen.reason", 2)]
        self.foot(
            [
                Hint("⏎", "next", "screen.step(1)"),
                Hint("←", "before", "screen.step(-1)"),
                Hint("Space", "scroll", "screen.scroll", 1),
                Hint("N", "note", "screen.note", 3),
                *reason,
                Hint("Esc", "back", "screen.back"),
            ]
        )

    def action_scroll(self) -> None:
        """Read on."""
        self.query_one(Scroll).action_page(1)

    async def action_step(self, step: int) -> None:
        """The next one; after the last, back to the result."""
        at = self._at + step
        if at >= len(self._positions):
            await self.action_back()
        elif at >= 0:
            self._at = at
            self._fetch()

    def action_reason(self) -> None:
        """Say why it was not right."""
        from qbank.reporting.review_words import REASONS

        if self._review is not None and not _right(self._review):
            choices = [Choice(name, said) for name, said in REASONS.items()]
            self.ask(Ask("Why was it not right?", [], choices), self._keep_reason)

    def _keep_reason(self, reason: str) -> None:
        position = self._positions[self._at]
        review = self.qbank.application.review
        self.fetch(
            lambda: review.set_reason(self._block_id, position, reason), lambda _: self._fetch()
        )

    def action_note(self) -> None:
        """Write or change the note."""
        if self._review is not None:
            self.ask(AskText("Note on this question", self._review.note), self._keep_note)

    def _keep_note(self, text: str) -> None:
        position = self._positions[self._at]
        review = self.qbank.application.review
        self.fetch(lambda: review.set_note(self._block_id, position, text), lambda _: self._fetch())


def _right(review: QuestionReview) -> bool:
    return words.sign(review.attempt.outcome) == "✓"

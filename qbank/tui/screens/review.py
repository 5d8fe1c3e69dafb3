"""A question as it was answered: what stands behind it, and what the person did on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.reporting import review_words as say
from qbank.reporting import words
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.reviewing import folded, review_rows
from qbank.tui.screens.dialogs import AskText
from qbank.tui.screens.page import Page
from qbank.tui.screens.reasons import ask_reason
from qbank.tui.screens.typed_file import write_typed
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.pages import Scroll

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.views import QuestionReview
    from qbank.tui.widgets.lines import Lines

_WRITES = {"note", "reason", "fault", "more"}


class Review(Page):
    """Walks through some positions of a closed block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "step(1)", "Next", id="review.next"),
        Binding("left", "step(-1)", "The one before", id="review.before"),
        Binding("e,E", "every", "Why of every option, or of two", id="review.every"),
        Binding("r,R", "reason", "Why it was not right", id="review.reason"),
        Binding("n,N", "note", "Note", id="review.note"),
        Binding("m,M", "more", "A short block of questions like this", id="review.more"),
        Binding("f,F", "fault", "Report a fault of the question", id="review.fault"),
        Binding("v,V", "exhibit", "Exhibits: pictures of the question", id="review.exhibit"),
        Binding("d,D", "discuss", "A sheet of these to talk over", id="review.discuss"),
        Binding("escape,backspace", "back", "Back to the result", id="review.back"),
    ]
    COLUMN = "column wide"

    def __init__(self, block_id: str, positions: tuple[int, ...], at: int) -> None:
        super().__init__()
        self._block_id = block_id
        self._positions = positions
        self._at = positions.index(at)
        self._review: QuestionReview | None = None
        self._every = False
        self._keeping = False
        self._leaving = False

    def body(self) -> Iterable[Widget]:
        """One page to read."""
        yield Scroll(id="review")

    def on_mount(self) -> None:
        """Fetch the first one."""
        self.query_one(Scroll).focus()
        self._fetch()

    @property
    def _position(self) -> int:
        return self._positions[self._at]

    def _fetch(self, *, stay: bool = False) -> None:
        position = self._position
        self.head([strong(f"Question {position}")])
        review = self.qbank.application.review
        self.fetch(
            lambda: review.question(self._block_id, position), lambda seen: self._fill(seen, stay)
        )

    def _fill(self, review: QuestionReview, stay: bool) -> None:
        self._review = review
        attempt = review.attempt
        sign = Run(f"{words.sign(attempt.outcome)} ", Ink.BAD if attempt.reasons else Ink.GOOD)
        sign_of_step = words.next_step_sign(attempt.next_step)
        step = Run(f"{sign_of_step} " if sign_of_step else "", Ink.ACCENT)
        flag = [Run(f"   {words.FLAGGED} flagged", Ink.FLAG)] if attempt.flagged else []
        sure = [muted(f"   {attempt.confidence}")] if attempt.confidence else []
        place = f"{self._at + 1} of {len(self._positions)}"
        self.head(
            [
                step,
                strong(f"Question {attempt.position}   "),
                sign,
                muted(words.outcome(attempt.outcome)),
                *sure,
                *flag,
            ],
            [muted(f"{say.stayed(attempt.clock_ms)} · {place}")],
        )
        self._show(stay=stay)

    def _show(self, *, stay: bool) -> None:
        review = self._review
        if review is None:
            return
        every = self._every
        self.query_one(Scroll).show(
            lambda width: review_rows(review, width, every=every), stay=stay
        )
        hints = [
            Hint("⏎", "next", "screen.step(1)"),
            Hint("←", "before", "screen.step(-1)", 5),
            Hint("E", "two options" if every else "every option", "screen.every", 1),
            Hint("R", "reason", "screen.reason", 2),
            Hint("N", "note", "screen.note", 3),
            Hint("M", "more like this", "screen.more", 4),
            Hint("F", "report", "screen.fault", 6),
            Hint("D", "talk it over", "screen.discuss", 7),
            Hint("Esc", "back", "screen.back"),
        ]
        self.foot([hint for hint in hints if self._can(hint.action)])

    def _can(self, action: str) -> bool:
        name = action.removeprefix("screen.").partition("(")[0]
        return self.check_action(name, ()) is not False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that cannot act are not offered."""
        review = self._review
        if action in _WRITES and (review is None or self.qbank.application.read_only):
            return False
        if action == "reason":
            return review is not None and bool(review.attempt.reasons)
        if action == "every":
            return review is not None and folded(review) > 0
        return super().check_action(action, parameters)

    async def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A press on what says that there is more shows it."""
        event.stop()
        if event.target in ("more", "back"):
            self.query_one(Scroll).action_page(1 if event.target == "more" else -1)
        else:
            await self.run_action(event.target)

    def action_exhibit(self, at: int = 0) -> None:
        """The pictures of the question, where it has any."""
        from qbank.tui.screens.exhibits import Exhibits

        if self._review is not None and self._review.text.exhibits:
            self.open(Exhibits(self._review.text.exhibits, at))

    async def action_step(self, step: int) -> None:
        """The next one; after the last, back to the result."""
        at = self._at + step
        if at >= len(self._positions):
            await self.action_back()
        elif at >= 0:
            self._at = at
            self._fetch()

    def action_every(self) -> None:
        """Why of every option, or of the right one and the person's own alone."""
        self._every = not self._every
        self._show(stay=True)

    # --- what a person says -----------------------------------------------------------

    def action_reason(self) -> None:
        """Say why it was not right."""
        if self._review is not None:
            self.ask(
                ask_reason(self._review.attempt),
                lambda reason: self._keep(self.qbank.application.review.set_reason, reason),
            )

    def action_note(self) -> None:
        """Write or change the note."""
        if self._review is not None:
            self.ask(
                AskText("Note on this question", self._review.note),
                lambda text: self._keep(self.qbank.application.notes.set_note, text),
            )

    def action_fault(self) -> None:
        """Say what is wrong with the question itself."""
        if self._review is not None:
            self.ask(
                AskText(say.FAULT_ASK, self._review.fault, say.FAULT_HINT),
                lambda text: self._keep(self.qbank.application.review.set_fault, text),
            )

    def _keep(self, put: Callable[[str, int, str], None], said: str) -> None:
        """Write it down, then show it; who leaves meanwhile goes back when it is on disk."""
        position = self._position
        self._keeping = True
        work = partial(put, self._block_id, position, said)
        self.fetch(work, lambda _: self._kept(), group="keep")

    def _kept(self) -> None:
        self._keeping = False
        if self._leaving:
            self.app.call_next(self.action_back)
        else:
            self._fetch(stay=True)

    def work_failed(self, error: BaseException) -> None:
        """What could not be kept is told of, and nobody waits for it."""
        self._keeping = self._leaving = False
        super().work_failed(error)

    async def action_back(self) -> None:
        """Back to the result, which shows what was said here."""
        self._leaving = self._keeping
        if not self._keeping:
            await super().action_back()

    def action_discuss(self) -> None:
        """Write a sheet of the questions of this walk, for a friend or a tutor."""
        here = str(Path.cwd() / say.sheet_name(self._block_id))
        title = say.sheet_ask(len(self._positions))
        self.ask(AskText(title, here, say.SHEET_HINT), self._write_sheet)

    def _write_sheet(self, path: str) -> None:
        from qbank.services.sheets import sheet_of

        review = self.qbank.application.review
        sheet = partial(sheet_of, review, self._block_id, self._positions)
        write_typed(self, path, sheet, say.sheet_written)

    def action_more(self) -> None:
        """A short block of questions like this one."""
        from qbank.tui.screens.more import More

        self.open(More(self._block_id, self._position))

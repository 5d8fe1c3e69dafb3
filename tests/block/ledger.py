"""A second opinion: the rules of a block kept with plain counters, for comparison.

It knows no events. It is told what was asked and when, keeps its own books, and says
whether the engine should have refused, closed or gone on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from qbank.block import commands as c
from qbank.block.model import BlockSpec, Confidence, GapKind, GapPolicy, Mode, PausePolicy, Phase
from qbank.block.state import BlockState

Verdict = Literal["refused", "closed", "done"]


@dataclass
class Page:
    """What the ledger knows of one question."""

    visits: int = 0
    clock_ms: int = 0
    away_ms: int = 0
    reading_ms: int = 0
    first_visit_ms: int = 0
    first_shown_at_ms: int | None = None
    first_answered_at_ms: int | None = None
    answers: list[tuple[str, ...]] = field(default_factory=list)
    response: tuple[str, ...] = ()
    struck: set[str] = field(default_factory=set)
    flagged: bool = False
    confidence: Confidence | None = None
    highlights: tuple[tuple[int, int], ...] = ()
    revealed: bool = False

    @property
    def changes(self) -> int:
        return sum(
            now != before for before, now in zip(self.answers, self.answers[1:], strict=False)
        )


class Ledger:
    """The books of one block that has been started."""

    def __init__(self, spec: BlockSpec) -> None:
        self.spec = spec
        self.pages = [Page() for _ in spec.slots]
        self.phase = Phase.RUNNING
        self.now_ms = self.used_ms = self.paused_ms = self.reading_ms = self.free_ms = 0
        self.shown = 0
        self.hidden = self.focus_known = self.interrupted = False
        self.show(1)

    @property
    def page(self) -> Page:
        return self.pages[self.shown - 1]

    @property
    def left_ms(self) -> int | None:
        return None if self.spec.limit_ms is None else self.spec.limit_ms - self.used_ms

    def asked(self, command: c.Command, at_ms: int) -> Verdict:
        """Take a command into the books; says what the engine must make of it."""
        gap = command if isinstance(command, c.NoteGap) else None
        self.pass_time(at_ms - self.now_ms - (gap.ms if gap else 0))
        if self.time_is_up:
            self.phase = Phase.CLOSED
            return "closed"
        if gap:
            return self.absent(gap)
        return "done" if self.carry_out(command) else "refused"

    @property
    def runs(self) -> bool:
        return self.phase is Phase.RUNNING and not self.page.revealed

    @property
    def time_is_up(self) -> bool:
        return self.runs and self.left_ms == 0

    def pass_time(self, ms: int) -> None:
        """Awake time passes; on a running clock no further than the limit."""
        if self.runs:
            if self.left_ms is not None:
                ms = min(ms, self.left_ms)
            self.used_ms += ms
            self.page.clock_ms += ms
            self.page.away_ms += ms * self.hidden
            self.page.first_visit_ms += ms * (self.page.visits == 1)
        elif self.phase is Phase.PAUSED:
            self.paused_ms += ms
        elif self.phase is Phase.RUNNING:
            self.reading_ms += ms
            self.page.reading_ms += ms
        else:
            return
        self.now_ms += ms

    def absent(self, gap: c.NoteGap) -> Verdict:
        if self.phase is Phase.CLOSED:
            return "refused"
        self.interrupted |= gap.kind is not GapKind.LEFT
        self.hidden &= gap.kind is GapKind.SLEEP
        by_choice = gap.kind in (GapKind.SLEEP, GapKind.LEFT)
        if by_choice and self.spec.gaps is GapPolicy.CHARGE_SLEEP and self.runs:
            self.pass_time(gap.ms)
            if self.time_is_up:
                self.phase = Phase.CLOSED
                return "closed"
        else:
            self.now_ms += gap.ms
            self.free_ms += gap.ms
        return "done"

    def carry_out(self, command: c.Command) -> bool:
        """Carry a command out where the rules allow it."""
        everywhere = {c.Blur: self.blur, c.Focus: self.focus, c.Submit: self.close}
        if self.phase is Phase.CLOSED:
            return False
        if action := everywhere.get(type(command)):
            action()
            return True
        if self.phase is Phase.PAUSED:
            return self.resume(command)
        return self.work(command)

    def blur(self) -> None:
        self.hidden = self.focus_known = True

    def focus(self) -> None:
        self.hidden, self.focus_known = False, True

    def close(self) -> None:
        self.phase = Phase.CLOSED

    def resume(self, command: c.Command) -> bool:
        if isinstance(command, c.Resume):
            self.phase = Phase.RUNNING
        return isinstance(command, c.Resume)

    def work(self, command: c.Command) -> bool:
        match command:
            case c.Pause():
                return self.pause()
            case c.Show(position):
                return self.show(position)
            case c.Start() | c.Resume() | c.Blur() | c.Focus() | c.NoteGap() | c.Submit():
                return False
        if command.position != self.shown:
            return False
        return self.mark(self.page, command)

    def pause(self) -> bool:
        if self.spec.pause is PausePolicy.ALLOWED:
            self.phase = Phase.PAUSED
        return self.spec.pause is PausePolicy.ALLOWED

    def show(self, position: int) -> bool:
        if not 1 <= position <= len(self.pages):
            return False
        if position != self.shown:
            self.shown = position
            self.page.visits += 1
            if self.page.first_shown_at_ms is None:
                self.page.first_shown_at_ms = self.now_ms
        return True

    def mark(self, page: Page, command: object) -> bool:
        match command:
            case c.Flag() | c.Unflag():
                page.flagged = isinstance(command, c.Flag)
            case c.Highlight(spans=spans):
                page.highlights = spans
            case c.Reveal():
                page.revealed |= self.spec.mode is Mode.TUTOR
                return page.revealed
            case _:
                return not page.revealed and self.decide_on(page, command)
        return True

    def decide_on(self, page: Page, command: object) -> bool:
        options = self.spec.slot(self.shown).options
        match command:
            case c.Answer(options=chosen):
                return self.answer(page, tuple(sorted(chosen)))
            case c.Clear():
                page.response = ()
            case c.SetConfidence(level=level):
                page.confidence = level
            case c.Strike(option=option) | c.Unstrike(option=option) if option in options:
                change: Callable[[str], None] = (
                    page.struck.add if isinstance(command, c.Strike) else page.struck.discard
                )
                change(option)
            case _:
                return False
        return True

    def answer(self, page: Page, chosen: tuple[str, ...]) -> bool:
        slot = self.spec.slot(self.shown)
        if not chosen or not set(chosen) <= set(slot.options):
            return False
        if len(chosen) > 1 and not slot.several:
            return False
        page.response = chosen
        page.answers.append(chosen)
        if page.first_answered_at_ms is None:
            page.first_answered_at_ms = self.now_ms
        return True

    def compare(self, state: BlockState) -> None:
        """Every figure of the state that the last event fixed must be in the books."""
        booked = (self.phase, self.shown, self.hidden, self.focus_known, self.interrupted)
        assert booked == (
            state.phase,
            state.shown,
            state.blurred,
            state.focus_known,
            state.interrupted,
        )
        assert self.used_ms == state.used_ms(self.now_ms)
        assert self.left_ms == state.remaining_ms(self.now_ms)
        for position, page in enumerate(self.pages, start=1):
            cell = state.cell(position)
            assert page.clock_ms == state.time_on(position, self.now_ms)
            assert (page.visits, page.first_shown_at_ms) == (cell.visits, cell.first_shown_at_ms)
            assert page.first_answered_at_ms == cell.first_answered_at_ms
            assert (page.response, page.changes) == (cell.response, cell.changes)
            assert (page.answers[0] if page.answers else ()) == cell.first_response
            assert (page.struck, page.flagged) == (set(cell.struck), cell.flagged)
            assert (page.confidence, page.revealed) == (cell.confidence, cell.revealed)
            assert page.highlights == cell.highlights
        if state.at_ms == self.now_ms:
            self.compare_accounts(state)

    def compare_accounts(self, state: BlockState) -> None:
        """What is only booked when an event happens."""
        booked = (self.used_ms, self.paused_ms, self.reading_ms, self.free_ms)
        assert booked == (
            state.clock_ms,
            state.paused_ms,
            state.reading_ms,
            state.uncharged_gap_ms,
        )
        for page, cell in zip(self.pages, state.cells, strict=True):
            booked = (page.clock_ms, page.away_ms, page.reading_ms, page.first_visit_ms)
            assert booked == (cell.clock_ms, cell.away_ms, cell.reading_ms, cell.first_visit_ms)

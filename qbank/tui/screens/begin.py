"""Before a block: what will happen. The clock starts here and not before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from qbank.block.commands import Pause
from qbank.block.model import Phase
from qbank.reporting import pace_words, words
from qbank.tui import safe, steps
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.running import Running
from qbank.tui.screens.page import Page
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.table import Column, Item, Table
from qbank.tui.widgets.text import Sentences

if TYPE_CHECKING:
    from textual.widget import Widget

    from qbank.services.runner import BlockRunner
    from qbank.services.views import BlockRequest


class Begin(Page):
    """Freezes a request into a block, or opens one that waits; then asks once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", "Not now", id="begin.back", show=False),
    ]

    def __init__(self, *, request: BlockRequest | None = None, block_id: str = "") -> None:
        super().__init__()
        self._request = request
        self._block_id = block_id
        self._runner: BlockRunner | None = None
        self._wanted = True

    def body(self) -> Iterable[Widget]:
        """What will happen, and the choices."""
        yield Sentences(id="what")
        yield Table((Column(width=16), Column()), one_press=True, id="choices")

    def on_mount(self) -> None:
        """Make the block ready."""
        self.head([strong("qbank")], [muted("before the clock")])
        self.query_one("#what", Sentences).show([[muted("Drawing the questions …")]])
        self.foot([Hint("Esc", "not now", "screen.back")])
        self.query_one(Table).focus()
        self.fetch(self._make, self._made)

    def _make(self) -> BlockRunner:
        application = self.qbank.application
        if self._request is not None:
            self._block_id = application.build.create(self._request)
        return application.blocks.open(self._block_id)

    def work_failed(self, error: BaseException) -> None:
        """Nothing to begin: back to where the person was, and say why."""
        self.give(None)
        super().work_failed(error)

    def _made(self, runner: BlockRunner) -> None:
        self._runner = runner
        if not self._wanted:
            self._let_go(discard=False)
            return
        if runner.state.phase is Phase.RUNNING and Running.may_pause(runner):
            runner.do(Pause())
        self.query_one("#what", Sentences).show(self._what(runner))
        choices = [("begin", "Go on" if runner.resumed else "Begin", self._clock_said(runner))]
        choices.append(("back", "Not now", self._wait_said(runner)))
        if runner.resumed and not runner.state.answered:
            choices.append(("discard", "Discard", "nothing was answered; nothing is kept of it"))
        table = self.query_one(Table)
        table.show([Item(key, ((strong(name),), (muted(said),))) for key, name, said in choices])
        self.foot(
            [
                Hint("⏎", choices[0][1].lower(), "screen.begin"),
                Hint("Esc", "not now", "screen.back"),
            ]
        )

    def _what(self, runner: BlockRunner) -> list[list[Run]]:
        spec, resumed = runner.spec, runner.resumed
        name = [Run(safe.one_line(runner.name), Ink.HEAD)]
        if resumed is not None and resumed.crashed:
            said = words.back_after_crash(
                resumed.position, resumed.remaining_ms, resumed.answered, resumed.away_ms
            )
            return [name, [Run(said)]]
        if resumed is not None:
            return [
                name,
                [Run(words.waits(resumed.position, resumed.remaining_ms, resumed.answered))],
            ]
        limit = words.limit(spec.limit_ms, spec.time_factor)
        sentences = [name, [Run(words.will_happen(spec.size, limit, spec.mode))]]
        if spec.race is not None and runner.pacing.told(runner.state):
            sentences.append([Run(pace_words.race(spec.race))])
        points = runner.checkpoints()
        if points:
            sentences.append([Run(pace_words.checkpoints(points))])
        pause = words.MAY_PAUSE if Running.may_pause(runner) else words.NO_PAUSE
        return [*sentences, [muted(pause)], [muted(words.KEPT)]]

    def _clock_said(self, runner: BlockRunner) -> str:
        if runner.spec.limit_ms is None:
            return "no clock"
        return "the clock goes on" if runner.resumed else "the clock starts"

    def _wait_said(self, runner: BlockRunner) -> str:
        return "it waits on Home" if runner.resumed else "nothing is kept of it"

    def chosen(self, table: Table, key: str) -> None:
        """Begin, not now, or discard."""
        if key == "begin":
            self.action_begin()
        elif key == "discard":
            self._let_go(discard=True)
        else:
            self._let_go(discard=False)

    def action_begin(self) -> None:
        """The clock starts."""
        runner = self._runner
        if runner is None:
            return
        from qbank.tui.screens.block import Block

        self._runner = None
        settings = self.qbank.settings
        running = Running(
            runner,
            self.qbank.memory,
            count_down=settings.clock != "used",
            nudge=settings.nudge,
            ring=self.app.bell if settings.bell else lambda: None,
        )
        command = steps.begin(runner.state)
        if command is not None:
            runner.do(command)
        self.open(Block(running), instead=True)

    async def action_back(self) -> None:
        """Not now."""
        self._let_go(discard=False)

    def _let_go(self, *, discard: bool) -> None:
        """Close the block, once it is there; one that was never begun is not kept."""
        self._wanted = False
        runner, self._runner = self._runner, None
        if runner is None:
            return
        unwanted = discard or runner.resumed is None

        def work() -> None:
            runner.leave()
            if unwanted:
                self.qbank.application.build.discard(self._block_id)

        self.fetch(work, lambda _: self.give(None))

    async def may_leave(self) -> bool:
        """Leaving qbank from here is leaving the block for now."""
        self._let_go(discard=False)
        return True

"""Small questions over a page: each gives its asker a typed answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from qbank.reporting import words
from qbank.tui.ink import BLANK, Ink, Row, Run, gap, paragraph, row
from qbank.tui.widgets.bars import Rule
from qbank.tui.widgets.lines import INK_CLASSES, Lines
from qbank.tui.widgets.table import Column, Item, Table

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

Result = TypeVar("Result")


class Said(Lines):
    """A title and sentences under it."""

    def __init__(self, title: str, *sentences: str) -> None:
        super().__init__()
        self._title = title
        self._sentences = sentences

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The title strong, the sentences wrapped."""
        rows = [*paragraph(self._title, width, Ink.STRONG)]
        for sentence in self._sentences:
            rows += paragraph(sentence, width) if sentence else []
        return [*rows, BLANK]


class Choice(NamedTuple):
    """A line to choose: its key, its words, and what it means."""

    key: str
    words: str
    meaning: str = ""


class Dialog(ModalScreen[Result]):
    """A box over the page; Esc gives nothing."""

    COMPONENT_CLASSES = set(INK_CLASSES)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", id="dialog.back")]

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box"):
            yield from self.body()

    def body(self) -> Iterable[Widget]:
        """What stands in the box."""
        return ()

    def give(self, answer: Result | None) -> None:
        """Answer, and go."""
        _going = self.dismiss(answer)

    def action_leave(self) -> None:
        """No answer."""
        self.give(None)


class Ask(Dialog[str]):
    """A sentence and a few answers, one of them ready; gives the key of one, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", id="dialog.choose"),
    ]

    def __init__(
        self, title: str, sentences: Sequence[str], choices: Sequence[Choice], *, ready: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._sentences = sentences
        self._choices = choices
        self._ready = ready or choices[0].key

    def body(self) -> Iterable[Widget]:
        """The sentence and the answers."""
        yield Said(self._title, *self._sentences)
        longest = max(len(choice.words) for choice in self._choices)
        yield Table((Column(width=longest), Column()), one_press=True)
        yield Rule(below=True)

    def on_lines_scrolled(self, event: Lines.Scrolled) -> None:
        """Where there are more answers than lines, a rule says how many stand below."""
        if isinstance(event.lines, Table):
            rule = self.query_one(Rule)
            rule.display = event.above + event.below > 0
            rule.show(event.below, key="↓")

    def on_mount(self) -> None:
        """The answer that is ready is under the cursor."""
        self.query_one(Rule).display = False
        table = self.query_one(Table)
        table.show(
            [
                Item(choice.key, ((Run(choice.words),), (Run(choice.meaning, Ink.MUTED),)))
                for choice in self._choices
            ]
        )
        table.turn_to(self._ready)
        table.focus()

    def action_choose(self) -> None:
        """The answer under the cursor."""
        self.give(self.query_one(Table).key)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """A press is an answer, too."""
        self.give(event.key)


class Failure(Ask):
    """Something failed: what, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(words.sentence(message), [hint], [Choice("on", "Go on")])


class AskText(Dialog[str]):
    """One line of text; gives it, or None."""

    def __init__(self, title: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint

    def body(self) -> Iterable[Widget]:
        """The line to write in."""
        yield Said(self._title, self._hint)
        yield Input(self._value, id="text")
        yield Buttons(("take", "⏎", "take it"), ("leave", "Esc", "leave it"))

    def on_mount(self) -> None:
        """Write at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes it."""
        self.give(event.value.strip())

    def action_take(self) -> None:
        """A press takes it, too."""
        self.give(self.query_one(Input).value.strip())


class Buttons(Lines):
    """A line of things to press: (action of the screen, key, words)."""

    def __init__(self, *buttons: tuple[str, str, str]) -> None:
        super().__init__()
        self._buttons = buttons

    def build(self, width: int, height: int) -> Sequence[Row]:
        """The line, with air above it."""
        runs: list[Run] = []
        for action, key, said in self._buttons:
            target = f"screen.{action}"
            runs += [Run(key, Ink.KEY, target), Run(f" {said}", Ink.MUTED, target), gap(3)]
        return (BLANK, row(*runs))

    async def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """Run what was pressed."""
        event.stop()
        await self.run_action(event.target)

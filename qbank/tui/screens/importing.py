"""Import: a file picked, pasted or dropped; what it would bring; then one key to bring it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlparse

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import DirectoryTree, Input

from qbank import typed
from qbank.errors import PackError, QbankError, UsageError
from qbank.tui.ink import Ink, Run, muted, strong
from qbank.tui.screens.page import Page
from qbank.tui.told import summary_told, told_rows
from qbank.tui.widgets.bars import Hint
from qbank.tui.widgets.files import Files
from qbank.tui.widgets.pages import Scroll
from qbank.tui.widgets.picks import Pick, Picks

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from qbank.services.views import ImportSummary


_FIRST = "Type or paste a path, or pick a file: ↓ leads to the files."


def pasted_path(text: str) -> Path | None:
    """The path that was pasted or dropped; None where it is none that exists."""
    line = text.strip().strip("'\"")
    if "\n" in line or not line:
        return None
    if line.startswith("file://"):
        line = unquote(urlparse(line).path)
    try:
        path = typed.path(line.replace("\\ ", " "))
        return path if path.exists() else None
    except (OSError, UsageError):
        return None


class PathLine(Input):
    """A line for a path; a whole one that is pasted or dropped is left to the page."""

    def on_paste(self, event: events.Paste) -> None:
        """Anything else is pasted where the cursor is."""
        if pasted_path(event.text) is not None:
            event.prevent_default()


class Import(Page):
    """Nothing is stored before the preview was seen and taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "take", "Import what the preview shows", id="import.take"),
        Binding("down", "files", "To the files", id="import.files", show=False),
        Binding("escape", "back", "Back", id="import.back"),
    ]
    COLUMN = "column wide"

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._ready = False
        self._taken = False

    def body(self) -> Iterable[Widget]:
        """A line for the path, the files, and the preview."""
        yield PathLine(
            placeholder="path of a file, a folder or a zip: type, paste or drop it", id="path"
        )
        folders = self._folders()
        names = ("here", "home", *(folder.name for folder in folders[2:]))
        places = [Pick(str(at), names[at]) for at in range(len(folders))]
        yield Picks(
            "Folder", [*places, Pick("up", "one up")], picked=["0"], single=True, id="folder"
        )
        with Horizontal(id="picker"):
            yield Files(self._folders()[0], id="files")
            yield Scroll(id="preview")

    def on_mount(self) -> None:
        """Pick a file, or look at the one that was brought."""
        self.head([strong("Import")], [muted("a preview first; nothing changes before you say so")])
        self._foot()
        self._tell([Run(_FIRST, Ink.MUTED)])
        path = self.query_one("#path", Input)
        path.focus()
        if self._path is not None:
            path.value = str(self._path)
            self._look(self._path)

    def _foot(self) -> None:
        take = [Hint("⏎", "import it", "screen.take")] if self._ready else []
        look = Hint("⏎", "look at it", "screen.look", 1)
        self.foot(
            [
                *(take or [look]),
                Hint("Tab", "path, files, preview", "app.focus_next", 1),
                Hint("Esc", "back", "screen.back"),
            ]
        )

    def _folders(self) -> list[Path]:
        """Where to look: here, at home, and in the folders of the settings."""
        more = [folder for folder in self.qbank.settings.extra_dirs if folder.is_dir()]
        return [Path.cwd(), Path.home(), *more]

    # --- choosing ----------------------------------------------------------------------------

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        """Look at the file that was picked."""
        self.query_one("#path", Input).value = str(event.path)
        self._look(event.path)

    def on_picks_changed(self, event: Picks.Changed) -> None:
        """Look in another folder."""
        files, (picked,) = self.query_one(Files), event.picks.picked
        if picked == "up":
            files.path = Path(files.path).absolute().parent
        else:
            files.path = self._folders()[int(picked)]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look at the path that was typed."""
        self.action_look()

    def action_look(self) -> None:
        """Look at the path in the line."""
        line = self.query_one("#path", Input).value.strip()
        if not line:
            self.action_files()
            return
        try:
            self._look(typed.path(line))
        except UsageError as error:
            self.work_failed(error)

    def action_files(self) -> None:
        """On to the files."""
        self.query_one(Files).focus()

    def on_paste(self, event: events.Paste) -> None:
        """A path pasted anywhere here is looked at."""
        path = pasted_path(event.text)
        if path is not None:
            event.stop()
            self.query_one("#path", Input).value = str(path)
            self._look(path)

    def _look(self, path: Path) -> None:
        self._path, self._ready, self._taken = path, False, False
        self._run(dry_run=True)

    # --- reading and taking ----------------------------------------------------------------------

    def _run(self, *, dry_run: bool) -> None:
        path = self._path
        if path is None:
            return
        self._tell([Run("Reading …" if dry_run else "Importing …", Ink.MUTED)])
        packs = self.qbank.application.packs

        def progress(done: int, total: int | None) -> None:
            self.app.call_from_thread(self._progress, done, total)

        def work() -> tuple[ImportSummary, ...]:
            return packs.import_path(path, dry_run=dry_run, progress=progress)

        self.fetch(work, self._read if dry_run else self._took, group="import")

    def _progress(self, done: int, total: int | None) -> None:
        of = "" if total is None else f" of {total:,}"
        self._tell([Run(f"{done:,}{of} read …", Ink.MUTED)])

    def work_failed(self, error: BaseException) -> None:
        """A pack that cannot be read says why, line by line."""
        if not isinstance(error, QbankError):
            super().work_failed(error)
            return
        rows = [
            Run(error.message, Ink.BAD),
            *([Run(error.hint, Ink.MUTED)] if error.hint else []),
        ]
        if isinstance(error, PackError):
            rows += [Run(str(finding)) for finding in error.findings]
        self._tell(rows)
        self._foot()

    def _read(self, summaries: tuple[ImportSummary, ...]) -> None:
        self._ready = any(s.new or s.changed or s.retired for s in summaries)
        verb = "This would bring:" if self._ready else "There is nothing new in it."
        self._show(verb, summaries)
        if self._ready:
            self.query_one("#preview", Scroll).focus()

    def _took(self, summaries: tuple[ImportSummary, ...]) -> None:
        self._ready, self._taken = False, True
        self._show("Imported:", summaries)

    def _show(self, title: str, summaries: Sequence[ImportSummary]) -> None:
        rows = [Run(title, Ink.STRONG)]
        for summary in summaries:
            rows += summary_told(summary)
        if self._ready:
            rows.append(Run("⏎ imports it.", Ink.KEY))
        self._tell(rows)
        self._foot()

    def _tell(self, said: Sequence[Run]) -> None:
        self.query_one("#preview", Scroll).show(lambda width: told_rows(said, width))

    def action_take(self) -> None:
        """Import what the preview shows."""
        if self._ready:
            self._run(dry_run=False)
        else:
            self.action_look()

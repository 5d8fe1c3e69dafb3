"""What a command needs to reach the application: settings, the open store, the app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import click

from qbank.errors import QbankError

if TYPE_CHECKING:
    from qbank.bootstrap import Application
    from qbank.services.backup import BackupService
    from qbank.services.views import SittingRequest
    from qbank.settings import Settings

First: TypeAlias = "str | SittingRequest"
"""What the app begins with: a block, by its UUID, or an exam day."""


class Show(Protocol):
    """Shows the app until it is left and returns the exit code; the entry brings it."""

    def __call__(
        self, settings: Settings, first: First | None = None, *, images: bool = False
    ) -> int:
        """Open the app, on a block by its UUID or before an exam day."""
        ...


class Call:
    """One run of the command line: its typed options, and what is opened for it."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._data_dir: Path | None = None
        self._images = False
        self.debug = False

    def given(self, *, data_dir: Path | None, debug: bool, images: bool) -> None:
        """What was typed before the command."""
        self._data_dir = data_dir
        self.debug = debug
        self._images = images

    def settings(self, *, learner: str | None = None, go_on: bool = False) -> Settings:
        """The settings of all layers; only what was typed overrides the others.

        With `go_on` a settings file that is broken is left out.
        """
        from qbank.settings import load_settings

        return load_settings(
            data_dir=self._data_dir,
            debug=True if self.debug else None,
            learner=learner,
            go_on=go_on,
        )

    @contextmanager
    def application(
        self, *, write: bool = True, learner: str | None = None
    ) -> Iterator[Application]:
        """The open application, closed at the end.

        Where there is no store yet it is made, and an older one is upgraded, also for a
        command that only reads. Raises ConcurrentRun where `write` is asked for, or comes
        of this, and another qbank writes.
        """
        from qbank.bootstrap import must_write, open_app, upgrade

        settings = self.settings(learner=learner)
        if not write and must_write(settings):
            upgrade(settings)
        application = open_app(settings, write=write)
        try:
            yield application
        finally:
            application.close()

    @contextmanager
    def backups(self, *, write: bool = False) -> Iterator[BackupService]:
        """Copies and checks: on the file, since they help where the store cannot be opened."""
        from qbank.bootstrap import open_backups

        with open_backups(self.settings(), write=write) as service:
            yield service

    def open_app(self, first: First | None = None) -> int:
        """Open the app in the terminal, on a block or before an exam day; its exit code."""
        return self._show(self.settings(go_on=True), first, images=self._images)

    def log_failure(self, error: Exception) -> Path | None:
        """Note where a fault of ours arose, and return the log's path.

        Files and lines only: no value of a question or a person stands in it. None
        where the log cannot be written.
        """
        import traceback

        from qbank.clock import SystemClock

        lines = [
            f"  {frame.filename.rpartition('qbank')[2]}:{frame.lineno} in {frame.name}\n"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        try:
            paths = self.settings().paths
            paths.make_data_dir()
            with paths.log.open("a", encoding="utf-8") as log:
                log.write(f"{SystemClock().read().wall_utc_ms} {type(error).__name__}\n")
                log.writelines(lines)
        except (OSError, QbankError):
            return None
        return paths.log


pass_call = click.make_pass_decorator(Call)

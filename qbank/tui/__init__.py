"""The terminal front: `run` shows the app and returns its exit code."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.services.views import SittingRequest
    from qbank.settings import Settings
    from qbank.tui.app import Opener


def run(
    settings: Settings,
    open_application: Opener,
    first: str | SittingRequest | None = None,
    *,
    images: bool = False,
) -> int:
    """Show the app until it is left; the store is opened after the first paint.

    `open_application(write=...)` wires the application; it is called in a thread.
    With the UUID of a block, or an exam day, the `first` thing asked is to begin it.
    With `images` the terminal's own graphics are used, where it has any.
    """
    # What starts lives on; looking for garbage among it costs a tenth of the start.
    gc.disable()
    # Textual reads this once, when it is imported: a key is on screen within 8 ms, not 16.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from qbank.tui.app import QbankApp

    app = QbankApp(open_application, settings, when_filled=_look_for_garbage, first=first)
    if images:
        from qbank.tui.graphics import ask

        app.graphics = ask()
    try:
        app.run(mouse=settings.mouse)
    finally:
        app.close_application()
        app.terminal_title.give_back()
    return app.return_code or 0


def _look_for_garbage() -> None:
    gc.freeze()
    gc.enable()

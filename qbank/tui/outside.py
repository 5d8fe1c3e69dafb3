"""Shows a picture in the system's own viewer: only ever because a person pressed the key for it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Final

_SUFFIXES: Final = {"png": ".png", "jpeg": ".jpg", "gif": ".gif", "webp": ".webp"}


def open_outside(data: bytes, kind: str, number: int) -> bool:
    """Show a copy of a picture; whether there is a viewer to show it.

    The copy's name and ending are ours, so that it is opened as a picture or not at all; it
    goes when the program ends. Raises KeyError for a kind that is no picture.
    """
    suffix = _SUFFIXES[kind]
    command = _viewer()
    if command is None:
        return False
    folder = Path(tempfile.mkdtemp(prefix="qbank-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    copy = folder / f"exhibit-{number}{suffix}"
    copy.write_bytes(data)
    if sys.platform == "win32":
        os.startfile(copy)  # noqa: S606 - our own copy, with an ending of a picture
        return True
    viewer = subprocess.Popen(  # noqa: S603 - the system's viewer, and no other argument than our copy
        [*command, str(copy)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Some viewers stay until they are closed; nobody waits for them but this.
    threading.Thread(target=viewer.wait, daemon=True).start()
    return True


def _viewer() -> list[str] | None:
    """The command that opens a file as the person's desktop would; None where there is none."""
    if sys.platform == "win32":
        return []
    found = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    return [found] if found else None

"""The entry: the version at once, a command by the command line, the app without one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.bootstrap import Application
    from qbank.services.views import SittingRequest
    from qbank.settings import Settings


def main() -> None:
    """Run qbank with the arguments of the process and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from qbank import __version__

        sys.stdout.write(f"qbank {__version__}\n")
        return
    if not arguments and _at_terminal() and _places_a_cursor():
        settings = _settings()
        if settings is not None:
            sys.exit(show(settings))
    from qbank.cli.main import run

    sys.exit(run(arguments, show))


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _places_a_cursor() -> bool:
    return os.environ.get("TERM") != "dumb"


def _settings() -> Settings | None:
    """The settings without a command line; None where the command line has to say what is wrong."""
    from qbank.errors import QbankError
    from qbank.settings import load_settings

    try:
        return load_settings(go_on=True)
    except QbankError:
        return None


def show(
    settings: Settings, first: str | SittingRequest | None = None, *, images: bool = False
) -> int:
    """Open the app, on a block by its UUID or before an exam day, where one is asked for.

    Without a terminal that can draw it says so instead of drawing into a pipe. With `images`
    pictures are in the terminal's own graphics, where it has any.
    """
    from qbank.errors import UsageError

    if not _at_terminal():
        raise UsageError(
            "the app needs a terminal for its keys and its screen",
            hint="`qbank --help` lists the commands that work in a pipe.",
        )
    if not _places_a_cursor():
        raise UsageError(
            "this terminal cannot place a cursor (TERM=dumb)",
            hint="`qbank run --plain` takes a block as lines of text.",
        )
    from qbank.tui import run

    def open_application(*, write: bool = True) -> Application:
        from qbank.bootstrap import open_app

        return open_app(settings, write=write)

    return run(settings, open_application, first, images=images)


if __name__ == "__main__":
    main()

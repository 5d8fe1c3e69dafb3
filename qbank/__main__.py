"""The entry: the version at once, all else by the command line, which opens the app."""

from __future__ import annotations

import sys


def main() -> None:
    """Run qbank with the arguments of the process and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from qbank import __version__

        sys.stdout.write(f"qbank {__version__}\n")
        return
    from qbank.cli.main import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()

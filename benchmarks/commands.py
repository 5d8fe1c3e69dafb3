"""Short commands against an interpreter that does nothing."""

import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.compare import Row, compare
from benchmarks.lab import QBANK, Lab


def measure(lab: Lab) -> list[Row]:
    """`--version` and `--help`."""
    return [
        compare(
            f"`qbank {option}`",
            "`python -c pass`",
            reference=partial(run, lab, [sys.executable, "-c", "pass"]),
            ours=partial(run, lab, [QBANK, option]),
            times=lab.times(40),
        )
        for option in ("--version", "--help")
    ]


def run(lab: Lab, command: Sequence[str | Path]) -> float:
    """Milliseconds from the start of a process to its end."""
    began = time.perf_counter()
    lab.call(command)
    return (time.perf_counter() - began) * 1000

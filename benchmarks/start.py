"""From the start of the program to its first live paint, and to Home with its figures."""

import sys
from pathlib import Path

from benchmarks.compare import ROUNDS, Row, in_turn, middle, percentile
from benchmarks.lab import QBANK, Lab
from benchmarks.terminal import Terminal

SMALLEST = Path(__file__).with_name("smallest.py")
FRAME = r"\bqbank\b"
FILLED = r"first block"


def measure(lab: Lab) -> list[Row]:
    """On a current store; the first start ever is made before."""
    text = lab.folder / "home.txt"
    with Terminal([QBANK], lab.environment) as app:
        app.await_text(FILLED)
        text.write_text("\n".join(app.screen.lines()), encoding="utf-8")

    fills: list[float] = []

    def ours() -> float:
        with Terminal([QBANK], lab.environment) as app:
            framed = app.await_text(FRAME)
            fills.append((app.await_text(FILLED) - app.started) * 1000)
            return (framed - app.started) * 1000

    def smallest() -> float:
        with Terminal([sys.executable, SMALLEST, text, "0"], lab.environment) as app:
            return (app.await_text(FRAME) - app.started) * 1000

    rounds: list[tuple[Row, Row]] = []
    for _ in range(ROUNDS):
        fills.clear()
        reference, framed = in_turn(smallest, ours, lab.times(20))
        against, base = "the smallest Textual app", percentile(reference, 50)
        rounds.append(
            (
                Row("first live paint", against, base, percentile(framed, 50), 1.2),
                Row("Home with its figures", against, base, percentile(fills, 50), 2.5),
            )
        )
    return [middle([row[side] for row in rounds]) for side in (0, 1)]

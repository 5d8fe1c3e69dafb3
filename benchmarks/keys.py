"""From a key to the screen: marking an option of a running question."""

import random
import sys

from benchmarks.compare import ROUNDS, Row, middle, percentile
from benchmarks.lab import QBANK, Lab
from benchmarks.start import FILLED, SMALLEST
from benchmarks.terminal import Terminal

CLOCKS = 3  # rows at the top that change by themselves
AT_A_TIME = 50
GOAL = 1.5


def measure(lab: Lab) -> list[Row]:
    """Median and 99th percentile of 1,000 keys a round, both programs side by side."""
    random_ = random.Random(20)
    text = lab.folder / "question.txt"
    with Terminal([QBANK], lab.environment) as app:
        _open_question(app)
        lines = app.screen.lines()
        text.write_text("\n".join(lines), encoding="utf-8")
        offset = sum(len(line) + 1 for line in lines[: len(lines) // 2])
        with Terminal([sys.executable, SMALLEST, text, str(offset)], lab.environment) as smallest:
            smallest.await_text(r"question 1 of")
            rounds = [_round(smallest, app, lab.times(1000), random_) for _ in range(ROUNDS)]
    return [middle([row[side] for row in rounds]) for side in (0, 1)]


def _open_question(app: Terminal) -> None:
    app.await_text(FILLED)
    app.press("\r")
    app.await_text(r"begin")
    app.press("\r")
    app.await_text(r"question 1 of")
    app.rest(0.5)


def _round(smallest: Terminal, app: Terminal, keys: int, random_: random.Random) -> tuple[Row, Row]:
    reference: list[float] = []
    ours: list[float] = []
    while len(ours) < keys:
        reference += _press(smallest, random_)
        ours += _press(app, random_)
    return (
        _row("key to paint, median", 50, reference, ours),
        _row("key to paint, 99th percentile", 99, reference, ours),
    )


def _row(name: str, percent: int, reference: list[float], ours: list[float]) -> Row:
    against = "the smallest Textual app, same text"
    return Row(name, against, percentile(reference, percent), percentile(ours, percent), GOAL)


def _press(app: Terminal, random_: random.Random) -> list[float]:
    """Alternate two options, at times that do not fall in step with a frame rate."""
    samples = []
    for key in "bc" * (AT_A_TIME // 2):
        app.rest(random_.uniform(0.015, 0.035))
        samples.append(app.paint_ms(key, below=CLOCKS))
    return samples

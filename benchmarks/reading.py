"""A long stem against a short one, and what a clock costs while nobody presses a key."""

import json
from pathlib import Path

from benchmarks.compare import ROUNDS, Row, middle, percentile
from benchmarks.keys import CLOCKS
from benchmarks.lab import QBANK, Lab
from benchmarks.terminal import Terminal

SHORT, LONG = 1_000, 20_000
PACK = "long"
PAIRS = 10
SAMPLES = PAIRS - 1  # the block opens on the first short one
LONG_GOAL = 2.0
IDLE_MS = 20_000
IDLE_GOAL = 0.01
_WORDS = "A 63-year-old woman comes to the clinic because of {} weeks of a cough, worse at night. "


def measure(lab: Lab) -> list[Row]:
    """Going to the next question, its stem long or short in turn; then a clock left alone."""
    rounds = [_round(_beside(lab, f"round-{number}")) for number in range(ROUNDS)]
    return [middle(rounds), _idle(_beside(lab, "idle"))]


def _beside(lab: Lab, name: str) -> Lab:
    """A lab of its own: the program is killed at the end, with its block running."""
    folder = lab.folder / name
    folder.mkdir()
    return Lab(folder, quick=lab.quick)


def _pack(file: Path) -> Path:
    """Questions with a short stem and a long one in turn."""
    questions = [
        {
            "id": f"q{n}",
            "stem": (_WORDS.format(n) * (LONG // 60))[: LONG if n % 2 else SHORT].strip(),
            "lead_in": "Which of the following is the most appropriate next step?",
            "key": "a",
            "options": [{"id": each, "text": f"Choice {each} of {n}"} for each in "abcde"],
        }
        for n in range(2 * PAIRS)
    ]
    head = {"id": PACK, "title": "Long and short"}
    document = {"format": "qbank-pack/1", "pack": head, "questions": questions}
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def _begin(lab: Lab, *wanted: str) -> Terminal:
    app = Terminal([QBANK, "run", *wanted], lab.environment)
    app.await_text(r"begin")
    app.press("\r")
    app.await_text(r"question 1 of")
    app.rest(1.0)
    return app


def _round(lab: Lab) -> Row:
    lab.call([QBANK, "import", _pack(lab.folder / "long.json")])
    short: list[float] = []
    long: list[float] = []
    wanted = ("--pack", PACK, "--count", str(2 * PAIRS), "--in-order", "--mode", "untimed")
    with _begin(lab, *wanted) as app:
        for _ in range(SAMPLES):
            long.append(app.paint_ms("\r", below=CLOCKS))
            app.rest(0.1)
            short.append(app.paint_ms("\r", below=CLOCKS))
            app.rest(0.1)
    name = f"next question, its stem {LONG:,} characters"
    against = f"the same with {SHORT:,} characters"
    return Row(name, against, percentile(short, 50), percentile(long, 50), LONG_GOAL)


def _idle(lab: Lab) -> Row:
    """Processor time of the whole program while only its clock moves."""
    with _begin(lab, "--count", "20", "--fill") as app:
        idle_ms = lab.times(IDLE_MS)
        before = app.processor_ms()
        app.rest(idle_ms / 1000)
        used_ms = app.processor_ms() - before
    return Row("a clock that nobody looks at", "one core, as long", idle_ms, used_ms, IDLE_GOAL)

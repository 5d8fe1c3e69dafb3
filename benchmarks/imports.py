"""An import of 1,273 questions, from the command to its end."""

import itertools
import json
import random
import sys
from pathlib import Path

from benchmarks.commands import run
from benchmarks.compare import Row, compare
from benchmarks.lab import QBANK, Lab

QUESTIONS = 1273
PLAIN = Path(__file__).with_name("plain_import.py")
LEAD_IN = "Which of the following is the most appropriate next step in management?"
VOCABULARY = (
    "patient woman man history pain fever cough examination shows pressure serum sodium potassium "
    "hospital days weeks treatment daily normal left right increased decreased mild severe acute"
)


def measure(lab: Lab) -> list[Row]:
    """New questions into a store that has its schema, and the same file once more."""
    file = lab.folder / "questions.jsonl"
    write_questions(file)
    number = itertools.count()

    def plain() -> float:
        return run(lab, [sys.executable, PLAIN, file, lab.folder / f"plain-{next(number)}.db"])

    def fresh() -> float:
        data = lab.folder / f"data-{next(number)}"
        lab.call([QBANK, "--data-dir", data, "db", "upgrade"])
        return run(lab, [QBANK, "--data-dir", data, "import", file])

    def again() -> float:
        return run(lab, [QBANK, "import", file])

    lab.call([QBANK, "import", file])
    against, times = "plain `sqlite3`", lab.times(5)
    new, same = f"import of {QUESTIONS:,} questions, all new", "the same file again"
    return [
        compare(new, against, reference=plain, ours=fresh, times=times),
        compare(same, against, reference=plain, ours=again, times=times),
    ]


def write_questions(file: Path) -> None:
    """Vignettes of some 120 words with five options, the same in every run."""
    random_ = random.Random(1273)
    words = VOCABULARY.split()

    def sentence(length: int) -> str:
        return " ".join(random_.choices(words, k=length)).capitalize()

    with file.open("w", encoding="utf-8") as lines:
        for _ in range(QUESTIONS):
            options = {letter: sentence(4) for letter in "ABCDE"}
            key = random_.choice("ABCDE")
            stem = ". ".join(sentence(12) for _ in range(10))
            question = {"question": f"{stem}. {LEAD_IN}", "options": options}
            lines.write(json.dumps({**question, "answer": options[key], "answer_idx": key}) + "\n")

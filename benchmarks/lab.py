"""Where the measuring is done: the program, empty folders on a real disk, an environment."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QBANK = Path(sys.executable).with_name("qbank")


@dataclass(frozen=True, slots=True)
class Lab:
    """`folder` is empty at first. `quick` measures with few samples, to see that it works."""

    folder: Path
    quick: bool = False

    @property
    def data(self) -> Path:
        """The data folder of the learner that is measured."""
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        """A terminal without a person's settings."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "QBANK_DATA_DIR": str(self.data),
        }

    def times(self, full: int) -> int:
        """How many samples to take where the report takes `full`."""
        return max(3, full // 20) if self.quick else full

    def call(self, command: Sequence[str | Path]) -> str:
        """Run to its end; its stdout."""
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

"""Exam presets and content outlines, read from dated data files that a user can add to.

Exams change, so no fact about one stands in code. Every entry says since when it holds, where
it comes from and how sure that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from qbank.content.exam_files import read_document

Confidence = Literal["high", "good", "medium", "low"]
_DATA: Final = Path(__file__).with_name("data") / "exams"
_FIRST: Final = "step2ck.toml"


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of block and the day it belongs to.

    `questions` in `minutes` is one block at its fullest (`questions_min` at its shortest);
    `blocks` of them make the exam of `total` questions. `sections` lock one by one under the
    one clock of the block. Times are minutes; 0 where the exam has none or none is known.
    """

    id: str
    name: str
    exam: str
    in_force: str
    blocks: int
    minutes: int
    questions: int
    total: int
    source: str
    confidence: Confidence
    as_of: str
    questions_min: int = 0
    total_max: int = 0
    sections: int = 1
    day_minutes: int = 0
    break_minutes: int = 0
    tutorial_minutes: int = 0
    break_every: int = 1
    unused_to_break: bool = True
    drill: bool = False
    legacy: bool = False
    default: bool = False
    note: str = ""

    @property
    def uncertain(self) -> bool:
        """Whether to say "check with the exam's own site"."""
        return self.confidence in ("medium", "low")

    @property
    def pace_ms(self) -> int:
        """Milliseconds a question in a full block."""
        return self.minutes * 60_000 // self.questions

    def limit_ms(self, questions: int) -> int:
        """The limit of a block of this many questions at this preset's pace."""
        return self.minutes * 60_000 * questions // self.questions


@dataclass(frozen=True, slots=True)
class Share:
    """One line of an outline: official `label`, `short` for a screen, percent `low` to `high`."""

    name: str
    short: str
    label: str
    low: int
    high: int
    note: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.high <= 100:
            raise ValueError(f"{self.name}: {self.low} to {self.high} percent is no range")


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What an exam asks about. Systems exclude each other; overlays and disciplines do not."""

    id: str
    exam: str
    name: str
    in_force: str
    source: str
    confidence: Confidence
    as_of: str
    systems: tuple[Share, ...] = ()
    tasks: tuple[Share, ...] = ()
    disciplines: tuple[Share, ...] = ()
    overlays: tuple[Share, ...] = ()
    note: str = ""

    def shares(self) -> tuple[Share, ...]:
        """Every line, systems first."""
        return self.systems + self.tasks + self.disciplines + self.overlays


@dataclass(frozen=True, slots=True)
class Exams:
    """All presets by id, and all outlines by exam."""

    presets: dict[str, Preset] = field(default_factory=dict)
    blueprints: dict[str, Blueprint] = field(default_factory=dict)


def load_exams(extra_dirs: Sequence[Path] = ()) -> Exams:
    """The shipped exams, then those of every `*.toml` in `extra_dirs`, later ones replacing.

    Raises UsageError, naming file and field, where such a file is wrong.
    """
    shipped = _shipped()
    exams = Exams(dict(shipped.presets), dict(shipped.blueprints))
    for folder in extra_dirs:
        for path in sorted(folder.glob("*.toml")):
            _read(path.read_bytes(), str(path), exams)
    return exams


def presets(extra_dirs: Sequence[Path] = ()) -> dict[str, Preset]:
    """All presets by id, in the order in which they are offered."""
    return load_exams(extra_dirs).presets


def default_preset(extra_dirs: Sequence[Path] = ()) -> Preset:
    """The preset a new block starts from; the last one marked `default` wins."""
    return [preset for preset in presets(extra_dirs).values() if preset.default][-1]


def labels(exam: str = "step2ck", extra_dirs: Sequence[Path] = ()) -> dict[str, str]:
    """The official label of every system, task, discipline and overlay name of an exam."""
    blueprint = load_exams(extra_dirs).blueprints.get(exam)
    return {share.name: share.label for share in blueprint.shares()} if blueprint else {}


def short_labels(exam: str = "step2ck", extra_dirs: Sequence[Path] = ()) -> dict[str, str]:
    """As `labels`, in the few letters a screen has."""
    blueprint = load_exams(extra_dirs).blueprints.get(exam)
    return {share.name: share.short for share in blueprint.shares()} if blueprint else {}


def outline_of_100(exam: str = "step2ck", extra_dirs: Sequence[Path] = ()) -> dict[str, float]:
    """Of 100 questions of an exam, how many each system has: the middles of its ranges.

    Empty for an exam without an outline.
    """
    blueprint = load_exams(extra_dirs).blueprints.get(exam)
    middles = {one.name: (one.low + one.high) / 2 for one in blueprint.systems} if blueprint else {}
    total = sum(middles.values())
    return {name: 100 * middle / total for name, middle in middles.items()}


@cache
def _shipped() -> Exams:
    exams = Exams()
    # The default's file first: its presets are offered first.
    for path in sorted(_DATA.glob("*.toml"), key=lambda path: (path.name != _FIRST, path.name)):
        _read(path.read_bytes(), path.name, exams)
    return exams


def _read(data: bytes, file: str, into: Exams) -> None:
    document = read_document(data, file)
    into.presets.update((preset.id, preset) for preset in document.make_all(Preset, "preset"))
    for blueprint in document.make_all(Blueprint, "blueprint"):
        into.blueprints[blueprint.exam] = blueprint

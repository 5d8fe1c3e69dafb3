"""What a person, or the program for them, may ask of a block. Imperatives."""

from dataclasses import dataclass

from qbank.block.model import Confidence, GapKind, OptionId


@dataclass(frozen=True, slots=True)
class Start:
    """Begin: the clock runs and the first question is shown."""


@dataclass(frozen=True, slots=True)
class Show:
    """Bring a question on screen; the one before is left."""

    position: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Choose the response to the question on screen: the whole set, not a difference."""

    position: int
    options: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True)
class Clear:
    """Take the response back."""

    position: int


@dataclass(frozen=True, slots=True)
class Strike:
    """Rule an option out; it can still be chosen."""

    position: int
    option: OptionId


@dataclass(frozen=True, slots=True)
class Unstrike:
    """Take a strike back."""

    position: int
    option: OptionId


@dataclass(frozen=True, slots=True)
class Flag:
    """Mark a question to come back to."""

    position: int


@dataclass(frozen=True, slots=True)
class Unflag:
    """Take the mark off."""

    position: int


@dataclass(frozen=True, slots=True)
class SetConfidence:
    """Say how sure the answer is; None takes it back."""

    position: int
    level: Confidence | None


@dataclass(frozen=True, slots=True)
class Highlight:
    """Replace the marked spans of the text: (from, to) character offsets, sorted, apart.

    They count in the stem; the lead-in goes on two characters behind its end.
    """

    position: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reveal:
    """Tutor mode: lock the answer and read the explanation."""

    position: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock, where the block allows it."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class Blur:
    """The window lost the focus (where the terminal tells)."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The window has the focus again."""


@dataclass(frozen=True, slots=True)
class NoteGap:
    """Time passed in which the program was not there; ms of elapsed time."""

    ms: int
    kind: GapKind


@dataclass(frozen=True, slots=True)
class Submit:
    """Close the block and have it scored."""


Command = (
    Start
    | Show
    | Answer
    | Clear
    | Strike
    | Unstrike
    | Flag
    | Unflag
    | SetConfidence
    | Highlight
    | Reveal
    | Pause
    | Resume
    | Blur
    | Focus
    | NoteGap
    | Submit
)

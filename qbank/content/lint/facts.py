"""What a pack and a set of packs hold, in numbers: the tables under the findings."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from qbank.content.derive import derive
from qbank.content.exam import Blueprint, Share
from qbank.content.lint.cues import longest_option
from qbank.content.lint.placed import PlacedPack
from qbank.content.lint.statistics import binomial_tail, chi_square
from qbank.content.lint.tokens import word_count
from qbank.content.question import Question

GROUPS: Final = ("systems", "tasks", "next_steps", "disciplines", "overlays")
EXPECTED_MIN: Final = 5.0
"""The places at the end are counted together until so many keys are expected there."""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class PackFacts:
    """A pack in numbers.

    `words` of stems, lead-ins and options; `stem_words` the mean of stem and lead-in;
    `expected_correct` the mean of the estimates, None where one is missing; `letters` the keys
    by place, A first; `longest` how often the key alone is longest; `counts` by group and name.
    """

    id: str
    file: str
    questions: int
    words: int
    stem_words: float
    expected_correct: float | None
    next_steps: int
    letters: tuple[int, ...]
    longest: int
    options: Mapping[int, int] = field(default_factory=dict)
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """Keys by place against an even spread; the last place may stand for several."""

    counts: tuple[int, ...]
    expected: tuple[float, ...]
    chi2: float
    df: int
    p: float


@dataclass(frozen=True, slots=True)
class LongestKeys:
    """How often the one longest option is the key; `chance` is what blind choice would give."""

    count: int
    questions: int
    chance: float
    p: float


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line of an exam's outline against the set.

    `count` of `questions` bear the name; `low` and `high` are the exam's percent, None where it
    has no range.
    """

    group: str
    name: str
    label: str
    count: int
    questions: int
    low: int | None = None
    high: int | None = None

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.count / self.questions

    @property
    def within(self) -> bool:
        """Whether the count lies in the range, as near as whole questions allow."""
        if self.low is None or self.high is None:
            return True
        lowest = self.low * self.questions // 100
        highest = -(-self.high * self.questions // 100)
        return lowest <= self.count <= highest


def pack_facts(pack: PlacedPack) -> PackFacts:
    """The pack in numbers."""
    questions = [placed.question for placed in pack.questions]
    estimates = [each.expected_correct for each in questions if each.expected_correct is not None]
    complete = len(estimates) == len(questions) and questions
    stems = [word_count(each.stem) + word_count(each.lead_in) for each in questions]
    counts = _counts(questions)
    return PackFacts(
        id=pack.pack.id,
        file=pack.file,
        questions=len(questions),
        words=sum(each.words for each in questions),
        stem_words=sum(stems) / len(stems) if stems else 0.0,
        expected_correct=sum(estimates) / len(estimates) if complete else None,
        next_steps=sum(n for kind, n in counts["next_steps"].items() if kind != "none"),
        letters=_letters(questions),
        longest=sum(_longest_is_key(each) for each in questions),
        options=Counter(len(each.options) for each in questions),
        counts=counts,
    )


def _counts(questions: Iterable[Question]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
    for question in questions:
        known = derive(question)
        counts["systems"][known.system] += 1
        counts["tasks"][known.task] += 1
        counts["next_steps"][known.next_step] += 1
        counts["disciplines"].update(question.disciplines)
        counts["overlays"].update(question.overlays)
    return counts


def _letters(questions: list[Question]) -> tuple[int, ...]:
    """Keys by place; questions with several keys are left out."""
    places = [
        [option.id for option in each.options].index(each.key[0])
        for each in questions
        if not each.choose_all
    ]
    most = max((len(each.options) for each in questions), default=0)
    counted = Counter(places)
    return tuple(counted[place] for place in range(most))


def _longest_is_key(question: Question) -> bool:
    longest = longest_option(question)
    return longest is not None and question.key == (longest.id,)


def key_places(questions: list[Question]) -> KeyPlaces:
    """Keys by place against an even spread over each question's own options."""
    single = [each for each in questions if not each.choose_all]
    counts = list(_letters(single))
    expected = [
        sum(1 / len(each.options) for each in single if len(each.options) > place)
        for place in range(len(counts))
    ]
    while len(expected) > 2 and expected[-1] < EXPECTED_MIN:
        last = counts.pop()
        counts[-1] += last
        mean = expected.pop()
        expected[-1] += mean
    if not counts:
        return KeyPlaces((), (), 0.0, 0, 1.0)
    value, freedom, p = chi_square(counts, expected)
    return KeyPlaces(tuple(counts), tuple(expected), value, freedom, p)


def longest_keys(questions: list[Question]) -> LongestKeys:
    """How often the longest option is the key, one-sided against chance."""
    single = [each for each in questions if not each.choose_all]
    if not single:
        return LongestKeys(0, 0, 0.0, 1.0)
    count = sum(_longest_is_key(each) for each in single)
    chance = sum(1 / len(each.options) for each in single) / len(single)
    return LongestKeys(count, len(single), chance, binomial_tail(count, len(single), chance))


def outline_lines(packs: Iterable[PackFacts], outline: Blueprint | None) -> tuple[OutlineLine, ...]:
    """The counts of all packs, with an exam's ranges beside them where an outline is given."""
    packs = tuple(packs)
    total = sum(pack.questions for pack in packs)
    if not total:
        return ()
    summed: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
    for pack in packs:
        for group, names in pack.counts.items():
            summed[group].update(names)
    lines: list[OutlineLine] = []
    for group, counted in summed.items():
        shares: tuple[Share, ...] = getattr(outline, group, ())
        for each in shares:
            count = counted.pop(each.name, 0)
            lines.append(
                OutlineLine(group, each.name, each.label, count, total, each.low, each.high)
            )
        for name, count in sorted(counted.items()):
            lines.append(OutlineLine(group, name, name, count, total))
    return tuple(lines)

"""All checks over a set of packs, and the report."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qbank.content.exam import Blueprint
from qbank.content.lint import cues, next_step, options, sets, structure, style, wording
from qbank.content.lint.facts import (
    KeyPlaces,
    LongestKeys,
    OutlineLine,
    PackFacts,
    key_places,
    longest_keys,
    outline_lines,
    pack_facts,
)
from qbank.content.lint.placed import LintFinding, Placed, PlacedPack, set_finding
from qbank.content.lint.remarks import LEVELS, Level, QuestionCheck

QUESTION_CHECKS: Final[tuple[QuestionCheck, ...]] = (
    structure.key_and_options,
    structure.placeholders,
    wording.of_the_above,
    wording.negative_lead_in,
    wording.focused_lead_in,
    wording.absolute_words,
    wording.vague_words,
    cues.longest_key,
    cues.clang,
    cues.convergence,
    options.numeric_options,
    options.one_kind,
    wording.grammar,
    wording.stem_build,
    structure.explanation,
    structure.known_lead_in,
    next_step.ladder,
    next_step.known_rungs,
    next_step.mistakes,
    next_step.on_ladder,
    next_step.in_diagnosis,
    next_step.turning_point,
    next_step.changes,
    style.temperatures,
    style.brand_names,
    style.avoided_words,
    style.vital_signs,
    style.when_right,
    options.stated_order,
)

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class LintReport:
    """What was found, most pressing first in each file, and the set in numbers.

    `outlines` are the lines by exam; under an empty name the counts of packs of no known exam.
    """

    findings: tuple[LintFinding, ...]
    packs: tuple[PackFacts, ...]
    places: KeyPlaces
    longest: LongestKeys
    outlines: Mapping[str, tuple[OutlineLine, ...]]

    @property
    def questions(self) -> int:
        """How many questions were read."""
        return sum(pack.questions for pack in self.packs)

    def count(self, level: Level) -> int:
        """How many findings are of this level."""
        return sum(finding.level == level for finding in self.findings)

    def by_check(self) -> dict[str, int]:
        """In how many places, questions or packs, each check found something; by its id."""
        places = {(each.id, each.file, each.question or each.line) for each in self.findings}
        return dict(sorted(Counter(check for check, _, _ in places).items()))


def lint_packs(
    packs: Sequence[PlacedPack],
    *,
    today: str,
    outline_of: Callable[[str | None], Blueprint | None],
    before: Sequence[LintFinding] = (),
) -> LintReport:
    """Run every check over the packs as one set.

    `today` is the month (`YYYY-MM`) by which a key is old; `outline_of` gives the outline for a
    pack's `exam`; `before` is what was found on reading, put among the rest.
    """
    facts = tuple(pack_facts(pack) for pack in packs)
    every = [placed for pack in packs for placed in pack.questions]
    questions = [placed.question for placed in every]
    places, longest = key_places(questions), longest_keys(questions)
    findings = list(before)
    for pack, numbers in zip(packs, facts, strict=True):
        for placed in pack.questions:
            findings += _question_findings(placed, pack.pack.as_of, today)
        for remark in (*sets.reading_load(numbers), *sets.expected_share(numbers)):
            findings.append(pack.finding(remark))
    findings += _set_findings(every, facts, places, longest)
    outlines: dict[str, tuple[OutlineLine, ...]] = {}
    for outline, members in _by_outline(packs, facts, outline_of):
        lines = outline_lines(members, outline)
        outlines[outline.exam if outline else ""] = lines
        findings += [set_finding(each) for each in sets.outline_shares(lines, outline)]
    return LintReport(_sorted(findings), facts, places, longest, outlines)


def _question_findings(placed: Placed, pack_as_of: str | None, today: str) -> Iterator[LintFinding]:
    question = placed.question
    for check in QUESTION_CHECKS:
        for remark in check(question):
            yield placed.finding(remark)
    for remark in structure.checked_lately(question, pack_as_of, today):
        yield placed.finding(remark)


def _set_findings(
    every: Sequence[Placed],
    facts: Sequence[PackFacts],
    places: KeyPlaces,
    longest: LongestKeys,
) -> Iterator[LintFinding]:
    for placed, remark in sets.near_doubles(every):
        yield placed.finding(remark)
    for remark in (
        *sets.even_places(places),
        *sets.longest_share(longest),
        *sets.even_load(facts),
    ):
        yield set_finding(remark)


def _by_outline(
    packs: Sequence[PlacedPack],
    facts: Sequence[PackFacts],
    outline_of: Callable[[str | None], Blueprint | None],
) -> list[tuple[Blueprint | None, list[PackFacts]]]:
    """The packs of each outline together; those without one last."""
    grouped: dict[str, tuple[Blueprint | None, list[PackFacts]]] = {}
    for pack, numbers in zip(packs, facts, strict=True):
        outline = outline_of(pack.pack.exam)
        grouped.setdefault(outline.exam if outline else "", (outline, []))[1].append(numbers)
    return sorted(grouped.values(), key=lambda pair: pair[0] is None)


def _sorted(findings: list[LintFinding]) -> tuple[LintFinding, ...]:
    """By file, line and weight; what is said of the whole set comes last."""
    return tuple(
        sorted(
            findings,
            key=lambda each: (not each.file, each.file, each.line or 0, LEVELS.index(each.level)),
        )
    )

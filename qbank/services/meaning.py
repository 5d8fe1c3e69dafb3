"""What stands behind the figures of a closed block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.analytics.proportions import LEVEL, wilson_ends
from qbank.reporting import why_words as say
from qbank.reporting import words
from qbank.reporting.why_words import Section
from qbank.services.walks import long_from_ms

if TYPE_CHECKING:
    from qbank.services.views import BlockReport

_CHANCE_SIZE = 20


def meaning(report: BlockReport) -> tuple[Section, ...]:
    """The sections, those of the largest figures first."""
    summary = report.summary
    chance = (words.CHANCE,) if summary.questions == _CHANCE_SIZE else ()
    right = words.right_of(summary.correct, summary.questions)
    sections = [
        Section(
            f"{right} right",
            (_share(summary.correct, summary.questions), *chance, words.NOT_A_SCORE),
        )
    ]
    if summary.next_step_total:
        steps = words.right_of(summary.next_step_correct, summary.next_step_total)
        said = _share(summary.next_step_correct, summary.next_step_total)
        sections.append(Section(f"{words.NEXT_STEP} next step {steps}", (said,)))
    time = _time(report)
    if time:
        sections.append(Section("Time", time))
    return (*sections, say.rules())


def _share(right: int, asked: int) -> str:
    return say.share(right, asked, *wilson_ends(right, asked, LEVEL))


def _time(report: BlockReport) -> tuple[str, ...]:
    said = []
    if report.pace_ms is not None:
        said.append(say.pace(report.pace_ms, report.budget_ms))
    if report.in_hand_ms:
        said.append(say.PACE_RULE)
    if report.ghost_in_hand_ms:
        said.append(say.raced(report.ghost))
    if report.budget_ms is not None:
        said.append(say.long_from(long_from_ms(report.budget_ms)))
    return tuple(said)

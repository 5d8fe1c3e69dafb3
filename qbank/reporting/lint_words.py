"""A lint report as lines, tables and JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from qbank.content.lint.facts import OutlineLine, PackFacts
from qbank.content.lint.placed import LintFinding
from qbank.content.lint.remarks import CHECKS, LEVELS, Level
from qbank.content.lint.run import LintReport

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PACK_COLUMNS: Final = 12
"""With more packs than this their counts do not stand beside each other."""


def lint_line(finding: LintFinding) -> str:
    """`file:line  ID level  question  field: message. What to do`."""
    where = finding.file or "the whole set"
    if finding.line is not None:
        where = f"{where}:{finding.line}"
    parts = [where, f"{finding.id} {finding.level}", finding.question]
    said = f"{finding.field}: {finding.message}" if finding.field else finding.message
    ends = "" if said.endswith((".", "!", "?")) else "."
    return "  ".join([*filter(None, parts), f"{said}{ends} {finding.fix}".rstrip()])


def totals(report: LintReport) -> str:
    """How much was read and found, in one sentence."""
    found = [_many(report.count(level), level) for level in LEVELS]
    read = f"{_many(report.questions, 'question')} in {_many(len(report.packs), 'pack')}"
    return f"{read}: {', '.join(found)}"


def _many(count: int, noun: str) -> str:
    plural = "info" if noun == "info" else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def tables(report: LintReport) -> Iterator[Table]:
    """The summary tables that have anything in them."""
    if report.findings:
        yield _checks_table(report)
    if report.packs:
        yield _packs_table(report.packs)
        yield _cues_table(report)
    for lines in report.outlines.values():
        yield _outline_table(lines, report.packs)


def _checks_table(report: LintReport) -> Table:
    """How many questions each check found something in."""
    rows: list[tuple[str, ...]] = []
    for name, count in report.by_check().items():
        share = f"{count / report.questions:.1%}" if report.questions else ""
        rows.append((name, CHECKS[name].level, CHECKS[name].title, str(count), share))
    return ("check", "level", "looks for", "questions", "share"), rows


def _packs_table(packs: Sequence[PackFacts]) -> Table:
    head = (
        "pack",
        "questions",
        "words",
        "stem",
        "expected",
        "next steps",
        "options",
        "keys by place",
        "longest is key",
    )
    return head, [
        (
            pack.id,
            str(pack.questions),
            str(pack.words),
            f"{pack.stem_words:.0f}",
            "" if pack.expected_correct is None else f"{pack.expected_correct:.3f}",
            str(pack.next_steps),
            " ".join(f"{size}:{count}" for size, count in sorted(pack.options.items())),
            " ".join(
                f"{letter} {count}" for letter, count in zip(_LETTERS, pack.letters, strict=False)
            ),
            str(pack.longest),
        )
        for pack in packs
    ]


def _cues_table(report: LintReport) -> Table:
    """What the whole set gives away by places and lengths."""
    places, longest = report.places, report.longest
    spread = " ".join(
        f"{letter} {count}/{mean:.0f}"
        for letter, count, mean in zip(_LETTERS, places.counts, places.expected, strict=False)
    )
    share = f"{longest.count / longest.questions:.1%}" if longest.questions else ""
    return (
        ("the set", "found", "p"),
        [
            ("keys by place / even spread", spread, f"{places.p:.2g}"),
            ("key alone is longest", f"{share} (chance {longest.chance:.1%})", f"{longest.p:.2g}"),
        ],
    )


def _outline_table(lines: Sequence[OutlineLine], packs: Sequence[PackFacts]) -> Table:
    """An exam's outline against the set, and against each pack where there are few."""
    shown = packs if 1 < len(packs) <= _PACK_COLUMNS else ()
    head = ("outline", "count", "share", "range", "", *(pack.id for pack in shown))
    rows = [
        (
            line.name or f"no {line.group.removesuffix('s')}",
            str(line.count),
            f"{line.share:.1%}",
            "" if line.low is None else f"{line.low}-{line.high}%",
            "" if line.within else "outside",
            *(str(pack.counts[line.group].get(line.name, 0)) for pack in shown),
        )
        for line in lines
    ]
    return head, rows


def lint_json(report: LintReport, level: Level = "info") -> dict[str, Any]:
    """What `packs lint --json` prints; findings of a lower level than `level` are left out."""
    return {
        "questions": report.questions,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "infos": report.count("info"),
        "findings": [asdict(each) for each in weighing(report, level)],
        "by_check": report.by_check(),
        "packs": [_pack_json(pack) for pack in report.packs],
        "key_places": asdict(report.places),
        "longest_key": asdict(report.longest),
        "outlines": {
            exam: [{**asdict(line), "within": line.within} for line in lines]
            for exam, lines in report.outlines.items()
        },
    }


def _pack_json(pack: PackFacts) -> dict[str, Any]:
    options = {str(size): count for size, count in sorted(pack.options.items())}
    counts = {group: dict(names) for group, names in pack.counts.items()}
    letters = dict(zip(_LETTERS, pack.letters, strict=False))
    plain = asdict(pack)
    return {**plain, "options": options, "counts": counts, "letters": letters}


def weighing(report: LintReport, level: Level) -> list[LintFinding]:
    """The findings of this level and above."""
    kept = LEVELS[: LEVELS.index(level) + 1]
    return [finding for finding in report.findings if finding.level in kept]

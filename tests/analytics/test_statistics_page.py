"""docs/statistics.md: every example on the page is run, and every figure is there."""

import doctest
import re
from collections.abc import Sequence

from qbank.analytics.rows import AnalysedBlock
from tests.analytics import support
from tests.support.shared import ROOT

PAGE = ROOT / "docs" / "statistics.md"
FIGURES = {
    *(f"A{n}" for n in range(1, 10)),
    *(f"B{n}" for n in range(1, 10)),
    *("C1", "C2", "C3", "C4", "C5", "C7", "C8"),
    *("D1", "D4", "D5", "D6", "D7"),
    *(f"E{n}" for n in range(1, 6)),
    *("F1", "M5", "N1"),
}
"""D2, D3, C6 and F2 are never shown."""

OUTCOMES = {
    "R": support.RIGHT,
    "W": support.WRONG,
    "O": support.OMITTED,
    "-": support.UNREACHED,
}


def block(letters: str, seconds: Sequence[float] | float = 80, number: int = 1) -> AnalysedBlock:
    """A timed block at 90 s a question, as the page describes it."""
    listed = [seconds] * len(letters) if isinstance(seconds, (int, float)) else list(seconds)
    times = [round(one * 1_000) for one in listed]
    return support.block(number, support.attempts([OUTCOMES[one] for one in letters], times))


def sections() -> dict[str, str]:
    """The text of each figure's section, by id."""
    parts = re.split(r"^### ([A-Z]\d) .*$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_example_on_the_page_comes_out_as_printed() -> None:
    text = PAGE.read_text(encoding="utf-8").replace("```pycon\n", "\n").replace("```\n", "\n")
    test = doctest.DocTestParser().get_doctest(text, {"block": block}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert result.attempted > len(FIGURES)
    assert said == []


def test_every_figure_has_its_section_with_an_example_and_its_limits() -> None:
    found = sections()
    assert set(found) == FIGURES
    assert [name for name, text in found.items() if ">>> " not in text] == []
    assert [name for name, text in found.items() if "*Does not say*" not in text] == []

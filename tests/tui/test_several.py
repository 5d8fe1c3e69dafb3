"""Questions with several right answers, from the pack to the export."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.block.model import Mode
from qbank.reporting.review_words import verdict
from tests.tui.support import sitting

PACK = """\
format: qbank-pack/1
pack: {id: many, title: Many}
questions:
  - id: q1
    stem: A patient comes in.
    lead_in: Which of the following apply?
    key: [one, three]
    explanation: Both of them.
    options:
      - {id: one, text: The first, why: So it is.}
      - {id: two, text: The second, why: Not so.}
      - {id: three, text: The third, why: So it is as well.}
  - id: q2
    stem: Another patient comes in.
    lead_in: Which of the following apply here?
    key: [one, two]
    options:
      - {id: one, text: Option one}
      - {id: two, text: Option two}
      - {id: three, text: Option three}
"""


@pytest.fixture
def many(importing: Callable[[str], Path]) -> Path:
    """A store with the pack."""
    return importing(PACK)


async def test_letters_choose_and_let_go_and_the_last_one_gone_is_blank(many: Path) -> None:
    async with sitting(many) as seat:
        await seat.begin(packs=("many",), count=2)
        assert "Choose all that apply." in seat.text
        assert "if all right ones are chosen and no other" in seat.text
        await seat.press("c", "a")
        assert seat.state.response(1) == ("one", "three")
        await seat.until("A ● The first")
        await seat.until("C ● The third")
        await seat.press("A")
        assert seat.state.response(1) == ("three",)
        await seat.press("c")
        assert seat.state.response(1) == ()
        await seat.press("down", "space", "down", "down", "space")
        assert seat.state.response(1) == ("one", "three")
        await seat.click("The second")
        assert seat.state.response(1) == ("one", "three", "two")


async def test_all_or_nothing_in_the_result_the_review_and_the_export(
    many: Path, tmp_path: Path
) -> None:
    async with sitting(many) as seat:
        await seat.begin(packs=("many",), count=2)
        await seat.press("a", "c", "enter", "a")
        await seat.press("r", "s", "enter")
        await seat.until("Time in hand")
        assert "1 of 2" in seat.text
        assert "A, C" in seat.text or "AC" in seat.text
        application = seat.application
        (block,) = application.history.list()
        views = application.review.report(block.id).attempts
        assert [view.outcome.value for view in views] == ["correct", "incorrect"]
        assert (views[1].final, views[1].key) == (("one",), ("one", "two"))
        application.portable.export(tmp_path / "out.json")
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    (written,) = document["blocks"]
    answers = [
        json.loads(e["payload"])["options"] for e in written["events"] if e["kind"] == "answered"
    ]
    assert answers == [["one"], ["one", "three"], ["one"]]


async def test_in_tutor_mode_ones_own_choices_are_told_from_the_key(many: Path) -> None:
    async with sitting(many) as seat:
        await seat.begin(packs=("many",), count=2, mode=Mode.TUTOR)
        await seat.press("a", "b", "enter")
        await seat.until("Both of them")
        lines = {name: seat.line(f"The {name}") for name in ("first", "second", "third")}
        assert "✓" in lines["first"]
        assert "yours" in lines["first"]
        assert "✗" in lines["second"]
        assert "✓" in lines["third"]
        assert "yours" not in lines["third"]
        assert "not chosen" in lines["third"]
        said = "✗ not right: only the whole set counts; you left out C, B does not belong"
        assert said in seat.text
        await seat.press("c")
        assert seat.state.response(1) == ("one", "two")


@pytest.mark.parametrize(
    ("given", "key", "said"),
    [
        ("", "B", "– left blank"),
        ("B", "B", "✓ right"),
        ("CB", "BC", "✓ right"),
        ("A", "B", "✗ not right"),
        ("B", "BC", "✗ not right: only the whole set counts; you left out C"),
        ("ABCD", "BC", "✗ not right: only the whole set counts; A, D do not belong"),
    ],
)
def test_an_answer_is_right_or_not_as_a_whole(given: str, key: str, said: str) -> None:
    assert verdict([*given], [*key]) == said

"""Every shipped question, taken and looked back on: whole, and no wider than the screen."""

import re
from pathlib import Path

import pytest

from qbank.block.commands import Answer, Show, Start, Submit
from qbank.bootstrap import open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockRequest, QuestionReview
from qbank.settings import load_settings
from qbank.tui.reviewing import review_rows

WIDTHS = (80, 120)


def letters(text: str) -> str:
    """What is left when lines may break anywhere."""
    return re.sub(r"[\W_]", "", text)


def texts(review: QuestionReview) -> list[str]:
    """Everything that an author wrote for a reader."""
    said = review.explanation
    return [
        review.text.stem,
        review.text.lead_in,
        said.explanation,
        said.objective,
        said.turns_on,
        *(option.text for option in said.options),
        *(option.why for option in said.options),
        *(rung.do for rung in said.ladder),
        *(change.change for change in said.if_instead),
    ]


@pytest.mark.every_pack
def test_every_shipped_question_is_reviewed_whole(tmp_path: Path) -> None:
    clock = ManualClock()
    seen = 0
    with open_app(load_settings(data_dir=tmp_path / "data", environ={}), clock=clock) as app:
        for pack in app.packs.list():
            block = app.build.create(BlockRequest(packs=(pack.id,), order="pack"))
            runner = app.blocks.open(block)
            runner.do(Start())
            for position in runner.spec.positions:
                runner.do(Show(position))
                clock.advance(60_000)
                options = runner.spec.slot(position).options
                runner.do(Answer(position, (options[position % len(options)],)))
            runner.do(Submit())
            assert runner.wait_saved(10)
            for position in runner.spec.positions:
                review = app.review.question(block, position)
                seen += 1
                for width in WIDTHS:
                    rows = review_rows(review, width, every=True)
                    lines = ["".join(run.text for run in row.runs) for row in rows]
                    assert max(map(len, lines)) <= width
                    assert not [line for line in lines if "…" in line]
                    whole = letters("".join(lines))
                    assert not [text for text in texts(review) if letters(text) not in whole]
    assert seen == 180

"""What was answered stays what was answered, whatever a pack says later."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from qbank.block import commands as c
from qbank.block.model import Mode
from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockReport, BlockRequest, QuestionReview
from qbank.settings import load_settings
from tests.services.test_packs import bring, card, check_index, put
from tests.support.desk import WAIT_S

QUESTIONS = 8


def take_a_block(app: Application) -> str:
    """A whole block of the pack: every second answer is right."""
    request = BlockRequest(mode=Mode.TIMED, count=QUESTIONS, packs=("test-pack",), order="pack")
    runner = app.blocks.open(app.build.create(request))
    runner.do(c.Start())
    for position in range(1, QUESTIONS + 1):
        runner.do(c.Show(position))
        runner.do(c.Answer(position, ("ecg" if position % 2 else "ct",)))
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    runner.close()
    return runner.spec.block_id


def looked_at(app: Application, block: str) -> tuple[BlockReport, list[QuestionReview]]:
    """Everything a person can look back at."""
    positions = range(1, QUESTIONS + 1)
    return app.review.report(block), [app.review.question(block, each) for each in positions]


def mutated(cards: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """The pack a version later: keys, texts, reasons and order change, questions come and go."""
    later = [dict(each) for each in cards if chance.random() < 0.9]
    for each in later:
        match chance.randrange(6):
            case 0:
                each["key"] = chance.choice([option["id"] for option in each["options"]])
            case 1:
                each["stem"] = f"Rewritten {chance.random()}."
            case 2:
                each["options"] = list(reversed(each["options"]))
            case 3:
                each["options"] = [{**each["options"][0], "why": "Another reason."}]
                each["options"] += [{"id": "new", "text": f"Newly written {chance.random()}"}]
                each["key"] = "new"
            case 4:
                each["explanation"] = f"Better said {chance.random()}."
    chance.shuffle(later)
    return [*later, card(chance.randrange(1_000, 9_000))]


@pytest.mark.parametrize("seed", range(4))
def test_old_blocks_look_the_same_after_any_upgrade(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    settings = load_settings(environ={}, data_dir=tmp_path / "data")
    cards = [card(n) for n in range(QUESTIONS)]
    with open_app(settings, clock=ManualClock()) as app:
        bring(app, put(tmp_path, *cards))
        block = take_a_block(app)
        before = looked_at(app, block)
        assert before[0].summary.correct == QUESTIONS // 2
        for _ in range(5):
            cards = mutated(cards, chance)
            bring(app, put(tmp_path, *cards))
            assert looked_at(app, block) == before
        check_index(app)


def test_a_block_that_is_open_keeps_its_texts_and_key(tmp_path: Path) -> None:
    settings = load_settings(environ={}, data_dir=tmp_path / "data")
    with open_app(settings, clock=ManualClock()) as app:
        bring(app, put(tmp_path, card(1), card(2)))
        request = BlockRequest(count=2, packs=("test-pack",), order="pack")
        runner = app.blocks.open(app.build.create(request))
        runner.do(c.Start())
        texts = runner.texts
        bring(app, put(tmp_path, card(1, key="ct", stem="Another case."), card(2)))
        assert runner.texts == texts
        runner.do(c.Answer(1, ("ecg",)))
        runner.do(c.Submit())
        assert runner.wait_saved(WAIT_S)
        runner.close()
        report = app.review.report(runner.spec.block_id)
        assert report.attempts[0].outcome == "correct"
        assert app.packs.preview("test-pack", "q-1")[1].key == ("ct",)
        (listed,) = [pack for pack in app.packs.list() if pack.id == "test-pack"]
        assert (listed.questions, listed.fresh) == (2, 1)


def test_an_old_block_is_read_as_it_was_when_a_pack_turns_to_markdown(tmp_path: Path) -> None:
    settings = load_settings(environ={}, data_dir=tmp_path / "data")
    path = put(tmp_path, *(card(n, stem="Give *two* drops.") for n in range(QUESTIONS)))
    with open_app(settings, clock=ManualClock()) as app:
        bring(app, path)
        block = take_a_block(app)
        before = looked_at(app, block)
        document = json.loads(path.read_text())
        document["pack"]["text"] = "markdown"
        path.write_text(json.dumps(document))
        assert bring(app, path).changed == QUESTIONS
        assert looked_at(app, block) == before
        assert not before[1][0].text.markdown
        assert app.packs.preview("test-pack", "q-0")[0].markdown
        assert bring(app, path).same == QUESTIONS
        request = BlockRequest(count=1, packs=("test-pack",), seen=())
        assert app.blocks.open(app.build.create(request)).texts[0].markdown

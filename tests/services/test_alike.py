"""More like this: short blocks of questions that share something with one that was answered."""

import pytest

from qbank.block.model import Mode
from qbank.content.names import AREAS
from qbank.content.question import Question
from qbank.errors import NotFound
from qbank.reporting.label_words import area_label
from qbank.services.alike import AlikeService
from qbank.services.views import BlockRequest
from tests.support.desk import Desk
from tests.support.small_store import put_pack, question


def labelled(number: int, area: str, *, kind: str = "none", task: str = "diagnosis") -> Question:
    """A question with every label that others may share."""
    said = question(number).model_dump(exclude_defaults=True)
    labels = {"system": "endocrine", "area": area, "next_step": kind, "task": task}
    return Question.model_validate({**said, **labels})


@pytest.fixture
def alike(desk: Desk) -> AlikeService:
    """Seven questions beside those of the desk: two of an area, a kind of step of three."""
    asked = [
        labelled(101, "diabetes", kind="preventive", task="prevention"),
        labelled(102, "diabetes"),
        labelled(103, "bone_mineral"),
        labelled(104, "bone_mineral", kind="preventive", task="prevention"),
        labelled(105, "bone_mineral", kind="preventive", task="prevention"),
    ]
    desk.store.write(lambda connection: put_pack(connection, asked, uid="labelled"))
    return AlikeService(desk.store, desk.small.learner.id, desk.build)


def test_the_nearest_likeness_comes_first_each_with_how_many_fresh_ones(
    desk: Desk, alike: AlikeService
) -> None:
    block = desk.take("a", packs=("labelled",))
    found = [(each.what, each.shared, each.fresh) for each in alike.like(block, 1)]
    assert found == [
        ("area", "diabetes", 1),
        ("system", "Endocrine", 5),
        ("next step", "prevention", 2),
        ("task", "prevention", 2),
    ]


def test_the_block_of_a_likeness_holds_nothing_else_and_explains_each(
    desk: Desk, alike: AlikeService
) -> None:
    block = desk.take("a", packs=("labelled",))
    step = alike.like(block, 1)[2]
    assert step.request == BlockRequest(
        mode=Mode.TUTOR, count=5, next_steps=("preventive",), name="More like it: prevention"
    )
    runner = desk.blocks.open(desk.build.create(step.request))
    assert runner.spec.size == 2
    assert runner.spec.limit_ms is None
    runner.close()
    timed = alike.like(block, 1, timed=True)[2]
    assert timed.request.mode is Mode.TIMED


def test_a_likeness_with_itself_alone_is_none(desk: Desk, alike: AlikeService) -> None:
    block = desk.take("bbbbb", packs=("labelled",))
    kinds = {each.what: each.fresh for each in alike.like(block, 1)}
    assert kinds == {"area": 0, "system": 1, "next step": 0, "task": 0}
    lone = [labelled(201, "thyroid_adrenal_pituitary", kind="communication", task="prognosis")]
    desk.store.write(lambda connection: put_pack(connection, lone, uid="lone"))
    block = desk.take("b", packs=("lone",))
    assert [each.what for each in alike.like(block, 1)] == ["system"]
    with pytest.raises(NotFound):
        alike.like(block, 2)


def test_every_area_reads_as_words() -> None:
    said = [area_label(area) for areas in AREAS.values() for area in areas]
    assert len(set(said)) == len(said)
    assert not [each for each in said if "_" in each]

"""Forms of New block that a person saved: what is kept of them, and what is not."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbank.block.model import Mode
from qbank.errors import NotFound, UsageError
from qbank.services.pool import NEXT_STEP
from qbank.services.saved import SavedService
from qbank.services.views import BlockRequest, Seen
from qbank.store.presets import put_preset
from tests.support.desk import Desk, desk_in

NAMES = st.lists(st.text("abc_", max_size=5), max_size=3).map(tuple)
REQUESTS = st.builds(
    BlockRequest,
    mode=st.sampled_from(Mode),
    count=st.integers(1, 500),
    minutes=st.none() | st.floats(0.5, 900) | st.integers(1, 900),
    preset=st.text(max_size=5),
    time_factor=st.sampled_from((100, 125, 150, 200)),
    seen=st.lists(st.sampled_from(Seen), unique=True).map(tuple),
    packs=NAMES,
    systems=NAMES,
    areas=NAMES,
    tasks=NAMES,
    next_steps=NAMES,
    search=st.text(max_size=9),
    order=st.sampled_from(("shuffled", "pack")),
    race=st.sampled_from(("", "best", "last", "median", "even")),
    fill=st.booleans(),
)


def saved(desk: Desk) -> SavedService:
    """The saved forms of the desk's learner."""
    return SavedService(desk.store, desk.small.learner.id)


@given(request=REQUESTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_saved_comes_back(desk: Desk, request: BlockRequest) -> None:
    forms = saved(desk)
    assert forms.save("  Renal \n drill ", request) == "Renal drill"
    _, form = forms.templates()
    assert form.saved
    assert (form.name, form.request.name) == ("Renal drill", "Renal drill")
    assert form.request == BlockRequest(
        **{name: getattr(request, name) for name in BlockRequest.__slots__ if name != "name"},
        name="Renal drill",
    )


def test_the_drill_is_always_there_and_takes_next_steps_alone(desk: Desk) -> None:
    (drill,) = saved(desk).templates()
    assert not drill.saved
    assert (drill.name, drill.request.count, drill.request.tasks) == (
        "Next-step drill",
        10,
        (NEXT_STEP,),
    )
    runner = desk.blocks.open(desk.build.create(drill.request))
    assert (runner.name, runner.spec.size) == ("Next-step drill", 10)
    assert {"next step" in text.lead_in for text in runner.texts} == {True}


def test_a_block_taken_again_a_seed_and_a_named_run_are_not_part_of_a_form(desk: Desk) -> None:
    forms = saved(desk)
    forms.save("mine", BlockRequest(retake="x", seed=7, race="some block", name="other"))
    assert forms.templates()[1].request == BlockRequest(name="mine")


def test_a_name_holds_one_form_until_it_is_forgotten(desk: Desk) -> None:
    forms = saved(desk)
    forms.save("b", BlockRequest(count=5))
    forms.save("a", BlockRequest(count=6))
    forms.save("b", BlockRequest(count=7))
    assert [(form.name, form.request.count) for form in forms.templates()[1:]] == [
        ("a", 6),
        ("b", 7),
    ]
    forms.delete("a")
    assert [form.name for form in forms.templates()] == ["Next-step drill", "b"]
    with pytest.raises(NotFound):
        forms.delete("a")


@pytest.mark.parametrize("name", ["", " \n", "x" * 41, "next-step DRILL"])
def test_some_names_cannot_be_taken(desk: Desk, name: str) -> None:
    with pytest.raises(UsageError):
        saved(desk).save(name, BlockRequest())


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '{"mode": "dream"}', '{"packs": "ab"}', '{"count": true}', "[" * 9_999]
)
def test_a_form_that_cannot_be_read_is_left_out(desk: Desk, text: str) -> None:
    desk.store.write(lambda there: put_preset(there, desk.small.learner.id, "odd", text))
    assert [form.name for form in saved(desk).templates()] == ["Next-step drill"]


def test_a_form_of_an_older_program_lacks_what_came_later(desk: Desk) -> None:
    said = '{"count": 12, "later": 1}'
    desk.store.write(lambda there: put_preset(there, desk.small.learner.id, "old", said))
    assert saved(desk).templates()[1].request == BlockRequest(count=12, name="old")


def test_next_steps_are_drilled_by_kind(tmp_path: Path) -> None:
    with desk_in(tmp_path, 20) as desk:
        kinds = {box.value: box.count for box in desk.build.preview(BlockRequest()).next_steps}
        assert sum(kinds.values()) == 10
        for kind, count in kinds.items():
            assert desk.build.preview(BlockRequest(next_steps=(kind,))).matching == count
        with pytest.raises(NotFound):
            desk.build.preview(BlockRequest(next_steps=("surgical",)))

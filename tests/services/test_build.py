"""From a request to counts and a frozen block: what may never happen, for any request."""

import random
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qbank.block import commands as c
from qbank.block.model import GapPolicy, Mode, PausePolicy, Phase
from qbank.errors import NotFound, UsageError
from qbank.services.views import BlockRequest, BuildPreview, Seen
from qbank.store.tables import QuestionRow
from tests.support.desk import WAIT_S, Desk, desk_in
from tests.support.small_store import put_pack, question


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk where some of sixty questions, in two packs, were answered, flagged, left blank."""
    with desk_in(tmp_path_factory.mktemp("used"), 40) as desk:
        desk.store.write(
            lambda connection: put_pack(
                connection, [question(n) for n in range(41, 61)], uid="pack-b", shipped=False
            )
        )
        rng = random.Random(3)
        for seed in range(3):
            runner = desk.begin(9, order="shuffled", seed=seed, seen=())
            for position in runner.spec.positions[:7]:
                desk.answer(runner, position, rng.choice("abc"))
                if rng.random() < 0.3:
                    runner.do(c.Flag(position))
            runner.do(c.Submit())
            assert runner.wait_saved(WAIT_S)
            runner.close()
        yield desk


def asked(desk: Desk, block_id: str) -> list[str]:
    """The keys of a block's questions in order."""
    runner = desk.blocks.open(block_id)
    runner.close()
    hashes = [slot.question for slot in runner.spec.slots]
    with desk.store.read() as connection:
        query = select(QuestionRow.current_hash, QuestionRow.key)
        keys = {row.current_hash: row.key for row in connection.execute(query)}
    return [keys[each] for each in hashes]


def counted(preview: BuildPreview, field: str, value: str) -> int:
    """The count of one box."""
    return sum(box.count for box in getattr(preview, field) if box.value == value)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


REQUESTS = st.builds(
    BlockRequest,
    mode=st.sampled_from([Mode.TIMED, Mode.TUTOR, Mode.UNTIMED]),
    count=st.integers(1, 30),
    time_factor=st.sampled_from([100, 125, 150, 200]),
    seen=st.lists(st.sampled_from(list(Seen)), max_size=3, unique=True).map(tuple),
    packs=some("pack-a", "pack-b"),
    systems=some("renal_reproductive", "nervous", "endocrine"),
    tasks=some("next_step", "diagnosis", "mixed_management"),
    search=st.sampled_from(["", "woman", "finding 1", "xyzzy"]),
    order=st.sampled_from(["shuffled", "pack"]),
    seed=st.integers(0, 2**32),
)


@given(request=REQUESTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_block_is_what_its_preview_said(used: Desk, request: BlockRequest) -> None:
    preview = used.build.preview(request)
    assert preview.taken <= request.count
    assert preview.fresh + preview.seen_before == 60
    if not preview.taken:
        assert preview.sentence == "No question matches."
        with pytest.raises(UsageError):
            used.build.create(request)
        return
    block_id = used.build.create(request)
    keys = asked(used, block_id)
    runner = used.blocks.open(block_id)
    runner.close()
    assert len(keys) == len(set(keys)) == preview.taken
    assert runner.spec.limit_ms == preview.limit_ms
    assert (runner.spec.limit_ms is None) is (request.mode is not Mode.TIMED)
    assert runner.spec.time_factor == request.time_factor
    assert (runner.spec.pause, runner.spec.gaps) == (PausePolicy.ALLOWED, GapPolicy.FREE)
    if request.packs == ("pack-a",):
        assert all(int(key[1:]) <= 40 for key in keys)
    if request.order == "pack":
        assert keys == sorted(keys)
    assert asked(used, used.build.create(request)) == keys


@given(request=REQUESTS, field=st.sampled_from(["systems", "tasks", "packs", "seen"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_boxs_count_is_what_comes_when_it_alone_is_ticked(
    used: Desk, request: BlockRequest, field: str
) -> None:
    preview = used.build.preview(request)
    for box in getattr(preview, field):
        alone: dict[str, Any] = {field: (box.value,)}
        assert used.build.preview(replace(request, **alone)).matching == box.count


def test_no_more_than_two_neighbours_share_a_system(used: Desk) -> None:
    for seed in range(20):
        keys = asked(used, used.build.create(BlockRequest(count=30, seed=seed, seen=())))
        systems = [int(key[1:]) % 14 for key in keys]
        assert not any(
            a == b == third for a, b, third in zip(systems, systems[1:], systems[2:], strict=False)
        )


def test_every_question_is_as_likely(used: Desk) -> None:
    drawn: dict[str, int] = {}
    for seed in range(120):
        for key in asked(used, used.build.create(BlockRequest(count=10, seed=seed, seen=()))):
            drawn[key] = drawn.get(key, 0) + 1
    assert len(drawn) == 60
    assert 6 <= min(drawn.values()) <= max(drawn.values()) <= 40  # 20 expected, sd about 4


@pytest.mark.parametrize(
    ("count", "factor", "limit_ms"),
    [(20, 100, 1_800_000), (10, 100, 900_000), (7, 125, 788_000), (20, 150, 2_700_000)],
)
def test_a_limit_keeps_the_presets_pace_in_whole_seconds(
    desk: Desk, count: int, factor: int, limit_ms: int
) -> None:
    request = BlockRequest(count=count, time_factor=factor)
    assert desk.build.preview(request).limit_ms == limit_ms


def test_minutes_are_for_the_questions_asked_for(desk: Desk) -> None:
    assert desk.build.preview(BlockRequest(count=10, minutes=12.5)).limit_ms == 750_000
    assert desk.build.preview(BlockRequest(count=40, minutes=60)).limit_ms == 1_800_000


def test_fewer_fresh_than_asked_for_is_said(desk: Desk) -> None:
    assert desk.build.preview(BlockRequest(count=20)).sentence == (
        "20 questions match. This block: 20 of them, 30:00."
    )
    assert desk.build.preview(BlockRequest(count=40)).sentence == (
        "20 questions match, 20 fewer than asked. This block: 20 of them, 30:00."
    )
    desk.take("b" * 19)
    assert "The other 1 would be one you have seen" in (
        desk.build.preview(BlockRequest(count=2)).sentence
    )
    correct = BlockRequest(count=30, seen=(Seen.CORRECT,))
    assert desk.build.preview(correct).sentence == (
        "19 questions match, 11 fewer than asked. This block: 19 of them, 28:30."
    )


def test_where_nothing_unused_is_left_missed_then_oldest_fill_the_block(desk: Desk) -> None:
    desk.take("b" * 10)
    desk.clock.advance(1_000)
    desk.take("ba" * 5)
    request = BlockRequest(count=8, order="pack")
    preview = desk.build.preview(request)
    assert (preview.matching, preview.taken, preview.fresh) == (0, 8, 0)
    assert preview.sentence.startswith("Nothing unused is left here. 8 questions you have seen")
    keys = asked(desk, desk.build.create(request))
    assert keys == ["q001", "q002", "q003", "q012", "q014", "q016", "q018", "q020"]


def test_a_question_in_a_begun_block_stands_in_no_other(desk: Desk) -> None:
    runner = desk.begin(15)
    runner.leave()
    assert desk.build.preview(BlockRequest(count=20)).matching == 5
    assert desk.build.preview(BlockRequest(count=20)).fresh == 20


def test_a_question_not_reached_stays_unused(desk: Desk) -> None:
    desk.take("b......")
    preview = desk.build.preview(BlockRequest())
    assert (preview.matching, preview.fresh, preview.seen_before) == (19, 19, 1)
    assert counted(preview, "seen", Seen.CORRECT) == 1


def test_the_latest_attempt_counts(desk: Desk) -> None:
    block_id = desk.take("ab")
    desk.clock.advance(1_000)
    desk.take("ba", retake=block_id)
    with_q1 = BlockRequest(search="finding 1", seen=(Seen.CORRECT,))
    assert [box.count for box in desk.build.preview(with_q1).seen][1:] == [0, 0, 1]


def test_a_retake_has_the_same_questions_time_and_options(desk: Desk) -> None:
    first = desk.take("ab b", order="shuffled", seed=5, minutes=7)
    request = BlockRequest(retake=first, count=4)
    assert desk.build.preview(request).sentence == (
        "The same questions as before, in the same order. "
        "This block: 4 of them, 7:00, racing your earlier run (0:40)."
    )
    second = desk.blocks.open(desk.build.create(request))
    report = desk.review.report(first)
    assert [text.stem for text in second.texts] == [
        desk.review.question(first, each.position).text.stem for each in report.attempts
    ]
    assert second.spec.limit_ms == 420_000
    assert [slot.options for slot in second.spec.slots] == [tuple("abcde")] * 4


def test_alphabetical_options_are_shuffled_only_when_met_again(tmp_path: Path) -> None:
    with desk_in(tmp_path, 0) as desk:
        asked_for = [question(n, order="alphabetical") for n in range(1, 9)]
        desk.store.write(lambda connection: put_pack(connection, asked_for))
        runner = desk.begin(8)
        assert all(slot.options == tuple("abcde") for slot in runner.spec.slots)
        block_id = runner.spec.block_id
        for position in runner.spec.positions:
            runner.do(c.Show(position))
        runner.do(c.Submit())
        assert runner.wait_saved(WAIT_S)
        again = desk.blocks.open(desk.build.create(BlockRequest(retake=block_id, seed=1)))
        orders = {slot.options for slot in again.spec.slots}
        assert len(orders) > 1
        assert all(sorted(order) == list("abcde") for order in orders)


def test_a_block_never_begun_makes_room(desk: Desk) -> None:
    first = desk.build.create(BlockRequest(count=3))
    second = desk.build.create(BlockRequest(count=3))
    with pytest.raises(NotFound):
        desk.blocks.open(first)
    assert desk.blocks.open(second).state.phase is Phase.READY


def test_only_a_block_without_an_answer_is_thrown_away(desk: Desk) -> None:
    unbegun = desk.build.create(BlockRequest(count=2))
    desk.build.discard(unbegun)
    looked_at = desk.begin(2)
    looked_at.leave()
    desk.build.discard(looked_at.spec.block_id)
    assert desk.blocks.resumable() == ()
    answered = desk.begin(2)
    desk.answer(answered, 1, "a")
    answered.leave()
    with pytest.raises(UsageError, match="holds answers"):
        desk.build.discard(answered.spec.block_id)
    with pytest.raises(NotFound):
        desk.build.discard(unbegun)
    again = desk.blocks.open(answered.spec.block_id)
    again.do(c.Submit())
    assert again.wait_saved(WAIT_S)
    assert [block.number for block in desk.history.list()] == [1]


@pytest.mark.parametrize(
    ("request_", "said", "hint"),
    [
        (BlockRequest(count=0), "1 to 500", ""),
        (BlockRequest(count=501), "1 to 500", ""),
        (BlockRequest(mode=Mode.EXAM_DAY), "exam day", ""),
        (BlockRequest(time_factor=99), "100, 125, 150, 200", ""),
        (BlockRequest(minutes=0), "1,440 minutes", ""),
        (BlockRequest(order="suffled"), "'suffled'", "shuffled"),
        (BlockRequest(preset="step2kc"), "'step2kc'", "step2ck"),
        (BlockRequest(packs=("pack-x",)), "'pack-x'", "pack-a"),
        (BlockRequest(systems=("nervus",)), "'nervus'", "nervous"),
        (BlockRequest(tasks=("next_stp",)), "'next_stp'", "next_step"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    desk: Desk, request_: BlockRequest, said: str, hint: str
) -> None:
    for ask in (desk.build.preview, desk.build.create):
        with pytest.raises(UsageError) as caught:
            ask(request_)
        assert said in caught.value.message
        assert hint in caught.value.hint


def test_a_retake_of_nothing_is_said(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.build.create(BlockRequest(retake="no-such-block"))


def test_no_block_is_made_where_there_is_no_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, 12_000_000))
    with pytest.raises(UsageError, match="only 12 MB"):
        desk.build.create(BlockRequest())


def test_an_import_is_seen_at_once(desk: Desk) -> None:
    assert desk.build.preview(BlockRequest()).fresh == 20
    desk.store.write(
        lambda connection: put_pack(connection, [question(n) for n in (90, 91)], uid="pack-b")
    )
    preview = desk.build.preview(BlockRequest())
    assert (preview.fresh, counted(preview, "packs", "pack-b")) == (22, 2)

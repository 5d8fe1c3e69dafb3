"""Simulated learners: the same seed the same blocks, and every figure of them adds up."""

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from sqlalchemy import select, text

from qbank.block.model import Mode
from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.errors import NotFound, UsageError
from qbank.reporting.json_shapes import report_json, summary_json
from qbank.services.profiles import PROFILES
from qbank.services.simulate import simulate
from qbank.services.views import BlockReport
from qbank.settings import Settings, load_settings
from qbank.store.tables import AttemptRow, BlockEventRow, BlockRow, LearnerRow
from tests.services.test_bootstrap import first_block
from tests.support.small_store import put_pack, question

NOW = 1_795_342_473_377
DAY_MS = 86_400_000
_RETIRE = text("UPDATE question SET retired_at = 1 WHERE id > :kept")


def settings_in(folder: Path, learner: str = "") -> Settings:
    return load_settings(environ={}, data_dir=folder, learner=learner)


def taken(
    folder: Path, blocks: int, *, seed: int = 7, profile: str = "steady", now: int = NOW
) -> Application:
    """A reader of what a simulated learner did, with 300 questions to draw from."""
    clock = ManualClock(now, offset_min=120)
    with open_app(settings_in(folder), clock=clock) as application:
        application.store.write(
            lambda connection: put_pack(
                connection, [question(n) for n in range(1, 301)], uid="many", shipped=False
            )
        )
        assert simulate(application, blocks=blocks, seed=seed, profile=profile) == blocks
    return open_app(settings_in(folder, "simulated"), clock=clock, write=False)


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Forty blocks of the steady learner."""
    with taken(tmp_path_factory.mktemp("steady"), 40) as application:
        yield application


def reports(application: Application) -> list[BlockReport]:
    return [application.review.report(block.id) for block in application.history.list()]


def test_history_show_and_report_agree_to_the_millisecond(steady: Application) -> None:
    listed = steady.history.list()
    assert [block.number for block in listed] == list(range(40, 0, -1))
    for block in listed:
        report = steady.review.report(block.id)
        attempts = report.attempts
        assert report.summary == block == steady.history.find(str(block.number))
        assert summary_json(block) == {
            name: value for name, value in report_json(report).items() if name != "attempts"
        }
        assert sum(each.clock_ms for each in attempts) == block.used_ms
        assert sum(each.outcome == "correct" for each in attempts) == block.correct
        assert len(attempts) == block.questions
        for each in attempts:
            assert each.active_ms is not None
            assert each.away_ms is not None
            assert each.active_ms + each.away_ms == each.clock_ms
            assert each.first_visit_ms <= each.clock_ms
            if each.position <= 3:
                assert steady.review.question(block.id, each.position).attempt == each
        if block.limit_ms is not None:
            assert block.used_ms <= block.limit_ms
            last = len(report.in_hand_ms)
            assert report.in_hand_ms[-1] == round(
                block.limit_ms / block.questions * last
                - sum(each.clock_ms for each in attempts[:last])
            )


def test_the_log_says_the_same_as_the_attempts(steady: Application) -> None:
    from qbank.block.machine import replay
    from qbank.services.logs import read_events
    from qbank.store.block_log import read_log
    from qbank.store.blocks import closed_blocks, frozen_rows, read_spec

    with steady.store.read() as connection:
        heads = closed_blocks(connection)
        assert len(heads) == 40
        for head in heads:
            rows = frozen_rows(connection, head.id)
            events = read_events(head, read_log(connection, head.id))
            state = replay(read_spec(head, rows), events)
            block = steady.history.find(head.uuid)
            assert state.clock_ms == block.used_ms
            assert state.paused_ms == block.paused_ms
            assert state.interrupted is block.interrupted


def test_dates_are_evenings_of_the_past_in_order(steady: Application) -> None:
    blocks = steady.history.list()[::-1]
    assert all(block.closed_at is not None and block.closed_at < NOW for block in blocks)
    begun = [block.started_at or 0 for block in blocks]
    ended = [block.closed_at or 0 for block in blocks]
    assert begun == sorted(begun)
    assert all(end < begin for end, begin in zip(ended, begun[1:], strict=False))
    hours = [at // 3_600_000 % 24 for at in begun]
    assert set(hours) <= {19, 20, 21, 22}
    assert {block.offset_min for block in blocks} == {0}


def rows(application: Application) -> list[object]:
    with application.store.read() as connection:
        return [
            connection.execute(select(*table.__table__.columns)).all()
            for table in (BlockRow, BlockEventRow, AttemptRow)
        ]


def test_the_same_seed_gives_the_same_rows(tmp_path: Path) -> None:
    with taken(tmp_path / "a", 6) as one, taken(tmp_path / "b", 6) as other:
        assert rows(one) == rows(other)
    with taken(tmp_path / "c", 6, seed=8) as third:
        assert rows(third) != rows(one)


def test_the_day_of_the_run_does_not_matter(tmp_path: Path) -> None:
    later = NOW + 400 * DAY_MS + 5_000
    with taken(tmp_path / "a", 6) as one, taken(tmp_path / "b", 6, now=later) as other:
        assert reports(one) == reports(other)
        with other.store.read() as connection:
            made = connection.execute(select(LearnerRow.created_at).order_by(LearnerRow.id)).all()
    assert made[1] < made[0]


def test_more_blocks_come_after_the_last_and_keep_its_number(tmp_path: Path) -> None:
    with taken(tmp_path, 7) as application:
        before = application.history.list()
    with open_app(settings_in(tmp_path), clock=ManualClock(NOW)) as application:
        simulate(application, blocks=9, seed=7)
    with open_app(settings_in(tmp_path, "simulated"), write=False) as application:
        after = application.history.list()
    assert after[9:] == before
    times = [(block.started_at or 0, block.closed_at or 0) for block in after[::-1]]
    assert all(end < begin for (_, end), (begin, _) in pairwise(times))
    assert times[-1][1] < NOW
    assert [at % DAY_MS for at, _ in times[7:14]] != [at % DAY_MS for at, _ in times[:7]]


def test_blocks_do_not_reach_into_the_future(tmp_path: Path) -> None:
    with taken(tmp_path, 1) as application:
        last = application.history.list()[0].closed_at or 0
    soon = ManualClock(last + 3 * DAY_MS)
    with open_app(settings_in(tmp_path), clock=soon) as application:
        with pytest.raises(UsageError, match="in the future"):
            simulate(application, blocks=20, seed=1)
        assert simulate(application, blocks=1, seed=1) == 1


def opened(folder: Path, number: int) -> Application:
    """A store with so many questions to take."""
    application = open_app(settings_in(folder), clock=ManualClock(NOW))
    application.store.write(lambda connection: connection.execute(_RETIRE, {"kept": number}))
    return application


def sizes(folder: Path, number: int, blocks: int) -> set[tuple[Mode, int]]:
    """How blocks come out with so many questions to take: mode and length."""
    with opened(folder, number) as application:
        simulate(application, blocks=blocks, seed=3)
    with open_app(settings_in(folder, "simulated"), write=False) as application:
        return {(block.mode, block.questions) for block in application.history.list()}


def test_no_block_is_a_scrap(tmp_path: Path) -> None:
    usual = {(Mode.TIMED, 15), (Mode.TIMED, 10), (Mode.TUTOR, 5)}
    assert sizes(tmp_path / "fifteen", 15, 30) == usual
    assert {length for _, length in sizes(tmp_path / "four", 4, 3)} == {4}
    with (
        opened(tmp_path / "two", 2) as application,
        pytest.raises(UsageError, match="2 questions are too few"),
    ):
        simulate(application, blocks=1, seed=1)


def test_more_blocks_go_on_after_the_first(tmp_path: Path) -> None:
    with taken(tmp_path, 3) as application:
        first = {block.id for block in application.history.list()}
    with open_app(settings_in(tmp_path), clock=ManualClock(NOW)) as application:
        simulate(application, blocks=3, seed=7)
    with open_app(settings_in(tmp_path, "simulated"), write=False) as application:
        assert len({block.id for block in application.history.list()} - first) == 3


def test_a_store_with_a_persons_answers_is_refused(tmp_path: Path) -> None:
    with open_app(settings_in(tmp_path), clock=ManualClock(NOW)) as application:
        block_id = first_block(application)
        before = application.review.report(block_id)
        with pytest.raises(UsageError, match="holds answers of 'me'"):
            simulate(application, blocks=1, seed=1)
        simulate(application, blocks=2, seed=1, beside_a_person=True)
        assert [block.id for block in application.history.list()] == [block_id]
        assert application.review.report(block_id) == before
        assert application.home.view().blocks_done == 1


def test_an_unknown_profile_names_the_nearest(tmp_path: Path) -> None:
    with open_app(settings_in(tmp_path), clock=ManualClock(NOW)) as application:
        with pytest.raises(NotFound) as caught:
            simulate(application, blocks=1, seed=1, profile="stedy")
        assert "steady" in caught.value.hint


def quarter(report: BlockReport, number: int) -> list[int]:
    """Times of the questions of a quarter of a block of twenty, counted from 0."""
    return [each.clock_ms for each in report.attempts[number * 5 : number * 5 + 5]]


def long_ones(application: Application) -> list[BlockReport]:
    return [report for report in reports(application) if report.summary.questions == 20]


def right(found: list[BlockReport], *, next_step: bool) -> float:
    return mean(
        each.outcome == "correct"
        for report in found
        for each in report.attempts
        if (each.next_step != "none") is next_step and each.outcome != "unreached"
    )


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_habit_shows_in_the_figures(tmp_path: Path, profile: str, steady: Application) -> None:
    with taken(tmp_path, 30, profile=profile) as application:
        found = long_ones(application)
        usual = long_ones(steady)
    early = mean(ms for report in found for ms in quarter(report, 0))
    late = mean(ms for report in found for ms in quarter(report, 3))
    blanks = mean(report.summary.unreached for report in found)
    changes = mean(each.changes for report in found for each in report.attempts)
    usual_changes = mean(each.changes for report in usual for each in report.attempts)
    match profile:
        case "front-loader":
            assert early > 1.3 * late
            assert blanks > 0.5
        case "rusher":
            assert late < 0.5 * early
        case "second-guesser":
            assert changes > 3 * usual_changes
        case "next-step":
            assert right(found, next_step=True) < right(found, next_step=False) - 0.1
        case "tired-late":
            first = [each for report in found for each in report.attempts[:5]]
            last = [each for report in found for each in report.attempts[15:]]
            assert mean(a.outcome == "correct" for a in last) < mean(
                a.outcome == "correct" for a in first
            )
        case _:
            assert blanks < 0.5
            assert abs(right(found, next_step=True) - right(found, next_step=False)) < 0.15


def test_a_learner_with_few_questions_meets_them_again(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    with opened(tmp_path, 20) as application:
        simulate(application, blocks=4, seed=random.Random(1).getrandbits(16))
    with open_app(settings_in(tmp_path, "simulated"), clock=clock, write=False) as reader:
        with reader.store.read() as connection:
            most = connection.execute(select(AttemptRow.exposure)).scalars().all()
        assert max(most) >= 2
        assert min(most) == 1

"""The application as a whole: first start, second process, whose blocks, the end."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from qbank.block import commands as c
from qbank.bootstrap import Application, open_app, open_backups
from qbank.clock import ManualClock
from qbank.errors import ConcurrentRun, NotFound, StoreError, UsageError
from qbank.services.simulate import simulate
from qbank.settings import Settings, load_settings
from qbank.store.tables import LearnerRow
from tests.support.desk import WAIT_S


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(environ={}, data_dir=tmp_path / "data")


def first_block(application: Application) -> str:
    """Take the first block that Home offers."""
    request = application.home.view().doors[1].request
    assert request is not None
    runner = application.blocks.open(application.build.create(request))
    runner.do(c.Start())
    runner.do(c.Answer(1, (runner.spec.slot(1).options[0],)))
    runner.do(c.Submit())
    assert runner.wait_saved(WAIT_S)
    runner.close()
    return runner.spec.block_id


def test_the_first_start_has_a_block_to_take(settings: Settings) -> None:
    application = open_app(settings, clock=ManualClock())
    assert application.home.view().questions_total >= 20
    assert application.learners.me().name == "me"
    assert application.learners.label() == ""
    block_id = first_block(application)
    assert application.review.report(block_id).summary.questions == 20
    application.close()
    application.close()


def test_the_second_start_finds_everything_as_it_was(settings: Settings) -> None:
    with open_app(settings) as application:
        block_id = first_block(application)
        before = application.review.report(block_id)
    with open_app(settings) as application:
        assert application.review.report(block_id) == before
        assert len(application.learners.list()) == 1


def test_a_second_process_is_told_and_may_look(settings: Settings) -> None:
    with open_app(settings) as application:
        block_id = first_block(application)
        with pytest.raises(ConcurrentRun, match="qbank is open in process"):
            open_app(settings)
        with open_app(settings, write=False) as reader:
            assert reader.read_only
            assert reader.history.find("1").id == block_id
            assert reader.home.view().doors == ()
            with pytest.raises(ConcurrentRun, match="reading only"):
                reader.blocks.open(block_id)
        with pytest.raises(ConcurrentRun), open_backups(settings, write=True):
            pass
    with open_app(settings):
        pass


def test_closing_leaves_open_blocks_paused(settings: Settings) -> None:
    application = open_app(settings)
    request = application.home.view().doors[1].request
    assert request is not None
    runner = application.blocks.open(application.build.create(request))
    runner.do(c.Start())
    application.close()
    with open_app(settings) as again:
        (waiting,) = again.blocks.resumable()
        assert not waiting.crashed


def test_a_failed_opening_lets_the_lock_go(settings: Settings) -> None:
    with open_app(settings):
        pass
    with pytest.raises(NotFound):
        open_app(load_settings(environ={}, data_dir=settings.data_dir, learner="nobody"))
    with open_app(settings):
        pass


def test_reading_needs_a_store(settings: Settings) -> None:
    with pytest.raises(StoreError):
        open_app(settings, write=False)
    assert not settings.paths.data_dir.exists()


def test_a_wrong_name_of_a_learner_names_the_nearest(settings: Settings) -> None:
    with open_app(settings) as application:
        simulate(application, blocks=1, seed=1)
    wrong = load_settings(environ={}, data_dir=settings.data_dir, learner="simulatd")
    with pytest.raises(NotFound) as caught:
        open_app(wrong, write=False)
    assert "simulated" in caught.value.hint


def test_a_simulated_learner_is_shown_where_there_is_no_other(settings: Settings) -> None:
    with open_app(settings) as application:
        simulate(application, blocks=2, seed=1)
        assert application.history.list() == ()
    with open_app(settings, write=False) as reader:
        assert len(reader.history.list()) == 2
        assert "simulated" in reader.learners.label()
    with open_app(settings) as application:
        assert application.learners.me().name == "me"
        first_block(application)
    with open_app(settings, write=False) as reader:
        assert len(reader.history.list()) == 1
        assert reader.learners.label() == ""
    named = load_settings(environ={}, data_dir=settings.data_dir, learner="simulated")
    with open_app(named, write=False) as reader:
        assert len(reader.history.list()) == 2
        assert "simulated" in reader.home.view().lines[0]


def test_a_reader_of_a_store_without_learners_sees_nobodys_blocks(settings: Settings) -> None:
    with open_app(settings) as application:
        application.store.write(lambda connection: connection.execute(delete(LearnerRow)))
    with open_app(settings, write=False) as reader:
        assert reader.history.list() == ()
        assert reader.home.view().blocks_done == 0


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="data folder"):
        open_app(load_settings(environ={}, data_dir=tmp_path / "data"))

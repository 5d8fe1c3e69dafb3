"""A store of years is one that the program reads like any other."""

from pathlib import Path

from benchmarks import figures, years
from qbank.bootstrap import open_app
from qbank.services.views import BlockRequest
from qbank.settings import Settings


def test_a_filled_store_is_read_as_one_learners_years(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    years.fill(settings, questions=500, blocks=30)
    with open_app(settings) as application:
        found = application.stats.figures()
        assert (found.blocks, found.questions, found.fresh) == (30, 600, 500)
        assert application.build.preview(BlockRequest(packs=("years",))).matching == 0
        assert application.home.view().blocks_done == 30


def test_a_look_is_held_against_the_rows_it_read(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    years.fill(settings, questions=200, blocks=10)
    with open_app(settings) as application:
        sent = figures._sent(application, figures._statistics)
    assert any(" FROM attempt" in statement.replace("\n", " ") for statement, _ in sent)
    assert all(statement.startswith(("SELECT", "WITH")) for statement, _ in sent)

"""What the figures say on Home: the one thing, a mock, what is known; or what was done."""

from pathlib import Path

from qbank.services.home_figures import home_figures
from qbank.services.results import NewResult, ResultService
from qbank.services.stats import StatsService
from qbank.services.views import HomeFigures
from qbank.services.views.said import Known
from tests.support.desk import Desk, desk_in


def told(desk: Desk, *, quiet: bool = False) -> HomeFigures:
    stats = StatsService(desk.store, desk.small.learner.id, {}, desk.blocks)
    return home_figures(stats.figures(), quiet=quiet, offset_min=0)


def enter(desk: Desk, kind: str, score: float) -> None:
    ids = iter([f"{kind}-{score:g}"])
    service = ResultService(desk.store, desk.clock, desk.small.learner.id, lambda: next(ids))
    service.add(NewResult("2026-12-01", kind, score, name="form 12", pass_mark=218))


def test_at_first_there_is_no_one_thing_and_what_is_missing_is_said(desk: Desk) -> None:
    desk.take("b" * 20, ms=60_000)
    found = told(desk)
    assert (found.title, found.basis) == ("WHAT THE FIGURES CAN SAY SO FAR", "1 block, 20 q")
    assert found.told == ()
    rows = {row.name: row for row in found.rows}
    assert rows["Blanks"].text == "none in 1 block"
    assert rows["Pace trend"].known is Known.NEEDS
    assert rows["Pace trend"].text == "7 more timed blocks"


def test_blanks_are_the_one_thing_while_they_cost_most(tmp_path: Path) -> None:
    with desk_in(tmp_path, 100) as desk:
        for _ in range(4):
            desk.take("b" * 17 + "...", ms=100_000)
        (one,) = told(desk).told
        assert one.name == "ONE THING"
        assert "3.0 stay blank a block" in " ".join(one.lines)
        assert one.lines[-1].startswith("→ ")


def test_the_latest_mock_is_told_with_its_error_and_a_score_report_is_not(desk: Desk) -> None:
    desk.take("b" * 20, ms=60_000)
    enter(desk, "Step 2 CK", 209)
    assert told(desk).told == ()
    enter(desk, "NBME form", 221)
    (mock,) = told(desk).told
    assert (mock.name, mock.lines) == (
        "MOCKS",
        (
            "1 Dec · NBME form · form 12",
            "221; the pass mark you entered is 218; the form's own error is ±9. "
            "Too close to call, either way.",
        ),
    )


def test_a_quiet_day_has_no_share_no_mock_and_no_advice(desk: Desk) -> None:
    desk.take("b" * 17 + "...", ms=60_000)
    enter(desk, "NBME form", 221)
    found = told(desk, quiet=True)
    assert (found.title, found.told) == ("SO FAR", ())
    assert [(row.name, row.text) for row in found.rows] == [
        ("Since 18 Nov", "1 block · 20 questions")
    ]


def test_a_quiet_day_says_that_fewer_stay_blank(tmp_path: Path) -> None:
    with desk_in(tmp_path, 240) as desk:
        for _ in range(2):
            desk.take("b" * 15 + ".....", ms=60_000)
        for _ in range(10):
            desk.take("b" * 20, ms=60_000)
        assert ("Blanks a block", "1.0  →  0.0") in [
            (row.name, row.text) for row in told(desk, quiet=True).rows
        ]

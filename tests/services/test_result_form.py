"""A result between the store and a form: nothing is lost on the way, nothing wrong is kept."""

import pytest

from qbank.errors import NotFound, UsageError
from qbank.services.result_form import (
    error_of,
    new_texts,
    result_cells,
    texts_of,
    time_line,
    typed,
)
from qbank.services.results import KINDS, ResultService
from tests.support.desk import Desk

TEXTS = {
    "day": "1 Dec 2026",
    "kind": "NBME form",
    "name": "form 12",
    "score": "221",
    "pass_mark": "218",
    "error": "9",
    "bars": "Surgery: lower; Medicine: same",
    "note": "tired",
}


@pytest.fixture
def service(desk: Desk) -> ResultService:
    ids = (f"result-{n}" for n in range(99))
    return ResultService(desk.store, desk.clock, desk.small.learner.id, lambda: next(ids))


def test_what_is_kept_can_be_typed_again(service: ResultService) -> None:
    one = service.add(typed(TEXTS))
    assert one.bands == (("Surgery", "lower"), ("Medicine", "same"))
    again = service.change(one.id, typed({**texts_of(one), "kind": one.kind}))
    assert texts_of(again) == texts_of(one)
    assert again.id != one.id
    assert service.list() == (again,)


def test_a_correction_takes_the_place_and_says_what_holds_now(service: ResultService) -> None:
    one = service.add(typed(TEXTS))
    assert one.lines[0].endswith("Too close to call, either way.")
    better = service.change(one.id, typed({**TEXTS, "score": "231"}))
    assert [each.score for each in service.list()] == [231]
    assert better.lines[0].endswith("Above by more than its error.")


def test_what_is_not_there_is_not_corrected_and_nothing_is_added(service: ResultService) -> None:
    with pytest.raises(NotFound):
        service.change("nobody", typed(TEXTS))
    assert service.list() == ()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("score", "", "a result needs its score"),
        ("score", "high", "score: 'high' is no number"),
        ("pass_mark", "2l8", "pass mark: '2l8' is no number"),
        ("bars", "Surgery", "'Surgery' is no bar"),
        ("bars", "Surgery: ", "'Surgery:' is no bar"),
    ],
)
def test_what_cannot_be_read_is_named(field: str, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        typed({**TEXTS, field: text})


@pytest.mark.parametrize(("field", "text"), [("day", "12/1/2026"), ("day", ""), ("score", "nan")])
def test_what_is_no_result_is_not_kept(service: ResultService, field: str, text: str) -> None:
    with pytest.raises(UsageError):
        service.add(typed({**TEXTS, field: text}))
    assert service.list() == ()


def test_an_error_that_is_not_typed_is_not_known(service: ResultService) -> None:
    one = service.add(typed({**TEXTS, "error": ""}))
    assert one.error is None
    assert one.lines == ("221; the pass mark you entered is 218.",)


def test_a_new_form_has_the_last_pass_mark_and_the_error_of_its_kind() -> None:
    texts = new_texts(218.0)
    assert (texts["pass_mark"], texts["error"], texts["score"]) == ("218", "9", "")
    assert [error_of(kind) for kind in KINDS] == ["9", "", "", "", ""]


def test_the_cells_of_a_list(service: ResultService) -> None:
    one = service.add(typed({**TEXTS, "pass_mark": ""}))
    assert result_cells(one) == ("1 Dec 2026", "NBME form", "form 12", "221", "–", "±9")


def test_the_line_of_time_has_one_scale_and_each_its_own_error(service: ResultService) -> None:
    assert time_line(()) is None
    service.add(typed({**TEXTS, "kind": "Free 120", "score": "71"}))
    assert time_line(service.list()) is None
    service.add(typed({**TEXTS, "day": "10 Dec 2026", "kind": "UWSA", "error": ""}))
    service.add(typed(TEXTS))
    chart = time_line(service.list())
    assert chart is not None
    assert [(row.name, row.low, row.value, row.high) for row in chart.rows] == [
        ("1 Dec · NBME form", 212, 221, 230),
        ("10 Dec · UWSA", None, 221, None),
    ]
    assert chart.limit is not None
    assert chart.limit.value == 218

"""The chain of a log: what breaks it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.store.chain import SIZE, Link, chain, first_break, origin

EVENTS = st.lists(
    st.tuples(st.integers(0, 2**40), st.sampled_from(["Shown", "Answered"]), st.text(max_size=20)),
    min_size=2,
    max_size=8,
)


def _log(block: str, events: list[tuple[int, str, str]]) -> list[Link]:
    rows: list[Link] = []
    link = origin(block)
    for seq, (at_ms, kind, payload) in enumerate(events, start=1):
        link = chain(link, seq, at_ms, kind, payload)
        rows.append((seq, at_ms, kind, payload, link))
    return rows


@given(EVENTS)
def test_a_log_as_written_holds(events: list[tuple[int, str, str]]) -> None:
    log = _log("a", events)
    assert first_break("a", log) is None
    assert all(len(row[4]) == SIZE for row in log)


@given(EVENTS, st.data())
def test_any_change_breaks_it_at_its_place(
    events: list[tuple[int, str, str]], data: st.DataObject
) -> None:
    log = _log("a", events)
    at = data.draw(st.integers(0, len(log) - 1))
    seq, at_ms, kind, payload, link = log[at]
    changed: Link = data.draw(
        st.sampled_from(
            [
                (seq, at_ms + 1, kind, payload, link),
                (seq, at_ms, kind + "x", payload, link),
                (seq, at_ms, kind, payload + "x", link),
                (seq, at_ms, kind, payload, bytes([link[0] ^ 1]) + link[1:]),
            ]
        )
    )
    assert first_break("a", [*log[:at], changed, *log[at + 1 :]]) == seq


@given(EVENTS)
def test_a_lost_first_event_and_anothers_log_are_seen(events: list[tuple[int, str, str]]) -> None:
    log = _log("a", events)
    assert first_break("a", log[1:]) == 2
    assert first_break("b", log) == 1


@pytest.mark.parametrize(
    "row",
    [(2, None, "a", "b"), (2, "7", "a", "b"), (2, 7, 5, "b"), (2, 7, "a", b"b"), (2, 7, "a", 3)],
)
def test_a_value_that_became_of_another_kind_is_a_break(row: Any) -> None:
    link = chain(origin("a"), 1, 0, "a", "b")
    assert first_break("a", [(1, 0, "a", "b", link), (*row, b"\0" * SIZE)]) == 2


@pytest.mark.parametrize(("one", "other"), [(("ab", "c"), ("a", "bc")), (("", "x"), ("x", ""))])
def test_kind_and_payload_do_not_run_into_each_other(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert chain(b"", 1, 0, *one) != chain(b"", 1, 0, *other)

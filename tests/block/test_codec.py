"""Events as they are written down."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.block import events as e
from qbank.block.codec import KINDS, VERSION, decode, encode
from qbank.block.events import Event
from qbank.block.model import CloseReason, Confidence, GapKind
from qbank.errors import QbankError

times = st.integers(0, 2**53)
positions = st.integers(1, 100)
ids = st.text(max_size=20)
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "at_ms": times,
    "position": positions,
    "options": st.lists(ids, max_size=5).map(tuple),
    "option": ids,
    "level": st.none() | st.sampled_from(Confidence),
    "spans": st.lists(st.tuples(positions, positions), max_size=4).map(tuple),
    "ms": times,
    "kind": st.sampled_from(GapKind),
    "charged": st.booleans(),
    "reason": st.sampled_from(CloseReason),
}
any_event: st.SearchStrategy[Event] = st.one_of(
    [
        st.builds(kind, **{name: FIELDS[name] for name in kind.__dataclass_fields__})
        for kind in get_args(Event)
    ]
)

# The stored words: a log of years ago must still be read by them.
WRITTEN: dict[Event, tuple[str, str]] = {
    e.Started(0): ("started", '{"v":1}'),
    e.Shown(5, 2): ("shown", '{"position":2,"v":1}'),
    e.Answered(5, 2, ("a", "c")): ("answered", '{"options":["a","c"],"position":2,"v":1}'),
    e.Cleared(5, 2): ("cleared", '{"position":2,"v":1}'),
    e.Struck(5, 2, "é"): ("struck", '{"option":"é","position":2,"v":1}'),
    e.Unstruck(5, 2, "b"): ("unstruck", '{"option":"b","position":2,"v":1}'),
    e.Flagged(5, 2): ("flagged", '{"position":2,"v":1}'),
    e.Unflagged(5, 2): ("unflagged", '{"position":2,"v":1}'),
    e.ConfidenceSet(5, 2, Confidence.GUESS): (
        "confidence_set",
        '{"level":"guess","position":2,"v":1}',
    ),
    e.ConfidenceSet(5, 2, None): ("confidence_set", '{"level":null,"position":2,"v":1}'),
    e.Highlighted(5, 2, ((0, 4), (6, 9))): (
        "highlighted",
        '{"position":2,"spans":[[0,4],[6,9]],"v":1}',
    ),
    e.Revealed(5, 2): ("revealed", '{"position":2,"v":1}'),
    e.Paused(5): ("paused", '{"v":1}'),
    e.Resumed(5): ("resumed", '{"v":1}'),
    e.Blurred(5): ("blurred", '{"v":1}'),
    e.Focused(5): ("focused", '{"v":1}'),
    e.GapNoted(5, 3, GapKind.SLEEP, charged=True): (
        "gap_noted",
        '{"charged":true,"kind":"sleep","ms":3,"v":1}',
    ),
    e.Submitted(5): ("submitted", '{"v":1}'),
    e.Closed(5, CloseReason.EXPIRED): ("closed", '{"reason":"expired","v":1}'),
}


@pytest.mark.parametrize("event", WRITTEN, ids=lambda event: type(event).__name__)
def test_the_stored_words(event: Event) -> None:
    assert encode(event) == WRITTEN[event]
    assert decode(*WRITTEN[event], event.at_ms) == event


def test_every_event_has_its_words() -> None:
    assert {type(event) for event in WRITTEN} == set(get_args(Event)) == set(KINDS.values())


@given(any_event)
def test_round_trip(event: Event) -> None:
    kind, payload = encode(event)
    assert decode(kind, payload, event.at_ms) == event
    assert type(decode(kind, payload, event.at_ms)) is type(event)
    canonical = json.dumps(
        json.loads(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert payload == canonical


def test_an_unknown_kind_was_made_by_a_newer_program() -> None:
    with pytest.raises(QbankError, match="unknown kind 'teleported'") as caught:
        decode("teleported", '{"v":1}', 5)
    assert "newer qbank" in caught.value.hint


def test_a_newer_version_is_refused() -> None:
    with pytest.raises(QbankError, match=f"shown in version {VERSION + 1}") as caught:
        decode("shown", f'{{"position":2,"place":7,"v":{VERSION + 1}}}', 5)
    assert "upgrade" in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("shown", ""),
        ("shown", "{"),
        ("shown", "[]"),
        ("shown", "null"),
        pytest.param("shown", "[" * 200_000, id="deep"),
        ("shown", '{"position":2}'),
        ("shown", '{"position":2,"v":0}'),
        ("shown", '{"position":2,"v":"1"}'),
        ("shown", '{"position":2,"v":true}'),
        ("shown", '{"v":1}'),
        ("shown", '{"position":2,"more":1,"v":1}'),
        ("shown", '{"position":"2","v":1}'),
        ("shown", '{"position":true,"v":1}'),
        ("answered", '{"options":"abc","position":2,"v":1}'),
        ("answered", '{"options":[1],"position":2,"v":1}'),
        ("answered", '{"options":null,"position":2,"v":1}'),
        ("highlighted", '{"position":2,"spans":[[1,2,3]],"v":1}'),
        ("highlighted", '{"position":2,"spans":[1],"v":1}'),
        ("confidence_set", '{"level":"certain","position":2,"v":1}'),
        ("gap_noted", '{"charged":1,"kind":"sleep","ms":3,"v":1}'),
        ("gap_noted", '{"charged":true,"kind":"party","ms":3,"v":1}'),
        ("closed", '{"reason":null,"v":1}'),
    ],
)
def test_a_damaged_payload_is_named(kind: str, payload: str) -> None:
    with pytest.raises(QbankError, match=f"unreadable '{kind}' event"):
        decode(kind, payload, 5)


@given(
    kind=st.sampled_from(sorted(KINDS)),
    payload=st.text()
    | st.builds(
        json.dumps,
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=3),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["v", "position", "options", "spans", "ms"]), inner
                )
            ),
            max_leaves=8,
        ),
    ),
)
def test_no_payload_raises_anything_else(kind: str, payload: str) -> None:
    try:
        event = decode(kind, payload, 5)
    except QbankError:
        return
    assert decode(*encode(event), 5) == event

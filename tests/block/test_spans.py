"""Marked parts of a text: what is covered is what was asked for, in the form the engine takes."""

from hypothesis import given
from hypothesis import strategies as st

from qbank.block.commands import Highlight, Start
from qbank.block.machine import decide, evolve, initial
from qbank.block.model import BlockSpec, Mode, Slot
from qbank.block.spans import Spans, marked, unmarked


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.booleans()), max_size=25))
def test_spans_are_always_such_as_the_engine_takes(
    strokes: list[tuple[int, int, bool]],
) -> None:
    spec = BlockSpec("b", Mode.TIMED, (Slot("q", ("a", "b")),), limit_ms=None)
    state = initial(spec)
    for event in decide(state, Start(), 0):
        state = evolve(state, event)
    covered: set[int] = set()
    spans: Spans = ()
    for begin, length, adding in strokes:
        if adding:
            spans = marked(spans, (begin, begin + length))
            covered |= set(range(begin, begin + length))
        else:
            gone = [each for each in spans if each[0] <= begin < each[1]]
            spans = unmarked(spans, begin)
            covered -= {place for each in gone for place in range(*each)}
        for event in decide(state, Highlight(1, spans), 1):
            state = evolve(state, event)
        assert state.cell(1).highlights == spans
        assert {place for each in spans for place in range(*each)} == covered

"""Charts in cells: as wide as asked for, every value in its place, told apart by shape."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.reporting.charts import (
    Bar,
    BarChart,
    Chart,
    Grid,
    IntervalChart,
    IntervalRow,
    Limit,
    LineChart,
    Mark,
    Quadrants,
    Scale,
    Series,
    numbers,
)
from qbank.reporting.scales import axis
from qbank.tui.charts.canvas import Canvas, Dots
from qbank.tui.charts.draw import LEAST_WIDTH, chart_rows, dots_for
from qbank.tui.charts.grids import grid_rows, natural_width
from qbank.tui.ink import Ink

WIDTHS = st.integers(LEAST_WIDTH, 200)
SCALES = st.sampled_from(Scale)
NAMES = st.text("abc é漢", min_size=1, max_size=30)


def _values(scale: Scale) -> st.SearchStrategy[float]:
    if scale is Scale.SHARE:
        return st.floats(0, 1)
    if scale is Scale.POINTS:
        return st.floats(-1, 1)
    if scale is Scale.TIME:
        return st.floats(0, 4_000_000)
    return st.integers(0, 5_000).map(float)


@st.composite
def line_charts(draw: st.DrawFn) -> LineChart:
    scale = draw(SCALES)
    size = draw(st.integers(1, 60))
    some = st.lists(st.none() | _values(scale), min_size=size, max_size=size).map(tuple)
    marks = draw(st.lists(st.sampled_from(Mark), min_size=1, max_size=3, unique=True))
    series = tuple(Series(draw(NAMES), draw(some), mark) for mark in marks)
    limit = draw(st.none() | st.builds(Limit, _values(scale), NAMES))
    places = tuple(str(at + 1) for at in range(size))
    return LineChart(draw(NAMES), scale, "block", places, series, limit)


@st.composite
def interval_charts(draw: st.DrawFn) -> IntervalChart:
    scale = draw(SCALES)
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        low, value, high = sorted(draw(st.tuples(*[_values(scale)] * 3)))
        known = draw(st.booleans())
        said = draw(st.text("0 of", max_size=12))
        ends = (low, high) if known else (None, None)
        rows.append(IntervalRow(draw(NAMES), value, ends[0], ends[1], said))
    limit = draw(st.none() | st.builds(Limit, _values(scale), NAMES))
    return IntervalChart(draw(NAMES), scale, tuple(rows), limit)


@st.composite
def bar_charts(draw: st.DrawFn) -> BarChart:
    parts = draw(st.integers(1, 3))
    lengths = st.tuples(*[st.integers(0, 400).map(float)] * parts)
    levels = st.none() | st.floats(0, 400)
    bars = st.lists(st.builds(Bar, NAMES, lengths, levels), min_size=1, max_size=8).map(tuple)
    names = tuple(f"part {at}" for at in range(parts))
    return BarChart(draw(NAMES), Scale.COUNT, draw(bars), names, draw(st.just("") | NAMES))


QUADRANTS = st.builds(
    Quadrants,
    NAMES,
    st.tuples(NAMES, NAMES),
    st.tuples(NAMES, NAMES),
    st.tuples(*[st.integers(0, 100_000)] * 4),
)
CHARTS: st.SearchStrategy[Chart] = st.one_of(
    line_charts(), interval_charts(), bar_charts(), QUADRANTS
)


def _has_data(chart: Chart) -> bool:
    if isinstance(chart, LineChart):
        return any(value is not None for each in chart.series for value in each.values)
    if isinstance(chart, BarChart):
        return any(sum(bar.lengths) for bar in chart.bars)
    return not isinstance(chart, Quadrants) or any(chart.counts)


@given(CHARTS, WIDTHS, st.integers(1, 30), st.sampled_from(Dots))
def test_every_row_is_as_wide_as_asked_for_and_no_chart_with_data_is_empty(
    chart: Chart, width: int, height: int, dots: Dots
) -> None:
    rows = chart_rows(chart, width, height, dots)
    assert {row.width for row in rows} == ({width} if _has_data(chart) else set())


@given(CHARTS, WIDTHS)
def test_the_numbers_of_a_chart_fit_and_say_every_value(chart: Chart, width: int) -> None:
    grid = numbers(chart)
    assert all(len(line) == len(grid.columns) for line in grid.rows)
    assert {row.width for row in grid_rows(grid, width)} == {width}
    if isinstance(chart, LineChart):
        assert len(grid.rows) == len(chart.places) + (chart.limit is not None)


@given(st.lists(st.floats(60_000, 120_000), min_size=1, max_size=15), st.integers(60, 160))
def test_every_point_stands_inside_in_its_order(values: list[float], width: int) -> None:
    places = tuple(str(at + 1) for at in range(len(values)))
    chart = LineChart("t", Scale.TIME, "block", places, (Series("a", tuple(values)),))
    rows = [row.text for row in chart_rows(chart, width, 12)]
    found = sorted((line.index("●", at), y) for y, line in enumerate(rows) for at in _every(line))
    assert len(found) == len(values)
    heights = [y for _, y in found]
    for (one, y), (other, to_y) in zip(
        zip(values, heights, strict=True), list(zip(values, heights, strict=True))[1:], strict=False
    ):
        assert (y >= to_y) if one <= other else (y <= to_y)


def _every(line: str) -> list[int]:
    return [at for at, sign in enumerate(line) if sign == "●"]


@given(st.lists(st.floats(0, 1), min_size=1), st.integers(2, 12))
def test_an_axis_holds_its_values_between_round_ticks(values: list[float], ticks: int) -> None:
    made = axis(values, Scale.SHARE, ticks)
    assert 2 <= len(made.ticks) <= max(ticks, 2)
    assert made.low - 1e-9 <= min(values) <= max(values) <= made.high + 1e-9
    assert all(0 <= made.place(value, 40) < 40 for value in values)


PACE = LineChart(
    "Seconds a question, lower is faster",
    Scale.TIME,
    "block",
    ("1", "2", "3", "4", "5"),
    (
        Series("you", (95_000.0, 92_000.0, 88_000.0, 84_000.0, 85_000.0)),
        Series("ghost", (93_000.0, None, 91_000.0, 90_000.0, 86_000.0), Mark.GHOST),
        Series("smoothed", (95_000.0, 94_000.0, 91_000.0, 88_000.0, 87_000.0), Mark.LINE),
    ),
    Limit(90_000, "limit 90 s: in time below this"),
)


def test_a_line_chart_has_unit_axes_a_legend_by_shape_and_a_limit_that_is_named() -> None:
    text = "\n".join(row.text for row in chart_rows(PACE, 72, 11))
    assert "Seconds a question, lower is faster" in text
    assert "● you" in text
    assert "· ghost" in text
    assert "─ smoothed" in text
    assert "╌ limit 90 s: in time below this" in text
    assert "95 s ┤" in text
    assert text.splitlines()[-1].split() == ["block", "1", "2", "3", "4", "5"]
    assert any("\u2800" < sign <= "\u28ff" for sign in text)


def test_blocks_stand_in_where_there_is_no_braille() -> None:
    text = "\n".join(row.text for row in chart_rows(PACE, 72, 11, Dots.BLOCKS))
    assert not any("\u2800" <= sign <= "\u28ff" for sign in text)
    assert any(sign in "▀▄▌▐▖▗▘▝▚▞" for sign in text)


def test_a_limit_without_room_on_its_line_is_named_in_the_legend() -> None:
    flat = tuple(90_000.0 for _ in range(40))
    places = tuple(str(at) for at in range(40))
    crowded = replace(PACE, places=places, series=(Series("you", flat),))
    assert "╌ limit 90 s: in time below this" in [
        row.text.strip() for row in chart_rows(crowded, 50, 9)
    ]


def test_a_dot_stands_on_its_interval_with_the_level_behind_it() -> None:
    rows = (IntervalRow("Renal", 0.5, 0.4, 0.6, "20 of 40"), IntervalRow("Skin", 0.8, None, None))
    chart = IntervalChart("Right", Scale.SHARE, rows, Limit(0.7, "your own average"))
    lines = [row.text for row in chart_rows(chart, 60, 0)]
    assert lines[1].index("├") < lines[1].index("●") < lines[1].index("┤") < lines[1].index("┊")
    assert lines[1].endswith("20 of 40")
    assert "├" not in lines[2]
    assert lines[2].index("┊") == lines[1].index("┊") < lines[2].index("●")
    assert lines[-1].strip() == "┊ your own average 70 %"


def test_bars_are_as_long_as_their_values_and_their_parts_differ_in_shape() -> None:
    bars = (Bar("a", (30.0, 10.0)), Bar("b", (1.0, 0.0)), Bar("c", (0.0, 0.0)))
    lines = [row.text for row in chart_rows(BarChart("t", Scale.COUNT, bars, ("r", "w")), 40, 0)]
    assert lines[1].split() == ["█", "r", "░", "w"]
    assert lines[2].count("█") == 3 * lines[2].count("░") > 10
    assert lines[3].count("█") == 1
    assert "█" not in lines[4]
    assert lines[2].rstrip().endswith("30 + 10")


def test_a_bar_is_held_against_its_level() -> None:
    bars = (Bar("a", (10.0,), 5.0), Bar("b", (1.0,), 8.0))
    chart = BarChart("t", Scale.COUNT, bars, ("chosen",), "offered")
    lines = [row.text for row in chart_rows(chart, 40, 0)]
    assert lines[1].split() == ["█", "chosen", "┃", "offered"]
    assert lines[2].index("█") < lines[2].index("┃") < lines[2].rindex("█")
    assert lines[3].rindex("█") < lines[3].index("┃")


@given(st.tuples(*[st.integers(0, 5_000)] * 4).filter(any), WIDTHS)
def test_dots_of_the_four_fields_stand_for_all_their_answers(
    counts: tuple[int, int, int, int], width: int
) -> None:
    chart = Quadrants("t", ("quick", "long"), ("right", "not right"), counts)
    lines = [row.text for row in chart_rows(chart, width, 0)]
    said = lines[-1].split("●")[1].split()
    worth = 1 if "one" in said else int(said[1])
    dots = sum(line.count("●") for line in lines[:-1])
    assert dots == sum(-(-count // worth) for count in counts)


def test_a_table_gives_way_where_it_is_widest() -> None:
    grid = Grid("Systems", ("", "right"), (("a name that is rather long", "10 of 20"),))
    assert [row.text for row in grid_rows(grid, 24)][-1] == "a name that…    10 of 20"
    assert natural_width(grid) == 26 + 2 + 8


def test_a_mark_that_was_put_down_first_stays_and_words_never_cover_it() -> None:
    canvas = Canvas(6, 1, Dots.BRAILLE)
    canvas.mark(2, 0, "●", Ink.ACCENT)
    canvas.mark(2, 0, "○", Ink.FLAG)
    assert not canvas.word(1, 0, "abc", Ink.MUTED)
    assert canvas.word(3, 0, "abc", Ink.MUTED)
    assert "".join(run.text for run in canvas.runs(0)) == "  ●abc"


@pytest.mark.parametrize(
    ("wanted", "term", "dots"),
    [
        ("auto", "xterm-256color", Dots.BRAILLE),
        ("auto", "linux", Dots.BLOCKS),
        ("braille", "linux", Dots.BRAILLE),
        ("blocks", "xterm", Dots.BLOCKS),
    ],
)
def test_what_is_drawn_with_is_asked_for_or_known_of_the_terminal(
    wanted: str, term: str, dots: Dots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.__stderr__", type("Err", (), {"encoding": "utf-8"}))
    assert dots_for(wanted) is dots

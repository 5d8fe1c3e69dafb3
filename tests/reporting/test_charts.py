"""Charts as words, as SVG and as CSV: the same values, and nothing that acts."""

import csv
import io
import math
from xml.etree import ElementTree

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
    between,
    numbers,
    said,
)
from qbank.reporting.pictures import svg
from qbank.reporting.tables import csv_of, inert_cell

NASTY = "<script>alert('x')</script> & \"y\""
CHARTS: list[Chart] = [
    LineChart(
        NASTY,
        Scale.TIME,
        NASTY,
        (NASTY, "2"),
        (Series(NASTY, (80_000.0, None)), Series("b", (1.0, 2.0), Mark.LINE)),
        Limit(90_000, NASTY),
    ),
    LineChart("one place", Scale.COUNT, "block", ("1",), (Series("a", (0.0,), Mark.GHOST),)),
    IntervalChart(
        NASTY,
        Scale.POINTS,
        (IntervalRow(NASTY, 0.1, -0.2, 0.3, NASTY), IntervalRow("b", 0.0, None, None)),
        Limit(0, NASTY),
    ),
    BarChart(NASTY, Scale.COUNT, (Bar(NASTY, (3.0, 4.0), 5.0),), (NASTY, "b"), NASTY),
    Quadrants(NASTY, (NASTY, "b"), ("c", NASTY), (1, 0, 30, 4)),
]
_DRAWN = {"svg", "title", "desc", "rect", "text", "line", "circle", "polyline"}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_only_draws_and_says_its_words_as_they_are(chart: Chart) -> None:
    root = ElementTree.fromstring(svg(chart))
    for node in root.iter():
        assert node.tag.removeprefix("{http://www.w3.org/2000/svg}") in _DRAWN
        for name, value in node.attrib.items():
            assert not name.startswith("on")
            assert name == "aria-label" or "url" not in value
            if name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy"):
                assert math.isfinite(float(value))
    assert chart.title in [node.text for node in root.iter()]


def test_a_picture_says_its_numbers_to_who_does_not_see_it() -> None:
    chart = BarChart("Blanks", Scale.COUNT, (Bar("seen", (3.0,)),), ("blanks",))
    assert "<desc>seen, 3</desc>" in svg(chart)


@pytest.mark.parametrize(
    ("value", "scale", "words"),
    [
        (0.644, Scale.SHARE, "64 %"),
        (-0.18, Scale.POINTS, "-18"),
        (0.02, Scale.POINTS, "+2"),
        (0.001, Scale.POINTS, "0"),
        (86_400, Scale.TIME, "86 s"),
        (260_000, Scale.TIME, "4:20"),
        (-260_000, Scale.TIME, "-4:20"),
        (17.0, Scale.COUNT, "17"),
        (1.66, Scale.COUNT, "1.7"),
        (3.4, Scale.ABOUT, "about 3"),
        (None, Scale.COUNT, "–"),
    ],
)
def test_values_are_written_with_their_unit(value: float | None, scale: Scale, words: str) -> None:
    assert said(value, scale) == words


def test_an_interval_is_written_with_its_unit_once() -> None:
    assert between(0.641, 0.72, Scale.SHARE) == "64–72"
    assert between(-0.18, 0.04, Scale.POINTS) == "-18 to +4"
    assert between(80_000, 95_000, Scale.TIME) == "80 to 95 s"
    assert between(None, None, Scale.SHARE) == ""


def test_a_chart_of_lines_is_a_table_with_a_row_for_each_place() -> None:
    chart = LineChart(
        "Pace",
        Scale.TIME,
        "block",
        ("1", "2"),
        (Series("you", (80_000.0, None)), Series("ghost", (85_000.0,))),
        Limit(90_000, "limit"),
    )
    assert numbers(chart) == Grid(
        "Pace",
        ("block", "you", "ghost"),
        (("1", "80 s", "85 s"), ("2", "–", "–"), ("limit", "90 s", "")),
    )


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_a_table_is_run_and_none_is_lost(lines: list[list[str]]) -> None:
    clean = [[cell.replace("\r", " ").replace("\n", " ") for cell in line] for line in lines]
    text = csv_of(Grid("t", ("a", "b"), tuple(map(tuple, clean))))
    read = list(csv.reader(io.StringIO(text)))[1:]
    for before, after in zip(clean, read, strict=True):
        for cell, kept in zip(before, after, strict=True):
            assert kept in (cell, f"'{cell}")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@x", "\t=1", "\uff1d1", " =1", "\r1"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert inert_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["+12", "-3", "-0.5", "a=b", "64 %", "", "1"])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert inert_cell(cell) == cell

"""The markdown subset: what it knows, and that everything else stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.content.markdown import (
    Block,
    ListBlock,
    Paragraph,
    Span,
    Spans,
    Table,
    parse,
    plain_text,
    spans,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [Span("plain")]),
        ("a **bold** b", [Span("a "), Span("bold", "bold"), Span(" b")]),
        ("*E. coli*", [Span("E. coli", "italic")]),
        ("H~2~O", [Span("H"), Span("2", "sub"), Span("O")]),
        ("10^9^/L", [Span("10"), Span("9", "sup"), Span("/L")]),
        ("2*3*4 and 5 * 6 * 7", [Span("2*3*4 and 5 * 6 * 7")]),
        ("about ~5 and ~6", [Span("about ~5 and ~6")]),
        (r"\*not\* it", [Span("*not* it")]),
        ("[red]x[/red] <b>y</b>", [Span("[red]x[/red] <b>y</b>")]),
        ("[text](https://example.org)", [Span("[text](https://example.org)")]),
        ("", []),
    ],
)
def test_spans(text: str, expected: list[Span]) -> None:
    assert spans(text) == tuple(expected)


def test_blocks() -> None:
    text = (
        "One\nline.\n\n- first\n  goes on\n- second\n"
        "| Test | Value |\n| :-- | --: |\n| Na | 140 |\n| K |\n"
        "End\n1. a\n2) b"
    )
    expected: list[Block] = [
        Paragraph((Span("One line."),)),
        ListBlock(((Span("first goes on"),), (Span("second"),)), ordered=False),
        Table(
            ((Span("Test"),), (Span("Value"),)),
            (((Span("Na"),), (Span("140"),)), ((Span("K"),), ())),
        ),
        Paragraph((Span("End"),)),
        ListBlock(((Span("a"),), (Span("b"),)), ordered=True),
    ]
    assert parse(text) == tuple(expected)


def test_a_bar_in_a_cell_is_escaped() -> None:
    (table,) = parse("|a|b|\n|-|-|\n|x \\| y|z|")
    assert isinstance(table, Table)
    assert table.rows == (((Span("x | y"),), (Span("z"),)),)


def _texts(block: Block) -> str:
    rows: tuple[Spans, ...]
    if isinstance(block, Paragraph):
        rows = (block.spans,)
    elif isinstance(block, ListBlock):
        rows = block.items
    else:
        rows = (*block.header, *(cell for row in block.rows for cell in row))
    return "".join(span.text for row in rows for span in row)


@given(st.text(alphabet="ab *~^|-\\\n1.)"))
def test_no_text_fails_and_no_letter_is_lost(text: str) -> None:
    shown = "".join(_texts(block) for block in parse(text))
    wide_rows = "|" in text
    if not wide_rows:
        assert [c for c in shown if c in "ab"] == [c for c in text if c in "ab"]


@given(st.text(alphabet="ab \n.,;"))
def test_text_without_marks_is_only_paragraphs(text: str) -> None:
    blocks = parse(text)
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert " ".join(map(_texts, blocks)).split() == text.split()


def test_plain_words_keep_everything_but_the_marks() -> None:
    text = (
        "Na^+^ is **126** and CO~2~ is *low*.\n\n1. first\n2. second\n\n"
        "| drug | dose |\n| --- | --- |\n| warfarin | 5 mg |\n| none | |"
    )
    assert plain_text(text).split("\n") == [
        "Na+ is 126 and CO2 is low.",
        "1. first",
        "2. second",
        "drug warfarin; dose 5 mg",
        "drug none; dose",
    ]

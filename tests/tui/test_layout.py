"""The pure parts: lines of runs, faces, curves, markdown, and which key means which command."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qbank.block import commands as c
from qbank.block.machine import decide, evolve, initial
from qbank.block.model import BlockSpec, Confidence, Mode, Slot
from qbank.block.state import BlockState
from qbank.services.views import OptionText, QuestionText
from qbank.tui import steps
from qbank.tui.curve import Line, curve_rows
from qbank.tui.face import Face, OptionMark, flat_rows, option_rows
from qbank.tui.ink import Ink, Row, Run, cut, fit, hanging, row, shorten, spread, trailing, wrap
from qbank.tui.markdown import text_rows
from qbank.tui.panes import Sheet, arrange, in_place

# --- lines --------------------------------------------------------------------------


@given(st.text(max_size=80), st.integers(1, 60))
def test_fit_takes_exactly_the_cells_it_is_given(text: str, width: int) -> None:
    assert cell_len(fit(text.replace("\n", " "), width)) == width


@pytest.mark.parametrize(
    ("text", "width", "said"),
    [
        ("Saturday evening", 16, "Saturday evening"),
        ("Saturday evening", 14, "Saturday…"),
        ("Saturday evening", 9, "Saturday…"),
        ("Fever and limp, in a child", 17, "Fever and limp…"),
        ("A pneumothorax", 9, "A pneumo…"),
        ("Pneumonoultramicroscopic", 8, "Pneumon…"),
        ("日本語 日本", 8, "日本語…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_what_is_too_long_ends_with_a_whole_word_where_it_can(
    text: str, width: int, said: str
) -> None:
    assert shorten(text, width) == said


@given(st.text(alphabet="ab 日é[]\\", max_size=200), st.integers(4, 60))
def test_wrapped_lines_keep_every_word_and_their_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_both_edges_of_a_line_keep_their_place() -> None:
    line = spread([Run("a long text on the left")], [Run("right")], 20)
    assert line.text == "a long text…   right"
    assert spread([Run("left")], [], 10).text == "left      "
    assert cut([Run("abc"), Run("def")], 4) == (Run("abc"), Run("…"))


def test_a_hanging_text_is_indented_by_its_lead() -> None:
    rows = hanging([Run("A  ")], "one two three", 9)
    assert [one.text for one in rows] == ["A  one", "   two", "   three"]


@given(st.integers(1, 40), st.integers(1, 20))
def test_words_at_the_end_of_a_line_are_never_cut(before: int, after: int) -> None:
    rows = trailing([row("first"), row("a" * before)], Run("b" * after), 40, 4)
    assert all(one.width <= 40 for one in rows)
    together = before + 2 + after <= 40
    last = f"{'a' * before}  {'b' * after}" if together else f"    {'b' * after}"
    assert rows[0].text == "first"
    assert rows[-1].text == last
    assert len(rows) == (2 if together else 3)


def test_the_note_at_an_option_is_whole_however_long_the_option_is() -> None:
    for length in range(50, 80):
        text = QuestionText(1, "Stem", "Which?", (OptionText("o0", "x" * length),))
        rows = flat_rows(Face(text, {"o0": OptionMark(chosen=True, note="yours")}), 74)
        assert all(one.width <= 74 for one in rows)
        assert "yours" in rows[-1].text


# --- faces ---------------------------------------------------------------------------


def _text(words: int = 30, options: int = 5, **more: Any) -> QuestionText:
    stem = " ".join(["word"] * words)
    made = tuple(OptionText(f"o{n}", f"Option {n}") for n in range(options))
    return QuestionText(1, stem, "Which?", made, **more)


def _shown(rows: list[Row]) -> list[str]:
    return [one.text.rstrip() for one in rows]


def _sheet_rows(sheet: Sheet, width: int) -> list[Row]:
    """Everything in the panes, as if all of it were in sight."""
    found = []
    for pane in sheet.panes:
        assert pane.left + pane.width <= width
        rows = [pane.row(number, ()) for number in range(pane.size)]
        assert all(one.width <= pane.width for one in rows)
        found += [in_place([(pane, one)]) for one in rows]
    return found


@given(st.integers(0, 400), st.integers(2, 15), st.integers(80, 240), st.integers(19, 60))
def test_every_option_is_there_whole_and_nothing_is_wider_than_the_screen(
    words: int, options: int, width: int, height: int
) -> None:
    sheet = arrange(Face(_text(words, options), {}), width, height)
    shown = " ".join(one.text for one in _sheet_rows(sheet, width))
    assert shown.split().count("word") == words
    assert "Which?" in shown
    assert len(sheet.options) == options
    pane = sheet.panes[-1]
    for place, (first, _) in enumerate(sheet.options):
        one = in_place([(pane, pane.row(first, ()))])
        assert f"Option {place}" in one.text
        assert one.target == f"option:{place}"
        assert (one.left, one.until) == (pane.left, pane.left + pane.width)
    covered = [y for p in sheet.panes for y in range(p.top, p.top + p.height)]
    assert max(covered) < height


def test_what_fits_is_under_each_other_and_nothing_scrolls() -> None:
    for width in (80, 119, 120, 200):
        sheet = arrange(Face(_text(60), {}), width, 19)
        assert [pane.most for pane in sheet.panes] == [0]
        assert sheet.panes[0].width <= 96


def test_a_long_stem_scrolls_above_options_at_the_foot() -> None:
    sheet = arrange(Face(_text(400), {}), 80, 19)
    stem, foot = sheet.panes
    assert stem.most > 0
    assert (foot.most, foot.top + foot.height) == (0, 19)
    assert sheet.divider == stem.height == foot.top - 1
    assert "Which?" in foot.row(0, ()).text


def test_side_by_side_where_there_is_width_and_the_stem_is_long() -> None:
    both = arrange(Face(_text(235), {}), 120, 19)
    assert [pane.most for pane in both.panes] == [0, 0]
    assert both.panes[0].left + both.panes[0].width < both.panes[1].left
    longer = arrange(Face(_text(900), {}), 120, 19)
    assert longer.panes[0].most > 0
    assert longer.panes[1].most == 0


def test_options_that_leave_the_stem_no_room_scroll_with_it() -> None:
    sheet = arrange(Face(_text(400, 15), {}), 80, 19)
    assert len(sheet.panes) == 1
    assert sheet.panes[0].most > 0


def test_a_press_beside_an_option_means_nothing_in_the_other_pane() -> None:
    sheet = arrange(Face(_text(235), {}), 120, 19)
    first, second = sheet.panes
    whole = in_place([(first, first.row(2, ())), (second, second.row(2, ()))])
    assert whole.target == "option:0"
    assert whole.left == second.left


def test_options_beyond_the_tenth_have_no_letter() -> None:
    shown = [one.text for one in option_rows(Face(_text(3, 12), {}), 80).rows]
    assert any("J   Option 9" in line for line in shown)
    assert any("·   Option 10" in line for line in shown)


def test_marks_of_an_option_are_signs() -> None:
    marks = {
        "o0": OptionMark(chosen=True, saved=False),
        "o1": OptionMark(chosen=True),
        "o2": OptionMark(struck=True),
        "o3": OptionMark(sign="✓"),
        "o4": OptionMark(sign="✗", note="yours"),
    }
    shown = "\n".join(_shown(option_rows(Face(_text(), marks, cursor=1), 80).rows))
    assert "A ○ Option 0" in shown
    assert "▸ B ● Option 1" in shown
    assert "C\u0336   Option 2" in shown
    assert "D ✓ Option 3" in shown
    assert "E ✗ Option 4  yours" in shown


def test_a_question_with_several_right_answers_says_so() -> None:
    rows = flat_rows(Face(_text(several=True), {}), 80)
    assert any("Choose all that apply" in one.text for one in rows)
    assert not any("Choose all" in one.text for one in flat_rows(Face(_text(), {}), 80))


# --- curves ----------------------------------------------------------------------------


def test_a_curve_steps_at_each_question_and_names_its_lines() -> None:
    rows = _shown(curve_rows(Line("you", [60_000, 60_000, -60_000]), 3, 60, 6))
    assert rows == [
        "Time in hand",
        " +1:00 ┤╭───────╮",
        " +0:30 ┤│       │",
        "  0:00 ┼╯╌ ╌ ╌ ╌│╌ ╌  even",
        " -0:30 ┤        │",
        " -1:00 ┤        ╰──── you",
        "            1   2   3",
    ]


def test_the_run_that_was_raced_lies_dotted_under_the_own_line() -> None:
    own, raced = Line("you", [30_000, 0, 60_000]), Line("your best", [30_000, 30_000, 30_000])
    rows = _shown(curve_rows(own, 3, 60, 6, raced))
    assert rows == [
        "Time in hand",
        " +1:00 ┤        ╭──── you",
        " +0:45 ┤        │",
        " +0:30 ┤╭───╮···│···· your best",
        " +0:15 ┤│   │   │",
        "  0:00 ┼╯╌ ╌╰───╯╌ ╌  even",
        "            1   2   3",
    ]
    alone = _shown(curve_rows(own, 3, 60, 6, Line("", ())))
    assert "·" not in "".join(alone)
    narrow = _shown(curve_rows(own, 12, 34, 6, raced))
    assert narrow[0] == "Time in hand  ─ you  · your best"
    assert "you" not in "".join(narrow[1:])


def test_no_figures_make_no_curve() -> None:
    assert curve_rows(Line("you", []), 20, 60, 8) == []
    assert curve_rows(Line("you", [1_000]), 20, 60, 2) == []


@given(
    st.lists(st.integers(-4_000_000, 4_000_000), min_size=1, max_size=120),
    st.integers(60, 150),
    st.integers(5, 12),
)
def test_a_curve_stays_in_its_room(values: list[int], width: int, height: int) -> None:
    raced = Line("the run of Saturday evening", values[::-1])
    rows = curve_rows(Line("you", values), len(values), width, height, raced)
    assert len(rows) <= height + 1
    assert all(one.width <= width for one in rows)
    assert sum(one.text.count("even") + one.text.count("you") for one in rows) >= 1


# --- markdown ---------------------------------------------------------------------------


def test_markdown_knows_paragraphs_lists_tables_and_a_few_marks() -> None:
    text = (
        "First **bold** and *slanted* H~2~O 10^9^/L.\nSame paragraph.\n\n- one\n- two\n\n"
        "| test | value |\n|---|---|\n| Na | 126 |"
    )
    rows = text_rows(text, 60, markdown=True)
    shown = _shown(rows)
    assert shown[0] == "First bold and slanted H₂O 10⁹/L. Same paragraph."
    assert shown[1:3] == ["• one", "• two"]
    assert shown[4:] == ["test  value", "────  ─────", "Na    126"]
    inks = {run.text: run.ink for run in rows[0].runs}
    assert inks["bold"] is Ink.STRONG
    assert inks["slanted"] is Ink.ITALIC


def test_a_table_whose_head_words_would_break_is_a_list() -> None:
    heads = [f"Laboratory {n}" for n in range(8)]
    table = "\n".join(
        f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * 8, ["0.12 mmol/L"] * 8)
    )
    wide, narrow = (_shown(text_rows(table, width, markdown=True)) for width in (94, 93))
    assert wide[0].split() == ["Laboratory"] * 8
    assert narrow == [f"{head}  0.12 mmol/L" for head in heads]


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4", "**open", "a ~ b ~ c", "[x](javascript:y)", "<b>x</b>", "x^long text^"]
)
def test_what_markdown_does_not_understand_stays_as_it_is(text: str) -> None:
    assert _shown(text_rows(text, 60, markdown=True)) == [text]


@given(st.text(alphabet="ab*_~^|-\n 1.", max_size=200), st.integers(5, 60))
def test_markdown_never_fails_and_never_grows_too_wide(text: str, width: int) -> None:
    assert all(one.width <= width for one in text_rows(text, width, markdown=True))


# --- keys ------------------------------------------------------------------------------------


def _state(mode: Mode = Mode.TIMED, *commands: c.Command) -> BlockState:
    slots = tuple(Slot(f"q{n}", ("o0", "o1", "o2")) for n in range(3))
    state = initial(BlockSpec("b", mode, slots, limit_ms=None))
    for at_ms, command in enumerate((c.Start(), *commands)):
        for event in decide(state, command, at_ms):
            state = evolve(state, event)
    return state


def test_keys_become_commands_of_the_question_on_screen() -> None:
    state = _state(Mode.TIMED, c.Show(2))
    assert steps.answer(state, 1) == c.Answer(2, ("o1",))
    assert steps.answer(state, 3) is None
    assert steps.strike(state, 0) == c.Strike(2, "o0")
    assert steps.flag(state) == c.Flag(2)
    assert steps.clear(state) == c.Clear(2)
    assert steps.confidence(state, "3") == c.SetConfidence(2, Confidence.GUESS)
    assert steps.onward(state) == c.Show(3)
    assert steps.back(state) == c.Show(1)


def test_a_second_press_takes_back_marks_but_not_an_answer() -> None:
    done = (c.Strike(1, "o0"), c.Flag(1), c.SetConfidence(1, Confidence.SURE), c.Answer(1, ("o1",)))
    state = _state(Mode.TIMED, *done)
    assert steps.strike(state, 0) == c.Unstrike(1, "o0")
    assert steps.flag(state) == c.Unflag(1)
    assert steps.confidence(state, "1") == c.SetConfidence(1, None)
    again = steps.answer(state, 1)
    assert again == c.Answer(1, ("o1",))
    assert decide(state, c.Answer(1, ("o1",)), 10) == ()


def test_the_edges_of_a_block() -> None:
    assert steps.back(_state()) is None
    assert steps.onward(_state(Mode.TIMED, c.Show(3))) is None
    assert steps.begin(initial(_state().spec)) == c.Start()
    assert steps.begin(_state()) is None
    assert steps.begin(_state(Mode.TIMED, c.Pause())) == c.Resume()


def test_a_revealed_answer_is_locked() -> None:
    state = _state(Mode.TUTOR, c.Answer(1, ("o1",)))
    assert steps.onward(state) == c.Reveal(1)
    locked = _state(Mode.TUTOR, c.Answer(1, ("o1",)), c.Reveal(1))
    assert steps.locked(locked)
    assert steps.answer(locked, 0) is None
    assert steps.strike(locked, 0) is None
    assert steps.clear(locked) is None
    assert steps.confidence(locked, "1") is None
    assert steps.flag(locked) == c.Flag(1)
    assert steps.onward(locked) == c.Show(2)


def test_an_unanswered_question_in_tutor_mode_is_left_without_its_explanation() -> None:
    assert steps.onward(_state(Mode.TUTOR)) == c.Show(2)


def test_a_row_is_its_runs() -> None:
    assert row("a", Run("b", Ink.KEY), Run("")).text == "ab"

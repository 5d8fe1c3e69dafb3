"""The instruments themselves: what stands on a screen, the middle of rounds, the report."""

import sys
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.compare import Row, compare, middle, percentile
from benchmarks.screen import Screen
from benchmarks.terminal import Terminal


def _shown(*writes: str) -> list[str]:
    screen = Screen(10, 3)
    for write in writes:
        screen.feed(write.encode())
    return screen.lines()


def test_text_stands_where_the_cursor_was_sent() -> None:
    assert _shown("\x1b[2;3Hab\x1b[1mc\x1b[0m", "\x1b[Hx") == ["x", "  abc", ""]


def test_a_sequence_or_a_letter_cut_in_two_waits_for_its_rest() -> None:
    screen = Screen(10, 1)
    for piece in (b"\x1b[1;", b"4H", "➜".encode()[:1], "➜".encode()[1:]):
        screen.feed(piece)
    assert screen.lines() == ["   ➜"]


@pytest.mark.parametrize("silent", ["\x1b]0;title\x07", "\x1bP1$r\x1b\\", "\x1b[?2026h", "\x1b="])
def test_what_is_no_text_leaves_no_trace(silent: str) -> None:
    assert _shown(f"a{silent}b") == ["ab", "", ""]


def test_clearing_and_lines_and_marks_that_take_no_room() -> None:
    assert _shown("gone\x1b[2J\x1b[Ha\u0336b\r\nc") == ["ab", "c", ""]


def test_text_past_the_edge_is_lost() -> None:
    assert _shown("0123456789ab\n\n\n\nz") == ["0123456789", "", ""]


def test_the_middle_round_is_the_one_with_the_middle_ratio() -> None:
    rows = [Row("x", "y", 10.0, ours) for ours in (40.0, 10.0, 20.0)]
    assert middle(rows).ratio == 2.0


def test_percentiles_are_of_the_samples_themselves() -> None:
    samples = [float(n) for n in range(101)]
    assert (percentile(samples, 50), percentile(samples, 99)) == (50.0, 99.0)


def test_both_sides_are_sampled_in_turn_and_the_first_of_each_is_left_out() -> None:
    said: list[str] = []

    def side(name: str, ms: float) -> float:
        said.append(name)
        return ms if said.count(name) % 3 != 1 else 1000.0

    row = compare("x", "y", reference=lambda: side("a", 2.0), ours=lambda: side("b", 3.0), times=2)
    assert (row.reference_ms, row.ours_ms, row.ratio) == (2.0, 3.0, 1.5)
    assert said == ["a", "b"] * 9


def test_a_program_is_seen_on_its_screen_and_answers_keys() -> None:
    code = "import sys, tty; tty.setcbreak(0); print('ready', flush=True)\n" + (
        "while key := sys.stdin.read(1): print('\\n\\n', key, flush=True)"
    )
    with Terminal([sys.executable, "-c", code], {"PATH": ""}) as program:
        assert program.await_text("READY") > program.started
        assert program.paint_ms("x", below=1) > 0.0
        assert "x" in "".join(program.screen.lines()[1:])


def test_the_report_stands_between_its_marks_and_nothing_else_moves(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.BEGIN}old{report.END}\nafter\n")
    report.write(page, [Row("start", "smallest", 2.0, 3.0, 1.2), Row("other", "none", 1.0, 1.0)])
    text = page.read_text()
    assert text.startswith(f"before\n{report.BEGIN}\n")
    assert text.endswith(f"{report.END}\nafter\n")
    assert "| start | smallest | 2.00 | 3.00 | 1.50 | ≤ 1.2 ✗ |" in text
    assert "| other | none | 1.00 | 1.00 | 1.00 |  |" in text
    assert "old" not in text


def test_some_rows_are_put_among_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{report.BEGIN}{report.END}")
    report.write(page, [Row("start", "smallest", 2.0, 3.0), Row("other", "none", 1.0, 1.0)])
    report.add(page, [Row("other", "none", 1.0, 4.0), Row("new", "none", 1.0, 5.0)])
    lines = [line for line in page.read_text().splitlines() if line.startswith("| ")]
    assert [line.split(" | ")[0][2:] for line in lines[2:]] == ["start", "other", "new"]
    assert "| other | none | 1.00 | 4.00 | 4.00 |  |" in lines

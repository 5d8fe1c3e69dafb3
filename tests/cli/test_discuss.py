"""A sheet of questions to talk over: what stands on which page, and that no text acts in it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.reporting.inert import plain, styled
from qbank.services.discussion import sheet
from tests.cli.conftest import Qbank
from tests.support.desk import Desk


def test_questions_stand_before_keys_and_reasons(desk: Desk) -> None:
    block = desk.take("abd")
    desk.review.set_reason(block, 1, "misread")
    desk.notes.set_note(block, 3, "look up *this*")
    text = sheet("Monday evening", [desk.review.question(block, each) for each in (1, 3)])
    asked, known = text.split("# Keys and reasons")
    assert asked.startswith("# To talk over: Monday evening\n")
    assert "break-before: page" in asked
    assert "A 21-year-old woman comes because of finding 1." in asked
    assert "- B: Choice b of 1" in asked
    assert "Because" not in asked
    assert "## 1: B\n\nI chose A, 0:10, misread." in known
    assert "## 2: B\n\nI chose D, 0:10." in known
    assert "Because of 3." in known
    assert r"My note: look up \*this\*" in known


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[link](https://example.org)",
        "![picture](https://example.org/x.png)",
        "see https://example.org or www.example.org",
        "# heading",
        "- item",
        "1. item",
        "38 years old",
        "a line\n---",
        "a line\n===",
        "a `code`",
        "&lt;b&gt;",
        "**bold** _it_ ~~gone~~ ^up^ | cell |",
    ],
)
def test_text_of_a_pack_is_only_read(text: str) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for written in (plain(text), styled(text).replace("**", "")):
        tokens = {
            each.type
            for token in reader.parse(written)
            for each in [token, *(token.children or ())]
        }
        assert not tokens & {"link_open", "image", "html_inline", "html_block", "code_inline"}
    kinds = {token.type for token in reader.parse(plain(text))}
    assert kinds == {"paragraph_open", "inline", "paragraph_close"}
    assert reader.render(plain(text)).count("<") == 2, "one paragraph, nothing in it"


WORD = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
LIST_LIKE = st.text(alphabet="019-+=.)", min_size=1, max_size=4)


@given(st.lists(st.tuples(WORD | LIST_LIKE, st.sampled_from(" \n")), min_size=1, max_size=6))
def test_plain_text_reads_as_it_was_written(words: list[tuple[str, str]]) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    text = "".join(word + gap for word, gap in words).strip()
    (_, inline, _) = markdown_it.MarkdownIt("commonmark").parse(plain(text))
    assert "".join(child.content or "\n" for child in inline.children) == text


def test_the_command_writes_a_new_file_only(qbank: Qbank, data_dir: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "qbank", "--data-dir", str(data_dir), "run", "--plain",
         "--count", "3", "--seed", "5"],
        input="a\na\na\nflag\n", text=True, capture_output=True, check=True,
    )  # fmt: skip
    everything = qbank("discuss", "1", "--only", "all")
    assert everything.out.count("\n## ") == 6
    assert qbank("discuss", "1", "--only", "flagged").out.count("\n## ") == 2
    assert qbank("discuss", "1", "--question", "2").out.count("\n## ") == 2
    file = tmp_path / "sheet.md"
    assert qbank("discuss", "1", "--only", "all", "--out", file).code == 0
    assert file.read_text() == everything.out
    again = qbank("discuss", "1", "--out", file)
    assert again.code == 2
    assert "is there already" in again.err
    assert qbank("discuss", "1", "--question", "9").code == 2


def test_scripts_are_signs_that_any_reader_shows() -> None:
    assert styled("Na^+^ of 126, CO~2~ of **30**, x^ab^") == "Na⁺ of 126, CO₂ of **30**, x^ab"

"""Option lists that a stem repeats are taken off, and only those."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.content.option_list import strip_option_list
from tests.support.shared import shared

OPTIONS = ["68 Gy", "55 Gy of protons", "None"]


@pytest.mark.parametrize(
    "listed",
    [
        "\nAnswer Choices: (A) 68 Gy (B) 55 Gy of protons (C) None",
        " Options: A) 68 Gy; B) 55 Gy of protons; C) None",
        "\nA. 68 Gy\nB. 55  Gy of protons\nC. None\n",
        " (a)68 Gy (b)55 Gy of protons (c)None",
        " [1] 68 Gy, [2] 55 Gy of protons, [3] None",
        "\n- 68 Gy\n- 55 Gy of protons\n- None",
        "\nThe answer choices are:\n68 Gy\n55 Gy of protons\nNone",
    ],
)
def test_a_list_is_taken_off(listed: str) -> None:
    assert strip_option_list(f"Which dose?{listed}", OPTIONS) == "Which dose?"


@pytest.mark.parametrize(
    "text",
    [
        "Which dose? (A) 68 Gy (B) 55 Gy of protons (C) Some",
        "Which dose? (A) 55 Gy of protons (B) 68 Gy (C) None",
        "Which dose? (A) 68 Gy (B) 55 Gy of protons (C) None given",
        "Which dose? None",
        "",
    ],
)
def test_what_is_no_list_of_these_options_stays(text: str) -> None:
    assert strip_option_list(text, OPTIONS) == text


def test_fewer_than_two_options_are_no_list() -> None:
    assert strip_option_list("Which? None", ["None"]) == "Which? None"
    assert strip_option_list("Which? None", []) == "Which? None"
    assert strip_option_list("Which? a", ["a", " "]) == "Which? a"


@given(st.text(alphabet="ab ().,\n:"), st.lists(st.text(alphabet="ab ."), max_size=4))
def test_only_the_end_is_ever_taken(text: str, options: list[str]) -> None:
    assert text.startswith(strip_option_list(text, options))


def test_a_real_data_set() -> None:
    rows = shared("samples", "jsonl", "medxpertqa-u_589.jsonl").read_text("utf-8").splitlines()
    left = []
    for row in map(json.loads, rows):
        assert "\nAnswer Choices: (A)" in row["question"]
        bare = strip_option_list(row["question"], list(row["options"].values()))
        if "Answer Choices" in bare:
            left.append(row["realidx"])
        else:
            assert bare == row["question"].split("\nAnswer Choices:")[0].rstrip()
    assert len(left) == 1, "one row lists `15-16%` where its option reads `15-26%`"

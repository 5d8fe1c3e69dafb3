"""The text gate: what it takes away, what it leaves, and that once is enough."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.content.text import MARKS_LIMIT, gate, gate_document, normalise


@pytest.mark.parametrize(
    ("text", "clean", "removed"),
    [
        ("plain, with\ttab\nand line", "plain, with\ttab\nand line", 0),
        ("37.1 °C ≥ 5 µg β–ω", "37.1 °C ≥ 5 µg β–ω", 0),
        ("\x1b]52;c;ZXZpbA==\x07x", "]52;c;ZXZpbA==x", 2),
        ("\x9b31mred", "31mred", 1),
        ("KEY\0HID", "KEYHID", 1),
        ("option \u202eC\u202c", "option C", 2),
        ("\u2066a\u2069\u200e\u061c", "a", 4),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth", 3),
        ("soft\u00adhyphen", "softhyphen", 1),
        ("lone \ud800 surrogate", "lone  surrogate", 1),
        ("tag\U000e0041\U000e007f", "tag", 2),
        (
            "\u0645\u06cc\u200c\u062e \U0001f468\u200d\u2695",
            "\u0645\u06cc\u200c\u062e \U0001f468\u200d\u2695",
            0,
        ),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", 0),
        ("e\u0301", "é", 0),
    ],
)
def test_the_gate(text: str, clean: str, removed: int) -> None:
    gated = gate(text)
    assert (gated.text, gated.removed) == (clean, removed)


def test_marks_do_not_pile_up() -> None:
    gated = gate("x" + "\u0338" * 400 + "y")
    assert gated.text == "x" + "\u0338" * MARKS_LIMIT + "y"
    assert gated.removed == 396


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_the_gate_is_idempotent_and_leaves_nothing_forbidden(text: str) -> None:
    once = gate(text)
    assert gate(once.text) == (type(once))(once.text, 0)
    assert unicodedata.is_normalized("NFC", once.text)
    kept = {"\n", "\t", "\u200c", "\u200d"}
    controls = [c for c in once.text if unicodedata.category(c) in ("Cc", "Cs") and c not in kept]
    assert controls == []
    assert not set(once.text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b\ufeff\u00ad")
    once.text.encode("utf-8")


def test_a_document_is_gated_through_and_through() -> None:
    document, removed = gate_document({"na\u200bme": ["a\x00", {"b": ("c\x1b", 4, None, True)}]})
    assert document == {"name": ["a", {"b": ["c", 4, None, True]}]}
    assert removed == 3


def test_names_that_become_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        gate_document({"key": "a", "ke\u200by": "b"})


def test_a_document_nested_too_deep_is_refused() -> None:
    deep: object = "x"
    for _ in range(12):
        deep = [deep]
    assert gate_document(deep)[0] == deep
    with pytest.raises(ValueError, match="levels"):
        gate_document([deep])


def test_texts_are_compared_without_case_forms_and_space() -> None:
    assert normalise("  A ﬁne\n\nSTRASSE\u200b ") == normalise("a fine straße")
    assert normalise("5 mg") != normalise("50 mg")

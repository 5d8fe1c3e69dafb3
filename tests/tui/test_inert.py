"""Text of a pack is shown, never obeyed: twenty payloads on every kind of page."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.color import Color

from qbank.tui import safe
from qbank.tui.screens.importing import Import
from qbank.tui.widgets.lines import Lines
from tests.tui.support import Seat, sitting

PAYLOADS = (
    "[red]rate[/red] [0] of [a-z]",
    "[@click=app.quit]press[/]",
    "[@click=app.bell]A[/]",
    "[link=https://example.org]link[/link]",
    "[/x] and [/",
    r"\[red]x[/red]",
    "[$primary]x",
    "[bold",
    "\x1b[2Jcleared",
    "\x1b]52;c;c2VjcmV0\x07clipboard",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]0;a title\x07",
    "\x9b2Jc1",
    "\x9d0;title\x9c",
    "nul\x00bell\x07back\x08vt\x0b",
    "\u202eright to left\u202c",
    "\u2066isolate\u2069",
    "zero\u200bwidth\u200fmark",
    "soft\u00adhyphen\ufeffbom",
    "tag\U000e0041s",
)
STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def _pack(*payloads: str) -> str:
    """A pack with a payload in every text that a person may see, a question for each."""
    questions = [_question(number, payload) for number, payload in enumerate(payloads, start=1)]
    head = {"id": "evil", "title": f"Title {' '.join(payloads[8:13])}"}
    return json.dumps({"format": "qbank-pack/1", "pack": head, "questions": questions})


def _question(number: int, payload: str) -> dict[str, Any]:
    return {
        "id": f"q{number}",
        "stem": f"A stem {payload} end",
        "lead_in": f"Which {payload}?",
        "key": "a",
        "explanation": f"An explanation {payload} end",
        "objective": f"Remember {payload}",
        "topic": f"Topic {payload}",
        "turns_on": f"Turns on {payload}",
        "next_step": "therapeutic",
        "sequence": [
            {"id": "r1", "stage": "assess", "do": f"Do {payload}", "state": "asked"},
            {"id": "r2", "stage": "treat", "do": f"Then {payload}"},
        ],
        "if_instead": [{"change": f"Change {payload}", "then": "b"}],
        "options": [
            {"id": "a", "text": f"One {payload}", "why": f"Why {payload}", "step": "r1"},
            {"id": "b", "text": f"Two {payload}", "why": f"Why not {payload}", "step": "r2"},
        ],
    }


def _check(seat: Seat) -> None:
    for line in seat.lines:
        assert not STEERING.search(line), repr(line)
    for widget in seat.app.screen.query(Lines):
        for strip in widget.render_lines(widget.size.region):
            for segment in strip:
                meta = segment.style.meta if segment.style is not None else {}
                assert not any(name.startswith("@") for name in meta), segment
                assert segment.style is None or not segment.style.link


async def test_payloads_are_text_on_every_page(
    importing: Callable[[str], Path], data: Path
) -> None:
    importing(_pack(*PAYLOADS))
    async with sitting(data) as seat:
        await seat.begin(packs=("evil",))
        for payload in PAYLOADS:
            _check(seat)
            if payload.isascii() and payload.isprintable():
                assert f"A stem {payload} end" in seat.text
                assert f"  B ○ Two {payload}" in seat.text or f"  B   Two {payload}" in seat.text
            await seat.press("b", "enter")
        await seat.press("r")
        _check(seat)
        await seat.press("s", "enter")
        await seat.until("0 of 20 right")
        _check(seat)
        await seat.press("enter")
        for _ in PAYLOADS:
            await seat.until("Turns on")
            _check(seat)
            await seat.press("end")
            assert "Remember" in seat.text
            _check(seat)
            await seat.press("enter")
        await seat.press("escape", "4")
        await seat.until("Title")
        _check(seat)
        await seat.press("end", "enter", "enter")
        for _ in PAYLOADS:
            await seat.press("k")
            _check(seat)
            await seat.press("enter")


async def test_a_refused_pack_is_told_of_without_its_escapes(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "evil.json"
    file.write_text(_pack("[@click=app.quit]\x1b[2J").replace('"key": "a"', '"key": "\\u001b[2Jz"'))
    async with sitting(data) as seat:
        await seat.app.push_screen(Import(file))
        await seat.until("evil.json")
        _check(seat)


def test_clean_keeps_what_people_write() -> None:
    kept = "5 μg/mL, 37.8°C, ≥ 3, naïve, 日本語, नमस्ते, [0] of [a-z], e\u0301, \u200d"
    assert safe.clean(kept) == kept
    assert safe.clean("a\tb") == "a b"
    assert safe.one_line(" a\n\tb  c ") == "a b c"


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_neither_the_helper_nor_the_filter_lets_a_payload_through(payload: str) -> None:
    assert not STEERING.search(safe.clean(payload))
    assert safe.content(payload).plain == safe.clean(payload)
    assert safe.content(payload).spans == []
    painted = safe.Inert().apply([Segment(f"x{payload}\n"), Segment("plain")], Color(0, 0, 0))
    assert not STEERING.search("".join(segment.text for segment in painted))
    assert painted[-1].text == "plain"


def test_the_filter_leaves_ordinary_lines_as_they_are() -> None:
    ordinary = [Segment("Question 7 of 20 "), Segment("━━◆──")]
    assert [s.text for s in safe.Inert().apply(ordinary, Color(0, 0, 0))] == [
        "Question 7 of 20 ",
        "━━◆──",
    ]

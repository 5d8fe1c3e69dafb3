"""In a real terminal: no byte of a pack steers it, and every way out leaves it in order."""

import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qbank.bootstrap import open_app
from tests.tui.support import settings_for
from tests.tui.terminal import Terminal, said
from tests.tui.test_inert import PAYLOADS, _pack

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")

RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l")

# What Textual itself sends: colours, cursor, modes, synchronised output, keys, the pointer. And
# our own title, which says the block and the minutes left and nothing else.
_OURS = re.compile(
    rb"\x1b\[[0-9;:]*[mHABCDGdKJ]|\x1b\[\?[0-9;]*(?:[hl]|\$p)|\x1b\[[<>=]?[0-9;]*u|\x1b\[c|\x1b\[>c|\x1b\]22;default\x07"
    rb"|\x1b\[2[23];2t|\x1b\]2;(?:\w+ \w+ \xc2\xb7 (?:\d+ min left \xc2\xb7 )?qbank)?\x07"
)
_FORBIDDEN = re.compile(
    "[\x00-\x06\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]"
)


_TOUR = (
    # keys, and words that stand on the page they lead to
    ("l", "conventional"),
    ("\x1b", "Question 20 of 20"),
    ("k", "calculate"),
    ("\x1b", "Question 20 of 20"),
    ("n", "Note"),
    ("mine\r", "Question 20 of 20"),
    ("?", "Highlight words"),
    ("\x1b", "Question 20 of 20"),
    ("\x10", "by some letters of it"),
    ("\x1b", "Question 20 of 20"),
    ("o", "answered 20"),
    ("r", "incomplete 0"),
    ("s", "Submit this block?"),
    ("\r", "Where 20 questions went"),
    ("i", "interval"),
    ("\x1b", "Where 20 questions went"),
    ("\r", "It turns on"),
    ("e", ""),
    *(("\x1b[C", "It turns on"),) * 6,
    ("n", "Note"),
    ("\x1b", "It turns on"),
    ("m", "More like this"),
    ("\x1b", "It turns on"),
    ("\x1b", "Where 20 questions went"),
    ("\x1b", "New block"),
    ("2", "1 block"),
    ("3", "Do I finish"),
    ("4", "look at it"),
    ("\x1b[F", "isolate end"),
    ("\r", ""),
    ("\r", "show the key"),
    ("k", "Why"),
    ("\x1b", "look at it"),
    (",", "data_dir"),
    ("\x1b", "look at it"),
)
"""A way through every page, with what each must show before the next key."""


def test_no_payload_reaches_the_terminal(importing: Callable[[str], Path]) -> None:
    data = importing(_pack(*PAYLOADS))
    with Terminal(data, "run", "--pack", "evil", "--in-order", "--count", "20") as terminal:
        terminal.until("the clock starts")
        terminal.press("\r")
        for number in range(1, len(PAYLOADS) + 1):
            terminal.until(f"Question {number} of 20")
            terminal.press("b")
            terminal.until("saved")
            if number < len(PAYLOADS):
                terminal.press("\r")
        for keys, words in _TOUR:
            terminal.rest()
            terminal.press(keys)
            terminal.until(words)
        left = _OURS.sub(b"", terminal.written).decode("utf-8")
        assert "\x1b" not in left, re.findall("\x1b.{0,20}", left)[:5]
        assert not _FORBIDDEN.search(left)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_in_good_order(data: Path, number: signal.Signals) -> None:
    with Terminal(data) as terminal:
        terminal.until("First block")
        terminal.press("\r")
        terminal.until("the clock starts")
        terminal.press("\rb")
        terminal.until("saved")
        terminal.process.send_signal(number)
        assert terminal.ended() == 0
        assert all(sequence in terminal.written for sequence in RESTORED)
    _resumes(data, answered=1)


@pytest.mark.parametrize("hangs_up", [True, False])
def test_a_closed_terminal_ends_the_app_and_loses_nothing(data: Path, hangs_up: bool) -> None:
    with Terminal(data, hangs_up=hangs_up) as terminal:
        terminal.until("First block")
        terminal.press("\r")
        terminal.until("the clock starts")
        terminal.press("\rb")
        terminal.until("saved")
        terminal.close()
        terminal.ended()
    _resumes(data, answered=1)


def test_after_kill_the_next_start_is_at_the_same_question(data: Path) -> None:
    with Terminal(data) as terminal:
        terminal.until("First block")
        terminal.press("\r")
        terminal.until("the clock starts")
        terminal.press("\rb\rxcm")
        terminal.until("flagged")
        terminal.press("d")
        terminal.until("saved")
        terminal.kill()
    with Terminal(data) as terminal:
        terminal.until("Resume")
        terminal.press("\r")
        terminal.until("Your block is here: question 2")
        start = len(terminal.written)
        terminal.press("\r")
        terminal.until("flagged")
        terminal.press("\x1b[F")
        terminal.rest()
        shown = said(terminal.written[start:])
        assert "D ●" in shown
        assert "Question 2 of 20" in shown
        assert "flagged" in shown
        assert "C\u0336" in shown


def test_leaving_restores_the_terminal(data: Path) -> None:
    with Terminal(data) as terminal:
        terminal.until("First block")
        terminal.press("\x11")
        assert terminal.ended() == 0
        assert all(sequence in terminal.written for sequence in RESTORED)


def _resumes(data: Path, *, answered: int) -> None:
    """The store is free again, and the block waits with its answers."""
    application = open_app(settings_for(data))
    (waiting,) = application.blocks.resumable()
    application.close()
    assert waiting.answered == answered

"""The words of the pace, the race and the checkpoints."""

import pytest

from qbank.block.model import Race, RaceKind
from qbank.block.pace import Checkpoint, Outlook, Pace, Projection
from qbank.reporting import pace_words


def pace(outlook: Outlook, debt_ms: int = -58_000, mean_ms: float | None = 83_400.0) -> Pace:
    projection = Projection(90_000, 0, 0, 0, 0, 2.2, 65_000)
    return Pace(90_000, debt_ms, 6, 14, projection, outlook, mean_ms)


@pytest.mark.parametrize(
    ("debt_ms", "said"),
    [
        (-58_000, "0:58 ahead of even pace"),
        (12_000, "0:12 over even pace"),
        (0, "on even pace"),
        (-999, "on even pace"),
        (600_000, "10:00 over even pace"),
    ],
)
def test_pace_is_said_in_words_and_without_a_sign(debt_ms: int, said: str) -> None:
    assert pace_words.even_pace(debt_ms) == said


def ahead(outlook: Outlook, needed_ms: float | None, blank: float = 0.0) -> Pace:
    projection = Projection(90_000, 0, 0, 0, 0, blank, needed_ms)
    return Pace(90_000, 0, 8, 12, projection, outlook, 88_000)


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (ahead(Outlook.UNKNOWN, 90_000), ""),
        (ahead(Outlook.ON_TRACK, 95_000), "on track"),
        (ahead(Outlook.TIGHT, 84_900), "tight: 84 s each from here"),
        (
            ahead(Outlook.BLANKS, 65_000, 2.3),
            "at this pace 2 stay blank: 65 s each clears them",
        ),
        (ahead(Outlook.BLANKS, 70_000, 1.0), "at this pace 1 stays blank: 70 s each clears it"),
        (ahead(Outlook.BLANKS, None, 3.0), "at this pace 3 stay blank"),
    ],
)
def test_the_outlook(pace: Pace, said: str) -> None:
    assert pace_words.outlook(pace) == said


def test_the_signs_of_the_last_minutes() -> None:
    assert pace_words.five_left(4) == "5:00 left · 4 open"
    assert pace_words.two_left(2) == "2:00 left · 2 open: a letter on each"
    assert pace_words.two_left(1) == "2:00 left · 1 open: a letter on it"
    assert pace_words.two_left(0) == "2:00 left · all answered"


def test_the_line_says_both_in_full_and_ever_shorter() -> None:
    said = pace_words.standing(pace(Outlook.ON_TRACK), (-22_000, "your best"))
    assert [" · ".join(parts) for parts in said] == [
        "0:58 ahead of even pace · 0:22 ahead of your best · on track",
        "0:58 ahead of even · 0:22 ahead of best · on track",
        "0:58 ahead of even pace · on track",
        "on track",
    ]


def test_without_a_ghost_the_even_pace_stands_alone() -> None:
    said = pace_words.standing(pace(Outlook.BLANKS, 12_000))
    assert said[0] == (
        "0:12 over even pace",
        "at this pace 2 stay blank: 65 s each clears them",
    )
    assert pace_words.standing(pace(Outlook.UNKNOWN), (0, "your best")) == ()


@pytest.mark.parametrize(
    ("delta_ms", "said"),
    [
        (-22_000, "0:22 ahead of your best"),
        (61_000, "1:01 over your best"),
        (999, "level with your best"),
        (-999, "level with your best"),
    ],
)
def test_a_ghost_is_told_without_a_sign(delta_ms: int, said: str) -> None:
    assert pace_words.against(delta_ms, "your best") == said


@pytest.mark.parametrize(
    ("kind", "times_ms", "said"),
    [
        (RaceKind.BEST, (), "your best"),
        (RaceKind.BEST, (1,), "your best"),
        (RaceKind.LAST, (), "your last"),
        (RaceKind.MEDIAN, (), "your middle run"),
        (RaceKind.RUN, (1,), "your earlier run"),
        (RaceKind.RUN, (), '"A long Tuesday…"'),
    ],
)
def test_what_a_run_is_called(kind: RaceKind, times_ms: tuple[int, ...], said: str) -> None:
    raced = Race(kind, "", "A long Tuesday eveningwith everything", 410_000, (), times_ms)
    assert pace_words.rival(raced) == said
    assert pace_words.race(raced) == f"It races {said}: 6:50."


def test_checkpoints() -> None:
    passed, missed, to_come = (
        Checkpoint(450_000, 5, 6),
        Checkpoint(900_000, 10, 9),
        Checkpoint(1_350_000, 15, None),
    )
    assert pace_words.checkpoint(passed) == "5 by 7:30"
    assert list(map(pace_words.reached, (passed, missed, to_come))) == ["✓", "(9)", ""]
    assert pace_words.checkpoints((passed, missed, to_come)) == (
        "Goal: 5 by 7:30, 10 by 15:00, 15 by 22:30, none blank."
    )


def test_seconds_a_question_say_of_what() -> None:
    assert pace_words.so_far(pace(Outlook.ON_TRACK)) == "83 s a question · limit 90"
    assert pace_words.so_far(pace(Outlook.UNKNOWN, mean_ms=None)) == ""


def test_the_nudge() -> None:
    assert pace_words.nudge(120_000) == "2:00 on this one. Choose, flag, go on?"

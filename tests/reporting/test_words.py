"""The wording of the messages, sentence by sentence."""

import pytest

from qbank.block.model import Mode, Outcome
from qbank.reporting import words


@pytest.mark.parametrize(
    ("ms", "said", "left"),
    [
        (0, "0:00", "0:00"),
        (1, "0:00", "0:01"),
        (41_000, "0:41", "0:41"),
        (59_999, "0:59", "1:00"),
        (1_277_000, "21:17", "21:17"),
        (4_500_000, "75:00", "75:00"),
        (-5_000, "0:00", "0:00"),
    ],
)
def test_a_clock_shows_what_has_passed_and_a_countdown_what_is_left(
    ms: int, said: str, left: str
) -> None:
    assert words.clock(ms) == said
    assert words.clock_left(ms) == left


def test_a_day_is_the_one_where_the_block_was_taken() -> None:
    friday_ms = 1_795_200_000_000
    assert words.day(friday_ms, 0) == "Fri 20 Nov 18:40"
    assert words.day(friday_ms, 330) == "Sat 21 Nov 00:10"
    assert words.day(None, 0) == ""
    assert words.date(friday_ms, 0) == "20 Nov 18:40"


def test_an_axis_of_time_in_hand_has_signs() -> None:
    assert [words.in_hand(ms) for ms in (120_000, 0, -60_000)] == ["+2:00", "0:00", "-1:00"]


@pytest.mark.parametrize(
    ("answered", "unreached", "said"),
    [
        (
            17,
            2,
            "Time. 17 answers are saved. 2 questions were not reached. 1 question was left blank.",
        ),
        (18, 2, "Time. 18 answers are saved. 2 questions were not reached."),
        (19, 1, "Time. 19 answers are saved. 1 question was not reached."),
        (1, 0, "Time. 1 answer is saved. 19 questions were left blank."),
        (20, 0, "Time. 20 answers are saved."),
        (0, 20, "Time. 0 answers are saved. 20 questions were not reached."),
    ],
)
def test_time_is_up(answered: int, unreached: int, said: str) -> None:
    assert words.time_is_up(answered, unreached, 20) == said


def test_a_limit_names_its_extra_time() -> None:
    assert words.limit(1_800_000) == "30:00"
    assert words.limit(2_700_000, 150) == "45:00 (30:00 × 1.5)"
    assert words.limit(2_250_000, 125) == "37:30 (30:00 × 1.25)"
    assert words.limit(None) == "no clock"


def test_counts_agree_with_their_nouns() -> None:
    assert words.count(1, "question") == "1 question"
    assert words.count(1_273, "question") == "1,273 questions"
    assert words.count(2, "entry", "entries") == "2 entries"


def test_the_question_before_submitting() -> None:
    assert words.submit_ask(0, 0) == "All questions are answered."
    assert words.submit_ask(2, 3) == (
        "2 questions blank. 3 flagged. A blank scores as wrong; any letter has a chance."
    )


def test_leaving_says_what_the_clock_does() -> None:
    assert words.leaving(11, clocked=True, pausable=True) == (
        "11 answers kept. The clock stops when you leave; the next start offers to go on here."
    )
    assert words.leaving(1, clocked=True, pausable=False) == (
        "1 answer kept. The clock runs on while you are away."
    )
    assert words.leaving(0, clocked=False, pausable=True) == (
        "Nothing answered yet. No clock runs; the next start offers to go on here."
    )


def test_what_begin_starts() -> None:
    assert words.will_happen(20, "30:00", Mode.TIMED) == (
        "20 questions in 30:00. The clock starts when you begin."
    )
    assert words.will_happen(1, "no clock", Mode.UNTIMED) == (
        "1 question, no clock; the result comes at the end."
    )
    assert words.will_happen(5, "no clock", Mode.TUTOR) == (
        "5 questions; each explanation stands under its answer."
    )


def test_a_starting_mark() -> None:
    assert words.starting_mark(1, 13, 20, 20, 72_000) == (
        "13 of 20, all answered, 1:12 left. Starting mark 1 of 3: nothing to beat yet."
    )
    assert words.starting_mark(2, 9, 20, 17, 0) == (
        "9 of 20, 17 answered. Starting mark 2 of 3: nothing to beat yet."
    )


def test_blanks() -> None:
    assert words.blanks(17, 3, 0) == (
        "17 answered, 3 not reached. A blank scores as wrong; any letter has a chance."
    )
    assert words.blanks(15, 3, 2) == (
        "15 answered, 3 not reached, 2 left blank. "
        "A blank scores as wrong; any letter has a chance."
    )


@pytest.mark.parametrize(
    ("away_ms", "said"),
    [
        (360_000, "The 6 minutes away are not counted; the block stays out of your bests."),
        (60_000, "The 1 minute away is not counted; the block stays out of your bests."),
        (5_000, "The moment away is not counted; the block stays out of your bests."),
        (None, "The time away is not counted; the block stays out of your bests."),
    ],
)
def test_after_a_crash(away_ms: int | None, said: str) -> None:
    start = "Your block is here: question 12, 13:44 left, 11 answers saved. "
    assert words.back_after_crash(12, 824_000, 11, away_ms) == start + said


def test_an_outcome_has_a_sign_and_words() -> None:
    assert [words.sign(one) for one in Outcome] == ["✓", "✗", "–", "–"]
    assert [words.outcome(one) for one in Outcome] == [
        "right",
        "not right",
        "left blank",
        "not reached",
    ]


def test_the_sign_of_a_next_step() -> None:
    assert words.next_step_sign("therapeutic") == "➜"
    assert words.next_step_sign("none") == words.next_step_sign("") == ""


def test_how_a_step_goes_wrong() -> None:
    assert words.error("needless") == "changes nothing now"
    assert words.error("") == ""
    assert words.rungs_early(3) == "3 rungs early"
    assert words.rungs_early(-1) == "1 rung late"


def test_the_fixed_sentences_keep_the_rules() -> None:
    fixed = [
        words.NOT_A_SCORE,
        words.CHANCE,
        words.BLANK_SCORES,
        words.PAUSE_ASK,
        words.NO_PAUSE,
        words.PAUSED,
        words.not_saved(3),
    ]
    leave = ("weak", "missed", "behind", "debt", "rushed", "careless", "overdue", "failure", "lost")
    for sentence in fixed:
        assert "!" not in sentence
        assert len(sentence) <= 2 * 76
        assert not [word for word in leave if word in sentence.lower()]
    assert words.PAUSE_ASK == "A paused block stays out of your bests. P again to pause."
    assert words.not_saved(1) == "1 step not saved yet: keep this window open"


def test_a_message_becomes_a_sentence() -> None:
    assert words.sentence("the store is damaged") == "The store is damaged."
    assert words.sentence("qbank is open in process 4") == "qbank is open in process 4."
    assert words.sentence("Leave?") == "Leave?"
    assert words.sentence("") == ""

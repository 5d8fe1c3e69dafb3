"""A block against its clock: the worked examples, and the same figures from real events."""

from collections.abc import Iterator
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.block import commands as c
from qbank.block import pace
from qbank.block.machine import initial
from qbank.block.model import BlockSpec, Mode
from qbank.block.pace import Checkpoint, Habit, Outlook
from qbank.block.scoring import score
from tests.block.oracles import TOLERANCE_MS, in_ms, oracle
from tests.block.play import Player, block, keys, play


def near(ms: float) -> object:
    return pytest.approx(ms, abs=TOLERANCE_MS)


def answered_in(times_ms: list[int], spec: BlockSpec) -> Iterator[tuple[Player, int]]:
    """The block right after each answer, before the next question comes."""
    player = play(spec)
    for position, at_ms in enumerate(accumulate(times_ms), start=1):
        player.do(at_ms, c.Answer(position, ("a",)))
        yield player, at_ms
        if position < spec.size:
            player.do(at_ms, c.Show(position + 1))


def test_budget() -> None:
    example, expected = oracle("A3_budget")
    for case, seconds in zip(example["cases"], expected, strict=True):
        assert pace.budget_ms(case["limit_s"] * 1_000, case["n"]) == near(seconds * 1_000)


def test_debt_curve() -> None:
    example, expected = oracle("A4_time_debt")
    times = in_ms(example["times"])
    curve = pace.debt_curve(times, [example["budget"] * 1_000] * len(times))
    assert curve is not None
    assert curve.debt_ms == near_all(expected["debt"])
    assert (curve.max_ms, curve.max_at) == (expected["max_debt"] * 1_000, expected["max_at"])
    assert curve.final_ms == near(expected["final"] * 1_000)
    assert curve.surplus_ms == near(expected["surplus"] * 1_000)


def near_all(seconds: list[float]) -> object:
    return pytest.approx([value * 1_000 for value in seconds], abs=TOLERANCE_MS)


def test_live_debt_meets_the_curve_at_every_answer() -> None:
    example, expected = oracle("A4_time_debt")
    found = []
    for player, at_ms in answered_in(in_ms(example["times"]), block(20, limit_ms=1_800_000)):
        live = pace.live_pace(player.state, at_ms)
        assert live is not None
        found.append(live.debt_ms)
    assert found == in_ms(expected["debt"])


def test_curve_of_a_closed_block_stops_before_the_first_unreached() -> None:
    steps: list[tuple[int, c.Command]] = [
        (25_000, c.Show(2)),
        (30_000, c.Show(4)),
        (40_000, c.Show(1)),
        (45_000, c.Submit()),
    ]
    player = play(block(4, limit_ms=80_000), steps)
    curve = pace.attempts_curve(score(player.state, keys(player.state.spec)), 80_000)
    assert curve is not None
    assert curve.debt_ms == (10_000.0, -5_000.0)
    assert (curve.max_ms, curve.max_at) == (10_000.0, 1)
    assert pace.debt_curve([], []) is None


def test_the_line_above_a_question() -> None:
    """8:43 used, six answered and 41 s on the seventh: 58 s ahead."""
    times = [80_000] * 5 + [82_000]
    *_, (player, _) = answered_in(times, block(20, limit_ms=1_800_000))
    live = pace.live_pace(player.state, 523_000)
    assert live is not None
    assert (live.debt_ms, live.answered, live.left) == (-58_000, 6, 14)
    assert live.outlook is Outlook.ON_TRACK


def test_the_open_question_is_credited_with_no_more_than_its_share() -> None:
    state = play(block(20, limit_ms=1_800_000)).state
    debts = []
    for at_ms in (0, 45_000, 90_000, 120_000):
        live = pace.live_pace(state, at_ms)
        assert live is not None
        debts.append(live.debt_ms)
    assert debts == [0, 0, 0, 30_000]


def test_an_answered_question_on_screen_is_credited_once() -> None:
    player = play(block(20, limit_ms=1_800_000), [(30_000, c.Answer(1, ("a",)))])
    live = pace.live_pace(player.state, 40_000)
    assert live is not None
    assert live.debt_ms == -50_000


def test_no_limit_no_pace() -> None:
    state = play(block(limit_ms=None, mode=Mode.UNTIMED)).state
    assert pace.live_pace(state, 5_000) is None
    assert pace.checkpoints(state, 5_000) == ()


def test_projection() -> None:
    example, expected = oracle("A5_A6_projection")
    for case, want in zip(example["cases"], expected, strict=True):
        found = pace.project(
            case["clock"] * 1_000,
            in_ms(case["times"]),
            (case["n"], case["limit"] * 1_000),
            Habit(case["prior"] * 1_000, example["cv"], example["kappa"]),
        )
        assert found.pace_ms == near(want["pace"] * 1_000)
        assert found.eta_ms == near(want["eta"] * 1_000)
        assert found.margin_ms == near(want["margin"] * 1_000)
        assert found.sd_ms == near(want["sd"] * 1_000)
        assert found.p_timeout == pytest.approx(want["p_timeout"], abs=1e-4)
        assert found.expected_blank == pytest.approx(want["expected_unanswered"], abs=1e-4)
        needed = want["needed_pace"]
        assert found.needed_pace_ms == (None if needed is None else near(needed * 1_000))


def test_the_usual_spread_is_that_of_the_example() -> None:
    assert oracle("A5_A6_projection")[0]["cv"] == pytest.approx(pace.USUAL_SPREAD, abs=1e-7)


def test_projection_of_a_running_block() -> None:
    example, expected = oracle("A5_A6_projection")
    case, want = example["cases"][1], expected[1]
    *_, (player, at_ms) = answered_in(in_ms(case["times"]), block(20, limit_ms=1_800_000))
    live = pace.live_pace(player.state, at_ms, Habit(case["prior"] * 1_000))
    assert live is not None
    assert live.projection.eta_ms == near(want["eta"] * 1_000)
    assert live.projection.p_timeout == pytest.approx(want["p_timeout"], abs=1e-4)
    assert live.outlook is Outlook.BLANKS


def test_time_used_up_with_questions_left() -> None:
    found = pace.project(1_800_000, [600_000] * 3, (20, 1_800_000), Habit(90_000))
    assert (found.p_timeout, found.needed_pace_ms) == (1.0, None)
    assert found.expected_blank == 17.0


def test_answers_that_took_no_time_at_all() -> None:
    found = pace.project(0, [0, 0], (4, 1_000), Habit(0.0))
    assert (found.p_timeout, found.expected_blank, found.sd_ms) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("answered", "each_s", "outlook"),
    [
        (3, 200, Outlook.UNKNOWN),
        (4, 90, Outlook.ON_TRACK),
        (4, 200, Outlook.BLANKS),
        (8, 92, Outlook.TIGHT),
        (8, 89, Outlook.ON_TRACK),
        (12, 120, Outlook.BLANKS),
        (20, 89, Outlook.ON_TRACK),
    ],
)
def test_outlook(answered: int, each_s: int, outlook: Outlook) -> None:
    spec = block(20, limit_ms=1_800_000)
    *_, (player, at_ms) = answered_in([each_s * 1_000] * answered, spec)
    live = pace.live_pace(player.state, at_ms)
    assert live is not None
    assert live.outlook is outlook


@given(
    clock_s=st.integers(0, 1_799),
    times_s=st.lists(st.integers(0, 600), min_size=4, max_size=19),
    prior_s=st.integers(1, 300),
)
def test_no_warning_on_a_hunch(clock_s: int, times_s: list[int], prior_s: int) -> None:
    """With few answers a warning needs a chance of 0.4 that time runs out; it always has it."""
    habit = Habit(prior_s * 1_000)
    found = pace.project(clock_s * 1_000, in_ms(times_s), (20, 1_800_000), habit)
    warned = pace.outlook(found, len(times_s)) is not Outlook.ON_TRACK
    assert warned is (found.margin_ms < 0)
    assert found.p_timeout >= 0.4 or not warned
    assert 0 <= found.expected_blank <= 20 - len(times_s)


@pytest.mark.parametrize(
    ("margin_ms", "expected_blank", "outlook"),
    [
        (0.0, 0.0, Outlook.ON_TRACK),
        (-1.0, 0.01, Outlook.TIGHT),
        (-89_000.0, 0.99, Outlook.TIGHT),
        (-90_000.0, 1.0, Outlook.BLANKS),
    ],
)
def test_outlook_changes_at_the_limit_and_at_one_question_over(
    margin_ms: float, expected_blank: float, outlook: Outlook
) -> None:
    projection = pace.Projection(90_000, 0, margin_ms, 1, 0.6, expected_blank, None)
    assert pace.outlook(projection, 4) is outlook
    assert pace.outlook(projection, 3) is Outlook.UNKNOWN


def test_the_last_millisecond_is_time() -> None:
    """With nothing uncertain, time runs out just where it does not suffice."""
    sure = Habit(1.0, spread=0.0)
    chances = [pace.project(clock, [], (1, 100), sure).p_timeout for clock in (98, 99, 100)]
    assert chances == [0.0, 0.0, 1.0]
    assert pace.project(99, [], (2, 100), sure).p_timeout == 1.0
    assert pace.project(99, [], (2, 100), sure).needed_pace_ms == 0.5
    assert pace.project(99, [], (1, 100), Habit(1.0, spread=0.5)).p_timeout == 0.5


def test_a_checkpoint_is_passed_when_the_clock_shows_it() -> None:
    state = play(block(20, limit_ms=1_800_000), [(5, c.Answer(1, ("a",)))]).state
    assert pace.checkpoints(state, 449_999)[0].achieved is None
    assert pace.checkpoints(state, 450_000)[0].achieved == 1


def test_an_answer_at_the_checkpoint_counts_for_it() -> None:
    state = play(block(20, limit_ms=1_800_000), [(450_000, c.Answer(1, ("a",)))]).state
    assert pace.checkpoints(state, 450_000)[0].achieved == 1


def test_checkpoints() -> None:
    times = [80_000] * 6 + [120_000] * 4
    *_, (player, at_ms) = answered_in(times, block(20, limit_ms=1_800_000))
    assert pace.checkpoints(player.state, at_ms) == (
        Checkpoint(450_000, 5, 5),
        Checkpoint(900_000, 10, 9),
        Checkpoint(1_350_000, 15, None),
    )
    targets = [point.target for point in pace.checkpoints(play(block(18)).state, 0)]
    assert targets == [5, 9, 14]


def test_ghost_curve() -> None:
    example, expected = oracle("A8_ghost")
    found = pace.ghost_curve(in_ms(example["now"]), in_ms(example["ghost"]))
    assert list(found) == in_ms(expected["delta"])
    assert found[-1] == in_ms([expected["final"]])[0]


def test_both_ghosts_live_meet_the_curve_at_every_answer() -> None:
    example, expected = oracle("A8_ghost")
    spec = block(10, limit_ms=1_800_000)
    *_, (ghost, _) = answered_in(in_ms(example["ghost"]), spec)
    marks = pace.answer_marks(ghost.state)
    times = dict(zip((s.question for s in spec.slots), in_ms(example["ghost"]), strict=True))
    by_count, by_question = [], []
    for player, at_ms in answered_in(in_ms(example["now"]), spec):
        by_count.append(pace.ghost_by_count(player.state, at_ms, marks))
        by_question.append(pace.ghost_by_question(player.state, at_ms, times))
    assert by_count == by_question == in_ms(expected["delta"])


def test_a_ghost_credits_the_open_question() -> None:
    state = play(
        block(3, limit_ms=60_000), [(4_000, c.Answer(1, ("a",))), (4_000, c.Show(2))]
    ).state
    marks = (5_000, 15_000)
    times = {"q1": 5_000, "q2": 10_000}
    for at_ms, delta in ((4_000, -1_000), (9_000, -1_000), (14_000, -1_000), (16_000, 1_000)):
        assert pace.ghost_by_count(state, at_ms, marks) == delta
        assert pace.ghost_by_question(state, at_ms, times) == delta


def test_a_ghost_that_left_blanks_is_no_match_beyond_them() -> None:
    spec = block(3, limit_ms=60_000)
    players = {p.state.answered: (p.state, at) for p, at in answered_in([5_000] * 3, spec)}
    marks = (6_000, 12_000)
    assert pace.ghost_by_count(*players[2], marks) == -2_000
    assert pace.ghost_by_count(*players[3], marks) is None


def test_a_ghost_at_the_first_and_behind_its_last_answer() -> None:
    state = play(block(3, limit_ms=60_000)).state
    assert pace.ghost_by_count(state, 4_000, (5_000,)) == 0
    assert pace.ghost_by_count(state, 4_000, ()) == 4_000
    assert pace.ghost_by_question(state, 4_000, {"q1": 1_000}) == 3_000
    assert pace.ghost_by_question(state, 4_000, {}) == 4_000
    assert pace.ghost_by_question(initial(block()), 0, {"q1": 1_000}) == 0


def test_marks_are_clock_time_of_first_answers_in_order() -> None:
    player = play(
        block(3),
        [
            (1_000, c.Show(2)),
            (3_000, c.Answer(2, ("a",))),
            (4_000, c.Pause()),
            (9_000, c.Resume()),
            (10_000, c.Show(1)),
            (11_000, c.Answer(1, ("a",))),
            (12_000, c.Answer(1, ("b",))),
            (13_000, c.Clear(1)),
        ],
    )
    assert pace.answer_marks(player.state) == (3_000, 6_000)
    assert player.state.answered == 1

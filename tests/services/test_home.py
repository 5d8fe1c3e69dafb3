"""Home says what to do now, and offers only what can be done."""

from datetime import timedelta
from pathlib import Path

from qbank.block import commands as c
from qbank.block.model import Mode
from qbank.content.exam import presets
from qbank.reporting.day_words import local
from qbank.services.build import BuildService
from qbank.services.history import HistoryService
from qbank.services.home import HomeService
from qbank.services.results import NewResult, ResultService
from qbank.services.run import RunService
from qbank.services.views import DoorKind, HomeView
from qbank.store.engine import open_store
from tests.support.desk import WAIT_S, Desk, desk_in
from tests.support.small_store import put_pack, question

LEAVE = ("weak", "miss", "incorrect", "again at", "fail", "behind", "due")


def doors(view: HomeView) -> list[tuple[str, str]]:
    return [(door.title, door.detail) for door in view.doors]


def test_the_first_evening(desk: Desk) -> None:
    view = desk.home.view()
    assert doors(view) == [
        ("When is the exam?", "not booked yet; it may stay empty"),
        ("First block", "20 questions, 30:00, as one block of the real exam"),
        ("Half a block", "10 questions, 15:00"),
        ("Just five", "no clock; answer and read"),
        ("New block", "choose topics, length, mode"),
        ("Score report", "type in a result and its bars"),
        ("Import a pack", "YAML, JSON, JSON Lines, CSV: a file, a folder or a zip"),
    ]
    assert view.lines == (
        "Your first three blocks only set a starting mark. There is nothing to beat.",
        "20 questions are here.",
    )
    assert (view.blocks_done, view.questions_total, view.recent) == (0, 20, ())


def test_the_first_doors_open_what_they_say(desk: Desk) -> None:
    desk.store.write(
        lambda connection: put_pack(
            connection, [question(n) for n in range(50, 60)], uid="other", shipped=False
        )
    )
    for door, count, limit_ms in zip(
        desk.home.view().doors[1:4], (20, 10, 5), (1_800_000, 900_000, None), strict=True
    ):
        assert door.request is not None
        runner = desk.blocks.open(desk.build.create(door.request))
        assert (runner.spec.size, runner.spec.limit_ms) == (count, limit_ms)
        assert runner.spec.mode is (Mode.TIMED if limit_ms else Mode.TUTOR)
        assert runner.name == door.title
        assert [text.stem[-3:-1].strip() for text in runner.texts][:3] == ["1", "2", "3"]
        runner.close()


def test_a_store_without_questions_offers_to_import(tmp_path: Path) -> None:
    with desk_in(tmp_path, 0) as desk:
        view = desk.home.view()
        assert [door.kind for door in view.doors] == [DoorKind.IMPORT]
        assert view.lines == ("There is no question here yet.",)


def test_a_small_pack_makes_small_doors(tmp_path: Path) -> None:
    with desk_in(tmp_path, 7) as desk:
        assert doors(desk.home.view())[1:4] == [
            ("First block", "7 questions, 10:30"),
            ("Half a block", "7 questions, 10:30"),
            ("Just five", "no clock; answer and read"),
        ]


def test_what_can_be_gone_on_with_stands_first(desk: Desk) -> None:
    runner = desk.begin(12, name="Tuesday evening")
    desk.answer(runner, 3, "a", 46_000)
    runner.leave()
    view = desk.home.view()
    assert doors(view)[0] == ("Resume", 'question 3 of 12 · 17:14 left · "Tuesday evening"')
    assert view.doors[0].block == runner.spec.block_id
    assert not any("away" in line for line in view.lines)


def test_after_a_crash_it_is_said_what_is_there(desk: Desk) -> None:
    runner = desk.begin(20)
    for position in range(1, 13):
        desk.answer(runner, position, "a", 60_000)
    assert runner.wait_saved(WAIT_S)
    desk.start_again()
    desk.clock.advance(6 * 60_000)
    view = desk.home.view()
    assert view.lines[0] == (
        "Your block is here: question 12, 18:00 left, 12 answers saved. "
        "The 6 minutes away are not counted; the block stays out of your bests."
    )
    assert view.doors[0].kind is DoorKind.RESUME


def test_a_block_open_here_does_not_wait_to_be_gone_on_with(desk: Desk) -> None:
    runner = desk.begin(5)
    assert runner.wait_saved(WAIT_S)
    assert desk.blocks.resumable() == ()


def test_later_days(tmp_path: Path) -> None:
    with desk_in(tmp_path, 60) as desk:
        desk.take("ab b" + "b" * 16)
        view = desk.home.view()
        assert doors(view) == [
            ("New exam block", "20 questions, 30:00 · starting mark 2 of 3"),
            ("Look again", "2 questions to look at again, no clock"),
            ("New block", "choose topics, length, mode"),
            ("Results", "own mocks and score reports"),
        ]
        assert view.lines[-1] == "60 questions are here, 40 of them fresh."
        assert [block.number for block in view.recent] == [1]
        again = view.doors[1].request
        assert again is not None
        runner = desk.blocks.open(desk.build.create(again))
        assert (runner.spec.size, runner.spec.mode) == (2, Mode.TUTOR)


def test_nothing_unused_is_left(desk: Desk) -> None:
    first = desk.take("b" * 20)
    view = desk.home.view()
    assert doors(view) == [
        ("New exam block", "20 questions, 30:00, of questions you have seen"),
        ("Same questions", 'those of "Wednesday morning": 20 questions, 30:00'),
        ("New block", "choose topics, length, mode"),
        ("Results", "own mocks and score reports"),
        ("Import a pack", "YAML, JSON, JSON Lines, CSV: a file, a folder or a zip"),
    ]
    assert view.lines[-1] == "No fresh question is left. A pack you import brings fresh ones."
    for door in view.doors[:2]:
        assert door.request is not None
        runner = desk.blocks.open(desk.build.create(door.request))
        assert runner.spec.size == 20
        runner.close()
    same = view.doors[1].request
    assert same is not None
    assert same.retake == first


def test_the_words_are_those_to_take(desk: Desk) -> None:
    desk.take("a" * 20)
    runner = desk.begin(5, seen=())
    desk.answer(runner, 1, "a")
    runner.do(c.Pause())
    assert runner.wait_saved(WAIT_S)
    desk.start_again()
    view = desk.home.view()
    said = " ".join([*view.lines, *(f"{door.title} {door.detail}" for door in view.doors)])
    assert not [word for word in LEAVE if word in said.lower()]


def test_a_reader_is_offered_nothing_that_writes(desk: Desk) -> None:
    desk.take("bb")
    store = open_store(desk.store.path, desk.clock, read_only=True)
    learner_id = desk.small.learner.id
    build = BuildService(store, desk.clock, learner_id, presets())
    blocks = RunService(store, desk.clock, learner_id)
    history = HistoryService(store, desk.clock, learner_id)
    view = HomeService(
        store, desk.clock, learner_id, (build, blocks, history), notes=("A note.",)
    ).view()
    assert view.doors == ()
    assert view.lines[0] == "A note."
    assert len(view.recent) == 1
    store.close()


def test_the_same_questions_come_with_the_same_extra_time(desk: Desk) -> None:
    desk.take("b" * 20, time_factor=150)
    door = desk.home.view().doors[1]
    assert door.detail == 'those of "Wednesday morning": 20 questions, 45:00 (30:00 × 1.5)'
    assert door.request is not None
    runner = desk.blocks.open(desk.build.create(door.request))
    assert (runner.spec.limit_ms, runner.spec.time_factor) == (2_700_000, 150)


# --- one goal at a time -----------------------------------------------------------------------

BLANK_TWO = "b" * 18 + ".."


def first_door(desk: Desk) -> tuple[str, str]:
    return doors(desk.home.view())[0]


def test_three_blocks_set_a_starting_mark_and_nothing_else(tmp_path: Path) -> None:
    with desk_in(tmp_path, 80) as desk:
        for mark in (2, 3):
            desk.take("b" * 20, ms=80_000)
            said = f"20 questions, 30:00 · starting mark {mark} of 3"
            assert first_door(desk) == ("New exam block", said)


def test_while_blanks_occur_the_goal_is_to_finish(tmp_path: Path) -> None:
    with desk_in(tmp_path, 100) as desk:
        for answers in ("b" * 20, "b" * 20, BLANK_TWO):
            desk.take(answers, ms=80_000)
        goal = "20 q · goal: none blank, 10 by 15:00"
        assert first_door(desk) == ("Finish in time", f"{goal} · last: 2 blank")
        desk.take("b" * 20, ms=80_000)
        assert first_door(desk) == ("Finish in time", goal)


def test_once_nothing_is_blank_the_goal_is_a_time_with_what_it_may_not_cost(
    tmp_path: Path,
) -> None:
    with desk_in(tmp_path, 120) as desk:
        for _ in range(3):
            desk.take("b" * 14 + "a" * 6, ms=88_000)
        # 29:20 and a little less of it, but never under nine tenths of the limit.
        assert first_door(desk) == (
            "Beat your time",
            "20 q · goal: 28:30 of 30:00, 14 right, none blank",
        )
        desk.take("b" * 14 + "a" * 6, ms=82_000)
        assert first_door(desk)[1] == "20 q · goal: 27:00 of 30:00, 14 right, none blank"
        assert "27:20" not in " ".join(first_door(desk))


def test_with_time_in_hand_the_goal_of_time_is_off(tmp_path: Path) -> None:
    with desk_in(tmp_path, 80) as desk:
        for _ in range(3):
            desk.take("b" * 20, ms=79_000)
        assert first_door(desk) == (
            "Spend the time",
            "20 q in 30:00 · goal: the flagged ones once more",
        )
        view = desk.home.view()
        assert view.lines[0] == (
            "You finish with 3:40 in hand. More speed would earn nothing, so the time goal is "
            "off. Spend it on the flagged ones."
        )


def test_the_next_block_keeps_the_extra_time_of_the_last(tmp_path: Path) -> None:
    with desk_in(tmp_path, 80) as desk:
        for _ in range(3):
            desk.take("b" * 20, ms=130_000, time_factor=150)
        title, detail = first_door(desk)
        assert title == "Beat your time"
        assert detail == "20 q · goal: 42:00 of 45:00 (30:00 × 1.5), 20 right, none blank"
        request = desk.home.view().doors[0].request
        assert request is not None
        assert request.time_factor == 150


# --- the day of the exam ------------------------------------------------------------------------


def exam_in(desk: Desk, days: int) -> str:
    now = desk.clock.read()
    return (local(now.wall_utc_ms, now.offset_min).date() + timedelta(days)).isoformat()


def enter(desk: Desk, day: str, score: float, pass_mark: float | None = 218.0) -> None:
    ids = (f"result-{n}" for n in range(9))
    service = ResultService(desk.store, desk.clock, desk.small.learner.id, lambda: next(ids))
    service.add(NewResult(day, "Step 2 CK", score, pass_mark=pass_mark))


def test_the_head_counts_the_days_and_never_below_none(desk: Desk) -> None:
    name = "Step 2 CK block (2026)"
    said = {27: "27 days to the exam", 2: "2 days to the exam", 1: "exam tomorrow"}
    said |= {0: "exam today", -1: name, -300: name}
    for days, words in said.items():
        assert desk.home.view(exam_in(desk, days)).exam == words
    assert desk.home.view().exam == name


def test_a_day_that_is_booked_stands_in_its_door_on_the_first_evening(desk: Desk) -> None:
    view = desk.home.view("2026-12-18")
    assert doors(view)[0] == ("When is the exam?", "18 Dec 2026")


def test_nothing_is_due_the_day_before_and_on_the_day(tmp_path: Path) -> None:
    with desk_in(tmp_path, 60) as desk:
        desk.take("ab b" + "b" * 16)
        for days in (1, 0):
            view = desk.home.view(exam_in(desk, days))
            assert doors(view) == [
                ("Close until after", "it is all kept"),
                ("New block", "choose topics, length, mode"),
            ]
            assert view.lines == ("Nothing is due today.",)
            assert view.quiet


def test_after_the_exam_the_result_may_come_and_nothing_else_is_said(tmp_path: Path) -> None:
    with desk_in(tmp_path, 60) as desk:
        desk.take("ab b" + "b" * 16)
        view = desk.home.view(exam_in(desk, -3))
        assert doors(view)[0] == ("Score report", "type in a result and its bars")
        assert view.lines[0] == (
            "If you like, put in the result when it comes. Your data stay yours."
        )
        assert view.quiet


def test_a_pass_is_export_and_goodbye(tmp_path: Path) -> None:
    with desk_in(tmp_path, 60) as desk:
        desk.take("ab b" + "b" * 16)
        enter(desk, exam_in(desk, -3), 230)
        view = desk.home.view(exam_in(desk, -3))
        assert doors(view)[0] == ("Close", "it is all kept")
        assert "`qbank export`" in view.lines[0]
        assert not view.quiet


def test_a_result_below_the_mark_opens_with_the_report_and_no_word_of_it(tmp_path: Path) -> None:
    with desk_in(tmp_path, 60) as desk:
        desk.take("ab b" + "b" * 16)
        enter(desk, exam_in(desk, -3), 210)
        view = desk.home.view(exam_in(desk, -3))
        assert doors(view)[0][0] == "Score report"
        said = " ".join([*view.lines, *(door.detail for door in view.doors)])
        assert "210" not in said
        assert not view.quiet


def test_an_earlier_report_is_no_result_of_this_exam(tmp_path: Path) -> None:
    with desk_in(tmp_path, 60) as desk:
        desk.take("ab b" + "b" * 16)
        enter(desk, exam_in(desk, -90), 230)
        assert desk.home.view(exam_in(desk, -3)).quiet

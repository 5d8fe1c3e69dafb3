"""What the figures say to a person: which blocks they speak of, and how sure they have to be."""

from pathlib import Path

from qbank.analytics.rows import AnalysedBlock
from qbank.services import stats_sections as sections
from qbank.services.stats import StatsService
from tests.analytics.support import RIGHT, attempts, block
from tests.support.desk import desk_in


def _short(number: int) -> AnalysedBlock:
    return block(number, attempts([RIGHT] * 10))


def test_the_class_of_most_of_the_last_ten_blocks_stands_for_all() -> None:
    often = [block(number) for number in range(9)]
    found = sections.classes([*often, _short(9)])
    assert [(key.size, len(blocks)) for key, blocks in found.items()] == [(20, 9), (10, 1)]
    assert [one.blocks for one in sections.time([*often, _short(9)], ()).classes] == [9, 1]


def test_of_classes_taken_as_often_the_one_taken_last_stands_for_all() -> None:
    made = [block(1), _short(2), block(3), _short(4)]
    assert [key.size for key in sections.classes(made)] == [10, 20]
    changed = [block(number) for number in range(20)]
    changed += [_short(number) for number in range(20, 26)]
    assert next(iter(sections.classes(changed))).size == 10
    assert sections.classes([]) == {}


def test_a_run_without_blanks_is_told_once_there_were_some(tmp_path: Path) -> None:
    told = []
    with desk_in(tmp_path, 100) as desk:
        stats = StatsService(desk.store, desk.small.learner.id, {}, desk.blocks)
        for answers in ("bbb..", "bbbbb", "bbbbb"):
            desk.take(answers, 80_000)
            told.append([one.lines for one in stats.figures().says if one.id == "M7"])
    line = "All 5 answered, 2 blocks running. In your first ten it was 0.7 blank a block."
    assert told == [[], [], [(line,)]]

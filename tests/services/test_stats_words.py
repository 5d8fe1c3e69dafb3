"""What the figures say to a person: which blocks they speak of, and how sure they have to be."""

from qbank.analytics.rows import AnalysedBlock
from qbank.services import stats_sections as sections
from tests.analytics.support import RIGHT, attempts, block


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

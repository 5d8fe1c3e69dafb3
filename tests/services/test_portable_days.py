"""Exam days elsewhere: the same day, merged by its log, and no damage from a bad one."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from qbank.block import commands as c
from qbank.block.sitting_model import DayEnd, DayPhase
from qbank.errors import PackError
from qbank.services.sitting_runner import SittingRunner
from qbank.services.views import BlockRequest, SittingRequest
from tests.support.machines import Machine

DAY = SittingRequest(compress=5, blocks=4, packs=("small",))
"""Four blocks of one question in 1:30, breaks of 0:42."""


def _begin(one: Machine) -> SittingRunner:
    one.load()
    run = one.app.sittings.begin(DAY)
    run.start()
    run.end_tutorial()
    return run


def _block(one: Machine, run: SittingRunner) -> None:
    runner = run.begin_block()
    one.clock.advance(20_000)
    runner.do(c.Answer(1, ("b",)))
    runner.do(c.Submit())
    run.end_block()


def _move(here: Machine, there: Machine, name: str = "export.json") -> None:
    there.app.portable.import_export(here.export(name))
    there.again()


def test_a_day_that_is_over_is_the_same_elsewhere(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    run = _begin(here)
    _block(here, run)
    _block(here, run)
    run.end_day()
    _move(here, there)
    assert there.app.sittings.over() == here.app.sittings.over()
    assert there.app.sittings.report(run.id).reason is DayEnd.ENDED
    assert there.history() == here.history()
    again = json.loads(there.export("again.json").read_text())
    assert again["sittings"] == json.loads(here.export().read_text())["sittings"]
    assert there.app.backup.doctor().good
    before = there.image()
    there.app.portable.import_export(here.export())
    assert there.image() == before


def test_a_day_goes_on_elsewhere_and_comes_back(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    run = _begin(here)
    _block(here, run)
    here.clock.advance(10_000)
    pool_ms = run.clock().pool_ms
    run.close()
    there.clock.reboot("another machine")
    _move(here, there)
    (waiting,) = there.app.sittings.waiting()
    assert (waiting.id, waiting.number, waiting.blocks) == (run.id, 2, 4)
    there.load()
    assert there.app.build.preview(BlockRequest(packs=("small",))).matching == 12 - 4
    run = there.app.sittings.open(run.id)
    assert pool_ms <= run.clock().pool_ms <= pool_ms + 10_000
    _block(there, run)
    run.end_day()
    _move(there, here)
    assert here.app.sittings.report(run.id) == there.app.sittings.report(run.id)
    with here.app.store.read() as connection:
        taken = "SELECT status FROM block WHERE sitting_id IS NOT NULL"
        assert connection.exec_driver_sql(taken).scalars().all() == ["closed"] * 2
    assert here.app.backup.doctor().good


def test_a_day_that_went_two_ways_stays_as_it_is(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    run = _begin(here)
    run.close()
    _move(here, there)
    for one, waited_ms in ((here, 1_000), (there, 2_000)):
        run = one.app.sittings.open(run.id)
        one.clock.advance(waited_ms)
        run.end_day()
        run.close()
    summary = there.app.portable.import_export(here.export("later.json"))
    ((skipped),) = summary.skipped
    assert run.id in skipped.where
    assert there.app.sittings.report(run.id).break_ms != here.app.sittings.report(run.id).break_ms


def _without_a_block(document: dict[str, Any]) -> None:
    del document["blocks"][-1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["sittings"].clear(), "belongs to an exam day that is not there"),
        (lambda d: d["sittings"][0]["events"].pop(), "does not end as the day says"),
        (lambda d: d["sittings"][0]["events"].pop(0), "damaged at event 2"),
        (lambda d: d["sittings"][0].update(spec="{}"), "do not fit together"),
        (lambda d: d["sittings"][0].update(status="over"), "does not end as the day says"),
        (lambda d: d["sittings"][0].update(status="lunch"), "breaks a rule of the store"),
        (lambda d: d["blocks"][0].update(sitting=3), "a name is expected"),
        (_without_a_block, "lacks blocks that are still to come"),
    ],
)
def test_a_day_that_does_not_fit_changes_nothing(
    machine: Callable[[str], Machine], change: Callable[[dict[str, Any]], None], says: str
) -> None:
    here, there = machine("here"), machine("there")
    run = _begin(here)
    _block(here, run)
    assert run.state.phase is DayPhase.BREAK
    run.close()
    document = json.loads(here.export().read_text())
    change(document)
    path = there.folder / "bad.json"
    path.write_text(json.dumps(document))
    before = there.image()
    with pytest.raises(PackError) as caught:
        there.app.portable.import_export(path)
    assert there.image() == before
    assert says in " ".join([caught.value.message, *(str(each) for each in caught.value.findings)])

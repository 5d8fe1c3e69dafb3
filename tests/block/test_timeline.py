"""What a person did on a question, from the log."""

from qbank.block import commands as c
from qbank.block.model import Mode
from qbank.block.timeline import Deed, Moment, timeline
from tests.block.play import block, play


def test_the_moments_of_each_question() -> None:
    player = play(
        block(3, mode=Mode.TUTOR),
        [
            (5, c.Answer(1, ("b",))),
            (6, c.Strike(1, "c")),
            (7, c.Flag(1)),
            (8, c.Show(2)),
            (9, c.Show(1)),
            (10, c.Clear(1)),
            (11, c.Answer(1, ("b",))),
            (12, c.Answer(1, ("a",))),
            (13, c.Unflag(1)),
            (14, c.Pause()),
            (20, c.Resume()),
            (21, c.Reveal(1)),
            (30, c.Submit()),
        ],
    )
    first, second, third = timeline(player.state.spec, player.log)
    assert first == (
        Moment(0, Deed.FIRST_LOOK, stay_ms=8),
        Moment(5, Deed.ANSWERED, ("b",)),
        Moment(7, Deed.FLAGGED),
        Moment(9, Deed.CAME_BACK, stay_ms=6),
        Moment(10, Deed.CLEARED),
        Moment(11, Deed.ANSWERED_AGAIN, ("b",)),
        Moment(12, Deed.CHANGED, ("a",)),
        Moment(13, Deed.UNFLAGGED),
        Moment(21, Deed.REVEALED),
    )
    assert second == (Moment(8, Deed.FIRST_LOOK, stay_ms=1),)
    assert third == ()
    cell = player.state.cell(1)
    deeds = [moment.what for moment in first]
    assert deeds.count(Deed.CHANGED) == cell.changes
    assert sum(moment.stay_ms or 0 for moment in first) == cell.clock_ms
    assert deeds.count(Deed.FIRST_LOOK) + deeds.count(Deed.CAME_BACK) == cell.visits

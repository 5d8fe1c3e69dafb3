"""Data folders that exchange what was done: a person at work on each."""

import json
from pathlib import Path
from typing import Any

from qbank.block import commands as c
from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.services.views import BlockRequest
from qbank.settings import Settings
from qbank.store.tables import Base
from tests.support.stores import insert

PACK = {
    "format": "qbank-pack/1",
    "pack": {"id": "small", "title": "A small pack", "text": "markdown"},
    "questions": [
        {
            "id": f"q{n}",
            "stem": f"A man of {40 + n} comes because of case {n}.",
            "lead_in": "Which of the following is the most appropriate next step in management?",
            "key": "b",
            "options": [{"id": each, "text": f"choice {each} of {n}"} for each in "abcd"],
            "topic": f"topic {n}",
        }
        for n in range(1, 13)
    ],
}


class Machine:
    """A data folder with an application on it, and a person at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock()
        self.app = self._open()

    def _open(self) -> Application:
        return open_app(Settings(data_dir=self.folder), clock=self.clock)

    def again(self) -> None:
        """Close and start anew."""
        self.app.close()
        self.app = self._open()

    def load(self) -> None:
        """Import the pack of these tests."""
        path = self.folder / "small.json"
        path.write_text(json.dumps(PACK))
        self.app.packs.import_path(path)

    def take(self, count: int = 4, *, end: bool = True, **request: Any) -> str:
        """Take a block: some right, some wrong, one blank, one flagged; its UUID."""
        asked = BlockRequest(count=count, minutes=20, packs=("small",), seed=count, **request)
        block = self.app.build.create(asked)
        self.go_on(block, range(1, count + 1), start=True, end=end)
        return block

    def go_on(self, block: str, positions: range, *, start: bool = False, end: bool = True) -> None:
        """Answer at these positions, then hand in or leave."""
        runner = self.app.blocks.open(block)
        runner.do(c.Start() if start else c.Resume())
        for position in positions:
            if runner.state.shown != position:
                runner.do(c.Show(position))
            self.clock.advance(7_000 + 900 * position)
            if position % 4:
                runner.do(c.Answer(position, ("abcd"[position % 3],)))
                runner.do(c.Strike(position, "d"))
            if position == 2:
                runner.do(c.Answer(position, ("b",)))
                runner.do(c.Flag(position))
        runner.do(c.Submit() if end else c.Pause())
        assert runner.wait_saved(10)
        runner.close()

    def row(self, table: str, **row: Any) -> None:
        """Insert a row that no front writes yet."""
        self.app.store.write(lambda connection: insert(connection, table, row))

    def export(self, name: str = "export.json") -> Path:
        """Export to a file; its path."""
        path = self.folder / name
        self.app.portable.export(path)
        return path

    def image(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        with self.app.store.read() as connection:
            return {
                name: [tuple(row) for row in connection.execute(table.select())]
                for name, table in Base.metadata.tables.items()
            }

    def history(self) -> list[object]:
        """All that is shown of every closed block."""
        shown: list[object] = []
        for summary in self.app.history.list(include_deleted=True):
            shown.append(summary)
            if summary.closed_at is not None:
                shown.append(self.app.review.report(summary.id))
                shown += [
                    self.app.review.question(summary.id, position)
                    for position in range(1, summary.questions + 1)
                ]
        return shown

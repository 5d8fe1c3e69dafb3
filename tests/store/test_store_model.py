"""The log in the store against a dict: whatever is done, in whatever order, they hold the same."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection

from qbank.errors import ConcurrentRun, StoreCorrupt
from qbank.store import check
from qbank.store.block_log import Entry, append, read_log
from qbank.store.check import Severity
from qbank.store.purge import purge
from tests.support.stores import ROWS, insert, new_store

BLOCKS = st.sampled_from([1, 2, 3])
PAYLOADS = st.lists(st.text(max_size=12), min_size=1, max_size=4)


class _Given(Exception):
    """Makes a transaction fail."""


class LogMachine(RuleBasedStateMachine):
    """Appends, retries, conflicts, failures, new starts and purges on three blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = new_store(self.folder)
        self.model: dict[int, list[str]] = {}

    @initialize()
    def fill(self) -> None:
        self.store.write(self._fill)
        self.model = {1: [], 2: [], 3: []}

    def _fill(self, connection: Connection) -> None:
        insert(connection, "learner", ROWS["learner"][0])
        for n in (1, 2, 3):
            row = {**ROWS["block"][0], "id": n, "uuid": f"block-{n}"}
            insert(connection, "block", row)

    @staticmethod
    def _entries(first: int, payloads: list[str]) -> list[Entry]:
        return [
            Entry(seq, 10 * seq, "answered", payload, 1_000 + seq)
            for seq, payload in enumerate(payloads, start=first)
        ]

    def _append(self, block: int, entries: list[Entry]) -> None:
        self.store.write(lambda there: append(there, block, f"block-{block}", entries))

    @rule(block=BLOCKS, payloads=PAYLOADS)
    def add(self, block: int, payloads: list[str]) -> None:
        if block in self.model:
            self._append(block, self._entries(len(self.model[block]) + 1, payloads))
            self.model[block] += payloads

    @rule(block=BLOCKS, payloads=PAYLOADS, back=st.integers(1, 4))
    def retry_and_go_on(self, block: int, payloads: list[str], back: int) -> None:
        log = self.model.get(block)
        if log is not None and len(log) >= back:
            first = len(log) - back + 1
            self._append(block, self._entries(first, [*log[-back:], *payloads]))
            log += payloads

    @rule(block=BLOCKS)
    def another_in_its_place(self, block: int) -> None:
        log = self.model.get(block)
        if log:
            with pytest.raises(ConcurrentRun):
                self._append(block, self._entries(len(log), [log[-1] + "x"]))

    @rule(block=BLOCKS, payloads=PAYLOADS)
    def with_a_hole(self, block: int, payloads: list[str]) -> None:
        if block in self.model:
            with pytest.raises(StoreCorrupt):
                self._append(block, self._entries(len(self.model[block]) + 2, payloads))

    @rule(block=BLOCKS, payloads=PAYLOADS)
    def fail_after_appending(self, block: int, payloads: list[str]) -> None:
        if block not in self.model:
            return
        entries = self._entries(len(self.model[block]) + 1, payloads)

        def job(connection: Connection) -> None:
            append(connection, block, f"block-{block}", entries)
            raise _Given

        with pytest.raises(_Given):
            self.store.write(job)

    @rule()
    def start_anew(self) -> None:
        self.store.close()
        self.store = new_store(self.folder)

    @precondition(lambda self: len(self.model) > 1)
    @rule(block=BLOCKS)
    def delete_and_purge(self, block: int) -> None:
        sql = f"UPDATE block SET deleted_at = 9 WHERE id = {block}"
        self.store.write(lambda connection: connection.exec_driver_sql(sql).rowcount)
        erased = self.store.write(purge)
        assert erased.events == len(self.model.pop(block, []))

    @invariant()
    def the_store_holds_what_the_dict_holds(self) -> None:
        with self.store.read() as connection:
            for block in (1, 2, 3):
                found = [each.entry for each in read_log(connection, block)]
                assert found == self._entries(1, self.model.get(block, []))

    def teardown(self) -> None:
        self.store.close()
        found = check.contents(self.store.path, thorough=True)
        assert {each.severity for each in found} == {Severity.GOOD}
        shutil.rmtree(self.folder)


def test_the_log_is_what_a_dict_would_be() -> None:
    run_state_machine_as_test(
        LogMachine, settings=settings(max_examples=8, stateful_step_count=25, deadline=None)
    )


@pytest.mark.proof
def test_the_log_is_what_a_dict_would_be_for_long() -> None:
    run_state_machine_as_test(
        LogMachine, settings=settings(max_examples=100, stateful_step_count=50, deadline=None)
    )

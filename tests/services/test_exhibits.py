"""Pictures in the store: kept once, found by their hash, and carried to another store."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from qbank.block import commands as c
from qbank.errors import NotFound, PackError
from qbank.services.views import BlockRequest
from qbank.store.tables import ExhibitRow
from tests.support.machines import Machine

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
HASH = sha256(PNG).hexdigest()
PACK = """\
format: qbank-pack/1
pack: {id: small, title: Pictured}
questions:
  - id: q1
    lead_in: What is it?
    key: a
    options: [{id: a, text: One}, {id: b, text: Two}]
    exhibits: [{file: one.png, alt: In words}]
  - id: q2
    lead_in: What is the other one?
    key: a
    options: [{id: a, text: One}, {id: b, text: Two}]
    exhibits: [{file: again.png, alt: The same in other words}]
"""


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    """One with the pack, and another."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "one.png").write_bytes(PNG)
    (folder / "again.png").write_bytes(PNG)
    here, there = Machine(tmp_path / "here"), Machine(tmp_path / "there")
    here.app.packs.import_path(folder)
    yield here, there
    here.app.close()
    there.app.close()


def _count(machine: Machine) -> int:
    with machine.app.store.read() as connection:
        return len(connection.execute(ExhibitRow.__table__.select()).all())


def _taken(machine: Machine, tmp_path: Path) -> Path:
    """An export with a block in which the questions were."""
    block = machine.app.build.create(BlockRequest(count=2, packs=("small",), minutes=5))
    runner = machine.app.blocks.open(block)
    runner.do(c.Start())
    runner.do(c.Submit())
    assert runner.wait_saved(10)
    runner.close()
    machine.app.portable.export(tmp_path / "out.json")
    return tmp_path / "out.json"


def test_a_picture_is_kept_once_and_found_by_the_hash_of_its_text(
    machines: tuple[Machine, Machine],
) -> None:
    here, _ = machines
    assert _count(here) == 1
    block = here.app.build.create(BlockRequest(count=2, packs=("small",), order="pack"))
    texts = here.app.blocks.open(block).texts
    assert [(each.sha256, each.alt) for text in texts for each in text.exhibits] == [
        (HASH, "In words"),
        (HASH, "The same in other words"),
    ]
    found = here.app.exhibits.picture(HASH)
    assert (found.kind, found.data) == ("png", PNG)
    with pytest.raises(NotFound):
        here.app.exhibits.picture("0" * 64)


def test_another_picture_makes_another_version(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    here, _ = machines
    (tmp_path / "pack" / "one.png").write_bytes(PNG + b"more")
    (summary,) = here.app.packs.import_path(tmp_path / "pack")
    assert (summary.changed, summary.same) == (1, 1)
    assert _count(here) == 2


def test_a_picture_goes_where_the_blocks_go(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    here, there = machines
    export = _taken(here, tmp_path)
    there.app.portable.import_export(export)
    assert there.app.exhibits.picture(HASH).data == PNG
    there.app.portable.import_export(export)
    assert _count(there) == 1


def test_a_picture_that_is_not_what_its_hash_says_is_refused(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    here, there = machines
    export = _taken(here, tmp_path)
    document = json.loads(export.read_text(encoding="utf-8"))
    (picture,) = document["exhibits"]
    picture["data"] = b"#!/bin/sh".hex()
    export.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(PackError, match="nothing was changed"):
        there.app.portable.import_export(export)
    assert _count(there) == 0

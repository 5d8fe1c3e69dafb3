"""A learner's data elsewhere: the same history, merged as sets, and no damage from a bad file."""

import json
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbank.block import commands as c
from qbank.errors import NotFound, PackError, StoreError, UsageError
from qbank.services.views import BlockRequest
from qbank.store import portable
from qbank.store.tables import Base
from tests.support.machines import Machine

Item = dict[str, Any]


def _lived_in(one: Machine) -> list[str]:
    """Blocks of several kinds, and things said about them."""
    one.load()
    blocks = [one.take(4), one.take(5), one.take(3)]
    one.clock.advance(3_600_000)
    blocks.append(one.take(4, retake=blocks[0]))
    one.app.history.rename(blocks[1], "Second try")
    one.app.history.set_excluded(blocks[1], True)
    one.app.history.delete(blocks[2])
    one.app.notes.set_note(blocks[0], 1, "Look at the weight – first.")
    one.app.review.set_reason(blocks[0], 3, "misread")
    learner = one.app.learners.me().id
    one.row("preset", learner_id=learner, name="mornings", request='{"count":20}')
    with one.app.store.read() as connection:
        sql = "SELECT version_id FROM block_question ORDER BY block_id, position"
        version = connection.exec_driver_sql(sql).scalar()
    regrade = {"uuid": "r-1", "key": '["c"]', "reason": "the guideline changed"}
    one.row("regrade", version_id=version, regraded_at=7, **regrade)
    one.app.review.rebuild()
    blocks.append(one.take(6, end=False))
    return blocks


def _parts(path: Path) -> Item:
    document: Item = json.loads(path.read_text(encoding="utf-8"))
    del document["exported_at"]
    return document


def test_the_same_history_elsewhere(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    blocks = _lived_in(here)
    path = here.export()
    summary = there.app.portable.import_export(path)
    assert (summary.new, summary.changed, summary.same, summary.skipped) == (5, 0, 0, ())
    there.again()
    assert there.history() == here.history()
    assert len(there.history()) > 4
    assert there.app.learners.me().uuid == here.app.learners.me().uuid
    assert [each.id for each in there.app.blocks.resumable()] == [blocks[-1]]
    assert _parts(there.export()) == _parts(path)
    assert there.app.backup.doctor().good


def test_the_same_again_changes_nothing(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    _lived_in(here)
    path = here.export()
    there.app.portable.import_export(path)
    before = there.image()
    summary = there.app.portable.import_export(path)
    assert (summary.new, summary.changed, summary.same) == (0, 0, 5)
    assert there.image() == before
    own = here.image()
    here.app.portable.import_export(path)
    assert here.image() == own


def test_an_open_block_goes_on_elsewhere_and_comes_back(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    here.load()
    block = here.take(5, end=False)
    there.app.portable.import_export(here.export())
    there.again()
    there.go_on(block, range(1, 6), end=True)
    summary = here.app.portable.import_export(there.export())
    assert (summary.new, summary.changed, summary.same) == (0, 1, 0)
    assert here.history() == there.history()
    assert here.app.review.report(block).summary.status == "closed"
    assert here.app.backup.doctor().good


def test_a_running_block_does_not_run_twice(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    here.load()
    asked = BlockRequest(count=3, minutes=20, packs=("small",))
    block = here.app.build.create(asked)
    runner = here.app.blocks.open(block)
    runner.do(c.Start())
    assert runner.wait_saved(10)
    there.app.portable.import_export(here.export())
    there.again()
    (resumable,) = there.app.blocks.resumable()
    assert resumable.id == block
    with there.app.store.read() as connection:
        status = connection.exec_driver_sql("SELECT status FROM block").scalar()
    assert status == "paused"
    there.load()
    taken = there.take(4)
    assert there.app.review.report(taken).summary.questions == 4


def test_a_block_that_went_two_ways_stays_as_it_is(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    here.load()
    block = here.take(5, end=False)
    there.app.portable.import_export(here.export())
    there.again()
    there.clock.advance(5_000)
    here.go_on(block, range(1, 3), end=True)
    there.go_on(block, range(3, 6), end=True)
    before = there.history()
    summary = there.app.portable.import_export(here.export("later.json"))
    ((skipped),) = summary.skipped
    assert block in skipped.where
    assert "differently" in skipped.reason
    assert (summary.new, summary.changed, summary.same) == (0, 0, 0)
    assert there.history() == before


def test_a_person_who_has_blocks_is_not_mixed_with_another(
    machine: Callable[[str], Machine],
) -> None:
    mine, theirs = machine("mine"), machine("theirs")
    mine.load()
    mine.take(4)
    theirs.load()
    theirs.take(5)
    before = mine.history()
    summary = mine.app.portable.import_export(theirs.export())
    assert summary.new == 1
    assert summary.title == "The blocks of me 2"
    assert mine.history() == before
    assert [each.name for each in mine.app.learners.list()] == ["me", "me 2"]


def test_a_dry_run_changes_nothing(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    _lived_in(here)
    before = there.image()
    summary = there.app.portable.import_export(here.export(), dry_run=True)
    assert (summary.new, summary.dry_run) == (5, True)
    assert there.image() == before


def test_questions_that_came_with_blocks_can_be_searched_and_asked(
    machine: Callable[[str], Machine],
) -> None:
    here, there = machine("here"), machine("there")
    here.load()
    here.take(4)
    there.app.portable.import_export(here.export())
    assert there.app.packs.count("small", "case") == 4
    there.load()
    assert there.app.packs.count("small") == 12


def test_the_later_note_stays(machine: Callable[[str], Machine]) -> None:
    here, there = machine("here"), machine("there")
    here.load()
    block = here.take(4)
    here.app.notes.set_note(block, 1, "old")
    early = here.export("early.json")
    there.app.portable.import_export(early)
    there.again()
    there.clock.advance(100_000)
    there.app.notes.set_note(block, 1, "new")
    there.app.portable.import_export(early)
    assert there.app.review.question(block, 1).note == "new"
    here.app.portable.import_export(there.export())
    assert here.app.review.question(block, 1).note == "new"


# --- the file ---------------------------------------------------------------------------------


def test_the_file_is_its_owners_and_says_what_it_is(machine: Callable[[str], Machine]) -> None:
    here = machine("here")
    here.load()
    here.take(4)
    path = here.export()
    assert here.app.portable.recognises(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text())["format"] == "qbank-export/1"
    exported = here.app.portable.export(path)
    assert (exported.blocks, exported.questions, exported.notes) == (1, 4, 0)
    assert not list(here.folder.glob("*.part"))


def test_another_file_is_not_written_over(machine: Callable[[str], Machine]) -> None:
    here = machine("here")
    path = here.folder / "precious.json"
    path.write_text("{}")
    with pytest.raises(UsageError, match="is no export"):
        here.app.portable.export(path)
    assert path.read_text() == "{}"


def test_a_write_that_fails_leaves_the_earlier_export(
    machine: Callable[[str], Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = machine("here")
    path = here.export()
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        here.app.portable.export(path)
    assert path.read_bytes() == before
    assert not list(here.folder.glob("*.part"))
    with pytest.raises(UsageError, match="there is no folder"):
        here.app.portable.export(here.folder / "nowhere" / "export.json")


def test_every_column_travels_or_is_known_to_stay() -> None:
    derived = {"meta", "import_run", "attempt", "question_text", "question_tag"}
    inner = {name for lists in portable.INSIDE.values() for name in lists.values()}
    exported = {"learner", *portable.PARTS.values(), *inner}
    assert exported | derived == set(Base.metadata.tables)
    for name in exported:
        travels = {column.name for column in portable.columns(name)}
        stays = {column.name for column in portable.table(name).columns} - travels
        assert stays <= portable.INTERNAL | portable.LOCAL.get(name, set())


# --- damaged and hostile files ------------------------------------------------------------------

SEQ_OF_TEST = 3


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Item:
    """The document of a machine that was lived in."""
    here = Machine(tmp_path_factory.mktemp("sample"))
    try:
        _lived_in(here)
        document: Item = json.loads(here.export().read_text())
    finally:
        here.app.close()
    return document


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that nothing bad may change."""
    there = Machine(tmp_path_factory.mktemp("target"))
    there.load()
    there.take(4)
    yield there
    there.app.close()


def _refused(target: Machine, content: bytes) -> str:
    before = target.image()
    path = target.folder / "bad.json"
    path.write_bytes(content)
    with pytest.raises(PackError) as caught:
        target.app.portable.import_export(path)
    assert target.image() == before
    assert caught.value.findings
    return " ".join([caught.value.message, *(str(each) for each in caught.value.findings)])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read as JSON"),
        (b"\xff\xfe\x00", "cannot be read as JSON"),
        (b"[" * 200_000, "cannot be read as JSON"),
        (b"[" * 20 + b"]" * 20, "cannot be read as JSON"),
        (b'{"format": NaN}', "NaN is no number"),
        (b'{"format": ' + b"9" * 10_000 + b"}", "cannot be read as JSON"),
        (b"[]", "its format is not qbank-export/1"),
        (b'{"format": "qbank-pack/1"}', "its format is not qbank-export/1"),
        (b'{"format": "qbank-export/2"}', "was made by a newer qbank"),
        (b'{"format": "qbank-export/10"}', "was made by a newer qbank"),
        (b'{"format": "qbank-export/0"}', "its format is not qbank-export/1"),
        (b'{"format": "qbank-export/x"}', "its format is not qbank-export/1"),
        (b'{"format": "qbank-export/1"}', "blocks: is missing"),
    ],
)
def test_what_is_no_export(target: Machine, content: bytes, says: str) -> None:
    assert says in _refused(target, content)


def test_a_file_that_is_not_there(target: Machine, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        target.app.portable.import_export(tmp_path / "absent.json")


def test_a_file_too_large(target: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.services.portable.SIZE_LIMIT", 10)
    assert "larger than" in _refused(target, b'{"format": "qbank-export/1"}')


def test_a_file_cut_short(target: Machine, sample: Item) -> None:
    text = json.dumps(sample).encode()
    assert "cannot be read as JSON" in _refused(target, text[: len(text) // 2])


def _set(*path: str | int, to: object) -> Callable[[Item], None]:
    def change(document: Item) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


def _drop_event(document: Item) -> None:
    del document["blocks"][0]["events"][SEQ_OF_TEST]


def _hide_escape(document: Item) -> None:
    version = document["questions"][0]["versions"][0]
    content = json.loads(version["content"])
    content["stem"] += "\x1b]52;c;aGk=\x07"
    version["content"] = json.dumps(content)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set("blocks", 0, "used_ms", to="x"), "blocks[0].used_ms: a value of another kind"),
        (_set("blocks", 0, "used_ms", to=2**70), "a value of another kind"),
        (_set("blocks", 0, "excluded", to=1), "a value of another kind"),
        (_set("blocks", 0, "more", to=1), "blocks[0].more: is not known"),
        (_set("blocks", 0, to=None), "an object is expected"),
        (_set("blocks", to={}), "a list is expected"),
        (_set("blocks", 0, "events", SEQ_OF_TEST, "payload", to='{"v":1}'), "damaged at event 4"),
        (_set("blocks", 0, "events", SEQ_OF_TEST, "chain", to="00" * 16), "damaged at event 4"),
        (_set("blocks", 0, "events", SEQ_OF_TEST, "chain", to="zz"), "another kind"),
        (_drop_event, "damaged at event 5"),
        (_set("blocks", 0, "events", to=[]), "does not end as the block says"),
        (_set("blocks", 0, "status", to="paused"), "does not end as the block says"),
        (_set("blocks", 0, "status", to="lost"), "breaks a rule of the store"),
        (_set("blocks", 0, "questions", to=[]), "does not have the questions it says"),
        (_set("blocks", 0, "questions", 0, "version", to="x"), "is named and not there"),
        (_set("blocks", 0, "questions", 0, "options", to='["a"]'), "other options than it has"),
        (_set("blocks", 0, "questions", 0, "options", to='[["a"]]'), "a list of options is none"),
        (_set("blocks", 0, "questions", 0, "options", to="["), "cannot be read"),
        (_set("blocks", 0, "spec", to="{}"), "do not fit together"),
        (_set("blocks", 0, "spec", to="not json"), "do not fit together"),
        (_set("questions", 0, "versions", 0, "content", to="{}"), "do not fit together"),
        (_set("questions", 0, "versions", 0, "hash", to="0" * 32), "not what its hash"),
        (_set("questions", 0, "versions", to=[]), "lacks its current version"),
        (_set("questions", 0, "pack", to="other"), "is named and not there"),
        (_hide_escape, "characters that may not be stored"),
        (_set("packs", 0, "manifest", to="{}"), "do not fit together"),
        (_set("regrades", 0, "key", to='["z"]'), "names no option"),
        (_set("notes", 0, "question", to="z"), "is named and not there"),
        (_set("notes", 0, "question", to=None), "a name is expected"),
        (_set("presets", 0, "request", to="{"), "cannot be read"),
        (_set("learner", "kind", to="robot"), "breaks a rule of the store"),
        (_set("exported_at", to="now"), "a number of milliseconds"),
    ],
)
def test_what_does_not_fit_changes_nothing(
    target: Machine, sample: Item, change: Callable[[Item], None], says: str
) -> None:
    document = deepcopy(sample)
    change(document)
    assert says in _refused(target, json.dumps(document).encode())


def _places(data: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs: Iterator[tuple[str | int, object]]
    if isinstance(data, dict):
        pairs = iter(data.items())
    elif isinstance(data, list):
        pairs = iter(enumerate(data))
    else:
        return
    for name, value in pairs:
        yield (*at, name)
        yield from _places(value, (*at, name))


HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["", "[]", "{}", "null", '"x"', "[1]", "\x1b[2J", "\u202e", "../../x", "0" * 32]
    ),
    st.just([]),
    st.just({}),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_any_change_is_taken_or_refused_whole(
    target: Machine, sample: Item, data: st.DataObject
) -> None:
    document = deepcopy(sample)
    places = list(_places(document))
    at = data.draw(st.sampled_from(places))
    _set(*at, to=data.draw(HOSTILE))(document)
    path = target.folder / "fuzzed.json"
    path.write_text(json.dumps(document))
    before = target.image()
    with suppress(PackError):
        target.app.portable.import_export(path, dry_run=True)
    assert target.image() == before

"""Packs: bringing them in, all or nothing, again and again; listing, searching, looking."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from qbank.bootstrap import Application, open_app
from qbank.clock import ManualClock
from qbank.errors import ConcurrentRun, NotFound, PackError, StoreError
from qbank.importers import registry
from qbank.services.packs import PackService
from qbank.services.views import ImportSummary, Seen
from qbank.settings import load_settings
from qbank.store.packs import BATCH, PackWriter
from qbank.store.tables import Base, ImportRunRow, QuestionRow, QuestionTagRow, QuestionVersionRow
from tests.support.shared import shared

STEM = "A {n}-year-old man has chest pain that spreads to the left arm."
STEP = "Which of the following is the most appropriate next step in management?"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    settings = load_settings(environ={}, data_dir=tmp_path / "data")
    with open_app(settings, clock=ManualClock()) as application:
        yield application


def card(n: int, **changes: Any) -> dict[str, Any]:
    """A native question."""
    return {
        "id": f"q-{n}",
        "stem": STEM.format(n=n + 20),
        "lead_in": STEP,
        "key": "ecg",
        "options": [
            {"id": "ecg", "text": "Electrocardiography", "why": "It is quick."},
            {"id": "ct", "text": "Angiography", "why": "It is slow."},
            {"id": "wait", "text": "Observation"},
        ],
        "explanation": "Unmistakable reasoning about ischemia.",
        **changes,
    }


def put(folder: Path, *cards: dict[str, Any], pack: str = "test-pack") -> Path:
    """A native pack file of these questions."""
    path = folder / f"{pack}.json"
    manifest = {"id": pack, "title": f"Title of {pack}", "licence": "CC0-1.0"}
    document = {"format": "qbank-pack/1", "pack": manifest, "questions": cards}
    path.write_text(json.dumps(document, indent=1))
    return path


def bring(app: Application, path: Path, **options: Any) -> ImportSummary:
    """Import the one pack at a path."""
    (summary,) = app.packs.import_path(path, **options)
    return summary


def counts(summary: ImportSummary) -> tuple[int, int, int, int, int]:
    """New, changed, same, skipped, retired."""
    skipped = len(summary.skipped)
    return summary.new, summary.changed, summary.same, skipped, summary.retired


def dump(app: Application) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with app.store.read() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in Base.metadata.tables.items()
        }


def check_index(app: Application) -> None:
    """FTS5's own check of the index against the texts; raises where they differ."""

    def job(connection: Connection) -> None:
        command = "INSERT INTO question_fts (question_fts, rank) VALUES ('integrity-check', 1)"
        connection.execute(text(command))

    app.store.write(job)


def test_the_first_import_is_new_the_second_the_same(app: Application, tmp_path: Path) -> None:
    path = put(tmp_path, card(1), card(2))
    assert counts(bring(app, path)) == (2, 0, 0, 0, 0)
    before = dump(app)
    assert counts(bring(app, path)) == (0, 0, 2, 0, 0)
    after = dump(app)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"import_run"}
    check_index(app)


def test_a_copy_is_kept_before_keys_change(app: Application, tmp_path: Path) -> None:
    bring(app, put(tmp_path, card(1), card(2)))
    before = dump(app)
    assert app.backup.list() == ()
    bring(app, put(tmp_path, card(1, stem="Another case."), card(2)))
    assert bring(app, put(tmp_path, card(1, key="ct"), card(2)), dry_run=True).changed == 1
    assert app.backup.list() == ()
    bring(app, put(tmp_path, card(1), card(2)))
    assert bring(app, put(tmp_path, card(1, key="ct"), card(2))).changed == 1
    (copy,) = app.backup.list()
    assert copy.reason == "before-import"
    with closing(sqlite3.connect(copy.path)) as connection:
        old = connection.execute("SELECT id, key, current_hash FROM question").fetchall()
    assert sorted(old) == sorted((row[0], row[2], row[4]) for row in before["question"])
    assert app.packs.preview("test-pack", "q-1")[1].key == ("ct",)


def test_keys_stay_where_no_copy_can_be_made(app: Application, tmp_path: Path) -> None:
    bring(app, put(tmp_path, card(1)))
    app.settings.paths.backups.write_text("in the way")
    before = dump(app)
    with pytest.raises(StoreError, match="cannot hold copies"):
        bring(app, put(tmp_path, card(1, key="ct")))
    assert dump(app) == before


def test_a_corrected_key_is_changed_and_the_old_version_stays(
    app: Application, tmp_path: Path
) -> None:
    bring(app, put(tmp_path, card(1), card(2)))
    versions = set(dump(app)["question_version"])
    assert counts(bring(app, put(tmp_path, card(1), card(2, key="ct")))) == (0, 1, 1, 0, 0)
    after = set(dump(app)["question_version"])
    assert versions < after
    assert len(after - versions) == 1
    assert counts(bring(app, put(tmp_path, card(1), card(2)))) == (0, 1, 1, 0, 0)
    assert set(dump(app)["question_version"]) == after, "a version that is there is not made again"
    assert app.packs.preview("test-pack", "q-2")[1].key == ("ecg",)
    check_index(app)


def test_a_question_that_left_is_retired_and_may_come_back(
    app: Application, tmp_path: Path
) -> None:
    bring(app, put(tmp_path, card(1), card(2), card(3)))
    assert counts(bring(app, put(tmp_path, card(3), card(1)))) == (0, 0, 2, 0, 1)
    assert [hit.question for hit in app.packs.questions("test-pack")] == ["q-3", "q-1"]
    assert counts(bring(app, put(tmp_path, card(2), card(3), card(1)))) == (0, 0, 3, 0, 0)
    assert [hit.question for hit in app.packs.questions("test-pack")] == ["q-2", "q-3", "q-1"]


def test_a_manifest_that_shares_nothing_retires_everything(
    app: Application, tmp_path: Path
) -> None:
    bring(app, put(tmp_path, card(1), card(2)))
    assert counts(bring(app, put(tmp_path, card(3)))) == (1, 0, 0, 0, 2)


def test_another_file_of_the_same_name_adds_to_the_pack_and_says_so(
    app: Application, tmp_path: Path
) -> None:
    path = tmp_path / "test.csv"
    path.write_text("question,A,B,answer\nWhich one?,x,y,A\nWhich two?,x,y,B\n")
    bring(app, path)
    path.write_text("question,A,B,answer\nWhich three?,x,y,A\n")
    summary = bring(app, path)
    assert counts(summary) == (1, 0, 0, 0, 0)
    assert "held 2 other questions" in summary.notes[0]
    assert app.packs.count("test") == 3


def test_many_batches_are_as_good_as_one(app: Application, tmp_path: Path) -> None:
    number = 2 * BATCH + 7
    path = put(tmp_path, *(card(n) for n in range(number)))
    seen: list[tuple[int, int | None]] = []
    summary = bring(app, path, progress=lambda done, total: seen.append((done, total)))
    assert counts(summary) == (number, 0, 0, 0, 0)
    assert seen == sorted(seen)
    assert seen[-1] == (number, number)
    moved = [card(n, key="ct") if n % 3 == 0 else card(n) for n in reversed(range(number))]
    changed = len(range(0, number, 3))
    assert counts(bring(app, put(tmp_path, *moved))) == (0, changed, number - changed, 0, 0)
    check_index(app)


def test_a_dry_run_says_what_an_import_would_do_and_does_nothing(
    app: Application, tmp_path: Path
) -> None:
    bring(app, put(tmp_path, card(1), card(2)))
    path = put(tmp_path, card(1, key="ct"), card(3))
    before = dump(app)
    dry = bring(app, path, dry_run=True)
    assert dry.dry_run
    assert dump(app) == before
    assert counts(bring(app, path)) == counts(dry) == (1, 1, 0, 0, 1)


def test_one_faulty_pack_of_a_folder_takes_none(app: Application, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    put(folder, card(1), pack="a-good")
    put(folder, card(2, key="nowhere"), pack="b-faulty")
    before = dump(app)
    with pytest.raises(PackError) as caught:
        app.packs.import_path(folder)
    assert [each.field for each in caught.value.findings] == ["questions[1].key"]
    assert dump(app) == before


def test_a_file_without_a_question_that_can_be_taken_leaves_nothing(
    app: Application, tmp_path: Path
) -> None:
    before = dump(app)
    path = tmp_path / "keyless.csv"
    path.write_text("question,A,B,answer\nWhich?,one,two,\nWho?,Ann,Bob,\n")
    assert counts(bring(app, path)) == (0, 0, 0, 2, 0)
    assert dump(app) == before


def test_a_pack_keeps_its_questions_where_a_later_file_has_none_to_take(
    app: Application, tmp_path: Path
) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("question,A,B,answer\nWhich?,one,two,A\n")
    bring(app, path)
    before = dump(app)
    path.write_text("question,A,B,answer\nWhich?,one,two,\n")
    assert counts(bring(app, path)) == (0, 0, 0, 1, 0)
    assert dump(app) == before


@pytest.mark.parametrize("name", ["qbank-export/1", "qbank-export/9", "qbank-log/1"])
def test_a_learners_data_is_no_pack(app: Application, tmp_path: Path, name: str) -> None:
    before = dump(app)
    path = tmp_path / "full.json"
    question = {"question": "Which?", "options": ["one", "two"], "answer": "A"}
    path.write_text(json.dumps({"format": name, "questions": [question]}))
    with pytest.raises(PackError) as caught:
        bring(app, path)
    assert "no pack" in caught.value.findings[0].problem
    assert dump(app) == before


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_failure_in_the_middle_changes_nothing(
    app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    bring(app, put(tmp_path, *(card(n) for n in range(10))))
    before = dump(app)
    write, calls = PackWriter._write, 0

    def failing(writer: PackWriter, *rows: Any) -> None:
        nonlocal calls
        calls += 1
        write(writer, *rows)
        if calls == at:
            raise MemoryError("no more")

    monkeypatch.setattr(PackWriter, "_write", failing)
    path = put(tmp_path, *(card(n, key="ct") for n in range(3 * BATCH)))
    with pytest.raises(MemoryError):
        app.packs.import_path(path)
    assert dump(app) == before
    check_index(app)
    monkeypatch.undo()
    assert counts(bring(app, path)) == (3 * BATCH - 10, 10, 0, 0, 0)


def test_an_import_that_is_called_off_changes_nothing(app: Application, tmp_path: Path) -> None:
    class CalledOff(Exception):
        """What a front raises where its person has had enough."""

    def stop(done: int, _total: int | None) -> None:
        raise CalledOff(done)

    before = dump(app)
    with pytest.raises(CalledOff):
        bring(app, put(tmp_path, card(1)), progress=stop)
    assert dump(app) == before


def test_each_import_is_remembered_with_what_it_skipped(app: Application, tmp_path: Path) -> None:
    path = tmp_path / "cards.csv"
    path.write_bytes(b"question,A,B,answer,extra\nWh\xefch?,x,y,A,\nNo key?,x,y,,\n")
    summary = bring(app, path)
    query = select(ImportRunRow.__table__).order_by(ImportRunRow.id.desc())
    with app.store.read() as connection:
        run = connection.execute(query).mappings().first()
    assert run is not None
    assert (run["source"], run["format"], run["new"], run["skipped"]) == ("cards.csv", "csv", 1, 1)
    assert json.loads(run["detail"]) == {
        "skipped": [["cards.csv:3", "no key"]],
        "notes": [
            "Columns left out: extra.",
            "Line 2 is not UTF-8 and was read as Windows-1252.",
        ],
    }
    assert summary.notes == tuple(json.loads(run["detail"])["notes"])


def test_the_authors_word_goes_before_the_rules(app: Application, tmp_path: Path) -> None:
    said = card(
        1, next_step="preventive", task="prevention", system="cardiovascular", area="rhythm"
    )
    said |= {"tags": ["one"], "topic": "Angina", "disciplines": ["medicine"], "overlays": []}
    bring(app, put(tmp_path, said, card(2), card(3, lead_in="What is the most likely diagnosis?")))
    version = QuestionVersionRow
    query = (
        select(version.next_step, version.next_step_source, version.task, version.system)
        .add_columns(version.lead_in_family, version.rule_version != "")
        .join(QuestionRow, QuestionRow.id == version.question_id)
        .where(QuestionRow.key.like("q-%"))
        .order_by(QuestionRow.key)
    )
    with app.store.read() as connection:
        rows = list(map(tuple, connection.execute(query)))
        tags = select(QuestionTagRow.kind, QuestionTagRow.value, QuestionRow.key).join(
            QuestionRow, QuestionRow.id == QuestionTagRow.question_id
        )
        labels = {tuple(row[:2]) for row in connection.execute(tags) if row.key == "q-1"}
    assert rows[0] == ("preventive", "author", "prevention", "cardiovascular", "NBS", False)
    assert rows[1] == ("mixed", "rule", "mixed_management", "", "NBS", True)
    assert rows[2][:4] == ("none", "rule", "diagnosis", "")
    assert labels == {("tag", "one"), ("topic", "Angina"), ("discipline", "medicine")}


def test_search_finds_words_of_the_text_and_never_the_reasons(
    app: Application, tmp_path: Path
) -> None:
    bring(app, put(tmp_path, card(1, stem="A zebra has a cough."), card(2)))
    assert [hit.question for hit in app.packs.questions(text="zeb")] == ["q-1"]
    assert app.packs.count(text="zebra cough electrocardiography") == 1
    assert app.packs.count(text="unmistakable") == 0
    assert app.packs.count("test-pack", "chest") == 1
    bring(app, put(tmp_path, card(1, stem="A giraffe has a cough.")))
    assert [app.packs.count(text=word) for word in ("zebra", "giraffe", "spreads")] == [0, 1, 0]


@pytest.mark.parametrize("typed", ['"', "NEAR(", "a AND", "answer_key:x", "%", "*", "\0", "-", "^"])
def test_anything_may_be_typed_into_the_search(
    app: Application, tmp_path: Path, typed: str
) -> None:
    bring(app, put(tmp_path, card(1)))
    assert len(app.packs.questions(text=typed)) == app.packs.count(text=typed)


def test_questions_come_in_pages(app: Application, tmp_path: Path) -> None:
    bring(app, put(tmp_path, *(card(n) for n in range(12))))
    pages = [app.packs.questions("test-pack", limit=5, offset=start) for start in (0, 5, 10)]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert len({hit.question for page in pages for hit in page}) == 12
    assert app.packs.count("test-pack") == 12


def test_a_pack_is_listed_with_its_counts(app: Application, tmp_path: Path) -> None:
    bring(app, put(tmp_path, card(1), card(2), card(3, lead_in="What is the diagnosis?")))
    shipped, listed = app.packs.list()
    assert shipped.shipped
    assert (listed.id, listed.title, listed.licence) == (
        "test-pack",
        "Title of test-pack",
        "CC0-1.0",
    )
    assert (listed.questions, listed.fresh, listed.next_steps) == (3, 3, 2)
    assert not listed.shipped


def test_a_preview_shows_the_question_and_apart_from_it_the_reasons(
    app: Application, tmp_path: Path
) -> None:
    bring(app, put(tmp_path, card(1)))
    (hit,) = app.packs.questions("test-pack")
    assert (hit.lead_in, hit.seen) == (STEP, Seen.UNUSED)
    assert hit.opening == STEM.format(n=21)
    shown, reasons = app.packs.preview(hit.pack, hit.question)
    assert shown.options[0].text == "Electrocardiography"
    assert not hasattr(shown, "key")
    assert reasons.key == ("ecg",)
    assert reasons.options[0].why == "It is quick."


def test_unknown_names_name_the_nearest(app: Application, tmp_path: Path) -> None:
    bring(app, put(tmp_path, card(1)))
    for call in (
        lambda: app.packs.questions("test-pak"),
        lambda: app.packs.count("test-pak"),
        lambda: app.packs.preview("test-pak", "q-1"),
    ):
        with pytest.raises(NotFound) as caught:
            call()
        assert "'test-pack'" in caught.value.hint
    with pytest.raises(NotFound) as caught:
        app.packs.preview("test-pack", "q1")
    assert "'q-1'" in caught.value.hint


def test_a_store_that_only_reads_refuses_and_lists(app: Application, tmp_path: Path) -> None:
    path = put(tmp_path, card(1))
    settings = app.settings
    app.close()
    with open_app(settings, write=False) as reading:
        assert reading.packs.load_shipped() == ()
        assert len(reading.packs.list()) == 1
        with pytest.raises(ConcurrentRun):
            reading.packs.import_path(path)


def test_shipped_packs_are_loaded_once_and_again_when_they_change(
    app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "README.md").write_text("About these packs.")
    put(folder, card(1), card(2), pack="ours")
    packs = PackService(app.store, app.clock, lambda: 1, app.backup.before_import, lambda: folder)
    assert [counts(each) for each in packs.load_shipped()] == [(2, 0, 0, 0, 0)]
    with monkeypatch.context() as patched:
        patched.setattr(registry, "open_path", None)
        assert packs.load_shipped() == ()
    put(folder, card(1, key="ct"), card(2), pack="ours")
    assert [counts(each) for each in packs.load_shipped()] == [(0, 1, 1, 0, 0)]
    assert {each.id: each.shipped for each in packs.list()}["ours"]
    bring(app, put(tmp_path, card(1), card(2), pack="ours"))
    assert {each.id: each.shipped for each in packs.list()}["ours"], "it came with the program"


def test_a_program_without_packs_starts(app: Application, tmp_path: Path) -> None:
    packs = PackService(
        app.store, app.clock, lambda: 1, app.backup.before_import, lambda: tmp_path / "nowhere"
    )
    assert packs.load_shipped() == ()


def test_a_real_data_set_is_new_once_and_the_same_afterwards(app: Application) -> None:
    path = shared("samples", "jsonl", "medqa-us-5options_test_1273.jsonl")
    assert counts(bring(app, path)) == (1273, 0, 0, 0, 0)
    assert counts(bring(app, path)) == (0, 0, 1273, 0, 0)
    check_index(app)


@pytest.mark.every_pack
def test_every_shipped_pack_is_there_at_the_first_start(tmp_path: Path) -> None:
    with open_app(load_settings(data_dir=tmp_path / "data", environ={})) as app:
        packs = app.packs.list()
        assert [pack.id for pack in packs] == [*(f"block-{n}" for n in range(1, 9)), "starter"]
        assert {pack.questions for pack in packs} == {20}
        assert {pack.next_steps for pack in packs} == {10}
        assert app.packs.load_shipped() == ()
        first = app.home.view().doors[1].request
        assert first is not None
        assert first.packs == ("starter",)

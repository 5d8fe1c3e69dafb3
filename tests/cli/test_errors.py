"""What cannot be: one clear line, the documented exit code, nothing lost."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from qbank.cli import output
from qbank.clock import SystemClock
from qbank.store.lock import take
from tests.cli.conftest import Qbank

ROOT = Path(__file__).resolve().parents[2]


def test_an_unknown_command_names_the_nearest(qbank: Qbank) -> None:
    said = qbank("histroy")
    assert said.code == 2
    assert "'history'" in said.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["history", "--jsn"], "--json"),
        (["import", "bank.csv", "--format", "nativ"], "native"),
        (["show", "99"], "99"),
        (["simulate", "--blocks", "1", "--seed", "1", "--profile", "stedy"], "steady"),
    ],
)
def test_an_unknown_word_is_named_with_the_nearest(
    qbank: Qbank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], named: str
) -> None:
    (tmp_path / "bank.csv").write_text("question,A,B,answer\nWhat?,x,y,A\n")
    monkeypatch.chdir(tmp_path)
    said = qbank(*arguments)
    assert said.code == 2
    assert named in said.err


def test_an_unknown_file_names_the_nearest(
    qbank: Qbank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "renal.yaml").write_text("{}")
    monkeypatch.chdir(tmp_path)
    said = qbank("import", "renal.yml")
    assert said.code == 2
    assert "renal.yaml" in said.err


def test_a_broken_pack_changes_nothing_and_says_where(qbank: Qbank, tmp_path: Path) -> None:
    before = qbank("packs", "--json").data
    pack = tmp_path / "broken.yaml"
    pack.write_text(
        "format: qbank-pack/1\n"
        "pack: {id: broken, title: Broken, version: 1.0.0, language: en, licence: CC0-1.0}\n"
        "questions:\n"
        "  - id: one\n"
        "    stem: A man has a fever.\n"
        "    lead_in: What is it?\n"
        "    key: c\n"
        "    options:\n"
        "      - {id: a, text: Flu}\n"
        "      - {id: b, txt: Gout}\n"
    )
    said = qbank("import", pack)
    assert said.code == 2
    assert "broken.yaml:10" in said.err
    assert "txt" in said.err
    assert "text" in said.err
    assert qbank("packs", "--json").data == before


def test_a_store_of_a_newer_qbank_is_left_alone(qbank: Qbank, data_dir: Path) -> None:
    qbank("db", "upgrade")
    database = data_dir / "qbank.db"
    with sqlite3.connect(database) as store:
        store.execute("PRAGMA user_version = 9999")
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    content = database.read_bytes()
    for command in ("packs", "history", "db upgrade", "simulate --blocks 1 --seed 1"):
        said = qbank(*command.split())
        assert said.code == 3
        assert "newer qbank" in said.err
    assert database.read_bytes() == content


@pytest.mark.parametrize("command", ["doctor", "db check"])
def test_a_check_does_not_call_a_newer_or_foreign_store_damaged(
    qbank: Qbank, data_dir: Path, command: str
) -> None:
    qbank("db", "upgrade")
    database = data_dir / "qbank.db"
    for change, word in (("user_version = 9999", "newer qbank"), ("application_id = 5", "not one")):
        with sqlite3.connect(database) as store:
            store.execute(f"PRAGMA {change}")
        store.close()
        said = qbank(*command.split())
        assert said.code == 3
        assert word in said.err
        assert "damage" not in said.out + said.err
        assert "qbank restore" not in said.out + said.err


@pytest.mark.parametrize("command", ["history", "packs", "history --json"])
def test_an_empty_file_is_as_good_as_no_store(qbank: Qbank, data_dir: Path, command: str) -> None:
    data_dir.mkdir()
    (data_dir / "qbank.db").touch()
    assert qbank(*command.split()).code == 0
    assert qbank("db", "check").code == 0


def test_there_is_nothing_to_copy_in_an_empty_file(qbank: Qbank, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "qbank.db").touch()
    said = qbank("backup")
    assert said.code == 3
    assert "there is no store" in said.err


def test_an_export_of_a_newer_qbank_is_refused(
    qbank: Qbank, data_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "full.json"
    qbank("simulate", "--blocks", 1, "--seed", 1)
    assert qbank("export", file).code == 0
    file.write_text(file.read_text().replace("qbank-export/1", "qbank-export/9"))
    before = qbank("packs", "--json").data
    said = qbank("import", file)
    assert said.code == 2
    assert "made by a newer qbank" in said.err
    assert qbank("packs", "--json").data == before


def test_rows_that_are_all_skipped_are_wrong_input(qbank: Qbank, tmp_path: Path) -> None:
    keyless = tmp_path / "keyless.csv"
    keyless.write_text("question,A,B,answer\nWhich?,one,two,\n")
    before = qbank("packs", "--json").data
    said = qbank("import", "--json", keyless)
    assert said.code == 2
    assert (said.data["new"], len(said.data["skipped"])) == (0, 1)
    assert qbank("packs", "--json").data == before
    good = tmp_path / "good.csv"
    good.write_text("question,A,B,answer\nWhich?,one,two,A\n")
    assert qbank("import", keyless, good).code == 0


def test_a_path_that_cannot_be_read_stops_the_import_of_all(qbank: Qbank, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.yaml"
    good.write_text("question,A,B,answer\nWhich?,one,two,A\n")
    bad.write_text("format: qbank-pack/1\n")
    before = qbank("packs", "--json").data
    said = qbank("import", "--json", good, bad)
    assert (said.code, said.out) == (2, "")
    assert "bad.yaml" in said.err
    assert qbank("packs", "--json").data == before


def test_a_broken_line_says_what_is_wrong_with_it(qbank: Qbank, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text('\n{"question": "Which?", "options": ["one", "two"], "answer": "A"\n')
    said = qbank("import", file)
    assert said.code == 2
    assert "one.jsonl:2: no valid JSON" in said.err


def test_what_is_like_nothing_gets_no_guess(qbank: Qbank) -> None:
    said = qbank("frobnicate")
    assert said.code == 2
    assert "Did you mean" not in said.err


def test_an_unknown_learner_names_those_there_are(qbank: Qbank) -> None:
    qbank("db", "upgrade")
    said = qbank("history", "--learner", "bob")
    assert said.code == 2
    assert "'me'" in said.err


def test_a_folder_that_is_not_there_is_wrong_input(qbank: Qbank, tmp_path: Path) -> None:
    qbank("db", "upgrade")
    for command, name in (("export", "all.json"), ("backup", "copy.db")):
        said = qbank(command, tmp_path / "nowhere" / name)
        assert said.code == 2
        assert "there is no folder" in said.err


def test_an_open_block_is_said_to_wait(qbank: Qbank, data_dir: Path) -> None:
    from qbank.block.commands import Answer, Start
    from qbank.bootstrap import open_app
    from qbank.services.views import BlockRequest
    from qbank.settings import load_settings

    with open_app(load_settings(data_dir=data_dir)) as app:
        runner = app.blocks.open(app.build.create(BlockRequest(count=5)))
        runner.do(Start())
        runner.do(Answer(1, (runner.spec.slots[0].options[0],)))
        runner.leave()
    listed = qbank("history")
    assert (listed.code, listed.out) == (0, "")
    assert "Your open block waits" in listed.err
    assert "No block yet" not in listed.err
    shown = qbank("show", 1)
    assert shown.code == 2
    assert "still open" in shown.err
    assert "Your open block waits" in shown.err


def test_a_file_that_is_no_store(qbank: Qbank, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "qbank.db").write_text("shopping list\n" * 100)
    said = qbank("history")
    assert said.code == 3
    assert "no database" in said.err
    assert (data_dir / "qbank.db").read_text().startswith("shopping list")


def test_a_second_qbank_may_read_but_not_write(qbank: Qbank, data_dir: Path) -> None:
    qbank("db", "upgrade")
    lock = take(data_dir / "qbank.lock", SystemClock())
    try:
        assert qbank("packs").code == 0
        assert qbank("history", "--json").code == 0
        said = qbank("simulate", "--blocks", 1, "--seed", 1)
        assert said.code == 4
        assert str(os.getpid()) in said.err
    finally:
        lock.release()
    assert qbank("simulate", "--blocks", 1, "--seed", 1).code == 0


def test_a_persons_store_is_not_simulated_into_unasked(qbank: Qbank, data_dir: Path) -> None:
    from qbank.block.commands import Answer, Start, Submit
    from qbank.bootstrap import open_app
    from qbank.services.views import BlockRequest
    from qbank.settings import load_settings

    app = open_app(load_settings(data_dir=data_dir))
    runner = app.blocks.open(app.build.create(BlockRequest(count=5)))
    runner.do(Start())
    runner.do(Answer(1, (runner.spec.slots[0].options[0],)))
    runner.do(Submit())
    app.close()
    said = qbank("simulate", "--blocks", 1, "--seed", 1)
    assert said.code == 2
    assert "--as simulated" in said.err
    assert qbank("simulate", "--blocks", 2, "--seed", 1, "--as", "simulated").code == 0
    assert len(qbank("history", "--json").data) == 1
    assert len(qbank("history", "--learner", "simulated", "--json").data) == 2


def test_without_a_terminal_the_app_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qbank"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "needs a terminal" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_reader_that_leaves_is_no_failure(qbank: Qbank, data_dir: Path) -> None:
    qbank("simulate", "--blocks", 30, "--seed", 1)
    done = subprocess.run(
        f"{sys.executable} -m qbank --data-dir {data_dir} history | head -1;"
        " echo ${PIPESTATUS[0]}",
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.count("Traceback") == 0
    assert done.stdout.splitlines()[-1] == "0"


def test_a_fault_of_ours_is_one_line_and_a_log(
    qbank: Qbank, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qbank import bootstrap

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a stem with a secret in it")

    monkeypatch.setattr(bootstrap, "open_app", broken)
    said = qbank("packs")
    assert said.code == 1
    assert "Traceback" not in said.err
    log = (data_dir / "qbank.log").read_text()
    assert "ZeroDivisionError" in log
    assert "secret" not in log + said.err
    assert "Traceback" in qbank("--debug", "packs").err


def test_pack_text_cannot_act_on_the_shell(
    qbank: Qbank, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output.table(("a",), [("\x1b]52;c;aGk=\x07\x9b31m\u202ex\u2066",)])
    written = capsys.readouterr().out
    assert not set(written) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"}

"""The commands as a person or a script calls them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from qbank.cli.main import COMMANDS, run
from qbank.settings import Settings
from qbank.store import migrate, schema
from qbank.store.backup import backups
from tests.cli.conftest import Qbank, no_app
from tests.migrations.test_recipe import REBUILD_BLOCK, Later
from tests.support.shared import shared

ROOT = Path(__file__).resolve().parents[2]
UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


def follows(name: str, value: object) -> None:
    """Hold printed JSON to its published schema."""
    schema = json.loads((ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)


@pytest.fixture
def small_bank(tmp_path: Path) -> Path:
    """A CSV of three questions, one of them without a key."""
    path = tmp_path / "small.csv"
    path.write_text(
        "question,A,B,C,answer\n"
        "A man has a fever. What is most likely?,Flu,Gout,Asthma,A\n"
        "A woman has a swollen toe. What is most likely?,Flu,Gout,Asthma,B\n"
        "A child wheezes. What is most likely?,Flu,Gout,Asthma,\n"
    )
    return path


def test_every_command_has_help(qbank: Qbank) -> None:
    for name in COMMANDS:
        said = qbank(name, "--help")
        assert said.code == 0
        assert name in said.out
        assert said.err == ""


def test_without_a_command_the_app_opens_with_the_settings(data_dir: Path) -> None:
    opened: list[Settings] = []

    def show(settings: Settings, first: object = None, *, images: bool = False) -> int:
        assert first is None
        opened.append(settings)
        return 7

    assert run(["--data-dir", str(data_dir)], show) == 7
    assert [settings.paths.data_dir for settings in opened] == [data_dir]


def test_help_lists_every_command(qbank: Qbank) -> None:
    listed = qbank("--help").out
    assert all(f"\n  {name} " in listed for name in COMMANDS)


def test_import_twice_is_import_once(qbank: Qbank, small_bank: Path) -> None:
    first = qbank("import", "--json", small_bank)
    again = qbank("import", "--json", small_bank)
    follows("import", first.data)
    assert first.code == again.code == 0
    assert (first.data["new"], first.data["same"]) == (2, 0)
    assert (again.data["new"], again.data["same"]) == (0, 2)
    assert [row["where"].endswith(":4") for row in first.data["skipped"]] == [True]
    assert first.data["skipped"] == again.data["skipped"]


def test_a_dry_run_changes_nothing(qbank: Qbank, small_bank: Path) -> None:
    before = qbank("packs", "--json").data
    dry = qbank("import", "--dry-run", "--json", small_bank)
    assert dry.data["new"] == 2
    assert qbank("packs", "--json").data == before


def test_words_are_on_stderr_and_data_on_stdout(qbank: Qbank, small_bank: Path) -> None:
    said = qbank("import", small_bank)
    assert said.out.count("\n") == 1
    assert "2 new" in said.out
    assert "small.csv" in said.err


def test_packs_follow_their_schema(qbank: Qbank) -> None:
    packs = qbank("packs", "--json").data
    follows("packs", packs)
    assert [pack["shipped"] for pack in packs] == [True] * len(packs)
    assert "starter" in qbank("packs").out


def test_simulated_history_agrees_with_its_blocks(qbank: Qbank) -> None:
    assert qbank("simulate", "--blocks", 4, "--seed", 7).code == 0
    history = qbank("history", "--json").data
    follows("history", history)
    assert len(history) == 4
    for number, line in zip(range(4, 0, -1), history, strict=True):
        by_number = qbank("show", number, "--json").data
        follows("show", by_number)
        attempts = by_number.pop("attempts")
        assert by_number == line
        assert sum(each["clock_ms"] for each in attempts) == line["used_ms"]
        for outcome in ("correct", "omitted", "unreached"):
            assert sum(each["outcome"] == outcome for each in attempts) == line[outcome]
        assert qbank("show", line["id"], "--json").data["id"] == line["id"]
        assert qbank("show", line["id"][:13], "--json").data["id"] == line["id"]


def test_simulated_answers_are_labelled(qbank: Qbank) -> None:
    qbank("simulate", "--blocks", 1, "--seed", 1)
    assert "simulated" in qbank("history").err
    assert qbank("history", "--learner", "simulated", "--json").data
    wrong = qbank("history", "--learner", "simulatd")
    assert wrong.code == 2
    assert "'simulated'" in wrong.err


def test_show_prints_a_table(qbank: Qbank) -> None:
    qbank("simulate", "--blocks", 1, "--seed", 3)
    said = qbank("show", 1)
    assert said.code == 0
    assert said.out.count("\n") > 20
    assert " of 20 right" in said.out


def test_export_and_import_give_the_same_history(
    qbank: Qbank, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    qbank("simulate", "--blocks", 3, "--seed", 5)
    history = qbank("history", "--json").data
    shown = [qbank("show", line["id"], "--json").data for line in history]
    file = tmp_path / "everything.json"
    assert qbank("export", file).code == 0
    elsewhere = ["--data-dir", str(tmp_path / "elsewhere")]
    for _ in range(2):
        assert run([*elsewhere, "import", str(file)], no_app) == 0
    capsys.readouterr()
    assert run([*elsewhere, "history", "--json"], no_app) == 0
    assert json.loads(capsys.readouterr().out) == history
    for each in shown:
        run([*elsewhere, "show", each["id"], "--json"], no_app)
        assert json.loads(capsys.readouterr().out) == each


def test_one_is_not_many(qbank: Qbank, tmp_path: Path) -> None:
    said = qbank("simulate", "--blocks", 1, "--seed", 5)
    assert said.err.startswith("1 block of")
    assert qbank("export", tmp_path / "all.json").err.startswith("1 block and 0 notes are in")
    assert qbank("db", "rebuild-attempts").out.startswith("1 block, ")


def test_a_backup_can_be_restored(qbank: Qbank, tmp_path: Path) -> None:
    qbank("simulate", "--blocks", 2, "--seed", 1)
    history = qbank("history", "--json").data
    copy = tmp_path / "copy.db"
    assert qbank("backup", copy).code == 0
    qbank("simulate", "--blocks", 1, "--seed", 2)
    assert len(qbank("history", "--json").data) == 3
    said = qbank("restore", "--yes", copy)
    assert said.code == 0
    assert qbank("history", "--json").data == history


def test_rebuilding_attempts_changes_nothing(qbank: Qbank) -> None:
    qbank("simulate", "--blocks", 2, "--seed", 1)
    assert qbank("db", "rebuild-attempts").out == "2 blocks, 40 attempts, 0 changed\n"


def test_db_upgrade_makes_a_store_and_then_has_nothing_to_do(qbank: Qbank) -> None:
    assert qbank("db", "upgrade").out == "empty -> current\n"
    assert qbank("db", "upgrade").out == "current: nothing to do\n"
    assert qbank("db", "check").code == 0


def test_looking_at_an_older_store_upgrades_it_first(
    qbank: Qbank, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qbank("simulate", "--blocks", 2, "--seed", 1).code == 0
    before = qbank("history", "--json").data
    later = Later(tmp_path / "migrations")
    monkeypatch.setattr(schema, "HEAD", later.add(REBUILD_BLOCK))
    monkeypatch.setattr(schema, "USER_VERSION", schema.USER_VERSION + 1)
    monkeypatch.setattr(migrate, "migrations_dir", lambda: later.folder)
    said = qbank("history", "--json")
    assert (said.code, said.data) == (0, before)
    assert schema.inspect(data_dir / "qbank.db") is schema.SchemaState.CURRENT
    assert [each.reason for each in backups(data_dir / "backups")] == ["before-upgrade"]


def test_doctor_finds_a_new_store_sound(qbank: Qbank) -> None:
    qbank("db", "upgrade")
    said = qbank("doctor", "--json")
    assert said.code == 0
    assert said.data["damaged"] is False
    assert {each["part"] for each in said.data["found"]} >= {"schema", "answers", "search"}


def test_locate_names_the_data_folder(qbank: Qbank, data_dir: Path) -> None:
    assert qbank("locate", "--json").data["data_dir"] == str(data_dir)
    assert not data_dir.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(qbank: Qbank, shell: str) -> None:
    said = qbank("completion", shell)
    assert said.code == 0
    assert "_QBANK_COMPLETE" in said.out


def test_completion_completes_commands(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qbank"],
        env={
            "_QBANK_COMPLETE": "bash_complete",
            "COMP_WORDS": "qbank hist",
            "COMP_CWORD": "1",
            "PYTHONPATH": str(ROOT),
            "HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "history" in done.stdout


def test_medqa_comes_in_whole(qbank: Qbank) -> None:
    file = shared("samples", "jsonl", "medqa-us-5options_test_1273.jsonl")
    assert qbank("import", "--json", file).data["new"] == 1273
    assert qbank("import", "--json", file).data["same"] == 1273

"""Layers of settings, the words for a wrong one, and what loading them costs."""

import subprocess
import sys
from pathlib import Path

import pytest

from qbank.errors import UsageError
from qbank.settings import SETTABLE, Settings, load_settings


def test_defaults_need_no_file(tmp_path: Path) -> None:
    settings = load_settings(environ={})
    assert (settings.theme, settings.clock, settings.learner) == ("auto", "left", "")
    assert settings.confidence
    assert not settings.debug


def test_each_layer_lies_over_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "dark"\nclock = "used"\nlearner = "ann"\n', encoding="utf-8")
    environ = {"QBANK_CLOCK": "left", "QBANK_LEARNER": "bob"}
    settings = load_settings(environ=environ, config=file, learner="cy", debug=None)
    assert (settings.theme, settings.clock, settings.learner) == ("dark", "left", "cy")
    assert settings.paths.config == file


def test_an_empty_variable_says_nothing() -> None:
    assert load_settings(environ={"QBANK_THEME": ""}).theme == "auto"


@pytest.mark.parametrize(("value", "on"), [("1", True), ("no", False), ("TRUE", True)])
def test_a_switch_is_read_from_words(value: str, on: bool) -> None:
    assert load_settings(environ={"QBANK_DEBUG": value}).debug is on


def test_no_color_turns_auto_into_none_and_leaves_a_choice_alone() -> None:
    assert load_settings(environ={"NO_COLOR": "1"}).theme == "none"
    assert load_settings(environ={"NO_COLOR": "1", "QBANK_THEME": "dark"}).theme == "dark"


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ('\n# colours\nthme = "dark"\n', "settings.toml:3: there is no setting 'thme'", "theme"),
        ("[clok]\na = 1\n", "settings.toml:1: there is no setting 'clok'", "clock"),
        ('theme = "drak"\n', "settings.toml:1: theme: it takes auto, dark", ""),
        ("debug = 3\n", "settings.toml:1: debug: it takes true or false, not 3", ""),
        ("learner = 3\n", "settings.toml:1: learner: it takes text, not 3", ""),
        ('extra_dirs = "a"\ndata_dir = 4\n', "settings.toml:2: data_dir: it takes a folder", ""),
        ('data_dir = "~nobody-here/q"\n', "data_dir: there is no folder '~nobody-here'", ""),
        ("theme = \n", "line 1", "TOML"),
    ],
)
def test_a_wrong_file_names_line_and_nearest(
    tmp_path: Path, text: str, said: str, hint: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings(environ={}, config=file)
    assert said in caught.value.message
    assert hint in caught.value.hint


def test_a_file_that_is_no_toml_may_be_left_out(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "light"\nclock = \n', encoding="utf-8")
    settings = load_settings(environ={"QBANK_LEARNER": "bob"}, config=file, go_on=True)
    assert (settings.theme, settings.learner, settings.paths.config) == ("auto", "bob", file)
    assert "line 2" in settings.trouble
    file.write_text('theme = "drak"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="theme"):
        load_settings(environ={}, config=file, go_on=True)


def test_a_wrong_variable_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        load_settings(environ={"QBANK_TEME": "dark"})
    assert "QBANK_TEME" in caught.value.message
    assert "theme" in caught.value.hint


def test_a_file_that_was_asked_for_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no settings file"):
        load_settings(environ={"QBANK_CONFIG": str(tmp_path / "none.toml")})


def test_the_data_folder_is_made_when_asked_for_and_private(tmp_path: Path) -> None:
    paths = load_settings(environ={}, data_dir=tmp_path / "deep" / "data").paths
    assert not paths.data_dir.exists()
    assert paths.make_data_dir().stat().st_mode & 0o777 == 0o700
    assert paths.database.parent == paths.backups.parent == paths.data_dir


def test_a_file_in_the_way_of_the_data_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings(environ={}, data_dir=tmp_path / "data").paths.make_data_dir()
    assert "--data-dir" in caught.value.hint


def test_every_setting_is_described() -> None:
    assert list(SETTABLE) == [
        name for name in Settings.__slots__ if name not in ("config", "trouble")
    ]
    assert all(each.metadata["doc"].endswith(".") for each in SETTABLE.values())


def test_loading_imports_neither_pydantic_nor_a_database_nor_a_screen() -> None:
    heavy = "'pydantic', 'sqlalchemy', 'alembic', 'textual', 'click', 'yaml'"
    code = (
        "import sys; from qbank.settings import load_settings; load_settings(environ={});"
        f"print([name for name in ({heavy}) if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

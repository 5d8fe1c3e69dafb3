"""Writing settings: one value at a time, everything else as the person wrote it."""

import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.errors import UsageError
from qbank.settings import SETTABLE, Settings, load_settings, read_file
from qbank.settings_file import drop, origin, put

MINE = """\
# how I like it
theme = "dark"   # at night

# no way round
[keys]
"block.flag" = "f2" # far from A
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A settings file with comments in it."""
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_a_value_changes_in_its_place(file: Path) -> None:
    assert put(file, "theme", "light") == "light"
    assert file.read_text() == MINE.replace('"dark"', '"light"')


def test_a_new_value_stands_before_the_tables_and_what_leads_up_to_them(file: Path) -> None:
    put(file, "bell", "yes")
    assert file.read_text() == MINE.replace("at night\n", "at night\nbell = true\n")


def test_keys_change_line_by_line(file: Path) -> None:
    put(file, "keys", {"block.flag": "f2", "block.back": "left, h"})
    assert file.read_text() == MINE + '"block.back" = "left,h"\n'
    put(file, "keys", {"block.back": "left,h"})
    assert file.read_text() == MINE.replace(
        '"block.flag" = "f2" # far from A', '"block.back" = "left,h"'
    )


def test_a_value_taken_out_leaves_the_rest(file: Path) -> None:
    drop(file, "theme")
    assert read_file(file) == {"keys": (("block.flag", "f2"),)}
    assert "# no way round" in file.read_text()
    before = file.read_bytes()
    drop(file, "bell")
    assert file.read_bytes() == before


def test_folders_and_file_are_made_when_first_written_to(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "down" / "settings.toml"
    put(file, "clock", "used")
    assert load_settings(environ={}, config=file).clock == "used"
    assert [each.name for each in file.parent.iterdir()] == ["settings.toml"]


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    put(link, "theme", "light")
    assert link.is_symlink()
    assert read_file(file)["theme"] == "light"


@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("zap", 1), ("keys", 3)])
def test_what_is_no_good_changes_nothing(file: Path, name: str, value: object) -> None:
    with pytest.raises(UsageError):
        put(file, name, value)
    assert file.read_text() == MINE


def test_a_broken_file_is_not_written_over(file: Path) -> None:
    file.write_text("theme = ")
    with pytest.raises(UsageError, match=r"mine\.toml"):
        put(file, "bell", True)
    assert file.read_text() == "theme = "


def test_where_a_value_comes_from_is_known(file: Path) -> None:
    environ = {"QBANK_CLOCK": "used"}
    settings = load_settings(environ=environ, config=file, learner="ann")
    said = {name: origin(settings, name, environ) for name in SETTABLE}
    assert {name: where for name, where in said.items() if where != "default"} == {
        "theme": "file",
        "keys": "file",
        "clock": "environment",
        "learner": "option",
    }


VALUES = {
    "theme": st.sampled_from(["dark", "light", "none"]),
    "bell": st.booleans(),
    "learner": st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=9),
    "keys": st.dictionaries(
        st.sampled_from(["block.flag", "block.back", "x"]), st.sampled_from(["f2", "m,k"])
    ),
}


@given(
    st.sampled_from(["", MINE, "# only a remark", "[keys]\n", 'clock = "used"']),
    st.lists(
        st.sampled_from(sorted(VALUES)).flatmap(
            lambda name: st.tuples(st.just(name), st.none() | VALUES[name])
        ),
        max_size=6,
    ),
)
def test_any_changes_read_back(
    tmp_path_factory: pytest.TempPathFactory, start: str, changes: list[tuple[str, object]]
) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    file.write_text(start, encoding="utf-8")
    holds = read_file(file)
    for name, value in changes:
        if value is None:
            drop(file, name)
            holds.pop(name, None)
        else:
            holds[name] = put(file, name, value)
        # An emptied table may stay: it says what no table says.
        there = read_file(file)
        assert {**{"keys": ()}, **there} == {**{"keys": ()}, **holds}
    remarks = [line for line in start.splitlines() if line.startswith("#")]
    assert all(remark in file.read_text() for remark in remarks)
    tomllib.loads(file.read_text())


def test_every_setting_can_be_written_and_read(tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    given = {
        "data_dir": str(tmp_path),
        "extra_dirs": f"{tmp_path}:{tmp_path}",
        "learner": "é'\"\\",
        "exam_date": "18 Dec 2026",
    }
    for name, each in SETTABLE.items():
        few = each.metadata["few"]
        value = given.get(name, few[-1] if few else {"a.b": "x"} if name == "keys" else True)
        written = put(file, name, value)
        assert getattr(load_settings(environ={}, config=file), name) == written
    assert set(read_file(file)) == set(SETTABLE)
    assert load_settings(environ={}, config=file) != Settings()


def test_changes_at_the_same_moment_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    names = ("bell", "confidence", "debug", "motion", "mouse", "nudge", "title")
    with ThreadPoolExecutor(len(names)) as hands:
        list(hands.map(lambda name: put(file, name, value=True), names))
    assert read_file(file) == dict.fromkeys(names, True)

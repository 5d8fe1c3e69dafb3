"""Presets and outlines: the figures of the exam, and files of a user's own."""

from pathlib import Path

import pytest

from qbank.content import names
from qbank.content.exam import (
    Preset,
    default_preset,
    labels,
    load_exams,
    presets,
    short_labels,
)
from qbank.errors import UsageError


def test_the_default_is_the_current_block_of_step_2_ck() -> None:
    preset = default_preset()
    assert preset.id == "step2ck"
    assert (preset.blocks, preset.questions, preset.questions_min, preset.minutes) == (
        16,
        20,
        18,
        30,
    )
    assert preset.limit_ms(20) == 1_800_000
    assert preset.pace_ms == 90_000
    assert not preset.uncertain
    assert next(iter(presets())) == "step2ck"


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.id)
def test_every_preset_adds_up(preset: Preset) -> None:
    fewest = preset.blocks * (preset.questions_min or preset.questions)
    assert fewest <= preset.total <= preset.blocks * preset.questions
    assert preset.source
    assert preset.in_force
    assert preset.as_of
    inside = preset.blocks * preset.minutes + preset.break_minutes + preset.tutorial_minutes
    if preset.tutorial_minutes:
        assert inside == preset.day_minutes
    assert 75 <= preset.pace_ms / 1_000 <= 100


@pytest.mark.parametrize(
    ("preset", "blocks", "minutes", "questions", "total"),
    [
        ("step2ck-legacy", 8, 60, 40, 318),
        ("step1", 14, 30, 20, 280),
        ("step1-legacy", 7, 60, 40, 280),
        ("step3-day1", 12, 30, 20, 232),
        ("step3-day2", 9, 30, 20, 180),
        ("comlex2", 2, 240, 160, 320),
        ("shelf", 1, 165, 110, 110),
        ("shelf-practice", 1, 75, 50, 50),
        ("ccssa", 4, 75, 50, 200),
        ("free120", 6, 30, 20, 120),
        ("uwsa", 4, 60, 40, 160),
    ],
)
def test_known_figures(preset: str, blocks: int, minutes: int, questions: int, total: int) -> None:
    found = presets()[preset]
    assert (found.blocks, found.minutes, found.questions, found.total) == (
        blocks,
        minutes,
        questions,
        total,
    )


def test_the_outline_covers_every_name_once() -> None:
    outline = load_exams().blueprints["step2ck"]
    assert tuple(share.name for share in outline.systems) == names.SYSTEMS
    assert tuple(share.name for share in outline.tasks) == names.TASKS
    assert tuple(share.name for share in outline.disciplines) == names.DISCIPLINES
    assert tuple(share.name for share in outline.overlays) == names.OVERLAYS
    assert sum(share.low + share.high for share in outline.systems) == 2 * 101
    assert labels()["development"] == "Human Development"
    assert short_labels()["renal_reproductive"] == "Renal"
    assert labels("unknown") == {}


OWN = """\
as_of = "2027-01"
[[preset]]
id = "mine"
name = "My block"
exam = "mine"
default = true
in_force = "from 2027"
blocks = 2
minutes = 20
questions = 10
total = 20
source = "me"
confidence = "low"
"""


def test_a_file_of_ones_own_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN)
    (tmp_path / "more.toml").write_text(OWN.replace('"mine"', '"step1"').replace("true", "false"))
    own = presets([tmp_path])
    assert own["mine"].as_of == "2027-01"
    assert own["mine"].uncertain
    assert own["step1"].minutes == 20
    assert default_preset([tmp_path]).id == "mine"
    assert presets()["step1"].minutes == 30
    assert "mine" not in presets()


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        (("minutes = 20", "minuets = 20"), "minuets", "Did you mean 'minutes'?"),
        (("minutes = 20\n", ""), "minutes is missing", "Add it."),
        (("minutes = 20", 'minutes = "20"'), "does not fit", "Write a whole number."),
        (("minutes = 20", "minutes = true"), "does not fit", "Write a whole number."),
        (("minutes = 20", "minutes = 0"), "too small", "At least 1."),
        (('"low"', '"sure"'), "not allowed", "high, good, medium, low"),
        (("[[preset]]", "[preset]"), "no list of tables", "double brackets"),
        (("[[preset]]", "[[presets]]"), "no known table", "[[preset]]"),
        (('as_of = "2027-01"', "as_of = 2027"), "as_of is no text", "as_of"),
        (("blocks = 2", "blocks = "), "no valid TOML", ""),
    ],
)
def test_a_wrong_file_is_named(
    change: tuple[str, str], message: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(OWN.replace(*change))
    with pytest.raises(UsageError) as caught:
        load_exams([tmp_path])
    assert "mine.toml" in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_share_that_is_no_range_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'as_of = "2027-01"\n[[blueprint]]\nid = "b"\nexam = "mine"\nname = "B"\nin_force = "now"\n'
        'source = "me"\nconfidence = "low"\n'
        '[[blueprint.systems]]\nname = "x"\nshort = "X"\nlabel = "X"\nlow = 9\nhigh = 3\n'
    )
    with pytest.raises(UsageError, match="9 to 3 percent"):
        load_exams([tmp_path])

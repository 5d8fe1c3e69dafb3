"""Checks of whole packs and sets, and the tail probabilities they rest on."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.content.exam import load_exams
from qbank.content.lint.facts import key_places
from qbank.content.lint.placed import LintFinding, Placed, PlacedPack
from qbank.content.lint.run import LintReport, lint_packs
from qbank.content.lint.statistics import binomial_tail, chi_square, chi_square_tail
from qbank.content.pack import Pack
from qbank.content.question import Question
from tests.content.lint_samples import bent, plain
from tests.support.shared import shared

OUTLINES = load_exams().blueprints
WORDS = ("wheeze", "fever", "rash", "cough", "limp", "tremor", "thirst", "edema", "pallor", "itch")


def pack_of(questions: list[Question], id_: str = "p", **manifest: Any) -> PlacedPack:
    """The questions as a pack, a hundred lines each."""
    pack = Pack.model_validate({"id": id_, "title": id_, **manifest})
    placed = [
        Placed(question, f"{id_}.yaml", 100 * number)
        for number, question in enumerate(questions, start=1)
    ]
    return PlacedPack(pack, f"{id_}.yaml", tuple(placed))


def lint(*packs: PlacedPack, today: str = "2026-11") -> LintReport:
    """The report on packs, with the exams that are shipped."""
    return lint_packs(packs, today=today, outline_of=lambda exam: OUTLINES.get(exam or ""))


def found(report: LintReport, check: str) -> list[LintFinding]:
    """What one check found."""
    return [finding for finding in report.findings if finding.id == check]


def differing(count: int, **fields: Any) -> list[Question]:
    """Questions whose stems share few words."""
    return [
        plain(stem=" ".join(f"{word}{number}" for word in WORDS), **fields)
        for number in range(count)
    ]


def of_words(total: int) -> list[Question]:
    """Twenty questions, together of so many words; stems and lead-ins even."""
    lead_in, texts = (
        "Which of the following is the most likely diagnosis?",
        (
            "One of them it is",
            "Two are what he has",
            "Three would be too many",
            "Four are left out here",
        ),
    )
    rest = total - 20 * sum(len(text.split()) for text in (lead_in, *texts))
    share, more = divmod(rest, 20)
    return [
        plain(
            *texts, stem=" ".join(f"w{number}x{place}" for place in range(share + (number < more)))
        )
        for number in range(20)
    ]


@pytest.mark.parametrize("case", range(3))
def test_the_binomial_tail_is_that_of_the_oracle(case: int) -> None:
    oracle = json.loads(shared("metrics", "oracles.json").read_text())["J_longest_key"]
    successes, trials, chance = oracle["input"]["cases"][case]
    tail = binomial_tail(successes, trials, chance)
    assert tail == pytest.approx(oracle["expect"][case], abs=1e-6)


def test_the_chi_square_is_that_of_the_oracle() -> None:
    oracle = json.loads(shared("metrics", "oracles.json").read_text())["J_key_position"]
    counts = oracle["input"]["counts"]
    value, freedom, p = chi_square(counts, [sum(counts) / len(counts)] * len(counts))
    expect = oracle["expect"]
    assert (round(value, 6), freedom, round(p, 6)) == (expect["chi2"], expect["df"], expect["p"])


def test_a_strong_cue_has_a_small_tail() -> None:
    assert binomial_tail(46, 100, 0.2) == pytest.approx(4e-9, rel=0.3)


@given(st.integers(1, 60), st.floats(0.05, 0.95))
def test_the_binomial_tail_sums_the_terms(trials: int, chance: float) -> None:
    for successes in range(trials + 1):
        exact = math.fsum(
            math.comb(trials, count) * chance**count * (1 - chance) ** (trials - count)
            for count in range(successes, trials + 1)
        )
        assert binomial_tail(successes, trials, chance) == pytest.approx(min(exact, 1), abs=1e-9)


@pytest.mark.parametrize(
    ("value", "freedom", "p"),
    # The usual table: the five, one and one tenth percent points.
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (11.345, 3, 0.01), (15.086, 5, 0.01), (20.515, 5, 0.001)],
)
def test_the_chi_square_tail_is_that_of_the_tables(value: float, freedom: int, p: float) -> None:
    assert chi_square_tail(value, freedom) == pytest.approx(p, rel=0.002)


def test_uneven_places_are_found_from_fifty_questions_on() -> None:
    def keys(count: int) -> LintReport:
        return lint(pack_of(differing(count, key="a")))

    assert [finding.id for finding in found(keys(50), "P01")] == ["P01"]
    assert found(keys(49), "P01") == []
    even = [
        question.model_copy(update={"key": (key,)})
        for question, key in zip(differing(52), "abcd" * 13, strict=True)
    ]
    assert found(lint(pack_of(even)), "P01") == []


def test_places_are_expected_by_each_question_s_own_options() -> None:
    questions = [plain("One", "Two"), *(plain("One", "Two", "Three", "Four") for _ in range(40))]
    places = key_places(questions)
    assert list(places.expected) == [10.5, 10.5, 10, 10]
    assert list(places.counts) == [41, 0, 0, 0]
    assert sum(places.expected) == sum(places.counts)


def test_a_long_key_is_a_cue_from_thirty_questions_on() -> None:
    def report(count: int) -> LintReport:
        texts = ("Gouty", "Flat", "Red", "Old")
        return lint(pack_of([plain(*texts, stem=question.stem) for question in differing(count)]))

    assert [finding.level for finding in found(report(30), "P02")] == ["warning"]
    assert found(report(29), "P02") == []
    assert found(lint(pack_of(differing(30, key="b"))), "P02") != []
    assert found(lint(pack_of(differing(30, key="a"))), "P02") == []


def test_near_doubles_are_found_across_packs() -> None:
    stem = " ".join(f"word{number}" for number in range(40))
    near, far = stem.replace("word7 ", "other "), stem.replace("word1", "other")
    first = pack_of([plain(id="one", stem=stem)], "first")
    report = lint(first, pack_of([plain(stem=far), plain(stem=near)], "second"))
    (double,) = found(report, "P03")
    assert (double.file, double.line) == ("second.yaml", 200)
    assert "one, first.yaml:100" in double.message


@given(st.lists(st.sets(st.integers(0, 14), min_size=5, max_size=14), min_size=2, max_size=12))
def test_near_doubles_are_those_of_every_pair(stems: list[set[int]]) -> None:
    lead_in = "Why is this so now?"
    asked = {"why", "is", "this", "so", "now"}
    words = [{f"x{number}" for number in stem} | asked for stem in stems]
    expected = {
        place
        for place, mine in enumerate(words)
        if any(len(mine & other) >= 0.9 * len(mine | other) for other in words[:place])
    }
    questions = [plain(stem=" ".join(sorted(mine - asked)), lead_in=lead_in) for mine in words]
    doubles = found(lint(pack_of(questions)), "P03")
    assert {(finding.line or 0) // 100 - 1 for finding in doubles} == expected


def test_shares_are_held_against_the_pack_s_exam() -> None:
    questions = differing(30, system="endocrine", task="diagnosis")
    silent = lint(pack_of(questions))
    assert found(silent, "P04") == []
    named = found(lint(pack_of(questions, exam="step2ck")), "P04")
    assert any(each.message.startswith("endocrine: 30 of 30 (100.0%)") for each in named)
    assert all(each.level == "warning" for each in named)
    assert found(lint(pack_of(questions[:29], exam="step2ck")), "P04") == []


def test_labels_that_are_missing_are_counted() -> None:
    report = lint(pack_of(differing(30), exam="step2ck"))
    infos = [each.message for each in found(report, "P04") if each.level == "info"]
    assert infos == ["30 questions say no system"]


def test_a_share_may_be_off_by_less_than_one_question() -> None:
    (line,) = [
        line
        for line in lint(pack_of(differing(33, system="development"), exam="step2ck")).outlines[
            "step2ck"
        ]
        if line.name == "development"
    ]
    assert (line.count, line.low, line.high, line.within) == (33, 2, 4, False)
    # 4 % of 33 are 1.3 questions: two are as near as whole questions allow.
    two = [plain(system="development")] * 2 + [plain(system="endocrine")] * 31
    lines = lint(pack_of(two, exam="step2ck")).outlines["step2ck"]
    assert next(line for line in lines if line.name == "development").within


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (3_200, 0),
        (3_000, 0),
        (3_400, 0),
        (2_999, 1),
        (3_401, 1),
        (2_500, 2),
        (3_500, 2),
    ],
)
def test_the_reading_load_of_a_block(words: int, messages: int) -> None:
    report = lint(pack_of(of_words(words)))
    assert report.packs[0].words == words
    assert len(found(report, "L07")) == messages


def test_blocks_take_as_long_to_read_as_each_other() -> None:
    near = lint(pack_of(of_words(3_040), "a"), pack_of(of_words(3_190), "b"))
    assert found(near, "L07") == []
    (apart,) = found(lint(pack_of(of_words(3_030), "a"), pack_of(of_words(3_190), "b")), "L07")
    assert "5.3% apart" in apart.message
    assert apart.file == ""


def test_only_a_block_has_a_reading_load() -> None:
    assert found(lint(pack_of(of_words(9_000)[:19])), "L07") == []


@pytest.mark.parametrize(("mean", "fires"), [(0.64, 0), (0.70, 0), (0.63, 1), (0.71, 1)])
def test_blocks_are_as_hard_as_each_other(mean: float, fires: int) -> None:
    questions = [
        question.model_copy(update={"expected_correct": mean}) for question in of_words(3_200)
    ]
    fields = [finding.field for finding in found(lint(pack_of(questions)), "P04")]
    assert fields == ["expected_correct"] * fires


def test_old_keys_are_found_by_the_date_that_is_given() -> None:
    pack = pack_of([bent(as_of=None)], as_of="2024-10")
    assert len(found(lint(pack, today="2026-11"), "L08")) == 1
    assert found(lint(pack, today="2026-10"), "L08") == []


def test_findings_of_one_question_count_once() -> None:
    report = lint(pack_of([plain("Gout", "Never walk", "Never rest"), plain("Rest", "Walk")]))
    assert len(found(report, "W04")) == 2
    assert report.by_check()["W04"] == 1

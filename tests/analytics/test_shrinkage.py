"""C3: systems and tasks against one's own average."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.analytics import groups
from qbank.analytics.estimate import Estimate, NotYet, What
from qbank.analytics.groups import Tally, tallies
from qbank.analytics.shrinkage import Label, Prior, prior, standings
from tests.analytics.oracles import oracle
from tests.analytics.support import OMITTED, RIGHT, WRONG, attempt, block, facts, near


def tally(right: int, asked: int) -> Tally:
    return Tally(right, asked, right, asked)


def example_groups() -> dict[str, Tally]:
    example, _ = oracle("C3_empirical_bayes")
    return {name: tally(*counts) for name, counts in example["topics"].items()}


def test_the_prior() -> None:
    _, expected = oracle("C3_empirical_bayes")
    found = prior(example_groups())
    assert isinstance(found, Prior)
    assert [found.overall, found.strength, found.a, found.b] == near(
        [expected[name] for name in ("overall", "M", "a0", "b0")]
    )


def test_the_posteriors() -> None:
    _, expected = oracle("C3_empirical_bayes")
    for one in standings(example_groups()):
        wanted = expected["topics"][one.group]
        assert one.mean == near(wanted["post_mean"])
        assert one.below == near(wanted["p_below_overall"])
        assert one.well_below == near(wanted["p_below_overall_minus_5"])
        if one.asked >= 5:
            assert isinstance(one.share, Estimate)
            assert [one.share.low, one.share.high] == near(wanted["ci90"])
            assert one.share.level == 0.90


def test_labels_and_order() -> None:
    found = {one.group: one for one in standings(example_groups())}
    assert list(found)[:3] == ["pulm", "obgyn", "renal"]
    assert found["renal"].label is Label.PERHAPS_BELOW
    assert found["neuro"].label is Label.NOT_KNOWN
    assert found["psych"].label is Label.PERHAPS_ABOVE
    assert found["endo"].share == NotYet(5, 1, What.ANSWERS)


def test_far_from_the_average_both_ways() -> None:
    found = {
        one.group: one.label
        for one in standings(
            {"low": tally(5, 60), "a": tally(40, 60), "b": tally(42, 60), "high": tally(59, 60)}
        )
    }
    assert (found["low"], found["high"]) == (Label.BELOW, Label.ABOVE)


@pytest.mark.parametrize(
    "few",
    [
        {"a": tally(10, 50), "b": tally(40, 50), "c": tally(25, 50)},
        {"a": tally(1, 9), "b": tally(8, 10), "c": tally(5, 10), "d": tally(5, 10)},
        {name: tally(20, 20) for name in "abcd"},
        {name: tally(0, 20) for name in "abcd"},
    ],
)
def test_with_little_to_go_by_the_average_counts_for_twenty(few: dict[str, Tally]) -> None:
    found = prior(few)
    assert isinstance(found, Prior)
    assert found.strength == pytest.approx(20)
    assert all(0 < one.mean < 1 for one in standings(few))


def test_answers_long_ago_tell_nothing_of_how_groups_differ() -> None:
    old = Tally(1, 1, 0.01, 0.01)
    found = prior({"now": tally(30, 45), "b": old, "c": old, "d": Tally(0, 1, 0, 0.01)})
    assert isinstance(found, Prior)
    assert found.strength == pytest.approx(20)


def test_of_very_old_answers_no_group_is_called_below_the_average_of_all() -> None:
    aged = {name: Tally(13, 20, 13e-6, 20e-6) for name in "abcdef"}
    assert {one.label for one in standings(aged)} == {Label.NOT_KNOWN}
    assert all(one.mean == pytest.approx(0.65, abs=0.01) for one in standings(aged))


def test_with_all_right_no_group_is_below() -> None:
    found = standings({name: tally(20, 20) for name in "abcd"})
    assert all(one.below < 0.5 for one in found)


def test_nothing_answered_is_nothing_known() -> None:
    assert prior({}) == NotYet(1, 0, What.ANSWERS)
    assert standings({}) == ()


def test_without_true_differences_hardly_anything_is_called_below() -> None:
    rng, called, runs = Random(7), 0, 30
    for _ in range(runs):
        made = {str(n): tally(sum(rng.random() < 0.65 for _ in range(12)), 12) for n in range(18)}
        called += sum(one.label is Label.BELOW for one in standings(made))
    assert called / runs < 0.4


def test_answers_are_sorted_into_groups_and_fade() -> None:
    old = block(1, [attempt(RIGHT, facts=facts(system="renal_reproductive"))] * 4)
    new = block(
        2,
        [
            attempt(WRONG, facts=facts(system="renal_reproductive", task="diagnosis")),
            attempt(OMITTED, facts=facts(system="endocrine", area="diabetes", next_step="mixed")),
            attempt(RIGHT, exposure=2, facts=facts(system="endocrine")),
            attempt(RIGHT, facts=facts(lead_in_family="DX")),
        ],
        closed_at=old.closed_at + 60 * 86_400_000,
    )
    now = new.closed_at
    found = tallies([new, old], groups.by_system, now)
    assert found == {
        "endocrine": Tally(0, 1, 0, 1),
        "renal_reproductive": Tally(4, 5, 2.0, 3.0),
    }
    assert list(tallies([new], groups.by_task, now)) == ["diagnosis"]
    assert list(tallies([new], groups.by_area, now)) == ["diabetes"]
    assert list(tallies([new], groups.by_family, now)) == ["DX", "OTHER"]
    assert list(tallies([new], groups.by_next_step, now)) == ["mixed"]


TALLIES = st.dictionaries(
    st.sampled_from("abcdefghij"),
    st.integers(1, 40).flatmap(
        lambda asked: st.integers(0, asked).map(lambda right: tally(right, asked))
    ),
    min_size=1,
)


@given(TALLIES)
def test_every_share_is_drawn_towards_the_average(made: dict[str, Tally]) -> None:
    common = prior(made)
    assert isinstance(common, Prior)
    middle = common.a / common.strength
    for one in standings(made):
        raw = one.right / one.asked
        assert min(raw, middle) - 1e-9 <= one.mean <= max(raw, middle) + 1e-9
        assert one.well_below <= one.below + 1e-12


@given(TALLIES)
def test_the_order_of_groups_changes_nothing(made: dict[str, Tally]) -> None:
    turned = dict(reversed(made.items()))
    once, again = standings(made), standings(turned)
    assert [one.group for one in once] == [one.group for one in again]
    assert [one.mean for one in once] == pytest.approx([one.mean for one in again])

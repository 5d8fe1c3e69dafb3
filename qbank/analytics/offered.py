"""N1: do wrong choices go one way, more than the options on offer do?

If half of the distractors come too early, half of the misses will. Each miss with codes is
held against what was on offer in its question; the tail is exact (Poisson-binomial). A claim
needs 15 misses with codes and a tail under 0.0025 with all kinds counted (Holm): it is looked at
evening after evening, and at 0.025 was wrong for one learner in twenty. The same for what a
choice does against what the key does (test where treating was right), by families of action.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from qbank.analytics.distributions import holm, poisson_binomial_tail
from qbank.analytics.estimate import NotYet, What, short_of
from qbank.analytics.rows import AnalysedAttempt, Offered
from qbank.analytics.thresholds import CODED_ANSWERS, FINDING_LEVEL
from qbank.content.names import ACTION_FAMILIES

CLAIM_TAIL = (1 - FINDING_LEVEL) / 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the answers not right with one option chosen, how many chose one with a code."""

    misses: int
    coded: int


@dataclass(frozen=True, slots=True)
class OfferedChosen:
    """One kind of wrong option: how often chosen, and how often blind choice would.

    `kind` is an error code or a family of actions; `asked` is the family of the key's action,
    None for error codes. Of `misses` looked at, `chosen` took this kind; `expected` is the mean
    number by the options on offer, `tail` the probability of so many or more, and `raised` that
    probability with all kinds counted that were looked at beside it (Holm).
    """

    kind: str
    asked: str | None
    misses: int
    chosen: int
    expected: float
    tail: float
    raised: float

    @property
    def claimed(self) -> bool:
        """Whether it may be said that choices go this way."""
        return self.raised < CLAIM_TAIL


Kind = Callable[[Offered], str | None]


def coverage(attempts: Iterable[AnalysedAttempt]) -> Coverage:
    """How much of what went wrong on next steps the packs have a code for."""
    misses = [
        one
        for one in attempts
        if one.facts.asks_next_step and one.answered and not one.right and not one.facts.several
    ]
    return Coverage(len(misses), len(_misses(misses, lambda option: option.error)))


def by_error(attempts: Iterable[AnalysedAttempt]) -> tuple[OfferedChosen, ...] | NotYet:
    """N1 by error code, the least likely first; NotYet below 15 misses with a code."""
    misses = _misses(attempts, lambda option: option.error)
    if missing := short_of(CODED_ANSWERS, (len(misses),), What.CODED_ANSWERS):
        return missing
    return _raised(_compare(misses, None))


def by_action(attempts: Iterable[AnalysedAttempt]) -> tuple[OfferedChosen, ...] | NotYet:
    """N1 by what the choice does where the key does something else, the least likely first.

    NotYet below 15 misses of which both actions are known; of families of the key with fewer
    than 15 nothing is given.
    """
    coded = [(family, one) for one in attempts if (family := _key_family(one)) is not None]
    by_asked: dict[str, list[AnalysedAttempt]] = {}
    for family, one in coded:
        by_asked.setdefault(family, []).append(one)
    found: list[OfferedChosen] = []
    most = 0
    for asked, group in sorted(by_asked.items()):
        misses = _misses(group, _family)
        most = max(most, len(misses))
        if len(misses) >= CODED_ANSWERS:
            found += [one for one in _compare(misses, asked) if one.kind != asked]
    if not found:
        return NotYet(CODED_ANSWERS, min(most, CODED_ANSWERS - 1), What.CODED_ANSWERS)
    return _raised(found)


_Miss = tuple[str, tuple[str | None, ...]]
"""The kind chosen, and the kinds of all distractors on offer."""


def _misses(attempts: Iterable[AnalysedAttempt], kind: Kind) -> list[_Miss]:
    """Wrong choices of one option whose kind is known."""
    found = []
    for one in attempts:
        if one.right or not one.answered or one.facts.several:
            continue
        distractors = [option for option in one.facts.offered if option.id not in one.key]
        chosen = next((kind(each) for each in distractors if each.id in one.final), None)
        if chosen is not None:
            found.append((chosen, tuple(kind(each) for each in distractors)))
    return found


def _compare(misses: Sequence[_Miss], asked: str | None) -> list[OfferedChosen]:
    # A choice without a code is no miss here: only those with one could have been taken.
    coded = {offer: len(offer) - offer.count(None) for offer in {offer for _, offer in misses}}
    kinds = sorted({kind for offer in coded for kind in offer if kind is not None})
    taken = Counter(kind for kind, _ in misses)
    # The same offers come again and again: each is looked up by its place, not by its kinds.
    places = {offer: place for place, offer in enumerate(coded)}
    offers = [places[offer] for _, offer in misses]
    found = []
    for kind in kinds:
        chance = [offer.count(kind) / count for offer, count in coded.items()]
        chances, chosen = [chance[place] for place in offers], taken[kind]
        tail = poisson_binomial_tail(chances, chosen)
        found.append(
            OfferedChosen(
                kind=kind,
                asked=asked,
                misses=len(misses),
                chosen=chosen,
                expected=sum(chances),
                tail=tail,
                raised=tail,
            )
        )
    return found


def _raised(found: Sequence[OfferedChosen]) -> tuple[OfferedChosen, ...]:
    """The least likely first, each with the others counted."""
    both = zip(found, holm([one.tail for one in found]), strict=True)
    raised = [replace(one, raised=tail) for one, tail in both]
    return tuple(sorted(raised, key=lambda one: (one.tail, one.kind)))


def _family(option: Offered) -> str | None:
    return None if option.action is None else ACTION_FAMILIES[option.action]


def _key_family(attempt: AnalysedAttempt) -> str | None:
    key = attempt.facts.option(attempt.key[0]) if len(attempt.key) == 1 else None
    return None if key is None else _family(key)

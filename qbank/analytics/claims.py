"""E4: which words a trend allows. The claims are here; the sentences are elsewhere.

Two-sided throughout, and every word with all three series counted (Holm): of pace, right
answers and balance one goes some way by chance more often than one alone. "Improved" needs a
better trend of pace or of right answers at .05, and the other not worse: its 90 % interval does
not lie wholly on the bad side. Faster, slower, more and fewer alone say less and are looked at
evening after evening: they need .01, and until then they lean.
Fewer right answers for less time is no improvement, whatever the clock says. A claim once made
stands until its p rises above .10, so that it is not taken back tomorrow.
"""

from collections.abc import Mapping
from enum import StrEnum

from qbank.analytics.distributions import holm
from qbank.analytics.estimate import NotYet
from qbank.analytics.progress import Trends
from qbank.analytics.trend import Trend

IMPROVED_P = 0.05
SETTLED_P = 0.01
LEANING_P = 0.10


class Claim(StrEnum):
    """What may be said of the way a class of blocks goes."""

    TOO_EARLY = "too_early"
    NO_CLEAR_CHANGE = "no_clear_change"
    LEANING_FASTER = "leaning_faster"
    LEANING_SLOWER = "leaning_slower"
    FASTER = "faster"
    SLOWER = "slower"
    LEANING_MORE_RIGHT = "leaning_more_right"
    LEANING_FEWER_RIGHT = "leaning_fewer_right"
    MORE_RIGHT = "more_right"
    FEWER_RIGHT = "fewer_right"
    IMPROVED = "improved"
    FASTER_FEWER_RIGHT = "faster_fewer_right"
    SLOWER_MORE_RIGHT = "slower_more_right"


_PACE = {
    (-1, True): Claim.FASTER,
    (-1, False): Claim.LEANING_FASTER,
    (1, True): Claim.SLOWER,
    (1, False): Claim.LEANING_SLOWER,
}
_SHARE = {
    (1, True): Claim.MORE_RIGHT,
    (1, False): Claim.LEANING_MORE_RIGHT,
    (-1, True): Claim.FEWER_RIGHT,
    (-1, False): Claim.LEANING_FEWER_RIGHT,
}
_SETTLED = frozenset({Claim.FASTER, Claim.SLOWER, Claim.MORE_RIGHT, Claim.FEWER_RIGHT})


def pace_claim(found: Trends | NotYet) -> Claim:
    """What may be said of pace alone."""
    return Claim.TOO_EARLY if isinstance(found, NotYet) else _each(found, SETTLED_P)[0]


def share_claim(found: Trends | NotYet) -> Claim:
    """What may be said of right answers alone."""
    return Claim.TOO_EARLY if isinstance(found, NotYet) else _each(found, SETTLED_P)[1]


def claim(
    found: Trends | NotYet,
    *,
    before: Claim | None = None,
    in_hand: bool = False,
    blank: bool = False,
) -> Claim:
    """What may be said of both together.

    `before` is the claim that stood until now; `in_hand` says that more speed earns nothing
    (D6): faster alone is then no improvement; `blank` that the last blocks left questions
    blank: slower is then no gain, whatever is right.
    """
    if isinstance(found, NotYet):
        return Claim.TOO_EARLY
    better = LEANING_P if before is Claim.IMPROVED else IMPROVED_P
    still = _together(found, (LEANING_P, better), in_hand=in_hand, blank=blank)
    if still is before:
        return still
    return _together(found, (SETTLED_P, IMPROVED_P), in_hand=in_hand, blank=blank)


def _together(found: Trends, limits: tuple[float, float], *, in_hand: bool, blank: bool) -> Claim:
    """The claim where a trend is one, and an improvement, from a p under these limits on."""
    settled, better = limits
    pace, share = _each(found, settled)
    if pace is Claim.FASTER and found.share.high90 < 0:
        return Claim.FASTER_FEWER_RIGHT
    if share is Claim.MORE_RIGHT and found.pace.low90 > 0:
        return Claim.SLOWER if blank else Claim.SLOWER_MORE_RIGHT
    if _improved(found, better, in_hand=in_hand):
        return Claim.IMPROVED
    if share in _SETTLED and pace not in _SETTLED:
        return share
    return share if pace is Claim.NO_CLEAR_CHANGE else pace


def _each(found: Trends, limit: float) -> tuple[Claim, Claim]:
    """What may be said of pace and of right answers, each as if the other were not there."""
    pace_p, share_p = _counted(found)
    return _alone(found.pace, pace_p, _PACE, limit), _alone(found.share, share_p, _SHARE, limit)


def _counted(found: Trends) -> tuple[float, float]:
    """The p of pace and of right answers with all three series counted."""
    pace_p, share_p, _ = holm([found.pace.p, found.share.p, found.balance.p])
    return pace_p, share_p


def _improved(found: Trends, limit: float, *, in_hand: bool) -> bool:
    pace_p, share_p = _counted(found)
    faster = _way(found.pace, pace_p, limit) < 0 and found.share.high90 >= 0
    more = _way(found.share, share_p, limit) > 0 and found.pace.low90 <= 0
    return more or (faster and not in_hand)


def _alone(one: Trend, p: float, words: Mapping[tuple[int, bool], Claim], limit: float) -> Claim:
    if way := _way(one, p, limit):
        return words[way, True]
    leaning = (one.score > 0) - (one.score < 0)
    return words[leaning, False] if leaning and p < LEANING_P else Claim.NO_CLEAR_CHANGE


def _way(one: Trend, p: float, limit: float) -> int:
    """1 up, -1 down, 0 where p is not under the limit or the interval to it holds no slope."""
    low, high = (one.low90, one.high90) if limit == LEANING_P else (one.low, one.high)
    if p >= limit:
        return 0
    return (low > 0) - (high < 0)

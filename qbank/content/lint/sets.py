"""P01 to P04 and L07: what only a whole pack, or all packs together, can show."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from qbank.content.exam import Blueprint
from qbank.content.lint.facts import (
    KeyPlaces,
    LongestKeys,
    OutlineLine,
    PackFacts,
)
from qbank.content.lint.placed import Placed
from qbank.content.lint.remarks import Remark
from qbank.content.lint.tokens import tokens

SIGNIFICANT: Final = 0.01
PLACES_MIN: Final = 50
"""Questions below which the places of the key are not judged."""
LONGEST_MIN: Final = 30
OUTLINE_MIN: Final = 30
NEAR: Final = 0.9
"""Share of common words (Jaccard) from which on two stems are nearly the same."""
NEAR_TOKENS_MIN: Final = 8

BLOCK: Final = 20
"""A pack of so many questions is a block, and is read against a clock."""
BLOCK_WORDS: Final = (3_000, 3_400)
BLOCK_STEMS: Final = (125, 150)
BLOCK_EXPECTED: Final = (0.64, 0.70)
BLOCKS_APART: Final = 1.05


def even_places(places: KeyPlaces) -> Iterator[Remark]:
    """P01: the key is not in one place more than in another."""
    if sum(places.counts) < PLACES_MIN or places.p >= SIGNIFICANT:
        return
    named = ", ".join(
        f"{letter} {count} of {mean:.0f}"
        for letter, count, mean in zip(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ", places.counts, places.expected, strict=False
        )
    )
    message = f"keys by place against an even spread: {named} (p = {places.p:.2g})"
    fix = "Put options into alphabetical order, or move some keys."
    yield Remark("P01", (), message, fix)


def longest_share(longest: LongestKeys) -> Iterator[Remark]:
    """P02: the longest option is the key no more often than chance has it."""
    if longest.questions < LONGEST_MIN or longest.p >= SIGNIFICANT:
        return
    share = longest.count / longest.questions
    message = (
        f"the key alone is longest in {longest.count} of {longest.questions} "
        f"({share:.0%}; chance {longest.chance:.0%}, p = {longest.p:.2g})"
    )
    yield Remark("P02", (), message, "Shorten keys, or lengthen distractors.")


def near_doubles(questions: Sequence[Placed]) -> Iterator[tuple[Placed, Remark]]:
    """P03: no two stems share nine words in ten; the second of a pair is named.

    Exact: with its words from rare to common, a stem shares one of the first tenth with every
    near double, so only stems that meet there are compared.
    """
    words = [tokens(f"{each.question.stem} {each.question.lead_in}") for each in questions]
    common = Counter(word for each in words for word in each)
    met: defaultdict[str, list[int]] = defaultdict(list)
    for place, mine in enumerate(words):
        if len(mine) < NEAR_TOKENS_MIN:
            continue
        first = sorted(mine, key=lambda word: (common[word], word))
        first = first[: len(mine) - int(NEAR * len(mine) + 0.999999) + 1]
        earlier = sorted({other for word in first for other in met[word]})
        for word in first:
            met[word].append(place)
        for other in earlier:
            shared = len(mine & words[other])
            union = len(mine) + len(words[other]) - shared
            if shared >= NEAR * union:
                message = f"reads nearly as {_named(questions[other])} ({shared / union:.0%})"
                fix = "Keep one, or make a case of its own of the other."
                yield questions[place], Remark("P03", ("stem",), message, fix)
                break


def _named(placed: Placed) -> str:
    return f"{placed.name}, {placed.where}" if placed.name else placed.where


def outline_shares(lines: Sequence[OutlineLine], outline: Blueprint | None) -> Iterator[Remark]:
    """P04: shares by system, task, discipline and overlay lie in the exam's ranges."""
    for line in lines:
        if outline is None or line.questions < OUTLINE_MIN:
            continue
        if line.low is None:
            if not line.name and line.count:
                group = line.group.removesuffix("s")
                message = f"{line.count} questions say no {group}"
                yield Remark("P04", (line.group,), message, f"Say `{group}`.", "info")
        elif not line.within:
            message = (
                f"{line.name}: {line.count} of {line.questions} ({line.share:.1%}), "
                f"the exam has {line.low} to {line.high}%"
            )
            fix = "Add or exchange questions." if line.share * 100 < line.low else "Exchange some."
            yield Remark("P04", (line.group,), message, fix)


def expected_share(pack: PackFacts) -> Iterator[Remark]:
    """P04: a block is as hard as the others, by its writer's estimates."""
    if pack.questions != BLOCK or pack.expected_correct is None:
        return
    low, high = BLOCK_EXPECTED
    if not low <= round(pack.expected_correct, 3) <= high:
        message = f"mean {pack.expected_correct:.3f}, not {low:.2f} to {high:.2f}"
        fix = "Exchange harder and easier questions, or look at the estimates again."
        yield Remark("P04", ("expected_correct",), message, fix)


def reading_load(pack: PackFacts) -> Iterator[Remark]:
    """L07: a block has 3,000 to 3,400 words, stems with lead-ins 125 to 150 on average."""
    if pack.questions != BLOCK:
        return
    low, high = BLOCK_WORDS
    if not low <= pack.words <= high:
        message = f"{pack.words:,} words in stems, lead-ins and options"
        yield Remark("L07", ("questions",), message, f"Keep to {low:,} to {high:,}.")
    low, high = BLOCK_STEMS
    if not low <= round(pack.stem_words) <= high:
        message = f"{pack.stem_words:.0f} words in stem and lead-in on average"
        yield Remark("L07", ("questions",), message, f"Keep to {low} to {high}.")


def even_load(packs: Sequence[PackFacts]) -> Iterator[Remark]:
    """L07: blocks take as long to read as each other, within 5 %."""
    blocks = sorted((pack for pack in packs if pack.questions == BLOCK), key=lambda p: p.words)
    if len(blocks) < 2:
        return
    least, most = blocks[0], blocks[-1]
    if most.words > BLOCKS_APART * least.words:
        message = (
            f"{most.id} has {most.words:,} words, {least.id} {least.words:,}: "
            f"{most.words / least.words - 1:.1%} apart"
        )
        yield Remark("L07", ("questions",), message, "Bring them within 5% of each other.")

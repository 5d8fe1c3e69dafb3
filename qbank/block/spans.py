"""Marked parts of a text: (from, to) in characters, sorted, never touching, as Highlight takes."""

Spans = tuple[tuple[int, int], ...]


def marked(spans: Spans, new: tuple[int, int]) -> Spans:
    """The spans with another one; those that it meets become one with it."""
    begin, end = new
    apart = []
    for each in spans:
        if each[1] < begin or end < each[0]:
            apart.append(each)
        else:
            begin, end = min(begin, each[0]), max(end, each[1])
    return tuple(sorted([*apart, (begin, end)]))


def unmarked(spans: Spans, place: int) -> Spans:
    """The spans without the one that covers a place."""
    return tuple(each for each in spans if not each[0] <= place < each[1])

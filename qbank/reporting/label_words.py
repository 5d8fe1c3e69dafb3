"""The one set of short words for what a question is about: systems, tasks, disciplines."""

from functools import cache

from qbank.content.exam import short_labels


def label(name: str) -> str:
    """The short label of a name of the content outline; any other text stays as it is."""
    return _labels().get(name, name)


@cache
def _labels() -> dict[str, str]:
    return short_labels()

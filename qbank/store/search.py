"""Full-text search over the current version of every question. The key is not in it.

`question_fts` is external content over `question_text` and is kept by the code
that writes questions, not by triggers: a trigger would flush the index at each
row of an import. A row is taken out of the index before its text changes and
put back after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

PLAIN = ("stem", "lead_in", "options")
"""The columns a block's builder may search: nothing in them gives an answer away."""

MAX_WORDS = 16
RANKED_UP_TO = 20_000
"""More matches than this are not ranked, newest first instead: ranking reads every one."""

_UNINDEX = text(
    "INSERT INTO question_fts (question_fts, rowid, stem, lead_in, options, explanation) "
    "SELECT 'delete', question_id, stem, lead_in, options, explanation "
    "FROM question_text WHERE question_id = :id"
)
_INDEX = text(
    "INSERT INTO question_fts (rowid, stem, lead_in, options, explanation) "
    "SELECT question_id, stem, lead_in, options, explanation "
    "FROM question_text WHERE question_id = :id"
)
_INDEX_AFTER = text(
    "INSERT INTO question_fts (rowid, stem, lead_in, options, explanation) "
    "SELECT question_id, stem, lead_in, options, explanation "
    "FROM question_text WHERE question_id > :id"
)
_REBUILD = text("INSERT INTO question_fts (question_fts) VALUES ('rebuild')")
_COUNT = text(
    "SELECT count(*) FROM (SELECT 1 FROM question_fts WHERE question_fts MATCH :match LIMIT :limit)"
)
_FIND = "SELECT rowid FROM question_fts WHERE question_fts MATCH :match ORDER BY {} LIMIT :limit"
_BEST = text(_FIND.format("rank"))
_NEWEST = text(_FIND.format("rowid DESC"))


def unindex(connection: Connection, question_ids: Sequence[int]) -> None:
    """Take questions out of the index; before their `question_text` rows change."""
    if question_ids:
        connection.execute(_UNINDEX, [{"id": each} for each in question_ids])


def index(connection: Connection, question_ids: Sequence[int]) -> None:
    """Put questions into the index; after their `question_text` rows were written."""
    if question_ids:
        connection.execute(_INDEX, [{"id": each} for each in question_ids])


def index_after(connection: Connection, question_id: int) -> None:
    """Put every question with a larger id into the index, in one statement."""
    connection.execute(_INDEX_AFTER, {"id": question_id})


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from `question_text`; the quick way after a large import."""
    connection.execute(_REBUILD)


def match_query(words: str, *, include_explanation: bool = False) -> str:
    """The FTS5 expression for what a person typed: every word, the last one as a prefix.

    Every word is quoted, so that nothing a person types is an operator or a
    column. A single letter is no prefix: half of all words begin with it. Empty
    where there is nothing to look for.
    """
    readable = words.encode("utf-8", "ignore").decode().replace("\0", " ")
    wanted = [word for word in readable.split()[:MAX_WORDS] if _letters(word)]
    if not wanted:
        return ""
    phrases = ['"' + word.replace('"', '""') + '"' for word in wanted]
    expression = " ".join(phrases) + (" *" if _letters(wanted[-1]) > 1 else "")
    return expression if include_explanation else f"{{{' '.join(PLAIN)}}} : ({expression})"


def _letters(word: str) -> int:
    return sum(character.isalnum() for character in word)


def search(
    connection: Connection, words: str, limit: int = 50, *, include_explanation: bool = False
) -> list[int]:
    """Ids of questions that hold every word: the best first, or the newest where many do."""
    match = match_query(words, include_explanation=include_explanation)
    if not match:
        return []
    few = {"match": match, "limit": RANKED_UP_TO + 1}
    found = connection.execute(_COUNT, few).scalar_one()
    order = _BEST if found <= RANKED_UP_TO else _NEWEST
    return list(connection.execute(order, {"match": match, "limit": limit}).scalars())

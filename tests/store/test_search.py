"""Full-text search: what is found, what is not looked at, and that nothing typed breaks it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from qbank.store import search
from qbank.store.engine import Store
from tests.support.stores import fill, insert, new_store

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(alphabet='"*(){}[]:^-+%_\\;\'\0 \nabNEARORANDNOT', max_size=30),
    st.lists(
        st.sampled_from(
            ["heart", "NEAR(", "OR", "NOT", "AND", "stem:", "explanation:", '"', '""', "*", "^",
             "{", "}", "(", ")", "-", "+", "heart-failure", "50%", "key:B", "é", "\ud800"]
        ),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = fill(new_store(tmp_path_factory.mktemp("search")))
    yield opened
    opened.close()


def _search(store: Store, words: str, *, include_explanation: bool = False) -> list[int]:
    with store.read() as connection:
        return search.search(connection, words, include_explanation=include_explanation)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("heart", {1, 2, 3}),
        ("HEART failure", {1, 2, 3}),
        ("failure heart", {1, 2, 3}),
        ("hea", {1, 2, 3}),
        ("h", set()),
        ("heart a", {1, 2, 3}),
        ("heart f", set()),
        ("hea failure", set()),
        ("heart fail", {1, 2, 3}),
        ("41", {1}),
        ("furosemide", {1, 2, 3}),
        ("best step", {1, 2, 3}),
        ("heart-failure", {1, 2, 3}),
        ("failure-heart", set()),
        ("héart", {1, 2, 3}),
        ("heart %", {1, 2, 3}),
        ("kidney", set()),
        ("", set()),
        (" % * ", set()),
    ],
)
def test_what_is_found(store: Store, words: str, found: set[int]) -> None:
    assert set(_search(store, words)) == found


def test_the_explanation_only_where_it_is_asked_for(store: Store) -> None:
    assert _search(store, "congestion") == []
    assert set(_search(store, "congestion", include_explanation=True)) == {1, 2, 3}
    assert _search(store, "explanation: congestion") == []
    assert _search(store, '"} : congestion') == []


def test_the_key_is_nowhere_in_the_index(store: Store) -> None:
    with store.read() as connection:
        columns = connection.execute(text("SELECT name FROM pragma_table_info('question_fts')"))
        assert columns.scalars().all() == ["stem", "lead_in", "options", "explanation"]


@given(HOSTILE, st.booleans())
@example("\0", False)
@example("\ud800", False)
@example("a" * 100_000, True)
@example("x " * 1_000, True)
@example('"' * 99, False)
def test_nothing_typed_is_an_error(store: Store, words: str, everything: bool) -> None:
    _search(store, words, include_explanation=everything)


@pytest.mark.proof
@settings(max_examples=20_000)
@given(HOSTILE)
def test_twenty_thousand_queries_are_no_error(store: Store, words: str) -> None:
    _search(store, words)


@given(HOSTILE)
def test_every_word_stands_in_quotes(words: str) -> None:
    match = search.match_query(words, include_explanation=True)
    assert re.fullmatch(r'|"(?:[^"]|"")*"(?: "(?:[^"]|"")*")*(?: \*)?', match, re.DOTALL)


def test_a_changed_question_is_found_by_its_new_words_alone(tmp_path: Path) -> None:
    store = fill(new_store(tmp_path))

    def change(connection: Connection) -> None:
        search.unindex(connection, [2])
        connection.execute(text("UPDATE question_text SET stem = 'Kidneys.' WHERE question_id = 2"))
        search.index(connection, [2])

    store.write(change)
    assert _search(store, "kidneys") == [2]
    assert set(_search(store, "heart")) == {1, 3}
    store.write(search.rebuild)
    assert _search(store, "kidneys") == [2]
    store.close()


def test_many_matches_come_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = fill(new_store(tmp_path))

    def longer(connection: Connection) -> None:
        search.unindex(connection, [1])
        connection.execute(
            text("UPDATE question_text SET stem = 'Heart, heart, heart.' WHERE question_id = 1")
        )
        search.index(connection, [1])

    store.write(longer)
    assert _search(store, "heart")[0] == 1
    monkeypatch.setattr(search, "RANKED_UP_TO", 2)
    assert _search(store, "heart") == [3, 2, 1]
    with store.read() as connection:
        assert search.search(connection, "heart", 2) == [3, 2]
    store.close()


def test_an_empty_list_of_questions_changes_nothing(store: Store) -> None:
    store.write(lambda connection: search.index(connection, []))
    store.write(lambda connection: search.unindex(connection, []))
    assert set(_search(store, "heart")) == {1, 2, 3}


@pytest.mark.proof
def test_the_commonest_word_of_many_is_found_quickly(tmp_path: Path) -> None:
    """Fifty thousand questions with one word: the newest come without ranking them all."""
    store = fill(new_store(tmp_path))

    def many(connection: Connection) -> None:
        for n in range(4, 25_004):
            question = {"id": n, "pack_id": 1, "key": f"q{n}", "place": n, "current_hash": "x"}
            tags = {"system": "", "task": "", "area": "", "next_step": "none"}
            insert(connection, "question", {**question, **tags})
            words = {"stem": "A heart.", "lead_in": "", "options": "", "explanation": ""}
            insert(connection, "question_text", {"question_id": n, **words})
        search.rebuild(connection)

    store.write(many)
    assert _search(store, "heart") == list(range(25_003, 24_953, -1))
    store.close()

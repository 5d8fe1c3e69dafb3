"""Questions and packs as hypothesis draws them: every field, awkward but allowed text."""

from typing import Any, get_args

from hypothesis import strategies as st

from qbank.content import names
from qbank.content.pack import Pack
from qbank.content.question import Question
from qbank.content.text import gate

slugs = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,12}", fullmatch=True)
months = st.from_regex(r"20[0-9]{2}-(0[1-9]|1[0-2])", fullmatch=True)


def texts(smallest: int = 0) -> st.SearchStrategy[str]:
    """Gated, stripped text of at least `smallest` characters, as a model keeps it."""
    raw = st.text(max_size=60).map(lambda text: gate(text).text.strip())
    awkward = st.sampled_from(
        ["NO", "1:30", "012", "~", "null", "a: b", "# c", "- d", "{e}", "0.5"]
    )
    return st.one_of(raw, awkward).filter(lambda text: len(text) >= smallest)


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or none."""
    return st.one_of(st.none(), values)


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    """One of a Literal's names."""
    return st.sampled_from(get_args(literal))


_references = st.fixed_dictionaries(
    {"title": texts(1)},
    optional={"body": texts(), "year": st.integers(1900, 2100), "supports": texts()},
)
_changes = st.fixed_dictionaries({"change": texts(1), "then": slugs})
_rungs = st.fixed_dictionaries(
    {"id": slugs, "stage": one_of(names.Stage), "do": texts(1)},
    optional={"state": one_of(names.RungState)},
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A valid question with any of its fields."""
    ids = draw(st.lists(slugs, min_size=2, max_size=6, unique_by=str.casefold))
    option_texts = draw(
        st.lists(
            texts(1),
            min_size=len(ids),
            max_size=len(ids),
            unique_by=lambda text: " ".join(text.split()),
        )
    )
    extras = st.fixed_dictionaries(
        {}, optional={"why": texts(), "error": one_of(names.ErrorCode), "step": slugs}
    )
    options = [
        {"id": own, "text": text, **draw(extras)}
        for own, text in zip(ids, option_texts, strict=True)
    ]
    fields = {
        "lead_in": draw(texts(1)),
        "key": draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids), unique=True)),
        "options": options,
        **draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "id": some(slugs),
                    "stem": texts(),
                    "option_order": one_of(names.OptionOrder),
                    "next_step": some(one_of(names.NextStep)),
                    "turns_on": texts(),
                    "explanation": texts(),
                    "sequence": st.lists(_rungs, max_size=3),
                    "if_instead": st.lists(_changes, max_size=2),
                    "references": st.lists(_references, max_size=2),
                    "system": some(one_of(names.System)),
                    "task": some(one_of(names.Task)),
                    "disciplines": st.lists(one_of(names.Discipline), max_size=2),
                    "expected_correct": some(st.floats(0, 1)),
                    "as_of": some(months),
                    "patient": some(st.fixed_dictionaries({"age": texts(1)})),
                    "set": some(st.just({"id": "s", "position": 2, "locks": True})),
                    "tags": st.lists(texts(1), max_size=3),
                },
            )
        ),
    }
    return Question.model_validate(fields)


packs = st.builds(
    Pack,
    id=slugs,
    title=texts(1),
    version=texts(1),
    licence=texts(),
    as_of=some(months),
    text=one_of(names.TextStyle),
    authors=st.lists(texts(1), max_size=2).map(tuple),
)

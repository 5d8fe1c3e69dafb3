"""The calculator against exact fractions, its words for what is wrong, and its memory."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.errors import UsageError
from qbank.services.calculator import LONGEST, Calculator, shown

Term = tuple[str, Fraction]


def _number(value: Decimal) -> Term:
    return str(value), Fraction(value)


_NUMBERS = st.decimals(0, 9999, places=2).map(_number)


def _signed(term: Term) -> Term:
    return f"(−{term[0]})", -term[1]


def _grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pairs = st.tuples(inner, st.sampled_from("+-*/×÷−"), inner)
    return st.one_of(
        pairs.map(_joined),
        inner.map(_signed),
        inner.map(lambda t: (f"({t[0]})%", t[1] / 100)),
        inner.map(lambda t: (f"({t[0]})²", t[1] ** 2)),
        inner.map(lambda t: (f"√({t[0]})^2", abs(t[1]))),
    )


def _joined(parts: tuple[Term, str, Term]) -> Term:
    (one, a), sign, (other, b) = parts
    if sign in "/÷" and not b:
        return one, a
    if sign in "/÷":
        return f"({one} {sign} {other})", a / b
    value = {"+": a + b, "-": a - b, "−": a - b, "*": a * b, "×": a * b}
    return f"({one} {sign} {other})", value[sign]


@given(st.recursive(_NUMBERS, _grown, max_leaves=4).filter(lambda term: len(term[0]) <= LONGEST))
def test_a_calculation_is_what_exact_arithmetic_says(term: Term) -> None:
    text, exact = term
    value = Fraction(Calculator().value(text))
    # Only a difference of almost equal numbers loses digits; what it is of has up to 34.
    assert abs(value - exact) <= max(abs(exact), Fraction(1)) * Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.1 + 0.2", "0.3"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) x 4", "20"),
        ("1/3", "0.333333333333"),
        ("1/3*3", "1"),
        ("-3²", "−9"),
        ("(-3)^2", "9"),
        ("--5", "5"),
        ("√16 + r9", "7"),
        ("√√16", "2"),
        ("15%", "0.15"),
        ("140 × 5%", "7"),
        ("11,000/2", "5500"),
        (".5 + 2.", "2.5"),
        ("(1 + 2", "3"),
        ("10^2^2", "10000"),
        ("999999999999999 * 10", "1 × 10^16"),
        ("1/3000000000000", "3.33333333333 × 10^−13"),
        ("5 − 5", "0"),
    ],
)
def test_what_comes_out(text: str, said: str) -> None:
    assert Calculator().enter(text) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing to calculate"),
        ("1/0", "divided by zero"),
        ("0/0", "divided by zero"),
        ("√(1 − 2)", "no root"),
        ("2 +", "missing at the end"),
        ("2 + × 3", "missing before ×"),
        ("2 (3)", "sign is missing before ("),
        ("(2 3)", "sign is missing before 3"),
        ("2)", "never opened"),
        ("()", "missing before )"),
        ("2 + two", "'t' is no number"),
        ("Ans + 1", "no last result"),
        ("1" * (LONGEST + 1), "up to 120"),
        ("(" * 31 + "1", "up to 30"),
        ("1.2.3", "sign is missing before .3"),
        ("٣ + 1", "no number"),
        ("9" * 100 + "²" * 20, "too large"),
    ],
)
def test_what_is_wrong_is_said_in_words(text: str, why: str) -> None:
    with pytest.raises(UsageError) as wrong:
        Calculator().value(text)
    assert why in wrong.value.message


@given(st.text(alphabet="0123456789.,+-*/x×÷−()%²^√rans ", max_size=LONGEST))
def test_anything_typed_has_a_result_or_words(text: str) -> None:
    calculator = Calculator()
    try:
        said = calculator.enter(text)
    except UsageError:
        assert not calculator.has_result
    else:
        assert said == shown(calculator.value("Ans"))


def test_the_last_result_is_kept_whole_and_can_be_forgotten() -> None:
    calculator = Calculator()
    calculator.enter("2/3")
    assert calculator.enter("ans*3") == "2"
    assert calculator.tape == [("2 ÷ 3", "0.666666666667"), ("Ans × 3", "2")]
    with pytest.raises(UsageError):
        calculator.enter("1 +")
    assert calculator.value("Ans") == Decimal(2)
    calculator.clear()
    assert (calculator.tape, calculator.has_result) == ([], False)

"""A pocket calculator: + − × ÷, brackets, percent, square, root, and the last result as `Ans`.

Numbers are decimals of 34 digits, so that 0.1 + 0.2 is 0.3. Percent divides by a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

from qbank.errors import UsageError

LONGEST: Final = 120
"""Characters of a calculation."""

_DEEPEST: Final = 30
_DIGITS: Final = 12
_PLAIN_UP_TO: Final = 15
_PLAIN_FROM: Final = -9
_TOKEN: Final = re.compile(
    r"\s*(?:([0-9][0-9,]*\.?[0-9]*|\.[0-9]+)|(ans)|(\^2)|(.))", re.IGNORECASE
)
_SIGNS: Final = {"*": "×", "x": "×", "X": "×", "/": "÷", "-": "−", "^2": "²", "r": "√", "R": "√"}
_KNOWN: Final = frozenset("+−×÷()%²√")
_ANS: Final = "Ans"


def shown(value: Decimal) -> str:
    """A number with up to 12 digits that count; very large and small ones by powers of ten."""
    rounded = Context(prec=_DIGITS).plus(value).normalize()
    if not rounded:
        return "0"
    power = rounded.adjusted()
    if _PLAIN_FROM <= power < _PLAIN_UP_TO:
        return f"{rounded:f}".replace("-", "−")
    return f"{rounded.scaleb(-power):f} × 10^{power}".replace("-", "−")


class Calculator:
    """Takes calculations and keeps what they came to.

    `tape` holds the pairs of a calculation and its result, the newest last.
    """

    def __init__(self) -> None:
        self.tape: list[tuple[str, str]] = []
        self._last: Decimal | None = None

    @property
    def has_result(self) -> bool:
        """Whether there is a last result."""
        return self._last is not None

    def value(self, text: str) -> Decimal:
        """What a calculation comes to. Raises UsageError that says in words what is wrong."""
        return _Reading(text, self._last).result()

    def enter(self, text: str) -> str:
        """Calculate, keep the result as `Ans`, and return it as it is shown. Raises as `value`."""
        self._last = self.value(text)
        said = shown(self._last)
        self.tape.append((pretty(text), said))
        return said

    def clear(self) -> None:
        """Forget the last result and the tape."""
        self.tape.clear()
        self._last = None


def pretty(text: str) -> str:
    """A calculation with the signs that it means, and every bracket closed: `(2*3` is `(2 × 3)`."""
    said = "".join(f" {each} " if each in ("+", "−", "×", "÷") else each for each in _tokens(text))
    return re.sub(r"(^|[(+−×÷√] *) ([+−]) ", r"\1\2", said).strip() + ")" * (
        said.count("(") - said.count(")")
    )


def _tokens(text: str) -> list[str]:
    """Numbers, signs and `Ans`. Raises UsageError for anything else."""
    if len(text) > LONGEST:
        raise UsageError(f"a calculation has up to {LONGEST} characters")
    tokens = []
    for number, ans, square, other in _TOKEN.findall(text.strip()):
        sign = _SIGNS.get(square or other, other)
        if not number and not ans and sign not in _KNOWN:
            raise UsageError(f"{other!r} is no number and no sign")
        tokens.append(number or (_ANS if ans else sign))
    return tokens


class _Reading:
    """One calculation, read from left to right."""

    def __init__(self, text: str, last: Decimal | None) -> None:
        self._left: Sequence[str] = _tokens(text)
        self._at = 0
        self._depth = 0
        self._last = last
        self._context = Context(prec=34, traps=[DivisionByZero, InvalidOperation, Overflow])

    def result(self) -> Decimal:
        if not self._left:
            raise UsageError("there is nothing to calculate")
        try:
            value = self._sum()
        except DivisionByZero:
            raise UsageError("nothing can be divided by zero") from None
        except Overflow:
            raise UsageError("that number is too large") from None
        except InvalidOperation:
            raise UsageError("that has no result") from None
        if self._next == ")":
            raise UsageError("a bracket is closed that was never opened")
        if self._next:
            raise UsageError(f"a sign is missing before {self._next}")
        return value

    @property
    def _next(self) -> str:
        return self._left[self._at] if self._at < len(self._left) else ""

    def _take(self, *signs: str) -> str:
        """The next token, where it is one of these; else nothing."""
        token = self._next if self._next in signs else ""
        self._at += bool(token)
        return token

    def _sum(self) -> Decimal:
        value = self._product()
        while sign := self._take("+", "−"):
            act = self._context.add if sign == "+" else self._context.subtract
            value = act(value, self._product())
        return value

    def _product(self) -> Decimal:
        value = self._signed()
        while sign := self._take("×", "÷"):
            other = self._signed()
            if sign == "÷" and not other:
                raise DivisionByZero
            act = self._context.multiply if sign == "×" else self._context.divide
            value = act(value, other)
        return value

    def _signed(self) -> Decimal:
        """Signs and roots before a value: a minus is taken last, so that −3² is −9."""
        negative = False
        while sign := self._take("+", "−"):
            negative ^= sign == "−"
        roots = 0
        while self._take("√"):
            roots += 1
        value = self._raised()
        for _ in range(roots):
            if value < 0:
                raise UsageError("a number below zero has no root")
            value = self._context.sqrt(value)
        return self._context.minus(value) if negative else value

    def _raised(self) -> Decimal:
        value = self._single()
        while sign := self._take("²", "%"):
            if sign == "²":
                value = self._context.multiply(value, value)
            else:
                value = self._context.scaleb(value, Decimal(-2))
        return value

    def _single(self) -> Decimal:
        """A number, the last result, or what stands in brackets."""
        if self._take("("):
            return self._bracket()
        if self._take(_ANS):
            if self._last is None:
                raise UsageError("there is no last result yet")
            return self._last
        said = self._next
        if not said or not (said[0].isdigit() or said[0] == "."):
            where = f"before {said}" if said else "at the end"
            raise UsageError(f"a number is missing {where}")
        self._at += 1
        return self._context.create_decimal(said.replace(",", ""))

    def _bracket(self) -> Decimal:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UsageError(f"up to {_DEEPEST} brackets lie in each other")
        value = self._sum()
        self._depth -= 1
        if self._next and self._next != ")":
            raise UsageError(f"a sign is missing before {self._next}")
        self._take(")")
        return value

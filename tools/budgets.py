"""Size and safety budgets that no linter of ours holds: `python -m tools.budgets [ROOT]`.

Held here: the length of a file in `qbank/`, broad excepts outside the two places
that may catch everything, and `type: ignore` without a code and a reason. The
length of a function, its complexity, branches and parameters are ruff's.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WARN_LINES = 300
MAX_LINES = 400

# The two places that turn any failure into a message: the command line's entry
# and the app's handler of failed workers.
MAY_CATCH_ALL = frozenset({"qbank/cli/main.py", "qbank/tui/app.py"})

PROGRAM = ("qbank", "migrations")
ALL = (*PROGRAM, "benchmarks", "tests", "tools")

_BROAD = {"Exception", "BaseException"}
_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<code>\[[^\]]+\])?(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Breach:
    """One budget not kept; `line` counts from 1. A warning does not fail the build."""

    path: str
    line: int
    text: str
    fails: bool = True

    def __str__(self) -> str:
        kind = "error" if self.fails else "warning"
        return f"{self.path}:{self.line}: {kind}: {self.text}"


def check(root: Path) -> list[Breach]:
    """Every breach below `root`, in the order of paths."""
    breaches: list[Breach] = []
    for folder in ALL:
        for file in sorted(root.joinpath(folder).rglob("*.py")):
            path = file.relative_to(root).as_posix()
            source = file.read_text(encoding="utf-8")
            breaches += _bare_ignores(path, source)
            if folder == "qbank":
                breaches += _length(path, source)
            if folder in PROGRAM and path not in MAY_CATCH_ALL:
                breaches += _broad_excepts(path, source)
    return breaches


def _length(path: str, source: str) -> Iterator[Breach]:
    lines = source.count("\n")
    if lines > WARN_LINES:
        text = f"{lines} lines (over {WARN_LINES} is a warning, over {MAX_LINES} an error): split"
        yield Breach(path, lines, text, fails=lines > MAX_LINES)


def _broad_excepts(path: str, source: str) -> Iterator[Breach]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _reraises(node):
            yield Breach(path, node.lineno, "broad except: name what can go wrong here")
        if isinstance(node, ast.Call) and _suppresses_all(node):
            yield Breach(path, node.lineno, "broad suppress: name what can go wrong here")


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(part) for part in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in _BROAD)


def _reraises(handler: ast.ExceptHandler) -> bool:
    """A handler that ends in a bare `raise` cleans up and passes the failure on."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _suppresses_all(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "suppress" and any(_is_broad(arg) for arg in call.args)


def _bare_ignores(path: str, source: str) -> Iterator[Breach]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        found = _IGNORE.search(token.string) if token.type == tokenize.COMMENT else None
        if found and not (found["code"] and re.search(r"\w{3}", found["reason"])):
            text = "type: ignore needs a code and a reason: # type: ignore[code]  # why"
            yield Breach(path, token.start[0], text)


def main() -> int:
    """Print every breach; 1 where one of them fails the build."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    breaches = check(root)
    for breach in breaches:
        print(breach, file=sys.stderr)
    return int(any(breach.fails for breach in breaches))


if __name__ == "__main__":
    sys.exit(main())

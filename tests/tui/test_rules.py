"""Rules of the terminal that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.shared import ROOT

TUI = ROOT / "qbank" / "tui"
FILES = sorted(TUI.rglob("*.py"))
# What takes markup from a string; the two that are used take none from what we hand them.
TAKEN_FROM_TEXTUAL = {"Input", "DirectoryTree"}
MAKES_TEXT = {"safe.py", "markdown.py", "app.py"}


def _name(path: Path) -> str:
    return path.relative_to(TUI).as_posix()


def _imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


@pytest.mark.parametrize("file", sorted((TUI / "widgets").glob("*.py")), ids=_name)
def test_a_widget_knows_no_service(file: Path) -> None:
    modules = {module for module, _ in _imports(ast.parse(file.read_text()))}
    assert not {m for m in modules if m.startswith(("qbank.services", "qbank.bootstrap"))}
    assert not {m for m in modules if m.startswith("qbank.tui.screens")}


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_no_page_reads_the_store_itself(file: Path) -> None:
    for module, name in _imports(ast.parse(file.read_text())):
        assert not module.startswith(("sqlalchemy", "sqlite3")), module
        asks_the_holder = (module, name) == ("qbank.store.lock", "ask_to_end")
        assert asks_the_holder or not module.startswith("qbank.store"), module


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_text_is_made_where_markup_is_not_read(file: Path) -> None:
    tree = ast.parse(file.read_text())
    for module, name in _imports(tree):
        if module == "textual.widgets":
            assert name in TAKEN_FROM_TEXTUAL
        if name in ("Text", "Content") or module == "textual.markup":
            assert file.name in MAKES_TEXT
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("from_markup", "open_url")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            marks = [word for word in node.keywords if word.arg == "markup"]
            if node.func.attr == "notify":
                assert marks
            assert all(isinstance(m.value, ast.Constant) and not m.value.value for m in marks)


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_no_page_judges_an_answer(file: Path) -> None:
    """Right and wrong are told by outcomes and keys that services hand over, never scored here."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Name | ast.Attribute):
            said = node.id if isinstance(node, ast.Name) else node.attr
            assert said not in ("score", "is_correct")

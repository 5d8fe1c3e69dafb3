"""Which key does what: how bindings are named and said, and keys that a person chose instead.

A binding is known by its id (`block.flag`). A person's keys replace its own everywhere,
so that the page of keys and the foot of a page say what really acts.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from textual.binding import Binding
from textual.keys import KEY_ALIASES, Keys, _character_to_key, format_key

from qbank.errors import nearest
from qbank.tui.face import LETTERS

SIGNS: Final = {
    "enter": "⏎",
    "backspace": "⌫",
    "delete": "Del",
    "escape": "Esc",
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "comma": ",",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}
ANSWERING: Final = ("block.", "pen.")
"""Beginnings of ids of pages on which a letter from A to J only ever answers."""

_NAMED: Final = {key.value for key in Keys} | set(KEY_ALIASES)


class KeyAction(NamedTuple):
    """Something a key does: its id, what it is, its own keys, and the page it belongs to."""

    id: str
    what: str
    keys: str
    page: str


def bindings_of(kind: type) -> Iterator[Binding]:
    """The bindings of a class and its bases, the nearest first, none whose keys are taken."""
    taken: set[str] = set()
    for owner in kind.__mro__:
        for binding in vars(owner).get("BINDINGS", ()):
            keys = set(binding.key.split(",")) if isinstance(binding, Binding) else set()
            if keys - taken:
                taken |= keys
                yield binding


def said(keys: str) -> str:
    """Keys as they stand on a keyboard, the shifted twin of a letter left out."""
    names = [name for name in keys.split(",") if not (len(name) == 1 and name.isupper())]
    return " ".join(SIGNS.get(name) or _plain(name) for name in names)


def _plain(name: str) -> str:
    """A letter as on its key, a control key with its hat."""
    return name.upper() if len(name) == 1 else format_key(name).replace("ctrl+", "^")


def named(keys: str) -> str:
    """Keys as Textual names them: `?` is `question_mark`, and a letter stands with its twin."""
    names = []
    for key in filter(None, (part.strip() for part in keys.split(","))):
        name = _character_to_key(key) if len(key) == 1 else key.lower()
        twin = [name.swapcase()] if len(name) == 1 and name.isalpha() else []
        names += [each for each in (name, *twin) if each not in names]
    return ",".join(names)


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """What a person chose, as the app takes it; what would take a letter of an answer is left."""
    return {
        action: named(keys)
        for action, keys in chosen.items()
        if named(keys) and not _letters_taken(action, keys)
    }


def faults(chosen: Mapping[str, str]) -> list[str]:
    """What is wrong with keys that a person chose, a sentence each. Reads every page there is."""
    known = every_action()
    wrong = []
    for action, keys in chosen.items():
        if action not in known:
            near = nearest(action, known)
            wrong.append(f"there is no action {action!r}" + (f"; {near!r}?" if near else ""))
        unknown = [key for key in named(keys).split(",") if not _is_key(key)]
        if unknown or not named(keys):
            wrong.append(f"{action}: there is no key {', '.join(unknown) or keys!r}")
        if taken := _letters_taken(action, keys):
            wrong.append(f"{action}: {taken} only ever answers in a block")
    return wrong + _clashes(keymap(chosen))


def _letters_taken(action: str, keys: str) -> str:
    if not action.startswith(ANSWERING):
        return ""
    return next((key for key in named(keys).upper().split(",") if key in (*LETTERS,)), "")


def _is_key(name: str) -> bool:
    *modifiers, key = name.split("+")
    known = len(key) == 1 or key in _NAMED or name in _NAMED or key in _characters()
    return known and set(modifiers) <= {"ctrl", "shift", "alt"}


@cache
def _characters() -> frozenset[str]:
    """Names of the signs that are typed directly."""
    return frozenset(_character_to_key(chr(code)) for code in range(33, 127))


def _clashes(changed: Mapping[str, str]) -> list[str]:
    """Two actions of one page on one key, where one of them was moved there."""
    wrong = []
    for kind in _pages():
        holders: dict[str, str] = {}
        bindings = [each for each in bindings_of(kind) if each.id]
        for binding in sorted(bindings, key=lambda each: each.id in changed):
            name = binding.id or ""
            for key in changed.get(name, binding.key).split(","):
                other = holders.setdefault(key, name)
                if other != name and {other, name} & set(changed):
                    pressed = said(key.lower() if len(key) == 1 else key)
                    wrong.append(f"{name}: {pressed} already is {other} on the same page")
    return sorted(set(wrong))


@cache
def every_action() -> dict[str, KeyAction]:
    """Every action that a key does, by its id, page by page."""
    found: dict[str, KeyAction] = {}
    for kind in _pages():
        for binding in bindings_of(kind):
            if binding.id and binding.description:
                page = binding.id.partition(".")[0]
                found.setdefault(
                    binding.id, KeyAction(binding.id, binding.description, binding.key, page)
                )
    return dict(sorted(found.items()))


def _pages() -> list[type]:
    """The app, every page, every dialog and every widget that has keys."""
    import qbank.tui.screens
    import qbank.tui.widgets
    from qbank.tui.app import QbankApp

    kinds: dict[str, type] = {"QbankApp": QbankApp}
    for package in (qbank.tui.widgets, qbank.tui.screens):
        for module in pkgutil.iter_modules(package.__path__):
            there = importlib.import_module(f"{package.__name__}.{module.name}")
            kinds |= {
                name: kind
                for name, kind in vars(there).items()
                if isinstance(kind, type) and kind.__module__ == there.__name__
            }
    return [kind for kind in kinds.values() if any("BINDINGS" in vars(o) for o in kind.__mro__)]

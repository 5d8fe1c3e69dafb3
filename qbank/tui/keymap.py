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


class Held(NamedTuple):
    """The keys of a person's own that hold, as the app takes them, and what is wrong with others.

    An action that is named as wrong keeps its own keys.
    """

    keys: dict[str, str]
    wrong: list[str]


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """What a person chose, as the app takes it, of what can hold by itself.

    What would take a letter of an answer, or names a key that there is not, is left.
    """
    return {
        action: named(keys)
        for action, keys in chosen.items()
        if named(keys) and not _unknown(keys) and not _letters_taken(action, keys)
    }


def held(chosen: Mapping[str, str]) -> Held:
    """Keys held against those of every page. Of two on one key, what was moved there moves back.

    Reads every page there is, which takes a moment the first time.
    """
    keys = keymap(chosen)
    wrong: set[str] = set()
    while found := _clashes(keys):
        wrong |= {_clash_said(clash, keys) for clash in found}
        back = {action for clash in found for action in (clash.action, clash.other)}
        keys = {action: pressed for action, pressed in keys.items() if action not in back}
    return Held(keys, [*(_wrong_alone(chosen) if chosen else ()), *sorted(wrong)])


def _wrong_alone(chosen: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with each whatever the others are, a sentence each."""
    known = every_action()
    for action, keys in chosen.items():
        if action not in known:
            near = nearest(action, known)
            yield f"there is no action {action!r}" + (f"; {near!r}?" if near else "")
        if _unknown(keys) or not named(keys):
            yield f"{action}: there is no key {', '.join(_unknown(keys)) or keys!r}"
        if taken := _letters_taken(action, keys):
            yield f"{action}: {taken} only ever answers in a block"


def _unknown(keys: str) -> list[str]:
    return [key for key in named(keys).split(",") if not _is_key(key)]


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


class _Clash(NamedTuple):
    """Two actions of one page on one key, where one of them at least was moved there."""

    action: str
    other: str
    key: str


def _clashes(changed: Mapping[str, str]) -> set[_Clash]:
    """Every clash that keys of a person's own bring about."""
    found: set[_Clash] = set()
    for kind in _pages() if changed else ():
        holders: dict[str, str] = {}
        bindings = [each for each in bindings_of(kind) if each.id]
        for binding in sorted(bindings, key=lambda each: each.id in changed):
            name = binding.id or ""
            for key in changed.get(name, binding.key).split(","):
                other = holders.setdefault(key, name)
                if other != name and {other, name} & set(changed):
                    found.add(_Clash(name, other, key.lower() if len(key) == 1 else key))
    return found


def _clash_said(clash: _Clash, changed: Mapping[str, str]) -> str:
    both = "; both keep their own" if {clash.action, clash.other} <= set(changed) else ""
    return f"{clash.action}: {said(clash.key)} already is {clash.other} on the same page{both}"


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

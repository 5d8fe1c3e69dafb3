"""The frame of a form."""

from __future__ import annotations

from textual.containers import VerticalScroll


class Form(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields of a form; the arrows move between them, they do not scroll."""

"""The four looks: dark, light, high contrast, and none (no colour at all)."""

from __future__ import annotations

from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

DARK: Final = Theme(
    name="qbank-dark",
    dark=True,
    primary="#82b1ff",
    secondary="#8fa3bf",
    accent="#7fd1c7",
    warning="#f0b860",
    error="#f28b82",
    success="#8bd49c",
    foreground="#d9dfe8",
    background="#12161d",
    surface="#191f29",
    panel="#232b37",
    variables={
        "ink-muted": "#93a1b5",
        "ink-rule": "#3a4557",
        "ink-strong": "#ffffff",
        "fill-chosen": "#1f3350",
        "fill-marked": "#4d3f12",
        "fill-cursor": "#202835",
        "fill-loud": "#f0b860",
        "ink-loud": "#12161d",
    },
)

LIGHT: Final = Theme(
    name="qbank-light",
    dark=False,
    primary="#1857a8",
    secondary="#4d5d70",
    accent="#0b6b66",
    warning="#8a5a00",
    error="#b02a20",
    success="#176b3a",
    foreground="#1f2731",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e8e5db",
    variables={
        "ink-muted": "#5a6675",
        "ink-rule": "#c9c4b6",
        "ink-strong": "#000000",
        "fill-chosen": "#d8e6f8",
        "fill-marked": "#fbe8a6",
        "fill-cursor": "#efece2",
        "fill-loud": "#8a5a00",
        "ink-loud": "#ffffff",
    },
)

CONTRAST: Final = Theme(
    name="qbank-contrast",
    dark=True,
    primary="#ffff55",
    secondary="#ffffff",
    accent="#55ffff",
    warning="#ffd400",
    error="#ffbdb8",
    success="#7dff9b",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    variables={
        "ink-muted": "#d8d8d8",
        "ink-rule": "#9a9a9a",
        "ink-strong": "#ffffff",
        "fill-chosen": "#00357a",
        "fill-marked": "#5c4a00",
        "fill-cursor": "#2b2b2b",
        "fill-loud": "#ffd400",
        "ink-loud": "#000000",
    },
)

NONE: Final = Theme(
    name="qbank-none",
    ansi=True,
    dark=True,
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "ink-muted": "ansi_default",
        "ink-rule": "ansi_default",
        "ink-strong": "ansi_default",
        "fill-chosen": "ansi_default",
        "fill-marked": "ansi_default",
        "fill-cursor": "ansi_default",
        "fill-loud": "ansi_default",
        "ink-loud": "ansi_default",
    },
)

THEMES: Final = (DARK, LIGHT, CONTRAST, NONE)
COLOURED: Final = (DARK.name, LIGHT.name, CONTRAST.name)


def theme_name(setting: str) -> str:
    """The theme for a setting's word; `auto` and anything unknown is dark."""
    wanted = f"qbank-{setting}"
    return wanted if any(theme.name == wanted for theme in THEMES) else DARK.name

"""What a person may set, and where qbank keeps its files.

Layers, each over the one before: the defaults below, the settings file (TOML),
the environment (`QBANK_` and the name in capitals), typed options. Nothing is
imported here that a start does not need, and no folder is made: that happens
when something is first written to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from qbank import typed
from qbank.errors import UsageError, nearest

PREFIX: Final = "QBANK_"
CONFIG_VARIABLE: Final = "QBANK_CONFIG"
FOLDER_MODE: Final = 0o700
_LEFT_OUT: Final = "Until then the defaults hold, also for the data folder."
_MEND: Final = "Mend that line of the TOML, or move the file away, and start again."


def _about(doc: str, read: typed.Reader, few: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is known of a setting; `few` are its values where there are only some."""
    return {"doc": doc, "read": read, "few": few}


def _one_of(doc: str, *allowed: str) -> dict[str, Any]:
    return _about(doc, typed.choice(*allowed), allowed)


def _default_config() -> Path:
    from platformdirs import user_config_path

    return user_config_path("qbank", appauthor=False) / "settings.toml"


def _default_data() -> Path:
    from platformdirs import user_data_path

    return user_data_path("qbank", appauthor=False)


@dataclass(frozen=True, slots=True)
class Paths:
    """Where qbank keeps its files; none of them need exist."""

    data_dir: Path
    config: Path

    @property
    def database(self) -> Path:
        """The store."""
        return self.data_dir / "qbank.db"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.data_dir / "qbank.lock"

    @property
    def log(self) -> Path:
        """What went wrong, without anything of a question in it."""
        return self.data_dir / "qbank.log"

    @property
    def backups(self) -> Path:
        """Copies of the store."""
        return self.data_dir / "backups"

    def make_data_dir(self) -> Path:
        """Make the data folder, for its owner only, where there is none yet."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        except OSError as bad:
            raise UsageError(
                f"{self.data_dir} cannot be used as the data folder ({bad.strerror})",
                hint="Choose another folder with --data-dir.",
            ) from bad
        return self.data_dir

    def as_dict(self) -> dict[str, str]:
        """Every place by its name."""
        names = ("data_dir", "database", "backups", "log", "lock", "config")
        return {name: str(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person may set. Services get the values they need, never this object."""

    data_dir: Path | None = field(
        default=None,
        metadata=_about(
            "Folder for the store, its backups and the log. Default: the system's own.",
            typed.folder,
        ),
    )
    theme: str = field(
        default="auto",
        metadata=_one_of(
            "Colours: auto, dark, light, contrast or none. NO_COLOR in the environment turns auto "
            "into none.",
            *("auto", "dark", "light", "contrast", "none"),
        ),
    )
    clock: str = field(
        default="left",
        metadata=_one_of(
            "What the clock of a block shows: time left or time used.", "left", "used"
        ),
    )
    confidence: bool = field(
        default=True,
        metadata=_about(
            "Whether 1, 2 and 3 say how sure an answer is: sure, unsure, guess.",
            typed.switch,
        ),
    )
    nudge: bool = field(
        default=False,
        metadata=_about(
            "Whether a block says, once a question, that this one has taken twice its share.",
            typed.switch,
        ),
    )
    charts: str = field(
        default="auto",
        metadata=_one_of(
            "What charts are drawn with: braille, blocks, or what the terminal is known to show.",
            "auto",
            "braille",
            "blocks",
        ),
    )
    motion: bool = field(
        default=True,
        metadata=_about(
            "Whether anything may move by itself on the screen: a blinking cursor, a smooth "
            "scroll.",
            typed.switch,
        ),
    )
    mouse: bool = field(
        default=True,
        metadata=_about(
            "Whether the mouse acts in the app. Off: the terminal's own selecting works.",
            typed.switch,
        ),
    )
    bell: bool = field(
        default=False,
        metadata=_about(
            "Whether the terminal's bell sounds at 5:00, at 2:00 and at the end.",
            typed.switch,
        ),
    )
    title: bool = field(
        default=True,
        metadata=_about(
            "Whether the terminal's title says the block and the minutes left.",
            typed.switch,
        ),
    )
    keys: tuple[tuple[str, str], ...] = field(
        default=(),
        metadata=_about(
            'Keys of your own: a table of actions and keys, as `"block.flag" = "m,f2"` under '
            "`[keys]`; docs/keys.md lists the actions.",
            typed.keymap,
        ),
    )
    learner: str = field(
        default="",
        metadata=_about(
            "Whose blocks: a learner's name. Empty: the person's, or the only one there is.",
            typed.text,
        ),
    )
    exam_date: str = field(
        default="",
        metadata=_about(
            "The day of the exam, as 2026-12-18 or 18 Dec 2026; Home counts the days to it. "
            "Empty: not booked yet.",
            typed.day,
        ),
    )
    debug: bool = field(
        default=False, metadata=_about("Whether a failure shows its trace.", typed.switch)
    )
    extra_dirs: tuple[Path, ...] = field(
        default=(),
        metadata=_about(
            "Folders with exam files of your own (*.toml) beside the shipped.",
            typed.folders,
        ),
    )
    config: Path | None = field(
        default=None, metadata={"doc": "The settings file itself; set by QBANK_CONFIG."}
    )
    trouble: str = field(
        default="", metadata={"doc": "Why the settings file was left out, and what to do."}
    )

    @property
    def paths(self) -> Paths:
        """Where the files are under these settings."""
        return Paths(self.data_dir or _default_data(), self.config or _default_config())


SETTABLE: Final[Mapping[str, Field[Any]]] = {
    each.name: each for each in fields(Settings) if "read" in each.metadata
}


class BrokenFile(UsageError):
    """The settings file is no TOML, so that nothing of it can be read."""


def load_settings(
    *,
    environ: Mapping[str, str] | None = None,
    config: Path | None = None,
    go_on: bool = False,
    **options: object,
) -> Settings:
    """The settings of all layers; an option that is None was not given.

    Raises UsageError for an unknown name or a value that is no good, saying where it stands;
    BrokenFile for a file that is no TOML, but with `go_on` that file is left out and `trouble`
    says so.
    """
    env = os.environ if environ is None else environ
    chosen = config or (Path(env[CONFIG_VARIABLE]) if env.get(CONFIG_VARIABLE) else None)
    file = chosen or _default_config()
    try:
        values = read_file(file, wanted=chosen is not None)
    except BrokenFile as broken:
        if not go_on:
            raise
        values = {"trouble": f"{broken.message}. {_LEFT_OUT} {broken.hint}"}
    values |= from_environment(env)
    for name, value in options.items():
        if value is not None:
            values[name] = read_value(name, value, f"the option {name}")
    settings = replace(Settings(), config=file, **values)
    if settings.theme == "auto" and env.get("NO_COLOR"):
        return replace(settings, theme="none")
    return settings


def read_file(file: Path, *, wanted: bool = False) -> dict[str, Any]:
    """What a settings file says; nothing where there is none, unless it is `wanted`.

    Raises UsageError with file and line.
    """
    try:
        source = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if not wanted:
            return {}
        raise UsageError(f"there is no settings file {file}") from None
    except (OSError, UnicodeDecodeError) as bad:
        raise UsageError(f"the settings file {file} cannot be read ({bad})") from bad
    import tomllib

    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as bad:
        raise BrokenFile(f"the settings file {file} is no TOML: {bad}", hint=_MEND) from bad
    return {
        name: read_value(name, value, _place(file, source, name)) for name, value in table.items()
    }


def from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    """What `QBANK_...` variables say; an empty one says nothing."""
    return {
        variable.removeprefix(PREFIX).lower(): read_value(
            variable.removeprefix(PREFIX).lower(), value, variable
        )
        for variable, value in env.items()
        if variable.startswith(PREFIX) and variable != CONFIG_VARIABLE and value
    }


def read_value(name: str, value: object, where: str) -> Any:
    """A value as its setting takes it. Raises UsageError for an unknown name or a wrong value."""
    setting = SETTABLE.get(name)
    if setting is None:
        near = nearest(name, SETTABLE)
        known = f"Did you mean {near!r}?" if near else f"Settings are {', '.join(SETTABLE)}."
        raise UsageError(f"{where}: there is no setting {name!r}", hint=known)
    try:
        return setting.metadata["read"](value)
    except ValueError as bad:
        raise UsageError(f"{where}: {name}: {bad}") from bad


def _place(file: Path, source: str, name: str) -> str:
    """`file:line` of a name that stands at the top of a TOML file."""
    written = re.compile(rf"""\s*(\[\s*)?["']?{re.escape(name)}["']?\s*[=.\]]""")
    for number, line in enumerate(source.splitlines(), start=1):
        if written.match(line):
            return f"{file}:{number}"
    return str(file)

"""The generated documents: `python -m tools.docs` writes them, `--check` compares.

`docs/cli.md` comes from the commands, `docs/settings.md` from the settings,
`docs/events.md` from the events, `docs/schemas/qbank-pack-1.schema.json` from the
models. The check also follows every relative link in every document.
"""

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from qbank.block.codec import KINDS
from qbank.block.sitting_codec import DAY
from qbank.cli.main import cli
from qbank.content.pack import json_schema
from qbank.settings import PREFIX, SETTABLE
from qbank.tui.keymap import every_action, said

SETTINGS_HEAD = """\
# Settings

Written by `make docs` from the settings themselves. Each stands over the one before:
the default, the settings file (TOML; `qbank locate` says where it is looked for), the
environment, and an option of the command line that was really typed.

| in the file | in the environment | default | |
| --- | --- | --- | --- |
"""

ROOT = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def commands_page() -> str:
    """Every command with its usage, its words and its options."""
    parts = [
        "# Commands",
        "Written by `make docs` from the commands themselves. Each takes `--help`.",
    ]
    for path, command in _walk("qbank", cli):
        parts += [f"## {path}", *_command(path, command)]
    return "\n\n".join(parts) + "\n"


def _walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _walk(f"{path} {name}", below)


def _command(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```\n{path} {usage}\n```"
    if command.help:
        yield inspect.cleandoc(command.help).replace("\b\n", "").replace("\f", "")
    records = (parameter.get_help_record(context) for parameter in command.params)
    rows = [
        f"| `{_cell(names)}` | {_cell(text)} |" for names, text in filter(None, records) if text
    ]
    if rows:
        yield "\n".join(["| option | |", "| --- | --- |", *rows])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def settings_page() -> str:
    """Every setting with its variable, its default and its meaning."""
    rows = [
        f"| `{name}` | `{PREFIX}{name.upper()}` | {_default(one.default)} "
        f"| {_cell(one.metadata['doc'])} |"
        for name, one in SETTABLE.items()
    ]
    return SETTINGS_HEAD + "\n".join(rows) + "\n"


def _default(value: object) -> str:
    return "" if value in (None, "", ()) else f"`{str(value).lower()}`"


def schema() -> str:
    """The JSON Schema of a pack."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


EVENTS_HEAD = """\
# The log of a block

Written by `make docs` from the events themselves. A block is an append-only log in the
table `block_event`: `block_id`, `seq` (from 1), `at_ms`, `kind`, `payload` and `chain`, a
hash over the row before and this one. `at_ms` counts awake milliseconds with the block
open since it was started, gaps that were noted included. The payload is a JSON object with
a version `v`; everything else, attempts and figures, is rebuilt from here.

| kind | payload beside `v` | what happened |
| --- | --- | --- |
"""


DAY_EVENTS_HEAD = """
## The log of an exam day

In the table `sitting_event`, in the same form, by `sitting_id`. `at_ms` counts milliseconds of
the day since it was begun, asleep or awake. What came of the questions stands in the logs of
the day's blocks.

| kind | payload beside `v` | what happened |
| --- | --- | --- |
"""


def events_page() -> str:
    """Every stored kind of event with its payload and its meaning."""
    return EVENTS_HEAD + _event_rows(KINDS) + DAY_EVENTS_HEAD + _event_rows(DAY.kinds)


def _event_rows(kinds: Mapping[str, type[Any]]) -> str:
    rows = []
    for kind, event in kinds.items():
        payload = ", ".join(f"`{each.name}`" for each in fields(event) if each.name != "at_ms")
        rows.append(f"| `{kind}` | {payload} | {_cell(inspect.getdoc(event) or '')} |")
    return "\n".join(rows) + "\n"


KEYS_HEAD = """\
# Keys

Written by `make docs` from the pages themselves. Under `[keys]` in the settings file an
action takes other keys, as `"block.flag" = "m,f2"`; in the app: Settings, keys. While an
option can be chosen, the letters A to J only ever answer.

| action | keys | what it does |
| --- | --- | --- |
"""


def keys_page() -> str:
    """Every action that a key does."""
    rows = [
        f"| `{each.id}` | {_cell(said(each.keys))} | {_cell(each.what)} |"
        for each in every_action().values()
    ]
    return KEYS_HEAD + "\n".join(rows) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "docs/cli.md": commands_page,
    "docs/events.md": events_page,
    "docs/keys.md": keys_page,
    "docs/settings.md": settings_page,
    "docs/schemas/qbank-pack-1.schema.json": schema,
}


def stale(root: Path) -> list[str]:
    """The generated documents of `root` that are not as they would be written."""
    return [name for name, page in GENERATED.items() if _text(root / name) != page()]


def broken_links(root: Path) -> list[str]:
    """Where a document of `root` links to a file that is not there."""
    return [
        f"{page.relative_to(root).as_posix()}: links to {link}, which is not there"
        for page in [*root.glob("*.md"), *root.joinpath("docs").rglob("*.md")]
        for link in _LINK.findall(_CODE.sub("", _text(page)))
        if "://" not in link and not (page.parent / link).exists()
    ]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def main() -> int:
    """Write what changed, or with `--check` say what is wrong; 1 where something is."""
    if sys.argv[1:] == ["--check"]:
        faults = [f"{name}: not as `make docs` writes it" for name in stale(ROOT)]
        faults += broken_links(ROOT)
        print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
        return int(bool(faults))
    for name in stale(ROOT):
        file = ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GENERATED[name](), encoding="utf-8")
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

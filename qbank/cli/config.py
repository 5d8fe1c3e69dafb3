"""`config`."""

from __future__ import annotations

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call
from qbank.errors import NotFound


@click.group("config")
def config_group() -> None:
    """Read and write the settings file. Comments and order in it stay."""


@config_group.command("list")
@pass_call
def list_command(call: Call) -> None:
    """List every setting, its value, and where that comes from."""
    from qbank.settings import SETTABLE
    from qbank.settings_file import origin

    settings = call.settings()
    rows = [
        (name, _said(getattr(settings, name)), origin(settings, name), each.metadata["doc"])
        for name, each in SETTABLE.items()
    ]
    output.table(("setting", "value", "from", "what it is"), rows)


@config_group.command("get")
@click.argument("name")
@pass_call
def get_command(call: Call, name: str) -> None:
    """Print the value of a setting."""
    _known(name)
    output.emit(_said(getattr(call.settings(), name)))


@config_group.command("set")
@click.argument("name")
@click.argument("value")
@pass_call
def set_command(call: Call, name: str, value: str) -> None:
    """Write a value to the settings file.

    `keys.ACTION` gives an action other keys: qbank config set keys.block.flag m,f2
    docs/keys.md lists the actions; the app says at its start what is wrong with your keys.
    """
    from qbank.settings_file import put

    settings = call.settings()
    action = name.removeprefix("keys.")
    if action != name:
        put(settings.paths.config, "keys", {**dict(settings.keys), action: value})
        return
    _known(name)
    put(settings.paths.config, name, value)


@config_group.command("unset")
@click.argument("name")
@pass_call
def unset_command(call: Call, name: str) -> None:
    """Take a value out of the settings file: the default holds again."""
    from qbank.settings_file import drop, put

    settings = call.settings()
    action = name.removeprefix("keys.")
    if action != name:
        keys = {each: keys for each, keys in settings.keys if each != action}
        put(settings.paths.config, "keys", keys)
        return
    _known(name)
    drop(settings.paths.config, name)


@config_group.command("path")
@pass_call
def path_command(call: Call) -> None:
    """Print where the settings file is."""
    output.emit(str(call.settings().paths.config))


def _known(name: str) -> None:
    from qbank.settings import SETTABLE

    if name not in SETTABLE:
        raise NotFound("setting", name, SETTABLE)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "; ".join("=".join(each) if isinstance(each, tuple) else str(each) for each in value)
    return "" if value is None else str(value)

"""`completion`: what a shell needs to complete qbank's commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from qbank.cli import output

WHERE = {
    "bash": '~/.bashrc:  eval "$(qbank completion bash)"',
    "zsh": '~/.zshrc:  eval "$(qbank completion zsh)"',
    "fish": "~/.config/fish/completions/qbank.fish:  qbank completion fish | source",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL; a line of your shell's start file loads it."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click knows no completion for {shell}")
    script = kind(ctx.find_root().command, {}, "qbank", "_QBANK_COMPLETE").source()
    output.emit_raw(script)
    output.tell(f"Add to {WHERE[shell]}")

"""The command tree, loaded a command at a time, and the one place that catches broadly here."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from qbank import __version__
from qbank.cli import output
from qbank.cli.context import Call, Show
from qbank.errors import QbankError, nearest

# Name of the command -> module below qbank.cli, function in it, help. Nothing is imported for
# `--help`, so that asking what there is costs no more than click.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "import": ("library", "import_command", "Bring in question packs or an export."),
    "packs": ("packs", "packs_group", "List packs, check their writing, start one."),
    "run": ("run", "run_command", "Take a block; with --plain as lines of text."),
    "history": ("blocks", "history_command", "List the blocks taken."),
    "show": ("blocks", "show_command", "Show one block, question by question."),
    "stats": ("stats", "stats_command", "Say where the time and the points went."),
    "report": ("report", "report_command", "Write the figures as one HTML or Markdown file."),
    "results": ("results", "results_group", "Own mocks and score reports."),
    "discuss": ("discuss", "discuss_command", "Write questions to talk over as Markdown."),
    "labs": ("labs", "labs_command", "Look up the reference range of a laboratory test."),
    "simulate": ("practice", "simulate_command", "Fill a store with simulated learners."),
    "export": ("data", "export_command", "Write everything you own to one JSON file."),
    "backup": ("data", "backup_command", "Make a checked copy of the store."),
    "restore": ("data", "restore_command", "Put a backup in the store's place."),
    "doctor": ("data", "doctor_command", "Check the store and say what is wrong."),
    "db": ("database", "db_group", "Look after the database itself."),
    "config": ("config", "config_group", "Read and write the settings."),
    "locate": ("data", "locate_command", "Say where qbank keeps its files."),
    "completion": ("completion", "completion_command", "Print the shell's completion script."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"qbank.cli.{module}"), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{attribute} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one names the nearest."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = nearest(name, COMMANDS)
            hint = f" Did you mean '{near}'?" if near else " See 'qbank --help'."
            raise click.UsageError(f"There is no command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the store, its backups and the log.",
)
@click.option(
    "--images", is_flag=True, help="Draw pictures by kitty's protocol or sixel, where there is one."
)
@click.option("--debug", is_flag=True, help="Show the trace of a failure.")
@click.version_option(__version__, prog_name="qbank", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, data_dir: Path | None, debug: bool, images: bool) -> None:
    """Timed practice blocks in the terminal. Without a command: open the app.

    Data goes to stdout, words to stderr. Exit codes: 0 done, 1 a fault of qbank,
    2 wrong input, 3 the store cannot be used as it is, 4 somebody else writes,
    130 stopped by Ctrl+C or by a No to a question.
    """
    call: Call = ctx.obj
    call.given(data_dir=data_dir, debug=debug, images=images)
    if ctx.invoked_subcommand is None:
        ctx.exit(call.open_app())


def run(arguments: Sequence[str], show: Show) -> int:
    """Run a command line and return its exit code; every failure becomes words and a code.

    `show` opens the app, where no command is given.
    """
    call = Call(show)
    try:
        code = cli.main(args=list(arguments), prog_name="qbank", standalone_mode=False, obj=call)
    except click.ClickException as error:
        error.show(sys.stderr)
        return 2
    except click.Abort:
        output.tell("Stopped; nothing more was done.")
        return 130
    except output.ReaderGone:
        output.close_quietly()
        return 0
    except QbankError as error:
        output.tell_error(error)
        if call.debug:
            traceback.print_exc()
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the one broad catch of the command line
        return _unexpected(error, call)
    return code if isinstance(code, int) else 0


def _unexpected(error: Exception, call: Call) -> int:
    """A fault of ours: one line and the log's path, the trace only where it is asked for."""
    if call.debug:
        traceback.print_exc()
    log = call.log_failure(error)
    kept = f" The trace is in {log}." if log else ""
    output.tell(f"qbank: something went wrong inside qbank ({type(error).__name__}).{kept}")
    output.tell("Your answers are in the store. `qbank --debug ...` shows the trace here.")
    return 1

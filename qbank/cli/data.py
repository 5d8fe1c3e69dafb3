"""`export`, `backup`, `restore`, `doctor`, `locate`: a person's data and where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call
from qbank.errors import StoreCorrupt, StoreError

if TYPE_CHECKING:
    from qbank.services.backup import Erased, Health
    from qbank.store.purge import Purged

a_file = click.Path(path_type=Path)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.command("export")
@click.argument("path", type=a_file)
@click.option("--learner", metavar="NAME", help="Whose data.")
@pass_call
def export_command(call: Call, path: Path, learner: str | None) -> None:
    """Write everything the learner owns to PATH as JSON, without loss.

    `qbank import PATH` on another machine gives the same history.
    """
    from qbank.reporting import words

    with call.application(write=False, learner=learner) as application:
        written = application.portable.export(path)
    blocks, notes = words.count(written.blocks, "block"), words.count(written.notes, "note")
    output.tell(f"{blocks} and {notes} are in {path}.")


@click.command("backup")
@click.argument("path", required=False, type=a_file)
@pass_call
def backup_command(call: Call, path: Path | None) -> None:
    """Make a checked copy of the store: at PATH, else in the backups folder."""
    with call.backups() as service:
        output.emit(str(service.backup(path)))


@click.command("restore")
@click.argument("path", type=a_file)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_call
def restore_command(call: Call, path: Path, yes: bool) -> None:
    """Put the backup at PATH in the store's place; the present store is kept beside it."""
    if not yes:
        click.confirm(f"Put {output.safe(str(path))} in the store's place?", abort=True, err=True)
    with call.backups(write=True) as service:
        kept = service.restore(path)
    output.tell("Restored.")
    if kept:
        output.tell(f"The store as it was is kept: {kept}")


@click.command("doctor")
@click.option("--purge", is_flag=True, help="Erase what was deleted for good; asks twice.")
@as_json_option
@pass_call
def doctor_command(call: Call, purge: bool, as_json: bool) -> None:
    """Check the store, its backups and this machine, and say what is wrong."""
    if purge:
        _purge(call)
    with call.backups() as service:
        health = service.doctor()
    if as_json:
        output.emit_json(_as_json(health))
    else:
        _print(health)
    refuse_unfit(health)


def refuse_unfit(health: Health) -> None:
    """Leave with the store's exit code where it is damaged, or not for this program."""
    if health.damaged:
        raise StoreCorrupt("the store is damaged", hint="`qbank restore` takes a backup.")
    if health.refused is not None:
        raise StoreError(health.refused.text, hint=health.refused.fix)


def _as_json(health: Health) -> dict[str, object]:
    return {
        "damaged": health.damaged,
        "backup": str(health.backup) if health.backup else None,
        "found": [
            {
                "severity": each.severity.value,
                "part": each.part.value,
                "text": each.text,
                "fix": each.fix,
            }
            for each in health.found
        ],
    }


def _print(health: Health) -> None:
    for each in health.found:
        output.emit(f"{each.severity.value:<8} {each.part.value:<12} {each.text}")
        if each.fix:
            output.emit(f"{'':<22}{each.fix}")
    if health.backup:
        output.emit(f"The newest whole backup: {health.backup}")


def _purge(call: Call) -> None:
    with call.application() as application:
        waiting = application.backup.purgeable()
        if not (waiting.blocks or waiting.results):
            output.tell("There is no deleted block and no deleted result to erase.")
            return
        click.confirm(f"Erase {_deleted(waiting)} for good?", abort=True, err=True)
        click.confirm("They cannot be brought back. Really?", abort=True, err=True)
        erased = application.backup.purge()
    output.tell(f"Erased: {_deleted(erased)}. A copy made before: {erased.backup}")


def _deleted(what: Purged | Erased) -> str:
    """How many blocks and results, those of which there is any."""
    from qbank.reporting import words

    counted = {"deleted block": what.blocks, "deleted result": what.results}
    return " and ".join(words.count(many, name) for name, many in counted.items() if many)


@click.command("locate")
@as_json_option
@pass_call
def locate_command(call: Call, as_json: bool) -> None:
    """Say where qbank keeps its store, settings, log and backups."""
    places = call.settings().paths.as_dict()
    if as_json:
        output.emit_json(places)
        return
    output.table(("what", "where"), list(places.items()))

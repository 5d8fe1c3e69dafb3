"""`db`: the schema, the checks, the rebuilding of attempts."""

from __future__ import annotations

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call
from qbank.cli.data import refuse_unfit


@click.group("db")
def db_group() -> None:
    """Look after the database itself."""


@db_group.command("upgrade")
@pass_call
def upgrade_command(call: Call) -> None:
    """Bring the store to this program's schema, or make a new one. A backup comes first."""
    from qbank.bootstrap import upgrade

    before, after = upgrade(call.settings())
    output.emit(f"{before} -> {after}" if before != after else f"{after}: nothing to do")


@db_group.command("check")
@pass_call
def check_command(call: Call) -> None:
    """Check schema, integrity, references, search index and the chain of answers."""
    with call.backups() as service:
        health = service.contents()
    for each in health.found:
        output.emit(f"{each.severity.value:<8} {each.part.value:<12} {each.text}")
    refuse_unfit(health)


@db_group.command("rebuild-attempts")
@pass_call
def rebuild_command(call: Call) -> None:
    """Score every closed block anew from its log; the same log gives the same attempts."""
    from qbank.reporting import words

    with call.application() as application:
        rebuilt = application.review.rebuild()
    blocks = words.count(rebuilt.blocks, "block")
    attempts = words.count(rebuilt.attempts, "attempt")
    output.emit(f"{blocks}, {attempts}, {rebuilt.changed} changed")

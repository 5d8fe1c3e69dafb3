"""`simulate`."""

from __future__ import annotations

import click

from qbank.cli import output
from qbank.cli.context import Call, pass_call


@click.command("simulate")
@click.option("--blocks", type=click.IntRange(1, 100_000), required=True, help="How many blocks.")
@click.option("--seed", type=int, required=True, help="The same seed gives the same history.")
@click.option("--profile", default="steady", show_default=True, help="Which learner.")
@click.option(
    "--as",
    "learner",
    type=click.Choice(["simulated"]),
    help="Say so to fill a store that holds a person's answers.",
)
@pass_call
def simulate_command(call: Call, blocks: int, seed: int, profile: str, learner: str | None) -> None:
    """Let a simulated learner take blocks: for tests, demonstrations and benchmarks.

    The answers belong to a learner named "simulated" and never mix with a person's.
    The first blocks end in 2024, on any day the same; later ones follow the last.
    """
    from qbank.reporting import words
    from qbank.services.simulate import simulate

    with call.application() as application:
        done = simulate(
            application,
            blocks=blocks,
            seed=seed,
            profile=profile,
            beside_a_person=learner is not None,
        )
    output.tell(f"{words.count(done, 'block')} of the simulated learner ({profile}, seed {seed}).")

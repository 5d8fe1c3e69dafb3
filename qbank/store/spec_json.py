"""How the spec of a block is written down: one JSON object, its slots left to their own table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from qbank.block.model import (
    BlockSpec,
    GapPolicy,
    Mode,
    PausePolicy,
    Race,
    RaceKind,
    Slot,
)


def write(spec: BlockSpec) -> str:
    """The spec as compact JSON with sorted keys."""
    said = {
        "mode": spec.mode.value,
        "limit_ms": spec.limit_ms,
        "time_factor": spec.time_factor,
        "pause": spec.pause.value,
        "gaps": spec.gaps.value,
        "seed": spec.seed,
        "preset": spec.preset,
        "race": None if spec.race is None else asdict(spec.race),
        "sitting": spec.sitting,
    }
    return _dump(said)


def with_limit(text: str, limit_ms: int) -> str:
    """A spec that was written, with another limit."""
    return _dump({**json.loads(text), "limit_ms": limit_ms})


def _dump(said: dict[str, Any]) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read(text: str, block_id: str, slots: Sequence[Slot]) -> BlockSpec:
    """The spec that was written, with the slots of its block."""
    said = json.loads(text)
    return BlockSpec(
        block_id=block_id,
        mode=Mode(said["mode"]),
        slots=tuple(slots),
        limit_ms=said["limit_ms"],
        time_factor=said["time_factor"],
        pause=PausePolicy(said["pause"]),
        gaps=GapPolicy(said["gaps"]),
        seed=said["seed"],
        preset=said["preset"],
        race=None if said["race"] is None else _race(said["race"]),
        sitting=said["sitting"],
    )


def _race(said: dict[str, Any]) -> Race:
    return Race(
        kind=RaceKind(said["kind"]),
        run=said["run"],
        name=said["name"],
        used_ms=said["used_ms"],
        marks_ms=tuple(said["marks_ms"]),
        times_ms=tuple(said["times_ms"]),
    )

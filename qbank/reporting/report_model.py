"""A report before it is written: titled parts with sentences, charts and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qbank.reporting.charts import Chart, Grid


@dataclass(frozen=True, slots=True)
class Part:
    """One question that is answered. `notes` say what stands behind it."""

    title: str
    sentences: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole: a title, what it rests on, and its parts."""

    title: str
    scope: tuple[str, ...]
    parts: tuple[Part, ...]

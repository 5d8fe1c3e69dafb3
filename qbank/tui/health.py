"""What a start does for the store in the background, and what the person has to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qbank.errors import QbankError
from qbank.reporting import home_words as say

if TYPE_CHECKING:
    from qbank.services.backup import BackupService


def look_after(backup: BackupService) -> tuple[str, ...]:
    """Check the store and copy it; gives sentences where the person has to act, else none."""
    try:
        health = backup.at_start()
    except QbankError as error:
        return say.not_copied(error.message, error.hint)
    return say.damaged(health.wrong, health.backup) if health.damaged else ()

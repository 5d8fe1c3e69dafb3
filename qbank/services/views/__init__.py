"""What services hand to the fronts: plain values, no rows, no rules.

Standard library only, so that a front can import it before the store is loaded.
Times are epoch milliseconds (`*_at`) or milliseconds (`*_ms`). Texts from packs
are gated text; a front shows them through its one helper.
"""

from qbank.services.views.blocks import (
    AttemptView,
    BlockReport,
    BlockSummary,
    GhostGap,
    LiveClock,
    Moment,
    QuestionReview,
    Resumable,
    SaveState,
    Walk,
    WentTo,
)
from qbank.services.views.building import (
    Aim,
    BlockRequest,
    BuildPreview,
    Choice,
    Rival,
    Seen,
    Template,
)
from qbank.services.views.home import (
    Door,
    DoorKind,
    HomeFigures,
    HomeView,
    Told,
)
from qbank.services.views.packs import (
    ImportSummary,
    PackView,
    QuestionHit,
    Skipped,
)
from qbank.services.views.questions import (
    ChangeText,
    ExhibitData,
    ExhibitText,
    Explanation,
    OptionReview,
    OptionText,
    QuestionText,
    RungText,
)
from qbank.services.views.sittings import (
    DayBlockResult,
    DayClock,
    DayReport,
    SittingPreview,
    SittingRequest,
    WaitingDay,
)

__all__ = [
    "Aim",
    "AttemptView",
    "BlockReport",
    "BlockRequest",
    "BlockSummary",
    "BuildPreview",
    "ChangeText",
    "Choice",
    "DayBlockResult",
    "DayClock",
    "DayReport",
    "Door",
    "DoorKind",
    "ExhibitData",
    "ExhibitText",
    "Explanation",
    "GhostGap",
    "HomeFigures",
    "HomeView",
    "ImportSummary",
    "LiveClock",
    "Moment",
    "OptionReview",
    "OptionText",
    "PackView",
    "QuestionHit",
    "QuestionReview",
    "QuestionText",
    "Resumable",
    "Rival",
    "RungText",
    "SaveState",
    "Seen",
    "SittingPreview",
    "SittingRequest",
    "Skipped",
    "Template",
    "Told",
    "WaitingDay",
    "Walk",
    "WentTo",
]

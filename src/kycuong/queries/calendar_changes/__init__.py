"""Changes of the working calendar: what one would move, and what those of the past have moved."""

from kycuong.queries.calendar_changes.history import ChangePage, ChangeRow, change, history
from kycuong.queries.calendar_changes.plan import Planned, candidates, plan
from kycuong.queries.calendar_changes.preview import Preview, Wanted, own_hours, preview

__all__ = [
    "ChangePage", "ChangeRow", "Planned", "Preview", "Wanted", "candidates", "change", "history", "own_hours", "plan",
    "preview",
]  # fmt: skip

"""Review the backlog in a meeting: open it over what is old, decide about each duty, end it with minutes."""

from kycuong.core.backlog import Chosen
from kycuong.services.backlog.deciding import decide, undo
from kycuong.services.backlog.ending import Meeting, close_review, describe, record_minutes
from kycuong.services.backlog.opening import cancel_review, open_review
from kycuong.services.backlog.wording import table, write
from kycuong.services.tasks.papers import Signed

__all__ = [
    "Chosen", "Meeting", "Signed", "cancel_review", "close_review", "decide", "describe", "open_review", "record_minutes",
    "table", "undo", "write",
]  # fmt: skip

"""The review of the backlog: what would be taken in, the reviews, one duty at a time."""

from kycuong.queries.backlog.choosing import Preview, Wanted, may_open, preview
from kycuong.queries.backlog.pages import (
    LinePage,
    LineRow,
    ReviewedRow,
    ReviewPage,
    ReviewRow,
    line,
    of_duty,
    review,
    reviews,
)
from kycuong.queries.backlog.seeing import units_to_review, visible_reviews

__all__ = [
    "LinePage",
    "LineRow",
    "Preview",
    "ReviewPage",
    "ReviewRow",
    "ReviewedRow",
    "Wanted",
    "line",
    "may_open",
    "of_duty",
    "preview",
    "review",
    "reviews",
    "units_to_review",
    "visible_reviews",
]  # fmt: skip

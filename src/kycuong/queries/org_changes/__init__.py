"""Changes of the organisation, read: the preview of a draft, the succession list, the history of a unit."""

from kycuong.queries.org_changes.layout import Inner, Layout, Place
from kycuong.queries.org_changes.lines import Line, held_by, open_duties
from kycuong.queries.org_changes.posts import Desks
from kycuong.queries.org_changes.preview import (
    Preview,
    duties_chosen,
    lines_of,
    outcome,
    plan_of,
    preview,
    preview_of,
    subjects_of,
    units_of,
)

__all__ = [
    "Desks",
    "Inner",
    "Layout",
    "Line",
    "Place",
    "Preview",
    "duties_chosen",
    "held_by",
    "lines_of",
    "open_duties",
    "outcome",
    "plan_of",
    "preview",
    "preview_of",
    "subjects_of",
    "units_of",
]  # fmt: skip

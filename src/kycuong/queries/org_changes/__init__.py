"""Changes of the organisation, read: the preview of a draft, the succession list, the history of a unit."""

from kycuong.queries.org_changes.layout import Inner, Layout, Place
from kycuong.queries.org_changes.lines import Line, held_by, open_duties
from kycuong.queries.org_changes.pages import (
    ChangePage,
    change,
    changes,
    free_code,
    officer_login,
    seats_to_change,
    unit_code,
    unit_names,
)
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
    "ChangePage", "Desks", "Inner", "Layout", "Line", "Place", "Preview", "change", "changes", "duties_chosen", "free_code", "held_by",
    "lines_of", "officer_login", "open_duties", "outcome", "plan_of", "preview", "preview_of", "seats_to_change", "subjects_of",
    "unit_code", "unit_names", "units_of",
]  # fmt: skip

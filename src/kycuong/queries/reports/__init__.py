"""Reports: who owes one, who has sent it, what it tells, and the proof of its numbers."""

from kycuong.queries.reports.collections import (
    Asked,
    CollectionLine,
    PartLine,
    asked,
    collections,
    of_duty,
    part_lines,
)
from kycuong.queries.reports.gathering import Gathered, gather
from kycuong.queries.reports.outlining import head_of, outline, texts_of
from kycuong.queries.reports.pages import CollectionPage, ReportPage, address_of, collection, listed, report, shown
from kycuong.queries.reports.seeing import must_see, readable, unit_of
from kycuong.queries.reports.verifying import (
    Check,
    Today,
    behind,
    check,
    check_of,
    edition_to_read,
    sent_editions,
    today,
)

__all__ = [
    "Asked", "Check", "CollectionLine", "CollectionPage", "Gathered", "PartLine", "ReportPage", "Today", "address_of", "asked", "behind",
    "check", "check_of", "collection", "collections", "edition_to_read", "gather", "head_of", "listed", "must_see", "of_duty", "outline",
    "part_lines", "readable", "report", "sent_editions", "shown", "texts_of", "today", "unit_of",
]  # fmt: skip

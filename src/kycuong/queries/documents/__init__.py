"""Documents as people see them: the register, the review of one, one with its points and states."""

from kycuong.queries.documents.coverage import CoverageLine, CoveragePage, coverage
from kycuong.queries.documents.page import DocumentPage, PointRow, document
from kycuong.queries.documents.register import DocumentRow, Page, find, known_years, register, waiting
from kycuong.queries.documents.review import (
    HeaderField,
    OrderRow,
    PartyRow,
    Piece,
    ReviewPage,
    groups,
    review,
    unit_choices,
)

__all__ = [
    "CoverageLine", "CoveragePage", "DocumentPage", "DocumentRow", "HeaderField", "OrderRow", "Page", "PartyRow", "Piece",
    "PointRow", "ReviewPage", "coverage", "document", "find", "groups", "known_years", "register", "review",
    "unit_choices", "waiting",
]  # fmt: skip

"""The steering board: every figure, the rows behind it, the desks, for what a person sees."""

from kycuong.queries.board.desks import DeskLine, SideLine
from kycuong.queries.board.filters import Filter, document_name, kinds, themes
from kycuong.queries.board.page import SORTS, Board, Group, UnitLine, board, desks, groups
from kycuong.queries.board.rows import Figure, rows

__all__ = [
    "SORTS", "Board", "DeskLine", "Figure", "Filter", "Group", "SideLine", "UnitLine", "board", "desks", "document_name",
    "groups", "kinds", "rows", "themes",
]  # fmt: skip

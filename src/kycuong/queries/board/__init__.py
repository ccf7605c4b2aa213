"""The steering board: every figure, the rows behind it, the desks, for what a person sees."""

from kycuong.queries.board.charts import AgeBar, MonthBar, ages, trend
from kycuong.queries.board.desks import DeskLine, SideLine
from kycuong.queries.board.filters import Filter, document_name, kinds
from kycuong.queries.board.page import SORTS, Board, Group, UnitLine, board, desks, groups
from kycuong.queries.board.rows import Figure, rows
from kycuong.queries.board.views import View, views

__all__ = [
    "SORTS",
    "AgeBar",
    "Board",
    "DeskLine",
    "Figure",
    "Filter",
    "Group",
    "MonthBar",
    "SideLine",
    "UnitLine",
    "View",
    "ages",
    "board",
    "desks",
    "document_name",
    "groups",
    "kinds",
    "rows",
    "trend",
    "views",
]  # fmt: skip

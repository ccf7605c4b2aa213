"""Programmes of work as people see them, beside the themes that they serve."""

from kycuong.queries.programmes.figures import of_programme, of_year
from kycuong.queries.programmes.overview import YearPage, year
from kycuong.queries.programmes.page import LineRow, ProgrammePage, programme
from kycuong.queries.programmes.progress import Progress
from kycuong.queries.programmes.theme import ThemePage, theme

__all__ = [
    "LineRow", "ProgrammePage", "Progress", "ThemePage", "YearPage", "of_programme", "of_year", "programme", "theme", "year",
]  # fmt: skip

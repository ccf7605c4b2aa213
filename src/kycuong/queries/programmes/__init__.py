"""Programmes of work as people see them, beside the themes that they serve."""

from kycuong.queries.programmes.theme import ThemePage, theme

__all__ = ["ThemePage", "theme"]

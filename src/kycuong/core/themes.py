"""Themes of steering: how a theme is named, and what cannot be one.

Basis: clause 2.0 of the source documents: an authority sets a theme for the year, its documents serve that theme.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid

NAME_LONGEST: Final = 300
FIRST_YEAR, LAST_YEAR = 1990, 2999


class Kind(StrEnum):
    """Which sort of theme."""

    YEAR = "year"
    TOPIC = "topic"


def check(name: str, kind: str, year: int | None) -> tuple[str, Kind, int | None]:
    """Return name, kind and year as they are kept; a topic has no year.

    Raises: Invalid.
    """
    name = " ".join(name.split()).strip("“”\"' ")[:NAME_LONGEST]
    if not name:
        raise Invalid("theme_name_missing")
    if kind not in set(Kind):
        raise Invalid("kind_unknown", text=kind)
    if kind == Kind.TOPIC:
        return name, Kind.TOPIC, None
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("theme_year_missing")
    return name, Kind.YEAR, year

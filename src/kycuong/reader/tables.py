"""Read assignment tables: rows whose cells stand behind tabs or bars."""

from __future__ import annotations

import datetime as dt

from kycuong.reader.lines import Page, Passage
from kycuong.reader.shapes import Order


def rows(page: Page, passages: list[Passage], issued: dt.date | None) -> tuple[list[Order], list[Passage]]:
    """Return the orders of assignment tables, and the passages that are left."""
    return [], passages

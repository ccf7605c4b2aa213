"""Read a day that is typed at the command line."""

from __future__ import annotations

import argparse
from datetime import date

#: Days that a register of an authority can mean; anything else is a slip of the pen.
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def day(text: str) -> date:
    """Return a day written 2026-12-01, between 2000 and 2100. Raises: argparse.ArgumentTypeError."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"không có ngày “{text}” trong lịch; ghi theo dạng 2026-12-01") from None
    if not FIRST <= found <= LAST:
        raise argparse.ArgumentTypeError(f"ngày “{text}” nằm ngoài các năm 2000–2100; kiểm tra lại năm")
    return found

"""Programmes of work: the columns of their table, the quarter of a line, what makes a line the same when it comes again.

Basis: clauses 2.0 and 2.c of the source documents; NĐ 314/2025/NĐ-CP (model working regulation): the yearly and quarterly
programme of work (unverified).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from kycuong.core.errors import Invalid
from kycuong.core.folding import words

WHOLE_YEAR: Final = 0
QUARTERS: Final = (1, 2, 3, 4)
MOST_LINES: Final = 500

_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER: Final = re.compile(r"(?:quy )?(iv|iii|ii|i|[1-4])\b")
_HALF: Final = re.compile(r"\b(?:6|sau) thang dau nam\b")


@dataclass(frozen=True, slots=True)
class Term:
    """When a line is done: its kind (dated, periodic, standing), day, rule of recurrence, and quarter (0: whole year)."""

    kind: str
    due_on: date | None
    bound: str
    rrule: str
    quarter: int


def quarter_of(text: str) -> int:
    """Return the quarter that a cell names, 0 for the whole year. Raises: Invalid."""
    folded = words(text)
    if not folded or folded in {"ca nam", "nam", "0", "-"}:
        return WHOLE_YEAR
    found = _QUARTER.fullmatch(folded)
    if found is None:
        raise Invalid("programme_quarter_unknown", text=text)
    return _ROMAN.get(found[1]) or int(found[1])


def half_year(text: str) -> bool:
    """Return whether a term is the first half of the year."""
    return _HALF.search(words(text)) is not None


def last_day(year: int, quarter: int) -> date:
    """Return the last day of a quarter, of the year for 0."""
    return {1: date(year, 3, 31), 2: date(year, 6, 30), 3: date(year, 9, 30)}.get(quarter, date(year, 12, 31))


def term(*, year: int, quarter: int, on: date | None, bound: str, rrule: str, standing: bool) -> Term:
    """Return when a line is done: what its term says, else the end of its quarter, else the end of the year."""
    if rrule:
        return Term("periodic", None, "by", rrule, WHOLE_YEAR)
    if standing:
        return Term("standing", None, "", "", WHOLE_YEAR)
    if on is None:
        return Term("dated", last_day(year, quarter), "by", "", quarter)
    return Term("dated", on, bound or "by", "", quarter or (on.month + 2) // 3)


def key_of(text: str, lead: str, quarter: int) -> str:
    """Return what makes a line the same when its table comes again: its words, lead and quarter."""
    told = "\x1f".join((words(text), words(lead), str(quarter)))
    return hashlib.sha256(told.encode()).hexdigest()

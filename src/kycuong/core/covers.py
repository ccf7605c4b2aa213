"""Absence cover: who may handle the desk of an absent officer, who may arrange it, for how long.

It is not a mandate (ủy quyền, TUQ.): the substitute handles what lies on the desk within the post's own authority.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kycuong.core.errors import Invalid

HEADS: Final = frozenset({"unit_head", "office_head", "chairman"})
DEPUTIES: Final = frozenset({"unit_deputy", "office_deputy", "vice_chairman"})
DIVISION_HEADS: Final = frozenset({"division_head", "division_deputy"})
#: Posts that nobody covers and that cover nobody: they watch the product or run it.
APART: Final = frozenset({"auditor", "administrator"})

#: A longer absence is an appointment's matter. Basis: a default of the product, an authority's own rule replaces it.
LONGEST_DAYS: Final = 183


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: its kind, its unit (a division or the body), the body, and the body above that one."""

    kind: str
    unit_id: int
    body_id: int
    above_id: int | None = None


def may_cover(absent: Place, substitute: Place) -> bool:
    """Return whether one post may handle the desk of another: a deputy, or somebody of the same unit or division.

    A leader's desk goes to another leader of the same body only.
    Basis: working regulations, "cấp phó giải quyết công việc khi cấp trưởng vắng mặt" (a default of the product, unverified).
    """
    if {absent.kind, substitute.kind} & APART or absent.body_id != substitute.body_id:
        return False
    if absent.kind in HEADS | DEPUTIES:
        return substitute.kind in HEADS | DEPUTIES
    return substitute.kind in DEPUTIES or substitute.unit_id == absent.unit_id


def may_arrange(own: Iterable[Place], absent: Place) -> bool:
    """Return whether somebody who holds these posts is above the absent one: the head, never the deputy for the head."""
    return any(_above(place, absent) for place in own)


def _above(own: Place, absent: Place) -> bool:
    if absent.kind in HEADS:
        return own.body_id == absent.above_id and own.kind in HEADS | DEPUTIES
    if absent.kind in DEPUTIES:
        return own.body_id == absent.body_id and own.kind in HEADS
    if own.body_id == absent.body_id and own.kind in HEADS | DEPUTIES:
        return True
    below = absent.kind not in DIVISION_HEADS or (absent.kind == "division_deputy" and own.kind == "division_head")
    return below and own.unit_id == absent.unit_id and own.kind in DIVISION_HEADS


def check_period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """Return the first and last day of a cover. Raises: Invalid for days missing, passed, in the wrong order or too many."""
    if first is None or last is None:
        raise Invalid("cover_days_missing")
    if first < today:
        raise Invalid("cover_begins_earlier", today=f"{today:%d/%m/%Y}")
    if last < first:
        raise Invalid("cover_ends_before")
    if (last - first).days >= LONGEST_DAYS:
        raise Invalid("cover_too_long", days=LONGEST_DAYS)
    return first, last

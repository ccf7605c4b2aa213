"""Dissent on a main point: the two heads meet before the matter goes up, and what they came to is written down.

Basis: Phú Yên 2230/UBND-NC, item 2.3: where opinions differ on main points the head of the lead agency works directly with
the head of the agency that differs before the matter is submitted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid


class Standing(StrEnum):
    """Where the dissent of one body on main points stands."""

    NONE = "none"
    MEET = "meet"
    UNSIGNED = "unsigned"
    SETTLED = "settled"


STANDING_LABELS: Final[dict[Standing, str]] = {
    Standing.NONE: "Không có ý kiến khác ở nội dung chính",
    Standing.MEET: "Thủ trưởng hai cơ quan chưa làm việc trực tiếp",
    Standing.UNSIGNED: "Đã làm việc, chưa có biên bản hai bên ký",
    Standing.SETTLED: "Đã có biên bản làm việc",
}
#: Where a dissent keeps the matter from going up.
HOLDS: Final = frozenset({Standing.MEET, Standing.UNSIGNED})


class Settlement(StrEnum):
    """What the two heads came to on one point."""

    AGREED = "agreed"
    RESERVED = "reserved"


SETTLEMENT_LABELS: Final[dict[Settlement, str]] = {
    Settlement.AGREED: "Đã thống nhất",
    Settlement.RESERVED: "Chưa thống nhất, bảo lưu ý kiến của hai bên",
}
#: Both heads are told when dissent comes, and again every so many working days until they have met, so often at the most.
#: A default of the product (unverified): the source names no day.
REMIND_DAYS: Final = 2
MOST_REMINDERS: Final = 5


def standing(open_points: Collection[int], settled: Collection[int], *, signed: bool) -> Standing:
    """Return where the dissent of a body stands: the main points it disagrees on, those the heads settled, the signed minutes.

    `settled` are the points of the meeting about the answer that stands; a meeting about an earlier answer settles nothing.
    """
    if not open_points:
        return Standing.NONE
    if set(open_points) - set(settled):
        return Standing.MEET
    return Standing.SETTLED if signed else Standing.UNSIGNED


@dataclass(frozen=True, slots=True)
class Side:
    """Who stood for one body: its head in person, or somebody with the head's written authorisation."""

    in_person: bool
    name: str
    number: str = ""
    signed_on: date | None = None
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What was come to on one point: the agreed text, or the text of each side."""

    settlement: Settlement
    text: str = ""
    lead_text: str = ""
    body_text: str = ""


def check_meeting(
    held_on: date, sides: Mapping[str, Side], points: Mapping[int, Settled], open_points: Collection[int], since: date, today: date
) -> None:  # fmt: skip
    """Refuse a meeting that settles nothing: not yet held, held before the answer, without both heads, or with a point left out.

    `sides` go by the name of the body; `since` is the day of the answer. Raises: Invalid.
    """
    if not since <= held_on <= today:
        raise Invalid("meeting_day", first=f"{since:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")
    for unit, side in sides.items():
        _check_side(unit, side, held_on)
    missing = sorted(set(open_points) - set(points))
    if missing:
        raise Invalid("meeting_points_missing", points=", ".join(map(str, missing)))
    unknown = sorted(set(points) - set(open_points))
    if unknown:
        raise Invalid("meeting_point_unknown", point=unknown[0])
    for number, one in sorted(points.items()):
        _check_point(number, one)


def _check_side(unit: str, side: Side, held_on: date) -> None:
    if not side.name.strip():
        raise Invalid("meeting_person_missing", unit=unit)
    if side.in_person:
        return
    if not (side.number.strip() and side.signed_on and side.has_file):
        raise Invalid("meeting_authority_missing", unit=unit)
    if side.signed_on > held_on:
        raise Invalid("meeting_authority_late", unit=unit, date=f"{side.signed_on:%d/%m/%Y}")


def _check_point(number: int, one: Settled) -> None:
    if one.settlement is Settlement.AGREED and not one.text.strip():
        raise Invalid("meeting_text_missing", point=number)
    if one.settlement is Settlement.RESERVED and not (one.lead_text.strip() and one.body_text.strip()):
        raise Invalid("meeting_texts_missing", point=number)

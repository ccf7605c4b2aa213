"""What the giver may change in a task that was given: take it back, replace it, correct it, give it to another unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kycuong.core.errors import Invalid

#: What a correction may touch, and how people call it.
FIELDS: Final = {"title": "Tên nhiệm vụ", "product": "Sản phẩm", "channel": "Gửi qua", "due": "Thời hạn (hết ngày)"}
#: The outcomes after which a task's series opens no further occurrence.
SERIES_ENDS: Final = frozenset({"returned", "withdrawn", "replaced"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a new duty is given in place of an old one: to which unit, in which words, until the end of which day."""

    unit: str
    title: str = ""
    product: str = ""
    channel: str = ""
    due_on: date | None = None


def check_grounds(reason: str, basis: str | None) -> None:
    """Refuse to take a task back without saying why and on what basis (None: no basis is asked). Raises: Invalid."""
    if not reason.strip():
        raise Invalid("change_reason_missing")
    if basis is not None and not basis.strip():
        raise Invalid("change_basis_missing")


def check_corrected(*, old: datetime, new: datetime, measured_at: datetime, higher_level: bool) -> None:
    """Refuse a corrected due date that is not the giver's to move, or by which the holder would become late.

    `measured_at` is when the result was sent, or now. Raises: Invalid.
    """
    if higher_level:
        raise Invalid("correction_higher_level")
    if new < old and measured_at >= new:
        raise Invalid("correction_makes_late")


def check_given(*, new: datetime, old: datetime | None, higher_level: bool, at: datetime) -> None:
    """Refuse a due date for a new duty that has passed, or that lies after one set by a higher level and still ahead.

    Raises: Invalid.
    """
    if new <= at:
        raise Invalid("replacement_date_passed")
    if higher_level and old is not None and at < old < new:
        raise Invalid("replacement_higher_level")


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what differs, as it was and as it is to be."""
    fields = [name for name in FIELDS if name in after and before.get(name, "") != after[name]]
    return {name: before.get(name, "") for name in fields}, {name: after[name] for name in fields}


def told(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return what a change did, field by field: its name, before, after; days as officials write them."""
    return [(FIELDS[name], _said(name, before[name]), _said(name, after[name])) for name in FIELDS if name in after]


def _said(name: str, value: str) -> str:
    return f"{date.fromisoformat(value):%d/%m/%Y}" if name == "due" and value else value

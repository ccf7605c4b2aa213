"""Time limits as values, and how their Vietnamese wording is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kycuong.core.limits.steps import UNIT_WORDS, Step
from kycuong.core.refusals import Refused

MAX_QTY = 9999


class Unit(StrEnum):
    """Name the unit in which a limit is counted."""

    working_hour = "working_hour"
    working_day = "working_day"
    calendar_day = "calendar_day"
    week = "week"
    month = "month"
    year = "year"


class Roll(StrEnum):
    """Say what happens when the last day of a limit is a day off."""

    next_working = "next_working"
    none = "none"


class BadLimit(Refused):
    """A wording is no time limit."""

    def __init__(self, code: str, values: Mapping[str, str]) -> None:
        super().__init__(code, **values)


@dataclass(frozen=True, slots=True)
class Limit:
    """Hold a length of time, how it is counted, how its end rolls, and the text that sets it.

    `rule` is the step that states it. Raises BadLimit.
    Basis: Civil Code 2015 art. 144-148; counting and rolling are two settings.
    """

    qty: int
    unit: Unit
    roll: Roll = Roll.next_working
    source: str = ""
    rule: Step = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.qty <= MAX_QTY:
            raise BadLimit("limit_qty", {"qty": str(self.qty), "max": str(MAX_QTY)})
        args = (self.qty, self.unit.value, self.source)
        object.__setattr__(self, "rule", Step("rule_sourced", args) if self.source else Step("rule", args[:2]))

    @property
    def text(self) -> str:
        """Return "5 ngày làm việc"."""
        return f"{self.qty} {UNIT_WORDS[self.unit]}"


UNITS = {
    "giờ làm việc": Unit.working_hour,
    "ngày làm việc": Unit.working_day,
    "ngày": Unit.calendar_day,
    "ngày lịch": Unit.calendar_day,
    "ngày liên tục": Unit.calendar_day,
    "tuần": Unit.week,
    "tháng": Unit.month,
    "năm": Unit.year,
}
TENS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
NUMERALS = dict(zip(TENS, range(1, 11), strict=True)) | {
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
    "bốn mươi lăm": 45,
    "sáu mươi": 60,
    "chín mươi": 90,
}
PHRASE = re.compile(
    r"(?:(?:trong|vòng|thời|hạn|gian|là|không|quá|tối|đa|chậm|nhất)\s+)*"
    r"(?P<qty>\d{1,9}|" + "|".join(sorted(NUMERALS, key=len, reverse=True)) + r")"
    r"\s*(?:\([^)]*\)\s*)?(?P<unit>[^\d\s][^\d]*)"
)


def parse_limit(text: str) -> Limit:
    """Read "5 ngày làm việc", "không quá 02 tháng", "ba mươi ngày" as a limit.

    Raises BadLimit with a code: limit_empty, limit_unreadable, limit_unit, limit_hours_kind, limit_qty.
    """
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" .,;")
    if not words:
        raise BadLimit("limit_empty", {})
    match = PHRASE.fullmatch(words)
    if match is None:
        raise BadLimit("limit_unreadable", {"text": text.strip()})
    unit = " ".join(match["unit"].split())
    if unit in {"giờ", "h", "tiếng"}:
        raise BadLimit("limit_hours_kind", {"text": text.strip()})
    if unit not in UNITS:
        raise BadLimit("limit_unit", {"unit": unit})
    qty = NUMERALS.get(match["qty"]) or int(match["qty"])
    return Limit(qty, UNITS[unit])

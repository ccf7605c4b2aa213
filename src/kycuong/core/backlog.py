"""Review of the backlog: what is old enough to be looked at, what can be decided about one duty, how a decision is called.

Basis: clause 4.1.5 of the source directive (go through delayed, prolonged work): every old duty gets a decision in a meeting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kycuong.core.calendars import Calendar, local_date, midnight
from kycuong.core.errors import Invalid
from kycuong.core.refusals import Refused

#: Nobody goes through more duties than these in one meeting. Basis: a default of the product.
MOST_LINES: Final = 300
#: What a review looks at unless something else is asked: late by so many working days. Basis: a default of the product.
USUAL_DAYS: Final = 10
MOST_DAYS: Final = 1000
TERMS: Final = {"": "Mọi loại", "dated": "Có thời hạn", "periodic": "Định kỳ", "standing": "Không thời hạn"}


class Measure(StrEnum):
    """What makes a duty old: late, or open, for so many working days."""

    LATE = "late"
    OPEN = "open"


MEASURE_LABELS: Final[dict[Measure, str]] = {
    Measure.LATE: "Quá hạn từ",
    Measure.OPEN: "Đã giao từ",
}


class Decision(StrEnum):
    """What a meeting decides about one duty."""

    NEW_DATE = "new_date"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    RAISE = "raise"


class End(StrEnum):
    """What stands in a line about which nothing was decided when the review ended."""

    DONE = "done"
    LEFT = "left"


DECISION_LABELS: Final[dict[str, str]] = {
    Decision.NEW_DATE: "Tiếp tục thực hiện, thời hạn mới",
    Decision.HAND_OVER: "Chuyển giao",
    Decision.CLOSE: "Thôi giao, không còn cần thiết",
    Decision.RAISE: "Kiến nghị cấp trên",
    End.DONE: "Đã có kết quả hoặc đã kết thúc trước khi quyết định",
    End.LEFT: "Chưa quyết định",
}
#: How the minutes say what is put before the giver because who decides is not the giver.
PROPOSED_LABELS: Final[dict[str, str]] = {
    Decision.NEW_DATE: "Đề nghị người giao việc cho thời hạn mới",
    Decision.HAND_OVER: "Đề nghị người giao việc giao đơn vị khác",
    Decision.CLOSE: "Đề nghị người giao việc thôi giao",
    Decision.RAISE: "Kiến nghị cấp trên",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was typed for one decision; `to` is "unit:ID" or "post:ID"."""

    decision: Decision
    note: str
    due_on: date | None = None
    to: str = ""


def measure_of(code: str) -> Measure:
    """Return the measure of a code. Raises: Invalid."""
    try:
        return Measure(code)
    except ValueError as wrong:
        raise Invalid("kind_unknown", text=code) from wrong


def decision_of(code: str) -> Decision:
    """Return the decision of a code. Raises: Invalid."""
    try:
        return Decision(code)
    except ValueError as wrong:
        raise Invalid("backlog_decision_missing") from wrong


def check_scope(days: int | None, term: str) -> None:
    """Refuse what no backlog can be. Raises: Invalid."""
    if days is None or not 1 <= days <= MOST_DAYS:
        raise Invalid("backlog_days_out", most=MOST_DAYS)
    if term not in TERMS:
        raise Invalid("kind_unknown", text=term)


def check_chosen(chosen: Chosen, today: date) -> None:
    """Refuse a decision that lacks what carries it out. Raises: Invalid."""
    if not chosen.note.strip():
        raise Invalid("backlog_reason_missing")
    if chosen.decision is Decision.HAND_OVER and not chosen.to:
        raise Invalid("backlog_to_missing")
    if chosen.decision is Decision.NEW_DATE and chosen.due_on is None:
        raise Invalid("backlog_date_missing")
    if chosen.due_on is not None and chosen.due_on < today:
        raise Invalid("replacement_date_passed")


def cut(at: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the instant C such that at `at` exactly the duties due by C are late by `days` working days or more.

    Of age likewise: those given by C are open for so many. The same count as core.lateness.days_late, for a database.
    """
    if days <= 1:
        return at
    today = local_date(at)
    try:
        day = calendar.nth_working_back(today.toordinal(), days - 1 if calendar.is_working(today) else days)
    except Refused:  # before the calendar begins: nothing is so old
        day = calendar.first
    return midnight(date.fromordinal(day))


def asked(decision: Decision, note: str, *, due_on: date | None, unit_name: str) -> str:
    """Return how the giver reads what a meeting puts before him."""
    lead = {
        Decision.NEW_DATE: f"Đề nghị cho thực hiện đến hết ngày {due_on:%d/%m/%Y}. " if due_on else "",
        Decision.HAND_OVER: f"Đề nghị giao {unit_name} chủ trì thay. ",
        Decision.CLOSE: "Đề nghị thôi giao vì không còn cần thiết. ",
        Decision.RAISE: "",
    }
    return lead[decision] + note.strip()


def grounds(opened_on: date) -> str:
    """Return the basis that stands beside a task which a meeting takes off its unit."""
    return f"Kết luận cuộc họp rà soát nhiệm vụ tồn đọng mở ngày {opened_on:%d/%m/%Y}"


def label_of(decision: str, *, proposed: bool) -> str:
    """Return what a decision is called."""
    return PROPOSED_LABELS[decision] if proposed else DECISION_LABELS[decision]


def counts(lines: Mapping[str, int]) -> tuple[int, int]:
    """Return how many lines need no further look, and how many there are; "" counts what is still undecided."""
    total = sum(lines.values())
    return total - lines.get("", 0), total

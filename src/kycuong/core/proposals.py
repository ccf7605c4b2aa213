"""Proposals: what a unit asks the giver of a task to decide, and the lifecycle of the giver's duty to decide it.

Holder and due date of the task stay until the giver has decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid
from kycuong.core.lifecycle import COUNTED, FOLLOWING, Lifecycle, Row, succeed
from kycuong.core.sentences import Sentence

#: How long the giver has, in working days. Basis: a default of the product, an authority's own rule replaces it (unverified).
DECIDE_WORKING_DAYS: Final = 3

#: A date more than so many years ahead is a slip of the pen. Basis: a default of the product.
FAR_YEARS: Final = 10

OPEN: Final = frozenset({"open"})


class Kind(StrEnum):
    """What a unit may propose."""

    EXTENSION = "extension"
    RETURN = "return"
    OBSTACLE = "obstacle"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Wording:
    """How people call a kind: the act that proposes it, and the thing proposed."""

    act: str
    noun: str


WORDINGS: Final[dict[Kind, Wording]] = {
    Kind.EXTENSION: Wording("Xin gia hạn", "đề xuất gia hạn"),
    Kind.RETURN: Wording("Trả lại: không thuộc thẩm quyền", "đề xuất trả lại nhiệm vụ"),
    Kind.OBSTACLE: Wording("Nêu khó khăn, vướng mắc", "khó khăn, vướng mắc"),
    Kind.SUGGESTION: Wording("Đề xuất, kiến nghị", "đề xuất, kiến nghị"),
}
OUTCOME_WORDS: Final = {
    "accepted": "Đồng ý",
    "refused": "Không đồng ý",
    "withdrawn": "Đơn vị rút",
    "lapsed": "Không còn phải giải quyết",
}
#: Answered in words: an agreement without a word of guidance removes no obstacle.
ANSWERED_IN_WORDS: Final = frozenset({Kind.OBSTACLE, Kind.SUGGESTION})

LIFECYCLE: Final = Lifecycle(
    "proposal",
    "Đề xuất của đơn vị thực hiện",
    (
        Row("open", "Chờ quyết định", frozenset(), "open", "unit_head", FOLLOWING, by_person=False),
        Row("accept", "Đồng ý", OPEN, "closed", "giver", FOLLOWING, primary=True, needs=("note",)),
        Row("refuse", "Không đồng ý", OPEN, "closed", "giver", FOLLOWING, needs=("note!",)),
        Row("withdraw", "Rút đề xuất", OPEN, "closed", "proposer", FOLLOWING),
        Row("lapse", "Không còn phải giải quyết", OPEN, "closed", "giver", FOLLOWING, by_person=False),
        succeed("open"),
        Row("calendar_changed", "Hạn chuyển theo lịch làm việc", OPEN, None, "clock", COUNTED, by_person=False),
        Row("rung_near", "Nhắc: sắp đến hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_due", "Nhắc: đến hạn hôm nay", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_overdue", "Báo: đã quá hạn", OPEN, None, "clock", FOLLOWING, by_person=False),
        Row("rung_not_decided", "Nhắc: đề xuất chờ quyết định", OPEN, None, "clock", FOLLOWING, by_person=False),
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal as a unit words it; `so_far` is the product reached so far."""

    kind: Kind
    reason: str
    basis: str = ""
    so_far: str = ""
    wanted_on: date | None = None


def kind_of(code: str) -> Kind:
    """Return the kind of a code. Raises: Invalid."""
    try:
        return Kind(code)
    except ValueError as wrong:
        raise Invalid("kind_unknown", text=code) from wrong


def check(asked: Asked, *, due_at: datetime | None, last: date | None, higher_level: bool, at: datetime) -> None:
    """Refuse a proposal that cannot be decided: words missing, or a date that is not the giver's to move.

    `last` is the last day of the due date in force. Raises: Invalid.
    """
    if asked.kind is Kind.EXTENSION:
        check_movable(due_at=due_at, higher_level=higher_level)
        if due_at is not None and at >= due_at:
            raise Invalid("extension_after_due")
    if not asked.reason.strip():
        raise Invalid("proposal_reason_missing")
    if asked.kind is Kind.RETURN and not asked.basis.strip():
        raise Invalid("proposal_basis_missing")
    if asked.kind is Kind.EXTENSION:
        _check_wanted(asked, last, at)


def check_movable(*, due_at: datetime | None, higher_level: bool) -> None:
    """Refuse to move a date that does not exist, or that a higher level has set. Raises: Invalid."""
    if due_at is None:
        raise Invalid("extension_without_date")
    if higher_level:
        raise Invalid("extension_higher_level")


def check_day(day: date, at: datetime) -> None:
    """Refuse a day so far off that it can only be a slip of the pen. Raises: Invalid."""
    if day.year > at.year + FAR_YEARS:
        raise Invalid("date_unknown", text=f"{day:%d/%m/%Y}")


def _check_wanted(asked: Asked, last: date | None, at: datetime) -> None:
    if not asked.so_far.strip():
        raise Invalid("proposal_so_far_missing")
    if asked.wanted_on is None:
        raise Invalid("extension_date_missing")
    check_day(asked.wanted_on, at)
    if last is not None and asked.wanted_on <= last:
        raise Invalid("extension_date_not_later", last=f"{last:%d/%m/%Y}")


def may_ask(kind: Kind, *, due_at: datetime | None, higher_level: bool, at: datetime) -> bool:
    """Return whether a kind can be proposed at all at this moment, so that no page offers what would be refused."""
    return kind is not Kind.EXTENSION or (due_at is not None and at < due_at and not higher_level)


def told(act: str, data: Mapping[str, object]) -> str | None:
    """Return what the history of a task says of an event about a proposal; None when the event is about none."""
    if act not in {"propose", "settle"}:
        return None
    wording = WORDINGS[Kind(str(data["kind"]))]
    if act == "propose":
        return wording.act
    return Sentence("{outcome}: {noun}", outcome=OUTCOME_WORDS[str(data["outcome"])], noun=wording.noun)

"""Voting slips of the members of a People's Committee: persons, not bodies; counted by the majority of all members.

Basis: Luật Tổ chức chính quyền địa phương 72/2025/QH15 (a Committee decides by the majority of all its members; where votes are
equal the side of the Chairman counts; remembered, not checked against the text) and the Committee's own working regulation,
which decides whether the Chairman's slip counts so: it stands in the rule.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kycuong.core.consultations import Silence
from kycuong.core.errors import Invalid

#: A Committee has so many members at the most.
MOST_MEMBERS: Final = 60


class Choice(StrEnum):
    """What a member says on a slip."""

    AGREE = "agree"
    DISAGREE = "disagree"
    OTHER = "other"


CHOICE_LABELS: Final[dict[Choice, str]] = {
    Choice.AGREE: "Đồng ý",
    Choice.DISAGREE: "Không đồng ý",
    Choice.OTHER: "Ý kiến khác",
}


class Result(StrEnum):
    """What the slips come to."""

    WAITING = "waiting"
    PASSED = "passed"
    NOT_PASSED = "not_passed"


RESULT_LABELS: Final[dict[Result, str]] = {
    Result.WAITING: "Đang lấy phiếu",
    Result.PASSED: "Quá nửa tổng số thành viên đồng ý",
    Result.NOT_PASSED: "Không quá nửa tổng số thành viên đồng ý",
}


@dataclass(frozen=True, slots=True)
class Slip:
    """One member's slip as it stands: the last choice before closing, None for a slip that was not sent."""

    choice: Choice | None
    is_chair: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The slips counted: all members, each choice, the slips not sent and how many of these count as agreement."""

    members: int
    agree: int
    disagree: int
    other: int
    silent: int
    deemed: int
    by_chair: bool
    result: Result
    casting: bool = True


def count(slips: Collection[Slip], rule: Silence, *, closed: bool, casting: bool = True) -> Count:
    """Count slips: passed when more than half of all members agree, or just half and the Chairman is among them.

    The latter where the rule gives the Chairman's slip that weight (`casting`).

    A slip not sent is never agreement unless the rule in force says that silence is consent, and then only once closed.
    """
    chosen = {choice: sum(one.choice is choice for one in slips) for choice in Choice}
    silent = sum(one.choice is None for one in slips)
    deemed = silent if closed and rule is Silence.CONSENT else 0
    agreed, members = chosen[Choice.AGREE] + deemed, len(slips)
    chair = any(one.is_chair and one.choice is Choice.AGREE for one in slips)
    even = casting and members > 0 and 2 * agreed == members and chair
    result = Result.WAITING
    if closed:
        result = Result.PASSED if 2 * agreed > members or even else Result.NOT_PASSED
    return Count(
        members, chosen[Choice.AGREE], chosen[Choice.DISAGREE], chosen[Choice.OTHER], silent, deemed, closed and even, result,
        casting,
    )  # fmt: skip


def check_voting(title: str, words: str, members: int) -> None:
    """Refuse a round of slips that nobody could answer. Raises: Invalid."""
    if not title.strip() or not words.strip():
        raise Invalid("voting_words_missing")
    if not 2 <= members <= MOST_MEMBERS:
        raise Invalid("voting_members", most=MOST_MEMBERS)


def check_slip(choice: Choice | None, words: str) -> Choice:
    """Refuse a slip without a choice, or another opinion without its words. Raises: Invalid."""
    if choice is None:
        raise Invalid("slip_choice_missing")
    if choice is not Choice.AGREE and not words.strip():
        raise Invalid("slip_words_missing", choice=CHOICE_LABELS[choice].lower())
    return choice

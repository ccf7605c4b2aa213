"""What units of the made-up province ask the giver: more time, to be relieved, help, an answer; and how the giver decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from kycuong.core.calendars import Calendar, local_date
from kycuong.core.errors import Fact
from kycuong.queries import scope, simulation
from kycuong.services import proposals


class Agenda(Protocol):
    """What the simulated life offers: its calendar, an hour of a working day, and to do something at a moment."""

    calendar: Calendar

    def at(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        """Put an act on the agenda."""

    def working(self, day: date, n: int, hour: float) -> datetime:
        """Return an hour of the n-th working day after a day."""

    def actor(self, login: str, moment: datetime) -> scope.Actor:
        """Return one of the Office's cast as an actor."""

    def holder(self, duty: UUID, moment: datetime) -> scope.Actor | None:
        """Return the person on whose desk a duty lies."""

    def head(self, unit_id: int, moment: datetime) -> scope.Actor | None:
        """Return the head of a unit."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A proposal as a unit words it, after how many working days it comes, and what the giver does two days later."""

    kind: str
    reason: str
    after: int
    answer: str | None
    refused: bool = False
    basis: str = ""
    so_far: str = ""


#: By the luck of the duty; a wish without an answer still lies on the giver's desk if it is young.
WISHES = {
    22: Wish("extension", "Phải lấy số liệu của các xã, nhiều nơi gửi chậm.", -3, "Đồng ý; không gia hạn lần nữa.",
             so_far="Đã có dự thảo và số liệu của hai phần ba đơn vị."),
    23: Wish("extension", "Cần thêm thời gian khảo sát thực tế tại hiện trường.", -3, None, so_far="Đã khảo sát bốn điểm."),
    24: Wish("return", "Nội dung thuộc lĩnh vực do cơ quan khác quản lý.", 2, "Đơn vị vẫn chủ trì; cơ quan liên quan phối hợp.",
             refused=True, basis="Quyết định quy định chức năng, nhiệm vụ của đơn vị"),
    25: Wish("return", "Nhiệm vụ trùng với nội dung đã giao đơn vị khác.", 2, "Nhất trí nhận lại.",
             basis="Quy chế làm việc của Ủy ban nhân dân tỉnh"),
    26: Wish("obstacle", "Phần mềm báo cáo của ngành ngừng hoạt động, chưa trích xuất được số liệu.", 3,
             "Sử dụng số liệu báo cáo giấy, đối chiếu sau khi phần mềm khôi phục."),
    27: Wish("suggestion", "Kiến nghị giao cơ quan tài chính hướng dẫn thống nhất biểu mẫu.", 3, None),
}  # fmt: skip


def wish(life: Agenda, duty: simulation.Opened, opened: date, luck: int, days: int) -> None:
    """Put the wish of this duty's unit on the agenda, if it has one and there is time for it."""
    found = WISHES.get(luck)
    if found is None or duty.due_at is None or days < 6 or duty.slot:  # periodic ones are simply done
        return
    moment = life.working(opened, found.after if found.after > 0 else days + found.after, 15)
    life.at(moment, lambda at: _ask(life, duty, found, at))


def _ask(life: Agenda, duty: simulation.Opened, asked: Wish, at: datetime) -> None:
    head = life.head(duty.unit_id, at)
    if head is None or duty.due_at is None:
        return
    last = local_date(duty.due_at - timedelta(minutes=1))
    wanted = life.calendar.add_working_days(last, 5) if asked.kind == "extension" else None
    try:
        proposals.propose(
            actor=head, at=at, duty=duty.public_id, kind=asked.kind, reason=asked.reason, basis=asked.basis,
            so_far=asked.so_far, wanted_on=wanted,
        )  # fmt: skip
    except Fact:
        return  # a date set above cannot be extended here
    if asked.answer:
        life.at(life.working(local_date(at), 2, 9.5), lambda then: _decide(life, duty, asked, then))


def _decide(life: Agenda, duty: simulation.Opened, asked: Wish, at: datetime) -> None:
    waiting = simulation.proposal(duty.public_id)
    giver = life.holder(waiting, at) if waiting else None
    if waiting is None or giver is None:
        return
    decide = proposals.refuse if asked.refused else proposals.accept
    decide(actor=giver, at=at, duty=waiting, note=asked.answer or "")

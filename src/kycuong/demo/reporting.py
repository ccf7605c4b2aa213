"""The collection before 01/12: a week before its end some units have sent their reports, some have begun, most have not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from kycuong.core.errors import Fact
from kycuong.demo.asking import Agenda
from kycuong.queries import reports as queries
from kycuong.queries import simulation
from kycuong.services import reports

SLOT: Final = date(2026, 12, 1)
#: The first day on which reports go out; below which luck a unit has sent its report, or begun to write it.
FIRST: Final = date(2026, 11, 17)
SENT, WRITTEN = 15, 22
WORDS: Final = {
    "chung": "Đơn vị đã quán triệt Chỉ thị đến toàn thể cán bộ, công chức; giao từng nhiệm vụ cho một người chịu trách nhiệm chính.",
    "kho-khan": "Số lượng văn bản phải báo cáo trong cùng một tuần còn lớn; phần mềm một số ngành chưa kết nối nên phải nhập hai lần.",
    "thoi-gian-toi": "Hoàn thành dứt điểm các nhiệm vụ còn lại trước ngày 15/12/2026; rà soát hằng tuần, công khai tại giao ban.",
}  # fmt: skip


def is_report(duty: simulation.Opened) -> bool:
    """Return whether a duty is the annual report before 01/12."""
    return duty.slot == SLOT and "báo cáo kết quả" in duty.title


def fate(life: Agenda, duty: simulation.Opened, luck: int) -> None:
    """Let a unit send its report in the days before, begin to write it, or leave it for the last day."""
    if duty.unit_code == "snv" or luck >= WRITTEN:
        return
    day = luck % 4 if luck < SENT else 3
    life.at(
        life.working(FIRST, day, 14) + timedelta(minutes=luck), lambda at: _write(life, duty, at, sends=luck < SENT)
    )


def _write(life: Agenda, duty: simulation.Opened, at: datetime, *, sends: bool) -> None:
    head = life.head(duty.unit_id, at)
    address = queries.address_of(duty.public_id)
    if head is None or address is None:
        return
    place = reports.Place(*address)
    texts = WORDS if sends else {"chung": WORDS["chung"]}
    try:
        reports.write(actor=head, at=at, place=place, texts=texts)
        if sends:
            reports.send(actor=head, at=at + timedelta(minutes=40), place=place)
    except Fact:
        return  # the duty lies on a desk below: not today

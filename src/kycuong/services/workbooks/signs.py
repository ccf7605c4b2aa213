"""Signs as a table file: the numbers by unit, and every case that the person sees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from kycuong.core.calendars import TZ, local_date
from kycuong.core.signs import SIGNS, STANDING_LABELS, Code
from kycuong.queries import scope
from kycuong.queries import signs as queries
from kycuong.services import audit
from kycuong.services.workbooks.writing import Cell, Head, Page, Workbook, write

UNIT_HEADS: Final = (
    Head("Đơn vị", 44), Head("Số nhiệm vụ", 10), *(Head(SIGNS[code].label, 16) for code in Code),
)  # fmt: skip
CASE_HEADS: Final = (
    Head("Đơn vị", 36), Head("Dấu hiệu", 30), Head("Việc", 60), Head("Phát sinh", 12), Head("Tình trạng", 28),
    Head("Đơn vị giải trình", 40), Head("Kết quả xem xét", 40),
)  # fmt: skip


def signs_book(*, actor: scope.Actor, at: datetime, since: date | None = None, until: date | None = None) -> Workbook:
    """Write the signs of the units in sight: what counts out of how many, and every case. Raises: NotVisible, Invalid."""
    page, cases = queries.every_case(actor, at, since=since, until=until)
    when = f"Số liệu lúc {at.astimezone(TZ):%H:%M} ngày {at.astimezone(TZ):%d/%m/%Y}."
    above = [
        "DẤU HIỆU CẦN RÀ SOÁT", f"Từ {page.since:%d/%m/%Y} đến hết {page.until:%d/%m/%Y}. Số việc tính / tổng số.",
        f"Dấu hiệu chỉ chỗ cần xem lại, không phải kết luận. {when}",
    ]  # fmt: skip
    units = [_unit(one) for group in page.groups for one in group.units]
    audit.record(
        actor_id=actor.officer_id, at=at, act="export_signs", subject_kind="sign", rows=len(cases),
        since=page.since.isoformat(), until=page.until.isoformat(),
    )  # fmt: skip
    pages = [
        Page("Theo đơn vị", UNIT_HEADS, units, above=above), Page("Từng việc", CASE_HEADS, [_case(one) for one in cases]),
    ]  # fmt: skip
    return Workbook(f"dau-hieu-{local_date(at):%Y-%m-%d}.xlsx", write(pages, created=at))


def _unit(one: queries.UnitSigns) -> tuple[Cell, ...]:
    return (one.name, one.tasks, *(f"{count.n}/{count.of}" if count.of else "–" for count in one.counts))


def _case(one: queries.CaseRow) -> tuple[Cell, ...]:
    return (
        one.unit_name, SIGNS[one.code].label, one.title, local_date(one.found_at), STANDING_LABELS[one.standing],
        one.said.note if one.said else "", one.said.answer if one.said else "",
    )  # fmt: skip

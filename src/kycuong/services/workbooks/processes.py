"""The agency's own process as a table file: its steps measured, and its versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.processes import STAGE_LABELS
from kycuong.queries import processes as queries
from kycuong.queries import scope
from kycuong.services import audit
from kycuong.services.workbooks.writing import Cell, Head, Page, Workbook, write

STEP_HEADS: Final = (
    Head("Bước", 22), Head("Chức danh", 34), Head("Người giữ", 26), Head("Giới hạn (giờ làm việc)", 12), Head("Số nhiệm vụ", 10),
    Head("Trung vị (ngày làm việc)", 12), Head("9 trên 10 không quá", 12), Head("Lâu nhất", 10), Head("Quá giới hạn", 10),
    Head("Đang nằm", 10), Head("Đang quá giới hạn", 10),
)  # fmt: skip
VERSION_HEADS: Final = (
    Head("Lần", 6), Head("Áp dụng từ", 12), Head("Số bước", 8), Head("Lý do", 60), Head("Căn cứ", 30), Head("Số nhiệm vụ đã xong", 12),
    Head("Trung vị toàn quy trình (ngày)", 14),
)  # fmt: skip


def process_book(
    *, actor: scope.Actor, at: datetime, unit: UUID, since: date | None = None, until: date | None = None
) -> Workbook:
    """Write the process of a unit with what was measured. Raises: NotVisible, Invalid."""
    page = queries.process(actor, at, unit, since=since, until=until)
    above = [
        f"QUY TRÌNH GIẢI QUYẾT CÔNG VIỆC: {page.unit_name}",
        f"Nhiệm vụ gửi kết quả từ {page.since:%d/%m/%Y} đến hết {page.until:%d/%m/%Y}.",
    ]
    audit.record(
        actor_id=actor.officer_id,
        at=at,
        act="export_process",
        subject_kind="process",
        subject_id=unit,
        rows=len(page.steps),
    )
    steps = Page("Các bước", STEP_HEADS, [_step(one) for one in page.steps], above=above)
    versions = Page("Các lần sửa đổi", VERSION_HEADS, [_version(one) for one in page.versions])
    return Workbook(f"quy-trinh-{local_date(at):%Y-%m-%d}.xlsx", write([steps, versions], created=at))


def _step(one: queries.StepRow) -> tuple[Cell, ...]:
    took = one.spread
    return (
        STAGE_LABELS[one.stage], one.title, one.officer_name, one.limit_hours, took.n if took else 0,
        *((_days(took.median), _days(took.p90), _days(took.longest)) if took else ("", "", "")), one.over, one.lying, one.lying_over,
    )  # fmt: skip


def _version(one: queries.VersionLine) -> tuple[Cell, ...]:
    return (
        one.version, one.in_force_from, one.steps, one.reason, one.basis, one.spread.n if one.spread else 0,
        _days(one.spread.median) if one.spread else "",
    )  # fmt: skip


def _days(found: float) -> str:
    return f"{found:.1f}".replace(".", ",")

"""Periods, targets and programmes as table files: exactly what their pages show the person."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from kycuong.core.boards import SEVEN
from kycuong.core.calendars import TZ, local_date
from kycuong.core.duties import STATE_LABELS, State
from kycuong.core.periods import titled
from kycuong.core.targets import AT_MOST, written
from kycuong.queries import periods, programmes, scope, targets
from kycuong.services import audit
from kycuong.services.workbooks.writing import Cell, Head, Page, Workbook, write

AGREED: Final = {
    "agreed": "Đã thống nhất", "silent": "Không có ý kiến", "contested": "Có ý kiến", "waiting": "Đang đối soát",
}  # fmt: skip
PERIOD_HEADS: Final = (
    Head("Đơn vị", 44), Head("Tổng số", 9), *(Head(STATE_LABELS[state], 11) for state in SEVEN),
    Head(STATE_LABELS[State.APART], 11), Head("Đối soát", 16), Head("Mã băm", 24),
)  # fmt: skip
TARGET_HEADS: Final = (
    Head("TT", 5), Head("Chỉ tiêu", 60), Head("Đơn vị chủ trì", 30), Head("Văn bản", 16), Head("Chiều", 10),
    Head("Kế hoạch", 12), Head("Thực hiện", 12), Head("Đơn vị tính", 14), Head("Số liệu ngày", 12), Head("Còn thiếu", 12),
    Head("Kết quả", 16),
)  # fmt: skip
PROGRAMME_HEADS: Final = (
    Head("Đơn vị", 44), Head("Số dòng", 9), Head("Chờ phê duyệt", 9), Head("Tổng số nhiệm vụ", 9), Head("Đúng hạn", 9),
    Head("Xong quá hạn", 9), Head("Chờ xác nhận", 9), Head("Đang quá hạn", 9), Head("Đang làm", 9), Head("Chưa bắt đầu", 9),
)  # fmt: skip


def period_book(*, actor: scope.Actor, at: datetime, period: UUID) -> Workbook:
    """Write the figures of a period by unit. Raises: NotVisible."""
    page = periods.period(actor, period, at)
    line = page.line
    name = titled(line.kind, line.number, line.year)
    state = f"Đã chốt; mã băm {page.fingerprint}" if line.state == "closed" else "Đang đối soát, số liệu chưa chốt"
    rows: list[tuple[Cell, ...]] = [
        (one.name, one.total, *(one.counts.get(state, 0) for state in (*SEVEN, State.APART)), AGREED[one.agreed], one.fingerprint)
        for one in page.units
    ]  # fmt: skip
    above = [f"SỐ LIỆU KỲ: {name}", f"Từ {page.since:%d/%m/%Y} đến hết {page.last:%d/%m/%Y}. {state}.", _when(at)]
    file = f"ky-{line.year}-{line.kind}-{line.number}-{local_date(at):%Y-%m-%d}.xlsx"
    return _book(actor, at, ("period", str(period)), file, Page("Số liệu kỳ", PERIOD_HEADS, rows, above=above))


def targets_book(
    *, actor: scope.Actor, at: datetime, state: str = "", unit: UUID | None = None, theme: UUID | None = None
) -> Workbook:
    """Write the targets that the person sees, filtered as on the page."""
    found = targets.all_targets(actor, state=state, unit=unit, theme=theme)
    rows = [_target(number, row) for number, row in enumerate(found, 1)]
    page = Page("Chỉ tiêu", TARGET_HEADS, rows, above=["CHỈ TIÊU GIAO TẠI CÁC VĂN BẢN", _when(at)])
    return _book(actor, at, ("target", state), f"chi-tieu-{local_date(at):%Y-%m-%d}.xlsx", page)


def _target(number: int, row: targets.TargetRow) -> tuple[Cell, ...]:
    said = row.actual is not None
    return (
        number, row.name, row.unit_name, row.document_code, "không quá" if row.direction == AT_MOST else "ít nhất",
        written(row.plan), written(row.actual) if row.actual is not None else "", row.measure, row.as_of,
        written(row.gap) if row.gap else "", ("Đạt" if row.reached else "Chưa đạt") if said else "Chưa có số liệu",
    )  # fmt: skip


def programmes_book(*, actor: scope.Actor, at: datetime, year: int | None = None) -> Workbook:
    """Write the programmes of a year with how their lines stand; units without one stand at the end."""
    found = programmes.year(actor, at, year)
    rows: list[tuple[Cell, ...]] = [
        (
            row.unit_name, row.lines, row.waiting, row.progress.total, row.progress.done, row.progress.done_late,
            row.progress.awaiting, row.progress.overdue, row.progress.begun, row.progress.not_begun,
        )
        for row in found.rows
    ]  # fmt: skip
    named = {row.unit_name for row in found.rows}
    rows += [(one.unit_name, 0, 0, 0, 0, 0, 0, 0, 0, 0) for one in found.missing if one.unit_name not in named]
    missing = f"{len(found.missing)} trên {found.expected} đơn vị chưa có chương trình được phê duyệt."
    above = [f"CHƯƠNG TRÌNH CÔNG TÁC NĂM {found.year}", missing, _when(at)]
    page = Page("Chương trình công tác", PROGRAMME_HEADS, rows, above=above)
    return _book(
        actor, at, ("programme", str(found.year)), f"chuong-trinh-{found.year}-{local_date(at):%Y-%m-%d}.xlsx", page
    )


def _when(at: datetime) -> str:
    return f"Số liệu lúc {at.astimezone(TZ):%H:%M} ngày {at.astimezone(TZ):%d/%m/%Y}."


def _book(actor: scope.Actor, at: datetime, subject: tuple[str, str], name: str, page: Page) -> Workbook:
    rows = list(page.rows)
    audit.record(
        actor_id=actor.officer_id, at=at, act="export_figures", subject_kind=subject[0], subject_id=subject[1][:40],
        rows=len(rows),
    )  # fmt: skip
    return Workbook(name, write([page], created=at))

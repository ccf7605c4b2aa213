"""The succession list of a change as a table to be printed, signed and kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.duties import last_date
from kycuong.core.org_changes import KIND_LABELS, WAY_LABELS, Kind
from kycuong.queries import org_changes, scope
from kycuong.services import audit
from kycuong.services.workbooks.writing import Cell, Head, Page, Workbook, write

HEADS = (
    Head("STT", 6), Head("Nhiệm vụ", 60), Head("Hạn (hết ngày)", 14), Head("Đơn vị giao", 28), Head("Đơn vị kế thừa", 28),
    Head("Người giữ việc", 24), Head("Căn cứ đề xuất", 22), Head("Đã bàn giao", 12),
)  # fmt: skip
MOST = 100_000


def succession(*, actor: scope.Actor, at: datetime, change: UUID) -> Workbook:
    """Return the succession list of a change, drafted or carried out. Raises: NotAllowed, NotVisible."""
    page = org_changes.change(actor, change, at, size=MOST)
    rows: list[tuple[Cell, ...]] = [
        (
            no, line.title, last_date(line.due_at) if line.due_at else None, line.old_name or page.row.subject, line.to_name,
            line.desk, WAY_LABELS.get(line.how, ""), "Đã bàn giao" if line.done else "",
        )
        for no, line in enumerate(page.lines, 1)
    ]  # fmt: skip
    above = (
        "DANH SÁCH KẾ THỪA NHIỆM VỤ",
        f"{KIND_LABELS[Kind(page.row.kind)]}: {page.row.subject}",
        f"Kèm theo Quyết định {page.row.decision}, hiệu lực từ ngày {page.row.in_force_on:%d/%m/%Y}",
    )
    audit.record(
        actor_id=actor.officer_id,
        at=at,
        act="export_succession",
        subject_kind="change",
        subject_id=change,
        rows=len(rows),
    )
    name = f"danh-sach-ke-thua-{local_date(at):%Y-%m-%d}.xlsx"
    return Workbook(name, write([Page("Danh sách kế thừa", HEADS, rows, above)], created=at))

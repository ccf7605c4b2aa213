"""One's own journal as a table file: taking it is itself a line of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from kycuong.core.calendars import TZ, local_date
from kycuong.queries import journals, scope
from kycuong.services import audit
from kycuong.services.workbooks.writing import CSV, Workbook, write_lines

#: Lines of one file; a longer time is taken in parts, by days.
LINES: Final = 5000
HEADS: Final = ("Thời điểm", "Loại", "Việc", "Nhiệm vụ", "Người thực hiện", "Xử lý thay cho", "Mạng")


def journal(*, actor: scope.Actor, at: datetime, wanted: journals.Wanted) -> Workbook:
    """Return what one sees of the own journal as CSV, newest first. Raises: Invalid."""
    page = journals.journal(actor, wanted, size=LINES)
    audit.record(actor_id=actor.officer_id, at=at, act="export_journal", subject_kind="officer", rows=len(page.rows))
    rows = [
        (
            f"{row.at.astimezone(TZ):%d/%m/%Y %H:%M:%S}", journals.KINDS[row.kind], row.label, row.title,
            row.by or actor.full_name, row.stands_for, row.network,
        )
        for row in page.rows
    ]  # fmt: skip
    return Workbook(f"nhat-ky-cua-toi-{local_date(at):%Y-%m-%d}.csv", write_lines(HEADS, rows), CSV)

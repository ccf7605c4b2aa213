"""The tracker of tasks (bảng theo dõi nhiệm vụ) as XLSX: what a page shows is what is written, under the same scope."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from kycuong.core.calendars import TZ, local_date
from kycuong.core.duties import State
from kycuong.core.folding import words
from kycuong.queries import scope, trackers
from kycuong.services import audit
from kycuong.services.workbooks.writing import Cell, Head, Page, Workbook, write

HEADS: Final = (
    Head("TT", 5), Head("Số, ký hiệu văn bản", 16), Head("Ngày văn bản", 12), Head("Cơ quan ban hành", 22),
    Head("Nội dung nhiệm vụ", 60), Head("Đơn vị chủ trì", 24), Head("Đơn vị phối hợp", 24), Head("Sản phẩm", 18),
    Head("Ngày giao", 12), Head("Hạn gốc", 12), Head("Hạn hiện tại", 12), Head("Số lần gia hạn", 9), Head("Trạng thái", 20),
    Head("Ngày gửi kết quả", 12), Head("Văn bản kết quả", 16), Head("Đang ở bàn", 26),
)  # fmt: skip
CUT = "Bảng chỉ ghi {n} dòng đầu; lọc bớt trên trang rồi tải lại để có phần còn lại."


def unit_tracker(
    *, actor: scope.Actor, at: datetime, unit: UUID, state: State | None = None, desk: int | None = None, text: str = "",
    theme: UUID | None = None,
) -> Workbook:  # fmt: skip
    """Write the open duties of a unit, filtered as on its page. Raises: NotVisible."""
    found = trackers.of_unit(actor, at, unit=unit, state=state, desk=desk, text=text, theme=theme)
    return _workbook(actor, at, found, unit)


def document_tracker(*, actor: scope.Actor, at: datetime, document: UUID) -> Workbook:
    """Write the tasks of a document. Raises: NotVisible."""
    return _workbook(actor, at, trackers.of_document(actor, at, document=document), document)


def register_tracker(
    *,
    actor: scope.Actor,
    at: datetime,
    register: str,
    text: str = "",
    state: str | None = None,
    year: int | None = None,
    theme: UUID | None = None,
) -> Workbook:
    """Write the tasks of the documents of the register, filtered as on its page."""
    found = trackers.of_register(actor, at, register=register, text=text, state=state, year=year, theme=theme)
    return _workbook(actor, at, found, register)


def _workbook(actor: scope.Actor, at: datetime, tracker: trackers.Tracker, subject: object) -> Workbook:
    audit.record(
        actor_id=actor.officer_id, at=at, act="export_tasks", subject_kind="tracker", subject_id=str(subject)[:40],
        rows=len(tracker.rows),
    )  # fmt: skip
    here = at.astimezone(TZ)
    above = [
        "BẢNG THEO DÕI NHIỆM VỤ",
        tracker.about,
        f"Số liệu lúc {here:%H:%M} ngày {here:%d/%m/%Y}; {len(tracker.rows)} nhiệm vụ.",
    ]
    if tracker.cut:
        above.append(CUT.format(n=len(tracker.rows)))
    rows = [_cells(number, row) for number, row in enumerate(tracker.rows, 1)]
    name = "-".join(words(tracker.about).replace("/", "-").split())[:60]
    page = Page("Theo dõi nhiệm vụ", HEADS, rows, above=above)
    return Workbook(f"theo-doi-nhiem-vu-{name}-{local_date(at):%Y-%m-%d}.xlsx", write([page], created=at))


def _cells(number: int, row: trackers.TrackerRow) -> tuple[Cell, ...]:
    return (
        number, row.document, row.issued_on, row.issuer, row.text, row.lead, row.participants, row.product, row.given_on,
        row.original, row.due, row.extended_times, row.state, row.done_on, row.result, row.desk,
    )  # fmt: skip

"""The registry of competence in the tables in which it is taken in, and the template to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kycuong.core import competence as law
from kycuong.core.calendars import local_date
from kycuong.core.competence_table import COMPETENCES, MATTERS, REGISTRY
from kycuong.core.imports import Column
from kycuong.queries import competences, scope
from kycuong.queries.competences import matters
from kycuong.queries.imports import written
from kycuong.services import audit
from kycuong.services.workbooks.writing import Cell, Head, Page, Workbook, write

_NOTES: Final = (
    "Hai bảng: Vấn đề (mã các cấp cách nhau bằng dấu chấm) và Thẩm quyền. Không đổi tên cột; cột có dấu * là bắt buộc.",
    "Mã dòng là khóa. Nội dung mới giữ mã dòng cũ và ghi ngày bắt đầu mới; dòng đang có tự kết thúc từ ngày đó.",
    "Kết thúc một dòng: giữ nguyên các ô, ghi cột Hết hiệu lực từ ngày. Dòng không có trong tệp thì giữ nguyên.",
    "Phân cấp, ủy quyền: ghi Mã dòng của nơi giao ở cột Giao lại từ dòng; không vượt mức, địa bàn, thời gian của dòng giao.",
    "Tệp chỉ được nhập khi mọi dòng đều đúng. Xóa dòng ví dụ (mã SVD) trước khi nhập.",
)
_OFFERED: Final = {
    "competence_kind": list(law.KIND_WORDS.values()), "competence_level": list(law.LEVEL_WORDS.values()), "flag": ["có", "không"],
}  # fmt: skip


def registry(*, actor: scope.Actor, at: datetime, matter: str = "", everything: bool = False) -> Workbook:
    """Return the registry as XLSX, of one matter or of all, what has ended too with `everything`; taken in again it changes nothing."""
    on = local_date(at)
    rows = [written(one) for one in competences.listed(on=None if everything else on, matter=matter) if not one.void]
    named = [(one.code, one.name, "; ".join(one.words)) for one in matters.all_within(matter)]
    audit.record(
        actor_id=actor.officer_id,
        at=at,
        act="export_competence",
        subject_kind="registry",
        subject_id=matter,
        rows=len(rows),
    )
    pages = [
        _page(MATTERS.title, MATTERS.columns, named),
        _page(
            COMPETENCES.title, COMPETENCES.columns, [tuple(row[c.code] for c in COMPETENCES.columns) for row in rows]
        ),
    ]
    return Workbook(f"so-tham-quyen-{on:%Y-%m-%d}.xlsx", write(pages, created=at))


def registry_template(*, actor: scope.Actor, at: datetime) -> Workbook:
    """Return the workbook to be filled in: headings, an example row, choices and notes. Raises: NotAllowed."""
    competences.to_write(actor)
    pages = [
        _page(table.title, table.columns, [tuple(column.example for column in table.columns)]) for table in REGISTRY
    ]
    notes = Page("Hướng dẫn", [Head("Cách điền", 120)], [(note,) for note in _NOTES], landscape=False)
    return Workbook("mau-so-tham-quyen.xlsx", write([*pages, notes], created=at))


def _page(title: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]) -> Page:
    heads = [
        Head(one.heading, 34 if one.longest >= 160 else 18, one.note, _OFFERED.get(one.holds, ()), one.needed)
        for one in columns
    ]
    return Page(title, heads, rows)

"""The template of the organisation's tables, and the organisation itself in the same tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.core.imports import ORGANISATION, Column, Table
from kycuong.core.takeovers import STATES, TASKS
from kycuong.queries import scope
from kycuong.queries.imports import must_administer
from kycuong.queries.imports.present import CHOICES, officer_rows, post_rows, unit_rows
from kycuong.services import audit
from kycuong.services.workbooks.writing import CSV, Cell, Head, Page, Workbook, write, write_lines

ROWS = {"units": unit_rows, "posts": post_rows, "officers": officer_rows}
NOTES = (
    "Mỗi trang là một bảng: Đơn vị, Chức danh, Cán bộ. Không đổi tên cột; thứ tự cột tùy ý, cột có dấu * là bắt buộc.",
    "Mã đơn vị, Mã chức danh, Tên đăng nhập là khóa: dòng có khóa đã có trong hệ thống là sửa, chưa có là thêm mới.",
    "Ô để trống thì giữ nguyên giá trị đang có. Dòng không có trong tệp thì giữ nguyên; không xóa, không sáp nhập.",
    "Ngày ghi dạng ngày/tháng/năm. Chỉ ghi cột “Hết hiệu lực…”, “Thôi giữ chức…” khi thật sự kết thúc.",
    "Người giữ nhiều chức danh thì ghi nhiều dòng, cùng tên đăng nhập.",
    "Cán bộ mới nhập chưa có mật khẩu; Quản trị cấp mật khẩu lần đầu.",
    "Xóa các dòng ví dụ (mã SVD) trước khi nhập.",
)


TASK_NOTES = (
    "Mỗi dòng là một nhiệm vụ của một đơn vị chủ trì. Cột có dấu * là bắt buộc; không đổi tên cột, thứ tự tùy ý.",
    "Mã nhiệm vụ cũ là khóa: nhập lại tệp thì dòng đã tiếp nhận được bỏ qua. Không có mã thì khóa là văn bản, nội dung và đơn vị.",
    "Trạng thái: Đang thực hiện, Đã gửi kết quả, Hoàn thành. Hai trạng thái sau phải có Ngày hoàn thành.",
    "Hạn gốc và Hạn gia hạn giữ cả hai; nhiệm vụ quá hạn tính quá hạn từ đúng ngày của nó. Bỏ trống Hạn gốc: không thời hạn.",
    "Không đưa nhiệm vụ từ văn bản mật vào tệp: tệp có dòng mang dấu mật bị từ chối, không lưu lại.",
)


def template(*, actor: scope.Actor, at: datetime, kind: str = "") -> Workbook:
    """Return the workbook to be filled in: headings, an example row, choices and notes. Raises: NotAllowed."""
    must_administer(actor)
    if kind == "tasks":
        states = dict.fromkeys(STATES.values())
        page = Page(
            TASKS.title, [_head(column, states) for column in TASKS.columns], [[c.example for c in TASKS.columns]]
        )
        notes = Page("Hướng dẫn", [Head("Cách điền", 120)], [(note,) for note in TASK_NOTES], landscape=False)
        return Workbook("mau-nhiem-vu-dang-thuc-hien.xlsx", write([page, notes], created=at))
    pages = [_page(table, [tuple(column.example for column in table.columns)]) for table in ORGANISATION]
    notes = Page("Hướng dẫn", [Head("Cách điền", 120)], [(note,) for note in NOTES], landscape=False)
    return Workbook("mau-danh-muc-to-chuc.xlsx", write([*pages, notes], created=at))


def organisation(*, actor: scope.Actor, at: datetime, table: str = "") -> Workbook:
    """Return the organisation as XLSX, or one of its tables as CSV; taken in again it changes nothing.

    Raises: NotAllowed, Invalid.
    """
    must_administer(actor)
    day = f"{local_date(at):%Y-%m-%d}"
    audit.record(actor_id=actor.officer_id, at=at, act="export_organisation", subject_kind="organisation", table=table)
    if not table:
        pages = [_page(one, [_cells(one, row) for row in ROWS[one.code]()]) for one in ORGANISATION]
        return Workbook(f"danh-muc-to-chuc-{day}.xlsx", write(pages, created=at))
    found = next((one for one in ORGANISATION if one.code == table), None)
    if found is None:
        raise Invalid("kind_unknown", text=table)
    heads = [column.heading for column in found.columns]
    rows = [tuple(row[column.code] for column in found.columns) for row in ROWS[table]()]
    return Workbook(f"{table}-{day}.csv", write_lines(heads, rows), CSV)


def _cells(table: Table, row: dict[str, str]) -> tuple[Cell, ...]:
    return tuple(row[column.code] for column in table.columns)


def _page(table: Table, rows: list[tuple[Cell, ...]]) -> Page:
    return Page(table.title, [_head(column) for column in table.columns], rows)


def _head(column: Column, states: Iterable[str] = ()) -> Head:
    offered = list(states) if column.holds == "task_state" else [label for _, label in CHOICES.get(column.holds, ())]
    if column.holds == "flag":
        offered = ["có", "không"]
    width = 34 if column.longest >= 160 else 18
    return Head(column.heading, width, column.note, offered, column.needed)

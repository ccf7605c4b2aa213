"""The board as a table file: exactly the units that the person sees, in the order chosen; XLSX, or CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kycuong.core.boards import FLAGS, SEVEN, Spread
from kycuong.core.calendars import TZ, local_date
from kycuong.core.duties import STATE_LABELS
from kycuong.queries import scope
from kycuong.queries.board import Board, Filter, UnitLine, board
from kycuong.services import audit
from kycuong.services.workbooks.writing import CSV, Cell, Head, Page, Workbook, write, write_lines

FLAG_HEADS: Final = {
    "paused": "Tạm dừng", "extension": "Xin gia hạn", "return": "Đề xuất trả lại", "obstacle": "Khó khăn, vướng mắc",
    "suggestion": "Kiến nghị",
}  # fmt: skip
HEADS: Final = (
    Head("Đơn vị", 44), Head("Tổng số", 9), *(Head(STATE_LABELS[state], 11) for state in SEVEN),
    Head("Tỷ lệ quá hạn (%)", 10), Head("Tỷ lệ đúng hạn (%)", 10), Head("Số ngày quá hạn: trung bình", 11),
    Head("Trung vị", 9), Head("Phân vị 90", 9), Head("Lâu nhất", 9), Head("Không tính", 9),
    *(Head(FLAG_HEADS[flag], 11) for flag in FLAGS),
)  # fmt: skip


def board_book(
    *, actor: scope.Actor, at: datetime, wanted: Filter, sort: str, csv: bool = False, said: str = ""
) -> Workbook:
    """Write the board of a filter, all of its units, the sum first; `said` tells what it is narrowed to. Raises: NotVisible."""
    found = board(actor, at, wanted, sort=sort, size=None)
    audit.record(
        actor_id=actor.officer_id, at=at, act="export_board", subject_kind="board", subject_id=wanted.kind,
        rows=len(found.lines),
    )  # fmt: skip
    name = f"bang-theo-doi-{local_date(at):%Y-%m-%d}"
    rows = [_cells(found.total, "Tổng số"), *(_cells(line, line.name) for line in found.lines)]
    if csv:
        lines = [[_text(cell) for cell in row] for row in rows]
        return Workbook(f"{name}.csv", write_lines([head.heading for head in HEADS], lines), CSV)
    page = Page("Bảng theo dõi", HEADS, rows, above=_above(found, wanted, said))
    return Workbook(f"{name}.xlsx", write([page], created=at))


def _above(found: Board, wanted: Filter, said: str) -> list[str]:
    here = found.at.astimezone(TZ)
    period = f"năm {wanted.year}" if wanted.year else "tất cả các năm"
    part = {"q": "quý", "t": "tháng"}.get(wanted.part[:1], "")
    period = f"{part} {int(wanted.part[1:])} {period}" if part else period
    return [
        "BẢNG THEO DÕI NHIỆM VỤ THEO ĐƠN VỊ",
        f"Kỳ: {period}. Số liệu lúc {here:%H:%M} ngày {here:%d/%m/%Y}; {len(found.lines)} đơn vị.",
        *([f"Chỉ gồm: {said}."] if said else []),
        "Tỷ lệ tính trên mọi nhiệm vụ có thời hạn, kể cả nhiệm vụ đang thực hiện.",
    ]


def _cells(line: UnitLine, name: str) -> Sequence[Cell]:
    states = [line.figures.get(state, 0) for state in SEVEN]
    flags = [line.figures.get(flag, 0) for flag in FLAGS]
    shares = [_percent(line.late_share), _percent(line.on_time_share)]
    return [name, line.counted, *states, *shares, *_spread(line.late), line.figures.get("apart", 0), *flags]


def _percent(share: float | None) -> Cell:
    return None if share is None else round(share * 100, 1)


def _spread(days: Spread | None) -> list[Cell]:
    if days is None:
        return ["", "", "", ""]
    return [round(float(days.mean), 1), days.median, days.p90, days.oldest]


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:.1f}".replace(".", ",") if isinstance(cell, float) else str(cell)

"""Read assignment tables: rows of cells, or cells that an export has put on lines of their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kycuong.reader import deadlines, targets
from kycuong.reader.charge import coordinating, from_field
from kycuong.reader.fields import Label
from kycuong.reader.lines import Page, Passage
from kycuong.reader.parties import scan
from kycuong.reader.shapes import Deadline, Finding, Order, Party

_HEADS = {
    "index": r"(?:stt|tt|so tt|so thu tu)\.?$",
    "time": r"(?:thoi (?:gian|han|diem)|tien do|han hoan thanh|thoi gian.{0,30}|hoan thanh).{0,30}",
    "coop": r".{0,30}\bphoi hop",
    "lead": r".{0,40}\b(?:chu tri|thuc hien|chiu trach nhiem|dau moi|phu trach|tham muu|duoc giao)$|(?:co quan"
        r"|don vi)(?: chu tri| thuc hien| dau moi| tham muu| chiu| duoc|/|,|$).{0,40}|phan cong.{0,30}"
        r"|chu tri.{0,30}",
    "product": r"(?:san pham|ket qua|du kien san pham|dau ra).{0,40}",
    "task": r"(?:ten |cac )?(?:noi dung|nhiem vu|cong viec|nhiem vu, giai phap|viec|hoat dong|noi dung, nhiem vu"
        r"|muc tieu|giai phap|de an)\b.{0,50}",
    "note": r"(?:ghi chu|can cu|cap trinh|kinh phi|don vi tinh|chi tieu).{0,30}",
}  # fmt: skip
_HEAD_RX = {kind: re.compile(pattern) for kind, pattern in _HEADS.items()}
_INDEX = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[ivx]{1,5}|[a-zđ])[.)]?$")


#: Column heads whose words an export glued together.
_GLUED = {
    "donvichutri": "lead", "coquanchutri": "lead", "donvithuchien": "lead", "coquanthuchien": "lead", "donviphoihop": "coop",
    "coquanphoihop": "coop", "thoigian": "time", "thoigianthuchien": "time", "thoigianhoanthanh": "time", "nhiemvuthuchien": "task",
}  # fmt: skip


@dataclass(slots=True)
class _Row:
    index: str
    cells: dict[str, list[Passage]] = field(default_factory=dict)


def rows(page: Page, passages: list[Passage], issued: dt.date | None) -> tuple[list[Order], list[Passage]]:
    """Return the orders of assignment tables, and the passages that are left."""
    found: list[Order] = []
    left: list[Passage] = []
    i = 0
    while i < len(passages):
        header = _header(passages, i)
        if header is None:
            left.append(passages[i])
            i += 1
            continue
        kinds, start, in_rows = header
        stop, table = (_grid if in_rows else _stacked)(passages, start, kinds)
        if not table:
            left.append(passages[i])
            i += 1
            continue
        found.extend(_order(page, row, issued, n) for n, row in enumerate(table, 1))
        i = stop
    return found, left


def _kind(passage: Passage) -> str | None:
    text = passage.bare.strip(" .:*()")
    if len(text) > 70:
        return None
    for kind, pattern in _HEAD_RX.items():
        if pattern.match(text):
            return kind
    return _GLUED.get(text.replace(" ", ""))


def _header(passages: list[Passage], i: int) -> tuple[dict[int, str], int, bool] | None:
    """Return the columns of a table whose header begins at a passage, where its rows begin, and how it is laid out."""
    first = passages[i]
    kind = _kind(first)
    if kind not in {"index", "task"}:
        return None
    kinds: dict[int, str] = {}
    j = i
    in_rows = first.row >= 0 and i + 1 < len(passages) and passages[i + 1].row == first.row
    while j < len(passages) and j - i < 10:
        passage = passages[j]
        if in_rows and passage.row != first.row:
            break
        found = _kind(passage)
        if found is None and not in_rows:
            break
        kinds[passage.column if in_rows else j - i] = found or "note"
        j += 1
    named = set(kinds.values())
    if "task" not in named or not named & {"lead", "time"} or len(kinds) < 3:
        return None
    return kinds, j, in_rows


def _grid(passages: list[Passage], start: int, kinds: dict[int, str]) -> tuple[int, list[_Row]]:
    """Read rows whose cells share a row number; a row without a lead or a date is a section of the table."""
    table: list[_Row] = []
    j = start
    while j < len(passages) and passages[j].row >= 0:
        number = passages[j].row
        cells: dict[str, list[Passage]] = {}
        while j < len(passages) and passages[j].row == number:
            cells.setdefault(kinds.get(passages[j].column, "note"), []).append(passages[j])
            j += 1
        index = cells.get("index", [])
        if cells.get("task") and (cells.get("lead") or cells.get("time") or cells.get("coop") or cells.get("product")):
            table.append(_Row(index[0].raw.strip(" .") if index else "", cells))
    return j, table


def _stacked(passages: list[Passage], start: int, kinds: dict[int, str]) -> tuple[int, list[_Row]]:
    """Read cells that stand on lines of their own: each row begins with its number."""
    columns = [kinds[k] for k in sorted(kinds)]
    if columns[0] != "index":
        return start, []
    table: list[_Row] = []
    j = start
    expected = 1
    while j < len(passages):
        passage = passages[j]
        if not _next_index(passage.bare, expected):
            break
        k = j + 1
        while k < len(passages) and not _INDEX.match(passages[k].bare) and k - j <= 14:
            k += 1
        row = _typed(passages[j + 1 : k], columns, passage.raw)
        if row is not None:
            table.append(row)
            expected += passage.bare[0].isdigit()
        j = k
    return j, table


def _next_index(text: str, expected: int) -> bool:
    """Tell whether a line is the number of the row expected, or of a section."""
    if not _INDEX.match(text):
        return False
    figures = text.rstrip(".)")
    return not figures.isdigit() or int(figures) in {expected, 1}


def _typed(cells: list[Passage], columns: list[str], index: str) -> _Row | None:
    """Give cells to columns by place, and by what they look like when some are missing."""
    wanted = [c for c in columns if c != "index"]
    row = _Row(index.strip(" ."))
    if len(cells) < 2:
        return None
    if len(cells) == len(wanted):
        for kind, cell in zip(wanted, cells, strict=True):
            row.cells.setdefault(kind, []).append(cell)
        return row
    row.cells["task"] = [cells[0]]
    _by_looks(row, cells[1:])
    return row


def _by_looks(row: _Row, cells: list[Passage]) -> None:
    for cell in cells:
        names = scan(cell, 0)
        limit = deadlines.find(cell, None, True)
        if limit and not names:
            row.cells.setdefault("time", []).append(cell)
        elif names and "lead" not in row.cells:
            row.cells["lead"] = [cell]
        elif names:
            row.cells.setdefault("coop", []).append(cell)
        elif "lead" in row.cells:
            row.cells.setdefault("product", []).append(cell)
        else:
            row.cells["task"].append(cell)


def _order(page: Page, row: _Row, issued: dt.date | None, number: int) -> Order:
    task = row.cells["task"]
    start, end = task[0].at(task[0].body if task[0].mark and task[0].mark.label else 0), task[-1].end
    limits = [d for p in row.cells.get("time", []) for d in deadlines.find(p, issued, True) if d.kind != "none"]
    limits = limits or [d for p in row.cells.get("time", []) for d in _bare_year(p)]
    limits += [d for p in task for d in deadlines.find(p, issued, False) if d.kind != "none"]
    lead = tuple(_names(row.cells.get("lead", []), "table_lead"))
    coop = [*_names(row.cells.get("coop", []), "table_coop"), *(c for p in task for c in coordinating(p, 0))]
    made = row.cells.get("product", [])
    product = (
        Finding("product", made[0].raw.strip(" .;"), made[0].start, made[0].end, "table_product", 0.9) if made else None
    )
    order = Order(
        path=f"PL.{row.index or number}", text=page.text[start:end], start=start, end=end, kind="standing", assignees=lead,
        coordinating=tuple(coop), deadline=limits[0] if limits else Deadline(), deadlines_extra=tuple(limits[1:]), product=product,
        targets=tuple(t for p in task for t in targets.targets(p, 0)), rule="table_row", confidence=0.85 if lead else 0.6,
        doubts=() if lead else ("no_assignee",),
    )  # fmt: skip
    kind = {"absolute": "dated", "relative": "dated", "recurring": "periodic"}.get(order.deadline.kind, "standing")
    return replace(order, kind=kind, doubts=(*order.doubts, *(("several_leads",) if len(lead) > 1 else ())))


def _bare_year(cell: Passage) -> Iterator[Deadline]:
    """Yield the end of the year that is all a cell of the time column holds."""
    if re.fullmatch(r"20\d\d", cell.raw):
        end = dt.date(int(cell.raw), 12, 31)
        yield Deadline("absolute", cell.raw, end, None, "by", cell.start, cell.end, "year_cell", 0.75)


def _names(cells: list[Passage], rule: str) -> Iterator[Party]:
    for cell in cells:
        yield from from_field(
            cell, Label("lead", cell.body if cell.mark and not cell.mark.label else 0, len(cell.raw)), rule
        )

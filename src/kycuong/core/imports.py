"""What a table to be taken in must look like: its columns, their other names, what a cell may hold; found by its headings.

Headings are compared folded, in any order; columns that nobody knows are left alone. An empty cell says nothing: it
keeps what is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kycuong.core import amounts
from kycuong.core.errors import Invalid
from kycuong.core.folding import words


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, its heading, other headings people use, what it holds, an example and a note for the template.

    `holds` is text, code, date, limit (a date or none), number, amount, flag, names (several, by ;) or the name of a set of choices.
    """

    code: str
    heading: str
    also: tuple[str, ...] = ()
    holds: str = "text"
    needed: bool = False
    longest: int = 200
    example: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table that can be taken in: its code, its title (the sheet's name), its columns."""

    code: str
    title: str
    columns: tuple[Column, ...]
    #: The columns without which a line of headings is not this table's.
    marks: tuple[str, ...]

    def column(self, code: str) -> Column:
        """Return a column by its code."""
        return next(column for column in self.columns if column.code == code)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings of a table stand: the line's number, and for each column code its place in the line."""

    line: int
    places: Mapping[str, int]


def find_headings(table: Table, lines: Sequence[tuple[int, Sequence[str]]]) -> Headings | None:
    """Return where a table's headings stand among the first lines of a sheet, None when they do not."""
    best: Headings | None = None
    for number, cells in lines[:25]:
        places = _places(table, cells)
        if all(mark in places for mark in table.marks) and (best is None or len(places) > len(best.places)):
            best = Headings(number, places)
    return best


def _places(table: Table, cells: Sequence[str]) -> dict[str, int]:
    known = {_key(name): column.code for column in table.columns for name in (column.heading, *column.also)}
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        code = known.get(_key(cell))
        if code and code not in found:
            found[code] = place
    return found


def _key(heading: str) -> str:
    bare = re.sub(r"\([^)]*\)|\*", " ", heading)
    return words(bare.replace("/", " ").replace("-", " "))


_DAY: Final = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?:\s.*)?")
_IN_WORDS: Final = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_EXCEL_ZERO: Final = date(1899, 12, 30)
_YES: Final = frozenset({"co", "x", "yes", "true", "1", "dung"})
_NO: Final = frozenset({"khong", "no", "false", "0", "sai"})
#: What people write into a date's cell for a task without one.
_NO_LIMIT: Final = frozenset({"khong thoi han", "khong co han", "khong", "thuong xuyen", "khong han", "-"})
_CODE: Final = re.compile(r"[\w.\-/]+")


def day_or_none(text: str) -> date | None:
    """Return the day that a cell of a checked table says; None for an empty one."""
    return parse_day(text) if text else None


def parse_day(text: str) -> date:
    """Return the day that a cell says: 05/11/2026, 2026-11-05, "ngày 5 tháng 11 năm 2026", or the number of Excel.

    Raises: Invalid.
    """
    found = _DAY.fullmatch(text.strip()) or _IN_WORDS.search(words(text))
    try:
        if found:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        elif re.fullmatch(r"[2-7]\d{4}", text.strip()):
            day = _EXCEL_ZERO + timedelta(days=int(text))
        else:
            day = date.fromisoformat(text.strip()[:10])
    except ValueError as wrong:
        raise Invalid("cell_date", text=text) from wrong
    if not 1990 <= day.year <= 2100:
        raise Invalid("cell_date_far", text=text)
    return day


def clean(column: Column, text: str, choices: Mapping[str, Mapping[str, str]]) -> str:
    """Return the cell as the product writes it; `choices` has for each set the label by folded name. Raises: Invalid."""
    if not text:
        return ""
    if column.holds in choices:
        label = choices[column.holds].get(words(text))
        if label is None:
            raise Invalid("cell_choice", text=text, known="; ".join(dict.fromkeys(choices[column.holds].values())))
        return label
    if column.holds == "limit":
        return "" if words(text) in _NO_LIMIT else _date(text)
    call = _CLEANERS.get(column.holds)
    made = call(text) if call else " ".join(text.split())
    if len(made) > column.longest:
        raise Invalid("cell_long", n=len(made), longest=column.longest)
    return made


def _date(text: str) -> str:
    return f"{parse_day(text):%d/%m/%Y}"


def _flag(text: str) -> str:
    folded = words(text)
    if folded in _YES | _NO:
        return "có" if folded in _YES else "không"
    raise Invalid("cell_flag", text=text)


def _code(text: str) -> str:
    made = text.strip()
    if not _CODE.fullmatch(made):
        raise Invalid("cell_code", text=made)
    return made


def _number(text: str) -> str:
    found = re.search(r"\d+", text)
    if found is None or int(found[0]) > 999:
        raise Invalid("cell_number", text=text)
    return str(int(found[0]))


def _amount(text: str) -> str:
    value = amounts.parse(text)
    return "không giới hạn" if value is None else amounts.written(value)


def _names(text: str) -> str:
    return "; ".join(part for part in (" ".join(one.split()) for one in re.split(r"[;\n]", text)) if part)


_CLEANERS: Final = {"date": _date, "flag": _flag, "code": _code, "number": _number, "names": _names, "amount": _amount}


def armed(text: str) -> str:
    """Return a text for a CSV cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in set("=+-@\t\r") and text else text


UNITS: Final = Table(
    "units",
    "Đơn vị",
    (
        Column("code", "Mã đơn vị", ("mã", "mã cơ quan", "mã định danh", "ma don vi"),
            "code", True, 40, "SVD", "Không trùng, không đổi"),
        Column("name", "Tên đơn vị", ("tên", "tên cơ quan", "tên đầy đủ", "tên cơ quan đơn vị", "đơn vị"),
            "text", True, 200, "Sở Ví dụ"),
        Column("short_name", "Tên viết tắt", ("viết tắt", "tên tắt", "tên gọi tắt"), "text", False, 80, "SVD"),
        Column("kind", "Loại đơn vị", ("loại", "loại hình", "loại cơ quan"),
            "unit_kind", True, 40, "Sở, ban, ngành", "Chọn trong danh sách"),
        Column("relation", "Quan hệ với UBND tỉnh", ("quan hệ",),
            "unit_relation", False, 40, "Trực thuộc", "Bỏ trống: theo loại đơn vị"),
        Column("parent", "Mã đơn vị cấp trên", ("mã cấp trên", "đơn vị cấp trên", "trực thuộc", "mã đơn vị cha"),
            "text", False, 200, "UBND", "Mã hoặc tên đầy đủ"),
        Column("aliases", "Tên gọi khác", ("tên khác", "các tên gọi khác"),
            "names", False, 1000, "Sở VD", "Cách nhau bằng dấu ;"),
        Column("oversees", "Theo dõi toàn tỉnh", ("theo dõi chung",),
            "flag", False, 10, "không", "có: xem mọi nhiệm vụ"),
        Column("valid_from", "Hiệu lực từ ngày", ("từ ngày", "ngày hiệu lực", "ngày thành lập"),
            "date", False, 10, "01/07/2025"),
        Column("valid_until", "Hết hiệu lực từ ngày", ("đến ngày", "ngày hết hiệu lực", "ngày giải thể"),
            "date", False, 10, "", "Chỉ ghi khi đơn vị thôi hoạt động"),
    ),
    ("code", "name", "kind"),
)  # fmt: skip
POSTS: Final = Table(
    "posts",
    "Chức danh",
    (
        Column("code", "Mã chức danh", ("mã vị trí", "mã chức vụ"),
            "code", True, 60, "SVD.1", "Không trùng, không đổi"),
        Column("unit", "Mã đơn vị", ("đơn vị", "mã cơ quan", "mã phòng"),
            "text", True, 200, "SVD", "Phòng hoặc đơn vị có chức danh"),
        Column("kind", "Loại chức danh", ("loại chức vụ", "loại", "nhóm chức danh"),
            "post_kind", True, 40, "Thủ trưởng", "Chọn trong danh sách"),
        Column("title", "Tên chức danh", ("chức danh", "chức vụ", "tên chức vụ"),
            "text", True, 160, "Giám đốc Sở Ví dụ"),
        Column("field", "Lĩnh vực phụ trách", ("lĩnh vực", "phụ trách"), "text", False, 160, ""),
    ),
    ("code", "unit", "title"),
)  # fmt: skip
OFFICERS: Final = Table(
    "officers",
    "Cán bộ",
    (
        Column("login", "Tên đăng nhập", ("tài khoản", "tên tài khoản", "user", "username"),
            "code", True, 60, "gd.svd", "Không dấu, không trùng"),
        Column("full_name", "Họ và tên", ("họ tên", "họ và tên cán bộ", "tên cán bộ"),
            "text", True, 120, "Nguyễn Văn Ví Dụ"),
        Column("gender", "Giới tính", ("nam nữ",), "gender", False, 10, "Nam"),
        Column("post", "Mã chức danh", ("mã vị trí", "chức danh", "mã chức vụ"),
            "code", False, 60, "SVD.1", "Mỗi chức danh một dòng"),
        Column("valid_from", "Giữ chức từ ngày", ("từ ngày", "ngày bổ nhiệm", "ngày giữ chức vụ"),
            "date", False, 10, "01/07/2025"),
        Column("valid_until", "Thôi giữ chức từ ngày", ("đến ngày", "ngày thôi giữ chức"),
            "date", False, 10, "", "Chỉ ghi khi thôi giữ chức"),
        Column("decision", "Số quyết định", ("quyết định", "số quyết định bổ nhiệm"),
            "text", False, 120, "12/QĐ-UBND"),
    ),
    ("login", "full_name"),
)  # fmt: skip
ORGANISATION: Final = (UNITS, POSTS, OFFICERS)

#: Other words for what a choice is called; the folded word leads to the code.
SYNONYMS: Final[Mapping[str, Mapping[str, str]]] = {
    "unit_kind": {
        "so": "department", "ban": "department", "nganh": "department", "co quan chuyen mon": "department",
        "so ban nganh": "department", "xa": "commune", "phuong": "commune", "dac khu": "commune", "ubnd cap xa": "commune",
        "ubnd xa": "commune", "ubnd phuong": "commune", "van phong ubnd tinh": "office", "tinh": "province",
        "ubnd tinh": "province", "nganh doc": "vertical", "don vi su nghiep": "public_service", "dang": "party",
        "doan the": "mass", "mat tran": "mass", "hdnd": "council", "huyen": "district",
    },
    "unit_relation": {"nganh doc": "vertical", "su nghiep": "public_service", "dang doan the": "party_mass"},
    "post_kind": {
        "giam doc": "unit_head", "pho giam doc": "unit_deputy", "chu tich ubnd xa": "unit_head", "nhan vien": "officer",
        "cong chuc": "officer", "vien chuc": "officer", "thu truong don vi": "unit_head", "quan tri he thong": "administrator",
        "kiem toan vien": "auditor",
    },
    "gender": {},
}  # fmt: skip
#: How a unit of a kind stands to the province's People's Committee when the table does not say.
RELATION_OF: Final = {
    "public_service": "public_service", "vertical": "vertical", "party": "party_mass", "mass": "party_mass", "council": "council",
}  # fmt: skip

"""Running tasks of an old system: the columns of their table, what their states are called, and the key that makes them once."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from kycuong.core.folding import words
from kycuong.core.imports import Column, Table

TASKS: Final = Table(
    "tasks",
    "Nhiệm vụ",
    (
        Column("old_code", "Mã nhiệm vụ cũ", ("mã nhiệm vụ", "mã", "mã công việc", "mã hệ thống cũ", "id"),
            "text", False, 80, "NV-2026-0117", "Khóa để nhập lại không bị trùng"),
        Column("code", "Số, ký hiệu văn bản", ("số ký hiệu", "số văn bản", "văn bản", "văn bản chỉ đạo",
            "ký hiệu", "số hiệu văn bản"),
            "text", False, 90, "12/CT-UBND"),
        Column("issued_on", "Ngày văn bản", ("ngày ban hành", "ngày ký", "ngày ký văn bản"), "date",
            False, 10, "05/01/2026"),
        Column("issuer", "Cơ quan ban hành", ("nơi ban hành", "cơ quan giao", "nơi giao"), "text",
            False, 200, "UBND tỉnh"),
        Column("signer", "Người ký", ("lãnh đạo ký", "người giao"), "text", False, 120, "Nguyễn Văn Ví Dụ"),
        Column("subject", "Trích yếu", ("trích yếu văn bản", "về việc"), "text", False, 1000, ""),
        Column("text", "Nội dung nhiệm vụ", ("nội dung", "nhiệm vụ", "nội dung công việc", "nội dung giao",
            "nội dung chỉ đạo", "công việc"),
            "text", True, 5000, "Rà soát các dự án chậm tiến độ, báo cáo UBND tỉnh"),
        Column("lead", "Đơn vị chủ trì", ("chủ trì", "cơ quan chủ trì", "đơn vị thực hiện", "đơn vị được giao",
            "cơ quan thực hiện"),
            "text", True, 300, "Sở Ví dụ"),
        Column("participants", "Đơn vị phối hợp", ("phối hợp", "cơ quan phối hợp"), "names",
            False, 2000, "Sở A; Sở B", "Cách nhau bằng dấu ;"),
        Column("original_due", "Hạn gốc", ("hạn", "thời hạn", "hạn xử lý", "hạn hoàn thành",
            "thời hạn hoàn thành", "hạn ban đầu", "hạn giao"),
            "limit", False, 10, "31/03/2026", "Bỏ trống: không thời hạn"),
        Column("extended_due", "Hạn gia hạn", ("gia hạn đến", "hạn sau gia hạn", "hạn mới",
            "hạn điều chỉnh"), "limit", False, 10, "30/04/2026"),
        Column("extensions", "Số lần gia hạn", ("số lần đã gia hạn", "lần gia hạn"), "number", False, 3, "1"),
        Column("given_on", "Ngày giao", ("ngày giao việc", "ngày giao nhiệm vụ", "ngày nhận"), "date",
            False, 10, "05/01/2026", "Bỏ trống: ngày văn bản"),
        Column("state", "Trạng thái", ("tình trạng", "tình hình thực hiện", "trạng thái xử lý"), "task_state",
            False, 30, "Đang thực hiện"),
        Column("done_on", "Ngày hoàn thành", ("ngày gửi kết quả", "ngày kết thúc", "ngày báo cáo"), "date",
            False, 10, ""),
        Column("product", "Sản phẩm", ("sản phẩm đầu ra", "kết quả đầu ra"), "text", False, 300, "Báo cáo"),
        Column("result", "Văn bản kết quả", ("số văn bản kết quả", "văn bản trả lời",
            "số ký hiệu văn bản kết quả"), "text", False, 90, ""),
        Column("secrecy", "Độ mật", ("mức độ mật",), "text", False, 40, ""),
    ),
    ("text", "lead"),
)  # fmt: skip

RUNNING, SENT, DONE = "Đang thực hiện", "Đã gửi kết quả", "Hoàn thành"
STATES: Final = {
    words(name): label
    for label, names in {
        RUNNING: ("đang thực hiện", "chưa hoàn thành", "đang xử lý", "chưa xử lý", "trong hạn", "quá hạn",
            "chưa đến hạn", "sắp đến hạn",
            "đang thực hiện trong hạn", "đang thực hiện quá hạn", "chưa hoàn thành quá hạn",
                "chưa hoàn thành trong hạn", "mới giao"),
        SENT: ("đã gửi kết quả", "chờ xác nhận", "đã báo cáo", "chờ duyệt", "chờ đánh giá", "đã trình"),
        DONE: ("hoàn thành", "đã hoàn thành", "hoàn thành đúng hạn", "hoàn thành quá hạn",
            "đã hoàn thành đúng hạn", "đã hoàn thành quá hạn",
            "hoàn thành trong hạn", "kết thúc", "đã kết thúc", "đã xong"),
    }.items()
    for name in names
}  # fmt: skip
_STAMP: Final = re.compile(r"(?:^|[\s(\[_\-])(TUYỆT MẬT|TỐI MẬT|MẬT)(?:[\s)\]_.\-,]|$)")
_OPEN: Final = frozenset({"", "thuong", "khong", "khong mat", "binh thuong"})


def secrecy_mark(values: dict[str, str]) -> str:
    """Return the mark of secrecy that a row bears, "" for none: its own column, or a stamp in capitals in its texts."""
    stated = values.get("secrecy", "")
    if words(stated) not in _OPEN:
        return stated.upper()
    for name in ("code", "subject", "text"):
        text = values.get(name, "")
        found = _STAMP.search(text) if name == "code" or not text.isupper() else None
        if found:
            return found[1]
    return ""


def parts_of(code: str) -> tuple[str, str]:
    """Return number and symbol of a document's code as printed: "Số: 12/CT-UBND" gives 12 and CT-UBND."""
    bare = re.sub(r"^\s*(?:số|so)\s*:?\s*", "", code, flags=re.IGNORECASE).strip()
    number, _, symbol = bare.partition("/")
    return number.strip()[:30], symbol.strip()[:60]


def key_of(source: str, values: dict[str, str]) -> str:
    """Return what makes a task the same when its table comes again: its old code, else document, words and lead."""
    if values["old_code"]:
        told = [words(source), "code", values["old_code"].casefold()]
    else:
        number, symbol = parts_of(values["code"])
        told = [
            words(source),
            number,
            symbol.casefold(),
            values["issued_on"],
            words(values["text"]),
            words(values["lead"]),
        ]
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()

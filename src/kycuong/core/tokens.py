"""Tokens of other systems: what they may do, what they look like, how long they last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from kycuong.core.errors import Invalid

#: A token lasts so many days at the most, and by default. Basis: a default of the product.
MOST_DAYS: Final = 366
DAYS: Final = 180
_TOKEN = re.compile(r"kyc_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")


class Right(StrEnum):
    """What a system may do with its token; whose records it meets follows from the officer as whom it acts."""

    DOC_READ = "doc:read"
    DOC_WRITE = "doc:write"
    DUTY_READ = "duty:read"
    DUTY_ACT = "duty:act"
    REPORT_READ = "report:read"
    REPORT_ACT = "report:act"
    STEER_READ = "steer:read"
    STEER_ACT = "steer:act"
    ORG_READ = "org:read"
    ORG_WRITE = "org:write"
    RULE_WRITE = "rule:write"
    TRUST_WRITE = "trust:write"
    IMPORT = "import"
    ACCOUNT = "account"
    EXPORT = "export"
    HOOK = "hook"


RIGHT_LABELS: Final[dict[Right, str]] = {
    Right.DOC_READ: "Xem sổ văn bản, văn bản, tệp, độ bao phủ",
    Right.DOC_WRITE: "Đăng ký, rà soát, ban hành văn bản",
    Right.DUTY_READ: "Xem nhiệm vụ, đề xuất, thông báo",
    Right.DUTY_ACT: "Thực hiện thao tác trên nhiệm vụ",
    Right.REPORT_READ: "Xem báo cáo, kỳ báo cáo, chỉ tiêu, chương trình công tác, kèm nhiệm vụ đằng sau số liệu",
    Right.REPORT_ACT: "Lập, gửi, tổng hợp báo cáo; đối soát, chốt kỳ; ghi chỉ tiêu; lập, duyệt chương trình",
    Right.STEER_READ: "Xem đôn đốc, rà soát tồn đọng, trách nhiệm người đứng đầu, đối chiếu văn bản, kèm nhiệm vụ liên quan",
    Right.STEER_ACT: "Soạn, gắn văn bản đôn đốc; rà soát tồn đọng; xem xét trách nhiệm; sửa kết quả đối chiếu",
    Right.ORG_READ: "Xem đơn vị, chức danh, người giữ chức danh",
    Right.ORG_WRITE: "Thay đổi tổ chức, chức vụ, nhân sự",
    Right.RULE_WRITE: "Thay đổi lịch làm việc, quy định thời hạn, thang nhắc việc",
    Right.TRUST_WRITE: "Xem, thêm, thôi tin cậy chứng thư gốc để kiểm tra chữ ký số",
    Right.IMPORT: "Nhập dữ liệu tổ chức, nhiệm vụ từ bảng tính",
    Right.ACCOUNT: "Xem tài khoản, ngừng, dùng lại, kết thúc phiên; thư đi",
    Right.EXPORT: "Tải dữ liệu hàng loạt",
    Right.HOOK: "Đăng ký nhận sự kiện (webhook)",
}


def read_rights(codes: Iterable[str]) -> list[str]:
    """Return the rights of some codes, each once, in the order of the enum. Raises: Invalid for none or an unknown one."""
    wanted = {code.strip() for code in codes if code.strip()}
    unknown = wanted - set(Right)
    if unknown:
        raise Invalid("kind_unknown", text=min(unknown))
    if not wanted:
        raise Invalid("right_missing")
    return [right.value for right in Right if right.value in wanted]


def read_days(days: int | None) -> timedelta:
    """Return how long a token is to last. Raises: Invalid when it is nothing or too long."""
    if days is None or not 1 <= days <= MOST_DAYS:
        raise Invalid("token_days", most=MOST_DAYS)
    return timedelta(days=days)


def text_of(key: str, secret: str) -> str:
    """Return a token as its system carries it."""
    return f"kyc_{key}_{secret}"


def read_token(text: str) -> tuple[str, str] | None:
    """Return the key of a token and the hash of its secret; None for what is no token."""
    found = _TOKEN.fullmatch(text)
    return (found[1], sha256(found[2].encode()).hexdigest()) if found else None


def same(one: str, other: str) -> bool:
    """Return whether two hashes are the same, in a time that betrays nothing."""
    return compare_digest(one, other)

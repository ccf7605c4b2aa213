"""What is found of the digital signatures of a file, and the four words for it; no sentence here needs a network.

Basis: Luật Giao dịch điện tử số 20/2023/QH15, Điều 22 khoản 3 (a digital signature shows who signed, any later change can be
found, a certificate vouches for it); NĐ 30/2020/NĐ-CP, Điều 21 khoản 2 điểm a (who takes in an electronic document checks
that it is authentic and whole).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

#: What stands beside a file; the empty one is for a file that is no PDF.
WAITING, VALID, UNTRUSTED, INVALID, UNSIGNED, UNREADABLE = (
    "waiting", "valid", "untrusted", "invalid", "unsigned", "unreadable",
)  # fmt: skip
LABELS: Final = {
    WAITING: "Đang kiểm tra chữ ký số",
    VALID: "Chữ ký số hợp lệ",
    UNTRUSTED: "Chữ ký số không kiểm tra được tin cậy",
    INVALID: "Chữ ký số không hợp lệ",
    UNSIGNED: "Không có chữ ký số",
    UNREADABLE: "Không đọc được để kiểm tra chữ ký số",
}
#: Worst first: a file is as good as its worst signature.
_WORST: Final = (INVALID, UNTRUSTED, VALID)

#: Why a signature is not valid, or a file could not be looked at; each with what to do.
REASONS: Final = {
    "": "",
    "altered": "nội dung đã ký bị sửa: mã băm không khớp",
    "forged": "chữ ký không khớp với chứng thư của người ký",
    "changed_after": "tệp bị sửa sau khi ký, ngoài phạm vi được phép (điền biểu mẫu, ký thêm)",
    "partial": "chữ ký chỉ phủ một phần của tệp",
    "damaged": "dữ liệu chữ ký hỏng, không đọc được",
    "weak": "thuật toán ký hoặc băm đã lỗi thời, không còn an toàn",
    "revoked": "chứng thư của người ký, hoặc của bên cấp, đã bị thu hồi trước thời điểm ký",
    "cert_expired": "ký khi chứng thư đã hết hạn",
    "cert_early": "ký khi chứng thư chưa có hiệu lực",
    "wrong_use": "chứng thư không dùng để ký văn bản",
    "chain_broken": "chuỗi chứng thư không khớp với chứng thư gốc tin cậy",
    "no_anchor": "chưa có chứng thư gốc tin cậy của bên cấp; quản trị viên thêm chứng thư gốc thì hệ thống tự kiểm tra lại",
    "same_name": "bên cấp trùng tên với một chứng thư tin cậy nhưng khác khóa: chứng thư giả, hoặc bên cấp đã đổi khóa",
    "expired_unproved": "chứng thư đã hết hạn khi tệp đến, không có dấu thời gian chứng minh ký khi còn hạn",
    "chain_expired": "một chứng thư trung gian đã hết hạn khi tệp đến",
    "chain_unclear": "không đủ dữ liệu trong tệp để kiểm tra chuỗi chứng thư",
    "unsupported": "kiểu chữ ký cũ, không kiểm tra được; đề nghị ký lại theo định dạng PAdES",
    "broken": "tệp PDF hỏng hoặc thiếu phần cuối; đề nghị đơn vị gửi lại tệp đã ký",
    "encrypted": "tệp PDF đặt mật khẩu; đề nghị đơn vị gửi bản không đặt mật khẩu",
    "too_heavy": "tệp quá lớn hoặc quá phức tạp để kiểm tra; mở bằng phần mềm đọc PDF để kiểm tra",
    "lost": "không tìm thấy tệp trong kho lưu trữ",
}  # fmt: skip
#: What is told of a result whose signature is not valid: verdict -> the topic of the notice.
TOPICS: Final = {INVALID: "invalid_signature", UNTRUSTED: "untrusted_signature"}
#: How far a signature reaches, and what came into the file after it.
COVERAGES: Final = {
    "whole": "Toàn bộ tệp",
    "revision": "Toàn bộ tệp lúc ký; sau đó tệp được ghi thêm",
    "part": "Một phần của tệp",
}
CHANGES: Final = {
    "none": "Không thay đổi",
    "upkeep": "Chỉ bổ sung dữ liệu lưu trữ lâu dài của chữ ký (dấu thời gian, thông tin thu hồi)",
    "filling": "Chỉ ký thêm hoặc điền biểu mẫu",
    "notes": "Thêm chú thích",
    "other": "Có sửa nội dung",
}
REVOCATIONS: Final = {
    "good": "Không bị thu hồi (theo dữ liệu kèm trong tệp)",
    "unknown": "Không rõ: tệp không kèm dữ liệu thu hồi, hệ thống không truy cập mạng để hỏi",
    "revoked": "Đã bị thu hồi",
}
STAMPS: Final = {
    "": "Không có",
    "trusted": "Có, hợp lệ",
    "untrusted": "Có, chưa kiểm tra được tin cậy",
    "broken": "Có, không hợp lệ",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature of a file as it was found; instants are aware, names are the certificate's."""

    verdict: str
    reason: str = ""
    kind: str = "signature"  # or "timestamp": of the whole document, without a signer
    signer: str = ""
    organisation: str = ""
    serial: str = ""
    issuer: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    claimed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamp: str = ""
    coverage: str = ""
    changes: str = ""
    revocation: str = ""
    algorithm: str = ""
    chain: tuple[str, ...] = ()  # from the signer up to the last certificate that was found


@dataclass(frozen=True, slots=True)
class Report:
    """What one look at a file found: the worst word for it, why, and its signatures in the order of signing."""

    verdict: str
    reason: str = ""
    signatures: tuple[Signed, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain data; instants in ISO 8601."""
        return {
            "verdict": self.verdict,
            "reason": self.reason,
            "signatures": [to_plain(one) for one in self.signatures],
        }


def to_plain(one: Signed) -> dict[str, Any]:
    """Return one signature as plain data."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else list(value) if isinstance(value, tuple) else value
        for name, value in asdict(one).items()
    }


def from_plain(data: dict[str, Any]) -> Signed:
    """Return one signature from plain data; what is unknown is left out."""
    given = {one.name: data[one.name] for one in fields(Signed) if one.name in data}
    for name in ("valid_from", "valid_until", "claimed_at", "stamped_at"):
        given[name] = datetime.fromisoformat(given[name]) if given.get(name) else None
    given["chain"] = tuple(given.get("chain", ()))
    return Signed(**given)


def report_of(found: Iterable[Signed]) -> Report:
    """Return the report of a file with these signatures: as good as the worst; a time stamp alone signs nothing."""
    signatures = tuple(found)
    signing = [one for one in signatures if one.kind == "signature"]
    if not signing:
        return Report(UNSIGNED, "", signatures)
    worst = min(signing, key=lambda one: _WORST.index(one.verdict))
    return Report(worst.verdict, worst.reason, signatures)


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks of one signature said, before a word is found for it."""

    intact: bool
    sound: bool
    coverage: str
    changes: str
    allowed: bool  # what came afterwards is allowed by the signer's own rule
    trusted: bool
    problem: str  # of the chain, as in `PROBLEMS`
    revoked: bool
    signed_at: datetime | None  # proven by a time stamp, else claimed
    valid_from: datetime
    valid_until: datetime


#: What kept the chain from being trusted -> verdict and reason.
PROBLEMS: Final = {
    "no_chain": (UNTRUSTED, "no_anchor"),
    "same_name": (UNTRUSTED, "same_name"),
    "out_of_time": (UNTRUSTED, "expired_unproved"),
    "chain_expired": (UNTRUSTED, "chain_expired"),
    "chain_broken": (INVALID, "chain_broken"),
    "wrong_use": (INVALID, "wrong_use"),
    "weak": (INVALID, "weak"),
}


def judge(found: Found) -> tuple[str, str]:
    """Return the verdict on one signature and why: bytes first, then the certificate's own days, then the chain."""
    for wrong, reason in (
        (not found.intact, "altered"),
        (not found.sound, "forged"),
        (found.coverage == "part", "partial"),
        (found.changes == "other" or not found.allowed, "changed_after"),
        (found.revoked, "revoked"),
        (found.problem == "weak", "weak"),
        (found.signed_at is not None and found.signed_at > found.valid_until, "cert_expired"),
        (found.signed_at is not None and found.signed_at < found.valid_from, "cert_early"),
    ):
        if wrong:
            return INVALID, reason
    if found.trusted:
        return VALID, ""
    return PROBLEMS.get(found.problem, (UNTRUSTED, "chain_unclear"))

"""List the bodies beside the departments: public services, vertical agencies, Party, mass bodies, council."""

from __future__ import annotations

from typing import NamedTuple

from kycuong.demo.agencies import Agency, Divisions
from kycuong.demo.rows import Relation, UnitKind

_SERVICE: Divisions = (("hcth", "Phòng Hành chính - Tổng hợp"), ("nv", "Phòng Nghiệp vụ"))
_PROJECT: Divisions = (("vp", "Văn phòng"), ("da", "Phòng Điều hành dự án"), ("gpmb", "Phòng Giải phóng mặt bằng"))
_VERTICAL: Divisions = (("tm", "Phòng Tham mưu - Tổng hợp"),)


class Body(NamedTuple):
    """Place an agency: its kind, its relation, and the unit above it (None: nobody in the Committee's tree)."""

    kind: UnitKind
    relation: Relation
    parent: str | None
    agency: Agency


def _service(parent: str, tail: str, name: str, symbol: str, *aliases: str, divisions: Divisions = _SERVICE) -> Body:
    agency = Agency(tail, name, symbol, "Giám đốc", "Phó Giám đốc", aliases, divisions, 1)
    return Body("public_service", "public_service", parent, agency)


def _vertical(tail: str, name: str, symbol: str, head: str, *aliases: str) -> Body:
    return Body("vertical", "vertical", None, Agency(tail, name, symbol, head, f"Phó {head}", aliases, _VERTICAL, 1))


def _beside(kind: UnitKind, parent: str | None, tail: str, name: str, symbol: str, head: str, *aliases: str) -> Body:
    relation: Relation = "council" if kind == "council" else "party_mass"
    return Body(kind, relation, parent, Agency(tail, name, symbol, head, f"Phó {head}", aliases, (), 1))


SERVICES = (
    _service(
        "lg-vp",
        "hcc",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "TTPVHCC",
        "Trung tâm Phục vụ hành chính công",
        "Trung tâm PVHCC tỉnh",
    ),
    _service(
        "lg",
        "bqlgt",
        "Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh",
        "BQLDAGT",
        "Ban QLDA giao thông",
        "Ban QLDA ĐTXD công trình giao thông",
        divisions=_PROJECT,
    ),
    _service(
        "lg",
        "bqldd",
        "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp tỉnh",
        "BQLDADD",
        "Ban QLDA dân dụng và công nghiệp",
        divisions=_PROJECT,
    ),
    _service(
        "lg",
        "bqlnn",
        "Ban Quản lý dự án đầu tư xây dựng công trình nông nghiệp và phát triển nông thôn tỉnh",
        "BQLDANN",
        "Ban QLDA nông nghiệp",
        divisions=_PROJECT,
    ),
    _service(
        "lg", "ttxt", "Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh", "TTXT", "Trung tâm Xúc tiến đầu tư"
    ),
    _service("lg", "cdlg", "Trường Cao đẳng Lam Giang", "CĐLG", "Trường Cao đẳng tỉnh"),
    _service("lg-skhcn", "ttcds", "Trung tâm Chuyển đổi số tỉnh", "TTCĐS", "Trung tâm Chuyển đổi số"),
    _service("lg-syt", "bvdk", "Bệnh viện Đa khoa tỉnh Lam Giang", "BVĐK", "Bệnh viện Đa khoa tỉnh", "BVĐK tỉnh"),
    _service("lg-syt", "cdc", "Trung tâm Kiểm soát bệnh tật tỉnh", "KSBT", "CDC tỉnh", "Trung tâm KSBT tỉnh"),
    _service(
        "lg-snnmt", "vpdk", "Văn phòng Đăng ký đất đai tỉnh", "VPĐKĐĐ", "Văn phòng Đăng ký đất đai", "VPĐKĐĐ tỉnh"
    ),
    _service("lg-snnmt", "ttqd", "Trung tâm Phát triển quỹ đất tỉnh", "TTPTQĐ", "Trung tâm Phát triển quỹ đất"),
)

VERTICALS = (
    _vertical("ca", "Công an tỉnh", "CAT", "Giám đốc Công an tỉnh", "Công an tỉnh Lam Giang"),
    _vertical("qs", "Bộ Chỉ huy Quân sự tỉnh", "BCHQS", "Chỉ huy trưởng", "Bộ CHQS tỉnh", "BCH Quân sự tỉnh"),
    _vertical("thue", "Thuế tỉnh Lam Giang", "TLG", "Trưởng Thuế tỉnh", "Thuế tỉnh"),
    _vertical("bhxh", "Bảo hiểm xã hội tỉnh", "BHXH", "Giám đốc Bảo hiểm xã hội tỉnh", "BHXH tỉnh"),
    _vertical("tk", "Thống kê tỉnh Lam Giang", "TKT", "Trưởng Thống kê tỉnh", "Thống kê tỉnh"),
    _vertical("kbnn", "Kho bạc Nhà nước tại tỉnh Lam Giang", "KBNN", "Giám đốc Kho bạc", "Kho bạc Nhà nước", "KBNN"),
    _vertical("tha", "Thi hành án dân sự tỉnh", "THADS", "Trưởng Thi hành án dân sự tỉnh", "THADS tỉnh"),
    _vertical("vks", "Viện kiểm sát nhân dân tỉnh", "VKS", "Viện trưởng", "VKSND tỉnh"),
    _vertical("ta", "Tòa án nhân dân tỉnh", "TA", "Chánh án", "TAND tỉnh"),
)

BESIDE = (
    _beside("party", None, "tu", "Tỉnh ủy Lam Giang", "TU", "Bí thư Tỉnh ủy", "Tỉnh ủy"),
    _beside("party", "lg-tu", "vptu", "Văn phòng Tỉnh ủy", "VPTU", "Chánh Văn phòng Tỉnh ủy"),
    _beside("party", "lg-tu", "btctu", "Ban Tổ chức Tỉnh ủy", "BTCTU", "Trưởng Ban Tổ chức Tỉnh ủy"),
    _beside("party", "lg-tu", "ubkt", "Ủy ban Kiểm tra Tỉnh ủy", "UBKTTU", "Chủ nhiệm", "UBKT Tỉnh ủy"),
    _beside(
        "party", "lg-tu", "bptth", "Báo và Phát thanh, truyền hình Lam Giang", "BPTTH", "Tổng Biên tập", "Báo và PTTH"
    ),
    _beside(
        "mass",
        None,
        "mttq",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        "MTTQ",
        "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh",
        "Ủy ban MTTQ Việt Nam tỉnh",
        "UBMTTQVN tỉnh",
        "Mặt trận Tổ quốc tỉnh",
    ),
    _beside("mass", "lg-mttq", "ldld", "Liên đoàn Lao động tỉnh", "LĐLĐ", "Chủ tịch Liên đoàn Lao động", "LĐLĐ tỉnh"),
    _beside("mass", "lg-mttq", "hnd", "Hội Nông dân tỉnh", "HND", "Chủ tịch Hội Nông dân tỉnh", "HND tỉnh"),
    _beside("mass", "lg-mttq", "pn", "Hội Liên hiệp Phụ nữ tỉnh", "HPN", "Chủ tịch Hội LHPN tỉnh", "Hội LHPN tỉnh"),
    _beside("mass", "lg-mttq", "td", "Tỉnh đoàn Lam Giang", "TĐTN", "Bí thư Tỉnh đoàn", "Tỉnh đoàn"),
    _beside("council", None, "hdnd", "Hội đồng nhân dân tỉnh", "HĐND", "Chủ tịch HĐND tỉnh", "HĐND tỉnh"),
    _beside(
        "council",
        "lg-hdnd",
        "vphd",
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
        "VPHĐ",
        "Chánh Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
    ),
)

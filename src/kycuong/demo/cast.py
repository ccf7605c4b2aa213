"""Fix the people of the tour, and the moves that give the province a past."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kycuong.demo.rows import Gender

TWO_TIERS = date(2025, 7, 1)
DEPARTMENTS_MERGED = date(2025, 3, 1)


class Member(NamedTuple):
    """Seat a named person: sign-in name, full name, gender, since when."""

    login: str
    full_name: str
    gender: Gender
    since: date


# By the code of the post that the person holds today.
CAST: dict[str, Member] = {
    "lg_chairman": Member("chutich", "Phan Trọng Nghiêm", "m", date(2025, 7, 1)),
    "lg_vice_chairman1": Member("pho.chutich", "Lê Thị Hoài An", "f", date(2026, 3, 16)),
    "lg_vice_chairman2": Member("pho.chutich2", "Trịnh Quốc Bảo", "m", date(2025, 7, 1)),
    "lg_vice_chairman3": Member("pho.chutich3", "Lò Văn Inh", "m", date(2025, 7, 1)),
    "lg_vice_chairman4": Member("pho.chutich4", "Nguyễn Duy Lãm", "m", date(2025, 7, 1)),
    "lg-vp_office_head": Member("chanhvp", "Đỗ Quang Thuận", "m", date(2025, 9, 1)),
    "lg-vp_office_deputy1": Member("pho.vp.hcc", "Hồ Thị Bích Loan", "f", date(2025, 7, 1)),
    "lg-vp-nc_follower1": Member("theodoi", "Nguyễn Thu Hà", "f", date(2025, 7, 1)),
    "lg-vp_clerk": Member("vanthu", "Trần Thị Mỹ Hạnh", "f", date(2025, 7, 1)),
    "lg-vp_administrator": Member("quantri", "Dương Mạnh Cường", "m", date(2025, 7, 1)),
    "lg-snv_unit_head": Member("gd.snv", "Vũ Đình Khoát", "m", date(2025, 12, 1)),
    "lg-snv_clerk": Member("vanthu.snv", "Mai Thị Lệ", "f", date(2025, 3, 1)),
    "lg-snv-cchc_division_head": Member("tp.cchc", "Hoàng Thị Minh Tâm", "f", date(2025, 3, 1)),
    "lg-snv-cchc_officer1": Member("cv.cchc", "Bùi Anh Tú", "m", date(2025, 3, 1)),
    "lg-stc_unit_head": Member("gd.stc", "Đặng Hữu Phúc", "m", date(2026, 3, 16)),
    "lg-sxd_unit_head": Member("gd.sxd", "Ngô Xuân Trường", "m", date(2025, 3, 1)),
    "lg-sxd_unit_deputy1": Member("pgd.sxd", "Cao Viết Thịnh", "m", date(2025, 3, 1)),
    "lg-ttr_auditor": Member("kiemtoan", "Tạ Thị Kim Oanh", "f", date(2025, 3, 1)),
    "lg-ca_unit_head": Member("gd.cat", "Lâm Quốc Việt", "m", date(2025, 3, 1)),
    "lg-hdnd_unit_deputy1": Member("pct.hdnd", "Triệu Thị Hồng Phương", "f", date(2025, 7, 1)),
    "lg-x01_unit_head": Member("ct.xa1", "Lương Văn Thắng", "m", date(2025, 7, 1)),
    "lg-x01-kt_division_head": Member("tp.xa1", "Hà Thị Nhung", "f", date(2025, 7, 1)),
    "lg-x01-kt_officer1": Member("cv.xa1", "Vi Văn Sơn", "m", date(2025, 7, 1)),
    "lg-x01_clerk": Member("vanthu.xa1", "Lục Thị Vân", "f", date(2025, 7, 1)),
    "lg-x02_unit_head": Member("ct.xa2", "Quách Đình Lực", "m", date(2026, 4, 1)),
    "lg-p01_unit_head": Member("ct.phuong1", "Kiều Thị Thanh Mai", "f", date(2025, 7, 1)),
    "lg-p05_unit_head": Member("ct.phuong5", "Thân Công Luân", "m", date(2026, 4, 1)),
    "lg-x25_unit_head": Member("ct.xa25", "Đinh Bá Thọ", "m", date(2025, 7, 1)),
    "lg-x59_unit_head": Member("ct.xa59", "Trần Hải Đăng", "m", date(2025, 7, 1)),
}

# People who hold no post today but answer for a past day.
FORMER: tuple[tuple[str, str, Gender], ...] = (
    ("cuu.gd.snv", "Phạm Thế Vinh", "m"),
    ("cuu.ct.phuong5", "Chu Thị Nguyệt", "f"),
)


class Seat(NamedTuple):
    """Add one appointment beside the regular ones: a second post today, or a post of the past."""

    login: str
    post: str
    since: date
    until: date | None = None


SECOND_POSTS = (
    Seat("vanthu", "lg_clerk", date(2025, 7, 1)),
    Seat("theodoi", "lg-vp-kstt_follower1", date(2026, 1, 5)),
    Seat("pho.vp.hcc", "lg-hcc_unit_head", date(2025, 7, 1)),
    Seat("pgd.sxd", "lg-bqlgt_unit_head", date(2026, 2, 2)),
    Seat("tp.xa1", "lg-x01-vp_division_head", date(2026, 8, 3)),
)

PAST = (
    Seat("pho.chutich", "lg-stc_unit_head", date(2025, 3, 1), date(2026, 3, 16)),
    Seat("gd.stc", "lg-stc_unit_deputy2", date(2025, 3, 1), date(2026, 3, 16)),
    Seat("cuu.gd.snv", "lg-snv_unit_head", date(2025, 3, 1), date(2025, 12, 1)),
    Seat("ct.phuong5", "lg-x02_unit_head", date(2025, 7, 1), date(2026, 4, 1)),
    Seat("cuu.ct.phuong5", "lg-p05_unit_head", date(2025, 7, 1), date(2026, 4, 1)),
    Seat("ct.xa1", "lg-h01_unit_head", date(2021, 6, 28), date(2025, 7, 1)),
    Seat("ct.phuong1", "lg-h01_unit_deputy1", date(2021, 6, 28), date(2025, 7, 1)),
    Seat("cuu.ct.phuong5", "lg-h02_unit_head", date(2020, 9, 1), date(2024, 5, 6)),
    Seat("ct.xa25", "lg-h02_unit_head", date(2024, 5, 6), date(2025, 7, 1)),
    Seat("ct.xa2", "lg-h02_unit_deputy1", date(2021, 6, 28), date(2025, 7, 1)),
    Seat("ct.xa59", "lg-h03_unit_head", date(2022, 1, 10), date(2025, 7, 1)),
    Seat("ct.phuong5", "lg-h03_unit_deputy1", date(2021, 6, 28), date(2025, 7, 1)),
)

VICE_CHAIRMAN_FIELDS = (
    "Văn hóa - Xã hội, cải cách hành chính",
    "Kinh tế, tài chính, đầu tư công",
    "Nông nghiệp, môi trường, dân tộc",
    "Xây dựng, giao thông, công nghiệp",
)

FOLLOWER_FIELDS: dict[str, tuple[str, ...]] = {
    "th": ("Tổng hợp, chương trình công tác", "Quy chế làm việc, giao ban"),
    "kt": ("Tài chính, ngân sách, đầu tư công", "Công thương, doanh nghiệp, khu công nghiệp"),
    "nnmt": ("Nông nghiệp, phòng, chống thiên tai", "Đất đai, môi trường"),
    "khvx": ("Giáo dục, y tế", "Văn hóa, khoa học, chuyển đổi số"),
    "nc": ("Nội vụ, kỷ luật, kỷ cương hành chính", "Thanh tra, tư pháp, tiếp công dân"),
    "kstt": ("Cải cách thủ tục hành chính", "Phản ánh, kiến nghị, hành chính công"),
}

"""The made-up province's registry of competence: invented decisions, matters and rows, so that the page has something to say."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from kycuong.queries import scope
from kycuong.services import competences
from kycuong.services.competences import Line

#: code, name, words people use
MATTERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("DT", "Đầu tư công", ("vốn đầu tư",)),
    ("DT.01", "Phê duyệt chủ trương đầu tư dự án", ("chủ trương đầu tư", "dự án nhóm C")),
    ("DT.02", "Phê duyệt báo cáo kinh tế - kỹ thuật", ("thẩm định dự án", "sửa chữa trụ sở")),
    ("DD", "Đất đai", ()),
    ("DD.01", "Giao đất, cho thuê đất", ("giao đất", "thuê đất")),
    ("DD.02", "Hòa giải tranh chấp đất đai", ("tranh chấp đất",)),
    ("TS", "Tài sản công", ()),
    ("TS.01", "Mua sắm tài sản, thiết bị", ("mua sắm", "đấu thầu mua sắm")),
    ("TS.02", "Thanh lý, điều chuyển tài sản", ("thanh lý tài sản",)),
    ("CB", "Tổ chức, cán bộ", ()),
    ("CB.01", "Cử cán bộ đi công tác nước ngoài", ("đi nước ngoài",)),
    ("CB.02", "Nâng bậc lương, nghỉ hưu", ("nâng lương",)),
    ("CB.03", "Tuyển dụng viên chức", ("xét tuyển viên chức",)),
    ("XD", "Xây dựng, trật tự đô thị", ()),
    ("XD.01", "Cấp giấy phép xây dựng", ("giấy phép xây dựng",)),
    ("XD.02", "Xử lý công trình không phép, trái phép", ("trật tự xây dựng",)),
    ("MT", "Môi trường", ()),
    ("MT.01", "Cấp giấy phép môi trường", ("giấy phép môi trường",)),
    ("VH", "Văn hóa, lễ hội", ()),
    ("VH.01", "Tổ chức lễ hội", ("lễ hội",)),
)
CHAIR, SINCE = "post:lg_chairman", date(2026, 1, 15)
#: code, matter, holder, above, up to, basis, may be passed on
OWN: tuple[tuple[str, str, str, str, str, str, bool], ...] = (
    ("TQ-001", "DT.01", CHAIR, "15 tỷ", "", "QĐ 03/2026/QĐ-UBND, Điều 4", True),
    ("TQ-002", "DT.01", "everywhere:heads", "", "15 tỷ", "QĐ 03/2026/QĐ-UBND, Điều 5", False),
    ("TQ-003", "DT.02", "post:lg-sxd_unit_head", "5 tỷ", "", "QĐ 03/2026/QĐ-UBND, Điều 7", True),
    ("TQ-004", "DT.02", "everywhere:heads", "", "5 tỷ", "QĐ 03/2026/QĐ-UBND, Điều 8", False),
    ("TQ-005", "DD.01", "unit:lg", "", "", "QĐ 08/2026/QĐ-UBND, Điều 3", True),
    ("TQ-006", "DD.02", "everywhere:heads", "", "", "QĐ 08/2026/QĐ-UBND, Điều 9", False),
    ("TQ-007", "TS.01", "post:lg-stc_unit_head", "500 triệu", "", "QĐ 11/2026/QĐ-UBND, Điều 2", False),
    ("TQ-008", "TS.01", "everywhere:communes", "", "500 triệu", "QĐ 11/2026/QĐ-UBND, Điều 3", False),
    ("TQ-009", "TS.02", CHAIR, "1 tỷ", "", "QĐ 11/2026/QĐ-UBND, Điều 6", True),
    ("TQ-010", "TS.02", "post:lg-stc_unit_head", "", "1 tỷ", "QĐ 11/2026/QĐ-UBND, Điều 7", False),
    ("TQ-011", "CB.01", CHAIR, "", "", "QĐ 15/2026/QĐ-UBND, Điều 4", True),
    ("TQ-012", "CB.02", "post:lg-snv_unit_head", "", "", "QĐ 15/2026/QĐ-UBND, Điều 6", True),
    ("TQ-013", "CB.03", "unit:lg-snv", "", "", "QĐ 15/2026/QĐ-UBND, Điều 8", True),
    ("TQ-014", "XD.01", "unit:lg-sxd", "20 tỷ", "", "QĐ 19/2026/QĐ-UBND, Điều 3", False),
    ("TQ-015", "XD.01", "everywhere:communes", "", "20 tỷ", "QĐ 19/2026/QĐ-UBND, Điều 4", False),
    ("TQ-016", "XD.02", "everywhere:heads", "", "", "QĐ 19/2026/QĐ-UBND, Điều 9", False),
    ("TQ-017", "MT.01", "unit:lg", "", "", "QĐ 22/2026/QĐ-UBND, Điều 3", True),
    ("TQ-018", "VH.01", "unit:lg-svhttdl", "300 triệu", "", "QĐ 25/2026/QĐ-UBND, Điều 2", False),
    ("TQ-019", "VH.01", "everywhere:communes", "", "300 triệu", "QĐ 25/2026/QĐ-UBND, Điều 3", False),
)
#: code, source, holder, kind, place, above, up to, basis, may be passed on, last day
PASSED: tuple[tuple[str, str, str, str, str, str, str, str, bool, date | None], ...] = (
    ("UQ-001", "TQ-001", "post:lg-stc_unit_head", "delegated", "", "15 tỷ", "30 tỷ", "QĐ 112/QĐ-UBND", False, date(2027, 7, 1)),
    ("UQ-002", "TQ-009", "post:lg-stc_unit_head", "delegated", "", "1 tỷ", "3 tỷ", "QĐ 140/QĐ-UBND", False, None),
    ("UQ-003", "TQ-011", "post:lg-snv_unit_head", "delegated", "", "", "", "QĐ 151/QĐ-UBND", False, None),
    ("UQ-004", "TQ-012", "post:lg-syt_unit_head", "delegated", "", "", "", "QĐ 24/QĐ-SNV", False, date(2027, 1, 1)),
    ("PC-001", "TQ-005", "unit:lg-snnmt", "devolved", "", "", "", "QĐ 30/2026/QĐ-UBND, Điều 2", True, None),
    ("PC-002", "PC-001", "unit:lg-vpdk", "delegated", "", "", "", "QĐ 18/QĐ-SNNMT", False, date(2026, 10, 1)),
    ("PC-003", "TQ-013", "post:lg-sgddt_unit_head", "devolved", "", "", "", "QĐ 31/2026/QĐ-UBND, Điều 2", False, None),
    ("PC-004", "TQ-017", "unit:lg-bqlkcn", "devolved", "", "", "", "QĐ 33/2026/QĐ-UBND, Điều 3", False, None),
    ("PC-005", "TQ-003", "unit:lg-bqldd", "devolved", "", "5 tỷ", "10 tỷ", "QĐ 35/2026/QĐ-UBND, Điều 2", False, None),
    ("UQ-005", "TQ-001", "post:lg-x01_unit_head", "delegated", "lg-x01", "30 tỷ", "40 tỷ", "QĐ 163/QĐ-UBND", False, None),
)  # fmt: skip
BEGUN = date(2026, 3, 2)


def fill(keeper: scope.Actor, at: datetime) -> None:
    """Write the registry as Home Affairs would; one decision was replaced in June."""
    for code, name, also in MATTERS:
        competences.add_matter(actor=keeper, at=at, code=code, name=name, also=also)
    known: dict[str, tuple[UUID, str]] = {}
    for code, matter, holder, above, ceiling, basis, may in OWN:
        line = Line(code, matter, holder, basis, SINCE, above=above, ceiling=ceiling, may_pass_on=may)
        known[code] = competences.add(actor=keeper, at=at, line=line), matter
    for code, source, holder, kind, place, above, ceiling, basis, may, until in PASSED:
        key, matter = known[source]
        line = Line(
            code, matter, holder, basis, BEGUN, kind=kind, place=place, above=above, ceiling=ceiling, valid_until=until,
            may_pass_on=may, source=key,
        )  # fmt: skip
        known[code] = competences.add(actor=keeper, at=at, line=line), matter
    wider = Line("TQ-016", "XD.02", "everywhere:heads", "QĐ 41/2026/QĐ-UBND, Điều 5", date(2026, 6, 1))
    competences.replace(actor=keeper, at=at, competence=known["TQ-016"][0], line=wider)

"""Abbreviations that officials write and say, each with its full form; search reads either for the other."""

from __future__ import annotations

from typing import Final

#: Syllables written with i or with y, folded: kỉ luật is kỷ luật.
SPELLINGS: Final = (("ky", "ki"), ("ly", "li"), ("my", "mi"), ("ty", "ti"), ("sy", "si"), ("hy", "hi"), ("quy", "qui"))

#: Short form, full form. Units' own short names come from the organisation, not from here.
ABBREVIATIONS: Final[tuple[tuple[str, str], ...]] = (
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("VPCP", "Văn phòng Chính phủ"),
    ("TTCP", "Thanh tra Chính phủ"),
    ("TTHC", "thủ tục hành chính"),
    ("CCHC", "cải cách hành chính"),
    ("QLNN", "quản lý nhà nước"),
    ("QPPL", "quy phạm pháp luật"),
    ("VBQPPL", "văn bản quy phạm pháp luật"),
    ("VPHC", "vi phạm hành chính"),
    ("XLVPHC", "xử lý vi phạm hành chính"),
    ("CBCCVC", "cán bộ, công chức, viên chức"),
    ("CBCC", "cán bộ, công chức"),
    ("ĐVSN", "đơn vị sự nghiệp"),
    ("DVC", "dịch vụ công"),
    ("DVCTT", "dịch vụ công trực tuyến"),
    ("CĐS", "chuyển đổi số"),
    ("CNTT", "công nghệ thông tin"),
    ("CSDL", "cơ sở dữ liệu"),
    ("ATTT", "an toàn thông tin"),
    ("KHCN", "khoa học và công nghệ"),
    ("KTXH", "kinh tế - xã hội"),
    ("QPAN", "quốc phòng, an ninh"),
    ("ANTT", "an ninh trật tự"),
    ("TTATGT", "trật tự, an toàn giao thông"),
    ("ATGT", "an toàn giao thông"),
    ("PCCC", "phòng cháy, chữa cháy"),
    ("PCTT", "phòng, chống thiên tai"),
    ("PCTN", "phòng, chống tham nhũng"),
    ("THTK", "thực hành tiết kiệm"),
    ("GPMB", "giải phóng mặt bằng"),
    ("ĐTC", "đầu tư công"),
    ("XDCB", "xây dựng cơ bản"),
    ("NSNN", "ngân sách nhà nước"),
    ("NTM", "nông thôn mới"),
    ("GDĐT", "giáo dục và đào tạo"),
    ("BHXH", "bảo hiểm xã hội"),
    ("BHYT", "bảo hiểm y tế"),
    ("ATTP", "an toàn thực phẩm"),
    ("TNMT", "tài nguyên và môi trường"),
    ("NNMT", "nông nghiệp và môi trường"),
    ("HTX", "hợp tác xã"),
    ("DNNN", "doanh nghiệp nhà nước"),
    ("KNTC", "khiếu nại, tố cáo"),
)

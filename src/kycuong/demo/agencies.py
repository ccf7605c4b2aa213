"""List the Office and the 14 departments with their divisions."""

from __future__ import annotations

from typing import NamedTuple

Divisions = tuple[tuple[str, str], ...]


class Agency(NamedTuple):
    """Describe a body to be built: its heads' titles, its divisions, the short forms that documents print."""

    tail: str
    name: str
    symbol: str
    head: str
    deputy: str
    aliases: tuple[str, ...]
    divisions: Divisions = ()
    deputies: int = 2


OFFICE = Agency(
    "vp",
    "Văn phòng Ủy ban nhân dân tỉnh",
    "VP",
    "Chánh Văn phòng",
    "Phó Chánh Văn phòng",
    ("Văn phòng UBND tỉnh", "VP UBND tỉnh", "VPUB", "Văn phòng Ủy ban"),
    (
        ("th", "Phòng Tổng hợp"),
        ("kt", "Phòng Kinh tế"),
        ("nnmt", "Phòng Nông nghiệp và Môi trường"),
        ("khvx", "Phòng Khoa giáo - Văn xã"),
        ("nc", "Phòng Nội chính"),
        ("kstt", "Phòng Kiểm soát thủ tục hành chính"),
        ("tcd", "Ban Tiếp công dân tỉnh"),
        ("hcqt", "Phòng Hành chính - Quản trị"),
    ),
    3,
)


def _department(tail: str, field: str, symbol: str, divisions: Divisions, *aliases: str) -> Agency:
    name = f"Sở {field}"
    return Agency(
        tail, name, symbol, f"Giám đốc {name}", f"Phó Giám đốc {name}", (f"{name} tỉnh", symbol, *aliases), divisions
    )


_COMMON: Divisions = (("vp", "Văn phòng"), ("khtc", "Phòng Kế hoạch - Tài chính"), ("pc", "Phòng Pháp chế"))

DEPARTMENTS = (
    _department(
        "snv",
        "Nội vụ",
        "SNV",
        (
            ("vp", "Văn phòng"),
            ("cchc", "Phòng Cải cách hành chính"),
            ("tcbc", "Phòng Tổ chức biên chế và Tổ chức phi chính phủ"),
            ("ccvc", "Phòng Công chức, viên chức"),
            ("cqdp", "Phòng Xây dựng chính quyền"),
            ("ldvl", "Phòng Lao động, việc làm"),
            ("ncc", "Phòng Người có công"),
            ("tdkt", "Ban Thi đua - Khen thưởng"),
        ),
        "Sở NV",
    ),
    _department(
        "stc",
        "Tài chính",
        "STC",
        (
            *_COMMON,
            ("ns", "Phòng Quản lý ngân sách"),
            ("dtc", "Phòng Đầu tư công"),
            ("gcs", "Phòng Quản lý giá và công sản"),
            ("dn", "Phòng Doanh nghiệp và Đăng ký kinh doanh"),
        ),
        "Sở TC",
    ),
    _department(
        "sxd",
        "Xây dựng",
        "SXD",
        (
            *_COMMON,
            ("qh", "Phòng Quy hoạch - Kiến trúc"),
            ("qlxd", "Phòng Quản lý xây dựng"),
            ("htkt", "Phòng Hạ tầng kỹ thuật và Phát triển đô thị"),
            ("vtat", "Phòng Quản lý vận tải và An toàn giao thông"),
            ("nha", "Phòng Quản lý nhà và Thị trường bất động sản"),
        ),
        "Sở XD",
    ),
    _department(
        "snnmt",
        "Nông nghiệp và Môi trường",
        "SNNMT",
        (
            *_COMMON,
            ("dd", "Phòng Quản lý đất đai"),
            ("mt", "Phòng Quản lý môi trường"),
            ("kl", "Chi cục Kiểm lâm"),
            ("tl", "Chi cục Thủy lợi và Phòng, chống thiên tai"),
            ("ptnt", "Chi cục Phát triển nông thôn"),
        ),
        "Sở NNMT",
        "Sở NN&MT",
    ),
    _department(
        "sct",
        "Công Thương",
        "SCT",
        (
            *_COMMON[:2],
            ("cn", "Phòng Quản lý công nghiệp"),
            ("nl", "Phòng Quản lý năng lượng"),
            ("tm", "Phòng Quản lý thương mại"),
            ("qltt", "Chi cục Quản lý thị trường"),
        ),
        "Sở CT",
    ),
    _department(
        "skhcn",
        "Khoa học và Công nghệ",
        "SKHCN",
        (
            *_COMMON[:2],
            ("cds", "Phòng Chuyển đổi số"),
            ("bcvt", "Phòng Bưu chính, viễn thông"),
            ("khdm", "Phòng Quản lý khoa học và Đổi mới sáng tạo"),
            ("tdc", "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
        ),
        "Sở KHCN",
        "Sở KH&CN",
    ),
    _department(
        "sgddt",
        "Giáo dục và Đào tạo",
        "SGDĐT",
        (
            *_COMMON[:2],
            ("mnth", "Phòng Giáo dục mầm non và tiểu học"),
            ("trh", "Phòng Giáo dục trung học"),
            ("nn", "Phòng Giáo dục nghề nghiệp và thường xuyên"),
            ("kt", "Phòng Quản lý chất lượng"),
        ),
        "Sở GDĐT",
        "Sở GD&ĐT",
    ),
    _department(
        "syt",
        "Y tế",
        "SYT",
        (
            *_COMMON[:2],
            ("nvy", "Phòng Nghiệp vụ y"),
            ("nvd", "Phòng Nghiệp vụ dược"),
            ("btxh", "Phòng Bảo trợ xã hội"),
            ("attp", "Chi cục An toàn vệ sinh thực phẩm"),
            ("ds", "Chi cục Dân số - Trẻ em"),
        ),
    ),
    _department(
        "stp",
        "Tư pháp",
        "STP",
        (
            _COMMON[0],
            ("xdvb", "Phòng Xây dựng và Kiểm tra văn bản"),
            ("pbgd", "Phòng Phổ biến, giáo dục pháp luật"),
            ("http", "Phòng Hành chính tư pháp"),
            ("bttp", "Phòng Bổ trợ tư pháp"),
        ),
        "Sở TP",
    ),
    _department(
        "svhttdl",
        "Văn hóa, Thể thao và Du lịch",
        "SVHTTDL",
        (
            *_COMMON[:2],
            ("vh", "Phòng Quản lý văn hóa và Gia đình"),
            ("tdtt", "Phòng Quản lý thể dục thể thao"),
            ("dl", "Phòng Quản lý du lịch"),
            ("bc", "Phòng Báo chí - Xuất bản"),
        ),
        "Sở VHTTDL",
        "Sở VH,TT&DL",
    ),
    _department(
        "sdttg",
        "Dân tộc và Tôn giáo",
        "SDTTG",
        (
            _COMMON[0],
            ("cs", "Phòng Chính sách dân tộc"),
            ("dt", "Phòng Công tác dân tộc"),
            ("tg", "Phòng Công tác tôn giáo"),
            ("tdkh", "Phòng Tuyên truyền - Kế hoạch"),
        ),
        "Sở DTTG",
    ),
    _department(
        "sngv",
        "Ngoại vụ",
        "SNgV",
        (
            _COMMON[0],
            ("htqt", "Phòng Hợp tác quốc tế"),
            ("ls", "Phòng Lãnh sự - Người Việt Nam ở nước ngoài"),
            ("bg", "Phòng Quản lý biên giới"),
            ("lt", "Phòng Lễ tân đối ngoại"),
        ),
    ),
    Agency(
        "ttr",
        "Thanh tra tỉnh",
        "TTr",
        "Chánh Thanh tra tỉnh",
        "Phó Chánh Thanh tra tỉnh",
        ("Thanh tra tỉnh Lam Giang", "TTr tỉnh"),
        (
            ("vp", "Văn phòng"),
            ("nv1", "Phòng Nghiệp vụ 1"),
            ("nv2", "Phòng Nghiệp vụ 2"),
            ("nv3", "Phòng Nghiệp vụ 3"),
            ("kntc", "Phòng Giải quyết khiếu nại, tố cáo"),
            ("gs", "Phòng Giám sát, thẩm định và Xử lý sau thanh tra"),
        ),
    ),
    Agency(
        "bqlkcn",
        "Ban Quản lý các khu công nghiệp tỉnh",
        "BQLKCN",
        "Trưởng ban Ban Quản lý các khu công nghiệp tỉnh",
        "Phó Trưởng ban Ban Quản lý các khu công nghiệp tỉnh",
        ("Ban Quản lý các khu công nghiệp", "BQL các KCN", "Ban Quản lý các KCN tỉnh"),
        (
            ("vp", "Văn phòng"),
            ("dt", "Phòng Quản lý đầu tư"),
            ("qhxd", "Phòng Quản lý quy hoạch và xây dựng"),
            ("dnld", "Phòng Quản lý doanh nghiệp và lao động"),
            ("mt", "Phòng Quản lý tài nguyên và môi trường"),
        ),
    ),
)

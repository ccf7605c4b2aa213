"""Sample papers of our own writing about the made-up province: what arrives, when, and how many orders it holds.

The texts are in `src/`; `scripts/make_papers.py` turns them into the files that an office would receive. They are
written as such papers are written, never bent to what the reader can do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Paper:
    """Describe one sample: its file, what it is, the day it is registered, and the orders a person finds in it.

    `orders` counts charging items, not charged units; a closing "vướng mắc thì phản ánh" is not counted. `sends`
    names, for a result report, the document and the point that it answers. `secret` papers must be refused.
    """

    file: str
    title: str
    arrives_on: date
    register: Literal["incoming", "outgoing"]
    orders: int
    sends: tuple[str, str] | None = None
    secret: bool = False

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return FOLDER / self.file


PAPERS: tuple[Paper, ...] = (
    Paper(
        "ke-hoach-45.docx", "Kế hoạch 45/KH-UBND: làm sạch dữ liệu đất đai, hộ tịch", date(2026, 2, 26), "outgoing", 12
    ),
    Paper("chi-thi-05.txt", "Chỉ thị 05/CT-UBND: an toàn cho trẻ em mùa hè", date(2026, 5, 18), "outgoing", 9),
    Paper(
        "trang-tin-chi-thi-08.html", "Chỉ thị 08/CT-UBND (trang tin): trụ sở dôi dư", date(2026, 7, 16), "outgoing", 6
    ),
    Paper("thong-bao-hdnd-31.pdf", "Thông báo 31/TB-HĐND: kiến nghị của cử tri", date(2026, 10, 1), "incoming", 5),
    Paper("chi-thi-12.docx", "Chỉ thị 12/CT-UBND: chấm dứt nợ việc, trễ hẹn", date(2026, 10, 5), "outgoing", 12),
    Paper("cong-van-3815.docx", "Công văn 3815/UBND-KSTT: thủ tục nội bộ", date(2026, 10, 20), "outgoing", 5),
    Paper(
        "bao-cao-thuong-lam-147.docx",
        "Báo cáo 147/BC-UBND của xã Thượng Lam",
        date(2026, 10, 29),
        "incoming",
        0,
        ("12/CT-UBND", "1.a"),
    ),
    Paper("cong-van-mat-02.docx", "Công văn có dấu MẬT (để từ chối)", date(2026, 11, 3), "incoming", 0, secret=True),
    Paper(
        "bao-cao-snv-512.docx",
        "Báo cáo 512/BC-SNV của Sở Nội vụ",
        date(2026, 11, 9),
        "incoming",
        0,
        ("12/CT-UBND", "2.b"),
    ),
    Paper("thong-bao-214.docx", "Thông báo 214/TB-UBND: giải ngân đầu tư công", date(2026, 11, 12), "outgoing", 8),
    Paper("cong-dien-07.docx", "Công điện 07/CĐ-UBND: mưa lớn, sạt lở", date(2026, 11, 17), "outgoing", 12),
    Paper(
        "ke-hoach-thuong-lam-61.txt",
        "Kế hoạch 61/KH-UBND của xã Thượng Lam: ứng phó mưa lớn",
        date(2026, 11, 18),
        "incoming",
        0,
    ),
    Paper(
        "bao-cao-stc-688.pdf",
        "Báo cáo 688/BC-STC của Sở Tài chính",
        date(2026, 11, 19),
        "incoming",
        0,
        ("12/CT-UBND", "4"),
    ),
    Paper(
        "thong-bao-tiep-cong-dan-221.docx",
        "Thông báo 221/TB-UBND: lịch tiếp công dân",
        date(2026, 11, 19),
        "outgoing",
        0,
    ),
    Paper("quyet-dinh-2087.docx", "Quyết định 2087/QĐ-UBND: chuẩn bị Tết Đinh Mùi", date(2026, 11, 20), "outgoing", 7),
)

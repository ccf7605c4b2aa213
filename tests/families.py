"""A directive of the province and a plan of a commune that implements it, for tests of comparison."""

from __future__ import annotations

from kycuong.models import Document
from kycuong.services import directives
from tests import make

ABOVE = (
    "1. Sở Xây dựng rà soát các bến đò ngang, lắp phao tiêu luồng lạch trước ngày 20/11/2026.\n"
    "2. Chủ tịch UBND các xã, phường bảo đảm 100% bến đò ngang có áo phao; tuyệt đối không chở quá số người quy định.\n"
    "3. Chủ tịch UBND các xã, phường tập huấn người lái đò về cứu nạn đường sông."
)
PLAN = (
    "ỦY BAN NHÂN DÂN\nXÃ KHE SIM\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "---------------\nSố: {code}\nKhe Sim, ngày 09 tháng 11 năm 2026\nKẾ HOẠCH\nVề an toàn bến đò ngang\n"
    "{basis} Chỉ thị số 21/CT-UBND ngày 02/11/2026 của Chủ tịch UBND tỉnh, Ủy ban nhân dân xã yêu cầu các bộ phận, công chức:\n"
    "1. Bảo đảm bến đò ngang có áo phao.\n2. Hạn chế chở quá số người quy định.\n"
    "3. Tập huấn người lái đò về cứu nạn đường sông.\n4. Trồng hoa ven đường liên thôn.\n"
    "CHỦ TỊCH\nLương Văn Thắng\n"
)


def directive(when: str = make.MONDAY, *, issue: bool = True) -> Document:
    """Register the province's directive, and issue it."""
    document = make.upload(make.paper(orders=ABOVE, subject="an toàn bến đò ngang"), when)
    if issue:
        directives.issue(actor=make.who("vanthu", when), at=make.at(when), document=document.public_id)
    return document


def plan(when: str = "2026-11-10 08:00", code: str = "44/KH-UBND", basis: str = "Thực hiện") -> Document:
    """Register the commune's plan as it came in."""
    return make.upload(("ke-hoach.txt", PLAN.format(code=code, basis=basis).encode()), when)


def linked(when: str = "2026-11-10 08:00") -> tuple[Document, Document]:
    """Register both and say that the second implements the first."""
    above, below = directive(), plan(when)
    directives.link(
        actor=make.who("vanthu", when), at=make.at(when), document=below.public_id, other=above.public_id, kind="implements"
    )  # fmt: skip
    return above, below

"""Know the labelled lines of a plan: Nhiệm vụ, Cơ quan chủ trì, Đơn vị phối hợp, Thời gian, Sản phẩm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kycuong.reader.lines import Passage

_KINDS = {
    "coop": r"(?:(?:cac )?(?:co quan|don vi|to chuc|bo phan|nganh)[ ,]{1,2})?(?:cung )?phoi hop(?: thuc hien| chinh| trien khai)?",
    "lead": r"(?:cac )?(?:co quan|don vi|bo phan|to chuc|nguoi|ca nhan|phong|so)[ ,]{1,2}(?:chu tri|thuc hien"
        r"|dau moi|chiu trach nhiem|duoc giao|phu trach|tham muu|trien khai|"
            r"chu tri thuc hien)(?: chinh| thuc hien| tham muu| trien khai|,? tham muu|, thuc hien)?"
                r"|chu tri(?: thuc hien| tham muu)?|(?:phan cong|giao) (?:thuc hien|nhiem vu|chu tri)|"
            r"phan cong|trach nhiem(?: thuc hien| chu tri)?|don vi|dau moi(?: thuc hien)?|don vi giao chu tri",
    "time": r"thoi (?:gian|han|diem|ky)(?:[ ,](?:va )?(?:thuc hien|hoan thanh|trien khai|bao cao|to chuc|ban hanh"
        r"|trinh|ket thuc|du kien|xong|gui|thi hanh|han))*|tien do(?: thuc hien| hoan thanh| trinh)?|"
            r"han (?:hoan thanh|bao cao|cuoi)|lo trinh(?: thuc hien| trien khai)?|hoan thanh",
    "task": r"(?:cac )?nhiem vu(?: cu the| thuc hien| chinh| trong tam| duoc giao)?(?:, giai phap)?",
    "content": r"(?:cac )?noi dung(?: thuc hien| cong viec| nhiem vu| cu the| trien khai| chinh| hoat dong)?"
        r"|cong viec|hoat dong|giai phap(?: thuc hien)?",
    "product": r"san pham(?: dau ra| hoan thanh| du kien| can dat| thuc hien)?|ket qua(?: dau ra| du kien| can dat"
        r"| san pham| thuc hien)?|du kien san pham",
    "other": r"(?:nguon )?kinh phi(?: thuc hien)?|hinh thuc(?: thuc hien| to chuc)?|dia diem(?: thuc hien"
        r"| to chuc)?|doi tuong(?: thuc hien| tham gia)?|thanh phan(?: tham du)?|"
             r"phuong thuc(?: thuc hien)?|yeu cau|muc tieu|muc dich|chi tieu|pham vi(?: thuc hien)?|quy mo|so luong|ghi chu|tai lieu",
}  # fmt: skip
_LABEL = re.compile(
    r"(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()) + r") ?(?:\([^)]{0,40}\) ?)?: ?"
)
_INLINE = re.compile(
    r"(?:[.;(] ?|^)(?:" + "|".join(f"(?P<{k}>{_KINDS[k]})" for k in ("coop", "lead", "time", "product")) + r") ?: ?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled line: its kind, and where the value begins and ends in the passage."""

    kind: str
    begin: int
    stop: int


def label_of(passage: Passage) -> Label | None:
    """Return the label at the beginning of a passage, after its marker."""
    head = passage.bare[passage.body : passage.body + 90]
    if ":" not in head:
        return None
    match = _LABEL.match(head)
    if not match or not match.lastgroup:
        return None
    begin = passage.body + match.end()
    inline = next((m.start() for m in _INLINE.finditer(passage.bare, begin) if m.start() > begin), None)
    return Label(match.lastgroup, begin, inline if inline is not None else len(passage.raw))


_TITLE = re.compile(
    rf"(?:(?P<lead>(?:co quan|don vi) chu tri),? (?:va )?(?:co quan |don vi )?phoi hop"
    rf"|(?P<coop>{_KINDS['coop']})|(?P<lead2>{_KINDS['lead']})) ?[:.]?$"
)


def title_of(passage: Passage) -> Label | None:
    """Return the label of an item that is nothing but a label: "2. Cơ quan chủ trì", the names stand below."""
    text = passage.bare[passage.body :]
    match = _TITLE.match(text) if 10 < len(text) < 60 and passage.mark else None
    if match is None or not text.startswith(("co quan", "don vi", "cac co quan", "cac don vi")):
        return None
    end = len(passage.raw)
    return Label("coop" if match.group("coop") else "lead", end, end)


def inline(passage: Passage, begin: int) -> Iterator[Label]:
    """Yield the labels inside a passage: "… (đơn vị chủ trì: …; thời gian: …)"."""
    if passage.bare.find(":", begin) < 0:
        return
    found = [m for m in _INLINE.finditer(passage.bare, begin) if m.lastgroup]
    for i, match in enumerate(found):
        stop = found[i + 1].start() if i + 1 < len(found) else len(passage.raw)
        yield Label(match.lastgroup or "", match.end(), stop)

"""Keep out what is not an order: aims, assessments, money statements, effect clauses, courtesies."""

from __future__ import annotations

import re

from kycuong.reader.layout import is_upper
from kycuong.reader.lines import Passage
from kycuong.reader.nouns import starts_with_verb
from kycuong.reader.outline import Node, heading_only
from kycuong.reader.parties import scan

_EXCLUDED = re.compile(
    r"(?:(?:ve )?(?:muc dich|yeu cau(?: chung)?$|muc tieu|nguyen tac|quan diem|can cu|danh gia|tinh hinh"
    r"|thuc trang|ket qua(?:$| (?:dat duoc|thuc hien|noi bat|chung|phat trien))|ton tai|han che"
    r"|nguyen nhan|"
    r"pham vi (?:va|dieu chinh)|pham vi$|pham vi,|doi tuong (?:va|ap dung|dieu chinh)|doi tuong$"
    r"|su can thiet|boi canh|uu diem|khuyet diem|mot so ket qua|ve ket qua|thanh phan|dac diem|bai hoc"
    r"|chi tieu|nhan dinh|du bao|hieu luc|thoi gian, dia diem|thoi gian va dia diem)"
    r")"
)
_PRAISE = re.compile(
    r"(?:danh gia cao|(?:ghi nhan|bieu duong)(?:,| va)? (?:su|nhung|cac|tinh than|no luc|ket qua|danh gia"
    r"|va danh gia|bieu duong)\b|hoan nghenh|cam on|chuc mung|co ban (?:thong nhat|dong y|nhat tri)"
    r"|(?:thong nhat|dong y|nhat tri)\b(?! giao)|cac (?:y kien|dai bieu)|hoi nghi|cuoc hop"
    r"|trong thoi gian qua|thoi gian qua|tuy nhien|ben canh do)"
)
_ALLOWS = re.compile(r"(?:dong y|chap thuan|thong nhat) (?:ve nguyen tac )?(?:de|cho|cho phep) ")
_REPORTS = re.compile(r"\b(?:da|chua|con|van con|dat duoc|dat|co ban|van) ")
_MUST = re.compile(
    r"\b(?:giao(?! thong| dich| duc| luu)|yeu cau|de nghi|phan cong|chi dao|phai|can|chu tri|co trach nhiem|chiu trach nhiem"
    r"|phoi hop|bao cao|khong duoc|nghiem cam)\b"
)
_TELLING = re.compile(r"\b(?:giao(?! thong| dich| duc| luu)|yeu cau|de nghi|phan cong|chi dao)\b")
_EFFECT = re.compile(
    r"(?:quyet dinh|chi thi|ke hoach|van ban|cong dien|thong bao|quy che|quy dinh"
    r"|nghi quyet)(?: \S+){0,3} (?:nay )?(?:co hieu luc|thay the|bai bo)|ban hanh kem theo"
    r"|phe duyet (?:ke hoach|de an|chuong trinh|kem)|"
    r"(?:bai bo|thay the) (?:cac |quyet dinh|chi thi|ke hoach|cong van)"
    r"|.{0,20}co hieu luc (?:thi hanh )?(?:ke )?tu ngay|\(?(?:gui|co|chi tiet|kem"
    r"|danh muc)\b[^.]{0,60}(?:kem theo|dinh kem|phu luc)"
)
_FINDS = re.compile(
    r"(?:danh gia|qua (?:kiem tra|theo doi|ra soat|tong hop)|theo (?:so lieu|bao cao|thong ke))\b[^.;]{0,160}"
    r"\b(?:co ket qua|cho thay|dat (?:ty le|ket qua)|van con|so voi|mot so (?:don vi|dia phuong|co quan|[a-z]+ [a-z]+)"
    r" (?:co|con|chua|da))\b"
)
_AS_RULED = re.compile(
    r"\b(?:theo quy dinh|duoc thuc hien|thuc hien theo|theo ke hoach|theo huong dan|duoc tinh|duoc bo tri)\b"
)
_EXECUTES = re.compile(
    r"chiu trach nhiem (?:thi hanh|thuc hien)(?: noi dung)? (?:quyet dinh|chi thi|ke hoach|nghi quyet"
    r"|quy che|thong bao|cong dien)?(?: nay)?[ ./]*(?:ke tu ngay ky)?[ ./]*$|can cu (?:quyet dinh"
    r"|chi thi) (?:nay )?(?:thi hanh|thuc hien)[ ./]*$"
)
_MONEY = re.compile(
    r"(?:nguon )?(?:kinh phi|von)\b(?:(?! chu tri| phoi hop).){0,120}(?:duoc |do |tu |lay |bo tri "
    r"|bao dam |cap |thuoc |su dung |huy dong |theo )|(?:nguon )?kinh phi (?:thuc hien|bao dam"
    r"|to chuc)[^.;]{0,30}: (?:tu|do|ngan sach|theo)|(?:tu )?(?:nguon )?(?:ngan sach|von|nguon) "
    r"|(?:nguon )?kinh phi"
)
_INFORMS = re.compile(
    r".{0,200}(?:thong bao|xin thong bao|truyen dat|thong tin|gui)\b.{0,120}(?:de|den) .{0,200}(?:biet"
    r"|duoc biet|biet va|biet,)[^;]{0,40}$"
    r"|.{0,200}(?:thong bao|truyen dat)\b.{0,60}\b(?:y kien|ket luan|chi dao)\b.{0,250}\b(?:de|den)\b.{0,200}(?:biet|thuc hien)[ ./]*$"
    r"|tran trong|(?:xin )?cam on|tren day la (?:bao cao|ke hoach"
    r"|ket qua|y kien)(?!.{0,300}(?:yeu cau|de nghi))"
)
_WEAK = re.compile(
    r"kho khan|vuong mac|nghiem tuc|triển khai|trien khai|thuc hien nghiem|to chuc thuc hien|phan anh"
    r"|biet|bao cao|phoi hop chi dao|quan tam|chi dao thuc hien|thuc hien|khan truong"
)
_PROCESS = re.compile(
    r"(?:trong )?qua trinh (?:to chuc |trien khai |thuc hien|chi dao)|neu (?:co|gap"
    r"|phat sinh)[^,]{0,40}(?:kho khan|vuong mac)|truong hop (?:co|gap|phat sinh)[^,]{0,30}(?:kho khan"
    r"|vuong mac)"
)


def excluded(node: Node) -> bool:
    """Tell whether a heading opens a part that orders nothing (aims, principles, assessment)."""
    passage = node.passage
    if (
        passage is None
        or node.style in {"para", "end", "opener", "field"}
        or (passage.mark is None and node.style != "heading")
    ):
        return False
    text = passage.bare[passage.body :]
    if len(text) > 160 or not _EXCLUDED.match(text):
        return False
    if not (node.children or node.extra) or _orders_below(node):
        return False
    short = len(text) < 60 and text[-1] not in ".;"
    return is_upper(passage) or ((short or heading_only(passage)) and not _TELLING.search(text[8:]))


def _orders_below(node: Node) -> bool:
    """Tell whether a sentence below a heading opens orders after all: "… yêu cầu các bộ, địa phương:"."""
    return any(c.passage and c.style == "opener" and _TELLING.search(c.passage.bare[-160:]) for c in node.children)


def imperative(passage: Passage, begin: int) -> bool:
    """Tell whether a stretch begins like an order."""
    low = passage.low[begin:].lstrip(" \"'(")
    if starts_with_verb(low):
        return True
    if re.match(
        r"(?:không|chưa (?:thực hiện|tổ chức|xem xét|triển khai|điều chỉnh|ban hành)"
        r"|nghiêm cấm|cấm|chỉ được|phải|được|hằng|hàng|trước ngày|trong (?:tháng|quý|năm)|trên cơ sở"
        r"|căn cứ|đối với|khi |trường hợp|để |nhằm |theo |riêng|bằng |định kỳ)",
        low,
    ):
        return True
    return acting(passage, begin)


def acting(passage: Passage, begin: int) -> bool:
    """Tell whether a name stands at an index and does something there."""
    names = scan(passage, begin)
    if not names:
        return False
    rest = passage.low[names.end :].strip()
    if rest.startswith(("là cơ quan", "là đầu mối", "là đơn vị", "làm đầu mối")):
        return True
    if rest.startswith(("được giao", "được phân công", "được yêu cầu")):
        return True
    return (
        bool(rest)
        and rest[0] not in ".;"
        and not rest.startswith(
            (
                "và ",
                "đã ",
                "là ",
                "đang ",
                "vừa ",
                "được ",
                "cho biết",
                "cho rằng",
                "ghi nhận",
                "nhận định",
                "cũng ",
                "mới ",
                "là ",
                "tiếp tục ghi",
                "trân trọng",
                "hoan nghênh",
                "rất ",
                "thống nhất",
                "cơ bản",
                "xin ",
                "cảm ơn",
                "nhận được",
                "chưa nhận",
                "thông báo để",
                "truyền đạt",
            )
        )
    )


def is_statement(node: Node, stretch: list[Passage]) -> bool:
    """Tell whether a leaf states something instead of ordering it."""
    passage = stretch[0]
    begin = passage.body if passage is node.passage else 0
    text = passage.bare[begin:]
    whole = " ".join([text, *(p.bare for p in stretch[1:])])
    if len(text) < 8 or (is_upper(passage) and len(stretch) == 1 and len(text) < 200):
        return True
    if _states(passage, begin, text, whole, any(a.style == "article" for a in node.ancestors())) or (
        _EXECUTES.search(whole) and len(stretch) == 1
    ):
        return True
    if node.style == "article":
        if _EXECUTES.search(text):
            return True
        return not (_TELLING.search(whole) or imperative(passage, begin))
    if _MONEY.match(text) and not (begin and scan(passage, begin)):
        return True
    if (
        _PRAISE.match(text)
        and not _ALLOWS.match(text)
        and not _TELLING.search(whole[20:])
        and not node.label.startswith("end")
    ):
        return True
    if (
        _INFORMS.match(whole)
        and (node.style in {"end", "para"} or not node.children)
        and not re.search(r"\bgui (?:bao cao|ket qua)\b", whole)
    ):
        return not re.search(r"\b(?:yeu cau|de nghi|chu tri|giao(?! thong)|phan cong)\b", whole)
    return (text.startswith(("can cu", "xet ", "theo de nghi")) and text.rstrip().endswith((";", ","))) or bool(
        re.match(r"luu:|nhu tren|trich yeu", text)
    )


def _states(passage: Passage, begin: int, text: str, whole: str, node_article: bool) -> bool:
    """Tell whether a text reports what is, or says what a document replaces."""
    later = text[text.find(". ") + 1 :] if ". " in text else ""
    if (_EFFECT.match(text) and not _TELLING.search(later)) or (
        re.match(r"(?:da|dang|moi|hien) ", text) and not _TELLING.search(text)
    ):
        return True
    if _FINDS.match(text) and not _TELLING.search(text):
        return True
    if node_article and _AS_RULED.search(text) and not imperative(passage, begin):
        return True
    return bool(_REPORTS.search(text)) and not imperative(passage, begin) and not _MUST.search(whole)


def is_weak(node: Node, stretch: list[Passage]) -> bool:
    """Tell whether a closing paragraph only asks to carry out, or to report difficulties."""
    text = " ".join(p.bare for p in stretch)
    if node.style == "end":
        return bool(_WEAK.search(text)) and len(text) < 700
    begin = stretch[0].body if stretch[0] is node.passage else 0
    return (
        bool(_PROCESS.match(stretch[0].bare[begin:]))
        and len(text) < 600
        and bool(re.search(r"phan anh|bao cao|thong tin|gui|lien he", text))
    )
